/* The manifest: what the C of the same options holds, for programs that call it. */
#include <string.h>

#include "emit/emit.h"

static void put_pair(Text *out, const char *key, const char *value)
{
    text_printf(out, "\"%s\": ", key);
    text_json(out, value);
}

/* ---- sizes: numbers, or text of dims with + - * / % ( ), where / leaves no remainder */

/* What a sum subtracts: with it added, nothing is below 0. */
static NodeId subtracted(Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    const Number *number = node_number(g, node);
    if (number)
        return number_sign(number) < 0 ? build1(g, OP_NEG, node) : build_int(g, 0);
    if (n.op == OP_ADD) {
        NodeId left = subtracted(g, n.a);
        return build2(g, OP_ADD, left, subtracted(g, n.b));
    }
    return n.op == OP_SUB ? build2(g, OP_ADD, subtracted(g, n.a), n.b) : build_int(g, 0);
}

static NodeId divided(Graph *g, NodeId a, NodeId b)
{
    return build2(g, OP_IDIV, build2(g, OP_SUB, a, build2(g, OP_IMOD, a, b)), b);
}

/* max(a, b) of what is not below 0: b + (a - b)*q, where q = (2*a + 1)/(a + b + 1), rounded down,
 * is 1 if a >= b and else 0. */
static NodeId greater(Graph *g, NodeId a, NodeId b)
{
    NodeId one = build_int(g, 1), twice = build2(g, OP_MUL, build_int(g, 2), a);
    NodeId above = build2(g, OP_ADD, twice, one);
    NodeId q = divided(g, above, build2(g, OP_ADD, build2(g, OP_ADD, a, b), one));
    return build2(g, OP_ADD, b, build2(g, OP_MUL, build2(g, OP_SUB, a, b), q));
}

static NodeId extreme(Graph *g, Op op, NodeId a, NodeId b)
{
    NodeId shift = subtracted(g, a);
    shift = build2(g, OP_ADD, shift, subtracted(g, b));
    if (op == OP_MIN) {
        NodeId sum = build2(g, OP_ADD, a, b);
        return build2(g, OP_SUB, sum, extreme(g, OP_MAX, a, b));
    }
    a = build2(g, OP_ADD, a, shift);
    b = build2(g, OP_ADD, b, shift);
    return build2(g, OP_SUB, greater(g, a, b), shift);
}

/* The size in these operations. */
static NodeId plain_size(Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    if (node_arity(g, node) != 2)
        return node;
    NodeId a = plain_size(g, n.a), b = plain_size(g, n.b);
    if (n.op == OP_MIN || n.op == OP_MAX)
        return extreme(g, (Op)n.op, a, b);
    if (n.op == OP_IDIV && !extent_divides(g, node))
        return divided(g, a, b);
    return a == n.a && b == n.b ? node : build2(g, (Op)n.op, a, b);
}

static void put_extent(Job *job, NodeId extent, Text *out)
{
    bool number = node_op(job->model->graph, extent) == OP_CONST;
    text_put(out, number ? "" : "\"");
    put_size(job, plain_size(job->model->graph, extent), false, out);
    text_put(out, number ? "" : "\"");
}

static void put_shape(Job *job, TupleId shape, Text *out)
{
    Graph *g = job->model->graph;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        text_put(out, i ? ", " : "");
        put_extent(job, tuple_item(g, shape, i), out);
    }
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
        if (e->kind == ENTITY_INDEX) {
            text_put(out, ", \"limit\": ");
            put_extent(job, sym_at(job->model->graph, job->model->syms.at[i])->limit, out);
        }
        text_char(out, '}');
    }
}

SymId output_symbol(Job *job, uint32_t entity)
{
    SymId sym = job->model->syms.at[entity];
    bool argument = entity_is_argument(job->model->unit->entities.at[entity].kind);
    return argument ? sym_derived(job->model->graph, sym, ROLE_OUT) : sym;
}

static void put_outputs(Job *job, Text *out)
{
    Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->outputs.count; i++) {
        uint32_t entity = u->outputs.at[i];
        text_put(out, i ? ",\n    {" : "\n    {");
        put_pair(out, "name", name_text(job->ctx, u->entities.at[entity].name));
        text_put(out, ", ");
        put_pair(out, "c", names_of(job->names, output_symbol(job, entity)));
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

static void put_arg(Job *job, const Plan *plan, const Param *a, bool first, Text *out)
{
    Graph *g = job->model->graph;
    TupleId shape = sym_at(g, a->sym)->shape;
    bool of_model = a->role < ARG_JACOBIAN;
    text_put(out, first ? "\n        {" : ",\n        {");
    put_pair(out, "c", names_of(job->names, a->sym));
    text_printf(out, ", \"role\": \"%s\", ", arg_role_name(a->role));
    if (of_model)
        put_pair(out, "of", name_text(job->ctx, sym_at(g, a->of)->name));
    else
        text_put(out, "\"of\": null");
    text_put(out, ", ");
    put_pair(out, "type", argument_type(job, a->role, !shape));
    text_put(out, ", \"shape\": [");
    put_shape(job, shape, out);
    text_char(out, ']');
    if (a->role == ARG_INDEX) {
        text_put(out, ", \"limit\": ");
        put_extent(job, sym_at(g, a->sym)->limit, out);
    }
    if (a->role == ARG_WORK)
        put_work_size(job, plan, out);
    text_char(out, '}');
}

/* The array of all arguments of a role. */
static void put_packed(Job *job, ArgRole role, bool first, Text *out)
{
    text_put(out, first ? "\n        {" : ",\n        {");
    put_pair(out, "c", names_of_packed(job->names, role));
    text_printf(out, ", \"role\": \"%s\", \"of\": null, ", arg_role_name(role));
    put_pair(out, "type", argument_type(job, role, false));
    text_put(out, ", \"shape\": [");
    put_extent(job, pack_length(job, role), out);
    text_put(out, "]}");
}

static void put_args(Job *job, const Plan *plan, Text *out)
{
    const Fn *fn = &plan->fn;
    bool first = true;
    for (ArgRole role = ARG_DIM; role < ARG_ROLE_COUNT; role++)
        if (pack_is_packed(job, role) && pack_has(fn, role)) {
            put_packed(job, role, first, out);
            first = false;
        }
    for (uint32_t i = 0; i < fn_argument_count(fn); i++) {
        const Param a = fn_argument(fn, i);
        if (pack_is_packed(job, a.role))
            continue;
        put_arg(job, plan, &a, first, out);
        first = false;
    }
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
    put_args(job, plan, f->out);
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
