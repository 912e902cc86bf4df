/* text: growable output text.
 *
 * In: characters, strings, printf formats. Out: one run of bytes with a 0 behind it.
 *
 * The idea: everything that bpgen writes is first a text in memory, so that an output file is
 * complete or untouched.
 */
#include "base/base.h"

#include <string.h>

Text text_new(Ctx *ctx)
{
    return (Text){ctx, NULL, 0, 0};
}

void text_free(Text *text)
{
    text->at = ctx_resize(text->ctx, text->at, 0);
    text->len = text->room = 0;
}

/* Makes room for `more` bytes and the 0 behind them. */
static void reserve(Text *text, size_t more)
{
    if (more >= SIZE_MAX / 2 - text->len)
        ctx_fatal(text->ctx, STATUS_SYSTEM, "out of memory: a text grew too long");
    size_t need = text->len + more + 1;
    if (need <= text->room)
        return;
    size_t room = need < 64 ? 64 : need < 2 * text->room ? 2 * text->room : need;
    text->at = ctx_resize(text->ctx, text->at, room);
    text->room = room;
}

void text_bytes(Text *text, const char *bytes, size_t length)
{
    reserve(text, length);
    if (length)
        memcpy(text->at + text->len, bytes, length);
    text->len += length;
    text->at[text->len] = 0;
}

void text_char(Text *text, char c)
{
    if (text->len + 1 >= text->room)
        reserve(text, 1);
    text->at[text->len++] = c;
    text->at[text->len] = 0;
}

void text_insert(Text *text, size_t place, const char *string)
{
    size_t length = strlen(string);
    reserve(text, length);
    memmove(text->at + place + length, text->at + place, text->len - place);
    memcpy(text->at + place, string, length);
    text->len += length;
    text->at[text->len] = 0;
}

void text_put(Text *text, const char *string)
{
    text_bytes(text, string, strlen(string));
}

void text_printf(Text *text, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    text_vprintf(text, fmt, args);
    va_end(args);
}

void text_vprintf(Text *text, const char *fmt, va_list args)
{
    reserve(text, 80);
    for (;;) {
        va_list copy;
        va_copy(copy, args);
        size_t left = text->room - text->len;
        int length = vsnprintf(text->at + text->len, left, fmt, copy);
        va_end(copy);
        if (length < 0)
            ctx_fatal(text->ctx, STATUS_SYSTEM, "cannot format a text");
        if ((size_t)length < left) {
            text->len += (size_t)length;
            return;
        }
        reserve(text, (size_t)length);
    }
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
