/* A statement in, the locals and arrays that its text mentions out: what must be at hand where it
 * stands. */
#include "plan/plan.h"

typedef struct Walk {
    const Plan *plan;
    PlanMentions *to;
} Walk;

static void push(Walk *w, NodeId node)
{
    if (node)
        *vec_push(w->plan->ctx, &w->to->walk) = node;
}

static void push_tuple(Walk *w, TupleId tuple)
{
    for (uint32_t i = 0; i < tuple_size(w->plan->graph, tuple); i++)
        push(w, tuple_item(w->plan->graph, tuple, i));
}

static void mention_array(Walk *w, uint32_t array)
{
    const PlanArray *a = &w->plan->arrays.at[array];
    if (a->scalar)
        *vec_push(w->plan->ctx, &w->to->locals) = a->local;
    else
        *vec_push(w->plan->ctx, &w->to->arrays) = array;
    push_tuple(w, a->outer);
}

/* An array of which an element is set, or added to. */
static void mention_set(Walk *w, uint32_t array, bool adds)
{
    const PlanArray *a = &w->plan->arrays.at[array];
    if (a->scalar || adds)
        mention_array(w, array);
    else
        push_tuple(w, a->outer);
}

/* A local, or the element of an array that it is. */
static void mention_local(Walk *w, uint32_t local)
{
    const PlanLocal *l = &w->plan->locals.at[local];
    if (!l->array) {
        *vec_push(w->plan->ctx, &w->to->locals) = local;
        return;
    }
    mention_array(w, l->array);
    push_tuple(w, l->at);
}

static void push_operands(Walk *w, NodeId node)
{
    const Plan *p = w->plan;
    const Node *n = node_at(p->graph, node);
    if (n->op == OP_REF || n->op == OP_READ || n->op == OP_OWN) {
        push_tuple(w, n->b);
        if (n->op != OP_REF)
            mention_array(w, n->op == OP_READ ? p->array_of.at[n->a] : p->array_of_sym.at[n->a]);
        return;
    }
    for (int i = 0; i < node_arity(p->graph, node); i++) {
        NodeId operand = plan_operand(p->graph, p->alias.at, p->alias.count, node, i);
        if (node_is_array(p->graph, operand))
            operand = plan_kept_as(p->graph, operand);
        if (!node_is_array(p->graph, operand))
            push(w, operand);
        else if (node_op(p->graph, operand) != OP_REF)
            mention_array(w, p->array_of.at[operand]);
    }
}

static void walk(Walk *w)
{
    while (w->to->walk.count) {
        NodeId node = w->to->walk.at[--w->to->walk.count];
        uint32_t local = plan_local(w->plan, node);
        if (local)
            mention_local(w, local);
        else
            push_operands(w, node);
    }
}

static void mention_range(Walk *w, const PlanStmt *s)
{
    const Index *index = index_at(w->plan->graph, s->index);
    push(w, s->lower ? s->lower : index->lower);
    push(w, s->upper ? s->upper : index->upper);
}

void plan_mention(const Plan *plan, const PlanStmt *s, PlanMentions *to)
{
    Walk w = {.plan = plan, .to = to};
    push(&w, stmt_guard(s));
    switch ((PlanKind)s->kind) {
    case PLAN_LET:
        if (plan->locals.at[plan_local(plan, s->node)].array)
            mention_local(&w, plan_local(plan, s->node));
        if (s->value)
            push(&w, s->value);
        else
            push_operands(&w, s->node);
        break;
    case PLAN_STORE: push(&w, s->node); break;
    case PLAN_LOOP: mention_range(&w, s); break;
    case PLAN_START: case PLAN_KEEP: mention_local(&w, plan_local(plan, s->node)); break;
    case PLAN_FOLD:
        mention_local(&w, plan_local(plan, s->node));
        push(&w, s->value);
        break;
    case PLAN_PUT: case PLAN_ADD: case PLAN_ZERO:
        mention_set(&w, plan->array_of.at[s->node], s->kind == PLAN_ADD);
        push_tuple(&w, s->subscripts);
        push(&w, s->value);
        break;
    case PLAN_CALL:
        if (node_is_array(plan->graph, s->node))
            mention_array(&w, plan->array_of.at[plan_kept_as(plan->graph, s->node)]);
        push_operands(&w, s->node);
        break;
    case PLAN_IF: case PLAN_END: break;
    }
    walk(&w);
}

void plan_mentions_end(const Plan *plan, PlanMentions *m)
{
    vec_free(plan->ctx, &m->locals);
    vec_free(plan->ctx, &m->arrays);
    vec_free(plan->ctx, &m->walk);
}
