/* A graph in; out, which nodes read elements that may not be there where nobody needs them: beyond
 * the array, or without a value. Others may be computed without need. */
#include "plan/plan.h"

enum { MAX_PARTS = 64 }; /* of an array that is looked at */

typedef struct Missing {
    Graph *g;
    NodeId *array_of; /* a symbol each */
    uint8_t *full;    /* an array each: 0 is not known, FULL, SOME */
} Missing;

enum { FULL = 1, SOME };

static bool is_whole_axis(Graph *g, const Index *index, NodeId extent)
{
    return node_is_int(g, index->lower, 0) && index->upper == extent;
}

/* The index that a subscript runs with, alone or beside a constant; 0 if it is none of the set. */
static IndexId run_of(const Graph *g, NodeId at, SetId bound)
{
    const Node n = *node_at(g, at);
    const bool sum = n.op == OP_ADD || n.op == OP_SUB;
    const NodeId base = sum && node_op(g, n.b) == OP_CONST ? n.a : at;
    return node_op(g, base) == OP_INDEX && set_has(g, bound, node_at(g, base)->a)
               ? node_at(g, base)->a : 0;
}

/* How many elements a part sets; 0 if it is not plain. */
static NodeId size_of(Graph *g, const Node *part)
{
    NodeId size = build_int(g, 1);
    uint32_t indices = 0;
    for (uint32_t k = 0; k < tuple_size(g, part->b); k++) {
        const NodeId at = tuple_item(g, part->b, k);
        if (node_op(g, at) == OP_CONST)
            continue;
        const IndexId id = run_of(g, at, part->c);
        const Index index = id ? *index_at(g, id) : (Index){0};
        if (!index.lower || node_at(g, index.lower)->free || node_at(g, index.upper)->free)
            return 0;
        size = build2(g, OP_MUL, size, build2(g, OP_SUB, index.upper, index.lower));
        indices++;
    }
    return indices == set_size(g, part->c) ? size : 0; /* none of them twice */
}

/* Has each element of the array a value? No two parts set the same one, so that they set all if
 * they set as many. */
static bool is_full(Graph *g, NodeId array)
{
    const Node a = *node_at(g, array);
    const TupleId shape = node_shape(g, array);
    NodeId room = build_int(g, 0), all = build_int(g, 1);
    if (a.op != OP_ARRAY || a.c == ARRAY_ADD)
        return a.op == OP_ARRAY;
    if (tuple_size(g, a.a) > MAX_PARTS)
        return false;
    for (uint32_t i = 0; i < tuple_size(g, a.a); i++) {
        const Node part = *node_at(g, tuple_item(g, a.a, i));
        const NodeId size = size_of(g, &part);
        if (!size)
            return false;
        room = build2(g, OP_ADD, room, size);
    }
    for (uint32_t k = 0; k < tuple_size(g, shape); k++)
        all = build2(g, OP_MUL, all, tuple_item(g, shape, k));
    return extent_promised(g, build2(g, OP_SUB, room, all));
}

/* Do turns of a loop set one element of the axis after another, as far as is seen here? */
static bool is_in_turns(Graph *g, NodeId array, uint32_t axis)
{
    const TupleId parts = node_at(g, array)->a;
    const NodeId extent = tuple_item(g, node_shape(g, array), axis);
    for (uint32_t i = 0; i < tuple_size(g, parts); i++) {
        const Node part = *node_at(g, tuple_item(g, parts, i));
        const IndexId index = run_of(g, tuple_item(g, part.b, axis), part.c);
        if (index && (tuple_size(g, parts) == 1 || !is_whole_axis(g, index_at(g, index), extent)))
            return true;
    }
    return false;
}

/* May the element of a recurrence come later than it is read? Indices are in their turn, what
 * entries name need not be. */
static bool may_be_late(Graph *g, NodeId array, TupleId at)
{
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        if (plan_is_of_entry(g, tuple_item(g, at, i)) && is_in_turns(g, array, i))
            return true;
    return false;
}

static bool may_have_no_value(Missing *m, NodeId id)
{
    Graph *g = m->g;
    const Node n = *node_at(g, id);
    if (n.op != OP_READ && n.op != OP_OWN)
        return false;
    const NodeId array = n.op == OP_OWN                  ? m->array_of[n.a]
                         : node_op(g, n.a) == OP_MEMBER ? member_array(g, n.a) : n.a;
    if (!m->full[array])
        m->full[array] = is_full(g, array) ? FULL : SOME;
    return m->full[array] == SOME || (n.op == OP_OWN && may_be_late(g, array, n.b));
}

uint8_t *plan_missing(Graph *g, uint32_t count)
{
    Ctx *ctx = graph_ctx(g);
    uint8_t *missing = array_new(ctx, count, 1);
    Missing m = {.g = g};
    NodeId operand;
    m.array_of = array_new(ctx, sym_count(g), sizeof *m.array_of);
    m.full = array_new(ctx, count, 1);
    for (NodeId id = 1; id < count; id++)
        if (node_op(g, id) == OP_ARRAY)
            m.array_of[node_at(g, id)->b] = id;
    for (NodeId id = 1; id < count; id++) {
        missing[id] = may_have_no_value(&m, id) || plan_may_be_outside(g, id, true);
        for (uint32_t k = 0; !missing[id] && (operand = node_need(g, id, k)); k++)
            missing[id] = operand < id && !plan_is_whole(g, operand) && missing[operand];
    }
    ctx_resize(ctx, m.array_of, 0);
    ctx_resize(ctx, m.full, 0);
    return missing;
}
