/* graph: the one representation of models and of their derivatives.
 *
 * A node is a scalar operation with free indices: A[i,k]*x[k] is free in {i,k}, sum[k](...)
 * takes k away, a node with no free index is a plain scalar. Nodes are hash-consed in one
 * append-only array; operands precede users, so the array is its own topological order.
 *
 *   numbers    constants: exact rationals, else 320-bit floating point
 *   operators  the rows of ops.def
 *   nodes      storage, consing, free indices; symbols, indices, constants, places in the text
 *   sets       of indices
 *   tuples     lists of nodes as subscripts; elements: which of many may be the one at hand
 *   reach      what is needed of it
 *   builders   constant folding and the identities that need no table
 *   functions  parameters, results; application by substitution
 *   verify, dump
 */
#ifndef BPGEN_GRAPH_H
#define BPGEN_GRAPH_H

#include <mpfr.h>

#include "base/base.h"

/* ---- numbers ---------------------------------------------------------------------------- */

/* The precision in bits of a constant that is no rational of moderate size. */
enum { NUMBER_BITS = 320 };

/* Complex numbers are no type of models: a test computes values with them, for derivatives. */
typedef enum RealType { REAL_FLOAT, REAL_DOUBLE, REAL_LONG_DOUBLE, REAL_COMPLEX } RealType;

typedef struct Number {
    bool rational;    /* which of the two holds the value */
    union {
        mpq_t ratio;  /* in lowest terms */
        mpfr_t real;  /* NUMBER_BITS bits, possibly infinite or NaN */
    };
} Number;

/* The rational 0. Numbers own memory outside the context: each init, or copy, needs its clear. */
void number_init(Number *number);
void number_copy(Number *copy, const Number *number);
void number_clear(Number *number);

/* A number that was rational is the real one. */
void number_set_real(Number *number, mpfr_srcptr value);

/* An integer that is only read, and owns nothing: its one digit is *limb as long as it lives. */
void number_borrow(Number *number, mp_limb_t *limb, long value);

/* From decimal text as the language writes it ("2", ".5", "1e-3"), into a rational number: exact.
 * False if it is too large or too small for any real type (its decimal exponent is beyond 5000). */
bool number_parse(Number *number, const char *text, size_t length);

/* Is it an integer that fits, and which? */
bool number_integer(const Number *number, long *value);

/* -1, 0, 1, as the number compares with 0; 2 for NaN. A negative zero compares as 0. */
int number_sign(const Number *number);

/* Rounds to nearest into `out`, at out's own precision. */
void number_get(const Number *number, mpfr_ptr out);

/* Does it round to an infinity, or (not being 0) to 0, in this type? */
bool number_out_of_range(const Number *number, RealType type);

/* The shortest decimal text that reads back as the number rounded to `type` (round to nearest);
 * an infinity or NaN as "inf", "-inf", "nan". Independent of the locale. */
void number_text(Text *out, const Number *number, RealType type);

/* The same for a floating-point value, shortest for the type. */
void number_real_text(Text *out, mpfr_srcptr value, RealType type);

/* The name of the type in C, and the bits of its significand. */
const char *real_name(RealType type);
int real_bits(RealType type);

/* How many bytes one takes, as common machines have it. */
uint32_t real_bytes(RealType type);

/* ---- operators -------------------------------------------------------------------------- */

typedef enum Op {
    OP_NONE,
#define OP(ID, ...) OP_##ID,
#include "graph/ops.def"
#undef OP
    OP_COUNT
} Op;

/* How tightly an operator's C text binds, loosest first. */
typedef enum Prec {
    PREC_LEAF,   /* no text of its own: printed by its payload */
    PREC_COND,   /* c ? a : b */
    PREC_OR,     /* a || b */
    PREC_AND,    /* a && b */
    PREC_REL,    /* a < b */
    PREC_ADD,    /* a + b */
    PREC_MUL,    /* a*b */
    PREC_UNARY,  /* -a */
    PREC_CALL    /* f(a), names, literals */
} Prec;

enum OpFlag {
    OPF_COMMUTES = 1,  /* op(x,y) = op(y,x) */
    OPF_KINK = 2,      /* continuous, not differentiable everywhere */
    OPF_POLE = 4,      /* infinite or undefined at some points */
    OPF_BOOL = 8,      /* the result is a truth value */
    OPF_CHEAP = 16,    /* a few cycles and defined everywhere: may be computed without need */
    OPF_LIBM = 32,     /* calls the C library */
    OPF_HELPER = 64,   /* calls a function of templates/helpers.c, '@' before its name */
    OPF_STEP = 128,    /* piecewise constant */
    OPF_HIDDEN = 256,  /* not to be written in a model by this name */
    OPF_LEAF = 512,    /* has no operand nodes, only payload */
    OPF_REDUCE = 1024, /* operand 0 is a body, b the index that it takes away */
    OPF_ARRAY = 2048,  /* its value is an array, which a helper function fills */
    OPF_STEEP = 4096,  /* POLE of the derivative only: there the value is finite */
    OPF_EVEN = 8192,   /* op(-x) = op(x); its course is that from 0 on */
    OPF_VANISHES = 16384, /* of those with a course: 0 where the operand is, and only there */
    OPF_MORE = 32768   /* needs more than its operands: a tuple, a range, extents */
};

/* What the value does as the one operand grows, all along the domain of the value. */
typedef enum CourseKind { COURSE_NONE, COURSE_RISES, COURSE_FALLS, COURSE_STEPS } CourseKind;

typedef struct OpCourse {
    CourseKind kind; /* none: now this, now that; or there are more operands */
    double from, to; /* the domain, ends included if the value is finite there */
} OpCourse;

typedef struct OpInfo {
    const char *id;         /* the row's name */
    const char *spelling;   /* in models: a function's name or an operator */
    int arity;              /* operands that are nodes */
    const char *c;          /* C text: %0 %1 %2 operands, $ the precision's suffix, @ the prefix */
    Prec prec;              /* of that text */
    const char *latex;      /* LaTeX text, operands likewise */
    int cost;               /* about how many cycles */
    unsigned flags;         /* of enum OpFlag */
    const char *domain;     /* where value and partials are finite, in the model language; "" all */
    OpCourse course;        /* how the value follows the operand */
    const char *partial[3]; /* by operand; operands are x y z, the value is f, see below */
} OpInfo;

/* In partials, `both` is 1 where the first two operands are both active and 0 where not. */

extern const OpInfo op_infos[];
static inline const OpInfo *op_info(Op op) { return &op_infos[op]; }

/* The operator that a model calls by this name with any number of operands; OP_NONE if none. */
Op op_named(const char *spelling);

/* What holds where a comparison, && or || does not, of the opposites of the operands of && and ||;
 * OP_NONE of others. */
Op op_opposite(Op op);
/* Is it ==, !=, <, <=, > or >=? */
bool op_is_comparison(Op op);

/* r = op(x[0], x[1], ...) rounded to r's precision, with the language's meaning of NaN and
 * ties; comparisons and logic give 1 or 0. Not for leaves and reductions. */
void op_eval(Op op, mpfr_ptr r, mpfr_srcptr *x);

/* ---- nodes ------------------------------------------------------------------------------ */

typedef uint32_t NodeId;  /* 0 is none */
typedef uint32_t SymId;   /* 0 is none */
typedef uint32_t IndexId; /* 0 is none */
typedef uint32_t SetId;   /* a set of indices; 0 is the empty one */
typedef uint32_t TupleId; /* a list of nodes; 0 is the empty one */

enum NodeFlag {
    NODE_ACTIVE = 1,  /* depends on a declared input */
    NODE_SQUARES = 2, /* a sum of squares as written */
    NODE_CONST = 4,   /* its value is known: node_number */
    NODE_OPEN = 8,    /* depends on a parameter of a function that is yet to be applied */
    NODE_INT = 16,    /* computed in integers: indices, dims, entries of index arrays and what is
                         made of them by + - * IDIV IMOD min max ?: until REAL converts it.
                         Constants have it not: they are integers in such company. */
    NODE_SEED = 32    /* what a derivative begins with: an argument of it that the model has not */
};

/* note [arrays]: most nodes are scalars. Array-valued are
 *
 *   REF of a symbol with a shape, without subscripts: the whole argument
 *   ARRAY   parts (tuple a), symbol b (name and shape), kind c:
 *           ARRAY_SET   each part sets the elements at its subscripts; no two the same element
 *           ARRAY_ADD   zeros, to which each part adds its values (the adjoint of what is read
 *                       by any subscripts: a scatter)
 *
 *   MEMBER  one array of a recurrence: note [systems]
 *   FACTOR, SOLVE, TSOLVE, INVERSE: note [linear]
 *
 * and they are used by READ (element of array a at subscripts b), by the operators of note
 * [linear], as a result of a function, and as what a DIFF differentiates by; nothing else takes one
 * as operand. PART: value a, at subscripts b, for all values of the bound indices (set c): a
 * definition z[i,j+1] = v is one part with the subscripts (i, j+1), bound {i,j}, value v. It is
 * free in what value, subscripts and ranges are free in and `c` does not bind: an array that stands
 * within a loop, as a local one of a function called there. An array is free in what its parts are.
 * Symbols of definitions are different for each definition, so that arrays keep their names.
 *
 * Subscripts are integer nodes (NODE_INT or a constant). What an index's range is free in counts
 * as free wherever the index does, bound or not: sum[j in 0..i] is free in i, and so is x[j] in
 * it, which has a meaning within such a sum only. Ranges are older than their indices, so that a
 * set lists what a range depends on first. */
/* note [systems]: a recurrence is a SYSTEM of arrays (tuple a of ARRAY nodes, each with a symbol of
 * its own that no other array of the graph bears) whose values may read elements of each other, and
 * of themselves, by OWN (symbol a, subscripts b; a leaf). Elements must be computable in some
 * order. From outside, MEMBER (system a, number b from 0) is the array, to be read by READ. An OWN
 * has meaning only below the system that holds the symbol's array.
 * An ARRAY_SET member: each element is what its part gives, from elements of others. An ARRAY_ADD
 * member: an element is the sum of what all parts add to it, and they may read other elements of it
 * that are complete: the adjoint of a recurrence, which runs the other way. */
/* note [linear]: of an array A[n,n], n not small, FACTOR is the array [n+1,n] of the factors of A
 * with its rows exchanged: L below the diagonal, U on and above it, and as last row with which row
 * each was exchanged. SOLVE and TSOLVE of factors and of an array b, with n rows and perhaps
 * columns, are the arrays x with A*x = b and A'*x = b; INVERSE of factors is that of A, DET the
 * determinant. Their operands are arrays as a whole. Derivatives go past the factors to A:
 * differentiation never looks into them, but solves with them again. */
enum ArrayKind { ARRAY_SET, ARRAY_ADD };

typedef struct Node {
    uint16_t op;    /* Op */
    uint16_t flags; /* of enum NodeFlag */
    union {
        struct {
            uint32_t a, b, c; /* operands, or payload by operator:
                                   CONST a number; REF a symbol, b tuple; NAME a value, b symbol,
                                   c tuple; TEMP a value, b partner node, c role; SUM a body,
                                   b index; INDEX a index; DIFF a value, b target, c tuple;
                                   arrays: note [arrays] */
        };
        uint32_t operand[3]; /* the same */
    };
    SetId free;     /* the free indices */
} Node;

typedef enum SymKind {
    SYM_INPUT,   /* derivatives are taken of it */
    SYM_PARAM,   /* an input that none is taken of */
    SYM_DIM,     /* a size that is given at run time: an integer */
    SYM_INDEX,   /* an argument of integers: entries from 0 to below `limit` */
    SYM_CONST,   /* a named constant */
    SYM_DEF,     /* a definition */
    SYM_EQUATION,/* one of several equations of a definition, its base: an origin only */
    SYM_ARG,     /* a function's parameter */
    SYM_CALL,    /* a call of a user's function, where these stay apart; one of its arguments has
                    the call as its base */
    SYM_DERIVED  /* the adjoint, tangent, ... of another */
} SymKind;

/* What a derived symbol is of its base. */
typedef enum SymRole {
    ROLE_SELF,
    ROLE_DOT,   /* its tangent */
    ROLE_BAR,   /* its adjoint */
    ROLE_OUT,   /* an output that is an input, too */
    ROLE_SUM,   /* of an adjoint: the seed and what the other outputs contribute */
    ROLE_VALUE, /* of an output: its value, where the function goes on with it */
    ROLE_LU,    /* of a matrix: its factors */
    ROLE_KEPT,  /* of an array of a recurrence: its states at checkpoints */
    ROLE_COUNT
} SymRole;

/* What stands behind the base's name for a role: "", "_dot", "_bar", ... */
const char *role_suffix(SymRole role);

typedef struct Sym {
    Name name;        /* in the model; of a derived symbol its base's */
    uint8_t kind;     /* SymKind: what it is */
    uint8_t role;     /* SymRole: of a derived symbol */
    bool integer;     /* ARG: a size, which is an integer */
    SymId base;       /* of a derived symbol, of an equation */
    SymId derived;    /* the last of those made from it so far, by role; 0: none */
    SymId beside;     /* of a derived symbol: the one made from the base before it; 0: none */
    TupleId shape;    /* extents; 0 for a scalar */
    NodeId value;     /* CONST: its constant; DEF: its NAME or ARRAY once lowered */
    NodeId limit;     /* INDEX: entries are below this */
    NodeId born;      /* nodes that depend on it are not before this */
    Span span;        /* where it was declared */
    Name comment;     /* the comment behind its declaration, 0 if none */
    Name line;        /* DEF, EQUATION: the model's text of it, comments and breaks taken out */
} Sym;

typedef struct Index {
    Name name;    /* in the model */
    NodeId lower; /* the range, half open: integer nodes */
    NodeId upper;
    uint32_t serial; /* tells indices of the same name and range apart; most are 0 */
} Index;

/* Names of names whose meaning is remembered: chains of them grow at their ends. */
enum { RENAMED = 64 };

typedef struct Constants Constants; /* constant.c */
typedef struct Places Places;       /* place.c */
typedef struct Bodies Bodies;       /* body.c */

/* Each member is the business of one file of this folder alone. What is no pointer is so that
 * every pass can ask for it, all the time, without a call: by the functions below. */
typedef struct Graph {
    Ctx *ctx;
    VEC(Node) nodes;
    U32Vec origin;       /* a node each: definition, four times, plus its Maker */
    uint32_t origin_now;
    Span at;             /* graph_at */
    uint32_t limit;      /* no more nodes than this, */
    uint32_t uncounted;  /* beside so many, */
    uint32_t most;       /* which is together this */
    Lookup node_table;
    Lookup condition_table; /* note [conditions] of node.c */
    U32Vec conditions;
    U32Vec zeros;        /* graph_zeros */
    U32Vec promises;     /* integer nodes */
    VEC(Sym) syms;
    U32Vec likes;        /* a tuple each: the symbol of sym_like with these numbers */
    VEC(Index) indices;
    Lookup index_table;
    Lists sets;
    Lists tuples;
    Constants *constants;
    Places *places;
    Bodies *bodies;
    struct {             /* by a hash of the name: what names of names mean */
        NodeId name, meaning;
    } renamed[RENAMED];
} Graph;

/* An empty graph in this context. */
Graph *graph_new(Ctx *ctx);
static inline Ctx *graph_ctx(const Graph *g) { return g->ctx; }

/* Ends the run, by diag_stop, since a limit is reached: with an error at the definition that is
 * being worked on (graph_origin), else at the text that graph_at gave. */
void graph_at(Graph *g, Span span);
_Noreturn void graph_stop(const Graph *g, const char *hint, const char *fmt, ...)
    BP_PRINTF(3, 4);

/* Holds it to so many nodes; 0 is what numbers can tell apart. One more is graph_stop. Those that
 * are made in between are not counted: of tables, which no model asked for. */
void graph_limit(Graph *g, uint32_t most);
void graph_uncounted_begin(Graph *g);
void graph_uncounted_end(Graph *g);

/* About so many nodes more are to come: their table grows at once. */
void graph_expect(Graph *g, uint32_t more);

/* Gives back the table of all nodes, which is large, until somebody asks for one that is there. */
void graph_rest(Graph *g);

/* How many node numbers are in use: valid ids are 1 .. count-1. */
static inline uint32_t graph_count(const Graph *g) { return g->nodes.count; }

/* Callers promise that an integer node of the sizes is not below 0; all such nodes. */
void graph_promise(Graph *g, NodeId node);
const U32Vec *graph_promises(const Graph *g);

/* The node itself; the pointer is good until the next node is made. */
static inline const Node *node_at(const Graph *g, NodeId id)
{
    BP_VERIFY(id < g->nodes.count);
    return &g->nodes.at[id];
}

static inline Op node_op(const Graph *g, NodeId id) { return (Op)node_at(g, id)->op; }

/* The i-th operand (0 to arity-1), and how many there are. Leaves have none. */
static inline NodeId node_operand(const Graph *g, NodeId id, int i)
{
    return node_at(g, id)->operand[i];
}

static inline int node_arity(const Graph *g, NodeId id) { return op_info(node_op(g, id))->arity; }

/* The subscripts of REF, OWN, NAME, READ, PART and DIFF, the parts of ARRAY, the arrays of SYSTEM,
 * the arguments of RULE and CALL, the parameters of HOLD; 0 of others. */
TupleId node_tuple(const Graph *g, NodeId id);
/* Where in the node that is; NULL for others. */
TupleId *node_tuple_place(Node *n);

/* Is it array-valued? */
static inline bool node_is_array(const Graph *g, NodeId id)
{
    const Node *n = node_at(g, id);
    if (n->op == OP_REF)
        return !n->b && g->syms.at[n->a].shape;
    return n->op == OP_ARRAY || n->op == OP_MEMBER || op_info((Op)n->op)->flags & OPF_ARRAY;
}

/* The shape of an array-valued node: extents. Its symbol, 0 of those of note [linear]; the
 * ARRAY that a MEMBER is. */
TupleId node_shape(Graph *g, NodeId id);
SymId array_sym(const Graph *g, NodeId array);
NodeId member_array(const Graph *g, NodeId member);

/* All that a node needs at once, one behind the other: operands, then its tuple, then the ranges
 * of indices that it names or binds, then the extents of an array; 0 behind the last. k counts
 * from 0; of node_need_more, which is for OPF_MORE, from behind the operands. */
NodeId node_need_more(Graph *g, NodeId id, uint32_t k);

static inline NodeId node_need(Graph *g, NodeId id, uint32_t k)
{
    const Node *n = node_at(g, id);
    const OpInfo *info = op_info((Op)n->op);
    if (k < (uint32_t)info->arity)
        return n->operand[k];
    return info->flags & OPF_MORE ? node_need_more(g, id, k - (uint32_t)info->arity) : 0;
}

/* The node with these contents, old or new. No folding: see build. */
NodeId graph_put(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c);

/* Who made a node: whoever wrote the model; a `diff` of theirs, whose derivative is a part of the
 * model; or the differentiation of the model: tangents, and the reverse sweep. The last is of the
 * sweep, too, and stays as it is made. */
typedef enum Maker { MADE_BY_MODEL, MADE_BY_DIFF, MADE_BY_SWEEP, MADE_TO_STAY } Maker;

/* New nodes are noted as coming from this definition (0: none) and as made so until it is set
 * again; node_origin tells which definition that was. */
void graph_origin(Graph *g, SymId definition, Maker maker);
/* Likewise, as that node. */
void graph_origin_of(Graph *g, NodeId id);
/* A node that a derivative asked for first, and that now stands for a node of the model, is the
 * model's. */
void graph_origin_to(Graph *g, NodeId id, NodeId model);
static inline SymId graph_origin_now(const Graph *g) { return g->origin_now / 4; }
static inline Maker graph_maker_now(const Graph *g) { return (Maker)(g->origin_now % 4); }
static inline SymId node_origin(const Graph *g, NodeId id) { return g->origin.at[id] / 4; }
static inline Maker node_maker(const Graph *g, NodeId id) { return (Maker)(g->origin.at[id] % 4); }
/* The definition that this is of. */
SymId node_definition(const Graph *g, NodeId id);
static inline bool node_is_derived(const Graph *g, NodeId id)
{
    return node_maker(g, id) >= MADE_BY_SWEEP;
}
/* A derivative, be it one that the model asks for: 0*x is 0 there, whatever x is. */
static inline bool node_is_derivative(const Graph *g, NodeId id)
{
    return node_maker(g, id) == MADE_BY_DIFF || node_maker(g, id) == MADE_BY_SWEEP;
}

/* Where in the model's text a node is written: numbers that whoever builds the graph gives out.
 * Nodes made from now on come from that place, those that fn_apply makes from the places of what it
 * copies, and from the call that is set; 0 ends it. Kept for operators that are flagged POLE or
 * STEP. */
typedef struct NodePlace {
    NodeId node;
    uint32_t place; /* 0 for none */
    uint32_t call;  /* of a function of the user's, whose body the place is in; the outermost one */
} NodePlace;

void graph_place(Graph *g, uint32_t place, uint32_t call);
NodePlace graph_place_now(const Graph *g);
NodePlace node_place(const Graph *g, NodeId id);

/* Forgets every node made after graph_mark: for work whose result has been written out. */
uint32_t graph_mark(const Graph *g);
void graph_release(Graph *g, uint32_t mark);

/* Forgets those of them that are not live (an entry each), and numbers the others anew in the same
 * order. image[] (likewise) tells what each has become, 0 for what is gone. What has its number
 * elsewhere than in later nodes, as the ranges of indices, must be before the mark. */
void graph_keep(Graph *g, uint32_t mark, const uint8_t *live, NodeId *image);

/* The first node from the mark on that only later nodes and functions know of. */
uint32_t graph_loose(const Graph *g, uint32_t mark);

/* Symbols. sym_new makes one; sym_derived finds or makes the tangent, adjoint, ... of one. */
SymId sym_new(Graph *g, Name name, SymKind kind, TupleId shape);
SymId sym_derived(Graph *g, SymId base, SymRole role);
/* The symbol of an array with these parts that an application has made of one with others: each
 * array has a symbol of its own. */
SymId sym_like(Graph *g, SymId sym, TupleId before, TupleId parts, TupleId shape);
static inline Sym *sym_at(Graph *g, SymId id)
{
    BP_VERIFY(id < g->syms.count);
    return &g->syms.at[id];
}

static inline uint32_t sym_count(const Graph *g) { return g->syms.count; }

/* Hand derivatives: a RULE node (payload a the rule, b the tuple of its arguments) stands for one
 * that is yet to be applied, since it may speak of itself. graph_rule_apply gives what it
 * stands for; params are the symbols of the rule's parameters and stay the caller's. */
uint32_t graph_rule_new(Graph *g);
void graph_rule_set(Graph *g, uint32_t rule, NodeId result, const SymId *params, uint32_t count);
uint32_t graph_rule_count(const Graph *g);
NodeId graph_rule_result(const Graph *g, uint32_t rule);
/* The same rule with another result over the same parameters. */
void graph_rule_replace(Graph *g, uint32_t rule, NodeId result);
NodeId graph_rule_apply(Graph *g, NodeId rule_node);

/* The index of that name, range lower..upper and serial number, old or new: expressions over the
 * same name and range can be one node and one loop. */
IndexId index_of(Graph *g, Name name, NodeId lower, NodeId upper, uint32_t serial);
/* Subscripts over the whole of a shape, of indices that are there already where they can be, and
 * are none of `avoid`; and their set. */
TupleId index_axes(Graph *g, TupleId shape, SetId avoid, SetId *bound);
/* An index like this one that is none of `avoid`: itself or the next serial number. */
IndexId index_beside(Graph *g, IndexId index, SetId avoid);
static inline const Index *index_at(const Graph *g, IndexId id)
{
    BP_VERIFY(id < g->indices.count);
    return &g->indices.at[id];
}

/* Is it known that the index takes no value? */
bool index_is_empty(Graph *g, IndexId id);
/* Is a + less <= b, of integers, whatever values the indices in them take of their ranges? */
bool bound_at_most(Graph *g, NodeId a, NodeId b, long less);
static inline uint32_t index_count(const Graph *g) { return g->indices.count; } /* from 1 on */

/* Sets of indices: members ascending. */
SetId set_with(Graph *g, SetId set, IndexId index);
SetId set_without(Graph *g, SetId set, IndexId index);
/* Of sets that have something, and are not the same one. */
SetId set_joined(Graph *g, SetId a, SetId b);
SetId set_less(Graph *g, SetId a, SetId b);

static inline SetId set_union(Graph *g, SetId a, SetId b)
{
    return a == b || !b ? a : !a ? b : set_joined(g, a, b);
}

static inline SetId set_minus(Graph *g, SetId a, SetId b)
{
    return !a || !b ? a : a == b ? 0 : set_less(g, a, b);
}

static inline uint32_t set_size(const Graph *g, SetId set) { return lists_size(&g->sets, set); }

static inline IndexId set_member(const Graph *g, SetId set, uint32_t i)
{
    return lists_item(&g->sets, set, i);
}

bool set_has(const Graph *g, SetId set, IndexId index);

/* Lists of nodes, interned. */
TupleId tuple_of(Graph *g, const NodeId *nodes, uint32_t count);
TupleId tuple_join(Graph *g, TupleId first, TupleId second);
static inline uint32_t tuple_size(const Graph *g, TupleId t) { return lists_size(&g->tuples, t); }

static inline NodeId tuple_item(const Graph *g, TupleId tuple, uint32_t i)
{
    return lists_item(&g->tuples, tuple, i);
}

/* The free indices of all items. */
SetId tuple_free(Graph *g, TupleId tuple);
/* Are these subscripts different indices of `bound`, each over the whole of its axis of the shape?
 * Or such indices and constants? */
bool tuple_is_whole(Graph *g, TupleId at, SetId bound, TupleId shape);
bool tuple_is_slice(Graph *g, TupleId at, SetId bound, TupleId shape);
/* Are all of them constants? */
bool tuple_is_constant(const Graph *g, TupleId at);

/* An element of an array that is written, and those before it: numbers from 1. */
typedef struct Element {
    uint32_t number;     /* the caller's */
    uint32_t older;      /* of the array, with constants for the same subscripts */
    uint32_t older_same; /* with the same constants, too */
} Element;

typedef struct ElementChain {
    uint32_t array, fixed; /* and which subscripts are constants, a bit each */
    TupleId part;          /* these constants */
    uint32_t newest;       /* of its elements, from 1 */
    uint32_t next;         /* chain of the array's, from 1 */
} ElementChain;

/* Elements that are written, to be found by where they are; zeroed: none. Arrays are numbers of the
 * caller's. */
typedef struct Elements {
    VEC(Element) all;
    VEC(ElementChain) chains;
    Lookup table;
} Elements;

void elements_add(Graph *g, Elements *e, uint32_t array, TupleId at, uint32_t number);
/* Appends the numbers, ascending, of those elements of the array whose constant subscripts are not
 * others than those of `at`. */
void elements_like(Graph *g, Elements *e, uint32_t array, TupleId at, U32Vec *numbers);
void elements_end(Graph *g, Elements *e);

/* For node.c: each part of a graph at its beginning, and where nodes are forgotten (_release: all
 * from the mark on) or get other numbers (_keep); the last node that a part knows of, or `last` if
 * that is behind it (_last). */
void syms_begin(Graph *g);
void syms_release(Graph *g, NodeId mark);
void syms_keep(Graph *g, NodeId mark);
NodeId syms_last(const Graph *g, NodeId last);
void indices_begin(Graph *g);
void indices_release(Graph *g, NodeId mark);
NodeId indices_last(const Graph *g, NodeId last);
void constants_begin(Graph *g);
void constants_release(Graph *g, NodeId mark);
void constants_keep(Graph *g, const NodeId *image);
void places_begin(Graph *g);
void places_release(Graph *g, NodeId mark);
void places_keep(Graph *g, const NodeId *image);
void bodies_begin(Graph *g);
/* A new node of an operator flagged POLE or STEP has come. */
void places_note(Graph *g, NodeId id);

/* ---- builders --------------------------------------------------------------------------- */

/* op(a, b, c) with constants folded exactly or in NUMBER_BITS bits, x^n recognised, and sums
 * over an index that the body lacks turned into products. */
NodeId build(Graph *g, Op op, NodeId a, NodeId b, NodeId c);
NodeId build1(Graph *g, Op op, NodeId a);
NodeId build2(Graph *g, Op op, NodeId a, NodeId b);

NodeId build_int(Graph *g, long value);
NodeId build_ratio(Graph *g, long numerator, unsigned long denominator);
NodeId build_number(Graph *g, const Number *number); /* the number is copied */
NodeId build_literal(Graph *g, const char *text);    /* as number_parse takes it */
NodeId build_pi(Graph *g);
NodeId build_inf(Graph *g);
NodeId build_ref(Graph *g, SymId sym, TupleId subscripts);
NodeId build_name(Graph *g, SymId sym, NodeId value, TupleId subscripts);
/* A weak name: `value` is the adjoint or tangent (role) of the node `partner`, and becomes a
 * statement of its own only where it is used more than once. With ROLE_SELF it is a value that
 * consing must not merge with its equals until derivatives are taken; partner is any number. */
NodeId build_temp(Graph *g, NodeId value, NodeId partner, SymRole role);
NodeId build_index(Graph *g, IndexId index);
NodeId build_sum(Graph *g, NodeId body, IndexId index);
/* What a reduction over nothing is. */
NodeId build_neutral(Graph *g, Op op);
/* Reductions by operator: OP_SUM, OP_PROD, OP_RMAX, OP_RMIN, OP_RHYPOT. */
NodeId build_reduce(Graph *g, Op op, NodeId body, IndexId index);
/* How many values the index takes: an integer node, 0 for an empty range. */
NodeId build_extent(Graph *g, IndexId index);
/* An integer node as a real one. */
NodeId build_real_of(Graph *g, NodeId integer);
/* Arrays: note [arrays]. build_read is REF for a whole argument, and an element as written where
 * the array was given element by element and the subscripts are constants. */
NodeId build_part(Graph *g, NodeId value, TupleId subscripts, SetId bound);
/* What a PART is made of, or will be: the value is 0, then. */
typedef struct Piece {
    NodeId value;
    TupleId at;  /* subscripts */
    SetId bound; /* indices that run */
} Piece;
/* One of its indices replaced by an integer of another one, which runs instead (0: none does); and
 * so each index whose range depends on it. The piece or part itself if it has no such. */
Piece piece_moved(Graph *g, Piece piece, IndexId from, IndexId to, NodeId integer);
NodeId part_moved(Graph *g, NodeId part, IndexId from, IndexId to, NodeId integer);
NodeId build_array(Graph *g, TupleId parts, SymId sym, int kind);
NodeId build_read(Graph *g, NodeId array, TupleId subscripts);
/* Linear algebra: note [linear]. */
NodeId build_factor(Graph *g, NodeId matrix);
NodeId build_solve(Graph *g, NodeId factor, NodeId right, bool transposed);
NodeId build_inverse(Graph *g, NodeId factor);
NodeId build_det(Graph *g, NodeId factor);
/* Recurrences: note [systems]. */
NodeId build_own(Graph *g, SymId sym, TupleId subscripts);
NodeId build_system(Graph *g, TupleId arrays);
NodeId build_member(Graph *g, NodeId system, uint32_t number);
NodeId build_select(Graph *g, NodeId condition, NodeId yes, NodeId no);

/* Truth value from number (x != 0) and number from truth value (1 or 0); each leaves alone
 * what is such already. node_is_bool tells. */
NodeId build_truth(Graph *g, NodeId node);
NodeId build_real(Graph *g, NodeId node);
bool node_is_bool(const Graph *g, NodeId node);

/* Logic on truth values, with the obvious simplifications (also a || !a). */
NodeId build_and(Graph *g, NodeId a, NodeId b);
NodeId build_or(Graph *g, NodeId a, NodeId b);
NodeId build_not(Graph *g, NodeId a);
NodeId build_true(Graph *g);
NodeId build_false(Graph *g);

/* How many operands a chain of && and || has; no more than about `most` are counted. */
int logic_operands(const Graph *g, NodeId condition, int most);
/* May there be no element at these subscripts, but under a condition? */
bool logic_may_be_outside(Graph *g, TupleId at, TupleId shape);

/* The value of a node of flag NODE_CONST, through the names of constants. */
const Number *constant_number(const Graph *g, NodeId id);
bool constant_integer(const Graph *g, NodeId id, long *value);

/* Integers of these are the commonest constants: their numbers are 1 and so on. */
enum { INTEGERS_LEAST = -16, INTEGERS_MOST = 111, INTEGERS = INTEGERS_MOST - INTEGERS_LEAST + 1 };

static inline bool is_common_integer(long value)
{
    return value >= INTEGERS_LEAST && value <= INTEGERS_MOST;
}

static inline uint32_t common_integer(long value) { return (uint32_t)(value - INTEGERS_LEAST) + 1; }

/* The same of any node: NULL and false if it is not constant, as most are. */
static inline const Number *node_number(const Graph *g, NodeId id)
{
    return node_at(g, id)->flags & NODE_CONST ? constant_number(g, id) : NULL;
}

/* Is it an integer that fits, and which? */
static inline bool node_integer(const Graph *g, NodeId id, long *value)
{
    const Node *n = node_at(g, id);
    if (n->op != OP_CONST || n->a > INTEGERS)
        return n->flags & NODE_CONST && constant_integer(g, id, value);
    *value = (long)n->a - 1 + INTEGERS_LEAST;
    return true;
}

/* Is it computed in integers, or a number that is one? */
static inline bool node_is_integer(const Graph *g, NodeId id)
{
    long value;
    return node_at(g, id)->flags & NODE_INT || node_integer(g, id, &value);
}

static inline bool node_is_int(const Graph *g, NodeId id, long value)
{
    const Node *n = node_at(g, id);
    long found;
    if (!(n->flags & NODE_CONST))
        return false;
    if (n->op == OP_CONST && is_common_integer(value))
        return n->a == common_integer(value);
    return constant_integer(g, id, &found) && found == value;
}

/* ---- functions -------------------------------------------------------------------------- */

typedef enum ArgRole {
    ARG_DIM, ARG_INPUT, ARG_PARAM, ARG_INDEX, ARG_TANGENT, ARG_SEED,
    ARG_OUTPUT, ARG_OUTPUT_TANGENT, ARG_ADJOINT, ARG_ADJOINT_TANGENT, ARG_JACOBIAN, ARG_HESSIAN,
    ARG_WORK, ARG_ROLE_COUNT
} ArgRole;

/* The role's name in the manifest. */
const char *arg_role_name(ArgRole role);

typedef struct Param {
    SymId sym;    /* what REF nodes to it name */
    ArgRole role; /* how it is passed */
    SymId of;     /* the input or output that it belongs to */
} Param;

typedef struct Result {
    SymId sym;         /* the array or scalar that is set */
    ArgRole role;      /* what it is */
    SymId of;          /* the input or output that it belongs to */
    NodeId node;       /* the value: a scalar, or an array of the symbol's shape; no free index */
    bool partial;      /* of an output: perhaps an array of which not all is given */
} Result;

typedef enum FnKind {
    FN_VALUE, FN_FORWARD, FN_REVERSE, FN_GRADIENT, FN_JACOBIAN, FN_HESSIAN, FN_HVP, FN_KIND_COUNT
} FnKind;

/* The kind's name in --with, in the manifest and behind the prefix. */
const char *fn_kind_name(FnKind kind);

typedef struct Fn {
    FnKind kind;            /* which function of the model */
    VEC(Param) params;      /* in the order of the arguments */
    VEC(Result) results;    /* in the order of the arguments */
    U32Vec order;           /* after simplify: all live nodes, each when it becomes known */
    U32Vec systems;         /* of a plan: recurrences, whose elements are all read by OWN */
    U32Vec called;          /* of a plan: pairs of an array that a function computes, and the symbol
                               of the definition that it is the value of */
} Fn;

/* Marks in live[0 .. graph_count) all nodes that the roots need (through operands, subscripts,
 * ranges); the array comes from array_new and is the caller's. */
uint8_t *graph_live(Graph *g, const NodeId *roots, uint32_t count);

/* A zero for each node that is there, the graph's: whoever changes entries makes them zeros again,
 * before others ask for them. For walks that see few of the nodes. */
NodeId *graph_zeros(Graph *g);

/* All nodes that the roots need, in some order; those that one needs, ascending. The caller's. They
 * take time in their number. */
U32Vec graph_reach(Graph *g, const NodeId *roots, uint32_t count);
U32Vec graph_below(Graph *g, NodeId root);

/* Forgets what was made from the mark on and the simplified function does not need, so that what
 * is as long as the graph gets shorter. Nobody else may know of its nodes. */
void fn_keep(Graph *g, uint32_t mark, Fn *fn);

/* A function to be applied: a rule, a user's function. */
typedef struct FnBody {
    NodeId result;       /* a node over the parameters */
    const SymId *params; /* the caller's, as long as the body lives */
    uint32_t count;      /* of parameters */
    U32Vec by_sym;       /* their numbers in the order of the symbols */
    U32Vec order;        /* the nodes below the result, ascending, that contain one of them */
    bool binds;          /* does one of these bind indices? */
} FnBody;

FnBody fn_body(Graph *g, NodeId result, const SymId *params, uint32_t count);
void fn_body_end(Graph *g, FnBody *body);

/* Copies the graph below the result with every REF to params[i] replaced by args[i], a read of a
 * parameter with a shape by a read of the array args[i]; what does not contain a parameter stays
 * the same node. Bound indices that an argument is free in get others. CALLs in it are what they
 * stand for in the copy. */
NodeId fn_apply(Graph *g, const FnBody *body, const NodeId *args);

/* note [calls]: where a user's function of numbers calls another, the body has a CALL (payload a
 * the number of a body that the graph keeps, tuple b of arguments), so that functions which call
 * each other a hundred thousand deep have bodies of a few nodes each. There is none in the model
 * itself: applying a body applies those it calls, however deep, and each once for the same
 * arguments. */
uint32_t graph_body_put(Graph *g, const FnBody *body);
const FnBody *graph_body(const Graph *g, uint32_t number);

/* Copies the graph below `root` with an index replaced by an integer node; bound indices that the
 * node is free in get others. */
NodeId fn_substitute(Graph *g, NodeId root, IndexId index, NodeId integer);

/* The copy of one node with other operands (leaves: the node itself), its tuple as it is. */
NodeId node_rebuild(Graph *g, NodeId id, const NodeId *operands);
/* The same node where all that it speaks of has other numbers, image[] of them. */
Node node_renumbered(Graph *g, NodeId id, const NodeId *image);
/* The copy of one node with all that it needs replaced by image[] (an entry each for every node
 * that it needs; 0 leaves it). */
NodeId node_map(Graph *g, NodeId id, const NodeId *image);
NodeId node_map_by(Graph *g, NodeId id, NodeId (*image)(const void *with, NodeId node),
                   const void *with);
/* The tuple of what its items become. */
TupleId tuple_map_by(Graph *g, TupleId tuple, NodeId (*image)(const void *with, NodeId node),
                     const void *with);

/* What OWN nodes of a symbol become: reads of an array, or OWN nodes of another symbol. */
typedef struct OwnImage {
    SymId own;      /* of what is replaced */
    NodeId array;   /* 0: */
    SymId sym;      /* the other symbol */
    TupleId beside; /* subscripts behind those that there are */
} OwnImage;

/* What the nodes below the roots become when OWN nodes become others, and where image[] says
 * so already; the list has graph_count entries, and in the end an entry for every node that is
 * changed. Arrays and systems that so become others get symbols of their own. With `origins` the
 * new nodes come from the same definitions, by differentiation. */
void own_replace(Graph *g, const NodeId *roots, uint32_t count, const OwnImage *owns,
                 uint32_t own_count, NodeId *image, bool origins);
/* The system with other arrays in the place of its own, whose OWN nodes are still those of the
 * system: under symbols that belong to these arrays alone. */
NodeId system_like(Graph *g, NodeId system, TupleId arrays);

/* ---- verify, dump ----------------------------------------------------------------------- */

/* Checks the invariants (operands precede users, arities, free sets); NULL, or a sentence that
 * says what is broken. */
const char *graph_verify(const Graph *g);

/* A line a node that the results need, `%7 = MUL %3 %5 {i}`, one behind what it needs, and a line a
 * result. A node is free in the indices in braces; what differentiation made has ' behind it. */
void graph_dump(Graph *g, const Fn *fn, Text *out);

/* The same of any nodes, which other text mentions by the same numbers. */
typedef struct GraphDump {
    Graph *g;
    Text *out;
    uint32_t count;   /* of nodes */
    uint32_t *number; /* a node each: 0 if no root needs it */
} GraphDump;

void graph_dump_begin(GraphDump *d, Graph *g, const U32Vec *roots, Text *out);
void graph_dump_node(GraphDump *d, NodeId id);
void graph_dump_nodes(GraphDump *d);
void graph_dump_results(GraphDump *d, const Fn *fn);
void graph_dump_end(GraphDump *d);

#endif
