/* A recurrence in, the shapes of its arrays out: from the left sides of their equations, whose
 * indices get their ranges from other arrays, and where these give none, from what is known of
 * the recurrence's own arrays. Goes over all equations until nothing changes. */
#include "front/front.h"

enum { RANK_MAX = 16 };

/* An equation of the recurrence. */
typedef struct Open {
    uint32_t member;        /* whose it is, as a number within the recurrence */
    Equation is;            /* as written */
    U32Vec inferred;        /* its indices without a range of their own */
    uint32_t left;          /* which of its subscripts are known, a bit each */
    BoxAxis ends[RANK_MAX]; /* what they cover */
} Open;

typedef VEC(Open) OpenVec;

/* Where ranges may come from; the next one when there is nothing new from those before. */
typedef enum Level { LEVEL_OTHERS, LEVEL_OWN, LEVEL_PARTIAL, LEVEL_COUNT } Level;

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }

static Entity *member_at(Shaping *s, uint32_t k)
{
    return &s->unit->entities.at[s->unit->systems.at[s->system - 1].members.at[k]];
}

int64_t shape_member(const Shaping *s, const AstNode *n)
{
    if (!s->system || n->resolution != RES_ENTITY ||
        s->unit->entities.at[n->target].system != s->system)
        return -1;
    const U32Vec *members = &s->unit->systems.at[s->system - 1].members;
    uint32_t k = 0;
    while (members->at[k] != n->target)
        k++;
    return k;
}

/* All equations, with indices whose ranges are to be found. */
static bool open_equations(Shaping *s, OpenVec *open)
{
    uint32_t count = s->unit->systems.at[s->system - 1].members.count;
    bool fits = true;
    for (uint32_t k = 0; k < count; k++) {
        const Entity *e = member_at(s, k);
        uint32_t rank = s->unit->equations.at[e->equation - 1].count;
        for (uint32_t i = e->equation; i; i = s->unit->equations.at[i - 1].next) {
            Open o = {.member = k, .is = s->unit->equations.at[i - 1]};
            fits = fits && shape_rank(s, &o.is, rank);
            if (!fits)
                continue;
            group_begin(s, o.is.items, o.is.count, o.is.value, &o.inferred);
            *vec_push(s->ctx, open) = o;
        }
    }
    return fits;
}

/* All of the left sides of a member's equations known: its shape is. True if that is new. */
static bool join_member(Shaping *s, const OpenVec *open, uint32_t member)
{
    Entity *e = member_at(s, member);
    BoxVec boxes = {0};
    NodeId extents[RANK_MAX];
    uint32_t rank = s->unit->equations.at[e->equation - 1].count;
    bool known = !e->shape;
    for (uint32_t i = 0; i < open->count && known; i++) {
        const Open *o = &open->at[i];
        if (o->member != member)
            continue;
        known = o->left == (1u << rank) - 1;
        for (uint32_t k = 0; k < rank; k++)
            *vec_push(s->ctx, &boxes) = o->ends[k];
    }
    if (known) {
        boxes_join(s, e, &boxes, rank, extents);
        e->shape = tuple_of(s->g, extents, rank);
        e->known = true;
        sym_at(s->g, e->sym)->shape = e->shape;
    }
    vec_free(s->ctx, &boxes);
    return known;
}

/* Is the subscript on the left an index alone? It takes whatever the axis is. */
static bool is_alone(const Shaping *s, const Open *o, uint32_t k)
{
    const AstNode *n = node(s, s->unit->ast->list.at[o->is.items + k]);
    return n->kind == AST_NAME && n->resolution == RES_INDEX;
}

/* The axes that some equations give, and of which the others have an index alone. */
static void find_axes(Shaping *s, const OpenVec *open)
{
    uint32_t count = s->unit->systems.at[s->system - 1].members.count;
    s->axes.count = 0;
    for (uint32_t m = 0; m < count; m++)
        for (uint32_t k = 0; k < RANK_MAX; k++) {
            NodeId extent = 0;
            bool open_axis = false;
            for (uint32_t i = 0; i < open->count; i++) {
                const Open *o = &open->at[i];
                if (o->member != m || k >= o->is.count)
                    continue;
                if (o->left >> k & 1)
                    extent = extent ? extent_larger(s->g, extent, o->ends[k].end, NULL, 0)
                                    : o->ends[k].end;
                else
                    open_axis |= !is_alone(s, o, k);
            }
            *vec_push(s->ctx, &s->axes) = open_axis ? 0 : extent;
        }
}

/* Once over all that is not known yet. True if there is something new. */
static bool sweep(Shaping *s, OpenVec *open, Level level)
{
    uint32_t count = s->unit->systems.at[s->system - 1].members.count;
    bool progress = false;
    BoxAxis ends[64];
    s->partial = level == LEVEL_PARTIAL;
    if (s->partial)
        find_axes(s, open);
    for (uint32_t i = 0; i < open->count; i++) {
        Open *o = &open->at[i];
        if (group_unsettled(s, &o->inferred)) {
            group_pass(s, o->is.items, o->is.count, o->is.value, ends);
            progress |= group_settle(s, &o->inferred, level != LEVEL_OTHERS);
        }
        uint32_t left = group_left(s, o->is.items, o->is.count, o->ends);
        progress |= left != o->left;
        o->left = left;
    }
    for (uint32_t m = 0; m < count; m++)
        progress |= join_member(s, open, m);
    s->partial = false;
    return progress;
}

/* Finds what can be found. False if something is missing. */
static bool find_ranges(Shaping *s, OpenVec *open)
{
    uint32_t count = s->unit->systems.at[s->system - 1].members.count;
    bool known = true;
    s->quiet = true;
    for (Level level = LEVEL_OTHERS; level < LEVEL_COUNT; level++) {
        s->failed = false;
        while (sweep(s, open, level)) {
            level = LEVEL_OTHERS;
            s->failed = false;
        }
    }
    s->quiet = false;
    for (uint32_t i = 0; i < open->count; i++)
        known &= !group_unsettled(s, &open->at[i].inferred);
    for (uint32_t m = 0; m < count; m++)
        known &= member_at(s, m)->known;
    return known;
}

/* Errors that are no matter of ranges, else the ranges that are not known. */
static void report(Shaping *s, OpenVec *open)
{
    uint32_t errors = diag_errors(s->ctx);
    BoxAxis ends[64];
    bool failed = s->failed;
    for (int turn = 0; turn < 2 && diag_errors(s->ctx) == errors; turn++)
        for (uint32_t i = 0; i < open->count; i++) {
            Open *o = &open->at[i];
            if (failed == (turn == 0))
                group_pass(s, o->is.items, o->is.count, o->is.value, ends);
            else
                group_report(s, &o->inferred);
        }
    if (diag_errors(s->ctx) == errors)
        diag_error(s->ctx, member_at(s, 0)->span, "shape", "the shape of the array '%s' is not known",
                   name_text(s->ctx, member_at(s, 0)->name));
}

/* With all ranges known: what the right sides are, and whether subscripts stay within. */
static bool check_equations(Shaping *s, OpenVec *open)
{
    bool known = true;
    for (uint32_t i = 0; i < open->count; i++) {
        Open *o = &open->at[i];
        s->failed = false;
        bool fits = group_pass(s, o->is.items, o->is.count, o->is.value, o->ends) &&
                    shape_needs_scalar(s, o->is.value);
        if (fits)
            group_agreement(s);
        known &= fits && !s->failed;
    }
    return known;
}

static bool check_boxes(Shaping *s, const OpenVec *open)
{
    uint32_t count = s->unit->systems.at[s->system - 1].members.count;
    bool known = true;
    for (uint32_t m = 0; m < count; m++) {
        BoxVec boxes = {0};
        for (uint32_t i = 0; i < open->count; i++)
            for (uint32_t k = 0; k < open->at[i].is.count && open->at[i].member == m; k++)
                *vec_push(s->ctx, &boxes) = open->at[i].ends[k];
        known &= boxes_check(s, member_at(s, m), &boxes);
        vec_free(s->ctx, &boxes);
    }
    return known;
}

bool shape_system(Shaping *s, uint32_t system)
{
    OpenVec open = {0};
    s->system = system + 1;
    bool known = open_equations(s, &open);
    if (known && !find_ranges(s, &open)) {
        report(s, &open);
        known = false;
    }
    known = known && check_equations(s, &open) && check_boxes(s, &open) && cycle_check(s, system);
    for (uint32_t m = 0; m < s->unit->systems.at[system].members.count; m++)
        member_at(s, m)->known = known;
    for (uint32_t i = 0; i < open.count; i++)
        vec_free(s->ctx, &open.at[i].inferred);
    vec_free(s->ctx, &open);
    s->system = 0;
    return known;
}
