/* A function in, out which of its loops are written out: those over indices of a few constant
 * values, or of such as are constant in each turn of others that are written out, too, as j of
 * 0..i is in each of i's. Of these an index has a box of values, from the lowest to the highest
 * that any turn has, and a table of where its range begins and ends in each. */
#include "plan/plan.h"

/* No more than this many times as many nodes as before, and a few for small functions; no loops of
 * more turns, nor tables of more. */
enum { MAX_GROWTH = 40, ALWAYS_ALLOWED = 4000, TURNS_MOST = 1000, INSTANCES_MOST = 100000 };

bool turns_short(const Turns *t, IndexId index) { return t->count[index] > 0; }

uint32_t turns_offset(const Turns *t, SetId set)
{
    uint32_t offset = 0;
    for (uint32_t i = 0; i < set_size(t->g, set); i++) {
        const IndexId index = set_member(t->g, set, i);
        if (turns_short(t, index))
            offset = offset * t->count[index] + t->value[index];
    }
    return offset;
}

bool turns_next(Turns *t, SetId set)
{
    for (uint32_t i = set_size(t->g, set); i-- > 0;) {
        const IndexId index = set_member(t->g, set, i);
        if (!turns_short(t, index))
            continue;
        if (++t->value[index] < t->count[index])
            return true;
        t->value[index] = 0;
    }
    return false;
}

bool turns_any_empty(const Turns *t, SetId set)
{
    for (uint32_t i = 0; i < set_size(t->g, set); i++)
        if (t->empty[set_member(t->g, set, i)])
            return true;
    return false;
}

uint32_t turns_instances(const Turns *t, SetId set)
{
    uint64_t count = 1;
    if (turns_any_empty(t, set))
        return 0;
    for (uint32_t i = 0; i < set_size(t->g, set) && count < INSTANCES_MOST; i++) {
        const uint32_t turns = t->count[set_member(t->g, set, i)];
        count *= turns ? turns : 1;
    }
    return count < INSTANCES_MOST ? (uint32_t)count : INSTANCES_MOST;
}

/* ---- ranges */

/* What the index's range is free in. */
static SetId bases_of(Graph *g, IndexId index)
{
    const Index *i = index_at(g, index);
    return set_union(g, node_at(g, i->lower)->free, node_at(g, i->upper)->free);
}

bool turns_within(const Turns *t, IndexId index)
{
    const uint32_t table = t->table[index];
    const long value = t->lowest[index] + (long)t->value[index];
    if (!table)
        return true;
    const TurnRange *r = &t->ranges.at[table + turns_offset(t, bases_of(t->g, index))];
    return r->lower <= value && value < r->upper;
}

bool turns_all_within(const Turns *t, SetId set)
{
    for (uint32_t i = 0; i < set_size(t->g, set); i++)
        if (turns_short(t, set_member(t->g, set, i)) && !turns_within(t, set_member(t->g, set, i)))
            return false;
    return true;
}

/* A bound at the values at hand; false if it is no constant there. */
static bool bound_now(const Turns *t, NodeId bound, long *value)
{
    const SetId free = node_at(t->g, bound)->free;
    for (uint32_t i = set_size(t->g, free); i-- > 0;) {
        const IndexId index = set_member(t->g, free, i);
        NodeId now = build_int(t->g, t->lowest[index] + (long)t->value[index]);
        bound = fn_substitute(t->g, bound, index, now);
    }
    return node_integer(t->g, bound, value);
}

static bool range_now(const Turns *t, IndexId index, TurnRange *r)
{
    const Index i = *index_at(t->g, index);
    return bound_now(t, i.lower, &r->lower) && bound_now(t, i.upper, &r->upper);
}

/* Is the range a constant one in all turns of its bases? Enters them into the table. */
static bool find_ranges(Turns *t, IndexId index, SetId bases, TurnRange *box)
{
    bool known = true;
    t->table[index] = t->ranges.count;
    do {
        TurnRange r = {0, 0};
        if (known && turns_all_within(t, bases)) {
            known = range_now(t, index, &r);
            if (r.lower < r.upper && box->lower == box->upper) {
                *box = r;
            } else if (r.lower < r.upper) {
                box->lower = r.lower < box->lower ? r.lower : box->lower;
                box->upper = r.upper > box->upper ? r.upper : box->upper;
            }
        }
        *vec_push(graph_ctx(t->g), &t->ranges) = r;
    } while (turns_next(t, bases));
    return known;
}

static bool are_short(const Turns *t, SetId set)
{
    for (uint32_t i = 0; i < set_size(t->g, set); i++)
        if (!turns_short(t, set_member(t->g, set, i)))
            return false;
    return true;
}

/* Takes the index as one of a few values if it has no more than `most`; those that its range
 * depends on have been asked. */
static void take_index(Turns *t, IndexId index, uint32_t most)
{
    const SetId bases = bases_of(t->g, index);
    TurnRange box = {0, 0};
    t->count[index] = t->table[index] = 0;
    t->empty[index] = index_is_empty(t->g, index);
    if (most == 0 || t->empty[index] || !index_at(t->g, index)->lower || /* nothing is known */
        turns_any_empty(t, bases))
        return;
    if (!bases && !range_now(t, index, &box))
        return;
    if (bases && (!are_short(t, bases) || turns_instances(t, bases) > TURNS_MOST ||
                  !find_ranges(t, index, bases, &box)))
        return;
    t->empty[index] = bases && box.lower >= box.upper;
    if (box.lower < box.upper && box.upper - box.lower <= (long)most) {
        t->count[index] = (uint32_t)(box.upper - box.lower);
        t->lowest[index] = box.lower;
    }
}

/* ---- which indices */

/* An index whose value another range depends on, of an index that stays, stays. */
static void keep_bases(Turns *t, uint32_t count)
{
    for (bool more = true; more;) {
        more = false;
        for (IndexId k = 1; k < count; k++) {
            const SetId bases = bases_of(t->g, k);
            for (uint32_t m = 0; m < set_size(t->g, bases); m++) {
                const IndexId base = set_member(t->g, bases, m);
                if (turns_short(t, k) && !turns_short(t, base))
                    more = true, t->count[k] = 0;
                else if (!turns_short(t, k) && !t->empty[k] && turns_short(t, base))
                    more = true, t->count[base] = 0;
            }
        }
    }
}

static bool grows_too_much(const Turns *t, const Fn *fn)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < fn->order.count; i++) {
        const Node *n = node_at(t->g, fn->order.at[i]);
        total += turns_instances(t, n->op == OP_PART ? set_union(t->g, n->free, n->c) : n->free);
    }
    return total > ALWAYS_ALLOWED && total > (uint64_t)fn->order.count * MAX_GROWTH;
}

/* All that can be: how many turns most of them have. */
static uint32_t take_all(Turns *t, uint32_t count, uint32_t most)
{
    uint32_t largest = 0;
    t->ranges.count = 1; /* table 0 is none */
    for (IndexId k = 1; k < count; k++)
        take_index(t, k, most);
    keep_bases(t, count);
    for (IndexId k = 1; k < count; k++)
        largest = t->count[k] > largest ? t->count[k] : largest;
    return largest;
}

bool turns_choose(Turns *t, const Fn *fn, uint32_t most)
{
    const uint32_t count = index_count(t->g);
    bool any = false;
    uint32_t largest = take_all(t, count, most < TURNS_MOST ? most : TURNS_MOST);
    while (largest > 0 && grows_too_much(t, fn))
        largest = take_all(t, count, largest - 1);
    for (IndexId k = 1; k < count; k++)
        any |= turns_short(t, k) || t->empty[k];
    return any;
}

Turns turns_new(Graph *g)
{
    Ctx *ctx = graph_ctx(g);
    const uint32_t indices = index_count(g);
    Turns t = {.g = g};
    t.count = array_new(ctx, indices, sizeof *t.count);
    t.lowest = array_new(ctx, indices, sizeof *t.lowest);
    t.empty = array_new(ctx, indices, 1);
    t.value = array_new(ctx, indices, sizeof *t.value);
    t.table = array_new(ctx, indices, sizeof *t.table);
    TurnRange none = {0, 0};
    *vec_push(ctx, &t.ranges) = none;
    return t;
}

void turns_free(Turns *t)
{
    void *arrays[] = {t->count, t->lowest, t->empty, t->value, t->table};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ctx_resize(graph_ctx(t->g), arrays[i], 0);
    vec_free(graph_ctx(t->g), &t->ranges);
}
