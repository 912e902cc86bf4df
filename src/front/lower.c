/* The checked unit in, its graph out. An expression is a range of tree nodes, operands first:
 * one pass over it makes the graph nodes. A user's function is lowered once, over symbols for
 * its parameters, and applied by substitution. */
#include <string.h>

#include "front/front.h"

/* A function of the user's as graph. */
typedef struct Lowered {
    SymId *params;    /* its parameters */
    NodeId result;    /* over them */
    U32Vec order;     /* fn_order of result */
    bool differentiates; /* is there a diff in it? Then arguments must stay apart */
} Lowered;

typedef struct Lowering {
    Ctx *ctx;
    Graph *g;
    Ast *ast;
    Model *model;           /* NULL for a text of our own */
    VEC(Lowered) functions; /* a function each */
    U32Vec rules;           /* a rule each: its number in the graph */
    U32Vec literals;        /* a name each: the node of that number */
    const NodeId *frame;    /* of a body: a slot each */
    const char *const *names; /* of a text of our own: what its names stand for */
    uint32_t name_count;
    bool *differentiates;   /* set when a diff is met */
    SymId origin;           /* the definition that is lowered */
    U32Vec values;          /* a node of the expression each */
    U32Vec args;            /* of a call */
} Lowering;

static const AstNode *node(const Lowering *l, AstId id) { return &l->ast->nodes.at[id]; }

static NodeId lower_number(Lowering *l, Name name)
{
    while (l->literals.count <= name)
        *vec_push(l->ctx, &l->literals) = 0;
    if (!l->literals.at[name]) {
        Number n;
        number_init(&n);
        number_parse(&n, name_text(l->ctx, name), strlen(name_text(l->ctx, name)));
        NodeId id = build_number(l->g, &n);
        number_clear(&n);
        l->literals.at[name] = id;
    }
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

static NodeId lower_name(Lowering *l, const AstNode *n)
{
    switch ((Resolution)n->resolution) {
    case RES_ENTITY: return l->model->nodes.at[n->target];
    case RES_LOCAL: return l->frame[n->target];
    case RES_PI: return build_pi(l->g);
    case RES_INF: return build_inf(l->g);
    case RES_NONE: return lower_own_name(l, n);
    case RES_OP: case RES_FUNCTION: case RES_DIFF: break;
    }
    return 0;
}

/* ---- operators */

static bool is_logic(Op op) { return op == OP_AND || op == OP_OR; }

static NodeId lower_binary(Lowering *l, Op op, NodeId a, NodeId b)
{
    if (is_logic(op))
        return build2(l->g, op, build_truth(l->g, a), build_truth(l->g, b));
    return build2(l->g, op, build_real(l->g, a), build_real(l->g, b));
}

static NodeId lower_unary(Lowering *l, Op op, NodeId a)
{
    return op == OP_NOT ? build_not(l->g, build_truth(l->g, a))
                        : build1(l->g, op, build_real(l->g, a));
}

static NodeId lower_cond(Lowering *l, NodeId c, NodeId a, NodeId b)
{
    return build_select(l->g, build_truth(l->g, c), build_real(l->g, a), build_real(l->g, b));
}

/* The share of one argument in a tie of three or more: that of each active one, unless `fixed`
 * holds: an inactive argument that is tied makes it 0, for 0 is then among the subgradients. */
static NodeId tie_share(Lowering *l, const NodeId *args, uint32_t count, NodeId extreme,
                        NodeId *fixed)
{
    Graph *g = l->g;
    NodeId ties = 0;
    *fixed = build_false(g);
    for (uint32_t i = 0; i < count; i++) {
        NodeId tied = build2(g, OP_EQ, args[i], extreme);
        NodeId active = build1(g, OP_ACTIVE, args[i]);
        *fixed = build_or(g, *fixed, build_and(g, tied, build_not(g, active)));
        NodeId one = build_real(g, build_and(g, tied, active));
        ties = ties ? build2(g, OP_ADD, ties, one) : one;
    }
    return build2(g, OP_DIV, build_int(g, 1), ties);
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
    graph_origin(g, l->origin, true);
    NodeId fixed, share = tie_share(l, args, count, constant, &fixed);
    for (uint32_t i = 0; i < count; i++) {
        NodeId less = build2(g, op == OP_MAX ? OP_LT : OP_GT, args[i], constant);
        NodeId tied = build2(g, OP_EQ, args[i], constant);
        NodeId partial = build_select(g, build_or(g, less, fixed), build_int(g, 0),
                                      build_select(g, tied, share, constant));
        result = graph_put(g, OP_LINK, result, args[i], partial);
    }
    graph_origin(g, l->origin, false);
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

/* ---- functions */

/* The value of a call with hand derivatives: the body with the arguments that have one taken
 * as constants, and each such argument linked to the value by its rule. */
static NodeId lower_ruled(Lowering *l, const Function *f, const Lowered *body, const NodeId *args)
{
    Graph *g = l->g;
    NodeId *inner = array_new(l->ctx, f->params, sizeof *inner);
    for (uint32_t i = 0; i < f->params; i++)
        inner[i] = f->rules.at[i] ? graph_put(g, OP_STOP, args[i], 1, 0) : args[i];
    NodeId value = fn_apply(g, body->result, &body->order, body->params, inner, f->params);
    ctx_resize(l->ctx, inner, 0);
    TupleId tuple = tuple_of(g, args, f->params);
    for (uint32_t i = 0; i < f->params; i++)
        if (f->rules.at[i]) {
            NodeId partial = graph_put(g, OP_RULE, l->rules.at[f->rules.at[i] - 1], tuple, 0);
            value = graph_put(g, OP_LINK, value, args[i], partial);
        }
    return value;
}

static bool has_rules(const Function *f)
{
    for (uint32_t i = 0; i < f->params; i++)
        if (f->rules.at[i])
            return true;
    return false;
}

static NodeId lower_function_call(Lowering *l, uint32_t number, NodeId *args)
{
    const Function *f = &l->model->unit->functions.at[number];
    const Lowered *body = &l->functions.at[number];
    for (uint32_t i = 0; i < f->params; i++) {
        args[i] = build_real(l->g, args[i]);
        if (body->differentiates) /* a number of its own for each keeps equal arguments apart */
            args[i] = build_temp(l->g, args[i], sym_new(l->g, 0, SYM_ARG, 0), ROLE_SELF);
    }
    if (body->differentiates)
        *l->differentiates = true;
    if (has_rules(f))
        return lower_ruled(l, f, body, args);
    return fn_apply(l->g, body->result, &body->order, body->params, args, f->params);
}

/* ---- expressions */

static NodeId value_of(const Lowering *l, AstId root, AstId id)
{
    return l->values.at[id - node(l, root)->first];
}

static NodeId lower_call(Lowering *l, AstId root, const AstNode *n)
{
    l->args.count = 0;
    for (uint32_t i = 0; i < n->b; i++)
        *vec_push(l->ctx, &l->args) = value_of(l, root, l->ast->list.at[n->a + i]);
    NodeId *args = l->args.at;
    if (n->resolution == RES_FUNCTION)
        return lower_function_call(l, n->target, args);
    if (n->resolution == RES_DIFF) {
        *l->differentiates = true;
        return graph_put(l->g, OP_DIFF, build_real(l->g, args[0]), args[1], 0);
    }
    Op op = n->resolution == RES_OP ? (Op)n->target : op_named(name_text(l->ctx, n->name));
    return lower_operator(l, op, args, n->b);
}

static NodeId lower_node(Lowering *l, AstId root, AstId id)
{
    const AstNode *n = node(l, id);
    switch ((AstKind)n->kind) {
    case AST_NUMBER: return lower_number(l, n->name);
    case AST_NAME: return lower_name(l, n);
    case AST_UNARY: return lower_unary(l, (Op)n->op, value_of(l, root, n->a));
    case AST_BINARY:
        return lower_binary(l, (Op)n->op, value_of(l, root, n->a), value_of(l, root, n->b));
    case AST_COND:
        return lower_cond(l, value_of(l, root, n->a), value_of(l, root, n->b),
                          value_of(l, root, n->c));
    case AST_CALL: return lower_call(l, root, n);
    case AST_NONE: case AST_SUBSCRIPT: case AST_REDUCE: case AST_MATMUL: case AST_TRANSPOSE:
    case AST_MATRIX: case AST_ROW: case AST_RANGE: case AST_WHOLE: case AST_IN:
        break;
    }
    ctx_fatal(l->ctx, STATUS_SYSTEM, "internal error: an array reached the lowering of scalars");
}

/* The nodes of an expression; a truth value stays one. */
static NodeId lower_expression(Lowering *l, AstId root)
{
    bool ignored;
    bool *outer = l->differentiates;
    if (!outer)
        l->differentiates = &ignored;
    l->values.count = 0;
    for (AstId i = node(l, root)->first; i <= root; i++) {
        NodeId value = lower_node(l, root, i);
        *vec_push(l->ctx, &l->values) = value;
    }
    l->differentiates = outer;
    return l->values.at[l->values.count - 1];
}

/* A body over the symbols of its parameters: fills params, result and order. */
static void lower_body(Lowering *l, const LocalVec *locals, uint32_t params, AstId result,
                       Lowered *body)
{
    NodeId *frame = array_new(l->ctx, locals->count + 1, sizeof *frame);
    body->params = ctx_alloc(l->ctx, (params + 1) * sizeof *body->params);
    l->frame = frame;
    l->differentiates = &body->differentiates;
    for (uint32_t i = 0; i < locals->count; i++) {
        if (i < params) {
            body->params[i] = sym_new(l->g, locals->at[i].name, SYM_ARG, 0);
            frame[i] = build_ref(l->g, body->params[i], 0);
        } else {
            frame[i] = build_real(l->g, lower_expression(l, locals->at[i].value));
        }
    }
    body->result = build_real(l->g, lower_expression(l, result));
    l->frame = NULL;
    l->differentiates = NULL;
    ctx_resize(l->ctx, frame, 0);
    fn_order(l->g, body->result, body->params, params, &body->order);
}

/* ---- the model */

static void add_symbols(Lowering *l)
{
    static const SymKind kinds[] = {
        [ENTITY_DIM] = SYM_DIM, [ENTITY_INPUT] = SYM_INPUT, [ENTITY_PARAM] = SYM_PARAM,
        [ENTITY_INDEX] = SYM_INDEX,
        [ENTITY_CONST] = SYM_CONST, [ENTITY_DEF] = SYM_DEF,
    };
    Unit *u = l->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const Entity *e = &u->entities.at[i];
        SymId sym = sym_new(l->g, e->name, kinds[e->kind], 0);
        sym_at(l->g, sym)->span = e->span;
        sym_at(l->g, sym)->comment = e->comment;
        sym_at(l->g, sym)->line = e->line;
        *vec_push(l->ctx, &l->model->syms) = sym;
        *vec_push(l->ctx, &l->model->nodes) = entity_is_argument(e->kind) ? build_ref(l->g, sym, 0) : 0;
    }
}

static void lower_entity(Lowering *l, uint32_t i)
{
    SymId sym = l->model->syms.at[i];
    l->origin = sym;
    graph_origin(l->g, sym, false);
    NodeId value = build_real(l->g, lower_expression(l, l->model->unit->entities.at[i].value));
    l->model->nodes.at[i] = build_name(l->g, sym, value, 0);
    sym_at(l->g, sym)->value = l->model->nodes.at[i];
    l->origin = 0;
    graph_origin(l->g, 0, false);
}

static void lower_function(Lowering *l, uint32_t i)
{
    const Function *f = &l->model->unit->functions.at[i];
    Lowered body = {0};
    lower_body(l, &f->locals, f->params, f->result, &body);
    l->functions.at[i] = body;
}

static void lower_rules(Lowering *l)
{
    Unit *u = l->model->unit;
    for (uint32_t i = 0; i < u->rules.count; i++) {
        const Rule *r = &u->rules.at[i];
        Lowered body = {0};
        lower_body(l, &r->locals, r->params, r->result, &body);
        graph_rule_set(l->g, l->rules.at[i], body.result, body.params, r->params);
        vec_free(l->ctx, &body.order);
    }
}

static void lowering_end(Lowering *l)
{
    for (uint32_t i = 0; i < l->functions.count; i++)
        vec_free(l->ctx, &l->functions.at[i].order);
    vec_free(l->ctx, &l->functions);
    vec_free(l->ctx, &l->rules);
    vec_free(l->ctx, &l->literals);
    vec_free(l->ctx, &l->values);
    vec_free(l->ctx, &l->args);
}

Model *lower_unit(Ctx *ctx, Unit *unit)
{
    Model *m = ctx_alloc(ctx, sizeof *m);
    m->ctx = ctx;
    m->unit = unit;
    m->graph = graph_new(ctx);
    Lowering l = {.ctx = ctx, .g = m->graph, .ast = unit->ast, .model = m};
    add_symbols(&l);
    for (uint32_t i = 0; i < unit->functions.count; i++)
        memset(vec_push(ctx, &l.functions), 0, sizeof *l.functions.at);
    for (uint32_t i = 0; i < unit->rules.count; i++)
        *vec_push(ctx, &l.rules) = graph_rule_new(m->graph);
    for (uint32_t i = 0; i < unit->order.count; i++) {
        const Step *step = &unit->order.at[i];
        if (step->function)
            lower_function(&l, step->target);
        else
            lower_entity(&l, step->target);
    }
    lower_rules(&l);
    lowering_end(&l);
    return m;
}

NodeId lower_constant(Model *model, AstId root)
{
    Lowering l = {.ctx = model->ctx, .g = model->graph, .ast = model->unit->ast, .model = model};
    NodeId value = build_real(l.g, lower_expression(&l, root));
    lowering_end(&l);
    return value;
}

NodeId lower_text(Graph *graph, const char *text, const char *const *names, const NodeId *values,
                  uint32_t count)
{
    Ctx *ctx = graph_ctx(graph);
    Ast ast = {0};
    Text line = text_new(ctx);
    text_printf(&line, "value = %s", text);
    uint32_t errors = diag_errors(ctx);
    parse_source(ctx, source_string(ctx, "table", line.at, line.len), &ast);
    if (diag_errors(ctx) != errors || ast.stmts.count != 1)
        ctx_fatal(ctx, STATUS_SYSTEM, "internal error: the table has '%s'", text);
    Lowering l = {.ctx = ctx, .g = graph, .ast = &ast, .frame = values, .names = names,
                  .name_count = count};
    NodeId result = lower_expression(&l, ast.stmts.at[0].value);
    lowering_end(&l);
    text_free(&line);
    vec_free(ctx, &ast.nodes);
    vec_free(ctx, &ast.list);
    vec_free(ctx, &ast.decls);
    vec_free(ctx, &ast.stmts);
    vec_free(ctx, &ast.comments);
    return result;
}
