/* segments: those of many half-open ranges of numbers that have a number in common with one.
 *
 * In: all segments; then one after the other is entered. Out: those entered that meet another one.
 *
 * The idea: in the order of their starts, those that begin before the end of the one at hand are
 * the first so many; of these a tree of the greatest ends finds one after the other that goes
 * beyond its start, without a look at those between.
 */
#include <limits.h>
#include <stdlib.h>

#include "base/base.h"

typedef struct Start {
    long start;
    uint32_t number;
} Start;

static int compare_starts(const void *a, const void *b)
{
    const Start *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

Segments segments_new(Ctx *ctx, const Segment *all, uint32_t count)
{
    Segments r = {.all = all, .count = count, .leaves = 1};
    Start *starts = array_new(ctx, (size_t)count + 1, sizeof *starts);
    for (uint32_t i = 0; i < count; i++)
        starts[i] = (Start){all[i].start, i};
    qsort(starts, count, sizeof *starts, compare_starts);
    r.order = array_new(ctx, (size_t)count + 1, sizeof *r.order);
    r.place = array_new(ctx, (size_t)count + 1, sizeof *r.place);
    for (uint32_t i = 0; i < count; i++) {
        r.order[i] = starts[i].number;
        r.place[starts[i].number] = i;
        r.starts += !i || starts[i].start != starts[i - 1].start;
    }
    ctx_resize(ctx, starts, 0);
    while (r.leaves < count)
        r.leaves *= 2;
    r.ends = array_new(ctx, (size_t)2 * r.leaves, sizeof *r.ends);
    for (uint32_t i = 0; i < 2 * r.leaves; i++)
        r.ends[i] = LONG_MIN;
    return r;
}

void segments_enter(Segments *r, uint32_t number)
{
    const long end = r->all[number].end;
    for (uint32_t at = r->leaves + r->place[number]; at && r->ends[at] < end; at /= 2)
        r->ends[at] = end;
}

/* The first place from this one on whose segment is entered and goes beyond `start`; else the
 * number of leaves. */
static uint32_t next_beyond(const Segments *r, uint32_t place, long start)
{
    uint32_t at = r->leaves + place;
    if (place == r->leaves)
        return place;
    while (r->ends[at] <= start) { /* what is under it is none: on to what is right of it */
        while (at & 1)
            at /= 2;
        if (!at)
            return r->leaves;
        at++;
    }
    while (at < r->leaves)
        at = r->ends[2 * at] > start ? 2 * at : 2 * at + 1;
    return at - r->leaves;
}

void segments_meeting(Ctx *ctx, const Segments *r, uint32_t number, U32Vec *found)
{
    const Segment *segment = &r->all[number];
    const uint32_t before = found->count;
    for (uint32_t i = next_beyond(r, 0, segment->start);
         i < r->count && r->all[r->order[i]].start < segment->end;
         i = next_beyond(r, i + 1, segment->start))
        *vec_push(ctx, found) = r->order[i];
    vec_sort(found, before);
}

void segments_free(Ctx *ctx, Segments *r)
{
    ctx_resize(ctx, r->order, 0);
    ctx_resize(ctx, r->place, 0);
    ctx_resize(ctx, r->ends, 0);
}
