/* converter -- another program that turns a document into text, held on a short lead. */
#include "converter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/child.h"
#include "base/fail.h"

#define MEMORY ((rlim_t)2 << 30)
#define BLOCK ((size_t)64 * 1024)
#define MAX_ERRORS ((size_t)4096)
#define ABSENT 127

struct running {
    pid_t pid;
    int out, errors;
    int64_t deadline; /* milliseconds */
};

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int lend(struct span bytes)
{
    int fd = memfd_create("document", MFD_CLOEXEC);
    for (size_t done = 0; fd >= 0 && done < bytes.len;) {
        ssize_t n = write(fd, bytes.at + done, bytes.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        done += (size_t)n;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

static void limit(unsigned what, rlim_t to)
{
    struct rlimit l = {to, to};
    setrlimit(what, &l);
}

/* In the new process: nothing here may allocate or return. */
_Noreturn static void become(const struct reader *r, const char *const *argv, int in, int out,
                             int errors)
{
    limit(RLIMIT_AS, MEMORY);
    limit(RLIMIT_CPU, r->limits.seconds);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(errors, STDERR_FILENO) < 0)
        _exit(ABSENT);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(ABSENT);
}

static bool start(const struct reader *r, const char *const *argv, struct span bytes,
                  struct running *p)
{
    int in = lend(bytes), out[2] = {-1, -1}, errors[2] = {-1, -1};
    if (in < 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0)
        fail(STATUS_DATA, "cannot start %s: %s", argv[0], strerror(errno));
    p->pid = child_fork(SIGKILL);
    if (p->pid == 0)
        become(r, argv, in, out[1], errors[1]);
    close(in);
    close(out[1]);
    close(errors[1]);
    p->out = out[0];
    p->errors = errors[0];
    p->deadline = now() + (int64_t)r->limits.seconds * 1000;
    return p->pid > 0;
}

/* Takes what FD has. False at its end. */
static bool take(int fd, size_t max, struct buf *b, bool *over)
{
    buf_reserve(b, BLOCK);
    ssize_t got = read(fd, b->at + b->len, BLOCK);
    if (got < 0 && errno == EINTR)
        return true;
    if (got < 0)
        fail(STATUS_DATA, "cannot read what a converter gave: %s", strerror(errno));
    if (got == 0)
        return false;
    if (b->len + (size_t)got <= max)
        b->len += (size_t)got;
    else
        *over = true;
    return true;
}

/* Takes both outputs to their ends. False if that takes too long or gets too long. */
static bool listen_to(const struct reader *r, struct running *p, struct buf *out,
                      struct buf *errors)
{
    struct pollfd fds[2] = {{.fd = p->out, .events = POLLIN}, {.fd = p->errors, .events = POLLIN}};
    bool too_long = false, ignored = false;
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        int64_t left = p->deadline - now();
        int ready = left > 0 ? poll(fds, 2, (int)left) : 0;
        if (ready == 0 || too_long)
            return false;
        if (ready < 0)
            continue;
        if (fds[0].revents && !take(p->out, r->limits.bytes, out, &too_long))
            fds[0].fd = -1;
        if (fds[1].revents && !take(p->errors, MAX_ERRORS, errors, &ignored))
            fds[1].fd = -1;
    }
    return true;
}

enum converter_end converter_run(const struct reader *r, const char *const *argv, struct span bytes,
                                 struct buf *out, struct buf *errors, struct trouble *t)
{
    struct running p;
    int status = 0;
    if (!start(r, argv, bytes, &p))
        fail(STATUS_DATA, "cannot start %s: %s", argv[0], strerror(errno));
    bool in_time = listen_to(r, &p, out, errors);
    if (!in_time)
        kill(p.pid, SIGKILL);
    close(p.out);
    close(p.errors);
    while (waitpid(p.pid, &status, 0) < 0 && errno == EINTR)
        ;
    bool out_of_time = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
    if (!in_time || out_of_time || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)) {
        trouble_set(t, TROUBLE_TOO_LARGE, "%s took more than %u s or wrote too much", argv[0],
                    r->limits.seconds);
        return CONVERTER_TOO_LARGE;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == ABSENT)
        return CONVERTER_ABSENT;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? CONVERTER_DONE : CONVERTER_FAILED;
}
