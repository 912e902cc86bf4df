/* lookup: numbers found again by the hash of what they stand for.
 *
 * In: the numbers 1, 2, 3, ... of interned things in that order, each with its hash. Out: for a
 * hash the numbers that may have it; who asks compares the things themselves.
 *
 * The idea: open addressing in words of 32 bits. The number takes as many of them as the table's
 * size has; bits of the hash fill the rest, so that hardly ever a wrong thing is looked at. Of
 * millions of things each look-up would miss the cache, were not most things asked for shortly
 * after others that they are made of: who knows of such a thing gives its number, which chooses the
 * line of the cache that is looked into first, and then its neighbour. Only where both are full the
 * whole table is. The newest numbers can be taken out again, last in first out.
 */
#include "base/base.h"

enum { LEAST = LOOKUP_LINE }; /* places */
enum { AHEAD = 8 };           /* things, while a table is filled */

static void put(Lookup *t, LookupKey key, uint32_t number)
{
    LookupTry at = lookup_try(key);
    while (lookup_next(t, &at))
        continue;
    t->slots[at.slot] = number | ((uint32_t)key & ~t->mask);
}

static bool is_full(uint32_t size, uint32_t number) { return number > (size - 1) / 4 * 3; }

void lookup_forget(Ctx *ctx, Lookup *t)
{
    ctx_resize(ctx, t->slots, 0);
    t->slots = NULL;
}

/* The key, with its line of the cache on the way. */
static LookupKey key_ahead(const Lookup *t, LookupKey key)
{
    BP_PREFETCH(&t->slots[lookup_try(key).line & t->mask]);
    return key;
}

/* In the order of the numbers, so that the last one is nobody's obstacle. Where a thing goes is
 * asked for some things ahead: the cache has that line when it comes to it. */
static void fill(Ctx *ctx, Lookup *t, uint32_t size, uint32_t count, LookupHash *key_of,
                 const void *with)
{
    lookup_forget(ctx, t);
    t->slots = array_new(ctx, size, sizeof *t->slots);
    t->mask = size - 1;
    LookupKey keys[AHEAD];
    for (uint32_t i = 1; i <= count && i <= AHEAD; i++)
        keys[i % AHEAD] = key_ahead(t, key_of(with, i));
    for (uint32_t i = 1; i <= count; i++) {
        const LookupKey key = keys[i % AHEAD];
        if (count - i >= AHEAD)
            keys[i % AHEAD] = key_ahead(t, key_of(with, i + AHEAD));
        put(t, key, i);
    }
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

void lookup_enter(Ctx *ctx, Lookup *t, uint32_t number, const LookupTry *at, LookupHash *key_of,
                  const void *with)
{
    if (t->slots && !is_full(t->mask + 1, number)) {
        t->slots[at->slot] = number | ((uint32_t)at->key & ~t->mask);
        return;
    }
    fill(ctx, t, size_for(ctx, t->slots ? t->mask + 1 : LEAST, number), number - 1, key_of, with);
    put(t, at->key, number);
}

void lookup_expect(Ctx *ctx, Lookup *t, uint32_t count, uint32_t most, LookupHash *key_of,
                   const void *with)
{
    if (!t->slots || is_full(t->mask + 1, most))
        fill(ctx, t, size_for(ctx, LEAST, most), count, key_of, with);
}

void lookup_renew(Ctx *ctx, Lookup *t, uint32_t count, LookupHash *key_of, const void *with)
{
    fill(ctx, t, size_for(ctx, LEAST, count), count, key_of, with);
}

void lookup_remove(Lookup *t, uint32_t number, LookupKey key)
{
    LookupTry at = lookup_try(key);
    while ((lookup_next(t, &at) & t->mask) != number)
        continue;
    t->slots[at.slot] = 0;
}
