/* A function in, the same function out with fewer arrays: an element that is read at the
 * subscripts at which its array's one part makes it is a named scalar there. The array stays where
 * others read it otherwise, or where it is handed out. */
#include "plan/plan.h"

typedef struct Contract {
    Graph *g;
    NodeId *image;  /* a node each */
    NodeId *scalar; /* a PART each: the named value of its elements, 0 if it is not read so */
    NodeId *call;   /* a node each: of an ARRAY that is just what a function computes, that */
} Contract;

static uint32_t count_indices(Graph *g, TupleId at)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        count += node_op(g, tuple_item(g, at, i)) == OP_INDEX;
    return count;
}

/* ---- copies of what functions compute: x of x = solve(A, b) */

/* The array that a function computes, of which the ARRAY is a copy; 0 if it is none. */
static NodeId call_of(Graph *g, NodeId array)
{
    const Node a = *node_at(g, array);
    if (a.op != OP_ARRAY || a.c != ARRAY_SET || tuple_size(g, a.a) != 1)
        return 0;
    const Node part = *node_at(g, tuple_item(g, a.a, 0)), value = *node_at(g, part.a);
    bool copy = value.op == OP_READ && value.b == part.b && plan_is_call(g, value.a) &&
                node_at(g, value.a)->free == a.free &&
                tuple_is_whole(g, part.b, part.c, node_shape(g, array));
    return copy ? value.a : 0;
}

/* The first copy of each, unless it is an array of a recurrence, is that itself. */
static void mark_calls(Contract *c, Fn *fn)
{
    Ctx *ctx = graph_ctx(c->g);
    uint8_t *done = array_new(ctx, graph_count(c->g), 1);
    for (uint32_t i = 0; i < fn->order.count; i++) {
        TupleId arrays =
            node_op(c->g, fn->order.at[i]) == OP_SYSTEM ? node_tuple(c->g, fn->order.at[i]) : 0;
        for (uint32_t k = 0; k < tuple_size(c->g, arrays); k++)
            done[tuple_item(c->g, arrays, k)] = 1;
    }
    for (uint32_t i = 0; i < fn->order.count; i++) {
        NodeId id = fn->order.at[i], call = done[id] ? 0 : call_of(c->g, id);
        if (!call || done[call])
            continue;
        done[call] = 1;
        c->call[id] = call;
        *vec_push(ctx, &fn->called) = call;
        *vec_push(ctx, &fn->called) = array_sym(c->g, id);
    }
    ctx_resize(ctx, done, 0);
}

/* ---- elements */

/* The part that makes an element at the subscripts at which it is read; 0 if there is none. */
static NodeId made_by(Contract *c, NodeId read)
{
    Graph *g = c->g;
    const Node r = *node_at(g, read);
    const Node a = *node_at(g, r.a);
    if (a.op != OP_ARRAY || a.c != ARRAY_SET || c->call[r.a])
        return 0;
    for (uint32_t i = 0; i < tuple_size(g, a.a); i++) {
        const Node *part = node_at(g, tuple_item(g, a.a, i));
        if (part->b == r.b)
            return tuple_is_slice(g, r.b, part->c, node_shape(g, r.a)) &&
                   set_size(g, part->c) == count_indices(g, r.b) ? tuple_item(g, a.a, i) : 0;
    }
    return 0;
}

static void mark_scalars(Contract *c, const U32Vec *order)
{
    for (uint32_t i = 0; i < order->count; i++)
        if (node_op(c->g, order->at[i]) == OP_READ)
            c->scalar[made_by(c, order->at[i])] = 1;
    c->scalar[0] = 0;
}

/* A part that is read as it is made: of the named value. */
static NodeId image_of_part(Contract *c, SymId sym, NodeId id)
{
    Graph *g = c->g;
    NodeId made = c->image[id];
    const Node part = *node_at(g, made);
    if (!c->scalar[id])
        return made;
    graph_origin(g, node_origin(g, node_at(g, id)->a), node_maker(g, id));
    bool named = sym_at(g, sym)->name && node_arity(g, part.a) &&
                 !(node_op(g, part.a) == OP_NAME && node_at(g, part.a)->b == sym);
    c->scalar[id] = named ? build_name(g, sym, part.a, part.b) : part.a;
    return build_part(g, c->scalar[id], part.b, part.c);
}

static NodeId image_of_array(Contract *c, NodeId id)
{
    Graph *g = c->g;
    const Node a = *node_at(g, id);
    U32Vec parts = {0};
    for (uint32_t i = 0; i < tuple_size(g, a.a); i++) {
        NodeId part = image_of_part(c, a.b, tuple_item(g, a.a, i));
        *vec_push(graph_ctx(g), &parts) = part;
    }
    NodeId image = build_array(g, tuple_of(g, parts.at, parts.count), a.b, (int)a.c);
    vec_free(graph_ctx(g), &parts);
    return image;
}

/* An element of a recurrence, by the array's symbol as within: the same wherever it is read, so
 * that what a recurrence computes serves those who read it. */
static NodeId image_of_member_read(Contract *c, NodeId read)
{
    Graph *g = c->g;
    const Node r = *node_at(g, read), member = *node_at(g, r.a);
    NodeId array = tuple_item(g, node_at(g, member.a)->a, member.b), items[64];
    uint32_t size = tuple_size(g, r.b);
    for (uint32_t i = 0; i < size && i < 64; i++)
        items[i] = c->image[tuple_item(g, r.b, i)];
    return build_own(g, node_at(g, array)->b, tuple_of(g, items, size));
}

/* Has a value a name already, or needs none? */
static bool needs_no_name(const Graph *g, NodeId value)
{
    const Op op = node_op(g, value);
    return op == OP_NAME || op == OP_TEMP || node_arity(g, value) == 0;
}

static NodeId image_of(Contract *c, NodeId id)
{
    const Node *n = node_at(c->g, id);
    NodeId part = n->op == OP_READ ? made_by(c, id) : 0;
    if (part)
        return c->scalar[part];
    if (n->op == OP_READ && node_op(c->g, n->a) == OP_MEMBER)
        return image_of_member_read(c, id);
    if (n->op == OP_ARRAY)
        return c->call[id] ? c->image[c->call[id]] : image_of_array(c, id);
    if (n->op == OP_TEMP && needs_no_name(c->g, c->image[n->a])) /* perhaps of a read */
        return c->image[n->a];
    return node_map(c->g, id, c->image);
}

/* Live nodes in the order of the old ones that became them; new names behind their values. */
static void list_order(Contract *c, Fn *fn)
{
    Ctx *ctx = graph_ctx(c->g);
    U32Vec roots = {0}, order = {0};
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(ctx, &roots) = fn->results.at[i].node;
    for (uint32_t i = 0; i < fn->systems.count; i++)
        *vec_push(ctx, &roots) = fn->systems.at[i];
    uint8_t *unlisted = graph_live(c->g, roots.at, roots.count);
    for (uint32_t i = 0; i < fn->order.count; i++) {
        NodeId id = fn->order.at[i];
        const NodeId nodes[2] = {node_op(c->g, id) == OP_PART ? c->scalar[id] : 0, c->image[id]};
        for (int k = 0; k < 2; k++)
            if (nodes[k] && unlisted[nodes[k]]) {
                unlisted[nodes[k]] = 0;
                *vec_push(ctx, &order) = nodes[k];
            }
    }
    ctx_resize(ctx, unlisted, 0);
    vec_free(ctx, &roots);
    vec_free(ctx, &fn->order);
    fn->order = order;
}

/* Are there arrays, and anything that would be another? */
static bool has_work(const Graph *g, const Fn *fn)
{
    bool arrays = false, work = false;
    for (uint32_t i = 0; i < fn->order.count && !(arrays && work); i++) {
        const Node *n = node_at(g, fn->order.at[i]);
        arrays |= n->op == OP_ARRAY;
        work |= n->op == OP_READ || n->op == OP_SYSTEM;
    }
    return arrays && work;
}

void plan_contract(Graph *g, Fn *fn)
{
    Ctx *ctx = graph_ctx(g);
    if (!has_work(g, fn))
        return;
    uint32_t end = graph_count(g);
    Contract c = {g, array_new(ctx, end, sizeof *c.image), array_new(ctx, end, sizeof *c.scalar),
                  array_new(ctx, end, sizeof *c.call)};
    mark_calls(&c, fn);
    mark_scalars(&c, &fn->order);
    uint8_t *listed = array_new(ctx, end, 1);
    for (uint32_t i = 0; i < fn->order.count; i++)
        listed[fn->order.at[i]] = 1;
    for (NodeId id = 1; id < end; id++) {
        if (!listed[id])
            continue;
        graph_origin_of(g, id);
        NodeId image = image_of(&c, id); /* the list may move */
        c.image[id] = image;
    }
    graph_origin(g, 0, MADE_BY_MODEL);
    for (uint32_t i = 0; i < fn->results.count; i++)
        fn->results.at[i].node = c.image[fn->results.at[i].node];
    for (uint32_t i = 0; i < fn->order.count; i++)
        if (node_op(g, fn->order.at[i]) == OP_SYSTEM)
            *vec_push(ctx, &fn->systems) = c.image[fn->order.at[i]];
    for (uint32_t i = 0; i < fn->called.count; i += 2)
        fn->called.at[i] = c.image[fn->called.at[i]];
    list_order(&c, fn);
    ctx_resize(ctx, c.call, 0);
    ctx_resize(ctx, c.image, 0);
    ctx_resize(ctx, c.scalar, 0);
    ctx_resize(ctx, listed, 0);
}
