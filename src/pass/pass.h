/* pass: graph to graph.
 *
 *   rules     the partial derivatives of the operator table, applied to a node
 *   reduce    the derivatives of reductions
 *   arrays    adjoints of arrays from what each read of them adds
 *   systems   recurrences within a sweep
 *   jvp       forward mode: tangents, a loop up
 *   vjp       reverse mode: adjoints, a loop down
 *   expand    `diff` in expressions
 *   derive    the model's functions: value, forward, reverse, gradient
 *   dense     Jacobian and Hessian, and Hessian times direction
 *   simplify  identities.def to a fixed point; what was there for derivatives only goes
 *   formula   sums and products put in order as a person writes them
 */
#ifndef BPGEN_PASS_H
#define BPGEN_PASS_H

#include "front/front.h"
#include "graph/graph.h"

/* ---- rules ------------------------------------------------------------------------------ */

typedef struct Rules Rules;

/* The rows of ops.def and identities.def as nodes of this graph. */
Rules *rules_new(Graph *g);

/* From here on partial derivatives are those of textbook.def, for readers, or again those of
 * ops.def, to compute with. */
void rules_teach(Rules *r, bool teaching);

/* The symbol of a Jacobian or Hessian: the same one each time, with the shape of the last. */
SymId rule_matrix(const Rules *r, ArgRole role);

/* The partial derivative of a node in one of its operands: a text of the tables with what its
 * parameters are there. */
typedef struct Partial {
    NodeId node, text;
    bool plain;     /* the text is an expression as it stands */
    NodeId args[8]; /* of the parameters, which only rules.c knows by number */
} Partial;

Partial rule_partial(Rules *r, NodeId node, int i);

/* factor times the partial, as few operations and as well ordered as a person would write them:
 * nothing is multiplied by 1, a condition stays outside, 1/y divides. 0 (no node) where the
 * partial is 0 everywhere. */
NodeId rule_scale(Rules *r, NodeId factor, const Partial *p);

/* The condition outside of which it is 0 as its row says at the outset; the node of `true` if it
 * does not say so. */
NodeId rule_support(Rules *r, const Partial *p);

/* Is it one constant, and finite? */
bool rule_is_constant(Rules *r, const Partial *p);

/* Is it 0 everywhere? */
bool rule_is_zero(Rules *r, const Partial *p);

/* Can a partial of the node be infinite or no number where its operands are finite, for all that
 * is known of the operator? */
bool rule_is_steep(const Graph *g, NodeId node);

/* The node that the identities of identities.def make of this one, whose operands are in final
 * form; itself if none applies. `derived`: it was made by differentiation. */
NodeId rule_identity(Rules *r, NodeId node, bool derived);

/* p under the condition, 0 outside: note [guards] of vjp.c. */
NodeId guard_apply(Graph *g, NodeId condition, NodeId p);

/* Of the sum of two the conditions outside of which it is 0: of one of them hard and soft, of the
 * other outer and inner. Where the hard ones differ, the soft one has to tell of both. */
void guards_join(Graph *g, NodeId *hard, NodeId *soft, NodeId outer, NodeId inner);

/* Inside the condition, what guard_apply(g, condition, p) is: p. */
NodeId guard_inside(Graph *g, NodeId condition, NodeId bar);

/* Can an operand carry a derivative? Of LINK the first two, of SELECT the last two. */
static inline bool rule_differentiable(Op op, int i)
{
    return op == OP_SELECT ? i > 0 : op == OP_LINK ? i < 2 : op != OP_STOP;
}

/* ---- reduce ----------------------------------------------------------------------------- */

/* Has the reduction a partial that depends on its elements? (A sum's is 1.) */
bool reduce_has_partial(Op op);
/* rule_scale and rule_support of such a reduction, in the element of its body. */
NodeId reduce_scale(Graph *g, NodeId factor, NodeId v, bool teaching);
NodeId reduce_support(Graph *g, NodeId v);

/* ---- arrays ----------------------------------------------------------------------------- */

/* Serial numbers from here on are of indices that occur in no model. */
enum { INDEX_FRESH = 1000000, INDEX_BETWEEN = 2000000 };

/* An array of one part; one of zeros; a copy called `sym`, if it is not called so already. */
NodeId array_of_one(Graph *g, NodeId value, TupleId at, SetId bound, SymId sym, int kind);
NodeId array_zeros(Graph *g, SymId sym);
NodeId array_called(Graph *g, NodeId array, SymId sym);

/* As sym_derived, but another one each time: for derivatives of which there may be many. */
SymId sym_beside(Graph *g, SymId base, SymRole role);

/* Indices over a shape that occur nowhere else; 1 where both subscripts are the same, else 0; the
 * value with such indices replaced by subscripts. */
TupleId array_fresh(Graph *g, TupleId shape);
NodeId array_one_hot(Graph *g, TupleId at, TupleId other);
NodeId array_at(Graph *g, NodeId value, TupleId fresh, TupleId at);

/* The one part of an array that is set by it as a whole; 0 if there is none. */
NodeId array_only_part(Graph *g, NodeId array);

/* The subscripts of an array's one part and what it binds, where it is the whole array; else those
 * of index_axes. The element at such subscripts: the part's value, else a read. */
TupleId array_subscripts(Graph *g, NodeId array, TupleId shape, SetId *bound);
NodeId array_element(Graph *g, NodeId array, TupleId at);
/* The element at subscripts over whole axes: of a one-hot array its value, else a read. */
NodeId array_element_at(Graph *g, NodeId array, TupleId at);

/* A list for jvp: the tangents below the roots when an argument or array varies in its element at
 * the fresh indices; of a scalar, which has none, its own tangent 1. */
NodeId *array_tangents(Graph *g, const NodeId *roots, uint32_t count, NodeId of, TupleId fresh);

/* Is it `condition ? inside : 0`, with a condition that compares indices? */
bool one_hot_inside(Graph *g, NodeId value, NodeId *condition, NodeId *inside);
/* build_sum; of what is 0 but where k is a certain integer within its range, the value there. */
NodeId one_hot_sum(Graph *g, NodeId body, IndexId k);

/* What one read of an array adds to its adjoint: the value at the subscripts, for all values of
 * the bound indices; note [guards] of vjp.c. */
typedef struct Addend {
    NodeId value;
    TupleId at;
    SetId bound;
    NodeId hard, soft;
    SymId origin; /* once it is listed: the definition that it is contributed through */
} Addend;

/* Of one array; no two have the same subscripts. */
typedef struct Addends {
    VEC(Addend) all;
    Lookup places;  /* 1 + the place in `all`, by subscripts */
    uint32_t whole; /* likewise, of the one whose subscripts are the axes; 0 if there is none */
} Addends;

/* Sums the value over indices; a guard that is free in them, and does not say which they are,
 * becomes a test of the sum. */
void addend_sum(Graph *g, Addend *a, SetId over);
/* Adds the other, which has the same subscripts. */
void addend_join(Graph *g, Addend *a, const Addend *other);
/* Into the list: as part of one with the same subscripts if there is one. */
void addends_add(Graph *g, Addends *list, TupleId shape, Addend a);
/* Is one with these subscripts in the list? */
bool addends_have(const Addends *list, TupleId at, SetId bound);
/* Empties the list. */
void addends_free(Graph *g, Addends *list);
/* The list as parts; the array of that name to which it adds up. */
void addends_parts(Graph *g, const Addends *list, TupleId shape, U32Vec *parts);
NodeId addends_array(Graph *g, const Addends *list, SymId sym);

/* How many of the elements of a part, of the array that they are listed for, are added to? */
typedef enum Receipt {
    RECEIPT_NONE, /* none, for certain */
    RECEIPT_SOME, /* some may be left out */
    RECEIPT_ALL   /* all, for certain */
} Receipt;
Receipt addends_receipt(Graph *g, const Addends *list, NodeId part);
/* Are they those of another element for each value of the indices? As of y[i,j+1], not of
 * y[c[k]]. */
bool places_apart(Graph *g, TupleId at, SetId bound);
/* The conditions, on what the part is free in and binds, under which any of the list adds to its
 * element; false if there is no short answer. */
bool addends_arrive(Graph *g, const Addends *list, TupleId shape, NodeId part, NodeId *hard,
                    NodeId *soft);

/* Do the parts set each element of an array of this shape just once? No two of them are at the same
 * subscripts. */
bool parts_cover(Graph *g, const U32Vec *parts, TupleId shape);

/* ---- systems ---------------------------------------------------------------------------- */

/* The place of an array in a recurrence. */
typedef struct Owner {
    NodeId array;    /* 0: in none */
    NodeId system;
    uint32_t number; /* there */
} Owner;

typedef VEC(Owner) OwnerVec; /* a symbol each */

/* The recurrences among the live nodes; of an OWN or ARRAY, what it belongs to. */
void owners_find(Graph *g, const uint8_t *live, uint32_t end, OwnerVec *owners);
Owner owner_of(const Graph *g, const OwnerVec *owners, NodeId id);

/* Marks what is at home in a recurrence: what contains its OWN nodes. */
uint8_t *system_region(Graph *g, const OwnerVec *owners, NodeId system);

/* What the nodes below the roots become outside of a recurrence, a list as of own_replace: elements
 * are read from it, and so are the values of its parts; `others` tells of other OWN nodes. */
NodeId *system_outside(Graph *g, NodeId system, const uint8_t *in, const U32Vec *roots,
                       const OwnImage *others, uint32_t count, bool origins);

/* The indices, as a list of subscripts, that a derivative of a recurrence is free in and the
 * recurrence itself is not: those of one-hot directions. None of a recurrence within another. */
TupleId system_directions(Graph *g, const OwnerVec *owners, NodeId derived, NodeId system);
/* The recurrence with these subscripts behind those of each of its arrays: for all directions at
 * once, and free in none. */
NodeId system_closed(Graph *g, NodeId system, TupleId directions, bool origins);
/* The array along a direction of an array of that. */
NodeId member_along(Graph *g, NodeId member, TupleId directions);

/* ---- sweeps ------------------------------------------------------------------------------ */

typedef enum SweepKind {
    SWEEP_HIGHER, /* the same of a value that is a derivative itself */
    SWEEP_PLAIN, /* for an expression of the model, as a diff in it */
    SWEEP_WEAK,  /* values of the model get weak names: there are other sweeps over them */
    SWEEP_NAMED  /* named values get named adjoints or tangents */
} SweepKind;

/* ---- jvp -------------------------------------------------------------------------------- */

/* Tangents of all nodes below the roots, given those of some nodes: on entry tangent[n] is the
 * tangent of n (0: none); on return also those of the others. That of an array as a whole, also of
 * an argument, is an array. The list has graph_count entries on entry; new nodes have none. */
void jvp(Rules *r, Graph *g, const NodeId *roots, uint32_t count, NodeId *tangent, SweepKind kind);

/* ---- vjp -------------------------------------------------------------------------------- */

typedef struct Adjoints {
    NodeId *bar;     /* a node each (as many as the graph had): its adjoint, 0 if it has none */
    uint32_t count;  /* of them */
} Adjoints;

/* Adjoints of all nodes on a path from a marked node (varied[n] != 0) to one of the outputs,
 * whose adjoints are the seeds. To mark an argument that is an array is to mark the REF of the
 * whole, whose adjoint is an array; so is the seed of an array. Adjoints are made in the order in
 * which they become known. A seed may have free indices of its own, as that for one row of a
 * Jacobian; so have the adjoints then. `varied` is extended to all nodes that depend on marked
 * ones; the caller frees bar with ctx_resize(.., 0). Method: Griewank and Walther, Evaluating
 * Derivatives, 2nd ed., section 3.2 (incremental reverse mode), here on free indices: what v has
 * and u has not is summed over. */
Adjoints vjp(Rules *r, Graph *g, const NodeId *outputs, const NodeId *seeds, uint32_t count,
             uint8_t *varied, SweepKind kind);

/* ---- within vjp: what vjp.c and vjp_system.c share ------------------------------------------ */

/* A contribution. */
typedef struct Gift {
    NodeId to;   /* an array: at the addend's subscripts */
    SetId scope; /* the indices that it has values for */
    Addend a;
} Gift;

/* What guards there are: note [guards] of vjp.c. */
enum { HAS_HARD = 1, HAS_SOFT = 2 };

typedef struct Within {
    struct Within *outer;
    NodeId system;
    uint8_t *in;      /* a node each: is it at home here? */
    TupleId arrays;   /* of the system */
    SymId *sym;       /* of the adjoint of each, 0 if nothing contributes to it */
    Addends *lists;   /* what is contributed to the elements of each */
    uint8_t *guards;  /* of each: can its adjoints be 0 by a condition? HAS_HARD, HAS_SOFT */
    VEC(Gift) gifts;  /* to nodes outside */
    U32Vec released;  /* nodes outside: one contribution less to wait for */
} Within;

/* Note [supports] of support.c; both are NULL if there is nothing to know. */
typedef struct Supports {
    NodeId *of;     /* a node each: the condition outside of which it is 0; 0 for none */
    NodeId *opened; /* a node each: the condition with its tests held to be true; 0 for itself */
} Supports;

typedef struct Reverse {
    Rules *r;
    Graph *g;
    uint32_t end;        /* of the nodes that the graph had */
    uint8_t *varied;     /* a node each: does it depend on a marked one? */
    uint8_t *live;       /* a node each: does an output need it? */
    uint8_t *poles;      /* a node each: where is something in it infinite? NULL until asked for */
    uint32_t *waiting;   /* a node each: contributions that are still to come */
    NodeId *bar;         /* a node each: the sum so far, then the adjoint */
    NodeId *hard, *soft; /* a node each: note [guards]; 0 before the first contribution */
    Supports supports;
    uint8_t *seed;       /* a node each: was it given a seed that is no constant? */
    NodeId *whole;       /* a symbol each: the REF of it as a whole, 0 if there is none */
    uint32_t *list;      /* a node each: of an array 1 + the place of its addends */
    VEC(Addends) lists;
    OwnerVec owners;
    uint8_t *cut;        /* a node each: an array of a recurrence that is an input */
    uint8_t *visited;    /* a node each: in the sweep over a recurrence */
    Within *within;      /* the recurrence that is swept over */
    SweepKind kind;
} Reverse;

/* What a node hands its adjoint to: how many, the i-th, and whether it does. */
uint32_t reverse_sources(const Reverse *s, NodeId v);
NodeId reverse_source(const Reverse *s, NodeId v, uint32_t i);
bool reverse_takes(const Reverse *s, NodeId v, uint32_t i);

/* The indices that a node has values for: of a part and of a reduction's body also those that are
 * bound there. */
SetId reverse_scope(Graph *g, NodeId id);

/* A contribution; that it has been made. What leads out of a recurrence that is swept over
 * waits. */
void reverse_deliver(Reverse *s, Gift gift);

/* Is the adjoint of an element that the part sets or adds to not 0? Asked only where the conditions
 * on indices hold that the part has, if there may be no such element of the shape without
 * (outside.c). */
NodeId outside_test(Graph *g, NodeId part, TupleId shape, NodeId adjoint);
void reverse_release(Reverse *s, NodeId u);

/* The name of an array's adjoint; its seed as an addend; the adjoint from all addends. */
SymId reverse_sym(Reverse *s, NodeId array, SymRole role);
void reverse_add_seed(Reverse *s, NodeId array);
void reverse_finish_array(Reverse *s, NodeId array);

/* All contributions of a node. */
void reverse_visit(Reverse *s, NodeId v);

/* Of recurrences, their elements and their arrays: do they vary; what is their parts' share in what
 * values wait for; their contributions. */
bool system_varies(const Reverse *s, NodeId v);
void system_count_waiting(Reverse *s, NodeId system);
void system_visit_own(Reverse *s, NodeId v);
void system_visit(Reverse *s, NodeId system);

/* ---- support ----------------------------------------------------------------------------- */

/* What tests for NONZERO say of the live nodes below `end`: note [supports]. Nothing is stored if
 * there is no such test. */
void supports_find(Graph *g, const uint8_t *live, uint32_t end, Supports *s);
void supports_free(Ctx *ctx, Supports *s);

/* The condition outside of which a value is 0, as far as tests are in it; 0 for none. */
NodeId support_of(const Supports *s, NodeId id);

/* The condition with its tests held to be true. */
NodeId support_opened(const Supports *s, NodeId condition);

/* ---- linear ------------------------------------------------------------------------------ */

/* Does it solve with factors, or is it the determinant? Then this is the matrix that the factors
 * are of; what stands on the right of the equations, 0 if nothing does. */
bool linear_is(Op op);
NodeId linear_matrix(const Graph *g, NodeId id);
NodeId linear_right(const Graph *g, NodeId id);

/* Its tangent, from those of the matrix and of the right side (0: none). */
NodeId linear_tangent(Graph *g, NodeId id, NodeId matrix_dot, NodeId right_dot);

/* What it contributes to the matrix (i = 0), to the right side (1). */
void linear_contribute(Reverse *s, NodeId v, uint32_t i);

/* ---- expand ----------------------------------------------------------------------------- */

/* Replaces every `diff` in the model's nodes by the derivative it stands for. */
void derive_expand(Rules *r, Model *model);

/* The same for other nodes, which were made before that; rules have been expanded. */
void derive_expand_nodes(Rules *r, Graph *g, U32Vec *nodes);

/* Derivatives of f with the arguments that were held constant for their rules set free, outside the
 * values that those rules are for: the partial 2*a*b of a*b^2 in b depends on a. */
void derive_release(Graph *g, NodeId f, U32Vec *roots);

/* ---- derive ----------------------------------------------------------------------------- */

typedef enum JacobianMode { JACOBIAN_CHEAPER, JACOBIAN_FORWARD, JACOBIAN_REVERSE } JacobianMode;

typedef struct DeriveOptions {
    const bool *wrt;       /* an entity each: are derivatives taken of it? */
    JacobianMode jacobian; /* how a Jacobian is taken */
} DeriveOptions;

/* One function of the model. The result's nodes are named for emission, not yet simplified. A
 * Hessian and its products are of a model with one scalar output. */
Fn derive_function(Rules *r, Model *model, FnKind kind, const DeriveOptions *options);

/* A function of one array or scalar by the graph's own interface: the adjoint of `output`
 * (over the free indices of its subscripts) in each of `inputs`, with a seed array. */
Fn derive_reverse(Rules *r, Graph *g, const Result *outputs, uint32_t output_count,
                  const SymId *inputs, uint32_t input_count, const Param *params,
                  uint32_t param_count, bool seeds);

void fn_free(Ctx *ctx, Fn *fn);

/* ---- dense ------------------------------------------------------------------------------- */

/* The matrix of all derivatives of the outputs in the inputs, of the scalar output twice in the
 * inputs: row by row, each output and input flattened in order. */
Result dense_jacobian(Rules *r, Graph *g, const Result *outputs, uint32_t output_count,
                      const SymId *inputs, uint32_t input_count, JacobianMode mode);
Result dense_hessian(Rules *r, Graph *g, NodeId output, const SymId *inputs, uint32_t count);

/* ---- simplify --------------------------------------------------------------------------- */

/* The same function with identities applied to a fixed point, and without links, stops and
 * those weak names that are used once. */
void simplify(Rules *r, Graph *g, Fn *fn);

/* ---- formula ---------------------------------------------------------------------------- */

/* The same without what is there for differentiation, for explanations and against overflow
 * only. */
NodeId formula_plain(Graph *g, NodeId root);

/* Is it what lowering takes off the exponents of a softmax or logsumexp? */
bool formula_is_shift(Graph *g, NodeId id);

/* The same value for real numbers, for people to read: like terms are added up, equal factors
 * are powers, what does not depend on an index stands before its sum. */
NodeId formula_tidy(Rules *r, Graph *g, NodeId root);

#endif
