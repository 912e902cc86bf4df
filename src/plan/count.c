/* The operations of a plan by kind: what each statement computes, once, as its C writes it down.
 * What is computed in integers, for subscripts and loops, is no operation. */
#include <string.h>

#include "plan/plan.h"

static void count_op(PlanCount *c, Op op)
{
    c->by_op[op]++;
    c->total++;
    c->calls += op_info(op)->flags & (OPF_LIBM | OPF_HELPER) ? 1 : 0;
}

/* Products for small powers, as they are written; 1/(x*x), or a/(x*x) for a times such a power. */
static void count_power(const Graph *g, NodeId id, PlanCount *c)
{
    long n = 0;
    node_integer(g, node_at(g, id)->b, &n);
    if (n < -4 || n > 4) {
        count_op(c, OP_POW);
        return;
    }
    for (long i = n < 0 ? -n : n; i > 1; i--)
        count_op(c, OP_MUL);
    if (n < 0)
        count_op(c, OP_DIV);
}

/* Is it a product with such a power, which only divides? */
static bool divides(const Plan *p, NodeId id)
{
    const Graph *g = p->graph;
    long n = 0;
    NodeId right = plan_operand(g, p->alias.at, p->alias.count, id, 1);
    return node_op(g, id) == OP_MUL && node_op(g, right) == OP_IPOW && !plan_local(p, right) &&
           node_integer(g, node_at(g, right)->b, &n) && n >= -4 && n < 0;
}

bool plan_begins_with_number(const Plan *p, NodeId id)
{
    const Graph *g = p->graph;
    while (!plan_local(p, id)) {
        long n = 0;
        switch (node_op(g, id)) {
        case OP_CONST: return true;
        case OP_IPOW:
            node_integer(g, node_at(g, id)->b, &n);
            if (n < 0)
                return n >= -4; /* 1/x */
            if (n > 4)
                return false;
            break;
        case OP_NAME: case OP_TEMP: case OP_MUL: case OP_DIV: break;
        default: return false;
        }
        id = plan_operand(g, p->alias.at, p->alias.count, id, 0);
    }
    return false;
}

bool plan_is_silent(const Plan *p, NodeId id, int i, char next)
{
    if (next != '*' || op_info(node_op(p->graph, id))->prec != PREC_COND)
        return false;
    const NodeId at = plan_operand(p->graph, p->alias.at, p->alias.count, id, i);
    return !plan_local(p, at) && node_is_int(p->graph, plan_unnamed(p, at), 1);
}

/* The operator whose function's name ends before `end`; OP_NONE of a literal. */
static Op called_by(const char *begin, const char *end)
{
    char name[16] = "";
    const char *at = end;
    while (at > begin && strchr("abcdefghijklmnopqrstuvwxyz0123456789", at[-1]))
        at--;
    if ((size_t)(end - at) < sizeof name)
        memcpy(name, at, (size_t)(end - at));
    return op_named(name);
}

/* What stands in the text of an operator that is a condition: %0 < 0 ? %1*expm1$(%0) : %0. */
static void count_condition(const Plan *p, NodeId id, const char *begin, PlanCount *c)
{
    for (const char *text = begin; *text; text++) {
        if (*text == '%' && plan_is_silent(p, id, text[1] - '0', text[2]))
            text += 2;
        else if (*text == '<')
            count_op(c, OP_LT);
        else if (*text == '?')
            count_op(c, OP_SELECT);
        else if (*text == '*')
            count_op(c, OP_MUL);
        else if (*text == '$' && called_by(begin, text) != OP_NONE)
            count_op(c, called_by(begin, text));
    }
}

static bool is_integer(const Plan *p, NodeId id) { return node_at(p->graph, id)->flags & NODE_INT; }

/* Are integers compared? Then all in it is one, also a choice between two numbers. */
static bool compares_integers(const Plan *p, NodeId id)
{
    const bool compares = op_info(node_op(p->graph, id))->prec == PREC_REL;
    for (int i = 0; compares && i < node_arity(p->graph, id); i++)
        if (is_integer(p, plan_operand(p->graph, p->alias.at, p->alias.count, id, i)))
            return true;
    return false;
}

static void count_node(const Plan *p, NodeId id, PlanCount *c)
{
    const Graph *g = p->graph;
    const Op op = node_op(g, id);
    const OpInfo *info = op_info(op);
    if (op == OP_IPOW)
        count_power(g, id, c);
    else if (!info->arity || info->prec == PREC_LEAF || op == OP_REAL || divides(p, id))
        return;
    else if (op == OP_NEG && /* that is the sign of a literal */
             plan_begins_with_number(p, plan_operand(g, p->alias.at, p->alias.count, id, 0)))
        return;
    else if (info->prec == PREC_COND && op != OP_SELECT)
        count_condition(p, id, info->c, c);
    else
        count_op(c, op == OP_NORM ? OP_SQRT : op == OP_LOG_SUM ? OP_LOG : op);
}

/* All that is written out in the text of `root`, which has a local or not. */
static void count_text(const Plan *p, NodeId root, PlanCount *c)
{
    U32Vec stack = {0};
    *vec_push(p->ctx, &stack) = root;
    while (stack.count) {
        NodeId id = stack.at[--stack.count];
        if (is_integer(p, id) || compares_integers(p, id))
            continue;
        count_node(p, id, c);
        for (int i = 0; i < node_arity(p->graph, id) && node_op(p->graph, id) != OP_READ; i++) {
            NodeId operand = plan_operand(p->graph, p->alias.at, p->alias.count, id, i);
            const bool known = plan_local(p, operand) || node_is_array(p->graph, operand);
            if (known && !plan_is_kept_truth(p, operand))
                continue;
            for (uint32_t n = plan_mentions(p->graph, id, i); n > 0; n--)
                if (known)
                    count_op(c, OP_NE);
                else
                    *vec_push(p->ctx, &stack) = operand;
        }
    }
    vec_free(p->ctx, &stack);
}

/* A value that is written out unless it has a local; 0 for none. */
static void count_value(const Plan *p, NodeId value, PlanCount *c)
{
    if (value && !plan_local(p, value))
        count_text(p, value, c);
    else if (value && plan_is_kept_truth(p, value))
        count_op(c, OP_NE);
}

/* `+= value`, or `-= value` of a negative one. */
static void count_addition(const Plan *p, NodeId value, PlanCount *c)
{
    const NodeId minus = plan_subtracted(p, value);
    count_op(c, minus ? OP_SUB : OP_ADD);
    count_value(p, minus ? minus : value, c);
}

static void count_fold(const Plan *p, const PlanStmt *s, PlanCount *c)
{
    const Op op = node_op(p->graph, s->node);
    if (op == OP_SUM) {
        count_addition(p, s->value, c);
        return;
    }
    count_op(c, op == OP_PROD   ? OP_MUL
                : op == OP_RMAX ? OP_MAX
                : op == OP_RMIN ? OP_MIN
                                : OP_HYPOT);
    count_value(p, s->value, c);
}

/* Of a sum under a condition, that is an IF around it. */
static void count_guard(const Plan *p, const PlanStmt *s, PlanCount *c)
{
    if (s->kind != PLAN_FOLD)
        count_value(p, stmt_guard(s), c);
    if (s->kind == PLAN_LET && s->guard)
        count_op(c, OP_SELECT);
}

static void count_statement(const Plan *p, const PlanStmt *s, PlanCount *c)
{
    count_guard(p, s, c);
    c->statements++;
    switch ((PlanKind)s->kind) {
    case PLAN_LOOP:
        c->loops++;
        c->statements--;
        break;
    case PLAN_IF: case PLAN_END: c->statements--; break;
    case PLAN_LET:
        c->statements -= is_integer(p, s->node); /* an entry of an index array */
        if (s->value)
            count_value(p, s->value, c);
        else
            count_text(p, s->node, c);
        break;
    case PLAN_CALL: count_op(c, node_op(p->graph, s->node)); break;
    case PLAN_STORE: count_value(p, s->node, c); break;
    case PLAN_PUT: count_value(p, s->value, c); break;
    case PLAN_ADD: count_addition(p, s->value, c); break;
    case PLAN_FOLD: count_fold(p, s, c); break;
    case PLAN_START: case PLAN_ZERO: case PLAN_KEEP: break;
    }
}

/* A number kept from turn to turn of a loop is declared as 0 where no turn may have set it. */
static void count_declarations(const Plan *p, PlanCount *c)
{
    for (uint32_t i = 1; i < p->arrays.count; i++) {
        const PlanArray *a = &p->arrays.at[i];
        c->statements += a->own && a->scalar && a->behind && !a->once && !p->parts.count;
    }
}

PlanCount plan_count(const Plan *p)
{
    PlanCount c = {.statements = 0};
    count_declarations(p, &c);
    for (uint32_t i = 0; i < p->stmts.count; i++)
        count_statement(p, &p->stmts.at[i], &c);
    c.live = plan_live(p);
    return c;
}
