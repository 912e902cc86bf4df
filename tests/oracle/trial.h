/* trial: generated C against the oracle.
 *
 *   subject   a model, its generated functions compiled and loaded, and an oracle for it
 *   rows      the rows of ops.def that a model can write, as text, and their domains
 *   judge     all that a subject computes at a point, against what the oracle says
 *   grow      random models
 *
 * Programs: table (every row of ops.def by itself), random (random models, and models of files),
 * arrays (models of arrays).
 */
#ifndef TRIAL_H
#define TRIAL_H

#include "emit/emit.h"
#include "oracle/oracle.h"

/* ---- subject ---------------------------------------------------------------------------- */

/* A model's functions with packed arguments: `in` holds inputs and params in the order of the
 * arguments, in_dot and in_bar the inputs. */
typedef struct Packed {
    void (*value)(const double *in, double *out);
    void (*forward)(const double *in, const double *in_dot, double *out, double *out_dot);
    void (*reverse)(const double *in, const double *out_bar, double *out, double *in_bar);
    void (*gradient)(const double *in, double *out, double *in_bar); /* NULL: several outputs */
} Packed;

typedef struct Subject {
    Ctx *ctx;
    jmp_buf fatal;       /* set by whoever works on it */
    const char *text;    /* the model */
    const char *prefix;  /* of its C names */
    Unit *unit;
    Oracle *oracle;
    Job job;             /* its model is expanded: diffs are derivatives */
    U32Vec args;         /* entities: inputs and params */
    U32Vec inputs;       /* entities: those that derivatives are taken of */
    Packed packed;       /* once compiled */
} Subject;

/* Brings a model in; false if it is wrong, with what was said in *complaint, which then lives
 * as long as the subject. subject_close in any case. */
bool subject_open(Subject *s, const char *text, const char *prefix, const char **complaint);
void subject_close(Subject *s);

/* The place of an input or param of this name in `in`; -1 if there is none. */
int subject_arg(const Subject *s, const char *name);

/* Compiles what `write` writes, with $CC and `flags`, in the folder $WORK under the name `tag`,
 * and loads it, for good; NULL after a message on the standard output. Without a level of
 * optimisation among the flags $CC only warns, and tcc compiles, which takes no time. */
void *library_new(const char *tag, const char *flags, bool (*write)(FILE *, void *), void *with);

/* Generates the subjects' C, compiles it with $CC and `flags` in the folder $WORK under the name
 * `tag`, and loads it. False after a message on the standard output. */
bool subjects_compile(Subject **subjects, size_t count, const char *tag, const char *flags);

/* Outputs, and tangents of outputs or adjoints of inputs (by kind), as the nodes of the generated
 * function have them when every operation is done in the precision of `out`, and without limits
 * of range; constants have fewer bits if that is FOLDED_BITS or less. `factors` are in_dot or
 * out_bar. False if a value on the way was beyond the range of
 * normal doubles. */
enum { FOLDED_BITS = 400 };
bool subject_exact(Subject *s, FnKind kind, const double *in, const double *factors, mpfr_t *out,
                   mpfr_t *derived);

/* ---- rows ------------------------------------------------------------------------------- */

/* Can a model write it as an operator or function of numbers? */
bool row_is_written(Op op);

/* A text for a row: an expression of its operands `x`, `y`, `z`, and where it is smooth. */
typedef struct RowText {
    const char *text;
    const char *domain; /* "" if everywhere */
} RowText;

/* The i-th text of a row; false behind the last. */
bool row_text(Ctx *ctx, Op op, uint32_t i, RowText *text);

/* An expression of x, y, z to be evaluated at many points. A mistake in it ends the program. */
typedef struct Formula Formula;
Formula *formula_new(const char *text);
void formula_free(Formula *formula);
double formula_value(Formula *formula, const double *x);

/* ---- judge ------------------------------------------------------------------------------ */

/* Random numbers: a state each, xorshift64* (Vigna 2016). */
uint64_t random_bits(uint64_t *state);
double random_unit(uint64_t *state);                     /* in [0, 1) */
uint32_t random_below(uint64_t *state, uint32_t limit);  /* from 0 */

enum { ARGS_MAX = 16, TRIAL_BITS = 80 };

/* Why a comparison was not made, behind the statuses of the oracle. */
enum {
    SKIP_SWITCHED = ORACLE_UNSURE + 1, /* a condition is decided otherwise nearby */
    SKIP_INSIDE,                       /* a diff in it is at a hard point */
    SKIP_UNSTABLE,                     /* rounding can turn it into anything */
    SKIP_RANGE,                        /* beyond double's range on the way */
    SKIP_COUNT
};

typedef struct Tally {
    long compared;            /* values and derivatives */
    long zeros;               /* that were 0 */
    long skipped[SKIP_COUNT]; /* by reason */
    long sums;                /* inner products: forward against reverse */
    long exact;               /* of the graph in many bits */
    long evaluated;           /* lines of emit_values */
    long failed;
    double worst;             /* of distances in units of what is allowed */
} Tally;

/* Judges a compiled subject at a point; says on the standard output what is wrong. `evaluate`:
 * emit_values, too. */
void judge_point(Subject *s, const double *in, uint64_t seed, bool evaluate, Tally *tally);

/* ---- grow ------------------------------------------------------------------------------- */

enum { GROW_POINTS = 3 };

typedef struct Grown {
    Text text;                             /* the model */
    U32Vec names;                          /* inputs and params that may occur */
    VEC(double) at;                        /* GROW_POINTS values each */
    uint32_t rows[OP_COUNT];               /* how often each occurs in what is computed, */
    uint32_t in_arms[OP_COUNT];            /* and that in an arm that a point takes */
    uint32_t deep_arms;                    /* conditions within such arms */
} Grown;

typedef struct Grower Grower;
Grower *grower_new(Ctx *ctx);
void grower_free(Grower *grower);
/* Model `number` of this seed. */
void grow(Grower *grower, uint64_t seed, uint64_t number, Grown *grown);

#endif
