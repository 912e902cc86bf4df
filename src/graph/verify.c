/* The invariants of the graph. */
#include "graph/graph.h"

const char *graph_verify(const Graph *g)
{
    for (NodeId id = 1; id < graph_count(g); id++) {
        const Node *n = node_at(g, id);
        if (n->op == OP_NONE || n->op >= OP_COUNT)
            return "a node has no operator";
        for (int i = 0; i < node_arity(g, id); i++) {
            NodeId operand = node_operand(g, id, i);
            if (operand == 0 || operand >= id)
                return "an operand does not precede its user";
        }
        if (op_info((Op)n->op)->flags & OPF_REDUCE && set_has(g, n->free, n->b))
            return "a reduction is still free in its index";
    }
    return NULL;
}
