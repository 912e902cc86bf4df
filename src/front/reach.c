/* An integer over loops in, one that it is never above out, which is the same in all of their
 * turns: so much room there must be. Where the integer rises or falls throughout the ranges it is
 * its value at the ends of them; else each operation is bounded by what its operands are between,
 * after Moore, Interval Analysis, 1966. */
#include <assert.h>

#include "front/front.h"

/* An integer is from `low` to `high`. */
typedef struct Interval {
    NodeId low, high;
} Interval;

/* Intervals of what is looked at, by node. */
typedef struct Reach {
    Graph *g;
    U32Vec nodes;
    Interval *of; /* a node each, in their order */
} Reach;

static Interval known(const Reach *r, NodeId node)
{
    uint32_t low = 0, high = r->nodes.count;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low)/2;
        *(r->nodes.at[middle] <= node ? &low : &high) = middle;
    }
    assert(r->nodes.at[low] == node);
    return r->of[low];
}

static NodeId less(const Reach *r, NodeId a, NodeId b)
{
    return extent_plus(r->g, a, build2(r->g, OP_SUB, build_int(r->g, 0), b));
}

static NodeId larger(const Reach *r, NodeId a, NodeId b)
{
    return extent_larger(r->g, a, b, NULL, 0);
}

static NodeId smaller(const Reach *r, NodeId a, NodeId b)
{
    const NodeId most = larger(r, a, b);
    return most == a ? b : most == b ? a : build2(r->g, OP_MIN, a, b);
}

static bool is_natural(const Reach *r, NodeId id) { return extent_nonnegative(r->g, id, NULL, 0); }

static Interval product(const Reach *r, Interval a, Interval b)
{
    const NodeId low = build2(r->g, OP_MUL, a.low, b.low),
                 high = build2(r->g, OP_MUL, a.high, b.high);
    if (is_natural(r, a.low) && is_natural(r, b.low))
        return (Interval){low, high};
    const NodeId one = build2(r->g, OP_MUL, a.low, b.high),
                 other = build2(r->g, OP_MUL, a.high, b.low);
    return (Interval){smaller(r, smaller(r, low, high), smaller(r, one, other)),
                      larger(r, larger(r, low, high), larger(r, one, other))};
}

/* Rounded down: no further from 0 than what is divided, but by a divisor below 0. */
static Interval quotient(const Reach *r, Interval a, Interval b)
{
    const NodeId zero = build_int(r->g, 0);
    const Interval minus = {less(r, zero, a.high), less(r, zero, a.low)};
    Interval q = {smaller(r, a.low, zero), larger(r, a.high, zero)};
    if (!is_natural(r, b.low))
        q = (Interval){smaller(r, q.low, minus.low), larger(r, q.high, minus.high)};
    return q;
}

/* An index within its range, which is not empty, then; an entry. */
static Interval leaf(const Reach *r, NodeId id)
{
    Graph *g = r->g;
    const Node n = *node_at(g, id);
    const NodeId zero = build_int(g, 0), one = build_int(g, 1);
    if (n.op == OP_INDEX) {
        const Index i = *index_at(g, n.a);
        return (Interval){known(r, i.lower).low, less(r, known(r, i.upper).high, one)};
    }
    if (n.op == OP_REF && sym_at(g, n.a)->kind == SYM_INDEX)
        return (Interval){zero, less(r, sym_at(g, n.a)->limit, one)};
    return (Interval){id, id};
}

static Interval interval_of(const Reach *r, NodeId id)
{
    Graph *g = r->g;
    const Node n = *node_at(g, id);
    const NodeId zero = build_int(g, 0);
    const bool choice = n.op == OP_SELECT, two = node_arity(g, id) == 2;
    const Interval a = choice ? known(r, n.b) : node_arity(g, id) ? known(r, n.a) : leaf(r, id),
                   b = choice ? known(r, n.c) : two ? known(r, n.b) : a;
    switch (n.op) {
    case OP_ADD: return (Interval){extent_plus(g, a.low, b.low), extent_plus(g, a.high, b.high)};
    case OP_SUB: return (Interval){less(r, a.low, b.high), less(r, a.high, b.low)};
    case OP_NEG: return (Interval){less(r, zero, a.high), less(r, zero, a.low)};
    case OP_MUL: return product(r, a, b);
    case OP_IDIV: return quotient(r, a, b);
    case OP_IMOD: return (Interval){smaller(r, b.low, zero), larger(r, b.high, zero)};
    case OP_MIN: return (Interval){smaller(r, a.low, b.low), smaller(r, a.high, b.high)};
    case OP_MAX: return (Interval){larger(r, a.low, b.low), larger(r, a.high, b.high)};
    case OP_SELECT: return (Interval){smaller(r, a.low, b.low), larger(r, a.high, b.high)};
    default: return a;
    }
}

NodeId extent_reach(Graph *g, NodeId node)
{
    const NodeId most = extent_most(g, node, NULL, 0);
    if (most)
        return most;
    Reach r = {.g = g, .nodes = graph_below(g, node)};
    r.of = array_new(graph_ctx(g), (size_t)r.nodes.count + 1, sizeof *r.of);
    for (uint32_t i = 0; i < r.nodes.count; i++)
        r.of[i] = interval_of(&r, r.nodes.at[i]);
    const NodeId high = known(&r, node).high;
    ctx_resize(graph_ctx(g), r.of, 0);
    vec_free(graph_ctx(g), &r.nodes);
    return high;
}
