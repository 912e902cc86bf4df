/* means: rows of the Jacobian of data/means.expr, by hand: each of the elements that the mean is
 * taken of has a third of the derivative, the last one nothing. The last line is PASSED FAILED. */
#include "expect.h"
#include "means.h"

enum { INPUTS = 4, AVERAGED = 3, SIDE = 2, ROWS = SIDE*SIDE + 1 };

int main(void)
{
    const double x[INPUTS] = {0.5, -1, 2, 7}, q[SIDE] = {1, 2}, mean = (x[0] + x[1] + x[2])/3;
    double u[SIDE*SIDE], v, jac[ROWS*INPUTS];
    means_jacobian(x, q, u, &v, jac);
    for (int k = 0; k < INPUTS; k++) {
        const double third = k < AVERAGED ? 1.0/3 : 0;
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++)
                expect("du/dx", i*SIDE + j, k, jac[(i*SIDE + j)*INPUTS + k],
                       third*2*(q[i] + exp(mean))*exp(mean));
        expect("dv/dx", 0, k, jac[SIDE*SIDE*INPUTS + k], third*2*sin(mean)*cos(mean));
    }
    printf("%d %d\n", passed, failed);
    return 0;
}
