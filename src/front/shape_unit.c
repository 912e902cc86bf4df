/* The resolved unit in, the shapes of all that it declares and defines out. Goes in the order of
 * computation, so that the shapes of what is used are known. */
#include <string.h>

#include "front/front.h"

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
    graph_promise(s->g, node);
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
    if (!s->standing[root].known)
        return false;
    *size = type(s, root)->integer;
    if (extent_nonnegative(s->g, *size, NULL, 0))
        return true;
    const Number *number = node_number(s->g, *size);
    if (number) {
        Text text = text_new(s->ctx);
        extent_text(s->g, *size, &text);
        diag_error(s->ctx, node(s, root)->span, "size", "expected a size of %s, found %s",
                   number_sign(number) < 0 ? "0 or more" : "less than 2^30", text.at);
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

static bool calls_function(const Shaping *s, AstId root)
{
    for (AstId k = node(s, root)->first; k <= root; k++)
        if (node(s, k)->resolution == RES_FUNCTION)
            return true;
    return false;
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
    if (calls_function(s, e->value)) /* no size, then: bodies are lowered later */
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

bool shape_rank(Shaping *s, const Equation *e, uint32_t rank)
{
    if (e->count == rank && rank <= 16)
        return true;
    diag_error(s->ctx, e->span, "subscript",
               "expected %u subscript%s as in the first equation, found %u",
               (unsigned)(rank > 16 ? 16 : rank), rank == 1 ? "" : "s", (unsigned)e->count);
    return false;
}

/* By element: all equations give one shape, the smallest that holds them. */
static bool shape_equations(Shaping *s, Entity *entity, BoxVec *boxes)
{
    BoxAxis ends[64];
    NodeId extents[64];
    uint32_t rank = s->unit->equations.at[entity->equation - 1].count;
    for (uint32_t i = entity->equation; i; i = s->unit->equations.at[i - 1].next) {
        const Equation e = s->unit->equations.at[i - 1];
        if (!shape_rank(s, &e, rank))
            return false;
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
    for (uint32_t k = 0; k < l->count; k++) {
        extents[k] = ends[k].end;
        l->partial |= !ends[k].box;
    }
    l->shape = l->count ? tuple_of(s->g, extents, l->count) : unit_shape(s->unit, l->value);
    return !l->count || l->partial || boxes_check_local(s, l, ends);
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

static void size_symbols(Shaping *s, const U32Vec *sizes)
{
    for (uint32_t k = 0; k < sizes->count; k++) {
        Size *size = &s->unit->sizes.at[sizes->at[k]];
        size->sym = sym_new(s->g, size->name, SYM_ARG, 0);
        sym_at(s->g, size->sym)->integer = true;
    }
}

static void shape_function(Shaping *s, uint32_t i)
{
    Function *f = &s->unit->functions.at[i];
    size_symbols(s, &f->sizes);
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
    if (step->system) {
        shape_system(s, step->system - 1);
        return;
    }
    Entity *e = &s->unit->entities.at[step->target];
    bool known = e->kind == ENTITY_DEF ? shape_definition(s, step->target)
               : e->kind == ENTITY_CONST ? shape_constant(s, step->target)
               : shape_argument(s, step->target);
    s->unit->entities.at[step->target].known = known;
}

/* What is behind `within`. */
static bool shape_tolerance(Shaping *s, AstId root)
{
    BoxAxis ignored;
    Model model = {.ctx = s->ctx, .unit = s->unit, .graph = s->g};
    if (!shape_group(s, 0, 0, root, &ignored))
        return false;
    if (calls_function(s, root)) /* bodies are lowered later */
        return true;
    const Number *n = node_number(s->g, lower_constant(&model, root));
    const int sign = n ? number_sign(n) : 0;
    if (sign == -1 || sign == 2)
        diag_error(s->ctx, node(s, root)->span, "range",
                   "expected a tolerance of 0 or more, found %s",
                   sign == 2 ? "one that is no number" : "one below 0");
    return sign == 0 || sign == 1;
}

/* What stands beside the definitions. */
static void shape_claims(Shaping *s)
{
    Unit *u = s->unit;
    BoxAxis ignored;
    TupleId shape;
    for (uint32_t i = 0; i < u->rules.count; i++) {
        Rule *r = &u->rules.at[i];
        size_symbols(s, &r->sizes);
        if (shape_body(s, &r->locals, r->params, r->result))
            shape_rule(s, r);
        s->locals = NULL;
    }
    for (uint32_t i = 0; i < u->assumes.count; i++)
        shape_group(s, 0, 0, u->assumes.at[i], &ignored);
    for (uint32_t i = 0; i < u->checks.count; i++) {
        const Check *c = &u->checks.at[i];
        bool known = shape_group(s, 0, 0, c->left, &ignored);
        known = shape_group(s, 0, 0, c->right, &ignored) && known;
        if (c->within)
            known = shape_tolerance(s, c->within) && known;
        if (known)
            shape_join(s, c->left, c->right, &shape);
        for (uint32_t k = 0; k < c->point.count; k++)
            if (u->entities.at[c->point.at[k].entity].shape)
                diag_error(s->ctx, node(s, c->point.at[k].value)->span, "shape",
                           "expected an array for '%s', found a scalar",
                           name_text(s->ctx, u->entities.at[c->point.at[k].entity].name));
    }
}

/* Bytes are counted by size_t: an array of more elements than this is in no memory. */
#define ELEMENTS_MOST 0x1p58

/* How many elements, at least: sizes that are given at run time count as 1. */
static double count_elements(const Graph *g, TupleId shape)
{
    double count = 1;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        long extent;
        count *= node_integer(g, tuple_item(g, shape, i), &extent) ? (double)extent : 1;
    }
    return count;
}

static void check_elements(Shaping *s)
{
    for (uint32_t i = 0; i < s->unit->entities.count; i++) {
        const Entity *e = &s->unit->entities.at[i];
        const double count = count_elements(s->g, e->shape);
        if (count > ELEMENTS_MOST)
            diag_error(s->ctx, e->span, "size",
                       "expected an array that memory can hold, found %.3g elements", count);
    }
}

void shape_unit(Unit *u, const StepVec *all)
{
    Shaping s = {.unit = u, .ctx = u->ctx, .g = u->graph};
    while (u->types.count < u->ast->nodes.count)
        memset(vec_push(u->ctx, &u->types), 0, sizeof *u->types.at);
    s.standing = array_new(u->ctx, u->types.count, sizeof *s.standing);
    add_symbols(u);
    for (uint32_t i = 0; i < all->count; i++)
        shape_step(&s, &all->at[i]);
    shape_claims(&s);
    check_elements(&s);
    ctx_resize(u->ctx, s.standing, 0);
    vec_free(u->ctx, &s.candidates);
    vec_free(u->ctx, &s.guards);
    vec_free(u->ctx, &s.left);
    vec_free(u->ctx, &s.reads);
    vec_free(u->ctx, &s.entered);
    elements_end(u->graph, &s.given);
    vec_free(u->ctx, &s.axes);
}
