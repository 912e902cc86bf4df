/* A part of an array in, what must be asked before elements like its own are read: w[i - 1] += v is
 * done where i > 0 only, and so is w[i - 1] tested there. */
#include "graph/graph.h"
#include "pass/pass.h"

/* How deep conditions and values are looked into. */
enum { DEPTH = 8 };

/* What of a condition is about indices that are known there. */
static NodeId on_indices(Graph *g, NodeId condition, SetId known, int depth)
{
    const Node n = *node_at(g, condition);
    const NodeId always = build_true(g);
    if (depth == DEPTH)
        return always;
    if (n.op == OP_AND)
        return build_and(g, on_indices(g, n.a, known, depth + 1),
                         on_indices(g, n.b, known, depth + 1));
    return op_is_comparison((Op)n.op) && node_is_integer(g, n.a) && node_is_integer(g, n.b) &&
                   !set_size(g, set_minus(g, n.free, known)) ? condition : always;
}

/* The conditions on indices that the value is 0 without. */
static NodeId places_of(Graph *g, NodeId value, SetId known, int depth)
{
    const Node n = *node_at(g, value);
    const NodeId always = build_true(g);
    if (depth == DEPTH)
        return always;
    if (n.op == OP_NAME || n.op == OP_TEMP || n.op == OP_SUM || n.op == OP_NEG)
        return places_of(g, n.a, known, depth + 1);
    if (n.op != OP_SELECT || (!node_is_int(g, n.b, 0) && !node_is_int(g, n.c, 0)))
        return always;
    const bool first = node_is_int(g, n.c, 0);
    const NodeId condition = first ? n.a : build_not(g, n.a);
    return build_and(g, on_indices(g, condition, known, 0),
                     places_of(g, first ? n.b : n.c, known, depth + 1));
}

NodeId outside_test(Graph *g, NodeId part, TupleId shape, NodeId adjoint)
{
    const Node p = *node_at(g, part);
    const NodeId test = build1(g, OP_NONZERO, adjoint);
    if (!logic_may_be_outside(g, p.b, shape))
        return test;
    return build_and(g, places_of(g, p.a, set_union(g, p.free, p.c), 0), test);
}
