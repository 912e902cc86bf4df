/* HEADER:FUNCTION in, what must be known of the prototype to call it out. The header is looked
 * through for the function's name at file level, behind a type and before a bracket; there is no
 * preprocessor. What is not like the generated gradient is an error at its place, with the
 * prototype that is expected. */
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"

/* An argument as it is written. */
typedef struct Argument {
    const char *text; /* in the text of the prototype */
    size_t length;
} Argument;

typedef struct Prototype {
    Ctx *ctx;
    uint32_t source;
    Text text;        /* the header; what is no declaration is blank, so that places stay */
    Argument type;    /* of what it returns */
    const char *name; /* its place in the text */
    VEC(Argument) args;
} Prototype;

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

static bool has_word(const char *text, size_t length, const char *word)
{
    const size_t own = strlen(word);
    for (size_t i = 0; i + own <= length; i++)
        if (!strncmp(text + i, word, own) && (i == 0 || !is_word(text[i - 1])) &&
            (i + own == length || !is_word(text[i + own])))
            return true;
    return false;
}

static Argument trimmed(const char *from, const char *to)
{
    while (from < to && isspace((unsigned char)*from))
        from++;
    while (from < to && isspace((unsigned char)to[-1]))
        to--;
    return (Argument){from, (size_t)(to - from)};
}

/* ---- what is no declaration */

static char *blank(char *from, const char *to)
{
    for (; from < to; from++)
        if (*from != '\n')
            *from = ' ';
    return from;
}

/* Behind the quote that closes what is in quotes; behind the line if none does. */
static char *quote_end(char *at)
{
    const char quote = *at++;
    for (; *at && *at != '\n' && *at != quote; at++)
        if (*at == '\\' && at[1])
            at++;
    return at + (*at == quote);
}

static char *comment_end(char *at)
{
    char *close = strstr(at + 2, "*/");
    return close ? close + 2 : at + 2;
}

/* How long the line break here is that a backslash takes away; 0. */
static size_t joint_length(const char *at)
{
    return *at != '\\' ? 0 : at[1] == '\n' ? 2 : at[1] == '\r' && at[2] == '\n' ? 3 : 0;
}

/* Comments, lines of the preprocessor, and what is in quotes. */
static void blank_words(char *text)
{
    bool fresh = true;   /* nothing but blanks since the line began */
    bool passed = false; /* over, up to the end of the line */
    for (char *at = text; *at;) {
        passed = passed || (*at == '#' && fresh) || (*at == '/' && at[1] == '/');
        if (*at == '/' && at[1] == '*') {
            at = blank(at, comment_end(at));
        } else if ((*at == '"' || *at == '\'') && !passed) {
            at = blank(at, quote_end(at));
        } else if (passed && *at != '\n') {
            at = blank(at, at + (joint_length(at) ? joint_length(at) : 1));
        } else {
            passed = false;
            fresh = *at == '\n' || (fresh && isspace((unsigned char)*at));
            at++;
        }
    }
}

/* The bodies of functions: what is in braces behind a bracket. */
static void blank_bodies(char *text)
{
    char *body = NULL;
    uint32_t depth = 0;
    char before = 0;
    for (char *at = text; *at; at++) {
        if (*at == '{' && !body && before == ')') {
            body = at;
            depth = 0;
        }
        if (body)
            depth += (*at == '{') - (uint32_t)(*at == '}');
        if (body && !depth) {
            blank(body, at);
            *at = ';'; /* it ends a declaration, too */
            body = NULL;
        }
        if (!isspace((unsigned char)*at))
            before = *at;
    }
}

/* ---- reading */

/* The bracket that closes this one; NULL. */
static const char *closing(const char *at)
{
    uint32_t depth = 0;
    for (; *at; at++) {
        depth += *at == '(';
        if (*at == ')' && --depth == 0)
            return at;
    }
    return NULL;
}

/* What stands before the name, back to the declaration before it: a type? */
static bool read_type(Prototype *p)
{
    const char *from = p->name;
    while (from > p->text.at && !strchr(";{}", from[-1]))
        from--;
    p->type = trimmed(from, p->name);
    const char last = p->type.length ? p->type.text[p->type.length - 1] : 0;
    return is_word(last) || last == '*' || last == ')';
}

/* The arguments one by one, from one bracket to the other. */
static void read_arguments(Prototype *p, const char *open, const char *close)
{
    uint32_t depth = 0;
    const char *start = open + 1;
    for (const char *at = start; at <= close; at++) {
        if (at == close || (depth == 0 && *at == ',')) {
            *vec_push(p->ctx, &p->args) = trimmed(start, at);
            start = at + 1;
        }
        depth += *at == '(' || *at == '[';
        depth -= depth && (*at == ')' || *at == ']');
    }
    const Argument first = p->args.at[0];
    const bool nothing = !first.length || (first.length == 4 && has_word(first.text, 4, "void"));
    if (p->args.count == 1 && nothing)
        p->args.count = 0;
}

/* Finds the function's prototype; false if there is none. */
static bool find_function(Prototype *p, const char *name)
{
    const size_t length = strlen(name);
    for (char *at = p->text.at; (at = strstr(at, name)); at += length) {
        const char *open = at + length;
        if ((at > p->text.at && is_word(at[-1])) || is_word(*open))
            continue;
        open += strspn(open, " \t\r\n");
        const char *close = *open == '(' ? closing(open) : NULL;
        p->name = at;
        if (!close || !read_type(p))
            continue;
        read_arguments(p, open, close);
        return true;
    }
    return false;
}

/* ---- types */

/* How often is it a pointer, or an array? A function's argument counts, too. */
static uint32_t levels(const Argument *a)
{
    uint32_t count = 0;
    char before = 0;
    for (size_t i = 0; i < a->length; i++) {
        const char c = a->text[i];
        count += c == '*' || c == '[' || (c == '(' && before == ')');
        if (!isspace((unsigned char)c))
            before = c;
    }
    return count;
}

static bool is_real(const Argument *a, RealType real)
{
    const bool is_long = has_word(a->text, a->length, "long");
    switch (real) {
    case REAL_FLOAT: return has_word(a->text, a->length, "float");
    case REAL_LONG_DOUBLE: return is_long && has_word(a->text, a->length, "double");
    case REAL_DOUBLE: case REAL_COMPLEX: break;
    }
    return !is_long && has_word(a->text, a->length, "double");
}

/* Of any size, for C converts it; but an array's elements are int. */
static bool is_integer(const Argument *a, bool array)
{
    static const char *const others[] = {"size_t", "long", "unsigned", "short"};
    bool other = false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        other = other || has_word(a->text, a->length, others[i]);
    return array ? !other && has_word(a->text, a->length, "int")
                 : (other || has_word(a->text, a->length, "int")) &&
                       !has_word(a->text, a->length, "double");
}

/* ---- what is expected */

typedef struct Expected {
    Against *against;
    const Prototype *found;
} Expected;

static bool is_value(const Fn *fn, uint32_t i) { return fn_argument(fn, i).role == ARG_OUTPUT; }

/* Puts the prototype that is expected. */
static void put_expected(Job *job, const Fn *fn, const char *name, uint32_t own, Text *out)
{
    text_printf(out, "void %s(%s", name, own ? "" : "void");
    for (uint32_t i = 0; i < own; i++) {
        const Param a = fn_argument(fn, i);
        const char *type = argument_type(job, a.role, !sym_at(job->model->graph, a.sym)->shape);
        text_printf(out, "%s%s%s%s", i ? ", " : "", type, type_is_pointer(type) ? "" : " ",
                    names_of(job->names, a.sym));
    }
    text_char(out, ')');
}

/* On one line. */
static Text shown(Ctx *ctx, const Argument *a)
{
    Text out = text_new(ctx);
    text_put(&out, "");
    for (size_t i = 0; i < a->length; i++) {
        const bool space = isspace((unsigned char)a->text[i]);
        if (!space || !isspace((unsigned char)a->text[i - 1])) /* it begins with none */
            text_char(&out, space ? ' ' : a->text[i]);
    }
    return out;
}

static Span span_of(const Prototype *p, const char *at, size_t length)
{
    const uint32_t start = source_at(p->ctx, p->source)->base + (uint32_t)(at - p->text.at);
    return (Span){start, start + (uint32_t)length};
}

static void check_argument(Job *job, const Fn *fn, const Expected *e, uint32_t number, uint32_t i)
{
    const Param want = fn_argument(fn, i);
    const Argument *is = &e->found->args.at[number];
    const char *type = argument_type(job, want.role, !sym_at(job->model->graph, want.sym)->shape);
    const bool pointer = type_is_pointer(type);
    const bool integer = want.role == ARG_DIM || want.role == ARG_INDEX;
    if (levels(is) == pointer && (integer ? is_integer(is, pointer) : is_real(is, job->real)))
        return;
    Text found = shown(job->ctx, is);
    diag_error(job->ctx, span_of(e->found, is->text, is->length), "prototype",
               "expected '%s%s%s' as argument %u of '%s', found '%s'", type, pointer ? "" : " ",
               names_of(job->names, want.sym), (unsigned)number + 1, e->against->function,
               found.at);
    text_free(&found);
}

/* What it returns: nothing, or the one value, if that is no argument. */
static void check_type(Job *job, const Expected *e, bool one)
{
    const Argument *is = &e->found->type;
    const bool nothing = !levels(is) && has_word(is->text, is->length, "void");
    const bool may_return = one && !e->against->values;
    e->against->returns = !nothing;
    if (nothing || (may_return && !levels(is) && is_real(is, job->real)))
        return;
    Text found = shown(job->ctx, is);
    diag_error(job->ctx, span_of(e->found, e->found->name, strlen(e->against->function)),
               "prototype", "expected '%s' to return void%s%s, found '%s'", e->against->function,
               may_return ? " or " : "", may_return ? real_name(job->real) : "", found.at);
    text_free(&found);
}

static bool check_count(Job *job, const Expected *e, uint32_t own, uint32_t values)
{
    const uint32_t count = e->found->args.count;
    e->against->values = count == own;
    if (count == own || count == own - values)
        return true;
    diag_error(job->ctx, span_of(e->found, e->found->name, strlen(e->against->function)),
               "prototype", "expected %u arguments of '%s', or %u without the values, found %u",
               (unsigned)own, e->against->function, (unsigned)(own - values), (unsigned)count);
    return false;
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
    const bool fits = check_count(job, e, own, values);
    for (uint32_t i = 0; i < own && fits; i++)
        if (!is_value(fn, i) || e->against->values)
            check_argument(job, fn, e, number++, i);
    if (fits)
        check_type(job, e, fn->kind == FN_GRADIENT);
    if (!diag_errors(job->ctx))
        return;
    Text want = text_new(job->ctx);
    put_expected(job, fn, e->against->function, own, &want);
    diag_hint(job->ctx, "it is to be '%s'; the values may be left out%s", want.at,
              fn->kind == FN_GRADIENT ? ", or the value returned" : "");
    text_free(&want);
}

/* ---- all of it */

/* Can it stand in #include "..."? */
static bool is_header_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (strchr("\"\\", *at) || (unsigned char)*at < 0x20 || !strncmp(at, "??", 2))
            return false;
    return strcmp(name, "-") != 0; /* the standard input has no name */
}

Against *against_read(Job *job, const char *text)
{
    Ctx *ctx = job->ctx;
    const char *colon = strrchr(text, ':');
    Against *a = ctx_alloc(ctx, sizeof *a);
    Prototype p = {.ctx = ctx, .text = text_new(ctx)};
    if (!colon || colon == text || !name_is_identifier(colon + 1))
        ctx_fatal(ctx, STATUS_USAGE, "--against takes HEADER:FUNCTION, found '%s'", text);
    a->header = ctx_copy(ctx, text, (size_t)(colon - text));
    if (!is_header_name(a->header))
        ctx_fatal(ctx, STATUS_USAGE, "--against: C cannot include a header of the name '%s'",
                  a->header);
    a->function = colon + 1;
    p.source = source_read(ctx, a->header);
    text_put(&p.text, source_at(ctx, p.source)->bytes);
    blank_words(p.text.at);
    blank_bodies(p.text.at);
    if (!find_function(&p, a->function))
        ctx_fatal(ctx, STATUS_USAGE, "%s: no prototype of '%s' found", a->header, a->function);
    Expected e = {a, &p};
    const U32Vec *outputs = &job->model->unit->outputs;
    const bool scalar = outputs->count == 1 &&
                        !sym_at(job->model->graph, job->model->syms.at[outputs->at[0]])->shape;
    job_function(job, scalar ? FN_GRADIENT : FN_REVERSE, compare, &e);
    vec_free(ctx, &p.args);
    text_free(&p.text);
    return a;
}
