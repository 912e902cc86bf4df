/* linear: determinants and systems of equations. A matrix comes in, and what stands on the right of
 * the equations; determinants of few rows go out by expansion, which divides by nothing and so is
 * right for singular matrices and around them, all else by Gauss and Jordan's elimination, the
 * largest element at the point itself as pivot.
 */
#include "oracle/oracle.h"

typedef struct Rows {
    Oracle *o;
    const World *world;
    Value **at;          /* scalars, row by row */
    long height, width;  /* the matrix is in the first `height` columns */
    uint64_t where, next;
} Rows;

static Value *apply(Rows *r, Op op, Value *a, Value *b)
{
    uint64_t where = lanes_mix(r->where, ++r->next);
    return value_apply2(r->o, r->world, op, value_hold(a), value_hold(b), where);
}

static Value **place(const Rows *r, long i, long j)
{
    return &r->at[i*r->width + j];
}

static void put(Rows *r, long i, long j, Value *value)
{
    value_drop(r->o, *place(r, i, j));
    *place(r, i, j) = value;
}

/* The matrix, and beside it the right side: b, or the unit matrix. */
static Rows rows_of(Oracle *o, const World *world, const Value *a, const Value *b, bool inverse,
                    uint64_t where)
{
    long n = a->extent[0], more = b ? (b->rank == 2 ? b->extent[1] : 1) : inverse ? n : 0;
    Rows r = {.o = o, .world = world, .height = n, .width = n + more, .where = where};
    r.at = array_new(o->ctx, (size_t)(n*r.width) + 1, sizeof(Value *));
    for (long i = 0; i < n; i++)
        for (long j = 0; j < r.width; j++) {
            Lanes *lanes = j < n ? a->at[i*n + j] : b ? b->at[i*more + j - n] : NULL;
            *place(&r, i, j) =
                lanes ? value_of(o, lanes_hold(lanes)) : value_integer(o, i == j - n);
        }
    return r;
}

static void rows_free(Rows *r)
{
    for (long k = 0; k < r->height*r->width; k++)
        value_drop(r->o, r->at[k]);
    ctx_resize(r->o->ctx, r->at, 0);
}

/* ---- elimination ------------------------------------------------------------------------ */

/* Brings the largest element of the rest of the column to row k; gives whether rows changed. */
static bool bring_pivot(Rows *r, long k)
{
    long best = k;
    for (long i = k + 1; i < r->height; i++)
        if (mpfr_cmpabs((*place(r, i, k))->at[0]->at[0], (*place(r, best, k))->at[0]->at[0]) > 0)
            best = i;
    for (long j = 0; best != k && j < r->width; j++) {
        Value *v = *place(r, k, j);
        *place(r, k, j) = *place(r, best, j);
        *place(r, best, j) = v;
    }
    return best != k;
}

static void clear_row(Rows *r, long i, long k)
{
    Value *factor = apply(r, OP_DIV, *place(r, i, k), *place(r, k, k));
    for (long j = k + 1; j < r->width; j++) {
        Value *less = apply(r, OP_MUL, factor, *place(r, k, j));
        put(r, i, j, apply(r, OP_SUB, *place(r, i, j), less));
        value_drop(r->o, less);
    }
    value_drop(r->o, factor);
}

/* Leaves a diagonal matrix; gives whether the determinant has changed its sign. */
static bool eliminate(Rows *r)
{
    bool minus = false;
    for (long k = 0; k < r->height; k++) {
        minus ^= bring_pivot(r, k);
        for (long i = 0; i < r->height; i++)
            if (i != k)
                clear_row(r, i, k);
    }
    return minus;
}

Value *linear_solve(Oracle *o, const World *world, const Value *a, const Value *b, uint64_t where)
{
    Rows r = rows_of(o, world, a, b, true, where);
    Value *x = value_like(o, b ? b : a);
    eliminate(&r);
    long columns = r.width - r.height;
    for (long k = 0; k < (long)x->count; k++) {
        long i = k/columns;
        Value *value = apply(&r, OP_DIV, *place(&r, i, r.height + k%columns), *place(&r, i, i));
        x->at[k] = lanes_hold(value->at[0]);
        value_drop(o, value);
    }
    rows_free(&r);
    return x;
}

/* ---- determinants ----------------------------------------------------------------------- */

enum { EXPANDED = 8 }; /* rows */

/* The determinant of the last rows, as many as the set has columns, in these columns. */
static Value *expand(Rows *r, Value **minor, unsigned set, long row)
{
    Value *sum = value_integer(r->o, 0);
    bool minus = false;
    for (long j = 0; j < r->height; j++) {
        if (!(set >> j & 1))
            continue;
        Value *term = apply(r, OP_MUL, *place(r, row, j), minor[set & ~(1u << j)]);
        Value *next = apply(r, minus ? OP_SUB : OP_ADD, sum, term);
        value_drop(r->o, sum);
        value_drop(r->o, term);
        sum = next;
        minus = !minus;
    }
    return sum;
}

static Value *expanded(Rows *r)
{
    unsigned sets = 1u << r->height;
    Value **minor = array_new(r->o->ctx, sets, sizeof *minor);
    minor[0] = value_integer(r->o, 1);
    for (unsigned set = 1; set < sets; set++) {
        long row = r->height;
        for (unsigned left = set; left; left &= left - 1)
            row--;
        minor[set] = expand(r, minor, set, row);
    }
    Value *det = value_hold(minor[sets - 1]);
    for (unsigned set = 0; set < sets; set++)
        value_drop(r->o, minor[set]);
    ctx_resize(r->o->ctx, minor, 0);
    return det;
}

Value *linear_det(Oracle *o, const World *world, const Value *a, uint64_t where)
{
    Rows r = rows_of(o, world, a, NULL, false, where);
    Value *det;
    if (r.height <= EXPANDED) {
        det = expanded(&r);
    } else {
        det = value_integer(o, eliminate(&r) ? -1 : 1);
        for (long k = 0; k < r.height; k++) {
            Value *next = apply(&r, OP_MUL, det, *place(&r, k, k));
            value_drop(o, det);
            det = next;
        }
    }
    rows_free(&r);
    return det;
}
