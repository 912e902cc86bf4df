/* A function in, the same function out with short loops written out: each node that varies with a
 * short index becomes one for each of its values. A rotation in space becomes straight lines. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "pass/pass.h"
#include "plan/plan.h"

/* No more than this many times as many nodes as before, and a few for small functions; no loops of
 * more turns. */
enum { MAX_GROWTH = 40, ALWAYS_ALLOWED = 4000, TURNS_MOST = 1000 };

typedef struct Unroll {
    Graph *g;
    const Fn *fn;
    uint32_t *turns;  /* an index each: how many values a short one has; 0 of others */
    uint8_t *empty;   /* an index each: has it none? */
    uint32_t *value;  /* an index each: the one at hand, from 0 */
    uint32_t *first;  /* a node each: its first image; the others follow, the last index fastest */
    U32Vec images;
} Unroll;

/* ---- which indices */

static uint32_t constant_turns(const Graph *g, IndexId index)
{
    long lower, upper;
    const Index *i = index_at(g, index);
    if (!node_integer(g, i->lower, &lower) || !node_integer(g, i->upper, &upper) ||
        upper <= lower || upper - lower > TURNS_MOST)
        return 0;
    return (uint32_t)(upper - lower);
}

/* An index whose value another range depends on stays. */
static void keep_bases(Unroll *u, uint32_t count)
{
    for (IndexId k = 1; k < count; k++) {
        const Index *i = index_at(u->g, k);
        SetId free = set_union(u->g, node_at(u->g, i->lower)->free, node_at(u->g, i->upper)->free);
        for (uint32_t m = 0; m < set_size(u->g, free); m++)
            u->turns[set_member(u->g, free, m)] = 0;
    }
}

/* Does a loop over one of the indices have no turn? */
static bool has_empty(const Unroll *u, SetId set)
{
    for (uint32_t i = 0; i < set_size(u->g, set); i++)
        if (u->empty[set_member(u->g, set, i)])
            return true;
    return false;
}

static uint32_t instances(const Unroll *u, SetId free)
{
    uint64_t count = 1;
    if (has_empty(u, free))
        return 0;
    for (uint32_t i = 0; i < set_size(u->g, free) && count < 100000; i++) {
        uint32_t turns = u->turns[set_member(u->g, free, i)];
        count *= turns ? turns : 1;
    }
    return count < 100000 ? (uint32_t)count : 100000;
}

static bool grows_too_much(const Unroll *u)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < u->fn->order.count; i++) {
        const Node *n = node_at(u->g, u->fn->order.at[i]);
        total += instances(u, n->op == OP_PART ? set_union(u->g, n->free, n->c) : n->free);
    }
    return total > ALWAYS_ALLOWED && total > (uint64_t)u->fn->order.count * MAX_GROWTH;
}

/* Indices of at most so many values; fewer where the function would grow too much. */
static bool choose_indices(Unroll *u, uint32_t most)
{
    uint32_t count = index_count(u->g);
    bool any = false;
    most = most < TURNS_MOST ? most : TURNS_MOST;
    for (; most > 0; most--) {
        for (IndexId k = 1; k < count; k++) {
            uint32_t turns = constant_turns(u->g, k);
            u->turns[k] = turns <= most ? turns : 0;
        }
        keep_bases(u, count);
        if (!grows_too_much(u))
            break;
    }
    for (IndexId k = 1; k < count; k++) {
        u->turns[k] = most > 0 ? u->turns[k] : 0;
        u->empty[k] = index_is_empty(u->g, k);
        any |= u->turns[k] > 0 || u->empty[k];
    }
    return any;
}

/* ---- images */

static bool is_short(const Unroll *u, IndexId index) { return u->turns[index] > 0; }

/* The image of a node for the values at hand. */
static NodeId image_now(const void *with, NodeId node)
{
    const Unroll *u = with;
    SetId free = node_at(u->g, node)->free;
    uint32_t offset = 0;
    for (uint32_t i = 0; i < set_size(u->g, free); i++) {
        IndexId index = set_member(u->g, free, i);
        if (is_short(u, index))
            offset = offset * u->turns[index] + u->value[index];
    }
    return u->first[node] ? u->images.at[u->first[node] + offset] : node;
}

/* The next values of the set's short indices; false behind the last. */
static bool next_values(Unroll *u, SetId set)
{
    for (uint32_t i = set_size(u->g, set); i-- > 0;) {
        IndexId index = set_member(u->g, set, i);
        if (!is_short(u, index))
            continue;
        if (++u->value[index] < u->turns[index])
            return true;
        u->value[index] = 0;
    }
    return false;
}

/* The terms of a reduction as one expression; those of a derivative without its zeros. */
static NodeId fold_image(Unroll *u, NodeId id)
{
    const Node reduce = *node_at(u->g, id), *n = &reduce;
    bool sparse = n->op == OP_SUM && node_is_derived(u->g, id);
    static const Op ops[] = {[OP_SUM] = OP_ADD, [OP_PROD] = OP_MUL, [OP_RMAX] = OP_MAX,
                             [OP_RMIN] = OP_MIN, [OP_RHYPOT] = OP_HYPOT};
    NodeId sum = 0;
    for (uint32_t i = 0; i < u->turns[n->b]; i++) {
        u->value[n->b] = i;
        NodeId term = image_now(u, n->a);
        if (sum && sparse && node_is_int(u->g, sum, 0))
            sum = term;
        else if (!sum || !sparse || !node_is_int(u->g, term, 0))
            sum = sum ? build2(u->g, ops[n->op], sum, term) : term;
    }
    if (n->op == OP_RHYPOT && u->turns[n->b] == 1) /* of one number, which may be below 0 */
        sum = build1(u->g, OP_ABS, sum);
    u->value[n->b] = 0;
    return sum;
}

static NodeId image_of(Unroll *u, NodeId id)
{
    Graph *g = u->g;
    const Node n = *node_at(g, id);
    long lower = 0;
    if (n.op == OP_INDEX && is_short(u, n.a)) {
        node_integer(g, index_at(g, n.a)->lower, &lower);
        return build_int(g, lower + (long)u->value[n.a]);
    }
    if (op_info((Op)n.op)->flags & OPF_REDUCE && u->empty[n.b])
        return build_reduce(g, (Op)n.op, build_int(g, 0), n.b);
    if (op_info((Op)n.op)->flags & OPF_REDUCE && is_short(u, n.b))
        return fold_image(u, id);
    if (n.op == OP_TEMP)
        return build_temp(g, image_now(u, n.a), n.b && u->first[n.b] ? image_now(u, n.b) : n.b,
                          (SymRole)n.c);
    return node_map_by(g, id, image_now, u);
}

/* ---- arrays */

static SetId long_ones(const Unroll *u, SetId set)
{
    SetId rest = set;
    for (uint32_t i = 0; i < set_size(u->g, set); i++)
        if (is_short(u, set_member(u->g, set, i)))
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
    if (has_empty(u, p.c))
        return false;
    do {
        graph_origin(g, node_origin(g, p.a), node_is_derived(g, p.a));
        NodeId value = image_now(u, p.a);
        TupleId at = tuple_now(u, p.b);
        SetId bound = long_ones(u, p.c);
        if (adds && node_is_int(g, value, 0) &&
            (leaves(g, at, shape) || !tuple_is_slice(g, at, bound, shape)))
            left_out = true;
        else
            *vec_push(graph_ctx(g), parts) = build_part(g, value, at, bound);
    } while (next_values(u, p.c));
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
        merged->at[*place] = build_part(g, build2(g, OP_ADD, old.a, value), old.b, old.c);
    }
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
    whole = whole && merged.count == slices_in(g, node_at(g, merged.at[0]), shape);
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

static NodeId image_of_array(Unroll *u, NodeId id)
{
    Graph *g = u->g;
    const Node a = *node_at(g, id);
    U32Vec parts = {0};
    bool left_out = false;
    for (uint32_t i = 0; i < tuple_size(g, a.a); i++)
        left_out |=
            expand_part(u, tuple_item(g, a.a, i), node_shape(g, id), a.c == ARRAY_ADD, &parts);
    bool same = parts.count == tuple_size(g, a.a); /* nothing was short */
    bool set = a.c == ARRAY_SET || (!same && merge_slices(u, &parts, node_shape(g, id)));
    graph_origin(g, node_origin(g, id), node_is_derived(g, id));
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
        if (!instances(u, free))
            continue;
        for (uint32_t i = 0; i < instances(u, free); i++)
            *vec_push(ctx, &u->images) = 0;
        uint32_t k = first;
        do {
            graph_origin(g, node_origin(g, id), node_is_derived(g, id));
            NodeId image = node_op(g, id) == OP_ARRAY ? image_of_array(u, id) : image_of(u, id);
            u->images.at[k++] = image;
        } while (next_values(u, free));
        u->first[id] = first;
    }
    graph_origin(g, 0, false);
    ctx_resize(ctx, listed, 0);
}

static void list_order(Unroll *u, Fn *out)
{
    Graph *g = u->g;
    Ctx *ctx = graph_ctx(g);
    U32Vec roots = {0};
    for (uint32_t i = 0; i < out->results.count; i++)
        *vec_push(ctx, &roots) = out->results.at[i].node;
    uint8_t *unlisted = graph_live(g, roots.at, roots.count);
    U32Vec order = {0};
    for (uint32_t i = 0; i < u->fn->order.count; i++) {
        NodeId id = u->fn->order.at[i];
        uint32_t count = u->first[id] ? instances(u, node_at(g, id)->free) : 0;
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

void plan_unroll(Graph *g, Fn *fn, uint32_t most)
{
    Ctx *ctx = graph_ctx(g);
    uint32_t end = graph_count(g), indices = index_count(g);
    if (indices <= 1)
        return;
    const Fn old = *fn;
    Unroll u = {.g = g, .fn = &old};
    u.turns = array_new(ctx, indices, sizeof *u.turns);
    u.empty = array_new(ctx, indices, 1);
    u.value = array_new(ctx, indices, sizeof *u.value);
    u.first = array_new(ctx, end, sizeof *u.first);
    *vec_push(ctx, &u.images) = 0;
    if (choose_indices(&u, most)) {
        make_images(&u, end);
        for (uint32_t i = 0; i < fn->results.count; i++)
            fn->results.at[i].node = image_now(&u, fn->results.at[i].node);
        list_order(&u, fn);
    }
    ctx_resize(ctx, u.turns, 0);
    ctx_resize(ctx, u.empty, 0);
    ctx_resize(ctx, u.value, 0);
    ctx_resize(ctx, u.first, 0);
    vec_free(ctx, &u.images);
}
