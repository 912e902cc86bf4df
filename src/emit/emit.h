/* emit: a model and the plans of its functions in, text out: C, header, manifest, numbers.
 *
 *   job        what is wanted; the functions, derived and planned one at a time
 *   names      the C names of all things
 *   expression nodes as infix C; integers: what of them is computed in integers
 *   statement  the statements of a body; parts: of a long one, as functions
 *   interface  how functions are declared and called; pack: with their arguments in arrays
 *   notation   nodes as mathematics for people: the model language, LaTeX
 *   circuit    the model as steps, as a lecture draws it
 *   derivation what the chain rule says at each step, in formulas and numbers
 *   page       text with headings and tables, for a terminal, in Markdown, LaTeX and HTML
 *   back ends  a row each in the table of emit.c
 */
#ifndef BPGEN_EMIT_H
#define BPGEN_EMIT_H

#include <stddef.h>

#include "front/front.h"
#include "pass/pass.h"
#include "plan/plan.h"

#define BPGEN_VERSION "0.1.0"

/* ---- templates -------------------------------------------------------------------------- */

struct TemplateFile {
    const char *name; /* in templates/ */
    const char *text; /* its bytes */
};

extern const struct TemplateFile template_files[]; /* ends with name NULL */

/* The contents of a template; it must exist. */
const char *template_text(Ctx *ctx, const char *name);

/* ---- job -------------------------------------------------------------------------------- */

typedef struct Names Names;

/* What is wanted of a model. */
typedef struct Job {
    Ctx *ctx;               /* who owns it all */
    Model *model;           /* lowered, not yet expanded */
    Rules *rules;           /* of the model's graph */
    Names *names;           /* C names: names_new */
    const char *source;     /* the base name of the model's file */
    const char *options;    /* the options that shaped the output, as text */
    const char *prefix;     /* of all C names */
    RealType real;          /* the type of all numbers */
    bool with[FN_KIND_COUNT]; /* the functions wanted */
    bool *wrt;              /* an entity each: are derivatives taken of it? */
    JacobianMode jacobian;  /* how a Jacobian is taken */
    PlanLimits limits;      /* of statements */
    bool pack;              /* are all arguments of a kind in one array? */
    struct Packing *packing;/* where in it, as far as that is a number: pack.c's, NULL at first */
    bool is_static;         /* are the functions static? */
    const struct PointValue *point; /* --at, for explanations; NULL: none */
    uint32_t point_count;
    uint32_t seed;          /* from where a test draws its points */
    U32Vec claims; /* of checks and tests: the sides of the model's checks, then its assumptions */
    const struct Against *against;  /* the user's own gradient, for a test; NULL: none */
    bool unicode, colour;   /* of texts for a terminal */
    bool *helpers;          /* an operator each: set where its helper function is called */
} Job;

/* One function of the model, as derive_function. */
Fn job_derive(Job *job, FnKind kind);

/* Derives, simplifies and plans one function, hands it to `use`, and forgets it again. */
void job_function(Job *job, FnKind kind, void (*use)(Job *, const Plan *, void *), void *with);

/* Simplifies and plans a function that has been derived, and hands it to `use`. */
void job_plan(Job *job, Fn *fn, void (*use)(Job *, const Plan *, void *), void *with);

/* Marks the helper function of an operator: it is called. */
void job_calls(Job *job, Op op);

/* The operator's text in C, of ops.def: %i an operand, $ the precision's suffix, @ the prefix. Of
 * complex numbers a power is a helper's. */
const char *job_text_of(const Job *job, Op op);

/* The back end's name in --emit and its text; NULL ends the table. */
typedef struct BackEnd {
    const char *name;              /* behind --emit= */
    void (*emit)(Job *, Text *);   /* puts everything */
    bool explains;                 /* is it for readers, with calls as steps? */
} BackEnd;

extern const BackEnd back_ends[];

void emit_c(Job *job, Text *out);

/* One function alone, without the helper functions that it may call. */
void emit_c_function(Job *job, const Plan *plan, Text *out);
void emit_header(Job *job, Text *out);
void emit_json(Job *job, Text *out);
void emit_dot(Job *job, Text *out);

/* A C program that judges the generated functions, and the user's. */
void emit_test(Job *job, Text *out);

/* The derivation step by step. */
void emit_explanation(Job *job, Text *out);
void emit_markdown(Job *job, Text *out);
void emit_latex(Job *job, Text *out);
void emit_html(Job *job, Text *out);

/* ---- names ------------------------------------------------------------------------------ */

/* The C names of a model: inputs, params, constants and definitions keep theirs where C allows,
 * names derived from them for the interface come next, whatever functions are wanted. */
Names *names_new(Ctx *ctx, Model *model, const char *prefix);

/* Gives names to the arrays that hold all arguments of a role; the one of a role. */
void names_pack(Names *names);
const char *names_of_packed(const Names *names, ArgRole role);

/* The C name of a symbol; made if it is one that only a function's body uses. */
const char *names_of(Names *names, SymId sym);

/* The C name of an index, from the opening of its loop to the end. */
void names_open_index(Names *names, IndexId index);
void names_close_index(Names *names);
const char *names_of_index(Names *names, IndexId index);

/* Was the name of a symbol asked for since it was forgotten? */
void names_forget_put(Names *names);
bool names_was_put(Names *names, SymId sym);

/* Names that were asked for, as often as they were. */
typedef struct NamesAsked {
    U32Vec syms;   /* symbols */
    U32Vec locals; /* of the plan at hand */
} NamesAsked;

/* From here on notes what is asked for; NULL: no more. */
void names_note(Names *names, NamesAsked *asked);

/* The same as a part of another name: not noted as asked for. */
const char *names_stem(Names *names, SymId sym);

/* The text of a constant, without what C wants behind it. */
const char *names_of_number(Names *names, NodeId node, RealType type);

/* The C name of an argument or local that no model names: "work", "kept", "frame", "parts",
 * "part". */
const char *names_of_fixed(const Names *names, const char *text);

/* Begins a function: names of locals of the last one are free again. */
void names_begin(Names *names);

/* The C name of a plan's local, made at the first call. */
const char *names_of_local(Names *names, const Plan *plan, uint32_t local);

/* The C name of what a kept reduction is folded in. */
const char *names_of_folded(Names *names, const Plan *plan, uint32_t local);

/* A C identifier from any text: what a file's stem becomes. */
const char *name_as_c(Ctx *ctx, const char *text);

/* Is it one: of letters, digits and '_' in ASCII? */
bool name_is_identifier(const char *text);

/* Is it a keyword of C or C++, a macro of the standard headers, or a function of <math.h>? */
bool name_is_reserved(const char *name);

/* ---- pieces of C ------------------------------------------------------------------------ */

/* Puts a node of a plan as infix C with no bracket that is not needed, where the text around
 * binds as tightly as `around`. */
void put_expression(Job *job, const Plan *plan, NodeId node, Prec around, Text *out);

/* Is it an entry of an index array, or a scalar index? They are `int` in C. */
bool is_entry(Graph *g, NodeId node);

/* Puts an argument of the function, or the element of it that is read. */
void put_reference(Job *job, const Plan *plan, NodeId ref, Text *out);

/* The same of what is computed in integers: a size, a bound, a subscript. */
void put_integer(Job *job, const Plan *plan, NodeId node, Prec around, Text *out);

/* Puts an element's offset in row-major order: i*n + j. */
void put_offset(Job *job, const Plan *plan, TupleId subscripts, TupleId shape, Text *out);

/* Puts a local's name, or the element of an array that it is. */
void put_local_text(Job *job, const Plan *plan, uint32_t local, Text *out);

/* Puts an element of a plan's array. */
void put_element(Job *job, const Plan *plan, uint32_t array, TupleId subscripts, Text *out);

/* Puts a pointer to all of an array, for a helper function. */
void put_block(Job *job, const Plan *plan, NodeId node, Text *out);

/* Puts the call of a helper function for linear algebra, which fills an array or gives a value. */
void put_linear(Job *job, const Plan *plan, NodeId node, Text *out);

/* Of `min` and `max` of integers, the operand that it is for certain, since the other one is 0 and
 * it cannot be negative: compilers warn of the comparison. 0 if it must be computed. */
NodeId integer_extreme(Graph *g, Op op, NodeId a, NodeId b);

/* Puts an operation on integers (of which it is that a size or a bound is made), or the conversion
 * of one to a real number: then `b` is 0. How tightly it binds. */
Prec put_integer_operation(Job *job, const Plan *plan, Op op, NodeId a, NodeId b, Text *out);

/* Puts a comparison of integers so that nothing is subtracted: i + 1 < n for i < n - 1, since
 * they are unsigned in C. */
void put_below(Job *job, const Plan *plan, NodeId left, NodeId right, const char *relation,
               Text *out);

/* Puts the helper functions that are marked (an operator each), and those that they call. */
void put_helpers(Job *job, const bool *wanted, Text *out);

/* Puts text into a comment: nothing in it can end the comment or mislead a reader. */
void put_comment_text(Text *out, const char *text);

/* Breaks lines of more than 100 columns in `text` from `from` on, at white space. */
void wrap_lines(Text *text, size_t from);

/* The comment at the head of a file. */
void put_head(Job *job, Text *out);

/* ---- statements -------------------------------------------------------------------------- */

/* The text of a body as it grows. */
typedef struct Body {
    Job *job;
    const Plan *plan;
    Text *out;
    int depth;         /* of loops */
    U32Vec open;       /* one each: is it a loop, or a condition? */
    SymId origin;      /* of the statement before */
    bool derived;      /* likewise */
    SymId beside;      /* of parts: what the last comment but one was of */
    bool beside_derived;
    bool opened;       /* was the line before the head of a loop? */
    uint32_t *told;    /* of parts: two a symbol, 1 + the last part where its line, and that of its
                          derivative, was shown whole; else NULL */
    uint32_t part;     /* that part */
} Body;

/* Puts a statement of the plan, under a comment if it is the first of its definition; that comment
 * alone, before the statement. */
void put_statement(Body *b, const PlanStmt *s);
void put_comment(Body *b, const PlanStmt *s);

/* Puts the function's own arrays: on the stack, or parts of `work`; variables too, if these are not
 * of parts. */
void put_own_arrays(Body *b);

/* ---- parts ------------------------------------------------------------------------------- */

/* Puts the parts of a split body, each a function, and the type of what they share, a frame; into
 * `body` the body that fills a frame and calls them one by one. */
void put_split(Job *job, const Plan *plan, Text *out, Text *body);

/* ---- interface --------------------------------------------------------------------------- */

/* The arguments of a function in order: its parameters, then its results. */
uint32_t fn_argument_count(const Fn *fn);
Param fn_argument(const Fn *fn, uint32_t i);

/* The symbol of an output: of an input that is one, too, its own. */
SymId output_symbol(Job *job, uint32_t entity);

/* Puts a comment that says what functions of this kind compute. */
void put_title(FnKind kind, Text *out);

/* Puts `void PREFIX_KIND(arguments)` on one line. */
void put_prototype(Job *job, const Fn *fn, Text *out);

/* The C type of an argument, as in the manifest ("const double *"); that of results and of arrays
 * of the function's own. Does a name stand right behind it, as its last character is a '*'? */
const char *argument_type(const Job *job, ArgRole role, bool scalar);
const char *pointer_type(const Job *job);
bool type_is_pointer(const char *type);

/* Puts an integer expression of dims: in C names, or in those of the model. */
void put_size(Job *job, NodeId node, bool c, Text *out);

/* Has the model sizes that are given at run time? */
bool has_runtime_dims(const Job *job);

/* Puts what says how long `work` must be: a macro, or a function of the run-time dims (its body
 * too if `define`); nothing if the function has no `work`. */
void put_work(Job *job, const Plan *plan, bool define, Text *out);
void put_work_name(Job *job, FnKind kind, Text *out);

/* Puts text in upper case, as that of macros. */
void put_capitals(Text *out, const char *text);

/* Puts `(void)x;` for the arguments whose names nothing has asked for. */
void put_unnamed(Job *job, const Fn *fn, Text *out);

/* Puts what a body begins with: locals for arguments that are packed, `(void)x;` for those that the
 * body, whose text has been made, does not name; `dims`: only what is due to the dims. */
void put_opening(Job *job, const Plan *plan, bool dims, Text *out);

/* ---- pack -------------------------------------------------------------------------------- */

/* Is an argument of this role a part of an array of all of them? Has a function such arguments? */
bool pack_is_packed(const Job *job, ArgRole role);
bool pack_has(const Fn *fn, ArgRole role);

/* Has the name of an argument of this role been asked for? */
bool pack_is_named(Job *job, const Fn *fn, ArgRole role);

/* How long the array of a role is: an integer node. */
NodeId pack_length(Job *job, ArgRole role);

/* Is the name like one of the enumerators of offsets? */
bool pack_is_enumerator(const char *prefix, const char *name);

/* Puts the offsets in packed arrays as enumerators; nothing without --pack. */
void put_offsets(Job *job, Text *out);

/* Puts the local of one packed argument; the array is in what `frame` points to, unless that is
 * "". */
void pack_put_local(Job *job, const Plan *plan, const Param *a, const char *frame, Text *out);

/* The part of put_opening for packed arguments. Has it put anything? */
bool pack_open(Job *job, const Plan *plan, bool dims, Text *out);

/* ---- numbers ---------------------------------------------------------------------------- */

/* A value for an argument. */
typedef struct PointValue {
    uint32_t entity; /* index into unit->entities */
    SymId sym;       /* its symbol */
    mpfr_t *values;  /* rounded to the job's type; row-major */
    size_t count;
} PointValue;

typedef struct Values Values;

/* The values of a function's nodes for arguments (0 where there is none), computed operation by
 * operation in the type; in so many bits and without its range if bits is not 0. */
Values *values_new(Graph *g, const Fn *fn, const PointValue *arguments, uint32_t count,
                   RealType type, int bits);
/* How many values a result (or an extent or limit of one or of a parameter) has, and the i-th in
 * row-major order. */
size_t values_count(const Values *values, NodeId node);
mpfr_srcptr values_at(const Values *values, NodeId node, size_t i);
void values_free(Values *values);

/* Its parts. The values that an index takes, over all that its range depends on. */
typedef struct Axis {
    long low, high; /* half open */
    bool known;
} Axis;

typedef struct Table {
    mpfr_t *at;     /* row-major over the node's free indices; of an array then over its shape */
    size_t count;
    size_t size;    /* of an array: how many elements it has for each assignment; else 1 */
    uint8_t *known; /* within a recurrence, an entry each */
    uint32_t *left; /* of an array there, an entry each: what is still to come */
    U32Vec done;    /* of an array there, a value of a part each, in the order of their loops */
} Table;

struct Values {
    Graph *g;
    Ctx *ctx;
    Table *tables;  /* a node each */
    uint32_t count;
    NodeId *home;   /* a node each: the recurrence in which alone it has a meaning, 0 for none */
    U32Vec array;   /* a symbol each: the array of a recurrence that bears it */
    NodeId *system; /* a node each: of an array the recurrence that it is one of */
    Axis *axes;     /* an index each */
    uint32_t axis_count;
    long *now;      /* an index each: the assignment */
    const PointValue *arguments;
    U32Vec argument_of; /* a symbol each: 0, or 1 + its argument */
    int bits;
    RealType type;  /* whose range values are rounded to, unless bits are given */
    bool exact;
};

/* Where the value of a node is in its table for the present assignment, the value itself; the place
 * of an array's elements; which element subscripts mean (false if it is none); how many a shape
 * has. */
size_t values_place(const Values *v, NodeId id);
mpfr_ptr values_here(const Values *v, NodeId id);
size_t values_array_place(const Values *v, NodeId array);
bool values_element(const Values *v, TupleId at, TupleId shape, size_t *element);
size_t values_elements(const Values *v, TupleId shape);

/* How many elements an array-valued node has for each assignment; 1 for a scalar. */
size_t values_block_size(const Values *v, NodeId id);

/* The next assignment of these indices, or the first one; false if there is none. What they run
 * over is found before. */
bool values_next(Values *v, SetId set, bool first);
void values_find_axes(Values *v, SetId set);

/* The value of a node under the present assignment, into its table; a table for a node; a value for
 * an element. */
void values_evaluate(Values *v, NodeId id);
void values_new_table(Values *v, NodeId id);
void values_set(const Values *v, int kind, mpfr_ptr r, mpfr_srcptr value);

/* Recurrences: which nodes have a meaning only within one; its values. */
void values_find_home(Values *v, NodeId system);
void values_fill_system(Values *v, NodeId system);
/* Rounds a number as the type does. */
typedef struct Rounding {
    void (*round)(const void *with, mpfr_ptr r);
    const void *with;
} Rounding;

/* The value of an operator of note [linear] with n rows and m columns: `from` a matrix for FACTOR,
 * else factors. */
void linear_evaluate(Op op, size_t n, size_t m, mpfr_t *from, mpfr_t *right, mpfr_t *out,
                     const Rounding *to);

/* Puts a line for each output, `f = 3`, and for each derivative, `diff(f, x) = 4`, arrays as
 * literals. Values are computed in the job's type, operation by operation, as the generated C
 * computes them. */
void emit_values(Job *job, const PointValue *point, uint32_t count, Text *out);

/* Puts the table of what the functions that are wanted take, beside the value, and their arrays. */
void emit_stats(Job *job, Text *out);

/* ---- notation ---------------------------------------------------------------------------- */

typedef enum Notation { NOTATION_TEXT, NOTATION_LATEX } Notation;

/* Puts a node where the text around binds as tightly as `around`. False, and an ellipsis instead,
 * if it is too long to be read. */
bool put_formula(Job *job, Notation notation, NodeId node, Prec around, Text *out);

/* The same of a value of which the subscripts are named beside it: other indices get other
 * names. */
bool put_formula_at(Job *job, Notation notation, NodeId node, TupleId at, Text *out);

/* Puts the name of a symbol, or of an element; adjoints and tangents as x_bar and x_dot or with
 * bars and dots. */
void put_symbol_name(Job *job, Notation notation, SymId sym, Text *out);
void put_symbol_at(Job *job, Notation notation, SymId sym, TupleId at, Text *out);

/* ---- circuit ----------------------------------------------------------------------------- */

/* note [circuit]: a lecture takes a model apart into steps: its definitions, and within a
 * definition of scalars each operation. A reduction is one step with all that it sums up, and so is
 * an array, and a call of a user's function unless it is opened. What one step computes is an
 * expression over REFs to symbols made for the steps that it uses, so that each can be
 * differentiated by itself. */
typedef enum GateKind {
    STEP_ARGUMENT,  /* an input or param */
    STEP_OPERATION, /* of scalars */
    STEP_CALL,      /* of a user's function of scalars */
    STEP_WHOLE      /* an array, a reduction, or what is no operation */
} GateKind;

typedef struct Gate {
    GateKind kind;
    SymId model;     /* the model's symbol; 0 if it has no name there */
    SymId sym;       /* the step's: an input if the value is active, else a param */
    NodeId node;     /* the value in the model's graph: of a recurrence its array there */
    NodeId outside;  /* the same, where it stands by itself: of a recurrence the MEMBER */
    NodeId root;     /* what it is computed by there, behind names */
    NodeId value;    /* over the symbols of steps: a scalar, or an ARRAY; of an argument its REF */
    NodeId shown;    /* the same as it is read */
    U32Vec operands; /* the steps that it uses, each once, in their order */
    U32Vec args;     /* of a call: the arguments, over symbols of steps */
    SymId call;      /* of a call: its symbol */
    bool active;     /* depends on an input */
    bool array;
} Gate;

typedef struct Circuit {
    Job *job;
    Graph *g;
    VEC(Gate) steps; /* operands first, but for elements of recurrences */
    U32Vec outputs;  /* steps */
    uint32_t end;    /* of the model's nodes */
    uint32_t *step_of;  /* a node each: 1 + its step; 0 */
    U32Vec step_of_sym; /* a symbol of the model each: of arguments and arrays of recurrences */
} Circuit;

Circuit *circuit_new(Job *job);
void circuit_free(Circuit *c);

/* What a step is called; its REF; the gate's label: +, exp, *2. */
void put_step_name(const Circuit *c, Notation notation, uint32_t step, Text *out);
NodeId step_ref(const Circuit *c, uint32_t step);
void put_gate(const Circuit *c, uint32_t step, Text *out);

/* Puts what a step computes: sigma(v1), x + y, or an equation for each part of an array. */
void put_step_value(const Circuit *c, Notation notation, uint32_t step, Text *out);
/* An array of that name by its parts: y[0] = a; y[to[k]] += m[k]. */
void put_parts(Job *job, Notation notation, SymId sym, NodeId array, Text *out);

/* ---- derivation -------------------------------------------------------------------------- */

/* An operand of a step. */
typedef struct Edge {
    uint32_t from, to;  /* steps: operand and user */
    NodeId local;       /* scalars: the derivative as textbooks have it, over symbols of steps */
    NodeId product;     /* what the user adds to the operand's adjoint, of its adjoint's symbol */
    NodeId exact_local; /* as it is computed */
    NodeId exact;
} Edge;

typedef struct Derivation {
    Circuit *circuit;
    VEC(Edge) edges;       /* by user, as these come */
    const PointValue *point; /* NULL: no numbers */
    uint32_t point_count;
    Values *values;        /* of the model's nodes, at the point */
    NodeId *tangent;       /* a step each: along the direction; 0 */
    uint32_t direction;    /* the step of the input that moves */
    NodeId *rate;          /* a step each: its tangent over symbols of steps and their tangents */
    uint32_t output;       /* the step that adjoints are of */
    NodeId *bar;           /* a step each: the adjoint in the model's graph; 0 */
    NodeId *closed;        /* a step each: the same by textbooks */
    NodeId *plain_value;   /* a step each: of a scalar definition its value, in names of others, */
    NodeId *tidy_value;    /* and tidied; 0 */
    Values *bar_values;
    Values *edge_values;   /* of exact_local and exact */
    VEC(PointValue) given; /* for these: symbols of steps and their adjoints */
} Derivation;

Derivation *derivation_new(Circuit *c, const PointValue *point, uint32_t count);
void derivation_free(Derivation *d);

/* Goes on to the adjoints of an output, in the order of circuit->outputs. */
void derivation_of(Derivation *d, uint32_t output);

/* Does the output depend on an active step by way of others? */
bool derivation_reaches(const Derivation *d, uint32_t step);

/* The derivative of the output by an argument, tidied, in names of the model; the same in arguments
 * alone; 0 if it has no closed form. */
NodeId derivation_closed(Derivation *d, uint32_t step, bool arguments_only);

/* Puts numbers, a short literal for an array, as far as there are any; false if there are none. */
bool put_step_number(const Derivation *d, uint32_t step, Text *out);
bool put_bar_number(const Derivation *d, uint32_t step, Text *out);
bool put_tangent_number(const Derivation *d, uint32_t step, Text *out);
bool put_edge_number(const Derivation *d, const Edge *e, bool local, Text *out);

/* ---- matrix ------------------------------------------------------------------------------ */

/* What has elements at just these subscripts, without them: 1 - h^2 for 1 - h[i]^2; 0 if it is free
 * in others. */
NodeId matrix_whole(Graph *g, NodeId value, TupleId at);

/* Puts a value that has the free indices `at`, or is a sum without any, as matrices: W'@z_bar.
 * False and nothing if it has no such form, or says no more than the element does. */
bool put_matrix_form(Job *job, Notation notation, NodeId value, TupleId at, Text *out);

/* ---- page -------------------------------------------------------------------------------- */

typedef enum PageForm { PAGE_TERMINAL, PAGE_MARKDOWN, PAGE_LATEX, PAGE_HTML } PageForm;

/* What kind of thing a cell is: decides its colour. */
typedef enum CellKind { CELL_TEXT, CELL_FORMULA, CELL_VALUE, CELL_GRADIENT } CellKind;

typedef struct Cell {
    CellKind kind;
    Name text;
} Cell;

typedef struct Page {
    Job *job;
    PageForm form;
    Text *out;
    VEC(Cell) cells;   /* of the table that is open */
    uint32_t columns;
} Page;

void page_begin(Page *p, const char *title);
void page_end(Page *p);
void page_heading(Page *p, const char *text);
/* A paragraph; a line of the model as it is. */
void page_text(Page *p, const char *text);
void page_code(Page *p, const char *text);
/* A table: its head, then cells row by row. */
void page_table(Page *p, uint32_t columns, const char *const *head);
void page_cell(Page *p, CellKind kind, const Text *text);
void page_end_table(Page *p);
Notation page_notation(const Page *p);

/* Puts a derivative: df/dx. */
void put_derivative(const Page *p, const Circuit *c, uint32_t of, uint32_t by, Text *out);

/* ---- test -------------------------------------------------------------------------------- */

/* A gradient in C of the user's: what is known of its prototype. */
typedef struct Against {
    const char *header;   /* as in #include */
    const char *function;
    bool returns;         /* the value is what it returns */
    bool values;          /* it has arguments for the values */
} Against;

/* A run of numbers in one of a test's flat arrays: an argument, an output, a side of a check. */
typedef struct Block {
    SymId sym;        /* the model's */
    uint32_t offset;  /* in the flat array */
    uint32_t count;
    uint32_t rows, columns; /* of a matrix; else 0 */
    uint32_t entity;
} Block;

typedef VEC(Block) BlockVec;

typedef struct Test {
    Job *job;
    Graph *g;
    Text *out;
    PointValue *dims;     /* sizes that the test is for */
    uint32_t dim_count;
    Fn interface;         /* the model's parameters and outputs */
    Values *sizes;        /* of its shapes */
    BlockVec arguments, indices, inputs, outputs, sides;
    uint32_t argument_count, index_count, input_count, output_count, side_count;
    uint32_t path_count;  /* paths of a scalar output that are told apart */
    bool claims;          /* is there a function for them? */
    bool works;           /* is there one with an argument `work`? */
    Text claims_call, paths_call, complex_call; /* calls of the test's own functions */
    U32Vec claim_syms;    /* of the job's claims */
    const char *no_complex, *no_differences; /* why not; NULL: they work */
    uint32_t assumed;     /* how many assumptions are among the claims */
} Test;

/* Decides the sizes; finds the blocks. */
void test_layout(Test *t);
void test_free(Test *t);
const Block *test_block(const BlockVec *blocks, SymId sym);

/* Puts the tables of arguments, inputs, outputs and claims. */
void put_test_tables(Test *t);

/* Puts into `call` how a function of the test's own is called. */
void test_keep_call(Test *t, const Plan *plan, Text *call);

/* Puts a function that calls the user's by flat arrays. */
void put_test_yours(Test *t);

/* Puts functions that call those of the model and the test's own so. */
void put_test_calls(Test *t);

#endif
