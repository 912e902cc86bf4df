/* Statements into the tree of loops: what the text of each depends on, which loops it wants, and
 * what is computed again beside it. */
#include <string.h>

#include "front/front.h"
#include "plan/plan.h"

/* ---- names */

static NodeId stands_for(const Schedule *s, NodeId node)
{
    return node < s->count ? s->plan->alias.at[node] : node;
}

/* Is it the name of an array that is handed out? Then a local of the name is called otherwise. */
static bool names_result(const Schedule *s, SymId sym)
{
    const Fn *fn = &s->plan->fn;
    for (uint32_t i = 0; s->loops && i < fn->results.count; i++)
        if (fn->results.at[i].sym == sym && sym_at(s->g, sym)->shape)
            return true;
    return false;
}

/* What the local is called: decided here in terms of symbols, spelled by the back end. */
uint32_t plan_place_name(Schedule *s, NodeId node)
{
    const NodeId name = s->name_of[node] ? s->name_of[node] : node;
    const Node n = *node_at(s->g, name);
    PlanLocal local = {.node = node, .origin = node_origin(s->g, node)};
    if (s->plan->local_of.at[node])
        return s->plan->local_of.at[node];
    if (n.op == OP_NAME || (n.op == OP_ARRAY && sym_at(s->g, n.b)->name)) {
        bool taken = s->result_of[name] || names_result(s, n.b);
        local.sym = taken && n.op == OP_NAME ? sym_derived(s->g, n.b, ROLE_VALUE) : n.b;
        local.element = n.op == OP_NAME ? n.c : 0;
    } else if (n.op == OP_TEMP && n.b && node_op(s->g, stands_for(s, n.b)) != OP_NAME &&
               plan_local(s->plan, stands_for(s, n.b))) {
        local.partner = stands_for(s, n.b);
        local.role = (SymRole)n.c;
    } else {
        local.serial = ++s->serials[local.origin];
    }
    *vec_push(s->plan->ctx, &s->plan->locals) = local;
    s->plan->local_of.at[node] = s->plan->locals.count - 1;
    return s->plan->locals.count - 1;
}

PlanStmt plan_place_new(const Schedule *s, PlanKind kind, NodeId node)
{
    PlanStmt stmt = {.kind = kind, .node = node, .origin = node_origin(s->g, node),
                     .derived = node_is_derived(s->g, node)};
    return stmt;
}

/* ---- what a text depends on */

typedef struct Texts {
    Schedule *s;
    DepVec deps;
    VoteVec votes;
    PlanUseVec uses; /* of nodes with a statement, and arrays */
    U32Vec floats; /* operands before users */
    U32Vec stack;  /* nodes twice, plus 1 to come back to one that floats */
} Texts;

/* An access by these subscripts would have the index of the later axis in the inner loop. */
static void vote(Texts *x, TupleId subscripts, int weight)
{
    Graph *g = x->s->g;
    for (uint32_t i = 0; i < tuple_size(g, subscripts); i++)
        for (uint32_t k = i + 1; k < tuple_size(g, subscripts); k++) {
            SetId a = node_at(g, tuple_item(g, subscripts, i))->free;
            SetId b = node_at(g, tuple_item(g, subscripts, k))->free;
            for (uint32_t p = 0; p < set_size(g, a); p++)
                for (uint32_t q = 0; q < set_size(g, b); q++) {
                    Votes v = {set_member(g, a, p), set_member(g, b, q), weight};
                    *vec_push(x->s->plan->ctx, &x->votes) = v;
                }
        }
}

/* A reduction would rather be a number than an array: its own loops inside. And a name's value in
 * the order of the name's subscripts. */
static void vote_for_reduction(Texts *x, const PlanStmt *stmt)
{
    Graph *g = x->s->g;
    if (stmt->kind != PLAN_FOLD)
        return;
    NodeId name = x->s->name_of[stmt->node], part = x->s->part_of[stmt->node];
    if (name && node_op(g, name) == OP_NAME)
        vote(x, node_at(g, name)->c, VOTE_BY_DEFINITION);
    if (part)
        vote(x, node_at(g, part)->b, VOTE_BY_ACCESS);
    SetId free = node_at(g, stmt->node)->free;
    for (uint32_t i = 0; i < set_size(g, free); i++) {
        Votes v = {set_member(g, free, i), node_at(g, stmt->node)->b, VOTE_BY_DEFINITION};
        *vec_push(x->s->plan->ctx, &x->votes) = v;
    }
}

/* Is the element that is read at hand when the writer's loop over an index has come to the turn of
 * the reader? It is, if that index alone moves the written element along an axis, and the element
 * read is the one written in this turn or an earlier one. */
static bool is_at_hand(Schedule *s, NodeId write, NodeId read, IndexId index, TreeId writer)
{
    Graph *g = s->g;
    NodeId leaf = build_index(g, index);
    if (write == leaf && read == leaf)
        return true;
    if (node_at(g, write)->free != set_with(g, 0, index) ||
        node_op(g, build2(g, OP_SUB, write, leaf)) != OP_CONST)
        return false;
    TreeId loop = tree_loop_over(&s->tree, writer, index);
    bool down = loop && s->tree.nodes.at[loop].stmt.down;
    return extent_nonnegative(g, down ? build2(g, OP_SUB, read, write) : build2(g, OP_SUB, write, read),
                              NULL, 0);
}

/* The same where that index alone moves the element read: it was written in an earlier turn. */
static bool is_behind(Schedule *s, NodeId write, NodeId read, IndexId index, TreeId writer)
{
    Graph *g = s->g;
    TreeId loop = tree_loop_over(&s->tree, writer, index);
    if (!loop || node_op(g, build2(g, OP_SUB, read, build_index(g, index))) != OP_CONST)
        return false;
    bool down = s->tree.nodes.at[loop].stmt.down;
    NodeId ahead = down ? build2(g, OP_SUB, read, write) : build2(g, OP_SUB, write, read);
    return extent_nonnegative(g, build2(g, OP_SUB, ahead, build_int(g, 1)), NULL, 0);
}

/* The indices whose loops a reader of an element may share with a writer. */
static SetId shared_slices(Schedule *s, const PlanWriter *w, TupleId read)
{
    Graph *g = s->g;
    SetId set = 0;
    for (uint32_t a = 0; a < tuple_size(g, w->subscripts) && a < tuple_size(g, read); a++) {
        NodeId here = tuple_item(g, w->subscripts, a);
        SetId free = node_at(g, here)->free;
        if (set_size(g, free) == 1 &&
            is_at_hand(s, here, tuple_item(g, read, a), set_member(g, free, 0), w->at))
            set = set_union(g, set, free);
        SetId moved = node_at(g, tuple_item(g, read, a))->free;
        if (set_size(g, moved) == 1 &&
            is_behind(s, here, tuple_item(g, read, a), set_member(g, moved, 0), w->at))
            set = set_union(g, set, moved);
    }
    return set;
}

/* What an array-valued node is kept as: of a recurrence's array the ARRAY. */
static NodeId array_of_node(Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    return n.op == OP_MEMBER ? tuple_item(g, node_at(g, n.a)->a, n.b) : node;
}

static void depend_on_array(Texts *x, NodeId array, TupleId subscripts, bool adding)
{
    Schedule *s = x->s;
    for (uint32_t i = 0; i < s->writers.count; i++) {
        const PlanWriter w = s->writers.at[i];
        if (w.array != array || (adding && w.adds))
            continue;
        SetId share = shared_slices(s, &w, subscripts);
        Dep dep = {w.at, set_union(s->g, share, node_at(s->g, array)->free)};
        *vec_push(s->plan->ctx, &x->deps) = dep;
    }
    PlanUse use = {.node = array, .subscripts = subscripts};
    *vec_push(s->plan->ctx, &x->uses) = use;
}

static void look_at_operands(Texts *x, NodeId id)
{
    Schedule *s = x->s;
    for (int i = node_arity(s->g, id); i-- > 0;) {
        NodeId operand = plan_operand(s->g, s->plan->alias.at, s->count, id, i);
        *vec_push(s->plan->ctx, &x->stack) = operand * 2;
    }
}

static bool is_guarded_here(const Schedule *s, NodeId id)
{
    return id < s->count && s->stated[id] && !node_number(s->g, s->need[id]) &&
           !plan_is_total(s->g, id, s->stated);
}

static void look_at(Texts *x, NodeId id, NodeId own)
{
    Schedule *s = x->s;
    Ctx *ctx = s->plan->ctx;
    const Node n = *node_at(s->g, id);
    bool stated = id < s->count && s->stated[id] && id != own;
    if (stated && !s->floating[id]) {
        *vec_push(ctx, &x->deps) = s->dep[id];
        PlanUse use = {.node = id};
        *vec_push(ctx, &x->uses) = use;
        return;
    }
    if (n.op == OP_REF || n.op == OP_READ || n.op == OP_OWN)
        vote(x, n.b, VOTE_BY_ACCESS);
    if (n.op == OP_NAME)
        vote(x, n.c, VOTE_BY_DEFINITION);
    if (n.op == OP_OWN) {
        depend_on_array(x, s->array_of_sym.at[n.a], n.b, false);
        return;
    }
    if (n.op == OP_READ && node_op(s->g, n.a) != OP_MEMBER) {
        depend_on_array(x, n.a, n.b, false);
        return;
    }
    if (n.op == OP_MEMBER || n.op == OP_ARRAY || (plan_is_call(s->g, id) && id != own)) {
        depend_on_array(x, array_of_node(s->g, id), 0, false);
        return;
    }
    if (stated)
        *vec_push(ctx, &x->stack) = id * 2 + 1;
    look_at_operands(x, id);
    if (is_guarded_here(s, id))
        *vec_push(ctx, &x->stack) = s->need[id] * 2;
}

static void look_at_all(Texts *x, const NodeId *roots, uint32_t count, NodeId own)
{
    for (uint32_t i = 0; i < count; i++) {
        *vec_push(x->s->plan->ctx, &x->stack) = roots[i] * 2;
        while (x->stack.count) {
            uint32_t top = x->stack.at[--x->stack.count];
            if (top & 1)
                *vec_push(x->s->plan->ctx, &x->floats) = top / 2;
            else
                look_at(x, top / 2, own);
        }
    }
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

/* Sees to it that a floating value is computed in the innermost of its loops around `at`, before
 * what is there. */
static void float_before(Schedule *s, NodeId node, TreeId at)
{
    TreeId body = tree_innermost(&s->tree, at, node_at(s->g, node)->free);
    TreeId child = tree_child(&s->tree, body, at);
    for (uint32_t i = s->float_of[node]; i; i = s->floats.at[i - 1].next)
        if (s->floats.at[i - 1].body == body) {
            tree_before(&s->tree, s->floats.at[i - 1].at, child);
            return;
        }
    PlanStmt stmt = let(s, node);
    stmt.quiet = s->float_of[node] != 0;
    PlanFloat place = {node, body, tree_insert(&s->tree, child, 0, at, &stmt), s->float_of[node]};
    *vec_push(s->plan->ctx, &s->floats) = place;
    s->float_of[node] = s->floats.count;
}

TreeId plan_place_text(Schedule *s, SetId domain, const NodeId *roots, uint32_t count, NodeId own,
                  PlanStmt stmt)
{
    Ctx *ctx = s->plan->ctx;
    Texts x = {.s = s};
    bool early = s->loops && stmt.kind == PLAN_LET;
    if (s->loops) {
        look_at_all(&x, roots, count, own);
        vote(&x, stmt.subscripts, VOTE_BY_ACCESS);
        vote_for_reduction(&x, &stmt);
        if (stmt.kind == PLAN_ADD)
            depend_on_array(&x, stmt.node, stmt.subscripts, true);
    }
    TreeId at = tree_place(&s->tree, domain, &x.deps, &x.votes, early, &stmt);
    if (stmt.kind == PLAN_FOLD && stmt.guard && !tree_is_guarded(&s->tree, at, stmt.guard)) {
        x.uses.count = x.floats.count = 0; /* loops that were there: they go without the condition */
        look_at_all(&x, roots, 1, own);
    }
    for (uint32_t i = 0; i < x.uses.count; i++) {
        PlanUse use = x.uses.at[i];
        use.at = at;
        *vec_push(ctx, &s->uses) = use;
    }
    for (uint32_t i = 0; i < x.floats.count; i++)
        float_before(s, x.floats.at[i], at);
    vec_free(ctx, &x.deps);
    vec_free(ctx, &x.votes);
    vec_free(ctx, &x.uses);
    vec_free(ctx, &x.floats);
    vec_free(ctx, &x.stack);
    return at;
}

/* ---- reductions */

/* The body that a reduction folds, sums of sums taken together, and the indices it runs over.
 * Inner ones have no statement: find_folded. */
static NodeId body_of(const Schedule *s, NodeId reduction, SetId *over)
{
    Graph *g = s->g;
    Node n = *node_at(g, reduction);
    for (*over = set_with(g, 0, n.b);; *over = set_with(g, *over, n.b)) {
        NodeId body = stands_for(s, n.a);
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
    const NodeId roots[2] = {fold.value, fold.guard};
    TreeId at = plan_place_text(s, set_union(g, free, over), roots, fold.guard ? 2 : 1, 0, fold);
    TreeId loop = tree_outermost(&s->tree, at, over);
    s->rest[node] = set_minus(g, free, tree_common(&s->tree, loop, loop));
    s->start[node] = tree_insert(&s->tree, loop, s->rest[node], at, &start);
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
    s->dep[node] = (Dep){at, free};
    s->home[node] = at;
}

/* ---- arrays */

static void add_writer(Schedule *s, NodeId array, TupleId subscripts, TreeId at, bool adds)
{
    PlanWriter w = {array, subscripts, at, adds};
    *vec_push(s->plan->ctx, &s->writers) = w;
}

static SetId free_of_tuple(Graph *g, TupleId tuple)
{
    SetId set = 0;
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        set = set_union(g, set, node_at(g, tuple_item(g, tuple, i))->free);
    return set;
}

static void place_zeros(Schedule *s, NodeId array)
{
    TupleId shape = node_shape(s->g, array);
    for (uint32_t i = 0; i < tuple_size(s->g, shape); i++)
        if (node_is_int(s->g, tuple_item(s->g, shape, i), 0))
            return;
    PlanStmt zero = plan_place_new(s, PLAN_ZERO, array);
    zero.quiet = true;
    SetId free = node_at(s->g, array)->free, bound;
    zero.subscripts = index_axes(s->g, node_shape(s->g, array), free, &bound);
    SetId domain = set_union(s->g, free, bound);
    add_writer(s, array, zero.subscripts, plan_place_text(s, domain, NULL, 0, 0, zero), false);
}

/* Origin and kind of a statement that adds to, or sets, elements. */
static PlanStmt element_stmt(const Schedule *s, PlanKind kind, NodeId array, NodeId part, NodeId value)
{
    PlanStmt stmt = plan_place_new(s, kind, node_arity(s->g, value) ? value : array);
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
        NodeId id = stands_for(s, value);
        const Node n = *node_at(s->g, id);
        bool open = id < s->count && !s->stated[id];
        if (open && n.op == OP_SUM) {
            *domain = set_with(s->g, *domain, n.b);
            value = n.a;
        } else if (open && (n.op == OP_NAME || n.op == OP_TEMP) && stands_for(s, n.a) != id) {
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
    NodeId id = stands_for(s, stmt->value);
    Node n = *node_at(g, id);
    bool stated = false;
    while (n.op == OP_NAME || n.op == OP_TEMP) {
        stated |= id < s->count && s->stated[id];
        id = stands_for(s, n.a) == id ? n.a : stands_for(s, n.a);
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

static TreeId place_element(Schedule *s, PlanKind kind, NodeId array, NodeId part, NodeId value)
{
    const Node p = *node_at(s->g, part);
    SetId domain = domain_of_part(s, array, part);
    if (kind == PLAN_ADD)
        value = added_value(s, value, &domain);
    PlanStmt stmt = element_stmt(s, kind, array, part, value);
    if (kind == PLAN_ADD)
        guard_addition(s, &stmt);
    const NodeId roots[2] = {stmt.value, stmt.guard};
    TreeId at = plan_place_text(s, domain, roots, stmt.guard ? 2 : 1, 0, stmt);
    add_writer(s, array, p.b, at, kind == PLAN_ADD);
    return at;
}

/* A first part that covers the array: zeros are needed only where it sums up, just before. */
static void place_first_sum(Schedule *s, NodeId array, NodeId part)
{
    Graph *g = s->g;
    const Node p = *node_at(g, part);
    SetId outer = node_at(g, array)->free, domain = domain_of_part(s, array, part);
    NodeId value = added_value(s, p.a, &domain);
    SetId over = set_minus(g, domain, set_union(g, outer, free_of_tuple(g, p.b)));
    TreeId at = place_element(s, over ? PLAN_ADD : PLAN_PUT, array, part, p.a);
    if (!over)
        return;
    PlanStmt zero = element_stmt(s, PLAN_ZERO, array, part, value);
    zero.quiet = true;
    TreeId loop = tree_outermost(&s->tree, at, over);
    SetId rest = set_minus(g, set_minus(g, domain, over), tree_common(&s->tree, loop, loop));
    add_writer(s, array, p.b, tree_insert(&s->tree, loop, rest, at, &zero), false);
}

/* Is it a sum that is gathered in an array, for this one only, and another for each element? Then
 * this may be that array. */
static bool is_gathered(const Schedule *s, NodeId node, TupleId at)
{
    return node < s->count && s->stated[node] && node_op(s->g, node) == OP_SUM && s->rest[node] &&
           s->users[node] == 1 && !s->plan->locals.at[s->plan->local_of.at[node]].array &&
           !set_minus(s->g, free_of_tuple(s->g, at), node_at(s->g, node)->free);
}

static void keep_in(Schedule *s, NodeId node, NodeId array, TupleId at)
{
    PlanLocal *local = &s->plan->locals.at[s->plan->local_of.at[node]];
    local->array = s->plan->array_of.at[array];
    local->at = at;
    add_writer(s, array, at, s->dep[node].at, s->start[node] != 0);
}

/* Sums that are gathered in one array begin once, with zeros before the first of them. */
static void gather(Schedule *s, const U32Vec *sums, NodeId array, TupleId at)
{
    TreeId first = 0;
    for (uint32_t i = 0; i < sums->count; i++) {
        TreeId start = s->start[sums->at[i]];
        first = !first || tree_precedes(&s->tree, start, first) ? start : first;
    }
    for (uint32_t i = 0; i < sums->count; i++) {
        keep_in(s, sums->at[i], array, at);
        if (s->start[sums->at[i]] != first)
            tree_remove(&s->tree, s->start[sums->at[i]]);
    }
    if (first)
        add_writer(s, array, at, first, false);
}

/* The terms of a sum as written; those that are gathered are gathered in the array at once. Gives
 * the others as a sum; 0 if there are none. */
static NodeId gather_terms(Schedule *s, NodeId value, NodeId array, TupleId at)
{
    Graph *g = s->g;
    Ctx *ctx = s->plan->ctx;
    U32Vec stack = {0}, sums = {0};
    NodeId others = 0;
    *vec_push(ctx, &stack) = value;
    while (stack.count) {
        NodeId id = stands_for(s, stack.at[--stack.count]);
        const Node n = *node_at(g, id);
        bool open = id < s->count && !s->stated[id] &&
                    (n.op == OP_ADD || n.op == OP_NAME || n.op == OP_TEMP);
        if (open && n.op == OP_ADD)
            *vec_push(ctx, &stack) = n.b;
        if (open)
            *vec_push(ctx, &stack) = n.a;
        else if (is_gathered(s, id, at))
            *vec_push(ctx, &sums) = id;
        else
            others = others ? build2(g, OP_ADD, others, id) : id;
    }
    gather(s, &sums, array, at);
    others = sums.count ? others : value;
    vec_free(ctx, &stack);
    vec_free(ctx, &sums);
    return others;
}

/* An array of one part that covers it. */
static void place_whole(Schedule *s, NodeId array, NodeId part)
{
    const Node p = *node_at(s->g, part);
    NodeId value = stands_for(s, p.a);
    bool kept = value < s->count && s->stated[value] && !s->floating[value] &&
                s->dep[value].at && node_at(s->g, value)->free == domain_of_part(s, array, part) &&
                !(op_info(node_op(s->g, value))->flags & OPF_REDUCE);
    if (kept && !s->plan->locals.at[s->plan->local_of.at[value]].array) {
        keep_in(s, value, array, p.b);
        return;
    }
    NodeId others = gather_terms(s, p.a, array, p.b);
    if (others)
        place_element(s, others == p.a ? PLAN_PUT : PLAN_ADD, array, part, others);
}

/* Where the array is: a result's place, or one of the function's own. */
void plan_add_array(Schedule *s, NodeId array)
{
    const Fn *fn = &s->plan->fn;
    PlanArray a = {.own = true, .extents = node_shape(s->g, array)};
    for (uint32_t i = 0; i < fn->results.count; i++)
        if (array_of_node(s->g, fn->results.at[i].node) == array && a.own) {
            a.own = false;
            a.sym = fn->results.at[i].sym;
        }
    if (a.own)
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
        if (!plan_is_whole(g, array, i) || (may && !may[i]))
            continue;
        if (!set_size(g, set_minus(g, p.c, free_of_tuple(g, p.b))) && !s->adds[tuple_item(g, a.a, i)])
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
    if (size == 1 && plan_is_whole(g, array, 0) && a.c == ARRAY_SET) {
        place_whole(s, array, tuple_item(g, a.a, 0));
    } else if (a.c == ARRAY_SET) {
        for (uint32_t i = 0; i < size; i++)
            plan_place_part(s, array, tuple_item(g, a.a, i));
    } else {
        place_sum_of_parts(s, array);
    }
}

/* ---- calls */

bool plan_is_call(const Graph *g, NodeId node) { return op_info(node_op(g, node))->flags & OPF_ARRAY; }

void plan_place_call(Schedule *s, NodeId node)
{
    PlanStmt stmt = plan_place_new(s, PLAN_CALL, node);
    if (!node_number(s->g, s->need[node]))
        stmt.guard = s->need[node];
    plan_add_array(s, node);
    const NodeId roots[2] = {node, stmt.guard};
    TreeId at = plan_place_text(s, node_at(s->g, node)->free, roots, stmt.guard ? 2 : 1, node, stmt);
    add_writer(s, node, 0, at, false);
}
