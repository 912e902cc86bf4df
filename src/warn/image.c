/* An operator and the ranges of its operands in, the range of its values out. What rises or falls
 * all along its domain is evaluated at the ends, by the operator's own row in more bits than a
 * double has; ops.def says which those are. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "warn/warn.h"

enum { EVAL_BITS = 80 };

static const double infinite = (double)INFINITY;

/* ---- operators of one operand that rise or fall */

/* Where the value at a number is kept once it is known. */
static PointImage *point_image(Images *images, Op op, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint32_t hash = hash_mix(hash_mix((uint32_t)op, (uint32_t)bits), (uint32_t)(bits >> 32));
    return &images->at[hash % IMAGES];
}

/* The value at a number; what it is near to at an infinity. Rounded down and up, unless a double
 * is the value to EVAL_BITS bits. */
static PointImage value_at(Images *images, Op op, double x)
{
    PointImage *end = point_image(images, op, x);
    if (end->op == op && end->x == x && !signbit(end->x) == !signbit(x))
        return *end;
    mpfr_t argument, value;
    mpfr_srcptr arguments[3] = {argument, argument, argument};
    mpfr_init2(argument, DBL_MANT_DIG);
    mpfr_init2(value, EVAL_BITS);
    mpfr_set_d(argument, x, MPFR_RNDN);
    op_eval(op, value, arguments);
    *end = (PointImage){op, x, mpfr_get_d(value, MPFR_RNDD), mpfr_get_d(value, MPFR_RNDU)};
    mpfr_clears(argument, value, (mpfr_ptr)0);
    return *end;
}

/* From one operand's end to another. */
static Range between_values(Images *images, Op op, const Range *x, bool falls)
{
    double first = value_at(images, op, falls ? x->high : x->low).down;
    double last = value_at(images, op, falls ? x->low : x->high).up;
    uint32_t low = falls ? RANGE_HIGH_OPEN : RANGE_LOW_OPEN;
    uint32_t high = falls ? RANGE_LOW_OPEN : RANGE_HIGH_OPEN;
    if (isnan(first) || isnan(last))
        return range_all();
    if (first == last) /* to all digits: an open range would be empty */
        return range_between(first, last, false, false);
    return range_between(first, last, x->flags & low, x->flags & high);
}

static Range absolute(const Range *x)
{
    Range r = *x;
    if (x->low >= 0)
        return r;
    Range minus = range_neg(x);
    if (x->high <= 0)
        return minus;
    bool turned = minus.high > x->high || (minus.high == x->high && x->flags & RANGE_HIGH_OPEN);
    const Range *larger = turned ? &minus : x;
    r = range_between(0, larger->high, x->flags & RANGE_NOT_ZERO, larger->flags & RANGE_HIGH_OPEN);
    return r;
}

static Range course_image(Images *images, Op op, const Range *x)
{
    const OpInfo *info = op_info(op);
    const OpCourse *course = &info->course;
    const bool steps = course->kind == COURSE_STEPS;
    Range domain = range_between(course->from, course->to, false, false);
    Range in = range_meet(*x, &domain);
    if (range_is_empty(&in))
        return in;
    if (info->flags & OPF_EVEN)
        in = absolute(&in);
    if (steps && in.flags & RANGE_LOW_OPEN && !isinf(in.low)) /* the step within */
        in.low = nextafter(in.low, infinite);
    if (steps && in.flags & RANGE_HIGH_OPEN && !isinf(in.high))
        in.high = nextafter(in.high, -infinite);
    Range r = op == OP_ABS || op == OP_REAL
                  ? in
                  : between_values(images, op, &in, course->kind == COURSE_FALLS);
    if (info->flags & OPF_VANISHES && x->flags & RANGE_NOT_ZERO)
        r.flags |= RANGE_NOT_ZERO;
    r.flags &= ~(uint32_t)(RANGE_EXACT | RANGE_GENERIC);
    if (steps)
        r.flags &= ~(uint32_t)(RANGE_LOW_OPEN | RANGE_HIGH_OPEN);
    else
        r.flags |= x->flags & (RANGE_EXACT | RANGE_GENERIC);
    return r;
}

/* ---- powers */

/* x^n for x that is 0 or more, rounded. */
static double power_at(double x, double n, mpfr_rnd_t round)
{
    if (x == 1 || (n > 0 && (x == 0 || isinf(x))))
        return x;
    mpfr_t base, exponent;
    mpfr_init2(base, DBL_MANT_DIG);
    mpfr_init2(exponent, DBL_MANT_DIG);
    mpfr_set_d(base, x, MPFR_RNDN);
    mpfr_set_d(exponent, n, MPFR_RNDN);
    mpfr_pow(base, base, exponent, round);
    double result = mpfr_get_d(base, round);
    mpfr_clears(base, exponent, (mpfr_ptr)0);
    return result;
}

/* x^n of what is 0 or more, n > 0. */
static Range rising_power(const Range *x, double n)
{
    Range r = range_between(power_at(x->low, n, MPFR_RNDD), power_at(x->high, n, MPFR_RNDU),
                            x->flags & RANGE_LOW_OPEN, x->flags & RANGE_HIGH_OPEN);
    r.flags |= x->flags & RANGE_NOT_ZERO;
    return r;
}

static Range integer_power(const Range *x, double n)
{
    double size = fabs(n);
    bool even = fmod(size, 2) == 0;
    Range zero = range_between(0, infinite, false, false), r;
    if (even) {
        Range all = absolute(x);
        r = rising_power(&all, size);
    } else {
        Range minus = range_neg(x), above = range_meet(*x, &zero), below = range_meet(minus, &zero);
        Range up = range_is_empty(&above) ? above : rising_power(&above, size);
        Range down = range_is_empty(&below) ? below : rising_power(&below, size);
        down = range_neg(&down);
        r = range_join(&up, &down);
    }
    r.flags |= x->flags & RANGE_NOT_ZERO;
    if (n < 0) {
        Range one = range_point(1);
        r = range_div(&one, &r);
    }
    return r;
}

/* x^y: of x < 0 there is a value where y is an integer. Else at the corners, if none is where x^y
 * has no limit. */
static Range real_power(const Range *x, const Range *y)
{
    const bool integer = range_is_point(y) && y->low == rint(y->low);
    if (integer && y->low != 0)
        return integer_power(x, y->low);
    if (!range_is_at_least(x, 0) && !range_is_point(y))
        return range_all();
    Range domain = range_between(0, infinite, false, false);
    Range in = integer ? range_point(1) : range_meet(*x, &domain);
    if (range_is_empty(&in) || range_is_empty(y))
        return range_none();
    if (range_is_point(y) && y->low > 0)
        return rising_power(&in, y->low);
    if (in.low == 0 || isinf(in.high) || isinf(y->low) || isinf(y->high))
        return range_between(0, infinite, range_is_above(&in, 0), true);
    double low = infinite, high = 0;
    for (int i = 0; i < 4; i++) {
        double base = i / 2 ? in.high : in.low, exponent = i % 2 ? y->high : y->low;
        low = fmin(low, power_at(base, exponent, MPFR_RNDD));
        high = fmax(high, power_at(base, exponent, MPFR_RNDU));
    }
    return range_between(low, high, false, false);
}

/* ---- circular functions */

/* Is a number of the form at + k*period within, or so near to it that rounding decides? */
static bool meets(const Range *x, double at, double period)
{
    double slack = 1e-9 * fmax(1, fmax(fabs(x->low), fabs(x->high)));
    return floor((x->high + slack - at) / period) >= ceil((x->low - slack - at) / period);
}

static Range wave(Images *images, Op op, const Range *x, double top)
{
    const double pi = 3.14159265358979323846;
    if (isinf(x->low) || isinf(x->high) || x->high - x->low >= 6.3)
        return range_between(-1, 1, false, false);
    /* the ends of the range; an extreme between counts more than they do */
    const bool open[2] = {x->flags & RANGE_LOW_OPEN, x->flags & RANGE_HIGH_OPEN};
    const PointImage ends[2] = {value_at(images, op, x->low), value_at(images, op, x->high)};
    const double least[2] = {ends[0].down, ends[1].down}, most[2] = {ends[0].up, ends[1].up};
    const int low = least[1] < least[0] || (least[1] == least[0] && open[0]);
    const int high = most[1] > most[0] || (most[1] == most[0] && open[0]);
    const bool bottom = meets(x, top + pi, 2 * pi), peak = meets(x, top, 2 * pi);
    return range_between(bottom ? -1 : least[low], peak ? 1 : most[high], !bottom && open[low],
                         !peak && open[high]);
}

static Range tangent(Images *images, const Range *x)
{
    const double half = 1.57079632679489661923;
    if (x->low < -half || x->high > half)
        return range_between(-infinite, infinite, true, true);
    Range r = between_values(images, OP_TAN, x, false);
    r.flags |= x->flags & RANGE_NOT_ZERO;
    return r;
}

/* ---- extremes */

static Range maximum(const Range *x, const Range *y)
{
    if (range_is_empty(x) || range_is_empty(y))
        return range_none();
    const Range *low = x->low > y->low || (x->low == y->low && x->flags & RANGE_LOW_OPEN) ? x : y;
    const Range *high =
        x->high > y->high || (x->high == y->high && !(x->flags & RANGE_HIGH_OPEN)) ? x : y;
    return range_between(low->low, high->high, low->flags & RANGE_LOW_OPEN,
                         high->flags & RANGE_HIGH_OPEN);
}

static Range minimum(const Range *x, const Range *y)
{
    Range a = range_neg(x), b = range_neg(y);
    a = maximum(&a, &b);
    Range r = range_neg(&a);
    r.flags |= RANGE_EXACT;
    return r;
}

/* The part of x that is 0 or more, and of what becomes of the rest. */
static Range bent(const Range *x, Range rest)
{
    Range zero = range_between(0, infinite, false, false), above = range_meet(*x, &zero);
    above.flags |= RANGE_EXACT;
    return range_join(&above, &rest);
}

static Range below_zero(const Range *x)
{
    Range zero = range_between(-infinite, 0, true, false);
    return range_meet(*x, &zero);
}

static Range relu(const Range *x)
{
    Range zero = range_point(0);
    return maximum(x, &zero);
}

/* ---- truth */

static Range truth(bool never, bool always)
{
    return never ? range_point(0) : always ? range_point(1) : range_between(0, 1, false, false);
}

/* x < y and so on, of x - y. */
static Range compared(Op op, const Range *d, bool same)
{
    Range zero = range_point(0);
    if (same)
        d = &zero;
    switch (op) {
    case OP_LT: return truth(range_is_at_least(d, 0), range_is_below(d, 0));
    case OP_LE: return truth(range_is_above(d, 0), range_is_at_most(d, 0));
    case OP_GT: return truth(range_is_at_most(d, 0), range_is_above(d, 0));
    case OP_GE: return truth(range_is_below(d, 0), range_is_at_least(d, 0));
    case OP_EQ: return truth(!range_has(d, 0), d->low == 0 && d->high == 0);
    default: return truth(d->low == 0 && d->high == 0, !range_has(d, 0));
    }
}

/* ---- any operator */

static Range difference(const Range *x, const Range *y, bool same)
{
    Range minus = range_neg(y);
    if (!same && y->low == 0 && range_is_point(y))
        return *x;
    return same ? range_point(0) : range_add(x, &minus);
}

/* Values from -most to most, of the sign of x if that is known. */
static Range within(const Range *x, double most)
{
    return range_between(range_is_at_least(x, 0) ? 0 : -most, range_is_at_most(x, 0) ? 0 : most,
                         false, false);
}

static double largest(const Range *x) { return fmax(fabs(x->low), fabs(x->high)); }

static Range hypotenuse(Images *images, const Range *x, const Range *y)
{
    const Range a = absolute(x), b = absolute(y);
    const Range one = integer_power(&a, 2), other = integer_power(&b, 2);
    const Range sum = range_add(&one, &other);
    return course_image(images, OP_SQRT, &sum);
}

/* Of x > 0; special functions are bounded from below there, by what they are at their minimum. */
static Range special(Images *images, Op op, const Range *x)
{
    if (!range_is_above(x, 0))
        return range_all();
    switch (op) {
    case OP_TGAMMA: return range_between(0.88, infinite, false, true);
    case OP_LGAMMA: return range_between(-0.13, infinite, false, true);
    case OP_TRIGAMMA: return between_values(images, op, x, true);
    case OP_DIGAMMA: return between_values(images, op, x, false);
    default: return range_all();
    }
}

static Range values_of(Images *images, Op op, const Range *x, bool same)
{
    Range a, b;
    switch (op) {
    case OP_NEG: return range_neg(&x[0]);
    case OP_ADD: return range_add(&x[0], &x[1]);
    case OP_SUB: case OP_LT: case OP_LE: case OP_GT: case OP_GE: case OP_EQ: case OP_NE:
        a = difference(&x[0], &x[1], same);
        return op == OP_SUB ? a : compared(op, &a, same);
    case OP_MUL: return same ? integer_power(&x[0], 2) : range_mul(&x[0], &x[1]);
    case OP_DIV: return same ? range_point(1) : range_div(&x[0], &x[1]);
    case OP_IPOW: return integer_power(&x[0], x[1].low);
    case OP_POW: return real_power(&x[0], &x[1]);
    case OP_IDIV:
        a = range_div(&x[0], &x[1]);
        return course_image(images, OP_FLOOR, &a);
    case OP_IMOD: return within(&x[1], largest(&x[1])); /* the divisor's sign */
    case OP_SIN: return wave(images, op, &x[0], 1.57079632679489661923);
    case OP_COS: return wave(images, op, &x[0], 0);
    case OP_TAN: return tangent(images, &x[0]);
    case OP_ATAN2: return range_between(-3.2, 3.2, false, false);
    case OP_HYPOT: return hypotenuse(images, &x[0], &x[1]);
    case OP_MAX: return maximum(&x[0], &x[1]);
    case OP_MIN: return minimum(&x[0], &x[1]);
    case OP_CLAMP:
        a = maximum(&x[0], &x[1]);
        return minimum(&a, &x[2]);
    case OP_RELU: return relu(&x[0]);
    case OP_LEAKY_RELU:
        a = below_zero(&x[0]);
        return bent(&x[0], range_mul(&a, &x[1]));
    case OP_ELU:
        b = below_zero(&x[0]);
        a = course_image(images, OP_EXPM1, &b);
        return bent(&x[0], range_mul(&a, &x[1]));
    case OP_GELU: return bent(&x[0], range_between(-0.17, 0, false, true));
    case OP_SILU: return bent(&x[0], range_between(-0.28, 0, false, true));
    case OP_MOD: return within(&x[0], fmin(largest(&x[0]), largest(&x[1])));
    case OP_REMAINDER: a = range_all(); return within(&a, largest(&x[1]) / 2);
    case OP_FDIM:
        a = difference(&x[0], &x[1], same);
        return relu(&a);
    case OP_COPYSIGN: a = absolute(&x[0]); return within(&x[1], a.high);
    case OP_LOGADDEXP: /* at most log(2) above the larger one */
        return range_between(fmax(x[0].low, x[1].low),
                             nextafter(fmax(x[0].high, x[1].high) + 0.7, infinite), false, true);
    case OP_AND: return minimum(&x[0], &x[1]);
    case OP_OR: return maximum(&x[0], &x[1]);
    case OP_NOT: return truth(!range_has(&x[0], 0), range_is_point(&x[0]));
    case OP_NONZERO:
        return truth(range_is_point(&x[0]) && range_has(&x[0], 0), !range_has(&x[0], 0));
    default: return special(images, op, &x[0]);
    }
}

/* note [exact]: operators whose range above is just what is attained where operands are. */
static bool is_tight(Op op, const Range *x)
{
    switch (op) {
    case OP_NEG: case OP_ADD: case OP_SUB: case OP_MUL: case OP_IPOW: case OP_SIN: case OP_COS:
    case OP_MAX: case OP_MIN: case OP_CLAMP: case OP_RELU: case OP_HYPOT: case OP_LEAKY_RELU:
    case OP_ELU:
        return true;
    case OP_DIV: return !range_has(&x[1], 0) || (x[1].flags & RANGE_GENERIC);
    case OP_POW: return range_is_point(&x[1]) && x[1].low > 0;
    default: return false;
    }
}

/* Does a value that is met by chance only stay such? */
static bool is_generic(Op op, const Range *x, bool same)
{
    const bool a = x[0].flags & RANGE_GENERIC, b = x[1].flags & RANGE_GENERIC;
    switch (op) {
    case OP_NEG: case OP_IPOW: case OP_SIN: case OP_COS: case OP_TAN: case OP_LEAKY_RELU:
    case OP_ELU: case OP_GELU: case OP_SILU: case OP_TGAMMA: case OP_LGAMMA: case OP_DIGAMMA:
    case OP_TRIGAMMA: case OP_MOD: case OP_REMAINDER: case OP_COPYSIGN:
        return a;
    case OP_ADD: case OP_HYPOT: case OP_ATAN2: case OP_LOGADDEXP: return a || b;
    case OP_SUB: return !same && (a || b);
    case OP_MUL:
        return same ? a : (a && (b || !range_has(&x[1], 0))) || (b && !range_has(&x[0], 0));
    case OP_DIV: return !same && (a || (b && !range_has(&x[0], 0)));
    case OP_POW: return a || (b && !range_has(&x[0], 0));
    case OP_MAX: case OP_MIN: return a && b;
    case OP_RELU: return a && range_is_at_least(&x[0], 0);
    default: return false;
    }
}

/* Are the operands known exactly, and can each be anything whatever the others are? */
static bool are_free(const Range *x, int arity, bool same)
{
    uint64_t seen = 0;
    for (int i = 0; i < arity; i++) {
        if (!(x[i].flags & RANGE_EXACT) || (!(same && i == 1) && seen & x[i].leaves))
            return false;
        seen |= x[i].leaves;
    }
    return true;
}

Range image_of(Images *images, Op op, const Range *x, bool same)
{
    const int arity = op_info(op)->arity;
    Range r;
    uint64_t leaves = 0;
    for (int i = 0; i < arity; i++) {
        if (range_is_empty(&x[i]))
            return range_none();
        leaves |= x[i].leaves;
    }
    if (op_info(op)->course.kind) {
        r = course_image(images, op, &x[0]);
    } else {
        r = values_of(images, op, x, same);
        r.flags &= ~(uint32_t)(RANGE_EXACT | RANGE_GENERIC);
        if (is_tight(op, x) && are_free(x, arity, same))
            r.flags |= RANGE_EXACT;
        if (is_generic(op, x, same))
            r.flags |= RANGE_GENERIC;
    }
    r.leaves = range_is_empty(&r) ? 0 : leaves;
    return r;
}
