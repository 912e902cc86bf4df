/* elements: adjoints of arrays whose elements are mentioned one by one. They are set, whatever was
 * there, those of no element, too. The last line is PASSED FAILED. */
#include "expect.h"
#include "elements.h"

enum { N = 70 };

int main(void)
{
    double x[N], y[N], x_bar[N], y_bar[N], f, sum;
    for (int i = 0; i < N; i++) {
        x[i] = sin(1 + i);
        y[i] = cos(1 + i);
        x_bar[i] = y_bar[i] = NAN;
    }
    elements_gradient(x, y, &f, x_bar, y_bar);
    sum = exp(y[0]);
    for (int i = 0; i < N; i++) {
        sum += (i + 1)*sin(x[i]) + (i < N - 1 ? (i + 1)*sin(y[i]) : 0);
        expect("x_bar", i, 0, x_bar[i], (i + 1)*cos(x[i]));
        expect("y_bar", i, 0, y_bar[i],
               (i == 0 ? exp(y[0]) : 0) + (i < N - 1 ? (i + 1)*cos(y[i]) : 0));
    }
    expect("f", 0, 0, f, sum);
    printf("%d %d\n", passed, failed);
    return 0;
}
