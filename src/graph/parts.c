/* What nodes and indices are made of, in terms of what the graph tells of them: all that a node
 * needs, arrays and their shapes, indices over shapes. */
#include "graph/graph.h"

/* ---- nodes */

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

bool node_is_array(Graph *g, NodeId id)
{
    const Node *n = node_at(g, id);
    return n->op == OP_ARRAY || n->op == OP_MEMBER || op_info((Op)n->op)->flags & OPF_ARRAY ||
           (n->op == OP_REF && !n->b && sym_at(g, n->a)->shape);
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

/* ---- indices */

IndexId index_beside(Graph *g, IndexId index, SetId avoid)
{
    while (set_has(g, avoid, index)) {
        const Index i = *index_at(g, index);
        index = index_of(g, i.name, i.lower, i.upper, i.serial + 1);
    }
    return index;
}

bool index_is_empty(const Graph *g, IndexId id)
{
    const Index *i = index_at(g, id);
    const Number *low = node_number(g, i->lower), *high = node_number(g, i->upper);
    long lower, upper;
    if (!i->lower) /* nothing is known of it any more */
        return false;
    return i->lower == i->upper || (low && high && number_integer(low, &lower) &&
                                    number_integer(high, &upper) && upper <= lower);
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
