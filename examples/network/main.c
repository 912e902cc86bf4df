/* One sample through a network, and back: every adjoint beside the formula of the textbook. */
#include <stdlib.h>

#include "network_grad.h"

#include "../beside.h"

enum { D = 2, M = 3, Q = 2 };

static const double W1[M*D] = {0.5, -1.0, 0.25, 0.75, -0.5, 0.3};
static const double W2[Q*M] = {1.0, -0.5, 0.2, -0.3, 0.8, 0.6};
static const double x[D] = {1, 2}, y[Q] = {0.5, -1};
static const double lambda = 0.1;

typedef struct Table {
    double L, s, J;
    double o[Q], W2[Q*M], h[M], z[M], W1[M*D];  /* the derivatives of J by these */
} Table;

/* The derivation by hand. With the sign ' for a transpose and * for a product by elements:
 * dJ/do = o - y, dJ/dW2 = dJ/do h' + lambda W2, dJ/dh = W2' dJ/do,
 * dJ/dz = dJ/dh * phi'(z), dJ/dW1 = dJ/dz x' + lambda W1. */
static Table by_hand(void)
{
    Table t = {0};
    double z[M] = {0}, h[M], o[Q] = {0};

    for (int i = 0; i < M; i++) {
        for (int j = 0; j < D; j++)
            z[i] += W1[i*D + j]*x[j];
        h[i] = tanh(z[i]);
    }
    for (int k = 0; k < Q; k++) {
        for (int i = 0; i < M; i++)
            o[k] += W2[k*M + i]*h[i];
        t.o[k] = o[k] - y[k];
        t.L += t.o[k]*t.o[k]/2;
    }
    for (int k = 0; k < Q; k++)
        for (int i = 0; i < M; i++) {
            t.W2[k*M + i] = t.o[k]*h[i] + lambda*W2[k*M + i];
            t.h[i] += W2[k*M + i]*t.o[k];
            t.s += lambda/2*W2[k*M + i]*W2[k*M + i];
        }
    for (int i = 0; i < M; i++) {
        t.z[i] = t.h[i]/(cosh(z[i])*cosh(z[i]));
        for (int j = 0; j < D; j++) {
            t.W1[i*D + j] = t.z[i]*x[j] + lambda*W1[i*D + j];
            t.s += lambda/2*W1[i*D + j]*W1[i*D + j];
        }
    }
    t.J = t.L + t.s;
    return t;
}

/* A matrix, or a vector as a matrix of one column; the formula stands beside the first element. */
static void matrix(const double *result, const double *hand, int rows, int columns,
                   const char *name, const char *formula)
{
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
            char element[80], column[20] = "";
            if (columns > 1)
                snprintf(column, sizeof column, ",%d", j);
            snprintf(element, sizeof element, "%s[%d%s]%s", name, i, column, i + j ? "" : formula);
            beside(result[i*columns + j], hand[i*columns + j], 1e-14, element);
        }
}

/* The same gradient by reverse mode: seed 1 for J, 0 for all other outputs. */
static void reverse(Table *t)
{
    static const double zeros[M*D + Q*M] = {0};
    double *work = malloc(network_reverse_work(D, M, Q)*sizeof *work);
    Table u;

    if (!work)
        exit(EXIT_FAILURE);
    network_reverse(D, M, Q, W1, W2, x, y, lambda, 0, 0, 1, zeros, zeros, zeros, zeros, zeros, &u.L,
                    &u.s, &u.J, u.o, u.W2, u.h, u.z, u.W1, t->W1, t->W2, work);
    free(work);
}

int main(void)
{
    Table t, r, hand = by_hand();
    double *work = malloc(network_value_work(D, M, Q)*sizeof *work);

    if (!work)
        return EXIT_FAILURE;
    network_value(D, M, Q, W1, W2, x, y, lambda, &t.L, &t.s, &t.J, t.o, t.W2, t.h, t.z, t.W1, work);
    free(work);

    beside_title("2 inputs, 3 hidden units, 2 outputs");
    beside(t.L, hand.L, 1e-14, "L");
    beside(t.s, hand.s, 1e-14, "s");
    beside(t.J, hand.J, 1e-14, "J");
    matrix(t.o, hand.o, Q, 1, "dJ/do", " = o - y");
    matrix(t.W2, hand.W2, Q, M, "dJ/dW2", " = dJ/do h' + lambda W2");
    matrix(t.h, hand.h, M, 1, "dJ/dh", " = W2' dJ/do");
    matrix(t.z, hand.z, M, 1, "dJ/dz", " = dJ/dh * phi'(z)");
    matrix(t.W1, hand.W1, M, D, "dJ/dW1", " = dJ/dz x' + lambda W1");

    reverse(&r);
    printf("\n%14s %14s\n", "reverse", "by hand");
    matrix(r.W1, hand.W1, M, D, "W1_bar", "");
    matrix(r.W2, hand.W2, Q, M, "W2_bar", "");
    return beside_failed;
}
