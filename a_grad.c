/* Made by bpgen 0.1.0 from a.expr.
 *
 * At a kink the derivative is the element of least norm among the subgradients: 0 for abs and
 * relu at 0, half each for a tie of max or min. At a pole it is what IEEE arithmetic says. What
 * the arm of a condition that is not taken needs has no influence.
 *
 * This text belongs to the user of bpgen; it is under no licence of bpgen's authors.
 */
#include <math.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The outputs. */
void a_value(double x, double y, double *f)
{
    /* f = x*y */
    *f = x*y;
}

/* The outputs and their tangents along one direction of the inputs. */
void a_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = x*y */
    *f = x*y;

    /* tangent of f = x*y */
    *f_dot = x_dot*y + x*y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void a_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = x*y */
    *f = x*y;

    /* backwards through f = x*y */
    *x_bar = f_bar*y;
    *y_bar = f_bar*x;
}

/* The output and its derivative in each input. */
void a_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x*y */
    *f = x*y;

    /* backwards through f = x*y */
    *x_bar = y;
    *y_bar = x;
}

#ifdef __cplusplus
}
#endif
