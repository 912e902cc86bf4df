/* test_judge: points that are drawn, tapes, proofs, and whole verdicts. */
#include <math.h>
#include <stdlib.h>

#include "judge/judge.h"
#include "oracle_model.h"

Suite *suite_judge(void);

static double input(const char *name, size_t element)
{
    return mpfr_get_d(oracle_input(oracle, entity(name), element), MPFR_RNDN);
}

/* ---- draw ------------------------------------------------------------------------------- */

START_TEST(draw_keeps_assumptions)
{
    model("dim n, m\ninput x, y, p[n]\nindex at[m] < n\nparam c\n"
          "assume x > 100, y > x, y < x + 1, 0 <= p <= 1, c == 3, n > m\n"
          "f = log(x - 99.99)*sum(p) + y + c + sum[i](at[i])\n");
    OracleOf wanted = oracle_entity(entity("f"));
    uint64_t state = 5;
    for (int k = 0; k < 20; k++) {
        ck_assert_int_eq(oracle_draw(oracle, &state, &wanted, 1).fault, DRAW_FOUND);
        long n = oracle_input_integer(oracle, entity("n"), 0);
        long m = oracle_input_integer(oracle, entity("m"), 0);
        ck_assert(n > m && input("c", 0) == 3 && input("x", 0) > 100);
        ck_assert(input("y", 0) > input("x", 0) && input("y", 0) < input("x", 0) + 1);
        for (size_t i = 0; i < (size_t)n; i++)
            ck_assert(input("p", i) >= 0 && input("p", i) <= 1);
        for (size_t i = 0; i < (size_t)m; i++)
            ck_assert(oracle_input_integer(oracle, entity("at"), i) < n);
    }
}
END_TEST

START_TEST(draw_is_by_the_seed)
{
    model("input x[4]\nf = sum(x)\n");
    OracleOf wanted = oracle_entity(entity("f"));
    double first[4];
    uint64_t state = 11;
    oracle_draw(oracle, &state, &wanted, 1);
    for (size_t i = 0; i < 4; i++)
        first[i] = input("x", i);
    state = 11;
    oracle_draw(oracle, &state, &wanted, 1);
    for (size_t i = 0; i < 4; i++)
        ck_assert(first[i] == input("x", i));
    oracle_draw(oracle, &state, &wanted, 1);
    ck_assert(first[0] != input("x", 0) || first[1] != input("x", 1));
}
END_TEST

START_TEST(draw_finds_narrow_domains)
{
    model("input a, b, c\nf = log(a - 200)*asin(b)*sqrt(0.01 - abs(c)) + acosh(a + b)\n");
    OracleOf wanted = oracle_entity(entity("f"));
    uint64_t state = 3;
    for (int k = 0; k < 10; k++)
        ck_assert_int_eq(oracle_draw(oracle, &state, &wanted, 1).fault, DRAW_FOUND);
}
END_TEST

START_TEST(draw_says_what_is_wrong)
{
    model("input x\nassume x^2 < -1\nf = x\n");
    OracleOf wanted = oracle_entity(entity("f"));
    uint64_t state = 3;
    Drawn d = oracle_draw(oracle, &state, &wanted, 1);
    ck_assert_int_eq(d.fault, DRAW_ASSUME);
    ck_assert_uint_eq(d.root, unit->assumes.at[0]);
    model("g = log(-1 - x^2)\nf = 2*g\n");
    wanted = oracle_entity(entity("f"));
    d = oracle_draw(oracle, &state, &wanted, 1);
    ck_assert_int_eq(d.fault, DRAW_VALUE);
    ck_assert_uint_eq(d.entity, entity("g"));
    model("f = diff(floor(0*x) + abs(0*x), x)\n");
    wanted = oracle_entity(entity("f"));
    d = oracle_draw(oracle, &state, &wanted, 1);
    ck_assert(d.fault == DRAW_FOUND || d.fault == DRAW_POLICY);
}
END_TEST

START_TEST(draw_keeps_what_is_fixed)
{
    mpfr_t value;
    model("dim n\ninput x, y\nf = x*y + n\n");
    OracleOf wanted = oracle_entity(entity("f"));
    uint64_t state = 3;
    mpfr_init2(value, 200);
    mpfr_set_str(value, "0.1", 10, MPFR_RNDN);
    oracle_fix(oracle, entity("x"), value);
    mpfr_set_si(value, 17, MPFR_RNDN);
    oracle_fix(oracle, entity("n"), value);
    mpfr_clear(value);
    oracle_draw(oracle, &state, &wanted, 1);
    ck_assert(input("x", 0) == 0.1);
    ck_assert(mpfr_cmp_d(oracle_input(oracle, entity("x"), 0), 0.1) != 0); /* more than a double */
    ck_assert_int_eq(oracle_input_integer(oracle, entity("n"), 0), 17);
    oracle_unfix(oracle);
    oracle_draw(oracle, &state, &wanted, 1);
    ck_assert(input("x", 0) != 0.1);
}
END_TEST

/* ---- tape ------------------------------------------------------------------------------- */

/* The derivative of element 0 by an input's element, as a sum over the tape. */
static double swept(const Tape *t, uint32_t by, size_t element)
{
    double *bar = array_new(ctx, t->steps.count, sizeof *bar), result = 0;
    bar[t->results.at[0]] = 1;
    for (uint32_t k = t->steps.count; k-- > 1;) {
        const TapeStep *s = &t->steps.at[k];
        if (s->op == OP_REF && s->entity == by && s->element == element)
            result = bar[k];
        for (int i = 0; i < 3; i++)
            if (s->from[i])
                bar[s->from[i]] += bar[k]*s->partial[i];
    }
    ctx_resize(ctx, bar, 0);
    return result;
}

START_TEST(tape_holds_the_derivative)
{
    static const struct { const char *text; double by_x, by_y; } cases[] = {
        {"f = x*y", 2, 3},
        {"q = x + y; f = q*q", 10, 10},
        {"f = exp(x)/y", 20.085536923187668/2, -20.085536923187668/4},
        {"s(t) = 1/(1 + exp(-t)); f = s(x)*y", 2*0.045176659730912, 0.952574126822433},
        {"f = x > y ? x^2 : y", 6, 0},
        {"v = [x, y, x*y]; f = sum(v) + dot(v, v)", 1 + 2 + 6 + 2*6*2, 1 + 3 + 4 + 2*6*3},
        {"f = logsumexp([x, y])", 0.731058578630005, 0.268941421369995},
        {"f = max(x, y)*stop_gradient(x)", 3, 0},
        {"f = norm([x, 2*y])", 0.6, 2*0.8},
    };
    for (size_t i = 0; i < sizeof cases/sizeof *cases; i++) {
        Tape tape;
        const double three = 3, two = 2;
        model(cases[i].text);
        oracle_set(oracle, entity("x"), &three);
        oracle_set(oracle, entity("y"), &two);
        oracle_record(oracle, oracle_entity(entity("f")), &tape);
        ck_assert(!tape.opaque);
        ck_assert_msg(fabs(swept(&tape, entity("x"), 0) - cases[i].by_x) < 1e-12 &&
                          fabs(swept(&tape, entity("y"), 0) - cases[i].by_y) < 1e-12,
                      "%s: %.17g, %.17g", cases[i].text, swept(&tape, entity("x"), 0),
                      swept(&tape, entity("y"), 0));
        tape_free(oracle, &tape);
    }
}
END_TEST

START_TEST(tape_knows_operands)
{
    Tape tape;
    const double three = 3, two = 2;
    model("f = x/y\n");
    oracle_set(oracle, entity("x"), &three);
    oracle_set(oracle, entity("y"), &two);
    oracle_record(oracle, oracle_entity(entity("f")), &tape);
    const TapeStep *name = &tape.steps.at[tape.results.at[0]];
    const TapeStep *s = &tape.steps.at[name->from[0]];
    ck_assert(name->op == OP_NAME && name->entity == entity("f"));
    ck_assert(s->op == OP_DIV && s->x[0] == 3 && s->x[1] == 2 && s->value == 1.5);
    ck_assert(fabs(s->partial[0] - 0.5) < 1e-15 && fabs(s->partial[1] + 0.75) < 1e-15);
    /* y/x by x and by y */
    ck_assert(fabs(s->exchanged[0] + 2.0/9) < 1e-15 && fabs(s->exchanged[1] - 1.0/3) < 1e-15);
    ck_assert(tape.steps.at[s->from[0]].op == OP_NAME); /* the reference to x */
    tape_free(oracle, &tape);
    model("g = diff(x^2, x)\nf = g*y\n");
    oracle_set(oracle, entity("x"), &three);
    oracle_set(oracle, entity("y"), &two);
    oracle_record(oracle, oracle_entity(entity("f")), &tape);
    ck_assert(tape.opaque);
    tape_free(oracle, &tape);
}
END_TEST

/* ---- proofs and verdicts ---------------------------------------------------------------- */

static Job job;
static U32Vec claims;

static void make_job(void)
{
    job = (Job){.ctx = ctx, .source = "model", .options = "", .prefix = "m", .real = REAL_DOUBLE};
    claims = (U32Vec){0};
    job.model = lower_unit(ctx, unit);
    lower_checks(job.model, &claims);
    job.rules = rules_new(job.model->graph);
    derive_expand(job.rules, job.model);
    derive_expand_nodes(job.rules, job.model->graph, &claims);
    job.wrt = ctx_alloc(ctx, (unit->entities.count + 1)*sizeof *job.wrt);
    for (uint32_t i = 0; i < unit->entities.count; i++)
        job.wrt[i] = unit->entities.at[i].kind == ENTITY_INPUT;
}

static const char head[] =
    "dim n, d\ninput x, y, w[d], b\nparam X[n,d], t[n]\n"
    "s(u) = 1/(1 + exp(-u))\na = s(x*y)\nz[i] = sum[j](X[i,j]*w[j]) + b\n"
    "L = sum[i]((z[i] - t[i])^2)/(2*n)\nP = mean[i](softplus(z[i]) - t[i]*z[i])\n"
    "l = x > y ? x^2 : sin(y)*x\noutput a, L, P, l\n";

static bool proved(const char *claim)
{
    Text text = text_new(ctx);
    text_printf(&text, "%scheck 0 + %s\n", head, claim);
    model(text.at);
    make_job();
    Judge j = {.ctx = ctx, .job = &job, .unit = unit, .oracle = oracle, .claims = &claims};
    return proof_of_claim(&j, 0);
}

START_TEST(proofs_of_what_is_true)
{
    static const char *const texts[] = {
        "diff(a, x) == a*(1 - a)*y", "diff(tanh(x), x) == 1 - tanh(x)^2",
        "diff(l, x) == (x > y ? 2*x : sin(y))", "diff(tan(x), x) == 1/cos(x)^2",
        "sin(x)^2 + cos(x)^2 == 1", "exp(x + y) == exp(x)*exp(y)", "exp(-x)*exp(x) == 1",
        "(x + y)^3 == x^3 + 3*x^2*y + 3*x*y^2 + y^3", "sqrt(x)*sqrt(x) == x",
        "diff(sqrt(x), x) == 1/(2*sqrt(x))", "diff(log(sigmoid(x)), x) == 1 - sigmoid(x)",
        "x/y + y/x == (x^2 + y^2)/(x*y)", "diff(L, b) == sum[i](z[i] - t[i])/n",
        "diff(L, w) == X'@(z - t)/n", "diff(P, w) == X'@(sigmoid(z) - t)/n", "diff(z, w) == X",
        "sinh(x)^2 == cosh(x)^2 - 1", "relu(x) == (x > 0 ? x : 0)", "sin(-x) == -sin(x)",
        "(x > y ? 1 : 0) + (x <= y ? 1 : 0) == 1", "diff(diff(x^3*y, x), y) == 3*x^2",
        "sum[i in 0..n](2*t[i]) == 2*sum[k](t[k])",
    };
    for (size_t i = 0; i < sizeof texts/sizeof *texts; i++)
        ck_assert_msg(proved(texts[i]), "not proved: %s", texts[i]);
}
END_TEST

START_TEST(no_proofs_of_what_is_false)
{
    static const char *const texts[] = {
        "diff(a, x) == a*(1 - a)*x", "diff(tanh(x), x) == 1 - tanh(x)", "exp(x*y) == exp(x)*exp(y)",
        "(x + y)^2 == x^2 + y^2", "sqrt(x^2) == x", "log(x*x) == 2*log(x)", "abs(x)*abs(x) == x",
        "diff(l, x) == (x > y ? 2*x : cos(y))", "cos(x)^2 - sin(x)^2 == 1", "sin(-x) == sin(x)",
        "diff(L, b) == sum[i](z[i] - t[i])", "diff(L, w) == X'@(t - z)/n", "sinh(x)^2 == cosh(x)^2",
        "(x > y ? 1 : 0) + (y > x ? 1 : 0) == 1", "x/x == y", "sum[i](t[i]^2) == sum[i](t[i])^2",
        "sum[i in 0..n](t[i]) == sum[i in 1..n](t[i])", "relu(x) == x", "x == 1.0000001*x",
        "sum[i](t[i]) == n", "mean(t) == sum(t)",
    };
    for (size_t i = 0; i < sizeof texts/sizeof *texts; i++)
        ck_assert_msg(!proved(texts[i]), "proved: %s", texts[i]);
}
END_TEST

static const char *verdicts(const char *text)
{
    teardown();
    setup();
    Text *out = ctx_alloc(ctx, sizeof *out);
    *out = text_new(ctx);
    model(text);
    make_job();
    judge_model(&job, &claims, 1, out);
    return out->at;
}

START_TEST(verdicts_with_their_reasons)
{
    static const struct { const char *text, *part; } cases[] = {
        {"f = x*y\ncheck diff(f, x) == y", "confirmed: check diff(f, x) == y: proved; 48 digits"},
        {"f = x*y\ncheck y == diff(f, x)", "confirmed: check y == diff(f, x)"},
        {"f = x*y\ncheck 2*diff(f, x) == -2*y", "refuted: check 2*diff(f, x) == -2*y: the sign"},
        {"f = x*y\ng = diff(f, x)\ncheck g == x", "the other factor"},
        {"f = x^2 + x^3\ncheck diff(f, x) == 2*x", "the term 'x^3' is left out"},
        {"q = x^2\nf = q*sin(q)*x\ncheck diff(f, x) == q*sin(q)", "path through 'q'"},
        {"f = sin(x^2)\ncheck diff(f, x) == cos(x^2)", "derivative of 'x^2' by 'x' is missing"},
        {"f = log(1 + x^2)\ncheck diff(f, x) == 2*x", "not that of its logarithm"},
        {"f = x - y\ncheck f == y - x", "the sign is wrong"},
        {"f = x^5\ncheck diff(f, x) == x^4", "a factor 5 is missing"},
        {"f = x/y\ncheck diff(f, x) == 1/x", "refuted: check diff(f, x) == 1/x"},
        {"f = exp(x)\ncheck f == 2.71828 at (x=1)", "the first 6 digits agree"},
        {"f = abs(x)\ncheck diff(f, x) == 1 at (x=0)", "undecided: check"},
        {"s(t) = t^3\nrule diff(s(t), t) = 2*t^2\nf = s(x)", "refuted: rule diff(s(t), t) = 2*t^2"},
        {"s(t) = t^3\nrule diff(s(t), t) = 3*t^2\nf = s(x)", "confirmed: rule diff(s(t), t) = 3"},
        {"f = x*y + y\ncheck diff(f, y) == 0", "it is 0, as if 'f' did not depend on 'y'"},
        {"s = 1.485\nl = log2(2.2)\nh = l % s == l ? 2*y : x\noutput h\n"
         "check 0 == diff(h, x) at (x=1, y=2)", "confirmed: check"},
        {"f = x\ncheck diff(f*x, x) == 2*x", "confirmed: diff(f, x): forward and reverse"},
    };
    for (size_t i = 0; i < sizeof cases/sizeof *cases; i++) {
        const char *said = verdicts(cases[i].text);
        ck_assert_msg(strstr(said, cases[i].part), "%s\n-- gives --\n%s", cases[i].text, said);
    }
}
END_TEST

Suite *suite_judge(void)
{
    Suite *suite = suite_create("judge");
    TCase *tcase = tcase_create("judge");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, draw_keeps_assumptions);
    tcase_add_test(tcase, draw_is_by_the_seed);
    tcase_add_test(tcase, draw_finds_narrow_domains);
    tcase_add_test(tcase, draw_says_what_is_wrong);
    tcase_add_test(tcase, draw_keeps_what_is_fixed);
    tcase_add_test(tcase, tape_holds_the_derivative);
    tcase_add_test(tcase, tape_knows_operands);
    tcase_add_test(tcase, proofs_of_what_is_true);
    tcase_add_test(tcase, no_proofs_of_what_is_false);
    tcase_add_test(tcase, verdicts_with_their_reasons);
    suite_add_tcase(suite, tcase);
    return suite;
}
