/* The statements of a function in; out, the same without those that nothing needs: of locals, and
 * of arrays of its own, that no other statement mentions. What a value is needed for may have come
 * to less since it got a statement: of a condition, what another one around it does not say. */
#include <string.h>

#include "plan/plan.h"

typedef struct Unused {
    Plan *plan;
    PlanMentions mentions; /* of the statement at hand */
    U32Vec ends;           /* of the blocks around it */
    uint32_t *next;        /* a local each: the first statement behind that mentions it */
    uint32_t *variable;    /* a local each: the array of one element that it is; 0 if it is none */
    uint8_t *dead;         /* a statement each: is it of a local that its block does not mention? */
    uint8_t *arrays;       /* an array each: is it mentioned, but by what sets it? */
    uint8_t *own;          /* an array each: was it of the function's own at the outset? */
} Unused;

/* The array of the function's own that a statement sets an element of, or adds to; 0 if it does
 * neither. */
static uint32_t array_set(const Unused *u, const PlanStmt *stmt)
{
    const Plan *plan = u->plan;
    uint32_t array = 0;
    if (stmt->kind == PLAN_LET)
        array = plan->locals.at[plan_local(plan, stmt->node)].array;
    else if (stmt->kind == PLAN_PUT || stmt->kind == PLAN_ADD || stmt->kind == PLAN_ZERO)
        array = plan->array_of.at[stmt->node];
    return u->own[array] ? array : 0;
}

/* The local that a value gets; 0 of an element. The same may have one in several blocks. */
static uint32_t local_of(const Unused *u, const PlanStmt *stmt)
{
    const uint32_t local = stmt->kind == PLAN_LET ? plan_local(u->plan, stmt->node) : 0;
    return u->plan->locals.at[local].array ? 0 : local;
}

/* An array is mentioned by all statements but those that set it. */
static void note_mentions(Unused *u, uint32_t i)
{
    PlanMentions *m = &u->mentions;
    const uint32_t itself = array_set(u, &u->plan->stmts.at[i]);
    plan_mention(u->plan, &u->plan->stmts.at[i], m);
    for (uint32_t k = 0; k < m->locals.count; k++) {
        const uint32_t local = m->locals.at[k];
        u->next[local] = i;
        if (u->variable[local] != itself)
            u->arrays[u->variable[local]] = 1;
    }
    for (uint32_t k = 0; k < m->arrays.count; k++)
        if (m->arrays.at[k] != itself)
            u->arrays[m->arrays.at[k]] = 1;
    m->locals.count = m->arrays.count = 0;
}

/* From the last statement to the first. */
static void find_mentioned(Unused *u)
{
    Plan *plan = u->plan;
    memset(u->arrays, 0, plan->arrays.count);
    for (uint32_t k = 0; k < plan->locals.count; k++)
        u->next[k] = UINT32_MAX;
    u->ends.count = 0;
    for (uint32_t i = plan->stmts.count; i-- > 0;) {
        const PlanStmt *stmt = &plan->stmts.at[i];
        const uint32_t local = local_of(u, stmt),
                       end = u->ends.count ? u->ends.at[u->ends.count - 1] : plan->stmts.count;
        u->dead[i] = local && u->next[local] >= end;
        if (stmt->kind == PLAN_END)
            *vec_push(plan->ctx, &u->ends) = i;
        else if (stmt->kind == PLAN_LOOP || stmt->kind == PLAN_IF)
            u->ends.count--;
        if (!u->dead[i])
            note_mentions(u, i);
    }
}

static bool is_unused(const Unused *u, uint32_t i)
{
    const uint32_t array = array_set(u, &u->plan->stmts.at[i]);
    return u->dead[i] || (array && !u->arrays[array]);
}

/* A block that has nothing in it any more goes with its end. */
static void put(Plan *plan, PlanStmt stmt)
{
    const uint32_t count = plan->stmts.count;
    const PlanKind last = count ? (PlanKind)plan->stmts.at[count - 1].kind : PLAN_END;
    if (stmt.kind == PLAN_END && (last == PLAN_LOOP || last == PLAN_IF))
        plan->stmts.count--;
    else
        plan->stmts.at[plan->stmts.count++] = stmt;
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
        if (!is_unused(u, i))
            put(plan, stmt);
        else if (array_set(u, &stmt))
            plan->arrays.at[array_set(u, &stmt)].own = false; /* it has no room */
    }
    return plan->stmts.count < count;
}

void plan_leave_unused(Plan *plan)
{
    Unused u = {.plan = plan};
    u.next = array_new(plan->ctx, plan->locals.count, sizeof *u.next);
    u.dead = array_new(plan->ctx, plan->stmts.count + 1, 1);
    u.arrays = array_new(plan->ctx, plan->arrays.count, 1);
    u.own = array_new(plan->ctx, plan->arrays.count, 1);
    u.variable = array_new(plan->ctx, plan->locals.count, sizeof *u.variable);
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        u.own[i] = plan->arrays.at[i].own;
        if (plan->arrays.at[i].scalar)
            u.variable[plan->arrays.at[i].local] = i;
    }
    while (leave_some(&u))
        continue;
    plan_mentions_end(plan, &u.mentions);
    vec_free(plan->ctx, &u.ends);
    ctx_resize(plan->ctx, u.next, 0);
    ctx_resize(plan->ctx, u.variable, 0);
    ctx_resize(plan->ctx, u.dead, 0);
    ctx_resize(plan->ctx, u.arrays, 0);
    ctx_resize(plan->ctx, u.own, 0);
}
