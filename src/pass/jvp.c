/* Forward mode: nodes and the tangents of some in, the tangents of all out. Operands precede
 * users, so it is one loop up.
 *
 * As the adjoints of vjp.c, note [guards], tangents know the condition outside of which they are
 * 0, and what is computed from them is computed under it: sqrt(relu(x)) has the derivative 0
 * for x < 0, not 0/0. */
#include "pass/pass.h"

typedef struct Sweep {
    Rules *r;
    Graph *g;
    NodeId *tangent;     /* a node each; 0 for none */
    NodeId *hard, *soft; /* a node each: note [guards]; 0 for always */
    U32Vec whole;        /* a symbol each: the tangent of the argument as a whole */
    SweepKind kind;
} Sweep;

/* ---- guards */

/* Conditions of more operands than this are replaced by a test of the tangent itself. */
enum { MAX_OPERANDS = 8 };

static NodeId either(Graph *g, NodeId a, NodeId b)
{
    return a && b ? build_or(g, a, b) : a ? a : b;
}

static NodeId condition(Graph *g, NodeId guard)
{
    return guard ? guard : build_true(g);
}

/* A guard that v can bear: short, and without an index that v has summed over. */
static NodeId guard_of(Sweep *s, NodeId v, NodeId guard)
{
    Graph *g = s->g;
    if (!guard || node_number(g, guard))
        return 0;
    SetId known = node_op(g, v) == OP_PART ? set_union(g, node_at(g, v)->free, node_at(g, v)->c)
                                           : node_at(g, v)->free;
    known = set_union(g, known, node_at(g, s->tangent[v])->free);
    if (set_size(g, set_minus(g, node_at(g, guard)->free, known)) ||
        logic_operands(g, guard, MAX_OPERANDS) > MAX_OPERANDS)
        return build2(g, OP_NE, s->tangent[v], build_int(g, 0));
    return guard;
}

/* The read of an array: the guards of the part that is read as it is written. Elsewhere a test
 * of the tangent. */
static void set_guards_of_read(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    const Node n = *node_at(g, id), array = *node_at(g, n.a);
    bool guarded = false;
    for (uint32_t i = 0; array.op == OP_ARRAY && i < tuple_size(g, array.a); i++) {
        NodeId part = tuple_item(g, array.a, i);
        guarded = guarded || s->hard[part] || s->soft[part];
        if (node_at(g, part)->b == n.b && s->tangent[part] &&
            (array.c == ARRAY_SET || tuple_size(g, array.a) == 1)) {
            s->hard[id] = guard_of(s, id, s->hard[part]);
            s->soft[id] = guard_of(s, id, s->soft[part]);
            return;
        }
    }
    if (guarded)
        s->hard[id] = s->soft[id] = build2(g, OP_NE, s->tangent[id], build_int(g, 0));
}

/* Does the operand carry a tangent to the node? */
static bool takes_part(const Sweep *s, NodeId id, int i)
{
    return i < node_arity(s->g, id) && rule_differentiable(node_op(s->g, id), i) &&
           s->tangent[node_operand(s->g, id, i)];
}

/* The condition outside of which all partials of the node are 0: that of all of them if they have
 * the same one; else, as in max(x, y) and in reductions, one is not 0. Links have theirs one by
 * one. */
static NodeId common_support(Sweep *s, NodeId id)
{
    NodeId common = 0;
    if (node_op(s->g, id) == OP_SELECT || node_op(s->g, id) == OP_LINK ||
        reduce_has_partial(node_op(s->g, id)))
        return build_true(s->g);
    for (int i = 0; i < node_arity(s->g, id); i++) {
        if (!takes_part(s, id, i) || rule_is_zero(s->r, id, i))
            continue;
        NodeId support = rule_support(s->r, id, i);
        if (common && common != support)
            return build_true(s->g);
        common = support;
    }
    return condition(s->g, common);
}

/* The tangent of a node is 0 where those of its operands are, or where its partials are. */
static void set_guards(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    Node n = *node_at(g, id);
    NodeId hard = 0, soft = 0;
    NodeId support = common_support(s, id);
    for (int i = 0; i < node_arity(g, id); i++) {
        if (!takes_part(s, id, i))
            continue;
        NodeId u = node_operand(g, id, i);
        NodeId outer = condition(g, s->hard[u]), inner = condition(g, s->soft[u]);
        NodeId part = n.op == OP_SELECT ? (i == 1 ? n.a : build_not(g, n.a))
                      : n.op == OP_LINK ? rule_support(s->r, id, i) : support;
        if (n.op == OP_SELECT)
            outer = build_and(g, part, outer);
        if (n.op != OP_SELECT || (s->tangent[n.b] && s->tangent[n.c]))
            inner = build_and(g, part, inner);
        hard = either(g, hard, outer);
        soft = either(g, soft, inner);
    }
    s->hard[id] = guard_of(s, id, hard);
    s->soft[id] = guard_of(s, id, soft);
}

/* ---- tangents */

/* A product's rule reads x_dot*y + x*y_dot: the factor stays where it was. */
static NodeId scale(Sweep *s, NodeId id, int i, NodeId dot)
{
    const Node *n = node_at(s->g, id);
    if (n->op == OP_MUL && i == 1 && node_op(s->g, n->a) != OP_CONST &&
        node_op(s->g, dot) != OP_CONST)
        return build2(s->g, OP_MUL, n->a, dot);
    return rule_scale(s->r, dot, id, i);
}

static NodeId term(Sweep *s, NodeId id, int i)
{
    Graph *g = s->g;
    if (!takes_part(s, id, i))
        return 0;
    NodeId u = node_operand(g, id, i), dot = s->tangent[u], guard = build_true(g);
    if (!rule_is_constant(s->r, id, i))
        guard = condition(g, s->hard[u]);
    if (!rule_is_constant(s->r, id, i) && !(op_info(node_op(g, id))->flags & OPF_CHEAP))
        guard = build_and(g, guard, condition(g, s->soft[u]));
    NodeId bare = guard_inside(g, guard, dot), hot, inside;
    if (one_hot_inside(g, bare, &hot, &inside)) { /* the mask goes outwards, to where it is summed */
        NodeId scaled = scale(s, id, i, inside);
        return scaled ? guard_apply(g, guard, build_select(g, hot, scaled, build_int(g, 0))) : 0;
    }
    NodeId value = scale(s, id, i, bare);
    return !value ? 0 : value == bare ? dot : guard_apply(g, guard, value);
}

static NodeId tangent_of_select(Sweep *s, const Node *n)
{
    Graph *g = s->g;
    NodeId yes = s->tangent[n->b], no = s->tangent[n->c];
    if (!yes && !no)
        return 0;
    return build_select(g, n->a, yes ? yes : build_int(g, 0), no ? no : build_int(g, 0));
}

/* Of an array of which some part has a tangent: elsewhere it is 0. */
static NodeId tangent_of_array(Sweep *s, const Node *n)
{
    Graph *g = s->g;
    U32Vec parts = {0};
    bool any = false;
    for (uint32_t i = 0; i < tuple_size(g, n->a); i++) {
        NodeId part = tuple_item(g, n->a, i), dot = s->tangent[part];
        any = any || dot;
        if (!dot && n->c == ARRAY_ADD)
            continue;
        if (!dot)
            dot = build_part(g, build_int(g, 0), node_at(g, part)->b, node_at(g, part)->c);
        *vec_push(graph_ctx(g), &parts) = dot;
    }
    TupleId tuple = tuple_of(g, parts.at, parts.count);
    vec_free(graph_ctx(g), &parts);
    if (!any)
        return 0;
    SymId sym = s->kind == SWEEP_NAMED ? sym_derived(g, n->b, ROLE_DOT) : sym_beside(g, n->b, ROLE_DOT);
    return build_array(g, tuple, sym, (int)n->c);
}

static NodeId tangent_of_reduction(Sweep *s, NodeId id)
{
    Node n = *node_at(s->g, id);
    NodeId dot = n.op == OP_SUM ? s->tangent[n.a] : term(s, id, 0);
    return dot ? one_hot_sum(s->g, dot, n.b) : 0;
}

static NodeId tangent_of(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    Node n = *node_at(g, id);
    NodeId sum = 0;
    switch (n.op) {
    case OP_SELECT: return tangent_of_select(s, &n);
    case OP_ARRAY: return tangent_of_array(s, &n);
    case OP_PART: return s->tangent[n.a] ? build_part(g, s->tangent[n.a], n.b, n.c) : 0;
    case OP_READ: return s->tangent[n.a] ? build_read(g, s->tangent[n.a], n.b) : 0;
    case OP_REF:
        return n.b && n.a < s->whole.count && s->whole.at[n.a]
                   ? build_read(g, s->whole.at[n.a], n.b) : 0;
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: return tangent_of_reduction(s, id);
    default: break;
    }
    for (int i = 0; i < node_arity(g, id); i++) {
        NodeId next = term(s, id, i);
        sum = !sum ? next : !next ? sum : build2(g, OP_ADD, sum, next);
    }
    return sum;
}

/* Names stay names; what is neither a name nor a copy may become a statement. */
static NodeId name_tangent(Sweep *s, NodeId id, NodeId dot)
{
    Graph *g = s->g;
    const Node *n = node_at(g, id);
    switch (n->op) {
    case OP_TEMP: case OP_LINK: case OP_ARRAY: case OP_PART: case OP_READ: return dot;
    default: break;
    }
    switch (node_op(g, dot)) {
    case OP_CONST: return dot;
    case OP_REF: case OP_NAME: case OP_TEMP: case OP_READ:
        if (n->op != OP_NAME || s->kind != SWEEP_NAMED)
            return dot;
        break;
    default: break;
    }
    if (n->op == OP_NAME && s->kind == SWEEP_NAMED)
        return build_name(g, sym_derived(g, n->b, ROLE_DOT), dot, n->c);
    return build_temp(g, dot, id, ROLE_DOT);
}

/* The tangents that arguments were given as a whole. */
static void find_whole(Sweep *s, uint32_t end)
{
    Graph *g = s->g;
    for (NodeId id = 1; id < end; id++) {
        const Node *n = node_at(g, id);
        if (n->op != OP_REF || n->b || !s->tangent[id])
            continue;
        while (s->whole.count <= n->a)
            *vec_push(graph_ctx(g), &s->whole) = 0;
        s->whole.at[n->a] = s->tangent[id];
    }
}

void jvp(Rules *r, Graph *g, const NodeId *roots, uint32_t count, NodeId *tangent, SweepKind kind)
{
    Ctx *ctx = graph_ctx(g);
    uint8_t *live = graph_live(g, roots, count);
    uint32_t end = graph_count(g);
    Sweep s = {.r = r, .g = g, .tangent = tangent, .kind = kind};
    s.hard = array_new(ctx, end, sizeof *s.hard);
    s.soft = array_new(ctx, end, sizeof *s.soft);
    find_whole(&s, end);
    for (NodeId id = 1; id < end; id++) {
        if (!live[id] || tangent[id])
            continue;
        if (kind != SWEEP_PLAIN) /* else it all belongs to the definition that a diff stands in */
            graph_origin(g, node_origin(g, id), true);
        NodeId dot = tangent_of(&s, id);
        tangent[id] = dot && kind != SWEEP_PLAIN ? name_tangent(&s, id, dot) : dot;
        if (dot && node_op(g, id) == OP_READ)
            set_guards_of_read(&s, id);
        else if (dot)
            set_guards(&s, id);
    }
    if (kind != SWEEP_PLAIN)
        graph_origin(g, 0, false);
    vec_free(ctx, &s.whole);
    ctx_resize(ctx, s.hard, 0);
    ctx_resize(ctx, s.soft, 0);
    ctx_resize(ctx, live, 0);
}
