/* Indices: names that run over ranges.
 *
 * In: names, ranges, shapes. Out: indices, equal ones one number; those that fit where others
 * are in use.
 */
#include <string.h>

#include "graph/graph.h"

void indices_begin(Graph *g) { memset(vec_push(g->ctx, &g->indices), 0, sizeof *g->indices.at); }

static uint32_t index_hash(const Index *i)
{
    return hash_mix(hash_mix(hash_mix(i->name, i->lower), i->upper), i->serial);
}

static LookupKey key_of_index(const void *with, uint32_t id)
{
    const Graph *g = with;
    return index_hash(&g->indices.at[id]);
}

IndexId index_of(Graph *g, Name name, NodeId lower, NodeId upper, uint32_t serial)
{
    Index i = {name, lower, upper, serial};
    LookupTry at = lookup_try(index_hash(&i));
    uint32_t id;
    while ((id = lookup_find(&g->index_table, &at))) {
        const Index *o = &g->indices.at[id];
        if (o->name == name && o->lower == lower && o->upper == upper && o->serial == serial)
            return id;
    }
    *vec_push(g->ctx, &g->indices) = i;
    lookup_enter(g->ctx, &g->index_table, g->indices.count - 1, &at, key_of_index, g);
    return g->indices.count - 1;
}

IndexId index_beside(Graph *g, IndexId index, SetId avoid)
{
    while (set_has(g, avoid, index)) {
        const Index i = *index_at(g, index);
        index = index_of(g, i.name, i.lower, i.upper, i.serial + 1);
    }
    return index;
}

/* One of the name is not enough: a loop within another has a name of its own. */
static bool names_one_of(Graph *g, SetId set, Name name)
{
    for (uint32_t i = 0; i < set_size(g, set); i++)
        if (index_at(g, set_member(g, set, i))->name == name)
            return true;
    return false;
}

static IndexId index_over(Graph *g, NodeId extent, SetId avoid)
{
    static const char *const letters[] = {"i", "j", "k", "l", "m", "p"};
    NodeId zero = build_int(g, 0);
    for (IndexId k = 1; k < index_count(g); k++) {
        const Index *i = index_at(g, k);
        if (i->serial == 0 && i->upper == extent && i->lower == zero &&
            !names_one_of(g, avoid, i->name))
            return k;
    }
    for (uint32_t i = 0;; i++) {
        Name name = name_of(graph_ctx(g), letters[i % 6]);
        IndexId index = index_of(g, name, zero, extent, i / 6);
        if (!set_has(g, avoid, index) && (i >= 6 || !names_one_of(g, avoid, name)))
            return index;
    }
}

TupleId index_axes(Graph *g, TupleId shape, SetId avoid, SetId *bound)
{
    NodeId items[64];
    uint32_t size = tuple_size(g, shape);
    *bound = 0;
    for (uint32_t i = 0; i < size && i < 64; i++) {
        IndexId index = index_over(g, tuple_item(g, shape, i), set_union(g, avoid, *bound));
        *bound = set_with(g, *bound, index);
        items[i] = build_index(g, index);
    }
    return tuple_of(g, items, size);
}

/* ---- nodes that go */

/* Indices whose range is gone have none, so that whoever goes over all of them meets no node of
 * another kind there, or none at all. */
void indices_release(Graph *g, NodeId mark)
{
    for (uint32_t i = 1; i < g->indices.count; i++)
        if (g->indices.at[i].lower >= mark || g->indices.at[i].upper >= mark)
            g->indices.at[i].lower = g->indices.at[i].upper = 0;
}

NodeId indices_last(const Graph *g, NodeId last)
{
    for (uint32_t i = 0; i < g->indices.count; i++) {
        last = g->indices.at[i].lower > last ? g->indices.at[i].lower : last;
        last = g->indices.at[i].upper > last ? g->indices.at[i].upper : last;
    }
    return last;
}
