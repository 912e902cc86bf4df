/* Raw tokens in, the grammar's tokens out: which newlines end a statement, and which names are
 * words (SPEC 3.1). No word is reserved: what stands beside a name decides. */
#include <string.h>

#include "front/front.h"
#include "parser.h"

static const struct { const char *text; int type; } openers[] = {
    {"model", T_MODEL}, {"dim", T_DIM}, {"input", T_INPUT}, {"param", T_PARAM},
    {"index", T_INDEX}, {"const", T_CONST}, {"assume", T_ASSUME}, {"output", T_OUTPUT},
    {"include", T_INCLUDE}, {"rule", T_RULE}, {"check", T_CHECK},
};

void tokens_begin(Tokens *tokens, Ctx *ctx, Ast *ast, uint32_t source)
{
    const Source *s = source_at(ctx, source);
    memset(tokens, 0, sizeof *tokens);
    Lexer lexer = {ctx, ast, s->bytes, s->bytes, s->bytes + s->length, s->base};
    tokens->lexer = lexer;
    tokens->before = T_END;
    tokens->ahead = lexer_next(&tokens->lexer);
    tokens->begin = tokens->ahead.span.start;
}

/* The raw token that is next; the one behind it moves up. */
static Token take(Tokens *tokens)
{
    Token t = tokens->ahead;
    if (t.type)
        tokens->ahead = lexer_next(&tokens->lexer);
    return t;
}

int tokens_opener(const char *text)
{
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (!strcmp(text, openers[i].text))
            return openers[i].type;
    return 0;
}

static bool ends_operand(int type)
{
    return type == T_ID || type == T_NUMBER || type == T_RPAREN || type == T_RBRACKET ||
           type == T_QUOTE || type == T_RBRACE;
}

/* Something must follow it, so that a newline behind it ends nothing. */
static bool wants_more(int type)
{
    switch (type) {
    case T_PLUS: case T_MINUS: case T_STAR: case T_SLASH: case T_PERCENT: case T_MATMUL:
    case T_POW: case T_LT: case T_LE: case T_GT: case T_GE: case T_EQ: case T_NE: case T_AND:
    case T_OR: case T_NOT: case T_QUESTION: case T_COLON: case T_ASSIGN: case T_COMMA:
    case T_DOTS: case T_IN: case T_WITHIN: case T_AT:
        return true;
    default:
        return false;
    }
}

static bool in_brackets(const Tokens *tokens)
{
    return tokens->open.count && tokens->open.at[tokens->open.count - 1].type != T_LBRACE;
}

/* Does this name at the beginning of a statement open it as a word? */
static int opener(const Tokens *tokens, Name name)
{
    int type = tokens_opener(name_text(tokens->lexer.ctx, name));
    int next = tokens->ahead.type;
    if (type == T_INCLUDE)
        return next == T_STRING ? type : T_ID;
    if (type == T_CHECK || type == T_ASSUME)
        return next == T_ASSIGN || next == T_LBRACKET || next == T_LPAREN ||
               next == T_NEWLINE || next == T_SEMI || !next ? T_ID : type;
    return type && next == T_ID ? type : T_ID;
}

/* What a name is where it stands. */
static int name_type(const Tokens *tokens, Name name)
{
    const char *text = name_text(tokens->lexer.ctx, name);
    if (tokens->before == T_END)
        return tokens->open.count ? T_ID : opener(tokens, name);
    if (!ends_operand(tokens->before))
        return T_ID;
    if (in_brackets(tokens))
        return strcmp(text, "in") ? T_ID : T_IN;
    if (tokens->in_check && !strcmp(text, "within"))
        return T_WITHIN;
    if (tokens->in_check && !strcmp(text, "at"))
        return T_AT;
    return T_ID;
}

static void track_brackets(Tokens *tokens, Token t)
{
    tokens->closed.type = 0;
    if (t.type == T_LPAREN || t.type == T_LBRACKET || t.type == T_LBRACE)
        *vec_push(tokens->lexer.ctx, &tokens->open) = t;
    if ((t.type == T_RPAREN || t.type == T_RBRACKET || t.type == T_RBRACE) && tokens->open.count)
        tokens->closed = tokens->open.at[--tokens->open.count];
}

/* Is this newline or semicolon one that the grammar does not want to see? */
static bool ends_nothing(const Tokens *tokens, Token t)
{
    if (t.type == T_NEWLINE)
        return in_brackets(tokens) || tokens->before == T_END || tokens->before == T_LBRACE ||
               wants_more(tokens->before);
    return tokens->before == T_END || tokens->before == T_LBRACE;
}

Token tokens_next(Tokens *tokens)
{
    Token t = take(tokens);
    bool fresh = tokens->before == T_END;
    while (t.type == T_NEWLINE || (t.type == T_SEMI && !in_brackets(tokens))) {
        if (!ends_nothing(tokens, t)) {
            t.type = T_END;
            break;
        }
        fresh = true;
        t = take(tokens);
    }
    if (t.type == 0 && tokens->before != T_END)
        t.type = T_END;
    if (tokens->before == T_END && !tokens->open.count)
        tokens->begin = t.span.start;
    if (t.type == T_ID)
        t.type = name_type(tokens, t.name);
    if (fresh && !tokens->open.count)
        tokens->in_check = t.type == T_CHECK;
    tokens->fresh_line = fresh;
    tokens->before = t.type;
    track_brackets(tokens, t);
    return t;
}

Token tokens_restart(Tokens *tokens, Token t)
{
    tokens->open.count = 0;
    tokens->before = T_END;
    tokens->begin = t.span.start;
    if (t.type == T_ID)
        t.type = name_type(tokens, t.name);
    tokens->in_check = t.type == T_CHECK;
    tokens->fresh_line = true;
    tokens->before = t.type;
    track_brackets(tokens, t);
    return t;
}

void tokens_return(Tokens *tokens, const Tokens *copy, Token first)
{
    Tokens now = *tokens;
    *tokens = *copy;
    tokens->open = now.open; /* it may have moved since */
    tokens->open.count = copy->open.count;
    if (tokens->open.count)
        tokens->open.at[0] = first;
}

/* ---- after an error */

static const char *text_at(const Tokens *tokens, uint32_t place)
{
    return tokens->lexer.start + (place - tokens->lexer.base);
}

static uint32_t indentation(const Tokens *tokens, uint32_t place)
{
    uint32_t columns = 0;
    for (const char *at = text_at(tokens, place);
         at > tokens->lexer.start && at[-1] != '\n' && at[-1] != '\r'; at--)
        columns++;
    return columns;
}

bool tokens_line_defines(const Tokens *tokens, uint32_t place)
{
    const char *at = text_at(tokens, place), *end = tokens->lexer.end;
    for (; at < end && *at != '\n' && *at != '\r' && *at != '#'; at++) {
        if (*at != '=')
            continue;
        bool other = at + 1 < end && at[1] == '=';
        if (!other && (at == tokens->lexer.start || !strchr("=<>!", at[-1])))
            return true;
        at += other;
    }
    return false;
}

bool tokens_begins_anew(const Tokens *tokens, Token t)
{
    static const char *const joints[] = {"in", "within", "at"};
    if (t.type != T_ID || !tokens->fresh_line)
        return false;
    if (tokens->ahead.type == T_ASSIGN)
        return true;
    if (tokens->ahead.type != T_ID || opener(tokens, t.name) == T_ID)
        return false;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (!strcmp(name_text(tokens->lexer.ctx, tokens->ahead.name), joints[i]))
            return false;
    return true;
}

bool tokens_in_body(const Tokens *tokens, uint32_t place)
{
    return tokens->open.count && tokens->open.at[0].type == T_LBRACE &&
           indentation(tokens, place) > indentation(tokens, tokens->begin);
}

void tokens_recover(Tokens *tokens)
{
    int last = tokens->before; /* before a newline that is no end, if something must follow it */
    bool over = last == T_END && !tokens->fresh_line && !tokens->open.count;
    while (!over && tokens->ahead.type) {
        Token t = tokens->ahead;
        bool open = tokens->open.count;
        if (!open && (t.type == T_SEMI || (t.type == T_NEWLINE && !wants_more(last))))
            break;
        track_brackets(tokens, take(tokens));
        uint32_t next = tokens->ahead.span.start;
        over = t.type == T_NEWLINE && tokens->ahead.type == T_ID && !tokens_in_body(tokens, next) &&
               tokens_line_defines(tokens, next);
        if (t.type != T_NEWLINE)
            last = t.type;
    }
    tokens->open.count = 0;
    tokens->before = T_END;
}
