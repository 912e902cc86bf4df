/* Outputs and derivatives at a point, with no compiler, as lines of text. */
#include "emit/emit.h"

/* The values of a result and where its derivatives lie in it, for printing. */
typedef struct Printed {
    const Values *values;
    NodeId node;
    const uint32_t *extents; /* of the shape */
    uint32_t rank;
    size_t columns;   /* of a Jacobian: the distance between rows; 0 otherwise */
    size_t rows_rank; /* how many of the extents are those of the output */
    size_t offset;    /* of a Jacobian: the first column */
} Printed;

/* Where an element is: of a Jacobian row by row. */
static mpfr_srcptr element(const Printed *p, size_t i)
{
    size_t inner = 1;
    for (size_t k = p->rows_rank; k < p->rank; k++)
        inner *= p->extents[k];
    size_t place = p->columns ? i / inner * p->columns + p->offset + i % inner : i;
    return values_at(p->values, p->node, place);
}

/* As a literal that can be pasted into a model: [1, 2, 3], [1, 2; 3, 4], and with more axes
 * literals within literals, two axes each from the last on. */
static void put_literal(const Printed *p, uint32_t axis, size_t at, RealType real, Text *out)
{
    uint32_t rest = p->rank - axis, own = rest % 2 ? 1 : 2;
    size_t inner = 1, width = 1, count = 1;
    if (rest == 0) {
        number_real_text(out, element(p, at), real);
        return;
    }
    for (uint32_t k = axis; k < p->rank; k++)
        count *= p->extents[k];
    for (uint32_t k = axis + own; k < p->rank; k++)
        inner *= p->extents[k];
    width = p->extents[axis + own - 1];
    text_char(out, '[');
    for (size_t i = 0; inner && i < count / inner; i++) {
        text_put(out, i == 0 ? "" : i % width ? ", " : "; ");
        put_literal(p, axis + own, at + i * inner, real, out);
    }
    text_char(out, ']');
}

/* ---- the outputs */

static void add_extents(Graph *g, const Values *v, SymId sym, U32Vec *extents)
{
    TupleId shape = sym_at(g, sym)->shape;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++)
        *vec_push(graph_ctx(g), extents) =
            (uint32_t)mpfr_get_ui(values_at(v, tuple_item(g, shape, i), 0), MPFR_RNDN);
}

static void put_value(Job *job, const Values *v, const Result *r, Text *out)
{
    Graph *g = job->model->graph;
    U32Vec extents = {0};
    add_extents(g, v, r->sym, &extents);
    Printed p = {.values = v, .node = r->node, .extents = extents.at, .rank = extents.count};
    text_put(out, " = ");
    put_literal(&p, 0, 0, job->real, out);
    text_char(out, '\n');
    vec_free(job->ctx, &extents);
}

static const char *name_of_sym(const Job *job, SymId sym)
{
    return name_text(job->ctx, sym_at(job->model->graph, sym)->name);
}

/* A scalar's gradient: its value, then a derivative for each input. */
static void put_gradient(Job *job, const Fn *fn, const Values *v, Text *out)
{
    const char *name = name_of_sym(job, fn->results.at[0].of);
    text_put(out, name);
    put_value(job, v, &fn->results.at[0], out);
    for (uint32_t i = 1; i < fn->results.count; i++) {
        text_printf(out, "diff(%s, %s)", name, name_of_sym(job, fn->results.at[i].of));
        put_value(job, v, &fn->results.at[i], out);
    }
}

/* An array's Jacobian: its blocks, each with the shape of the output and that of the input. */
static void put_jacobian(Job *job, const Fn *fn, const Values *v, Text *out)
{
    Graph *g = job->model->graph;
    const Result *f = &fn->results.at[0], *jac = &fn->results.at[1];
    size_t height = values_count(v, f->node), offset = 0;
    size_t width = height ? values_count(v, jac->node) / height : 0;
    text_put(out, name_of_sym(job, f->of));
    put_value(job, v, f, out);
    for (uint32_t i = 0; i < job->model->syms.count; i++) {
        if (!job->wrt[i])
            continue;
        U32Vec extents = {0};
        size_t size = 1;
        add_extents(g, v, f->sym, &extents);
        Printed p = {.values = v, .node = jac->node, .columns = width, .offset = offset,
                     .rows_rank = extents.count};
        add_extents(g, v, job->model->syms.at[i], &extents);
        p.extents = extents.at;
        p.rank = extents.count;
        for (size_t k = p.rows_rank; k < p.rank; k++)
            size *= extents.at[k];
        text_printf(out, "diff(%s, %s) = ", name_of_sym(job, f->of),
                    name_of_sym(job, job->model->syms.at[i]));
        put_literal(&p, 0, 0, job->real, out);
        text_char(out, '\n');
        offset += size;
        vec_free(job->ctx, &extents);
    }
}

static void put_output(Job *job, const PointValue *point, uint32_t count, bool array, Text *out)
{
    Graph *g = job->model->graph;
    uint32_t mark = graph_mark(g);
    Fn fn = job_derive(job, array ? FN_JACOBIAN : FN_GRADIENT);
    simplify(job->rules, g, &fn);
    Values *v = values_new(g, &fn, point, count, job->real, 0);
    if (array)
        put_jacobian(job, &fn, v, out);
    else
        put_gradient(job, &fn, v, out);
    values_free(v);
    fn_free(job->ctx, &fn);
    graph_release(g, mark);
}

/* Each output by itself: a seed of 0 at another one would meet infinite derivatives there. */
void emit_values(Job *job, const PointValue *point, uint32_t count, Text *out)
{
    Model *m = job->model;
    const U32Vec all = m->unit->outputs;
    for (uint32_t i = 0; i < all.count; i++) {
        m->unit->outputs.at = all.at + i;
        m->unit->outputs.count = 1;
        put_output(job, point, count, sym_at(m->graph, m->syms.at[all.at[i]])->shape, out);
    }
    m->unit->outputs = all;
}
