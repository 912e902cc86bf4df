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

/* In the order of the numbers, so that the last one is nobody's obstacle. */
static void grow(Ctx *ctx, Lookup *t, uint32_t number, LookupHash *hash_of, const void *with)
{
    const uint32_t size = t->slots ? 2 * (t->mask + 1) : LEAST;
    if (!size)
        ctx_fatal(ctx, STATUS_SYSTEM, "a table has more than %u entries", (unsigned)number);
    ctx_resize(ctx, t->slots, 0);
    t->slots = NULL;
    t->slots = array_new(ctx, size, sizeof *t->slots);
    t->mask = size - 1;
    for (uint32_t i = 1; i < number; i++)
        put(t, hash_of(with, i), i);
}

void lookup_enter(Ctx *ctx, Lookup *t, uint32_t number, LookupHash *hash_of, const void *with)
{
    if (!t->slots || number > t->mask / 4 * 3)
        grow(ctx, t, number, hash_of, with);
    put(t, hash_of(with, number), number);
}

void lookup_remove(Lookup *t, uint32_t number, uint32_t hash)
{
    *place_of(t, hash, number) = 0;
}
