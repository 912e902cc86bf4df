/* Matt Mazur's worked example of backpropagation, with its published numbers. */
#include "mazur_grad.h"

#include "../beside.h"

enum { WEIGHTS = 8 };

static const double first[WEIGHTS] = {0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55};
static const double b[2] = {0.35, 0.60}, x[2] = {0.05, 0.10}, target[2] = {0.01, 0.99};

/* What the weights are after one step, as published; w1 to w8. */
static const double updated[WEIGHTS] = {0.149780716, 0.19956143, 0.24975114, 0.29950229,
                                        0.35891648, 0.408666186, 0.511301270, 0.561370121};

/* One step against the gradient; the biases stay as they are. */
static double step(double *W, double *a)
{
    const double one = 1, none[6] = {0};
    double E, W_bar[WEIGHTS], b_bar[2];

    mazur_reverse(W, b, x, target, one, none, &E, a, W_bar, b_bar);
    for (int i = 0; i < WEIGHTS; i++)
        W[i] -= 0.5*W_bar[i];
    return E;
}

int main(void)
{
    double W[WEIGHTS], a[6];
    char name[] = "w1 after one step";

    for (int i = 0; i < WEIGHTS; i++)
        W[i] = first[i];
    beside_title("");
    beside(step(W, a), 0.298371109, 1e-9, "total error");
    beside(a[2], 0.593269992, 1e-9, "h1");
    beside(a[3], 0.596884378, 1e-9, "h2");
    beside(a[4], 0.75136507, 1e-8, "o1");
    beside(a[5], 0.772928465, 1e-9, "o2");
    for (int i = 0; i < WEIGHTS; i++) {
        name[1] = (char)('1' + i);
        beside(W[i], updated[i], 5e-9, name);
    }
    for (int i = 1; i < 10000; i++)
        step(W, a);
    beside(step(W, a), 0.000035085, 2e-8, "total error after 10000 steps");
    return beside_failed;
}
