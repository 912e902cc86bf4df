/* Lists of nodes: subscripts, shapes, parts, arguments.
 *
 * In: nodes in an order. Out: tuples, equal ones one number; what they are free in; of subscripts,
 * whether they speak of each element once.
 */
#include "graph/graph.h"

TupleId tuple_of(Graph *g, const NodeId *nodes, uint32_t count)
{
    return lists_put(g->ctx, &g->tuples, nodes, count);
}

TupleId tuple_join(Graph *g, TupleId first, TupleId second)
{
    U32Vec items = {0};
    for (uint32_t i = 0; i < tuple_size(g, first); i++)
        *vec_push(g->ctx, &items) = tuple_item(g, first, i);
    for (uint32_t i = 0; i < tuple_size(g, second); i++)
        *vec_push(g->ctx, &items) = tuple_item(g, second, i);
    TupleId tuple = tuple_of(g, items.at, items.count);
    vec_free(g->ctx, &items);
    return tuple;
}

SetId tuple_free(Graph *g, TupleId tuple)
{
    SetId set = 0;
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        set = set_union(g, set, node_at(g, tuple_item(g, tuple, i))->free);
    return set;
}

/* ---- subscripts */

/* Does the subscript take each value of its axis once, whatever the others do? */
static bool is_axis(Graph *g, NodeId subscript, SetId others, SetId bound, NodeId extent)
{
    const Node *n = node_at(g, subscript);
    return n->op == OP_INDEX && set_has(g, bound, n->a) && !set_has(g, others, n->a) &&
           node_is_int(g, index_at(g, n->a)->lower, 0) && index_at(g, n->a)->upper == extent;
}

static bool covers(Graph *g, TupleId at, SetId bound, TupleId shape, bool constants)
{
    SetId seen = 0;
    for (uint32_t i = 0; i < tuple_size(g, at); i++) {
        NodeId subscript = tuple_item(g, at, i);
        if (constants && node_op(g, subscript) == OP_CONST)
            continue;
        if (!is_axis(g, subscript, seen, bound, tuple_item(g, shape, i)))
            return false;
        seen = set_union(g, seen, node_at(g, subscript)->free);
    }
    return true;
}

bool tuple_is_whole(Graph *g, TupleId at, SetId bound, TupleId shape)
{
    return covers(g, at, bound, shape, false);
}

bool tuple_is_slice(Graph *g, TupleId at, SetId bound, TupleId shape)
{
    return covers(g, at, bound, shape, true);
}

bool tuple_is_constant(const Graph *g, TupleId at)
{
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        if (node_op(g, tuple_item(g, at, i)) != OP_CONST)
            return false;
    return true;
}
