/* Statements in, one after the other, each with the loops it needs and the statements it comes
 * behind; their places in the tree of loops out. A statement goes into a loop that is there already
 * if it may: what it needs is in that loop in the same turn, or can be before it. So loops over the
 * same index are one, and what is needed in the same turn only needs no array.
 *
 * What stands in a body is in some order that its dependences allow, and in no other for good: what
 * a statement needs and comes behind the loop that it would go into is moved before that loop, with
 * all that it needs itself, unless it depends on the loop.
 * Method: typed fusion, greedy in topological order, after Kennedy and McKinley, Maximizing Loop
 * Parallelism and Improving Data Locality via Loop Fusion and Distribution, LCPC 1993. */
#include "plan/plan.h"

/* How many loops are looked at for one that a statement may go into. */
enum { MAX_LOOK = 64 };

static TreeNode *at(const Tree *t, TreeId id) { return &t->nodes.at[id]; }

typedef struct Fusing {
    Tree *t;
    const DepVec *deps;
    const VoteVec *votes;
    SetId remaining;
    TreeId limit;   /* the child of the body that what is placed must be before; 0 for none */
    U32Vec needed;  /* children of the body, as far as they are behind its first loop, that the
                       statement depends on, by way of others too */
} Fusing;

/* ---- what is needed */

static void mark_needed(Fusing *p, TreeId child, bool by_way)
{
    TreeNode *n = at(p->t, child);
    if (n->search != p->t->searches) {
        n->search = p->t->searches;
        n->by_way = n->barred = false;
        n->known = 0;
        *vec_push(graph_ctx(p->t->g), &p->needed) = child;
    }
    n->by_way |= by_way;
}

/* Marks what a child of the body depends on among its siblings behind `from`. */
static void mark_needs_of(Fusing *p, TreeId body, TreeId child, uint64_t from)
{
    const Tree *t = p->t;
    for (uint32_t i = at(t, child)->loop ? tree_needs(t, child) : 0; i; i = t->needs.at[i].next) {
        const TreeNode *sibling = at(t, t->needs.at[i].sibling);
        if (sibling->parent == body && sibling->key >= from)
            mark_needed(p, t->needs.at[i].sibling, true);
    }
    for (uint32_t e = at(t, child)->edges; e; e = t->edges.at[e - 1].next) {
        TreeId on = tree_child(t, body, t->edges.at[e - 1].on);
        if (on && on != child && at(t, on)->key >= from)
            mark_needed(p, on, true);
    }
}

/* Notes what of a child of the body, at least, a statement depends on itself. */
static void note_known(const Fusing *p, TreeId child, SetId share)
{
    TreeNode *n = at(p->t, child);
    n->known = set_union(p->t->g, n->known, share);
    n->barred |= n->loop && !set_has(p->t->g, share, n->stmt.index);
}

static void find_needed(Fusing *p, TreeId body)
{
    TreeId loop = tree_first_loop(p->t, body);
    p->needed.count = 0;
    p->t->searches++;
    if (!loop)
        return;
    uint64_t from = at(p->t, loop)->key;
    for (uint32_t i = 0; i < p->deps->count; i++) {
        TreeId child = tree_child(p->t, body, p->deps->at[i].at);
        if (!child || at(p->t, child)->key < from)
            continue;
        mark_needed(p, child, false);
        note_known(p, child, p->deps->at[i].share);
    }
    for (uint32_t i = 0; i < p->needed.count; i++)
        mark_needs_of(p, body, p->needed.at[i], from);
}

static bool is_needed(const Fusing *p, TreeId child)
{
    return at(p->t, child)->search == p->t->searches;
}

/* The last child of the body that holds something the statement depends on; 0 for none. */
static TreeId last_needed(const Fusing *p, TreeId body)
{
    TreeId last = 0;
    for (uint32_t i = 0; i < p->deps->count; i++) {
        TreeId child = tree_child(p->t, body, p->deps->at[i].at);
        if (child && (!last || at(p->t, child)->key > at(p->t, last)->key))
            last = child;
    }
    return last;
}

/* Moves what is needed from behind a loop before it. */
static void move_needed(const Fusing *p, TreeId loop)
{
    TreeId next;
    for (TreeId id = at(p->t, loop)->next; id; id = next) {
        next = at(p->t, id)->next;
        if (is_needed(p, id))
            tree_before(p->t, id, loop);
    }
}

/* ---- the order of new loops */

/* Must, or should, a loop over `outer` be around one over `inner`? */
static int preference(const Tree *t, const VoteVec *votes, IndexId outer, IndexId inner)
{
    const Index *i = index_at(t->g, inner);
    int sum = 0;
    if (set_has(t->g, node_at(t->g, i->lower)->free, outer) ||
        set_has(t->g, node_at(t->g, i->upper)->free, outer))
        return 1000000;
    for (uint32_t k = 0; k < votes->count; k++) {
        if (votes->at[k].outer == outer && votes->at[k].inner == inner)
            sum += votes->at[k].weight;
        if (votes->at[k].outer == inner && votes->at[k].inner == outer)
            sum -= votes->at[k].weight;
    }
    return sum ? sum : outer < inner; /* else as they came in the model */
}

/* May a loop over this index be the outermost of those that remain? Only memory speaks against it
 * for indices of `known`: those of what the loop holds already. */
static bool may_be_outer(const Tree *t, const VoteVec *votes, SetId remaining, IndexId index,
                         SetId known)
{
    for (uint32_t i = 0; i < set_size(t->g, remaining); i++) {
        IndexId other = set_member(t->g, remaining, i);
        int least = set_has(t->g, known, other) ? VOTE_BY_ACCESS : VOTE_BY_DEFINITION;
        if (other != index && preference(t, votes, other, index) >= least)
            return false;
    }
    return true;
}

/* The one that should be: that of the fewest votes against it. */
static IndexId choose_outer(const Tree *t, const VoteVec *votes, SetId remaining)
{
    IndexId best = 0;
    int least = 0;
    for (uint32_t i = 0; i < set_size(t->g, remaining); i++) {
        IndexId index = set_member(t->g, remaining, i);
        int against = 0;
        for (uint32_t k = 0; k < set_size(t->g, remaining); k++) {
            int p = k == i ? 0 : preference(t, votes, set_member(t->g, remaining, k), index);
            against += p > 0 ? p : 0;
        }
        if (!best || against < least) {
            best = index;
            least = against;
        }
    }
    return best;
}

/* ---- which loop */

/* May the statement be in the same turns of this loop as all that it needs in it? */
static bool may_enter(const Fusing *p, TreeId loop)
{
    const TreeNode *n = at(p->t, loop);
    const bool needed = is_needed(p, loop);
    bool before = !p->limit || (n->key < at(p->t, p->limit)->key && !is_needed(p, p->limit));
    return n->loop && n->stmt.kind == PLAN_LOOP && before &&
           set_has(p->t->g, p->remaining, n->stmt.index) && !(needed && n->barred) &&
           may_be_outer(p->t, p->votes, p->remaining, n->stmt.index, needed ? n->known : 0);
}

/* Where placing begins: in the loops of the recurrence at hand as far as the statement varies with
 * them, and before the one that it does not vary with. */
static TreeId begin_at(Fusing *p)
{
    const Tree *t = p->t;
    TreeId path[64] = {0}, body = TREE_ROOT;
    uint32_t depth = 0;
    for (TreeId id = t->active; id != TREE_ROOT && depth < 64; id = at(t, id)->parent)
        path[depth++] = id;
    while (depth && set_has(t->g, p->remaining, at(t, path[depth - 1])->stmt.index)) {
        body = path[--depth];
        p->remaining = set_without(t->g, p->remaining, at(t, body)->stmt.index);
    }
    p->limit = depth ? path[depth - 1] : body == TREE_ROOT ? t->before : 0;
    return body;
}

/* A loop of the body that the statement may go into, and that nothing else it needs depends on: the
 * last that holds what it needs, else the first; 0 if there is none. */
static TreeId find_loop(const Fusing *p, TreeId body)
{
    TreeId best = 0;
    int look = 0;
    for (uint32_t i = 0; i < p->needed.count; i++) {
        TreeId id = p->needed.at[i];
        if (!at(p->t, id)->by_way && (!best || at(p->t, id)->key > at(p->t, best)->key) &&
            may_enter(p, id))
            best = id;
    }
    for (TreeId id = tree_first_loop(p->t, body); id && !best && look < MAX_LOOK;
         id = tree_next_loop(p->t, id), look++)
        if (!is_needed(p, id) && may_enter(p, id))
            best = id;
    return best;
}

/* The first loop of the body behind `last`: what does not depend on it may go before it. */
static TreeId next_loop(const Tree *t, TreeId body, TreeId last)
{
    return last ? tree_loop_behind(t, last) : tree_first_loop(t, body);
}

/* Does a condition have none of the indices? */
static bool stands_outside(const Tree *t, NodeId condition, SetId indices)
{
    SetId free = node_at(t->g, condition)->free;
    return set_size(t->g, set_minus(t->g, free, indices)) == set_size(t->g, free);
}

/* Goes into the loops that the statement may go into; gives the body that it comes to. */
static TreeId enter_loops(Fusing *p, TreeId body, const PlanStmt *stmt)
{
    Graph *g = p->t->g;
    while (p->remaining) {
        find_needed(p, body);
        TreeId loop = find_loop(p, body);
        IndexId index = loop ? at(p->t, loop)->stmt.index : 0;
        if (!loop || (stmt->kind == PLAN_ZERO && !set_has(g, node_at(g, stmt->node)->free, index)))
            break;
        move_needed(p, loop);
        p->remaining = set_without(g, p->remaining, index);
        body = loop;
        p->limit = 0;
    }
    return body;
}

/* Loops over what remains, the last in the body or before a sibling; those within which a reduction
 * that is guarded runs, within its condition. Gives the innermost body. */
static TreeId open_loops(Fusing *p, TreeId body, TreeId *sibling, const PlanStmt *stmt)
{
    Tree *t = p->t;
    bool guarded = stmt->kind == PLAN_FOLD && stmt->guard;
    const bool within = guarded && !p->remaining; /* loops of others */
    while (p->remaining) {
        IndexId index = choose_outer(t, p->votes, p->remaining);
        if (guarded && !set_has(t->g, node_at(t->g, stmt->node)->free, index) &&
            stands_outside(t, stmt->guard, p->remaining)) {
            body = tree_add_guard(t, body, *sibling, stmt);
            *sibling = 0;
            guarded = false;
        }
        body = tree_add_loop(t, body, *sibling, index, stmt);
        *sibling = 0;
        p->remaining = set_without(t->g, p->remaining, index);
        if (guarded && !p->remaining)
            body = tree_add_guard(t, body, 0, stmt);
    }
    if (within && stmt->strict) {
        body = tree_add_guard(t, body, *sibling, stmt);
        *sibling = 0;
    }
    return body;
}

TreeId tree_place(Tree *t, SetId domain, const DepVec *deps, const VoteVec *votes, bool early,
                  const PlanStmt *stmt)
{
    Fusing p = {.t = t, .deps = deps, .votes = votes, .remaining = domain};
    TreeId body = begin_at(&p);
    if (!domain && !early)
        return tree_add(t, body, p.limit, stmt, deps);
    body = enter_loops(&p, body, stmt);
    TreeId sibling = early && !p.remaining ? next_loop(t, body, last_needed(&p, body)) : 0;
    if (!sibling)
        sibling = p.limit;
    if (stmt->kind == PLAN_ZERO) /* before all that may add */
        sibling = next_loop(t, body, 0);
    body = open_loops(&p, body, &sibling, stmt);
    vec_free(graph_ctx(t->g), &p.needed);
    return tree_add(t, body, sibling, stmt, deps);
}
