/* helpers_ulp: how accurate are the functions of templates/helpers.c?
 *
 * In: HELPERS, the template filled in for the type REAL with the prefix `model`. Out: for each
 * function the greatest error found, in units in the last place, against op_eval at 200 bits;
 * and the exit status 1 if one is beyond its bound, differs at a special point, or raises "invalid"
 * or "division by zero" where there is no pole. See check_helpers in run.
 *
 * The one idea: points are a centre plus or minus a distance whose logarithm is spread evenly,
 * so that every order of magnitude is seen, above all close to zeros and poles.
 */
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdint.h>

#include "graph/graph.h"

#ifndef HELPERS
#define HELPERS "helpers.h"
#endif
#ifndef REAL
#define REAL double
#endif

#include HELPERS

typedef REAL Real;

enum {
    BITS = 200,     /* of the reference */
    POINTS = 1000   /* a range */
};

/* The bits of the type and the exponent of its least value. */
static const int bits = sizeof(Real) == 4 ? FLT_MANT_DIG
                        : sizeof(Real) == 8 ? DBL_MANT_DIG : LDBL_MANT_DIG;
static const long least = sizeof(Real) == 4 ? FLT_MIN_EXP - FLT_MANT_DIG
                          : sizeof(Real) == 8 ? DBL_MIN_EXP - DBL_MANT_DIG
                                              : LDBL_MIN_EXP - LDBL_MANT_DIG;

typedef struct Helper {
    Op op;                  /* its row */
    double bound;           /* the greatest error allowed, in ulps of double */
    Real (*one)(Real);      /* the function, by how many arguments it takes */
    Real (*two)(Real, Real);
    double most;            /* the greatest error so far */
    Real where[2];          /* and its point */
    int wrong;              /* how many points were wrong otherwise */
} Helper;

/* sign, min, max and clamp are exact: see choices. */
static Helper helpers[] = {
    {.op = OP_DIGAMMA, .bound = 5, .one = model_digamma},
    {.op = OP_POLYGAMMA, .bound = 6, .two = model_polygamma},
    {.op = OP_LOGADDEXP, .bound = 2.5, .two = model_logaddexp},
    {.op = OP_SIGMOID, .bound = 2.5, .one = model_sigmoid},
    {.op = OP_SOFTPLUS, .bound = 2, .one = model_softplus},
    {.op = OP_GELU, .bound = 6, .one = model_gelu},
    {.op = OP_SILU, .bound = 4, .one = model_silu},
};
enum { HELPERS_COUNT = sizeof helpers / sizeof *helpers };

/* ---- measuring -------------------------------------------------------------------------- */

static void real_set(mpfr_ptr out, Real x)
{
    mpfr_init2(out, LDBL_MANT_DIG);
    mpfr_set_ld(out, x, MPFR_RNDN);
}

static void reference(mpfr_ptr out, Op op, const Real *x)
{
    mpfr_t args[3];
    mpfr_srcptr operands[3] = {args[0], args[1], args[2]};
    int arity = op_info(op)->arity;
    for (int i = 0; i < arity; i++)
        real_set(args[i], x[i]);
    op_eval(op, out, operands);
    for (int i = 0; i < arity; i++)
        mpfr_clear(args[i]);
}

/* Sets `part` to what the result may be the small difference of: below 0, of digamma its value
 * at 1 - x (at least 1/2), of polygamma that or, for even orders, its value at the distance from
 * the nearest integer; of logaddexp the greater operand. And of gelu to what makes the ulp x/2
 * times the least value, since that is what erfc's are multiplied by. */
static void part_set(mpfr_ptr part, Op op, const Real *x)
{
    int last = op == OP_POLYGAMMA;
    Real at[2] = {x[0], x[1]};
    mpfr_set_zero(part, 1);
    if (op == OP_LOGADDEXP)
        mpfr_set_ld(part, x[0] > x[1] ? x[0] : x[1], MPFR_RNDN);
    if (op == OP_GELU)
        mpfr_set_ld(part, ldexpl(x[0], (int)least + bits - 1), MPFR_RNDN);
    if ((op != OP_DIGAMMA && op != OP_POLYGAMMA) || x[last] > 0)
        return;
    at[last] = 1 - x[last];
    if (op == OP_POLYGAMMA && fmodl(x[0], 2) == 0)
        at[last] = (Real)fabsl(x[last] - roundl(x[last]));
    reference(part, op, at);
    if (op == OP_DIGAMMA && mpfr_cmpabs_ui(part, 1) < 0)
        mpfr_set_d(part, 0.5, MPFR_RNDN);
}

/* The exponent of the unit in the last place: of the value, of its large part, or of the other
 * part, which makes their sum. */
static long ulp_exponent(mpfr_srcptr value, Op op, const Real *x)
{
    mpfr_t size;
    mpfr_init2(size, BITS);
    part_set(size, op, x);
    if (mpfr_sgn(size) * mpfr_sgn(value) < 0)
        mpfr_sub(size, value, size, MPFR_RNDN);
    else
        mpfr_add(size, value, size, MPFR_RNDN);
    long exponent = least;
    if (mpfr_regular_p(size) && mpfr_get_exp(size) - bits > least)
        exponent = mpfr_get_exp(size) - bits;
    mpfr_clear(size);
    return exponent;
}

/* The error of `got` in ulps; what rounds to an infinity counts as the power of two there. */
static double error_of(Op op, const Real *x, Real got)
{
    const long top = sizeof(Real) == 4 ? FLT_MAX_EXP
                     : sizeof(Real) == 8 ? DBL_MAX_EXP : LDBL_MAX_EXP;
    mpfr_t value, error;
    mpfr_init2(value, BITS);
    mpfr_init2(error, BITS);
    reference(value, op, x);
    long ulp = ulp_exponent(value, op, x);
    if (mpfr_inf_p(value) || (mpfr_regular_p(value) && mpfr_get_exp(value) > top)) {
        mpfr_set_si_2exp(value, mpfr_signbit(value) ? -1 : 1, top, MPFR_RNDN);
        ulp = top - bits;
    }
    if (isinf(got))
        mpfr_set_si_2exp(error, got < 0 ? -1 : 1, top, MPFR_RNDN);
    else
        mpfr_set_ld(error, got, MPFR_RNDN);
    mpfr_sub(error, error, value, MPFR_RNDN);
    mpfr_mul_2si(error, error, -ulp, MPFR_RNDN);
    double ulps = fabs(mpfr_get_d(error, MPFR_RNDN));
    mpfr_clears(value, error, (mpfr_ptr)0);
    return ulps;
}

static void point(Helper *helper, Real x, Real y)
{
    Real at[2] = {x, y};
    feclearexcept(FE_ALL_EXCEPT);
    Real got = helper->one ? helper->one(x) : helper->two(x, y);
    helper->wrong += fetestexcept(FE_INVALID | FE_DIVBYZERO) != 0;
    double error = error_of(helper->op, at, got);
    if (error <= helper->most)
        return;
    helper->most = error; /* a NaN gets here, too, and stays */
    helper->where[0] = x;
    helper->where[1] = y;
}

/* ---- points ----------------------------------------------------------------------------- */

static uint64_t seed = 1;

/* Evenly between 0 and 1; Knuth's multiplier for 64 bits. */
static long double even(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (long double)(seed >> 11) / 9007199254740992.0L;
}

typedef struct Range {
    Op op;              /* whose points */
    long double centre;
    long double near;   /* the least distance from it, 0: the distance itself is spread evenly */
    long double far;    /* the greatest */
    int side;           /* -1, 1: below it, above it; 0: both */
} Range;

static const Range ranges[] = {
    {OP_DIGAMMA, 0, 1e-320L, 1e308L, 1},
    {OP_DIGAMMA, 0, 0, 12, 1},
    {OP_DIGAMMA, 0, 0, 3, 1},
    {OP_DIGAMMA, 1.46163214496836234126266L, 1e-17L, 1, 0},
    {OP_DIGAMMA, 0, 1e-300L, 1e12L, -1},
    {OP_DIGAMMA, 0, 0, 20, -1},
    {OP_DIGAMMA, 0, 0, 1, -1},
    {OP_DIGAMMA, -1, 1e-14L, 0.5L, 0},
    {OP_DIGAMMA, -100, 1e-12L, 0.5L, 0},
    {OP_DIGAMMA, -7.5L, 1e-14L, 0.5L, 0},
    {OP_DIGAMMA, -1000000, 0, 1000000, 0},
    {OP_POLYGAMMA, 0, 1e-320L, 1e308L, 1},
    {OP_POLYGAMMA, 0, 0.01L, 100, 1},
    {OP_POLYGAMMA, 0, 0, 12, 1},
    {OP_POLYGAMMA, 0, 1e-20L, 1e6L, -1},
    {OP_POLYGAMMA, 0, 0, 10, -1},
    {OP_POLYGAMMA, -3, 1e-12L, 0.5L, 0},
    {OP_POLYGAMMA, -20.5L, 1e-12L, 0.5L, 0},
    {OP_SIGMOID, 0, 1e-300L, 1e308L, 0},
    {OP_SIGMOID, 0, 0, 10, 0},
    {OP_SIGMOID, 0, 0, 800, -1},
    {OP_SOFTPLUS, 0, 1e-300L, 1e308L, 0},
    {OP_SOFTPLUS, 0, 0, 10, 0},
    {OP_SOFTPLUS, 0, 0, 800, -1},
    {OP_GELU, 0, 1e-320L, 1e308L, 0},
    {OP_GELU, 0, 0, 3, 0},
    {OP_GELU, 0, 0, 39, -1},
    {OP_SILU, 0, 1e-320L, 1e308L, 0},
    {OP_SILU, 0, 0, 10, 0},
    {OP_SILU, 0, 0, 760, -1},
};

static Real draw(const Range *range)
{
    long double distance = range->far * even();
    if (range->near > 0)
        distance = range->near * powl(range->far / range->near, even());
    int side = range->side ? range->side : even() < 0.5L ? -1 : 1;
    return (Real)(range->centre + side * distance);
}

static bool is_pole(Op op, Real x)
{
    return (op == OP_DIGAMMA || op == OP_POLYGAMMA) && x <= 0 && x == floorl(x);
}

static void range_run(Helper *helper, const Range *range)
{
    for (int i = 0; i < POINTS; i++) {
        Real x = draw(range), n = (Real)(i % 10 + 1); /* errors grow with n */
        if (isinf(x) || is_pole(helper->op, x))
            continue;
        if (helper->one)
            point(helper, x, 0);
        else
            point(helper, n, x);
    }
}

/* y at all distances from x, and on the curve where the result is 0 */
static void pairs_run(Helper *helper)
{
    static const Range size = {OP_LOGADDEXP, 0, 1e-300L, 1e300L, 0};
    static const Range plain = {OP_LOGADDEXP, 0, 0, 50, 0};
    for (int i = 0; i < POINTS; i++) {
        Real x = draw(i % 2 ? &size : &plain), y = draw(i % 4 < 2 ? &size : &plain);
        Real d = draw(&plain), e = draw(&(Range){OP_LOGADDEXP, 0, 1e-10L, 30, -1});
        if (isinf(x) || isinf(y))
            continue;
        point(helper, x, y);
        point(helper, x, x);
        point(helper, x, x + d);
        point(helper, e, (Real)logl(-expm1l(e)));
    }
}

/* The floating-point neighbours of a point. */
static void neighbours_run(Helper *helper, long double centre)
{
    Real step = (Real)ldexpl(1, -bits - 2);
    for (int i = -400; i <= 400; i++)
        point(helper, (Real)(centre * (1 + 4 * (long double)step * i)), 0);
}

/* ---- special points --------------------------------------------------------------------- */

/* Equal, signs of zeros included, or both NaN. */
static bool same(Op op, const Real *x, Real got)
{
    mpfr_t value;
    mpfr_init2(value, bits);
    reference(value, op, x);
    bool nan = mpfr_nan_p(value), sign = mpfr_signbit(value);
    long double expected = mpfr_get_ld(value, MPFR_RNDN);
    mpfr_clear(value);
    return nan ? isnan(got) : !isnan(got) && (isinf(expected) ? isinf(got) : !isinf(got)) &&
                              sign == !!signbit(got) && (expected == 0) == (got == 0);
}

static const Real specials[] = {
    -HUGE_VALF, -2, -1, -0.0f, 0, 1, 2, HUGE_VALF, NAN
};
enum { SPECIALS = sizeof specials / sizeof *specials };

static void specials_run(Helper *helper)
{
    for (int i = 0; i < SPECIALS; i++) {
        if (helper->one)
            helper->wrong += !same(helper->op, &specials[i], helper->one(specials[i]));
        for (int j = 0; j < SPECIALS && helper->two; j++) {
            Real at[2] = {specials[i], specials[j]};
            if (helper->op == OP_POLYGAMMA && (at[0] < 1 || isinf(at[0])))
                continue;
            helper->wrong += !same(helper->op, at, helper->two(at[0], at[1]));
        }
    }
}

/* sign, min, max, clamp at all special points; how many are wrong. */
static int choices_wrong(void)
{
    int wrong = 0;
    for (int i = 0; i < SPECIALS * SPECIALS * SPECIALS; i++) {
        Real x[3] = {specials[i % SPECIALS], specials[i / SPECIALS % SPECIALS],
                     specials[i / SPECIALS / SPECIALS]};
        wrong += !same(OP_SIGN, x, model_sign(x[0]));
        wrong += !same(OP_MIN, x, model_min(x[0], x[1]));
        wrong += !same(OP_MAX, x, model_max(x[0], x[1]));
        wrong += !same(OP_CLAMP, x, model_clamp(x[0], x[1], x[2]));
    }
    return wrong;
}

/* ---- the report ------------------------------------------------------------------------- */

static bool helper_run(Helper *helper)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].op == helper->op)
            range_run(helper, &ranges[i]);
    if (helper->op == OP_LOGADDEXP)
        pairs_run(helper);
    if (helper->op == OP_DIGAMMA)
        neighbours_run(helper, 1.46163214496836234126266L);
    specials_run(helper);
    double bound = helper->bound * (bits == DBL_MANT_DIG ? 1 : 2); /* other libraries' errors */
    bool good = helper->most <= bound && helper->wrong == 0;
    printf("%-10s %6.2f ulp at (%.20Lg, %.20Lg), bound %.3g, %d wrong%s\n",
           op_info(helper->op)->spelling, helper->most, (long double)helper->where[0],
           (long double)helper->where[1], bound, helper->wrong, good ? "" : "  FAILED");
    return good;
}

int main(void)
{
    int failed = 0, choices = choices_wrong();
    for (int i = 0; i < HELPERS_COUNT; i++)
        failed += !helper_run(&helpers[i]);
    if (choices)
        printf("sign, min, max, clamp: %d special points wrong  FAILED\n", choices);
    failed += choices != 0;
    printf("helpers: %d passed, %d failed\n", HELPERS_COUNT + 1 - failed, failed);
    mpfr_free_cache();
    return failed != 0;
}
