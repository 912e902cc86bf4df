/* spool: texts that are too long for memory.
 *
 * In: what is settled of a text, some hundred kilobytes at a time. Out: the whole text in order,
 * a run of bytes after the other.
 *
 * The idea: one temporary file, which has no name, takes what is settled in the order in which it
 * comes; a text is a list of pieces of it, so that a text that was made aside is put in a place of
 * another without being moved. Where no such file can be had, or written to, texts stay in memory.
 */
#include "base/base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 18 }; /* less stays in memory */

typedef struct Piece {
    uint64_t start;  /* in the file */
    uint64_t length;
} Piece;

/* The file of some texts. */
typedef struct Spool {
    int file;        /* -1: there is none */
    bool opened;     /* has one been asked for? */
    bool full;       /* does it take no more? Then it is not asked again: that costs time */
    uint64_t length; /* what is written */
} Spool;

struct Spooled {
    Spool *spool;       /* shared by texts that are put into each other */
    VEC(Piece) pieces;  /* in the order of the text */
    uint64_t length;    /* of all */
};

/* ---- the file */

static void spool_close(void *object)
{
    const Spool *spool = object;
    if (spool->file >= 0)
        close(spool->file);
}

static void spool_open(Ctx *ctx, Spool *spool)
{
    const char *folder = getenv("TMPDIR");
    Text path = text_new(ctx);
    text_printf(&path, "%s/bpgen.XXXXXX", folder && *folder ? folder : "/tmp");
    spool->opened = true;
    spool->file = mkstemp(path.at);
    if (spool->file >= 0) {
        unlink(path.at);
        ctx_at_free(ctx, spool_close, spool);
    }
    text_free(&path);
}

/* Writes all of it to the end of the file; false if that cannot be done. */
static bool spool_write(Spool *spool, const char *bytes, size_t length)
{
    if (spool->file < 0 || spool->full || lseek(spool->file, (off_t)spool->length, SEEK_SET) < 0)
        return false;
    for (size_t at = 0; at < length;) {
        const ssize_t done = write(spool->file, bytes + at, length - at);
        if (done <= 0 && (done == 0 || errno != EINTR)) {
            spool->full = true;
            return false;
        }
        at += done > 0 ? (size_t)done : 0;
    }
    spool->length += length;
    return true;
}

/* Reads what there is of `most` bytes; 0 if none can be read, for a reason that is in errno. */
static size_t spool_read(const Spool *spool, uint64_t start, char *bytes, size_t most)
{
    if (lseek(spool->file, (off_t)start, SEEK_SET) < 0)
        return 0;
    ssize_t length;
    do
        length = read(spool->file, bytes, most);
    while (length < 0 && errno == EINTR);
    if (!length)
        errno = EIO;
    return length > 0 ? (size_t)length : 0;
}

/* ---- texts */

void text_spool(Text *text)
{
    Spool *spool = ctx_alloc(text->ctx, sizeof *spool);
    spool->file = -1;
    text->spooled = ctx_alloc(text->ctx, sizeof *text->spooled);
    text->spooled->spool = spool;
}

Text text_aside(const Text *text)
{
    Text aside = text_new(text->ctx);
    if (text->spooled) {
        aside.spooled = ctx_alloc(text->ctx, sizeof *aside.spooled);
        aside.spooled->spool = text->spooled->spool;
    }
    text_put(&aside, "");
    return aside;
}

static uint64_t away(const Text *text) { return text->spooled ? text->spooled->length : 0; }

uint64_t text_length(const Text *text) { return away(text) + text->len; }

/* Sends the first bytes away, if that can be done. */
static bool send(Text *text, size_t length)
{
    Spooled *s = text->spooled;
    if (!s || !length)
        return s != NULL;
    if (!s->spool->opened)
        spool_open(text->ctx, s->spool);
    const uint32_t count = s->pieces.count;
    const uint64_t start = s->spool->length;
    if (!spool_write(s->spool, text->at, length))
        return false;
    if (count && s->pieces.at[count - 1].start + s->pieces.at[count - 1].length == start)
        s->pieces.at[count - 1].length += length;
    else
        *vec_push(text->ctx, &s->pieces) = (Piece){start, length};
    s->length += length;
    text->len -= length;
    memmove(text->at, text->at + length, text->len + 1);
    return true;
}

void text_settle(Text *text, size_t length)
{
    if (text->spooled && length >= BLOCK)
        send(text, length);
}

/* The number of the piece that begins at this place: one is cut in two for it. */
static uint32_t cut(Ctx *ctx, Spooled *s, uint64_t place)
{
    uint32_t i = 0;
    while (i < s->pieces.count && place >= s->pieces.at[i].length)
        place -= s->pieces.at[i++].length;
    if (!place)
        return i;
    const Piece piece = s->pieces.at[i];
    *vec_push(ctx, &s->pieces) = (Piece){0, 0};
    memmove(&s->pieces.at[i + 1], &s->pieces.at[i],
            (s->pieces.count - 1 - i) * sizeof *s->pieces.at);
    s->pieces.at[i].length = place;
    s->pieces.at[i + 1] = (Piece){piece.start + place, piece.length - place};
    return i + 1;
}

/* Puts the pieces of another text at a place among those of a text. */
static void splice(Ctx *ctx, Spooled *s, uint64_t place, const Spooled *others)
{
    const uint32_t count = others->pieces.count;
    if (!count)
        return;
    const uint32_t at = cut(ctx, s, place);
    const uint32_t behind = s->pieces.count - at;
    for (uint32_t i = 0; i < count; i++)
        *vec_push(ctx, &s->pieces) = (Piece){0, 0};
    memmove(&s->pieces.at[at + count], &s->pieces.at[at], behind * sizeof *s->pieces.at);
    memcpy(&s->pieces.at[at], others->pieces.at, count * sizeof *s->pieces.at);
    s->length += others->length;
}

static bool put_run(void *with, const char *bytes, size_t length)
{
    text_bytes(with, bytes, length);
    return true;
}

/* Brings all of a text back to memory. */
static void gather(Text *text)
{
    if (!away(text))
        return;
    Text whole = text_new(text->ctx);
    if (!text_each(text, put_run, &whole))
        ctx_fatal(text->ctx, STATUS_SYSTEM, "cannot read a temporary file: %s", strerror(errno));
    text_free(text);
    *text = whole;
}

void text_join(Text *text, uint64_t place, Text *aside)
{
    const bool near = place >= away(text) && !away(aside);
    if (!near && send(text, text->len) && send(aside, aside->len)) {
        splice(text->ctx, text->spooled, place, aside->spooled);
    } else if (aside->len || !near) {
        if (!near) {
            gather(text);
            gather(aside);
        }
        text_insert(text, place - away(text), aside->at);
    }
    text_free(aside);
}

/* ---- reading */

/* Calls `take` for the runs of a piece. */
static bool each_run(const Spool *spool, Piece piece, TextTake *take, void *with)
{
    char block[1 << 14];
    while (piece.length) {
        const size_t most = piece.length < sizeof block ? (size_t)piece.length : sizeof block;
        const size_t length = spool_read(spool, piece.start, block, most);
        if (!length || !take(with, block, length))
            return false;
        piece.start += length;
        piece.length -= length;
    }
    return true;
}

bool text_each(const Text *text, TextTake *take, void *with)
{
    const Spooled *s = text->spooled;
    bool goes_on = true;
    for (uint32_t i = 0; s && i < s->pieces.count && goes_on; i++)
        goes_on = each_run(s->spool, s->pieces.at[i], take, with);
    return goes_on && (!text->len || take(with, text->at, text->len));
}
