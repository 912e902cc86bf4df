/* A split body in, a function for each of its parts out, and the function that calls them.
 *
 *     struct M_gradient_frame { const double *x; double *x_bar; double *kept; };
 *     static void M_gradient_part_1(const struct M_gradient_frame *frame) { ... }
 *     ...
 *
 * What a part takes from the frame, and from `kept`, has a local of the name that it has
 * everywhere, right before the first statement that mentions it: the statements are those of a body
 * that is not split. The parts are called through a table, so that compilers do not make one
 * function of them again. */
#include "emit/emit.h"

enum { MANY = 100 }; /* arguments */

/* A text that is made before what it mentions has been put, and what that is. */
typedef struct Pending {
    Text text;
    NamesAsked asked;
    struct Pending *next;   /* of those that are at hand for others */
} Pending;

typedef struct Parts {
    Body b;
    Job *job;
    const Plan *plan;
    uint32_t keep;          /* the next of the plan's */
    uint32_t *argument;     /* a symbol each: 1 + the argument that it is; 0 if none */
    uint32_t *array;        /* a local each: the array of the function's own that bears it, or 0 */
    uint32_t *let;          /* a local each: 1 + the statement that computes it */
    uint32_t *sym_at_hand;  /* a symbol, a local each: 1 + the last part where it has its local */
    uint32_t *local_at_hand;
    uint32_t syms;          /* how many there are */
    Pending *spare;         /* for texts to be made */
} Parts;

static const char *fixed(const Parts *p, const char *text)
{
    return names_of_fixed(p->job->names, text);
}

static void put_frame_type(Job *job, FnKind kind, Text *out)
{
    text_printf(out, "struct %s_%s_frame", job->prefix, fn_kind_name(kind));
}

/* ---- what is at hand */

static Pending *pending_begin(Parts *p)
{
    Ctx *ctx = p->job->ctx;
    Pending *pending = p->spare ? p->spare : ctx_alloc(ctx, sizeof *pending);
    p->spare = pending->next;
    pending->text.ctx = ctx;
    pending->text.len = 0;
    text_put(&pending->text, "");
    names_note(p->job->names, &pending->asked);
    return pending;
}

static void open_symbol(Parts *p, SymId sym, Text *out);
static void open_local(Parts *p, uint32_t local, Text *out);

/* Puts the locals of all that was asked for and is not at hand, then the text. */
static void pending_end(Parts *p, Pending *pending, Text *out)
{
    NamesAsked *asked = &pending->asked;
    names_note(p->job->names, NULL);
    for (uint32_t i = 0; i < asked->syms.count; i++)
        open_symbol(p, asked->syms.at[i], out);
    for (uint32_t i = 0; i < asked->locals.count; i++)
        open_local(p, asked->locals.at[i], out);
    text_bytes(out, pending->text.at, pending->text.len);
    asked->syms.count = asked->locals.count = 0;
    pending->next = p->spare;
    p->spare = pending;
}

static void put_argument_local(Parts *p, const Param *a, Text *line)
{
    Job *job = p->job;
    const char *frame = fixed(p, "frame"), *name = names_of(job->names, a->sym);
    if (pack_is_packed(job, a->role)) {
        pack_put_local(job, p->plan, a, frame, line);
        return;
    }
    const char *type =
        argument_type(job, a->role, !sym_at(job->model->graph, a->sym)->shape);
    const bool pointer = type_is_pointer(type);
    text_printf(line, "    %s%s%s%s = %s->%s;\n", pointer ? "" : "const ", type,
                pointer ? "" : " ", name, frame, name);
}

/* A local for an argument, unless it is there. */
static void open_symbol(Parts *p, SymId sym, Text *out)
{
    if (sym >= p->syms || !p->argument[sym] || p->sym_at_hand[sym] == p->b.part + 1)
        return;
    p->sym_at_hand[sym] = p->b.part + 1;
    Param a = fn_argument(&p->plan->fn, p->argument[sym] - 1);
    Pending *line = pending_begin(p);
    put_argument_local(p, &a, &line->text);
    wrap_lines(&line->text, 0);
    pending_end(p, line, out);
}

/* The value that an earlier part left in `kept`. */
static void put_kept_local(Parts *p, uint32_t local, Text *line)
{
    const Plan *plan = p->plan;
    Graph *g = p->job->model->graph;
    bool truth = op_info(node_op(g, plan->locals.at[local].node))->flags & OPF_BOOL;
    text_printf(line, "    const %s %s = ", truth ? "int" : real_name(p->job->real),
                names_of_local(p->job->names, plan, local));
    text_printf(line, "%s[%u]%s;\n",
                names_of_local(p->job->names, plan, plan->arrays.at[plan->kept].local),
                (unsigned)plan->slot_of.at[local] - 1, truth ? " != 0" : "");
}

static bool is_integer(const Parts *p, uint32_t local)
{
    return node_at(p->job->model->graph, p->plan->locals.at[local].node)->flags & NODE_INT;
}

static void put_own_local(Parts *p, uint32_t local, Text *line)
{
    const Plan *plan = p->plan;
    const PlanArray *array = &plan->arrays.at[p->array[local]];
    const char *real = real_name(p->job->real);
    bool here = plan->part_of.at[local] == p->b.part + 1;
    if (p->array[local] && !array->scalar) {
        const char *name = names_of_local(p->job->names, plan, local);
        text_printf(line, "    %s *%s = %s->%s;\n", real, name, fixed(p, "frame"), name);
    } else if (here && p->array[local] && !array->once) {
        text_printf(line, "    %s %s%s;\n", real, names_of_local(p->job->names, plan, local),
                    array->behind ? " = 0" : "");
    } else if (!here && is_integer(p, local) && p->let[local]) {
        Body b = {.job = p->job, .plan = plan, .out = line};
        PlanStmt again = plan->stmts.at[p->let[local] - 1];
        again.quiet = true;
        put_statement(&b, &again);
    } else if (!here && plan->slot_of.at[local]) {
        put_kept_local(p, local, line);
    }
}

static void open_local(Parts *p, uint32_t local, Text *out)
{
    if (p->local_at_hand[local] == p->b.part + 1)
        return;
    p->local_at_hand[local] = p->b.part + 1;
    Pending *line = pending_begin(p);
    put_own_local(p, local, &line->text);
    wrap_lines(&line->text, 0);
    pending_end(p, line, out);
}

/* ---- parts */

/* Leaves in `kept` what later parts need of the values that a statement ends. */
static void put_keeps(Parts *p, uint32_t stmt)
{
    const Plan *plan = p->plan;
    Graph *g = p->job->model->graph;
    for (; p->keep < plan->keeps.count && plan->keeps.at[p->keep].stmt == stmt; p->keep++) {
        uint32_t local = plan->keeps.at[p->keep].local;
        bool truth = op_info(node_op(g, plan->locals.at[local].node))->flags & OPF_BOOL;
        text_printf(p->b.out, "    %s[%u] = ",
                    names_of_local(p->job->names, plan, plan->arrays.at[plan->kept].local),
                    (unsigned)plan->slot_of.at[local] - 1);
        if (truth)
            text_printf(p->b.out, "(%s)", real_name(p->job->real));
        text_printf(p->b.out, "%s;\n", names_of_local(p->job->names, plan, local));
    }
}

/* A local that a statement declares is at hand. */
static void note_declared(Parts *p, const PlanStmt *s)
{
    uint32_t local = plan_local(p->plan, s->node);
    if (s->kind == PLAN_LET && !p->plan->locals.at[local].array)
        p->local_at_hand[local] = p->b.part + 1;
}

/* Puts statements up to the end of a nest, or one; gives the next. */
static uint32_t put_unit(Parts *p, uint32_t i)
{
    Text *out = p->b.out;
    uint32_t first = i;
    size_t comment = out->len;
    put_comment(&p->b, &p->plan->stmts.at[i]);
    wrap_lines(out, comment);
    Pending *unit = pending_begin(p);
    p->b.out = &unit->text;
    do {
        size_t line = unit->text.len;
        const PlanStmt *s = &p->plan->stmts.at[i++];
        put_statement(&p->b, s);
        put_keeps(p, i - 1);
        wrap_lines(&unit->text, line);
    } while (p->b.depth);
    for (; first < i; first++)
        note_declared(p, &p->plan->stmts.at[first]);
    pending_end(p, unit, out);
    text_settle(out, out->len);
    p->b.out = out;
    return i;
}

static void put_part(Parts *p, uint32_t part)
{
    const Plan *plan = p->plan;
    Text *out = p->b.out;
    uint32_t i = plan->parts.at[part];
    uint32_t end = part + 1 < plan->parts.count ? plan->parts.at[part + 1] : plan->stmts.count;
    p->b.part = part;
    p->b.origin = p->b.beside = 0;
    p->b.opened = true;
    text_printf(out, "\nstatic void %s_%s_part_%u(const ", p->job->prefix,
                fn_kind_name(plan->fn.kind), (unsigned)part + 1);
    put_frame_type(p->job, plan->fn.kind, out);
    text_printf(out, " *%s)\n{\n", fixed(p, "frame"));
    while (i < end)
        i = put_unit(p, i);
    text_put(out, "}\n");
}

static void parts_begin(Parts *p)
{
    Ctx *ctx = p->job->ctx;
    const Plan *plan = p->plan;
    p->syms = sym_count(p->job->model->graph);
    p->argument = array_new(ctx, p->syms, sizeof *p->argument);
    p->sym_at_hand = array_new(ctx, p->syms, sizeof *p->sym_at_hand);
    p->array = array_new(ctx, plan->locals.count, sizeof *p->array);
    p->b.told = array_new(ctx, 2 * (size_t)p->syms, sizeof *p->b.told);
    p->let = array_new(ctx, plan->locals.count, sizeof *p->let);
    p->local_at_hand = array_new(ctx, plan->locals.count, sizeof *p->local_at_hand);
    for (uint32_t i = 0; i < fn_argument_count(&plan->fn); i++)
        p->argument[fn_argument(&plan->fn, i).sym] = i + 1;
    for (uint32_t i = 1; i < plan->arrays.count; i++)
        if (plan->arrays.at[i].own)
            p->array[plan->arrays.at[i].local] = i;
    for (uint32_t i = 0, depth = 0; i < plan->stmts.count; i++) {
        const PlanStmt *s = &plan->stmts.at[i];
        depth += s->kind == PLAN_LOOP || s->kind == PLAN_IF;
        depth -= s->kind == PLAN_END;
        if (s->kind == PLAN_LET && !depth)
            p->let[plan_local(plan, s->node)] = i + 1;
    }
}

static void parts_end(Parts *p)
{
    void *arrays[] = {p->argument, p->sym_at_hand, p->array, p->let, p->local_at_hand,
                      p->b.told};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ctx_resize(p->job->ctx, arrays[i], 0);
    vec_free(p->job->ctx, &p->b.open);
    for (Pending *spare = p->spare; spare; spare = spare->next) {
        text_free(&spare->text);
        vec_free(p->job->ctx, &spare->asked.syms);
        vec_free(p->job->ctx, &spare->asked.locals);
    }
}

/* ---- the frame */

/* Calls `put` for each field: an argument, an array of arguments, or an array of the function's
 * own. */
static void each_field(Job *job, const Plan *plan, void (*put)(void *, const char *, const char *),
                       void *with)
{
    for (ArgRole role = ARG_DIM; role < ARG_ROLE_COUNT; role++)
        if (pack_is_packed(job, role) && pack_is_named(job, &plan->fn, role))
            put(with, argument_type(job, role, false), names_of_packed(job->names, role));
    for (uint32_t i = 0; i < fn_argument_count(&plan->fn); i++) {
        Param a = fn_argument(&plan->fn, i);
        bool scalar = !sym_at(job->model->graph, a.sym)->shape;
        if (a.role != ARG_WORK && !pack_is_packed(job, a.role) &&
            names_was_put(job->names, a.sym))
            put(with, argument_type(job, a.role, scalar), names_of(job->names, a.sym));
    }
    for (uint32_t i = 1; i < plan->arrays.count; i++) {
        const PlanArray *a = &plan->arrays.at[i];
        if (a->own && !a->scalar)
            put(with, pointer_type(job), names_of_local(job->names, plan, a->local));
    }
}

static void put_field(void *with, const char *type, const char *name)
{
    Text *out = with;
    text_printf(out, "    %s%s%s;\n", type, type_is_pointer(type) ? "" : " ", name);
    text_settle(out, out->len);
}

static void put_field_value(void *with, const char *type, const char *name)
{
    Text *out = with;
    (void)type;
    text_printf(out, "%s%s", out->at[out->len - 1] == '{' ? "" : ", ", name);
}

static void put_frame(Job *job, const Plan *plan, Text *out)
{
    text_printf(out, "\n/* What the parts of %s_%s share: it is in parts since compilers take long "
                     "for long functions. */\n", job->prefix, fn_kind_name(plan->fn.kind));
    put_frame_type(job, plan->fn.kind, out);
    text_put(out, " {\n");
    wrap_lines(out, 0);
    each_field(job, plan, put_field, out);
    text_put(out, "};\n");
}

/* ---- the function itself */

static void put_table(Job *job, const Plan *plan, Text *out)
{
    const char *kind = fn_kind_name(plan->fn.kind);
    text_printf(out, "    static void (*const %s[])(const ", names_of_fixed(job->names, "parts"));
    put_frame_type(job, plan->fn.kind, out);
    text_put(out, " *) = {\n");
    for (uint32_t i = 0; i < plan->parts.count; i++)
        text_printf(out, "        %s_%s_part_%u,\n", job->prefix, kind, (unsigned)i + 1);
    text_put(out, "    };\n");
}

/* To copy many arguments takes optimising compilers a time that grows with the square of their
 * number. */
static void put_plainly(const Plan *plan, Text *out)
{
    if (fn_argument_count(&plan->fn) > MANY)
        text_put(out, "\n#if defined __clang__\n__attribute__((optnone))\n"
                      "#elif defined __GNUC__\n__attribute__((optimize(\"O0\")))\n#endif");
}

static void put_field_values(Job *job, const Plan *plan, Text *out)
{
    text_put(out, "    const ");
    put_frame_type(job, plan->fn.kind, out);
    text_printf(out, " %s = {", names_of_fixed(job->names, "frame"));
    each_field(job, plan, put_field_value, out);
    text_put(out, "};\n");
}

/* Locals for the dims that sizes of arrays name. */
static void put_packed_dims(Job *job, const Plan *plan, Text *out)
{
    for (uint32_t i = 0; i < fn_argument_count(&plan->fn); i++) {
        Param a = fn_argument(&plan->fn, i);
        if (a.role == ARG_DIM && pack_is_packed(job, a.role) && names_was_put(job->names, a.sym))
            pack_put_local(job, plan, &a, "", out);
    }
}

static void put_calls(Job *job, const Plan *plan, Text *out)
{
    const char *part = names_of_fixed(job->names, "part");
    Text arrays = text_new(job->ctx), frame = text_aside(out);
    Body b = {.job = job, .plan = plan, .out = &arrays};
    text_put(&arrays, "");
    put_field_values(job, plan, &frame); /* while it is known what the parts name */
    put_unnamed(job, &plan->fn, out);
    names_forget_put(job->names);
    put_own_arrays(&b);
    put_packed_dims(job, plan, out);
    text_put(out, arrays.at);
    text_join(out, text_length(out), &frame);
    put_table(job, plan, out);
    text_printf(out, "\n    for (size_t %s = 0; %s < %u; %s++)\n        %s[%s](&%s);\n", part, part,
                (unsigned)plan->parts.count, part, names_of_fixed(job->names, "parts"), part,
                names_of_fixed(job->names, "frame"));
    wrap_lines(out, 0);
    text_free(&arrays);
}

void put_split(Job *job, const Plan *plan, Text *out, Text *body)
{
    Parts p = {.b = {.job = job, .plan = plan, .out = out}, .job = job, .plan = plan};
    const uint64_t start = text_length(out);
    Text frame = text_aside(out);
    parts_begin(&p);
    names_forget_put(job->names);
    for (uint32_t i = 0; i < plan->parts.count; i++)
        put_part(&p, i);
    parts_end(&p);
    put_frame(job, plan, &frame);
    text_join(out, start, &frame);
    put_calls(job, plan, body);
    put_plainly(plan, out);
}
