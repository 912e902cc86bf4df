/* Which of two kinds of iris? The maximum of the likelihood by Newton's method. */
#include <stdlib.h>
#include <string.h>

#include "logistic_grad.h"

#include "../beside.h"
#include "../cholesky.h"
#include "../iris/iris_data.h"

enum { N = 100, D = MEASURES + 1 };

/* Of the same regression as R prints it: glm(Species ~ ., binomial), without setosa. */
static const char *const names[D] = {"constant", "length of sepal", "width of sepal",
                                     "length of petal", "width of petal"};
static const double coefficients[D] = {-42.638, -2.465, -6.681, 9.429, 18.286};
static const double errors[D] = {25.708, 2.394, 4.480, 4.737, 9.743};
static const double deviance = 11.899;

static double x[N*D], y[N], *work;

static double value(const double *w, double *g, double *H)
{
    double L;
    logistic_value(N, D, w, x, y, &L, g, H, work);
    return L;
}

/* The Hessian, the greatest difference of an element from that of the gradient's differences. */
static double check(double *w)
{
    const double h = 1e-4;
    double g[D], H[D*D], above[D], below[D], room[D*D], worst = 0;

    value(w, g, H);
    for (int j = 0; j < D; j++) {
        double at = w[j];
        w[j] = at + h;
        value(w, above, room);
        w[j] = at - h;
        value(w, below, room);
        w[j] = at;
        for (int i = 0; i < D; i++)
            worst = fmax(worst, fabs((above[i] - below[i])/(2*h) - H[i*D + j]));
    }
    return worst;
}

int main(void)
{
    double w[D] = {0}, g[D], H[D*D], L = 0;

    for (int t = 0; t < N; t++) {
        x[t*D] = 1;
        memcpy(x + t*D + 1, iris_data + (50 + t)*MEASURES, MEASURES*sizeof *x);
        y[t] = t >= 50;
    }
    work = malloc(logistic_value_work(N, D)*sizeof *work);
    if (!work)
        return EXIT_FAILURE;
    beside_true(check(w) < 1e-3, "the Hessian is that of differences");

    printf("\nNewton's method:\n");
    for (int step = 0; step < 15; step++) {
        L = value(w, g, H);
        if (step < 4 || step == 14)
            printf("%14.8g   L before step %d\n", L, step + 1);
        if (!cholesky_factor(D, H))
            return EXIT_FAILURE;
        cholesky_solve(D, H, g);
        for (int i = 0; i < D; i++)
            w[i] -= g[i];
    }

    printf("\n%14s %14s\n", "bpgen", "published");
    for (int i = 0; i < D; i++)
        beside(w[i], coefficients[i], 5.1e-4, names[i]);
    L = value(w, g, H);
    cholesky_factor(D, H);
    for (int i = 0; i < D; i++) {
        double e[D] = {0};
        e[i] = 1;
        cholesky_solve(D, H, e);
        beside(sqrt(e[i]), errors[i], 5.1e-4, "its standard error");
    }
    beside(2*L, deviance, 5.1e-4, "deviance, 2 L");
    free(work);
    return beside_failed;
}
