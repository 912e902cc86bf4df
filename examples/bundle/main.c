/* Bundle adjustment of a made-up scene: cameras and points are found from pictures of the points,
 * by the method of Levenberg and Marquardt. */
#include <stdlib.h>
#include <string.h>

#include "bundle_grad.h"

#include "../beside.h"
#include "../cholesky.h"

enum { CAMERAS = 3, POINTS = 12, SEEN = CAMERAS*POINTS, RESIDUALS = 2*SEEN, CAM = 9*CAMERAS,
       UNKNOWNS = CAM + 3*POINTS };

static int camera[SEEN], point[SEEN];
static double seen[RESIDUALS];

/* Numbers between -1 and 1, the same everywhere. */
static double random_number(void)
{
    static unsigned long state = 1;
    state = (state*1103515245ul + 12345ul)%2147483648ul;
    return (double)state/1073741824.0 - 1;
}

/* Half the sum of squares, and what each residual is. The unknowns u are the cameras, then the
 * points. */
static double residuals(const double *u, double *E)
{
    double J;
    bundle_value(CAMERAS, POINTS, SEEN, u, u + CAM, camera, point, seen, &J, E);
    return J;
}

/* The gradient by reverse mode: seed 1 for J. */
static void gradient(const double *u, double *g)
{
    static const double zeros[RESIDUALS] = {0};
    double J, E[RESIDUALS];
    bundle_reverse(CAMERAS, POINTS, SEEN, u, u + CAM, camera, point, seen, 1, zeros, &J, E, g,
                   g + CAM);
}

/* The Jacobian by forward mode, a column a call: the derivatives of all residuals by unknown i
 * begin at derivatives[i*RESIDUALS]. */
static double columns(const double *u, double *E, double *derivatives)
{
    double u_dot[UNKNOWNS] = {0}, J = 0, J_dot;
    for (int i = 0; i < UNKNOWNS; i++) {
        u_dot[i] = 1;
        bundle_forward(CAMERAS, POINTS, SEEN, u, u + CAM, camera, point, seen, u_dot, u_dot + CAM,
                       &J, E, &J_dot, derivatives + i*RESIDUALS);
        u_dot[i] = 0;
    }
    return J;
}

static double dot(const double *a, const double *b)
{
    double sum = 0;
    for (int i = 0; i < RESIDUALS; i++)
        sum += a[i]*b[i];
    return sum;
}

/* One step: (D'D + damping*I) step = -D'E, taken if it lowers the sum of squares. */
static double step(double *u, double *damping)
{
    static double E[RESIDUALS], D[UNKNOWNS*RESIDUALS], A[UNKNOWNS*UNKNOWNS];
    double J = columns(u, E, D), s[UNKNOWNS], next[UNKNOWNS];

    for (int i = 0; i < UNKNOWNS; i++) {
        s[i] = -dot(D + i*RESIDUALS, E);
        for (int j = 0; j < UNKNOWNS; j++)
            A[i*UNKNOWNS + j] = dot(D + i*RESIDUALS, D + j*RESIDUALS) + (i == j ? *damping : 0);
    }
    if (!cholesky_factor(UNKNOWNS, A)) {
        *damping *= 10;
        return J;
    }
    cholesky_solve(UNKNOWNS, A, s);
    for (int i = 0; i < UNKNOWNS; i++)
        next[i] = u[i] + s[i];
    double lower = residuals(next, E);
    if (!(lower < J)) {
        *damping *= 10;
        return J;
    }
    *damping = fmax(*damping/10, 1e-12);
    memcpy(u, next, sizeof next);
    return lower;
}

/* The greatest difference of the gradient from central differences. */
static double check(double *u)
{
    const double h = 1e-6;
    double g[UNKNOWNS], E[RESIDUALS], worst = 0;

    gradient(u, g);
    for (int i = 0; i < UNKNOWNS; i++) {
        double at = u[i];
        u[i] = at + h;
        double above = residuals(u, E);
        u[i] = at - h;
        double below = residuals(u, E);
        u[i] = at;
        worst = fmax(worst, fabs((above - below)/(2*h) - g[i]));
    }
    return worst;
}

/* A scene: three cameras, turned by up to half a radian about any axis, before a cloud of
 * points. */
static void make_scene(double *u)
{
    double pictures[RESIDUALS];

    for (int k = 0; k < CAMERAS; k++) {
        double *q = u + 9*k;
        for (int i = 0; i < 3; i++) {
            q[i] = 0.3*random_number();
            q[3 + i] = 0.3*random_number();
        }
        q[5] -= 5;  /* a camera looks along -z */
        q[6] = 1.5 + 0.2*random_number();
        q[7] = 0.05*random_number();
        q[8] = 0.01*random_number();
    }
    for (int i = CAM; i < UNKNOWNS; i++)
        u[i] = random_number();
    for (int t = 0; t < SEEN; t++) {
        camera[t] = t/POINTS;
        point[t] = t%POINTS;
    }
    residuals(u, pictures);  /* as long as `seen` is 0 */
    memcpy(seen, pictures, sizeof seen);
}

/* A camera turned by a right angle about the z axis sees (1, 0, -2), which is (0, 1, -2)
 * after that; a shift makes it (0.5, 1, -2), and r2 is 0.25^2 + 0.5^2 = 0.3125. */
static void one_observation(void)
{
    const double right = acos(0.0), zero[2] = {0}, across[2] = {1, 0}, up[2] = {0, 1};
    const double q[9] = {0, 0, right, 0.5, 0, 0, 2, 0.1, 0}, v[3] = {1, 0, -2};
    const int only = 0;
    double J, E[2], q_bar[9], v_bar[3];

    beside_title("one observation");
    bundle_reverse(1, 1, 1, q, v, &only, &only, zero, 0, across, &J, E, q_bar, v_bar);
    beside(E[0], 0.515625, 1e-14, "across = 2*(1 + 0.1*0.3125)*0.25");
    beside(E[1], 1.03125, 1e-14, "up = 2*(1 + 0.1*0.3125)*0.5");
    beside(q_bar[2], -1.04375, 1e-14, "across by the turn about z");
    bundle_reverse(1, 1, 1, q, v, &only, &only, zero, 0, up, &J, E, q_bar, v_bar);
    beside(q_bar[6], 0.515625, 1e-14, "up by the focal length");
    beside(q_bar[7], 0.3125, 1e-14, "up by the first coefficient = 2*0.3125*0.5");
}

int main(void)
{
    double truth[UNKNOWNS], u[UNKNOWNS], E[RESIDUALS], damping = 1e-2, J = 0;

    one_observation();
    make_scene(truth);
    memcpy(u, truth, sizeof u);
    for (int i = CAM; i < UNKNOWNS; i++)
        u[i] += 0.2*random_number();
    printf("\n");
    beside_true(check(u) < 1e-7, "turned, the gradient is that of differences");
    for (int i = 0; i < CAM; i++)  /* all cameras in one place, not turned, without distortion */
        u[i] = i%9 == 5 ? -5 : i%9 == 6 ? 1.5 : 0;
    beside_true(check(u) < 1e-7, "not turned, the gradient is that of differences");

    printf("\n%14.3g   sum of squares before\n", 2*residuals(u, E));
    for (int i = 0; i < 60; i++)
        J = step(u, &damping);
    beside_true(2*J < 1e-20, "below 1e-20 after 60 steps");

    printf("\n%14s %14s\n", "found", "made up");
    for (int k = 0; k < CAMERAS; k++)
        beside(u[9*k + 6], truth[9*k + 6], 1e-6, "focal length");
    return beside_failed;
}
