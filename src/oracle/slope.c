/* slope: numerical differentiation. What is to be differentiated by which name comes in; its
 * derivative goes out, as a value with lanes for a diff within an expression, or as a report.
 *
 * The one idea: the name is moved by a step so small that dozens of digits are right, and moved
 * again by a much smaller one in a much higher precision. Where both agree all is said; where
 * they do not, two further attempts look so closely that what is left is a kink or a pole.
 *
 * note [steps]: the error of the differences is of the order of (h/s)^4 where s is the scale on
 * which the function varies, and rounding does 2^-bits/h. With n bits wanted, h is 2^-(n/2+48)
 * of the scale or less, and the precision is n bits, those of the step, those of the scale (a
 * function may vary on a scale of 1 about x = 1e-300), and some for what cancels. The scale is
 * |x|; but 1 where |x| is so large that such a step would skip the waves of sin(x) (late: where
 * |x| > 1), and at 0, but for the first attempt, a number below all doubles, so that what
 * happens at 1e-310 is seen.
 *
 * Two attempts may agree because both have lost the same: a zero, and what has absorbed a number
 * that is below its last bit, are looked at closely, too.
 *
 * A diff within a diff is evaluated at points h apart; its own steps are so much smaller than h
 * that a kink at one of these points is far off at the others.
 */
#include <limits.h>

#include "oracle/oracle.h"

enum {
    LATE = 2,            /* the first attempt that looks very closely */
    BELOW_ALL = 1100,    /* 2^-1100 is less than any double */
    SCALE_BITS_MAX = 4000,/* for scales beyond all doubles, precision is not raised further */
    FAR_BELOW = 1200,    /* 2^-1200 of what can matter does not */
    LARGE = 64           /* steps relative to numbers from 2^64 may skip waves and stairs */
};

/* -log2 of the step in units of the scale. */
static long fineness(const Slope *s, int attempt)
{
    static const long more[ORACLE_ATTEMPTS] = {48, 96, 300, 500};
    long far = s->bits / 2, within = s->bits / 4 + s->world->fine;
    return (far > within ? far : within) + more[attempt];
}

/* log2 of the scale of a name's value, roughly. */
static long scale_of(mpfr_srcptr x, int attempt)
{
    if (!mpfr_regular_p(x))
        return attempt > 0 ? -BELOW_ALL : 0;
    long size = (long)mpfr_get_exp(x) - 1;
    return size > (attempt < LATE ? LARGE : 0) ? 0 : size;
}

static long step_of(const Slope *s, uint32_t lane)
{
    mpfr_srcptr x = s->base->at[lanes_index(s->base, s->world->depth, lane)];
    return scale_of(x, s->attempt) - fineness(s, s->attempt);
}

static long larger(long a, long b)
{
    return a > b ? a : b;
}

/* Bits for the distance between a name's value, its scale, and 1. */
static long scale_bits(const Slope *s)
{
    long most = 0;
    for (uint32_t i = 0; i < s->base->count; i++) {
        mpfr_srcptr x = s->base->at[i];
        long size = mpfr_regular_p(x) ? (long)mpfr_get_exp(x) : 0;
        long scale = scale_of(x, s->attempt);
        most = larger(most, larger(size < 0 ? -size : size, scale < 0 ? -scale : scale));
    }
    return most < SCALE_BITS_MAX ? most : SCALE_BITS_MAX;
}

/* The bits of the differences themselves. */
static mpfr_prec_t bits_of(const Slope *s)
{
    return s->bits + fineness(s, s->attempt) + scale_bits(s) + ORACLE_GUARD;
}

/* -log2 of the smallest step, in units of 1 or of the scale. */
static long finest(const Slope *s)
{
    long most = fineness(s, s->attempt);
    for (uint32_t i = 0; i < lanes_count(s->world->depth); i++)
        most = larger(most, -step_of(s, i));
    return most;
}

/* ---- moving the name -------------------------------------------------------------------- */

/* x, x+h, x-h, x+h/2, x-h/2 for each lane. */
static Lanes *moved_values(Oracle *o, const Slope *s, mpfr_prec_t bits)
{
    uint32_t depth = s->world->depth + 1;
    Lanes *moved = lanes_new(o, depth, lanes_count(depth), bits);
    mpfr_t h;
    mpfr_init2(h, MPFR_PREC_MIN);
    for (uint32_t i = 0; i < moved->count; i++) {
        uint32_t side = i % ORACLE_SIDES;
        uint32_t from = lanes_index(s->base, depth, i);
        mpfr_srcptr x = s->base->at[from];
        moved->taint[i] = s->base->taint[from];
        mpfr_set_si_2exp(h, side % 2 ? 1 : -1, step_of(s, i / ORACLE_SIDES) - (side > 2),
                         MPFR_RNDN);
        if (side == 0)
            mpfr_set_zero(h, 1);
        mpfr_add(moved->at[i], x, h, MPFR_RNDN);
        if (side == 0)
            mpfr_set(moved->at[i], x, MPFR_RNDN); /* a zero keeps its sign */
    }
    mpfr_clear(h);
    return moved;
}

/* Which entities are moved, `by` having room for all; their number. */
static uint32_t moved_entities(const Oracle *o, const Slope *s, uint32_t *by)
{
    uint32_t count = 0;
    if (s->along)
        for (uint32_t i = 0; i < o->unit->entities.count; i++) {
            EntityKind kind = o->unit->entities.at[i].kind;
            if (s->along[i] && (kind == ENTITY_INPUT || kind == ENTITY_PARAM))
                by[count++] = i;
        }
    else if (!s->local && !s->called)
        by[count++] = s->by;
    return count;
}

/* x + t*d for the values t, and x itself where d is 0. */
static Lanes *along_element(Oracle *o, const Slope *s, const Lanes *x, double d, const Lanes *t)
{
    if (d == 0)
        return lanes_hold((Lanes *)x);
    Lanes *r = lanes_new(o, t->depth, t->count, s->inner->bits);
    for (uint32_t i = 0; i < t->count; i++) {
        mpfr_mul_d(r->at[i], t->at[i], d, MPFR_RNDN);
        mpfr_add(r->at[i], r->at[i], x->at[lanes_index(x, t->depth, i)], MPFR_RNDN);
        if (mpfr_zero_p(t->at[i]))
            mpfr_set(r->at[i], x->at[lanes_index(x, t->depth, i)], MPFR_RNDN);
    }
    return r;
}

static Value *along_value(Oracle *o, const Slope *s, uint32_t entity, const Lanes *t)
{
    Value *x = world_fetch(o, s->world, entity), *r = value_like(o, x); /* inputs are there */
    for (size_t k = 0; k < x->count; k++)
        r->at[k] = along_element(o, s, x->at[k], s->along[entity][k], t);
    value_drop(o, x);
    return r;
}

/* The world in which the name is moved. */
static void open_world(Oracle *o, Slope *s, mpfr_prec_t bits, Lanes *moved)
{
    uint32_t *by = array_new(o->ctx, o->unit->entities.count + 1, sizeof *by);
    uint32_t count = moved_entities(o, s, by);
    s->inner = world_inner(o, s->world, bits, by, count);
    for (uint32_t i = 0; i < count; i++)
        world_move(s->inner, by[i], s->along ? along_value(o, s, by[i], moved)
                                             : value_with(o, s->whole, s->element, moved));
    ctx_resize(o->ctx, by, 0);
}

/* The body in which a diff stands, with what depends on the moved name to be computed anew. */
static Activation *inner_activation(Oracle *o, const Slope *s, World *inner, Lanes *moved)
{
    const Activation *from = s->within;
    Activation *a = activation_new(o, from->locals, from->params, s->what.root, inner, from->path);
    uint8_t *depends = array_new(o->ctx, from->locals->count + 1, 1);
    for (uint32_t i = 0; i < from->locals->count; i++) {
        bool here = s->local && i == s->by;
        AstId value = from->locals->at[i].value;
        a->state[i] = from->state[i] == SLOT_READY ? SLOT_READY : SLOT_EMPTY;
        a->cut[i] = from->cut[i] || here;
        depends[i] = here || (!a->cut[i] && i >= from->params && a->state[i] == SLOT_READY &&
                              tree_touches(o, value, inner->depends, depends));
        if (depends[i] && !here)
            a->state[i] = SLOT_WANTED;
        else if (a->state[i] == SLOT_READY)
            a->slot[i] = here ? value_with(o, from->slot[i], s->element, moved)
                              : value_hold(from->slot[i]);
    }
    ctx_resize(o->ctx, depends, 0);
    return a;
}

/* The body of a function that is differentiated by itself. */
static Activation *outer_activation(Oracle *o, const Slope *s, World *inner, Lanes *moved)
{
    const Function *f = s->called;
    Activation *a = activation_new(o, &f->locals, f->params, f->result, inner, s->path);
    for (uint32_t i = 0; i < f->params; i++)
        a->slot[i] = value_of(o, i == s->by ? lanes_hold(moved) : lanes_of(o, s->args[i]));
    return a;
}

static void evaluate_moved(Oracle *o, Slope *s, Lanes *moved)
{
    s->phase = SLOPE_INNER;
    if (s->within)
        walk_activation(o, inner_activation(o, s, s->inner, moved));
    else if (s->called)
        walk_activation(o, outer_activation(o, s, s->inner, moved));
    else if (s->what.root)
        walk_expression(o, s->inner, NULL, s->what.root, ORACLE_NONE, s->path);
    else
        walk_fetch(o, s->inner, s->what.entity);
}

/* ---- results ---------------------------------------------------------------------------- */

static void forget_estimates(Oracle *o, Slope *s)
{
    lanes_drop(o, s->base);
    value_drop(o, s->now);
    value_drop(o, s->before);
    s->base = NULL;
    s->now = s->before = NULL;
}

static void slope_end(Oracle *o, Slope *s)
{
    Value *result = s->result ? s->result : value_of(o, lanes_new(o, 0, 1, MPFR_PREC_MIN));
    forget_estimates(o, s);
    value_drop(o, s->whole);
    ctx_resize(o->ctx, s, 0);
    o->frames.count--;
    o->returned = result;
}

/* An element is done: a diff goes on to the next, a report was of this one only. */
static void element_end(Oracle *o, Slope *s)
{
    forget_estimates(o, s);
    s->element++;
    s->attempt = 0;
    s->phase = SLOPE_BASE;
    if (s->report)
        slope_end(o, s);
}

/* The fields of a lane's estimate. */
static mpfr_ptr fields_of(const Lanes *estimates, uint32_t lane)
{
    return estimates->at[(size_t)lane * SLOPE_FIELDS];
}

/* Where the derivative of element k is kept in a diff's result. */
static Lanes **result_at(const Slope *s, size_t k)
{
    return &s->result->at[k * s->whole->count + s->element];
}

/* Too deep, or too many bits: nothing is known. */
static void give_up(Oracle *o, Slope *s)
{
    for (size_t k = 0; s->result && k < s->result->count; k++) {
        lanes_drop(o, s->result->at[k]);
        Lanes *r = lanes_new(o, s->world->depth, lanes_count(s->world->depth), s->world->bits);
        for (uint32_t i = 0; i < r->count; i++)
            r->taint[i] = 1 << ORACLE_UNSURE;
        s->result->at[k] = r;
    }
    slope_end(o, s);
}

/* Element k does not depend on the name. */
static void end_independent(Oracle *o, Slope *s, size_t k)
{
    if (!s->report) {
        Lanes *r = lanes_new(o, 0, 1, MPFR_PREC_MIN);
        mpfr_set_zero(r->at[0], 1);
        *result_at(s, k) = r;
        return;
    }
    OracleReport *report = &s->report[k];
    report->status = ORACLE_OK;
    report->bits = (long)mpfr_get_prec(report->value);
    mpfr_set_zero(report->value, 1);
    mpfr_set_zero(report->left, 1);
    mpfr_set_zero(report->right, 1);
}

static Attempts attempts_of(const Slope *s, uint32_t lane)
{
    mpfr_srcptr x = s->base->at[lanes_index(s->base, s->world->depth, lane)];
    int last = s->attempt;
    Attempts a = {.number = last, .fineness = fineness(s, last), .bits = s->bits,
                  .step = step_of(s, lane), .known = LONG_MAX,
                  .floor = s->report ? LONG_MAX : s->bits + s->world->floor + FAR_BELOW};
    if (last > 0)
        a.ratio = a.fineness - fineness(s, last - 1) + scale_of(x, last - 1) - scale_of(x, last);
    return a;
}

/* What the attempts so far say of a lane of element k. */
static Verdict judge(const Slope *s, size_t k, uint32_t lane)
{
    Attempts attempts = attempts_of(s, lane);
    if (s->now->at[k]->taint[(size_t)lane * SLOPE_FIELDS] & LANES_DIFF)
        attempts.known = (long)bits_of(s);
    bool twice = s->before && s->before->at[k];
    mpfr_srcptr before = twice ? fields_of(s->before->at[k], lane) : NULL;
    return verdict_of(before, fields_of(s->now->at[k], lane), &attempts);
}

static void fill_report(OracleReport *report, const Verdict *verdict, mpfr_srcptr fields,
                        unsigned taint)
{
    report->status = verdict->status;
    report->inside = verdict_worst(taint);
    report->switched = taint & LANES_SWITCHED;
    long most = (long)mpfr_get_prec(report->value);
    report->bits = verdict->bits < most ? verdict->bits : most;
    mpfr_set(report->value, fields + SLOPE_FOUND, MPFR_RNDN);
    mpfr_set(report->left, fields + SLOPE_FOUND_LEFT, MPFR_RNDN);
    mpfr_set(report->right, fields + SLOPE_FOUND_RIGHT, MPFR_RNDN);
}

static void end_with_verdicts(Oracle *o, Slope *s, size_t k)
{
    const Lanes *estimates = s->now->at[k];
    Lanes *r = lanes_new(o, s->world->depth, lanes_count(s->world->depth), s->world->bits);
    for (uint32_t i = 0; i < r->count; i++) {
        mpfr_srcptr now = fields_of(estimates, i);
        Verdict v = judge(s, k, i);
        unsigned taint = estimates->taint[(size_t)i * SLOPE_FIELDS];
        if (s->report)
            fill_report(&s->report[k], &v, now, taint);
        r->taint[i] = (uint8_t)(LANES_DIFF | taint | (v.status != ORACLE_OK ? 1u << v.status : 0));
        mpfr_set(r->at[i], now + SLOPE_FOUND, MPFR_RNDN);
    }
    lanes_perturb(s->world, r, 4, lanes_mix(s->path, s->element + k));
    if (s->report)
        lanes_drop(o, r);
    else
        *result_at(s, k) = r;
}

static void end_attempts(Oracle *o, Slope *s)
{
    for (size_t k = 0; k < s->now->count; k++)
        if (s->now->at[k])
            end_with_verdicts(o, s, k);
        else
            end_independent(o, s, k);
    element_end(o, s);
}

/* The taint of the point itself; of those about it only that conditions switch. */
static uint8_t taint_of(const Lanes *values, uint32_t lane)
{
    const uint8_t *taint = values->taint + (size_t)lane * ORACLE_SIDES;
    unsigned all = taint[0];
    for (int i = 1; i < ORACLE_SIDES; i++)
        all |= taint[i] & LANES_SWITCHED;
    return (uint8_t)all;
}

static Lanes *estimates_of(Oracle *o, const Slope *s, const Lanes *values)
{
    uint32_t count = lanes_count(s->world->depth);
    Lanes *fields = lanes_new(o, s->world->depth, count * SLOPE_FIELDS, s->inner->bits);
    for (uint32_t i = 0; i < count; i++) {
        verdict_fields(fields_of(fields, i), values->at[(size_t)i * ORACLE_SIDES], step_of(s, i));
        fields->taint[(size_t)i * SLOPE_FIELDS] = taint_of(values, i);
    }
    return fields;
}

static Value *estimates(Oracle *o, const Slope *s, const Value *values)
{
    Value *r = value_like(o, values);
    for (size_t k = 0; k < values->count; k++)
        if (values->at[k]->depth > s->world->depth)
            r->at[k] = estimates_of(o, s, values->at[k]);
    return r;
}

/* Is a lane decided? A zero may be all that rounding has left of a derivative. */
static bool is_settled(const Oracle *o, const Slope *s, size_t k, uint32_t lane)
{
    Verdict v = judge(s, k, lane);
    if (v.status != ORACLE_OK)
        return v.status != ORACLE_UNSURE;
    bool zero = mpfr_zero_p(fields_of(s->now->at[k], lane) + SLOPE_FOUND);
    const bool lost = zero || o->absorbed != s->absorbed;
    return v.bits >= (long)s->bits && (!lost || s->attempt >= LATE || s->world->depth);
}

/* What does not depend on the name is settled. A diff within a diff need not be seen twice: the
 * outer one is. */
static bool all_settled(const Oracle *o, const Slope *s)
{
    for (size_t k = 0; k < s->now->count; k++) {
        if (!s->now->at[k])
            continue;
        if (s->attempt == 0 && s->world->depth == 0)
            return false;
        for (uint32_t i = 0; i < lanes_count(s->world->depth); i++)
            if (!is_settled(o, s, k, i))
                return false;
    }
    return true;
}

/* ---- steps ------------------------------------------------------------------------------ */

/* The value of the name, held; NULL: a frame was pushed, and it is to be asked for again. Along
 * a direction the name is how far, and that is 0. */
static Value *base_value(Oracle *o, Slope *s)
{
    if (s->along)
        return value_integer(o, 0);
    if (s->called)
        return value_of(o, lanes_of(o, s->args[s->by]));
    if (s->local)
        return value_hold(s->within->slot[s->by]);
    return world_fetch(o, s->world, s->by);
}

static void slope_open(Oracle *o, Slope *s, Value *whole)
{
    static const mpfr_prec_t extra[ORACLE_ATTEMPTS] = {128, 640, 2200, 2600};
    value_drop(o, s->whole);
    s->whole = whole;
    if (s->element >= whole->count) {
        slope_end(o, s);
        return;
    }
    lanes_drop(o, s->base);
    s->base = lanes_hold(whole->at[s->element]);
    mpfr_prec_t wanted = bits_of(s), bits = wanted + extra[s->attempt];
    if (s->world->depth == ORACLE_DEPTH_MAX || bits > ORACLE_BITS_MAX) {
        give_up(o, s);
        return;
    }
    s->absorbed = o->absorbed;
    Lanes *moved = moved_values(o, s, bits);
    open_world(o, s, bits, moved);
    s->inner->wanted = wanted;
    s->inner->fine = finest(s);
    s->inner->floor = s->world->floor + s->inner->fine;
    evaluate_moved(o, s, moved);
    lanes_drop(o, moved);
}

static void slope_close(Oracle *o, Slope *s, Value *values)
{
    value_drop(o, s->before);
    s->before = s->now;
    s->now = estimates(o, s, values);
    world_close(o, s->inner);
    s->inner = NULL;
    value_drop(o, values);
    if (s->attempt + 1 == ORACLE_ATTEMPTS || all_settled(o, s)) {
        end_attempts(o, s);
    } else {
        s->attempt++;
        s->phase = SLOPE_BASE;
    }
}

void slope_step(Oracle *o)
{
    Slope *s = walk_top(o)->slope;
    Value *got = o->returned;
    o->returned = NULL;
    switch (s->phase) {
    case SLOPE_BASE:
        if (s->report)
            s->world = world_root(o, s->trial, s->attempt, s->bits);
        got = base_value(o, s);
        if (got)
            slope_open(o, s, got);
        break;
    case SLOPE_INNER:
        slope_close(o, s, got);
        break;
    }
}

void slope_push(Oracle *o, const WalkFrame *f, AstId id)
{
    long extent[ORACLE_RANK_MAX];
    const U32Vec *list = &o->unit->ast->list;
    const AstNode *call = &o->unit->ast->nodes.at[id];
    const AstNode *by = &o->unit->ast->nodes.at[list->at[call->a + 1]];
    Slope *s = ctx_resize(o->ctx, NULL, sizeof *s);
    if (o->tape)
        o->tape->opaque = true;
    *s = (Slope){.world = f->world, .within = f->activation, .what = {.root = list->at[call->a]},
                 .local = by->resolution == RES_LOCAL, .by = by->target,
                 .bits = f->world->wanted, .path = lanes_mix(f->path, id)};
    uint32_t rank = size_shape(o, unit_shape(o->unit, id), extent);
    s->result = value_new(o, rank, extent);
    walk_slope(o, s);
}
