/* A value in index notation in, the same in matrices out, where it has such a form: W[i,j]*z[i]
 * summed over i is W'@z, and z[i]*x[j] is outer(z, x). In the model language, or as lectures write
 * it. */
#include "emit/emit.h"

enum { FACTORS = 8 };

typedef struct Matrix {
    Job *job;
    Graph *g;
    Notation notation;
    Text *out;
    bool products; /* has there been one of matrices? Else the elements say as much */
} Matrix;

typedef struct Factors {
    NodeId at[FACTORS];
    uint32_t count;
} Factors;

static bool latex(const Matrix *m) { return m->notation == NOTATION_LATEX; }

static TupleId axes_of(const Matrix *m, IndexId a, IndexId b)
{
    NodeId items[2];
    uint32_t count = 0;
    if (a)
        items[count++] = build_index(m->g, a);
    if (b)
        items[count++] = build_index(m->g, b);
    return tuple_of(m->g, items, count);
}

static bool depends(const Matrix *m, NodeId node, IndexId index)
{
    return index && set_has(m->g, node_at(m->g, node)->free, index);
}

static bool list_factors(const Matrix *m, NodeId node, Factors *f)
{
    NodeId open[2 * FACTORS];
    uint32_t count = 1;
    open[0] = node;
    f->count = 0;
    while (count) {
        node = open[--count];
        if (node_op(m->g, node) == OP_MUL && count + 2 <= 2 * FACTORS) {
            open[count++] = node_operand(m->g, node, 1);
            open[count++] = node_operand(m->g, node, 0);
        } else if (f->count < FACTORS) {
            f->at[f->count++] = node;
        } else {
            return false;
        }
    }
    return true;
}

/* Takes the factors that have one of the indices and not the other, as a product; 0 if none. */
static NodeId take(const Matrix *m, Factors *f, IndexId with, IndexId without)
{
    NodeId product = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        NodeId at = f->at[i];
        if (!at || !depends(m, at, with) || depends(m, at, without))
            continue;
        product = product ? build2(m->g, OP_MUL, product, at) : at;
        f->at[i] = 0;
    }
    return product;
}

/* What is left, as a product; 0 if nothing. */
static NodeId take_rest(const Matrix *m, Factors *f)
{
    NodeId product = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->at[i])
            product = product ? build2(m->g, OP_MUL, product, f->at[i]) : f->at[i];
        f->at[i] = 0;
    }
    return product;
}

/* ---- elements of one shape */

NodeId matrix_whole(Graph *g, NodeId value, TupleId at)
{
    uint8_t *live = graph_live(g, &value, 1);
    NodeId *image = array_new(graph_ctx(g), value + 1, sizeof *image);
    for (NodeId id = 1; id <= value; id++) {
        if (!live[id] || node_at(g, id)->flags & NODE_INT)
            continue;
        const bool element = node_op(g, id) == OP_REF && node_tuple(g, id) == at;
        image[id] = element ? build_ref(g, node_at(g, id)->a, 0) : node_map(g, id, image);
    }
    NodeId whole = image[value];
    ctx_resize(graph_ctx(g), live, 0);
    ctx_resize(graph_ctx(g), image, 0);
    return node_at(g, whole)->free ? 0 : whole;
}

static bool put_whole(Matrix *m, NodeId node, TupleId at, Prec around)
{
    NodeId whole = matrix_whole(m->g, node, at);
    return whole && put_formula(m->job, m->notation, whole, around, m->out);
}

/* The same for two axes; an array whose subscripts are turned is transposed. */
static bool put_operand(Matrix *m, NodeId node, IndexId a, IndexId b)
{
    if (b && node_op(m->g, node) == OP_REF && node_tuple(m->g, node) == axes_of(m, b, a)) {
        put_symbol_name(m->job, m->notation, node_at(m->g, node)->a, m->out);
        text_put(m->out, latex(m) ? "^{\\top}" : "'");
        return true;
    }
    return put_whole(m, node, axes_of(m, a, b), PREC_UNARY);
}

/* ---- products */

/* sum[k](A[i,k]*B[k,j]), sum[k](A[i,k]*b[k]), sum[k](a[k]*b[k]) */
static bool put_sum(Matrix *m, NodeId node, IndexId i, IndexId j)
{
    const IndexId k = node_at(m->g, node)->b;
    Factors f;
    if (!list_factors(m, node_at(m->g, node)->a, &f) || f.count < 2)
        return false;
    NodeId left = 0, right = 0;
    if (i) {
        left = take(m, &f, i, j);
        right = take(m, &f, k, i);
    } else {
        left = f.at[0];
        f.at[0] = 0;
        right = take(m, &f, k, 0);
    }
    if (!left || !right || !depends(m, left, k) || take_rest(m, &f) || (j && !depends(m, right, j)))
        return false;
    m->products = true;
    if (!put_operand(m, left, i ? i : k, i ? k : 0))
        return false;
    text_put(m->out, latex(m) ? i ? " " : "^{\\top} " : "@");
    return put_operand(m, right, k, j);
}

static bool put_outer(Matrix *m, NodeId rows, NodeId columns, IndexId i, IndexId j)
{
    m->products = true;
    text_put(m->out, latex(m) ? "" : "outer(");
    if (!put_whole(m, rows, axes_of(m, i, 0), latex(m) ? PREC_UNARY : PREC_COND))
        return false;
    text_put(m->out, latex(m) ? " " : ", ");
    if (!put_whole(m, columns, axes_of(m, j, 0), latex(m) ? PREC_CALL : PREC_COND))
        return false;
    text_put(m->out, latex(m) ? "^{\\top}" : ")");
    return true;
}

/* Elementwise factors, sums among them. */
static bool put_factors(Matrix *m, const Factors *f, IndexId i, IndexId j)
{
    for (uint32_t k = 0, any = 0; k < f->count; k++) {
        if (!f->at[k])
            continue;
        text_put(m->out, !any++ ? "" : latex(m) ? " \\odot " : "*");
        if (node_op(m->g, f->at[k]) == OP_SUM) {
            const bool alone = f->count == 1;
            text_put(m->out, alone ? "" : "(");
            if (!put_sum(m, f->at[k], i, j))
                return false;
            text_put(m->out, alone ? "" : ")");
        } else if (!put_whole(m, f->at[k], axes_of(m, i, j), PREC_UNARY)) {
            return false;
        }
    }
    return true;
}

static bool put_product(Matrix *m, NodeId node, IndexId i, IndexId j)
{
    Factors f, rest;
    if (!list_factors(m, node, &f))
        return false;
    rest = f;
    NodeId rows = j ? take(m, &rest, i, j) : 0, columns = j ? take(m, &rest, j, i) : 0;
    if (!rows || !columns)
        return put_factors(m, &f, i, j);
    NodeId scalars = take_rest(m, &rest);
    if (scalars && node_at(m->g, scalars)->free)
        return false;
    if (scalars) {
        put_formula(m->job, m->notation, scalars, PREC_MUL, m->out);
        text_put(m->out, latex(m) ? " " : "*");
    }
    return put_outer(m, rows, columns, i, j);
}

bool put_matrix_form(Job *job, Notation notation, NodeId value, TupleId at, Text *out)
{
    Graph *g = job->model->graph;
    Matrix m = {.job = job, .g = g, .notation = notation, .out = out};
    const size_t start = out->len;
    IndexId axes[2] = {0};
    bool minus = node_op(g, value) == OP_NEG, plain = tuple_size(g, at) <= 2;
    for (uint32_t k = 0; k < tuple_size(g, at) && plain; k++) {
        plain = node_op(g, tuple_item(g, at, k)) == OP_INDEX;
        axes[k] = plain ? node_at(g, tuple_item(g, at, k))->a : 0;
    }
    text_put(out, minus ? "-" : "");
    if (plain && put_product(&m, minus ? node_at(g, value)->a : value, axes[0], axes[1]) &&
        m.products)
        return true;
    out->len = start;
    text_put(out, "");
    out->at[start] = 0;
    return false;
}
