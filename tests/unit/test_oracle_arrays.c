/* test_oracle_arrays: values and derivatives of arrays against closed forms and what a hand
 * computes, at sizes of 0 and 1, too. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "oracle_model.h"

Suite *suite_oracle_arrays(void);

enum { BITS = 120, MOST = 64 };

static OracleOf whole(const char *name)
{
    return oracle_entity(entity(name));
}

#define SET(name, ...) oracle_set(oracle, entity(name), (const double[]){__VA_ARGS__})
#define SET_INTEGERS(name, ...) \
    oracle_set_integers(oracle, entity(name), (const long[]){__VA_ARGS__})

/* ---- comparison ------------------------------------------------------------------------- */

static void expect_near(const char *what, size_t k, mpfr_srcptr found, double expected)
{
    double x = mpfr_get_d(found, MPFR_RNDN);
    bool near = isnan(expected) ? isnan(x)
                                : x == expected || fabs(x - expected) <= 4e-16*fabs(expected);
    ck_assert_msg(near, "%s, element %zu: expected %.17g, found %.17g", what, k, expected, x);
}

static void expect_values(const char *name, const double *expected, size_t count)
{
    mpfr_t values[MOST];
    size_t found = oracle_count(oracle, whole(name));
    ck_assert_msg(found == count, "%s: expected %zu elements, found %zu", name, count, found);
    for (size_t k = 0; k < count; k++)
        mpfr_init2(values[k], BITS);
    OracleStatus status = oracle_value(oracle, whole(name), values[0]);
    ck_assert_msg(status == ORACLE_OK, "%s: %s", name, oracle_status_name(status));
    for (size_t k = 0; k < count; k++) {
        expect_near(name, k, values[k], expected[k]);
        mpfr_clear(values[k]);
    }
}

#define EXPECT(name, ...) \
    expect_values(name, (const double[]){__VA_ARGS__}, \
                  sizeof(double[]){__VA_ARGS__} / sizeof(double))

static OracleReport *reports_new(size_t count)
{
    OracleReport *reports = array_new(ctx, count + 1, sizeof *reports);
    for (size_t k = 0; k < count; k++)
        oracle_report_init(&reports[k], BITS);
    return reports;
}

static void reports_free(OracleReport *reports, size_t count)
{
    for (size_t k = 0; k < count; k++)
        oracle_report_clear(&reports[k]);
    ctx_resize(ctx, reports, 0);
}

/* The whole Jacobian, elements of `of` by elements of `by`, row-major. */
static void expect_jacobian(const char *of, const char *by, const double *expected, size_t count)
{
    size_t rows = oracle_count(oracle, whole(of)), columns = oracle_count(oracle, whole(by));
    OracleReport *r = reports_new(rows);
    ck_assert_uint_eq(rows*columns, count);
    for (size_t j = 0; j < columns; j++) {
        oracle_derivative(oracle, whole(of), oracle_by(entity(by), j), r);
        for (size_t i = 0; i < rows; i++) {
            ck_assert_msg(r[i].status == ORACLE_OK, "%s[%zu] by %s[%zu]: %s", of, i, by, j,
                          oracle_status_name(r[i].status));
            ck_assert_int_ge(r[i].bits, BITS);
            expect_near(of, i*columns + j, r[i].value, expected[i*columns + j]);
        }
    }
    reports_free(r, rows);
}

#define EXPECT_JACOBIAN(of, by, ...) \
    expect_jacobian(of, by, (const double[]){__VA_ARGS__}, \
                    sizeof(double[]){__VA_ARGS__} / sizeof(double))

/* ---- products --------------------------------------------------------------------------- */

START_TEST(matrix_products)
{
    model("input A[2,3], B[3,2], x[3], y[2]\n"
          "C = A@B\nu = A@x\nv = y@A\nd = x@x\nT = A'\nD[i,k] = sum[j](A[i,j]*B[j,k])\nE = C - D\n"
          "o = outer(y, x)\nF = A + 2*B'\nR = B[:,0]\nS = A[1,1..3]\n");
    SET("A", 1, 2, 3, 4, 5, 6);
    SET("B", 7, 8, 9, 10, 11, 12);
    SET("x", 1, -1, 2);
    SET("y", 3, -2);
    EXPECT("C", 58, 64, 139, 154);
    EXPECT("E", 0, 0, 0, 0);
    EXPECT("u", 5, 11);
    EXPECT("v", -5, -4, -3);
    EXPECT("d", 6);
    EXPECT("T", 1, 4, 2, 5, 3, 6);
    EXPECT("o", 3, -3, 6, -2, 2, -4);
    EXPECT("F", 15, 20, 25, 20, 25, 30);
    EXPECT("R", 7, 9, 11);
    EXPECT("S", 5, 6);
    EXPECT_JACOBIAN("u", "x", 1, 2, 3, 4, 5, 6);
    EXPECT_JACOBIAN("u", "A", 1, -1, 2, 0, 0, 0, 0, 0, 0, 1, -1, 2);
    EXPECT_JACOBIAN("d", "x", 2, -2, 4);
}
END_TEST

START_TEST(vectors)
{
    model("input a[3], b[3]\nc = cross(a, b)\nd = dot(a, b)\nn = norm(a)\nt = a'*2\n"
          "m = mean(a*b)\np = prod(a)\ng = max(a) - min(b)\nl = [a[0], 2; 3, b[2]]\n"
          "q = transpose(l)\nr = prod[i](1 + a[i]^2)\nz = min[i](a[i]*b[i]) + max[i](b[i])\n");
    SET("a", 1, 2, 3);
    SET("b", -4, 5, 7);
    EXPECT("c", 2*7 - 3*5, 3*-4 - 1*7, 1*5 + 2*4);
    EXPECT("d", 27);
    EXPECT("n", sqrt(14));
    EXPECT("t", 2, 4, 6);
    EXPECT("m", 9);
    EXPECT("p", 6);
    EXPECT("g", 7);
    EXPECT("l", 1, 2, 3, 7);
    EXPECT("q", 1, 3, 2, 7);
    EXPECT("r", 100);
    EXPECT("z", 3);
    EXPECT_JACOBIAN("c", "a", 0, 7, -5, -7, 0, -4, 5, 4, 0);
    EXPECT_JACOBIAN("n", "a", 1/sqrt(14), 2/sqrt(14), 3/sqrt(14));
    EXPECT_JACOBIAN("p", "a", 6, 3, 2);
    EXPECT_JACOBIAN("g", "a", 0, 0, 1);
}
END_TEST

/* ---- models that are known -------------------------------------------------------------- */

START_TEST(softmax_and_cross_entropy)
{
    model("input x[3]\nparam y[3]\np = softmax(x)\nL = -sum[i](y[i]*log(p[i]))\n"
          "q = log_softmax(x)\nM = -dot(y, q)\nl = logsumexp(x)\nk = logsumexp[i](2*x[i])\n"
          "S = softmax([x[0], x[1]; x[2], 5])\n");
    double x[3] = {0.5, -1, 2}, e[3], s = 0, k = 0;
    for (int i = 0; i < 3; i++) {
        s += e[i] = exp(x[i]);
        k += exp(2*x[i]);
    }
    oracle_set(oracle, entity("x"), x);
    SET("y", 0, 1, 0);
    EXPECT("p", e[0]/s, e[1]/s, e[2]/s);
    EXPECT("q", log(e[0]/s), log(e[1]/s), log(e[2]/s));
    EXPECT("L", -log(e[1]/s));
    EXPECT("M", -log(e[1]/s));
    EXPECT("l", log(s));
    EXPECT("k", log(k));
    EXPECT("S", e[0]/(e[0] + e[1]), e[1]/(e[0] + e[1]), e[2]/(e[2] + exp(5)), 1/(1 + e[2]/exp(5)));
    EXPECT_JACOBIAN("L", "x", e[0]/s, e[1]/s - 1, e[2]/s);
    EXPECT_JACOBIAN("M", "x", e[0]/s, e[1]/s - 1, e[2]/s);
    EXPECT_JACOBIAN("l", "x", e[0]/s, e[1]/s, e[2]/s);
}
END_TEST

START_TEST(logistic_regression)
{
    model("dim n, d\ninput w[d], b\nparam X[n,d], y[n]\nz = X@w + b\n"
          "L = -sum[i](y[i]*log(sigmoid(z[i])) + (1-y[i])*log(sigmoid(-z[i])))/n\ng = diff(L, w)\n"
          "H = diff(g, w)\n");
    SET_INTEGERS("n", 2);
    SET_INTEGERS("d", 2);
    SET("X", 1, -2, 0.5, 3);
    SET("y", 1, 0);
    SET("w", 0.25, 0.5);
    SET("b", -1);
    double z[2] = {0.25 - 1 - 1, 0.125 + 1.5 - 1}, p[2], g[3] = {0}, h[4] = {0};
    const double X[2][2] = {{1, -2}, {0.5, 3}}, y[2] = {1, 0};
    for (int i = 0; i < 2; i++) {
        p[i] = 1/(1 + exp(-z[i]));
        g[2] += (p[i] - y[i])/2;
        for (int j = 0; j < 2; j++) {
            g[j] += (p[i] - y[i])*X[i][j]/2;
            for (int k = 0; k < 2; k++)
                h[2*j + k] += p[i]*(1 - p[i])*X[i][j]*X[i][k]/2;
        }
    }
    EXPECT("g", g[0], g[1]);
    EXPECT_JACOBIAN("L", "w", g[0], g[1]);
    EXPECT_JACOBIAN("L", "b", g[2]);
    EXPECT("H", h[0], h[1], h[2], h[3]);
    EXPECT_JACOBIAN("g", "w", h[0], h[1], h[2], h[3]);
}
END_TEST

/* ---- indices ---------------------------------------------------------------------------- */

START_TEST(gathers_with_repeated_entries)
{
    model("dim n, m\ninput x[m]\nindex k[n] < m, one < m\nz[i] = x[k[i]]^2\nf = sum(z)\n"
          "g = x[one] + sum[i](i*k[i]) + one\nh[i] = k[i] == one ? x[i%m] : k[(i+1)%n]\n");
    SET_INTEGERS("n", 4);
    SET_INTEGERS("m", 3);
    SET_INTEGERS("k", 2, 0, 2, 2);
    SET_INTEGERS("one", 2);
    SET("x", 5, 7, 3);
    EXPECT("z", 9, 25, 9, 9);
    EXPECT("f", 52);
    EXPECT("g", 3 + 4 + 6 + 2);
    EXPECT("h", 5, 2, 3, 5);
    EXPECT_JACOBIAN("f", "x", 10, 0, 18);
    EXPECT_JACOBIAN("z", "x", 0, 0, 6, 10, 0, 0, 0, 0, 6, 0, 0, 6);
}
END_TEST

START_TEST(triangles)
{
    model("dim n = 3\ninput A[n,n], v[n*(n+1)/2]\nf = sum[i in 0..n, j in 0..i](A[i,j])\n"
          "L[i in 0..n, j in 0..n] = j <= i ? v[i*(i+1)/2 + j] : 0\n"
          "z[i] = sum[j in 0..i+1](A[i,j]*j)\nk = sum[i](prod[j in i..3](A[i,j]))\n"
          "e = sum[i in 2..1](A[i,i]) + prod[i in 1..1](A[i,i]) + norm[i in 3..0](A[i,0])\n"
          "m = max[i in 0..0](A[i,0])\n");
    SET("A", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    SET("v", 1, 2, 3, 4, 5, 6);
    EXPECT("f", 4 + 7 + 8);
    EXPECT("L", 1, 0, 0, 2, 3, 0, 4, 5, 6);
    EXPECT("z", 0, 5, 8 + 18);
    EXPECT("k", 6 + 30 + 9);
    EXPECT("e", 1);
    EXPECT("m", -INFINITY);
    EXPECT_JACOBIAN("f", "A", 0, 0, 0, 1, 0, 0, 1, 1, 0);
}
END_TEST

START_TEST(shifted_reads_and_parts)
{
    model("dim n\ninput x[n]\nr[i in 0..n-1] = x[i+1] - x[i]^2\nf = sum(r)\n"
          "s[0] = x[0]\ns[i+1 in 1..n] = x[i]*x[i+1]\nt[i in 0..n] = x[n-1-i]\n"
          "u[i in 0..2*n] = i % 2 == 0 ? x[i/2] : -1\nw[i in 0..n] = i > 0 && x[i-1] > 2 ? 1 : 0\n"
          "d[i,i] = x[i] + 1\ndd[i in 0..n] = d[i,i]\n");
    SET_INTEGERS("n", 3);
    SET("x", 2, 3, 5);
    EXPECT("r", 3 - 4, 5 - 9);
    EXPECT("s", 2, 6, 15);
    EXPECT("t", 5, 3, 2);
    EXPECT("u", 2, -1, 3, -1, 5, -1);
    EXPECT("w", 0, 0, 1);
    EXPECT("dd", 3, 4, 6);
    EXPECT_JACOBIAN("f", "x", -4, -5, 1);
    EXPECT_JACOBIAN("s", "x", 1, 0, 0, 3, 2, 0, 0, 5, 3);
}
END_TEST

START_TEST(small_extents)
{
    model("dim n\ninput x[n]\nparam A[n,n]\nf = sum(x^2) + sum(A@x)\ng = prod(x)\nz = A@x\n"
          "l = logsumexp(x)\ns = softmax(x)\nh = diff(f, x)\n");
    SET_INTEGERS("n", 0);
    SET("x", 0);
    SET("A", 0);
    EXPECT("f", 0);
    EXPECT("g", 1);
    EXPECT("l", -INFINITY);
    ck_assert_uint_eq(oracle_count(oracle, whole("z")), 0);
    ck_assert_uint_eq(oracle_count(oracle, whole("h")), 0);
    SET_INTEGERS("n", 1);
    SET("x", 3);
    SET("A", 4);
    EXPECT("f", 21);
    EXPECT("z", 12);
    EXPECT("l", 3);
    EXPECT("s", 1);
    EXPECT("h", 10);
    EXPECT_JACOBIAN("s", "x", 0);
}
END_TEST

START_TEST(recurrences)
{
    model("dim n\ninput w, u, x[n], h0\nh[0] = h0\nh[t+1 in 1..n+1] = w*h[t]^2 + u*x[t]\n"
          "p[n] = h[n]\np[i in 0..n] = p[i+1]*w + h[i]\n"
          "a[0] = 1\nb[0] = h0\na[i+1 in 1..n] = b[i] + a[i]\nb[i+1 in 1..n] = a[i]*x[i]\n"
          "f = sum(h)\ng = a[n-1]\nk = diff(f, w)\n");
    SET_INTEGERS("n", 3);
    SET("w", 2);
    SET("u", 0.5);
    SET("x", 1, 2, 4);
    SET("h0", 3);
    EXPECT("h", 3, 18.5, 685.5, 2*685.5*685.5 + 2);
    EXPECT("p", 8*939822.5 + 4*685.5 + 2*18.5 + 3, 4*939822.5 + 2*685.5 + 18.5,
           2*939822.5 + 685.5, 939822.5);
    EXPECT("a", 1, 4, 5);
    EXPECT("b", 3, 1, 8);
    double d1 = 9, d2 = 18.5*18.5 + 4*18.5*d1, d3 = 685.5*685.5 + 4*685.5*d2;
    EXPECT("k", d1 + d2 + d3);
    EXPECT_JACOBIAN("f", "w", d1 + d2 + d3);
    EXPECT_JACOBIAN("g", "x", 1, 0, 0);
    EXPECT_JACOBIAN("g", "h0", 1);
}
END_TEST

START_TEST(recurrences_may_be_long)
{
    model("dim n\ninput a\nh[0] = 1\nh[t+1 in 1..n+1] = h[t] + a\nf = h[n]\n");
    SET_INTEGERS("n", 20000);
    SET("a", 0.25);
    EXPECT("f", 5001);
    EXPECT_JACOBIAN("f", "a", 20000);
}
END_TEST

/* ---- conditions ------------------------------------------------------------------------- */

START_TEST(conditions_are_lazy)
{
    model("dim n = 3\ninput x[n], a\nz[i in 0..n] = i > 0 ? x[i-1] : a\n"
          "w = x > 1 ? x : -x\nv = a > 0 ? 7 : x\nu = a < 0 ? 1/0 : x*2\n"
          "k = sum[i in 0..n](i == n-1 ? 0 : x[i+1])\n");
    SET("x", 2, 1, 4);
    SET("a", 9);
    EXPECT("z", 9, 2, 1);
    EXPECT("w", 2, -1, 4);
    EXPECT("v", 7, 7, 7);
    EXPECT("u", 4, 2, 8);
    EXPECT("k", 5);
    EXPECT_JACOBIAN("z", "a", 1, 0, 0);
    EXPECT_JACOBIAN("k", "x", 0, 1, 1);
}
END_TEST

/* ---- functions -------------------------------------------------------------------------- */

START_TEST(functions_take_arrays)
{
    model("dim n = 2\ninput x[3], y[2]\nsq(t) = t^2\nlen(v[m]) = sqrt(sum[i](v[i]^2)/m)\n"
          "lin(A[p,q], v[q]) = { z[i] = sum[j](A[i,j]*v[j])\n s = sum(z)\n z/s*p + q }\n"
          "add(t, v[2]) = t + v[0]*v[1]\n"
          "turn(w[3], p[3]) = { th = norm(w); k = w/th; cos(th)*p + sin(th)*cross(k, p) "
          "+ (1-cos(th))*dot(k,p)*k }\n"
          "a = sq(x)\nb = len(x) + len(y)\nc = lin([1, 2, 3; 4, 5, 6], x)\nd = add(x, y)\n"
          "e = turn([0, 0, pi/2], x)\n"
          "h(v[m]) = diff(sum(v^3)*v[0], v)\ng = h(x)\n");
    SET("x", 1, 2, 2);
    SET("y", 3, -1);
    EXPECT("a", 1, 4, 4);
    EXPECT("b", sqrt(3) + sqrt(5));
    double s = 11 + 26;
    EXPECT("c", 11/s*2 + 3, 26/s*2 + 3);
    EXPECT("d", -2, -1, -1);
    EXPECT("e", -2, 1, 2);
    EXPECT("g", 3 + 17, 12, 12);
    EXPECT_JACOBIAN("d", "y", -1, 3, -1, 3, -1, 3);
}
END_TEST

/* ---- derivatives ------------------------------------------------------------------------ */

START_TEST(derivatives_of_arrays)
{
    model("input W[2,2], x[2]\nz = tanh(W@x)\nL = dot(z, z)\nJ = diff(z, x)\nG = diff(L, z)\n"
          "K = diff(diff(L, z), z)\nc[i] = z[i]*x[i]\nD = diff(c, z)\n"
          "s = diff(sum(stop_gradient(x)*x), x)\nt = sum[i](diff(x[i]^3, x)[i])\n");
    SET("W", 0.5, -1, 2, 0.25);
    SET("x", 0.5, 1);
    double z0 = tanh(0.25 - 1), z1 = tanh(1.25);
    EXPECT("J", (1 - z0*z0)*0.5, -(1 - z0*z0), (1 - z1*z1)*2, (1 - z1*z1)*0.25);
    EXPECT("G", 2*z0, 2*z1);
    EXPECT("K", 2, 0, 0, 2);
    EXPECT("D", 0.5, 0, 0, 1);
    EXPECT("s", 0.5, 1);
    EXPECT("t", 0.75 + 3);
    EXPECT_JACOBIAN("L", "z", 2*z0, 2*z1);
}
END_TEST

START_TEST(directions)
{
    enum { N = 40 };
    model("dim n\ninput x[n], a\nparam y[n]\nz[i] = sin(a*x[i]) + y[i]\nf = sum(z^2)\n");
    SET_INTEGERS("n", N);
    double x[N], y[N], dx[N], da = 0.75, expected = 0;
    for (int i = 0; i < N; i++) {
        x[i] = 0.1*i - 1;
        y[i] = 1/(1.0 + i);
        dx[i] = i % 7 == 3 ? 0 : 0.5 - 0.03*i;
        double z = sin(1.5*x[i]) + y[i];
        expected += 2*z*cos(1.5*x[i])*(1.5*dx[i] + da*x[i]);
    }
    oracle_set(oracle, entity("x"), x);
    oracle_set(oracle, entity("y"), y);
    SET("a", 1.5);
    const double **along = array_new(ctx, unit->entities.count, sizeof *along);
    along[entity("x")] = dx;
    along[entity("a")] = &da;
    OracleReport *r = reports_new(N);
    oracle_derivative(oracle, whole("f"), oracle_along(along), r);
    ck_assert_int_eq(r->status, ORACLE_OK);
    ck_assert_double_eq_tol(mpfr_get_d(r->value, MPFR_RNDN), expected, 1e-13);
    oracle_derivative(oracle, whole("z"), oracle_along(along), r);
    for (int i = 0; i < N; i++) {
        ck_assert_int_eq(r[i].status, ORACLE_OK);
        ck_assert_double_eq_tol(mpfr_get_d(r[i].value, MPFR_RNDN),
                                cos(1.5*x[i])*(1.5*dx[i] + da*x[i]), 1e-15);
    }
    reports_free(r, N);
    ctx_resize(ctx, along, 0);
}
END_TEST

START_TEST(hard_points_are_of_elements)
{
    model("input x[3]\nz = abs(x)\nf = sum(z)\n");
    SET("x", 1, 0, -2);
    OracleReport *r = reports_new(3);
    oracle_derivative(oracle, whole("z"), oracle_by(entity("x"), 1), r);
    ck_assert_int_eq(r[0].status, ORACLE_OK);
    ck_assert_int_eq(r[1].status, ORACLE_KINK);
    ck_assert_int_eq(r[2].status, ORACLE_OK);
    ck_assert(mpfr_zero_p(r[0].value));
    oracle_derivative(oracle, whole("f"), oracle_by(entity("x"), 2), r);
    ck_assert_int_eq(r[0].status, ORACLE_OK);
    ck_assert(mpfr_cmp_si(r[0].value, -1) == 0);
    reports_free(r, 3);
}
END_TEST

Suite *suite_oracle_arrays(void)
{
    Suite *suite = suite_create("oracle_arrays");
    TCase *tests = tcase_create("oracle_arrays");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, matrix_products);
    tcase_add_test(tests, vectors);
    tcase_add_test(tests, softmax_and_cross_entropy);
    tcase_add_test(tests, logistic_regression);
    tcase_add_test(tests, gathers_with_repeated_entries);
    tcase_add_test(tests, triangles);
    tcase_add_test(tests, shifted_reads_and_parts);
    tcase_add_test(tests, small_extents);
    tcase_add_test(tests, recurrences);
    tcase_add_test(tests, recurrences_may_be_long);
    tcase_add_test(tests, conditions_are_lazy);
    tcase_add_test(tests, functions_take_arrays);
    tcase_add_test(tests, derivatives_of_arrays);
    tcase_add_test(tests, directions);
    tcase_add_test(tests, hard_points_are_of_elements);
    suite_add_tcase(suite, tests);
    return suite;
}
