/* Robertson's reaction: what it comes to, and its rates found again from measurements. */
#include "robertson_grad.h"

#include "../beside.h"
#include "../descent.h"

enum { T = 4000 };

static double h[T], z[T*2], y[(T + 1)*3], *work;

static double objective(const double *p, double *g, void *data)
{
    static const double none[(T + 1)*3];
    double J;

    (void)data;
    robertson_reverse(T, p, h, z, 1, none, &J, y, g, work);
    return J;
}

int main(void)
{
    const double rate[3] = {0.04, 3e7, 1e4};
    double p[3], g[3], time = 1e-5;

    work = malloc(robertson_reverse_work(T)*sizeof *work);
    if (!work)
        return EXIT_FAILURE;
    for (int i = 0; i < 3; i++)
        p[i] = log(rate[i]);
    h[0] = time;
    for (int t = 1; t < T; t++, time += h[t - 1]) /* longer and longer, up to 40 */
        h[t] = 1e-5*pow(40/1e-5, (double)t/(T - 1)) - time;
    objective(p, g, NULL);
    printf("%14s %14s\n", "bpgen", "published");
    beside(time, 40, 1e-12, "time");
    beside(y[T*3], 0.7158, 2e-4, "first substance");
    beside(y[T*3 + 1], 9.185e-6, 1e-8, "second");
    beside(y[T*3 + 2], 0.2842, 2e-4, "last");
    beside(y[T*3] + y[T*3 + 1] + y[T*3 + 2], 1, 1e-12, "all three");

    for (int t = 0; t < T; t++) {
        z[t*2] = y[(t + 1)*3];
        z[t*2 + 1] = y[(t + 1)*3 + 2];
    }
    for (int i = 0; i < 3; i++)
        p[i] += 0.5 - 0.4*i;
    beside_true(descent_check(objective, NULL, 3, p) < 1e-6, "the gradient is that of differences");
    descent(objective, NULL, 3, p, 1e-12, 500);
    printf("\n%14s %14s\n", "found", "measured with");
    for (int i = 0; i < 3; i++)
        beside(exp(p[i]), rate[i], 1e-4*rate[i], "rate");
    free(work);
    return beside_failed;
}
