/* Shapes of calls and of elements: what goes elementwise, what takes arrays, what is taken of an
 * array by subscripts, and whether these stay within it. */
#include <string.h>

#include "front/front.h"

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }
static Type *type(const Shaping *s, AstId id) { return &s->unit->types.at[id]; }
static AstId argument(const Shaping *s, const AstNode *n, uint32_t k)
{
    return s->unit->ast->list.at[n->a + k];
}

/* ---- calls */

/* The common shape of the arguments. */
static bool join_arguments(Shaping *s, const AstNode *n, Type *t)
{
    AstId with = 0;
    for (uint32_t k = 0; k < n->b; k++) {
        AstId arg = argument(s, n, k);
        if (with && !shape_join(s, with, arg, &t->shape))
            return false;
        if (!with && type(s, arg)->shape)
            with = arg;
    }
    t->shape = with ? type(s, with)->shape : 0;
    return true;
}

void unit_sizes(const Unit *u, const LocalVec *locals, uint32_t params, const U32Vec *sizes,
                const TupleId *shapes, NodeId *values)
{
    for (uint32_t i = 0; i < sizes->count; i++)
        values[i] = 0;
    for (uint32_t p = 0; p < params; p++)
        for (uint32_t k = 0; k < locals->at[p].count; k++) {
            const AstNode *item = &u->ast->nodes.at[u->ast->list.at[locals->at[p].items + k]];
            bool named = item->kind == AST_NAME && item->resolution == RES_SIZE;
            for (uint32_t i = 0; i < sizes->count && named; i++)
                if (sizes->at[i] == item->target && !values[i] &&
                    k < tuple_size(u->graph, shapes[p]))
                    values[i] = tuple_item(u->graph, shapes[p], k);
        }
}

void unit_size_args(const Unit *u, AstId call, NodeId *sizes)
{
    const AstNode *n = &u->ast->nodes.at[call];
    const Function *f = &u->functions.at[n->target];
    TupleId *shapes = array_new(u->ctx, f->params + 1, sizeof *shapes);
    for (uint32_t p = 0; p < f->params; p++)
        shapes[p] = unit_shape(u, u->ast->list.at[n->a + p]);
    unit_sizes(u, &f->locals, f->params, &f->sizes, shapes, sizes);
    ctx_resize(u->ctx, shapes, 0);
}

/* A shape over a function's sizes, as it is in a call. */
static TupleId shape_in_call(Shaping *s, const Function *f, TupleId shape, const NodeId *sizes)
{
    NodeId items[64];
    SymId *syms = array_new(s->ctx, f->sizes.count + 1, sizeof *syms);
    for (uint32_t i = 0; i < f->sizes.count; i++)
        syms[i] = s->unit->sizes.at[f->sizes.at[i]].sym;
    for (uint32_t k = 0; k < tuple_size(s->g, shape); k++) {
        FnBody body = fn_body(s->g, tuple_item(s->g, shape, k), syms, f->sizes.count);
        items[k] = fn_apply(s->g, &body, sizes);
        fn_body_end(s->g, &body);
    }
    ctx_resize(s->ctx, syms, 0);
    return tuple_of(s->g, items, tuple_size(s->g, shape));
}

/* What the body needs of the sizes, in this call. */
static bool check_needs(Shaping *s, AstId id, const Function *f, const NodeId *sizes)
{
    Facts facts;
    if (s->quiet || !guard_facts(s, id, &facts) || guard_never(s, &facts))
        return true;
    for (uint32_t i = 0; i < f->needs.count; i++) {
        NodeId need = f->needs.at[i].node;
        need = tuple_item(s->g, shape_in_call(s, f, tuple_of(s->g, &need, 1), sizes), 0);
        if (extent_nonnegative(s->g, need, facts.at, facts.count))
            continue;
        NodeId beyond = build2(s->g, OP_SUB, build_int(s->g, -1), need);
        if (!extent_nonnegative(s->g, beyond, facts.at, facts.count)) {
            shape_precondition(s, need, node(s, id)->span);
            continue;
        }
        s->failed = true;
        diag_error(s->ctx, node(s, id)->span, "bounds",
                   "'%s' is called with too small an array: a subscript leaves it",
                   name_text(s->ctx, f->name));
        diag_note(s->ctx, f->needs.at[i].span, "the subscript is this");
        return false;
    }
    return true;
}

static bool wrong_argument(Shaping *s, const Function *f, uint32_t p, AstId arg, TupleId wanted)
{
    if (shape_fails(s)) {
        diag_error(s->ctx, node(s, arg)->span, "shape", "expected the shape %s for '%s', found %s",
                   shape_shown(s, wanted), name_text(s->ctx, f->locals.at[p].name),
                   shape_shown(s, type(s, arg)->shape));
        diag_note(s->ctx, f->locals.at[p].span, "the parameter is declared here");
    }
    return false;
}

static bool shape_function_call(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    const Function *f = &s->unit->functions.at[n->target];
    NodeId *sizes = array_new(s->ctx, f->sizes.count + 1, sizeof *sizes);
    AstId with = 0;
    bool fits = f->known;
    s->failed |= !f->known;
    unit_size_args(s->unit, id, sizes);
    for (uint32_t i = 0; i < f->sizes.count; i++) /* none was bound: the rank is wrong, see below */
        sizes[i] = sizes[i] ? sizes[i] : build_int(s->g, 0);
    for (uint32_t p = 0; p < f->params && fits; p++) {
        AstId arg = argument(s, n, p);
        given_pass_on(s, arg);
        if (f->locals.at[p].bracketed) {
            TupleId wanted = f->locals.at[p].shape, found = type(s, arg)->shape;
            if (tuple_size(s->g, wanted) == tuple_size(s->g, found))
                wanted = shape_in_call(s, f, wanted, sizes);
            fits = extent_shape_same(s->g, wanted, found) || wrong_argument(s, f, p, arg, wanted);
        } else if (type(s, arg)->shape) {
            TupleId ignored;
            fits = !with || shape_join(s, with, arg, &ignored);
            with = with ? with : arg;
        }
    }
    if (fits)
        t->shape = shape_in_call(s, f, f->shape, sizes);
    fits = fits && check_needs(s, id, f, sizes);
    if (fits && with && t->shape) {
        fits = false;
        if (shape_fails(s))
            diag_error(s->ctx, node(s, with)->span, "shape",
                       "expected a scalar, found the shape %s: a function whose value is an array "
                       "does not go elementwise",
                       shape_shown(s, type(s, with)->shape));
    }
    if (with)
        t->shape = type(s, with)->shape;
    ctx_resize(s->ctx, sizes, 0);
    return fits;
}

/* The function's sizes where its parameters have the shapes of the rule's. */
static NodeId *sizes_in_rule(Shaping *s, const Rule *r, const Function *f)
{
    TupleId *shapes = array_new(s->ctx, r->params + 1, sizeof *shapes);
    NodeId *sizes = array_new(s->ctx, f->sizes.count + 1, sizeof *sizes);
    for (uint32_t p = 0; p < r->params; p++)
        shapes[p] = r->locals.at[p].shape;
    unit_sizes(s->unit, &f->locals, f->params, &f->sizes, shapes, sizes);
    for (uint32_t i = 0; i < f->sizes.count; i++)
        sizes[i] = sizes[i] ? sizes[i] : build_int(s->g, 0);
    ctx_resize(s->ctx, shapes, 0);
    return sizes;
}

static bool wrong_in_rule(Shaping *s, Span span, const char *what, TupleId wanted, TupleId found)
{
    if (shape_fails(s))
        diag_error(s->ctx, span, "rule", "expected the shape %s for '%s', found %s",
                   shape_shown(s, wanted), what, shape_shown(s, found));
    return false;
}

bool shape_rule(Shaping *s, const Rule *r)
{
    const Function *f = &s->unit->functions.at[r->function];
    NodeId *sizes = sizes_in_rule(s, r, f);
    TupleId found = unit_shape(s->unit, r->result), of = r->locals.at[r->param].shape;
    bool fits = f->known;
    for (uint32_t p = 0; p < r->params && fits; p++) {
        const Local *mine = &r->locals.at[p], *its = &f->locals.at[p];
        TupleId wanted = tuple_size(s->g, mine->shape) == tuple_size(s->g, its->shape)
                             ? shape_in_call(s, f, its->shape, sizes) : its->shape;
        fits = extent_shape_same(s->g, wanted, mine->shape) ||
               wrong_in_rule(s, mine->span, name_text(s->ctx, mine->name), wanted, mine->shape);
    }
    TupleId wanted = fits ? tuple_join(s->g, shape_in_call(s, f, f->shape, sizes), of) : 0;
    fits = fits &&
           (extent_shape_same(s->g, wanted, found) ||
            wrong_in_rule(s, node(s, r->result)->span, "the partial derivative", wanted, found));
    ctx_resize(s->ctx, sizes, 0);
    return fits;
}

/* Complains of an argument that is none of what the function takes. */
static bool wants(Shaping *s, const AstNode *n, AstId arg, const char *what)
{
    if (shape_fails(s))
        diag_error(s->ctx, node(s, arg)->span, "shape", "'%s' takes %s, found %s",
                   name_text(s->ctx, n->name), what, shape_shown(s, type(s, arg)->shape));
    return false;
}

static bool shape_square(Shaping *s, const AstNode *n, AstId a)
{
    TupleId x = type(s, a)->shape;
    if (tuple_size(s->g, x) != 2 ||
        !extent_same(s->g, tuple_item(s->g, x, 0), tuple_item(s->g, x, 1)))
        return wants(s, n, a, "a square matrix");
    return true;
}

/* solve(A, b): b a vector, or a matrix of vectors, that A is as high as. */
static bool shape_solve(Shaping *s, const AstNode *n, Type *t)
{
    AstId a = argument(s, n, 0), b = argument(s, n, 1);
    if (!shape_square(s, n, a))
        return false;
    TupleId x = type(s, a)->shape, y = type(s, b)->shape;
    t->shape = y;
    if ((tuple_size(s->g, y) == 1 || tuple_size(s->g, y) == 2) &&
        extent_same(s->g, tuple_item(s->g, x, 0), tuple_item(s->g, y, 0)))
        return true;
    return wants(s, n, b, "a vector or a matrix as high as the first argument");
}

static bool shape_array_function(Shaping *s, const AstNode *n, Type *t)
{
    Graph *g = s->g;
    AstId a = argument(s, n, 0), b = n->b > 1 ? argument(s, n, 1) : a;
    TupleId x = type(s, a)->shape, y = type(s, b)->shape, ignored;
    NodeId items[64];
    uint32_t rank = tuple_size(g, x);
    switch ((ArrayFunction)n->target) {
    case ARRAY_DOT:
        if (rank != 1 || tuple_size(g, y) != 1)
            return wants(s, n, rank != 1 ? a : b, "two vectors");
        return shape_join(s, a, b, &ignored);
    case ARRAY_CROSS:
        for (int i = 0; i < 2; i++)
            if (tuple_size(g, i ? y : x) != 1 ||
                !extent_same(g, tuple_item(g, i ? y : x, 0), build_int(g, 3)))
                return wants(s, n, i ? b : a, "two vectors of three elements");
        t->shape = x;
        return true;
    case ARRAY_OUTER:
        if (rank != 1 || tuple_size(g, y) != 1)
            return wants(s, n, rank != 1 ? a : b, "two vectors");
        items[0] = tuple_item(g, x, 0);
        items[1] = tuple_item(g, y, 0);
        t->shape = tuple_of(g, items, 2);
        return true;
    case ARRAY_TRANSPOSE:
        for (uint32_t i = 0; i < rank; i++)
            items[i] = tuple_item(g, x, rank - 1 - i);
        t->shape = tuple_of(g, items, rank);
        return true;
    case ARRAY_SOFTMAX: case ARRAY_LOG_SOFTMAX:
        t->shape = x;
        return rank ? true : wants(s, n, a, "an array");
    case ARRAY_DET: return shape_square(s, n, a);
    case ARRAY_INV: t->shape = x; return shape_square(s, n, a);
    case ARRAY_SOLVE: return shape_solve(s, n, t);
    case ARRAY_FUNCTION_COUNT: break;
    }
    return false;
}

static bool shape_diff(Shaping *s, const AstNode *n, Type *t)
{
    NodeId items[64];
    TupleId f = type(s, argument(s, n, 0))->shape, x = type(s, argument(s, n, 1))->shape;
    uint32_t count = 0;
    for (AstId i = node(s, argument(s, n, 0))->first; i <= argument(s, n, 1); i++)
        if (shape_member(s, node(s, i)) >= 0) {
            if (shape_fails(s)) {
                diag_error(
                    s->ctx, n->span, "recurrence",
                    "the array '%s' is part of this recurrence: no derivative of it, or by it, "
                    "is known here",
                    name_text(s->ctx, node(s, i)->name));
                diag_hint(s->ctx,
                          "write the diff in a definition that the recurrence does not use");
            }
            return false;
        }
    if (tuple_size(s->g, f) + tuple_size(s->g, x) > 32) {
        if (shape_fails(s))
            diag_error(s->ctx, n->span, "size",
                       "expected a derivative of at most 32 axes, found %u",
                       (unsigned)(tuple_size(s->g, f) + tuple_size(s->g, x)));
        return false;
    }
    for (uint32_t i = 0; i < tuple_size(s->g, f); i++)
        items[count++] = tuple_item(s->g, f, i);
    for (uint32_t i = 0; i < tuple_size(s->g, x); i++)
        items[count++] = tuple_item(s->g, x, i);
    t->shape = tuple_of(s->g, items, count);
    given_pass_on(s, argument(s, n, 1));
    return true;
}

bool shape_call(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    switch ((Resolution)n->resolution) {
    case RES_FUNCTION: return shape_function_call(s, id, t);
    case RES_DIFF: return shape_diff(s, n, t);
    case RES_REDUCTION:
        if (type(s, argument(s, n, 0))->shape)
            return true;
        wants(s, n, argument(s, n, 0), n->target == REDUCTION_MAX || n->target == REDUCTION_MIN
                                           ? "an array, or two or more arguments" : "an array");
        return false;
    case RES_ARRAY: return shape_array_function(s, n, t);
    default: return join_arguments(s, n, t);
    }
}

/* ---- elements and slices */

static bool no_array(Shaping *s, const AstNode *n)
{
    if (shape_fails(s)) {
        if (n->name)
            diag_error(s->ctx, n->span, "shape", "expected an array, found the scalar '%s'",
                       name_text(s->ctx, n->name));
        else
            diag_error(s->ctx, n->span, "shape",
                       "expected an array before the brackets, found a scalar");
    }
    return false;
}

/* What the subscripts are taken of. */
static bool base_shape(Shaping *s, const AstNode *n, TupleId *shape)
{
    if (!n->name) {
        *shape = type(s, n->c)->shape;
    } else if (n->resolution == RES_ENTITY) {
        if (!shape_entity(s, n, shape))
            return false;
    } else if (n->resolution == RES_LOCAL) {
        *shape = s->locals->at[n->target].shape;
        s->failed |= !s->locals->at[n->target].known;
        if (!s->locals->at[n->target].known)
            return false;
    } else {
        *shape = 0;
    }
    return *shape ? true : no_array(s, n);
}

/* Is it an array of the recurrence that is looked at, or made of one? */
static bool is_own(Shaping *s, AstId id)
{
    const AstNode *n = node(s, id);
    bool own = n->name && shape_member(s, n) >= 0;
    for (AstId i = n->name || !s->system ? id : node(s, n->c)->first; i <= n->c && !own; i++)
        own = shape_member(s, node(s, i)) >= 0;
    return own;
}

/* Notes a subscript that is just an index: it may give the index its range. */
static void note_candidate(Shaping *s, AstId id, AstId item, NodeId extent)
{
    const AstNode *n = node(s, item);
    if (n->kind == AST_NAME && n->resolution == RES_INDEX && !s->unit->binders.at[n->target].range)
        *vec_push(s->ctx, &s->candidates) =
            (Candidate){n->target, extent, node(s, id)->span, is_own(s, id)};
}

/* What is known already of an array of a recurrence. */
static void note_partial(Shaping *s, AstId id)
{
    const AstNode *n = node(s, id);
    int64_t member = s->partial && n->name ? shape_member(s, n) : -1;
    for (uint32_t k = 0; member >= 0 && k < n->b && k < 16; k++)
        if (s->axes.at[member * 16 + k])
            note_candidate(s, id, argument(s, n, k), s->axes.at[member * 16 + k]);
}

/* One subscript: its axis stays if it is a slice. */
static bool shape_item(Shaping *s, AstId id, AstId item, NodeId extent, TupleId shape, NodeId *axis)
{
    Graph *g = s->g;
    const AstNode *n = node(s, item);
    *axis = 0;
    if (n->kind == AST_WHOLE) {
        *axis = extent;
        return true;
    }
    if (n->kind == AST_RANGE) {
        NodeId a = type(s, n->a)->integer, b = type(s, n->b)->integer;
        *axis = extent_between(g, a, b);
        if (node_is_int(g, *axis, 0)) /* it reads nothing, wherever it is */
            return true;
        if (!bounds_check(s, item, a, extent, shape, true) ||
            !bounds_check(s, item, b, extent, shape, true) ||
            !bounds_check_order(s, item, *axis, b, shape))
            return false;
        const NodeId some = build_and(g, apart_end(s, item, n->a), apart_end(s, item, n->b));
        *axis = build_select(g, some, *axis, build_int(g, 0));
        return true;
    }
    if (n->kind == AST_IN) {
        if (shape_fails(s)) {
            diag_error(s->ctx, n->span, "subscript",
                       "expected a subscript, found a range with 'in'");
            diag_hint(s->ctx,
                      "a slice is written a..b; ranges of indices are given where they are bound");
        }
        return false;
    }
    note_candidate(s, id, item, extent);
    return bounds_check(s, item, type(s, item)->integer, extent, shape, false);
}

bool shape_subscript(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    NodeId items[64], values[64];
    TupleId shape;
    uint32_t count = 0;
    if (!base_shape(s, n, &shape)) {
        note_partial(s, id);
        return false;
    }
    uint32_t rank = tuple_size(s->g, shape);
    if (n->b != rank) {
        if (shape_fails(s))
            diag_error(s->ctx, n->span, "subscript",
                       "expected %u subscript%s for the shape %s, found %u", (unsigned)rank,
                       rank == 1 ? "" : "s", shape_shown(s, shape), (unsigned)n->b);
        return false;
    }
    for (uint32_t k = 0; k < rank; k++) {
        NodeId axis;
        AstId item = argument(s, n, k);
        if (!shape_item(s, id, item, tuple_item(s->g, shape, k), shape, &axis))
            return false;
        values[k] = type(s, item)->integer;
        if (axis)
            items[count++] = axis;
    }
    t->shape = tuple_of(s->g, items, count);
    if (n->name && n->resolution == RES_ENTITY &&
        s->unit->entities.at[n->target].kind == ENTITY_INDEX && !count)
        t->integer =
            build_ref(s->g, s->unit->entities.at[n->target].sym, tuple_of(s->g, values, rank));
    t->apart = apart_condition(s, id, shape);
    given_note(s, id);
    return true;
}
