/* outside: elements that are beyond the array where their condition does not hold: nothing is read
 * there, not even from an array of no elements, whose address is NULL. The last line is PASSED
 * FAILED. */
#include "expect.h"
#include "outside.h"

static void judge(size_t n, size_t m, const double *x, double k)
{
    double f, k_bar, bar[3], of_k = 0, sum = 0;
    outside_gradient(n, m, x, k, &f, m ? bar : NULL, &k_bar);
    for (size_t i = 0; i < m; i++) {
        double slope = i < n ? 2*(x[i] + k) : 0;
        of_k += slope;
        sum += slope*slope/4;
        if (i == 0) {
            double more = 2*(k*x[0] + 1);
            sum += more*more/4;
            of_k += more*x[0];
            slope += more*k;
        }
        expect("x_bar", (int)n, (int)i, bar[i], slope);
    }
    expect("f", (int)n, (int)m, f, sum);
    expect("k_bar", (int)n, (int)m, k_bar, of_k);
}

int main(void)
{
    const double x[] = {0.5, -2, 1.25};
    for (size_t n = 0; n < 5; n++)
        for (size_t m = 0; m < 4; m++)
            judge(n, m, m ? x : NULL, 0.75);
    printf("%d %d\n", passed, failed);
    return 0;
}
