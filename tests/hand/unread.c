/* unread: first derivatives of data/unread.expr by hand, at points where all that is not read is no
 * number, infinite, or at a pole. The last line is PASSED FAILED. */
#include "expect.h"
#include "unread.h"

enum { N = 5, M = 2, S = 2*N, COLUMNS = 2*N + 1, ROWS = 6 + M };

typedef struct Point {
    double x[N], w[N], s, t[N];
    int k[2];
} Point;

static void judge(const Point *p)
{
    const double *x = p->x, *w = p->w, s = p->s;
    const int near = p->k[0], far = p->k[1];
    double want[ROWS][COLUMNS] = {{0}}, got[ROWS*COLUMNS], value[6], g[M];
    static double work[4000];
    want[0][0] = 1/(2*sqrt(x[0]));
    want[2][0] = s;
    want[2][1] = 2*x[1]/(w[1]*w[1]);
    want[2][N + 1] = -2*x[1]*x[1]/(w[1]*w[1]*w[1]);
    want[2][S] = x[0];
    const double slope = -1/sqrt(1 - x[near]*x[near]);
    want[3][near] = slope;
    want[3][far] += -w[0]/sqrt(1 - x[far]*x[far]);
    want[3][N] = acos(x[far]);
    want[4][1] = s/p->t[1];
    want[4][S] = x[1]/p->t[1];
    want[5][0] = 500*s*exp(500*x[0]);
    want[5][S] = exp(500*x[0]);
    const double factor = near == far ? 1 + w[0] : 1;
    for (int i = 0; i < M; i++) {
        want[1][i] = 3*log(w[i]);
        want[1][N + i] = 3*x[i]/w[i];
        want[6 + i][near] = 3*log(w[i])*factor*slope*x[near]/(1 - x[near]*x[near]);
        want[6 + i][N + i] = 3/w[i]*factor*slope;
        want[6 + i][N] += near == far ? 3*log(w[i])*slope : 0;
    }
    unread_jacobian(N, M, x, w, s, p->t, p->k, &value[0], &value[1], &value[2], &value[3],
                    &value[4], &value[5], g, got, work);
    for (int i = 0; i < ROWS*COLUMNS; i++)
        expect("jac", i/COLUMNS, i%COLUMNS, got[i], want[i/COLUMNS][i%COLUMNS]);
}

int main(void)
{
    const Point points[] = {
        {{0.5, 0.75, 0, -2, 2}, {2, 0.5, 0, -1, 0}, 1.5, {4, 2, 0, 0, 0}, {0, 1}},
        {{0.25, -0.5, 1, 0, -1}, {3, 0.25, 0, 0, -2}, -2, {0, 0.5, 0, 0, 0}, {1, 1}},
        {{0.75, 0.5, INFINITY, NAN, 0.25}, {1, 2, 0, NAN, 0}, 0.5, {0, 8, 0, NAN, 0}, {4, 0}},
    };
    if (unread_jacobian_work(N, M) > 4000)
        return 1;
    for (int i = 0; i < 3; i++)
        judge(&points[i]);
    printf("%d %d\n", passed, failed);
    return 0;
}
