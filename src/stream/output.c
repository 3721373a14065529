#include "stream/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "stream/pipe.h"

static struct output *volatile opened; /* every output not yet closed */

static bool write_all(int fd, const char *at, size_t left)
{
    while (left > 0) {
        ssize_t put = write(fd, at, left);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        at += put;
        left -= (size_t)put;
    }
    return true;
}

/* Lists of what went wrong are saved, up to their last whole line; results are
 * not. Only calls what a signal handler may call. */
static void give_up(void)
{
    for (struct output *o = opened; o; o = o->next) {
        if (o->keep == OUTPUT_WHOLE) {
            if (o->temporary)
                unlink(o->temporary);
            continue;
        }
        size_t whole = o->buf.len;
        while (whole > 0 && o->buf.at[whole - 1] != '\n')
            whole--;
        bool listed = write_all(o->fd, o->buf.at, whole) && lseek(o->fd, 0, SEEK_CUR) > 0;
        if (o->temporary && !(listed && rename(o->temporary, o->target) == 0))
            unlink(o->temporary); /* an empty list must not replace an older one */
    }
}

static void on_signal(int number)
{
    give_up();
    signal(number, SIG_DFL);
    raise(number);
}

static void prepare(void)
{
    static bool prepared;
    if (prepared)
        return;
    prepared = true;
    fail_cleanup(give_up);
    const int deadly[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct sigaction old;
        /* a parent that ignores SIGPIPE must not turn a reader that left into an error;
         * the others stay ignored where nohup asked for it */
        bool ignored = sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN;
        if (deadly[i] == SIGPIPE || !ignored)
            signal(deadly[i], on_signal);
    }
}

static _Noreturn void cannot_write(const struct output *out)
{
    int error = errno;
    fail(STATUS_DATA, "cannot write %s: %s", out->name, strerror(error));
}

/* A new file gets the mode that open(2) would give it, a replaced one keeps its own. */
static mode_t mode_for(const struct stat *old)
{
    if (old)
        return old->st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static void open_beside(struct output *out, const char *file, const struct stat *old)
{
    /* through a link: the file that it names is replaced, not the link */
    out->target = old ? realpath(file, NULL) : strdup(file);
    if (!out->target)
        cannot_write(out);
    const char *slash = strrchr(out->target, '/');
    int folder = slash ? (int)(slash - out->target) + 1 : 0;
    if (asprintf(&out->temporary, "%.*s.%s.XXXXXX", folder, out->target, out->target + folder) < 0)
        fail_memory();
    out->fd = mkostemp(out->temporary, O_CLOEXEC);
    if (out->fd < 0) {
        int error = errno;
        free(out->temporary);
        out->temporary = NULL;
        errno = error;
        cannot_write(out);
    }
    if (fchmod(out->fd, mode_for(old)) != 0)
        cannot_write(out);
}

/* Where FILE is or would be, without links; NULL if its folder is not there. */
static char *place_of(const char *file)
{
    char *place = realpath(file, NULL);
    if (place)
        return place;
    const char *slash = strrchr(file, '/');
    const char *base = slash ? slash + 1 : file;
    char *path = strndup(file, (size_t)(base - file));
    if (!path)
        fail_memory();
    char *folder = realpath(*path ? path : ".", NULL);
    free(path);
    if (folder && asprintf(&place, "%s/%s", folder, base) < 0)
        fail_memory();
    free(folder);
    return place;
}

static bool same_file(const char *one, const char *other)
{
    char *a = place_of(one), *b = place_of(other);
    bool same = a && b && strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}

/* Two outputs in one file would overwrite each other. */
static void refuse_twice(const char *file)
{
    if (!file || strncmp(file, "/dev/", 5) == 0)
        return;
    for (const struct output *o = opened; o; o = o->next)
        if (o->name && same_file(o->name, file))
            fail(STATUS_USAGE, "%s named for two outputs (try --help)", quote(span_of(file)));
}

/* The descriptor behind /dev/stdout, /dev/stderr or /dev/fd/N, or -1: opening the
 * path anew would start at the beginning of a file that others write to. */
static int standard_fd(const char *file)
{
    if (strcmp(file, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(file, "/dev/stderr") == 0)
        return STDERR_FILENO;
    if (strncmp(file, "/dev/fd/", 8) != 0 || file[8] < '0' || file[8] > '9')
        return -1;
    return atoi(file + 8);
}

static void open_named(struct output *out, const char *file)
{
    int standard = standard_fd(file);
    struct stat old;
    bool exists = stat(file, &old) == 0;
    if (standard >= 0)
        out->fd = dup(standard);
    else if (!exists || S_ISREG(old.st_mode))
        open_beside(out, file, exists ? &old : NULL);
    else
        out->fd = open(file, O_WRONLY | O_CLOEXEC);
    if (out->fd < 0)
        cannot_write(out);
}

void output_open(struct output *out, const char *file, enum output_keep keep)
{
    prepare();
    *out = (struct output){.keep = keep, .name = file};
    refuse_twice(file);
    if (file && strcmp(file, "-") != 0) {
        open_named(out, file);
    } else {
        out->fd = STDOUT_FILENO;
        out->name = "standard output";
        if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
            cannot_write(out);
    }
    pipe_widen(out->fd);
    out->next = opened;
    opened = out;
}

void output_flush(struct output *out)
{
    if (!write_all(out->fd, out->buf.at, out->buf.len))
        cannot_write(out);
    buf_clear(&out->buf);
}

static void forget(struct output *out)
{
    if (opened == out) {
        opened = out->next;
        return;
    }
    struct output *o = opened;
    while (o && o->next != out)
        o = o->next;
    if (o)
        o->next = out->next;
}

void output_close(struct output *out)
{
    output_flush(out);
    /* on disk before it takes the place of what was there; pipes and devices cannot be synced */
    if (out->temporary && fsync(out->fd) != 0 && errno != EINVAL && errno != EROFS)
        cannot_write(out);
    if (close(out->fd) != 0)
        cannot_write(out);
    if (out->temporary && rename(out->temporary, out->target) != 0)
        cannot_write(out);
    forget(out);
    free(out->temporary);
    free(out->target);
    buf_free(&out->buf);
}
