/* Recurrences with other leaves in, recurrences out: what is within a system speaks of its elements
 * by OWN, what is outside by READ, and a derivative has what was within outside. */
#include <assert.h>

#include "graph/graph.h"

/* Marks what the roots need, not looking behind what has an image already. */
static uint8_t *live_below(Graph *g, const NodeId *roots, uint32_t count, const NodeId *image)
{
    uint8_t *live = array_new(graph_ctx(g), graph_count(g), 1);
    for (uint32_t i = 0; i < count; i++)
        live[roots[i]] = 1;
    for (NodeId id = graph_count(g) - 1; id > 0; id--)
        for (uint32_t k = 0; live[id] && !image[id] && node_need(g, id, k); k++)
            live[node_need(g, id, k)] = 1;
    return live;
}

static NodeId own_image(Graph *g, NodeId id, const OwnImage *owns, uint32_t count)
{
    const Node n = *node_at(g, id);
    for (uint32_t i = 0; i < count; i++)
        if (owns[i].own == n.a) {
            TupleId at = tuple_join(g, n.b, owns[i].beside);
            return owns[i].array ? build_read(g, owns[i].array, at) : build_own(g, owns[i].sym, at);
        }
    return 0;
}

/* The node with what it needs replaced; 0 if nothing is to be. */
static NodeId image_of(Graph *g, NodeId id, const NodeId *image)
{
    NodeId need;
    bool changed = false;
    for (uint32_t k = 0; (need = node_need(g, id, k)); k++)
        changed = changed || (image[need] && image[need] != need);
    if (!changed)
        return 0;
    const Node old = *node_at(g, id);
    const NodeId result = node_map(g, id, image);
    const Node n = *node_at(g, result);
    if (old.op == OP_SYSTEM)
        return system_like(g, id, n.a);
    if (old.op == OP_ARRAY)
        return build_array(g, n.a, sym_like(g, old.b, old.a, n.a, sym_at(g, n.b)->shape), (int)n.c);
    return result;
}

/* The recurrence whose own the symbols are, which may stand below, too, is what it is. */
static void keep_owners(Graph *g, const OwnImage *owns, uint32_t count, NodeId *image)
{
    for (NodeId id = 1; id < graph_count(g); id++) {
        const TupleId arrays = node_op(g, id) == OP_SYSTEM ? node_at(g, id)->a : 0;
        for (uint32_t k = 0; k < tuple_size(g, arrays) && !image[id]; k++)
            for (uint32_t i = 0; i < count; i++)
                if (array_sym(g, tuple_item(g, arrays, k)) == owns[i].own)
                    image[id] = id;
    }
}

void own_replace(Graph *g, const NodeId *roots, uint32_t count, const OwnImage *owns,
                 uint32_t own_count, NodeId *image, bool origins)
{
    uint32_t end = graph_count(g);
    keep_owners(g, owns, own_count, image);
    uint8_t *live = live_below(g, roots, count, image);
    for (NodeId id = 1; id < end; id++) {
        if (!live[id] || image[id])
            continue;
        if (origins)
            graph_origin(g, node_origin(g, id),
                         node_maker(g, id) == MADE_TO_STAY ? MADE_TO_STAY : MADE_BY_SWEEP);
        image[id] = node_op(g, id) == OP_OWN ? own_image(g, id, owns, own_count)
                                             : image_of(g, id, image);
    }
    ctx_resize(graph_ctx(g), live, 0);
}

NodeId system_like(Graph *g, NodeId system, TupleId arrays)
{
    Ctx *ctx = graph_ctx(g);
    const TupleId before = node_at(g, system)->a;
    uint32_t size = tuple_size(g, arrays);
    if (before == arrays)
        return system;
    OwnImage *owns = array_new(ctx, size + 1, sizeof *owns);
    NodeId *items = array_new(ctx, size + 1, sizeof *items);
    U32Vec roots = {0};
    for (uint32_t k = 0; k < size; k++) {
        const NodeId array = tuple_item(g, arrays, k);
        owns[k].own = array_sym(g, tuple_item(g, before, k));
        owns[k].sym = sym_like(g, owns[k].own, 0, arrays, node_shape(g, array));
        for (uint32_t i = 0; i < tuple_size(g, node_tuple(g, array)); i++)
            *vec_push(ctx, &roots) = tuple_item(g, node_tuple(g, array), i);
    }
    NodeId *image = array_new(ctx, graph_count(g), sizeof *image);
    own_replace(g, roots.at, roots.count, owns, size, image, false);
    for (uint32_t k = 0, at = 0; k < size; k++) {
        const Node array = *node_at(g, tuple_item(g, arrays, k));
        uint32_t parts = tuple_size(g, array.a);
        assert(at + parts <= roots.count);
        for (uint32_t i = 0; i < parts; i++)
            if (image[roots.at[at + i]])
                roots.at[at + i] = image[roots.at[at + i]];
        items[k] = build_array(g, tuple_of(g, roots.at + at, parts), owns[k].sym, (int)array.c);
        at += parts;
    }
    NodeId result = build_system(g, tuple_of(g, items, size));
    ctx_resize(ctx, owns, 0);
    ctx_resize(ctx, items, 0);
    ctx_resize(ctx, image, 0);
    vec_free(ctx, &roots);
    return result;
}
