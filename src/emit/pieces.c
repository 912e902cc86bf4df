/* Pieces that several back ends put: the head, comments, helper functions, broken lines. */
#include <string.h>

#include "emit/emit.h"

const char *template_text(Ctx *ctx, const char *name)
{
    for (const struct TemplateFile *t = template_files; t->name; t++)
        if (!strcmp(t->name, name))
            return t->text;
    ctx_fatal(ctx, STATUS_SYSTEM, "internal error: no template '%s'", name);
}

/* ---- comments */

void put_head(Job *job, Text *out)
{
    const size_t start = out->len;
    text_put(out, "/* Made by bpgen " BPGEN_VERSION " from ");
    put_comment_text(out, job->source);
    if (*job->options) {
        text_put(out, " with ");
        put_comment_text(out, job->options);
    }
    text_put(out, ".\n");
    wrap_lines(out, start);
    text_printf(out, "%s */\n", template_text(job->ctx, "head.txt"));
}

/* A backslash must not come to stand before a newline, which would join lines. */
static bool joins_lines(const char *at) { return *at == '\\' && strchr(" \t", at[1]); }

/* What is in `shown`, dangers taken out. */
static void put_undangerous(Text *out, const char *shown)
{
    for (const char *at = shown; *at; at++) {
        const char before = out->len ? out->at[out->len - 1] : 0;
        if ((before == '*' && *at == '/') || (before == '/' && *at == '*') ||
            (before == '?' && *at == '?'))
            text_char(out, ' ');
        if (joins_lines(at))
            text_put(out, "<U+005C>");
        else
            text_char(out, *at);
    }
}

/* May anything in it end a comment, begin one, or join lines? */
static bool is_dangerous(const char *text)
{
    for (const char *at = text; (at = strpbrk(at, "*/?\\")); at++)
        if (*at == '\\' || strchr(*at == '*' ? "/" : *at == '/' ? "*" : "?", at[1]))
            return true;
    return false;
}

void put_comment_text(Text *out, const char *text)
{
    const size_t start = out->len;
    diag_harmless(out, text);
    if (out->len == start || !is_dangerous(out->at + (start ? start - 1 : 0)))
        return;
    Text shown = text_new(out->ctx);
    text_put(&shown, out->at + start);
    out->len = start;
    put_undangerous(out, shown.at);
    text_free(&shown);
}

/* ---- helpers */

static const char *section_of(const char *templates, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(templates, "@@ "); at; at = strstr(at + 3, "@@ "))
        if (!strncmp(at + 3, name, length) && strchr(" \n", at[3 + length]))
            return at;
    return NULL;
}

/* A function's text: @ the prefix, $r the type, $ the type's suffix: behind a name or behind a
 * literal. */
static void put_section(Job *job, const char *text, size_t length, Text *out)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '@') {
            text_printf(out, "%s_", job->prefix);
        } else if (text[i] == '$' && text[i + 1] == 'r') {
            text_put(out, real_name(job->real));
            i++;
        } else if (text[i] == '$') {
            bool call = text[i + 1] == '(';
            text_put(out, job->real == REAL_FLOAT ? "f"
                          : job->real == REAL_LONG_DOUBLE ? (call ? "l" : "L") : "");
        } else {
            text_char(out, text[i]);
        }
    }
}

/* Puts a section behind those that it needs; `put` remembers which are there by their place. */
static void put_needed(Job *job, const char *templates, const char *section, U32Vec *done,
                       Text *out)
{
    uint32_t place = (uint32_t)(section - templates);
    for (uint32_t i = 0; i < done->count; i++)
        if (done->at[i] == place)
            return;
    *vec_push(job->ctx, done) = place;
    const char *line_end = strchr(section, '\n');
    const char *word = section + 3 + strcspn(section + 3, " \n");
    while (*word == ' ') {
        char name[32];
        size_t length = strcspn(word + 1, " \n");
        snprintf(name, sizeof name, "%.*s", (int)length, word + 1);
        const char *needed = section_of(templates, name);
        if (needed)
            put_needed(job, templates, needed, done, out);
        word += 1 + length;
    }
    const char *end = strstr(line_end, "\n@@ ");
    size_t size = end ? (size_t)(end - line_end - 1) : strlen(line_end + 1);
    if (out->len)
        text_char(out, '\n');
    put_section(job, line_end + 1, size, out);
}

void put_helpers(Job *job, const bool *wanted, Text *out)
{
    const char *templates = template_text(job->ctx, "helpers.c");
    U32Vec done = {0};
    for (int op = 1; op < OP_COUNT; op++) {
        const char *name = strchr(job_text_of(job, (Op)op), '@');
        if (!wanted[op] || !name)
            continue;
        char called[32];
        snprintf(called, sizeof called, "%.*s", (int)strcspn(name + 1, "("), name + 1);
        const char *section = section_of(templates, called);
        if (!section)
            ctx_fatal(job->ctx, STATUS_SYSTEM, "internal error: no helper '%s'", called);
        put_needed(job, templates, section, &done, out);
    }
    vec_free(job->ctx, &done);
}

/* ---- lines */

enum { COLUMNS = 100 };

/* May a line break at this space? Behind a comma; in a statement also behind a sign between
 * terms, and before what goes on a condition. */
static bool breaks_here(const char *at, bool list)
{
    if (at[-1] == ',')
        return true;
    if (list)
        return false;
    return ((at[-1] == '+' || at[-1] == '-') && at[-2] == ' ') || strchr("?:&|", at[1]);
}

/* The place before the limit, from `from` on, where the line should break: the last one within the
 * fewest brackets (in comments only square ones count); 0 if there is none. `line` is what is left,
 * beginning at `column`. */
static size_t break_place_from(const char *line, size_t length, size_t from, size_t column,
                               bool list, bool comment)
{
    size_t best = 0;
    int depth = 0, least = 1000;
    for (size_t i = 0; i < length && column < COLUMNS; i++) {
        if ((signed char)line[i] > ')' && line[i] != '[' && line[i] != ']') { /* most are */
            column++;
            continue;
        }
        depth += line[i] == '[' || (line[i] == '(' && !comment);
        depth -= line[i] == ']' || (line[i] == ')' && !comment);
        if (line[i] == ' ' && i >= from && (depth <= least || column < COLUMNS / 2) &&
            (comment ? strncmp(line + i, " */", 3) != 0 : breaks_here(line + i, list))) {
            best = i;
            least = depth;
        }
        column += ((unsigned char)line[i] & 0xc0) != 0x80;
    }
    return best;
}

/* Likewise; in an assignment behind its sign, if there is a place. */
static size_t break_place(const char *line, size_t length, size_t column, bool list, bool comment)
{
    const char *equal = column || list || comment ? NULL : memchr(line, '=', length);
    size_t place = 0;
    if (equal)
        place = break_place_from(line, length, (size_t)(equal - line) + 2, column, list, comment);
    return place ? place
                 : break_place_from(line, length, strspn(line, " ") + 1, column, list, comment);
}

/* Is there no byte in it that is one of several of a character? Eight at a time. */
static bool is_plain(const char *line, size_t length)
{
    uint64_t all = 0, word;
    size_t i = 0;
    for (; i + sizeof word <= length; i += sizeof word) {
        memcpy(&word, line + i, sizeof word);
        all |= word;
    }
    for (; i < length; i++)
        all |= (unsigned char)line[i];
    return !(all & UINT64_C(0x8080808080808080));
}

/* Are there so many columns and more? */
static bool is_wider(const char *line, size_t length, size_t columns)
{
    if (length <= columns || is_plain(line, columns))
        return length > columns;
    size_t seen = 0;
    for (size_t i = 0; i < length && seen <= columns; i++)
        seen += ((unsigned char)line[i] & 0xc0) != 0x80;
    return seen > columns;
}

static bool is_prototype(const char *line)
{
    return !strncmp(line, "void ", 5) || !strncmp(line, "size_t ", 7) ||
           !strncmp(line, "static inline ", 14);
}

/* Is it a line of a comment of several? */
static bool is_comment_middle(const char *line, size_t length)
{
    return !strncmp(line, " * ", 3) ||
           (length > 3 && !strncmp(line, "/* ", 3) && strncmp(line + length - 2, "*/", 2));
}

/* Continuation lines of an argument list stand below its first argument if that leaves room,
 * those of a comment below its first word; others are indented by four more. */
static size_t continuation(const char *line, size_t length)
{
    size_t indent = strspn(line, " ");
    if (is_comment_middle(line, length))
        return strspn(line + 3, " ") ? 7 : 3;
    const char *open = memchr(line, '(', length);
    if (is_prototype(line) && open && open - line < 48)
        return (size_t)(open - line) + 1;
    return indent + (strncmp(line + indent, "/*", 2) ? 4 : 3);
}

/* Puts a line of `length` bytes, broken where it is too long. */
static void put_broken(Text *out, const char *at, size_t length)
{
    size_t indent = continuation(at, length), column = 0;
    bool list = is_prototype(at);
    const char *lead = is_comment_middle(at, length) ? " * " : "";
    bool comment = *lead || !strncmp(at + strspn(at, " "), "/*", 2);
    while (is_wider(at, length, COLUMNS - column)) {
        size_t place = break_place(at, length, column, list, comment);
        if (!place)
            break;
        text_bytes(out, at, place);
        text_printf(out, "\n%s%*s", lead, (int)(indent - strlen(lead)), "");
        at += place + 1;
        length -= place + 1;
        column = indent;
    }
    text_bytes(out, at, length);
}

/* The beginning of the first line that is too long; the end if there is none. */
static const char *first_long(const char *at, const char *end)
{
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        if (is_wider(at, length, COLUMNS))
            return at;
        at += length + (newline != NULL);
    }
    return end;
}

void wrap_lines(Text *text, size_t from)
{
    const char *at = text->at + from, *end = text->at + text->len;
    at = first_long(at, end);
    if (at == end)
        return;
    Text old = text_new(text->ctx);
    text_bytes(&old, at, (size_t)(end - at));
    text->len -= old.len;
    for (at = old.at, end = old.at + old.len; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        put_broken(text, at, length);
        if (newline)
            text_char(text, '\n');
        at += length + (newline != NULL);
    }
    text_free(&old);
}
