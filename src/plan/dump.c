/* A plan as text for people and tests: its nodes as of graph_dump, then the function's own arrays,
 * then its statements, those of loops and conditions indented. A local is `v3`, behind which stands
 * what it is called after. */
#include "plan/plan.h"

typedef struct PlanDump {
    const Plan *plan;
    GraphDump nodes;
    Text *out;
    uint32_t depth;
} PlanDump;

static const char *stmt_word(PlanKind kind)
{
    static const char *const words[] = {
        [PLAN_LET] = "let", [PLAN_STORE] = "store", [PLAN_LOOP] = "loop", [PLAN_IF] = "if",
        [PLAN_END] = "end", [PLAN_START] = "start", [PLAN_FOLD] = "fold", [PLAN_KEEP] = "keep",
        [PLAN_PUT] = "put", [PLAN_ADD] = "add", [PLAN_ZERO] = "zero", [PLAN_CALL] = "call",
    };
    return words[kind];
}

/* ---- all nodes that are mentioned */

static void add(Ctx *ctx, U32Vec *roots, NodeId node)
{
    if (node)
        *vec_push(ctx, roots) = node;
}

static void add_tuple(const Plan *plan, U32Vec *roots, TupleId tuple)
{
    for (uint32_t i = 0; i < tuple_size(plan->graph, tuple); i++)
        add(plan->ctx, roots, tuple_item(plan->graph, tuple, i));
}

static void find_roots(const Plan *plan, U32Vec *roots)
{
    for (uint32_t i = 0; i < plan->fn.results.count; i++)
        add(plan->ctx, roots, plan->fn.results.at[i].node);
    for (uint32_t i = 1; i < plan->locals.count; i++)
        add_tuple(plan, roots, plan->locals.at[i].at);
    for (uint32_t i = 1; i < plan->arrays.count; i++)
        add_tuple(plan, roots, plan->arrays.at[i].extents);
    for (uint32_t i = 0; i < plan->stmts.count; i++) {
        const PlanStmt *s = &plan->stmts.at[i];
        const NodeId nodes[] = {s->node, stmt_value(s), stmt_guard(s)};
        for (size_t k = 0; k < sizeof nodes / sizeof *nodes; k++)
            add(plan->ctx, roots, nodes[k]);
        add_tuple(plan, roots, stmt_subscripts(s));
        if (s->kind == PLAN_LOOP) {
            add(plan->ctx, roots, s->lower);
            add(plan->ctx, roots, s->upper);
            add(plan->ctx, roots, index_at(plan->graph, s->index)->lower);
            add(plan->ctx, roots, index_at(plan->graph, s->index)->upper);
        }
    }
}

/* ---- names */

static void put_sym(const PlanDump *d, SymId sym, Text *out)
{
    const Sym *s = sym_at(d->plan->graph, sym);
    text_printf(out, "%s%s", name_text(d->plan->ctx, s->name), role_suffix(s->role));
}

static void put_local(const PlanDump *d, uint32_t local)
{
    const PlanLocal *l = &d->plan->locals.at[local];
    text_printf(d->out, " v%u", (unsigned)local);
    if (!l->sym && !l->origin)
        return;
    text_char(d->out, ':');
    put_sym(d, l->sym ? l->sym : l->origin, d->out);
    text_put(d->out, l->sym ? "" : role_suffix(l->role));
}

static void put_tuple(PlanDump *d, TupleId tuple)
{
    for (uint32_t i = 0; i < tuple_size(d->plan->graph, tuple); i++) {
        text_char(d->out, i ? ',' : '[');
        graph_dump_node(&d->nodes, tuple_item(d->plan->graph, tuple, i));
    }
    text_put(d->out, tuple ? "]" : "");
}

static void put_array_name(PlanDump *d, uint32_t array)
{
    const PlanArray *a = &d->plan->arrays.at[array];
    if (a->own)
        put_local(d, a->local);
    else if (a->sym) {
        text_char(d->out, ' ');
        put_sym(d, a->sym, d->out);
    } else
        text_printf(d->out, " a%u", (unsigned)array);
}

static void put_node(PlanDump *d, const char *before, NodeId node)
{
    if (!node)
        return;
    text_put(d->out, before);
    graph_dump_node(&d->nodes, node);
}

/* ---- lines */

static void put_arrays(PlanDump *d)
{
    for (uint32_t i = 1; i < d->plan->arrays.count; i++) {
        const PlanArray *a = &d->plan->arrays.at[i];
        if (!a->own)
            continue;
        text_put(d->out, a->scalar ? "variable" : a->stack ? "stack   " : "work    ");
        put_local(d, a->local);
        put_tuple(d, a->extents);
        text_char(d->out, '\n');
    }
}

/* What a statement sets, and by what. */
static void put_value(PlanDump *d, const PlanStmt *s)
{
    const Plan *plan = d->plan;
    const uint32_t local = plan_local(plan, s->node);
    switch ((PlanKind)s->kind) {
    case PLAN_LET: case PLAN_START: case PLAN_FOLD: case PLAN_KEEP:
        put_local(d, local);
        if (plan->locals.at[local].array) {
            put_array_name(d, plan->locals.at[local].array);
            put_tuple(d, plan->locals.at[local].at);
        }
        put_node(d, " = ", s->kind == PLAN_FOLD ? s->value : s->node);
        break;
    case PLAN_STORE:
        text_char(d->out, ' ');
        put_sym(d, plan->fn.results.at[s->result].sym, d->out);
        put_node(d, " = ", s->node);
        break;
    case PLAN_PUT: case PLAN_ADD: case PLAN_ZERO:
        put_array_name(d, plan->array_of.at[s->node]);
        put_tuple(d, s->subscripts);
        put_node(d, " = ", s->value);
        break;
    case PLAN_LOOP:
        text_printf(d->out, " %s", name_text(plan->ctx, index_at(plan->graph, s->index)->name));
        put_node(d, " in ", s->lower ? s->lower : index_at(plan->graph, s->index)->lower);
        put_node(d, "..", s->upper ? s->upper : index_at(plan->graph, s->index)->upper);
        text_put(d->out, s->down ? " down" : "");
        break;
    case PLAN_CALL: put_node(d, " ", s->node); break;
    case PLAN_IF: case PLAN_END: break;
    }
    put_node(d, " if ", stmt_guard(s));
}

static void put_statement(PlanDump *d, const PlanStmt *s)
{
    d->depth -= s->kind == PLAN_END;
    text_printf(d->out, "%*s%s", (int)d->depth * 4, "", stmt_word(s->kind));
    put_value(d, s);
    text_put(d->out, s->derived && s->kind != PLAN_END ? " '\n" : "\n");
    d->depth += s->kind == PLAN_LOOP || s->kind == PLAN_IF;
}

void plan_dump(const Plan *plan, Text *out)
{
    PlanDump d = {.plan = plan, .out = out};
    U32Vec roots = {0};
    uint32_t part = 0;
    find_roots(plan, &roots);
    graph_dump_begin(&d.nodes, plan->graph, &roots, out);
    graph_dump_nodes(&d.nodes);
    put_arrays(&d);
    for (uint32_t i = 0; i < plan->stmts.count; i++) {
        if (part < plan->parts.count && plan->parts.at[part] == i)
            text_printf(out, "part %u\n", (unsigned)++part);
        put_statement(&d, &plan->stmts.at[i]);
    }
    graph_dump_end(&d.nodes);
    vec_free(plan->ctx, &roots);
}
