/* A command in, judged: it ends with a status of the manual's; it says something if and only if
 * that is not 0 or it warns; it writes if and only if it ends well; it does the same twice. Of the
 * C that comes out, some is judged by c.c, of the models some by derivatives.c. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define MODEL "model.expr"
#define OUTPUT "model.out"
#define SAID "model.err"

/* What one run came to. */
typedef struct Outcome {
    int status;
    char *said;    /* on standard error */
    size_t spoken; /* its length */
    char *text;    /* the output; NULL if there is none */
    size_t length; /* its length */
} Outcome;

void command_add(Command *command, char *word)
{
    if (command->count < (int)(sizeof command->words / sizeof *command->words))
        command->words[command->count++] = word;
}

void command_print(const Command *command, FILE *to)
{
    fputs("# bpgen", to);
    for (int i = 0; i < command->count; i++)
        fprintf(to, " '%s'", command->words[i]);
    fprintf(to, " %s\n%.*s", MODEL, (int)command->length, command->model);
}

static char folder[] = "/dev/shm/bpgen-fuzz.XXXXXX";

static void leave_folder(void)
{
    static const char *const files[] = {MODEL, OUTPUT, SAID, "model.o", "model.out.c", "test.c",
                                        "c.err", "verdicts.out", "check.err"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    rmdir(folder);
}

/* A folder of its own in memory, in which all runs of this process happen. */
static void enter_folder(void)
{
    static bool entered;
    if (entered)
        return;
    if (!mkdtemp(folder) || chdir(folder) || !freopen("/dev/null", "r", stdin))
        abort();
    atexit(leave_folder);
    entered = true;
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file))
        abort();
}

char *command_read(const char *path, size_t *length)
{
    struct stat s;
    int file = open(path, O_RDONLY);
    if (file < 0)
        return NULL;
    if (fstat(file, &s))
        abort();
    *length = (size_t)s.st_size;
    char *text = malloc(*length + 1);
    if (!text || read(file, text, *length) != (ssize_t)*length)
        abort();
    text[*length] = 0;
    close(file);
    return text;
}

int command_call(int argc, char **argv, const char *said)
{
    FILE *before = stderr, *caught = fopen(said, "wb");
    if (!caught)
        abort();
    stderr = caught; /* the file itself stays as it is, for the sanitizers */
    int status = bpgen_main(argc, argv);
    stderr = before;
    fclose(caught);
    return status;
}

/* A number that depends on each byte. */
static unsigned hash(const char *text, size_t length)
{
    unsigned h = 2166136261u;
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h >> 8;
}

bool command_chosen(const Command *command, const char *one_in, unsigned long usual)
{
    const char *every = getenv(one_in);
    unsigned long n = every ? strtoul(every, NULL, 10) : usual;
    return n && hash(command->model, command->length) % n == 0;
}

static Outcome run_once(const Command *command)
{
    char *argv[80] = {"bpgen", "-o", OUTPUT};
    int argc = 3;
    Outcome o = {0};
    for (int i = 0; i < command->count; i++)
        argv[argc++] = command->words[i];
    argv[argc++] = MODEL;
    unlink(OUTPUT);
    o.status = command_call(argc, argv, SAID);
    o.said = command_read(SAID, &o.spoken);
    o.text = command_read(OUTPUT, &o.length);
    return o;
}

static void free_outcome(Outcome *o)
{
    free(o->said);
    free(o->text);
}

void command_refute(const Command *command, int status, const char *said, const char *why)
{
    fprintf(stderr, "fuzz: %s (status %d)\n%s", why, status, said);
    command_print(command, stderr);
    abort();
}

static bool has_word(const Command *command, const char *word)
{
    for (int i = 0; i < command->count; i++)
        if (!strcmp(command->words[i], word))
            return true;
    return false;
}

/* Is it C that came out, for others to be judged, too? */
static bool is_c(const Command *command)
{
    for (int i = 0; i < command->count; i++)
        for (const char *const *p = (const char *const[]){"--emit", "--eval", "--explain", "--check",
                                                          "--verify", "-M", "--help", "--version",
                                                          "--list", "--dump", NULL}; *p; p++)
            if (!strncmp(command->words[i], *p, strlen(*p)))
                return false;
    return true;
}

static void judge(const Command *command, const Outcome *o)
{
    if (o->status < 0 || o->status > 3)
        command_refute(command, o->status, o->said, "a status that does not exist");
    if (o->status == 3 && strstr(o->said, "bpgen: error: internal error"))
        command_refute(command, o->status, o->said, "an internal error");
    if (o->status == 0 && !o->text && !has_word(command, "--verify"))
        command_refute(command, o->status, o->said, "all is well and there is no output");
    if (o->status && o->text && !has_word(command, "--check"))
        command_refute(command, o->status, o->said, "an error, and there is an output");
    if (o->status && !o->spoken && !has_word(command, "--check") && !has_word(command, "--verify"))
        command_refute(command, o->status, o->said, "an error without a message");
    if (o->spoken && o->said[o->spoken - 1] != '\n')
        command_refute(command, o->status, o->said, "messages that end within a line");
}

void command_run(Command *command)
{
    enter_folder();
    write_file(MODEL, command->model, command->length);
    Outcome first = run_once(command);
    judge(command, &first);
    if (first.status == 0 && first.text && is_c(command))
        c_judge(command, first.text, first.length);
    if (first.status == 0 && first.text)
        derivatives_judge_command(command, first.length);
    if (first.length % 8 == 0) { /* a part of them */
        Outcome second = run_once(command);
        if (first.status != second.status || first.length != second.length ||
            first.spoken != second.spoken || memcmp(first.said, second.said, first.spoken) ||
            (first.text && memcmp(first.text, second.text, first.length)))
            command_refute(command, second.status, second.said, "another outcome the second time");
        free_outcome(&second);
    }
    free_outcome(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Command command = {0};
    command_make(&command, bytes, size);
    command_run(&command);
    return 0;
}
