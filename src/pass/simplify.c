/* A function in, the same function out: every live node is made anew by the builders, brought
 * to its final form by the identities, and freed of what only differentiation needed. */
#include <assert.h>

#include "pass/pass.h"

typedef struct Simplify {
    Rules *r;
    Graph *g;
    uint32_t end;    /* of the nodes at the outset */
    NodeId *image;   /* a node each */
    uint32_t *uses;  /* a node each: by live nodes */
    OwnerVec owners;
    uint8_t *read;   /* a node each: of an array of a recurrence whether it is read */
    NodeId *own;     /* a node each: of a recurrence the first that is an element of its own */
    NodeId *seen;    /* a node each: the last recurrence of which it was looked at; find_read */
} Simplify;

static void count_uses(Simplify *s, const uint8_t *live)
{
    for (NodeId id = 1; id < s->end; id++) {
        const int arity = live[id] ? node_arity(s->g, id) : 0;
        for (int i = 0; i < arity; i++)
            s->uses[node_operand(s->g, id, i)]++;
    }
}

/* Is it known well enough without another name: a name, a number, the negative of an input, or,
 * as the adjoint under the seed 1 can be, a part of the model itself? An input alone is not: that
 * the adjoint of a sum is z is a step of the derivation, q_bar = z. */
static bool is_known(const Graph *g, NodeId value)
{
    Op op = node_op(g, value);
    if (op == OP_REF)
        return false;
    if (op == OP_NEG)
        op = node_op(g, node_at(g, value)->a);
    return op == OP_CONST || op == OP_REF || op == OP_NAME || op == OP_TEMP ||
           !node_is_derived(g, value);
}

/* A weak name stays where its value is used more than once, or is added up in a loop, and is more
 * than a name or number. */
static NodeId image_of_temp(Simplify *s, NodeId id, const Node *n)
{
    NodeId value = s->image[n->a];
    bool added = op_info(node_op(s->g, value))->flags & OPF_REDUCE;
    if (n->c == ROLE_SELF || (s->uses[id] < 2 && !added) || is_known(s->g, value))
        return value;
    return build_temp(s->g, value, s->image[n->b], (SymRole)n->c);
}

/* ---- arrays of one-hot values: of z_dot[i] = i == j ? v : 0, read at k, only v is kept for each
 * i, and not for each i and j; a sum over k is then the one term that is not 0 */

static NodeId image_of_read(Graph *g, NodeId read)
{
    const Node r = *node_at(g, read);
    const NodeId only = array_only_part(g, r.a);
    NodeId test, inside;
    if (!only || !one_hot_inside(g, node_at(g, only)->a, &test, &inside))
        return read;
    const Node part = *node_at(g, only), a = *node_at(g, r.a);
    const NodeId left = build_part(g, inside, part.b, part.c);
    TupleId parts = tuple_of(g, &left, 1);
    SymId sym = sym_like(g, a.b, a.a, parts, node_shape(g, r.a));
    NodeId value = build_read(g, build_array(g, parts, sym, ARRAY_SET), r.b);
    if (!node_arity(g, inside) && node_op(g, inside) != OP_OWN)
        value = array_at(g, inside, part.b, r.b);
    test = array_at(g, test, part.b, r.b);
    return build_select(g, test, value, build_int(g, 0));
}

/* ---- recurrences: arrays that nobody reads go */

/* Marks the array and those of its recurrence that it is computed from. What was looked at for one
 * array of a recurrence is not for another, nor what is older than all of its own elements. */
static void mark_read(Simplify *s, NodeId array)
{
    Graph *g = s->g;
    const NodeId system = owner_of(g, &s->owners, array).system;
    U32Vec stack = {0};
    NodeId need;
    s->read[array] = 1;
    *vec_push(graph_ctx(g), &stack) = array;
    while (stack.count) {
        const NodeId id = stack.at[--stack.count];
        if (s->seen[id] == system || !s->own[system] || id < s->own[system])
            continue;
        s->seen[id] = system;
        if (node_op(g, id) == OP_OWN && owner_of(g, &s->owners, id).system == system) {
            const NodeId read = owner_of(g, &s->owners, id).array;
            s->read[read] = 1;
            *vec_push(graph_ctx(g), &stack) = read;
        }
        for (uint32_t k = 0; (need = node_need(g, id, k)); k++)
            *vec_push(graph_ctx(g), &stack) = need;
    }
    vec_free(graph_ctx(g), &stack);
}

static void find_read(Simplify *s, const uint8_t *live)
{
    owners_find(s->g, live, s->end, &s->owners);
    s->read = array_new(graph_ctx(s->g), s->end, sizeof *s->read);
    if (!s->owners.count)
        return;
    s->seen = array_new(graph_ctx(s->g), s->end, sizeof *s->seen);
    s->own = array_new(graph_ctx(s->g), s->end, sizeof *s->own);
    for (NodeId id = 1; id < s->end; id++) {
        NodeId *first = &s->own[owner_of(s->g, &s->owners, id).system];
        if (live[id] && node_op(s->g, id) == OP_OWN && !*first)
            *first = id;
    }
    for (NodeId id = 1; id < s->end; id++)
        if (live[id] && node_op(s->g, id) == OP_MEMBER)
            mark_read(s, member_array(s->g, id));
}

static NodeId image_of_system(Simplify *s, NodeId id)
{
    const TupleId arrays = node_at(s->g, id)->a;
    U32Vec items = {0};
    for (uint32_t k = 0; k < tuple_size(s->g, arrays); k++)
        if (s->read[tuple_item(s->g, arrays, k)])
            *vec_push(graph_ctx(s->g), &items) = s->image[tuple_item(s->g, arrays, k)];
    NodeId system = build_system(s->g, tuple_of(s->g, items.at, items.count));
    vec_free(graph_ctx(s->g), &items);
    return system;
}

static NodeId image_of_member(Simplify *s, const Node *n)
{
    const TupleId arrays = node_at(s->g, n->a)->a;
    uint32_t number = 0;
    for (uint32_t k = 0; k < n->b; k++)
        number += s->read[tuple_item(s->g, arrays, k)];
    return build_member(s->g, s->image[n->a], number);
}

/* ---- nodes */

/* The name of a call that stays apart, or of an adjoint of one. */
static bool is_gate(const Simplify *s, SymId sym)
{
    const Sym *y = sym_at(s->g, sym);
    return y->kind == SYM_CALL || (y->kind == SYM_DERIVED && y->base && is_gate(s, y->base));
}

/* Are a node's operands what they were? Then it is, too: what else it has are integers. Not what
 * has lists of values. */
static bool is_same(const Simplify *s, NodeId id)
{
    const Node *n = node_at(s->g, id);
    const int arity = op_info((Op)n->op)->arity;
    const NodeId operands[3] = {n->a, n->b, n->c};
    if (!arity)
        return n->op == OP_CONST || n->op == OP_REF;
    assert(arity <= 3);
    for (int i = 0; i < arity; i++)
        if (s->image[operands[i]] != operands[i])
            return false;
    return true;
}

/* What is guarded by a test of its factor: f == 0 ? 0 : f*p, as the rows of ops.def have it. */
static NodeId image_of_guarded(Simplify *s, NodeId id)
{
    const Node *n = node_at(s->g, id);
    NodeId image = guard_apply(s->g, s->image[n->a], s->image[n->b]);
    return rule_identity(s->r, image, node_is_derivative(s->g, id));
}

static NodeId image_of(Simplify *s, NodeId id)
{
    Node n = *node_at(s->g, id);
    if (n.flags & NODE_INT) /* the builders keep these simple; ranges and shapes name them */
        return id;
    switch (n.op) {
    case OP_TEMP: return image_of_temp(s, id, &n);
    case OP_NAME:
        if (is_gate(s, n.b))
            return s->image[n.a];
        break;
    case OP_LINK: case OP_STOP: return s->image[n.a];
    case OP_SYSTEM: return image_of_system(s, id);
    case OP_MEMBER: return image_of_member(s, &n);
    case OP_SELECT:
        if (node_op(s->g, n.a) == OP_NONZERO && node_is_int(s->g, s->image[n.c], 0))
            return image_of_guarded(s, id);
        break;
    case OP_NONZERO: return build2(s->g, OP_NE, s->image[n.a], build_int(s->g, 0));
    default: break;
    }
    NodeId image = is_same(s, id) ? id : node_map(s->g, id, s->image);
    if (node_op(s->g, image) == OP_SUM && node_is_derivative(s->g, id))
        image = one_hot_sum(s->g, node_at(s->g, image)->a, node_at(s->g, image)->b);
    if (node_op(s->g, image) == OP_READ && node_is_derivative(s->g, id))
        return image_of_read(s->g, image);
    return rule_identity(s->r, image, node_is_derivative(s->g, id));
}

/* What a node needs and is not listed yet; 0 if all is. */
static NodeId first_unlisted(const Simplify *s, NodeId id, const uint8_t *unlisted)
{
    const Node *n = node_at(s->g, id);
    const OpInfo *info = op_info((Op)n->op);
    const NodeId operands[3] = {n->a, n->b, n->c};
    NodeId need;
    assert(info->arity <= 3);
    for (int i = 0; i < info->arity; i++)
        if (unlisted[operands[i]])
            return operands[i];
    for (uint32_t k = 0; info->flags & OPF_MORE && (need = node_need_more(s->g, id, k)); k++)
        if (unlisted[need])
            return need;
    return 0;
}

/* Lists a node behind what it needs, for identities make nodes on the way. */
static void list_node(Simplify *s, NodeId node, uint8_t *unlisted, U32Vec *stack, Fn *fn)
{
    Ctx *ctx = graph_ctx(s->g);
    *vec_push(ctx, stack) = node;
    while (stack->count) {
        const NodeId top = stack->at[stack->count - 1], need = first_unlisted(s, top, unlisted);
        if (need) {
            *vec_push(ctx, stack) = need;
            continue;
        }
        stack->count--;
        if (unlisted[top])
            *vec_push(ctx, &fn->order) = top;
        unlisted[top] = 0;
    }
}

/* What only a link or a product with 0 needed is no longer live. */
static void list_order(Simplify *s, const uint8_t *live, const U32Vec *roots, Fn *fn)
{
    Ctx *ctx = graph_ctx(s->g);
    U32Vec stack = {0};
    uint8_t *unlisted = graph_live(s->g, roots->at, roots->count);
    for (NodeId id = 1; id < s->end; id++) {
        const NodeId image = live[id] ? s->image[id] : 0;
        if (!unlisted[image])
            continue;
        if (first_unlisted(s, image, unlisted)) {
            list_node(s, image, unlisted, &stack, fn);
            continue;
        }
        *vec_push(ctx, &fn->order) = image;
        unlisted[image] = 0;
    }
    vec_free(ctx, &stack);
    ctx_resize(ctx, unlisted, 0);
}

void simplify(Rules *r, Graph *g, Fn *fn)
{
    Ctx *ctx = graph_ctx(g);
    U32Vec roots = {0};
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(ctx, &roots) = fn->results.at[i].node;
    uint8_t *live = graph_live(g, roots.at, roots.count);
    Simplify s = {.r = r, .g = g, .end = graph_count(g)};
    s.image = array_new(ctx, s.end, sizeof *s.image);
    s.uses = array_new(ctx, s.end, sizeof *s.uses);
    count_uses(&s, live);
    find_read(&s, live);
    for (NodeId id = 1; id < s.end; id++)
        if (live[id]) {
            graph_origin_of(g, id);
            s.image[id] = image_of(&s, id);
        }
    graph_origin(g, 0, MADE_BY_MODEL);
    for (uint32_t i = 0; i < fn->results.count; i++)
        roots.at[i] = fn->results.at[i].node = s.image[fn->results.at[i].node];
    ctx_resize(ctx, s.uses, 0);
    ctx_resize(ctx, s.read, 0);
    ctx_resize(ctx, s.seen, 0);
    ctx_resize(ctx, s.own, 0);
    vec_free(ctx, &s.owners);
    graph_rest(g); /* what is computed from here on is few conditions */
    list_order(&s, live, &roots, fn);
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, s.image, 0);
    vec_free(ctx, &roots);
}
