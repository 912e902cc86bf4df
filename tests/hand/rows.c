/* rows: recurrences within the rows of triangles, and within rows of rows, against the same loops
 * written by hand and differentiated by steps into the imaginary. The last line is PASSED FAILED. */
#include <complex.h>

#include "expect.h"
#include "rows.h"

enum { N = 4, X = N*N, Y = N*N*N, WIDTH = X + Y, HEIGHT = 4 };

typedef double complex Number;

/* x and y are one behind the other. */
static void compute(const Number *x, Number result[HEIGHT])
{
    static Number a[N][N], b[N][N], c[N][N], s[N][N][N], t[N][N][N], d[N][N][N], e[N][N][N];
    const Number *y = x + X;
    for (int row = 0; row < HEIGHT; row++)
        result[row] = 0;
    for (int i = 1; i < N; i++)
        for (int j = 0; j < i; j++) {
            a[i][j] = j ? ctanh(x[i*N + j])*a[i][j - 1] : x[i*N];
            b[i][j] = j ? cexp(x[i*N + j]) - c[i][j - 1] : x[i*N];
            c[i][j] = csin(b[i][j]);
            result[0] += a[i][j]*a[i][j];
            result[1] += b[i][j]*c[i][j];
        }
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= i; j++)
            for (int k = 0; k <= j; k++) {
                s[i][j][k] = y[(i*N + j)*N + k] +
                             (k ? csin(s[i][j][k - 1]) : j ? t[i][j - 1][0] : 0);
                t[i][j][k] = s[i][j][k]*s[i][j][k];
                result[2] += t[i][j][k];
            }
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= i; j++)
            for (int k = j; k <= i; k++) {
                d[i][j][k] = y[(i*N + j)*N + k] +
                             (k > j ? csin(d[i][j][k - 1]) : j ? e[i][j - 1][i] : 0);
                e[i][j][k] = ccos(d[i][j][k]);
                result[3] += e[i][j][k]*y[(k*N + j)*N + i];
            }
}

int main(void)
{
    const double step = 1e-30;
    static double x[WIDTH], jac[HEIGHT*WIDTH], work[20000];
    double f, g, h, o;
    Number point[WIDTH], result[HEIGHT];
    for (int i = 0; i < WIDTH; i++)
        x[i] = 0.8*sin(1 + 3*i);
    if (rows_jacobian_work(N) > sizeof work/sizeof *work)
        return 1;
    rows_jacobian(N, x, x + X, &f, &g, &h, &o, jac, work);
    for (int i = 0; i < WIDTH; i++) {
        for (int k = 0; k < WIDTH; k++)
            point[k] = x[k] + (k == i ? step*I : 0);
        compute(point, result);
        for (int row = 0; row < HEIGHT; row++)
            expect("jacobian", row, i, jac[row*WIDTH + i], cimag(result[row])/step);
    }
    expect("f", 0, 0, f, creal(result[0]));
    expect("g", 0, 0, g, creal(result[1]));
    expect("h", 0, 0, h, creal(result[2]));
    expect("o", 0, 0, o, creal(result[3]));
    printf("%d %d\n", passed, failed);
    return 0;
}
