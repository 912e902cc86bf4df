/* A source in, statements and nodes out: drives the generated parser a statement at a time, and
 * says what was wrong where it cannot go on. */
#include <stdlib.h>
#include <string.h>

#include "front/front.h"
#include "parser.h"

/* The generated parser's interface (lemon). */
void *front_parserAlloc(void *(*alloc)(size_t), Parsing *parsing);
void front_parserFree(void *parser, void (*release)(void *));
void front_parser(void *parser, int type, Token token, Parsing *parsing);
void front_parserInit(void *parser);
void front_parserFinalize(void *parser);

/* How messages call the tokens; operators and the beginnings of operands are named as groups. */
static const struct { int type; const char *text; } shown[] = {
    {T_RPAREN, "')'"}, {T_RBRACKET, "']'"}, {T_RBRACE, "'}'"}, {T_COMMA, "','"},
    {T_ASSIGN, "'='"}, {T_COLON, "':'"}, {T_DOTS, "'..'"}, {T_END, "the end of the line"},
    {0, "the end of the statement"}, {T_WITHIN, "'within'"}, {T_AT, "'at'"}, {T_IN, "'in'"},
    {T_LPAREN, "'('"}, {T_STRING, "a text in quotes"},
};

static const char *punctuation(int type)
{
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (shown[i].type == type)
            return shown[i].text;
    return NULL;
}

/* Puts what the parser could take at this point, as a person would list it. */
static void put_expected(Text *out, bool (*accepts)(void *, int), void *parser)
{
    const char *items[20];
    size_t count = 0;
    bool operand = accepts(parser, T_NUMBER);
    bool operator = accepts(parser, T_STAR);
    bool comparison = !operator && accepts(parser, T_LT);
    if (operand)
        items[count++] = "an expression";
    else if (accepts(parser, T_ID))
        items[count++] = "a name";
    if (operator)
        items[count++] = "an operator";
    if (comparison)
        items[count++] = "'<'";
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if ((shown[i].type == T_LPAREN || shown[i].type == T_COLON) && operand)
            continue;
        if (shown[i].type == T_END && accepts(parser, 0))
            continue;
        if (accepts(parser, shown[i].type))
            items[count++] = shown[i].text;
    }
    for (size_t i = 0; i < count; i++)
        text_printf(out, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", items[i]);
    if (!count)
        text_put(out, "a statement");
}

static bool is_operator(int type)
{
    switch (type) {
    case T_PLUS: case T_MINUS: case T_STAR: case T_SLASH: case T_PERCENT: case T_MATMUL:
    case T_POW: case T_LT: case T_LE: case T_GT: case T_GE: case T_EQ: case T_NE: case T_AND:
    case T_OR: case T_QUESTION:
        return true;
    default:
        return false;
    }
}

static bool is_comparison(int type)
{
    return type == T_LT || type == T_LE || type == T_GT || type == T_GE || type == T_EQ ||
           type == T_NE;
}

/* A hint for the commonest slips. */
static void hint(Parsing *p, Token token, bool operator_wanted)
{
    if (token.type == T_ASSIGN && operator_wanted)
        diag_hint(p->ctx, "equality is tested by '=='");
    else if (is_comparison(token.type) && operator_wanted)
        diag_hint(p->ctx, "comparisons do not chain: write a < b && b < c");
    else if ((token.type == T_ID || token.type == T_NUMBER || token.type == T_LPAREN) &&
             operator_wanted)
        diag_hint(p->ctx, "a product is written with '*'");
    if (p->tokens->open.count && (token.type == T_END || token.type == T_ASSIGN))
        diag_note(p->ctx, p->tokens->open.at[p->tokens->open.count - 1].span,
                  "this bracket is still open");
}

void parse_unexpected(Parsing *p, Token token, bool (*accepts)(void *, int), void *parser)
{
    if (p->failed)
        return;
    p->failed = true;
    if (token.type == T_BAD) /* the lexer has said so */
        return;
    size_t length;
    const char *text = source_text(p->ctx, token.span, &length);
    const char *as = token.type == T_END || token.type == 0 ? punctuation(token.type) : NULL;
    if (p->tokens->fresh_line && is_operator(token.type)) {
        diag_error(p->ctx, token.span, "line-start", "a line must not begin with the operator '%.*s'",
                   (int)length, text);
        diag_hint(p->ctx, "end the line before with the operator, or put the expression in brackets");
        return;
    }
    Text expected = text_new(p->ctx);
    put_expected(&expected, accepts, parser);
    if (as)
        diag_error(p->ctx, token.span, "syntax", "expected %s, found %s", expected.at,
                   length == 0 ? "the end of the file" : as);
    else
        diag_error(p->ctx, token.span, "syntax", "expected %s, found '%.*s'", expected.at,
                   length > 60 ? 60 : (int)length, text);
    text_free(&expected);
    hint(p, token, accepts(parser, T_STAR));
}

/* One statement, beginning with `t`. */
static void statement(Parsing *p, void *parser, Token t)
{
    p->failed = false;
    p->depth = 0;
    p->exprs.count = 0;
    p->decl_mark = p->ast->decls.count;
    uint32_t stmts = p->ast->stmts.count;
    for (;;) {
        bool last = t.type == T_END && !p->tokens->open.count;
        if (last)
            t.type = 0;
        if (t.type == T_BAD)
            p->failed = true;
        else
            front_parser(parser, t.type, t, p);
        if (p->failed) {
            if (!last)
                tokens_recover(p->tokens);
            break;
        }
        if (last)
            break;
        t = tokens_next(p->tokens);
    }
    front_parserFinalize(parser); /* whatever an error left on its stack */
    front_parserInit(parser);
    if (p->failed) /* nothing of it is left */
        p->ast->stmts.count = stmts;
}

static void release_parser(void *parser)
{
    front_parserFinalize(parser);
    free(parser);
}

/* Runs statements until the end of the source; `lead`, if not 0, goes before the first. */
static void run(Ctx *ctx, uint32_t source, Ast *ast, int lead)
{
    Tokens tokens;
    Parsing p = {.ctx = ctx, .ast = ast, .tokens = &tokens};
    tokens_begin(&tokens, ctx, ast, source);
    void *parser = front_parserAlloc(malloc, &p);
    if (!parser)
        ctx_fatal(ctx, STATUS_SYSTEM, "out of memory");
    front_parserInit(parser);
    ctx_at_free(ctx, release_parser, parser);
    for (;;) {
        Token t = {.type = lead, .span = tokens.ahead.span};
        if (lead)
            tokens.before = lead;
        else
            t = tokens_next(&tokens);
        if (t.type == 0)
            break;
        statement(&p, parser, t);
        lead = 0;
    }
    for (uint32_t i = 0; i < p.lists.count; i++)
        vec_free(ctx, &p.lists.at[i]);
    vec_free(ctx, &p.lists);
    vec_free(ctx, &p.exprs);
    vec_free(ctx, &tokens.open);
}

void parse_source(Ctx *ctx, uint32_t source, Ast *ast)
{
    run(ctx, source, ast, 0);
}

void parse_bindings(Ctx *ctx, uint32_t source, Ast *ast, U32Vec *decls)
{
    uint32_t before = ast->stmts.count;
    run(ctx, source, ast, T_BINDINGS);
    for (uint32_t i = before; i < ast->stmts.count; i++)
        for (uint32_t k = 0; k < ast->stmts.at[i].count; k++)
            *vec_push(ctx, decls) = ast->stmts.at[i].decls + k;
    ast->stmts.count = before;
}
