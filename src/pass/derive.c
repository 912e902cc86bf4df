/* What is wanted of a model in, functions out: compositions of jvp and vjp. */
#include <string.h>

#include "pass/pass.h"

/* ---- diff in expressions */

typedef struct Expand {
    Rules *r;
    Graph *g;
    uint32_t end;  /* of the nodes at the outset */
    uint8_t *live;
    NodeId *image; /* a node each; of DIFF nodes known as soon as one of the same value is */
} Expand;

/* Marks the arguments that values below f hold constant since rules go with them. Those that f
 * itself is computed from, as the body of a function with rules, belong to links around it. */
static uint8_t *held_within(Graph *g, NodeId f)
{
    uint8_t *live = graph_live(g, &f, 1);
    uint32_t end = graph_count(g);
    U32Vec held = {0};
    for (NodeId id = 1; id < end; id++)
        if (live[id] && node_op(g, id) == OP_LINK)
            *vec_push(graph_ctx(g), &held) = graph_put(g, OP_STOP, node_at(g, id)->b, 1, 0);
    ctx_resize(graph_ctx(g), live, 0);
    uint8_t *marks = array_new(graph_ctx(g), graph_count(g), 1);
    for (uint32_t i = 0; i < held.count; i++)
        marks[held.at[i]] = 1;
    vec_free(graph_ctx(g), &held);
    return marks;
}

/* A derivative of f with the arguments that were held constant for their rules set free, outside
 * the values that those rules are for: the partial 2*a*b of a*b^2 in b depends on a. */
static void release_held(Graph *g, NodeId f, U32Vec *roots)
{
    Ctx *ctx = graph_ctx(g);
    uint8_t *held = held_within(g, f);
    uint32_t end = graph_count(g);
    uint8_t *live = graph_live(g, roots->at, roots->count);
    NodeId *image = array_new(ctx, end, sizeof *image), operands[3];
    for (NodeId id = 1; id < end; id++) {
        if (!live[id])
            continue;
        Node n = *node_at(g, id);
        for (int i = 0; i < node_arity(g, id); i++)
            operands[i] = image[node_operand(g, id, i)];
        if (n.op == OP_LINK && node_op(g, n.a) != OP_LINK)
            operands[0] = n.a;
        image[id] = n.op == OP_STOP && held[id] ? operands[0] : node_rebuild(g, id, operands);
    }
    for (uint32_t i = 0; i < roots->count; i++)
        roots->at[i] = image[roots->at[i]];
    ctx_resize(ctx, held, 0);
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, image, 0);
}

/* All derivatives of one value, by one sweep in reverse: the adjoint of a name is the
 * derivative with the model cut there. */
static void expand_value(Expand *e, NodeId value)
{
    Graph *g = e->g;
    Ctx *ctx = graph_ctx(g);
    NodeId f = e->image[value], seed = build_int(g, 1);
    uint8_t *varied = array_new(ctx, graph_count(g), 1);
    for (NodeId id = value; id < e->end; id++)
        if (e->live[id] && node_op(g, id) == OP_DIFF && node_at(g, id)->a == value &&
            node_at(g, id)->b <= value)
            varied[e->image[node_at(g, id)->b]] = 1;
    Adjoints a = vjp(e->r, g, &f, &seed, 1, varied, false);
    U32Vec bars = {0};
    for (NodeId id = value; id < e->end; id++)
        if (e->live[id] && node_op(g, id) == OP_DIFF && node_at(g, id)->a == value) {
            NodeId by = node_at(g, id)->b;
            NodeId bar = by <= value && e->image[by] < a.count ? a.bar[e->image[by]] : 0;
            *vec_push(ctx, &bars) = bar ? bar : build_int(g, 0);
        }
    if (graph_rule_count(g))
        release_held(g, f, &bars);
    for (NodeId id = e->end - 1; bars.count > 0; id--)
        if (e->live[id] && node_op(g, id) == OP_DIFF && node_at(g, id)->a == value)
            e->image[id] = bars.at[--bars.count];
    ctx_resize(ctx, varied, 0);
    ctx_resize(ctx, a.bar, 0);
    vec_free(ctx, &bars);
}

/* A rule that is yet to be applied: its arguments may have a diff in them. */
static NodeId expand_arguments(Expand *e, NodeId id)
{
    Graph *g = e->g;
    const Node n = *node_at(g, id);
    U32Vec args = {0};
    for (uint32_t i = 0; i < tuple_size(g, n.b); i++)
        *vec_push(graph_ctx(g), &args) = e->image[tuple_item(g, n.b, i)];
    NodeId image = graph_put(g, OP_RULE, n.a, tuple_of(g, args.at, args.count), 0);
    vec_free(graph_ctx(g), &args);
    return image;
}

static NodeId expand_node(Expand *e, NodeId id)
{
    if (node_op(e->g, id) == OP_RULE)
        return expand_arguments(e, id);
    NodeId operands[3];
    bool changed = false;
    for (int i = 0; i < node_arity(e->g, id); i++) {
        operands[i] = e->image[node_operand(e->g, id, i)];
        changed = changed || operands[i] != node_operand(e->g, id, i);
    }
    return changed ? node_rebuild(e->g, id, operands) : id;
}

/* Is there a diff below one of the nodes? */
static bool has_diff(Graph *g, const U32Vec *roots)
{
    bool found = false;
    uint8_t *live = graph_live(g, roots->at, roots->count);
    for (NodeId id = 1; id < graph_count(g) && !found; id++)
        found = live[id] && node_op(g, id) == OP_DIFF;
    ctx_resize(graph_ctx(g), live, 0);
    return found;
}

/* Replaces the nodes by what they are with every diff below them expanded. */
static void expand_roots(Rules *r, Graph *g, U32Vec *roots)
{
    Ctx *ctx = graph_ctx(g);
    Expand e = {.r = r, .g = g, .end = graph_count(g)};
    e.live = graph_live(g, roots->at, roots->count);
    e.image = array_new(ctx, e.end, sizeof *e.image);
    for (NodeId id = 1; id < e.end; id++) {
        if (!e.live[id] || e.image[id])
            continue;
        graph_origin(g, node_origin(g, id), false);
        if (node_op(g, id) == OP_DIFF)
            expand_value(&e, node_at(g, id)->a);
        else
            e.image[id] = expand_node(&e, id);
    }
    graph_origin(g, 0, false);
    for (uint32_t i = 0; i < roots->count; i++)
        roots->at[i] = e.image[roots->at[i]];
    ctx_resize(ctx, e.live, 0);
    ctx_resize(ctx, e.image, 0);
}

/* The rules of functions first, for others may apply them. A rule that takes the derivative of a
 * function whose own rule was not expanded before has a diff again, and another turn; one that
 * comes back to itself has one for ever. */
static void expand_rules(Rules *r, Graph *g)
{
    bool again = true;
    U32Vec root = {0};
    *vec_push(graph_ctx(g), &root) = 0;
    for (uint32_t turn = 0; again; turn++) {
        again = false;
        for (uint32_t i = 0; i < graph_rule_count(g); i++) {
            root.at[0] = graph_rule_result(g, i);
            if (!has_diff(g, &root))
                continue;
            if (turn > graph_rule_count(g))
                ctx_fatal(graph_ctx(g), STATUS_MODEL,
                          "a rule takes the derivative that it is the rule for");
            expand_roots(r, g, &root);
            graph_rule_replace(g, i, root.at[0]);
            again = true;
        }
    }
    vec_free(graph_ctx(g), &root);
}

void derive_expand(Rules *r, Model *model)
{
    expand_rules(r, model->graph);
    if (has_diff(model->graph, &model->nodes))
        expand_roots(r, model->graph, &model->nodes);
}

/* ---- functions of scalars and arrays */

static void add_param(Graph *g, Fn *fn, SymId sym, ArgRole role, SymId of)
{
    Param p = {sym, role, of};
    *vec_push(graph_ctx(g), &fn->params) = p;
}

static void add_result(Graph *g, Fn *fn, Result result)
{
    *vec_push(graph_ctx(g), &fn->results) = result;
}

void fn_free(Ctx *ctx, Fn *fn)
{
    vec_free(ctx, &fn->params);
    vec_free(ctx, &fn->results);
    vec_free(ctx, &fn->order);
}

/* Subscripts of its own for every element of a shape, and the set of their indices. */
static TupleId all_of(Graph *g, TupleId shape, SetId *bound)
{
    static const char *const letters[] = {"i", "j", "k", "l", "m", "p"};
    Ctx *ctx = graph_ctx(g);
    uint32_t size = tuple_size(g, shape);
    NodeId *items = array_new(ctx, size + 1, sizeof *items);
    *bound = 0;
    for (uint32_t i = 0; i < size; i++) {
        IndexId index = index_of(g, name_of(ctx, letters[i % 6]), build_int(g, 0),
                                 tuple_item(g, shape, i), i / 6);
        items[i] = build_index(g, index);
        *bound = set_with(g, *bound, index);
    }
    TupleId tuple = tuple_of(g, items, size);
    ctx_resize(ctx, items, 0);
    return tuple;
}

static NodeId array_of_parts(Graph *g, U32Vec *parts, SymId sym, int kind)
{
    NodeId array = build_array(g, tuple_of(g, parts->at, parts->count), sym, kind);
    vec_free(graph_ctx(g), parts);
    return array;
}

/* The adjoint of one input: of a scalar its own; of an array what each read of it adds. */
static void add_adjoint(Graph *g, Fn *fn, SymId input, const uint8_t *live, const Adjoints *a)
{
    SymId bar = sym_derived(g, input, ROLE_BAR);
    TupleId shape = sym_at(g, input)->shape;
    Result r = {.sym = bar, .role = ARG_ADJOINT, .of = input, .node = build_int(g, 0)};
    U32Vec parts = {0};
    for (NodeId id = 1; id < a->count; id++) {
        if (!live[id] || node_op(g, id) != OP_REF || node_at(g, id)->a != input || !a->bar[id])
            continue;
        r.node = a->bar[id];
        TupleId at = node_at(g, id)->b;
        SetId bound = set_union(g, node_at(g, r.node)->free, node_at(g, id)->free);
        *vec_push(graph_ctx(g), &parts) = build_part(g, r.node, at, bound);
    }
    if (shape && !parts.count) {
        SetId bound;
        TupleId at = all_of(g, shape, &bound);
        *vec_push(graph_ctx(g), &parts) = build_part(g, build_int(g, 0), at, bound);
    }
    if (shape)
        r.node = array_of_parts(g, &parts, bar, ARRAY_ADD);
    add_result(g, fn, r);
}

Fn derive_reverse(Rules *r, Graph *g, const Result *outputs, uint32_t output_count,
                  const SymId *inputs, uint32_t input_count, const Param *params,
                  uint32_t param_count, bool seeds)
{
    Ctx *ctx = graph_ctx(g);
    Fn fn = {.kind = seeds ? FN_REVERSE : FN_GRADIENT};
    NodeId *roots = array_new(ctx, output_count + 1, sizeof *roots);
    NodeId *seed = array_new(ctx, output_count + 1, sizeof *seed);
    for (uint32_t i = 0; i < param_count; i++)
        add_param(g, &fn, params[i].sym, params[i].role, params[i].of);
    for (uint32_t i = 0; i < output_count; i++) {
        SymId bar = sym_derived(g, outputs[i].sym, ROLE_BAR);
        roots[i] = outputs[i].node;
        seed[i] = seeds ? build_ref(g, bar, 0) : build_int(g, 1);
        if (seeds)
            add_param(g, &fn, bar, ARG_SEED, outputs[i].of);
        add_result(g, &fn, outputs[i]);
    }
    uint8_t *live = graph_live(g, roots, output_count);
    uint8_t *varied = array_new(ctx, graph_count(g), 1);
    for (NodeId id = 1; id < graph_count(g); id++)
        for (uint32_t k = 0; live[id] && node_op(g, id) == OP_REF && k < input_count; k++)
            varied[id] |= node_at(g, id)->a == inputs[k];
    Adjoints a = vjp(r, g, roots, seed, output_count, varied, true);
    for (uint32_t k = 0; k < input_count; k++)
        add_adjoint(g, &fn, inputs[k], live, &a);
    ctx_resize(ctx, a.bar, 0);
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, varied, 0);
    ctx_resize(ctx, roots, 0);
    ctx_resize(ctx, seed, 0);
    return fn;
}

/* ---- functions of a model */

/* An output's symbol: of an input or param that is handed through, one of its own. */
static SymId output_sym(Model *m, uint32_t entity)
{
    SymId sym = m->syms.at[entity];
    return entity_is_argument(m->unit->entities.at[entity].kind) ? sym_derived(m->graph, sym, ROLE_OUT)
                                                             : sym;
}

static Result output_of(Model *m, uint32_t entity)
{
    SymId sym = output_sym(m, entity);
    Result r = {.sym = sym, .role = ARG_OUTPUT, .of = sym, .node = m->nodes.at[entity]};
    return r;
}

static void add_model_params(Model *m, Fn *fn)
{
    for (uint32_t i = 0; i < m->unit->entities.count; i++) {
        EntityKind kind = m->unit->entities.at[i].kind;
        SymId sym = m->syms.at[i];
        if (entity_is_argument(kind))
            add_param(m->graph, fn, sym, kind == ENTITY_INPUT ? ARG_INPUT : ARG_PARAM, sym);
    }
}

static Fn derive_forward(Rules *r, Model *m, const bool *wrt)
{
    Graph *g = m->graph;
    Fn fn = {.kind = FN_FORWARD};
    add_model_params(m, &fn);
    U32Vec roots = {0};
    for (uint32_t i = 0; i < m->unit->outputs.count; i++) {
        Result out = output_of(m, m->unit->outputs.at[i]);
        *vec_push(m->ctx, &roots) = out.node;
        add_result(g, &fn, out);
    }
    for (uint32_t i = 0; i < m->unit->entities.count; i++)
        if (wrt[i]) {
            SymId dot = sym_derived(g, m->syms.at[i], ROLE_DOT);
            add_param(g, &fn, dot, ARG_TANGENT, m->syms.at[i]);
            build_ref(g, dot, 0);
        }
    NodeId *tangent = array_new(m->ctx, graph_count(g), sizeof *tangent);
    for (uint32_t i = 0; i < m->unit->entities.count; i++)
        if (wrt[i])
            tangent[m->nodes.at[i]] = build_ref(g, sym_derived(g, m->syms.at[i], ROLE_DOT), 0);
    jvp(r, g, roots.at, roots.count, tangent, true);
    for (uint32_t i = 0; i < roots.count; i++) {
        Result out = fn.results.at[i];
        out.sym = sym_derived(g, out.of, ROLE_DOT);
        out.role = ARG_OUTPUT_TANGENT;
        out.node = tangent[roots.at[i]] ? tangent[roots.at[i]] : build_int(g, 0);
        add_result(g, &fn, out);
    }
    ctx_resize(m->ctx, tangent, 0);
    vec_free(m->ctx, &roots);
    return fn;
}

static Fn derive_backward(Rules *r, Model *m, const bool *wrt, bool seeds)
{
    Fn head = {0};
    VEC(Result) outputs = {0};
    U32Vec inputs = {0};
    add_model_params(m, &head);
    for (uint32_t i = 0; i < m->unit->outputs.count; i++)
        *vec_push(m->ctx, &outputs) = output_of(m, m->unit->outputs.at[i]);
    for (uint32_t i = 0; i < m->unit->entities.count; i++)
        if (wrt[i])
            *vec_push(m->ctx, &inputs) = m->syms.at[i];
    Fn fn = derive_reverse(r, m->graph, outputs.at, outputs.count, inputs.at, inputs.count,
                           head.params.at, head.params.count, seeds);
    fn_free(m->ctx, &head);
    vec_free(m->ctx, &outputs);
    vec_free(m->ctx, &inputs);
    return fn;
}

static Fn derive_value(Model *m)
{
    Fn fn = {.kind = FN_VALUE};
    add_model_params(m, &fn);
    for (uint32_t i = 0; i < m->unit->outputs.count; i++)
        add_result(m->graph, &fn, output_of(m, m->unit->outputs.at[i]));
    return fn;
}

Fn derive_function(Rules *r, Model *model, FnKind kind, const bool *wrt)
{
    switch (kind) {
    case FN_VALUE: return derive_value(model);
    case FN_FORWARD: return derive_forward(r, model, wrt);
    case FN_REVERSE: return derive_backward(r, model, wrt, true);
    case FN_GRADIENT: return derive_backward(r, model, wrt, false);
    case FN_JACOBIAN: case FN_HESSIAN: case FN_HVP: case FN_KIND_COUNT: break;
    }
    Fn none = {.kind = kind};
    return none;
}
