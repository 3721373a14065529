/* Unit tests of processes that do not outlive the one that began them. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "check.h"

static bool late; /* the new process does not run until the old one has ended */

/* Stands in for the library's, which child_fork() calls. */
pid_t fork(void)
{
    pid_t parent = getpid(), child = _Fork();
    while (child == 0 && late && getppid() == parent)
        usleep(1000);
    return child;
}

/* How many bytes a process says whose parent ends right behind child_fork(); it would say one. */
static ssize_t said_by_orphan(void)
{
    int ends[2];
    char said;
    if (pipe(ends) != 0)
        return -1;
    pid_t parent = _Fork();
    if (parent == 0) {
        if (child_fork(SIGTERM) != 0)
            _exit(0);
        if (!late)
            pause();
        _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
    }
    close(ends[1]);
    waitpid(parent, NULL, 0);
    ssize_t got = read(ends[0], &said, 1); /* 0 when all who could write are gone */
    close(ends[0]);
    return got;
}

int main(void)
{
    late = false;
    CHECK(said_by_orphan() == 0, "a process ends with the one that began it");
    late = true;
    CHECK(said_by_orphan() == 0, "also where that had ended before it could ask to be told");
    return check_done();
}
