/* Resolved expressions in, the shape of each node out, bottom up: extents as integer nodes of
 * the graph. What stands in subscripts is computed in integers, and becomes a node at once. */
#include <stdlib.h>
#include <string.h>

#include "front/front.h"

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }
static Type *type(const Shaping *s, AstId id) { return &s->unit->types.at[id]; }

bool shape_fails(Shaping *s)
{
    s->failed = true;
    return !s->quiet;
}

TupleId unit_shape(const Unit *unit, AstId id)
{
    return id < unit->types.count ? unit->types.at[id].shape : 0;
}

/* Loops of the first `count` indices that a reduction binds. */
static uint32_t guard_of_items(Shaping *s, const AstNode *n, uint32_t count, uint32_t outer)
{
    for (uint32_t k = 0; k < count; k++) {
        AstId item = ast_rangeless(s->unit->ast, s->unit->ast->list.at[n->a + k]);
        outer = guard_loop(s, node(s, item)->target, outer);
    }
    return outer;
}

/* What the k-th operand stands under: an arm, the right side of && or ||, loops. */
static uint32_t guard_of_child(Shaping *s, const AstNode *n, uint32_t k, uint32_t outer)
{
    if (n->kind == AST_REDUCE)
        return guard_of_items(s, n, k, outer);
    if (n->kind == AST_COND && k > 0)
        return guard_new(s, n->a, k == 1, outer);
    if (n->kind == AST_BINARY && k > 0 && (n->op == OP_AND || n->op == OP_OR))
        return guard_new(s, n->a, n->op == OP_AND, outer);
    return outer;
}

void shape_mark(Shaping *s, AstId root, bool subscript)
{
    if (!root)
        return;
    s->unit->ast->nodes.at[root].subscript = subscript;
    for (AstId i = root; i >= node(s, root)->first; i--) {
        const AstNode *n = node(s, i);
        AstId child;
        for (uint32_t k = 0; (child = ast_child(s->unit->ast, i, k)); k++) {
            bool item = (n->kind == AST_SUBSCRIPT || n->kind == AST_REDUCE) && k < n->b;
            s->unit->ast->nodes.at[child].subscript = n->subscript || item;
            s->standing[child].guard = guard_of_child(s, n, k, s->standing[i].guard);
        }
    }
}

/* ---- errors of shape */

static void put_shape(Shaping *s, AstId id, Text *out)
{
    if (type(s, id)->shape)
        extent_shape_text(s->g, type(s, id)->shape, out);
    else
        text_put(out, "a scalar");
}

const char *shape_shown(Shaping *s, TupleId shape)
{
    Text text = text_new(s->ctx);
    extent_shape_text(s->g, shape, &text);
    const char *shown = shape ? ctx_copy(s->ctx, text.at, text.len) : "a scalar";
    text_free(&text);
    return shown;
}

/* The part of an expression that its shape comes from: that of the declaration, as far as one
 * name gives it. */
static void note_origin(Shaping *s, AstId id, Text *text)
{
    text->len = 0;
    put_shape(s, id, text);
    diag_note(s->ctx, node(s, id)->span,
              type(s, id)->shape ? "this has the shape %s" : "this is %s", text->at);
}

bool shape_join(Shaping *s, AstId a, AstId b, TupleId *shape)
{
    TupleId x = type(s, a)->shape, y = type(s, b)->shape;
    *shape = x ? x : y;
    if (!x || !y || extent_shape_same(s->g, x, y))
        return true;
    if (shape_fails(s)) {
        Text one = text_new(s->ctx), two = text_new(s->ctx);
        put_shape(s, a, &one);
        put_shape(s, b, &two);
        Span both = {node(s, a)->span.start, node(s, b)->span.end};
        diag_error(s->ctx, both, "shape", "expected equal shapes, found %s and %s", one.at, two.at);
        note_origin(s, a, &one);
        note_origin(s, b, &two);
        text_free(&one);
        text_free(&two);
    }
    return false;
}

bool shape_needs_scalar(Shaping *s, AstId id)
{
    if (!type(s, id)->shape)
        return true;
    if (shape_fails(s)) {
        Text text = text_new(s->ctx);
        put_shape(s, id, &text);
        diag_error(s->ctx, node(s, id)->span, "shape",
                   "expected a scalar, found an array of the shape %s", text.at);
        text_free(&text);
    }
    return false;
}

/* ---- names */

void shape_range(Shaping *s, Binder *b, AstId range, NodeId lower, NodeId upper)
{
    Graph *g = s->g;
    const NodeId zero = build_int(g, 0), first = apart_end(s, range, node(s, range)->a);
    const NodeId both = build_and(g, first, apart_end(s, range, node(s, range)->b));
    b->more = extent_nonnegative(g, lower, NULL, 0) ? 0 : lower;
    if (b->more)
        upper = extent_plus(g, upper, build2(g, OP_SUB, zero, lower));
    lower = b->more ? zero : build_select(g, first, lower, zero);
    b->index = index_of(g, b->name, lower, build_select(g, both, upper, zero), 0);
}

/* What the model's index is. */
static NodeId index_value(Shaping *s, const Binder *b)
{
    NodeId index = build_index(s->g, b->index);
    return b->more ? extent_plus(s->g, index, b->more) : index;
}

/* A use of an index whose range is not known: an error in that range, where it is none
 * elsewhere. */
static bool shape_unbound(Shaping *s, const Binder *b, AstId id)
{
    bool within = !b->range || (id >= node(s, b->range)->first && id < b->range);
    if (b->item != id && shape_fails(s) && within)
        diag_error(s->ctx, node(s, id)->span, "range",
                   "the range of the index '%s' depends on the index itself",
                   name_text(s->ctx, node(s, id)->name));
    return b->item == id;
}

static bool shape_name(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    Unit *u = s->unit;
    switch ((Resolution)n->resolution) {
    case RES_ENTITY: {
        const Entity *e = &u->entities.at[n->target];
        if (!shape_entity(s, n, &t->shape))
            return false;
        if (e->kind == ENTITY_DIM || (e->kind == ENTITY_INDEX && !e->shape) || e->dim)
            t->integer = e->node;
        given_note(s, id);
        return true;
    }
    case RES_LOCAL:
        given_note(s, id);
        t->shape = s->locals->at[n->target].shape;
        s->failed |= !s->locals->at[n->target].known;
        return s->locals->at[n->target].known;
    case RES_INDEX:
        if (!u->binders.at[n->target].index)
            return shape_unbound(s, &u->binders.at[n->target], id);
        t->integer = index_value(s, &u->binders.at[n->target]);
        return true;
    case RES_SIZE: t->integer = build_ref(s->g, u->sizes.at[n->target].sym, 0); return true;
    default: return true;
    }
}

/* ---- matrices */

static NodeId extent(const Shaping *s, AstId id, uint32_t axis)
{
    return tuple_item(s->g, type(s, id)->shape, axis);
}

static bool shape_matmul(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    uint32_t a = tuple_size(s->g, type(s, n->a)->shape), b = tuple_size(s->g, type(s, n->b)->shape);
    if (a && b && a <= 2 && b <= 2 &&
        extent_same(s->g, extent(s, n->a, a - 1), extent(s, n->b, 0))) {
        NodeId items[2];
        uint32_t count = 0;
        if (a == 2)
            items[count++] = extent(s, n->a, 0);
        if (b == 2)
            items[count++] = extent(s, n->b, 1);
        t->shape = tuple_of(s->g, items, count);
        return true;
    }
    if (!shape_fails(s))
        return false;
    Text one = text_new(s->ctx), two = text_new(s->ctx);
    put_shape(s, n->a, &one);
    put_shape(s, n->b, &two);
    if (a > 2 || b > 2 || !a || !b)
        diag_error(s->ctx, n->span, "shape", "'@' takes vectors and matrices, found %s and %s",
                   one.at, two.at);
    else
        diag_error(s->ctx, n->span, "shape",
                   "expected equal sizes at '@', found the shapes %s and %s", one.at, two.at);
    if (!a || !b)
        diag_hint(s->ctx, "a product with a scalar is written with '*'");
    note_origin(s, n->a, &one);
    note_origin(s, n->b, &two);
    text_free(&one);
    text_free(&two);
    return false;
}

static bool shape_matrix(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    const U32Vec *list = &s->unit->ast->list;
    uint32_t columns = node(s, list->at[n->a])->b;
    for (uint32_t r = 0; r < n->b; r++) {
        const AstNode *row = node(s, list->at[n->a + r]);
        for (uint32_t k = 0; k < row->b; k++)
            if (!shape_needs_scalar(s, list->at[row->a + k])) {
                if (!s->quiet)
                    diag_hint(s->ctx, "rows are set apart by ';', as in [1, 2; 3, 4]");
                return false;
            }
        if (row->b != columns) {
            if (shape_fails(s)) {
                diag_error(s->ctx, row->span, "shape",
                           "expected %u element%s in this row, found %u", (unsigned)columns,
                           columns == 1 ? "" : "s", (unsigned)row->b);
                diag_note(s->ctx, node(s, list->at[n->a])->span, "the first row is this");
            }
            return false;
        }
    }
    NodeId items[2];
    items[0] = build_int(s->g, (long)n->b);
    items[1] = build_int(s->g, (long)columns);
    t->shape = n->b == 1 ? tuple_of(s->g, items + 1, 1) : tuple_of(s->g, items, 2);
    return true;
}

static TupleId reversed(Shaping *s, TupleId shape)
{
    NodeId items[64];
    uint32_t count = tuple_size(s->g, shape);
    for (uint32_t i = 0; i < count; i++)
        items[i] = tuple_item(s->g, shape, count - 1 - i);
    return tuple_of(s->g, items, count);
}

/* ---- operators */

static bool shape_cond(Shaping *s, const AstNode *n, Type *t)
{
    TupleId condition;
    AstId arm = type(s, n->b)->shape ? n->b : n->c;
    if (!shape_join(s, n->b, n->c, &t->shape))
        return false;
    if (!type(s, n->a)->shape)
        return true;
    if (t->shape)
        return shape_join(s, n->a, arm, &condition);
    t->shape = type(s, n->a)->shape; /* scalars go with the condition's shape */
    return true;
}

static bool children_known(Shaping *s, AstId id)
{
    AstId child;
    for (uint32_t k = 0; (child = ast_child(s->unit->ast, id, k)); k++)
        if (!s->standing[child].known)
            return false;
    return true;
}

/* A reduction goes over each element of an array by itself. */
static bool shape_reduce(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    t->shape = type(s, n->c)->shape;
    for (uint32_t k = 0; k < n->b; k++) {
        AstId item = ast_rangeless(s->unit->ast, s->unit->ast->list.at[n->a + k]);
        uint32_t binder = node(s, item)->target;
        for (uint32_t i = 0; i < tuple_size(s->g, t->shape); i++)
            if (set_has(s->g, node_at(s->g, tuple_item(s->g, t->shape, i))->free,
                        s->unit->binders.at[binder].index))
                return shape_needs_scalar(s, n->c);
    }
    return true;
}

static bool shape_real(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    switch ((AstKind)n->kind) {
    case AST_NONE: case AST_NUMBER: case AST_ROW: return true;
    case AST_NAME: return shape_name(s, id, t);
    case AST_UNARY:
        t->shape = type(s, n->a)->shape;
        return true;
    case AST_BINARY:
        return shape_join(s, n->a, n->b, &t->shape);
    case AST_COND: return shape_cond(s, n, t);
    case AST_CALL: return shape_call(s, id, t);
    case AST_SUBSCRIPT: return shape_subscript(s, id, t);
    case AST_REDUCE: return shape_reduce(s, id, t);
    case AST_MATMUL: return shape_matmul(s, id, t);
    case AST_TRANSPOSE: t->shape = reversed(s, type(s, n->a)->shape); return true;
    case AST_MATRIX: return shape_matrix(s, id, t);
    case AST_RANGE: case AST_WHOLE: case AST_IN: return true;
    }
    return true;
}

/* ---- integers */

enum { INTEGER_MOST = 2147483647 };

static bool not_integer(Shaping *s, AstId id, const char *what)
{
    if (shape_fails(s)) {
        diag_error(s->ctx, node(s, id)->span, "integer", "expected an integer, found %s", what);
        diag_hint(s->ctx,
                  "sizes, ranges and subscripts are made of dims, indices and whole numbers");
    }
    return false;
}

static bool integer_too_large(Shaping *s, AstId id)
{
    if (shape_fails(s))
        diag_error(s->ctx, node(s, id)->span, "integer",
                   "a number in sizes, ranges and subscripts is at most %d", INTEGER_MOST);
    return false;
}

static bool integer_number(Shaping *s, AstId id, Type *t)
{
    t->integer = build_literal(s->g, name_text(s->ctx, node(s, id)->name));
    long value;
    if (node_integer(s->g, t->integer, &value) && value <= INTEGER_MOST)
        return true;
    const Number *n = node_number(s->g, t->integer);
    return n->rational && mpq_cmp_ui(n->ratio, INTEGER_MOST, 1) <= 0
               ? not_integer(s, id, "this number") : integer_too_large(s, id);
}

static bool integer_name(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    if (!shape_name(s, id, t))
        return false;
    if (n->resolution == RES_ENTITY && s->unit->entities.at[n->target].kind == ENTITY_CONST) {
        long value;
        if (node_integer(s->g, s->unit->entities.at[n->target].node, &value))
            t->integer = build_int(s->g, value);
    }
    if (t->integer || n->resolution == RES_INDEX) /* or it is bound here */
        return true;
    return not_integer(s, id, t->shape ? "an array" : "a real value");
}

/* An operation on integers, which have no -0. */
static NodeId integer_of(Graph *g, Op op, NodeId a, NodeId b)
{
    NodeId result = build2(g, op, a, b);
    long value;
    const Number *number = node_integer(g, result, &value) ? NULL : node_number(g, result);
    return number && number_sign(number) == 0 ? build_int(g, 0) : result;
}

/* An error, unless it is never computed; which is not known before the ranges of indices are. */
static bool integer_by_zero(Shaping *s, AstId id, Type *t)
{
    Facts facts;
    t->integer = build_int(s->g, 0);
    if (s->quiet || (guard_facts(s, id, &facts) && guard_never(s, &facts)))
        return true;
    s->failed = true;
    diag_error(s->ctx, node(s, id)->span, "integer", "an integer is divided by 0");
    return false;
}

/* A product; long ones of numbers only, which become one. */
static bool integer_power(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    NodeId a = type(s, n->a)->integer;
    long power, base;
    int64_t value = 1;
    if (!node_integer(s->g, type(s, n->b)->integer, &power) || power < 0)
        return not_integer(s, id, "a power whose exponent is not a whole number from 0 on");
    const bool known = node_integer(s->g, a, &base);
    if (!known && power > 8)
        return not_integer(s, id, "a power above the eighth");
    t->integer = build_int(s->g, 1);
    if (!known) {
        for (long k = 0; k < power; k++)
            t->integer = integer_of(s->g, OP_MUL, t->integer, a);
        return true;
    }
    if (labs(base) <= 1 && power > 2)
        power = 2 - power%2;
    for (long k = 0; k < power; k++)
        if (labs(base) > INTEGER_MOST || llabs(value *= base) > INTEGER_MOST)
            return integer_too_large(s, id);
    t->integer = build_int(s->g, (long)value);
    return true;
}

static bool integer_binary(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    Graph *g = s->g;
    NodeId a = type(s, n->a)->integer, b = type(s, n->b)->integer;
    bool bool_a = op_info(node_op(g, a))->flags & OPF_BOOL,
         bool_b = op_info(node_op(g, b))->flags & OPF_BOOL;
    if (n->op == OP_AND || n->op == OP_OR) {
        a = build_truth(g, a), b = build_truth(g, b);
        t->integer = n->op == OP_AND ? build_and(g, a, b) : build_or(g, a, b);
        return true;
    }
    if (bool_a || bool_b)
        return not_integer(s, bool_a ? n->a : n->b, "a condition");
    switch (n->op) {
    case OP_ADD: case OP_SUB: case OP_MUL: case OP_LT: case OP_LE: case OP_GT: case OP_GE:
    case OP_EQ: case OP_NE:
        t->integer = integer_of(g, (Op)n->op, a, b);
        return true;
    case OP_DIV: case OP_MOD:
        if (node_is_int(g, b, 0))
            return integer_by_zero(s, id, t);
        t->integer = integer_of(g, n->op == OP_DIV ? OP_IDIV : OP_IMOD, a, b);
        return bounds_check_divisor(s, n->b, b);
    case OP_POW: return integer_power(s, id, t);
    default: return not_integer(s, id, "a real value");
    }
}

/* Integers are thought about, and printed, by going down into them. */
enum { INTEGER_DEPTH = 1000 };

static bool is_too_deep(Shaping *s, AstId id)
{
    AstId child;
    uint16_t *depth = &s->standing[id].depth;
    for (uint32_t k = 0; (child = ast_child(s->unit->ast, id, k)); k++)
        if (s->standing[child].depth >= *depth)
            *depth = (uint16_t)(s->standing[child].depth + 1);
    if (*depth == INTEGER_DEPTH + 1 && shape_fails(s))
        diag_error(s->ctx, node(s, id)->span, "integer",
                   "expected a size or subscript of at most %d nested operations", INTEGER_DEPTH);
    return *depth > INTEGER_DEPTH;
}

static bool integer_call(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    if (n->resolution != RES_OP || (n->target != OP_MIN && n->target != OP_MAX))
        return not_integer(s, id, "a function's value");
    t->integer = type(s, s->unit->ast->list.at[n->a])->integer;
    for (uint32_t k = 1; k < n->b; k++)
        t->integer = build2(s->g, (Op)n->target, t->integer,
                            type(s, s->unit->ast->list.at[n->a + k])->integer);
    return true;
}

bool shape_integer(Shaping *s, AstId id, Type *t)
{
    const AstNode *n = node(s, id);
    Graph *g = s->g;
    if (is_too_deep(s, id))
        return false;
    switch ((AstKind)n->kind) {
    case AST_NUMBER: return integer_number(s, id, t);
    case AST_NAME: return integer_name(s, id, t);
    case AST_UNARY:
        t->integer = n->op == OP_NOT ? build_not(g, build_truth(g, type(s, n->a)->integer))
                                     : build2(g, OP_SUB, build_int(g, 0), type(s, n->a)->integer);
        return true;
    case AST_BINARY: return integer_binary(s, id, t);
    case AST_COND:
        t->integer = build_select(g, build_truth(g, type(s, n->a)->integer), type(s, n->b)->integer,
                                  type(s, n->c)->integer);
        return true;
    case AST_CALL: return integer_call(s, id, t);
    case AST_SUBSCRIPT:
        if (!shape_subscript(s, id, t))
            return false;
        return t->integer ? true : not_integer(s, id, t->shape ? "an array" : "a real value");
    case AST_RANGE: case AST_WHOLE: case AST_NONE: return true;
    case AST_IN: {
        Binder *b = &s->unit->binders.at[node(s, n->a)->target];
        shape_range(s, b, n->b, type(s, node(s, n->b)->a)->integer,
                    type(s, node(s, n->b)->b)->integer);
        return true;
    }
    case AST_REDUCE: return not_integer(s, id, "a reduction");
    case AST_MATMUL: case AST_TRANSPOSE: case AST_MATRIX: case AST_ROW:
        return not_integer(s, id, "an array");
    }
    return false;
}

void shape_expression(Shaping *s, AstId root)
{
    for (AstId i = root ? node(s, root)->first : 1; i <= root; i++) {
        Type t = {0};
        s->standing[i].depth = 0;
        s->standing[i].known =
            children_known(s, i) &&
            (node(s, i)->subscript ? shape_integer(s, i, &t) : shape_real(s, i, &t));
        *type(s, i) = t;
    }
}
