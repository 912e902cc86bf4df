/* subject: a model's text comes in; an oracle for it, its generated functions, compiled and
 * loaded, and what these functions' nodes come to without rounding go out. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

/* ---- life ------------------------------------------------------------------------------- */

static const char *messages(Ctx *ctx)
{
    Text text = text_new(ctx);
    diag_print(ctx, &text, false);
    return text.len ? text.at : "";
}

static void make_job(Subject *s)
{
    Ctx *ctx = s->ctx;
    Job *job = &s->job;
    Unit *u = s->unit;
    *job = (Job){.ctx = ctx, .source = "model", .options = "", .prefix = s->prefix,
                 .real = REAL_DOUBLE, .limits = {.operations = 20}};
    job->model = lower_unit(ctx, u);
    job->rules = rules_new(job->model->graph);
    derive_expand(job->rules, job->model);
    for (int kind = FN_VALUE; kind <= FN_GRADIENT; kind++) /* those that Packed has */
        job->with[kind] = kind != FN_GRADIENT || u->outputs.count == 1;
    job->wrt = ctx_alloc(ctx, (u->entities.count + 1) * sizeof *job->wrt);
    for (uint32_t i = 0; i < u->entities.count; i++) {
        job->wrt[i] = u->entities.at[i].kind == ENTITY_INPUT;
        if (entity_is_argument(u->entities.at[i].kind))
            *vec_push(ctx, &s->args) = i;
        if (job->wrt[i])
            *vec_push(ctx, &s->inputs) = i;
    }
    job->names = names_new(ctx, job->model, job->prefix);
}

bool subject_open(Subject *s, const char *text, const char *prefix, const char **complaint)
{
    *s = (Subject){.ctx = ctx_new()};
    if (!s->ctx)
        abort();
    if (setjmp(s->fatal)) {
        *complaint = ctx_message(s->ctx);
        return false;
    }
    ctx_catch(s->ctx, &s->fatal);
    s->text = ctx_copy(s->ctx, text, strlen(text));
    s->prefix = ctx_copy(s->ctx, prefix, strlen(prefix));
    Ast *ast = ctx_alloc(s->ctx, sizeof *ast);
    parse_source(s->ctx, source_string(s->ctx, "model", text, strlen(text)), ast);
    s->unit = check_ast(s->ctx, graph_new(s->ctx), REAL_DOUBLE, ast, NULL, 0);
    *complaint = messages(s->ctx);
    if (diag_errors(s->ctx))
        return false;
    s->oracle = oracle_new(s->ctx, s->unit);
    make_job(s);
    if (s->args.count > ARGS_MAX || s->unit->outputs.count > ARGS_MAX) {
        *complaint = "too many arguments for this test";
        return false;
    }
    return true;
}

void subject_close(Subject *s)
{
    ctx_free(s->ctx);
    *s = (Subject){.ctx = NULL};
}

int subject_arg(const Subject *s, const char *name)
{
    int64_t entity = unit_find(s->unit, name_of(s->ctx, name));
    for (uint32_t i = 0; i < s->args.count; i++)
        if (s->args.at[i] == entity)
            return (int)i;
    return -1;
}

/* ---- the C ------------------------------------------------------------------------------ */

/* How the packed arrays are called that an argument comes from, by role. */
static const char *array_of(ArgRole role)
{
    switch (role) {
    case ARG_INPUT: case ARG_PARAM: return "in";
    case ARG_TANGENT: return "in_dot";
    case ARG_SEED: return "out_bar";
    case ARG_OUTPUT: return "out";
    case ARG_OUTPUT_TANGENT: return "out_dot";
    case ARG_ADJOINT: return "in_bar";
    case ARG_DIM: case ARG_INDEX: case ARG_ADJOINT_TANGENT: case ARG_JACOBIAN: case ARG_HESSIAN:
    case ARG_WORK: case ARG_ROLE_COUNT: break;
    }
    return "?";
}

/* static void PREFIX_KIND_packed(packed arguments) { PREFIX_KIND(arguments); } */
static void put_packed(Subject *s, FnKind kind, Text *out)
{
    static const char *const heads[FN_KIND_COUNT] = {
        [FN_VALUE] = "double *out",
        [FN_FORWARD] = "const double *in_dot, double *out, double *out_dot",
        [FN_REVERSE] = "const double *out_bar, double *out, double *in_bar",
        [FN_GRADIENT] = "double *out, double *in_bar",
    };
    uint32_t mark = graph_mark(s->job.model->graph);
    Fn fn = job_derive(&s->job, kind);
    uint32_t used[ARG_ROLE_COUNT] = {0};
    const char *name = fn_kind_name(kind);
    text_printf(out, "static void %s_%s_packed(const double *in, %s)\n{\n    (void)in;\n",
                s->prefix, name, heads[kind]);
    if (kind == FN_FORWARD)
        text_put(out, "    (void)in_dot;\n");
    if (kind == FN_REVERSE || kind == FN_GRADIENT)
        text_put(out, "    (void)in_bar;\n");
    text_printf(out, "    %s_%s(", s->prefix, name);
    for (uint32_t i = 0; i < fn.params.count; i++) {
        ArgRole role = fn.params.at[i].role;
        uint32_t *place = &used[role == ARG_PARAM ? ARG_INPUT : role];
        text_printf(out, "%s%s[%u]", i ? ", " : "", array_of(role), (*place)++);
    }
    for (uint32_t i = 0; i < fn.results.count; i++) {
        ArgRole role = fn.results.at[i].role;
        text_printf(out, "%s%s + %u", i || fn.params.count ? ", " : "", array_of(role),
                    used[role]++);
    }
    text_put(out, ");\n}\n\n");
    fn_free(s->ctx, &fn);
    graph_release(s->job.model->graph, mark);
}

static void put_subject(Subject *s, Text *out)
{
    emit_c(&s->job, out);
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (s->job.with[kind])
            put_packed(s, (FnKind)kind, out);
}

static const char packed_type[] =
    "\ntypedef struct Packed {\n"
    "    void (*value)(const double *in, double *out);\n"
    "    void (*forward)(const double *in, const double *in_dot, double *out, double *out_dot);\n"
    "    void (*reverse)(const double *in, const double *out_bar, double *out, double *in_bar);\n"
    "    void (*gradient)(const double *in, double *out, double *in_bar);\n"
    "} Packed;\n\nextern const Packed packed[];\nconst Packed packed[] = {\n";

static bool write_subject(FILE *file, Subject *s)
{
    if (setjmp(s->fatal)) {
        printf("no C: %s\n%s\n", ctx_message(s->ctx), s->text);
        return false;
    }
    Text out = text_new(s->ctx);
    put_subject(s, &out);
    fwrite(out.at, 1, out.len, file);
    text_free(&out);
    return true;
}

/* Writes the C of all; false if a subject cannot be emitted. */
static bool write_c(FILE *file, Subject **subjects, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!write_subject(file, subjects[i]))
            return false;
    fputs(packed_type, file);
    for (size_t i = 0; i < count; i++) {
        fputs("    {", file);
        for (int kind = FN_VALUE; kind <= FN_GRADIENT; kind++) {
            const char *comma = kind ? ", " : "";
            if (subjects[i]->job.with[kind])
                fprintf(file, "%s%s_%s_packed", comma, subjects[i]->prefix,
                        fn_kind_name((FnKind)kind));
            else
                fprintf(file, "%s0", comma);
        }
        fputs("},\n", file);
    }
    fputs("};\n", file);
    return true;
}

static bool run_compiler(const char *stem, const char *flags)
{
    const char *cc = getenv("CC");
    char command[4096];
    const char *format = strstr(flags, "-O")
        ? "%1$s -std=c99 %2$s -fPIC -shared -o %3$s.so %3$s.c -lm"
        : "%1$s -std=c99 %2$s -fsyntax-only %3$s.c && tcc -shared -o %3$s.so %3$s.c";
    snprintf(command, sizeof command, format, cc && *cc ? cc : "cc", flags, stem);
    return system(command) == 0;
}

static void *load(const char *stem)
{
    char path[1024];
    snprintf(path, sizeof path, "%s.so", stem);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        printf("%s\n", dlerror());
    return library;
}

void *library_new(const char *tag, const char *flags, bool (*write)(FILE *, void *), void *with)
{
    const char *work = getenv("WORK");
    char stem[900], path[1024];
    snprintf(stem, sizeof stem, "%s/%s", work && *work ? work : ".", tag);
    snprintf(path, sizeof path, "%s.c", stem);
    FILE *file = fopen(path, "w");
    if (!file) {
        printf("cannot write %s\n", path);
        return NULL;
    }
    bool written = write(file, with);
    written = fclose(file) == 0 && written;
    if (written && !run_compiler(stem, flags)) {
        printf("%s.c does not compile\n", stem);
        return NULL;
    }
    return written ? load(stem) : NULL;
}

/* Subjects whose C is to be written. */
typedef struct Batch {
    Subject **subjects;
    size_t count;
} Batch;

static bool write_batch(FILE *file, void *with)
{
    const Batch *batch = with;
    return write_c(file, batch->subjects, batch->count);
}

bool subjects_compile(Subject **subjects, size_t count, const char *tag, const char *flags)
{
    Batch batch = {subjects, count};
    void *library = library_new(tag, flags, write_batch, &batch);
    const Packed *packed = library ? dlsym(library, "packed") : NULL;
    for (size_t i = 0; packed && i < count; i++)
        subjects[i]->packed = packed[i];
    return packed != NULL;
}

/* ---- nodes without rounding ------------------------------------------------------------- */

typedef struct Exact {
    Subject *s;
    Graph *g;
    mpfr_t *at; /* a node each, live ones initialised */
    const double *in, *factors;
    bool inside; /* is all in the range of normal doubles? */
} Exact;

/* The place in `factors` of a tangent of an input, or of a seed of an output; -1 if it is none. */
static int factor_of(const Exact *e, const Sym *sym)
{
    const Subject *s = e->s;
    const Sym *base = sym->base ? sym_at(e->g, sym->base) : NULL;
    const U32Vec *list = sym->role == ROLE_DOT ? &s->inputs : &s->unit->outputs;
    if (sym->role != ROLE_DOT && sym->role != ROLE_BAR)
        return -1;
    for (uint32_t i = 0; i < list->count; i++) {
        SymId of = s->job.model->syms.at[list->at[i]];
        if (sym->base == of || (base->role == ROLE_OUT && base->base == of))
            return (int)i;
    }
    return -1;
}

static void exact_ref(const Exact *e, SymId id, mpfr_ptr r)
{
    const Subject *s = e->s;
    int factor = factor_of(e, sym_at(e->g, id));
    mpfr_set_nan(r);
    for (uint32_t i = 0; i < s->args.count; i++)
        if (s->job.model->syms.at[s->args.at[i]] == id)
            mpfr_set_d(r, e->in[i], MPFR_RNDN);
    if (factor >= 0)
        mpfr_set_d(r, e->factors[factor], MPFR_RNDN);
}

static bool is_normal(mpfr_srcptr x)
{
    return mpfr_zero_p(x) ||
           (mpfr_regular_p(x) && mpfr_get_exp(x) > -1022 && mpfr_get_exp(x) <= 1024);
}

/* In few bits as if all had been folded, so that elu(0.1/3) == 0.1/3 is true. */
static void exact_const(const Number *number, mpfr_ptr r)
{
    mpfr_t folded;
    mpfr_init2(folded, mpfr_get_prec(r) <= FOLDED_BITS ? NUMBER_BITS - 20 : mpfr_get_prec(r));
    number_get(number, folded);
    mpfr_set(r, folded, MPFR_RNDN);
    mpfr_clear(folded);
}

static void exact_node(Exact *e, NodeId id, mpfr_prec_t bits)
{
    const Node n = *node_at(e->g, id);
    mpfr_srcptr args[3];
    mpfr_init2(e->at[id], bits);
    if (n.op == OP_CONST)
        exact_const(node_number(e->g, id), e->at[id]);
    else if (n.op == OP_REF)
        exact_ref(e, n.a, e->at[id]);
    else {
        for (int i = 0; i < node_arity(e->g, id); i++)
            args[i] = e->at[node_operand(e->g, id, i)];
        op_eval((Op)n.op, e->at[id], args);
    }
    e->inside = e->inside && is_normal(e->at[id]);
}

static void exact_results(Exact *e, const Fn *fn, mpfr_t *out, mpfr_t *derived)
{
    uint32_t outs = 0, others = 0;
    for (uint32_t i = 0; i < fn->results.count; i++) {
        const Result *r = &fn->results.at[i];
        mpfr_ptr to = r->role == ARG_OUTPUT ? out[outs++] : derived[others++];
        mpfr_set(to, e->at[r->node], MPFR_RNDN);
    }
}

bool subject_exact(Subject *s, FnKind kind, const double *in, const double *factors, mpfr_t *out,
                   mpfr_t *derived)
{
    Graph *g = s->job.model->graph;
    uint32_t mark = graph_mark(g);
    U32Vec roots = {0};
    Fn fn = job_derive(&s->job, kind);
    simplify(s->job.rules, g, &fn);
    for (uint32_t i = 0; i < fn.results.count; i++)
        *vec_push(s->ctx, &roots) = fn.results.at[i].node;
    uint8_t *live = graph_live(g, roots.at, roots.count);
    uint32_t count = graph_count(g);
    Exact e = {.s = s, .g = g, .at = array_new(s->ctx, count, sizeof *e.at), .in = in,
               .factors = factors, .inside = true};
    for (NodeId id = 1; id < count; id++)
        if (live[id])
            exact_node(&e, id, mpfr_get_prec(out[0]));
    exact_results(&e, &fn, out, derived);
    for (NodeId id = 1; id < count; id++)
        if (live[id])
            mpfr_clear(e.at[id]);
    ctx_resize(s->ctx, e.at, 0);
    ctx_resize(s->ctx, live, 0);
    vec_free(s->ctx, &roots);
    fn_free(s->ctx, &fn);
    graph_release(g, mark);
    return e.inside;
}
