/* The order of the statements. Named values come in the order in which the passes made them;
 * before each comes what it needs and has no statement yet. Results are stored as soon as they
 * are known. A result with free indices gets a nest of loops, a sum within it one more. */
#include <assert.h>
#include <string.h>

#include "plan/plan.h"

NodeId plan_stands_for(const Schedule *s, NodeId node)
{
    return node < s->count ? s->plan->alias.at[node] : node;
}

PlanInner *plan_inner_new(Schedule *s, NodeId node)
{
    if (!s->inner_of[node]) {
        memset(vec_push(s->plan->ctx, &s->inners), 0, sizeof *s->inners.at);
        s->inner_of[node] = s->inners.count - 1;
    }
    return &s->inners.at[s->inner_of[node]];
}

/* ---- statements */

/* What was placed last outside of all loops, or is a loop that ends there; NULL if there is
 * nothing. */
static const PlanStmt *last_stmt(const Schedule *s)
{
    const uint32_t count = s->plan->stmts.count;
    if (!s->loops)
        return count ? &s->plan->stmts.at[count - 1] : NULL;
    const TreeId last = tree_last(&s->tree, TREE_ROOT);
    return last ? &s->tree.nodes.at[last].stmt : NULL;
}

/* A number or an argument belongs to no definition: it is stored for that of the result, an
 * adjoint with what was stored before it. */
static void add_store(Schedule *s, uint32_t result)
{
    const Result *r = &s->plan->fn.results.at[result];
    PlanStmt stmt = plan_place_new(s, PLAN_STORE, r->node);
    stmt.result = result;
    if (!node_arity(s->g, r->node)) {
        const PlanStmt *last = last_stmt(s);
        stmt.origin = r->role != ARG_ADJOINT ? r->of : last ? last->origin : 0;
        stmt.derived = r->role != ARG_ADJOINT ? r->role != ARG_OUTPUT : last && last->derived;
    }
    plan_place_text(s, 0, &r->node, 1, 0, stmt);
}

/* The scalar results of a node, once its value is at hand. */
static void store_results(Schedule *s, NodeId node)
{
    for (uint32_t r = s->result_of[node]; r; r = s->also[r - 1])
        add_store(s, r - 1);
}

/* The statement of a node whose operands are at hand. */
static void compute(Schedule *s, NodeId node)
{
    s->done[node] = 1;
    if (node_op(s->g, node) == OP_SYSTEM)
        plan_place_system(s, node);
    else if (node_op(s->g, node) == OP_ARRAY)
        plan_place_array(s, node);
    else if (plan_is_call(s->g, node))
        plan_place_call(s, node);
    else if (!s->floating[node])
        plan_place_local(s, node);
}

/* Pushes a node that may need a statement, or what stands for it. */
static void push(Schedule *s, NodeId node)
{
    const Op op = node_op(s->g, node);
    if (op != OP_CONST && op != OP_REF)
        *vec_push(s->plan->ctx, &s->stack) = node * 2;
}

/* Pushes what the text of a node mentions. */
static void push_operands(Schedule *s, NodeId node, Op op, bool stated)
{
    TupleId parts = op == OP_ARRAY ? node_at(s->g, node)->a : 0;
    for (uint32_t i = tuple_size(s->g, parts); i-- > 0;) {
        const NodeId value = node_at(s->g, tuple_item(s->g, parts, i))->a;
        const NodeId need = plan_guard_of_element(s, value);
        push(s, value);
        if (need)
            push(s, need);
    }
    for (int i = op_info(op)->arity; i-- > 0;)
        push(s, plan_operand(s->g, s->plan->alias.at, s->count, node, i));
    if (op == OP_OWN)
        push(s, s->system_of_sym.at[node_at(s->g, node)->a]);
    if (stated && op != OP_ARRAY && !node_number(s->g, s->need[node]) &&
        !plan_is_total(s->g, node, s->stated))
        push(s, s->need[node]);
}

/* Computes all statements that the text of `root` needs, operands first, then its own if it
 * has one. A stack instead of recursion; an odd number is that of a node whose operands were
 * pushed. */
void plan_schedule_for(Schedule *s, NodeId root)
{
    const uint32_t bottom = s->stack.count;
    push(s, plan_stands_for(s, root));
    while (s->stack.count > bottom) {
        const uint32_t top = s->stack.at[--s->stack.count];
        const NodeId node = top / 2;
        const Op op = node_op(s->g, node);
        const bool stated = node < s->count && (s->stated[node] || op == OP_ARRAY ||
                                                op == OP_SYSTEM || plan_is_call(s->g, node));
        if (stated && s->done[node])
            continue;
        if (top & 1) {
            compute(s, node);
            continue;
        }
        if (stated)
            *vec_push(s->plan->ctx, &s->stack) = node * 2 + 1;
        if (op != OP_SYSTEM) /* its values are placed among each other */
            push_operands(s, node, op, stated);
    }
}

/* A result's name itself: its value goes straight where the result is, unless the function
 * goes on with it. */
static void place_named_result(Schedule *s, NodeId node)
{
    if (s->stated[node]) {
        plan_schedule_for(s, node);
    } else {
        Node n = *node_at(s->g, node);
        plan_schedule_for(s, n.a);
        s->done[node] = 1;
    }
    store_results(s, node);
}

/* Is it an array of a recurrence? */
bool plan_is_member(const Schedule *s, NodeId array)
{
    SymId sym = node_at(s->g, array)->b;
    return sym < s->array_of_sym.count && s->array_of_sym.at[sym] == array;
}

static void place_all(Schedule *s)
{
    const Fn *fn = &s->plan->fn;
    for (uint32_t i = 0; i < fn->order.count; i++) {
        NodeId node = fn->order.at[i];
        Op op = node_op(s->g, node);
        if (op == OP_SYSTEM || (op == OP_ARRAY && !plan_is_member(s, node)) ||
            plan_is_call(s->g, node))
            plan_schedule_for(s, node);
        else if (s->result_of[node] && op == OP_NAME)
            place_named_result(s, node);
        else if (s->stated[node] && !s->floating[node] && (op == OP_NAME || op == OP_TEMP))
            plan_schedule_for(s, node);
    }
    for (uint32_t i = 0; i < fn->results.count; i++) {
        NodeId node = fn->results.at[i].node;
        if (node_op(s->g, node) != OP_NAME && !node_is_array(s->g, node)) {
            plan_schedule_for(s, node);
            add_store(s, i);
        }
    }
}

/* ---- choices before the order */

/* A named result that nobody but the caller wants goes straight to its place. */
static void unstate_results(Schedule *s)
{
    const Fn *fn = &s->plan->fn;
    uint8_t *used = array_new(s->plan->ctx, s->count, sizeof *used);
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
    const Fn *fn = &s->plan->fn;
    s->result_of = array_new(s->plan->ctx, s->count, sizeof *s->result_of);
    s->also = array_new(s->plan->ctx, fn->results.count + 1, sizeof *s->also);
    for (uint32_t i = fn->results.count; i-- > 0;) {
        uint32_t *first = &s->result_of[fn->results.at[i].node];
        s->also[i] = *first;
        *first = i + 1;
    }
}

/* What arrays are handed out as, and by which names. */
static void find_handed_out(Schedule *s)
{
    const Fn *fn = &s->plan->fn;
    s->result_as = array_new(s->plan->ctx, s->count, sizeof *s->result_as);
    s->handed_out_count = sym_count(s->g);
    s->handed_out = array_new(s->plan->ctx, s->handed_out_count, sizeof *s->handed_out);
    for (uint32_t i = fn->results.count; i-- > 0;) {
        s->result_as[plan_kept_as(s->g, fn->results.at[i].node)] = i + 1;
        s->handed_out[fn->results.at[i].sym] = 1;
    }
}

/* ---- what is computed again */

/* Values dearer than this are kept. */
enum { CHEAP_AGAIN = 16 };

/* Is the value made of a reduction? Then it is kept, and not the reduction. */
static bool mentions_reduction(const Schedule *s, NodeId id)
{
    NodeId stack[64];
    uint32_t depth = 0;
    stack[depth++] = id;
    while (depth) {
        NodeId at = stack[--depth];
        for (int i = 0; i < node_arity(s->g, at) && node_op(s->g, at) != OP_READ && depth < 63;
             i++) {
            NodeId operand = plan_operand(s->g, s->plan->alias.at, s->count, at, i);
            if (op_info(node_op(s->g, operand))->flags & OPF_REDUCE && node_at(s->g, operand)->free)
                return true;
            if (operand < s->count && !s->stated[operand])
                stack[depth++] = operand;
        }
    }
    return false;
}

/* The reductions that are terms of a part's value may be gathered in the array itself. */
static void note_terms(Schedule *s, NodeId part)
{
    NodeId stack[64];
    uint32_t depth = 0;
    stack[depth++] = node_at(s->g, part)->a;
    while (depth) {
        NodeId id = stack[--depth];
        const Node n = *node_at(s->g, id);
        if (op_info((Op)n.op)->flags & OPF_REDUCE)
            plan_inner_new(s, id)->part = part;
        if (n.op == OP_ADD && depth < 63)
            stack[depth++] = n.b;
        if (n.op == OP_ADD || n.op == OP_NAME || n.op == OP_TEMP)
            stack[depth++] = n.a;
    }
}

/* A reduction that is all that a name stands for is called so. */
static void name_reductions(Schedule *s)
{
    for (NodeId id = 1; id < s->count; id++) {
        const Node n = *node_at(s->g, id);
        if (!s->need[id] || (n.op != OP_NAME && n.op != OP_TEMP) ||
            !(op_info(node_op(s->g, n.a))->flags & OPF_REDUCE) || s->users[n.a] != 1)
            continue;
        plan_inner_new(s, n.a)->name = id;
        s->stated[id] = 0;
        s->plan->alias.at[id] = n.a;
        s->plan->alias.at[n.a] = n.a;
        s->users[n.a] = s->users[id];
    }
}

/* A cheap value within loops is computed where it is needed; not what makes an array that stays. */
static void find_floating(Schedule *s)
{
    uint8_t *kept = array_new(s->plan->ctx, s->count, sizeof *kept);
    for (uint32_t i = 0; i < s->plan->fn.order.count; i++) {
        const Node n = *node_at(s->g, s->plan->fn.order.at[i]);
        for (int k = 0; k < op_info((Op)n.op)->arity; k++)
            s->users[node_operand(s->g, s->plan->fn.order.at[i], k)]++;
        for (uint32_t k = 0; n.op == OP_ARRAY && k < tuple_size(s->g, n.a); k++)
            s->users[tuple_item(s->g, n.a, k)]++; /* two arrays may have the same part */
        if (n.op == OP_PART) {
            kept[n.a] = 1;
            note_terms(s, s->plan->fn.order.at[i]);
        }
    }
    name_reductions(s);
    for (NodeId id = 1; id < s->count; id++)
        if (s->need[id] && s->stated[id] && node_at(s->g, id)->free &&
            !(kept[id] && node_op(s->g, id) == OP_NAME) &&
            !(op_info(node_op(s->g, id))->flags & OPF_REDUCE))
            s->floating[id] =
                plan_cost(s->g, id, s->stated, s->plan->alias.at, s->count) <= CHEAP_AGAIN &&
                !mentions_reduction(s, id);
    ctx_resize(s->plan->ctx, kept, 0);
}

/* Is a sum, and are those that it is of, over indices that stand for nothing else in the part? */
static bool is_over_others(const Schedule *s, NodeId part, NodeId value)
{
    const Node p = *node_at(s->g, part);
    for (; node_op(s->g, value) == OP_SUM; value = plan_stands_for(s, node_at(s->g, value)->a))
        if (set_has(s->g, set_union(s->g, p.free, p.c), node_at(s->g, value)->b))
            return false;
    return true;
}

/* A sum that is the whole of what a part adds to its array is added up there. */
static void find_added(Schedule *s)
{
    for (NodeId id = 1; id < s->count; id++) {
        const Node n = *node_at(s->g, id);
        if (n.op != OP_ARRAY || !s->need[id] || n.c != ARRAY_ADD)
            continue;
        for (uint32_t i = 0; i < tuple_size(s->g, n.a); i++) {
            NodeId part = tuple_item(s->g, n.a, i),
                   value = plan_stands_for(s, node_at(s->g, part)->a);
            if (node_op(s->g, value) == OP_SUM && s->users[value] == 1 && s->users[part] == 1 &&
                is_over_others(s, part, value)) {
                s->stated[value] = 0;
                s->adds[part] = 1;
            }
        }
    }
}

/* A sum of sums is one, over more indices; not one of a sum over the same index. */
static void find_folded(Schedule *s)
{
    SetId *over =
        array_new(s->plan->ctx, s->count, sizeof *over); /* what it is folded into runs over */
    for (NodeId id = s->count - 1; id > 0; id--) {
        const Node n = *node_at(s->g, id);
        if (!s->need[id] || !(op_info((Op)n.op)->flags & OPF_REDUCE))
            continue;
        NodeId body = plan_stands_for(s, n.a);
        SetId all = set_with(s->g, over[id], n.b);
        if (node_op(s->g, body) != n.op || s->users[body] != 1 || body != n.a ||
            set_has(s->g, all, node_at(s->g, body)->b))
            continue;
        s->stated[body] = 0;
        over[body] = all;
    }
    ctx_resize(s->plan->ctx, over, 0);
}

static void find_in_loops(Schedule *s)
{
    s->seen = array_new(s->plan->ctx, s->count, sizeof *s->seen);
    s->votes_of = array_new(s->plan->ctx, s->count, sizeof *s->votes_of);
    find_floating(s);
    find_added(s);
    find_folded(s);
}

/* Who bears the symbols of recurrences. */
static void find_members(Schedule *s)
{
    for (uint32_t i = 0; i < sym_count(s->g); i++)
        *vec_push(s->plan->ctx, &s->array_of_sym) = *vec_push(s->plan->ctx, &s->system_of_sym) = 0;
    for (uint32_t i = 0; i < s->plan->fn.systems.count; i++) {
        NodeId system = s->plan->fn.systems.at[i];
        TupleId arrays = node_at(s->g, system)->a;
        for (uint32_t k = 0; k < tuple_size(s->g, arrays); k++) {
            SymId sym = node_at(s->g, tuple_item(s->g, arrays, k))->b;
            assert(sym < s->array_of_sym.count);
            s->array_of_sym.at[sym] = tuple_item(s->g, arrays, k);
            s->system_of_sym.at[sym] = system;
        }
    }
}

static void schedule_begin(Schedule *s)
{
    Ctx *ctx = s->plan->ctx;
    find_members(s);
    s->stated = array_new(ctx, s->count, sizeof *s->stated);
    s->floating = array_new(ctx, s->count, sizeof *s->floating);
    s->adds = array_new(ctx, s->count, sizeof *s->adds);
    s->done = array_new(ctx, s->count, sizeof *s->done);
    s->users = array_new(ctx, s->count, sizeof *s->users);
    s->inner_of = array_new(ctx, s->count, sizeof *s->inner_of);
    memset(vec_push(ctx, &s->inners), 0, sizeof *s->inners.at);
    s->dep = array_new(ctx, s->count, sizeof *s->dep);
    s->home = array_new(ctx, s->count, sizeof *s->home);
    tree_begin(&s->tree, s->g);
}

/* Once all has its place only the tree counts, or the statements where there are no loops. */
static void schedule_end(Schedule *s)
{
    Ctx *ctx = s->plan->ctx;
    void *arrays[] = {s->need, s->stated, s->floating, s->adds, s->done, s->seen, s->votes_of,
                      s->users, s->inner_of, s->dep, s->home, s->result_of, s->also, s->result_as,
                      s->handed_out};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ctx_resize(ctx, arrays[i], 0);
    vec_free(ctx, &s->stack);
    vec_free(ctx, &s->inners);
    vec_free(ctx, &s->array_of_sym);
    vec_free(ctx, &s->system_of_sym);
    plan_access_end(s);
    vec_free(ctx, &s->votes);
    vec_free(ctx, &s->afloat);
    vec_free(ctx, &s->zeros);
    vec_free(ctx, &s->floats);
    vec_free(ctx, &s->plan->fn.order);
}

static Plan *plan_new(Rules *r, Graph *g, Fn *fn, const PlanLimits *limits)
{
    Ctx *ctx = graph_ctx(g);
    Plan *plan = ctx_alloc(ctx, sizeof *plan);
    plan->ctx = ctx;
    plan->graph = g;
    plan->fn = (Fn){.kind = fn->kind, .order = fn->order};
    fn->order = (U32Vec){0};
    for (uint32_t i = 0; i < fn->params.count; i++)
        *vec_push(ctx, &plan->fn.params) = fn->params.at[i];
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(ctx, &plan->fn.results) = fn->results.at[i];
    plan_unroll(r, g, &plan->fn, limits->unroll);
    plan_contract(g, &plan->fn);
    memset(vec_push(ctx, &plan->locals), 0, sizeof *plan->locals.at);
    memset(vec_push(ctx, &plan->arrays), 0, sizeof *plan->arrays.at);
    vec_zeros(ctx, &plan->local_of, graph_count(g));
    vec_zeros(ctx, &plan->array_of, graph_count(g));
    vec_zeros(ctx, &plan->alias, graph_count(g));
    vec_zeros(ctx, &plan->array_of_sym, sym_count(g));
    for (NodeId id = 1; id < plan->alias.count; id++)
        plan->alias.at[id] = id;
    return plan;
}

/* Numbers what has no name in the order of the text; what is computed again needs no comment. */
static void number_locals(Plan *plan)
{
    size_t count = (size_t)sym_count(plan->graph)*ROLE_COUNT;
    uint32_t *serials = array_new(plan->ctx, count + 1, sizeof *serials);
    uint8_t *seen = array_new(plan->ctx, plan->locals.count, sizeof *seen);
    for (uint32_t i = 0; i < plan->stmts.count; i++) {
        PlanStmt *stmt = &plan->stmts.at[i];
        uint32_t id = plan_local(plan, stmt->node), array = plan->locals.at[id].array;
        PlanLocal *local = &plan->locals.at[array ? plan->arrays.at[array].local : id];
        if (local->serial == PLAN_UNNUMBERED)
            local->serial = ++serials[local->origin*ROLE_COUNT + local->role];
        if (stmt->kind == PLAN_LET)
            stmt->quiet |= seen[id]++ != 0;
    }
    ctx_resize(plan->ctx, serials, 0);
    ctx_resize(plan->ctx, seen, 0);
}

/* The room for what is not on the stack is an argument behind the results. */
static void add_work(Plan *plan)
{
    if (!plan->work)
        return;
    SymId sym = sym_new(plan->graph, name_of(plan->ctx, "work"), SYM_DERIVED,
                        tuple_of(plan->graph, &plan->work, 1));
    Result work = {.sym = sym, .role = ARG_WORK, .of = sym, .node = plan->work};
    *vec_push(plan->ctx, &plan->fn.results) = work;
}

/* Is it of a function whose statements may need loops, or to come behind what sets elements? Not
 * an array that is only handed out, whose elements are set one by one. */
static bool is_of_loops(const Graph *g, const Node *n)
{
    switch (n->op) {
    case OP_ARRAY: return n->free || n->c != ARRAY_SET;
    case OP_PART: return n->free || n->c || !tuple_is_constant(g, n->b);
    case OP_REF: return !tuple_is_constant(g, n->b);
    case OP_READ: case OP_OWN: case OP_MEMBER: case OP_SYSTEM: return true;
    default: return n->free || op_info((Op)n->op)->flags & (OPF_REDUCE | OPF_ARRAY);
    }
}

/* What need not be asked of a function that has no loops, or no conditions. */
static void look_over(Schedule *s)
{
    const U32Vec *order = &s->plan->fn.order;
    for (uint32_t i = 0; i < order->count; i++) {
        const Node *n = node_at(s->g, order->at[i]);
        s->loops |= is_of_loops(s->g, n);
        s->arrays |= n->op == OP_ARRAY;
        s->selects |= n->op == OP_SELECT;
    }
    s->arrays |= s->loops;
}

/* What is done once all that is computed has its place among the loops. */
static void finish_loops(Schedule *s, const PlanLimits *limits)
{
    plan_place_begins(s);
    plan_join_loops(s);
    plan_place_floats(s);
    plan_storage(s, limits);
}

Plan *plan_function(Rules *r, Graph *g, Fn *fn, const PlanLimits *limits)
{
    Plan *plan = plan_new(r, g, fn, limits);
    Schedule s = {.plan = plan, .g = g, .count = graph_count(g)};
    look_over(&s);
    schedule_begin(&s);
    uint8_t *circular = array_new(plan->ctx, s.count, sizeof *circular);
    s.need = plan_need(g, &plan->fn, s.count, circular);
    chain_results(&s);
    if (s.arrays)
        find_handed_out(&s);
    plan_alias_named(&s);
    if (s.selects)
        plan_alias_arms(&s);
    plan_stated(g, &plan->fn, s.count, s.need, circular, plan->alias.at, s.loops, limits,
                s.stated);
    ctx_resize(plan->ctx, circular, 0);
    unstate_results(&s);
    if (s.loops)
        find_in_loops(&s);
    place_all(&s);
    if (s.loops)
        finish_loops(&s, limits);
    schedule_end(&s); /* the arrays for the splitting can be where its were */
    tree_flatten(&s.tree, plan);
    tree_end(&s.tree);
    if (s.loops && s.selects)
        plan_join_guarded(plan);
    if (s.loops)
        plan_leave_unused(plan);
    plan_split(plan, limits);
    number_locals(plan);
    plan_lay_out(plan, limits);
    add_work(plan);
    return plan;
}

void plan_free(Plan *plan)
{
    vec_free(plan->ctx, &plan->stmts);
    vec_free(plan->ctx, &plan->locals);
    vec_free(plan->ctx, &plan->arrays);
    vec_free(plan->ctx, &plan->local_of);
    vec_free(plan->ctx, &plan->array_of);
    vec_free(plan->ctx, &plan->array_of_sym);
    vec_free(plan->ctx, &plan->alias);
    vec_free(plan->ctx, &plan->parts);
    vec_free(plan->ctx, &plan->slot_of);
    vec_free(plan->ctx, &plan->part_of);
    vec_free(plan->ctx, &plan->keeps);
    vec_free(plan->ctx, &plan->fn.params);
    vec_free(plan->ctx, &plan->fn.results);
    vec_free(plan->ctx, &plan->fn.systems);
    vec_free(plan->ctx, &plan->fn.called);
}
