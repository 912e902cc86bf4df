/* The values of integer nodes, by operators that share no code with the project's. */
#ifndef BPGEN_TESTS_INTEGERS_H
#define BPGEN_TESTS_INTEGERS_H

#include "each.h"
#include "graph/graph.h"

/* The value of a dim or an index. */
typedef long LeafValue(Graph *g, const Node *leaf, const void *with);

static inline long floor_quotient(long a, long b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

/* Of sums, products, quotients and their like; *undefined if it divides by 0. */
static inline long integer_value(Graph *g, NodeId id, LeafValue *leaf, const void *with,
                                 bool *undefined)
{
    const Node n = *node_at(g, id);
    long a, b;
    if (node_number(g, id)) {
        each_assert(number_integer(node_number(g, id), &a));
        return a;
    }
    if (n.op == OP_REF || n.op == OP_INDEX)
        return leaf(g, &n, with);
    a = integer_value(g, n.a, leaf, with, undefined);
    b = integer_value(g, n.b, leaf, with, undefined);
    switch (n.op) {
    case OP_ADD: return a + b;
    case OP_SUB: return a - b;
    case OP_MUL: return a * b;
    case OP_MIN: return a < b ? a : b;
    case OP_MAX: return a > b ? a : b;
    default: each_assert(n.op == OP_IDIV || n.op == OP_IMOD);
    }
    *undefined |= b == 0;
    if (b == 0)
        return 0;
    return n.op == OP_IDIV ? floor_quotient(a, b) : a - b * floor_quotient(a, b);
}

#endif
