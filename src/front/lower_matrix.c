/* det, inv and solve in, graph out. Of matrices of a few rows by cofactors: without a division but
 * by the determinant, and so right, and differentiable, wherever that is not 0; det everywhere. Of
 * others, and of those whose size is not known, from factors with partial pivoting. */
#include "front/front.h"

enum { ROWS_MAX = 4, MINORS = 1 << ROWS_MAX };

typedef struct Matrix {
    Graph *g;
    uint32_t rows;                 /* and columns */
    NodeId at[ROWS_MAX][ROWS_MAX]; /* its elements */
} Matrix;

/* Is it known to have at most four rows? */
static bool is_small(const Lowering *l, TupleId shape)
{
    long rows = 0;
    return node_integer(l->g, tuple_item(l->g, shape, 0), &rows) && rows <= ROWS_MAX;
}

static Matrix matrix_of(Lowering *l, NodeId array, TupleId shape)
{
    Matrix m = {.g = l->g};
    long rows = 0;
    node_integer(l->g, tuple_item(l->g, shape, 0), &rows);
    m.rows = (uint32_t)rows;
    for (uint32_t i = 0; i < m.rows; i++)
        for (uint32_t k = 0; k < m.rows; k++) {
            NodeId at[2];
            at[0] = build_int(l->g, (long)i);
            at[1] = build_int(l->g, (long)k);
            m.at[i][k] = build_read(l->g, array, tuple_of(l->g, at, 2));
        }
    return m;
}

static int bits(uint32_t set)
{
    int count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* The determinants of the last rows, of all but `row`, by sets of as many columns: by expansion
 * along the first of these rows, from the determinants of those below it. */
static void find_minors(const Matrix *m, uint32_t row, NodeId *minor)
{
    minor[0] = build_int(m->g, 1);
    int size = 0;
    for (uint32_t i = m->rows; i-- > 0;) {
        if (i == row)
            continue;
        size++;
        for (uint32_t set = 0; set < 1u << m->rows; set++) {
            if (bits(set) != size)
                continue;
            NodeId sum = 0;
            bool minus = false;
            for (uint32_t k = 0; k < m->rows; k++) {
                if (!(set >> k & 1))
                    continue;
                NodeId term = m->at[i][k];
                if (size > 1)
                    term = build2(m->g, OP_MUL, term, minor[set & ~(1u << k)]);
                sum = sum ? build2(m->g, minus ? OP_SUB : OP_ADD, sum, term) : term;
                minus = !minus;
            }
            minor[set] = sum;
        }
    }
}

NodeId lower_det(Lowering *l, NodeId matrix, TupleId shape)
{
    if (!is_small(l, shape))
        return build_det(l->g, build_factor(l->g, matrix));
    Matrix m = matrix_of(l, matrix, shape);
    NodeId minor[MINORS];
    find_minors(&m, UINT32_MAX, minor);
    return minor[(1u << m.rows) - 1];
}

/* The minors of the adjugate: what [k, i] has for a cofactor, but for the sign, at [i, k]. */
static void find_adjugate(const Matrix *m, NodeId out[ROWS_MAX][ROWS_MAX])
{
    for (uint32_t k = 0; k < m->rows; k++) {
        NodeId minor[MINORS];
        find_minors(m, k, minor);
        for (uint32_t i = 0; i < m->rows; i++)
            out[i][k] = minor[((1u << m->rows) - 1) & ~(1u << i)];
    }
}

static NodeId signed_term(Graph *g, NodeId sum, NodeId term, bool minus)
{
    if (!sum)
        return minus ? build1(g, OP_NEG, term) : term;
    return build2(g, minus ? OP_SUB : OP_ADD, sum, term);
}

/* Row i of the adjugate times a vector, or times the column of a matrix. */
static NodeId row_times(Lowering *l, const Matrix *m, uint32_t i, const NodeId *row, NodeId vector,
                        NodeId column)
{
    NodeId sum = 0;
    for (uint32_t j = 0; j < m->rows; j++) {
        NodeId at[2] = {build_int(l->g, (long)j), column};
        NodeId b = build_read(l->g, vector, tuple_of(l->g, at, column ? 2 : 1));
        sum = signed_term(l->g, sum, build2(l->g, OP_MUL, row[j], b), (i + j) % 2);
    }
    return sum;
}

static NodeId solve_small(Lowering *l, AstId id, AstId a, AstId b)
{
    NodeId matrix = l->values.at[a - l->first], parts[ROWS_MAX * ROWS_MAX];
    TupleId axes = want_of(l, id)->axes;
    NodeId column = axes ? tuple_item(l->g, axes, 0) : 0;
    Matrix m = matrix_of(l, matrix, unit_shape(l->model->unit, a));
    NodeId adjugate[ROWS_MAX][ROWS_MAX];
    NodeId det = lower_det(l, matrix, unit_shape(l->model->unit, a));
    uint32_t count = 0;
    find_adjugate(&m, adjugate);
    for (uint32_t i = 0; i < m.rows; i++)
        for (uint32_t k = 0; k < (b ? 1 : m.rows); k++) {
            NodeId at[2];
            at[0] = build_int(l->g, (long)i);
            at[1] = b ? column : build_int(l->g, (long)k);
            NodeId value = b ? row_times(l, &m, i, adjugate[i], l->values.at[b - l->first], column)
                             : signed_term(l->g, 0, adjugate[i][k], (i + k) % 2);
            parts[count++] = build_part(l->g, build2(l->g, OP_DIV, value, det),
                                        tuple_of(l->g, at, at[1] ? 2 : 1),
                                        place_within(l, 0, axes));
        }
    return lower_anonymous(l, tuple_of(l->g, parts, count), unit_shape(l->model->unit, id),
                           ARRAY_SET);
}

NodeId lower_solution(Lowering *l, AstId id)
{
    const AstNode *n = &l->ast->nodes.at[id];
    AstId a = l->ast->list.at[n->a], b = n->b > 1 ? l->ast->list.at[n->a + 1] : 0;
    NodeId matrix = l->values.at[a - l->first];
    if (is_small(l, unit_shape(l->model->unit, a)))
        return solve_small(l, id, a, b);
    NodeId factor = build_factor(l->g, matrix);
    return b ? build_solve(l->g, factor, l->values.at[b - l->first], false)
             : build_inverse(l->g, factor);
}
