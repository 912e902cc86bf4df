/* diag_text: messages as data in, text for a person out: in the order of reading, each message with
 * its line of the source and a caret. Whatever a source holds, it does the terminal no harm. */
#include "base/base.h"

#include <string.h>
#include <uniwidth.h>

/* ---- characters as a terminal shows them ------------------------------------------------ */

typedef struct Glyph {
    int bytes;      /* how many of the source it takes */
    int width;      /* how many columns it fills */
    char shown[16]; /* its text, harmless */
} Glyph;

static Glyph glyph_at(const char *at, const char *end)
{
    Glyph glyph = {1, 1, ""};
    uint32_t point = 0;
    int bytes = utf8_decode(at, end, &point);
    if (!bytes) {
        glyph.width = snprintf(glyph.shown, sizeof glyph.shown, "<%02X>", (unsigned char)*at);
        return glyph;
    }
    glyph.bytes = bytes;
    if (point != '\t' && utf8_is_hidden(point)) {
        glyph.width = snprintf(glyph.shown, sizeof glyph.shown, "<U+%04X>", (unsigned)point);
        return glyph;
    }
    memcpy(glyph.shown, at, (size_t)bytes);
    if (point >= 0x80)
        glyph.width = uc_width(point, "UTF-8");
    return glyph;
}

/* ---- the line and its caret ------------------------------------------------------------- */

/* Of a line of more columns only a window is shown, with about so many before the caret. */
enum { LINE_MOST = 120, LINE_BEFORE = 60 };

typedef struct Window {
    const char *start; /* of the line */
    const char *end;   /* of the line, without its newline */
    const char *from;  /* the part that is shown ... */
    const char *to;    /* ... and its end */
    const char *caret; /* where the span begins, in [from, to] */
    const char *last;  /* where it ends, at most `to` */
} Window;

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

/* The start of the code point before `at`. */
static const char *step_back(const char *start, const char *at)
{
    const char *p = at - 1;
    while (p > start && at - p < 4 && ((unsigned char)*p & 0xc0) == 0x80)
        p--;
    uint32_t point;
    return utf8_decode(p, at, &point) == at - p ? p : at - 1;
}

/* As far on as so many columns reach. */
static const char *step_on(const char *at, const char *end, int columns)
{
    while (at < end) {
        Glyph glyph = glyph_at(at, end);
        columns -= glyph.width;
        if (columns < 0)
            break;
        at += glyph.bytes;
    }
    return at;
}

/* Chooses what is shown of the line: all of it, or so much about the caret. */
static void narrow(Window *w)
{
    w->from = w->start;
    w->to = step_on(w->start, w->end, LINE_MOST);
    if (w->to == w->end)
        return;
    w->from = w->caret;
    for (int left = LINE_BEFORE; w->from > w->start;) {
        const char *before = step_back(w->start, w->from);
        left -= glyph_at(before, w->end).width;
        if (left < 0)
            break;
        w->from = before;
    }
    w->to = step_on(w->from, w->end, LINE_MOST);
}

static Window window_of(const Source *source, Span span)
{
    uint32_t offset = span.start - source->base;
    if (offset > source->length)
        offset = source->length;
    const char *at = source->bytes + offset, *stop = source->bytes + source->length;
    if (*at == '\n' && offset && at[-1] == '\r') /* the second half of a newline */
        at--;
    Window w = {at, at, at, at, at, at};
    while (w.start > source->bytes && !is_newline(w.start[-1]))
        w.start--;
    while (w.end < stop && !is_newline(*w.end))
        w.end++;
    narrow(&w);
    uint32_t length = span.end > span.start ? span.end - span.start : 0;
    w.last = length < (size_t)(w.to - at) ? at + length : w.to;
    return w;
}

static void put_line(Text *out, const Window *w)
{
    text_put(out, w->from > w->start ? "..." : "");
    for (const char *at = w->from; at < w->to;) {
        Glyph glyph = glyph_at(at, w->end);
        text_put(out, glyph.shown);
        at += glyph.bytes;
    }
    text_put(out, w->to < w->end ? "...\n" : "\n");
}

/* Puts `c` in as many columns as the glyph fills; a tab stays one so that what follows lines
 * up. */
static void put_columns(Text *out, const Glyph *glyph, char c)
{
    if (glyph->shown[0] == '\t') {
        text_char(out, '\t');
        return;
    }
    for (int i = 0; i < glyph->width; i++)
        text_char(out, c);
}

static void put_caret(Text *out, const Window *w, bool colour)
{
    text_put(out, w->from > w->start ? "   " : "");
    const char *at = w->from;
    while (at < w->caret) {
        Glyph glyph = glyph_at(at, w->end);
        put_columns(out, &glyph, ' ');
        at += glyph.bytes;
    }
    text_put(out, colour ? "\033[1;32m^" : "^");
    while (at < w->last) {
        Glyph glyph = glyph_at(at, w->end);
        if (at <= w->caret)
            glyph.width--; /* the caret has the first column */
        if (at > w->caret || glyph.shown[0] != '\t')
            put_columns(out, &glyph, '~');
        at += glyph.bytes;
    }
    text_put(out, colour ? "\033[0m\n" : "\n");
}

/* ---- printing --------------------------------------------------------------------------- */

/* How many characters are shown as they are: printable ones of ASCII. */
static size_t plain_length(const char *string)
{
    const char *at = string;
    while (*at >= 0x20 && *at < 0x7f)
        at++;
    return (size_t)(at - string);
}

/* A name of a file as it may be shown. */
void diag_harmless(Text *out, const char *string)
{
    const char *end = string + strlen(string);
    while (string < end) {
        const size_t plain = plain_length(string);
        if (plain) {
            text_bytes(out, string, plain);
            string += plain;
            continue;
        }
        Glyph glyph = glyph_at(string, end);
        text_put(out, glyph.shown);
        string += glyph.bytes;
    }
}

void diag_put(FILE *file, const char *sentence)
{
    const char *end = sentence + strlen(sentence);
    while (sentence < end) {
        Glyph glyph = glyph_at(sentence, end);
        fputs(glyph.shown, file);
        sentence += glyph.bytes;
    }
}

static void put_head(Text *out, const DiagMessage *message, const Place *place, bool colour)
{
    static const char *const name[] = {"error", "warning", "note"};
    static const char *const paint[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    text_put(out, colour ? "\033[1m" : "");
    diag_harmless(out, place->source->name);
    if (place->line)
        text_printf(out, ":%u:%u", (unsigned)place->line, (unsigned)place->column);
    text_put(out, colour ? ":\033[0m " : ": ");
    text_printf(out, "%s%s:%s ", colour ? paint[message->level] : "", name[message->level],
                colour ? "\033[0m" : "");
    diag_harmless(out, message->text);
    if (message->warning)
        text_printf(out, " [-W%s%s]", message->level == DIAG_ERROR ? "error=" : "", message->id);
    else if (*message->id)
        text_printf(out, " [%s]", message->id);
    text_char(out, '\n');
}

static void put_message(Ctx *ctx, Text *out, const DiagMessage *message, bool colour)
{
    if (message->hint) {
        text_put(out, colour ? "\033[1;36mhint:\033[0m " : "hint: ");
        diag_harmless(out, message->text);
        text_char(out, '\n');
        return;
    }
    Place place = source_place(ctx, message->span.start);
    put_head(out, message, &place, colour);
    if (!place.line)
        return;
    Window window = window_of(place.source, message->span);
    put_line(out, &window);
    put_caret(out, &window, colour);
}

/* What includes this source, innermost first. */
static void put_includers(Ctx *ctx, Text *out, const Source *source)
{
    for (const Source *s = source; s->includer; s = s->includer) {
        text_put(out, s == source ? "In file included from " : ",\n                 from ");
        diag_harmless(out, s->includer->name);
        text_printf(out, ":%u", (unsigned)source_place(ctx, s->included.start).line);
    }
    text_put(out, source->includer ? ":\n" : "");
}

void diag_print(Ctx *ctx, Text *out, bool colour)
{
    const Source *last = NULL;
    U32Vec heads = {0};
    diag_sort(ctx, &heads);
    for (uint32_t i = 0; i < heads.count; i++) {
        uint32_t number = heads.at[i];
        const DiagMessage *m = diag_message(ctx, number);
        const Source *source = source_of(ctx, m->span.start);
        if (source != last)
            put_includers(ctx, out, source);
        last = source;
        do {
            put_message(ctx, out, m, colour);
            m = diag_message(ctx, ++number);
        } while (m && m->level == DIAG_NOTE);
    }
    vec_free(ctx, &heads);
    const char *more = diag_more(ctx);
    if (more)
        text_printf(out, "bpgen: %s\n", more);
}

/* "1 error", "2 errors" */
static void put_count(Text *out, uint32_t count, const char *more, const char *what)
{
    text_printf(out, "%lu %s%s%s", (unsigned long)count, more, what, count == 1 ? "" : "s");
}

const char *diag_more(Ctx *ctx)
{
    uint32_t errors, warnings;
    diag_dropped(ctx, &errors, &warnings);
    if (!errors && !warnings)
        return NULL;
    Text text = text_new(ctx);
    if (errors)
        put_count(&text, errors, "more ", "error");
    text_put(&text, errors && warnings ? " and " : "");
    if (warnings)
        put_count(&text, warnings, "more ", "warning");
    text_put(&text, "; --max-errors=0 shows all");
    return text.at;
}
