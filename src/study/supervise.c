/* supervise -- the stages' script as a process group of its own. */
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/child.h"
#include "base/fail.h"

#define TICK_MS 200      /* between two drawings of the meter */
#define PATIENCE_MS 2000 /* for a group that was told to end */
#define SAID_BYTES ((size_t)4096)

static volatile sig_atomic_t caught; /* the signal that is to end us */

static void on_signal(int number)
{
    caught = number;
}

static void on_child(int number)
{
    (void)number;
    /* a sleep ends by it, which is all that is wanted */
}

static const int DEADLY[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM,  SIGXCPU,
                             SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM};

/* The signals wait until they are asked for, so that none comes between a look and a sleep.
 * Those that a parent ignores (nohup) stay ignored. */
static void watch_signals(sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof DEADLY / sizeof *DEADLY; i++) {
        struct sigaction old, mine = {.sa_handler = on_signal};
        if (sigaction(DEADLY[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN)
            continue;
        sigaction(DEADLY[i], &mine, NULL);
        sigaddset(&held, DEADLY[i]);
    }
    struct sigaction child = {.sa_handler = on_child};
    sigaction(SIGCHLD, &child, NULL);
    sigaddset(&held, SIGCHLD);
    signal(SIGPIPE, SIG_IGN); /* nobody may be left to hear what a stage says */
    sigprocmask(SIG_BLOCK, &held, before);
}

/* ---- the child ---- */

static _Noreturn void become(const struct supervise *s, int said, const sigset_t *mask)
{
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    int nothing = dup2(said, STDERR_FILENO) < 0 ? -1 : open("/dev/null", O_RDONLY);
    if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0)
        execvp(s->command[0], s->command);
    warn("cannot run %s: %s", s->command[0], strerror(errno));
    _exit(STATUS_DATA);
}

static pid_t start(const struct supervise *s, int *said, const sigset_t *mask)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        fail(STATUS_DATA, "cannot make a pipe: %s", strerror(errno));
    pid_t child = child_fork(SIGTERM); /* when we are killed, it need not go on */
    if (child < 0)
        fail(STATUS_DATA, "cannot start a process: %s", strerror(errno));
    if (child == 0)
        become(s, ends[1], mask);
    setpgid(child, child); /* whichever of the two comes first */
    close(ends[1]);
    *said = ends[0];
    return child;
}

/* ---- what it says ---- */

struct saying {
    const struct supervise *s;
    struct buf line;
};

static void put_error(struct span text)
{
    while (text.len > 0) {
        ssize_t put = write(STDERR_FILENO, text.at, text.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return; /* there is nowhere left to report to */
        text = (struct span){text.at + put, text.len - (size_t)put};
    }
}

/* A line, with the folder that will be gone told as what will be there. */
static void pass_line(struct saying *y)
{
    struct span rest = buf_span(&y->line), hide = span_of(y->s->hide);
    struct buf out = {0};
    const char *found;
    while ((found = memmem(rest.at, rest.len, hide.at, hide.len))) {
        buf_add(&out, span_from(rest.at, found));
        buf_add(&out, span_of(y->s->show));
        rest = span_from(found + hide.len, span_end(rest));
    }
    buf_add(&out, rest);
    if (y->s->meter)
        meter_clear(y->s->meter);
    if (y->s->heard)
        y->s->heard(buf_span(&out));
    else
        put_error(buf_span(&out));
    buf_free(&out);
    buf_clear(&y->line);
}

/* False when no process has the pipe open any more. */
static bool hear(struct saying *y, int said)
{
    char text[SAID_BYTES];
    ssize_t got = read(said, text, sizeof text);
    if (got <= 0)
        return got < 0 && (errno == EINTR || errno == EAGAIN);
    for (ssize_t i = 0; i < got; i++) {
        buf_addc(&y->line, text[i]);
        if (text[i] == '\n')
            pass_line(y);
    }
    return true;
}

/* ---- its end ---- */

/* Waits for CHILD for at most so long. */
static bool is_gone(pid_t child, int *status, int milliseconds)
{
    static const struct timespec moment = {.tv_nsec = 10 * 1000 * 1000};
    for (int waited = 0; waited <= milliseconds; waited += 10) {
        if (waitpid(child, status, WNOHANG) == child)
            return true;
        nanosleep(&moment, NULL);
    }
    return false;
}

static _Noreturn void end_by_signal(const struct supervise *s, pid_t child)
{
    int status;
    kill(-child, SIGTERM);
    if (!is_gone(child, &status, PATIENCE_MS)) {
        kill(-child, SIGKILL);
        is_gone(child, &status, PATIENCE_MS);
    }
    kill(-child, SIGKILL); /* stages that outlive their script */
    if (s->meter)
        meter_clear(s->meter);
    s->clean();
    signal(caught, SIG_DFL);
    sigset_t all;
    sigemptyset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    raise(caught);
    _exit(128 + caught);
}

/* Until the script has ended and all it said is passed on. */
static int attend(const struct supervise *s, pid_t child, int said, const sigset_t *mask)
{
    struct saying y = {.s = s};
    const struct timespec tick = {.tv_nsec = TICK_MS * 1000 * 1000};
    int status = 0;
    bool open = true, running = true;
    while (open || running) {
        struct pollfd heard = {.fd = open ? said : -1, .events = POLLIN};
        if (running && waitpid(child, &status, WNOHANG) == child)
            running = false;
        int ready = ppoll(&heard, 1, &tick, mask);
        if (caught)
            end_by_signal(s, child);
        if (ready > 0)
            open = hear(&y, said);
        else if (!running)
            break; /* a process that it left behind still has the pipe */
        if (s->meter)
            meter_draw(s->meter);
    }
    if (y.line.len)
        pass_line(&y);
    buf_free(&y.line);
    return status;
}

int supervise(const struct supervise *s)
{
    sigset_t before;
    int said;
    watch_signals(&before);
    pid_t child = start(s, &said, &before);
    int status = attend(s, child, said, &before);
    kill(-child, SIGKILL); /* whatever it left behind must not write into what is now finished */
    close(said);
    if (s->meter)
        meter_clear(s->meter);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
