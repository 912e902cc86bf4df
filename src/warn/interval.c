/* Ranges in, ranges out: ends, and the four operations of arithmetic. Ends are rounded outward
 * unless they are exact, which the error of each operation says: so 1 - x*x has the end 0 where x
 * has the ends -1 and 1, and not one below it. */
#include <float.h>
#include <math.h>

#include "warn/warn.h"

static const double infinite = (double)INFINITY;

/* An end of an interval. */
typedef struct End {
    double x;
    bool open;
} End;

static End low_of(const Range *r) { return (End){r->low, r->flags & RANGE_LOW_OPEN}; }
static End high_of(const Range *r) { return (End){r->high, r->flags & RANGE_HIGH_OPEN}; }

static Range range_of(End low, End high)
{
    Range r = {low.x, high.x, 0, 0};
    if (isnan(low.x) || isnan(high.x))
        return range_all();
    low.open = low.open || low.x == -infinite;
    high.open = high.open || (high.x == infinite && low.x != infinite);
    r.flags = (low.open ? RANGE_LOW_OPEN : 0u) | (high.open ? RANGE_HIGH_OPEN : 0u);
    if (low.x > high.x || (low.x == high.x && r.flags))
        return range_none();
    return r;
}

Range range_between(double low, double high, bool low_open, bool high_open)
{
    Range r = range_of((End){low, low_open}, (End){high, high_open});
    r.flags |= RANGE_EXACT;
    return r;
}

Range range_all(void)
{
    return (Range){-infinite, infinite, 0, RANGE_LOW_OPEN | RANGE_HIGH_OPEN};
}

Range range_none(void) { return (Range){0, 0, 0, RANGE_EMPTY}; }

Range range_point(double value)
{
    return (Range){value, value, 0, RANGE_EXACT};
}

/* ---- what it says */

bool range_is_empty(const Range *r) { return r->flags & RANGE_EMPTY; }

/* note [hair]: an end that was rounded outward must not be taken for a number that the value comes
 * near to: 3*x < 0.3 for x < 0.1, which is not below the double 0.3. So an open end counts as the
 * number that it is a few units in the last place beyond, measured by the whole of the range, or by
 * 1 where that has no end; of a range that is larger than HAIR_SIZE, by that: its other end may
 * have nothing to do with this one. */
#define HAIR_SIZE 0x1p30

static bool is_hair(const Range *r, double end, double value)
{
    if (isinf(end))
        return false;
    double size = isinf(r->low + r->high) ? fmax(1, fabs(end)) : fmax(fabs(r->low), fabs(r->high));
    size = fmax(fmin(size, HAIR_SIZE), fmax(fabs(end), fabs(value)));
    return fabs(end - value) <= 8 * DBL_EPSILON * size;
}

bool range_is_at_least(const Range *r, double value)
{
    return range_is_empty(r) || r->low >= value ||
           (r->flags & RANGE_LOW_OPEN && is_hair(r, r->low, value));
}

bool range_is_above(const Range *r, double value)
{
    if (value == 0 && r->flags & RANGE_NOT_ZERO && r->low >= 0)
        return true;
    return range_is_empty(r) || r->low > value ||
           (r->flags & RANGE_LOW_OPEN && (r->low == value || is_hair(r, r->low, value)));
}

bool range_is_at_most(const Range *r, double value)
{
    return range_is_empty(r) || r->high <= value ||
           (r->flags & RANGE_HIGH_OPEN && is_hair(r, r->high, value));
}

bool range_is_below(const Range *r, double value)
{
    if (value == 0 && r->flags & RANGE_NOT_ZERO && r->high <= 0)
        return true;
    return range_is_empty(r) || r->high < value ||
           (r->flags & RANGE_HIGH_OPEN && (r->high == value || is_hair(r, r->high, value)));
}

bool range_has(const Range *r, double value)
{
    return !range_is_above(r, value) && !range_is_below(r, value) &&
           !(value == 0 && r->flags & RANGE_NOT_ZERO);
}

bool range_is_point(const Range *r) { return !range_is_empty(r) && r->low == r->high; }

/* ---- sets */

/* The one of two lower ends that is further up, or down if `down`. */
static End lower_end(End a, End b, bool down)
{
    if (a.x == b.x)
        return (End){a.x, down ? a.open && b.open : a.open || b.open};
    return (a.x < b.x) == down ? a : b;
}

static End negated(End e) { return (End){-e.x, e.open}; }

static End upper_end(End a, End b, bool up)
{
    return negated(lower_end(negated(a), negated(b), up));
}

bool range_within(const Range *inner, const Range *outer)
{
    if (range_is_empty(inner) || range_is_empty(outer))
        return range_is_empty(inner);
    End low = lower_end(low_of(inner), low_of(outer), true);
    End high = upper_end(high_of(inner), high_of(outer), true);
    bool zero = outer->flags & RANGE_NOT_ZERO && range_has(inner, 0);
    return !zero && low.x == outer->low && low.open == !!(outer->flags & RANGE_LOW_OPEN) &&
           high.x == outer->high && high.open == !!(outer->flags & RANGE_HIGH_OPEN);
}

Range range_meet(Range a, const Range *b)
{
    if (range_is_empty(&a) || range_is_empty(b))
        return range_none();
    Range r = range_of(lower_end(low_of(&a), low_of(b), false),
                       upper_end(high_of(&a), high_of(b), false));
    if (range_is_empty(&r))
        return r;
    r.leaves = a.leaves;
    r.flags |= (a.flags & (RANGE_EXACT | RANGE_GENERIC)) | ((a.flags | b->flags) & RANGE_NOT_ZERO);
    return r;
}

/* Is every number between two ranges in one of them? */
static bool overlap(const Range *a, const Range *b)
{
    Range r = range_meet(*a, b);
    if (!range_is_empty(&r))
        return true;
    return (a->high == b->low && (a->flags & RANGE_HIGH_OPEN) + (b->flags & RANGE_LOW_OPEN) < 3) ||
           (b->high == a->low && (b->flags & RANGE_HIGH_OPEN) + (a->flags & RANGE_LOW_OPEN) < 3);
}

Range range_join(const Range *a, const Range *b)
{
    if (range_is_empty(a) || range_is_empty(b))
        return range_is_empty(a) ? *b : *a;
    Range r = range_of(lower_end(low_of(a), low_of(b), true),
                       upper_end(high_of(a), high_of(b), true));
    const uint32_t both = a->flags & b->flags;
    r.leaves = a->leaves | b->leaves;
    r.flags |= both & RANGE_GENERIC;
    if (both & RANGE_EXACT && overlap(a, b))
        r.flags |= RANGE_EXACT;
    if (!range_has(a, 0) && !range_has(b, 0))
        r.flags |= RANGE_NOT_ZERO;
    return r;
}

/* ---- rounding: a result with what it is too small by */

static double down(double x, double error) { return error < 0 ? nextafter(x, -infinite) : x; }
static double up(double x, double error) { return error > 0 ? nextafter(x, infinite) : x; }

/* What the rounded sum lacks; 0 where that is infinite. */
static double sum_error(double a, double b, double s)
{
    if (isinf(s))
        return 0;
    double part = s - a;
    return (a - (s - part)) + (b - part);
}

static double product_error(double a, double b, double p)
{
    if (isinf(p) || a == 0 || b == 0 || isinf(a) || isinf(b))
        return 0;
    if (p == 0)
        return (a > 0) == (b > 0) ? 1 : -1;
    if (fabs(p) < 0x1p-960) /* the error may be no number of the type: it is too large, perhaps */
        return -1;
    return fma(a, b, -p);
}

/* Beyond the type's range, an end is its largest number, or an infinity. */
static double finite_down(double x, bool finite)
{
    return finite && x == infinite ? DBL_MAX : x;
}

static End sum_low(End a, End b)
{
    double s = a.x + b.x;
    bool finite = !isinf(a.x) && !isinf(b.x);
    return (End){down(finite_down(s, finite), sum_error(a.x, b.x, s)),
                 a.open || b.open || (finite && s == -infinite)};
}

static End sum_high(End a, End b) { return negated(sum_low(negated(a), negated(b))); }

/* Can neither be 0? */
static uint32_t not_zero(const Range *x, const Range *y)
{
    return range_has(x, 0) || range_has(y, 0) ? 0 : RANGE_NOT_ZERO;
}

Range range_add(const Range *x, const Range *y)
{
    if (range_is_empty(x) || range_is_empty(y))
        return range_none();
    return range_of(sum_low(low_of(x), low_of(y)), sum_high(high_of(x), high_of(y)));
}

Range range_neg(const Range *x)
{
    if (range_is_empty(x))
        return *x;
    Range r = range_of(negated(high_of(x)), negated(low_of(x)));
    r.flags |= x->flags & RANGE_NOT_ZERO;
    return r;
}

/* ---- products */

/* A product of ends, rounded down: 0 times an infinite end is 0, for the factor is finite wherever
 * the other one is 0. */
static End product_low(End a, End b)
{
    if (a.x == 0 || b.x == 0)
        return (End){0, (a.x == 0 ? a.open : true) && (b.x == 0 ? b.open : true)};
    double p = a.x * b.x;
    bool finite = !isinf(a.x) && !isinf(b.x);
    return (End){down(finite_down(p, finite), product_error(a.x, b.x, p)), a.open || b.open};
}

static End product_high(End a, End b) { return negated(product_low(negated(a), b)); }

/* Opens what is closed at 0 though no factor can be 0. */
static Range without_zero(Range r, uint32_t flag)
{
    if (!flag || range_is_empty(&r))
        return r;
    r.flags |= RANGE_NOT_ZERO | (r.low == 0 ? RANGE_LOW_OPEN : 0u) |
               (r.high == 0 ? RANGE_HIGH_OPEN : 0u);
    return r;
}

Range range_mul(const Range *x, const Range *y)
{
    if (range_is_empty(x) || range_is_empty(y))
        return range_none();
    const End a[2] = {low_of(x), high_of(x)}, b[2] = {low_of(y), high_of(y)};
    End low = product_low(a[0], b[0]), high = product_high(a[0], b[0]);
    for (int i = 1; i < 4; i++) {
        low = lower_end(low, product_low(a[i / 2], b[i % 2]), true);
        high = upper_end(high, product_high(a[i / 2], b[i % 2]), true);
    }
    return without_zero(range_of(low, high), not_zero(x, y));
}

/* 1/y of a range on one side of 0. */
static Range reciprocal(const Range *y)
{
    End low = high_of(y), high = low_of(y);
    double l = 1 / low.x, h = 1 / high.x;
    if (low.x == 0)
        l = -infinite;
    if (high.x == 0)
        h = infinite;
    l = finite_down(l, high_of(y).x != 0 && !isinf(high_of(y).x));
    h = -finite_down(-h, low_of(y).x != 0 && !isinf(low_of(y).x));
    if (!isinf(l) && l != 0 && !isinf(low.x))
        l = down(l, fma(-l, low.x, 1) * (low.x > 0 ? 1 : -1));
    if (!isinf(h) && h != 0 && !isinf(high.x))
        h = up(h, fma(-h, high.x, 1) * (high.x > 0 ? 1 : -1));
    return range_of((End){l, low.open || isinf(l) || isinf(low.x)},
                    (End){h, high.open || isinf(h) || isinf(high.x)});
}

Range range_div(const Range *x, const Range *y)
{
    if (range_is_empty(x) || range_is_empty(y) || (y->low == 0 && y->high == 0))
        return range_is_empty(x) || range_is_empty(y) ? range_none() : range_all();
    if (y->low < 0 && y->high > 0) {
        Range all = range_all();
        return without_zero(all, range_has(x, 0) ? 0 : RANGE_NOT_ZERO);
    }
    Range inverse = reciprocal(y);
    Range r = range_mul(x, &inverse);
    if (!isinf(x->low) && !isinf(x->high) && range_is_point(x) && range_is_point(y) &&
        x->low != 0 && y->low != 0) { /* one rounding, where that gives the number itself */
        double q = x->low / y->low;
        if (fma(q, y->low, -x->low) == 0)
            r = range_point(q);
    }
    return without_zero(r, range_has(x, 0) ? 0 : RANGE_NOT_ZERO);
}
