/* A recurrence in, its loops out: the order of loops, up or down, in which each element is computed
 * from those that are there already.
 *
 * Statements (an array's parts) depend on those that set or add to the elements they read. What is
 * no circle is placed in order. A circle needs a loop that carries it: over an index by which all
 * of its statements move along an axis of their arrays, up or down, so that each element that is
 * read was written in an earlier turn, or in this one by a statement before. What remains within a
 * turn is ordered likewise, with one loop less to find. Method: loop generation by levels of the
 * dependence graph, after Allen and Kennedy, Optimizing Compilers for Modern Architectures, 2001,
 * section 2.5. */
#include <string.h>

#include "front/front.h"
#include "plan/plan.h"

typedef struct Part {
    NodeId array, part;
    bool first; /* placed already: what an array of sums begins with */
} Part;

typedef VEC(Part) PartVec;

/* That `reader` reads an element at `at` of what `writer` writes. */
typedef struct Edge {
    uint32_t writer, reader; /* numbers of parts */
    TupleId at;
    bool carried;
} Edge;

typedef VEC(Edge) EdgeVec;

typedef struct System {
    Schedule *s;
    Graph *g;
    Ctx *ctx;
    PartVec parts;
    EdgeVec edges;
} System;

static TupleId written(const System *y, uint32_t part)
{
    return node_at(y->g, y->parts.at[part].part)->b;
}

/* ---- dependences */

/* Are the elements surely different ones, for all values of the indices on both sides? */
static bool are_apart(System *y, TupleId a, TupleId b)
{
    Graph *g = y->g;
    NodeId one = build_int(g, 1);
    for (uint32_t k = 0; k < tuple_size(g, a); k++) {
        NodeId x = tuple_item(g, a, k), z = tuple_item(g, b, k);
        NodeId ends[4];
        ends[0] = extent_least(g, x, NULL, 0), ends[1] = extent_most(g, x, NULL, 0);
        ends[2] = extent_least(g, z, NULL, 0), ends[3] = extent_most(g, z, NULL, 0);
        for (int turn = 0; turn < 2; turn++) {
            NodeId low = ends[turn ? 2 : 0], high = ends[turn ? 1 : 3];
            if (low && high &&
                extent_nonnegative(g, build2(g, OP_SUB, build2(g, OP_SUB, low, high), one), NULL,
                                   0))
                return true;
        }
    }
    return false;
}

static void add_edges(System *y, uint32_t reader, NodeId own)
{
    const Node n = *node_at(y->g, own);
    for (uint32_t i = 0; i < y->parts.count; i++) {
        if (node_at(y->g, y->parts.at[i].array)->b != n.a || y->parts.at[i].first ||
            are_apart(y, written(y, i), n.b))
            continue;
        Edge e = {i, reader, n.b, false};
        *vec_push(y->ctx, &y->edges) = e;
    }
}

/* The elements of this recurrence that a part reads; gives whether there are any. */
static bool find_reads(System *y, NodeId system, NodeId part, U32Vec *reads)
{
    NodeId root = node_at(y->g, part)->a;
    uint8_t *live = graph_live(y->g, &root, 1);
    for (NodeId id = 1; id < y->s->count; id++)
        if (live[id] && node_op(y->g, id) == OP_OWN &&
            y->s->system_of_sym.at[node_at(y->g, id)->a] == system)
            *vec_push(y->ctx, reads) = id;
    ctx_resize(y->ctx, live, 0);
    return reads->count > 0;
}

/* ---- circles */

/* Which parts of the list can be reached from which, by edges that no loop carries yet. */
static uint8_t *reach(System *y, const U32Vec *list)
{
    uint32_t n = y->parts.count;
    uint8_t *in = array_new(y->ctx, n + 1, 1), *r = array_new(y->ctx, (size_t)n * n + 1, 1);
    for (uint32_t i = 0; i < list->count; i++)
        in[list->at[i]] = 1;
    for (uint32_t i = 0; i < y->edges.count; i++) {
        const Edge *e = &y->edges.at[i];
        if (!e->carried && in[e->writer] && in[e->reader])
            r[(size_t)e->writer * n + e->reader] = 1;
    }
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; r[(size_t)i * n + k] && j < n; j++)
                r[(size_t)i * n + j] |= r[(size_t)k * n + j];
    ctx_resize(y->ctx, in, 0);
    return r;
}

/* ---- loops that carry */

typedef enum Relation { REL_CARRIED, REL_SAME, REL_NONE } Relation;

/* Is the subscript the index, but for a constant? */
static bool moves_with(Graph *g, NodeId subscript, NodeId leaf)
{
    return !node_number(g, subscript) &&
           node_op(g, build2(g, OP_SUB, subscript, leaf)) == OP_CONST;
}

/* How an element at `read` stands to the one that is written in the same turn of a loop over the
 * index. */
static Relation relation_on(System *y, NodeId write, NodeId read, IndexId index, bool down)
{
    Graph *g = y->g;
    NodeId leaf = build_index(g, index);
    if (!moves_with(g, write, leaf) && !moves_with(g, read, leaf))
        return REL_NONE;
    if (extent_same(g, write, read))
        return REL_SAME;
    NodeId ahead = down ? build2(g, OP_SUB, read, write) : build2(g, OP_SUB, write, read);
    ahead = build2(g, OP_SUB, ahead, build_int(g, 1));
    return extent_nonnegative(g, ahead, NULL, 0) ? REL_CARRIED : REL_NONE;
}

static Relation relation(System *y, const Edge *e, IndexId index, bool down)
{
    Relation best = REL_NONE;
    TupleId write = written(y, e->writer);
    for (uint32_t a = 0; a < tuple_size(y->g, write) && best != REL_CARRIED; a++) {
        Relation r =
            relation_on(y, tuple_item(y->g, write, a), tuple_item(y->g, e->at, a), index, down);
        best = r < best ? r : best;
    }
    return best;
}

static bool is_inside(const U32Vec *list, uint32_t part)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i] == part)
            return true;
    return false;
}

/* Does a loop over the index order all dependences of the circle, and carry some? */
static bool orders(System *y, const U32Vec *circle, IndexId index, bool down)
{
    bool carries = false;
    for (uint32_t i = 0; i < circle->count; i++)
        if (!set_has(y->g, node_at(y->g, y->parts.at[circle->at[i]].part)->c, index))
            return false;
    for (uint32_t i = 0; i < y->edges.count; i++) {
        const Edge *e = &y->edges.at[i];
        if (e->carried || !is_inside(circle, e->writer) || !is_inside(circle, e->reader))
            continue;
        Relation r = relation(y, e, index, down);
        if (r == REL_NONE)
            return false;
        carries |= r == REL_CARRIED;
    }
    return carries;
}

/* The index, and the direction, of a loop for the circle: of the first subscripts first. */
static IndexId find_loop(System *y, const U32Vec *circle, bool *down)
{
    TupleId at = written(y, circle->at[0]);
    for (uint32_t a = 0; a < tuple_size(y->g, at); a++) {
        SetId free = node_at(y->g, tuple_item(y->g, at, a))->free;
        for (uint32_t k = 0; k < set_size(y->g, free); k++)
            for (int turn = 0; turn < 2; turn++) {
                *down = turn == 1;
                if (orders(y, circle, set_member(y->g, free, k), *down))
                    return set_member(y->g, free, k);
            }
    }
    return 0;
}

static void place_list(System *y, const U32Vec *list);

static void place_circle(System *y, const U32Vec *circle)
{
    bool down;
    IndexId index = find_loop(y, circle, &down);
    if (!index)
        ctx_fatal(
            y->ctx, STATUS_MODEL,
            "no loop was found for the recurrence of '%s': its equations must be over the same "
            "index, or over indices of the same range but for a constant",
            name_text(y->ctx,
                      sym_at(y->g, node_at(y->g, y->parts.at[circle->at[0]].array)->b)->name));
    U32Vec carried = {0};
    for (uint32_t i = 0; i < y->edges.count; i++) {
        Edge *e = &y->edges.at[i];
        if (!e->carried && is_inside(circle, e->writer) && is_inside(circle, e->reader) &&
            relation(y, e, index, down) == REL_CARRIED) {
            e->carried = true;
            *vec_push(y->ctx, &carried) = i;
        }
    }
    NodeId value = node_at(y->g, y->parts.at[circle->at[0]].part)->a;
    PlanStmt loop = plan_place_new(y->s, PLAN_LOOP, value);
    loop.index = index;
    loop.down = down;
    loop.ordered = true;
    TreeId at = tree_open(&y->s->tree, &loop);
    place_list(y, circle);
    tree_close(&y->s->tree, at);
    for (uint32_t i = 0; i < carried.count; i++)
        y->edges.at[carried.at[i]].carried = false;
    vec_free(y->ctx, &carried);
}

/* Circle by circle, each behind what it depends on, else as written. */
static void place_list(System *y, const U32Vec *list)
{
    uint32_t n = y->parts.count, left = list->count;
    uint8_t *r = reach(y, list), *done = array_new(y->ctx, n + 1, 1);
    while (left) {
        uint32_t next = n;
        for (uint32_t i = 0; i < list->count && next == n; i++) {
            uint32_t p = list->at[i];
            bool ready = !done[p];
            for (uint32_t k = 0; k < list->count && ready; k++) {
                uint32_t q = list->at[k];
                ready = done[q] || !r[(size_t)q * n + p] || r[(size_t)p * n + q];
            }
            next = ready ? p : n;
        }
        U32Vec circle = {0};
        for (uint32_t i = 0; i < list->count; i++) {
            uint32_t q = list->at[i];
            if (q == next || (r[(size_t)next * n + q] && r[(size_t)q * n + next]))
                *vec_push(y->ctx, &circle) = q;
        }
        if (circle.count == 1 && !r[(size_t)next * n + next]) {
            plan_schedule_for(y->s, node_at(y->g, y->parts.at[next].part)->a);
            plan_place_part(y->s, y->parts.at[next].array, y->parts.at[next].part);
        } else {
            place_circle(y, &circle);
        }
        for (uint32_t i = 0; i < circle.count; i++)
            done[circle.at[i]] = 1;
        left -= circle.count;
        vec_free(y->ctx, &circle);
    }
    ctx_resize(y->ctx, r, 0);
    ctx_resize(y->ctx, done, 0);
}

/* ---- the recurrence */

/* An array's parts; of one of sums what it begins with is placed at once. */
static void take_array(System *y, NodeId system, NodeId array)
{
    TupleId parts = node_at(y->g, array)->a;
    uint32_t size = tuple_size(y->g, parts);
    uint8_t *may = array_new(y->ctx, size + 1, 1);
    NodeId first = 0;
    for (uint32_t i = 0; i < size; i++) {
        U32Vec reads = {0};
        may[i] = !find_reads(y, system, tuple_item(y->g, parts, i), &reads);
        vec_free(y->ctx, &reads);
    }
    if (node_at(y->g, array)->c == ARRAY_ADD)
        first = plan_place_first(y->s, array, may);
    for (uint32_t i = 0; i < size; i++) {
        Part p = {array, tuple_item(y->g, parts, i), tuple_item(y->g, parts, i) == first};
        *vec_push(y->ctx, &y->parts) = p;
    }
    ctx_resize(y->ctx, may, 0);
}

static void place_system(Schedule *s, NodeId system)
{
    System y = {.s = s, .g = s->g, .ctx = s->plan->ctx};
    TupleId arrays = node_at(s->g, system)->a;
    U32Vec list = {0};
    for (uint32_t i = 0; i < tuple_size(s->g, arrays); i++) {
        NodeId array = tuple_item(s->g, arrays, i);
        plan_add_array(s, array);
        s->plan->array_of_sym.at[node_at(s->g, array)->b] = s->plan->array_of.at[array];
    }
    for (uint32_t i = 0; i < tuple_size(s->g, arrays); i++)
        take_array(&y, system, tuple_item(s->g, arrays, i));
    for (uint32_t i = 0; i < y.parts.count; i++) {
        U32Vec reads = {0};
        find_reads(&y, system, y.parts.at[i].part, &reads);
        for (uint32_t k = 0; k < reads.count; k++)
            add_edges(&y, i, reads.at[k]);
        vec_free(y.ctx, &reads);
        if (!y.parts.at[i].first)
            *vec_push(y.ctx, &list) = i;
    }
    place_list(&y, &list);
    vec_free(y.ctx, &list);
    vec_free(y.ctx, &y.parts);
    vec_free(y.ctx, &y.edges);
}

void plan_place_system(Schedule *s, NodeId system)
{
    Tree *t = &s->tree;
    TreeId active = t->active, before = t->before;
    if (active != TREE_ROOT && !set_size(s->g, node_at(s->g, system)->free)) {
        t->before = tree_child(t, TREE_ROOT, active); /* it does not vary with the loops at hand */
        t->active = TREE_ROOT;
    }
    place_system(s, system);
    t->active = active;
    t->before = before;
}
