/* The command: reads like the pipeline. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "judge/judge.h"
#include "warn/warn.h"

/* The file's name without its folders. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return !strcmp(path, "-") ? "the standard input" : slash ? slash + 1 : path;
}

/* That as it may stand in any text. */
static const char *shown_name(Ctx *ctx, const char *path)
{
    Text text = text_new(ctx);
    text_put(&text, "");
    diag_harmless(&text, base_name(path));
    return text.at;
}

/* The base name without what follows its first point. */
static const char *stem(Ctx *ctx, const char *path)
{
    if (!strcmp(path, "-"))
        return "model";
    const char *name = base_name(path);
    size_t length = strcspn(name, ".");
    return length ? ctx_copy(ctx, name, length) : "model";
}

static const char *prefix_of(Ctx *ctx, const Options *o, const Unit *unit)
{
    if (o->prefix)
        return o->prefix;
    if (unit->model)
        return name_as_c(ctx, name_text(ctx, unit->model));
    return name_as_c(ctx, stem(ctx, o->file));
}

/* ---- what is derived */

/* Is there one output, and is it a scalar? */
static bool has_scalar_output(Model *m)
{
    const U32Vec *outputs = &m->unit->outputs;
    return outputs->count == 1 && !sym_at(m->graph, m->syms.at[outputs->at[0]])->shape;
}

static bool is_of_scalar(FnKind kind)
{
    return kind == FN_GRADIENT || kind == FN_HESSIAN || kind == FN_HVP;
}

_Noreturn static void need_scalar(const Job *job, FnKind kind)
{
    uint32_t count = job->model->unit->outputs.count;
    if (count == 1)
        ctx_fatal(job->ctx, STATUS_USAGE,
                  "--with=%s needs a model whose output is a scalar; this one's is an array",
                  fn_kind_name(kind));
    ctx_fatal(job->ctx, STATUS_USAGE, "--with=%s needs a model with one output; this one has %u",
              fn_kind_name(kind), (unsigned)count);
}

/* A bit a function; 0 is the default. */
static void choose_functions(Job *job, uint32_t set)
{
    const bool scalar = has_scalar_output(job->model);
    for (int kind = 0; kind < FN_KIND_COUNT; kind++) {
        job->with[kind] = set ? set >> kind & 1
                              : kind < FN_GRADIENT || (kind == FN_GRADIENT && scalar);
        if (job->with[kind] && is_of_scalar((FnKind)kind) && !scalar)
            need_scalar(job, (FnKind)kind);
    }
}

/* What else in the model has the name. */
static const char *kind_of(const Unit *u, int64_t entity)
{
    static const char *const kinds[] = {
        [ENTITY_DIM] = "a dim", [ENTITY_INPUT] = "an input", [ENTITY_PARAM] = "a param",
        [ENTITY_INDEX] = "an index", [ENTITY_CONST] = "a constant", [ENTITY_DEF] = "a definition",
    };
    return kinds[u->entities.at[entity].kind];
}

/* It is something else, or a misspelling of an input, or says nothing. */
_Noreturn static void refuse_wrt(const Job *job, const char *name, size_t length, int64_t entity)
{
    const Unit *u = job->model->unit;
    VEC(Name) inputs = {0};
    if (entity >= 0)
        ctx_fatal(job->ctx, STATUS_USAGE, "--wrt takes names of inputs, found '%.*s', which is %s",
                  (int)length, name, kind_of(u, entity));
    for (uint32_t i = 0; length && i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_INPUT)
            *vec_push(job->ctx, &inputs) = u->entities.at[i].name;
    const Name found = name_intern(job->ctx, name, length);
    const char *text =
        name_text(job->ctx, name_nearest(job->ctx, found, inputs.at, inputs.count));
    ctx_fatal(job->ctx, STATUS_USAGE, "--wrt takes names of inputs, found '%.*s'%s%s%s",
              (int)length, name, *text ? " (did you mean '" : "", text, *text ? "'?)" : "");
}

static void add_wrt(Job *job, const char *name, size_t length)
{
    const Unit *u = job->model->unit;
    int64_t i = unit_find(u, utf8_normalise(job->ctx, name, length));
    if (i < 0 || u->entities.at[i].kind != ENTITY_INPUT)
        refuse_wrt(job, name, length, i);
    job->wrt[i] = true;
}

static void choose_wrt(Job *job, const char *list)
{
    const Unit *u = job->model->unit;
    job->wrt = ctx_alloc(job->ctx, (u->entities.count + 1) * sizeof *job->wrt);
    for (uint32_t i = 0; i < u->entities.count && !list; i++)
        job->wrt[i] = u->entities.at[i].kind == ENTITY_INPUT;
    while (list) {
        const size_t length = strcspn(list, ",");
        add_wrt(job, list, length);
        list = list[length] ? list + length + 1 : NULL;
    }
}

/* ---- values from the command line */

/* Parses 'a=1, b=2' given to an option. */
static void parse_values(Ctx *ctx, Ast *ast, const char *option, const char *text, U32Vec *decls)
{
    parse_bindings(ctx, source_string(ctx, option, text, strlen(text)), ast, decls);
}

static Define *read_defines(Ctx *ctx, const Options *o, Ast *ast, uint32_t *count)
{
    U32Vec decls = {0};
    for (uint32_t i = 0; i < o->defines.count; i++)
        parse_values(ctx, ast, "-D", o->defines.at[i], &decls);
    Define *defines = ctx_alloc(ctx, (decls.count + 1) * sizeof *defines);
    for (uint32_t i = 0; i < decls.count; i++) {
        defines[i].name = ast->decls.at[decls.at[i]].name;
        defines[i].value = ast->decls.at[decls.at[i]].value;
    }
    *count = decls.count;
    return defines;
}

static void check_defines(Ctx *ctx, const Define *defines, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!defines[i].used)
            ctx_fatal(ctx, STATUS_USAGE, "-D %s: the model has no dim or constant of that name",
                      name_text(ctx, defines[i].name));
}

/* ---- the terminal */

/* Has a text for a terminal characters beyond ASCII? What the locale says of them. */
static bool is_unicode(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *locale = getenv(variables[i]);
        if (locale && *locale)
            return strstr(locale, "UTF-8") || strstr(locale, "utf8") || strstr(locale, "UTF8");
    }
    return false;
}

/* Are texts coloured that go to this file? */
static bool is_coloured(const Options *o, int file)
{
    const char *no_colour = getenv("NO_COLOR");
    return o->colour == COLOUR_ALWAYS ||
           (o->colour == COLOUR_AUTO && isatty(file) && !(no_colour && *no_colour));
}

/* ---- the run */

/* What is wanted of messages. */
static void choose_messages(Ctx *ctx, const Options *o)
{
    for (uint32_t i = 0; i < o->warnings.count; i++)
        diag_option(ctx, o->warnings.at[i]);
    if (o->silent)
        diag_silence(ctx);
    diag_limit(ctx, o->max_errors);
}

static void choose_includes(Ctx *ctx, const Options *o)
{
    if (o->no_include)
        source_include_none(ctx);
    if (o->include_root)
        source_include_root(ctx, o->include_root);
}

/* What is said on standard error gets there, or that it does not is told by the status. */
static void say(Ctx *ctx, const Text *text, int status)
{
    fwrite(text->at, 1, text->len, stderr);
    if ((fflush(stderr) || ferror(stderr)) && !status)
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot write the standard error: %s", strerror(errno));
}

static void print_messages(Ctx *ctx, const Options *o, int status)
{
    const SarifRun log = {BPGEN_VERSION, status, NULL};
    Text text = text_new(ctx);
    if (o->diagnostics == DIAGNOSTICS_SARIF)
        sarif_put(ctx, &log, &text);
    else
        diag_print(ctx, &text, is_coloured(o, STDERR_FILENO));
    if (text.len)
        say(ctx, &text, status);
}

/* What ended the run before its time, as a log; false if there is no memory for one. */
static bool print_fatal_log(Ctx *ctx, int status)
{
    jmp_buf again;
    if (setjmp(again))
        return false;
    ctx_catch(ctx, &again);
    const SarifRun log = {BPGEN_VERSION, status, ctx_message(ctx)};
    Text text = text_new(ctx);
    sarif_put(ctx, &log, &text);
    say(ctx, &text, status);
    return true;
}

/* The messages that ended the run before its time; false if there is no memory for them. */
static bool print_stop(Ctx *ctx, const Options *o, int status)
{
    jmp_buf again;
    if (setjmp(again))
        return false;
    ctx_catch(ctx, &again);
    print_messages(ctx, o, status);
    return true;
}

static void print_fatal(Ctx *ctx, const Options *o, int status, bool sarif)
{
    if (!*ctx_message(ctx) && print_stop(ctx, o, status))
        return;
    if (sarif && print_fatal_log(ctx, status))
        return;
    fputs("bpgen: error: ", stderr);
    diag_put(stderr, ctx_message(ctx));
    fputc('\n', stderr);
}

/* The model, ready to be derived; the sides of its checks as nodes, if they are looked at. */
static void make_job(Ctx *ctx, const Options *o, Job *job)
{
    job->ctx = ctx;
    job->real = (RealType)o->real;
    job->source = shown_name(ctx, o->file);
    job->options = options_text(ctx, o);
    job->limits.operations = 20;
    job->limits.unroll = o->unroll;
    job->limits.checkpoint = o->checkpoint;
    job->limits.stack = o->stack;
    job->limits.split = o->split;
    job->limits.real_size = real_bytes(job->real);
    job->prefix = prefix_of(ctx, o, job->model->unit);
    if (!name_is_identifier(job->prefix))
        ctx_fatal(ctx, STATUS_USAGE, "--prefix takes a C identifier, found '%s'", job->prefix);
    job->jacobian = (JacobianMode)o->jacobian;
    job->pack = o->pack;
    job->is_static = o->linkage == LINKAGE_STATIC;
    job->seed = o->seed;
    job->unicode = is_unicode();
    job->colour = !o->output && is_coloured(o, STDOUT_FILENO);
    warn_model(job->model);
    job->rules = rules_new(job->model->graph);
    if (o->task == TASK_CHECK || o->task == TASK_TEST)
        lower_checks(job->model, &job->claims);
    if (o->task == TASK_TEST)
        lower_assumptions(job->model, false, &job->claims);
    derive_expand(job->rules, job->model);
    derive_expand_nodes(job->rules, job->model->graph, &job->claims);
    choose_functions(job, o->with);
    choose_wrt(job, o->wrt);
    job->names = names_new(ctx, job->model, job->prefix);
    if (o->pack)
        names_pack(job->names);
}

/* Does what the run is for. */
static void do_task(Job *job, const Options *o, Text *out)
{
    switch (o->task) {
    case TASK_EVAL:
        emit_values(job, job->point, job->point_count, out);
        break;
    case TASK_EXPLAIN:
        emit_explanation(job, out);
        break;
    case TASK_CHECK:
        judge_model(job, &job->claims, o->seed, out);
        break;
    case TASK_DUMP:
        dump_functions(job, (DumpStage)o->dump, out);
        break;
    case TASK_C: case TASK_HEADER: case TASK_JSON: case TASK_DRAWING: case TASK_TEST:
        back_ends[o->emit].emit(job, out);
        break;
    case TASKS_ALL:
        break;
    }
}

/* From the model's file to its graph. NULL: there was an error, or --dump has what it asks for. */
static Model *read_model(Ctx *ctx, const Options *o, uint32_t source, Ast *ast, Define *defines,
                         uint32_t define_count, Text *out)
{
    Dumped made = {.source = source};
    if (dump_front(ctx, o, &made, out))
        return NULL;
    parse_source(ctx, source, ast);
    Graph *graph = graph_new(ctx);
    graph_limit(graph, o->max_nodes);
    made.ast = diag_errors(ctx) ? NULL : ast;
    if (dump_front(ctx, o, &made, out))
        return NULL;
    Unit *unit = check_ast(ctx, graph, (RealType)o->real, ast, defines, define_count);
    if (diag_errors(ctx))
        return NULL;
    check_defines(ctx, defines, define_count);
    unit->gates = (o->task == TASK_EXPLAIN || o->task == TASK_DRAWING) && !o->expand;
    made.unit = unit;
    if (dump_front(ctx, o, &made, out))
        return NULL;
    made.model = lower_unit(ctx, unit);
    return dump_front(ctx, o, &made, out) ? NULL : made.model;
}

/* Puts what was asked for. Returns the exit status; errors are in diag. */
static int run(Ctx *ctx, const Options *o, Text *out)
{
    Ast ast = {0};
    Job job = {0};
    uint32_t define_count;
    choose_includes(ctx, o);
    uint32_t source = source_read(ctx, o->file);
    Define *defines = read_defines(ctx, o, &ast, &define_count);
    if (diag_errors(ctx))
        return STATUS_USAGE;
    job.model = read_model(ctx, o, source, &ast, defines, define_count, out);
    if (!job.model)
        return diag_status(ctx);
    make_job(ctx, o, &job);
    if (o->stats) {
        Text stats = text_new(ctx);
        emit_stats(&job, &stats);
        say(ctx, &stats, STATUS_DONE);
    }
    if (o->at) {
        const Point *point = point_read(&job, o->at);
        if (diag_errors(ctx))
            return STATUS_USAGE;
        job.point = point->values;
        job.point_count = point->count;
    }
    if (o->against) {
        job.against = against_read(&job, o->against);
        if (diag_errors(ctx))
            return STATUS_USAGE;
    }
    if (o->task == TASK_C || o->task == TASK_HEADER || o->task == TASK_JSON)
        unit_forget_tree(job.model->unit);
    do_task(&job, o, out);
    return diag_status(ctx);
}

/* Writes a text, unless it is only looked whether that is so already. */
static void put_output(Ctx *ctx, const Options *o, const char *path, const Text *text)
{
    if (path && (o->verify || o->if_changed) && output_holds(ctx, path, text))
        return;
    if (path && o->verify)
        ctx_fatal(ctx, STATUS_MODEL, "%s is not up to date", path);
    output_write(ctx, path, text);
}

/* Writes what was asked for, and before it the rule of make, if the run succeeded: should that
 * fail, the output is untouched, and no build goes by a new one with an old rule. */
static void put_outputs(Ctx *ctx, const Options *o, int status, const Text *out)
{
    const bool rules = !status && (o->depend || o->depend_only);
    Text rule = text_new(ctx);
    output_check(ctx, o->output);
    if (rules)
        depend_put(ctx, o, &rule);
    if (rules)
        put_output(ctx, o, depend_path(ctx, o), &rule);
    if (!o->depend_only)
        put_output(ctx, o, o->output, out);
}

static void put_about(Ctx *ctx, const Options *o)
{
    Text out = text_new(ctx);
    if (o->help)
        options_help(ctx, &out);
    else if (o->list_options)
        options_list(&out);
    else
        text_put(&out, "bpgen " BPGEN_VERSION "\n");
    put_output(ctx, o, o->output, &out);
}

static int command(Ctx *ctx, int argc, char **argv, Options *o)
{
    options_read(ctx, argc, argv, o);
    choose_messages(ctx, o);
    if (options_about(o)) {
        put_about(ctx, o);
        return STATUS_DONE;
    }
    Text out = text_new(ctx);
    text_spool(&out);
    int status = run(ctx, o, &out);
    if (o->diagnostics != DIAGNOSTICS_SARIF)
        print_messages(ctx, o, status);
    if (!status || (o->check && text_length(&out))) /* verdicts are what was asked for */
        put_outputs(ctx, o, status, &out);
    if (o->diagnostics == DIAGNOSTICS_SARIF) /* one log a run: when it is known how that ends */
        print_messages(ctx, o, status);
    return status;
}

/* The options are the caller's, so that a jump leaves them as they are. */
static int command_to_end(Ctx *ctx, int argc, char **argv, Options *o)
{
    jmp_buf fatal;
    int status = setjmp(fatal);
    if (status == 0) {
        ctx_catch(ctx, &fatal);
        status = command(ctx, argc, argv, o);
    } else {
        print_fatal(ctx, o, status, options_sarif(argc, argv));
    }
    return status;
}

int main(int argc, char **argv)
{
    static char line[4096];
    setvbuf(stderr, line, _IOLBF, sizeof line); /* those of several runs do not mix within one */
    Options o = {0};
    Ctx *ctx = ctx_new();
    if (!ctx) {
        fputs("bpgen: error: out of memory\n", stderr);
        return STATUS_SYSTEM;
    }
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow */
    memory_own(ctx);
    int status = command_to_end(ctx, argc, argv, &o);
    mpfr_free_cache();
    ctx_free(ctx);
    memory_own(NULL);
    return status;
}
