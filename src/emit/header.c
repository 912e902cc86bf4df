/* The header: what a caller must know. The arguments with their shapes and comments, what must
 * hold of the sizes, and the prototypes. */
#include "emit/emit.h"

/* ---- arguments */

static const char *entity_role(EntityKind kind)
{
    switch (kind) {
    case ENTITY_DIM: return "dim";
    case ENTITY_INPUT: return "input";
    case ENTITY_PARAM: return "param";
    case ENTITY_INDEX: return "index";
    case ENTITY_CONST: case ENTITY_DEF: break;
    }
    return "output";
}

static void put_extents(Job *job, TupleId shape, Text *out)
{
    for (uint32_t i = 0; i < tuple_size(job->model->graph, shape); i++) {
        text_put(out, i ? ", " : "[");
        put_size(job, tuple_item(job->model->graph, shape, i), true, out);
    }
    text_put(out, shape ? "]" : "");
}

/* What entries of an index array are: `, 0 <= cam[i] < ncam`. */
static void put_limit(Job *job, SymId sym, Text *out)
{
    Graph *g = job->model->graph;
    const Sym s = *sym_at(g, sym);
    uint32_t axes = tuple_size(g, s.shape);
    text_printf(out, ", 0 <= %s", names_of(job->names, sym));
    for (uint32_t i = 0; i < axes; i++)
        text_printf(out, "%s%c", i ? ", " : "[", "ijklmnopqrstuvwxyz"[i % 18]);
    text_put(out, axes ? "] < " : " < ");
    put_size(job, s.limit, true, out);
}

/* What the caller knows of an argument: its shape, its limit, the comment behind its declaration.
 */
static void put_entity(Job *job, uint32_t entity, SymId sym, const char *role, Text *out)
{
    const Entity *e = &job->model->unit->entities.at[entity];
    const Sym s = *sym_at(job->model->graph, sym);
    text_printf(out, " *   %-7s %s", role, names_of(job->names, sym));
    put_extents(job, sym_at(job->model->graph, job->model->syms.at[entity])->shape, out);
    if (s.kind == SYM_INDEX)
        put_limit(job, sym, out);
    Name said = e->comment ? e->comment : e->kind == ENTITY_DEF ? e->line : 0;
    if (said) {
        text_put(out, ": ");
        put_comment_text(out, name_text(job->ctx, said));
    }
    text_char(out, '\n');
}

static void put_arguments(Job *job, Text *out)
{
    const Unit *u = job->model->unit;
    for (int dims = 1; dims >= 0; dims--)
        for (uint32_t i = 0; i < u->entities.count; i++) {
            EntityKind kind = u->entities.at[i].kind;
            if (entity_is_argument(kind) && (kind == ENTITY_DIM) == dims)
                put_entity(job, i, job->model->syms.at[i], entity_role(kind), out);
        }
    for (uint32_t i = 0; i < u->outputs.count; i++)
        put_entity(job, u->outputs.at[i], output_symbol(job, u->outputs.at[i]), "output", out);
}

/* ---- preconditions */

/* `n must be at least 1` for n - 1 >= 0. */
static void put_precondition(Job *job, NodeId node, Text *out)
{
    NodeId more, less;
    extent_sides(job->model->graph, node, &more, &less);
    text_put(out, " *   ");
    put_size(job, more, true, out);
    text_put(out, " must be at least ");
    put_size(job, less, true, out);
    text_char(out, '\n');
}

/* Those that no others say together; of two that say the same the first. */
static void find_needed(Job *job, U32Vec *needed)
{
    const Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->preconditions.count; i++)
        *vec_push(job->ctx, needed) = u->preconditions.at[i].node;
    for (uint32_t i = needed->count; i-- > 0;) {
        U32Vec others = {0};
        for (uint32_t k = 0; k < needed->count; k++)
            if (k != i)
                *vec_push(job->ctx, &others) = needed->at[k];
        bool implied =
            extent_nonnegative(job->model->graph, needed->at[i], others.at, others.count);
        U32Vec old = *needed;
        *needed = implied ? others : old;
        vec_free(job->ctx, implied ? &old : &others);
    }
}

static void put_preconditions(Job *job, Text *out)
{
    U32Vec needed = {0};
    find_needed(job, &needed);
    if (needed.count)
        text_put(out, " * What must hold of the sizes, which is not checked:\n");
    for (uint32_t i = 0; i < needed.count; i++)
        put_precondition(job, needed.at[i], out);
    vec_free(job->ctx, &needed);
}

/* ---- conventions */

static bool has_arrays(const Job *job)
{
    const Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if ((entity_is_argument(u->entities.at[i].kind) || u->entities.at[i].output) &&
            sym_at(job->model->graph, job->model->syms.at[i])->shape)
            return true;
    return false;
}

static void put_conventions(Job *job, Text *out)
{
    Text said = text_new(job->ctx);
    bool arrays = has_arrays(job);
    if (job->pack)
        text_printf(&said, "All dims are in one array, in this order, likewise all inputs, params, "
                           "indices and outputs; NAME_dot are tangents, NAME_bar adjoints. ");
    else
        text_put(&said, "Behind NAME_dot is the tangent of NAME, behind NAME_bar its adjoint. ");
    if (arrays)
        text_put(&said, "Arrays are in row-major order. ");
    text_printf(&said,
                "Results are overwritten; no pointer may be NULL%s; arguments must not overlap.",
                arrays ? " but to an array of no elements" : "");
    text_printf(out, " * %s */\n", said.at);
    text_free(&said);
}

/* ---- the file */

static void put_declaration(Job *job, const Plan *plan, void *with)
{
    Text *out = with;
    names_begin(job->names);
    put_work(job, plan, false, out);
    text_char(out, '\n');
    put_title(plan->fn.kind, out);
    size_t start = out->len;
    put_prototype(job, &plan->fn, out);
    text_put(out, ";\n");
    wrap_lines(out, start);
}

void emit_header(Job *job, Text *out)
{
    Text guard = text_new(job->ctx);
    put_capitals(&guard, job->prefix);
    put_head(job, out);
    text_printf(out, "#ifndef %s_GRAD_H\n#define %s_GRAD_H\n\n", guard.at, guard.at);
    text_put(out, "#include <stddef.h>\n\n");
    text_put(out, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    text_put(out, "/* The model's arguments, in this order:\n");
    size_t start = out->len;
    put_arguments(job, out);
    put_preconditions(job, out);
    put_conventions(job, out);
    wrap_lines(out, start);
    put_offsets(job, out);
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (job->with[kind])
            job_function(job, (FnKind)kind, put_declaration, out);
    text_put(out, "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    text_free(&guard);
}
