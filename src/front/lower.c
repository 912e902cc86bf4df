/* The checked unit in, its graph out: definitions and functions, one after the other. Of an
 * expression each node's element is found that is wanted (place.c), then the nodes are made
 * (lower_node.c). A user's function is lowered once, over symbols for its parameters, and
 * applied by substitution. */
#include <string.h>

#include "front/front.h"

static const AstNode *node(const Lowering *l, AstId id) { return &l->ast->nodes.at[id]; }

/* ---- expressions */

/* The nodes of an expression; a truth value stays one. */
static NodeId lower_placed(Lowering *l, AstId root, Want place)
{
    bool ignored;
    bool *outer = l->differentiates;
    if (!outer)
        l->differentiates = &ignored;
    place_expression(l, root, place);
    l->values.count = 0;
    for (AstId i = node(l, root)->first; i <= root; i++) {
        NodeId value = lower_node(l, i);
        *vec_push(l->ctx, &l->values) = value;
    }
    l->differentiates = outer;
    return l->values.at[l->values.count - 1];
}

static NodeId lower_expression(Lowering *l, AstId root)
{
    return lower_placed(l, root, (Want){.at = 0});
}

/* ---- arrays */

/* Indices on the left bind the element that is wanted: one part of the array. */
static NodeId lower_part(Lowering *l, uint32_t items, uint32_t count, AstId value)
{
    Unit *u = l->model->unit;
    NodeId at[64];
    Want p = {.at = 0};
    for (uint32_t k = 0; k < count; k++) {
        AstId item = u->ast->list.at[items + k];
        if (node(l, item)->kind == AST_IN)
            item = node(l, item)->a;
        at[k] = u->types.at[item].integer;
        p.within = set_union(l->g, p.within, node_at(l->g, at[k])->free);
    }
    p.named = p.within;
    l->at = tuple_of(l->g, at, count);
    const NodeId element = build_real(l->g, lower_placed(l, value, p));
    const NodeId part = build_part(l->g, element, l->at, p.within);
    l->at = 0;
    return part;
}

/* The elements of an expression that is an array: its parts. */
static TupleId lower_parts(Lowering *l, AstId value)
{
    if (node(l, value)->kind == AST_MATRIX) {
        lower_placed(l, value, (Want){.form = FORM_WHOLE});
        return lower_matrix_parts(l, value);
    }
    l->first = node(l, value)->first;
    l->binders.count = 0;
    Want p = place_array(l, value, 0);
    if (p.form == FORM_WHOLE && node(l, value)->kind == AST_CALL) { /* what the function made */
        NodeId array = lower_placed(l, value, p);
        if (node_op(l->g, array) == OP_ARRAY && !sym_at(l->g, node_at(l->g, array)->b)->name)
            return node_at(l->g, array)->a;
    }
    p = (Want){.at = 0};
    for (AstId i = l->first; i <= value; i++) /* whose names the axes must not bear */
        if (node(l, i)->resolution == RES_INDEX &&
            l->model->unit->binders.at[node(l, i)->target].item == i)
            *vec_push(l->ctx, &l->binders) = i;
    p.at = place_axes(l, value, 0, unit_shape(l->model->unit, value));
    p.within = place_within(l, 0, p.at);
    NodeId part = build_part(l->g, build_real(l->g, lower_placed(l, value, p)), p.at, p.within);
    return tuple_of(l->g, &part, 1);
}

/* ---- bodies */

static NodeId lower_local(Lowering *l, const Local *local)
{
    if (!local->shape)
        return build_real(l->g, lower_expression(l, local->value));
    NodeId part = local->count ? lower_part(l, local->items, local->count, local->value) : 0;
    TupleId parts = part ? tuple_of(l->g, &part, 1) : lower_parts(l, local->value);
    SymId sym = sym_new(l->g, local->name, SYM_DEF, local->shape);
    sym_at(l->g, sym)->span = local->span;
    return build_array(l->g, parts, sym, ARRAY_SET);
}

/* The value of a body: an array by itself, or one of all the elements. */
static NodeId lower_result(Lowering *l, AstId result)
{
    TupleId shape = unit_shape(l->model->unit, result);
    if (!shape)
        return build_real(l->g, lower_expression(l, result));
    const AstNode *n = node(l, result);
    if (n->kind == AST_NAME || n->kind == AST_CALL) { /* perhaps whole */
        l->first = n->first;
        Want p = place_array(l, result, 0);
        if (p.form == FORM_WHOLE)
            return lower_placed(l, result, p);
    }
    return lower_anonymous(l, lower_parts(l, result), shape, ARRAY_SET);
}

/* The symbols of a body's parameters, then `more` that are the caller's to make, and its locals. */
static SymId *begin_body(Lowering *l, const LocalVec *locals, uint32_t params, uint32_t more,
                         bool *differentiates)
{
    NodeId *frame = array_new(l->ctx, locals->count + 1, sizeof *frame);
    SymId *syms = ctx_alloc(l->ctx, (params + more + 1) * sizeof *syms);
    U32Vec scalars = {0};
    l->frame = frame;
    l->differentiates = differentiates;
    for (uint32_t i = 0; i < params; i++) {
        syms[i] = sym_new(l->g, locals->at[i].name, SYM_ARG, locals->at[i].shape);
        frame[i] = build_ref(l->g, syms[i], 0);
        if (!locals->at[i].shape)
            *vec_push(l->ctx, &scalars) = frame[i];
    }
    l->held = tuple_of(l->g, scalars.at, scalars.count);
    vec_free(l->ctx, &scalars);
    for (uint32_t i = params; i < locals->count; i++)
        frame[i] = lower_local(l, &locals->at[i]);
    return syms;
}

static void end_body(Lowering *l)
{
    ctx_resize(l->ctx, (NodeId *)l->frame, 0);
    l->frame = NULL;
    l->held = 0;
    l->differentiates = NULL;
    graph_at(l->g, (Span){0});
}

/* ---- the model */

/* What is lowered belongs to one of the equations of a definition. */
static void begin_equation(Lowering *l, const Entity *e, const Equation *q)
{
    SymId sym = sym_new(l->g, e->name, SYM_EQUATION, 0);
    sym_at(l->g, sym)->base = e->sym;
    sym_at(l->g, sym)->line = q->line;
    l->origin = sym;
    graph_origin(l->g, sym, MADE_BY_MODEL);
}

/* Is the part within the loops that the range of an index depends on? What is beside the turns of
 * an outer loop is not. */
static bool has_range(Graph *g, NodeId part, IndexId index)
{
    const Index i = *index_at(g, index);
    const SetId needed = set_union(g, node_at(g, i.lower)->free, node_at(g, i.upper)->free);
    return !set_size(g, set_minus(g, needed, node_at(g, part)->c));
}

/* The parts of an equation: one, but in a recurrence those before, in and behind the turns of its
 * loops (align.c). */
static void add_parts(Lowering *l, uint32_t equation, NodeId part, U32Vec *parts)
{
    const Unit *u = l->model->unit;
    uint32_t first = parts->count;
    *vec_push(l->ctx, parts) = part;
    for (uint32_t i = 0; i < u->turns.count; i++) {
        const Turn *t = &u->turns.at[i];
        if (t->equation != equation)
            continue;
        for (uint32_t k = first, end = parts->count; k < end; k++) {
            NodeId whole = parts->at[k];
            if (!has_range(l->g, whole, t->loop))
                continue;
            for (int behind = 0; behind < 2; behind++) {
                IndexId rest = behind ? t->behind : t->before;
                if (rest)
                    lower_range(l->g, whole, t->from, rest, parts);
            }
            parts->at[k] = part_moved(l->g, whole, t->from, t->loop, t->value);
        }
    }
}

/* An array by its equations. */
static NodeId lower_equations(Lowering *l, const Entity *e)
{
    Unit *u = l->model->unit;
    bool several = u->equations.at[e->equation - 1].next != 0;
    U32Vec parts = {0};
    for (uint32_t i = e->equation; i; i = u->equations.at[i - 1].next) {
        const Equation *q = &u->equations.at[i - 1];
        if (several)
            begin_equation(l, e, q);
        NodeId part = lower_part(l, q->items, q->count, q->value);
        U32Vec own = {0};
        add_parts(l, i - 1, part, &own);
        for (uint32_t k = 0; k < own.count; k++)
            if (q->conditional)
                lower_split(l->g, own.at[k], q->shared, &parts);
            else
                *vec_push(l->ctx, &parts) = own.at[k];
        vec_free(l->ctx, &own);
    }
    graph_origin(l->g, e->sym, MADE_BY_MODEL);
    const bool adds = !l->system && parts.count == 1 && lower_scattered(l, e->shape, &parts);
    NodeId array = build_array(l->g, tuple_of(l->g, parts.at, parts.count), e->sym,
                               adds ? ARRAY_ADD : ARRAY_SET);
    vec_free(l->ctx, &parts);
    return array;
}

static NodeId lower_definition(Lowering *l, const Entity *e)
{
    if (!e->shape)
        return build_name(l->g, e->sym, build_real(l->g, lower_expression(l, e->value)), 0);
    return e->element ? lower_equations(l, e)
                      : build_array(l->g, lower_parts(l, e->value), e->sym, ARRAY_SET);
}

/* What a definition is; of a member of a recurrence its array as part of that. */
static NodeId lower_entity(Lowering *l, uint32_t i)
{
    const Entity *e = &l->model->unit->entities.at[i];
    l->origin = e->sym;
    graph_origin(l->g, e->sym, MADE_BY_MODEL);
    NodeId node = lower_definition(l, e);
    l->origin = 0;
    graph_origin(l->g, 0, MADE_BY_MODEL);
    return node;
}

static void set_node(Lowering *l, uint32_t i, NodeId node)
{
    Entity *e = &l->model->unit->entities.at[i];
    e->node = node;
    sym_at(l->g, e->sym)->value = node;
}

static void lower_system(Lowering *l, uint32_t number)
{
    const U32Vec *members = &l->model->unit->systems.at[number].members;
    U32Vec arrays = {0};
    l->system = number + 1;
    for (uint32_t k = 0; k < members->count; k++) {
        NodeId array = lower_entity(l, members->at[k]);
        *vec_push(l->ctx, &arrays) = array;
    }
    l->system = 0;
    NodeId system = build_system(l->g, tuple_of(l->g, arrays.at, arrays.count));
    for (uint32_t k = 0; k < members->count; k++) {
        SymId sym = l->model->unit->entities.at[members->at[k]].sym;
        graph_origin(l->g, sym, MADE_BY_MODEL);
        set_node(l, members->at[k], build_member(l->g, system, k));
    }
    graph_origin(l->g, 0, MADE_BY_MODEL);
    vec_free(l->ctx, &arrays);
}

static void put_sizes(Lowering *l, const U32Vec *sizes, SymId *params)
{
    for (uint32_t i = 0; i < sizes->count; i++)
        params[i] = l->model->unit->sizes.at[sizes->at[i]].sym;
}

static void lower_function(Lowering *l, uint32_t i)
{
    const Function *f = &l->model->unit->functions.at[i];
    const uint32_t sizes = f->sizes.count;
    Lowered done = {0};
    l->defers = true;
    graph_at(l->g, f->span);
    SymId *params = begin_body(l, &f->locals, f->params, sizes, &done.differentiates);
    put_sizes(l, &f->sizes, params + f->params);
    const NodeId result = lower_result(l, f->result);
    end_body(l);
    l->defers = false;
    done.body = fn_body(l->g, result, params, f->params + sizes);
    done.number = graph_body_put(l->g, &done.body);
    l->functions.at[i] = done;
}

/* One element of a rule's value, at subscripts that are given when it is applied. */
static void lower_rule(Lowering *l, const Rule *r, uint32_t number)
{
    uint32_t rank = tuple_size(l->g, unit_shape(l->model->unit, r->result));
    const uint32_t sizes = r->sizes.count;
    NodeId at[64];
    bool ignored;
    graph_at(l->g, node(l, r->result)->span);
    SymId *params = begin_body(l, &r->locals, r->params, sizes + rank, &ignored);
    put_sizes(l, &r->sizes, params + r->params);
    for (uint32_t k = 0; k < rank; k++) {
        SymId sym = sym_new(l->g, 0, SYM_ARG, 0);
        sym_at(l->g, sym)->integer = true;
        params[r->params + sizes + k] = sym;
        at[k] = build_ref(l->g, sym, 0);
    }
    const NodeId result =
        build_real(l->g, lower_placed(l, r->result, (Want){.at = tuple_of(l->g, at, rank)}));
    end_body(l);
    graph_rule_set(l->g, number, result, params, r->params + sizes + rank);
}

/* Names that no axis is to bear. */
static void take_names(Lowering *l)
{
    Unit *u = l->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++)
        scope_set(l->ctx, &l->taken, u->entities.at[i].name, 1);
}

static void lowering_end(Lowering *l)
{
    for (uint32_t i = 0; i < l->functions.count; i++)
        fn_body_end(l->g, &l->functions.at[i].body);
    vec_free(l->ctx, &l->functions);
    vec_free(l->ctx, &l->rules);
    vec_free(l->ctx, &l->literals);
    vec_free(l->ctx, &l->values);
    vec_free(l->ctx, &l->places);
    vec_free(l->ctx, &l->binders);
    vec_free(l->ctx, &l->taken);
    vec_free(l->ctx, &l->anonymous);
    vec_free(l->ctx, &l->calls);
    vec_free(l->ctx, &l->args);
}

Model *lower_unit(Ctx *ctx, Unit *unit)
{
    Model *m = ctx_alloc(ctx, sizeof *m);
    m->ctx = ctx;
    m->unit = unit;
    m->graph = unit->graph;
    Lowering l = {.ctx = ctx, .g = m->graph, .ast = unit->ast, .model = m, .placed = true};
    take_names(&l);
    for (uint32_t i = 0; i < unit->functions.count; i++)
        memset(vec_push(ctx, &l.functions), 0, sizeof *l.functions.at);
    for (uint32_t i = 0; i < unit->rules.count; i++)
        *vec_push(ctx, &l.rules) = graph_rule_new(m->graph);
    for (uint32_t i = 0; i < unit->order.count; i++) {
        const Step *step = &unit->order.at[i];
        if (step->function)
            lower_function(&l, step->target);
        else if (step->system)
            lower_system(&l, step->system - 1);
        else if (!unit->entities.at[step->target].dim) /* which is its number */
            set_node(&l, step->target, lower_entity(&l, step->target));
    }
    graph_place(m->graph, 0, 0);
    l.placed = false;
    for (uint32_t i = 0; i < unit->rules.count; i++)
        lower_rule(&l, &unit->rules.at[i], l.rules.at[i]);
    lowering_end(&l);
    for (uint32_t i = 0; i < unit->entities.count; i++) {
        *vec_push(ctx, &m->syms) = unit->entities.at[i].sym;
        *vec_push(ctx, &m->nodes) = unit->entities.at[i].node;
    }
    return m;
}

void lower_checks(Model *model, U32Vec *sides)
{
    Unit *u = model->unit;
    Lowering l = {.ctx = model->ctx, .g = model->graph, .ast = u->ast, .model = model};
    take_names(&l);
    for (uint32_t i = 0; i < u->rules.count; i++)
        *vec_push(l.ctx, &l.rules) = i;
    for (uint32_t i = 0; i < u->functions.count; i++)
        memset(vec_push(l.ctx, &l.functions), 0, sizeof *l.functions.at);
    for (uint32_t i = 0; i < u->order.count; i++)
        if (u->order.at[i].function)
            lower_function(&l, u->order.at[i].target);
    for (uint32_t i = 0; i < u->checks.count; i++) {
        NodeId left = lower_result(&l, u->checks.at[i].left);
        NodeId right = lower_result(&l, u->checks.at[i].right);
        *vec_push(l.ctx, sides) = left;
        *vec_push(l.ctx, sides) = right;
    }
    lowering_end(&l);
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

/* A condition is lowered as both sides of a check would be. */
void lower_assumptions(Model *model, bool all, U32Vec *conditions)
{
    Unit *u = model->unit;
    Unit with = *u;
    U32Vec sides = {0};
    memset(&with.checks, 0, sizeof with.checks);
    for (uint32_t i = 0; i < u->assumes.count; i++) {
        const AstId root = u->assumes.at[i];
        if (all || !unit_shape(u, root))
            *vec_push(model->ctx, &with.checks) = (Check){.left = root, .right = root};
    }
    model->unit = &with;
    lower_checks(model, &sides);
    model->unit = u;
    for (uint32_t i = 0; i < sides.count; i += 2)
        *vec_push(model->ctx, conditions) = sides.at[i];
    vec_free(model->ctx, &sides);
    vec_free(model->ctx, &with.checks);
}
