/* What nodes are made of, in terms of what the graph tells of them: all that a node needs, arrays
 * and their shapes. */
#include "graph/graph.h"

TupleId *node_tuple_place(Node *n)
{
    switch (n->op) {
    case OP_REF: case OP_RULE: case OP_CALL: case OP_READ: case OP_PART: case OP_HOLD: case OP_OWN:
        return &n->b;
    case OP_NAME: case OP_DIFF: return &n->c;
    case OP_ARRAY: case OP_SYSTEM: return &n->a;
    default: return NULL;
    }
}

TupleId node_tuple(const Graph *g, NodeId id)
{
    Node n = *node_at(g, id);
    const TupleId *place = node_tuple_place(&n);
    return place ? *place : 0;
}

/* One row more, for what was exchanged. */
static TupleId shape_of_factor(Graph *g, NodeId matrix)
{
    NodeId rows = tuple_item(g, node_shape(g, matrix), 0);
    const NodeId extents[2] = {build2(g, OP_ADD, rows, build_int(g, 1)), rows};
    return tuple_of(g, extents, 2);
}

TupleId node_shape(Graph *g, NodeId id)
{
    while (node_op(g, id) == OP_SOLVE || node_op(g, id) == OP_TSOLVE)
        id = node_at(g, id)->b;
    const Node n = *node_at(g, id);
    if (n.op == OP_FACTOR)
        return shape_of_factor(g, n.a);
    if (n.op == OP_INVERSE)
        return node_shape(g, node_at(g, n.a)->a);
    return sym_at(g, array_sym(g, id))->shape;
}

NodeId member_array(const Graph *g, NodeId member)
{
    const Node *n = node_at(g, member);
    return tuple_item(g, node_at(g, n->a)->a, n->b);
}

SymId array_sym(const Graph *g, NodeId array)
{
    if (node_op(g, array) == OP_MEMBER)
        array = member_array(g, array);
    const Node *n = node_at(g, array);
    return n->op == OP_ARRAY ? n->b : n->op == OP_REF ? n->a : 0;
}

/* The indices that a node names or binds, one behind the other. */
static IndexId index_at_node(const Graph *g, NodeId id, uint32_t k)
{
    const Node *n = node_at(g, id);
    if (n->op == OP_PART)
        return k < set_size(g, n->c) ? set_member(g, n->c, k) : 0;
    if (k > 0)
        return 0;
    return n->op == OP_INDEX ? n->a : op_info((Op)n->op)->flags & OPF_REDUCE ? n->b : 0;
}

NodeId node_need_more(Graph *g, NodeId id, uint32_t k)
{
    TupleId tuple = node_tuple(g, id);
    if (!tuple && node_op(g, id) == OP_NAME)
        return 0;
    if (k < tuple_size(g, tuple))
        return tuple_item(g, tuple, k);
    k -= tuple_size(g, tuple);
    IndexId index = index_at_node(g, id, k / 2);
    if (index)
        return k % 2 ? index_at(g, index)->upper : index_at(g, index)->lower;
    TupleId shape = node_is_array(g, id) ? node_shape(g, id) : 0;
    return k < tuple_size(g, shape) ? tuple_item(g, shape, k) : 0;
}

/* Does the range of an index depend on another one? */
static bool ranges_by(const Graph *g, IndexId index, IndexId other)
{
    const Index *i = index_at(g, index);
    return set_has(g, node_at(g, i->lower)->free, other) ||
           set_has(g, node_at(g, i->upper)->free, other);
}

/* An index whose range depends on that one, and on no other of the set whose range does; 0 if there
 * is none. */
static IndexId next_within(const Graph *g, SetId set, IndexId from)
{
    for (uint32_t i = 0; i < set_size(g, set); i++) {
        const IndexId index = set_member(g, set, i);
        bool next = ranges_by(g, index, from);
        for (uint32_t k = 0; k < set_size(g, set) && next; k++) {
            const IndexId other = set_member(g, set, k);
            next = !ranges_by(g, other, from) || !ranges_by(g, index, other);
        }
        if (next)
            return index;
    }
    return 0;
}

/* Indices, and what comes in their place: for one after the other. */
typedef struct Moves {
    IndexId from[64];
    NodeId to[64];
    uint32_t count;
} Moves;

static NodeId node_moved(Graph *g, NodeId id, const Moves *m)
{
    for (uint32_t i = 0; i < m->count && id; i++)
        id = fn_substitute(g, id, m->from[i], m->to[i]);
    return id;
}

Piece piece_moved(Graph *g, Piece piece, IndexId from, IndexId to, NodeId integer)
{
    NodeId items[64];
    Moves m = {{from}, {integer}, 1};
    SetId within = set_without(g, piece.bound, from), bound = within;
    if (!set_has(g, piece.bound, from))
        return piece;
    for (IndexId inner; (inner = next_within(g, within, from)) && m.count < 64; m.count++) {
        const Index is = *index_at(g, inner);
        const IndexId now = index_of(g, is.name, node_moved(g, is.lower, &m),
                                     node_moved(g, is.upper, &m), is.serial);
        within = set_without(g, within, inner);
        bound = set_with(g, set_without(g, bound, inner), now);
        m.from[m.count] = inner;
        m.to[m.count] = build_index(g, now);
    }
    const uint32_t count = tuple_size(g, piece.at);
    for (uint32_t i = 0; i < count; i++)
        items[i] = node_moved(g, tuple_item(g, piece.at, i), &m);
    return (Piece){node_moved(g, piece.value, &m), tuple_of(g, items, count),
                   to ? set_with(g, bound, to) : bound};
}

NodeId part_moved(Graph *g, NodeId part, IndexId from, IndexId to, NodeId integer)
{
    const Node n = *node_at(g, part);
    if (!set_has(g, n.c, from))
        return part;
    const Piece moved = piece_moved(g, (Piece){n.a, n.b, n.c}, from, to, integer);
    return build_part(g, moved.value, moved.at, moved.bound);
}
