/* Values into the tree of loops: what each is called, reductions, and what is computed again beside
 * those who need it. */
#include "front/front.h"
#include "plan/plan.h"

/* ---- names */

/* Is it the name of an array that is handed out? Then a local of the name is called otherwise. */
static bool names_result(const Schedule *s, SymId sym)
{
    return s->arrays && sym < s->handed_out_count && s->handed_out[sym] && sym_at(s->g, sym)->shape;
}

/* What a part that has no name is a part of: of the definition, of its tangent, of its adjoint. */
static SymRole role_of_part(const Schedule *s, NodeId node)
{
    FnKind kind = s->plan->fn.kind;
    if (!node_is_derived(s->g, node))
        return ROLE_SELF;
    return kind == FN_FORWARD ? ROLE_DOT
           : kind == FN_REVERSE || kind == FN_GRADIENT ? ROLE_BAR : ROLE_SELF;
}

/* The symbol by which an array that a function computes is known; 0 if there is none. */
static SymId name_of_call(const Schedule *s, NodeId node)
{
    const U32Vec *called = &s->plan->fn.called;
    if (node_op(s->g, node) == OP_FACTOR) {
        SymId sym = array_sym(s->g, node_at(s->g, node)->a);
        return sym && sym_at(s->g, sym)->name ? sym_derived(s->g, sym, ROLE_LU) : 0;
    }
    for (uint32_t i = 0; i < called->count; i += 2)
        if (called->at[i] == node && sym_at(s->g, called->at[i + 1])->name)
            return called->at[i + 1];
    return 0;
}

/* What the local is called: decided here in terms of symbols, spelled by the back end. */
uint32_t plan_place_name(Schedule *s, NodeId node)
{
    const NodeId name = plan_inner(s, node)->name ? plan_inner(s, node)->name : node;
    const Node n = *node_at(s->g, name);
    PlanLocal local = {.node = node, .origin = node_definition(s->g, node)};
    if (s->plan->local_of.at[node])
        return s->plan->local_of.at[node];
    if (n.op == OP_REF) {
        local.sym = n.a;
        local.entry = n.b;
    } else if (n.op == OP_NAME || (n.op == OP_ARRAY && sym_at(s->g, n.b)->name)) {
        bool taken = s->result_of[name] || names_result(s, n.b);
        local.sym = taken && n.op == OP_NAME ? sym_derived(s->g, n.b, ROLE_VALUE) : n.b;
        local.element = n.op == OP_NAME ? n.c : 0;
    } else if (plan_is_call(s->g, node) && name_of_call(s, node)) {
        local.sym = name_of_call(s, node);
    } else if (n.op == OP_TEMP && n.b && node_op(s->g, plan_stands_for(s, n.b)) != OP_NAME &&
               plan_local(s->plan, plan_stands_for(s, n.b))) {
        local.partner = plan_stands_for(s, n.b);
        local.role = (SymRole)n.c;
    } else {
        local.serial = PLAN_UNNUMBERED;
        local.role = role_of_part(s, node);
    }
    *vec_push(s->plan->ctx, &s->plan->locals) = local;
    s->plan->local_of.at[node] = s->plan->locals.count - 1;
    return s->plan->locals.count - 1;
}

PlanStmt plan_place_new(const Schedule *s, PlanKind kind, NodeId node)
{
    PlanStmt stmt = {.kind = (uint8_t)kind, .node = node, .origin = node_origin(s->g, node),
                     .derived = node_is_derived(s->g, node)};
    return stmt;
}

/* ---- what floats */

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

static PlanStmt let(Schedule *s, NodeId node)
{
    plan_place_name(s, node);
    PlanStmt stmt = plan_place_new(s, PLAN_LET, node);
    NodeId need = s->need[node];
    if (!node_number(s->g, need) && !plan_is_total(s->g, node, s->stated) &&
        !is_guarded(s, node, need))
        stmt.guard = need;
    return stmt;
}

/* Are the elements others in each turn of the loops around both? */
static bool are_apart(const Schedule *s, TupleId write, TupleId read)
{
    Graph *g = s->g;
    NodeId one = build_int(g, 1);
    for (uint32_t k = 0; k < tuple_size(g, write) && k < tuple_size(g, read); k++) {
        NodeId w = tuple_item(g, write, k), r = tuple_item(g, read, k);
        if (extent_nonnegative(g, build2(g, OP_SUB, build2(g, OP_SUB, w, r), one), NULL, 0) ||
            extent_nonnegative(g, build2(g, OP_SUB, build2(g, OP_SUB, r, w), one), NULL, 0))
            return true;
    }
    return false;
}

/* Is an element that is read set within the child of the body? */
static bool is_set_in(const Schedule *s, NodeId array, TupleId at, TreeId body, TreeId child)
{
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i)) {
        const PlanWriter *w = plan_writer(s, i);
        if (tree_child(&s->tree, body, w->at) == child && !are_apart(s, w->subscripts, at))
            return true;
    }
    return false;
}

/* Does the text of a floating value speak of what is computed within the child of the body? */
static bool needs_within(Schedule *s, NodeId node, TreeId body, TreeId child)
{
    U32Vec stack = {0};
    bool needs = false;
    s->walks++;
    *vec_push(s->plan->ctx, &stack) = node;
    while (stack.count && !needs) {
        NodeId id = stack.at[--stack.count];
        const Node n = *node_at(s->g, id);
        if (id < s->count && s->floating[id] && !plan_is_new(s, id))
            continue;
        if (id != node && id < s->count && s->stated[id] && !s->floating[id])
            needs = tree_child(&s->tree, body, s->dep[id].at) == child;
        else if (n.op == OP_OWN || n.op == OP_READ)
            needs = is_set_in(s, n.op == OP_OWN ? s->array_of_sym.at[n.a] : plan_kept_as(s->g, n.a),
                              n.b, body, child);
        else
            for (int i = node_arity(s->g, id); i-- > 0;)
                *vec_push(s->plan->ctx, &stack) =
                    plan_operand(s->g, s->plan->alias.at, s->count, id, i);
    }
    vec_free(s->plan->ctx, &stack);
    return needs;
}

/* Sees to it that a floating value is computed in the innermost of its loops around `at`, before
 * what is there. */
static void float_before(Schedule *s, NodeId node, TreeId at)
{
    TreeId body = tree_innermost(&s->tree, at, node_at(s->g, node)->free);
    TreeId child = tree_child(&s->tree, body, at);
    while (child != at && needs_within(s, node, body, child)) {
        body = child;
        child = tree_child(&s->tree, body, at);
    }
    for (uint32_t i = plan_inner(s, node)->floats; i; i = s->floats.at[i - 1].next)
        if (s->floats.at[i - 1].body == body) {
            tree_before(&s->tree, s->floats.at[i - 1].at, child);
            return;
        }
    PlanStmt stmt = let(s, node);
    stmt.quiet = plan_is_entry(s->g, node);
    PlanInner *inner = plan_inner_new(s, node);
    PlanFloat place = {node, body, tree_insert(&s->tree, child, 0, at, &stmt), inner->floats};
    *vec_push(s->plan->ctx, &s->floats) = place;
    inner->floats = s->floats.count;
}

void plan_place_floats(Schedule *s)
{
    uint8_t *entries = plan_find_entries(s);
    for (uint32_t i = 0; i < s->afloat.count; i++) {
        const PlanUse u = s->afloat.at[i];
        if (!plan_is_entry(s->g, u.node) || (u.node < s->count && entries[u.node]))
            float_before(s, u.node, u.at);
    }
    ctx_resize(s->plan->ctx, entries, 0);
}

/* ---- reductions */

/* The body that a reduction folds, sums of sums taken together, and the indices it runs over.
 * Inner ones have no statement: find_folded. */
static NodeId body_of(const Schedule *s, NodeId reduction, SetId *over)
{
    Graph *g = s->g;
    Node n = *node_at(g, reduction);
    for (*over = set_with(g, 0, n.b);; *over = set_with(g, *over, n.b)) {
        NodeId body = plan_stands_for(s, n.a);
        if (body >= s->count || s->stated[body] || node_op(g, body) != n.op)
            return n.a;
        n = *node_at(g, body);
    }
}

/* What is folded first is zero, or what else is neutral, just before the loops. */
static void place_reduction(Schedule *s, NodeId node)
{
    Graph *g = s->g;
    SetId over, free = node_at(g, node)->free;
    PlanStmt fold = plan_place_new(s, PLAN_FOLD, node), start = plan_place_new(s, PLAN_START, node);
    start.quiet = true;
    fold.value = body_of(s, node, &over);
    plan_place_name(s, node);
    if (!node_number(g, s->need[node]))
        fold.guard = s->need[node];
    fold.strict = fold.guard && !plan_is_total(g, fold.value, s->stated);
    const NodeId roots[2] = {fold.value, fold.guard};
    TreeId at = plan_place_text(s, set_union(g, free, over), roots, fold.guard ? 2 : 1, 0, fold);
    TreeId loop = tree_outermost(&s->tree, at, over);
    PlanInner *inner = plan_inner_new(s, node);
    inner->rest = set_minus(g, free, tree_common(&s->tree, loop, loop));
    inner->start = tree_insert(&s->tree, loop, inner->rest, at, &start);
    tree_depend(&s->tree, at, inner->start, node_at(s->g, node)->free);
    s->home[node] = loop;
    s->dep[node] = (Dep){at, free};
}

void plan_place_local(Schedule *s, NodeId node)
{
    if (op_info(node_op(s->g, node))->flags & OPF_REDUCE) {
        place_reduction(s, node);
        return;
    }
    SetId free = node_at(s->g, node)->free;
    PlanStmt stmt = let(s, node);
    const NodeId roots[2] = {node, stmt.guard};
    TreeId at = plan_place_text(s, free, roots, stmt.guard ? 2 : 1, node, stmt);
    if (!s->loops) /* all comes in the order in which it is placed: nobody asks where */
        return;
    s->dep[node] = (Dep){at, free};
    s->home[node] = at;
}
