/* op: the operators. The rows of ops.def come in; a table of facts, the look-up by name and the
 * evaluation in any precision go out.
 *
 * The one idea: ops.def says all there is to say of an operator. Here it is spread into a table
 * and into a switch; what a row's evaluation calls and MPFR lacks is written below.
 *
 * note [guard bits]: results are a few units in the last place of r near the truth, at any
 * argument. So temporaries have GUARD bits more than r, and where a sum may cancel, the work is
 * done again with more bits until what was lost is known to be little (Ziv's strategy).
 */
#include "graph/graph.h"

#include <math.h>
#include <string.h>

enum {
    GUARD = 64,           /* bits that temporaries have more than the result */
    LOST_MAX = GUARD / 2, /* bits that a sum may lose before it is taken again */
    ORDER_MAX = 1000000,  /* of polygamma: beyond, its value is no number of any real type */
    RANGE_MAX = 1 << 18   /* results beyond 2^this are infinite, see op_eval */
};

/* ---- the table -------------------------------------------------------------------------- */

const OpInfo op_infos[OP_COUNT] = {
#define NO_COURSE {COURSE_NONE, 0, 0}
#define RISES_IN(FROM, TO) {COURSE_RISES, FROM, TO}
#define FALLS_IN(FROM, TO) {COURSE_FALLS, FROM, TO}
#define RISES RISES_IN(-INFINITY, INFINITY)
#define FALLS FALLS_IN(-INFINITY, INFINITY)
#define STEPS {COURSE_STEPS, -INFINITY, INFINITY}
    [OP_NONE] = {"NONE", "", 0, "", PREC_LEAF, "", 0, OPF_HIDDEN, "", NO_COURSE, {"", "", ""}},
#define OP(ID, SPELLING, ARITY, C, PREC, LATEX, COST, FLAGS, DOMAIN, COURSE, EVAL, DX, DY, DZ) \
    [OP_##ID] = {#ID, SPELLING, ARITY, C, PREC, LATEX, COST, FLAGS, DOMAIN, COURSE, {DX, DY, DZ}},
#include "graph/ops.def"
#undef OP
#undef NO_COURSE
#undef RISES_IN
#undef FALLS_IN
#undef RISES
#undef FALLS
#undef STEPS
};

bool op_is_comparison(Op op)
{
    return op != OP_AND && op != OP_OR && op_opposite(op) != OP_NONE;
}

Op op_opposite(Op op)
{
    switch (op) {
    case OP_LT: return OP_GE;
    case OP_LE: return OP_GT;
    case OP_GT: return OP_LE;
    case OP_GE: return OP_LT;
    case OP_EQ: return OP_NE;
    case OP_NE: return OP_EQ;
    case OP_AND: return OP_OR;
    case OP_OR: return OP_AND;
    default: return OP_NONE;
    }
}

/* The table is short and asked once a call in the model: looking through it is quick enough,
 * and there is no second list to keep in order. */
Op op_named(const char *spelling)
{
    for (int op = OP_NONE + 1; op < OP_COUNT; op++)
        if (op_infos[op].spelling[0] == spelling[0] && !(op_infos[op].flags & OPF_HIDDEN) &&
            strcmp(op_infos[op].spelling, spelling) == 0)
            return (Op)op;
    return OP_NONE;
}

/* ---- signs and choices ------------------------------------------------------------------ */

/* NaN and both zeros are handed on. */
static void eval_sign(mpfr_ptr r, mpfr_srcptr x)
{
    if (mpfr_nan_p(x) || mpfr_zero_p(x))
        mpfr_set(r, x, MPFR_RNDN);
    else
        mpfr_set_si(r, mpfr_signbit(x) ? -1 : 1, MPFR_RNDN);
}

static void eval_floor_div(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr y)
{
    mpfr_div(r, x, y, MPFR_RNDD);
    mpfr_floor(r, r);
}

/* Through a quotient's worth of bits, where fmod and the sum are exact. */
static void eval_floor_mod(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr y)
{
    mpfr_t exact;
    mpfr_init2(exact, mpfr_get_prec(x) + mpfr_get_prec(y) + 2 * GUARD);
    mpfr_fmod(exact, x, y, MPFR_RNDN);
    if (!mpfr_zero_p(exact) && mpfr_signbit(exact) != mpfr_signbit(y))
        mpfr_add(exact, exact, y, MPFR_RNDN);
    mpfr_set(r, exact, MPFR_RNDN);
    mpfr_clear(exact);
}

static void eval_min(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr y)
{
    mpfr_set(r, mpfr_nan_p(x) || mpfr_less_p(x, y) ? x : y, MPFR_RNDN);
}

static void eval_max(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr y)
{
    mpfr_set(r, mpfr_nan_p(x) || mpfr_greater_p(x, y) ? x : y, MPFR_RNDN);
}

/* min(max(x, low), high) */
static void eval_clamp(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr low, mpfr_srcptr high)
{
    mpfr_srcptr raised = mpfr_nan_p(x) || mpfr_greater_p(x, low) ? x : low;
    eval_min(r, raised, high);
}

/* As C: NaN is not 0, so it counts as true. */
static void eval_select(mpfr_ptr r, mpfr_srcptr condition, mpfr_srcptr yes, mpfr_srcptr no)
{
    mpfr_set(r, mpfr_zero_p(condition) ? no : yes, MPFR_RNDN);
}

/* ---- activations ------------------------------------------------------------------------ */

static bool is_negative(mpfr_srcptr x)
{
    return mpfr_cmp_ui(x, 0) < 0; /* false for NaN and for both zeros */
}

/* A temporary for the work on r. */
static void work_init(mpfr_ptr work, mpfr_srcptr r)
{
    mpfr_init2(work, mpfr_get_prec(r) + GUARD);
}

static void eval_relu(mpfr_ptr r, mpfr_srcptr x)
{
    if (is_negative(x))
        mpfr_set_ui(r, 0, MPFR_RNDN);
    else
        mpfr_set(r, x, MPFR_RNDN);
}

static void eval_leaky_relu(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr slope)
{
    if (is_negative(x))
        mpfr_mul(r, slope, x, MPFR_RNDN);
    else
        mpfr_set(r, x, MPFR_RNDN);
}

static void eval_elu(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr scale)
{
    if (!is_negative(x)) {
        mpfr_set(r, x, MPFR_RNDN);
        return;
    }
    mpfr_t work;
    work_init(work, r);
    mpfr_expm1(work, x, MPFR_RNDN);
    mpfr_mul(r, scale, work, MPFR_RNDN);
    mpfr_clear(work);
}

/* r = exp(-|x|) */
static void exp_minus_abs(mpfr_ptr r, mpfr_srcptr x)
{
    mpfr_t size;
    mpfr_init2(size, mpfr_get_prec(x));
    mpfr_abs(size, x, MPFR_RNDN);
    mpfr_neg(size, size, MPFR_RNDN);
    mpfr_exp(r, size, MPFR_RNDN);
    mpfr_clear(size);
}

/* 1/(1 + e) or e/(1 + e) with e = exp(-|x|) */
static void eval_sigmoid(mpfr_ptr r, mpfr_srcptr x)
{
    mpfr_t e, below;
    work_init(e, r);
    work_init(below, r);
    exp_minus_abs(e, x);
    mpfr_add_ui(below, e, 1, MPFR_RNDN);
    if (is_negative(x))
        mpfr_div(r, e, below, MPFR_RNDN);
    else
        mpfr_ui_div(r, 1, below, MPFR_RNDN);
    mpfr_clears(e, below, (mpfr_ptr)0);
}

/* max(x, 0) + log(1 + exp(-|x|)): both are positive, nothing cancels. */
static void eval_softplus(mpfr_ptr r, mpfr_srcptr x)
{
    mpfr_t e;
    work_init(e, r);
    exp_minus_abs(e, x);
    mpfr_log1p(e, e, MPFR_RNDN);
    if (is_negative(x))
        mpfr_set(r, e, MPFR_RNDN);
    else
        mpfr_add(r, x, e, MPFR_RNDN);
    mpfr_clear(e);
}

/* The limit at -inf is -0, where the product has none. */
static bool is_minus_infinity(mpfr_srcptr x)
{
    return mpfr_inf_p(x) && mpfr_signbit(x);
}

/* x*sigmoid(x) */
static void eval_silu(mpfr_ptr r, mpfr_srcptr x)
{
    if (is_minus_infinity(x)) {
        mpfr_set_zero(r, -1);
        return;
    }
    mpfr_t work;
    work_init(work, r);
    eval_sigmoid(work, x);
    mpfr_mul(r, x, work, MPFR_RNDN);
    mpfr_clear(work);
}

/* How many bits the sum has lost against its summand. */
static mpfr_prec_t bits_lost(mpfr_srcptr sum, mpfr_srcptr summand)
{
    if (!mpfr_regular_p(summand))
        return 0;
    if (!mpfr_regular_p(sum))
        return mpfr_zero_p(sum) ? mpfr_get_prec(sum) : 0;
    mpfr_exp_t lost = mpfr_get_exp(summand) - mpfr_get_exp(sum);
    return lost > 0 ? lost : 0;
}

/* 2/sqrt(pi)*exp(-x^2) times the sum of x*(2*x^2)^n/(1*3*5*...*(2*n + 1)), whose terms have one
 * sign (Abramowitz and Stegun 7.1.6). mpfr_erf of MPFR 4.2.0 ends the program for some arguments of
 * this range; beyond it takes another way. */
static void eval_erf(mpfr_ptr r, mpfr_srcptr x)
{
    if (!mpfr_regular_p(x) || mpfr_cmpabs_ui(x, 30) > 0) {
        mpfr_erf(r, x, MPFR_RNDN);
        return;
    }
    mpfr_t square, term, sum;
    work_init(square, r);
    work_init(term, r);
    work_init(sum, r);
    mpfr_sqr(square, x, MPFR_RNDN);
    mpfr_set(term, x, MPFR_RNDN);
    mpfr_set(sum, x, MPFR_RNDN);
    for (unsigned long n = 1; bits_lost(term, sum) < mpfr_get_prec(sum); n++) {
        mpfr_mul(term, term, square, MPFR_RNDN);
        mpfr_mul_2ui(term, term, 1, MPFR_RNDN);
        mpfr_div_ui(term, term, 2*n + 1, MPFR_RNDN);
        mpfr_add(sum, sum, term, MPFR_RNDN);
    }
    mpfr_neg(square, square, MPFR_RNDN);
    mpfr_exp(square, square, MPFR_RNDN);
    mpfr_mul(sum, sum, square, MPFR_RNDN);
    mpfr_mul_2ui(sum, sum, 1, MPFR_RNDN);
    mpfr_const_pi(term, MPFR_RNDN);
    mpfr_sqrt(term, term, MPFR_RNDN);
    mpfr_div(r, sum, term, MPFR_RNDN);
    mpfr_clears(square, term, sum, (mpfr_ptr)0);
}

/* x*erfc(-x/sqrt(2))/2. What erfc's argument is wrong by, the result is by x^2 times as much:
 * the guard bits are enough for every x whose result is in range. */
static void eval_gelu(mpfr_ptr r, mpfr_srcptr x)
{
    if (is_minus_infinity(x)) {
        mpfr_set_zero(r, -1);
        return;
    }
    mpfr_t work, root;
    work_init(work, r);
    work_init(root, r);
    mpfr_sqrt_ui(root, 2, MPFR_RNDN);
    mpfr_div(work, x, root, MPFR_RNDN);
    mpfr_neg(work, work, MPFR_RNDN);
    mpfr_erfc(work, work, MPFR_RNDN);
    mpfr_mul(work, x, work, MPFR_RNDN);
    mpfr_div_2ui(r, work, 1, MPFR_RNDN);
    mpfr_clears(work, root, (mpfr_ptr)0);
}

/* big + log(1 + exp(small - big)), which cancels where exp(x) + exp(y) is near 1 */
static void eval_logaddexp(mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr y)
{
    mpfr_srcptr big = mpfr_nan_p(x) || mpfr_greater_p(x, y) ? x : y;
    if (mpfr_nan_p(x) || mpfr_nan_p(y) || mpfr_inf_p(x) || mpfr_inf_p(y)) {
        mpfr_set(r, big, MPFR_RNDN);
        if (mpfr_zero_p(r))
            mpfr_set_zero(r, 1); /* never a negative one: it is a sum */
        return;
    }
    mpfr_t work, sum;
    mpfr_prec_t bits = mpfr_get_prec(r) + GUARD, lost = 0;
    mpfr_init2(work, bits);
    mpfr_init2(sum, bits);
    do {
        bits += lost;
        mpfr_set_prec(work, bits);
        mpfr_set_prec(sum, bits);
        mpfr_sub(work, x, y, MPFR_RNDN);
        exp_minus_abs(work, work);
        mpfr_log1p(work, work, MPFR_RNDN);
        mpfr_add(sum, big, work, MPFR_RNDN);
        lost = bits_lost(sum, big);
    } while (lost > LOST_MAX + (bits - mpfr_get_prec(r) - GUARD));
    mpfr_set(r, sum, MPFR_RNDN);
    mpfr_clears(work, sum, (mpfr_ptr)0);
}

/* ---- the gamma function and its derivatives --------------------------------------------- */

static void eval_lgamma(mpfr_ptr r, mpfr_srcptr x)
{
    int sign;
    mpfr_lgamma(r, &sign, x, MPFR_RNDN);
}

/* An array of integers, all 0; memory is GMP's affair, and so is having none. */
static mpz_t *integers_new(unsigned long count)
{
    void *(*allocate)(size_t);
    mp_get_memory_functions(&allocate, NULL, NULL);
    mpz_t *integers = allocate(count * sizeof *integers);
    for (unsigned long i = 0; i < count; i++)
        mpz_init(integers[i]);
    return integers;
}

static void integers_free(mpz_t *integers, unsigned long count)
{
    void (*release)(void *, size_t);
    mp_get_memory_functions(NULL, NULL, &release);
    for (unsigned long i = 0; i < count; i++)
        mpz_clear(integers[i]);
    release(integers, count * sizeof *integers);
}

/* The tangent numbers T(1) .. T(count) in [0] .. (1, 2, 16, 272, ...), by the recurrence of
 * Brent and Harvey, Fast computation of Bernoulli, tangent and secant numbers (2011), fig. 2. */
static mpz_t *tangent_numbers(unsigned long count)
{
    mpz_t *t = integers_new(count);
    mpz_set_ui(t[0], 1);
    for (unsigned long k = 1; k < count; k++)
        mpz_mul_ui(t[k], t[k - 1], k);
    for (unsigned long k = 1; k < count; k++) {
        for (unsigned long j = k; j < count; j++) {
            mpz_mul_ui(t[j], t[j], j - k + 2);
            mpz_addmul_ui(t[j], t[j - 1], j - k);
        }
    }
    return t;
}

/* r = u*B(2k), with the k-th tangent number: B(2k) = (-1)^(k-1) 2k T(k) / (4^k (4^k - 1)),
 * DLMF 24.15.4. */
static void times_bernoulli(mpfr_ptr r, mpfr_srcptr u, unsigned long k, mpz_srcptr tangent)
{
    mpz_t below;
    mpz_init_set_ui(below, 1);
    mpz_mul_2exp(below, below, 2 * k);
    mpz_sub_ui(below, below, 1);
    mpfr_mul_z(r, u, tangent, MPFR_RNDN);
    mpfr_mul_ui(r, r, 2 * k, MPFR_RNDN);
    mpfr_div_z(r, r, below, MPFR_RNDN);
    mpfr_div_2ui(r, r, 2 * k, MPFR_RNDN);
    if (k % 2 == 0)
        mpfr_neg(r, r, MPFR_RNDN);
    mpz_clear(below);
}

/* Is the term too small to matter in the sum? */
static bool negligible(mpfr_srcptr term, mpfr_srcptr sum)
{
    return mpfr_zero_p(term) || (mpfr_regular_p(sum) && mpfr_get_exp(term) <
                                 mpfr_get_exp(sum) - (mpfr_exp_t)mpfr_get_prec(sum) - 2);
}

/* sum += the sum over j >= 0 of (y + j)^-s, from the series of Euler and Maclaurin:
 * y^(1-s)/(s-1) + y^-s/2 + the sum over k of B(2k)/(2k)! s(s+1)...(s+2k-2) y^(1-s-2k),
 * DLMF 25.11.5. With y from bits/2 + 2s its terms fall so fast that bits/6 are enough. */
static void zeta_tail(mpfr_ptr sum, unsigned long s, mpfr_srcptr y)
{
    unsigned long count = (unsigned long)mpfr_get_prec(sum) / 6 + 4;
    mpz_t *tangents = tangent_numbers(count);
    mpfr_t u, term;
    mpfr_init2(u, mpfr_get_prec(sum));
    mpfr_init2(term, mpfr_get_prec(sum));
    mpfr_pow_si(u, y, -(long)s, MPFR_RNDN);
    mpfr_mul(term, u, y, MPFR_RNDN);
    mpfr_div_ui(term, term, s - 1, MPFR_RNDN);
    mpfr_add(sum, sum, term, MPFR_RNDN);
    mpfr_div_2ui(term, u, 1, MPFR_RNDN);
    mpfr_add(sum, sum, term, MPFR_RNDN);
    mpfr_div(u, u, y, MPFR_RNDN);
    mpfr_mul_ui(u, u, s, MPFR_RNDN);
    mpfr_div_2ui(u, u, 1, MPFR_RNDN);
    for (unsigned long k = 1; k <= count && !negligible(term, sum); k++) {
        times_bernoulli(term, u, k, tangents[k - 1]);
        mpfr_add(sum, sum, term, MPFR_RNDN);
        mpfr_mul_ui(u, u, s + 2 * k - 1, MPFR_RNDN);
        mpfr_mul_ui(u, u, s + 2 * k, MPFR_RNDN);
        mpfr_div_ui(u, u, (2 * k + 1) * (2 * k + 2), MPFR_RNDN);
        mpfr_div(u, u, y, MPFR_RNDN);
        mpfr_div(u, u, y, MPFR_RNDN);
    }
    mpfr_clears(u, term, (mpfr_ptr)0);
    integers_free(tangents, count);
}

/* r = the sum over j >= 0 of (x + j)^-s, for x > 0 and s >= 2: as many terms as bring x + j to
 * where the series is good, then that. All is positive. If s is large the terms soon vanish:
 * the rest is at most the term times 1 + y/(s-1). */
static void zeta(mpfr_ptr r, unsigned long s, mpfr_srcptr x)
{
    mpfr_t y, term;
    unsigned long enough = (unsigned long)mpfr_get_prec(r) / 2 + 2 * s;
    bool small = false;
    mpfr_init2(y, mpfr_get_prec(r));
    mpfr_init2(term, mpfr_get_prec(r));
    mpfr_set(y, x, MPFR_RNDN);
    mpfr_set_zero(r, 1);
    for (unsigned long j = 1; mpfr_cmp_ui(y, enough) < 0 && !small; j++) {
        mpfr_pow_si(term, j == 1 ? x : y, -(long)s, MPFR_RNDN);
        mpfr_add(r, r, term, MPFR_RNDN);
        mpfr_mul_ui(term, term, 1 + enough / (s - 1), MPFR_RNDN);
        small = negligible(term, r);
        mpfr_add_ui(y, x, j, MPFR_RNDN);
    }
    if (!small)
        zeta_tail(r, s, y);
    mpfr_clears(y, term, (mpfr_ptr)0);
}

/* x > 0: (-1)^(n+1) n! zeta(n+1, x), DLMF 5.15.1 */
static void polygamma_positive(mpfr_ptr r, unsigned long n, mpfr_srcptr x)
{
    mpfr_t factorial;
    mpfr_init2(factorial, mpfr_get_prec(r));
    mpfr_fac_ui(factorial, n, MPFR_RNDN);
    zeta(r, n + 1, x);
    mpfr_mul(r, r, factorial, MPFR_RNDN);
    if (n % 2 == 0)
        mpfr_neg(r, r, MPFR_RNDN);
    mpfr_clear(factorial);
}

/* x < 0, between f = x - round(x), |f| <= 1/2, and 1 - x: psi(x) =
 *     n odd:  psi(|f|) + psi(1 - |f|) - psi(1 - x)
 *     n even: sign(f) (psi(|f|) - psi(1 - |f|)) + psi(1 - x)
 * which is the reflection formula, DLMF 5.15.6, at x and at f, without its cotangent. Sets
 * `lost` to the bits that went. */
static void polygamma_reflected(mpfr_ptr r, unsigned long n, mpfr_srcptr x, mpfr_prec_t *lost)
{
    mpfr_t f, g, part, most;
    mpfr_init2(f, mpfr_get_prec(x) + 1);
    mpfr_inits2(mpfr_get_prec(r), g, part, most, (mpfr_ptr)0);
    mpfr_rint(f, x, MPFR_RNDN);
    mpfr_sub(f, x, f, MPFR_RNDN);
    bool minus = mpfr_signbit(f);
    mpfr_abs(f, f, MPFR_RNDN);
    polygamma_positive(most, n, f);
    mpfr_ui_sub(g, 1, f, MPFR_RNDN);
    polygamma_positive(part, n, g);
    (n % 2 ? mpfr_add : mpfr_sub)(r, most, part, MPFR_RNDN);
    if (n % 2 == 0 && minus)
        mpfr_neg(r, r, MPFR_RNDN);
    mpfr_ui_sub(g, 1, x, MPFR_RNDN);
    polygamma_positive(part, n, g);
    (n % 2 ? mpfr_sub : mpfr_add)(r, r, part, MPFR_RNDN);
    *lost = bits_lost(r, most);
    if (bits_lost(r, part) > *lost)
        *lost = bits_lost(r, part);
    mpfr_clears(f, g, part, most, (mpfr_ptr)0);
}

/* 0, the negative integers, the infinities and NaN. A pole of even order n has two sides:
 * the C helper takes 0 for is on the right of it. */
static void polygamma_special(mpfr_ptr r, unsigned long n, mpfr_srcptr x)
{
    if (mpfr_inf_p(x) && !mpfr_signbit(x))
        mpfr_set_zero(r, n % 2 ? 1 : -1);
    else if (mpfr_zero_p(x) && n % 2 == 0)
        mpfr_set_inf(r, -1);
    else if (mpfr_number_p(x) && n % 2)
        mpfr_set_inf(r, 1);
    else
        mpfr_set_nan(r);
}

/* The n-th derivative of digamma, n from 1. */
static void eval_polygamma_order(mpfr_ptr r, unsigned long n, mpfr_srcptr x)
{
    bool negative = mpfr_signbit(x);
    if (!mpfr_regular_p(x) || (negative && mpfr_integer_p(x))) {
        polygamma_special(r, n, x);
        return;
    }
    mpfr_t work;
    mpfr_prec_t bits = mpfr_get_prec(r) + GUARD, lost = 0;
    mpfr_init2(work, bits);
    do {
        bits += lost;
        mpfr_set_prec(work, bits);
        if (negative)
            polygamma_reflected(work, n, x, &lost);
        else
            polygamma_positive(work, n, x);
    } while (lost > LOST_MAX + (bits - mpfr_get_prec(r) - GUARD));
    mpfr_set(r, work, MPFR_RNDN);
    mpfr_clear(work);
}

static void eval_polygamma(mpfr_ptr r, mpfr_srcptr n, mpfr_srcptr x)
{
    if (mpfr_integer_p(n) && mpfr_cmp_ui(n, 1) >= 0 && mpfr_cmp_ui(n, ORDER_MAX) <= 0)
        eval_polygamma_order(r, mpfr_get_ui(n, MPFR_RNDN), x);
    else
        mpfr_set_nan(r);
}

/* ---- evaluation ------------------------------------------------------------------------- */

static void eval_row(Op op, mpfr_ptr r, mpfr_srcptr *x)
{
    switch (op) {
#define OP(ID, SPELLING, ARITY, C, PREC, LATEX, COST, FLAGS, DOMAIN, COURSE, EVAL, ...) \
    case OP_##ID:                                                             \
        EVAL;                                                                 \
        break;
#include "graph/ops.def"
#undef OP
    case OP_NONE:
    case OP_COUNT:
        break;
    }
}

/* MPFR's exponents go so far that the sine of a number in its range would need more memory than
 * there is for the digits of pi. What is far beyond every real type is infinite, or 0, here. */
void op_eval(Op op, mpfr_ptr r, mpfr_srcptr *x)
{
    eval_row(op, r, x);
    if (!mpfr_regular_p(r))
        return;
    if (mpfr_get_exp(r) > RANGE_MAX)
        mpfr_set_inf(r, mpfr_signbit(r) ? -1 : 1);
    else if (mpfr_get_exp(r) < -RANGE_MAX)
        mpfr_set_zero(r, mpfr_signbit(r) ? -1 : 1);
}
