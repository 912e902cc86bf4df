/* judge: hand derivations confirmed, refuted or undecided; and the derivatives of the model against
 * an independent evaluation.
 *
 *   judge        all claims of a model, one verdict each
 *   claim        a check: both sides, as exactly as wanted, at points
 *   rule         a hand derivative of a function
 *   derivative   what differentiation gives, forward and reverse, against the oracle
 *   proof        claims that hold by the laws of real numbers, whatever the values
 *   polynomial   quotients of polynomials, in which proofs are made
 *   sample       a claim at a point, with the tape of what is differentiated
 *   wrong        mistakes that can be made on the way, as changes of partial derivatives
 *   seek         which of them, and where
 *   diagnosis    which mistake explains the numbers at all points
 *   say          names, numbers and points as text
 */
#ifndef BPGEN_JUDGE_H
#define BPGEN_JUDGE_H

#include "base/base.h"
#include "emit/emit.h"
#include "front/front.h"
#include "oracle/oracle.h"
#include "pass/pass.h"

/* ---- judge ------------------------------------------------------------------------------ */

typedef enum Verdicts {
    VERDICT_CONFIRMED, VERDICT_REFUTED, VERDICT_UNDECIDED, VERDICT_COUNT
} Verdicts;

typedef struct Judge {
    Ctx *ctx;          /* who owns it all */
    Job *job;          /* the model, its diffs expanded; all inputs are differentiated by */
    Unit *unit;        /* the tree that is judged */
    Oracle *oracle;
    const U32Vec *claims; /* a check each: its sides as two nodes, diffs expanded */
    uint64_t seed;     /* of the points */
    Text *out;         /* takes the verdicts */
    uint32_t count[VERDICT_COUNT];
} Judge;

/* Judges all checks, all rules and all derivatives; puts a line each. What is refuted is an error
 * of the model, what is undecided a warning. */
void judge_model(Job *job, const U32Vec *claims, uint64_t seed, Text *out);

/* Puts a verdict's line: of a statement, or (span {0, 0}) of a derivative called `what`. */
void judge_say(Judge *j, Verdicts verdict, Span span, const char *what, const char *how);

/* The state of random numbers for subject `number`. */
uint64_t judge_state(const Judge *j, uint32_t number);

enum {
    JUDGE_BITS = 160,   /* asked of values and derivatives */
    JUDGE_SLACK = 16,   /* of which so many may be wrong */
    JUDGE_POINTS = 8,   /* for a claim; fewer, but JUDGE_LEAST, */
    JUDGE_LEAST = 2,
    JUDGE_LABOUR = 3000000 /* once the oracle has done so much for it */
};

/* ---- claims ----------------------------------------------------------------------------- */

/* A check, and what is what in it. */
typedef struct Claim {
    const Check *check;
    uint32_t number;   /* which */
    AstId correct;     /* the side that is taken for right */
    AstId yours;       /* the other */
    AstId diff;        /* the one diff in the correct side; 0 if there is not just one */
    bool plain;        /* the correct side is nothing else */
    AstId value;       /* what is differentiated */
    uint32_t by;       /* the entity by which; ORACLE_NONE */
    bool constant;     /* the other side is a number */
} Claim;

void claim_judge(Judge *j, uint32_t number);

/* Which of the sides is right, and what is differentiated in it. */
Claim claim_of(const Judge *j, uint32_t number);

/* Fixes what the check says of the point; false if that cannot be one. */
bool claim_fix(Judge *j, Oracle *o, const Check *check);

/* In how many bits two numbers agree, at most JUDGE_BITS; what is below all doubles is 0. */
long judge_agreement(mpfr_srcptr a, mpfr_srcptr b);

/* ---- rules, derivatives, proofs ---------------------------------------------------------- */

void rule_judge(Judge *j, uint32_t rule);
void derivatives_judge(Judge *j);

/* Is the claim true by the laws of real numbers, wherever both sides are numbers? */
bool proof_of_claim(const Judge *j, uint32_t number);

/* ---- polynomials -------------------------------------------------------------------------- */

/* A power of an atom: of an input, or of what no law looks into. */
typedef struct Power {
    uint32_t atom;
    long exponent;
} Power;

/* A fraction times powers, by atom. */
typedef struct Monomial {
    long above, below;
    uint32_t count;
    Power *powers;
} Monomial;

typedef struct Polynomial {
    uint32_t count;
    Monomial *terms; /* by their powers */
} Polynomial;

typedef struct Quotient {
    Polynomial above, below;
} Quotient;

typedef enum AtomKind {
    ATOM_PLAIN,
    ATOM_TRUTH, /* 0 or 1 */
    ATOM_ROOT,  /* its square is `square` */
    ATOM_COSINE /* its square is 1 less that of the atom `sine` */
} AtomKind;

typedef struct Atom {
    AtomKind kind;
    Name key;        /* the text that tells it from others */
    Quotient square; /* ROOT */
    uint32_t sine;   /* COSINE */
    SetId free;      /* the indices that it depends on */
} Atom;

/* Terms live as long as the context. After an overflow, or too much labour, all is void. */
typedef struct Algebra {
    Ctx *ctx;
    VEC(Atom) atoms;
    Lookup by_key;   /* atoms, from 1 */
    size_t labour;   /* terms made */
    bool failed;
} Algebra;

/* The atom of that key, made if it is new. */
uint32_t algebra_atom(Algebra *a, AtomKind kind, const char *key);

Polynomial polynomial_fraction(Algebra *a, long above, long below);
Polynomial polynomial_atom(Algebra *a, uint32_t atom, long exponent);
Polynomial polynomial_add(Algebra *a, Polynomial x, Polynomial y);
Polynomial polynomial_multiply(Algebra *a, Polynomial x, Polynomial y);
Polynomial polynomial_scale(Algebra *a, Polynomial x, long above, long below);

Quotient quotient_of(Algebra *a, Polynomial above);
Quotient quotient_add(Algebra *a, Quotient x, Quotient y);
Quotient quotient_multiply(Algebra *a, Quotient x, Quotient y);
Quotient quotient_divide(Algebra *a, Quotient x, Quotient y); /* not by 0 */
Quotient quotient_power(Algebra *a, Quotient x, long exponent);
Quotient quotient_negate(Algebra *a, Quotient x);

/* With squares of roots, cosines and truths replaced; is it 0, whatever the atoms are? */
Quotient quotient_reduce(Algebra *a, Quotient x);
bool quotient_is_zero(Algebra *a, Quotient x);
void quotient_text(const Algebra *a, Quotient x, Text *out);

/* ---- samples ----------------------------------------------------------------------------- */

/* A claim at one point. */
typedef struct Sample {
    Oracle *oracle;    /* with the point set */
    Tape tape;         /* of what is differentiated; without steps if it tells nothing */
    uint32_t by;       /* the entity by which sweeps differentiate */
    size_t rows;       /* elements of what is differentiated, */
    size_t columns;    /* and of what by */
    size_t count;      /* elements of the sides */
    double *yours;     /* count */
    double *derivative;/* rows times columns: the right one */
    double tolerance;  /* relative, of comparisons */
    uint8_t *active;   /* a step each: on a path between the two */
    uint32_t *leaf;    /* a column each: its step, 0 if nothing depends on it */
    double *partial;   /* three a step: as they are, or as a mistake has them */
    double *bar;       /* a step each: room for sweeps */
    double *adjoint;   /* a step each: as it should be; of one row */
    double *tangent;   /* likewise, of one column */
    uint32_t *owner;   /* a step each: the definition's value that it belongs to */
} Sample;

/* Sets up the claim at a point, which may be that of the check; false if it is none where all is
 * defined. */
bool sample_new(Judge *j, const Claim *claim, uint64_t *state, bool fixed, Sample *s);
void sample_free(Judge *j, Sample *s);

/* Turns to derivatives by another entity: finds what is active, and columns. */
void sample_turn(Judge *j, Sample *s, uint32_t by);

/* The partial derivatives as they are. */
void sample_reset(Sample *s);

/* The derivative with the partials as they are now: rows times columns. */
void sample_sweep(Sample *s, double *out);
/* The derivative of the sum of an entity's elements: columns. */
void sample_sweep_from(Sample *s, uint32_t entity, double *out);

/* How many elements of an entity are on the tape, by their steps. */
bool sample_is_step(const Sample *s, uint32_t step, uint32_t entity);

/* Is the edge from a step to its operand i on a path? */
bool sample_edge(const Sample *s, uint32_t step, int i);

/* Is yours what the correct side comes to if its diff has these values? */
bool sample_explained(const Claim *claim, Sample *s, const double *derivative);

/* ---- diagnosis --------------------------------------------------------------------------- */

enum { SAMPLES = 4, EXPLANATIONS = 2 };

/* What is known of a claim that is refuted. */
typedef struct Inquiry {
    Judge *j;
    const Claim *claim;
    Sample *samples;
    uint32_t count;        /* of them */
    double *guess;         /* room for a derivative */
    double labour;         /* steps of sweeps that may still be spent */
    VEC(const char *) found; /* explanations, the likeliest first */
} Inquiry;

/* Makes a guess for a sample: false if there is none to be made. */
typedef bool Guess(Inquiry *q, Sample *s, const void *with);

/* Does the guess explain all samples? */
bool inquiry_holds(Inquiry *q, Guess *guess, const void *with);

/* Notes an explanation, unless there are enough or it is there. */
void inquiry_found(Inquiry *q, const char *fmt, ...) BP_PRINTF(2, 3);
bool inquiry_enough(const Inquiry *q);

/* Mistakes at places of the chain of derivatives: paths that are forgotten; all others. */
void seek_forgotten(Inquiry *q);
void seek_wrong(Inquiry *q);

/* ---- mistakes ---------------------------------------------------------------------------- */

typedef enum WrongKind {
    WRONG_DROP,      /* 0 */
    WRONG_ONE,       /* 1: forgotten */
    WRONG_OTHER,     /* that by the other operand */
    WRONG_NEGATE,
    WRONG_FACTOR,    /* a number times it */
    WRONG_TIMES,     /* times the operand */
    WRONG_OVER,      /* divided by it */
    WRONG_EXCHANGED, /* as if the operands were exchanged */
    WRONG_VALUE,     /* the value of the operation itself, at a chain of so many */
    WRONG_REST,      /* 1 less that value, likewise */
    WRONG_CHAIN,     /* 1 for a chain of so many */
    WRONG_UPSTREAM,  /* uses of a name in a definition, the adjoint of which is taken for 1 */
    WRONG_INNER,     /* the derivative of the name itself is taken for 1 */
    WRONG_PATH,      /* uses of a name in a definition: dropped */
    WRONG_FIRST,     /* the same, but where the element that is defined is the first of an axis */
    WRONG_LAST,      /* or the last */
    WRONG_TRANSPOSED,/* factors that are elements of this entity: with subscripts exchanged */
    WRONG_ENTITY     /* all paths through this entity dropped */
} WrongKind;

/* An operand of an operation at a place of the text. */
typedef struct Site {
    AstId node;
    Op op;
    int operand;
    uint32_t step; /* where it is first, in the first sample */
} Site;

typedef struct Wrong {
    WrongKind kind;
    Site site;
    double factor;
    uint32_t length; /* of a chain */
    uint32_t entity; /* that is used */
    uint32_t user;   /* in whose definition */
    uint32_t axis;   /* of that */
} Wrong;

/* Does the mistake explain all samples? */
bool wrong_holds(Inquiry *q, const Wrong *w);

/* The first operand through which a step depends on what is differentiated by; -1 if none. */
int wrong_first_operand(const Sample *s, uint32_t step);

/* The entity that a reference is to, ORACLE_NONE of another step; that in whose definition a step
 * is. */
uint32_t wrong_entity_behind(const Sample *s, uint32_t step);
uint32_t wrong_user_of(const Sample *s, uint32_t step);

/* Why the claim is wrong, as a clause; NULL if nothing explains it. */
const char *diagnosis_of(Judge *j, const Claim *claim, uint64_t state);

/* ---- text -------------------------------------------------------------------------------- */

/* Puts two numbers so that they can be told apart. */
void say_numbers(Text *out, const char *before, mpfr_srcptr a, const char *between, mpfr_srcptr b);
void say_number(Text *out, mpfr_srcptr x, int digits);

/* Puts ` at x=-2, y=5` with what the expressions depend on; nothing if that is nothing. */
void say_point(const Judge *j, Oracle *o, const AstId *roots, uint32_t count, Text *out);

/* Puts [1,2], the subscripts of an element; nothing for a scalar's. */
void say_element(Text *out, const long *extent, uint32_t rank, size_t element);

/* The text of a node on one line. */
const char *say_node(const Judge *j, AstId id);

/* The statement in which a node stands, as text; "" if it is none of the model. */
const char *say_statement(const Judge *j, AstId id);

/* How many digits so many bits are. */
int say_digits(long bits);

/* Marks the entities, and behind them the functions, that the expressions, or an entity, depend
 * on. Does a node stand in the definition of a marked one? */
uint8_t *say_reached(const Judge *j, const AstId *roots, uint32_t count);
uint8_t *say_reached_by(const Judge *j, uint32_t entity);
bool say_is_within(const Judge *j, AstId id, const uint8_t *marks);

/* What is the matter with a derivative that has no number, as in "a derivative is at a kink". */
const char *say_status(OracleStatus status);

/* The reason why there is no point, as a clause. */
const char *say_fault(const Judge *j, Oracle *o, const Drawn *drawn, const AstId *roots,
                      uint32_t count);

#endif
