/* guards: second and third derivatives of sums of (y - c)^2, with a further w*y of the first element,
 * over arrays y that are no numbers where u = x - a is not positive, and read only where it is: for
 * y = u^(1/4), -log(u)/k, sqrt(u)*log(u)/2, and sqrt(u)*v. Elements are where y is c, so that
 * adjoints are 0 and tested, where it is not, and where nothing is read. The last line is PASSED
 * FAILED. */
#include "expect.h"
#include "guards.h"

enum { N = 4, FORMS = 4, ROWS = FORMS*N + N*N };

static const double a = 0.5, k = 2, v[2] = {1, 0.75}, w = 1.25, c[FORMS] = {1, 0, 0, 1};

/* The array of a form and its derivatives at u. */
typedef struct Course {
    double y, d, dd, ddd;
} Course;

static Course course(int form, double u)
{
    switch (form) {
    case 0:
        return (Course){pow(u, 0.25), 0.25*pow(u, -0.75), -0.1875*pow(u, -1.75),
                        0.328125*pow(u, -2.75)};
    case 1: return (Course){-log(u)/k, -1/(k*u), 1/(k*u*u), 0};
    case 2:
        return (Course){sqrt(u)*log(u)/2, (log(u)/2 + 1)/(2*sqrt(u)), -log(u)/(8*u*sqrt(u)), 0};
    default: return (Course){sqrt(u), 0.5/sqrt(u), -0.25/(u*sqrt(u)), 0};
    }
}

/* The derivatives of a sum's term, (scale*y - c)^2 and for the first element w*scale*y. */
static Course term(int form, double u, double scale, int first)
{
    Course y = course(form, u);
    const double r = scale*y.y - c[form], more = first ? w : 0;
    y = (Course){0, scale*y.d, scale*y.dd, scale*y.ddd};
    return (Course){0, 2*r*y.d + more*y.d, 2*(y.d*y.d + r*y.dd) + more*y.dd,
                    6*y.d*y.dd + 2*r*y.ddd + more*y.ddd};
}

static Course element(int form, double u, int first)
{
    if (u <= 0)
        return (Course){0};
    if (form < 3)
        return term(form, u, 1, first);
    Course one = term(form, u, v[0], first), two = term(form, u, v[1], first);
    return (Course){0, one.d + two.d, one.dd + two.dd, 0};
}

static void judge(const double *x)
{
    static double g[FORMS*N], h[N*N], jac[ROWS*N], work[4000];
    guards_jacobian(N, x, a, 9, k, v, w, c, g, h, jac, work);
    for (int form = 0; form < FORMS; form++)
        for (int i = 0; i < N; i++) {
            Course s = element(form, x[i] - a, i == 0);
            expect("g", form, i, g[form*N + i], s.d);
            for (int j = 0; j < N; j++)
                expect("dg", form*N + i, j, jac[(form*N + i)*N + j], i == j ? s.dd : 0);
        }
    for (int i = 0; i < N*N; i++) {
        Course s = element(0, x[i/N] - a, i == 0);
        int diagonal = i/N == i%N;
        expect("h", i/N, i%N, h[i], diagonal ? s.dd : 0);
        for (int j = 0; j < N; j++)
            expect("dh", i, j, jac[(FORMS*N + i)*N + j], diagonal && i%N == j ? s.ddd : 0);
    }
}

int main(void)
{
    const double xs[][N] = {{2.5, 1.5, 0, 3}, {1.5, 0.25, 4, 1.5}, {-1, 1.5, 2, 0.5}};
    if (guards_jacobian_work(N) > 4000)
        return 1;
    for (int i = 0; i < 3; i++)
        judge(xs[i]);
    printf("%d %d\n", passed, failed);
    return 0;
}
