/* Values with derivatives in them in; for each the condition outside of which it is 0 out.
 *
 * note [supports]: v == 0 ? 0 : v*p, with NONZERO as its test, is v*p; the test is there lest 0 is
 * multiplied by an infinite p (note [tests] of jvp.c). So in reverse its arm gets the adjoint
 * whether v is 0 or not: v needs it, and gives it on under the conditions that make v 0. But what p
 * gets is v times that adjoint, and where v is 0 nothing infinite may be multiplied by it: it is
 * guarded by v's support, as a max's operand is by that of its partial. */
#include "pass/pass.h"

/* Supports of more operands than this are replaced by a test of the value itself. */
enum { MAX_OPERANDS = 8 };

static NodeId opened(const Supports *s, NodeId condition)
{
    return s->opened[condition] ? s->opened[condition] : condition;
}

/* A condition with its tests held to be true; those that are denied are not looked for, for selects
 * are made with their arms exchanged instead. 0 if it has none. */
static NodeId open_condition(Graph *g, const Supports *s, NodeId id)
{
    const Node n = *node_at(g, id);
    if (n.op == OP_NONZERO)
        return build_true(g);
    if ((n.op != OP_AND && n.op != OP_OR) || (!s->opened[n.a] && !s->opened[n.b]))
        return 0;
    return build2(g, (Op)n.op, opened(s, n.a), opened(s, n.b));
}

NodeId support_opened(const Supports *s, NodeId condition)
{
    return s->opened ? opened(s, condition) : condition;
}

NodeId support_of(const Supports *s, NodeId id) { return s->of ? s->of[id] : 0; }

/* Both; 0 stands for always. */
static NodeId both(Graph *g, NodeId a, NodeId b) { return a && b ? build_and(g, a, b) : a ? a : b; }

/* With a test in the condition it is that; with another it is the arm's own within it. */
static NodeId support_of_select(Graph *g, const Supports *s, const Node *n)
{
    if (!node_is_int(g, n->c, 0))
        return node_is_int(g, n->b, 0) && s->of[n->c]
                   ? both(g, build_not(g, n->a), s->of[n->c]) : 0;
    return s->opened[n->a] || s->of[n->b] ? both(g, n->a, s->of[n->b]) : 0;
}

/* The read of an array: where something within it has a support, it is the part's if that is read
 * as it is written, and nothing else is added to the element; else a test. */
static NodeId support_of_read(Graph *g, const Supports *s, NodeId read)
{
    const Node n = *node_at(g, read), array = *node_at(g, n.a);
    bool any = false;
    for (uint32_t i = 0; array.op == OP_ARRAY && i < tuple_size(g, array.a); i++) {
        const NodeId part = tuple_item(g, array.a, i);
        const Node p = *node_at(g, part);
        any = any || s->of[part];
        if (p.b == n.b && tuple_size(g, array.a) == 1 && places_apart(g, p.b, p.c))
            return s->of[part];
    }
    return any ? build1(g, OP_NONZERO, read) : 0;
}

static NodeId either(Graph *g, NodeId a, NodeId b) { return a && b ? build_or(g, a, b) : 0; }

/* The support, or that which conditions of the model give, looked for so many operations deep. */
static NodeId bounds_of(Graph *g, const Supports *s, NodeId id, int depth)
{
    const Node n = *node_at(g, id);
    if (s->of[id] || !depth--)
        return s->of[id];
    switch (n.op) {
    case OP_SELECT:
        return node_is_int(g, n.c, 0) ? n.a : node_is_int(g, n.b, 0) ? build_not(g, n.a) : 0;
    case OP_MUL: return both(g, bounds_of(g, s, n.a, depth), bounds_of(g, s, n.b, depth));
    case OP_ADD: case OP_SUB:
        return either(g, bounds_of(g, s, n.a, depth), bounds_of(g, s, n.b, depth));
    case OP_NEG: case OP_NAME: case OP_TEMP: case OP_DIV: return bounds_of(g, s, n.a, depth);
    default: return 0;
    }
}

/* Of a sum that has a test in it, although not in every term. */
static NodeId support_of_sum(Graph *g, const Supports *s, const Node *n)
{
    enum { DEPTH = 4 };
    if (!s->of[n->a] && !s->of[n->b])
        return 0;
    return either(g, bounds_of(g, s, n->a, DEPTH), bounds_of(g, s, n->b, DEPTH));
}

static NodeId find_support(Graph *g, const Supports *s, NodeId id)
{
    const Node n = *node_at(g, id);
    switch (n.op) {
    case OP_SELECT: return support_of_select(g, s, &n);
    case OP_READ: return support_of_read(g, s, id);
    case OP_MUL: return both(g, s->of[n.a], s->of[n.b]);
    case OP_ADD: case OP_SUB: return support_of_sum(g, s, &n);
    case OP_NEG: case OP_NAME: case OP_TEMP: case OP_PART: case OP_DIV: case OP_SUM:
        return s->of[n.a];
    default: return 0;
    }
}

/* A support that the value can bear: short, and without an index that it is summed over. */
static NodeId borne(Graph *g, NodeId id, NodeId support)
{
    const Node n = *node_at(g, id);
    const SetId known = n.op == OP_PART ? set_union(g, n.free, n.c) : n.free;
    if (!support || (logic_operands(g, support, MAX_OPERANDS) <= MAX_OPERANDS &&
                     !set_size(g, set_minus(g, node_at(g, support)->free, known))))
        return support;
    return build1(g, OP_NONZERO, id);
}

/* Values that are tested have that as their support; false if there are none. */
static bool find_tests(Graph *g, const uint8_t *live, uint32_t end, Supports *s)
{
    for (NodeId id = 1; id < end; id++) {
        if (!live[id] || node_op(g, id) != OP_NONZERO)
            continue;
        if (!s->of)
            s->of = array_new(graph_ctx(g), end, sizeof *s->of);
        s->of[node_at(g, id)->a] = id;
    }
    return s->of;
}

void supports_find(Graph *g, const uint8_t *live, uint32_t end, Supports *s)
{
    if (!find_tests(g, live, end, s))
        return;
    s->opened = array_new(graph_ctx(g), end, sizeof *s->opened);
    for (NodeId id = 1; id < end; id++) {
        if (!live[id])
            continue;
        s->opened[id] = open_condition(g, s, id);
        if (!s->of[id])
            s->of[id] = borne(g, id, find_support(g, s, id));
    }
}

void supports_free(Ctx *ctx, Supports *s)
{
    ctx_resize(ctx, s->of, 0);
    ctx_resize(ctx, s->opened, 0);
}
