/* Integers over loops in, their values at the corners of these loops out, as far as what is known
 * holds there: what is wrong at one of them is surely wrong. An index is put to the ends of its
 * range, or to where a fact about it is just 0. For sizes as people mean them. */
#include <string.h>

#include "front/front.h"

enum {
    DEPTH = 5,    /* indices that are put somewhere */
    CORNERS = 64, /* that are looked at */
    USUAL = 3     /* a model that is right only for sizes below is wrong */
};

typedef struct Corner {
    NodeId at[CORNER_MOST]; /* the integers there */
    Facts f;                /* those that depend on indices still */
} Corner;

typedef struct Search {
    Graph *g;
    uint32_t count; /* of the integers */
    uint32_t left;  /* corners that may be looked at yet */
    Facts sizes;    /* facts about sizes alone */
    CornerTest *test;
    void *with;
} Search;

/* An index node is free in what its range is free in, too. */
IndexId corner_innermost(Graph *g, SetId set)
{
    for (uint32_t i = 0; i < set_size(g, set); i++) {
        const IndexId index = set_member(g, set, i);
        bool inner = true;
        for (uint32_t k = 0; k < set_size(g, set) && inner; k++) {
            const Index other = *index_at(g, set_member(g, set, k));
            inner = !set_has(g, node_at(g, other.lower)->free, index) &&
                    !set_has(g, node_at(g, other.upper)->free, index);
        }
        if (inner)
            return index;
    }
    return UINT32_MAX;
}

static SetId free_in(const Search *v, const Corner *c)
{
    SetId all = 0;
    for (uint32_t k = 0; k < v->count; k++)
        all = set_union(v->g, all, node_at(v->g, c->at[k])->free);
    for (uint32_t i = 0; i < c->f.count; i++)
        all = set_union(v->g, all, node_at(v->g, c->f.at[i])->free);
    return all;
}

/* Not below 0 for sizes that are large enough, which what is known of them does not exclude: as
 * i + 7 < n is true somewhere for people who write it. */
static bool holds_for_large(const Search *v, NodeId fact)
{
    Graph *g = v->g;
    const NodeId none = build_int(g, -1);
    const long large = extent_threshold(g, fact);
    if (large <= USUAL || !extent_usual(g, fact, large, v->sizes.at, v->sizes.count) ||
        extent_nonnegative(g, build2(g, OP_SUB, none, fact), v->sizes.at, v->sizes.count))
        return false;
    for (uint32_t i = 0; i < v->sizes.count; i++)
        if (extent_usual(g, build2(g, OP_SUB, none, v->sizes.at[i]), large, NULL, 0))
            return false;
    return true;
}

/* Takes one more fact in; false if it does not hold, or there is no room for it. */
static bool take(const Search *v, Corner *c, NodeId fact)
{
    if (!node_at(v->g, fact)->free)
        return corner_holds(v->g, fact, &v->sizes) || holds_for_large(v, fact);
    if (c->f.count == FACTS)
        return false;
    facts_add(&c->f, fact);
    return true;
}

/* The corner with the index at a value that is within its range; false if it is not reached. */
static bool put(const Search *v, const Corner *from, IndexId index, NodeId value, Corner *to)
{
    const Index is = *index_at(v->g, index);
    NodeId behind = build2(v->g, OP_SUB, is.upper, value);
    to->f.count = 0;
    if (!take(v, to, build2(v->g, OP_SUB, value, is.lower)) ||
        !take(v, to, build2(v->g, OP_SUB, behind, build_int(v->g, 1))))
        return false;
    for (uint32_t k = 0; k < v->count; k++)
        to->at[k] = fn_substitute(v->g, from->at[k], index, value);
    for (uint32_t i = 0; i < from->f.count; i++)
        if (!take(v, to, fn_substitute(v->g, from->f.at[i], index, value)))
            return false;
    return true;
}

static bool look(Search *v, const Corner *c, int depth)
{
    const SetId open = free_in(v, c);
    const IndexId index = corner_innermost(v->g, open);
    if (!open)
        return v->left && v->left-- && v->test(v->with, c->at, &v->sizes);
    if (index == UINT32_MAX || depth == DEPTH) /* ranges that need each other; too many */
        return false;
    const Index is = *index_at(v->g, index);
    for (uint32_t i = 0; i < 2 + c->f.count && v->left; i++) {
        bool less;
        NodeId value = i == 0   ? is.lower
                       : i == 1 ? build2(v->g, OP_SUB, is.upper, build_int(v->g, 1))
                                : extent_root(v->g, c->f.at[i - 2], index, &less);
        Corner next;
        if (value && put(v, c, index, value, &next) && look(v, &next, depth + 1))
            return true;
    }
    return false;
}

bool corner_any(Graph *g, const NodeId *at, uint32_t count, const Facts *f, CornerTest *test,
                void *with)
{
    Search v = {.g = g, .count = count, .left = CORNERS, .test = test, .with = with};
    Corner c = {.f = {.count = 0}};
    memcpy(c.at, at, count * sizeof *at);
    for (uint32_t i = 0; i < f->count; i++)
        facts_add(node_at(g, f->at[i])->free ? &c.f : &v.sizes, f->at[i]);
    return f->count < FACTS && look(&v, &c, 0); /* or there may be more than these */
}

bool corner_holds(Graph *g, NodeId node, const Facts *sizes)
{
    return extent_usual(g, node, USUAL, sizes->at, sizes->count);
}

bool corner_fails(Graph *g, NodeId node, const Facts *sizes)
{
    return corner_holds(g, build2(g, OP_SUB, build_int(g, -1), node), sizes);
}
