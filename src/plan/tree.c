/* Loops and statements as a tree, which keeps its siblings in an order that can change: what a
 * statement must come behind is noted with it. */
#include <string.h>

#include "plan/plan.h"

/* Keys of siblings have room for others between them, and where there was none any more, for all
 * that may come to the same place. */
#define KEY_STEP ((uint64_t)1 << 32)
#define KEY_ROOM ((uint64_t)1 << 61)

static TreeNode *at(const Tree *t, TreeId id) { return &t->nodes.at[id]; }

void tree_begin(Tree *t, Graph *g)
{
    t->g = g;
    memset(vec_push(graph_ctx(g), &t->nodes), 0, sizeof *t->nodes.at);
    memset(vec_push(graph_ctx(g), &t->nodes), 0, sizeof *t->nodes.at);
    memset(vec_push(graph_ctx(g), &t->bodies), 0, sizeof *t->bodies.at); /* of statements */
    memset(vec_push(graph_ctx(g), &t->bodies), 0, sizeof *t->bodies.at);
    memset(vec_push(graph_ctx(g), &t->needs), 0, sizeof *t->needs.at);
    at(t, TREE_ROOT)->loop = true;
    at(t, TREE_ROOT)->body = 1;
    t->active = TREE_ROOT;
}

void tree_end(Tree *t)
{
    vec_free(graph_ctx(t->g), &t->nodes);
    vec_free(graph_ctx(t->g), &t->edges);
    vec_free(graph_ctx(t->g), &t->bodies);
    vec_free(graph_ctx(t->g), &t->needs);
    lookup_forget(graph_ctx(t->g), &t->needs_of);
}

static TreeBody *body_of(const Tree *t, TreeId loop) { return &t->bodies.at[at(t, loop)->body]; }

TreeId tree_first(const Tree *t, TreeId loop) { return body_of(t, loop)->first; }

TreeId tree_last(const Tree *t, TreeId loop) { return body_of(t, loop)->last; }

/* ---- siblings */

static void renumber(Tree *t, TreeId body, TreeId crowded)
{
    uint64_t key = KEY_STEP;
    for (TreeId id = tree_first(t, body); id; id = at(t, id)->next) {
        key += id == crowded ? KEY_ROOM : 0;
        at(t, id)->key = key;
        key += id == crowded ? KEY_ROOM : KEY_STEP;
    }
}

/* Links a loop, which has its key, among those of its body: mostly it is the last. */
static void link_loop(Tree *t, TreeId id)
{
    TreeBody *around = body_of(t, at(t, id)->parent), *own = body_of(t, id);
    own->next_loop = 0;
    own->prev_loop = around->last_loop;
    while (own->prev_loop && at(t, own->prev_loop)->key > at(t, id)->key) {
        own->next_loop = own->prev_loop;
        own->prev_loop = body_of(t, own->prev_loop)->prev_loop;
    }
    *(own->prev_loop ? &body_of(t, own->prev_loop)->next_loop : &around->first_loop) = id;
    *(own->next_loop ? &body_of(t, own->next_loop)->prev_loop : &around->last_loop) = id;
}

static void unlink_loop(Tree *t, TreeId id)
{
    TreeBody *around = body_of(t, at(t, id)->parent), own = *body_of(t, id);
    *(own.prev_loop ? &body_of(t, own.prev_loop)->next_loop : &around->first_loop) = own.next_loop;
    *(own.next_loop ? &body_of(t, own.next_loop)->prev_loop : &around->last_loop) = own.prev_loop;
}

/* Links a node into a body before a sibling, or last if that is 0. */
static void link_before(Tree *t, TreeId id, TreeId body, TreeId sibling)
{
    TreeId before = sibling ? at(t, sibling)->prev : body_of(t, body)->last;
    at(t, id)->parent = body;
    at(t, id)->prev = before;
    at(t, id)->next = sibling;
    *(before ? &at(t, before)->next : &body_of(t, body)->first) = id;
    *(sibling ? &at(t, sibling)->prev : &body_of(t, body)->last) = id;
    uint64_t low = before ? at(t, before)->key : 0;
    uint64_t high = sibling ? at(t, sibling)->key : low + 2 * KEY_STEP;
    const uint64_t half = (high - low) / 2;
    at(t, id)->key = low + (half < KEY_STEP ? half : KEY_STEP);
    if (half < 1)
        renumber(t, body, id);
    if (at(t, id)->loop)
        link_loop(t, id);
}

static void unlink_node(Tree *t, TreeId id)
{
    TreeNode n = *at(t, id);
    *(n.prev ? &at(t, n.prev)->next : &body_of(t, n.parent)->first) = n.next;
    *(n.next ? &at(t, n.next)->prev : &body_of(t, n.parent)->last) = n.prev;
    if (n.loop)
        unlink_loop(t, id);
}

static TreeId new_node(Tree *t, TreeId body, TreeId sibling, bool loop, const PlanStmt *stmt)
{
    TreeNode n = {.loop = loop, .stmt = *stmt};
    if (loop) {
        n.body = t->bodies.count;
        memset(vec_push(graph_ctx(t->g), &t->bodies), 0, sizeof *t->bodies.at);
    }
    *vec_push(graph_ctx(t->g), &t->nodes) = n;
    TreeId id = t->nodes.count - 1;
    link_before(t, id, body, sibling);
    return id;
}

static LookupKey need_hash(const void *with, uint32_t number)
{
    const TreeNeed *n = &((const Tree *)with)->needs.at[number];
    return hash_mix(hash_mix(1, n->loop), n->sibling);
}

static void add_need(Tree *t, TreeId loop, TreeId sibling)
{
    TreeBody *own = body_of(t, loop);
    *vec_push(graph_ctx(t->g), &t->needs) = (TreeNeed){loop, sibling, own->needs};
    const uint32_t number = t->needs.count - 1;
    LookupTry try = lookup_try(need_hash(t, number));
    for (uint32_t old; (old = lookup_find(&t->needs_of, &try));)
        if (t->needs.at[old].loop == loop && t->needs.at[old].sibling == sibling) {
            t->needs.count--;
            return;
        }
    lookup_enter(graph_ctx(t->g), &t->needs_of, number, &try, need_hash, t);
    own->needs = number;
}

uint32_t tree_needs(const Tree *t, TreeId loop) { return body_of(t, loop)->needs; }

void tree_depend(Tree *t, TreeId id, TreeId on, SetId share)
{
    for (TreeId loop = at(t, id)->parent; loop && !tree_child(t, loop, on);
         loop = at(t, loop)->parent) {
        TreeId sibling = tree_child(t, at(t, loop)->parent, on);
        if (sibling)
            add_need(t, loop, sibling);
    }
    TreeEdge e = {on, share, at(t, id)->edges};
    *vec_push(graph_ctx(t->g), &t->edges) = e;
    at(t, id)->edges = t->edges.count;
}

TreeId tree_add(Tree *t, TreeId body, TreeId sibling, const PlanStmt *stmt, const DepVec *deps)
{
    TreeId id = new_node(t, body, sibling, false, stmt);
    for (uint32_t i = 0; i < deps->count; i++)
        tree_depend(t, id, deps->at[i].at, deps->at[i].share);
    return id;
}

TreeId tree_add_body(Tree *t, TreeId body, TreeId sibling, const PlanStmt *stmt)
{
    return new_node(t, body, sibling, true, stmt);
}

TreeId tree_add_loop(Tree *t, TreeId body, TreeId sibling, IndexId index, const PlanStmt *inner)
{
    PlanStmt stmt = {.kind = PLAN_LOOP, .index = index, .origin = inner->origin,
                     .derived = inner->derived, .quiet = inner->quiet};
    return new_node(t, body, sibling, true, &stmt);
}

void tree_remove(Tree *t, TreeId id)
{
    while (id != TREE_ROOT && !tree_first(t, id)) { /* with the loops that it leaves empty */
        TreeId parent = at(t, id)->parent;
        unlink_node(t, id);
        at(t, id)->parent = 0;
        id = parent;
    }
}

void tree_replace(Tree *t, TreeId id, TreeId by)
{
    tree_remove(t, id);
    at(t, id)->parent = by;
}

/* Loops of a reduction that is needed under a condition only. */
TreeId tree_add_guard(Tree *t, TreeId body, TreeId sibling, const PlanStmt *inner)
{
    PlanStmt stmt = {.kind = PLAN_IF, .guard = inner->guard, .origin = inner->origin,
                     .derived = inner->derived};
    return new_node(t, body, sibling, true, &stmt);
}

/* ---- loops of recurrences */

TreeId tree_open(Tree *t, const PlanStmt *loop)
{
    t->active = new_node(t, t->active, t->active == TREE_ROOT ? t->before : 0, true, loop);
    return t->active;
}

void tree_close(Tree *t, TreeId loop)
{
    const PlanStmt *first = &at(t, tree_first(t, loop))->stmt;
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

void tree_append_to(Tree *t, TreeId body, TreeId node)
{
    unlink_node(t, node);
    link_before(t, node, body, 0);
}

/* ---- places */

TreeId tree_next(const Tree *t, TreeId top, TreeId id)
{
    if (tree_first(t, id))
        return tree_first(t, id);
    while (id != top && !at(t, id)->next)
        id = at(t, id)->parent;
    return id == top ? 0 : at(t, id)->next;
}

TreeId tree_first_loop(const Tree *t, TreeId body) { return body_of(t, body)->first_loop; }

TreeId tree_next_loop(const Tree *t, TreeId loop) { return body_of(t, loop)->next_loop; }

/* From the node forwards, and from the last loop backwards, whichever is there first. */
TreeId tree_loop_behind(const Tree *t, TreeId id)
{
    TreeId next = at(t, id)->next, loop = body_of(t, at(t, id)->parent)->last_loop, best = 0;
    while (next && !at(t, next)->loop && loop && at(t, loop)->key > at(t, id)->key) {
        best = loop;
        loop = body_of(t, loop)->prev_loop;
        next = at(t, next)->next;
    }
    return next && at(t, next)->loop ? next : best;
}

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

/* ---- more places */

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
        body = tree_add_loop(t, body, sibling, path[--depth], stmt);
        sibling = 0;
    }
    return new_node(t, body, sibling, false, stmt);
}

/* ---- the result */

void tree_flatten(const Tree *t, Plan *plan)
{
    TreeId id = tree_first(t, TREE_ROOT);
    while (id) {
        const TreeNode *n = at(t, id);
        *vec_push(plan->ctx, &plan->stmts) = n->stmt;
        if (tree_first(t, id)) {
            id = tree_first(t, id);
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
