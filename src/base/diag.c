/* diag: errors and warnings as data.
 *
 * In: what the stages found, in the order in which they found it, and which warnings are wanted.
 * Out: messages in the order of reading, for diag_text.c and sarif.c to write.
 *
 * The idea: one flat list. A message is followed there by its hints and notes, so that sorting
 * means sorting the heads, and showing a head takes along what follows it.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

static const DiagKind kinds[] = {
#define KIND(level, name, on, about) {name, DIAG_##level, on, about},
#include "base/messages.def"
#undef KIND
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* What the command line says of a kind, or of all. */
typedef enum Wish { WISH_NONE, WISH_YES, WISH_NO } Wish;

typedef struct Diag {
    VEC(DiagMessage) all; /* heads, each followed by its notes */
    uint32_t errors;      /* how many errors there were, */
    uint32_t usage;       /* how many of these in the text of an option, */
    uint32_t warnings;    /* and how many warnings */
    uint32_t strict;      /* warnings that are errors, by option */
    uint32_t limit;       /* so many of each are kept; 0: all */
    uint32_t dropped;     /* errors, and warnings, beyond that */
    uint32_t dropped_warnings;
    bool muted;           /* the newest message was not kept */
    bool system;          /* is one of the errors the system's? */
    Wish all_on, all_errors, silent;
    Wish on[KINDS], error[KINDS];
} Diag;

static Diag *diag_of(Ctx *ctx)
{
    void **slot = ctx_slot(ctx, SLOT_DIAG);
    if (!*slot)
        *slot = ctx_alloc(ctx, sizeof(Diag));
    return *slot;
}

/* ---- kinds ------------------------------------------------------------------------------ */

const DiagKind *diag_kind(uint32_t number)
{
    return number < KINDS ? &kinds[number] : NULL;
}

/* The number of a kind; KINDS if there is none of that name. */
static uint32_t kind_named(const char *name)
{
    uint32_t i = 0;
    while (i < KINDS && strcmp(kinds[i].name, name))
        i++;
    return i;
}

_Noreturn static void unknown_warning(Ctx *ctx, const char *option, const char *name);
static void unknown_warning(Ctx *ctx, const char *option, const char *name)
{
    Name names[KINDS + 2] = {name_of(ctx, "error"), name_of(ctx, "all")};
    size_t count = 2;
    for (uint32_t i = 0; i < KINDS; i++)
        if (kinds[i].level == DIAG_WARNING)
            names[count++] = name_of(ctx, kinds[i].name);
    Name near = name_nearest(ctx, name_of(ctx, name), names, count);
    ctx_fatal(ctx, STATUS_USAGE, "-W%s: there is no warning '%s'%s%s%s", option, name,
              near ? "; did you mean '" : "; try 'bpgen --help'", name_text(ctx, near),
              near ? "'?" : "");
}

/* The warning of that name. */
static uint32_t warning_named(Ctx *ctx, const char *option, const char *name)
{
    uint32_t kind = kind_named(name);
    if (kind == KINDS || kinds[kind].level != DIAG_WARNING)
        unknown_warning(ctx, option, name);
    return kind;
}

void diag_option(Ctx *ctx, const char *option)
{
    Diag *diag = diag_of(ctx);
    bool no = !strncmp(option, "no-", 3);
    const char *name = no ? option + 3 : option;
    Wish wish = no ? WISH_NO : WISH_YES;
    if (!strcmp(name, "error")) {
        diag->all_errors = wish;
    } else if (!strncmp(name, "error=", 6)) {
        uint32_t kind = warning_named(ctx, option, name + 6);
        diag->error[kind] = wish;
        if (!no)
            diag->on[kind] = wish;
    } else if (!strcmp(name, "all")) {
        diag->all_on = wish;
    } else {
        diag->on[warning_named(ctx, option, name)] = wish;
    }
}

void diag_silence(Ctx *ctx)
{
    diag_of(ctx)->silent = WISH_YES;
}

static bool is_on(const Diag *diag, uint32_t kind)
{
    if (diag->silent)
        return false;
    Wish wish = kind < KINDS && diag->on[kind] ? diag->on[kind] : diag->all_on;
    return wish ? wish == WISH_YES : kind == KINDS || kinds[kind].on;
}

static bool is_strict(const Diag *diag, uint32_t kind)
{
    Wish wish = kind < KINDS && diag->error[kind] ? diag->error[kind] : diag->all_errors;
    return wish == WISH_YES;
}

bool diag_wanted(Ctx *ctx, const char *id)
{
    return is_on(diag_of(ctx), kind_named(id));
}

/* ---- collecting ------------------------------------------------------------------------- */

enum { SENTENCE_MOST = 2000 }; /* bytes, but for those that complete a character */

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Names and paths of a stranger's may be as long as a file; a message is to be read. */
static void shorten(Text *text)
{
    if (text->len <= SENTENCE_MOST)
        return;
    size_t first = SENTENCE_MOST / 2, last = text->len - SENTENCE_MOST / 2;
    while (is_inside_character(text->at[first]))
        first++;
    while (last < text->len && is_inside_character(text->at[last]))
        last++;
    if (first + 3 >= last)
        return;
    memmove(text->at + first, "...", 3);
    memmove(text->at + first + 3, text->at + last, text->len - last + 1);
    text->len = first + 3 + text->len - last;
}

static const char *sentence(Ctx *ctx, const char *fmt, va_list args)
{
    Text text = text_new(ctx);
    text_vprintf(&text, fmt, args);
    shorten(&text);
    const char *copy = ctx_copy(ctx, text.at, text.len);
    text_free(&text);
    return copy;
}

void diag_limit(Ctx *ctx, uint32_t most)
{
    diag_of(ctx)->limit = most;
}

/* Counts a head; is it kept? */
static bool counts(Diag *diag, uint32_t *count, uint32_t *dropped)
{
    diag->muted = diag->limit && *count >= diag->limit;
    ++*count;
    *dropped += diag->muted;
    return !diag->muted;
}

void diag_error(Ctx *ctx, Span span, const char *id, const char *fmt, ...)
{
    Diag *diag = diag_of(ctx);
    diag->usage += source_of(ctx, span.start)->option;
    if (!counts(diag, &diag->errors, &diag->dropped))
        return;
    va_list args;
    va_start(args, fmt);
    DiagMessage message = {DIAG_ERROR, false, false, span, id, sentence(ctx, fmt, args)};
    va_end(args);
    *vec_push(ctx, &diag->all) = message;
}

void diag_warning(Ctx *ctx, Span span, const char *id, const char *fmt, ...)
{
    Diag *diag = diag_of(ctx);
    uint32_t kind = kind_named(id);
    bool strict = is_strict(diag, kind);
    diag->muted = true;
    if (!is_on(diag, kind))
        return;
    diag->strict += strict;
    if (!counts(diag, &diag->warnings, &diag->dropped_warnings))
        return;
    va_list args;
    va_start(args, fmt);
    DiagMessage message = {strict ? DIAG_ERROR : DIAG_WARNING, true, false, span, id,
                           sentence(ctx, fmt, args)};
    va_end(args);
    *vec_push(ctx, &diag->all) = message;
}

/* A hint or a note of the newest head. */
static void add_note(Ctx *ctx, bool hint, Span span, const char *fmt, va_list args)
{
    Diag *diag = diag_of(ctx);
    if (diag->muted)
        return;
    DiagMessage message = {DIAG_NOTE, false, hint, span, "", sentence(ctx, fmt, args)};
    *vec_push(ctx, &diag->all) = message;
}

void diag_hint(Ctx *ctx, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_note(ctx, true, (Span){0, 0}, fmt, args);
    va_end(args);
}

void diag_note(Ctx *ctx, Span span, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_note(ctx, false, span, fmt, args);
    va_end(args);
}

bool diag_kept(const Ctx *ctx)
{
    const Diag *diag = *ctx_slot(ctx, SLOT_DIAG);
    return diag && !diag->muted;
}

uint32_t diag_errors(const Ctx *ctx)
{
    const Diag *diag = *ctx_slot(ctx, SLOT_DIAG);
    return diag ? diag->errors : 0;
}

void diag_dropped(const Ctx *ctx, uint32_t *errors, uint32_t *warnings)
{
    const Diag *diag = *ctx_slot(ctx, SLOT_DIAG);
    *errors = diag ? diag->dropped : 0;
    *warnings = diag ? diag->dropped_warnings : 0;
}

void diag_system(Ctx *ctx)
{
    diag_of(ctx)->system = true;
}

void diag_stop(Ctx *ctx)
{
    ctx_fatal(ctx, diag_status(ctx), "%s", "");
}

int diag_status(const Ctx *ctx)
{
    const Diag *diag = *ctx_slot(ctx, SLOT_DIAG);
    if (!diag || !(diag->errors + diag->strict))
        return STATUS_DONE;
    if (diag->system)
        return STATUS_SYSTEM;
    return diag->usage == diag->errors + diag->strict ? STATUS_USAGE : STATUS_MODEL;
}

/* ---- the order of reading --------------------------------------------------------------- */

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
        if (q->depth >= p->depth && q->includer)
            y = q->included.start, q = q->includer;
        if (p->depth >= depth && p->includer)
            x = p->included.start, p = p->includer;
    }
    if (x != y)
        return x < y ? -1 : 1;
    if (a->source->depth != b->source->depth)
        return a->source->depth < b->source->depth ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

const DiagMessage *diag_message(Ctx *ctx, uint32_t number)
{
    const Diag *diag = diag_of(ctx);
    return number < diag->all.count ? &diag->all.at[number] : NULL;
}

void diag_sort(Ctx *ctx, U32Vec *order)
{
    const Diag *diag = diag_of(ctx);
    VEC(Head) heads = {0};
    for (uint32_t i = 0; i < diag->all.count; i++) {
        uint32_t place = diag->all.at[i].span.start;
        if (diag->all.at[i].level != DIAG_NOTE)
            *vec_push(ctx, &heads) = (Head){source_of(ctx, place), place, i};
    }
    if (heads.count)
        qsort(heads.at, heads.count, sizeof *heads.at, head_order);
    for (uint32_t i = 0; i < heads.count; i++)
        *vec_push(ctx, order) = heads.at[i].index;
    vec_free(ctx, &heads);
}
