/* The addends of an array's adjoint and one of the array's parts in, out under which conditions on
 * the part's indices anything is added to its element: of y[0] + y[2]*(t > 0 ? ...) in y[i] it is
 * i == 0 || i == 2 && t > 0. Written out by elements nothing of it is left but what the model says,
 * where a test of the adjoint would stay. */
#include "front/front.h"
#include "pass/pass.h"

/* Of more elements, which stay in loops, one test of the adjoint itself is shorter; so it is than
 * longer conditions. */
enum { ELEMENTS_MAX = 16, OPERANDS_MAX = 8, NODES_MAX = 16, AXES_MAX = 4 };

/* May the array be written out? */
static bool has_few_elements(const Graph *g, TupleId shape)
{
    long elements = 1, extent;
    for (uint32_t k = 0; k < tuple_size(g, shape); k++) {
        if (!node_integer(g, tuple_item(g, shape, k), &extent) || extent > ELEMENTS_MAX)
            return false;
        elements *= extent;
    }
    return tuple_size(g, shape) <= AXES_MAX && elements <= ELEMENTS_MAX;
}

/* An addend's own indices, and what they are where it adds to the part's element. */
typedef struct Match {
    NodeId own[AXES_MAX], here[AXES_MAX];
    uint32_t count;
    NodeId where; /* the condition */
} Match;

/* An integer of the addend's, in the part's indices. */
static NodeId moved(Graph *g, NodeId id, const Match *m)
{
    const TupleId own = tuple_of(g, m->own, m->count), here = tuple_of(g, m->here, m->count);
    return own == here ? id : array_at(g, id, own, here);
}

/* The index of that range is another integer now, which may be outside. */
static NodeId in_range(Graph *g, const Index *x, NodeId here, NodeId extent, const Match *m)
{
    NodeId where = build_true(g);
    if (!node_is_int(g, x->lower, 0))
        where = build2(g, OP_LE, moved(g, x->lower, m), here);
    if (x->upper != extent)
        where = build_and(g, where, build2(g, OP_LT, here, moved(g, x->upper, m)));
    return where;
}

/* Does its range depend on indices that have not been met, as that of j in 0..i? */
static bool ranges_over(Graph *g, const Index *x, SetId left)
{
    const SetId around = set_union(g, node_at(g, x->lower)->free, node_at(g, x->upper)->free);
    return set_minus(g, left, around) != left;
}

/* Along one axis; `left` are the indices that have not been met. */
static bool match_axis(Graph *g, NodeId at, NodeId here, NodeId extent, SetId *left, Match *m)
{
    const Node n = *node_at(g, at);
    if (n.op == OP_INDEX && set_has(g, *left, n.a)) {
        const Index x = *index_at(g, n.a);
        *left = set_without(g, *left, n.a);
        if (ranges_over(g, &x, *left))
            return false;
        m->where = build_and(g, m->where, in_range(g, &x, here, extent, m));
        m->own[m->count] = at;
        m->here[m->count++] = here;
        return true;
    }
    m->where = build_and(g, m->where, build2(g, OP_EQ, here, moved(g, at, m)));
    return set_minus(g, n.free, *left) == n.free;
}

static bool match(Graph *g, const Addend *a, TupleId here, TupleId shape, Match *m)
{
    SetId left = a->bound;
    *m = (Match){.where = build_true(g)};
    for (uint32_t k = 0; k < tuple_size(g, here); k++)
        if (!match_axis(g, tuple_item(g, a->at, k), tuple_item(g, here, k),
                        tuple_item(g, shape, k), &left, m))
            return false;
    return !set_size(g, left);
}

/* Is it what the model says, and cheap? A test of another adjoint says no more than one of this. */
static bool is_plain(const Graph *g, NodeId id, int *looked)
{
    const Op op = node_op(g, id);
    if (++*looked > NODES_MAX || !(op_info(op)->flags & OPF_CHEAP) || op == OP_NONZERO)
        return false;
    if (op == OP_READ)
        return true;
    for (int i = 0; i < node_arity(g, id); i++)
        if (!is_plain(g, node_operand(g, id, i), looked))
            return false;
    return true;
}

/* The addend's guard, in the part's indices; 0 if that would tell nothing, or be dear. */
static NodeId guard_here(Graph *g, NodeId guard, const Match *m)
{
    int looked = 0;
    return is_plain(g, guard, &looked) ? moved(g, guard, m) : 0;
}

/* Where that addend adds something, too. */
static bool join(Graph *g, const Addend *a, const Match *m, NodeId *hard, NodeId *soft)
{
    const NodeId outer = guard_here(g, a->hard, m), inner = guard_here(g, a->soft, m);
    if (!outer || !inner)
        return false;
    const NodeId here = build_and(g, m->where, outer);
    if (node_is_int(g, here, 0))
        return true;
    if (*hard)
        guards_join(g, hard, soft, here, inner);
    else
        *hard = here, *soft = inner;
    return logic_operands(g, *hard, OPERANDS_MAX) <= OPERANDS_MAX &&
           logic_operands(g, *soft, OPERANDS_MAX) <= OPERANDS_MAX;
}

bool addends_arrive(Graph *g, const Addends *list, TupleId shape, NodeId part, NodeId *hard,
                    NodeId *soft)
{
    const TupleId here = node_at(g, part)->b;
    NodeId outer = 0, inner = 0;
    Match m;
    if (!has_few_elements(g, shape) || logic_may_be_outside(g, here, shape))
        return false;
    for (uint32_t i = 0; i < list->all.count; i++)
        if (!match(g, &list->all.at[i], here, shape, &m) ||
            !join(g, &list->all.at[i], &m, &outer, &inner))
            return false;
    *hard = outer ? outer : build_false(g);
    *soft = outer ? inner : build_false(g);
    return true;
}
