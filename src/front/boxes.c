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
        const BoxAxis *from = &boxes->at[i];
        Segment *to = &all[i % rank * count + i / rank];
        if (!node_integer(s->g, from->start, &to->start) ||
            !node_integer(s->g, from->end, &to->end))
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

static bool report_twice(Shaping *s, const Entity *e, uint32_t i, uint32_t k)
{
    diag_error(s->ctx, equation_span(s, e, i), "redefined", "elements of '%s' are defined twice",
               name_text(s->ctx, e->name));
    diag_note(s->ctx, equation_span(s, e, k), "the other equation for them is here");
    return false;
}

/* Not below 0 where one box ends before the other begins, on some axis; 0 if there is no axis for
 * which sizes could be so. */
static NodeId distance(Shaping *s, const BoxAxis *a, const BoxAxis *b, uint32_t rank)
{
    Graph *g = s->g;
    NodeId most = 0;
    for (uint32_t k = 0; k < rank; k++)
        for (int turn = 0; turn < 2; turn++) {
            NodeId room = turn ? build2(g, OP_SUB, a[k].start, b[k].end)
                               : build2(g, OP_SUB, b[k].start, a[k].end);
            if (!extent_usual(g, build2(g, OP_SUB, build_int(g, -1), room), 1, NULL, 0))
                most = most ? extent_larger(g, most, room, NULL, 0) : room;
        }
    return most;
}

/* Complains if the box meets another one; where that depends on sizes, it must not: a fact. */
static bool check_pair(Shaping *s, const Entity *e, const BoxVec *boxes, uint32_t i, uint32_t k,
                       Facts *f)
{
    const uint32_t rank = tuple_size(s->g, e->shape);
    const BoxAxis *a = boxes->at + (size_t)i * rank, *b = boxes->at + (size_t)k * rank;
    if (apart(s, a, b, rank))
        return true;
    const NodeId room = distance(s, a, b, rank);
    if (!room)
        return report_twice(s, e, i, k);
    shape_precondition(s, room, equation_span(s, e, i));
    facts_add(f, room);
    return true;
}

/* All pairs, but for those that numbers tell apart: there may be a box for each element. */
static bool check_pairs(Shaping *s, const Entity *e, const BoxVec *boxes, Facts *f)
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
                   check_pair(s, e, boxes, i, others.at[k], f);
        segments_enter(&order, i);
    }
    vec_free(s->ctx, &others);
    segments_free(s->ctx, &order);
    ctx_resize(s->ctx, all, 0);
    return good;
}

/* What is given, and of what. */
typedef struct Whole {
    Name name;
    Span span;
    TupleId shape;
} Whole;

/* A number of elements, as it is or multiplied out: the shorter one. */
static void put_number(Shaping *s, NodeId number, Text *out)
{
    const Poly p = poly_of(s->g, number, 0);
    const NodeId other = p.lost ? 0 : poly_node(s->g, &p);
    Text expanded = text_new(s->ctx);
    extent_text(s->g, number, out);
    if (other)
        extent_text(s->g, other, &expanded);
    if (other && expanded.len < out->len) {
        out->len = 0;
        text_put(out, expanded.at);
    }
    text_free(&expanded);
}

static bool report_missing(Shaping *s, const Whole *w, NodeId sum)
{
    Text text = text_new(s->ctx), found = text_new(s->ctx);
    extent_shape_text(s->g, w->shape, &text);
    put_number(s, sum, &found);
    diag_error(s->ctx, w->span, "missing",
               "expected equations for all elements of the shape %s, found %s of them", text.at,
               found.at);
    diag_hint(s->ctx, "elements of '%s' are counted from 0 on; those of no meaning can be set to 0",
              name_text(s->ctx, w->name));
    text_free(&text);
    text_free(&found);
    return false;
}

/* Do the boxes, which are apart, leave nothing out? */
static bool check_whole(Shaping *s, const Whole *w, const BoxVec *boxes, const Facts *f)
{
    Graph *g = s->g;
    const uint32_t rank = tuple_size(g, w->shape);
    NodeId sum = build_int(g, 0), whole = build_int(g, 1);
    for (uint32_t i = 0; i < boxes->count; i += rank)
        sum = build2(g, OP_ADD, sum, volume(s, boxes->at + i, rank));
    for (uint32_t k = 0; k < rank; k++)
        whole = build2(g, OP_MUL, whole, tuple_item(g, w->shape, k));
    if (extent_same(g, sum, whole))
        return true;
    NodeId rest = build2(g, OP_SUB, build2(g, OP_SUB, whole, sum), build_int(g, 1));
    if (extent_usual(g, rest, 1, f->at, f->count))
        return report_missing(s, w, sum);
    shape_precondition(s, build2(g, OP_SUB, sum, whole), w->span); /* for some sizes */
    return true;
}

bool boxes_check(Shaping *s, Entity *e, const BoxVec *boxes)
{
    const Whole w = {e->name, e->span, e->shape};
    Facts f = {.count = 0};
    if (!e->partial)
        return check_pairs(s, e, boxes, &f) && check_whole(s, &w, boxes, &f);
    e->partial = !given_wholly(s, e);
    return given_once(s, e);
}

bool boxes_check_local(Shaping *s, const Local *l, BoxAxis *ends)
{
    const Whole w = {l->name, l->span, l->shape};
    const BoxVec boxes = {.at = ends, .count = l->count};
    const Facts none = {.count = 0};
    return check_whole(s, &w, &boxes, &none);
}

/* Does the box, if it has elements, end no later on the axis than there? */
static bool ends_by(Graph *g, const BoxVec *boxes, uint32_t rank, uint32_t box, uint32_t axis,
                    NodeId end, const Facts *f)
{
    const BoxAxis *a = &boxes->at[box * rank];
    Facts all = *f;
    for (uint32_t k = 0; k < rank; k++) {
        NodeId room = build2(g, OP_SUB, a[k].end, a[k].start);
        facts_add(&all, build2(g, OP_SUB, room, build_int(g, 1)));
    }
    return extent_nonnegative(g, build2(g, OP_SUB, end, a[axis].end), all.at, all.count);
}

/* Do all of the first boxes? */
static bool all_end_by(Graph *g, const BoxVec *boxes, uint32_t rank, uint32_t count, uint32_t axis,
                       NodeId end, const Facts *f)
{
    for (uint32_t i = 0; i < count; i++)
        if (!ends_by(g, boxes, rank, i, axis, end, f))
            return false;
    return true;
}

/* The extent of an axis: where the last box ends, of those that have elements. */
static NodeId join_axis(Graph *g, const BoxVec *boxes, uint32_t rank, uint32_t axis,
                        const Facts *f)
{
    NodeId extent = boxes->at[axis].end;
    for (uint32_t i = 1; i < boxes->count / rank; i++) {
        const NodeId end = boxes->at[i * rank + axis].end;
        const NodeId larger = extent_larger(g, extent, end, f->at, f->count);
        if (larger == extent || larger == end)
            extent = larger;
        else if (all_end_by(g, boxes, rank, i, axis, end, f))
            extent = end;
        else if (!ends_by(g, boxes, rank, i, axis, extent, f))
            extent = larger;
    }
    return extent;
}

void boxes_join(Shaping *s, Entity *e, const BoxVec *boxes, uint32_t rank, NodeId *extents)
{
    Facts f = {.count = 0};
    e->partial = false;
    for (uint32_t i = 0; i < boxes->count; i++)
        e->partial |= !boxes->at[i].box;
    for (uint32_t i = 0; i < boxes->count && boxes->count > rank && f.count < FACTS; i++) {
        const BoxAxis *a = &boxes->at[i];
        NodeId room = build2(s->g, OP_SUB, a->end, a->start);
        if (!a->box || node_is_int(s->g, a->start, 0) ||
            extent_nonnegative(s->g, room, f.at, f.count))
            continue;
        shape_precondition(s, room, e->span);
        facts_add(&f, room);
    }
    for (uint32_t k = 0; k < rank; k++) {
        extents[k] = join_axis(s->g, boxes, rank, k, &f);
        if (!extent_nonnegative(s->g, extents[k], f.at, f.count))
            shape_precondition(s, extents[k], e->span);
    }
}
