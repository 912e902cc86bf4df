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

/* Puts what the parser could take at this point, as a person would list it. */
static void put_expected(Text *out, void *parser)
{
    const char *items[20];
    size_t count = 0;
    bool operand = parse_accepts(parser, T_NUMBER);
    bool operator = parse_accepts(parser, T_STAR);
    bool comparison = !operator && parse_accepts(parser, T_LT);
    if (operand)
        items[count++] = "an expression";
    else if (parse_accepts(parser, T_ID))
        items[count++] = "a name";
    if (operator)
        items[count++] = "an operator";
    if (comparison)
        items[count++] = "'<'";
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        int type = shown[i].type;
        if ((type == T_LPAREN || type == T_COLON || type == T_RBRACE) && operand)
            continue;
        if (type == T_LPAREN && (operator || parse_accepts(parser, T_ASSIGN)))
            continue;
        if (type == T_END && parse_accepts(parser, 0))
            continue;
        if (parse_accepts(parser, type))
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

static bool is_end(int type) { return type == T_END || type == 0; }

static bool is_closer(int type)
{
    return type == T_RPAREN || type == T_RBRACKET || type == T_RBRACE;
}

/* The text of a token, at most 60 bytes of it. */
static const char *text_of(const Parsing *p, Token t)
{
    size_t length;
    const char *text = source_text(p->ctx, t.span, &length);
    return ctx_copy(p->ctx, text, length > 60 ? 60 : length);
}

static bool has_text(const Parsing *p, Token t, const char *text)
{
    return !strcmp(text_of(p, t), text);
}

/* An end is seen behind the last word. */
static Span place_of(const Parsing *p, Token t)
{
    if (!is_end(t.type) || !p->last.type)
        return t.span;
    return (Span){p->last.span.end, p->last.span.end};
}

static void put_found(const Parsing *p, Token t, Text *out)
{
    const char *text = text_of(p, t);
    if (!is_end(t.type) || *text == ';')
        text_printf(out, "'%s'", text);
    else
        text_put(out, *text ? "the end of the line" : "the end of the text");
}

/* ---- errors */

/* The bracket that was opened last is still open where `t` cannot be in it. */
static void report_open(Parsing *p, Token t)
{
    Token open = p->tokens->open.at[p->tokens->open.count - 1];
    diag_error(p->ctx, open.span, "bracket", "expected a '%s' for this '%s', found %s",
               open.type == T_LPAREN ? ")" : open.type == T_LBRACE ? "}" : "]", text_of(p, open),
               is_end(t.type) ? "the end of the text" : "a new statement");
    if (!is_end(t.type))
        diag_note(p->ctx, t.span, "the statement begins here");
}

static void report_closer(Parsing *p, Token t, void *parser)
{
    Token open = p->tokens->closed;
    const char *text = text_of(p, t);
    if (!open.type) {
        diag_error(p->ctx, t.span, "bracket", "this '%s' closes no bracket", text);
        return;
    }
    bool fits = (open.type == T_LPAREN) == (t.type == T_RPAREN) &&
                (open.type == T_LBRACE) == (t.type == T_RBRACE);
    if (fits && t.type == T_RBRACE) {
        diag_error(p->ctx, t.span, "syntax", "expected the function's value before this '}'");
        diag_hint(p->ctx,
                  "a body ends with an expression that has no name, as in { a = x^2; a + 1 }");
        return;
    }
    Text expected = text_new(p->ctx);
    put_expected(&expected, parser);
    diag_error(p->ctx, t.span, "syntax", "expected %s, found '%s'", expected.at, text);
    if (!fits)
        diag_note(p->ctx, open.span, "the bracket that is open is this");
    else if (p->first.type == T_ID && !p->assigned && p->last.type == T_LPAREN)
        diag_hint(p->ctx, "a function has a parameter or more; a value has no brackets");
    text_free(&expected);
}

/* The rest of the line as an example of a definition, if it is short. */
static void hint_definition(Parsing *p)
{
    size_t length;
    Span all = {p->first.span.start, UINT32_MAX};
    const char *text = source_text(p->ctx, all, &length);
    size_t end = 0;
    while (end < length && text[end] && !strchr("\r\n#;", text[end]))
        end++;
    while (end && strchr(" \t", text[end - 1]))
        end--;
    const char *line = ctx_copy(p->ctx, text, end), *name = strchr(line, 'f') ? "result" : "f";
    if (end && end <= 60)
        diag_hint(p->ctx, "give the value a name: %s = %s", name, line);
    else
        diag_hint(p->ctx, "give the value a name: %s = ...", name);
}

/* An expression stands where a definition should: one that begins as no definition does, or has
 * no '=' in its line. */
static bool report_bare(Parsing *p, Token t, void *parser)
{
    bool at_start = !p->last.type;
    int first = p->first.type;
    bool opens = first == T_NUMBER || first == T_LPAREN || first == T_NOT || first == T_LBRACKET ||
                 ((first == T_MINUS || first == T_PLUS) && !p->ast->stmts.count);
    bool head = first == T_ID && !p->assigned && !at_start;
    if (first == T_BINDINGS || tokens_line_defines(p->tokens, p->first.span.start))
        return false;
    if (!(at_start && opens) && !(head && p->tokens->open.count) &&
        !(head && parse_accepts(parser, T_ASSIGN) && (is_operator(t.type) || is_end(t.type))))
        return false;
    if (t.type == T_EQ || (is_end(t.type) && tokens_opener(text_of(p, p->first))))
        return false;
    diag_error(p->ctx, p->first.span, "syntax",
               "expected a definition, NAME = EXPRESSION, found %s",
               is_end(t.type) && p->last.type == T_ID ? "a name alone" : "an expression alone");
    hint_definition(p);
    return true;
}

/* As in C. */
static bool begins_comment(const Parsing *p, Token t)
{
    int next = p->tokens->ahead.type;
    return t.type == T_SLASH && (next == T_SLASH || next == T_STAR || next == T_POW);
}

static bool report_line_start(Parsing *p, Token t)
{
    if (p->last.type || !is_operator(t.type) || begins_comment(p, t))
        return false;
    diag_error(p->ctx, t.span, "line-start", "a line must not begin with the operator '%s'",
               text_of(p, t));
    diag_hint(p->ctx, "end the line before with the operator, or put the expression in brackets");
    return true;
}

/* ---- hints */

/* Words of other languages between operands. */
static const char *hint_of_word(const Parsing *p, Token t)
{
    static const struct { const char *word, *hint; } words[] = {
        {"and", "'and' is written '&&'"}, {"or", "'or' is written '||'"},
        {"if", "a condition is written c ? a : b"}, {"mod", "mod(x, y) is written so, or x % y"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (t.type == T_ID && has_text(p, t, words[i].word))
            return words[i].hint;
    return NULL;
}

/* Where an operator or an end could have stood. */
static void hint_operator(Parsing *p, Token t)
{
    const char *word = hint_of_word(p, t);
    if (word)
        diag_hint(p->ctx, "%s", word);
    else if ((t.type == T_ID || t.type == T_NUMBER) && p->last.type == T_ID &&
             op_named(name_text(p->ctx, p->last.name)))
        diag_hint(p->ctx, "'%s' is a function: write %s(...)", name_text(p->ctx, p->last.name),
                  name_text(p->ctx, p->last.name));
    else if (t.type == T_ASSIGN)
        diag_hint(p->ctx, "equality is tested by '=='");
    else if (t.type == T_COMMA && p->last.type == T_NUMBER && p->tokens->ahead.type == T_NUMBER)
        diag_hint(p->ctx, "a decimal number is written with a point, as in 0.5");
    else if (is_comparison(t.type))
        diag_hint(p->ctx, "comparisons do not chain: write a < b && b < c");
    else if (t.type == T_ID || t.type == T_LPAREN ||
             (t.type == T_NUMBER && p->last.type != T_NUMBER))
        diag_hint(p->ctx, "a product is written with '*'");
}

/* Where a '=' could have stood. */
static void hint_assign(Parsing *p, Token t)
{
    if (is_end(t.type))
        diag_hint(p->ctx, "'%s' opens a statement if a name follows on its line",
                  text_of(p, p->first));
    else if (t.type == T_EQ)
        diag_hint(p->ctx, "a definition has one '='; a claim is written check left == right");
    else if (t.type == T_COLON)
        diag_hint(p->ctx, "a definition is written with '=' alone");
    else if (is_operator(t.type))
        diag_hint(p->ctx,
                  "a definition is written NAME = EXPRESSION; a new value needs a new name");
    else if (has_text(p, p->first, "include"))
        diag_hint(p->ctx, "a file is included by its name in quotes: include \"shapes.expr\"");
    else
        diag_hint(p->ctx, "a definition is written NAME = EXPRESSION");
}

/* A hint for the commonest slips. */
static void hint(Parsing *p, Token t, void *parser)
{
    if (begins_comment(p, t))
        diag_hint(p->ctx, "a comment begins with '#'");
    else if (parse_accepts(parser, T_STAR))
        hint_operator(p, t);
    else if (p->first.type == T_RULE)
        diag_hint(p->ctx, "a rule is written rule diff(f(x), x) = EXPRESSION");
    else if (p->first.type == T_CHECK && p->last.type == T_AT)
        diag_hint(p->ctx, "a point is written at (x=1, y=2)");
    else if (p->first.type == T_ID && !p->assigned && parse_accepts(parser, T_ASSIGN))
        hint_assign(p, t);
    else if (p->first.type == T_ID && !p->assigned && p->tokens->open.count)
        diag_hint(p->ctx, "the parameters of a function are names, as in f(x, y) = x*y");
    else if (t.type == T_ID && parse_accepts(parser, T_RBRACE) && !parse_accepts(parser, T_ID))
        diag_hint(p->ctx, "the value of a body comes last; what comes before it has a name");
}

/* Says what is wrong with a token that the parser does not take. */
static void report(Parsing *p, Token t, void *parser)
{
    if (t.type == T_BAD) {
        lexer_report(&p->tokens->lexer, t);
    } else if (is_end(t.type) && p->tokens->open.count && !*text_of(p, t)) {
        report_open(p, t);
    } else if (is_closer(t.type)) {
        report_closer(p, t, parser);
    } else if (!report_bare(p, t, parser) && !report_line_start(p, t)) {
        Text text = text_new(p->ctx);
        text_put(&text, "expected ");
        put_expected(&text, parser);
        text_put(&text, ", found ");
        put_found(p, t, &text);
        diag_error(p->ctx, place_of(p, t), "syntax", "%s", text.at);
        text_free(&text);
        hint(p, t, parser);
    }
}

/* ---- statements */

/* Does a new statement begin with this token, although the last one is not complete? A '='
 * behind a name that begins a line is right in a body and in lists of values. */
static bool interrupts(const Parsing *p, Token t)
{
    if (t.type != T_ID || !p->tokens->fresh_line)
        return false;
    int first = p->first.type, last = p->last.type;
    bool list = first == T_CONST || first == T_DIM || first == T_BINDINGS || first == T_CHECK;
    bool value = list && (last == T_COMMA || last == T_LPAREN) && p->tokens->ahead.type == T_ASSIGN;
    if (!last || last == T_END || last == T_LBRACE || value)
        return false;
    return tokens_begins_anew(p->tokens, t);
}

/* The statement is cut short by the beginning of another one. */
static void report_cut(Parsing *p, Token t, void *parser)
{
    if (p->tokens->open.count && !tokens_in_body(p->tokens, t.span.start)) {
        report_open(p, t);
        return;
    }
    Text expected = text_new(p->ctx);
    put_expected(&expected, parser);
    diag_error(p->ctx, (Span){p->last.span.end, p->last.span.end}, "syntax",
               "expected %s, found the end of the line", expected.at);
    text_free(&expected);
    Token open = {0};
    if (p->tokens->open.count)
        open = p->tokens->open.at[p->tokens->open.count - 1];
    if (open.type == T_LPAREN || open.type == T_LBRACKET)
        diag_note(p->ctx, open.span, "the bracket that is open is this");
}

/* A definition or declaration is lost; what it names is no unknown name elsewhere. */
static void note_broken(Parsing *p)
{
    switch (p->first.type) {
    case T_ID:
        *vec_push(p->ctx, &p->ast->broken) = p->first.name;
        p->ast->lost |= tokens_opener(name_text(p->ctx, p->first.name)) != 0;
        break;
    case T_MODEL: case T_OUTPUT: case T_RULE: case T_CHECK: case T_ASSUME: break;
    default: p->ast->lost = true; break;
    }
}

/* In brackets, a token that cannot go on with the expression and begins a line that defines
 * something: the bracket was left open. */
static bool left_open(const Parsing *p, Token t)
{
    return t.type == T_ID && p->tokens->fresh_line && p->tokens->open.count &&
           !tokens_in_body(p->tokens, t.span.start) && tokens_line_defines(p->tokens, t.span.start);
}

static void attempt_begin(Parsing *p, Token t)
{
    p->refused = p->failed = p->assigned = false;
    p->include.type = 0;
    p->depth = 0;
    p->exprs.count = 0;
    p->decl_mark = p->ast->decls.count;
    p->first = t;
    p->last.type = 0;
}

/* Hands a token over; false if the parser did not take it. */
static bool take(Parsing *p, void *parser, Token t)
{
    if (t.type == T_BAD || (p->careful && !parse_accepts(parser, t.type)))
        return false;
    front_parser(parser, t.type, t, p);
    return true;
}

/* Reads the statement that begins with `t`, to its end or the first error. If that has read what
 * the next one begins with, `next` is it. */
static void attempt(Parsing *p, void *parser, Token t, Token *next)
{
    bool last = false;
    attempt_begin(p, t);
    while (!p->failed && !last) {
        last = t.type == T_END && !p->tokens->open.count;
        if (last)
            t.type = 0;
        bool cut = interrupts(p, t);
        if (!cut && take(p, parser, t)) {
            p->failed = p->refused;
            p->assigned |= t.type == T_ASSIGN && !p->tokens->open.count;
            p->last = t;
            if (!last && !p->failed)
                t = tokens_next(p->tokens);
            continue;
        }
        p->failed = true;
        if (cut || left_open(p, t)) {
            report_cut(p, t, parser);
            if (!tokens_in_body(p->tokens, t.span.start))
                *next = tokens_restart(p->tokens, t);
        } else {
            report(p, t, parser);
        }
    }
    front_parserFinalize(parser); /* whatever an error left on its stack */
    front_parserInit(parser);
    if (p->failed && !p->refused && !last && next->type < 0)
        tokens_recover(p->tokens);
}

/* One statement, beginning with `t`. Returns what the next one begins with if that was read
 * already, else a token of type -1.
 *
 * note [twice]: the parser finds that it cannot take a token only when it has put together what
 * stands before, and what else could have come is to be seen no more. So a statement that it
 * refuses is read again, asking before each token; nothing is left of the first time. */
static Token statement(Parsing *p, void *parser, Token t)
{
    const Ast was = *p->ast;
    const Tokens tokens = *p->tokens;
    Token next = {.type = -1};
    p->careful = false;
    attempt(p, parser, t, &next);
    if (p->refused) {
        ast_return(p->ast, &was);
        tokens_return(p->tokens, &tokens, t);
        p->careful = true;
        attempt(p, parser, t, &next);
    }
    if (p->failed) { /* nothing of it is left */
        note_broken(p);
        p->ast->stmts.count = was.stmts.count;
    }
    return next;
}

static void release_parser(void *object)
{
    void **parser = object;
    if (!*parser)
        return;
    front_parserFinalize(*parser);
    free(*parser);
}

/* ---- files */

#define NO_VALUE "expected NAME = VALUE, found another statement"

static void open_source(Parsing *p, uint32_t source)
{
    p->tokens = vec_push(p->ctx, &p->open);
    tokens_begin(p->tokens, p->ctx, p->ast, source);
}

/* Goes on behind the statement that included this file; false if none did. */
static bool close_source(Parsing *p)
{
    vec_free(p->ctx, &p->tokens->open);
    p->open.count--;
    p->tokens = p->open.count ? &p->open.at[p->open.count - 1] : NULL;
    return p->tokens;
}

/* Begins the file that the last statement includes; lists of values take none. */
static void include(Parsing *p, bool values)
{
    uint32_t source;
    if (values) {
        diag_error(p->ctx, p->include.span, "syntax", NO_VALUE);
        return;
    }
    switch (source_include(p->ctx, p->include.span, name_text(p->ctx, p->include.name), &source)) {
    case INCLUDE_READ: open_source(p, source); break;
    case INCLUDE_KNOWN: break;
    case INCLUDE_FAILED: p->ast->lost = true; break;
    }
}

/* Runs statements until the end of the source; `lead`, if not 0, goes before the first. */
static void run(Ctx *ctx, uint32_t source, Ast *ast, int lead)
{
    Parsing p = {.ctx = ctx, .ast = ast};
    open_source(&p, source);
    void **parser = ctx_alloc(ctx, sizeof *parser);
    ctx_at_free(ctx, release_parser, parser); /* first: it may fail */
    *parser = front_parserAlloc(malloc, &p);
    if (!*parser)
        ctx_fatal(ctx, STATUS_SYSTEM, "out of memory");
    uint32_t start = p.tokens->ahead.span.start;
    Token t = {.type = lead, .span = {start, start}};
    if (lead)
        p.tokens->before = lead;
    else
        t = tokens_next(p.tokens);
    while (t.type != 0 || close_source(&p)) {
        if (t.type != 0)
            t = statement(&p, *parser, t);
        if (p.include.type)
            include(&p, lead == T_BINDINGS);
        p.include.type = 0;
        if (t.type <= 0)
            t = tokens_next(p.tokens);
    }
    for (uint32_t i = 0; i < p.lists.count; i++)
        vec_free(ctx, &p.lists.at[i]);
    vec_free(ctx, &p.lists);
    vec_free(ctx, &p.exprs);
    vec_free(ctx, &p.open);
}

static int comment_order(const void *left, const void *right)
{
    const Span *a = left, *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

void parse_source(Ctx *ctx, uint32_t source, Ast *ast)
{
    uint32_t sources = source_count(ctx);
    if (!ast->start)
        ast->start = source_at(ctx, source)->base;
    run(ctx, source, ast, 0);
    if (source_count(ctx) > sources && ast->comments.count)
        qsort(ast->comments.at, ast->comments.count, sizeof *ast->comments.at, comment_order);
}

void parse_bindings(Ctx *ctx, uint32_t source, Ast *ast, U32Vec *decls)
{
    uint32_t before = ast->stmts.count;
    run(ctx, source, ast, T_BINDINGS);
    for (uint32_t i = before; i < ast->stmts.count; i++) {
        const Stmt *s = &ast->stmts.at[i];
        if (s->kind == STMT_DEFINE && !ast->decls.at[s->decls].bracketed) /* behind a ';' */
            ast->decls.at[s->decls].value = s->value;
        else if (s->kind != STMT_CONST)
            diag_error(ctx, s->span, "syntax", NO_VALUE);
        for (uint32_t k = 0; k < s->count; k++)
            *vec_push(ctx, decls) = s->decls + k;
    }
    ast->stmts.count = before;
}
