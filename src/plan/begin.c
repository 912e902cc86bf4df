/* The placed statements in; out, what sums begin with, said as a person says it: zeros where all
 * that adds to them is, nests that only set elements joined, and what is added right behind its
 * zero set. */
#include "plan/plan.h"

static TreeNode *at(const Tree *t, TreeId id) { return &t->nodes.at[id]; }

static bool is_begin(const TreeNode *n)
{
    return n->stmt.kind == PLAN_ZERO || n->stmt.kind == PLAN_START;
}

/* Does nothing happen in the loop but that elements begin, are set or are added to, in any order of
 * its turns? */
static bool is_simple(const Tree *t, TreeId loop)
{
    for (TreeId id = loop; id; id = tree_next(t, loop, id)) {
        PlanKind kind = at(t, id)->stmt.kind;
        bool sets = is_begin(at(t, id)) || kind == PLAN_ADD || kind == PLAN_PUT;
        if (at(t, id)->loop ? kind != PLAN_LOOP || at(t, id)->stmt.ordered : !sets)
            return false;
    }
    return true;
}

/* Does all that the loop needs come before another one of the body? */
static bool may_move(const Tree *t, TreeId loop, TreeId before)
{
    for (TreeId id = loop; id; id = tree_next(t, loop, id))
        for (uint32_t e = at(t, id)->edges; e; e = t->edges.at[e - 1].next) {
            TreeId on = tree_child(t, at(t, loop)->parent, t->edges.at[e - 1].on);
            if (on && on != loop && at(t, on)->key >= at(t, before)->key)
                return false;
        }
    return true;
}

static bool runs_like(const PlanStmt *a, const PlanStmt *b)
{
    return a->index == b->index && a->down == b->down;
}

/* The loop over the same index, in the same direction, among the simple ones before, no other loop
 * between, that does not matter to this one. */
static TreeId find_like(const Tree *t, TreeId loop)
{
    for (TreeId id = at(t, loop)->prev; id; id = at(t, id)->prev) {
        if (!at(t, id)->loop)
            continue;
        if (!is_simple(t, id))
            return 0;
        if (runs_like(&at(t, id)->stmt, &at(t, loop)->stmt) && may_move(t, loop, id))
            return id;
    }
    return 0;
}

static void join_nests(Tree *t, TreeId body)
{
    TreeId next;
    for (TreeId id = tree_first(t, body); id; id = next) {
        next = at(t, id)->next;
        TreeId like = at(t, id)->loop && is_simple(t, id) ? find_like(t, id) : 0;
        if (!like)
            continue;
        at(t, like)->stmt.ordered |= at(t, id)->stmt.ordered;
        while (tree_first(t, id))
            tree_append_to(t, like, tree_first(t, id));
        tree_remove(t, id);
    }
}

/* Is the element that begins at 0 the one that is added to? */
static bool is_same(const Schedule *s, const PlanStmt *zero, const PlanStmt *add)
{
    const PlanLocal *local = &s->plan->locals.at[plan_local(s->plan, zero->node)];
    if (add->kind != PLAN_ADD || add->guard)
        return false;
    if (zero->kind == PLAN_ZERO)
        return zero->node == add->node && zero->subscripts == add->subscripts;
    return local->array && local->array == s->plan->array_of.at[add->node] &&
           local->at == add->subscripts;
}

/* The next statement that adds to an array, or loop; 0 if there is none. */
static TreeId next_addition(const Tree *t, TreeId id)
{
    while (id && !at(t, id)->loop && at(t, id)->stmt.kind != PLAN_ADD)
        id = at(t, id)->next;
    return id;
}

/* Zeros before the first that adds to them in the same turns. */
static void set_first(Schedule *s, TreeId body)
{
    Tree *t = &s->tree;
    TreeId next, add = tree_first(t, body); /* nothing that adds is between */
    for (TreeId id = add; id; id = next) {
        next = at(t, id)->next;
        if (at(t, id)->loop || !is_begin(at(t, id)))
            continue;
        add = next_addition(t, add && at(t, add)->key <= at(t, id)->key ? next : add);
        if (add && !at(t, add)->loop && is_same(s, &at(t, id)->stmt, &at(t, add)->stmt)) {
            at(t, add)->stmt.kind = PLAN_PUT;
            plan_replace(s, id, add);
        }
    }
}

/* ---- zeros of arrays: in the loops that all that adds is in, if these go over an axis */

/* Does what is read of the array within the loop, on this axis, begin in the same turn, or in one
 * before? */
static bool is_read_in_turn(const Schedule *s, NodeId array, TreeId loop, uint32_t axis,
                            NodeId leaf)
{
    const bool ordered = at(&s->tree, loop)->stmt.ordered;
    for (uint32_t i = plan_first(&s->uses_of, array); i; i = plan_next(&s->uses_of, i)) {
        const PlanUse *u = plan_use(s, i);
        if (!u->subscripts || !tree_child(&s->tree, loop, u->at))
            continue;
        const NodeId ahead = build2(s->g, OP_SUB, tuple_item(s->g, u->subscripts, axis), leaf);
        if (ordered ? node_op(s->g, ahead) != OP_CONST : !node_is_int(s->g, ahead, 0))
            return false;
    }
    return true;
}

/* Does whatever adds to the array do so, on one axis, at the index of the loop, which runs over all
 * of it? Gives 1 + the axis, else 0. */
static uint32_t axis_of(Schedule *s, NodeId array, TreeId loop)
{
    Graph *g = s->g;
    TupleId shape = node_shape(g, array);
    const IndexId index = at(&s->tree, loop)->stmt.index;
    NodeId leaf = build_index(g, index);
    for (uint32_t axis = 0; axis < tuple_size(g, shape); axis++) {
        bool all = node_is_int(g, index_at(g, index)->lower, 0) &&
                   index_at(g, index)->upper == tuple_item(g, shape, axis);
        for (uint32_t i = plan_first(&s->writers_of, array); all && i;
             i = plan_next(&s->writers_of, i))
            all = tuple_item(g, plan_writer(s, i)->subscripts, axis) == leaf;
        if (all && is_read_in_turn(s, array, loop, axis, leaf))
            return axis + 1;
    }
    return 0;
}

/* The child of the body that all that adds to the array is in; else 0, and the first of them. */
static TreeId common_child(Schedule *s, NodeId array, TreeId body, TreeId *first)
{
    TreeId child = 0;
    bool one = true;
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i)) {
        TreeId here = tree_child(&s->tree, body, plan_writer(s, i)->at);
        one = one && (!child || here == child);
        child = !child || at(&s->tree, here)->key < at(&s->tree, child)->key ? here : child;
    }
    *first = child;
    return one ? child : 0;
}

/* Zeros in loops over these indices, before a sibling: those that the array is within first, then
 * those of its axes. */
static void place_zero(Schedule *s, NodeId array, TreeId body, TreeId sibling, TupleId subscripts,
                       SetId domain)
{
    SetId around = set_minus(s->g, domain, tuple_free(s->g, subscripts));
    PlanStmt zero = plan_place_new(s, PLAN_ZERO, array);
    DepVec none = {0};
    zero.quiet = true;
    zero.subscripts = subscripts;
    for (uint32_t i = 0; i < set_size(s->g, around); i++) {
        body = tree_add_loop(&s->tree, body, sibling, set_member(s->g, around, i), &zero);
        sibling = 0;
    }
    for (uint32_t i = 0; i < tuple_size(s->g, subscripts); i++) {
        IndexId index = node_at(s->g, tuple_item(s->g, subscripts, i))->a;
        if (!set_has(s->g, domain, index))
            continue;
        body = tree_add_loop(&s->tree, body, sibling, index, &zero);
        sibling = 0;
    }
    const TreeId at = tree_add(&s->tree, body, sibling, &zero, &none);
    for (uint32_t i = plan_first(&s->writers_of, array); i; i = plan_next(&s->writers_of, i))
        tree_depend(&s->tree, plan_writer(s, i)->at, at, tuple_free(s->g, subscripts));
    plan_note_writer(s, array, subscripts, at, false);
}

static void place_zeros_of(Schedule *s, NodeId array)
{
    Graph *g = s->g;
    NodeId items[64] = {0};
    const SetId free = node_at(g, array)->free;
    SetId outer = free, entered = 0, bound;
    TreeId body = TREE_ROOT, first, child;
    uint32_t axis, rank = tuple_size(g, node_shape(g, array));
    while ((child = common_child(s, array, body, &first)) && at(&s->tree, child)->loop &&
           at(&s->tree, child)->stmt.kind == PLAN_LOOP) {
        IndexId index = at(&s->tree, child)->stmt.index;
        if ((axis = axis_of(s, array, child)) && axis <= 64)
            items[axis - 1] = build_index(g, index);
        else if (!set_has(g, free, index))
            break;
        outer = set_with(g, outer, index);
        entered = set_with(g, entered, index);
        body = child;
    }
    TupleId axes = index_axes(g, node_shape(g, array), outer, &bound);
    for (uint32_t i = 0; i < rank && i < 64; i++) {
        if (items[i])
            bound = set_minus(g, bound, node_at(g, tuple_item(g, axes, i))->free);
        items[i] = items[i] ? items[i] : tuple_item(g, axes, i);
    }
    bound = set_union(g, bound, set_minus(g, free, entered));
    place_zero(s, array, body, first, tuple_of(g, items, rank), bound);
}

void plan_place_begins(Schedule *s)
{
    Tree *t = &s->tree;
    for (uint32_t i = 0; i < s->zeros.count; i++)
        place_zeros_of(s, s->zeros.at[i]);
    for (TreeId id = TREE_ROOT; id; id = tree_next(t, TREE_ROOT, id))
        if (at(t, id)->loop) {
            join_nests(t, id);
            set_first(s, id);
        }
}
