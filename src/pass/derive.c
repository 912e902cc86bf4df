/* What is wanted of a model in, functions out: compositions of jvp and vjp. */
#include <assert.h>
#include <string.h>

#include "pass/pass.h"

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

/* What a result is set to: of an array an array of its name, zeros where there is none. */
static NodeId result_node(Graph *g, NodeId node, SymId sym)
{
    if (!sym_at(g, sym)->shape)
        return node ? node : build_int(g, 0);
    return node ? array_called(g, node, sym) : array_zeros(g, sym);
}

void fn_free(Ctx *ctx, Fn *fn)
{
    vec_free(ctx, &fn->params);
    vec_free(ctx, &fn->results);
    vec_free(ctx, &fn->order);
}

/* The adjoint of one input. */
static void add_adjoint(Graph *g, Fn *fn, SymId input, const Adjoints *a)
{
    Result r = {.sym = sym_derived(g, input, ROLE_BAR), .role = ARG_ADJOINT, .of = input};
    r.node = result_node(g, a->bar[build_ref(g, input, 0)], r.sym);
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
    for (uint32_t k = 0; k < input_count; k++)
        build_ref(g, inputs[k], 0);
    uint8_t *varied = array_new(ctx, graph_count(g), 1);
    for (uint32_t k = 0; k < input_count; k++)
        varied[build_ref(g, inputs[k], 0)] = 1;
    Adjoints a = vjp(r, g, roots, seed, output_count, varied, SWEEP_NAMED);
    for (uint32_t k = 0; k < input_count; k++)
        add_adjoint(g, &fn, inputs[k], &a);
    ctx_resize(ctx, a.bar, 0);
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
    return entity_is_argument(m->unit->entities.at[entity].kind)
               ? sym_derived(m->graph, sym, ROLE_OUT)
               : sym;
}

static Result output_of(Model *m, uint32_t entity)
{
    SymId sym = output_sym(m, entity);
    NodeId node = result_node(m->graph, m->nodes.at[entity], sym);
    Result r = {.sym = sym, .role = ARG_OUTPUT, .of = sym, .node = node,
                .partial = m->unit->entities.at[entity].partial};
    return r;
}

static void add_model_params(Model *m, Fn *fn)
{
    static const ArgRole roles[] = {
        [ENTITY_DIM] = ARG_DIM, [ENTITY_INPUT] = ARG_INPUT, [ENTITY_PARAM] = ARG_PARAM,
        [ENTITY_INDEX] = ARG_INDEX,
    };
    for (int dims = 1; dims >= 0; dims--) /* first, for the shapes of the others name them */
        for (uint32_t i = 0; i < m->unit->entities.count; i++) {
            EntityKind kind = m->unit->entities.at[i].kind;
            if (entity_is_argument(kind) && (kind == ENTITY_DIM) == dims)
                add_param(m->graph, fn, m->syms.at[i], roles[kind], m->syms.at[i]);
        }
}

/* The tangents of the inputs as parameters; a list for jvp with them. */
static NodeId *model_tangents(Model *m, Fn *fn, const bool *wrt)
{
    Graph *g = m->graph;
    for (uint32_t i = 0; i < m->unit->entities.count; i++)
        if (wrt[i]) {
            SymId dot = sym_derived(g, m->syms.at[i], ROLE_DOT);
            add_param(g, fn, dot, ARG_TANGENT, m->syms.at[i]);
            build_ref(g, dot, 0);
        }
    NodeId *tangent = array_new(m->ctx, graph_count(g), sizeof *tangent);
    for (uint32_t i = 0; i < m->unit->entities.count; i++)
        if (wrt[i])
            tangent[m->nodes.at[i]] = build_ref(g, sym_derived(g, m->syms.at[i], ROLE_DOT), 0);
    return tangent;
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
    NodeId *tangent = model_tangents(m, &fn, wrt);
    jvp(r, g, roots.at, roots.count, tangent, SWEEP_NAMED);
    for (uint32_t i = 0; i < roots.count; i++) {
        Result out = fn.results.at[i];
        out.sym = sym_derived(g, out.of, ROLE_DOT);
        out.role = ARG_OUTPUT_TANGENT;
        out.node = result_node(g, tangent[roots.at[i]], out.sym);
        add_result(g, &fn, out);
    }
    ctx_resize(m->ctx, tangent, 0);
    vec_free(m->ctx, &roots);
    return fn;
}

/* The outputs as results, and the inputs that derivatives are taken of. */
typedef struct Interface {
    VEC(Result) outputs;
    U32Vec inputs;
} Interface;

static Interface interface_of(Model *m, const bool *wrt)
{
    Interface of = {0};
    for (uint32_t i = 0; i < m->unit->outputs.count; i++)
        *vec_push(m->ctx, &of.outputs) = output_of(m, m->unit->outputs.at[i]);
    for (uint32_t i = 0; i < m->unit->entities.count; i++)
        if (wrt[i])
            *vec_push(m->ctx, &of.inputs) = m->syms.at[i];
    return of;
}

static void interface_free(Model *m, Interface *of)
{
    vec_free(m->ctx, &of->outputs);
    vec_free(m->ctx, &of->inputs);
}

static Fn derive_backward(Rules *r, Model *m, const bool *wrt, bool seeds)
{
    Fn head = {0};
    Interface of = interface_of(m, wrt);
    add_model_params(m, &head);
    Fn fn = derive_reverse(r, m->graph, of.outputs.at, of.outputs.count, of.inputs.at,
                           of.inputs.count, head.params.at, head.params.count, seeds);
    fn_free(m->ctx, &head);
    interface_free(m, &of);
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

static Fn derive_matrix(Rules *r, Model *m, FnKind kind, const DeriveOptions *o)
{
    Fn fn = derive_value(m);
    Interface of = interface_of(m, o->wrt);
    fn.kind = kind;
    assert(of.outputs.count > 0);
    add_result(m->graph, &fn,
               kind == FN_JACOBIAN
                   ? dense_jacobian(r, m->graph, of.outputs.at, of.outputs.count, of.inputs.at,
                                    of.inputs.count, o->jacobian)
                   : dense_hessian(r, m->graph, of.outputs.at[0].node, of.inputs.at,
                                   of.inputs.count));
    interface_free(m, &of);
    return fn;
}

/* The tangent of the gradient: the adjoints are made results to be found again, and go. */
static Fn derive_hvp(Rules *r, Model *m, const bool *wrt)
{
    Graph *g = m->graph;
    U32Vec roots = {0};
    Fn fn = derive_backward(r, m, wrt, false);
    fn.kind = FN_HVP;
    assert(fn.results.count > 0);
    for (uint32_t i = 1; i < fn.results.count; i++) /* behind the one output */
        *vec_push(m->ctx, &roots) = fn.results.at[i].node;
    derive_release(g, fn.results.at[0].node, &roots);
    *vec_push(m->ctx, &roots) = fn.results.at[0].node;
    NodeId *tangent = model_tangents(m, &fn, wrt);
    jvp(r, g, roots.at, roots.count, tangent, SWEEP_NAMED);
    for (uint32_t i = 0; i < fn.results.count; i++) {
        Result *bar = &fn.results.at[i];
        if (bar->role != ARG_ADJOINT)
            continue;
        bar->sym = sym_derived(g, bar->sym, ROLE_DOT);
        bar->role = ARG_ADJOINT_TANGENT;
        bar->node = result_node(g, tangent[roots.at[i - 1]], bar->sym);
    }
    ctx_resize(m->ctx, tangent, 0);
    vec_free(m->ctx, &roots);
    return fn;
}

Fn derive_function(Rules *r, Model *model, FnKind kind, const DeriveOptions *o)
{
    switch (kind) {
    case FN_VALUE: return derive_value(model);
    case FN_FORWARD: return derive_forward(r, model, o->wrt);
    case FN_REVERSE: return derive_backward(r, model, o->wrt, true);
    case FN_GRADIENT: return derive_backward(r, model, o->wrt, false);
    case FN_JACOBIAN: case FN_HESSIAN: return derive_matrix(r, model, kind, o);
    case FN_HVP: return derive_hvp(r, model, o->wrt);
    case FN_KIND_COUNT: break;
    }
    Fn none = {.kind = kind};
    return none;
}
