/* swap -- a stage of the user's own: its records counted, its end judged.
 *
 * A stage that stops reading is not seen by its neighbours as long as what it left unread
 * fits into the pipe. So the reading end of its input is held here as well, and what still
 * stands in it when the stage has ended tells. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/child.h"
#include "base/fail.h"
#include "files.h"
#include "stream/emit.h"
#include "stream/keeping.h"
#include "stream/pipe.h"
#include "study/keep.h"

#define SWAP_BLOCK ((size_t)256 * 1024)
#define LOOK_MS 20 /* between two looks at a child that says no more */

struct swapped {
    const struct swap *s;
    pid_t child;
    int unread;       /* the reading end of the child's input, held for a look at its end */
    int to, from;     /* the child's input and output */
    char *in, *out;   /* blocks on their way */
    size_t at, end;   /* what of IN the child has not been given yet */
    bool input_ended; /* ours */
    bool is_over;     /* the child, which ended with STATUS */
    int status;
    struct keeping_lines read, written;
};

static void make_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        fail(STATUS_DATA, "cannot make a pipe: %s", strerror(errno));
}

static _Noreturn void become(const struct swap *s, int in, int out)
{
    signal(SIGPIPE, SIG_DFL);
    if ((in >= 0 && dup2(in, STDIN_FILENO) < 0) || dup2(out, STDOUT_FILENO) < 0 ||
        (s->folder && chdir(s->folder) != 0)) {
        warn("%s: cannot run %s: %s", s->name, quote(span_of(s->shown)), strerror(errno));
        _exit(STATUS_DATA);
    }
    execvp(s->command[0], s->command);
    warn("%s: cannot run %s: %s", s->name, quote(span_of(s->command[0])), strerror(errno));
    _exit(127);
}

static void start(struct swapped *w)
{
    int in[2] = {-1, -1}, out[2];
    if (w->s->reads)
        make_pipe(in);
    make_pipe(out);
    w->child = child_fork(SIGTERM);
    if (w->child < 0)
        fail(STATUS_DATA, "%s: cannot start a process: %s", w->s->name, strerror(errno));
    if (w->child == 0)
        become(w->s, in[0], out[1]);
    close(out[1]);
    w->unread = in[0];
    w->to = in[1];
    w->from = out[0];
    if (w->to >= 0 && fcntl(w->to, F_SETFL, O_NONBLOCK) != 0)
        fail(STATUS_DATA, "%s: %s", w->s->name, strerror(errno));
}

/* A read that only ends without bytes at the end of the file. */
static size_t read_some(int fd, char *at, const char *name)
{
    ssize_t got;
    do
        got = read(fd, at, SWAP_BLOCK);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail(STATUS_DATA, "%s: %s", name, strerror(errno));
    return (size_t)got;
}

static void take_input(struct swapped *w)
{
    w->at = 0;
    w->end = read_some(STDIN_FILENO, w->in, "<stdin>");
    w->input_ended = w->end == 0;
    keeping_count(&w->read, (struct span){w->in, w->end});
    if (!w->input_ended)
        return;
    close(w->to);
    w->to = -1;
}

static void give(struct swapped *w)
{
    ssize_t put = write(w->to, w->in + w->at, w->end - w->at);
    if (put > 0)
        w->at += (size_t)put;
    else if (put < 0 && errno != EAGAIN && errno != EINTR)
        fail(STATUS_DATA, "%s: %s", w->s->name, strerror(errno));
}

/* Whether the child has more to say. */
static bool pass_on(struct swapped *w)
{
    size_t got = read_some(w->from, w->out, w->s->name);
    keeping_count(&w->written, (struct span){w->out, got});
    files_write_all(STDOUT_FILENO, (struct span){w->out, got}, "standard output");
    return got > 0;
}

/* Whether the child has ended, looked at without waiting. */
static bool is_over(struct swapped *w)
{
    w->is_over = w->is_over || waitpid(w->child, &w->status, WNOHANG) == w->child;
    return w->is_over;
}

/* Until the child has said all and got all. One that closes its output may still read: it is given
 * what there is as long as it lives. */
static void pump(struct swapped *w)
{
    while (w->from >= 0 || (w->to >= 0 && !is_over(w))) {
        bool hungry = w->to >= 0 && w->at == w->end, full = w->to >= 0 && w->at < w->end;
        struct pollfd polled[] = {{.fd = w->from, .events = POLLIN},
                                  {.fd = hungry ? STDIN_FILENO : -1, .events = POLLIN},
                                  {.fd = full ? w->to : -1, .events = POLLOUT}};
        if (poll(polled, 3, w->from >= 0 ? -1 : LOOK_MS) < 0 && errno != EINTR)
            fail(STATUS_DATA, "%s: %s", w->s->name, strerror(errno));
        if (polled[1].revents)
            take_input(w);
        else if (polled[2].revents)
            give(w);
        if (polled[0].revents && !pass_on(w)) {
            close(w->from); /* was only read: nothing can be lost */
            w->from = -1;
        }
    }
}

/* Whether there was something that it did not read. */
static bool left_early(struct swapped *w)
{
    int waiting = 0;
    if (!w->s->reads)
        return false;
    if (ioctl(w->unread, FIONREAD, &waiting) == 0 && waiting > 0)
        return true;
    return w->at < w->end || (!w->input_ended && read_some(STDIN_FILENO, w->in, "<stdin>") > 0);
}

static void judge(struct swapped *w)
{
    while (!w->is_over && waitpid(w->child, &w->status, 0) < 0)
        if (errno != EINTR)
            fail(STATUS_DATA, "%s: %s", w->s->name, strerror(errno));
    const char *shown = quote(span_of(w->s->shown));
    if (WIFSIGNALED(w->status))
        fail(STATUS_DATA, "%s: %s was ended by signal %d", w->s->name, shown, WTERMSIG(w->status));
    if (WEXITSTATUS(w->status) != 0) {
        warn("%s: %s ended with status %d", w->s->name, shown, WEXITSTATUS(w->status));
        exit(WEXITSTATUS(w->status));
    }
    if (left_early(w))
        fail(STATUS_DATA, "%s: %s ended before it had read all records", w->s->name, shown);
}

static void tell(const struct swapped *w)
{
    struct buf b = {0};
    struct arena a = {0};
    buf_addc(&b, '{');
    emit_string_field(&b, SPAN("program"), span_of(w->s->program));
    emit_name(&b, SPAN("swapped"));
    emit_bool(&b, true);
    if (w->s->reads)
        emit_count_field(&b, SPAN("read"), keeping_counted(&w->read));
    emit_count_field(&b, SPAN("written"), keeping_counted(&w->written));
    buf_add(&b, SPAN("}\n"));
    files_write(files_stat_path(&a, w->s->stats, w->s->name, ".json"), buf_span(&b), FILES_ANEW);
    arena_free(&a);
    buf_free(&b);
}

void swap_run(const struct swap *s)
{
    struct swapped w = {.s = s, .unread = -1, .to = -1};
    w.in = malloc(SWAP_BLOCK);
    w.out = malloc(SWAP_BLOCK);
    if (!w.in || !w.out)
        fail_memory();
    pipe_widen(STDIN_FILENO);
    pipe_widen(STDOUT_FILENO);
    start(&w);
    pump(&w);
    judge(&w);
    if (s->stats)
        tell(&w);
    if (close(STDOUT_FILENO) != 0)
        fail(STATUS_DATA, "cannot write standard output: %s", strerror(errno));
    free(w.in);
    free(w.out);
}
