/* lacking: elements of data/lacking.expr that no equation gives are left as they are, and have rows
 * of zeros in the Jacobian; the derivatives of those that are given, by hand. The last line is
 * PASSED FAILED. */
#include "expect.h"
#include "lacking.h"

enum { MOST = 5, SQUARE = MOST*MOST, ROWS = 3*SQUARE + 1, WORK = 4000 };

static double sum_of(const double *x, int first, int last)
{
    double sum = 0;
    for (int i = first; i <= last; i++)
        sum += x[i];
    return sum;
}

/* The rows of L[i,j] = x[i]*x[j]*y and of R[i,j] = x[i]*y^j, zeros where j > i, and that of
 * D[i,j] = (x[i] + ... + x[j])*y, zeros where j < i. */
static void judge_rows(int n, int i, int j, const double *x, double y, const double *l,
                       const double *r, const double *d)
{
    const double given = j <= i;
    for (int k = 0; k < n; k++) {
        expect("dL/dx", i*n + j, k, l[k], given*((k == i)*x[j]*y + (k == j)*x[i]*y));
        expect("dR/dx", i*n + j, k, r[k], given*(k == i)*pow(y, j));
        expect("dD/dx", i*n + j, k, d[k], i <= k && k <= j ? y : 0);
    }
    expect("dD/dy", i, j, d[n], sum_of(x, i, j));
    expect("dL/dy", i, j, l[n], given*x[i]*x[j]);
    expect("dR/dy", i, j, r[n], j > 0 ? given*x[i]*j*pow(y, j - 1) : 0);
}

static void judge(int n)
{
    const double x[MOST] = {1.5, -0.75, 2, 0.25, 3}, y = 1.25;
    double L[SQUARE], R[SQUARE], D[SQUARE], f, jac[ROWS*(MOST + 1)], work[WORK];
    for (int i = 0; i < SQUARE; i++)
        L[i] = R[i] = D[i] = -7;
    for (int i = 0; i < WORK; i++)
        work[i] = NAN;
    for (int i = 0; i < ROWS*(MOST + 1); i++)
        jac[i] = NAN;
    lacking_jacobian((size_t)n, x, y, L, &f, R, D, jac, work);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            expect("L", i, j, L[i*n + j], j <= i ? x[i]*x[j]*y : -7);
            expect("R", i, j, R[i*n + j], j <= i ? x[i]*pow(y, j) : -7);
            expect("D", i, j, D[i*n + j], i <= j ? sum_of(x, i, j)*y : -7);
            judge_rows(n, i, j, x, y, &jac[(i*n + j)*(n + 1)],
                       &jac[(n*n + 1 + i*n + j)*(n + 1)], &jac[(2*n*n + 1 + i*n + j)*(n + 1)]);
        }
        expect("df/dx", 0, i, jac[n*n*(n + 1) + i], y);
    }
    expect("f", 0, 0, f, y*sum_of(x, 0, n - 1));
    expect("df/dy", 0, 0, jac[n*n*(n + 1) + n], sum_of(x, 0, n - 1));
}

int main(void)
{
    if (lacking_jacobian_work(MOST) > WORK)
        return 1;
    for (int n = 1; n <= MOST; n++)
        judge(n);
    printf("%d %d\n", passed, failed);
    return 0;
}
