/* stationary: second derivatives at a minimum, where adjoints are 0 that have guards: the Hessian
 * is that of (sqrt(y - a) - 1)^2, 1/2 in y at y - a = 1, times cos(x)^2; and 2*(1/8)^2 for three
 * square roots one after the other. The last line is PASSED FAILED. */
#include "expect.h"
#include "stationary.h"

enum { N = 3 };

int main(void)
{
    const double x[2] = {asin(0.5), 0.1}, expected[N] = {0.375, 0, 2./64};
    double work[1000], f, hess[N*N];
    if (stationary_hessian_work(1) > 1000 || stationary_hvp_work(1) > 1000)
        return 1;
    stationary_hessian(1, x, 1, -0.5, 0, &f, hess, work);
    for (int i = 0; i < N; i++) {
        double dot[N] = {0}, bar_dot[N];
        dot[i] = 1;
        stationary_hvp(1, x, 1, -0.5, 0, dot, dot[2], &f, bar_dot, &bar_dot[2], work);
        for (int j = 0; j < N; j++) {
            expect("hess", i, j, hess[i*N + j], i == j ? expected[i] : 0);
            expect("hvp", i, j, bar_dot[j], i == j ? expected[i] : 0);
        }
    }
    printf("%d %d\n", passed, failed);
    return 0;
}
