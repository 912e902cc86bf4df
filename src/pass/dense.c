/* Jacobians, Hessians and Hessian products: compositions of the two sweeps. A matrix is one array
 * of all its elements, row by row; its blocks are the derivatives of one value in one input. */
#include "pass/pass.h"

/* A value with a shape, as rows or columns of a matrix. */
typedef struct Block {
    NodeId node;   /* an output, an adjoint (0: zeros), or an input as a whole */
    TupleId shape;
    NodeId offset; /* of its first row or column */
    bool partial;  /* an array of which not all is given; what is not has rows of zeros */
} Block;

typedef VEC(Block) BlockVec;

typedef struct Matrix {
    Graph *g;
    Rules *r;
    BlockVec rows, columns;
    NodeId height, width; /* integers */
    U32Vec *parts;        /* PART nodes of each block, those of a row side by side */
    bool adds;            /* to zeros, for not all rows are given */
} Matrix;

static NodeId size_of(Graph *g, TupleId shape)
{
    NodeId size = build_int(g, 1);
    for (uint32_t i = 0; i < tuple_size(g, shape); i++)
        size = build2(g, OP_MUL, size, tuple_item(g, shape, i));
    return size;
}

static void add_block(Graph *g, BlockVec *blocks, NodeId *end, NodeId node, TupleId shape)
{
    Block b = {.node = node, .shape = shape, .offset = *end};
    *end = build2(g, OP_ADD, *end, size_of(g, shape));
    *vec_push(graph_ctx(g), blocks) = b;
}

static Matrix matrix_new(Rules *r, Graph *g)
{
    Matrix m = {.g = g, .r = r, .height = build_int(g, 0), .width = build_int(g, 0)};
    return m;
}

/* The place of an element among the rows or columns. */
static NodeId place_of(Graph *g, const Block *b, TupleId at)
{
    NodeId place = build_int(g, 0);
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        place = build2(g, OP_ADD, build2(g, OP_MUL, place, tuple_item(g, b->shape, i)),
                       tuple_item(g, at, i));
    return build2(g, OP_ADD, b->offset, place);
}

/* The derivative of the row's value at `at` in the column's at `fresh` as a part of the matrix. */
static void put_part(Matrix *m, const Block *row, const Block *column, NodeId value, TupleId at,
                     TupleId fresh, SetId bound, bool by_columns)
{
    Graph *g = m->g;
    size_t block = (size_t)(row - m->rows.at) * m->columns.count + (size_t)(column - m->columns.at);
    if (m->adds && node_is_int(g, value, 0))
        return;
    NodeId i = place_of(g, row, by_columns ? at : fresh);
    NodeId j = place_of(g, column, by_columns ? fresh : at);
    NodeId place = build2(g, OP_ADD, build2(g, OP_MUL, i, m->width), j);
    *vec_push(graph_ctx(g), &m->parts[block]) =
        build_part(g, value, tuple_of(g, &place, 1), set_union(g, bound, tuple_free(g, fresh)));
}

/* The element at `at`, which one of the parts gives, or one for all of them. */
static NodeId element_of_part(Graph *g, NodeId array, TupleId at, SetId bound)
{
    const Node n = *node_at(g, array);
    const NodeId only = array_only_part(g, array);
    if (only)
        return array_at(g, node_at(g, only)->a, node_at(g, only)->b, at);
    for (uint32_t i = 0; n.op == OP_ARRAY && n.c == ARRAY_SET && i < tuple_size(g, n.a); i++) {
        const Node *part = node_at(g, tuple_item(g, n.a, i));
        if (part->b == at && part->c == bound)
            return part->a;
    }
    return build_read(g, array, at);
}

/* A block whose rows are those of an array of which not all is given: where it is. */
static void put_given(Matrix *m, const Block *row, const Block *column, NodeId derivative,
                      TupleId fresh)
{
    Graph *g = m->g;
    const bool member = node_op(g, row->node) == OP_MEMBER;
    const Node array = *node_at(g, member ? member_array(g, row->node) : row->node);
    for (uint32_t i = 0; derivative && i < tuple_size(g, array.a); i++) {
        const Node part = *node_at(g, tuple_item(g, array.a, i));
        NodeId value = element_of_part(g, derivative, part.b, part.c);
        put_part(m, row, column, value, part.b, fresh, part.c, true);
    }
}

/* One block: `derivative` is that of the row's value (or, the other way about, of the column's)
 * with its own shape, and over the `fresh` indices of the other; 0 if there is none. */
static void put_block(Matrix *m, const Block *row, const Block *column, NodeId derivative,
                      TupleId fresh, bool by_columns)
{
    Graph *g = m->g;
    const Block *own = by_columns ? row : column;
    SetId bound = 0;
    if (by_columns && row->partial) {
        put_given(m, row, column, derivative, fresh);
        return;
    }
    TupleId at = own->shape ? array_subscripts(g, derivative, own->shape, &bound) : 0;
    NodeId value = !derivative ? build_int(g, 0)
                   : at        ? array_element(g, derivative, at)
                               : derivative;
    put_part(m, row, column, value, at, fresh, bound, by_columns);
}

/* All rows in one input, by a sweep forward along each of its elements. */
static void put_columns(Matrix *m, const Block *column)
{
    Graph *g = m->g;
    U32Vec roots = {0};
    TupleId fresh = array_fresh(g, column->shape);
    for (uint32_t i = 0; i < m->rows.count; i++)
        if (m->rows.at[i].node)
            *vec_push(graph_ctx(g), &roots) = m->rows.at[i].node;
    NodeId *tangent = array_tangents(g, roots.at, roots.count, column->node, fresh);
    jvp(m->r, g, roots.at, roots.count, tangent, SWEEP_WEAK);
    for (uint32_t i = 0; i < m->rows.count; i++)
        put_block(m, &m->rows.at[i], column, tangent[m->rows.at[i].node], fresh, true);
    ctx_resize(graph_ctx(g), tangent, 0);
    vec_free(graph_ctx(g), &roots);
}

/* One output in all inputs, by a sweep in reverse from each of its elements. */
static void put_rows(Matrix *m, const Block *row)
{
    Graph *g = m->g;
    SetId bound;
    TupleId fresh = array_fresh(g, row->shape);
    NodeId seed = build_int(g, 1);
    if (row->shape) {
        TupleId at = array_subscripts(g, row->node, row->shape, &bound);
        SymId sym = sym_new(g, 0, SYM_DERIVED, row->shape);
        seed = array_of_one(g, array_one_hot(g, at, fresh), at, bound, sym, ARRAY_SET);
    }
    uint8_t *varied = array_new(graph_ctx(g), graph_count(g), 1);
    for (uint32_t i = 0; i < m->columns.count; i++)
        varied[m->columns.at[i].node] = 1;
    Adjoints a = vjp(m->r, g, &row->node, &seed, 1, varied, SWEEP_WEAK);
    for (uint32_t i = 0; i < m->columns.count; i++)
        put_block(m, row, &m->columns.at[i], a.bar[m->columns.at[i].node], fresh, false);
    ctx_resize(graph_ctx(g), varied, 0);
    ctx_resize(graph_ctx(g), a.bar, 0);
}

/* The mode with fewer sweeps, as far as it is known; forward if not. */
static bool is_reverse(const Matrix *m, JacobianMode mode)
{
    long height, width;
    const bool known = node_integer(m->g, m->height, &height);
    if (mode != JACOBIAN_CHEAPER)
        return mode == JACOBIAN_REVERSE;
    if (known && node_integer(m->g, m->width, &width))
        return height < width;
    return known;
}

static void matrix_begin(Matrix *m)
{
    m->parts = array_new(graph_ctx(m->g), (size_t)m->rows.count * m->columns.count + 1,
                         sizeof *m->parts);
}

static Result matrix_end(Matrix *m, ArgRole role)
{
    Graph *g = m->g;
    Ctx *ctx = graph_ctx(g);
    NodeId size = build2(g, OP_MUL, m->height, m->width);
    Result r = {.sym = rule_matrix(m->r, role), .role = role};
    sym_at(g, r.sym)->shape = tuple_of(g, &size, 1);
    U32Vec parts = {0};
    for (uint32_t i = 0; i < m->rows.count * m->columns.count; i++) {
        for (uint32_t k = 0; k < m->parts[i].count; k++)
            *vec_push(ctx, &parts) = m->parts[i].at[k];
        vec_free(ctx, &m->parts[i]);
    }
    r.node = build_array(g, tuple_of(g, parts.at, parts.count), r.sym,
                         m->adds ? ARRAY_ADD : ARRAY_SET);
    vec_free(ctx, &parts);
    ctx_resize(ctx, m->parts, 0);
    vec_free(ctx, &m->rows);
    vec_free(ctx, &m->columns);
    return r;
}

static void add_columns(Matrix *m, const SymId *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        add_block(m->g, &m->columns, &m->width, build_ref(m->g, inputs[i], 0),
                  sym_at(m->g, inputs[i])->shape);
}

Result dense_jacobian(Rules *r, Graph *g, const Result *outputs, uint32_t output_count,
                      const SymId *inputs, uint32_t input_count, JacobianMode mode)
{
    Matrix m = matrix_new(r, g);
    add_columns(&m, inputs, input_count);
    for (uint32_t i = 0; i < output_count; i++)
        add_block(g, &m.rows, &m.height, outputs[i].node, sym_at(g, outputs[i].sym)->shape);
    const bool reverse = is_reverse(&m, mode);
    for (uint32_t i = 0; i < output_count; i++)
        m.adds |= m.rows.at[i].partial = outputs[i].partial && !reverse;
    matrix_begin(&m);
    if (reverse)
        for (uint32_t i = 0; i < m.rows.count; i++)
            put_rows(&m, &m.rows.at[i]);
    else
        for (uint32_t i = 0; i < m.columns.count; i++)
            put_columns(&m, &m.columns.at[i]);
    return matrix_end(&m, ARG_JACOBIAN);
}

Result dense_hessian(Rules *r, Graph *g, NodeId output, const SymId *inputs, uint32_t count)
{
    Ctx *ctx = graph_ctx(g);
    Matrix m = matrix_new(r, g);
    NodeId seed = build_int(g, 1);
    add_columns(&m, inputs, count);
    uint8_t *varied = array_new(ctx, graph_count(g), 1);
    for (uint32_t i = 0; i < count; i++)
        varied[m.columns.at[i].node] = 1;
    Adjoints a = vjp(r, g, &output, &seed, 1, varied, SWEEP_WEAK);
    U32Vec bars = {0};
    for (uint32_t i = 0; i < count; i++)
        *vec_push(ctx, &bars) = a.bar[m.columns.at[i].node];
    derive_release(g, output, &bars);
    for (uint32_t i = 0; i < count; i++)
        add_block(g, &m.rows, &m.height, bars.at[i], m.columns.at[i].shape);
    matrix_begin(&m);
    for (uint32_t i = 0; i < count; i++)
        put_columns(&m, &m.columns.at[i]);
    ctx_resize(ctx, varied, 0);
    ctx_resize(ctx, a.bar, 0);
    vec_free(ctx, &bars);
    return matrix_end(&m, ARG_HESSIAN);
}
