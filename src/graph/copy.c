/* Copies of nodes, one by one.
 *
 * In: a node, and what those become that it needs. Out: the same operation on these.
 */
#include "graph/graph.h"

static TupleId tuple_renumbered(Graph *g, TupleId tuple, const NodeId *image)
{
    U32Vec items = {0};
    bool same = true;
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        same = same && image[tuple_item(g, tuple, i)] == tuple_item(g, tuple, i);
    if (same)
        return tuple;
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        *vec_push(graph_ctx(g), &items) = image[tuple_item(g, tuple, i)];
    const TupleId other = tuple_of(g, items.at, items.count);
    vec_free(graph_ctx(g), &items);
    return other;
}

NodeId node_rebuild(Graph *g, NodeId id, const NodeId *operands)
{
    Node n = *node_at(g, id);
    switch (n.op) {
    case OP_NAME: case OP_TEMP: case OP_DIFF:
        return graph_put(g, (Op)n.op, operands[0], n.op == OP_DIFF ? operands[1] : n.b, n.c);
    case OP_STOP: return graph_put(g, OP_STOP, operands[0], n.b, 0);
    case OP_READ:
    case OP_PART:
    case OP_MEMBER:
    case OP_SUM:
    case OP_PROD:
    case OP_RMAX:
    case OP_RMIN:
    case OP_RHYPOT:
        return build(g, (Op)n.op, operands[0], n.b, n.c);
    default: break;
    }
    int arity = node_arity(g, id);
    if (arity == 0)
        return id;
    return build(g, (Op)n.op, operands[0], arity > 1 ? operands[1] : 0,
                 arity > 2 ? operands[2] : 0);
}

Node node_renumbered(Graph *g, NodeId id, const NodeId *image)
{
    Node n = *node_at(g, id);
    TupleId *tuple = node_tuple_place(&n);
    const int arity = node_arity(g, id);
    if (arity > 0)
        n.a = image[n.a];
    if (arity > 1 || n.op == OP_TEMP)
        n.b = image[n.b];
    if (arity > 2)
        n.c = image[n.c];
    if (tuple)
        *tuple = tuple_renumbered(g, *tuple, image);
    return n;
}

/* What things become; the function gives the node itself where nothing is to change. */
typedef struct Images {
    Graph *g;
    NodeId (*node)(const void *with, NodeId node);
    const void *with;
} Images;

static TupleId tuple_image(const Images *m, TupleId tuple)
{
    Ctx *ctx = graph_ctx(m->g);
    uint32_t size = tuple_size(m->g, tuple);
    if (!size)
        return 0;
    NodeId *items = array_new(ctx, size, sizeof *items);
    for (uint32_t i = 0; i < size; i++)
        items[i] = m->node(m->with, tuple_item(m->g, tuple, i));
    TupleId image = tuple_of(m->g, items, size);
    ctx_resize(ctx, items, 0);
    return image;
}

/* An array's symbol, or one like it where its shape becomes another. */
static SymId shaped(const Images *m, SymId sym)
{
    TupleId shape = tuple_image(m, sym_at(m->g, sym)->shape);
    if (shape == sym_at(m->g, sym)->shape)
        return sym;
    const Sym old = *sym_at(m->g, sym);
    SymId like = sym_new(m->g, old.name, old.kind, shape);
    sym_at(m->g, like)->span = old.span;
    sym_at(m->g, like)->line = old.line;
    return like;
}

static NodeId node_image(const Images *m, NodeId id)
{
    Graph *g = m->g;
    const Node n = *node_at(g, id);
    NodeId operands[3] = {0};
    TupleId parts;
    for (int i = 0; i < node_arity(g, id); i++)
        operands[i] = m->node(m->with, node_operand(g, id, i));
    switch (n.op) {
    case OP_CONST: case OP_INDEX: return id;
    case OP_REF: case OP_RULE: case OP_CALL: case OP_OWN:
        return graph_put(g, (Op)n.op, n.a, tuple_image(m, n.b), 0);
    case OP_SYSTEM: return build_system(g, tuple_image(m, n.a));
    case OP_MEMBER: return build_member(g, operands[0], n.b);
    case OP_READ: return build_read(g, operands[0], tuple_image(m, n.b));
    case OP_HOLD: return graph_put(g, OP_HOLD, operands[0], tuple_image(m, n.b), 0);
    case OP_PART: return build_part(g, operands[0], tuple_image(m, n.b), n.c);
    case OP_ARRAY:
        parts = tuple_image(m, n.a); /* first: the order of nodes is one for all compilers */
        return build_array(g, parts, shaped(m, n.b), (int)n.c);
    case OP_NAME: return graph_put(g, OP_NAME, operands[0], n.b, tuple_image(m, n.c));
    case OP_DIFF: return graph_put(g, OP_DIFF, operands[0], operands[1], tuple_image(m, n.c));
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: case OP_RHYPOT:
        return build_reduce(g, (Op)n.op, operands[0], n.b);
    default: return node_rebuild(g, id, operands);
    }
}

static NodeId node_from_list(const void *with, NodeId node)
{
    const NodeId *image = with;
    return image[node] ? image[node] : node;
}

NodeId node_map(Graph *g, NodeId id, const NodeId *image)
{
    Images m = {g, node_from_list, image};
    return node_image(&m, id);
}

NodeId node_map_by(Graph *g, NodeId id, NodeId (*image)(const void *with, NodeId node),
                   const void *with)
{
    Images m = {g, image, with};
    return node_image(&m, id);
}

TupleId tuple_map_by(Graph *g, TupleId tuple, NodeId (*image)(const void *with, NodeId node),
                     const void *with)
{
    Images m = {g, image, with};
    return tuple_image(&m, tuple);
}
