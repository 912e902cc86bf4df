/* A sum over what subscripts name in, the element of an array that all of them add to out:
 * sum[k](to[k] == v ? m[k] : 0), for each v, is what messages of edges to nodes, assembly and
 * histograms are written as; m[k] is added at to[k], and no v looks through all k. */
#include "front/front.h"

enum { AXES_MAX = 8 };

/* Subscripts of the array: where the sum's element is added, where it is read, its shape. */
typedef struct Axes {
    NodeId at[AXES_MAX], read[AXES_MAX], shape[AXES_MAX];
    uint32_t count;
    SetId bound; /* indices that the part runs over */
    SetId turn;  /* those that tell the turn of a recurrence: each has an array of its own */
} Axes;

static void add_axis(Graph *g, Axes *a, NodeId at, IndexId index)
{
    a->at[a->count] = at;
    a->read[a->count] = build_index(g, index);
    a->shape[a->count++] = index_at(g, index)->upper;
}

/* ---- what the condition names */

static bool has_axis(Graph *g, const Axes *a, IndexId index)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (a->read[i] == build_index(g, index))
            return true;
    return false;
}

/* Is it v for one value of an index that is known, so that the sum has no loop over it? */
static bool has_root(Graph *g, NodeId to, IndexId v, SetId bound)
{
    const NodeId apart = build2(g, OP_SUB, to, build_index(g, v));
    bool less;
    for (uint32_t i = 0; i < set_size(g, bound); i++)
        if (extent_root(g, apart, set_member(g, bound, i), &less))
            return true;
    return false;
}

/* May there be an element for each value of v: of a range that is known by sizes, and that what is
 * named is always within? */
static bool is_target(Graph *g, const Axes *a, IndexId v, NodeId to)
{
    const SetId free = node_at(g, to)->free;
    return !has_root(g, to, v, a->bound) && !set_has(g, a->bound, v) && !set_has(g, free, v) &&
           !has_axis(g, a, v) && set_minus(g, free, a->bound) != free &&
           !node_at(g, index_at(g, v)->upper)->free && extent_within(g, to, v);
}

/* Of what the condition is the conjunction of, v == to[k] for as many indices v as there are. */
static void find_targets(Graph *g, NodeId condition, Axes *a)
{
    const Node n = *node_at(g, condition);
    const NodeId sides[] = {n.a, n.b};
    if (n.op == OP_AND) {
        find_targets(g, n.a, a);
        find_targets(g, n.b, a);
    }
    for (int i = 0; n.op == OP_EQ && i < 2; i++)
        if (node_op(g, sides[i]) == OP_INDEX && node_is_integer(g, sides[!i]) &&
            a->count < AXES_MAX && is_target(g, a, node_at(g, sides[i])->a, sides[!i]))
            add_axis(g, a, sides[!i], node_at(g, sides[i])->a);
}

/* ---- the element */

static NodeId named(Graph *g, NodeId node, const Axes *a)
{
    for (uint32_t i = 0; i < a->count; i++)
        node = fn_substitute(g, node, node_at(g, a->read[i])->a, a->at[i]);
    return node;
}

/* An axis for each other index of the elements that are defined; false if its range is not known.
 * Those of sums around have an array of their own for each value, one after the other. */
static bool add_others(Graph *g, SetId free, SetId defined, Axes *a)
{
    for (uint32_t i = 0; i < set_size(g, free); i++) {
        const IndexId index = set_member(g, free, i);
        if (set_has(g, a->bound, index) || set_has(g, a->turn, index) ||
            !set_has(g, defined, index))
            continue;
        if (node_at(g, index_at(g, index)->upper)->free || a->count == AXES_MAX)
            return false;
        add_axis(g, a, build_index(g, index), index);
        a->bound = set_with(g, a->bound, index);
    }
    return true;
}

/* What names one element may not depend on which another one is. */
static bool name_apart(Graph *g, const Axes *a)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t k = 0; k < a->count; k++)
            if (set_has(g, node_at(g, a->at[i])->free, node_at(g, a->read[k])->a))
                return false;
    return true;
}

/* Its value is summed over the indices that no subscript names. */
static NodeId part_of(Graph *g, NodeId value, const Axes *a)
{
    const TupleId at = tuple_of(g, a->at, a->count);
    const SetId over = set_minus(g, a->bound, tuple_free(g, at));
    for (uint32_t i = set_size(g, over); i-- > 0;)
        value = build_reduce(g, OP_SUM, value, set_member(g, over, i));
    return build_part(g, value, at, set_minus(g, a->bound, over));
}

/* An index that the ranges of others depend on is none that may be put in for another. */
static bool has_ranges_apart(Graph *g, SetId set)
{
    for (uint32_t i = 0; i < set_size(g, set); i++) {
        const Index x = *index_at(g, set_member(g, set, i));
        if (node_at(g, x.lower)->free || node_at(g, x.upper)->free)
            return false;
    }
    return true;
}

NodeId lower_named(Graph *g, NodeId body, SetId *over)
{
    const SetId all = *over;
    if (!has_ranges_apart(g, set_union(g, node_at(g, body)->free, *over)))
        return body;
    for (uint32_t i = 0; i < set_size(g, all); i++) {
        const IndexId k = set_member(g, all, i);
        const Node n = *node_at(g, body);
        const bool has_zero = n.op == OP_SELECT && node_is_int(g, n.c, 0);
        const NodeId named = has_zero ? extent_named(g, n.a, k) : 0;
        if (named) {
            body = fn_substitute(g, body, k, named);
            *over = set_without(g, *over, k);
        }
    }
    return body;
}

/* Along that subscript, by how much is the element behind the one that is defined, or before it? */
static bool find_lag(Graph *g, TupleId own, TupleId at, uint32_t axis, long *lag)
{
    if (axis >= tuple_size(g, own) || axis >= tuple_size(g, at))
        return false;
    const NodeId apart = build2(g, OP_SUB, tuple_item(g, at, axis), tuple_item(g, own, axis));
    return node_integer(g, apart, lag) && *lag;
}

/* Are all elements of the recurrence that are read there of turns before, along that subscript? */
static bool are_before(Graph *g, const U32Vec *below, TupleId at, uint32_t axis)
{
    long first = 0, lag;
    for (uint32_t i = 0; i < below->count; i++) {
        if (node_op(g, below->at[i]) != OP_OWN)
            continue;
        if (!find_lag(g, node_tuple(g, below->at[i]), at, axis, &lag) || (first > 0 && lag < 0) ||
            (first < 0 && lag > 0))
            return false;
        first = lag;
    }
    return true;
}

/* Elements of the recurrence that is lowered, if any are read, have to be of turns before, whatever
 * v is; finds the indices that tell the turn. */
static bool find_turn(Lowering *l, NodeId body, Axes *a)
{
    Graph *g = l->g;
    bool found = !lower_reads_own(g, body);
    U32Vec below = graph_below(g, body);
    for (uint32_t axis = 0; !found && axis < tuple_size(g, l->at); axis++) {
        a->turn = node_at(g, tuple_item(g, l->at, axis))->free;
        found = a->turn && are_before(g, &below, l->at, axis);
        for (uint32_t i = 0; i < a->count; i++)
            found = found && !set_has(g, a->turn, node_at(g, a->read[i])->a);
    }
    vec_free(graph_ctx(g), &below);
    return found;
}

NodeId lower_scatter(Lowering *l, NodeId body, SetId over)
{
    Graph *g = l->g;
    const Node n = *node_at(g, body);
    Axes a = {.bound = over};
    if (n.op != OP_SELECT || !node_is_int(g, n.c, 0) ||
        !has_ranges_apart(g, set_union(g, n.free, over)))
        return 0;
    find_targets(g, n.a, &a);
    if (!a.count || !name_apart(g, &a) || !find_turn(l, body, &a))
        return 0;
    const NodeId value = build_select(g, named(g, n.a, &a), named(g, n.b, &a), n.c);
    const SetId names = tuple_free(g, tuple_of(g, a.at, a.count));
    const SetId defined = l->at ? tuple_free(g, l->at) : 0;
    if (!add_others(g, set_union(g, names, node_at(g, value)->free), defined, &a))
        return 0;
    const NodeId part = part_of(g, value, &a);
    const NodeId array = lower_anonymous(l, tuple_of(g, &part, 1),
                                         tuple_of(g, a.shape, a.count), ARRAY_ADD);
    return build_read(g, array, tuple_of(g, a.read, a.count));
}

/* ---- arrays that are such sums */

/* What there is of a sum of terms: parts that add to the array, and the other terms. */
typedef struct Terms {
    NodeId part; /* the one that the sum is the value of */
    TupleId shape;
    U32Vec *parts;
    NodeId rest; /* 0 if there are no others */
} Terms;

/* The parts of a sum without a name whose element the term is, the one at the part's subscripts. */
static TupleId parts_of(Graph *g, const Terms *t, NodeId term)
{
    const Node read = *node_at(g, term);
    if (read.op != OP_READ || read.b != node_at(g, t->part)->b)
        return 0;
    const Node array = *node_at(g, read.a);
    const bool adds = array.op == OP_ARRAY && array.c == ARRAY_ADD;
    return adds && !sym_at(g, array.b)->name && node_shape(g, read.a) == t->shape ? array.a : 0;
}

static void add_rest(Graph *g, Terms *t, NodeId term, bool negative)
{
    if (t->rest)
        t->rest = build2(g, negative ? OP_SUB : OP_ADD, t->rest, term);
    else
        t->rest = negative ? build1(g, OP_NEG, term) : term;
}

static bool has_terms(const Node *n)
{
    return n->op == OP_ADD || n->op == OP_SUB || n->op == OP_NEG;
}

static bool has_sum(Graph *g, const Terms *t, NodeId value, int depth)
{
    const Node n = *node_at(g, value);
    if (!has_terms(&n) || !depth--)
        return parts_of(g, t, value);
    return has_sum(g, t, n.a, depth) || (n.op != OP_NEG && has_sum(g, t, n.b, depth));
}

static void add_term(Graph *g, Terms *t, NodeId term, bool negative, int depth)
{
    const Node n = *node_at(g, term);
    const TupleId parts = parts_of(g, t, term);
    if (has_terms(&n) && depth--) {
        add_term(g, t, n.a, negative != (n.op == OP_NEG), depth);
        if (n.op != OP_NEG)
            add_term(g, t, n.b, negative != (n.op == OP_SUB), depth);
        return;
    }
    if (!parts)
        add_rest(g, t, term, negative);
    for (uint32_t i = 0; i < tuple_size(g, parts); i++) {
        const Node p = *node_at(g, tuple_item(g, parts, i));
        const NodeId value = negative ? build1(g, OP_NEG, p.a) : p.a;
        const NodeId part = build_part(g, value, p.b, p.c);
        *vec_push(graph_ctx(g), t->parts) = part;
    }
}

bool lower_scattered(Lowering *l, TupleId shape, U32Vec *parts)
{
    enum { DEPTH = 12 };
    Graph *g = l->g;
    Terms t = {.part = parts->at[0], .shape = shape, .parts = parts};
    const Node p = *node_at(g, t.part);
    if (!tuple_is_whole(g, p.b, p.c, shape) || !has_sum(g, &t, p.a, DEPTH))
        return false;
    parts->count = 0;
    add_term(g, &t, p.a, false, DEPTH);
    if (t.rest) {
        const NodeId part = build_part(g, t.rest, p.b, p.c);
        *vec_push(graph_ctx(g), parts) = part;
    }
    return true;
}
