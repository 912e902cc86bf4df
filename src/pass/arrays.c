/* What an array's elements are given, in; the array, out. An adjoint comes as addends, one for
 * each place that reads the array; most arrays are read by their whole axes, and then their
 * adjoint is set element by element, not added up from zeros. */
#include "front/front.h"
#include "pass/pass.h"

/* ---- arrays by their shape */

NodeId array_of_one(Graph *g, NodeId value, TupleId at, SetId bound, SymId sym, int kind)
{
    NodeId part = build_part(g, value, at, bound);
    return build_array(g, tuple_of(g, &part, 1), sym, kind);
}

NodeId array_zeros(Graph *g, SymId sym)
{
    SetId bound;
    TupleId at = index_axes(g, sym_at(g, sym)->shape, 0, &bound);
    return array_of_one(g, build_int(g, 0), at, bound, sym, ARRAY_SET);
}

NodeId array_called(Graph *g, NodeId array, SymId sym)
{
    const Node *n = node_at(g, array);
    SetId bound;
    if ((n->op == OP_ARRAY || n->op == OP_MEMBER) && array_sym(g, array) == sym)
        return array;
    TupleId at = index_axes(g, sym_at(g, sym)->shape, 0, &bound);
    return array_of_one(g, build_read(g, array, at), at, bound, sym, ARRAY_SET);
}

SymId sym_beside(Graph *g, SymId base, SymRole role)
{
    const Sym of = *sym_at(g, base);
    SymId sym = sym_new(g, of.name, SYM_DERIVED, of.shape);
    sym_at(g, sym)->role = (uint8_t)role;
    sym_at(g, sym)->base = base;
    sym_at(g, sym)->span = of.span;
    return sym;
}

NodeId array_only_part(Graph *g, NodeId array)
{
    const Node n = *node_at(g, array);
    if (n.op != OP_ARRAY || n.c != ARRAY_SET || tuple_size(g, n.a) != 1)
        return 0;
    const Node part = *node_at(g, tuple_item(g, n.a, 0));
    return tuple_is_whole(g, part.b, part.c, sym_at(g, n.b)->shape) ? tuple_item(g, n.a, 0) : 0;
}

TupleId array_subscripts(Graph *g, NodeId array, TupleId shape, SetId *bound)
{
    NodeId part = array_only_part(g, array);
    if (!part)
        return index_axes(g, shape, 0, bound);
    *bound = node_at(g, part)->c;
    return node_at(g, part)->b;
}

NodeId array_element(Graph *g, NodeId array, TupleId at)
{
    NodeId part = array_only_part(g, array);
    return part && node_at(g, part)->b == at ? node_at(g, part)->a : build_read(g, array, at);
}

/* ---- one element of an array, at indices that occur nowhere else */

TupleId array_fresh(Graph *g, TupleId shape)
{
    Ctx *ctx = graph_ctx(g);
    U32Vec items = {0};
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        IndexId index = index_of(g, name_of(ctx, "j"), build_int(g, 0), tuple_item(g, shape, i),
                                 INDEX_FRESH + i);
        *vec_push(ctx, &items) = build_index(g, index);
    }
    TupleId fresh = tuple_of(g, items.at, items.count);
    vec_free(ctx, &items);
    return fresh;
}

NodeId array_one_hot(Graph *g, TupleId at, TupleId other)
{
    NodeId same = build_true(g);
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        same = build_and(g, same, build2(g, OP_EQ, tuple_item(g, at, i), tuple_item(g, other, i)));
    NodeId one = build_int(g, 1), zero = build_int(g, 0);
    return build_select(g, same, one, zero);
}

/* All at once: an index that an earlier subscript speaks of stands aside until its turn comes. */
NodeId array_at(Graph *g, NodeId value, TupleId fresh, TupleId at)
{
    Ctx *ctx = graph_ctx(g);
    U32Vec from = {0};
    SetId spoken = 0, avoid = set_union(g, tuple_free(g, at), tuple_free(g, fresh));
    avoid = set_union(g, avoid, node_at(g, value)->free);
    for (uint32_t i = 0; i < tuple_size(g, fresh); i++) {
        const NodeId own = tuple_item(g, fresh, i), to = tuple_item(g, at, i);
        IndexId index = node_at(g, own)->a;
        if (to != own && set_has(g, spoken, index)) {
            const IndexId aside = index_beside(g, index, avoid);
            value = fn_substitute(g, value, index, build_index(g, aside));
            avoid = set_with(g, avoid, aside);
            index = aside;
        }
        *vec_push(ctx, &from) = index;
        spoken = set_union(g, spoken, node_at(g, to)->free);
    }
    for (uint32_t i = 0; i < from.count; i++)
        value = fn_substitute(g, value, from.at[i], tuple_item(g, at, i));
    vec_free(ctx, &from);
    return value;
}

/* Is the node an element of that array or argument? */
static bool is_read(Graph *g, NodeId id, NodeId array)
{
    const Node *n = node_at(g, id), *of = node_at(g, array);
    if (n->op == OP_READ)
        return n->a == array;
    if (n->op == OP_OWN) /* the model is cut there */
        return of->op == OP_MEMBER && n->a == array_sym(g, array);
    return n->op == OP_REF && of->op == OP_REF && n->a == of->a && n->b;
}

/* Does an operator take the array as a whole, not by its elements? */
static bool is_taken_whole(Graph *g, const uint8_t *live, uint32_t end, NodeId array)
{
    for (NodeId id = 1; id < end; id++)
        if (live[id] && (node_op(g, id) == OP_FACTOR || linear_is(node_op(g, id))))
            for (int i = 0; i < node_arity(g, id); i++)
                if (node_operand(g, id, i) == array)
                    return true;
    return false;
}

/* The tangent of the array as a whole when its element at the fresh indices varies. */
static NodeId one_hot_array(Graph *g, NodeId of, TupleId fresh)
{
    SetId bound;
    TupleId at = index_axes(g, node_shape(g, of), 0, &bound);
    SymId sym = sym_new(g, 0, SYM_DERIVED, node_shape(g, of));
    return array_of_one(g, array_one_hot(g, at, fresh), at, bound, sym, ARRAY_SET);
}

NodeId *array_tangents(Graph *g, const NodeId *roots, uint32_t count, NodeId of, TupleId fresh)
{
    Ctx *ctx = graph_ctx(g);
    uint32_t end = graph_count(g);
    uint8_t *live = graph_live(g, roots, count);
    U32Vec reads = {0}, dots = {0};
    for (NodeId id = 1; id < end; id++)
        if (live[id] && (fresh ? is_read(g, id, of) : id == of)) {
            *vec_push(ctx, &reads) = id;
            *vec_push(ctx, &dots) = fresh ? array_one_hot(g, node_tuple(g, id), fresh)
                                          : build_int(g, 1);
        }
    if (fresh && is_taken_whole(g, live, end, of)) {
        *vec_push(ctx, &reads) = of;
        *vec_push(ctx, &dots) = one_hot_array(g, of, fresh);
    }
    NodeId *tangent = array_new(ctx, graph_count(g), sizeof *tangent);
    for (uint32_t i = 0; i < reads.count; i++)
        tangent[reads.at[i]] = dots.at[i];
    ctx_resize(ctx, live, 0);
    vec_free(ctx, &reads);
    vec_free(ctx, &dots);
    return tangent;
}

/* ---- sums over one-hot values */

/* One of them may be a number; there is a comparison for each axis. A condition of the model's says
 * more, and may be what keeps other subscripts in their arrays. */
static bool compares_subscripts(Graph *g, NodeId test)
{
    const Node *n = node_at(g, test);
    for (; n->op == OP_AND; n = node_at(g, n->a))
        if (!compares_subscripts(g, n->b))
            return false;
    return n->op == OP_EQ && (node_at(g, n->a)->flags | node_at(g, n->b)->flags) & NODE_INT;
}

bool one_hot_inside(Graph *g, NodeId value, NodeId *condition, NodeId *inside)
{
    const Node n = *node_at(g, value);
    if (n.op == OP_TEMP)
        return one_hot_inside(g, n.a, condition, inside);
    if (n.op != OP_SELECT || !node_is_int(g, n.c, 0))
        return false;
    if (!compares_subscripts(g, n.a))
        return false;
    *condition = n.a;
    *inside = n.b;
    return true;
}

/* Is it computed from no array that there is one of for each k? Such a one would be computed once
 * more for the one. */
static bool is_alone(const Graph *g, NodeId value, IndexId k, int *looked)
{
    enum { MOST = 200 };
    if (!set_has(g, node_at(g, value)->free, k))
        return true;
    if (node_is_array(g, value) || ++*looked > MOST)
        return false;
    for (int i = 0; i < node_arity(g, value); i++)
        if (!is_alone(g, node_operand(g, value, i), k, looked))
            return false;
    return true;
}

NodeId one_hot_sum(Graph *g, NodeId body, IndexId k)
{
    const NodeId inner = node_op(g, body) == OP_TEMP ? node_at(g, body)->a : body;
    const Node n = *node_at(g, inner);
    const NodeId to = n.op == OP_SELECT && node_is_int(g, n.c, 0) ? extent_named(g, n.a, k) : 0;
    int looked = 0;
    if (!to || !is_alone(g, n.b, k, &looked))
        return build_sum(g, body, k);
    const NodeId condition = fn_substitute(g, n.a, k, to);
    return build_select(g, condition, fn_substitute(g, n.b, k, to), build_int(g, 0));
}

/* ---- addends */

/* Is what it asks of k about integers alone? */
static bool asks_integers(const Graph *g, NodeId condition, IndexId k)
{
    const Node *n = node_at(g, condition);
    if (!set_has(g, n->free, k))
        return true;
    if (n->op == OP_AND || n->op == OP_OR)
        return asks_integers(g, n->a, k) && asks_integers(g, n->b, k);
    if (n->op == OP_NOT)
        return asks_integers(g, n->a, k);
    return op_is_comparison((Op)n->op) && node_is_integer(g, n->a) && node_is_integer(g, n->b);
}

/* Whether it holds for one of few values of k; 0 if they are many, or the answer is long. */
static NodeId for_any_of_few(Graph *g, NodeId condition, IndexId k)
{
    enum { VALUES = 16, OPERANDS = 8 };
    const Index x = *index_at(g, k);
    long lower, upper;
    NodeId any = build_false(g);
    if (!node_integer(g, x.lower, &lower) || !node_integer(g, x.upper, &upper) ||
        upper - lower > VALUES || !asks_integers(g, condition, k))
        return 0;
    for (long value = lower; value < upper; value++) {
        any = build_or(g, any, fn_substitute(g, condition, k, build_int(g, value)));
        if (logic_operands(g, any, OPERANDS) > OPERANDS)
            return 0;
    }
    return any;
}

/* Whether the condition holds for any k; 0 if it cannot be said. */
static NodeId for_any(Graph *g, NodeId condition, IndexId k)
{
    const Node n = *node_at(g, condition);
    if (!set_has(g, n.free, k))
        return condition;
    if (n.op == OP_OR) {
        const NodeId a = for_any(g, n.a, k), b = a ? for_any(g, n.b, k) : 0;
        return b ? build_or(g, a, b) : 0;
    }
    const NodeId to = extent_named(g, condition, k);
    return to ? fn_substitute(g, condition, k, to) : for_any_of_few(g, condition, k);
}

/* The guards of what is summed over the index. */
static bool guards_sum(Graph *g, Addend *a, IndexId k)
{
    const NodeId hard = for_any(g, a->hard, k), soft = hard ? for_any(g, a->soft, k) : 0;
    if (!soft)
        return false;
    a->hard = hard;
    a->soft = soft;
    return true;
}

/* Where the range depends on loops around it, it may be empty in some of their turns: there, too,
 * the sum is 0. */
static void guard_turns(Graph *g, Addend *a, IndexId k, SetId over)
{
    const Index index = *index_at(g, k);
    if (!index.lower || bound_at_most(g, index.lower, index.upper, 1))
        return;
    const NodeId turns = build2(g, OP_GT, index.upper, index.lower);
    const SetId around = node_at(g, turns)->free;
    if (around && set_minus(g, around, over) == around)
        a->soft = build_and(g, a->soft, turns);
}

/* Of what the condition is the conjunction of, that which is the same for all values of the
 * indices: without it there may be nothing to sum. */
static NodeId said_for_all(Graph *g, NodeId condition, SetId over)
{
    const Node n = *node_at(g, condition);
    if (n.op == OP_AND)
        return build_and(g, said_for_all(g, n.a, over), said_for_all(g, n.b, over));
    return set_minus(g, n.free, over) == n.free ? condition : build_true(g);
}

void addend_sum(Graph *g, Addend *a, SetId over)
{
    bool known = true; /* are there guards that say where there is something? */
    for (uint32_t i = 0; i < set_size(g, over); i++) {
        IndexId index = set_member(g, over, set_size(g, over) - 1 - i); /* inner ranges first */
        known = known && guards_sum(g, a, index);
        guard_turns(g, a, index, over);
        a->value = one_hot_sum(g, a->value, index);
    }
    if (!known)
        a->hard = a->soft = build_and(g, said_for_all(g, a->hard, over),
                                      build1(g, OP_NONZERO, a->value));
}

void addend_join(Graph *g, Addend *a, const Addend *other)
{
    a->value = build2(g, OP_ADD, a->value, other->value);
    guards_join(g, &a->hard, &a->soft, other->hard, other->soft);
}

/* The addend with its subscripts, all plain indices of whole axes, called as those of `at`. By
 * way of indices that occur nowhere, for they may be the same ones in another order. */
static void rename_indices(Graph *g, Addend *a, TupleId at)
{
    NodeId *values[] = {&a->value, &a->hard, &a->soft};
    uint32_t rank = tuple_size(g, at);
    for (int turn = 0; turn < 2; turn++)
        for (uint32_t i = 0; i < rank; i++) {
            IndexId from = node_at(g, tuple_item(g, a->at, i))->a;
            IndexId to = node_at(g, tuple_item(g, at, i))->a;
            if (from == to)
                continue;
            const Index x = *index_at(g, from);
            IndexId between = index_of(g, x.name, x.lower, x.upper, INDEX_BETWEEN + i);
            for (int k = 0; k < 3; k++)
                *values[k] = turn ? fn_substitute(g, *values[k], between, build_index(g, to))
                                  : fn_substitute(g, *values[k], from, build_index(g, between));
        }
    a->at = at;
    a->bound = tuple_free(g, at);
}

NodeId array_element_at(Graph *g, NodeId array, TupleId at)
{
    NodeId part = array_only_part(g, array), condition, inside;
    if (!part || !one_hot_inside(g, node_at(g, part)->a, &condition, &inside))
        return build_read(g, array, at);
    Addend a = {.value = node_at(g, part)->a, .at = node_at(g, part)->b, .hard = build_true(g),
                .soft = build_true(g)};
    rename_indices(g, &a, at);
    return a.value;
}

static LookupKey addend_key(const Addend *a) { return hash_mix(a->at, a->bound); }

static LookupKey key_of_addend(const void *with, uint32_t number)
{
    return addend_key(&((const Addends *)with)->all.at[number - 1]);
}

static uint32_t addend_listed(const Addends *list, TupleId at, SetId bound, LookupTry *try)
{
    const Addend key = {.at = at, .bound = bound};
    *try = lookup_try(addend_key(&key));
    for (uint32_t i; (i = lookup_find(&list->places, try));)
        if (list->all.at[i - 1].at == at && list->all.at[i - 1].bound == bound)
            return i;
    return 0;
}

bool addends_have(const Addends *list, TupleId at, SetId bound)
{
    LookupTry try;
    return addend_listed(list, at, bound, &try);
}

/* The addend whose subscripts are the same, or become so by other names of indices, which `a` then
 * has; NULL if there is none. */
static Addend *find_addend(Graph *g, Addends *list, Addend *a, bool whole, LookupTry *at)
{
    if (whole && list->whole) {
        Addend *other = &list->all.at[list->whole - 1];
        if (other->at != a->at || other->bound != a->bound)
            rename_indices(g, a, other->at);
        return other;
    }
    const uint32_t same = addend_listed(list, a->at, a->bound, at);
    return same ? &list->all.at[same - 1] : NULL;
}

void addends_add(Graph *g, Addends *list, TupleId shape, Addend a)
{
    SetId needed = tuple_free(g, a.at);
    for (uint32_t i = 0; i < set_size(g, a.bound); i++)
        if (index_is_empty(g, set_member(g, a.bound, i)))
            return;
    addend_sum(g, &a, set_minus(g, a.bound, needed));
    a.bound = set_minus(g, a.bound, set_minus(g, a.bound, needed));
    bool whole = tuple_is_whole(g, a.at, a.bound, shape);
    LookupTry at;
    Addend *same = find_addend(g, list, &a, whole, &at);
    if (same) {
        addend_join(g, same, &a);
        return;
    }
    a.origin = graph_origin_now(g);
    *vec_push(graph_ctx(g), &list->all) = a;
    lookup_enter(graph_ctx(g), &list->places, list->all.count, &at, key_of_addend, list);
    if (whole)
        list->whole = list->all.count;
}

void addends_free(Graph *g, Addends *list)
{
    vec_free(graph_ctx(g), &list->all);
    ctx_resize(graph_ctx(g), list->places.slots, 0);
    *list = (Addends){0};
}

/* Has the value, or what it sums up, a condition of its own, which is as good as a test? */
static bool has_condition(const Graph *g, NodeId value)
{
    Node n = *node_at(g, value);
    while (n.op == OP_SUM || n.op == OP_NAME || n.op == OP_TEMP)
        n = *node_at(g, n.a);
    return n.op == OP_SELECT && (node_is_int(g, n.b, 0) || node_is_int(g, n.c, 0));
}

/* The value where the condition holds. That stays also where the value is 0 outside anyway: it
 * tells whether there is an element to add to. */
static NodeId added_under(Graph *g, NodeId condition, NodeId value)
{
    const SymId origin = graph_origin_now(g);
    const Maker maker = graph_maker_now(g);
    if (maker == MADE_BY_DIFF)
        graph_origin(g, origin, MADE_BY_MODEL);
    else if (maker == MADE_BY_SWEEP && !has_condition(g, value))
        graph_origin(g, origin, MADE_TO_STAY);
    const NodeId added = guard_apply(g, condition, value);
    graph_origin(g, origin, maker);
    return added;
}

/* Is it a subscript of an element in all turns of its loops? */
static bool is_there(Graph *g, NodeId at, NodeId extent)
{
    const Index index = node_op(g, at) == OP_INDEX ? *index_at(g, node_at(g, at)->a) : (Index){0};
    if (index.lower && node_is_int(g, index.lower, 0) && index.upper == extent)
        return true;
    const NodeId behind = build2(g, OP_ADD, at, build_int(g, 1));
    return extent_promised(g, at) && extent_promised(g, build2(g, OP_SUB, extent, behind));
}

/* A read within an arm of a condition may be none of an element of the array elsewhere: what it
 * adds is said to be added under that condition only. */
static NodeId guarded_value(Graph *g, const Addend *a, TupleId shape)
{
    bool plain = true;
    for (uint32_t i = 0; i < tuple_size(g, a->at) && plain; i++)
        plain = is_there(g, tuple_item(g, a->at, i), tuple_item(g, shape, i));
    if (plain || node_number(g, a->hard))
        return a->value;
    return added_under(g, a->hard, guard_inside(g, a->hard, a->value));
}

void addends_parts(Graph *g, const Addends *list, TupleId shape, U32Vec *parts)
{
    const SymId origin = graph_origin_now(g);
    const Maker maker = graph_maker_now(g);
    for (uint32_t i = 0; i < list->all.count; i++) {
        const Addend *a = &list->all.at[i];
        graph_origin(g, a->origin ? a->origin : origin, maker);
        NodeId part = build_part(g, guarded_value(g, a, shape), a->at, a->bound);
        *vec_push(graph_ctx(g), parts) = part;
    }
    graph_origin(g, origin, maker);
}

NodeId addends_array(Graph *g, const Addends *list, SymId sym)
{
    U32Vec parts = {0};
    if (!list->all.count)
        return array_zeros(g, sym);
    addends_parts(g, list, sym_at(g, sym)->shape, &parts);
    int kind = parts_cover(g, &parts, sym_at(g, sym)->shape) ? ARRAY_SET : ARRAY_ADD;
    NodeId array = build_array(g, tuple_of(g, parts.at, parts.count), sym, kind);
    vec_free(graph_ctx(g), &parts);
    return array;
}
