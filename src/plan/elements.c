/* Arrays into the tree of loops: the elements that their parts set or add to. */
#include "plan/plan.h"

/* ---- arrays */

static void place_zeros(Schedule *s, NodeId array)
{
    TupleId shape = node_shape(s->g, array);
    for (uint32_t i = 0; i < tuple_size(s->g, shape); i++)
        if (node_is_int(s->g, tuple_item(s->g, shape, i), 0))
            return;
    if (!plan_is_member(s, array)) { /* before those that add, wherever these will be */
        *vec_push(s->plan->ctx, &s->zeros) = array;
        return;
    }
    PlanStmt zero = plan_place_new(s, PLAN_ZERO, array);
    zero.quiet = true;
    SetId free = node_at(s->g, array)->free, bound;
    zero.subscripts = index_axes(s->g, node_shape(s->g, array), free, &bound);
    SetId domain = set_union(s->g, free, bound);
    const TreeId at = plan_place_text(s, domain, NULL, 0, 0, zero);
    plan_note_writer(s, array, zero.subscripts, at, false);
}

/* Where a part is written. One that is a number may be one of several definitions, and comes from
 * the first of them. */
static SymId origin_of_part(const Schedule *s, NodeId array, SymId origin)
{
    const SymId definition = node_at(s->g, array)->b;
    const Sym *sym = sym_at(s->g, origin);
    const bool own = (sym->kind == SYM_EQUATION ? sym->base : origin) == definition;
    return own || sym_at(s->g, definition)->kind != SYM_DEF ? origin : definition;
}

/* Is there a statement for the value alone? */
static bool is_computed_here(const Schedule *s, NodeId value)
{
    return node_arity(s->g, value) && node_op(s->g, value) != OP_NAME;
}

/* Origin and kind of a statement that adds to, or sets, elements. */
static PlanStmt element_stmt(const Schedule *s, PlanKind kind, NodeId array, NodeId part,
                             NodeId value)
{
    PlanStmt stmt = plan_place_new(s, kind, is_computed_here(s, value) ? value : part);
    if (!node_arity(s->g, value) && !stmt.derived)
        stmt.origin = origin_of_part(s, array, stmt.origin);
    stmt.node = array;
    stmt.value = value;
    stmt.subscripts = node_at(s->g, part)->b;
    return stmt;
}

/* The loops that a part is set or added in: also those that the array is in. */
static SetId domain_of_part(const Schedule *s, NodeId array, NodeId part)
{
    const Node p = *node_at(s->g, part);
    return set_union(s->g, node_at(s->g, array)->free, set_union(s->g, p.free, p.c));
}

/* What a part adds: of a sum for this part only what it sums, so that it is added at once. */
static NodeId added_value(const Schedule *s, NodeId value, SetId *domain)
{
    for (;;) {
        NodeId id = plan_stands_for(s, value);
        const Node n = *node_at(s->g, id);
        bool open = id < s->count && !s->stated[id];
        if (open && n.op == OP_SUM) {
            *domain = set_with(s->g, *domain, n.b);
            value = n.a;
        } else if (open && (n.op == OP_NAME || n.op == OP_TEMP) && plan_stands_for(s, n.a) != id) {
            value = n.a; /* a value that its name stands for leads back to the name */
        } else {
            return value;
        }
    }
}

/* x[i - 1] += i > 0 ? v : 0 as if (i > 0) x[i - 1] += v. */
static void guard_addition(const Schedule *s, PlanStmt *stmt)
{
    Graph *g = s->g;
    NodeId id = plan_stands_for(s, stmt->value);
    Node n = *node_at(g, id);
    bool stated = false;
    while (n.op == OP_NAME || n.op == OP_TEMP) {
        stated |= id < s->count && s->stated[id];
        id = plan_stands_for(s, n.a) == id ? n.a : plan_stands_for(s, n.a);
        n = *node_at(g, id);
    }
    stated |= id < s->count && s->stated[id];
    if (n.op != OP_SELECT || (!node_is_int(g, n.b, 0) && !node_is_int(g, n.c, 0)))
        return;
    bool inside = node_is_int(g, n.c, 0);
    stmt->guard = inside ? n.a : build_not(g, n.a);
    if (!stated)
        stmt->value = inside ? n.b : n.c;
}

/* note [unneeded]: the condition that an element is needed under, where it may be none outside. */
NodeId plan_guard_of_element(const Schedule *s, NodeId value)
{
    const NodeId stands = plan_stands_for(s, value);
    const NodeId need = stands < s->count ? s->need[stands] : 0;
    if (!need || node_number(s->g, need) || s->stated[stands] ||
        plan_is_total(s->g, stands, s->stated))
        return 0;
    return need;
}

static TreeId place_element(Schedule *s, PlanKind kind, NodeId array, NodeId part, NodeId value)
{
    const Node p = *node_at(s->g, part);
    SetId domain = domain_of_part(s, array, part);
    if (kind == PLAN_ADD)
        value = added_value(s, value, &domain);
    PlanStmt stmt = element_stmt(s, kind, array, part, value);
    if (kind == PLAN_ADD)
        guard_addition(s, &stmt);
    const NodeId need = kind == PLAN_PUT ? plan_guard_of_element(s, value) : 0;
    if (need)
        stmt.value = build_select(s->g, need, value, build_int(s->g, 0));
    const NodeId roots[2] = {stmt.value, stmt.guard};
    TreeId at = plan_place_text(s, domain, roots, stmt.guard ? 2 : 1, 0, stmt);
    plan_note_writer(s, array, p.b, at, kind == PLAN_ADD);
    return at;
}

/* A first part that covers the array: zeros are needed only where it sums up, just before. */
static void place_first_sum(Schedule *s, NodeId array, NodeId part)
{
    Graph *g = s->g;
    const Node p = *node_at(g, part);
    SetId outer = node_at(g, array)->free, domain = domain_of_part(s, array, part);
    NodeId value = added_value(s, p.a, &domain);
    SetId over = set_minus(g, domain, set_union(g, outer, tuple_free(g, p.b)));
    TreeId at = place_element(s, over ? PLAN_ADD : PLAN_PUT, array, part, p.a);
    if (!over)
        return;
    PlanStmt zero = element_stmt(s, PLAN_ZERO, array, part, value);
    zero.value = 0;
    zero.quiet = true;
    TreeId loop = tree_outermost(&s->tree, at, over);
    SetId rest = set_minus(g, set_minus(g, domain, over), tree_common(&s->tree, loop, loop));
    TreeId begun = tree_insert(&s->tree, loop, rest, at, &zero);
    tree_depend(&s->tree, at, begun, tuple_free(g, p.b));
    plan_note_writer(s, array, p.b, begun, false);
}

/* Is it a sum that is gathered in an array, for this one only, and another for each element? Then
 * this may be that array. */
static bool is_gathered(const Schedule *s, NodeId node, TupleId at)
{
    return node < s->count && s->stated[node] && node_op(s->g, node) == OP_SUM &&
           plan_inner(s, node)->rest &&
           s->users[node] == 1 && !s->plan->locals.at[s->plan->local_of.at[node]].array &&
           !set_minus(s->g, tuple_free(s->g, at), node_at(s->g, node)->free);
}

static void keep_in(Schedule *s, NodeId node, NodeId array, TupleId at)
{
    plan_keep_in(s, node, s->plan->array_of.at[array], at);
    plan_note_writer(s, array, at, s->dep[node].at, plan_inner(s, node)->start != 0);
}

/* Sums that are gathered in one array begin once, with zeros before the first of them. */
static void gather(Schedule *s, const U32Vec *sums, NodeId array, TupleId at)
{
    TreeId first = 0;
    for (uint32_t i = 0; i < sums->count; i++) {
        TreeId start = plan_inner(s, sums->at[i])->start;
        first = !first || tree_precedes(&s->tree, start, first) ? start : first;
    }
    for (uint32_t i = 0; i < sums->count; i++) {
        keep_in(s, sums->at[i], array, at);
        tree_depend(&s->tree, s->dep[sums->at[i]].at, first, tuple_free(s->g, at));
        if (plan_inner(s, sums->at[i])->start != first)
            tree_remove(&s->tree, plan_inner(s, sums->at[i])->start);
    }
    if (first)
        plan_note_writer(s, array, at, first, false);
}

/* Is it a name of something else? */
static bool is_named(const Schedule *s, NodeId id)
{
    const Node *n = node_at(s->g, id);
    return (n->op == OP_NAME || n->op == OP_TEMP) && plan_stands_for(s, n->a) != id;
}

/* Is it written where it is used, as a sum or as what is another's name? */
static bool is_open(const Schedule *s, NodeId id)
{
    return id < s->count && !s->stated[id] && (node_op(s->g, id) == OP_ADD || is_named(s, id));
}

/* The terms of a sum as written; those that are gathered are gathered in the array at once. Gives
 * the others as a sum; 0 if there are none. */
static NodeId gather_terms(Schedule *s, NodeId value, NodeId array, TupleId at)
{
    Graph *g = s->g;
    Ctx *ctx = s->plan->ctx;
    U32Vec stack = {0}, sums = {0}, rest = {0};
    NodeId id = plan_stands_for(s, value), others = 0;
    if (!is_open(s, id) && !is_gathered(s, id, at))
        return value;
    *vec_push(ctx, &stack) = id;
    while (stack.count) {
        id = plan_stands_for(s, stack.at[--stack.count]);
        const Node n = *node_at(g, id);
        const bool open = is_open(s, id);
        if (open && n.op == OP_ADD)
            *vec_push(ctx, &stack) = n.b;
        if (open)
            *vec_push(ctx, &stack) = n.a;
        else
            *vec_push(ctx, is_gathered(s, id, at) ? &sums : &rest) = id;
    }
    gather(s, &sums, array, at);
    for (uint32_t i = 0; sums.count && i < rest.count; i++)
        others = others ? build2(g, OP_ADD, others, rest.at[i]) : rest.at[i];
    others = sums.count ? others : value;
    vec_free(ctx, &stack);
    vec_free(ctx, &sums);
    vec_free(ctx, &rest);
    return others;
}

/* A part that sets its elements: of a value that has a statement anyway, and of sums, these are
 * computed where they belong. */
static void place_set(Schedule *s, NodeId array, NodeId part)
{
    const Node p = *node_at(s->g, part);
    NodeId value = plan_stands_for(s, p.a);
    bool kept = value < s->count && s->stated[value] && !s->floating[value] &&
                s->dep[value].at && set_size(s->g, node_at(s->g, value)->free) &&
                node_at(s->g, value)->free == domain_of_part(s, array, part) &&
                !(op_info(node_op(s->g, value))->flags & OPF_REDUCE);
    if (kept && !s->plan->locals.at[s->plan->local_of.at[value]].array) {
        keep_in(s, value, array, p.b);
        return;
    }
    NodeId others = gather_terms(s, p.a, array, p.b);
    if (others)
        place_element(s, others == p.a ? PLAN_PUT : PLAN_ADD, array, part, others);
}

NodeId plan_kept_as(const Graph *g, NodeId node)
{
    return node_op(g, node) == OP_MEMBER ? member_array(g, node) : node;
}

/* Where the array is: a result's place, or one of the function's own. */
void plan_add_array(Schedule *s, NodeId array)
{
    const uint32_t result = s->result_as[array];
    PlanArray a = {.own = !result, .extents = node_shape(s->g, array)};
    if (result)
        a.sym = s->plan->fn.results.at[result - 1].sym;
    else
        a.local = plan_place_name(s, array);
    *vec_push(s->plan->ctx, &s->plan->arrays) = a;
    s->plan->array_of.at[array] = s->plan->arrays.count - 1;
}

/* The part that is placed first: one that sets all elements, else one that sums over the whole. */
static uint32_t first_part(Schedule *s, NodeId array, const uint8_t *may)
{
    Graph *g = s->g;
    const Node a = *node_at(g, array);
    uint32_t size = tuple_size(g, a.a), sums = size;
    for (uint32_t i = 0; i < size; i++) {
        const Node p = *node_at(g, tuple_item(g, a.a, i));
        if (!tuple_is_whole(g, p.b, p.c, node_shape(g, array)) || (may && !may[i]))
            continue;
        if (!set_size(g, set_minus(g, p.c, tuple_free(g, p.b))) && !s->adds[tuple_item(g, a.a, i)])
            return i;
        sums = sums == size ? i : sums;
    }
    return sums;
}

NodeId plan_place_first(Schedule *s, NodeId array, const uint8_t *may)
{
    const Node a = *node_at(s->g, array);
    uint32_t first = first_part(s, array, may);
    if (first == tuple_size(s->g, a.a)) {
        place_zeros(s, array);
        return 0;
    }
    NodeId part = tuple_item(s->g, a.a, first);
    plan_schedule_for(s, node_at(s->g, part)->a);
    place_first_sum(s, array, part);
    return part;
}

void plan_place_part(Schedule *s, NodeId array, NodeId part)
{
    bool adds = node_at(s->g, array)->c == ARRAY_ADD;
    place_element(s, adds ? PLAN_ADD : PLAN_PUT, array, part, node_at(s->g, part)->a);
}

/* Zeros, unless one of the parts covers the array; then what the others add. */
static void place_sum_of_parts(Schedule *s, NodeId array)
{
    const Node a = *node_at(s->g, array);
    NodeId first = plan_place_first(s, array, NULL);
    for (uint32_t i = 0; i < tuple_size(s->g, a.a); i++)
        if (tuple_item(s->g, a.a, i) != first)
            plan_place_part(s, array, tuple_item(s->g, a.a, i));
}

void plan_place_array(Schedule *s, NodeId array)
{
    Graph *g = s->g;
    const Node a = *node_at(g, array);
    uint32_t size = tuple_size(g, a.a);
    plan_add_array(s, array);
    if (a.c == ARRAY_ADD)
        place_sum_of_parts(s, array);
    for (uint32_t i = 0; a.c == ARRAY_SET && i < size; i++)
        place_set(s, array, tuple_item(g, a.a, i));
}

/* ---- calls */

void plan_place_call(Schedule *s, NodeId node)
{
    PlanStmt stmt = plan_place_new(s, PLAN_CALL, node);
    if (!node_number(s->g, s->need[node]))
        stmt.guard = s->need[node];
    plan_add_array(s, node);
    const NodeId roots[2] = {node, stmt.guard};
    TreeId at =
        plan_place_text(s, node_at(s->g, node)->free, roots, stmt.guard ? 2 : 1, node, stmt);
    plan_note_writer(s, node, 0, at, false);
}
