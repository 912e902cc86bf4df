/* What the equations of one array cover in, its extents out: as boxes, a half-open range an axis,
 * that must not overlap, and leave nothing out. */
#include <limits.h>

#include "front/front.h"

/* Where the axes of the boxes begin and end, in numbers; without limits, where it is none. */
static Segment *find_segments(const Shaping *s, const BoxVec *boxes, uint32_t rank)
{
    const uint32_t count = boxes->count / rank;
    Segment *all = array_new(s->ctx, (size_t)boxes->count + 1, sizeof *all);
    for (uint32_t i = 0; i < boxes->count; i++) {
        const Number *start = node_number(s->g, boxes->at[i].start);
        const Number *end = node_number(s->g, boxes->at[i].end);
        Segment *to = &all[i % rank * count + i / rank];
        if (!start || !end || !number_integer(start, &to->start) || !number_integer(end, &to->end))
            *to = (Segment){LONG_MIN, LONG_MAX};
    }
    return all;
}

/* The boxes by the axis that tells most of them apart. */
static Segments find_order(const Shaping *s, const Segment *all, uint32_t count, uint32_t rank)
{
    Segments best = segments_new(s->ctx, all, count);
    for (uint32_t k = 1; k < rank; k++) {
        Segments other = segments_new(s->ctx, all + (size_t)k * count, count);
        Segments worse = other.starts > best.starts ? best : other;
        best = other.starts > best.starts ? other : best;
        segments_free(s->ctx, &worse);
    }
    return best;
}

/* The same of numbers, for arrays whose elements are given one by one. */
static bool surely_apart(const Segment *all, uint32_t count, uint32_t rank, uint32_t i, uint32_t k)
{
    for (uint32_t axis = 0; axis < rank; axis++, all += count)
        if (all[i].end <= all[k].start || all[k].end <= all[i].start)
            return true;
    return false;
}

/* Are all of it below all of the other, on some axis? */
static bool apart(Shaping *s, const BoxAxis *a, const BoxAxis *b, uint32_t rank)
{
    for (uint32_t k = 0; k < rank; k++)
        if (extent_nonnegative(s->g, build2(s->g, OP_SUB, b[k].start, a[k].end), NULL, 0) ||
            extent_nonnegative(s->g, build2(s->g, OP_SUB, a[k].start, b[k].end), NULL, 0))
            return true;
    return false;
}

/* Do they surely have an element in common? */
static bool meets(Shaping *s, const BoxAxis *a, const BoxAxis *b, uint32_t rank)
{
    NodeId one = build_int(s->g, 1);
    for (uint32_t k = 0; k < rank; k++)
        for (int turn = 0; turn < 4; turn++) {
            NodeId end = turn & 1 ? b[k].end : a[k].end, start = turn & 2 ? b[k].start : a[k].start;
            NodeId room = build2(s->g, OP_SUB, build2(s->g, OP_SUB, end, start), one);
            if (!extent_nonnegative(s->g, room, NULL, 0))
                return false;
        }
    return true;
}

static NodeId volume(Shaping *s, const BoxAxis *a, uint32_t rank)
{
    NodeId product = build_int(s->g, 1);
    for (uint32_t k = 0; k < rank; k++)
        product = build2(s->g, OP_MUL, product, build2(s->g, OP_SUB, a[k].end, a[k].start));
    return product;
}

/* The equation of this place among those of the array. */
static Span equation_span(const Shaping *s, const Entity *e, uint32_t place)
{
    uint32_t id = e->equation;
    while (place--)
        id = s->unit->equations.at[id - 1].next;
    return s->unit->equations.at[id - 1].span;
}

/* Complains if the box meets another one. `disjoint` becomes false if they are not known to be
 * apart. */
static bool check_pair(Shaping *s, const Entity *e, const BoxVec *boxes, uint32_t i, uint32_t k,
                       bool *disjoint)
{
    const uint32_t rank = tuple_size(s->g, e->shape);
    const BoxAxis *a = boxes->at + (size_t)i * rank, *b = boxes->at + (size_t)k * rank;
    if (apart(s, a, b, rank))
        return true;
    *disjoint = false;
    if (!meets(s, a, b, rank))
        return true;
    diag_error(s->ctx, equation_span(s, e, i), "redefined", "elements of '%s' are defined twice",
               name_text(s->ctx, e->name));
    diag_note(s->ctx, equation_span(s, e, k), "the other equation for them is here");
    return false;
}

/* All pairs, but for those that numbers tell apart: there may be a box for each element. */
static bool check_pairs(Shaping *s, const Entity *e, const BoxVec *boxes, bool *disjoint)
{
    const uint32_t rank = tuple_size(s->g, e->shape), count = boxes->count / rank;
    Segment *all = find_segments(s, boxes, rank);
    Segments order = find_order(s, all, count, rank);
    U32Vec others = {0};
    bool good = true;
    for (uint32_t i = 0; i < count && good; i++) {
        others.count = 0;
        segments_meeting(s->ctx, &order, i, &others);
        for (uint32_t k = 0; k < others.count && good; k++)
            good = surely_apart(all, count, rank, i, others.at[k]) ||
                   check_pair(s, e, boxes, i, others.at[k], disjoint);
        segments_enter(&order, i);
    }
    vec_free(s->ctx, &others);
    segments_free(s->ctx, &order);
    ctx_resize(s->ctx, all, 0);
    return good;
}

bool boxes_check(Shaping *s, Entity *e, const BoxVec *boxes)
{
    uint32_t rank = tuple_size(s->g, e->shape);
    NodeId sum = build_int(s->g, 0), whole = build_int(s->g, 1);
    bool disjoint = true;
    for (uint32_t i = 0; i < boxes->count; i++)
        if (!boxes->at[i].box) {
            e->partial = true;
            return true;
        }
    if (!check_pairs(s, e, boxes, &disjoint))
        return false;
    for (uint32_t i = 0; i < boxes->count; i += rank)
        sum = build2(s->g, OP_ADD, sum, volume(s, boxes->at + i, rank));
    for (uint32_t k = 0; k < rank; k++)
        whole = build2(s->g, OP_MUL, whole, tuple_item(s->g, e->shape, k));
    e->partial = !disjoint || !extent_same(s->g, sum, whole);
    NodeId rest = build2(s->g, OP_SUB, whole, sum);
    rest = build2(s->g, OP_SUB, rest, build_int(s->g, 1));
    if (!e->partial || !disjoint)
        return true;
    if (!extent_nonnegative(s->g, rest, NULL, 0)) { /* for some sizes, perhaps, all are given */
        shape_precondition(s, build2(s->g, OP_SUB, sum, whole), e->span);
        return true;
    }
    Text text = text_new(s->ctx), found = text_new(s->ctx);
    extent_shape_text(s->g, e->shape, &text);
    extent_text(s->g, sum, &found);
    diag_error(s->ctx, e->span, "missing",
               "expected equations for all elements of the shape %s, found %s of them", text.at,
               found.at);
    text_free(&text);
    text_free(&found);
    return false;
}

void boxes_join(Shaping *s, Entity *e, const BoxVec *boxes, uint32_t rank, NodeId *extents)
{
    NodeId facts[16];
    uint32_t count = 0;
    for (uint32_t i = 0; i < boxes->count && boxes->count > rank && count < 16; i++) {
        const BoxAxis *a = &boxes->at[i];
        NodeId room = build2(s->g, OP_SUB, a->end, a->start);
        if (!a->box ||
            !extent_nonnegative(s->g, build2(s->g, OP_SUB, a->start, build_int(s->g, 1)), NULL,
                                0) ||
            extent_nonnegative(s->g, room, facts, count))
            continue;
        shape_precondition(s, room, e->span);
        facts[count++] = room;
    }
    for (uint32_t k = 0; k < rank; k++) {
        extents[k] = boxes->at[k].end;
        for (uint32_t i = rank + k; i < boxes->count; i += rank)
            extents[k] = extent_larger(s->g, extents[k], boxes->at[i].end, facts, count);
        if (!extent_nonnegative(s->g, extents[k], facts, count))
            shape_precondition(s, extents[k], e->span);
    }
}
