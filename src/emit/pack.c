/* --pack: all arguments of a kind in one array. Where in it each stands, and the locals, one for
 * each argument that a body names, with which the body opens. */
#include <string.h>

#include "emit/emit.h"

/* Arguments of different kinds may stand in the same order: x, x_dot, x_bar. */
typedef enum Layout {
    LAYOUT_DIMS, LAYOUT_IN, LAYOUT_PAR, LAYOUT_INDEX, LAYOUT_OUT,
    LAYOUT_ACTIVE, /* the inputs that derivatives are taken of, if these are not all */
    LAYOUT_COUNT
} Layout;

static const char *const layout_names[LAYOUT_COUNT] = {
    [LAYOUT_DIMS] = "DIMS", [LAYOUT_IN] = "IN", [LAYOUT_PAR] = "PAR", [LAYOUT_INDEX] = "INDEX",
    [LAYOUT_OUT] = "OUT", [LAYOUT_ACTIVE] = "ACTIVE",
};

bool pack_is_packed(const Job *job, ArgRole role) { return job->pack && role < ARG_JACOBIAN; }

bool pack_has(const Fn *fn, ArgRole role)
{
    for (uint32_t i = 0; i < fn_argument_count(fn); i++)
        if (fn_argument(fn, i).role == role)
            return true;
    return false;
}

bool pack_is_named(Job *job, const Fn *fn, ArgRole role)
{
    for (uint32_t i = 0; i < fn_argument_count(fn); i++) {
        Param a = fn_argument(fn, i);
        if (a.role == role && names_was_put(job->names, a.sym))
            return true;
    }
    return false;
}

/* ---- layouts */

/* What is known of the layouts once and for all. */
typedef struct Packing {
    bool all_active;            /* are derivatives taken of all inputs? */
    long *offset[LAYOUT_COUNT]; /* a symbol each: where it is, OFFSET_UNKNOWN if that is no number;
                                   at 0 the length of the whole */
} Packing;

enum { OFFSET_UNKNOWN = -1 };

static bool is_all_active(const Job *job) { return job->packing->all_active; }

static Layout layout_of(const Job *job, ArgRole role)
{
    switch (role) {
    case ARG_DIM: return LAYOUT_DIMS;
    case ARG_INPUT: return LAYOUT_IN;
    case ARG_PARAM: return LAYOUT_PAR;
    case ARG_INDEX: return LAYOUT_INDEX;
    case ARG_TANGENT: case ARG_ADJOINT: case ARG_ADJOINT_TANGENT:
        return is_all_active(job) ? LAYOUT_IN : LAYOUT_ACTIVE;
    case ARG_SEED: case ARG_OUTPUT: case ARG_OUTPUT_TANGENT: case ARG_JACOBIAN: case ARG_HESSIAN:
    case ARG_WORK: case ARG_ROLE_COUNT: break;
    }
    return LAYOUT_OUT;
}

static bool is_in_layout(const Job *job, Layout layout, uint32_t entity)
{
    EntityKind kind = job->model->unit->entities.at[entity].kind;
    switch (layout) {
    case LAYOUT_DIMS: return kind == ENTITY_DIM;
    case LAYOUT_IN: return kind == ENTITY_INPUT;
    case LAYOUT_PAR: return kind == ENTITY_PARAM;
    case LAYOUT_INDEX: return kind == ENTITY_INDEX;
    case LAYOUT_ACTIVE: return job->wrt[entity];
    case LAYOUT_OUT: case LAYOUT_COUNT: break;
    }
    return false;
}

/* The symbols of a layout, in order. */
static void layout_syms(Job *job, Layout layout, U32Vec *syms)
{
    const Unit *u = job->model->unit;
    if (layout == LAYOUT_OUT)
        for (uint32_t i = 0; i < u->outputs.count; i++)
            *vec_push(job->ctx, syms) = output_symbol(job, u->outputs.at[i]);
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (is_in_layout(job, layout, i))
            *vec_push(job->ctx, syms) = job->model->syms.at[i];
}

/* How many numbers a symbol has; OFFSET_UNKNOWN if that is no number that an int has. */
static long known_size(Graph *g, SymId sym)
{
    TupleId shape = sym_at(g, sym)->shape;
    int64_t size = 1;
    long extent;
    for (uint32_t k = 0; k < tuple_size(g, shape); k++) {
        if (!node_integer(g, tuple_item(g, shape, k), &extent) || extent > INT32_MAX)
            return OFFSET_UNKNOWN;
        size *= extent;
        if (size > INT32_MAX)
            return OFFSET_UNKNOWN;
    }
    return (long)size;
}

/* The offsets of a layout, one after the other, as far as they are numbers. */
static long *known_offsets(Job *job, Layout layout)
{
    Graph *g = job->model->graph;
    U32Vec syms = {0};
    layout_syms(job, layout, &syms); /* may make symbols */
    long at = 0, *offsets = ctx_alloc(job->ctx, sym_count(g) * sizeof *offsets);
    for (uint32_t i = 0; i < syms.count; i++) {
        long size = known_size(g, syms.at[i]);
        offsets[syms.at[i]] = at;
        at = at < 0 || size < 0 || size >= INT32_MAX - at ? OFFSET_UNKNOWN : at + size;
    }
    offsets[0] = at;
    vec_free(job->ctx, &syms);
    return offsets;
}

static void find_packing(Job *job)
{
    const Unit *u = job->model->unit;
    if (job->packing)
        return;
    job->packing = ctx_alloc(job->ctx, sizeof *job->packing);
    job->packing->all_active = true;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_INPUT && !job->wrt[i])
            job->packing->all_active = false;
    for (Layout layout = LAYOUT_DIMS; layout < LAYOUT_COUNT; layout++)
        job->packing->offset[layout] = known_offsets(job, layout);
}

/* The length of what stands before a symbol; with none, of all. */
static NodeId offset_of(Job *job, Layout layout, SymId before)
{
    Graph *g = job->model->graph;
    NodeId offset = build_int(g, 0);
    U32Vec syms = {0};
    layout_syms(job, layout, &syms);
    for (uint32_t i = 0; i < syms.count && syms.at[i] != before; i++) {
        TupleId shape = sym_at(g, syms.at[i])->shape;
        NodeId size = build_int(g, 1);
        for (uint32_t k = 0; k < tuple_size(g, shape); k++)
            size = build2(g, OP_MUL, size, tuple_item(g, shape, k));
        offset = build2(g, OP_ADD, offset, size);
    }
    vec_free(job->ctx, &syms);
    return offset;
}

NodeId pack_length(Job *job, ArgRole role)
{
    find_packing(job);
    return offset_of(job, layout_of(job, role), 0);
}

/* ---- enumerators */

/* MODEL_IN_x; MODEL_COUNT_IN of the whole. */
static void put_enumerator(Job *job, Layout layout, SymId sym, Text *out)
{
    put_capitals(out, job->prefix);
    if (sym)
        text_printf(out, "_%s_%s", layout_names[layout], names_stem(job->names, sym));
    else
        text_printf(out, "_COUNT_%s", layout_names[layout]);
}

static void put_value(Job *job, Layout layout, SymId sym, bool *first, Text *out)
{
    long offset = job->packing->offset[layout][sym];
    if (offset == OFFSET_UNKNOWN)
        return;
    text_put(out, *first ? "enum {\n    " : ",\n    ");
    *first = false;
    put_enumerator(job, layout, sym, out);
    text_printf(out, " = %ld", offset);
}

/* Has the name the prefix in capitals, and '_' behind it? What follows that; else NULL. */
static const char *behind_prefix(const char *prefix, const char *name)
{
    for (; *prefix; prefix++, name++)
        if (*name != (*prefix >= 'a' && *prefix <= 'z' ? *prefix - 32 : *prefix))
            return NULL;
    return *name == '_' ? name + 1 : NULL;
}

bool pack_is_enumerator(const char *prefix, const char *name)
{
    const char *rest = behind_prefix(prefix, name);
    for (Layout layout = LAYOUT_DIMS; rest && layout <= LAYOUT_COUNT; layout++) {
        const char *kind = layout < LAYOUT_COUNT ? layout_names[layout] : "COUNT";
        if (!strncmp(rest, kind, strlen(kind)) && rest[strlen(kind)] == '_')
            return true;
    }
    return false;
}

void put_offsets(Job *job, Text *out)
{
    bool first = true;
    U32Vec syms = {0};
    if (!job->pack)
        return;
    find_packing(job);
    text_put(out, "\n/* Where in the packed arrays each argument begins, and how long they are, as "
                  "far as that\n"
                  " * is known. */\n#ifndef ");
    put_capitals(out, job->prefix);
    text_put(out, "_OFFSETS\n#define ");
    put_capitals(out, job->prefix);
    text_put(out, "_OFFSETS\n");
    for (Layout layout = LAYOUT_DIMS; layout < LAYOUT_COUNT; layout++) {
        syms.count = 0;
        if (layout != LAYOUT_ACTIVE || !is_all_active(job))
            layout_syms(job, layout, &syms);
        for (uint32_t i = 0; i < syms.count; i++)
            put_value(job, layout, syms.at[i], &first, out);
        if (syms.count)
            put_value(job, layout, 0, &first, out);
    }
    text_put(out, "\n};\n#endif\n");
    vec_free(job->ctx, &syms);
}

/* ---- how a body begins */

void pack_put_local(Job *job, const Plan *plan, const Param *a, const char *frame, Text *out)
{
    find_packing(job);
    Graph *g = job->model->graph;
    Layout layout = layout_of(job, a->role);
    bool result = a->role >= ARG_OUTPUT, scalar = !result && !sym_at(g, a->sym)->shape;
    text_printf(out, "    %s%s%s%s = %s%s%s%s", scalar ? "const " : "",
                argument_type(job, a->role, scalar), scalar ? " " : "",
                names_of(job->names, a->sym), frame, *frame ? "->" : "",
                names_of_packed(job->names, a->role), scalar ? "[" : " + ");
    if (job->packing->offset[layout][a->of] != OFFSET_UNKNOWN)
        put_enumerator(job, layout, a->of, out);
    else
        put_integer(job, plan, offset_of(job, layout, a->of), PREC_ADD, out);
    text_put(out, scalar ? "];\n" : ";\n");
}

/* The locals of all arguments of a role that are named; if there are none, the array is not. */
static void put_locals_of(Job *job, const Plan *plan, ArgRole role, Text *out)
{
    for (uint32_t i = 0; i < fn_argument_count(&plan->fn); i++) {
        Param a = fn_argument(&plan->fn, i);
        if (a.role == role && names_was_put(job->names, a.sym))
            pack_put_local(job, plan, &a, "", out);
    }
    if (pack_has(&plan->fn, role) && !pack_is_named(job, &plan->fn, role))
        text_printf(out, "    (void)%s;\n", names_of_packed(job->names, role));
}

bool pack_open(Job *job, const Plan *plan, bool dims, Text *out)
{
    Text others = text_new(job->ctx);
    text_put(&others, "");
    size_t start = out->len;
    for (ArgRole role = ARG_DIM + 1; role < ARG_JACOBIAN && !dims; role++)
        put_locals_of(job, plan, role, &others);
    put_locals_of(job, plan, ARG_DIM, out); /* behind them, for they name dims */
    text_put(out, others.at);
    text_free(&others);
    return out->len > start;
}
