/* oracle: the independent judge of values and derivatives.
 *
 * It walks the tree as it was written, in some hundreds of bits, and differentiates by
 * differences there. It shares nothing with the differentiator: no rule, no partial, no node of
 * the graph; of graph it uses numbers and the evaluation of single operators only.
 *
 *   oracle      what others use: a point, values, derivatives, rules, comparison (value, compare)
 *   lanes       values at several neighbouring points at once
 *   tree        what is known of the tree before it is walked
 *   world       an assignment of values to names: the point, and names cut and moved from it
 *   walk        the evaluation of expressions and calls, with a stack of its own
 *   slope       differences of ever smaller step
 *   verdict     what the differences say: a derivative, a kink, a jump, a pole
 */
#ifndef BPGEN_ORACLE_H
#define BPGEN_ORACLE_H

#include <mpfr.h>

#include "base/base.h"
#include "front/front.h"
#include "graph/graph.h"

/* ---- oracle ----------------------------------------------------------------------------- */

typedef struct Oracle Oracle;

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
 * until they are set. After ctx_fatal it must not be used again. */
Oracle *oracle_new(Ctx *ctx, const Unit *unit);

/* Gives an input or param this value, exactly; what was computed before is forgotten. */
void oracle_set(Oracle *o, uint32_t entity, double value);
void oracle_set_real(Oracle *o, uint32_t entity, mpfr_srcptr value);

/* What is to be evaluated or differentiated: an entity, or an expression over the unit's names. */
typedef struct OracleOf {
    uint32_t entity; /* index into unit->entities, if root is 0 */
    AstId root;      /* the expression; 0 for an entity */
} OracleOf;

OracleOf oracle_entity(uint32_t entity);
OracleOf oracle_expression(AstId root);

/* The value, right to the precision of `out`. Not ORACLE_OK: a diff in it, that has an
 * influence, is at a point where its value is a matter of policy (then the value is NaN, or the
 * infinity of a pole, or that of one side); or it could not be determined (UNSURE). A value
 * that is NaN or infinite without such a diff is OK. */
OracleStatus oracle_value(Oracle *o, OracleOf what, mpfr_ptr out);

/* The derivative by an entity: of an input or param, or of a definition, at which the model is
 * then cut: all that uses it by name sees it as an input. Rules are not looked at. */
void oracle_derivative(Oracle *o, OracleOf what, uint32_t by, OracleReport *report);

/* The value of a user's function at arguments, and its partial derivative by one of them. */
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

/* How far rounding can move the result of the expression as written, computed in double, in
 * units in the last place of the truth: the largest of `trials` distances between the true
 * value and one where the result of every rounded operation is off by 1 (elementary functions:
 * 2, longer ones: 4) times 2^-53 of itself, up or down at random, and what double overflows to
 * is infinite. Operations whose result is a double are exact. A judge allows a small multiple.
 * INFINITY where a trial comes to NaN, to an infinity or to another side of a kink. The same for
 * derivatives, where each operation is so moved as a function, and each term of its derivative
 * (see note [terms]). */
double oracle_spread(Oracle *o, OracleOf what, int trials);
double oracle_derivative_spread(Oracle *o, OracleOf what, uint32_t by, int trials);

/* ---- what follows is for the files of this folder --------------------------------------- */

enum {
    ORACLE_SIDES = 5,          /* points that a derivative looks at: x, x+h, x-h, x+h/2, x-h/2 */
    ORACLE_DEPTH_MAX = 6,      /* diffs within one another */
    ORACLE_BITS_MAX = 1 << 16, /* the highest precision that is tried */
    ORACLE_ATTEMPTS = 4,       /* precisions tried, each higher than the last */
    ORACLE_GUARD = 64          /* bits for the rounding of intermediate results */
};

#define ORACLE_NONE UINT32_MAX /* no entity, no function */

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
    uint8_t *taint;   /* a lane each: bits, 1 << status of diffs inside, LANES_SWITCHED */
} Lanes;

enum { LANES_SWITCHED = 1 }; /* the bit of ORACLE_OK, which is no taint */

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

/* A literal; pi and inf; the result of an operator; the arm that a condition takes. All in a
 * world: its precision, its perturbation, for which `where` tells operations apart. Operands
 * stay the caller's. */
Lanes *lanes_literal(Oracle *o, const World *world, Name text, uint64_t where);
Lanes *lanes_pi(Oracle *o, const World *world, uint64_t where);
Lanes *lanes_inf(Oracle *o);
Lanes *lanes_apply(Oracle *o, const World *world, Op op, Lanes *const *x, uint64_t where);
Lanes *lanes_select(Oracle *o, const World *world, Lanes *condition, Lanes *yes, Lanes *no);

/* Moves a result by `weight` times 2^-53 of itself, up or down, if the world is a trial. */
void lanes_perturb(const World *world, Lanes *lanes, unsigned weight, uint64_t where);

/* A number that depends on all bits of both. */
uint64_t lanes_mix(uint64_t a, uint64_t b);

/* ---- tree ------------------------------------------------------------------------------- */

/* Entities and functions as one range of numbers, entities first. */
typedef struct OracleTree {
    uint32_t scanned;     /* how many nodes of the tree are known */
    uint8_t *uses;        /* a node each: how many nodes use its value, 255 for more */
    AstId *leap;          /* a node each: the innermost diff whose first argument begins here; of
                             a diff the next outer one that begins at the same node */
    uint32_t *edge_first; /* an entity or function each: where its references begin */
    U32Vec edges;         /* entities and functions referred to */
} OracleTree;

/* Learns of nodes that are new. */
void tree_scan(Oracle *o);

/* The outermost diff up to `root` whose first argument begins at `id`; 0 if none does. */
AstId tree_leap(const Oracle *o, AstId id, AstId root);

/* How a name stands to one that is moved; CUT: a diff further out has cut it off from all. */
enum { TREE_FREE, TREE_DEPENDS, TREE_CUT };

/* An entity and function each: how it stands to entity `by`, seen from that world. */
uint8_t *tree_dependents(Oracle *o, const World *world, uint32_t by);

/* Does the expression refer to an entity or function marked TREE_DEPENDS, or to a marked local?
 * Either may be NULL. */
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
    uint32_t by;       /* the entity that is moved; ORACLE_NONE */
    Lanes *moved;      /* its values */
    uint8_t *depends;  /* an entity and function each: TREE_...; NULL: none is moved */
    Lanes **memo;      /* an entity each: its value in this world; NULL where `depends` is */
};

/* The point itself, for results of `bits` bits or more at the given attempt; kept until it
 * changes, or until more bits are asked for. */
World *world_root(Oracle *o, uint64_t trial, int attempt, mpfr_prec_t bits);

/* A world within another where entity `by` (ORACLE_NONE: none) has the values `moved`, which it
 * takes over; `wanted` and `fine` are the caller's to set. */
World *world_inner(Oracle *o, World *parent, mpfr_prec_t bits, uint32_t by, Lanes *moved);
void world_close(Oracle *o, World *world);

/* Forgets all that was computed for the point. */
void world_forget(Oracle *o);

/* The value of an entity as seen from a world, held; NULL: a frame was pushed that returns it. */
Lanes *world_fetch(Oracle *o, World *world, uint32_t entity);

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
    Lanes **slot;           /* a local each: its value if ready */
    uint8_t *state;         /* a local each: SlotState */
    uint8_t *cut;           /* a local each: moved by a diff, no longer what defines it */
} Activation;

typedef enum FrameKind { FRAME_EXPRESSION, FRAME_ACTIVATION, FRAME_SLOPE } FrameKind;

typedef struct Slope Slope;

/* What is under way. A frame that ends leaves its value in oracle->returned for the next. */
typedef struct WalkFrame {
    FrameKind kind;         /* which of these it is */
    World *world;           /* EXPRESSION: where */
    Activation *activation; /* ACTIVATION: which; EXPRESSION: whose locals it sees, NULL: none */
    Slope *slope;           /* SLOPE: which */
    uint32_t entity;        /* EXPRESSION: whose value it is, ORACLE_NONE: no entity's */
    uint32_t next;          /* the node, ACTIVATION: the local that is computed next */
    AstId first, root;      /* EXPRESSION: the range of nodes */
    uint32_t slots;         /* EXPRESSION: where its values begin in oracle->slots */
    uint64_t path;          /* EXPRESSION: tells its operations from others */
} WalkFrame;

/* A value within an expression, and how many nodes will still ask for it. */
typedef struct WalkSlot {
    Lanes *value;
    uint8_t left;
} WalkSlot;

/* The last call of a function with arguments of some hash: calls may be many more than there
 * are different ones (f(x) = g(x) + g(x), g(x) = h(x) + h(x), ...). */
typedef struct WalkCall {
    uint64_t serial;   /* of the world */
    uint32_t function; /* which */
    Lanes **args;      /* its arguments */
    uint32_t count;    /* of them */
    Lanes *value;      /* the result; NULL if nothing is here */
} WalkCall;

Activation *activation_new(Oracle *o, const LocalVec *locals, uint32_t params, AstId result,
                           World *world, uint64_t path);
void activation_free(Oracle *o, Activation *activation);

/* Frames for the value of an expression, of a body's result, of a diff. */
void walk_expression(Oracle *o, World *world, Activation *within, AstId root, uint32_t entity,
                     uint64_t path);
void walk_activation(Oracle *o, Activation *activation);
void walk_slope(Oracle *o, Slope *slope);

/* Works until no frame is left; the value, held. */
Lanes *walk_run(Oracle *o);

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
    mpfr_prec_t bits;       /* that are wanted */
    uint64_t path;          /* as in WalkFrame */
    uint64_t trial;         /* of a report */
    OracleReport *report;   /* NULL for a diff in an expression */
    SlopePhase phase;       /* what is computed: the name's value, or the moved expression */
    int attempt;            /* from 0 */
    Lanes *base;            /* the value of the name */
    World *inner;           /* where it is moved */
    Lanes *now, *before;    /* estimates of this attempt and the last: SLOPE_FIELDS a lane */
};

/* Goes on with the slope on top of the frames. */
void slope_step(Oracle *o);

/* A diff within an expression. */
void slope_push(Oracle *o, World *world, Activation *within, const AstNode *call, uint64_t path);

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

/* ---- value ------------------------------------------------------------------------------ */

/* oracle_value and oracle_derivative in the given trial (0: without perturbation). */
OracleStatus value_trial(Oracle *o, uint64_t trial, OracleOf what, mpfr_ptr out);
void derivative_trial(Oracle *o, uint64_t trial, OracleOf what, uint32_t by, OracleReport *report);

/* ---- the oracle itself ------------------------------------------------------------------ */

struct Oracle {
    Ctx *ctx;               /* who owns all memory */
    const Unit *unit;       /* what is judged */
    Lanes **inputs;         /* an entity each: the value that was set */
    World *roots[ORACLE_TRIALS + 1][ORACLE_ATTEMPTS]; /* see world_root */
    uint64_t serial;        /* of the newest world */
    OracleTree tree;        /* see there */
    VEC(WalkFrame) frames;  /* the newest last */
    VEC(WalkSlot) slots;    /* of all expression frames */
    Lanes *returned;        /* by the frame that ended last */
    WalkCall *calls;        /* WALK_CALLS of them */
};

#endif
