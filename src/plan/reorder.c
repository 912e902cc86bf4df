/* The statements of a long body in, the same in another order out, if fewer values are alive at a
 * time in that, or if it takes a processor less time. The order of the model is one. In the order
 * of demand, results are computed one by one, each from what it needs and nothing has computed yet,
 * and what ends the lives of as many values as it begins is computed as soon as it can be. In the
 * order of levels, all comes as early as it can, so that long chains which need nothing of each
 * other run side by side: a product's, from the first factor on and from the last one back. */
#include "plan/plan.h"

typedef struct Order {
    Split *s;
    uint32_t count;     /* of statements */
    uint32_t *first;    /* a local each: the first of its users in `users`; one more at the end */
    uint32_t *users;    /* statements */
    uint32_t *left;     /* a local each: how many of its users are yet to come */
    uint32_t *which;    /* a local each: all of those, by exclusive or: if it is one, that one */
    uint32_t *missing;  /* a statement each: how many of the values it mentions are */
    uint8_t *done;      /* a statement each */
    U32Vec eager;       /* statements that may be computed at once */
    U32Vec stack;       /* twice a statement, plus 1 to come back to it */
    U32Vec order;       /* the outcome */
} Order;

static Ctx *ctx_of(const Order *o) { return o->s->ctx; }

static uint32_t mentions_of(const Order *o, uint32_t stmt, const uint32_t **locals)
{
    uint32_t first = o->s->atoms.at[stmt].mentions;
    *locals = o->s->mentioned.at + first;
    return o->s->atoms.at[stmt + 1].mentions - first;
}

/* Is it the statement's own value? */
static uint32_t value_of(const Order *o, uint32_t stmt)
{
    const PlanStmt *p = &o->s->plan->stmts.at[stmt];
    return p->kind == PLAN_LET ? plan_local(o->s->plan, p->node) : 0;
}

/* ---- may it be done, and is it worth it? */

/* Are there only values and results, each set once and never read? */
static bool is_free(const Split *s)
{
    const Plan *plan = s->plan;
    for (uint32_t i = 1; i < plan->arrays.count; i++)
        if (plan->arrays.at[i].own)
            return false;
    for (uint32_t i = 0; i < plan->stmts.count; i++) {
        const PlanStmt *p = &plan->stmts.at[i];
        if (p->kind != PLAN_STORE && p->kind != PLAN_PUT &&
            (p->kind != PLAN_LET || plan->locals.at[plan_local(plan, p->node)].array))
            return false;
    }
    return true;
}

/* The most values that are alive at a time in an order (NULL: that of the statements). */
static uint32_t peak_of(Order *o, const uint32_t *order)
{
    uint32_t alive = 0, peak = 0, *left = o->left;
    for (uint32_t l = 0; l < o->s->plan->locals.count; l++)
        left[l] = o->first[l + 1] - o->first[l];
    for (uint32_t i = 0; i < o->count; i++) {
        const uint32_t *locals;
        uint32_t stmt = order ? order[i] : i, value = value_of(o, stmt);
        uint32_t n = mentions_of(o, stmt, &locals);
        for (uint32_t m = 0; m < n; m++)
            alive -= !--left[locals[m]];
        alive += value && left[value];
        peak = alive > peak ? alive : peak;
    }
    return peak;
}

/* ---- users */

static void find_users(Order *o)
{
    uint32_t locals = o->s->plan->locals.count;
    o->first = array_new(ctx_of(o), locals + 2, sizeof *o->first);
    o->users = array_new(ctx_of(o), o->s->mentioned.count + 1, sizeof *o->users);
    for (uint32_t m = 0; m < o->s->mentioned.count; m++)
        o->first[o->s->mentioned.at[m] + 2]++;
    for (uint32_t l = 2; l < locals + 2; l++)
        o->first[l] += o->first[l - 1];
    for (uint32_t stmt = 0; stmt < o->count; stmt++) {
        const uint32_t *mentioned;
        uint32_t n = mentions_of(o, stmt, &mentioned);
        for (uint32_t m = 0; m < n; m++)
            o->users[o->first[mentioned[m] + 1]++] = stmt;
    }
}

static void begin(Order *o)
{
    o->order.count = 0;
    for (uint32_t l = 0; l < o->s->plan->locals.count; l++) {
        o->left[l] = o->first[l + 1] - o->first[l];
        o->which[l] = 0;
        for (uint32_t u = o->first[l]; u < o->first[l + 1]; u++)
            o->which[l] ^= o->users[u];
    }
    for (uint32_t stmt = 0; stmt < o->count; stmt++) {
        const uint32_t *locals;
        o->missing[stmt] = mentions_of(o, stmt, &locals);
        o->done[stmt] = 0;
    }
}

/* ---- the order */

/* Does it end as many lives as it begins? */
static bool is_welcome(const Order *o, uint32_t stmt)
{
    const uint32_t *locals;
    uint32_t n = mentions_of(o, stmt, &locals), ended = 0;
    for (uint32_t m = 0; m < n; m++)
        ended += o->left[locals[m]] == 1;
    return ended > 0 || value_of(o, stmt) == 0;
}

static void consider(Order *o, uint32_t stmt)
{
    if (!o->done[stmt] && !o->missing[stmt] && is_welcome(o, stmt))
        *vec_push(ctx_of(o), &o->eager) = stmt;
}

/* Puts a statement whose values are at hand behind the others. */
static void put(Order *o, uint32_t stmt)
{
    const uint32_t *locals;
    uint32_t n = mentions_of(o, stmt, &locals), value = value_of(o, stmt);
    o->done[stmt] = 1;
    *vec_push(ctx_of(o), &o->order) = stmt;
    for (uint32_t m = 0; m < n; m++) {
        o->which[locals[m]] ^= stmt;
        if (--o->left[locals[m]] == 1)
            consider(o, o->which[locals[m]]);
    }
    for (uint32_t u = o->first[value]; value && u < o->first[value + 1]; u++) {
        o->missing[o->users[u]]--;
        consider(o, o->users[u]);
    }
}

static void put_all(Order *o, uint32_t stmt)
{
    *vec_push(ctx_of(o), &o->eager) = stmt;
    while (o->eager.count) {
        uint32_t next = o->eager.at[--o->eager.count];
        if (!o->done[next])
            put(o, next);
    }
}

/* Computes what a statement needs, and it. */
static void demand(Order *o, uint32_t root)
{
    Ctx *ctx = ctx_of(o);
    *vec_push(ctx, &o->stack) = root * 2;
    while (o->stack.count) {
        const uint32_t *locals;
        uint32_t top = o->stack.at[--o->stack.count], stmt = top / 2;
        if (o->done[stmt])
            continue;
        if (top & 1 || !o->missing[stmt]) {
            put_all(o, stmt);
            continue;
        }
        *vec_push(ctx, &o->stack) = stmt * 2 + 1;
        for (uint32_t n = mentions_of(o, stmt, &locals); n-- > 0;)
            *vec_push(ctx, &o->stack) = (o->s->home[locals[n]] - 1) * 2;
    }
}

/* Derivatives first, of the last result or of the first; then the outputs. */
static void order_by_demand(Order *o, bool backwards)
{
    begin(o);
    for (int outputs = 0; outputs < 2; outputs++)
        for (uint32_t i = 0; i < o->count; i++) {
            uint32_t stmt = backwards ? o->count - 1 - i : i;
            if (!value_of(o, stmt) && o->s->plan->stmts.at[stmt].derived == !outputs)
                demand(o, stmt);
        }
    for (uint32_t stmt = 0; stmt < o->count; stmt++)
        demand(o, stmt);
}

/* A statement comes when what it mentions has come, in turn. Gives the number of levels: of the
 * statements in the longest chain of which each mentions the one before. */
static uint32_t order_by_level(Order *o)
{
    uint32_t levels = 0, end = 0;
    begin(o);
    for (uint32_t stmt = 0; stmt < o->count; stmt++)
        if (!o->missing[stmt])
            *vec_push(ctx_of(o), &o->order) = stmt;
    for (uint32_t i = 0; i < o->order.count; i++) {
        uint32_t value = value_of(o, o->order.at[i]);
        if (i == end) {
            end = o->order.count;
            levels++;
        }
        for (uint32_t u = o->first[value]; value && u < o->first[value + 1]; u++)
            if (!--o->missing[o->users[u]])
                *vec_push(ctx_of(o), &o->order) = o->users[u];
    }
    return levels;
}

/* ---- the statements in that order */

/* Round by round: a copy of all would be what most of the memory is needed for. */
static void move_statements(Order *o)
{
    PlanStmt *stmts = o->s->plan->stmts.at;
    const uint32_t *from = o->order.at;
    for (uint32_t i = 0; i < o->count; i++)
        o->done[i] = 0;
    for (uint32_t i = 0; i < o->count; i++) {
        const PlanStmt first = stmts[i];
        uint32_t to = i;
        for (; !o->done[to] && from[to] != i; to = from[to]) {
            stmts[to] = stmts[from[to]];
            o->done[to] = 1;
        }
        if (!o->done[to])
            stmts[to] = first;
        o->done[to] = 1;
    }
}

static void rearrange(Order *o)
{
    Split *s = o->s;
    uint32_t *place = array_new(s->ctx, o->count, sizeof *place);
    U32Vec mentioned = {0};
    for (uint32_t i = 0; i < o->count; i++) {
        const uint32_t *locals;
        uint32_t stmt = o->order.at[i], n = mentions_of(o, stmt, &locals);
        place[stmt] = mentioned.count;
        for (uint32_t m = 0; m < n; m++)
            *vec_push(s->ctx, &mentioned) = locals[m];
    }
    for (uint32_t i = 0; i < o->count; i++) {
        uint32_t value = value_of(o, o->order.at[i]);
        s->home[value] = value ? i + 1 : 0;
        if (value)
            s->let[value] = i + 1;
    }
    move_statements(o);
    for (uint32_t i = 0; i < o->count; i++)
        s->atoms.at[i].mentions = place[o->order.at[i]];
    vec_free(s->ctx, &s->mentioned);
    s->mentioned.at = mentioned.at;
    s->mentioned.count = mentioned.count;
    s->mentioned.room = mentioned.room;
    ctx_resize(s->ctx, place, 0);
}

static void order_end(Order *o)
{
    void *arrays[] = {o->first, o->users, o->left, o->which, o->missing, o->done};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ctx_resize(ctx_of(o), arrays[i], 0);
    vec_free(ctx_of(o), &o->eager);
    vec_free(ctx_of(o), &o->stack);
    vec_free(ctx_of(o), &o->order);
}

/* The order in which the fewest values are alive, if they are less than half of the model's. */
static bool order_for_few_values(Order *o, uint32_t model)
{
    uint32_t forwards, backwards;
    order_by_demand(o, false);
    forwards = peak_of(o, o->order.at);
    order_by_demand(o, true);
    backwards = peak_of(o, o->order.at);
    if (forwards < backwards)
        order_by_demand(o, false);
    return forwards < model / 2 || backwards < model / 2;
}

/* Chains that are so long that a processor would wait for each of their operations, side by side,
 * if that keeps no more values alive. */
static bool order_for_chains(Order *o, uint32_t model)
{
    enum { WIDE = 8 }; /* statements a level that keep a processor busy */
    return order_by_level(o) > o->count / WIDE && peak_of(o, o->order.at) <= model;
}

void plan_reorder(Split *s)
{
    Order o = {.s = s, .count = s->atoms.count};
    if (s->reads || !is_free(s))
        return;
    uint32_t locals = s->plan->locals.count;
    o.left = array_new(s->ctx, locals, sizeof *o.left);
    o.which = array_new(s->ctx, locals, sizeof *o.which);
    o.missing = array_new(s->ctx, o.count, sizeof *o.missing);
    o.done = array_new(s->ctx, o.count, sizeof *o.done);
    find_users(&o);
    uint32_t model = peak_of(&o, NULL);
    if (order_for_few_values(&o, model) || order_for_chains(&o, model))
        rearrange(&o);
    order_end(&o);
}
