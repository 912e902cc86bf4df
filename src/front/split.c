/* Parts of a recurrence whose order rests on conditions in, parts that need none out: of
 * L[i,j] = j < i ? ... : ... there is one for the elements before the diagonal and one for those on
 * it. Where a condition holds an index has a range of its own then, and that is what loops are
 * found by. Method: index set splitting, after Griebl, Feautrier, Lengauer, Index Set Splitting,
 * International Journal of Parallel Programming 28, 2000. */
#include "front/front.h"

enum { SPLITS = 8 }; /* of a part, one within the other */

/* Where the range of an index is cut in two: what is behind begins there. */
typedef struct Cut {
    IndexId index;
    NodeId at;
} Cut;

void lower_range(Graph *g, NodeId part, IndexId from, IndexId range, U32Vec *parts)
{
    const Index i = *index_at(g, range);
    const NodeId less = build2(g, OP_SUB, build_int(g, 0), i.lower);
    const NodeId size = extent_plus(g, i.upper, less);
    long count;
    if (!set_has(g, node_at(g, part)->c, from))
        return;
    if (!node_integer(g, size, &count) || count > SINGLES_MAX) {
        NodeId piece = part_moved(g, part, from, range, build_index(g, range));
        *vec_push(graph_ctx(g), parts) = piece;
        return;
    }
    for (long k = 0; k < count; k++) {
        NodeId piece = part_moved(g, part, from, 0, build2(g, OP_ADD, i.lower, build_int(g, k)));
        *vec_push(graph_ctx(g), parts) = piece;
    }
}

/* May the range end there: is that within it, for all sizes, and in indices around alone? */
static bool is_within(Graph *g, NodeId part, const Cut *cut)
{
    const Index i = *index_at(g, cut->index);
    const SetId bound = node_at(g, part)->c, free = node_at(g, cut->at)->free;
    if (extent_same(g, cut->at, i.lower) || extent_same(g, cut->at, i.upper) ||
        set_size(g, set_minus(g, free, bound)))
        return false;
    for (uint32_t k = 0; k < set_size(g, free); k++) {
        const Index other = *index_at(g, set_member(g, free, k));
        if (set_has(g, node_at(g, other.lower)->free, cut->index) ||
            set_has(g, node_at(g, other.upper)->free, cut->index))
            return false;
    }
    return extent_promised(g, build2(g, OP_SUB, cut->at, i.lower)) &&
           extent_promised(g, build2(g, OP_SUB, i.upper, cut->at));
}

/* Where does a comparison of an integer with 0 change as an index runs? At the integer's root, or
 * one behind it: i < m up to below m, i <= m up to m. */
static bool cut_at_root(Graph *g, NodeId part, NodeId integer, Op op, Cut *cut)
{
    bool less;
    const NodeId root = extent_root(g, integer, cut->index, &less);
    const bool behind = less ? op == OP_LT || op == OP_GE : op == OP_LE || op == OP_GT;
    if (!root)
        return false;
    cut->at = extent_plus(g, root, build_int(g, behind));
    if (is_within(g, part, cut))
        return true;
    cut->at = extent_plus(g, root, build_int(g, 1));
    return (op == OP_EQ || op == OP_NE) && is_within(g, part, cut);
}

static bool is_integer(const Graph *g, NodeId id)
{
    long value;
    return node_at(g, id)->flags & NODE_INT || node_integer(g, id, &value);
}

/* Of a condition; the last subscripts, whose loops are within those of the others, come first. */
static bool cut_of(Graph *g, NodeId part, NodeId condition, Cut *cut)
{
    const Node n = *node_at(g, condition);
    const TupleId at = node_at(g, part)->b;
    if (n.op == OP_NOT)
        return cut_of(g, part, n.a, cut);
    if (n.op == OP_AND || n.op == OP_OR)
        return cut_of(g, part, n.a, cut) || cut_of(g, part, n.b, cut);
    if (!op_is_comparison((Op)n.op) || !is_integer(g, n.a) || !is_integer(g, n.b))
        return false;
    const NodeId integer = build2(g, OP_SUB, n.a, n.b);
    for (uint32_t k = tuple_size(g, at); k-- > 0;) {
        cut->index = corner_innermost(g, node_at(g, tuple_item(g, at, k))->free);
        if (cut->index != UINT32_MAX && set_has(g, node_at(g, integer)->free, cut->index) &&
            cut_at_root(g, part, integer, (Op)n.op, cut))
            return true;
    }
    return false;
}

/* Is an element of the recurrence read there? */
static bool reads_own(Graph *g, NodeId root)
{
    U32Vec below = graph_below(g, root);
    bool reads = false;
    for (uint32_t i = 0; i < below.count && !reads; i++)
        reads = node_op(g, below.at[i]) == OP_OWN;
    vec_free(graph_ctx(g), &below);
    return reads;
}

/* A cut for some condition on what is read. */
static bool find_cut(Graph *g, NodeId part, Cut *cut)
{
    U32Vec below = graph_below(g, node_at(g, part)->a);
    bool found = false;
    for (uint32_t i = 0; i < below.count && !found; i++) {
        const Node n = *node_at(g, below.at[i]);
        found = n.op == OP_SELECT && (reads_own(g, n.b) || reads_own(g, n.c)) &&
                cut_of(g, part, n.a, cut);
    }
    vec_free(graph_ctx(g), &below);
    return found;
}

static void split(Graph *g, NodeId part, uint32_t depth, U32Vec *parts)
{
    Cut cut;
    U32Vec halves = {0};
    if (depth < SPLITS && find_cut(g, part, &cut)) {
        const Index is = *index_at(g, cut.index);
        lower_range(g, part, cut.index, index_of(g, is.name, is.lower, cut.at, 0), &halves);
        lower_range(g, part, cut.index, index_of(g, is.name, cut.at, is.upper, 0), &halves);
        for (uint32_t i = 0; i < halves.count; i++)
            split(g, halves.at[i], depth + 1, parts);
    } else {
        *vec_push(graph_ctx(g), parts) = part;
    }
    vec_free(graph_ctx(g), &halves);
}

void lower_split(Graph *g, NodeId part, U32Vec *parts) { split(g, part, 0, parts); }
