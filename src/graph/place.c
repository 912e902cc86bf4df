/* Where in the model's text nodes are written.
 *
 * In: the place that is being worked on, and the nodes made meanwhile that something may be said
 * about. Out: the place of such a node.
 */
#include "graph/graph.h"

struct Places {
    NodePlace now;
    VEC(NodePlace) of; /* nodes of operators flagged POLE or STEP, ascending */
};

void places_begin(Graph *g) { g->places = ctx_alloc(g->ctx, sizeof *g->places); }

void graph_place(Graph *g, uint32_t place, uint32_t call)
{
    g->places->now = (NodePlace){0, place, call};
}

NodePlace graph_place_now(const Graph *g) { return g->places->now; }

NodePlace node_place(const Graph *g, NodeId id)
{
    uint32_t low = 0, high = g->places->of.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->places->of.at[middle].node == id)
            return g->places->of.at[middle];
        if (g->places->of.at[middle].node < id)
            low = middle + 1;
        else
            high = middle;
    }
    return (NodePlace){0};
}

void places_note(Graph *g, NodeId id)
{
    if (!g->places->now.place)
        return;
    NodePlace place = g->places->now;
    place.node = id;
    *vec_push(g->ctx, &g->places->of) = place;
}

/* ---- nodes that go */

void places_release(Graph *g, NodeId mark)
{
    while (g->places->of.count && g->places->of.at[g->places->of.count - 1].node >= mark)
        g->places->of.count--;
}

void places_keep(Graph *g, const NodeId *image)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < g->places->of.count; i++) {
        NodePlace place = g->places->of.at[i];
        place.node = image[place.node];
        if (place.node)
            g->places->of.at[count++] = place;
    }
    g->places->of.count = count;
}
