/* apart -- whole programs under the search: each run is a child, so that a program may end as it
 * likes, and a run that takes too long, dies by a signal or is stopped by a sanitizer is told.
 *
 * libFuzzer counts edges in memory that a child would have a copy of; it is shared first, so that
 * the search learns from what the child did. */
#ifndef APART_H
#define APART_H

#include <signal.h>
#include <sys/wait.h>

#include "base/utf8.h"
#include "fuzz.h"

#define APART_SECONDS 40
#define APART_BROKEN 77

/* Shares libFuzzer's counters with the children, where it searches (counts.c). */
void counts_share(void);

struct apart {
    int status; /* 0, 1 or 2 */
    struct buf out, said;
};

static inline int apart_descriptor(struct span content)
{
    int fd = memfd_create("stream", 0);
    if (fd < 0 || write(fd, content.at, content.len) != (ssize_t)content.len ||
        lseek(fd, 0, SEEK_SET) != 0)
        abort();
    return fd;
}

static inline void apart_take(int fd, struct buf *b)
{
    off_t len = lseek(fd, 0, SEEK_END);
    buf_clear(b);
    buf_reserve(b, (size_t)len + 64);
    if (pread(fd, b->at, (size_t)len, 0) != len)
        abort();
    b->len = (size_t)len;
    memset(b->at + b->len, 0, 64);
    close(fd);
}

/* Words with a status, one line each, nothing in them that drives a terminal. */
static inline void apart_check_said(const struct apart *a)
{
    struct span said = buf_span(&a->said);
    FUZZ_CHECK(a->status == 0 || said.len > 0);
    FUZZ_CHECK(said.len == 0 || said.at[said.len - 1] == '\n');
    FUZZ_CHECK(utf8_valid(said, NULL));
    for (size_t i = 0; i < said.len; i++)
        FUZZ_CHECK(said.at[i] == '\n' || ((unsigned char)said.at[i] >= 0x20 && said.at[i] != 0x7f));
}

/* By the signal, also where a program runs its readers in children. */
static inline void apart_let_die(void)
{
    static const int signals[] = {SIGALRM, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
}

/* Runs RUN with ARGV (ends with NULL) and INPUT on its standard input. */
static inline void apart_run(struct apart *a, int (*run)(int, char **), char **argv,
                             struct span input)
{
    int in = apart_descriptor(input), out = apart_descriptor(SPAN("")),
        said = apart_descriptor(SPAN("")), status, argc = 0;
    while (argv[argc])
        argc++;
#ifndef FUZZ_REPLAY
    counts_share();
#endif
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        apart_let_die();
        alarm(APART_SECONDS);
        if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(said, 2) < 0)
            abort();
        _exit(run(argc, argv));
    }
    if (child < 0)
        abort();
    while (waitpid(child, &status, 0) < 0)
        ;
    close(in);
    apart_take(out, &a->out);
    apart_take(said, &a->said);
    a->status = WIFEXITED(status) ? WEXITSTATUS(status) : APART_BROKEN;
    if (a->status > 2) {
        fwrite(a->said.at, 1, a->said.len, stderr);
        fprintf(stderr, "%s: status %d, signal %d\n", argv[0], WEXITSTATUS(status),
                WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    }
    FUZZ_CHECK(a->status <= 2);
    apart_check_said(a);
}

static inline void apart_free(struct apart *a)
{
    buf_free(&a->out);
    buf_free(&a->said);
}

#endif
