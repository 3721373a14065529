/* child -- processes that do not outlive the one that began them. */
#include "base/child.h"

#include <sys/prctl.h>
#include <unistd.h>

pid_t child_fork(int signal)
{
    pid_t parent = getpid(), child = fork();
    if (child != 0)
        return child;
    (void)prctl(PR_SET_PDEATHSIG, signal); /* a sandbox may refuse it: then it outlives a kill */
    if (getppid() != parent)
        _exit(128 + signal);
    return child;
}
