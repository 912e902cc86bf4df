/* Statements in, the same out with those in a row that are done under one condition in one block of
 * it: the condition is asked once, and what only they need is computed in there, without it.
 *
 * What a condition is made of does not change between the first of them and the last, as the last
 * would ask it there. */
#include <string.h>

#include "plan/plan.h"

/* So many statements behind the first are looked at. */
enum { LONGEST = 64 };

typedef struct Guarded {
    const Plan *plan;
    Graph *g;
    uint32_t *last;  /* a local each: the last statement that mentions it */
    uint32_t *block; /* likewise: 1 + the first statement of a block outside of which it is 0 */
} Guarded;

static void find_last(Guarded *s)
{
    PlanMentions m = {{0}, {0}, {0}};
    for (uint32_t i = 0; i < s->plan->stmts.count; i++) {
        plan_mention(s->plan, &s->plan->stmts.at[i], &m);
        for (uint32_t k = 0; k < m.locals.count; k++)
            s->last[m.locals.at[k]] = i;
        m.locals.count = m.arrays.count = 0;
    }
    plan_mentions_end(s->plan, &m);
}

/* ---- conditions */

/* Does the one hold wherever the other does? */
static bool implies(Graph *g, NodeId one, NodeId other)
{
    return one == other || node_is_int(g, build_and(g, one, build_not(g, other)), 0);
}

/* What is left to be asked of a condition where another one holds; 0 if nothing is. */
static NodeId rest_of(Graph *g, NodeId condition, NodeId guard)
{
    const Node n = *node_at(g, condition);
    if (implies(g, guard, condition))
        return 0;
    if (n.op != OP_AND)
        return condition;
    const NodeId first = rest_of(g, n.a, guard), second = rest_of(g, n.b, guard);
    return !first ? second : !second ? first : build_and(g, first, second);
}

/* Of a choice between something and 0 the condition of the first; 0 if it is none. */
static NodeId condition_of(const Plan *plan, NodeId value)
{
    Graph *g = plan->graph;
    const Node n = *node_at(g, plan_unnamed(plan, value));
    if (n.op != OP_SELECT || (!node_is_int(g, n.b, 0) && !node_is_int(g, n.c, 0)))
        return 0;
    return node_is_int(g, n.c, 0) ? n.a : build_not(g, n.a);
}

/* ---- statements */

/* A value that a block can have for itself: not an element, which others may read. */
static bool is_value(const Plan *plan, const PlanStmt *s)
{
    return s->kind == PLAN_LET && !plan->locals.at[plan_local(plan, s->node)].array;
}

static bool is_element(const PlanStmt *s)
{
    return s->kind == PLAN_PUT || s->kind == PLAN_ADD || s->kind == PLAN_ZERO ||
           s->kind == PLAN_CALL;
}

static bool is_addition(const Guarded *s, const PlanStmt *stmt)
{
    return stmt->kind == PLAN_ADD ||
           (stmt->kind == PLAN_FOLD && node_op(s->g, stmt->node) == OP_SUM);
}

/* The expression of a statement that computes or adds one; 0 if it does not. */
static NodeId expression_of(const Guarded *s, const PlanStmt *stmt)
{
    return is_value(s->plan, stmt) ? stmt->node : is_addition(s, stmt) ? stmt->value : 0;
}

/* The condition that a statement is done or a value other than 0 under; 0 if there is none. */
static NodeId guard_of(const Guarded *s, const PlanStmt *stmt)
{
    if (is_element(stmt) && stmt->guard)
        return stmt->guard;
    if (!is_value(s->plan, stmt))
        return 0;
    return stmt->guard ? stmt->guard : condition_of(s->plan, stmt->node);
}

/* ---- what is 0 outside of the block that begins at a statement */

/* So deep in products it is looked for what is 0. */
enum { DEPTH = 4 };

static bool is_zero_outside(const Guarded *s, NodeId value, NodeId guard, uint32_t first, int depth)
{
    const uint32_t local = plan_local(s->plan, value);
    if (local && depth < DEPTH)
        return s->block[local] == first + 1;
    const Node n = *node_at(s->g, plan_unnamed(s->plan, value));
    if (n.op == OP_SELECT) {
        const NodeId condition = condition_of(s->plan, value);
        return condition && implies(s->g, condition, guard);
    }
    return depth && (n.op == OP_MUL || n.op == OP_DIV || n.op == OP_NEG) &&
           (is_zero_outside(s, n.a, guard, first, depth - 1) ||
            (n.op == OP_MUL && is_zero_outside(s, n.b, guard, first, depth - 1)));
}

/* Is nothing done by the statement, or its value 0, where the condition does not hold? */
static bool is_under(const Guarded *s, const PlanStmt *stmt, NodeId guard, uint32_t first)
{
    if (stmt->kind != PLAN_FOLD && stmt->guard)
        return implies(s->g, stmt->guard, guard);
    const NodeId value = expression_of(s, stmt);
    const bool computed = is_value(s->plan, stmt); /* it has a local, but not yet a value */
    return value && is_zero_outside(s, value, guard, first, computed ? DEPTH : DEPTH - 1);
}

/* The last statement of the block of the condition that begins with this one; itself if there is
 * no such block: of one that asks the condition twice or more, and once to set or add to an
 * element. All values that are computed in there are needed there alone. */
static uint32_t block_from(const Guarded *s, uint32_t first, NodeId guard)
{
    uint32_t needed = first, best = first, asked = 0, elements = 0;
    for (uint32_t i = first; i < s->plan->stmts.count && i - first < LONGEST; i++) {
        const PlanStmt *stmt = &s->plan->stmts.at[i];
        const bool value = is_value(s->plan, stmt);
        const bool may_be = value || is_element(stmt) || is_addition(s, stmt);
        const bool under = may_be && is_under(s, stmt, guard, first);
        const uint32_t local = value ? plan_local(s->plan, stmt->node) : 0;
        if (!under && !value)
            break;
        asked += under && guard_of(s, stmt);
        elements += is_element(stmt) && stmt->guard;
        needed = s->last[local] > needed ? s->last[local] : needed;
        s->block[local] = value && under ? first + 1 : 0;
        if (!value && needed <= i && asked > 1 && elements)
            best = i;
    }
    return best;
}

/* ---- blocks */

static NodeId inside(const Plan *plan, NodeId value, NodeId guard, int depth);

static NodeId operand_inside(const Plan *plan, NodeId id, int i, NodeId guard, int depth)
{
    const NodeId operand = plan_operand(plan->graph, plan->alias.at, plan->alias.count, id, i);
    return inside(plan, operand, guard, depth);
}

/* What an expression comes to where the condition holds: what it decides is decided, so deep in
 * sums and products. What would be a value that is named elsewhere stays as it is. */
static NodeId within(const Plan *plan, NodeId value, NodeId guard, int depth)
{
    Graph *g = plan->graph;
    NodeId operands[2] = {0, 0};
    const NodeId id = plan_unnamed(plan, value);
    const Node n = *node_at(g, id);
    if (n.op == OP_SELECT && implies(g, guard, n.a))
        return operand_inside(plan, id, 1, guard, depth);
    if (n.op == OP_SELECT && implies(g, guard, build_not(g, n.a)))
        return operand_inside(plan, id, 2, guard, depth);
    if (n.op != OP_ADD && n.op != OP_SUB && n.op != OP_MUL && n.op != OP_DIV && n.op != OP_NEG)
        return value;
    for (int i = 0; i < node_arity(g, id); i++)
        operands[i] = operand_inside(plan, id, i, guard, depth);
    const NodeId image = node_rebuild(g, id, operands);
    const bool named = plan_local(plan, image) || (image < plan->alias.count &&
                                                   plan->alias.at[image] != image);
    return image == id || named ? value : image;
}

/* The same of what may have a name. */
static NodeId inside(const Plan *plan, NodeId value, NodeId guard, int depth)
{
    return depth && !plan_local(plan, value) ? within(plan, value, guard, depth - 1) : value;
}

static void put(Plan *plan, PlanStmt stmt) { *vec_push(plan->ctx, &plan->stmts) = stmt; }

static void set_inside(const Guarded *s, PlanStmt *stmt, NodeId guard)
{
    const NodeId value = expression_of(s, stmt);
    if (is_value(s->plan, stmt)) {
        const NodeId image = within(s->plan, value, guard, DEPTH);
        stmt->value = image == value ? 0 : image;
    } else if (value) {
        stmt->value = inside(s->plan, value, guard, DEPTH);
    }
}

static void put_block(const Guarded *s, Plan *to, uint32_t first, uint32_t last, NodeId guard)
{
    const PlanStmt head = s->plan->stmts.at[first];
    put(to, (PlanStmt){.kind = PLAN_IF, .guard = guard, .origin = head.origin,
                       .derived = head.derived});
    for (uint32_t i = first; i <= last; i++) {
        PlanStmt stmt = s->plan->stmts.at[i];
        set_inside(s, &stmt, guard);
        if (stmt.guard && stmt.kind != PLAN_FOLD)
            stmt.guard = rest_of(s->g, stmt.guard, guard);
        put(to, stmt);
    }
    put(to, (PlanStmt){.kind = PLAN_END});
}

/* True if there is a block more than before. */
static bool join_once(Plan *plan)
{
    const Plan old = *plan;
    Guarded s = {.plan = &old, .g = plan->graph};
    uint32_t last;
    memset(&plan->stmts, 0, sizeof plan->stmts);
    s.last = array_new(plan->ctx, plan->locals.count, sizeof *s.last);
    s.block = array_new(plan->ctx, plan->locals.count, sizeof *s.block);
    find_last(&s);
    for (uint32_t i = 0; i < old.stmts.count; i = last + 1) {
        const NodeId guard = guard_of(&s, &old.stmts.at[i]);
        last = guard ? block_from(&s, i, guard) : i;
        if (last > i)
            put_block(&s, plan, i, last, guard);
        else
            put(plan, old.stmts.at[i]);
    }
    ctx_resize(plan->ctx, s.last, 0);
    ctx_resize(plan->ctx, s.block, 0);
    ctx_resize(plan->ctx, old.stmts.at, 0);
    return plan->stmts.count > old.stmts.count;
}

void plan_join_guarded(Plan *plan)
{
    enum { WITHIN = 4 }; /* so deep blocks are within each other */
    for (int i = 0; i < WITHIN && join_once(plan); i++)
        continue;
}
