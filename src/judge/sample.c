/* sample: a claim at a point in, numbers out: what is claimed, what is right, and the derivative
 * that comes out when partial derivatives on the way are other than they should be.
 *
 * Doubles do: the verdict was found in many bits, here it is only asked what explains it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/judge.h"

static const double usual_tolerance = 1e-8;

/* ---- sides ------------------------------------------------------------------------------ */

/* The values of an expression as doubles. */
static double *values_of(Judge *j, Oracle *o, AstId root, size_t *count)
{
    mpfr_t *values;
    *count = oracle_count(o, oracle_expression(root));
    values = array_new(j->ctx, *count + 1, sizeof *values);
    double *result = array_new(j->ctx, *count + 1, sizeof *result);
    for (size_t k = 0; k < *count; k++)
        mpfr_init2(values[k], 80);
    if (*count)
        oracle_value(o, oracle_expression(root), values[0]);
    for (size_t k = 0; k < *count; k++) {
        result[k] = mpfr_get_d(values[k], MPFR_RNDN);
        mpfr_clear(values[k]);
    }
    ctx_resize(j->ctx, values, 0);
    return result;
}

/* A number that was written with some digits means no more than these. */
static double tolerance_of(Judge *j, const Claim *claim)
{
    const char *text = say_node(j, claim->yours);
    const char *end = strpbrk(text, "eE");
    bool begun = false, point = false;
    int digits = 0;
    for (const char *at = text; *at && at != end; at++) {
        if (!strchr("+-.0123456789", *at))
            return usual_tolerance;
        begun = begun || (*at >= '1' && *at <= '9');
        point = point || *at == '.';
        digits += begun && *at >= '0' && *at <= '9';
    }
    return point && digits > 2 ? pow(10, 1 - digits) : usual_tolerance;
}

static void read_sides(Judge *j, const Claim *claim, Sample *s)
{
    size_t other;
    double *correct = values_of(j, s->oracle, claim->correct, &s->count);
    s->yours = values_of(j, s->oracle, claim->yours, &other);
    s->tolerance = tolerance_of(j, claim);
    if (other < s->count) { /* a scalar stands for all elements */
        double all = other ? s->yours[0] : NAN;
        s->yours = ctx_resize(j->ctx, s->yours, (s->count + 1)*sizeof *s->yours);
        for (size_t k = 0; k < s->count; k++)
            s->yours[k] = all;
    }
    if (claim->diff && !claim->plain)
        s->derivative = values_of(j, s->oracle, claim->diff, &other);
    else
        s->derivative = correct;
    if (s->derivative != correct)
        ctx_resize(j->ctx, correct, 0);
    s->rows = claim->diff ? oracle_count(s->oracle, oracle_expression(claim->value)) : s->count;
    s->columns = 1;
    if (claim->by != ORACLE_NONE)
        s->columns = oracle_count(s->oracle, oracle_entity(claim->by));
}

/* ---- sweeps ----------------------------------------------------------------------------- */

/* A step that stands for the element of an entity: an input itself, a definition's value. */
bool sample_is_step(const Sample *s, uint32_t step, uint32_t entity)
{
    return s->tape.steps.at[step].entity == entity;
}

bool sample_edge(const Sample *s, uint32_t step, int i)
{
    const TapeStep *t = &s->tape.steps.at[step];
    return s->active[step] && t->entity != s->by && t->from[i] && s->active[t->from[i]];
}

void sample_turn(Judge *j, Sample *s, uint32_t by)
{
    uint32_t count = s->tape.steps.count;
    uint8_t *needed = array_new(j->ctx, count + 1, 1);
    s->by = by;
    s->columns = oracle_count(s->oracle, oracle_entity(by));
    s->leaf = ctx_resize(j->ctx, s->leaf, (s->columns + 1)*sizeof *s->leaf);
    memset(s->leaf, 0, (s->columns + 1)*sizeof *s->leaf);
    for (uint32_t k = 1; k < count; k++) {
        const TapeStep *t = &s->tape.steps.at[k];
        bool leaf = sample_is_step(s, k, by);
        s->active[k] = leaf;
        if (leaf)
            s->leaf[t->element] = k;
        for (int i = 0; i < 3 && !leaf; i++)
            s->active[k] |= t->from[i] && s->active[t->from[i]];
    }
    for (size_t r = 0; r < s->rows; r++)
        needed[s->tape.results.at[r]] = 1;
    for (uint32_t k = count; k-- > 1;) {
        s->active[k] &= needed[k];
        for (int i = 0; i < 3 && s->active[k] && !sample_is_step(s, k, by); i++)
            needed[s->tape.steps.at[k].from[i]] = 1;
    }
    ctx_resize(j->ctx, needed, 0);
}

void sample_reset(Sample *s)
{
    for (uint32_t k = 1; k < s->tape.steps.count; k++)
        for (int i = 0; i < 3; i++)
            s->partial[3*k + (uint32_t)i] = s->tape.steps.at[k].partial[i];
}

/* What is in s->bar, handed down to the columns. */
static void sweep_down(Sample *s, double *out)
{
    for (uint32_t k = s->tape.steps.count; k-- > 1;) {
        const TapeStep *t = &s->tape.steps.at[k];
        if (s->bar[k] == 0 || !s->active[k])
            continue;
        for (int i = 0; i < 3; i++)
            if (sample_edge(s, k, i))
                s->bar[t->from[i]] += s->bar[k]*s->partial[3*k + (uint32_t)i];
    }
    for (size_t c = 0; c < s->columns; c++)
        out[c] = s->leaf[c] ? s->bar[s->leaf[c]] : 0;
}

static void sweep_up(Sample *s, size_t column, double *out)
{
    memset(s->bar, 0, s->tape.steps.count*sizeof *s->bar);
    s->bar[s->leaf[column]] = s->leaf[column] ? 1 : 0;
    for (uint32_t k = s->leaf[column] + 1; k < s->tape.steps.count; k++)
        for (int i = 0; i < 3; i++)
            if (sample_edge(s, k, i))
                s->bar[k] += s->bar[s->tape.steps.at[k].from[i]]*s->partial[3*k + (uint32_t)i];
    for (size_t r = 0; r < s->rows; r++)
        out[r*s->columns + column] = s->bar[s->tape.results.at[r]];
}

void sample_sweep(Sample *s, double *out)
{
    if (s->columns < s->rows) {
        for (size_t c = 0; c < s->columns; c++)
            sweep_up(s, c, out);
        return;
    }
    for (size_t r = 0; r < s->rows; r++) {
        memset(s->bar, 0, s->tape.steps.count*sizeof *s->bar);
        s->bar[s->tape.results.at[r]] = 1;
        s->bar[0] = 0;
        sweep_down(s, out + r*s->columns);
    }
}

void sample_sweep_from(Sample *s, uint32_t entity, double *out)
{
    memset(s->bar, 0, s->tape.steps.count*sizeof *s->bar);
    for (uint32_t k = 1; k < s->tape.steps.count; k++)
        s->bar[k] = sample_is_step(s, k, entity) ? 1 : 0;
    sweep_down(s, out);
}

/* ---- comparison ------------------------------------------------------------------------- */

static bool all_close(const Sample *s, const double *values)
{
    double scale = 0;
    for (size_t k = 0; k < s->count; k++)
        scale = fmax(scale, fabs(s->yours[k]));
    for (size_t k = 0; k < s->count; k++) {
        double size = fmax(fabs(values[k]), fabs(s->yours[k]));
        if (!(fabs(values[k] - s->yours[k]) <= s->tolerance*size + 1e-12*scale))
            return false;
    }
    return true;
}

bool sample_explained(const Claim *claim, Sample *s, const double *derivative)
{
    size_t count;
    if (!claim->diff || claim->plain)
        return all_close(s, derivative);
    Judge j = {.ctx = s->oracle->ctx};
    oracle_pretend(s->oracle, claim->diff, derivative);
    double *side = values_of(&j, s->oracle, claim->correct, &count);
    oracle_pretend(s->oracle, 0, NULL);
    bool explained = count == s->count && all_close(s, side);
    ctx_resize(s->oracle->ctx, side, 0);
    return explained;
}

/* ---- life ------------------------------------------------------------------------------- */

static void drop_tape(Judge *j, Sample *s)
{
    tape_free(s->oracle, &s->tape);
    s->active = ctx_resize(j->ctx, s->active, 0);
    s->leaf = ctx_resize(j->ctx, s->leaf, 0);
    s->partial = ctx_resize(j->ctx, s->partial, 0);
    s->bar = ctx_resize(j->ctx, s->bar, 0);
    s->adjoint = ctx_resize(j->ctx, s->adjoint, 0);
    s->tangent = ctx_resize(j->ctx, s->tangent, 0);
    s->owner = ctx_resize(j->ctx, s->owner, 0);
}

/* A tape that does not come to the right derivative, for there is a diff in the model, is none. */
static void check_tape(Judge *j, Sample *s)
{
    double *found = array_new(j->ctx, s->rows*s->columns + 1, sizeof *found);
    bool right = true;
    sample_sweep(s, found);
    for (size_t k = 0; k < s->rows*s->columns; k++)
        right = right && fabs(found[k] - s->derivative[k]) <=
                             1e-7*fabs(s->derivative[k]) + 1e-12*fabs(found[k]) + 1e-13;
    ctx_resize(j->ctx, found, 0);
    if (!right)
        drop_tape(j, s);
}

/* Of each step the definition's value, or the input, in whose expression it stands. */
static void find_owners(Sample *s)
{
    for (uint32_t k = s->tape.steps.count; k-- > 1;) {
        const TapeStep *t = &s->tape.steps.at[k];
        uint32_t owner = t->entity != ORACLE_NONE ? k : s->owner[k];
        for (int i = 0; i < 3; i++)
            s->owner[t->from[i]] = owner;
    }
}

/* The adjoints of all steps if there is one row, the tangents if there is one column. */
static void find_truth(Judge *j, Sample *s)
{
    size_t size = s->tape.steps.count*sizeof *s->bar;
    double *out = array_new(j->ctx, s->rows*s->columns + 1, sizeof *out);
    if (s->rows == 1) {
        memset(s->bar, 0, size);
        s->bar[s->tape.results.at[0]] = 1;
        sweep_down(s, out);
        memcpy(s->adjoint, s->bar, size);
    }
    if (s->columns == 1) {
        sweep_up(s, 0, out);
        memcpy(s->tangent, s->bar, size);
    }
    ctx_resize(j->ctx, out, 0);
}

static void make_tape(Judge *j, const Claim *claim, Sample *s)
{
    oracle_record(s->oracle, oracle_expression(claim->value), &s->tape);
    uint32_t count = s->tape.steps.count;
    s->active = array_new(j->ctx, count + 1, 1);
    s->partial = array_new(j->ctx, 3*(size_t)count + 3, sizeof *s->partial);
    s->bar = array_new(j->ctx, count + 1, sizeof *s->bar);
    sample_reset(s);
    sample_turn(j, s, claim->by);
    s->adjoint = array_new(j->ctx, count + 1, sizeof *s->adjoint);
    s->tangent = array_new(j->ctx, count + 1, sizeof *s->tangent);
    s->owner = array_new(j->ctx, count + 1, sizeof *s->owner);
    find_owners(s);
    find_truth(j, s);
    check_tape(j, s);
}

bool sample_new(Judge *j, const Claim *claim, uint64_t *state, bool fixed, Sample *s)
{
    OracleOf wanted[2] = {oracle_expression(claim->correct), oracle_expression(claim->yours)};
    *s = (Sample){.oracle = oracle_new(j->ctx, j->unit), .by = claim->by};
    if (fixed)
        claim_fix(j, s->oracle, claim->check);
    if (oracle_draw(s->oracle, state, wanted, 2).fault != DRAW_FOUND)
        return false;
    read_sides(j, claim, s);
    if (claim->by != ORACLE_NONE)
        make_tape(j, claim, s);
    return true;
}

void sample_free(Judge *j, Sample *s)
{
    drop_tape(j, s);
    ctx_resize(j->ctx, s->yours, 0);
    ctx_resize(j->ctx, s->derivative, 0);
}
