/* Two series that differ by the pace of time, and their mean: the series whose soft warping distances
 * from both are least. */
#include "warping_grad.h"

#include "../beside.h"
#include "../descent.h"

enum { N = 40, M = 30, SMALL = 4 };

static double work[3*(N + 1)*(N + 1)];

/* ---- by hand: all ways through the table, as the definition has it */

/* The sum of exp(-cost/g) over all paths from (i,j), of cost so far, to the end. */
static double paths(size_t n, size_t m, const double *x, const double *y, double g, size_t i, size_t j,
                    double cost)
{
    cost += (x[i] - y[j])*(x[i] - y[j]);
    if (i == n - 1 && j == m - 1)
        return exp(-cost/g);
    double sum = 0;
    for (size_t step = 1; step < 4; step++)
        if (i + (step & 1) < n && j + (step >> 1) < m)
            sum += paths(n, m, x, y, g, i + (step & 1), j + (step >> 1), cost);
    return sum;
}

static double by_hand(size_t n, size_t m, const double *x, const double *y, double g)
{
    return -g*log(paths(n, m, x, y, g, 0, 0, 0));
}

/* ---- a mean of two series */

typedef struct Pair {
    double a[M], b[M], g;
} Pair;

static double objective(const double *x, double *g, void *data)
{
    const Pair *p = data;
    double f, other, g_other[N];

    warping_gradient(N, M, x, p->a, p->g, &f, g, work);
    warping_gradient(N, M, x, p->b, p->g, &other, g_other, work);
    for (int i = 0; i < N; i++)
        g[i] = (g[i] + g_other[i])/2;
    return (f + other)/2;
}

/* A hill at this time. */
static double hill(double t, double at) { return exp(-(t - at)*(t - at)/18); }

int main(void)
{
    static Pair p = {.g = 0.1};
    const double x[SMALL] = {0.3, 1.1, -0.2, 0.6}, y[SMALL + 1] = {0.1, 0.9, 0.7, -0.4, 0.5};
    double mean[N], f, g[N], height = 0, start;

    if (warping_gradient_work(N, M) > sizeof work/sizeof *work)
        return EXIT_FAILURE;
    beside_title("");
    for (int k = 0; k < 3; k++) {
        const double soft[3] = {1, 0.1, 0.01};
        warping_value(SMALL, SMALL + 1, x, y, soft[k], &f, work);
        beside(f, by_hand(SMALL, SMALL + 1, x, y, soft[k]), 1e-12,
               "distance; by hand from all 129 ways of warping");
    }
    for (int j = 0; j < M; j++) {
        p.a[j] = hill(j, 9);
        p.b[j] = hill(j, 20);
    }
    for (int i = 0; i < N; i++)
        mean[i] = (hill(i*(M - 1.0)/(N - 1), 9) + hill(i*(M - 1.0)/(N - 1), 20))/2;
    beside_true(descent_check(objective, &p, N, mean) < 1e-6, "the gradient is that of differences");
    start = objective(mean, g, &p);
    double least = descent(objective, &p, N, mean, 1e-6, 500);
    printf("\nmean of the series: distance %.6g\nbarycentre: distance %.6g\n", start, least);
    for (int i = 0; i < N; i++)
        height = fmax(height, mean[i]);
    beside_true(least < start, "less");
    beside_true(height > 0.9, "its hill is as high as theirs, where that of their mean is half as high");
    return beside_failed;
}
