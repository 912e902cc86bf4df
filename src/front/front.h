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
    RES_INDEX,    /* NAME: target is an index into unit->binders */
    RES_SIZE,     /* NAME: target is an index into unit->sizes */
    RES_PI,       /* NAME */
    RES_INF,      /* NAME */
    RES_OP,       /* CALL: target is an Op; the argument count is the operator's, but for min and
                     max of three or more, and leaky_relu and elu of one (a = 0.01, a = 1) */
    RES_FUNCTION, /* CALL: target is an index into unit->functions */
    RES_DIFF,     /* CALL: diff(argument 0, argument 1), the latter an AST_NAME */
    RES_REDUCTION, /* REDUCE, CALL of one argument: target is a Reduction */
    RES_ARRAY     /* CALL: target is an ArrayFunction */
} Resolution;
/* A SUBSCRIPT of a name is resolved as that name would be. */

typedef enum Reduction {
    REDUCTION_SUM, REDUCTION_PROD, REDUCTION_MAX, REDUCTION_MIN, REDUCTION_MEAN,
    REDUCTION_LOGSUMEXP, REDUCTION_NORM, REDUCTION_COUNT
} Reduction;

typedef enum ArrayFunction {
    ARRAY_DOT, ARRAY_CROSS, ARRAY_OUTER, ARRAY_TRANSPOSE, ARRAY_SOFTMAX, ARRAY_LOG_SOFTMAX,
    ARRAY_DET, ARRAY_INV, ARRAY_SOLVE, ARRAY_FUNCTION_COUNT
} ArrayFunction;

typedef struct AstNode {
    uint8_t kind;       /* AstKind */
    uint8_t resolution; /* Resolution */
    uint8_t op;         /* Op of UNARY and BINARY */
    bool subscript;     /* check found it in a subscript, range or size: it is an integer */
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
    STMT_DEFINE,   /* decls: one, with subscripts and value */
    STMT_FUNCTION, /* decls: the function's name, its parameters, its locals; value the result */
    STMT_RULE,     /* decls: the function's name, its arguments, the one differentiated by */
    STMT_CHECK     /* value == other; within; decls: the point */
} StmtKind;

typedef struct Stmt {
    StmtKind kind;   /* what it is */
    Span span;       /* its text, without the comment behind it */
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
    VEC(Span) comments; /* from their '#' to the end of the line, by place */
    U32Vec list;        /* AstIds: arguments, items */
    VEC(AstDecl) decls; /* of all statements */
    VEC(Stmt) stmts;    /* in the order of the text */
    uint32_t start;     /* the place of the first source */
    U32Vec broken;      /* names whose definitions had errors of syntax */
    bool lost;          /* a declaration had one: what it named is not known */
} Ast;

/* The k-th operand of a node, items of its list too; 0 behind the last. */
AstId ast_item(const Ast *ast, AstId id, uint32_t k); /* of those that are not simple */

static inline AstId ast_child(const Ast *ast, AstId id, uint32_t k)
{
    const AstNode *n = &ast->nodes.at[id];
    if (n->kind == AST_NUMBER || n->kind == AST_NAME)
        return 0;
    if (n->kind == AST_BINARY)
        return k == 0 ? n->a : k == 1 ? n->b : 0;
    return ast_item(ast, id, k);
}

/* A subscript of a left side, or an index of a reduction, without the range behind `in`. */
static inline AstId ast_rangeless(const Ast *ast, AstId item)
{
    const AstNode *n = &ast->nodes.at[item];
    return n->kind == AST_IN ? n->a : item;
}

/* Was a definition or declaration of this name given up for an error of syntax? Then it is no
 * error that the name is not known. */
bool ast_is_broken(const Ast *ast, Name name);

/* Takes out all that came after a copy of `ast` was made. */
void ast_return(Ast *ast, const Ast *copy);

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
/* Goes back to a copy of `tokens` that was made when `first` was the last token given out. */
void tokens_return(Tokens *tokens, const Tokens *copy, Token first);

/* ---- parse ------------------------------------------------------------------------------ */

/* Parses a source and appends what it says to `ast` (zeroed before the first call); the statements
 * of a file that it includes take the place of that statement. Errors go to diag; after one the
 * rest of its statement is passed over. */
void parse_source(Ctx *ctx, uint32_t source, Ast *ast);

/* What the generated parser works on. */
typedef struct Parsing {
    Ctx *ctx;
    Ast *ast;
    Tokens *tokens;     /* of the file that is being read, the last in `open` */
    VEC(Tokens) open;   /* of a file and those that it includes */
    Token include;      /* the file that this statement includes; type 0 if it does not */
    bool careful;       /* the statement is read once more, to say what is wrong with it */
    bool refused;       /* the parser did not take the last token */
    bool failed;        /* an error was reported in this statement */
    bool assigned;      /* it had a '=' outside of brackets */
    Token first, last;  /* its first token, and the last one that was right */
    VEC(U32Vec) lists;  /* lists under construction, by depth */
    uint32_t depth;     /* how many of them are in use */
    uint32_t decl_mark; /* where the statement's declarations begin */
    U32Vec exprs;       /* the conditions of an assume */
} Parsing;

/* Would the generated parser take a token of this type next? Where it would not, handing the token
 * over would leave less on its stack than what messages are made of. */
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
    bool dim;        /* CONST: declared as a dim, with a value: an integer */
    bool element;    /* DEF: defined by its elements */
    bool known;      /* it is checked, without an error */
    bool partial;    /* DEF by element: what its equations give is no box, as a triangle is not,
                        nor surely all of the array */
    bool output;     /* is it an output? */
    bool used; /* does a definition or function use it (not counting a first argument of diff)? */
    Name name;       /* in the model */
    Span span;       /* of the name where it is declared */
    uint32_t items;  /* run of ast->list: the extents of what is declared with brackets */
    uint32_t count;  /* their number */
    AstId limit;     /* INDEX: the expression behind '<' */
    AstId value;     /* CONST, DEF: the right side (of the first equation) */
    uint32_t equation; /* DEF: 1 + the first of unit->equations */
    uint32_t last;     /* DEF: 1 + the last of its own there */
    uint32_t system;   /* DEF: 1 + the recurrence that it is a member of; 0 if none */
    SymId sym;       /* its symbol, with shape and limit */
    TupleId shape;   /* extents, once it is checked; 0 of a scalar */
    NodeId node;     /* CONST: its value; arguments: the REF; DEF: once lowered */
    Name line;       /* DEF, CONST: the statement as one line of text */
    Name comment;    /* the comment behind its declaration, 0 if none */
} Entity;

/* An index where it is bound: an item of a reduction, or in a subscript on the left. */
typedef struct Binder {
    Name name;     /* in the model */
    Span span;     /* of the name */
    AstId item;    /* the AST_NAME that binds it */
    AstId range;   /* the AST_RANGE behind `in`; 0: its range is inferred */
    IndexId index; /* with its range, once it is checked; never below 0 */
    NodeId more;   /* what the model's index is more than that one; 0 for nothing */
} Binder;

/* A definition as written: NAME = VALUE or NAME[items] = VALUE. */
typedef struct Equation {
    uint32_t items; /* run of ast->list: subscripts, each perhaps an AST_IN */
    uint32_t count; /* their number; 0: the whole value */
    AstId value;    /* the right side */
    Span span;      /* of the left side */
    Name line;      /* the statement as one line of text */
    uint32_t next;  /* 1 + the next one for the same array; 0 behind the last */
    bool axes;      /* VALUE is an array: the definition is of the whole */
    bool conditional; /* in a recurrence: there is an order by conditions on what it reads */
    uint32_t shared;  /* likewise: bits of the subscripts whose loops other equations are in, too */
    Piece place;    /* in a recurrence: its subscripts, in the indices of the loops that are found
                       so far; no value */
    SetId loops;    /* the indices of these loops */
} Equation;

/* The name of a size that a function's parameter binds, v[n]. */
typedef struct Size {
    Name name; /* in the model */
    SymId sym; /* an integer argument */
} Size;

typedef struct Local {
    Name name;   /* of a parameter or of a local definition */
    Span span;   /* where */
    AstId value; /* 0 for a parameter */
    bool bracketed; /* has it extents, or subscripts? */
    uint32_t items; /* run of ast->list: these */
    uint32_t count; /* their number */
    bool known;     /* it is checked, without an error */
    bool partial;   /* what its equation gives is no box */
    TupleId shape;  /* extents, once it is checked */
} Local;

typedef VEC(Local) LocalVec;

/* What callers must see to, for no subscript to leave its array: `node` >= 0. */
typedef struct Precondition {
    NodeId node;  /* an integer node over dims */
    Span span;    /* of the subscript */
} Precondition;

typedef struct Function {
    Name name;        /* in the model */
    Span span;        /* of the name */
    uint32_t params;  /* how many of the locals are parameters */
    LocalVec
        locals; /* parameters, then local definitions in an order in which they can be computed */
    AstId result;     /* the value */
    U32Vec sizes;     /* indices into unit->sizes: names that its parameters bind */
    VEC(Precondition) needs; /* preconditions over its sizes */
    bool known;       /* it is checked, without an error */
    TupleId shape;    /* of its value, over its sizes */
    U32Vec rules;     /* a parameter each: 0, or 1 + an index into unit->rules */
} Function;

typedef struct Rule {
    uint32_t function; /* index into unit->functions */
    uint32_t param;    /* which parameter the derivative is by */
    uint32_t params;   /* how many of the locals are arguments: as many as the function's */
    LocalVec locals;   /* the arguments in the function's order, then local definitions */
    AstId result;      /* the partial derivative */
    U32Vec sizes;      /* indices into unit->sizes: names that its arguments bind */
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

/* Arrays defined by elements of each other, or of themselves. */
typedef struct Recurrence {
    U32Vec members; /* indices into unit->entities, ascending */
} Recurrence;

/* What the index of an equation of a recurrence is in the turns of the loop that it shares with
 * others; see align.c. */
typedef struct Turn {
    uint32_t equation; /* index into unit->equations */
    IndexId from;      /* the index as written */
    IndexId loop;      /* that of the loop */
    NodeId value;      /* `from`, by `loop` */
    IndexId before;    /* `from` where no turn is yet; 0 if there is none */
    IndexId behind;    /* and where none is any more */
} Turn;

/* What can be computed one after the other. */
typedef struct Step {
    bool function;   /* of unit->functions, else of unit->entities */
    uint32_t target; /* index; of a recurrence its first member */
    uint32_t system; /* 1 + index into unit->systems: all its members; 0 for none */
} Step;

/* What check found an expression to be. */
typedef struct Type {
    TupleId shape;  /* extents; 0 of a scalar */
    NodeId integer; /* its value, if that is computed in integers: within subscripts, ranges and
                       sizes always (conditions: a truth value); elsewhere of indices, dims and
                       entries of index arrays */
    NodeId apart;   /* of a subscript: see apart_condition */
} Type;

typedef struct Unit {
    Ctx *ctx;              /* who owns it */
    Ast *ast;
    Graph *graph;           /* extents are nodes of it, and symbols */
    VEC(Type) types;        /* a tree node each, as far as the file goes */
    VEC(Binder) binders;
    VEC(Equation) equations;
    VEC(Size) sizes;
    VEC(Precondition) preconditions;
    Name model;             /* from `model NAME`; 0 if none */
    bool gates;             /* calls of scalars in definitions stay apart in the graph: NAMEs around
                               the value and the arguments, of symbols SYM_CALL */
    VEC(Entity) entities;   /* inputs and params in the order of the arguments; then the others */
    U32Vec entity_of;       /* a name each: 0, or 1 + the entity, once the file is checked */
    VEC(Function) functions;
    VEC(Rule) rules;
    VEC(Check) checks;
    VEC(Recurrence) systems;
    VEC(Turn) turns;        /* outer loops first */
    U32Vec assumes;         /* AstIds of conditions */
    U32Vec outputs;         /* indices into entities, in the order of the results */
    RealType real;          /* what numbers of the model are to be in the range of */
    VEC(Step) order;        /* constants, definitions and functions, what is used first first */
} Unit;

/* A value for a constant from outside the file (-D). */
typedef struct Define {
    Name name;
    AstId value;
    bool used; /* set by check when the model has such a constant */
} Define;

/* Checks everything; `defines` replace the values of constants, sizes and constants become nodes of
 * the graph, which is empty; numbers must be in the range of `real`. Errors go to diag; the unit is
 * good for lowering only if there were none. */
Unit *check_ast(Ctx *ctx, Graph *graph, RealType real, Ast *ast,
                Define *defines, uint32_t define_count);

/* Gives back what of a unit only checking, lowering, warnings and explanations look at: its tree,
 * and what was found of it. */
void unit_forget_tree(Unit *unit);

/* The shape of an expression: 0 for a scalar, and for what was parsed behind the file. */
TupleId unit_shape(const Unit *unit, AstId id);

/* The entity of that name; -1 if there is none. */
int64_t unit_find(const Unit *unit, Name name);

/* The parts of check, each on what those before it left. The scope says what a name stands for
 * where it is used; names are indices into its vectors. */
typedef struct Scope {
    Unit *unit;
    bool implicit;      /* an unknown name becomes an input */
    uint32_t defines; /* 1 + the entity whose equation is resolved: it may use itself; 0 if none */
    bool declared;      /* the file declares its inputs */
    bool sizes;         /* what is resolved are extents and the like: integers */
    AstId root;         /* what is resolved */
    U32Vec entity;      /* a name each: 0, or 1 + the entity */
    U32Vec function;    /* a name each: 0, or 1 + the function */
    U32Vec local;       /* a name each: 0, or 1 + the slot, within a body */
    U32Vec size;        /* a name each: 0, or 1 + the size, within a body */
    U32Vec index;       /* a name each: 0, or 1 + the binder, where it is bound */
    const LocalVec *locals; /* of the body, for suggestions; NULL outside */
} Scope;

/* Sets and looks up in one of a scope's vectors (0 for what was never set). */
void scope_set(Ctx *ctx, U32Vec *map, Name name, uint32_t value);
uint32_t scope_get(const U32Vec *map, Name name);

/* Resolves the names and calls of an expression (its nodes first..root); reports unknown names,
 * wrong arities and what is no scalar. `constant`: only constants may be named. */
void resolve_expression(Scope *scope, AstId root, bool constant);

/* The same for extents, or subscripts of a left side. */
void resolve_sizes(Scope *scope, uint32_t items, uint32_t count);

/* The same for a definition: names on the left that stand for no value are its indices. */
void resolve_equation(Scope *scope, uint32_t items, uint32_t count, AstId value);

/* Resolves a body and puts its local definitions in an order in which they can be computed. The
 * names of sizes that parameters bind go to `sizes`. */
void resolve_body(Scope *scope, LocalVec *locals, uint32_t params, AstId *result, U32Vec *sizes);

/* Binds the names of indices on the left (bind_left) and in the reductions of an expression,
 * and resolves them where they are used; unbind_left ends what bind_left began. */
void bind_left(Scope *scope, uint32_t items, uint32_t count);
void unbind_left(Scope *scope, uint32_t items, uint32_t count);
void bind_indices(Scope *scope, AstId root);

/* What a call or reduction by this name is; COUNT if it is none. */
Reduction reduction_named(const char *text);
ArrayFunction array_function_named(const char *text);

/* Fills unit->order and unit->systems; a cycle that is no recurrence is an error that names its
 * members. `all` gets every entity and function, declared arguments too, what is used first
 * first. */
typedef VEC(Step) StepVec;
void order_unit(Unit *unit, StepVec *all);

/* Finds shapes and ranges of everything, in this order: fills unit->types, shapes of entities
 * and locals, the ranges of binders; reports what does not fit. */
void shape_unit(Unit *unit, const StepVec *all);

/* The parts of shape_unit. Ranges are found by looking at an expression more than once: while
 * some are not known, quietly, with indices of no range in their place. */
typedef struct Candidate {
    uint32_t binder; /* an index that stands alone in a subscript */
    NodeId extent;   /* of the axis */
    Span span;       /* of the whole element */
    bool own;        /* of an array of the recurrence that is looked at: counts where no other
                        array gives a range */
} Candidate;

/* What decides whether an expression is computed: a condition, or a loop that may have no turn. */
typedef struct Guard {
    AstId condition; /* 0: a loop, */
    uint32_t binder; /*   of this index */
    bool holds;      /* computed where the condition does, or where it does not? */
    uint32_t outer;  /* 1 + the guard around it; 0 for none */
} Guard;

/* Integer nodes that are not below 0. */
enum { FACTS = 16 };

typedef struct Facts {
    NodeId at[FACTS];
    uint32_t count;
} Facts;

/* Notes one more, if it is new and there is room for it: whoever knows less proves less. */
static inline void facts_add(Facts *f, NodeId fact)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->at[i] == fact)
            return;
    if (f->count < FACTS)
        f->at[f->count++] = fact;
}

/* What only checking asks of a tree node. */
typedef struct Standing {
    uint32_t guard; /* 1 + the guard that it is computed under; 0 for none */
    uint16_t depth; /* in a subscript, range or size: how deep operations are nested in it */
    bool known;     /* no error was found in it */
} Standing;

typedef struct Shaping {
    Unit *unit;
    Ctx *ctx;
    Graph *g;
    bool quiet;       /* errors are not reported */
    bool failed;      /* there was one */
    LocalVec *locals; /* of the function that is looked at */
    uint32_t function; /* 1 + it; 0 if none */
    Standing *standing; /* a tree node each, as unit->types */
    VEC(Candidate) candidates;
    VEC(Guard) guards;
    U32Vec left;      /* the binders of the left side */
    U32Vec reads;     /* nodes that read arrays whose equations give no box: */
    Elements given;   /*   where their equations write, by entity, */
    U32Vec entered;   /*   of those entities that are 1 here */
    uint32_t system;  /* 1 + the recurrence that is looked at; 0 if none */
    bool partial;     /* its arrays may give ranges by what is known of their shapes: */
    VEC(NodeId) axes; /*   16 extents for each of them, 0 what is not known */
} Shaping;

/* A guard: 1 + its number. */
uint32_t guard_new(Shaping *s, AstId condition, bool holds, uint32_t outer);
uint32_t guard_loop(Shaping *s, uint32_t binder, uint32_t outer);
/* What holds wherever a node is computed; false if a guard speaks of more than integers that can
 * be reasoned about. */
bool guard_facts(Shaping *s, AstId id, Facts *facts);
/* Adds what conditions and loops around it say, without those of the left side. */
bool guard_facts_around(Shaping *s, AstId id, Facts *facts);
/* What those of the loops say that are of `loops`, and those conditions that are about these; of
 * conditions only those in the range `within`, if that is given. */
void guard_facts_in(Shaping *s, AstId id, SetId loops, AstId within, Facts *facts);

/* What must be asked before the element is read apart from loops around it that it does not depend
 * on: i > 0 for x[i-1] with j in 0..i; 0 if nothing must. */
NodeId apart_condition(Shaping *s, AstId id, TupleId shape);

/* What must be asked before the end of a range is read where there is a loop over the range: i > 0
 * for c[i-1] of `sum[k in 0..c[i-1]]`, also with j in 0..i around or under i > 0. */
NodeId apart_end(Shaping *s, AstId range, AstId end);

/* Can facts not hold all at once? Then nothing is computed there, and nothing is wrong. */
bool guard_never(Shaping *s, const Facts *facts);

/* Is it computed under a condition? */
bool guard_conditional(const Shaping *s, AstId id);

/* Does the test find something at a corner of the loops that integers are in? It is given them
 * there, and what is known of sizes: with that, by corner_holds, an integer is not below 0, by
 * corner_fails it is, for sizes as people mean them. */
enum { CORNER_MOST = 16 };
typedef bool CornerTest(void *with, const NodeId *at, const Facts *sizes);
bool corner_any(Graph *g, const NodeId *at, uint32_t count, const Facts *f, CornerTest *test,
                void *with);
bool corner_holds(Graph *g, NodeId node, const Facts *sizes);
bool corner_fails(Graph *g, NodeId node, const Facts *sizes);
/* An index of these that no other one's range needs; UINT32_MAX if there is none. */
IndexId corner_innermost(Graph *g, SetId set);

/* May an error be reported? Notes that there is one. */
bool shape_fails(Shaping *s);

/* Nodes of an expression, first to last, each after its operands. */
void shape_expression(Shaping *s, AstId root);

/* Gives an index its range. Generated code counts without a sign: where the range may begin below
 * 0, the index counts from 0 on, and the model's is that many more. */
void shape_range(Shaping *s, Binder *b, AstId range, NodeId lower, NodeId upper);

/* Marks an expression as one of integers: a size, a subscript on the left. */
void shape_mark(Shaping *s, AstId root, bool subscript);

/* Calls: of operators, functions, and what takes arrays. False after an error. */
bool shape_call(Shaping *s, AstId id, Type *t);
bool shape_subscript(Shaping *s, AstId id, Type *t);
bool shape_integer(Shaping *s, AstId id, Type *t);

/* A shape as messages show it. */
const char *shape_shown(Shaping *s, TupleId shape);

/* The common shape of two operands; false and an error if they have none. */
bool shape_join(Shaping *s, AstId a, AstId b, TupleId *shape);

/* Notes that the node must not be below 0. */
void shape_precondition(Shaping *s, NodeId node, Span span);

/* What a subscript of a left side covers. */
typedef struct BoxAxis {
    NodeId start, end; /* half open */
    bool box;          /* all of it, whatever other indices are */
} BoxAxis;

typedef VEC(BoxAxis) BoxVec;

/* Complains of an equation that has not as many subscripts as the first one. */
bool shape_rank(Shaping *s, const Equation *e, uint32_t rank);

/* Shapes of a value and of the subscripts that are defined; `ends` gets what the array must
 * hold. */
bool shape_group(Shaping *s, uint32_t items, uint32_t count, AstId value, BoxAxis *ends);

/* Its parts: notes the indices whose ranges are to be inferred; goes through the left side, if
 * there is one, and the value; gives indices the ranges that are seen by now, in `own` arrays of
 * the recurrence too (true if one got its); has one none? (an error, then); complains unless all
 * subscripts that are just an index give it the same range. */
void group_begin(Shaping *s, uint32_t items, uint32_t count, AstId value, U32Vec *inferred);
bool group_pass(Shaping *s, uint32_t items, uint32_t count, AstId value, BoxAxis *ends);
bool group_settle(Shaping *s, const U32Vec *inferred, bool own);
bool group_unsettled(Shaping *s, const U32Vec *inferred);
void group_report(Shaping *s, const U32Vec *inferred);
void group_agreement(Shaping *s);

/* Which of the subscripts on the left are known? (a bit each; errors are not reported) */
uint32_t group_left(Shaping *s, uint32_t items, uint32_t count, BoxAxis *ends);

/* An entity that is a member of the recurrence that is looked at: its number there; -1 of
 * another. */
int64_t shape_member(const Shaping *s, const AstNode *n);

/* The shape of an entity that is named; false if it is not known. */
bool shape_entity(Shaping *s, const AstNode *n, TupleId *shape);

/* Shapes of the arrays of a recurrence: all of them known, or an error. */
bool shape_system(Shaping *s, uint32_t system);

/* Can the elements of a recurrence with its shapes be computed in some order? */
bool cycle_check(Shaping *s, uint32_t system);

/* The text of a tree node, as written. */
const char *hint_text(const Shaping *s, AstId id);

/* Where an element at an entry of an index array is read, which may be any: says how to tell that
 * it is of an earlier, or a later, element than the reader's. True if it is one. */
bool hint_entry(Shaping *s, const Equation *reader, AstId read);

/* Makes one loop of that over an axis of each of these equations, which wait for so many turns: a
 * turn's number is the subscript and what the equation waits; counted downward, less that. */
typedef struct Aligned {
    uint32_t equation; /* index into unit->equations */
    uint32_t axis;
    int64_t wait;
} Aligned;

/* So many turns, beside those that all equations have, are set apart one by one. */
enum { SINGLES_MAX = 8 };

void align_equations(Shaping *s, const Aligned *list, uint32_t count, bool down);

/* Is the subscript at least 0 and below the extent (`end`: it is the end of a slice, at most that)?
 * Has a slice a length of 0 or more? Is a divisor never 0? Complains if not: false. What depends on
 * sizes is a precondition; what is not seen has a warning. `id` is the node that it is said of. */
bool bounds_check(Shaping *s, AstId id, NodeId subscript, NodeId extent, TupleId shape, bool end);
bool bounds_check_order(Shaping *s, AstId id, NodeId length, NodeId end, TupleId shape);
bool bounds_check_divisor(Shaping *s, AstId id, NodeId divisor);

/* The extents that hold all boxes, `rank` axes each. Of several, ranges that begin behind 0, as
 * 1..n or m..n, must not end before. */
void boxes_join(Shaping *s, Entity *e, const BoxVec *boxes, uint32_t rank, NodeId *extents);
/* Boxes must not overlap, and leave nothing out: then their volumes add up. What holds for some
 * sizes only is a precondition; what holds for none but where there are no elements is wrong. */
bool boxes_check(Shaping *s, Entity *e, const BoxVec *boxes);
/* The same of a definition in a function's body, which has one equation. */
bool boxes_check_local(Shaping *s, const Local *l, BoxAxis *ends);

/* Reads of arrays whose equations give no box: notes one; forgets one that is handed to a function
 * or differentiated by, which may look at a part of it only; complains of those noted if they are
 * of elements that no equation gives, for some turn of the loops around them. */
void given_note(Shaping *s, AstId id);
void given_pass_on(Shaping *s, AstId argument);
bool given_check(Shaping *s);
/* The subscripts that are read at a node, an element or a part of an array of this shape: where
 * that is a slice, some index within. */
void given_subscripts(Shaping *s, AstId id, TupleId shape, NodeId *at);
/* Complains if two equations give the same element, where they give no boxes. */
bool given_once(Shaping *s, const Entity *e);
/* Do they surely give all of its elements? */
bool given_wholly(Shaping *s, const Entity *e);

/* Complains of an array where a scalar is needed. */
bool shape_needs_scalar(Shaping *s, AstId id);

/* What the sizes that the parameters of a body bind are for arguments of these shapes: an entry
 * each in `values`, 0 where no argument has such an axis. */
void unit_sizes(const Unit *unit, const LocalVec *locals, uint32_t params, const U32Vec *sizes,
                const TupleId *shapes, NodeId *values);

/* The same for a call of a function. */
void unit_size_args(const Unit *unit, AstId call, NodeId *sizes);

/* The parameters of a rule are those of its function, and its value is a partial derivative. */
bool shape_rule(Shaping *s, const Rule *r);

/* ---- polynomials ------------------------------------------------------------------------ */

enum { POLY_TERMS = 24, POLY_DEGREE = 8 };

/* A rational multiple of a product of atoms: node numbers, ascending. */
typedef struct Term {
    TupleId atoms;
    int64_t num, den;
} Term;

/* An integer, whatever integers the atoms are. */
typedef struct Poly {
    Term at[POLY_TERMS]; /* by atoms, ascending; no zeros */
    uint32_t count;
    bool lost; /* too large for this kind of thought */
} Poly;

/* p + q*num/den; p*q; a number. */
void poly_add(Poly *p, const Poly *q, int64_t num, int64_t den);
Poly poly_product(Graph *g, const Poly *p, const Poly *q);
Poly poly_constant(int64_t value);

/* What it is to be multiplied by for its coefficients to be integers, unless that is too much. */
int64_t poly_denominator(const Poly *p);

/* Is it a constant that is small enough for a coefficient? Then this is its value. */
bool poly_integer(const Graph *g, NodeId node, long *value);

/* An integer node as a polynomial. `depth`: how deep in thought this is; begin with 0. */
Poly poly_of(Graph *g, NodeId node, int depth);

/* And back: 0 if it has fractions that are no division of the whole. */
NodeId poly_node(Graph *g, const Poly *p);

/* Its atoms; more than `most` if it has more. */
uint32_t poly_atoms(Graph *g, const Poly *p, NodeId *atoms, uint32_t most);

/* Is it proved not to be below 0, where `facts` are not? */
bool poly_nonnegative(Graph *g, const Poly *p, const NodeId *facts, uint32_t count, int depth);

/* Makes each index what it is where p is least: what is left of it p attains. */
void poly_least(Graph *g, Poly *p, const NodeId *facts, uint32_t count);

/* ---- extents ---------------------------------------------------------------------------- */

/* Are two integer nodes, two shapes, equal whatever the dims are? */
bool extent_same(Graph *g, NodeId a, NodeId b);
bool extent_shape_same(Graph *g, TupleId a, TupleId b);

/* Is it proved that the integer is never below 0, dims being 0 or more and each index within its
 * range, and `facts` not below 0? */
bool extent_nonnegative(Graph *g, NodeId node, const NodeId *facts, uint32_t count);

/* Is it proved for dims of `least` or more, as people mean them, who do not think of arrays without
 * elements? */
bool extent_usual(Graph *g, NodeId node, long least, const NodeId *facts, uint32_t count);

/* The index's value where the integer is 0, if that is the index and something, or less it; else 0.
 * `less` gets whether it is less it. */
NodeId extent_root(Graph *g, NodeId node, IndexId index, bool *less);

/* Its constant term without the sign: what is compared with that is commonly larger. */
long extent_threshold(Graph *g, NodeId node);

/* Is it proved with all that callers promise? */
bool extent_promised(Graph *g, NodeId node);

/* Is the integer always within the index's range, as they promise? */
bool extent_within(Graph *g, NodeId integer, IndexId index);

/* What the condition, or one of those that it is the conjunction of, says the index to be, and is
 * always within its range; 0 if none does. */
NodeId extent_named(Graph *g, NodeId condition, IndexId index);

/* Does the division of an integer node leave no remainder, whatever the dims are? */
bool extent_divides(Graph *g, NodeId division);

/* a + b, with equal terms as one: 3*n for n + 2*n. */
NodeId extent_plus(Graph *g, NodeId a, NodeId b);

/* The length of a range; 0 where numbers end it before it begins. */
NodeId extent_between(Graph *g, NodeId start, NodeId end);

/* What is added in a sum, and what is subtracted, equal terms as one: `more` must be at least
 * `less` for the node not to be below 0. */
void extent_sides(Graph *g, NodeId node, NodeId *more, NodeId *less);

/* What it is at least, as an integer node without indices; 0 if that is not known. */
NodeId extent_least(Graph *g, NodeId node, const NodeId *facts, uint32_t count);

/* What it is at most, likewise. */
NodeId extent_most(Graph *g, NodeId node, const NodeId *facts, uint32_t count);

/* The larger of two. */
NodeId extent_larger(Graph *g, NodeId a, NodeId b, const NodeId *facts, uint32_t count);

/* One that it is never above, without indices and entries of index arrays; as it is if it has none
 * of them. */
NodeId extent_reach(Graph *g, NodeId node);

/* As text: n*(n + 1)/2, [n, 3]. */
void extent_text(Graph *g, NodeId node, Text *out);
void extent_shape_text(Graph *g, TupleId shape, Text *out);

/* ---- dump ------------------------------------------------------------------------------- */

/* As text for people and tests: the tokens of one source (errors of theirs go to diag); the tree;
 * what check found. */
void tokens_dump(Ctx *ctx, uint32_t source, Text *out);
void ast_dump(Ctx *ctx, const Ast *ast, Text *out);
void unit_dump(const Unit *unit, Text *out);

/* ---- lower ------------------------------------------------------------------------------ */

typedef struct Model {
    Ctx *ctx;            /* who owns it */
    Unit *unit;          /* what it was made from */
    Graph *graph;        /* its nodes */
    VEC(SymId) syms;     /* an entity each */
    U32Vec nodes;        /* an entity each: REF of arguments, NAME of scalars, ARRAY of arrays,
                            MEMBER of those of recurrences;
                            of dims with a value the number */
} Model;

/* A function of the user's as graph. Its parameters are those it has, then the sizes that they
 * bind. */
typedef struct Lowered {
    FnBody body;         /* over them */
    uint32_t number;     /* of the body in the graph: note [calls] of graph.h */
    bool differentiates; /* is there a diff in it? Then arguments must stay apart */
} Lowered;

typedef enum LowerForm {
    FORM_ELEMENT, /* the element at `at` is wanted */
    FORM_CLOSED,  /* all elements, as an array: `at` are indices that it binds */
    FORM_WHOLE    /* the same of what is an array by itself */
} LowerForm;

/* What is known of a tree node on the way down. */
typedef struct Want {
    TupleId at;    /* subscripts at which its element is wanted */
    SetId within;  /* the indices that are bound around it */
    SetId named;   /* those of them that the model names: what an array by itself can be free in */
    TupleId axes;  /* indices of its own: of a reduction over all elements, of a product */
    uint32_t form; /* LowerForm */
} Want;

typedef struct Lowering {
    Ctx *ctx;
    Graph *g;
    Ast *ast;
    Model *model;           /* NULL for a text of our own; note [own text]: that is of numbers and
                               operators, no node of it comes to where the unit is asked */
    VEC(Lowered) functions; /* a function each */
    U32Vec rules;           /* a rule each: its number in the graph; its result is one element, at
                               subscripts that are behind its parameters and sizes */
    uint32_t norm_rule;     /* 1 + that of norms; 0 if there is none yet */
    U32Vec literals;        /* a name each: the node of that number */
    const NodeId *frame;    /* of a body: a slot each */
    TupleId held;           /* of a body: its parameters that are scalars */
    const char *const *names; /* of a text of our own: what its names stand for */
    uint32_t name_count;
    bool *differentiates;   /* set when a diff is met */
    bool defers;            /* calls of functions of numbers are kept as CALLs */
    SymId origin;           /* the definition that is lowered */
    bool placed;            /* nodes get the tree nodes that they come from as their places */
    uint32_t system;        /* 1 + the recurrence that is lowered; 0 if none */
    TupleId at;             /* subscripts of the elements that are defined; 0 if there are none */
    AstId first;            /* where the expression begins */
    U32Vec values;          /* a node of the expression each */
    VEC(Want) places;      /* likewise */
    U32Vec binders;         /* the name nodes of the expression that bind indices, ascending */
    U32Vec taken;           /* a name each: is it one of a value of the model? */
    U32Vec anonymous;       /* a tuple of parts each: the array of them without a name */
    U32Vec calls;           /* a tuple each of a function's number and arguments: the value */
    U32Vec args;            /* of a call */
} Lowering;

/* Top down: at which subscripts each node of the expression is wanted. */
void place_expression(Lowering *l, AstId root, Want place);
/* Indices over the axes of a shape, for use at a tree node (0: none): a tuple of INDEX nodes. */
TupleId place_axes(Lowering *l, AstId id, SetId within, TupleId shape);
SetId place_within(Lowering *l, SetId within, TupleId axes);
Want *want_of(Lowering *l, AstId id);
/* The subscripts of an operand of a product where the product's element is wanted. */
TupleId place_factor(Lowering *l, AstId id, bool right);
/* How an expression is made an array. */
Want place_array(Lowering *l, AstId id, SetId named);

/* Bottom up: the node of a tree node whose operands have theirs. */
NodeId lower_node(Lowering *l, AstId id);
/* The subscripts of an AST_SUBSCRIPT's base where its own element at `at` is wanted. */
TupleId lower_subscripts(Lowering *l, AstId id, TupleId at);
/* The element of an array at subscripts; the scalar itself. */
NodeId lower_at(Lowering *l, NodeId value, TupleId at);
/* A call of a user's function with these arguments, behind which there is room for its sizes. */
NodeId lower_function_call(Lowering *l, AstId id, NodeId *args);
/* An element of an array of the model. Within its recurrence that is one of its own. */
NodeId lower_element_of(Lowering *l, const Entity *e, TupleId at);
/* A part of a recurrence without the conditions on what it reads that end somewhere in the range of
 * an index: the parts before and behind. Not of an index whose loop is shared, a bit for each
 * subscript. */
void lower_split(Graph *g, NodeId part, uint32_t shared, U32Vec *parts);
/* A part over a range of values of its index alone: one, or several of an element each. */
void lower_range(Graph *g, NodeId part, IndexId from, IndexId range, U32Vec *parts);
/* A reduction, over that half of the range of its index which has more than neutral elements, if
 * there is one. */
NodeId lower_reduce(Graph *g, Op op, NodeId body, IndexId index);
/* What a sum sums up, of an index only that value which its condition says; those are taken off the
 * set. */
NodeId lower_named(Graph *g, NodeId body, SetId *over);
/* The sum of the body over these indices as an element of an array that they add to where
 * subscripts say; 0 if its condition does not say so. */
NodeId lower_scatter(Lowering *l, NodeId body, SetId over);
/* The one part of an array of that shape, where its value is a sum of such elements and others: the
 * parts that add to the array instead; false if it is not. */
bool lower_scattered(Lowering *l, TupleId shape, U32Vec *parts);
/* Is an element of the recurrence that is lowered read there? */
bool lower_reads_own(Graph *g, NodeId root);
/* An array of these parts, of that ArrayKind, without a name; one that copies an array, unlike all
 * others. */
NodeId lower_anonymous(Lowering *l, TupleId parts, TupleId shape, int kind);
NodeId lower_copy(Lowering *l, NodeId array, SymId sym);
TupleId lower_matrix_parts(Lowering *l, AstId id);

/* Matrices: det(A); the array that inv(A) or solve(A, b) is. */
NodeId lower_det(Lowering *l, NodeId matrix, TupleId shape);
NodeId lower_solution(Lowering *l, AstId id);

/* Builds the graph of a unit without errors. */
Model *lower_unit(Ctx *ctx, Unit *unit);

/* The sides of all checks, two nodes each, before diffs are expanded: scalars, or arrays. */
void lower_checks(Model *model, U32Vec *sides);

/* The value of a resolved constant expression (as check leaves those of `const` and `at`). */
NodeId lower_constant(Model *model, AstId root);

/* The conditions that assumptions are, likewise: those that are scalars; or all. */
void lower_assumptions(Model *model, bool all, U32Vec *conditions);

/* Parses and lowers a line of mathematics over the given symbols: how partials and identities
 * enter the graph. The text is our own: a mistake in it is ctx_fatal. */
NodeId lower_text(Graph *graph, const char *text, const char *const *names, const NodeId *values,
                  uint32_t count);

/* The values of `name = expression, ...` (--at) as a list; errors go to diag. */
void parse_bindings(Ctx *ctx, uint32_t source, Ast *ast, U32Vec *decls);

#endif
