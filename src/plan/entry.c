/* Entries of index arrays: one that a loop's body mentions several times has a local there, p_t for
 * p[t], and is read once. */
#include <assert.h>

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
    uint32_t next; /* the next body of the entry: index + 1 */
} Mention;

typedef struct Mentions {
    VEC(Mention) list;
    uint32_t *first; /* a node each: the first body, index + 1 */
} Mentions;

static void count_mention(Schedule *s, Mentions *m, NodeId entry, TreeId body)
{
    for (uint32_t i = m->first[entry]; i; i = m->list.at[i - 1].next) {
        assert(m->list.at); /* it is in there */
        if (m->list.at[i - 1].body == body) {
            m->list.at[i - 1].count++;
            return;
        }
    }
    *vec_push(s->plan->ctx, &m->list) = (Mention){entry, body, 1, m->first[entry]};
    m->first[entry] = m->list.count;
}

/* What is in the range of a loop: that is said where the loop begins, outside of its body. The
 * array, a node each, is the caller's. */
static uint8_t *find_bounds(Graph *g)
{
    U32Vec roots = {0};
    for (IndexId k = 1; k < index_count(g); k++) {
        *vec_push(graph_ctx(g), &roots) = index_at(g, k)->lower;
        *vec_push(graph_ctx(g), &roots) = index_at(g, k)->upper;
    }
    uint8_t *live = graph_live(g, roots.at, roots.count);
    vec_free(graph_ctx(g), &roots);
    return live;
}

uint8_t *plan_find_entries(Schedule *s)
{
    Ctx *ctx = s->plan->ctx;
    Mentions m = {.first = array_new(ctx, graph_count(s->g), sizeof *m.first)};
    uint8_t *wanted = array_new(ctx, s->count, 1);
    for (uint32_t i = 0; i < s->afloat.count; i++) {
        const PlanUse u = s->afloat.at[i];
        if (plan_is_entry(s->g, u.node))
            count_mention(s, &m, u.node,
                          tree_innermost(&s->tree, u.at, node_at(s->g, u.node)->free));
    }
    uint8_t *bounds = m.list.count ? find_bounds(s->g) : NULL;
    for (uint32_t i = 0; i < m.list.count; i++) {
        const Mention *n = &m.list.at[i];
        if (n->count > 1 && n->entry < s->count)
            wanted[n->entry] = !bounds[n->entry];
    }
    ctx_resize(ctx, bounds, 0);
    ctx_resize(ctx, m.first, 0);
    vec_free(ctx, &m.list);
    return wanted;
}
