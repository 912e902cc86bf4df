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
        owns[k] =
            (OwnImage){array_sym(g, tuple_item(g, arrays, k)), build_member(g, system, k), 0, 0};
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

/* ---- directions */

/* Does it read elements of another one, in which it stands? */
static bool is_within(Graph *g, const OwnerVec *owners, NodeId system)
{
    uint8_t *live = graph_live(g, &system, 1);
    bool within = false;
    for (NodeId id = 1; id < system && !within; id++)
        within = live[id] && node_op(g, id) == OP_OWN && !live[owner_of(g, owners, id).system];
    ctx_resize(graph_ctx(g), live, 0);
    return within;
}

TupleId system_directions(Graph *g, const OwnerVec *owners, NodeId derived, NodeId system)
{
    NodeId items[64];
    if (is_within(g, owners, system))
        return 0;
    SetId set = set_minus(g, node_at(g, derived)->free, node_at(g, system)->free);
    for (uint32_t i = 0; i < set_size(g, set); i++) {
        const Index *x = index_at(g, set_member(g, set, i));
        if (!node_is_int(g, x->lower, 0) || node_at(g, x->upper)->free)
            return 0;
        items[i] = build_index(g, set_member(g, set, i));
    }
    return tuple_of(g, items, set_size(g, set));
}

/* What the indices run over. */
static TupleId extents_of(Graph *g, TupleId directions)
{
    TupleId shape = 0;
    for (uint32_t i = 0; i < tuple_size(g, directions); i++) {
        IndexId index = node_at(g, tuple_item(g, directions, i))->a;
        shape = tuple_join(g, shape, tuple_of(g, &index_at(g, index)->upper, 1));
    }
    return shape;
}

/* The symbol of an array with further axes. */
static SymId with_axes(Graph *g, SymId sym, TupleId directions)
{
    const Sym old = *sym_at(g, sym);
    TupleId shape = tuple_join(g, old.shape, extents_of(g, directions));
    SymId result = sym_new(g, old.name, old.kind, shape);
    sym_at(g, result)->role = old.role;
    sym_at(g, result)->base = old.base;
    sym_at(g, result)->span = old.span;
    return result;
}

static NodeId array_along(Graph *g, NodeId array, SymId sym, TupleId directions,
                          const NodeId *image)
{
    const Node n = *node_at(g, array);
    U32Vec parts = {0};
    SetId bound;
    for (uint32_t i = 0; i < tuple_size(g, n.a); i++) {
        const NodeId old = tuple_item(g, n.a, i);
        const Node p = *node_at(g, old);
        TupleId axes = index_axes(g, extents_of(g, directions), set_union(g, p.free, p.c), &bound);
        NodeId value = array_at(g, image[p.a] ? image[p.a] : p.a, directions, axes);
        NodeId part = build_part(g, value, tuple_join(g, p.b, axes), set_union(g, p.c, bound));
        *vec_push(graph_ctx(g), &parts) = part;
    }
    NodeId result = build_array(g, tuple_of(g, parts.at, parts.count), sym, (int)n.c);
    vec_free(graph_ctx(g), &parts);
    return result;
}

NodeId system_closed(Graph *g, NodeId system, TupleId directions, bool origins)
{
    Ctx *ctx = graph_ctx(g);
    const TupleId arrays = node_at(g, system)->a;
    uint32_t size = tuple_size(g, arrays);
    OwnImage *owns = array_new(ctx, size + 1, sizeof *owns);
    U32Vec roots = {0}, items = {0};
    for (uint32_t k = 0; k < size; k++) {
        const Node n = *node_at(g, tuple_item(g, arrays, k));
        owns[k] = (OwnImage){n.b, 0, with_axes(g, n.b, directions), directions};
        for (uint32_t i = 0; i < tuple_size(g, n.a); i++)
            *vec_push(ctx, &roots) = node_at(g, tuple_item(g, n.a, i))->a;
    }
    NodeId *image = array_new(ctx, graph_count(g), sizeof *image);
    own_replace(g, roots.at, roots.count, owns, size, image, origins);
    for (uint32_t k = 0; k < size; k++) {
        NodeId array = array_along(g, tuple_item(g, arrays, k), owns[k].sym, directions, image);
        *vec_push(ctx, &items) = array;
    }
    NodeId result = build_system(g, tuple_of(g, items.at, items.count));
    ctx_resize(ctx, owns, 0);
    ctx_resize(ctx, image, 0);
    vec_free(ctx, &roots);
    vec_free(ctx, &items);
    return result;
}

NodeId member_along(Graph *g, NodeId member, TupleId directions)
{
    SetId bound, avoid = 0;
    const SymId sym = array_sym(g, member);
    uint32_t rank = tuple_size(g, sym_at(g, sym)->shape) - tuple_size(g, directions);
    U32Vec shape = {0};
    if (!directions)
        return member;
    for (uint32_t i = 0; i < tuple_size(g, directions); i++)
        avoid = set_with(g, avoid, node_at(g, tuple_item(g, directions, i))->a);
    for (uint32_t i = 0; i < rank; i++)
        *vec_push(graph_ctx(g), &shape) = tuple_item(g, sym_at(g, sym)->shape, i);
    SymId along = sym_beside(g, sym_at(g, sym)->base, sym_at(g, sym)->role);
    sym_at(g, along)->shape = tuple_of(g, shape.at, rank);
    TupleId at = index_axes(g, sym_at(g, along)->shape, avoid, &bound);
    NodeId value = build_read(g, member, tuple_join(g, at, directions));
    vec_free(graph_ctx(g), &shape);
    return array_of_one(g, value, at, bound, along, ARRAY_SET);
}
