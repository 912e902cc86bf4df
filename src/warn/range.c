/* What is needed, and what is assumed, in; out: the range of each node, from the inputs up. Within
 * the arm of a condition an operand has the range that the condition leaves of it. The arrays of a
 * recurrence are gone through until they grow no more: then what is read of them is what they
 * hold. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "warn/warn.h"

enum {
    ROUNDS = 3,         /* through what is assumed, for bounds that depend on bounds */
    SYSTEM_ROUNDS = 6,  /* through the model with recurrences; then anything may be in them */
    WIDEN_AFTER = 2,    /* rounds after which ends that move are moved on at once */
    BRANCH_STEPS = 64,  /* so many branches around a node are heard */
    BRANCH_PARTS = 64,  /* so far a branch's condition is looked into */
    HEARD_MAX = 1 << 18, /* what branches said is forgotten, to be heard again, where it is more */
    LOOK_DEPTH = 4      /* how far operands are gone through once more under a branch */
};

static const double infinite = (double)INFINITY;

static Range unknown(void)
{
    return range_all();
}

/* ---- leaves */

static Range leaf_of(Ranges *r, SymId sym)
{
    const SymKind kind = sym_at(r->g, sym)->kind;
    Range range = range_all();
    range.leaves = (uint64_t)1 << (sym % 64);
    if (kind == SYM_DIM) /* a size of 0 is no matter of derivatives */
        range = range_between(1, infinite, false, true);
    if (kind == SYM_INPUT || kind == SYM_PARAM || kind == SYM_DIM)
        range.flags |= RANGE_EXACT | RANGE_GENERIC;
    range.leaves = (uint64_t)1 << (sym % 64);
    if (kind == SYM_INDEX) { /* an argument of integers, from 0 on */
        range = range_between(0, infinite, false, true);
        range.flags &= ~(uint32_t)RANGE_EXACT;
    }
    return range;
}

static Range range_of_number(const Number *n)
{
    mpfr_t real;
    mpfr_init2(real, 53);
    number_get(n, real);
    double value = mpfr_get_d(real, MPFR_RNDN);
    mpfr_clear(real);
    return isnan(value) ? unknown() : range_point(value);
}

/* ---- branches */

static void forget_branches(Ranges *r)
{
    for (uint32_t i = 1; i < r->reach->branches.count; i++)
        r->reach->branches.at[i].known = false;
    r->facts.count = 0;
    r->relations.count = 0;
}

/* Bounds by a relation: of either side by what the other can be. */
static void bound_sides(Ranges *r, const Relation *s, FactVec *out, bool *number)
{
    NodeId side[2] = {s->less, s->more};
    *number = false;
    for (int i = 0; i < 2; i++) {
        NodeId id = fact_bare(r->g, side[!i]);
        const Number *n = node_number(r->g, id);
        Range other = n ? range_of_number(n) : id < r->now ? r->at[id] : unknown();
        if (node_number(r->g, fact_bare(r->g, side[i])) || range_is_empty(&other))
            continue;
        Range bound = i ? range_between(other.low, infinite,
                                        s->strict || other.flags & RANGE_LOW_OPEN, true)
                        : range_between(-infinite, other.high, true,
                                        s->strict || other.flags & RANGE_HIGH_OPEN);
        if (s->unequal) {
            bound = range_all();
            if (!n || other.low != 0)
                continue;
            bound.flags |= RANGE_NOT_ZERO;
        }
        if (isinf(other.low) && isinf(other.high))
            continue;
        *number = fact_bound(r->g, side[i], bound, n != NULL, out) && n;
    }
}

static void hear_branch(Ranges *r, Branch *b)
{
    if (b->known)
        return;
    bool ignored;
    if (r->facts.count + r->relations.count > HEARD_MAX)
        forget_branches(r);
    b->known = true;
    b->relations = r->relations.count;
    b->facts = r->facts.count;
    fact_relations(r->g, b->condition, b->holds, BRANCH_PARTS, &r->relations);
    b->relation_count = r->relations.count - b->relations;
    for (uint32_t i = 0; i < b->relation_count; i++) {
        const Relation s = r->relations.at[b->relations + i];
        bound_sides(r, &s, &r->facts, &ignored);
    }
    b->fact_count = r->facts.count - b->facts;
}

/* What a relation says of a difference. */
static Range meet_difference(const Relation *s, const Difference *known, const Difference *asked,
                             Range range, bool *told)
{
    Range side;
    if (!fact_difference(s, known, asked, &side))
        return range;
    *told = true;
    range = range_meet(range, &side);
    if (!s->unequal)
        range.flags &= ~(uint32_t)RANGE_GENERIC;
    return range;
}

/* What a branch says of a node itself. `told`: something was. */
static Range meet_branch(Ranges *r, NodeId node, uint32_t number, Range range, bool *told)
{
    Branch *b = &r->reach->branches.at[number];
    hear_branch(r, b);
    for (uint32_t i = 0; i < b->fact_count; i++) {
        const Fact *f = &r->facts.at[b->facts + i];
        if (f->node != node)
            continue;
        range = range_meet(range, &f->range);
        if (!f->number)
            range.flags &= ~(uint32_t)RANGE_EXACT;
        *told = true;
    }
    const Node n = *node_at(r->g, node);
    Difference asked, known;
    if (n.op != OP_SUB || !b->relation_count || !fact_split(r->g, n.a, n.b, &asked))
        return range;
    for (uint32_t i = 0; i < b->relation_count; i++) {
        const Relation *s = &r->relations.at[b->relations + i];
        if (fact_split(r->g, s->more, s->less, &known))
            range = meet_difference(s, &known, &asked, range, told);
    }
    return range;
}

static uint64_t leaves_of(const Ranges *r, NodeId id)
{
    return id < r->now ? r->at[id].leaves : ~(uint64_t)0;
}

/* The branch around a node; 0 for what only assumptions need, too. */
static uint32_t branch_around(const Ranges *r, NodeId id)
{
    return r->reach->marks[id] & REACH_LIVE ? r->reach->branch[id] : 0;
}

/* Where an operand is looked at. */
typedef struct Look {
    NodeId node;     /* whose operand it is; 0: branch says where */
    uint32_t branch;
    int depth;       /* operands of operands so far */
} Look;

static Range evaluate(Ranges *r, NodeId id, const Look *look);

/* A node's range where it is needed in a branch within its own. */
static Range look_at(Ranges *r, NodeId id, const Look *look)
{
    const uint32_t own = branch_around(r, id);
    Range range = r->at[id];
    const NodeId bare = fact_bare(r->g, id);
    bool told = false, touched = false;
    uint32_t b = look->branch;
    for (int steps = 0; b && b != own && steps < BRANCH_STEPS; steps++) {
        const Branch branch = r->reach->branches.at[b];
        range = meet_branch(r, bare, b, range, &told);
        touched = touched || leaves_of(r, branch.condition) & range.leaves ||
                  node_at(r->g, branch.condition)->free;
        b = branch.outer;
    }
    if (told || !touched || range_is_empty(&range))
        return range;
    range.flags &= ~(uint32_t)RANGE_EXACT;
    if (look->depth < LOOK_DEPTH && node_arity(r->g, bare) > 0) {
        const Look deeper = {0, look->branch, look->depth + 1};
        Range again = evaluate(r, bare, &deeper);
        Range both = range_meet(again, &range);
        both.flags |= range.flags & RANGE_GENERIC;
        return both;
    }
    return range;
}

static Range operand(Ranges *r, NodeId id, const Look *look)
{
    const uint32_t branch = look->node ? branch_around(r, look->node) : look->branch;
    const Look here = {0, branch, look->depth};
    if (!branch || branch == r->reach->branch[id])
        return r->at[id];
    return look_at(r, id, &here);
}

Range range_of_operand(Ranges *r, NodeId node, NodeId id)
{
    const Look look = {node, 0, 0};
    return operand(r, id, &look);
}

/* ---- nodes */

static Range range_of_index(Ranges *r, IndexId index)
{
    const Index i = *index_at(r->g, index);
    Range one = range_point(-1);
    Range upper = range_add(&r->at[i.upper], &one);
    Range range = range_between(r->at[i.lower].low, upper.high, false, false);
    range.flags &= ~(uint32_t)RANGE_EXACT;
    return range_is_empty(&range) ? unknown() : range;
}

/* How many turns a loop has. */
static Range turns_of(Ranges *r, IndexId index)
{
    const Index i = *index_at(r->g, index);
    const Range lower = range_neg(&r->at[i.lower]), turns = range_add(&r->at[i.upper], &lower);
    const Range zero = range_between(0, infinite, false, true);
    if (node_op(r->g, i.upper) == OP_REF && node_is_int(r->g, i.lower, 0))
        return r->at[i.upper];
    return range_meet(turns, &zero);
}

static Range range_of_reduction(Ranges *r, NodeId id, const Look *look)
{
    const Node n = *node_at(r->g, id);
    const Range body = operand(r, n.a, look), turns = turns_of(r, n.b);
    const bool some = range_is_at_least(&turns, 1);
    Range x = body, zero = range_point(0), one = range_point(1);
    switch (n.op) {
    case OP_SUM: x = range_mul(&body, &turns); break;
    case OP_PROD:
        x = range_is_at_least(&body, 0)
                ? range_between(0, range_is_at_most(&body, 1) ? 1 : infinite,
                                range_is_above(&body, 0), false)
                : unknown();
        x = some ? x : range_join(&x, &one);
        break;
    case OP_RHYPOT: x = range_between(0, infinite, some && !range_has(&body, 0), true); break;
    default: /* an extreme of nothing is infinite */
        if (!some)
            x = unknown();
        break;
    }
    if (n.op == OP_SUM && !some)
        x = range_join(&x, &zero);
    x.leaves = body.leaves;
    x.flags &= ~(uint32_t)(RANGE_EXACT | RANGE_GENERIC);
    x.flags |= body.flags & RANGE_GENERIC;
    if (some && n.op != OP_PROD)
        x.flags |= body.flags & RANGE_EXACT;
    return range_is_empty(&x) ? unknown() : x;
}

static Range range_of_select(Ranges *r, NodeId id, const Look *look)
{
    const Node n = *node_at(r->g, id);
    const Range condition = operand(r, n.a, look);
    Range arm[2];
    for (uint32_t i = 0; i < 2; i++) {
        const NodeId value = i ? n.c : n.b;
        const uint32_t branch = r->reach->arms[id] ? r->reach->arms[id] + i : 0;
        Look here = {0, branch, look->depth};
        bool ignored = false;
        if (!look->node && look->branch) /* looked at again: what is around it says more */
            here.branch = look->branch;
        arm[i] = operand(r, value, &here);
        if (branch)
            arm[i] = meet_branch(r, fact_bare(r->g, value), branch, arm[i], &ignored);
    }
    if (range_is_point(&condition))
        return condition.low != 0 ? arm[0] : arm[1];
    Range x = range_join(&arm[0], &arm[1]);
    x.leaves |= condition.leaves;
    return x;
}

static Range range_of_parts(Ranges *r, NodeId id)
{
    const Node n = *node_at(r->g, id);
    Range x = range_none();
    for (uint32_t i = 0; i < tuple_size(r->g, n.a); i++)
        x = range_join(&x, &r->at[tuple_item(r->g, n.a, i)]);
    return n.c == ARRAY_SET ? x : unknown();
}

static Range range_of_operator(Ranges *r, NodeId id, const Look *look)
{
    const Node n = *node_at(r->g, id);
    Range x[3] = {0};
    const int arity = op_info((Op)n.op)->arity;
    for (int i = 0; i < arity; i++)
        x[i] = operand(r, node_operand(r->g, id, i), look);
    const bool same = arity > 1 && fact_bare(r->g, n.a) == fact_bare(r->g, n.b);
    return image_of(&r->images, (Op)n.op, x, same);
}

static Range evaluate(Ranges *r, NodeId id, const Look *look)
{
    const Node n = *node_at(r->g, id);
    switch (n.op) {
    case OP_CONST: return range_of_number(node_number(r->g, id));
    case OP_REF: return r->leaf[n.a];
    case OP_OWN: return r->leaf[n.a];
    case OP_INDEX: return range_of_index(r, n.a);
    case OP_NAME: case OP_TEMP: case OP_HOLD: case OP_LINK: case OP_STOP: case OP_PART:
        return operand(r, n.a, look);
    case OP_READ: return r->at[n.a];
    case OP_ARRAY: return range_of_parts(r, id);
    case OP_SYSTEM: return unknown();
    case OP_MEMBER: return r->at[member_array(r->g, id)];
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: case OP_RHYPOT:
        return range_of_reduction(r, id, look);
    case OP_SELECT: return range_of_select(r, id, look);
    case OP_DIFF: case OP_RULE: case OP_ACTIVE: case OP_FACTOR: case OP_SOLVE: case OP_TSOLVE:
    case OP_INVERSE: case OP_DET: return unknown();
    default: return range_of_operator(r, id, look);
    }
}

/* ---- what is assumed */

static int fact_order(const void *left, const void *right)
{
    const Fact *a = left, *b = right;
    return (a->node > b->node) - (a->node < b->node);
}

static Range meet_fact(const Fact *f, Range range)
{
    Range both = range_meet(range, &f->range);
    if (range_is_empty(&both)) /* no point satisfies what is assumed: say nothing */
        return range;
    const bool unequal = isinf(f->range.low) && isinf(f->range.high);
    if (!unequal)
        both.flags &= ~(uint32_t)RANGE_GENERIC;
    if (!f->number)
        both.flags &= ~(uint32_t)RANGE_EXACT;
    return both;
}

/* note [tied]: where assumptions speak of more than a bound of one leaf, the leaves in them are not
 * free: neither of x and y for x < y. What they speak of, y - x, has the range that they give it,
 * if no other one speaks of the same leaves. */
static bool has_more_ties(const Ranges *r, uint64_t leaves, uint32_t count)
{
    uint32_t ties = 0;
    for (uint32_t i = 0; i < r->related.count && ties <= count; i++)
        ties += r->related.at[i].ties && r->related.at[i].leaves & leaves;
    return ties > count;
}

/* The range after so many assumptions have narrowed it. */
static Range narrowed(const Ranges *r, Range before, Range range, uint32_t count)
{
    const bool less = before.low != range.low || before.high != range.high ||
                      (before.flags ^ range.flags) & (RANGE_LOW_OPEN | RANGE_HIGH_OPEN);
    if (less && !range_is_empty(&range))
        range.flags |= has_more_ties(r, range.leaves, count) ? 0u : RANGE_EXACT;
    return range;
}

static Range meet_assumed(const Ranges *r, NodeId id, Range range)
{
    uint32_t low = 0, high = r->assumed.count, count = 0;
    const Range before = range;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->assumed.at[middle].node < id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < r->assumed.count && r->assumed.at[low].node == id; low++) {
        range = meet_fact(&r->assumed.at[low], range);
        count += r->assumed.at[low].number;
    }
    return count ? narrowed(r, before, range, count) : range;
}

/* By the values of a difference, in any order. */
static int apart_order(const void *left, const void *right)
{
    const Difference *a = &((const Apart *)left)->of, *b = &((const Apart *)right)->of;
    const NodeId x = a->plus < a->minus ? a->plus : a->minus,
                 y = b->plus < b->minus ? b->plus : b->minus, u = a->plus + a->minus - x,
                 v = b->plus + b->minus - y;
    return x != y ? (x > y) - (x < y) : (u > v) - (u < v);
}

static Range meet_related(const Ranges *r, NodeId id, Range range)
{
    const Node n = *node_at(r->g, id);
    const Range before = range;
    uint32_t low = 0, high = r->apart.count, count = 0;
    Apart asked = {.relation = 0};
    if (n.op != OP_SUB || !fact_split(r->g, n.a, n.b, &asked.of))
        return range;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (apart_order(&r->apart.at[middle], &asked) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < r->apart.count && !apart_order(&r->apart.at[low], &asked); low++) {
        const Apart *a = &r->apart.at[low];
        bool told = false;
        range = meet_difference(&r->related.at[a->relation], &a->of, &asked.of, range, &told);
        count += told;
    }
    return count ? narrowed(r, before, range, count) : range;
}

/* Computes one node. */
static void set_range(Ranges *r, NodeId id)
{
    const Look look = {id, 0, 0};
    bool ignored = false;
    Range x = evaluate(r, id, &look);
    if (r->reach->marks[id] & REACH_FACT)
        x = meet_assumed(r, id, x);
    if (r->apart.count)
        x = meet_related(r, id, x);
    int steps = 0;
    for (uint32_t b = branch_around(r, id); b && steps < BRANCH_STEPS; steps++) {
        x = meet_branch(r, id, b, x, &ignored);
        b = r->reach->branches.at[b].outer;
    }
    r->at[id] = x;
    r->now = id + 1;
}

/* The symbol of an argument that a fact bounds as a whole: of x itself, or of all x[i]. */
static SymId whole_symbol(Graph *g, NodeId id)
{
    const Node n = *node_at(g, id);
    if (n.op != OP_REF || (n.b && !tuple_is_whole(g, n.b, n.free, sym_at(g, n.a)->shape)))
        return 0;
    return n.a;
}

/* The array that a fact bounds as a whole. */
static NodeId whole_array(Graph *g, NodeId id)
{
    const Node n = *node_at(g, id);
    if (n.op != OP_READ || !tuple_is_whole(g, n.b, n.free, node_shape(g, n.a)))
        return 0;
    return node_op(g, n.a) == OP_MEMBER ? member_array(g, n.a) : n.a;
}

/* Keeps facts of nodes; those of arguments are kept with them. */
static void keep_facts(Ranges *r, const FactVec *facts)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        Fact f = facts->at[i];
        const SymId sym = whole_symbol(r->g, f.node);
        const NodeId array = whole_array(r->g, f.node);
        if (sym) {
            r->leaf[sym] = meet_fact(&f, r->leaf[sym]);
            continue;
        }
        f.node = array ? array : f.node;
        r->reach->marks[f.node] |= REACH_FACT;
        *vec_push(r->ctx, &r->assumed) = f;
    }
}

/* note [tied] */
static void tie_leaves(Ranges *r, uint64_t leaves)
{
    for (SymId sym = 1; sym < r->syms; sym++)
        if (r->leaf[sym].leaves & leaves)
            r->leaf[sym].flags &= ~(uint32_t)RANGE_EXACT;
}

/* Takes bounds from what is assumed; is there any by what is no number, and may move? */
static bool take_relations(Ranges *r, bool first)
{
    bool moves = false;
    FactVec facts = {0};
    uint64_t tied = 0;
    for (uint32_t i = 0; i < r->related.count; i++) {
        Relation *kept = &r->related.at[i];
        const Relation s = *kept;
        const bool numbers = node_number(r->g, s.less) || node_number(r->g, s.more);
        bool all;
        if (!first && numbers)
            continue;
        moves = moves || !numbers;
        facts.count = 0;
        bound_sides(r, &s, &facts, &all);
        keep_facts(r, &facts);
        kept->ties = kept->ties || !all;
        kept->leaves = leaves_of(r, s.less) | leaves_of(r, s.more);
        if (kept->ties)
            tied |= kept->leaves;
    }
    tie_leaves(r, tied);
    if (r->assumed.count)
        qsort(r->assumed.at, r->assumed.count, sizeof *r->assumed.at, fact_order);
    vec_free(r->ctx, &facts);
    return moves;
}

/* What the conditions are, those of arrays by their elements. */
static void read_assumption(Ranges *r, NodeId root)
{
    const Node n = *node_at(r->g, root);
    if (n.op != OP_ARRAY) {
        fact_relations(r->g, root, true, UINT32_MAX, &r->related);
        return;
    }
    for (uint32_t i = 0; i < tuple_size(r->g, n.a); i++)
        fact_relations(r->g, node_at(r->g, tuple_item(r->g, n.a, i))->a, true, UINT32_MAX,
                       &r->related);
}

static void assume(Ranges *r, const NodeId *roots, uint32_t count)
{
    uint8_t *live = graph_live(r->g, roots, count);
    for (uint32_t i = 0; i < count; i++)
        read_assumption(r, roots[i]);
    for (uint32_t i = 0; i < r->related.count; i++) {
        const Relation *s = &r->related.at[i];
        Apart a = {.relation = i};
        if (fact_split(r->g, s->more, s->less, &a.of))
            *vec_push(r->ctx, &r->apart) = a;
    }
    if (r->apart.count)
        qsort(r->apart.at, r->apart.count, sizeof *r->apart.at, apart_order);
    for (int round = 0; round < ROUNDS; round++) {
        for (NodeId id = 1; id < r->reach->count; id++)
            if (live[id])
                set_range(r, id);
        r->now = r->reach->count;
        if (!take_relations(r, round == 0))
            break;
    }
    ctx_resize(r->ctx, live, 0);
}

/* ---- all nodes */

/* The arrays of recurrences after a round: do they hold more than was read of them? */
static bool grow_systems(Ranges *r, int round)
{
    bool grown = false;
    for (NodeId id = 1; id < r->reach->count; id++) {
        const Node n = *node_at(r->g, id);
        if (n.op != OP_SYSTEM || !(r->reach->marks[id] & REACH_LIVE))
            continue;
        for (uint32_t k = 0; k < tuple_size(r->g, n.a); k++) {
            const NodeId array = tuple_item(r->g, n.a, k);
            Range *own = &r->leaf[array_sym(r->g, array)], now = r->at[array];
            if (range_within(&now, own))
                continue;
            Range more = range_join(own, &now);
            if (round >= WIDEN_AFTER && more.low < own->low)
                more.low = more.low >= 0 ? 0 : -infinite;
            if (round >= WIDEN_AFTER && more.high > own->high)
                more.high = more.high <= 0 ? 0 : infinite;
            more = range_between(more.low, more.high, more.flags & RANGE_LOW_OPEN,
                                 more.flags & RANGE_HIGH_OPEN);
            more.leaves = ~(uint64_t)0;
            more.flags &= ~(uint32_t)RANGE_EXACT;
            *own = round + 2 < SYSTEM_ROUNDS ? more : unknown();
            grown = true;
        }
    }
    return grown;
}

static bool has_systems(Ranges *r)
{
    bool found = false;
    for (NodeId id = 1; id < r->reach->count; id++) {
        const Node *n = node_at(r->g, id);
        if (n->op != OP_OWN || !(r->reach->marks[id] & REACH_LIVE))
            continue;
        r->leaf[n->a] = range_none();
        found = true;
    }
    return found;
}

void ranges_begin(Ranges *r, Reach *reach, const NodeId *assumptions, uint32_t count)
{
    Graph *g = reach->g;
    Ctx *ctx = graph_ctx(g);
    *r = (Ranges){.ctx = ctx, .g = g, .reach = reach, .syms = sym_count(g)};
    r->at = array_new(ctx, reach->count, sizeof *r->at);
    r->leaf = array_new(ctx, r->syms, sizeof *r->leaf);
    for (SymId sym = 1; sym < r->syms; sym++)
        r->leaf[sym] = leaf_of(r, sym);
    if (count)
        assume(r, assumptions, count);
    const bool systems = has_systems(r);
    for (int round = 0; round < SYSTEM_ROUNDS; round++) {
        r->now = 1;
        forget_branches(r);
        for (NodeId id = 1; id < reach->count; id++)
            if (reach->marks[id] & REACH_LIVE)
                set_range(r, id);
        r->now = reach->count;
        if (!systems || !grow_systems(r, round))
            break;
    }
}

void ranges_end(Ranges *r)
{
    ctx_resize(r->ctx, r->at, 0);
    ctx_resize(r->ctx, r->leaf, 0);
    vec_free(r->ctx, &r->assumed);
    vec_free(r->ctx, &r->related);
    vec_free(r->ctx, &r->apart);
    vec_free(r->ctx, &r->facts);
    vec_free(r->ctx, &r->relations);
}
