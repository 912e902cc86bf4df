/* ranges: the adjoints of data/ranges.expr by hand. There are entries before and behind the index
 * array, and following them is seen beside the other arrays. The last line is PASSED FAILED. */
#include "expect.h"
#include "ranges.h"

enum { MOST = 5, BESIDE = 3, ROOM = MOST + 2*BESIDE, OUTPUTS = 9 };

/* Values, and adjoints for the seeds 1, 2, ... */
static void by_hand(int n, const double *x, const double *y, const int *c, double *f, double *x_bar,
                    double *y_bar)
{
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < c[0]; k++) {
            f[5] += y[i]*x[k];
            y_bar[i] += 6*x[k];
            x_bar[k] += 6*y[i];
        }
        for (int j = 0; j < n/(i + 1); j++)
            for (int k = 0; k < c[n/(i + 1) - 1]; k++) {
                f[8] += x[k];
                x_bar[k] += 9;
            }
        if (i == 0)
            continue;
        const int most = c[i - 1];
        double squares = 0, exponents = exp(x[most]), all = x[most]*x[most];
        for (int k = 0; k < most; k++) {
            squares += x[k]*x[k];
            all += x[k]*x[k];
            exponents += exp(x[k]);
            f[0] += i*x[k];
            f[1] += i*x[k]*x[k];
            f[2] += x[k]*y[k];
            x_bar[k] += i + 2*i*2*x[k] + 3*y[k];
            y_bar[k] += 3*x[k];
        }
        f[3] += i*sqrt(squares);
        f[4] += i*log(exponents);
        f[7] += all/(most + 1);
        for (int k = 0; k <= most; k++) {
            x_bar[k] += k < most ? 4*i*x[k]/sqrt(squares) : 0;
            x_bar[k] += 5*i*exp(x[k])/exponents + 8*2*x[k]/(most + 1);
        }
        for (int j = 0; j < i; j++)
            for (int k = most; k < n; k++) {
                f[6] += y[j]*x[k];
                y_bar[j] += 7*x[k];
                x_bar[k] += 7*y[j];
            }
    }
}

/* What is beside the arrays is no number, and stays so. */
static void judge(int n, const double *x, const double *y, const int *c)
{
    double in[2][ROOM], out[2][ROOM], f[OUTPUTS], want_f[OUTPUTS] = {0};
    double want[2][MOST] = {{0}}, work[4*MOST];
    for (int i = 0; i < ROOM; i++)
        in[0][i] = in[1][i] = out[0][i] = out[1][i] = NAN;
    for (int i = 0; i < n; i++)
        in[0][i + BESIDE] = x[i], in[1][i + BESIDE] = y[i];
    by_hand(n, x, y, c, want_f, want[0], want[1]);
    ranges_reverse((size_t)n, in[0] + BESIDE, in[1] + BESIDE, c, 1, 2, 3, 4, 5, 6, 7, 8, 9, &f[0],
                   &f[1], &f[2], &f[3], &f[4], &f[5], &f[6], &f[7], &f[8], out[0] + BESIDE,
                   out[1] + BESIDE, work);
    for (int i = 0; i < OUTPUTS; i++)
        expect("value", n, i, f[i], want_f[i]);
    for (int a = 0; a < 2; a++) {
        for (int i = 0; i < n; i++)
            expect(a ? "y_bar" : "x_bar", n, i, out[a][i + BESIDE], want[a][i]);
        for (int i = 0; i < BESIDE; i++) {
            expect("in front", n, a, isnan(out[a][i]) ? 1 : 0, 1);
            expect("behind", n, a, isnan(out[a][i + n + BESIDE]) ? 1 : 0, 1);
        }
    }
}

int main(void)
{
    const double x[MOST] = {0.5, -1, 2, 0.25, 1.5}, y[MOST] = {2, 0.75, -0.5, 3, 1};
    const int none[] = {MOST + 1, MOST + 1}, c[] = {MOST + 1, 0, 0, 1, 2, 0, MOST + 1};
    if (ranges_reverse_work(MOST) > 4*MOST)
        return 1;
    for (int n = 0; n <= MOST; n++)
        judge(n, x, y, n ? c + 1 : none + 1);
    printf("%d %d\n", passed, failed);
    return 0;
}
