/* How a test lays out the numbers of a model: sizes for its run-time dims, and for each argument
 * and output a block of a flat array. */
#include "emit/emit.h"

/* ---- sizes */

static void add_root(Test *t, Fn *fn, SymId sym, NodeId node)
{
    Result r = {.sym = sym, .node = node};
    *vec_push(t->job->ctx, &fn->results) = r;
}

static bool is_dim(const Test *t, SymId sym)
{
    for (uint32_t i = 0; i < t->dim_count; i++)
        if (t->dims[i].sym == sym)
            return true;
    return false;
}

static NodeId assumption(const Test *t, uint32_t i)
{
    const U32Vec *claims = &t->job->claims;
    return claims->at[claims->count - t->assumed + i];
}

/* Does nothing but sizes decide it? */
static bool is_of_sizes(const Test *t, NodeId condition)
{
    U32Vec below = graph_below(t->g, condition);
    bool all = true;
    for (uint32_t i = 0; i < below.count; i++) {
        const Node *n = node_at(t->g, below.at[i]);
        all = all && (n->op != OP_REF || is_dim(t, n->a));
    }
    vec_free(t->job->ctx, &below);
    return all;
}

/* What sizes are chosen by. */
typedef struct Choice {
    Fn fn;          /* what shapes are made of, and what must hold of the dims */
    U32Vec assumed; /* of these, what the model assumes of nothing else */
} Choice;

static Choice choice_new(Test *t)
{
    const Unit *u = t->job->model->unit;
    Choice c = {.fn = job_derive(t->job, FN_VALUE)};
    for (uint32_t i = 0; i < c.fn.results.count; i++)
        c.fn.results.at[i].node = build_int(t->g, 0);
    for (uint32_t i = 0; i < t->claim_syms.count; i++)
        add_root(t, &c.fn, t->claim_syms.at[i], build_int(t->g, 0));
    for (uint32_t i = 0; i < u->preconditions.count; i++)
        add_root(t, &c.fn, 0, u->preconditions.at[i].node);
    for (uint32_t i = 0; i < t->assumed; i++)
        if (is_of_sizes(t, assumption(t, i))) {
            *vec_push(t->job->ctx, &c.assumed) = assumption(t, i);
            add_root(t, &c.fn, 0, assumption(t, i));
        }
    return c;
}

static void choice_free(Test *t, Choice *c)
{
    fn_free(t->job->ctx, &c->fn);
    vec_free(t->job->ctx, &c->assumed);
}

static bool sizes_hold(const Test *t, const Choice *c)
{
    const Unit *u = t->job->model->unit;
    for (uint32_t i = 0; i < u->preconditions.count; i++)
        if (mpfr_sgn(values_at(t->sizes, u->preconditions.at[i].node, 0)) < 0)
            return false;
    for (uint32_t i = 0; i < c->assumed.count; i++)
        if (mpfr_zero_p(values_at(t->sizes, c->assumed.at[i], 0)))
            return false;
    return true;
}

static void add_dim(Test *t, SymId sym)
{
    PointValue *p = &t->dims[t->dim_count++];
    p->sym = sym;
    p->count = 1;
    p->values = ctx_alloc(t->job->ctx, sizeof *p->values);
    mpfr_init2(p->values[0], 64);
}

/* Small sizes: all different if they may be, so that no two are taken for each other; else all
 * equal; else, of several, any of the first few for the first ones. */
enum { DIFFERENT = 6, EQUAL = 20, FEW = 7, FIRST = 4 };

static uint32_t count_turns(const Test *t)
{
    uint32_t mixed = 1;
    for (uint32_t i = 0; i < t->dim_count && i < FIRST; i++)
        mixed *= FEW;
    return t->job->point ? 1 : t->dim_count > 1 ? EQUAL + mixed : EQUAL;
}

static void set_dims(Test *t, uint32_t turn)
{
    static const unsigned long sizes[DIFFERENT] = {3, 2, 4, 5, 6, 7};
    uint32_t rest = turn < EQUAL ? 0 : turn - EQUAL;
    for (uint32_t i = 0; i < t->dim_count; i++) {
        unsigned long size = turn < DIFFERENT ? sizes[(i + turn) % DIFFERENT]
                             : turn < EQUAL   ? turn
                                              : 1 + rest % FEW;
        mpfr_set_ui(t->dims[i].values[0], size, MPFR_RNDN);
        rest /= FEW;
    }
}

static void take_dims(Test *t)
{
    const Job *job = t->job;
    for (uint32_t i = 0; i < t->dim_count; i++)
        for (uint32_t k = 0; k < job->point_count; k++)
            if (job->point[k].sym == t->dims[i].sym)
                mpfr_set(t->dims[i].values[0], job->point[k].values[0], MPFR_RNDN);
}

/* The sizes given, or some for which the model's preconditions and what it assumes of them hold. */
static void choose_sizes(Test *t)
{
    const Model *m = t->job->model;
    t->dims = ctx_alloc(t->job->ctx, (m->syms.count + 1) * sizeof *t->dims);
    for (uint32_t i = 0; i < m->syms.count; i++)
        if (m->unit->entities.at[i].kind == ENTITY_DIM)
            add_dim(t, m->syms.at[i]);
    Choice c = choice_new(t);
    const uint32_t turns = count_turns(t);
    bool holds = false;
    for (uint32_t turn = 0; turn < turns && !holds; turn++) {
        if (turn)
            values_free(t->sizes);
        set_dims(t, turn);
        if (t->job->point)
            take_dims(t);
        t->sizes = values_new(t->g, &c.fn, t->dims, t->dim_count, REAL_DOUBLE, 0);
        holds = sizes_hold(t, &c) || t->job->point;
    }
    choice_free(t, &c);
    if (holds)
        return;
    values_free(t->sizes);
    for (uint32_t i = 0; i < t->dim_count; i++)
        mpfr_clear(t->dims[i].values[0]);
    ctx_fatal(t->job->ctx, STATUS_USAGE,
              "no small sizes found that the model allows; give a point by --at");
}

/* ---- blocks */

static uint32_t size_at(const Test *t, NodeId extent)
{
    return (uint32_t)mpfr_get_ui(values_at(t->sizes, extent, 0), MPFR_RNDN);
}

static void add_block(Test *t, BlockVec *blocks, SymId sym, uint32_t entity, uint32_t *total)
{
    const TupleId shape = sym_at(t->g, sym)->shape;
    Block b = {.sym = sym, .offset = *total, .count = 1, .entity = entity};
    for (uint32_t i = 0; i < tuple_size(t->g, shape); i++)
        b.count *= size_at(t, tuple_item(t->g, shape, i));
    if (tuple_size(t->g, shape) == 2) {
        b.rows = size_at(t, tuple_item(t->g, shape, 0));
        b.columns = size_at(t, tuple_item(t->g, shape, 1));
    }
    *total += b.count;
    *vec_push(t->job->ctx, blocks) = b;
}

void test_layout(Test *t)
{
    const Model *m = t->job->model;
    choose_sizes(t);
    for (uint32_t i = 0; i < m->unit->entities.count; i++) {
        const EntityKind kind = m->unit->entities.at[i].kind;
        if (kind == ENTITY_INPUT || kind == ENTITY_PARAM)
            add_block(t, &t->arguments, m->syms.at[i], i, &t->argument_count);
        if (kind == ENTITY_INDEX)
            add_block(t, &t->indices, m->syms.at[i], i, &t->index_count);
        if (t->job->wrt[i])
            add_block(t, &t->inputs, m->syms.at[i], i, &t->input_count);
    }
    for (uint32_t i = 0; i < m->unit->outputs.count; i++)
        add_block(t, &t->outputs, output_symbol(t->job, m->unit->outputs.at[i]),
                  m->unit->outputs.at[i], &t->output_count);
    for (uint32_t i = 0; i < t->claim_syms.count; i++)
        add_block(t, &t->sides, t->claim_syms.at[i], i, &t->side_count);
}

void test_free(Test *t)
{
    Ctx *ctx = t->job->ctx;
    for (uint32_t i = 0; i < t->dim_count; i++)
        mpfr_clear(t->dims[i].values[0]);
    values_free(t->sizes);
    fn_free(ctx, &t->interface);
    vec_free(ctx, &t->arguments);
    vec_free(ctx, &t->indices);
    vec_free(ctx, &t->inputs);
    vec_free(ctx, &t->outputs);
    vec_free(ctx, &t->sides);
    vec_free(ctx, &t->claim_syms);
    vec_free(ctx, &t->job->claims);
}

const Block *test_block(const BlockVec *blocks, SymId sym)
{
    for (uint32_t i = 0; i < blocks->count; i++)
        if (blocks->at[i].sym == sym)
            return &blocks->at[i];
    return NULL;
}
