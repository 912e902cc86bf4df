/* What turns of a loop of a recurrence read, and is none of its own, placed before the loop: arrays
 * that do not vary with it. Placed where they are met they would be set turn by turn, although a
 * turn may read elements of later ones. */
#include "plan/plan.h"

typedef struct Ahead {
    Schedule *s;
    U32Vec found;      /* what the turns need and has no place yet */
    uint8_t *is_found; /* a node each */
    uint8_t *speaks;   /* likewise: of elements of a recurrence that are at hand there? */
} Ahead;

static bool is_placed(const Schedule *s, NodeId id)
{
    const Op op = node_op(s->g, id);
    return (op == OP_ARRAY || op == OP_SYSTEM) && id < s->count && s->done[id];
}

static void find(Ahead *a, NodeId id)
{
    if (!a->is_found[id] && !is_placed(a->s, id))
        *vec_push(a->s->plan->ctx, &a->found) = id;
    a->is_found[id] = 1;
}

/* What a node needs is older than it. */
static void find_needed(Ahead *a)
{
    for (uint32_t k = 0; k < a->found.count; k++) {
        const NodeId id = a->found.at[k];
        NodeId need;
        if (node_op(a->s->g, id) == OP_OWN)
            continue;
        for (uint32_t i = 0; (need = node_need(a->s->g, id, i)); i++)
            if (need < id)
                find(a, need);
    }
}

static void find_speaking(Ahead *a)
{
    for (uint32_t k = 0; k < a->found.count; k++) {
        const NodeId id = a->found.at[k];
        const Op op = node_op(a->s->g, id);
        NodeId need;
        a->speaks[id] = op == OP_OWN;
        if (op == OP_OWN || op == OP_SYSTEM)
            continue;
        for (uint32_t i = 0; !a->speaks[id] && (need = node_need(a->s->g, id, i)); i++)
            a->speaks[id] = need < id && a->speaks[need];
    }
}

void plan_place_ahead(Schedule *s, const NodeId *values, uint32_t count, IndexId index)
{
    Ctx *ctx = s->plan->ctx;
    Ahead a = {.s = s};
    a.is_found = array_new(ctx, graph_count(s->g), 1);
    a.speaks = array_new(ctx, graph_count(s->g), 1);
    for (uint32_t i = 0; i < count; i++)
        find(&a, values[i]);
    find_needed(&a);
    vec_sort(&a.found, 0);
    find_speaking(&a);
    for (uint32_t k = 0; k < a.found.count; k++) {
        const NodeId id = a.found.at[k];
        if (node_op(s->g, id) == OP_ARRAY && !plan_is_member(s, id) && !a.speaks[id] &&
            !set_has(s->g, node_at(s->g, id)->free, index))
            plan_schedule_for(s, id);
    }
    vec_free(ctx, &a.found);
    ctx_resize(ctx, a.is_found, 0);
    ctx_resize(ctx, a.speaks, 0);
}
