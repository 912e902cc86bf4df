/* Under which condition is each node needed? From the results down: an arm of a condition is
 * needed where its user is and the condition holds. What comes out keeps sqrt(x) of
 * `x > 0 ? sqrt(x) : 0` from being computed, and from raising an exception, elsewhere. */
#include <assert.h>

#include "plan/plan.h"

/* Conditions longer than this many operands are made wider, which keeps the text of deep chains
 * short: note [wider] in said.c. */
enum { MAX_OPERANDS = 8 };

/* How many nodes are looked at before what is asked for is taken for granted; there are more where
 * there are recurrences, since much is below these. */
enum { MAX_SEARCH = 256, MAX_SEARCH_OF_PARTS = 2048 };

typedef struct Search {
    Graph *g;
    NodeId *need;          /* a node each: known of those behind the one that is asked about */
    PlanSaid said;         /* what conditions say of indices */
    uint32_t count;        /* of nodes that have a need */
    uint8_t *missing;      /* plan_missing; 0 if nobody asked */
    uint32_t *seen;        /* a node each: the search that saw it last */
    uint8_t *far;          /* a node each: did a search from it end without an answer? */
    uint32_t serial;       /* even; what is seen beyond a recurrence has the next one */
    U32Vec stack;
    TupleId *users;        /* a node each, where there are recurrences: note [parts] */
    NodeId *system_of;     /* a part each: its recurrence; 0 for other nodes */
    NodeId *system_of_sym; /* a symbol each: likewise, of an array */
    uint8_t *speaks;       /* a node each: is an element of a recurrence below it? */
} Search;

static bool is_long(const Graph *g, NodeId condition)
{
    return logic_operands(g, condition, MAX_OPERANDS) > MAX_OPERANDS;
}

/* The condition made wider, for that node. */
static NodeId wider(Search *s, NodeId condition, NodeId id)
{
    if (!s->missing)
        s->missing = plan_missing(s->g, s->count);
    if (!s->missing[id])
        return build_true(s->g);
    return plan_said(&s->said, condition, node_at(s->g, id)->free);
}

/* A condition over indices that the node has not is none for it: it is computed outside of their
 * loops. */
static void require(Search *s, NodeId id, NodeId condition)
{
    Graph *g = s->g;
    const NodeId known = s->need[id];
    if (known == condition)
        return;
    if (set_size(g, set_minus(g, node_at(g, condition)->free, node_at(g, id)->free)))
        condition = wider(s, condition, id);
    const NodeId either = known ? build_or(g, known, condition) : condition;
    s->need[id] = is_long(g, either) ? wider(s, either, id) : either;
}

/* Where one excludes the other, as within p ? sin(p ? x : y) : z, the text speaks of the value all
 * the same. */
static NodeId both(Search *s, NodeId id, NodeId inner)
{
    const NodeId outer = s->need[id];
    NodeId condition = build_and(s->g, outer, inner);
    if (!is_long(s->g, condition) && !node_is_int(s->g, condition, 0))
        return condition;
    condition = build_and(s->g, wider(s, outer, id), inner);
    return node_is_int(s->g, condition, 0) ? inner : condition;
}

static void require_operands(Search *s, NodeId id)
{
    Graph *g = s->g;
    const Node n = *node_at(g, id);
    const NodeId here = s->need[id];
    switch (n.op) {
    case OP_SELECT:
        require(s, n.a, here);
        require(s, n.b, both(s, id, n.a));
        require(s, n.c, both(s, id, build_not(g, n.a)));
        return;
    case OP_AND:
        require(s, n.a, here);
        require(s, n.b, both(s, id, n.a));
        return;
    case OP_OR:
        require(s, n.a, here);
        require(s, n.b, both(s, id, build_not(g, n.a)));
        return;
    default:
        for (uint32_t k = 0; node_need(g, id, k); k++)
            require(s, node_need(g, id, k), here);
    }
}

/* ---- note [parts]: the parts of a recurrence are computed one after the other, from elements that
 * are there by then. A value that several of them need, or one of them and something else, stands
 * before the first of these, and its condition may speak there of elements that all of them read,
 * but not of one that only a later one does. */

enum { MAX_USERS = 64, MAX_ELEMENTS = 16 };

/* Users of a node are a tuple of parts, in their order, and OUTSIDE for all else. */
static const NodeId OUTSIDE = 0, MANY = UINT32_MAX;

static TupleId users_of_both(Graph *g, TupleId a, TupleId b)
{
    NodeId all[2*MAX_USERS];
    uint32_t count = 0, i = 0, k = 0;
    if (a == b || !a || !b)
        return a ? a : b;
    while (i < tuple_size(g, a) || k < tuple_size(g, b)) {
        const NodeId x = i < tuple_size(g, a) ? tuple_item(g, a, i) : MANY,
                     y = k < tuple_size(g, b) ? tuple_item(g, b, k) : MANY;
        all[count++] = x < y ? x : y;
        i += x <= y;
        k += y <= x;
    }
    assert(count > 0); /* there is one at least of each */
    return count > MAX_USERS || all[count - 1] == MANY ? tuple_of(g, &MANY, 1)
                                                       : tuple_of(g, all, count);
}

/* Notes which recurrence each part, and each array, is one of. */
static void find_parts(Search *s, const Fn *fn)
{
    Graph *g = s->g;
    for (uint32_t i = 0; i < fn->systems.count; i++) {
        const TupleId arrays = node_at(g, fn->systems.at[i])->a;
        for (uint32_t k = 0; k < tuple_size(g, arrays); k++) {
            const Node array = *node_at(g, tuple_item(g, arrays, k));
            s->system_of_sym[array.b] = fn->systems.at[i];
            for (uint32_t n = 0; n < tuple_size(g, array.a); n++)
                s->system_of[tuple_item(g, array.a, n)] = fn->systems.at[i];
        }
    }
}

static void find_speaking(Search *s)
{
    NodeId operand;
    for (NodeId id = 1; id < s->count; id++) {
        s->speaks[id] = node_op(s->g, id) == OP_OWN;
        for (uint32_t k = 0; !s->speaks[id] && (operand = node_need(s->g, id, k)); k++)
            s->speaks[id] = operand < id && s->speaks[operand];
    }
}

/* Tells the operands of a node who needs them. */
static void tell_operands(Search *s, NodeId id)
{
    const NodeId user = s->system_of[id] ? id : OUTSIDE;
    const TupleId users =
        user == id || !s->users[id] ? tuple_of(s->g, &user, 1) : s->users[id];
    NodeId operand;
    for (uint32_t k = 0; (operand = node_need(s->g, id, k)); k++)
        s->users[operand] = users_of_both(s->g, s->users[operand], users);
}

/* ---- note [circles]: a condition that decides whether a value is needed may depend on it, as in
 * s = x > 0 ? log(x) : -1; f = s > 0 ? sqrt(log(x)) : 0. No statement of log(x) can be behind
 * that condition. Such values are marked, to be written out where they are used; one that must
 * have a statement has it without a condition. Several values may be a circle together: the
 * condition of one depends on another, whose own condition depends on the first. */

/* Is the node needed for a part of the recurrence? */
static bool is_used_in(const Search *s, NodeId id, NodeId system)
{
    for (uint32_t k = 0; k < tuple_size(s->g, s->users[id]); k++) {
        const NodeId user = tuple_item(s->g, s->users[id], k);
        if (user == MANY || s->system_of[user] == system)
            return true;
    }
    return false;
}

static void push_search(Search *s, NodeId id, bool beyond)
{
    *vec_push(graph_ctx(s->g), &s->stack) = id*2 + beyond;
}

/* Pushes what a node is made of, and what decides whether it is computed. An element stands for its
 * whole recurrence, unless that is where the other node is needed: note [parts]. */
static void push_made_of(Search *s, NodeId id, NodeId on, bool beyond)
{
    const Node n = *node_at(s->g, id);
    const NodeId system = n.op == OP_OWN ? s->system_of_sym[n.a] : 0;
    if (system && !is_used_in(s, on, system))
        push_search(s, system, true);
    if (id < s->count && s->need[id] && !node_number(s->g, s->need[id]))
        push_search(s, s->need[id], beyond);
    beyond |= plan_is_whole(s->g, id);
    for (uint32_t k = 0; node_need(s->g, id, k); k++)
        push_search(s, node_need(s->g, id, k), beyond);
}

/* Does the node, or whether it is computed, depend on `on`? Only nodes behind it can, and those
 * that speak of elements of recurrences. A search that had too much to look at has no less for any
 * node before, and these are asked about next. What is beyond a whole array, or recurrence, waits
 * for all of a recurrence whose elements it reads. */
static bool depends(Search *s, NodeId node, NodeId on)
{
    const uint32_t most = s->users ? MAX_SEARCH_OF_PARTS : MAX_SEARCH;
    uint32_t looked = 0;
    if (node < s->count && s->far[node])
        return true;
    s->serial += 2;
    s->stack.count = 0;
    push_search(s, node, false);
    while (s->stack.count) {
        const uint32_t top = s->stack.at[--s->stack.count];
        const NodeId id = top/2;
        const bool beyond = top & 1;
        if (id == on)
            return true;
        if (looked++ > most) {
            if (node < s->count)
                s->far[node] = 1;
            return true;
        }
        if ((id < on && !(s->users && s->speaks[id])) ||
            (id < s->count && s->seen[id] >= s->serial + beyond))
            continue;
        if (id < s->count)
            s->seen[id] = s->serial + beyond;
        if (beyond && node_op(s->g, id) == OP_OWN &&
            is_used_in(s, on, s->system_of_sym[node_at(s->g, id)->a]))
            return true;
        push_made_of(s, id, on, beyond);
    }
    return false;
}

/* Starts a walk over what is below the node. */
static void walk_from(Search *s, NodeId node)
{
    s->serial += 2;
    s->stack.count = 0;
    *vec_push(graph_ctx(s->g), &s->stack) = node;
}

/* Its next node, 0 at the end; with what decides whether a node is needed, or without. */
static NodeId walk_next(Search *s, bool needs)
{
    while (s->stack.count) {
        const NodeId id = s->stack.at[--s->stack.count];
        if (id < s->count && s->seen[id] == s->serial)
            continue;
        if (id < s->count)
            s->seen[id] = s->serial;
        if (needs && id < s->count && s->need[id] && !node_number(s->g, s->need[id]))
            *vec_push(graph_ctx(s->g), &s->stack) = s->need[id];
        for (uint32_t k = 0; !plan_is_whole(s->g, id) && node_need(s->g, id, k); k++)
            *vec_push(graph_ctx(s->g), &s->stack) = node_need(s->g, id, k);
        return id;
    }
    return 0;
}

static bool reads(Search *s, NodeId part, NodeId element)
{
    NodeId id = 1;
    walk_from(s, part);
    for (uint32_t looked = 0; looked < MAX_SEARCH && id && id != element; looked++)
        id = walk_next(s, false);
    return id == element;
}

/* Can the node's condition not speak of this, since an element in it is not there in time? */
static bool is_too_early(Search *s, NodeId condition, NodeId id)
{
    NodeId elements[MAX_ELEMENTS], at;
    uint32_t count = 0, looked = 0;
    const TupleId users = s->users ? s->users[id] : 0;
    if (tuple_size(s->g, users) == 0 ||
        (tuple_size(s->g, users) == 1 && tuple_item(s->g, users, 0) != MANY))
        return false;
    walk_from(s, condition);
    while ((at = walk_next(s, true)))
        if (looked++ == MAX_SEARCH || count == MAX_ELEMENTS)
            return true;
        else if (node_op(s->g, at) == OP_OWN)
            elements[count++] = at;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < tuple_size(s->g, users); k++) {
            const NodeId user = tuple_item(s->g, users, k);
            if (user == MANY ||
                (s->system_of[user] == s->system_of_sym[node_at(s->g, elements[i])->a] &&
                 !reads(s, user, elements[i])))
                return true;
        }
    return false;
}

/* What the condition speaks of stands before those who need the node, too. */
static void tell_condition(Search *s, NodeId condition, NodeId id)
{
    NodeId at;
    if (tuple_size(s->g, s->users[id]) < 2 || node_number(s->g, condition))
        return;
    walk_from(s, condition);
    while ((at = walk_next(s, true)))
        if (at < id)
            s->users[at] = users_of_both(s->g, s->users[at], s->users[id]);
}

/* ---- conditions made wider */

static bool is_of_no_use(Search *s, NodeId condition, NodeId id)
{
    return depends(s, condition, id) || is_too_early(s, condition, id);
}

/* The condition without what depends on the node or comes too early, made wider where it must. A
 * conjunction of what does not depend on the node may still be the node. */
static NodeId independent(Search *s, NodeId condition, NodeId on, uint32_t count)
{
    Node n = *node_at(s->g, condition);
    if (n.op == OP_AND || n.op == OP_OR) {
        NodeId a = independent(s, n.a, on, count), b = independent(s, n.b, on, count);
        NodeId left = n.op == OP_AND ? build_and(s->g, a, b) : build_or(s->g, a, b);
        return left == on ? wider(s, left, on) : left;
    }
    bool use = condition >= count || !is_of_no_use(s, condition, on);
    for (int i = 0; condition >= count && i < node_arity(s->g, condition); i++)
        use = use && !is_of_no_use(s, node_operand(s->g, condition, i), on); /* an opposite */
    return use ? condition : wider(s, condition, on);
}

/* ---- recurrences: a condition that speaks of elements of two of them, or of one where the value
 * is made of elements of another, would have each within the other's loops. */

static bool is_member_of(const Graph *g, NodeId system, SymId sym)
{
    TupleId arrays = node_at(g, system)->a;
    for (uint32_t i = 0; i < tuple_size(g, arrays); i++)
        if (node_at(g, tuple_item(g, arrays, i))->b == sym)
            return true;
    return false;
}

/* Which recurrences' elements a node speaks of, those at hand aside. */
typedef struct Spoken {
    NodeId of;      /* the recurrence that is asked for; 0 to begin with: the first that is met */
    bool of_it;     /* does it speak of that? */
    bool of_others; /* and of others? Yes, too, if that takes too long to find out */
} Spoken;

static void speak(const Search *s, const Fn *fn, SymId sym, Spoken *to)
{
    for (uint32_t i = 0; i < fn->systems.count; i++)
        if (is_member_of(s->g, fn->systems.at[i], sym)) {
            to->of = to->of ? to->of : fn->systems.at[i];
            to->of_it = to->of_it || fn->systems.at[i] == to->of;
            to->of_others = to->of_others || fn->systems.at[i] != to->of;
        }
}

static Spoken spoken_by(Search *s, const Fn *fn, NodeId node, NodeId of)
{
    Graph *g = s->g;
    Spoken spoken = {.of = of};
    uint32_t looked = 0;
    s->serial += 2;
    s->stack.count = 0;
    *vec_push(graph_ctx(g), &s->stack) = node;
    while (s->stack.count && !(spoken.of_it && spoken.of_others)) {
        NodeId id = s->stack.at[--s->stack.count];
        Op op = node_op(g, id);
        if (plan_is_whole(g, id) || (id < s->count && s->seen[id] == s->serial))
            continue;
        if (looked++ > MAX_SEARCH)
            return (Spoken){.of = of, .of_others = true};
        if (id < s->count)
            s->seen[id] = s->serial;
        if (op == OP_OWN)
            speak(s, fn, node_at(g, id)->a, &spoken);
        for (uint32_t k = 0; op != OP_OWN && node_need(g, id, k); k++)
            *vec_push(graph_ctx(g), &s->stack) = node_need(g, id, k);
    }
    return spoken;
}

/* What speaks of both is computed in the loops of the later one, where either is at hand. */
static bool mixes_recurrences(Search *s, const Fn *fn, NodeId condition, NodeId id)
{
    if (fn->systems.count < 2 || node_number(s->g, condition))
        return false;
    const Spoken asked = spoken_by(s, fn, condition, 0);
    if (!asked.of || asked.of_others)
        return asked.of_others;
    const Spoken made = spoken_by(s, fn, id, asked.of);
    return made.of_others && !made.of_it;
}

static Search search_new(Graph *g, const Fn *fn, NodeId *need, uint32_t count)
{
    Ctx *ctx = graph_ctx(g);
    Search s = {.g = g, .need = need, .said = {.g = g}, .count = count};
    s.seen = array_new(ctx, count, sizeof *s.seen);
    s.far = array_new(ctx, count, 1);
    if (fn->systems.count) {
        s.users = array_new(ctx, count, sizeof *s.users);
        s.system_of = array_new(ctx, count, sizeof *s.system_of);
        s.system_of_sym = array_new(ctx, sym_count(g), sizeof *s.system_of_sym);
        s.speaks = array_new(ctx, count, 1);
        find_parts(&s, fn);
        find_speaking(&s);
    }
    return s;
}

static void search_end(Search *s)
{
    void *arrays[] = {s->missing, s->seen, s->far, s->users, s->system_of, s->system_of_sym,
                      s->speaks};
    vec_free(graph_ctx(s->g), &s->stack);
    plan_said_end(&s->said);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (arrays[i])
            ctx_resize(graph_ctx(s->g), arrays[i], 0);
}

/* The condition under which a node is needed, as it can be said before it. */
static NodeId said_before(Search *s, const Fn *fn, NodeId condition, NodeId id)
{
    condition = independent(s, condition, id, s->count);
    if (mixes_recurrences(s, fn, condition, id))
        return wider(s, condition, id);
    if (s->users)
        tell_condition(s, condition, id);
    return condition;
}

NodeId *plan_need(Graph *g, const Fn *fn, uint32_t count, uint8_t *circular)
{
    NodeId *need = array_new(graph_ctx(g), count, sizeof *need);
    Search s = search_new(g, fn, need, count);
    for (uint32_t i = 0; i < fn->results.count; i++)
        need[fn->results.at[i].node] = build_true(g);
    for (uint32_t i = 0; i < fn->systems.count; i++)
        need[fn->systems.at[i]] = build_true(g);
    for (NodeId id = count - 1; id > 0; id--) {
        if (!need[id])
            continue;
        require_operands(&s, id); /* of what it really needs */
        if (!node_number(g, need[id])) {
            NodeId condition = said_before(&s, fn, need[id], id);
            circular[id] = condition != need[id];
            need[id] = condition;
        }
        if (s.users)
            tell_operands(&s, id);
    }
    search_end(&s);
    return need;
}
