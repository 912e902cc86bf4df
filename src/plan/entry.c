/* Entries of index arrays: one that a loop's body mentions several times has a local there, p_t for
 * p[t], and is read once. */
#include "plan/plan.h"

/* Is it an entry that may be read wherever the loops over its subscripts are? */
bool plan_is_entry(Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    return n.op == OP_REF && n.b && sym_at(g, n.a)->kind == SYM_INDEX && n.free &&
           tuple_is_slice(g, n.b, n.free, sym_at(g, n.a)->shape);
}

/* How often a body mentions an entry. */
typedef struct Mention {
    NodeId entry;
    TreeId body;
    uint32_t count;
} Mention;

typedef VEC(Mention) MentionVec;

static void count_mention(Schedule *s, MentionVec *list, NodeId entry, TreeId body)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i].entry == entry && list->at[i].body == body) {
            list->at[i].count++;
            return;
        }
    *vec_push(s->plan->ctx, list) = (Mention){entry, body, 1};
}

/* Is it in the range of a loop? That is said where the loop begins, outside of its body. */
static bool bounds_loop(Graph *g, NodeId entry)
{
    U32Vec roots = {0};
    for (IndexId k = 1; k < index_count(g); k++) {
        *vec_push(graph_ctx(g), &roots) = index_at(g, k)->lower;
        *vec_push(graph_ctx(g), &roots) = index_at(g, k)->upper;
    }
    uint8_t *live = graph_live(g, roots.at, roots.count);
    bool bounds = live[entry];
    ctx_resize(graph_ctx(g), live, 0);
    vec_free(graph_ctx(g), &roots);
    return bounds;
}

uint8_t *plan_find_entries(Schedule *s)
{
    MentionVec list = {0};
    uint8_t *wanted = array_new(s->plan->ctx, s->count, 1);
    for (uint32_t i = 0; i < s->afloat.count; i++) {
        const PlanUse u = s->afloat.at[i];
        if (plan_is_entry(s->g, u.node))
            count_mention(s, &list, u.node,
                          tree_innermost(&s->tree, u.at, node_at(s->g, u.node)->free));
    }
    for (uint32_t i = 0; i < list.count; i++)
        if (list.at[i].count > 1 && list.at[i].entry < s->count)
            wanted[list.at[i].entry] = 1;
    for (uint32_t i = 0; i < list.count; i++)
        if (list.at[i].entry < s->count && wanted[list.at[i].entry])
            wanted[list.at[i].entry] = !bounds_loop(s->g, list.at[i].entry);
    vec_free(s->plan->ctx, &list);
    return wanted;
}
