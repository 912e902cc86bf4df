/* Symbols: what has a name.
 *
 * In: names, kinds, shapes. Out: symbols, and those derived from them, each made once: tangents,
 * adjoints, and the symbols of arrays that an application makes of others.
 */
#include <string.h>

#include "graph/graph.h"

void syms_begin(Graph *g) { memset(vec_push(g->ctx, &g->syms), 0, sizeof *g->syms.at); }

SymId sym_new(Graph *g, Name name, SymKind kind, TupleId shape)
{
    Sym s = {.name = name, .kind = (uint8_t)kind, .shape = shape, .born = g->nodes.count};
    *vec_push(g->ctx, &g->syms) = s;
    return g->syms.count - 1;
}

SymId sym_derived(Graph *g, SymId base, SymRole role)
{
    for (SymId known = g->syms.at[base].derived; known; known = g->syms.at[known].beside)
        if (g->syms.at[known].role == role)
            return known;
    SymId id = sym_new(g, g->syms.at[base].name, SYM_DERIVED, g->syms.at[base].shape);
    Sym *sym = &g->syms.at[id];
    sym->role = (uint8_t)role;
    sym->base = base;
    sym->span = g->syms.at[base].span;
    sym->beside = g->syms.at[base].derived;
    g->syms.at[base].derived = id;
    return id;
}

SymId sym_like(Graph *g, SymId sym, TupleId before, TupleId parts, TupleId shape)
{
    const Sym old = g->syms.at[sym];
    if (before == parts && old.shape == shape)
        return sym;
    uint32_t key[3] = {sym, parts, shape};
    TupleId known = tuple_of(g, key, 3);
    while (g->likes.count <= known)
        *vec_push(g->ctx, &g->likes) = 0;
    if (!g->likes.at[known]) {
        SymId like = sym_new(g, old.name, old.kind, shape);
        g->syms.at[like].span = old.span;
        g->syms.at[like].line = old.line;
        g->syms.at[like].role = old.role;
        g->syms.at[like].base = old.base;
        g->likes.at[known] = like;
    }
    return g->likes.at[known];
}

/* ---- nodes that go */

void syms_keep(Graph *g, NodeId mark)
{
    for (SymId sym = g->syms.count; sym-- > 0 && g->syms.at[sym].born > mark;)
        g->syms.at[sym].born = mark;
}

/* The last node of a tuple, or `last` if none is behind that. */
static NodeId last_of(const Graph *g, TupleId tuple, NodeId last)
{
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        last = tuple_item(g, tuple, i) > last ? tuple_item(g, tuple, i) : last;
    return last;
}

/* The last node that the key of a symbol of sym_like names, likewise: parts and shape. */
static NodeId last_of_like(const Graph *g, TupleId key, NodeId last)
{
    return last_of(g, tuple_item(g, key, 2), last_of(g, tuple_item(g, key, 1), last));
}

/* Symbols of sym_like whose key names nodes that are gone are so no more. */
void syms_release(Graph *g, NodeId mark)
{
    syms_keep(g, mark);
    for (uint32_t key = 0; key < g->likes.count; key++)
        if (g->likes.at[key] && last_of_like(g, key, 0) >= mark)
            g->likes.at[key] = 0;
}

NodeId syms_last(const Graph *g, NodeId last)
{
    for (SymId sym = 1; sym < g->syms.count; sym++)
        last = last_of(g, g->syms.at[sym].shape, last);
    for (uint32_t key = 0; key < g->likes.count; key++)
        if (g->likes.at[key])
            last = last_of_like(g, key, last);
    return last;
}
