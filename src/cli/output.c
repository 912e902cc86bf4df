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

/* All of it, or the number of the error. */
static int write_all(int file, const char *bytes, size_t length)
{
    while (length) {
        ssize_t done = write(file, bytes, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return done < 0 ? errno : ENOSPC;
        bytes += done;
        length -= (size_t)done;
    }
    return 0;
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
    int error = write_all(file, text->at, text->len);
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

/* Writes a new file and moves it to its place; what there was stays, and nothing else, if that
 * fails. Returns the number of the error. */
static int replace(Text *beside, const char *real, mode_t mode, const Text *text)
{
    int file = mkstemp(beside->at);
    if (file < 0)
        return errno;
    int error = write_all(file, text->at, text->len);
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

void output_write(Ctx *ctx, const char *path, const Text *text)
{
    struct stat s;
    const bool there = path && find(ctx, path, &s);
    int error = path ? 0 : write_all(STDOUT_FILENO, text->at, text->len);
    if (error)
        fail(ctx, "the standard output", error);
    if (there && source_was_read(ctx, &s))
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot write %s: it was read, too; give the output another name",
                  path);
    if (there && !S_ISREG(s.st_mode))
        write_special(ctx, path, text);
    else if (path)
        write_regular(ctx, path, there ? s.st_mode & 07777 : mode_new(), text);
}

/* Is this what is to be read, to the last byte? Or the number of the error. */
static int compare(int file, const Text *text, bool *equal)
{
    char bytes[1 << 14];
    size_t at = 0;
    for (;;) {
        ssize_t length = read(file, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return errno;
        *equal = length ? (size_t)length <= text->len - at &&
                              !memcmp(bytes, text->at + at, (size_t)length)
                        : at == text->len;
        if (!length || !*equal)
            return 0;
        at += (size_t)length;
    }
}

bool output_holds(Ctx *ctx, const char *path, const Text *text)
{
    struct stat s;
    if (find(ctx, path, &s) && !S_ISREG(s.st_mode))
        return false;
    bool equal = false;
    int file = open(path, O_RDONLY);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return false;
    int error = file < 0 ? errno : compare(file, text, &equal);
    if (file >= 0)
        close(file);
    if (error)
        ctx_fatal(ctx, STATUS_SYSTEM, "cannot read %s: %s", path, strerror(error));
    return equal;
}
