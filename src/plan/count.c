/* The operations of a plan by kind: what each statement computes, once. */
#include "plan/plan.h"

/* Products for small powers, as they are written. */
static void count_power(const Graph *g, NodeId id, PlanCount *c)
{
    long n;
    number_integer(node_number(g, node_at(g, id)->b), &n);
    unsigned long size = n < 0 ? -(unsigned long)n : (unsigned long)n;
    if (size > 4) {
        c->by_op[OP_POW]++;
        c->calls++;
        c->total++;
        return;
    }
    c->by_op[OP_MUL] += (uint32_t)size - 1;
    c->by_op[OP_DIV] += n < 0;
    c->total += (uint32_t)size - 1 + (n < 0);
}

static void count_node(const Graph *g, NodeId id, PlanCount *c)
{
    Op op = node_op(g, id);
    const OpInfo *info = op_info(op);
    if (op == OP_IPOW) {
        count_power(g, id, c);
    } else if (info->arity && op != OP_NAME && op != OP_TEMP && op != OP_READ && op != OP_REAL &&
               !(node_at(g, id)->flags & NODE_INT)) {
        c->by_op[op]++;
        c->total++;
        c->calls += info->flags & (OPF_LIBM | OPF_HELPER) ? 1 : 0;
    }
}

/* All that is written out in the text of `root`. */
static void count_text(const Plan *p, NodeId root, PlanCount *c)
{
    U32Vec stack = {0};
    *vec_push(p->ctx, &stack) = root;
    while (stack.count) {
        NodeId id = stack.at[--stack.count];
        count_node(p->graph, id, c);
        for (int i = 0; i < node_arity(p->graph, id) && node_op(p->graph, id) != OP_READ; i++) {
            NodeId operand = plan_operand(p->graph, p->alias.at, p->alias.count, id, i);
            if (!plan_local(p, operand) && !node_is_array(p->graph, operand))
                *vec_push(p->ctx, &stack) = operand;
        }
    }
    vec_free(p->ctx, &stack);
}

static void count_statement(const Plan *p, const PlanStmt *s, PlanCount *c)
{
    switch (s->kind) {
    case PLAN_LOOP: case PLAN_IF: case PLAN_END: case PLAN_START: case PLAN_ZERO: case PLAN_KEEP:
        return;
    case PLAN_LET: count_text(p, s->node, c); break;
    case PLAN_CALL: count_node(p->graph, s->node, c); break;
    case PLAN_STORE:
        if (!plan_local(p, s->node))
            count_text(p, s->node, c);
        break;
    case PLAN_FOLD: case PLAN_ADD: case PLAN_PUT:
        if (!plan_local(p, s->value))
            count_text(p, s->value, c);
        c->by_op[OP_ADD] += s->kind != PLAN_PUT;
        c->total += s->kind != PLAN_PUT;
        break;
    }
    c->statements++;
}

PlanCount plan_count(const Plan *p)
{
    PlanCount c = {.statements = 0};
    for (uint32_t i = 0; i < p->stmts.count; i++)
        count_statement(p, &p->stmts.at[i], &c);
    return c;
}
