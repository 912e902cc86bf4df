/* Reverse mode: outputs and seeds in, adjoints out. Users follow operands, so it is one loop
 * down: v gives each operand u the contribution v_bar * dv/du, summed over the indices that v
 * has and u has not.
 *
 * note [guards]: what only one arm of a condition needs must not influence the result when the
 * other is taken, and 0 times infinity is NaN. So each adjoint knows the condition outside of
 * which it is 0: `hard` where a condition of the model decides, `soft` where a kink does (as
 * max(x, 0)), and what is computed from it is computed under that condition: a select, never
 * a product with 0. Behind a soft guard this is needed only where a partial can be infinite,
 * which sums and products of finite numbers are not. */
#include "pass/pass.h"

typedef struct Sweep {
    Rules *r;
    Graph *g;
    uint32_t end;        /* of the nodes that the graph had */
    uint8_t *varied;     /* a node each: does it depend on a marked one? */
    uint8_t *live;       /* a node each: does an output need it? */
    uint32_t *waiting;   /* a node each: contributions that are still to come */
    NodeId *bar;         /* a node each: the sum so far, then the adjoint */
    NodeId *hard, *soft; /* a node each: note [guards]; 0 before the first contribution */
    uint8_t *seed;       /* a node each: was it given a seed that is no constant? */
    bool named;
} Sweep;

static bool is_cheap(Op op)
{
    return op_info(op)->flags & OPF_CHEAP;
}

/* ---- guards */

NodeId guard_apply(Graph *g, NodeId condition, NodeId p)
{
    if (node_op(g, condition) == OP_NE) /* as the rows of ops.def have it: f == 0 ? 0 : p */
        return build_select(g, build_not(g, condition), build_int(g, 0), p);
    return build_select(g, condition, p, build_int(g, 0));
}

NodeId guard_inside(Graph *g, NodeId condition, NodeId bar)
{
    Node n = *node_at(g, bar);
    if (n.op == OP_TEMP)
        n = *node_at(g, n.a);
    if (n.op == OP_SELECT && n.a == condition && node_is_int(g, n.c, 0))
        return n.b;
    if (n.op == OP_SELECT && build_not(g, n.a) == condition && node_is_int(g, n.b, 0))
        return n.c;
    return bar;
}

/* ---- contributions */

static void contribute(Sweep *s, NodeId v, NodeId u, NodeId value, NodeId hard, NodeId soft)
{
    Graph *g = s->g;
    SetId extra = set_minus(g, node_at(g, v)->free, node_at(g, u)->free);
    for (uint32_t i = 0; i < set_size(g, extra); i++)
        value = build_sum(g, value, set_member(g, extra, i));
    s->bar[u] = s->bar[u] ? build2(g, OP_ADD, s->bar[u], value) : value;
    s->hard[u] = s->hard[u] ? build_or(g, s->hard[u], hard) : hard;
    s->soft[u] = s->soft[u] ? build_or(g, s->soft[u], soft) : soft;
}

/* To an arm of a condition. */
static void contribute_arm(Sweep *s, NodeId v, int i)
{
    Graph *g = s->g;
    Node n = *node_at(g, v);
    NodeId condition = i == 1 ? n.a : build_not(g, n.a);
    NodeId hard = build_and(g, s->hard[v], condition);
    NodeId bar = guard_inside(g, s->hard[v], s->bar[v]);
    contribute(s, v, node_operand(g, v, i), guard_apply(g, hard, bar), hard, s->soft[v]);
}

static void contribute_operand(Sweep *s, NodeId v, int i)
{
    Graph *g = s->g;
    Op op = node_op(g, v);
    NodeId u = node_operand(g, v, i);
    NodeId hard = s->hard[v], soft = s->soft[v];
    if (op == OP_SELECT) {
        contribute_arm(s, v, i);
        return;
    }
    bool constant = rule_is_constant(s->r, v, i);
    NodeId guard = constant ? build_true(g)
                            : is_cheap(op) ? hard : build_and(g, hard, soft);
    NodeId bar = guard_inside(g, guard, s->bar[v]);
    NodeId value = rule_scale(s->r, bar, v, i);
    if (!value)
        return;
    soft = build_and(g, soft, rule_support(s->r, v, i));
    contribute(s, v, u, value == bar ? s->bar[v] : guard_apply(g, guard, value), hard, soft);
}

/* ---- names */

/* A seed or another adjoint handed through needs no name of its own. */
static bool is_plain(Graph *g, NodeId bar)
{
    Op op = node_op(g, bar);
    return op == OP_CONST || op == OP_NAME || op == OP_TEMP ||
           (op == OP_REF && sym_at(g, node_at(g, bar)->a)->kind == SYM_DERIVED);
}

static NodeId name_adjoint(Sweep *s, NodeId u)
{
    Graph *g = s->g;
    Node n = *node_at(g, u);
    NodeId bar = s->bar[u];
    if (n.op == OP_REF && !n.b) /* an input: known from here on */
        return build_name(g, sym_derived(g, n.a, ROLE_BAR), bar, 0);
    if (node_op(g, bar) == OP_CONST)
        return bar;
    if (n.op == OP_NAME && sym_at(g, n.b)->kind != SYM_CONST) {
        SymId sym = sym_derived(g, n.b, ROLE_BAR);
        if (node_op(g, bar) == OP_REF && node_at(g, bar)->a == sym)
            return bar; /* the seed alone */
        if (s->seed[u]) /* the seed has the name already */
            sym = sym_derived(g, sym, ROLE_SUM);
        return build_name(g, sym, bar, n.c);
    }
    if (n.op == OP_REF || n.op == OP_TEMP || n.op == OP_LINK || is_plain(g, bar))
        return bar;
    return build_temp(g, bar, u, ROLE_BAR);
}

/* All contributions have come. */
static void finish(Sweep *s, NodeId u)
{
    if (s->named && s->bar[u])
        s->bar[u] = name_adjoint(s, u);
}

/* ---- the sweep */

static bool takes_part(const Sweep *s, NodeId v, int i)
{
    return rule_differentiable(node_op(s->g, v), i) && s->varied[node_operand(s->g, v, i)];
}

static void extend_varied(Sweep *s)
{
    for (NodeId v = 1; v < s->end; v++)
        for (int i = 0; i < node_arity(s->g, v) && !s->varied[v]; i++)
            s->varied[v] = takes_part(s, v, i);
}

static void count_waiting(Sweep *s)
{
    for (NodeId v = 1; v < s->end; v++)
        for (int i = 0; s->live[v] && s->varied[v] && i < node_arity(s->g, v); i++)
            s->waiting[node_operand(s->g, v, i)] += takes_part(s, v, i);
}

static void visit(Sweep *s, NodeId v)
{
    if (s->named) /* else it all belongs to the definition that a diff stands in */
        graph_origin(s->g, node_origin(s->g, v), true);
    int arity = node_arity(s->g, v);
    for (int i = 0; i < arity && s->bar[v]; i++)
        if (takes_part(s, v, i))
            contribute_operand(s, v, i);
    for (int i = 0; i < arity; i++) {
        NodeId u = node_operand(s->g, v, i);
        if (takes_part(s, v, i) && --s->waiting[u] == 0)
            finish(s, u);
    }
}

Adjoints vjp(Rules *r, Graph *g, const NodeId *outputs, const NodeId *seeds, uint32_t count,
             uint8_t *varied, bool named)
{
    Ctx *ctx = graph_ctx(g);
    Sweep s = {.r = r, .g = g, .end = graph_count(g), .varied = varied, .named = named};
    s.live = graph_live(g, outputs, count);
    s.waiting = array_new(ctx, s.end, sizeof *s.waiting);
    s.bar = array_new(ctx, s.end, sizeof *s.bar);
    s.hard = array_new(ctx, s.end, sizeof *s.hard);
    s.soft = array_new(ctx, s.end, sizeof *s.soft);
    s.seed = array_new(ctx, s.end, 1);
    extend_varied(&s);
    count_waiting(&s);
    for (uint32_t i = 0; i < count; i++)
        if (seeds[i] && varied[outputs[i]]) {
            s.seed[outputs[i]] = node_op(g, seeds[i]) != OP_CONST;
            contribute(&s, outputs[i], outputs[i], seeds[i], build_true(g), build_true(g));
        }
    for (uint32_t i = 0; i < count; i++)
        if (s.bar[outputs[i]] && s.waiting[outputs[i]] == 0)
            finish(&s, outputs[i]);
    for (NodeId v = s.end - 1; v > 0; v--)
        if (s.live[v] && s.varied[v])
            visit(&s, v);
    if (named)
        graph_origin(g, 0, false);
    ctx_resize(ctx, s.live, 0);
    ctx_resize(ctx, s.waiting, 0);
    ctx_resize(ctx, s.hard, 0);
    ctx_resize(ctx, s.soft, 0);
    ctx_resize(ctx, s.seed, 0);
    Adjoints result = {s.bar, s.end};
    return result;
}
