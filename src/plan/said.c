/* A condition in, what it says of indices and sizes alone.
 *
 * note [wider]: what is computed without need influences nothing, but subscripts may be in their
 * arrays by what conditions say of indices and sizes, as in t >= 2 ? x[t-2] : 0. That is what is
 * left of a condition that is made wider. A test of a derivative's says what its value does: that
 * one is 0 outside of conditions of the model's. What was found out of a node is kept, since tests
 * of tests ask of the same values over and over. */
#include "plan/plan.h"

/* How deep is looked, and how many operands an answer has at most. */
enum { MAX_DEPTH = 64, MAX_OF_INDICES = 64, MAX_PARTS = 4 };

/* What is asked of a node. */
enum { FAILS, HOLDS, IS_NOT_0 };

static LookupKey hash_of(const PlanSaying *a)
{
    return hash_mix(hash_mix(hash_mix(1, a->of), a->asked), a->free);
}

static LookupKey said_hash(const void *with, uint32_t number)
{
    return hash_of(&((const PlanSaid *)with)->all.at[number - 1]);
}

/* What is known; 0 if nothing is. */
static NodeId known(const PlanSaid *s, const PlanSaying *a)
{
    LookupTry try = lookup_try(hash_of(a));
    for (uint32_t number; (number = lookup_find(&s->table, &try));) {
        const PlanSaying *old = &s->all.at[number - 1];
        if (old->of == a->of && old->asked == a->asked && old->free == a->free)
            return old->said;
    }
    return 0;
}

static void keep(PlanSaid *s, PlanSaying a)
{
    LookupTry try = lookup_try(hash_of(&a));
    while (lookup_find(&s->table, &try))
        continue;
    *vec_push(graph_ctx(s->g), &s->all) = a;
    lookup_enter(graph_ctx(s->g), &s->table, s->all.count, &try, said_hash, s);
}

static NodeId said(PlanSaid *s, NodeId id, unsigned asked, SetId free, int depth);

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

/* What it says that some element of an array is not 0: of indices that are none of its own. */
static NodeId said_by_parts(PlanSaid *s, NodeId array, SetId free, int depth)
{
    Graph *g = s->g;
    const Node n = *node_at(g, array);
    const uint32_t count = n.op == OP_ARRAY ? tuple_size(g, n.a) : 0;
    NodeId all = build_false(g);
    for (uint32_t i = 0; i < count && count <= MAX_PARTS; i++) {
        const Node part = *node_at(g, tuple_item(g, n.a, i));
        all = build_or(g, all, said(s, part.a, IS_NOT_0, set_minus(g, free, part.c), depth));
    }
    return count && count <= MAX_PARTS ? all : build_true(g);
}

/* Likewise of a value: that of the conditions which it is 0 outside of. */
static NodeId said_by_value(PlanSaid *s, NodeId value, SetId free, int depth)
{
    Graph *g = s->g;
    const Node n = *node_at(g, value);
    NodeId a, b;
    switch (n.op) {
    case OP_CONST: return node_is_int(g, value, 0) ? build_false(g) : build_true(g);
    case OP_NAME: case OP_TEMP: case OP_NEG: case OP_DIV:
        return said(s, n.a, IS_NOT_0, free, depth);
    case OP_SUM: return said(s, n.a, IS_NOT_0, set_without(g, free, n.b), depth);
    case OP_READ: return said_by_parts(s, n.a, free, depth);
    case OP_MUL: case OP_ADD: case OP_SUB:
        a = said(s, n.a, IS_NOT_0, free, depth);
        b = said(s, n.b, IS_NOT_0, free, depth);
        return n.op == OP_MUL ? build_and(g, a, b) : build_or(g, a, b);
    case OP_SELECT:
        a = build_and(g, said(s, n.a, HOLDS, free, depth), said(s, n.b, IS_NOT_0, free, depth));
        b = build_and(g, said(s, n.a, FAILS, free, depth), said(s, n.c, IS_NOT_0, free, depth));
        return build_or(g, a, b);
    default: return build_true(g);
    }
}

static NodeId said_by_condition(PlanSaid *s, NodeId id, bool holds, SetId free, int depth)
{
    Graph *g = s->g;
    const Node n = *node_at(g, id);
    if (n.op == OP_NOT)
        return said(s, n.a, holds ? FAILS : HOLDS, free, depth);
    if (n.op == OP_AND || n.op == OP_OR) {
        const NodeId a = said(s, n.a, holds ? HOLDS : FAILS, free, depth),
                     b = said(s, n.b, holds ? HOLDS : FAILS, free, depth);
        return (n.op == OP_AND) == holds ? build_and(g, a, b) : build_or(g, a, b);
    }
    if (is_of_indices(g, id) && !set_size(g, set_minus(g, n.free, free)))
        return holds ? id : build_not(g, id);
    if (n.op == (holds ? OP_NE : OP_EQ) && node_is_int(g, n.b, 0))
        return said(s, n.a, IS_NOT_0, free, depth);
    return build_true(g);
}

static NodeId said(PlanSaid *s, NodeId id, unsigned asked, SetId free, int depth)
{
    PlanSaying a = {id, asked, free, depth > 0 ? 0 : build_true(s->g)};
    a.said = a.said ? a.said : known(s, &a);
    if (a.said)
        return a.said;
    a.said = asked == IS_NOT_0 ? said_by_value(s, id, free, depth - 1)
                               : said_by_condition(s, id, asked == HOLDS, free, depth - 1);
    if (logic_operands(s->g, a.said, MAX_OF_INDICES) > MAX_OF_INDICES)
        a.said = build_true(s->g);
    keep(s, a);
    return a.said;
}

NodeId plan_said(PlanSaid *s, NodeId condition, SetId free)
{
    return said(s, condition, HOLDS, free, MAX_DEPTH);
}

void plan_said_end(PlanSaid *s)
{
    vec_free(graph_ctx(s->g), &s->all);
    lookup_forget(graph_ctx(s->g), &s->table);
}
