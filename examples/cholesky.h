/* cholesky: linear equations with a symmetric matrix, positive definite. */
#ifndef CHOLESKY_H
#define CHOLESKY_H

#include <math.h>
#include <stddef.h>

/* The lower triangle of A becomes L, where A = LL'. Not 1 but 0 if A is not positive definite. */
static inline int cholesky_factor(size_t n, double *A)
{
    for (size_t j = 0; j < n; j++)
        for (size_t i = j; i < n; i++) {
            double sum = A[i*n + j];
            for (size_t k = 0; k < j; k++)
                sum -= A[i*n + k]*A[j*n + k];
            if (i == j && !(sum > 0))
                return 0;
            A[i*n + j] = i == j ? sqrt(sum) : sum/A[j*n + j];
        }
    return 1;
}

/* b becomes the solution of LL'x = b. */
static inline void cholesky_solve(size_t n, const double *L, double *b)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            b[i] -= L[i*n + k]*b[k];
        b[i] /= L[i*n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            b[i] -= L[k*n + i]*b[k];
        b[i] /= L[i*n + i];
    }
}

#endif
