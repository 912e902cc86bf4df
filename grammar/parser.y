// Tokens of one statement in, nodes and declarations of the tree out. The grammar is free of
// conflicts; precedence is by rules (SPEC 3.4). A statement is parsed by itself: parse.c
// begins anew behind each, so that an error ends with its statement.

%name front_parser
%token_prefix T_
%token_type {Token}
%extra_argument {Parsing *p}
%stack_size 0
%start_symbol statement

// Types that only the lexer and tokens.c know, and those whose order no rule fixes.
%token BAD NEWLINE.

%include {
#define NDEBUG // lemon's traces and checks, at every step
#include <stdlib.h>
#include <string.h>
#include "front/front.h"
#include "parser.h"

#define CTX p->ctx, p->ast

static Span join(Span a, Span b) { Span s = {a.start, b.end}; return s; }
static Span span_of(const Parsing *p, AstId id) { return p->ast->nodes.at[id].span; }

// Lists nest as brackets do: list_open begins one, list_close hands it to a node.
static void list_open(Parsing *p)
{
    if (p->depth == p->lists.count)
        memset(vec_push(p->ctx, &p->lists), 0, sizeof *p->lists.at);
    p->lists.at[p->depth++].count = 0;
}
static void list_add(Parsing *p, AstId id)
{
    *vec_push(p->ctx, &p->lists.at[p->depth - 1]) = id;
}
static AstId list_close(Parsing *p, AstKind kind, Name name, AstId body, Span span)
{
    p->depth--;
    return ast_list(p->ctx, p->ast, kind, name, &p->lists.at[p->depth], body, span);
}

// A declaration, with the list on top as its extents or subscripts if `bracketed`.
static AstDecl *declare(Parsing *p, Token name, bool bracketed)
{
    AstDecl d = {.name = name.name, .span = name.span, .bracketed = bracketed};
    if (bracketed) {
        U32Vec *items = &p->lists.at[--p->depth];
        d.items = p->ast->list.count;
        d.count = items->count;
        for (uint32_t i = 0; i < items->count; i++)
            *vec_push(p->ctx, &p->ast->list) = items->at[i];
    }
    AstDecl *place = vec_push(p->ctx, &p->ast->decls);
    *place = d;
    return place;
}

// The statement itself, made of what was declared since it began.
static Stmt *state(Parsing *p, StmtKind kind, Span from, Span to)
{
    Stmt s = {.kind = kind, .span = join(from, to), .decls = p->decl_mark,
              .count = p->ast->decls.count - p->decl_mark};
    Stmt *place = vec_push(p->ctx, &p->ast->stmts);
    *place = s;
    return place;
}
static Span last_span(const Parsing *p)
{
    return p->ast->decls.at[p->ast->decls.count - 1].span;
}

// Refuses what the grammar takes and the language does not; true in the reading that says why.
static bool refuse(Parsing *p)
{
    p->refused = true;
    return p->careful;
}

static void stack_overflow(Parsing *p)
{
    ctx_fatal(p->ctx, STATUS_SYSTEM, "out of memory");
}
}

%syntax_error { p->refused = true; }
%stack_overflow { stack_overflow(p); }

%type expr {AstId}
%type disjunction {AstId}
%type conjunction {AstId}
%type relation {AstId}
%type sum {AstId}
%type term {AstId}
%type unary {AstId}
%type power {AstId}
%type postfix {AstId}
%type closed {AstId}
%type item {AstId}
%type matrix {AstId}
%type condition {AstId}
%type relop {int}

// ---- statements

statement ::= MODEL(K) ID(A).      { declare(p, A, false); state(p, STMT_MODEL, K.span, A.span); }
statement ::= DIM(K) values.       { state(p, STMT_DIM, K.span, last_span(p)); }
statement ::= INPUT(K) shapes.     { state(p, STMT_INPUT, K.span, last_span(p)); }
statement ::= PARAM(K) shapes.     { state(p, STMT_PARAM, K.span, last_span(p)); }
statement ::= INDEX(K) limits.     { state(p, STMT_INDEX, K.span, last_span(p)); }
statement ::= CONST(K) constants.  { state(p, STMT_CONST, K.span, last_span(p)); }
statement ::= OUTPUT(K) names.     { state(p, STMT_OUTPUT, K.span, last_span(p)); }
statement ::= INCLUDE(K) STRING(S). { p->include = S; p->include.span = join(K.span, S.span); }
statement ::= ASSUME(K) conditions. {
    Stmt *s = state(p, STMT_ASSUME, K.span, span_of(p, p->exprs.at[p->exprs.count - 1]));
    s->exprs = p->ast->list.count;
    s->expr_count = p->exprs.count;
    for (uint32_t i = 0; i < p->exprs.count; i++)
        *vec_push(p->ctx, &p->ast->list) = p->exprs.at[i];
}
statement ::= target(A) ASSIGN expr(E). {
    Stmt *s = state(p, STMT_DEFINE, A.span, span_of(p, E));
    s->value = E;
}
statement ::= prototype(A) ASSIGN body(B). {
    Stmt *s = state(p, STMT_FUNCTION, A.span, B.span);
    s->params = A.name;
    s->value = B.name;
}
statement ::= RULE(K) ID(D) LPAREN prototype(A) COMMA ID(X) RPAREN ASSIGN body(B). {
    if (strcmp(name_text(p->ctx, D.name), "diff") && refuse(p))
        diag_error(p->ctx, D.span, "syntax", "expected 'diff' behind 'rule', found '%s'",
                   name_text(p->ctx, D.name));
    Stmt *s = state(p, STMT_RULE, K.span, B.span);
    s->params = A.name;
    s->value = B.name;
    // the name differentiated by goes behind the locals, so that all names are one run
    s->count++;
    declare(p, X, false);
}
statement ::= CHECK(K) expr(E) within(W) at(P). {
    AstNode n = p->ast->nodes.at[E];
    Span to = P.type ? P.span : W.type ? W.span : n.span;
    if (n.kind != AST_BINARY || n.op != OP_EQ) {
        if (refuse(p))
            diag_error(p->ctx, n.span, "syntax", "expected 'left == right' behind 'check'");
    } else {
        Stmt *s = state(p, STMT_CHECK, K.span, to);
        s->value = n.a;
        s->other = n.b;
        s->within = W.type ? W.name : 0;
        s->at = P.type != 0;
    }
}
%type within {Token}
within(W) ::= .                { memset(&W, 0, sizeof W); }
within(W) ::= WITHIN expr(E).  { W.type = 1; W.name = E; W.span = span_of(p, E); }
%type at {Token}
at(P) ::= .                              { memset(&P, 0, sizeof P); }
at(P) ::= AT LPAREN constants RPAREN(R). { P = R; }
statement ::= BINDINGS constants(C). { state(p, STMT_CONST, C.span, C.span); }

// What is defined: a name or an element. Its token carries the span.
%type target {Token}
target(A) ::= ID(B).                              { A = B; declare(p, B, false); }
target(A) ::= ID(B) LBRACKET items RBRACKET(R).   { A = B; declare(p, B, true); A.span = join(B.span, R.span); }

// A function's head; its token's name carries the number of parameters.
%type prototype {Token}
prototype(A) ::= ID(B) head_mark(M) LPAREN params RPAREN. {
    A = B;
    A.name = p->ast->decls.count - (uint32_t)M - 1;
    p->ast->decls.at[M].name = B.name;
    p->ast->decls.at[M].span = B.span;
}
%type head_mark {int}
head_mark(M) ::= . {
    M = (int)p->ast->decls.count;
    Token none = {0};
    declare(p, none, false);
}
params ::= param.
params ::= params COMMA param.
param ::= ID(A).                            { declare(p, A, false); }
param ::= ID(A) LBRACKET items RBRACKET.    { declare(p, A, true); }

// A body: its token's name carries the node of the result.
%type body {Token}
body(B) ::= expr(E).                          { B.type = 0; B.name = E; B.span = span_of(p, E); }
body(B) ::= LBRACE(L) locals expr(E) RBRACE(R).     { B = L; B.name = E; B.span = join(L.span, R.span); }
body(B) ::= LBRACE(L) locals expr(E) END RBRACE(R). { B = L; B.name = E; B.span = join(L.span, R.span); }
locals ::= .
locals ::= locals ID(A) ASSIGN expr(E) END.   { declare(p, A, false)->value = E; }
locals ::= locals ID(A) LBRACKET items RBRACKET ASSIGN expr(E) END. { declare(p, A, true)->value = E; }

values ::= value.
values ::= values COMMA value.
value ::= ID(A).                   { declare(p, A, false); }
value ::= ID(A) ASSIGN expr(E).    { declare(p, A, false)->value = E; }

%type constants {Token}
constants(C) ::= constant(A).                    { C = A; }
constants(C) ::= constants(A) COMMA constant(B). { C = A; C.span = join(A.span, B.span); }
%type constant {Token}
constant(C) ::= ID(A) ASSIGN expr(E). {
    C = A;
    C.span = join(A.span, span_of(p, E));
    declare(p, A, false)->value = E;
}
// an array of no elements, which has no other literal
constant(C) ::= ID(A) ASSIGN LBRACKET(L) list_open RBRACKET(R). {
    C = A;
    C.span = join(A.span, R.span);
    declare(p, A, false)->value = list_close(p, AST_MATRIX, 0, 0, join(L.span, R.span));
}

names ::= ID(A).                { declare(p, A, false); }
names ::= names COMMA ID(A).    { declare(p, A, false); }

shapes ::= shape.
shapes ::= shapes COMMA shape.
shape ::= target.

limits ::= limit.
limits ::= limits COMMA limit.
limit ::= target LT sum(E).     { p->ast->decls.at[p->ast->decls.count - 1].limit = E; }

conditions ::= condition(E).                     { *vec_push(p->ctx, &p->exprs) = E; }
conditions ::= conditions COMMA condition(E).    { *vec_push(p->ctx, &p->exprs) = E; }
condition(A) ::= expr(E).                        { A = E; }
condition(A) ::= sum(B) relop(R) sum(C) relop(S) sum(D). {
    // a chain: b r c && c s d; the middle is shared by both
    AstId left = ast_binary(CTX, AST_BINARY, (Op)R, B, C);
    AstId right = ast_binary(CTX, AST_BINARY, (Op)S, C, D);
    p->ast->nodes.at[right].first = p->ast->nodes.at[left].first;
    A = ast_binary(CTX, AST_BINARY, OP_AND, left, right);
}

// ---- expressions, loosest first

expr(A) ::= disjunction(B).                               { A = B; }
expr(A) ::= disjunction(B) QUESTION expr(C) COLON expr(D). { A = ast_cond(CTX, B, C, D); }

disjunction(A) ::= conjunction(B).                        { A = B; }
disjunction(A) ::= disjunction(B) OR conjunction(C).      { A = ast_binary(CTX, AST_BINARY, OP_OR, B, C); }

conjunction(A) ::= relation(B).                           { A = B; }
conjunction(A) ::= conjunction(B) AND relation(C).        { A = ast_binary(CTX, AST_BINARY, OP_AND, B, C); }

relation(A) ::= sum(B).                                   { A = B; }
relation(A) ::= sum(B) relop(R) sum(C).                   { A = ast_binary(CTX, AST_BINARY, (Op)R, B, C); }
relop(R) ::= LT.    { R = OP_LT; }
relop(R) ::= LE.    { R = OP_LE; }
relop(R) ::= GT.    { R = OP_GT; }
relop(R) ::= GE.    { R = OP_GE; }
relop(R) ::= EQ.    { R = OP_EQ; }
relop(R) ::= NE.    { R = OP_NE; }

sum(A) ::= term(B).                   { A = B; }
sum(A) ::= sum(B) PLUS term(C).       { A = ast_binary(CTX, AST_BINARY, OP_ADD, B, C); }
sum(A) ::= sum(B) MINUS term(C).      { A = ast_binary(CTX, AST_BINARY, OP_SUB, B, C); }

term(A) ::= unary(B).                 { A = B; }
term(A) ::= term(B) STAR unary(C).    { A = ast_binary(CTX, AST_BINARY, OP_MUL, B, C); }
term(A) ::= term(B) SLASH unary(C).   { A = ast_binary(CTX, AST_BINARY, OP_DIV, B, C); }
term(A) ::= term(B) PERCENT unary(C). { A = ast_binary(CTX, AST_BINARY, OP_MOD, B, C); }
term(A) ::= term(B) MATMUL unary(C).  { A = ast_binary(CTX, AST_MATMUL, OP_NONE, B, C); }

unary(A) ::= power(B).                { A = B; }
unary(A) ::= MINUS(M) unary(B).       { A = ast_unary(CTX, AST_UNARY, OP_NEG, B, join(M.span, span_of(p, B))); }
unary(A) ::= PLUS unary(B).           { A = B; }
unary(A) ::= NOT(M) unary(B).         { A = ast_unary(CTX, AST_UNARY, OP_NOT, B, join(M.span, span_of(p, B))); }

power(A) ::= postfix(B).              { A = B; }
power(A) ::= postfix(B) POW unary(C). { A = ast_binary(CTX, AST_BINARY, OP_POW, B, C); }

// A bare name is no `closed`, so that its brackets are read once: as subscripts or reduction.
postfix(A) ::= ID(B).                 { A = ast_leaf(CTX, AST_NAME, B.name, B.span); }
postfix(A) ::= closed(B).             { A = B; }

closed(A) ::= NUMBER(B).              { A = ast_leaf(CTX, AST_NUMBER, B.name, B.span); }
closed(A) ::= LPAREN(L) expr(B) RPAREN(R). { A = B; p->ast->nodes.at[A].span = join(L.span, R.span); }
closed(A) ::= ID(B) LPAREN list_open arguments RPAREN(R). {
    A = list_close(p, AST_CALL, B.name, 0, join(B.span, R.span));
}
closed(A) ::= ID(B) LPAREN RPAREN(R). {
    list_open(p);
    A = list_close(p, AST_CALL, B.name, 0, join(B.span, R.span));
}
closed(A) ::= ID(B) LBRACKET items RBRACKET(R). {
    A = list_close(p, AST_SUBSCRIPT, B.name, 0, join(B.span, R.span));
}
closed(A) ::= ID(B) LBRACKET items RBRACKET LPAREN expr(E) RPAREN(R). {
    A = list_close(p, AST_REDUCE, B.name, E, join(B.span, R.span));
}
closed(A) ::= closed(B) LBRACKET items RBRACKET(R). {
    A = list_close(p, AST_SUBSCRIPT, 0, B, join(span_of(p, B), R.span));
}
closed(A) ::= postfix(B) QUOTE(Q). {
    A = ast_unary(CTX, AST_TRANSPOSE, OP_NONE, B, join(span_of(p, B), Q.span));
}
closed(A) ::= LBRACKET(L) list_open matrix RBRACKET(R). {
    A = list_close(p, AST_MATRIX, 0, 0, join(L.span, R.span));
}
list_open ::= . { list_open(p); }
arguments ::= expr(E).                  { list_add(p, E); }
arguments ::= arguments COMMA expr(E).  { list_add(p, E); }
matrix ::= row.
matrix ::= matrix SEMI row.
row ::= list_open cells(C).             { list_add(p, list_close(p, AST_ROW, 0, 0, C.span)); }
%type cells {Token}
cells(C) ::= expr(E).                   { C.type = 0; C.name = 0; C.span = span_of(p, E); list_add(p, E); }
cells(C) ::= cells(D) COMMA expr(E).    { C = D; C.span = join(D.span, span_of(p, E)); list_add(p, E); }

items ::= list_open item_list.
item_list ::= item(I).                  { list_add(p, I); }
item_list ::= item_list COMMA item(I).  { list_add(p, I); }
item(A) ::= expr(B).                    { A = B; }
item(A) ::= COLON(C).                   { A = ast_leaf(CTX, AST_WHOLE, 0, C.span); }
item(A) ::= expr(B) DOTS expr(C).       { A = ast_binary(CTX, AST_RANGE, OP_NONE, B, C); }
item(A) ::= expr(B) IN expr(C) DOTS expr(D). {
    AstId range = ast_binary(CTX, AST_RANGE, OP_NONE, C, D);
    A = ast_binary(CTX, AST_IN, OP_NONE, B, range);
}

%code {
// Would the parser, as it stands, take this token next? Reductions are played through on the
// states alone: those pushed here, and below them those of the parser's stack. Each takes away
// what it puts, but for the few rules with nothing on the right, so that few are pushed.
bool parse_accepts(void *parser, int type)
{
    yyParser *real = parser;
    YYACTIONTYPE pushed[64];
    int count = 0;
    yyStackEntry *top = real->yytos;
    for (;;) {
        YYACTIONTYPE state = count ? pushed[count - 1] : top->stateno;
        // a state beyond the last shift is a reduction that is waiting, and comes back as such
        YYACTIONTYPE action = yy_find_shift_action((YYCODETYPE)type, state);
        if (action <= YY_MAX_SHIFTREDUCE || action == YY_ACCEPT_ACTION)
            return true;
        if (action < YY_MIN_REDUCE)
            return false;
        unsigned rule = action - YY_MIN_REDUCE;
        int size = -yyRuleInfoNRhs[rule];
        int mine = size < count ? size : count;
        count -= mine;
        top -= size - mine;
        YYACTIONTYPE below = count ? pushed[count - 1] : top->stateno;
        if (count == 64)
            return false;
        pushed[count] = yy_find_reduce_action(below, (YYCODETYPE)yyRuleInfoLhs[rule]);
        if (pushed[count] == YY_ACCEPT_ACTION)
            return true;
        count++;
    }
}
}
