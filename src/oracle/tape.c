/* tape: what a value was computed from. Operations come in as they are made, a list of steps goes
 * out, from which sums over paths can be formed.
 *
 * The one idea: a tree's values fan out at names only, so each reference to a name is a step of its
 * own: a path through a model is a list of places in its text. Partial derivatives are differences
 * of the operations themselves: no rule is asked.
 */
#include <math.h>

#include "oracle/oracle.h"

enum { APART = 80 }; /* -log2 of the relative distance of differences: 160 bits are right */

/* ---- partial derivatives ---------------------------------------------------------------- */

/* The value of an operation with operand i moved by `sign` times h. */
static void moved_value(Op op, mpfr_srcptr const *x, int count, int i, mpfr_srcptr h, int sign,
                        mpfr_ptr value)
{
    mpfr_t moved;
    mpfr_srcptr operands[3];
    mpfr_init2(moved, mpfr_get_prec(value));
    for (int k = 0; k < count; k++)
        operands[k] = x[k];
    operands[i] = moved;
    (sign > 0 ? mpfr_add : mpfr_sub)(moved, x[i], h, MPFR_RNDN);
    op_eval(op, value, operands);
    mpfr_clear(moved);
}

/* The values beside a point: `up` and `down`, h away. */
static void beside(Op op, mpfr_srcptr const *x, int count, int i, mpfr_ptr h, mpfr_ptr up,
                   mpfr_ptr down)
{
    long size = mpfr_regular_p(x[i]) ? (long)mpfr_get_exp(x[i]) : 0;
    mpfr_set_ui_2exp(h, 1, size - APART, MPFR_RNDN);
    moved_value(op, x, count, i, h, 1, up);
    moved_value(op, x, count, i, h, -1, down);
}

/* The derivative of an operation by operand i, as the difference over a short way. */
static double difference(Op op, mpfr_srcptr const *x, int count, int i, mpfr_prec_t bits)
{
    mpfr_t h, up, down;
    mpfr_inits2(bits, h, up, down, (mpfr_ptr)0);
    beside(op, x, count, i, h, up, down);
    mpfr_sub(up, up, down, MPFR_RNDN);
    mpfr_div(up, up, h, MPFR_RNDN);
    double partial = mpfr_get_d(up, MPFR_RNDN) / 2;
    mpfr_clears(h, up, down, (mpfr_ptr)0);
    return partial;
}

/* Do the differences to both sides differ? */
static bool has_kink(Op op, mpfr_srcptr const *x, int count, int i, mpfr_srcptr value,
                     mpfr_prec_t bits)
{
    mpfr_t h, up, down;
    mpfr_inits2(bits, h, up, down, (mpfr_ptr)0);
    beside(op, x, count, i, h, up, down);
    mpfr_sub(up, up, value, MPFR_RNDN);
    mpfr_sub(down, value, down, MPFR_RNDN);
    mpfr_sub(up, up, down, MPFR_RNDN);
    mpfr_mul_2ui(up, up, APART/2, MPFR_RNDN); /* what is curved differs by less */
    bool kink = mpfr_cmpabs(up, h) > 0;
    mpfr_clears(h, up, down, (mpfr_ptr)0);
    return kink;
}

/* A difference over a short way that is no number or very steep, as of sqrt and cbrt at 0, whose
 * values are numbers there. What is only multiplied by a great number is none of these. */
static bool has_pole(Op op, double partial)
{
    return op_info(op)->flags & OPF_STEEP && !(fabs(partial) < 0x1p50);
}

/* Is it infinite, of numbers, as 1/0 is? */
static bool is_at_pole(mpfr_srcptr const *x, int count, mpfr_srcptr value)
{
    for (int i = 0; i < count; i++)
        if (!mpfr_number_p(x[i]))
            return false;
    return mpfr_inf_p(value);
}

static void find_partials(TapeStep *s, mpfr_srcptr const *x, int count, mpfr_prec_t bits)
{
    for (int i = 0; i < count; i++)
        if (s->from[i])
            s->partial[i] = difference(s->op, x, count, i, bits);
    if (count != 2 || op_info(s->op)->flags & (OPF_COMMUTES | OPF_BOOL))
        return;
    mpfr_srcptr other[2] = {x[1], x[0]};
    for (int i = 0; i < 2; i++)
        if (s->from[i])
            s->exchanged[i] = difference(s->op, other, 2, 1 - i, bits);
}

/* ---- steps ------------------------------------------------------------------------------ */

static uint32_t add(Oracle *o, TapeStep step)
{
    *vec_push(o->ctx, &o->tape->steps) = step;
    return o->tape->steps.count - 1;
}

/* Only the point itself is noted, not what diffs look at. */
static bool is_noted(const Oracle *o, const World *world)
{
    return o->tape && !world->parent;
}

void tape_apply(Oracle *o, const World *world, Op op, Lanes *const *x, Lanes *r)
{
    TapeStep s = {.op = op, .entity = ORACLE_NONE};
    mpfr_srcptr at[3];
    int count = op_info(op)->arity;
    uint32_t any = 0;
    if (!is_noted(o, world))
        return;
    for (int i = 0; i < count; i++) {
        s.from[i] = x[i]->step;
        s.x[i] = mpfr_get_d(x[i]->at[0], MPFR_RNDN);
        at[i] = x[i]->at[0];
        any |= s.from[i];
    }
    if (!any)
        return;
    s.node = o->tape->node;
    s.value = mpfr_get_d(r->at[0], MPFR_RNDN);
    find_partials(&s, at, count, world->bits);
    const bool kinks = op_info(op)->flags & (OPF_KINK | OPF_STEP);
    o->tape->hard |= is_at_pole(at, count, r->at[0]);
    for (int i = 0; i < count; i++)
        if (s.from[i] && (has_pole(op, s.partial[i]) ||
                          (kinks && has_kink(op, at, count, i, r->at[0], world->bits))))
            o->tape->hard = true;
    r->step = add(o, s);
}

/* The same value, by another step. */
static Lanes *passed(Oracle *o, const Lanes *lanes, AstId node, uint32_t entity, size_t element)
{
    double value = mpfr_get_d(lanes->at[0], MPFR_RNDN);
    Lanes *r = lanes_of(o, lanes->at[0]);
    r->taint[0] = lanes->taint[0];
    r->step = add(o, (TapeStep){.op = OP_NAME, .node = node, .entity = entity, .element = element,
                                .from = {lanes->step}, .x = {value}, .partial = {1},
                                .value = value});
    return r;
}

static Value *passed_on(Oracle *o, const World *world, Value *v, AstId node, uint32_t entity,
                        size_t first)
{
    if (!v || !is_noted(o, world))
        return v;
    Value *r = value_like(o, v);
    for (size_t k = 0; k < v->count; k++)
        r->at[k] = v->at[k]->step ? passed(o, v->at[k], node, entity, first + k)
                                  : lanes_hold(v->at[k]);
    value_drop(o, v);
    return r;
}

Value *tape_refer(Oracle *o, const World *world, Value *v, AstId node)
{
    return passed_on(o, world, v, node, ORACLE_NONE, 0);
}

Value *tape_define(Oracle *o, const World *world, Value *v, uint32_t entity, size_t first)
{
    return entity == ORACLE_NONE ? v : passed_on(o, world, v, 0, entity, first);
}

/* ---- the whole -------------------------------------------------------------------------- */

static void add_inputs(Oracle *o)
{
    for (uint32_t i = 0; i < o->unit->entities.count; i++) {
        EntityKind kind = o->unit->entities.at[i].kind;
        Value *v = o->inputs[i];
        for (size_t k = 0; v && k < v->count && (kind == ENTITY_INPUT || kind == ENTITY_PARAM); k++)
            v->at[k]->step = add(o, (TapeStep){.op = OP_REF, .entity = i, .element = k,
                                               .value = mpfr_get_d(v->at[k]->at[0], MPFR_RNDN)});
    }
}

static void forget_inputs(Oracle *o)
{
    for (uint32_t i = 0; i < o->unit->entities.count; i++)
        for (size_t k = 0; o->inputs[i] && k < o->inputs[i]->count; k++)
            o->inputs[i]->at[k]->step = 0;
}

void oracle_record(Oracle *o, OracleOf what, Tape *tape)
{
    *tape = (Tape){.opaque = false};
    tree_scan(o);
    world_forget(o);
    o->tape = tape;
    add(o, (TapeStep){.op = OP_NONE, .entity = ORACLE_NONE});
    add_inputs(o);
    World *world = world_root(o, 0, 0, 64);
    if (what.root)
        walk_expression(o, world, NULL, what.root, ORACLE_NONE, 1);
    else
        walk_fetch(o, world, what.entity);
    Value *v = walk_run(o);
    for (size_t k = 0; k < v->count; k++)
        *vec_push(o->ctx, &tape->results) = v->at[k]->step;
    value_drop(o, v);
    o->tape = NULL;
    forget_inputs(o);
    world_forget(o);
}

void tape_free(Oracle *o, Tape *tape)
{
    vec_free(o->ctx, &tape->steps);
    vec_free(o->ctx, &tape->results);
}
