/* Conditions: what is built is as short as it can be said, and says the same: of all numbers that
 * comparisons tell apart, of which one is NaN, and without asking anything where it was not. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "graph/graph.h"

static Ctx *ctx;
static Graph *g;
static NodeId x, y, z;

static NodeId input(const char *name)
{
    return build_ref(g, sym_new(g, name_of(ctx, name), SYM_INPUT, 0), 0);
}

static void setup(void)
{
    ctx = ctx_new();
    g = graph_new(ctx);
    x = input("x");
    y = input("y");
    z = input("z");
}

static void teardown(void)
{
    ck_assert_ptr_null(graph_verify(g));
    ctx_free(ctx);
}

static NodeId zero(Op op, NodeId node) { return build2(g, op, node, build_int(g, 0)); }
static NodeId and(NodeId a, NodeId b) { return build_and(g, a, b); }
static NodeId or(NodeId a, NodeId b) { return build_or(g, a, b); }
static NodeId not(NodeId a) { return build_not(g, a); }

START_TEST(logic_is_simple)
{
    NodeId a = build2(g, OP_LT, x, y), b = build2(g, OP_LT, y, z), c = build2(g, OP_EQ, x, z);
    ck_assert_uint_eq(or(a, not(a)), build_true(g));
    ck_assert_uint_eq(and(a, not(a)), build_false(g));
    ck_assert_uint_eq(or(a, and(a, b)), a);
    ck_assert_uint_eq(and(or(a, b), b), b);
    ck_assert_uint_eq(or(and(a, b), and(a, not(b))), a);
    ck_assert_uint_eq(or(or(a, b), or(b, a)), or(a, b));
    ck_assert_uint_eq(or(a, and(not(a), b)), or(a, b));
    ck_assert_uint_eq(or(and(and(a, b), c), and(c, b)), and(c, b));
    ck_assert_uint_eq(not(c), build2(g, OP_NE, x, z));
    ck_assert_int_eq(node_op(g, not(a)), OP_NOT); /* not y <= x: NaN */
    const NodeId n = build_ref(g, sym_new(g, name_of(ctx, "n"), SYM_DIM, 0), 0);
    ck_assert_uint_eq(not(zero(OP_LE, n)), zero(OP_GT, n)); /* no integer is one */
    ck_assert_uint_eq(not(zero(OP_GE, n)), zero(OP_LT, n));
    ck_assert_uint_eq(or(a, b), graph_put(g, OP_OR, a, b, 0)); /* nothing to be said */
    ck_assert_uint_eq(build_truth(g, build_real(g, a)), a);
    ck_assert_uint_eq(build_truth(g, x), zero(OP_NE, x));
    ck_assert_uint_eq(build_truth(g, build_select(g, a, x, build_int(g, 0))),
                      zero(OP_NE, build_select(g, a, x, build_int(g, 0))));
}
END_TEST

START_TEST(selects_are_simple)
{
    NodeId a = build2(g, OP_LT, x, y), yes = build_true(g), no = build_false(g);
    ck_assert(node_is_bool(g, a) && node_is_bool(g, yes) && node_is_bool(g, no));
    ck_assert(!node_is_bool(g, x) && !node_is_bool(g, build_int(g, 2)));
    ck_assert_uint_eq(build_select(g, yes, x, y), x);
    ck_assert_uint_eq(build_select(g, no, x, y), y);
    ck_assert_uint_eq(build_select(g, build_int(g, 2), x, y), x);
    ck_assert_uint_eq(build_select(g, a, x, x), x);
    ck_assert_uint_eq(build_select(g, a, x, y), graph_put(g, OP_SELECT, a, x, y));
    ck_assert_uint_eq(build_select(g, not(a), x, y), graph_put(g, OP_SELECT, a, y, x));
}
END_TEST

static NodeId test_of(NodeId a) { return build1(g, OP_NONZERO, a); }

/* Up to so many operands are counted, of what is joined on either side. */
START_TEST(operands_are_counted)
{
    NodeId left = zero(OP_GT, x), right = left;
    for (int i = 1; i < 9; i++) {
        const NodeId more = build2(g, OP_GT, x, build_int(g, i));
        left = graph_put(g, i % 2 ? OP_AND : OP_OR, left, more, 0);
        right = graph_put(g, i % 2 ? OP_AND : OP_OR, more, right, 0);
        ck_assert_int_eq(logic_operands(g, left, i + 1), i + 1);
        ck_assert_int_eq(logic_operands(g, right, i + 1), i + 1);
        ck_assert_int_gt(logic_operands(g, left, i), i);
        ck_assert_int_gt(logic_operands(g, right, i), i);
    }
    ck_assert_int_eq(logic_operands(g, not(left), 1), 1);
}
END_TEST

static NodeId times_of(int i)
{
    return build2(g, OP_EQ, x, build2(g, OP_MUL, y, build_int(g, i + 1)));
}

/* Six variables fill a word of a table, eight four of them; what is longer stays as it is. */
START_TEST(tables_have_room)
{
    NodeId equal = build2(g, OP_EQ, x, y), tested = test_of(x), same = equal, some = tested;
    for (int i = 1; i < 8; i++) {
        same = graph_put(g, OP_AND, same, times_of(i), 0);
        some = graph_put(g, OP_AND, some, test_of(build2(g, OP_MUL, x, build_int(g, i + 1))), 0);
        ck_assert_uint_eq(and(same, equal), same);
        ck_assert_uint_eq(or(same, equal), equal);
        ck_assert_uint_eq(and(some, tested), some);
        ck_assert_uint_eq(or(some, tested), tested);
    }
    same = graph_put(g, OP_AND, same, times_of(8), 0);
    ck_assert_uint_eq(or(same, equal), graph_put(g, OP_OR, same, equal, 0));
    NodeId often = equal;
    for (int i = 0; i < 15; i++)
        often = graph_put(g, i % 2 ? OP_AND : OP_OR, often, zero(i % 3 ? OP_EQ : OP_NE, y), 0);
    ck_assert_uint_ne(or(often, equal), graph_put(g, OP_OR, often, equal, 0));
    often = graph_put(g, OP_OR, often, zero(OP_EQ, y), 0);
    ck_assert_uint_eq(or(often, equal), graph_put(g, OP_OR, often, equal, 0));
}
END_TEST

/* The support of abs in x != 0, as the branches of its partial bring it together. */
START_TEST(comparisons_of_a_pair_know_each_other)
{
    NodeId some = zero(OP_NE, x), above = zero(OP_GT, x), below = zero(OP_LT, x);
    NodeId rest = and(and(some, not(above)), not(below));
    ck_assert_uint_eq(and(some, above), above);
    ck_assert_uint_eq(and(above, below), build_false(g));
    ck_assert_uint_eq(or(or(and(some, above), rest), and(and(some, not(above)), below)), some);
    ck_assert_uint_eq(and(build2(g, OP_LT, x, y), build2(g, OP_GT, y, x)), build2(g, OP_LT, x, y));
    ck_assert_uint_eq(or(not(and(zero(OP_EQ, y), zero(OP_EQ, z))), zero(OP_NE, y)),
                      not(and(zero(OP_EQ, y), zero(OP_EQ, z))));
    ck_assert_uint_ne(or(above, zero(OP_LE, x)), build_true(g)); /* NaN */
    NodeId i = build_index(g, index_of(g, name_of(ctx, "i"), build_int(g, 0), build_int(g, 9), 0)),
           five = build_int(g, 5);
    ck_assert_uint_eq(or(build2(g, OP_LT, i, five), build2(g, OP_GE, i, five)), build_true(g));
}
END_TEST

/* What is above 2 is no 0, and no index is between 4 and 5. */
START_TEST(comparisons_with_numbers_know_each_other)
{
    const NodeId two = build2(g, OP_GT, x, build_int(g, 2)), some = zero(OP_NE, x);
    const NodeId four = build_int(g, 4), five = build_int(g, 5);
    ck_assert_uint_eq(and(two, some), two);
    ck_assert_uint_eq(or(two, some), some);
    ck_assert_uint_eq(and(two, zero(OP_LT, x)), build_false(g));
    ck_assert_uint_eq(and(build2(g, OP_LT, build_int(g, 2), x), some),
                      build2(g, OP_LT, build_int(g, 2), x));
    ck_assert_uint_eq(and(build2(g, OP_EQ, x, four), build2(g, OP_EQ, x, five)), build_false(g));
    ck_assert_uint_eq(and(build2(g, OP_EQ, x, four), some), build2(g, OP_EQ, x, four));
    ck_assert_uint_ne(or(build2(g, OP_LT, x, five), build2(g, OP_GT, x, four)), build_true(g));
    const NodeId i =
        build_index(g, index_of(g, name_of(ctx, "i"), build_int(g, 0), build_int(g, 9), 0));
    ck_assert_uint_eq(or(build2(g, OP_LT, i, five), build2(g, OP_GT, i, four)), build_true(g));
    ck_assert_uint_eq(and(build2(g, OP_GE, i, five), build2(g, OP_LE, i, four)), build_false(g));
}
END_TEST

/* ---- note [dear]: log(x) > y is dear, and asked only behind x > 0: so it must stay */

START_TEST(guards_stay)
{
    NodeId a = zero(OP_GT, x), dear = build2(g, OP_GT, build1(g, OP_LOG, x), y);
    NodeId guarded = and(a, dear);
    ck_assert_uint_eq(or(guarded, not(a)), graph_put(g, OP_OR, guarded, not(a), 0));
    ck_assert_uint_eq(or(not(a), guarded), or(not(a), dear)); /* asked only where x > 0 */
    ck_assert_uint_eq(or(guarded, dear), dear);               /* asked everywhere as it was */
    ck_assert_uint_eq(or(guarded, and(a, not(dear))), a);
}
END_TEST

/* Cheap ones go, unless what they ask for may be an element that there is not, or is long. */
START_TEST(guards_of_the_harmless_go)
{
    const IndexId at = index_of(g, name_of(ctx, "i"), build_int(g, 0), build_int(g, 9), 0);
    NodeId i = build_index(g, at), next = build2(g, OP_ADD, i, build_int(g, 1));
    NodeId nine = build_int(g, 9);
    SymId v = sym_new(g, name_of(ctx, "v"), SYM_INPUT, tuple_of(g, &nine, 1));
    NodeId a = zero(OP_GT, x), none = not(a), dear = build1(g, OP_LOG, x), late = input("late");
    NodeId here = zero(OP_GT, build_ref(g, v, tuple_of(g, &i, 1)));
    NodeId there = zero(OP_GT, build_ref(g, v, tuple_of(g, &next, 1)));
    NodeId plain = build2(g, OP_GT, late, y), sum = y, choice = y;
    ck_assert_uint_ne(dear, late);
    ck_assert_uint_eq(or(and(a, here), none), or(here, none));
    ck_assert_uint_eq(or(and(a, plain), none), or(plain, none));
    ck_assert_uint_eq(or(and(a, there), none), graph_put(g, OP_OR, and(a, there), none, 0));
    for (int k = 0; k < 20; k++) {
        sum = build2(g, OP_MUL, build2(g, OP_ADD, sum, x), z);
        choice = build_select(g, build2(g, OP_LT, choice, build_int(g, k)), z, choice);
    }
    sum = and(a, zero(OP_GT, sum));
    choice = and(a, zero(OP_GT, choice));
    ck_assert_uint_eq(or(sum, none), graph_put(g, OP_OR, sum, none, 0));
    ck_assert_uint_eq(or(choice, none), graph_put(g, OP_OR, choice, none, 0));
}
END_TEST

/* ---- random conditions */

typedef struct World {
    double at[3];    /* x, y, z */
    int asked;       /* how often the dear comparison was */
} World;

static double value_of(NodeId node, const World *w)
{
    const Node *n = node_at(g, node);
    if (n->op == OP_LOG)
        return log(value_of(n->a, w));
    return node == x ? w->at[0] : node == y ? w->at[1] : node == z ? w->at[2]
           : node_is_int(g, node, 1) ? 1 : 0;
}

static bool holds(NodeId node, World *w)
{
    const Node n = *node_at(g, node);
    switch (n.op) {
    case OP_CONST: return !node_is_int(g, node, 0);
    case OP_NOT: return !holds(n.a, w);
    case OP_AND: return holds(n.a, w) && holds(n.b, w);
    case OP_OR: return holds(n.a, w) || holds(n.b, w);
    default: break;
    }
    w->asked += node_op(g, n.a) == OP_LOG;
    const double a = value_of(n.a, w), b = value_of(n.b, w);
    return n.op == OP_LT ? a < b : n.op == OP_LE ? a <= b : n.op == OP_GT ? a > b
           : n.op == OP_GE ? a >= b : n.op == OP_EQ ? a == b : a != b;
}

/* The same condition twice: as it is said, and as it is built. */
typedef struct Twice {
    NodeId plain, built;
} Twice;

static Twice random_condition(int depth)
{
    static const Op ops[] = {OP_LT, OP_LE, OP_GT, OP_GE, OP_EQ, OP_NE};
    const NodeId values[] = {x, y, z, build_int(g, 0), build1(g, OP_LOG, x), build_int(g, 1)};
    const int kind = depth ? rand() % 4 : 3;
    if (kind == 3) {
        const int a = rand() % 5, b = rand() % 4 ? (a + 1 + rand() % 3) % 4 : 5;
        const NodeId leaf = graph_put(g, ops[rand() % 6], values[a], values[b], 0);
        return (Twice){leaf, leaf};
    }
    const Twice a = random_condition(depth - 1);
    if (kind == 2)
        return (Twice){graph_put(g, OP_NOT, a.plain, 0, 0), not(a.built)};
    const Twice b = random_condition(depth - 1);
    const Op op = kind ? OP_AND : OP_OR;
    return (Twice){graph_put(g, op, a.plain, b.plain, 0), build2(g, op, a.built, b.built)};
}

START_TEST(built_conditions_say_the_same)
{
    static const double values[] = {-1, 0, 0.5, 1, 2, NAN};
    srand((unsigned)_i);
    for (int k = 0; k < 2000; k++) {
        const Twice c = random_condition(1 + k % 5);
        for (int at = 0; at < 216; at++) {
            World plain = {{values[at % 6], values[at / 6 % 6], values[at / 36]}, 0};
            World built = plain;
            ck_assert_int_eq(holds(c.plain, &plain), holds(c.built, &built));
            ck_assert(plain.asked || !built.asked);
        }
    }
}
END_TEST

Suite *suite_logic(void);
Suite *suite_logic(void)
{
    Suite *s = suite_create("logic");
    TCase *t = tcase_create("logic");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, logic_is_simple);
    tcase_add_test(t, comparisons_of_a_pair_know_each_other);
    tcase_add_test(t, comparisons_with_numbers_know_each_other);
    tcase_add_test(t, selects_are_simple);
    tcase_add_test(t, operands_are_counted);
    tcase_add_test(t, tables_have_room);
    tcase_add_test(t, guards_stay);
    tcase_add_test(t, guards_of_the_harmless_go);
    tcase_add_loop_test(t, built_conditions_say_the_same, 1, 4);
    suite_add_tcase(s, t);
    return s;
}
