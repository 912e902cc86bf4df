/* Under which condition is each node needed? From the results down: an arm of a condition is
 * needed where its user is and the condition holds. What comes out keeps sqrt(x) of
 * `x > 0 ? sqrt(x) : 0` from being computed, and from raising an exception, elsewhere. */
#include "plan/plan.h"

/* Conditions longer than this many operands are made wider: that is safe, for what is computed
 * without need influences nothing, and keeps the text of deep chains short. */
enum { MAX_OPERANDS = 8 };

static bool is_long(const Graph *g, NodeId condition)
{
    return logic_operands(g, condition, MAX_OPERANDS) > MAX_OPERANDS;
}

static void require(Graph *g, NodeId *need, NodeId id, NodeId condition)
{
    NodeId either = need[id] ? build_or(g, need[id], condition) : condition;
    need[id] = is_long(g, either) ? build_true(g) : either;
}

static NodeId both(Graph *g, NodeId outer, NodeId inner)
{
    NodeId condition = build_and(g, outer, inner);
    return is_long(g, condition) ? inner : condition;
}

static void require_operands(Graph *g, NodeId *need, NodeId id)
{
    Node n = *node_at(g, id);
    NodeId here = need[id];
    switch (n.op) {
    case OP_SELECT:
        require(g, need, n.a, here);
        require(g, need, n.b, both(g, here, n.a));
        require(g, need, n.c, both(g, here, build_not(g, n.a)));
        return;
    case OP_AND:
        require(g, need, n.a, here);
        require(g, need, n.b, both(g, here, n.a));
        return;
    case OP_OR:
        require(g, need, n.a, here);
        require(g, need, n.b, both(g, here, build_not(g, n.a)));
        return;
    default:
        for (int i = 0; i < node_arity(g, id); i++)
            require(g, need, node_operand(g, id, i), here);
    }
    TupleId tuple = n.op == OP_REF ? n.b : n.op == OP_NAME ? n.c : 0;
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        require(g, need, tuple_item(g, tuple, i), here);
}

NodeId *plan_need(Graph *g, const Fn *fn, uint32_t count)
{
    NodeId *need = array_new(graph_ctx(g), count, sizeof *need);
    for (uint32_t i = 0; i < fn->results.count; i++)
        need[fn->results.at[i].node] = build_true(g);
    for (NodeId id = count - 1; id > 0; id--)
        if (need[id])
            require_operands(g, need, id);
    return need;
}
