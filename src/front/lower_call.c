/* Calls of the user's functions in, graph out: a function's body is applied to the arguments, and
 * where it has hand derivatives, these go with its value. */
#include "front/front.h"

static const AstNode *node(const Lowering *l, AstId id) { return &l->ast->nodes.at[id]; }

/* A call of a function with hand derivatives. */
typedef struct Ruled {
    const Function *f;
    const NodeId *args; /* of the call: arguments, then sizes */
    SetId avoid;        /* indices that stand around it */
} Ruled;

/* The rule for a parameter at an element of the value, and of the argument. */
static NodeId rule_partial(Lowering *l, const Ruled *c, uint32_t param, TupleId at, TupleId axes)
{
    Graph *g = l->g;
    const Unit *u = l->model->unit;
    const Rule *r = &u->rules.at[c->f->rules.at[param] - 1];
    TupleId *shapes = array_new(l->ctx, r->params + 1, sizeof *shapes);
    NodeId *sizes = array_new(l->ctx, r->sizes.count + 1, sizeof *sizes);
    for (uint32_t i = 0; i < r->params; i++)
        shapes[i] = r->locals.at[i].bracketed ? node_shape(g, c->args[i]) : 0;
    unit_sizes(u, &r->locals, r->params, &r->sizes, shapes, sizes);
    TupleId tuple =
        tuple_join(g, tuple_of(g, c->args, r->params), tuple_of(g, sizes, r->sizes.count));
    tuple = tuple_join(g, tuple, tuple_join(g, at, axes));
    ctx_resize(l->ctx, shapes, 0);
    ctx_resize(l->ctx, sizes, 0);
    return graph_put(g, OP_RULE, l->rules.at[c->f->rules.at[param] - 1], tuple, 0);
}

static TupleId argument_axes(Lowering *l, const Ruled *c, uint32_t param, SetId *bound)
{
    return index_axes(l->g, node_shape(l->g, c->args[param]), c->avoid, bound);
}

/* An argument held constant, where the body is applied to it. */
static NodeId held_argument(Lowering *l, const Ruled *c, uint32_t param)
{
    Graph *g = l->g;
    SetId bound;
    if (!c->f->rules.at[param])
        return c->args[param];
    if (!c->f->locals.at[param].bracketed)
        return graph_put(g, OP_STOP, c->args[param], 1, 0);
    TupleId axes = argument_axes(l, c, param, &bound);
    NodeId held = graph_put(g, OP_STOP, build_read(g, c->args[param], axes), 1, 0);
    NodeId part = build_part(g, held, axes, bound);
    return lower_anonymous(l, tuple_of(g, &part, 1), node_shape(g, c->args[param]), ARRAY_SET);
}

/* Links an element of the value to an argument by its rule. To an array that is by a sum over its
 * elements, whose value is 0, and whose derivative is that of the whole. */
static NodeId link_argument(Lowering *l, const Ruled *c, uint32_t param, TupleId at, NodeId value)
{
    Graph *g = l->g;
    SetId bound;
    if (!c->f->locals.at[param].bracketed)
        return graph_put(g, OP_LINK, value, c->args[param], rule_partial(l, c, param, at, 0));
    TupleId axes = argument_axes(l, c, param, &bound);
    NodeId zero = build_int(g, 0), element = build_read(g, c->args[param], axes);
    NodeId sum = graph_put(g, OP_LINK, zero, element, rule_partial(l, c, param, at, axes));
    for (uint32_t k = set_size(g, bound); k-- > 0;)
        sum = build_sum(g, sum, set_member(g, bound, k));
    return graph_put(g, OP_LINK, value, sum, build_int(g, 1));
}

/* The value of a call with hand derivatives: the body with the arguments that have one taken
 * as constants, and each such argument linked to the value, at an element of it, by its rule. */
static NodeId lower_ruled(Lowering *l, const Ruled *c, const FnBody *body, TupleId at)
{
    Graph *g = l->g;
    NodeId *inner = array_new(l->ctx, body->count + 1, sizeof *inner);
    bool arrays = false, all = true; /* have all arguments rules? */
    for (uint32_t i = 0; i < c->f->params; i++) {
        arrays |= c->f->locals.at[i].bracketed;
        all = all && c->f->rules.at[i];
    }
    bool held = arrays && all; /* then the value is constant as a whole, and no array is copied */
    for (uint32_t i = 0; i < body->count; i++)
        inner[i] = i < c->f->params && !held ? held_argument(l, c, i) : c->args[i];
    NodeId value = fn_apply(g, body, inner);
    ctx_resize(l->ctx, inner, 0);
    value = lower_at(l, value, at);
    if (held)
        value = graph_put(g, OP_STOP, value, 1, 0);
    for (uint32_t i = 0; i < c->f->params; i++)
        if (c->f->rules.at[i])
            value = link_argument(l, c, i, at, value);
    return value;
}

/* The same as it is wanted: an element, or all of them as an array. */
static NodeId lower_ruled_call(Lowering *l, AstId id, const Function *f, const NodeId *args)
{
    Graph *g = l->g;
    const Want p = *want_of(l, id);
    const FnBody *body = &l->functions.at[node(l, id)->target].body;
    TupleId at = f->shape && p.form == FORM_WHOLE
                     ? place_axes(l, id, p.within, unit_shape(l->model->unit, id))
                 : f->shape ? p.at
                            : 0;
    Ruled c = {.f = f, .args = args, .avoid = place_within(l, p.within, at)};
    for (uint32_t k = 0; k < tuple_size(g, at); k++)
        c.avoid = set_union(g, c.avoid, node_at(g, tuple_item(g, at, k))->free);
    for (uint32_t i = 0; i < f->params; i++)
        c.avoid = set_union(g, c.avoid, node_at(g, args[i])->free);
    NodeId value = lower_ruled(l, &c, body, at);
    if (!f->shape || p.form != FORM_WHOLE)
        return value;
    NodeId part = build_part(g, value, at, place_within(l, 0, at));
    return lower_anonymous(l, tuple_of(g, &part, 1), unit_shape(l->model->unit, id), ARRAY_SET);
}

static bool has_rules(const Function *f)
{
    for (uint32_t i = 0; i < f->params; i++)
        if (f->rules.at[i])
            return true;
    return false;
}

/* Arguments of a function with a diff in it, each unlike all others. */
static NodeId apart(Lowering *l, NodeId arg)
{
    SymId sym = sym_new(l->g, 0, SYM_ARG, 0);
    return node_is_array(l->g, arg) ? lower_copy(l, arg, sym)
                                    : build_temp(l->g, arg, sym, ROLE_SELF);
}

/* note [gates]: for explanations a call is one step of the model. Its value is a NAME of a symbol
 * of its own, and each argument that is no constant one of a symbol that has that as its base;
 * these symbols follow that of the call, in the order of the arguments. */
static SymId open_gate(Lowering *l, const Function *f, NodeId *args)
{
    Graph *g = l->g;
    bool scalar = l->model->unit->gates && !l->frame && !f->shape && !f->sizes.count;
    for (uint32_t i = 0; i < f->params; i++)
        scalar = scalar && !f->locals.at[i].bracketed && !node_at(g, args[i])->free;
    if (!scalar)
        return 0;
    SymId call = sym_new(g, f->name, SYM_CALL, 0);
    for (uint32_t i = 0; i < f->params; i++) {
        SymId arg = sym_new(g, f->locals.at[i].name, SYM_CALL, 0);
        sym_at(g, arg)->base = call;
        sym_at(g, arg)->value = args[i];
        if (!node_number(g, args[i]))
            args[i] = build_name(g, arg, args[i], 0);
    }
    return call;
}

static NodeId close_gate(Lowering *l, SymId gate, NodeId value)
{
    return gate ? build_name(l->g, gate, build_real(l->g, value), 0) : value;
}

/* Is the call to stay one, within a body? */
static bool defers(const Lowering *l, const Function *f, const NodeId *args)
{
    bool open = false;
    bool numbers = l->defers && !f->shape && !f->sizes.count && !has_rules(f);
    for (uint32_t i = 0; i < f->params && numbers; i++) {
        numbers = !f->locals.at[i].bracketed;
        open = open || node_at(l->g, args[i])->flags & NODE_OPEN;
    }
    return numbers && open;
}

/* note [calls]: a function is applied to the same arguments once. A copy of its own for every call
 * would keep equal things apart: arrays of the body, and all that is computed from them. What a
 * call is known by: the function, its arguments and sizes. */
static TupleId call_key(Lowering *l, uint32_t function, const NodeId *args)
{
    U32Vec key = {0};
    *vec_push(l->ctx, &key) = function;
    for (uint32_t i = 0; i < l->functions.at[function].body.count; i++)
        *vec_push(l->ctx, &key) = args[i];
    const TupleId tuple = tuple_of(l->g, key.at, key.count);
    vec_free(l->ctx, &key);
    return tuple;
}

static NodeId lower_new_call(Lowering *l, AstId id, NodeId *args, TupleId key)
{
    const uint32_t function = node(l, id)->target;
    const Function *f = &l->model->unit->functions.at[function];
    const Lowered *to = &l->functions.at[function];
    for (uint32_t i = 0; to->differentiates && i < f->params; i++)
        args[i] = apart(l, args[i]); /* a number of its own for each keeps equal arguments apart */
    const SymId gate = open_gate(l, f, args);
    if (has_rules(f))
        return close_gate(l, gate, lower_ruled_call(l, id, f, args));
    if (defers(l, f, args))
        return graph_put(l->g, OP_CALL, to->number, tuple_of(l->g, args, f->params), 0);
    const NodeId value = fn_apply(l->g, &to->body, args);
    if (gate)
        return close_gate(l, gate, value);
    scope_set(l->ctx, &l->calls, key, value);
    return value;
}

NodeId lower_function_call(Lowering *l, AstId id, NodeId *args)
{
    const uint32_t function = node(l, id)->target;
    const Want p = *want_of(l, id);
    const Function *f = &l->model->unit->functions.at[function];
    for (uint32_t i = 0; i < f->params; i++)
        if (!f->locals.at[i].bracketed)
            args[i] = build_real(l->g, args[i]);
    unit_size_args(l->model->unit, id, args + f->params);
    if (l->functions.at[function].differentiates)
        *l->differentiates = true;
    const TupleId key = call_key(l, function, args);
    NodeId value = scope_get(&l->calls, key);
    if (!value)
        value = lower_new_call(l, id, args, key);
    return f->shape && !has_rules(f) && p.form != FORM_WHOLE ? lower_at(l, value, p.at) : value;
}
