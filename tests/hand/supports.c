/* supports: second derivatives of data/supports.expr by hand, where terms are taken, where they are
 * not, and where what is tested is 0. The last line is PASSED FAILED. */
#include "expect.h"
#include "supports.h"

enum { N = 3, COLUMNS = N + 1, ROWS = 4*N + 1, WORK = 4000 };

static const double a = 0.5, b = 9, v[N] = {1, 0.75, 2}, w = 1.25;

/* What is read backwards, and its derivatives by x[k] and t. */
typedef struct Root {
    double y, t, x, tx, tt;
} Root;

static Root root(const double *x, double t, int k)
{
    const double u = k ? x[k] + t - 1 - a : x[0]*t - a;
    if (u <= 0)
        return (Root){0};
    if (k)
        return (Root){u, 1, 1, 0, 0};
    return (Root){u*u, 2*u*x[0], 2*u*t, 2*x[0]*t + 2*u, 2*x[0]*x[0]};
}

/* g[i] = do/dt for o = (y*v)^(1/4)*sqrt(x[N-1]). */
static void judge_roots(const double *x, double t, const double *g, const double *jac)
{
    for (int i = 0; i < N && x[N-1] > 0; i++) {
        const int k = N-1-i;
        const Root y = root(x, t, k);
        const double scale = pow(v[i], 0.25)*sqrt(x[N-1])/4;
        const double first = y.y > 0 ? scale*pow(y.y, -0.75) : 0;
        const double second = y.y > 0 ? -0.75*scale*pow(y.y, -1.75) : 0;
        expect("g", i, 0, g[i], first*y.t);
        for (int j = 0; j < N; j++)
            expect("dg", i, j, jac[i*COLUMNS + j],
                   (j == k ? second*y.x*y.t + first*y.tx : 0) +
                       (j == N-1 ? first*y.t/(2*x[N-1]) : 0));
        expect("dg/dt", i, 0, jac[i*COLUMNS + N], second*y.t*y.t + first*y.tt);
    }
}

/* h[i] = d^2 for d = cos(l)*l' (+ 2*w*l' of the first), l = u*log(u). */
static void judge_squares(const double *x, const double *h, const double *jac)
{
    for (int i = 0; i < N; i++) {
        const double u = x[i] - a, more = i ? 0 : 2*w;
        double d = 0, dd = 0;
        if (u > 0) {
            const double l = u*log(u), first = log(u) + 1;
            d = (cos(l) + more)*first;
            dd = -sin(l)*first*first + (cos(l) + more)/u;
        }
        expect("h", i, 0, h[i], d*d);
        for (int j = 0; j < COLUMNS; j++)
            expect("dh", i, j, jac[i*COLUMNS + j], i == j ? 2*d*dd : 0);
    }
}

/* k = sum of v[i]*dT/dx[i] for T the sum of (p[i]*v[i] - c)^2 + (p[i]*p[N-1] - c)^2 where x > a. */
static void judge_product(const double *x, double c, double k, const double *jac)
{
    double p[N], d[N], dd[N], by[N] = {0}, twice[N][N] = {{0}}, sum = 0;
    for (int i = 0; i < N; i++) {
        const double u = x[i] - a;
        p[i] = !i ? sin(u) : u > 0 ? log(u) : 0;
        d[i] = !i ? cos(u) : u > 0 ? 1/u : 0;
        dd[i] = !i ? -sin(u) : u > 0 ? -1/(u*u) : 0;
    }
    const double end = p[N-1];
    for (int i = 0; i < N; i++) {
        if (x[i] <= a)
            continue;
        by[i] += 2*v[i]*(p[i]*v[i] - c);
        twice[i][i] += 2*v[i]*v[i];
        if (i == N-1) {
            by[i] += 4*end*(end*end - c);
            twice[i][i] += 12*end*end - 4*c;
            continue;
        }
        by[i] += 2*end*(p[i]*end - c);
        by[N-1] += 2*p[i]*(p[i]*end - c);
        twice[i][i] += 2*end*end;
        twice[i][N-1] += 4*p[i]*end - 2*c;
        twice[N-1][i] += 4*p[i]*end - 2*c;
        twice[N-1][N-1] += 2*p[i]*p[i];
    }
    for (int i = 0; i < N; i++)
        sum += v[i]*by[i]*d[i];
    expect("k", 0, 0, k, sum);
    for (int i = 0; i < N; i++) {
        sum = v[i]*by[i]*dd[i];
        for (int j = 0; j < N; j++)
            sum += v[j]*twice[i][j]*d[i]*d[j];
        expect("dk", 0, i, jac[i], sum);
    }
    expect("dk/dt", 0, 0, jac[N], 0);
}

/* s = t*F' for F = max(u^1.5, c)^2 + w*log(u^1.5), exp(v*sqrt(u))*sqrt(u), u = x*t - a. */
static void judge_sums(const double *x, double t, double c, const double *s, const double *jac)
{
    for (int row = 0; row < 2*N; row++) {
        const int i = row%N;
        const double u = x[i]*t - a, e = sqrt(fabs(u)), more = i ? 0 : 1.5*w;
        double d = 0, dd = 0;
        if (u > 0 && row < N) {
            d = (u*e > c ? 3*u*u : 0) + more/u;
            dd = (u*e > c ? 6*u : 0) - more/(u*u);
        } else if (u > 0) {
            const double ve = v[0]*e;
            d = exp(ve)*(1 + ve)/(2*e);
            dd = exp(ve)*(ve*ve + ve - 1)/(4*u*e);
        }
        expect("s", row, 0, s[row], t*d);
        for (int j = 0; j < N; j++)
            expect("ds", row, j, jac[row*COLUMNS + j], i == j ? t*t*dd : 0);
        expect("ds/dt", row, 0, jac[row*COLUMNS + N], d + t*x[i]*dd);
    }
}

static void judge(const double *x, double t, double c)
{
    static double g[N], h[N], k, s[2*N], jac[ROWS*COLUMNS], work[WORK];
    supports_jacobian(N, x, t, a, b, v, w, c, g, h, &k, s, jac, work);
    judge_roots(x, t, g, jac);
    judge_squares(x, h, jac + N*COLUMNS);
    judge_product(x, c, k, jac + 2*N*COLUMNS);
    judge_sums(x, t, c, s, jac + (2*N + 1)*COLUMNS);
}

int main(void)
{
    if (supports_jacobian_work(N) > WORK)
        return 1;
    judge((const double[]){1.75, 0, 2.5}, 1, 1);
    judge((const double[]){0.5, 1.5, -1}, 1, 0);
    judge((const double[]){0.75, 1.75, 2.25}, 1.25, 0.5);
    printf("%d %d\n", passed, failed);
    return 0;
}
