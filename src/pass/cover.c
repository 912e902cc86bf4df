/* Parts of an array in, the answer out whether they set each of its elements just once: then they
 * need no zeros to add to, and one turn of a loop may hand its element to the next statement.
 * Likewise of addends and one part: whether they add to all of its elements, or to none.
 *
 * The one idea: a part whose subscripts are constants, or different indices plus constants, is a
 * box. Boxes within the array that are apart in pairs, and of the array's size together, are all of
 * it. What callers promise of sizes counts. */
#include <assert.h>

#include "front/front.h"
#include "pass/pass.h"

/* More than this are asked for only if they are single elements. */
enum { RANK_MAX = 16, BOXES_MAX = 64 };

typedef struct Box {
    uint32_t rank;
    NodeId start[RANK_MAX], end[RANK_MAX]; /* half open */
} Box;

static bool is_element(const Graph *g, TupleId at)
{
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        if (node_op(g, tuple_item(g, at, i)) != OP_CONST)
            return false;
    return true;
}

/* One more than the greatest and the least value of a subscript; takes its index from `left`. */
static bool find_side(Graph *g, NodeId subscript, SetId *left, NodeId *start, NodeId *end)
{
    SetId free = node_at(g, subscript)->free;
    NodeId one = build_int(g, 1);
    if (!set_size(g, free)) {
        *start = subscript;
        *end = build2(g, OP_ADD, subscript, one);
        return true;
    }
    if (set_size(g, free) != 1 || !set_has(g, *left, set_member(g, free, 0)))
        return false;
    const Index index = *index_at(g, set_member(g, free, 0));
    NodeId offset = build2(g, OP_SUB, subscript, build_index(g, set_member(g, free, 0)));
    if (node_at(g, offset)->free || node_at(g, index.lower)->free || node_at(g, index.upper)->free)
        return false;
    *left = set_minus(g, *left, free);
    *start = build2(g, OP_ADD, index.lower, offset);
    *end = build2(g, OP_ADD, index.upper, offset);
    return true;
}

/* Are the subscripts, for all values of the bound indices, a box? */
static bool find_sides(Graph *g, TupleId at, SetId bound, Box *box)
{
    box->rank = tuple_size(g, at);
    for (uint32_t k = 0; k < box->rank; k++)
        if (!find_side(g, tuple_item(g, at, k), &bound, &box->start[k], &box->end[k]))
            return false;
    return !set_size(g, bound);
}

/* Is the part a box within the array? */
static bool find_box(Graph *g, NodeId part, TupleId shape, Box *box)
{
    if (!find_sides(g, node_at(g, part)->b, node_at(g, part)->c, box))
        return false;
    for (uint32_t k = 0; k < box->rank; k++) {
        NodeId extent = tuple_item(g, shape, k);
        if (!extent_promised(g, box->start[k]) ||
            !extent_promised(g, build2(g, OP_SUB, extent, box->end[k])) ||
            !extent_promised(g, build2(g, OP_SUB, box->end[k], box->start[k])))
            return false;
    }
    return true;
}

static bool are_apart(Graph *g, const Box *a, const Box *b)
{
    assert(a->rank == b->rank);
    for (uint32_t k = 0; k < a->rank; k++)
        if (extent_promised(g, build2(g, OP_SUB, a->start[k], b->end[k])) ||
            extent_promised(g, build2(g, OP_SUB, b->start[k], a->end[k])))
            return true;
    return false;
}

static NodeId volume(Graph *g, const Box *box)
{
    NodeId product = build_int(g, 1);
    for (uint32_t k = 0; k < box->rank; k++)
        product = build2(g, OP_MUL, product, build2(g, OP_SUB, box->end[k], box->start[k]));
    return product;
}

static bool boxes_cover(Graph *g, const U32Vec *parts, TupleId shape)
{
    Box boxes[BOXES_MAX];
    NodeId sum = build_int(g, 0), whole = build_int(g, 1);
    for (uint32_t i = 0; i < parts->count; i++) {
        if (!find_box(g, parts->at[i], shape, &boxes[i]))
            return false;
        for (uint32_t k = 0; k < i; k++)
            if (!are_apart(g, &boxes[i], &boxes[k]))
                return false;
        sum = build2(g, OP_ADD, sum, volume(g, &boxes[i]));
    }
    for (uint32_t k = 0; k < tuple_size(g, shape); k++)
        whole = build2(g, OP_MUL, whole, tuple_item(g, shape, k));
    return extent_same(g, sum, whole);
}

/* All constants: no two of the parts are for the same element, and they are as many as there
 * are. */
static bool elements_cover(Graph *g, const U32Vec *parts, TupleId shape)
{
    long elements = 1, extent;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        if (!node_integer(g, tuple_item(g, shape, i), &extent) || extent > (long)parts->count)
            return false;
        elements *= extent;
    }
    for (uint32_t i = 0; i < parts->count; i++)
        if (!is_element(g, node_at(g, parts->at[i])->b) || node_at(g, parts->at[i])->c)
            return false;
    return elements == (long)parts->count;
}

bool parts_cover(Graph *g, const U32Vec *parts, TupleId shape)
{
    if (parts->count > BOXES_MAX)
        return elements_cover(g, parts, shape);
    return parts->count && tuple_size(g, shape) <= RANK_MAX && boxes_cover(g, parts, shape);
}

/* ---- what addends are to a part */

/* An index of `left` that the subscript tells, where it is that index plus what has none of them; 0
 * if there is none. */
static IndexId told_by(Graph *g, NodeId subscript, SetId left)
{
    for (uint32_t i = 0; i < set_size(g, left); i++) {
        const IndexId index = set_member(g, left, i);
        const NodeId offset = build2(g, OP_SUB, subscript, build_index(g, index));
        if (set_minus(g, left, node_at(g, offset)->free) == left)
            return index;
    }
    return 0;
}

bool places_apart(Graph *g, TupleId at, SetId bound)
{
    SetId left = bound;
    for (SetId before = 0; left && before != left;) {
        before = left;
        for (uint32_t k = 0; k < tuple_size(g, at); k++) {
            const IndexId told = told_by(g, tuple_item(g, at, k), left);
            left = told ? set_without(g, left, told) : left;
        }
    }
    return !left;
}

static bool is_least(Graph *g, NodeId lesser, NodeId greater)
{
    return extent_promised(g, build2(g, OP_SUB, greater, lesser));
}

/* Is the box within the other one along all axes but one? */
static bool is_within_beside(Graph *g, const Box *box, const Box *other, uint32_t axis)
{
    for (uint32_t k = 0; k < box->rank; k++)
        if (k != axis && (!is_least(g, other->start[k], box->start[k]) ||
                          !is_least(g, box->end[k], other->end[k])))
            return false;
    return true;
}

/* One of the others that holds the box from `held` on along that axis, or goes on from there; their
 * number if there is none. */
static uint32_t next_along(Graph *g, const Box *box, const Box *others, uint32_t count,
                           uint32_t axis, NodeId held, const bool *used)
{
    uint32_t i = 0;
    while (i < count && (used[i] || !is_least(g, others[i].start[axis], held) ||
                         !is_least(g, held, others[i].end[axis]) ||
                         !is_within_beside(g, box, &others[i], axis)))
        i++;
    return i;
}

/* Do the others hold all of the box, one behind the other along that axis? */
static bool follow_along(Graph *g, const Box *box, const Box *others, uint32_t count, uint32_t axis)
{
    bool used[BOXES_MAX] = {false};
    NodeId held = box->start[axis];
    uint32_t next;
    while ((next = next_along(g, box, others, count, axis, held, used)) < count) {
        used[next] = true;
        held = others[next].end[axis];
        if (is_least(g, box->end[axis], held))
            return true;
    }
    return false;
}

static bool hold(Graph *g, const Box *box, const Box *others, uint32_t count)
{
    for (uint32_t k = 0; k < box->rank; k++)
        if (follow_along(g, box, others, count, k))
            return true;
    return false;
}

Receipt addends_receipt(Graph *g, const Addends *list, NodeId part)
{
    const Node p = *node_at(g, part);
    Box box, boxes[BOXES_MAX];
    uint32_t count = 0;
    bool apart = true;
    if (list->whole || addends_have(list, p.b, p.c))
        return RECEIPT_ALL;
    if (list->all.count > BOXES_MAX || tuple_size(g, p.b) > RANK_MAX ||
        !find_sides(g, p.b, p.c, &box))
        return RECEIPT_SOME;
    for (uint32_t i = 0; i < list->all.count; i++) {
        const bool known = find_sides(g, list->all.at[i].at, list->all.at[i].bound, &boxes[count]);
        if (known && are_apart(g, &boxes[count], &box))
            continue;
        apart = false;
        count += known;
    }
    return apart ? RECEIPT_NONE : hold(g, &box, boxes, count) ? RECEIPT_ALL : RECEIPT_SOME;
}
