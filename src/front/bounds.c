/* Subscripts in, whether they stay in their arrays out, and whether divisors in them are never 0:
 * for all sizes at once. What is proved is well, what is surely not so for some turn of the loops
 * around it is an error, what depends on sizes alone is a precondition on them, and there are
 * warnings of what is left. */
#include "front/front.h"

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }

static const char *shown(Shaping *s, NodeId integer)
{
    Text text = text_new(s->ctx);
    extent_text(s->g, integer, &text);
    const char *copy = ctx_copy(s->ctx, text.at, text.len);
    text_free(&text);
    return copy;
}

/* What is the matter with something that must not be below 0? */
typedef enum Finding {
    FINDING_NOTHING,  /* it is proved, perhaps with a precondition */
    FINDING_BELOW,    /* it is below 0 somewhere, */
    FINDING_GUARDED,  /*   unless a condition that is not understood is false there */
    FINDING_UNPROVED,
} Finding;

/* A subscript, and its distance from a bound. */
typedef struct Bounded {
    Graph *g;
    NodeId subscript, slack;
    NodeId value, least; /* those where the distance is least; 0 if the value is not known */
} Bounded;

static bool is_below(void *with, const NodeId *at, const Facts *sizes)
{
    Bounded *b = with;
    b->value = at[0];
    b->least = at[1];
    return corner_fails(b->g, b->least, sizes);
}

/* The slack must not be below 0 where the node is computed. Where that is under a condition, the
 * least one may be where it is not. */
static Finding find(Shaping *s, AstId id, Bounded *b)
{
    Graph *g = s->g;
    Facts f;
    const bool all = guard_facts(s, id, &f);
    if (extent_nonnegative(g, b->slack, f.at, f.count) || guard_never(s, &f))
        return FINDING_NOTHING;
    if (all && guard_conditional(s, id) &&
        corner_any(g, (NodeId[]){b->subscript, b->slack}, 2, &f, is_below, b))
        return FINDING_BELOW;
    b->value = extent_most(g, b->subscript, NULL, 0);
    b->least = extent_least(g, b->slack, f.at, f.count);
    if (!b->least)
        return FINDING_UNPROVED;
    if (b->slack == b->subscript)
        b->value = b->least;
    if (extent_nonnegative(g, build2(g, OP_SUB, build_int(g, -1), b->least), f.at, f.count))
        return !all ? FINDING_GUARDED : guard_conditional(s, id) ? FINDING_UNPROVED : FINDING_BELOW;
    if (!all)
        return FINDING_UNPROVED;
    shape_precondition(s, b->least, node(s, id)->span);
    return FINDING_NOTHING;
}

/* Says that a subscript leaves its array, where, and what its indices run over. */
static void report_bound(Shaping *s, AstId id, NodeId subscript, NodeId value, TupleId shape)
{
    Graph *g = s->g;
    Text text = text_new(s->ctx);
    extent_text(g, subscript, &text);
    if (value && value != subscript) {
        text_put(&text, " reaches ");
        extent_text(g, value, &text);
        text_put(&text, " and");
    }
    diag_error(s->ctx, node(s, id)->span, "bounds",
               "the subscript %s leaves the array of the shape %s", text.at, shape_shown(s, shape));
    SetId set = node_at(g, subscript)->free;
    for (uint32_t i = 0; i < set_size(g, set); i++) {
        const Index index = *index_at(g, set_member(g, set, i));
        text.len = 0;
        text_printf(&text, "'%s' runs over ", name_text(s->ctx, index.name));
        extent_text(g, index.lower, &text);
        text_put(&text, "..");
        extent_text(g, index.upper, &text);
        diag_note(s->ctx, node(s, id)->span, "%s", text.at);
    }
    text_free(&text);
}

static void warn_guarded(Shaping *s, AstId id, NodeId subscript, TupleId shape)
{
    diag_warning(s->ctx, node(s, id)->span, "guarded-bounds",
                 "the subscript %s leaves the array of the shape %s, unless the condition that it "
                 "is under is false there",
                 shown(s, subscript), shape_shown(s, shape));
    diag_hint(s->ctx, "add one that says so by sizes and indices, as in 'i+1 < n && x[i] > 0'");
}

static void warn_unproved(Shaping *s, AstId id, NodeId subscript, TupleId shape)
{
    diag_warning(s->ctx, node(s, id)->span, "maybe-bounds",
                 "it is not seen that the subscript %s stays in the array of the shape %s",
                 shown(s, subscript), shape_shown(s, shape));
}

/* `slack` is the distance of `subscript` from the bound of an axis. One warning is enough. */
static bool check_slack(Shaping *s, AstId id, NodeId slack, NodeId subscript, TupleId shape,
                        bool *warned)
{
    Bounded b = {.g = s->g, .subscript = subscript, .slack = slack};
    const Finding finding = find(s, id, &b);
    if (finding == FINDING_GUARDED && !*warned)
        warn_guarded(s, id, subscript, shape);
    if (finding == FINDING_UNPROVED && !*warned)
        warn_unproved(s, id, subscript, shape);
    *warned |= finding == FINDING_GUARDED || finding == FINDING_UNPROVED;
    if (finding == FINDING_BELOW && shape_fails(s))
        report_bound(s, id, subscript, b.value, shape);
    return finding != FINDING_BELOW;
}

bool bounds_check(Shaping *s, AstId id, NodeId subscript, NodeId extent, TupleId shape, bool end)
{
    Graph *g = s->g;
    bool warned = false;
    if (s->quiet)
        return true;
    NodeId room =
        build2(g, OP_SUB, end ? extent : build2(g, OP_SUB, extent, build_int(g, 1)), subscript);
    return check_slack(s, id, subscript, subscript, shape, &warned) &&
           check_slack(s, id, room, subscript, shape, &warned);
}

bool bounds_check_order(Shaping *s, AstId id, NodeId length, NodeId end, TupleId shape)
{
    bool warned = false;
    return s->quiet || check_slack(s, id, length, end, shape, &warned);
}

/* A divisor is commonly above 0; one that is below is as well. */
bool bounds_check_divisor(Shaping *s, AstId id, NodeId divisor)
{
    Graph *g = s->g;
    const NodeId below = build2(g, OP_SUB, build_int(g, -1), divisor);
    Bounded b = {.g = g, .subscript = divisor,
                 .slack = build2(g, OP_SUB, divisor, build_int(g, 1))};
    Facts f;
    if (s->quiet)
        return true;
    guard_facts(s, id, &f);
    if (extent_nonnegative(g, below, f.at, f.count))
        return true;
    const Finding finding = find(s, id, &b);
    if (finding == FINDING_BELOW && extent_same(g, b.least, build_int(g, -1))) {
        if (shape_fails(s)) {
            diag_error(s->ctx, node(s, id)->span, "bounds", "the divisor %s is 0 at its least",
                       shown(s, divisor));
            diag_hint(s->ctx, "begin its range at 1, or compute this where it is above 0 only");
        }
        return false;
    }
    if (finding != FINDING_NOTHING)
        diag_warning(s->ctx, node(s, id)->span, "maybe-bounds",
                     "it is not seen that the divisor %s is never 0", shown(s, divisor));
    return true;
}
