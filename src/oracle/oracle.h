/* oracle: the independent judge of values and derivatives.
 *
 * It walks the tree as it was written, in some hundreds of bits, and differentiates by
 * differences there. It shares nothing with the differentiator: no rule, no partial, no node of
 * the graph; of graph it uses numbers, the evaluation of single operators, and the extents and
 * ranges that the front end keeps as integer nodes.
 *
 *   oracle      what others use: a point, values, derivatives, rules, comparison (oracle, compare)
 *   lanes       numbers at several neighbouring points at once
 *   value       arrays of these
 *   size        subscripts, extents, ranges: what is computed in integers
 *   tree        what is known of the tree before it is walked
 *   world       an assignment of values to names: the point, and names cut and moved from it
 *   walk        the evaluation of expressions, with a stack of its own; node: of single nodes;
 *               call: of functions' bodies; reduce: of reductions; matrix: what takes arrays;
 *               linear: determinants and systems of equations
 *   slope       differences of ever smaller step
 *   verdict     what the differences say: a derivative, a kink, a jump, a pole
 *   tape        what a value was computed from, operation by operation
 *   draw        points under the assumptions and in the domain
 */
#ifndef BPGEN_ORACLE_H
#define BPGEN_ORACLE_H

#include <mpfr.h>

#include "base/base.h"
#include "front/front.h"
#include "graph/graph.h"

/* ---- oracle ----------------------------------------------------------------------------- */

typedef struct Oracle Oracle;

#define ORACLE_NONE UINT32_MAX /* no entity, no function */

/* What was found. Of several, the one further down counts. */
typedef enum OracleStatus {
    ORACLE_OK,        /* a number, right to as many bits as are reported */
    ORACLE_EDGE,      /* of a derivative: the function is defined on one side only; that side's */
    ORACLE_KINK,      /* both sides have derivatives, but different ones; the value is NaN */
    ORACLE_JUMP,      /* not continuous; the value is that of the side which the function's value
                         belongs to, NaN if there is none */
    ORACLE_POLE,      /* infinite; the value is that infinity, NaN if the sides do not agree */
    ORACLE_UNDEFINED, /* NaN: outside the domain */
    ORACLE_UNSURE     /* not decided: too little precision, or too many diffs in one another */
} OracleStatus;

/* What a derivative was found to be. */
typedef struct OracleReport {
    OracleStatus status; /* of this derivative */
    OracleStatus inside; /* the worst of the diffs in the expression that have an influence */
    bool switched;       /* a condition is decided otherwise nearby: policy may differ from truth */
    long bits;           /* how many bits of the value two step sizes and precisions agree in */
    mpfr_t value;        /* the derivative */
    mpfr_t left;         /* the derivative from below: NaN where there is none */
    mpfr_t right;        /* and from above */
} OracleReport;

/* A report owns memory outside the context: each init needs its clear. The derivative is
 * determined to `bits` bits where that can be done. */
void oracle_report_init(OracleReport *report, mpfr_prec_t bits);
void oracle_report_clear(OracleReport *report);

/* The name of a status, for messages. */
const char *oracle_status_name(OracleStatus status);

/* An oracle for a unit without errors; lives as long as the context. Inputs and params are NaN
 * until they are set, dims and entries of index arrays 0. After ctx_fatal it must not be used
 * again. */
Oracle *oracle_new(Ctx *ctx, const Unit *unit);

/* Gives an input or param these values, exactly: as many as it has elements (a scalar: one), in
 * row-major order. What was computed before is forgotten. */
void oracle_set(Oracle *o, uint32_t entity, const double *values);
void oracle_set_real(Oracle *o, uint32_t entity, mpfr_srcptr values);

/* Gives a dim its value, or an index its entries. Dims come first: all arrays are unset when one
 * changes. */
void oracle_set_integers(Oracle *o, uint32_t entity, const long *values);

/* The value of a size, or of the limit of an index, with the dims that were set. */
long oracle_integer(Oracle *o, AstId root);

/* How much was computed so far, about, in additions: what to measure an effort by that is to be the
 * same everywhere. */
uint64_t oracle_labour(const Oracle *o);

/* What is to be evaluated or differentiated: an entity, or an expression over the unit's names. */
typedef struct OracleOf {
    uint32_t entity; /* index into unit->entities, if root is 0 */
    AstId root;      /* the expression; 0 for an entity */
} OracleOf;

OracleOf oracle_entity(uint32_t entity);
OracleOf oracle_expression(AstId root);

/* Its extents, as many as the result says (`extent` has room for ORACLE_RANK_MAX), and how many
 * elements it has. */
enum { ORACLE_RANK_MAX = 64 };
uint32_t oracle_shape(Oracle *o, OracleOf what, long *extent);
size_t oracle_count(Oracle *o, OracleOf what);

/* Is there an equation that gives the element? Of a triangle there is none for some. */
bool oracle_is_given(Oracle *o, uint32_t entity, size_t element);

/* The values of all elements, right to the precision of out[0], in row-major order; the worst of
 * their statuses. Not ORACLE_OK: a diff in it, that has an influence, is at a point where its
 * value is a matter of policy (then the value is NaN, or the infinity of a pole, or that of one
 * side); or it could not be determined (UNSURE). A value that is NaN or infinite without such a
 * diff is OK. */
OracleStatus oracle_value(Oracle *o, OracleOf what, mpfr_ptr out);

/* What is moved to differentiate: one element of an entity, or inputs along a direction. */
typedef struct OracleBy {
    uint32_t entity;            /* index into unit->entities, if along is NULL */
    size_t element;             /* of it, in row-major order; 0 of a scalar */
    const double *const *along; /* an entity each: how its elements move; NULL: not at all */
} OracleBy;

OracleBy oracle_by(uint32_t entity, size_t element);
OracleBy oracle_along(const double *const *direction);

/* The derivatives of all elements (a report each): by an element of an input or param, or of a
 * definition, at which the model is then cut: all that uses it by name sees it as an input; or
 * along a direction of inputs and params. Rules are not looked at. */
void oracle_derivative(Oracle *o, OracleOf what, OracleBy by, OracleReport *reports);

/* The value of a user's function of scalars, and its partial derivative by one of them. */
OracleStatus oracle_call(Oracle *o, uint32_t function, const mpfr_srcptr *args, mpfr_ptr out);
void oracle_call_derivative(Oracle *o, uint32_t function, const mpfr_srcptr *args, uint32_t param,
                            OracleReport *report);

/* A rule at arguments: what it claims, and what the function's body itself has as derivative. */
OracleStatus oracle_rule(Oracle *o, uint32_t rule, const mpfr_srcptr *args, mpfr_ptr claimed,
                         OracleReport *truth);

/* How far a computed double is from the truth, in units in the last place of the double nearest
 * to the truth (subnormals have those of the least normal). NaN is right where the truth is
 * NaN, an infinity where the truth is infinite or rounds to it; what is none where the truth is
 * one, or the other way round, is INFINITY away. Only by the largest doubles an infinity counts
 * as the number behind them. The sign of zero does not count. */
double oracle_ulps(double computed, mpfr_srcptr truth);

/* The most `trials` that a spread takes into account. */
enum { ORACLE_TRIALS = 16 };

/* How far rounding can move each element of the expression as written, computed in double, in
 * units in the last place of the truth: the largest of `trials` distances between the true
 * value and one where the result of every rounded operation is off by 1 (elementary functions:
 * 2, longer ones: 4) times 2^-53 of itself, up or down at random, and what double overflows to
 * is infinite. Operations whose result is a double are exact. A judge allows a small multiple.
 * INFINITY where a trial comes to NaN, to an infinity or to another side of a kink. The same for
 * derivatives, where each operation is so moved as a function, and each term of its derivative
 * (see note [terms]). */
void oracle_spread(Oracle *o, OracleOf what, int trials, double *spreads);
void oracle_derivative_spread(Oracle *o, OracleOf what, OracleBy by, int trials, double *spreads);

/* ---- tape ------------------------------------------------------------------------------- */

/* One operation that led to a value, or a name on the way: OP_NAME is a definition's value, a
 * reference to a name, or an argument handed to a function. */
typedef struct TapeStep {
    Op op;
    AstId node;          /* of the tree; 0 for the value of an entity */
    uint32_t entity;     /* whose value it is; ORACLE_NONE */
    size_t element;      /* of that entity */
    uint32_t from[3];    /* the steps of its operands; 0: a constant, or none */
    double x[3];         /* their values */
    double partial[3];   /* the derivatives by them, by differences */
    double exchanged[2]; /* of two operands that do not commute: if they were exchanged */
    double value;
} TapeStep;

typedef struct Tape {
    VEC(TapeStep) steps; /* from 1 */
    U32Vec results;      /* an element each: its step */
    bool hard;           /* an operation is at a kink, jump or pole of its own */
    bool opaque;         /* there is a diff in it, which the tape does not look into */
    AstId node;          /* that is evaluated */
} Tape;

/* Evaluates, and makes a tape of it: all steps from the inputs on, operands before users. */
void oracle_record(Oracle *o, OracleOf what, Tape *tape);
void tape_free(Oracle *o, Tape *tape);

/* From now on the diff at that node of the tree has these values, as many as it has elements, in
 * whatever they are used; 0 ends that. They stay the caller's. */
void oracle_pretend(Oracle *o, AstId diff, const double *values);

/* ---- draw ------------------------------------------------------------------------------- */

/* Why no point was found. */
typedef enum DrawFault {
    DRAW_FOUND,
    DRAW_SIZES,   /* no sizes that the subscripts allow */
    DRAW_ASSUME,  /* a condition of an assume does not hold: `root` */
    DRAW_VALUE,   /* a value is no number: `entity`, or of what is wanted `root` */
    DRAW_POLICY   /* a derivative in what is wanted is at a hard point: `status` */
} DrawFault;

typedef struct Drawn {
    DrawFault fault;
    AstId root;
    uint32_t entity;
    OracleStatus status;
} Drawn;

/* Sets all arguments to random values under the assumptions, such that all that is wanted is a
 * number; else to those that come nearest to it. `state` is that of the random numbers. */
Drawn oracle_draw(Oracle *o, uint64_t *state, const OracleOf *wanted, uint32_t count);

/* From now on this argument, a scalar, has this value in every point; no more. */
void oracle_fix(Oracle *o, uint32_t entity, mpfr_srcptr value);
void oracle_unfix(Oracle *o);

/* What is wrong with the point as it is. */
Drawn oracle_fault(Oracle *o, const OracleOf *wanted, uint32_t count);

/* The value that an argument was set to; entries of an index, or a dim. */
mpfr_srcptr oracle_input(Oracle *o, uint32_t entity, size_t element);
long oracle_input_integer(Oracle *o, uint32_t entity, size_t element);

/* ---- what follows is for the files of this folder --------------------------------------- */

enum {
    ORACLE_SIDES = 5,          /* points that a derivative looks at: x, x+h, x-h, x+h/2, x-h/2 */
    ORACLE_DEPTH_MAX = 6,      /* diffs within one another */
    ORACLE_BITS_MAX = 1 << 16, /* the highest precision that is tried */
    ORACLE_ATTEMPTS = 4,       /* precisions tried, each higher than the last */
    ORACLE_GUARD = 64          /* bits for the rounding of intermediate results */
};

/* ---- lanes ------------------------------------------------------------------------------ */

/* note [lanes]: a diff looks at its expression at several points at once. A value in the world
 * of a diff has ORACLE_SIDES lanes for every lane of the world around it, lane 0 being the point
 * itself; a value that does not depend on what is moved keeps its fewer lanes (its depth). So
 * independence is seen as it is, stop_gradient is lane 0, and one walk serves all points. */
typedef struct Lanes {
    uint32_t holders; /* who has a pointer to it */
    uint32_t depth;   /* of the world that it varies with */
    uint32_t count;   /* ORACLE_SIDES to the power of depth */
    mpfr_t *at;       /* a value each; memory is in this block, never to be cleared or swapped */
    uint8_t *taint;   /* a lane each: bits, 1 << status of diffs inside, LANES_... */
    uint32_t step;    /* while a tape is made, where it is there; 0: it is a constant */
} Lanes;

/* A condition is decided otherwise nearby (the bit of ORACLE_OK, which is no taint); a diff is
 * within, so that no more bits are right than its world wanted. */
enum { LANES_SWITCHED = 1, LANES_DIFF = 1 << 7 };

typedef struct World World;

/* New lanes, all NaN, held once. */
Lanes *lanes_new(Oracle *o, uint32_t depth, uint32_t count, mpfr_prec_t bits);
Lanes *lanes_hold(Lanes *lanes);
void lanes_drop(Oracle *o, Lanes *lanes);
uint32_t lanes_count(uint32_t depth);

/* The lane that stands for lane `lane` of a value of that depth or a greater one. */
uint32_t lanes_index(const Lanes *lanes, uint32_t depth, uint32_t lane);
bool lanes_equal(const Lanes *a, const Lanes *b);

/* A single number, as it is. */
Lanes *lanes_of(Oracle *o, mpfr_srcptr value);

/* 1 or 0 if a condition is true or false at all points, whatever its diffs; else -1. */
int lanes_decides(const Lanes *condition);

/* A literal; pi and inf; the result of an operator; the arm that a condition takes (one may be
 * NULL that it surely does not take). All in a world: its precision, its perturbation, for which
 * `where` tells operations apart. Operands stay the caller's. */
Lanes *lanes_literal(Oracle *o, const World *world, Name text, uint64_t where);
Lanes *lanes_pi(Oracle *o, const World *world, uint64_t where);
Lanes *lanes_inf(Oracle *o);
Lanes *lanes_apply(Oracle *o, const World *world, Op op, Lanes *const *x, uint64_t where);
Lanes *lanes_select(Oracle *o, const World *world, Lanes *condition, Lanes *yes, Lanes *no);

/* Moves a result by `weight` times 2^-53 of itself, up or down, if the world is a trial. */
void lanes_perturb(const World *world, Lanes *lanes, unsigned weight, uint64_t where);

/* A number that depends on all bits of both. */
uint64_t lanes_mix(uint64_t a, uint64_t b);

/* ---- value ------------------------------------------------------------------------------ */

/* An array of numbers, row-major; a scalar has no axes and one element. */
typedef struct Value {
    uint32_t holders; /* who has a pointer to it */
    uint32_t rank;    /* how many axes */
    size_t count;     /* how many elements */
    long *extent;     /* an axis each */
    Lanes **at;       /* an element each; NULL: not computed so far */
    size_t known;     /* of a definition: all before this one are computed */
} Value;

/* A new array whose elements are to be filled in, held once; one of the same shape. */
Value *value_new(Oracle *o, uint32_t rank, const long *extent);
Value *value_like(Oracle *o, const Value *v);
Value *value_hold(Value *v);
void value_drop(Oracle *o, Value *v);

/* Scalars: of lanes, which it takes over; of an integer. */
Value *value_of(Oracle *o, Lanes *lanes);
Value *value_integer(Oracle *o, long number);

/* Element k; of a scalar always itself. Nothing is held. */
Lanes *value_lanes(const Value *v, size_t k);

bool value_equal(const Value *a, const Value *b);
uint64_t value_hash(const Value *v);

/* A scalar, which is taken over, as an array of this shape; arrays as they are. */
Value *value_expand(Oracle *o, Value *v, uint32_t rank, const long *extent);

/* A copy with other lanes for one element. */
Value *value_with(Oracle *o, const Value *v, size_t element, Lanes *lanes);

/* As lanes_apply, element by element; value_apply2 takes its operands over. */
Value *value_apply(Oracle *o, const World *world, Op op, Value *const *x, uint64_t where);
Value *value_apply2(Oracle *o, const World *world, Op op, Value *a, Value *b, uint64_t where);

/* As lanes_decides, for all elements; as lanes_select, for each. */
int value_decides(const Value *condition);
Value *value_select(Oracle *o, const World *world, const Value *condition, const Value *yes,
                    const Value *no);

/* ---- size ------------------------------------------------------------------------------- */

/* What an integer argument's symbol stands for. */
typedef struct SizeSym {
    uint32_t target; /* index into unit->entities, or unit->sizes */
    bool is_size;    /* the latter */
} SizeSym;

/* What an integer node came to. */
typedef struct SizeNode {
    uint64_t round; /* of size_node, in which that was */
    long value;
} SizeNode;

/* An index that is bound: its values, and what it was before. */
typedef struct Loop {
    uint32_t binder;  /* index into unit->binders */
    long at, end;     /* its value; the end of its range */
    long outer;       /* what the binder had before, */
    long outer_graph; /* and its index in the graph */
} Loop;

/* An expression within subscripts, ranges and sizes; an integer node; a shape: its rank is the
 * result. All with the dims, sizes and indices in force. */
long size_expression(Oracle *o, AstId root);
long size_node(Oracle *o, NodeId node);
uint32_t size_shape(Oracle *o, TupleId shape, long *extent);

/* Gives an index a value. Its range. What it has now is kept, to be restored. */
void size_bind(Oracle *o, uint32_t binder, long value);
void size_range(Oracle *o, uint32_t binder, long *lower, long *upper);
void size_keep(const Oracle *o, Loop *loop);
void size_restore(Oracle *o, const Loop *loops, uint32_t count);

/* Binds the indices on the left of an equation so that it gives the element `at`; false, and
 * nothing bound, if it does not. There is room for `count` loops. */
bool size_match(Oracle *o, uint32_t items, uint32_t count, const long *at, Loop *loops,
                uint32_t *bound);

/* ---- tree ------------------------------------------------------------------------------- */

/* Entities and functions as one range of numbers, entities first. */
typedef struct OracleTree {
    uint32_t scanned;     /* how many nodes of the tree are known */
    uint8_t *uses;        /* a node each: how many nodes use its value, 255 for more */
    AstId *leap;          /* a node each: the innermost diff or reduction that begins here and
                             sees to its operands itself; of such a one the next outer one that
                             begins at the same node */
    AstId *arm;           /* a node each: the condition, && or || an arm of which begins here */
    uint32_t *edge_first; /* an entity or function each: where its references begin */
    U32Vec edges;         /* entities and functions referred to */
} OracleTree;

/* Learns of nodes that are new. */
void tree_scan(Oracle *o);

/* The outermost diff or reduction up to `root` that begins at `id`; 0 if none does. */
AstId tree_leap(const Oracle *o, AstId id, AstId root);

/* How a name stands to those that are moved; CUT: a diff further out has cut it off from all. */
enum { TREE_FREE, TREE_CUT, TREE_DEPENDS, TREE_MOVED };

/* Nothing that is moved has an influence up to here, from here on something has. */
static inline bool tree_varies(uint8_t mark)
{
    return mark >= TREE_DEPENDS;
}

/* An entity and function each: how it stands to the `count` entities `by`, seen from that world. */
uint8_t *tree_dependents(Oracle *o, const World *world, const uint32_t *by, uint32_t count);

/* An entity and function each: does one of those that are wanted depend on it? */
uint8_t *tree_sources(Oracle *o, const OracleOf *wanted, uint32_t count);

/* Does the expression refer to an entity or function that varies, or to a marked local? Either
 * may be NULL. */
bool tree_touches(const Oracle *o, AstId root, const uint8_t *marked, const uint8_t *locals);

/* ---- world ------------------------------------------------------------------------------ */

struct World {
    World *parent;     /* the world around it; NULL for the point itself */
    uint32_t depth;    /* how many are around it */
    mpfr_prec_t bits;  /* that operations are rounded to */
    mpfr_prec_t wanted;/* that diffs in it are to have */
    long fine;         /* -log2 of the smallest step that it moves its name by; 0 for the point */
    long floor;        /* the sum of those of this world and all around it */
    uint64_t trial;    /* 0, or which perturbation */
    uint64_t serial;   /* no two worlds have the same */
    uint8_t *depends;  /* an entity and function each: TREE_...; NULL: none is moved */
    Value **memo;      /* an entity each: its value in this world; NULL where `depends` is */
};

/* The point itself, for results of `bits` bits or more at the given attempt; kept until it
 * changes, or until more bits are asked for. */
World *world_root(Oracle *o, uint64_t trial, int attempt, mpfr_prec_t bits);

/* A world within another where the `count` entities `by` are moved: world_move says to what, and
 * takes the value over. `wanted` and `fine` are the caller's to set. */
World *world_inner(Oracle *o, World *parent, mpfr_prec_t bits, const uint32_t *by, uint32_t count);
void world_move(World *world, uint32_t entity, Value *value);
void world_close(Oracle *o, World *world);

/* Forgets all that was computed for the point. */
void world_forget(Oracle *o);

/* The value of an entity, or one element of it, as seen from a world, held; NULL: a frame was
 * pushed after which it is to be asked for again. */
Value *world_fetch(Oracle *o, World *world, uint32_t entity);
Lanes *world_element(Oracle *o, World *world, uint32_t entity, size_t element);

/* ---- walk ------------------------------------------------------------------------------- */

typedef enum SlotState { SLOT_EMPTY, SLOT_READY, SLOT_WANTED } SlotState;

/* The names of a body at work: parameters, then locals. */
typedef struct Activation {
    const LocalVec *locals; /* what they are */
    uint32_t params;        /* how many are parameters */
    AstId result;           /* what is computed in the end */
    uint32_t function;      /* which; ORACLE_NONE if the result is not the function's */
    World *world;           /* where */
    uint64_t path;          /* tells this call from others */
    long *sizes;            /* the sizes that the function binds: what they were before */
    Value **slot;           /* a local each: its value if ready */
    uint8_t *state;         /* a local each: SlotState */
    uint8_t *cut;           /* a local each: moved by a diff, no longer what defines it */
} Activation;

typedef enum FrameKind {
    FRAME_EXPRESSION, FRAME_ACTIVATION, FRAME_SLOPE, FRAME_REDUCE, FRAME_MAP, FRAME_FETCH
} FrameKind;

typedef struct Slope Slope;
typedef struct Reduce Reduce;
typedef struct Map Map;

/* Whose value an expression is: an element of an array that is defined by these. */
typedef struct WalkElement {
    Value *of;      /* the array; NULL: it is no such element */
    size_t element; /* which */
    Loop *loops;    /* the indices of the left side */
    uint32_t count; /* of them */
} WalkElement;

/* What is under way. A frame that ends leaves its value in oracle->returned for the next. */
typedef struct WalkFrame {
    FrameKind kind;         /* which of these it is */
    World *world;           /* EXPRESSION, FETCH: where */
    Activation *activation; /* ACTIVATION: which; EXPRESSION: whose locals it sees, NULL: none */
    Slope *slope;           /* SLOPE: which */
    Reduce *reduce;         /* REDUCE: which */
    Map *map;               /* MAP: which */
    uint32_t entity;        /* EXPRESSION: whose value it is, and is not returned; ORACLE_NONE: no
                               entity's; FETCH: which is wanted */
    uint32_t next;          /* the node, ACTIVATION: the local that is computed next */
    AstId first, root;      /* EXPRESSION: the range of nodes */
    uint32_t slots;         /* EXPRESSION: where its values begin in oracle->slots */
    uint64_t path;          /* EXPRESSION: tells its operations from others */
    WalkElement element;    /* EXPRESSION: of which it is, and is not returned */
} WalkFrame;

/* A value within an expression, and how many nodes will still ask for it. */
typedef struct WalkSlot {
    Value *value;
    uint8_t left;
} WalkSlot;

/* The last call of a function with arguments of some hash: calls may be many more than there
 * are different ones (f(x) = g(x) + g(x), g(x) = h(x) + h(x), ...). */
typedef struct WalkCall {
    uint64_t serial;   /* of the world */
    uint32_t function; /* which */
    Value **args;      /* its arguments */
    uint32_t count;    /* of them */
    Value *value;      /* the result; NULL if nothing is here */
} WalkCall;

Activation *activation_new(Oracle *o, const LocalVec *locals, uint32_t params, AstId result,
                           World *world, uint64_t path);
void activation_free(Oracle *o, Activation *activation);

/* Frames for the value of an expression, of a whole entity, of an element (which becomes that of
 * the array), of a body's result, of a diff, of a reduction. */
void walk_expression(Oracle *o, World *world, Activation *within, AstId root, uint32_t entity,
                     uint64_t path);
void walk_fetch(Oracle *o, World *world, uint32_t entity);
void walk_activation(Oracle *o, Activation *activation);
void walk_slope(Oracle *o, Slope *slope);

/* The same for an element of `array`, by an equation whose indices size_match has bound. */
void walk_element(Oracle *o, World *world, Activation *within, AstId value, Value *array,
                  size_t element, const Loop *loops, uint32_t count, uint64_t path);

/* The subscripts of an element. */
void walk_subscripts(const long *extent, uint32_t rank, size_t element, long *at);

/* A frame on the stack; the newest, which moves when one is pushed. */
void walk_push(Oracle *o, WalkFrame frame);
WalkFrame *walk_top(Oracle *o);

/* Works until no frame is left; the value, held. */
Value *walk_run(Oracle *o);

/* The value of a node whose operands have theirs (NULL: it has none, as a subscript); false: a
 * frame was pushed that returns it, or after which the node is to be tried again. */
bool node_evaluate(Oracle *o, const WalkFrame *f, AstId id, Value **value);

/* The value of an operand, held: its own hold if nobody else will ask; NULL: it was skipped. */
Value *node_take(Oracle *o, const WalkFrame *f, AstId id);

/* The arm of a condition that begins here is not wanted: the node behind it; else `id`. */
AstId node_skip(const Oracle *o, const WalkFrame *f, AstId id);

/* A call of a user's function: NULL: a frame was pushed that returns its value. */
Value *call_function(Oracle *o, const WalkFrame *f, AstId id);
void activation_step(Oracle *o);
void map_step(Oracle *o);

/* A reduction over indices; over all elements of an array, which is taken over. */
void reduce_push(Oracle *o, const WalkFrame *f, AstId id);
void reduce_step(Oracle *o);
Value *reduce_elements(Oracle *o, const World *world, Reduction reduction, Value *array,
                       uint64_t where);

/* While a tape is made: notes an operation; gives a value that is handed to a name (of entity, or
 * referred to at a node of the tree) steps of its own. The value is taken over. */
void tape_apply(Oracle *o, const World *world, Op op, Lanes *const *x, Lanes *r);
Value *tape_refer(Oracle *o, const World *world, Value *v, AstId node);
Value *tape_define(Oracle *o, const World *world, Value *v, uint32_t entity, size_t first);
/* The node that is evaluated. */
static inline void tape_at(Tape *tape, AstId node)
{
    if (tape)
        tape->node = node;
}

/* What takes whole arrays; operands are taken over. */
Value *matrix_product(Oracle *o, const World *world, Value *a, Value *b, uint64_t where);
Value *matrix_transpose(Oracle *o, Value *a);
Value *matrix_function(Oracle *o, const World *world, ArrayFunction function, Value *a, Value *b,
                       uint64_t where);

/* ---- linear ------------------------------------------------------------------------------ */

/* A determinant; the solution for the right side b, or the inverse (b NULL). */
Value *linear_det(Oracle *o, const World *world, const Value *a, uint64_t where);
Value *linear_solve(Oracle *o, const World *world, const Value *a, const Value *b, uint64_t where);

/* ---- slope ------------------------------------------------------------------------------ */

typedef enum SlopePhase { SLOPE_BASE, SLOPE_INNER } SlopePhase;

/* A derivative under way: of `what` by an entity, or by a local of a body. */
struct Slope {
    World *world;           /* where it is asked for; of a report: the root of the attempt */
    Activation *within;     /* the body in which it stands; NULL outside */
    const Function *called; /* of a report: the function that is differentiated, or NULL */
    const mpfr_srcptr *args;/* its arguments */
    OracleOf what;          /* what is differentiated */
    bool local;             /* by a local, */
    uint32_t by;            /* of this number; else by this entity */
    const double *const *along; /* by neither: along a direction */
    size_t element;         /* the element of it that is moved */
    mpfr_prec_t bits;       /* that are wanted */
    uint64_t path;          /* as in WalkFrame */
    uint64_t trial;         /* of a report */
    OracleReport *report;   /* an element each; NULL for a diff in an expression */
    SlopePhase phase;       /* what is computed: the name's value, or the moved expression */
    int attempt;            /* from 0 */
    uint64_t absorbed;      /* of the oracle, before the attempt */
    Value *whole;           /* the value of the name */
    Lanes *base;            /* its element */
    World *inner;           /* where it is moved */
    Value *now, *before;    /* estimates of this attempt and the last: SLOPE_FIELDS a lane; NULL
                               for elements that do not depend on what is moved */
    Value *result;          /* of a diff in an expression */
};

/* Goes on with the slope on top of the frames. */
void slope_step(Oracle *o);

/* A diff within an expression. */
void slope_push(Oracle *o, const WalkFrame *f, AstId call);

/* ---- verdict ---------------------------------------------------------------------------- */

/* What one lane's differences come to, a field each. */
typedef enum SlopeField {
    SLOPE_VALUE,      /* f(x) */
    SLOPE_CENTRE,     /* the derivative from both sides */
    SLOPE_RIGHT,      /* from above */
    SLOPE_LEFT,       /* from below */
    SLOPE_STEP_RIGHT, /* (f(x+h) - f(x))/h */
    SLOPE_STEP_LEFT,  /* (f(x) - f(x-h))/h */
    SLOPE_OUT_RIGHT,  /* (f(x+h) - f(x+h/2))/(h/2), which does without f(x) */
    SLOPE_OUT_LEFT,   /* (f(x-h/2) - f(x-h))/(h/2) */
    SLOPE_FOUND,      /* what the verdict says: the derivative, */
    SLOPE_FOUND_RIGHT,/* that from above, */
    SLOPE_FOUND_LEFT, /* and that from below; NaN where there is none */
    SLOPE_FIELDS
} SlopeField;

/* What to know of two attempts to judge them. */
typedef struct Attempts {
    int number;       /* of the later one */
    long step;        /* log2 of its step */
    long ratio;       /* log2 of the earlier step in units of the later one */
    long fineness;    /* -log2 of the later step in units of the scale */
    mpfr_prec_t bits; /* that are wanted */
    long floor;       /* what is below 2^-floor is 0; LONG_MAX: nothing is */
    long known;       /* how many bits of the values are right; LONG_MAX: nearly all */
} Attempts;

/* The outcome: status, and in how many bits the attempts agree. Its numbers are in the fields
 * SLOPE_FOUND... of the later one. */
typedef struct Verdict {
    OracleStatus status;
    long bits;
} Verdict;

/* Fields and values are arrays. The fields from the values at the ORACLE_SIDES points; h is
 * 2^exponent. */
void verdict_fields(mpfr_ptr fields, mpfr_srcptr values, long exponent);

/* What two attempts come to, or one (`before` is NULL) that speaks for itself; ORACLE_UNSURE if
 * that is not enough to say. */
Verdict verdict_of(mpfr_srcptr before, mpfr_ptr now, const Attempts *attempts);

/* In how many leading bits two numbers agree: 0 if in none, ORACLE_BITS_MAX if they are equal. */
long verdict_agreement(mpfr_srcptr a, mpfr_srcptr b);

/* The worst status among taints. */
OracleStatus verdict_worst(unsigned taint);

/* ---- the oracle itself ------------------------------------------------------------------ */

/* oracle_value and oracle_derivative in the given trial (0: without perturbation). */
OracleStatus trial_value(Oracle *o, uint64_t trial, OracleOf what, mpfr_ptr out);
void trial_derivative(Oracle *o, uint64_t trial, OracleOf what, OracleBy by, OracleReport *reports);

struct Oracle {
    Ctx *ctx;               /* who owns all memory */
    const Unit *unit;       /* what is judged */
    Value **inputs;         /* an entity each: the value that was set, NULL if none was */
    long **integers;        /* an entity each: the integers that were set, NULL if none were */
    long *index;            /* a binder each: its value, if it is bound */
    long *graph_index;      /* the same for each index of the graph */
    long *sizes;            /* one of unit->sizes each, likewise */
    SizeSym *syms;          /* a symbol each */
    VEC(SizeNode) nodes;    /* a node of the graph each */
    uint64_t round;         /* of size_node */
    U32Vec pending;         /* of size_node */
    VEC(long) row;          /* of size_expression */
    Lanes *busy;            /* stands for an element that is being computed */
    World *roots[ORACLE_TRIALS + 1][ORACLE_ATTEMPTS]; /* see world_root */
    uint64_t serial;        /* of the newest world */
    OracleTree tree;        /* see there */
    VEC(WalkFrame) frames;  /* the newest last */
    VEC(WalkSlot) slots;    /* of all expression frames */
    Value *returned;        /* by the frame that ended last */
    WalkCall *calls;        /* WALK_CALLS of them */
    uint64_t labour;        /* so far: see oracle_labour */
    uint64_t undefined;     /* operations that made of numbers what is none */
    uint64_t absorbed;      /* sums in which steps of an operand are not seen */
    Tape *tape;             /* that is being made; NULL: none */
    AstId pretended;        /* a diff whose values are given; 0: none */
    const double *pretence; /* these */
    Lanes **fixed;          /* an entity each: its value in every point, NULL if it is drawn */
};

#endif
