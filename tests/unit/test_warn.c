/* test_warn: ranges of values against values, over the whole table of operators. Ranges of operands
 * are drawn with ends that are 0, infinite, tiny, huge and near to each other, open and closed;
 * points of theirs are evaluated in MPFR, and must fall in the range that image_of gives. What rows
 * say of an operator's course is seen from points in order. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "each.h"
#include "warn/warn.h"

Suite *suite_warn(void);

enum { BITS = 200, END_BITS = 76, RANGES = 150, POINTS = 12, COURSE_POINTS = 400 };

static mpfr_t operand[3], value, before;
static mpfr_srcptr operands[3];
static uint64_t state;

static void setup(void)
{
    for (int i = 0; i < 3; i++) {
        mpfr_init2(operand[i], DBL_MANT_DIG);
        operands[i] = operand[i];
    }
    mpfr_inits2(BITS, value, before, (mpfr_ptr)0);
    state = 20;
}

static void teardown(void)
{
    for (int i = 0; i < 3; i++)
        mpfr_clear(operand[i]);
    mpfr_clears(value, before, (mpfr_ptr)0);
    mpfr_free_cache();
}

static uint32_t draw(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

static double draw_unit(void) { return draw(1u << 30) / (double)(1u << 30); }

/* Rows that are computed by themselves, from numbers. */
static bool is_scalar(Op op)
{
    const OpInfo *info = op_info(op);
    return info->arity > 0 && !(info->flags & (OPF_REDUCE | OPF_ARRAY)) && op != OP_DIFF &&
           op != OP_READ && op != OP_PART && op != OP_MEMBER && op != OP_DET && op != OP_ACTIVE;
}

/* ---- what operands there are */

typedef enum Kind { KIND_REAL, KIND_INTEGER, KIND_TRUTH, KIND_EXPONENT, KIND_ORDER } Kind;

static Kind kind_of(Op op, int i)
{
    if (op == OP_IDIV || op == OP_IMOD)
        return KIND_INTEGER;
    if (op == OP_AND || op == OP_OR || op == OP_NOT || (op == OP_SELECT && i == 0))
        return KIND_TRUTH;
    if (op == OP_IPOW && i == 1)
        return KIND_EXPONENT;
    return op == OP_POLYGAMMA && i == 0 ? KIND_ORDER : KIND_REAL;
}

static double draw_end(Kind kind)
{
    static const double special[] = {0, 0, 1, -1, 0.5, -0.5, 2, 3, INFINITY, -INFINITY, DBL_MAX,
        -DBL_MAX, DBL_TRUE_MIN, -DBL_TRUE_MIN, DBL_MIN, 1e300, -1e300, 1e-9, 1.5707963267948966,
        -1.5707963267948966, 3.141592653589793, 6.283185307179586, 700, -745};
    switch (kind) {
    case KIND_INTEGER: return draw(6) ? draw(21) - 10.0 : draw(2001) - 1000.0;
    case KIND_TRUTH: return draw(2);
    case KIND_EXPONENT: return draw(2) ? 2 + draw(7) : -1.0 - draw(7);
    case KIND_ORDER: return 1 + draw(4);
    case KIND_REAL: break;
    }
    if (draw(2))
        return special[draw(sizeof special / sizeof *special)];
    double x = (2 * draw_unit() - 1) * (draw(4) ? 10 : 1);
    return draw(5) ? x : ldexp(x, (int)draw(200) - 100);
}

/* An open end next to 0 counts as 0, note [hair] of interval.c. */
static bool can_be_open(double x) { return x == 0 || fabs(x) >= 1e-3; }

static Range draw_range(Kind kind)
{
    double a = draw_end(kind), b = draw(6) ? draw_end(kind) : a;
    if (kind == KIND_REAL && !draw(8) && !isinf(a)) /* ends that touch */
        b = nextafter(a, INFINITY);
    if (kind == KIND_EXPONENT || kind == KIND_ORDER)
        b = a;
    if (isinf(a) && a == b)
        b = 0;
    double low = fmin(a, b), high = fmax(a, b);
    Range r = range_between(low, high, kind == KIND_REAL && !draw(3) && can_be_open(low),
                            kind == KIND_REAL && !draw(3) && can_be_open(high));
    if (kind == KIND_REAL && !draw(4) && !range_is_point(&r))
        r.flags |= RANGE_NOT_ZERO;
    return r;
}

/* A number of a range: near an end, 0, or between. */
static double draw_point(const Range *r, Kind kind)
{
    double low = isinf(r->low) ? -DBL_MAX : r->low, high = isinf(r->high) ? DBL_MAX : r->high;
    double x;
    switch (draw(8)) {
    case 0: x = low; break;
    case 1: x = high; break;
    case 2: x = nextafter(low, INFINITY); break;
    case 3: x = nextafter(high, -INFINITY); break;
    case 4: x = 0; break;
    case 5: x = draw_end(kind); break;
    default: x = low + draw_unit() * (high / 2 - low / 2) * 2; break;
    }
    return kind == KIND_REAL ? x : rint(x);
}

static bool holds(const Range *r, double x)
{
    return !range_is_empty(r) && (x > r->low || (x == r->low && !(r->flags & RANGE_LOW_OPEN))) &&
           (x < r->high || (x == r->high && !(r->flags & RANGE_HIGH_OPEN))) && !isinf(x) &&
           (x != 0 || !(r->flags & RANGE_NOT_ZERO));
}

/* ---- what comes out */

/* Comparisons and signs count what is as near as this to an open end as the end itself. */
static bool is_near(Op op, const double *at)
{
    if (op == OP_COPYSIGN)
        return fabs(at[1]) < 1e-5;
    return op_info(op)->prec == PREC_REL && fabs(at[0] - at[1]) < 1e-5;
}

/* Is a value that rounds to the end of a range that end? So it is where nothing is extreme. */
static bool is_moderate(double x) { return x == 0 || (fabs(x) <= 8 && fabs(x) >= 1e-3); }

/* As it compares with an end, which is right to END_BITS bits. */
static int compare_end(mpfr_srcptr v, double end)
{
    mpfr_sub_d(before, v, end, MPFR_RNDN);
    bool near = mpfr_regular_p(before) && mpfr_regular_p(v) && !isinf(end) &&
                mpfr_get_exp(before) < mpfr_get_exp(v) - END_BITS;
    return near ? 0 : mpfr_sgn(before);
}

static bool contains(const Range *r, mpfr_srcptr v, bool strict)
{
    if (range_is_empty(r))
        return false;
    int low = compare_end(v, r->low), high = compare_end(v, r->high);
    if (low < 0 || high > 0)
        return false;
    bool at_low = mpfr_cmp_d(v, r->low) == 0 && r->flags & RANGE_LOW_OPEN;
    bool at_high = mpfr_cmp_d(v, r->high) == 0 && r->flags & RANGE_HIGH_OPEN;
    bool at_zero = mpfr_zero_p(v) && r->flags & RANGE_NOT_ZERO;
    return !strict || !(at_low || at_high || at_zero);
}

static void check_point(Op op, const Range *x, const Range *image, bool same)
{
    const int arity = op_info(op)->arity;
    double at[3] = {0, 0, 0};
    bool strict = true;
    for (int i = 0; i < arity; i++) {
        at[i] = same && i == 1 ? at[0] : draw_point(&x[i], kind_of(op, i));
        if (!holds(&x[i], at[i]))
            return;
        strict = strict && is_moderate(at[i]) && can_be_open(x[i].low) && can_be_open(x[i].high);
        mpfr_set_d(operand[i], at[i], MPFR_RNDN);
    }
    op_eval(op, value, operands);
    if (!mpfr_number_p(value) || is_near(op, at)) /* it has none */
        return;
    each_assert_msg(contains(image, value, strict),
                    "%s(%.17g, %.17g, %.17g) = %.17g is not in %g .. %g, flags %u, from"
                    " %.17g .. %.17g, flags %u, and %.17g .. %.17g, flags %u%s",
                    op_info(op)->id, at[0], at[1], at[2], mpfr_get_d(value, MPFR_RNDN), image->low,
                    image->high, image->flags, x[0].low, x[0].high, x[0].flags, x[1].low, x[1].high,
                    x[1].flags, same ? ", the same" : "");
}

START_TEST(image_holds_the_values)
{
    const Op op = (Op)_i;
    const int arity = op_info(op)->arity;
    Images images = {0};
    for (int n = 0; is_scalar(op) && n < RANGES; n++) {
        Range x[3] = {range_none(), range_none(), range_none()};
        bool empty = false, same = arity == 2 && kind_of(op, 0) == kind_of(op, 1) && !draw(5);
        for (int i = 0; i < arity; i++) {
            x[i] = same && i == 1 ? x[0] : draw_range(kind_of(op, i));
            empty = empty || range_is_empty(&x[i]);
        }
        Range image = image_of(&images, op, x, same);
        each_assert(!empty || range_is_empty(&image));
        for (int k = 0; !empty && k < POINTS; k++)
            check_point(op, x, &image, same);
    }
}
END_TEST

/* ---- courses */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value at x; false if it has none. */
static bool value_at(Op op, double x, mpfr_ptr out)
{
    mpfr_set_d(operand[0], x, MPFR_RNDN);
    op_eval(op, out, operands);
    return mpfr_number_p(out);
}

START_TEST(course_is_that_of_the_values)
{
    const Op op = (Op)_i;
    const OpInfo *info = op_info(op);
    const OpCourse *course = &info->course;
    double at[COURSE_POINTS];
    int count = 0;
    if (course->kind == COURSE_NONE)
        return;
    ck_assert_int_eq(info->arity, 1);
    for (int i = 0; i < COURSE_POINTS; i++) {
        double x = draw(2) ? draw_end(KIND_REAL) : course->from + draw_unit();
        bool within = x >= course->from && x <= course->to && !isinf(x);
        each_assert_msg(within || isinf(x) || !value_at(op, x, value), "%s has a value at %g",
                        info->id, x);
        if (within && (!(info->flags & OPF_EVEN) || x >= 0))
            at[count++] = x;
        if (!within || !value_at(op, x, value))
            continue;
        if (info->flags & OPF_EVEN)
            ck_assert_msg(value_at(op, -x, before) && mpfr_equal_p(value, before), "%s at %g",
                          info->id, x);
        if (info->flags & OPF_VANISHES)
            ck_assert_msg(!mpfr_zero_p(value) == (x != 0), "%s at %g", info->id, x);
    }
    qsort(at, (size_t)count, sizeof *at, by_size);
    bool first = true;
    ck_assert_int_gt(count, COURSE_POINTS / 10);
    for (int i = 0; i < count; i++) {
        if (!value_at(op, at[i], value))
            continue;
        const int order = first ? 0 : mpfr_cmp(value, before);
        ck_assert_msg(course->kind == COURSE_FALLS ? order <= 0 : order >= 0,
                      "%s from %.17g to %.17g", info->id, at[i ? i - 1 : 0], at[i]);
        mpfr_set(before, value, MPFR_RNDN);
        first = false;
    }
}
END_TEST

Suite *suite_warn(void)
{
    Suite *suite = suite_create("warn");
    TCase *tests = tcase_create("ranges");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, image_holds_the_values, OP_NONE + 1, OP_COUNT);
    tcase_add_loop_test(tests, course_is_that_of_the_values, OP_NONE + 1, OP_COUNT);
    suite_add_tcase(suite, tests);
    return suite;
}
