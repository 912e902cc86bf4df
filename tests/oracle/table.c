/* table: every row of ops.def by itself, value and partials, against the oracle.
 *
 *     table [--quiet | --brief] [ROW]...
 *
 * A row that a model can write is written as a model of one operation, with every choice of
 * active operands. Its value, its tangents and its adjoints are computed by the generated C at
 * points of the row's domain and at hard points, and compared with what the oracle finds by
 * evaluating and differencing the expression itself. --brief: a row is left at the first point
 * that is wrong. The last line is `table: N passed,
 * N failed`, N being rows. The exit status is 1 if one failed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

enum {
    OPERANDS = 3,
    FEWEST = 10,    /* points that must be compared for each row */
    COMPLAINTS = 4, /* that are printed for each row */
    ROWS_MAX = 200,
    CASES_MAX = 1200
};

/* Allowed to all, in units in the last place. */
static const double allowed_ulps = 8;

/* What is allowed more, as an expression of the operands, and why. Partials are 0, 1, 2; the
 * value is -1. An infinity: it is not compared. */
static const struct {
    Op op;
    int partial;
    const char *ulps;
    const char *why;
} exceptions[] = {
    {OP_POW, 0, "abs((y - 1)*log(abs(x)))", "y - 1 is rounded, which the power magnifies"},
    {OP_ERF, 0, "x^2", "x^2 is rounded, which exp magnifies"},
    {OP_ERFC, 0, "x^2", "as erf"},
    {OP_GELU, 0, "x^2", "as erf"},
    {OP_LOGADDEXP, 0, "abs(x - y)", "x - y is rounded, which exp magnifies"},
    {OP_LOGADDEXP, 1, "abs(x - y)", "as in x"},
    {OP_SILU, 0, "x < -700 ? -2*x : 1/abs(1 + x*sigmoid(-x))",
     "sigmoid(x) is subnormal; the derivative is 0 near -1.28"},
};

/* ---- cases ------------------------------------------------------------------------------ */

static const char *const operand_names[OPERANDS] = {"x", "y", "z"};

/* A model of one operation. */
typedef struct Case {
    Op op;
    RowText text;
    bool used[OPERANDS];    /* does the text name it? */
    bool active[OPERANDS];  /* is it an input, not a param? */
    bool all;               /* are all operands active? */
    uint32_t entity[OPERANDS];
    int place[OPERANDS];    /* in packed arguments */
    int input[OPERANDS];    /* among the active ones */
    Subject subject;
    Formula *domain;        /* NULL: everywhere */
} Case;

/* What came of a row. */
typedef struct Row {
    Op op;
    long points;   /* where at least one derivative was compared */
    long compared; /* derivatives */
    long kinks;    /* derivatives at kinks, compared with SPEC 6 */
    long hard;     /* infinite ones, jumps, one-sided ones: compared */
    long skipped[SKIP_COUNT];
    long failed;
    double worst;  /* ulps, of what was right */
} Row;

static bool names(const char *text, char operand)
{
    for (const char *at = text; *at; at++)
        if (*at == operand && (at == text || !strchr("abcdefghijklmnopqrstuvwxyz_", at[-1])) &&
            !(at[1] >= 'a' && at[1] <= 'z') && at[1] != '(')
            return true;
    return false;
}

static void put_declarations(const Case *c, Text *text)
{
    for (int active = 1; active >= 0; active--) {
        bool any = false;
        for (int i = 0; i < OPERANDS; i++)
            if (c->used[i] && c->active[i] == active) {
                text_printf(text, "%s %s", any ? "," : active ? "input" : "param", operand_names[i]);
                any = true;
            }
        if (any)
            text_char(text, '\n');
    }
}

static bool in_domain(const Case *c, const double *x)
{
    return !c->domain || formula_value(c->domain, x) != 0;
}

static void open_case(Case *c, size_t number)
{
    char prefix[32];
    const char *complaint;
    Ctx *ctx = ctx_new();
    Text text = text_new(ctx);
    put_declarations(c, &text);
    text_printf(&text, "f = %s\n", c->text.text);
    snprintf(prefix, sizeof prefix, "c%zu", number);
    if (!subject_open(&c->subject, text.at, prefix, &complaint)) {
        printf("%s: not a model: %s\n%s", op_info(c->op)->id, complaint, text.at);
        exit(1);
    }
    ctx_free(ctx);
    int inputs = 0;
    for (int i = 0; i < OPERANDS; i++) {
        if (!c->used[i])
            continue;
        c->place[i] = subject_arg(&c->subject, operand_names[i]);
        c->entity[i] = c->subject.args.at[c->place[i]];
        c->input[i] = c->active[i] ? inputs++ : -1;
    }
    c->domain = *c->text.domain ? formula_new(c->text.domain) : NULL;
}

/* All cases of a row: every text; all operands active, and each one alone. */
static size_t make_cases(Op op, Case *cases, size_t count, Ctx *ctx)
{
    RowText text;
    for (uint32_t i = 0; row_text(ctx, op, i, &text); i++) {
        int operands = 0;
        Case c = {.op = op, .text = text, .all = true};
        for (int k = 0; k < OPERANDS; k++) {
            c.used[k] = c.active[k] = names(text.text, *operand_names[k]);
            operands += c.used[k];
        }
        for (int alone = -1; alone < OPERANDS && count < CASES_MAX; alone++) {
            if (alone >= 0 && (operands < 2 || !c.used[alone]))
                continue;
            for (int k = 0; k < OPERANDS; k++)
                c.active[k] = c.used[k] && (alone < 0 || k == alone);
            c.all = alone < 0;
            cases[count] = c;
            open_case(&cases[count], count);
            count++;
        }
    }
    return count;
}

/* ---- candidates ------------------------------------------------------------------------- */

static const double singles[] = {
    0, -0.0, 1, -1, 2, -2, 3, -3, 4, 5, -5, 10, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 3.5, 4.5, -7.5,
    0.3, 0.75, 1.7, -2.4, -0.3, 0.1, -0.1, 0.9, -0.9, 0.99, -0.99, 1.2, -1.3, 6.3, 7.1, -4.7, 12.5,
    20, -20, 30, 40, -40, 100, -100, 171.3, 600, 700, -700, 709.5, -745, -30.3, -12.2, 0x1.8p-2,
    1 + 0x1p-30, 1 - 0x1p-30, -1 + 0x1p-30, -1 - 0x1p-30, 1 + 0x1p-52, 1 - 0x1p-53, -1 + 0x1p-53,
    1e-3, -1e-3, 1e-8, -1e-8, 1e-20, -1e-20, 1e-300, -1e-300, 1e-320, 1e5, -1e5, 1e10, -1e10, 1e300, -1e300,
    1.5707963267948966, 3.141592653589793, -4.71238898038469, 1.4616321449683622,
};
static const double pairs[] = {
    0, 1, -1, 2, -2, 3, 0.5, -1.5, 2.5, 0.3, 1.7, -2.4, 7.1, 100, 1 + 0x1p-30, 1e-20, -1e-20, 1e-300, 1e10,
    -1e10, 1e300,
};
static const double triples[] = {0, 1, -1, 2, 0.5, -1.7, 1e-20, 1e10, -1e300};
static const double few[] = {0, 1, -1, 2, 0.3, -1.7, 1e-20, 1e10};

#define LENGTH(array) (sizeof (array) / sizeof *(array))
enum { RANDOM_POINTS = 16 };

/* The k-th point of a case; false behind the last. */
static bool candidate(const Case *c, size_t k, double *x)
{
    int operands = 0, which[OPERANDS];
    uint64_t state = 77 + k;
    for (int i = 0; i < OPERANDS; i++) {
        x[i] = NAN;
        if (c->used[i])
            which[operands++] = i;
    }
    if (k < RANDOM_POINTS) {
        for (int i = 0; i < operands; i++)
            x[which[i]] = 8*random_unit(&state) - (k % 2 ? 0 : 4);
        return true;
    }
    k -= RANDOM_POINTS;
    bool small = !c->all;
    const double *list = operands == 1 ? singles : small ? few : operands == 2 ? pairs : triples;
    size_t length = operands == 1 ? LENGTH(singles) : small ? LENGTH(few)
                                  : operands == 2 ? LENGTH(pairs) : LENGTH(triples);
    for (int i = 0; i < operands; i++, k /= length)
        x[which[i]] = list[k % length];
    return k == 0;
}

/* ---- kinks ------------------------------------------------------------------------------ */

/* SPEC 6: at a kink, the element of least norm among the subgradients. The subgradients are the
 * hull of the gradients about the point: here those at its corners. */
enum { CORNERS = 1 << OPERANDS };

/* The point of least norm in the hull of points, by moving weight from the point farthest along
 * the current one to the nearest (Mitchell, Demyanov and Malozemov 1974). */
static void least_norm(double (*at)[OPERANDS], int count, double *best)
{
    double weight[CORNERS] = {1};
    for (int turn = 0; turn < 20000; turn++) {
        int far = -1, near = 0;
        double along[CORNERS], length = 0;
        for (int k = 0; k < OPERANDS; k++) {
            best[k] = 0;
            for (int i = 0; i < count; i++)
                best[k] += weight[i]*at[i][k];
        }
        for (int i = 0; i < count; i++) {
            along[i] = best[0]*at[i][0] + best[1]*at[i][1] + best[2]*at[i][2];
            if (weight[i] > 0 && (far < 0 || along[i] > along[far]))
                far = i;
            if (along[i] < along[near])
                near = i;
        }
        for (int k = 0; k < OPERANDS; k++)
            length += (at[near][k] - at[far][k])*(at[near][k] - at[far][k]);
        if (length == 0 || along[far] - along[near] <= 1e-15)
            return;
        double step = fmin(weight[far], (along[far] - along[near])/length);
        weight[far] -= step;
        weight[near] += step;
    }
}

/* Moves operands off the point to a corner, by less than any other number is away. */
static void set_corner(Case *c, const double *x, int corner)
{
    mpfr_t value;
    mpfr_init2(value, 4000);
    for (int i = 0; i < OPERANDS; i++) {
        if (!c->active[i])
            continue;
        long size = x[i] == 0 ? -1200 : -150 + ilogb(x[i]);
        mpfr_set_si_2exp(value, corner >> i & 1 ? 4 + i : -4 - i, size, MPFR_RNDN);
        mpfr_add_d(value, value, x[i], MPFR_RNDN);
        oracle_set_real(c->subject.oracle, c->entity[i], value);
    }
    mpfr_clear(value);
}

static void set_point(Case *c, const double *x)
{
    for (int i = 0; i < OPERANDS; i++)
        if (c->used[i])
            oracle_set(c->subject.oracle, c->entity[i], &x[i]);
}

/* The gradient that SPEC 6 says; false if it does not say. */
static bool kink_gradient(Case *c, const double *x, double *gradient)
{
    double corners[CORNERS][OPERANDS] = {{0}};
    bool known = true;
    OracleReport r;
    oracle_report_init(&r, TRIAL_BITS);
    for (int corner = 0; corner < CORNERS; corner++) {
        set_corner(c, x, corner);
        for (int i = 0; i < OPERANDS; i++) {
            if (!c->active[i])
                continue;
            oracle_derivative(c->subject.oracle, oracle_entity(c->subject.unit->outputs.at[0]),
                              oracle_by(c->entity[i], 0), &r);
            known = known && r.status == ORACLE_OK;
            corners[corner][i] = mpfr_get_d(r.value, MPFR_RNDN);
        }
    }
    oracle_report_clear(&r);
    set_point(c, x);
    if (!known)
        return false;
    if (c->op == OP_CLAMP)
        memset(gradient, 0, OPERANDS * sizeof *gradient); /* SPEC 6 says so */
    else
        least_norm(corners, CORNERS, gradient);
    return true;
}

/* ---- what the C computes ---------------------------------------------------------------- */

/* Once by each function; all of one kind must be the same number or nearly so. */
typedef struct Computed {
    double value[4];
    double tangent[OPERANDS];   /* forward, unit tangents */
    double adjoint[OPERANDS];   /* reverse, seed SEED */
    double gradient[OPERANDS];
} Computed;

static const double seed = 3;

static void compute(const Case *c, const double *x, Computed *r)
{
    const Packed *p = &c->subject.packed;
    double in[OPERANDS] = {0}, bar[OPERANDS] = {0}, out_dot;
    for (int i = 0; i < OPERANDS; i++)
        if (c->used[i])
            in[c->place[i]] = x[i];
    p->value(in, &r->value[0]);
    for (int i = 0; i < OPERANDS; i++)
        if (c->active[i]) {
            double dot[OPERANDS] = {0};
            dot[c->input[i]] = 1;
            p->forward(in, dot, &r->value[1], &out_dot);
            r->tangent[i] = out_dot;
        }
    p->reverse(in, &seed, &r->value[2], bar);
    for (int i = 0; i < OPERANDS; i++)
        r->adjoint[i] = c->active[i] ? bar[c->input[i]] : 0;
    p->gradient(in, &r->value[3], bar);
    for (int i = 0; i < OPERANDS; i++)
        r->gradient[i] = c->active[i] ? bar[c->input[i]] : 0;
}

/* ---- comparison ------------------------------------------------------------------------- */

static bool quiet, brief;

static void complain(const Case *c, Row *row, const double *x, const char *what, double found,
                     mpfr_srcptr truth, const char *status, double ulps)
{
    if (row->failed++ >= COMPLAINTS || quiet)
        return;
    printf("table: %s: %s at", op_info(c->op)->id, c->text.text);
    for (int i = 0; i < OPERANDS; i++)
        if (c->used[i])
            printf(" %s%s=%.17g", operand_names[i], c->active[i] ? "" : " (param)", x[i]);
    mpfr_printf(": %s is %.17g, not %.17Rg (%s), %.3g ulp\n", what, found, truth, status, ulps);
}

static double exception_ulps(Op op, int partial, const double *x)
{
    for (size_t i = 0; i < LENGTH(exceptions); i++)
        if (exceptions[i].op == op && exceptions[i].partial == partial) {
            Formula *formula = formula_new(exceptions[i].ulps);
            double ulps = formula_value(formula, x);
            formula_free(formula);
            return ulps;
        }
    return 0;
}

/* What rounding may do here; asked only where a comparison would fail else. */
static double spread(Case *c, int partial)
{
    OracleOf f = oracle_entity(c->subject.unit->outputs.at[0]);
    double found;
    if (partial < 0)
        oracle_spread(c->subject.oracle, f, 8, &found);
    else
        oracle_derivative_spread(c->subject.oracle, f, oracle_by(c->entity[partial], 0), 8, &found);
    return found;
}

/* Compares one number; INFINITY allowed counts as not comparable. */
static bool compare(Case *c, Row *row, const double *x, const char *what, double found, int partial,
                    mpfr_srcptr truth, const char *status)
{
    double ulps = oracle_ulps(found, truth);
    if (ulps > allowed_ulps) {
        double allowed = allowed_ulps + exception_ulps(c->op, partial, x) + spread(c, partial);
        if (ulps > allowed || isnan(ulps)) {
            complain(c, row, x, what, found, truth, status, ulps);
            return false;
        }
        if (isinf(allowed)) {
            row->skipped[SKIP_UNSTABLE]++;
            return false;
        }
    }
    row->worst = fmax(row->worst, ulps);
    return true;
}

static void compare_value(Case *c, Row *row, const double *x, const Computed *r)
{
    static const char *const kinds[] = {"value", "forward's value", "reverse's value",
                                        "gradient's value"};
    mpfr_t truth;
    mpfr_init2(truth, TRIAL_BITS);
    OracleStatus status = oracle_value(c->subject.oracle,
                                       oracle_entity(c->subject.unit->outputs.at[0]), truth);
    for (int k = 0; k < 4; k++)
        if (status == ORACLE_OK)
            compare(c, row, x, kinds[k], r->value[k], -1, truth, "value");
        else
            row->skipped[status]++;
    mpfr_clear(truth);
}

/* A tangent of 0 times the infinite partial in another operand is NaN, as IEEE says. */
static bool beside_pole(const Computed *r, int i)
{
    for (int k = 0; k < OPERANDS; k++)
        if (k != i && !isfinite(r->gradient[k]))
            return true;
    return false;
}

/* All three functions' derivative in one operand, against one truth. */
static bool compare_partial(Case *c, Row *row, const double *x, const Computed *r, int i,
                            mpfr_srcptr truth, const char *status)
{
    char what[3][32];
    mpfr_t scaled;
    mpfr_init2(scaled, mpfr_get_prec(truth) + 8);
    mpfr_mul_d(scaled, truth, seed, MPFR_RNDN);
    snprintf(what[0], sizeof *what, "tangent in %s", operand_names[i]);
    snprintf(what[1], sizeof *what, "adjoint of %s", operand_names[i]);
    snprintf(what[2], sizeof *what, "gradient in %s", operand_names[i]);
    bool good = beside_pole(r, i) || compare(c, row, x, what[0], r->tangent[i], i, truth, status);
    good = compare(c, row, x, what[1], r->adjoint[i], i, scaled, status) && good;
    good = compare(c, row, x, what[2], r->gradient[i], i, truth, status) && good;
    mpfr_clear(scaled);
    return good;
}

/* At a kink: SPEC 6, to a relative 1e-9. */
static void compare_kink(Case *c, Row *row, const double *x, const Computed *r, int i)
{
    double g[OPERANDS] = {0};
    if (!kink_gradient(c, x, g)) {
        row->skipped[ORACLE_KINK]++;
        return;
    }
    const double found[3] = {r->tangent[i], r->adjoint[i]/seed, r->gradient[i]};
    row->kinks++;
    for (int k = 0; k < 3; k++)
        if (!(fabs(found[k] - g[i]) <= 1e-9*(1 + fabs(g[i])))) {
            mpfr_t truth;
            mpfr_init2(truth, 53);
            mpfr_set_d(truth, g[i], MPFR_RNDN);
            complain(c, row, x, k == 1 ? "adjoint/3" : "derivative", found[k], truth, "kink",
                     oracle_ulps(found[k], truth));
            mpfr_clear(truth);
        }
}

/* True: the point counts. */
static bool compare_derivative(Case *c, Row *row, const double *x, const Computed *r, int i)
{
    bool counts = false;
    OracleReport d;
    oracle_report_init(&d, TRIAL_BITS);
    oracle_derivative(c->subject.oracle, oracle_entity(c->subject.unit->outputs.at[0]),
                      oracle_by(c->entity[i], 0), &d);
    const char *status = oracle_status_name(d.status);
    bool step = op_info(c->op)->flags & OPF_STEP;
    if (d.status == ORACLE_OK && d.switched && c->op != OP_SELECT)
        row->skipped[SKIP_SWITCHED]++;
    else if (d.status == ORACLE_OK) {
        counts = compare_partial(c, row, x, r, i, d.value, status);
        row->compared += counts;
    } else if (d.status == ORACLE_KINK)
        compare_kink(c, row, x, r, i);
    else if (d.status == ORACLE_JUMP && step) {
        mpfr_set_zero(d.value, 1);
        row->hard += compare_partial(c, row, x, r, i, d.value, status);
    } else if ((d.status == ORACLE_JUMP || d.status == ORACLE_POLE || d.status == ORACLE_EDGE) &&
               !mpfr_nan_p(d.value))
        row->hard += compare_partial(c, row, x, r, i, d.value, status);
    else
        row->skipped[d.status]++;
    oracle_report_clear(&d);
    return counts;
}

/* ---- the run ---------------------------------------------------------------------------- */

/* At the poles of some, the oracle takes seconds. */
static bool is_slow(Op op)
{
    return op == OP_DIGAMMA || op == OP_TRIGAMMA || op == OP_POLYGAMMA;
}

static void run_case(Case *c, Row *row)
{
    volatile int outside = 0; /* setjmp */
    double x[OPERANDS];
    Computed r;
    if (setjmp(c->subject.fatal)) {
        printf("table: %s: %s\n", op_info(c->op)->id, ctx_message(c->subject.ctx));
        row->failed++;
        return;
    }
    for (size_t k = 0; candidate(c, k, x) && !(brief && row->failed); k++) {
        bool counts = false, in = in_domain(c, x);
        if (!in && is_slow(c->op) && ++outside > 2)
            continue;
        set_point(c, x);
        compute(c, x, &r);
        compare_value(c, row, x, &r);
        for (int i = 0; i < OPERANDS; i++)
            if (c->active[i])
                counts = compare_derivative(c, row, x, &r, i) || counts;
        row->points += counts && in;
    }
}

static bool report(const Row *row)
{
    const char *id = op_info(row->op)->id;
    bool good = row->failed == 0 && row->points >= FEWEST;
    if (row->failed > COMPLAINTS && !quiet)
        printf("table: %s: %ld more\n", id, row->failed - COMPLAINTS);
    if (row->points < FEWEST && !row->failed)
        printf("table: %s: only %ld points were compared\n", id, row->points);
    if (!quiet || !good) {
        printf("%-10s %5ld points %6ld derivatives %4ld kinks %4ld hard, worst %4.1f ulp; skipped",
               id, row->points, row->compared, row->kinks, row->hard, row->worst);
        for (int k = 1; k < SKIP_COUNT; k++)
            if (row->skipped[k])
                printf(" %ld %s", row->skipped[k], k <= ORACLE_UNSURE
                       ? oracle_status_name((OracleStatus)k)
                       : k == SKIP_SWITCHED ? "switched" : "unstable");
        printf("%s\n", good ? "" : ": FAILED");
    }
    return good;
}

static bool is_wanted(const OpInfo *info, char **names, int count)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names[i], info->id))
            return true;
    return count == 0;
}

/* Of rows without a list: every second one, if the environment says which half. */
static bool in_half(int op)
{
    const char *half = getenv("HALF");
    return !half || !*half || op % 2 == *half - '0';
}

static Case cases[CASES_MAX];

int main(int argc, char **argv)
{
    Subject *subjects[CASES_MAX];
    Row rows[ROWS_MAX] = {{0}};
    size_t count = 0, passed = 0, failed = 0;
    char tag[64];
    argc--, argv++;
    if (argc && (!strcmp(*argv, "--quiet") || !strcmp(*argv, "--brief"))) {
        quiet = true;
        brief = !strcmp(*argv, "--brief");
        argc--, argv++;
    }
    Ctx *ctx = ctx_new();
    for (int op = 1; op < OP_COUNT; op++)
        if (row_is_written((Op)op) && is_wanted(op_info((Op)op), argv, argc) &&
            (argc || in_half(op))) {
            size_t before = count;
            count = make_cases((Op)op, cases, count, ctx);
            if (count == before) {
                printf("table: %s: rows.c has no text for it\n", op_info((Op)op)->id);
                failed++;
            }
        }
    for (size_t i = 0; i < count; i++)
        subjects[i] = &cases[i].subject;
    snprintf(tag, sizeof tag, "table%s", getenv("HALF") ? getenv("HALF") : "");
    if (!subjects_compile(subjects, count, tag, "-O1 -Wall -Wextra -Werror"))
        return 1;
    for (size_t i = 0; i < count; i++) {
        rows[cases[i].op].op = cases[i].op;
        run_case(&cases[i], &rows[cases[i].op]);
    }
    for (int op = 1; op < OP_COUNT; op++)
        if (rows[op].op) {
            bool good = report(&rows[op]);
            passed += good;
            failed += !good;
        }
    for (size_t i = 0; i < count; i++) {
        subject_close(&cases[i].subject);
        if (cases[i].domain)
            formula_free(cases[i].domain);
    }
    ctx_free(ctx);
    printf("table: %zu passed, %zu failed\n", passed, failed);
    return failed > 0;
}
