/* cli: the command line in, an exit status out. */
#ifndef BPGEN_CLI_H
#define BPGEN_CLI_H

#include "base/base.h"
#include "emit/emit.h"

typedef enum ColourWhen { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } ColourWhen;

/* How many bytes of arrays a function keeps on the stack, if --stack does not say. */
enum { STACK_DEFAULT = 4096 };

/* Loops of at most this many turns are written out, if --unroll does not say. */
enum { UNROLL_DEFAULT = 4 };

/* From where points are drawn for checks, if --seed does not say. */
enum { SEED_DEFAULT = 1 };

typedef struct Options {
    const char *file;       /* the model; "-" is the standard input */
    const char *output;     /* -o; NULL is the standard output */
    const BackEnd *emit;    /* --emit */
    const char *with;       /* --with; NULL is the default */
    const char *wrt;        /* --wrt; NULL is every input */
    JacobianMode jacobian;  /* --jacobian */
    const char *prefix;     /* --prefix; NULL is the model's name or the file's stem */
    bool pack;              /* --pack */
    bool is_static;         /* --linkage=static */
    const char *at;         /* --at; NULL is none */
    VEC(const char *) defines; /* -D, NAME=VALUE each */
    RealType real;          /* --real */
    uint32_t stack;         /* --stack: bytes */
    uint32_t unroll;        /* --unroll: turns */
    uint32_t checkpoint;    /* --checkpoint: turns between kept states; 0: all are kept */
    ColourWhen colour;      /* --color */
    bool eval, stats;       /* --eval, --stats */
    bool explain, expand;   /* --explain, --expand */
    const char *against;    /* --against; NULL is none */
    bool check;             /* --check */
    uint32_t seed;          /* --seed */
    bool seeded;            /* is there one? */
    bool strict;            /* -Werror */
    bool verify;            /* --verify */
    bool if_changed;        /* --if-changed */
    bool depend_only;       /* -M */
    bool depend;            /* -MD */
    bool depend_phony;      /* -MP */
    const char *depend_file; /* -MF; NULL is the default */
    VEC(const char *) targets, quoted_targets; /* -MT, -MQ */
    bool help, version;     /* --help, --version */
} Options;

/* What --at says. */
typedef struct Point {
    PointValue *values;
    Span *spans;       /* a value each: its name */
    U32Vec *extents;   /* a value each: the shape as written */
    uint32_t count;
} Point;

/* Reads 'x=1, A=[1, 2; 3, 4]': every argument once. Errors go to diag, for the values, or are
 * ctx_fatal with STATUS_USAGE. */
Point *point_read(Job *job, const char *text);

/* Reads HEADER:FUNCTION, a gradient of the user's. */
Against *against_read(Job *job, const char *text);

/* Reads the command line; what is wrong with it is ctx_fatal with STATUS_USAGE. */
void options_read(Ctx *ctx, int argc, char **argv, Options *options);

/* The options that shape the output, as they would be written: "--with=value --wrt=x". */
const char *options_text(Ctx *ctx, const Options *options);

/* Writes the text to a file, complete or not at all, or to the standard output. Failure is
 * ctx_fatal with STATUS_SYSTEM. */
void output_write(Ctx *ctx, const char *path, const Text *text);

/* Is this what the regular file holds? What is there and cannot be read is ctx_fatal with
 * STATUS_SYSTEM. */
bool output_holds(Ctx *ctx, const char *path, const Text *text);

/* Puts a rule of make: the output, made of the files that were read. */
void depend_put(Ctx *ctx, const Options *options, Text *out);

/* Where the rule is written to; NULL is the standard output. */
const char *depend_path(Ctx *ctx, const Options *options);

#endif
