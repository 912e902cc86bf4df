/* The resolved unit in, the shapes of all that it declares and defines out; the ranges of
 * indices are found on the way (see Candidate). Goes in the order of computation, so that the
 * shapes of what is used are known. */
#include <string.h>

#include "front/front.h"

/* Serial numbers of indices whose range is not known yet. */
enum { PROVISIONAL = 1 << 20 };

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }
static Type *type(const Shaping *s, AstId id) { return &s->unit->types.at[id]; }
static AstId listed(const Shaping *s, uint32_t place) { return s->unit->ast->list.at[place]; }

void shape_precondition(Shaping *s, NodeId node, Span span)
{
    if (node_at(s->g, node)->flags & NODE_OPEN) { /* it speaks of a size that a call gives */
        if (s->function)
            *vec_push(s->ctx, &s->unit->functions.at[s->function - 1].needs) =
                (Precondition){node, span};
        return;
    }
    for (uint32_t i = 0; i < s->unit->preconditions.count; i++)
        if (extent_same(s->g, s->unit->preconditions.at[i].node, node))
            return;
    *vec_push(s->ctx, &s->unit->preconditions) = (Precondition){node, span};
}

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
    if (!type(s, other)->known || node_at(s->g, type(s, other)->integer)->free)
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

/* One subscript of the left side: the range of its index, and what it covers. */
static bool shape_left(Shaping *s, AstId item, BoxAxis *axis)
{
    const AstNode *n = node(s, item);
    Graph *g = s->g;
    AstId subscript = n->kind == AST_IN ? n->a : item, range = n->kind == AST_IN ? n->b : 0;
    NodeId offset;
    shape_mark(s, item, true);
    if (range)
        shape_expression(s, range);
    if (range && !type(s, range)->known)
        return false;
    if (node(s, subscript)->kind == AST_RANGE || node(s, subscript)->kind == AST_WHOLE) {
        if (shape_fails(s)) {
            diag_error(s->ctx, n->span, "subscript", "expected a subscript, found a slice");
            diag_hint(s->ctx, "give it an index: [i in a..b]");
        }
        return false;
    }
    uint32_t i = left_index(s, subscript, &offset);
    if (i == UINT32_MAX && (range || has_index(s, subscript))) {
        if (shape_fails(s)) {
            diag_error(s->ctx, n->span, "subscript",
                       "expected a constant, an index, or an index plus or minus a constant");
            if (range)
                diag_hint(s->ctx, "'in' gives the range of a subscript with an index");
        }
        return false;
    }
    if (i != UINT32_MAX && range) {
        Binder *b = &s->unit->binders.at[i];
        b->index =
            index_of(g, b->name, build2(g, OP_SUB, type(s, node(s, range)->a)->integer, offset),
                     build2(g, OP_SUB, type(s, node(s, range)->b)->integer, offset), 0);
    }
    shape_expression(s, subscript);
    if (!type(s, subscript)->known)
        return false;
    if (range) {
        axis->start = type(s, node(s, range)->a)->integer;
        axis->end = type(s, node(s, range)->b)->integer;
    } else if (i != UINT32_MAX) {
        axis->start = build2(g, OP_ADD, index_at(g, s->unit->binders.at[i].index)->lower, offset);
        axis->end = build2(g, OP_ADD, index_at(g, s->unit->binders.at[i].index)->upper, offset);
    } else {
        axis->start = type(s, subscript)->integer;
        axis->end = build2(g, OP_ADD, axis->start, build_int(g, 1));
    }
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
        b->index = 0;
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

/* Gives indices the ranges that are seen by now. True if one got its. */
static bool settle(Shaping *s, const U32Vec *inferred)
{
    bool progress = false;
    for (uint32_t i = 0; i < inferred->count; i++) {
        Binder *b = &s->unit->binders.at[inferred->at[i]];
        for (uint32_t k = 0; k < s->candidates.count && is_provisional(s, b->index); k++) {
            const Candidate *c = &s->candidates.at[k];
            if (c->binder != inferred->at[i] || mentions_provisional(s, c->extent))
                continue;
            b->index = index_of(s->g, b->name, build_int(s->g, 0), c->extent, 0);
            progress = true;
        }
    }
    return progress;
}

static bool unsettled(Shaping *s, const U32Vec *inferred)
{
    for (uint32_t i = 0; i < inferred->count; i++)
        if (is_provisional(s, s->unit->binders.at[inferred->at[i]].index))
            return true;
    return false;
}

static void report_unsettled(Shaping *s, const U32Vec *inferred)
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

/* All subscripts that are just an index must give it the same range. */
static void check_agreement(Shaping *s)
{
    for (uint32_t k = 0; k < s->candidates.count; k++) {
        const Candidate *c = &s->candidates.at[k], *first = s->candidates.at;
        while (first->binder != c->binder)
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

/* The left side, if there is one, and the value: once through. */
static bool pass(Shaping *s, uint32_t items, uint32_t count, AstId value, BoxAxis *ends)
{
    bool known = true;
    s->candidates.count = 0;
    s->left.count = 0;
    for (uint32_t k = 0; k < count; k++)
        known &= shape_left(s, listed(s, items + k), &ends[k]);
    if (known || s->quiet)
        shape_expression(s, value);
    return known && type(s, value)->known;
}

/* Shapes of a value and of the subscripts that are defined; `ends` gets what the array must hold. */
static bool shape_group(Shaping *s, uint32_t items, uint32_t count, AstId value, BoxAxis *ends)
{
    U32Vec inferred = {0};
    for (uint32_t k = 0; k < count; k++)
        find_inferred(s, node(s, listed(s, items + k))->first, listed(s, items + k), &inferred);
    find_inferred(s, node(s, value)->first, value, &inferred);
    shape_mark(s, value, false);
    s->quiet = true;
    for (bool progress = inferred.count; progress && unsettled(s, &inferred);) {
        s->failed = false;
        pass(s, items, count, value, ends);
        progress = settle(s, &inferred);
    }
    bool lost = unsettled(s, &inferred), failed = lost && s->failed;
    s->quiet = false;
    if (lost && !failed)
        report_unsettled(s, &inferred);
    bool known = (!lost || failed) && pass(s, items, count, value, ends);
    if (lost && known) /* the errors were only of this kind */
        report_unsettled(s, &inferred);
    if (known && !lost) {
        s->failed = false;
        check_agreement(s);
        known = !s->failed;
    }
    vec_free(s->ctx, &inferred);
    return known && !lost;
}

/* ---- declarations */

/* A size: its node; an extent that can be below 0 is a precondition. */
static bool shape_size(Shaping *s, AstId root, NodeId *size)
{
    if (node(s, root)->kind == AST_WHOLE || node(s, root)->kind == AST_RANGE ||
        node(s, root)->kind == AST_IN) {
        diag_error(s->ctx, node(s, root)->span, "size", "expected a size, found a range");
        return false;
    }
    s->quiet = false;
    shape_mark(s, root, true);
    shape_expression(s, root);
    if (!type(s, root)->known)
        return false;
    *size = type(s, root)->integer;
    if (extent_nonnegative(s->g, *size, NULL, 0))
        return true;
    if (node_number(s->g, *size)) {
        Text text = text_new(s->ctx);
        extent_text(s->g, *size, &text);
        diag_error(s->ctx, node(s, root)->span, "size", "expected a size of 0 or more, found %s",
                   text.at);
        text_free(&text);
        return false;
    }
    shape_precondition(s, *size, node(s, root)->span);
    return true;
}

static bool shape_extents(Shaping *s, uint32_t items, uint32_t count, TupleId *shape)
{
    NodeId extents[64];
    bool known = count <= 16;
    if (!known)
        diag_error(s->ctx, node(s, listed(s, items))->span, "size",
                   "expected at most 16 subscripts, found %u", (unsigned)count);
    for (uint32_t k = 0; k < count && known; k++)
        known = shape_size(s, listed(s, items + k), &extents[k]);
    *shape = known ? tuple_of(s->g, extents, count) : 0;
    return known;
}

static bool shape_argument(Shaping *s, uint32_t i)
{
    Entity *e = &s->unit->entities.at[i];
    bool known = shape_extents(s, e->items, e->count, &e->shape);
    for (uint32_t k = 0; k < e->count && known; k++) {
        long value;
        const Number *number = node_number(s->g, tuple_item(s->g, e->shape, k));
        known = !number || number_integer(number, &value);
    }
    sym_at(s->g, e->sym)->shape = e->shape;
    if (e->limit) {
        NodeId limit = 0;
        known = shape_size(s, e->limit, &limit) && known;
        sym_at(s->g, e->sym)->limit = limit;
    }
    e->node = known ? build_ref(s->g, e->sym, 0) : 0;
    return known;
}

static bool shape_constant(Shaping *s, uint32_t i)
{
    Entity *e = &s->unit->entities.at[i];
    BoxAxis ignored;
    if (e->count) {
        diag_error(s->ctx, e->span, "shape", "expected a constant scalar, found an array");
        return false;
    }
    if (e->dim) {
        if (!shape_size(s, e->value, &e->node))
            return false;
        if (node_number(s->g, e->node))
            return true;
        diag_error(s->ctx, node(s, e->value)->span, "not-constant",
                   "expected a constant, found a size given at run time");
        return false;
    }
    if (!shape_group(s, 0, 0, e->value, &ignored))
        return false;
    for (AstId k = node(s, e->value)->first; k <= e->value; k++)
        if (node(s, k)->resolution == RES_FUNCTION) /* no size, then: bodies are lowered later */
            return true;
    Model model = {.ctx = s->ctx, .unit = s->unit, .graph = s->g};
    e->node = lower_constant(&model, e->value);
    return true;
}

/* ---- definitions */

static bool shape_whole(Shaping *s, const Equation *e, Entity *entity)
{
    BoxAxis ignored;
    if (!shape_group(s, 0, 0, e->value, &ignored))
        return false;
    entity->shape = unit_shape(s->unit, e->value);
    return true;
}

/* By element: all equations give one shape, the smallest that holds them. */
static bool shape_equations(Shaping *s, Entity *entity, BoxVec *boxes)
{
    BoxAxis ends[64];
    NodeId extents[64];
    uint32_t rank = s->unit->equations.at[entity->equation - 1].count;
    for (uint32_t i = entity->equation; i; i = s->unit->equations.at[i - 1].next) {
        const Equation e = s->unit->equations.at[i - 1];
        if (e.count != rank || rank > 16) {
            diag_error(s->ctx, e.span, "subscript",
                       "expected %u subscript%s as in the first equation, found %u",
                       (unsigned)(rank > 16 ? 16 : rank), rank == 1 ? "" : "s", (unsigned)e.count);
            return false;
        }
        s->failed = false;
        if (!shape_group(s, e.items, e.count, e.value, ends) || !shape_needs_scalar(s, e.value))
            return false;
        for (uint32_t k = 0; k < rank; k++)
            *vec_push(s->ctx, boxes) = ends[k];
    }
    boxes_join(s, entity, boxes, rank, extents);
    entity->shape = tuple_of(s->g, extents, rank);
    return true;
}

static bool shape_definition(Shaping *s, uint32_t i)
{
    Entity *e = &s->unit->entities.at[i];
    BoxVec boxes = {0};
    bool known = e->element ? shape_equations(s, e, &boxes)
                            : shape_whole(s, &s->unit->equations.at[e->equation - 1], e);
    sym_at(s->g, e->sym)->shape = e->shape;
    known = known && (!e->element || boxes_check(s, e, &boxes));
    vec_free(s->ctx, &boxes);
    return known;
}

/* ---- functions */

static bool shape_local(Shaping *s, Local *l)
{
    BoxAxis ends[64];
    if (l->count > 16)
        return shape_extents(s, l->items, l->count, &l->shape);
    if (!shape_group(s, l->items, l->count, l->value, ends))
        return false;
    if (l->count && !shape_needs_scalar(s, l->value))
        return false;
    NodeId extents[16];
    for (uint32_t k = 0; k < l->count; k++)
        extents[k] = ends[k].end;
    l->shape = l->count ? tuple_of(s->g, extents, l->count) : unit_shape(s->unit, l->value);
    return true;
}

static bool shape_body(Shaping *s, LocalVec *locals, uint32_t params, AstId result)
{
    BoxAxis ignored;
    bool known = true;
    s->locals = locals;
    for (uint32_t i = 0; i < locals->count; i++) {
        Local *l = &locals->at[i];
        l->known = i < params ? shape_extents(s, l->items, l->count, &l->shape) : shape_local(s, l);
        known &= l->known;
    }
    known = shape_group(s, 0, 0, result, &ignored) && known;
    return known;
}

static void shape_function(Shaping *s, uint32_t i)
{
    Function *f = &s->unit->functions.at[i];
    for (uint32_t k = 0; k < f->sizes.count; k++) {
        Size *size = &s->unit->sizes.at[f->sizes.at[k]];
        size->sym = sym_new(s->g, size->name, SYM_ARG, 0);
        sym_at(s->g, size->sym)->integer = true;
    }
    s->function = i + 1;
    f->known = shape_body(s, &f->locals, f->params, f->result);
    f->shape = unit_shape(s->unit, f->result);
    s->function = 0;
    s->locals = NULL;
}

/* ---- the unit */

static void add_symbols(Unit *u)
{
    static const SymKind kinds[] = {
        [ENTITY_DIM] = SYM_DIM, [ENTITY_INPUT] = SYM_INPUT, [ENTITY_PARAM] = SYM_PARAM,
        [ENTITY_INDEX] = SYM_INDEX, [ENTITY_CONST] = SYM_CONST, [ENTITY_DEF] = SYM_DEF,
    };
    for (uint32_t i = 0; i < u->entities.count; i++) {
        Entity *e = &u->entities.at[i];
        e->sym = sym_new(u->graph, e->name, kinds[e->kind], 0);
        sym_at(u->graph, e->sym)->span = e->span;
        sym_at(u->graph, e->sym)->comment = e->comment;
        sym_at(u->graph, e->sym)->line = e->line;
    }
}

static void shape_step(Shaping *s, const Step *step)
{
    s->failed = s->quiet = false;
    if (step->function) {
        shape_function(s, step->target);
        return;
    }
    Entity *e = &s->unit->entities.at[step->target];
    bool known = e->kind == ENTITY_DEF ? shape_definition(s, step->target)
               : e->kind == ENTITY_CONST ? shape_constant(s, step->target)
               : shape_argument(s, step->target);
    s->unit->entities.at[step->target].known = known;
}

/* What stands beside the definitions. */
static void shape_claims(Shaping *s)
{
    Unit *u = s->unit;
    BoxAxis ignored;
    TupleId shape;
    for (uint32_t i = 0; i < u->rules.count; i++) {
        Rule *r = &u->rules.at[i];
        if (shape_body(s, &r->locals, r->params, r->result))
            shape_needs_scalar(s, r->result);
        s->locals = NULL;
    }
    for (uint32_t i = 0; i < u->assumes.count; i++)
        shape_group(s, 0, 0, u->assumes.at[i], &ignored);
    for (uint32_t i = 0; i < u->checks.count; i++) {
        const Check *c = &u->checks.at[i];
        bool known = shape_group(s, 0, 0, c->left, &ignored);
        known = shape_group(s, 0, 0, c->right, &ignored) && known;
        if (c->within)
            known = shape_group(s, 0, 0, c->within, &ignored) && known;
        if (known)
            shape_join(s, c->left, c->right, &shape);
        for (uint32_t k = 0; k < c->point.count; k++)
            if (u->entities.at[c->point.at[k].entity].shape)
                diag_error(s->ctx, node(s, c->point.at[k].value)->span, "shape",
                           "expected an array for '%s', found a scalar",
                           name_text(s->ctx, u->entities.at[c->point.at[k].entity].name));
    }
}

void shape_unit(Unit *u, const StepVec *all)
{
    Shaping s = {.unit = u, .ctx = u->ctx, .g = u->graph};
    while (u->types.count < u->ast->nodes.count)
        memset(vec_push(u->ctx, &u->types), 0, sizeof *u->types.at);
    add_symbols(u);
    for (uint32_t i = 0; i < all->count; i++)
        shape_step(&s, &all->at[i]);
    shape_claims(&s);
    vec_free(u->ctx, &s.candidates);
    vec_free(u->ctx, &s.left);
}
