/* warn: what makes a gradient useless, by what callers promise.
 *
 *   interval    sets of real numbers between two ends; arithmetic
 *   image       what the operators of ops.def make of them
 *   facts       what assumptions and conditions say of values
 *   reach       from the outputs down: what is used, what derivatives go through, and where
 *   range       from the inputs up: what each value can be
 *   singular    derivatives that are infinite or undefined where a value can be
 *   useless     inputs with a derivative of 0, or without any use
 *
 * It reads the graph that lower has made, before any derivative is taken of it, and says what it
 * finds as warnings. Nothing of it goes into what is generated.
 */
#ifndef BPGEN_WARN_H
#define BPGEN_WARN_H

#include "front/front.h"

/* ---- interval --------------------------------------------------------------------------- */

enum RangeFlag {
    RANGE_LOW_OPEN = 1,  /* `low` is no value */
    RANGE_HIGH_OPEN = 2, /* nor is `high` */
    RANGE_NOT_ZERO = 4,  /* nor is 0 */
    RANGE_EMPTY = 8,     /* there is none: the node is not computed */
    RANGE_EXACT = 16,    /* every number between the ends is a value, for some inputs */
    RANGE_GENERIC = 32   /* a number alone is met only by inputs that were chosen to meet it:
                            nothing is assumed of what the value depends on, and it varies with
                            that */
};

/* Values that a node can have. Infinite ends are open, but for the constant inf. note [exact]: what
 * is said of a model must not be a guess, so that it is known of a range whether it is just what
 * is attained. A leaf's is; a continuous function of one exact value has an exact range, one of
 * two such values if they have no leaf in common. All else is a range that may be too large. */
typedef struct Range {
    double low, high;
    uint64_t leaves; /* a bit for each symbol that it depends on; some share one */
    uint32_t flags;  /* enum RangeFlag */
} Range;

Range range_all(void);            /* any number */
Range range_none(void);           /* empty */
Range range_point(double value);
Range range_between(double low, double high, bool low_open, bool high_open); /* exact */

/* Is it nothing else than numbers from this one on, above it; up to, below it? */
bool range_is_at_least(const Range *r, double value);
bool range_is_above(const Range *r, double value);
bool range_is_at_most(const Range *r, double value);
bool range_is_below(const Range *r, double value);
/* Can it be this number? */
bool range_has(const Range *r, double value);
bool range_is_point(const Range *r);
bool range_is_empty(const Range *r);
/* Is all of `inner` in `outer`? */
bool range_within(const Range *inner, const Range *outer);

/* The values of both; of either. Ends only: `a` keeps what else is known of it. */
Range range_meet(Range a, const Range *b);
Range range_join(const Range *a, const Range *b);

/* What contains all values of x + y, ... Rounded outward. */
Range range_add(const Range *x, const Range *y);
Range range_neg(const Range *x);
Range range_mul(const Range *x, const Range *y);
Range range_div(const Range *x, const Range *y);

/* ---- image ------------------------------------------------------------------------------ */

/* The value of an operator of one operand at a number, rounded down and up. */
typedef struct PointImage {
    Op op;           /* OP_NONE: none */
    double x;
    double down, up;
} PointImage;

/* Such values that were asked for lately; zeroed at first. */
enum { IMAGES = 64 };

typedef struct Images {
    PointImage at[IMAGES];
} Images;

/* What contains all values of the operator where its operands are in these ranges, and where it has
 * one; exact, if that is known. Not for leaves, reductions and arrays. `same`: the first two
 * operands are one value. */
Range image_of(Images *images, Op op, const Range *x, bool same);

/* ---- reach ------------------------------------------------------------------------------ */

enum ReachMark {
    REACH_LIVE = 1,    /* an output needs it */
    REACH_FLOW = 2,    /* a derivative of an output goes through it */
    REACH_STOPPED = 4, /* it reaches an output through a stop_gradient */
    REACH_FACT = 8,    /* something is assumed of it */
    REACH_MERGED = 16  /* it is needed in several branches, which may say the same of it */
};

/* An arm of a `?:`. What only an arm needs is computed where its condition says so. */
typedef struct Branch {
    NodeId condition;
    bool holds;     /* is it the arm where the condition holds? */
    uint32_t outer; /* the branch around it; 0 for none */
    uint32_t depth; /* how many there are around it */
    uint32_t facts, fact_count;         /* run of facts->facts, once they are asked for */
    uint32_t relations, relation_count; /* run of facts->relations */
    bool known;
} Branch;

typedef struct Reach {
    Graph *g;
    uint32_t count;   /* nodes that there are */
    uint8_t *marks;   /* a node each: enum ReachMark */
    uint32_t *branch; /* a node each: the innermost branch around all its uses */
    uint32_t *arms;   /* a node each: of ?: the branch of the first arm; the second's follows */
    NodeId *through;  /* a node each, where no derivative goes: the step that ends it */
    VEC(Branch) branches; /* from 1 */
} Reach;

void reach_begin(Reach *r, Graph *g, const NodeId *outputs, uint32_t count);
void reach_end(Reach *r);

/* ---- facts ------------------------------------------------------------------------------ */

/* A value is in a range. */
typedef struct Fact {
    NodeId node;   /* without names around it */
    Range range;
    bool number;   /* its ends are numbers, not those of what another value can be */
} Fact;

/* less < more, or <= where it is not strict; or the two are not equal. */
typedef struct Relation {
    NodeId less, more;
    bool strict, unequal;
    bool ties;       /* of an assumption: it says more than a bound of one leaf, note [tied] */
    uint64_t leaves; /* of both sides, then */
} Relation;

typedef VEC(Fact) FactVec;
typedef VEC(Relation) RelationVec;

/* The value that names, stops and hand derivatives hand on. */
NodeId fact_bare(const Graph *g, NodeId node);

/* What a condition says where it holds, or where it does not; so many of its parts are looked
 * at. */
void fact_relations(Graph *g, NodeId condition, bool holds, uint32_t most, RelationVec *out);

/* plus - minus + by. */
typedef struct Difference {
    NodeId plus, minus;
    double by;
} Difference;

/* a - b as a difference of two values and a number; one of a and b may be such by itself. */
bool fact_split(const Graph *g, NodeId a, NodeId b, Difference *d);

/* What a relation, more - less being `known`, says of a difference: its range; false if it speaks
 * of other values. */
bool fact_difference(const Relation *s, const Difference *known, const Difference *asked,
                     Range *range);

/* What a bound of a value says of it, and of what it is made from by operators that can be turned
 * round: x^2 < 1 of x. Returns whether that is all that it says: then only the last fact is of
 * values that vary freely. */
bool fact_bound(Graph *g, NodeId node, Range range, bool number, FactVec *out);

/* ---- range ------------------------------------------------------------------------------ */

/* An assumption about a difference. */
typedef struct Apart {
    Difference of;     /* more - less */
    uint32_t relation; /* of ranges->related */
} Apart;

typedef struct Ranges {
    Ctx *ctx;
    Graph *g;
    Reach *reach;
    Range *at;          /* a node each */
    Range *leaf;        /* a symbol each: of arguments; of members of recurrences that OWN reads */
    uint32_t syms;      /* their number */
    NodeId now;         /* nodes below it have their range */
    FactVec assumed;    /* by node */
    RelationVec related; /* what is assumed */
    VEC(Apart) apart;   /* what that says of differences, by the values */
    FactVec facts;      /* of branches */
    Images images;
    RelationVec relations;
} Ranges;

/* The range of each node that an output needs, by the conditions that are assumed. */
void ranges_begin(Ranges *r, Reach *reach, const NodeId *assumptions, uint32_t count);
void ranges_end(Ranges *r);

/* The range of an operand where a node needs it. */
Range range_of_operand(Ranges *r, NodeId node, NodeId operand);

/* ---- singular, useless ------------------------------------------------------------------ */

/* All warnings of a model. */
void warn_model(Model *model);

/* By the conditions that are assumed. */
void warn_singular(Model *model, Reach *reach, const NodeId *assumptions, uint32_t count);
void warn_useless(Model *model, const Reach *reach);

#endif
