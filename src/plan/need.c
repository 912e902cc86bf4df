/* Under which condition is each node needed? From the results down: an arm of a condition is
 * needed where its user is and the condition holds. What comes out keeps sqrt(x) of
 * `x > 0 ? sqrt(x) : 0` from being computed, and from raising an exception, elsewhere. */
#include <assert.h>

#include "plan/plan.h"

/* Conditions longer than this many operands are made wider, which keeps the text of deep chains
 * short: note [wider]. */
enum { MAX_OPERANDS = 8, MAX_OF_INDICES = 64, MAX_OF_VALUES = 6 };

static bool is_long(const Graph *g, NodeId condition)
{
    return logic_operands(g, condition, MAX_OPERANDS) > MAX_OPERANDS;
}

/* ---- note [wider]: what is computed without need influences nothing, but subscripts may be in
 * their arrays by what conditions say of indices and sizes, as in t >= 2 ? x[t-2] : 0. That is what
 * is left of a condition that is made wider. */

/* Is it a comparison of integers? */
static bool is_of_indices(const Graph *g, NodeId condition)
{
    const Op op = node_op(g, condition);
    for (int i = 0; i < node_arity(g, condition); i++) {
        const NodeId operand = node_operand(g, condition, i);
        if (!(node_at(g, operand)->flags & NODE_INT) && node_op(g, operand) != OP_REAL &&
            !node_number(g, operand))
            return false;
    }
    return node_arity(g, condition) == 2 && op != OP_AND && op != OP_OR;
}

static NodeId said_of_indices(Graph *g, NodeId condition, bool holds, SetId free, int depth);

static NodeId said_by_parts(Graph *g, NodeId array, SetId free, int depth);

/* What it says of them that a value is not 0: that of the conditions which it is 0 outside of. */
static NodeId said_by_value(Graph *g, NodeId value, SetId free, int depth)
{
    const Node n = *node_at(g, value);
    NodeId a, b;
    if (depth <= 0)
        return build_true(g);
    switch (n.op) {
    case OP_CONST: return node_is_int(g, value, 0) ? build_not(g, build_true(g)) : build_true(g);
    case OP_NAME: case OP_TEMP: case OP_NEG: case OP_DIV:
        return said_by_value(g, n.a, free, depth - 1);
    case OP_READ: return said_by_parts(g, n.a, free, depth - 1);
    case OP_MUL: case OP_ADD: case OP_SUB:
        a = said_by_value(g, n.a, free, depth - 1);
        b = said_by_value(g, n.b, free, depth - 1);
        return n.op == OP_MUL ? build_and(g, a, b) : build_or(g, a, b);
    case OP_SELECT:
        a = build_and(g, said_of_indices(g, n.a, true, free, depth - 1),
                      said_by_value(g, n.b, free, depth - 1));
        b = build_and(g, said_of_indices(g, n.a, false, free, depth - 1),
                      said_by_value(g, n.c, free, depth - 1));
        return build_or(g, a, b);
    default: return build_true(g);
    }
}

/* Likewise of some element of an array: of indices that are none of its own. */
static NodeId said_by_parts(Graph *g, NodeId array, SetId free, int depth)
{
    enum { MAX_PARTS = 4 };
    const Node n = *node_at(g, array);
    const uint32_t count = n.op == OP_ARRAY ? tuple_size(g, n.a) : 0;
    NodeId said = build_not(g, build_true(g));
    for (uint32_t i = 0; i < count && count <= MAX_PARTS; i++) {
        const Node part = *node_at(g, tuple_item(g, n.a, i));
        said = build_or(g, said, said_by_value(g, part.a, set_minus(g, free, part.c), depth));
    }
    return count && count <= MAX_PARTS ? said : build_true(g);
}

/* What it says of indices that are free, and of sizes, where it holds, or does not. */
static NodeId said_of_indices(Graph *g, NodeId condition, bool holds, SetId free, int depth)
{
    const Node n = *node_at(g, condition);
    if (depth > 0 && n.op == OP_NOT)
        return said_of_indices(g, n.a, !holds, free, depth - 1);
    if (depth > 0 && (n.op == OP_AND || n.op == OP_OR)) {
        const NodeId a = said_of_indices(g, n.a, holds, free, depth - 1),
                     b = said_of_indices(g, n.b, holds, free, depth - 1);
        return (n.op == OP_AND) == holds ? build_and(g, a, b) : build_or(g, a, b);
    }
    const bool of_indices = is_of_indices(g, condition);
    if (!of_indices && n.op == (holds ? OP_NE : OP_EQ) && node_is_int(g, n.b, 0))
        return said_by_value(g, n.a, free, depth < MAX_OF_VALUES ? depth : MAX_OF_VALUES);
    if (!of_indices || set_size(g, set_minus(g, n.free, free)))
        return build_true(g);
    return holds ? condition : build_not(g, condition);
}

/* Wider, for a node over these indices. */
static NodeId wider(Graph *g, NodeId condition, SetId free)
{
    const NodeId said = said_of_indices(g, condition, true, free, MAX_OF_INDICES);
    return logic_operands(g, said, MAX_OF_INDICES) > MAX_OF_INDICES ? build_true(g) : said;
}

/* A condition over indices that the node has not is none for it: it is computed outside of their
 * loops. */
static void require(Graph *g, NodeId *need, NodeId id, NodeId condition)
{
    const SetId free = node_at(g, id)->free;
    if (need[id] == condition)
        return;
    if (set_size(g, set_minus(g, node_at(g, condition)->free, free)))
        condition = wider(g, condition, free);
    NodeId either = need[id] ? build_or(g, need[id], condition) : condition;
    need[id] = is_long(g, either) ? wider(g, either, free) : either;
}

/* Where one excludes the other, as within p ? sin(p ? x : y) : z, the text speaks of the value all
 * the same. */
static NodeId both(Graph *g, NodeId outer, NodeId inner)
{
    NodeId condition = build_and(g, outer, inner);
    if (!is_long(g, condition) && !node_is_int(g, condition, 0))
        return condition;
    condition = build_and(g, wider(g, outer, node_at(g, outer)->free), inner);
    return node_is_int(g, condition, 0) ? inner : condition;
}

static void require_operands(Graph *g, NodeId *need, NodeId id)
{
    Node n = *node_at(g, id);
    NodeId here = need[id];
    switch (n.op) {
    case OP_SELECT:
        require(g, need, n.a, here);
        require(g, need, n.b, both(g, here, n.a));
        require(g, need, n.c, both(g, here, build_not(g, n.a)));
        return;
    case OP_AND:
        require(g, need, n.a, here);
        require(g, need, n.b, both(g, here, n.a));
        return;
    case OP_OR:
        require(g, need, n.a, here);
        require(g, need, n.b, both(g, here, build_not(g, n.a)));
        return;
    default:
        for (uint32_t k = 0; node_need(g, id, k); k++)
            require(g, need, node_need(g, id, k), here);
    }
}

/* How many nodes are looked at before what is asked for is taken for granted; there are more where
 * there are recurrences, since much is below these. */
enum { MAX_SEARCH = 256, MAX_SEARCH_OF_PARTS = 2048 };

typedef struct Search {
    Graph *g;
    const NodeId *need;    /* a node each: known of those behind the one that is asked about */
    uint32_t count;        /* of nodes that have a need */
    uint32_t *seen;        /* a node each: the search that saw it last */
    uint8_t *far;          /* a node each: did a search from it end without an answer? */
    uint32_t serial;       /* even; what is seen beyond a recurrence has the next one */
    U32Vec stack;
    TupleId *users;        /* a node each, where there are recurrences: note [parts] */
    NodeId *system_of;     /* a part each: its recurrence; 0 for other nodes */
    NodeId *system_of_sym; /* a symbol each: likewise, of an array */
    uint8_t *speaks;       /* a node each: is an element of a recurrence below it? */
} Search;

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

/* Is it computed as a whole before what mentions it? Not an array within a loop. */
static bool is_whole(const Graph *g, NodeId id)
{
    const Op op = node_op(g, id);
    return (op == OP_ARRAY || op == OP_SYSTEM) && !node_at(g, id)->free;
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
    beyond |= is_whole(s->g, id);
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
        for (uint32_t k = 0; !is_whole(s->g, id) && node_need(s->g, id, k); k++)
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
        return left == on ? wider(s->g, left, node_at(s->g, on)->free) : left;
    }
    bool use = condition >= count || !is_of_no_use(s, condition, on);
    for (int i = 0; condition >= count && i < node_arity(s->g, condition); i++)
        use = use && !is_of_no_use(s, node_operand(s->g, condition, i), on); /* an opposite */
    return use ? condition : wider(s->g, condition, node_at(s->g, on)->free);
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
        if (is_whole(g, id) || (id < s->count && s->seen[id] == s->serial))
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

static Search search_new(Graph *g, const Fn *fn, const NodeId *need, uint32_t count)
{
    Ctx *ctx = graph_ctx(g);
    Search s = {.g = g, .need = need, .count = count};
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
    void *arrays[] = {s->seen, s->far, s->users, s->system_of, s->system_of_sym, s->speaks};
    vec_free(graph_ctx(s->g), &s->stack);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (arrays[i])
            ctx_resize(graph_ctx(s->g), arrays[i], 0);
}

/* The condition under which a node is needed, as it can be said before it. */
static NodeId said_before(Search *s, const Fn *fn, NodeId condition, NodeId id)
{
    condition = independent(s, condition, id, s->count);
    if (mixes_recurrences(s, fn, condition, id))
        return wider(s->g, condition, node_at(s->g, id)->free);
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
        require_operands(g, need, id); /* of what it really needs */
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
