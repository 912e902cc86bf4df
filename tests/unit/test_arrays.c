/* Derivatives of models with arrays. */
#include "arrays.h"

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
