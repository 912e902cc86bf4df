/* A plan in, out how many values are alive at once: what decides whether they fit into registers,
 * and how much of the stack a function takes beside its arrays.
 *
 * A value is alive from the statement that sets it to the last that mentions it; if that is in a
 * loop which it was set before, to the end of the outermost such loop. A part of a split body
 * takes what other parts have computed right before the statement, or the nest, that mentions it
 * first. Statements are at even positions, what is taken before them at the odd ones. */
#include <assert.h>

#include "plan/plan.h"

/* A value that was met: a local, or what a kept reduction is folded in. */
typedef struct Life {
    uint32_t part;  /* 1 + the part at hand; else it was not met in this one */
    uint32_t begin; /* position */
    uint32_t until; /* position of the last mention so far */
    uint32_t depth; /* how many blocks are around its declaration */
} Life;

/* A loop or condition that is open. */
typedef struct Open {
    uint32_t end;   /* its last statement */
    bool loop;
} Open;

typedef struct Live {
    const Plan *plan;
    Life *lives;    /* a local each, then what reductions are folded in */
    int32_t *change;/* a position each: how many begin there, less those that end */
    uint32_t *end;  /* a statement each: of a loop or condition its last statement */
    VEC(Open) open;
    uint32_t unit;  /* the statement, or the first of the nest, that is not within another */
    uint32_t part;  /* 1 + the part at hand */
    PlanMentions mentions;
} Live;

static void close_life(Live *l, uint32_t value)
{
    Life *life = &l->lives[value];
    if (life->part) {
        l->change[life->begin]++;
        l->change[life->until]--;
    }
    life->part = 0;
}

/* What is open around the declaration is no reason for a longer life; loops within that are. */
static uint32_t last_needed(const Live *l, const Life *life, uint32_t stmt)
{
    for (uint32_t i = life->depth; i < l->open.count; i++)
        if (l->open.at[i].loop)
            return 2 * l->open.at[i].end + 1;
    return 2 * stmt + 1;
}

static void mention(Live *l, uint32_t value, uint32_t stmt, bool sets)
{
    Life *life = &l->lives[value];
    if (life->part != l->part) {
        close_life(l, value);
        life->part = l->part;
        life->depth = 0;
        life->begin = sets && l->unit == stmt ? 2 * stmt + 1 : 2 * l->unit;
        life->until = life->begin;
    }
    uint32_t until = last_needed(l, life, stmt);
    life->until = until > life->until ? until : life->until;
}

static void declare(Live *l, uint32_t value, uint32_t stmt)
{
    close_life(l, value);
    const uint32_t at = 2 * stmt + 1;
    l->lives[value] = (Life){l->part, at, at, l->open.count};
}

/* ---- statements */

static bool is_value(const Live *l, uint32_t local)
{
    return !(node_at(l->plan->graph, l->plan->locals.at[local].node)->flags & NODE_INT);
}

/* The array that a statement sets as a whole, a variable; NULL if it sets none. */
static const PlanArray *variable_of(const Plan *plan, const PlanStmt *s)
{
    if (s->kind != PLAN_PUT && s->kind != PLAN_ADD && s->kind != PLAN_ZERO)
        return NULL;
    const PlanArray *a = &plan->arrays.at[plan->array_of.at[s->node]];
    return a->scalar ? a : NULL;
}

/* The value that a statement declares; 0 if it declares none. */
static uint32_t declared_by(const Live *l, const PlanStmt *s)
{
    const Plan *plan = l->plan;
    const PlanArray *variable = variable_of(plan, s);
    if (variable)
        return variable->once ? variable->local : 0;
    if (s->kind != PLAN_LET && s->kind != PLAN_START)
        return 0;
    const uint32_t local = plan_local(plan, s->node);
    const PlanLocal *p = &plan->locals.at[local];
    if (s->kind == PLAN_START && p->summed)
        return plan->locals.count + local;
    return p->array || !is_value(l, local) ? 0 : local;
}

static void visit_mentions(Live *l, const PlanStmt *s, uint32_t stmt, uint32_t declared)
{
    const PlanArray *variable = variable_of(l->plan, s);
    plan_mention(l->plan, s, &l->mentions);
    for (uint32_t i = 0; i < l->mentions.locals.count; i++) {
        const uint32_t local = l->mentions.locals.at[i];
        if (local != declared && is_value(l, local))
            mention(l, local, stmt, variable && variable->local == local);
    }
    l->mentions.locals.count = l->mentions.arrays.count = 0;
    if (s->kind == PLAN_FOLD || s->kind == PLAN_KEEP) {
        const uint32_t local = plan_local(l->plan, s->node);
        if (l->plan->locals.at[local].summed)
            mention(l, l->plan->locals.count + local, stmt, false);
    }
}

static void visit(Live *l, uint32_t stmt)
{
    const PlanStmt *s = &l->plan->stmts.at[stmt];
    const uint32_t declared = declared_by(l, s);
    if (!l->open.count)
        l->unit = stmt;
    visit_mentions(l, s, stmt, declared);
    if (declared)
        declare(l, declared, stmt);
    if (s->kind == PLAN_END)
        l->open.count--;
    if (s->kind == PLAN_LOOP || s->kind == PLAN_IF)
        *vec_push(l->plan->ctx, &l->open) = (Open){l->end[stmt], s->kind == PLAN_LOOP};
}

/* ---- all of it */

static void find_ends(Live *l)
{
    U32Vec open = {0};
    for (uint32_t i = 0; i < l->plan->stmts.count; i++) {
        const PlanKind kind = l->plan->stmts.at[i].kind;
        if (kind == PLAN_LOOP || kind == PLAN_IF)
            *vec_push(l->plan->ctx, &open) = i;
        else if (kind == PLAN_END) {
            assert(open.count > 0);
            l->end[open.at[--open.count]] = i;
        }
    }
    vec_free(l->plan->ctx, &open);
}

static void visit_all(Live *l)
{
    const Plan *plan = l->plan;
    uint32_t keep = 0;
    for (uint32_t i = 0; i < plan->stmts.count; i++) {
        if (l->part < plan->parts.count && plan->parts.at[l->part] == i)
            l->part++;
        visit(l, i);
        for (; keep < plan->keeps.count && plan->keeps.at[keep].stmt == i; keep++) {
            Life *kept = &l->lives[plan->keeps.at[keep].local];
            kept->until = kept->until > 2 * i + 2 ? kept->until : 2 * i + 2; /* a copy behind it */
        }
    }
    for (uint32_t i = 0; i < 2 * plan->locals.count; i++)
        close_life(l, i);
}

uint32_t plan_live(const Plan *plan)
{
    Live l = {.plan = plan, .part = plan->parts.count ? 0 : 1};
    const uint32_t positions = 2 * plan->stmts.count + 2;
    uint32_t most = 0;
    int32_t alive = 0;
    l.lives = array_new(plan->ctx, 2 * (size_t)plan->locals.count, sizeof *l.lives);
    l.change = array_new(plan->ctx, positions, sizeof *l.change);
    l.end = array_new(plan->ctx, plan->stmts.count + 1, sizeof *l.end);
    find_ends(&l);
    visit_all(&l);
    for (uint32_t i = 0; i < positions; i++) {
        alive += l.change[i];
        most = alive > (int32_t)most ? (uint32_t)alive : most;
    }
    void *arrays[] = {l.lives, l.change, l.end};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ctx_resize(plan->ctx, arrays[i], 0);
    vec_free(plan->ctx, &l.open);
    plan_mentions_end(plan, &l.mentions);
    return most;
}
