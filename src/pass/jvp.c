/* Forward mode: nodes and the tangents of some in, the tangents of all out. Operands precede
 * users, so it is one loop up. */
#include "pass/pass.h"

/* A product's rule reads x_dot*y + x*y_dot: the factor stays where it was. */
static NodeId term(Rules *r, Graph *g, NodeId id, int i, NodeId dot)
{
    const Node *n = node_at(g, id);
    if (n->op == OP_MUL && i == 1 && node_op(g, n->a) != OP_CONST && node_op(g, dot) != OP_CONST)
        return build2(g, OP_MUL, n->a, dot);
    return rule_scale(r, dot, id, i);
}

static NodeId tangent_of_select(Graph *g, const Node *n, const NodeId *tangent)
{
    NodeId yes = tangent[n->b], no = tangent[n->c];
    if (!yes && !no)
        return 0;
    return build_select(g, n->a, yes ? yes : build_int(g, 0), no ? no : build_int(g, 0));
}

static NodeId tangent_of(Rules *r, Graph *g, NodeId id, const NodeId *tangent)
{
    Node n = *node_at(g, id);
    NodeId sum = 0;
    if (n.op == OP_SELECT)
        return tangent_of_select(g, &n, tangent);
    if (n.op == OP_SUM)
        return tangent[n.a] ? build_sum(g, tangent[n.a], n.b) : 0;
    for (int i = 0; i < node_arity(g, id); i++) {
        NodeId dot = rule_differentiable((Op)n.op, i) ? tangent[node_operand(g, id, i)] : 0;
        NodeId next = dot ? term(r, g, id, i, dot) : 0;
        sum = !sum ? next : !next ? sum : build2(g, OP_ADD, sum, next);
    }
    return sum;
}

/* Names stay names; what is neither a name nor a copy may become a statement. */
static NodeId name_tangent(Graph *g, NodeId id, NodeId dot)
{
    const Node *n = node_at(g, id);
    if (node_op(g, dot) == OP_CONST || n->op == OP_TEMP || n->op == OP_LINK)
        return dot;
    if (n->op == OP_NAME)
        return build_name(g, sym_derived(g, n->b, ROLE_DOT), dot, n->c);
    if (node_op(g, dot) == OP_REF || node_op(g, dot) == OP_NAME || node_op(g, dot) == OP_TEMP)
        return dot;
    return build_temp(g, dot, id, ROLE_DOT);
}

void jvp(Rules *r, Graph *g, const NodeId *roots, uint32_t count, NodeId *tangent, bool named)
{
    uint8_t *live = graph_live(g, roots, count);
    uint32_t end = graph_count(g);
    for (NodeId id = 1; id < end; id++) {
        if (!live[id] || tangent[id])
            continue;
        graph_origin(g, node_origin(g, id), named);
        NodeId dot = tangent_of(r, g, id, tangent);
        tangent[id] = dot && named ? name_tangent(g, id, dot) : dot;
    }
    graph_origin(g, 0, false);
    ctx_resize(graph_ctx(g), live, 0);
}
