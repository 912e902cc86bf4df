/* One point, one weight, one bias: the loss, its gradient, a step of descent, and a fit. */
#include "line_grad.h"

#include "../beside.h"

int main(void)
{
    const double x = 2, y = 3, eta = 0.1;
    double w = 0.5, b = 0.1, L, w_new, b_new, w_bar, b_bar;

    line_reverse(w, b, x, y, eta, 1, 0, 0, &L, &w_new, &b_new, &w_bar, &b_bar);

    beside_title("x = 2, y = 3, w = 0.5, b = 0.1, eta = 0.1");
    beside(L, 1.805, 1e-12, "L");
    beside(w_bar, -3.8, 1e-12, "dL/dw");
    beside(b_bar, -1.9, 1e-12, "dL/db");
    beside(w_new, 0.88, 1e-12, "w_new");
    beside(b_new, 0.29, 1e-12, "b_new");

    printf("\n%14s %14s   after each step of descent\n", "L", "by hand");
    double hand = 1.805;
    for (int step = 1; step <= 16; step++) {
        w = w_new;
        b = b_new;
        hand /= 4;
        line_value(w, b, x, y, eta, &L, &w_new, &b_new);
        if (step <= 3 || step == 16) {
            char name[700];
            snprintf(name, sizeof name, "step %d: w = %.6f, b = %.6f", step, w, b);
            beside(L, hand, 1e-12, name);
        }
    }
    beside(w, 1.26, 1e-4, "w of the fit");
    beside(b, 0.48, 1e-4, "b of the fit");
    beside(w*x + b, y, 1e-4, "w*x + b beside y");
    return beside_failed;
}
