/* A recurrence with its shapes in, the question answered whether loops in some order compute all
 * elements; an error that shows the cycle if not.
 *
 * The one idea is Allen's and Kennedy's: equations are vertices, and who reads what another one
 * writes has an edge to it. What is in no cycle needs no loop. In a strongly connected component
 * there must be an axis of each array, a direction, and for each equation a number of turns that it
 * waits for, such that no equation reads an element of a later turn than that in which it writes;
 * edges that surely read one of an earlier turn are satisfied by a loop over this axis, and the
 * rest is looked at again.
 * The turns to wait for are potentials: they exist if no circle of distances has a sum below 0
 * (Bellman and Ford), and whichever are found, a circle whose distances sum up to more than 0 has
 * an edge that is satisfied. */
#include <stdlib.h>
#include <string.h>

#include "front/front.h"

enum { RANK_MAX = 16, CORE_MAX = 64, STEPS_MAX = 100000 };

/* How many turns, at least, the element that is read lies before the one that is written, on a pair
 * of axes; or one of these. */
enum { LIE_UNKNOWN = -1000001, LIE_OPEN = -1000002, LIE_MAX = 1000000 };

/* An equation. */
typedef struct Writer {
    uint32_t member;         /* of which array, as a number within the recurrence */
    const Equation *is;      /* as written */
    uint32_t rank;           /* subscripts */
    NodeId at[RANK_MAX];     /* of the element that it writes */
    NodeId least[RANK_MAX];  /* each at least; 0 if not known */
    NodeId most[RANK_MAX];   /* each at most; 0 if not known */
} Writer;

/* What an equation reads, and one that perhaps writes it. */
typedef struct Edge {
    uint32_t reader, writer; /* equations */
    uint32_t member;         /* the array that is read */
    uint32_t rank;           /* its subscripts */
    NodeId at[RANK_MAX];     /* of the element that is read */
    AstId read;              /* where */
    uint32_t lies;           /* first of cycle->lies */
} Edge;

/* A loop that has been found. */
typedef struct Loop {
    uint32_t first, count; /* its equations: run of cycle->aligned */
    bool down;
} Loop;

typedef struct Cycle {
    Shaping *s;
    Graph *g;
    bool guards;             /* do conditions count? */
    uint32_t members;        /* arrays */
    VEC(Writer) writers;     /* all equations */
    Elements written;        /* where they write, by member */
    VEC(Edge) edges;
    VEC(int32_t) lies;       /* by edge, direction, axis written, axis read */
    int64_t *wait;           /* an equation each: turns */
    uint32_t *component;     /* an equation each */
    Groups equations_of;     /* a component each */
    Groups edges_of;         /* a component each: those alive when it was found */
    uint32_t *axis;          /* an array each: 1 + the axis of the loop; 0 if none is chosen yet */
    uint32_t *looped;        /* an equation each: bits of the axes that have loops */
    uint32_t steps;          /* choices tried */
    VEC(Loop) loops;
    VEC(Aligned) aligned;    /* equations of loops */
} Cycle;

static const AstNode *node(const Cycle *c, AstId id) { return &c->s->unit->ast->nodes.at[id]; }

static AstId listed(const Cycle *c, uint32_t place) { return c->s->unit->ast->list.at[place]; }

static NodeId integer(const Cycle *c, AstId id) { return c->s->unit->types.at[id].integer; }

static const Entity *member_at(const Cycle *c, uint32_t member)
{
    const Unit *u = c->s->unit;
    return &u->entities.at[u->systems.at[c->s->system - 1].members.at[member]];
}

/* ---- what is written and read */

static void add_writers(Cycle *c, uint32_t member)
{
    const Unit *u = c->s->unit;
    for (uint32_t i = member_at(c, member)->equation; i; i = u->equations.at[i - 1].next) {
        Equation *e = &u->equations.at[i - 1];
        Writer w = {.member = member, .is = e, .rank = e->count};
        SetId bound = 0;
        for (uint32_t k = 0; k < w.rank; k++) {
            w.at[k] = integer(c, ast_rangeless(u->ast, listed(c, e->items + k)));
            w.least[k] = extent_least(c->g, w.at[k], NULL, 0);
            w.most[k] = extent_most(c->g, w.at[k], NULL, 0);
            bound = set_union(c->g, bound, node_at(c->g, w.at[k])->free);
        }
        const TupleId at = tuple_of(c->g, w.at, w.rank);
        e->place = (Piece){0, at, bound};
        e->shared = 0;
        elements_add(c->g, &c->written, member, at, c->writers.count);
        *vec_push(c->s->ctx, &c->writers) = w;
    }
}

/* Where an element is read indices are within their ranges, which are not empty, then; and the
 * conditions around it hold. */
static void find_facts(Cycle *c, const Edge *e, Facts *f)
{
    Graph *g = c->g;
    const Writer *r = &c->writers.at[e->reader];
    SetId set = 0;
    f->count = 0;
    for (uint32_t k = 0; k < r->rank; k++)
        set = set_union(g, set, node_at(g, r->at[k])->free);
    for (uint32_t k = 0; k < e->rank; k++)
        set = set_union(g, set, node_at(g, e->at[k])->free);
    for (uint32_t i = 0; i < set_size(g, set); i++) {
        const Index index = *index_at(g, set_member(g, set, i));
        NodeId size = build2(g, OP_SUB, index.upper, index.lower);
        NodeId fact = extent_most(g, build2(g, OP_SUB, size, build_int(g, 1)), NULL, 0);
        if (fact)
            facts_add(f, fact);
    }
    if (c->guards)
        guard_facts_around(c->s, e->read, f);
}

/* Is `low` surely below `high`? */
static bool below(Cycle *c, NodeId low, NodeId high, const Facts *f)
{
    NodeId room = build2(c->g, OP_SUB, high, low);
    room = build2(c->g, OP_SUB, room, build_int(c->g, 1));
    return extent_nonnegative(c->g, room, f->at, f->count);
}

/* Is it proved that the equation does not write what is read? */
static bool is_apart(Cycle *c, const Edge *read, const Writer *w)
{
    Facts f;
    find_facts(c, read, &f);
    for (uint32_t k = 0; k < read->rank; k++)
        if ((w->most[k] && below(c, w->most[k], read->at[k], &f)) ||
            (w->least[k] && below(c, read->at[k], w->least[k], &f)))
            return true;
    return false;
}

static void set_conditional(Cycle *c, uint32_t writer)
{
    const Unit *u = c->s->unit;
    u->equations.at[c->writers.at[writer].is - u->equations.at].conditional = true;
}

/* The same; if it is proved by conditions alone, the order of the reader rests on them. */
static bool is_left_out(Cycle *c, const Edge *read, const Writer *w)
{
    const bool guards = c->guards, apart = is_apart(c, read, w);
    c->guards = false;
    if (apart && guards && !is_apart(c, read, w))
        set_conditional(c, read->reader);
    c->guards = guards;
    return apart;
}

/* An edge to each equation that may write what is read at this node. */
static void add_edges(Cycle *c, uint32_t reader, AstId id)
{
    const AstNode *n = node(c, id);
    int64_t member = shape_member(c->s, n);
    if (member < 0)
        return;
    TupleId shape = member_at(c, (uint32_t)member)->shape;
    Edge e = {.reader = reader, .member = (uint32_t)member, .rank = tuple_size(c->g, shape),
              .read = id};
    given_subscripts(c->s, id, shape, e.at);
    U32Vec writers = {0};
    elements_like(c->g, &c->written, e.member, tuple_of(c->g, e.at, e.rank), &writers);
    for (uint32_t i = 0; i < writers.count; i++) {
        const Writer *w = &c->writers.at[writers.at[i]], *r = &c->writers.at[reader];
        if (is_left_out(c, &e, w))
            continue;
        e.writer = writers.at[i];
        e.lies = c->lies.count;
        for (uint32_t k = 0; k < 2 * e.rank * r->rank; k++)
            *vec_push(c->s->ctx, &c->lies) = LIE_OPEN;
        *vec_push(c->s->ctx, &c->edges) = e;
    }
    vec_free(c->s->ctx, &writers);
}

/* ---- how elements lie */

static int32_t find_lie(Cycle *c, const Edge *e, uint32_t written, uint32_t read, bool down)
{
    const Writer *r = &c->writers.at[e->reader];
    NodeId low = e->at[read], high = r->at[written];
    Facts f;
    find_facts(c, e, &f);
    if (down)
        low = high, high = e->at[read];
    NodeId distance = build2(c->g, OP_SUB, high, low);
    NodeId least = extent_least(c->g, distance, f.at, f.count);
    const Number *value = least ? node_number(c->g, least) : NULL;
    long turns;
    const bool some = value && number_integer(value, &turns) && labs(turns) < LIE_MAX;
    if (some && turns > 0)
        return (int32_t)turns;
    if (below(c, low, high, &f))
        return 1;
    if (some)
        return (int32_t)turns;
    return extent_nonnegative(c->g, distance, f.at, f.count) ? 0 : LIE_UNKNOWN;
}

static int32_t lie_of(Cycle *c, const Edge *e, uint32_t written, uint32_t read, bool down)
{
    uint32_t place =
        e->lies + ((down ? c->writers.at[e->reader].rank : 0) + written) * e->rank + read;
    if (c->lies.at[place] == LIE_OPEN)
        c->lies.at[place] = find_lie(c, e, written, read, down);
    return c->lies.at[place];
}

/* With the axes chosen: LIE_OPEN while one of the two arrays has none. */
static int32_t lie_chosen(Cycle *c, const Edge *e, bool down)
{
    uint32_t written = c->axis[c->writers.at[e->reader].member], read = c->axis[e->member];
    return written && read ? lie_of(c, e, written - 1, read - 1, down) : LIE_OPEN;
}

/* ---- components */

static void groups_end(Cycle *c)
{
    groups_free(c->s->ctx, &c->equations_of);
    groups_free(c->s->ctx, &c->edges_of);
}

/* Numbers the strongly connected components; edges that are in no cycle die. */
static uint32_t split(Cycle *c, uint8_t *alive)
{
    Ctx *ctx = c->s->ctx;
    ArcVec arcs = {0};
    uint32_t *of = array_new(ctx, (size_t)c->edges.count + 1, sizeof *of);
    for (uint32_t i = 0; i < c->edges.count; i++)
        if (alive[i])
            *vec_push(ctx, &arcs) = (Arc){c->edges.at[i].reader, c->edges.at[i].writer};
    uint32_t count = arcs_components(ctx, &arcs, c->writers.count, c->component);
    for (uint32_t i = 0; i < c->edges.count; i++) {
        const Edge *e = &c->edges.at[i];
        alive[i] = alive[i] && c->component[e->reader] == c->component[e->writer];
        of[i] = alive[i] ? c->component[e->reader] : UINT32_MAX;
    }
    groups_end(c);
    c->equations_of = groups_new(ctx, c->component, c->writers.count, count);
    c->edges_of = groups_new(ctx, of, c->edges.count, count);
    vec_free(ctx, &arcs);
    ctx_resize(ctx, of, 0);
    return count;
}

/* ---- loops */

/* Numbers of edges or of equations. */
typedef struct Run {
    const uint32_t *at;
    uint32_t count;
} Run;

static Run run_of(const Groups *g, uint32_t component)
{
    const uint32_t first = g->start[component];
    return (Run){g->items + first, g->start[component + 1] - first};
}

/* Are there turns to wait for, such that no edge reads what comes later on the axes chosen so
 * far? */
static bool fits(Cycle *c, uint32_t component, bool down)
{
    const Run edges = run_of(&c->edges_of, component),
              equations = run_of(&c->equations_of, component);
    for (uint32_t i = 0; i < equations.count; i++)
        c->wait[equations.at[i]] = 0;
    for (uint32_t round = 0, more = 1; more; round++) {
        more = 0;
        for (uint32_t i = 0; i < edges.count; i++) {
            const Edge *e = &c->edges.at[edges.at[i]];
            int32_t lie = lie_chosen(c, e, down);
            if (lie == LIE_UNKNOWN)
                return false;
            if (lie == LIE_OPEN || c->wait[e->writer] <= c->wait[e->reader] + lie)
                continue;
            c->wait[e->writer] = c->wait[e->reader] + lie;
            more = 1;
        }
        if (round > equations.count)
            return false;
    }
    return true;
}

/* Is what the edge reads surely of an earlier turn? */
static bool is_carried(Cycle *c, const Edge *e, bool down)
{
    int32_t lie = lie_chosen(c, e, down);
    return lie > LIE_UNKNOWN && c->wait[e->reader] + lie > c->wait[e->writer];
}

static bool carries(Cycle *c, uint32_t component, bool down)
{
    const Run edges = run_of(&c->edges_of, component);
    for (uint32_t i = 0; i < edges.count; i++)
        if (is_carried(c, &c->edges.at[edges.at[i]], down))
            return true;
    return false;
}

/* The arrays of a component, each once, with no axis chosen. */
static void find_arrays(Cycle *c, Run edges, U32Vec *arrays)
{
    for (uint32_t i = 0; i < edges.count; i++)
        c->axis[c->edges.at[edges.at[i]].member] = 0;
    for (uint32_t i = 0; i < edges.count; i++) {
        const uint32_t member = c->edges.at[edges.at[i]].member;
        if (!c->axis[member])
            *vec_push(c->s->ctx, arrays) = member;
        c->axis[member] = 1;
    }
    for (uint32_t i = 0; i < arrays->count; i++)
        c->axis[arrays->at[i]] = 0;
}

/* What loops are looked for, the first ones first: that carry some edges, and whose ranges are
 * known when they begin; that carry none, but which ranges of others depend on; any that carry. */
typedef enum Sort { SORT_CARRIES, SORT_AROUND, SORT_ANY, SORT_COUNT } Sort;

/* Does the range of the equation's loop depend on no index that has none yet? */
static bool range_known(const Cycle *c, uint32_t equation)
{
    const Writer *w = &c->writers.at[equation];
    SetId open = node_at(c->g, w->at[c->axis[w->member] - 1])->free;
    for (uint32_t k = 0; k < w->rank; k++)
        if (c->looped[equation] >> k & 1)
            open = set_minus(c->g, open, node_at(c->g, w->at[k])->free);
    return set_size(c->g, open) <= 1;
}

static bool is_sort(Cycle *c, uint32_t component, bool down, Sort sort)
{
    const Run equations = run_of(&c->equations_of, component);
    if (carries(c, component, down) != (sort != SORT_AROUND))
        return false;
    for (uint32_t i = 0; i < equations.count && sort != SORT_ANY; i++) {
        const uint32_t axis = c->axis[c->writers.at[equations.at[i]].member] - 1;
        if (!range_known(c, equations.at[i]) ||
            (sort == SORT_AROUND && c->looped[equations.at[i]] >> axis & 1))
            return false;
    }
    return true;
}

/* Chooses an axis for each array of the component. */
static bool choose_axes(Cycle *c, uint32_t component, bool down, Sort sort)
{
    U32Vec arrays = {0};
    find_arrays(c, run_of(&c->edges_of, component), &arrays);
    bool found = false;
    for (int64_t at = 0; at >= 0 && !found && c->steps < STEPS_MAX; c->steps++) {
        uint32_t array = arrays.at[at]; /* NOLINT(*-core.NullDereference): a component has edges */
        if (++c->axis[array] > tuple_size(c->g, member_at(c, array)->shape)) {
            c->axis[array] = 0;
            at--;
        } else if (fits(c, component, down)) {
            if (at + 1 < arrays.count)
                at++;
            else
                found = is_sort(c, component, down, sort);
        }
    }
    vec_free(c->s->ctx, &arrays);
    return found;
}

/* What is added to the index of a subscript on the left; false if it is no number. */
static bool find_added(Cycle *c, uint32_t writer, long *added)
{
    const Writer *w = &c->writers.at[writer];
    NodeId at = w->at[c->axis[w->member] - 1];
    SetId free = node_at(c->g, at)->free;
    if (set_size(c->g, free) != 1)
        return false;
    NodeId zero = build_int(c->g, 0);
    NodeId less = build2(c->g, OP_SUB, zero, build_index(c->g, set_member(c->g, free, 0)));
    return node_integer(c->g, extent_plus(c->g, at, less), added) && labs(*added) < LIE_MAX;
}

/* Waits for which turns are the indices as written, if that orders the equations as well. */
static void prefer_indices(Cycle *c, uint32_t component, bool down)
{
    const Run edges = run_of(&c->edges_of, component),
              equations = run_of(&c->equations_of, component);
    const bool carried = carries(c, component, down);
    bool fits = true;
    int64_t *found = array_new(c->s->ctx, (size_t)equations.count + 1, sizeof *found);
    for (uint32_t i = 0; i < equations.count; i++) {
        int64_t *wait = &c->wait[equations.at[i]];
        long added = 0;
        found[i] = *wait;
        if (fits)
            fits = find_added(c, equations.at[i], &added);
        *wait = down ? added : -added;
    }
    for (uint32_t i = 0; i < edges.count && fits; i++) {
        const Edge *e = &c->edges.at[edges.at[i]];
        fits = c->wait[e->reader] + lie_chosen(c, e, down) >= c->wait[e->writer];
    }
    if (!fits || carries(c, component, down) != carried)
        for (uint32_t i = 0; i < equations.count; i++)
            c->wait[equations.at[i]] = found[i];
    ctx_resize(c->s->ctx, found, 0);
}

/* Notes the loop that has been found. */
static void note_loop(Cycle *c, uint32_t component, bool down)
{
    const Run equations = run_of(&c->equations_of, component);
    Loop loop = {c->aligned.count, equations.count, down};
    for (uint32_t i = 0; i < equations.count; i++) {
        const Writer *w = &c->writers.at[equations.at[i]];
        Aligned a = {(uint32_t)(w->is - c->s->unit->equations.at), c->axis[w->member] - 1,
                     c->wait[equations.at[i]]};
        *vec_push(c->s->ctx, &c->aligned) = a;
        if (equations.count > 1)
            c->s->unit->equations.at[a.equation].shared |= UINT32_C(1) << a.axis;
        c->looped[equations.at[i]] |= UINT32_C(1) << a.axis;
    }
    *vec_push(c->s->ctx, &c->loops) = loop;
}

/* A loop for the component: what it satisfies dies. False if there is none. */
static bool find_loop(Cycle *c, uint32_t component, uint8_t *alive)
{
    const Run edges = run_of(&c->edges_of, component);
    for (int k = 0; k < 2*SORT_COUNT; k++) {
        const bool down = k % 2;
        if (!choose_axes(c, component, down, (Sort)(k / 2)))
            continue;
        prefer_indices(c, component, down);
        note_loop(c, component, down);
        for (uint32_t i = 0; i < edges.count; i++)
            if (is_carried(c, &c->edges.at[edges.at[i]], down))
                alive[edges.at[i]] = 0;
        return true;
    }
    return false;
}

/* Kills all edges that loops satisfy; what stays alive are those of one component that has no
 * loop. True if none stays. */
static bool has_order(Cycle *c, uint8_t *alive)
{
    c->steps = 0;
    c->loops.count = c->aligned.count = 0;
    memset(c->looped, 0, c->writers.count * sizeof *c->looped);
    for (bool more = true; more;) {
        uint32_t count = split(c, alive);
        more = false;
        for (uint32_t k = 0; k < count; k++) {
            const Run edges = run_of(&c->edges_of, k);
            if (!edges.count)
                continue;
            more = true;
            if (find_loop(c, k, alive))
                continue;
            memset(alive, 0, c->edges.count);
            for (uint32_t i = 0; i < edges.count; i++)
                alive[edges.at[i]] = 1;
            return false;
        }
    }
    return true;
}

/* ---- the error */

/* Leaves out edges as long as the rest has no order either. */
static void shrink(Cycle *c, uint8_t *alive)
{
    Ctx *ctx = c->s->ctx;
    uint32_t count = 0;
    uint8_t *trial = array_new(ctx, c->edges.count + 1, 1);
    for (uint32_t i = 0; i < c->edges.count; i++)
        count += alive[i];
    for (uint32_t i = c->edges.count; i-- > 0 && count <= CORE_MAX;) {
        memcpy(trial, alive, c->edges.count);
        trial[i] = 0;
        if (alive[i] && !has_order(c, trial))
            memcpy(alive, trial, c->edges.count);
    }
    ctx_resize(ctx, trial, 0);
}

/* The element that an equation writes, as the text has it. */
static void put_written(Cycle *c, const Writer *w, Text *out)
{
    text_printf(out, "%s[", name_text(c->s->ctx, member_at(c, w->member)->name));
    for (uint32_t k = 0; k < w->rank; k++) {
        AstId item = ast_rangeless(c->s->unit->ast, listed(c, w->is->items + k));
        text_put(out, k ? "," : "");
        text_put(out, hint_text(c->s, item));
    }
    text_put(out, "]");
}

static void report_cycle(Cycle *c, uint8_t *alive)
{
    Ctx *ctx = c->s->ctx;
    Text text = text_new(ctx);
    uint32_t edge = 0, shown = 0;
    bool hinted = false;
    while (!alive[edge])
        edge++;
    const Writer *w = &c->writers.at[c->edges.at[edge].reader];
    diag_error(ctx, w->is->span, "recurrence",
               "no order of loops computes all elements of '%s' from earlier ones",
               name_text(ctx, member_at(c, w->member)->name));
    while (edge < c->edges.count && shown++ < 8) {
        const Edge *e = &c->edges.at[edge];
        AstId read = e->read;
        text.len = 0;
        put_written(c, &c->writers.at[e->reader], &text);
        text_printf(&text, " reads %s", hint_text(c->s, read));
        diag_note(ctx, node(c, read)->span, "%s", text.at);
        hinted = hinted || hint_entry(c->s, c->writers.at[e->reader].is, read);
        uint32_t then = e->writer;
        for (uint32_t i = 0; i < c->edges.count; i++) /* the same read, of another equation's */
            if (c->edges.at[i].read == read)
                alive[i] = 0;
        uint32_t next = c->edges.count;
        for (uint32_t i = c->edges.count; i-- > 0;)
            if (alive[i] && (next == c->edges.count || c->edges.at[i].reader == then ||
                             c->edges.at[next].reader != then))
                next = i;
        edge = next;
    }
    text_free(&text);
}

static void find_edges(Cycle *c)
{
    for (uint32_t m = 0; m < c->members; m++)
        add_writers(c, m);
    for (uint32_t i = 0; i < c->writers.count; i++) {
        AstId root = c->writers.at[i].is->value;
        for (AstId k = node(c, root)->first; k <= root; k++)
            add_edges(c, i, k);
    }
}

static void cycle_end(Cycle *c)
{
    Ctx *ctx = c->s->ctx;
    groups_end(c);
    ctx_resize(ctx, c->component, 0);
    ctx_resize(ctx, c->axis, 0);
    ctx_resize(ctx, c->looped, 0);
    ctx_resize(ctx, c->wait, 0);
    vec_free(ctx, &c->lies);
    vec_free(ctx, &c->loops);
    vec_free(ctx, &c->aligned);
    vec_free(ctx, &c->edges);
    elements_end(c->g, &c->written);
    vec_free(ctx, &c->writers);
}

/* Do conditions tell how an element lies that is read, on some axes that were asked for? */
static bool is_conditional(Cycle *c, const Edge *e)
{
    const uint32_t rank = c->writers.at[e->reader].rank;
    for (uint32_t k = 0; k < 2 * rank * e->rank; k++) {
        const int32_t lie = c->lies.at[e->lies + k];
        const uint32_t written = k / e->rank;
        if (lie != LIE_OPEN &&
            lie != find_lie(c, e, written % rank, k % e->rank, written >= rank))
            return true;
    }
    return false;
}

/* Notes the equations that have an order by conditions. */
static void note_conditional(Cycle *c)
{
    c->guards = false;
    for (uint32_t i = 0; i < c->edges.count; i++) {
        const Edge *e = &c->edges.at[i];
        if (is_conditional(c, e))
            set_conditional(c, e->reader);
    }
}

/* Is there an order, if conditions count or not? */
static bool is_ordered(Shaping *s, uint32_t system, bool guards)
{
    Cycle c = {.s = s, .g = s->g, .guards = guards,
               .members = s->unit->systems.at[system].members.count};
    find_edges(&c);
    c.component = array_new(s->ctx, (size_t)c.writers.count + 1, sizeof *c.component);
    c.axis = array_new(s->ctx, (size_t)c.members + 1, sizeof *c.axis);
    c.wait = array_new(s->ctx, (size_t)c.writers.count + 1, sizeof *c.wait);
    c.looped = array_new(s->ctx, (size_t)c.writers.count + 1, sizeof *c.looped);
    uint8_t *alive = array_new(s->ctx, (size_t)c.edges.count + 1, 1);
    memset(alive, 1, c.edges.count);
    bool ordered = has_order(&c, alive);
    for (uint32_t i = 0; i < c.loops.count && ordered; i++)
        align_equations(s, c.aligned.at + c.loops.at[i].first, c.loops.at[i].count,
                        c.loops.at[i].down);
    if (ordered && guards)
        note_conditional(&c);
    if (!ordered && guards) {
        shrink(&c, alive);
        report_cycle(&c, alive);
    }
    ctx_resize(s->ctx, alive, 0);
    cycle_end(&c);
    return ordered;
}

bool cycle_check(Shaping *s, uint32_t system)
{
    return is_ordered(s, system, false) || is_ordered(s, system, true);
}
