/* matrix: what takes whole arrays. Arrays come in, arrays of sums of products, and of the like,
 * go out, each element as its definition has it. */
#include "oracle/oracle.h"

/* ---- elements --------------------------------------------------------------------------- */

static Value *element(Oracle *o, const Value *v, size_t k)
{
    return value_of(o, lanes_hold(v->at[k]));
}

static void set(Oracle *o, Value *r, size_t k, Value *scalar)
{
    r->at[k] = lanes_hold(scalar->at[0]);
    value_drop(o, scalar);
}

static Value *multiply(Oracle *o, const World *world, const Value *a, size_t i, const Value *b,
                       size_t j, uint64_t where)
{
    return value_apply2(o, world, OP_MUL, element(o, a, i), element(o, b, j), where);
}

/* Rows and columns; a vector is a row on the left of a product, a column on its right. */
static long rows_of(const Value *v)
{
    return v->rank == 2 ? v->extent[0] : 1;
}

static long columns_of(const Value *v)
{
    return v->rank == 2 ? v->extent[1] : 1;
}

/* ---- products --------------------------------------------------------------------------- */

static Value *product_element(Oracle *o, const World *world, const Value *a, const Value *b,
                              long i, long j, uint64_t where)
{
    long inner = b->extent[0], columns = columns_of(b);
    Value *terms = value_new(o, 1, &inner);
    for (long k = 0; k < inner; k++)
        set(o, terms, (size_t)k,
            multiply(o, world, a, (size_t)(i * inner + k), b, (size_t)(k * columns + j),
                     lanes_mix(where, (uint64_t)k)));
    return reduce_elements(o, world, REDUCTION_SUM, terms, where);
}

Value *matrix_product(Oracle *o, const World *world, Value *a, Value *b, uint64_t where)
{
    long extent[2];
    uint32_t rank = 0;
    if (a->rank == 2)
        extent[rank++] = a->extent[0];
    if (b->rank == 2)
        extent[rank++] = b->extent[1];
    Value *r = value_new(o, rank, extent);
    long rows = rows_of(a), columns = columns_of(b);
    for (long i = 0; i < rows; i++)
        for (long j = 0; j < columns; j++) {
            size_t at = (size_t)(i * columns + j);
            set(o, r, at, product_element(o, world, a, b, i, j, lanes_mix(where, ~at)));
        }
    value_drop(o, a);
    value_drop(o, b);
    return r;
}

static Value *outer(Oracle *o, const World *world, const Value *a, const Value *b, uint64_t where)
{
    long extent[2] = {a->extent[0], b->extent[0]};
    Value *r = value_new(o, 2, extent);
    for (size_t k = 0; k < r->count; k++)
        set(o, r, k, multiply(o, world, a, k / b->count, b, k % b->count, lanes_mix(where, k)));
    return r;
}

static Value *cross(Oracle *o, const World *world, const Value *a, const Value *b, uint64_t where)
{
    Value *r = value_like(o, a);
    for (size_t i = 0; i < 3; i++) {
        size_t j = (i + 1) % 3, k = (i + 2) % 3;
        uint64_t here = lanes_mix(where, 4 * i);
        Value *left = multiply(o, world, a, j, b, k, here + 1);
        Value *right = multiply(o, world, a, k, b, j, here + 2);
        set(o, r, i, value_apply2(o, world, OP_SUB, left, right, here + 3));
    }
    return r;
}

/* ---- the others ------------------------------------------------------------------------- */

Value *matrix_transpose(Oracle *o, Value *a)
{
    long extent[ORACLE_RANK_MAX], at[ORACLE_RANK_MAX];
    for (uint32_t k = 0; k < a->rank; k++)
        extent[k] = a->extent[a->rank - 1 - k];
    Value *r = value_new(o, a->rank, extent);
    for (size_t k = 0; k < r->count; k++) {
        size_t from = 0;
        walk_subscripts(r->extent, r->rank, k, at);
        for (uint32_t i = 0; i < a->rank; i++)
            from = from * (size_t)a->extent[i] + (size_t)at[a->rank - 1 - i];
        r->at[k] = lanes_hold(a->at[from]);
    }
    value_drop(o, a);
    return r;
}

/* Over the last axis: x - logsumexp(x), and the exponential of that. */
static Value *log_softmax(Oracle *o, const World *world, const Value *a, bool exponential,
                          uint64_t where)
{
    Value *r = value_like(o, a);
    long size = a->extent[a->rank - 1];
    for (size_t from = 0; from < a->count; from += (size_t)size) {
        uint64_t here = lanes_mix(where, from);
        Value *row = value_new(o, 1, &size);
        for (size_t k = 0; k < (size_t)size; k++)
            row->at[k] = lanes_hold(a->at[from + k]);
        Value *sum = reduce_elements(o, world, REDUCTION_LOGSUMEXP, row, here);
        for (size_t k = from; k < from + (size_t)size; k++) {
            Value *v = value_apply2(o, world, OP_SUB, element(o, a, k), value_hold(sum), ~here + k);
            Value *e = exponential ? value_apply(o, world, OP_EXP, &v, here + 2 * k + 1) : NULL;
            set(o, r, k, e ? e : value_hold(v));
            value_drop(o, v);
        }
        value_drop(o, sum);
    }
    return r;
}

static Value *dot(Oracle *o, const World *world, Value *a, Value *b, uint64_t where)
{
    return reduce_elements(o, world, REDUCTION_SUM, value_apply2(o, world, OP_MUL, a, b, ~where),
                           where);
}

Value *matrix_function(Oracle *o, const World *world, ArrayFunction function, Value *a, Value *b,
                       uint64_t where)
{
    Value *r = NULL;
    switch (function) {
    case ARRAY_DOT: return dot(o, world, a, b, where);
    case ARRAY_TRANSPOSE: return matrix_transpose(o, a);
    case ARRAY_CROSS: r = cross(o, world, a, b, where); break;
    case ARRAY_OUTER: r = outer(o, world, a, b, where); break;
    case ARRAY_SOFTMAX: r = log_softmax(o, world, a, true, where); break;
    case ARRAY_LOG_SOFTMAX: r = log_softmax(o, world, a, false, where); break;
    case ARRAY_DET: r = linear_det(o, world, a, where); break;
    case ARRAY_INV: case ARRAY_SOLVE: r = linear_solve(o, world, a, b, where); break;
    case ARRAY_FUNCTION_COUNT: break;
    }
    value_drop(o, a);
    value_drop(o, b);
    return r;
}
