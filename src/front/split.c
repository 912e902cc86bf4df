/* Ranges of indices in, cut where conditions change, out: what is left needs no condition. Method:
 * index set splitting, after Griebl, Feautrier, Lengauer, Index Set Splitting, International
 * Journal of Parallel Programming 28, 2000.
 *
 * A recurrence whose order rests on conditions has parts that need none: L[i,j] = j < i ? ... : ...
 * is one for the elements before the diagonal and one for those on it, by which loops are found. A
 * reduction is over the indices alone for which there is something, as those below i are of
 * sum[k in 0..n](k < i ? x[k] : 0). */
#include "front/front.h"

/* Of a range, one within the other; how deep conditions are looked into. */
enum { SPLITS = 8, CONDITION_DEPTH = 12 };

/* Where the range of an index is cut in two: what is behind begins there. */
typedef struct Cut {
    SetId around; /* indices that may say where */
    IndexId index;
    NodeId at;
} Cut;

/* ---- where */

/* May the range end there: is that within it, for all sizes, and in indices around alone? */
static bool is_within(Graph *g, const Cut *cut)
{
    const Index i = *index_at(g, cut->index);
    const SetId free = node_at(g, cut->at)->free;
    if (extent_same(g, cut->at, i.lower) || extent_same(g, cut->at, i.upper) ||
        set_size(g, set_minus(g, free, cut->around)))
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
static bool cut_at_root(Graph *g, NodeId integer, Op op, Cut *cut)
{
    bool less;
    const NodeId root = extent_root(g, integer, cut->index, &less);
    const bool behind = less ? op == OP_LT || op == OP_GE : op == OP_LE || op == OP_GT;
    if (!root)
        return false;
    cut->at = extent_plus(g, root, build_int(g, behind));
    if (is_within(g, cut))
        return true;
    cut->at = extent_plus(g, root, build_int(g, 1));
    return (op == OP_EQ || op == OP_NE) && is_within(g, cut);
}

/* Of a condition, for the index. */
static bool cut_of(Graph *g, NodeId condition, int depth, Cut *cut)
{
    const Node n = *node_at(g, condition);
    if (depth == CONDITION_DEPTH)
        return false;
    if (n.op == OP_NOT)
        return cut_of(g, n.a, depth + 1, cut);
    if (n.op == OP_AND || n.op == OP_OR)
        return cut_of(g, n.a, depth + 1, cut) || cut_of(g, n.b, depth + 1, cut);
    if (!op_is_comparison((Op)n.op) || !node_is_integer(g, n.a) || !node_is_integer(g, n.b))
        return false;
    const NodeId integer = build2(g, OP_SUB, n.a, n.b);
    return set_has(g, node_at(g, integer)->free, cut->index) &&
           cut_at_root(g, integer, (Op)n.op, cut);
}

/* The index below the cut, or from there on. */
static IndexId half(Graph *g, const Cut *cut, bool behind)
{
    const Index is = *index_at(g, cut->index);
    return index_of(g, is.name, behind ? cut->at : is.lower, behind ? is.upper : cut->at,
                    is.serial);
}

/* How many values the index has; false if that is no number. */
static bool find_turns(Graph *g, IndexId index, long *turns)
{
    const Index i = *index_at(g, index);
    const NodeId less = build2(g, OP_SUB, build_int(g, 0), i.lower);
    return node_integer(g, extent_plus(g, i.upper, less), turns);
}

/* ---- reductions */

static NodeId over(Graph *g, NodeId node, IndexId from, IndexId to)
{
    return fn_substitute(g, node, from, build_index(g, to));
}

/* Over the half of the range beside one where the condition is sure to be false, or true, if there
 * is one; else 0. */
static NodeId reduce_half(Graph *g, Op op, NodeId body, IndexId index, NodeId sure)
{
    const NodeId condition = node_at(g, body)->a;
    Cut cut = {.around = node_at(g, body)->free, .index = index};
    long turns;
    if (!cut_of(g, condition, 0, &cut))
        return 0;
    for (int behind = 0; behind < 2; behind++) {
        const IndexId here = half(g, &cut, behind), other = half(g, &cut, !behind);
        if (over(g, condition, index, other) != sure)
            continue;
        if (find_turns(g, here, &turns) && turns == 1)
            return fn_substitute(g, body, index, index_at(g, here)->lower);
        return lower_reduce(g, op, over(g, body, index, here), here);
    }
    return 0;
}

NodeId lower_reduce(Graph *g, Op op, NodeId body, IndexId index)
{
    const Node n = *node_at(g, body);
    const NodeId neutral = build_neutral(g, op);
    NodeId less = 0;
    if (n.op == OP_SELECT && n.c == neutral)
        less = reduce_half(g, op, body, index, build_false(g));
    else if (n.op == OP_SELECT && n.b == neutral)
        less = reduce_half(g, op, body, index, build_true(g));
    return less ? less : build_reduce(g, op, body, index);
}

/* ---- parts */

void lower_range(Graph *g, NodeId part, IndexId from, IndexId range, U32Vec *parts)
{
    const NodeId lower = index_at(g, range)->lower;
    long turns;
    if (!set_has(g, node_at(g, part)->c, from))
        return;
    if (!find_turns(g, range, &turns) || turns > SINGLES_MAX) {
        NodeId piece = part_moved(g, part, from, range, build_index(g, range));
        *vec_push(graph_ctx(g), parts) = piece;
        return;
    }
    for (long k = 0; k < turns; k++) {
        NodeId piece = part_moved(g, part, from, 0, build2(g, OP_ADD, lower, build_int(g, k)));
        *vec_push(graph_ctx(g), parts) = piece;
    }
}

bool lower_reads_own(Graph *g, NodeId root)
{
    U32Vec below = graph_below(g, root);
    bool reads = false;
    for (uint32_t i = 0; i < below.count && !reads; i++)
        reads = node_op(g, below.at[i]) == OP_OWN;
    vec_free(graph_ctx(g), &below);
    return reads;
}

/* For an index of a part; those of the last subscripts first, whose loops are within the others. */
static bool cut_part(Graph *g, NodeId part, uint32_t shared, NodeId condition, Cut *cut)
{
    const Node n = *node_at(g, part);
    bool found = false;
    cut->around = n.c;
    for (uint32_t k = tuple_size(g, n.b); k-- > 0 && !found;) {
        cut->index = corner_innermost(g, node_at(g, tuple_item(g, n.b, k))->free);
        found = !(shared >> k & 1) && cut->index != UINT32_MAX && cut_of(g, condition, 0, cut);
    }
    return found;
}

/* A cut for some condition on what is read. */
static bool find_cut(Graph *g, NodeId part, uint32_t shared, Cut *cut)
{
    U32Vec below = graph_below(g, node_at(g, part)->a);
    bool found = false;
    for (uint32_t i = 0; i < below.count && !found; i++) {
        const Node n = *node_at(g, below.at[i]);
        found = n.op == OP_SELECT && (lower_reads_own(g, n.b) || lower_reads_own(g, n.c)) &&
                cut_part(g, part, shared, n.a, cut);
    }
    vec_free(graph_ctx(g), &below);
    return found;
}

static void split(Graph *g, NodeId part, uint32_t shared, uint32_t depth, U32Vec *parts)
{
    Cut cut;
    U32Vec halves = {0};
    if (depth < SPLITS && find_cut(g, part, shared, &cut)) {
        for (int behind = 0; behind < 2; behind++)
            lower_range(g, part, cut.index, half(g, &cut, behind), &halves);
        for (uint32_t i = 0; i < halves.count; i++)
            split(g, halves.at[i], shared, depth + 1, parts);
    } else {
        *vec_push(graph_ctx(g), parts) = part;
    }
    vec_free(graph_ctx(g), &halves);
}

void lower_split(Graph *g, NodeId part, uint32_t shared, U32Vec *parts)
{
    split(g, part, shared, 0, parts);
}
