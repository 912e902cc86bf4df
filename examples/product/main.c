/* The gradient of f = (x + y)*z at (-2, 5, -4). */
#include "product_grad.h"

#include "../beside.h"

int main(void)
{
    double f, x_bar, y_bar, z_bar;

    product_gradient(-2, 5, -4, &f, &x_bar, &y_bar, &z_bar);

    beside_title("at x = -2, y = 5, z = -4");
    beside(f, -12, 0, "f");
    beside(x_bar, -4, 0, "df/dx");
    beside(y_bar, -4, 0, "df/dy");
    beside(z_bar, 3, 0, "df/dz");
    return beside_failed;
}
