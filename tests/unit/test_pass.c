/* Derivatives and simplification on nodes: identities row by row, guards, cuts at names. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pass/pass.h"

static Ctx *ctx;
static Graph *g;

static void setup(void)
{
    ctx = ctx_new();
    g = graph_new(ctx);
}

static void teardown(void)
{
    ctx_free(ctx);
}

/* ---- evaluation in double */

static double value_of(NodeId root, const NodeId *leaves, const double *values, int count)
{
    mpfr_t *at = calloc(root + 1, sizeof *at);
    uint8_t *live = graph_live(g, &root, 1);
    for (NodeId id = 1; id <= root; id++) {
        if (!live[id])
            continue;
        mpfr_srcptr x[3];
        mpfr_init2(at[id], 53);
        for (int i = 0; i < node_arity(g, id); i++)
            x[i] = at[node_operand(g, id, i)];
        if (node_op(g, id) == OP_CONST)
            number_get(node_number(g, id), at[id]);
        else if (node_arity(g, id))
            op_eval(node_op(g, id), at[id], x);
        for (int i = 0; i < count; i++)
            if (leaves[i] == id)
                mpfr_set_d(at[id], values[i], MPFR_RNDN);
    }
    double result = mpfr_get_d(at[root], MPFR_RNDN);
    for (NodeId id = 1; id <= root; id++)
        if (live[id])
            mpfr_clear(at[id]);
    free(at);
    ctx_resize(ctx, live, 0);
    return result;
}

static bool same(double a, double b)
{
    return (a != a && b != b) || !memcmp(&a, &b, sizeof a);
}

/* ---- identities */

enum { IEEE, DERIVED };

static const struct { const char *pattern, *result, *condition; int class; } identities[] = {
#define ID(PATTERN, RESULT, CONDITION, CLASS) {PATTERN, RESULT, CONDITION, CLASS},
#include "pass/identities.def"
#undef ID
};

static const double points[] = {0.0, -0.0, 1, -1, 2.5, -3.75, 1e300, 1e-310, HUGE_VAL, -HUGE_VAL, 0.0/0.0};
enum { POINTS = sizeof points / sizeof *points };

/* Both sides give the same double, bit by bit, at every pair of points; class DERIVED need not
 * where a mask's zero meets an infinity. */
START_TEST(identities_hold)
{
    const char *const names[] = {"x", "y", "z", "c", "p", "q"};
    NodeId leaves[6];
    for (int i = 0; i < 4; i++)
        leaves[i] = build_ref(g, sym_new(g, name_of(ctx, names[i]), SYM_INPUT, 0), 0);
    leaves[4] = build2(g, OP_LT, leaves[0], leaves[2]);
    leaves[5] = build2(g, OP_EQ, leaves[1], leaves[2]);
    NodeId pattern = lower_text(g, identities[_i].pattern, names, leaves, 6);
    NodeId result = lower_text(g, identities[_i].result, names, leaves, 6);
    for (int a = 0; a < POINTS; a++)
        for (int b = 0; b < POINTS; b++) {
            double values[4] = {points[a], points[b], points[(a + b) % POINTS], -2};
            bool finite = values[0] - values[0] == 0 && values[1] - values[1] == 0;
            if (identities[_i].class == DERIVED && (!finite || values[1] == 0))
                continue;
            double left = value_of(pattern, leaves, values, 4);
            double right = value_of(result, leaves, values, 4);
            bool zeros = identities[_i].class == DERIVED && left == 0 && right == 0;
            ck_assert_msg(same(left, right) || zeros, "%s at x=%g y=%g: %g and %g",
                          identities[_i].pattern, values[0], values[1], left, right);
        }
}
END_TEST

/* The pattern is found as itself, so no row is dead. */
START_TEST(identities_are_found)
{
    const char *const names[] = {"x", "y", "z", "c", "p", "q"};
    NodeId leaves[6];
    Rules *r = rules_new(g);
    for (int i = 0; i < 3; i++)
        leaves[i] = build_ref(g, sym_new(g, name_of(ctx, names[i]), SYM_INPUT, 0), 0);
    leaves[3] = build_int(g, -7);
    leaves[4] = build2(g, OP_LT, leaves[0], leaves[1]);
    leaves[5] = build2(g, OP_LT, leaves[1], leaves[2]);
    NodeId pattern = lower_text(g, identities[_i].pattern, names, leaves, 6);
    ck_assert_uint_ne(rule_identity(r, pattern, true), pattern);
    ck_assert_uint_eq(rule_identity(r, rule_identity(r, pattern, true), true),
                      rule_identity(r, pattern, true));
}
END_TEST

/* ---- derivatives */

static Model *model_of(const char *text, Rules **r)
{
    static Ast ast;
    memset(&ast, 0, sizeof ast);
    parse_source(ctx, source_string(ctx, "test", text, strlen(text)), &ast);
    Model *m = lower_unit(ctx, check_ast(ctx, graph_new(ctx), REAL_DOUBLE, &ast, NULL, 0));
    ck_assert_uint_eq(diag_errors(ctx), 0);
    g = m->graph;
    *r = rules_new(g);
    derive_expand(*r, m);
    return m;
}

/* Models of x, their gradients as text of the graph's dump without numbers of nodes: whether
 * there is a condition at all, and none where there need not be. */
static const struct { const char *text; Op op; int count; } shapes[] = {
    {"f = x > 0 ? sqrt(x) : 0", OP_SELECT, 2}, /* value and derivative, one each */
    {"f = x*x", OP_SELECT, 0},
    {"f = exp(x)", OP_EXP, 1},                 /* exp' = f */
    {"f = tan(x)", OP_TAN, 1},
    {"f = sin(x)*cos(x)", OP_SIN, 1},          /* shared by both */
    {"f = x^3", OP_POW, 0},
    {"f = 0*x + 1*x", OP_ADD, 1},
    {"g = acos(-5/3)\nf = x + 2\noutput f", OP_ACOS, 0},
    {"f = log(x)", OP_DIV, 1},
    {"a = x + x\nf = stop_gradient(sin(a))*x", OP_COS, 0},
};

START_TEST(derivatives_have_no_more_than_they_need)
{
    Rules *r;
    Model *m = model_of(shapes[_i].text, &r);
    bool wrt[8] = {true};
    Fn fn = derive_function(r, m, FN_GRADIENT, &(DeriveOptions){wrt, JACOBIAN_CHEAPER});
    simplify(r, g, &fn);
    int count = 0;
    for (uint32_t i = 0; i < fn.order.count; i++)
        count += node_op(g, fn.order.at[i]) == shapes[_i].op;
    ck_assert_int_eq(count, shapes[_i].count);
    ck_assert_ptr_null(graph_verify(g));
    fn_free(ctx, &fn);
}
END_TEST

/* Only a test of a factor turns round, f == 0 ? 0 : f*p. */
START_TEST(conditions_stay_as_they_are_written)
{
    Rules *r;
    Model *m = model_of("f = x != 0 ? y : 0", &r);
    bool wrt[8] = {true, true};
    Fn fn = derive_function(r, m, FN_VALUE, &(DeriveOptions){wrt, JACOBIAN_CHEAPER});
    simplify(r, g, &fn);
    const Node *f = node_at(g, fn.results.at[0].node);
    f = f->op == OP_NAME ? node_at(g, f->a) : f;
    ck_assert_int_eq(f->op, OP_SELECT);
    ck_assert_int_eq(node_op(g, f->a), OP_NE);
    fn_free(ctx, &fn);
}
END_TEST

START_TEST(dump_shows_the_function)
{
    Rules *r;
    Model *m = model_of("f = x*y", &r);
    bool wrt[8] = {true, true};
    Fn fn = derive_function(r, m, FN_VALUE, &(DeriveOptions){wrt, JACOBIAN_CHEAPER});
    Text out = text_new(ctx);
    graph_dump(g, &fn, &out);
    ck_assert_ptr_nonnull(strstr(out.at, "= REF x\n"));
    ck_assert_ptr_nonnull(strstr(out.at, "= MUL %1 %2\n"));
    ck_assert_ptr_nonnull(strstr(out.at, "output f = %"));
    fn_free(ctx, &fn);
}
END_TEST

/* ---- the textbook's partial derivatives, by differences of what operators give */

static const struct { Op op; const char *partial[3]; } taught[] = {
#define TAUGHT(ID, X, Y, Z) {OP_##ID, {X, Y, Z}},
#include "pass/textbook.def"
#undef TAUGHT
};

enum { TAUGHT_BITS = 300, TAUGHT_STEP = -100, TAUGHT_FEWEST = 8 };

/* The slope in operand i to one side; false if there is none. */
static bool slope(Op op, const double *at, int i, int side, double *slope)
{
    mpfr_t x[3], here, there;
    mpfr_srcptr operands[3] = {x[0], x[1], x[2]};
    mpfr_inits2(TAUGHT_BITS, x[0], x[1], x[2], here, there, (mpfr_ptr)0);
    for (int k = 0; k < 3; k++)
        mpfr_set_d(x[k], at[k], MPFR_RNDN);
    op_eval(op, here, operands);
    mpfr_set_si_2exp(there, side, TAUGHT_STEP, MPFR_RNDN);
    mpfr_add(x[i], x[i], there, MPFR_RNDN);
    op_eval(op, there, operands);
    mpfr_sub(there, there, here, MPFR_RNDN);
    mpfr_mul_2si(there, there, -TAUGHT_STEP, MPFR_RNDN);
    *slope = side * mpfr_get_d(there, MPFR_RNDN);
    mpfr_clears(x[0], x[1], x[2], here, there, (mpfr_ptr)0);
    return isfinite(*slope);
}

static double value_taught(Op op, NodeId root, const NodeId *leaves, const double *at)
{
    double values[4] = {at[0], at[1], at[2], 0};
    mpfr_t x[3], f;
    mpfr_srcptr operands[3] = {x[0], x[1], x[2]};
    mpfr_inits2(53, x[0], x[1], x[2], f, (mpfr_ptr)0);
    for (int k = 0; k < 3; k++)
        mpfr_set_d(x[k], at[k], MPFR_RNDN);
    op_eval(op, f, operands);
    values[3] = mpfr_get_d(f, MPFR_RNDN);
    mpfr_clears(x[0], x[1], x[2], f, (mpfr_ptr)0);
    return value_of(root, leaves, values, 4);
}

/* Where the operator is at home, and both sides have one slope, it is what the text says. */
static int compare_taught(Op op, int i, const char *text)
{
    static const double at[] = {0.3, 0.7, -0.4, 1.7, 2.5, -3.2, 9.1};
    enum { COUNT = sizeof at / sizeof *at };
    const char *const names[] = {"x", "y", "z", "f"};
    NodeId leaves[4];
    int compared = 0;
    for (int k = 0; k < 4; k++)
        leaves[k] = build_ref(g, sym_new(g, name_of(ctx, names[k]), SYM_INPUT, 0), 0);
    const NodeId root = lower_text(g, text, names, leaves, 4);
    const char *domain = op_info(op)->domain;
    const NodeId home = lower_text(g, *domain ? domain : "1", names, leaves, 4);
    const int arity = op_info(op)->arity;
    for (int n = 0; n < COUNT * COUNT * COUNT; n++) {
        const double x[3] = {at[n % COUNT], at[n / COUNT % COUNT], at[n / COUNT / COUNT]};
        double left, right;
        if ((arity < 2 && n >= COUNT) || (arity < 3 && n >= COUNT * COUNT) ||
            value_taught(op, home, leaves, x) == 0 || !slope(op, x, i, -1, &left) || !slope(op, x, i, 1, &right) || fabs(left - right) > 1e-9)
            continue;
        const double said = value_taught(op, root, leaves, x);
        ck_assert_msg(fabs(said - right) <= 1e-12 * (1 + fabs(right)),
                      "%s: '%s' at %g, %g, %g is %.17g, not %.17g", op_info(op)->id, text, x[0],
                      x[1], x[2], said, right);
        compared++;
    }
    return compared;
}

START_TEST(textbook_is_right)
{
    const Op op = taught[_i].op;
    for (int i = 0; i < op_info(op)->arity; i++)
        if (*taught[_i].partial[i]) {
            const int fewest = op_info(op)->arity == 1 ? 2 : TAUGHT_FEWEST;
            ck_assert_int_ge(compare_taught(op, i, taught[_i].partial[i]), fewest);
        }
}
END_TEST

Suite *suite_pass(void);
Suite *suite_pass(void)
{
    Suite *s = suite_create("pass");
    TCase *t = tcase_create("pass");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, identities_hold, 0, sizeof identities / sizeof *identities);
    tcase_add_loop_test(t, identities_are_found, 0, sizeof identities / sizeof *identities);
    tcase_add_loop_test(t, textbook_is_right, 0, sizeof taught / sizeof *taught);
    tcase_add_loop_test(t, derivatives_have_no_more_than_they_need, 0, sizeof shapes / sizeof *shapes);
    tcase_add_test(t, conditions_stay_as_they_are_written);
    tcase_add_test(t, dump_shows_the_function);
    suite_add_tcase(s, t);
    return s;
}
