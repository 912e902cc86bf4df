/* text: growable output text.
 *
 * In: characters, strings, printf formats. Out: one run of bytes with a 0 behind it.
 *
 * The idea: everything that bpgen writes is first a text, so that an output file is complete or
 * untouched. It is in memory, but for long ones (spool.c).
 */
#include "base/base.h"

#include <string.h>

Text text_new(Ctx *ctx)
{
    return (Text){ctx, NULL, 0, 0, NULL};
}

void text_free(Text *text)
{
    text->at = ctx_resize(text->ctx, text->at, 0);
    text->len = text->room = 0;
    text->spooled = NULL; /* whose few bytes the context has */
}

void text_grow(Text *text, size_t more)
{
    if (more >= SIZE_MAX / 2 - text->len)
        ctx_fatal(text->ctx, STATUS_SYSTEM, "out of memory: a text grew too long");
    size_t need = text->len + more + 1;
    size_t room = need < 64 ? 64 : need < 2 * text->room ? 2 * text->room : need;
    text->at = ctx_resize(text->ctx, text->at, room);
    text->room = room;
}

void text_bytes(Text *text, const char *bytes, size_t length)
{
    text_reserve(text, length);
    if (length)
        memcpy(text->at + text->len, bytes, length);
    text->len += length;
    text->at[text->len] = 0;
}

void text_insert(Text *text, size_t place, const char *string)
{
    size_t length = strlen(string);
    text_reserve(text, length);
    memmove(text->at + place + length, text->at + place, text->len - place);
    memcpy(text->at + place, string, length);
    text->len += length;
    text->at[text->len] = 0;
}

void text_spaces(Text *text, size_t count)
{
    text_reserve(text, count);
    memset(text->at + text->len, ' ', count);
    text->len += count;
    text->at[text->len] = 0;
}

void text_number(Text *text, unsigned long number)
{
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    text_bytes(text, digits + at, sizeof digits - at);
}

void text_printf(Text *text, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    text_vprintf(text, fmt, args);
    va_end(args);
}

static void put_signed(Text *text, long value)
{
    if (value < 0)
        text_char(text, '-');
    text_number(text, value < 0 ? -(unsigned long)value : (unsigned long)value);
}

/* Puts a string with spaces before it that make it so wide. */
static void put_right(Text *text, int width, const char *string)
{
    const size_t length = strlen(string), room = width > 0 ? (size_t)width : 0;
    text_spaces(text, room > length ? room - length : 0);
    text_bytes(text, string, length);
}

/* A list of arguments that functions can take from in turn. */
typedef struct Arguments {
    va_list list;
} Arguments;

/* Puts what the directive behind '%' says if it is one of the commonest, and gives where it ends;
 * NULL of others, which the C library puts: most texts are made of these, and it takes ten times
 * as long. */
static const char *put_directive(Text *text, const char *at, Arguments *args)
{
    switch (*at) {
    case 's': text_put(text, va_arg(args->list, const char *)); return at + 1;
    case 'c': text_char(text, (char)va_arg(args->list, int)); return at + 1;
    case 'u': text_number(text, va_arg(args->list, unsigned)); return at + 1;
    case 'd': put_signed(text, va_arg(args->list, int)); return at + 1;
    case '%': text_char(text, '%'); return at + 1;
    default: break;
    }
    if (at[0] == 'l' && at[1] == 'd') {
        put_signed(text, va_arg(args->list, long));
        return at + 2;
    }
    if (at[0] == '*' && at[1] == 's') {
        const int width = va_arg(args->list, int);
        put_right(text, width, va_arg(args->list, const char *));
        return at + 2;
    }
    return NULL;
}

/* By the C library. */
static void put_formatted(Text *text, const char *fmt, Arguments *args)
{
    text_reserve(text, 80);
    for (;;) {
        va_list copy;
        va_copy(copy, args->list);
        size_t left = text->room - text->len;
        int length = vsnprintf(text->at + text->len, left, fmt, copy);
        va_end(copy);
        if (length < 0)
            ctx_fatal(text->ctx, STATUS_SYSTEM, "cannot format a text");
        if ((size_t)length < left) {
            text->len += (size_t)length;
            return;
        }
        text_reserve(text, (size_t)length);
    }
}

void text_vprintf(Text *text, const char *fmt, va_list list)
{
    Arguments args;
    va_copy(args.list, list);
    while (*fmt) {
        const char *end;
        if (*fmt != '%') {
            size_t plain = 1;
            while (fmt[plain] && fmt[plain] != '%')
                plain++;
            text_bytes(text, fmt, plain);
            fmt += plain;
        } else if ((end = put_directive(text, fmt + 1, &args))) {
            fmt = end;
        } else {
            put_formatted(text, fmt, &args);
            break;
        }
    }
    va_end(args.list);
}

/* A code point below 128 as JSON wants it. */
static void json_char(Text *text, char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letter[] = "\"\\bfnrt";
    const char *found = c ? strchr(plain, c) : NULL;
    if (found)
        text_printf(text, "\\%c", letter[found - plain]);
    else if ((unsigned char)c < 0x20 || c == 0x7f)
        text_printf(text, "\\u%04x", (unsigned)c);
    else
        text_char(text, c);
}

void text_json_bytes(Text *text, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    text_char(text, '"');
    while (bytes < end) {
        uint32_t point;
        int size = utf8_decode(bytes, end, &point);
        if (size == 1)
            json_char(text, *bytes);
        else if (size)
            text_bytes(text, bytes, (size_t)size);
        else
            text_put(text, "\\ufffd");
        bytes += size ? size : 1;
    }
    text_char(text, '"');
}

void text_json(Text *text, const char *string)
{
    text_json_bytes(text, string, strlen(string));
}
