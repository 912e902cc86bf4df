/* The variances of a local level model of the Nile, by maximum likelihood. */
#include "nile_grad.h"

#include "../beside.h"
#include "../descent.h"
#include "nile_data.h"

static double objective(const double *u, double *g, void *data)
{
    double L, *work = data;

    nile_gradient(YEARS, u[0], u[1], nile_data, &L, &g[0], &g[1], work);
    g[0] = -g[0];
    g[1] = -g[1];
    return -L;
}

/* The likelihood without a filter: of the differences from the first year, which are normal with
 * the variances H + H + t*Q and the covariances H + min(t,s)*Q. Factorised row by row. */
static double by_hand(double H, double Q)
{
    static double l[YEARS][YEARS], z[YEARS];
    double L = -(YEARS - 1)*log(8*atan(1.0))/2;

    for (int t = 1; t < YEARS; t++) {
        z[t] = nile_data[t] - nile_data[0];
        for (int s = 1; s <= t; s++) {
            double sum = H + s*Q + (s == t ? H : 0);
            for (int k = 1; k < s; k++)
                sum -= l[t][k]*l[s][k];
            l[t][s] = s == t ? sqrt(sum) : sum/l[s][s];
        }
        for (int k = 1; k < t; k++)
            z[t] -= l[t][k]*z[k];
        z[t] /= l[t][t];
        L -= log(l[t][t]) + z[t]*z[t]/2;
    }
    return L;
}

int main(void)
{
    double u[2], *work = malloc(nile_gradient_work(YEARS)*sizeof *work), sum = 0;

    if (!work)
        return EXIT_FAILURE;
    for (int t = 0; t < YEARS; t++)
        sum += nile_data[t];
    u[0] = u[1] = log(1e4);
    beside_title("");
    beside(sum/YEARS, 919.35, 1e-9, "mean of the data");
    beside_true(descent_check(objective, work, 2, u) < 1e-6, "the gradient is that of differences");
    double L = -descent(objective, work, 2, u, 1e-9, 100);
    beside(L, by_hand(exp(u[0]), exp(u[1])), 1e-9, "logarithm of the likelihood");
    beside(exp(u[0]), 15099, 1, "variance of the error");
    beside(exp(u[1]), 1469.1, 0.1, "variance of the level's steps");
    free(work);
    return beside_failed;
}
