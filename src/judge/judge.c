/* judge: a model in, verdicts out: a line for each check, each rule, each derivative. */
#include "judge/judge.h"

static const char *const verdict_texts[] = {
    [VERDICT_CONFIRMED] = "confirmed", [VERDICT_REFUTED] = "refuted",
    [VERDICT_UNDECIDED] = "undecided",
};

void judge_say(Judge *j, Verdicts verdict, Span span, const char *what, const char *how)
{
    j->count[verdict]++;
    if (span.end > span.start) {
        Place place = source_place(j->ctx, span.start);
        text_printf(j->out, "%s:%u: ", place.source->name, (unsigned)place.line);
    }
    text_printf(j->out, "%s: %s%s%s\n", verdict_texts[verdict], what, *how ? ": " : "", how);
}

static bool is_tiny(mpfr_srcptr x)
{
    return mpfr_zero_p(x) || (mpfr_regular_p(x) && mpfr_get_exp(x) < -1100);
}

long judge_agreement(mpfr_srcptr a, mpfr_srcptr b)
{
    bool same = mpfr_equal_p(a, b) || (is_tiny(a) && is_tiny(b)) ||
                (mpfr_nan_p(a) && mpfr_nan_p(b));
    long bits = same ? JUDGE_BITS : verdict_agreement(a, b);
    return bits < JUDGE_BITS ? bits : JUDGE_BITS;
}

uint64_t judge_state(const Judge *j, uint32_t number)
{
    uint64_t state = (j->seed + 1)*0x9e3779b97f4a7c15u + number*0xbf58476d1ce4e5b9u;
    state ^= state >> 29;
    return state ? state : 1;
}

void judge_model(Job *job, const U32Vec *claims, uint64_t seed, Text *out)
{
    Unit *u = job->model->unit;
    Judge j = {.ctx = job->ctx, .job = job, .unit = u, .claims = claims,
               .oracle = oracle_new(job->ctx, u), .seed = seed, .out = out};
    for (uint32_t i = 0; i < u->checks.count; i++)
        claim_judge(&j, i);
    for (uint32_t i = 0; i < u->rules.count; i++)
        rule_judge(&j, i);
    derivatives_judge(&j);
    text_printf(out, "%u confirmed, %u refuted, %u undecided (seed %llu)\n",
                (unsigned)j.count[VERDICT_CONFIRMED], (unsigned)j.count[VERDICT_REFUTED],
                (unsigned)j.count[VERDICT_UNDECIDED], (unsigned long long)seed);
}
