/* rule: a hand derivative of a function in, a verdict out: the rule at arguments that are drawn,
 * against differences of the function's own body. */
#include "judge/judge.h"

enum { RULE_TRIES = 200 };

/* Numbers for a function's parameters. */
typedef struct Arguments {
    mpfr_t *value;
    mpfr_srcptr *at;
    uint32_t count;
} Arguments;

static void arguments_open(Judge *j, const Rule *r, Arguments *a)
{
    a->count = r->params;
    a->value = array_new(j->ctx, a->count + 1, sizeof *a->value);
    a->at = array_new(j->ctx, a->count + 1, sizeof *a->at);
    for (uint32_t i = 0; i < a->count; i++) {
        mpfr_init2(a->value[i], 53);
        a->at[i] = a->value[i];
    }
}

static void arguments_close(Judge *j, Arguments *a)
{
    for (uint32_t i = 0; i < a->count; i++)
        mpfr_clear(a->value[i]);
    ctx_resize(j->ctx, a->value, 0);
    ctx_resize(j->ctx, a->at, 0);
}

/* Hundredths, of either sign at first, then of other sizes. */
static void draw_arguments(Arguments *a, uint64_t *state, uint32_t try)
{
    for (uint32_t i = 0; i < a->count; i++) {
        *state = *state*6364136223846793005u + 1442695040888963407u;
        uint64_t bits = *state >> 33;
        double size = (double)(20 + bits%271)/100, sign = bits & 0x10000 ? -1 : 1;
        if (try % 4 == 1)
            sign = 1;
        if (try % 4 == 2)
            size /= 3;
        if (try % 4 == 3)
            size *= 10;
        mpfr_set_d(a->value[i], sign*size, MPFR_RNDN);
    }
}

static bool takes_arrays(const Function *f)
{
    for (uint32_t i = 0; i < f->params; i++)
        if (f->locals.at[i].bracketed)
            return true;
    return false;
}

static void put_arguments(Judge *j, const Rule *r, const Arguments *a, Text *text)
{
    for (uint32_t i = 0; i < a->count; i++) {
        text_printf(text, "%s%s=", i ? ", " : " at ", name_text(j->ctx, r->locals.at[i].name));
        say_number(text, a->value[i], 6);
    }
}

static const char *rule_text(Judge *j, const Rule *r)
{
    return name_text(j->ctx, ast_line(j->ctx, j->unit->ast, r->span));
}

static void refute(Judge *j, const Rule *r, const Arguments *a, mpfr_srcptr claimed,
                   mpfr_srcptr truth)
{
    Text text = text_new(j->ctx);
    text_printf(&text, "diff(%s(...), %s)",
                name_text(j->ctx, j->unit->functions.at[r->function].name),
                name_text(j->ctx, r->locals.at[r->param].name));
    say_numbers(&text, ": yours ", claimed, ", correct ", truth);
    put_arguments(j, r, a, &text);
    diag_error(j->ctx, r->span, "refuted", "%s", text.at);
    judge_say(j, VERDICT_REFUTED, r->span, rule_text(j, r), "");
}

static void leave_undecided(Judge *j, const Rule *r, const char *why)
{
    diag_warning(j->ctx, r->span, "undecided", "%s", why);
    judge_say(j, VERDICT_UNDECIDED, r->span, rule_text(j, r), why);
}

/* At one point: in how many bits rule and body agree; -1 if nothing can be said there. */
static long agreement(Judge *j, uint32_t rule, const Arguments *a, mpfr_ptr claimed,
                      OracleReport *truth)
{
    OracleStatus status = oracle_rule(j->oracle, rule, a->at, claimed, truth);
    if (status != ORACLE_OK || truth->status != ORACLE_OK || truth->inside != ORACLE_OK ||
        truth->switched)
        return -1;
    return judge_agreement(claimed, truth->value);
}

static void judge_points(Judge *j, uint32_t rule, Arguments *a, mpfr_ptr claimed,
                         OracleReport *truth)
{
    const Rule *r = &j->unit->rules.at[rule];
    uint64_t state = judge_state(j, 1000 + rule);
    long least = JUDGE_BITS;
    uint32_t points = 0;
    for (uint32_t try = 0; try < RULE_TRIES && points < JUDGE_POINTS; try++) {
        draw_arguments(a, &state, try);
        long bits = agreement(j, rule, a, claimed, truth);
        if (bits < 0)
            continue;
        if (bits < JUDGE_BITS - JUDGE_SLACK) {
            refute(j, r, a, claimed, truth->value);
            return;
        }
        points++;
        least = bits < least ? bits : least;
    }
    if (!points) {
        leave_undecided(j, r, "no arguments were found in the domain of the function");
        return;
    }
    Text text = text_new(j->ctx);
    text_printf(&text, "%d digits at %u points", say_digits(least), (unsigned)points);
    judge_say(j, VERDICT_CONFIRMED, r->span, rule_text(j, r), text.at);
}

void rule_judge(Judge *j, uint32_t rule)
{
    const Rule *r = &j->unit->rules.at[rule];
    uint64_t state = judge_state(j, 2000 + rule);
    Arguments a;
    OracleReport truth;
    mpfr_t claimed;
    if (takes_arrays(&j->unit->functions.at[r->function])) {
        leave_undecided(j, r, "a function of arrays is judged by the derivatives of the model");
        return;
    }
    oracle_draw(j->oracle, &state, NULL, 0); /* a body may use names of the model */
    arguments_open(j, r, &a);
    oracle_report_init(&truth, JUDGE_BITS);
    mpfr_init2(claimed, JUDGE_BITS);
    judge_points(j, rule, &a, claimed, &truth);
    mpfr_clear(claimed);
    oracle_report_clear(&truth);
    arguments_close(j, &a);
}
