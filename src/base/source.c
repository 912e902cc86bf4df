/* source: the files and strings that a run reads.
 *
 * In: paths and bytes. Out: their contents in memory, and what line and column a place is.
 *
 * The idea: all sources lie end to end in one space of 32-bit places, one place more each than
 * they have bytes so that their ends differ; a span of two places names its file, too. Place 0
 * is before the first source and means nowhere, so a zeroed span does no harm. Where lines
 * start is found out when somebody first asks.
 */
#include "base/base.h"

#include <errno.h>
#include <string.h>

typedef struct Entry {
    Source source;   /* what others see */
    U32Vec lines;    /* the offset of each line's first byte; empty until asked for */
    uint32_t offset; /* of the last place asked for ... */
    uint32_t column; /* ... and its column: a later place in the line is counted from there */
} Entry;

typedef struct Sources {
    Ctx *ctx;           /* owns all this */
    VEC(Entry *) at;    /* by number */
    U32Vec bases;       /* their places, ascending */
    uint32_t next;      /* the base of the next one */
} Sources;

enum { SPACE = 1 << 30 };

static const Source nowhere = {"bpgen", "", 0, 0};

static Sources *sources_of(Ctx *ctx)
{
    void **slot = ctx_slot(ctx, SLOT_SOURCES);
    if (!*slot) {
        Sources *sources = ctx_alloc(ctx, sizeof *sources);
        sources->ctx = ctx;
        sources->next = 1;
        *slot = sources;
    }
    return *slot;
}

/* ---- reading ---------------------------------------------------------------------------- */

static void check_size(Sources *sources, const char *name, size_t length)
{
    if (length >= SPACE - sources->next)
        ctx_fatal(sources->ctx, STATUS_SYSTEM,
                  "cannot read '%s': all sources together must be smaller than 1 GiB", name);
}

/* Takes bytes that the context owns and that have a 0 behind them. */
static uint32_t source_add(Ctx *ctx, const char *name, const char *bytes, size_t length)
{
    Sources *sources = sources_of(ctx);
    if (length >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) /* a byte order mark says nothing */
        bytes += 3, length -= 3;
    check_size(sources, name, length);
    Entry *entry = ctx_alloc(ctx, sizeof *entry);
    entry->source.name = ctx_copy(ctx, name, strlen(name));
    entry->source.bytes = bytes;
    entry->source.length = (uint32_t)length;
    entry->source.base = sources->next;
    *vec_push(ctx, &sources->at) = entry;
    *vec_push(ctx, &sources->bases) = sources->next;
    sources->next += (uint32_t)length + 1;
    return sources->at.count - 1;
}

static void close_file(void *holder)
{
    FILE **file = holder;
    if (*file && *file != stdin)
        fclose(*file);
    *file = NULL;
}

/* Reads on to the end; the holder closes the file even if memory runs out on the way. */
static Text read_all(Ctx *ctx, FILE *file, const char *path)
{
    Text text = text_new(ctx);
    char part[16 * 1024];
    size_t length;
    while ((length = fread(part, 1, sizeof part, file)) > 0) {
        text_bytes(&text, part, length);
        check_size(sources_of(ctx), path, text.len);
    }
    if (ferror(file))
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read '%s': %s", path, strerror(errno));
    text_bytes(&text, "", 0);
    text.at = ctx_resize(ctx, text.at, text.len + 1);
    return text;
}

uint32_t source_read(Ctx *ctx, const char *path)
{
    bool standard = !strcmp(path, "-");
    FILE **holder = ctx_alloc(ctx, sizeof(FILE *));
    ctx_at_free(ctx, close_file, holder);
    *holder = standard ? stdin : fopen(path, "rb");
    if (!*holder)
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read '%s': %s", path, strerror(errno));
    Text text = read_all(ctx, *holder, path);
    close_file(holder);
    return source_add(ctx, standard ? "<stdin>" : path, text.at, text.len);
}

uint32_t source_string(Ctx *ctx, const char *name, const char *bytes, size_t length)
{
    check_size(sources_of(ctx), name, length);
    return source_add(ctx, name, ctx_copy(ctx, bytes, length), length);
}

const Source *source_at(const Ctx *ctx, uint32_t number)
{
    const Sources *sources = *ctx_slot(ctx, SLOT_SOURCES);
    return &sources->at.at[number]->source;
}

/* ---- places ----------------------------------------------------------------------------- */

/* The index of the last item that is not above the key; items ascend, the first is not above. */
static uint32_t search(const U32Vec *items, uint32_t key)
{
    uint32_t low = 0, high = items->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (items->at[middle] <= key)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The entry that holds a place; NULL for nowhere. */
static Entry *entry_of(const Ctx *ctx, uint32_t place)
{
    Sources *sources = *ctx_slot(ctx, SLOT_SOURCES);
    if (!sources || !sources->at.count || !place)
        return NULL;
    return sources->at.at[search(&sources->bases, place)];
}

/* How far into its source a place is; a place behind the last source is at that one's end. */
static uint32_t offset_of(const Entry *entry, uint32_t place)
{
    uint32_t offset = place - entry->source.base;
    return offset < entry->source.length ? offset : entry->source.length;
}

static void find_lines(Ctx *ctx, Entry *entry)
{
    const char *bytes = entry->source.bytes;
    *vec_push(ctx, &entry->lines) = 0;
    for (uint32_t i = 0; i < entry->source.length; i++)
        if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n'))
            *vec_push(ctx, &entry->lines) = i + 1;
}

/* The column of an offset in the line that starts at `start`. */
static uint32_t count_column(Entry *entry, uint32_t start, uint32_t offset)
{
    bool onward = entry->column && entry->offset >= start && entry->offset <= offset;
    uint32_t column = onward ? entry->column : 1;
    const char *at = entry->source.bytes + (onward ? entry->offset : start);
    const char *end = entry->source.bytes + entry->source.length;
    const char *goal = entry->source.bytes + offset;
    while (at < goal) {
        uint32_t point;
        int length = utf8_decode(at, end, &point);
        at += length ? length : 1;
        if (at <= goal)
            column++;
    }
    if (at == goal) {
        entry->offset = offset;
        entry->column = column;
    }
    return column;
}

Place source_place(const Ctx *ctx, uint32_t place)
{
    Entry *entry = entry_of(ctx, place);
    if (!entry)
        return (Place){&nowhere, 0, 0};
    if (!entry->lines.count) {
        const Sources *sources = *ctx_slot(ctx, SLOT_SOURCES);
        find_lines(sources->ctx, entry);
    }
    uint32_t offset = offset_of(entry, place);
    uint32_t line = search(&entry->lines, offset);
    uint32_t column = count_column(entry, entry->lines.at[line], offset);
    return (Place){&entry->source, line + 1, column};
}

const char *source_text(const Ctx *ctx, Span span, size_t *length)
{
    const Entry *entry = entry_of(ctx, span.start);
    if (!entry) {
        *length = 0;
        return "";
    }
    uint32_t start = offset_of(entry, span.start), end = offset_of(entry, span.end);
    *length = end > start ? end - start : 0;
    return entry->source.bytes + start;
}
