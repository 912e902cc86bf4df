/* The placed statements of a reverse sweep over a recurrence in; out, the same with the states of
 * every K-th turn alone kept: note [checkpoints].
 *
 * note [checkpoints]
 * A loop up, the recurrence, is followed by a loop down, the sweep, that reads what the first one
 * stored of every turn. With checkpoints the sweep goes back by blocks of K turns: the states with
 * which a block begins are there, the loop up runs once more over the block, and the sweep follows
 * over it. What is stored of each turn then has room for a block (elements take turns, as in
 * window.c), and the states room for one of each block: n/K + K in place of n.
 * Method: Griewank, Achieving logarithmic growth of temporal and spatial complexity in reverse
 * automatic differentiation, Optimization Methods and Software 1, 1992, with one level.
 *
 * What sums up over the turns is not done again, and neither is what only that needs. */
#include "front/front.h"
#include "plan/plan.h"

/* How far back, or ahead, of its turn a loop may read. */
enum { MOST = 8, RANK_MAX = 16 };

/* How an array is mentioned: where, and at which element. */
typedef struct Access {
    uint32_t array; /* the plan's */
    TupleId at;
    TreeId where;
    bool writes;
} Access;

/* What becomes of an array that the recurrence writes. */
typedef enum Fate { FATE_OTHER, FATE_STATE, FATE_ROLL } Fate;

typedef struct Stored {
    Fate fate;
    uint32_t axis; /* along which it is written, a turn an element */
    long offset;   /* of the element of a turn from the index */
    long back;     /* how many elements before that are read */
    long ahead;    /* and how many behind */
    long ends;     /* how many there must be at once for what stands outside of the loops */
    NodeId node;   /* the ARRAY; 0 for a value that is kept */
} Stored;

typedef struct Checkpoint {
    Schedule *s;
    Tree *t;
    Graph *g;
    Ctx *ctx;
    uint32_t turns;      /* of a block */
    TreeId up, down;     /* the recurrence and the sweep */
    IndexId index;
    VEC(Access) accesses;
    Stored *stored;      /* an array each */
    uint8_t *needed;     /* a node each: does what is done again mention it? */
    uint8_t *wanted;     /* an array each: likewise */
    uint8_t *again;      /* a statement each: is it done again? */
    uint8_t *floats;     /* a statement each: is it computed where it is needed? */
    uint32_t *use_of;    /* a statement each: 0, or 1 + the first of `afloat` that is its */
    uint32_t *next_use;  /* one of `afloat` each: likewise the next */
    uint32_t count;      /* of statements, before any were added */
    U32Vec stack;
} Checkpoint;

static const TreeNode *node_of(const Checkpoint *c, TreeId id) { return &c->t->nodes.at[id]; }

static bool is_up(const Checkpoint *c, TreeId id) { return tree_child(c->t, c->up, id) != 0; }
static bool is_down(const Checkpoint *c, TreeId id) { return tree_child(c->t, c->down, id) != 0; }

/* ---- what is mentioned where */

static void note(Checkpoint *c, uint32_t array, TupleId at, TreeId where, bool writes)
{
    Access a = {array, at, where, writes};
    if (array && node_of(c, where)->parent)
        *vec_push(c->ctx, &c->accesses) = a;
}

static void find_accesses(Checkpoint *c)
{
    const Schedule *s = c->s;
    const Plan *plan = s->plan;
    for (uint32_t i = 0; i < s->writers.count; i++)
        note(c, plan->array_of.at[s->writers.at[i].array], s->writers.at[i].subscripts,
             s->writers.at[i].at, true);
    for (uint32_t i = 0; i < s->uses.count; i++) {
        const PlanUse *u = &s->uses.at[i];
        const PlanLocal *local = &plan->locals.at[plan_local(plan, u->node)];
        if (plan->array_of.at[u->node])
            note(c, plan->array_of.at[u->node], u->subscripts, u->at, false);
        else if (plan_local(plan, u->node))
            note(c, local->array, local->at, u->at, false);
    }
    for (NodeId id = 1; id < s->count; id++) {
        const PlanLocal *local = &plan->locals.at[plan_local(plan, id)];
        if (plan_local(plan, id) && local->array && !plan->array_of.at[id] && s->dep[id].at)
            note(c, local->array, local->at, s->dep[id].at, true);
    }
}

/* ---- what arrays become */

/* The subscript less the index of the loop, if that is a number. */
static bool offset_of(const Checkpoint *c, NodeId at, long *offset)
{
    NodeId d = build2(c->g, OP_SUB, at, build_index(c->g, c->index));
    return node_integer(c->g, d, offset) && *offset >= -MOST && *offset <= MOST;
}

/* The axis along which a writer in the recurrence moves with it. */
static bool find_axis(const Checkpoint *c, const Access *a, Stored *st)
{
    for (uint32_t k = 0; k < tuple_size(c->g, a->at); k++)
        if (node_at(c->g, tuple_item(c->g, a->at, k))->free == set_with(c->g, 0, c->index) &&
            offset_of(c, tuple_item(c->g, a->at, k), &st->offset)) {
            st->axis = k;
            return true;
        }
    return false;
}

/* An integer that lies in 0..MOST: so many elements must be there at once. */
static bool is_near(const Checkpoint *c, NodeId difference, Stored *st)
{
    NodeId low = extent_least(c->g, difference, NULL, 0),
           high = extent_most(c->g, difference, NULL, 0);
    const Number *n = low && low == high ? node_number(c->g, low) : NULL;
    long distance;
    if (!n || !number_integer(n, &distance) || distance < 0 || distance > MOST)
        return false;
    st->ends = distance > st->ends ? distance : st->ends;
    return true;
}

/* May an access stand outside of both loops if only some elements are kept at a time? */
static bool is_at_an_end(const Checkpoint *c, const Access *a, Stored *st)
{
    const Index index = *index_at(c->g, c->index);
    NodeId at = tuple_item(c->g, a->at, st->axis), offset = build_int(c->g, st->offset);
    NodeId first = build2(c->g, OP_ADD, index.lower, offset),
           last = build2(c->g, OP_ADD, index.upper, offset);
    if (tree_precedes(c->t, c->down, a->where))
        return false;
    if (a->writes)
        return tree_precedes(c->t, a->where, c->up) &&
               is_near(c, build2(c->g, OP_SUB, first, at), st);
    return tree_precedes(c->t, c->up, a->where) && is_near(c, build2(c->g, OP_SUB, last, at), st);
}

static bool fits(const Checkpoint *c, const Access *a, Stored *st)
{
    long offset;
    if (st->axis >= tuple_size(c->g, a->at))
        return false;
    if (!is_up(c, a->where) && !is_down(c, a->where))
        return is_at_an_end(c, a, st);
    if (!offset_of(c, tuple_item(c->g, a->at, st->axis), &offset) ||
        (a->writes && (offset != st->offset || is_down(c, a->where) ||
                       node_of(c, a->where)->stmt.kind == PLAN_ADD)))
        return false;
    if (st->offset - offset > st->back)
        st->back = st->offset - offset;
    if (offset - st->offset > st->ahead)
        st->ahead = offset - st->offset;
    return true;
}

/* How an array that the recurrence writes is kept. */
static void decide(Checkpoint *c, uint32_t array)
{
    const PlanArray *p = &c->s->plan->arrays.at[array];
    Stored st = {.fate = FATE_OTHER};
    bool moves = false, fit = p->own && !p->outer && (!p->scalar || p->turns);
    for (uint32_t i = 0; i < c->accesses.count && !moves; i++)
        if (c->accesses.at[i].array == array && c->accesses.at[i].writes &&
            is_up(c, c->accesses.at[i].where))
            moves = find_axis(c, &c->accesses.at[i], &st);
    for (uint32_t i = 0; i < c->accesses.count && fit && moves; i++)
        if (c->accesses.at[i].array == array)
            fit = fits(c, &c->accesses.at[i], &st);
    if (!moves || !fit || (!p->turns && p->dropped))
        return;
    for (NodeId id = 1; id < c->s->count; id++)
        if (c->s->plan->array_of.at[id] == array)
            st.node = id;
    if (st.back && (!st.node || node_op(c->g, st.node) != OP_ARRAY))
        return;
    st.fate = p->turns ? FATE_STATE : FATE_ROLL;
    c->stored[array] = st;
}

static void roll(Checkpoint *c, uint32_t array)
{
    PlanArray *p = &c->s->plan->arrays.at[array];
    const Stored *st = &c->stored[array];
    const long block = (long)c->turns + st->back + st->ahead;
    NodeId items[64], length = build_int(c->g, block > st->ends ? block : st->ends);
    uint32_t rank = tuple_size(c->g, p->extents);
    for (uint32_t k = 0; k < rank && k < 64; k++)
        items[k] = k == st->axis ? length : tuple_item(c->g, p->extents, k);
    p->rolling = st->axis + 1;
    p->extents = tuple_of(c->g, items, rank);
}

/* ---- what is done again */

/* Is it summed up over the turns? */
static bool is_over_turns(const Checkpoint *c, TreeId id)
{
    const PlanStmt *stmt = &node_of(c, id)->stmt;
    if (stmt->kind == PLAN_FOLD)
        return !is_up(c, plan_inner(c->s, stmt->node)->start);
    if (stmt->kind != PLAN_ADD)
        return false;
    const PlanChains *of = &c->s->writers_of;
    for (uint32_t i = plan_first(of, stmt->node); i; i = plan_next(of, i)) {
        const PlanWriter *w = plan_writer(c->s, i);
        if (is_up(c, w->at) && node_of(c, w->at)->stmt.kind != PLAN_ADD)
            return false;
    }
    return true;
}

/* Marks what the text of a node mentions. */
static void mention(Checkpoint *c, NodeId root, NodeId own)
{
    const Plan *plan = c->s->plan;
    if (root)
        *vec_push(c->ctx, &c->stack) = root;
    while (c->stack.count) {
        NodeId id = c->stack.at[--c->stack.count];
        uint32_t local = plan_local(plan, id);
        if (id != own && id < c->s->count && c->needed[id])
            continue;
        if (id < c->s->count)
            c->needed[id] = 1;
        if (id < plan->array_of.count && plan->array_of.at[id])
            c->wanted[plan->array_of.at[id]] = 1;
        if (local && plan->locals.at[local].array)
            c->wanted[plan->locals.at[local].array] = 1;
        const Node n = *node_at(c->g, id);
        if (n.op == OP_OWN)
            c->wanted[plan->array_of_sym.at[n.a]] = 1;
        if (n.op == OP_READ)
            *vec_push(c->ctx, &c->stack) = plan_kept_as(c->g, n.a);
        if ((local && id != own) || n.op == OP_ARRAY || n.op == OP_SYSTEM)
            continue;
        for (uint32_t k = 0; k < tuple_size(c->g, node_tuple(c->g, id)); k++)
            *vec_push(c->ctx, &c->stack) = tuple_item(c->g, node_tuple(c->g, id), k);
        for (int k = node_arity(c->g, id); k-- > 0;)
            *vec_push(c->ctx, &c->stack) = plan_operand(c->g, plan->alias.at, c->s->count, id, k);
    }
}

static void mention_all(Checkpoint *c, const PlanStmt *stmt)
{
    bool defines = stmt->kind == PLAN_LET || stmt->kind == PLAN_CALL;
    mention(c, stmt_guard(stmt), 0);
    mention(c, stmt_value(stmt), 0);
    if (defines)
        mention(c, stmt->node, stmt->node);
    for (uint32_t k = 0; k < tuple_size(c->g, stmt_subscripts(stmt)); k++)
        mention(c, tuple_item(c->g, stmt_subscripts(stmt), k), 0);
}

/* Does something that is done again need this statement? What floats may have other places, too:
 * repeat_floats. */
static bool is_wanted(const Checkpoint *c, TreeId id)
{
    const Plan *plan = c->s->plan;
    const PlanStmt *stmt = &node_of(c, id)->stmt;
    uint32_t local = plan_local(plan, stmt->node);
    if (c->floats[id])
        return false;
    if (stmt->node < plan->array_of.count && c->wanted[plan->array_of.at[stmt->node]])
        return true;
    if (local && c->wanted[plan->locals.at[local].array])
        return true;
    return stmt->kind != PLAN_PUT && stmt->kind != PLAN_ADD && stmt->kind != PLAN_ZERO &&
           c->needed[stmt->node];
}

static void find_floats(Checkpoint *c)
{
    const Schedule *s = c->s;
    for (uint32_t i = 0; i < s->floats.count; i++)
        c->floats[s->floats.at[i].at] = 1;
    for (uint32_t i = 0; i < s->afloat.count; i++) {
        uint32_t *first = &c->use_of[s->afloat.at[i].at];
        c->next_use[i] = *first;
        *first = i + 1;
    }
}

/* The place of what floats that this statement finds it in: the innermost around it. */
static TreeId place_of(const Checkpoint *c, const PlanUse *use)
{
    TreeId best = 0;
    for (uint32_t i = plan_inner(c->s, use->node)->floats; i; i = c->s->floats.at[i - 1].next) {
        const TreeId at = c->s->floats.at[i - 1].at, body = node_of(c, at)->parent;
        if (tree_child(c->t, body, use->at) &&
            (!best || tree_child(c->t, node_of(c, best)->parent, body)))
            best = at;
    }
    return best;
}

/* What floats before a statement that is done again. */
static void repeat_floats(Checkpoint *c, TreeId id)
{
    for (uint32_t i = c->use_of[id]; i; i = c->next_use[i - 1]) {
        const TreeId at = place_of(c, &c->s->afloat.at[i - 1]);
        if (!at || c->again[at])
            continue;
        c->again[at] = 1;
        mention_all(c, &node_of(c, at)->stmt);
    }
}

/* The sweep wants what rolls; that wants what it is computed from. */
static void find_again(Checkpoint *c)
{
    for (uint32_t i = 0; i < c->accesses.count; i++)
        if (is_down(c, c->accesses.at[i].where) &&
            c->stored[c->accesses.at[i].array].fate == FATE_ROLL)
            c->wanted[c->accesses.at[i].array] = 1;
    for (bool more = true; more;) {
        more = false;
        for (TreeId id = c->up; id; id = tree_next(c->t, c->up, id)) {
            const TreeNode *n = node_of(c, id);
            if (n->loop || c->again[id] || is_over_turns(c, id) || !is_wanted(c, id))
                continue;
            const PlanStmt stmt = n->stmt;
            c->again[id] = 1;
            more = true;
            mention_all(c, &stmt);
            repeat_floats(c, id);
            for (TreeId up = n->parent; up != c->up; up = node_of(c, up)->parent)
                if (node_of(c, up)->stmt.kind == PLAN_IF)
                    mention(c, node_of(c, up)->stmt.guard, 0);
        }
        c->wanted[0] = 0;
    }
}

/* Of which only the last elements are there, and what is done again would set these anew: with the
 * elements before it not kept, or with others than those that are read behind the sweep. */
static bool loses_elements(const Checkpoint *c)
{
    for (uint32_t i = 0; i < c->accesses.count; i++) {
        const Access *a = &c->accesses.at[i];
        if (a->writes && is_up(c, a->where) && c->wanted[a->array] &&
            c->stored[a->array].fate == FATE_OTHER && c->s->plan->arrays.at[a->array].turns)
            return true;
    }
    return false;
}

/* ---- states */

/* A new array of the function's own. */
static NodeId new_array(Checkpoint *c, SymId of, TupleId extents)
{
    Plan *plan = c->s->plan;
    SymId sym = sym_derived(c->g, of, ROLE_KEPT);
    sym_at(c->g, sym)->shape = extents;
    NodeId node = build_array(c->g, 0, sym, ARRAY_SET);
    while (plan->array_of.count <= node)
        *vec_push(c->ctx, &plan->array_of) = 0;
    while (plan->local_of.count <= node)
        *vec_push(c->ctx, &plan->local_of) = 0;
    PlanLocal local = {.node = node, .sym = sym};
    *vec_push(c->ctx, &plan->locals) = local;
    plan->local_of.at[node] = plan->locals.count - 1;
    PlanArray a = {.own = true, .extents = extents, .local = plan->locals.count - 1};
    *vec_push(c->ctx, &plan->arrays) = a;
    plan->array_of.at[node] = plan->arrays.count - 1;
    return node;
}

/* One statement that copies an element, within loops over the other axes. */
static void add_copy(Checkpoint *c, TreeId body, TreeId sibling, SetId over, NodeId array,
                     TupleId at, NodeId value)
{
    PlanStmt stmt = {
        .kind = PLAN_PUT, .node = array, .value = value, .subscripts = at, .quiet = true};
    DepVec none = {0};
    for (uint32_t i = 0; i < tuple_size(c->g, at); i++) { /* in the order of the axes */
        SetId free = node_at(c->g, tuple_item(c->g, at, i))->free;
        for (uint32_t k = 0; k < set_size(c->g, free); k++)
            if (set_has(c->g, over, set_member(c->g, free, k))) {
                body = tree_add_loop(c->t, body, sibling, set_member(c->g, free, k), &stmt);
                sibling = 0;
            }
    }
    tree_add(c->t, body, sibling, &stmt, &none);
}

/* A state to its checkpoint in the recurrence, and back before a block. `save` and `load` are the
 * bodies. */
static void keep_state(Checkpoint *c, uint32_t array, TreeId save, TreeId load, IndexId block)
{
    Graph *g = c->g;
    const Stored st = c->stored[array];
    const Index index = *index_at(g, c->index);
    const TupleId shape = node_shape(g, st.node);
    SymId sym = array_sym(g, st.node);
    NodeId extents[RANK_MAX + 2], turn = build_index(g, c->index),
                                  size = build_int(g, (long)c->turns);
    NodeId number = build2(g, OP_IDIV, build2(g, OP_SUB, turn, index.lower), size);
    NodeId begin = build2(g, OP_ADD, index.lower, build2(g, OP_MUL, build_index(g, block), size));
    SetId avoid = set_with(g, set_with(g, 0, c->index), block), over;
    TupleId at = index_axes(g, shape, avoid, &over);
    uint32_t rank = tuple_size(g, shape), count = 0;
    extents[count++] = index_at(g, block)->upper;
    extents[count++] = build_int(g, st.back);
    for (uint32_t k = 0; k < rank && k < RANK_MAX; k++)
        if (k != st.axis)
            extents[count++] = tuple_item(g, shape, k);
    NodeId kept = new_array(c, sym, tuple_of(g, extents, count));
    for (long q = 0; q < st.back; q++) {
        NodeId there[RANK_MAX], save_at[RANK_MAX + 2], load_at[RANK_MAX + 2], here[RANK_MAX];
        uint32_t n = 2;
        save_at[0] = number;
        load_at[0] = build_index(g, block);
        save_at[1] = load_at[1] = build_int(g, q);
        for (uint32_t k = 0; k < rank; k++) {
            NodeId offset = build_int(g, st.offset - 1 - q), item = tuple_item(g, at, k);
            here[k] = k == st.axis ? build2(g, OP_ADD, turn, offset) : item;
            there[k] = k == st.axis ? build2(g, OP_ADD, begin, offset) : item;
            if (k != st.axis)
                save_at[n] = load_at[n] = item, n++;
        }
        SetId axes = set_minus(g, over, node_at(g, tuple_item(g, at, st.axis))->free);
        NodeId state = build_own(g, sym, tuple_of(g, here, rank));
        NodeId saved = build_read(g, kept, tuple_of(g, load_at, n));
        add_copy(c, save, tree_first(c->t, save), axes, kept, tuple_of(g, save_at, n), state);
        add_copy(c, load, 0, axes, st.node, tuple_of(g, there, rank), saved);
    }
}

/* ---- loops */

/* Within the block's body the loop up with what is done again. */
static void copy_up(Checkpoint *c, TreeId body, const PlanStmt *loop)
{
    TreeId *image = array_new(c->ctx, c->t->nodes.count + 1, sizeof *image), path[64];
    DepVec none = {0};
    image[c->up] = tree_add_body(c->t, body, 0, loop);
    for (TreeId id = c->up; id; id = tree_next(c->t, c->up, id)) {
        uint32_t depth = 0;
        if (id >= c->count || !c->again[id])
            continue;
        for (TreeId up = node_of(c, id)->parent; !image[up] && depth < 64;
             up = node_of(c, up)->parent)
            path[depth++] = up;
        while (depth) {
            TreeId up = path[--depth];
            PlanStmt stmt = node_of(c, up)->stmt;
            image[up] = tree_add_body(c->t, image[node_of(c, up)->parent], 0, &stmt);
        }
        PlanStmt stmt = node_of(c, id)->stmt;
        tree_add(c->t, image[node_of(c, id)->parent], 0, &stmt, &none);
    }
    ctx_resize(c->ctx, image, 0);
}

/* The sweep by blocks. */
static void go_by_blocks(Checkpoint *c)
{
    Graph *g = c->g;
    const Index index = *index_at(g, c->index);
    NodeId size = build_int(g, (long)c->turns), turns = build2(g, OP_SUB, index.upper, index.lower);
    NodeId blocks =
        build2(g, OP_IDIV, build2(g, OP_ADD, turns, build_int(g, (long)c->turns - 1)), size);
    IndexId block = index_of(g, name_of(c->ctx, "block"), build_int(g, 0), blocks, 0);
    NodeId begin = build2(g, OP_ADD, index.lower, build2(g, OP_MUL, build_index(g, block), size));
    PlanStmt by = {.kind = PLAN_LOOP, .index = block, .down = true, .block = true, .derived = true};
    TreeId body = tree_add_body(c->t, node_of(c, c->down)->parent, c->down, &by);
    PlanStmt first = {.kind = PLAN_IF, .quiet = true};
    first.guard =
        build2(g, OP_IMOD, build2(g, OP_SUB, build_index(g, c->index), index.lower), size);
    first.guard = build2(g, OP_EQ, first.guard, build_int(g, 0));
    TreeId save = tree_add_body(c->t, c->up, tree_first(c->t, c->up), &first);
    for (uint32_t i = c->s->plan->arrays.count; i-- > 1;)
        if (c->stored[i].fate != FATE_OTHER && c->stored[i].back && c->wanted[i])
            keep_state(c, i, save, body, block);
    if (!tree_first(c->t, save))
        tree_remove(c->t, save);
    PlanStmt up = node_of(c, c->up)->stmt;
    up.lower = c->t->nodes.at[c->down].stmt.lower = begin;
    up.upper = c->t->nodes.at[c->down].stmt.upper =
        build2(g, OP_MIN, build2(g, OP_ADD, begin, size), index.upper);
    copy_up(c, body, &up);
    tree_append_to(c->t, body, c->down);
}

/* ---- the function */

/* The next loop down over the same index at the outermost level. */
static TreeId find_down(const Checkpoint *c, TreeId up)
{
    const PlanStmt *a = &node_of(c, up)->stmt;
    for (TreeId id = node_of(c, up)->next; id; id = node_of(c, id)->next) {
        const PlanStmt *b = &node_of(c, id)->stmt;
        if (node_of(c, id)->loop && b->ordered && b->down && b->index == a->index && !b->lower)
            return id;
    }
    return 0;
}

/* Can there be more than one block? One would keep as much as there is, and compute it twice. */
static bool has_blocks(const Checkpoint *c, NodeId turns)
{
    long count;
    return extent_promised(c->g, turns) &&
           (!node_integer(c->g, turns, &count) || count > (long)c->turns);
}

static void checkpoint(Checkpoint *c)
{
    uint32_t arrays = c->s->plan->arrays.count;
    bool any = false;
    c->index = node_of(c, c->up)->stmt.index;
    c->stored = array_new(c->ctx, arrays, sizeof *c->stored);
    c->needed = array_new(c->ctx, c->s->count, 1);
    c->wanted = array_new(c->ctx, arrays, 1);
    c->count = c->t->nodes.count;
    c->again = array_new(c->ctx, c->count, 1);
    c->floats = array_new(c->ctx, c->count, 1);
    c->use_of = array_new(c->ctx, c->count, sizeof *c->use_of);
    c->next_use = array_new(c->ctx, c->s->afloat.count + 1, sizeof *c->next_use);
    for (uint32_t i = 1; i < arrays; i++)
        decide(c, i);
    find_floats(c);
    find_again(c);
    const bool loses = loses_elements(c);
    for (uint32_t i = 1; i < arrays && !loses; i++)
        if (c->stored[i].fate == FATE_ROLL && c->wanted[i]) {
            roll(c, i);
            any = true;
        }
    if (any)
        go_by_blocks(c);
    ctx_resize(c->ctx, c->stored, 0);
    ctx_resize(c->ctx, c->needed, 0);
    ctx_resize(c->ctx, c->wanted, 0);
    ctx_resize(c->ctx, c->again, 0);
    ctx_resize(c->ctx, c->floats, 0);
    ctx_resize(c->ctx, c->use_of, 0);
    ctx_resize(c->ctx, c->next_use, 0);
}

void plan_checkpoints(Schedule *s, uint32_t turns)
{
    Checkpoint c = {.s = s, .t = &s->tree, .g = s->g, .ctx = s->plan->ctx, .turns = turns};
    if (!turns || !s->plan->fn.systems.count)
        return;
    find_accesses(&c);
    for (TreeId id = tree_first(c.t, TREE_ROOT); id; id = node_of(&c, id)->next) {
        const PlanStmt *stmt = &node_of(&c, id)->stmt;
        if (!node_of(&c, id)->loop || !stmt->ordered || stmt->down)
            continue;
        const Index index = *index_at(c.g, stmt->index);
        c.up = id;
        c.down = find_down(&c, id);
        if (c.down && has_blocks(&c, build2(c.g, OP_SUB, index.upper, index.lower)))
            checkpoint(&c);
    }
    vec_free(c.ctx, &c.accesses);
    vec_free(c.ctx, &c.stack);
}
