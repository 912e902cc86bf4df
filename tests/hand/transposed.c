/* transposed: with q = x*exp(x) by element, the derivatives of p = q'*x, of the gradient of
 * sum(q'*q), and of an array of three indices that are turned. What is kept for them grows as the
 * arrays do, not as their squares. The last line is PASSED FAILED. */
#include "expect.h"
#include "transposed.h"

enum { N = 3, P = N*N, R = N*N*N, WIDTH = P + R };

static double q(double x) { return x*exp(x); }
static double dq(double x) { return (1 + x)*exp(x); }
static double ddq(double x) { return (2 + x)*exp(x); }

int main(void)
{
    static double x[P], y[R], p[P], g[P], r[R], jac[(2*P + R)*WIDTH], work[4000];
    double *dp = jac, *dg = jac + P*WIDTH, *dr = jac + 2*P*WIDTH;
    for (int i = 0; i < P; i++)
        x[i] = sin(1 + i);
    for (int i = 0; i < R; i++)
        y[i] = cos(1 + i);
    passed += transposed_jacobian_work(10) <= 8*(100 + 1000);
    failed += transposed_jacobian_work(10) > 8*(100 + 1000);
    if (transposed_jacobian_work(N) > 4000)
        return 1;
    transposed_jacobian(N, x, y, p, g, r, jac, work);
    for (int at = 0; at < P; at++) {
        int turned = at%N*N + at/N; /* x[j,i] beside x[i,j] */
        for (int k = 0; k < WIDTH; k++) {
            expect("dp", at, k, dp[at*WIDTH + k],
                   (k == turned ? dq(x[turned])*x[at] : 0) + (k == at ? q(x[turned]) : 0));
            expect("dg", at, k, dg[at*WIDTH + k],
                   (k == at ? 2*q(x[turned])*ddq(x[at]) : 0) +
                       (k == turned ? 2*dq(x[at])*dq(x[turned]) : 0));
        }
    }
    for (int at = 0; at < R; at++) {
        int turned = at%(N*N)*N + at/(N*N); /* y[j,k,i] beside y[i,j,k] */
        for (int k = 0; k < WIDTH; k++)
            expect("dr", at, k, dr[at*WIDTH + k],
                   (k - P == turned ? dq(y[turned])*y[at] : 0) + (k - P == at ? q(y[turned]) : 0));
    }
    printf("%d %d\n", passed, failed);
    return 0;
}
