/* The order of the statements. Named values come in the order in which the passes made them;
 * before each comes what it needs and has no statement yet. Results are stored as soon as they
 * are known. A result with free indices gets a nest of loops, a sum within it one more. */
#include <string.h>

#include "plan/plan.h"

typedef struct Schedule {
    Plan *plan;
    Graph *g;
    uint32_t count;      /* of nodes at the outset */
    NodeId *need;        /* plan_need */
    uint8_t *stated;     /* plan_stated */
    uint8_t *done;       /* a node each: is it computed where we are? */
    U32Vec undo;         /* what is done, innermost scope last */
    uint32_t *result_of; /* a node each: 0, or 1 + the first result that it is the value of */
    uint32_t *also;      /* a result each: 0, or 1 + the next result of the same node */
    uint32_t *serials;   /* a symbol each: temporaries so far */
} Schedule;

uint32_t plan_local(const Plan *plan, NodeId node)
{
    return node < plan->local_of.count ? plan->local_of.at[node] : 0;
}

static NodeId stands_for(const Schedule *s, NodeId node)
{
    return node < s->count ? s->plan->alias.at[node] : node;
}

static PlanStmt *add(Schedule *s, PlanKind kind, NodeId node)
{
    PlanStmt *stmt = vec_push(s->plan->ctx, &s->plan->stmts);
    memset(stmt, 0, sizeof *stmt);
    stmt->kind = kind;
    stmt->node = node;
    stmt->origin = node ? node_origin(s->g, node) : 0;
    stmt->derived = node && node_is_derived(s->g, node);
    return stmt;
}

/* ---- locals */

/* What the local is called: decided here in terms of symbols, spelled by the back end. */
static void add_local(Schedule *s, NodeId node)
{
    const Node n = *node_at(s->g, node);
    PlanLocal local = {.node = node, .origin = node_origin(s->g, node)};
    if (n.op == OP_NAME) {
        local.sym = s->result_of[node] ? sym_derived(s->g, n.b, ROLE_VALUE) : n.b;
    } else if (n.op == OP_TEMP && n.b && node_op(s->g, stands_for(s, n.b)) != OP_NAME &&
               plan_local(s->plan, stands_for(s, n.b))) {
        local.partner = stands_for(s, n.b);
        local.role = (SymRole)n.c;
    } else {
        local.serial = ++s->serials[local.origin];
    }
    *vec_push(s->plan->ctx, &s->plan->locals) = local;
    s->plan->local_of.at[node] = s->plan->locals.count - 1;
}

/* ---- statements */

static void schedule_for(Schedule *s, NodeId root);

static void mark_done(Schedule *s, NodeId node)
{
    s->done[node] = 1;
    *vec_push(s->plan->ctx, &s->undo) = node;
}

static void leave_scope(Schedule *s, uint32_t mark)
{
    while (s->undo.count > mark)
        s->done[s->undo.at[--s->undo.count]] = 0;
}

/* A number or an argument belongs to no definition: it is stored for that of the result, an
 * adjoint with what was stored before it. */
static void add_store(Schedule *s, uint32_t result)
{
    const Result *r = &s->plan->fn->results.at[result];
    PlanStmt *stmt = add(s, PLAN_STORE, r->node);
    stmt->result = result;
    if (node_arity(s->g, r->node))
        return;
    bool first = s->plan->stmts.count == 1;
    stmt->origin = r->role != ARG_ADJOINT ? r->of : first ? 0 : stmt[-1].origin;
    stmt->derived = r->role != ARG_ADJOINT ? r->role != ARG_OUTPUT : !first && stmt[-1].derived;
}

/* The scalar results of a node, once its value is at hand. */
static void store_results(Schedule *s, NodeId node)
{
    for (uint32_t r = s->result_of[node]; r; r = s->also[r - 1])
        add_store(s, r - 1);
}

static void compute_sum(Schedule *s, NodeId node)
{
    Node n = *node_at(s->g, node);
    add_local(s, node);
    add(s, PLAN_START, node);
    add(s, PLAN_LOOP, node)->index = n.b;
    uint32_t mark = s->undo.count;
    schedule_for(s, n.a);
    add(s, PLAN_ADD, n.a)->target = node;
    leave_scope(s, mark);
    add(s, PLAN_END, 0);
    mark_done(s, node);
}

/* Is the value 0 where the condition does not hold, by a condition of its own? */
static bool is_guarded(const Schedule *s, NodeId node, NodeId condition)
{
    Node n = *node_at(s->g, node);
    while (n.op == OP_NAME || n.op == OP_TEMP)
        n = *node_at(s->g, n.a);
    return n.op == OP_SELECT &&
           ((n.a == condition && node_is_int(s->g, n.c, 0)) ||
            (node_is_int(s->g, n.b, 0) && build_not(s->g, n.a) == condition));
}

/* The statement of a node whose operands are at hand. */
static void compute(Schedule *s, NodeId node)
{
    if (node_op(s->g, node) == OP_SUM) {
        compute_sum(s, node);
        return;
    }
    add_local(s, node);
    PlanStmt *stmt = add(s, PLAN_LET, node);
    NodeId need = s->need[node];
    if (!node_number(s->g, need) && !plan_is_total(s->g, node, s->stated) &&
        !is_guarded(s, node, need))
        stmt->guard = need;
    mark_done(s, node);
}

/* Pushes what the text of a node mentions. */
static void push_operands(Schedule *s, U32Vec *stack, NodeId node)
{
    Ctx *ctx = s->plan->ctx;
    Node n = *node_at(s->g, node);
    for (int i = node_arity(s->g, node); i-- > 0;)
        *vec_push(ctx, stack) = plan_operand(s->g, s->plan->alias.at, s->count, node, i);
    TupleId tuple = n.op == OP_REF ? n.b : 0;
    for (uint32_t i = tuple_size(s->g, tuple); i-- > 0;)
        *vec_push(ctx, stack) = tuple_item(s->g, tuple, i);
    if (node < s->count && s->stated[node] && !node_number(s->g, s->need[node]) &&
        !plan_is_total(s->g, node, s->stated))
        *vec_push(ctx, stack) = s->need[node];
}

/* Computes all statements that the text of `root` needs, operands first, then its own if it
 * has one. A stack instead of recursion; `open` tells a node whose operands were pushed. */
static void schedule_for(Schedule *s, NodeId root)
{
    Ctx *ctx = s->plan->ctx;
    U32Vec stack = {0};
    *vec_push(ctx, &stack) = stands_for(s, root) * 2;
    while (stack.count) {
        uint32_t top = stack.at[--stack.count];
        NodeId node = top / 2;
        bool stated = node < s->count && s->stated[node];
        if (stated && s->done[node])
            continue;
        if (top & 1) {
            compute(s, node);
            continue;
        }
        if (stated)
            *vec_push(ctx, &stack) = node * 2 + 1;
        if (node_op(s->g, node) == OP_SUM)
            continue; /* its body is inside the loop */
        uint32_t before = stack.count;
        push_operands(s, &stack, node);
        for (uint32_t i = before; i < stack.count; i++)
            stack.at[i] *= 2;
    }
    vec_free(ctx, &stack);
}

/* A result's name itself: its value goes straight where the result is, unless the function
 * goes on with it. */
static void place_named_result(Schedule *s, NodeId node)
{
    if (s->stated[node]) {
        schedule_for(s, node);
    } else {
        Node n = *node_at(s->g, node);
        schedule_for(s, n.a);
        mark_done(s, node);
    }
    store_results(s, node);
}

static void place_all(Schedule *s)
{
    const Fn *fn = s->plan->fn;
    for (uint32_t i = 0; i < fn->order.count; i++) {
        NodeId node = fn->order.at[i];
        Op op = node_op(s->g, node);
        if (node_at(s->g, node)->free)
            continue;
        if (s->result_of[node] && op == OP_NAME)
            place_named_result(s, node);
        else if (s->stated[node] && (op == OP_NAME || op == OP_TEMP))
            schedule_for(s, node);
    }
    for (uint32_t i = 0; i < fn->results.count; i++) {
        NodeId node = fn->results.at[i].node;
        if (node_op(s->g, node) != OP_NAME) {
            schedule_for(s, node);
            add_store(s, i);
        }
    }
}

/* ---- choices before the order */

/* Does the value belong to another definition than its name, or to the model itself while the
 * name is that of a derivative? Then it is not known by it. */
static bool is_foreign(const Schedule *s, NodeId name, NodeId value)
{
    return node_origin(s->g, name) != node_origin(s->g, value) ||
           node_is_derived(s->g, name) > node_is_derived(s->g, value);
}

/* A value that has a name is known by it to all its users, also those that the rules of
 * derivatives made, which speak of the value itself. A weak name does if there is no other. */
static void alias_named(Schedule *s)
{
    for (int weak = 0; weak < 2; weak++) {
        for (NodeId id = 1; id < s->count; id++) {
            const Node *n = node_at(s->g, id);
            if (!s->need[id] || n->op != (weak ? OP_TEMP : OP_NAME) || n->free)
                continue;
            Op op = node_op(s->g, n->a);
            NodeId *stands = &s->plan->alias.at[n->a];
            if (op == OP_NAME || op == OP_TEMP || node_arity(s->g, n->a) == 0 || is_foreign(s, id, n->a))
                continue;
            if (*stands == n->a) {
                *stands = id;
                s->need[id] = s->need[n->a];
            } else if (weak) { /* one name is enough */
                s->plan->alias.at[id] = *stands;
            }
        }
    }
}

/* How many live nodes use each; and the name that each is the value of, if any. */
static void find_users(const Schedule *s, uint32_t *users, NodeId *name)
{
    for (NodeId id = 1; id < s->count; id++) {
        if (!s->need[id])
            continue;
        for (int i = 0; i < node_arity(s->g, id); i++)
            users[node_operand(s->g, id, i)]++;
        if (node_op(s->g, id) == OP_NAME || node_op(s->g, id) == OP_TEMP)
            name[node_at(s->g, id)->a] = id;
    }
}

/* Worth a name to stand for it, and has it none? */
static bool may_be_aliased(const Schedule *s, const uint32_t *users, NodeId arm)
{
    Op op = node_op(s->g, arm);
    return users[arm] > 1 && node_arity(s->g, arm) && op != OP_NAME && op != OP_TEMP &&
           !(op_info(op)->flags & OPF_CHEAP) && s->plan->alias.at[arm] == arm;
}

/* Where a value is needed in one arm of a condition only, the condition's own value is that
 * value to all its users: f = x > 0 ? sqrt(x) : 0 serves x_bar = x > 0 ? 1/(2*f) : 0. */
static void alias_arms(Schedule *s)
{
    uint32_t *users = array_new(s->plan->ctx, s->count, sizeof *users);
    NodeId *name = array_new(s->plan->ctx, s->count, sizeof *name);
    find_users(s, users, name);
    for (NodeId id = 1; id < s->count; id++) {
        const Node n = *node_at(s->g, id);
        if (!s->need[id] || n.op != OP_SELECT)
            continue;
        const NodeId arms[2] = {n.b, n.c};
        for (int i = 0; i < 2; i++) {
            NodeId condition = i == 0 ? n.a : build_not(s->g, n.a);
            if (may_be_aliased(s, users, arms[i]) && !is_foreign(s, id, arms[i]) &&
                build_and(s->g, s->need[id], condition) == s->need[arms[i]]) {
                NodeId target = name[id] ? name[id] : id;
                s->plan->alias.at[arms[i]] = target;
                s->stated[target] = 1;
            }
        }
    }
    ctx_resize(s->plan->ctx, users, 0);
    ctx_resize(s->plan->ctx, name, 0);
}

/* A named result that nobody but the caller wants goes straight to its place. */
static void unstate_results(Schedule *s)
{
    const Fn *fn = s->plan->fn;
    uint8_t *used = array_new(s->plan->ctx, s->count, 1);
    for (NodeId id = 1; id < s->count; id++)
        for (int i = 0; s->need[id] && i < node_arity(s->g, id); i++)
            used[plan_operand(s->g, s->plan->alias.at, s->count, id, i)] = 1;
    for (uint32_t i = 0; i < fn->results.count; i++) {
        NodeId node = fn->results.at[i].node;
        if (node_op(s->g, node) == OP_NAME && !used[node])
            s->stated[node] = 0;
    }
    ctx_resize(s->plan->ctx, used, 0);
}

static void chain_results(Schedule *s)
{
    const Fn *fn = s->plan->fn;
    s->result_of = array_new(s->plan->ctx, s->count, sizeof *s->result_of);
    s->also = array_new(s->plan->ctx, fn->results.count + 1, sizeof *s->also);
    for (uint32_t i = fn->results.count; i-- > 0;) {
        uint32_t *first = &s->result_of[fn->results.at[i].node];
        s->also[i] = *first;
        *first = i + 1;
    }
}

Plan *plan_function(Graph *g, const Fn *fn, const PlanLimits *limits)
{
    Ctx *ctx = graph_ctx(g);
    Plan *plan = ctx_alloc(ctx, sizeof *plan);
    Schedule s = {.plan = plan, .g = g, .count = graph_count(g)};
    plan->ctx = ctx;
    plan->graph = g;
    plan->fn = fn;
    memset(vec_push(ctx, &plan->locals), 0, sizeof *plan->locals.at);
    for (uint32_t i = 0; i < s.count; i++) {
        *vec_push(ctx, &plan->local_of) = 0;
        *vec_push(ctx, &plan->alias) = i;
    }
    uint8_t *circular = array_new(ctx, s.count, 1);
    s.need = plan_need(g, fn, s.count, circular);
    s.stated = array_new(ctx, s.count, 1);
    s.done = array_new(ctx, s.count, 1);
    s.serials = array_new(ctx, sym_count(g) + 1, sizeof *s.serials);
    chain_results(&s);
    alias_named(&s);
    alias_arms(&s);
    plan_stated(g, fn, s.count, s.need, circular, plan->alias.at, limits, s.stated);
    unstate_results(&s);
    place_all(&s);
    ctx_resize(ctx, s.need, 0);
    ctx_resize(ctx, circular, 0);
    ctx_resize(ctx, s.stated, 0);
    ctx_resize(ctx, s.done, 0);
    ctx_resize(ctx, s.serials, 0);
    ctx_resize(ctx, s.result_of, 0);
    ctx_resize(ctx, s.also, 0);
    vec_free(ctx, &s.undo);
    return plan;
}

void plan_free(Plan *plan)
{
    vec_free(plan->ctx, &plan->stmts);
    vec_free(plan->ctx, &plan->locals);
    vec_free(plan->ctx, &plan->local_of);
    vec_free(plan->ctx, &plan->alias);
}
