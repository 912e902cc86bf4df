/* The gradient of tests/arrays/ad/mlp.expr as a person writes it: a sample at a time, one loop a
 * formula of the lecture. Same arguments as the generated mlp_gradient. */
#include <math.h>
#include <stddef.h>

static double softmax(size_t o, const double *O, double *p)
{
    double most = O[0], sum = 0;
    for (size_t c = 1; c < o; c++)
        most = O[c] > most ? O[c] : most;
    for (size_t c = 0; c < o; c++) {
        p[c] = exp(O[c] - most);
        sum += p[c];
    }
    for (size_t c = 0; c < o; c++)
        p[c] /= sum;
    return most + log(sum);
}

static double decay(size_t n, const double *w, double lambda, double *w_bar)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += w[i]*w[i];
        w_bar[i] = lambda*w[i];
    }
    return lambda/2*sum;
}

void hand_gradient(size_t b, size_t d, size_t h, size_t o, const double *W1, const double *b1,
                   const double *W2, const double *b2, const double *X, const double *T,
                   double lambda, double *J, double *W1_bar, double *b1_bar, double *W2_bar,
                   double *b2_bar, double *work)
{
    double *A = work, *O = A + h, *p = O + o, *A_bar = p + o;
    double loss = 0, all = decay(h*d, W1, lambda, W1_bar) + decay(o*h, W2, lambda, W2_bar);
    for (size_t j = 0; j < h; j++)
        b1_bar[j] = 0;
    for (size_t c = 0; c < o; c++)
        b2_bar[c] = 0;
    for (size_t i = 0; i < b; i++) {
        double weight = 0;
        for (size_t j = 0; j < h; j++) {
            double z = b1[j];
            for (size_t k = 0; k < d; k++)
                z += X[i*d + k]*W1[j*d + k];
            A[j] = tanh(z);
            A_bar[j] = 0;
        }
        for (size_t c = 0; c < o; c++) {
            O[c] = b2[c];
            for (size_t j = 0; j < h; j++)
                O[c] += A[j]*W2[c*h + j];
            weight += T[i*o + c];
        }
        double level = softmax(o, O, p);
        for (size_t c = 0; c < o; c++) {
            double O_bar = (weight*p[c] - T[i*o + c])/(double)b;
            loss += T[i*o + c]*(level - O[c]);
            b2_bar[c] += O_bar;
            for (size_t j = 0; j < h; j++) {
                W2_bar[c*h + j] += O_bar*A[j];
                A_bar[j] += O_bar*W2[c*h + j];
            }
        }
        for (size_t j = 0; j < h; j++) {
            double z_bar = A_bar[j]*(1 - A[j]*A[j]);
            b1_bar[j] += z_bar;
            for (size_t k = 0; k < d; k++)
                W1_bar[j*d + k] += z_bar*X[i*d + k];
        }
    }
    *J = loss/(double)b + all;
}
