/* reduce: sums, products, largest values and the like. A body with its indices, or an array,
 * comes in; what its values come to goes out.
 *
 * The one idea: values are folded one by one as they come, in the order of the loops; only
 * logsumexp must know the largest first, and keeps them.
 */
#include "oracle/oracle.h"

typedef struct Fold {
    const World *world;
    Reduction reduction;
    uint64_t where;
    long count;        /* values so far */
    Value *so_far;     /* NULL: none */
    VEC(Value *) kept; /* of logsumexp */
} Fold;

/* A reduction over indices at work. */
struct Reduce {
    AstId id;               /* of the tree */
    World *world;           /* where */
    Activation *within;     /* whose locals the body sees; NULL: none */
    uint64_t path;          /* tells its operations from others */
    bool begun;             /* do the loops have values? */
    uint32_t count;         /* of loops */
    Loop *loops;            /* the outermost first */
    Fold fold;              /* of the values */
};

/* ---- folding ---------------------------------------------------------------------------- */

static void fold_add(Oracle *o, Fold *f, Value *v)
{
    static const Op ops[REDUCTION_COUNT] = {
        [REDUCTION_SUM] = OP_ADD, [REDUCTION_PROD] = OP_MUL, [REDUCTION_MAX] = OP_MAX,
        [REDUCTION_MIN] = OP_MIN, [REDUCTION_MEAN] = OP_ADD, [REDUCTION_NORM] = OP_ADD,
    };
    uint64_t where = lanes_mix(f->where, (uint64_t)++f->count);
    if (f->reduction == REDUCTION_LOGSUMEXP) {
        *vec_push(o->ctx, &f->kept) = v;
        return;
    }
    if (f->reduction == REDUCTION_NORM)
        v = value_apply2(o, f->world, OP_MUL, v, value_hold(v), ~where);
    f->so_far = f->so_far ? value_apply2(o, f->world, ops[f->reduction], f->so_far, v, where) : v;
}

/* What is reduced if there is nothing. */
static Value *empty(Oracle *o, Reduction reduction)
{
    Value *v = value_integer(o, reduction == REDUCTION_PROD);
    if (reduction == REDUCTION_MAX || reduction == REDUCTION_LOGSUMEXP)
        mpfr_set_inf(v->at[0]->at[0], -1);
    if (reduction == REDUCTION_MIN)
        mpfr_set_inf(v->at[0]->at[0], 1);
    return v;
}

/* The largest value at the point itself, a constant that keeps exponents small; 0 if it is none
 * that can be taken from another. */
static Lanes *shift_of(Oracle *o, const Fold *f, size_t k)
{
    Lanes *most = lanes_new(o, 0, 1, f->world->bits);
    mpfr_set_inf(most->at[0], -1);
    for (uint32_t i = 0; i < f->kept.count; i++) {
        mpfr_srcptr x = value_lanes(f->kept.at[i], k)->at[0];
        if (mpfr_nan_p(x) || mpfr_greater_p(x, most->at[0]))
            mpfr_set(most->at[0], x, MPFR_RNDN);
    }
    if (!mpfr_number_p(most->at[0]))
        mpfr_set_zero(most->at[0], 1);
    return most;
}

static Lanes *apply2(Oracle *o, const World *world, Op op, Lanes *a, Lanes *b, uint64_t where)
{
    Lanes *x[2] = {a, b};
    Lanes *r = lanes_apply(o, world, op, x, where);
    lanes_drop(o, a);
    lanes_drop(o, b);
    return r;
}

static Lanes *apply1(Oracle *o, const World *world, Op op, Lanes *a, uint64_t where)
{
    Lanes *r = lanes_apply(o, world, op, &a, where);
    lanes_drop(o, a);
    return r;
}

static Lanes *logsumexp(Oracle *o, const Fold *f, size_t k)
{
    Lanes *shift = shift_of(o, f, k), *sum = NULL;
    uint64_t where = lanes_mix(f->where, ~k);
    for (uint32_t i = 0; i < f->kept.count; i++) {
        uint64_t here = lanes_mix(where, 4 * (uint64_t)i);
        Lanes *x = lanes_hold(value_lanes(f->kept.at[i], k));
        x = apply2(o, f->world, OP_SUB, x, lanes_hold(shift), here + 1);
        x = apply1(o, f->world, OP_EXP, x, here + 2);
        sum = sum ? apply2(o, f->world, OP_ADD, sum, x, here + 3) : x;
    }
    sum = apply1(o, f->world, OP_LOG, sum, where + 1);
    return apply2(o, f->world, OP_ADD, sum, shift, where + 2);
}

static Value *logsumexp_all(Oracle *o, Fold *f)
{
    if (!f->kept.count)
        return NULL;
    Value *r = value_like(o, f->kept.at[0]);
    for (size_t k = 0; k < r->count; k++)
        r->at[k] = logsumexp(o, f, k);
    for (uint32_t i = 0; i < f->kept.count; i++)
        value_drop(o, f->kept.at[i]);
    vec_free(o->ctx, &f->kept);
    return r;
}

static Value *fold_end(Oracle *o, Fold *f)
{
    Value *r = f->reduction == REDUCTION_LOGSUMEXP ? logsumexp_all(o, f) : f->so_far;
    if (!r)
        r = empty(o, f->reduction);
    if (f->reduction == REDUCTION_MEAN)
        r = value_apply2(o, f->world, OP_DIV, r, value_integer(o, f->count), f->where);
    if (f->reduction == REDUCTION_NORM) {
        Value *root = value_apply(o, f->world, OP_SQRT, &r, f->where);
        value_drop(o, r);
        r = root;
    }
    return r;
}

Value *reduce_elements(Oracle *o, const World *world, Reduction reduction, Value *array,
                       uint64_t where)
{
    Fold f = {.world = world, .reduction = reduction, .where = where};
    for (size_t k = 0; k < array->count; k++)
        fold_add(o, &f, value_of(o, lanes_hold(array->at[k])));
    value_drop(o, array);
    return fold_end(o, &f);
}

/* ---- loops ------------------------------------------------------------------------------ */

void reduce_push(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = &o->unit->ast->nodes.at[id];
    Reduce *r = ctx_resize(o->ctx, NULL, sizeof *r);
    uint64_t where = lanes_mix(f->path, id);
    *r = (Reduce){.id = id, .world = f->world, .within = f->activation, .path = where,
                  .count = n->b, .loops = array_new(o->ctx, n->b + 1, sizeof *r->loops),
                  .fold = {.world = f->world, .reduction = (Reduction)n->target, .where = where}};
    for (uint32_t k = 0; k < n->b; k++) {
        const AstNode *item = &o->unit->ast->nodes.at[o->unit->ast->list.at[n->a + k]];
        if (item->kind == AST_IN)
            item = &o->unit->ast->nodes.at[item->a];
        r->loops[k].binder = item->target;
        size_keep(o, &r->loops[k]);
    }
    walk_push(o, (WalkFrame){.kind = FRAME_REDUCE, .reduce = r});
}

/* Goes to the next values of the indices, the innermost first; false if there are none. */
static bool advance(Oracle *o, Reduce *r)
{
    uint32_t k = r->begun ? r->count - 1 : 0;
    if (r->begun)
        r->loops[k].at++;
    else
        size_range(o, r->loops[0].binder, &r->loops[0].at, &r->loops[0].end);
    r->begun = true;
    for (;;) {
        while (r->loops[k].at >= r->loops[k].end) {
            if (k == 0)
                return false;
            r->loops[--k].at++;
        }
        size_bind(o, r->loops[k].binder, r->loops[k].at);
        if (++k == r->count)
            return true;
        size_range(o, r->loops[k].binder, &r->loops[k].at, &r->loops[k].end);
    }
}

static void reduce_end(Oracle *o, Reduce *r)
{
    long extent[ORACLE_RANK_MAX];
    size_restore(o, r->loops, r->count);
    Value *v = fold_end(o, &r->fold);
    uint32_t rank = v->rank ? 0 : size_shape(o, unit_shape(o->unit, r->id), extent);
    o->returned = value_expand(o, v, rank, extent);
    ctx_resize(o->ctx, r->loops, 0);
    ctx_resize(o->ctx, r, 0);
    o->frames.count--;
}

void reduce_step(Oracle *o)
{
    Reduce *r = walk_top(o)->reduce;
    tape_at(o->tape, r->id);
    if (o->returned) {
        fold_add(o, &r->fold, o->returned);
        o->returned = NULL;
    }
    if (advance(o, r))
        walk_expression(o, r->world, r->within, o->unit->ast->nodes.at[r->id].c, ORACLE_NONE,
                        lanes_mix(r->path, (uint64_t)r->fold.count));
    else
        reduce_end(o, r);
}
