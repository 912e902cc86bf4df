/* Functions over the graph: what they need, and their application to arguments, which is
 * substitution: a rule, a user's function and a derivative are applied alike. */
#include "graph/graph.h"

static const char *const role_names[ARG_ROLE_COUNT] = {
    [ARG_DIM] = "dim", [ARG_INPUT] = "input", [ARG_PARAM] = "param", [ARG_INDEX] = "index",
    [ARG_TANGENT] = "tangent", [ARG_SEED] = "seed", [ARG_OUTPUT] = "output",
    [ARG_OUTPUT_TANGENT] = "output_tangent", [ARG_ADJOINT] = "adjoint", [ARG_WORK] = "work",
};

static const char *const kind_names[FN_KIND_COUNT] = {
    [FN_VALUE] = "value", [FN_FORWARD] = "forward", [FN_REVERSE] = "reverse",
    [FN_GRADIENT] = "gradient",
};

const char *role_suffix(SymRole role)
{
    static const char *const suffixes[ROLE_COUNT] = {
        [ROLE_SELF] = "", [ROLE_DOT] = "_dot", [ROLE_BAR] = "_bar", [ROLE_OUT] = "_out",
        [ROLE_SUM] = "_sum", [ROLE_VALUE] = "_value",
    };
    return suffixes[role];
}

const char *arg_role_name(ArgRole role) { return role_names[role]; }
const char *fn_kind_name(FnKind kind) { return kind_names[kind]; }

static void mark_tuple(const Graph *g, TupleId tuple, uint8_t *live)
{
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        live[tuple_item(g, tuple, i)] = 1;
}

/* Marks what a node needs at once. */
static void mark_operands(const Graph *g, NodeId id, uint8_t *live)
{
    const Node *n = node_at(g, id);
    for (int i = 0; i < node_arity(g, id); i++)
        live[node_operand(g, id, i)] = 1;
    if (n->op == OP_REF || n->op == OP_RULE)
        mark_tuple(g, n->b, live);
    if (n->op == OP_NAME)
        mark_tuple(g, n->c, live);
    IndexId index = n->op == OP_SUM ? n->b : n->op == OP_INDEX ? n->a : 0;
    if (index) {
        live[index_at(g, index)->lower] = 1;
        live[index_at(g, index)->upper] = 1;
    }
}

uint8_t *graph_live(Graph *g, const NodeId *roots, uint32_t count)
{
    uint8_t *live = array_new(graph_ctx(g), graph_count(g), 1);
    for (uint32_t i = 0; i < count; i++)
        live[roots[i]] = 1;
    for (NodeId id = graph_count(g) - 1; id > 0; id--)
        if (live[id])
            mark_operands(g, id, live);
    live[0] = 0;
    return live;
}

/* Does the node use one that is marked? */
static bool uses_marked(const Graph *g, NodeId id, const uint8_t *mark)
{
    const Node *n = node_at(g, id);
    for (int i = 0; i < node_arity(g, id); i++)
        if (mark[node_operand(g, id, i)])
            return true;
    TupleId tuple = n->op == OP_REF || n->op == OP_RULE ? n->b : n->op == OP_NAME ? n->c : 0;
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        if (mark[tuple_item(g, tuple, i)])
            return true;
    return false;
}

void fn_order(Graph *g, NodeId root, const SymId *params, uint32_t count, U32Vec *order)
{
    Ctx *ctx = graph_ctx(g);
    uint8_t *live = graph_live(g, &root, 1);
    uint8_t *mark = array_new(ctx, (size_t)root + 1, 1);
    for (NodeId id = 1; id <= root; id++) {
        if (!live[id])
            continue;
        const Node *n = node_at(g, id);
        for (uint32_t i = 0; n->op == OP_REF && i < count; i++)
            mark[id] = mark[id] || n->a == params[i];
        mark[id] = mark[id] || uses_marked(g, id, mark);
        if (mark[id])
            *vec_push(ctx, order) = id;
    }
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, mark, 0);
}

NodeId node_rebuild(Graph *g, NodeId id, const NodeId *operands)
{
    Node n = *node_at(g, id);
    switch (n.op) {
    case OP_NAME: case OP_TEMP: return graph_put(g, (Op)n.op, operands[0], n.b, n.c);
    case OP_STOP: return graph_put(g, OP_STOP, operands[0], n.b, 0);
    case OP_SUM: return build_sum(g, operands[0], n.b);
    default: break;
    }
    int arity = node_arity(g, id);
    if (arity == 0)
        return id;
    return build(g, (Op)n.op, operands[0], arity > 1 ? operands[1] : 0, arity > 2 ? operands[2] : 0);
}

typedef struct Apply {
    Graph *g;
    const U32Vec *order;
    const SymId *params;
    const NodeId *args;
    uint32_t count;
    NodeId *image; /* of each in order */
} Apply;

/* What a node has become: itself, if it is none of `order`. */
static NodeId image_of(const Apply *a, NodeId id)
{
    uint32_t low = 0, high = a->order->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (a->order->at[middle] == id)
            return a->image[middle];
        if (a->order->at[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return id;
}

static TupleId image_of_tuple(const Apply *a, TupleId tuple)
{
    Ctx *ctx = graph_ctx(a->g);
    uint32_t size = tuple_size(a->g, tuple);
    NodeId *items = array_new(ctx, size + 1, sizeof *items);
    for (uint32_t i = 0; i < size; i++)
        items[i] = image_of(a, tuple_item(a->g, tuple, i));
    TupleId image = tuple_of(a->g, items, size);
    ctx_resize(ctx, items, 0);
    return image;
}

static NodeId apply_node(const Apply *a, NodeId id)
{
    Node n = *node_at(a->g, id);
    NodeId operands[3];
    if (n.op == OP_REF)
        for (uint32_t i = 0; i < a->count; i++)
            if (n.a == a->params[i])
                return a->args[i];
    if (n.op == OP_REF || n.op == OP_RULE)
        return graph_put(a->g, (Op)n.op, n.a, image_of_tuple(a, n.b), 0);
    for (int i = 0; i < node_arity(a->g, id); i++)
        operands[i] = image_of(a, node_operand(a->g, id, i));
    return node_rebuild(a->g, id, operands);
}

NodeId fn_apply(Graph *g, NodeId root, const U32Vec *order, const SymId *params,
                const NodeId *args, uint32_t count)
{
    Apply a = {g, order, params, args, count, NULL};
    a.image = array_new(graph_ctx(g), order->count + 1, sizeof *a.image);
    for (uint32_t i = 0; i < order->count; i++)
        a.image[i] = apply_node(&a, order->at[i]);
    NodeId result = image_of(&a, root);
    ctx_resize(graph_ctx(g), a.image, 0);
    return result;
}
