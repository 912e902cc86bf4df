#include <math.h>

#include "layer.h"

typedef struct How {
    double decay, factor, sign_b, inner; /* 2, 1, 1, 1 if right */
    int transposed, columns, added;
} How;

static void all(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb,
                const How *how)
{
    *L = 0;
    for (size_t k = 0; k < q; k++)
        gb[k] = 0;
    for (size_t k = 0; k < q*d && !how->added; k++)
        gW[k] = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < q; k++) {
            const double picked = (size_t)pick[i] == k;
            double z = b[k];
            for (size_t j = 0; j < d; j++)
                z += X[how->columns ? j*n + i : i*d + j]*W[k*d + j];
            const double r = tanh(z) - Y[i*q + k];
            const double bar = how->factor*(r*(1 - how->inner*tanh(z)*tanh(z))/(double)n + picked);
            *L += r*r/(2*(double)n) + picked*z;
            gb[k] += how->sign_b*bar;
            for (size_t j = 0; j < d; j++)
                gW[how->transposed ? j*q + k : k*d + j] += bar*X[how->columns ? j*n + i : i*d + j];
        }
    for (size_t k = 0; k < q; k++)
        for (size_t j = 0; j < d; j++) {
            *L += lambda*W[k*d + j]*W[k*d + j];
            gW[how->transposed ? j*q + k : k*d + j] += how->decay*how->factor*lambda*W[k*d + j];
        }
}

#define DEFINE(NAME, ...) \
    LAYER(NAME) \
    { \
        static const How how = {__VA_ARGS__}; \
        all(n, d, q, W, b, X, Y, lambda, pick, L, gW, gb, &how); \
    }

DEFINE(layer_good, 2, 1, 1, 1, 0, 0, 0)
DEFINE(layer_transposed, 2, 1, 1, 1, 1, 0, 0)
DEFINE(layer_columns, 2, 1, 1, 1, 0, 1, 0)
DEFINE(layer_decay, 0, 1, 1, 1, 0, 0, 0)
DEFINE(layer_batch, 2, 3, 1, 1, 0, 0, 0)
DEFINE(layer_minus, 2, 1, -1, 1, 0, 0, 0)
DEFINE(layer_added, 2, 1, 1, 1, 0, 0, 1)
DEFINE(layer_inner, 2, 1, 1, 0, 0, 0, 0)
