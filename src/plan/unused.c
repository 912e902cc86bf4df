/* The statements of a function in, the same without locals that nothing mentions out. What a value
 * is needed for may have come to less since it got a local: of a condition, what another one around
 * it does not say already. */
#include "plan/plan.h"

static bool is_unused(const Plan *plan, const PlanStmt *stmt, const uint8_t *mentioned)
{
    const uint32_t local = stmt->kind == PLAN_LET ? plan_local(plan, stmt->node) : 0;
    return local && !plan->locals.at[local].array && !mentioned[local];
}

void plan_leave_unused(Plan *plan)
{
    PlanMentions m = {0};
    uint8_t *mentioned = array_new(plan->ctx, plan->locals.count, 1);
    uint32_t left = plan->stmts.count;
    for (uint32_t i = left; i-- > 0;) { /* what mentions a local is behind it */
        const PlanStmt stmt = plan->stmts.at[i];
        if (is_unused(plan, &stmt, mentioned))
            continue;
        plan_mention(plan, &stmt, &m);
        for (uint32_t k = 0; k < m.locals.count; k++)
            mentioned[m.locals.at[k]] = 1;
        m.locals.count = m.arrays.count = 0;
        plan->stmts.at[--left] = stmt;
    }
    for (uint32_t i = left; i < plan->stmts.count && left; i++)
        plan->stmts.at[i - left] = plan->stmts.at[i];
    plan->stmts.count -= left;
    plan_mentions_end(plan, &m);
    ctx_resize(plan->ctx, mentioned, 0);
}
