/* Forward mode takes a call an input, reverse mode one call for all of them. */
#include "graph_grad.h"

#include "../beside.h"

int main(void)
{
    const double a = 2, b = 1;
    double e, by_a, by_b, a_bar, b_bar;

    graph_forward(a, b, 1, 0, &e, &by_a);            /* tangents (1, 0): along a */
    graph_forward(a, b, 0, 1, &e, &by_b);            /* tangents (0, 1): along b */
    graph_reverse(a, b, 1, &e, &a_bar, &b_bar);      /* seed 1: both at once */

    beside_title("at a = 2, b = 1");
    beside(e, 6, 0, "e");
    beside(by_a, 2, 0, "de/da, forward, first call");
    beside(by_b, 5, 0, "de/db, forward, second call");
    beside(a_bar, 2, 0, "de/da, reverse, the one call");
    beside(b_bar, 5, 0, "de/db, reverse, the one call");
    return beside_failed;
}
