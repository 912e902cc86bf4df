/* The C file: a head that says where it comes from, helper functions, the functions. */
#include "emit/emit.h"

/* ---- functions */

static const char *work_name(const Body *b)
{
    const Fn *fn = &b->plan->fn;
    return names_of(b->job->names, fn->results.at[fn->results.count - 1].sym);
}

void put_own_arrays(Body *b)
{
    const Plan *plan = b->plan;
    bool any = false;
    const PlanArray *before = NULL; /* in work */
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        const PlanArray *a = &plan->arrays.at[i];
        if (!a->own)
            continue;
        const char *name = names_of_local(b->job->names, plan, a->local);
        if (a->scalar && (a->once || plan->parts.count))
            continue; /* declared where it is set */
        any = true;
        if (a->scalar) {
            text_printf(b->out, "    %s %s%s;\n", real_name(b->job->real), name,
                        a->behind ? " = 0" : "");
            continue;
        }
        if (a->stack) {
            text_printf(b->out, "    %s %s[", real_name(b->job->real), name);
            put_integer(b->job, plan, a->size, PREC_COND, b->out);
            text_put(b->out, a->behind ? "] = {0};\n" : "];\n");
            continue;
        }
        text_printf(b->out, "    %s *%s = %s", real_name(b->job->real), name,
                    before ? names_of_local(b->job->names, plan, before->local) : work_name(b));
        if (before) {
            text_put(b->out, " + ");
            put_integer(b->job, plan, before->size, PREC_ADD, b->out);
        }
        text_put(b->out, ";\n");
        before = a;
    }
    text_put(b->out, any ? "\n" : "");
    b->opened = any;
}

/* What comes before the statements is known behind them. */
static void put_opening_before(Body *b)
{
    Text opening = text_aside(b->out);
    put_opening(b->job, b->plan, false, &opening);
    wrap_lines(&opening, 0);
    text_join(b->out, 0, &opening);
}

static void put_body(Body *b)
{
    put_own_arrays(b);
    for (uint32_t i = 0; i < b->plan->stmts.count; i++) {
        size_t line = b->out->len;
        put_statement(b, &b->plan->stmts.at[i]);
        wrap_lines(b->out, line);
        text_settle(b->out, b->out->len);
    }
    put_opening_before(b);
    vec_free(b->job->ctx, &b->open);
}

/* The names of elements: before others take R_1. */
static void name_elements(Job *job, const Plan *plan)
{
    for (uint32_t i = 1; i < plan->locals.count; i++)
        if (plan->locals.at[i].element && !plan->locals.at[i].array)
            names_of_local(job->names, plan, i);
}

static void put_function(Job *job, const Plan *plan, void *with)
{
    Text *out = with, body = text_aside(out);
    Body b = {.job = job, .plan = plan, .out = &body};
    names_begin(job->names);
    put_work(job, plan, true, out);
    name_elements(job, plan);
    names_forget_put(job->names);
    if (plan->parts.count)
        put_split(job, plan, out, &body);
    else
        put_body(&b);
    text_char(out, '\n');
    put_title(plan->fn.kind, out);
    size_t start = out->len;
    put_prototype(job, &plan->fn, out);
    wrap_lines(out, start);
    text_put(out, "\n{\n");
    text_join(out, text_length(out), &body);
    text_put(out, "}\n");
}

void emit_c_function(Job *job, const Plan *plan, Text *out)
{
    put_function(job, plan, out);
}

/* ---- the file */

void emit_c(Job *job, Text *out)
{
    bool helpers[OP_COUNT] = {false}; /* the helper functions that are called */
    put_head(job, out);
    text_put(out, "#include <math.h>\n#include <stddef.h>\n\n");
    text_put(out, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    put_offsets(job, out);
    const uint64_t start = text_length(out);
    job->helpers = helpers;
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (job->with[kind])
            job_function(job, (FnKind)kind, put_function, out);
    Text first = text_aside(out); /* known now; they come first */
    put_helpers(job, helpers, &first);
    job->helpers = NULL;
    if (first.len)
        text_insert(&first, 0, "\n");
    text_join(out, start, &first);
    text_put(out, "\n#ifdef __cplusplus\n}\n#endif\n");
}
