/* triangle: half the logarithm of the determinant of a symmetric matrix, which is read below its
 * diagonal and on it. The derivative in an element of the diagonal is half of that of the inverse,
 * in one below it that of the inverse, which counts for two. The last line is PASSED FAILED. */
#include "expect.h"
#include "triangle.h"

enum { MOST = 7, WORK = 10000 };

/* The inverse, and half the logarithm of the determinant: by elimination without a choice of
 * pivots, which a positive definite matrix does not need. */
static double invert(int n, const double *a, double inverse[MOST][MOST])
{
    double row[MOST][2*MOST], half = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            row[i][j] = a[i*n + j];
            row[i][n + j] = i == j;
        }
    for (int p = 0; p < n; p++) {
        const double pivot = row[p][p];
        half += log(pivot)/2;
        for (int j = 0; j < 2*n; j++)
            row[p][j] /= pivot;
        for (int i = 0; i < n; i++) {
            const double factor = i == p ? 0 : row[i][p];
            for (int j = 0; j < 2*n; j++)
                row[i][j] -= factor*row[p][j];
        }
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            inverse[i][j] = row[i][n + j];
    return half;
}

static void compare(int n)
{
    static double a[MOST*MOST], jac[2*MOST*MOST], work[WORK];
    double inverse[MOST][MOST], f, g;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            a[i*n + j] = i == j ? n + 1 + i : cos(i + j) + sin(i*j);
    const double half = invert(n, a, inverse);
    if (triangle_jacobian_work((size_t)n) > WORK) {
        failed++;
        return;
    }
    triangle_jacobian((size_t)n, a, &f, &g, jac, work);
    expect("f", n, n, f, half);
    expect("g", n, n, g, half);
    for (int row = 0; row < 2; row++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                expect(row ? "dg" : "df", i, j, jac[row*n*n + i*n + j],
                       i < j ? 0 : i == j ? inverse[i][i]/2 : inverse[i][j]);
}

int main(void)
{
    for (int n = 1; n <= MOST; n++)
        compare(n);
    printf("%d %d\n", passed, failed);
    return 0;
}
