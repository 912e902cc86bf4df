/* A model in, whose C has come out: what forward and reverse mode compute must be what --check has
 * by differences of the tree, in many bits. No compiler is asked, so one in a few can be looked at;
 * not those that are large, or have functions that take long in many bits. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define VERDICTS "verdicts.out"

enum { LENGTH_MOST = 20000 }; /* of the C: about 400 statements */

/* Options that a judgement has no use for are left out, and those that it could be lost by. */
static bool is_kept(const char *word)
{
    return !strncmp(word, "-D", 2) || !strncmp(word, "--max-nodes", 11);
}

/* The judgement of a derivative, forward and reverse, not of a check of the model's. A rule of the
 * model's that is wrong makes derivatives wrong, and where the model surely divides by 0, of
 * which it is warned, they are what IEEE arithmetic says. */
static bool is_refuted(const char *verdicts, const char *said)
{
    static const char start[] = "refuted: diff(";
    const char *at = strstr(verdicts, start);
    return at && (at == verdicts || at[-1] == '\n') && !strstr(verdicts, "refuted: rule ") &&
           !strstr(said, " is 0 [-Wsingular]");
}

static bool has_gamma(const Command *command)
{
    return memmem(command->model, command->length, "gamma", 5);
}

void derivatives_judge_command(const Command *command, size_t length)
{
    char *argv[80] = {"bpgen", "--check", "-o", VERDICTS};
    int argc = 4;
    size_t size;
    if (length > LENGTH_MOST || has_gamma(command) ||
        !command_chosen(command, "FUZZ_CHECK", 10))
        return;
    for (int i = 0; i < command->count; i++)
        if (is_kept(command->words[i]))
            argv[argc++] = command->words[i];
    argv[argc++] = "model.expr";
    int status = command_call(argc, argv, "check.err");
    char *verdicts = command_read(VERDICTS, &size), *said = command_read("check.err", &size);
    if (verdicts && said && is_refuted(verdicts, said))
        command_refute(command, status, said, "a derivative is refuted");
    free(verdicts);
    free(said);
}
