/* lookup: numbers found again by the hash of what they stand for.
 *
 * In: the numbers 1, 2, 3, ... of interned things in that order, each with its hash. Out: for a
 * hash the numbers that may have it; who asks compares the things themselves.
 *
 * The idea: open addressing in words of 32 bits. The number takes as many of them as the table's
 * size has; the bits of the hash that did not choose the place fill the rest, so that hardly ever
 * a wrong thing is looked at. A look-up costs one miss of the cache, and one more for what is
 * found. The newest numbers can be taken out again, last in first out.
 */
#include "base/base.h"

enum { LEAST = 16 }; /* places */

/* The first free place for this hash, or the one that the number has. */
static uint32_t *place_of(const Lookup *t, uint32_t hash, uint32_t number)
{
    uint32_t place = hash;
    while (t->slots[place & t->mask] && (t->slots[place & t->mask] & t->mask) != number)
        place++;
    return &t->slots[place & t->mask];
}

static void put(Lookup *t, uint32_t hash, uint32_t number)
{
    *place_of(t, hash, number) = number | (hash & ~t->mask);
}

static bool is_full(uint32_t size, uint32_t number) { return number > (size - 1) / 4 * 3; }

/* In the order of the numbers, so that the last one is nobody's obstacle. */
static void fill(Ctx *ctx, Lookup *t, uint32_t size, uint32_t count, LookupHash *hash_of,
                 const void *with)
{
    ctx_resize(ctx, t->slots, 0);
    t->slots = NULL;
    t->slots = array_new(ctx, size, sizeof *t->slots);
    t->mask = size - 1;
    for (uint32_t i = 1; i <= count; i++)
        put(t, hash_of(with, i), i);
}

/* Twice as large, or as large as that number needs. */
static uint32_t size_for(Ctx *ctx, uint32_t size, uint32_t number)
{
    while (size && is_full(size, number))
        size *= 2;
    if (!size)
        ctx_fatal(ctx, STATUS_SYSTEM, "a table has more than %u entries", (unsigned)number);
    return size;
}

void lookup_enter(Ctx *ctx, Lookup *t, uint32_t number, LookupHash *hash_of, const void *with)
{
    if (!t->slots || is_full(t->mask + 1, number))
        fill(ctx, t, size_for(ctx, t->slots ? t->mask + 1 : LEAST, number), number - 1, hash_of,
             with);
    put(t, hash_of(with, number), number);
}

void lookup_renew(Ctx *ctx, Lookup *t, uint32_t count, LookupHash *hash_of, const void *with)
{
    fill(ctx, t, size_for(ctx, LEAST, count), count, hash_of, with);
}

void lookup_remove(Lookup *t, uint32_t number, uint32_t hash)
{
    *place_of(t, hash, number) = 0;
}
