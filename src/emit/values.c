/* Outputs and derivatives at a point, with no compiler: the nodes of the generated functions,
 * evaluated one by one in the precision and range of the target's type. */
#include "emit/emit.h"

typedef struct Values {
    Job *job;
    Graph *g;
    mpfr_t *at;       /* a node each */
    uint8_t *known;   /* a node each: is at[] initialised? */
    uint32_t count;
    const PointValue *point;
    uint32_t point_count;
} Values;

/* The exponent range of the type, in MPFR's convention (a significand in [1/2, 1)). */
static void enter_range(RealType type, mpfr_exp_t *emin, mpfr_exp_t *emax)
{
    static const mpfr_exp_t low[] = {[REAL_FLOAT] = -148, [REAL_DOUBLE] = -1073,
                                     [REAL_LONG_DOUBLE] = -16444};
    static const mpfr_exp_t high[] = {[REAL_FLOAT] = 128, [REAL_DOUBLE] = 1024,
                                      [REAL_LONG_DOUBLE] = 16384};
    *emin = mpfr_get_emin();
    *emax = mpfr_get_emax();
    mpfr_set_emin(low[type]);
    mpfr_set_emax(high[type]);
}

static void leave_range(mpfr_exp_t emin, mpfr_exp_t emax)
{
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
}

/* Rounds an exact or wide value to the type, gradual underflow included. */
static void settle(mpfr_ptr r, RealType type)
{
    mpfr_exp_t emin, emax;
    enter_range(type, &emin, &emax);
    int inexact = mpfr_check_range(r, 0, MPFR_RNDN);
    mpfr_subnormalize(r, inexact, MPFR_RNDN);
    leave_range(emin, emax);
}

static void evaluate_ref(Values *v, const Node *n, mpfr_ptr r)
{
    mpfr_set_zero(r, 1);
    for (uint32_t i = 0; i < v->point_count; i++)
        if (v->job->model->syms.at[v->point[i].entity] == n->a)
            mpfr_set(r, v->point[i].value, MPFR_RNDN);
}

static void evaluate(Values *v, NodeId id)
{
    const Node n = *node_at(v->g, id);
    mpfr_srcptr args[3];
    mpfr_ptr r = v->at[id];
    mpfr_init2(r, real_bits(v->job->real));
    v->known[id] = 1;
    if (n.op == OP_CONST)
        number_get(node_number(v->g, id), r);
    else if (n.op == OP_REF)
        evaluate_ref(v, &n, r);
    else {
        for (int i = 0; i < node_arity(v->g, id); i++)
            args[i] = v->at[node_operand(v->g, id, i)];
        op_eval((Op)n.op, r, args);
    }
    settle(r, v->job->real);
}

/* Evaluates all that the results need. */
static void evaluate_all(Values *v, const Fn *fn)
{
    Ctx *ctx = v->job->ctx;
    U32Vec roots = {0};
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(ctx, &roots) = fn->results.at[i].node;
    uint8_t *live = graph_live(v->g, roots.at, roots.count);
    v->count = graph_count(v->g);
    v->at = array_new(ctx, v->count, sizeof *v->at);
    v->known = array_new(ctx, v->count, 1);
    for (NodeId id = 1; id < v->count; id++)
        if (live[id])
            evaluate(v, id);
    ctx_resize(ctx, live, 0);
    vec_free(ctx, &roots);
}

static void forget_all(Values *v)
{
    for (NodeId id = 1; id < v->count; id++)
        if (v->known[id])
            mpfr_clear(v->at[id]);
    ctx_resize(v->job->ctx, v->at, 0);
    ctx_resize(v->job->ctx, v->known, 0);
}

static void put_line(Values *v, const char *left, NodeId node, Text *out)
{
    text_printf(out, "%s = ", left);
    number_real_text(out, v->at[node], v->job->real);
    text_char(out, '\n');
}

/* The lines of one output: its value, then its derivatives. */
static void put_output(Values *v, const Fn *fn, SymId output, Text *out)
{
    Ctx *ctx = v->job->ctx;
    const char *name = name_text(ctx, sym_at(v->g, output)->name);
    for (uint32_t i = 0; i < fn->results.count; i++)
        if (fn->results.at[i].role == ARG_OUTPUT && fn->results.at[i].of == output)
            put_line(v, name, fn->results.at[i].node, out);
    for (uint32_t i = 0; i < fn->results.count; i++) {
        const Result *r = &fn->results.at[i];
        if (r->role != ARG_ADJOINT)
            continue;
        Text left = text_new(ctx);
        text_printf(&left, "diff(%s, %s)", name, name_text(ctx, sym_at(v->g, r->of)->name));
        put_line(v, left.at, r->node, out);
        text_free(&left);
    }
}

/* Each output by itself: a seed of 0 at another one would meet infinite derivatives there. */
void emit_values(Job *job, const PointValue *point, uint32_t count, Text *out)
{
    Graph *g = job->model->graph;
    U32Vec *outputs = &job->model->unit->outputs;
    const U32Vec all = *outputs;
    for (uint32_t i = 0; i < all.count; i++) {
        uint32_t mark = graph_mark(g);
        outputs->at = all.at + i;
        outputs->count = 1;
        Fn fn = derive_function(job->rules, job->model, FN_GRADIENT, job->wrt);
        *outputs = all;
        simplify(job->rules, g, &fn);
        Values v = {.job = job, .g = g, .point = point, .point_count = count};
        evaluate_all(&v, &fn);
        put_output(&v, &fn, fn.results.at[0].of, out);
        forget_all(&v);
        fn_free(job->ctx, &fn);
        graph_release(g, mark);
    }
}
