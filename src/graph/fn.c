/* Functions over the graph: what they need, and their application to arguments, which is
 * substitution: a rule, a user's function and a derivative are applied alike. */
#include "graph/graph.h"

static const char *const role_names[ARG_ROLE_COUNT] = {
    [ARG_DIM] = "dim", [ARG_INPUT] = "input", [ARG_PARAM] = "param", [ARG_INDEX] = "index",
    [ARG_TANGENT] = "tangent", [ARG_SEED] = "seed", [ARG_OUTPUT] = "output",
    [ARG_OUTPUT_TANGENT] = "output_tangent", [ARG_ADJOINT] = "adjoint",
    [ARG_ADJOINT_TANGENT] = "adjoint_tangent", [ARG_JACOBIAN] = "jacobian",
    [ARG_HESSIAN] = "hessian", [ARG_WORK] = "work",
};

static const char *const kind_names[FN_KIND_COUNT] = {
    [FN_VALUE] = "value", [FN_FORWARD] = "forward", [FN_REVERSE] = "reverse",
    [FN_GRADIENT] = "gradient", [FN_JACOBIAN] = "jacobian", [FN_HESSIAN] = "hessian",
    [FN_HVP] = "hvp",
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

uint8_t *graph_live(Graph *g, const NodeId *roots, uint32_t count)
{
    uint8_t *live = array_new(graph_ctx(g), graph_count(g), 1);
    for (uint32_t i = 0; i < count; i++)
        live[roots[i]] = 1;
    for (NodeId id = graph_count(g) - 1; id > 0; id--)
        for (uint32_t k = 0; live[id] && node_need(g, id, k); k++)
            live[node_need(g, id, k)] = 1;
    live[0] = 0;
    return live;
}

/* Does the node use one that is marked? */
static bool uses_marked(Graph *g, NodeId id, const uint8_t *mark)
{
    NodeId need;
    for (uint32_t k = 0; (need = node_need(g, id, k)); k++)
        if (mark[need])
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
        /* leaves of indices, for a bound one may get another name: fn_apply */
        mark[id] = mark[id] || n->op == OP_INDEX || uses_marked(g, id, mark);
        if (mark[id])
            *vec_push(ctx, order) = id;
    }
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, mark, 0);
}

/* ---- copies */

NodeId node_rebuild(Graph *g, NodeId id, const NodeId *operands)
{
    Node n = *node_at(g, id);
    switch (n.op) {
    case OP_NAME: case OP_TEMP: case OP_DIFF:
        return graph_put(g, (Op)n.op, operands[0], n.op == OP_DIFF ? operands[1] : n.b, n.c);
    case OP_STOP: return graph_put(g, OP_STOP, operands[0], n.b, 0);
    case OP_READ: case OP_PART: case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN:
        return build(g, (Op)n.op, operands[0], n.b, n.c);
    default: break;
    }
    int arity = node_arity(g, id);
    if (arity == 0)
        return id;
    return build(g, (Op)n.op, operands[0], arity > 1 ? operands[1] : 0, arity > 2 ? operands[2] : 0);
}

/* What things become; the functions give the thing itself where nothing is to change. */
typedef struct Images {
    Graph *g;
    NodeId (*node)(const void *with, NodeId node);
    IndexId (*index)(const void *with, IndexId index);
    const void *with;
} Images;

static TupleId tuple_image(const Images *m, TupleId tuple)
{
    Ctx *ctx = graph_ctx(m->g);
    uint32_t size = tuple_size(m->g, tuple);
    NodeId *items = array_new(ctx, size + 1, sizeof *items);
    for (uint32_t i = 0; i < size; i++)
        items[i] = m->node(m->with, tuple_item(m->g, tuple, i));
    TupleId image = tuple_of(m->g, items, size);
    ctx_resize(ctx, items, 0);
    return image;
}

static SetId set_image(const Images *m, SetId set)
{
    SetId image = 0;
    for (uint32_t i = 0; i < set_size(m->g, set); i++)
        image = set_with(m->g, image, m->index(m->with, set_member(m->g, set, i)));
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
    for (int i = 0; i < node_arity(g, id); i++)
        operands[i] = m->node(m->with, node_operand(g, id, i));
    switch (n.op) {
    case OP_CONST: return id;
    case OP_INDEX: return build_index(g, m->index(m->with, n.a));
    case OP_REF: case OP_RULE: return graph_put(g, (Op)n.op, n.a, tuple_image(m, n.b), 0);
    case OP_READ: return build_read(g, operands[0], tuple_image(m, n.b));
    case OP_PART: return build_part(g, operands[0], tuple_image(m, n.b), set_image(m, n.c));
    case OP_ARRAY: return build_array(g, tuple_image(m, n.a), shaped(m, n.b), (int)n.c);
    case OP_NAME: return graph_put(g, OP_NAME, operands[0], n.b, tuple_image(m, n.c));
    case OP_DIFF: return graph_put(g, OP_DIFF, operands[0], operands[1], tuple_image(m, n.c));
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN:
        return build_reduce(g, (Op)n.op, operands[0], m->index(m->with, n.b));
    default: return node_rebuild(g, id, operands);
    }
}

static NodeId node_from_list(const void *with, NodeId node)
{
    const NodeId *image = with;
    return image[node] ? image[node] : node;
}

static IndexId same_index(const void *with, IndexId index)
{
    (void)with;
    return index;
}

NodeId node_map(Graph *g, NodeId id, const NodeId *image)
{
    Images m = {g, node_from_list, same_index, image};
    return node_image(&m, id);
}

/* ---- application */

typedef struct Apply {
    Graph *g;
    const U32Vec *order;
    const SymId *params;
    const NodeId *args;
    uint32_t count;
    IndexId index;   /* substituted by args[0]; 0 for none */
    NodeId *image;   /* of each in order */
    U32Vec from, to; /* indices that get others */
} Apply;

/* What a node has become: itself, if it is none of `order`. */
static NodeId applied_node(const void *with, NodeId id)
{
    const Apply *a = with;
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

static IndexId applied_index(const void *with, IndexId index)
{
    const Apply *a = with;
    for (uint32_t i = 0; i < a->from.count; i++)
        if (a->from.at[i] == index)
            return a->to.at[i];
    return index;
}

/* An index that is bound below: another one where its range becomes another or an argument is
 * free in it. */
static void apply_bound(Apply *a, IndexId index, SetId avoid)
{
    Graph *g = a->g;
    if (applied_index(a, index) != index)
        return;
    const Index i = *index_at(g, index);
    IndexId to = index_of(g, i.name, applied_node(a, i.lower), applied_node(a, i.upper), i.serial);
    to = index_beside(g, to, avoid);
    if (to == index)
        return;
    *vec_push(graph_ctx(g), &a->from) = index;
    *vec_push(graph_ctx(g), &a->to) = to;
}

static NodeId apply_node(const Apply *a, NodeId id)
{
    Graph *g = a->g;
    const Images m = {g, applied_node, applied_index, a};
    Node n = *node_at(g, id);
    if (n.op == OP_INDEX && n.a == a->index)
        return a->args[0];
    for (uint32_t i = 0; n.op == OP_REF && !a->index && i < a->count; i++)
        if (n.a == a->params[i])
            return n.b ? build_read(g, a->args[i], tuple_image(&m, n.b)) : a->args[i];
    if (n.op == OP_ARRAY) {
        TupleId parts = tuple_image(&m, n.a), shape = tuple_image(&m, sym_at(g, n.b)->shape);
        return build_array(g, parts, sym_like(g, n.b, n.a, parts, shape), (int)n.c);
    }
    return node_image(&m, id);
}

/* Which indices does the node bind, or speak of? */
static SetId indices_of(Graph *g, NodeId id)
{
    const Node *n = node_at(g, id);
    if (n->op == OP_PART)
        return n->c;
    if (op_info((Op)n->op)->flags & OPF_REDUCE)
        return set_with(g, 0, n->b);
    return 0;
}

static NodeId apply(Apply *a, NodeId root)
{
    Graph *g = a->g;
    Ctx *ctx = graph_ctx(g);
    SetId avoid = 0;
    for (uint32_t i = 0; i < a->count; i++)
        avoid = set_union(g, avoid, node_at(g, a->args[i])->free);
    a->image = array_new(ctx, a->order->count + 1, sizeof *a->image);
    for (uint32_t i = 0; i < a->order->count; i++)
        a->image[i] = a->order->at[i];
    /* ranges first: an index is seen at its leaf before anything binds it */
    for (uint32_t i = 0; i < a->order->count; i++) {
        NodeId id = a->order->at[i];
        SetId bound = indices_of(g, id);
        for (uint32_t k = 0; k < set_size(g, bound); k++)
            apply_bound(a, set_member(g, bound, k), avoid);
        a->image[i] = apply_node(a, id);
    }
    if (a->from.count) /* once more, with the leaves of the indices that got others */
        for (uint32_t i = 0; i < a->order->count; i++)
            a->image[i] = apply_node(a, a->order->at[i]);
    NodeId result = applied_node(a, root);
    ctx_resize(ctx, a->image, 0);
    vec_free(ctx, &a->from);
    vec_free(ctx, &a->to);
    return result;
}

NodeId fn_apply(Graph *g, NodeId root, const U32Vec *order, const SymId *params,
                const NodeId *args, uint32_t count)
{
    Apply a = {.g = g, .order = order, .params = params, .args = args, .count = count};
    return apply(&a, root);
}

NodeId fn_substitute(Graph *g, NodeId root, IndexId index, NodeId integer)
{
    Ctx *ctx = graph_ctx(g);
    U32Vec order = {0};
    if (!set_has(g, node_at(g, root)->free, index))
        return root;
    uint8_t *live = graph_live(g, &root, 1);
    for (NodeId id = 1; id <= root; id++)
        if (live[id])
            *vec_push(ctx, &order) = id;
    ctx_resize(ctx, live, 0);
    Apply a = {.g = g, .order = &order, .args = &integer, .count = 1, .index = index};
    NodeId result = apply(&a, root);
    vec_free(ctx, &order);
    return result;
}
