/* compare: how wrong a double is, and how wrong it may be. A computed number and the truth, or
 * an expression, come in; units in the last place go out.
 *
 * The one idea: an expression that is ill-conditioned at a point makes every evaluation of it
 * in double wrong. How wrong is found by evaluating it again with results moved as rounding
 * could have moved them.
 */
#include <math.h>

#include "oracle/oracle.h"

/* To which the spread's values are computed: as few as judges have, so that what rounding decides
 * (asin(sin(x)) > x) is decided as it was for them. */
enum { SPREAD_BITS = 80 };

/* ---- units in the last place ------------------------------------------------------------ */

/* x as the nearest double has it, but 2^1024 for an infinity that is only too large. */
static void within_double(mpfr_ptr r, mpfr_srcptr x)
{
    mpfr_set(r, x, MPFR_RNDN);
    if (mpfr_inf_p(r) || (mpfr_regular_p(r) && mpfr_get_exp(r) > 1024))
        mpfr_set_si_2exp(r, mpfr_signbit(x) ? -1 : 1, 1024, MPFR_RNDN);
}

/* log2 of the last place of the double nearest to x. */
static long last_place(mpfr_srcptr x)
{
    long size = mpfr_regular_p(x) ? (long)mpfr_get_exp(x) : -1021;
    size = size < -1021 ? -1021 : size > 1024 ? 1024 : size;
    return size - 53;
}

/* |a - b| in units of b's last place, both numbers. */
static double units_between(mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_t x, y;
    mpfr_prec_t p = mpfr_get_prec(a), q = mpfr_get_prec(b);
    mpfr_init2(x, p > q ? p : q);
    mpfr_init2(y, q);
    within_double(x, a);
    within_double(y, b);
    long place = last_place(y);
    mpfr_sub(x, x, y, MPFR_RNDN);
    mpfr_mul_2si(x, x, -place, MPFR_RNDN);
    double units = fabs(mpfr_get_d(x, MPFR_RNDN));
    mpfr_clear(x);
    mpfr_clear(y);
    return units;
}

/* The same for what may be NaN or infinite. */
static double units(mpfr_srcptr a, mpfr_srcptr b)
{
    if (mpfr_nan_p(a) || mpfr_nan_p(b))
        return mpfr_nan_p(a) && mpfr_nan_p(b) ? 0 : INFINITY;
    if (mpfr_inf_p(b))
        return mpfr_equal_p(a, b) ? 0 : INFINITY;
    if (mpfr_inf_p(a) && isinf(mpfr_get_d(b, MPFR_RNDN)) && !mpfr_signbit(a) == !mpfr_signbit(b))
        return 0;
    return units_between(a, b);
}

double oracle_ulps(double computed, mpfr_srcptr truth)
{
    mpfr_t x;
    mpfr_init2(x, 53);
    mpfr_set_d(x, computed, MPFR_RNDN);
    double result = units(x, truth);
    mpfr_clear(x);
    return result;
}

/* ---- spread ----------------------------------------------------------------------------- */

/* How far a trial's value is from the truth; one that double has as infinite is that. */
static double spread_between(mpfr_srcptr moved, mpfr_srcptr truth)
{
    if (mpfr_inf_p(moved) && !mpfr_inf_p(truth))
        return isinf(mpfr_get_d(truth, MPFR_RNDN)) ? units(moved, truth) : INFINITY;
    return units(moved, truth);
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

void oracle_spread(Oracle *o, OracleOf what, int trials, double *spreads)
{
    size_t count = oracle_count(o, what);
    Lanes *truth = lanes_new(o, 0, (uint32_t)count, SPREAD_BITS);
    Lanes *moved = lanes_new(o, 0, (uint32_t)count, SPREAD_BITS);
    bool known = !count || trial_value(o, 0, what, truth->at[0]) == ORACLE_OK;
    for (size_t k = 0; k < count; k++)
        spreads[k] = known ? 0 : INFINITY;
    for (int i = 1; i <= trials && i <= ORACLE_TRIALS && count && known; i++) {
        known = trial_value(o, (uint64_t)i, what, moved->at[0]) == ORACLE_OK;
        for (size_t k = 0; k < count; k++)
            spreads[k] = known ? larger(spreads[k], spread_between(moved->at[k], truth->at[k]))
                               : INFINITY;
    }
    lanes_drop(o, truth);
    lanes_drop(o, moved);
}

static void derivative_spread(Oracle *o, OracleOf what, OracleBy by, int trials, double *spreads,
                              OracleReport *truth, OracleReport *moved)
{
    size_t count = oracle_count(o, what);
    trial_derivative(o, 0, what, by, truth);
    for (size_t k = 0; k < count; k++)
        spreads[k] = truth[k].status == ORACLE_OK ? 0 : INFINITY;
    for (int i = 1; i <= trials && i <= ORACLE_TRIALS; i++) {
        trial_derivative(o, (uint64_t)i, what, by, moved);
        for (size_t k = 0; k < count; k++)
            spreads[k] = moved[k].status == ORACLE_OK
                             ? larger(spreads[k], spread_between(moved[k].value, truth[k].value))
                             : INFINITY;
    }
}

void oracle_derivative_spread(Oracle *o, OracleOf what, OracleBy by, int trials, double *spreads)
{
    size_t count = oracle_count(o, what);
    OracleReport *reports = array_new(o->ctx, 2 * count + 1, sizeof *reports);
    for (size_t k = 0; k < 2 * count; k++)
        oracle_report_init(&reports[k], SPREAD_BITS);
    derivative_spread(o, what, by, trials, spreads, reports, reports + count);
    for (size_t k = 0; k < 2 * count; k++)
        oracle_report_clear(&reports[k]);
    ctx_resize(o->ctx, reports, 0);
}
