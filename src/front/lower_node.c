/* Tree nodes in whose operands have their nodes, graph nodes out: the element of each that is
 * wanted (see place), as a scalar. */
#include <string.h>

#include "front/front.h"

static const AstNode *node(const Lowering *l, AstId id) { return &l->ast->nodes.at[id]; }
static NodeId value_of(const Lowering *l, AstId id) { return l->values.at[id - l->first]; }
static AstId argument(const Lowering *l, const AstNode *n, uint32_t k)
{
    return l->ast->list.at[n->a + k];
}
static NodeId real_of(Lowering *l, AstId id) { return build_real(l->g, value_of(l, id)); }

/* ---- numbers, names */

static NodeId lower_literal(Lowering *l, Name name)
{
    return build_literal(l->g, name_text(l->ctx, name));
}

/* The texts of our own are many and have few numbers: no table of all names for each. */
static NodeId lower_number(Lowering *l, Name name)
{
    if (!l->model)
        return lower_literal(l, name);
    while (l->literals.count <= name)
        *vec_push(l->ctx, &l->literals) = 0;
    if (!l->literals.at[name])
        l->literals.at[name] = lower_literal(l, name);
    return l->literals.at[name];
}

/* A name of a text of our own. */
static NodeId lower_own_name(Lowering *l, const AstNode *n)
{
    const char *text = name_text(l->ctx, n->name);
    for (uint32_t i = 0; i < l->name_count; i++)
        if (!strcmp(l->names[i], text))
            return l->frame[i];
    if (!strcmp(text, "pi"))
        return build_pi(l->g);
    ctx_fatal(l->ctx, STATUS_SYSTEM, "internal error: the table names '%s'", text);
}

/* The element of an array at subscripts; the scalar itself. */
NodeId lower_at(Lowering *l, NodeId value, TupleId at)
{
    return at ? build_read(l->g, value, at) : value;
}

static bool is_integer_entity(const Entity *e)
{
    return e->kind == ENTITY_DIM || e->kind == ENTITY_INDEX;
}

NodeId lower_element_of(Lowering *l, const Entity *e, TupleId at)
{
    if (at && l->system && e->system == l->system)
        return build_own(l->g, e->sym, at);
    return lower_at(l, e->node, at);
}

/* An index array as one of real numbers. */
static NodeId array_of_reals(Lowering *l, NodeId array)
{
    TupleId at = place_axes(l, 0, 0, node_shape(l->g, array));
    NodeId value = build_real_of(l->g, build_read(l->g, array, at));
    NodeId part = build_part(l->g, value, at, place_within(l, 0, at));
    return lower_anonymous(l, tuple_of(l->g, &part, 1), node_shape(l->g, array), ARRAY_SET);
}

static NodeId lower_entity_name(Lowering *l, const AstNode *n, const Want *p)
{
    const Entity *e = &l->model->unit->entities.at[n->target];
    if (p->form == FORM_WHOLE)
        return e->kind == ENTITY_INDEX ? array_of_reals(l, e->node) : e->node;
    NodeId value = lower_element_of(l, e, p->at);
    return is_integer_entity(e) ? build_real_of(l->g, value) : value;
}

static NodeId lower_name(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    const Want *p = want_of(l, id);
    switch ((Resolution)n->resolution) {
    case RES_ENTITY: return lower_entity_name(l, n, p);
    case RES_LOCAL:
        return p->form == FORM_WHOLE ? l->frame[n->target]
                                     : lower_at(l, l->frame[n->target], p->at);
    case RES_INDEX: case RES_SIZE: return build_real_of(l->g, l->model->unit->types.at[id].integer);
    case RES_PI: return build_pi(l->g);
    case RES_INF: return build_inf(l->g);
    case RES_NONE: return lower_own_name(l, n);
    case RES_OP: case RES_FUNCTION: case RES_DIFF: case RES_REDUCTION: case RES_ARRAY: break;
    }
    return 0;
}

/* ---- operators */

static bool is_logic(Op op) { return op == OP_AND || op == OP_OR; }

/* An integer that was made real, and is to be compared. */
static NodeId as_integer(Lowering *l, NodeId id, int depth)
{
    const Node n = *node_at(l->g, id);
    long value;
    if (n.op == OP_REAL)
        return n.a;
    if (n.op == OP_NAME && node_op(l->g, n.a) == OP_CONST) /* of a const, or defined as one */
        return as_integer(l, n.a, depth);
    if (n.op == OP_CONST)
        return node_integer(l->g, id, &value) ? id : 0;
    if ((n.op != OP_ADD && n.op != OP_SUB && n.op != OP_MUL) || depth > 4)
        return 0;
    NodeId a = as_integer(l, n.a, depth + 1), b = a ? as_integer(l, n.b, depth + 1) : 0;
    NodeId made = b ? build2(l->g, (Op)n.op, a, b) : 0;
    const Number *number = made ? node_number(l->g, made) : NULL;
    return number && number_sign(number) == 0 ? build_int(l->g, 0) : made; /* there is no -0 */
}

/* The remainder of an integer that is not negative by one above 0, as an integer; else 0. */
static NodeId integer_remainder(Lowering *l, NodeId a, NodeId b)
{
    NodeId x = as_integer(l, a, 0), y = x ? as_integer(l, b, 0) : 0;
    NodeId below = y ? build2(l->g, OP_SUB, y, build_int(l->g, 1)) : 0;
    return y && extent_promised(l->g, x) && extent_promised(l->g, below)
               ? build_real_of(l->g, build2(l->g, OP_IMOD, x, y))
               : 0;
}

static NodeId lower_binary(Lowering *l, Op op, NodeId a, NodeId b)
{
    NodeId whole = op == OP_MOD ? integer_remainder(l, a, b) : 0;
    if (whole)
        return whole;
    if (op_is_comparison(op) && (node_op(l->g, a) != OP_CONST || node_op(l->g, b) != OP_CONST)) {
        NodeId x = as_integer(l, a, 0), y = x ? as_integer(l, b, 0) : 0;
        if (x && y)
            return build2(l->g, op, x, y);
    }
    if (is_logic(op))
        a = build_truth(l->g, a), b = build_truth(l->g, b);
    else
        a = build_real(l->g, a), b = build_real(l->g, b);
    return build2(l->g, op, a, b);
}

static NodeId lower_unary(Lowering *l, Op op, NodeId a)
{
    return op == OP_NOT ? build_not(l->g, build_truth(l->g, a))
                        : build1(l->g, op, build_real(l->g, a));
}

static NodeId lower_cond(Lowering *l, NodeId c, NodeId a, NodeId b)
{
    c = build_truth(l->g, c), a = build_real(l->g, a), b = build_real(l->g, b);
    return build_select(l->g, c, a, b);
}

/* Who is tied in an extreme of three or more. */
typedef struct Ties {
    NodeId share;   /* of each argument, if all that are tied are active */
    NodeId fixed;   /* is an inactive argument tied? Then 0 is among the subgradients */
    NodeId several; /* are there two? */
} Ties;

static Ties ties_of(Graph *g, const NodeId *args, uint32_t count, NodeId extreme)
{
    NodeId actives = 0, all = 0, fixed = build_false(g);
    for (uint32_t i = 0; i < count; i++) {
        NodeId tied = build2(g, OP_EQ, args[i], extreme);
        NodeId active = build1(g, OP_ACTIVE, args[i]);
        fixed = build_or(g, fixed, build_and(g, tied, build_not(g, active)));
        NodeId one = build_real(g, build_and(g, tied, active)), any = build_real(g, tied);
        actives = actives ? build2(g, OP_ADD, actives, one) : one;
        all = all ? build2(g, OP_ADD, all, any) : any;
    }
    return (Ties){build2(g, OP_DIV, build_int(g, 1), actives), fixed,
                  build2(g, OP_GT, all, build_int(g, 1))};
}

/* The partial in one argument; in an inactive one, by which a diff may be, 1 if no other is
 * tied. */
static NodeId tie_partial(Graph *g, Op op, const Ties *t, NodeId arg, NodeId extreme)
{
    NodeId active = build1(g, OP_ACTIVE, arg);
    NodeId less = build2(g, op == OP_MAX ? OP_LT : OP_GT, arg, extreme);
    NodeId tied = build2(g, OP_EQ, arg, extreme);
    NodeId fixed = build_and(g, active, t->fixed);
    NodeId none = build_or(g, fixed, build_and(g, build_not(g, active), t->several));
    NodeId share = build_select(g, active, t->share, build_int(g, 1));
    NodeId lost = build_or(g, less, none), zero = build_int(g, 0);
    return build_select(g, lost, zero, build_select(g, tied, share, extreme));
}

/* min and max of three or more arguments are one operation: its value is that of a chain, its
 * derivative is shared by all that are tied. */
static NodeId lower_extreme(Lowering *l, Op op, const NodeId *args, uint32_t count)
{
    Graph *g = l->g;
    NodeId value = args[0];
    for (uint32_t i = 1; i < count; i++)
        value = build2(g, op, value, args[i]);
    if (count == 2 || !(node_at(g, value)->flags & (NODE_ACTIVE | NODE_OPEN)))
        return value;
    NodeId constant = build1(g, OP_STOP, value), result = constant;
    graph_origin(g, l->origin, MADE_BY_SWEEP);
    Ties ties = ties_of(g, args, count, constant);
    for (uint32_t i = 0; i < count; i++) {
        NodeId partial = tie_partial(g, op, &ties, args[i], constant);
        result = graph_put(g, OP_LINK, result, args[i], partial);
    }
    graph_origin(g, l->origin, MADE_BY_MODEL);
    return result;
}

static NodeId lower_operator(Lowering *l, Op op, NodeId *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        args[i] = build_real(l->g, args[i]);
    if (op == OP_MIN || op == OP_MAX)
        return lower_extreme(l, op, args, count);
    if (op == OP_LEAKY_RELU && count == 1)
        return build2(l->g, op, args[0], build_ratio(l->g, 1, 100));
    if (op == OP_ELU && count == 1)
        return build2(l->g, op, args[0], build_int(l->g, 1));
    return build(l->g, op, args[0], count > 1 ? args[1] : 0, count > 2 ? args[2] : 0);
}

/* ---- arrays */

NodeId lower_anonymous(Lowering *l, TupleId parts, TupleId shape, int kind)
{
    NodeId known = scope_get(&l->anonymous, parts);
    if (known && node_shape(l->g, known) == shape && node_at(l->g, known)->c == (uint32_t)kind)
        return known;
    NodeId array = build_array(l->g, parts, sym_new(l->g, 0, SYM_DEF, shape), kind);
    scope_set(l->ctx, &l->anonymous, parts, array);
    return array;
}

NodeId lower_copy(Lowering *l, NodeId array, SymId sym)
{
    Graph *g = l->g;
    TupleId shape = node_shape(g, array);
    NodeId axes[64];
    TupleId letters = place_axes(l, 0, node_at(g, array)->free, shape);
    SetId bound = place_within(l, 0, letters);
    for (uint32_t i = 0; i < tuple_size(g, letters); i++)
        axes[i] = tuple_item(g, letters, i);
    TupleId at = tuple_of(g, axes, tuple_size(g, letters));
    NodeId part = build_part(g, build_read(g, array, at), at, bound);
    sym_at(g, sym)->shape = shape;
    return build_array(g, tuple_of(g, &part, 1), sym, ARRAY_SET);
}

TupleId lower_matrix_parts(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    uint32_t columns = node(l, argument(l, n, 0))->b, count = 0;
    NodeId *parts = array_new(l->ctx, (size_t)n->b * columns, sizeof *parts);
    for (uint32_t r = 0; r < n->b; r++)
        for (uint32_t k = 0; k < columns; k++) {
            NodeId at[2];
            at[0] = build_int(l->g, (long)r);
            at[1] = build_int(l->g, (long)k);
            TupleId subscripts = n->b == 1 ? tuple_of(l->g, at + 1, 1) : tuple_of(l->g, at, 2);
            parts[count++] = build_part(
                l->g, real_of(l, argument(l, node(l, argument(l, n, r)), k)), subscripts, 0);
        }
    TupleId tuple = tuple_of(l->g, parts, count);
    ctx_resize(l->ctx, parts, 0);
    return tuple;
}

static NodeId lower_matrix(Lowering *l, AstId id)
{
    /* NOLINTNEXTLINE(*-core.NullDereference): note [own text] */
    const TupleId shape = unit_shape(l->model->unit, id);
    NodeId array = lower_anonymous(l, lower_matrix_parts(l, id), shape, ARRAY_SET);
    return want_of(l, id)->form == FORM_WHOLE ? array : lower_at(l, array, want_of(l, id)->at);
}

TupleId lower_subscripts(Lowering *l, AstId id, TupleId at)
{
    const AstNode *n = node(l, id);
    const Type *types = l->model->unit->types.at;
    NodeId items[64];
    uint32_t next = 0;
    for (uint32_t k = 0; k < n->b; k++) {
        AstId item = argument(l, n, k);
        AstKind kind = (AstKind)node(l, item)->kind;
        if (kind == AST_WHOLE)
            items[k] = tuple_item(l->g, at, next++);
        else if (kind == AST_RANGE)
            items[k] =
                build2(l->g, OP_ADD, tuple_item(l->g, at, next++), types[node(l, item)->a].integer);
        else
            items[k] = types[item].integer;
    }
    return tuple_of(l->g, items, n->b);
}

static NodeId read_subscript(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    if (!n->name)
        return value_of(l, n->c);
    TupleId at = lower_subscripts(l, id, want_of(l, id)->at);
    if (n->resolution == RES_LOCAL)
        return build_read(l->g, l->frame[n->target], at);
    const Entity *e = &l->model->unit->entities.at[n->target];
    NodeId value = lower_element_of(l, e, at);
    return is_integer_entity(e) ? build_real_of(l->g, value) : value;
}

static NodeId lower_subscript(Lowering *l, AstId id)
{
    const NodeId value = read_subscript(l, id), apart = l->model->unit->types.at[id].apart;
    return apart ? build_select(l->g, apart, value, build_int(l->g, 0)) : value;
}

/* An operand of a product at its subscripts. */
static NodeId factor(Lowering *l, AstId id, AstId operand, bool right)
{
    NodeId value = real_of(l, operand);
    return want_of(l, operand)->form ? build_read(l->g, value, place_factor(l, id, right)) : value;
}

static IndexId axis(Lowering *l, TupleId axes, uint32_t k)
{
    return node_at(l->g, tuple_item(l->g, axes, k))->a;
}

static NodeId lower_matmul(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    NodeId left = factor(l, id, n->a, false), right = factor(l, id, n->b, true);
    return build_reduce(l->g, OP_SUM, build2(l->g, OP_MUL, left, right),
                        axis(l, want_of(l, id)->axes, 0));
}

/* ---- reductions */

/* The same, where the condition of a sum names its elements, or tells where there are none but
 * neutral ones, of these alone. */
static NodeId reduce_some(Lowering *l, Op op, NodeId body, TupleId axes)
{
    SetId over = tuple_free(l->g, axes);
    if (op == OP_SUM)
        body = lower_named(l->g, body, &over);
    const NodeId element = op == OP_SUM && over ? lower_scatter(l, body, over) : 0;
    if (element)
        return element;
    for (uint32_t k = tuple_size(l->g, axes); k > 0; k--)
        if (set_has(l->g, over, axis(l, axes, k - 1)))
            body = lower_reduce(l->g, op, body, axis(l, axes, k - 1));
    return body;
}

/* Over the indices, the first one outermost. */
static NodeId reduce(Lowering *l, Op op, NodeId body, TupleId axes)
{
    for (uint32_t k = tuple_size(l->g, axes); k > 0; k--)
        body = build_reduce(l->g, op, body, axis(l, axes, k - 1));
    return body;
}

/* What is taken from exponents, so that the largest is 0; not if that is infinite. */
static NodeId shift_of(Lowering *l, NodeId body, TupleId axes)
{
    Graph *g = l->g;
    NodeId most = reduce(l, OP_RMAX, body, axes);
    NodeId size = build1(g, OP_ABS, most);
    NodeId finite = build2(g, OP_LT, size, build_inf(g));
    return build1(g, OP_STOP, build_select(g, finite, most, build_int(g, 0)));
}

/* note [norms]: the squares of numbers from 1e154 on, and of those below 1e-162, are no numbers of
 * the type where the norm is one. So a norm's value is that of a chain of hypot, as long as the
 * vector: some times what a sum of squares costs, which is still to be had as sqrt(sum(x^2)). Its
 * derivative in an element is the element over the norm, which is never above 1, and 0 where the
 * norm is 0. The norm in that quotient has the derivative 1/norm by half the sum of squares, which
 * nobody needs: a 0, each element of which has itself for its derivative. */
static NodeId linked_sum(Lowering *l, NodeId body, NodeId partial, TupleId axes)
{
    return reduce(l, OP_SUM, graph_put(l->g, OP_LINK, build_int(l->g, 0), body, partial), axes);
}

/* An element, or 1, over the norm of this value, of which these are the halves. */
static NodeId over_norm(Lowering *l, NodeId element, NodeId value, NodeId halves)
{
    Graph *g = l->g;
    const bool first = !l->norm_rule;
    const NodeId args[3] = {element, value, halves};
    if (first)
        l->norm_rule = 1 + graph_rule_new(g);
    const NodeId quotient = graph_put(g, OP_RULE, l->norm_rule - 1, tuple_of(g, args, 3), 0);
    if (!first)
        return quotient;
    SymId *params = ctx_alloc(l->ctx, 3 * sizeof *params);
    NodeId refs[3];
    for (int i = 0; i < 3; i++) {
        params[i] = sym_new(g, 0, SYM_ARG, 0);
        refs[i] = build_ref(g, params[i], 0);
    }
    const NodeId slope = over_norm(l, build_int(g, 1), refs[1], refs[2]);
    const NodeId held = graph_put(g, OP_STOP, refs[1], 1, 0);
    const NodeId norm = graph_put(g, OP_LINK, held, refs[2], slope);
    graph_rule_set(g, l->norm_rule - 1, build2(g, OP_DIV, refs[0], norm), params, 3);
    return quotient;
}

static NodeId lower_norm(Lowering *l, NodeId body, TupleId axes)
{
    Graph *g = l->g;
    const NodeId value = reduce(l, OP_RHYPOT, body, axes), zero = build_int(g, 0);
    const NodeId held = graph_put(g, OP_STOP, value, 1, 0);
    const NodeId partial = over_norm(l, body, value, linked_sum(l, body, body, axes));
    const NodeId some = build_select(g, build2(g, OP_EQ, held, zero), zero, build_int(g, 1));
    return graph_put(g, OP_LINK, held, linked_sum(l, body, partial, axes), some);
}

static NodeId lower_reduction(Lowering *l, Reduction reduction, NodeId body, TupleId axes)
{
    Graph *g = l->g;
    NodeId sum, count;
    switch (reduction) {
    case REDUCTION_SUM: return reduce_some(l, OP_SUM, body, axes);
    case REDUCTION_PROD: return reduce_some(l, OP_PROD, body, axes);
    case REDUCTION_MAX: return reduce_some(l, OP_RMAX, body, axes);
    case REDUCTION_MIN: return reduce_some(l, OP_RMIN, body, axes);
    case REDUCTION_NORM: return lower_norm(l, body, axes);
    case REDUCTION_MEAN:
        count = reduce(l, OP_SUM, build_int(g, 1), axes);
        return build2(g, OP_DIV, reduce(l, OP_SUM, body, axes), count);
    case REDUCTION_LOGSUMEXP: {
        NodeId shift = shift_of(l, body, axes);
        sum = reduce(l, OP_SUM, build1(g, OP_EXP, build2(g, OP_SUB, body, shift)), axes);
        return build2(g, OP_ADD, shift, build1(g, OP_LOG_SUM, sum));
    }
    case REDUCTION_COUNT: break;
    }
    return 0;
}

static NodeId lower_softmax(Lowering *l, AstId id, bool logarithm)
{
    Graph *g = l->g;
    const AstNode *n = node(l, id);
    const Want p = *want_of(l, id);
    NodeId array = value_of(l, argument(l, n, 0)), items[64];
    uint32_t last = tuple_size(g, p.at) - 1;
    for (uint32_t i = 0; i < last; i++)
        items[i] = tuple_item(g, p.at, i);
    items[last] = tuple_item(g, p.axes, 0);
    NodeId other = build_read(g, array, tuple_of(g, items, last + 1)),
           own = build_read(g, array, p.at);
    NodeId shift = shift_of(l, other, p.axes);
    NodeId sum = reduce(l, OP_SUM, build1(g, OP_EXP, build2(g, OP_SUB, other, shift)), p.axes);
    NodeId exponent = build2(g, OP_SUB, own, shift);
    return logarithm ? build2(g, OP_SUB, exponent, build1(g, OP_LOG_SUM, sum))
                     : build2(g, OP_DIV, build1(g, OP_EXP, exponent), sum);
}

/* The element of an array of three parts, so that each is computed once. */
static NodeId lower_cross(Lowering *l, AstId id)
{
    Graph *g = l->g;
    const AstNode *n = node(l, id);
    NodeId a[3], b[3], parts[3];
    for (uint32_t i = 0; i < 3; i++) {
        NodeId at = build_int(g, (long)i);
        a[i] = build_read(g, value_of(l, argument(l, n, 0)), tuple_of(g, &at, 1));
        b[i] = build_read(g, value_of(l, argument(l, n, 1)), tuple_of(g, &at, 1));
    }
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t j = (i + 1) % 3, k = (i + 2) % 3;
        NodeId at = build_int(g, (long)i);
        NodeId plus = build2(g, OP_MUL, a[j], b[k]), minus = build2(g, OP_MUL, a[k], b[j]);
        NodeId value = build2(g, OP_SUB, plus, minus);
        parts[i] = build_part(g, value, tuple_of(g, &at, 1), 0);
    }
    /* NOLINTNEXTLINE(*-core.NullDereference): note [own text] */
    const TupleId shape = unit_shape(l->model->unit, id);
    NodeId array = lower_anonymous(l, tuple_of(g, parts, 3), shape, ARRAY_SET);
    return build_read(g, array, want_of(l, id)->at);
}

static NodeId lower_array_function(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    NodeId a = real_of(l, argument(l, n, 0)), b = n->b > 1 ? real_of(l, argument(l, n, 1)) : 0;
    switch ((ArrayFunction)n->target) {
    case ARRAY_DOT: return reduce(l, OP_SUM, build2(l->g, OP_MUL, a, b), want_of(l, id)->axes);
    case ARRAY_OUTER: return build2(l->g, OP_MUL, a, b);
    case ARRAY_TRANSPOSE: return a;
    case ARRAY_CROSS: return lower_cross(l, id);
    case ARRAY_SOFTMAX: return lower_softmax(l, id, false);
    case ARRAY_LOG_SOFTMAX: return lower_softmax(l, id, true);
    case ARRAY_DET:
        /* NOLINTNEXTLINE(*-core.NullDereference): note [own text] */
        return lower_det(l, a, unit_shape(l->model->unit, argument(l, n, 0)));
    case ARRAY_INV: case ARRAY_SOLVE: {
        NodeId array = lower_solution(l, id);
        const Want *p = want_of(l, id);
        return p->form == FORM_WHOLE ? array : build_read(l->g, array, p->at);
    }
    case ARRAY_FUNCTION_COUNT: break;
    }
    return 0;
}

/* ---- nodes */

/* A diff in a body is of the body: in f(t) = diff(t*x, x) the value is t, also in f(x). */
static NodeId lower_diff(Lowering *l, const AstNode *n)
{
    AstId x = argument(l, n, 1);
    NodeId value = real_of(l, argument(l, n, 0));
    *l->differentiates = true;
    if (l->held)
        value = graph_put(l->g, OP_HOLD, value, l->held, 0);
    return graph_put(l->g, OP_DIFF, value, value_of(l, x), want_of(l, x)->axes);
}

static NodeId lower_call(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    uint32_t sizes = /* NOLINTNEXTLINE(*-core.NullDereference): note [own text] */
        n->resolution == RES_FUNCTION ? l->model->unit->functions.at[n->target].sizes.count : 0;
    if (n->resolution == RES_DIFF)
        return lower_diff(l, n);
    if (n->resolution == RES_REDUCTION)
        return lower_reduction(l, (Reduction)n->target, real_of(l, argument(l, n, 0)),
                               want_of(l, id)->axes);
    if (n->resolution == RES_ARRAY)
        return lower_array_function(l, id);
    l->args.count = 0;
    for (uint32_t i = 0; i < n->b + sizes; i++)
        *vec_push(l->ctx, &l->args) = i < n->b ? value_of(l, argument(l, n, i)) : 0;
    NodeId *args = l->args.at;
    if (n->resolution == RES_FUNCTION)
        return lower_function_call(l, id, args);
    Op op = n->resolution == RES_OP ? (Op)n->target : op_named(name_text(l->ctx, n->name));
    return lower_operator(l, op, args, n->b);
}

static NodeId lower_element(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    switch ((AstKind)n->kind) {
    case AST_NUMBER: return lower_number(l, n->name);
    case AST_NAME: return lower_name(l, id);
    case AST_UNARY: return lower_unary(l, (Op)n->op, value_of(l, n->a));
    case AST_BINARY: return lower_binary(l, (Op)n->op, value_of(l, n->a), value_of(l, n->b));
    case AST_COND: return lower_cond(l, value_of(l, n->a), value_of(l, n->b), value_of(l, n->c));
    case AST_CALL: return lower_call(l, id);
    case AST_SUBSCRIPT: return lower_subscript(l, id);
    case AST_REDUCE:
        return lower_reduction(l, (Reduction)n->target, real_of(l, n->c), want_of(l, id)->axes);
    case AST_MATMUL: return lower_matmul(l, id);
    case AST_TRANSPOSE: return value_of(l, n->a);
    case AST_MATRIX: return lower_matrix(l, id);
    case AST_ROW: case AST_RANGE: case AST_WHOLE: case AST_IN: case AST_NONE: break;
    }
    return 0;
}

NodeId lower_node(Lowering *l, AstId id)
{
    if (l->model && node(l, id)->subscript)
        return 0; /* has its node from check */
    if (l->placed)
        graph_place(l->g, id, 0);
    NodeId value = lower_element(l, id);
    const Want p = *want_of(l, id);
    if (p.form != FORM_CLOSED)
        return value;
    NodeId part = build_part(l->g, build_real(l->g, value), p.at, place_within(l, 0, p.at));
    return lower_anonymous(l, tuple_of(l->g, &part, 1), unit_shape(l->model->unit, id), ARRAY_SET);
}
