/* A sigmoid neuron, written out and as one gate, beside the published digits. */
#include "gate_grad.h"
#include "neuron_grad.h"

#include "../beside.h"

static const char *const names[6] = {"f", "df/dw0", "df/dx0", "df/dw1", "df/dx1", "df/dw2"};

/* As published, with two decimals. */
static const double published[6] = {0.73, -0.20, 0.39, -0.39, -0.59, 0.20};

int main(void)
{
    double a[6], b[6];

    neuron_gradient(2, -1, -3, -2, -3, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5]);
    gate_gradient(2, -1, -3, -2, -3, &b[0], &b[1], &b[2], &b[3], &b[4], &b[5]);

    beside_title("at w = (2, -3, -3), x = (-1, -2), written out");
    for (int i = 0; i < 6; i++)
        beside(a[i], published[i], 0.005, names[i]);

    printf("\n%14s %14s\n", "one gate", "written out");
    for (int i = 0; i < 6; i++)
        beside(b[i], a[i], 1e-15, names[i]);
    return beside_failed;
}
