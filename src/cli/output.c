/* Text in, a file complete or untouched: written beside it under another name, then moved to
 * its place. Devices, pipes and the standard output are written to as they are.
 * And whether a file holds a text already. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* A file that is written, and the number of the error. */
typedef struct Written {
    int file;
    int error;
} Written;

static bool write_run(void *with, const char *bytes, size_t length)
{
    Written *w = with;
    while (length && !w->error) {
        ssize_t done = write(w->file, bytes, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            w->error = done < 0 ? errno : ENOSPC;
        } else {
            bytes += done;
            length -= (size_t)done;
        }
    }
    return !w->error;
}

/* All of it, or the number of the error. */
static int write_all(int file, const Text *text)
{
    Written written = {file, 0};
    if (!text_each(text, write_run, &written) && !written.error)
        return errno;
    return written.error;
}

_Noreturn static void fail(Ctx *ctx, const char *path, int error);
static void fail(Ctx *ctx, const char *path, int error)
{
    ctx_fatal(ctx, STATUS_SYSTEM, "cannot write %s: %s", path, strerror(error));
}

/* What is at the end of the path? False if nothing is. */
static bool find(Ctx *ctx, const char *path, struct stat *s)
{
    if (!stat(path, s))
        return true;
    if (errno != ENOENT && errno != ENOTDIR)
        fail(ctx, path, errno);
    return false;
}

/* What is no regular file is opened and written to. */
static void write_special(Ctx *ctx, const char *path, const Text *text)
{
    int file = open(path, O_WRONLY);
    if (file < 0)
        fail(ctx, path, errno);
    int error = write_all(file, text);
    if (close(file) && !error)
        error = errno;
    if (error)
        fail(ctx, path, error);
}

/* What the mask allows a new file. */
static mode_t mode_new(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Where symbolic links lead: they stay, and what is at their end is replaced, or made. */
static Text follow(Ctx *ctx, const char *path)
{
    enum { LINKS_MOST = 40 };
    Text real = text_new(ctx);
    char link[4096];
    text_put(&real, path);
    for (int i = 0; i < LINKS_MOST; i++) {
        ssize_t length = readlink(real.at, link, sizeof link);
        if (length < 0 || (size_t)length == sizeof link)
            break;
        const char *slash = *link == '/' ? NULL : strrchr(real.at, '/');
        real.len = slash ? (size_t)(slash - real.at) + 1 : 0;
        text_bytes(&real, link, (size_t)length);
    }
    return real;
}

/* The folder that holds what a path leads to, and its name there; NULL if there is none. */
static const char *place_of(Text *real, struct stat *folder)
{
    const char *slash = strrchr(real->at, '/');
    const size_t length = slash ? (size_t)(slash - real->at) : 0;
    Text path = text_new(real->ctx);
    text_bytes(&path, slash ? real->at : ".", length ? length : 1);
    return !find(real->ctx, path.at, folder) ? NULL : slash ? slash + 1 : real->at;
}

bool output_is_same(Ctx *ctx, const char *a, const char *b)
{
    Text real_a = follow(ctx, a), real_b = follow(ctx, b);
    struct stat in_a, in_b;
    const char *name_a = place_of(&real_a, &in_a), *name_b = place_of(&real_b, &in_b);
    return name_a && name_b && in_a.st_dev == in_b.st_dev && in_a.st_ino == in_b.st_ino &&
           !strcmp(name_a, name_b);
}

/* Writes a new file and moves it to its place; what there was stays, and nothing else, if that
 * fails. Returns the number of the error. */
static int replace(Text *beside, const char *real, mode_t mode, const Text *text)
{
    int file = mkstemp(beside->at);
    if (file < 0)
        return errno;
    int error = write_all(file, text);
    if (!error && fchmod(file, mode))
        error = errno;
    if (close(file) && !error)
        error = errno;
    if (!error && rename(beside->at, real))
        error = errno;
    if (error)
        unlink(beside->at);
    return error;
}

/* Who interrupts is heard when the file is in its place: none is left beside it. */
static void write_regular(Ctx *ctx, const char *path, mode_t mode, const Text *text)
{
    static const int interrupts[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    Text real = follow(ctx, path), beside = text_new(ctx);
    text_printf(&beside, "%s.XXXXXX", real.at);
    sigset_t held, before;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof interrupts / sizeof *interrupts; i++)
        sigaddset(&held, interrupts[i]);
    sigprocmask(SIG_BLOCK, &held, &before);
    int error = replace(&beside, real.at, mode, text);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (error)
        fail(ctx, path, error);
}

bool output_is_special(Ctx *ctx, const char *path)
{
    struct stat s;
    return find(ctx, path, &s) && !S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode);
}

void output_check(Ctx *ctx, const char *path)
{
    struct stat s;
    if (path && find(ctx, path, &s) && source_was_read(ctx, &s))
        ctx_fatal(ctx, STATUS_SYSTEM,
                  "cannot write %s: it was read, too; give the output another name", path);
}

void output_write(Ctx *ctx, const char *path, const Text *text)
{
    struct stat s;
    output_check(ctx, path);
    const bool there = path && find(ctx, path, &s);
    int error = path ? 0 : write_all(STDOUT_FILENO, text);
    if (error)
        fail(ctx, "the standard output", error);
    if (there && !S_ISREG(s.st_mode))
        write_special(ctx, path, text);
    else if (path)
        write_regular(ctx, path, there ? s.st_mode & 07777 : mode_new(), text);
}

/* A file that is compared with a text, and the number of the error. */
typedef struct Compared {
    int file;
    int error;
    bool differs;
} Compared;

/* Are these the bytes that come next in the file? */
static bool compare_run(void *with, const char *bytes, size_t length)
{
    Compared *c = with;
    char found[1 << 14];
    while (length) {
        ssize_t done = read(c->file, found, length < sizeof found ? length : sizeof found);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            c->error = errno;
        if (done <= 0 || memcmp(bytes, found, (size_t)done) != 0) {
            c->differs = true;
            return false;
        }
        bytes += done;
        length -= (size_t)done;
    }
    return true;
}

/* Is there no more in it? */
static bool is_at_end(Compared *c)
{
    char more;
    ssize_t done;
    do
        done = read(c->file, &more, 1);
    while (done < 0 && errno == EINTR);
    if (done < 0)
        c->error = errno;
    return !done;
}

bool output_holds(Ctx *ctx, const char *path, const Text *text)
{
    struct stat s;
    if (find(ctx, path, &s) && !S_ISREG(s.st_mode))
        return false;
    Compared c = {open(path, O_RDONLY), 0, false};
    if (c.file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return false;
    if (c.file < 0)
        c.error = errno;
    const bool whole = c.file >= 0 && text_each(text, compare_run, &c);
    if (!whole && !c.differs && !c.error)
        c.error = errno;
    const bool equal = whole && is_at_end(&c);
    if (c.file >= 0)
        close(c.file);
    if (c.error)
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read %s: %s", path, strerror(c.error));
    return equal;
}
