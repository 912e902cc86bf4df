/* Fisher's irises: the network is trained on all 150 flowers, and says of how many it is right. */
#include "iris_grad.h"

#include "../beside.h"
#include "../descent.h"
#include "iris_data.h"

/* All weights are one vector for the descent; here is where each lies in it. */
enum { UNITS = 5, W1 = 0, B1 = W1 + UNITS*MEASURES, W2 = B1 + UNITS, B2 = W2 + KINDS*UNITS,
       WEIGHTS = B2 + KINDS };

static const double lambda = 0.001;

typedef struct Flowers {
    double x[FLOWERS*MEASURES];  /* scaled to mean 0 and variance 1 */
    int kind[FLOWERS];
    double o[FLOWERS*KINDS];     /* what the network makes of them */
} Flowers;

static double mean(int first, int count, int measure)
{
    double sum = 0;
    for (int t = first; t < first + count; t++)
        sum += iris_data[t*MEASURES + measure];
    return sum/count;
}

static void scale(Flowers *f)
{
    for (int j = 0; j < MEASURES; j++) {
        double m = mean(0, FLOWERS, j), variance = 0;
        for (int t = 0; t < FLOWERS; t++)
            variance += pow(iris_data[t*MEASURES + j] - m, 2)/FLOWERS;
        for (int t = 0; t < FLOWERS; t++)
            f->x[t*MEASURES + j] = (iris_data[t*MEASURES + j] - m)/sqrt(variance);
    }
    for (int t = 0; t < FLOWERS; t++)
        f->kind[t] = t/(FLOWERS/KINDS);
}

static double objective(const double *w, double *g, void *data)
{
    static const double zeros[FLOWERS*KINDS] = {0};
    Flowers *f = data;
    double J;

    iris_reverse(FLOWERS, w + W1, w + B1, w + W2, w + B2, f->x, f->kind, lambda, 1, zeros, &J,
                 f->o, g + W1, g + B1, g + W2, g + B2);
    return J;
}

/* How many flowers have the greatest output at their kind. */
static int count_right(const Flowers *f)
{
    int right = 0;
    for (int t = 0; t < FLOWERS; t++) {
        const double *o = f->o + t*KINDS;
        int best = o[1] > o[0] ? 1 : 0;
        best = o[2] > o[best] ? 2 : best;
        right += best == f->kind[t];
    }
    return right;
}

/* Numbers between -1/2 and 1/2, the same everywhere. */
static double random_number(unsigned long *state)
{
    *state = (*state*1103515245ul + 12345ul)%2147483648ul;
    return (double)*state/2147483648.0 - 0.5;
}

int main(void)
{
    static Flowers f;
    static const char *const names[KINDS*MEASURES] = {
        "setosa, length of sepal", "width of sepal", "length of petal", "width of petal",
        "versicolor, length of sepal", "width of sepal", "length of petal", "width of petal",
        "virginica, length of sepal", "width of sepal", "length of petal", "width of petal",
    };
    static const double published[KINDS*MEASURES] = {
        5.006, 3.428, 1.462, 0.246, 5.936, 2.770, 4.260, 1.326, 6.588, 2.974, 5.552, 2.026,
    };
    double w[WEIGHTS], g[WEIGHTS];
    unsigned long state = 1;

    printf("%14s %14s   means of the data, in cm\n", "here", "published");
    for (int i = 0; i < KINDS*MEASURES; i++)
        beside(mean(i/MEASURES*50, 50, i%MEASURES), published[i], 1e-12, names[i]);

    scale(&f);
    for (int i = 0; i < WEIGHTS; i++)
        w[i] = random_number(&state);

    double J = objective(w, g, &f);
    printf("\nbefore: J = %.4f, %d of %d right\n", J, count_right(&f), FLOWERS);
    beside_true(descent_check(objective, &f, WEIGHTS, w) < 1e-8,
                "the gradient is that of differences");

    descent(objective, &f, WEIGHTS, w, 1e-6, 500);
    J = objective(w, g, &f);
    printf("\nafter:  J = %.4f, %d of %d right\n", J, count_right(&f), FLOWERS);
    beside_true(sqrt(descent_dot(WEIGHTS, g, g)) < 1e-3, "the gradient vanishes");
    beside_true(count_right(&f) >= 146, "at least 146 of 150 are right");
    return beside_failed;
}
