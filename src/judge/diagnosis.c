/* diagnosis: a claim that is refuted in, the mistake that explains it out.
 *
 * The one idea: each mistake that people make gives another derivative; the one that gives their
 * numbers, at all points, is the one they made. The likeliest are tried first. */
#include <math.h>
#include <string.h>

#include "judge/judge.h"

static const double labour_most = 3e8;

/* ---- explanations ----------------------------------------------------------------------- */

bool inquiry_enough(const Inquiry *q)
{
    return q->found.count >= EXPLANATIONS || q->labour <= 0;
}

void inquiry_found(Inquiry *q, const char *fmt, ...)
{
    Text text = text_new(q->j->ctx);
    va_list args;
    va_start(args, fmt);
    text_vprintf(&text, fmt, args);
    va_end(args);
    for (uint32_t i = 0; i < q->found.count; i++)
        if (!strcmp(q->found.at[i], text.at))
            return;
    if (q->found.count < EXPLANATIONS)
        *vec_push(q->j->ctx, &q->found) = text.at;
}

bool inquiry_holds(Inquiry *q, Guess *guess, const void *with)
{
    for (uint32_t i = 0; i < q->count; i++)
        if (!guess(q, &q->samples[i], with) ||
            !sample_explained(q->claim, &q->samples[i], q->guess))
            return false;
    return q->count > 0;
}

static bool has_tapes(const Inquiry *q)
{
    for (uint32_t i = 0; i < q->count; i++)
        if (!q->samples[i].tape.steps.count)
            return false;
    return q->count > 0;
}

static const char *entity_name(const Inquiry *q, uint32_t entity)
{
    return name_text(q->j->ctx, q->j->unit->entities.at[entity].name);
}

/* ---- factors ---------------------------------------------------------------------------- */

static size_t guess_count(const Inquiry *q, const Sample *s)
{
    return q->claim->diff ? s->rows*s->columns : s->count;
}

/* A number, or the value of a dim, or one over it. */
typedef struct Factor {
    double number;
    uint32_t dim;  /* the entity; ORACLE_NONE: none */
    bool below;
} Factor;

static double dim_value(Sample *s, const Inquiry *q, uint32_t entity)
{
    if (q->j->unit->entities.at[entity].kind == ENTITY_DIM)
        return (double)oracle_input_integer(s->oracle, entity, 0);
    mpfr_t value;
    mpfr_init2(value, 64);
    oracle_value(s->oracle, oracle_entity(entity), value);
    double result = mpfr_get_d(value, MPFR_RNDN);
    mpfr_clear(value);
    return result;
}

static bool guess_factor(Inquiry *q, Sample *s, const void *with)
{
    const Factor *f = with;
    double c = f->number;
    if (f->dim != ORACLE_NONE)
        c *= f->below ? 1/dim_value(s, q, f->dim) : dim_value(s, q, f->dim);
    for (size_t k = 0; k < guess_count(q, s); k++)
        q->guess[k] = c*s->derivative[k];
    return true;
}

static void seek_dims(Inquiry *q)
{
    for (uint32_t i = 0; i < q->j->unit->entities.count; i++) {
        const Entity *e = &q->j->unit->entities.at[i];
        if (e->kind != ENTITY_DIM && !(e->kind == ENTITY_CONST && e->dim))
            continue;
        Factor f = {1, i, false}, below = {1, i, true};
        if (inquiry_holds(q, guess_factor, &f))
            inquiry_found(q, "a factor %s is too much", entity_name(q, i));
        else if (inquiry_holds(q, guess_factor, &below))
            inquiry_found(q, "a factor %s is missing", entity_name(q, i));
    }
}

static void seek_factor(Inquiry *q)
{
    static const double numbers[] = {2, 3, 4, 10};
    for (size_t i = 0; i < sizeof numbers/sizeof *numbers; i++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            const char *and = sign < 0 ? ", and the sign is wrong" : "";
            Factor f = {sign*numbers[i], ORACLE_NONE, false};
            Factor below = {sign/numbers[i], ORACLE_NONE, false};
            if (inquiry_holds(q, guess_factor, &f))
                inquiry_found(q, "a factor %g is too much%s", numbers[i], and);
            if (inquiry_holds(q, guess_factor, &below))
                inquiry_found(q, "a factor %g is missing%s", numbers[i], and);
        }
}

static bool guess_zero(Inquiry *q, Sample *s, const void *with)
{
    (void)with;
    memset(q->guess, 0, guess_count(q, s)*sizeof *q->guess);
    return true;
}

static void seek_zero(Inquiry *q)
{
    if (q->claim->diff && inquiry_holds(q, guess_zero, NULL))
        inquiry_found(q, "it is 0, as if '%s' did not depend on '%s'",
                      say_node(q->j, q->claim->value),
                      q->claim->by == ORACLE_NONE ? "it" : entity_name(q, q->claim->by));
}

static void seek_sign(Inquiry *q)
{
    const Factor minus = {-1, ORACLE_NONE, false};
    if (inquiry_holds(q, guess_factor, &minus))
        inquiry_found(q, "the sign is wrong");
}

/* ---- arrangement ------------------------------------------------------------------------ */

static bool guess_transposed(Inquiry *q, Sample *s, const void *with)
{
    long extent[ORACLE_RANK_MAX];
    (void)with;
    if (oracle_shape(s->oracle, oracle_expression(q->claim->diff), extent) != 2 ||
        extent[0] != extent[1])
        return false;
    size_t n = (size_t)extent[0];
    for (size_t k = 0; k < n*n; k++)
        q->guess[k] = s->derivative[k%n*n + k/n];
    return true;
}

/* The sum over an axis in the place of each element along it; over all of them. */
static bool guess_summed(Inquiry *q, Sample *s, const void *with)
{
    long extent[ORACLE_RANK_MAX];
    int axis = *(const int *)with;
    uint32_t rank = oracle_shape(s->oracle, oracle_expression(q->claim->diff), extent);
    size_t inner = 1, all = guess_count(q, s);
    size_t size = axis < 0 ? all : axis < (int)rank ? (size_t)extent[axis] : 0;
    for (uint32_t k = (uint32_t)axis + 1; axis >= 0 && k < rank; k++)
        inner *= (size_t)extent[k];
    if (!size || !rank)
        return false;
    for (size_t k = 0; k < all; k++) {
        size_t first = k - k/inner%size*inner;
        q->guess[k] = 0;
        for (size_t i = 0; i < size; i++)
            q->guess[k] += s->derivative[first + i*inner];
    }
    return true;
}

static void seek_arrangement(Inquiry *q)
{
    if (!q->claim->diff)
        return;
    if (inquiry_holds(q, guess_transposed, NULL))
        inquiry_found(q, "it is transposed");
    for (int axis = -1; axis < 3; axis++)
        if (inquiry_holds(q, guess_summed, &axis)) {
            inquiry_found(q, "it is summed over an index once too often");
            break;
        }
}

/* ---- other derivatives ------------------------------------------------------------------- */

/* By another entity of as many elements. */
static bool guess_other(Inquiry *q, Sample *s, const void *with)
{
    uint32_t other = *(const uint32_t *)with, by = s->by;
    if (oracle_count(s->oracle, oracle_entity(other)) != s->columns)
        return false;
    sample_reset(s);
    sample_turn(q->j, s, other);
    sample_sweep(s, q->guess);
    sample_turn(q->j, s, by);
    return true;
}

/* Of an entity on the way: of its sum, or of as many elements as are differentiated. */
static bool guess_upstream(Inquiry *q, Sample *s, const void *with)
{
    uint32_t entity = *(const uint32_t *)with;
    if (s->rows != 1)
        return false;
    sample_reset(s);
    sample_sweep_from(s, entity, q->guess);
    return true;
}

/* Is a definition between what is differentiated and what by? */
static bool is_between(const Inquiry *q, uint32_t entity)
{
    const Sample *s = &q->samples[0];
    for (uint32_t k = 1; k < s->tape.steps.count; k++)
        if (s->active[k] && sample_is_step(s, k, entity))
            return true;
    return false;
}

static bool is_value(const Inquiry *q, uint32_t entity)
{
    EntityKind kind = q->j->unit->entities.at[entity].kind;
    const AstNode *n = &q->j->unit->ast->nodes.at[q->claim->value];
    bool same = n->kind == AST_NAME && n->resolution == RES_ENTITY && n->target == entity;
    return entity != q->claim->by && !same &&
           (kind == ENTITY_INPUT || kind == ENTITY_PARAM || kind == ENTITY_DEF);
}

static void seek_other(Inquiry *q)
{
    const char *f = say_node(q->j, q->claim->value), *x = entity_name(q, q->claim->by);
    for (uint32_t i = 0; i < q->j->unit->entities.count && !inquiry_enough(q); i++) {
        if (!is_value(q, i) || (q->j->unit->entities.at[i].kind == ENTITY_DEF && !is_between(q, i)))
            continue;
        bool between = is_between(q, i);
        if (between && inquiry_holds(q, guess_upstream, &i))
            inquiry_found(q, "the upstream factor diff(%s, %s) is missing", f, entity_name(q, i));
        if (!inquiry_holds(q, guess_other, &i))
            continue;
        if (between)
            inquiry_found(q, "the inner derivative diff(%s, %s) is missing", entity_name(q, i), x);
        else
            inquiry_found(q, "the inputs are exchanged: it is diff(%s, %s)", f, entity_name(q, i));
    }
}

/* ---- the value and its logarithm ---------------------------------------------------------- */

static bool guess_over_value(Inquiry *q, Sample *s, const void *with)
{
    for (size_t r = 0; r < s->rows; r++) {
        uint32_t step = s->tape.results.at[r];
        double f = s->tape.steps.at[step].value;
        for (size_t c = 0; c < s->columns; c++) {
            double d = s->derivative[r*s->columns + c];
            q->guess[r*s->columns + c] = with ? d*f : d/f;
        }
    }
    return true;
}

static void seek_logarithm(Inquiry *q)
{
    const char *f = say_node(q->j, q->claim->value);
    if (inquiry_holds(q, guess_over_value, NULL))
        inquiry_found(q, "it is the derivative of the logarithm of '%s'", f);
    if (inquiry_holds(q, guess_over_value, ""))
        inquiry_found(q, "it is multiplied by the value of '%s'", f);
}

/* ---- arguments exchanged ------------------------------------------------------------------ */

typedef struct Exchange {
    uint32_t a, b;
} Exchange;

/* The values of two scalars exchanged, wherever they are used. */
static bool guess_exchanged(Inquiry *q, Sample *s, const void *with)
{
    const Exchange *e = with;
    mpfr_t a, b;
    mpfr_inits2(2*JUDGE_BITS, a, b, (mpfr_ptr)0);
    mpfr_set(a, oracle_input(s->oracle, e->a, 0), MPFR_RNDN);
    mpfr_set(b, oracle_input(s->oracle, e->b, 0), MPFR_RNDN);
    oracle_set_real(s->oracle, e->a, b);
    oracle_set_real(s->oracle, e->b, a);
    mpfr_t *values = array_new(q->j->ctx, guess_count(q, s) + 1, sizeof *values);
    for (size_t k = 0; k < guess_count(q, s); k++)
        mpfr_init2(values[k], 80);
    AstId root = q->claim->diff ? q->claim->diff : q->claim->correct;
    oracle_value(s->oracle, oracle_expression(root), values[0]);
    for (size_t k = 0; k < guess_count(q, s); k++) {
        q->guess[k] = mpfr_get_d(values[k], MPFR_RNDN);
        mpfr_clear(values[k]);
    }
    ctx_resize(q->j->ctx, values, 0);
    oracle_set_real(s->oracle, e->a, a);
    oracle_set_real(s->oracle, e->b, b);
    mpfr_clears(a, b, (mpfr_ptr)0);
    return true;
}

static bool is_scalar_input(const Inquiry *q, uint32_t i)
{
    const Entity *e = &q->j->unit->entities.at[i];
    return (e->kind == ENTITY_INPUT || e->kind == ENTITY_PARAM) && !e->shape;
}

static void seek_exchanged(Inquiry *q)
{
    uint32_t tried = 0;
    AstId root = q->claim->correct;
    uint8_t *reached = say_reached(q->j, &root, 1);
    for (uint32_t a = 0; a < q->j->unit->entities.count; a++)
        for (uint32_t b = 0; b < a && tried < 40 && !inquiry_enough(q); b++) {
            const Exchange e = {a, b};
            if (!reached[a] || !reached[b] || !is_scalar_input(q, a) || !is_scalar_input(q, b))
                continue;
            tried++;
            if (inquiry_holds(q, guess_exchanged, &e))
                inquiry_found(q, "%s and %s are exchanged", entity_name(q, b), entity_name(q, a));
        }
    ctx_resize(q->j->ctx, reached, 0);
}

/* ---- what is left ------------------------------------------------------------------------- */

static bool same_everywhere(const Inquiry *q, bool quotient, double *value)
{
    bool first = true;
    if (q->claim->diff && !q->claim->plain)
        return false;
    for (uint32_t i = 0; i < q->count; i++)
        for (size_t k = 0; k < q->samples[i].count; k++) {
            const Sample *s = &q->samples[i];
            double u = s->yours[k], d = s->derivative[k], here = quotient ? u/d : u - d;
            if (quotient && fabs(u) < 1e-12 && fabs(d) < 1e-12)
                continue;
            if (first)
                *value = here;
            first = false;
            if (!(fabs(here - *value) <= 1e-8*fabs(*value)) || !isfinite(u) || !isfinite(d))
                return false;
        }
    return !first && fabs(*value) > 1e-12;
}

static void seek_rest(Inquiry *q)
{
    double value = 0;
    bool several = q->count > 1 || q->samples[0].count > 2;
    if (several && same_everywhere(q, true, &value)) {
        if (fabs(value - 1) > 1e-9)
            inquiry_found(q, "it is %.6g times as large", value);
    }
    else if (several && same_everywhere(q, false, &value))
        inquiry_found(q, "%.6g is %s", fabs(value), value > 0 ? "added" : "missing");
}

/* A number that was rounded. */
static void seek_rounded(Inquiry *q)
{
    double apart = 0;
    for (uint32_t i = 0; i < q->count; i++)
        for (size_t k = 0; k < q->samples[i].count; k++)
            apart = fmax(apart, fabs(q->samples[i].yours[k]/q->samples[i].derivative[k] - 1));
    if (q->claim->diff && !q->claim->plain)
        return;
    if (apart > 0 && apart < 1e-2 && (apart < 1e-9 || q->claim->constant))
        inquiry_found(q, "the first %d digits agree: a rounded number is claimed with 'within'",
                      (int)(0.5 - log10(apart)));
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void seek(Inquiry *q)
{
    const Factor one = {1, ORACLE_NONE, false};
    seek_rounded(q);
    if (q->found.count || inquiry_holds(q, guess_factor, &one)) /* no difference at these points */
        return;
    seek_zero(q);
    if (!q->found.count)
        seek_sign(q);
    if (q->found.count)
        return;
    seek_dims(q);
    seek_factor(q);
    seek_arrangement(q);
    if (has_tapes(q)) {
        seek_forgotten(q);
        if (!inquiry_enough(q))
            seek_other(q);
        if (!inquiry_enough(q))
            seek_wrong(q);
        if (!q->found.count)
            seek_logarithm(q);
    }
    if (!q->found.count)
        seek_exchanged(q);
    if (!q->found.count)
        seek_rest(q);
}

/* Points: those of the check, or as many as are wanted. */
static void take_samples(Inquiry *q, uint64_t state, bool fixed, uint32_t most)
{
    size_t size = 0;
    q->count = 0;
    for (uint32_t i = 0; i < most; i++) {
        if (!sample_new(q->j, q->claim, &state, fixed, &q->samples[q->count]))
            break;
        size_t here = guess_count(q, &q->samples[q->count++]);
        size = here > size ? here : size;
    }
    q->guess = array_new(q->j->ctx, size + 1, sizeof *q->guess);
}

static void end_samples(Inquiry *q)
{
    for (uint32_t i = 0; i < q->count; i++)
        sample_free(q->j, &q->samples[i]);
    q->guess = ctx_resize(q->j->ctx, q->guess, 0);
}

static const char *explanation(const Inquiry *q)
{
    Text text = text_new(q->j->ctx);
    if (!q->found.count)
        return NULL;
    for (uint32_t i = 0; i < q->found.count; i++)
        text_printf(&text, "%s%s", i ? "; or: " : "", q->found.at[i]);
    return text.at;
}

/* A formula is tried at other points than that of its check, too, if that does not fail. */
const char *diagnosis_of(Judge *j, const Claim *claim, uint64_t state)
{
    Sample samples[SAMPLES];
    Inquiry q = {.j = j, .claim = claim, .samples = samples, .labour = labour_most};
    bool formula = claim->check->at && !claim->constant;
    if (formula) {
        take_samples(&q, state, false, SAMPLES);
        seek(&q);
        end_samples(&q);
    }
    if (!q.found.count) {
        bool one = claim->check->at && claim->constant;
        take_samples(&q, state, claim->check->at, one ? 1 : SAMPLES);
        if (q.count)
            seek(&q);
        end_samples(&q);
    }
    const char *why = explanation(&q);
    vec_free(j->ctx, &q.found);
    return why;
}
