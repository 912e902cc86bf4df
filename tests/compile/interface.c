/* WORK_M_f is `, work` if the function has that argument, SIZES compares what is said of its length.
 *
 * The model interface.expr in four ways: as it is (plain), packed, packed with two of its inputs
 * active (some), and with static functions (inner). All must give the same numbers. */
#include <stdio.h>
#include <string.h>
#include "work.h"
#include "plain.h"
#include "packed.h"
#include "some.h"
#include "inner.c"
#include "plain.c"
#include "packed.c"
#include "some.c"

enum { N = 5, M = 2, Q = 3, IN = 1 + N + Q*N + M, ROOM = 4096 };

/* Where x and s are among the inputs. */
enum { X = 1, S = 1 + N + Q*N };

static const size_t dims[] = {N, M};
static const double par[] = {0.5, 1.25, -0.75};
static const int indices[] = {4, 1, 2}; /* pick, which */
static double in[IN], in_dot[IN], some_dot[N + M], work[ROOM];
static size_t right, count;

static void same(const char *what, const double *a, const double *b, size_t n)
{
    count++;
    if (memcmp(a, b, n*sizeof *a) == 0)
        right++;
    else
        printf("%s: other numbers\n", what);
}

void work_fits(size_t n, size_t again);
void work_fits(size_t n, size_t again)
{
    count++;
    if (n == again && n <= ROOM)
        right++;
    else
        printf("work: %lu and %lu\n", (unsigned long)n, (unsigned long)again);
}

#define GIVEN N, M, in[0], in + X, in + X + N, par[0], par + 1, in + S, indices, indices[M]
#define PACKED dims, in, par, indices
#define DOTS in_dot[0], in_dot + X, in_dot + X + N, in_dot + S
#define PARTS(a) a, a + X, a + X + N, a + S

static void values(void)
{
    double a[2], b[2];
    plain_value(GIVEN, a WORK_plain_value);
    packed_value(PACKED, b WORK_packed_value);
    same("value", a, b, 1);
    inner_value(GIVEN, b WORK_inner_value);
    same("static value", a, b, 1);
    plain_forward(GIVEN, DOTS, a, a + 1 WORK_plain_forward);
    packed_forward(PACKED, in_dot, b, b + 1 WORK_packed_forward);
    same("forward", a, b, 2);
}

static void adjoints(void)
{
    double a[IN], b[IN], c[IN], f, g;
    const double seed = 3;
    plain_reverse(GIVEN, seed, &f, PARTS(a) WORK_plain_reverse);
    packed_reverse(PACKED, &seed, &g, b WORK_packed_reverse);
    same("reverse", a, b, IN);
    same("reverse, output", &f, &g, 1);
    plain_gradient(GIVEN, &f, PARTS(a) WORK_plain_gradient);
    packed_gradient(PACKED, &g, b WORK_packed_gradient);
    same("gradient", a, b, IN);
    same("gradient, output", &f, &g, 1);
    some_gradient(PACKED, &g, c WORK_some_gradient);
    same("gradient of some", a + X, c + SOME_ACTIVE_x, N);
    same("gradient of some", a + S, c + N, M);
}

static void matrices(void)
{
    double a[IN*IN], b[IN*IN], c[IN], f, g;
    plain_jacobian(GIVEN, &f, a WORK_plain_jacobian);
    packed_jacobian(PACKED, &g, b WORK_packed_jacobian);
    same("jacobian", a, b, IN);
    plain_hessian(GIVEN, &f, a WORK_plain_hessian);
    packed_hessian(PACKED, &g, b WORK_packed_hessian);
    same("hessian", a, b, IN*IN);
    plain_hvp(GIVEN, DOTS, &f, PARTS(a) WORK_plain_hvp);
    packed_hvp(PACKED, in_dot, &g, b WORK_packed_hvp);
    same("hvp", a, b, IN);
    some_hvp(PACKED, some_dot, &g, c WORK_some_hvp);
    same("hvp, output", &f, &g, 1);
}

int main(void)
{
    int i;
    for (i = 0; i < IN; i++) {
        in[i] = (i*7 % 11 - 5)/4.0;
        in_dot[i] = (i*5 % 7 - 3)/2.0;
    }
    values();
    adjoints();
    matrices();
    SIZES
    printf("%lu of %lu\n", (unsigned long)right, (unsigned long)count);
    return 0;
}
