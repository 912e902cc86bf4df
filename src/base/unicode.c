/* unicode: what an identifier is, and what it becomes in C.
 *
 * In: UTF-8. Out: code points and their classes, names in normal form C, ASCII identifiers.
 *
 * The idea: libunistring knows Unicode; here stands only what it does not know: how a Greek
 * letter is called and how those Latin letters that do not decompose are spelled in ASCII.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* ---- code points ------------------------------------------------------------------------ */

int utf8_decode(const char *at, const char *end, uint32_t *point)
{
    if (at >= end)
        return 0;
    if ((unsigned char)*at < 0x80) {
        *point = (unsigned char)*at;
        return 1;
    }
    size_t left = (size_t)(end - at);
    ucs4_t value;
    int length = u8_mbtoucr(&value, (const uint8_t *)at, left < 4 ? left : 4);
    if (length <= 0)
        return 0;
    *point = value;
    return length;
}

static bool is_letter(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

static bool is_digit(uint32_t point)
{
    return point >= '0' && point <= '9';
}

bool utf8_is_hidden(uint32_t point)
{
    if (point < 0x80)
        return point < 0x20 || point == 0x7f;
    return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf |
                                                       UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Zl |
                                                       UC_CATEGORY_MASK_Zp) ||
           uc_is_property_default_ignorable_code_point(point);
}

bool utf8_starts_name(uint32_t point)
{
    if (point < 0x80)
        return is_letter(point) || point == '_';
    return uc_is_property_xid_start(point) && !utf8_is_hidden(point);
}

bool utf8_continues_name(uint32_t point)
{
    if (point < 0x80)
        return is_letter(point) || is_digit(point) || point == '_';
    if (uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Po)) /* x·y is meant as a product */
        return false;
    return uc_is_property_xid_continue(point) && !utf8_is_hidden(point);
}

/* ---- normal forms ----------------------------------------------------------------------- */

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* Puts the text in the given normal form; text that is no UTF-8 as it is. The library writes
 * into our buffer if that is large enough, which it is but for a few ligatures. */
static void put_normal(Text *out, uninorm_t form, const char *text, size_t length)
{
    if (u8_check((const uint8_t *)text, length)) {
        text_bytes(out, text, length);
        return;
    }
    size_t room = 4 * length + 64, size = room;
    uint8_t *buffer = ctx_resize(out->ctx, NULL, room);
    uint8_t *normal = u8_normalize(form, (const uint8_t *)text, length, buffer, &size);
    if (!normal)
        ctx_fatal(out->ctx, STATUS_SYSTEM, "out of memory: no normal form of %zu bytes", length);
    text_bytes(out, (const char *)normal, size);
    if (normal != buffer)
        free(normal);
    ctx_resize(out->ctx, buffer, 0);
}

Name utf8_normalise(Ctx *ctx, const char *text, size_t length)
{
    if (is_ascii(text, length))
        return name_intern(ctx, text, length);
    Text normal = text_new(ctx);
    put_normal(&normal, UNINORM_NFC, text, length);
    Name name = name_intern(ctx, normal.at, normal.len);
    text_free(&normal);
    return name;
}

/* ---- transliteration -------------------------------------------------------------------- */

/* From U+03B1 on, in the order of Unicode; the capitals stand 32 places before. */
static const char *const greek[] = {
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota",
    "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma",
    "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"
};

/* Letters that have no decomposition. */
static const struct { uint32_t point; const char *ascii; } latin[] = {
    {0xc6, "AE"}, {0xd0, "D"}, {0xd8, "O"}, {0xde, "Th"}, {0xdf, "ss"}, {0xe6, "ae"},
    {0xf0, "d"}, {0xf8, "o"}, {0xfe, "th"}, {0x110, "D"}, {0x111, "d"}, {0x126, "H"},
    {0x127, "h"}, {0x131, "i"}, {0x138, "k"}, {0x141, "L"}, {0x142, "l"}, {0x14a, "Ng"},
    {0x14b, "ng"}, {0x152, "OE"}, {0x153, "oe"}, {0x166, "T"}, {0x167, "t"}, {0x192, "f"},
    {0x237, "j"}, {0x259, "e"}, {0x1e9e, "SS"}
};

/* Puts the letter by its name; false if it is none that we know. */
static bool put_greek(Text *out, uint32_t point)
{
    const uint32_t count = sizeof greek / sizeof *greek;
    bool capital = point < 0x3b1;
    uint32_t i = capital ? point - 0x391 : point - 0x3b1;
    if (point < 0x391 || i >= count)
        return false;
    text_char(out, capital ? (char)(greek[i][0] - 'a' + 'A') : greek[i][0]);
    text_put(out, greek[i] + 1);
    return true;
}

static bool put_latin(Text *out, uint32_t point)
{
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (latin[i].point == point) {
            text_put(out, latin[i].ascii);
            return true;
        }
    return false;
}

static bool put_letter(Text *out, uint32_t point)
{
    if (!is_letter(point) && !is_digit(point))
        return put_greek(out, point) || put_latin(out, point);
    text_char(out, (char)point);
    return true;
}

/* An accent or another mark on a letter; not the vowel signs that some scripts have. */
static bool is_mark(uint32_t point)
{
    return uc_combining_class(point) != 0;
}

/* Puts the character as letters and digits, through its decomposition if need be (`e` for an
 * accented one, `theta` for a slanted one, `1` for a subscript); false if it has none. */
static bool put_spelled(Text *out, const char *at, int length)
{
    Text parts = text_new(out->ctx);
    put_normal(&parts, UNINORM_NFKD, at, (size_t)length);
    size_t before = out->len;
    bool spelled = true;
    for (const char *p = parts.at, *end = p + parts.len; p < end && spelled;) {
        uint32_t point = 0;
        p += utf8_decode(p, end, &point);
        spelled = is_mark(point) || put_letter(out, point);
    }
    if (!spelled)
        out->len = before;
    text_free(&parts);
    return spelled;
}

/* Sets what comes next apart from what is there. */
static void set_apart(Text *out)
{
    if (out->len && out->at[out->len - 1] != '_')
        text_char(out, '_');
}

/* Puts one character; returns whether the next one must be set apart from it. ASCII punctuation
 * (in the names of files) does nothing else. */
static bool put_point(Text *out, const char *at, int length, uint32_t point, bool apart)
{
    if (length == 1 && point < 0x80 && !utf8_continues_name(point))
        return true;
    if (length && is_mark(point))
        return apart;
    size_t before = out->len;
    if (apart)
        set_apart(out);
    if (length == 1 && point == '_') {
        out->len = before;
        text_char(out, '_');
        return false;
    }
    if (length && put_spelled(out, at, length))
        return false;
    out->len = before;
    set_apart(out);
    text_printf(out, length ? "u%04x" : "u%02x", (unsigned)point);
    return true;
}

void utf8_transliterate(Text *out, const char *text)
{
    Text normal = text_new(out->ctx), name = text_new(out->ctx);
    put_normal(&normal, UNINORM_NFC, text, strlen(text));
    bool apart = false;
    for (const char *at = normal.at, *end = at + normal.len; at < end;) {
        uint32_t point = (unsigned char)*at;
        int length = utf8_decode(at, end, &point);
        apart = put_point(&name, at, length, point, apart);
        at += length ? length : 1;
    }
    if (!name.len || !is_letter((unsigned char)name.at[0]))
        text_char(out, 'x');
    text_bytes(out, name.at, name.len);
    text_free(&normal);
    text_free(&name);
}
