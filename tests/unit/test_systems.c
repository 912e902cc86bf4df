/* Derivatives of models with recurrences. */
#include "arrays.h"

/* ---- building */

/* An array of a recurrence: name and shape first, then its equations. */
typedef struct Array {
    const char *name;
    SymId sym;
    NodeId parts[4];
    uint32_t count;
} Array;

static Array array(const char *name, TupleId shape)
{
    Array a = {.name = name, .sym = sym_new(g, name_of(ctx, name), SYM_DEF, shape)};
    return a;
}

static void equation(Array *a, TupleId at, SetId bound, NodeId value)
{
    a->parts[a->count++] = build_part(g, value, at, bound);
}

/* The system of these arrays; the definitions are its members. */
static void recurrence(Array *const *arrays, uint32_t count, NodeId *members)
{
    NodeId items[4] = {0};
    for (uint32_t k = 0; k < count; k++)
        items[k] = build_array(g, tuple_of(g, arrays[k]->parts, arrays[k]->count), arrays[k]->sym,
                               ARRAY_SET);
    NodeId system = build_system(g, tuple_of(g, items, count));
    for (uint32_t k = 0; k < count; k++) {
        members[k] = build_member(g, system, k);
        entity(ENTITY_DEF, arrays[k]->name, arrays[k]->sym, members[k]);
    }
}

static NodeId plus(IndexId i, long n) { return build2(g, OP_ADD, build_index(g, i), integer(n)); }
static NodeId own(const Array *a, NodeId at) { return build_own(g, a->sym, tuple(1, at)); }
static NodeId ref(SymId sym) { return build_ref(g, sym, 0); }
static SetId one(IndexId i) { return set_with(g, 0, i); }

static NodeId squares(NodeId array, IndexId i)
{
    return build_sum(g, expr("a^2", element(array, i), 0, 0, 0), i);
}

/* ---- models */

/* h[0] = h0; h[t+1] = tanh(w*h[t] + u*x[t]) */
static NodeId neuron(NodeId n, const char *text)
{
    SymId w = input("w", 0), u = argument(ENTITY_PARAM, "u", 0), h0 = input("h0", 0);
    SymId x = input("x", tuple(1, n));
    IndexId t = loop("t", integer(0), n);
    Array h = array("h", tuple(1, build2(g, OP_ADD, n, integer(1))));
    NodeId in = expr("a*b", ref(u), at1(x, t), 0, 0), member;
    equation(&h, tuple(1, integer(0)), 0, ref(h0));
    equation(&h, tuple(1, plus(t, 1)), one(t), expr(text, ref(w), own(&h, build_index(g, t)), in, 0));
    recurrence((Array *[]){&h}, 1, &member);
    return member;
}

static NodeId cell(NodeId n) { return neuron(n, "tanh(a*b + c)"); }

/* f = sum[t](h[t]^2) */
static void neuron_squares(void)
{
    NodeId h = cell(integer(4));
    output(scalar("f", squares(h, loop("s", integer(0), integer(5)))));
}

/* f = h[n], n at run time */
static void neuron_last(void)
{
    SymId n = argument(ENTITY_DIM, "n", 0);
    set(n, (double[]){3});
    NodeId h = cell(ref(n));
    /* its length is 4: size_of takes the dim for 3 */
    output(scalar("f", expr("a^3", build_read(g, h, tuple(1, ref(n))), 0, 0, 0)));
}

/* The states, and a sum of them. */
static void neuron_states(void)
{
    NodeId h = cell(integer(3));
    output(h);
    output(scalar("f", squares(h, loop("s", integer(0), integer(4)))));
}

/* Kinks and conditions within. */
static void neuron_kinked(void)
{
    NodeId h = neuron(integer(5), "relu(a*b + c)");
    output(scalar("f", squares(h, loop("s", integer(0), integer(6)))));
}

static void neuron_branching(void)
{
    NodeId h = neuron(integer(5), "b > c ? sin(a*b) : b*b*c");
    output(scalar("f", squares(h, loop("s", integer(0), integer(6)))));
}

/* z[0] = a; z[1] = b; z[i+2] = z[i+1]*c + sin(z[i]) */
static void two_back(void)
{
    SymId a = input("a", 0), b = input("b", 0), c = input("c", 0);
    IndexId i = loop("i", integer(0), integer(4));
    Array z = array("z", tuple(1, integer(6)));
    NodeId member;
    equation(&z, tuple(1, integer(0)), 0, ref(a));
    equation(&z, tuple(1, integer(1)), 0, ref(b));
    equation(&z, tuple(1, plus(i, 2)), one(i),
             expr("a*c + sin(b)", own(&z, plus(i, 1)), own(&z, build_index(g, i)), ref(c), 0));
    recurrence((Array *[]){&z}, 1, &member);
    NodeId last = build_read(g, member, tuple(1, integer(5)));
    output(scalar("f", expr("a*b", last, build_read(g, member, tuple(1, integer(2))), 0, 0)));
}

/* Vectors c[t,i] and h[t,i], as in an LSTM; the gate is a matrix times h. */
static void vectors(void)
{
    NodeId n = integer(3), d = integer(2);
    SymId W = input("W", tuple(2, d, d)), x = input("x", tuple(2, n, d)), h0 = input("h0", tuple(1, d));
    IndexId t = loop("t", integer(0), n), i = loop("i", integer(0), d), k = loop("k", integer(0), d);
    TupleId shape = tuple(2, integer(4), d);
    NodeId I = build_index(g, i), T = build_index(g, t), zero = integer(0), members[2];
    SetId ti = set_with(g, one(t), i);
    Array c = array("c", shape), h = array("h", shape);
    NodeId gate = build_sum(g, expr("a*b", at2(W, i, k), build_own(g, h.sym, tuple(2, T, build_index(g, k))), 0, 0), k);
    NodeId f = expr("sigmoid(a + b)", gate, at2(x, t, i), 0, 0);
    equation(&c, tuple(2, zero, I), one(i), zero);
    equation(&h, tuple(2, zero, I), one(i), at1(h0, i));
    equation(&c, tuple(2, plus(t, 1), I), ti,
             expr("a*b + (1 - a)*c", f, build_own(g, c.sym, tuple(2, T, I)), at2(x, t, i), 0));
    equation(&h, tuple(2, plus(t, 1), I), ti,
             expr("b*tanh(a)", build_own(g, c.sym, tuple(2, plus(t, 1), I)), f, 0, 0));
    recurrence((Array *[]){&c, &h}, 2, members);
    TupleId last = tuple(2, n, I);
    NodeId e = expr("a^2*b", build_read(g, members[1], last), build_read(g, members[0], last), 0, 0);
    output(scalar("f", build_sum(g, e, i)));
}

/* D[i,j] from D[i-1,j] and D[i,j-1], with a border of inputs. */
static void plate(void)
{
    NodeId n = integer(3), zero = integer(0);
    SymId a = input("a", tuple(1, n)), b = input("b", tuple(1, n)), w = input("w", 0);
    IndexId i = loop("i", zero, integer(2)), j = loop("j", zero, integer(2)), k = loop("k", zero, n);
    Array D = array("D", tuple(2, n, n));
    NodeId I = build_index(g, i), J = build_index(g, j), member;
    IndexId later = loop("k", integer(1), n);
    equation(&D, tuple(2, zero, build_index(g, k)), one(k), at1(a, k));
    equation(&D, tuple(2, build_index(g, later), zero), one(later), at1(b, later));
    NodeId up = build_own(g, D.sym, tuple(2, I, plus(j, 1)));
    NodeId left = build_own(g, D.sym, tuple(2, plus(i, 1), J));
    equation(&D, tuple(2, plus(i, 1), plus(j, 1)), set_with(g, one(i), j),
             expr("a*sin(b) + exp(-c)", ref(w), up, left, 0));
    recurrence((Array *[]){&D}, 1, &member);
    IndexId m = loop("m", zero, n);
    NodeId all = expr("a^2", build_read(g, member, tuple(2, build_index(g, k), build_index(g, m))), 0, 0, 0);
    output(scalar("f", build_sum(g, build_sum(g, all, k), m)));
}

/* v[n-1] = x[n-1]; v[t] = x[t]*v[t+1] + v[t+1]^2: downwards. */
static void downward(void)
{
    NodeId n = integer(4);
    SymId x = input("x", tuple(1, n));
    IndexId t = loop("t", integer(0), integer(3));
    Array v = array("v", tuple(1, n));
    NodeId member;
    equation(&v, tuple(1, integer(3)), 0, read(x, tuple(1, integer(3))));
    equation(&v, tuple(1, build_index(g, t)), one(t),
             expr("a*b + b^2", at1(x, t), own(&v, plus(t, 1)), 0, 0));
    recurrence((Array *[]){&v}, 1, &member);
    output(scalar("f", build_read(g, member, tuple(1, integer(0)))));
}

/* s[t] = x[t] + sum[k in 0..t](x[t - k]*s[k]): all elements before. */
static void history(void)
{
    NodeId n = integer(4);
    SymId x = input("x", tuple(1, n));
    IndexId t = loop("t", integer(0), n), k = loop("k", integer(0), build_index(g, t));
    Array s = array("s", tuple(1, n));
    NodeId back = build2(g, OP_SUB, build_index(g, t), build_index(g, k)), member;
    NodeId sum = build_sum(g, expr("a*b", read(x, tuple(1, back)), own(&s, build_index(g, k)), 0, 0), k);
    equation(&s, tuple(1, build_index(g, t)), one(t), expr("a + b^2", at1(x, t), sum, 0, 0));
    recurrence((Array *[]){&s}, 1, &member);
    output(scalar("f", squares(member, t)));
}

/* A recurrence within a loop: r[p] = z_p[3] with z_p[0] = y[p], z_p[t+1] = w*sin(z_p[t]) + x[t]. */
static void within_a_loop(void)
{
    NodeId n = integer(3), m = integer(2), member;
    SymId w = input("w", 0), x = input("x", tuple(1, n)), y = input("y", tuple(1, m));
    IndexId p = loop("p", integer(0), m), t = loop("t", integer(0), n), q = loop("q", integer(0), m);
    Array z = array("z", tuple(1, integer(4)));
    equation(&z, tuple(1, integer(0)), 0, at1(y, p));
    equation(&z, tuple(1, plus(t, 1)), one(t),
             expr("a*sin(b) + c", ref(w), own(&z, build_index(g, t)), at1(x, t), 0));
    recurrence((Array *[]){&z}, 1, &member);
    NodeId r = vector("r", p, build_read(g, member, tuple(1, n)));
    output(scalar("f", build_sum(g, expr("a^3", element(r, q), 0, 0, 0), q)));
}

/* A recurrence in the step of another one: z[t+1] = y_t[2], y_t[0] = z[t], y_t[k+1] = cos(y_t[k])*w + x[k] */
static void nested(void)
{
    NodeId n = integer(2), inner, member;
    SymId w = input("w", 0), x = input("x", tuple(1, n)), z0 = input("z0", 0);
    IndexId t = loop("t", integer(0), integer(3)), k = loop("k", integer(0), n);
    Array z = array("z", tuple(1, integer(4))), y = array("y", tuple(1, integer(3)));
    equation(&y, tuple(1, integer(0)), 0, own(&z, build_index(g, t)));
    equation(&y, tuple(1, plus(k, 1)), one(k),
             expr("cos(b)*a + c", ref(w), own(&y, build_index(g, k)), at1(x, k), 0));
    recurrence((Array *[]){&y}, 1, &inner);
    equation(&z, tuple(1, integer(0)), 0, ref(z0));
    equation(&z, tuple(1, plus(t, 1)), one(t),
             expr("a*b", build_read(g, inner, tuple(1, n)), ref(z0), 0, 0));
    recurrence((Array *[]){&z}, 1, &member);
    output(scalar("f", squares(member, loop("s", integer(0), integer(4)))));
}

/* An array of its own in each step: the sum of squares of a[k] = x[k]*h[t]. */
static void array_within(void)
{
    NodeId n = integer(3), member;
    SymId x = input("x", tuple(1, n)), h0 = input("h0", 0);
    IndexId t = loop("t", integer(0), n), k = loop("k", integer(0), n);
    Array h = array("h", tuple(1, integer(4)));
    SymId sym = sym_new(g, name_of(ctx, "a"), SYM_DEF, tuple(1, n));
    NodeId a = array_of_one(g, expr("a*b", at1(x, k), own(&h, build_index(g, t)), 0, 0),
                            tuple(1, build_index(g, k)), one(k), sym, ARRAY_SET);
    NodeId shifted = build_read(g, a, tuple(1, build2(g, OP_SUB, integer(2), build_index(g, k))));
    equation(&h, tuple(1, integer(0)), 0, ref(h0));
    equation(&h, tuple(1, plus(t, 1)), one(t),
             build_sum(g, expr("sin(a)*b", element(a, k), shifted, 0, 0), k));
    recurrence((Array *[]){&h}, 1, &member);
    output(scalar("f", squares(member, loop("s", integer(0), integer(4)))));
}

/* Only one array varies, and only one is read. */
static void partly(void)
{
    NodeId n = integer(3), members[3];
    SymId x = input("x", tuple(1, n)), p = argument(ENTITY_PARAM, "p", 0);
    IndexId t = loop("t", integer(0), n);
    TupleId shape = tuple(1, integer(4));
    NodeId T = build_index(g, t);
    Array a = array("a", shape), b = array("b", shape), c = array("c", shape);
    equation(&a, tuple(1, integer(0)), 0, ref(p));
    equation(&b, tuple(1, integer(0)), 0, integer(1));
    equation(&c, tuple(1, integer(0)), 0, integer(0));
    equation(&a, tuple(1, plus(t, 1)), one(t), expr("a^2 + 1", own(&a, T), 0, 0, 0));
    equation(&b, tuple(1, plus(t, 1)), one(t), expr("a*b*c", own(&a, T), own(&b, T), at1(x, t), 0));
    equation(&c, tuple(1, plus(t, 1)), one(t), expr("a + b", own(&b, T), own(&c, T), 0, 0));
    recurrence((Array *[]){&a, &b, &c}, 3, members);
    output(scalar("f", expr("a^2", build_read(g, members[1], tuple(1, n)), 0, 0, 0)));
}

static void (*const models[])(void) = {
    neuron_squares, neuron_last, neuron_states, neuron_kinked, neuron_branching, two_back, vectors,
    plate, downward, history, within_a_loop, nested, array_within, partly,
};

START_TEST(functions_agree)
{
    models[_i]();
    check_model();
}
END_TEST

/* ---- values */

START_TEST(values_are_those_of_the_equations)
{
    NodeId member = cell(integer(4));
    output(member);
    const double w = -0.75, u = 1.5, h0 = 0.25, x[] = {1, -0.5, 0.125, 2};
    set(model.syms.at[0], &w);
    set(model.syms.at[1], &u);
    set(model.syms.at[2], &h0);
    set(model.syms.at[3], x);
    Run r = run(FN_VALUE, JACOBIAN_CHEAPER);
    double h = h0;
    for (size_t t = 0; t < 5; t++) {
        ck_assert(fabs(number(&r, ARG_OUTPUT, 0, t) - h) < 1e-14);
        h = t < 4 ? tanh(w*h + u*x[t]) : h;
    }
    ck_assert_uint_eq(node_op(g, result(&r, ARG_OUTPUT, 0)->node), OP_MEMBER);
    end(&r);
}
END_TEST

/* Fibonacci's numbers, and those that a condition chooses: z[t] = t < 2 ? 1 : z[t-1] + z[t-2]. */
START_TEST(arms_not_taken_are_not_asked)
{
    IndexId t = loop("t", integer(0), integer(9));
    Array z = array("z", tuple(1, integer(9)));
    NodeId T = build_index(g, t), member;
    NodeId sum = expr("a + b", own(&z, plus(t, -1)), own(&z, plus(t, -2)), 0, 0);
    equation(&z, tuple(1, T), one(t),
             build_select(g, build2(g, OP_LT, T, integer(2)), integer(1), sum));
    recurrence((Array *[]){&z}, 1, &member);
    output(member);
    Run r = run(FN_VALUE, JACOBIAN_CHEAPER);
    ck_assert(number(&r, ARG_OUTPUT, 0, 8) == 34);
    end(&r);
}
END_TEST

/* Of what a derivative needs there is no more than the arrays that it is computed from. */
START_TEST(arrays_that_nobody_reads_go)
{
    partly();
    Run r = run(FN_FORWARD, JACOBIAN_CHEAPER);
    uint32_t arrays[2] = {0}, systems = 0;
    for (uint32_t i = 0; i < r.fn.order.count; i++)
        if (node_op(g, r.fn.order.at[i]) == OP_SYSTEM)
            arrays[systems++] = tuple_size(g, node_tuple(g, r.fn.order.at[i]));
    ck_assert_uint_eq(systems, 2);
    ck_assert_uint_eq(arrays[0], 2); /* a, b */
    ck_assert_uint_eq(arrays[1], 1); /* b_dot */
    end(&r);
}
END_TEST

/* ---- diff */

/* f's gradient as definitions: by an input, by an element, cut at the states. */
START_TEST(diffs_are_derivatives)
{
    NodeId h = cell(integer(3));
    IndexId s = loop("s", integer(0), integer(4)), i = loop("i", integer(0), integer(3));
    NodeId f = scalar("f", squares(h, s)), w = model.nodes.at[0], x = model.nodes.at[3];
    NodeId S = build_index(g, s), I = build_index(g, i);
    output(scalar("fw", graph_put(g, OP_DIFF, f, w, 0)));
    output(vector("fx", i, graph_put(g, OP_DIFF, f, x, tuple(1, I))));
    output(vector("fh", s, graph_put(g, OP_DIFF, f, h, tuple(1, S))));
    output(vector("hw", s, graph_put(g, OP_DIFF, element(h, s), w, 0)));
    output(define("hx", tuple(2, integer(4), integer(3)), tuple(2, S, I), set_with(g, one(s), i),
                  graph_put(g, OP_DIFF, element(h, s), x, tuple(1, I))));
    NodeId last = build_read(g, h, tuple(1, integer(3)));
    output(scalar("two", expr("a*b", graph_put(g, OP_DIFF, last, x, tuple(1, integer(0))),
                              graph_put(g, OP_DIFF, last, x, tuple(1, integer(1))), 0, 0)));
    NodeId fw = graph_put(g, OP_DIFF, f, w, 0);
    output(scalar("fww", graph_put(g, OP_DIFF, fw, w, 0)));
    output(vector("fwx", i, graph_put(g, OP_DIFF, fw, x, tuple(1, I))));
    output(f);
    derive_expand(rules, &model);
    check_model();
}
END_TEST

/* Their values: with the model cut at h, diff(f, h) is 2*h; diffs by inputs are the gradient. */
START_TEST(diffs_have_the_value_of_functions)
{
    NodeId h = cell(integer(3));
    IndexId s = loop("s", integer(0), integer(4)), i = loop("i", integer(0), integer(3));
    NodeId f = scalar("f", squares(h, s)), x = model.nodes.at[3];
    NodeId S = build_index(g, s);
    NodeId fx = vector("fx", i, graph_put(g, OP_DIFF, f, x, tuple(1, build_index(g, i))));
    NodeId fh = vector("fh", s, graph_put(g, OP_DIFF, f, h, tuple(1, S)));
    NodeId want = vector("want", s, expr("2*a", element(h, s), 0, 0, 0));
    NodeId hx = graph_put(g, OP_DIFF, element(h, s), x, tuple(1, build_index(g, i)));
    NodeId chain = vector("chain", i, build_sum(g, expr("a*b", hx, element(want, s), 0, 0), s));
    output(f), output(fx), output(fh), output(want), output(chain);
    derive_expand(rules, &model);
    Run value = run(FN_VALUE, JACOBIAN_CHEAPER);
    unit.outputs.count = 1;
    Run gradient = run(FN_GRADIENT, JACOBIAN_CHEAPER);
    const Result *x_bar = result(&gradient, ARG_ADJOINT, model.syms.at[3]);
    const Result *r = value.fn.results.at;
    for (size_t k = 0; k < 3; k++) {
        near(values_at(value.values, r[1].node, k), values_at(gradient.values, x_bar->node, k), "fx", k);
        near(values_at(value.values, r[4].node, k), values_at(gradient.values, x_bar->node, k), "chain", k);
    }
    for (size_t k = 0; k < 4; k++)
        near(values_at(value.values, r[2].node, k), values_at(value.values, r[3].node, k), "fh", k);
    end(&value);
    end(&gradient);
}
END_TEST

/* a[t+1] = a[t]*b[t], b[t+1] = sin(a[t]): cut at a, b depends on a's elements directly, and of
 * diff(b[t+1], a[k]) only the element k = t is not 0; also by f = sum[t](b[t]). */
START_TEST(one_of_two_arrays_is_cut)
{
    NodeId n = integer(3), members[2];
    SymId x = input("x", 0);
    IndexId t = loop("t", integer(0), n), s = loop("s", integer(0), integer(4));
    IndexId k = loop("k", integer(0), integer(4));
    TupleId shape = tuple(1, integer(4));
    NodeId T = build_index(g, t), S = build_index(g, s), K = build_index(g, k);
    Array a = array("a", shape), b = array("b", shape);
    equation(&a, tuple(1, integer(0)), 0, ref(x));
    equation(&b, tuple(1, integer(0)), 0, integer(2));
    equation(&a, tuple(1, plus(t, 1)), one(t), expr("a*b", own(&a, T), own(&b, T), 0, 0));
    equation(&b, tuple(1, plus(t, 1)), one(t), expr("sin(a)", own(&a, T), 0, 0, 0));
    recurrence((Array *[]){&a, &b}, 2, members);
    NodeId f = scalar("f", build_sum(g, element(members[1], s), s));
    output(vector("fa", k, graph_put(g, OP_DIFF, f, members[0], tuple(1, K))));
    output(vector("fb", k, graph_put(g, OP_DIFF, f, members[1], tuple(1, K))));
    output(define("ba", tuple(2, integer(4), integer(4)), tuple(2, S, K), set_with(g, one(s), k),
                  graph_put(g, OP_DIFF, element(members[1], s), members[0], tuple(1, K))));
    output(members[0]);
    derive_expand(rules, &model);
    Run r = run(FN_VALUE, JACOBIAN_CHEAPER);
    const Result *out = r.fn.results.at;
    for (size_t i = 0; i < 4; i++) {
        double want = i < 3 ? cos(mpfr_get_d(values_at(r.values, out[3].node, i), MPFR_RNDN)) : 0;
        ck_assert(fabs(mpfr_get_d(values_at(r.values, out[0].node, i), MPFR_RNDN) - want) < 1e-14);
        ck_assert(mpfr_get_d(values_at(r.values, out[1].node, i), MPFR_RNDN) == 1);
        for (size_t j = 0; j < 4; j++) {
            double ba = mpfr_get_d(values_at(r.values, out[2].node, 4*j + i), MPFR_RNDN);
            ck_assert(fabs(ba - (j == i + 1 ? want : 0)) < 1e-14);
        }
    }
    end(&r);
    check_model();
}
END_TEST

/* ---- hard points */

/* Behind an arm that is not taken nothing has influence: z[t+1] = x[t] > 0 ? sqrt(x[t])*z[t] : z[t],
 * and then sqrt of what is 0 by conditions only. */
START_TEST(arms_not_taken_are_silent)
{
    NodeId n = integer(3), member;
    SymId x = input("x", tuple(1, n)), s = input("s", 0);
    IndexId t = loop("t", integer(0), n);
    Array z = array("z", tuple(1, integer(4)));
    NodeId Z = own(&z, build_index(g, t));
    equation(&z, tuple(1, integer(0)), 0, integer(1));
    equation(&z, tuple(1, plus(t, 1)), one(t),
             expr(_i ? "a > 0 ? b + sqrt(c)*sqrt(a) : b" : "a > 0 ? sqrt(a)*b : b", at1(x, t), Z, ref(s), 0));
    recurrence((Array *[]){&z}, 1, &member);
    output(scalar("f", build_read(g, member, tuple(1, n))));
    set(x, (double[]){_i ? -4 : 4, 0, -1});
    set(s, (double[]){0});
    fill(sym_derived(g, x, ROLE_DOT), 1);
    fill(sym_derived(g, s, ROLE_DOT), 1);
    Run gradient = run(FN_GRADIENT, JACOBIAN_CHEAPER), forward = run(FN_FORWARD, JACOBIAN_CHEAPER);
    for (size_t k = 1; k < 3; k++)
        ck_assert(number(&gradient, ARG_ADJOINT, x, k) == 0);
    ck_assert(number(&gradient, ARG_ADJOINT, s, 0) == 0);
    ck_assert(isfinite(number(&forward, ARG_OUTPUT_TANGENT, 0, 0)));
    end(&gradient);
    end(&forward);
}
END_TEST

Suite *suite_systems(void);
Suite *suite_systems(void)
{
    Suite *s = suite_create("systems");
    TCase *t = tcase_create("systems");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, functions_agree, 0, sizeof models / sizeof *models);
    tcase_add_test(t, values_are_those_of_the_equations);
    tcase_add_test(t, arms_not_taken_are_not_asked);
    tcase_add_test(t, arrays_that_nobody_reads_go);
    tcase_add_test(t, diffs_are_derivatives);
    tcase_add_test(t, diffs_have_the_value_of_functions);
    tcase_add_test(t, one_of_two_arrays_is_cut);
    tcase_add_loop_test(t, arms_not_taken_are_silent, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
