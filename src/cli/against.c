/* HEADER:FUNCTION in, what must be known of the prototype to call it out. The header is looked
 * through for the function's name before a bracket; comments are passed over. What is not like the
 * generated gradient is refused here, with the prototype that is expected. */
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"

typedef struct Prototype {
    Text text;    /* the header without comments and lines of the preprocessor */
    char *args;   /* behind the bracket */
    bool returns; /* something other than void */
} Prototype;

/* Comments become spaces, and so do lines that begin with '#'. */
static void strip(Ctx *ctx, uint32_t source, Text *out)
{
    const Source *s = source_at(ctx, source);
    const char *at = s->bytes, *end = at + s->length;
    bool fresh = true;
    while (at < end) {
        const char *close = NULL;
        if (at[0] == '/' && at[1] == '*')
            close = strstr(at + 2, "*/");
        if (close) {
            at = close + 2;
            text_char(out, ' ');
        } else if ((at[0] == '/' && at[1] == '/') || (fresh && *at == '#')) {
            at += strcspn(at, "\n");
        } else {
            fresh = *at == '\n' || (fresh && isspace((unsigned char)*at));
            text_char(out, *at++);
        }
    }
    text_put(out, "");
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* The place behind the bracket of the function's prototype; NULL. */
static char *find_function(char *text, const char *name)
{
    const size_t length = strlen(name);
    for (char *at = text; (at = strstr(at, name)); at += length) {
        char *next = at + length;
        if ((at > text && is_word(at[-1])) || is_word(*next))
            continue;
        next += strspn(next, " \t\r\n");
        if (*next == '(')
            return next + 1;
    }
    return NULL;
}

/* Is the last word before the name void? */
static bool returns_void(const char *text, const char *args, const char *name)
{
    const char *end = args - 1;
    while (end > text && strncmp(end, name, strlen(name)))
        end--;
    while (end > text && isspace((unsigned char)end[-1]))
        end--;
    return end - text >= 4 && !strncmp(end - 4, "void", 4);
}

/* ---- arguments */

typedef struct Argument {
    bool pointer, integer;
    const char *type; /* float, double, long double; "" of another */
} Argument;

static bool has_word(const char *text, size_t length, const char *word)
{
    const size_t own = strlen(word);
    for (size_t i = 0; i + own <= length; i++)
        if (!strncmp(text + i, word, own) && (i == 0 || !is_word(text[i - 1])) &&
            (i + own == length || !is_word(text[i + own])))
            return true;
    return false;
}

static Argument read_argument(const char *text, size_t length)
{
    Argument a = {.type = ""};
    a.pointer = memchr(text, '*', length) || memchr(text, '[', length);
    const bool real_long = has_word(text, length, "long") && has_word(text, length, "double");
    if (has_word(text, length, "double"))
        a.type = real_long ? "long double" : "double";
    else if (has_word(text, length, "float"))
        a.type = "float";
    a.integer = has_word(text, length, "int") || has_word(text, length, "size_t") ||
                (has_word(text, length, "long") && !real_long) ||
                has_word(text, length, "unsigned");
    return a;
}

/* The arguments one by one; how many there are. */
static uint32_t read_arguments(const char *text, Argument *list, uint32_t room)
{
    uint32_t count = 0, depth = 0;
    const char *start = text;
    for (const char *at = text; *at; at++) {
        depth += *at == '(' || *at == '[';
        if (depth == 0 && (*at == ',' || *at == ')')) {
            if (count < room)
                list[count] = read_argument(start, (size_t)(at - start));
            count++;
            start = at + 1;
            if (*at == ')')
                break;
        }
        depth -= *at == ')' || *at == ']';
    }
    return count;
}

/* ---- what is expected */

typedef struct Expected {
    Against *against;
    const Prototype *found;
    Argument list[256];
    uint32_t count;
} Expected;

static bool is_value(const Fn *fn, uint32_t i) { return fn_argument(fn, i).role == ARG_OUTPUT; }

_Noreturn static void refuse(Job *job, const Fn *fn, const Against *a, const char *why)
{
    Text want = text_new(job->ctx);
    put_prototype(job, fn, &want);
    ctx_fatal(job->ctx, STATUS_USAGE,
              "%s: %s %s; expected the arguments of %s, with or without the values", a->header,
              a->function, why, want.at);
}

static void check_argument(Job *job, const Fn *fn, const Expected *e, uint32_t number, uint32_t i)
{
    const Param want = fn_argument(fn, i);
    const Argument *is = &e->list[number];
    const bool integer = want.role == ARG_DIM || want.role == ARG_INDEX;
    const bool result = want.role == ARG_OUTPUT || want.role == ARG_ADJOINT;
    const bool pointer = result || sym_at(job->model->graph, want.sym)->shape;
    Text why = text_new(job->ctx);
    text_printf(&why, "has another argument %u, '%s'", (unsigned)number + 1,
                name_text(job->ctx, sym_at(job->model->graph, want.sym)->name));
    if (is->pointer != pointer)
        text_put(&why, pointer ? ", which is to be a pointer" : ", which is to be no pointer");
    else if (integer != is->integer || (!integer && strcmp(is->type, real_name(job->real))))
        text_printf(&why, ", which is to be of type %s",
                    integer ? want.role == ARG_DIM ? "size_t" : "int" : real_name(job->real));
    else
        why.len = 0;
    if (why.len)
        refuse(job, fn, e->against, why.at);
    text_free(&why);
}

static void compare(Job *job, const Plan *plan, void *with)
{
    Expected *e = with;
    const Fn *fn = &plan->fn;
    uint32_t own = fn_argument_count(fn), values = 0, number = 0;
    if (own && fn_argument(fn, own - 1).role == ARG_WORK)
        own--;
    for (uint32_t i = 0; i < own; i++)
        values += is_value(fn, i);
    e->against->values = e->count == own;
    e->against->returns = e->count == own - values && e->found->returns;
    if (e->count != own && e->count != own - values) {
        Text why = text_new(job->ctx);
        text_printf(&why, "takes %u arguments", (unsigned)e->count);
        refuse(job, fn, e->against, why.at);
    }
    if (e->found->returns && e->against->values)
        refuse(job, fn, e->against, "returns a value");
    for (uint32_t i = 0; i < own; i++)
        if (!is_value(fn, i) || e->against->values)
            check_argument(job, fn, e, number++, i);
}

/* Can it stand in #include "..."? */
static bool is_header_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (strchr("\"\\", *at) || (unsigned char)*at < 0x20 || !strncmp(at, "??", 2))
            return false;
    return true;
}

Against *against_read(Job *job, const char *text)
{
    Ctx *ctx = job->ctx;
    const char *colon = strrchr(text, ':');
    Against *a = ctx_alloc(ctx, sizeof *a);
    Expected *e = ctx_alloc(ctx, sizeof *e);
    Prototype p = {.text = text_new(ctx)};
    if (!colon || colon == text || !colon[1])
        ctx_fatal(ctx, STATUS_USAGE, "--against takes HEADER:FUNCTION, found '%s'", text);
    a->header = ctx_copy(ctx, text, (size_t)(colon - text));
    if (!is_header_name(a->header))
        ctx_fatal(ctx, STATUS_USAGE, "--against: C cannot include a header of the name '%s'",
                  a->header);
    a->function = colon + 1;
    strip(ctx, source_read(ctx, a->header), &p.text);
    p.args = find_function(p.text.at, a->function);
    if (!p.args)
        ctx_fatal(ctx, STATUS_USAGE, "%s: no prototype of '%s' found", a->header, a->function);
    p.returns = !returns_void(p.text.at, p.args, a->function);
    e->against = a;
    e->found = &p;
    e->count = read_arguments(p.args, e->list, 256);
    const U32Vec *outputs = &job->model->unit->outputs;
    const bool scalar = outputs->count == 1 &&
                        !sym_at(job->model->graph, job->model->syms.at[outputs->at[0]])->shape;
    job_function(job, scalar ? FN_GRADIENT : FN_REVERSE, compare, e);
    text_free(&p.text);
    return a;
}
