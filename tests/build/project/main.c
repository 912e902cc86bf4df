/* Prints the gradients of both models, at points where they are known. */
#include <stdio.h>

#include "product_grad.h"
#include "spring_grad.h"

int main(void)
{
    double f, x_bar, y_bar, z_bar, energy;

    product_gradient(-2, 5, -4, &f, &x_bar, &y_bar, &z_bar);
    printf("product %g %g %g %g\n", f, x_bar, y_bar, z_bar);
    spring_gradient(3, &energy, &x_bar);
    printf("spring %g %g\n", energy, x_bar);
    return 0;
}
