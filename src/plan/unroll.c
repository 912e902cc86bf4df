/* A function in, the same function out with short loops written out: each node that varies with a
 * short index becomes one for each of its values. A rotation in space becomes straight lines. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"

typedef struct Unroll {
    Rules *r;
    Graph *g;
    const Fn *fn;
    Turns turns;
    uint32_t *first;  /* a node each: its first image; the others follow, the last index fastest; 0
                         where an index is at no value of its range */
    U32Vec images;
} Unroll;

/* ---- images */

/* The image of a node for the values at hand. */
static NodeId image_now(const void *with, NodeId node)
{
    const Unroll *u = with;
    const SetId free = node_at(u->g, node)->free;
    return u->first[node] ? u->images.at[u->first[node] + turns_offset(&u->turns, free)] : node;
}

/* An element may be a number where the array was none, a sum in a triangle's first row is one of
 * nothing: with it go the operations on 1 and 0; no derivative is -0. Of integers the builders see
 * to that. */
static NodeId simple(Unroll *u, NodeId id, NodeId image)
{
    const bool derived = node_is_derivative(u->g, id);
    const Number *number = node_number(u->g, image);
    if (node_at(u->g, image)->flags & NODE_INT)
        return image;
    if (derived && number && number_sign(number) == 0)
        return build_int(u->g, 0);
    return rule_identity(u->r, image, derived);
}

/* The terms of a reduction as one expression; those of a sum without its zeros. */
static NodeId fold_image(Unroll *u, NodeId id)
{
    const Node reduce = *node_at(u->g, id), *n = &reduce;
    const bool sparse = n->op == OP_SUM;
    static const Op ops[] = {[OP_SUM] = OP_ADD, [OP_PROD] = OP_MUL, [OP_RMAX] = OP_MAX,
                             [OP_RMIN] = OP_MIN, [OP_RHYPOT] = OP_HYPOT};
    NodeId sum = 0;
    uint32_t terms = 0, *value = &u->turns.value[n->b];
    for (*value = 0; *value < u->turns.count[n->b]; ++*value) {
        if (!turns_within(&u->turns, n->b))
            continue;
        NodeId term = image_now(u, n->a);
        terms++;
        if (sum && sparse && node_is_int(u->g, sum, 0))
            sum = term;
        else if (!sum || !sparse || !node_is_int(u->g, term, 0))
            sum = sum ? simple(u, id, build2(u->g, ops[n->op], sum, term)) : term;
    }
    if (n->op == OP_RHYPOT && terms == 1) /* of one number, which may be below 0 */
        sum = build1(u->g, OP_ABS, sum);
    *value = 0;
    return sum ? sum : build_neutral(u->g, (Op)n->op);
}

static NodeId image_of(Unroll *u, NodeId id)
{
    Graph *g = u->g;
    const Node n = *node_at(g, id);
    const bool reduces = op_info((Op)n.op)->flags & OPF_REDUCE;
    if (n.op == OP_INDEX && turns_short(&u->turns, n.a))
        return build_int(g, u->turns.lowest[n.a] + (long)u->turns.value[n.a]);
    if (reduces && u->turns.empty[n.b])
        return build_neutral(g, (Op)n.op);
    if (reduces && turns_short(&u->turns, n.b))
        return fold_image(u, id);
    if (n.op == OP_TEMP) {
        const NodeId value = image_now(u, n.a);
        if (node_op(g, value) == OP_CONST) /* needs no name, and is folded where it is used */
            return value;
        return build_temp(g, value, n.b && u->first[n.b] ? image_now(u, n.b) : n.b, (SymRole)n.c);
    }
    return simple(u, id, node_map_by(g, id, image_now, u));
}

/* ---- arrays */

static SetId long_ones(const Unroll *u, SetId set)
{
    SetId rest = set;
    for (uint32_t i = 0; i < set_size(u->g, set); i++)
        if (turns_short(&u->turns, set_member(u->g, set, i)))
            rest = set_without(u->g, rest, set_member(u->g, set, i));
    return rest;
}

static TupleId tuple_now(Unroll *u, TupleId tuple)
{
    NodeId items[64];
    uint32_t size = tuple_size(u->g, tuple);
    for (uint32_t i = 0; i < size && i < 64; i++)
        items[i] = image_now(u, tuple_item(u->g, tuple, i));
    return tuple_of(u->g, items, size);
}

/* Is the element known not to be in the array? */
static bool leaves(Graph *g, TupleId at, TupleId shape)
{
    for (uint32_t i = 0; i < tuple_size(g, at); i++) {
        const NodeId k = tuple_item(g, at, i);
        long value, extent;
        const bool whole = node_integer(g, k, &value);
        if ((!whole && node_number(g, k)) || (whole && value < 0) ||
            (whole && node_integer(g, tuple_item(g, shape, i), &extent) && value >= extent))
            return true;
    }
    return false;
}

/* One part for each value of the short indices that it binds. A condition may have kept it from
 * adding to what is no element, as in x[i - 1] += i > 0 ? v : 0: then it is left out, and so is
 * whatever else adds 0, but to a slice, of which that may be all. True if one is left out. */
static bool expand_part(Unroll *u, NodeId part, TupleId shape, bool adds, U32Vec *parts)
{
    Graph *g = u->g;
    const Node p = *node_at(g, part);
    bool left_out = false;
    if (turns_any_empty(&u->turns, p.c))
        return false;
    do {
        if (!turns_all_within(&u->turns, p.c))
            continue;
        const NodeId from = node_arity(g, p.a) ? p.a : part; /* a number is of no definition */
        graph_origin_of(g, from);
        NodeId value = image_now(u, p.a);
        TupleId at = tuple_now(u, p.b);
        SetId bound = long_ones(u, p.c);
        if (adds && node_is_int(g, value, 0) &&
            (leaves(g, at, shape) || !tuple_is_slice(g, at, bound, shape)))
            left_out = true;
        else
            *vec_push(graph_ctx(g), parts) = build_part(g, value, at, bound);
    } while (turns_next(&u->turns, p.c));
    return left_out;
}

/* How many such slices the array has; 0 if not known. */
static uint64_t slices_in(Graph *g, const Node *part, TupleId shape)
{
    uint64_t count = 1;
    long extent;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        if (node_op(g, tuple_item(g, part->b, i)) != OP_CONST)
            continue;
        if (!node_integer(g, tuple_item(g, shape, i), &extent) || extent <= 0 || count > 100000)
            return 0;
        count *= (uint64_t)extent;
    }
    return count;
}

/* A part, and the constants among its subscripts. */
typedef struct Slice {
    TupleId constants;
    uint32_t part;
} Slice;

static int compare_slices(const void *a, const void *b)
{
    const Slice *x = a, *y = b;
    if (x->constants != y->constants)
        return x->constants < y->constants ? -1 : 1;
    return x->part < y->part ? -1 : x->part > y->part;
}

static TupleId constants_of(Graph *g, TupleId at)
{
    NodeId items[64] = {0};
    for (uint32_t i = 0; i < tuple_size(g, at) && i < 64; i++)
        if (node_op(g, tuple_item(g, at, i)) == OP_CONST)
            items[i] = tuple_item(g, at, i);
    return tuple_of(g, items, tuple_size(g, at) < 64 ? tuple_size(g, at) : 64);
}

/* For each part the first of the same constants. */
static uint32_t *first_of_each(Graph *g, const U32Vec *parts)
{
    uint32_t *first = array_new(graph_ctx(g), (size_t)parts->count + 1, sizeof *first);
    Slice *all = array_new(graph_ctx(g), (size_t)parts->count + 1, sizeof *all);
    for (uint32_t i = 0; i < parts->count; i++)
        all[i] = (Slice){constants_of(g, node_at(g, parts->at[i])->b), i};
    qsort(all, parts->count, sizeof *all, compare_slices);
    for (uint32_t i = 0; i < parts->count; i++) {
        const bool alike = i && all[i].constants == all[i - 1].constants;
        first[all[i].part] = alike ? first[all[i - 1].part] : all[i].part;
    }
    ctx_resize(graph_ctx(g), all, 0);
    return first;
}

/* Have both constants on the same axes? */
static bool are_alike(const Graph *g, TupleId a, TupleId b)
{
    for (uint32_t i = 0; i < tuple_size(g, a); i++)
        if ((node_op(g, tuple_item(g, a, i)) == OP_CONST) !=
            (node_op(g, tuple_item(g, b, i)) == OP_CONST))
            return false;
    return true;
}

/* Are all of them slices of the same axes, any two of them the same by the same indices, or
 * apart? */
static bool are_slices(Graph *g, const U32Vec *parts, TupleId shape, const uint32_t *first)
{
    for (uint32_t i = 0; i < parts->count; i++) {
        const TupleId at = node_at(g, parts->at[i])->b;
        if (!tuple_is_slice(g, at, node_at(g, parts->at[i])->c, shape) ||
            !are_alike(g, at, node_at(g, parts->at[0])->b) ||
            node_at(g, parts->at[first[i]])->b != at)
            return false;
    }
    return parts->count > 0;
}

/* Adds a part to those of other slices, as a sum with the one of the same slice if there is one. */
static void merge_slice(Unroll *u, U32Vec *merged, NodeId part, uint32_t *place, bool is_first)
{
    Graph *g = u->g;
    const Node p = *node_at(g, part);
    SetId over = set_minus(g, p.c, tuple_free(g, p.b));
    NodeId value = p.a;
    for (uint32_t k = set_size(g, over); k-- > 0;)
        value = build_sum(g, value, set_member(g, over, k));
    if (is_first) {
        *place = merged->count;
        *vec_push(graph_ctx(g), merged) = build_part(g, value, p.b, set_minus(g, p.c, over));
    } else {
        assert(merged->at); /* the first one is in there */
        const Node old = *node_at(g, merged->at[*place]);
        const NodeId sum = simple(u, p.a, build2(g, OP_ADD, old.a, value));
        merged->at[*place] = build_part(g, sum, old.b, old.c);
    }
}

/* The next constants where the slice has some, the last axis fastest; false behind the last. */
static bool next_slice(Graph *g, NodeId *at, TupleId shape)
{
    for (uint32_t i = tuple_size(g, shape); i-- > 0;) {
        long value, extent;
        if (!node_integer(g, at[i], &value))
            continue;
        node_integer(g, tuple_item(g, shape, i), &extent);
        at[i] = build_int(g, value + 1 < extent ? value + 1 : 0);
        if (value + 1 < extent)
            return true;
    }
    return false;
}

/* Zeros for the slices of a small array that no part adds to: it need not begin with zeros, then,
 * and what reads one knows it. */
static void fill_slices(Graph *g, U32Vec *merged, TupleId shape, uint64_t slices)
{
    enum { SMALL = 16 };
    NodeId at[64];
    const Node like = *node_at(g, merged->at[0]);
    const uint32_t count = merged->count;
    if (count == slices || slices > SMALL)
        return;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++)
        at[i] = node_op(g, tuple_item(g, like.b, i)) == OP_CONST ? build_int(g, 0)
                                                                 : tuple_item(g, like.b, i);
    do {
        const TupleId here = tuple_of(g, at, tuple_size(g, shape));
        bool given = false;
        for (uint32_t i = 0; i < count; i++)
            given |= node_at(g, merged->at[i])->b == here;
        if (!given)
            *vec_push(graph_ctx(g), merged) = build_part(g, build_int(g, 0), here, like.c);
    } while (next_slice(g, at, shape));
}

/* Parts that add to slices: those of the same slice as one sum. True if every element is in just
 * one of them: then they set what they give. */
static bool merge_slices(Unroll *u, U32Vec *parts, TupleId shape)
{
    Graph *g = u->g;
    U32Vec merged = {0};
    uint32_t *first = first_of_each(g, parts);
    uint32_t *place = array_new(graph_ctx(g), (size_t)parts->count + 1, sizeof *place);
    bool whole = are_slices(g, parts, shape, first);
    for (uint32_t i = 0; i < parts->count && whole; i++)
        merge_slice(u, &merged, parts->at[i], &place[first[i]], first[i] == i);
    assert(!whole || merged.count > 0);
    const uint64_t slices = whole ? slices_in(g, node_at(g, merged.at[0]), shape) : 0;
    if (slices)
        fill_slices(g, &merged, shape, slices);
    whole = whole && merged.count == slices;
    if (whole) {
        parts->count = 0;
        for (uint32_t i = 0; i < merged.count; i++)
            *vec_push(graph_ctx(g), parts) = merged.at[i];
    }
    vec_free(graph_ctx(g), &merged);
    ctx_resize(graph_ctx(g), first, 0);
    ctx_resize(graph_ctx(g), place, 0);
    return whole;
}

/* Leaves out the parts that add 0; true if there are any. */
static bool leave_zeros(const Unroll *u, U32Vec *parts)
{
    uint32_t kept = 0;
    const uint32_t count = parts->count;
    for (uint32_t i = 0; i < count; i++)
        if (!node_is_int(u->g, node_at(u->g, parts->at[i])->a, 0))
            parts->at[kept++] = parts->at[i];
    parts->count = kept;
    return kept < count;
}

/* Does a part give an element or slice by its number? */
static bool has_constant(const Graph *g, const U32Vec *parts)
{
    for (uint32_t i = 0; i < parts->count; i++) {
        const TupleId at = node_at(g, parts->at[i])->b;
        for (uint32_t k = 0; k < tuple_size(g, at); k++)
            if (node_op(g, tuple_item(g, at, k)) == OP_CONST)
                return true;
    }
    return false;
}

static NodeId image_of_array(Unroll *u, NodeId id)
{
    Graph *g = u->g;
    const Node a = *node_at(g, id);
    U32Vec parts = {0};
    bool left_out = false;
    for (uint32_t i = 0; i < tuple_size(g, a.a); i++)
        left_out |=
            expand_part(u, tuple_item(g, a.a, i), node_shape(g, id), a.c == ARRAY_ADD, &parts);
    /* nothing was short, and none is given by its number */
    bool same = parts.count == tuple_size(g, a.a) && sym_at(g, a.b)->name;
    same = same && !has_constant(g, &parts);
    bool set = a.c == ARRAY_SET || (!same && merge_slices(u, &parts, node_shape(g, id)));
    left_out |= !set && leave_zeros(u, &parts);
    graph_origin_of(g, id);
    NodeId image = left_out && !parts.count ? array_zeros(g, a.b)
                                            : build_array(g, tuple_of(g, parts.at, parts.count),
                                                          a.b, set ? ARRAY_SET : ARRAY_ADD);
    vec_free(graph_ctx(g), &parts);
    return image;
}

/* ---- the function */

static void make_images(Unroll *u, uint32_t end)
{
    Graph *g = u->g;
    Ctx *ctx = graph_ctx(g);
    uint8_t *listed = array_new(ctx, end, 1);
    for (uint32_t i = 0; i < u->fn->order.count; i++)
        listed[u->fn->order.at[i]] = 1;
    for (NodeId id = 1; id < end; id++) {
        if (!listed[id] || node_op(g, id) == OP_PART)
            continue;
        SetId free = node_at(g, id)->free;
        uint32_t first = u->images.count;
        const uint32_t count = turns_instances(&u->turns, free);
        if (!count)
            continue;
        for (uint32_t i = 0; i < count; i++)
            *vec_push(ctx, &u->images) = 0;
        for (uint32_t k = first; k < first + count; k++) {
            graph_origin_of(g, id);
            if (turns_all_within(&u->turns, free)) {
                NodeId image = node_op(g, id) == OP_ARRAY ? image_of_array(u, id) : image_of(u, id);
                u->images.at[k] = image;
                graph_origin_to(g, image, id);
            }
            turns_next(&u->turns, free);
        }
        u->first[id] = first;
    }
    graph_origin(g, 0, MADE_BY_MODEL);
    ctx_resize(ctx, listed, 0);
}

static U32Vec roots_of(const Unroll *u, const Fn *out)
{
    U32Vec roots = {0};
    for (uint32_t i = 0; i < out->results.count; i++)
        *vec_push(graph_ctx(u->g), &roots) = out->results.at[i].node;
    return roots;
}

/* Leaves out what only conditions that are decided now have read. */
static void leave_unread(Unroll *u, Fn *out)
{
    Ctx *ctx = graph_ctx(u->g);
    U32Vec roots = roots_of(u, out);
    NodeId *left = plan_without_unread(u->g, &roots);
    for (uint32_t i = 0; i < u->images.count && left; i++)
        if (left[u->images.at[i]])
            u->images.at[i] = left[u->images.at[i]];
    for (uint32_t i = 0; i < out->results.count && left; i++)
        out->results.at[i].node = left[out->results.at[i].node];
    ctx_resize(ctx, left, 0);
    vec_free(ctx, &roots);
}

static void list_order(Unroll *u, Fn *out)
{
    Graph *g = u->g;
    Ctx *ctx = graph_ctx(g);
    U32Vec roots = roots_of(u, out);
    uint8_t *unlisted = graph_live(g, roots.at, roots.count);
    U32Vec order = {0};
    for (uint32_t i = 0; i < u->fn->order.count; i++) {
        NodeId id = u->fn->order.at[i];
        uint32_t count = u->first[id] ? turns_instances(&u->turns, node_at(g, id)->free) : 0;
        for (uint32_t k = 0; k < count; k++) {
            NodeId image = u->images.at[u->first[id] + k];
            if (unlisted[image])
                *vec_push(ctx, &order) = image;
            unlisted[image] = 0;
        }
    }
    for (NodeId id = 1; id < graph_count(g); id++) /* parts, and what folding made */
        if (unlisted[id])
            *vec_push(ctx, &order) = id;
    vec_free(ctx, &out->order);
    out->order = order;
    vec_free(ctx, &roots);
    ctx_resize(ctx, unlisted, 0);
}

void plan_unroll(Rules *r, Graph *g, Fn *fn, uint32_t most)
{
    Ctx *ctx = graph_ctx(g);
    uint32_t end = graph_count(g);
    if (index_count(g) <= 1)
        return;
    const Fn old = *fn;
    Unroll u = {.r = r, .g = g, .fn = &old, .turns = turns_new(g)};
    u.first = array_new(ctx, end, sizeof *u.first);
    *vec_push(ctx, &u.images) = 0;
    if (turns_choose(&u.turns, &old, most)) {
        make_images(&u, end);
        for (uint32_t i = 0; i < fn->results.count; i++)
            fn->results.at[i].node = image_now(&u, fn->results.at[i].node);
        leave_unread(&u, fn);
        list_order(&u, fn);
    }
    turns_free(&u.turns);
    ctx_resize(ctx, u.first, 0);
    vec_free(ctx, &u.images);
}
