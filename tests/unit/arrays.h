/* Models with arrays built by the graph's own interface, and their functions against each other:
 * forward, reverse, Jacobian and Hessian, also against central differences in 400 bits. */
#ifndef BPGEN_TESTS_ARRAYS_H
#define BPGEN_TESTS_ARRAYS_H

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

static inline void setup(void)
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

static inline void teardown(void)
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

static inline uint32_t entity(EntityKind kind, const char *name, SymId sym, NodeId node)
{
    Entity *e = vec_push(ctx, &unit.entities);
    memset(e, 0, sizeof *e);
    e->kind = kind;
    e->name = name_of(ctx, name);
    *vec_push(ctx, &model.syms) = sym;
    *vec_push(ctx, &model.nodes) = node;
    return unit.entities.count - 1;
}

static inline TupleId tuple(uint32_t count, ...)
{
    NodeId items[4];
    va_list args;
    va_start(args, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = va_arg(args, NodeId);
    va_end(args);
    return tuple_of(g, items, count);
}

static inline size_t size_of(SymId sym)
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

static inline PointValue *value_for(SymId sym)
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
static inline void fill(SymId sym, double scale)
{
    static uint32_t state = 12345;
    PointValue *p = value_for(sym);
    for (size_t i = 0; i < p->count; i++) {
        state = state * 1664525u + 1013904223u;
        mpfr_set_d(p->values[i], scale * ((double)(state >> 8) / 8388608.0 - 1) + 0.01, MPFR_RNDN);
    }
}

static inline SymId argument(EntityKind kind, const char *name, TupleId shape)
{
    static const SymKind kinds[] = {[ENTITY_DIM] = SYM_DIM, [ENTITY_INPUT] = SYM_INPUT,
                                    [ENTITY_PARAM] = SYM_PARAM, [ENTITY_INDEX] = SYM_INDEX};
    SymId sym = sym_new(g, name_of(ctx, name), kinds[kind], shape);
    entity(kind, name, sym, build_ref(g, sym, 0));
    fill(sym, 1);
    return sym;
}

static inline SymId input(const char *name, TupleId shape) { return argument(ENTITY_INPUT, name, shape); }

static inline void set(SymId sym, const double *values)
{
    PointValue *p = value_for(sym);
    for (size_t i = 0; i < p->count; i++)
        mpfr_set_d(p->values[i], values[i], MPFR_RNDN);
}

static inline NodeId integer(long n) { return build_int(g, n); }

static inline IndexId loop(const char *name, NodeId lower, NodeId upper)
{
    return index_of(g, name_of(ctx, name), lower, upper, 0);
}

static inline NodeId read(SymId sym, TupleId at) { return build_ref(g, sym, at); }
static inline NodeId at1(SymId sym, IndexId i) { return read(sym, tuple(1, build_index(g, i))); }

static inline NodeId at2(SymId sym, IndexId i, IndexId k)
{
    return read(sym, tuple(2, build_index(g, i), build_index(g, k)));
}

/* An expression in a, b, c, d. */
static inline NodeId expr(const char *text, NodeId a, NodeId b, NodeId c, NodeId d)
{
    const char *const names[] = {"a", "b", "c", "d"};
    const NodeId values[] = {a, b, c, d};
    return build_real(g, lower_text(g, text, names, values, 4));
}

static inline NodeId element(NodeId array, IndexId i)
{
    return build_read(g, array, tuple(1, build_index(g, i)));
}

/* name[subscripts] = value for all of the indices; an array definition of its own. */
static inline NodeId define(const char *name, TupleId shape, TupleId at, SetId bound, NodeId value)
{
    SymId sym = sym_new(g, name_of(ctx, name), SYM_DEF, shape);
    NodeId array = array_of_one(g, value, at, bound, sym, ARRAY_SET);
    entity(ENTITY_DEF, name, sym, array);
    return array;
}

/* name[i] = value. */
static inline NodeId vector(const char *name, IndexId i, NodeId value)
{
    return define(name, tuple(1, index_at(g, i)->upper), tuple(1, build_index(g, i)),
                  set_with(g, 0, i), value);
}

static inline NodeId scalar(const char *name, NodeId value)
{
    SymId sym = sym_new(g, name_of(ctx, name), SYM_DEF, 0);
    NodeId node = build_name(g, sym, value, 0);
    entity(ENTITY_DEF, name, sym, node);
    return node;
}

static inline void output(NodeId node)
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

/* Each array of a recurrence has a symbol of its own. */
static inline void check_symbols(const Fn *fn)
{
    U32Vec seen = {0};
    for (uint32_t i = 0; i < fn->order.count; i++) {
        NodeId id = fn->order.at[i];
        for (uint32_t k = 0; node_op(g, id) == OP_SYSTEM && k < tuple_size(g, node_tuple(g, id)); k++) {
            SymId sym = array_sym(g, tuple_item(g, node_tuple(g, id), k));
            while (seen.count <= sym)
                *vec_push(ctx, &seen) = 0;
            ck_assert_msg(!seen.at[sym]++, "two recurrences have an array of the same symbol");
        }
    }
    vec_free(ctx, &seen);
}

static inline Run run(FnKind kind, JacobianMode mode)
{
    Run r;
    for (uint32_t i = 0; i < unit.entities.count; i++)
        wrt[i] = unit.entities.at[i].kind == ENTITY_INPUT;
    r.fn = derive_function(rules, &model, kind, &(DeriveOptions){wrt, mode});
    simplify(rules, g, &r.fn);
    check_symbols(&r.fn);
    ck_assert_ptr_null(graph_verify(g));
    r.values = values_new(g, &r.fn, point, points, REAL_DOUBLE, BITS);
    return r;
}

static inline void end(Run *r)
{
    values_free(r->values);
    fn_free(ctx, &r->fn);
}

/* The result of a role that belongs to nothing or to this symbol. */
static inline const Result *result(const Run *r, ArgRole role, SymId of)
{
    for (uint32_t i = 0; i < r->fn.results.count; i++)
        if (r->fn.results.at[i].role == role && (!of || r->fn.results.at[i].of == of))
            return &r->fn.results.at[i];
    ck_abort_msg("no such result");
}

static inline double number(const Run *r, ArgRole role, SymId of, size_t i)
{
    return mpfr_get_d(values_at(r->values, result(r, role, of)->node, i), MPFR_RNDN);
}

/* Equal to a tolerance that a wrong rule cannot meet by chance. */
static inline void near(mpfr_srcptr a, mpfr_srcptr b, const char *what, size_t i)
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
static inline void move(double step)
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
static inline void check_differences(FnKind primal, ArgRole of, const Run *tangents, ArgRole dot)
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
static inline void add_product(mpfr_ptr sum, const Run *a, const Result *r, const PointValue *b)
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
static inline void check_inner_products(const Run *forward)
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
static inline void check_matrix(Run *matrix, ArgRole role, const Run *tangents, ArgRole dot)
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
static inline void check_model(void)
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

#endif
