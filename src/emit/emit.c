/* The job: functions derived, simplified and planned one at a time, and the table of back ends.
 * What one function needed is forgotten before the next, so that none depends on another. */
#include "emit/emit.h"

const BackEnd back_ends[] = {
    {"c", emit_c, false},
    {"header", emit_header, false},
    {"json", emit_json, false},
    {"dot", emit_dot, true},
    {"latex", emit_latex, true},
    {"markdown", emit_markdown, true},
    {"html", emit_html, true},
    {"test", emit_test, false},
    {NULL, NULL, false},
};

/* Debug builds (-DBPGEN_VERIFY) look at the graph between the stages. */
static void verify(const Job *job)
{
#ifdef BPGEN_VERIFY
    const char *broken = graph_verify(job->model->graph);
    if (broken)
        ctx_fatal(job->ctx, STATUS_SYSTEM, "internal error: %s", broken);
#else
    (void)job;
#endif
}

Fn job_derive(Job *job, FnKind kind)
{
    const DeriveOptions options = {job->wrt, job->jacobian};
    return derive_function(job->rules, job->model, kind, &options);
}

/* A function over nodes from the mark on, and of the model. */
static void plan_own(Job *job, Fn *fn, uint32_t mark,
                     void (*use)(Job *, const Plan *, void *), void *with)
{
    Graph *g = job->model->graph;
    verify(job);
    simplify(job->rules, g, fn);
    verify(job);
    fn_keep(g, mark, fn);
    verify(job);
    Plan *plan = plan_function(job->rules, g, fn, &job->limits);
    use(job, plan, with);
    plan_free(plan);
}

void job_plan(Job *job, Fn *fn, void (*use)(Job *, const Plan *, void *), void *with)
{
    plan_own(job, fn, graph_count(job->model->graph), use, with);
}

void job_function(Job *job, FnKind kind, void (*use)(Job *, const Plan *, void *), void *with)
{
    Graph *g = job->model->graph;
    uint32_t mark = graph_mark(g);
    Fn fn = job_derive(job, kind);
    plan_own(job, &fn, mark, use, with);
    fn_free(job->ctx, &fn);
    graph_release(g, mark);
}

void job_calls(Job *job, Op op)
{
    if (job->helpers)
        job->helpers[op] = true;
}

const char *job_text_of(const Job *job, Op op)
{
    return op == OP_POW && job->real == REAL_COMPLEX ? "@pow(%0, %1)" : op_info(op)->c;
}
