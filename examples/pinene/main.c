/* The rates of the isomerisation of alpha-pinene, from measurements; a standard problem of tests of
 * minimisers, with a published solution. */
#include "pinene_grad.h"

#include "../beside.h"
#include "../descent.h"

enum { K = 8, PER = 8, T = K*PER };

/* Minutes, and what there was of each substance in percent: G. E. P. Box, W. G. Hunter, J. F.
 * MacGregor, J. Erjavec, Some problems associated with the analysis of multiresponse data,
 * Technometrics 15 (1973), 33-51. */
static const double time_of[K] = {1230, 3060, 4920, 7800, 10680, 15030, 22620, 36420};
static const double measured[K*5] = {
    88.35,  7.3, 2.3, 0.4,  1.75,  76.4, 15.6, 4.5, 0.7,  2.8,  65.1, 23.1, 5.3, 1.1,  5.8,
    50.4,  32.9, 6.0, 1.5,  9.3,   37.5, 42.7, 6.0, 1.9, 12.0,  25.9, 49.1, 5.9, 2.2, 17.0,
    14.0,  57.4, 5.1, 2.6, 21.0,    4.5, 63.1, 3.8, 2.9, 25.7
};

static const double at_first[5] = {100, 0, 0, 0, 0};

static double h[T], *work;
static int at[K];

static double objective(const double *p, double *g, void *data)
{
    double J;

    (void)data;
    pinene_gradient(T, K, p, h, at_first, measured, at, &J, g, work);
    return J;
}

int main(void)
{
    static const double published[5] = {5.926, 2.963, 2.047, 27.45, 3.998};
    static const char *const name[5] = {"rate 1", "rate 2", "rate 3", "rate 4", "rate 5"};
    double p[5] = {6, 3, 2, 20, 3};

    work = malloc(pinene_gradient_work(T, K)*sizeof *work);
    if (!work)
        return EXIT_FAILURE;
    for (int k = 0; k < K; k++) {
        at[k] = (k + 1)*PER;
        for (int i = 0; i < PER; i++)
            h[k*PER + i] = (time_of[k] - (k ? time_of[k - 1] : 0))/PER;
    }
    beside_true(descent_check(objective, NULL, 5, p) < 1e-5, "the gradient is that of differences");
    double J = descent(objective, NULL, 5, p, 1e-7, 1000);
    printf("%14s %14s\n", "bpgen", "published");
    beside(J, 19.8721, 5e-4, "sum of squares");
    for (int i = 0; i < 5; i++)
        beside(p[i], published[i], i == 3 ? 5e-3 : 5e-4, name[i]);
    free(work);
    return beside_failed;
}
