/* A function in, the same function out with fewer arrays: an element that is read at the
 * subscripts at which its array's one part makes it is a named scalar there. The array stays where
 * others read it otherwise, or where it is handed out. */
#include "plan/plan.h"

bool plan_is_whole(Graph *g, NodeId array, uint32_t part)
{
    const Node *a = node_at(g, array);
    TupleId at = node_at(g, tuple_item(g, a->a, part))->b;
    TupleId shape = node_shape(g, array);
    for (uint32_t i = 0; i < tuple_size(g, at); i++) {
        const Node *n = node_at(g, tuple_item(g, at, i));
        if (n->op != OP_INDEX || !node_is_int(g, index_at(g, n->a)->lower, 0) ||
            index_at(g, n->a)->upper != tuple_item(g, shape, i))
            return false;
        for (uint32_t k = 0; k < i; k++)
            if (tuple_item(g, at, k) == tuple_item(g, at, i))
                return false;
    }
    return true;
}

typedef struct Contract {
    Graph *g;
    NodeId *image;  /* a node each */
    NodeId *scalar; /* an ARRAY each: the named value of its elements, 0 if it is not read so */
} Contract;

/* Is it an element at the subscripts at which it is made? */
static bool reads_as_made(Contract *c, NodeId read)
{
    const Node r = *node_at(c->g, read);
    const Node a = *node_at(c->g, r.a);
    if (a.op != OP_ARRAY || tuple_size(c->g, a.a) != 1)
        return false;
    const Node *part = node_at(c->g, tuple_item(c->g, a.a, 0));
    return a.c == ARRAY_SET && part->b == r.b && set_size(c->g, part->c) == tuple_size(c->g, r.b) &&
           plan_is_whole(c->g, r.a, 0);
}

static void mark_scalars(Contract *c, const U32Vec *order)
{
    for (uint32_t i = 0; i < order->count; i++) {
        NodeId id = order->at[i];
        if (node_op(c->g, id) == OP_READ && reads_as_made(c, id))
            c->scalar[node_at(c->g, id)->a] = 1;
    }
}

/* The part of an array that is read as it is made: of the named value. */
static NodeId image_of_array(Contract *c, NodeId id)
{
    Graph *g = c->g;
    const Node a = *node_at(g, id);
    if (!c->scalar[id])
        return node_map(g, id, c->image);
    NodeId old = tuple_item(g, a.a, 0), made = c->image[old];
    const Node part = *node_at(g, made);
    NodeId value = part.a;
    graph_origin(g, node_origin(g, node_at(g, old)->a), node_is_derived(g, old));
    bool named = sym_at(g, a.b)->name && node_arity(g, value) &&
                 !(node_op(g, value) == OP_NAME && node_at(g, value)->b == a.b);
    c->scalar[id] = named ? build_name(g, a.b, value, part.b) : value;
    NodeId again = build_part(g, c->scalar[id], part.b, part.c);
    return build_array(g, tuple_of(g, &again, 1), a.b, ARRAY_SET);
}

static NodeId image_of(Contract *c, NodeId id)
{
    const Node *n = node_at(c->g, id);
    if (n->op == OP_READ && reads_as_made(c, id))
        return c->scalar[n->a];
    if (n->op == OP_ARRAY)
        return image_of_array(c, id);
    return node_map(c->g, id, c->image);
}

/* Live nodes in the order of the old ones that became them; new names behind their values. */
static void list_order(Contract *c, const Fn *fn, Fn *out)
{
    Ctx *ctx = graph_ctx(c->g);
    U32Vec roots = {0};
    for (uint32_t i = 0; i < out->results.count; i++)
        *vec_push(ctx, &roots) = out->results.at[i].node;
    uint8_t *unlisted = graph_live(c->g, roots.at, roots.count);
    for (uint32_t i = 0; i < fn->order.count; i++) {
        NodeId id = fn->order.at[i];
        const NodeId nodes[2] = {node_op(c->g, id) == OP_ARRAY ? c->scalar[id] : 0, c->image[id]};
        for (int k = 0; k < 2; k++)
            if (nodes[k] && unlisted[nodes[k]]) {
                unlisted[nodes[k]] = 0;
                *vec_push(ctx, &out->order) = nodes[k];
            }
    }
    ctx_resize(ctx, unlisted, 0);
    vec_free(ctx, &roots);
}

static bool has_arrays(Graph *g, const Fn *fn)
{
    for (uint32_t i = 0; i < fn->order.count; i++)
        if (node_op(g, fn->order.at[i]) == OP_ARRAY)
            return true;
    return false;
}

static void copy_lists(Ctx *ctx, const Fn *fn, Fn *out)
{
    out->kind = fn->kind;
    for (uint32_t i = 0; i < fn->params.count; i++)
        *vec_push(ctx, &out->params) = fn->params.at[i];
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(ctx, &out->results) = fn->results.at[i];
}

void plan_contract(Graph *g, const Fn *fn, Fn *out)
{
    Ctx *ctx = graph_ctx(g);
    copy_lists(ctx, fn, out);
    if (!has_arrays(g, fn)) {
        for (uint32_t i = 0; i < fn->order.count; i++)
            *vec_push(ctx, &out->order) = fn->order.at[i];
        return;
    }
    uint32_t end = graph_count(g);
    Contract c = {g, array_new(ctx, end, sizeof *c.image), array_new(ctx, end, sizeof *c.scalar)};
    mark_scalars(&c, &fn->order);
    uint8_t *listed = array_new(ctx, end, 1);
    for (uint32_t i = 0; i < fn->order.count; i++)
        listed[fn->order.at[i]] = 1;
    for (NodeId id = 1; id < end; id++) {
        if (!listed[id])
            continue;
        graph_origin(g, node_origin(g, id), node_is_derived(g, id));
        NodeId image = image_of(&c, id); /* the list may move */
        c.image[id] = image;
    }
    graph_origin(g, 0, false);
    for (uint32_t i = 0; i < out->results.count; i++)
        out->results.at[i].node = c.image[out->results.at[i].node];
    list_order(&c, fn, out);
    ctx_resize(ctx, c.image, 0);
    ctx_resize(ctx, c.scalar, 0);
    ctx_resize(ctx, listed, 0);
}
