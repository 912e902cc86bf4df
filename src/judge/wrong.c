/* wrong: a mistake in, the derivative that comes of it out.
 *
 * The one idea: whoever derives by hand makes a mistake at a place of the text: a path through a
 * name that is forgotten, a local derivative that is another one. On the tape that is a change of
 * the partial derivatives of all steps of that place, and one sweep shows what comes of it. */
#include <math.h>

#include "judge/judge.h"

/* ---- chains of operations ----------------------------------------------------------------- */

/* The first operand through which a step depends on what is differentiated by; -1 if none. */
int wrong_first_operand(const Sample *s, uint32_t step)
{
    for (int i = 0; i < 3; i++)
        if (sample_edge(s, step, i))
            return i;
    return -1;
}

static bool is_operation(const Sample *s, uint32_t step)
{
    return s->tape.steps.at[step].op != OP_NAME && s->tape.steps.at[step].op != OP_REF;
}

/* The next operation down the chain, through references and arguments but no definitions of the
 * model; 0 if the chain ends. */
static uint32_t below(const Sample *s, uint32_t step)
{
    int i = wrong_first_operand(s, step);
    uint32_t next = i < 0 ? 0 : s->tape.steps.at[step].from[i];
    while (next && !is_operation(s, next)) {
        if (s->tape.steps.at[next].entity != ORACLE_NONE || wrong_first_operand(s, next) < 0)
            return 0;
        next = s->tape.steps.at[next].from[0];
    }
    return next && wrong_first_operand(s, next) >= 0 ? next : 0;
}

/* A chain of so many operations from the step on has `partial` as its derivative, whatever their
 * other operands are. */
static bool set_chain(Sample *s, uint32_t step, uint32_t length, double partial)
{
    for (uint32_t k = 0; k < length; k++) {
        int first = step ? wrong_first_operand(s, step) : -1;
        if (first < 0)
            return false;
        for (int i = 0; i < 3; i++)
            s->partial[3*step + (uint32_t)i] = i != first ? 0 : k ? 1 : partial;
        step = k + 1 < length ? below(s, step) : step;
    }
    return true;
}

/* ---- changes ---------------------------------------------------------------------------- */

/* The element of an array that a step is, through references: its step, or 0. */
static uint32_t element_behind(const Sample *s, uint32_t step, uint32_t entity)
{
    while (step && s->tape.steps.at[step].op == OP_NAME && s->tape.steps.at[step].entity != entity)
        step = s->tape.steps.at[step].from[0];
    return step && sample_is_step(s, step, entity) ? step : 0;
}

/* The value of that array with the subscripts of an element exchanged. */
static double exchanged_element(const Sample *s, uint32_t entity, size_t element, size_t n)
{
    size_t other = element%n*n + element/n;
    for (uint32_t k = 1; k < s->tape.steps.count; k++)
        if (sample_is_step(s, k, entity) && s->tape.steps.at[k].element == other)
            return s->tape.steps.at[k].value;
    return NAN;
}

static void transpose_factors(Sample *s, uint32_t entity)
{
    long extent[ORACLE_RANK_MAX];
    if (oracle_shape(s->oracle, oracle_entity(entity), extent) != 2 || extent[0] != extent[1])
        return;
    for (uint32_t k = 1; k < s->tape.steps.count; k++) {
        const TapeStep *t = &s->tape.steps.at[k];
        for (int i = 0; i < 2 && t->op == OP_MUL; i++) {
            uint32_t factor = sample_edge(s, k, i) ? element_behind(s, t->from[1 - i], entity) : 0;
            if (factor)
                s->partial[3*k + (uint32_t)i] = exchanged_element(
                    s, entity, s->tape.steps.at[factor].element, (size_t)extent[0]);
        }
    }
}

static void drop_entity(Sample *s, uint32_t entity)
{
    for (uint32_t k = 1; k < s->tape.steps.count; k++)
        if (sample_is_step(s, k, entity))
            s->partial[3*k] = 0;
}

/* The entity that a reference is to; ORACLE_NONE of another step. */
uint32_t wrong_entity_behind(const Sample *s, uint32_t step)
{
    const TapeStep *t = &s->tape.steps.at[step];
    if (t->op != OP_NAME || t->entity != ORACLE_NONE)
        return ORACLE_NONE;
    while (t->op == OP_NAME && t->entity == ORACLE_NONE && t->from[0])
        t = &s->tape.steps.at[t->from[0]];
    return t->entity;
}

/* The entity in whose definition a step is. */
uint32_t wrong_user_of(const Sample *s, uint32_t step)
{
    return s->owner[step] ? s->tape.steps.at[s->owner[step]].entity : ORACLE_NONE;
}

/* Is the element that is defined the first, or last, of the axis? */
static bool is_at_end(const Sample *s, uint32_t step, const Wrong *w)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank = oracle_shape(s->oracle, oracle_entity(w->user), extent);
    size_t element = s->tape.steps.at[s->owner[step]].element;
    for (uint32_t k = rank; k-- > w->axis + 1;)
        element /= (size_t)extent[k];
    long at = (long)(element%(size_t)extent[w->axis]);
    return at == (w->kind == WRONG_FIRST ? 0 : extent[w->axis] - 1);
}

static void change_use(Sample *s, uint32_t step, const Wrong *w)
{
    double *partial = &s->partial[3*step];
    switch (w->kind) {
    case WRONG_UPSTREAM: *partial = 1/s->adjoint[s->owner[step]]; break;
    case WRONG_INNER: *partial = 1/s->tangent[s->tape.steps.at[step].from[0]]; break;
    case WRONG_FIRST: case WRONG_LAST: *partial = is_at_end(s, step, w); break;
    default: *partial = 0; break;
    }
}

static bool change_uses(Sample *s, const Wrong *w)
{
    long extent[ORACLE_RANK_MAX];
    bool of_axis = w->kind == WRONG_FIRST || w->kind == WRONG_LAST;
    if ((w->kind == WRONG_UPSTREAM && s->rows != 1) || (w->kind == WRONG_INNER && s->columns != 1))
        return false;
    if (of_axis && w->axis >= oracle_shape(s->oracle, oracle_entity(w->user), extent))
        return false;
    for (uint32_t k = 1; k < s->tape.steps.count; k++)
        if (s->active[k] && wrong_entity_behind(s, k) == w->entity &&
            wrong_user_of(s, k) == w->user)
            change_use(s, k, w);
    return true;
}

/* What a local derivative becomes. */
static double changed(const TapeStep *t, const Wrong *w)
{
    int i = w->site.operand;
    double p = t->partial[i];
    switch (w->kind) {
    case WRONG_DROP: return 0;
    case WRONG_ONE: return 1;
    case WRONG_OTHER: return i < 2 ? t->op == OP_MUL ? t->x[i] : t->partial[1 - i] : p;
    case WRONG_NEGATE: return -p;
    case WRONG_FACTOR: return p*w->factor;
    case WRONG_TIMES: return p*t->x[i];
    case WRONG_OVER: return p/t->x[i];
    case WRONG_EXCHANGED: return i < 2 ? t->exchanged[i] : p;
    case WRONG_UPSTREAM: case WRONG_INNER: case WRONG_PATH: case WRONG_FIRST: case WRONG_LAST:
    case WRONG_VALUE: case WRONG_REST: case WRONG_CHAIN:
    case WRONG_TRANSPOSED: case WRONG_ENTITY:
        break;
    }
    return p;
}

static bool is_chain(const Wrong *w)
{
    return w->kind == WRONG_VALUE || w->kind == WRONG_REST || w->kind == WRONG_CHAIN;
}

static bool is_use(const Wrong *w)
{
    return w->kind >= WRONG_UPSTREAM && w->kind <= WRONG_LAST;
}

static bool change_site(Sample *s, const Wrong *w)
{
    for (uint32_t k = 1; k < s->tape.steps.count; k++) {
        const TapeStep *t = &s->tape.steps.at[k];
        if (t->node != w->site.node || t->op != w->site.op || !s->active[k])
            continue;
        if (!is_chain(w)) {
            s->partial[3*k + (uint32_t)w->site.operand] = changed(t, w);
            continue;
        }
        double whole = w->kind == WRONG_VALUE ? t->value : w->kind == WRONG_REST ? 1 - t->value : 1;
        if (!set_chain(s, k, w->length, whole))
            return false;
    }
    return true;
}

static bool guess_wrong(Inquiry *q, Sample *s, const void *with)
{
    const Wrong *w = with;
    double sweeps = (double)(s->rows < s->columns ? s->rows : s->columns);
    q->labour -= (double)s->tape.steps.count*(sweeps + 1);
    sample_reset(s);
    if (w->kind == WRONG_TRANSPOSED)
        transpose_factors(s, w->entity);
    else if (w->kind == WRONG_ENTITY)
        drop_entity(s, w->entity);
    else if (is_use(w) ? !change_uses(s, w) : !change_site(s, w))
        return false;
    sample_sweep(s, q->guess);
    return true;
}

bool wrong_holds(Inquiry *q, const Wrong *w)
{
    return !inquiry_enough(q) && inquiry_holds(q, guess_wrong, w);
}
