/* A plate is heated so that it has a wanted temperature at the end: once in the shape in which heat
 * fades evenly, where the best control is known, and once by a small heater in a corner. */
#include "plate_grad.h"

#include "../beside.h"
#include "../descent.h"

enum { N = 13, M = 17, T = 40 };

typedef struct Plate {
    double w[N*M], target[N*M], r, cost, *work;
} Plate;

static double objective(const double *c, double *g, void *data)
{
    const Plate *p = data;
    double J;

    plate_gradient(N, M, T, c, p->w, p->target, p->r, p->cost, &J, g, p->work);
    return J;
}

/* A hill over the whole plate, which keeps its shape when it fades. */
static double hill(int i, int j)
{
    const double pi = 4*atan(1.0);
    return sin(pi*i/(N - 1))*sin(pi*j/(M - 1));
}

/* What is left of it after a step. */
static double fading(double r)
{
    const double pi = 4*atan(1.0), a = sin(pi/(2*(N - 1))), b = sin(pi/(2*(M - 1)));
    return 1 - 4*r*(a*a + b*b);
}

int main(void)
{
    static Plate p = {.r = 0.2, .cost = 0.5};
    double c[T] = {0}, g[T], size = 0, sum = 0, left = 1, error = 0, best = 0;

    p.work = malloc(plate_gradient_work(N, M, T)*sizeof *p.work);
    if (!p.work)
        return EXIT_FAILURE;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < M; j++) {
            p.w[i*M + j] = hill(i, j);
            p.target[i*M + j] = 2*hill(i, j);
            size += hill(i, j)*hill(i, j);
        }
    beside_true(descent_check(objective, &p, T, c) < 1e-6, "the gradient is that of differences");
    double J = descent(objective, &p, T, c, 1e-10, 500);

    /* by hand: with m for what a step leaves, and c[t] in the ratio of m^(T-1-t) */
    for (int t = T; t-- > 0; left *= fading(p.r)*fading(p.r))
        sum += left;
    left = 1;
    for (int t = T; t-- > 0; left *= fading(p.r)) {
        double hand = 2*left*size/(p.cost + size*sum);
        error = fmax(error, fabs(c[t] - hand));
        best += p.cost*hand*hand/2;
    }
    double miss = 2 - 2*size*sum/(p.cost + size*sum);
    best += miss*miss*size/2;
    beside_title("a hill");
    beside(J, best, 1e-9, "least J");
    beside(error, 0, 1e-8, "greatest difference of a power");

    for (int i = 0; i < N; i++)
        for (int j = 0; j < M; j++) {
            p.w[i*M + j] = i > 1 && i < 5 && j > 1 && j < 5;
            p.target[i*M + j] = i > 0 && i < N - 1 && j > 0 && j < M - 1;
        }
    p.cost = 1;
    memset(c, 0, sizeof c);
    double before = objective(c, g, &p), after = descent(objective, &p, T, c, 1e-9, 500);
    printf("\na heater in a corner: J from %.6g to %.6g\n", before, after);
    objective(c, g, &p);
    beside_true(sqrt(descent_dot(T, g, g)) < 1e-5, "the gradient vanishes");
    free(p.work);
    return beside_failed;
}
