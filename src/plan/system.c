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
#include "front/front.h"
#include "plan/plan.h"

/* The serial number of indices that are apart from those of the model. */
enum { APART = 1 << 23 };

typedef struct Part {
    NodeId array, part;
    bool first; /* placed already: what an array of sums begins with */
} Part;

typedef VEC(Part) PartVec;

/* That `reader` reads an element of what `writer` writes. */
typedef struct Edge {
    uint32_t writer, reader; /* numbers of parts */
    NodeId own;              /* the OWN node */
} Edge;

typedef VEC(Edge) EdgeVec;

typedef struct System {
    Schedule *s;
    Graph *g;
    Ctx *ctx;
    PartVec parts;
    EdgeVec edges;
    Elements written;  /* what the parts write, by symbol */
    U32Vec reads;      /* OWN nodes of the recurrence */
    U32Vec reads_from; /* a part each: where in `reads` those that it needs begin; and the end */
    uint32_t *place;   /* a part each: where it is in the list at hand */
    SetId open;        /* the indices of the loops around */
} System;

static TupleId written(const System *y, uint32_t part)
{
    return node_at(y->g, y->parts.at[part].part)->b;
}

static TupleId read_by(const System *y, const Edge *e) { return node_at(y->g, e->own)->b; }

/* ---- what conditions say */

/* How deep they, and values under them, are looked into. */
enum { CONDITION_DEPTH = 12, VALUE_DEPTH = 4 };

/* What holds of integers where a comparison does. */
static void know_comparison(Graph *g, Op op, NodeId a, NodeId b, Facts *f)
{
    const NodeId one = build_int(g, 1), ahead = build2(g, OP_SUB, a, b),
                 behind = build2(g, OP_SUB, b, a);
    if (op == OP_GE || op == OP_EQ)
        facts_add(f, ahead);
    if (op == OP_LE || op == OP_EQ)
        facts_add(f, behind);
    if (op == OP_GT || (op == OP_NE && extent_nonnegative(g, ahead, f->at, f->count)))
        facts_add(f, build2(g, OP_SUB, ahead, one));
    if (op == OP_LT || (op == OP_NE && extent_nonnegative(g, behind, f->at, f->count)))
        facts_add(f, build2(g, OP_SUB, behind, one));
}

static void know(Graph *g, NodeId condition, bool holds, int depth, Facts *f);

/* What both conditions say, of which one holds. */
static void know_either(Graph *g, NodeId one, NodeId other, bool holds, int depth, Facts *f)
{
    Facts a = *f, b = *f;
    know(g, one, holds, depth, &a);
    know(g, other, holds, depth, &b);
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t k = 0; k < b.count; k++)
            if (a.at[i] == b.at[k])
                facts_add(f, a.at[i]);
}

/* Of a condition that holds, or does not. That integers differ tells which is larger where it is
 * known that it is not smaller. */
static void know(Graph *g, NodeId condition, bool holds, int depth, Facts *f)
{
    const Node n = *node_at(g, condition);
    if (depth == CONDITION_DEPTH)
        return;
    if (n.op == OP_NOT) {
        know(g, n.a, !holds, depth + 1, f);
    } else if (n.op == (holds ? OP_AND : OP_OR)) {
        know(g, n.a, holds, depth + 1, f);
        know(g, n.b, holds, depth + 1, f);
        know(g, n.a, holds, CONDITION_DEPTH - 1, f);
    } else if (n.op == OP_AND || n.op == OP_OR) {
        know_either(g, n.a, n.b, holds, depth + 1, f);
    } else if (op_is_comparison((Op)n.op) && node_is_integer(g, n.a) && node_is_integer(g, n.b)) {
        know_comparison(g, holds ? (Op)n.op : op_opposite((Op)n.op), n.a, n.b, f);
    }
}

/* Where the element that is read is needed. */
static Facts facts_of_read(const System *y, const Edge *e)
{
    Facts f = {.count = 0};
    if (e->own < y->s->count && y->s->need[e->own])
        know(y->g, y->s->need[e->own], true, 0, &f);
    return f;
}

/* The condition that a value is 0 without; 0 if there is none. */
static NodeId condition_on(Graph *g, NodeId value, int depth)
{
    while (node_op(g, value) == OP_TEMP || node_op(g, value) == OP_NAME)
        value = node_at(g, value)->a;
    const Node n = *node_at(g, value);
    const bool sum = n.op == OP_ADD || n.op == OP_SUB;
    if (n.op == OP_SELECT && node_is_int(g, n.c, 0))
        return n.a;
    if (n.op == OP_SELECT && node_is_int(g, n.b, 0))
        return build_not(g, n.a);
    if (depth == VALUE_DEPTH || (!sum && n.op != OP_MUL && n.op != OP_DIV && n.op != OP_NEG))
        return 0;
    const NodeId a = condition_on(g, n.a, depth + 1),
                 b = sum || (n.op == OP_MUL && !a) ? condition_on(g, n.b, depth + 1) : 0;
    return !sum ? a ? a : b : a && b ? build_or(g, a, b) : 0;
}

/* The condition on what a part adds, which is 0 elsewhere; 0 if there is none. */
static NodeId adds_if(const System *y, uint32_t part)
{
    const Part *p = &y->parts.at[part];
    return node_at(y->g, p->array)->c == ARRAY_ADD
               ? condition_on(y->g, node_at(y->g, p->part)->a, 0) : 0;
}

/* Where the element is needed, and something added by the writer, in one turn of the loops. */
static Facts facts_of(const System *y, const Edge *e)
{
    Facts f = facts_of_read(y, e);
    const NodeId condition = adds_if(y, e->writer);
    if (condition)
        know(y->g, condition, true, 0, &f);
    return f;
}

/* ---- dependences */

/* The element that a part writes, and on which condition, with its own indices, which are those of
 * no loop around, apart from those of who reads. */
static Piece written_apart(System *y, uint32_t part)
{
    Graph *g = y->g;
    const SetId bound = node_at(g, y->parts.at[part].part)->c;
    Piece p = {adds_if(y, part), written(y, part), set_minus(g, bound, y->open)};
    for (uint32_t k = 0; k < set_size(g, p.bound);) {
        const IndexId index = set_member(g, p.bound, k);
        const Index is = *index_at(g, index);
        if (is.serial == APART) {
            k++;
            continue;
        }
        const IndexId other = index_of(g, is.name, is.lower, is.upper, APART);
        p = piece_moved(g, p, index, other, build_index(g, other));
        k = 0;
    }
    return p;
}

/* Is the element that is read surely none that the part writes within a turn of the loops around,
 * whatever the other indices are on both sides? */
static bool is_apart(System *y, const Edge *e)
{
    Graph *g = y->g;
    const Piece write = written_apart(y, e->writer);
    const TupleId at = write.at, read = read_by(y, e);
    const NodeId one = build_int(g, 1);
    Facts f = facts_of_read(y, e);
    if (write.value)
        know(g, write.value, true, 0, &f);
    for (uint32_t k = 0; k < tuple_size(g, at); k++) {
        const NodeId ahead = build2(g, OP_SUB, tuple_item(g, at, k), tuple_item(g, read, k));
        const NodeId behind = build2(g, OP_SUB, build_int(g, 0), ahead);
        if (extent_nonnegative(g, build2(g, OP_SUB, ahead, one), f.at, f.count) ||
            extent_nonnegative(g, build2(g, OP_SUB, behind, one), f.at, f.count))
            return true;
    }
    return false;
}

static void add_edges(System *y, uint32_t reader, NodeId own)
{
    const Node n = *node_at(y->g, own);
    U32Vec writers = {0};
    elements_like(y->g, &y->written, n.a, n.b, &writers);
    for (uint32_t i = 0; i < writers.count; i++) {
        const Edge e = {writers.at[i], reader, own};
        if (!is_apart(y, &e))
            *vec_push(y->ctx, &y->edges) = e;
    }
    vec_free(y->ctx, &writers);
}

static bool is_read(const System *y, NodeId id, NodeId system)
{
    return node_op(y->g, id) == OP_OWN &&
           y->s->system_of_sym.at[node_at(y->g, id)->a] == system;
}

/* Adds the elements of this recurrence that the next part reads; gives whether there are any. */
static bool find_reads(System *y, NodeId system, NodeId part)
{
    const uint32_t first = y->reads.count;
    U32Vec below = graph_below(y->g, node_at(y->g, part)->a);
    *vec_push(y->ctx, &y->reads_from) = first;
    for (uint32_t i = 0; i < below.count; i++)
        if (is_read(y, below.at[i], system))
            *vec_push(y->ctx, &y->reads) = below.at[i];
    vec_free(y->ctx, &below);
    return y->reads.count > first;
}

/* ---- circles */

/* What of a list of parts is in circles, and what waits for what. */
typedef struct Circles {
    uint32_t count;      /* of circles, in the order of their first parts */
    Groups parts, edges; /* of each: places in the list, in the list of edges */
    ArcVec waits;        /* from one to one that reads what it writes */
    Groups waiting;      /* the arcs from each */
    uint32_t *before;    /* a circle each: how many arcs to it are left */
} Circles;

/* For each edge the circle that it is in; UINT32_MAX for one between two, of which one waits for
 * the other. */
static uint32_t *sort_edges(System *y, Circles *c, const U32Vec *edges, const uint32_t *circle)
{
    uint32_t *inside = array_new(y->ctx, (size_t)edges->count + 1, sizeof *inside);
    for (uint32_t i = 0; i < edges->count; i++) {
        const Edge *e = &y->edges.at[edges->at[i]];
        const Arc a = {circle[y->place[e->writer]], circle[y->place[e->reader]]};
        inside[i] = a.from == a.to ? a.from : UINT32_MAX;
        if (a.from != a.to)
            *vec_push(y->ctx, &c->waits) = a;
    }
    return inside;
}

static Circles circles_of(System *y, const U32Vec *list, const U32Vec *edges)
{
    Circles c = {0};
    ArcVec arcs = {0};
    uint32_t *circle = array_new(y->ctx, (size_t)list->count + 1, sizeof *circle);
    for (uint32_t i = 0; i < list->count; i++)
        y->place[list->at[i]] = i;
    for (uint32_t i = 0; i < edges->count; i++) {
        const Edge *e = &y->edges.at[edges->at[i]];
        *vec_push(y->ctx, &arcs) = (Arc){y->place[e->writer], y->place[e->reader]};
    }
    c.count = arcs_components(y->ctx, &arcs, list->count, circle);
    c.parts = groups_new(y->ctx, circle, list->count, c.count);
    uint32_t *inside = sort_edges(y, &c, edges, circle);
    c.edges = groups_new(y->ctx, inside, edges->count, c.count);
    c.waiting = arcs_by_from(y->ctx, &c.waits, c.count);
    c.before = array_new(y->ctx, (size_t)c.count + 1, sizeof *c.before);
    for (uint32_t i = 0; i < c.waits.count; i++)
        c.before[c.waits.at[i].to]++;
    ctx_resize(y->ctx, inside, 0);
    ctx_resize(y->ctx, circle, 0);
    vec_free(y->ctx, &arcs);
    return c;
}

static void circles_end(System *y, Circles *c)
{
    groups_free(y->ctx, &c->parts);
    groups_free(y->ctx, &c->edges);
    groups_free(y->ctx, &c->waiting);
    vec_free(y->ctx, &c->waits);
    ctx_resize(y->ctx, c->before, 0);
}

/* What of a list belongs to a group. */
static U32Vec pick(System *y, const U32Vec *list, const Groups *groups, uint32_t group)
{
    U32Vec picked = {0};
    for (uint32_t i = groups->start[group]; i < groups->start[group + 1]; i++)
        *vec_push(y->ctx, &picked) = list->at[groups->items[i]];
    return picked;
}

/* ---- loops that carry */

/* What is read was written in an earlier turn, or in none that is later, or who knows. */
typedef enum Relation { REL_CARRIED, REL_NO_LATER, REL_NONE } Relation;

/* Is the subscript the index, but for a constant? */
static bool moves_with(Graph *g, NodeId subscript, NodeId leaf)
{
    return !node_number(g, subscript) &&
           node_op(g, build2(g, OP_SUB, subscript, leaf)) == OP_CONST;
}

/* How an element at `read` stands to the one that is written in the same turn of a loop over the
 * index. */
static Relation relation_on(Graph *g, NodeId write, NodeId read, IndexId index, bool down,
                            const Facts *f)
{
    NodeId leaf = build_index(g, index);
    if (!moves_with(g, write, leaf) && !moves_with(g, read, leaf))
        return REL_NONE;
    if (extent_same(g, write, read))
        return REL_NO_LATER;
    NodeId ahead = down ? build2(g, OP_SUB, read, write) : build2(g, OP_SUB, write, read);
    if (extent_nonnegative(g, build2(g, OP_SUB, ahead, build_int(g, 1)), f->at, f->count))
        return REL_CARRIED;
    return extent_nonnegative(g, ahead, f->at, f->count) ? REL_NO_LATER : REL_NONE;
}

static Relation relation(Graph *g, TupleId write, TupleId read, IndexId index, bool down,
                         const Facts *f)
{
    Relation best = REL_NONE;
    for (uint32_t a = 0; a < tuple_size(g, write) && best != REL_CARRIED; a++) {
        Relation r =
            relation_on(g, tuple_item(g, write, a), tuple_item(g, read, a), index, down, f);
        best = r < best ? r : best;
    }
    return best;
}

bool plan_is_carried(Graph *g, TupleId write, TupleId read, IndexId index, bool down)
{
    const Facts none = {.count = 0};
    return relation(g, write, read, index, down, &none) == REL_CARRIED;
}

static Relation relation_of(System *y, uint32_t edge, IndexId index, bool down)
{
    const Edge *e = &y->edges.at[edge];
    const Facts f = facts_of(y, e);
    return relation(y->g, written(y, e->writer), read_by(y, e), index, down, &f);
}

/* Does the range of the index depend on no index of the part that has no loop yet? */
static bool range_known(System *y, IndexId index, SetId bound)
{
    const Index *i = index_at(y->g, index);
    const SetId lower = node_at(y->g, i->lower)->free, upper = node_at(y->g, i->upper)->free;
    const SetId later = set_minus(y->g, set_union(y->g, lower, upper), y->open);
    return set_minus(y->g, later, bound) == later;
}

/* Can a loop over the index be opened that orders all dependences of the circle, and carries some,
 * or none at all? */
static bool orders(System *y, const U32Vec *circle, const U32Vec *edges, IndexId index, bool down,
                   bool carry)
{
    bool carries = false;
    for (uint32_t i = 0; i < circle->count; i++) {
        const SetId bound = node_at(y->g, y->parts.at[circle->at[i]].part)->c;
        if (!set_has(y->g, bound, index) || !range_known(y, index, bound))
            return false;
    }
    for (uint32_t i = 0; i < edges->count; i++) {
        Relation r = relation_of(y, edges->at[i], index, down);
        if (r == REL_NONE)
            return false;
        carries |= r == REL_CARRIED;
    }
    return carries == carry;
}

/* The index, and the direction, of a loop for the circle: of the first subscripts first. Where none
 * that carries can be opened, one that ranges of others may depend on. */
static IndexId find_loop(System *y, const U32Vec *circle, const U32Vec *edges, bool *down)
{
    TupleId at = written(y, circle->at[0]);
    for (int carry = 1; carry >= 0; carry--)
        for (uint32_t a = 0; a < tuple_size(y->g, at); a++) {
            SetId free = set_minus(y->g, node_at(y->g, tuple_item(y->g, at, a))->free, y->open);
            for (uint32_t k = 0; k < set_size(y->g, free); k++)
                for (int turn = 0; turn < 1 + carry; turn++) {
                    *down = turn == 1;
                    if (orders(y, circle, edges, set_member(y->g, free, k), *down, carry))
                        return set_member(y->g, free, k);
                }
        }
    return 0;
}

static void place_list(System *y, const U32Vec *list, const U32Vec *edges);

_Noreturn static void no_loop(System *y, uint32_t part)
{
    const Sym *sym = sym_at(y->g, node_at(y->g, y->parts.at[part].array)->b);
    diag_error(y->ctx, sym->span, "recurrence", "no loop was found for the recurrence of '%s'",
               name_text(y->ctx, sym->name));
    diag_hint(y->ctx, "its equations must be over the same index, or over indices of the same "
                      "range but for a constant");
    diag_stop(y->ctx);
}

/* What the circle reads of other arrays, before its loop. */
static void place_ahead(System *y, const U32Vec *circle, IndexId index)
{
    U32Vec values = {0};
    for (uint32_t i = 0; i < circle->count; i++)
        *vec_push(y->ctx, &values) = node_at(y->g, y->parts.at[circle->at[i]].part)->a;
    plan_place_ahead(y->s, values.at, values.count, index);
    vec_free(y->ctx, &values);
}

/* The dependences that are left within a turn of the loop, which is open. */
static U32Vec edges_within(System *y, const U32Vec *edges, IndexId index, bool down)
{
    U32Vec left = {0};
    for (uint32_t i = 0; i < edges->count; i++) {
        if (relation_of(y, edges->at[i], index, down) != REL_CARRIED &&
            !is_apart(y, &y->edges.at[edges->at[i]]))
            *vec_push(y->ctx, &left) = edges->at[i];
    }
    return left;
}

static void place_circle(System *y, const U32Vec *circle, const U32Vec *edges)
{
    bool down;
    IndexId index = find_loop(y, circle, edges, &down);
    if (!index)
        no_loop(y, circle->at[0]);
    const SetId open = y->open;
    y->open = set_with(y->g, open, index);
    U32Vec left = edges_within(y, edges, index, down);
    NodeId value = node_at(y->g, y->parts.at[circle->at[0]].part)->a;
    PlanStmt loop = plan_place_new(y->s, PLAN_LOOP, value);
    loop.index = index;
    loop.down = down;
    loop.ordered = true;
    place_ahead(y, circle, index);
    TreeId at = tree_open(&y->s->tree, &loop);
    place_list(y, circle, &left);
    y->open = open;
    tree_close(&y->s->tree, at);
    vec_free(y->ctx, &left);
}

/* One that is in no circle, or a circle, of the list. */
static void place_next(System *y, const U32Vec *list, const U32Vec *edges, const Circles *c,
                       uint32_t circle)
{
    U32Vec parts = pick(y, list, &c->parts, circle), inside = pick(y, edges, &c->edges, circle);
    const Part *first = &y->parts.at[parts.at[0]];
    if (inside.count) {
        place_circle(y, &parts, &inside);
    } else {
        plan_schedule_for(y->s, node_at(y->g, first->part)->a);
        plan_place_part(y->s, first->array, first->part);
    }
    vec_free(y->ctx, &parts);
    vec_free(y->ctx, &inside);
}

/* Circle by circle, each behind what it depends on, else as written. The edges are those between
 * parts of the list that no loop carries yet. */
static void place_list(System *y, const U32Vec *list, const U32Vec *edges)
{
    Circles c = circles_of(y, list, edges);
    U32Vec ready = {0};
    for (uint32_t i = 0; i < c.count; i++)
        if (!c.before[i])
            heap_push(y->ctx, &ready, i);
    while (ready.count) {
        const uint32_t next = heap_pop(&ready);
        place_next(y, list, edges, &c, next);
        for (uint32_t i = c.waiting.start[next]; i < c.waiting.start[next + 1]; i++) {
            const uint32_t then = c.waits.at[c.waiting.items[i]].to;
            if (!--c.before[then])
                heap_push(y->ctx, &ready, then);
        }
    }
    circles_end(y, &c);
    vec_free(y->ctx, &ready);
}

/* ---- the recurrence */

static bool reads_member(const Schedule *s, SymId sym)
{
    for (uint32_t i = 0; i < s->plan->fn.order.count; i++) {
        const Node *n = node_at(s->g, s->plan->fn.order.at[i]);
        if (n->op == OP_OWN && n->a == sym)
            return true;
    }
    return false;
}

/* Need there be a place for the array's elements? Not if it has none, or if all are 0, and nobody
 * reads them, as where the loops that did have no turns. */
static bool has_place(const Schedule *s, NodeId array)
{
    const Node a = *node_at(s->g, array);
    if (s->result_as[array] || tuple_size(s->g, a.a) > 1)
        return true;
    const NodeId value = tuple_size(s->g, a.a) ? node_at(s->g, tuple_item(s->g, a.a, 0))->a : 0;
    return (value && !node_is_int(s->g, value, 0)) || reads_member(s, a.b);
}

/* An array's parts; of one of sums what it begins with is placed at once. */
static void take_array(System *y, NodeId system, NodeId array)
{
    const TupleId parts = node_at(y->g, array)->a;
    const uint32_t size = tuple_size(y->g, parts);
    uint8_t *may = array_new(y->ctx, size + 1, 1);
    NodeId first = 0;
    for (uint32_t i = 0; i < size; i++)
        may[i] = !find_reads(y, system, tuple_item(y->g, parts, i));
    if (node_at(y->g, array)->c == ARRAY_ADD)
        first = plan_place_first(y->s, array, may);
    for (uint32_t i = 0; i < size; i++) {
        Part p = {array, tuple_item(y->g, parts, i), tuple_item(y->g, parts, i) == first};
        if (!p.first)
            elements_add(y->g, &y->written, node_at(y->g, array)->b, node_at(y->g, p.part)->b,
                         y->parts.count);
        *vec_push(y->ctx, &y->parts) = p;
    }
    ctx_resize(y->ctx, may, 0);
}

static void take_arrays(System *y, NodeId system)
{
    const TupleId arrays = node_at(y->g, system)->a;
    for (uint32_t i = 0; i < tuple_size(y->g, arrays); i++)
        if (has_place(y->s, tuple_item(y->g, arrays, i)))
            take_array(y, system, tuple_item(y->g, arrays, i));
    *vec_push(y->ctx, &y->reads_from) = y->reads.count;
}

static void place_parts(System *y)
{
    U32Vec list = {0}, edges = {0};
    for (uint32_t i = 0; i < y->parts.count; i++) {
        for (uint32_t k = y->reads_from.at[i]; k < y->reads_from.at[i + 1]; k++)
            add_edges(y, i, y->reads.at[k]);
        if (!y->parts.at[i].first)
            *vec_push(y->ctx, &list) = i;
    }
    for (uint32_t i = 0; i < y->edges.count; i++)
        if (!y->parts.at[y->edges.at[i].reader].first)
            *vec_push(y->ctx, &edges) = i;
    y->place = array_new(y->ctx, (size_t)y->parts.count + 1, sizeof *y->place);
    place_list(y, &list, &edges);
    ctx_resize(y->ctx, y->place, 0);
    vec_free(y->ctx, &list);
    vec_free(y->ctx, &edges);
}

static void place_system(Schedule *s, NodeId system)
{
    System y = {.s = s, .g = s->g, .ctx = s->plan->ctx};
    TupleId arrays = node_at(s->g, system)->a;
    for (uint32_t i = 0; i < tuple_size(s->g, arrays); i++) {
        NodeId array = tuple_item(s->g, arrays, i);
        if (!has_place(s, array))
            continue;
        plan_add_array(s, array);
        s->plan->array_of_sym.at[node_at(s->g, array)->b] = s->plan->array_of.at[array];
    }
    take_arrays(&y, system);
    place_parts(&y);
    vec_free(y.ctx, &y.parts);
    vec_free(y.ctx, &y.edges);
    elements_end(y.g, &y.written);
    vec_free(y.ctx, &y.reads);
    vec_free(y.ctx, &y.reads_from);
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
