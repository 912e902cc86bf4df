/* Bytes in, tokens out: the words of the language, with no regard to what stands around them
 * (tokens.c knows that). The source ends with a 0 byte, which is also how its end is seen. */
#include <string.h>

#include "front/front.h"
#include "parser.h"

static Token token(const Lexer *lexer, int type, const char *from, Name name)
{
    Token t = {type, {lexer->base + (uint32_t)(from - lexer->start),
                      lexer->base + (uint32_t)(lexer->cursor - lexer->start)}, name};
    return t;
}

/* A character that no token begins with: names it, and what may have been meant. */
static void report_character(const Lexer *lexer, Span span, const char *from)
{
    static const struct { uint32_t point; const char *hint; } meant[] = {
        {0x2212, "write '-' for a minus"}, {0x2013, "write '-' for a minus"},
        {0xd7, "write '*' for a product"}, {0xb7, "write '*' for a product"},
        {0x22c5, "write '*' for a product"}, {0xf7, "write '/' for a quotient"},
        {0x2264, "write '<='"}, {0x2265, "write '>='"}, {0x2260, "write '!='"},
        {0x221a, "write sqrt(...)"}, {0xb2, "write ^2"}, {0xb3, "write ^3"},
        {'&', "write '&&' for 'and'"}, {'|', "write '||' for 'or', abs(x) for an absolute value"},
        {0x2a7d, "write '<='"}, {0x2a7e, "write '>='"}, {0x221e, "write inf"},
        {0xbd, "write 1/2"}, {0xbc, "write 1/4"}, {0x2074, "write ^4"},
        {0x201c, "write '\"'"}, {0x201d, "write '\"'"},
        {0, "a model is a text; this is something else"},
        {'.', "a number needs a digit beside its point; a range is a..b"},
        {'"', "a text ends with '\"' on the same line"}, {'~', "write '!' for 'not'"},
    };
    uint32_t point = 0;
    int length = utf8_decode(from, lexer->end, &point);
    if (!length) {
        diag_error(lexer->ctx, span, "utf8", "the byte 0x%02x is not valid UTF-8",
                   (unsigned)(unsigned char)*from);
        diag_hint(lexer->ctx, "save the file as UTF-8");
    } else if (utf8_is_hidden(point))
        diag_error(lexer->ctx, span, "character", "the invisible character U+%04X is not allowed",
                   (unsigned)point);
    else
        diag_error(lexer->ctx, span, "character", "the character '%.*s' (U+%04X) has no meaning here",
                   length, from, (unsigned)point);
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        if (length && meant[i].point == point)
            diag_hint(lexer->ctx, "%s", meant[i].hint);
}

static void report_glued(const Lexer *lexer, Span span, const char *from)
{
    size_t length = span.end - span.start;
    size_t digits = strspn(from, "0123456789.");
    diag_error(lexer->ctx, span, "number", "the number '%.*s' runs into a name", (int)digits, from);
    if (length > 1 && *from == '0' && (from[1] | 32) == 'x')
        diag_hint(lexer->ctx, "numbers are decimal");
    else if (digits + 1 == length && (from[digits] | 32) == 'e')
        diag_hint(lexer->ctx, "an exponent has digits, as in 1e-3; a product is written with '*'");
    else
        diag_hint(lexer->ctx, "a product is written with '*'");
}

void lexer_report(const Lexer *lexer, Token t)
{
    const char *from = lexer->start + (t.span.start - lexer->base);
    bool number = t.span.end - t.span.start > 1 && *from && strchr(".0123456789", *from);
    if (number)
        report_glued(lexer, t.span, from);
    else
        report_character(lexer, t.span, from);
}

static Token bad_character(Lexer *lexer, const char *from)
{
    uint32_t point;
    int length = utf8_decode(from, lexer->end, &point);
    lexer->cursor = from + (length ? length : 1);
    return token(lexer, T_BAD, from, 0);
}

/* A run of letters, digits and non-ASCII bytes: the longest identifier it begins with. */
static Token identifier(Lexer *lexer, const char *from)
{
    const char *at = from;
    const char *end = lexer->cursor;
    bool ascii = true;
    while (at < end) {
        uint32_t point;
        int length = utf8_decode(at, end, &point);
        if (!length || !(at == from ? utf8_starts_name(point) : utf8_continues_name(point)))
            break;
        ascii = ascii && point < 0x80;
        at += length;
    }
    if (at == from)
        return bad_character(lexer, from);
    lexer->cursor = at;
    size_t size = (size_t)(at - from);
    return token(lexer, T_ID, from, ascii ? name_intern(lexer->ctx, from, size)
                                          : utf8_normalise(lexer->ctx, from, size));
}

static void comment(Lexer *lexer, const char *from)
{
    *vec_push(lexer->ctx, &lexer->ast->comments) = token(lexer, 0, from, 0).span;
}

Token lexer_next(Lexer *lexer)
{
    const char *YYMARKER = NULL, *YYCTXMARKER = NULL;
    const char *from;
again:
    from = lexer->cursor;
    /*!re2c
    re2c:api:style = free-form;
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = lexer->cursor;
    re2c:define:YYPEEK = "*(const unsigned char *)lexer->cursor";
    re2c:yyfill:enable = 0;

    digits  = [0-9]+;
    power   = [eE] [+-]? digits;
    number  = (digits ("." digits?)? | "." digits) power?;
    letter  = [A-Za-z_] | [^\x00-\x7f];
    word    = letter (letter | [0-9])*;

    "\x00" {
        if (from >= lexer->end) {
            lexer->cursor = from;
            return token(lexer, 0, from, 0);
        }
        return bad_character(lexer, from);
    }
    [ \t\f\v]+            { goto again; }
    "\ufeff"              { if (from == lexer->start) goto again; return bad_character(lexer, from); }
    "#" [^\n\r\x00]*      { comment(lexer, from); goto again; }
    "\r\n" | "\n" | "\r"  { return token(lexer, T_NEWLINE, from, 0); }
    digits / ".."         { return token(lexer, T_NUMBER, from, name_intern(lexer->ctx, from,
                                         (size_t)(lexer->cursor - from))); }
    number                { return token(lexer, T_NUMBER, from, name_intern(lexer->ctx, from,
                                         (size_t)(lexer->cursor - from))); }
    number word           { return token(lexer, T_BAD, from, 0); }
    word                  { return identifier(lexer, from); }
    ["] [^"\n\r\x00]* ["] { return token(lexer, T_STRING, from, name_intern(lexer->ctx, from + 1,
                                         (size_t)(lexer->cursor - from) - 2)); }
    "+"  { return token(lexer, T_PLUS, from, 0); }
    "-"  { return token(lexer, T_MINUS, from, 0); }
    "**" { return token(lexer, T_POW, from, 0); }
    "^"  { return token(lexer, T_POW, from, 0); }
    "*"  { return token(lexer, T_STAR, from, 0); }
    "/"  { return token(lexer, T_SLASH, from, 0); }
    "%"  { return token(lexer, T_PERCENT, from, 0); }
    "@"  { return token(lexer, T_MATMUL, from, 0); }
    "<=" { return token(lexer, T_LE, from, 0); }
    ">=" { return token(lexer, T_GE, from, 0); }
    "==" { return token(lexer, T_EQ, from, 0); }
    "!=" { return token(lexer, T_NE, from, 0); }
    "<"  { return token(lexer, T_LT, from, 0); }
    ">"  { return token(lexer, T_GT, from, 0); }
    "&&" { return token(lexer, T_AND, from, 0); }
    "||" { return token(lexer, T_OR, from, 0); }
    "!"  { return token(lexer, T_NOT, from, 0); }
    "?"  { return token(lexer, T_QUESTION, from, 0); }
    ":"  { return token(lexer, T_COLON, from, 0); }
    "="  { return token(lexer, T_ASSIGN, from, 0); }
    ","  { return token(lexer, T_COMMA, from, 0); }
    ";"  { return token(lexer, T_SEMI, from, 0); }
    ".." { return token(lexer, T_DOTS, from, 0); }
    "("  { return token(lexer, T_LPAREN, from, 0); }
    ")"  { return token(lexer, T_RPAREN, from, 0); }
    "["  { return token(lexer, T_LBRACKET, from, 0); }
    "]"  { return token(lexer, T_RBRACKET, from, 0); }
    "{"  { return token(lexer, T_LBRACE, from, 0); }
    "}"  { return token(lexer, T_RBRACE, from, 0); }
    "'"  { return token(lexer, T_QUOTE, from, 0); }
    *    { return bad_character(lexer, from); }
    */
}
