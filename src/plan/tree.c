/* Statements in, one after the other, each with the loops it needs and the statements it comes
 * behind; a tree of loops out. A statement goes into a loop that is there already if it may:
 * what it needs is in that loop in the same turn, or before it. So loops over the same index are
 * one, and what is needed in the same turn only needs no array.
 * Method: greedy fusion in topological order, after Kennedy and McKinley, Maximizing Loop
 * Parallelism and Improving Data Locality via Loop Fusion and Distribution, LCPC 1993. */
#include <string.h>

#include "plan/plan.h"

/* Keys of siblings have room for others between them. */
#define KEY_STEP ((uint64_t)1 << 32)

/* How many loops are looked at for one that a statement may go into. */
enum { MAX_LOOK = 64 };

static TreeNode *at(const Tree *t, TreeId id) { return &t->nodes.at[id]; }

void tree_begin(Tree *t, Graph *g)
{
    t->g = g;
    memset(vec_push(graph_ctx(g), &t->nodes), 0, sizeof *t->nodes.at);
    memset(vec_push(graph_ctx(g), &t->nodes), 0, sizeof *t->nodes.at);
    at(t, TREE_ROOT)->loop = true;
    t->active = TREE_ROOT;
}

void tree_end(Tree *t)
{
    vec_free(graph_ctx(t->g), &t->nodes);
}

/* ---- siblings */

static void renumber(Tree *t, TreeId body)
{
    uint64_t key = KEY_STEP;
    for (TreeId id = at(t, body)->first; id; id = at(t, id)->next, key += KEY_STEP)
        at(t, id)->key = key;
}

/* Links a node into a body before a sibling, or last if that is 0. */
static void link_before(Tree *t, TreeId id, TreeId body, TreeId sibling)
{
    TreeId before = sibling ? at(t, sibling)->prev : at(t, body)->last;
    at(t, id)->parent = body;
    at(t, id)->prev = before;
    at(t, id)->next = sibling;
    *(before ? &at(t, before)->next : &at(t, body)->first) = id;
    *(sibling ? &at(t, sibling)->prev : &at(t, body)->last) = id;
    uint64_t low = before ? at(t, before)->key : 0;
    uint64_t high = sibling ? at(t, sibling)->key : low + 2 * KEY_STEP;
    at(t, id)->key = low + (high - low) / 2;
    if (high - low < 2)
        renumber(t, body);
}

static void unlink_node(Tree *t, TreeId id)
{
    TreeNode n = *at(t, id);
    *(n.prev ? &at(t, n.prev)->next : &at(t, n.parent)->first) = n.next;
    *(n.next ? &at(t, n.next)->prev : &at(t, n.parent)->last) = n.prev;
}

static TreeId new_node(Tree *t, TreeId body, TreeId sibling, bool loop, const PlanStmt *stmt)
{
    TreeNode n = {.loop = loop, .stmt = *stmt};
    *vec_push(graph_ctx(t->g), &t->nodes) = n;
    TreeId id = t->nodes.count - 1;
    link_before(t, id, body, sibling);
    return id;
}

static TreeId new_loop(Tree *t, TreeId body, TreeId sibling, IndexId index, const PlanStmt *inner)
{
    PlanStmt stmt = {.kind = PLAN_LOOP, .index = index, .origin = inner->origin,
                     .derived = inner->derived, .quiet = inner->quiet};
    return new_node(t, body, sibling, true, &stmt);
}

void tree_remove(Tree *t, TreeId id)
{
    while (id != TREE_ROOT && !at(t, id)->first) { /* with the loops that it leaves empty */
        unlink_node(t, id);
        id = at(t, id)->parent;
    }
}

/* Does a condition have none of the indices? */
static bool stands_outside(const Tree *t, NodeId condition, SetId indices)
{
    SetId free = node_at(t->g, condition)->free;
    return set_size(t->g, set_minus(t->g, free, indices)) == set_size(t->g, free);
}

/* Loops of a reduction that is needed under a condition only. */
static TreeId new_guard(Tree *t, TreeId body, TreeId sibling, const PlanStmt *inner)
{
    PlanStmt stmt = {.kind = PLAN_IF, .guard = inner->guard, .origin = inner->origin,
                     .derived = inner->derived};
    return new_node(t, body, sibling, true, &stmt);
}

/* ---- loops of recurrences */

TreeId tree_open(Tree *t, const PlanStmt *loop)
{
    t->active = new_node(t, t->active, 0, true, loop);
    return t->active;
}

void tree_close(Tree *t, TreeId loop)
{
    const PlanStmt *first = &at(t, at(t, loop)->first)->stmt;
    at(t, loop)->stmt.origin = first->origin;
    at(t, loop)->stmt.derived = first->derived;
    t->active = at(t, loop)->parent;
}

TreeId tree_loop_over(const Tree *t, TreeId id, IndexId index)
{
    for (id = at(t, id)->parent; id && id != TREE_ROOT; id = at(t, id)->parent)
        if (at(t, id)->stmt.kind == PLAN_LOOP && at(t, id)->stmt.index == index)
            return id;
    return 0;
}

/* ---- places among siblings */

void tree_before(Tree *t, TreeId node, TreeId sibling)
{
    if (node == sibling || at(t, node)->key < at(t, sibling)->key)
        return;
    unlink_node(t, node);
    link_before(t, node, at(t, sibling)->parent, sibling);
}

/* ---- places */

TreeId tree_child(const Tree *t, TreeId body, TreeId id)
{
    while (id && at(t, id)->parent != body)
        id = at(t, id)->parent;
    return id;
}

TreeId tree_outermost(const Tree *t, TreeId id, SetId set)
{
    TreeId found = 0;
    for (id = at(t, id)->parent; id && id != TREE_ROOT; id = at(t, id)->parent)
        if (set_has(t->g, set, at(t, id)->stmt.index))
            found = id;
    if (found && at(t, at(t, found)->parent)->stmt.kind == PLAN_IF)
        found = at(t, found)->parent;
    return found;
}

TreeId tree_innermost(const Tree *t, TreeId id, SetId set)
{
    for (id = at(t, id)->parent; id != TREE_ROOT; id = at(t, id)->parent)
        if (set_has(t->g, set, at(t, id)->stmt.index))
            return id;
    return TREE_ROOT;
}

static uint32_t depth_of(const Tree *t, TreeId id)
{
    uint32_t depth = 0;
    for (; id != TREE_ROOT; id = at(t, id)->parent)
        depth++;
    return depth;
}

/* Goes up from both until their bodies are the same. */
static void meet(const Tree *t, TreeId *a, TreeId *b)
{
    uint32_t depth_a = depth_of(t, *a), depth_b = depth_of(t, *b);
    for (; depth_a > depth_b; depth_a--)
        *a = at(t, *a)->parent;
    for (; depth_b > depth_a; depth_b--)
        *b = at(t, *b)->parent;
    while (at(t, *a)->parent != at(t, *b)->parent) {
        *a = at(t, *a)->parent;
        *b = at(t, *b)->parent;
    }
}

bool tree_precedes(const Tree *t, TreeId a, TreeId b)
{
    meet(t, &a, &b);
    return at(t, a)->key < at(t, b)->key;
}

SetId tree_common(const Tree *t, TreeId a, TreeId b)
{
    SetId set = 0;
    meet(t, &a, &b);
    for (TreeId id = at(t, a)->parent; id != TREE_ROOT; id = at(t, id)->parent)
        if (at(t, id)->stmt.kind == PLAN_LOOP)
            set = set_with(t->g, set, at(t, id)->stmt.index);
    return set;
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

/* ---- placing */

typedef struct Placing {
    Tree *t;
    const DepVec *deps;
    const VoteVec *votes;
    SetId remaining;
    TreeId limit; /* the child of the body that what is placed must be before; 0 for none */
} Placing;

/* The last child of the body that holds something the statement depends on; 0 for none. */
static TreeId last_needed(const Placing *p, TreeId body)
{
    TreeId last = 0;
    for (uint32_t i = 0; i < p->deps->count; i++) {
        TreeId child = tree_child(p->t, body, p->deps->at[i].at);
        if (child && (!last || at(p->t, child)->key > at(p->t, last)->key))
            last = child;
    }
    return last;
}

/* May the statement be in the same turns of this loop as all that it needs in it? */
static bool may_share(const Placing *p, TreeId body, TreeId loop)
{
    IndexId index = at(p->t, loop)->stmt.index;
    for (uint32_t i = 0; i < p->deps->count; i++)
        if (tree_child(p->t, body, p->deps->at[i].at) == loop &&
            !set_has(p->t->g, p->deps->at[i].share, index))
            return false;
    return true;
}

/* The indices of what the statement needs in this loop. */
static SetId known_in(const Placing *p, TreeId body, TreeId loop)
{
    SetId set = 0;
    for (uint32_t i = 0; i < p->deps->count; i++)
        if (tree_child(p->t, body, p->deps->at[i].at) == loop)
            set = set_union(p->t->g, set, p->deps->at[i].share);
    return set;
}

static bool may_enter(const Placing *p, TreeId body, TreeId loop, SetId known)
{
    const TreeNode *n = at(p->t, loop);
    return n->loop && (!p->limit || n->key < at(p->t, p->limit)->key) && n->stmt.kind == PLAN_LOOP && set_has(p->t->g, p->remaining, n->stmt.index) &&
           may_share(p, body, loop) &&
           may_be_outer(p->t, p->votes, p->remaining, n->stmt.index, known);
}

/* Where placing begins: in the loops of the recurrence at hand as far as the statement varies with
 * them, and before the one that it does not vary with. */
static TreeId begin_at(Placing *p)
{
    const Tree *t = p->t;
    TreeId path[64], body = TREE_ROOT;
    uint32_t depth = 0;
    for (TreeId id = t->active; id != TREE_ROOT && depth < 64; id = at(t, id)->parent)
        path[depth++] = id;
    while (depth && set_has(t->g, p->remaining, at(t, path[depth - 1])->stmt.index)) {
        body = path[--depth];
        p->remaining = set_without(t->g, p->remaining, at(t, body)->stmt.index);
    }
    p->limit = depth ? path[depth - 1] : 0;
    return body;
}

/* A loop of the body that the statement may go into: the one that holds what it needs, else one
 * behind that; 0 if there is none. */
static TreeId find_loop(const Placing *p, TreeId body, TreeId last)
{
    uint64_t from = last ? at(p->t, last)->key : 0;
    int look = 0;
    if (last && may_enter(p, body, last, known_in(p, body, last)))
        return last;
    for (TreeId id = at(p->t, body)->last; id && at(p->t, id)->key > from && look < MAX_LOOK;
         id = at(p->t, id)->prev) {
        look += at(p->t, id)->loop;
        if (may_enter(p, body, id, 0))
            return id;
    }
    return 0;
}

/* The first loop of the body behind `last`: what does not depend on it may go before it. */
static TreeId next_loop(const Tree *t, TreeId body, TreeId last)
{
    TreeId id = last ? at(t, last)->next : at(t, body)->first;
    while (id && !at(t, id)->loop)
        id = at(t, id)->next;
    return id;
}

TreeId tree_place(Tree *t, SetId domain, const DepVec *deps, const VoteVec *votes, bool early,
                  const PlanStmt *stmt)
{
    Placing p = {t, deps, votes, domain, 0};
    TreeId body = begin_at(&p), last = 0;
    if (!domain && !early)
        return new_node(t, body, p.limit, false, stmt);
    for (;;) {
        last = last_needed(&p, body);
        TreeId loop = p.remaining ? find_loop(&p, body, last) : 0;
        if (stmt->kind == PLAN_ZERO && !set_has(t->g, node_at(t->g, stmt->node)->free, at(t, loop)->stmt.index))
            loop = 0;
        if (!loop)
            break;
        p.remaining = set_without(t->g, p.remaining, at(t, loop)->stmt.index);
        body = loop;
        p.limit = 0;
    }
    TreeId sibling = early && !p.remaining ? next_loop(t, body, last) : 0;
    if (!sibling)
        sibling = p.limit;
    if (stmt->kind == PLAN_ZERO) /* before all that may add */
        sibling = next_loop(t, body, 0);
    bool guarded = stmt->kind == PLAN_FOLD && stmt->guard;
    while (p.remaining) {
        IndexId index = choose_outer(t, votes, p.remaining);
        if (guarded && !set_has(t->g, node_at(t->g, stmt->node)->free, index) &&
            stands_outside(t, stmt->guard, p.remaining)) {
            body = new_guard(t, body, sibling, stmt);
            sibling = 0;
            guarded = false;
        }
        body = new_loop(t, body, sibling, index, stmt);
        sibling = 0;
        p.remaining = set_without(t->g, p.remaining, index);
        if (guarded && !p.remaining)
            body = new_guard(t, body, 0, stmt);
    }
    return new_node(t, body, sibling, false, stmt);
}

bool tree_is_guarded(const Tree *t, TreeId id, NodeId guard)
{
    for (id = at(t, id)->parent; id && id != TREE_ROOT; id = at(t, id)->parent)
        if (at(t, id)->stmt.kind == PLAN_IF && at(t, id)->stmt.guard == guard)
            return true;
    return false;
}

void tree_append(Tree *t, TreeId sibling, const PlanStmt *stmt)
{
    new_node(t, at(t, sibling)->parent, at(t, sibling)->next, false, stmt);
}

TreeId tree_insert(Tree *t, TreeId sibling, SetId domain, TreeId like, const PlanStmt *stmt)
{
    IndexId path[64];
    uint32_t depth = 0;
    for (TreeId id = at(t, like)->parent; id != TREE_ROOT && depth < 64; id = at(t, id)->parent)
        if (set_has(t->g, domain, at(t, id)->stmt.index))
            path[depth++] = at(t, id)->stmt.index;
    TreeId body = at(t, sibling)->parent;
    while (depth) {
        body = new_loop(t, body, sibling, path[--depth], stmt);
        sibling = 0;
    }
    return new_node(t, body, sibling, false, stmt);
}

/* ---- the result */

void tree_flatten(const Tree *t, Plan *plan)
{
    TreeId id = at(t, TREE_ROOT)->first;
    while (id) {
        const TreeNode *n = at(t, id);
        *vec_push(plan->ctx, &plan->stmts) = n->stmt;
        if (n->loop && n->first) {
            id = n->first;
            continue;
        }
        while (id != TREE_ROOT && !at(t, id)->next) {
            id = at(t, id)->parent;
            if (id != TREE_ROOT) {
                PlanStmt end = {.kind = PLAN_END};
                *vec_push(plan->ctx, &plan->stmts) = end;
            }
        }
        id = id == TREE_ROOT ? 0 : at(t, id)->next;
    }
}
