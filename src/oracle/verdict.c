/* verdict: what differences say. Values at neighbouring points come in; derivatives from both
 * sides, and in the end whether there is one, go out.
 *
 * The one idea: as the step shrinks by a known factor, a derivative stays, a jump's quotient
 * grows by that factor, that of an infinite derivative by a power of it, and the difference
 * between the sides vanishes unless there is a kink. Two attempts tell these apart.
 */
#include <limits.h>

#include "oracle/oracle.h"

enum {
    CONVERGED = 24, /* bits in which one-sided derivatives agree if there are any */
    SHRUNK = 16,    /* bits by which the sides come closer if there is no kink */
    FAR_BELOW = 1000, /* 2^-1000 beyond what is wanted is nothing but rounding */
    POWER = 64      /* a quotient that grows by less than the 1/64th power may be a logarithm */
};

/* ---- fields ----------------------------------------------------------------------------- */

/* (a - b) / 2^exponent */
static void quotient(mpfr_ptr r, mpfr_srcptr a, mpfr_srcptr b, long exponent)
{
    mpfr_sub(r, a, b, MPFR_RNDN);
    mpfr_mul_2si(r, r, -exponent, MPFR_RNDN);
}

/* The limit of quotients at h and h/2 with errors of order h^order. */
static void extrapolate(mpfr_ptr r, mpfr_srcptr coarse, mpfr_srcptr fine, unsigned order)
{
    mpfr_mul_2ui(r, fine, order, MPFR_RNDN);
    mpfr_sub(r, r, coarse, MPFR_RNDN);
    mpfr_div_ui(r, r, (1UL << order) - 1, MPFR_RNDN);
}

void verdict_fields(mpfr_ptr fields, mpfr_srcptr v, long exponent)
{
    mpfr_t fine, coarse;
    mpfr_init2(fine, mpfr_get_prec(fields) + 8);
    mpfr_init2(coarse, mpfr_get_prec(fields) + 8);
    mpfr_set(fields + SLOPE_VALUE, v, MPFR_RNDN);
    quotient(coarse, v + 1, v, exponent);
    quotient(fine, v + 3, v, exponent - 1);
    mpfr_set(fields + SLOPE_STEP_RIGHT, coarse, MPFR_RNDN);
    extrapolate(fields + SLOPE_RIGHT, coarse, fine, 1);
    quotient(coarse, v, v + 2, exponent);
    quotient(fine, v, v + 4, exponent - 1);
    mpfr_set(fields + SLOPE_STEP_LEFT, coarse, MPFR_RNDN);
    extrapolate(fields + SLOPE_LEFT, coarse, fine, 1);
    quotient(fields + SLOPE_OUT_RIGHT, v + 1, v + 3, exponent - 1);
    quotient(fields + SLOPE_OUT_LEFT, v + 4, v + 2, exponent - 1);
    quotient(coarse, v + 1, v + 2, exponent + 1);
    quotient(fine, v + 3, v + 4, exponent);
    extrapolate(fields + SLOPE_CENTRE, coarse, fine, 2);
    mpfr_clear(fine);
    mpfr_clear(coarse);
}

/* ---- comparison ------------------------------------------------------------------------- */

/* log2 of |a - b|, about; LONG_MIN if they are equal, LONG_MAX if that is no number. */
static long distance(mpfr_srcptr a, mpfr_srcptr b)
{
    if (!mpfr_number_p(a) || !mpfr_number_p(b))
        return LONG_MAX;
    mpfr_t d;
    mpfr_prec_t p = mpfr_get_prec(a), q = mpfr_get_prec(b);
    mpfr_init2(d, p > q ? p : q);
    mpfr_sub(d, a, b, MPFR_RNDN);
    long size = mpfr_zero_p(d) ? LONG_MIN : (long)mpfr_get_exp(d);
    mpfr_clear(d);
    return size;
}

/* log2 of |x|, about; LONG_MIN for 0, LONG_MAX for what is no number. */
static long size_of(mpfr_srcptr x)
{
    return mpfr_zero_p(x) ? LONG_MIN : mpfr_regular_p(x) ? (long)mpfr_get_exp(x) : LONG_MAX;
}

long verdict_agreement(mpfr_srcptr a, mpfr_srcptr b)
{
    long apart = distance(a, b);
    long size = size_of(a) > size_of(b) ? size_of(a) : size_of(b);
    if (apart == LONG_MIN)
        return ORACLE_BITS_MAX;
    return apart == LONG_MAX || apart >= size ? 0 : size - apart;
}

/* So near to each other that rounding is all there is between them. */
static bool together(mpfr_srcptr a, mpfr_srcptr b, const Attempts *attempts)
{
    return distance(a, b) < -(long)attempts->bits - FAR_BELOW;
}

OracleStatus verdict_worst(unsigned taint)
{
    for (OracleStatus status = ORACLE_UNSURE; status > ORACLE_OK; status--)
        if (taint & 1u << status)
            return status;
    return ORACLE_OK;
}

/* ---- two attempts ----------------------------------------------------------------------- */

/* Do the derivatives from both sides come together? */
static bool smooth(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    long apart = distance(now + SLOPE_RIGHT, now + SLOPE_LEFT);
    if (apart == LONG_MIN)
        return true;
    if (apart == LONG_MAX)
        return false;
    long size = size_of(now + SLOPE_CENTRE);
    if (size != LONG_MIN && apart < size - attempts->fineness / 2)
        return true;
    long was = distance(before + SLOPE_RIGHT, before + SLOPE_LEFT);
    return was != LONG_MIN && was != LONG_MAX && apart < was - SHRUNK;
}

bool verdict_settled(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    if (mpfr_nan_p(before + SLOPE_VALUE) && mpfr_nan_p(now + SLOPE_VALUE))
        return true;
    if (!mpfr_number_p(now + SLOPE_CENTRE) || !mpfr_number_p(now + SLOPE_VALUE) ||
        !smooth(before, now, attempts))
        return false;
    if (mpfr_zero_p(now + SLOPE_CENTRE)) /* perhaps lost in rounding, if not looked at closely */
        return mpfr_zero_p(before + SLOPE_CENTRE) && attempts->number > 1;
    return verdict_agreement(before + SLOPE_CENTRE, now + SLOPE_CENTRE) >= (long)attempts->bits;
}

/* ---- one side --------------------------------------------------------------------------- */

typedef enum Side { SIDE_FINITE, SIDE_INFINITE, SIDE_JUMP, SIDE_NONE, SIDE_UNSURE } Side;

/* Does it vanish with the step, or is it nothing but rounding? */
static bool vanishes(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    if (!mpfr_number_p(before) || !mpfr_number_p(now))
        return false;
    if (mpfr_zero_p(now) || together(before, now, attempts))
        return size_of(now) < -(long)attempts->bits - FAR_BELOW;
    return !mpfr_zero_p(before) && size_of(now) < size_of(before) - SHRUNK;
}

/* How the quotient `step` goes as the step shrinks, if it does not stay. */
static Side growing(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    if (!mpfr_regular_p(before) || !mpfr_signbit(before) != !mpfr_signbit(now))
        return SIDE_UNSURE;
    long growth = size_of(now) - size_of(before);
    if (10 * growth > 9 * attempts->ratio)
        return SIDE_JUMP;
    if (POWER * growth > attempts->ratio)
        return SIDE_INFINITE;
    /* perhaps a logarithm: as the step's number of digits grows */
    return mpfr_cmpabs(now, before) > 0 ? SIDE_INFINITE : SIDE_UNSURE;
}

/* The side of a point where the function is a number. */
static Side side_of(mpfr_srcptr before, mpfr_srcptr now, SlopeField step, SlopeField slope,
                    const Attempts *attempts)
{
    if (mpfr_nan_p(now + step))
        return SIDE_NONE;
    if (mpfr_inf_p(now + step))
        return SIDE_JUMP;
    if (!mpfr_number_p(before + step) || vanishes(before + step, now + step, attempts) ||
        verdict_agreement(before + slope, now + slope) >= CONVERGED)
        return SIDE_FINITE;
    return growing(before + step, now + step, attempts);
}

/* Sets a field to what the side's derivative is reported to be. */
static void set_side(mpfr_srcptr before, mpfr_ptr now, Side side, SlopeField step,
                     SlopeField slope, SlopeField outer, const Attempts *attempts)
{
    switch (side) {
    case SIDE_FINITE:
        if (vanishes(before + step, now + step, attempts))
            mpfr_set_zero(now + slope, 1);
        break;
    case SIDE_JUMP:
        mpfr_set(now + slope, now + outer, MPFR_RNDN);
        if (vanishes(before + outer, now + outer, attempts))
            mpfr_set_zero(now + slope, 1);
        break;
    case SIDE_INFINITE: mpfr_set_inf(now + slope, mpfr_signbit(now + step) ? -1 : 1); break;
    case SIDE_NONE: case SIDE_UNSURE: mpfr_set_nan(now + slope); break;
    }
}

/* ---- the verdict ------------------------------------------------------------------------ */

/* The value itself is infinite: the derivative is by which sign it comes from there. */
static void outer_side(mpfr_ptr slope, mpfr_srcptr outer)
{
    if (mpfr_regular_p(outer))
        mpfr_set_inf(slope, mpfr_signbit(outer) ? -1 : 1);
    else
        mpfr_set_nan(slope);
}

/* Both sides at the same infinity, or one and nothing on the other; else there is no value. */
static Verdict infinite(mpfr_srcptr now)
{
    mpfr_srcptr left = now + SLOPE_LEFT, right = now + SLOPE_RIGHT;
    Verdict v = {ORACLE_POLE, 0, NULL};
    if (mpfr_nan_p(left) || mpfr_equal_p(left, right))
        v.value = right;
    else if (mpfr_nan_p(right))
        v.value = left;
    return v;
}

/* Is nothing but rounding left of the derivative, and of those of both sides? */
static bool is_null(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    if (mpfr_zero_p(now + SLOPE_LEFT) && mpfr_zero_p(now + SLOPE_RIGHT))
        return true;
    return together(before + SLOPE_CENTRE, now + SLOPE_CENTRE, attempts);
}

/* Both sides are finite. */
static Verdict finite(mpfr_srcptr before, mpfr_ptr now, const Attempts *attempts)
{
    mpfr_ptr centre = now + SLOPE_CENTRE;
    long bits = verdict_agreement(before + SLOPE_CENTRE, centre);
    if (!smooth(before, now, attempts) &&
        !together(now + SLOPE_LEFT, now + SLOPE_RIGHT, attempts))
        return (Verdict){ORACLE_KINK, 0, NULL};
    if (bits < (long)attempts->bits && is_null(before, now, attempts)) {
        mpfr_set_zero(centre, 1);
        bits = ORACLE_BITS_MAX;
    }
    if (bits < CONVERGED)
        return (Verdict){ORACLE_UNSURE, bits, NULL};
    mpfr_set(now + SLOPE_LEFT, centre, MPFR_RNDN);
    mpfr_set(now + SLOPE_RIGHT, centre, MPFR_RNDN);
    return (Verdict){ORACLE_OK, bits, centre};
}

/* One side is finite, the other is `other`. */
static Verdict one_sided(mpfr_srcptr before, mpfr_srcptr now, SlopeField slope, Side other)
{
    Verdict v = {ORACLE_UNSURE, verdict_agreement(before + slope, now + slope), now + slope};
    switch (other) {
    case SIDE_INFINITE: return (Verdict){ORACLE_POLE, 0, NULL};
    case SIDE_JUMP: v.status = ORACLE_JUMP; return v;
    case SIDE_NONE: v.status = ORACLE_EDGE; return v;
    case SIDE_FINITE: case SIDE_UNSURE: break;
    }
    return (Verdict){ORACLE_UNSURE, 0, NULL};
}

static Verdict both_sides(mpfr_srcptr before, mpfr_ptr now, Side left, Side right,
                          const Attempts *attempts)
{
    if (left == SIDE_FINITE && right == SIDE_FINITE)
        return finite(before, now, attempts);
    if (left == SIDE_FINITE)
        return one_sided(before, now, SLOPE_LEFT, right);
    if (right == SIDE_FINITE)
        return one_sided(before, now, SLOPE_RIGHT, left);
    if (left == SIDE_UNSURE || right == SIDE_UNSURE)
        return (Verdict){ORACLE_UNSURE, 0, NULL};
    if (left == SIDE_JUMP || right == SIDE_JUMP)
        return (Verdict){ORACLE_JUMP, 0, NULL};
    if (left == SIDE_NONE && right == SIDE_NONE)
        return (Verdict){ORACLE_UNDEFINED, 0, NULL};
    return infinite(now);
}

Verdict verdict_final(mpfr_srcptr before, mpfr_ptr now, const Attempts *attempts)
{
    if (verdict_settled(before, now, attempts)) {
        if (mpfr_nan_p(now + SLOPE_VALUE))
            return (Verdict){ORACLE_UNDEFINED, 0, NULL};
        return finite(before, now, attempts);
    }
    if (mpfr_nan_p(now + SLOPE_VALUE))
        return (Verdict){ORACLE_UNDEFINED, 0, NULL};
    if (mpfr_inf_p(now + SLOPE_VALUE)) {
        outer_side(now + SLOPE_LEFT, now + SLOPE_OUT_LEFT);
        outer_side(now + SLOPE_RIGHT, now + SLOPE_OUT_RIGHT);
        if (mpfr_nan_p(now + SLOPE_LEFT) && mpfr_nan_p(now + SLOPE_RIGHT))
            return (Verdict){ORACLE_UNDEFINED, 0, NULL};
        return infinite(now);
    }
    Side right = side_of(before, now, SLOPE_STEP_RIGHT, SLOPE_RIGHT, attempts);
    Side left = side_of(before, now, SLOPE_STEP_LEFT, SLOPE_LEFT, attempts);
    set_side(before, now, right, SLOPE_STEP_RIGHT, SLOPE_RIGHT, SLOPE_OUT_RIGHT,
             attempts);
    set_side(before, now, left, SLOPE_STEP_LEFT, SLOPE_LEFT, SLOPE_OUT_LEFT, attempts);
    return both_sides(before, now, left, right, attempts);
}
