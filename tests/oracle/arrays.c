/* arrays: generated C of models of arrays against the oracle.
 *
 *     arrays FILE...
 *
 * A file's lines `# at n=3, m=4` are its points, sizes only (no line: one point); `# in 0.2..1.5`
 * is the range of its inputs and params (-1.5..1.5 without). All functions that the model can
 * have are generated under several limits and compared with the oracle, all elements. Results
 * stand between guards, so that what is written beside them is seen. Prints what is wrong; the
 * last line is `arrays: N passed, N failed`, N being files.
 *
 * The one idea: a function is called through a wrapper that takes a pointer for each argument;
 * what is behind each follows from its role. */
#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

enum { POINTS_MAX = 8, CALL_ARGS_MAX = 40, GUARDS = 16, HESSIAN_MAX = 24 };

static const double guard = -0x1.23456789abcdep-77;

/* ---- what is called --------------------------------------------------------------------- */

typedef struct CallArg {
    ArgRole role;
    uint32_t entity; /* that it belongs to */
} CallArg;

/* `room`: only says how long work must be. */
typedef void Wrapper(void *const *args, size_t *room);

typedef struct Call {
    uint32_t count; /* of arguments */
    CallArg arg[CALL_ARGS_MAX];
    Wrapper *run; /* NULL: the model has no such function */
} Call;

/* The limits that code is generated under, and the compiler's flags. */
#define WARNINGS "-Wall -Wextra -Wconversion -Werror"
static const struct {
    const char *name, *flags;
    PlanLimits limits;
} shapes[] = {
    {"as usual", WARNINGS " -O1",
     {.operations = 20, .unroll = 4, .stack = 4096, .real_size = 8}},
    {"loops and work", WARNINGS,
     {.operations = 20, .unroll = 0, .stack = 0, .real_size = 8}},
    {"checkpoints", WARNINGS,
     {.operations = 20, .unroll = 0, .stack = 0, .real_size = 8, .checkpoint = 2}},
    {"unrolled", WARNINGS,
     {.operations = 6, .unroll = 12, .stack = 1 << 20, .real_size = 8}},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

typedef struct Entry {
    const char *path;
    Subject subject;
    Call call[SHAPES][FN_KIND_COUNT];
    double low, high;                /* the range of inputs */
    uint32_t points;                 /* how many there are */
    char point[POINTS_MAX][200];     /* their sizes as text */
    bool good;
} Entry;

static struct {
    size_t shape; /* the limits in force */
    long compared, skipped;
    uint64_t random;
} run;

/* ---- wrappers --------------------------------------------------------------------------- */

typedef struct Wrapping {
    Subject *s;
    Call *call;
    Text *out;
} Wrapping;

static uint32_t entity_of(const Subject *s, SymId sym)
{
    for (uint32_t i = 0; i < s->unit->entities.count; i++)
        if (s->job.model->syms.at[i] == sym)
            return i;
    return UINT32_MAX;
}

static void put_arg(Wrapping *w, ArgRole role, SymId sym, SymId of)
{
    Call *call = w->call;
    bool scalar = !sym_at(w->s->job.model->graph, sym)->shape;
    const char *type = argument_type(&w->s->job, role, scalar);
    bool by_value = type[strlen(type) - 1] != '*';
    text_printf(w->out, by_value ? "%s*(%s *)a[%u]" : "%s(%s)a[%u]", call->count ? ", " : "", type,
                call->count);
    if (call->count == CALL_ARGS_MAX)
        ctx_fatal(w->s->ctx, STATUS_SYSTEM, "too many arguments for this test");
    call->arg[call->count++] = (CallArg){role, entity_of(w->s, of)};
}

/* The length of work as an expression. */
static void put_room(Wrapping *w, const Plan *plan)
{
    if (!plan->work) {
        text_put(w->out, "0");
        return;
    }
    put_work_name(&w->s->job, plan->fn.kind, w->out);
    if (!has_runtime_dims(&w->s->job))
        return;
    bool first = true;
    text_char(w->out, '(');
    for (uint32_t i = 0; i < plan->fn.params.count; i++)
        if (plan->fn.params.at[i].role == ARG_DIM) {
            text_printf(w->out, "%s*(size_t *)a[%u]", first ? "" : ", ", i);
            first = false;
        }
    text_char(w->out, ')');
}

static void put_wrapper(Job *job, const Plan *plan, void *with)
{
    Wrapping *w = with;
    const Fn *fn = &plan->fn;
    text_printf(w->out, "static void %s_%s_call(void *const *a, size_t *room)\n{\n    (void)a;\n"
                "    if (room) {\n        *room = ", job->prefix, fn_kind_name(fn->kind));
    put_room(w, plan);
    text_printf(w->out, ";\n        return;\n    }\n    %s_%s(", job->prefix,
                fn_kind_name(fn->kind));
    for (uint32_t i = 0; i < fn->params.count; i++)
        put_arg(w, fn->params.at[i].role, fn->params.at[i].sym, fn->params.at[i].of);
    for (uint32_t i = 0; i < fn->results.count; i++)
        put_arg(w, fn->results.at[i].role, fn->results.at[i].sym, fn->results.at[i].of);
    text_put(w->out, ");\n}\n\n");
}

/* False after a message. */
static bool write_entry(FILE *file, Entry *e)
{
    Subject *s = &e->subject;
    if (setjmp(s->fatal)) {
        printf("---- %s (%s): no C: %s\n", e->path, shapes[run.shape].name, ctx_message(s->ctx));
        return false;
    }
    Text out = text_new(s->ctx), wrappers = text_new(s->ctx);
    emit_c(&s->job, &out);
    for (int kind = 0; kind < FN_KIND_COUNT; kind++) {
        Wrapping w = {s, &e->call[run.shape][kind], &wrappers};
        if (s->job.with[kind])
            job_function(&s->job, (FnKind)kind, put_wrapper, &w);
    }
    fwrite(out.at, 1, out.len, file);
    fputs("\n", file);
    fwrite(wrappers.at, 1, wrappers.len, file);
    fprintf(file, "void (*const %s_calls[])(void *const *, size_t *) = {\n", s->prefix);
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (s->job.with[kind])
            fprintf(file, "    %s_%s_call,\n", s->prefix, fn_kind_name((FnKind)kind));
        else
            fprintf(file, "    0,\n");
    fputs("};\n", file);
    return true;
}

static bool write_one(FILE *file, void *with)
{
    return write_entry(file, with);
}

/* Under the limits in force. */
static bool compile(Entry *e)
{
    char tag[80], name[80];
    e->subject.job.limits = shapes[run.shape].limits;
    snprintf(tag, sizeof tag, "%s_%zu", e->subject.prefix, run.shape);
    snprintf(name, sizeof name, "%s_calls", e->subject.prefix);
    void *library = library_new(tag, shapes[run.shape].flags, write_one, e);
    Wrapper *const *calls = library ? (Wrapper *const *)dlsym(library, name) : NULL;
    for (int kind = 0; calls && kind < FN_KIND_COUNT; kind++)
        e->call[run.shape][kind].run = calls[kind];
    return calls != NULL;
}

/* ---- the truth -------------------------------------------------------------------------- */

/* Elements of all outputs, and of all inputs, one behind the other. */
typedef struct Point {
    Entry *e;
    Subject *s;
    const char *at;
    size_t outs, ins;
    double **value;   /* an entity each: what an input or param is set to */
    int **index;      /* an entity each: likewise */
    size_t *dim;      /* an entity each: likewise */
    size_t *offset;   /* an entity each: where it begins among outputs, */
    size_t *in_offset;/* and among inputs */
    double *out;      /* the truth: outputs, */
    double *jacobian; /* their derivatives, NaN where there is none, */
    double *hessian;  /* those of the gradient; NULL: not looked at */
    double *dot, *bar;/* a direction of the inputs; seeds of the outputs */
} Point;

static void *room_for(Point *p, size_t count, size_t size)
{
    return ctx_alloc(p->s->ctx, (count + 1)*size);
}

static size_t count_of(const Point *p, uint32_t entity)
{
    return oracle_count(p->s->oracle, oracle_entity(entity));
}

static double random_in(double low, double high)
{
    return low + (high - low)*random_unit(&run.random);
}

/* The value of a dim in `n=3, m=4`. */
static long dim_in(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = text; *at; at += strcspn(at, ", ")) {
        at += strspn(at, ", ");
        if (!strncmp(at, name, length) && at[length] == '=')
            return strtol(at + length + 1, NULL, 10);
    }
    return 2;
}

static void set_dims(Point *p)
{
    for (uint32_t i = 0; i < p->s->unit->entities.count; i++) {
        if (p->s->unit->entities.at[i].kind != ENTITY_DIM)
            continue;
        long value = dim_in(p->at, name_text(p->s->ctx, p->s->unit->entities.at[i].name));
        p->dim[i] = (size_t)value;
        oracle_set_integers(p->s->oracle, i, &value);
    }
}

static void set_reals(Point *p, uint32_t i, size_t count)
{
    p->value[i] = room_for(p, count, sizeof(double));
    for (size_t k = 0; k < count; k++)
        p->value[i][k] = random_in(p->e->low, p->e->high);
    oracle_set(p->s->oracle, i, p->value[i]);
}

static void set_index(Point *p, uint32_t i, size_t count)
{
    long limit = oracle_integer(p->s->oracle, p->s->unit->entities.at[i].limit);
    long *entries = room_for(p, count, sizeof *entries);
    p->index[i] = room_for(p, count, sizeof(int));
    for (size_t k = 0; k < count; k++) {
        entries[k] = limit > 0 ? (long)random_below(&run.random, (uint32_t)limit) : 0;
        p->index[i][k] = (int)entries[k];
    }
    oracle_set_integers(p->s->oracle, i, entries);
}

static void set_arguments(Point *p)
{
    set_dims(p);
    for (uint32_t i = 0; i < p->s->unit->entities.count; i++) {
        EntityKind kind = p->s->unit->entities.at[i].kind;
        if (kind == ENTITY_INPUT || kind == ENTITY_PARAM)
            set_reals(p, i, count_of(p, i));
        if (kind == ENTITY_INDEX)
            set_index(p, i, count_of(p, i));
        if (kind == ENTITY_INPUT) {
            p->in_offset[i] = p->ins;
            p->ins += count_of(p, i);
        }
    }
    for (uint32_t k = 0; k < p->s->unit->outputs.count; k++) {
        p->offset[p->s->unit->outputs.at[k]] = p->outs;
        p->outs += count_of(p, p->s->unit->outputs.at[k]);
    }
    p->dot = room_for(p, p->ins, sizeof(double));
    p->bar = room_for(p, p->outs, sizeof(double));
    for (size_t j = 0; j < p->ins; j++)
        p->dot[j] = random_in(-2, 2);
    for (size_t i = 0; i < p->outs; i++)
        p->bar[i] = random_in(-2, 2);
}

static mpfr_t *numbers_new(Point *p, size_t count, mpfr_prec_t bits)
{
    mpfr_t *x = room_for(p, count, sizeof *x);
    for (size_t k = 0; k < count; k++)
        mpfr_init2(x[k], bits);
    return x;
}

static void numbers_clear(mpfr_t *x, size_t count)
{
    for (size_t k = 0; k < count; k++)
        mpfr_clear(x[k]);
}

static void find_values(Point *p)
{
    p->out = room_for(p, p->outs, sizeof(double));
    for (uint32_t i = 0; i < p->s->unit->outputs.count; i++) {
        uint32_t entity = p->s->unit->outputs.at[i];
        size_t count = count_of(p, entity);
        mpfr_t *x = numbers_new(p, count, TRIAL_BITS);
        OracleStatus status = oracle_value(p->s->oracle, oracle_entity(entity), x[0]);
        for (size_t k = 0; k < count; k++)
            p->out[p->offset[entity] + k] = status == ORACLE_UNSURE ? NAN
                                                                    : mpfr_get_d(x[k], MPFR_RNDN);
        numbers_clear(x, count);
    }
}

/* Derivatives of an output's elements by an input's element, NaN where there are none. */
static void find_column(Point *p, uint32_t output, uint32_t input, size_t element, mpfr_prec_t bits,
                        mpfr_t *column)
{
    size_t count = count_of(p, output);
    OracleReport *r = room_for(p, count, sizeof *r);
    for (size_t k = 0; k < count; k++)
        oracle_report_init(&r[k], bits);
    oracle_derivative(p->s->oracle, oracle_entity(output), oracle_by(input, element), r);
    for (size_t k = 0; k < count; k++) {
        if (r[k].status == ORACLE_OK && r[k].inside == ORACLE_OK && !r[k].switched)
            mpfr_set(column[k], r[k].value, MPFR_RNDN);
        else
            mpfr_set_nan(column[k]);
        oracle_report_clear(&r[k]);
    }
}

static void find_jacobian(Point *p)
{
    const Unit *u = p->s->unit;
    p->jacobian = room_for(p, p->outs*p->ins, sizeof(double));
    mpfr_t *column = numbers_new(p, p->outs, TRIAL_BITS);
    for (uint32_t o = 0; o < u->outputs.count; o++)
        for (uint32_t j = 0; j < p->s->inputs.count; j++) {
            uint32_t output = u->outputs.at[o], input = p->s->inputs.at[j];
            for (size_t e = 0; e < count_of(p, input); e++) {
                find_column(p, output, input, e, TRIAL_BITS, column);
                for (size_t k = 0; k < count_of(p, output); k++)
                    p->jacobian[(p->offset[output] + k)*p->ins + p->in_offset[input] + e] =
                        mpfr_get_d(column[k], MPFR_RNDN);
            }
        }
    numbers_clear(column, p->outs);
}

enum { SHIFT = 50, GRADIENT_BITS = 160, SHIFTED_BITS = 300 };

/* The gradient where an input's element is moved by `sign` times 2^-SHIFT. */
static void shifted_gradient(Point *p, uint32_t moved, size_t element, int sign, mpfr_t *gradient)
{
    size_t count = count_of(p, moved);
    mpfr_t *x = numbers_new(p, count, SHIFTED_BITS);
    for (size_t k = 0; k < count; k++)
        mpfr_set_d(x[k], p->value[moved][k], MPFR_RNDN);
    mpfr_add_d(x[element], x[element], ldexp(sign, -SHIFT), MPFR_RNDN);
    oracle_set_real(p->s->oracle, moved, x[0]);
    for (uint32_t j = 0; j < p->s->inputs.count; j++) {
        uint32_t input = p->s->inputs.at[j];
        for (size_t e = 0; e < count_of(p, input); e++)
            find_column(p, p->s->unit->outputs.at[0], input, e, GRADIENT_BITS,
                        gradient + p->in_offset[input] + e);
    }
    oracle_set(p->s->oracle, moved, p->value[moved]);
    numbers_clear(x, count);
}

static void find_hessian(Point *p)
{
    p->hessian = room_for(p, p->ins*p->ins, sizeof(double));
    mpfr_t *above = numbers_new(p, p->ins, GRADIENT_BITS);
    mpfr_t *below = numbers_new(p, p->ins, GRADIENT_BITS);
    for (uint32_t j = 0; j < p->s->inputs.count; j++) {
        uint32_t input = p->s->inputs.at[j];
        for (size_t e = 0; e < count_of(p, input); e++) {
            shifted_gradient(p, input, e, 1, above);
            shifted_gradient(p, input, e, -1, below);
            for (size_t k = 0; k < p->ins; k++) {
                mpfr_sub(above[k], above[k], below[k], MPFR_RNDN);
                p->hessian[k*p->ins + p->in_offset[input] + e] =
                    ldexp(mpfr_get_d(above[k], MPFR_RNDN), SHIFT - 1);
            }
        }
    }
    numbers_clear(above, p->ins);
    numbers_clear(below, p->ins);
}

/* ---- comparison ------------------------------------------------------------------------- */

static void tell(Point *p, FnKind kind, const char *what)
{
    p->e->good = false;
    printf("---- %s (%s) at %s: %s: %s", p->e->path, shapes[run.shape].name, p->at, fn_kind_name(kind), what);
}

static double largest(const double *x, size_t count)
{
    double most = 0;
    for (size_t k = 0; k < count; k++)
        if (isfinite(x[k]))
            most = fmax(most, fabs(x[k]));
    return most;
}

static void compare(Point *p, FnKind kind, const CallArg *arg, const double *found,
                    const double *truth, size_t count)
{
    double allowed = 1e-10*largest(truth, count) + 1e-13;
    int told = 0;
    for (size_t k = 0; k < count; k++) {
        if (isnan(truth[k]) && arg->role != ARG_OUTPUT) {
            run.skipped++;
            continue;
        }
        run.compared++;
        bool same = found[k] == truth[k] || (isnan(found[k]) && isnan(truth[k]));
        if (same || fabs(found[k] - truth[k]) <= allowed || told++ > 3)
            continue;
        tell(p, kind, arg_role_name(arg->role));
        if (arg->entity != UINT32_MAX)
            printf(" of %s", name_text(p->s->ctx, p->s->unit->entities.at[arg->entity].name));
        printf("[%zu] is %.17g, not %.17g\n", k, found[k], truth[k]);
    }
}

/* ---- results ---------------------------------------------------------------------------- */

/* A sum of rows of the Jacobian. */
static void sum_rows(const Point *p, const double *weight, double *sum)
{
    for (size_t j = 0; j < p->ins; j++) {
        sum[j] = 0;
        for (size_t i = 0; i < p->outs; i++)
            sum[j] += weight[i]*p->jacobian[i*p->ins + j];
    }
}

/* A matrix, rows of inputs, times the direction. */
static void along_direction(const Point *p, const double *matrix, size_t rows, double *sum)
{
    for (size_t i = 0; i < rows; i++) {
        sum[i] = 0;
        for (size_t j = 0; j < p->ins; j++)
            sum[i] += matrix[i*p->ins + j]*p->dot[j];
    }
}

/* What a result must be; how many elements it has. */
static double *truth_of(Point *p, FnKind kind, const CallArg *arg, size_t *count)
{
    double *all = room_for(p, p->outs + p->ins, sizeof *all);
    const double one = 1;
    bool of_input = arg->role == ARG_ADJOINT || arg->role == ARG_ADJOINT_TANGENT;
    size_t offset = arg->entity == UINT32_MAX ? 0
                    : of_input                ? p->in_offset[arg->entity]
                                              : p->offset[arg->entity];
    *count = arg->entity == UINT32_MAX ? 0 : count_of(p, arg->entity);
    switch (arg->role) {
    case ARG_OUTPUT: return p->out + offset;
    case ARG_OUTPUT_TANGENT: along_direction(p, p->jacobian, p->outs, all); break;
    case ARG_ADJOINT: sum_rows(p, kind == FN_REVERSE ? p->bar : &one, all); break;
    case ARG_ADJOINT_TANGENT:
        if (!p->hessian)
            return NULL;
        along_direction(p, p->hessian, p->ins, all);
        break;
    case ARG_JACOBIAN: *count = p->outs*p->ins; return p->jacobian;
    case ARG_HESSIAN: *count = p->ins*p->ins; return p->hessian;
    case ARG_DIM: case ARG_INPUT: case ARG_PARAM: case ARG_INDEX: case ARG_TANGENT: case ARG_SEED:
    case ARG_WORK: case ARG_ROLE_COUNT: break;
    }
    return all + offset;
}

static double *guarded_new(Point *p, size_t count)
{
    double *x = room_for(p, count + 2*GUARDS, sizeof *x);
    for (size_t k = 0; k < count + 2*GUARDS; k++)
        x[k] = guard;
    return x + GUARDS;
}

static void check_guards(Point *p, FnKind kind, const double *x, size_t count)
{
    for (size_t k = 0; k < GUARDS; k++)
        if (x[count + k] != guard || *(x - 1 - k) != guard) {
            tell(p, kind, "writes beside a result, or beside work\n");
            return;
        }
}

/* ---- calls ------------------------------------------------------------------------------ */

static void *argument_of(Point *p, const CallArg *arg)
{
    switch (arg->role) {
    case ARG_DIM: return &p->dim[arg->entity];
    case ARG_INPUT: case ARG_PARAM: return p->value[arg->entity];
    case ARG_INDEX: return p->index[arg->entity];
    case ARG_TANGENT: return p->dot + p->in_offset[arg->entity];
    case ARG_SEED: return p->bar + p->offset[arg->entity];
    case ARG_OUTPUT: case ARG_OUTPUT_TANGENT: case ARG_ADJOINT: case ARG_ADJOINT_TANGENT:
    case ARG_JACOBIAN: case ARG_HESSIAN: case ARG_WORK: case ARG_ROLE_COUNT: break;
    }
    return NULL;
}

static void judge_call(Point *p, FnKind kind)
{
    const Call *call = &p->e->call[run.shape][kind];
    void *args[CALL_ARGS_MAX];
    double *truth[CALL_ARGS_MAX] = {NULL};
    size_t count[CALL_ARGS_MAX] = {0};
    for (uint32_t i = 0; i < call->count; i++) {
        args[i] = argument_of(p, &call->arg[i]);
        if (args[i])
            continue;
        if (call->arg[i].role == ARG_WORK)
            call->run(args, &count[i]);
        else
            truth[i] = truth_of(p, kind, &call->arg[i], &count[i]);
        args[i] = guarded_new(p, count[i]);
    }
    call->run(args, NULL);
    for (uint32_t i = 0; i < call->count; i++) {
        if (argument_of(p, &call->arg[i]))
            continue;
        check_guards(p, kind, args[i], count[i]);
        if (truth[i])
            compare(p, kind, &call->arg[i], args[i], truth[i], count[i]);
    }
}

static void judge_calls(Entry *e, Point *p)
{
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (e->call[run.shape][kind].run)
            judge_call(p, (FnKind)kind);
}

/* ---- files ------------------------------------------------------------------------------ */

static void read_comments(Entry *e, const char *text)
{
    e->low = -1.5;
    e->high = 1.5;
    for (const char *at = text; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
        if (sscanf(at, "# in %lf..%lf", &e->low, &e->high) == 2)
            continue;
        if (e->points < POINTS_MAX && sscanf(at, "# at %199[^\n]", e->point[e->points]) == 1)
            e->points++;
    }
    if (!e->points)
        e->points = 1;
}

static char *read_file(const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[length] = 0;
    return length ? text : NULL;
}

static bool open_entry(Entry *e)
{
    const char *name = strrchr(e->path, '/'), *complaint = "";
    char prefix[64];
    const char *text = read_file(e->path);
    snprintf(prefix, sizeof prefix, "%.*s", (int)strcspn(name ? name + 1 : e->path, "."),
             name ? name + 1 : e->path);
    if (!text) {
        printf("---- %s: cannot be read\n", e->path);
        e->subject = (Subject){.ctx = ctx_new()};
        return false;
    }
    read_comments(e, text);
    if (!subject_open(&e->subject, text, prefix, &complaint)) {
        printf("---- %s: %s\n", e->path, complaint);
        return false;
    }
    Subject *s = &e->subject;
    bool one = s->unit->outputs.count == 1 &&
               !s->unit->entities.at[s->unit->outputs.at[0]].shape;
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        s->job.with[kind] =
            one || (kind != FN_GRADIENT && kind != FN_HESSIAN && kind != FN_HVP);
    return true;
}

static void judge_at(Entry *e, uint32_t number)
{
    Subject *s = &e->subject;
    uint32_t count = s->unit->entities.count;
    static Point p;
    p = (Point){.e = e, .s = s, .at = e->point[number]};
    run.random = 12345 + number;
    p.value = room_for(&p, count, sizeof *p.value);
    p.index = room_for(&p, count, sizeof *p.index);
    p.dim = room_for(&p, count, sizeof *p.dim);
    p.offset = room_for(&p, count, sizeof *p.offset);
    p.in_offset = room_for(&p, count, sizeof *p.in_offset);
    set_arguments(&p);
    find_values(&p);
    find_jacobian(&p);
    if (s->job.with[FN_HESSIAN] && p.ins <= HESSIAN_MAX)
        find_hessian(&p);
    for (run.shape = 0; run.shape < SHAPES; run.shape++)
        judge_calls(e, &p);
}

static bool compile_all(Entry *e)
{
    for (run.shape = 0; run.shape < SHAPES; run.shape++)
        if (!compile(e))
            return false;
    return true;
}

static void judge_entry(Entry *e)
{
    if (!open_entry(e) || !compile_all(e)) {
        e->good = false;
    } else if (setjmp(e->subject.fatal)) {
        printf("---- %s: %s\n", e->path, ctx_message(e->subject.ctx));
        e->good = false;
    } else {
        for (uint32_t i = 0; i < e->points; i++)
            judge_at(e, i);
    }
    subject_close(&e->subject);
}

int main(int argc, char **argv)
{
    int passed = 0, failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++) {
        static Entry entry;
        entry = (Entry){.path = argv[i], .good = true};
        judge_entry(&entry);
        passed += entry.good;
        failed += !entry.good;
    }
    printf("compared %ld, skipped %ld at hard points\n", run.compared, run.skipped);
    printf("arrays: %d passed, %d failed\n", passed, failed);
    return failed != 0;
}
