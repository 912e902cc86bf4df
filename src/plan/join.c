/* The placed statements in; out, loops of recurrences as one that may be one, as those of values
 * and of their tangents are: the recurrence of the pair. What is handed from one to the other then
 * needs to be kept for no longer than a turn or two.
 *
 * A loop may join one before it, over the same index in the same direction, if what it needs from
 * that is there in the same turn, and nothing between them must come behind the first and before
 * the second. Loops within loops that became one are looked at likewise. */
#include "plan/plan.h"

typedef struct Joining {
    Schedule *s;
    Tree *t;
    TreeId body;
    U32Vec needed; /* children of the body that the later loop needs, by way of others too */
} Joining;

static TreeNode *at(const Tree *t, TreeId id) { return &t->nodes.at[id]; }

static bool is_needed(const Joining *j, TreeId child)
{
    for (uint32_t i = 0; i < j->needed.count; i++)
        if (j->needed.at[i] == child)
            return true;
    return false;
}

/* Notes what a child needs among its siblings from `first` on. False if it needs `first` itself, in
 * other turns than its own or by way of others. */
static bool note_needs(Joining *j, TreeId child, TreeId first, bool direct)
{
    const Tree *t = j->t;
    for (TreeId id = child; id; id = tree_next(t, child, id))
        for (uint32_t e = at(t, id)->edges; e; e = t->edges.at[e - 1].next) {
            const TreeEdge *edge = &t->edges.at[e - 1];
            TreeId on = tree_child(t, j->body, edge->on);
            if (on == first && !(direct && set_has(t->g, edge->share, at(t, first)->stmt.index)))
                return false;
            if (on && on != child && at(t, on)->key > at(t, first)->key && !is_needed(j, on))
                *vec_push(graph_ctx(t->g), &j->needed) = on;
        }
    return true;
}

static bool may_join(Joining *j, TreeId first, TreeId second)
{
    const PlanStmt *a = &at(j->t, first)->stmt, *b = &at(j->t, second)->stmt;
    if (!at(j->t, first)->loop || a->kind != PLAN_LOOP || a->index != b->index ||
        a->down != b->down)
        return false;
    j->needed.count = 0;
    bool may = note_needs(j, second, first, true);
    for (uint32_t i = 0; i < j->needed.count && may; i++)
        may = note_needs(j, j->needed.at[i], first, false);
    return may;
}

/* What is at hand behind the one loop is so behind the other. */
static void replace_loop(Joining *j, TreeId old, TreeId by)
{
    Schedule *s = j->s;
    for (NodeId id = 1; id < s->count; id++) {
        s->home[id] = s->home[id] == old ? by : s->home[id];
        s->dep[id].at = s->dep[id].at == old ? by : s->dep[id].at;
    }
    for (uint32_t i = 0; i < j->t->edges.count; i++)
        if (j->t->edges.at[i].on == old)
            j->t->edges.at[i].on = by;
}

/* Moves what is needed before the first loop, and the second one's body behind that of the
 * first. */
static void join(Joining *j, TreeId first, TreeId second)
{
    Tree *t = j->t;
    TreeId next;
    for (TreeId id = at(t, first)->next; id != second; id = next) {
        next = at(t, id)->next;
        if (is_needed(j, id))
            tree_before(t, id, first);
    }
    at(t, first)->stmt.ordered |= at(t, second)->stmt.ordered;
    at(t, first)->joined = true;
    while (tree_first(t, second))
        tree_append_to(t, first, tree_first(t, second));
    replace_loop(j, second, first);
    tree_remove(t, second);
}

/* Joins a loop to the nearest one before it that it may join, of recurrences or within joined
 * loops. */
static void join_one(Joining *j, TreeId loop)
{
    const Tree *t = j->t;
    for (TreeId id = at(t, loop)->prev; id; id = at(t, id)->prev) {
        bool worth =
            at(t, j->body)->joined || (at(t, id)->stmt.ordered && at(t, loop)->stmt.ordered);
        if (worth && may_join(j, id, loop)) {
            join(j, id, loop);
            return;
        }
    }
}

void plan_join_loops(Schedule *s)
{
    Tree *t = &s->tree;
    Joining j = {.s = s, .t = t};
    if (!s->plan->fn.systems.count)
        return;
    for (j.body = TREE_ROOT; j.body; j.body = tree_next(t, TREE_ROOT, j.body)) {
        TreeId next;
        for (TreeId id = tree_first(t, j.body); id && at(t, j.body)->loop; id = next) {
            next = at(t, id)->next;
            if (at(t, id)->loop && at(t, id)->stmt.kind == PLAN_LOOP)
                join_one(&j, id);
        }
    }
    vec_free(graph_ctx(t->g), &j.needed);
}
