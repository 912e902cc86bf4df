/* Forward mode: nodes and the tangents of some in, the tangents of all out. Operands precede
 * users, so it is one loop up.
 *
 * As the adjoints of vjp.c, note [guards], tangents know the condition outside of which they are
 * 0, and what is computed from them is computed under it: sqrt(relu(x)) has the derivative 0
 * for x < 0, not 0/0.
 *
 * The tangent of a recurrence is the recurrence of the tangents of those of its arrays that vary;
 * it reads the elements of the other from outside. */
#include "pass/pass.h"

typedef struct Sweep {
    Rules *r;
    Graph *g;
    NodeId *tangent;     /* a node each; 0 for none */
    NodeId *hard, *soft; /* a node each: note [guards]; 0 for always */
    NodeId *wide;        /* a condition each: note [tests]; 0 for itself */
    NodeId *whole;       /* a symbol each: the tangent of the argument as a whole */
    OwnerVec owners;
    uint8_t *varies;     /* a node each, where there are recurrences: can it have a tangent? */
    SymId *dot;          /* a node each: of an array of a recurrence the tangent's symbol */
    enum {
        GUARD_NONE,
        GUARD_SOFT,
        GUARD_HARD
    } *
        guards;          /* a node each: of a recurrence, its elements' */
    uint8_t *given;      /* a node each: is its tangent given, or none asked for? */
    TupleId *directions; /* a node each: of a recurrence those that its tangent is along */
    SweepKind kind;
} Sweep;

/* ---- guards */

/* Conditions of more operands than this are replaced by a test of the tangent itself. */
enum { MAX_OPERANDS = 8 };

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
        return build1(g, OP_NONZERO, s->tangent[v]);
    return guard;
}

/* An element of a recurrence: a test of the tangent where something within it has a guard. */
static void set_guards_of_element(Sweep *s, NodeId id, NodeId system)
{
    Graph *g = s->g;
    NodeId test = build1(g, OP_NONZERO, s->tangent[id]);
    if (s->guards[system] != GUARD_NONE)
        s->soft[id] = test;
    if (s->guards[system] == GUARD_HARD)
        s->hard[id] = test;
}

/* The read of an array: the guards of the part that is read as it is written, and that nothing else
 * is added to. Elsewhere a test of the tangent. */
static void set_guards_of_read(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    const Node n = *node_at(g, id), array = *node_at(g, n.a);
    bool guarded = false;
    if (array.op == OP_MEMBER) {
        set_guards_of_element(s, id, array.a);
        return;
    }
    for (uint32_t i = 0; array.op == OP_ARRAY && i < tuple_size(g, array.a); i++) {
        const NodeId part = tuple_item(g, array.a, i);
        const Node p = *node_at(g, part);
        guarded = guarded || s->hard[part] || s->soft[part];
        if (p.b == n.b && s->tangent[part] &&
            (array.c == ARRAY_SET ||
             (tuple_size(g, array.a) == 1 && places_apart(g, p.b, p.c)))) {
            s->hard[id] = guard_of(s, id, s->hard[part]);
            s->soft[id] = guard_of(s, id, s->soft[part]);
            return;
        }
    }
    if (guarded)
        s->hard[id] = s->soft[id] = build1(g, OP_NONZERO, s->tangent[id]);
}

/* note [tests]: a derivative that is 0 outside of a condition nobody can write there is guarded by
 * a test of itself, v_bar == 0 ? 0 : v_bar*p. That is v_bar*p at 0, too, so where v_bar happens to
 * be 0 alone, its tangent must not be that of a constant: it is 0 where v_bar and v_bar_dot are.
 * So the test is an operator of its own, NONZERO, until simplify makes a comparison of it. A
 * condition of the model, x == 0 ? a : b, is what it says: there the branch taken counts. In
 * reverse: note [supports]. */
static NodeId wide_condition(const Sweep *s, NodeId id)
{
    return s->wide[id] ? s->wide[id] : id;
}

static NodeId widen(const Sweep *s, NodeId id)
{
    Graph *g = s->g;
    const Node n = *node_at(g, id);
    switch (n.op) {
    case OP_NONZERO:
        return s->tangent[n.a] ? build_or(g, id, build1(g, OP_NONZERO, s->tangent[n.a])) : 0;
    case OP_AND: return build_and(g, wide_condition(s, n.a), wide_condition(s, n.b));
    case OP_OR: return build_or(g, wide_condition(s, n.a), wide_condition(s, n.b));
    case OP_NOT: return build_not(g, wide_condition(s, n.a));
    default: return 0;
    }
}

/* Does the operand carry a tangent to the node? */
static bool takes_part(const Sweep *s, NodeId id, int i)
{
    return rule_differentiable(node_op(s->g, id), i) && s->tangent[node_operand(s->g, id, i)];
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
        if (!takes_part(s, id, i))
            continue;
        const Partial p = rule_partial(s->r, id, i);
        if (rule_is_zero(s->r, &p))
            continue;
        NodeId support = rule_support(s->r, &p);
        if (common && common != support)
            return build_true(s->g);
        common = support;
    }
    return condition(s->g, common);
}

static NodeId partial_support(Sweep *s, NodeId id, int i)
{
    const Partial p = rule_partial(s->r, id, i);
    return rule_support(s->r, &p);
}

/* The tangent of a node is 0 where those of its operands are, or where its partials are. */
static void set_guards(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    Node n = *node_at(g, id);
    NodeId hard = 0, soft = 0;
    NodeId support = common_support(s, id);
    const NodeId asked = n.op == OP_SELECT ? wide_condition(s, n.a) : 0;
    for (int i = 0; i < node_arity(g, id); i++) {
        if (!takes_part(s, id, i))
            continue;
        NodeId u = node_operand(g, id, i);
        NodeId outer = condition(g, s->hard[u]), inner = condition(g, s->soft[u]);
        NodeId part = n.op == OP_SELECT ? (i == 1 ? asked : build_not(g, asked))
                      : n.op == OP_LINK ? partial_support(s, id, i) : support;
        if (n.op == OP_SELECT)
            outer = build_and(g, part, outer);
        if (n.op != OP_SELECT || (s->tangent[n.b] && s->tangent[n.c]))
            inner = build_and(g, part, inner);
        if (!hard) {
            hard = outer;
            soft = inner;
        } else if (n.op == OP_SELECT) { /* both have the condition in them */
            hard = build_or(g, hard, outer);
            soft = build_or(g, soft, inner);
        } else {
            guards_join(g, &hard, &soft, outer, inner);
        }
    }
    s->hard[id] = guard_of(s, id, hard);
    s->soft[id] = guard_of(s, id, soft);
}

/* ---- tangents */

/* A product's rule reads x_dot*y + x*y_dot: the factor stays where it was. */
static NodeId scale(Sweep *s, NodeId id, int i, const Partial *p, NodeId dot)
{
    const Node *n = node_at(s->g, id);
    if (n->op == OP_MUL && i == 1 && node_op(s->g, n->a) != OP_CONST &&
        node_op(s->g, dot) != OP_CONST)
        return build2(s->g, OP_MUL, n->a, dot);
    return rule_scale(s->r, dot, p);
}

/* The condition under which the tangent of operand u times this partial is computed. */
static NodeId term_guard(Sweep *s, NodeId id, NodeId u, const Partial *p)
{
    Graph *g = s->g;
    const NodeId hard = condition(g, s->hard[u]), soft = condition(g, s->soft[u]);
    const NodeId always = build_true(g);
    if ((hard == always && soft == always) || rule_is_constant(s->r, p))
        return always;
    return rule_is_steep(g, id) ? build_and(g, hard, soft) : hard;
}

static NodeId term(Sweep *s, NodeId id, int i)
{
    Graph *g = s->g;
    if (!takes_part(s, id, i))
        return 0;
    NodeId u = node_operand(g, id, i), dot = s->tangent[u];
    const Partial p = rule_partial(s->r, id, i);
    const NodeId guard = term_guard(s, id, u, &p);
    NodeId bare = guard_inside(g, guard, dot), hot, inside;
    if (one_hot_inside(g, bare, &hot,
                       &inside)) { /* the mask goes outwards, to where it is summed */
        NodeId scaled = scale(s, id, i, &p, inside);
        return scaled ? guard_apply(g, guard, build_select(g, hot, scaled, build_int(g, 0))) : 0;
    }
    NodeId value = scale(s, id, i, &p, bare);
    return !value ? 0 : value == bare ? dot : guard_apply(g, guard, value);
}

static NodeId tangent_of_select(Sweep *s, const Node *n)
{
    Graph *g = s->g;
    NodeId yes = s->tangent[n->b], no = s->tangent[n->c];
    if (!yes && !no)
        return 0;
    yes = yes ? yes : build_int(g, 0); /* one of them is 0 */
    return build_select(g, wide_condition(s, n->a), yes, no ? no : build_int(g, 0));
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
    SymId sym =
        s->kind == SWEEP_NAMED ? sym_derived(g, n->b, ROLE_DOT) : sym_beside(g, n->b, ROLE_DOT);
    return build_array(g, tuple, sym, (int)n->c);
}

static SymId dot_of(Sweep *s, NodeId array)
{
    SymId sym = array_sym(s->g, array);
    if (!s->dot[array])
        s->dot[array] = s->kind == SWEEP_NAMED ? sym_derived(s->g, sym, ROLE_DOT)
                                               : sym_beside(s->g, sym, ROLE_DOT);
    return s->dot[array];
}

static NodeId tangent_of_own(Sweep *s, NodeId id)
{
    const Owner o = owner_of(s->g, &s->owners, id);
    if (!o.array || !s->varies[o.array])
        return 0;
    return build_own(s->g, dot_of(s, o.array), node_tuple(s->g, id));
}

/* Of an array of a recurrence: its parts with these values, some of which may be none. */
static NodeId dot_array(Sweep *s, NodeId array, const NodeId *image)
{
    Graph *g = s->g;
    const Node n = *node_at(g, array);
    U32Vec parts = {0};
    for (uint32_t i = 0; i < tuple_size(g, n.a); i++) {
        const Node part = *node_at(g, tuple_item(g, n.a, i));
        NodeId dot = s->tangent[part.a];
        if (dot && image[dot])
            dot = image[dot];
        if (!dot && n.c == ARRAY_ADD && (parts.count || i + 1 < tuple_size(g, n.a)))
            continue;
        dot = build_part(g, dot ? dot : build_int(g, 0), part.b, part.c);
        *vec_push(graph_ctx(g), &parts) = dot;
    }
    NodeId result = build_array(g, tuple_of(g, parts.at, parts.count), dot_of(s, array), (int)n.c);
    vec_free(graph_ctx(g), &parts);
    return result;
}

static void visit(Sweep *s, NodeId id);

/* Notes the guards that parts have come to have; gives whether they are new. */
static bool look_for_guards(Sweep *s, NodeId system)
{
    const TupleId arrays = node_at(s->g, system)->a;
    int before = (int)s->guards[system];
    for (uint32_t k = 0; k < tuple_size(s->g, arrays); k++) {
        const TupleId parts = node_tuple(s->g, tuple_item(s->g, arrays, k));
        for (uint32_t i = 0; s->varies[tuple_item(s->g, arrays, k)] && i < tuple_size(s->g, parts);
             i++) {
            NodeId part = tuple_item(s->g, parts, i);
            if (s->hard[part])
                s->guards[system] = GUARD_HARD;
            else if (s->soft[part] && s->guards[system] == GUARD_NONE)
                s->guards[system] = GUARD_SOFT;
        }
    }
    return before != (int)s->guards[system];
}

/* At first as if no tangent of an element were 0 by a condition; if one turns out to be, again
 * with tests of all. */
static void set_guards_within(Sweep *s, NodeId system, const uint8_t *in)
{
    while (look_for_guards(s, system))
        for (NodeId id = 1; id < system; id++) {
            if (!in[id] || s->given[id])
                continue;
            visit(s, id);
        }
}

/* The tangents of the parts of arrays that vary. */
static void list_dots(const Sweep *s, TupleId arrays, U32Vec *roots)
{
    for (uint32_t k = 0; k < tuple_size(s->g, arrays); k++) {
        const TupleId parts = node_tuple(s->g, tuple_item(s->g, arrays, k));
        for (uint32_t i = 0; s->varies[tuple_item(s->g, arrays, k)] && i < tuple_size(s->g, parts);
             i++) {
            NodeId dot = s->tangent[node_at(s->g, tuple_item(s->g, parts, i))->a];
            if (dot)
                *vec_push(graph_ctx(s->g), roots) = dot;
        }
    }
}

static NodeId tangent_of_system(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    Ctx *ctx = graph_ctx(g);
    const TupleId arrays = node_at(g, id)->a;
    U32Vec roots = {0}, dots = {0};
    uint8_t *in = system_region(g, &s->owners, id);
    set_guards_within(s, id, in);
    list_dots(s, arrays, &roots);
    NodeId *image = system_outside(g, id, in, &roots, NULL, 0, s->kind > SWEEP_PLAIN);
    if (s->kind > SWEEP_PLAIN)
        graph_origin(g, node_origin(g, id), MADE_BY_SWEEP);
    for (uint32_t k = 0; k < tuple_size(g, arrays); k++)
        if (s->varies[tuple_item(g, arrays, k)]) {
            NodeId dot = dot_array(s, tuple_item(g, arrays, k), image);
            *vec_push(ctx, &dots) = dot;
        }
    NodeId result = dots.count ? build_system(g, tuple_of(g, dots.at, dots.count)) : 0;
    s->directions[id] = result ? system_directions(g, &s->owners, result, id) : 0;
    if (s->directions[id])
        result = system_closed(g, result, s->directions[id], s->kind > SWEEP_PLAIN);
    ctx_resize(ctx, in, 0);
    ctx_resize(ctx, image, 0);
    vec_free(ctx, &roots);
    vec_free(ctx, &dots);
    return result;
}

/* With the subscripts of the directions. */
static NodeId dot_member(const Sweep *s, NodeId id)
{
    const Node n = *node_at(s->g, id);
    const TupleId arrays = node_at(s->g, n.a)->a;
    uint32_t number = 0;
    for (uint32_t k = 0; k < n.b; k++)
        number += s->varies[tuple_item(s->g, arrays, k)];
    return build_member(s->g, s->tangent[n.a], number);
}

static NodeId tangent_of_member(const Sweep *s, NodeId id)
{
    if (!s->varies[member_array(s->g, id)])
        return 0;
    return member_along(s->g, dot_member(s, id), s->directions[node_at(s->g, id)->a]);
}

static NodeId tangent_of_read(const Sweep *s, const Node *n)
{
    Graph *g = s->g;
    if (!s->tangent[n->a])
        return 0;
    if (node_op(g, n->a) != OP_MEMBER)
        return build_read(g, s->tangent[n->a], n->b);
    const TupleId directions = s->directions[node_at(g, n->a)->a];
    return build_read(g, dot_member(s, n->a), tuple_join(g, n->b, directions));
}

static NodeId tangent_of_reduction(Sweep *s, NodeId id)
{
    Node n = *node_at(s->g, id);
    NodeId dot = n.op == OP_SUM ? s->tangent[n.a] : term(s, id, 0);
    return dot ? one_hot_sum(s->g, dot, n.b) : 0;
}

/* note [orders] of expand.c: with one division. By the partials, x_dot/y - f/y*y_dot, each order
 * has quotients of quotients that no other order has, twice as many as the last. */
static NodeId tangent_of_quotient(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    const Node n = *node_at(g, id);
    const NodeId dot = s->tangent[n.a];
    NodeId less = build2(g, OP_MUL, id, s->tangent[n.b]);
    less = dot ? build2(g, OP_SUB, dot, less) : build1(g, OP_NEG, less);
    return build2(g, OP_DIV, less, n.b);
}

static bool is_plain_quotient(const Sweep *s, NodeId id)
{
    const Node *n = node_at(s->g, id);
    return n->op == OP_DIV && s->kind == SWEEP_HIGHER && s->tangent[n->b] && !s->hard[n->a] &&
           !s->soft[n->a] && !s->hard[n->b] && !s->soft[n->b];
}

static NodeId tangent_of(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    Node n = *node_at(g, id);
    NodeId sum = 0;
    switch (n.op) {
    case OP_SELECT: return tangent_of_select(s, &n);
    case OP_ARRAY: return owner_of(g, &s->owners, id).array ? 0 : tangent_of_array(s, &n);
    case OP_OWN: return tangent_of_own(s, id);
    case OP_SYSTEM: return tangent_of_system(s, id);
    case OP_MEMBER: return tangent_of_member(s, id);
    case OP_PART: return s->tangent[n.a] ? build_part(g, s->tangent[n.a], n.b, n.c) : 0;
    case OP_READ: return tangent_of_read(s, &n);
    case OP_REF:
        return n.b && s->whole[n.a] ? build_read(g, s->whole[n.a], n.b) : 0;
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: return tangent_of_reduction(s, id);
    case OP_RHYPOT: return 0; /* a value alone: see lower_norm */
    case OP_FACTOR: return 0;
    case OP_SOLVE: case OP_TSOLVE: case OP_INVERSE: case OP_DET:
        return linear_tangent(g, id, s->tangent[linear_matrix(g, id)],
                              s->tangent[linear_right(g, id)]);
    default: break;
    }
    if (is_plain_quotient(s, id))
        return tangent_of_quotient(s, id);
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
    case OP_TEMP: case OP_LINK: case OP_ARRAY: case OP_PART: case OP_READ: case OP_OWN:
    case OP_SYSTEM: case OP_MEMBER: case OP_SOLVE: case OP_TSOLVE: case OP_INVERSE: return dot;
    default: break;
    }
    switch (node_op(g, dot)) {
    case OP_CONST: return dot;
    case OP_REF: case OP_NAME: case OP_TEMP: case OP_READ: case OP_OWN:
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
    s->whole = array_new(graph_ctx(s->g), sym_count(s->g), sizeof *s->whole);
    for (NodeId id = 1; id < end; id++) {
        const Node *n = node_at(s->g, id);
        if (n->op == OP_REF && !n->b)
            s->whole[n->a] = s->tangent[id];
    }
}

/* ---- what varies in recurrences: known before the tangents, for elements depend on others */

static bool carries(const Sweep *s, NodeId id, int i)
{
    Op op = node_op(s->g, id);
    if (!rule_differentiable(op, i) || !s->varies[node_operand(s->g, id, i)])
        return false;
    if (op_info(op)->flags & OPF_REDUCE)
        return true;
    const Partial p = rule_partial(s->r, id, i);
    return !rule_is_zero(s->r, &p);
}

static bool varies_by_now(const Sweep *s, NodeId id)
{
    Graph *g = s->g;
    const Node n = *node_at(g, id);
    bool any = s->tangent[id];
    switch (n.op) {
    case OP_OWN:
        return any ||
               (owner_of(g, &s->owners, id).array && s->varies[owner_of(g, &s->owners, id).array]);
    case OP_MEMBER: return any || s->varies[member_array(g, id)];
    case OP_READ: case OP_PART: return any || s->varies[n.a];
    case OP_FACTOR: case OP_INVERSE: case OP_DET: return any || s->varies[n.a];
    case OP_SOLVE: case OP_TSOLVE: return any || s->varies[n.a] || s->varies[n.b];
    case OP_REF: return any || (n.b && s->whole[n.a]);
    default: break;
    }
    for (uint32_t i = 0; n.op == OP_ARRAY && !any && i < tuple_size(g, n.a); i++)
        any = s->varies[tuple_item(g, n.a, i)];
    for (int i = 0; i < node_arity(g, id) && !any; i++)
        any = carries(s, id, i);
    return any;
}

/* An array whose elements have been given tangents is cut there: what it is made of is not
 * asked. */
static bool is_cut(const Sweep *s, const uint8_t *live, uint32_t end, NodeId array)
{
    for (NodeId id = 1; id < end; id++)
        if (live[id] && s->tangent[id] && node_op(s->g, id) == OP_OWN &&
            owner_of(s->g, &s->owners, id).array == array)
            return true;
    return false;
}

static void find_varying(Sweep *s, const uint8_t *live, uint32_t end)
{
    Graph *g = s->g;
    bool again = true;
    uint8_t *cut = array_new(graph_ctx(g), end, sizeof *cut);
    for (uint32_t i = 0; i < s->owners.count; i++)
        if (s->owners.at[i].array)
            cut[s->owners.at[i].array] = is_cut(s, live, end, s->owners.at[i].array);
    while (again) {
        again = false;
        for (NodeId id = 1; id < end; id++) {
            if (!live[id] || s->varies[id] || cut[id])
                continue;
            s->varies[id] = varies_by_now(s, id);
            again = again || (s->varies[id] && owner_of(g, &s->owners, id).array);
        }
    }
    ctx_resize(graph_ctx(g), cut, 0);
}

static void find_systems(Sweep *s, const uint8_t *live, uint32_t end)
{
    owners_find(s->g, live, end, &s->owners);
    if (!s->owners.count)
        return;
    s->varies = array_new(graph_ctx(s->g), end, sizeof *s->varies);
    s->dot = array_new(graph_ctx(s->g), end, sizeof *s->dot);
    s->guards = array_new(graph_ctx(s->g), end, sizeof *s->guards);
    s->directions = array_new(graph_ctx(s->g), end, sizeof *s->directions);
    s->given = array_new(graph_ctx(s->g), end, sizeof *s->given);
    for (NodeId id = 1; id < end; id++)
        s->given[id] = !live[id] || s->tangent[id];
    find_varying(s, live, end);
}

/* ---- the sweep */

static void visit(Sweep *s, NodeId id)
{
    Graph *g = s->g;
    if (s->kind > SWEEP_PLAIN) /* else it all belongs to the definition that a diff stands in */
        graph_origin(g, node_origin(g, id), MADE_BY_SWEEP);
    s->wide[id] = widen(s, id);
    NodeId dot = tangent_of(s, id);
    s->tangent[id] = dot && s->kind > SWEEP_PLAIN ? name_tangent(s, id, dot) : dot;
    if (dot && node_op(g, id) == OP_READ)
        set_guards_of_read(s, id);
    else if (dot && node_op(g, id) == OP_OWN)
        set_guards_of_element(s, id, owner_of(g, &s->owners, id).system);
    else if (dot && node_op(g, id) != OP_SYSTEM && node_op(g, id) != OP_MEMBER &&
             !linear_is(node_op(g, id)))
        set_guards(s, id);
}

void jvp(Rules *r, Graph *g, const NodeId *roots, uint32_t count, NodeId *tangent, SweepKind kind)
{
    Ctx *ctx = graph_ctx(g);
    uint8_t *live = graph_live(g, roots, count);
    uint32_t end = graph_count(g);
    Sweep s = {.r = r, .g = g, .tangent = tangent, .kind = kind};
    s.hard = array_new(ctx, end, sizeof *s.hard);
    s.soft = array_new(ctx, end, sizeof *s.soft);
    s.wide = array_new(ctx, end, sizeof *s.wide);
    find_whole(&s, end);
    find_systems(&s, live, end);
    for (NodeId id = 1; id < end; id++) {
        if (!live[id] || tangent[id])
            continue;
        visit(&s, id);
    }
    if (kind > SWEEP_PLAIN)
        graph_origin(g, 0, MADE_BY_MODEL);
    ctx_resize(ctx, s.whole, 0);
    vec_free(ctx, &s.owners);
    ctx_resize(ctx, s.varies, 0);
    ctx_resize(ctx, s.dot, 0);
    ctx_resize(ctx, s.guards, 0);
    ctx_resize(ctx, s.directions, 0);
    ctx_resize(ctx, s.given, 0);
    ctx_resize(ctx, s.hard, 0);
    ctx_resize(ctx, s.soft, 0);
    ctx_resize(ctx, s.wide, 0);
    ctx_resize(ctx, live, 0);
}
