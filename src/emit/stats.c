/* How many operations of each kind the functions do, and how they compare. */
#include "emit/emit.h"

static void take_count(Job *job, const Plan *plan, void *with)
{
    (void)job;
    PlanCount *count = with;
    *count = plan_count(plan);
}

static void put_row(Text *out, const char *name, const uint32_t *n)
{
    text_printf(out, "%-12s %10u %10u %10u\n", name, (unsigned)n[0], (unsigned)n[1], (unsigned)n[2]);
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
}
