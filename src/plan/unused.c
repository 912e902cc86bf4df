/* The statements of a function in; out, the same without values that nothing mentions: locals, and
 * arrays that they were to be kept in. What a value is needed for may have come to less since it
 * got a statement: of a condition, what another one around it does not say already. */
#include <string.h>

#include "plan/plan.h"

typedef struct Unused {
    Plan *plan;
    PlanMentions mentions; /* of the statement at hand */
    uint8_t *locals;       /* a local each: is it mentioned? */
    uint8_t *arrays;       /* an array each: likewise, but by what sets its elements */
    uint8_t *own;          /* an array each: was it of the function's own at the outset? */
} Unused;

/* The array that a value is an element of; 0 if it is none. */
static uint32_t kept_in(const Unused *u, const PlanStmt *stmt)
{
    const Plan *plan = u->plan;
    const uint32_t array =
        stmt->kind == PLAN_LET ? plan->locals.at[plan_local(plan, stmt->node)].array : 0;
    return u->own[array] && !plan->arrays.at[array].scalar ? array : 0;
}

static bool is_unused(const Unused *u, const PlanStmt *stmt)
{
    const uint32_t local = stmt->kind == PLAN_LET ? plan_local(u->plan, stmt->node) : 0;
    if (local && u->plan->locals.at[local].array)
        return kept_in(u, stmt) && !u->arrays[kept_in(u, stmt)];
    return local && !u->locals[local];
}

static void find_mentioned(Unused *u)
{
    PlanMentions *m = &u->mentions;
    memset(u->locals, 0, u->plan->locals.count);
    memset(u->arrays, 0, u->plan->arrays.count);
    for (uint32_t i = 0; i < u->plan->stmts.count; i++) {
        const PlanStmt *stmt = &u->plan->stmts.at[i];
        uint32_t itself = kept_in(u, stmt);
        plan_mention(u->plan, stmt, m);
        for (uint32_t k = 0; k < m->locals.count; k++)
            u->locals[m->locals.at[k]] = 1;
        for (uint32_t k = 0; k < m->arrays.count; k++) {
            if (m->arrays.at[k] != itself)
                u->arrays[m->arrays.at[k]] = 1;
            else
                itself = 0; /* the element that is set, once */
        }
        m->locals.count = m->arrays.count = 0;
    }
}

/* False if there are none any more. */
static bool leave_some(Unused *u)
{
    Plan *plan = u->plan;
    const uint32_t count = plan->stmts.count;
    find_mentioned(u);
    plan->stmts.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        const PlanStmt stmt = plan->stmts.at[i];
        if (!is_unused(u, &stmt))
            plan->stmts.at[plan->stmts.count++] = stmt;
        else if (kept_in(u, &stmt))
            plan->arrays.at[kept_in(u, &stmt)].own = false; /* it has no room */
    }
    return plan->stmts.count < count;
}

void plan_leave_unused(Plan *plan)
{
    Unused u = {.plan = plan};
    u.locals = array_new(plan->ctx, plan->locals.count, 1);
    u.arrays = array_new(plan->ctx, plan->arrays.count, 1);
    u.own = array_new(plan->ctx, plan->arrays.count, 1);
    for (uint32_t i = 1; i < plan->arrays.count; i++)
        u.own[i] = plan->arrays.at[i].own;
    while (leave_some(&u))
        continue;
    plan_mentions_end(plan, &u.mentions);
    ctx_resize(plan->ctx, u.locals, 0);
    ctx_resize(plan->ctx, u.arrays, 0);
    ctx_resize(plan->ctx, u.own, 0);
}
