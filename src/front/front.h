/* front: from text to a checked model, and from that to the graph.
 *
 *   ast      the tree as written
 *   parse    Source -> Ast (grammar/lexer.re, grammar/parser.y; contextual words in tokens.c)
 *   check    Ast -> Unit: names, kinds, arities, order; all errors of the file
 *   lower    Unit -> Graph
 */
#ifndef BPGEN_FRONT_H
#define BPGEN_FRONT_H

#include "base/base.h"
#include "graph/graph.h"

/* ---- ast -------------------------------------------------------------------------------- */

/* Nodes live in one array in the order in which the parser completes them, so the nodes of an
 * expression `root` are exactly ast->nodes.at[first .. root], operands before users: whoever
 * walks a tree walks that range, and nothing recurses. Node 0 is none. */
typedef uint32_t AstId;

typedef enum AstKind {
    AST_NONE,
    AST_NUMBER,    /* name: its text */
    AST_NAME,      /* name; resolved by check */
    AST_UNARY,     /* op NEG or NOT; a */
    AST_BINARY,    /* op; a, b */
    AST_COND,      /* a ? b : c */
    AST_CALL,      /* name; a list, b count of arguments; resolved by check */
    AST_SUBSCRIPT, /* name[items]; a list, b count */
    AST_REDUCE,    /* name[items](body); a list, b count, c body */
    AST_MATMUL,    /* a @ b */
    AST_TRANSPOSE, /* a' */
    AST_MATRIX,    /* [rows]; a list, b count of AST_ROW */
    AST_ROW,       /* a list, b count */
    AST_RANGE,     /* a..b */
    AST_WHOLE,     /* ':' */
    AST_IN         /* a in b (b a range) */
} AstKind;

/* What check found a name or a call to be. */
typedef enum Resolution {
    RES_NONE,
    RES_ENTITY,   /* NAME: target is an index into unit->entities */
    RES_LOCAL,    /* NAME: target is a slot of the function's frame: parameters, then locals */
    RES_PI,       /* NAME */
    RES_INF,      /* NAME */
    RES_OP,       /* CALL: target is an Op; the argument count is the operator's, but for min and
                     max of three or more, and leaky_relu and elu of one (a = 0.01, a = 1) */
    RES_FUNCTION, /* CALL: target is an index into unit->functions */
    RES_DIFF      /* CALL: diff(argument 0, argument 1), the latter an AST_NAME */
} Resolution;

typedef struct AstNode {
    uint8_t kind;       /* AstKind */
    uint8_t resolution; /* Resolution */
    uint16_t op;        /* Op of UNARY and BINARY */
    Name name;          /* of NUMBER, NAME, CALL, SUBSCRIPT, REDUCE */
    uint32_t a, b, c;   /* operands: see AstKind; lists are runs of ast->list */
    uint32_t target;    /* see Resolution */
    AstId first;        /* where the nodes of this expression begin */
    Span span;          /* its text */
} AstNode;

/* A name with what stands behind it in a declaration, `at` list, parameter list or body. */
typedef struct AstDecl {
    Name name;        /* what is declared */
    Span span;        /* of the name */
    uint32_t items;   /* run of ast->list: extents or subscripts */
    uint32_t count;   /* their number; 0 is a scalar */
    bool bracketed;   /* are there brackets at all? */
    AstId value;      /* the expression behind `=`; 0 if none */
    AstId limit;      /* index: the expression behind `<`; 0 if none */
} AstDecl;

typedef enum StmtKind {
    STMT_MODEL,    /* decls: the name */
    STMT_DIM,      /* decls */
    STMT_INPUT,    /* decls */
    STMT_PARAM,    /* decls */
    STMT_INDEX,    /* decls */
    STMT_CONST,    /* decls, each with a value */
    STMT_ASSUME,   /* exprs */
    STMT_OUTPUT,   /* decls */
    STMT_INCLUDE,  /* name: the path */
    STMT_DEFINE,   /* decls: one, with subscripts and value */
    STMT_FUNCTION, /* decls: the function's name, its parameters, its locals; value the result */
    STMT_RULE,     /* decls: the function's name, its arguments, the one differentiated by */
    STMT_CHECK     /* value == other; within; decls: the point */
} StmtKind;

typedef struct Stmt {
    StmtKind kind;   /* what it is */
    Span span;       /* its text, without the comment behind it */
    Name name;       /* INCLUDE: the path */
    uint32_t decls;  /* run of ast->decls */
    uint32_t count;  /* their number */
    uint32_t params; /* FUNCTION, RULE: how many of them, behind the first, are parameters */
    uint32_t exprs;  /* ASSUME: run of ast->list */
    uint32_t expr_count;
    AstId value;     /* DEFINE, FUNCTION, RULE, CHECK: the right side; CHECK: the left one */
    AstId other;     /* CHECK: the right side */
    AstId within;    /* CHECK: the tolerance; 0 if none */
    bool at;         /* CHECK: is there a point? */
} Stmt;

typedef struct Ast {
    VEC(AstNode) nodes; /* from 1 */
    VEC(Span) comments; /* from their '#' to the end of the line, in the order of the text */
    U32Vec list;        /* AstIds: arguments, items */
    VEC(AstDecl) decls; /* of all statements */
    VEC(Stmt) stmts;    /* in the order of the text */
    uint32_t start;     /* the place of the first source */
    U32Vec broken;      /* names whose definitions had errors of syntax */
    bool lost;          /* a declaration had one: what it named is not known */
} Ast;

/* Was a definition or declaration of this name given up for an error of syntax? Then it is no
 * error that the name is not known. */
bool ast_is_broken(const Ast *ast, Name name);

/* Completes a node: sets `first` and the span from its operands; the parser's actions. */
AstId ast_leaf(Ctx *ctx, Ast *ast, AstKind kind, Name name, Span span);
AstId ast_unary(Ctx *ctx, Ast *ast, AstKind kind, Op op, AstId a, Span span);
AstId ast_binary(Ctx *ctx, Ast *ast, AstKind kind, Op op, AstId a, AstId b);
AstId ast_cond(Ctx *ctx, Ast *ast, AstId a, AstId b, AstId c);
/* name(list), name[list], name[list](body), body[list], a matrix or a row: `items` is a list of
 * AstIds under construction, which is copied to ast->list and emptied. */
AstId ast_list(Ctx *ctx, Ast *ast, AstKind kind, Name name, const U32Vec *items, AstId body,
               Span span);

/* The comment behind a declared name on its line, if no other declaration stands between; its
 * text without '#' and white space, interned; 0 if there is none. */
Name ast_comment(Ctx *ctx, const Ast *ast, Span declared);

/* The text of a span on one line: comments, breaks and runs of white space made one space. */
Name ast_line(Ctx *ctx, const Ast *ast, Span span);

/* ---- tokens ----------------------------------------------------------------------------- */

typedef struct Token {
    int type;  /* T_... of the generated parser.h; 0 is the end of the file */
    Span span; /* its text */
    Name name; /* of a name: normalised; of a number: its text; of a string: its contents */
} Token;

/* The raw lexer's state. */
typedef struct Lexer {
    Ctx *ctx;
    Ast *ast;           /* takes the comments */
    const char *start;  /* of the source's bytes */
    const char *cursor; /* the next byte */
    const char *end;    /* the byte behind the last */
    uint32_t base;      /* the place of start */
} Lexer;

/* The next token as the text has it, T_NEWLINE included. */
Token lexer_next(Lexer *lexer);

/* Reports what is wrong with a token of type T_BAD. */
void lexer_report(const Lexer *lexer, Token t);

/* The token stream of the grammar: newlines that end nothing are gone, words that open or join
 * are told from names by what stands around them (SPEC 3.1). */
typedef struct Tokens {
    Lexer lexer;
    Token ahead;       /* the next raw token */
    int before;        /* the type of the last token given out */
    bool in_check;     /* within a check statement: `within` and `at` are words */
    bool fresh_line;   /* the last token given out was the first of its line */
    VEC(Token) open;   /* brackets that are open */
    Token closed;      /* what the last token closed; type 0 if nothing */
    uint32_t begin;    /* where the statement begins */
} Tokens;

void tokens_begin(Tokens *tokens, Ctx *ctx, Ast *ast, uint32_t source);
Token tokens_next(Tokens *tokens);
/* The type of a word that opens statements, T_DIM of "dim"; 0 of another. */
int tokens_opener(const char *text);
/* After an error: passes over the rest of the statement. */
void tokens_recover(Tokens *tokens);
/* Is the last token given out a name that begins a line as only a statement does: `NAME =`, or
 * a word of a declaration before a name? */
bool tokens_begins_anew(const Tokens *tokens, Token t);
/* Is this place deeper in a body than the statement that the body belongs to? */
bool tokens_in_body(const Tokens *tokens, uint32_t place);
/* Is there a '=' in the rest of the line behind this place? */
bool tokens_line_defines(const Tokens *tokens, uint32_t place);
/* Makes the last token given out the first one of a statement. */
Token tokens_restart(Tokens *tokens, Token t);

/* ---- parse ------------------------------------------------------------------------------ */

/* Parses a source and appends what it says to `ast` (zeroed before the first call). Errors go
 * to diag; after one the rest of its statement is passed over. */
void parse_source(Ctx *ctx, uint32_t source, Ast *ast);

/* What the generated parser works on. */
typedef struct Parsing {
    Ctx *ctx;
    Ast *ast;
    Tokens *tokens;
    bool failed;        /* an error was reported in this statement */
    bool assigned;      /* it had a '=' outside of brackets */
    Token first, last;  /* its first token, and the last one that was right */
    VEC(U32Vec) lists;  /* lists under construction, by depth */
    uint32_t depth;     /* how many of them are in use */
    uint32_t decl_mark; /* where the statement's declarations begin */
    U32Vec exprs;       /* the conditions of an assume */
} Parsing;

/* Would the generated parser take a token of this type next? */
bool parse_accepts(void *parser, int type);

/* ---- check ------------------------------------------------------------------------------ */

/* In the order of the C arguments; those from ENTITY_CONST on are none. A dim with a value is a
 * constant. */
typedef enum EntityKind {
    ENTITY_DIM,   /* a size given at run time */
    ENTITY_INPUT, /* derivatives are taken of it */
    ENTITY_PARAM, /* none are */
    ENTITY_INDEX, /* integers */
    ENTITY_CONST, /* a named constant expression */
    ENTITY_DEF    /* a definition */
} EntityKind;

/* Is it handed in as an argument of the C functions? */
bool entity_is_argument(EntityKind kind);

typedef struct Entity {
    EntityKind kind; /* what it is */
    Name name;       /* in the model */
    Span span;       /* of the name where it is declared */
    AstId value;     /* CONST, DEF: the right side */
    Name line;       /* DEF, CONST: the statement as one line of text */
    Name comment;    /* the comment behind its declaration, 0 if none */
    bool output;     /* is it an output? */
    bool dim;        /* CONST: declared as a dim, with a value: an integer */
    bool used;       /* does a definition or function use it (not counting a first argument of diff)? */
} Entity;

typedef struct Local {
    Name name;   /* of a parameter or of a local definition */
    Span span;   /* where */
    AstId value; /* 0 for a parameter */
} Local;

typedef VEC(Local) LocalVec;

typedef struct Function {
    Name name;        /* in the model */
    Span span;        /* of the name */
    uint32_t params;  /* how many of the locals are parameters */
    LocalVec locals;  /* parameters, then local definitions in an order in which they can be computed */
    AstId result;     /* the value */
    U32Vec rules;     /* a parameter each: 0, or 1 + an index into unit->rules */
} Function;

typedef struct Rule {
    uint32_t function; /* index into unit->functions */
    uint32_t param;    /* which parameter the derivative is by */
    uint32_t params;   /* how many of the locals are arguments: as many as the function's */
    LocalVec locals;   /* the arguments in the function's order, then local definitions */
    AstId result;      /* the partial derivative */
    Span span;         /* of the statement */
} Rule;

typedef struct Binding {
    uint32_t entity; /* index into unit->entities */
    AstId value;     /* a constant expression */
} Binding;

typedef struct Check {
    AstId left, right;    /* claimed to be equal */
    AstId within;         /* relative tolerance; 0 if none */
    bool at;              /* at the point below only */
    VEC(Binding) point;
    Span span;            /* of the statement */
} Check;

/* What can be computed one after the other. */
typedef struct Step {
    bool function;   /* of unit->functions, else of unit->entities */
    uint32_t target; /* index */
} Step;

typedef struct Unit {
    Ctx *ctx;              /* who owns it */
    Ast *ast;
    Name model;             /* from `model NAME`; 0 if none */
    VEC(Entity) entities;   /* inputs and params in the order of the arguments; then the others */
    VEC(Function) functions;
    VEC(Rule) rules;
    VEC(Check) checks;
    U32Vec assumes;         /* AstIds of conditions */
    U32Vec outputs;         /* indices into entities, in the order of the results */
    VEC(Step) order;        /* constants, definitions and functions, what is used first first */
} Unit;

/* A value for a constant from outside the file (-D). */
typedef struct Define {
    Name name;
    AstId value;
    bool used; /* set by check when the model has such a constant */
} Define;

/* Checks everything; `defines` replace the values of constants. Errors go to diag; the unit is
 * good for lowering only if there were none. */
Unit *check_ast(Ctx *ctx, Ast *ast, Define *defines, uint32_t define_count);

/* The entity of that name; -1 if there is none. */
int64_t unit_find(const Unit *unit, Name name);

/* The parts of check, each on what those before it left. The scope says what a name stands for
 * where it is used; names are indices into its vectors. */
typedef struct Scope {
    Unit *unit;
    bool implicit;      /* an unknown name becomes an input */
    bool declared;      /* the file declares its inputs */
    U32Vec entity;      /* a name each: 0, or 1 + the entity */
    U32Vec function;    /* a name each: 0, or 1 + the function */
    U32Vec local;       /* a name each: 0, or 1 + the slot, within a body */
    const LocalVec *locals; /* of the body, for suggestions; NULL outside */
} Scope;

/* Sets and looks up in one of a scope's vectors (0 for what was never set). */
void scope_set(Ctx *ctx, U32Vec *map, Name name, uint32_t value);
uint32_t scope_get(const U32Vec *map, Name name);

/* Resolves the names and calls of an expression (its nodes first..root); reports unknown names,
 * wrong arities and what is no scalar. `constant`: only constants may be named. */
void resolve_expression(Scope *scope, AstId root, bool constant);

/* Resolves a body and puts its local definitions in an order in which they can be computed. */
void resolve_body(Scope *scope, LocalVec *locals, uint32_t params, AstId *result);

/* Fills unit->order; a cycle is an error that names its members. */
void order_unit(Unit *unit);

/* ---- lower ------------------------------------------------------------------------------ */

typedef struct Model {
    Ctx *ctx;            /* who owns it */
    Unit *unit;          /* what it was made from */
    Graph *graph;        /* its nodes */
    VEC(SymId) syms;     /* an entity each */
    U32Vec nodes;        /* an entity each: REF of inputs and params, NAME of the others */
} Model;

/* Builds the graph of a unit without errors. */
Model *lower_unit(Ctx *ctx, Unit *unit);

/* The value of a resolved constant expression (as check leaves those of `const` and `at`). */
NodeId lower_constant(Model *model, AstId root);

/* Parses and lowers a line of mathematics over the given symbols: how partials and identities
 * enter the graph. The text is our own: a mistake in it is ctx_fatal. */
NodeId lower_text(Graph *graph, const char *text, const char *const *names, const NodeId *values,
                  uint32_t count);

/* The values of `name = expression, ...` (--at) as a list; errors go to diag. */
void parse_bindings(Ctx *ctx, uint32_t source, Ast *ast, U32Vec *decls);

#endif
