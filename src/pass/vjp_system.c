/* Reverse mode through recurrences.
 *
 * note [recurrences]: the adjoint of a recurrence is the recurrence of the adjoints of its arrays,
 * whose elements are sums of what the rest of the model contributes, and of what each part
 * contributes to each element that it reads, from the adjoint of the element that it gives. So
 * when all outside have contributed there is a sweep over what is at home in the system, from
 * OWN elements of the adjoint to OWN elements of the system; in its results those of the system are
 * read from outside. What this sweep contributes to nodes that are not at home waits until there
 * is the adjoint, and reads that from outside, too. */
#include <assert.h>

#include "pass/pass.h"

/* An element of a recurrence varies where the array does, or is an input itself. */
bool system_varies(const Reverse *s, NodeId v)
{
    Graph *g = s->g;
    const NodeId own = owner_of(g, &s->owners, v).array;
    if (node_op(g, v) == OP_OWN)
        return own && (s->varied[own] || s->cut[own]);
    if (node_op(g, v) == OP_MEMBER)
        return s->varied[member_array(g, v)];
    const TupleId arrays = node_op(g, v) == OP_SYSTEM ? node_at(g, v)->a : 0;
    for (uint32_t k = 0; k < tuple_size(g, arrays); k++)
        if (s->varied[tuple_item(g, arrays, k)] || s->cut[tuple_item(g, arrays, k)])
            return true;
    return false;
}

/* The values of the parts of an array of a recurrence that it hands its adjoint to. */
static bool hands_on(const Reverse *s, NodeId array, uint32_t i, NodeId *part)
{
    *part = tuple_item(s->g, node_tuple(s->g, array), i);
    return s->varied[array] && !s->cut[array] && s->varied[node_at(s->g, *part)->a];
}

void system_count_waiting(Reverse *s, NodeId system)
{
    const TupleId arrays = node_at(s->g, system)->a;
    NodeId part;
    for (uint32_t k = 0; k < tuple_size(s->g, arrays); k++) {
        NodeId array = tuple_item(s->g, arrays, k);
        for (uint32_t i = 0; i < tuple_size(s->g, node_tuple(s->g, array)); i++)
            if (hands_on(s, array, i, &part))
                s->waiting[node_at(s->g, part)->a]++;
    }
}

/* ---- the sweep within */

/* From an element of a recurrence to the adjoint. */
void system_visit_own(Reverse *s, NodeId v)
{
    Graph *g = s->g;
    const Owner o = owner_of(g, &s->owners, v);
    Addend a = {.value = s->bar[v], .at = node_tuple(g, v), .hard = s->hard[v],
                .soft = s->soft[v]};
    if (!s->bar[v])
        return;
    if (s->cut[o.array]) {
        reverse_deliver(s, (Gift){build_member(g, o.system, o.number), node_at(g, v)->free, a});
        return;
    }
    a.bound = set_minus(g, node_at(g, v)->free, node_at(g, o.system)->free);
    addends_add(g, &s->within->lists[o.number], node_shape(g, o.array), a);
}

/* The node by which the array is read from outside; 0 if it is not. */
static NodeId member_of(const Reverse *s, const Within *w, uint32_t k)
{
    NodeId member = build_member(s->g, w->system, k);
    return member < s->end ? member : 0;
}

static bool gets_from_outside(const Reverse *s, const Within *w, uint32_t k)
{
    NodeId member = member_of(s, w, k);
    return member && (s->bar[member] || s->list[member]);
}

/* What is reached, and of that what is yet to be looked at. */
typedef struct Reach {
    uint8_t *reached; /* a node each */
    U32Vec stack;
} Reach;

static void reach(const Reverse *s, Reach *r, NodeId id)
{
    if (!r->reached[id])
        *vec_push(graph_ctx(s->g), &r->stack) = id;
    r->reached[id] = 1;
}

static void reach_parts(const Reverse *s, NodeId array, Reach *r)
{
    NodeId part;
    reach(s, r, array);
    for (uint32_t i = 0; i < tuple_size(s->g, node_tuple(s->g, array)); i++)
        if (hands_on(s, array, i, &part))
            reach(s, r, node_at(s->g, part)->a);
}

/* Marks what the node hands something to. */
static void reach_from(const Reverse *s, const Within *w, NodeId v, Reach *r)
{
    Graph *g = s->g;
    const Owner o = owner_of(g, &s->owners, v);
    const Node n = *node_at(g, v);
    if (n.op == OP_MEMBER)
        reach(s, r, n.a);
    for (uint32_t k = 0; n.op == OP_SYSTEM && k < tuple_size(g, n.a); k++)
        reach_parts(s, tuple_item(g, n.a, k), r);
    for (uint32_t i = 0; i < reverse_sources(s, v); i++)
        if (reverse_takes(s, v, i))
            reach(s, r, reverse_source(s, v, i));
    if (n.op == OP_OWN && o.system == w->system && !s->cut[o.array] && !r->reached[o.array])
        reach_parts(s, o.array, r);
}

/* Finds the arrays that something is contributed to, and names their adjoints. */
static void find_reached(Reverse *s, Within *w)
{
    Graph *g = s->g;
    Reach r = {.reached = array_new(graph_ctx(g), s->end, 1)};
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++)
        if (gets_from_outside(s, w, k) && !s->cut[tuple_item(g, w->arrays, k)])
            reach_parts(s, tuple_item(g, w->arrays, k), &r);
    while (r.stack.count) {
        const NodeId v = r.stack.at[--r.stack.count];
        if (v < w->system && w->in[v] && s->varied[v])
            reach_from(s, w, v, &r);
    }
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++) {
        NodeId array = tuple_item(g, w->arrays, k), member = member_of(s, w, k);
        if (r.reached[array])
            w->sym[k] = reverse_sym(s, array, member && s->bar[member] ? ROLE_SUM : ROLE_BAR);
    }
    ctx_resize(graph_ctx(g), r.reached, 0);
    vec_free(graph_ctx(g), &r.stack);
}

static Addends *list_outside(const Reverse *s, const Within *w, uint32_t k)
{
    const NodeId member = member_of(s, w, k);
    return member && s->list[member] ? &s->lists.at[s->list[member] - 1] : NULL;
}

static bool is_unguarded(const Graph *g, const Addend *a)
{
    return node_number(g, a->hard) && node_number(g, a->soft);
}

static uint8_t guards_of(const Graph *g, const Addends *list)
{
    uint8_t guards = 0;
    for (uint32_t i = 0; list && i < list->all.count; i++) {
        guards |= node_number(g, list->all.at[i].hard) ? 0 : HAS_HARD | HAS_SOFT;
        guards |= node_number(g, list->all.at[i].soft) ? 0 : HAS_SOFT;
    }
    return guards;
}

/* Adds those that have no guard to the other list. */
static void add_unguarded(Graph *g, const Addends *from, TupleId shape, Addends *to)
{
    for (uint32_t i = 0; from && i < from->all.count; i++)
        if (is_unguarded(g, &from->all.at[i]))
            addends_add(g, to, shape, from->all.at[i]);
}

/* Do all elements of the part get something that has no guard? */
static bool gets_anyway(Reverse *s, const Within *w, uint32_t k, NodeId part)
{
    Graph *g = s->g;
    const NodeId member = member_of(s, w, k);
    const TupleId shape = node_shape(g, tuple_item(g, w->arrays, k));
    Addends unguarded = {0};
    if (member && s->bar[member]) /* the seed */
        return true;
    add_unguarded(g, &w->lists[k], shape, &unguarded);
    add_unguarded(g, list_outside(s, w, k), shape, &unguarded);
    const bool all = unguarded.all.count && addends_receipt(g, &unguarded, part) == RECEIPT_ALL;
    addends_free(g, &unguarded);
    return all;
}

/* Finds what guards there are of the array's adjoints; true if there are more than before. */
static bool look_for_guards(Reverse *s, Within *w, uint32_t k)
{
    const uint8_t before = w->guards[k], all = guards_of(s->g, &w->lists[k]) |
                                               guards_of(s->g, list_outside(s, w, k));
    const NodeId array = tuple_item(s->g, w->arrays, k);
    NodeId part;
    for (uint32_t i = 0; i < tuple_size(s->g, node_tuple(s->g, array)); i++)
        if ((all & ~w->guards[k]) && hands_on(s, array, i, &part) && !gets_anyway(s, w, k, part))
            w->guards[k] |= all;
    return w->guards[k] != before;
}

/* The adjoints of its elements to the parts. */
static void contribute_parts(Reverse *s, Within *w)
{
    Graph *g = s->g;
    NodeId part;
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++) {
        NodeId array = tuple_item(g, w->arrays, k);
        for (uint32_t i = 0; i < tuple_size(g, node_tuple(g, array)); i++) {
            if (!hands_on(s, array, i, &part))
                continue;
            const Node p = *node_at(g, part);
            if (w->sym[k]) {
                Addend a = {.value = build_own(g, w->sym[k], p.b)};
                NodeId test = outside_test(g, part, node_shape(g, array), a.value);
                a.hard = w->guards[k] & HAS_HARD ? test : build_true(g);
                a.soft = w->guards[k] & HAS_SOFT ? test : build_true(g);
                reverse_deliver(s, (Gift){p.a, reverse_scope(g, part), a});
            }
            reverse_release(s, p.a);
        }
    }
}

/* Parts for each array: what comes from outside, then what comes from the recurrence. */
static NodeId adjoint_array(Reverse *s, const Within *w, uint32_t k, const U32Vec *within,
                            uint32_t *next, const NodeId *image)
{
    Graph *g = s->g;
    NodeId member = member_of(s, w, k), array;
    U32Vec parts = {0};
    if (member && s->bar[member])
        reverse_add_seed(s, member);
    if (member && s->list[member])
        addends_parts(g, &s->lists.at[s->list[member] - 1], node_shape(g, member), &parts);
    for (uint32_t i = 0; i < w->lists[k].all.count; i++, (*next)++) {
        assert(*next < within->count);
        NodeId part = within->at[*next];
        *vec_push(graph_ctx(g), &parts) = image[part] ? image[part] : part;
    }
    if (!parts.count) {
        SetId bound;
        TupleId at = index_axes(g, sym_at(g, w->sym[k])->shape, 0, &bound);
        *vec_push(graph_ctx(g), &parts) = build_part(g, build_int(g, 0), at, bound);
    }
    array =
        build_array(g, tuple_of(g, parts.at, parts.count), w->sym[k],
                    parts_cover(g, &parts, sym_at(g, w->sym[k])->shape) ? ARRAY_SET : ARRAY_ADD);
    vec_free(graph_ctx(g), &parts);
    return array;
}

/* The recurrence of the adjoints; what reads it, into `owns`. */
static void adjoint_system(Reverse *s, Within *w, OwnImage *owns, uint32_t *count)
{
    Graph *g = s->g;
    Ctx *ctx = graph_ctx(g);
    U32Vec within = {0}, arrays = {0};
    uint32_t next = 0;
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++)
        if (w->sym[k])
            addends_parts(g, &w->lists[k], sym_at(g, w->sym[k])->shape, &within);
    NodeId *image = system_outside(g, w->system, w->in, &within, NULL, 0, s->kind != SWEEP_PLAIN);
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++) {
        if (!w->sym[k])
            continue;
        owns[arrays.count].own = w->sym[k];
        NodeId array = adjoint_array(s, w, k, &within, &next, image);
        *vec_push(ctx, &arrays) = array;
    }
    NodeId system = arrays.count ? build_system(g, tuple_of(g, arrays.at, arrays.count)) : 0;
    TupleId directions = system ? system_directions(g, &s->owners, system, w->system) : 0;
    if (directions)
        system = system_closed(g, system, directions, s->kind != SWEEP_PLAIN);
    *count = arrays.count;
    for (uint32_t k = 0, i = 0; k < tuple_size(g, w->arrays); k++) {
        NodeId member = member_of(s, w, k);
        if (!w->sym[k])
            continue;
        owns[i].array = build_member(g, system, i);
        owns[i].beside = directions;
        if (member)
            s->bar[member] = member_along(g, owns[i].array, directions);
        i++;
    }
    ctx_resize(ctx, image, 0);
    vec_free(ctx, &within);
    vec_free(ctx, &arrays);
}

/* What waited, to nodes outside. */
static void deliver_outside(Reverse *s, Within *w, const OwnImage *owns, uint32_t count)
{
    Graph *g = s->g;
    Ctx *ctx = graph_ctx(g);
    U32Vec roots = {0};
    for (uint32_t i = 0; i < w->gifts.count; i++) {
        *vec_push(ctx, &roots) = w->gifts.at[i].a.value;
        *vec_push(ctx, &roots) = w->gifts.at[i].a.hard;
        *vec_push(ctx, &roots) = w->gifts.at[i].a.soft;
    }
    NodeId *image = system_outside(g, w->system, w->in, &roots, owns, count,
                                   s->kind != SWEEP_PLAIN);
    for (uint32_t i = 0; i < w->gifts.count; i++) {
        Gift gift = w->gifts.at[i];
        NodeId *nodes[] = {&gift.a.value, &gift.a.hard, &gift.a.soft};
        for (int k = 0; k < 3; k++)
            *nodes[k] = image[*nodes[k]] ? image[*nodes[k]] : *nodes[k];
        gift.scope = set_union(g, gift.scope, node_at(g, w->system)->free);
        if (s->kind != SWEEP_PLAIN)
            graph_origin(g, node_origin(g, gift.a.value), MADE_BY_SWEEP);
        reverse_deliver(s, gift);
    }
    for (uint32_t i = 0; i < w->released.count; i++)
        reverse_release(s, w->released.at[i]);
    ctx_resize(ctx, image, 0);
    vec_free(ctx, &roots);
}

static void sweep_within(Reverse *s, Within *w)
{
    s->within = w;
    contribute_parts(s, w);
    for (NodeId v = w->system - 1; v > 0; v--)
        if (w->in[v] && s->live[v] && s->varied[v] && !s->visited[v])
            reverse_visit(s, v);
    s->within = w->outer;
}

/* As it was before, to sweep again. */
static void forget_within(Reverse *s, Within *w, const uint32_t *waiting)
{
    for (NodeId v = 1; v < w->system; v++) {
        if (!w->in[v])
            continue;
        s->bar[v] = s->hard[v] = s->soft[v] = 0;
        s->list[v] = s->visited[v] = 0;
        s->waiting[v] = waiting[v];
    }
    for (uint32_t k = 0; k < tuple_size(s->g, w->arrays); k++)
        addends_free(s->g, &w->lists[k]);
    w->gifts.count = w->released.count = 0;
}

/* At first as if no adjoint of an element were 0 by a condition; if those of an array turn out to
 * be, again with tests of these. */
static void sweep_with_guards(Reverse *s, Within *w)
{
    Ctx *ctx = graph_ctx(s->g);
    uint32_t *waiting = array_new(ctx, s->end, sizeof *waiting);
    const uint32_t count = tuple_size(s->g, w->arrays);
    bool more = false;
    for (NodeId v = 1; v < s->end; v++)
        waiting[v] = s->waiting[v];
    for (uint32_t k = 0; k < count; k++)
        look_for_guards(s, w, k);
    do {
        if (more)
            forget_within(s, w, waiting);
        more = false;
        sweep_within(s, w);
        for (uint32_t k = 0; k < count; k++)
            more |= look_for_guards(s, w, k);
    } while (more);
    ctx_resize(ctx, waiting, 0);
}

void system_visit(Reverse *s, NodeId system)
{
    Graph *g = s->g;
    Ctx *ctx = graph_ctx(g);
    Within w = {.outer = s->within, .system = system, .arrays = node_at(g, system)->a};
    uint32_t size = tuple_size(g, w.arrays), count;
    OwnImage *owns = array_new(ctx, size + 1, sizeof *owns);
    w.in = system_region(g, &s->owners, system);
    w.sym = array_new(ctx, size + 1, sizeof *w.sym);
    w.lists = array_new(ctx, size + 1, sizeof *w.lists);
    w.guards = array_new(ctx, size + 1, sizeof *w.guards);
    find_reached(s, &w);
    sweep_with_guards(s, &w);
    adjoint_system(s, &w, owns, &count);
    deliver_outside(s, &w, owns, count);
    for (uint32_t k = 0; k < size; k++)
        if (s->cut[tuple_item(g, w.arrays, k)] && member_of(s, &w, k))
            reverse_finish_array(s, member_of(s, &w, k));
    for (uint32_t k = 0; k < size; k++)
        addends_free(g, &w.lists[k]);
    ctx_resize(ctx, w.in, 0);
    ctx_resize(ctx, w.sym, 0);
    ctx_resize(ctx, w.lists, 0);
    ctx_resize(ctx, w.guards, 0);
    ctx_resize(ctx, owns, 0);
    vec_free(ctx, &w.gifts);
    vec_free(ctx, &w.released);
}
