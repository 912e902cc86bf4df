/* The placed statements in; out, what sums begin with said as a person says it. Zeros that are set
 * one nest after the other are set in one; what is added right behind its zero is set. */
#include "plan/plan.h"

static TreeNode *at(const Tree *t, TreeId id) { return &t->nodes.at[id]; }

static bool is_begin(const TreeNode *n)
{
    return n->stmt.kind == PLAN_ZERO || n->stmt.kind == PLAN_START;
}

/* Does nothing happen in the loop but that sums begin? */
static bool begins_only(const Tree *t, TreeId loop)
{
    for (TreeId id = loop; id; id = tree_next(t, loop, id))
        if (at(t, id)->loop ? at(t, id)->stmt.kind != PLAN_LOOP : !is_begin(at(t, id)))
            return false;
    return true;
}

/* The loop over the same index among those before that only begin sums, no other loop between. */
static TreeId find_like(const Tree *t, TreeId loop)
{
    for (TreeId id = at(t, loop)->prev; id; id = at(t, id)->prev) {
        if (!at(t, id)->loop)
            continue;
        if (!begins_only(t, id))
            return 0;
        if (at(t, id)->stmt.index == at(t, loop)->stmt.index)
            return id;
    }
    return 0;
}

static void join_nests(Tree *t, TreeId body)
{
    TreeId next;
    for (TreeId id = at(t, body)->first; id; id = next) {
        next = at(t, id)->next;
        TreeId like = at(t, id)->loop && begins_only(t, id) ? find_like(t, id) : 0;
        if (!like)
            continue;
        while (at(t, id)->first)
            tree_append_to(t, like, at(t, id)->first);
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

/* The next statement that adds to an array, before the next loop; 0 if there is none. */
static TreeId first_addition(const Tree *t, TreeId id)
{
    while (id && !at(t, id)->loop && at(t, id)->stmt.kind != PLAN_ADD)
        id = at(t, id)->next;
    return id && !at(t, id)->loop ? id : 0;
}

void plan_replace(Schedule *s, TreeId from, TreeId to)
{
    for (uint32_t i = 0; i < s->writers.count; i++)
        if (s->writers.at[i].at == from)
            s->writers.at[i].at = to;
    for (uint32_t i = 0; i < s->uses.count; i++)
        if (s->uses.at[i].at == from)
            s->uses.at[i].at = to;
    tree_remove(&s->tree, from);
}

/* Zeros before the first that adds to them in the same turns. */
static void set_first(Schedule *s, TreeId body)
{
    Tree *t = &s->tree;
    TreeId next;
    for (TreeId id = at(t, body)->first; id; id = next) {
        next = at(t, id)->next;
        if (at(t, id)->loop || !is_begin(at(t, id)))
            continue;
        TreeId add = first_addition(t, next);
        if (add && is_same(s, &at(t, id)->stmt, &at(t, add)->stmt)) {
            at(t, add)->stmt.kind = PLAN_PUT;
            plan_replace(s, id, add);
        }
    }
}

void plan_join_begins(Schedule *s)
{
    Tree *t = &s->tree;
    for (TreeId id = TREE_ROOT; id; id = tree_next(t, TREE_ROOT, id))
        if (at(t, id)->loop) {
            join_nests(t, id);
            set_first(s, id);
        }
}
