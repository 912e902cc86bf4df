/* The chain rule: dz/dx is dz/dt times dt/dx. */
#include "chain_grad.h"
#include "links_grad.h"

#include "../beside.h"

int main(void)
{
    const double x = 1, y = 2;
    double z, x_bar, y_bar, dz_dt, dt_dx;

    chain_gradient(x, y, &z, &x_bar, &y_bar);
    links_value(x, y, &dz_dt, &dt_dx);

    beside_title("at x = 1, y = 2");
    beside(z, 9, 0, "z");
    beside(dz_dt, 6, 0, "dz/dt = 2t");
    beside(dt_dx, 1, 0, "dt/dx");
    beside(x_bar, 6, 0, "dz/dx = 2(x + y)");
    beside(y_bar, 6, 0, "dz/dy = 2(x + y)");
    beside(x_bar, dz_dt*dt_dx, 0, "dz/dx beside dz/dt * dt/dx");
    return beside_failed;
}
