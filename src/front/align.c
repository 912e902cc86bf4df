/* Equations that share a loop in, what their indices are in its turns out. A loop has one index and
 * one range: equations whose index has another name get that one, those that come a few turns later
 * get it less these turns, and elements that lie before or behind the turns that all of them have
 * are set apart, as equations of their own. Loops come from the outside in: ranges of inner indices
 * may depend on the outer ones, which then are those of the outer loops. */
#include "front/front.h"

/* An equation on its way. */
typedef struct Shift {
    IndexId from;      /* its index on the axis */
    NodeId added;      /* what a turn is more than that index */
    NodeId start, end; /* its turns, half open */
} Shift;

static Equation *equation_of(Shaping *s, const Aligned *a)
{
    return &s->unit->equations.at[a->equation];
}

/* What the node is free in beside the loops that are around this one. */
static SetId open_in(Shaping *s, const Aligned *a, NodeId id)
{
    return set_minus(s->g, node_at(s->g, id)->free, equation_of(s, a)->loops);
}

/* The subscript on the axis, in the indices of the loops around. */
static NodeId subscript_of(Shaping *s, const Aligned *a)
{
    return tuple_item(s->g, equation_of(s, a)->place.at, a->axis);
}

/* The subscript on the left as an index and what is added to it; false if it has no index, or one
 * whose range depends on others than those of loops around. */
static bool find_shift(Shaping *s, const Aligned *a, bool down, Shift *shift)
{
    Graph *g = s->g;
    NodeId subscript = subscript_of(s, a);
    SetId free = open_in(s, a, subscript);
    if (set_size(g, free) != 1)
        return false;
    shift->from = set_member(g, free, 0);
    NodeId leaf = build_index(g, shift->from),
           turn = build_int(g, (long)(down ? -a->wait : a->wait));
    shift->added = extent_plus(g, build2(g, OP_SUB, subscript, leaf), turn);
    shift->start = extent_plus(g, index_at(g, shift->from)->lower, shift->added);
    shift->end = extent_plus(g, index_at(g, shift->from)->upper, shift->added);
    return !open_in(s, a, shift->added) && !open_in(s, a, shift->start) &&
           !open_in(s, a, shift->end);
}

static bool is_single(Shaping *s, const Aligned *a) { return !open_in(s, a, subscript_of(s, a)); }

/* The larger, or the smaller one, as far as is known by what callers promise. */
static NodeId farther(Shaping *s, NodeId a, NodeId b, bool larger)
{
    NodeId ahead = build2(s->g, OP_SUB, larger ? a : b, larger ? b : a);
    if (extent_same(s->g, a, b) || extent_promised(s->g, ahead))
        return a;
    if (extent_promised(s->g, build2(s->g, OP_SUB, build_int(s->g, 0), ahead)))
        return b;
    return build2(s->g, larger ? OP_MAX : OP_MIN, a, b);
}

static IndexId index_beside_range(Shaping *s, IndexId like, NodeId start, NodeId end)
{
    const Index i = *index_at(s->g, like);
    if (extent_same(s->g, i.lower, start) && extent_same(s->g, i.upper, end))
        return like;
    return index_of(s->g, i.name, start, end, 0);
}

/* What is before the common turns, or behind them, in its own index; 0 if nothing is. */
static IndexId rest_of(Shaping *s, const Shift *h, NodeId start, NodeId end, bool before)
{
    NodeId lower = before ? h->start : farther(s, start, end, true);
    NodeId upper = before ? farther(s, start, h->end, false) : h->end;
    if (extent_promised(s->g, build2(s->g, OP_SUB, lower, upper)))
        return 0;
    NodeId less = build2(s->g, OP_SUB, build_int(s->g, 0), h->added);
    lower = extent_plus(s->g, lower, less);
    upper = extent_plus(s->g, upper, less);
    return index_of(s->g, index_at(s->g, h->from)->name, lower, upper, 0);
}

/* An equation for one element is done in one turn: those before it, or behind it if it is at the
 * end, are set apart. False if it is in the midst of the turns. */
static bool set_single_apart(Shaping *s, const Aligned *a, bool down, NodeId *start, NodeId *end)
{
    NodeId wait = build_int(s->g, (long)(down ? -a->wait : a->wait));
    NodeId turn = extent_plus(s->g, subscript_of(s, a), wait);
    NodeId next = extent_plus(s->g, turn, build_int(s->g, 1));
    long turns;
    if (node_integer(s->g, build2(s->g, OP_SUB, next, *start), &turns) && turns <= SINGLES_MAX)
        *start = turns > 0 ? next : *start;
    else if (node_integer(s->g, build2(s->g, OP_SUB, *end, turn), &turns) && turns <= SINGLES_MAX)
        *end = turns > 0 ? turn : *end;
    else
        return false;
    return true;
}

static void add_turn(Shaping *s, const Aligned *a, const Shift *h, IndexId loop, NodeId start,
                     NodeId end)
{
    Turn t = {.equation = a->equation, .from = h->from, .loop = loop};
    Equation *e = equation_of(s, a);
    NodeId less = build2(s->g, OP_SUB, build_int(s->g, 0), h->added);
    t.value = extent_plus(s->g, build_index(s->g, loop), less);
    t.before = rest_of(s, h, start, end, true);
    t.behind = rest_of(s, h, start, end, false);
    if (loop != h->from) /* the same range, or else these are all its turns */
        *vec_push(s->ctx, &s->unit->turns) = t;
    e->place = piece_moved(s->g, e->place, h->from, loop, t.value);
    e->loops = set_with(s->g, e->loops, loop);
}

/* Turns are counted without a sign. */
static bool begins_from_zero(Shaping *s, NodeId start)
{
    return extent_nonnegative(s->g, start, NULL, 0) || extent_promised(s->g, start);
}

/* Has an index within the loop this name, in one of the equations? */
static bool is_inside(Shaping *s, const Shift *shifts, const Aligned *list, uint32_t count,
                      Name name)
{
    for (uint32_t i = 0; i < count; i++) {
        const Equation *e = equation_of(s, &list[i]);
        SetId inside = set_minus(s->g, e->place.bound, e->loops);
        if (!is_single(s, &list[i]))
            inside = set_without(s->g, inside, shifts[i].from);
        for (uint32_t k = 0; k < set_size(s->g, inside); k++)
            if (index_at(s->g, set_member(s->g, inside, k))->name == name)
                return true;
    }
    return false;
}

/* The index that the loop is called like: the first one whose name none within it has, so that C
 * has all of them as written, or else the first one. */
static IndexId name_giver(Shaping *s, const Shift *shifts, const Aligned *list, uint32_t count)
{
    IndexId first = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (is_single(s, &list[i]))
            continue;
        const IndexId index = shifts[i].from;
        if (!is_inside(s, shifts, list, count, index_at(s->g, index)->name))
            return index;
        first = first ? first : index;
    }
    return first;
}

/* Do the turns depend on loops alone that are around each of the equations? An element that was set
 * apart in one of these has none around it. */
static bool turns_known(Shaping *s, const Aligned *list, uint32_t count, NodeId start, NodeId end)
{
    for (uint32_t i = 0; i < count; i++)
        if (open_in(s, &list[i], start) || open_in(s, &list[i], end))
            return false;
    return true;
}

void align_equations(Shaping *s, const Aligned *list, uint32_t count, bool down)
{
    Shift *shifts = array_new(s->ctx, count + 1, sizeof *shifts);
    NodeId start = 0, end = 0;
    bool fits = true;
    for (uint32_t i = 0; i < count && fits; i++) {
        if (is_single(s, &list[i]))
            continue;
        fits = find_shift(s, &list[i], down, &shifts[i]);
        if (!fits)
            continue;
        start = start ? farther(s, start, shifts[i].start, true) : shifts[i].start;
        end = end ? farther(s, end, shifts[i].end, false) : shifts[i].end;
    }
    fits = fits && start && turns_known(s, list, count, start, end);
    for (uint32_t i = 0; i < count && fits; i++)
        if (is_single(s, &list[i]))
            fits = set_single_apart(s, &list[i], down, &start, &end);
    fits = fits && begins_from_zero(s, start);
    const IndexId like = fits ? name_giver(s, shifts, list, count) : 0,
                  loop = fits ? index_beside_range(s, like, start, end) : 0;
    for (uint32_t i = 0; i < count && fits; i++)
        if (!is_single(s, &list[i]))
            add_turn(s, &list[i], &shifts[i], loop, start, end);
    ctx_resize(s->ctx, shifts, 0);
}
