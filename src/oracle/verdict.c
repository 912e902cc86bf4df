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
    NOISY = 24,     /* the last bits of what is known */
    POWER = 4       /* what grows by less than the 1/4th power must be looked at closely */
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

/* The size of 0, and of what is no number: beyond all exponents, and sums of sizes and small
 * multiples of them are no overflow. */
#define SIZE_OF_ZERO (LONG_MIN / 32)
#define SIZE_OF_NONE (LONG_MAX / 32)

/* log2 of |x|, about. */
static long size_of(mpfr_srcptr x)
{
    return mpfr_zero_p(x)      ? SIZE_OF_ZERO
           : mpfr_regular_p(x) ? (long)mpfr_get_exp(x)
                               : SIZE_OF_NONE;
}

/* log2 of |a - b|, about. */
static long distance(mpfr_srcptr a, mpfr_srcptr b)
{
    if (!mpfr_number_p(a) || !mpfr_number_p(b))
        return SIZE_OF_NONE;
    mpfr_t d;
    mpfr_prec_t p = mpfr_get_prec(a), q = mpfr_get_prec(b);
    mpfr_init2(d, p > q ? p : q);
    mpfr_sub(d, a, b, MPFR_RNDN);
    long size = size_of(d);
    mpfr_clear(d);
    return size;
}

long verdict_agreement(mpfr_srcptr a, mpfr_srcptr b)
{
    long apart = distance(a, b);
    long size = size_of(a) > size_of(b) ? size_of(a) : size_of(b);
    if (apart == SIZE_OF_ZERO)
        return ORACLE_BITS_MAX;
    return apart == SIZE_OF_NONE || apart >= size ? 0 : size - apart;
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

static bool is_last(const Attempts *attempts)
{
    return attempts->number + 1 == ORACLE_ATTEMPTS;
}

/* Do the derivatives from both sides come together? */
static bool smooth(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    long apart = distance(now + SLOPE_RIGHT, now + SLOPE_LEFT);
    if (apart == SIZE_OF_ZERO)
        return true;
    if (apart == SIZE_OF_NONE)
        return false;
    long size = size_of(now + SLOPE_CENTRE);
    if (size != SIZE_OF_ZERO && apart < size - attempts->fineness / 2)
        return true;
    long was = distance(before + SLOPE_RIGHT, before + SLOPE_LEFT);
    return was != SIZE_OF_ZERO && was != SIZE_OF_NONE && apart < was - SHRUNK;
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
    /* in the end: a smaller power, a logarithm */
    return is_last(attempts) && mpfr_cmpabs(now, before) > 0 ? SIDE_INFINITE : SIDE_UNSURE;
}

/* The fields that belong to a side. */
typedef struct SideFields {
    SlopeField step, slope, outer, found;
} SideFields;

static const SideFields right_fields = {SLOPE_STEP_RIGHT, SLOPE_RIGHT, SLOPE_OUT_RIGHT,
                                        SLOPE_FOUND_RIGHT};
static const SideFields left_fields = {SLOPE_STEP_LEFT, SLOPE_LEFT, SLOPE_OUT_LEFT,
                                       SLOPE_FOUND_LEFT};

static bool stays(mpfr_srcptr before, mpfr_srcptr now, const SideFields *at)
{
    return verdict_agreement(before + at->slope, now + at->slope) >= CONVERGED;
}

static Side classify(mpfr_srcptr before, mpfr_srcptr now, const SideFields *at,
                     const Attempts *attempts)
{
    if (mpfr_nan_p(now + at->step))
        return SIDE_NONE;
    if (mpfr_inf_p(now + at->step))
        return SIDE_JUMP;
    if (!mpfr_number_p(before + at->step) || stays(before, now, at) ||
        vanishes(before + at->step, now + at->step, attempts))
        return SIDE_FINITE;
    return growing(before + at->step, now + at->step, attempts);
}

/* What a side of a point where the function is a number is like; what its derivative is. */
static Side find_side(mpfr_srcptr before, mpfr_ptr now, const SideFields *at,
                      const Attempts *attempts)
{
    Side side = classify(before, now, at, attempts);
    mpfr_ptr found = now + at->found;
    switch (side) {
    case SIDE_FINITE:
        mpfr_set(found, now + at->slope, MPFR_RNDN);
        if (!stays(before, now, at) && vanishes(before + at->step, now + at->step, attempts))
            mpfr_set_zero(found, 1);
        break;
    case SIDE_JUMP:
        mpfr_set(found, now + at->outer, MPFR_RNDN);
        if (vanishes(before + at->outer, now + at->outer, attempts))
            mpfr_set_zero(found, 1);
        break;
    case SIDE_INFINITE: mpfr_set_inf(found, mpfr_signbit(now + at->step) ? -1 : 1); break;
    case SIDE_NONE: case SIDE_UNSURE: mpfr_set_nan(found); break;
    }
    return side;
}

/* ---- the verdict ------------------------------------------------------------------------ */

static Verdict found(mpfr_ptr now, OracleStatus status, long bits, mpfr_srcptr value)
{
    if (value)
        mpfr_set(now + SLOPE_FOUND, value, MPFR_RNDN);
    else
        mpfr_set_nan(now + SLOPE_FOUND);
    return (Verdict){status, bits};
}

static Verdict nothing(mpfr_ptr now, OracleStatus status)
{
    return found(now, status, 0, NULL);
}

/* Both sides at the same infinity, or one and nothing on the other; else there is no value. */
static Verdict infinite(mpfr_ptr now)
{
    mpfr_srcptr left = now + SLOPE_FOUND_LEFT, right = now + SLOPE_FOUND_RIGHT;
    if (mpfr_nan_p(left) && mpfr_nan_p(right))
        return nothing(now, ORACLE_UNDEFINED);
    if (mpfr_nan_p(left) || mpfr_equal_p(left, right))
        return found(now, ORACLE_POLE, 0, right);
    return found(now, ORACLE_POLE, 0, mpfr_nan_p(right) ? left : NULL);
}

/* The value itself is infinite: the derivative is, by how it comes from there on each side. */
static Verdict infinite_value(mpfr_ptr now)
{
    const SideFields *sides[] = {&left_fields, &right_fields};
    for (int i = 0; i < 2; i++) {
        mpfr_srcptr outer = now + sides[i]->outer;
        if (mpfr_regular_p(outer))
            mpfr_set_inf(now + sides[i]->found, mpfr_signbit(outer) ? -1 : 1);
        else
            mpfr_set_nan(now + sides[i]->found);
    }
    return infinite(now);
}

/* Is nothing but rounding, or nothing that matters, left of the derivative? */
static bool is_null(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    if (mpfr_zero_p(now + SLOPE_CENTRE) && mpfr_zero_p(before + SLOPE_CENTRE))
        return true;
    if (is_last(attempts))
        return together(before + SLOPE_CENTRE, now + SLOPE_CENTRE, attempts) ||
               (mpfr_zero_p(now + SLOPE_FOUND_LEFT) && mpfr_zero_p(now + SLOPE_FOUND_RIGHT));
    return attempts->floor != LONG_MAX && size_of(now + SLOPE_CENTRE) < -attempts->floor &&
           size_of(now + SLOPE_STEP_LEFT) < -attempts->floor &&
           size_of(now + SLOPE_STEP_RIGHT) < -attempts->floor;
}

static bool have_kink(mpfr_srcptr before, mpfr_srcptr now, const Attempts *attempts)
{
    mpfr_srcptr left = now + SLOPE_FOUND_LEFT, right = now + SLOPE_FOUND_RIGHT;
    if (mpfr_equal_p(left, right) || together(left, right, attempts))
        return false;
    return !smooth(before, now, attempts);
}

/* Both sides are finite. */
static Verdict finite(mpfr_srcptr before, mpfr_ptr now, const Attempts *attempts)
{
    mpfr_srcptr centre = now + SLOPE_CENTRE;
    long bits = verdict_agreement(before + SLOPE_CENTRE, centre);
    if (have_kink(before, now, attempts))
        return nothing(now, ORACLE_KINK);
    Verdict v = found(now, ORACLE_OK, bits, centre);
    if (bits < (long)attempts->bits && is_null(before, now, attempts)) {
        mpfr_set_zero(now + SLOPE_FOUND, 1);
        v.bits = ORACLE_BITS_MAX;
    }
    if (v.bits < CONVERGED)
        return nothing(now, ORACLE_UNSURE);
    mpfr_set(now + SLOPE_FOUND_LEFT, now + SLOPE_FOUND, MPFR_RNDN);
    mpfr_set(now + SLOPE_FOUND_RIGHT, now + SLOPE_FOUND, MPFR_RNDN);
    return v;
}

/* One side is finite, the other is `other`. */
static Verdict one_sided(mpfr_srcptr before, mpfr_ptr now, const SideFields *at, Side other)
{
    long bits = verdict_agreement(before + at->slope, now + at->slope);
    switch (other) {
    case SIDE_INFINITE: return nothing(now, ORACLE_POLE);
    case SIDE_JUMP: return found(now, ORACLE_JUMP, bits, now + at->found);
    case SIDE_NONE: return found(now, ORACLE_EDGE, bits, now + at->found);
    case SIDE_FINITE: case SIDE_UNSURE: break;
    }
    return nothing(now, ORACLE_UNSURE);
}

/* One attempt alone: the estimates of orders 2 and 4 are so near to each other that the latter
 * has the bits wanted, unless rounding has taken them. */
static Verdict alone(mpfr_ptr now, const Attempts *attempts)
{
    mpfr_srcptr centre = now + SLOPE_CENTRE;
    long size = size_of(centre), near = size - attempts->fineness / 2 * 3;
    long noise = size_of(now + SLOPE_VALUE) - (long)mpfr_get_prec(centre) - attempts->step;
    if (!mpfr_regular_p(centre) || noise > size - (long)attempts->bits ||
        distance(centre, now + SLOPE_LEFT) > near || distance(centre, now + SLOPE_RIGHT) > near)
        return nothing(now, ORACLE_UNSURE);
    return found(now, ORACLE_OK, (long)attempts->bits, centre);
}

/* What two attempts show. */
static Verdict both(mpfr_srcptr before, mpfr_ptr now, const Attempts *attempts)
{
    mpfr_set_nan(now + SLOPE_FOUND_LEFT);
    mpfr_set_nan(now + SLOPE_FOUND_RIGHT);
    if (!mpfr_nan_p(before + SLOPE_VALUE) != !mpfr_nan_p(now + SLOPE_VALUE) && !is_last(attempts))
        return nothing(now, ORACLE_UNSURE);
    if (mpfr_nan_p(now + SLOPE_VALUE))
        return nothing(now, ORACLE_UNDEFINED);
    if (mpfr_inf_p(now + SLOPE_VALUE))
        return infinite_value(now);
    Side right = find_side(before, now, &right_fields, attempts);
    Side left = find_side(before, now, &left_fields, attempts);
    if (left == SIDE_FINITE && right == SIDE_FINITE)
        return finite(before, now, attempts);
    if (left == SIDE_FINITE)
        return one_sided(before, now, &left_fields, right);
    if (right == SIDE_FINITE)
        return one_sided(before, now, &right_fields, left);
    if (left == SIDE_UNSURE || right == SIDE_UNSURE)
        return nothing(now, ORACLE_UNSURE);
    if (left == SIDE_JUMP || right == SIDE_JUMP)
        return nothing(now, ORACLE_JUMP);
    return left == SIDE_NONE && right == SIDE_NONE ? nothing(now, ORACLE_UNDEFINED) : infinite(now);
}

/* Values of diffs have so many bits and no more: is what they differ by less than that? */
static bool is_noise(mpfr_srcptr now, const Attempts *attempts)
{
    if (attempts->known == LONG_MAX || !mpfr_regular_p(now + SLOPE_VALUE))
        return false;
    long noise = size_of(now + SLOPE_VALUE) - attempts->known + NOISY - attempts->step;
    return size_of(now + SLOPE_CENTRE) < noise && size_of(now + SLOPE_STEP_RIGHT) < noise &&
           size_of(now + SLOPE_STEP_LEFT) < noise;
}

static Verdict zero(mpfr_ptr now)
{
    mpfr_set_zero(now + SLOPE_FOUND, 1);
    mpfr_set_zero(now + SLOPE_FOUND_LEFT, 1);
    mpfr_set_zero(now + SLOPE_FOUND_RIGHT, 1);
    return (Verdict){ORACLE_OK, ORACLE_BITS_MAX};
}

/* Where in the end nothing can be seen for the noise of diffs there is nothing. */
Verdict verdict_of(mpfr_srcptr before, mpfr_ptr now, const Attempts *attempts)
{
    if (!before)
        return alone(now, attempts);
    Verdict v = both(before, now, attempts);
    bool unseen = v.status == ORACLE_UNSURE && is_last(attempts);
    return unseen && is_noise(now, attempts) ? zero(now) : v;
}
