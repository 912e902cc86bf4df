/* C in, as bpgen made it: tcc must take it, and forward and reverse mode must agree, as the program
 * of --emit=test sees it. Only a part is looked at, for that takes more time than all else. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "fuzz.h"

#define COMPILE "timeout 60 tcc -w -c -o model.o model.out.c 2>c.err"
#define RUN "timeout 60 tcc -w model.out.c -lm -run test.c >c.err 2>&1"

static void put_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file))
        abort();
}

static const char *said(void)
{
    static char text[4000];
    FILE *file = fopen("c.err", "rb");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[length] = 0;
    if (file)
        fclose(file);
    return text;
}

/* Makes the test of the same model and options; false if there is none, as for packed arguments. */
static bool make_test(const Command *command)
{
    char *argv[80] = {"bpgen", "--emit=test", "-w", "-o", "test.c"};
    int argc = 5;
    for (int i = 0; i < command->count; i++)
        if (strncmp(command->words[i], "--with", 6) && strcmp(command->words[i], "--stats"))
            argv[argc++] = command->words[i];
    argv[argc++] = "model.expr";
    int status = command_call(argc, argv, "c.err");
    if (!status) { /* all of the functions that the test calls */
        argv[1] = "--emit=c";
        argv[4] = "model.out.c";
        status = command_call(argc, argv, "c.err");
    }
    return !status;
}

void c_judge(const Command *command, const char *text, size_t length)
{
    if (!command_chosen(command, "FUZZ_C", 100))
        return;
    put_file("model.out.c", text, length);
    int status = system(COMPILE);
    if (!WIFEXITED(status) || WEXITSTATUS(status))
        command_refute(command, status, said(), "C that does not compile");
    if (!make_test(command))
        return;
    status = system(RUN);
    const char *verdicts = said();
    const char *line = strstr(verdicts, "forward against reverse");
    const char *end = line ? strchr(line, '\n') : NULL;
    const char *refuted = line ? strstr(line, "REFUTED") : NULL;
    if (!line && !strstr(verdicts, "no point found") && WIFEXITED(status) &&
        WEXITSTATUS(status) != 124)
        command_refute(command, status, verdicts, "a test that does not run");
    if (refuted && refuted < end)
        command_refute(command, status, verdicts, "forward and reverse mode differ");
}
