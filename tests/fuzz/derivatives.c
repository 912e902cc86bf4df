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

/* The judgement of a derivative, forward and reverse, not of a check or a rule of the model's. */
static bool is_refuted(const char *verdicts)
{
    static const char start[] = "refuted: diff(";
    const char *at = strstr(verdicts, start);
    return at && (at == verdicts || at[-1] == '\n');
}

void derivatives_judge_command(const Command *command, size_t length)
{
    char *argv[80] = {"bpgen", "--check", "-w", "-o", VERDICTS};
    int argc = 5;
    size_t size;
    if (length > LENGTH_MOST || strstr(command->model, "gamma") ||
        !command_chosen(command, "FUZZ_CHECK", 10))
        return;
    for (int i = 0; i < command->count; i++)
        if (is_kept(command->words[i]))
            argv[argc++] = command->words[i];
    argv[argc++] = "model.expr";
    int status = command_call(argc, argv, "check.err");
    char *verdicts = command_read(VERDICTS, &size), *said = command_read("check.err", &size);
    if (verdicts && is_refuted(verdicts))
        command_refute(command, status, said, "a derivative is refuted");
    free(verdicts);
    free(said);
}
