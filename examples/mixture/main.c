/* Points drawn from a mixture of three normal distributions; the mixture is found from them. */
#include "mixture_grad.h"

#include "../beside.h"
#include "../descent.h"

enum { POINTS = 600, M = 3 };

/* What the points are drawn from. */
static const double weight[M] = {0.5, 0.3, 0.2};
static const double mean[M] = {-2, 1, 4};
static const double deviation[M] = {0.6, 0.8, 0.4};

/* Numbers between 0 and 1, the same everywhere. */
static double random_number(unsigned long *state)
{
    *state = (*state*1103515245ul + 12345ul)%2147483648ul;
    return (double)*state/2147483648.0;
}

/* One that is nearly normally distributed, with mean 0 and variance 1: the sum of twelve. */
static double normal_number(unsigned long *state)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += random_number(state);
    return sum;
}

typedef struct Sample {
    double x[POINTS];
    double *work;
} Sample;

/* The shares of the components among the points are just those of the weights. */
static void draw(Sample *s)
{
    unsigned long state = 1;
    int first = 0;
    for (int k = 0; k < M; k++) {
        int end = first + (int)(weight[k]*POINTS + 0.5);
        for (; first < end; first++)
            s->x[first] = mean[k] + deviation[k]*normal_number(&state);
    }
}

/* Minus the logarithm of the likelihood; the unknowns are alpha, mu, gamma. */
static double objective(const double *u, double *g, void *data)
{
    Sample *s = data;
    double L;

    mixture_gradient(POINTS, M, u, u + M, u + 2*M, s->x, &L, g, g + M, g + 2*M, s->work);
    for (int i = 0; i < 3*M; i++)
        g[i] = -g[i];
    return -L;
}

/* The same, point by point as the formula of the density says. */
static double by_hand(const Sample *s, const double *w, const double *mu, const double *sigma)
{
    double L = 0;
    for (int t = 0; t < POINTS; t++) {
        double p = 0;
        for (int k = 0; k < M; k++) {
            double z = (s->x[t] - mu[k])/sigma[k];
            p += w[k]*exp(-z*z/2)/(sigma[k]*sqrt(8*atan(1.0)));
        }
        L += log(p);
    }
    return L;
}

int main(void)
{
    static Sample s;
    double u[3*M] = {0, 0, 0, -1, 0, 1, 0, 0, 0};  /* equal weights, deviations 1 */
    double w[M], sigma[M], sum = 0;

    draw(&s);
    s.work = malloc(mixture_gradient_work(POINTS, M)*sizeof *s.work);
    if (!s.work)
        return EXIT_FAILURE;
    beside_true(descent_check(objective, &s, 3*M, u) < 1e-5, "the gradient is that of differences");
    double L = -descent(objective, &s, 3*M, u, 1e-6, 300);

    for (int k = 0; k < M; k++)
        sum += exp(u[k]);
    for (int k = 0; k < M; k++) {
        w[k] = exp(u[k])/sum;
        sigma[k] = exp(u[2*M + k]);
    }
    printf("\n%14s %14s\n", "fitted", "drawn from");
    for (int k = 0; k < M; k++) {
        beside(w[k], weight[k], 0.03, "weight");
        beside(u[M + k], mean[k], 0.15, "mean");
        beside(sigma[k], deviation[k], 0.12, "standard deviation");
    }
    printf("\n");
    beside_title("logarithm of the likelihood");
    beside(L, by_hand(&s, w, u + M, sigma), 1e-8, "of the mixture that was fitted");
    double drawn = by_hand(&s, weight, mean, deviation);
    printf("%14.8g %14s   of the one that was drawn from\n", drawn, "");
    beside_true(L > drawn && L > -1148.96, "it is greater, and above -1148.96");
    free(s.work);
    return beside_failed;
}
