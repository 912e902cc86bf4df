/* test_number: constants: reading, range, the shortest text. */
#include <check.h>
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "each.h"
#include "graph/graph.h"

Suite *suite_number(void);

static Ctx *ctx;
static Text text;
static Number number;

static void setup(void)
{
    ctx = ctx_new();
    text = text_new(ctx);
    number_init(&number);
}

static void teardown(void)
{
    number_clear(&number);
    ctx_free(ctx);
    mpfr_free_cache();
}

static void renew(void)
{
    number_clear(&number);
    number_init(&number);
}

static bool parse(const char *literal)
{
    renew();
    return number_parse(&number, literal, strlen(literal));
}

static const char *text_of(RealType type)
{
    text.len = 0;
    number_text(&text, &number, type);
    return text.at;
}

/* Sets the number to significand * 2^exponent, exactly. */
static void set_binary(long significand, long exponent)
{
    renew();
    mpq_set_si(number.ratio, significand, 1);
    if (exponent < 0)
        mpq_div_2exp(number.ratio, number.ratio, (unsigned long)-exponent);
    else
        mpq_mul_2exp(number.ratio, number.ratio, (unsigned long)exponent);
}

static void set_long_double(long double value)
{
    mpfr_t real;
    mpfr_init2(real, 64);
    mpfr_set_ld(real, value, MPFR_RNDN);
    renew();
    number_set_real(&number, real);
    mpfr_clear(real);
}

/* Numbers of all sizes and signs, infinities and NaN among them: the bits are drawn. */
static uint64_t seed = 1;

static uint64_t draw(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return seed ^ (seed >> 29);
}

/* ---- reading ---------------------------------------------------------------------------- */

static const struct { const char *literal; long above; unsigned long below; } exact[] = {
    {"0", 0, 1}, {"2", 2, 1}, {"007", 7, 1}, {"0.5", 1, 2}, {".5", 1, 2}, {"1.", 1, 1},
    {"1e-3", 1, 1000}, {"1E3", 1000, 1}, {"1e+3", 1000, 1}, {"12.50", 25, 2}, {".25e1", 5, 2},
    {"0.000", 0, 1}, {"0e999999999999999999999", 0, 1}, {"0.0e-999999999", 0, 1},
    {"123456789", 123456789, 1}, {"1234567890123", 1234567890123, 1}, {"0.1e1", 1, 1},
    {"1000000000", 1000000000, 1}, {"1e00000000000000000000002", 100, 1},
};

START_TEST(parse_is_exact)
{
    mpq_t expected;
    mpq_init(expected);
    mpq_set_si(expected, exact[_i].above, exact[_i].below);
    ck_assert(parse(exact[_i].literal));
    ck_assert(number.rational);
    ck_assert(mpq_equal(number.ratio, expected));
    mpq_clear(expected);
}
END_TEST

static const char *const refused[] = {
    "", ".", "e1", "1e", "1e+", "1..2", "1.2.3", "-1", "1x", " 1", "1e1.5", "1e5001", "1e-5001",
    "1e999999999", "1e-999999999", "1e99999999999999999999999999", "0.1e5002", "10e5000",
};

START_TEST(parse_refuses)
{
    ck_assert(!parse(refused[_i]));
}
END_TEST

static void fill(char *bytes, char c, size_t count)
{
    memset(bytes, c, count);
    bytes[count] = 0;
}

/* An integer that owns nothing is read as others are. */
START_TEST(borrowed_integers_are_read)
{
    static const long values[] = {0, 1, -1, 112, -17, 123456789, LONG_MAX, LONG_MIN};
    enum { PLAIN = 1000000000 }; /* is written as it is */
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        Number borrowed;
        mp_limb_t limb;
        long value;
        char expected[32];
        number_borrow(&borrowed, &limb, values[i]);
        ck_assert(number_integer(&borrowed, &value) && value == values[i]);
        ck_assert_int_eq(number_sign(&borrowed), (values[i] > 0) - (values[i] < 0));
        renew();
        mpq_sub(number.ratio, number.ratio, borrowed.ratio);
        mpq_neg(number.ratio, number.ratio);
        ck_assert(mpq_equal(number.ratio, borrowed.ratio));
        snprintf(expected, sizeof expected, "%ld", values[i]);
        text.len = 0;
        number_text(&text, &borrowed, REAL_DOUBLE);
        ck_assert(values[i] / PLAIN || !strcmp(text.at, expected));
    }
}
END_TEST

START_TEST(parse_takes_many_digits)
{
    static char literal[200000];
    fill(literal, '7', 5000);
    ck_assert(parse(literal)); /* 7.77e4999 */
    fill(literal, '7', 10000);
    ck_assert(!parse(literal));
    fill(literal, '0', 100000);
    ck_assert(parse(literal));
    ck_assert_int_eq(number_sign(&number), 0);
    strcpy(literal + 100000, "3");
    ck_assert(parse(literal));
    ck_assert_str_eq(text_of(REAL_DOUBLE), "3");
    strcpy(literal, "0.");
    fill(literal + 2, '3', 10000);
    ck_assert(parse(literal));
    ck_assert_str_eq(text_of(REAL_DOUBLE), "0.3333333333333333");
    ck_assert_str_eq(text_of(REAL_FLOAT), "0.33333334");
}
END_TEST

/* A hundred thousand digits behind the point, taken back by the exponent. */
START_TEST(parse_weighs_digits_against_exponent)
{
    static char literal[200000];
    strcpy(literal, "0.");
    fill(literal + 2, '0', 100000);
    strcpy(literal + 100002, "1e100000");
    ck_assert(parse(literal));
    ck_assert_str_eq(text_of(REAL_DOUBLE), "0.1");
    literal[100003] = 0;
    ck_assert(!parse(literal));
    fill(literal, '1', 100000);
    strcpy(literal + 100000, "e-99999");
    ck_assert(parse(literal));
    ck_assert_str_eq(text_of(REAL_DOUBLE), "1.1111111111111112");
}
END_TEST

/* ---- asking ----------------------------------------------------------------------------- */

START_TEST(integers_are_known)
{
    long value = 0;
    set_binary(-5, 0);
    ck_assert(number_integer(&number, &value) && value == -5);
    ck_assert(parse("1e3") && number_integer(&number, &value) && value == 1000);
    ck_assert(parse("9223372036854775807") && number_integer(&number, &value));
    ck_assert(value == 9223372036854775807);
    ck_assert(parse("9223372036854775808") && !number_integer(&number, &value));
    ck_assert(parse("0.5") && !number_integer(&number, &value));
    set_long_double(-7);
    ck_assert(number_integer(&number, &value) && value == -7);
    static const long double none[] = {0.25L, 1e30L, -0.0L, (long double)INFINITY,
                                       (long double)NAN};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        set_long_double(none[i]);
        ck_assert(!number_integer(&number, &value));
    }
}
END_TEST

START_TEST(signs_are_known)
{
    static const struct { long double value; int sign; } signs[] = {
        {0, 0}, {-0.0L, 0}, {1e-4000L, 1}, {-3, -1}, {(long double)INFINITY, 1},
        {-(long double)INFINITY, -1}, {(long double)NAN, 2}
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        set_long_double(signs[i].value);
        ck_assert_int_eq(number_sign(&number), signs[i].sign);
    }
    set_binary(-3, -2);
    ck_assert_int_eq(number_sign(&number), -1);
    set_binary(0, 0);
    ck_assert_int_eq(number_sign(&number), 0);
}
END_TEST

START_TEST(get_rounds_to_nearest)
{
    mpfr_t value;
    mpfr_init2(value, 53);
    ck_assert(parse("0.1"));
    number_get(&number, value);
    ck_assert(mpfr_get_d(value, MPFR_RNDN) == 0.1);
    mpfr_set_prec(value, 24);
    number_get(&number, value);
    ck_assert(mpfr_get_flt(value, MPFR_RNDN) == 0.1f);
    mpfr_clear(value);
}
END_TEST

/* Of each type: bits, all values are below 2^most, the least is 2^least. */
static const struct { RealType type; int bits; long most; long least; } ends[] = {
    {REAL_FLOAT, 24, 128, -149},
    {REAL_DOUBLE, 53, 1024, -1074},
    {REAL_LONG_DOUBLE, 64, 16384, -16445},
};

/* The number halfway between the greatest value and 2^most, and what is just below it. */
START_TEST(range_ends_halfway_to_overflow)
{
    RealType type = ends[_i].type;
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(part, 1, 1);
    mpq_mul_2exp(part, part, (unsigned long)(ends[_i].most - ends[_i].bits - 1));
    set_binary(1, ends[_i].most);
    ck_assert(number_out_of_range(&number, type));
    ck_assert_str_eq(text_of(type), "inf");
    mpq_sub(number.ratio, number.ratio, part);
    ck_assert(number_out_of_range(&number, type));
    mpq_set_ui(part, 1, 1);
    mpq_sub(number.ratio, number.ratio, part);
    ck_assert(!number_out_of_range(&number, type));
    mpq_neg(number.ratio, number.ratio);
    ck_assert(!number_out_of_range(&number, type));
    ck_assert_str_ne(text_of(type), "-inf");
    mpq_sub(number.ratio, number.ratio, part);
    ck_assert_str_eq(text_of(type), "-inf");
    mpq_clear(part);
}
END_TEST

START_TEST(range_ends_halfway_to_zero)
{
    RealType type = ends[_i].type;
    set_binary(1, ends[_i].least);
    ck_assert(!number_out_of_range(&number, type));
    set_binary(1, ends[_i].least - 1); /* a tie with 0, which is even */
    ck_assert(number_out_of_range(&number, type));
    ck_assert_str_eq(text_of(type), "0");
    set_binary((1L << 62) + 1, ends[_i].least - 63);
    ck_assert(!number_out_of_range(&number, type));
    set_binary(-(1L << 62) - 1, ends[_i].least - 63);
    ck_assert(!number_out_of_range(&number, type));
    set_binary((1L << 62) - 1, ends[_i].least - 63);
    ck_assert(number_out_of_range(&number, type));
    set_binary(0, 0);
    ck_assert(!number_out_of_range(&number, type));
    set_long_double((long double)INFINITY);
    ck_assert(number_out_of_range(&number, type));
    set_long_double((long double)NAN);
    ck_assert(!number_out_of_range(&number, type));
}
END_TEST

/* Halves of the least value go to the even neighbour, as they do in the hardware. */
START_TEST(subnormals_round_to_even)
{
    for (long halves = 1; halves < 200; halves++) {
        set_binary(halves, -1075);
        double expected = ldexp((double)(2 * ((halves + 1) / 4) + (halves % 4 == 2)), -1074);
        ck_assert_msg(strtod(text_of(REAL_DOUBLE), NULL) == expected, "%ld halves: %s", halves,
                      text.at);
    }
}
END_TEST

/* ---- writing ---------------------------------------------------------------------------- */

static const struct { const char *literal; RealType type; const char *expected; } texts[] = {
    {"2", REAL_DOUBLE, "2"},
    {"0", REAL_DOUBLE, "0"},
    {"100000", REAL_DOUBLE, "100000"},
    {"123456789012345", REAL_DOUBLE, "123456789012345"},
    {"100000000000000", REAL_DOUBLE, "100000000000000"},
    {"1000000000000000", REAL_DOUBLE, "1e15"},
    {"1234567890123456", REAL_DOUBLE, "1.234567890123456e15"},
    {"12345678.5", REAL_DOUBLE, "12345678.5"},
    {"0.50", REAL_DOUBLE, "0.5"},
    {"0.1", REAL_DOUBLE, "0.1"},
    {"0.00012", REAL_DOUBLE, "0.00012"},
    {"1e-5", REAL_DOUBLE, "0.00001"},
    {"1e-6", REAL_DOUBLE, "1e-6"},
    {"1.5e-7", REAL_DOUBLE, "1.5e-7"},
    {"1e30", REAL_DOUBLE, "1e30"},
    {"6.02e23", REAL_DOUBLE, "6.02e23"},
    {"3.14159265358979323846264338327950288", REAL_FLOAT, "3.1415927"},
    {"3.14159265358979323846264338327950288", REAL_DOUBLE, "3.141592653589793"},
    {"3.14159265358979323846264338327950288", REAL_LONG_DOUBLE, "3.1415926535897932385"},
    {"16777217", REAL_FLOAT, "16777216"},
    {"9007199254740993", REAL_DOUBLE, "9.007199254740992e15"},
    {"9007199254740993", REAL_LONG_DOUBLE, "9.007199254740993e15"},
    {"5e-324", REAL_DOUBLE, "5e-324"},
    {"9e-324", REAL_DOUBLE, "1e-323"},
    {"1e-45", REAL_FLOAT, "1e-45"},
    {"3.6e-4951", REAL_LONG_DOUBLE, "4e-4951"},
    {"1.7976931348623157e308", REAL_DOUBLE, "1.7976931348623157e308"},
    {"2.2250738585072014e-308", REAL_DOUBLE, "2.2250738585072014e-308"},
    {"3.4028234663852886e38", REAL_FLOAT, "3.4028235e38"},
    {"1.18973149535723176502e4932", REAL_LONG_DOUBLE, "1.189731495357231765e4932"},
    /* powers of two, where the nearest decimal may miss, and the next one up is as short */
    {"5.684341886080801486968994140625e-14", REAL_DOUBLE, "5.684341886080802e-14"},
    {"9.5367431640625e-7", REAL_FLOAT, "9.536743e-7"},
};

START_TEST(text_is_as_promised)
{
    ck_assert(parse(texts[_i].literal));
    ck_assert_str_eq(text_of(texts[_i].type), texts[_i].expected);
}
END_TEST

START_TEST(text_of_special_values)
{
    static const struct { long double value; const char *expected; } special[] = {
        {(long double)INFINITY, "inf"}, {-(long double)INFINITY, "-inf"}, {(long double)NAN, "nan"},
        {0, "0"}, {-0.0L, "-0"}, {-2.5L, "-2.5"}, {-1e-300L, "-1e-300"}, {-1e-400L, "-0"}
    };
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        set_long_double(special[i].value);
        ck_assert_str_eq(text_of(REAL_DOUBLE), special[i].expected);
        text.len = 0;
        number_real_text(&text, number.real, REAL_DOUBLE);
        ck_assert_str_eq(text.at, special[i].expected);
    }
}
END_TEST

static size_t count_digits(const char *decimal)
{
    size_t count = 0, zeros = 0;
    for (; *decimal && *decimal != 'e'; decimal++)
        if (*decimal == '0' && count > 0)
            zeros++;
        else if (*decimal > '0' && *decimal <= '9')
            count += zeros + 1, zeros = 0;
    return count;
}

/* The C library reads the text back as the value, and finds none with fewer digits. */
static void check_round_trip(long double value, RealType type)
{
    char shorter[64];
    mpfr_t real;
    mpfr_init2(real, 64);
    mpfr_set_ld(real, value, MPFR_RNDN);
    text.len = 0;
    number_real_text(&text, real, type);
    mpfr_clear(real);
    long double back = type == REAL_FLOAT ? (long double)strtof(text.at, NULL)
                       : type == REAL_DOUBLE ? (long double)strtod(text.at, NULL)
                                             : strtold(text.at, NULL);
    each_assert_msg(back == value, "%.21Lg became %s", value, text.at);
    size_t digits = count_digits(text.at);
    if (digits < 2)
        return;
    snprintf(shorter, sizeof shorter, "%.*Le", (int)digits - 2, value);
    back = type == REAL_FLOAT ? (long double)strtof(shorter, NULL)
           : type == REAL_DOUBLE ? (long double)strtod(shorter, NULL) : strtold(shorter, NULL);
    each_assert_msg(back != value, "%s is shorter than %s", shorter, text.at);
}

START_TEST(text_round_trips_at_random)
{
    for (int i = 0; i < 5000; i++) {
        union { uint64_t bits; double value; } d = {draw()};
        union { uint32_t bits; float value; } f = {(uint32_t)(draw() >> 20)};
        long double l = ldexpl((long double)(draw() | 1u << 30), (int)(draw() % 32000) - 16400);
        if (isfinite(d.value) && d.value != 0)
            check_round_trip(d.value, REAL_DOUBLE);
        if (isfinite(f.value) && f.value != 0)
            check_round_trip(f.value, REAL_FLOAT);
        if (i % 10 == 0 && isfinite(l) && l != 0)
            check_round_trip(l, REAL_LONG_DOUBLE);
    }
}
END_TEST

START_TEST(text_round_trips_at_powers_of_two)
{
    for (int e = -1074; e < 1024; e++)
        for (int i = -1; i <= 1; i++)
            check_round_trip(i ? nextafter(ldexp(1, e), i * HUGE_VAL) : ldexp(1, e), REAL_DOUBLE);
    for (int e = -149; e < 128; e++)
        check_round_trip(ldexpf(1, e), REAL_FLOAT);
    for (int e = -16445; e < 16384; e += 7)
        check_round_trip(ldexpl(1, e), REAL_LONG_DOUBLE);
}
END_TEST

START_TEST(text_round_trips_at_extremes)
{
    static const double doubles[] = {DBL_MAX, DBL_MIN, DBL_MIN / 2, 4.9e-324, 1e23, 1e22, 9.5e-322,
                                     2.2250738585072011e-308, 1.7e308, 1 + DBL_EPSILON};
    static const float floats[] = {FLT_MAX, FLT_MIN, FLT_MIN / 2, 1.4e-45f, 1e10f, 16777216};
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        check_round_trip(doubles[i], REAL_DOUBLE);
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++)
        check_round_trip(floats[i], REAL_FLOAT);
    check_round_trip(LDBL_MAX, REAL_LONG_DOUBLE);
    check_round_trip(LDBL_MIN, REAL_LONG_DOUBLE);
    check_round_trip(LDBL_MIN / 3, REAL_LONG_DOUBLE);
}
END_TEST

/* Where a locale with a decimal comma is installed. */
START_TEST(text_does_not_depend_on_locale)
{
    setlocale(LC_ALL, "de_DE.UTF-8");
    ck_assert(parse("1234.5"));
    ck_assert_str_eq(text_of(REAL_DOUBLE), "1234.5");
    setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(types_are_named)
{
    ck_assert_str_eq(real_name(REAL_FLOAT), "float");
    ck_assert_str_eq(real_name(REAL_DOUBLE), "double");
    ck_assert_str_eq(real_name(REAL_LONG_DOUBLE), "long double");
    ck_assert_int_eq(real_bits(REAL_FLOAT), FLT_MANT_DIG);
    ck_assert_int_eq(real_bits(REAL_DOUBLE), DBL_MANT_DIG);
    ck_assert_int_eq(real_bits(REAL_LONG_DOUBLE), 64);
}
END_TEST

#define LOOP(tests, name, table) \
    tcase_add_loop_test(tests, name, 0, (int)(sizeof(table) / sizeof *(table)))

Suite *suite_number(void)
{
    Suite *suite = suite_create("number");
    TCase *tests = tcase_create("number");
    tcase_add_checked_fixture(tests, setup, teardown);
    LOOP(tests, parse_is_exact, exact);
    LOOP(tests, parse_refuses, refused);
    tcase_add_test(tests, borrowed_integers_are_read);
    tcase_add_test(tests, parse_takes_many_digits);
    tcase_add_test(tests, parse_weighs_digits_against_exponent);
    tcase_add_test(tests, integers_are_known);
    tcase_add_test(tests, signs_are_known);
    tcase_add_test(tests, get_rounds_to_nearest);
    LOOP(tests, range_ends_halfway_to_overflow, ends);
    LOOP(tests, range_ends_halfway_to_zero, ends);
    tcase_add_test(tests, subnormals_round_to_even);
    LOOP(tests, text_is_as_promised, texts);
    tcase_add_test(tests, text_of_special_values);
    tcase_add_test(tests, text_round_trips_at_random);
    tcase_add_test(tests, text_round_trips_at_powers_of_two);
    tcase_add_test(tests, text_round_trips_at_extremes);
    tcase_add_test(tests, text_does_not_depend_on_locale);
    tcase_add_test(tests, types_are_named);
    suite_add_tcase(suite, tests);
    return suite;
}
