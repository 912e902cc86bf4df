/* number: the constants of a model. Decimal text comes in, the shortest decimal text that a C
 * compiler reads back as the same value goes out.
 *
 * The one idea: a constant stays exact (a rational) as long as it can, and is rounded once, by
 * real_round, to the real type that the C will have. Everything else asks real_round: what is
 * out of range is what it makes infinite or zero, what is short enough is what it gives
 * back. */
#include <assert.h>
#include <string.h>

#include "graph/graph.h"

/* A binary floating-point type of IEEE 754, or the x87's. */
typedef struct Format {
    const char *name; /* in C */
    int bits;         /* of the significand, the leading one included */
    long most;        /* all values are below 2^most */
    long least;       /* the least positive value is 2^least */
    size_t sure;      /* decimals of so many digits survive the way there and back */
} Format;

static const Format formats[] = {
    [REAL_FLOAT] = {"float", 24, 128, -149, 6},
    [REAL_DOUBLE] = {"double", 53, 1024, -1074, 15},
    [REAL_LONG_DOUBLE] = {"long double", 64, 16384, -16445, 18},
    [REAL_COMPLEX] = {"double complex", 53, 1024, -1074, 15},
};

enum {
    EXPONENT_MAX = 5000, /* no real type holds a value whose decimal exponent is beyond */
    DIGITS_MAX = 21,     /* that are ever needed: for 64 bits */
    TEXT_MAX = 48        /* room for digits, a point, zeros, an exponent and a 0 */
};

/* The text has plain decimals from 1e-5 to below 1e15, and an exponent elsewhere. */
enum { PLAIN_LEAST = -5, PLAIN_MOST = 14 };

void number_init(Number *number)
{
    number->rational = true;
    mpq_init(number->ratio);
}

void number_copy(Number *copy, const Number *number)
{
    copy->rational = number->rational;
    if (number->rational) {
        mpq_init(copy->ratio);
        mpq_set(copy->ratio, number->ratio);
    } else {
        mpfr_init2(copy->real, NUMBER_BITS);
        mpfr_set(copy->real, number->real, MPFR_RNDN);
    }
}

void number_clear(Number *number)
{
    if (number->rational)
        mpq_clear(number->ratio);
    else
        mpfr_clear(number->real);
}

void number_set_real(Number *number, mpfr_srcptr value)
{
    mpq_clear(number->ratio);
    number->rational = false;
    mpfr_init2(number->real, NUMBER_BITS);
    mpfr_set(number->real, value, MPFR_RNDN);
}

void number_borrow(Number *number, mp_limb_t *limb, long value)
{
    static const mp_limb_t one = 1;
    *limb = value < 0 ? -(mp_limb_t)value : (mp_limb_t)value;
    number->rational = true;
    mpz_roinit_n(mpq_numref(number->ratio), limb, (value > 0) - (value < 0));
    mpz_roinit_n(mpq_denref(number->ratio), &one, 1);
}

const char *real_name(RealType type)
{
    return formats[type].name;
}

uint32_t real_bytes(RealType type)
{
    static const uint32_t bytes[] = {[REAL_FLOAT] = 4, [REAL_DOUBLE] = 8, [REAL_LONG_DOUBLE] = 16,
                                     [REAL_COMPLEX] = 16};
    return bytes[type];
}

int real_bits(RealType type)
{
    return formats[type].bits;
}

/* ---- reading ---------------------------------------------------------------------------- */

/* A literal taken apart: digits, of which the last `fraction` are behind the point, times
 * 10^exponent. */
typedef struct Literal {
    const char *digits; /* the digits, with the point among them */
    size_t length;      /* of that text */
    long long lead;     /* the decimal exponent of its first digit that is not 0 */
    long long fraction; /* how many digits are behind the point */
    long long exponent; /* as written behind the e, cut off beyond any use */
} Literal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads the digits and the point; returns how many characters these are, 0 if no digit. */
static size_t literal_digits(Literal *out, const char *text, size_t length)
{
    bool digit = false, nonzero = false, point = false;
    long long whole = 0; /* digits before the point from the first that is not 0 */
    long long zeros = 0; /* 0s behind the point before it */
    size_t i;
    for (i = 0; i < length && (is_digit(text[i]) || (text[i] == '.' && !point)); i++) {
        if (text[i] == '.') {
            point = true;
            continue;
        }
        digit = true;
        out->fraction += point;
        zeros += point && !nonzero && text[i] == '0';
        nonzero = nonzero || text[i] != '0';
        whole += nonzero && !point;
    }
    out->digits = text;
    out->length = i;
    out->lead = whole > 0 ? whole - 1 : -zeros - 1;
    return digit ? i : 0;
}

/* Reads e, a sign and digits; returns how many characters these are, 0 if they are not that. */
static size_t literal_exponent(Literal *out, const char *text, size_t length)
{
    const long long enough = 1000LL * 1000 * 1000 * 1000;
    size_t i = 1;
    bool minus = false;
    if (length > 1 && (text[1] == '+' || text[1] == '-')) {
        minus = text[1] == '-';
        i++;
    }
    size_t first = i;
    for (; i < length && is_digit(text[i]); i++)
        if (out->exponent < enough)
            out->exponent = 10 * out->exponent + (text[i] - '0');
    if (minus)
        out->exponent = -out->exponent;
    return i > first ? i : 0;
}

static bool literal_read(Literal *out, const char *text, size_t length)
{
    *out = (Literal){0};
    size_t at = literal_digits(out, text, length);
    if (at == 0)
        return false;
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        size_t more = literal_exponent(out, text + at, length - at);
        if (more == 0)
            return false;
        at += more;
    }
    return at == length;
}

/* Up to nine digits and a point, which is passed over; returns how many digits. */
static unsigned long small_integer(mpz_ptr out, const char *digits, size_t length)
{
    unsigned long value = 0, count = 0;
    for (size_t i = 0; i < length; i++) {
        if (digits[i] == '.')
            continue;
        value = 10 * value + (unsigned long)(digits[i] - '0');
        count++;
    }
    mpz_set_ui(out, value);
    return count;
}

/* Digits and perhaps a point: by halves, since long products take less than the square of their
 * length, and the usual literal is one small number. Returns how many digits these are. */
static unsigned long literal_integer(mpz_ptr out, const char *digits, size_t length)
{
    if (length <= 9)
        return small_integer(out, digits, length);
    mpz_t low, power;
    mpz_inits(low, power, NULL);
    unsigned long count = literal_integer(out, digits, length / 2);
    unsigned long behind = literal_integer(low, digits + length / 2, length - length / 2);
    mpz_ui_pow_ui(power, 10, behind);
    mpz_mul(out, out, power);
    mpz_add(out, out, low);
    mpz_clears(low, power, NULL);
    return count + behind;
}

/* Divides by 10^scale, in lowest terms; without a greatest common divisor, which takes longer. */
static void ratio_divide(mpq_ptr ratio, unsigned long scale)
{
    mpz_t five;
    mpz_init_set_ui(five, 5);
    mpz_ptr above = mpq_numref(ratio), below = mpq_denref(ratio);
    unsigned long twos = mpz_scan1(above, 0), fives = mpz_remove(below, above, five);
    twos = twos < scale ? twos : scale;
    fives = fives < scale ? fives : scale;
    mpz_ui_pow_ui(below, 5, fives);
    mpz_divexact(above, above, below);
    mpz_tdiv_q_2exp(above, above, twos);
    mpz_ui_pow_ui(below, 5, scale - fives);
    mpz_mul_2exp(below, below, scale - twos);
    mpz_clear(five);
}

/* Multiplies by 10^scale. */
static void ratio_scale(mpq_ptr ratio, long long scale)
{
    if (scale < 0) {
        ratio_divide(ratio, (unsigned long)-scale);
        return;
    }
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)scale);
    mpz_mul(mpq_numref(ratio), mpq_numref(ratio), power);
    mpz_clear(power);
}

bool number_parse(Number *number, const char *text, size_t length)
{
    Literal literal;
    if (!literal_read(&literal, text, length))
        return false;
    assert(number->rational);
    mpq_set_ui(number->ratio, 0, 1);
    literal_integer(mpq_numref(number->ratio), literal.digits, literal.length);
    if (mpq_sgn(number->ratio) == 0)
        return true;
    long long decimal = literal.lead + literal.exponent;
    if (decimal > EXPONENT_MAX || decimal < -EXPONENT_MAX)
        return false;
    if (literal.exponent != literal.fraction)
        ratio_scale(number->ratio, literal.exponent - literal.fraction);
    return true;
}

/* ---- asking ----------------------------------------------------------------------------- */

/* A negative zero is not the integer 0: who asks goes on without its sign. */
bool number_integer(const Number *number, long *value)
{
    if (number->rational) {
        if (mpz_cmp_ui(mpq_denref(number->ratio), 1) != 0 ||
            !mpz_fits_slong_p(mpq_numref(number->ratio)))
            return false;
        *value = mpz_get_si(mpq_numref(number->ratio));
        return true;
    }
    if (!mpfr_integer_p(number->real) || !mpfr_fits_slong_p(number->real, MPFR_RNDN) ||
        (mpfr_zero_p(number->real) && mpfr_signbit(number->real)))
        return false;
    *value = mpfr_get_si(number->real, MPFR_RNDN);
    return true;
}

int number_sign(const Number *number)
{
    if (!number->rational && mpfr_nan_p(number->real))
        return 2;
    int sign = number->rational ? mpq_sgn(number->ratio) : mpfr_sgn(number->real);
    return (sign > 0) - (sign < 0);
}

static int number_round(const Number *number, mpfr_ptr out, mpfr_rnd_t round)
{
    return number->rational ? mpfr_set_q(out, number->ratio, round)
                            : mpfr_set(out, number->real, round);
}

void number_get(const Number *number, mpfr_ptr out)
{
    number_round(number, out, MPFR_RNDN);
}

/* Sets `out` to the value of the type that is nearest, ties to even. Rounding twice would be
 * wrong, so the bits that a subnormal has are found first: the exponent is known from rounding
 * towards 0. Half the least value is a tie with 0, which is even; what is above it goes up. */
static void real_round(mpfr_ptr out, const Number *number, RealType type)
{
    const Format *format = &formats[type];
    mpfr_set_prec(out, format->bits);
    number_round(number, out, MPFR_RNDZ);
    if (!mpfr_regular_p(out))
        return;
    long bits = mpfr_get_exp(out) - format->least;
    if (bits < format->bits) {
        mpfr_set_prec(out, bits < 1 ? 1 : bits);
        number_round(number, out, bits < 1 ? MPFR_RNDA : MPFR_RNDN);
    } else {
        number_round(number, out, MPFR_RNDN);
    }
    if (mpfr_get_exp(out) <= format->least)
        mpfr_set_zero(out, mpfr_signbit(out) ? -1 : 1);
    else if (mpfr_get_exp(out) > format->most)
        mpfr_set_inf(out, mpfr_signbit(out) ? -1 : 1);
}

bool number_out_of_range(const Number *number, RealType type)
{
    mpfr_t value;
    mpfr_init2(value, formats[type].bits);
    real_round(value, number, type);
    bool out = mpfr_inf_p(value) || (mpfr_zero_p(value) && number_sign(number) != 0);
    mpfr_clear(value);
    return out;
}

/* ---- writing ---------------------------------------------------------------------------- */

/* A decimal: 0.DIGITS * 10^point. */
typedef struct Decimal {
    char digits[DIGITS_MAX + 3]; /* without zeros at the end */
    size_t count;                /* how many */
    long point;                  /* where the decimal point is */
} Decimal;

/* The nearest decimal of `count` digits, or the one beside it that is farther from 0. */
static void decimal_set(Decimal *out, mpfr_srcptr value, size_t count, mpfr_rnd_t round)
{
    char text[DIGITS_MAX + 3]; /* a sign and a 0, too */
    mpfr_exp_t point;
    mpfr_get_str(text, &point, 10, count, value, round);
    const char *digits = text + (text[0] == '-');
    while (count > 1 && digits[count - 1] == '0')
        count--;
    memcpy(out->digits, digits, count);
    out->digits[count] = 0;
    out->count = count;
    out->point = point;
}

/* The text of the decimal, as number_text promises it. */
static void decimal_text(char text[TEXT_MAX], const Decimal *decimal)
{
    const char *digits = decimal->digits;
    int count = (int)decimal->count, point = (int)decimal->point;
    if (point - 1 < PLAIN_LEAST || point - 1 > PLAIN_MOST)
        snprintf(text, TEXT_MAX, "%c%s%se%d", digits[0], count > 1 ? "." : "", digits + 1,
                 point - 1);
    else if (point <= 0)
        snprintf(text, TEXT_MAX, "0.%.*s%s", -point, "00000", digits);
    else if (count <= point)
        snprintf(text, TEXT_MAX, "%s%.*s", digits, point - count, "00000000000000");
    else
        snprintf(text, TEXT_MAX, "%.*s.%s", point, digits, digits + point);
}

/* Is the text, read and rounded, the size of this value again? */
static bool text_reads_as(const char *text, mpfr_srcptr value, RealType type)
{
    Number number;
    mpfr_t back;
    number_init(&number);
    mpfr_init2(back, formats[type].bits);
    bool same = number_parse(&number, text, strlen(text));
    if (same)
        real_round(back, &number, type);
    same = same && mpfr_cmpabs(back, value) == 0;
    mpfr_clear(back);
    number_clear(&number);
    return same;
}

/* The shortest text of a value of the type. A decimal of `sure` digits gives itself back, so if
 * the shortest one is no longer, it is found there with its zeros stripped (not so among the
 * subnormals, which have fewer bits). Below a power of two the values lie closer than above it:
 * the nearest decimal may fail where the next one farther from 0 does not. */
static void shortest_text(char text[TEXT_MAX], mpfr_srcptr value, RealType type)
{
    const Format *format = &formats[type];
    bool subnormal = mpfr_get_exp(value) < format->least + format->bits;
    Decimal decimal;
    for (size_t count = subnormal ? 1 : format->sure; count <= DIGITS_MAX; count++) {
        decimal_set(&decimal, value, count, MPFR_RNDN);
        decimal_text(text, &decimal);
        if (text_reads_as(text, value, type))
            return;
        decimal_set(&decimal, value, count, MPFR_RNDA);
        decimal_text(text, &decimal);
        if (text_reads_as(text, value, type))
            return;
    }
}

/* An integer that is its own shortest text in any type, as most constants are. */
static bool put_small(Text *out, const Number *number)
{
    enum { SURE = 1000000 }; /* decimals of six digits survive in all formats */
    long value;
    if (!number->rational || !number_integer(number, &value) || value <= -SURE || value >= SURE)
        return false;
    text_printf(out, "%ld", value);
    return true;
}

void number_text(Text *out, const Number *number, RealType type)
{
    if (put_small(out, number))
        return;
    mpfr_t value;
    mpfr_init2(value, formats[type].bits);
    real_round(value, number, type);
    char text[TEXT_MAX] = "0";
    if (mpfr_nan_p(value))
        strcpy(text, "nan");
    else if (mpfr_inf_p(value))
        strcpy(text, "inf");
    else if (!mpfr_zero_p(value))
        shortest_text(text, value, type);
    if (!mpfr_nan_p(value) && mpfr_signbit(value))
        text_char(out, '-');
    text_put(out, text);
    mpfr_clear(value);
}

void number_real_text(Text *out, mpfr_srcptr value, RealType type)
{
    Number view = {.rational = false, .real = {*value}}; /* shares the limbs, only read */
    number_text(out, &view, type);
}
