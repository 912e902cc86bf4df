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
            a->slot[i] = lanes_hold(here ? moved : from->slot[i]);
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
        a->slot[i] = i == s->by ? lanes_hold(moved) : lanes_of(o, s->args[i]);
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
        o->returned = world_fetch(o, s->inner, s->what.entity);
}

/* ---- results ---------------------------------------------------------------------------- */

static void slope_end(Oracle *o, Slope *s, Lanes *value)
{
    lanes_drop(o, s->base);
    lanes_drop(o, s->now);
    lanes_drop(o, s->before);
    ctx_resize(o->ctx, s, 0);
    o->frames.count--;
    o->returned = value;
}

/* The fields of a lane's estimate. */
static mpfr_ptr fields_of(const Lanes *estimates, uint32_t lane)
{
    return estimates->at[(size_t)lane * SLOPE_FIELDS];
}

static Lanes *result_new(Oracle *o, const Slope *s)
{
    return lanes_new(o, s->world->depth, lanes_count(s->world->depth), s->world->bits);
}

/* Too deep, or too many bits: nothing is known. */
static void give_up(Oracle *o, Slope *s)
{
    Lanes *r = result_new(o, s);
    for (uint32_t i = 0; i < r->count; i++)
        r->taint[i] = 1 << ORACLE_UNSURE;
    if (s->report)
        s->report->status = ORACLE_UNSURE;
    slope_end(o, s, r);
}

/* What is differentiated does not depend on the name. */
static void end_independent(Oracle *o, Slope *s)
{
    Lanes *r = lanes_new(o, 0, 1, MPFR_PREC_MIN);
    mpfr_set_zero(r->at[0], 1);
    if (s->report) {
        s->report->status = ORACLE_OK;
        s->report->bits = (long)mpfr_get_prec(s->report->value);
        mpfr_set_zero(s->report->value, 1);
        mpfr_set_zero(s->report->left, 1);
        mpfr_set_zero(s->report->right, 1);
    }
    slope_end(o, s, r);
}

static Attempts attempts_of(const Slope *s, uint32_t lane)
{
    mpfr_srcptr x = s->base->at[lanes_index(s->base, s->world->depth, lane)];
    int last = s->attempt;
    Attempts a = {.number = last, .fineness = fineness(s, last), .bits = s->bits,
                  .step = step_of(s, lane),
                  .floor = s->report ? LONG_MAX : s->bits + s->world->floor + FAR_BELOW};
    if (last > 0)
        a.ratio = a.fineness - fineness(s, last - 1) + scale_of(x, last - 1) - scale_of(x, last);
    return a;
}

/* What the attempts so far say of a lane. */
static Verdict judge(const Slope *s, uint32_t lane)
{
    Attempts attempts = attempts_of(s, lane);
    mpfr_srcptr before = s->before ? fields_of(s->before, lane) : NULL;
    return verdict_of(before, fields_of(s->now, lane), &attempts);
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

static void end_with_verdicts(Oracle *o, Slope *s)
{
    Lanes *r = result_new(o, s);
    for (uint32_t i = 0; i < r->count; i++) {
        mpfr_srcptr now = fields_of(s->now, i);
        Verdict v = judge(s, i);
        unsigned taint = s->now->taint[(size_t)i * SLOPE_FIELDS];
        if (s->report)
            fill_report(s->report, &v, now, taint);
        r->taint[i] = (uint8_t)(taint | (v.status != ORACLE_OK ? 1u << v.status : 0));
        mpfr_set(r->at[i], now + SLOPE_FOUND, MPFR_RNDN);
    }
    lanes_perturb(s->world, r, 4, s->path);
    slope_end(o, s, r);
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

static Lanes *estimates(Oracle *o, const Slope *s, const Lanes *values)
{
    uint32_t count = lanes_count(s->world->depth);
    Lanes *fields = lanes_new(o, s->world->depth, count * SLOPE_FIELDS, s->inner->bits);
    for (uint32_t i = 0; i < count; i++) {
        verdict_fields(fields_of(fields, i), values->at[(size_t)i * ORACLE_SIDES], step_of(s, i));
        fields->taint[(size_t)i * SLOPE_FIELDS] = taint_of(values, i);
    }
    return fields;
}

/* Is a lane decided? A zero may be all that rounding has left of a derivative: it is looked at
 * closely. */
static bool is_settled(const Slope *s, uint32_t lane)
{
    Verdict v = judge(s, lane);
    if (v.status != ORACLE_OK)
        return v.status != ORACLE_UNSURE;
    bool zero = mpfr_zero_p(fields_of(s->now, lane) + SLOPE_FOUND);
    return v.bits >= (long)s->bits && (!zero || s->attempt >= LATE || s->world->depth);
}

/* A diff within a diff need not be seen twice: the outer one is. */
static bool all_settled(const Slope *s)
{
    if (s->attempt == 0 && s->world->depth == 0)
        return false;
    for (uint32_t i = 0; i < lanes_count(s->world->depth); i++)
        if (!is_settled(s, i))
            return false;
    return true;
}

/* ---- steps ------------------------------------------------------------------------------ */

/* The value of the name, held; NULL: a frame was pushed that returns it. */
static Lanes *base_value(Oracle *o, Slope *s)
{
    if (s->called)
        return lanes_of(o, s->args[s->by]);
    if (s->local)
        return lanes_hold(s->within->slot[s->by]);
    return world_fetch(o, s->world, s->by);
}

static void slope_open(Oracle *o, Slope *s, Lanes *base)
{
    static const mpfr_prec_t extra[ORACLE_ATTEMPTS] = {128, 640, 2200, 2600};
    lanes_drop(o, s->base);
    s->base = base;
    mpfr_prec_t wanted = bits_of(s), bits = wanted + extra[s->attempt];
    if (s->world->depth == ORACLE_DEPTH_MAX || bits > ORACLE_BITS_MAX) {
        give_up(o, s);
        return;
    }
    Lanes *moved = moved_values(o, s, bits);
    bool entity = !s->local && !s->called;
    s->inner = world_inner(o, s->world, bits, entity ? s->by : ORACLE_NONE,
                           entity ? lanes_hold(moved) : NULL);
    s->inner->wanted = wanted;
    s->inner->fine = finest(s);
    s->inner->floor = s->world->floor + s->inner->fine;
    evaluate_moved(o, s, moved);
    lanes_drop(o, moved);
}

static void slope_close(Oracle *o, Slope *s, Lanes *values)
{
    bool independent = values->depth <= s->world->depth;
    lanes_drop(o, s->before);
    s->before = s->now;
    s->now = independent ? NULL : estimates(o, s, values);
    world_close(o, s->inner);
    s->inner = NULL;
    lanes_drop(o, values);
    if (independent)
        end_independent(o, s);
    else if (s->attempt + 1 == ORACLE_ATTEMPTS || all_settled(s))
        end_with_verdicts(o, s);
    else {
        s->attempt++;
        s->phase = SLOPE_BASE;
    }
}

void slope_step(Oracle *o)
{
    Slope *s = o->frames.at[o->frames.count - 1].slope;
    Lanes *got = o->returned;
    o->returned = NULL;
    switch (s->phase) {
    case SLOPE_BASE:
        if (s->report)
            s->world = world_root(o, s->trial, s->attempt, s->bits);
        if (!got)
            got = base_value(o, s);
        if (got)
            slope_open(o, s, got);
        break;
    case SLOPE_INNER:
        slope_close(o, s, got);
        break;
    }
}

void slope_push(Oracle *o, World *world, Activation *within, const AstNode *call, uint64_t path)
{
    const U32Vec *list = &o->unit->ast->list;
    const AstNode *by = &o->unit->ast->nodes.at[list->at[call->a + 1]];
    Slope *s = ctx_resize(o->ctx, NULL, sizeof *s);
    *s = (Slope){.world = world, .within = within, .what = {.root = list->at[call->a]},
                 .local = by->resolution == RES_LOCAL, .by = by->target, .bits = world->wanted,
                 .path = path};
    walk_slope(o, s);
}
