#include "stream/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/broken.h"
#include "base/fail.h"
#include "base/writing.h"
#include "placing.h"
#include "stream/keeping.h"
#include "stream/leftover.h"
#include "stream/link.h"
#include "stream/pipe.h"

#define UNCHOSEN "XXXXXX" /* what mkostemp() wants at the end of a name */

/* Every output not yet in its place: open ones, and whole ones that wait for these. */
static struct output *volatile pending;
static pid_t opener; /* the process that they are of */

/* Lists of what went wrong are saved, as far as they are on their way; results are not. Only
 * calls what a signal handler may call, and touches no buffer, which may just be moving. */
static void give_up(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL); /* a second signal waits until all is cleared away */
    for (struct output *o = pending; o; o = o->next) {
        if (!o->temporary)
            continue;
        /* an empty list must not replace an older one */
        bool listed = o->keep == OUTPUT_KEPT && o->written > 0;
        if (!(listed && rename(o->temporary, o->target) == 0))
            unlink(o->temporary);
    }
}

/* A library that ends the program by exit() must not leave unfinished files; a child may. */
static void at_exit(void)
{
    if (pending && getpid() == opener)
        give_up();
}

static void on_signal(int number)
{
    give_up();
    signal(number, SIG_DFL);
    raise(number);
    sigset_t this;
    sigemptyset(&this);
    sigaddset(&this, number);
    sigprocmask(SIG_UNBLOCK, &this, NULL);
}

/* Whether the signal ends a program and can be caught: all do but these, those of real time too. */
static bool is_deadly(int number)
{
    static const int others[] = {SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN,  SIGTTOU,
                                 SIGCHLD, SIGCONT, SIGURG,  SIGWINCH, SIGXFSZ};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (number == others[i])
            return false;
    return true;
}

static void prepare(void)
{
    static bool prepared;
    if (prepared)
        return;
    prepared = true;
    opener = getpid();
    if (atexit(at_exit) != 0)
        fail_memory();
    fail_cleanup(give_up);
    for (int number = 1; number <= SIGRTMAX; number++) {
        struct sigaction old;
        /* a parent that ignores SIGPIPE must not turn a reader that left into an error;
         * the others stay ignored where nohup asked for it, or a sanitizer's own */
        bool is_free =
            is_deadly(number) && sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_DFL;
        if (number == SIGPIPE || is_free)
            signal(number, on_signal);
    }
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is told as a failed write */
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

/* A new file by the name of out->temporary, whose last letters are chosen, held against sweeps. */
static void make_temporary(struct output *out)
{
    char *chosen = out->temporary + strlen(out->temporary) - strlen(UNCHOSEN);
    do {
        memcpy(chosen, UNCHOSEN, strlen(UNCHOSEN));
        if (out->fd >= 0)
            close(out->fd); /* nothing was written */
        out->fd = mkostemp(out->temporary, O_CLOEXEC);
    } while (out->fd >= 0 && !leftover_hold(out->fd));
    if (out->fd >= 0)
        return;
    int error = errno;
    free(out->temporary);
    out->temporary = NULL;
    errno = error;
    cannot_write(out);
}

static void open_beside(struct output *out, const char *file, const struct stat *old)
{
    /* through a link: the file that it names is replaced, not the link */
    out->target = old ? realpath(file, NULL) : strdup(file);
    if (!out->target)
        cannot_write(out);
    const char *slash = strrchr(out->target, '/');
    int folder = slash ? (int)(slash - out->target) + 1 : 0;
    if (asprintf(&out->temporary, "%.*s.%s." UNCHOSEN, folder, out->target, out->target + folder) <
        0)
        fail_memory();
    leftover_sweep(out->target);
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before); /* none comes between a file and its place in the list */
    make_temporary(out);
    out->next = pending;
    pending = out;
    sigprocmask(SIG_SETMASK, &before, NULL);
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
    for (const struct output *o = pending; o; o = o->next)
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

/* What is written next stands in the link's memory at once. */
static void lend(struct output *out)
{
    if (!link_lend(out->link, &out->buf, &out->places->lines))
        cannot_write(out);
    places_start(out->places, 0);
}

static void open_link(struct output *out)
{
    out->link = link_find(STDOUT_FILENO);
    if (!out->link)
        return;
    out->places = calloc(1, sizeof *out->places);
    if (!out->places)
        fail_memory();
    lend(out);
}

void output_open(struct output *out, const char *file, enum output_keep keep)
{
    prepare();
    *out = (struct output){.fd = -1, .held = -1, .keep = keep, .name = file};
    refuse_twice(file);
    if (file && strcmp(file, "-") != 0) {
        open_named(out, file);
    } else {
        out->fd = STDOUT_FILENO;
        out->name = "standard output";
        int flags = fcntl(STDOUT_FILENO, F_GETFL);
        bool is_closed = flags >= 0 && (flags & O_ACCMODE) == O_RDONLY; /* see base/standard.h */
        if (is_closed)
            errno = EBADF;
        if (flags < 0 || is_closed)
            cannot_write(out);
        open_link(out);
        out->kept = keeping_find();
    }
    pipe_widen(out->fd);
    if (!out->temporary) {
        out->next = pending;
        pending = out;
    }
}

/* What a line not yet ended was noted as goes with it: only whole lines have places. */
static bool write_link(struct output *out)
{
    struct places *p = out->places;
    bool whole = p->start == out->buf.len;
    struct span places = {p->lines.at, whole ? p->head : 0};
    return link_write(out->link, buf_span(&out->buf), places);
}

void output_leave(void)
{
    for (const struct output *o = pending; o; o = o->next) {
        if (o->fd > STDERR_FILENO)
            close(o->fd);
        if (o->held >= 0)
            close(o->held);
    }
    pending = NULL;
    fail_cleanup(NULL);
}

static void pass_on(struct output *out)
{
    if (out->kept)
        keeping_add(out->kept, buf_span(&out->buf));
    if (out->link ? !write_link(out) : !writing_all(out->fd, buf_span(&out->buf)))
        cannot_write(out);
    out->written += out->buf.len;
    buf_clear(&out->buf);
}

void output_flush(struct output *out)
{
    pass_on(out);
    if (out->link)
        lend(out);
}

static void forget(struct output *out)
{
    struct output *o = pending;
    if (o == out) {
        pending = out->next;
        return;
    }
    while (o && o->next != out)
        o = o->next;
    if (o)
        o->next = out->next;
}

static bool is_synced(void)
{
    const char *asked = getenv("FOI_SYNC");
    return !asked || strcmp(asked, "no") != 0;
}

static void free_waiting(struct output *o)
{
    close(o->held); /* its data was checked when the output was closed */
    free(o->temporary);
    free(o->target);
    free(o->shown);
    free(o);
}

/* REFUSED did not get its place: those before it leave theirs. */
static void undo_places(struct output *refused)
{
    int error = errno;
    for (const struct output *o = pending; o != refused; o = o->next)
        if (!placing_undo(o->placing))
            warn("%s is the new one already: %s", o->name, strerror(errno));
    errno = error;
}

static void move_all(const sigset_t *unblocked)
{
    for (struct output *o = pending; o; o = o->next) {
        if (placing_take(o->placing, o->next ? PLACING_UNDONE : PLACING_LAST))
            continue;
        undo_places(o);
        sigprocmask(SIG_SETMASK, unblocked, NULL);
        cannot_write(o);
    }
    while (pending) {
        struct output *o = pending;
        pending = o->next;
        placing_settle(o->placing);
        free_waiting(o);
    }
}

/* All take their places, when none is open any more: the file of one run never stands beside
 * that of another. A signal waits, since what it finds must be all or none, too. What a pipe
 * brought of which another stage has failed is not whole, and takes no place. */
static void take_places(void)
{
    for (const struct output *o = pending; o; o = o->next)
        if (o->fd >= 0)
            return;
    if (pending && broken_is())
        fail_with_pipe();
    fail_settle();
    enum placing_sync sync = is_synced() ? PLACING_SYNC : PLACING_NO_SYNC;
    for (struct output *o = pending; o; o = o->next)
        o->placing = placing_new(o->temporary, o->target, sync);
    sigset_t all, unblocked;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &unblocked);
    move_all(&unblocked);
    sigprocmask(SIG_SETMASK, &unblocked, NULL);
}

/* Stands in for OUT until its place is taken, since OUT itself may be gone by then. */
static void wait_for_others(struct output *out)
{
    struct output *waiting = calloc(1, sizeof *waiting);
    char *shown = strdup(out->name);
    if (!waiting || !shown)
        fail_memory();
    *waiting = (struct output){.fd = -1,
                               .held = out->held,
                               .keep = out->keep,
                               .written = out->written,
                               .name = shown,
                               .shown = shown,
                               .target = out->target,
                               .temporary = out->temporary,
                               .next = pending};
    pending = waiting;
    forget(out);
}

/* The lock on the temporary file lasts as long as a descriptor of it is open. */
static void hold_on(struct output *out)
{
    out->held = fcntl(out->fd, F_DUPFD_CLOEXEC, 0);
    if (out->held < 0)
        cannot_write(out);
}

void output_close(struct output *out)
{
    pass_on(out);
    /* on disk before it takes the place of what was there; pipes and devices cannot be synced */
    if (out->temporary && is_synced() && fsync(out->fd) != 0 && errno != EINVAL && errno != EROFS)
        cannot_write(out);
    if (out->temporary)
        hold_on(out);
    int fd = out->fd;
    out->fd = -1;
    if (close(fd) != 0)
        cannot_write(out);
    if (out->temporary)
        wait_for_others(out);
    else
        forget(out);
    buf_free(&out->buf);
    link_close(out->link);
    if (out->kept)
        keeping_close(out->kept);
    free(out->kept);
    if (out->places)
        buf_free(&out->places->lines);
    free(out->places);
    take_places();
}
