/* A function in; out, what its nodes become without the elements of recurrences that no result is
 * computed from. Where loops are written out, conditions are decided, and so may be that nothing
 * reads the last elements of an array, or all of another one. */
#include "plan/plan.h"

typedef struct Unread {
    Graph *g;
    Ctx *ctx;
    Elements written; /* by symbol: places in the list of parts */
    U32Vec parts;     /* of all recurrences, array by array; arrays may share one */
    uint32_t *first;  /* a node each: 0, or 1 + where in the list an array's parts begin */
    uint8_t *kept;    /* a place in the list each */
    uint8_t *needed;  /* a node each */
    U32Vec stack;     /* of nodes whose needs are not looked at yet */
} Unread;

static void find_parts(Unread *u, const uint8_t *live)
{
    Graph *g = u->g;
    for (NodeId id = 1; id < graph_count(g); id++) {
        if (!live[id] || node_op(g, id) != OP_SYSTEM)
            continue;
        const TupleId arrays = node_at(g, id)->a;
        for (uint32_t i = 0; i < tuple_size(g, arrays); i++) {
            const Node array = *node_at(g, tuple_item(g, arrays, i));
            u->first[tuple_item(g, arrays, i)] = u->parts.count + 1;
            for (uint32_t k = 0; k < tuple_size(g, array.a); k++) {
                const NodeId part = tuple_item(g, array.a, k);
                elements_add(g, &u->written, array.b, node_at(g, part)->b, u->parts.count);
                *vec_push(u->ctx, &u->parts) = part;
            }
        }
    }
}

/* ---- what results need */

static void need(Unread *u, NodeId id)
{
    if (!u->needed[id])
        *vec_push(u->ctx, &u->stack) = id;
    u->needed[id] = 1;
}

static void keep(Unread *u, uint32_t place)
{
    u->kept[place] = 1;
    need(u, u->parts.at[place]);
}

/* The parts that may set, or add to, an element of the array. */
static void need_element(Unread *u, SymId array, TupleId at)
{
    U32Vec like = {0};
    elements_like(u->g, &u->written, array, at, &like);
    for (uint32_t i = 0; i < like.count; i++)
        keep(u, like.at[i]);
    vec_free(u->ctx, &like);
}

static void need_array(Unread *u, NodeId array)
{
    for (uint32_t i = 0; i < tuple_size(u->g, node_at(u->g, array)->a); i++)
        keep(u, u->first[array] - 1 + i);
}

/* What a node needs, of recurrences the elements that are read alone. */
static void need_below(Unread *u, NodeId id)
{
    Graph *g = u->g;
    const Node n = *node_at(g, id);
    const bool of_member = n.op == OP_READ && node_op(g, n.a) == OP_MEMBER;
    NodeId next;
    if (n.op == OP_MEMBER) {
        need_array(u, member_array(g, id));
        return;
    }
    if (n.op == OP_OWN)
        need_element(u, n.a, n.b);
    if (of_member)
        need_element(u, node_at(g, member_array(g, n.a))->b, n.b);
    for (uint32_t k = of_member; (next = node_need(g, id, k)); k++)
        need(u, next);
}

static bool keeps_all(Unread *u, const U32Vec *roots)
{
    for (uint32_t i = 0; i < roots->count; i++)
        need(u, roots->at[i]);
    while (u->stack.count)
        need_below(u, u->stack.at[--u->stack.count]);
    for (uint32_t i = 0; i < u->parts.count; i++)
        if (!u->kept[i])
            return false;
    return true;
}

/* ---- what is left */

/* The array without the parts that are not kept. */
static NodeId array_left(Unread *u, NodeId id, const NodeId *image)
{
    Graph *g = u->g;
    const Node a = *node_at(g, id);
    U32Vec left = {0};
    for (uint32_t i = 0; i < tuple_size(g, a.a); i++)
        if (u->kept[u->first[id] - 1 + i])
            *vec_push(u->ctx, &left) = image[tuple_item(g, a.a, i)];
    const TupleId parts = tuple_of(g, left.at, left.count);
    vec_free(u->ctx, &left);
    return build_array(g, parts, a.b, (int)a.c);
}

static void map_nodes(Unread *u, const uint8_t *live, uint32_t end, NodeId *image)
{
    Graph *g = u->g;
    for (NodeId id = 1; id < end; id++) {
        if (!live[id])
            continue;
        graph_origin_of(g, id);
        image[id] = u->first[id] ? array_left(u, id, image) : node_map(g, id, image);
    }
    graph_origin(g, 0, MADE_BY_MODEL);
}

NodeId *plan_without_unread(Graph *g, const U32Vec *roots)
{
    const uint32_t end = graph_count(g);
    Unread u = {.g = g, .ctx = graph_ctx(g)};
    NodeId *image = NULL;
    uint8_t *live = graph_live(g, roots->at, roots->count);
    u.needed = array_new(u.ctx, end, 1);
    u.first = array_new(u.ctx, end, sizeof *u.first);
    find_parts(&u, live);
    u.kept = array_new(u.ctx, (size_t)u.parts.count + 1, 1);
    if (u.parts.count && !keeps_all(&u, roots)) {
        image = array_new(u.ctx, end, sizeof *image);
        map_nodes(&u, live, end, image);
    }
    elements_end(g, &u.written);
    vec_free(u.ctx, &u.parts);
    vec_free(u.ctx, &u.stack);
    ctx_resize(u.ctx, u.kept, 0);
    ctx_resize(u.ctx, u.first, 0);
    ctx_resize(u.ctx, u.needed, 0);
    ctx_resize(u.ctx, live, 0);
    return image;
}
