/* hilbert: the inverse and the determinant of Hilbert's matrices, and the derivatives of both, beside
 * the closed forms: inv(H)[i,j] = (-1)^(i+j) (i+j+1) C(n+i,n-j-1) C(n+j,n-i-1) C(i+j,i)^2 with i, j
 * from 0. Results may be off by a few units in the last place times the condition number. The last
 * line is PASSED FAILED. */
#include "hilbert.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 6 };

static const double condition[N + 1] = {1, 1, 19.3, 524, 15514, 476607, 1.4951e7};
static const double one_by_det[N + 1] = {1, 1, 12, 2160, 6048000, 266716800000., 186313420339200000.};

static int passed, failed;

static double choose(int n, int k)
{
    double c = 1;
    for (int i = 1; i <= k; i++)
        c = c*(n - k + i)/i;
    return c;
}

static double inverse(int n, int i, int j)
{
    double c = choose(i + j, i);
    return ((i + j)%2 ? -1 : 1)*(i + j + 1)*choose(n + i, n - j - 1)*choose(n + j, n - i - 1)*c*c;
}

static void compare(int n, const char *what, double found, double truth, double size)
{
    double allowed = 8*DBL_EPSILON*condition[n]*size;
    if (fabs(found - truth) <= allowed) {
        passed++;
        return;
    }
    failed++;
    printf("FAIL hilbert: %s for n = %d is %.17g, not %.17g\n", what, n, found, truth);
}

/* The derivatives of sum(d_bar*d) and of a sum of the solution: by hand det*inv', and -w*x'. */
static void test_adjoints(int n, const double *H, const double *b, const double *x, double d)
{
    double V[N*N], y[N], e, H_bar[N*N], b_bar[N], zero[N*N] = {0}, one[N], w[N], *work;
    size_t length = hilbert_reverse_work((size_t)n);

    work = malloc((length + 1)*sizeof *work);
    for (int i = 0; i < n; i++) {
        one[i] = 1;
        w[i] = 0;
        for (int j = 0; j < n; j++)
            w[i] += inverse(n, j, i);
    }
    hilbert_reverse((size_t)n, H, b, zero, one, 0, V, y, &e, H_bar, b_bar, work);
    double most = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            most = fmax(most, fabs(w[i]*x[j]));
    for (int k = 0; k < n*n; k++)
        compare(n, "the adjoint of a solution", H_bar[k], -w[k/n]*x[k%n], most);
    memset(one, 0, sizeof one);
    hilbert_reverse((size_t)n, H, b, zero, one, 1, V, y, &e, H_bar, b_bar, work);
    for (int k = 0; k < n*n; k++)
        compare(n, "the adjoint of a determinant", H_bar[k], d*inverse(n, k%n, k/n),
                d*inverse(n, n - 1, n - 1));
    free(work);
}

static void test(int n)
{
    double H[N*N], b[N], V[N*N], x[N], y[N], d, largest = 0, *work;
    size_t length = hilbert_value_work((size_t)n);

    work = malloc((length + 1)*sizeof *work);
    for (int k = 0; k < n*n; k++)
        H[k] = 1.0/(k/n + k%n + 1);
    for (int i = 0; i < n; i++) {
        b[i] = i%2 ? -1 : 1;
        x[i] = 0;
        for (int j = 0; j < n; j++) {
            x[i] += inverse(n, i, j)*(j%2 ? -1 : 1);
            largest = fmax(largest, fabs(inverse(n, i, j)));
        }
    }
    hilbert_value((size_t)n, H, b, V, y, &d, work);
    for (int k = 0; k < n*n; k++)
        compare(n, "an element of the inverse", V[k], inverse(n, k/n, k%n), largest);
    for (int i = 0; i < n; i++)
        compare(n, "an element of the solution", y[i], x[i], n*largest);
    compare(n, "the determinant", d*one_by_det[n], 1, 1);
    free(work);
    test_adjoints(n, H, b, x, 1/one_by_det[n]);
}

/* A matrix of rank 2 of integers: nothing is rounded. */
static void test_singular(void)
{
    double A[N*N], b[N] = {0}, V[N*N], x[N], d, *work;

    work = malloc((hilbert_value_work(N) + 1)*sizeof *work);
    for (int k = 0; k < N*N; k++)
        A[k] = k/N < 2 ? k%N == k/N : k/N == 2 ? k%N < 2 : 0;
    hilbert_value(N, A, b, V, x, &d, work);
    compare(1, "the determinant of a singular matrix", d, 0, 1);
    compare(1, "one of its inverse's elements that are a number", isfinite(V[N*N - 1]), 0, 1);
    free(work);
}

int main(void)
{
    for (int n = 0; n <= N; n++)
        test(n);
    test_singular();
    printf("%d %d\n", passed, failed);
    return failed != 0;
}
