/* carried: value and gradient of data/carried.expr by hand: sums of alternating signs, and products
 * of the slopes from turn to turn. The last line is PASSED FAILED. */
#include "expect.h"
#include "carried.h"

enum { MOST = 6, WORK = 200 };

static void judge_late(size_t n, const double *x, const double *p, double got, const double *slope)
{
    double g = 0;
    for (size_t k = 0; k < n; k++) {
        const double now = p[k] > 0, later = k + 2 < n && p[k + 2] > 0, v = exp(-x[k]/2);
        g += now*v + later*sin(v) + (k < 2 ? now*sin(x[k]) : 0);
        expect("dg/dx", (int)n, (int)k, slope[k],
               -(now + later*cos(v))*v/2 + (k < 2 ? now*cos(x[k]) : 0));
    }
    expect("g", (int)n, 0, got, g);
}

static void judge(size_t n, const double *x, const double *p)
{
    double b[MOST], c[MOST], h[MOST], by_c[MOST], by_h[MOST], f = 0, got, late, slope[MOST],
        work[WORK];
    for (size_t i = 0; i < n; i++) {
        const double before = i ? c[i - 1] : 0;
        b[i] = 0;
        for (size_t k = 0; k <= i; k++)
            b[i] += (i - k)%2 ? -x[k] : x[k];
        c[i] = x[i] - before + sin(before);
        h[i] = i < 2 ? x[i] : tanh(x[i] + h[i - 1]);
        by_c[i] = i ? cos(before) - 1 : 0;
        by_h[i] = i < 2 ? 0 : 1/(cosh(x[i] + h[i - 1])*cosh(x[i] + h[i - 1]));
        f += x[i]*(b[i]*b[i] + c[i]*c[i] + h[i]);
    }
    for (size_t i = 0; i < WORK; i++)
        work[i] = NAN;
    carried_value(n, x, p, &got, &late);
    expect("f", (int)n, 0, got, f);
    carried_reverse(n, x, p, 0, 1, &got, &late, slope, work);
    judge_late(n, x, p, late, slope);
    carried_reverse(n, x, p, 1, 0, &got, &late, slope, work);
    expect("f of the gradient", (int)n, 0, got, f);
    for (size_t k = 0; k < n; k++) {
        double want = b[k]*b[k] + c[k]*c[k] + h[k], sign = 1, c_k = 1, h_k = k < 2 ? 1 : by_h[k];
        for (size_t i = k; i < n; i++) {
            c_k *= i > k ? by_c[i] : 1;
            h_k *= i > k ? by_h[i] : 1;
            want += x[i]*(2*b[i]*sign + 2*c[i]*c_k + h_k);
            sign = -sign;
        }
        expect("df/dx", (int)n, (int)k, slope[k], want);
    }
}

int main(void)
{
    const double x[MOST] = {0.5, -0.75, 1.25, 0.25, -1.5, 2}, p[MOST] = {1, 1, 0, 1, 1, 0};
    if (carried_reverse_work(MOST) > WORK)
        return 1;
    for (size_t n = 0; n <= MOST; n++)
        judge(n, x, p);
    printf("%d %d\n", passed, failed);
    return 0;
}
