/* within -- runs a command under a limit of processor time and says what it took.
 *
 *   within SECONDS COMMAND [ARGUMENT...]
 *
 * Prints "STATUS CPU MIB WALL" in file descriptor 3: the status as a shell has it (128 and the
 * number of a signal), the processor seconds of the command and all it started, the memory of its
 * largest process, and the seconds that went by. After SECONDS of either the command is killed. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static pid_t child;

static void too_long(int signal)
{
    (void)signal;
    kill(-child, SIGKILL);
}

static _Noreturn void start(rlim_t limit, char **command)
{
    setpgid(0, 0);
    setrlimit(RLIMIT_CPU, &(struct rlimit){limit, limit});
    close(3);
    execvp(command[0], command);
    _exit(127);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    unsigned limit = (unsigned)strtoul(argv[1], NULL, 10);
    double began = now();
    child = fork();
    if (child == 0)
        start(limit, argv + 2);
    setpgid(child, child);
    signal(SIGALRM, too_long);
    alarm(4 * limit); /* a machine that others use too */
    struct rusage usage;
    int status;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return 1;
    dprintf(3, "%d %.2f %.1f %.2f\n",
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            seconds(usage.ru_utime) + seconds(usage.ru_stime), (double)usage.ru_maxrss / 1024,
            now() - began);
    return 0;
}
