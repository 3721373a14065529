/* workers -- tasks done in processes of their own. */
#include "letters/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/child.h"
#include "base/fail.h"
#include "base/watched.h"
#include "stream/output.h"

#define MEMORY ((rlim_t)4 << 30)
#define AHEAD 16 /* results that may wait for an earlier one, for each job */
#define BLOCK ((size_t)256 * 1024)

enum state { WAITING, RUNNING, OVER };

struct job {
    enum state state;
    enum workers_end end;
    pid_t pid;
    int fd;
    int64_t deadline; /* milliseconds */
    struct buf out;
    bool killed;
};

struct crew {
    const struct workers *w;
    struct job *jobs; /* by task, a ring of WIDTH */
    size_t width, started, given, running;
    struct pollfd *fds;
    size_t *owners;
};

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void workers_print(int out, struct span text)
{
    while (text.len) {
        ssize_t n = write(out, text.at, text.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(STATUS_DATA);
        text = (struct span){text.at + n, text.len - (size_t)n};
    }
}

static void limit(unsigned what, rlim_t to)
{
    struct rlimit l = {to, to};
    setrlimit(what, &l);
}

/* The new process must neither remove the outputs of the one it came from nor speak for it. */
_Noreturn static void become(const struct workers *w, size_t task, int out)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGQUIT, SIGXCPU, SIGXFSZ};
    output_leave();
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (quiet >= 0)
        dup2(quiet, STDERR_FILENO);
    if (!WATCHED)                   /* a sanitizer holds far more memory than a reader */
        limit(RLIMIT_DATA, MEMORY); /* not of files that are mapped */
    limit(RLIMIT_CPU, w->seconds);
    limit(RLIMIT_CORE, 0);
    w->work(w->data, task, out);
    _exit(STATUS_OK);
}

static void start(struct crew *c)
{
    size_t task = c->started++;
    struct job *j = &c->jobs[task % c->width];
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        fail(STATUS_DATA, "cannot make a pipe: %s", strerror(errno));
    *j = (struct job){.state = RUNNING, .fd = ends[0], .out = j->out};
    buf_clear(&j->out);
    j->deadline = now() + (int64_t)c->w->seconds * 2000;
    j->pid = child_fork(SIGKILL);
    if (j->pid < 0)
        fail(STATUS_DATA, "cannot start a process: %s", strerror(errno));
    if (j->pid == 0)
        become(c->w, task, ends[1]);
    close(ends[1]);
    c->running++;
}

static void finish(struct crew *c, struct job *j)
{
    int status = 0;
    close(j->fd);
    while (waitpid(j->pid, &status, 0) < 0 && errno == EINTR)
        ;
    bool out_of_time = j->killed || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) ||
                       (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    bool out_of_memory = WIFEXITED(status) && WEXITSTATUS(status) != STATUS_OK;
    j->end = out_of_time || out_of_memory ? WORKERS_TOO_LARGE
             : WIFSIGNALED(status)        ? WORKERS_CRASHED
                                          : WORKERS_DONE;
    while (j->out.len && j->out.at[j->out.len - 1] != '\n')
        j->out.len--;
    j->state = OVER;
    c->running--;
}

static void take(struct crew *c, struct job *j)
{
    buf_reserve(&j->out, BLOCK);
    ssize_t got = read(j->fd, j->out.at + j->out.len, BLOCK);
    if (got < 0 && errno == EINTR)
        return;
    if (got < 0)
        fail(STATUS_DATA, "cannot read what a document gave: %s", strerror(errno));
    if (got > 0)
        j->out.len += (size_t)got;
    else
        finish(c, j);
}

/* Waits until some task has something to say, or has run out of time. */
static void attend(struct crew *c)
{
    size_t count = 0;
    int64_t next = INT32_MAX;
    for (size_t task = c->given; task < c->started; task++) {
        struct job *j = &c->jobs[task % c->width];
        if (j->state != RUNNING)
            continue;
        int64_t left = j->deadline - now();
        if (left <= 0 && !j->killed) {
            j->killed = true;
            kill(j->pid, SIGKILL);
        }
        next = !j->killed && left < next ? left : next;
        c->fds[count] = (struct pollfd){.fd = j->fd, .events = POLLIN};
        c->owners[count++] = task % c->width;
    }
    if (poll(c->fds, count, (int)next) <= 0)
        return;
    for (size_t i = 0; i < count; i++)
        if (c->fds[i].revents)
            take(c, &c->jobs[c->owners[i]]);
}

static void give(struct crew *c)
{
    while (c->given < c->started && c->jobs[c->given % c->width].state == OVER) {
        struct job *j = &c->jobs[c->given % c->width];
        c->w->done(c->w->data, c->given++, buf_span(&j->out), j->end);
        j->state = WAITING;
    }
}

void workers_run(const struct workers *w)
{
    struct crew c = {.w = w, .width = w->jobs * AHEAD};
    struct arena arena = {0};
    c.jobs = arena_array(&arena, c.width, sizeof *c.jobs);
    c.fds = arena_array(&arena, c.width, sizeof *c.fds);
    c.owners = arena_array(&arena, c.width, sizeof *c.owners);
    while (c.given < w->tasks) {
        while (c.running < w->jobs && c.started < w->tasks && c.started - c.given < c.width)
            start(&c);
        attend(&c);
        give(&c);
    }
    for (size_t i = 0; i < c.width; i++)
        buf_free(&c.jobs[i].out);
    arena_free(&arena);
}
