/* The placed statements of recurrences in, the axes out along which only the last few elements are
 * kept: x[t+1] = f(x[t]), of which only the last x is read behind the loop, is one variable.
 *
 * The one idea: a loop sets one element of the axis a turn. A reader in the loop that looks d turns
 * back needs d + 1 elements, or d if it is done before the element of this turn is set; what is set
 * before the loop, and read behind it, must be as near to the first and the last turn. Elements
 * then take turns: that at k is kept at k modulo their number. */
#include "front/front.h"
#include "plan/plan.h"

/* More elements than this are not kept in turns. */
enum { MOST = 8 };

typedef struct Window {
    Schedule *s;
    Graph *g;
    NodeId array;
    uint32_t axis;
    TreeId loop;     /* that sets one element a turn */
    bool down;       /* from the last to the first */
    TupleId written; /* the subscripts of the first writer within */
    NodeId here;     /* the subscript on the axis in this turn, in the first one, in the last one */
    NodeId first, last;
    long turns;      /* how many elements are needed */
} Window;

/* Is it in the loop? */
static bool is_within(const Window *w, TreeId at)
{
    return tree_child(&w->s->tree, w->loop, at) != 0;
}

/* How far `at` is behind `from`, in the direction of the loop: an integer from `least` on. */
static bool is_behind_by(const Window *w, NodeId from, NodeId at, long least, long *distance)
{
    NodeId d = !at ? 0 : w->down ? build2(w->g, OP_SUB, at, from) : build2(w->g, OP_SUB, from, at);
    NodeId low = d ? extent_least(w->g, d, NULL, 0) : 0,
           high = d ? extent_most(w->g, d, NULL, 0) : 0;
    const Number *n = low && low == high ? node_number(w->g, low) : NULL;
    return n && number_integer(n, distance) && *distance >= least && *distance <= MOST;
}

static void need(Window *w, long turns)
{
    w->turns = turns > w->turns ? turns : w->turns;
}

static NodeId on_axis(const Window *w, TupleId at)
{
    return w->axis < tuple_size(w->g, at) ? tuple_item(w->g, at, w->axis) : 0;
}

/* ---- the loop */

/* The loop around a writer whose index its subscript is, but for a constant. */
static TreeId loop_of(Window *w, const PlanWriter *p, NodeId *offset)
{
    NodeId at = on_axis(w, p->subscripts);
    SetId free = at ? node_at(w->g, at)->free : 0;
    if (set_size(w->g, free) != 1)
        return 0;
    IndexId index = set_member(w->g, free, 0);
    *offset = build2(w->g, OP_SUB, at, build_index(w->g, index));
    return node_op(w->g, *offset) == OP_CONST ? tree_loop_over(&w->s->tree, p->at, index) : 0;
}

/* Is a loop around it over an index of a subscript? Its next turn would find other elements. */
static bool is_turned_around(const Window *w, TupleId at)
{
    for (uint32_t k = 0; k < tuple_size(w->g, at); k++) {
        SetId free = node_at(w->g, tuple_item(w->g, at, k))->free;
        for (uint32_t m = 0; m < set_size(w->g, free); m++)
            if (tree_loop_over(&w->s->tree, w->loop, set_member(w->g, free, m)))
                return true;
    }
    return false;
}

static bool find_loop(Window *w)
{
    const PlanChains *of = &w->s->writers_of;
    for (uint32_t i = plan_first(of, w->array); i && !w->loop; i = plan_next(of, i)) {
        const PlanWriter *p = plan_writer(w->s, i);
        NodeId offset;
        TreeId loop = loop_of(w, p, &offset);
        if (!loop)
            continue;
        const PlanStmt stmt = w->s->tree.nodes.at[loop].stmt;
        const Index index = *index_at(w->g, stmt.index);
        NodeId end = build2(w->g, OP_SUB, index.upper, build_int(w->g, 1));
        w->loop = loop;
        w->down = stmt.down;
        w->written = p->subscripts;
        w->here = on_axis(w, p->subscripts);
        w->first = build2(w->g, OP_ADD, w->down ? end : index.lower, offset);
        w->last = build2(w->g, OP_ADD, w->down ? index.lower : end, offset);
    }
    return w->loop && !is_turned_around(w, w->written);
}

/* ---- writers and readers */

/* Is it in the same turn of the loops around the loop? */
static bool is_beside(const Window *w, TreeId at)
{
    const Tree *t = &w->s->tree;
    return tree_common(t, w->loop, w->loop) == tree_common(t, w->loop, at);
}

static bool may_write(Window *w, const PlanWriter *p)
{
    long distance;
    NodeId at = on_axis(w, p->subscripts);
    if (is_within(w, p->at))
        return at == w->here && !is_turned_around(w, p->subscripts);
    if (!is_beside(w, p->at) || !tree_precedes(&w->s->tree, p->at, w->loop) ||
        !is_behind_by(w, w->first, at, 1, &distance))
        return false;
    need(w, distance);
    return true;
}

/* ---- sums that read the element of an earlier turn behind the statement that sets that of this
 * one are better done before it */

static bool is_between(const Window *w, TreeId at, TreeId writer, TreeId reader)
{
    return at == writer || (at != reader && tree_precedes(&w->s->tree, writer, at) &&
                            tree_precedes(&w->s->tree, at, reader));
}

/* Is what the reader mentions computed for it behind the writer? */
static bool is_float_between(const Window *w, TreeId writer, TreeId reader)
{
    const Schedule *s = w->s;
    const Groups *at = &s->afloat_at;
    for (uint32_t i = at->start[reader]; i < at->start[reader + 1]; i++) {
        const PlanUse *u = &s->afloat.at[at->items[i]];
        for (uint32_t k = plan_inner(s, u->node)->floats; k; k = s->floats.at[k - 1].next)
            if (is_between(w, s->floats.at[k - 1].at, writer, reader))
                return true;
    }
    return false;
}

static bool is_written_between(const Window *w, NodeId array, TreeId writer, TreeId reader)
{
    for (uint32_t i = plan_first(&w->s->writers_of, array); i; i = plan_next(&w->s->writers_of, i))
        if (is_between(w, plan_writer(w->s, i)->at, writer, reader))
            return true;
    return false;
}

/* Does what the reader mentions, and who mentions what it adds to, let it be done earlier? */
static bool may_hurry(const Window *w, TreeId writer, TreeId reader)
{
    const Schedule *s = w->s;
    const PlanStmt stmt = s->tree.nodes.at[reader].stmt;
    if ((stmt.kind != PLAN_FOLD && stmt.kind != PLAN_ADD) ||
        s->tree.nodes.at[reader].parent != s->tree.nodes.at[writer].parent ||
        is_float_between(w, writer, reader))
        return false;
    for (uint32_t i = plan_first(&s->uses_at, reader); i; i = plan_next(&s->uses_at, i)) {
        const NodeId node = plan_use(s, i)->node;
        if (s->plan->array_of.at[node]
                ? node != w->array && is_written_between(w, node, writer, reader)
                : is_between(w, s->dep[node].at, writer, reader))
            return false;
    }
    for (uint32_t i = plan_first(&s->uses_of, stmt.node); i; i = plan_next(&s->uses_of, i))
        if (is_between(w, plan_use(s, i)->at, writer, reader))
            return false;
    return !is_written_between(w, stmt.node, writer, reader);
}

static void hurry(Window *w, TreeId writer)
{
    Schedule *s = w->s;
    for (uint32_t i = plan_first(&s->uses_of, w->array); i; i = plan_next(&s->uses_of, i)) {
        const PlanUse *u = plan_use(s, i);
        bool later = tree_precedes(&s->tree, writer, u->at);
        for (uint32_t k = plan_first(&s->uses_at, u->at); k && later;
             k = plan_next(&s->uses_at, k)) {
            const PlanUse *v = plan_use(s, k); /* all that it reads of the array */
            long distance;
            if (v->node == w->array)
                later = is_behind_by(w, w->here, on_axis(w, v->subscripts), 1, &distance);
        }
        if (later && is_within(w, u->at) && may_hurry(w, writer, u->at))
            tree_before(&s->tree, u->at, writer);
    }
}

/* ---- and what sets the element better waits for those that read one of an earlier turn */

/* Is it behind the writer, up to the statement or loop `last` of the same body? */
static bool is_passed(const Window *w, TreeId at, TreeId writer, TreeId last)
{
    const Tree *t = &w->s->tree;
    TreeId child = tree_child(t, t->nodes.at[writer].parent, at);
    return child && child != writer && t->nodes.at[child].key > t->nodes.at[writer].key &&
           t->nodes.at[child].key <= t->nodes.at[last].key;
}

/* The last statement or loop of the writer's body that reads the array behind it, an element of an
 * earlier turn; 0 if there is none, or one before it reads the element of this turn. */
static TreeId last_reader(const Window *w, TreeId writer)
{
    const Tree *t = &w->s->tree;
    TreeId last = 0, user = 0; /* the first that reads the element of this turn */
    PlanReads reads = {.array = w->array};
    for (const PlanUse *u; (u = plan_next_read(w->s, &reads));) {
        long distance;
        if (!is_within(w, u->at) || !tree_precedes(t, writer, u->at))
            continue;
        TreeId child = tree_child(t, t->nodes.at[writer].parent, u->at);
        if (!child)
            return 0;
        if (is_behind_by(w, w->here, on_axis(w, reads.at), 1, &distance))
            last = !last || t->nodes.at[child].key > t->nodes.at[last].key ? child : last;
        else
            user = !user || t->nodes.at[child].key < t->nodes.at[user].key ? child : user;
    }
    return !user || !last || t->nodes.at[user].key > t->nodes.at[last].key ? last : 0;
}

static bool is_set_until(const Window *w, NodeId array, TreeId writer, TreeId last)
{
    for (uint32_t i = plan_first(&w->s->writers_of, array); i; i = plan_next(&w->s->writers_of, i))
        if (is_passed(w, plan_writer(w->s, i)->at, writer, last))
            return true;
    return false;
}

/* Do others, as far as the last, set the array or what the writer reads? */
static bool may_wait(const Window *w, TreeId writer, TreeId last)
{
    for (uint32_t i = plan_first(&w->s->uses_at, writer); i; i = plan_next(&w->s->uses_at, i))
        if (is_set_until(w, plan_use(w->s, i)->node, writer, last))
            return false;
    return !is_set_until(w, w->array, writer, last);
}

static void wait_for_readers(Window *w, TreeId writer)
{
    Tree *t = &w->s->tree;
    TreeId last = last_reader(w, writer);
    if (!last || !may_wait(w, writer, last))
        return;
    for (TreeId next = 0; next != last;) {
        next = t->nodes.at[writer].next;
        tree_before(t, next, writer);
    }
}

/* ---- readers */

/* Is the element read before the one that takes its place is set, wherever that is? */
static bool is_done_before(const Window *w, TupleId at, TreeId reader)
{
    const PlanChains *of = &w->s->writers_of;
    for (uint32_t i = plan_first(of, w->array); i; i = plan_next(of, i)) {
        const PlanWriter *p = plan_writer(w->s, i);
        if (!is_within(w, p->at))
            continue;
        if (reader != p->at && !tree_precedes(&w->s->tree, reader, p->at))
            return false;
        for (uint32_t k = 0; k < tuple_size(w->g, at); k++)
            if (k != w->axis && tuple_item(w->g, at, k) != tuple_item(w->g, p->subscripts, k))
                return false;
    }
    return true;
}

static bool may_read(Window *w, TupleId subscripts, TreeId reader)
{
    long distance;
    NodeId at = on_axis(w, subscripts);
    if (!at)
        return false;
    if (is_within(w, reader)) {
        if (!is_behind_by(w, w->here, at, 0, &distance))
            return false;
        need(w, distance && is_done_before(w, subscripts, reader) ? distance : distance + 1);
        return true;
    }
    if (!is_beside(w, reader))
        return false;
    bool before = tree_precedes(&w->s->tree, reader, w->loop);
    if (!is_behind_by(w, before ? w->first : w->last, at, before, &distance))
        return false;
    need(w, before ? distance : distance + 1);
    return true;
}

static void hurry_and_wait(Window *w, TreeId writer)
{
    hurry(w, writer);
    wait_for_readers(w, writer);
}

static bool find_turns(Window *w)
{
    Schedule *s = w->s;
    const uint32_t first = plan_first(&s->writers_of, w->array);
    for (uint32_t i = first; i; i = plan_next(&s->writers_of, i))
        if (is_within(w, plan_writer(s, i)->at))
            hurry_and_wait(w, plan_writer(s, i)->at);
    for (uint32_t i = first; i; i = plan_next(&s->writers_of, i))
        if (!may_write(w, plan_writer(s, i)))
            return false;
    PlanReads reads = {.array = w->array};
    for (const PlanUse *u; (u = plan_next_read(s, &reads));)
        if (!may_read(w, reads.at, u->at))
            return false;
    return true;
}

/* ---- the array */

/* The number of elements on the axis if that is known. */
static bool is_longer(const Window *w, NodeId extent)
{
    long n;
    return !node_integer(w->g, extent, &n) || n > w->turns;
}

void plan_window(Schedule *s, NodeId array)
{
    Graph *g = s->g;
    PlanArray *a = &s->plan->arrays.at[s->plan->array_of.at[array]];
    NodeId items[64];
    uint32_t rank = tuple_size(g, a->extents), count = 0;
    if (!a->own || a->dropped || node_at(g, array)->free || rank > 64)
        return;
    for (uint32_t k = 0; k < rank; k++) {
        Window w = {.s = s, .g = g, .array = array, .axis = k, .turns = 1};
        if (!find_loop(&w) || !find_turns(&w) || w.turns > MOST ||
            !is_longer(&w, tuple_item(g, a->extents, k)))
            continue;
        for (uint32_t i = 0; i < rank; i++)
            if (i != k || w.turns > 1)
                items[count++] = i == k ? build_int(g, w.turns) : tuple_item(g, a->extents, i);
        a->turns = (uint32_t)w.turns;
        a->rolling = w.turns > 1 ? k + 1 : 0;
        a->dropped = w.turns > 1 ? 0 : (uint64_t)1 << k;
        a->extents = tuple_of(g, items, count);
        return;
    }
}

/* ---- what is set to itself: the adjoint of a sum's earlier state is that of the later one */

/* The element that is read, and nothing else; 0 if it is none. */
static NodeId read_alone(const Schedule *s, NodeId value)
{
    for (;;) {
        const NodeId id = plan_stands_for(s, value);
        const Node n = *node_at(s->g, id);
        if (id < s->count && s->stated[id])
            return 0;
        if (n.op == OP_READ || n.op == OP_OWN)
            return id;
        if ((n.op != OP_NAME && n.op != OP_TEMP) || plan_stands_for(s, n.a) == id)
            return 0;
        value = n.a;
    }
}

bool plan_is_idle(const Schedule *s, TreeId at)
{
    const PlanStmt *stmt = &s->tree.nodes.at[at].stmt;
    const NodeId read = stmt->kind == PLAN_PUT ? read_alone(s, stmt->value) : 0;
    if (!read)
        return false;
    const Node n = *node_at(s->g, read);
    const uint32_t array = s->plan->array_of.at[stmt->node];
    const PlanArray *a = &s->plan->arrays.at[array];
    const NodeId of = n.op == OP_OWN ? s->array_of_sym.at[n.a] : plan_kept_as(s->g, n.a);
    if (s->plan->array_of.at[of] != array)
        return false;
    for (uint32_t k = 0; k < tuple_size(s->g, n.b); k++)
        if (!(a->dropped >> k & 1) &&
            tuple_item(s->g, n.b, k) != tuple_item(s->g, stmt->subscripts, k))
            return false;
    return true;
}
