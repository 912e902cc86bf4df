/* fuzz: the whole command, run in this process on made-up input, and judged.
 *
 * bytes.c takes its input as a model, models.c as decisions that make a model, options.c as words
 * of a command line. Each is built twice: with libFuzzer (make fuzz) and with replay.c, which
 * runs files once (tests/fuzz/run) or prints what they stand for.
 */
#ifndef BPGEN_FUZZ_H
#define BPGEN_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A command to be run: words and the file that they name. */
typedef struct Command {
    const char *model; /* what is in model.expr */
    size_t length;     /* its bytes */
    char *words[64];   /* the options; the program's name and model.expr are added */
    int count;
} Command;

/* In src/cli/main.c, compiled under this name. */
int bpgen_main(int argc, char **argv);

/* ---- command.c */

/* Runs it and aborts if what comes out is not what it must be. */
void command_run(Command *command);

/* Adds an option unless there are too many; the text must outlive the command. */
void command_add(Command *command, char *word);

/* Writes the command and the model as a golden test begins. */
void command_print(const Command *command, FILE *to);

/* Runs bpgen with these words, what it says into a file. */
int command_call(int argc, char **argv, const char *said);

/* The bytes of a file, in memory that the caller frees, with a 0 behind them; NULL if it is none. */
char *command_read(const char *path, size_t *length);

/* Is this one of `one_in`, as a number in the environment may have it? By its bytes. */
bool command_chosen(const Command *command, const char *one_in, unsigned long usual);

/* Says why what comes out is wrong, with the command, and aborts. */
void command_refute(const Command *command, int status, const char *said, const char *why);

/* ---- c.c */

/* Judges the C of one in so many commands (FUZZ_C, default 100): tcc compiles it, and the test that
 * bpgen makes for it finds that its forward mode and its reverse mode agree. */
void c_judge(const Command *command, const char *text, size_t length);

/* ---- derivatives.c */

/* Judges the derivatives of one in so many models (FUZZ_CHECK, default 10) in this process. */
void derivatives_judge_command(const Command *command, size_t length);

/* ---- one of bytes.c, models.c, options.c */

/* The command that the bytes stand for. What it points to lives until the next call. */
void command_make(Command *command, const uint8_t *bytes, size_t size);

#endif
