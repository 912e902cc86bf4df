/* apart: the adjoints of data/apart.expr by hand, also where loops have no turn, and there are no
 * arrays. The last line is PASSED FAILED. */
#include "expect.h"
#include "apart.h"

enum { MOST = 5, OUTPUTS = 9 };

/* Values, and adjoints for the seeds 1, 2, ... */
static void by_hand(int n, const double *x, const double *y, const int *k, double *f, double *x_bar,
                    double *y_bar)
{
    for (int i = 0; i < n; i++) {
        const double e = exp(x[i] - x[0]);
        f[0] += y[i]*e;
        y_bar[i] += e;
        x_bar[i] += y[i]*e;
        x_bar[0] -= y[i]*e;
        f[4] += y[0]*x[i]*x[i];
        y_bar[0] += 5*x[i]*x[i];
        x_bar[i] += 5*2*y[0]*x[i];
        f[5] += x[7%n];
        x_bar[7%n] += 6;
        for (int j = 0; j < i; j++) {
            f[1] += x[i - 1]*y[j];
            f[2] += x[i - 1];
            f[3] += x[k[i - 1]]*y[j];
            f[6] += x[i - 1]*y[j];
            x_bar[i - 1] += (2 + 7)*y[j] + 3;
            x_bar[k[i - 1]] += 4*y[j];
            y_bar[j] += (2 + 7)*x[i - 1] + 4*x[k[i - 1]];
            const double root = cbrt(x[i] - x[0]), slope = 1/(3*root*root);
            f[8] += root*y[j];
            x_bar[i] += 9*slope*y[j];
            x_bar[0] -= 9*slope*y[j];
            y_bar[j] += 9*root;
        }
    }
}

/* What is beside the arrays is no number, and stays so. */
static void judge(int n, const double *x, const double *y, const int *k)
{
    double in[2][MOST + 2], out[2][MOST + 2], f[OUTPUTS], want_f[OUTPUTS] = {0};
    double want[2][MOST] = {{0}}, work[2*MOST];
    for (int i = 0; i < MOST + 2; i++)
        in[0][i] = in[1][i] = out[0][i] = out[1][i] = NAN;
    for (int i = 0; i < n; i++)
        in[0][i + 1] = x[i], in[1][i + 1] = y[i];
    by_hand(n, x, y, k, want_f, want[0], want[1]);
    apart_reverse((size_t)n, n ? in[0] + 1 : NULL, n ? in[1] + 1 : NULL, n ? k : NULL,
                  1, 2, 3, 4, 5, 6, 7, 8, 9, &f[0], &f[1], &f[2], &f[3], &f[4], &f[5], &f[6],
                  &f[7], &f[8], n ? out[0] + 1 : NULL, n ? out[1] + 1 : NULL, work);
    for (int i = 0; i < OUTPUTS; i++)
        expect("value", n, i, f[i], want_f[i]);
    for (int a = 0; a < 2; a++) {
        for (int i = 0; i < n; i++)
            expect(a ? "y_bar" : "x_bar", n, i, out[a][i + 1], want[a][i]);
        expect("in front", n, a, isnan(out[a][0]) ? 1 : 0, 1);
        expect("behind", n, a, isnan(out[a][n + 1]) ? 1 : 0, 1);
    }
}

int main(void)
{
    const double x[MOST] = {0.5, -1, 2, 0.25, 1.5}, y[MOST] = {2, 0.75, -0.5, 3, 1};
    const int k[] = {0, 0, 1, 2, 0};
    if (apart_reverse_work(MOST) > 2*MOST)
        return 1;
    for (int n = 0; n <= MOST; n++)
        judge(n, x, y, k);
    printf("%d %d\n", passed, failed);
    return 0;
}
