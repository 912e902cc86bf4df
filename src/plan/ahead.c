/* What turns of a loop of a recurrence read, and is none of its own, placed before the loop: arrays
 * that do not vary with it. Placed where they are met they would be set turn by turn, although a
 * turn may read elements of later ones. */
#include "plan/plan.h"

typedef struct Ahead {
    Graph *g;
    NodeId end;       /* behind the last of the nodes */
    uint8_t *reached; /* a node each: is it needed? */
    uint8_t *speaks;  /* and does it speak of elements of a recurrence that are at hand there? */
} Ahead;

/* What a node needs is older than it. */
static void reach(Ahead *a)
{
    for (NodeId id = a->end - 1; id > 0; id--) {
        NodeId need;
        if (!a->reached[id] || node_op(a->g, id) == OP_OWN)
            continue;
        for (uint32_t i = 0; (need = node_need(a->g, id, i)); i++)
            a->reached[need < id ? need : 0] = 1;
    }
}

static void find_speaking(Ahead *a)
{
    for (NodeId id = 1; id < a->end; id++) {
        const Op op = node_op(a->g, id);
        NodeId need;
        a->speaks[id] = a->reached[id] && op == OP_OWN;
        if (!a->reached[id] || op == OP_OWN || op == OP_SYSTEM)
            continue;
        for (uint32_t i = 0; !a->speaks[id] && (need = node_need(a->g, id, i)); i++)
            a->speaks[id] = need < id && a->speaks[need];
    }
}

void plan_place_ahead(Schedule *s, const NodeId *values, uint32_t count, IndexId index)
{
    Ctx *ctx = s->plan->ctx;
    Ahead a = {.g = s->g};
    for (uint32_t i = 0; i < count; i++)
        a.end = values[i] >= a.end ? values[i] + 1 : a.end;
    a.reached = array_new(ctx, a.end + 1, 1);
    a.speaks = array_new(ctx, a.end + 1, 1);
    for (uint32_t i = 0; i < count; i++)
        a.reached[values[i]] = 1;
    reach(&a);
    find_speaking(&a);
    for (NodeId id = 1; id < a.end; id++)
        if (node_op(s->g, id) == OP_ARRAY && !plan_is_member(s, id) && a.reached[id] &&
            !a.speaks[id] && !set_has(s->g, node_at(s->g, id)->free, index))
            plan_schedule_for(s, id);
    ctx_resize(ctx, a.reached, 0);
    ctx_resize(ctx, a.speaks, 0);
}
