/* lists: lists of numbers, each told from others by its contents.
 *
 * In: numbers in an order. Out: one number for the list, the same for the same list; 0 is the empty
 * one.
 *
 * The idea: all lists lie in one array, one behind the other, and a lookup finds them again.
 */
#include <string.h>

#include "base/base.h"

/* Lists of one number come in the order of these. */
static LookupKey key_of_items(const uint32_t *items, uint32_t count)
{
    uint32_t h = count;
    for (uint32_t i = 0; i < count; i++)
        h = hash_mix(h, items[i]);
    return (LookupKey)(count == 1 ? items[0] : 0) << 32 | h;
}

static LookupKey key_of_list(const void *with, uint32_t list)
{
    const Lists *l = with;
    return key_of_items(l->items.at + l->runs.at[list].start, l->runs.at[list].count);
}

static bool is_list(const Lists *l, uint32_t list, const uint32_t *items, uint32_t count)
{
    return lists_size(l, list) == count &&
           !memcmp(l->items.at + l->runs.at[list].start, items, count * sizeof *items);
}

void lists_begin(Ctx *ctx, Lists *l) { memset(vec_push(ctx, &l->runs), 0, sizeof *l->runs.at); }

uint32_t lists_put(Ctx *ctx, Lists *l, const uint32_t *items, uint32_t count)
{
    if (!count)
        return 0;
    LookupTry at = lookup_try(key_of_items(items, count));
    uint32_t id;
    while ((id = lookup_find(&l->table, &at)))
        if (is_list(l, id, items, count))
            return id;
    ListRun run = {l->items.count, count};
    for (uint32_t i = 0; i < count; i++)
        *vec_push(ctx, &l->items) = items[i];
    *vec_push(ctx, &l->runs) = run;
    lookup_enter(ctx, &l->table, l->runs.count - 1, &at, key_of_list, l);
    return l->runs.count - 1;
}
