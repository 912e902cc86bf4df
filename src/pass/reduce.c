/* The derivatives of reductions in one element of the body: what no text of ops.def can say,
 * for the other elements take part in it. */
#include "pass/pass.h"

/* How many elements hold: a sum of truth values. */
static NodeId count_of(Graph *g, NodeId truth, IndexId index)
{
    return build_sum(g, build_real(g, truth), index);
}

/* The tie at the extreme is shared equally; a NaN is handed on. A body without the index is as
 * many equal elements as the index has values. */
static NodeId scale_extreme(Graph *g, NodeId factor, NodeId v)
{
    const Node n = *node_at(g, v);
    NodeId zero = build_int(g, 0), tied = build2(g, OP_EQ, n.a, v);
    if (!set_has(g, node_at(g, n.a)->free, n.b)) {
        NodeId extent = build_extent(g, n.b), some = build2(g, OP_GT, extent, zero);
        return guard_apply(g, some, build2(g, OP_DIV, factor, build_real_of(g, extent)));
    }
    NodeId less = build2(g, n.op == OP_RMAX ? OP_LT : OP_GT, n.a, v);
    NodeId share = build2(g, OP_DIV, factor, count_of(g, tied, n.b));
    NodeId other = build2(g, OP_MUL, factor, v);
    return build_select(g, less, zero, build_select(g, tied, share, other));
}

/* The product over the other elements: the whole over this one where none is 0, else the product
 * with this one left out, of which further derivatives are exact, too. */
static NodeId scale_product(Graph *g, NodeId factor, NodeId v)
{
    const Node n = *node_at(g, v);
    IndexId other = index_beside(g, n.b, set_with(g, node_at(g, n.a)->free, n.b));
    NodeId body = fn_substitute(g, n.a, n.b, build_index(g, other));
    NodeId out = build_index(g, other), own = build_index(g, n.b);
    NodeId same = build2(g, OP_EQ, out, own);
    NodeId rest = build_reduce(g, OP_PROD, build_select(g, same, build_int(g, 1), body), other);
    NodeId zeros = count_of(g, build2(g, OP_EQ, n.a, build_int(g, 0)), n.b);
    NodeId none = build2(g, OP_EQ, zeros, build_int(g, 0));
    NodeId p = build_select(g, none, build2(g, OP_DIV, v, n.a), rest);
    return node_is_int(g, factor, 1) ? p : build2(g, OP_MUL, factor, p);
}

bool reduce_has_partial(Op op) { return op == OP_PROD || op == OP_RMAX || op == OP_RMIN; }

/* As textbooks have it: to the largest element alone; the product over this one. */
static NodeId scale_taught(Graph *g, NodeId factor, NodeId v)
{
    const Node n = *node_at(g, v);
    if (n.op == OP_PROD)
        return build2(g, OP_MUL, factor, build2(g, OP_DIV, v, n.a));
    NodeId is_it = build2(g, OP_EQ, n.a, v);
    return build_select(g, is_it, factor, build_int(g, 0));
}

NodeId reduce_scale(Graph *g, NodeId factor, NodeId v, bool teaching)
{
    if (teaching)
        return scale_taught(g, factor, v);
    return node_op(g, v) == OP_PROD ? scale_product(g, factor, v) : scale_extreme(g, factor, v);
}

NodeId reduce_support(Graph *g, NodeId v)
{
    const Node n = *node_at(g, v);
    if (n.op == OP_PROD || !set_has(g, node_at(g, n.a)->free, n.b))
        return build_true(g);
    return build_not(g, build2(g, n.op == OP_RMAX ? OP_LT : OP_GT, n.a, v));
}
