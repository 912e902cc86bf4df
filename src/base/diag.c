/* diag: errors and warnings as data.
 *
 * In: what the stages found, in the order in which they found it. Out: text for a person, in
 * the order of the places, each message with its line of the source and a caret.
 *
 * The idea: one flat list. A message is followed there by its hints and notes, so that sorting
 * means sorting the heads, and printing a head takes along what follows it.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#include <uniwidth.h>

typedef struct Message {
    DiagLevel level;  /* DIAG_NOTE: belongs to the head before it */
    bool hint;        /* a note without a place */
    Span span;        /* where */
    const char *id;   /* of a head */
    const char *text; /* the sentence */
} Message;

typedef struct Diag {
    VEC(Message) all; /* heads, each followed by its notes */
    uint32_t errors;  /* how many of them are errors, */
    uint32_t warnings;/* and how many warnings */
    bool system;      /* is one of the errors the system's? */
} Diag;

/* ---- collecting ------------------------------------------------------------------------- */

static Diag *diag_of(Ctx *ctx)
{
    void **slot = ctx_slot(ctx, SLOT_DIAG);
    if (!*slot)
        *slot = ctx_alloc(ctx, sizeof(Diag));
    return *slot;
}

static const char *sentence(Ctx *ctx, const char *fmt, va_list args)
{
    Text text = text_new(ctx);
    text_vprintf(&text, fmt, args);
    const char *copy = ctx_copy(ctx, text.at, text.len);
    text_free(&text);
    return copy;
}

void diag_error(Ctx *ctx, Span span, const char *id, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    Message message = {DIAG_ERROR, false, span, id, sentence(ctx, fmt, args)};
    va_end(args);
    Diag *diag = diag_of(ctx);
    *vec_push(ctx, &diag->all) = message;
    diag->errors++;
}

void diag_warning(Ctx *ctx, Span span, const char *id, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    Message message = {DIAG_WARNING, false, span, id, sentence(ctx, fmt, args)};
    va_end(args);
    *vec_push(ctx, &diag_of(ctx)->all) = message;
    diag_of(ctx)->warnings++;
}

void diag_hint(Ctx *ctx, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    Message message = {DIAG_NOTE, true, {0, 0}, "", sentence(ctx, fmt, args)};
    va_end(args);
    *vec_push(ctx, &diag_of(ctx)->all) = message;
}

void diag_note(Ctx *ctx, Span span, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    Message message = {DIAG_NOTE, false, span, "", sentence(ctx, fmt, args)};
    va_end(args);
    *vec_push(ctx, &diag_of(ctx)->all) = message;
}

uint32_t diag_errors(const Ctx *ctx)
{
    const Diag *diag = *ctx_slot(ctx, SLOT_DIAG);
    return diag ? diag->errors : 0;
}

uint32_t diag_warnings(const Ctx *ctx)
{
    const Diag *diag = *ctx_slot(ctx, SLOT_DIAG);
    return diag ? diag->warnings : 0;
}

void diag_system(Ctx *ctx)
{
    diag_of(ctx)->system = true;
}

int diag_status(const Ctx *ctx)
{
    const Diag *diag = *ctx_slot(ctx, SLOT_DIAG);
    if (!diag || !diag->errors)
        return STATUS_DONE;
    return diag->system ? STATUS_SYSTEM : STATUS_MODEL;
}

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

/* A name of a file as it may be shown. */
void diag_harmless(Text *out, const char *string)
{
    const char *end = string + strlen(string);
    while (string < end) {
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

static void put_head(Text *out, const Message *message, const Place *place, bool colour)
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
    if (*message->id)
        text_printf(out, " [%s]", message->id);
    text_char(out, '\n');
}

static void put_message(Ctx *ctx, Text *out, const Message *message, bool colour)
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

typedef struct Head {
    const Source *source; /* what the message points into, */
    uint32_t place;       /* and where */
    uint32_t index;       /* of the message; breaks ties, which makes the sort stable */
} Head;

/* The order of reading: what is in an included file stands where that is included. */
static int head_order(const void *left, const void *right)
{
    const Head *a = left, *b = right;
    const Source *p = a->source, *q = b->source;
    uint32_t x = a->place, y = b->place;
    while (p != q && (p->includer || q->includer)) {
        const uint32_t depth = q->depth;
        if (q->depth >= p->depth)
            y = q->included.start, q = q->includer;
        if (p->depth >= depth)
            x = p->included.start, p = p->includer;
    }
    if (x != y)
        return x < y ? -1 : 1;
    if (a->source->depth != b->source->depth)
        return a->source->depth < b->source->depth ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

void diag_print(Ctx *ctx, Text *out, bool colour)
{
    const Diag *diag = diag_of(ctx);
    const Source *last = NULL;
    VEC(Head) heads = {0};
    for (uint32_t i = 0; i < diag->all.count; i++) {
        uint32_t place = diag->all.at[i].span.start;
        if (diag->all.at[i].level != DIAG_NOTE)
            *vec_push(ctx, &heads) = (Head){source_of(ctx, place), place, i};
    }
    if (heads.count)
        qsort(heads.at, heads.count, sizeof *heads.at, head_order);
    for (uint32_t i = 0; i < heads.count; i++) {
        uint32_t m = heads.at[i].index;
        if (heads.at[i].source != last)
            put_includers(ctx, out, heads.at[i].source);
        last = heads.at[i].source;
        do
            put_message(ctx, out, &diag->all.at[m++], colour);
        while (m < diag->all.count && diag->all.at[m].level == DIAG_NOTE);
    }
    vec_free(ctx, &heads);
}
