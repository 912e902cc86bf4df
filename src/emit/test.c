/* A model in, a program in C out that judges its generated functions, and a gradient that the user
 * has written: the tables and calls of test_tables.c and test_calls.c, functions of the test's own
 * for what the model claims, for complex values and for single paths, and templates/test.c. */
#include <string.h>

#include "emit/emit.h"

/* More paths than this are not told apart. */
enum { PATHS_MAX = 40, POINTS = 5 };

/* ---- functions of the test's own */

typedef struct Own {
    Test *t;
    Text *body, *call;
    bool helpers[OP_COUNT];
} Own;

static void put_own(Job *job, const Plan *plan, void *with)
{
    Own *own = with;
    emit_c_function(job, plan, own->body);
    if (own->call)
        test_keep_call(own->t, plan, own->call);
}

/* A static function of the test: PREFIX_NAME_value. */
static void put_own_function(Test *t, const char *name, const char *comment, Fn *fn, RealType real,
                             Text *call)
{
    Job *job = t->job;
    const char *prefix = job->prefix;
    const RealType type = job->real;
    Text body = text_new(job->ctx), own_prefix = text_new(job->ctx);
    Own own = {.t = t, .body = &body, .call = call};
    text_printf(&own_prefix, "%s_%s", prefix, name);
    job->prefix = own_prefix.at;
    job->real = real;
    job->is_static = true;
    job->helpers = own.helpers;
    text_printf(t->out, "\n/* %s */\n", comment);
    job_plan(job, fn, put_own, &own);
    put_helpers(job, own.helpers, t->out);
    text_put(t->out, body.at);
    job->helpers = NULL;
    job->is_static = false;
    job->real = type;
    job->prefix = prefix;
    text_free(&body);
}

static Fn function_of_model(Test *t)
{
    Fn fn = job_derive(t->job, FN_VALUE);
    fn.results.count = 0;
    return fn;
}

static void add_result(Test *t, Fn *fn, SymId sym, NodeId node)
{
    Result r = {.sym = sym, .role = ARG_OUTPUT, .of = sym, .node = node};
    *vec_push(t->job->ctx, &fn->results) = r;
}

/* ---- claims */

static void put_claims_function(Test *t)
{
    const U32Vec *claims = &t->job->claims;
    if (!claims->count)
        return;
    Fn fn = function_of_model(t);
    for (uint32_t i = 0; i < claims->count; i++) {
        const SymId sym = t->claim_syms.at[i];
        const bool array = sym_at(t->g, sym)->shape;
        add_result(t, &fn, sym, array ? array_called(t->g, claims->at[i], sym) : claims->at[i]);
    }
    t->claims = true;
    put_own_function(t, "claims", "Both sides of the model's checks, and what it assumes.", &fn,
                     t->job->real, &t->claims_call);
    fn_free(t->job->ctx, &fn);
}

/* ---- complex values */

/* What stands against complex steps: an operation that complex numbers lack; NULL: nothing. */
static const char *not_complex(Graph *g, NodeId id)
{
    const Op op = node_op(g, id);
    switch (op) {
    case OP_ADD: case OP_SUB: case OP_NEG: case OP_MUL: case OP_DIV: case OP_POW: case OP_IPOW:
    case OP_SQRT: case OP_NORM: case OP_EXP: case OP_LOG: case OP_LOG_SUM:
    case OP_SIN: case OP_COS: case OP_TAN: case OP_ASIN: case OP_ACOS: case OP_ATAN:
    case OP_SINH: case OP_COSH: case OP_TANH: case OP_ASINH: case OP_ACOSH: case OP_ATANH:
    case OP_REF: case OP_NAME: case OP_TEMP: case OP_READ: case OP_PART: case OP_ARRAY:
    case OP_OWN: case OP_SYSTEM: case OP_MEMBER: case OP_SUM: case OP_PROD: case OP_REAL:
    case OP_INDEX: case OP_LINK: case OP_HOLD: case OP_ACTIVE:
        return NULL;
    case OP_CONST: {
        const Number *n = node_number(g, id);
        return n->rational || mpfr_number_p(n->real) ? NULL : "an infinity";
    }
    default:
        if (op_info(op)->flags & OPF_ARRAY)
            return "a system of equations";
        return node_at(g, id)->flags & NODE_INT ? NULL : op_info(op)->spelling;
    }
}

/* Does the model stop gradients itself? Softmax does so within, where it is of no consequence. */
static bool stops_gradients(const Test *t)
{
    const Ast *ast = t->job->model->unit->ast;
    for (AstId id = 1; id < ast->nodes.count; id++)
        if (ast->nodes.at[id].kind == AST_CALL && ast->nodes.at[id].resolution == RES_OP &&
            ast->nodes.at[id].target == OP_STOP)
            return true;
    return false;
}

static void look_at_values(Test *t, const Fn *fn)
{
    U32Vec roots = {0};
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(t->job->ctx, &roots) = fn->results.at[i].node;
    uint8_t *live = graph_live(t->g, roots.at, roots.count);
    const uint32_t end = graph_count(t->g);
    for (NodeId id = 1; id < end; id++) {
        if (live[id] && !t->no_complex && node_op(t->g, id) != OP_STOP)
            t->no_complex = not_complex(t->g, id);
    }
    if (stops_gradients(t))
        t->no_differences = t->no_complex = "stop_gradient";
    ctx_resize(t->job->ctx, live, 0);
    vec_free(t->job->ctx, &roots);
}

/* <tgmath.h> makes sin that of its argument's type. */
static void put_complex_function(Test *t)
{
    Fn fn = job_derive(t->job, FN_VALUE);
    if (!t->no_complex) {
        text_put(t->out,
                 "\n#if !defined __STDC_NO_COMPLEX__ && !defined __TINYC__\n#include <tgmath.h>\n"
                 "#undef I /* may be a name of the model's */\n");
        put_own_function(t, "complex", "The outputs of complex arguments.", &fn, REAL_COMPLEX,
                         &t->complex_call);
        text_put(t->out, "#endif\n");
    }
    fn_free(t->job->ctx, &fn);
}

/* ---- paths: what the inputs get by way of one use of a value that is used more than once */

static uint32_t users_of(const Derivation *d, uint32_t step)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < d->edges.count; k++)
        count += d->edges.at[k].from == step && d->bar[d->edges.at[k].to];
    return count;
}

/* The model's own values in the place of the symbols of steps and their adjoints. */
static NodeId composed(const Derivation *d, NodeId root)
{
    const Circuit *c = d->circuit;
    Ctx *ctx = c->job->ctx;
    U32Vec syms = {0}, args = {0};
    for (uint32_t i = 0; i < c->steps.count; i++) {
        *vec_push(ctx, &syms) = c->steps.at[i].sym;
        *vec_push(ctx, &args) = c->steps.at[i].outside;
        if (!d->bar[i])
            continue;
        *vec_push(ctx, &syms) = sym_derived(c->g, c->steps.at[i].sym, ROLE_BAR);
        *vec_push(ctx, &args) = d->bar[i];
    }
    FnBody body = fn_body(c->g, root, syms.at, syms.count);
    root = fn_apply(c->g, &body, args.at);
    fn_body_end(c->g, &body);
    vec_free(ctx, &syms);
    vec_free(ctx, &args);
    return root;
}

static void add_path(Test *t, Fn *fn, const Derivation *d, const Edge *e, Text *names)
{
    const Circuit *c = d->circuit;
    NodeId seed = composed(d, e->exact), root = c->steps.at[e->from].outside;
    uint8_t *varied = array_new(t->job->ctx, graph_count(t->g), 1);
    for (uint32_t i = 0; i < t->inputs.count; i++)
        varied[t->job->model->nodes.at[t->inputs.at[i].entity]] = 1;
    Adjoints a = vjp(t->job->rules, t->g, &root, &seed, 1, varied, SWEEP_PLAIN);
    for (uint32_t i = 0; i < t->inputs.count; i++) {
        const Block *b = &t->inputs.at[i];
        const TupleId shape = sym_at(t->g, b->sym)->shape;
        const SymId sym = sym_new(t->g, name_of(t->job->ctx, "path"), SYM_DEF, shape);
        NodeId node = t->job->model->nodes.at[b->entity];
        node = node < a.count ? a.bar[node] : 0;
        if (!node)
            continue;
        node = shape ? array_called(t->g, node, sym) : node;
        add_result(t, fn, sym, node);
        Block side = {
            .sym = sym, .offset = t->path_count * t->input_count + b->offset, .count = b->count};
        *vec_push(t->job->ctx, &t->sides) = side;
    }
    text_put(names, "    \"");
    put_step_name(c, NOTATION_TEXT, e->to, names);
    text_put(names, " = ");
    if (!c->steps.at[e->to].array)
        put_step_value(c, NOTATION_TEXT, e->to, names);
    else
        text_put(names, "...");
    text_put(names, "\",\n");
    t->path_count++;
    ctx_resize(t->job->ctx, varied, 0);
    ctx_resize(t->job->ctx, a.bar, 0);
}

static bool has_systems(const Circuit *c)
{
    for (uint32_t i = 0; i < c->steps.count; i++)
        if (node_op(c->g, c->steps.at[i].outside) == OP_MEMBER)
            return true;
    return false;
}

static void put_paths_function(Test *t, Text *names)
{
    if (t->job->against && t->outputs.count == 1 && !sym_at(t->g, t->outputs.at[0].sym)->shape) {
        Circuit *c = circuit_new(t->job);
        Derivation *d = has_systems(c) ? NULL : derivation_new(c, NULL, 0);
        Fn fn = function_of_model(t);
        if (d)
            derivation_of(d, 0);
        for (uint32_t k = 0; d && k < d->edges.count && t->path_count < PATHS_MAX; k++)
            if (d->bar[d->edges.at[k].to] && users_of(d, d->edges.at[k].from) > 1)
                add_path(t, &fn, d, &d->edges.at[k], names);
        if (t->path_count)
            put_own_function(t, "paths",
                             "What inputs get by way of one use of a value that has several.", &fn,
                             t->job->real, &t->paths_call);
        fn_free(t->job->ctx, &fn);
        if (d)
            derivation_free(d);
        circuit_free(c);
    }
}

static void put_path_names(Test *t, const Text *names)
{
    text_printf(
        t->out,
        "\nenum { PATHS = %u };\n\nstatic const char *const path_names[] = {\n%s    NULL\n};\n",
        (unsigned)t->path_count, names->at);
}

/* ---- the file */

static void put_prototypes(Job *job, const Plan *plan, void *with)
{
    Test *t = with;
    names_begin(job->names);
    put_work(job, plan, false, t->out);
    const size_t start = t->out->len;
    put_prototype(job, &plan->fn, t->out);
    text_put(t->out, ";\n");
    wrap_lines(t->out, start);
}

static void put_options(Test *t)
{
    const Job *job = t->job;
    const Against *a = job->against;
    static const char *const epsilon[] = {"FLT_EPSILON", "DBL_EPSILON", "DBL_EPSILON",
                                          "DBL_EPSILON"};
    text_printf(t->out, "\ntypedef %s real;\n", real_name(job->real));
    text_printf(t->out, "\n#define MODEL \"%s\"\n#define EPSILON ((double)%s)\n", job->prefix,
                epsilon[job->real]);
    text_printf(t->out, "#define SEED %uUL\n", (unsigned)job->seed);
    text_printf(t->out, "#define YOURS \"%s\"\n", a ? a->function : "");
    text_printf(t->out, "#define NO_DIFFERENCES \"%s\"\n#define NO_COMPLEX \"%s\"\n",
                t->no_differences ? t->no_differences : "",
                t->no_complex ? t->no_complex : "the compiler has none");
    text_printf(t->out,
                "\nenum {\n    ARGS = %u, INDICES = %u, INPUTS = %u, OUTPUTS = %u, SIDES = %u,\n",
                (unsigned)t->argument_count, (unsigned)t->index_count, (unsigned)t->input_count,
                (unsigned)t->output_count, (unsigned)t->side_count);
    text_printf(t->out,
                "    POINTS = %d, HAS_POINT = %d, HAS_YOURS = %d, YOURS_HAS_VALUE = %d, "
                "HAS_DIFFERENCES = %d\n};\n",
                job->point ? 1 : POINTS, job->point != NULL, a != NULL,
                a && (a->values || a->returns), !t->no_differences);
    text_printf(t->out,
                t->no_complex
                    ? "\nenum { HAS_COMPLEX = 0 };\n"
                    : "\n#if defined __STDC_NO_COMPLEX__ || defined __TINYC__\n"
                      "enum { HAS_COMPLEX = 0 };\n#else\nenum { HAS_COMPLEX = 1 };\n#endif\n");
}

static void put_includes(Test *t)
{
    put_head(t->job, t->out);
    text_put(t->out,
             "#include <float.h>\n#include <math.h>\n#include <stddef.h>\n#include <stdio.h>\n"
             "#include <stdlib.h>\n#include <string.h>\n\n");
    if (t->job->against)
        text_printf(t->out, "#include \"%s\"\n\n", t->job->against->header);
    text_put(t->out, "/* ---- the functions that are tested */\n\n");
    job_function(t->job, FN_VALUE, put_prototypes, t);
    job_function(t->job, FN_FORWARD, put_prototypes, t);
    job_function(t->job, FN_REVERSE, put_prototypes, t);
}

/* Symbols for the sides of checks and for assumptions. */
static void name_claims(Test *t)
{
    const Unit *u = t->job->model->unit;
    Ctx *ctx = t->job->ctx;
    t->assumed = t->job->claims.count - 2 * u->checks.count;
    for (uint32_t i = 0; i < u->checks.count; i++) {
        *vec_push(ctx, &t->claim_syms) =
            sym_new(t->g, name_of(ctx, "left"), SYM_DEF, unit_shape(u, u->checks.at[i].left));
        *vec_push(ctx, &t->claim_syms) =
            sym_new(t->g, name_of(ctx, "right"), SYM_DEF, unit_shape(u, u->checks.at[i].right));
    }
    for (uint32_t i = 0; i < t->assumed; i++)
        *vec_push(ctx, &t->claim_syms) = sym_new(t->g, name_of(ctx, "assumed"), SYM_DEF, 0);
}

void emit_test(Job *job, Text *out)
{
    Test t = {.job = job, .g = job->model->graph, .out = out};
    t.claims_call = text_new(job->ctx);
    t.paths_call = text_new(job->ctx);
    t.complex_call = text_new(job->ctx);
    Text names = text_new(job->ctx);
    text_put(&names, "");
    if (!job->with[FN_VALUE] || !job->with[FN_FORWARD] || !job->with[FN_REVERSE])
        ctx_fatal(job->ctx, STATUS_USAGE,
                  "--emit=test calls value, forward and reverse; --with lacks one of them");
    name_claims(&t);
    test_layout(&t);
    Fn fn = job_derive(job, FN_VALUE);
    look_at_values(&t, &fn);
    fn_free(job->ctx, &fn);
    put_includes(&t);
    put_claims_function(&t);
    put_complex_function(&t);
    put_paths_function(&t, &names);
    put_options(&t);
    put_path_names(&t, &names);
    put_test_yours(&t);
    put_test_tables(&t);
    put_test_calls(&t);
    text_put(out, template_text(job->ctx, "test.c"));
    text_free(&names);
    text_free(&t.complex_call);
    text_free(&t.claims_call);
    text_free(&t.paths_call);
    test_free(&t);
}
