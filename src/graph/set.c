/* Sets of indices.
 *
 * In: indices and sets. Out: sets; equal ones are one number, members ascend.
 */
#include "graph/graph.h"

bool set_has(const Graph *g, SetId set, IndexId index)
{
    for (uint32_t i = 0; i < set_size(g, set); i++)
        if (set_member(g, set, i) == index)
            return true;
    return false;
}

/* The members of `a` or `b` if `both`, else those of `a` that are none of `b`'s. */
static SetId set_merge(Graph *g, SetId a, SetId b, bool both)
{
    uint32_t items[64], count = 0, i = 0, k = 0;
    while (i < set_size(g, a) || (both && k < set_size(g, b))) {
        uint32_t x = i < set_size(g, a) ? set_member(g, a, i) : UINT32_MAX;
        uint32_t y = k < set_size(g, b) ? set_member(g, b, k) : UINT32_MAX;
        if (count == 64)
            graph_stop(g, "let elements of an array be what is within some of the loops",
                       "an expression varies with more than 64 indices");
        if (x < y || (x == y && both))
            items[count++] = x;
        else if (both)
            items[count++] = y;
        i += x <= y;
        k += y <= x;
    }
    return lists_put(g->ctx, &g->sets, items, count);
}

SetId set_joined(Graph *g, SetId a, SetId b) { return set_merge(g, a, b, true); }
SetId set_less(Graph *g, SetId a, SetId b) { return set_merge(g, a, b, false); }

static SetId set_of_one(Graph *g, IndexId index)
{
    return lists_put(g->ctx, &g->sets, &index, 1);
}

SetId set_with(Graph *g, SetId set, IndexId index)
{
    return set_union(g, set, set_of_one(g, index));
}

SetId set_without(Graph *g, SetId set, IndexId index)
{
    return set_minus(g, set, set_of_one(g, index));
}

