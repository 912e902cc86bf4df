/* What a statement's text depends on, and what it would have of the loops around it; then its place
 * in the tree.
 *
 * A text holds what floats, which holds what else floats: each is looked at once in a text however
 * often it is mentioned. Only what it would have of the loops counts as often. */
#include "front/front.h"
#include "plan/plan.h"

/* ---- what a text depends on */

typedef struct Texts {
    Schedule *s;
    DepVec deps;
    VoteVec votes;
    PlanUseVec uses; /* of nodes with a statement, and arrays */
    U32Vec writers; /* of the array at hand */
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

/* What is computed within the loop of a recurrence is used there, or else kept in an array, whose
 * axes have the order of the loops. */
static void vote_by_loops(Texts *x, NodeId id)
{
    const Tree *t = &x->s->tree;
    const SetId free = node_at(x->s->g, id)->free;
    IndexId inner[64];
    uint32_t count = 0;
    for (TreeId at = x->s->dep[id].at; at && count < 64; at = t->nodes.at[at].parent) {
        const TreeNode *n = &t->nodes.at[at];
        if (!n->loop || !set_has(x->s->g, free, n->stmt.index))
            continue;
        for (uint32_t i = 0; i < count && n->stmt.ordered; i++) {
            Votes v = {n->stmt.index, inner[i], VOTE_BY_ACCESS};
            *vec_push(x->s->plan->ctx, &x->votes) = v;
        }
        inner[count++] = n->stmt.index;
    }
}

/* ---- the votes of what floats: all of its text, what floats in that included */

/* More votes than this are not told from it. */
enum { MAX_WEIGHT = 1 << 16 };

static void begin_text(Schedule *s)
{
    s->walks++;
    s->votes.count = 0;
}

static void begin_votes(Texts *x, NodeId id) { x->s->votes_of[id].first = x->votes.count; }

/* Adds to a vote for the same that stands at `first` or behind. */
static void merge_vote(Texts *x, uint32_t first, Votes v)
{
    for (uint32_t i = first; i < x->votes.count; i++) {
        Votes *old = &x->votes.at[i];
        if (old->outer == v.outer && old->inner == v.inner) {
            old->weight = old->weight + v.weight < MAX_WEIGHT ? old->weight + v.weight : MAX_WEIGHT;
            return;
        }
    }
    *vec_push(x->s->plan->ctx, &x->votes) = v;
}

/* Notes them for when it is mentioned again. */
static void end_votes(Texts *x, NodeId id)
{
    PlanSlice *of = &x->s->votes_of[id];
    const uint32_t first = of->first, count = x->votes.count;
    x->votes.count = first;
    for (uint32_t i = first; i < count; i++)
        merge_vote(x, first, x->votes.at[i]);
    of->first = x->s->votes.count;
    of->count = x->votes.count - first;
    for (uint32_t i = first; i < x->votes.count; i++)
        *vec_push(x->s->plan->ctx, &x->s->votes) = x->votes.at[i];
}

static void repeat_votes(Texts *x, NodeId id)
{
    const PlanSlice of = x->s->votes_of[id];
    for (uint32_t i = 0; i < of.count; i++)
        *vec_push(x->s->plan->ctx, &x->votes) = x->s->votes.at[of.first + i];
}

/* A reduction would rather be a number than an array: its own loops inside. And a name's value in
 * the order of the name's subscripts. */
static void vote_for_reduction(Texts *x, const PlanStmt *stmt)
{
    Graph *g = x->s->g;
    if (stmt->kind != PLAN_FOLD)
        return;
    NodeId name = plan_inner(x->s, stmt->node)->name, part = plan_inner(x->s, stmt->node)->part;
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
    return extent_nonnegative(
        g, down ? build2(g, OP_SUB, read, write) : build2(g, OP_SUB, write, read), NULL, 0);
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

/* Are its zeros placed last of all, before what adds to it? Then whoever reads one of its elements
 * waits for all that adds. */
static bool is_zeroed_late(const Schedule *s, NodeId array)
{
    const Node *n = node_at(s->g, array);
    return n->op == OP_ARRAY && n->c == ARRAY_ADD && !plan_is_member(s, array);
}

/* Those of a loop in which all that is read was written in earlier turns, and of loops within it:
 * where in a turn the reader is does not matter. */
static SetId shared_turns(const Schedule *s, const PlanWriter *w, TupleId read)
{
    const Tree *t = &s->tree;
    SetId inner = 0, set = 0;
    if (!tuple_size(s->g, read)) /* the array as a whole */
        return 0;
    for (TreeId at = t->nodes.at[w->at].parent; at > TREE_ROOT; at = t->nodes.at[at].parent) {
        const PlanStmt stmt = t->nodes.at[at].stmt;
        if (stmt.kind != PLAN_LOOP)
            continue;
        inner = set_with(s->g, inner, stmt.index);
        if (plan_is_carried(s->g, w->subscripts, read, stmt.index, stmt.down))
            set = inner;
    }
    return set;
}

static void depend_on_array(Texts *x, NodeId array, TupleId subscripts, bool adding)
{
    Schedule *s = x->s;
    const TupleId at = is_zeroed_late(s, array) ? 0 : subscripts;
    x->writers.count = 0;
    elements_like(s->g, adding ? &s->set : &s->written, array, at, &x->writers);
    for (uint32_t i = 0; i < x->writers.count; i++) {
        const PlanWriter w = *plan_writer(s, x->writers.at[i]);
        SetId share = shared_slices(s, &w, subscripts);
        share = set_union(s->g, share, shared_turns(s, &w, subscripts));
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

/* Subscripts, for the entries of index arrays among them. */
static void look_at_subscripts(Texts *x, TupleId subscripts)
{
    for (uint32_t i = tuple_size(x->s->g, subscripts); i-- > 0;)
        *vec_push(x->s->plan->ctx, &x->stack) = tuple_item(x->s->g, subscripts, i) * 2;
}

static bool is_guarded_here(const Schedule *s, NodeId id)
{
    return id < s->count && s->stated[id] && !node_number(s->g, s->need[id]) &&
           !plan_is_total(s->g, id, s->stated);
}

/* An element of an array, or a whole one, is looked at once in a text. False if it is none. */
static bool look_at_array(Texts *x, NodeId id, NodeId own)
{
    Schedule *s = x->s;
    const Node n = *node_at(s->g, id);
    const bool whole =
        n.op == OP_MEMBER || n.op == OP_ARRAY || (plan_is_call(s->g, id) && id != own);
    const bool read = n.op == OP_READ && node_op(s->g, n.a) != OP_MEMBER;
    if (!whole && !read && n.op != OP_OWN)
        return false;
    if (id < s->count && !plan_is_new(s, id))
        return true;
    const NodeId array = whole ? plan_kept_as(s->g, id) : read ? n.a : s->array_of_sym.at[n.a];
    depend_on_array(x, array, whole ? 0 : n.b, false);
    return true;
}

static void look_at(Texts *x, NodeId id, NodeId own)
{
    Schedule *s = x->s;
    Ctx *ctx = s->plan->ctx;
    const Node n = *node_at(s->g, id);
    bool stated = id < s->count && s->stated[id] && id != own;
    if (stated && !s->floating[id]) {
        if (!plan_is_new(s, id))
            return;
        *vec_push(ctx, &x->deps) = s->dep[id];
        vote_by_loops(x, id);
        PlanUse use = {.node = id};
        *vec_push(ctx, &x->uses) = use;
        return;
    }
    if (stated && !plan_is_new(s, id)) {
        repeat_votes(x, id);
        return;
    }
    if (stated)
        begin_votes(x, id);
    if (n.op == OP_REF || n.op == OP_READ || n.op == OP_OWN) {
        vote(x, n.b, VOTE_BY_ACCESS);
        look_at_subscripts(x, n.b);
    }
    if (plan_is_entry(s->g, id))
        *vec_push(ctx, &x->floats) = id;
    if (n.op == OP_NAME)
        vote(x, n.c, VOTE_BY_DEFINITION);
    if (look_at_array(x, id, own))
        return;
    if (stated)
        *vec_push(ctx, &x->stack) = id * 2 + 1;
    look_at_operands(x, id);
    if (is_guarded_here(s, id))
        *vec_push(ctx, &x->stack) = s->need[id] * 2;
}

static void empty_stack(Texts *x, NodeId own)
{
    while (x->stack.count) {
        uint32_t top = x->stack.at[--x->stack.count];
        if (top & 1) {
            *vec_push(x->s->plan->ctx, &x->floats) = top / 2;
            end_votes(x, top / 2);
        } else {
            look_at(x, top / 2, own);
        }
    }
}

static void look_at_all(Texts *x, const NodeId *roots, uint32_t count, NodeId own)
{
    for (uint32_t i = 0; i < count; i++) {
        *vec_push(x->s->plan->ctx, &x->stack) = roots[i] * 2;
        empty_stack(x, own);
    }
}

/* ---- the place */

TreeId plan_place_text(Schedule *s, SetId domain, const NodeId *roots, uint32_t count, NodeId own,
                  PlanStmt stmt)
{
    Ctx *ctx = s->plan->ctx;
    Texts x = {.s = s};
    if (!s->loops) { /* what it depends on was placed before */
        *vec_push(ctx, &s->plan->stmts) = stmt;
        return 0;
    }
    begin_text(s);
    look_at_all(&x, roots, count, own);
    look_at_subscripts(&x, stmt.subscripts);
    empty_stack(&x, own);
    vote(&x, stmt.subscripts, VOTE_BY_ACCESS);
    vote_for_reduction(&x, &stmt);
    if (stmt.kind == PLAN_ADD)
        depend_on_array(&x, stmt.node, stmt.subscripts, true);
    TreeId at = tree_place(&s->tree, domain, &x.deps, &x.votes, stmt.kind == PLAN_LET, &stmt);
    if (stmt.kind == PLAN_FOLD && stmt.guard && !tree_is_guarded(&s->tree, at, stmt.guard)) {
        begin_text(s);
        x.uses.count = x.floats.count = 0; /* loops that were there go without the condition */
        look_at_all(&x, roots, 1, own);
    }
    for (uint32_t i = 0; i < x.uses.count; i++) {
        PlanUse use = x.uses.at[i];
        use.at = at;
        plan_note_use(s, use);
    }
    for (uint32_t i = 0; i < x.floats.count; i++) {
        PlanUse use = {.node = x.floats.at[i], .at = at};
        *vec_push(ctx, &s->afloat) = use;
    }
    vec_free(ctx, &x.deps);
    vec_free(ctx, &x.votes);
    vec_free(ctx, &x.uses);
    vec_free(ctx, &x.writers);
    vec_free(ctx, &x.floats);
    vec_free(ctx, &x.stack);
    return at;
}
