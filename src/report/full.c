/* full -- the report that is linked with the libraries of pictures and workbooks. */
#include "report/full.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/fail.h"

#define ABSENT 127
#define BLOCK ((size_t)256)

/* The folder of this program, whatever links led to it, and the full one's place there. */
static void add_path(struct buf *b)
{
    ssize_t got;
    do {
        buf_reserve(b, b->cap + BLOCK);
        got = readlink("/proc/self/exe", b->at, b->cap);
    } while (got > 0 && (size_t)got == b->cap);
    if (got < 0)
        fail(STATUS_DATA, "cannot find the program's own folder: %s", strerror(errno));
    b->len = (size_t)got;
    while (b->at[b->len - 1] != '/')
        b->len--;
    buf_add(b, SPAN("full/report"));
}

/* Signals of a terminal reach both processes; this one's end ends the other. */
_Noreturn static void become(const char *path, char **argv)
{
    execv(path, argv);
    _exit(ABSENT);
}

/* A signal that somebody sent is passed on as if it had come here; a fault is told. */
static void end_by(int number)
{
    static const int sent[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGKILL, SIGXCPU};
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
        if (number == sent[i]) {
            signal(number, SIG_DFL);
            raise(number);
        }
    fail(STATUS_DATA,
         "cannot make the picture or workbook: its libraries gave up by signal %d "
         "(too little memory?)",
         number);
}

int full_run(char **argv)
{
    struct buf path = {0};
    int status = 0;
    add_path(&path);
    pid_t child = child_fork(SIGTERM);
    if (child < 0)
        fail(STATUS_DATA, "cannot start a process: %s", strerror(errno));
    if (child == 0)
        become(buf_text(&path), argv);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFSIGNALED(status))
        end_by(WTERMSIG(status));
    if (WEXITSTATUS(status) == ABSENT)
        fail(STATUS_DATA, "cannot run %s, which makes pictures and workbooks",
             quote(buf_span(&path)));
    buf_free(&path);
    return WEXITSTATUS(status);
}
