/* Derivatives of models with arrays, built by the graph's own interface: forward, reverse,
 * Jacobian and Hessian against each other and against central differences in 400 bits. */
#include <check.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "emit/emit.h"

enum { BITS = 400, MOST = 16 };

static Ctx *ctx;
static Graph *g;
static Rules *rules;
static Unit unit;
static Model model;
static PointValue point[4*MOST]; /* an argument each: those of the model, then tangents and seeds */
static uint32_t points;

static void setup(void)
{
    ctx = ctx_new();
    g = graph_new(ctx);
    rules = rules_new(g);
    memset(&unit, 0, sizeof unit);
    memset(&model, 0, sizeof model);
    unit.ctx = model.ctx = ctx;
    model.unit = &unit;
    model.graph = g;
    points = 0;
}

static void teardown(void)
{
    ck_assert_ptr_null(graph_verify(g));
    for (uint32_t i = 0; i < points; i++) {
        for (size_t k = 0; k < point[i].count; k++)
            mpfr_clear(point[i].values[k]);
        free(point[i].values);
    }
    ctx_free(ctx);
}

/* ---- building */

static uint32_t entity(EntityKind kind, const char *name, SymId sym, NodeId node)
{
    Entity *e = vec_push(ctx, &unit.entities);
    memset(e, 0, sizeof *e);
    e->kind = kind;
    e->name = name_of(ctx, name);
    *vec_push(ctx, &model.syms) = sym;
    *vec_push(ctx, &model.nodes) = node;
    return unit.entities.count - 1;
}

static TupleId tuple(uint32_t count, ...)
{
    NodeId items[4];
    va_list args;
    va_start(args, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = va_arg(args, NodeId);
    va_end(args);
    return tuple_of(g, items, count);
}

static size_t size_of(SymId sym)
{
    long extent;
    size_t size = 1;
    TupleId shape = sym_at(g, sym)->shape;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        const Number *n = node_number(g, tuple_item(g, shape, i));
        extent = 3; /* of the dim */
        if (n)
            ck_assert(number_integer(n, &extent));
        size *= (size_t)extent;
    }
    return size;
}

static PointValue *value_for(SymId sym)
{
    for (uint32_t i = 0; i < points; i++)
        if (point[i].sym == sym)
            return &point[i];
    PointValue *p = &point[points++];
    p->sym = sym;
    p->count = size_of(sym);
    p->values = calloc(p->count + 1, sizeof *p->values);
    for (size_t i = 0; i < p->count; i++)
        mpfr_init2(p->values[i], BITS);
    return p;
}

/* Numbers that are no special ones, the same each time. */
static void fill(SymId sym, double scale)
{
    static uint32_t state = 12345;
    PointValue *p = value_for(sym);
    for (size_t i = 0; i < p->count; i++) {
        state = state * 1664525u + 1013904223u;
        mpfr_set_d(p->values[i], scale * ((double)(state >> 8) / 8388608.0 - 1) + 0.01, MPFR_RNDN);
    }
}

static SymId argument(EntityKind kind, const char *name, TupleId shape)
{
    static const SymKind kinds[] = {[ENTITY_DIM] = SYM_DIM, [ENTITY_INPUT] = SYM_INPUT,
                                    [ENTITY_PARAM] = SYM_PARAM, [ENTITY_INDEX] = SYM_INDEX};
    SymId sym = sym_new(g, name_of(ctx, name), kinds[kind], shape);
    entity(kind, name, sym, build_ref(g, sym, 0));
    fill(sym, 1);
    return sym;
}

static SymId input(const char *name, TupleId shape) { return argument(ENTITY_INPUT, name, shape); }

static void set(SymId sym, const double *values)
{
    PointValue *p = value_for(sym);
    for (size_t i = 0; i < p->count; i++)
        mpfr_set_d(p->values[i], values[i], MPFR_RNDN);
}

static NodeId integer(long n) { return build_int(g, n); }

static IndexId loop(const char *name, NodeId lower, NodeId upper)
{
    return index_of(g, name_of(ctx, name), lower, upper, 0);
}

static NodeId read(SymId sym, TupleId at) { return build_ref(g, sym, at); }
static NodeId at1(SymId sym, IndexId i) { return read(sym, tuple(1, build_index(g, i))); }

static NodeId at2(SymId sym, IndexId i, IndexId k)
{
    return read(sym, tuple(2, build_index(g, i), build_index(g, k)));
}

/* An expression in a, b, c, d. */
static NodeId expr(const char *text, NodeId a, NodeId b, NodeId c, NodeId d)
{
    const char *const names[] = {"a", "b", "c", "d"};
    const NodeId values[] = {a, b, c, d};
    return build_real(g, lower_text(g, text, names, values, 4));
}

static NodeId element(NodeId array, IndexId i)
{
    return build_read(g, array, tuple(1, build_index(g, i)));
}

/* name[subscripts] = value for all of the indices; an array definition of its own. */
static NodeId define(const char *name, TupleId shape, TupleId at, SetId bound, NodeId value)
{
    SymId sym = sym_new(g, name_of(ctx, name), SYM_DEF, shape);
    NodeId array = array_of_one(g, value, at, bound, sym, ARRAY_SET);
    entity(ENTITY_DEF, name, sym, array);
    return array;
}

/* name[i] = value. */
static NodeId vector(const char *name, IndexId i, NodeId value)
{
    return define(name, tuple(1, index_at(g, i)->upper), tuple(1, build_index(g, i)),
                  set_with(g, 0, i), value);
}

static NodeId scalar(const char *name, NodeId value)
{
    SymId sym = sym_new(g, name_of(ctx, name), SYM_DEF, 0);
    NodeId node = build_name(g, sym, value, 0);
    entity(ENTITY_DEF, name, sym, node);
    return node;
}

static void output(NodeId node)
{
    for (uint32_t i = 0; i < model.nodes.count; i++)
        if (model.nodes.at[i] == node) {
            *vec_push(ctx, &unit.outputs) = i;
            unit.entities.at[i].output = true;
        }
}

/* ---- evaluation */

typedef struct Run {
    Fn fn;
    Values *values;
} Run;

static bool wrt[MOST + MOST];

static Run run(FnKind kind, JacobianMode mode)
{
    Run r;
    for (uint32_t i = 0; i < unit.entities.count; i++)
        wrt[i] = unit.entities.at[i].kind == ENTITY_INPUT;
    r.fn = derive_function(rules, &model, kind, &(DeriveOptions){wrt, mode});
    simplify(rules, g, &r.fn);
    ck_assert_ptr_null(graph_verify(g));
    r.values = values_new(g, &r.fn, point, points, REAL_DOUBLE, BITS);
    return r;
}

static void end(Run *r)
{
    values_free(r->values);
    fn_free(ctx, &r->fn);
}

/* The result of a role that belongs to nothing or to this symbol. */
static const Result *result(const Run *r, ArgRole role, SymId of)
{
    for (uint32_t i = 0; i < r->fn.results.count; i++)
        if (r->fn.results.at[i].role == role && (!of || r->fn.results.at[i].of == of))
            return &r->fn.results.at[i];
    ck_abort_msg("no such result");
}

static double number(const Run *r, ArgRole role, SymId of, size_t i)
{
    return mpfr_get_d(values_at(r->values, result(r, role, of)->node, i), MPFR_RNDN);
}

/* Equal to a tolerance that a wrong rule cannot meet by chance. */
static void near(mpfr_srcptr a, mpfr_srcptr b, const char *what, size_t i)
{
    mpfr_t difference, size;
    mpfr_inits2(BITS, difference, size, (mpfr_ptr)0);
    mpfr_sub(difference, a, b, MPFR_RNDN);
    mpfr_abs(size, a, MPFR_RNDN);
    mpfr_add_ui(size, size, 1, MPFR_RNDN);
    mpfr_div(difference, difference, size, MPFR_RNDN);
    ck_assert_msg(mpfr_number_p(difference) && fabs(mpfr_get_d(difference, MPFR_RNDN)) < 1e-30,
                  "%s, element %u: %g and %g", what, (unsigned)i, mpfr_get_d(a, MPFR_RNDN),
                  mpfr_get_d(b, MPFR_RNDN));
    mpfr_clears(difference, size, (mpfr_ptr)0);
}

/* x += step*x_dot for all inputs. */
static void move(double step)
{
    mpfr_t d;
    mpfr_init2(d, BITS);
    for (uint32_t i = 0; i < unit.entities.count; i++) {
        if (unit.entities.at[i].kind != ENTITY_INPUT)
            continue;
        PointValue *dot = value_for(sym_derived(g, model.syms.at[i], ROLE_DOT));
        PointValue *x = value_for(model.syms.at[i]);
        for (size_t k = 0; k < x->count; k++) {
            mpfr_mul_d(d, dot->values[k], step, MPFR_RNDN);
            mpfr_add(x->values[k], x->values[k], d, MPFR_RNDN);
        }
    }
    mpfr_clear(d);
}

/* The tangents of results of a role are the central differences of those of another one. */
static void check_differences(FnKind primal, ArgRole of, const Run *tangents, ArgRole dot)
{
    const double h = 0x1p-110;
    mpfr_t d;
    mpfr_init2(d, BITS);
    move(h);
    Run up = run(primal, JACOBIAN_CHEAPER);
    move(-2*h);
    Run down = run(primal, JACOBIAN_CHEAPER);
    move(h);
    for (uint32_t i = 0; i < up.fn.results.count; i++) {
        const Result *r = &up.fn.results.at[i];
        if (r->role != of)
            continue;
        const Result *t = result(tangents, dot, r->of);
        for (size_t k = 0; k < values_count(up.values, r->node); k++) {
            mpfr_sub(d, values_at(up.values, r->node, k),
                     values_at(down.values, down.fn.results.at[i].node, k), MPFR_RNDN);
            mpfr_div_d(d, d, 2*h, MPFR_RNDN);
            near(d, values_at(tangents->values, t->node, k), "central difference", k);
        }
    }
    end(&up);
    end(&down);
    mpfr_clear(d);
}

/* sum += a.b */
static void add_product(mpfr_ptr sum, const Run *a, const Result *r, const PointValue *b)
{
    ck_assert_uint_eq(values_count(a->values, r->node), b->count);
    for (size_t k = 0; k < b->count; k++) {
        mpfr_t p;
        mpfr_init2(p, BITS);
        mpfr_mul(p, values_at(a->values, r->node, k), b->values[k], MPFR_RNDN);
        mpfr_add(sum, sum, p, MPFR_RNDN);
        mpfr_clear(p);
    }
}

/* <z_bar, z_dot> = <x_bar, x_dot> */
static void check_inner_products(const Run *forward)
{
    mpfr_t left, right;
    mpfr_inits2(BITS, left, right, (mpfr_ptr)0);
    mpfr_set_zero(left, 1);
    mpfr_set_zero(right, 1);
    Run reverse = run(FN_REVERSE, JACOBIAN_CHEAPER);
    for (uint32_t i = 0; i < reverse.fn.results.count; i++) {
        const Result *r = &reverse.fn.results.at[i];
        if (r->role == ARG_OUTPUT)
            add_product(left, forward, result(forward, ARG_OUTPUT_TANGENT, r->of),
                        value_for(sym_derived(g, r->sym, ROLE_BAR)));
        else
            add_product(right, &reverse, r, value_for(sym_derived(g, r->of, ROLE_DOT)));
    }
    near(left, right, "inner products", 0);
    end(&reverse);
    mpfr_clears(left, right, (mpfr_ptr)0);
}

/* A matrix of derivatives times the direction is the tangents of a role, one behind the other. */
static void check_matrix(Run *matrix, ArgRole role, const Run *tangents, ArgRole dot)
{
    mpfr_t sum, p;
    mpfr_inits2(BITS, sum, p, (mpfr_ptr)0);
    NodeId node = result(matrix, role, 0)->node;
    size_t place = 0;
    for (uint32_t i = 0; i < tangents->fn.results.count; i++) {
        const Result *r = &tangents->fn.results.at[i];
        for (size_t k = 0; r->role == dot && k < values_count(tangents->values, r->node); k++) {
            mpfr_set_zero(sum, 1);
            for (uint32_t e = 0; e < unit.entities.count; e++) {
                if (!wrt[e])
                    continue;
                PointValue *x_dot = value_for(sym_derived(g, model.syms.at[e], ROLE_DOT));
                for (size_t c = 0; c < x_dot->count; c++) {
                    mpfr_mul(p, values_at(matrix->values, node, place++), x_dot->values[c], MPFR_RNDN);
                    mpfr_add(sum, sum, p, MPFR_RNDN);
                }
            }
            near(sum, values_at(tangents->values, r->node, k), "matrix", k);
        }
    }
    ck_assert_uint_eq(place, values_count(matrix->values, node));
    end(matrix);
    mpfr_clears(sum, p, (mpfr_ptr)0);
}

/* All functions of the model against each other at the point. */
static void check_model(void)
{
    for (uint32_t i = 0; i < unit.entities.count; i++) {
        if (unit.entities.at[i].kind == ENTITY_INPUT)
            fill(sym_derived(g, model.syms.at[i], ROLE_DOT), 1);
        if (unit.entities.at[i].output)
            fill(sym_derived(g, model.syms.at[i], ROLE_BAR), 1);
    }
    Run forward = run(FN_FORWARD, JACOBIAN_CHEAPER);
    check_differences(FN_VALUE, ARG_OUTPUT, &forward, ARG_OUTPUT_TANGENT);
    check_inner_products(&forward);
    Run jac = run(FN_JACOBIAN, JACOBIAN_FORWARD);
    check_matrix(&jac, ARG_JACOBIAN, &forward, ARG_OUTPUT_TANGENT);
    jac = run(FN_JACOBIAN, JACOBIAN_REVERSE);
    check_matrix(&jac, ARG_JACOBIAN, &forward, ARG_OUTPUT_TANGENT);
    end(&forward);
    if (unit.outputs.count > 1 || sym_at(g, model.syms.at[unit.outputs.at[0]])->shape)
        return;
    Run hvp = run(FN_HVP, JACOBIAN_CHEAPER);
    check_differences(FN_GRADIENT, ARG_ADJOINT, &hvp, ARG_ADJOINT_TANGENT);
    Run hess = run(FN_HESSIAN, JACOBIAN_CHEAPER);
    check_matrix(&hess, ARG_HESSIAN, &hvp, ARG_ADJOINT_TANGENT);
    end(&hvp);
}

/* ---- models */

/* z[i] = tanh(sum[k](A[i,k]*x[k]) + b[i]); f = sum[i](w*z[i]^2) */
static NodeId layer(NodeId n)
{
    SymId A = input("A", tuple(2, n, integer(2))), x = input("x", tuple(1, integer(2)));
    SymId b = input("b", tuple(1, n)), w = argument(ENTITY_PARAM, "w", 0);
    IndexId i = loop("i", integer(0), n), k = loop("k", integer(0), integer(2));
    NodeId sum = build_sum(g, expr("a*b", at2(A, i, k), at1(x, k), 0, 0), k);
    NodeId z = vector("z", i, expr("tanh(a + b)", sum, at1(b, i), 0, 0));
    scalar("f", build_sum(g, expr("a*b^2", build_ref(g, w, 0), element(z, i), 0, 0), i));
    return z;
}

static void matrix_product(void)
{
    NodeId z = layer(integer(3));
    output(z);
    output(model.nodes.at[model.nodes.count - 1]);
}

static void matrix_product_scalar(void)
{
    layer(integer(3));
    output(model.nodes.at[model.nodes.count - 1]);
}

static void run_time_dim(void)
{
    SymId n = argument(ENTITY_DIM, "n", 0);
    set(n, (double[]){3});
    layer(build_ref(g, n, 0));
    output(model.nodes.at[model.nodes.count - 1]);
}

/* y[i] = sin(x[c[i]])*x[i] */
static void gather(void)
{
    SymId x = input("x", tuple(1, integer(4)));
    SymId c = argument(ENTITY_INDEX, "c", tuple(1, integer(4)));
    IndexId i = loop("i", integer(0), integer(4));
    set(c, (double[]){2, 0, 2, 1});
    NodeId gathered = read(x, tuple(1, at1(c, i)));
    output(vector("y", i, expr("sin(a)*b", gathered, at1(x, i), 0, 0)));
}

/* r[i in 0..n-1] = x[i+1] - x[i]^2; f = sum[i](r[i]^4) + x[0]*x[3] */
static void shifted(void)
{
    SymId x = input("x", tuple(1, integer(4)));
    IndexId i = loop("i", integer(0), integer(3));
    NodeId next = read(x, tuple(1, build2(g, OP_ADD, build_index(g, i), integer(1))));
    NodeId r = vector("r", i, expr("a - b^2", next, at1(x, i), 0, 0));
    NodeId f = build_sum(g, expr("a^4", element(r, i), 0, 0, 0), i);
    f = expr("a + b*c", f, read(x, tuple(1, integer(0))), read(x, tuple(1, integer(3))), 0);
    output(scalar("f", f));
}

/* f = sum[i,j](A[i,j]^2*A[j,i]*x[i]) + sum[i,k](x[k]^3*A[k,i]) under several names of the indices */
static void transposed(void)
{
    NodeId n = integer(3);
    SymId A = input("A", tuple(2, n, n)), x = input("x", tuple(1, n));
    IndexId i = loop("i", integer(0), n), j = loop("j", integer(0), n), k = loop("k", integer(0), n);
    NodeId e = expr("a^2*b*c", at2(A, i, j), at2(A, j, i), at1(x, i), 0);
    NodeId other = build_sum(g, expr("a^3", at1(x, k), 0, 0, 0), k);
    NodeId f = build_sum(g, build_sum(g, e, i), j);
    NodeId column = build_sum(g, at2(A, k, i), k);
    output(scalar("f", expr("a + b", f, build_sum(g, expr("a*b", other, column, 0, 0), i), 0, 0)));
}

/* p = prod[k](x[k] + s), with one factor 0 or none */
static void product_of(double zero, int zeros)
{
    NodeId n = integer(4);
    SymId x = input("x", tuple(1, n)), s = input("s", 0);
    IndexId k = loop("k", integer(0), n);
    double at[4] = {1.5, -2, 0.5, 3};
    for (int i = 0; i < zeros; i++)
        at[i] = -zero;
    set(x, at);
    set(s, &zero);
    NodeId body = expr("a + b", at1(x, k), build_ref(g, s, 0), 0, 0);
    output(scalar("p", build_reduce(g, OP_PROD, body, k)));
}

static void product(void) { product_of(0.25, 0); }
static void product_with_zero(void) { product_of(0.25, 1); }
static void product_with_zeros(void) { product_of(0.25, 2); }
static void product_with_three_zeros(void) { product_of(0.25, 3); }

/* s^n by a product that lacks the index; q[i] = prod[k](x[k])*x[i] */
static void products_within(void)
{
    NodeId n = integer(3);
    SymId x = input("x", tuple(1, n)), s = input("s", 0);
    IndexId i = loop("i", integer(0), n), k = loop("k", integer(0), n);
    NodeId p = build_reduce(g, OP_PROD, build_ref(g, s, 0), k);
    NodeId q = build_reduce(g, OP_PROD, expr("a*b", at1(x, k), at1(x, i), 0, 0), k);
    output(vector("q", i, expr("a*b", p, q, 0, 0)));
}

/* logsumexp with its maximum taken out, and a minimum of rows */
static void extremes(void)
{
    NodeId n = integer(3);
    SymId x = input("x", tuple(1, n)), A = input("A", tuple(2, n, n)), s = input("s", 0);
    IndexId i = loop("i", integer(0), n), k = loop("k", integer(0), n);
    NodeId m = scalar("m", build_reduce(g, OP_RMAX, at1(x, k), k));
    NodeId sum = build_sum(g, expr("exp(a - b)", at1(x, k), m, 0, 0), k);
    output(scalar("l", expr("b + log(a)", sum, m, 0, 0)));
    NodeId low = build_reduce(g, OP_RMIN, expr("a*b", at2(A, i, k), at1(x, k), 0, 0), k);
    NodeId same = build_reduce(g, OP_RMAX, build_ref(g, s, 0), k);
    output(vector("low", i, expr("a^2*b", low, same, 0, 0)));
}

/* f = sum[i](x[i]*sum[j in 0..i+1](L[i,j]*x[j])): a triangle */
static void triangle(void)
{
    NodeId n = integer(3);
    SymId L = input("L", tuple(2, n, n)), x = input("x", tuple(1, n));
    IndexId i = loop("i", integer(0), n);
    IndexId j = loop("j", integer(0), build2(g, OP_ADD, build_index(g, i), integer(1)));
    NodeId row = build_sum(g, expr("a*sin(b)", at2(L, i, j), at1(x, j), 0, 0), j);
    output(scalar("f", build_sum(g, expr("a*b", at1(x, i), row, 0, 0), i)));
}

/* t[p] = sum[q](s[q]^3) with s[q] = x[q]*y[p], an array within the loop over p */
static void array_within_a_loop(void)
{
    NodeId n = integer(3), m = integer(2);
    SymId x = input("x", tuple(1, n)), y = input("y", tuple(1, m));
    IndexId p = loop("p", integer(0), m), q = loop("q", integer(0), n);
    NodeId s = define("s", tuple(1, n), tuple(1, build_index(g, q)), set_with(g, 0, q),
                      expr("a*b", at1(x, q), at1(y, p), 0, 0));
    NodeId sum = build_sum(g, expr("a^3 + a*b", element(s, q), build_read(g, s, tuple(1, integer(1))), 0, 0), q);
    output(vector("t", p, sum));
}

/* A vector as a literal, read at an index. */
static void literal(void)
{
    SymId a = input("a", 0), b = input("b", 0);
    NodeId A = build_ref(g, a, 0), B = build_ref(g, b, 0);
    IndexId i = loop("i", integer(0), integer(3));
    NodeId parts[3] = {build_part(g, expr("sin(a)", A, 0, 0, 0), tuple(1, integer(0)), 0),
                       build_part(g, expr("a*b", A, B, 0, 0), tuple(1, integer(1)), 0),
                       build_part(g, integer(7), tuple(1, integer(2)), 0)};
    SymId sym = sym_new(g, 0, SYM_DEF, tuple(1, integer(3)));
    NodeId array = build_array(g, tuple_of(g, parts, 3), sym, ARRAY_SET);
    output(scalar("f", build_sum(g, expr("a^2", element(array, i), 0, 0, 0), i)));
}

/* One array read under several names, as an element and as an output. */
static void read_in_many_ways(void)
{
    NodeId n = integer(3);
    SymId x = input("x", tuple(1, n)), w = argument(ENTITY_PARAM, "w", tuple(1, n));
    IndexId i = loop("i", integer(0), n), k = loop("k", integer(0), n), m = loop("m", integer(0), n);
    NodeId s = vector("s", i, expr("exp(a)", at1(x, i), 0, 0, 0));
    NodeId f = build_sum(g, expr("a*b", element(s, k), at1(w, k), 0, 0), k);
    NodeId square = build_sum(g, expr("a^2", element(s, m), 0, 0, 0), m);
    output(s);
    output(scalar("f", expr("a + b*c", f, square, build_read(g, s, tuple(1, integer(1))), 0)));
    output(vector("z", m, expr("a*b", element(s, m), at1(x, m), 0, 0)));
}

/* An input as an output; one that nothing depends on; an output that depends on nothing. */
static void bare(void)
{
    NodeId n = integer(3);
    SymId x = input("x", tuple(1, n));
    input("unused", tuple(2, n, n));
    IndexId i = loop("i", integer(0), n);
    output(model.nodes.at[0]);
    output(vector("c", i, build_real_of(g, build_index(g, i))));
    output(vector("copy", i, at1(x, i)));
    unit.entities.at[0].output = false; /* its seed is that of x_out */
    fill(sym_derived(g, sym_derived(g, x, ROLE_OUT), ROLE_BAR), 1);
}

/* Each layer reads all of the one before: work that must not double with each. */
static void deep(void)
{
    NodeId n = integer(2);
    SymId x = input("x", tuple(1, n)), W = input("W", tuple(2, n, n));
    IndexId i = loop("i", integer(0), n), k = loop("k", integer(0), n);
    NodeId z = vector("z", i, at1(x, i));
    for (int l = 0; l < 12; l++) {
        SymId sym = sym_new(g, name_of(ctx, "h"), SYM_DEF, tuple(1, n));
        NodeId next = build_sum(g, expr("a*tanh(b)", at2(W, i, k), element(z, k), 0, 0), k);
        z = array_of_one(g, next, tuple(1, build_index(g, i)), set_with(g, 0, i), sym, ARRAY_SET);
    }
    output(scalar("f", build_sum(g, expr("a^2", element(z, k), 0, 0, 0), k)));
}

static void (*const models[])(void) = {
    matrix_product, matrix_product_scalar, run_time_dim, gather, shifted, transposed, product,
    product_with_zero, product_with_zeros, product_with_three_zeros, products_within, extremes,
    triangle, array_within_a_loop, literal, read_in_many_ways, bare, deep,
};

START_TEST(functions_agree)
{
    models[_i]();
    check_model();
}
END_TEST

/* ---- hard points */

/* What only the arm not taken needs has no influence: y[i] = x[i] > 0 ? sqrt(x[i]) : 0, also
 * through an array of roots. */
START_TEST(arms_not_taken_are_silent)
{
    NodeId n = integer(3);
    SymId x = input("x", tuple(1, n));
    IndexId i = loop("i", integer(0), n);
    NodeId root = expr("sqrt(a)", at1(x, i), 0, 0, 0);
    if (_i)
        root = element(vector("s", i, root), i);
    output(vector("y", i, expr("a > 0 ? b : 0", at1(x, i), root, 0, 0)));
    set(x, (double[]){4, 0, -1});
    fill(sym_derived(g, x, ROLE_DOT), 1);
    fill(sym_derived(g, model.syms.at[unit.outputs.at[0]], ROLE_BAR), 1);
    Run reverse = run(FN_REVERSE, JACOBIAN_CHEAPER), forward = run(FN_FORWARD, JACOBIAN_CHEAPER);
    for (size_t k = 1; k < 3; k++) {
        ck_assert(number(&reverse, ARG_ADJOINT, 0, k) == 0);
        ck_assert(number(&forward, ARG_OUTPUT_TANGENT, 0, k) == 0);
    }
    ck_assert(isnormal(number(&reverse, ARG_ADJOINT, 0, 0)));
    end(&reverse);
    end(&forward);
}
END_TEST

/* sqrt(s) only where an element asks for it, summed over elements that do not. */
START_TEST(sums_of_arms_not_taken_are_silent)
{
    NodeId n = integer(3);
    SymId x = input("x", tuple(1, n)), s = input("s", 0);
    IndexId i = loop("i", integer(0), n);
    NodeId root = scalar("r", expr("sqrt(a)", build_ref(g, s, 0), 0, 0, 0));
    output(scalar("f", build_sum(g, expr("a > 0 ? b : 0", at1(x, i), root, 0, 0), i)));
    set(x, (double[]){-4, 0, -1});
    set(s, (double[]){0});
    fill(sym_derived(g, s, ROLE_DOT), 1);
    Run gradient = run(FN_GRADIENT, JACOBIAN_CHEAPER), forward = run(FN_FORWARD, JACOBIAN_CHEAPER);
    ck_assert(number(&gradient, ARG_ADJOINT, s, 0) == 0);
    ck_assert(number(&forward, ARG_OUTPUT_TANGENT, 0, 0) == 0);
    end(&gradient);
    end(&forward);
}
END_TEST

/* A tie is shared equally, a NaN handed on, and the maximum of nothing has no derivative. */
START_TEST(ties_are_shared)
{
    NodeId n = integer(4);
    SymId x = input("x", tuple(1, n)), s = input("s", 0);
    IndexId k = loop("k", integer(0), n), none = loop("k", integer(0), integer(0));
    scalar("m", build_reduce(g, _i ? OP_RMIN : OP_RMAX, at1(x, k), k));
    NodeId f = model.nodes.at[2];
    scalar("e", build_reduce(g, OP_RMAX, build_ref(g, s, 0), none));
    output(f);
    output(model.nodes.at[3]);
    set(x, _i ? (double[]){-1, -2, 3, -2} : (double[]){1, 2, -3, 2});
    set(sym_derived(g, model.syms.at[2], ROLE_BAR), (double[]){3});
    set(sym_derived(g, model.syms.at[3], ROLE_BAR), (double[]){1});
    Run r = run(FN_REVERSE, JACOBIAN_CHEAPER);
    const double want[4] = {0, 1.5, 0, 1.5};
    for (size_t i = 0; i < 4; i++)
        ck_assert(number(&r, ARG_ADJOINT, x, i) == want[i]);
    ck_assert(number(&r, ARG_ADJOINT, s, 0) == 0);
    end(&r);
    set(x, (double[]){1, 2, NAN, 2});
    r = run(FN_REVERSE, JACOBIAN_CHEAPER);
    for (size_t i = 0; i < 4; i++)
        ck_assert(isnan(number(&r, ARG_ADJOINT, x, i)));
    end(&r);
}
END_TEST

/* ---- diff */

/* f's gradient as a definition; z's Jacobian as one; both cut at z. */
START_TEST(diffs_are_derivatives)
{
    NodeId n = integer(3), two = integer(2);
    NodeId z = layer(n), f = model.nodes.at[model.nodes.count - 1];
    NodeId A = model.nodes.at[0], x = model.nodes.at[1];
    IndexId i = loop("i", integer(0), n), j = loop("j", integer(0), two), k = loop("k", integer(0), n);
    NodeId I = build_index(g, i), J = build_index(g, j), K = build_index(g, k);
    output(vector("gx", j, graph_put(g, OP_DIFF, f, x, tuple(1, J))));
    output(vector("gz", k, graph_put(g, OP_DIFF, f, z, tuple(1, K))));
    SetId ij = set_with(g, set_with(g, 0, i), j);
    NodeId zx = graph_put(g, OP_DIFF, element(z, i), x, tuple(1, J));
    output(define("zx", tuple(2, n, two), tuple(2, I, J), ij, zx));
    NodeId zA = graph_put(g, OP_DIFF, element(z, i), A, tuple(2, K, J));
    output(define("zA", tuple(2, n, two), tuple(2, I, J), ij, build_sum(g, zA, k)));
    NodeId fxx = graph_put(g, OP_DIFF, graph_put(g, OP_DIFF, f, x, tuple(1, J)), x, tuple(1, integer(1)));
    output(vector("fxx", j, fxx));
    NodeId zz = graph_put(g, OP_DIFF, expr("a^2", element(z, i), 0, 0, 0), z, tuple(1, K));
    output(vector("zz", i, build_sum(g, zz, k)));
    NodeId by_param = graph_put(g, OP_DIFF, element(z, i), model.nodes.at[3], 0);
    output(vector("zw", i, by_param));
    output(z);
    derive_expand(rules, &model);
    check_model();
}
END_TEST

/* The gradient by diff is the gradient; cut at z it is 2*w*z; z^2 cut at z gives 2*z. */
START_TEST(diffs_have_the_value_of_functions)
{
    NodeId n = integer(3);
    NodeId z = layer(n), f = model.nodes.at[model.nodes.count - 1];
    IndexId j = loop("j", integer(0), integer(2)), k = loop("k", integer(0), n);
    NodeId J = build_index(g, j), K = build_index(g, k);
    NodeId gx = vector("gx", j, graph_put(g, OP_DIFF, f, model.nodes.at[1], tuple(1, J)));
    NodeId gz = vector("gz", k, graph_put(g, OP_DIFF, f, z, tuple(1, K)));
    NodeId square = expr("a^2", element(z, k), 0, 0, 0);
    NodeId zz = vector("zz", k, graph_put(g, OP_DIFF, square, z, tuple(1, K)));
    NodeId w = build_ref(g, model.syms.at[3], 0);
    NodeId want = vector("want", k, expr("2*a*b", w, element(z, k), 0, 0));
    output(f), output(gx), output(gz), output(zz), output(z), output(want);
    derive_expand(rules, &model);
    Run value = run(FN_VALUE, JACOBIAN_CHEAPER);
    unit.outputs.count = 1;
    Run gradient = run(FN_GRADIENT, JACOBIAN_CHEAPER);
    const Result *x_bar = result(&gradient, ARG_ADJOINT, model.syms.at[1]);
    const Result *r = value.fn.results.at;
    for (size_t i = 0; i < 2; i++)
        near(values_at(value.values, r[1].node, i), values_at(gradient.values, x_bar->node, i), "gx", i);
    for (size_t i = 0; i < 3; i++) {
        near(values_at(value.values, r[2].node, i), values_at(value.values, r[5].node, i), "gz", i);
        ck_assert(mpfr_cmp_d(values_at(value.values, r[3].node, i),
                             2*mpfr_get_d(values_at(value.values, r[4].node, i), MPFR_RNDN)) != 2);
        mpfr_t twice;
        mpfr_init2(twice, BITS);
        mpfr_mul_ui(twice, values_at(value.values, r[4].node, i), 2, MPFR_RNDN);
        near(values_at(value.values, r[3].node, i), twice, "zz", i);
        mpfr_clear(twice);
    }
    end(&value);
    end(&gradient);
}
END_TEST

/* ---- what the work comes to */

static uint32_t count_ops(const Fn *fn, Op op)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < fn->order.count; i++)
        count += node_op(g, fn->order.at[i]) == op;
    return count;
}

/* The Jacobian of A@x is A: no sum over one-hot directions is left, in either mode. */
START_TEST(one_hot_directions_vanish)
{
    NodeId n = integer(3);
    SymId A = argument(ENTITY_PARAM, "A", tuple(2, n, n)), x = input("x", tuple(1, n));
    IndexId i = loop("i", integer(0), n), k = loop("k", integer(0), n);
    output(vector("z", i, build_sum(g, expr("a*b", at2(A, i, k), at1(x, k), 0, 0), k)));
    Run jac = run(FN_JACOBIAN, _i ? JACOBIAN_REVERSE : JACOBIAN_FORWARD);
    ck_assert_uint_eq(count_ops(&jac.fn, OP_SUM), 1); /* that of the value */
    ck_assert_uint_eq(count_ops(&jac.fn, OP_SELECT), 0);
    for (size_t e = 0; e < 9; e++)
        ck_assert(number(&jac, ARG_JACOBIAN, 0, e) ==
                  mpfr_get_d(value_for(A)->values[e], MPFR_RNDN));
    end(&jac);
}
END_TEST

/* The adjoint of what is read by its whole axes is set, also where they are in another order;
 * that of what is read by other subscripts is added up. */
START_TEST(adjoints_are_set_where_they_can_be)
{
    models[_i]();
    Run r = run(FN_REVERSE, JACOBIAN_CHEAPER);
    bool adds = models[_i] == gather || models[_i] == shifted || models[_i] == triangle;
    bool found = false;
    for (uint32_t i = 0; i < r.fn.order.count; i++) {
        const Node *n = node_at(g, r.fn.order.at[i]);
        found = found || (n->op == OP_ARRAY && n->c == ARRAY_ADD);
    }
    ck_assert_int_eq(found, adds);
    end(&r);
}
END_TEST

/* An index that is replaced stays where it is bound; one that would be captured gives way. */
START_TEST(substitution_keeps_what_is_bound)
{
    NodeId n = integer(3);
    SymId x = input("x", tuple(1, n)), A = input("A", tuple(2, n, n));
    IndexId i = loop("i", integer(0), n), k = loop("k", integer(0), n);
    NodeId sum = build_sum(g, at1(x, i), i);
    NodeId product = expr("a*b", sum, at1(x, i), 0, 0);
    ck_assert_uint_eq(fn_substitute(g, product, i, build_index(g, k)),
                      expr("a*b", sum, at1(x, k), 0, 0));
    NodeId row = build_sum(g, at2(A, i, k), k);
    NodeId other = fn_substitute(g, row, i, build_index(g, k));
    SetId free = node_at(g, other)->free;
    ck_assert(set_has(g, free, k) && set_size(g, free) == 1);
    ck_assert_uint_eq(fn_substitute(g, other, k, build_index(g, i)),
                      build_sum(g, at2(A, i, node_at(g, other)->b), node_at(g, other)->b));
    NodeId up = build2(g, OP_ADD, build_index(g, i), integer(1));
    IndexId j = loop("j", integer(0), up); /* a range that becomes another */
    NodeId moved = fn_substitute(g, build_sum(g, at1(x, j), j), i, build_index(g, k));
    ck_assert(set_has(g, node_at(g, moved)->free, k) && !set_has(g, node_at(g, moved)->free, i));
}
END_TEST

Suite *suite_arrays(void);
Suite *suite_arrays(void)
{
    Suite *s = suite_create("arrays");
    TCase *t = tcase_create("arrays");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, functions_agree, 0, sizeof models / sizeof *models);
    tcase_add_loop_test(t, arms_not_taken_are_silent, 0, 2);
    tcase_add_test(t, sums_of_arms_not_taken_are_silent);
    tcase_add_loop_test(t, ties_are_shared, 0, 2);
    tcase_add_test(t, diffs_are_derivatives);
    tcase_add_test(t, diffs_have_the_value_of_functions);
    tcase_add_loop_test(t, one_hot_directions_vanish, 0, 2);
    tcase_add_loop_test(t, adjoints_are_set_where_they_can_be, 0, 6);
    tcase_add_test(t, substitution_keeps_what_is_bound);
    suite_add_tcase(s, t);
    return s;
}
