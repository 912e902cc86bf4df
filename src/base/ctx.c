/* ctx: a run of the library and all of its memory.
 *
 * In: requests for memory, growing blocks, things to clean up. Out: memory that lives until
 * ctx_free, or a jump to the caller with a message when something makes going on impossible.
 *
 * The idea: whatever is allocated hangs on one doubly linked list of blocks, so that nothing
 * is lost when ctx_fatal jumps over the frames that held the pointers. Small objects that are
 * never freed singly are cut from chunks, which are blocks like any other.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

struct Block {
    Block *next;         /* towards older ones */
    Block *prev;         /* towards newer ones */
    max_align_t bytes[]; /* what the caller sees */
};

typedef struct Cleaner {
    struct Cleaner *next;  /* registered before this one */
    void (*clean)(void *); /* what to call */
    void *object;          /* with what */
} Cleaner;

/* What is left of the chunk in use, zeroed. */
typedef struct Chunk {
    char *at;
    size_t left;
} Chunk;

struct Ctx {
    Block *blocks;      /* all memory, newest first */
    Chunk objects;      /* for these, aligned */
    Chunk texts;        /* for texts, which stand next to each other */
    Cleaner *cleaners;  /* last registered first */
    jmp_buf *where;     /* where ctx_fatal goes */
    void **slots;       /* SLOT_COUNT of them */
    char message[1024]; /* of the last ctx_fatal */
};

#ifdef __has_feature /* clang's */
#define BP_HAS_FEATURE(name) __has_feature(name)
#else
#define BP_HAS_FEATURE(name) 0
#endif

/* Under the address sanitizer each object is a block of its own, so that it has its own fence. */
#if defined(__SANITIZE_ADDRESS__) || BP_HAS_FEATURE(address_sanitizer)
enum { CHUNK_SIZE = 0 };
#else
enum { CHUNK_SIZE = 64 * 1024 };
#endif

/* ---- life ------------------------------------------------------------------------------- */

Ctx *ctx_new(void)
{
    Ctx *ctx = calloc(1, sizeof *ctx);
    if (!ctx)
        return NULL;
    ctx->slots = calloc(SLOT_COUNT, sizeof *ctx->slots);
    if (!ctx->slots) {
        free(ctx);
        return NULL;
    }
    return ctx;
}

void ctx_free(Ctx *ctx)
{
    if (!ctx)
        return;
    for (Cleaner *c = ctx->cleaners; c; c = c->next)
        c->clean(c->object);
    for (Block *block = ctx->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(ctx->slots);
    free(ctx);
}

void ctx_at_free(Ctx *ctx, void (*clean)(void *), void *object)
{
    Cleaner *cleaner = ctx_alloc(ctx, sizeof *cleaner);
    cleaner->next = ctx->cleaners;
    cleaner->clean = clean;
    cleaner->object = object;
    ctx->cleaners = cleaner;
}

void **ctx_slot(const Ctx *ctx, CtxSlot slot)
{
    return &ctx->slots[slot];
}

/* ---- the end of a run ------------------------------------------------------------------- */

void ctx_catch(Ctx *ctx, jmp_buf *where)
{
    ctx->where = where;
}

void ctx_fatal(Ctx *ctx, int status, const char *fmt, ...)
{
    char message[sizeof ctx->message]; /* an argument may be the old message */
    va_list args;
    va_start(args, fmt);
    if (vsnprintf(message, sizeof message, fmt, args) < 0)
        message[0] = 0;
    va_end(args);
    memcpy(ctx->message, message, sizeof message);
    if (!ctx->where) {
        fprintf(stderr, "bpgen: %s\n", ctx->message);
        abort();
    }
    longjmp(*ctx->where, status ? status : STATUS_SYSTEM);
}

const char *ctx_message(const Ctx *ctx)
{
    return ctx->message;
}

/* ---- blocks ----------------------------------------------------------------------------- */

_Noreturn static void no_memory(Ctx *ctx, size_t size)
{
    ctx_fatal(ctx, STATUS_SYSTEM, "out of memory: no %zu bytes more", size);
}

/* Makes both neighbours point to where the block is now. */
static void block_hook(Ctx *ctx, Block *block)
{
    if (block->prev)
        block->prev->next = block;
    else
        ctx->blocks = block;
    if (block->next)
        block->next->prev = block;
}

static void block_drop(Ctx *ctx, Block *block)
{
    if (block->prev)
        block->prev->next = block->next;
    else
        ctx->blocks = block->next;
    if (block->next)
        block->next->prev = block->prev;
    free(block);
}

static void *block_new(Ctx *ctx, size_t size, bool zeroed)
{
    if (size > SIZE_MAX - sizeof(Block))
        no_memory(ctx, size);
    Block *block = zeroed ? calloc(1, sizeof *block + size) : malloc(sizeof *block + size);
    if (!block)
        no_memory(ctx, size);
    pages_advise(block, size);
    block->prev = NULL;
    block->next = ctx->blocks;
    block_hook(ctx, block);
    return block->bytes;
}

static Block *block_of(void *bytes)
{
    return (Block *)(void *)((char *)bytes - offsetof(Block, bytes));
}

void *ctx_resize(Ctx *ctx, void *bytes, size_t size)
{
    if (!bytes)
        return size ? block_new(ctx, size, false) : NULL;
    if (!size) {
        block_drop(ctx, block_of(bytes));
        return NULL;
    }
    if (size > SIZE_MAX - sizeof(Block))
        no_memory(ctx, size);
    Block *block = realloc(block_of(bytes), sizeof *block + size);
    if (!block)
        no_memory(ctx, size);
    pages_advise(block, size);
    block_hook(ctx, block);
    return block->bytes;
}

/* ---- objects ---------------------------------------------------------------------------- */

/* The next bytes of a chunk, or the first of a new one. */
static void *chunk_take(Ctx *ctx, Chunk *chunk, size_t size)
{
    if (size > chunk->left) {
        chunk->at = block_new(ctx, CHUNK_SIZE, true);
        chunk->left = CHUNK_SIZE;
    }
    void *bytes = chunk->at;
    chunk->at += size;
    chunk->left -= size;
    return bytes;
}

void *ctx_alloc(Ctx *ctx, size_t size)
{
    if (!size)
        size = 1;
    if (size > CHUNK_SIZE / 8)
        return block_new(ctx, size, true);
    const size_t align = _Alignof(max_align_t);
    size = (size + align - 1) / align * align;
    return chunk_take(ctx, &ctx->objects, size);
}

char *ctx_copy(Ctx *ctx, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        no_memory(ctx, length);
    char *copy = length + 1 > CHUNK_SIZE / 8 ? ctx_alloc(ctx, length + 1)
                                             : chunk_take(ctx, &ctx->texts, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

/* ---- vectors ---------------------------------------------------------------------------- */

void *vec_room(Ctx *ctx, void *at, uint32_t count, uint32_t *room, size_t size)
{
    if (count > UINT32_MAX / 2)
        ctx_fatal(ctx, STATUS_SYSTEM, "a table has more than %u entries", (unsigned)count);
    uint32_t more = count < 4 ? 8 : 2 * count;
    if (more > SIZE_MAX / size)
        no_memory(ctx, SIZE_MAX);
    at = ctx_resize(ctx, at, more * size);
    *room = more;
    return at;
}

void *vec_fitted(Ctx *ctx, void *at, uint32_t count, uint32_t *room, size_t size)
{
    const uint32_t enough = count + count / 8 + 8;
    if (enough >= *room)
        return at;
    at = ctx_resize(ctx, at, enough * size);
    *room = enough;
    return at;
}

void *array_new(Ctx *ctx, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        no_memory(ctx, SIZE_MAX);
    return block_new(ctx, count && size ? count * size : 1, true);
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

void vec_sort(U32Vec *v, uint32_t from)
{
    if (v->count > from)
        qsort(v->at + from, v->count - from, sizeof *v->at, compare_numbers);
}

void vec_zeros(Ctx *ctx, U32Vec *v, uint32_t count)
{
    v->at = array_new(ctx, count, sizeof *v->at);
    v->count = v->room = count;
}
