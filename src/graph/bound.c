/* Integers and the ranges of indices in, out which of two integers cannot be above the other: a
 * comparison that cannot fail needs no code, a range that is empty no loop.
 *
 * What is added to an integer is set apart, t of t - 1. Then t itself is replaced by the ends of
 * its range, one index after another, until both sides are over the same integer, or numbers. */
#include "graph/graph.h"

/* So many ranges within each other are looked through, so many operations for a sign; numbers of
 * more bits are left where they are, so that sums of them do not overflow. */
enum { RANGES = 4, PLAIN = 2, BITS = 56 };

/* An integer and what is added to it; base 0: the number alone. */
typedef struct Bound {
    NodeId base;
    long number;
} Bound;

static bool small_integer(const Graph *g, NodeId id, long *number)
{
    return node_integer(g, id, number) && *number < 1L << BITS && *number > -(1L << BITS);
}

/* Integers are built with the number last, and with one number. */
static Bound bound_of(const Graph *g, NodeId id)
{
    const Node *n = node_at(g, id);
    long number;
    if (small_integer(g, id, &number))
        return (Bound){.number = number};
    if ((n->op == OP_ADD || n->op == OP_SUB) && small_integer(g, n->b, &number))
        return (Bound){n->a, n->op == OP_ADD ? number : -number};
    return (Bound){.base = id};
}

/* An index by the last value of its range, or the first; false if it is none. */
static bool to_end(const Graph *g, Bound *b, bool last)
{
    if (!b->base || node_op(g, b->base) != OP_INDEX)
        return false;
    const Index *i = index_at(g, node_at(g, b->base)->a);
    if (!i->lower) /* nothing is known of it any more */
        return false;
    const Bound end = bound_of(g, last ? i->upper : i->lower);
    *b = (Bound){end.base, b->number + end.number - last};
    return true;
}

/* Is it plain, so many operations deep, that the integer is never below 0? */
static bool is_natural(Graph *g, NodeId id, int depth)
{
    while (node_op(g, id) == OP_INDEX)
        id = index_at(g, node_at(g, id)->a)->lower;
    const Number *number = node_number(g, id);
    const Node n = *node_at(g, id);
    if (n.op == OP_ADD || n.op == OP_MUL)
        return depth && is_natural(g, n.a, depth - 1) && is_natural(g, n.b, depth - 1);
    return number ? number_sign(number) >= 0
                  : n.op == OP_REF && sym_at(g, n.a)->kind == SYM_DIM;
}

bool bound_at_most(Graph *g, NodeId a, NodeId b, long less)
{
    Bound high = bound_of(g, a);
    for (int i = 0; i < RANGES; i++) {
        Bound low = bound_of(g, b);
        for (int k = 0; k < RANGES; k++) {
            const bool above = low.base == high.base ||
                               (!high.base && is_natural(g, low.base, PLAIN));
            if (above && high.number + less <= low.number)
                return true;
            if (!to_end(g, &low, false))
                break;
        }
        if (!to_end(g, &high, true))
            break;
    }
    return false;
}

bool index_is_empty(Graph *g, IndexId id)
{
    const Index *i = index_at(g, id);
    return i->lower && bound_at_most(g, i->upper, i->lower, 0);
}
