/* Made by bpgen 0.1.0 from model.
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
void c0_value(double x, double *f)
{
    /* f = stop_gradient(x) */
    *f = x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c0_forward(double x, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = stop_gradient(x) */
    *f = x;

    /* tangent of f = stop_gradient(x) */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c0_reverse(double x, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = stop_gradient(x) */
    *f = x;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c0_gradient(double x, double *f, double *x_bar)
{
    /* f = stop_gradient(x) */
    *f = x;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c0_value_packed(const double *in, double *out)
{
    (void)in;
    c0_value(in[0], out + 0);
}

static void c0_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c0_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c0_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c0_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c0_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c0_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c1_value(double x, double *f)
{
    /* f = -x */
    *f = -x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c1_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = -x */
    *f = -x;

    /* tangent of f = -x */
    *f_dot = -x_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c1_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = -x */
    *f = -x;

    /* backwards through f = -x */
    *x_bar = -f_bar;
}

/* The output and its derivative in each input. */
void c1_gradient(double x, double *f, double *x_bar)
{
    /* f = -x */
    *f = -x;

    /* backwards through f = -x */
    *x_bar = -1;
}

#ifdef __cplusplus
}
#endif
static void c1_value_packed(const double *in, double *out)
{
    (void)in;
    c1_value(in[0], out + 0);
}

static void c1_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c1_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c1_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c1_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c1_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c1_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c2_value(double x, double y, double *f)
{
    /* f = x + y */
    *f = x + y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c2_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = x + y */
    *f = x + y;

    /* tangent of f = x + y */
    *f_dot = x_dot + y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c2_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = x + y */
    *f = x + y;

    /* backwards through f = x + y */
    *x_bar = f_bar;
    *y_bar = f_bar;
}

/* The output and its derivative in each input. */
void c2_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x + y */
    *f = x + y;

    /* backwards through f = x + y */
    *x_bar = 1;
    *y_bar = 1;
}

#ifdef __cplusplus
}
#endif
static void c2_value_packed(const double *in, double *out)
{
    (void)in;
    c2_value(in[0], in[1], out + 0);
}

static void c2_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c2_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c2_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c2_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c2_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c2_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c3_value(double x, double y, double *f)
{
    /* f = x + y */
    *f = x + y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c3_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = x + y */
    *f = x + y;

    /* tangent of f = x + y */
    *f_dot = x_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c3_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = x + y */
    *f = x + y;

    /* backwards through f = x + y */
    *x_bar = f_bar;
}

/* The output and its derivative in each input. */
void c3_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x + y */
    *f = x + y;

    /* backwards through f = x + y */
    *x_bar = 1;
}

#ifdef __cplusplus
}
#endif
static void c3_value_packed(const double *in, double *out)
{
    (void)in;
    c3_value(in[0], in[1], out + 0);
}

static void c3_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c3_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c3_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c3_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c3_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c3_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c4_value(double y, double x, double *f)
{
    /* f = x + y */
    *f = x + y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c4_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = x + y */
    *f = x + y;

    /* tangent of f = x + y */
    *f_dot = y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c4_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = x + y */
    *f = x + y;

    /* backwards through f = x + y */
    *y_bar = f_bar;
}

/* The output and its derivative in each input. */
void c4_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x + y */
    *f = x + y;

    /* backwards through f = x + y */
    *y_bar = 1;
}

#ifdef __cplusplus
}
#endif
static void c4_value_packed(const double *in, double *out)
{
    (void)in;
    c4_value(in[0], in[1], out + 0);
}

static void c4_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c4_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c4_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c4_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c4_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c4_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c5_value(double x, double y, double *f)
{
    /* f = x - y */
    *f = x - y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c5_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = x - y */
    *f = x - y;

    /* tangent of f = x - y */
    *f_dot = x_dot - y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c5_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = x - y */
    *f = x - y;

    /* backwards through f = x - y */
    *x_bar = f_bar;
    *y_bar = -f_bar;
}

/* The output and its derivative in each input. */
void c5_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x - y */
    *f = x - y;

    /* backwards through f = x - y */
    *x_bar = 1;
    *y_bar = -1;
}

#ifdef __cplusplus
}
#endif
static void c5_value_packed(const double *in, double *out)
{
    (void)in;
    c5_value(in[0], in[1], out + 0);
}

static void c5_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c5_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c5_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c5_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c5_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c5_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c6_value(double x, double y, double *f)
{
    /* f = x - y */
    *f = x - y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c6_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = x - y */
    *f = x - y;

    /* tangent of f = x - y */
    *f_dot = x_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c6_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = x - y */
    *f = x - y;

    /* backwards through f = x - y */
    *x_bar = f_bar;
}

/* The output and its derivative in each input. */
void c6_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x - y */
    *f = x - y;

    /* backwards through f = x - y */
    *x_bar = 1;
}

#ifdef __cplusplus
}
#endif
static void c6_value_packed(const double *in, double *out)
{
    (void)in;
    c6_value(in[0], in[1], out + 0);
}

static void c6_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c6_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c6_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c6_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c6_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c6_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c7_value(double y, double x, double *f)
{
    /* f = x - y */
    *f = x - y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c7_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = x - y */
    *f = x - y;

    /* tangent of f = x - y */
    *f_dot = -y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c7_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = x - y */
    *f = x - y;

    /* backwards through f = x - y */
    *y_bar = -f_bar;
}

/* The output and its derivative in each input. */
void c7_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x - y */
    *f = x - y;

    /* backwards through f = x - y */
    *y_bar = -1;
}

#ifdef __cplusplus
}
#endif
static void c7_value_packed(const double *in, double *out)
{
    (void)in;
    c7_value(in[0], in[1], out + 0);
}

static void c7_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c7_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c7_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c7_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c7_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c7_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c8_value(double x, double y, double *f)
{
    /* f = x * y */
    *f = x*y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c8_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = x * y */
    *f = x*y;

    /* tangent of f = x * y */
    *f_dot = x_dot*y + x*y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c8_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = x * y */
    *f = x*y;

    /* backwards through f = x * y */
    *x_bar = f_bar*y;
    *y_bar = f_bar*x;
}

/* The output and its derivative in each input. */
void c8_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x * y */
    *f = x*y;

    /* backwards through f = x * y */
    *x_bar = y;
    *y_bar = x;
}

#ifdef __cplusplus
}
#endif
static void c8_value_packed(const double *in, double *out)
{
    (void)in;
    c8_value(in[0], in[1], out + 0);
}

static void c8_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c8_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c8_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c8_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c8_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c8_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c9_value(double x, double y, double *f)
{
    /* f = x * y */
    *f = x*y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c9_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = x * y */
    *f = x*y;

    /* tangent of f = x * y */
    *f_dot = x_dot*y;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c9_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = x * y */
    *f = x*y;

    /* backwards through f = x * y */
    *x_bar = f_bar*y;
}

/* The output and its derivative in each input. */
void c9_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x * y */
    *f = x*y;

    /* backwards through f = x * y */
    *x_bar = y;
}

#ifdef __cplusplus
}
#endif
static void c9_value_packed(const double *in, double *out)
{
    (void)in;
    c9_value(in[0], in[1], out + 0);
}

static void c9_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c9_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c9_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c9_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c9_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c9_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c10_value(double y, double x, double *f)
{
    /* f = x * y */
    *f = x*y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c10_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = x * y */
    *f = x*y;

    /* tangent of f = x * y */
    *f_dot = x*y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c10_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = x * y */
    *f = x*y;

    /* backwards through f = x * y */
    *y_bar = f_bar*x;
}

/* The output and its derivative in each input. */
void c10_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x * y */
    *f = x*y;

    /* backwards through f = x * y */
    *y_bar = x;
}

#ifdef __cplusplus
}
#endif
static void c10_value_packed(const double *in, double *out)
{
    (void)in;
    c10_value(in[0], in[1], out + 0);
}

static void c10_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c10_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c10_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c10_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c10_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c10_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c11_value(double x, double y, double *f)
{
    /* f = x / y */
    *f = x/y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c11_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = x / y */
    const double f_value = x/y;
    *f = f_value;

    /* tangent of f = x / y */
    *f_dot = x_dot/y - y_dot*(f_value/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c11_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = x / y */
    const double f_value = x/y;
    *f = f_value;

    /* backwards through f = x / y */
    *x_bar = f_bar/y;
    *y_bar = -f_bar*(f_value/y);
}

/* The output and its derivative in each input. */
void c11_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x / y */
    const double f_value = x/y;
    *f = f_value;

    /* backwards through f = x / y */
    *x_bar = 1/y;
    *y_bar = -f_value/y;
}

#ifdef __cplusplus
}
#endif
static void c11_value_packed(const double *in, double *out)
{
    (void)in;
    c11_value(in[0], in[1], out + 0);
}

static void c11_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c11_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c11_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c11_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c11_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c11_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c12_value(double x, double y, double *f)
{
    /* f = x / y */
    *f = x/y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c12_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = x / y */
    *f = x/y;

    /* tangent of f = x / y */
    *f_dot = x_dot/y;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c12_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = x / y */
    *f = x/y;

    /* backwards through f = x / y */
    *x_bar = f_bar/y;
}

/* The output and its derivative in each input. */
void c12_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x / y */
    *f = x/y;

    /* backwards through f = x / y */
    *x_bar = 1/y;
}

#ifdef __cplusplus
}
#endif
static void c12_value_packed(const double *in, double *out)
{
    (void)in;
    c12_value(in[0], in[1], out + 0);
}

static void c12_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c12_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c12_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c12_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c12_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c12_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c13_value(double y, double x, double *f)
{
    /* f = x / y */
    *f = x/y;
}

/* The outputs and their tangents along one direction of the inputs. */
void c13_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = x / y */
    const double f_value = x/y;
    *f = f_value;

    /* tangent of f = x / y */
    *f_dot = -y_dot*(f_value/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c13_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = x / y */
    const double f_value = x/y;
    *f = f_value;

    /* backwards through f = x / y */
    *y_bar = -f_bar*(f_value/y);
}

/* The output and its derivative in each input. */
void c13_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x / y */
    const double f_value = x/y;
    *f = f_value;

    /* backwards through f = x / y */
    *y_bar = -f_value/y;
}

#ifdef __cplusplus
}
#endif
static void c13_value_packed(const double *in, double *out)
{
    (void)in;
    c13_value(in[0], in[1], out + 0);
}

static void c13_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c13_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c13_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c13_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c13_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c13_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c14_value(double x, double y, double *f)
{
    /* f = pow(x, y) */
    *f = pow(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c14_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = pow(x, y) */
    const double f_value = pow(x, y);
    *f = f_value;

    /* tangent of f = pow(x, y) */
    *f_dot = (y == 0 ? 0 : x_dot*y*pow(x, y - 1)) + (x == 0 && y > 0 ? 0 : y_dot*f_value*log(x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c14_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = pow(x, y) */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = pow(x, y) */
    *x_bar = y == 0 ? 0 : f_bar*y*pow(x, y - 1);
    *y_bar = x == 0 && y > 0 ? 0 : f_bar*f_value*log(x);
}

/* The output and its derivative in each input. */
void c14_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = pow(x, y) */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = pow(x, y) */
    *x_bar = y == 0 ? 0 : y*pow(x, y - 1);
    *y_bar = x == 0 && y > 0 ? 0 : f_value*log(x);
}

#ifdef __cplusplus
}
#endif
static void c14_value_packed(const double *in, double *out)
{
    (void)in;
    c14_value(in[0], in[1], out + 0);
}

static void c14_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c14_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c14_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c14_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c14_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c14_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c15_value(double x, double y, double *f)
{
    /* f = pow(x, y) */
    *f = pow(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c15_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = pow(x, y) */
    *f = pow(x, y);

    /* tangent of f = pow(x, y) */
    *f_dot = y == 0 ? 0 : x_dot*y*pow(x, y - 1);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c15_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = pow(x, y) */
    *f = pow(x, y);

    /* backwards through f = pow(x, y) */
    *x_bar = y == 0 ? 0 : f_bar*y*pow(x, y - 1);
}

/* The output and its derivative in each input. */
void c15_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = pow(x, y) */
    *f = pow(x, y);

    /* backwards through f = pow(x, y) */
    *x_bar = y == 0 ? 0 : y*pow(x, y - 1);
}

#ifdef __cplusplus
}
#endif
static void c15_value_packed(const double *in, double *out)
{
    (void)in;
    c15_value(in[0], in[1], out + 0);
}

static void c15_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c15_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c15_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c15_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c15_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c15_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c16_value(double y, double x, double *f)
{
    /* f = pow(x, y) */
    *f = pow(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c16_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = pow(x, y) */
    const double f_value = pow(x, y);
    *f = f_value;

    /* tangent of f = pow(x, y) */
    *f_dot = x == 0 && y > 0 ? 0 : y_dot*f_value*log(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c16_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = pow(x, y) */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = pow(x, y) */
    *y_bar = x == 0 && y > 0 ? 0 : f_bar*f_value*log(x);
}

/* The output and its derivative in each input. */
void c16_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = pow(x, y) */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = pow(x, y) */
    *y_bar = x == 0 && y > 0 ? 0 : f_value*log(x);
}

#ifdef __cplusplus
}
#endif
static void c16_value_packed(const double *in, double *out)
{
    (void)in;
    c16_value(in[0], in[1], out + 0);
}

static void c16_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c16_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c16_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c16_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c16_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c16_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c17_value(double x, double y, double *f)
{
    /* f = x^y */
    *f = pow(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c17_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = x^y */
    const double f_value = pow(x, y);
    *f = f_value;

    /* tangent of f = x^y */
    *f_dot = (y == 0 ? 0 : x_dot*y*pow(x, y - 1)) + (x == 0 && y > 0 ? 0 : y_dot*f_value*log(x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c17_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = x^y */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = x^y */
    *x_bar = y == 0 ? 0 : f_bar*y*pow(x, y - 1);
    *y_bar = x == 0 && y > 0 ? 0 : f_bar*f_value*log(x);
}

/* The output and its derivative in each input. */
void c17_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x^y */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = x^y */
    *x_bar = y == 0 ? 0 : y*pow(x, y - 1);
    *y_bar = x == 0 && y > 0 ? 0 : f_value*log(x);
}

#ifdef __cplusplus
}
#endif
static void c17_value_packed(const double *in, double *out)
{
    (void)in;
    c17_value(in[0], in[1], out + 0);
}

static void c17_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c17_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c17_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c17_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c17_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c17_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c18_value(double x, double y, double *f)
{
    /* f = x^y */
    *f = pow(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c18_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = x^y */
    *f = pow(x, y);

    /* tangent of f = x^y */
    *f_dot = y == 0 ? 0 : x_dot*y*pow(x, y - 1);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c18_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = x^y */
    *f = pow(x, y);

    /* backwards through f = x^y */
    *x_bar = y == 0 ? 0 : f_bar*y*pow(x, y - 1);
}

/* The output and its derivative in each input. */
void c18_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x^y */
    *f = pow(x, y);

    /* backwards through f = x^y */
    *x_bar = y == 0 ? 0 : y*pow(x, y - 1);
}

#ifdef __cplusplus
}
#endif
static void c18_value_packed(const double *in, double *out)
{
    (void)in;
    c18_value(in[0], in[1], out + 0);
}

static void c18_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c18_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c18_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c18_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c18_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c18_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c19_value(double y, double x, double *f)
{
    /* f = x^y */
    *f = pow(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c19_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = x^y */
    const double f_value = pow(x, y);
    *f = f_value;

    /* tangent of f = x^y */
    *f_dot = x == 0 && y > 0 ? 0 : y_dot*f_value*log(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c19_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = x^y */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = x^y */
    *y_bar = x == 0 && y > 0 ? 0 : f_bar*f_value*log(x);
}

/* The output and its derivative in each input. */
void c19_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x^y */
    const double f_value = pow(x, y);
    *f = f_value;

    /* backwards through f = x^y */
    *y_bar = x == 0 && y > 0 ? 0 : f_value*log(x);
}

#ifdef __cplusplus
}
#endif
static void c19_value_packed(const double *in, double *out)
{
    (void)in;
    c19_value(in[0], in[1], out + 0);
}

static void c19_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c19_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c19_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c19_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c19_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c19_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c20_value(double x, double *f)
{
    /* f = x^0.5 */
    *f = pow(x, 0.5);
}

/* The outputs and their tangents along one direction of the inputs. */
void c20_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^0.5 */
    *f = pow(x, 0.5);

    /* tangent of f = x^0.5 */
    *f_dot = 0.5*x_dot*pow(x, -0.5);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c20_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^0.5 */
    *f = pow(x, 0.5);

    /* backwards through f = x^0.5 */
    *x_bar = 0.5*f_bar*pow(x, -0.5);
}

/* The output and its derivative in each input. */
void c20_gradient(double x, double *f, double *x_bar)
{
    /* f = x^0.5 */
    *f = pow(x, 0.5);

    /* backwards through f = x^0.5 */
    *x_bar = 0.5*pow(x, -0.5);
}

#ifdef __cplusplus
}
#endif
static void c20_value_packed(const double *in, double *out)
{
    (void)in;
    c20_value(in[0], out + 0);
}

static void c20_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c20_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c20_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c20_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c20_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c20_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c21_value(double x, double *f)
{
    /* f = x^-1.5 */
    *f = pow(x, -1.5);
}

/* The outputs and their tangents along one direction of the inputs. */
void c21_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^-1.5 */
    *f = pow(x, -1.5);

    /* tangent of f = x^-1.5 */
    *f_dot = -1.5*x_dot*pow(x, -2.5);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c21_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^-1.5 */
    *f = pow(x, -1.5);

    /* backwards through f = x^-1.5 */
    *x_bar = -1.5*f_bar*pow(x, -2.5);
}

/* The output and its derivative in each input. */
void c21_gradient(double x, double *f, double *x_bar)
{
    /* f = x^-1.5 */
    *f = pow(x, -1.5);

    /* backwards through f = x^-1.5 */
    *x_bar = -1.5*pow(x, -2.5);
}

#ifdef __cplusplus
}
#endif
static void c21_value_packed(const double *in, double *out)
{
    (void)in;
    c21_value(in[0], out + 0);
}

static void c21_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c21_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c21_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c21_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c21_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c21_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c22_value(double y, double *f)
{
    /* f = 3^y */
    *f = pow(3, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c22_forward(double y, double y_dot, double *f, double *f_dot)
{
    /* f = 3^y */
    const double f_value = pow(3, y);
    *f = f_value;

    /* tangent of f = 3^y */
    *f_dot = 1.0986122886681098*y_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c22_reverse(double y, double f_bar, double *f, double *y_bar)
{
    /* f = 3^y */
    const double f_value = pow(3, y);
    *f = f_value;

    /* backwards through f = 3^y */
    *y_bar = 1.0986122886681098*f_bar*f_value;
}

/* The output and its derivative in each input. */
void c22_gradient(double y, double *f, double *y_bar)
{
    /* f = 3^y */
    const double f_value = pow(3, y);
    *f = f_value;

    /* backwards through f = 3^y */
    *y_bar = f_value*1.0986122886681098;
}

#ifdef __cplusplus
}
#endif
static void c22_value_packed(const double *in, double *out)
{
    (void)in;
    c22_value(in[0], out + 0);
}

static void c22_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c22_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c22_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c22_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c22_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c22_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c23_value(double x, double *f)
{
    /* f = x^2 */
    *f = x*x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c23_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^2 */
    *f = x*x;

    /* tangent of f = x^2 */
    *f_dot = 2*x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c23_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^2 */
    *f = x*x;

    /* backwards through f = x^2 */
    *x_bar = 2*f_bar*x;
}

/* The output and its derivative in each input. */
void c23_gradient(double x, double *f, double *x_bar)
{
    /* f = x^2 */
    *f = x*x;

    /* backwards through f = x^2 */
    *x_bar = 2*x;
}

#ifdef __cplusplus
}
#endif
static void c23_value_packed(const double *in, double *out)
{
    (void)in;
    c23_value(in[0], out + 0);
}

static void c23_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c23_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c23_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c23_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c23_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c23_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c24_value(double x, double *f)
{
    /* f = x^3 */
    *f = x*x*x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c24_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^3 */
    *f = x*x*x;

    /* tangent of f = x^3 */
    *f_dot = 3*x_dot*x*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c24_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^3 */
    *f = x*x*x;

    /* backwards through f = x^3 */
    *x_bar = 3*f_bar*x*x;
}

/* The output and its derivative in each input. */
void c24_gradient(double x, double *f, double *x_bar)
{
    /* f = x^3 */
    *f = x*x*x;

    /* backwards through f = x^3 */
    *x_bar = 3*x*x;
}

#ifdef __cplusplus
}
#endif
static void c24_value_packed(const double *in, double *out)
{
    (void)in;
    c24_value(in[0], out + 0);
}

static void c24_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c24_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c24_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c24_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c24_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c24_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c25_value(double x, double *f)
{
    /* f = x^4 */
    *f = x*x*x*x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c25_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^4 */
    *f = x*x*x*x;

    /* tangent of f = x^4 */
    *f_dot = 4*x_dot*x*x*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c25_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^4 */
    *f = x*x*x*x;

    /* backwards through f = x^4 */
    *x_bar = 4*f_bar*x*x*x;
}

/* The output and its derivative in each input. */
void c25_gradient(double x, double *f, double *x_bar)
{
    /* f = x^4 */
    *f = x*x*x*x;

    /* backwards through f = x^4 */
    *x_bar = 4*x*x*x;
}

#ifdef __cplusplus
}
#endif
static void c25_value_packed(const double *in, double *out)
{
    (void)in;
    c25_value(in[0], out + 0);
}

static void c25_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c25_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c25_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c25_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c25_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c25_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c26_value(double x, double *f)
{
    /* f = x^7 */
    *f = pow(x, 7);
}

/* The outputs and their tangents along one direction of the inputs. */
void c26_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^7 */
    *f = pow(x, 7);

    /* tangent of f = x^7 */
    *f_dot = 7*x_dot*pow(x, 6);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c26_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^7 */
    *f = pow(x, 7);

    /* backwards through f = x^7 */
    *x_bar = 7*f_bar*pow(x, 6);
}

/* The output and its derivative in each input. */
void c26_gradient(double x, double *f, double *x_bar)
{
    /* f = x^7 */
    *f = pow(x, 7);

    /* backwards through f = x^7 */
    *x_bar = 7*pow(x, 6);
}

#ifdef __cplusplus
}
#endif
static void c26_value_packed(const double *in, double *out)
{
    (void)in;
    c26_value(in[0], out + 0);
}

static void c26_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c26_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c26_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c26_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c26_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c26_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c27_value(double x, double *f)
{
    /* f = x^16 */
    *f = pow(x, 16);
}

/* The outputs and their tangents along one direction of the inputs. */
void c27_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^16 */
    *f = pow(x, 16);

    /* tangent of f = x^16 */
    *f_dot = 16*x_dot*pow(x, 15);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c27_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^16 */
    *f = pow(x, 16);

    /* backwards through f = x^16 */
    *x_bar = 16*f_bar*pow(x, 15);
}

/* The output and its derivative in each input. */
void c27_gradient(double x, double *f, double *x_bar)
{
    /* f = x^16 */
    *f = pow(x, 16);

    /* backwards through f = x^16 */
    *x_bar = 16*pow(x, 15);
}

#ifdef __cplusplus
}
#endif
static void c27_value_packed(const double *in, double *out)
{
    (void)in;
    c27_value(in[0], out + 0);
}

static void c27_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c27_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c27_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c27_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c27_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c27_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c28_value(double x, double *f)
{
    /* f = x^33 */
    *f = pow(x, 33);
}

/* The outputs and their tangents along one direction of the inputs. */
void c28_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^33 */
    *f = pow(x, 33);

    /* tangent of f = x^33 */
    *f_dot = 33*x_dot*pow(x, 32);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c28_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^33 */
    *f = pow(x, 33);

    /* backwards through f = x^33 */
    *x_bar = 33*f_bar*pow(x, 32);
}

/* The output and its derivative in each input. */
void c28_gradient(double x, double *f, double *x_bar)
{
    /* f = x^33 */
    *f = pow(x, 33);

    /* backwards through f = x^33 */
    *x_bar = 33*pow(x, 32);
}

#ifdef __cplusplus
}
#endif
static void c28_value_packed(const double *in, double *out)
{
    (void)in;
    c28_value(in[0], out + 0);
}

static void c28_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c28_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c28_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c28_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c28_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c28_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c29_value(double x, double *f)
{
    /* f = x^-1 */
    *f = 1/x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c29_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^-1 */
    *f = 1/x;

    /* tangent of f = x^-1 */
    *f_dot = -x_dot/(x*x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c29_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^-1 */
    *f = 1/x;

    /* backwards through f = x^-1 */
    *x_bar = -f_bar/(x*x);
}

/* The output and its derivative in each input. */
void c29_gradient(double x, double *f, double *x_bar)
{
    /* f = x^-1 */
    *f = 1/x;

    /* backwards through f = x^-1 */
    *x_bar = -1/(x*x);
}

#ifdef __cplusplus
}
#endif
static void c29_value_packed(const double *in, double *out)
{
    (void)in;
    c29_value(in[0], out + 0);
}

static void c29_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c29_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c29_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c29_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c29_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c29_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c30_value(double x, double *f)
{
    /* f = x^-2 */
    *f = 1/(x*x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c30_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^-2 */
    *f = 1/(x*x);

    /* tangent of f = x^-2 */
    *f_dot = -2*x_dot/(x*x*x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c30_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^-2 */
    *f = 1/(x*x);

    /* backwards through f = x^-2 */
    *x_bar = -2*f_bar/(x*x*x);
}

/* The output and its derivative in each input. */
void c30_gradient(double x, double *f, double *x_bar)
{
    /* f = x^-2 */
    *f = 1/(x*x);

    /* backwards through f = x^-2 */
    *x_bar = -2/(x*x*x);
}

#ifdef __cplusplus
}
#endif
static void c30_value_packed(const double *in, double *out)
{
    (void)in;
    c30_value(in[0], out + 0);
}

static void c30_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c30_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c30_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c30_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c30_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c30_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c31_value(double x, double *f)
{
    /* f = x^-5 */
    *f = pow(x, -5);
}

/* The outputs and their tangents along one direction of the inputs. */
void c31_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = x^-5 */
    *f = pow(x, -5);

    /* tangent of f = x^-5 */
    *f_dot = -5*x_dot*pow(x, -6);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c31_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = x^-5 */
    *f = pow(x, -5);

    /* backwards through f = x^-5 */
    *x_bar = -5*f_bar*pow(x, -6);
}

/* The output and its derivative in each input. */
void c31_gradient(double x, double *f, double *x_bar)
{
    /* f = x^-5 */
    *f = pow(x, -5);

    /* backwards through f = x^-5 */
    *x_bar = -5*pow(x, -6);
}

#ifdef __cplusplus
}
#endif
static void c31_value_packed(const double *in, double *out)
{
    (void)in;
    c31_value(in[0], out + 0);
}

static void c31_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c31_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c31_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c31_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c31_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c31_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c32_value(double x, double *f)
{
    /* f = sqrt(x) */
    *f = sqrt(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c32_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = sqrt(x) */
    const double f_value = sqrt(x);
    *f = f_value;

    /* tangent of f = sqrt(x) */
    *f_dot = x_dot/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c32_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = sqrt(x) */
    const double f_value = sqrt(x);
    *f = f_value;

    /* backwards through f = sqrt(x) */
    *x_bar = f_bar/(2*f_value);
}

/* The output and its derivative in each input. */
void c32_gradient(double x, double *f, double *x_bar)
{
    /* f = sqrt(x) */
    const double f_value = sqrt(x);
    *f = f_value;

    /* backwards through f = sqrt(x) */
    *x_bar = 1/(2*f_value);
}

#ifdef __cplusplus
}
#endif
static void c32_value_packed(const double *in, double *out)
{
    (void)in;
    c32_value(in[0], out + 0);
}

static void c32_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c32_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c32_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c32_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c32_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c32_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c33_value(double x, double *f)
{
    /* f = sqrt(x^2) */
    *f = sqrt(x*x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c33_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = sqrt(x^2) */
    const double f_value = sqrt(x*x);
    *f = f_value;

    /* tangent of f = sqrt(x^2) */
    *f_dot = f_value == 0 ? 0 : 2*x_dot*x/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c33_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = sqrt(x^2) */
    const double f_value = sqrt(x*x);
    *f = f_value;

    /* backwards through f = sqrt(x^2) */
    *x_bar = f_value != 0 ? 2*(f_bar/(2*f_value))*x : 0;
}

/* The output and its derivative in each input. */
void c33_gradient(double x, double *f, double *x_bar)
{
    /* f = sqrt(x^2) */
    const double f_value = sqrt(x*x);
    *f = f_value;

    /* backwards through f = sqrt(x^2) */
    *x_bar = f_value != 0 ? 2*(1/(2*f_value))*x : 0;
}

#ifdef __cplusplus
}
#endif
static void c33_value_packed(const double *in, double *out)
{
    (void)in;
    c33_value(in[0], out + 0);
}

static void c33_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c33_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c33_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c33_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c33_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c33_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c34_value(double x, double y, double *f)
{
    /* f = sqrt(x*x + y^2) */
    *f = sqrt(x*x + y*y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c34_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* tangent of f = sqrt(x*x + y^2) */
    *f_dot = f_value == 0 ? 0 : (2*x_dot*x + 2*y_dot*y)/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c34_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* backwards through f = sqrt(x*x + y^2) */
    const double f_1 = f_value != 0 ? f_bar/(2*f_value) : 0;
    *y_bar = f_value != 0 ? 2*f_1*y : 0;
    *x_bar = f_value == 0 ? 0 : f_1*x*2;
}

/* The output and its derivative in each input. */
void c34_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* backwards through f = sqrt(x*x + y^2) */
    const double f_1 = f_value != 0 ? 1/(2*f_value) : 0;
    *y_bar = f_value != 0 ? 2*f_1*y : 0;
    *x_bar = f_value == 0 ? 0 : f_1*x*2;
}

#ifdef __cplusplus
}
#endif
static void c34_value_packed(const double *in, double *out)
{
    (void)in;
    c34_value(in[0], in[1], out + 0);
}

static void c34_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c34_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c34_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c34_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c34_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c34_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c35_value(double x, double y, double *f)
{
    /* f = sqrt(x*x + y^2) */
    *f = sqrt(x*x + y*y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c35_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* tangent of f = sqrt(x*x + y^2) */
    *f_dot = f_value == 0 ? 0 : 2*x_dot*x/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c35_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* backwards through f = sqrt(x*x + y^2) */
    *x_bar = f_value == 0 ? 0 : f_bar/(2*f_value)*x*2;
}

/* The output and its derivative in each input. */
void c35_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* backwards through f = sqrt(x*x + y^2) */
    *x_bar = f_value == 0 ? 0 : 1/(2*f_value)*x*2;
}

#ifdef __cplusplus
}
#endif
static void c35_value_packed(const double *in, double *out)
{
    (void)in;
    c35_value(in[0], in[1], out + 0);
}

static void c35_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c35_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c35_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c35_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c35_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c35_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c36_value(double y, double x, double *f)
{
    /* f = sqrt(x*x + y^2) */
    *f = sqrt(x*x + y*y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c36_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* tangent of f = sqrt(x*x + y^2) */
    *f_dot = f_value == 0 ? 0 : 2*y_dot*y/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c36_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* backwards through f = sqrt(x*x + y^2) */
    *y_bar = f_value != 0 ? 2*(f_bar/(2*f_value))*y : 0;
}

/* The output and its derivative in each input. */
void c36_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = sqrt(x*x + y^2) */
    const double f_value = sqrt(x*x + y*y);
    *f = f_value;

    /* backwards through f = sqrt(x*x + y^2) */
    *y_bar = f_value != 0 ? 2*(1/(2*f_value))*y : 0;
}

#ifdef __cplusplus
}
#endif
static void c36_value_packed(const double *in, double *out)
{
    (void)in;
    c36_value(in[0], in[1], out + 0);
}

static void c36_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c36_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c36_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c36_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c36_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c36_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c37_value(double x, double y, double z, double *f)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    *f = sqrt(x*x + y*y + z*z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c37_forward(double x, double y, double z, double x_dot, double y_dot, double z_dot, double *f,
                 double *f_dot)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* tangent of f = sqrt(x^2 + y^2 + z^2) */
    *f_dot = f_value == 0 ? 0 : (2*x_dot*x + 2*y_dot*y + 2*z_dot*z)/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c37_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar,
                 double *y_bar, double *z_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    const double f_1 = f_value != 0 ? 2*(f_bar/(2*f_value)) : 0;
    *z_bar = f_value != 0 ? f_1*z : 0;
    *y_bar = f_value != 0 ? f_1*y : 0;
    *x_bar = f_value != 0 ? f_1*x : 0;
}

/* The output and its derivative in each input. */
void c37_gradient(double x, double y, double z, double *f, double *x_bar, double *y_bar,
                  double *z_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    const double f_1 = f_value != 0 ? 2*(1/(2*f_value)) : 0;
    *z_bar = f_value != 0 ? f_1*z : 0;
    *y_bar = f_value != 0 ? f_1*y : 0;
    *x_bar = f_value != 0 ? f_1*x : 0;
}

#ifdef __cplusplus
}
#endif
static void c37_value_packed(const double *in, double *out)
{
    (void)in;
    c37_value(in[0], in[1], in[2], out + 0);
}

static void c37_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c37_forward(in[0], in[1], in[2], in_dot[0], in_dot[1], in_dot[2], out + 0, out_dot + 0);
}

static void c37_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c37_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

static void c37_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c37_gradient(in[0], in[1], in[2], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

/* Made by bpgen 0.1.0 from model.
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
void c38_value(double x, double y, double z, double *f)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    *f = sqrt(x*x + y*y + z*z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c38_forward(double x, double y, double z, double x_dot, double *f, double *f_dot)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* tangent of f = sqrt(x^2 + y^2 + z^2) */
    *f_dot = f_value == 0 ? 0 : 2*x_dot*x/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c38_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    *x_bar = f_value != 0 ? 2*(f_bar/(2*f_value))*x : 0;
}

/* The output and its derivative in each input. */
void c38_gradient(double x, double y, double z, double *f, double *x_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    *x_bar = f_value != 0 ? 2*(1/(2*f_value))*x : 0;
}

#ifdef __cplusplus
}
#endif
static void c38_value_packed(const double *in, double *out)
{
    (void)in;
    c38_value(in[0], in[1], in[2], out + 0);
}

static void c38_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c38_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c38_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c38_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c38_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c38_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c39_value(double y, double x, double z, double *f)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    *f = sqrt(x*x + y*y + z*z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c39_forward(double y, double x, double z, double y_dot, double *f, double *f_dot)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* tangent of f = sqrt(x^2 + y^2 + z^2) */
    *f_dot = f_value == 0 ? 0 : 2*y_dot*y/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c39_reverse(double y, double x, double z, double f_bar, double *f, double *y_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    *y_bar = f_value != 0 ? 2*(f_bar/(2*f_value))*y : 0;
}

/* The output and its derivative in each input. */
void c39_gradient(double y, double x, double z, double *f, double *y_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    *y_bar = f_value != 0 ? 2*(1/(2*f_value))*y : 0;
}

#ifdef __cplusplus
}
#endif
static void c39_value_packed(const double *in, double *out)
{
    (void)in;
    c39_value(in[0], in[1], in[2], out + 0);
}

static void c39_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c39_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c39_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c39_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c39_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c39_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c40_value(double z, double x, double y, double *f)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    *f = sqrt(x*x + y*y + z*z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c40_forward(double z, double x, double y, double z_dot, double *f, double *f_dot)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* tangent of f = sqrt(x^2 + y^2 + z^2) */
    *f_dot = f_value == 0 ? 0 : 2*z_dot*z/(2*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c40_reverse(double z, double x, double y, double f_bar, double *f, double *z_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    *z_bar = f_value != 0 ? 2*(f_bar/(2*f_value))*z : 0;
}

/* The output and its derivative in each input. */
void c40_gradient(double z, double x, double y, double *f, double *z_bar)
{
    /* f = sqrt(x^2 + y^2 + z^2) */
    const double f_value = sqrt(x*x + y*y + z*z);
    *f = f_value;

    /* backwards through f = sqrt(x^2 + y^2 + z^2) */
    *z_bar = f_value != 0 ? 2*(1/(2*f_value))*z : 0;
}

#ifdef __cplusplus
}
#endif
static void c40_value_packed(const double *in, double *out)
{
    (void)in;
    c40_value(in[0], in[1], in[2], out + 0);
}

static void c40_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c40_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c40_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c40_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c40_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c40_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c41_value(double x, double *f)
{
    /* f = cbrt(x) */
    *f = cbrt(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c41_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = cbrt(x) */
    const double f_value = cbrt(x);
    *f = f_value;

    /* tangent of f = cbrt(x) */
    *f_dot = x_dot/(3*f_value*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c41_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = cbrt(x) */
    const double f_value = cbrt(x);
    *f = f_value;

    /* backwards through f = cbrt(x) */
    *x_bar = f_bar/(3*f_value*f_value);
}

/* The output and its derivative in each input. */
void c41_gradient(double x, double *f, double *x_bar)
{
    /* f = cbrt(x) */
    const double f_value = cbrt(x);
    *f = f_value;

    /* backwards through f = cbrt(x) */
    *x_bar = 1/(3*f_value*f_value);
}

#ifdef __cplusplus
}
#endif
static void c41_value_packed(const double *in, double *out)
{
    (void)in;
    c41_value(in[0], out + 0);
}

static void c41_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c41_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c41_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c41_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c41_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c41_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c42_value(double x, double *f)
{
    /* f = exp(x) */
    *f = exp(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c42_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = exp(x) */
    const double f_value = exp(x);
    *f = f_value;

    /* tangent of f = exp(x) */
    *f_dot = x_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c42_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = exp(x) */
    const double f_value = exp(x);
    *f = f_value;

    /* backwards through f = exp(x) */
    *x_bar = f_bar*f_value;
}

/* The output and its derivative in each input. */
void c42_gradient(double x, double *f, double *x_bar)
{
    /* f = exp(x) */
    const double f_value = exp(x);
    *f = f_value;

    /* backwards through f = exp(x) */
    *x_bar = f_value;
}

#ifdef __cplusplus
}
#endif
static void c42_value_packed(const double *in, double *out)
{
    (void)in;
    c42_value(in[0], out + 0);
}

static void c42_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c42_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c42_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c42_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c42_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c42_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c43_value(double x, double *f)
{
    /* f = exp2(x) */
    *f = exp2(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c43_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = exp2(x) */
    const double f_value = exp2(x);
    *f = f_value;

    /* tangent of f = exp2(x) */
    *f_dot = 0.6931471805599453*x_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c43_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = exp2(x) */
    const double f_value = exp2(x);
    *f = f_value;

    /* backwards through f = exp2(x) */
    *x_bar = 0.6931471805599453*f_bar*f_value;
}

/* The output and its derivative in each input. */
void c43_gradient(double x, double *f, double *x_bar)
{
    /* f = exp2(x) */
    const double f_value = exp2(x);
    *f = f_value;

    /* backwards through f = exp2(x) */
    *x_bar = f_value*0.6931471805599453;
}

#ifdef __cplusplus
}
#endif
static void c43_value_packed(const double *in, double *out)
{
    (void)in;
    c43_value(in[0], out + 0);
}

static void c43_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c43_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c43_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c43_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c43_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c43_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c44_value(double x, double *f)
{
    /* f = expm1(x) */
    *f = expm1(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c44_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = expm1(x) */
    *f = expm1(x);

    /* tangent of f = expm1(x) */
    *f_dot = x_dot*exp(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c44_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = expm1(x) */
    *f = expm1(x);

    /* backwards through f = expm1(x) */
    *x_bar = f_bar*exp(x);
}

/* The output and its derivative in each input. */
void c44_gradient(double x, double *f, double *x_bar)
{
    /* f = expm1(x) */
    *f = expm1(x);

    /* backwards through f = expm1(x) */
    *x_bar = exp(x);
}

#ifdef __cplusplus
}
#endif
static void c44_value_packed(const double *in, double *out)
{
    (void)in;
    c44_value(in[0], out + 0);
}

static void c44_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c44_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c44_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c44_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c44_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c44_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c45_value(double x, double *f)
{
    /* f = log(x) */
    *f = log(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c45_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = log(x) */
    *f = log(x);

    /* tangent of f = log(x) */
    *f_dot = x_dot/x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c45_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = log(x) */
    *f = log(x);

    /* backwards through f = log(x) */
    *x_bar = f_bar/x;
}

/* The output and its derivative in each input. */
void c45_gradient(double x, double *f, double *x_bar)
{
    /* f = log(x) */
    *f = log(x);

    /* backwards through f = log(x) */
    *x_bar = 1/x;
}

#ifdef __cplusplus
}
#endif
static void c45_value_packed(const double *in, double *out)
{
    (void)in;
    c45_value(in[0], out + 0);
}

static void c45_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c45_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c45_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c45_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c45_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c45_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c46_value(double x, double *f)
{
    /* f = log2(x) */
    *f = log2(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c46_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = log2(x) */
    *f = log2(x);

    /* tangent of f = log2(x) */
    *f_dot = x_dot/(x*0.6931471805599453);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c46_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = log2(x) */
    *f = log2(x);

    /* backwards through f = log2(x) */
    *x_bar = f_bar/(x*0.6931471805599453);
}

/* The output and its derivative in each input. */
void c46_gradient(double x, double *f, double *x_bar)
{
    /* f = log2(x) */
    *f = log2(x);

    /* backwards through f = log2(x) */
    *x_bar = 1/(x*0.6931471805599453);
}

#ifdef __cplusplus
}
#endif
static void c46_value_packed(const double *in, double *out)
{
    (void)in;
    c46_value(in[0], out + 0);
}

static void c46_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c46_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c46_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c46_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c46_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c46_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c47_value(double x, double *f)
{
    /* f = log10(x) */
    *f = log10(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c47_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = log10(x) */
    *f = log10(x);

    /* tangent of f = log10(x) */
    *f_dot = x_dot/(x*2.302585092994046);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c47_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = log10(x) */
    *f = log10(x);

    /* backwards through f = log10(x) */
    *x_bar = f_bar/(x*2.302585092994046);
}

/* The output and its derivative in each input. */
void c47_gradient(double x, double *f, double *x_bar)
{
    /* f = log10(x) */
    *f = log10(x);

    /* backwards through f = log10(x) */
    *x_bar = 1/(x*2.302585092994046);
}

#ifdef __cplusplus
}
#endif
static void c47_value_packed(const double *in, double *out)
{
    (void)in;
    c47_value(in[0], out + 0);
}

static void c47_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c47_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c47_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c47_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c47_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c47_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c48_value(double x, double *f)
{
    /* f = log1p(x) */
    *f = log1p(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c48_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = log1p(x) */
    *f = log1p(x);

    /* tangent of f = log1p(x) */
    *f_dot = x_dot/(1 + x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c48_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = log1p(x) */
    *f = log1p(x);

    /* backwards through f = log1p(x) */
    *x_bar = f_bar/(1 + x);
}

/* The output and its derivative in each input. */
void c48_gradient(double x, double *f, double *x_bar)
{
    /* f = log1p(x) */
    *f = log1p(x);

    /* backwards through f = log1p(x) */
    *x_bar = 1/(1 + x);
}

#ifdef __cplusplus
}
#endif
static void c48_value_packed(const double *in, double *out)
{
    (void)in;
    c48_value(in[0], out + 0);
}

static void c48_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c48_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c48_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c48_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c48_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c48_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c49_value(double x, double *f)
{
    /* f = sin(x) */
    *f = sin(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c49_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = sin(x) */
    *f = sin(x);

    /* tangent of f = sin(x) */
    *f_dot = x_dot*cos(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c49_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = sin(x) */
    *f = sin(x);

    /* backwards through f = sin(x) */
    *x_bar = f_bar*cos(x);
}

/* The output and its derivative in each input. */
void c49_gradient(double x, double *f, double *x_bar)
{
    /* f = sin(x) */
    *f = sin(x);

    /* backwards through f = sin(x) */
    *x_bar = cos(x);
}

#ifdef __cplusplus
}
#endif
static void c49_value_packed(const double *in, double *out)
{
    (void)in;
    c49_value(in[0], out + 0);
}

static void c49_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c49_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c49_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c49_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c49_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c49_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c50_value(double x, double *f)
{
    /* f = cos(x) */
    *f = cos(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c50_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = cos(x) */
    *f = cos(x);

    /* tangent of f = cos(x) */
    *f_dot = -x_dot*sin(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c50_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = cos(x) */
    *f = cos(x);

    /* backwards through f = cos(x) */
    *x_bar = -f_bar*sin(x);
}

/* The output and its derivative in each input. */
void c50_gradient(double x, double *f, double *x_bar)
{
    /* f = cos(x) */
    *f = cos(x);

    /* backwards through f = cos(x) */
    *x_bar = -sin(x);
}

#ifdef __cplusplus
}
#endif
static void c50_value_packed(const double *in, double *out)
{
    (void)in;
    c50_value(in[0], out + 0);
}

static void c50_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c50_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c50_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c50_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c50_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c50_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c51_value(double x, double *f)
{
    /* f = tan(x) */
    *f = tan(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c51_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = tan(x) */
    const double f_value = tan(x);
    *f = f_value;

    /* tangent of f = tan(x) */
    *f_dot = x_dot*(1 + f_value*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c51_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = tan(x) */
    const double f_value = tan(x);
    *f = f_value;

    /* backwards through f = tan(x) */
    *x_bar = f_bar*(1 + f_value*f_value);
}

/* The output and its derivative in each input. */
void c51_gradient(double x, double *f, double *x_bar)
{
    /* f = tan(x) */
    const double f_value = tan(x);
    *f = f_value;

    /* backwards through f = tan(x) */
    *x_bar = 1 + f_value*f_value;
}

#ifdef __cplusplus
}
#endif
static void c51_value_packed(const double *in, double *out)
{
    (void)in;
    c51_value(in[0], out + 0);
}

static void c51_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c51_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c51_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c51_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c51_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c51_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c52_value(double x, double *f)
{
    /* f = asin(x) */
    *f = asin(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c52_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = asin(x) */
    *f = asin(x);

    /* tangent of f = asin(x) */
    *f_dot = x_dot/sqrt((1 - x)*(1 + x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c52_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = asin(x) */
    *f = asin(x);

    /* backwards through f = asin(x) */
    *x_bar = f_bar/sqrt((1 - x)*(1 + x));
}

/* The output and its derivative in each input. */
void c52_gradient(double x, double *f, double *x_bar)
{
    /* f = asin(x) */
    *f = asin(x);

    /* backwards through f = asin(x) */
    *x_bar = 1/sqrt((1 - x)*(1 + x));
}

#ifdef __cplusplus
}
#endif
static void c52_value_packed(const double *in, double *out)
{
    (void)in;
    c52_value(in[0], out + 0);
}

static void c52_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c52_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c52_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c52_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c52_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c52_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c53_value(double x, double *f)
{
    /* f = acos(x) */
    *f = acos(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c53_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = acos(x) */
    *f = acos(x);

    /* tangent of f = acos(x) */
    *f_dot = -1/sqrt((1 - x)*(1 + x))*x_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c53_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = acos(x) */
    *f = acos(x);

    /* backwards through f = acos(x) */
    *x_bar = -1/sqrt((1 - x)*(1 + x))*f_bar;
}

/* The output and its derivative in each input. */
void c53_gradient(double x, double *f, double *x_bar)
{
    /* f = acos(x) */
    *f = acos(x);

    /* backwards through f = acos(x) */
    *x_bar = -1/sqrt((1 - x)*(1 + x));
}

#ifdef __cplusplus
}
#endif
static void c53_value_packed(const double *in, double *out)
{
    (void)in;
    c53_value(in[0], out + 0);
}

static void c53_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c53_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c53_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c53_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c53_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c53_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c54_value(double x, double *f)
{
    /* f = atan(x) */
    *f = atan(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c54_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = atan(x) */
    *f = atan(x);

    /* tangent of f = atan(x) */
    *f_dot = x_dot/(1 + x*x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c54_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = atan(x) */
    *f = atan(x);

    /* backwards through f = atan(x) */
    *x_bar = f_bar/(1 + x*x);
}

/* The output and its derivative in each input. */
void c54_gradient(double x, double *f, double *x_bar)
{
    /* f = atan(x) */
    *f = atan(x);

    /* backwards through f = atan(x) */
    *x_bar = 1/(1 + x*x);
}

#ifdef __cplusplus
}
#endif
static void c54_value_packed(const double *in, double *out)
{
    (void)in;
    c54_value(in[0], out + 0);
}

static void c54_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c54_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c54_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c54_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c54_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c54_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c55_value(double x, double y, double *f)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c55_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* tangent of f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *f_dot = x_dot*(y/f_1/f_1) - x/f_1/f_1*y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c55_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* backwards through f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *x_bar = f_bar*(y/f_1/f_1);
    *y_bar = -x/f_1/f_1*f_bar;
}

/* The output and its derivative in each input. */
void c55_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* backwards through f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *x_bar = y/f_1/f_1;
    *y_bar = -x/f_1/f_1;
}

#ifdef __cplusplus
}
#endif
static void c55_value_packed(const double *in, double *out)
{
    (void)in;
    c55_value(in[0], in[1], out + 0);
}

static void c55_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c55_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c55_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c55_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c55_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c55_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c56_value(double x, double y, double *f)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c56_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* tangent of f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *f_dot = x_dot*(y/f_1/f_1);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c56_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* backwards through f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *x_bar = f_bar*(y/f_1/f_1);
}

/* The output and its derivative in each input. */
void c56_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* backwards through f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *x_bar = y/f_1/f_1;
}

#ifdef __cplusplus
}
#endif
static void c56_value_packed(const double *in, double *out)
{
    (void)in;
    c56_value(in[0], in[1], out + 0);
}

static void c56_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c56_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c56_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c56_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c56_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c56_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c57_value(double y, double x, double *f)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c57_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* tangent of f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *f_dot = -x/f_1/f_1*y_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c57_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* backwards through f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *y_bar = -x/f_1/f_1*f_bar;
}

/* The output and its derivative in each input. */
void c57_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = atan2(x, y) */
    *f = atan2(x, y);

    /* backwards through f = atan2(x, y) */
    const double f_1 = hypot(x, y);
    *y_bar = -x/f_1/f_1;
}

#ifdef __cplusplus
}
#endif
static void c57_value_packed(const double *in, double *out)
{
    (void)in;
    c57_value(in[0], in[1], out + 0);
}

static void c57_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c57_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c57_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c57_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c57_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c57_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c58_value(double x, double *f)
{
    /* f = sinh(x) */
    *f = sinh(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c58_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = sinh(x) */
    *f = sinh(x);

    /* tangent of f = sinh(x) */
    *f_dot = x_dot*cosh(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c58_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = sinh(x) */
    *f = sinh(x);

    /* backwards through f = sinh(x) */
    *x_bar = f_bar*cosh(x);
}

/* The output and its derivative in each input. */
void c58_gradient(double x, double *f, double *x_bar)
{
    /* f = sinh(x) */
    *f = sinh(x);

    /* backwards through f = sinh(x) */
    *x_bar = cosh(x);
}

#ifdef __cplusplus
}
#endif
static void c58_value_packed(const double *in, double *out)
{
    (void)in;
    c58_value(in[0], out + 0);
}

static void c58_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c58_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c58_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c58_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c58_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c58_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c59_value(double x, double *f)
{
    /* f = cosh(x) */
    *f = cosh(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c59_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = cosh(x) */
    *f = cosh(x);

    /* tangent of f = cosh(x) */
    *f_dot = x_dot*sinh(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c59_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = cosh(x) */
    *f = cosh(x);

    /* backwards through f = cosh(x) */
    *x_bar = f_bar*sinh(x);
}

/* The output and its derivative in each input. */
void c59_gradient(double x, double *f, double *x_bar)
{
    /* f = cosh(x) */
    *f = cosh(x);

    /* backwards through f = cosh(x) */
    *x_bar = sinh(x);
}

#ifdef __cplusplus
}
#endif
static void c59_value_packed(const double *in, double *out)
{
    (void)in;
    c59_value(in[0], out + 0);
}

static void c59_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c59_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c59_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c59_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c59_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c59_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c60_value(double x, double *f)
{
    /* f = tanh(x) */
    *f = tanh(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c60_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = tanh(x) */
    const double f_value = tanh(x);
    *f = f_value;

    /* tangent of f = tanh(x) */
    const double f_1 = f_value*f_value;
    *f_dot = f_1 < 0.5 ? x_dot*(1 - f_1) : x_dot*(2/(1 + cosh(2*x)));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c60_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = tanh(x) */
    const double f_value = tanh(x);
    *f = f_value;

    /* backwards through f = tanh(x) */
    const double f_1 = f_value*f_value;
    *x_bar = f_1 < 0.5 ? f_bar*(1 - f_1) : f_bar*(2/(1 + cosh(2*x)));
}

/* The output and its derivative in each input. */
void c60_gradient(double x, double *f, double *x_bar)
{
    /* f = tanh(x) */
    const double f_value = tanh(x);
    *f = f_value;

    /* backwards through f = tanh(x) */
    const double f_1 = f_value*f_value;
    *x_bar = f_1 < 0.5 ? 1 - f_1 : 2/(1 + cosh(2*x));
}

#ifdef __cplusplus
}
#endif
static void c60_value_packed(const double *in, double *out)
{
    (void)in;
    c60_value(in[0], out + 0);
}

static void c60_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c60_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c60_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c60_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c60_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c60_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c61_value(double x, double *f)
{
    /* f = asinh(x) */
    *f = asinh(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c61_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = asinh(x) */
    *f = asinh(x);

    /* tangent of f = asinh(x) */
    *f_dot = x_dot/hypot(1, x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c61_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = asinh(x) */
    *f = asinh(x);

    /* backwards through f = asinh(x) */
    *x_bar = f_bar/hypot(1, x);
}

/* The output and its derivative in each input. */
void c61_gradient(double x, double *f, double *x_bar)
{
    /* f = asinh(x) */
    *f = asinh(x);

    /* backwards through f = asinh(x) */
    *x_bar = 1/hypot(1, x);
}

#ifdef __cplusplus
}
#endif
static void c61_value_packed(const double *in, double *out)
{
    (void)in;
    c61_value(in[0], out + 0);
}

static void c61_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c61_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c61_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c61_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c61_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c61_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c62_value(double x, double *f)
{
    /* f = acosh(x) */
    *f = acosh(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c62_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = acosh(x) */
    *f = acosh(x);

    /* tangent of f = acosh(x) */
    *f_dot = x_dot/(sqrt(x - 1)*sqrt(1 + x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c62_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = acosh(x) */
    *f = acosh(x);

    /* backwards through f = acosh(x) */
    *x_bar = f_bar/(sqrt(x - 1)*sqrt(1 + x));
}

/* The output and its derivative in each input. */
void c62_gradient(double x, double *f, double *x_bar)
{
    /* f = acosh(x) */
    *f = acosh(x);

    /* backwards through f = acosh(x) */
    *x_bar = 1/(sqrt(x - 1)*sqrt(1 + x));
}

#ifdef __cplusplus
}
#endif
static void c62_value_packed(const double *in, double *out)
{
    (void)in;
    c62_value(in[0], out + 0);
}

static void c62_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c62_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c62_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c62_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c62_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c62_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c63_value(double x, double *f)
{
    /* f = atanh(x) */
    *f = atanh(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c63_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = atanh(x) */
    *f = atanh(x);

    /* tangent of f = atanh(x) */
    *f_dot = x_dot/((1 - x)*(1 + x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c63_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = atanh(x) */
    *f = atanh(x);

    /* backwards through f = atanh(x) */
    *x_bar = f_bar/((1 - x)*(1 + x));
}

/* The output and its derivative in each input. */
void c63_gradient(double x, double *f, double *x_bar)
{
    /* f = atanh(x) */
    *f = atanh(x);

    /* backwards through f = atanh(x) */
    *x_bar = 1/((1 - x)*(1 + x));
}

#ifdef __cplusplus
}
#endif
static void c63_value_packed(const double *in, double *out)
{
    (void)in;
    c63_value(in[0], out + 0);
}

static void c63_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c63_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c63_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c63_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c63_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c63_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c64_value(double x, double y, double *f)
{
    /* f = hypot(x, y) */
    *f = hypot(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c64_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* tangent of f = hypot(x, y) */
    *f_dot = (f_value == 0 ? 0 : x_dot*(x/f_value)) + (f_value == 0 ? 0 : y_dot*(y/f_value));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c64_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* backwards through f = hypot(x, y) */
    *x_bar = f_value == 0 ? 0 : f_bar*(x/f_value);
    *y_bar = f_value == 0 ? 0 : f_bar*(y/f_value);
}

/* The output and its derivative in each input. */
void c64_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* backwards through f = hypot(x, y) */
    *x_bar = f_value == 0 ? 0 : x/f_value;
    *y_bar = f_value == 0 ? 0 : y/f_value;
}

#ifdef __cplusplus
}
#endif
static void c64_value_packed(const double *in, double *out)
{
    (void)in;
    c64_value(in[0], in[1], out + 0);
}

static void c64_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c64_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c64_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c64_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c64_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c64_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c65_value(double x, double y, double *f)
{
    /* f = hypot(x, y) */
    *f = hypot(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c65_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* tangent of f = hypot(x, y) */
    *f_dot = f_value == 0 ? 0 : x_dot*(x/f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c65_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* backwards through f = hypot(x, y) */
    *x_bar = f_value == 0 ? 0 : f_bar*(x/f_value);
}

/* The output and its derivative in each input. */
void c65_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* backwards through f = hypot(x, y) */
    *x_bar = f_value == 0 ? 0 : x/f_value;
}

#ifdef __cplusplus
}
#endif
static void c65_value_packed(const double *in, double *out)
{
    (void)in;
    c65_value(in[0], in[1], out + 0);
}

static void c65_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c65_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c65_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c65_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c65_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c65_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c66_value(double y, double x, double *f)
{
    /* f = hypot(x, y) */
    *f = hypot(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c66_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* tangent of f = hypot(x, y) */
    *f_dot = f_value == 0 ? 0 : y_dot*(y/f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c66_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* backwards through f = hypot(x, y) */
    *y_bar = f_value == 0 ? 0 : f_bar*(y/f_value);
}

/* The output and its derivative in each input. */
void c66_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = hypot(x, y) */
    const double f_value = hypot(x, y);
    *f = f_value;

    /* backwards through f = hypot(x, y) */
    *y_bar = f_value == 0 ? 0 : y/f_value;
}

#ifdef __cplusplus
}
#endif
static void c66_value_packed(const double *in, double *out)
{
    (void)in;
    c66_value(in[0], in[1], out + 0);
}

static void c66_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c66_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c66_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c66_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c66_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c66_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c67_value(double x, double *f)
{
    /* f = abs(x) */
    *f = fabs(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c67_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = abs(x) */
    *f = fabs(x);

    /* tangent of f = abs(x) */
    *f_dot = x == 0 ? 0.0 : x > 0 ? x_dot : x < 0 ? -x_dot : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c67_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = abs(x) */
    *f = fabs(x);

    /* backwards through f = abs(x) */
    *x_bar = x == 0 ? 0.0 : x > 0 ? f_bar : x < 0 ? -f_bar : f_bar*x;
}

/* The output and its derivative in each input. */
void c67_gradient(double x, double *f, double *x_bar)
{
    /* f = abs(x) */
    *f = fabs(x);

    /* backwards through f = abs(x) */
    *x_bar = x == 0 ? 0.0 : x > 0 ? 1.0 : x < 0 ? -1 : x;
}

#ifdef __cplusplus
}
#endif
static void c67_value_packed(const double *in, double *out)
{
    (void)in;
    c67_value(in[0], out + 0);
}

static void c67_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c67_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c67_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c67_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c67_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c67_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* -1, 0 or 1; NaN and the zeros are handed on. */
static double c68_sign(double x)
{
    return x > 0 ? 1 : x < 0 ? -1 : x;
}

/* The outputs. */
void c68_value(double x, double *f)
{
    /* f = sign(x) */
    *f = c68_sign(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c68_forward(double x, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = sign(x) */
    *f = c68_sign(x);

    /* tangent of f = sign(x) */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c68_reverse(double x, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = sign(x) */
    *f = c68_sign(x);
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c68_gradient(double x, double *f, double *x_bar)
{
    /* f = sign(x) */
    *f = c68_sign(x);
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c68_value_packed(const double *in, double *out)
{
    (void)in;
    c68_value(in[0], out + 0);
}

static void c68_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c68_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c68_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c68_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c68_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c68_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c69_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The outputs. */
void c69_value(double x, double y, double *f)
{
    /* f = min(x, y) */
    *f = c69_min(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c69_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = min(x, y) */
    *f = c69_min(x, y);

    /* tangent of f = min(x, y) */
    const double f_1 = x - y;
    *f_dot = (x > y ? 0.0 : x < y ? x_dot : x == y ? 0.5*x_dot : x_dot*f_1) +
        (y > x ? 0.0 : y < x ? y_dot : x == y ? 0.5*y_dot : y_dot*f_1);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c69_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = min(x, y) */
    *f = c69_min(x, y);

    /* backwards through f = min(x, y) */
    const double f_1 = x == y ? 0.5*f_bar : f_bar*(x - y);
    *x_bar = x > y ? 0.0 : x < y ? f_bar : f_1;
    *y_bar = y > x ? 0.0 : y < x ? f_bar : f_1;
}

/* The output and its derivative in each input. */
void c69_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = min(x, y) */
    *f = c69_min(x, y);

    /* backwards through f = min(x, y) */
    const double f_1 = x == y ? 0.5 : x - y;
    *x_bar = x > y ? 0.0 : x < y ? 1 : f_1;
    *y_bar = y > x ? 0.0 : y < x ? 1 : f_1;
}

#ifdef __cplusplus
}
#endif
static void c69_value_packed(const double *in, double *out)
{
    (void)in;
    c69_value(in[0], in[1], out + 0);
}

static void c69_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c69_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c69_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c69_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c69_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c69_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c70_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The outputs. */
void c70_value(double x, double y, double *f)
{
    /* f = min(x, y) */
    *f = c70_min(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c70_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = min(x, y) */
    *f = c70_min(x, y);

    /* tangent of f = min(x, y) */
    *f_dot = x >= y ? 0.0 : x < y ? x_dot : x_dot*(x - y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c70_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = min(x, y) */
    *f = c70_min(x, y);

    /* backwards through f = min(x, y) */
    *x_bar = x >= y ? 0.0 : x < y ? f_bar : f_bar*(x - y);
}

/* The output and its derivative in each input. */
void c70_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = min(x, y) */
    *f = c70_min(x, y);

    /* backwards through f = min(x, y) */
    *x_bar = x >= y ? 0.0 : x < y ? 1 : x - y;
}

#ifdef __cplusplus
}
#endif
static void c70_value_packed(const double *in, double *out)
{
    (void)in;
    c70_value(in[0], in[1], out + 0);
}

static void c70_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c70_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c70_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c70_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c70_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c70_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c71_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The outputs. */
void c71_value(double y, double x, double *f)
{
    /* f = min(x, y) */
    *f = c71_min(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c71_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = min(x, y) */
    *f = c71_min(x, y);

    /* tangent of f = min(x, y) */
    *f_dot = y >= x ? 0.0 : y < x ? y_dot : y_dot*(x - y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c71_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = min(x, y) */
    *f = c71_min(x, y);

    /* backwards through f = min(x, y) */
    *y_bar = y >= x ? 0.0 : y < x ? f_bar : f_bar*(x - y);
}

/* The output and its derivative in each input. */
void c71_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = min(x, y) */
    *f = c71_min(x, y);

    /* backwards through f = min(x, y) */
    *y_bar = y >= x ? 0.0 : y < x ? 1 : x - y;
}

#ifdef __cplusplus
}
#endif
static void c71_value_packed(const double *in, double *out)
{
    (void)in;
    c71_value(in[0], in[1], out + 0);
}

static void c71_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c71_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c71_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c71_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c71_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c71_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c72_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The outputs. */
void c72_value(double x, double y, double z, double *f)
{
    /* f = min(x, y, z) */
    *f = c72_min(c72_min(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c72_forward(double x, double y, double z, double x_dot, double y_dot, double z_dot, double *f,
                 double *f_dot)
{
    /* f = min(x, y, z) */
    const double f_value = c72_min(c72_min(x, y), z);
    *f = f_value;

    /* tangent of f = min(x, y, z) */
    const double f_1 = (x == f_value ? 1.0 : 0.0) + (y == f_value ? 1.0 : 0.0) +
        (z == f_value ? 1.0 : 0.0);
    const double f_2 = (x != f_value && f_value == f_value ? 0.0 : x == f_value ? x_dot/f_1
        : x_dot*f_value) + (y != f_value && f_value == f_value ? 0.0 : y == f_value ? y_dot/f_1
        : y_dot*f_value);
    *f_dot = f_2 + (z != f_value && f_value == f_value ? 0.0 : z == f_value ? z_dot/f_1
        : z_dot*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c72_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar,
                 double *y_bar, double *z_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c72_min(c72_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    const double f_1 = ((!(x != f_value && f_value == f_value) && x == f_value)
        || (!(y != f_value && f_value == f_value) && y == f_value))
        || (!(z != f_value && f_value == f_value) && z == f_value)
        ? (f_bar/((x == f_value ? 1.0 : 0.0) + (y == f_value ? 1.0 : 0.0) +
        (z == f_value ? 1.0 : 0.0))) : 0;
    const double f_2 = f_bar*f_value;
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value ? f_1 : f_2;
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value ? f_1 : f_2;
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value ? f_1 : f_2;
}

/* The output and its derivative in each input. */
void c72_gradient(double x, double y, double z, double *f, double *x_bar, double *y_bar,
                  double *z_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c72_min(c72_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    const double f_1 = ((!(z != f_value && f_value == f_value) && z == f_value)
        || (!(y != f_value && f_value == f_value) && y == f_value))
        || (!(x != f_value && f_value == f_value) && x == f_value)
        ? (1/((x == f_value ? 1.0 : 0.0) + (y == f_value ? 1.0 : 0.0) +
        (z == f_value ? 1.0 : 0.0))) : 0;
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value ? f_1 : f_value;
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value ? f_1 : f_value;
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value ? f_1 : f_value;
}

#ifdef __cplusplus
}
#endif
static void c72_value_packed(const double *in, double *out)
{
    (void)in;
    c72_value(in[0], in[1], in[2], out + 0);
}

static void c72_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c72_forward(in[0], in[1], in[2], in_dot[0], in_dot[1], in_dot[2], out + 0, out_dot + 0);
}

static void c72_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c72_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

static void c72_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c72_gradient(in[0], in[1], in[2], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c73_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The outputs. */
void c73_value(double x, double y, double z, double *f)
{
    /* f = min(x, y, z) */
    *f = c73_min(c73_min(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c73_forward(double x, double y, double z, double x_dot, double *f, double *f_dot)
{
    /* f = min(x, y, z) */
    const double f_value = c73_min(c73_min(x, y), z);
    *f = f_value;

    /* tangent of f = min(x, y, z) */
    *f_dot = x != f_value && f_value == f_value ? 0.0 : x == f_value
        ? (y == f_value || z == f_value ? 0 : x_dot/(x == f_value ? 1.0 : 0.0)) : x_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c73_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c73_min(c73_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value
        ? (y == f_value || z == f_value ? 0 : f_bar/(x == f_value ? 1.0 : 0.0)) : f_bar*f_value;
}

/* The output and its derivative in each input. */
void c73_gradient(double x, double y, double z, double *f, double *x_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c73_min(c73_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value
        ? (y == f_value || z == f_value ? 0 : 1/(x == f_value ? 1.0 : 0.0)) : f_value;
}

#ifdef __cplusplus
}
#endif
static void c73_value_packed(const double *in, double *out)
{
    (void)in;
    c73_value(in[0], in[1], in[2], out + 0);
}

static void c73_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c73_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c73_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c73_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c73_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c73_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c74_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The outputs. */
void c74_value(double y, double x, double z, double *f)
{
    /* f = min(x, y, z) */
    *f = c74_min(c74_min(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c74_forward(double y, double x, double z, double y_dot, double *f, double *f_dot)
{
    /* f = min(x, y, z) */
    const double f_value = c74_min(c74_min(x, y), z);
    *f = f_value;

    /* tangent of f = min(x, y, z) */
    *f_dot = y != f_value && f_value == f_value ? 0.0 : y == f_value
        ? (x == f_value || z == f_value ? 0 : y_dot/(y == f_value ? 1.0 : 0.0)) : y_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c74_reverse(double y, double x, double z, double f_bar, double *f, double *y_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c74_min(c74_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value
        ? (x == f_value || z == f_value ? 0 : f_bar/(y == f_value ? 1.0 : 0.0)) : f_bar*f_value;
}

/* The output and its derivative in each input. */
void c74_gradient(double y, double x, double z, double *f, double *y_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c74_min(c74_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value
        ? (x == f_value || z == f_value ? 0 : 1/(y == f_value ? 1.0 : 0.0)) : f_value;
}

#ifdef __cplusplus
}
#endif
static void c74_value_packed(const double *in, double *out)
{
    (void)in;
    c74_value(in[0], in[1], in[2], out + 0);
}

static void c74_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c74_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c74_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c74_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c74_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c74_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c75_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The outputs. */
void c75_value(double z, double x, double y, double *f)
{
    /* f = min(x, y, z) */
    *f = c75_min(c75_min(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c75_forward(double z, double x, double y, double z_dot, double *f, double *f_dot)
{
    /* f = min(x, y, z) */
    const double f_value = c75_min(c75_min(x, y), z);
    *f = f_value;

    /* tangent of f = min(x, y, z) */
    *f_dot = z != f_value && f_value == f_value ? 0.0 : z == f_value
        ? (x == f_value || y == f_value ? 0 : z_dot/(z == f_value ? 1.0 : 0.0)) : z_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c75_reverse(double z, double x, double y, double f_bar, double *f, double *z_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c75_min(c75_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value
        ? (x == f_value || y == f_value ? 0 : f_bar/(z == f_value ? 1.0 : 0.0)) : f_bar*f_value;
}

/* The output and its derivative in each input. */
void c75_gradient(double z, double x, double y, double *f, double *z_bar)
{
    /* f = min(x, y, z) */
    const double f_value = c75_min(c75_min(x, y), z);
    *f = f_value;

    /* backwards through f = min(x, y, z) */
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value
        ? (x == f_value || y == f_value ? 0 : 1/(z == f_value ? 1.0 : 0.0)) : f_value;
}

#ifdef __cplusplus
}
#endif
static void c75_value_packed(const double *in, double *out)
{
    (void)in;
    c75_value(in[0], in[1], in[2], out + 0);
}

static void c75_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c75_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c75_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c75_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c75_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c75_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The greater of two, or a NaN if there is one. */
static double c76_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* The outputs. */
void c76_value(double x, double y, double *f)
{
    /* f = max(x, y) */
    *f = c76_max(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c76_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = max(x, y) */
    *f = c76_max(x, y);

    /* tangent of f = max(x, y) */
    const double f_1 = x - y;
    *f_dot = (x < y ? 0.0 : x > y ? x_dot : x == y ? 0.5*x_dot : x_dot*f_1) +
        (y < x ? 0.0 : y > x ? y_dot : x == y ? 0.5*y_dot : y_dot*f_1);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c76_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = max(x, y) */
    *f = c76_max(x, y);

    /* backwards through f = max(x, y) */
    const double f_1 = x == y ? 0.5*f_bar : f_bar*(x - y);
    *x_bar = x < y ? 0.0 : x > y ? f_bar : f_1;
    *y_bar = y < x ? 0.0 : y > x ? f_bar : f_1;
}

/* The output and its derivative in each input. */
void c76_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = max(x, y) */
    *f = c76_max(x, y);

    /* backwards through f = max(x, y) */
    const double f_1 = x == y ? 0.5 : x - y;
    *x_bar = x < y ? 0.0 : x > y ? 1 : f_1;
    *y_bar = y < x ? 0.0 : y > x ? 1 : f_1;
}

#ifdef __cplusplus
}
#endif
static void c76_value_packed(const double *in, double *out)
{
    (void)in;
    c76_value(in[0], in[1], out + 0);
}

static void c76_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c76_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c76_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c76_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c76_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c76_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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

/* The greater of two, or a NaN if there is one. */
static double c77_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* The outputs. */
void c77_value(double x, double y, double *f)
{
    /* f = max(x, y) */
    *f = c77_max(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c77_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = max(x, y) */
    *f = c77_max(x, y);

    /* tangent of f = max(x, y) */
    *f_dot = x <= y ? 0.0 : x > y ? x_dot : x_dot*(x - y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c77_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = max(x, y) */
    *f = c77_max(x, y);

    /* backwards through f = max(x, y) */
    *x_bar = x <= y ? 0.0 : x > y ? f_bar : f_bar*(x - y);
}

/* The output and its derivative in each input. */
void c77_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = max(x, y) */
    *f = c77_max(x, y);

    /* backwards through f = max(x, y) */
    *x_bar = x <= y ? 0.0 : x > y ? 1 : x - y;
}

#ifdef __cplusplus
}
#endif
static void c77_value_packed(const double *in, double *out)
{
    (void)in;
    c77_value(in[0], in[1], out + 0);
}

static void c77_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c77_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c77_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c77_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c77_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c77_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The greater of two, or a NaN if there is one. */
static double c78_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* The outputs. */
void c78_value(double y, double x, double *f)
{
    /* f = max(x, y) */
    *f = c78_max(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c78_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = max(x, y) */
    *f = c78_max(x, y);

    /* tangent of f = max(x, y) */
    *f_dot = y <= x ? 0.0 : y > x ? y_dot : y_dot*(x - y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c78_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = max(x, y) */
    *f = c78_max(x, y);

    /* backwards through f = max(x, y) */
    *y_bar = y <= x ? 0.0 : y > x ? f_bar : f_bar*(x - y);
}

/* The output and its derivative in each input. */
void c78_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = max(x, y) */
    *f = c78_max(x, y);

    /* backwards through f = max(x, y) */
    *y_bar = y <= x ? 0.0 : y > x ? 1 : x - y;
}

#ifdef __cplusplus
}
#endif
static void c78_value_packed(const double *in, double *out)
{
    (void)in;
    c78_value(in[0], in[1], out + 0);
}

static void c78_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c78_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c78_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c78_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c78_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c78_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The greater of two, or a NaN if there is one. */
static double c79_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* The outputs. */
void c79_value(double x, double y, double z, double *f)
{
    /* f = max(x, y, z) */
    *f = c79_max(c79_max(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c79_forward(double x, double y, double z, double x_dot, double y_dot, double z_dot, double *f,
                 double *f_dot)
{
    /* f = max(x, y, z) */
    const double f_value = c79_max(c79_max(x, y), z);
    *f = f_value;

    /* tangent of f = max(x, y, z) */
    const double f_1 = (x == f_value ? 1.0 : 0.0) + (y == f_value ? 1.0 : 0.0) +
        (z == f_value ? 1.0 : 0.0);
    const double f_2 = (x != f_value && f_value == f_value ? 0.0 : x == f_value ? x_dot/f_1
        : x_dot*f_value) + (y != f_value && f_value == f_value ? 0.0 : y == f_value ? y_dot/f_1
        : y_dot*f_value);
    *f_dot = f_2 + (z != f_value && f_value == f_value ? 0.0 : z == f_value ? z_dot/f_1
        : z_dot*f_value);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c79_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar,
                 double *y_bar, double *z_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c79_max(c79_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    const double f_1 = ((!(x != f_value && f_value == f_value) && x == f_value)
        || (!(y != f_value && f_value == f_value) && y == f_value))
        || (!(z != f_value && f_value == f_value) && z == f_value)
        ? (f_bar/((x == f_value ? 1.0 : 0.0) + (y == f_value ? 1.0 : 0.0) +
        (z == f_value ? 1.0 : 0.0))) : 0;
    const double f_2 = f_bar*f_value;
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value ? f_1 : f_2;
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value ? f_1 : f_2;
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value ? f_1 : f_2;
}

/* The output and its derivative in each input. */
void c79_gradient(double x, double y, double z, double *f, double *x_bar, double *y_bar,
                  double *z_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c79_max(c79_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    const double f_1 = ((!(z != f_value && f_value == f_value) && z == f_value)
        || (!(y != f_value && f_value == f_value) && y == f_value))
        || (!(x != f_value && f_value == f_value) && x == f_value)
        ? (1/((x == f_value ? 1.0 : 0.0) + (y == f_value ? 1.0 : 0.0) +
        (z == f_value ? 1.0 : 0.0))) : 0;
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value ? f_1 : f_value;
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value ? f_1 : f_value;
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value ? f_1 : f_value;
}

#ifdef __cplusplus
}
#endif
static void c79_value_packed(const double *in, double *out)
{
    (void)in;
    c79_value(in[0], in[1], in[2], out + 0);
}

static void c79_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c79_forward(in[0], in[1], in[2], in_dot[0], in_dot[1], in_dot[2], out + 0, out_dot + 0);
}

static void c79_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c79_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

static void c79_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c79_gradient(in[0], in[1], in[2], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

/* Made by bpgen 0.1.0 from model.
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

/* The greater of two, or a NaN if there is one. */
static double c80_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* The outputs. */
void c80_value(double x, double y, double z, double *f)
{
    /* f = max(x, y, z) */
    *f = c80_max(c80_max(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c80_forward(double x, double y, double z, double x_dot, double *f, double *f_dot)
{
    /* f = max(x, y, z) */
    const double f_value = c80_max(c80_max(x, y), z);
    *f = f_value;

    /* tangent of f = max(x, y, z) */
    *f_dot = x != f_value && f_value == f_value ? 0.0 : x == f_value
        ? (y == f_value || z == f_value ? 0 : x_dot/(x == f_value ? 1.0 : 0.0)) : x_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c80_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c80_max(c80_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value
        ? (y == f_value || z == f_value ? 0 : f_bar/(x == f_value ? 1.0 : 0.0)) : f_bar*f_value;
}

/* The output and its derivative in each input. */
void c80_gradient(double x, double y, double z, double *f, double *x_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c80_max(c80_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    *x_bar = x != f_value && f_value == f_value ? 0.0 : x == f_value
        ? (y == f_value || z == f_value ? 0 : 1/(x == f_value ? 1.0 : 0.0)) : f_value;
}

#ifdef __cplusplus
}
#endif
static void c80_value_packed(const double *in, double *out)
{
    (void)in;
    c80_value(in[0], in[1], in[2], out + 0);
}

static void c80_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c80_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c80_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c80_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c80_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c80_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The greater of two, or a NaN if there is one. */
static double c81_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* The outputs. */
void c81_value(double y, double x, double z, double *f)
{
    /* f = max(x, y, z) */
    *f = c81_max(c81_max(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c81_forward(double y, double x, double z, double y_dot, double *f, double *f_dot)
{
    /* f = max(x, y, z) */
    const double f_value = c81_max(c81_max(x, y), z);
    *f = f_value;

    /* tangent of f = max(x, y, z) */
    *f_dot = y != f_value && f_value == f_value ? 0.0 : y == f_value
        ? (x == f_value || z == f_value ? 0 : y_dot/(y == f_value ? 1.0 : 0.0)) : y_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c81_reverse(double y, double x, double z, double f_bar, double *f, double *y_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c81_max(c81_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value
        ? (x == f_value || z == f_value ? 0 : f_bar/(y == f_value ? 1.0 : 0.0)) : f_bar*f_value;
}

/* The output and its derivative in each input. */
void c81_gradient(double y, double x, double z, double *f, double *y_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c81_max(c81_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    *y_bar = y != f_value && f_value == f_value ? 0.0 : y == f_value
        ? (x == f_value || z == f_value ? 0 : 1/(y == f_value ? 1.0 : 0.0)) : f_value;
}

#ifdef __cplusplus
}
#endif
static void c81_value_packed(const double *in, double *out)
{
    (void)in;
    c81_value(in[0], in[1], in[2], out + 0);
}

static void c81_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c81_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c81_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c81_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c81_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c81_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The greater of two, or a NaN if there is one. */
static double c82_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* The outputs. */
void c82_value(double z, double x, double y, double *f)
{
    /* f = max(x, y, z) */
    *f = c82_max(c82_max(x, y), z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c82_forward(double z, double x, double y, double z_dot, double *f, double *f_dot)
{
    /* f = max(x, y, z) */
    const double f_value = c82_max(c82_max(x, y), z);
    *f = f_value;

    /* tangent of f = max(x, y, z) */
    *f_dot = z != f_value && f_value == f_value ? 0.0 : z == f_value
        ? (x == f_value || y == f_value ? 0 : z_dot/(z == f_value ? 1.0 : 0.0)) : z_dot*f_value;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c82_reverse(double z, double x, double y, double f_bar, double *f, double *z_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c82_max(c82_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value
        ? (x == f_value || y == f_value ? 0 : f_bar/(z == f_value ? 1.0 : 0.0)) : f_bar*f_value;
}

/* The output and its derivative in each input. */
void c82_gradient(double z, double x, double y, double *f, double *z_bar)
{
    /* f = max(x, y, z) */
    const double f_value = c82_max(c82_max(x, y), z);
    *f = f_value;

    /* backwards through f = max(x, y, z) */
    *z_bar = z != f_value && f_value == f_value ? 0.0 : z == f_value
        ? (x == f_value || y == f_value ? 0 : 1/(z == f_value ? 1.0 : 0.0)) : f_value;
}

#ifdef __cplusplus
}
#endif
static void c82_value_packed(const double *in, double *out)
{
    (void)in;
    c82_value(in[0], in[1], in[2], out + 0);
}

static void c82_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c82_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c82_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c82_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c82_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c82_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c83_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c83_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c83_clamp(double x, double low, double high)
{
    return c83_min(c83_max(x, low), high);
}

/* The outputs. */
void c83_value(double x, double y, double z, double *f)
{
    /* f = clamp(x, y, z) */
    *f = c83_clamp(x, y, z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c83_forward(double x, double y, double z, double x_dot, double y_dot, double z_dot, double *f,
                 double *f_dot)
{
    /* f = clamp(x, y, z) */
    *f = c83_clamp(x, y, z);

    /* tangent of f = clamp(x, y, z) */
    const double f_1 = x + y + z;
    const double f_2 = (x <= y || x >= z ? 0.0 : x > y && x < z ? x_dot : x_dot*f_1) +
        (y <= x || y >= z ? 0.0 : y > x && y < z ? y_dot : y_dot*f_1);
    *f_dot = f_2 + (x <= z && y <= z ? 0.0 : x > z || y > z ? z_dot : z_dot*f_1);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c83_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar,
                 double *y_bar, double *z_bar)
{
    /* f = clamp(x, y, z) */
    *f = c83_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    const double f_1 = f_bar*(x + y + z);
    *x_bar = x <= y || x >= z ? 0.0 : x > y && x < z ? f_bar : f_1;
    *y_bar = y <= x || y >= z ? 0.0 : y > x && y < z ? f_bar : f_1;
    *z_bar = x <= z && y <= z ? 0.0 : x > z || y > z ? f_bar : f_1;
}

/* The output and its derivative in each input. */
void c83_gradient(double x, double y, double z, double *f, double *x_bar, double *y_bar,
                  double *z_bar)
{
    /* f = clamp(x, y, z) */
    *f = c83_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    const double f_1 = x + y + z;
    *x_bar = x <= y || x >= z ? 0.0 : x > y && x < z ? 1 : f_1;
    *y_bar = y <= x || y >= z ? 0.0 : y > x && y < z ? 1 : f_1;
    *z_bar = x <= z && y <= z ? 0.0 : x > z || y > z ? 1 : f_1;
}

#ifdef __cplusplus
}
#endif
static void c83_value_packed(const double *in, double *out)
{
    (void)in;
    c83_value(in[0], in[1], in[2], out + 0);
}

static void c83_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c83_forward(in[0], in[1], in[2], in_dot[0], in_dot[1], in_dot[2], out + 0, out_dot + 0);
}

static void c83_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c83_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

static void c83_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c83_gradient(in[0], in[1], in[2], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c84_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c84_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c84_clamp(double x, double low, double high)
{
    return c84_min(c84_max(x, low), high);
}

/* The outputs. */
void c84_value(double x, double y, double z, double *f)
{
    /* f = clamp(x, y, z) */
    *f = c84_clamp(x, y, z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c84_forward(double x, double y, double z, double x_dot, double *f, double *f_dot)
{
    /* f = clamp(x, y, z) */
    *f = c84_clamp(x, y, z);

    /* tangent of f = clamp(x, y, z) */
    *f_dot = x <= y || x >= z ? 0.0 : x > y && x < z ? x_dot : x_dot*(x + y + z);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c84_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar)
{
    /* f = clamp(x, y, z) */
    *f = c84_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    *x_bar = x <= y || x >= z ? 0.0 : x > y && x < z ? f_bar : f_bar*(x + y + z);
}

/* The output and its derivative in each input. */
void c84_gradient(double x, double y, double z, double *f, double *x_bar)
{
    /* f = clamp(x, y, z) */
    *f = c84_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    *x_bar = x <= y || x >= z ? 0.0 : x > y && x < z ? 1 : x + y + z;
}

#ifdef __cplusplus
}
#endif
static void c84_value_packed(const double *in, double *out)
{
    (void)in;
    c84_value(in[0], in[1], in[2], out + 0);
}

static void c84_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c84_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c84_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c84_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c84_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c84_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c85_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c85_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c85_clamp(double x, double low, double high)
{
    return c85_min(c85_max(x, low), high);
}

/* The outputs. */
void c85_value(double y, double x, double z, double *f)
{
    /* f = clamp(x, y, z) */
    *f = c85_clamp(x, y, z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c85_forward(double y, double x, double z, double y_dot, double *f, double *f_dot)
{
    /* f = clamp(x, y, z) */
    *f = c85_clamp(x, y, z);

    /* tangent of f = clamp(x, y, z) */
    *f_dot = y <= x || y >= z ? 0.0 : y > x && y < z ? y_dot : y_dot*(x + y + z);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c85_reverse(double y, double x, double z, double f_bar, double *f, double *y_bar)
{
    /* f = clamp(x, y, z) */
    *f = c85_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    *y_bar = y <= x || y >= z ? 0.0 : y > x && y < z ? f_bar : f_bar*(x + y + z);
}

/* The output and its derivative in each input. */
void c85_gradient(double y, double x, double z, double *f, double *y_bar)
{
    /* f = clamp(x, y, z) */
    *f = c85_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    *y_bar = y <= x || y >= z ? 0.0 : y > x && y < z ? 1 : x + y + z;
}

#ifdef __cplusplus
}
#endif
static void c85_value_packed(const double *in, double *out)
{
    (void)in;
    c85_value(in[0], in[1], in[2], out + 0);
}

static void c85_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c85_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c85_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c85_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c85_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c85_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c86_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c86_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c86_clamp(double x, double low, double high)
{
    return c86_min(c86_max(x, low), high);
}

/* The outputs. */
void c86_value(double z, double x, double y, double *f)
{
    /* f = clamp(x, y, z) */
    *f = c86_clamp(x, y, z);
}

/* The outputs and their tangents along one direction of the inputs. */
void c86_forward(double z, double x, double y, double z_dot, double *f, double *f_dot)
{
    /* f = clamp(x, y, z) */
    *f = c86_clamp(x, y, z);

    /* tangent of f = clamp(x, y, z) */
    *f_dot = x <= z && y <= z ? 0.0 : x > z || y > z ? z_dot : z_dot*(x + y + z);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c86_reverse(double z, double x, double y, double f_bar, double *f, double *z_bar)
{
    /* f = clamp(x, y, z) */
    *f = c86_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    *z_bar = x <= z && y <= z ? 0.0 : x > z || y > z ? f_bar : f_bar*(x + y + z);
}

/* The output and its derivative in each input. */
void c86_gradient(double z, double x, double y, double *f, double *z_bar)
{
    /* f = clamp(x, y, z) */
    *f = c86_clamp(x, y, z);

    /* backwards through f = clamp(x, y, z) */
    *z_bar = x <= z && y <= z ? 0.0 : x > z || y > z ? 1 : x + y + z;
}

#ifdef __cplusplus
}
#endif
static void c86_value_packed(const double *in, double *out)
{
    (void)in;
    c86_value(in[0], in[1], in[2], out + 0);
}

static void c86_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c86_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c86_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c86_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c86_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c86_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c87_value(double x, double *f)
{
    /* f = floor(x) */
    *f = floor(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c87_forward(double x, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = floor(x) */
    *f = floor(x);

    /* tangent of f = floor(x) */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c87_reverse(double x, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = floor(x) */
    *f = floor(x);
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c87_gradient(double x, double *f, double *x_bar)
{
    /* f = floor(x) */
    *f = floor(x);
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c87_value_packed(const double *in, double *out)
{
    (void)in;
    c87_value(in[0], out + 0);
}

static void c87_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c87_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c87_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c87_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c87_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c87_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c88_value(double x, double *f)
{
    /* f = ceil(x) */
    *f = ceil(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c88_forward(double x, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = ceil(x) */
    *f = ceil(x);

    /* tangent of f = ceil(x) */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c88_reverse(double x, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = ceil(x) */
    *f = ceil(x);
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c88_gradient(double x, double *f, double *x_bar)
{
    /* f = ceil(x) */
    *f = ceil(x);
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c88_value_packed(const double *in, double *out)
{
    (void)in;
    c88_value(in[0], out + 0);
}

static void c88_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c88_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c88_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c88_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c88_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c88_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c89_value(double x, double *f)
{
    /* f = round(x) */
    *f = round(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c89_forward(double x, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = round(x) */
    *f = round(x);

    /* tangent of f = round(x) */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c89_reverse(double x, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = round(x) */
    *f = round(x);
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c89_gradient(double x, double *f, double *x_bar)
{
    /* f = round(x) */
    *f = round(x);
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c89_value_packed(const double *in, double *out)
{
    (void)in;
    c89_value(in[0], out + 0);
}

static void c89_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c89_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c89_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c89_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c89_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c89_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c90_value(double x, double *f)
{
    /* f = trunc(x) */
    *f = trunc(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c90_forward(double x, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = trunc(x) */
    *f = trunc(x);

    /* tangent of f = trunc(x) */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c90_reverse(double x, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = trunc(x) */
    *f = trunc(x);
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c90_gradient(double x, double *f, double *x_bar)
{
    /* f = trunc(x) */
    *f = trunc(x);
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c90_value_packed(const double *in, double *out)
{
    (void)in;
    c90_value(in[0], out + 0);
}

static void c90_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c90_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c90_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c90_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c90_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c90_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c91_value(double x, double y, double *f)
{
    /* f = mod(x, y) */
    *f = fmod(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c91_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = mod(x, y) */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* tangent of f = mod(x, y) */
    *f_dot = x_dot - y_dot*round((x - f_value)/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c91_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = mod(x, y) */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = mod(x, y) */
    *x_bar = f_bar;
    *y_bar = -f_bar*round((x - f_value)/y);
}

/* The output and its derivative in each input. */
void c91_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = mod(x, y) */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = mod(x, y) */
    *x_bar = 1;
    *y_bar = -round((x - f_value)/y);
}

#ifdef __cplusplus
}
#endif
static void c91_value_packed(const double *in, double *out)
{
    (void)in;
    c91_value(in[0], in[1], out + 0);
}

static void c91_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c91_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c91_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c91_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c91_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c91_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c92_value(double x, double y, double *f)
{
    /* f = mod(x, y) */
    *f = fmod(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c92_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = mod(x, y) */
    *f = fmod(x, y);

    /* tangent of f = mod(x, y) */
    *f_dot = x_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c92_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = mod(x, y) */
    *f = fmod(x, y);

    /* backwards through f = mod(x, y) */
    *x_bar = f_bar;
}

/* The output and its derivative in each input. */
void c92_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = mod(x, y) */
    *f = fmod(x, y);

    /* backwards through f = mod(x, y) */
    *x_bar = 1;
}

#ifdef __cplusplus
}
#endif
static void c92_value_packed(const double *in, double *out)
{
    (void)in;
    c92_value(in[0], in[1], out + 0);
}

static void c92_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c92_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c92_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c92_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c92_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c92_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c93_value(double y, double x, double *f)
{
    /* f = mod(x, y) */
    *f = fmod(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c93_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = mod(x, y) */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* tangent of f = mod(x, y) */
    *f_dot = -y_dot*round((x - f_value)/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c93_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = mod(x, y) */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = mod(x, y) */
    *y_bar = -f_bar*round((x - f_value)/y);
}

/* The output and its derivative in each input. */
void c93_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = mod(x, y) */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = mod(x, y) */
    *y_bar = -round((x - f_value)/y);
}

#ifdef __cplusplus
}
#endif
static void c93_value_packed(const double *in, double *out)
{
    (void)in;
    c93_value(in[0], in[1], out + 0);
}

static void c93_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c93_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c93_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c93_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c93_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c93_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c94_value(double x, double y, double *f)
{
    /* f = x % y */
    *f = fmod(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c94_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = x % y */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* tangent of f = x % y */
    *f_dot = x_dot - y_dot*round((x - f_value)/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c94_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = x % y */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = x % y */
    *x_bar = f_bar;
    *y_bar = -f_bar*round((x - f_value)/y);
}

/* The output and its derivative in each input. */
void c94_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x % y */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = x % y */
    *x_bar = 1;
    *y_bar = -round((x - f_value)/y);
}

#ifdef __cplusplus
}
#endif
static void c94_value_packed(const double *in, double *out)
{
    (void)in;
    c94_value(in[0], in[1], out + 0);
}

static void c94_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c94_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c94_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c94_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c94_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c94_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c95_value(double x, double y, double *f)
{
    /* f = x % y */
    *f = fmod(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c95_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = x % y */
    *f = fmod(x, y);

    /* tangent of f = x % y */
    *f_dot = x_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c95_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = x % y */
    *f = fmod(x, y);

    /* backwards through f = x % y */
    *x_bar = f_bar;
}

/* The output and its derivative in each input. */
void c95_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x % y */
    *f = fmod(x, y);

    /* backwards through f = x % y */
    *x_bar = 1;
}

#ifdef __cplusplus
}
#endif
static void c95_value_packed(const double *in, double *out)
{
    (void)in;
    c95_value(in[0], in[1], out + 0);
}

static void c95_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c95_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c95_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c95_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c95_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c95_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c96_value(double y, double x, double *f)
{
    /* f = x % y */
    *f = fmod(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c96_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = x % y */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* tangent of f = x % y */
    *f_dot = -y_dot*round((x - f_value)/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c96_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = x % y */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = x % y */
    *y_bar = -f_bar*round((x - f_value)/y);
}

/* The output and its derivative in each input. */
void c96_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x % y */
    const double f_value = fmod(x, y);
    *f = f_value;

    /* backwards through f = x % y */
    *y_bar = -round((x - f_value)/y);
}

#ifdef __cplusplus
}
#endif
static void c96_value_packed(const double *in, double *out)
{
    (void)in;
    c96_value(in[0], in[1], out + 0);
}

static void c96_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c96_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c96_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c96_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c96_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c96_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c97_value(double x, double y, double *f)
{
    /* f = remainder(x, y) */
    *f = remainder(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c97_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = remainder(x, y) */
    const double f_value = remainder(x, y);
    *f = f_value;

    /* tangent of f = remainder(x, y) */
    *f_dot = x_dot - y_dot*round((x - f_value)/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c97_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = remainder(x, y) */
    const double f_value = remainder(x, y);
    *f = f_value;

    /* backwards through f = remainder(x, y) */
    *x_bar = f_bar;
    *y_bar = -f_bar*round((x - f_value)/y);
}

/* The output and its derivative in each input. */
void c97_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = remainder(x, y) */
    const double f_value = remainder(x, y);
    *f = f_value;

    /* backwards through f = remainder(x, y) */
    *x_bar = 1;
    *y_bar = -round((x - f_value)/y);
}

#ifdef __cplusplus
}
#endif
static void c97_value_packed(const double *in, double *out)
{
    (void)in;
    c97_value(in[0], in[1], out + 0);
}

static void c97_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c97_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c97_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c97_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c97_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c97_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c98_value(double x, double y, double *f)
{
    /* f = remainder(x, y) */
    *f = remainder(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c98_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = remainder(x, y) */
    *f = remainder(x, y);

    /* tangent of f = remainder(x, y) */
    *f_dot = x_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c98_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = remainder(x, y) */
    *f = remainder(x, y);

    /* backwards through f = remainder(x, y) */
    *x_bar = f_bar;
}

/* The output and its derivative in each input. */
void c98_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = remainder(x, y) */
    *f = remainder(x, y);

    /* backwards through f = remainder(x, y) */
    *x_bar = 1;
}

#ifdef __cplusplus
}
#endif
static void c98_value_packed(const double *in, double *out)
{
    (void)in;
    c98_value(in[0], in[1], out + 0);
}

static void c98_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c98_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c98_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c98_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c98_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c98_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c99_value(double y, double x, double *f)
{
    /* f = remainder(x, y) */
    *f = remainder(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c99_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = remainder(x, y) */
    const double f_value = remainder(x, y);
    *f = f_value;

    /* tangent of f = remainder(x, y) */
    *f_dot = -y_dot*round((x - f_value)/y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c99_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = remainder(x, y) */
    const double f_value = remainder(x, y);
    *f = f_value;

    /* backwards through f = remainder(x, y) */
    *y_bar = -f_bar*round((x - f_value)/y);
}

/* The output and its derivative in each input. */
void c99_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = remainder(x, y) */
    const double f_value = remainder(x, y);
    *f = f_value;

    /* backwards through f = remainder(x, y) */
    *y_bar = -round((x - f_value)/y);
}

#ifdef __cplusplus
}
#endif
static void c99_value_packed(const double *in, double *out)
{
    (void)in;
    c99_value(in[0], in[1], out + 0);
}

static void c99_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c99_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c99_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c99_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c99_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c99_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c100_value(double x, double y, double *f)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c100_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* tangent of f = fdim(x, y) */
    const double f_1 = x - y;
    *f_dot = (x <= y ? 0.0 : x > y ? x_dot : x_dot*f_1) +
        (x <= y ? 0.0 : x > y ? -y_dot : y_dot*f_1);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c100_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* backwards through f = fdim(x, y) */
    const double f_1 = f_bar*(x - y);
    *x_bar = x <= y ? 0.0 : x > y ? f_bar : f_1;
    *y_bar = x <= y ? 0.0 : x > y ? -f_bar : f_1;
}

/* The output and its derivative in each input. */
void c100_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* backwards through f = fdim(x, y) */
    const double f_1 = x - y;
    *x_bar = x <= y ? 0.0 : x > y ? 1 : f_1;
    *y_bar = x <= y ? 0.0 : x > y ? -1 : f_1;
}

#ifdef __cplusplus
}
#endif
static void c100_value_packed(const double *in, double *out)
{
    (void)in;
    c100_value(in[0], in[1], out + 0);
}

static void c100_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c100_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c100_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c100_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c100_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c100_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c101_value(double x, double y, double *f)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c101_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* tangent of f = fdim(x, y) */
    *f_dot = x <= y ? 0.0 : x > y ? x_dot : x_dot*(x - y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c101_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* backwards through f = fdim(x, y) */
    *x_bar = x <= y ? 0.0 : x > y ? f_bar : f_bar*(x - y);
}

/* The output and its derivative in each input. */
void c101_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* backwards through f = fdim(x, y) */
    *x_bar = x <= y ? 0.0 : x > y ? 1 : x - y;
}

#ifdef __cplusplus
}
#endif
static void c101_value_packed(const double *in, double *out)
{
    (void)in;
    c101_value(in[0], in[1], out + 0);
}

static void c101_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c101_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c101_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c101_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c101_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c101_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c102_value(double y, double x, double *f)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c102_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* tangent of f = fdim(x, y) */
    *f_dot = x <= y ? 0.0 : x > y ? -y_dot : y_dot*(x - y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c102_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* backwards through f = fdim(x, y) */
    *y_bar = x <= y ? 0.0 : x > y ? -f_bar : f_bar*(x - y);
}

/* The output and its derivative in each input. */
void c102_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = fdim(x, y) */
    *f = fdim(x, y);

    /* backwards through f = fdim(x, y) */
    *y_bar = x <= y ? 0.0 : x > y ? -1 : x - y;
}

#ifdef __cplusplus
}
#endif
static void c102_value_packed(const double *in, double *out)
{
    (void)in;
    c102_value(in[0], in[1], out + 0);
}

static void c102_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c102_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c102_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c102_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c102_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c102_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c103_value(double x, double y, double *f)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c103_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = copysign(x, y) */
    *f = copysign(x, y);

    /* tangent of f = copysign(x, y) */
    const double f_1 = x_dot*copysign(1, y);
    *f_dot = x == 0 ? 0.0 : x > 0 ? f_1 : x < 0 ? -f_1 : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c103_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);

    /* backwards through f = copysign(x, y) */
    const double f_1 = f_bar*copysign(1, y);
    *x_bar = x == 0 ? 0.0 : x > 0 ? f_1 : x < 0 ? -f_1 : f_bar*x;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c103_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);

    /* backwards through f = copysign(x, y) */
    const double f_1 = copysign(1, y);
    *x_bar = x == 0 ? 0.0 : x > 0 ? f_1 : x < 0 ? -f_1 : x;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c103_value_packed(const double *in, double *out)
{
    (void)in;
    c103_value(in[0], in[1], out + 0);
}

static void c103_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c103_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c103_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c103_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c103_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c103_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c104_value(double x, double y, double *f)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c104_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);

    /* tangent of f = copysign(x, y) */
    const double f_1 = x_dot*copysign(1, y);
    *f_dot = x == 0 ? 0.0 : x > 0 ? f_1 : x < 0 ? -f_1 : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c104_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);

    /* backwards through f = copysign(x, y) */
    const double f_1 = f_bar*copysign(1, y);
    *x_bar = x == 0 ? 0.0 : x > 0 ? f_1 : x < 0 ? -f_1 : f_bar*x;
}

/* The output and its derivative in each input. */
void c104_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);

    /* backwards through f = copysign(x, y) */
    const double f_1 = copysign(1, y);
    *x_bar = x == 0 ? 0.0 : x > 0 ? f_1 : x < 0 ? -f_1 : x;
}

#ifdef __cplusplus
}
#endif
static void c104_value_packed(const double *in, double *out)
{
    (void)in;
    c104_value(in[0], in[1], out + 0);
}

static void c104_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c104_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c104_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c104_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c104_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c104_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c105_value(double y, double x, double *f)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c105_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = copysign(x, y) */
    *f = copysign(x, y);

    /* tangent of f = copysign(x, y) */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c105_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = copysign(x, y) */
    *f = copysign(x, y);
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c105_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = copysign(x, y) */
    *f = copysign(x, y);
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c105_value_packed(const double *in, double *out)
{
    (void)in;
    c105_value(in[0], in[1], out + 0);
}

static void c105_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c105_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c105_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c105_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c105_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c105_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c106_value(double x, double *f)
{
    /* f = erf(x) */
    *f = erf(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c106_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = erf(x) */
    *f = erf(x);

    /* tangent of f = erf(x) */
    *f_dot = 1.1283791670955126*x_dot*exp(-x*x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c106_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = erf(x) */
    *f = erf(x);

    /* backwards through f = erf(x) */
    *x_bar = 1.1283791670955126*f_bar*exp(-x*x);
}

/* The output and its derivative in each input. */
void c106_gradient(double x, double *f, double *x_bar)
{
    /* f = erf(x) */
    *f = erf(x);

    /* backwards through f = erf(x) */
    *x_bar = 1.1283791670955126*exp(-x*x);
}

#ifdef __cplusplus
}
#endif
static void c106_value_packed(const double *in, double *out)
{
    (void)in;
    c106_value(in[0], out + 0);
}

static void c106_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c106_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c106_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c106_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c106_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c106_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c107_value(double x, double *f)
{
    /* f = erfc(x) */
    *f = erfc(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c107_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = erfc(x) */
    *f = erfc(x);

    /* tangent of f = erfc(x) */
    *f_dot = -1.1283791670955126*x_dot*exp(-x*x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c107_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = erfc(x) */
    *f = erfc(x);

    /* backwards through f = erfc(x) */
    *x_bar = -1.1283791670955126*f_bar*exp(-x*x);
}

/* The output and its derivative in each input. */
void c107_gradient(double x, double *f, double *x_bar)
{
    /* f = erfc(x) */
    *f = erfc(x);

    /* backwards through f = erfc(x) */
    *x_bar = -1.1283791670955126*exp(-x*x);
}

#ifdef __cplusplus
}
#endif
static void c107_value_packed(const double *in, double *out)
{
    (void)in;
    c107_value(in[0], out + 0);
}

static void c107_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c107_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c107_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c107_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c107_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c107_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* pi*cot(pi*x) for x from -1/2 to 1/2, accurate near its zeros, too. */
static double c108_picot(double x)
{
    const double pi = 3.14159265358979323846264;
    if (fabs(x) < 0.25)
        return pi/tan(pi*x);
    return pi*tan(pi*(x < 0 ? -0.5 - x : 0.5 - x));
}

/* The derivative of ln(gamma(x)). From 10 on by the asymptotic series, DLMF 5.11.2; below as
 * psi(x) - psi(x0), x0 the zero, both from arguments 10 higher (DLMF 5.5.2) and subtracted term
 * by term, so that nothing cancels; x < 0 by reflection, DLMF 5.5.4. */
static double c108_digamma(double x)
{
    /* Bernoulli's numbers B(2k), divided by 2k */
    static const double b[10] = {
        1.0/12, -1.0/120, 1.0/252, -1.0/240, 1.0/132, -691.0/32760, 1.0/12,
        -3617.0/8160, 43867.0/14364, -174611.0/6600
    };
    const double x0 = 1.46163214496836234126266;
    /* what x0 lacks, from parts that are exact: x0 = (12261059 + (1750514 - ...)/2^24)/2^23 */
    const double rest = 12261059.0/8388608.0 - x0 + 1750514.0/140737488355328.0
        - 298795.0/2361183241434822606848.0 - 4.588794999602692463206e-23;
    const double y0 = x0 + 10, v0 = 1/(y0*y0), d = x - x0 - rest;
    double y, v, p = b[9], q = 0, sum = 0;
    int k;
    if (x > -0.2 && x < 0.4)
        return c108_digamma(x + 1) - 1/x;
    if (x < 0)
        return x == floor(x) ? (x - x)/(x - x) : c108_digamma(1 - x) - c108_picot(x - round(x));
    if (x >= 10) {
        v = 1/x*(1/x);
        for (k = 8; k >= 0; k--)
            p = p*v + b[k];
        return log(x) - (0.5/x + p*v);
    }
    y = x + 10;
    v = 1/(y*y);
    for (k = 8; k >= 0; k--) { /* q = (p(v) - p(v0))/(v - v0), with p = sum b[k] v^k */
        q = q*v + p;
        p = p*v0 + b[k];
    }
    q = q*v + p;
    for (k = 9; k >= 0; k--)
        sum += 1/((x + (double)k)*(x0 + (double)k));
    return d*(sum + (0.5/(y*y0) + (y + y0)*v*v0*q)) + log1p(d/y0);
}

/* The outputs. */
void c108_value(double x, double *f)
{
    /* f = tgamma(x) */
    *f = tgamma(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c108_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = tgamma(x) */
    const double f_value = tgamma(x);
    *f = f_value;

    /* tangent of f = tgamma(x) */
    *f_dot = x_dot*f_value*c108_digamma(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c108_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = tgamma(x) */
    const double f_value = tgamma(x);
    *f = f_value;

    /* backwards through f = tgamma(x) */
    *x_bar = f_bar*f_value*c108_digamma(x);
}

/* The output and its derivative in each input. */
void c108_gradient(double x, double *f, double *x_bar)
{
    /* f = tgamma(x) */
    const double f_value = tgamma(x);
    *f = f_value;

    /* backwards through f = tgamma(x) */
    *x_bar = f_value*c108_digamma(x);
}

#ifdef __cplusplus
}
#endif
static void c108_value_packed(const double *in, double *out)
{
    (void)in;
    c108_value(in[0], out + 0);
}

static void c108_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c108_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c108_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c108_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c108_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c108_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* pi*cot(pi*x) for x from -1/2 to 1/2, accurate near its zeros, too. */
static double c109_picot(double x)
{
    const double pi = 3.14159265358979323846264;
    if (fabs(x) < 0.25)
        return pi/tan(pi*x);
    return pi*tan(pi*(x < 0 ? -0.5 - x : 0.5 - x));
}

/* The derivative of ln(gamma(x)). From 10 on by the asymptotic series, DLMF 5.11.2; below as
 * psi(x) - psi(x0), x0 the zero, both from arguments 10 higher (DLMF 5.5.2) and subtracted term
 * by term, so that nothing cancels; x < 0 by reflection, DLMF 5.5.4. */
static double c109_digamma(double x)
{
    /* Bernoulli's numbers B(2k), divided by 2k */
    static const double b[10] = {
        1.0/12, -1.0/120, 1.0/252, -1.0/240, 1.0/132, -691.0/32760, 1.0/12,
        -3617.0/8160, 43867.0/14364, -174611.0/6600
    };
    const double x0 = 1.46163214496836234126266;
    /* what x0 lacks, from parts that are exact: x0 = (12261059 + (1750514 - ...)/2^24)/2^23 */
    const double rest = 12261059.0/8388608.0 - x0 + 1750514.0/140737488355328.0
        - 298795.0/2361183241434822606848.0 - 4.588794999602692463206e-23;
    const double y0 = x0 + 10, v0 = 1/(y0*y0), d = x - x0 - rest;
    double y, v, p = b[9], q = 0, sum = 0;
    int k;
    if (x > -0.2 && x < 0.4)
        return c109_digamma(x + 1) - 1/x;
    if (x < 0)
        return x == floor(x) ? (x - x)/(x - x) : c109_digamma(1 - x) - c109_picot(x - round(x));
    if (x >= 10) {
        v = 1/x*(1/x);
        for (k = 8; k >= 0; k--)
            p = p*v + b[k];
        return log(x) - (0.5/x + p*v);
    }
    y = x + 10;
    v = 1/(y*y);
    for (k = 8; k >= 0; k--) { /* q = (p(v) - p(v0))/(v - v0), with p = sum b[k] v^k */
        q = q*v + p;
        p = p*v0 + b[k];
    }
    q = q*v + p;
    for (k = 9; k >= 0; k--)
        sum += 1/((x + (double)k)*(x0 + (double)k));
    return d*(sum + (0.5/(y*y0) + (y + y0)*v*v0*q)) + log1p(d/y0);
}

/* The outputs. */
void c109_value(double x, double *f)
{
    /* f = lgamma(x) */
    *f = lgamma(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c109_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = lgamma(x) */
    *f = lgamma(x);

    /* tangent of f = lgamma(x) */
    *f_dot = x_dot*c109_digamma(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c109_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = lgamma(x) */
    *f = lgamma(x);

    /* backwards through f = lgamma(x) */
    *x_bar = f_bar*c109_digamma(x);
}

/* The output and its derivative in each input. */
void c109_gradient(double x, double *f, double *x_bar)
{
    /* f = lgamma(x) */
    *f = lgamma(x);

    /* backwards through f = lgamma(x) */
    *x_bar = c109_digamma(x);
}

#ifdef __cplusplus
}
#endif
static void c109_value_packed(const double *in, double *out)
{
    (void)in;
    c109_value(in[0], out + 0);
}

static void c109_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c109_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c109_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c109_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c109_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c109_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* pi*cot(pi*x) for x from -1/2 to 1/2, accurate near its zeros, too. */
static double c110_picot(double x)
{
    const double pi = 3.14159265358979323846264;
    if (fabs(x) < 0.25)
        return pi/tan(pi*x);
    return pi*tan(pi*(x < 0 ? -0.5 - x : 0.5 - x));
}

/* The derivative of ln(gamma(x)). From 10 on by the asymptotic series, DLMF 5.11.2; below as
 * psi(x) - psi(x0), x0 the zero, both from arguments 10 higher (DLMF 5.5.2) and subtracted term
 * by term, so that nothing cancels; x < 0 by reflection, DLMF 5.5.4. */
static double c110_digamma(double x)
{
    /* Bernoulli's numbers B(2k), divided by 2k */
    static const double b[10] = {
        1.0/12, -1.0/120, 1.0/252, -1.0/240, 1.0/132, -691.0/32760, 1.0/12,
        -3617.0/8160, 43867.0/14364, -174611.0/6600
    };
    const double x0 = 1.46163214496836234126266;
    /* what x0 lacks, from parts that are exact: x0 = (12261059 + (1750514 - ...)/2^24)/2^23 */
    const double rest = 12261059.0/8388608.0 - x0 + 1750514.0/140737488355328.0
        - 298795.0/2361183241434822606848.0 - 4.588794999602692463206e-23;
    const double y0 = x0 + 10, v0 = 1/(y0*y0), d = x - x0 - rest;
    double y, v, p = b[9], q = 0, sum = 0;
    int k;
    if (x > -0.2 && x < 0.4)
        return c110_digamma(x + 1) - 1/x;
    if (x < 0)
        return x == floor(x) ? (x - x)/(x - x) : c110_digamma(1 - x) - c110_picot(x - round(x));
    if (x >= 10) {
        v = 1/x*(1/x);
        for (k = 8; k >= 0; k--)
            p = p*v + b[k];
        return log(x) - (0.5/x + p*v);
    }
    y = x + 10;
    v = 1/(y*y);
    for (k = 8; k >= 0; k--) { /* q = (p(v) - p(v0))/(v - v0), with p = sum b[k] v^k */
        q = q*v + p;
        p = p*v0 + b[k];
    }
    q = q*v + p;
    for (k = 9; k >= 0; k--)
        sum += 1/((x + (double)k)*(x0 + (double)k));
    return d*(sum + (0.5/(y*y0) + (y + y0)*v*v0*q)) + log1p(d/y0);
}

/* The n-th derivative of digamma, n = 1, 2, ...: n! times the sum of 1/(x + k)^(n+1), DLMF 5.15.1,
 * of which all from x + k = 10 + 2n on is the asymptotic series, DLMF 5.15.9; x < 0 by reflection
 * (DLMF 5.15.6) at x and at its distance from the nearest integer. */
static double c110_polygamma(double n, double x)
{
    /* Bernoulli's numbers B(2k), divided by (2k)! */
    static const double b[10] = {
        1.0/12, -1.0/720, 1.0/30240, -1.0/1209600, 1.0/47900160, -691.0/1307674368000.0,
        1.0/74724249600.0, -3617.0/10670622842880000.0, 43867.0/5109094217170944000.0,
        -174611.0/802857662698291200000.0
    };
    const double s = n + 1, sign = fmod(n, 2) > 0 ? 1 : -1;
    double k, y, z, u, h, sum = 0, factorial = 1;
    if (x < 0) {
        const double f = x - round(x), g = fabs(f);
        const double low = c110_polygamma(n, g), mid = c110_polygamma(n, 1 - g);
        const double high = c110_polygamma(n, 1 - x);
        return sign > 0 ? low + (mid - high) : f/g*(low - mid) + high;
    }
    for (u = 2; u <= n && u < 2000; u++)
        factorial *= u;
    k = x < 10 + 2*n && n < 2000 ? ceil(10 + 2*n - x) : 0;
    y = x + k;
    z = 1/y;
    u = s*z*z;
    for (int i = 0; i < 10; i++) {
        sum += b[i]*u;
        u *= (s + (double)(2*i + 1))*z*((s + (double)(2*i + 2))*z);
    }
    h = pow(y, -n/2);
    sum = factorial*h*(1/n + (z/2 + sum))*h;
    while (k > 0) {
        k -= 1;
        sum += factorial*pow(x + k, -s);
    }
    return sign*sum;
}

/* The outputs. */
void c110_value(double x, double *f)
{
    /* f = digamma(x) */
    *f = c110_digamma(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c110_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = digamma(x) */
    *f = c110_digamma(x);

    /* tangent of f = digamma(x) */
    *f_dot = x_dot*c110_polygamma(1, x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c110_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = digamma(x) */
    *f = c110_digamma(x);

    /* backwards through f = digamma(x) */
    *x_bar = f_bar*c110_polygamma(1, x);
}

/* The output and its derivative in each input. */
void c110_gradient(double x, double *f, double *x_bar)
{
    /* f = digamma(x) */
    *f = c110_digamma(x);

    /* backwards through f = digamma(x) */
    *x_bar = c110_polygamma(1, x);
}

#ifdef __cplusplus
}
#endif
static void c110_value_packed(const double *in, double *out)
{
    (void)in;
    c110_value(in[0], out + 0);
}

static void c110_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c110_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c110_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c110_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c110_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c110_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The n-th derivative of digamma, n = 1, 2, ...: n! times the sum of 1/(x + k)^(n+1), DLMF 5.15.1,
 * of which all from x + k = 10 + 2n on is the asymptotic series, DLMF 5.15.9; x < 0 by reflection
 * (DLMF 5.15.6) at x and at its distance from the nearest integer. */
static double c111_polygamma(double n, double x)
{
    /* Bernoulli's numbers B(2k), divided by (2k)! */
    static const double b[10] = {
        1.0/12, -1.0/720, 1.0/30240, -1.0/1209600, 1.0/47900160, -691.0/1307674368000.0,
        1.0/74724249600.0, -3617.0/10670622842880000.0, 43867.0/5109094217170944000.0,
        -174611.0/802857662698291200000.0
    };
    const double s = n + 1, sign = fmod(n, 2) > 0 ? 1 : -1;
    double k, y, z, u, h, sum = 0, factorial = 1;
    if (x < 0) {
        const double f = x - round(x), g = fabs(f);
        const double low = c111_polygamma(n, g), mid = c111_polygamma(n, 1 - g);
        const double high = c111_polygamma(n, 1 - x);
        return sign > 0 ? low + (mid - high) : f/g*(low - mid) + high;
    }
    for (u = 2; u <= n && u < 2000; u++)
        factorial *= u;
    k = x < 10 + 2*n && n < 2000 ? ceil(10 + 2*n - x) : 0;
    y = x + k;
    z = 1/y;
    u = s*z*z;
    for (int i = 0; i < 10; i++) {
        sum += b[i]*u;
        u *= (s + (double)(2*i + 1))*z*((s + (double)(2*i + 2))*z);
    }
    h = pow(y, -n/2);
    sum = factorial*h*(1/n + (z/2 + sum))*h;
    while (k > 0) {
        k -= 1;
        sum += factorial*pow(x + k, -s);
    }
    return sign*sum;
}

/* The outputs. */
void c111_value(double x, double *f)
{
    /* f = trigamma(x) */
    *f = c111_polygamma(1, x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c111_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = trigamma(x) */
    *f = c111_polygamma(1, x);

    /* tangent of f = trigamma(x) */
    *f_dot = x_dot*c111_polygamma(2, x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c111_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = trigamma(x) */
    *f = c111_polygamma(1, x);

    /* backwards through f = trigamma(x) */
    *x_bar = f_bar*c111_polygamma(2, x);
}

/* The output and its derivative in each input. */
void c111_gradient(double x, double *f, double *x_bar)
{
    /* f = trigamma(x) */
    *f = c111_polygamma(1, x);

    /* backwards through f = trigamma(x) */
    *x_bar = c111_polygamma(2, x);
}

#ifdef __cplusplus
}
#endif
static void c111_value_packed(const double *in, double *out)
{
    (void)in;
    c111_value(in[0], out + 0);
}

static void c111_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c111_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c111_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c111_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c111_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c111_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The n-th derivative of digamma, n = 1, 2, ...: n! times the sum of 1/(x + k)^(n+1), DLMF 5.15.1,
 * of which all from x + k = 10 + 2n on is the asymptotic series, DLMF 5.15.9; x < 0 by reflection
 * (DLMF 5.15.6) at x and at its distance from the nearest integer. */
static double c112_polygamma(double n, double x)
{
    /* Bernoulli's numbers B(2k), divided by (2k)! */
    static const double b[10] = {
        1.0/12, -1.0/720, 1.0/30240, -1.0/1209600, 1.0/47900160, -691.0/1307674368000.0,
        1.0/74724249600.0, -3617.0/10670622842880000.0, 43867.0/5109094217170944000.0,
        -174611.0/802857662698291200000.0
    };
    const double s = n + 1, sign = fmod(n, 2) > 0 ? 1 : -1;
    double k, y, z, u, h, sum = 0, factorial = 1;
    if (x < 0) {
        const double f = x - round(x), g = fabs(f);
        const double low = c112_polygamma(n, g), mid = c112_polygamma(n, 1 - g);
        const double high = c112_polygamma(n, 1 - x);
        return sign > 0 ? low + (mid - high) : f/g*(low - mid) + high;
    }
    for (u = 2; u <= n && u < 2000; u++)
        factorial *= u;
    k = x < 10 + 2*n && n < 2000 ? ceil(10 + 2*n - x) : 0;
    y = x + k;
    z = 1/y;
    u = s*z*z;
    for (int i = 0; i < 10; i++) {
        sum += b[i]*u;
        u *= (s + (double)(2*i + 1))*z*((s + (double)(2*i + 2))*z);
    }
    h = pow(y, -n/2);
    sum = factorial*h*(1/n + (z/2 + sum))*h;
    while (k > 0) {
        k -= 1;
        sum += factorial*pow(x + k, -s);
    }
    return sign*sum;
}

/* The outputs. */
void c112_value(double y, double *f)
{
    /* f = polygamma(1, y) */
    *f = c112_polygamma(1, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c112_forward(double y, double y_dot, double *f, double *f_dot)
{
    /* f = polygamma(1, y) */
    *f = c112_polygamma(1, y);

    /* tangent of f = polygamma(1, y) */
    *f_dot = y_dot*c112_polygamma(2, y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c112_reverse(double y, double f_bar, double *f, double *y_bar)
{
    /* f = polygamma(1, y) */
    *f = c112_polygamma(1, y);

    /* backwards through f = polygamma(1, y) */
    *y_bar = f_bar*c112_polygamma(2, y);
}

/* The output and its derivative in each input. */
void c112_gradient(double y, double *f, double *y_bar)
{
    /* f = polygamma(1, y) */
    *f = c112_polygamma(1, y);

    /* backwards through f = polygamma(1, y) */
    *y_bar = c112_polygamma(2, y);
}

#ifdef __cplusplus
}
#endif
static void c112_value_packed(const double *in, double *out)
{
    (void)in;
    c112_value(in[0], out + 0);
}

static void c112_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c112_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c112_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c112_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c112_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c112_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The n-th derivative of digamma, n = 1, 2, ...: n! times the sum of 1/(x + k)^(n+1), DLMF 5.15.1,
 * of which all from x + k = 10 + 2n on is the asymptotic series, DLMF 5.15.9; x < 0 by reflection
 * (DLMF 5.15.6) at x and at its distance from the nearest integer. */
static double c113_polygamma(double n, double x)
{
    /* Bernoulli's numbers B(2k), divided by (2k)! */
    static const double b[10] = {
        1.0/12, -1.0/720, 1.0/30240, -1.0/1209600, 1.0/47900160, -691.0/1307674368000.0,
        1.0/74724249600.0, -3617.0/10670622842880000.0, 43867.0/5109094217170944000.0,
        -174611.0/802857662698291200000.0
    };
    const double s = n + 1, sign = fmod(n, 2) > 0 ? 1 : -1;
    double k, y, z, u, h, sum = 0, factorial = 1;
    if (x < 0) {
        const double f = x - round(x), g = fabs(f);
        const double low = c113_polygamma(n, g), mid = c113_polygamma(n, 1 - g);
        const double high = c113_polygamma(n, 1 - x);
        return sign > 0 ? low + (mid - high) : f/g*(low - mid) + high;
    }
    for (u = 2; u <= n && u < 2000; u++)
        factorial *= u;
    k = x < 10 + 2*n && n < 2000 ? ceil(10 + 2*n - x) : 0;
    y = x + k;
    z = 1/y;
    u = s*z*z;
    for (int i = 0; i < 10; i++) {
        sum += b[i]*u;
        u *= (s + (double)(2*i + 1))*z*((s + (double)(2*i + 2))*z);
    }
    h = pow(y, -n/2);
    sum = factorial*h*(1/n + (z/2 + sum))*h;
    while (k > 0) {
        k -= 1;
        sum += factorial*pow(x + k, -s);
    }
    return sign*sum;
}

/* The outputs. */
void c113_value(double y, double *f)
{
    /* f = polygamma(2, y) */
    *f = c113_polygamma(2, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c113_forward(double y, double y_dot, double *f, double *f_dot)
{
    /* f = polygamma(2, y) */
    *f = c113_polygamma(2, y);

    /* tangent of f = polygamma(2, y) */
    *f_dot = y_dot*c113_polygamma(3, y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c113_reverse(double y, double f_bar, double *f, double *y_bar)
{
    /* f = polygamma(2, y) */
    *f = c113_polygamma(2, y);

    /* backwards through f = polygamma(2, y) */
    *y_bar = f_bar*c113_polygamma(3, y);
}

/* The output and its derivative in each input. */
void c113_gradient(double y, double *f, double *y_bar)
{
    /* f = polygamma(2, y) */
    *f = c113_polygamma(2, y);

    /* backwards through f = polygamma(2, y) */
    *y_bar = c113_polygamma(3, y);
}

#ifdef __cplusplus
}
#endif
static void c113_value_packed(const double *in, double *out)
{
    (void)in;
    c113_value(in[0], out + 0);
}

static void c113_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c113_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c113_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c113_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c113_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c113_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The n-th derivative of digamma, n = 1, 2, ...: n! times the sum of 1/(x + k)^(n+1), DLMF 5.15.1,
 * of which all from x + k = 10 + 2n on is the asymptotic series, DLMF 5.15.9; x < 0 by reflection
 * (DLMF 5.15.6) at x and at its distance from the nearest integer. */
static double c114_polygamma(double n, double x)
{
    /* Bernoulli's numbers B(2k), divided by (2k)! */
    static const double b[10] = {
        1.0/12, -1.0/720, 1.0/30240, -1.0/1209600, 1.0/47900160, -691.0/1307674368000.0,
        1.0/74724249600.0, -3617.0/10670622842880000.0, 43867.0/5109094217170944000.0,
        -174611.0/802857662698291200000.0
    };
    const double s = n + 1, sign = fmod(n, 2) > 0 ? 1 : -1;
    double k, y, z, u, h, sum = 0, factorial = 1;
    if (x < 0) {
        const double f = x - round(x), g = fabs(f);
        const double low = c114_polygamma(n, g), mid = c114_polygamma(n, 1 - g);
        const double high = c114_polygamma(n, 1 - x);
        return sign > 0 ? low + (mid - high) : f/g*(low - mid) + high;
    }
    for (u = 2; u <= n && u < 2000; u++)
        factorial *= u;
    k = x < 10 + 2*n && n < 2000 ? ceil(10 + 2*n - x) : 0;
    y = x + k;
    z = 1/y;
    u = s*z*z;
    for (int i = 0; i < 10; i++) {
        sum += b[i]*u;
        u *= (s + (double)(2*i + 1))*z*((s + (double)(2*i + 2))*z);
    }
    h = pow(y, -n/2);
    sum = factorial*h*(1/n + (z/2 + sum))*h;
    while (k > 0) {
        k -= 1;
        sum += factorial*pow(x + k, -s);
    }
    return sign*sum;
}

/* The outputs. */
void c114_value(double y, double *f)
{
    /* f = polygamma(5, y) */
    *f = c114_polygamma(5, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c114_forward(double y, double y_dot, double *f, double *f_dot)
{
    /* f = polygamma(5, y) */
    *f = c114_polygamma(5, y);

    /* tangent of f = polygamma(5, y) */
    *f_dot = y_dot*c114_polygamma(6, y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c114_reverse(double y, double f_bar, double *f, double *y_bar)
{
    /* f = polygamma(5, y) */
    *f = c114_polygamma(5, y);

    /* backwards through f = polygamma(5, y) */
    *y_bar = f_bar*c114_polygamma(6, y);
}

/* The output and its derivative in each input. */
void c114_gradient(double y, double *f, double *y_bar)
{
    /* f = polygamma(5, y) */
    *f = c114_polygamma(5, y);

    /* backwards through f = polygamma(5, y) */
    *y_bar = c114_polygamma(6, y);
}

#ifdef __cplusplus
}
#endif
static void c114_value_packed(const double *in, double *out)
{
    (void)in;
    c114_value(in[0], out + 0);
}

static void c114_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c114_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c114_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c114_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c114_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c114_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* ln(exp(x) + exp(y)), without overflow, and accurate where the greater of the two is near 0. */
static double c115_logaddexp(double x, double y)
{
    const double high = x > y ? x : y, low = x > y ? y : x;
    if (fabs(high) < 1)
        return log1p(expm1(high) + exp(low));
    return high == low ? high + 0.693147180559945309417232 : high + log1p(exp(low - high));
}

/* 1/(1 + exp(-x)), without overflow. */
static double c115_sigmoid(double x)
{
    const double e = exp(-fabs(x));
    return x < 0 ? e/(1 + e) : 1/(1 + e);
}

/* The outputs. */
void c115_value(double x, double y, double *f)
{
    /* f = logaddexp(x, y) */
    *f = c115_logaddexp(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c115_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = logaddexp(x, y) */
    *f = c115_logaddexp(x, y);

    /* tangent of f = logaddexp(x, y) */
    *f_dot = (x == y ? 0.5*x_dot : x_dot*c115_sigmoid(x - y)) +
        (x == y ? 0.5*y_dot : y_dot*c115_sigmoid(y - x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c115_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = logaddexp(x, y) */
    *f = c115_logaddexp(x, y);

    /* backwards through f = logaddexp(x, y) */
    const double f_1 = 0.5*f_bar;
    *x_bar = x == y ? f_1 : f_bar*c115_sigmoid(x - y);
    *y_bar = x == y ? f_1 : f_bar*c115_sigmoid(y - x);
}

/* The output and its derivative in each input. */
void c115_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = logaddexp(x, y) */
    *f = c115_logaddexp(x, y);

    /* backwards through f = logaddexp(x, y) */
    *x_bar = x == y ? 0.5 : c115_sigmoid(x - y);
    *y_bar = x == y ? 0.5 : c115_sigmoid(y - x);
}

#ifdef __cplusplus
}
#endif
static void c115_value_packed(const double *in, double *out)
{
    (void)in;
    c115_value(in[0], in[1], out + 0);
}

static void c115_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c115_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c115_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c115_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c115_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c115_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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

/* ln(exp(x) + exp(y)), without overflow, and accurate where the greater of the two is near 0. */
static double c116_logaddexp(double x, double y)
{
    const double high = x > y ? x : y, low = x > y ? y : x;
    if (fabs(high) < 1)
        return log1p(expm1(high) + exp(low));
    return high == low ? high + 0.693147180559945309417232 : high + log1p(exp(low - high));
}

/* 1/(1 + exp(-x)), without overflow. */
static double c116_sigmoid(double x)
{
    const double e = exp(-fabs(x));
    return x < 0 ? e/(1 + e) : 1/(1 + e);
}

/* The outputs. */
void c116_value(double x, double y, double *f)
{
    /* f = logaddexp(x, y) */
    *f = c116_logaddexp(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c116_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = logaddexp(x, y) */
    *f = c116_logaddexp(x, y);

    /* tangent of f = logaddexp(x, y) */
    *f_dot = x == y ? 0.5*x_dot : x_dot*c116_sigmoid(x - y);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c116_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = logaddexp(x, y) */
    *f = c116_logaddexp(x, y);

    /* backwards through f = logaddexp(x, y) */
    *x_bar = x == y ? 0.5*f_bar : f_bar*c116_sigmoid(x - y);
}

/* The output and its derivative in each input. */
void c116_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = logaddexp(x, y) */
    *f = c116_logaddexp(x, y);

    /* backwards through f = logaddexp(x, y) */
    *x_bar = x == y ? 0.5 : c116_sigmoid(x - y);
}

#ifdef __cplusplus
}
#endif
static void c116_value_packed(const double *in, double *out)
{
    (void)in;
    c116_value(in[0], in[1], out + 0);
}

static void c116_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c116_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c116_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c116_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c116_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c116_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* ln(exp(x) + exp(y)), without overflow, and accurate where the greater of the two is near 0. */
static double c117_logaddexp(double x, double y)
{
    const double high = x > y ? x : y, low = x > y ? y : x;
    if (fabs(high) < 1)
        return log1p(expm1(high) + exp(low));
    return high == low ? high + 0.693147180559945309417232 : high + log1p(exp(low - high));
}

/* 1/(1 + exp(-x)), without overflow. */
static double c117_sigmoid(double x)
{
    const double e = exp(-fabs(x));
    return x < 0 ? e/(1 + e) : 1/(1 + e);
}

/* The outputs. */
void c117_value(double y, double x, double *f)
{
    /* f = logaddexp(x, y) */
    *f = c117_logaddexp(x, y);
}

/* The outputs and their tangents along one direction of the inputs. */
void c117_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = logaddexp(x, y) */
    *f = c117_logaddexp(x, y);

    /* tangent of f = logaddexp(x, y) */
    *f_dot = x == y ? 0.5*y_dot : y_dot*c117_sigmoid(y - x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c117_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = logaddexp(x, y) */
    *f = c117_logaddexp(x, y);

    /* backwards through f = logaddexp(x, y) */
    *y_bar = x == y ? 0.5*f_bar : f_bar*c117_sigmoid(y - x);
}

/* The output and its derivative in each input. */
void c117_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = logaddexp(x, y) */
    *f = c117_logaddexp(x, y);

    /* backwards through f = logaddexp(x, y) */
    *y_bar = x == y ? 0.5 : c117_sigmoid(y - x);
}

#ifdef __cplusplus
}
#endif
static void c117_value_packed(const double *in, double *out)
{
    (void)in;
    c117_value(in[0], in[1], out + 0);
}

static void c117_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c117_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c117_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c117_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c117_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c117_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* 1/(1 + exp(-x)), without overflow. */
static double c118_sigmoid(double x)
{
    const double e = exp(-fabs(x));
    return x < 0 ? e/(1 + e) : 1/(1 + e);
}

/* The outputs. */
void c118_value(double x, double *f)
{
    /* f = sigmoid(x) */
    *f = c118_sigmoid(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c118_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = sigmoid(x) */
    const double f_value = c118_sigmoid(x);
    *f = f_value;

    /* tangent of f = sigmoid(x) */
    *f_dot = x_dot*f_value*c118_sigmoid(-x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c118_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = sigmoid(x) */
    const double f_value = c118_sigmoid(x);
    *f = f_value;

    /* backwards through f = sigmoid(x) */
    *x_bar = f_bar*f_value*c118_sigmoid(-x);
}

/* The output and its derivative in each input. */
void c118_gradient(double x, double *f, double *x_bar)
{
    /* f = sigmoid(x) */
    const double f_value = c118_sigmoid(x);
    *f = f_value;

    /* backwards through f = sigmoid(x) */
    *x_bar = f_value*c118_sigmoid(-x);
}

#ifdef __cplusplus
}
#endif
static void c118_value_packed(const double *in, double *out)
{
    (void)in;
    c118_value(in[0], out + 0);
}

static void c118_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c118_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c118_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c118_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c118_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c118_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* 1/(1 + exp(-x)), without overflow. */
static double c119_sigmoid(double x)
{
    const double e = exp(-fabs(x));
    return x < 0 ? e/(1 + e) : 1/(1 + e);
}

/* ln(1 + exp(x)), without overflow. */
static double c119_softplus(double x)
{
    return (x > 0 ? x : 0) + log1p(exp(-fabs(x)));
}

/* The outputs. */
void c119_value(double x, double *f)
{
    /* f = softplus(x) */
    *f = c119_softplus(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c119_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = softplus(x) */
    *f = c119_softplus(x);

    /* tangent of f = softplus(x) */
    *f_dot = x_dot*c119_sigmoid(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c119_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = softplus(x) */
    *f = c119_softplus(x);

    /* backwards through f = softplus(x) */
    *x_bar = f_bar*c119_sigmoid(x);
}

/* The output and its derivative in each input. */
void c119_gradient(double x, double *f, double *x_bar)
{
    /* f = softplus(x) */
    *f = c119_softplus(x);

    /* backwards through f = softplus(x) */
    *x_bar = c119_sigmoid(x);
}

#ifdef __cplusplus
}
#endif
static void c119_value_packed(const double *in, double *out)
{
    (void)in;
    c119_value(in[0], out + 0);
}

static void c119_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c119_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c119_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c119_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c119_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c119_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c120_value(double x, double *f)
{
    /* f = relu(x) */
    *f = x < 0 ? 0.0 : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c120_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = relu(x) */
    *f = x < 0 ? 0.0 : x;

    /* tangent of f = relu(x) */
    *f_dot = x <= 0 ? 0.0 : x > 0 ? x_dot : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c120_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = relu(x) */
    *f = x < 0 ? 0.0 : x;

    /* backwards through f = relu(x) */
    *x_bar = x <= 0 ? 0.0 : x > 0 ? f_bar : f_bar*x;
}

/* The output and its derivative in each input. */
void c120_gradient(double x, double *f, double *x_bar)
{
    /* f = relu(x) */
    *f = x < 0 ? 0.0 : x;

    /* backwards through f = relu(x) */
    *x_bar = x <= 0 ? 0.0 : x > 0 ? 1 : x;
}

#ifdef __cplusplus
}
#endif
static void c120_value_packed(const double *in, double *out)
{
    (void)in;
    c120_value(in[0], out + 0);
}

static void c120_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c120_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c120_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c120_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c120_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c120_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c121_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c121_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c121_clamp(double x, double low, double high)
{
    return c121_min(c121_max(x, low), high);
}

/* The outputs. */
void c121_value(double x, double y, double *f)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c121_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* tangent of f = leaky_relu(x, y) */
    *f_dot = (x > 0 ? x_dot : x < 0 ? x_dot*y : x == 0 ? x_dot*c121_clamp(y, 0, 1) : x_dot*x) +
        (x >= 0 ? 0 : y_dot*x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c121_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* backwards through f = leaky_relu(x, y) */
    const double f_1 = f_bar*x;
    *x_bar = x > 0 ? f_bar : x < 0 ? f_bar*y : x == 0 ? f_bar*c121_clamp(y, 0, 1) : f_1;
    *y_bar = x >= 0 ? 0 : f_1;
}

/* The output and its derivative in each input. */
void c121_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* backwards through f = leaky_relu(x, y) */
    *x_bar = x > 0 ? 1.0 : x < 0 ? y : x == 0 ? c121_clamp(y, 0, 1) : x;
    *y_bar = x >= 0 ? 0 : x;
}

#ifdef __cplusplus
}
#endif
static void c121_value_packed(const double *in, double *out)
{
    (void)in;
    c121_value(in[0], in[1], out + 0);
}

static void c121_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c121_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c121_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c121_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c121_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c121_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c122_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c122_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c122_clamp(double x, double low, double high)
{
    return c122_min(c122_max(x, low), high);
}

/* The outputs. */
void c122_value(double x, double y, double *f)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c122_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* tangent of f = leaky_relu(x, y) */
    *f_dot = x > 0 ? x_dot : x < 0 ? x_dot*y : x == 0 ? x_dot*c122_clamp(y, 0, 1) : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c122_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* backwards through f = leaky_relu(x, y) */
    *x_bar = x > 0 ? f_bar : x < 0 ? f_bar*y : x == 0 ? f_bar*c122_clamp(y, 0, 1) : f_bar*x;
}

/* The output and its derivative in each input. */
void c122_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* backwards through f = leaky_relu(x, y) */
    *x_bar = x > 0 ? 1.0 : x < 0 ? y : x == 0 ? c122_clamp(y, 0, 1) : x;
}

#ifdef __cplusplus
}
#endif
static void c122_value_packed(const double *in, double *out)
{
    (void)in;
    c122_value(in[0], in[1], out + 0);
}

static void c122_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c122_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c122_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c122_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c122_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c122_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c123_value(double y, double x, double *f)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c123_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* tangent of f = leaky_relu(x, y) */
    *f_dot = x >= 0 ? 0 : y_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c123_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* backwards through f = leaky_relu(x, y) */
    *y_bar = x >= 0 ? 0 : f_bar*x;
}

/* The output and its derivative in each input. */
void c123_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = leaky_relu(x, y) */
    *f = x < 0 ? y*x : x;

    /* backwards through f = leaky_relu(x, y) */
    *y_bar = x >= 0 ? 0 : x;
}

#ifdef __cplusplus
}
#endif
static void c123_value_packed(const double *in, double *out)
{
    (void)in;
    c123_value(in[0], in[1], out + 0);
}

static void c123_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c123_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c123_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c123_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c123_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c123_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c124_value(double x, double *f)
{
    /* f = leaky_relu(x) */
    *f = x < 0 ? 0.01*x : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c124_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = leaky_relu(x) */
    *f = x < 0 ? 0.01*x : x;

    /* tangent of f = leaky_relu(x) */
    *f_dot = x > 0 ? x_dot : x < 0 ? 0.01*x_dot : x == 0 ? 0.01*x_dot : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c124_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = leaky_relu(x) */
    *f = x < 0 ? 0.01*x : x;

    /* backwards through f = leaky_relu(x) */
    *x_bar = x > 0 ? f_bar : x < 0 ? 0.01*f_bar : x == 0 ? 0.01*f_bar : f_bar*x;
}

/* The output and its derivative in each input. */
void c124_gradient(double x, double *f, double *x_bar)
{
    /* f = leaky_relu(x) */
    *f = x < 0 ? 0.01*x : x;

    /* backwards through f = leaky_relu(x) */
    *x_bar = x > 0 ? 1.0 : x < 0 ? 0.01 : x == 0 ? 0.01 : x;
}

#ifdef __cplusplus
}
#endif
static void c124_value_packed(const double *in, double *out)
{
    (void)in;
    c124_value(in[0], out + 0);
}

static void c124_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c124_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c124_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c124_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c124_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c124_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c125_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c125_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c125_clamp(double x, double low, double high)
{
    return c125_min(c125_max(x, low), high);
}

/* The outputs. */
void c125_value(double x, double y, double *f)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c125_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* tangent of f = elu(x, y) */
    *f_dot = (x > 0 ? x_dot : x < 0 ? x_dot*y*exp(x) : x == 0 ? x_dot*c125_clamp(y, 0, 1)
        : x_dot*x) + (x >= 0 ? 0 : y_dot*expm1(x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c125_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* backwards through f = elu(x, y) */
    *x_bar = x > 0 ? f_bar : x < 0 ? f_bar*y*exp(x) : x == 0 ? f_bar*c125_clamp(y, 0, 1) : f_bar*x;
    *y_bar = x >= 0 ? 0 : f_bar*expm1(x);
}

/* The output and its derivative in each input. */
void c125_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* backwards through f = elu(x, y) */
    *x_bar = x > 0 ? 1.0 : x < 0 ? y*exp(x) : x == 0 ? c125_clamp(y, 0, 1) : x;
    *y_bar = x >= 0 ? 0 : expm1(x);
}

#ifdef __cplusplus
}
#endif
static void c125_value_packed(const double *in, double *out)
{
    (void)in;
    c125_value(in[0], in[1], out + 0);
}

static void c125_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c125_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c125_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c125_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c125_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c125_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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

/* The lesser of two, or a NaN if there is one. */
static double c126_min(double x, double y)
{
    return x < y || x != x ? x : y;
}

/* The greater of two, or a NaN if there is one. */
static double c126_max(double x, double y)
{
    return x > y || x != x ? x : y;
}

/* x, but no less than low and no more than high; a NaN is handed on. */
static double c126_clamp(double x, double low, double high)
{
    return c126_min(c126_max(x, low), high);
}

/* The outputs. */
void c126_value(double x, double y, double *f)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c126_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* tangent of f = elu(x, y) */
    *f_dot = x > 0 ? x_dot : x < 0 ? x_dot*y*exp(x) : x == 0 ? x_dot*c126_clamp(y, 0, 1) : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c126_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* backwards through f = elu(x, y) */
    *x_bar = x > 0 ? f_bar : x < 0 ? f_bar*y*exp(x) : x == 0 ? f_bar*c126_clamp(y, 0, 1) : f_bar*x;
}

/* The output and its derivative in each input. */
void c126_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* backwards through f = elu(x, y) */
    *x_bar = x > 0 ? 1.0 : x < 0 ? y*exp(x) : x == 0 ? c126_clamp(y, 0, 1) : x;
}

#ifdef __cplusplus
}
#endif
static void c126_value_packed(const double *in, double *out)
{
    (void)in;
    c126_value(in[0], in[1], out + 0);
}

static void c126_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c126_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c126_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c126_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c126_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c126_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c127_value(double y, double x, double *f)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c127_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* tangent of f = elu(x, y) */
    *f_dot = x >= 0 ? 0 : y_dot*expm1(x);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c127_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* backwards through f = elu(x, y) */
    *y_bar = x >= 0 ? 0 : f_bar*expm1(x);
}

/* The output and its derivative in each input. */
void c127_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = elu(x, y) */
    *f = x < 0 ? y*expm1(x) : x;

    /* backwards through f = elu(x, y) */
    *y_bar = x >= 0 ? 0 : expm1(x);
}

#ifdef __cplusplus
}
#endif
static void c127_value_packed(const double *in, double *out)
{
    (void)in;
    c127_value(in[0], in[1], out + 0);
}

static void c127_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c127_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c127_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c127_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c127_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c127_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c128_value(double x, double *f)
{
    /* f = elu(x) */
    *f = x < 0 ? 1*expm1(x) : x;
}

/* The outputs and their tangents along one direction of the inputs. */
void c128_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = elu(x) */
    *f = x < 0 ? 1*expm1(x) : x;

    /* tangent of f = elu(x) */
    *f_dot = x > 0 ? x_dot : x < 0 ? x_dot*exp(x) : x == 0 ? x_dot : x_dot*x;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c128_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = elu(x) */
    *f = x < 0 ? 1*expm1(x) : x;

    /* backwards through f = elu(x) */
    *x_bar = x > 0 ? f_bar : x < 0 ? f_bar*exp(x) : x == 0 ? f_bar : f_bar*x;
}

/* The output and its derivative in each input. */
void c128_gradient(double x, double *f, double *x_bar)
{
    /* f = elu(x) */
    *f = x < 0 ? 1*expm1(x) : x;

    /* backwards through f = elu(x) */
    *x_bar = x > 0 ? 1.0 : x < 0 ? exp(x) : x == 0 ? 1 : x;
}

#ifdef __cplusplus
}
#endif
static void c128_value_packed(const double *in, double *out)
{
    (void)in;
    c128_value(in[0], out + 0);
}

static void c128_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c128_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c128_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c128_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c128_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c128_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* x times the normal distribution function erfc(-x/sqrt(2))/2, DLMF 7.2(i). Where erfc is steep,
 * what rounding did to its argument is put right to first order. */
static double c129_gelu(double x)
{
    const double t = x*-0.707106781186547524400844, p = t*t;
    double q;
    if (x < -200)
        return -0.0;
    q = erfc(t);
    if (t > 0.5) /* (x^2/2 - t^2)/(2t) is that error, 1/sqrt(pi) = 0.56... */
        q -= 0.564189583547756286948080*exp(-p)*(fma(x/2, x, -p) - fma(t, t, -p))/t;
    return x/2*q;
}

/* The outputs. */
void c129_value(double x, double *f)
{
    /* f = gelu(x) */
    *f = c129_gelu(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c129_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = gelu(x) */
    *f = c129_gelu(x);

    /* tangent of f = gelu(x) */
    *f_dot = x_dot*(erfc(-x/1.4142135623730951)/2 + x*exp(-x*x/2)/2.5066282746310007);
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c129_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = gelu(x) */
    *f = c129_gelu(x);

    /* backwards through f = gelu(x) */
    *x_bar = f_bar*(erfc(-x/1.4142135623730951)/2 + x*exp(-x*x/2)/2.5066282746310007);
}

/* The output and its derivative in each input. */
void c129_gradient(double x, double *f, double *x_bar)
{
    /* f = gelu(x) */
    *f = c129_gelu(x);

    /* backwards through f = gelu(x) */
    *x_bar = erfc(-x/1.4142135623730951)/2 + x*exp(-x*x/2)/2.5066282746310007;
}

#ifdef __cplusplus
}
#endif
static void c129_value_packed(const double *in, double *out)
{
    (void)in;
    c129_value(in[0], out + 0);
}

static void c129_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c129_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c129_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c129_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c129_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c129_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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

/* 1/(1 + exp(-x)), without overflow. */
static double c130_sigmoid(double x)
{
    const double e = exp(-fabs(x));
    return x < 0 ? e/(1 + e) : 1/(1 + e);
}

/* x/(1 + exp(-x)); for x < 0 with the root of exp(x), which does not vanish before the result. */
static double c130_silu(double x)
{
    const double h = exp(-fabs(x/2));
    if (x < -20000)
        return -0.0;
    return x < 0 ? x*h/(1 + h*h)*h : x/(1 + h*h);
}

/* The outputs. */
void c130_value(double x, double *f)
{
    /* f = silu(x) */
    *f = c130_silu(x);
}

/* The outputs and their tangents along one direction of the inputs. */
void c130_forward(double x, double x_dot, double *f, double *f_dot)
{
    /* f = silu(x) */
    *f = c130_silu(x);

    /* tangent of f = silu(x) */
    *f_dot = x_dot*c130_sigmoid(x)*(1 + x*c130_sigmoid(-x));
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c130_reverse(double x, double f_bar, double *f, double *x_bar)
{
    /* f = silu(x) */
    *f = c130_silu(x);

    /* backwards through f = silu(x) */
    *x_bar = f_bar*c130_sigmoid(x)*(1 + x*c130_sigmoid(-x));
}

/* The output and its derivative in each input. */
void c130_gradient(double x, double *f, double *x_bar)
{
    /* f = silu(x) */
    *f = c130_silu(x);

    /* backwards through f = silu(x) */
    *x_bar = c130_sigmoid(x)*(1 + x*c130_sigmoid(-x));
}

#ifdef __cplusplus
}
#endif
static void c130_value_packed(const double *in, double *out)
{
    (void)in;
    c130_value(in[0], out + 0);
}

static void c130_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c130_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c130_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c130_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c130_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c130_gradient(in[0], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c131_value(double x, double y, double z, double *f)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;
}

/* The outputs and their tangents along one direction of the inputs. */
void c131_forward(double x, double y, double z, double x_dot, double y_dot, double z_dot,
                  double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* tangent of f = x ? y : z */
    *f_dot = x != 0 ? y_dot : z_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c131_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar,
                  double *y_bar, double *z_bar)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* backwards through f = x ? y : z */
    *y_bar = x != 0 ? f_bar : 0;
    *z_bar = x == 0 ? f_bar : 0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c131_gradient(double x, double y, double z, double *f, double *x_bar, double *y_bar,
                   double *z_bar)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* backwards through f = x ? y : z */
    *y_bar = x != 0 ? 1.0 : 0.0;
    *z_bar = x == 0 ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c131_value_packed(const double *in, double *out)
{
    (void)in;
    c131_value(in[0], in[1], in[2], out + 0);
}

static void c131_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c131_forward(in[0], in[1], in[2], in_dot[0], in_dot[1], in_dot[2], out + 0, out_dot + 0);
}

static void c131_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c131_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

static void c131_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c131_gradient(in[0], in[1], in[2], out + 0, in_bar + 0, in_bar + 1, in_bar + 2);
}

/* Made by bpgen 0.1.0 from model.
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
void c132_value(double x, double y, double z, double *f)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;
}

/* The outputs and their tangents along one direction of the inputs. */
void c132_forward(double x, double y, double z, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* tangent of f = x ? y : z */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c132_reverse(double x, double y, double z, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x ? y : z */
    *f = x != 0 ? y : z;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c132_gradient(double x, double y, double z, double *f, double *x_bar)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c132_value_packed(const double *in, double *out)
{
    (void)in;
    c132_value(in[0], in[1], in[2], out + 0);
}

static void c132_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c132_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c132_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c132_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c132_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c132_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c133_value(double y, double x, double z, double *f)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;
}

/* The outputs and their tangents along one direction of the inputs. */
void c133_forward(double y, double x, double z, double y_dot, double *f, double *f_dot)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* tangent of f = x ? y : z */
    *f_dot = x != 0 ? y_dot : 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c133_reverse(double y, double x, double z, double f_bar, double *f, double *y_bar)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* backwards through f = x ? y : z */
    *y_bar = x != 0 ? f_bar : 0;
}

/* The output and its derivative in each input. */
void c133_gradient(double y, double x, double z, double *f, double *y_bar)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* backwards through f = x ? y : z */
    *y_bar = x != 0 ? 1.0 : 0.0;
}

#ifdef __cplusplus
}
#endif
static void c133_value_packed(const double *in, double *out)
{
    (void)in;
    c133_value(in[0], in[1], in[2], out + 0);
}

static void c133_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c133_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c133_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c133_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c133_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c133_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c134_value(double z, double x, double y, double *f)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;
}

/* The outputs and their tangents along one direction of the inputs. */
void c134_forward(double z, double x, double y, double z_dot, double *f, double *f_dot)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* tangent of f = x ? y : z */
    *f_dot = x != 0 ? 0 : z_dot;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c134_reverse(double z, double x, double y, double f_bar, double *f, double *z_bar)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* backwards through f = x ? y : z */
    *z_bar = x == 0 ? f_bar : 0;
}

/* The output and its derivative in each input. */
void c134_gradient(double z, double x, double y, double *f, double *z_bar)
{
    /* f = x ? y : z */
    *f = x != 0 ? y : z;

    /* backwards through f = x ? y : z */
    *z_bar = x == 0 ? 1.0 : 0.0;
}

#ifdef __cplusplus
}
#endif
static void c134_value_packed(const double *in, double *out)
{
    (void)in;
    c134_value(in[0], in[1], in[2], out + 0);
}

static void c134_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c134_forward(in[0], in[1], in[2], in_dot[0], out + 0, out_dot + 0);
}

static void c134_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c134_reverse(in[0], in[1], in[2], out_bar[0], out + 0, in_bar + 0);
}

static void c134_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c134_gradient(in[0], in[1], in[2], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c135_value(double x, double y, double *f)
{
    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c135_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;

    /* tangent of f = x < y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c135_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c135_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c135_value_packed(const double *in, double *out)
{
    (void)in;
    c135_value(in[0], in[1], out + 0);
}

static void c135_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c135_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c135_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c135_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c135_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c135_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c136_value(double x, double y, double *f)
{
    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c136_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;

    /* tangent of f = x < y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c136_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c136_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c136_value_packed(const double *in, double *out)
{
    (void)in;
    c136_value(in[0], in[1], out + 0);
}

static void c136_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c136_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c136_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c136_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c136_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c136_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c137_value(double y, double x, double *f)
{
    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c137_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;

    /* tangent of f = x < y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c137_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c137_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x < y */
    *f = x < y ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c137_value_packed(const double *in, double *out)
{
    (void)in;
    c137_value(in[0], in[1], out + 0);
}

static void c137_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c137_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c137_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c137_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c137_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c137_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c138_value(double x, double y, double *f)
{
    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c138_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;

    /* tangent of f = x <= y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c138_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c138_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c138_value_packed(const double *in, double *out)
{
    (void)in;
    c138_value(in[0], in[1], out + 0);
}

static void c138_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c138_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c138_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c138_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c138_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c138_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c139_value(double x, double y, double *f)
{
    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c139_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;

    /* tangent of f = x <= y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c139_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c139_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c139_value_packed(const double *in, double *out)
{
    (void)in;
    c139_value(in[0], in[1], out + 0);
}

static void c139_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c139_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c139_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c139_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c139_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c139_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c140_value(double y, double x, double *f)
{
    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c140_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;

    /* tangent of f = x <= y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c140_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c140_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x <= y */
    *f = x <= y ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c140_value_packed(const double *in, double *out)
{
    (void)in;
    c140_value(in[0], in[1], out + 0);
}

static void c140_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c140_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c140_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c140_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c140_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c140_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c141_value(double x, double y, double *f)
{
    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c141_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;

    /* tangent of f = x > y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c141_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c141_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c141_value_packed(const double *in, double *out)
{
    (void)in;
    c141_value(in[0], in[1], out + 0);
}

static void c141_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c141_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c141_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c141_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c141_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c141_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c142_value(double x, double y, double *f)
{
    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c142_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;

    /* tangent of f = x > y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c142_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c142_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c142_value_packed(const double *in, double *out)
{
    (void)in;
    c142_value(in[0], in[1], out + 0);
}

static void c142_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c142_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c142_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c142_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c142_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c142_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c143_value(double y, double x, double *f)
{
    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c143_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;

    /* tangent of f = x > y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c143_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c143_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x > y */
    *f = x > y ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c143_value_packed(const double *in, double *out)
{
    (void)in;
    c143_value(in[0], in[1], out + 0);
}

static void c143_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c143_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c143_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c143_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c143_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c143_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c144_value(double x, double y, double *f)
{
    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c144_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;

    /* tangent of f = x >= y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c144_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c144_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c144_value_packed(const double *in, double *out)
{
    (void)in;
    c144_value(in[0], in[1], out + 0);
}

static void c144_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c144_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c144_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c144_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c144_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c144_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c145_value(double x, double y, double *f)
{
    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c145_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;

    /* tangent of f = x >= y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c145_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c145_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c145_value_packed(const double *in, double *out)
{
    (void)in;
    c145_value(in[0], in[1], out + 0);
}

static void c145_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c145_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c145_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c145_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c145_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c145_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c146_value(double y, double x, double *f)
{
    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c146_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;

    /* tangent of f = x >= y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c146_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c146_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x >= y */
    *f = x >= y ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c146_value_packed(const double *in, double *out)
{
    (void)in;
    c146_value(in[0], in[1], out + 0);
}

static void c146_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c146_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c146_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c146_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c146_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c146_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c147_value(double x, double y, double *f)
{
    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c147_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;

    /* tangent of f = x == y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c147_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c147_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c147_value_packed(const double *in, double *out)
{
    (void)in;
    c147_value(in[0], in[1], out + 0);
}

static void c147_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c147_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c147_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c147_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c147_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c147_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c148_value(double x, double y, double *f)
{
    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c148_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;

    /* tangent of f = x == y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c148_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c148_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c148_value_packed(const double *in, double *out)
{
    (void)in;
    c148_value(in[0], in[1], out + 0);
}

static void c148_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c148_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c148_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c148_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c148_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c148_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c149_value(double y, double x, double *f)
{
    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c149_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;

    /* tangent of f = x == y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c149_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c149_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x == y */
    *f = x == y ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c149_value_packed(const double *in, double *out)
{
    (void)in;
    c149_value(in[0], in[1], out + 0);
}

static void c149_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c149_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c149_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c149_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c149_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c149_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c150_value(double x, double y, double *f)
{
    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c150_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;

    /* tangent of f = x != y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c150_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c150_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c150_value_packed(const double *in, double *out)
{
    (void)in;
    c150_value(in[0], in[1], out + 0);
}

static void c150_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c150_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c150_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c150_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c150_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c150_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c151_value(double x, double y, double *f)
{
    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c151_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;

    /* tangent of f = x != y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c151_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c151_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c151_value_packed(const double *in, double *out)
{
    (void)in;
    c151_value(in[0], in[1], out + 0);
}

static void c151_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c151_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c151_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c151_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c151_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c151_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c152_value(double y, double x, double *f)
{
    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c152_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;

    /* tangent of f = x != y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c152_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c152_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x != y */
    *f = x != y ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c152_value_packed(const double *in, double *out)
{
    (void)in;
    c152_value(in[0], in[1], out + 0);
}

static void c152_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c152_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c152_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c152_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c152_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c152_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c153_value(double x, double y, double *f)
{
    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c153_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;

    /* tangent of f = x && y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c153_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c153_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c153_value_packed(const double *in, double *out)
{
    (void)in;
    c153_value(in[0], in[1], out + 0);
}

static void c153_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c153_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c153_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c153_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c153_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c153_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c154_value(double x, double y, double *f)
{
    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c154_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;

    /* tangent of f = x && y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c154_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c154_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c154_value_packed(const double *in, double *out)
{
    (void)in;
    c154_value(in[0], in[1], out + 0);
}

static void c154_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c154_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c154_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c154_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c154_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c154_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c155_value(double y, double x, double *f)
{
    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c155_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;

    /* tangent of f = x && y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c155_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c155_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x && y */
    *f = x != 0 && y != 0 ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c155_value_packed(const double *in, double *out)
{
    (void)in;
    c155_value(in[0], in[1], out + 0);
}

static void c155_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c155_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c155_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c155_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c155_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c155_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c156_value(double x, double y, double *f)
{
    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c156_forward(double x, double y, double x_dot, double y_dot, double *f, double *f_dot)
{
    (void)x_dot;
    (void)y_dot;

    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;

    /* tangent of f = x || y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c156_reverse(double x, double y, double f_bar, double *f, double *x_bar, double *y_bar)
{
    (void)f_bar;

    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c156_gradient(double x, double y, double *f, double *x_bar, double *y_bar)
{
    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c156_value_packed(const double *in, double *out)
{
    (void)in;
    c156_value(in[0], in[1], out + 0);
}

static void c156_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c156_forward(in[0], in[1], in_dot[0], in_dot[1], out + 0, out_dot + 0);
}

static void c156_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c156_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0, in_bar + 1);
}

static void c156_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c156_gradient(in[0], in[1], out + 0, in_bar + 0, in_bar + 1);
}

/* Made by bpgen 0.1.0 from model.
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
void c157_value(double x, double y, double *f)
{
    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c157_forward(double x, double y, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;

    /* tangent of f = x || y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c157_reverse(double x, double y, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c157_gradient(double x, double y, double *f, double *x_bar)
{
    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c157_value_packed(const double *in, double *out)
{
    (void)in;
    c157_value(in[0], in[1], out + 0);
}

static void c157_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c157_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c157_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c157_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c157_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c157_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c158_value(double y, double x, double *f)
{
    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c158_forward(double y, double x, double y_dot, double *f, double *f_dot)
{
    (void)y_dot;

    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;

    /* tangent of f = x || y */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c158_reverse(double y, double x, double f_bar, double *f, double *y_bar)
{
    (void)f_bar;

    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
    *y_bar = 0;
}

/* The output and its derivative in each input. */
void c158_gradient(double y, double x, double *f, double *y_bar)
{
    /* f = x || y */
    *f = x != 0 || y != 0 ? 1.0 : 0.0;
    *y_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c158_value_packed(const double *in, double *out)
{
    (void)in;
    c158_value(in[0], in[1], out + 0);
}

static void c158_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c158_forward(in[0], in[1], in_dot[0], out + 0, out_dot + 0);
}

static void c158_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c158_reverse(in[0], in[1], out_bar[0], out + 0, in_bar + 0);
}

static void c158_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c158_gradient(in[0], in[1], out + 0, in_bar + 0);
}

/* Made by bpgen 0.1.0 from model.
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
void c159_value(double x, double *f)
{
    /* f = !x */
    *f = x == 0 ? 1.0 : 0.0;
}

/* The outputs and their tangents along one direction of the inputs. */
void c159_forward(double x, double x_dot, double *f, double *f_dot)
{
    (void)x_dot;

    /* f = !x */
    *f = x == 0 ? 1.0 : 0.0;

    /* tangent of f = !x */
    *f_dot = 0;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void c159_reverse(double x, double f_bar, double *f, double *x_bar)
{
    (void)f_bar;

    /* f = !x */
    *f = x == 0 ? 1.0 : 0.0;
    *x_bar = 0;
}

/* The output and its derivative in each input. */
void c159_gradient(double x, double *f, double *x_bar)
{
    /* f = !x */
    *f = x == 0 ? 1.0 : 0.0;
    *x_bar = 0;
}

#ifdef __cplusplus
}
#endif
static void c159_value_packed(const double *in, double *out)
{
    (void)in;
    c159_value(in[0], out + 0);
}

static void c159_forward_packed(const double *in, const double *in_dot, double *out, double *out_dot)
{
    (void)in;
    (void)in_dot;
    c159_forward(in[0], in_dot[0], out + 0, out_dot + 0);
}

static void c159_reverse_packed(const double *in, const double *out_bar, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c159_reverse(in[0], out_bar[0], out + 0, in_bar + 0);
}

static void c159_gradient_packed(const double *in, double *out, double *in_bar)
{
    (void)in;
    (void)in_bar;
    c159_gradient(in[0], out + 0, in_bar + 0);
}


typedef struct Packed {
    void (*value)(const double *in, double *out);
    void (*forward)(const double *in, const double *in_dot, double *out, double *out_dot);
    void (*reverse)(const double *in, const double *out_bar, double *out, double *in_bar);
    void (*gradient)(const double *in, double *out, double *in_bar);
} Packed;

extern const Packed packed[];
const Packed packed[] = {
    {c0_value_packed, c0_forward_packed, c0_reverse_packed, c0_gradient_packed},
    {c1_value_packed, c1_forward_packed, c1_reverse_packed, c1_gradient_packed},
    {c2_value_packed, c2_forward_packed, c2_reverse_packed, c2_gradient_packed},
    {c3_value_packed, c3_forward_packed, c3_reverse_packed, c3_gradient_packed},
    {c4_value_packed, c4_forward_packed, c4_reverse_packed, c4_gradient_packed},
    {c5_value_packed, c5_forward_packed, c5_reverse_packed, c5_gradient_packed},
    {c6_value_packed, c6_forward_packed, c6_reverse_packed, c6_gradient_packed},
    {c7_value_packed, c7_forward_packed, c7_reverse_packed, c7_gradient_packed},
    {c8_value_packed, c8_forward_packed, c8_reverse_packed, c8_gradient_packed},
    {c9_value_packed, c9_forward_packed, c9_reverse_packed, c9_gradient_packed},
    {c10_value_packed, c10_forward_packed, c10_reverse_packed, c10_gradient_packed},
    {c11_value_packed, c11_forward_packed, c11_reverse_packed, c11_gradient_packed},
    {c12_value_packed, c12_forward_packed, c12_reverse_packed, c12_gradient_packed},
    {c13_value_packed, c13_forward_packed, c13_reverse_packed, c13_gradient_packed},
    {c14_value_packed, c14_forward_packed, c14_reverse_packed, c14_gradient_packed},
    {c15_value_packed, c15_forward_packed, c15_reverse_packed, c15_gradient_packed},
    {c16_value_packed, c16_forward_packed, c16_reverse_packed, c16_gradient_packed},
    {c17_value_packed, c17_forward_packed, c17_reverse_packed, c17_gradient_packed},
    {c18_value_packed, c18_forward_packed, c18_reverse_packed, c18_gradient_packed},
    {c19_value_packed, c19_forward_packed, c19_reverse_packed, c19_gradient_packed},
    {c20_value_packed, c20_forward_packed, c20_reverse_packed, c20_gradient_packed},
    {c21_value_packed, c21_forward_packed, c21_reverse_packed, c21_gradient_packed},
    {c22_value_packed, c22_forward_packed, c22_reverse_packed, c22_gradient_packed},
    {c23_value_packed, c23_forward_packed, c23_reverse_packed, c23_gradient_packed},
    {c24_value_packed, c24_forward_packed, c24_reverse_packed, c24_gradient_packed},
    {c25_value_packed, c25_forward_packed, c25_reverse_packed, c25_gradient_packed},
    {c26_value_packed, c26_forward_packed, c26_reverse_packed, c26_gradient_packed},
    {c27_value_packed, c27_forward_packed, c27_reverse_packed, c27_gradient_packed},
    {c28_value_packed, c28_forward_packed, c28_reverse_packed, c28_gradient_packed},
    {c29_value_packed, c29_forward_packed, c29_reverse_packed, c29_gradient_packed},
    {c30_value_packed, c30_forward_packed, c30_reverse_packed, c30_gradient_packed},
    {c31_value_packed, c31_forward_packed, c31_reverse_packed, c31_gradient_packed},
    {c32_value_packed, c32_forward_packed, c32_reverse_packed, c32_gradient_packed},
    {c33_value_packed, c33_forward_packed, c33_reverse_packed, c33_gradient_packed},
    {c34_value_packed, c34_forward_packed, c34_reverse_packed, c34_gradient_packed},
    {c35_value_packed, c35_forward_packed, c35_reverse_packed, c35_gradient_packed},
    {c36_value_packed, c36_forward_packed, c36_reverse_packed, c36_gradient_packed},
    {c37_value_packed, c37_forward_packed, c37_reverse_packed, c37_gradient_packed},
    {c38_value_packed, c38_forward_packed, c38_reverse_packed, c38_gradient_packed},
    {c39_value_packed, c39_forward_packed, c39_reverse_packed, c39_gradient_packed},
    {c40_value_packed, c40_forward_packed, c40_reverse_packed, c40_gradient_packed},
    {c41_value_packed, c41_forward_packed, c41_reverse_packed, c41_gradient_packed},
    {c42_value_packed, c42_forward_packed, c42_reverse_packed, c42_gradient_packed},
    {c43_value_packed, c43_forward_packed, c43_reverse_packed, c43_gradient_packed},
    {c44_value_packed, c44_forward_packed, c44_reverse_packed, c44_gradient_packed},
    {c45_value_packed, c45_forward_packed, c45_reverse_packed, c45_gradient_packed},
    {c46_value_packed, c46_forward_packed, c46_reverse_packed, c46_gradient_packed},
    {c47_value_packed, c47_forward_packed, c47_reverse_packed, c47_gradient_packed},
    {c48_value_packed, c48_forward_packed, c48_reverse_packed, c48_gradient_packed},
    {c49_value_packed, c49_forward_packed, c49_reverse_packed, c49_gradient_packed},
    {c50_value_packed, c50_forward_packed, c50_reverse_packed, c50_gradient_packed},
    {c51_value_packed, c51_forward_packed, c51_reverse_packed, c51_gradient_packed},
    {c52_value_packed, c52_forward_packed, c52_reverse_packed, c52_gradient_packed},
    {c53_value_packed, c53_forward_packed, c53_reverse_packed, c53_gradient_packed},
    {c54_value_packed, c54_forward_packed, c54_reverse_packed, c54_gradient_packed},
    {c55_value_packed, c55_forward_packed, c55_reverse_packed, c55_gradient_packed},
    {c56_value_packed, c56_forward_packed, c56_reverse_packed, c56_gradient_packed},
    {c57_value_packed, c57_forward_packed, c57_reverse_packed, c57_gradient_packed},
    {c58_value_packed, c58_forward_packed, c58_reverse_packed, c58_gradient_packed},
    {c59_value_packed, c59_forward_packed, c59_reverse_packed, c59_gradient_packed},
    {c60_value_packed, c60_forward_packed, c60_reverse_packed, c60_gradient_packed},
    {c61_value_packed, c61_forward_packed, c61_reverse_packed, c61_gradient_packed},
    {c62_value_packed, c62_forward_packed, c62_reverse_packed, c62_gradient_packed},
    {c63_value_packed, c63_forward_packed, c63_reverse_packed, c63_gradient_packed},
    {c64_value_packed, c64_forward_packed, c64_reverse_packed, c64_gradient_packed},
    {c65_value_packed, c65_forward_packed, c65_reverse_packed, c65_gradient_packed},
    {c66_value_packed, c66_forward_packed, c66_reverse_packed, c66_gradient_packed},
    {c67_value_packed, c67_forward_packed, c67_reverse_packed, c67_gradient_packed},
    {c68_value_packed, c68_forward_packed, c68_reverse_packed, c68_gradient_packed},
    {c69_value_packed, c69_forward_packed, c69_reverse_packed, c69_gradient_packed},
    {c70_value_packed, c70_forward_packed, c70_reverse_packed, c70_gradient_packed},
    {c71_value_packed, c71_forward_packed, c71_reverse_packed, c71_gradient_packed},
    {c72_value_packed, c72_forward_packed, c72_reverse_packed, c72_gradient_packed},
    {c73_value_packed, c73_forward_packed, c73_reverse_packed, c73_gradient_packed},
    {c74_value_packed, c74_forward_packed, c74_reverse_packed, c74_gradient_packed},
    {c75_value_packed, c75_forward_packed, c75_reverse_packed, c75_gradient_packed},
    {c76_value_packed, c76_forward_packed, c76_reverse_packed, c76_gradient_packed},
    {c77_value_packed, c77_forward_packed, c77_reverse_packed, c77_gradient_packed},
    {c78_value_packed, c78_forward_packed, c78_reverse_packed, c78_gradient_packed},
    {c79_value_packed, c79_forward_packed, c79_reverse_packed, c79_gradient_packed},
    {c80_value_packed, c80_forward_packed, c80_reverse_packed, c80_gradient_packed},
    {c81_value_packed, c81_forward_packed, c81_reverse_packed, c81_gradient_packed},
    {c82_value_packed, c82_forward_packed, c82_reverse_packed, c82_gradient_packed},
    {c83_value_packed, c83_forward_packed, c83_reverse_packed, c83_gradient_packed},
    {c84_value_packed, c84_forward_packed, c84_reverse_packed, c84_gradient_packed},
    {c85_value_packed, c85_forward_packed, c85_reverse_packed, c85_gradient_packed},
    {c86_value_packed, c86_forward_packed, c86_reverse_packed, c86_gradient_packed},
    {c87_value_packed, c87_forward_packed, c87_reverse_packed, c87_gradient_packed},
    {c88_value_packed, c88_forward_packed, c88_reverse_packed, c88_gradient_packed},
    {c89_value_packed, c89_forward_packed, c89_reverse_packed, c89_gradient_packed},
    {c90_value_packed, c90_forward_packed, c90_reverse_packed, c90_gradient_packed},
    {c91_value_packed, c91_forward_packed, c91_reverse_packed, c91_gradient_packed},
    {c92_value_packed, c92_forward_packed, c92_reverse_packed, c92_gradient_packed},
    {c93_value_packed, c93_forward_packed, c93_reverse_packed, c93_gradient_packed},
    {c94_value_packed, c94_forward_packed, c94_reverse_packed, c94_gradient_packed},
    {c95_value_packed, c95_forward_packed, c95_reverse_packed, c95_gradient_packed},
    {c96_value_packed, c96_forward_packed, c96_reverse_packed, c96_gradient_packed},
    {c97_value_packed, c97_forward_packed, c97_reverse_packed, c97_gradient_packed},
    {c98_value_packed, c98_forward_packed, c98_reverse_packed, c98_gradient_packed},
    {c99_value_packed, c99_forward_packed, c99_reverse_packed, c99_gradient_packed},
    {c100_value_packed, c100_forward_packed, c100_reverse_packed, c100_gradient_packed},
    {c101_value_packed, c101_forward_packed, c101_reverse_packed, c101_gradient_packed},
    {c102_value_packed, c102_forward_packed, c102_reverse_packed, c102_gradient_packed},
    {c103_value_packed, c103_forward_packed, c103_reverse_packed, c103_gradient_packed},
    {c104_value_packed, c104_forward_packed, c104_reverse_packed, c104_gradient_packed},
    {c105_value_packed, c105_forward_packed, c105_reverse_packed, c105_gradient_packed},
    {c106_value_packed, c106_forward_packed, c106_reverse_packed, c106_gradient_packed},
    {c107_value_packed, c107_forward_packed, c107_reverse_packed, c107_gradient_packed},
    {c108_value_packed, c108_forward_packed, c108_reverse_packed, c108_gradient_packed},
    {c109_value_packed, c109_forward_packed, c109_reverse_packed, c109_gradient_packed},
    {c110_value_packed, c110_forward_packed, c110_reverse_packed, c110_gradient_packed},
    {c111_value_packed, c111_forward_packed, c111_reverse_packed, c111_gradient_packed},
    {c112_value_packed, c112_forward_packed, c112_reverse_packed, c112_gradient_packed},
    {c113_value_packed, c113_forward_packed, c113_reverse_packed, c113_gradient_packed},
    {c114_value_packed, c114_forward_packed, c114_reverse_packed, c114_gradient_packed},
    {c115_value_packed, c115_forward_packed, c115_reverse_packed, c115_gradient_packed},
    {c116_value_packed, c116_forward_packed, c116_reverse_packed, c116_gradient_packed},
    {c117_value_packed, c117_forward_packed, c117_reverse_packed, c117_gradient_packed},
    {c118_value_packed, c118_forward_packed, c118_reverse_packed, c118_gradient_packed},
    {c119_value_packed, c119_forward_packed, c119_reverse_packed, c119_gradient_packed},
    {c120_value_packed, c120_forward_packed, c120_reverse_packed, c120_gradient_packed},
    {c121_value_packed, c121_forward_packed, c121_reverse_packed, c121_gradient_packed},
    {c122_value_packed, c122_forward_packed, c122_reverse_packed, c122_gradient_packed},
    {c123_value_packed, c123_forward_packed, c123_reverse_packed, c123_gradient_packed},
    {c124_value_packed, c124_forward_packed, c124_reverse_packed, c124_gradient_packed},
    {c125_value_packed, c125_forward_packed, c125_reverse_packed, c125_gradient_packed},
    {c126_value_packed, c126_forward_packed, c126_reverse_packed, c126_gradient_packed},
    {c127_value_packed, c127_forward_packed, c127_reverse_packed, c127_gradient_packed},
    {c128_value_packed, c128_forward_packed, c128_reverse_packed, c128_gradient_packed},
    {c129_value_packed, c129_forward_packed, c129_reverse_packed, c129_gradient_packed},
    {c130_value_packed, c130_forward_packed, c130_reverse_packed, c130_gradient_packed},
    {c131_value_packed, c131_forward_packed, c131_reverse_packed, c131_gradient_packed},
    {c132_value_packed, c132_forward_packed, c132_reverse_packed, c132_gradient_packed},
    {c133_value_packed, c133_forward_packed, c133_reverse_packed, c133_gradient_packed},
    {c134_value_packed, c134_forward_packed, c134_reverse_packed, c134_gradient_packed},
    {c135_value_packed, c135_forward_packed, c135_reverse_packed, c135_gradient_packed},
    {c136_value_packed, c136_forward_packed, c136_reverse_packed, c136_gradient_packed},
    {c137_value_packed, c137_forward_packed, c137_reverse_packed, c137_gradient_packed},
    {c138_value_packed, c138_forward_packed, c138_reverse_packed, c138_gradient_packed},
    {c139_value_packed, c139_forward_packed, c139_reverse_packed, c139_gradient_packed},
    {c140_value_packed, c140_forward_packed, c140_reverse_packed, c140_gradient_packed},
    {c141_value_packed, c141_forward_packed, c141_reverse_packed, c141_gradient_packed},
    {c142_value_packed, c142_forward_packed, c142_reverse_packed, c142_gradient_packed},
    {c143_value_packed, c143_forward_packed, c143_reverse_packed, c143_gradient_packed},
    {c144_value_packed, c144_forward_packed, c144_reverse_packed, c144_gradient_packed},
    {c145_value_packed, c145_forward_packed, c145_reverse_packed, c145_gradient_packed},
    {c146_value_packed, c146_forward_packed, c146_reverse_packed, c146_gradient_packed},
    {c147_value_packed, c147_forward_packed, c147_reverse_packed, c147_gradient_packed},
    {c148_value_packed, c148_forward_packed, c148_reverse_packed, c148_gradient_packed},
    {c149_value_packed, c149_forward_packed, c149_reverse_packed, c149_gradient_packed},
    {c150_value_packed, c150_forward_packed, c150_reverse_packed, c150_gradient_packed},
    {c151_value_packed, c151_forward_packed, c151_reverse_packed, c151_gradient_packed},
    {c152_value_packed, c152_forward_packed, c152_reverse_packed, c152_gradient_packed},
    {c153_value_packed, c153_forward_packed, c153_reverse_packed, c153_gradient_packed},
    {c154_value_packed, c154_forward_packed, c154_reverse_packed, c154_gradient_packed},
    {c155_value_packed, c155_forward_packed, c155_reverse_packed, c155_gradient_packed},
    {c156_value_packed, c156_forward_packed, c156_reverse_packed, c156_gradient_packed},
    {c157_value_packed, c157_forward_packed, c157_reverse_packed, c157_gradient_packed},
    {c158_value_packed, c158_forward_packed, c158_reverse_packed, c158_gradient_packed},
    {c159_value_packed, c159_forward_packed, c159_reverse_packed, c159_gradient_packed},
};
