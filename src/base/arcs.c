/* arcs: what belongs together.
 *
 * In: things 0, 1, 2, ... with a key each, or with arcs between them. Out: the things of each key;
 * the strongly connected components.
 *
 * The components are found by Tarjan's walk (Depth-first search and linear graph algorithms, SIAM
 * Journal on Computing 1 (2), 1972), with a stack of its own: chains are as long as models.
 */
#include "base/base.h"

/* ---- groups */

Groups groups_new(Ctx *ctx, const uint32_t *keys, uint32_t count, uint32_t key_count)
{
    Groups g = {array_new(ctx, (size_t)key_count + 2, sizeof *g.start),
                array_new(ctx, (size_t)count + 1, sizeof *g.items)};
    for (uint32_t i = 0; i < count; i++)
        if (keys[i] < key_count)
            g.start[keys[i] + 2]++;
    for (uint32_t k = 2; k < key_count + 2; k++)
        g.start[k] += g.start[k - 1];
    for (uint32_t i = 0; i < count; i++) /* start[k + 1]: where the next of key k goes */
        if (keys[i] < key_count)
            g.items[g.start[keys[i] + 1]++] = i;
    return g;
}

void groups_free(Ctx *ctx, Groups *g)
{
    g->start = ctx_resize(ctx, g->start, 0);
    g->items = ctx_resize(ctx, g->items, 0);
}

Groups arcs_by_from(Ctx *ctx, const ArcVec *arcs, uint32_t count)
{
    uint32_t *keys = array_new(ctx, (size_t)arcs->count + 1, sizeof *keys);
    for (uint32_t i = 0; i < arcs->count; i++)
        keys[i] = arcs->at[i].from;
    Groups g = groups_new(ctx, keys, arcs->count, count);
    ctx_resize(ctx, keys, 0);
    return g;
}

/* ---- components */

typedef struct Walk {
    Ctx *ctx;
    const ArcVec *arcs;
    Groups leaving;               /* the arcs of each vertex */
    uint32_t *number, *low;       /* a vertex each: when it was met, from 1; Tarjan's low link */
    uint32_t *next;               /* a vertex each: the arc that comes next */
    uint32_t *component;          /* the result */
    uint32_t met, found;          /* how many vertices, how many components */
    U32Vec path, open;            /* to the vertex at hand; met, and of no component yet */
} Walk;

static void enter(Walk *w, uint32_t vertex)
{
    w->number[vertex] = w->low[vertex] = ++w->met;
    w->next[vertex] = w->leaving.start[vertex];
    *vec_push(w->ctx, &w->path) = vertex;
    *vec_push(w->ctx, &w->open) = vertex;
}

static void leave(Walk *w, uint32_t vertex)
{
    w->path.count--;
    if (w->path.count) {
        uint32_t *low = &w->low[w->path.at[w->path.count - 1]];
        *low = w->low[vertex] < *low ? w->low[vertex] : *low;
    }
    if (w->low[vertex] != w->number[vertex])
        return;
    uint32_t member;
    w->found++;
    do {
        member = w->open.at[--w->open.count];
        w->component[member] = w->found;
    } while (member != vertex);
}

static void walk_from(Walk *w, uint32_t root)
{
    enter(w, root);
    while (w->path.count) {
        const uint32_t vertex = w->path.at[w->path.count - 1];
        if (w->next[vertex] == w->leaving.start[vertex + 1]) {
            leave(w, vertex);
            continue;
        }
        const uint32_t to = w->arcs->at[w->leaving.items[w->next[vertex]++]].to;
        if (!w->number[to])
            enter(w, to);
        else if (!w->component[to] && w->number[to] < w->low[vertex])
            w->low[vertex] = w->number[to];
    }
}

/* Numbers them anew, in the order of their first vertices. */
static void renumber(Walk *w, uint32_t count)
{
    uint32_t *image = array_new(w->ctx, (size_t)w->found + 1, sizeof *image), next = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *component = &w->component[i];
        image[*component] = image[*component] ? image[*component] : ++next;
        *component = image[*component] - 1;
    }
    ctx_resize(w->ctx, image, 0);
}

uint32_t arcs_components(Ctx *ctx, const ArcVec *arcs, uint32_t count, uint32_t *component)
{
    const size_t room = (size_t)count + 1;
    Walk w = {.ctx = ctx, .arcs = arcs, .leaving = arcs_by_from(ctx, arcs, count),
              .component = component};
    w.number = array_new(ctx, room, sizeof *w.number);
    w.low = array_new(ctx, room, sizeof *w.low);
    w.next = array_new(ctx, room, sizeof *w.next);
    for (uint32_t i = 0; i < count; i++)
        component[i] = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!w.number[i])
            walk_from(&w, i);
    renumber(&w, count);
    groups_free(ctx, &w.leaving);
    ctx_resize(ctx, w.number, 0);
    ctx_resize(ctx, w.low, 0);
    ctx_resize(ctx, w.next, 0);
    vec_free(ctx, &w.path);
    vec_free(ctx, &w.open);
    return w.found;
}
