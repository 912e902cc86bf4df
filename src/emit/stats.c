/* How many operations of each kind the functions do, how they compare, and which arrays the
 * functions that are wanted keep. */
#include "emit/emit.h"

static void take_count(Job *job, const Plan *plan, void *with)
{
    (void)job;
    PlanCount *count = with;
    *count = plan_count(plan);
}

static void put_row(Text *out, const char *name, const uint32_t *n)
{
    text_printf(out, "%-12s %10u %10u %10u\n", name, (unsigned)n[0], (unsigned)n[1],
                (unsigned)n[2]);
}

static void put_ratios(Text *out, const char *name, const uint32_t *n)
{
    if (!n[0])
        return;
    text_printf(out, "%-12s", name);
    for (int i = 0; i < 3; i++) {
        unsigned tenths = (unsigned)((n[i] * 100ull / n[0] + 5) / 10);
        text_printf(out, " %8u.%u", tenths / 10, tenths % 10);
    }
    text_char(out, '\n');
}

/* ---- arrays */

/* The size in names of the model, and what it comes to if that is known. */
static void put_room(Job *job, NodeId size, Text *out)
{
    long n;
    const Number *number = node_number(job->model->graph, size);
    put_size(job, size, false, out);
    if (number && number_integer(number, &n))
        text_printf(out, " (%ld bytes)", n * (long)job->limits.real_size);
}

static void put_arrays(Job *job, const Plan *plan, void *with)
{
    Text *out = with;
    bool any = false;
    names_begin(job->names);
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        const PlanArray *a = &plan->arrays.at[i];
        if (!a->own || a->scalar)
            continue;
        if (!any)
            text_printf(out, "\narrays of %s_%s\n", job->prefix, fn_kind_name(plan->fn.kind));
        any = true;
        text_printf(out, "  %-12s %-5s  ", names_of_local(job->names, plan, a->local),
                    a->stack ? "stack" : "work");
        put_room(job, a->size, out);
        text_char(out, '\n');
    }
    if (plan->work) {
        text_printf(out, "  %-12s        ", "work, in all");
        put_room(job, plan->work, out);
        text_char(out, '\n');
    }
}

/* ---- operations */

void emit_stats(Job *job, Text *out)
{
    static const FnKind kinds[3] = {FN_VALUE, FN_FORWARD, FN_REVERSE};
    PlanCount counts[3];
    uint32_t row[3];
    for (int i = 0; i < 3; i++)
        job_function(job, kinds[i], take_count, &counts[i]);
    text_printf(out, "%-12s %10s %10s %10s\n", "operations", "value", "forward", "reverse");
    for (int op = 1; op < OP_COUNT; op++) {
        for (int i = 0; i < 3; i++)
            row[i] = counts[i].by_op[op];
        if (row[0] || row[1] || row[2])
            put_row(out, op == OP_NEG ? "- (negative)" : op_info((Op)op)->spelling, row);
    }
    for (int i = 0; i < 3; i++)
        row[i] = counts[i].total;
    put_row(out, "all", row);
    put_ratios(out, "ratio", row);
    for (int i = 0; i < 3; i++)
        row[i] = counts[i].calls;
    put_row(out, "calls", row);
    put_ratios(out, "ratio", row);
    for (int i = 0; i < 3; i++)
        row[i] = counts[i].statements;
    put_row(out, "statements", row);
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (job->with[kind])
            job_function(job, (FnKind)kind, put_arrays, out);
}
