/* What of a graph is needed.
 *
 * In: roots. Out: the nodes that they need, as a mark for each of the graph or as a list; a graph
 * without the others.
 */
#include <assert.h>

#include "graph/graph.h"

static void mark_needs(Graph *g, NodeId id, uint8_t *live)
{
    const Node *n = node_at(g, id);
    const OpInfo *info = op_info((Op)n->op);
    const NodeId operands[3] = {n->a, n->b, n->c};
    assert(info->arity <= 3);
    for (int i = 0; i < info->arity; i++)
        live[operands[i]] = 1;
    NodeId need;
    for (uint32_t k = 0; info->flags & OPF_MORE && (need = node_need_more(g, id, k)); k++)
        live[need] = 1;
}

uint8_t *graph_live(Graph *g, const NodeId *roots, uint32_t count)
{
    uint8_t *live = array_new(graph_ctx(g), graph_count(g), 1);
    for (uint32_t i = 0; i < count; i++)
        live[roots[i]] = roots[i] != 0;
    for (NodeId id = graph_count(g) - 1; id > 0; id--)
        if (live[id])
            mark_needs(g, id, live);
    return live;
}

NodeId *graph_zeros(Graph *g)
{
    while (g->zeros.count < graph_count(g))
        *vec_push(g->ctx, &g->zeros) = 0;
    return g->zeros.at;
}

U32Vec graph_reach(Graph *g, const NodeId *roots, uint32_t count)
{
    U32Vec reach = {0};
    NodeId *seen = graph_zeros(g), need;
    for (uint32_t i = 0; i < count; i++) {
        if (roots[i] && !seen[roots[i]])
            *vec_push(g->ctx, &reach) = roots[i];
        seen[roots[i]] = roots[i] != 0;
    }
    for (uint32_t i = 0; i < reach.count; i++)
        for (uint32_t k = 0; (need = node_need(g, reach.at[i], k)); k++)
            if (!seen[need]) {
                *vec_push(g->ctx, &reach) = need;
                seen[need] = 1;
            }
    for (uint32_t i = 0; i < reach.count; i++)
        seen[reach.at[i]] = 0;
    return reach;
}

U32Vec graph_below(Graph *g, NodeId root)
{
    U32Vec below = graph_reach(g, &root, 1);
    vec_sort(&below, 0);
    return below;
}

void fn_keep(Graph *g, uint32_t mark, Fn *fn)
{
    U32Vec roots = {0};
    mark = graph_loose(g, mark);
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(graph_ctx(g), &roots) = fn->results.at[i].node;
    uint8_t *live = graph_live(g, roots.at, roots.count);
    NodeId *image = array_new(graph_ctx(g), graph_count(g), sizeof *image);
    graph_keep(g, mark, live, image);
    for (uint32_t i = 0; i < fn->results.count; i++)
        fn->results.at[i].node = image[fn->results.at[i].node];
    for (uint32_t i = 0; i < fn->order.count; i++)
        fn->order.at[i] = image[fn->order.at[i]];
    ctx_resize(graph_ctx(g), live, 0);
    ctx_resize(graph_ctx(g), image, 0);
    vec_free(graph_ctx(g), &roots);
}
