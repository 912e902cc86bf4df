/* An element that is read in, out what must be asked before it is read apart from the loops around
 * it: in sum[j in 0..i](x[i-1]) there is an x[i-1] where i > 0 only.
 *
 * Bounds are looked at for turns of all loops around a subscript, and for what conditions say in
 * these (see guard.c). But what does not depend on a loop is computed outside of it, whether it has
 * a turn or not. So what is seen to be within its array only by such a loop, or by a condition on
 * its index, is asked whether it is.
 *
 * A range is read where there is a loop over it, also if all that is done in there stands under a
 * condition. So whether its entries are there is asked where loops do not say it. */
#include "front/front.h"

typedef struct Apart {
    Shaping *s;
    Graph *g;
    AstId id;
    SetId loops; /* those that it depends on, in the ranges of these, too */
    AstId range; /* the one that is asked for: conditions outside of it say nothing; or 0 */
    NodeId condition;
} Apart;

static const AstNode *node(const Apart *a, AstId id) { return &a->s->unit->ast->nodes.at[id]; }
static const Type *type(const Apart *a, AstId id) { return &a->s->unit->types.at[id]; }

/* ---- which loops */

static void add_ranges(Apart *a)
{
    for (SetId before = 0; before != a->loops;) {
        before = a->loops;
        for (uint32_t i = 0; i < set_size(a->g, before); i++) {
            const Index index = *index_at(a->g, set_member(a->g, before, i));
            a->loops = set_union(a->g, a->loops, node_at(a->g, index.lower)->free);
            a->loops = set_union(a->g, a->loops, node_at(a->g, index.upper)->free);
        }
    }
}

/* Is it in a loop that it does not depend on? */
static bool is_apart(const Apart *a)
{
    const Shaping *s = a->s;
    for (uint32_t i = 0; i < s->left.count; i++)
        if (!set_has(a->g, a->loops, s->unit->binders.at[s->left.at[i]].index))
            return true;
    for (uint32_t i = s->standing[a->id].guard; i; i = s->guards.at[i - 1].outer)
        if (!s->guards.at[i - 1].condition &&
            !set_has(a->g, a->loops, s->unit->binders.at[s->guards.at[i - 1].binder].index))
            return true;
    return false;
}

/* ---- what is asked */

static bool is_seen(Apart *a, NodeId slack, bool all)
{
    Facts f;
    if (all)
        guard_facts(a->s, a->id, &f);
    else
        guard_facts_in(a->s, a->id, a->loops, a->range, &f);
    return extent_nonnegative(a->g, slack, f.at, f.count) || guard_never(a->s, &f);
}

/* Asks whether `more` is at least `less`, or above it, if that is seen by all loops alone. What is
 * not seen by these, either, is a precondition, or warned of. */
static void ask(Apart *a, NodeId more, NodeId less, bool above)
{
    NodeId slack = build2(a->g, OP_SUB, more, less);
    if (above)
        slack = build2(a->g, OP_SUB, slack, build_int(a->g, 1));
    if (!is_seen(a, slack, false) && is_seen(a, slack, true))
        a->condition = build_and(a->g, a->condition,
                                 build2(a->g, above ? OP_GT : OP_GE, more, less));
}

static void ask_bounds(Apart *a, AstId item, NodeId extent, bool end)
{
    ask(a, type(a, item)->integer, build_int(a->g, 0), false);
    ask(a, extent, type(a, item)->integer, !end);
}

/* An entry of an index array. */
static void ask_entry(Apart *a, const AstNode *n)
{
    const Entity *e = &a->s->unit->entities.at[n->target];
    for (uint32_t k = 0; k < n->b; k++)
        ask_bounds(a, a->s->unit->ast->list.at[n->a + k], tuple_item(a->g, e->shape, k), false);
}

/* What is asked for the integers that an expression is made of: entries of index arrays, which are
 * asked for on their own but in ranges; divisors. */
static void ask_parts(Apart *a, AstId item)
{
    const AstId whole = a->id;
    for (AstId i = node(a, item)->first; i <= item; i++) {
        const AstNode *n = node(a, i);
        if (a->range)
            a->id = i;
        if (n->kind == AST_SUBSCRIPT && a->range)
            ask_entry(a, n);
        else if (n->kind == AST_SUBSCRIPT && type(a, i)->apart)
            a->condition = build_and(a->g, a->condition, type(a, i)->apart);
        if (n->kind == AST_BINARY && (n->op == OP_DIV || n->op == OP_MOD) && type(a, n->b)->integer)
            ask(a, type(a, n->b)->integer, build_int(a->g, 0), true);
    }
    a->id = whole;
}

/* The ends of a slice, or the subscript alone; how many. */
static int ends_of(const Apart *a, uint32_t k, AstId ends[2])
{
    const AstId item = a->s->unit->ast->list.at[node(a, a->id)->a + k];
    const AstNode *n = node(a, item);
    ends[0] = n->kind == AST_RANGE ? n->a : item;
    ends[1] = n->b;
    return n->kind == AST_RANGE ? 2 : n->kind != AST_WHOLE;
}

NodeId apart_condition(Shaping *s, AstId id, TupleId shape)
{
    Apart a = {.s = s, .g = s->g, .id = id, .condition = build_true(s->g)};
    const uint32_t rank = tuple_size(a.g, shape);
    AstId ends[2];
    if (s->quiet)
        return 0;
    for (uint32_t k = 0; k < rank; k++)
        for (int i = ends_of(&a, k, ends); i-- > 0;)
            a.loops = set_union(a.g, a.loops, node_at(a.g, type(&a, ends[i])->integer)->free);
    add_ranges(&a);
    if (!is_apart(&a))
        return 0;
    for (uint32_t k = 0; k < rank; k++) {
        const int count = ends_of(&a, k, ends);
        for (int i = 0; i < count; i++) {
            ask_parts(&a, ends[i]);
            ask_bounds(&a, ends[i], tuple_item(a.g, shape, k), count == 2);
        }
    }
    return node_is_int(a.g, a.condition, 1) ? 0 : a.condition;
}

NodeId apart_end(Shaping *s, AstId range, AstId end)
{
    Apart a = {.s = s, .g = s->g, .id = range, .range = range, .condition = build_true(s->g)};
    if (!s->quiet) {
        a.loops = node_at(a.g, type(&a, end)->integer)->free;
        add_ranges(&a);
        ask_parts(&a, end);
    }
    return a.condition;
}
