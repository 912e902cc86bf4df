/* Recurrences in a sweep: where OWN nodes belong, what is at home in a system, and how what was
 * within it is said outside. */
#include "pass/pass.h"

void owners_find(Graph *g, const uint8_t *live, uint32_t end, OwnerVec *owners)
{
    const Owner none = {0};
    for (NodeId id = 1; id < end; id++) {
        const TupleId arrays = node_op(g, id) == OP_SYSTEM ? node_at(g, id)->a : 0;
        for (uint32_t k = 0; live[id] && k < tuple_size(g, arrays); k++) {
            NodeId array = tuple_item(g, arrays, k);
            while (owners->count <= array_sym(g, array))
                *vec_push(graph_ctx(g), owners) = none;
            owners->at[array_sym(g, array)] = (Owner){array, id, k};
        }
    }
}

Owner owner_of(const Graph *g, const OwnerVec *owners, NodeId id)
{
    const Owner none = {0};
    const Node *n = node_at(g, id);
    SymId sym = n->op == OP_OWN ? n->a : n->op == OP_ARRAY ? n->b : 0;
    if (sym >= owners->count || (n->op == OP_ARRAY && owners->at[sym].array != id))
        return none;
    return owners->at[sym];
}

uint8_t *system_region(Graph *g, const OwnerVec *owners, NodeId system)
{
    NodeId need;
    uint8_t *live = graph_live(g, &system, 1), *in = array_new(graph_ctx(g), graph_count(g), 1);
    for (NodeId id = 1; id < system; id++) {
        if (!live[id])
            continue;
        in[id] = node_op(g, id) == OP_OWN && owner_of(g, owners, id).system == system;
        for (uint32_t k = 0; !in[id] && (need = node_need(g, id, k)); k++)
            in[id] = in[need];
    }
    ctx_resize(graph_ctx(g), live, 0);
    return in;
}

/* Is the value of a part the element that it sets, so that it is there to be read? */
static bool is_element(Graph *g, const Node *part, const uint8_t *in)
{
    SetId at = 0;
    for (uint32_t i = 0; i < tuple_size(g, part->b); i++)
        at = set_union(g, at, node_at(g, tuple_item(g, part->b, i))->free);
    return in[part->a] && node_op(g, part->a) != OP_OWN &&
           !set_minus(g, at, node_at(g, part->a)->free);
}

typedef struct Values {
    U32Vec from, to; /* values of parts, and the elements that they are */
} Values;

static void find_values(Graph *g, NodeId system, const uint8_t *in, Values *v)
{
    const TupleId arrays = node_at(g, system)->a;
    for (uint32_t k = 0; k < tuple_size(g, arrays); k++) {
        const Node array = *node_at(g, tuple_item(g, arrays, k));
        for (uint32_t i = 0; array.c == ARRAY_SET && i < tuple_size(g, array.a); i++) {
            const Node part = *node_at(g, tuple_item(g, array.a, i));
            if (!is_element(g, &part, in))
                continue;
            *vec_push(graph_ctx(g), &v->from) = part.a;
            *vec_push(graph_ctx(g), &v->to) = build_read(g, build_member(g, system, k), part.b);
        }
    }
}

NodeId *system_outside(Graph *g, NodeId system, const uint8_t *in, const U32Vec *roots,
                       const OwnImage *others, uint32_t count, bool origins)
{
    Ctx *ctx = graph_ctx(g);
    const TupleId arrays = node_at(g, system)->a;
    uint32_t size = tuple_size(g, arrays);
    Values v = {0};
    OwnImage *owns = array_new(ctx, size + count + 1, sizeof *owns);
    for (uint32_t k = 0; k < size; k++)
        owns[k] = (OwnImage){array_sym(g, tuple_item(g, arrays, k)), build_member(g, system, k), 0};
    for (uint32_t k = 0; k < count; k++)
        owns[size + k] = others[k];
    find_values(g, system, in, &v);
    NodeId *image = array_new(ctx, graph_count(g), sizeof *image);
    for (uint32_t i = 0; i < v.from.count; i++)
        image[v.from.at[i]] = v.to.at[i];
    own_replace(g, roots->at, roots->count, owns, size + count, image, origins);
    ctx_resize(ctx, owns, 0);
    vec_free(ctx, &v.from);
    vec_free(ctx, &v.to);
    return image;
}
