/* size: what is computed in integers. Subscripts and bounds as written, and the extents and
 * ranges that the front end has found, come in; numbers, for the sizes and indices in force, go
 * out.
 *
 * The one idea: dims, bound indices and bound sizes have one value at a time, which whoever
 * binds them sets and afterwards puts back.
 */
#include <string.h>

#include "oracle/oracle.h"

static const AstNode *node_of(const Oracle *o, AstId id)
{
    return &o->unit->ast->nodes.at[id];
}

/* ---- arithmetic ------------------------------------------------------------------------- */

static long floor_division(long a, long b)
{
    if (b == 0) /* in an arm that is not taken */
        return 0;
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

static long operate(Op op, long a, long b)
{
    switch (op) {
    case OP_NEG: return -a;
    case OP_NOT: return !a;
    case OP_ADD: return a + b;
    case OP_SUB: return a - b;
    case OP_MUL: return a * b;
    case OP_DIV: case OP_IDIV: return floor_division(a, b);
    case OP_MOD: case OP_IMOD: return a - b * floor_division(a, b);
    case OP_MIN: return a < b ? a : b;
    case OP_MAX: return a > b ? a : b;
    case OP_LT: return a < b;
    case OP_LE: return a <= b;
    case OP_GT: return a > b;
    case OP_GE: return a >= b;
    case OP_EQ: return a == b;
    case OP_NE: return a != b;
    case OP_AND: return a && b;
    case OP_OR: return a || b;
    default: return 0; /* real operators are none of integers */
    }
}

static long power(long a, long n)
{
    long product = 1;
    while (n-- > 0)
        product *= a;
    return product;
}

/* ---- arrays of integers ----------------------------------------------------------------- */

/* An entry of an index array; 0 outside of it. */
static long entry(Oracle *o, uint32_t entity, const long *at, uint32_t count)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank = size_shape(o, o->unit->entities.at[entity].shape, extent);
    size_t offset = 0;
    if (!o->integers[entity] || rank != count)
        return 0;
    for (uint32_t k = 0; k < rank; k++) {
        if (at[k] < 0 || at[k] >= extent[k])
            return 0;
        offset = offset * (size_t)extent[k] + (size_t)at[k];
    }
    return o->integers[entity][offset];
}

/* ---- the tree --------------------------------------------------------------------------- */

static long entity_integer(Oracle *o, uint32_t entity)
{
    const Entity *e = &o->unit->entities.at[entity];
    if (e->kind == ENTITY_CONST)
        return e->node ? size_node(o, e->node) : 0;
    return o->integers[entity] ? o->integers[entity][0] : 0;
}

static long name_integer(Oracle *o, const AstNode *n)
{
    if (n->resolution == RES_INDEX)
        return o->index[n->target];
    if (n->resolution == RES_SIZE)
        return o->sizes[n->target];
    return n->resolution == RES_ENTITY ? entity_integer(o, n->target) : 0;
}

static long literal_integer(Oracle *o, Name text)
{
    const char *digits = name_text(o->ctx, text);
    long value = 0;
    Number number;
    number_init(&number);
    if (!number_parse(&number, digits, strlen(digits)) || !number_integer(&number, &value))
        value = 0;
    number_clear(&number);
    return value;
}

/* The values of the nodes first.., so far. */
typedef struct Row {
    const long *at;
    AstId first;
} Row;

static long integer_of(Row row, AstId id)
{
    return row.at[id - row.first];
}

static long call_integer(const Oracle *o, const AstNode *n, Row row)
{
    const AstId *args = &o->unit->ast->list.at[n->a];
    long value = integer_of(row, args[0]);
    for (uint32_t k = 1; k < n->b; k++)
        value = operate((Op)n->target, value, integer_of(row, args[k]));
    return value;
}

static long element_integer(Oracle *o, const AstNode *n, Row row)
{
    long at[ORACLE_RANK_MAX];
    if (n->resolution != RES_ENTITY || n->b > ORACLE_RANK_MAX)
        return 0;
    for (uint32_t k = 0; k < n->b; k++)
        at[k] = integer_of(row, o->unit->ast->list.at[n->a + k]);
    return entry(o, n->target, at, n->b);
}

static long tree_integer(Oracle *o, AstId id, Row row)
{
    const AstNode *n = node_of(o, id);
    switch ((AstKind)n->kind) {
    case AST_NUMBER: return literal_integer(o, n->name);
    case AST_NAME: return name_integer(o, n);
    case AST_UNARY: return operate((Op)n->op, integer_of(row, n->a), 0);
    case AST_BINARY:
        if (n->op == OP_POW)
            return power(integer_of(row, n->a), integer_of(row, n->b));
        return operate((Op)n->op, integer_of(row, n->a), integer_of(row, n->b));
    case AST_COND: return integer_of(row, integer_of(row, n->a) ? n->b : n->c);
    case AST_CALL: return call_integer(o, n, row);
    case AST_SUBSCRIPT: return element_integer(o, n, row);
    case AST_NONE: case AST_REDUCE: case AST_MATMUL: case AST_TRANSPOSE: case AST_MATRIX:
    case AST_ROW: case AST_RANGE: case AST_WHOLE: case AST_IN: break;
    }
    return 0;
}

long size_expression(Oracle *o, AstId root)
{
    AstId first = node_of(o, root)->first;
    o->row.count = 0;
    for (AstId id = first; id <= root; id++) {
        long value = tree_integer(o, id, (Row){o->row.at, first});
        *vec_push(o->ctx, &o->row) = value;
    }
    return o->row.at[root - first];
}

/* ---- what the front end keeps ----------------------------------------------------------- */

static SizeNode *known(const Oracle *o, NodeId id)
{
    return &o->nodes.at[id];
}

static long node_value(const Oracle *o, NodeId id)
{
    return known(o, id)->value;
}

static long ref_integer(Oracle *o, const Node *n)
{
    long at[ORACLE_RANK_MAX];
    const Graph *g = o->unit->graph;
    const SizeSym *sym = &o->syms[n->a];
    uint32_t count = tuple_size(g, n->b);
    if (sym->is_size)
        return o->sizes[sym->target];
    if (!count || count > ORACLE_RANK_MAX)
        return entity_integer(o, sym->target);
    for (uint32_t k = 0; k < count; k++)
        at[k] = node_value(o, tuple_item(g, n->b, k));
    return entry(o, sym->target, at, count);
}

static long graph_integer(Oracle *o, NodeId id)
{
    const Graph *g = o->unit->graph;
    const Node *n = node_at(g, id);
    long value = 0;
    switch (n->op) {
    case OP_CONST:
        if (!node_integer(g, id, &value))
            value = number_sign(node_number(g, id));
        return value;
    case OP_REF: return ref_integer(o, n);
    case OP_INDEX: return o->graph_index[n->a];
    case OP_NAME: return node_value(o, n->a);
    case OP_SELECT: return node_value(o, node_value(o, n->a) ? n->b : n->c);
    default: return operate((Op)n->op, node_value(o, n->a), n->b ? node_value(o, n->b) : 0);
    }
}

/* Puts what the node needs and is not known on the list; false if there is nothing. */
static bool lacks(Oracle *o, NodeId id)
{
    const Graph *g = o->unit->graph;
    TupleId tuple = node_tuple(g, id);
    uint32_t before = o->pending.count, arity = (uint32_t)node_arity(g, id);
    for (uint32_t k = 0; k < arity + tuple_size(g, tuple); k++) {
        NodeId need = k < arity ? node_operand(g, id, (int)k) : tuple_item(g, tuple, k - arity);
        if (known(o, need)->round != o->round)
            *vec_push(o->ctx, &o->pending) = need;
    }
    return o->pending.count > before;
}

/* An entry of an index array wants the array's extents, which are nodes, too: those are computed
 * in the midst of others, from the same numbers. */
long size_node(Oracle *o, NodeId root)
{
    const uint32_t start = o->pending.count;
    o->round += !start;
    while (o->nodes.count <= root)
        *vec_push(o->ctx, &o->nodes) = (SizeNode){0, 0};
    *vec_push(o->ctx, &o->pending) = root;
    while (o->pending.count > start) {
        NodeId id = o->pending.at[o->pending.count - 1];
        if (known(o, id)->round == o->round) {
            o->pending.count--;
        } else if (!lacks(o, id)) {
            const long value = graph_integer(o, id);
            *known(o, id) = (SizeNode){o->round, value};
            o->pending.count--;
        }
    }
    return node_value(o, root);
}

uint32_t size_shape(Oracle *o, TupleId shape, long *extent)
{
    const Graph *g = o->unit->graph;
    uint32_t rank = tuple_size(g, shape);
    if (rank > ORACLE_RANK_MAX)
        ctx_fatal(o->ctx, STATUS_SYSTEM, "the oracle takes at most %d axes", ORACLE_RANK_MAX);
    for (uint32_t k = 0; k < rank; k++) {
        extent[k] = size_node(o, tuple_item(g, shape, k));
        if (extent[k] < 0)
            extent[k] = 0;
    }
    return rank;
}

/* ---- binding ---------------------------------------------------------------------------- */

void size_bind(Oracle *o, uint32_t binder, long value)
{
    const Binder *b = &o->unit->binders.at[binder];
    o->index[binder] = value;
    o->graph_index[b->index] = b->more ? value - size_node(o, b->more) : value;
}

void size_range(Oracle *o, uint32_t binder, long *lower, long *upper)
{
    const Binder *b = &o->unit->binders.at[binder];
    if (b->range) {
        *lower = size_expression(o, node_of(o, b->range)->a);
        *upper = size_expression(o, node_of(o, b->range)->b);
        return;
    }
    const Index *index = index_at(o->unit->graph, b->index);
    *lower = size_node(o, index->lower);
    *upper = size_node(o, index->upper);
}

void size_keep(const Oracle *o, Loop *loop)
{
    loop->outer = o->index[loop->binder];
    loop->outer_graph = o->graph_index[o->unit->binders.at[loop->binder].index];
}

void size_restore(Oracle *o, const Loop *loops, uint32_t count)
{
    while (count-- > 0) {
        o->index[loops[count].binder] = loops[count].outer;
        o->graph_index[o->unit->binders.at[loops[count].binder].index] = loops[count].outer_graph;
    }
}

/* ---- elements of a definition ----------------------------------------------------------- */

static const AstNode *subscript_of(const Oracle *o, AstId item, AstId *range)
{
    const AstNode *n = node_of(o, item);
    *range = n->kind == AST_IN ? n->b : 0;
    return n->kind == AST_IN ? node_of(o, n->a) : n;
}

/* The index in a subscript on the left, and its value where the subscript has this one; false
 * if there is no index. */
static bool solve(Oracle *o, const AstNode *n, long at, uint32_t *binder, long *value)
{
    *value = at;
    if (n->kind == AST_NAME && n->resolution == RES_INDEX) {
        *binder = n->target;
        return true;
    }
    if (n->kind != AST_BINARY || (n->op != OP_ADD && n->op != OP_SUB))
        return false;
    const AstNode *a = node_of(o, n->a), *b = node_of(o, n->b);
    bool right = n->op == OP_ADD && b->kind == AST_NAME && b->resolution == RES_INDEX;
    const AstNode *name = right ? b : a;
    if (name->kind != AST_NAME || name->resolution != RES_INDEX)
        return false;
    long other = size_expression(o, right ? n->a : n->b);
    *binder = name->target;
    *value = n->op == OP_ADD ? at - other : at + other;
    return true;
}

static Loop *loop_of(Loop *loops, uint32_t count, uint32_t binder)
{
    for (uint32_t i = 0; i < count; i++)
        if (loops[i].binder == binder)
            return &loops[i];
    return NULL;
}

/* Binds the indices of the left side; false if a subscript differs from what is written. */
static bool bind_left_side(Oracle *o, AstId items, uint32_t count, const long *at, Loop *loops,
                           uint32_t *bound)
{
    *bound = 0;
    for (uint32_t k = 0; k < count; k++) {
        AstId range;
        uint32_t binder;
        long value;
        const AstNode *n = subscript_of(o, o->unit->ast->list.at[items + k], &range);
        if (!solve(o, n, at[k], &binder, &value)) {
            AstId item = o->unit->ast->list.at[items + k];
            if (size_expression(o, item) != at[k])
                return false;
            continue;
        }
        Loop *loop = loop_of(loops, *bound, binder);
        if (loop && loop->at != value)
            return false;
        if (!loop) {
            loop = &loops[(*bound)++];
            *loop = (Loop){.binder = binder, .at = value};
            size_keep(o, loop);
            size_bind(o, binder, value);
        }
    }
    return true;
}

/* Are the subscripts in their ranges? A range that is written is the subscript's, one that is
 * found the index's. */
static bool within_ranges(Oracle *o, AstId items, uint32_t count, const long *at,
                          const Loop *loops, uint32_t bound)
{
    for (uint32_t k = 0; k < count; k++) {
        AstId range;
        subscript_of(o, o->unit->ast->list.at[items + k], &range);
        if (range && (at[k] < size_expression(o, node_of(o, range)->a) ||
                      at[k] >= size_expression(o, node_of(o, range)->b)))
            return false;
    }
    for (uint32_t i = 0; i < bound; i++) {
        long lower, upper;
        if (o->unit->binders.at[loops[i].binder].range)
            continue;
        size_range(o, loops[i].binder, &lower, &upper);
        if (loops[i].at < lower || loops[i].at >= upper)
            return false;
    }
    return true;
}

bool size_match(Oracle *o, uint32_t items, uint32_t count, const long *at, Loop *loops,
                uint32_t *bound)
{
    if (bind_left_side(o, items, count, at, loops, bound) &&
        within_ranges(o, items, count, at, loops, *bound))
        return true;
    size_restore(o, loops, *bound);
    *bound = 0;
    return false;
}
