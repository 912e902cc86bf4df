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
        [ROLE_LU] = "_lu",
        [ROLE_KEPT] = "_kept",
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
        mark[id] = mark[id] || uses_marked(g, id, mark);
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
    case OP_REF: case OP_RULE: case OP_OWN:
        return graph_put(g, (Op)n.op, n.a, tuple_image(m, n.b), 0);
    case OP_SYSTEM: return build_system(g, tuple_image(m, n.a));
    case OP_MEMBER: return build_member(g, operands[0], n.b);
    case OP_READ: return build_read(g, operands[0], tuple_image(m, n.b));
    case OP_HOLD: return graph_put(g, OP_HOLD, operands[0], tuple_image(m, n.b), 0);
    case OP_PART: return build_part(g, operands[0], tuple_image(m, n.b), set_image(m, n.c));
    case OP_ARRAY: return build_array(g, tuple_image(m, n.a), shaped(m, n.b), (int)n.c);
    case OP_NAME: return graph_put(g, OP_NAME, operands[0], n.b, tuple_image(m, n.c));
    case OP_DIFF: return graph_put(g, OP_DIFF, operands[0], operands[1], tuple_image(m, n.c));
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: case OP_RHYPOT:
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

NodeId node_map_by(Graph *g, NodeId id, NodeId image(const void *with, NodeId node),
                   const void *with)
{
    Images m = {g, image, same_index, with};
    return node_image(&m, id);
}

/* ---- application
 *
 * note [capture]: an argument may be free in an index that the body binds: sum[i](v[i]*a) with
 * a = q[i]. Then the bound index gets another name, and only where it is bound: the same node may
 * stand within the sum and beside it. So binders are renamed one by one, by a substitution in
 * what they bind. */

typedef struct Apply {
    Graph *g;
    const U32Vec *order;
    const SymId *params;
    const NodeId *args;
    uint32_t count;
    IndexId index;   /* substituted by args[0]; 0 for none */
    SetId avoid;     /* what arguments are free in */
    NodeId *image;   /* of each in order */
} Apply;

static NodeId apply(Apply *a, NodeId root);

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

/* What a bound index becomes: another one where its range does or an argument is free in it. */
static IndexId bound_image(const Apply *a, IndexId index, SetId beside)
{
    const Index i = *index_at(a->g, index);
    IndexId to =
        index_of(a->g, i.name, applied_node(a, i.lower), applied_node(a, i.upper), i.serial);
    return index_beside(a->g, to, set_union(a->g, a->avoid, beside));
}

/* Which nodes below root take part? */
static void order_below(Apply *a, NodeId root, U32Vec *order)
{
    Graph *g = a->g;
    if (!a->index) {
        fn_order(g, root, a->params, a->count, order);
        return;
    }
    uint8_t *live = graph_live(g, &root, 1);
    for (NodeId id = 1; id <= root; id++)
        if (live[id] && set_has(g, node_at(g, id)->free, a->index))
            *vec_push(graph_ctx(g), order) = id;
    ctx_resize(graph_ctx(g), live, 0);
}

/* What a node below a binder becomes, its bound indices renamed from..to first. */
static NodeId apply_renamed(const Apply *outer, NodeId node, const IndexId *from, const IndexId *to,
                            uint32_t count)
{
    U32Vec order = {0};
    Apply a = *outer;
    for (uint32_t i = 0; i < count; i++)
        node = fn_substitute(a.g, node, from[i], build_index(a.g, to[i]));
    order_below(&a, node, &order);
    a.order = &order;
    NodeId image = apply(&a, node);
    vec_free(graph_ctx(a.g), &order);
    return image;
}

/* A binder whose indices get other names; 0 if none does. */
static NodeId apply_binder(const Apply *a, NodeId id)
{
    Graph *g = a->g;
    const Node n = *node_at(g, id);
    bool reduces = op_info((Op)n.op)->flags & OPF_REDUCE;
    SetId bound = reduces ? set_with(g, 0, n.b) : n.op == OP_PART ? n.c : 0, image = 0;
    IndexId from[64], to[64];
    NodeId items[64];
    uint32_t count = 0, size = n.op == OP_PART ? tuple_size(g, n.b) : 0;
    SetId beside = bound ? set_minus(g, node_at(g, n.a)->free, bound) : 0;
    for (uint32_t i = 0; i < set_size(g, bound); i++) {
        from[count] = set_member(g, bound, i);
        to[count] = bound_image(a, from[count], beside);
        image = set_with(g, image, to[count]);
        count += from[count] != to[count];
    }
    if (!count)
        return 0;
    NodeId body = apply_renamed(a, n.a, from, to, count);
    if (reduces)
        return build_reduce(g, (Op)n.op, body, to[0]);
    for (uint32_t i = 0; i < size && i < 64; i++)
        items[i] = apply_renamed(a, tuple_item(g, n.b, i), from, to, count);
    return build_part(g, body, tuple_of(g, items, size), image);
}

static NodeId apply_node(const Apply *a, NodeId id)
{
    Graph *g = a->g;
    const Images m = {g, applied_node, same_index, a};
    Node n = *node_at(g, id);
    if (n.op == OP_INDEX && n.a == a->index)
        return a->args[0];
    for (uint32_t i = 0; n.op == OP_REF && !a->index && i < a->count; i++)
        if (n.a == a->params[i])
            return n.b ? build_read(g, a->args[i], tuple_image(&m, n.b)) : a->args[i];
    NodeId binder = apply_binder(a, id);
    if (binder)
        return binder;
    if (n.op == OP_ARRAY && !a->index) {
        TupleId parts = tuple_image(&m, n.a), shape = tuple_image(&m, sym_at(g, n.b)->shape);
        return build_array(g, parts, sym_like(g, n.b, n.a, parts, shape), (int)n.c);
    }
    if (n.op == OP_SYSTEM)
        return system_like(g, id, tuple_image(&m, n.a));
    return node_image(&m, id);
}

/* The copy of a node is written where the node is, and called where the application is. */
static void take_place(const Apply *a, NodeId id, NodePlace now)
{
    if (!(op_info(node_op(a->g, id))->flags & (OPF_POLE | OPF_STEP)))
        return;
    NodePlace own = node_place(a->g, id);
    if (own.place)
        graph_place(a->g, own.place, a->index ? own.call : now.place);
    else
        graph_place(a->g, now.place, now.call);
}

static NodeId apply(Apply *a, NodeId root)
{
    Ctx *ctx = graph_ctx(a->g);
    a->avoid = 0;
    for (uint32_t i = 0; i < a->count; i++)
        a->avoid = set_union(a->g, a->avoid, node_at(a->g, a->args[i])->free);
    a->image = array_new(ctx, a->order->count + 1, sizeof *a->image);
    const NodePlace place = graph_place_now(a->g);
    for (uint32_t i = 0; i < a->order->count; i++) {
        if (place.place)
            take_place(a, a->order->at[i], place);
        a->image[i] = apply_node(a, a->order->at[i]);
    }
    graph_place(a->g, place.place, place.call);
    NodeId result = applied_node(a, root);
    ctx_resize(ctx, a->image, 0);
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
    U32Vec order = {0};
    if (!set_has(g, node_at(g, root)->free, index))
        return root;
    Apply a = {.g = g, .args = &integer, .count = 1, .index = index};
    order_below(&a, root, &order);
    a.order = &order;
    NodeId result = apply(&a, root);
    vec_free(graph_ctx(g), &order);
    return result;
}
