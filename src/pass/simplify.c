/* A function in, the same function out: every live node is made anew by the builders, brought
 * to its final form by the identities, and freed of what only differentiation needed. */
#include "pass/pass.h"

typedef struct Simplify {
    Rules *r;
    Graph *g;
    uint32_t end;    /* of the nodes at the outset */
    NodeId *image;   /* a node each */
    uint32_t *uses;  /* a node each: by live nodes */
} Simplify;

static void count_uses(Simplify *s, const uint8_t *live)
{
    for (NodeId id = 1; id < s->end; id++)
        for (int i = 0; live[id] && i < node_arity(s->g, id); i++)
            s->uses[node_operand(s->g, id, i)]++;
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

/* A weak name stays where its value is used more than once and is more than a name or number. */
static NodeId image_of_temp(Simplify *s, NodeId id, const Node *n)
{
    NodeId value = s->image[n->a];
    if (n->c == ROLE_SELF || s->uses[id] < 2 || is_known(s->g, value))
        return value;
    return build_temp(s->g, value, n->b < s->end ? s->image[n->b] : 0, (SymRole)n->c);
}

static NodeId image_of(Simplify *s, NodeId id)
{
    Node n = *node_at(s->g, id);
    NodeId operands[3];
    switch (n.op) {
    case OP_TEMP: return image_of_temp(s, id, &n);
    case OP_LINK: case OP_STOP: return s->image[n.a];
    default: break;
    }
    for (int i = 0; i < node_arity(s->g, id); i++)
        operands[i] = s->image[node_operand(s->g, id, i)];
    return rule_identity(s->r, node_rebuild(s->g, id, operands), node_is_derived(s->g, id));
}

/* What only a link or a product with 0 needed is no longer live. */
static void list_order(Simplify *s, const uint8_t *live, const U32Vec *roots, Fn *fn)
{
    Ctx *ctx = graph_ctx(s->g);
    uint8_t *unlisted = graph_live(s->g, roots->at, roots->count);
    fn->order.count = 0;
    for (NodeId id = 1; id < s->end; id++) {
        if (!live[id] || !unlisted[s->image[id]])
            continue;
        unlisted[s->image[id]] = 0;
        *vec_push(ctx, &fn->order) = s->image[id];
    }
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
    for (NodeId id = 1; id < s.end; id++)
        if (live[id]) {
            graph_origin(g, node_origin(g, id), node_is_derived(g, id));
            s.image[id] = image_of(&s, id);
        }
    graph_origin(g, 0, false);
    for (uint32_t i = 0; i < fn->results.count; i++)
        roots.at[i] = fn->results.at[i].node = s.image[fn->results.at[i].node];
    list_order(&s, live, &roots, fn);
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, s.image, 0);
    ctx_resize(ctx, s.uses, 0);
    vec_free(ctx, &roots);
}
