/* What the equations of one array cover in, its extents out: as boxes, a half-open range an axis,
 * that must not overlap, and leave nothing out. */
#include "front/front.h"

/* Where an axis of a box begins and ends, if both are numbers. */
typedef struct Ends {
    bool known;
    long start, end;
} Ends;

static Ends *find_ends(const Shaping *s, const BoxVec *boxes)
{
    Ends *ends = array_new(s->ctx, boxes->count + 1, sizeof *ends);
    for (uint32_t i = 0; i < boxes->count; i++) {
        const Number *start = node_number(s->g, boxes->at[i].start);
        const Number *end = node_number(s->g, boxes->at[i].end);
        ends[i].known = start && end && number_integer(start, &ends[i].start) &&
                        number_integer(end, &ends[i].end);
    }
    return ends;
}

/* The same of numbers, for arrays whose elements are given one by one: there are as many pairs of
 * them as the square of their number. */
static bool surely_apart(const Ends *a, const Ends *b, uint32_t rank)
{
    for (uint32_t k = 0; k < rank; k++)
        if (a[k].known && b[k].known && (a[k].end <= b[k].start || b[k].end <= a[k].start))
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

/* Complains if two boxes meet. `disjoint` becomes false if they are not known to be apart. */
static bool check_pairs(Shaping *s, const Entity *e, const BoxVec *boxes, const Ends *ends,
                        bool *disjoint)
{
    uint32_t rank = tuple_size(s->g, e->shape);
    for (uint32_t i = 0; i < boxes->count; i += rank)
        for (uint32_t k = 0; k < i; k += rank) {
            if (surely_apart(ends + i, ends + k, rank) ||
                apart(s, boxes->at + i, boxes->at + k, rank))
                continue;
            *disjoint = false;
            if (!meets(s, boxes->at + i, boxes->at + k, rank))
                continue;
            diag_error(s->ctx, equation_span(s, e, i / rank), "redefined",
                       "elements of '%s' are defined twice", name_text(s->ctx, e->name));
            diag_note(s->ctx, equation_span(s, e, k / rank),
                      "the other equation for them is here");
            return false;
        }
    return true;
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
    Ends *ends = find_ends(s, boxes);
    bool good = check_pairs(s, e, boxes, ends, &disjoint);
    ctx_resize(s->ctx, ends, 0);
    if (!good)
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
