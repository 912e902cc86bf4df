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
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct Entry {
    Source source;   /* what others see */
    U32Vec lines;    /* the offset of each line's first byte; empty until asked for */
    uint32_t offset; /* of the last place asked for ... */
    uint32_t column; /* ... and its column: a later place in the line is counted from there */
    dev_t device;    /* of a file: these two tell it from all others, */
    ino_t inode;     /* whatever path leads to it */
} Entry;

typedef struct Sources {
    Ctx *ctx;           /* owns all this */
    VEC(Entry *) at;    /* by number */
    VEC(Entry *) files; /* of these, what was a file */
    Lookup by_inode;    /* files, from 1 */
    U32Vec bases;       /* their places, ascending */
    uint32_t next;      /* the base of the next one */
    const char *root;   /* the folder that what is included must be in, without links; NULL: any */
    bool closed;        /* nothing may be included */
} Sources;

enum { SPACE = 1 << 30 };

/* Includes may be so many deep. */
enum { DEPTH_MOST = 200 };

static const Source nowhere = {.name = "bpgen", .bytes = ""};

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

/* ---- adding ----------------------------------------------------------------------------- */

/* NULL, or why there is no room for so many bytes. */
static const char *size_trouble(const Sources *sources, size_t length)
{
    return length < SPACE - sources->next ? NULL
                                          : "all sources together must be smaller than 1 GiB";
}

/* Takes bytes that the context owns and that have a 0 behind them. */
static Entry *source_add(Ctx *ctx, const char *name, const char *bytes, size_t length)
{
    Sources *sources = sources_of(ctx);
    if (length >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) /* a byte order mark says nothing */
        bytes += 3, length -= 3;
    Entry *entry = ctx_alloc(ctx, sizeof *entry);
    entry->source.name = ctx_copy(ctx, name, strlen(name));
    entry->source.bytes = bytes;
    entry->source.length = (uint32_t)length;
    entry->source.base = sources->next;
    *vec_push(ctx, &sources->at) = entry;
    *vec_push(ctx, &sources->bases) = sources->next;
    sources->next += (uint32_t)length + 1;
    return entry;
}

uint32_t source_string(Ctx *ctx, const char *name, const char *bytes, size_t length)
{
    const char *why = size_trouble(sources_of(ctx), length);
    if (why)
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read '%s': %s", name, why);
    source_add(ctx, name, ctx_copy(ctx, bytes, length), length)->source.option = true;
    return source_count(ctx) - 1;
}

/* ---- reading ---------------------------------------------------------------------------- */

/* A file while it is read. */
typedef struct Reading {
    FILE *file;       /* NULL once it is closed */
    struct stat stat; /* what it is */
    Text text;        /* what was read */
    const char *why;  /* what went wrong; NULL if nothing did */
    int error;        /* its number, if it has one */
} Reading;

static void close_file(void *object)
{
    Reading *r = object;
    if (r->file && r->file != stdin)
        fclose(r->file);
    r->file = NULL;
}

static void fail(Reading *r)
{
    r->error = errno;
    r->why = strerror(r->error);
}

/* Reads on to the end, or until it is seen that this is no text. */
static void read_all(Ctx *ctx, Reading *r)
{
    char part[16 * 1024];
    size_t length;
    bool text = true;
    r->text = text_new(ctx);
    while (text && !r->why && (length = fread(part, 1, sizeof part, r->file)) > 0) {
        text_bytes(&r->text, part, length);
        r->why = size_trouble(sources_of(ctx), r->text.len);
        text = !memchr(part, 0, length);
    }
    if (ferror(r->file))
        fail(r);
    text_bytes(&r->text, "", 0);
    r->text.at = ctx_resize(ctx, r->text.at, r->text.len + 1);
}

/* Opens the file at `path`, or the standard input for NULL; it is closed even if memory runs
 * out before it was read. */
static Reading *open_file(Ctx *ctx, const char *path)
{
    Reading *r = ctx_alloc(ctx, sizeof *r);
    ctx_at_free(ctx, close_file, r);
    r->file = path ? fopen(path, "rb") : stdin;
    if (!r->file || fstat(fileno(r->file), &r->stat))
        fail(r);
    return r;
}

static LookupKey key_of_inode(ino_t inode)
{
    return hash_mix(hash_mix(0, (uint32_t)inode), (uint32_t)((uint64_t)inode >> 32));
}

static LookupKey key_of_file(const void *with, uint32_t number)
{
    return key_of_inode(((const Sources *)with)->files.at[number - 1]->inode);
}

/* The file that has been read whatever its path was; NULL if it has not been. */
static const Entry *find_file(const Sources *sources, dev_t device, ino_t inode)
{
    LookupTry at = lookup_try(key_of_inode(inode));
    uint32_t number;
    while ((number = lookup_find(&sources->by_inode, &at))) {
        const Entry *e = sources->files.at[number - 1];
        if (e->inode == inode && e->device == device)
            return e;
    }
    return NULL;
}

static void note_file(Sources *sources, Entry *entry)
{
    LookupTry at = lookup_try(key_of_inode(entry->inode));
    while (lookup_find(&sources->by_inode, &at))
        ;
    *vec_push(sources->ctx, &sources->files) = entry;
    lookup_enter(sources->ctx, &sources->by_inode, sources->files.count, &at, key_of_file, sources);
}

static Entry *add_file(Ctx *ctx, const char *name, const Reading *r)
{
    Entry *entry = source_add(ctx, name, r->text.at, r->text.len);
    entry->device = r->stat.st_dev;
    entry->inode = r->stat.st_ino;
    note_file(sources_of(ctx), entry);
    return entry;
}

uint32_t source_read(Ctx *ctx, const char *path)
{
    bool standard = !strcmp(path, "-");
    Reading *r = open_file(ctx, standard ? NULL : path);
    if (!r->why)
        read_all(ctx, r);
    close_file(r);
    if (r->why)
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read %s%s%s: %s", standard ? "" : "'",
                  standard ? "the standard input" : path, standard ? "" : "'", r->why);
    add_file(ctx, standard ? "<stdin>" : path, r)->source.file = !standard;
    return source_count(ctx) - 1;
}

/* ---- paths that are included ------------------------------------------------------------ */

/* Is it for the one who wrote the path to mend this? */
static bool is_fault_of_path(int error)
{
    switch (error) {
    case ENOENT: case ENOTDIR: case EISDIR: case EACCES: case ELOOP: case ENAMETOOLONG: case ENXIO:
        return true;
    default:
        return false;
    }
}

/* A path as written in a source, from the folder of that source. */
static const char *path_from(Ctx *ctx, const Source *source, const char *path)
{
    Text text = text_new(ctx);
    const char *slash = source->file ? strrchr(source->name, '/') : NULL;
    if (slash && *path != '/')
        text_bytes(&text, source->name, (size_t)(slash - source->name) + 1);
    text_put(&text, path);
    return text.at;
}

bool source_was_read(const Ctx *ctx, const struct stat *file)
{
    const Sources *sources = *ctx_slot(ctx, SLOT_SOURCES);
    return sources && S_ISREG(file->st_mode) && find_file(sources, file->st_dev, file->st_ino);
}

/* ---- what may be included --------------------------------------------------------------- */

void source_include_none(Ctx *ctx)
{
    sources_of(ctx)->closed = true;
}

void source_include_root(Ctx *ctx, const char *folder)
{
    struct stat s;
    char *real = realpath(folder, NULL);
    if (!real || stat(real, &s))
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read '%s': %s", folder, strerror(errno));
    sources_of(ctx)->root = ctx_copy(ctx, real, strlen(real));
    free(real);
    if (!S_ISDIR(s.st_mode))
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read '%s': %s", folder, strerror(ENOTDIR));
}

static bool is_below(const char *path, const char *folder)
{
    const size_t length = strcmp(folder, "/") ? strlen(folder) : 0;
    return !strncmp(path, folder, length) && path[length] == '/';
}

/* What the path leads to, through whatever links, if that is in the folder of source_include_root;
 * else false, whatever there is. */
static bool find_below_root(Ctx *ctx, const char *path, struct stat *found)
{
    char *real = realpath(path, NULL);
    if (!real && errno == ENOMEM)
        ctx_fatal(ctx, STATUS_SYSTEM, "out of memory");
    const bool below = real && is_below(real, sources_of(ctx)->root) && !lstat(real, found);
    free(real);
    return below;
}

/* May the file be included? Asked again of one that is open, since what a path leads to changes. */
static bool may_include(Ctx *ctx, const char *path, const struct stat *open)
{
    struct stat found;
    const Sources *sources = sources_of(ctx);
    if (sources->closed)
        return false;
    if (!sources->root)
        return true;
    return find_below_root(ctx, path, &found) &&
           (!open || (found.st_ino == open->st_ino && found.st_dev == open->st_dev));
}

/* Says no more than that, lest it tell what there is elsewhere. */
static SourceInclude include_refused(Ctx *ctx, Span span, const char *path)
{
    if (sources_of(ctx)->closed)
        diag_error(ctx, span, "include", "cannot include '%s': --no-include allows one file only",
                   path);
    else
        diag_error(ctx, span, "include",
                   "cannot include '%s': there is no such file in the folder of --include-root",
                   path);
    return INCLUDE_FAILED;
}

/* ---- including -------------------------------------------------------------------------- */

/* The file has been read. An error if it includes itself, be it through others. */
static SourceInclude include_again(Ctx *ctx, Span span, const Source *source, const Source *known)
{
    const Source *s = source;
    while (s && s != known)
        s = s->includer;
    if (!s)
        return INCLUDE_KNOWN;
    Text chain = text_new(ctx);
    for (s = source; s && s != known; s = s->includer)
        text_printf(&chain, "'%s', which is included by ", s->name);
    diag_error(ctx, span, "include", "the file includes itself: '%s' is included by %s'%s'",
               known->name, chain.at ? chain.at : "", known->name);
    text_free(&chain);
    return INCLUDE_FAILED;
}

/* Reports a file that cannot be read. */
static SourceInclude include_failed(Ctx *ctx, Span span, const char *path, const char *why,
                                    int error)
{
    diag_error(ctx, span, "include", "cannot read '%s': %s", path, why);
    if (!is_fault_of_path(error))
        diag_system(ctx);
    return INCLUDE_FAILED;
}

SourceInclude source_include(Ctx *ctx, Span span, const char *path, uint32_t *number)
{
    const Source *source = source_of(ctx, span.start);
    if (!*path) {
        diag_error(ctx, span, "include", "expected the name of a file between the quotes");
        return INCLUDE_FAILED;
    }
    const char *from_here = path_from(ctx, source, path);
    if (!may_include(ctx, from_here, NULL))
        return include_refused(ctx, span, from_here);
    struct stat s; /* before it is opened: a pipe may be opened once only */
    const int error = stat(from_here, &s) ? errno : 0;
    if (error)
        return include_failed(ctx, span, from_here, strerror(error), error);
    const Entry *known = find_file(sources_of(ctx), s.st_dev, s.st_ino);
    if (known)
        return include_again(ctx, span, source, &known->source);
    Reading *r = open_file(ctx, from_here);
    if (!r->why && !may_include(ctx, from_here, &r->stat)) {
        close_file(r);
        return include_refused(ctx, span, from_here);
    }
    if (!r->why && source->depth == DEPTH_MOST)
        r->why = "includes are nested too deep (more than 200)";
    if (!r->why)
        read_all(ctx, r);
    close_file(r);
    if (r->why)
        return include_failed(ctx, span, from_here, r->why, r->error);
    Source *new = &add_file(ctx, from_here, r)->source;
    new->file = true;
    new->includer = source;
    new->included = span;
    new->depth = source->depth + 1;
    *number = source_count(ctx) - 1;
    return INCLUDE_READ;
}

/* ---- asking ----------------------------------------------------------------------------- */

uint32_t source_count(const Ctx *ctx)
{
    const Sources *sources = *ctx_slot(ctx, SLOT_SOURCES);
    return sources ? sources->at.count : 0;
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

const Source *source_of(const Ctx *ctx, uint32_t place)
{
    const Entry *entry = entry_of(ctx, place);
    return entry ? &entry->source : &nowhere;
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
