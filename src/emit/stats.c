/* How many operations of each kind the functions do, how they compare with the value, what room
 * they take, and which arrays they keep. */
#include "emit/emit.h"

/* ---- counts */

typedef struct Column {
    FnKind kind;
    PlanCount count;
    uint64_t stack; /* bytes of arrays, of what parts share, and of the values alive at once */
} Column;

typedef struct Stats {
    Column columns[FN_KIND_COUNT + 1];
    uint32_t count; /* of columns, the value first */
    Text *arrays;   /* what is said of them */
} Stats;

enum { POINTER_SIZE = 8 }; /* on machines of 64 bits; smaller ones take less */

/* The struct of arguments and arrays that the parts of a split body share. */
static uint64_t frame_size(Job *job, const Plan *plan)
{
    uint64_t size = 0;
    if (!plan->parts.count)
        return 0;
    for (uint32_t i = 0; i < fn_argument_count(&plan->fn); i++) {
        Param a = fn_argument(&plan->fn, i);
        bool number = (a.role <= ARG_SEED && a.role != ARG_DIM) &&
                      !sym_at(job->model->graph, a.sym)->shape;
        if (a.role != ARG_WORK)
            size += number ? job->limits.real_size : POINTER_SIZE;
    }
    for (uint32_t i = 1; i < plan->arrays.count; i++)
        size += plan->arrays.at[i].own && !plan->arrays.at[i].scalar ? POINTER_SIZE : 0;
    return size;
}

static uint64_t stack_size(Job *job, const Plan *plan, const PlanCount *count)
{
    uint64_t elements = count->live;
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        long n = 0;
        if (plan->arrays.at[i].stack)
            node_integer(job->model->graph, plan->arrays.at[i].size, &n);
        elements += (uint64_t)n;
    }
    return elements * job->limits.real_size + frame_size(job, plan);
}

static void put_arrays(Job *job, const Plan *plan, Text *out);

static void take_function(Job *job, const Plan *plan, void *with)
{
    Stats *stats = with;
    Column *c = &stats->columns[stats->count++];
    c->kind = plan->fn.kind;
    c->count = plan_count(plan);
    c->stack = stack_size(job, plan, &c->count);
    if (job->with[c->kind])
        put_arrays(job, plan, stats->arrays);
}

/* ---- arrays */

/* The size in names of the model, and what it comes to if that is known. */
static void put_room(Job *job, NodeId size, Text *out)
{
    long n;
    put_size(job, size, false, out);
    if (node_integer(job->model->graph, size, &n))
        text_printf(out, " (%ld bytes)", n * (long)job->limits.real_size);
}

static void put_arrays(Job *job, const Plan *plan, Text *out)
{
    bool any = false;
    names_begin(job->names);
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        const PlanArray *a = &plan->arrays.at[i];
        if (!a->own || a->scalar)
            continue;
        if (!any)
            text_printf(out, "\narrays of %s_%s\n", job->prefix, fn_kind_name(plan->fn.kind));
        any = true;
        text_printf(out, "  %-16s %-5s  ", names_of_local(job->names, plan, a->local),
                    a->stack ? "stack" : "work");
        put_room(job, a->size, out);
        text_char(out, '\n');
    }
    if (plan->work) {
        text_printf(out, "  %-16s        ", "work, in all");
        put_room(job, plan->work, out);
        text_char(out, '\n');
    }
}

/* ---- the table */

static void put_row(Text *out, const Stats *s, const char *name,
                    uint64_t value(const Column *c, Op op), Op op)
{
    text_printf(out, "%-16s", name);
    for (uint32_t i = 0; i < s->count; i++)
        text_printf(out, " %10llu", (unsigned long long)value(&s->columns[i], op));
    text_char(out, '\n');
}

/* How a row compares with its first column. */
static void put_ratios(Text *out, const Stats *s, uint64_t value(const Column *c, Op op))
{
    const uint64_t base = value(&s->columns[0], OP_NONE);
    if (!base)
        return;
    text_printf(out, "%-16s", "ratio");
    for (uint32_t i = 0; i < s->count; i++) {
        uint64_t tenths = (value(&s->columns[i], OP_NONE) * 100 / base + 5) / 10;
        text_printf(out, " %8llu.%u", (unsigned long long)tenths / 10, (unsigned)(tenths % 10));
    }
    text_char(out, '\n');
}

static uint64_t of_op(const Column *c, Op op) { return c->count.by_op[op]; }
static uint64_t all(const Column *c, Op op) { return (void)op, c->count.total; }
static uint64_t calls(const Column *c, Op op) { return (void)op, c->count.calls; }
static uint64_t statements(const Column *c, Op op) { return (void)op, c->count.statements; }
static uint64_t loops(const Column *c, Op op) { return (void)op, c->count.loops; }
static uint64_t live(const Column *c, Op op) { return (void)op, c->count.live; }
static uint64_t stack(const Column *c, Op op) { return (void)op, c->stack; }

static bool occurs(const Stats *s, Op op)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->columns[i].count.by_op[op])
            return true;
    return false;
}

static void put_table(Text *out, const Stats *s)
{
    text_printf(out, "%-16s", "operations");
    for (uint32_t i = 0; i < s->count; i++)
        text_printf(out, " %10s", fn_kind_name(s->columns[i].kind));
    text_char(out, '\n');
    for (int op = 1; op < OP_COUNT; op++)
        if (occurs(s, (Op)op))
            put_row(out, s, op == OP_NEG ? "- (negative)" : op_info((Op)op)->spelling, of_op,
                    (Op)op);
    put_row(out, s, "all", all, OP_NONE);
    put_ratios(out, s, all);
    put_row(out, s, "calls", calls, OP_NONE);
    put_ratios(out, s, calls);
    put_row(out, s, "statements", statements, OP_NONE);
    put_row(out, s, "loops", loops, OP_NONE);
    put_row(out, s, "live values", live, OP_NONE);
    put_row(out, s, "stack bytes", stack, OP_NONE);
}

void emit_stats(Job *job, Text *out)
{
    Text arrays = text_new(job->ctx);
    Stats stats = {.arrays = &arrays};
    text_put(&arrays, "");
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (kind == FN_VALUE || job->with[kind])
            job_function(job, (FnKind)kind, take_function, &stats);
    put_table(out, &stats);
    text_put(out, arrays.at);
    text_free(&arrays);
}
