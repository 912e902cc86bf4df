/* The manifest: what the C of the same options holds, for programs that call it. */
#include <string.h>

#include "emit/emit.h"

static void put_pair(Text *out, const char *key, const char *value)
{
    text_printf(out, "\"%s\": ", key);
    text_json(out, value);
}

/* Scalars have an empty shape. */
static void put_inputs(Job *job, Text *out)
{
    Unit *u = job->model->unit;
    bool first = true;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const Entity *e = &u->entities.at[i];
        if (!entity_is_argument(e->kind))
            continue;
        text_put(out, first ? "\n    {" : ",\n    {");
        first = false;
        put_pair(out, "name", name_text(job->ctx, e->name));
        text_put(out, ", ");
        put_pair(out, "c", names_of(job->names, job->model->syms.at[i]));
        text_printf(out, ", \"kind\": \"%s\", \"type\": \"real\", \"shape\": [], \"active\": %s}",
                    e->kind == ENTITY_INPUT ? "input" : "param", job->wrt[i] ? "true" : "false");
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
        text_put(out, ", \"shape\": []}");
    }
}

static void put_arg(Job *job, SymId sym, ArgRole role, SymId of, bool first, Text *out)
{
    Text storage = text_new(job->ctx);
    text_put(out, first ? "\n        {" : ",\n        {");
    put_pair(out, "c", names_of(job->names, sym));
    text_printf(out, ", \"role\": \"%s\", ", arg_role_name(role));
    put_pair(out, "of", name_text(job->ctx, sym_at(job->model->graph, of)->name));
    text_put(out, ", ");
    put_pair(out, "type", argument_type(job, role, true, &storage));
    text_put(out, ", \"shape\": []}");
    text_free(&storage);
}

static void put_function(Job *job, FnKind kind, Text *out)
{
    Fn fn = job_signature(job, kind);
    names_begin(job->names);
    text_printf(out, "{\"name\": \"%s_%s\", \"kind\": \"%s\",\n      \"args\": [", job->prefix,
                fn_kind_name(kind), fn_kind_name(kind));
    for (uint32_t i = 0; i < fn.params.count; i++)
        put_arg(job, fn.params.at[i].sym, fn.params.at[i].role, fn.params.at[i].of, i == 0, out);
    for (uint32_t i = 0; i < fn.results.count; i++)
        put_arg(job, fn.results.at[i].sym, fn.results.at[i].role, fn.results.at[i].of,
                i == 0 && !fn.params.count, out);
    text_put(out, "\n      ]}");
    fn_free(job->ctx, &fn);
}

void emit_json(Job *job, Text *out)
{
    bool first = true;
    text_put(out, "{ \"bpgen\": 1, ");
    put_pair(out, "version", BPGEN_VERSION);
    text_put(out, ", ");
    put_pair(out, "model", job->prefix);
    text_put(out, ", ");
    put_pair(out, "real", real_name(job->real));
    text_put(out, ",\n  \"dims\": [],\n  \"inputs\": [");
    put_inputs(job, out);
    text_put(out, "\n  ],\n  \"outputs\": [");
    put_outputs(job, out);
    text_put(out, "\n  ],\n  \"functions\": [");
    for (int kind = 0; kind < FN_KIND_COUNT; kind++) {
        if (!job->with[kind])
            continue;
        text_put(out, first ? "\n    " : ",\n    ");
        first = false;
        put_function(job, (FnKind)kind, out);
    }
    text_put(out, "\n  ] }\n");
}
