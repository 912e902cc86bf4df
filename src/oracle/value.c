/* value: arrays of lanes, scalars among them. Operators and operands come in; what they give,
 * element by element, goes out.
 *
 * The one idea: every element keeps lanes of its own, and with them its own depth: what an
 * element does not depend on is seen, whatever its neighbours do.
 */
#include <assert.h>
#include <string.h>

#include "oracle/oracle.h"

/* ---- life ------------------------------------------------------------------------------- */

Value *value_new(Oracle *o, uint32_t rank, const long *extent)
{
    size_t count = 1;
    for (uint32_t k = 0; k < rank; k++)
        count *= (size_t)extent[k];
    Value *v = ctx_resize(o->ctx, NULL, sizeof *v + count * sizeof *v->at + rank * sizeof *extent);
    *v = (Value){.holders = 1, .rank = rank, .count = count};
    v->at = (Lanes **)(void *)(v + 1);
    v->extent = (long *)(void *)(v->at + count);
    memset(v->at, 0, count * sizeof *v->at);
    if (rank)
        memcpy(v->extent, extent, rank * sizeof *extent);
    return v;
}

Value *value_like(Oracle *o, const Value *v)
{
    return value_new(o, v->rank, v->extent);
}

Value *value_of(Oracle *o, Lanes *lanes)
{
    Value *v = value_new(o, 0, NULL);
    v->at[0] = lanes;
    return v;
}

Value *value_integer(Oracle *o, long number)
{
    Lanes *lanes = lanes_new(o, 0, 1, 64);
    mpfr_set_si(lanes->at[0], number, MPFR_RNDN);
    return value_of(o, lanes);
}

Value *value_hold(Value *v)
{
    v->holders++;
    return v;
}

void value_drop(Oracle *o, Value *v)
{
    if (!v || --v->holders)
        return;
    for (size_t k = 0; k < v->count; k++)
        lanes_drop(o, v->at[k]);
    ctx_resize(o->ctx, v, 0);
}

/* ---- access ----------------------------------------------------------------------------- */

Lanes *value_lanes(const Value *v, size_t k)
{
    return v->at[v->rank ? k : 0];
}

bool value_equal(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    if (a->rank != b->rank ||
        (a->rank && memcmp(a->extent, b->extent, a->rank * sizeof *a->extent) != 0))
        return false;
    for (size_t k = 0; k < a->count; k++)
        if (!lanes_equal(a->at[k], b->at[k]))
            return false;
    return true;
}

uint64_t value_hash(const Value *v)
{
    uint64_t hash = v->count;
    for (size_t k = 0; k < v->count; k++) {
        double x = mpfr_get_d(v->at[k]->at[v->at[k]->count / 2], MPFR_RNDN);
        uint64_t bits;
        memcpy(&bits, &x, sizeof bits);
        hash = lanes_mix(hash, bits);
    }
    return hash;
}

/* Where element k of an array is computed; that of a scalar is `where` itself. */
static uint64_t place(const Value *v, uint64_t where, size_t k)
{
    return v->rank ? lanes_mix(where, k) : where;
}

/* ---- shapes ----------------------------------------------------------------------------- */

Value *value_expand(Oracle *o, Value *v, uint32_t rank, const long *extent)
{
    if (v->rank || !rank)
        return v;
    Value *r = value_new(o, rank, extent);
    for (size_t k = 0; k < r->count; k++)
        r->at[k] = lanes_hold(v->at[0]);
    value_drop(o, v);
    return r;
}

Value *value_with(Oracle *o, const Value *v, size_t element, Lanes *lanes)
{
    Value *r = value_like(o, v);
    for (size_t k = 0; k < v->count; k++)
        r->at[k] = lanes_hold(k == element ? lanes : v->at[k]);
    return r;
}

/* ---- operators -------------------------------------------------------------------------- */

static const Value *shaped(const Value *a, const Value *b)
{
    return a->rank || !b ? a : b;
}

Value *value_apply(Oracle *o, const World *world, Op op, Value *const *x, uint64_t where)
{
    int arity = op_info(op)->arity;
    assert(arity <= 3);
    const Value *shape = x[0];
    for (int i = 1; i < arity; i++)
        shape = shaped(shape, x[i]);
    Value *r = value_like(o, shape);
    for (size_t k = 0; k < r->count; k++) {
        Lanes *operands[3] = {NULL, NULL, NULL};
        for (int i = 0; i < arity; i++)
            operands[i] = value_lanes(x[i], k);
        r->at[k] = lanes_apply(o, world, op, operands, place(r, where, k));
    }
    return r;
}

Value *value_apply2(Oracle *o, const World *world, Op op, Value *a, Value *b, uint64_t where)
{
    Value *x[2] = {a, b};
    assert(op_info(op)->arity <= 2);
    Value *r = value_apply(o, world, op, x, where);
    value_drop(o, a);
    value_drop(o, b);
    return r;
}

int value_decides(const Value *condition)
{
    int all = -1;
    for (size_t k = 0; k < condition->count; k++) {
        int one = lanes_decides(condition->at[k]);
        if (one < 0 || (all >= 0 && one != all))
            return -1;
        all = one;
    }
    return all;
}

Value *value_select(Oracle *o, const World *world, const Value *condition, const Value *yes,
                    const Value *no)
{
    const Value *arm = yes && (yes->rank || !no) ? yes : no;
    Value *r = value_like(o, shaped(condition, arm));
    for (size_t k = 0; k < r->count; k++)
        r->at[k] = lanes_select(o, world, value_lanes(condition, k),
                                yes ? value_lanes(yes, k) : NULL, no ? value_lanes(no, k) : NULL);
    return r;
}
