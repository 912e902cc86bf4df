/* The placed statements in, arrays out: a value that is used in other turns of a loop than the one
 * that computes it is kept for all turns. */
#include "front/front.h"
#include "plan/plan.h"

/* ---- what is needed elsewhere */

/* For each node the indices that it must be kept for. */
static SetId *find_kept(Schedule *s)
{
    Graph *g = s->g;
    SetId *kept = array_new(s->plan->ctx, s->count, sizeof *kept);
    for (NodeId id = 1; id < s->count; id++)
        kept[id] = plan_inner(s, id)->rest;
    for (uint32_t i = 0; i < s->uses.count; i++) {
        const PlanUse u = s->uses.at[i];
        if (s->plan->array_of.at[u.node])
            continue;
        SetId shared = tree_common(&s->tree, s->home[u.node], u.at);
        kept[u.node] = set_union(g, kept[u.node], set_minus(g, node_at(g, u.node)->free, shared));
    }
    return kept;
}

/* Of the loops around an array those that are within a loop over one of its own subscripts: each
 * turn of the outer loop would find what the last turn of the inner one left. */
static SetId loops_within(Schedule *s, NodeId array, SetId free)
{
    Graph *g = s->g;
    SetId set = 0;
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i)) {
        const PlanWriter *w = plan_writer(s, i);
        for (uint32_t e = 0; e < set_size(g, free); e++) {
            TreeId loop = tree_loop_over(&s->tree, w->at, set_member(g, free, e));
            for (uint32_t k = 0; loop && k < tuple_size(g, w->subscripts); k++) {
                SetId moved = node_at(g, tuple_item(g, w->subscripts, k))->free;
                for (uint32_t m = 0; m < set_size(g, moved); m++)
                    if (tree_loop_over(&s->tree, loop, set_member(g, moved, m)))
                        set = set_with(g, set, set_member(g, free, e));
            }
        }
    }
    return set;
}

/* An array within loops, as a local one of a function: one for each turn of those loops that its
 * readers and writers do not share. */
static SetId loops_of_array(Schedule *s, NodeId array)
{
    Graph *g = s->g;
    SetId free = node_at(g, array)->free, kept = 0;
    TreeId first = 0;
    if (!free)
        return 0;
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i)) {
        const TreeId at = plan_writer(s, i)->at;
        first = first ? first : at;
        kept = set_union(g, kept, set_minus(g, free, tree_common(&s->tree, first, at)));
    }
    PlanReads reads = {.array = array};
    for (const PlanUse *u; first && (u = plan_next_read(s, &reads));)
        kept = set_union(g, kept, set_minus(g, free, tree_common(&s->tree, first, u->at)));
    return set_union(g, kept, loops_within(s, array, set_minus(g, free, kept)));
}

/* ---- extents */

/* The terms of a sum that are not subtracted. */
static NodeId without_subtractions(Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    if (n.op == OP_SUB)
        return without_subtractions(g, n.a);
    if (n.op == OP_ADD) {
        NodeId left = without_subtractions(g, n.a);
        return build2(g, OP_ADD, left, without_subtractions(g, n.b));
    }
    return node;
}

/* Room for so many; a little more where they may be none, n for n - 1, so that nothing is below 0,
 * and 1 where they are, as C has no arrays of no elements. */
static NodeId room_for(Graph *g, NodeId count)
{
    long number;
    if (node_integer(g, count, &number) && number <= 0)
        return build_int(g, 1);
    return extent_nonnegative(g, count, NULL, 0) ? count : without_subtractions(g, count);
}

/* Room for every value of the index. */
static NodeId extent_of(Graph *g, IndexId index)
{
    return room_for(g, extent_reach(g, index_at(g, index)->upper));
}

/* The members of the set as nodes, those of outer loops around `at` first. */
static uint32_t indices_from_outside(Schedule *s, SetId set, TreeId at, NodeId *items)
{
    uint32_t count = 0, n = 0;
    NodeId found[64];
    for (TreeId id = at; id != TREE_ROOT && count < 64; id = s->tree.nodes.at[id].parent) {
        const TreeNode *t = &s->tree.nodes.at[id];
        if (t->loop && set_has(s->g, set, t->stmt.index))
            found[count++] = build_index(s->g, t->stmt.index);
    }
    while (count)
        items[n++] = found[--count];
    return n;
}

static TupleId extents_of(Graph *g, const NodeId *indices, uint32_t count)
{
    NodeId extents[64];
    for (uint32_t i = 0; i < count; i++)
        extents[i] = extent_of(g, node_at(g, indices[i])->a);
    return tuple_of(g, extents, count);
}

/* ---- arrays */

/* A reduction is folded in a local all the same, where that is in one turn of the loops. */
static void fold_aside(Schedule *s, NodeId node)
{
    PlanStmt keep = plan_place_new(s, PLAN_KEEP, node);
    keep.quiet = true;
    if (plan_inner(s, node)->rest)
        return;
    s->plan->locals.at[s->plan->local_of.at[node]].summed = true;
    tree_append(&s->tree, s->home[node], &keep);
}

/* The index that a subscript is on this axis; 0 if it is none. */
static IndexId plain_on(const Graph *g, TupleId at, uint32_t axis)
{
    const Node *n = axis < tuple_size(g, at) ? node_at(g, tuple_item(g, at, axis)) : NULL;
    return n && n->op == OP_INDEX ? n->a : 0;
}

/* Does the writer set no element in two turns of the loops? */
static bool sets_once(Graph *g, TupleId at)
{
    const SetId bound = tuple_free(g, at);
    for (uint32_t i = 0; i < set_size(g, bound); i++) {
        uint32_t axis = 0;
        while (axis < tuple_size(g, at) && plain_on(g, at, axis) != set_member(g, bound, i))
            axis++;
        if (axis == tuple_size(g, at))
            return false;
    }
    return true;
}

/* Is no element that the writer sets changed by another one? So it is where each element has one
 * equation, as in a recurrence. */
static bool sets_alone(Schedule *s, const PlanWriter *w)
{
    const uint32_t first = plan_first(&s->writers_of, w->array);
    if (!plan_next(&s->writers_of, first))
        return true;
    for (uint32_t i = first; i; i = plan_next(&s->writers_of, i))
        if (s->tree.nodes.at[plan_writer(s, i)->at].stmt.kind != PLAN_PUT)
            return false;
    return node_at(s->g, w->array)->c == ARRAY_SET;
}

/* Does the writer copy the value, in each turn to an element of its own? */
static bool is_copy(Schedule *s, const PlanWriter *w, NodeId node)
{
    Graph *g = s->g;
    const PlanStmt *stmt = &s->tree.nodes.at[w->at].stmt;
    return stmt->kind == PLAN_PUT && plan_stands_for(s, stmt->value) == node &&
           sets_once(g, w->subscripts) && sets_alone(s, w) &&
           node_at(g, node)->free ==
               set_union(g, tuple_free(g, w->subscripts), node_at(g, w->array)->free);
}

/* A writer of an array that copies the value to it; NULL if there is none. */
static const PlanWriter *copy_of(Schedule *s, NodeId node)
{
    const Groups *of = &s->puts_of;
    for (uint32_t i = of->start[node]; i < of->start[node + 1]; i++)
        if (is_copy(s, &s->writers.at[of->items[i]], node))
            return &s->writers.at[of->items[i]];
    return NULL;
}

/* That array is the one to keep the value in. */
static bool keep_in_copy(Schedule *s, NodeId node)
{
    const PlanWriter *copy = copy_of(s, node);
    if (!copy)
        return false;
    plan_keep_in(s, node, s->plan->array_of.at[copy->array], copy->subscripts);
    plan_replace(s, copy->at, s->dep[node].at);
    return true;
}

/* Have the loops around what is within the body no turn for some sizes? */
static bool may_be_empty(const Schedule *s, TreeId body, TreeId at)
{
    for (TreeId id = at; id != body; id = s->tree.nodes.at[id].parent) {
        const TreeNode *n = &s->tree.nodes.at[id];
        if (n->stmt.kind == PLAN_IF)
            return true;
        if (!n->loop)
            continue;
        const Index index = *index_at(s->g, n->stmt.index);
        const Number *turns = node_number(s->g, build2(s->g, OP_SUB, index.upper, index.lower));
        if (!turns || number_sign(turns) <= 0)
            return true;
    }
    return false;
}

/* Is one statement before another, in a loop or outside, and surely so? */
static bool is_surely_before(const Schedule *s, TreeId at, TreeId use)
{
    TreeId body = s->tree.nodes.at[at].parent;
    while (!tree_child(&s->tree, body, use))
        body = s->tree.nodes.at[body].parent;
    return tree_precedes(&s->tree, at, use) && !may_be_empty(s, body, at);
}

static void keep_value(Schedule *s, NodeId node, SetId kept)
{
    Graph *g = s->g;
    NodeId items[64];
    uint32_t local = s->plan->local_of.at[node];
    const bool folded = op_info(node_op(g, node))->flags & OPF_REDUCE;
    const TreeId first = folded ? plan_inner(s, node)->start : s->dep[node].at;
    if (folded)
        fold_aside(s, node);
    if (keep_in_copy(s, node))
        return;
    uint32_t count = indices_from_outside(s, kept, s->dep[node].at, items);
    PlanArray a = {.own = true, .local = local, .extents = extents_of(g, items, count)};
    for (uint32_t i = plan_first(&s->uses_of, node); i; i = plan_next(&s->uses_of, i))
        a.behind |= plan_use(s, i)->at != first &&
                    !is_surely_before(s, first, plan_use(s, i)->at);
    *vec_push(s->plan->ctx, &s->plan->arrays) = a;
    plan_keep_in(s, node, s->plan->arrays.count - 1, tuple_of(g, items, count));
}

/* ---- axes that one element is enough for: every writer and reader is in one turn of the same
 * loop, and speaks of the element of that turn */

static bool is_dropped(Schedule *s, NodeId array, uint32_t axis)
{
    Graph *g = s->g;
    IndexId index = 0;
    TreeId first = 0;
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i)) {
        const PlanWriter *w = plan_writer(s, i);
        IndexId here = plain_on(g, w->subscripts, axis);
        first = first ? first : w->at;
        index = index ? index : here;
        if (!here || here != index || !set_has(g, tree_common(&s->tree, first, w->at), index))
            return false;
    }
    PlanReads reads = {.array = array};
    for (const PlanUse *u; first && (u = plan_next_read(s, &reads));)
        if (plain_on(g, reads.at, axis) != index ||
            !set_has(g, tree_common(&s->tree, first, u->at), index))
            return false;
    return first != 0;
}

/* Is the loop over one of the array's kept subscripts around the loop over a dropped one? Then each
 * turn of the outer loop would find what the last turn of the inner one left. */
static bool is_within_kept(Schedule *s, NodeId array, uint64_t dropped, uint32_t axis)
{
    Graph *g = s->g;
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i)) {
        const PlanWriter *w = plan_writer(s, i);
        TreeId loop = tree_loop_over(&s->tree, w->at, plain_on(g, w->subscripts, axis));
        for (uint32_t k = 0; loop && k < tuple_size(g, w->subscripts) && k < 64; k++) {
            SetId free = node_at(g, tuple_item(g, w->subscripts, k))->free;
            for (uint32_t m = 0; !(dropped >> k & 1) && m < set_size(g, free); m++)
                if (tree_loop_over(&s->tree, loop, set_member(g, free, m)))
                    return true;
        }
    }
    return false;
}

static uint64_t droppable_axes(Schedule *s, NodeId array, uint32_t rank)
{
    uint64_t dropped = 0, before;
    for (uint32_t k = 0; k < rank; k++)
        if (is_dropped(s, array, k))
            dropped |= (uint64_t)1 << k;
    do {
        before = dropped;
        for (uint32_t k = 0; k < rank; k++)
            if (dropped >> k & 1 && is_within_kept(s, array, dropped, k))
                dropped &= ~((uint64_t)1 << k);
    } while (dropped != before);
    return dropped;
}

static void drop_axes(Schedule *s, NodeId array)
{
    Graph *g = s->g;
    PlanArray *a = &s->plan->arrays.at[s->plan->array_of.at[array]];
    NodeId items[64];
    uint32_t count = 0, rank = tuple_size(g, a->extents);
    if (!a->own || rank > 64)
        return;
    a->dropped = droppable_axes(s, array, rank);
    for (uint32_t k = 0; k < rank; k++)
        if (!(a->dropped >> k & 1))
            items[count++] = tuple_item(g, a->extents, k);
    if (a->dropped)
        a->extents = tuple_of(g, items, count);
}

/* More axes, in front, for the loops that an array of a function's own is in. */
static void keep_array(Schedule *s, NodeId array)
{
    Graph *g = s->g;
    NodeId items[64];
    PlanArray *a = &s->plan->arrays.at[s->plan->array_of.at[array]];
    SetId kept = a->own ? loops_of_array(s, array) : 0;
    if (!kept)
        return;
    const uint32_t first = plan_first(&s->writers_of, array);
    const TreeId at = first ? plan_writer(s, first)->at : 0;
    uint32_t count = indices_from_outside(s, kept, at, items);
    a->outer = tuple_of(g, items, count);
    TupleId extents = extents_of(g, items, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = tuple_item(g, extents, i);
    for (uint32_t i = 0; i < tuple_size(g, a->extents) && count < 64; i++)
        items[count++] = tuple_item(g, a->extents, i);
    a->extents = tuple_of(g, items, count);
}

/* ---- variables */

/* Does one statement set it, but for what is idle, and stand before all that mention it, in the
 * same turn of its loops? */
static bool is_set_once(Schedule *s, NodeId array)
{
    TreeId writer = 0;
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i)) {
        const TreeId at = plan_writer(s, i)->at;
        if (plan_is_idle(s, at))
            continue;
        if (writer || s->tree.nodes.at[at].stmt.kind != PLAN_PUT)
            return false;
        writer = at;
    }
    PlanReads reads = {.array = array};
    for (const PlanUse *u; writer && (u = plan_next_read(s, &reads));) {
        if (!plan_is_idle(s, u->at) &&
            (!tree_child(&s->tree, s->tree.nodes.at[writer].parent, u->at) ||
             !tree_precedes(&s->tree, writer, u->at))) /* so it is of itself */
            return false;
    }
    return writer != 0;
}

static bool is_set_before(const Schedule *s, NodeId array, TreeId use)
{
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i))
        if (is_surely_before(s, plan_writer(s, i)->at, use))
            return true;
    return false;
}

/* May it be that no loop sets it before it is read? It may not, but compilers do not know what is
 * a precondition, and warn. */
static bool is_read_behind(const Schedule *s, NodeId array)
{
    PlanReads reads = {.array = array};
    for (const PlanUse *u; (u = plan_next_read(s, &reads));)
        if (!is_set_before(s, array, u->at))
            return true;
    return false;
}

static void find_variable(Schedule *s, NodeId array)
{
    PlanArray *a = &s->plan->arrays.at[s->plan->array_of.at[array]];
    a->scalar = a->own && !tuple_size(s->g, a->extents);
    a->once = a->scalar && is_set_once(s, array);
    a->behind = a->own && !a->once && is_read_behind(s, array);
}

/* ---- room */

/* Is it by an entry of an index array? Who makes room knows of sizes alone. */
static bool has_entry(Graph *g, NodeId integer)
{
    U32Vec below = graph_below(g, integer);
    bool has = false;
    for (uint32_t i = 0; i < below.count && !has; i++) {
        const Node n = *node_at(g, below.at[i]);
        has = n.op == OP_REF && sym_at(g, n.a)->kind == SYM_INDEX;
    }
    vec_free(graph_ctx(g), &below);
    return has;
}

static NodeId size_of(Graph *g, TupleId extents)
{
    NodeId size = build_int(g, 1);
    for (uint32_t i = 0; i < tuple_size(g, extents); i++) {
        const NodeId extent = tuple_item(g, extents, i);
        const NodeId most = has_entry(g, extent) ? extent_reach(g, extent) : extent;
        size = build2(g, OP_MUL, size, room_for(g, most));
    }
    return size;
}

/* Is it a number, and of so many elements? */
static bool constant_size(const Graph *g, NodeId size, uint64_t *elements)
{
    long n;
    if (!node_integer(g, size, &n) || n < 0)
        return false;
    *elements = (uint64_t)n;
    return true;
}

/* Arrays of constant size are on the stack if all of them together are small enough. */
void plan_lay_out(Plan *plan, const PlanLimits *limits)
{
    Graph *g = plan->graph;
    uint64_t total = 0, elements;
    NodeId work = 0;
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        PlanArray *a = &plan->arrays.at[i];
        a->size = size_of(g, a->extents);
        if (a->own && !a->scalar && constant_size(g, a->size, &elements) && total < UINT32_MAX)
            total += elements < UINT32_MAX ? elements : UINT32_MAX;
    }
    bool fits = total <= UINT32_MAX && total * limits->real_size <= limits->stack;
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        PlanArray *a = &plan->arrays.at[i];
        if (!a->own || a->scalar)
            continue;
        a->stack = fits && constant_size(g, a->size, &elements);
        if (a->stack)
            continue;
        work = work ? extent_plus(g, work, a->size) : a->size;
    }
    plan->work = work;
}

/* The writers that set elements to each value. */
static Groups group_puts(const Schedule *s)
{
    Ctx *ctx = s->plan->ctx;
    uint32_t *keys = array_new(ctx, (size_t)s->writers.count + 1, sizeof *keys);
    for (uint32_t i = 0; i < s->writers.count; i++) {
        const PlanStmt *stmt = &s->tree.nodes.at[s->writers.at[i].at].stmt;
        keys[i] = stmt->kind == PLAN_PUT ? plan_stands_for(s, stmt->value) : UINT32_MAX;
    }
    Groups groups = groups_new(ctx, keys, s->writers.count, s->count);
    ctx_resize(ctx, keys, 0);
    return groups;
}

static Groups group_afloat(const Schedule *s)
{
    Ctx *ctx = s->plan->ctx;
    uint32_t *keys = array_new(ctx, (size_t)s->afloat.count + 1, sizeof *keys);
    for (uint32_t i = 0; i < s->afloat.count; i++)
        keys[i] = s->afloat.at[i].at;
    Groups groups = groups_new(ctx, keys, s->afloat.count, s->tree.nodes.count);
    ctx_resize(ctx, keys, 0);
    return groups;
}

static void remove_idle(Schedule *s)
{
    TreeId next;
    for (TreeId id = tree_next(&s->tree, TREE_ROOT, TREE_ROOT); id; id = next) {
        next = tree_next(&s->tree, TREE_ROOT, id);
        if (plan_is_idle(s, id))
            tree_remove(&s->tree, id);
    }
}

void plan_storage(Schedule *s, const PlanLimits *limits)
{
    SetId *kept = find_kept(s);
    s->puts_of = group_puts(s);
    s->afloat_at = group_afloat(s);
    for (NodeId id = 1; id < s->count; id++)
        if (kept[id] && !s->plan->array_of.at[id] && s->plan->local_of.at[id] &&
            !s->floating[id] && !s->plan->locals.at[s->plan->local_of.at[id]].array)
            keep_value(s, id, kept[id]);
    for (NodeId id = 1; id < s->count; id++) {
        if (!s->plan->array_of.at[id])
            continue;
        drop_axes(s, id);
        plan_window(s, id);
        keep_array(s, id);
        find_variable(s, id);
    }
    groups_free(s->plan->ctx, &s->puts_of);
    groups_free(s->plan->ctx, &s->afloat_at);
    ctx_resize(s->plan->ctx, kept, 0);
    plan_checkpoints(s, limits->checkpoint);
    remove_idle(s);
}
