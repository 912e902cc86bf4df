/* fault: a command in, run once for each thing in it that can fail, which then does; what comes out
 * is judged. The command is bpgen's own, linked with what it calls replaced (-Wl,--wrap) by the
 * functions below.
 *
 *     fault memory STEP ARGUMENT...   allocations fail: each STEPth, alone, and with all behind it
 *     fault calls 1 ARGUMENT...       each call that reads, writes or asks about files fails
 *     fault short 1 ARGUMENT...       these are interrupted, or do a part only: no failure at all
 *
 * It runs in the current folder, where `before` is a folder of the files that are there at the
 * beginning. A run that was made to fail must end with status 3 and one message; each file must be
 * as it was, or as it is behind a run without failure, and nothing else may be left.
 *
 * Allocations are many: there the one run goes on, and at each allocation a child is split off in
 * which it fails, so that all is done in the time of so many ends of a run. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"

int bpgen_main(int argc, char **argv);

typedef enum Mode { MODE_NONE, MODE_MEMORY, MODE_CALLS, MODE_SHORT } Mode;

static Mode mode;           /* what fails now */
static bool child;          /* one that runs the command */
static bool failing;        /* one in which an allocation has failed */
static bool onward;         /* in which all later allocations fail, too */
static unsigned long step;  /* each so many-th allocation */
static unsigned long count; /* of calls that could have failed */
static unsigned long fault; /* the number of the call that fails */
static unsigned long passed, failed;
static int spool = -1; /* the file to which long texts leave memory */
static int argument_count;
static char **arguments;

/* What a child tells its parent. */
static struct Told {
    bool reached;       /* a fault happened */
    const char *where;  /* in what */
} *told;

/* ---- text without allocation */

enum { TEXT_MOST = 1 << 22 };
static char said[TEXT_MOST], text[TEXT_MOST], wanted[TEXT_MOST];

int __real_open(const char *path, int flags, ...);
ssize_t __real_read(int file, void *bytes, size_t size);
ssize_t __real_write(int file, const void *bytes, size_t size);
int __real_close(int file);
int __real_stat(const char *path, struct stat *s);
static FILE *report; /* what was the standard output */

/* The file's contents; false if it is not there. */
static bool load(const char *path, char *into)
{
    int file = __real_open(path, O_RDONLY);
    size_t at = 0;
    ssize_t length = 0;
    if (file < 0)
        return false;
    while (at < TEXT_MOST - 1 && (length = __real_read(file, into + at, TEXT_MOST - 1 - at)) > 0)
        at += (size_t)length;
    into[at] = 0;
    __real_close(file);
    return true;
}

static void store(const char *path, const char *bytes)
{
    int file = __real_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0 || __real_write(file, bytes, strlen(bytes)) < 0)
        _exit(99);
    __real_close(file);
}

static const char *in(const char *folder, const char *name)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Calls `see` for each file of the folder. */
static void each_file(const char *folder, void (*see)(const char *name))
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    struct stat s;
    if (!dir)
        _exit(99);
    while ((entry = readdir(dir)))
        if (!__real_stat(in(folder, entry->d_name), &s) && S_ISREG(s.st_mode))
            see(entry->d_name);
    closedir(dir);
}

/* ---- judging */

/* The files of the current folder go to `now`, those of `before` come back. */
static void forget_file(const char *name) { unlink(name); }
static void keep_file(const char *name)
{
    load(name, text);
    store(in("after", name), text);
}
static void reset_file(const char *name)
{
    load(in("before", name), text);
    store(name, text);
}

static void reset(void)
{
    each_file(".", forget_file);
    each_file("before", reset_file);
}

static const char *wrong; /* what is; NULL if nothing */
static bool exactly;      /* must all files be as behind a run without failure? */

/* Is it as it was, or as it shall be? */
static void judge_file(const char *name)
{
    load(name, text);
    bool old = load(in("before", name), wanted) && !strcmp(text, wanted);
    bool new = load(in("after", name), wanted) && !strcmp(text, wanted);
    static char what[700];
    snprintf(what, sizeof what, "'%s' was left, neither as before nor complete", name);
    if (!new && (exactly || !old))
        wrong = what;
}

static unsigned occurrences(const char *what)
{
    unsigned number = 0;
    for (const char *at = said; (at = strstr(at, what)); at++)
        number++;
    return number;
}

/* Is one message there, and is it whole? A log has it as a notification, or as a result. */
static const char *judge_messages(void)
{
    size_t length = strlen(said);
    unsigned errors = *said == '{' ? occurrences("\"level\": \"error\", \"message\"")
                                   : occurrences("error: ");
    if (!length)
        return "no message";
    if (said[length - 1] != '\n')
        return "half a message";
    return errors == 1 ? NULL : "not one message";
}

/* Calls whose failure does no harm: questions, the end of a file that was read, and what spares
 * memory. */
static bool harmless(const char *where)
{
    static const char *const calls[] = {"fclose", "isatty", "readlink", "close of what was read",
                                        "mkstemp of a spool", "write to a spool",
                                        "close of a spool"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (!strcmp(where, calls[i]))
            return true;
    return false;
}

/* Is what was written and said that of a run without failure? */
static bool same_texts(void)
{
    bool same = load("after/fault.stdout", text) && !strcmp(text, wanted);
    return same && load("after/fault.stderr", text) && !strcmp(text, said);
}

static void judge(int status)
{
    const bool done = WIFEXITED(status) && !WEXITSTATUS(status);
    const bool may_go_on = mode != MODE_CALLS || harmless(told->where);
    wrong = NULL;
    exactly = done;
    load("fault.err", said);
    load("fault.out", wanted);
    unlink("fault.err");
    unlink("fault.out");
    if (!WIFEXITED(status))
        wrong = "a signal";
    else if (mode == MODE_SHORT ? !done : !(done && may_go_on) && WEXITSTATUS(status) != 3)
        wrong = "the wrong status";
    else if (done && !same_texts())
        wrong = "another output";
    else if (!done && mode == MODE_MEMORY && *wanted)
        wrong = "a part of the output";
    else if (!done && strcmp(told->where, "say"))
        wrong = judge_messages();
    if (!wrong)
        each_file(".", judge_file);
    if (!wrong) {
        passed++;
        return;
    }
    failed++;
    if (failed > 8)
        return;
    fprintf(report, "fault: %s %lu (%s%s): %s, status %d:", mode == MODE_MEMORY ? "memory" : "calls",
           mode == MODE_MEMORY ? count : fault, told->where, onward ? " and all behind" : "", wrong,
           WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    for (int i = 0; i < argument_count; i++)
        fprintf(report, " %s", arguments[i]);
    fprintf(report, "\n%s", strlen(said) > 2000 ? said + strlen(said) - 2000 : said);
    fflush(report);
}

/* ---- children */

static void redirect(const char *path, int to)
{
    int file = __real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0666);
    if (file < 0 || dup2(file, to) < 0)
        _exit(99);
    __real_close(file);
}

static void begin_child(void)
{
    redirect("fault.out", 1);
    redirect("fault.err", 2);
    alarm(60);
    child = true;
}

/* Runs the command in a child; what fails is up to the wrapped functions. */
static int run_child(void)
{
    int status;
    told->reached = false;
    told->where = "";
    pid_t process = fork();
    if (process < 0)
        _exit(99);
    if (!process) {
        begin_child();
        exit(bpgen_main(argument_count, arguments));
    }
    waitpid(process, &status, 0);
    return status;
}

/* In the one run of all: a child goes on from here with this allocation failed. */
static bool split_off(bool all)
{
    int status;
    pid_t process = fork();
    if (process < 0)
        _exit(99);
    onward = all;
    if (!process) {
        failing = true;
        begin_child();
        return true;
    }
    waitpid(process, &status, 0);
    judge(status);
    onward = false;
    return false;
}

static bool memory_fails(void)
{
    if (mode != MODE_MEMORY)
        return false;
    if (failing)
        return onward;
    told->where = "memory";
    bool fails = ++count % step == 0 && (split_off(false) || split_off(true));
    if (fails)
        errno = ENOMEM;
    return fails;
}

/* Is it this call that fails? */
static bool call_fails(const char *where)
{
    if (!child || (mode != MODE_CALLS && mode != MODE_SHORT) || ++count != fault)
        return false;
    told->reached = true;
    told->where = where;
    errno = mode == MODE_SHORT ? EINTR : EIO;
    return true;
}

static bool call_breaks(const char *where)
{
    return mode == MODE_CALLS && call_fails(where);
}

/* ---- what is replaced */

#define WRAP(type, name, parameters) \
    type __real_##name parameters; \
    type __wrap_##name parameters; \
    type __wrap_##name parameters

WRAP(void *, malloc, (size_t size))
{
    return memory_fails() ? NULL : __real_malloc(size);
}

WRAP(void *, calloc, (size_t number, size_t size))
{
    return memory_fails() ? NULL : __real_calloc(number, size);
}

WRAP(void *, realloc, (void *old, size_t size))
{
    return memory_fails() ? NULL : __real_realloc(old, size);
}

/* A part of a chunk: that the chunk could not be had. */
WRAP(void *, ctx_alloc, (Ctx *ctx, size_t size))
{
    if (memory_fails())
        ctx_fatal(ctx, STATUS_SYSTEM, "out of memory: no %zu bytes more", size);
    return __real_ctx_alloc(ctx, size);
}

/* libunistring's, for its allocations. */
WRAP(uint8_t *, u8_normalize,
     (const void *form, const uint8_t *s, size_t n, uint8_t *buffer, size_t *size))
{
    return memory_fails() ? NULL : __real_u8_normalize(form, s, n, buffer, size);
}

int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    int rights = flags & O_CREAT ? va_arg(args, int) : 0;
    va_end(args);
    return call_breaks("open") ? -1 : __real_open(path, flags, rights);
}

ssize_t __wrap_read(int file, void *bytes, size_t size);
ssize_t __wrap_read(int file, void *bytes, size_t size)
{
    return call_fails("read") ? -1 : __real_read(file, bytes, size);
}

/* Interrupted before it begins, or behind the first byte. */
ssize_t __wrap_write(int file, const void *bytes, size_t size);
ssize_t __wrap_write(int file, const void *bytes, size_t size)
{
    const char *where = file == spool ? "write to a spool" : "write";
    if (call_fails(where))
        return -1;
    if (mode == MODE_SHORT && size > 1 && call_fails(where))
        return __real_write(file, bytes, 1);
    return __real_write(file, bytes, size);
}

/* The file is closed whatever it says. */
int __wrap_close(int file);
int __wrap_close(int file)
{
    bool reads = (fcntl(file, F_GETFL) & O_ACCMODE) == O_RDONLY;
    bool fails = call_breaks(reads           ? "close of what was read"
                             : file == spool ? "close of a spool"
                                             : "close");
    spool = file == spool ? -1 : spool;
    int result = __real_close(file);
    return fails ? (errno = EIO, -1) : result;
}

WRAP(int, mkstemp, (char *path))
{
    const bool spools = strstr(path, "/bpgen.") != NULL;
    if (call_breaks(spools ? "mkstemp of a spool" : "mkstemp"))
        return -1;
    const int file = __real_mkstemp(path);
    spool = spools ? file : spool;
    return file;
}

WRAP(int, fchmod, (int file, mode_t mode_)) 
{
    return call_breaks("fchmod") ? -1 : __real_fchmod(file, mode_);
}

WRAP(int, fsync, (int file)) { return call_breaks("fsync") ? -1 : __real_fsync(file); }

WRAP(int, rename, (const char *from, const char *to))
{
    return call_breaks("rename") ? -1 : __real_rename(from, to);
}

WRAP(ssize_t, readlink, (const char *path, char *to, size_t size))
{
    return call_breaks("readlink") ? -1 : __real_readlink(path, to, size);
}

WRAP(int, stat, (const char *path, struct stat *s))
{
    return call_breaks("stat") ? -1 : __real_stat(path, s);
}

WRAP(int, fstat, (int file, struct stat *s))
{
    return call_breaks("fstat") ? -1 : __real_fstat(file, s);
}

WRAP(int, isatty, (int file)) { return call_breaks("isatty") ? 0 : __real_isatty(file); }

WRAP(FILE *, fopen, (const char *path, const char *how))
{
    return call_breaks("fopen") ? NULL : __real_fopen(path, how);
}

/* The stream has to know: glibc's flag for an error. */
WRAP(size_t, fread, (void *bytes, size_t size, size_t number, FILE *file))
{
    if (!call_breaks("fread"))
        return __real_fread(bytes, size, number, file);
    file->_flags |= 0x20;
    return 0;
}

WRAP(size_t, fwrite, (const void *bytes, size_t size, size_t number, FILE *file))
{
    if (!call_breaks("say"))
        return __real_fwrite(bytes, size, number, file);
    file->_flags |= 0x20;
    return 0;
}

WRAP(int, fflush, (FILE *file)) { return call_breaks("say") ? EOF : __real_fflush(file); }

WRAP(int, fclose, (FILE *file))
{
    bool fails = call_breaks("fclose");
    int result = __real_fclose(file);
    return fails ? (errno = EIO, EOF) : result;
}

/* ---- the command line */

static void each_call(Mode what)
{
    for (fault = 1; fault < 10000; fault++) {
        reset();
        count = 0;
        mode = what;
        int status = run_child();
        if (!told->reached)
            break;
        judge(status);
    }
}

static void each_allocation(void)
{
    reset();
    redirect("/dev/null", 1);
    redirect("/dev/null", 2);
    mode = MODE_MEMORY;
    int status = bpgen_main(argument_count, arguments);
    mode = MODE_NONE;
    if (child)
        exit(status);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    step = strtoul(argv[2], NULL, 10);
    arguments = argv + 2;
    argument_count = argc - 2;
    arguments[0] = "bpgen";
    report = fdopen(dup(1), "w");
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    mkdir("after", 0777);
    reset();
    int status = run_child(); /* nothing fails: this is what comes out */
    if (!WIFEXITED(status) || WEXITSTATUS(status)) {
        load("fault.err", said);
        fprintf(report, "fault: %s", said);
        return 2;
    }
    rename("fault.out", "fault.stdout");
    rename("fault.err", "fault.stderr");
    each_file("after", forget_file);
    each_file(".", keep_file);
    if (!strcmp(argv[1], "memory"))
        each_allocation();
    else
        each_call(strcmp(argv[1], "short") ? MODE_CALLS : MODE_SHORT);
    fprintf(report, "%lu allocations or calls, %lu passed, %lu failed\n", count, passed, failed);
    fflush(report);
    return failed != 0;
}
