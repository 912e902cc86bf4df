/* A robot arm of three joints in the plane: where its hand is, how half the squared distance to
 * a target depends on the joints, and joints that bring the hand to the target. */
#include "arm_grad.h"

#include "../beside.h"

enum { JOINTS = 3 };

static const double link[JOINTS] = {3, 2, 1};
static const double target[2] = {2, 1};

/* Seeds (x_bar, y_bar, E_bar) choose what is differentiated. */
static void arm(const double q[JOINTS], double x_bar, double y_bar, double E_bar, double out[3],
                double q_bar[JOINTS])
{
    arm_reverse(q[0], q[1], q[2], link[0], link[1], link[2], target[0], target[1], x_bar, y_bar,
                E_bar, &out[0], &out[1], &out[2], &q_bar[0], &q_bar[1], &q_bar[2]);
}

static double dot(const double a[JOINTS], const double b[JOINTS])
{
    return a[0]*b[0] + a[1]*b[1] + a[2]*b[2];
}

/* One step of Gauss and Newton: the least change of the joints that brings the linearised hand
 * to the target. J has the rows jx, jy; the step is -J'(JJ')^-1 (x - target). */
static void newton_step(double q[JOINTS], double out[3])
{
    double jx[JOINTS], jy[JOINTS];

    arm(q, 1, 0, 0, out, jx);
    arm(q, 0, 1, 0, out, jy);

    double a = dot(jx, jx), b = dot(jx, jy), c = dot(jy, jy), det = a*c - b*b;
    double ex = out[0] - target[0], ey = out[1] - target[1];
    double u = (c*ex - b*ey)/det, v = (a*ey - b*ex)/det;

    for (int i = 0; i < JOINTS; i++)
        q[i] -= jx[i]*u + jy[i]*v;
}

int main(void)
{
    const double half_pi = acos(0.0);
    double q[JOINTS] = {half_pi, -half_pi, 0}, out[3], q_bar[JOINTS];

    arm(q, 0, 0, 1, out, q_bar);
    beside_title("first link up, the others along x; target (2, 1)");
    beside(out[0], 3, 1e-12, "x");
    beside(out[1], 3, 1e-12, "y");
    beside(out[2], 2.5, 1e-12, "E");
    beside(q_bar[0], 3, 1e-12, "dE/dq1");
    beside(q_bar[1], 6, 1e-12, "dE/dq2");
    beside(q_bar[2], 2, 1e-12, "dE/dq3");

    printf("\nGauss-Newton from there:\n");
    for (int step = 1; step <= 6; step++) {
        newton_step(q, out);
        printf("%14.8g %14.8g   x, y before step %d\n", out[0], out[1], step);
    }
    arm(q, 0, 0, 1, out, q_bar);
    printf("\n");
    beside_title("after the last step");
    beside(out[0], target[0], 1e-12, "x beside the target's");
    beside(out[1], target[1], 1e-12, "y beside the target's");
    return beside_failed;
}
