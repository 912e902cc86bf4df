/* node: the values of single nodes. A node whose operands have theirs comes in, its value goes
 * out, or a frame is pushed that finds it.
 *
 * The one idea: a node that needs a definition asks for it before it touches its operands, so
 * that it can be tried again when that has been computed.
 */
#include "oracle/oracle.h"

static const AstNode *node_of(const Oracle *o, AstId id)
{
    return &o->unit->ast->nodes.at[id];
}

static WalkSlot *slot_of(const Oracle *o, const WalkFrame *f, AstId id)
{
    return &o->slots.at[f->slots + (id - f->first)];
}

Value *node_take(Oracle *o, const WalkFrame *f, AstId id)
{
    WalkSlot *slot = slot_of(o, f, id);
    Value *value = slot->value;
    if (!value)
        return NULL;
    if (slot->left == UINT8_MAX || slot->left > 1) {
        if (slot->left != UINT8_MAX)
            slot->left--;
        return value_hold(value);
    }
    slot->value = NULL;
    return value;
}

static uint64_t where_of(const WalkFrame *f, AstId id)
{
    return lanes_mix(f->path, id);
}

/* The shape that the front end has found for a node. */
static uint32_t static_shape(Oracle *o, AstId id, long *extent)
{
    return size_shape(o, unit_shape(o->unit, id), extent);
}

/* A value of one arm has the shape of the condition and of the other arm, too. */
static Value *as_shaped(Oracle *o, AstId id, Value *v)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank = v->rank ? 0 : static_shape(o, id, extent);
    return value_expand(o, v, rank, extent);
}

_Noreturn static void no_value(Oracle *o)
{
    ctx_fatal(o->ctx, STATUS_SYSTEM, "the oracle met an expression that has no value");
}

/* ---- arms ------------------------------------------------------------------------------- */

AstId node_skip(const Oracle *o, const WalkFrame *f, AstId id)
{
    AstId user = o->tree.arm[id];
    if (!user || user > f->root || node_of(o, user)->first < f->first)
        return id;
    const AstNode *n = node_of(o, user);
    const WalkSlot *condition = slot_of(o, f, n->a);
    if (!condition->value)
        return id;
    int decided = value_decides(condition->value);
    if (n->kind == AST_COND && node_of(o, n->b)->first == id)
        return decided == 0 ? n->b + 1 : id;
    if (n->kind == AST_COND)
        return decided == 1 ? n->c + 1 : id;
    return decided == (n->op == OP_OR) ? n->b + 1 : id;
}

static Value *select_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    Value *condition = node_take(o, f, n->a);
    Value *yes = node_take(o, f, n->b), *no = node_take(o, f, n->c);
    Value *r = value_select(o, f->world, condition, yes, no);
    value_drop(o, condition);
    value_drop(o, yes);
    value_drop(o, no);
    return as_shaped(o, id, r);
}

/* ---- names ------------------------------------------------------------------------------ */

static Value *name_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    switch ((Resolution)n->resolution) {
    case RES_ENTITY: return tape_refer(o, f->world, world_fetch(o, f->world, n->target), id);
    case RES_LOCAL: return tape_refer(o, f->world, value_hold(f->activation->slot[n->target]), id);
    case RES_INDEX: return value_integer(o, o->index[n->target]);
    case RES_SIZE: return value_integer(o, o->sizes[n->target]);
    case RES_PI: return value_of(o, lanes_pi(o, f->world, where_of(f, id)));
    case RES_INF: return value_of(o, lanes_inf(o));
    case RES_NONE: case RES_OP: case RES_FUNCTION: case RES_DIFF: case RES_REDUCTION:
    case RES_ARRAY:
        break;
    }
    no_value(o);
}

/* ---- elements and slices ---------------------------------------------------------------- */

/* What subscripts choose of an array: along each of its axes where they begin, and how many. */
typedef struct Chosen {
    uint32_t rank, axes;           /* of the array; of the result */
    long extent[ORACLE_RANK_MAX];  /* of the array */
    long start[ORACLE_RANK_MAX];
    long length[ORACLE_RANK_MAX];  /* 1 where a subscript is no slice */
    long shape[ORACLE_RANK_MAX];   /* of the result */
} Chosen;

static void choose_item(Oracle *o, AstId item, Chosen *c, uint32_t k)
{
    const AstNode *n = node_of(o, item);
    c->start[k] = 0;
    c->length[k] = 1;
    if (n->kind == AST_WHOLE) {
        c->length[k] = c->extent[k];
    } else if (n->kind == AST_RANGE) {
        c->start[k] = size_expression(o, n->a);
        c->length[k] = size_expression(o, n->b) - c->start[k];
        if (c->length[k] < 0)
            c->length[k] = 0;
    } else {
        c->start[k] = size_expression(o, item);
        return;
    }
    c->shape[c->axes++] = c->length[k];
}

static void choose(Oracle *o, const AstNode *n, Chosen *c)
{
    if (n->b != c->rank)
        no_value(o);
    c->axes = 0;
    for (uint32_t k = 0; k < c->rank; k++)
        choose_item(o, o->unit->ast->list.at[n->a + k], c, k);
}

/* Where in the array the k-th element of the result is; false: outside of it. */
static bool chosen_place(const Chosen *c, size_t k, size_t *place)
{
    bool inside = true;
    size_t factor = 1;
    *place = 0;
    for (uint32_t i = c->rank; i-- > 0;) {
        long at = c->start[i] + (long)(k % (size_t)c->length[i]);
        k /= (size_t)c->length[i];
        inside = inside && at >= 0 && at < c->extent[i];
        *place += inside ? (size_t)at * factor : 0;
        factor *= (size_t)c->extent[i];
    }
    return inside;
}

/* The element of a value, or of an entity as seen from a world (source NULL), held; NULL: a
 * frame was pushed. */
static Lanes *chosen_lanes(Oracle *o, const WalkFrame *f, const AstNode *n, const Value *source,
                           const Chosen *c, size_t k)
{
    size_t place;
    if (!chosen_place(c, k, &place)) /* in an arm that is not taken */
        return lanes_new(o, 0, 1, MPFR_PREC_MIN);
    return source ? lanes_hold(source->at[place])
                  : world_element(o, f->world, n->target, place);
}

static Value *gather(Oracle *o, const WalkFrame *f, const AstNode *n, const Value *source,
                     const Chosen *c)
{
    Value *r = value_new(o, c->axes, c->shape);
    for (size_t k = 0; k < r->count; k++)
        if (!(r->at[k] = chosen_lanes(o, f, n, source, c, k))) {
            value_drop(o, r);
            return NULL;
        }
    return r;
}

static Value *subscript_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    Chosen c = {.rank = 0};
    if (n->name && n->resolution == RES_ENTITY) {
        c.rank = size_shape(o, o->unit->entities.at[n->target].shape, c.extent);
        choose(o, n, &c);
        return tape_refer(o, f->world, gather(o, f, n, NULL, &c), id);
    }
    Value *source = n->name ? value_hold(f->activation->slot[n->target]) : node_take(o, f, n->c);
    c.rank = source->rank;
    for (uint32_t k = 0; k < c.rank; k++)
        c.extent[k] = source->extent[k];
    choose(o, n, &c);
    Value *r = gather(o, f, n, source, &c);
    value_drop(o, source);
    return n->name ? tape_refer(o, f->world, r, id) : r;
}

/* [1, 2; 3, 4] */
static Value *literal_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    const AstId *rows = &o->unit->ast->list.at[n->a];
    long extent[2] = {(long)n->b, (long)node_of(o, rows[0])->b};
    Value *r = n->b == 1 ? value_new(o, 1, extent + 1) : value_new(o, 2, extent);
    for (size_t k = 0; k < r->count; k++) {
        const AstNode *row = node_of(o, rows[k / (size_t)extent[1]]);
        Value *v = node_take(o, f, o->unit->ast->list.at[row->a + k % (size_t)extent[1]]);
        r->at[k] = lanes_hold(v->at[0]);
        value_drop(o, v);
    }
    return r;
}

/* ---- operators -------------------------------------------------------------------------- */

static Value *apply(Oracle *o, const WalkFrame *f, Op op, AstId id, const AstId *from, int count)
{
    Value *x[3] = {NULL, NULL, NULL};
    for (int i = 0; i < count; i++)
        x[i] = node_take(o, f, from[i]);
    Value *r = value_apply(o, f->world, op, x, where_of(f, id));
    for (int i = 0; i < count; i++)
        value_drop(o, x[i]);
    return r;
}

/* && and ||: the second operand was passed over where the first decides. */
static Value *logic_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    Value *a = node_take(o, f, n->a), *b = node_take(o, f, n->b);
    if (!b)
        b = value_hold(a);
    return as_shaped(o, id, value_apply2(o, f->world, (Op)n->op, a, b, where_of(f, id)));
}

static Value *binary_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    AstId operands[2] = {n->a, n->b};
    if (n->op == OP_AND || n->op == OP_OR)
        return logic_value(o, f, id);
    return apply(o, f, (Op)n->op, id, operands, 2);
}

/* The first two arguments, then each further one with what came before. */
static Value *fold(Oracle *o, const WalkFrame *f, Op op, AstId id, const AstId *args,
                   uint32_t count)
{
    Value *r = apply(o, f, op, id, args, 2);
    for (uint32_t i = 2; i < count; i++)
        r = value_apply2(o, f->world, op, r, node_take(o, f, args[i]), where_of(f, id));
    return r;
}

/* leaky_relu(x) and elu(x): the second argument has a default. */
static Value *with_default(Oracle *o, const WalkFrame *f, Op op, AstId id, AstId arg)
{
    Name text = name_of(o->ctx, op == OP_ELU ? "1" : "0.01");
    Lanes *given = lanes_literal(o, f->world, text, ~where_of(f, id));
    return value_apply2(o, f->world, op, node_take(o, f, arg), value_of(o, given),
                        where_of(f, id));
}

static Value *operator_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    const AstId *args = &o->unit->ast->list.at[n->a];
    Op op = (Op)n->target;
    if (op == OP_MIN || op == OP_MAX)
        return fold(o, f, op, id, args, n->b);
    if ((op == OP_LEAKY_RELU || op == OP_ELU) && n->b == 1)
        return with_default(o, f, op, id, args[0]);
    return apply(o, f, op, id, args, op_info(op)->arity);
}

/* ---- calls ------------------------------------------------------------------------------ */

static Value *array_call(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    const AstId *args = &o->unit->ast->list.at[n->a];
    Value *a = node_take(o, f, args[0]), *b = n->b > 1 ? node_take(o, f, args[1]) : NULL;
    if (n->resolution == RES_REDUCTION)
        return reduce_elements(o, f->world, (Reduction)n->target, a, where_of(f, id));
    return matrix_function(o, f->world, (ArrayFunction)n->target, a, b, where_of(f, id));
}

static Value *pretended_value(Oracle *o, AstId id)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank = static_shape(o, id, extent);
    Value *r = value_new(o, rank, extent);
    for (size_t k = 0; k < r->count; k++) {
        r->at[k] = lanes_new(o, 0, 1, 53);
        mpfr_set_d(r->at[k]->at[0], o->pretence[k], MPFR_RNDN);
    }
    return r;
}

static Value *call_value(Oracle *o, const WalkFrame *f, AstId id)
{
    switch ((Resolution)node_of(o, id)->resolution) {
    case RES_OP: return operator_value(o, f, id);
    case RES_FUNCTION: return call_function(o, f, id);
    case RES_DIFF:
        if (id == o->pretended)
            return pretended_value(o, id);
        slope_push(o, f, id);
        return NULL;
    case RES_REDUCTION: case RES_ARRAY: return array_call(o, f, id);
    case RES_NONE: case RES_ENTITY: case RES_LOCAL: case RES_INDEX: case RES_SIZE: case RES_PI:
    case RES_INF:
        break;
    }
    no_value(o);
}

/* ---- nodes ------------------------------------------------------------------------------ */

static Value *value_of_node(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    switch ((AstKind)n->kind) {
    case AST_NUMBER: return value_of(o, lanes_literal(o, f->world, n->name, where_of(f, id)));
    case AST_NAME: return name_value(o, f, id);
    case AST_UNARY: return apply(o, f, (Op)n->op, id, &n->a, 1);
    case AST_BINARY: return binary_value(o, f, id);
    case AST_COND: return select_value(o, f, id);
    case AST_CALL: return call_value(o, f, id);
    case AST_SUBSCRIPT: return subscript_value(o, f, id);
    case AST_REDUCE: reduce_push(o, f, id); return NULL;
    case AST_MATMUL:
        return matrix_product(o, f->world, node_take(o, f, n->a), node_take(o, f, n->b),
                              where_of(f, id));
    case AST_TRANSPOSE: return matrix_transpose(o, node_take(o, f, n->a));
    case AST_MATRIX: return literal_value(o, f, id);
    case AST_NONE: case AST_ROW: case AST_RANGE: case AST_WHOLE: case AST_IN: break;
    }
    no_value(o);
}

bool node_evaluate(Oracle *o, const WalkFrame *f, AstId id, Value **value)
{
    AstKind kind = (AstKind)node_of(o, id)->kind;
    *value = NULL;
    if (kind == AST_ROW || node_of(o, id)->subscript)
        return true;
    tape_at(o->tape, id);
    *value = value_of_node(o, f, id);
    return *value != NULL;
}
