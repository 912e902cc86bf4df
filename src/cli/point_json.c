/* A file of --at=@FILE in, the names, shapes and places of its values out: one object of JSON
 * (RFC 8259) whose values are numbers and arrays of them.
 *
 * The reader is our own because numbers must stay as they are written (a value has the digits that
 * a literal has) and because mistakes must have places; readers of JSON give doubles without. It
 * does not convert: a cell is the place where a number begins. What breaks the grammar ends the
 * reading; what is no number where one is needed, or an array of unequal rows, does not. */
#include <string.h>

#include "cli/cli.h"

typedef struct Json {
    Ctx *ctx;
    const Source *source; /* what is read */
    const char *at;       /* up to here */
    const char *end;      /* of the source */
    bool failed;          /* the grammar is broken: go no further */
    PointGiven *value;    /* what is being read, and */
    int rank;             /* how many axes it has; -1 is unknown yet */
    uint32_t counts[POINT_AXES]; /* elements so far of the array of each level that is open */
    bool wrong;           /* an error of this value was reported */
} Json;

static Span span_of(const Json *j, const char *from, const char *to)
{
    const char *bytes = j->source->bytes;
    return (Span){j->source->base + (uint32_t)(from - bytes),
                  j->source->base + (uint32_t)(to - bytes)};
}

/* ---- words of the grammar */

static void skip_space(Json *j)
{
    while (j->at < j->end && strchr(" \t\n\r", *j->at) && *j->at)
        j->at++;
}

/* How long what stands here is, as a message shows it: a word, a character, or an escape. */
static size_t word_length(const Json *j)
{
    static const char word[] =
        "+-.0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const size_t length = strspn(j->at, word);
    uint32_t point;
    if (*j->at == '\\') {
        const size_t behind = strspn(j->at + 1, word), most = j->at[1] == 'u' ? 5 : 1;
        return 1 + (behind < most ? behind : most);
    }
    if (length || j->at == j->end)
        return length;
    const int bytes = utf8_decode(j->at, j->end, &point);
    return bytes ? (size_t)bytes : 1;
}

/* Ends the reading. */
static void fail(Json *j, const char *expected)
{
    const size_t length = word_length(j);
    Text found = text_new(j->ctx);
    if (j->at == j->end)
        text_put(&found, "the end of the file");
    else if (!*j->at)
        text_put(&found, "a byte 0");
    else
        text_printf(&found, "'%.*s'", length < 60 ? (int)length : 60, j->at);
    diag_error(j->ctx, span_of(j, j->at, j->at + length), "json", "expected %s, found %s",
               expected, found.at);
    text_free(&found);
    j->failed = true;
}

/* Takes the character, if it is the next one. */
static bool take(Json *j, char c)
{
    skip_space(j);
    if (j->at == j->end || *j->at != c)
        return false;
    j->at++;
    return true;
}

static size_t digits(const char *at) { return strspn(at, "0123456789"); }

/* The length of the number here; 0 if there is none, or something is glued to it. */
static size_t number_length(const Json *j)
{
    const char *at = j->at + (*j->at == '-');
    size_t length = digits(at);
    if (!length || (*at == '0' && length > 1))
        return 0;
    at += length;
    if (*at == '.') {
        if (!digits(at + 1))
            return 0;
        at += 1 + digits(at + 1);
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '-' || *at == '+';
        if (!digits(at))
            return 0;
        at += digits(at);
    }
    const size_t all = (size_t)(at - j->at);
    return all == word_length(j) ? all : 0;
}

/* ---- strings */

static int hex_digit(char c)
{
    static const char known[] = "0123456789abcdefABCDEF";
    const char *found = c ? strchr(known, c) : NULL;
    const int digit = found ? (int)(found - known) : -1;
    return digit < 16 ? digit : digit - 6;
}

/* The four digits behind \u; -1 if they are none. */
static long hex_unit(const char *at)
{
    long unit = 0;
    for (int i = 0; i < 4; i++) {
        const int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static void put_point(Text *out, uint32_t c)
{
    if (c < 0x80) {
        text_char(out, (char)c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint32_t heads[] = {0, 0xc0, 0xe0, 0xf0};
    text_char(out, (char)(heads[more] | c >> 6 * more));
    for (int i = more - 1; i >= 0; i--)
        text_char(out, (char)(0x80 | (c >> 6 * i & 0x3f)));
}

/* \uXXXX at the backslash, or two of them for what is beyond 16 bits. */
static void read_unit(Json *j, Text *out)
{
    long unit = hex_unit(j->at + 2);
    size_t length = 6;
    if (unit >= 0xd800 && unit < 0xdc00 && j->at[6] == '\\' && j->at[7] == 'u') {
        const long low = hex_unit(j->at + 8);
        if (low >= 0xdc00 && low < 0xe000) {
            unit = 0x10000 + (unit - 0xd800) * 0x400 + (low - 0xdc00);
            length = 12;
        }
    }
    if (unit <= 0 || (unit >= 0xd800 && unit < 0xe000)) {
        fail(j, "a character behind the backslash, as '\\u03b8'");
        return;
    }
    put_point(out, (uint32_t)unit);
    j->at += length;
}

static void read_escape(Json *j, Text *out)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *found = j->at[1] ? strchr(names, j->at[1]) : NULL;
    if (j->at[1] == 'u') {
        read_unit(j, out);
    } else if (found) {
        text_char(out, meant[found - names]);
        j->at += 2;
    } else {
        fail(j, "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    }
}

/* The text of the string here. */
static void read_string(Json *j, Text *out)
{
    if (!take(j, '"')) {
        fail(j, "a name in double quotes");
        return;
    }
    text_put(out, "");
    while (!j->failed && *j->at != '"') {
        uint32_t point;
        const int length = utf8_decode(j->at, j->end, &point);
        if (j->at == j->end || (unsigned char)*j->at < 0x20)
            fail(j, "a quote at the end of the name");
        else if (!length)
            fail(j, "UTF-8");
        else if (*j->at == '\\')
            read_escape(j, out);
        else
            text_bytes(out, j->at, (size_t)length), j->at += length;
    }
    if (!j->failed)
        j->at++;
}

/* ---- values */

/* Reports what stands from there to here, once a value. */
static void value_error(Json *j, const char *from, const char *why)
{
    if (!j->wrong)
        diag_error(j->ctx, span_of(j, from, j->at), "json", "%s", why);
    j->wrong = true;
}

static const char *const uneven = "expected rows of the same length and depth";

static void read_number(Json *j, uint32_t level)
{
    const char *from = j->at;
    const size_t length = number_length(j);
    if (!length) {
        fail(j, "a number or an array of numbers");
        if (*from == '+' || *from == '.' || digits(from))
            diag_hint(j->ctx, "numbers of JSON are as -12, 0.5, 1.5e-3: digits before and behind "
                              "the point, no sign '+', no zeros in front");
        else if (strchr("\"INintf", *from) && *from)
            diag_hint(j->ctx, "what is no number is not read from a file; --at='x=inf, y=pi/2' "
                              "takes expressions");
        return;
    }
    j->at += length;
    if (j->rank < 0)
        j->rank = (int)level;
    if (j->rank != (int)level)
        value_error(j, from, uneven);
    *vec_push(j->ctx, &j->value->cells) = span_of(j, from, j->at).start;
}

/* Is the array that ends as long as those before it at this level? */
static void close_array(Json *j, const char *from, uint32_t level)
{
    U32Vec *extents = &j->value->extents;
    const uint32_t count = j->counts[level - 1];
    if (j->rank < 0)
        j->rank = (int)level; /* it is empty, and so are all of this level */
    while (extents->count < (uint32_t)j->rank)
        *vec_push(j->ctx, extents) = UINT32_MAX;
    if (level > extents->count ||
        (extents->at[level - 1] != UINT32_MAX && extents->at[level - 1] != count))
        value_error(j, from, uneven);
    else
        extents->at[level - 1] = count;
}

/* A number, or arrays in one another. */
static void read_value(Json *j)
{
    uint32_t level = 0;
    const char *opened[POINT_AXES];
    j->rank = -1;
    j->wrong = false;
    do {
        skip_space(j);
        if (level && j->counts[level - 1] == 0 && take(j, ']')) {
            close_array(j, opened[level - 1], level);
            level--;
        } else if (*j->at == '[' && level < POINT_AXES) {
            opened[level] = j->at++;
            j->counts[level++] = 0;
            if (j->rank >= 0 && (int)level > j->rank)
                value_error(j, opened[level - 1], uneven);
            continue;
        } else if (*j->at == '[') {
            fail(j, "arrays of at most 64 axes");
        } else {
            read_number(j, level);
        }
        while (!j->failed && level) { /* behind an element */
            j->counts[level - 1]++;
            if (take(j, ','))
                break;
            if (!take(j, ']')) {
                fail(j, "',' or ']'");
                break;
            }
            close_array(j, opened[level - 1], level);
            level--;
        }
    } while (!j->failed && level);
}

static void read_member(Json *j, PointGivens *out)
{
    Text name = text_new(j->ctx);
    skip_space(j);
    const char *from = j->at;
    read_string(j, &name);
    if (j->failed)
        return;
    PointGiven given = {.name = utf8_normalise(j->ctx, name.at, name.len),
                        .span = span_of(j, from, j->at)};
    text_free(&name);
    if (!take(j, ':')) {
        fail(j, "':' and a value");
        return;
    }
    j->value = &given;
    read_value(j);
    j->value = NULL;
    *vec_push(j->ctx, out) = given;
}

void point_json_read(Ctx *ctx, uint32_t source, PointGivens *out)
{
    Json j = {.ctx = ctx, .source = source_at(ctx, source)};
    j.at = j.source->bytes;
    j.end = j.at + j.source->length;
    if (!take(&j, '{'))
        fail(&j, "an object, as {\"x\": 1.5, \"A\": [[1, 2], [3, 4]]}");
    if (!j.failed && !take(&j, '}')) {
        do
            read_member(&j, out);
        while (!j.failed && take(&j, ','));
        if (!j.failed && !take(&j, '}'))
            fail(&j, "',' or '}'");
    }
    skip_space(&j);
    if (!j.failed && j.at < j.end)
        fail(&j, "nothing behind the object");
}

size_t point_json_number(const char *text) { return strspn(text, "+-.0123456789eE"); }
