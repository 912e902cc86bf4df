/* What the equations of one array cover in, its extents out: as boxes, a half-open range an axis,
 * that must not overlap, and leave nothing out. */
#include "front/front.h"

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

bool boxes_check(Shaping *s, Entity *e, const BoxVec *boxes)
{
    uint32_t rank = tuple_size(s->g, e->shape), count = boxes->count / rank;
    NodeId sum = build_int(s->g, 0), whole = build_int(s->g, 1);
    bool disjoint = true;
    for (uint32_t i = 0; i < boxes->count; i++)
        if (!boxes->at[i].box) {
            e->partial = true;
            return true;
        }
    for (uint32_t i = 0; i < count; i++) {
        sum = build2(s->g, OP_ADD, sum, volume(s, boxes->at + i * rank, rank));
        for (uint32_t k = 0; k < i; k++) {
            if (apart(s, boxes->at + i * rank, boxes->at + k * rank, rank))
                continue;
            disjoint = false;
            if (!meets(s, boxes->at + i * rank, boxes->at + k * rank, rank))
                continue;
            uint32_t first = e->equation, second = e->equation;
            for (uint32_t t = 0; t < k; t++)
                first = s->unit->equations.at[first - 1].next;
            for (uint32_t t = 0; t < i; t++)
                second = s->unit->equations.at[second - 1].next;
            diag_error(s->ctx, s->unit->equations.at[second - 1].span, "redefined",
                       "elements of '%s' are defined twice", name_text(s->ctx, e->name));
            diag_note(s->ctx, s->unit->equations.at[first - 1].span,
                      "the other equation for them is here");
            return false;
        }
    }
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
