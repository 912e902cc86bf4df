/* judge: all that a subject computes at a point, against what the oracle says.
 *
 * The one idea: a number is right if it is as near to the truth as rounding allows. How near that
 * is the oracle says (its spreads), which is asked only where a comparison would fail else. What
 * is no matter of rounding is judged without it: the nodes of the generated functions, evaluated
 * in hundreds of bits, must give the truth itself, and forward and reverse the same products.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

enum {
    EASY_ULPS = 16,    /* allowed without asking for the spread */
    BASE_ULPS = 64,    /* allowed with it, */
    FACTOR = 16,       /* and this many times the spread */
    TRIALS = 16,       /* for a spread */
    EXACT_BITS = FOLDED_BITS, /* of what is computed without rounding to double, */
    CLOSE_BITS = 1600, /* and where that disagrees: what is 0 may be rounding in 400 */
    SURE_BITS = 60     /* in which that must agree with the oracle */
};

/* ---- random numbers --------------------------------------------------------------------- */

uint64_t random_bits(uint64_t *state)
{
    uint64_t x = *state ? *state : 0x9e3779b97f4a7c15u;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 0x2545f4914f6cdd1du;
}

double random_unit(uint64_t *state)
{
    return (double)(random_bits(state) >> 11) * 0x1p-53;
}

uint32_t random_below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(random_bits(state) >> 32) % limit;
}

/* A factor for a seed or a tangent, never 0 or 1. */
static double random_factor(uint64_t *state)
{
    double size = 0.25 + 3*random_unit(state);
    return random_bits(state) & 1 ? size : -size;
}

/* ---- the truth -------------------------------------------------------------------------- */

enum { VALUE = -1 }; /* stands for no input: the output itself */

typedef struct Truth {
    mpfr_t at;     /* the value or derivative */
    int reason;    /* 0: it is known; else why it is not compared */
    double spread; /* -1: not asked for */
} Truth;

typedef struct Point {
    Subject *s;
    const double *in;
    Tally *tally;
    uint32_t outs, ins;
    Truth value[ARGS_MAX];
    Truth slope[ARGS_MAX][ARGS_MAX]; /* by output, then input */
    double dot[ARGS_MAX];   /* a direction of the inputs */
    double bar[ARGS_MAX];   /* seeds of the outputs */
    bool told;              /* was the model printed? */
    mpfr_prec_t bits;       /* of what is computed without rounding */
    bool doubt;             /* did that disagree? */
} Point;

static uint32_t output_of(const Point *p, uint32_t i)
{
    return p->s->unit->outputs.at[i];
}

static void find_value(Point *p, uint32_t i)
{
    Truth *t = &p->value[i];
    mpfr_init2(t->at, TRIAL_BITS);
    t->spread = -1;
    t->reason = (int)oracle_value(p->s->oracle, oracle_entity(output_of(p, i)), t->at);
}

static void find_slope(Point *p, uint32_t i, uint32_t j)
{
    OracleReport r;
    Truth *t = &p->slope[i][j];
    oracle_report_init(&r, TRIAL_BITS);
    oracle_derivative(p->s->oracle, oracle_entity(output_of(p, i)),
                      oracle_by(p->s->inputs.at[j], 0), &r);
    mpfr_init2(t->at, TRIAL_BITS);
    mpfr_set(t->at, r.value, MPFR_RNDN);
    t->spread = -1;
    t->reason = r.status != ORACLE_OK   ? (int)r.status
                : r.inside != ORACLE_OK ? SKIP_INSIDE
                : r.switched            ? SKIP_SWITCHED
                                        : 0;
    oracle_report_clear(&r);
}

static void find_truths(Point *p)
{
    for (uint32_t i = 0; i < p->s->args.count; i++)
        oracle_set(p->s->oracle, p->s->args.at[i], &p->in[i]);
    for (uint32_t i = 0; i < p->outs; i++) {
        find_value(p, i);
        for (uint32_t j = 0; j < p->ins; j++)
            find_slope(p, i, j);
    }
}

static void forget_truths(Point *p)
{
    for (uint32_t i = 0; i < p->outs; i++) {
        mpfr_clear(p->value[i].at);
        for (uint32_t j = 0; j < p->ins; j++)
            mpfr_clear(p->slope[i][j].at);
    }
}

static Truth *truth_of(Point *p, uint32_t i, int j)
{
    return j == VALUE ? &p->value[i] : &p->slope[i][j];
}

static double spread_of(Point *p, uint32_t i, int j)
{
    Truth *t = truth_of(p, i, j);
    OracleOf what = oracle_entity(output_of(p, i));
    if (t->spread < 0 && j == VALUE)
        oracle_spread(p->s->oracle, what, TRIALS, &t->spread);
    else if (t->spread < 0)
        oracle_derivative_spread(p->s->oracle, what, oracle_by(p->s->inputs.at[j], 0), TRIALS,
                                 &t->spread);
    return t->spread;
}

/* ---- what is claimed -------------------------------------------------------------------- */

/* A number that was computed: a sum over outputs of weight times value, or times slope in input j. */
typedef struct Claim {
    FnKind kind;                 /* by which function, */
    bool evaluated;              /* or by emit_values */
    int j;
    double weight[ARGS_MAX];     /* an output each */
    double found;
} Claim;

static const char *entity_name(const Subject *s, uint32_t entity)
{
    return name_text(s->ctx, s->unit->entities.at[entity].name);
}

static void tell_model(Point *p)
{
    if (p->told)
        return;
    p->told = true;
    printf("---- %s\n%s# at ", p->s->prefix, p->s->text);
    for (uint32_t i = 0; i < p->s->args.count; i++)
        printf("%s%s=%.17g", i ? ", " : "", entity_name(p->s, p->s->args.at[i]), p->in[i]);
    printf("\n");
}

static void tell_claim(Point *p, const Claim *c, mpfr_srcptr truth, const char *how)
{
    tell_model(p);
    printf("# %s%s: ", fn_kind_name(c->kind), c->evaluated ? " by --eval" : "");
    for (uint32_t i = 0; i < p->outs; i++)
        if (c->weight[i] != 0)
            printf("%+g*%s ", c->weight[i], entity_name(p->s, output_of(p, i)));
    if (c->j != VALUE)
        printf("by %s ", entity_name(p->s, p->s->inputs.at[c->j]));
    mpfr_printf("is %.17g, not %.17Rg (%s)\n", c->found, truth, how);
    p->tally->failed++;
}

/* The truth of a claim; what keeps it from being compared, or 0. */
static int claim_truth(Point *p, const Claim *c, mpfr_ptr truth)
{
    int reason = 0;
    mpfr_t term;
    mpfr_init2(term, 53 + TRIAL_BITS);
    mpfr_set_zero(truth, 1);
    for (uint32_t i = 0; i < p->outs; i++) {
        if (c->weight[i] == 0)
            continue;
        Truth *t = truth_of(p, i, c->j);
        if (!reason)
            reason = t->reason;
        mpfr_mul_d(term, t->at, c->weight[i], MPFR_RNDN);
        mpfr_add(truth, truth, term, MPFR_RNDN);
    }
    mpfr_clear(term);
    return reason;
}

/* The last place of the double nearest to x. */
static double last_place(mpfr_srcptr x)
{
    double d = fabs(mpfr_get_d(x, MPFR_RNDN));
    if (!isfinite(d))
        return 0x1p971;
    return fmax(d == 0 ? 0 : ldexp(1, ilogb(d) - 52), 0x1p-1074);
}

/* How far from the truth a claim may be. */
static double claim_allowed(Point *p, const Claim *c, bool ask)
{
    double allowed = 0;
    for (uint32_t i = 0; i < p->outs; i++)
        if (c->weight[i] != 0) {
            double ulps = ask ? BASE_ULPS + FACTOR*spread_of(p, i, c->j) : EASY_ULPS;
            allowed += ulps*fabs(c->weight[i])*last_place(truth_of(p, i, c->j)->at);
        }
    return allowed;
}

static double distance(double found, mpfr_srcptr truth)
{
    mpfr_t d;
    if (isnan(found) || mpfr_nan_p(truth))
        return isnan(found) && mpfr_nan_p(truth) ? 0 : INFINITY;
    double near = mpfr_get_d(truth, MPFR_RNDN);
    if (isinf(found) || isinf(near)) /* beyond the greatest double all are infinite */
        return found == near ? 0 : INFINITY;
    mpfr_init2(d, mpfr_get_prec(truth));
    mpfr_d_sub(d, found, truth, MPFR_RNDN);
    double result = fabs(mpfr_get_d(d, MPFR_RNDA));
    mpfr_clear(d);
    return result;
}

/* Did something on the way leave double's range, without which it would be right? */
static bool out_of_range(Point *p, const Claim *c, mpfr_srcptr truth, double allowed)
{
    mpfr_t out[ARGS_MAX], derived[ARGS_MAX];
    double dot[ARGS_MAX] = {0};
    uint32_t at = 0;
    for (int i = 0; i < ARGS_MAX; i++)
        mpfr_inits2(53, out[i], derived[i], (mpfr_ptr)0);
    if (c->kind == FN_FORWARD && c->j != VALUE)
        dot[c->j] = 1;
    bool inside = subject_exact(p->s, c->kind, p->in, c->kind == FN_FORWARD ? dot : c->weight, out,
                                derived);
    for (uint32_t i = 0; i < p->outs; i++)
        if (c->weight[i] != 0)
            at = i;
    mpfr_srcptr found = c->j == VALUE            ? out[at]
                        : c->kind == FN_FORWARD ? derived[at]
                                                : derived[c->j];
    mpfr_t d;
    mpfr_init2(d, 53);
    mpfr_sub(d, found, truth, MPFR_RNDN);
    double apart = fabs(mpfr_get_d(d, MPFR_RNDN));
    mpfr_clear(d);
    for (int i = 0; i < ARGS_MAX; i++)
        mpfr_clears(out[i], derived[i], (mpfr_ptr)0);
    return !inside && apart <= allowed;
}

static void judge_claim(Point *p, const Claim *c)
{
    Tally *tally = p->tally;
    mpfr_t truth;
    mpfr_init2(truth, 53 + TRIAL_BITS);
    int reason = claim_truth(p, c, truth);
    double apart = reason ? 0 : distance(c->found, truth);
    double allowed = reason ? 0 : claim_allowed(p, c, false);
    if (!reason && apart > allowed) {
        allowed = claim_allowed(p, c, true);
        if (!(allowed < INFINITY))
            reason = SKIP_UNSTABLE;
        else if (apart > allowed) {
            if (out_of_range(p, c, truth, allowed))
                reason = SKIP_RANGE;
            else
                tell_claim(p, c, truth, "beyond what rounding does");
        }
    }
    if (reason)
        tally->skipped[reason]++;
    else {
        tally->compared++;
        tally->zeros += mpfr_zero_p(truth) != 0;
        if (apart <= allowed && apart > 0)
            tally->worst = fmax(tally->worst, apart/allowed);
    }
    mpfr_clear(truth);
}

/* ---- the functions ---------------------------------------------------------------------- */

static void judge_values(Point *p, FnKind kind, const double *out)
{
    for (uint32_t i = 0; i < p->outs; i++) {
        Claim c = {.kind = kind, .j = VALUE, .found = out[i]};
        c.weight[i] = 1;
        judge_claim(p, &c);
    }
}

static void judge_adjoints(Point *p, FnKind kind, const double *weight, const double *in_bar)
{
    for (uint32_t j = 0; j < p->ins; j++) {
        Claim c = {.kind = kind, .j = (int)j, .found = in_bar[j]};
        memcpy(c.weight, weight, sizeof c.weight);
        judge_claim(p, &c);
    }
}

/* A tangent of 0 times an infinite partial is NaN, as IEEE says; another input's may be that. */
static bool beside_hard_point(const Point *p, uint32_t i, uint32_t j)
{
    for (uint32_t k = 0; k < p->ins; k++)
        if (k != j && p->slope[i][k].reason)
            return true;
    return false;
}

static void judge_tangents(Point *p, uint32_t j)
{
    double dot[ARGS_MAX] = {0}, out[ARGS_MAX], out_dot[ARGS_MAX];
    dot[j] = 1;
    p->s->packed.forward(p->in, dot, out, out_dot);
    for (uint32_t i = 0; i < p->outs; i++) {
        Claim c = {.kind = FN_FORWARD, .j = (int)j, .found = out_dot[i]};
        c.weight[i] = 1;
        if (isnan(out_dot[i]) && beside_hard_point(p, i, j))
            p->tally->skipped[SKIP_UNSTABLE]++;
        else
            judge_claim(p, &c);
    }
    if (j == 0)
        judge_values(p, FN_FORWARD, out);
}

static void judge_functions(Point *p)
{
    const Packed *f = &p->s->packed;
    double out[ARGS_MAX], in_bar[ARGS_MAX] = {0};
    const double one[ARGS_MAX] = {1};
    f->value(p->in, out);
    judge_values(p, FN_VALUE, out);
    for (uint32_t j = 0; j < p->ins; j++)
        judge_tangents(p, j);
    f->reverse(p->in, p->bar, out, in_bar);
    judge_values(p, FN_REVERSE, out);
    judge_adjoints(p, FN_REVERSE, p->bar, in_bar);
    if (f->gradient) {
        f->gradient(p->in, out, in_bar);
        judge_values(p, FN_GRADIENT, out);
        judge_adjoints(p, FN_GRADIENT, one, in_bar);
    }
}

/* ---- forward against reverse ------------------------------------------------------------ */

/* The sums over outputs of seed times tangent and over inputs of adjoint times direction are the
 * same number. Where all derivatives are known, rounding may do to it what it may do to them. */
static void judge_products(Point *p)
{
    double out[ARGS_MAX], out_dot[ARGS_MAX], in_bar[ARGS_MAX] = {0};
    double left = 0, right = 0, easy = 0;
    p->s->packed.forward(p->in, p->dot, out, out_dot);
    p->s->packed.reverse(p->in, p->bar, out, in_bar);
    for (uint32_t i = 0; i < p->outs; i++) {
        left += p->bar[i]*out_dot[i];
        for (uint32_t j = 0; j < p->ins; j++) {
            if (p->slope[i][j].reason)
                return;
            easy += fabs(p->bar[i]*p->dot[j])*fabs(mpfr_get_d(p->slope[i][j].at, MPFR_RNDN));
        }
    }
    for (uint32_t j = 0; j < p->ins; j++)
        right += in_bar[j]*p->dot[j];
    if (!isfinite(left) || !isfinite(right) || !isfinite(easy))
        return;
    p->tally->sums++;
    double allowed = 0;
    if (fabs(left - right) <= EASY_ULPS*0x1p-53*easy)
        return;
    for (uint32_t i = 0; i < p->outs; i++)
        for (uint32_t j = 0; j < p->ins; j++)
            allowed += (BASE_ULPS + FACTOR*spread_of(p, i, (int)j))*
                       fabs(p->bar[i]*p->dot[j])*last_place(p->slope[i][j].at);
    if (fabs(left - right) <= allowed)
        return;
    tell_model(p);
    printf("# forward gives %.17g, reverse %.17g\n", left, right);
    p->tally->failed++;
}

/* ---- without rounding ------------------------------------------------------------------- */

static bool nearly(mpfr_srcptr a, mpfr_srcptr b, mpfr_srcptr size)
{
    mpfr_t d, most;
    mpfr_inits2(64, d, most, (mpfr_ptr)0);
    mpfr_sub(d, a, b, MPFR_RNDN);
    mpfr_div_2ui(most, size, SURE_BITS, MPFR_RNDU);
    bool near = mpfr_cmpabs(d, most) <= 0;
    /* what is below all doubles, or rounding of 0 */
    near = near || mpfr_zero_p(d) || (mpfr_regular_p(d) && mpfr_get_exp(d) < -1200);
    mpfr_clears(d, most, (mpfr_ptr)0);
    return near;
}

/* Is this worth a closer look? Then nothing is said yet. */
static bool doubts(Point *p)
{
    p->doubt = true;
    return p->bits < CLOSE_BITS;
}

/* Says that an output, or the adjoint of an input, is wrong, unless rounding decides what it is:
 * asin(sin(x)) > x. */
static void tell_exact(Point *p, int j, uint32_t entity, mpfr_srcptr found, mpfr_srcptr truth)
{
    const char *what = j == VALUE ? "output" : "adjoint of";
    if (doubts(p))
        return;
    for (uint32_t i = 0; i < p->outs; i++)
        if ((j != VALUE || output_of(p, i) == entity) && spread_of(p, i, j) > 0x1p40) {
            p->tally->skipped[SKIP_UNSTABLE]++;
            return;
        }
    tell_model(p);
    mpfr_printf("# without rounding: %s %s is %.20Rg, not %.20Rg\n", what,
                entity_name(p->s, entity), found, truth);
    p->tally->failed++;
}

/* Outputs and adjoints of reverse, against the oracle. */
static void judge_exact_reverse(Point *p, mpfr_t *out, mpfr_t *in_bar)
{
    mpfr_t truth, size, term;
    mpfr_inits2(p->bits, truth, size, term, (mpfr_ptr)0);
    for (uint32_t i = 0; i < p->outs; i++) {
        if (p->value[i].reason || mpfr_nan_p(p->value[i].at) || mpfr_inf_p(p->value[i].at))
            continue;
        p->tally->exact++;
        if (!nearly(out[i], p->value[i].at, p->value[i].at))
            tell_exact(p, VALUE, output_of(p, i), out[i], p->value[i].at);
    }
    for (uint32_t j = 0; j < p->ins; j++) {
        bool known = true;
        mpfr_set_zero(truth, 1);
        mpfr_set_zero(size, 1);
        for (uint32_t i = 0; i < p->outs; i++) {
            known = known && !p->slope[i][j].reason;
            mpfr_mul_d(term, p->slope[i][j].at, p->bar[i], MPFR_RNDN);
            mpfr_add(truth, truth, term, MPFR_RNDN);
            mpfr_abs(term, term, MPFR_RNDN);
            mpfr_add(size, size, term, MPFR_RNDN);
        }
        p->tally->exact += known;
        if (known && !nearly(in_bar[j], truth, size))
            tell_exact(p, (int)j, p->s->inputs.at[j], in_bar[j], truth);
    }
    mpfr_clears(truth, size, term, (mpfr_ptr)0);
}

/* Forward and reverse, at hard points, too: they use the same partials. */
static void judge_exact_products(Point *p, mpfr_t *out_dot, mpfr_t *in_bar)
{
    mpfr_t left, right, size, term;
    mpfr_inits2(p->bits, left, right, size, term, (mpfr_ptr)0);
    mpfr_set_zero(left, 1);
    mpfr_set_zero(right, 1);
    mpfr_set_zero(size, 1);
    for (uint32_t i = 0; i < p->outs; i++) {
        mpfr_mul_d(term, out_dot[i], p->bar[i], MPFR_RNDN);
        mpfr_add(left, left, term, MPFR_RNDN);
        mpfr_abs(term, term, MPFR_RNDN);
        mpfr_add(size, size, term, MPFR_RNDN);
    }
    for (uint32_t j = 0; j < p->ins; j++) {
        mpfr_mul_d(term, in_bar[j], p->dot[j], MPFR_RNDN);
        mpfr_add(right, right, term, MPFR_RNDN);
        mpfr_abs(term, term, MPFR_RNDN);
        mpfr_add(size, size, term, MPFR_RNDN);
    }
    if (mpfr_number_p(size) && !nearly(left, right, size) && !doubts(p)) {
        tell_model(p);
        mpfr_printf("# without rounding: forward gives %.20Rg, reverse %.20Rg\n", left, right);
        p->tally->failed++;
    }
    p->tally->exact += mpfr_number_p(size) != 0;
    mpfr_clears(left, right, size, term, (mpfr_ptr)0);
}

static void judge_exact_in(Point *p, mpfr_prec_t bits)
{
    mpfr_t out[ARGS_MAX], in_bar[ARGS_MAX], out_dot[ARGS_MAX];
    p->bits = bits;
    p->doubt = false;
    for (int i = 0; i < ARGS_MAX; i++)
        mpfr_inits2(bits, out[i], in_bar[i], out_dot[i], (mpfr_ptr)0);
    subject_exact(p->s, FN_FORWARD, p->in, p->dot, out, out_dot);
    subject_exact(p->s, FN_REVERSE, p->in, p->bar, out, in_bar);
    judge_exact_reverse(p, out, in_bar);
    judge_exact_products(p, out_dot, in_bar);
    for (int i = 0; i < ARGS_MAX; i++)
        mpfr_clears(out[i], in_bar[i], out_dot[i], (mpfr_ptr)0);
}

static void judge_exact(Point *p)
{
    judge_exact_in(p, EXACT_BITS);
    if (p->doubt)
        judge_exact_in(p, CLOSE_BITS);
}

/* ---- emit_values ------------------------------------------------------------------------ */

/* The number behind `name = ` or `diff(name, by) = ` at the start of a line; false if absent. */
static bool value_line(const char *text, const char *left, double *value)
{
    size_t length = strlen(left);
    for (const char *at = text; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        if (!strncmp(at, left, length) && !strncmp(at + length, " = ", 3)) {
            *value = strtod(at + length + 3, NULL);
            return true;
        }
    return false;
}

static void judge_line(Point *p, const char *text, const char *left, Claim *c)
{
    p->tally->evaluated++;
    if (value_line(text, left, &c->found))
        judge_claim(p, c);
    else {
        tell_model(p);
        printf("# --eval has no line %s\n%s", left, text);
        p->tally->failed++;
    }
}

static void judge_evaluation(Point *p)
{
    Subject *s = p->s;
    Text text = text_new(s->ctx);
    PointValue *point = array_new(s->ctx, s->args.count + 1, sizeof *point);
    char left[200];
    mpfr_t value[ARGS_MAX];
    for (uint32_t i = 0; i < s->args.count; i++) {
        point[i] = (PointValue){.entity = s->args.at[i], .values = &value[i], .count = 1};
        point[i].sym = s->job.model->syms.at[s->args.at[i]];
        mpfr_init2(value[i], 53);
        mpfr_set_d(value[i], p->in[i], MPFR_RNDN);
    }
    emit_values(&s->job, point, s->args.count, &text);
    for (uint32_t i = 0; i < p->outs; i++) {
        Claim c = {.kind = FN_REVERSE, .evaluated = true, .j = VALUE};
        const char *name = entity_name(s, output_of(p, i));
        c.weight[i] = 1;
        judge_line(p, text.at, name, &c);
        for (c.j = 0; c.j < (int)p->ins; c.j++) {
            snprintf(left, sizeof left, "diff(%s, %s)", name, entity_name(s, s->inputs.at[c.j]));
            judge_line(p, text.at, left, &c);
        }
    }
    for (uint32_t i = 0; i < s->args.count; i++)
        mpfr_clear(value[i]);
    ctx_resize(s->ctx, point, 0);
    text_free(&text);
}

/* ---- the judgement ---------------------------------------------------------------------- */

void judge_point(Subject *s, const double *in, uint64_t seed, bool evaluate, Tally *tally)
{
    static Point point;
    Point *p = &point;
    p->s = s;
    p->in = in;
    p->tally = tally;
    p->outs = s->unit->outputs.count;
    p->ins = s->inputs.count;
    p->told = false;
    memset(p->dot, 0, sizeof p->dot);
    memset(p->bar, 0, sizeof p->bar);
    for (uint32_t j = 0; j < p->ins; j++)
        p->dot[j] = random_factor(&seed);
    for (uint32_t i = 0; i < p->outs; i++)
        p->bar[i] = random_factor(&seed);
    if (setjmp(s->fatal)) {
        tell_model(p);
        printf("# ended: %s\n", ctx_message(s->ctx));
        tally->failed++;
        return;
    }
    find_truths(p);
    judge_functions(p);
    judge_products(p);
    judge_exact(p);
    if (evaluate)
        judge_evaluation(p);
    forget_truths(p);
}
