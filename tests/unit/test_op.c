/* test_op: the table of operators, and their evaluation against identities, against itself at
 * other precisions, and at ties, zeros, infinities and NaN. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "each.h"
#include "graph/graph.h"

Suite *suite_op(void);

enum { BITS = 300 };

/* Values to compute with: x, y, z arguments, f results, t left to the tests. */
static mpfr_t x, y, z, f, g, t, u;

static void setup(void)
{
    mpfr_inits2(BITS, x, y, z, f, g, t, u, (mpfr_ptr)0);
}

static void teardown(void)
{
    mpfr_clears(x, y, z, f, g, t, u, (mpfr_ptr)0);
    mpfr_free_cache();
}

static void set(mpfr_ptr out, const char *value)
{
    each_assert_msg(mpfr_set_str(out, value, 10, MPFR_RNDN) == 0, "%s", value);
}

static void eval1(Op op, mpfr_ptr out, mpfr_srcptr a)
{
    mpfr_srcptr operands[] = {a};
    op_eval(op, out, operands);
}

static void eval2(Op op, mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_srcptr operands[] = {a, b};
    op_eval(op, out, operands);
}

/* Do a and b agree but for `lost` of their bits, relative to the greater of them and `size`? */
static bool agree(mpfr_srcptr a, mpfr_srcptr b, mpfr_srcptr size, int lost)
{
    mpfr_t difference;
    mpfr_init2(difference, BITS);
    mpfr_sub(difference, a, b, MPFR_RNDN);
    bool good = mpfr_zero_p(difference);
    if (mpfr_regular_p(difference)) {
        mpfr_exp_t top = mpfr_get_exp(mpfr_cmpabs(a, size) > 0 ? a : size);
        good = mpfr_get_exp(difference) <= top - BITS + lost;
    }
    mpfr_clear(difference);
    return good;
}

/* ---- the table -------------------------------------------------------------------------- */

static bool has_evaluation(Op op)
{
    const OpInfo *info = op_info(op);
    return info->arity > 0 && !(info->flags & OPF_REDUCE) && op != OP_DIFF;
}

START_TEST(row_is_found_by_name)
{
    const OpInfo *info = op_info((Op)_i);
    Op found = op_named(info->spelling);
    if (info->flags & OPF_HIDDEN) {
        ck_assert_msg(found == OP_NONE || !(op_info(found)->flags & OPF_HIDDEN), "%s", info->id);
        ck_assert_int_ne(found, (Op)_i);
    } else {
        ck_assert_msg(found == (Op)_i, "%s", info->id);
    }
}
END_TEST

/* %0 %1 %2 within the arity (a reduction has its index, too), '$' and '@' where flags say. */
START_TEST(row_fits_itself)
{
    const OpInfo *info = op_info((Op)_i);
    const char *texts[] = {info->c, info->latex};
    int most = info->arity + !!(info->flags & OPF_REDUCE);
    for (int i = 0; i < 2; i++)
        for (const char *at = strchr(texts[i], '%'); at; at = strchr(at + 1, '%'))
            ck_assert_msg(at[1] >= '0' && at[1] < '0' + most, "%s: %s", info->id, texts[i]);
    ck_assert_msg(!strchr(info->c, '@') == !(info->flags & OPF_HELPER), "%s", info->id);
    ck_assert_msg(!(info->flags & OPF_LIBM) || strchr(info->c, '$'), "%s", info->id);
    ck_assert_msg(!(info->flags & OPF_LEAF) || info->arity == 0, "%s", info->id);
    for (int i = info->arity; i < 3; i++)
        ck_assert_msg(info->partial[i][0] == 0, "%s has no operand %d", info->id, i);
}
END_TEST

START_TEST(unknown_names_are_not_found)
{
    static const char *const unknown[] = {"", "+", "Sin", "si", "sinn", "sin ", "diff", "sum", "^"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        ck_assert_msg(op_named(unknown[i]) == OP_NONE, "%s", unknown[i]);
    ck_assert_int_eq(op_named("sqrt"), OP_SQRT);
    ck_assert_int_eq(op_named("log"), OP_LOG);
    ck_assert_int_eq(op_named("log1p"), OP_LOG1P);
}
END_TEST

/* ---- precision -------------------------------------------------------------------------- */

static const char *const points[] = {
    "nan", "-inf", "inf", "-0", "0", "1", "-1", "2", "-2", "0.5", "-0.5", "3", "1e-300", "-1e-300",
    "1e300", "-1e300", "1e-5000", "-1e5000", "0.99999999999999988", "-1.46", "1.4616321449683623",
    "-0.50408300826445540926", "-20.5000000000000001", "-2.4570247382208006", "170.3", "-700.1",
    "745.13", "-1e6", "1234567.1", "-36.7", "36.04", "0.69314718055994531", "-0.69314718055994531",
};
enum { POINTS = sizeof points / sizeof *points };

/* low, of few bits, is high rounded, give or take an ulp */
static bool is_rounded(mpfr_srcptr low, mpfr_srcptr high)
{
    if (mpfr_nan_p(low) || mpfr_nan_p(high))
        return mpfr_nan_p(low) && mpfr_nan_p(high);
    if (!mpfr_regular_p(low) || !mpfr_regular_p(high))
        return mpfr_equal_p(low, high);
    mpfr_t above, below;
    mpfr_init2(above, mpfr_get_prec(low));
    mpfr_init2(below, mpfr_get_prec(low));
    mpfr_set(above, low, MPFR_RNDN);
    mpfr_set(below, low, MPFR_RNDN);
    mpfr_nextabove(above);
    mpfr_nextbelow(below);
    bool good = mpfr_lessequal_p(below, high) && mpfr_lessequal_p(high, above);
    mpfr_clears(above, below, (mpfr_ptr)0);
    return good;
}

static void check_precisions(Op op, mpfr_srcptr *operands)
{
    static const int precisions[] = {2, 24, 53, 64, 113, 320};
    mpfr_set_prec(f, 900);
    op_eval(op, f, operands);
    for (size_t i = 0; i < sizeof precisions / sizeof *precisions; i++) {
        mpfr_set_prec(g, precisions[i]);
        op_eval(op, g, operands);
        if (is_rounded(g, f))
            continue;
        char message[200];
        mpfr_snprintf(message, sizeof message, "%s(%Rg, %Rg, %Rg) = %.20Rg, at %d bits %.20Rg",
                      op_info(op)->id, operands[0], operands[1], operands[2], f, precisions[i], g);
        ck_abort_msg("%s", message);
    }
}

/* Every operator at all points gives at few bits what it gives at many, in reasonable time. */
START_TEST(every_precision_agrees)
{
    Op op = (Op)_i;
    mpfr_srcptr operands[] = {x, y, z};
    int arity = op_info(op)->arity;
    if (!has_evaluation(op))
        return;
    for (int i = 0; i < POINTS * (arity > 1 ? POINTS : 1); i++) {
        set(x, points[i % POINTS]);
        set(y, points[i / POINTS]);
        set(z, points[(i % POINTS + i / POINTS) % POINTS]);
        if (arity == 1 || op != OP_POLYGAMMA || mpfr_cmp_ui(x, 200) < 0)
            check_precisions(op, operands);
    }
}
END_TEST

START_TEST(results_far_out_of_range_are_infinite)
{
    set(x, "1e6");
    eval1(OP_EXP, f, x);
    ck_assert(mpfr_inf_p(f));
    mpfr_neg(x, x, MPFR_RNDN);
    eval1(OP_EXP, f, x);
    ck_assert(mpfr_zero_p(f) && !mpfr_signbit(f));
    set(x, "1e5");
    eval1(OP_EXP, f, x);
    ck_assert(mpfr_regular_p(f));
    eval1(OP_SIN, g, f); /* as far out as may be */
    ck_assert(mpfr_regular_p(g));
    set(y, "1e4900");
    set(x, "-1e4900");
    eval2(OP_MUL, f, x, y);
    for (int i = 0; i < 8; i++)
        eval2(OP_MUL, f, f, y), eval2(OP_MUL, g, f, y);
    ck_assert(mpfr_regular_p(f));
}
END_TEST

/* ---- values ----------------------------------------------------------------------------- */

static const struct { Op op; const char *x, *y, *z, *expected; } values[] = {
    {OP_SIGN, "-3", "0", "0", "-1"}, {OP_SIGN, "0", "0", "0", "0"},
    {OP_SIGN, "-0", "0", "0", "-0"}, {OP_SIGN, "nan", "0", "0", "nan"},
    {OP_SIGN, "inf", "0", "0", "1"}, {OP_MIN, "1", "2", "0", "1"},
    {OP_MIN, "nan", "2", "0", "nan"}, {OP_MIN, "2", "nan", "0", "nan"},
    {OP_MAX, "1", "2", "0", "2"}, {OP_MAX, "nan", "2", "0", "nan"},
    {OP_MAX, "2", "nan", "0", "nan"}, {OP_MAX, "-inf", "-5", "0", "-5"},
    {OP_MIN, "inf", "inf", "0", "inf"}, {OP_CLAMP, "3", "0", "2", "2"},
    {OP_CLAMP, "-3", "0", "2", "0"}, {OP_CLAMP, "1", "0", "2", "1"},
    {OP_CLAMP, "1", "5", "2", "2"}, {OP_CLAMP, "nan", "0", "2", "nan"},
    {OP_CLAMP, "1", "nan", "2", "nan"}, {OP_CLAMP, "1", "0", "nan", "nan"},
    {OP_RELU, "-3", "0", "0", "0"}, {OP_RELU, "3", "0", "0", "3"},
    {OP_RELU, "nan", "0", "0", "nan"}, {OP_RELU, "-inf", "0", "0", "0"},
    {OP_LEAKY_RELU, "-2", "0.25", "0", "-0.5"}, {OP_LEAKY_RELU, "2", "nan", "0", "2"},
    {OP_LEAKY_RELU, "nan", "1", "0", "nan"}, {OP_ELU, "-inf", "2", "0", "-2"},
    {OP_ELU, "7", "nan", "0", "7"}, {OP_ELU, "nan", "1", "0", "nan"},
    {OP_SIGMOID, "0", "0", "0", "0.5"}, {OP_SIGMOID, "inf", "0", "0", "1"},
    {OP_SIGMOID, "-inf", "0", "0", "0"}, {OP_SIGMOID, "nan", "0", "0", "nan"},
    {OP_SOFTPLUS, "inf", "0", "0", "inf"}, {OP_SOFTPLUS, "-inf", "0", "0", "0"},
    {OP_SOFTPLUS, "nan", "0", "0", "nan"}, {OP_SILU, "inf", "0", "0", "inf"},
    {OP_SILU, "-inf", "0", "0", "-0"}, {OP_SILU, "nan", "0", "0", "nan"},
    {OP_SILU, "0", "0", "0", "0"}, {OP_GELU, "inf", "0", "0", "inf"},
    {OP_GELU, "-inf", "0", "0", "-0"}, {OP_GELU, "nan", "0", "0", "nan"},
    {OP_GELU, "-0", "0", "0", "-0"}, {OP_LOGADDEXP, "inf", "inf", "0", "inf"},
    {OP_LOGADDEXP, "-inf", "-inf", "0", "-inf"}, {OP_LOGADDEXP, "-inf", "inf", "0", "inf"},
    {OP_LOGADDEXP, "-inf", "3", "0", "3"}, {OP_LOGADDEXP, "nan", "inf", "0", "nan"},
    {OP_LOGADDEXP, "inf", "nan", "0", "nan"}, {OP_SELECT, "0", "1", "2", "2"},
    {OP_SELECT, "-0", "1", "2", "2"}, {OP_SELECT, "-5", "1", "2", "1"},
    {OP_SELECT, "0", "nan", "2", "2"}, {OP_SELECT, "1", "1", "nan", "1"},
    {OP_LT, "1", "2", "0", "1"}, {OP_LT, "2", "2", "0", "0"}, {OP_LT, "nan", "2", "0", "0"},
    {OP_GE, "2", "2", "0", "1"}, {OP_GE, "nan", "2", "0", "0"}, {OP_EQ, "0", "-0", "0", "1"},
    {OP_EQ, "nan", "nan", "0", "0"}, {OP_NE, "nan", "nan", "0", "1"}, {OP_NE, "1", "1", "0", "0"},
    {OP_AND, "1", "0", "0", "0"}, {OP_AND, "2", "3", "0", "1"}, {OP_OR, "0", "0", "0", "0"},
    {OP_OR, "0", "7", "0", "1"}, {OP_NOT, "0", "0", "0", "1"}, {OP_NOT, "3", "0", "0", "0"},
    {OP_ROUND, "2.5", "0", "0", "3"}, {OP_ROUND, "-2.5", "0", "0", "-3"},
    {OP_FLOOR, "-0.5", "0", "0", "-1"}, {OP_MOD, "-7", "3", "0", "-1"},
    {OP_REMAINDER, "5", "3", "0", "-1"}, {OP_FDIM, "3", "1", "0", "2"},
    {OP_MOD, "5", "inf", "0", "5"}, {OP_POW, "nan", "0", "0", "1"},
    {OP_POW, "-8", "3", "0", "-512"}, {OP_HYPOT, "inf", "nan", "0", "inf"},
    {OP_HYPOT, "3", "-4", "0", "5"}, {OP_NAME, "7", "0", "0", "7"}, {OP_LINK, "7", "8", "9", "7"},
    {OP_LGAMMA, "-2", "0", "0", "inf"}, {OP_LGAMMA, "1", "0", "0", "0"},
    {OP_LGAMMA, "-inf", "0", "0", "inf"}, {OP_TGAMMA, "5", "0", "0", "24"},
    {OP_TGAMMA, "-1", "0", "0", "nan"}, {OP_DIGAMMA, "0", "0", "0", "-inf"},
    {OP_DIGAMMA, "-0", "0", "0", "inf"}, {OP_DIGAMMA, "-3", "0", "0", "nan"},
    {OP_DIGAMMA, "inf", "0", "0", "inf"}, {OP_TRIGAMMA, "0", "0", "0", "inf"},
    {OP_TRIGAMMA, "-3", "0", "0", "inf"}, {OP_TRIGAMMA, "inf", "0", "0", "0"},
    {OP_TRIGAMMA, "-inf", "0", "0", "nan"}, {OP_TRIGAMMA, "nan", "0", "0", "nan"},
    {OP_POLYGAMMA, "2", "inf", "0", "-0"}, {OP_POLYGAMMA, "2", "0", "0", "-inf"},
    {OP_POLYGAMMA, "2", "-3", "0", "nan"}, {OP_POLYGAMMA, "3", "-3", "0", "inf"},
    {OP_POLYGAMMA, "0", "1", "0", "nan"}, {OP_POLYGAMMA, "1.5", "1", "0", "nan"},
    {OP_POLYGAMMA, "nan", "1", "0", "nan"}, {OP_POLYGAMMA, "-1", "1", "0", "nan"},
    {OP_POLYGAMMA, "1e30", "1", "0", "nan"},
};

START_TEST(value_is_as_expected)
{
    mpfr_srcptr operands[] = {x, y, z};
    set(x, values[_i].x);
    set(y, values[_i].y);
    set(z, values[_i].z);
    set(t, values[_i].expected);
    op_eval(values[_i].op, f, operands);
    bool good = mpfr_nan_p(t) ? mpfr_nan_p(f)
                              : mpfr_equal_p(f, t) && !mpfr_signbit(f) == !mpfr_signbit(t);
    char message[200];
    mpfr_snprintf(message, sizeof message, "%s(%s, %s, %s) is not %s but %.20Rg",
                  op_info(values[_i].op)->id, values[_i].x, values[_i].y, values[_i].z,
                  values[_i].expected, f);
    ck_assert_msg(good, "%s", message);
}
END_TEST

/* ---- identities ------------------------------------------------------------------------- */

static const char *const samples[] = {
    "0.001", "0.3", "0.5", "1", "1.4616321449683623", "2", "3.25", "9.75", "17.125", "60.5",
    "1000.1", "123456789.25", "1e15", "-0.001", "-0.3", "-0.5", "-0.75", "-1.5000001", "-2.25",
    "-9.99", "-60.51", "-1000.1", "-700000.3",
};

#define LAST(table) ((int)(sizeof(table) / sizeof *(table)))

/* psi_n(x + 1) = psi_n(x) + (-1)^n n!/x^(n+1), DLMF 5.15.5; n = 0 is digamma */
START_TEST(polygamma_steps)
{
    for (long n = 0; n <= 12; n++) {
        set(x, samples[_i]);
        mpfr_set_si(y, n, MPFR_RNDN);
        mpfr_set_prec(z, BITS + 100);
        mpfr_add_ui(z, x, 1, MPFR_RNDN); /* exact */
        eval2(n ? OP_POLYGAMMA : OP_DIGAMMA, f, n ? y : x, x);
        eval2(n ? OP_POLYGAMMA : OP_DIGAMMA, g, n ? y : z, z);
        mpfr_pow_si(t, x, -n - 1, MPFR_RNDN);
        mpfr_fac_ui(u, (unsigned long)n, MPFR_RNDN);
        mpfr_mul(t, t, u, MPFR_RNDN);
        if (n % 2)
            mpfr_neg(t, t, MPFR_RNDN);
        mpfr_add(u, f, t, MPFR_RNDN);
        ck_assert_msg(agree(u, g, t, 3), "n = %ld, x = %s", n, samples[_i]);
    }
}
END_TEST

/* DLMF 5.15.6: psi_1(1-x) + psi_1(x) = (pi/sin(pi x))^2,
 * psi_2(1-x) - psi_2(x) = 2 pi^3 cos(pi x)/sin(pi x)^3 */
START_TEST(polygamma_reflects)
{
    set(x, samples[_i]);
    if (mpfr_integer_p(x))
        return;
    mpfr_set_prec(z, BITS + 100);
    mpfr_ui_sub(z, 1, x, MPFR_RNDN);
    mpfr_set_prec(t, BITS + 100); /* pi */
    mpfr_set_prec(u, BITS + 100);
    mpfr_set_prec(y, BITS + 100);
    mpfr_const_pi(t, MPFR_RNDN);
    mpfr_mul(u, x, t, MPFR_RNDN);
    mpfr_sin_cos(u, y, u, MPFR_RNDN);
    mpfr_div(y, y, u, MPFR_RNDN);
    mpfr_div(u, t, u, MPFR_RNDN);
    mpfr_sqr(u, u, MPFR_RNDN); /* the right side of the first */
    mpfr_mul(y, y, u, MPFR_RNDN);
    mpfr_mul(y, y, t, MPFR_RNDN);
    mpfr_mul_ui(y, y, 2, MPFR_RNDN); /* and of the second */
    eval1(OP_TRIGAMMA, f, x);
    eval1(OP_TRIGAMMA, g, z);
    mpfr_add(t, f, g, MPFR_RNDN);
    ck_assert_msg(agree(t, u, f, 3), "n = 1, x = %s", samples[_i]);
    mpfr_set_ui(t, 2, MPFR_RNDN);
    eval2(OP_POLYGAMMA, f, t, x);
    eval2(OP_POLYGAMMA, g, t, z);
    mpfr_sub(t, g, f, MPFR_RNDN);
    ck_assert_msg(agree(t, y, f, 3), "n = 2, x = %s", samples[_i]);
}
END_TEST

/* psi_n(1) = (-1)^(n+1) n! zeta(n+1), DLMF 5.15.2, and psi_n(1/2) is 2^(n+1) - 1 times that */
START_TEST(polygamma_of_one_is_zeta)
{
    for (unsigned long n = 1; n < 300; n += 1 + n / 8) {
        mpfr_zeta_ui(t, n + 1, MPFR_RNDN);
        mpfr_fac_ui(u, n, MPFR_RNDN);
        mpfr_mul(t, t, u, MPFR_RNDN);
        if (n % 2 == 0)
            mpfr_neg(t, t, MPFR_RNDN);
        mpfr_set_ui(x, n, MPFR_RNDN);
        mpfr_set_ui(y, 1, MPFR_RNDN);
        eval2(OP_POLYGAMMA, f, x, y);
        ck_assert_msg(agree(f, t, t, 3), "n = %lu", n);
        mpfr_div_2ui(y, y, 1, MPFR_RNDN);
        eval2(OP_POLYGAMMA, f, x, y);
        mpfr_mul_2ui(u, t, n + 1, MPFR_RNDN);
        mpfr_sub(u, u, t, MPFR_RNDN);
        ck_assert_msg(agree(f, u, u, 4), "n = %lu", n);
    }
}
END_TEST

/* Far out the first term of the series, (n-1)!/x^n, is all there is. */
START_TEST(polygamma_far_out)
{
    set(x, "1e100");
    set(y, "4");
    eval2(OP_POLYGAMMA, f, y, x);
    mpfr_pow_si(t, x, -4, MPFR_RNDN);
    mpfr_mul_si(t, t, -6, MPFR_RNDN);
    ck_assert(agree(f, t, t, 2));
    eval1(OP_TRIGAMMA, f, x);
    mpfr_ui_div(t, 1, x, MPFR_RNDN);
    ck_assert(agree(f, t, t, 2));
}
END_TEST

/* f(x) - f(-x) = x, for softplus, silu and gelu; sigmoid(x) + sigmoid(-x) = 1 */
START_TEST(activations_are_odd_about_half)
{
    static const Op ops[] = {OP_SOFTPLUS, OP_SILU, OP_GELU};
    set(x, samples[_i]);
    mpfr_neg(y, x, MPFR_RNDN);
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        eval1(ops[i], f, x);
        eval1(ops[i], g, y);
        mpfr_sub(t, f, g, MPFR_RNDN);
        ck_assert_msg(agree(t, x, f, 2), "%s(%s)", op_info(ops[i])->id, samples[_i]);
    }
    eval1(OP_SIGMOID, f, x);
    eval1(OP_SIGMOID, g, y);
    mpfr_add(t, f, g, MPFR_RNDN);
    mpfr_set_ui(u, 1, MPFR_RNDN);
    ck_assert_msg(agree(t, u, u, 2), "sigmoid(%s)", samples[_i]);
}
END_TEST

/* logaddexp(x, 0) = softplus(x), logaddexp(x, x) = x + log 2, and logaddexp(x, log(1 - e^x)) is
 * what the logarithm was rounded by */
START_TEST(logaddexp_fits)
{
    set(x, samples[_i]);
    mpfr_set_zero(y, 1);
    eval2(OP_LOGADDEXP, f, x, y);
    eval1(OP_SOFTPLUS, g, x);
    ck_assert_msg(agree(f, g, g, 2), "%s", samples[_i]);
    eval2(OP_LOGADDEXP, f, x, x);
    mpfr_const_log2(t, MPFR_RNDN);
    mpfr_add(t, t, x, MPFR_RNDN);
    ck_assert_msg(agree(f, t, x, 2), "%s", samples[_i]);
    if (mpfr_sgn(x) > 0 || mpfr_cmp_si(x, -100) < 0)
        return;
    mpfr_expm1(y, x, MPFR_RNDN);
    mpfr_neg(y, y, MPFR_RNDN);
    mpfr_log(y, y, MPFR_RNDN);
    eval2(OP_LOGADDEXP, f, x, y);
    mpfr_set_prec(g, 1000);
    mpfr_set_prec(t, 1000);
    mpfr_exp(g, x, MPFR_RNDN);
    mpfr_exp(t, y, MPFR_RNDN);
    mpfr_add(g, g, t, MPFR_RNDN);
    mpfr_log(g, g, MPFR_RNDN);
    ck_assert_msg(is_rounded(f, g), "%s", samples[_i]);
}
END_TEST

/* gamma(x + 1) = x gamma(x), and lgamma is its logarithm */
START_TEST(gamma_steps)
{
    set(x, samples[_i]);
    if (mpfr_cmpabs_ui(x, 1000) > 0)
        return;
    mpfr_set_prec(z, BITS + 100);
    mpfr_add_ui(z, x, 1, MPFR_RNDN);
    eval1(OP_TGAMMA, f, x);
    eval1(OP_TGAMMA, g, z);
    mpfr_mul(t, f, x, MPFR_RNDN);
    ck_assert_msg(agree(t, g, t, 2), "%s", samples[_i]);
    eval1(OP_LGAMMA, g, x);
    mpfr_abs(f, f, MPFR_RNDN);
    mpfr_log(t, f, MPFR_RNDN);
    mpfr_set_ui(u, 1, MPFR_RNDN);
    ck_assert_msg(agree(g, t, u, 2), "%s", samples[_i]);
}
END_TEST

Suite *suite_op(void)
{
    Suite *suite = suite_create("op");
    TCase *tests = tcase_create("op");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, row_is_found_by_name, OP_NONE + 1, OP_COUNT);
    tcase_add_loop_test(tests, row_fits_itself, OP_NONE + 1, OP_COUNT);
    tcase_add_test(tests, unknown_names_are_not_found);
    tcase_add_loop_test(tests, every_precision_agrees, OP_NONE + 1, OP_COUNT);
    tcase_add_test(tests, results_far_out_of_range_are_infinite);
    tcase_add_loop_test(tests, value_is_as_expected, 0, LAST(values));
    tcase_add_loop_test(tests, polygamma_steps, 0, LAST(samples));
    tcase_add_loop_test(tests, polygamma_reflects, 0, LAST(samples));
    tcase_add_test(tests, polygamma_of_one_is_zeta);
    tcase_add_test(tests, polygamma_far_out);
    tcase_add_loop_test(tests, activations_are_odd_about_half, 0, LAST(samples));
    tcase_add_loop_test(tests, logaddexp_fits, 0, LAST(samples));
    tcase_add_loop_test(tests, gamma_steps, 0, LAST(samples));
    suite_add_tcase(suite, tests);
    return suite;
}
