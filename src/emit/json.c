/* The manifest: what the C of the same options holds, for programs that call it. */
#include <string.h>

#include "emit/emit.h"

static void put_pair(Text *out, const char *key, const char *value)
{
    text_printf(out, "\"%s\": ", key);
    text_json(out, value);
}

/* ---- the model */

static const char *entity_kind(EntityKind kind)
{
    return kind == ENTITY_INPUT ? "input" : kind == ENTITY_INDEX ? "index" : "param";
}

static TupleId shape_of(Job *job, uint32_t entity)
{
    return sym_at(job->model->graph, job->model->syms.at[entity])->shape;
}

/* The value that a dim was given; of a run-time dim null. */
static void put_dim(Job *job, uint32_t entity, Text *out)
{
    const Entity *e = &job->model->unit->entities.at[entity];
    put_pair(out, "name", name_text(job->ctx, e->name));
    text_put(out, ", ");
    put_pair(out, "c", names_of(job->names, job->model->syms.at[entity]));
    text_put(out, ", \"value\": ");
    if (e->kind == ENTITY_DIM)
        text_put(out, "null");
    else
        put_size(job, job->model->nodes.at[entity], false, out);
    text_char(out, '}');
}

static void put_dims(Job *job, Text *out)
{
    Unit *u = job->model->unit;
    bool first = true;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        if (u->entities.at[i].kind != ENTITY_DIM && !u->entities.at[i].dim)
            continue;
        text_put(out, first ? "\n    {" : ",\n    {");
        first = false;
        put_dim(job, i, out);
    }
    text_put(out, first ? "" : "\n  ");
}

static void put_limit(Job *job, uint32_t entity, Text *out)
{
    NodeId limit = sym_at(job->model->graph, job->model->syms.at[entity])->limit;
    bool number = node_op(job->model->graph, limit) == OP_CONST;
    text_printf(out, ", \"limit\": %s", number ? "" : "\"");
    put_size(job, limit, false, out);
    text_put(out, number ? "" : "\"");
}

static void put_inputs(Job *job, Text *out)
{
    Unit *u = job->model->unit;
    bool first = true;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const Entity *e = &u->entities.at[i];
        if (!entity_is_argument(e->kind) || e->kind == ENTITY_DIM)
            continue;
        text_put(out, first ? "\n    {" : ",\n    {");
        first = false;
        put_pair(out, "name", name_text(job->ctx, e->name));
        text_put(out, ", ");
        put_pair(out, "c", names_of(job->names, job->model->syms.at[i]));
        text_printf(out, ", \"kind\": \"%s\", \"type\": \"%s\", \"shape\": [", entity_kind(e->kind),
                    e->kind == ENTITY_INDEX ? "int" : "real");
        put_shape(job, shape_of(job, i), out);
        text_printf(out, "], \"active\": %s", job->wrt[i] ? "true" : "false");
        if (e->kind == ENTITY_INDEX)
            put_limit(job, i, out);
        text_char(out, '}');
    }
}

static const char *output_c_name(Job *job, uint32_t entity)
{
    SymId sym = job->model->syms.at[entity];
    if (entity_is_argument(job->model->unit->entities.at[entity].kind))
        sym = sym_derived(job->model->graph, sym, ROLE_OUT);
    return names_of(job->names, sym);
}

static void put_outputs(Job *job, Text *out)
{
    Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->outputs.count; i++) {
        uint32_t entity = u->outputs.at[i];
        text_put(out, i ? ",\n    {" : "\n    {");
        put_pair(out, "name", name_text(job->ctx, u->entities.at[entity].name));
        text_put(out, ", ");
        put_pair(out, "c", output_c_name(job, entity));
        text_put(out, ", \"shape\": [");
        put_shape(job, shape_of(job, entity), out);
        text_put(out, "]}");
    }
}

/* ---- the functions */

/* How long `work` must be. */
static void put_work_size(Job *job, const Plan *plan, Text *out)
{
    Text name = text_new(job->ctx);
    if (has_runtime_dims(job)) {
        put_work_name(job, plan->fn.kind, &name);
        text_put(out, ", ");
        put_pair(out, "size_function", name.at);
    } else {
        text_put(out, ", \"size\": ");
        put_size(job, plan->work, false, out);
    }
    text_free(&name);
}

static void put_arg(Job *job, const Plan *plan, SymId sym, ArgRole role, SymId of, bool first, Text *out)
{
    Graph *g = job->model->graph;
    Text storage = text_new(job->ctx);
    TupleId shape = sym_at(g, sym)->shape;
    bool of_model = role != ARG_WORK && role != ARG_JACOBIAN && role != ARG_HESSIAN;
    text_put(out, first ? "\n        {" : ",\n        {");
    put_pair(out, "c", names_of(job->names, sym));
    text_printf(out, ", \"role\": \"%s\", ", arg_role_name(role));
    if (of_model)
        put_pair(out, "of", name_text(job->ctx, sym_at(g, of)->name));
    else
        text_put(out, "\"of\": null");
    text_put(out, ", ");
    put_pair(out, "type", argument_type(job, role, !shape, &storage));
    text_put(out, ", \"shape\": [");
    put_shape(job, shape, out);
    text_char(out, ']');
    if (role == ARG_WORK)
        put_work_size(job, plan, out);
    text_char(out, '}');
    text_free(&storage);
}

typedef struct Functions {
    Text *out;
    bool first;
} Functions;

static void put_function(Job *job, const Plan *plan, void *with)
{
    Functions *f = with;
    const Fn *fn = &plan->fn;
    names_begin(job->names);
    text_put(f->out, f->first ? "\n    " : ",\n    ");
    f->first = false;
    text_printf(f->out, "{\"name\": \"%s_%s\", \"kind\": \"%s\",\n      \"args\": [", job->prefix,
                fn_kind_name(fn->kind), fn_kind_name(fn->kind));
    for (uint32_t i = 0; i < fn->params.count; i++)
        put_arg(job, plan, fn->params.at[i].sym, fn->params.at[i].role, fn->params.at[i].of, i == 0, f->out);
    for (uint32_t i = 0; i < fn->results.count; i++)
        put_arg(job, plan, fn->results.at[i].sym, fn->results.at[i].role, fn->results.at[i].of,
                i == 0 && !fn->params.count, f->out);
    text_put(f->out, "\n      ]}");
}

void emit_json(Job *job, Text *out)
{
    text_put(out, "{ \"bpgen\": 1, ");
    put_pair(out, "version", BPGEN_VERSION);
    text_put(out, ", ");
    put_pair(out, "model", job->prefix);
    text_put(out, ", ");
    put_pair(out, "real", real_name(job->real));
    text_put(out, ",\n  \"dims\": [");
    put_dims(job, out);
    text_put(out, "],\n  \"inputs\": [");
    put_inputs(job, out);
    text_put(out, "\n  ],\n  \"outputs\": [");
    put_outputs(job, out);
    text_put(out, "\n  ],\n  \"functions\": [");
    Functions f = {out, true};
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (job->with[kind])
            job_function(job, (FnKind)kind, put_function, &f);
    text_put(out, "\n  ] }\n");
}
