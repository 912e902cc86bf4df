/* integers: subscripts and ranges that are negative for a while, quotients of them that round down,
 * sizes that are compared, and numbers that are chosen, for all sizes up to 9. The last line is
 * PASSED FAILED. */
#include "expect.h"
#include "integers.h"

enum { MOST = 9 };

static int lesser(int a, int b) { return a < b ? a : b; }
static int greater(int a, int b) { return a > b ? a : b; }

/* Rounded down, for a divisor above 0. */
static int quotient(int a, int b) { return (int)floor((double)a/b); }
static int residue(int a, int b) { return a - b*quotient(a, b); }

/* The derivative of x[i]*x[j] in one element, or the value for none (-1). */
static double product(const double *x, int i, int j, int at)
{
    return at < 0 ? x[i]*x[j] : (i == at)*x[j] + (j == at)*x[i];
}

static double element(const double *x, int i, int at) { return at < 0 ? x[i] : i == at; }

/* Subscripts that are chosen. */
static double chosen(int n, const double *x, const int *k, int at)
{
    const int first = n > 1 && k[n - 1] > 0 ? 1 : 0;
    double sum = product(x, first, first*(n > 2 ? 2 : 1), at);
    for (int i = 0; i < 2; i++) {
        sum += element(x, n > i && k[0] >= 1 - i ? i : 0, at);
        sum += element(x, lesser(n > 1 ? i : 0, 1 - i), at);
    }
    for (int i = 0; i < n; i++) {
        sum += product(x, greater(0, i), lesser(i/2, 0), at);
        sum += element(x, lesser(k[i] > 1 ? 1 : 0, k[i]), at);
    }
    return sum;
}

/* The derivative in one element, or the value for none (-1). */
static double model(int n, const double *x, const int *k, int at)
{
    double value = 0, slope = 0;
    for (int i = 0; i < n; i++) {
        const int turned = residue(i - 3, n), third = greater(quotient(i - 2, 3), 0);
        value += x[turned] + x[third];
        slope += (turned == at) + (third == at);
        for (int j = greater(i - 2, 0); j < lesser(2*(i - 1) + 3, n); j++) {
            value += x[i]*x[j];
            slope += (i == at)*x[j] + (j == at)*x[i];
        }
        const int cubed = k[i] - 3 > i - 2*(n - i);
        value += cubed ? x[i]*x[i]*x[i] : -x[i];
        slope += (i == at)*(cubed ? 3*x[i]*x[i] : -1);
        value += 2*x[i]; /* an entry is from 0 to n - 1 */
        slope += (i == at)*2;
    }
    return (at < 0 ? value : slope) + chosen(n, x, k, at);
}

int main(void)
{
    for (int n = 1; n <= MOST; n++) {
        double x[MOST], f, x_bar[MOST];
        int k[MOST];
        for (int i = 0; i < n; i++) {
            x[i] = sin(1 + i);
            k[i] = i*i*i%n;
        }
        integers_gradient((size_t)n, x, k, &f, x_bar);
        expect("f", n, -1, f, model(n, x, k, -1));
        for (int i = 0; i < n; i++)
            expect("x_bar", n, i, x_bar[i], model(n, x, k, i));
    }
    printf("%d %d\n", passed, failed);
    return 0;
}
