/* Nodes and arguments in, numbers out, with no compiler: every node has a table with a value for
 * each assignment of its free indices, filled in the order of the nodes, so that each value is
 * computed once. */
#include <stdint.h>

#include "emit/emit.h"

/* ---- numbers */

/* The exponent range of the type, in MPFR's convention (a significand in [1/2, 1)). */
static void enter_range(RealType type, mpfr_exp_t *emin, mpfr_exp_t *emax)
{
    static const mpfr_exp_t low[] = {[REAL_FLOAT] = -148, [REAL_DOUBLE] = -1073,
                                     [REAL_LONG_DOUBLE] = -16444};
    static const mpfr_exp_t high[] = {[REAL_FLOAT] = 128, [REAL_DOUBLE] = 1024,
                                      [REAL_LONG_DOUBLE] = 16384};
    *emin = mpfr_get_emin();
    *emax = mpfr_get_emax();
    mpfr_set_emin(low[type]);
    mpfr_set_emax(high[type]);
}

static void leave_range(mpfr_exp_t emin, mpfr_exp_t emax)
{
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
}

/* Rounds an exact or wide value to the type, gradual underflow included. */
static void settle(const Values *v, mpfr_ptr r)
{
    mpfr_exp_t emin, emax;
    if (v->exact)
        return;
    enter_range(v->type, &emin, &emax);
    int inexact = mpfr_check_range(r, 0, MPFR_RNDN);
    mpfr_subnormalize(r, inexact, MPFR_RNDN);
    leave_range(emin, emax);
}

/* ---- places */

/* Where a node's value is for the present assignment. */
size_t values_place(const Values *v, NodeId id)
{
    SetId free = node_at(v->g, id)->free;
    size_t place = 0;
    for (uint32_t i = 0; i < set_size(v->g, free); i++) {
        IndexId index = set_member(v->g, free, i);
        const Axis *a = &v->axes[index];
        place = place * (size_t)(a->high - a->low) + (size_t)(v->now[index] - a->low);
    }
    return place;
}

mpfr_ptr values_here(const Values *v, NodeId id)
{
    return v->tables[id].at[values_place(v, id) * v->tables[id].size];
}

static long integer_at(const Values *v, NodeId id)
{
    return mpfr_get_si(values_here(v, id), MPFR_RNDN);
}

/* The extents of a shape; how many elements it has. */
size_t values_elements(const Values *v, TupleId shape)
{
    size_t count = 1;
    for (uint32_t i = 0; i < tuple_size(v->g, shape); i++)
        count *= (size_t)integer_at(v, tuple_item(v->g, shape, i));
    return count;
}

/* Which element subscripts mean; false if it is none. */
bool values_element(const Values *v, TupleId at, TupleId shape, size_t *element)
{
    *element = 0;
    for (uint32_t i = 0; i < tuple_size(v->g, shape); i++) {
        long extent = integer_at(v, tuple_item(v->g, shape, i));
        mpfr_srcptr x = values_here(v, tuple_item(v->g, at, i));
        long subscript = mpfr_number_p(x) ? mpfr_get_si(x, MPFR_RNDN) : -1;
        if (subscript < 0 || subscript >= extent)
            return false;
        *element = *element * (size_t)extent + (size_t)subscript;
    }
    return true;
}

/* Where the elements of an array are for the present assignment: those of a recurrence have a
 * place for each assignment of what the whole recurrence is free in. */
size_t values_array_place(const Values *v, NodeId array)
{
    NodeId of = v->system[array] ? v->system[array] : array;
    return values_place(v, of) * v->tables[array].size;
}

/* ---- assignments */

/* Goes on to the next assignment of the indices, or to the first one, within their ranges as they
 * depend on those before them; false behind the last. Sets list what a range depends on first. */
bool values_next(Values *v, SetId set, bool first)
{
    uint32_t size = set_size(v->g, set), i = first || !size ? 0 : size - 1;
    bool enter = first;
    if (size == 0)
        return first;
    for (;;) {
        IndexId index = set_member(v->g, set, i);
        v->now[index] = enter ? integer_at(v, index_at(v->g, index)->lower) : v->now[index] + 1;
        enter = v->now[index] < integer_at(v, index_at(v->g, index)->upper);
        if (enter && i == size - 1)
            return true;
        if (!enter && i == 0)
            return false;
        i = enter ? i + 1 : i - 1;
    }
}

/* Finds the least and greatest value of an index. */
static void find_axis(Values *v, IndexId index)
{
    Axis *a = &v->axes[index];
    const Index *x = index_at(v->g, index);
    SetId over = set_union(v->g, node_at(v->g, x->lower)->free, node_at(v->g, x->upper)->free);
    a->known = true;
    for (bool more = values_next(v, over, true); more; more = values_next(v, over, false)) {
        long low = integer_at(v, x->lower), high = integer_at(v, x->upper);
        if (low >= high)
            continue;
        bool none = a->high <= a->low;
        a->low = none || low < a->low ? low : a->low;
        a->high = none || high > a->high ? high : a->high;
    }
}

void values_find_axes(Values *v, SetId set)
{
    for (uint32_t i = 0; i < set_size(v->g, set); i++)
        if (!v->axes[set_member(v->g, set, i)].known)
            find_axis(v, set_member(v->g, set, i));
}

/* ---- one value */

static const PointValue *argument_of(const Values *v, SymId sym)
{
    const uint32_t number = sym < v->argument_of.count ? v->argument_of.at[sym] : 0;
    return number ? &v->arguments[number - 1] : NULL;
}

static void evaluate_ref(const Values *v, const Node *n, mpfr_ptr r)
{
    const PointValue *a = argument_of(v, n->a);
    size_t element;
    mpfr_set_nan(r);
    if (!a)
        mpfr_set_zero(r, 1);
    else if (values_element(v, n->b, sym_at(v->g, n->a)->shape, &element) && element < a->count)
        mpfr_set(r, a->values[element], MPFR_RNDN);
}

static void evaluate_read(const Values *v, const Node *n, mpfr_ptr r)
{
    /* an OWN stands in a system only, whose arrays evaluate_system has entered here */
    NodeId array = n->op == OP_OWN ? v->array.at[n->a] : n->a; /* NOLINT(*-core.NullDereference) */
    if (node_op(v->g, array) == OP_MEMBER)
        array = member_array(v->g, array);
    size_t element;
    mpfr_set_nan(r);
    if (values_element(v, n->b, node_shape(v->g, array), &element))
        mpfr_set(r, v->tables[array].at[values_array_place(v, array) + element], MPFR_RNDN);
}

static void evaluate_reduction(Values *v, const Node *n, mpfr_ptr r)
{
    static const Op steps[] = {[OP_SUM] = OP_ADD, [OP_PROD] = OP_MUL, [OP_RMAX] = OP_MAX,
                               [OP_RMIN] = OP_MIN, [OP_RHYPOT] = OP_HYPOT};
    SetId index = set_with(v->g, 0, n->b);
    if (n->op == OP_SUM || n->op == OP_PROD || n->op == OP_RHYPOT)
        mpfr_set_si(r, n->op == OP_PROD, MPFR_RNDN);
    else
        mpfr_set_inf(r, n->op == OP_RMAX ? -1 : 1);
    for (bool more = values_next(v, index, true); more; more = values_next(v, index, false)) {
        mpfr_srcptr args[3] = {r, values_here(v, n->a), NULL};
        op_eval(steps[n->op], r, args);
        settle(v, r);
    }
}

/* ---- linear algebra: arrays as a whole */

/* Where the elements of an array-valued node are for the present assignment. */
static mpfr_t *block_at(const Values *v, NodeId id)
{
    if (node_op(v->g, id) == OP_MEMBER)
        id = member_array(v->g, id);
    return &v->tables[id].at[values_array_place(v, id)];
}

static NodeId matrix_of(const Values *v, NodeId id)
{
    NodeId factor = node_op(v->g, id) == OP_FACTOR ? id : node_at(v->g, id)->a;
    return node_at(v->g, factor)->a;
}

static size_t rows_of(const Values *v, NodeId id)
{
    return (size_t)integer_at(v, tuple_item(v->g, node_shape(v->g, matrix_of(v, id)), 0));
}

/* How many elements an array-valued node has for each assignment. */
size_t values_block_size(const Values *v, NodeId id)
{
    if (node_op(v->g, id) == OP_FACTOR)
        return rows_of(v, id)*(rows_of(v, id) + 1);
    return node_is_array(v->g, id) ? values_elements(v, node_shape(v->g, id)) : 1;
}

static void round_result(const void *with, mpfr_ptr r) { settle(with, r); }

static void evaluate_linear(Values *v, NodeId id, mpfr_t *out)
{
    const Node n = *node_at(v->g, id);
    const Rounding to = {round_result, v};
    size_t rows = rows_of(v, id), size = n.op == OP_FACTOR ? 0 : values_block_size(v, id);
    if (rows > 0 || n.op == OP_DET)
        linear_evaluate((Op)n.op, rows, rows ? size/rows : 0, block_at(v, n.a),
                        node_arity(v->g, id) > 1 ? block_at(v, n.b) : NULL, out, &to);
}

void values_evaluate(Values *v, NodeId id)
{
    const Node n = *node_at(v->g, id);
    mpfr_t *out = &v->tables[id].at[values_place(v, id)*v->tables[id].size];
    mpfr_ptr r = *out;
    mpfr_srcptr args[3];
    switch (n.op) {
    case OP_CONST: number_get(node_number(v->g, id), r); break;
    case OP_INDEX: mpfr_set_si(r, v->now[n.a], MPFR_RNDN); break;
    case OP_REF: evaluate_ref(v, &n, r); break;
    case OP_READ: case OP_OWN: evaluate_read(v, &n, r); break;
    case OP_SUM:
    case OP_PROD:
    case OP_RMAX:
    case OP_RMIN:
    case OP_RHYPOT: evaluate_reduction(v, &n, r); break;
    case OP_FACTOR: case OP_SOLVE: case OP_TSOLVE: case OP_INVERSE: case OP_DET:
        evaluate_linear(v, id, out);
        return;
    default:
        for (int i = 0; i < node_arity(v->g, id); i++)
            args[i] = values_here(v, node_operand(v->g, id, i));
        op_eval((Op)n.op, r, args);
    }
    if (!(n.flags & NODE_INT))
        settle(v, r);
}

/* ---- tables */

/* The most elements that it has for an assignment: a slice may have more in one turn of a loop than
 * in another. */
static size_t block_room(Values *v, NodeId id)
{
    const NodeId of = node_op(v->g, id) == OP_FACTOR ? matrix_of(v, id) : id;
    const SetId free = node_is_array(v->g, of) ? tuple_free(v->g, node_shape(v->g, of)) : 0;
    size_t most = 0;
    values_find_axes(v, free);
    for (bool more = values_next(v, free, true); more; more = values_next(v, free, false)) {
        const size_t size = values_block_size(v, id);
        most = size > most ? size : most;
    }
    return most;
}

void values_new_table(Values *v, NodeId id)
{
    Table *t = &v->tables[id];
    SetId free = node_at(v->g, v->system[id] ? v->system[id] : id)->free;
    const size_t size = block_room(v, id);
    size_t count = size;
    values_find_axes(v, free);
    for (uint32_t i = 0; i < set_size(v->g, free); i++) {
        const Axis *a = &v->axes[set_member(v->g, free, i)];
        if (a->high > a->low && count > SIZE_MAX / sizeof(mpfr_t) / (size_t)(a->high - a->low))
            ctx_fatal(v->ctx, STATUS_SYSTEM, "the arrays are too large to evaluate");
        count *= (size_t)(a->high - a->low);
    }
    t->at = array_new(v->ctx, count + 1, sizeof *t->at);
    t->size = size;
    t->count = count;
    for (size_t i = 0; i < count; i++)
        mpfr_init2(t->at[i], node_at(v->g, id)->flags & NODE_INT ? 64 : v->bits);
}

void values_set(const Values *v, int kind, mpfr_ptr r, mpfr_srcptr value)
{
    mpfr_srcptr args[3] = {r, value, NULL};
    if (kind == ARRAY_SET)
        mpfr_set(r, value, MPFR_RNDN);
    else
        op_eval(OP_ADD, r, args);
    settle(v, r);
}

static void set_part(Values *v, NodeId array, NodeId part)
{
    const Node n = *node_at(v->g, array), p = *node_at(v->g, part);
    const Table *t = &v->tables[array];
    size_t element;
    for (bool more = values_next(v, p.c, true); more; more = values_next(v, p.c, false)) {
        if (values_element(v, p.b, node_shape(v->g, array), &element))
            values_set(v, (int)n.c, t->at[values_array_place(v, array) + element],
                       values_here(v, p.a));
    }
}

/* The elements that no part sets are NaN: nobody is to read them. */
static void fill_array(Values *v, NodeId id)
{
    const Node n = *node_at(v->g, id);
    values_new_table(v, id);
    const Table *t = &v->tables[id];
    for (size_t i = 0; n.c == ARRAY_ADD && i < t->count; i++)
        mpfr_set_zero(t->at[i], 1);
    for (uint32_t i = 0; i < tuple_size(v->g, n.a); i++)
        values_find_axes(v, node_at(v->g, tuple_item(v->g, n.a, i))->c);
    for (bool more = values_next(v, n.free, true); more; more = values_next(v, n.free, false))
        for (uint32_t i = 0; i < tuple_size(v->g, n.a); i++)
            set_part(v, id, tuple_item(v->g, n.a, i));
}

/* An argument as a whole. */
static void fill_block(Values *v, NodeId id)
{
    const PointValue *a = argument_of(v, node_at(v->g, id)->a);
    values_new_table(v, id);
    for (size_t i = 0; i < v->tables[id].count; i++)
        if (a && i < a->count)
            mpfr_set(v->tables[id].at[i], a->values[i], MPFR_RNDN);
        else
            mpfr_set_zero(v->tables[id].at[i], 1);
}

static void fill(Values *v, NodeId id)
{
    const Node n = *node_at(v->g, id);
    if (n.op == OP_PART || n.op == OP_MEMBER)
        return;
    if (n.op == OP_REF && node_is_array(v->g, id)) {
        fill_block(v, id);
        return;
    }
    if (n.op == OP_ARRAY) {
        fill_array(v, id);
        return;
    }
    if (op_info((Op)n.op)->flags & OPF_REDUCE)
        values_find_axes(v, set_with(v->g, 0, n.b));
    values_new_table(v, id);
    for (bool more = values_next(v, n.free, true); more; more = values_next(v, n.free, false))
        values_evaluate(v, id);
}

static uint32_t count_axes(Graph *g, const uint8_t *live)
{
    uint32_t most = 0;
    for (NodeId id = 1; id < graph_count(g); id++) {
        const Node *n = node_at(g, id);
        if (live[id] && n->op == OP_INDEX && n->a > most)
            most = n->a;
        if (live[id] && op_info((Op)n->op)->flags & OPF_REDUCE && n->b > most)
            most = n->b;
        for (uint32_t i = 0; live[id] && n->op == OP_PART && i < set_size(g, n->c); i++)
            most = set_member(g, n->c, i) > most ? set_member(g, n->c, i) : most;
    }
    return most + 1;
}

/* ---- the interface */

static void add_shape(Graph *g, U32Vec *roots, SymId sym)
{
    TupleId shape = sym_at(g, sym)->shape;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++)
        *vec_push(graph_ctx(g), roots) = tuple_item(g, shape, i);
    if (sym_at(g, sym)->limit)
        *vec_push(graph_ctx(g), roots) = sym_at(g, sym)->limit;
}

Values *values_new(Graph *g, const Fn *fn, const PointValue *arguments, uint32_t count,
                   RealType type, int bits)
{
    Ctx *ctx = graph_ctx(g);
    U32Vec roots = {0};
    Values *v = array_new(ctx, 1, sizeof *v);
    *v = (Values){.g = g, .ctx = ctx, .arguments = arguments,
                  .type = type, .bits = bits ? bits : real_bits(type), .exact = bits != 0};
    vec_zeros(ctx, &v->argument_of, sym_count(g));
    for (uint32_t i = count; i-- > 0;)
        v->argument_of.at[arguments[i].sym] = i + 1;
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(ctx, &roots) = fn->results.at[i].node;
    for (uint32_t i = 0; i < fn->results.count; i++)
        add_shape(g, &roots, fn->results.at[i].sym);
    for (uint32_t i = 0; i < fn->params.count; i++)
        add_shape(g, &roots, fn->params.at[i].sym);
    uint8_t *live = graph_live(g, roots.at, roots.count);
    v->count = graph_count(g);
    v->tables = array_new(ctx, v->count, sizeof *v->tables);
    v->home = array_new(ctx, v->count, sizeof *v->home);
    v->system = array_new(ctx, v->count, sizeof *v->system);
    v->axis_count = count_axes(g, live);
    v->axes = array_new(ctx, v->axis_count, sizeof *v->axes);
    v->now = array_new(ctx, v->axis_count, sizeof *v->now);
    for (NodeId id = 1; id < v->count; id++)
        if (live[id] && node_op(g, id) == OP_SYSTEM)
            values_find_home(v, id);
    for (NodeId id = 1; id < v->count; id++)
        if (live[id] && !v->home[id] && node_op(g, id) == OP_SYSTEM)
            values_fill_system(v, id);
        else if (live[id] && !v->home[id])
            fill(v, id);
    ctx_resize(ctx, live, 0);
    vec_free(ctx, &roots);
    return v;
}

static const Table *table_of(const Values *v, NodeId node)
{
    return &v->tables[node_op(v->g, node) == OP_MEMBER ? member_array(v->g, node) : node];
}

size_t values_count(const Values *v, NodeId node) { return table_of(v, node)->count; }
mpfr_srcptr values_at(const Values *v, NodeId node, size_t i) { return table_of(v, node)->at[i]; }

void values_free(Values *v)
{
    for (NodeId id = 1; id < v->count; id++) {
        for (size_t i = 0; i < v->tables[id].count; i++)
            mpfr_clear(v->tables[id].at[i]);
        ctx_resize(v->ctx, v->tables[id].at, 0);
        ctx_resize(v->ctx, v->tables[id].known, 0);
        ctx_resize(v->ctx, v->tables[id].left, 0);
        vec_free(v->ctx, &v->tables[id].done);
    }
    ctx_resize(v->ctx, v->home, 0);
    ctx_resize(v->ctx, v->system, 0);
    vec_free(v->ctx, &v->array);
    vec_free(v->ctx, &v->argument_of);
    ctx_resize(v->ctx, v->tables, 0);
    ctx_resize(v->ctx, v->axes, 0);
    ctx_resize(v->ctx, v->now, 0);
    ctx_resize(v->ctx, v, 0);
}
