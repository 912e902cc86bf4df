/* What lies between two stages as text, for those who carry bpgen on: `--dump=STAGE`. */
#include "cli/cli.h"

const char *dump_stage_name(uint32_t i)
{
    static const char *const names[] = {
        [DUMP_TOKENS] = "tokens", [DUMP_AST] = "ast", [DUMP_UNIT] = "unit", [DUMP_GRAPH] = "graph",
        [DUMP_DERIVED] = "derived", [DUMP_SIMPLIFIED] = "simplified", [DUMP_PLAN] = "plan",
        [DUMP_NONE] = NULL,
    };
    return names[i];
}

/* The outputs as they are lowered: each `diff` is still a node. */
static void dump_model(Model *model, Text *out)
{
    const U32Vec *outputs = &model->unit->outputs;
    Fn fn = {.kind = FN_VALUE};
    for (uint32_t i = 0; i < outputs->count; i++) {
        const SymId sym = model->syms.at[outputs->at[i]];
        const NodeId node = model->nodes.at[outputs->at[i]];
        Result result = {.sym = sym, .role = ARG_OUTPUT, .of = sym, .node = node};
        *vec_push(model->ctx, &fn.results) = result;
    }
    graph_dump(model->graph, &fn, out);
    vec_free(model->ctx, &fn.results);
}

bool dump_front(Ctx *ctx, const Options *o, const Dumped *made, Text *out)
{
    const DumpStage stage = (DumpStage)o->dump;
    if (o->task != TASK_DUMP)
        return false;
    if (stage == DUMP_TOKENS)
        tokens_dump(ctx, made->source, out);
    else if (stage == DUMP_AST && made->ast)
        ast_dump(ctx, made->ast, out);
    else if (stage == DUMP_UNIT && made->unit)
        unit_dump(made->unit, out);
    else if (stage == DUMP_GRAPH && made->model)
        dump_model(made->model, out);
    else
        return false;
    return true;
}

/* ---- functions */

static void put_heading(FnKind kind, Text *out)
{
    text_printf(out, "%sfunction %s\n", out->len ? "\n" : "", fn_kind_name(kind));
}

static void dump_plan(Job *job, const Plan *plan, void *with)
{
    (void)job;
    plan_dump(plan, with);
}

void dump_functions(Job *job, DumpStage stage, Text *out)
{
    Graph *g = job->model->graph;
    for (int kind = 0; kind < FN_KIND_COUNT; kind++) {
        if (!job->with[kind])
            continue;
        put_heading((FnKind)kind, out);
        if (stage == DUMP_PLAN) {
            job_function(job, (FnKind)kind, dump_plan, out);
            continue;
        }
        const uint32_t mark = graph_mark(g);
        Fn fn = job_derive(job, (FnKind)kind);
        if (stage == DUMP_SIMPLIFIED)
            simplify(job->rules, g, &fn);
        graph_dump(g, &fn, out);
        fn_free(job->ctx, &fn);
        graph_release(g, mark);
    }
}
