/* cli: the command line in, an exit status out. */
#ifndef BPGEN_CLI_H
#define BPGEN_CLI_H

#include "base/base.h"
#include "emit/emit.h"

typedef enum ColourWhen { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } ColourWhen;
typedef enum Diagnostics { DIAGNOSTICS_TEXT, DIAGNOSTICS_SARIF } Diagnostics;

/* Behind which stage of the pipeline; in its order. */
typedef enum DumpStage {
    DUMP_TOKENS, DUMP_AST, DUMP_UNIT, DUMP_GRAPH, DUMP_DERIVED, DUMP_SIMPLIFIED, DUMP_PLAN,
    DUMP_NONE
} DumpStage;

typedef enum Linkage { LINKAGE_EXTERN, LINKAGE_STATIC } Linkage;

/* ---- options ---------------------------------------------------------------------------- */

/* What a run is for: one of these bits. A row of options.def names those that its option goes
 * with. */
typedef enum Task {
    TASK_C = 1,        /* --emit=c, the default */
    TASK_HEADER = 2,   /* --emit=header */
    TASK_JSON = 4,     /* --emit=json */
    TASK_DRAWING = 8,  /* --emit=dot and the others for readers */
    TASK_TEST = 16,    /* --emit=test */
    TASK_EVAL = 32,    /* --eval */
    TASK_EXPLAIN = 64, /* --explain alone */
    TASK_CHECK = 128,  /* --check */
    TASK_DUMP = 256,   /* --dump */
    TASKS_ALL = 511
} Task;

typedef enum OptionId {
#define SECTION(title)
#define OPTION(id, ...) OPTION_##id,
#include "cli/options.def"
#undef SECTION
#undef OPTION
    OPTION_COUNT
} OptionId;

typedef enum OptionKind {
    KIND_FLAG, KIND_TEXT, KIND_LIST, KIND_NUMBER, KIND_CHOICE, KIND_SET, KIND_WORDS,
    KIND_PREFIX
} OptionKind;

typedef VEC(const char *) Words;

/* The values of all options; a field each, as options.def says. */
typedef struct Options {
    const char *file; /* the model; "-" is the standard input */
    uint64_t given;   /* a bit an option: is it there? */
    Task task;        /* what the run is for */
#define SECTION(title)
#define OPTION(id, kind, spelling, value, field, ...) OPTION_TYPE_##kind field;
#define OPTION_TYPE_FLAG bool
#define OPTION_TYPE_TEXT const char *
#define OPTION_TYPE_LIST const char *
#define OPTION_TYPE_NUMBER uint32_t
#define OPTION_TYPE_CHOICE uint32_t
#define OPTION_TYPE_SET uint32_t
#define OPTION_TYPE_WORDS Words
#define OPTION_TYPE_PREFIX Words
#include "cli/options.def"
#undef SECTION
#undef OPTION
} Options;

/* A row of options.def. */
typedef struct OptionRow {
    OptionKind kind;
    const char *spelling;           /* as given */
    const char *value;              /* what the help calls the value; NULL is none */
    size_t offset;                  /* of the field in Options, whose type is the kind's */
    const char *(*names)(uint32_t); /* that a value is one of, from 0; NULL behind the last */
    uint32_t initial;               /* NUMBER and CHOICE: the value without the option */
    uint32_t tasks;                 /* with which it goes */
    uint64_t needs;                 /* options of which one must be given, too; 0 is none */
    bool shapes;                    /* does the output depend on it? */
    const char *help;               /* % is the list of names or the initial number */
} OptionRow;

extern const OptionRow option_rows[OPTION_COUNT];

/* The title of the section that begins with the option; NULL if none does. */
const char *option_section(OptionId id);

/* Is it asked about bpgen, and not to do anything? */
bool options_about(const Options *options);

/* Was the option given? */
bool option_given(const Options *options, OptionId id);

/* Puts the names of a row's values, with `between` them. */
void option_put_names(Text *out, const OptionRow *row, const char *between);

/* Reads the command line; what is wrong with it is ctx_fatal with STATUS_USAGE. */
void options_read(Ctx *ctx, int argc, char **argv, Options *options);

/* Does it ask for messages in SARIF? Asked before it is read, for what is wrong with it is said so,
 * too. */
bool options_sarif(int argc, char **argv);

/* The options that shape the output, as they would be written: "--with=value --wrt=x". However
 * they were written and in which order, equal options have one text. */
const char *options_text(Ctx *ctx, const Options *options);

/* What --help prints, and --list-options. */
void options_help(Ctx *ctx, Text *out);
void options_list(Text *out);

/* ---- memory ----------------------------------------------------------------------------- */

/* From here on GMP and MPFR allocate in this context: one run a process at a time. When it has
 * been freed, and mpfr_free_cache was called before: NULL, for as it was. */
void memory_own(Ctx *ctx);

/* ---- other arguments -------------------------------------------------------------------- */

/* No array has more axes. */
enum { POINT_AXES = 64 };

/* A value as it is given. */
typedef struct PointGiven {
    Name name;
    Span span;      /* of the name */
    U32Vec extents; /* the shape as written */
    U32Vec cells;   /* constant expressions; read from a file: the places of numbers */
} PointGiven;

typedef VEC(PointGiven) PointGivens;

/* Reads the values of an object of JSON; errors go to diag. */
void point_json_read(Ctx *ctx, uint32_t source, PointGivens *out);

/* How long is the number that begins here? */
size_t point_json_number(const char *text);

/* What --at says. */
typedef struct Point {
    PointValue *values; /* in the order of the arguments */
    uint32_t count;
} Point;

/* Reads 'x=1, A=[1, 2; 3, 4]', or with '@' before it the file of that name: every argument once. A
 * size that is not given is what the arrays say. Errors go to diag, for the values, or are
 * ctx_fatal with STATUS_USAGE. */
Point *point_read(Job *job, const char *text);

/* Reads HEADER:FUNCTION, a gradient of the user's. What is wrong with its prototype goes to diag,
 * anything else is ctx_fatal with STATUS_USAGE. */
Against *against_read(Job *job, const char *text);

/* ---- dump ------------------------------------------------------------------------------- */

/* What there is so far; NULL: not yet. */
typedef struct Dumped {
    uint32_t source;
    const Ast *ast;
    const Unit *unit;
    Model *model;
} Dumped;

const char *dump_stage_name(uint32_t i);

/* Puts what --dump asks for if that is there; true if it was. */
bool dump_front(Ctx *ctx, const Options *o, const Dumped *made, Text *out);

/* Puts the functions that are wanted, as they are behind a stage from DUMP_DERIVED on. */
void dump_functions(Job *job, DumpStage stage, Text *out);

/* ---- the output ------------------------------------------------------------------------- */

/* Writes the text to a file, complete or not at all, or to the standard output. Failure is
 * ctx_fatal with STATUS_SYSTEM. */
void output_write(Ctx *ctx, const char *path, const Text *text);

/* That nothing is written to a file that was read: else ctx_fatal with STATUS_SYSTEM. */
void output_check(Ctx *ctx, const char *path);

/* Do two paths lead to one place, whether a file is there or not? */
bool output_is_same(Ctx *ctx, const char *a, const char *b);

/* Is it a device or a pipe, beside which no file goes? */
bool output_is_special(Ctx *ctx, const char *path);

/* Is this what the regular file holds? What is there and cannot be read is ctx_fatal with
 * STATUS_SYSTEM. */
bool output_holds(Ctx *ctx, const char *path, const Text *text);

/* Puts a rule of make: the output, made of the files that were read. */
void depend_put(Ctx *ctx, const Options *options, Text *out);

/* Where the rule is written to; NULL is the standard output. */
const char *depend_path(Ctx *ctx, const Options *options);

#endif
