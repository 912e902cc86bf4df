/* An expression in, with the left side of its definition if it has one: shapes out, and the ranges
 * of its indices, which are found on the way (see Candidate). */
#include <string.h>

#include "front/front.h"

/* Serial numbers of indices whose range is not known yet. */
enum { PROVISIONAL = 1 << 20 };

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }
static Type *type(const Shaping *s, AstId id) { return &s->unit->types.at[id]; }
static AstId listed(const Shaping *s, uint32_t place) { return s->unit->ast->list.at[place]; }

/* ---- the left side */

/* The index of a subscript, and what is added to it; UINT32_MAX if it has none. */
static uint32_t left_index(Shaping *s, AstId subscript, NodeId *offset)
{
    const AstNode *n = node(s, subscript);
    *offset = build_int(s->g, 0);
    if (n->kind == AST_NAME)
        return n->resolution == RES_INDEX ? n->target : UINT32_MAX;
    if (n->kind != AST_BINARY || (n->op != OP_ADD && n->op != OP_SUB))
        return UINT32_MAX;
    AstId name = n->a, other = n->b;
    if (n->op == OP_ADD && node(s, n->b)->kind == AST_NAME &&
        node(s, n->b)->resolution == RES_INDEX)
        name = n->b, other = n->a;
    if (node(s, name)->kind != AST_NAME || node(s, name)->resolution != RES_INDEX)
        return UINT32_MAX;
    shape_expression(s, other);
    if (!s->standing[other].known || node_at(s->g, type(s, other)->integer)->free)
        return UINT32_MAX;
    *offset = type(s, other)->integer;
    if (n->op == OP_SUB)
        *offset = build2(s->g, OP_SUB, build_int(s->g, 0), *offset);
    return node(s, name)->target;
}

static bool has_index(Shaping *s, AstId root)
{
    for (AstId i = node(s, root)->first; i <= root; i++)
        if (node(s, i)->resolution == RES_INDEX)
            return true;
    return false;
}

/* Elements begin at 0. */
static bool check_start(Shaping *s, AstId item, NodeId start)
{
    NodeId least = extent_least(s->g, start, NULL, 0);
    if (extent_nonnegative(s->g, start, NULL, 0) || !least)
        return true;
    if (!extent_nonnegative(s->g, build2(s->g, OP_SUB, build_int(s->g, -1), least), NULL, 0)) {
        shape_precondition(s, least, node(s, item)->span);
        return true;
    }
    s->failed = true;
    Text text = text_new(s->ctx);
    extent_text(s->g, least, &text);
    diag_error(s->ctx, node(s, item)->span, "bounds", "expected a subscript of 0 or more, found %s",
               text.at);
    text_free(&text);
    return false;
}

/* A subscript of the left side: an index (UINT32_MAX: none) plus an offset, perhaps in a range. */
typedef struct LeftSubscript {
    AstId subscript; /* without the range */
    AstId range;     /* 0: none is written */
    uint32_t index;
    NodeId offset;
} LeftSubscript;

/* Takes it apart; false after an error. */
static bool read_left(Shaping *s, AstId item, LeftSubscript *left)
{
    const AstNode *n = node(s, item);
    const AstKind kind = node(s, left->subscript)->kind;
    if (kind == AST_RANGE || kind == AST_WHOLE) {
        if (shape_fails(s)) {
            diag_error(s->ctx, n->span, "subscript", "expected a subscript, found a slice");
            diag_hint(s->ctx, "give it an index: [i in a..b]");
        }
        return false;
    }
    left->index = left_index(s, left->subscript, &left->offset);
    if (left->index != UINT32_MAX || !(left->range || has_index(s, left->subscript)))
        return true;
    if (shape_fails(s)) {
        diag_error(s->ctx, n->span, "subscript",
                   "expected a constant, an index, or an index plus or minus a constant");
        if (left->range)
            diag_hint(s->ctx, "'in' gives the range of a subscript with an index");
    }
    return false;
}

/* A range from 2 to 1 has no elements, and ends where it begins. */
static void close_empty(Graph *g, BoxAxis *axis)
{
    if (node_is_int(g, extent_between(g, axis->start, axis->end), 0))
        axis->end = axis->start;
}

/* The ends of what is written: of the range, of the index where there is none, or a constant. */
static void cover_left(Shaping *s, const LeftSubscript *left, BoxAxis *axis)
{
    Graph *g = s->g;
    if (left->range) {
        axis->start = type(s, node(s, left->range)->a)->integer;
        axis->end = type(s, node(s, left->range)->b)->integer;
    } else if (left->index != UINT32_MAX) {
        const Index index = *index_at(g, s->unit->binders.at[left->index].index);
        axis->start = build2(g, OP_ADD, index.lower, left->offset);
        axis->end = build2(g, OP_ADD, index.upper, left->offset);
    } else {
        axis->start = type(s, left->subscript)->integer;
        axis->end = build2(g, OP_ADD, axis->start, build_int(g, 1));
    }
    close_empty(g, axis);
}

/* One subscript of the left side: the range of its index, and what it covers. */
static bool shape_left(Shaping *s, AstId item, BoxAxis *axis)
{
    const AstNode *n = node(s, item);
    Graph *g = s->g;
    LeftSubscript left = {.subscript = n->kind == AST_IN ? n->a : item,
                          .range = n->kind == AST_IN ? n->b : 0};
    const AstId range = left.range;
    shape_mark(s, item, true);
    if (range)
        shape_expression(s, range);
    if ((range && !s->standing[range].known) || !read_left(s, item, &left))
        return false;
    const uint32_t i = left.index;
    if (i != UINT32_MAX && range) {
        NodeId lower = build2(g, OP_SUB, type(s, node(s, range)->a)->integer, left.offset);
        NodeId upper = build2(g, OP_SUB, type(s, node(s, range)->b)->integer, left.offset);
        shape_range(s, &s->unit->binders.at[i], range, lower, upper);
    }
    shape_expression(s, left.subscript);
    if (!s->standing[left.subscript].known)
        return false;
    cover_left(s, &left, axis);
    axis->box = !node_at(g, axis->start)->free && !node_at(g, axis->end)->free;
    for (uint32_t k = 0; k < s->left.count && i != UINT32_MAX; k++)
        axis->box &= s->left.at[k] != i; /* a diagonal */
    if (i != UINT32_MAX)
        *vec_push(s->ctx, &s->left) = i;
    if (node_at(g, axis->end)->free) /* triangles: their widest row */
        axis->end = extent_most(g, axis->end, NULL, 0);
    if (!axis->end && shape_fails(s))
        diag_error(s->ctx, n->span, "range",
                   "the size of the array cannot be seen from this range");
    return axis->end && (s->quiet || check_start(s, item, axis->start));
}

/* ---- expressions with their indices */

/* The indices bound from first to last whose range is to be inferred. */
static void find_inferred(Shaping *s, AstId first, AstId last, U32Vec *out)
{
    for (AstId i = first; i <= last; i++) {
        const AstNode *n = node(s, i);
        if (n->kind != AST_NAME || n->resolution != RES_INDEX)
            continue;
        Binder *b = &s->unit->binders.at[n->target];
        if (b->item != i)
            continue;
        b->index = b->more = 0;
        if (b->range)
            continue;
        NodeId zero = build_int(s->g, 0);
        b->index = index_of(s->g, b->name, zero, zero, PROVISIONAL + n->target);
        *vec_push(s->ctx, out) = n->target;
    }
}

static bool is_provisional(Shaping *s, IndexId index)
{
    return index_at(s->g, index)->serial >= PROVISIONAL;
}

static bool mentions_provisional(Shaping *s, NodeId id)
{
    SetId set = node_at(s->g, id)->free;
    for (uint32_t i = 0; i < set_size(s->g, set); i++)
        if (is_provisional(s, set_member(s->g, set, i)))
            return true;
    return false;
}

bool group_settle(Shaping *s, const U32Vec *inferred, bool own)
{
    bool progress = false;
    for (uint32_t i = 0; i < inferred->count; i++) {
        Binder *b = &s->unit->binders.at[inferred->at[i]];
        for (uint32_t k = 0; k < s->candidates.count && is_provisional(s, b->index); k++) {
            const Candidate *c = &s->candidates.at[k];
            if (c->binder != inferred->at[i] || (c->own && !own) ||
                mentions_provisional(s, c->extent))
                continue;
            b->index = index_of(s->g, b->name, build_int(s->g, 0), c->extent, 0);
            progress = true;
        }
    }
    return progress;
}

bool group_unsettled(Shaping *s, const U32Vec *inferred)
{
    for (uint32_t i = 0; i < inferred->count; i++)
        if (is_provisional(s, s->unit->binders.at[inferred->at[i]].index))
            return true;
    return false;
}

void group_report(Shaping *s, const U32Vec *inferred)
{
    for (uint32_t i = 0; i < inferred->count; i++) {
        const Binder *b = &s->unit->binders.at[inferred->at[i]];
        if (!is_provisional(s, b->index) || !shape_fails(s))
            continue;
        const char *name = name_text(s->ctx, b->name);
        diag_error(s->ctx, b->span, "range", "the range of the index '%s' is not known", name);
        diag_hint(s->ctx, "give it, as in '%s in 0..3', or use '%s' alone as a subscript", name,
                  name);
    }
}

void group_agreement(Shaping *s)
{
    for (uint32_t k = 0; k < s->candidates.count; k++) {
        const Candidate *c = &s->candidates.at[k], *first = s->candidates.at;
        if (c->own)
            continue;
        while (first->binder != c->binder || first->own)
            first++;
        if (extent_same(s->g, first->extent, c->extent) || !shape_fails(s))
            continue;
        const Binder *b = &s->unit->binders.at[c->binder];
        Text one = text_new(s->ctx), two = text_new(s->ctx);
        extent_text(s->g, first->extent, &one);
        extent_text(s->g, c->extent, &two);
        diag_error(s->ctx, b->span, "range", "the index '%s' gets two ranges, 0..%s and 0..%s",
                   name_text(s->ctx, b->name), one.at, two.at);
        diag_note(s->ctx, first->span, "0..%s is from here", one.at);
        diag_note(s->ctx, c->span, "0..%s is from here", two.at);
        diag_hint(s->ctx, "say which is meant: %s in 0..%s", name_text(s->ctx, b->name), one.at);
        text_free(&one);
        text_free(&two);
        return;
    }
}

bool group_pass(Shaping *s, uint32_t items, uint32_t count, AstId value, BoxAxis *ends)
{
    bool known = true;
    s->candidates.count = s->reads.count = 0;
    s->left.count = 0;
    for (uint32_t k = 0; k < count; k++)
        known &= shape_left(s, listed(s, items + k), &ends[k]);
    if (known || s->quiet)
        shape_expression(s, value);
    return known && s->standing[value].known && given_check(s);
}

uint32_t group_left(Shaping *s, uint32_t items, uint32_t count, BoxAxis *ends)
{
    uint32_t known = 0;
    s->left.count = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t before = s->left.count;
        if (shape_left(s, listed(s, items + k), &ends[k]) &&
            (before == s->left.count ||
             !is_provisional(s, s->unit->binders.at[s->left.at[before]].index)) &&
            !mentions_provisional(s, ends[k].start) && !mentions_provisional(s, ends[k].end))
            known |= 1u << k;
    }
    return known;
}

void group_begin(Shaping *s, uint32_t items, uint32_t count, AstId value, U32Vec *inferred)
{
    for (uint32_t k = 0; k < count; k++)
        find_inferred(s, node(s, listed(s, items + k))->first, listed(s, items + k), inferred);
    find_inferred(s, node(s, value)->first, value, inferred);
    shape_mark(s, value, false);
}

bool shape_group(Shaping *s, uint32_t items, uint32_t count, AstId value, BoxAxis *ends)
{
    U32Vec inferred = {0};
    group_begin(s, items, count, value, &inferred);
    s->quiet = true;
    for (bool progress = inferred.count; progress && group_unsettled(s, &inferred);) {
        s->failed = false;
        group_pass(s, items, count, value, ends);
        progress = group_settle(s, &inferred, false);
    }
    bool lost = group_unsettled(s, &inferred), failed = lost && s->failed;
    s->quiet = false;
    if (lost && !failed)
        group_report(s, &inferred);
    bool known = (!lost || failed) && group_pass(s, items, count, value, ends);
    if (lost && known) /* the errors were only of this kind */
        group_report(s, &inferred);
    if (known && !lost) {
        s->failed = false;
        group_agreement(s);
        known = !s->failed;
    }
    vec_free(s->ctx, &inferred);
    return known && !lost;
}
