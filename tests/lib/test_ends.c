/* Unit tests of who ends a program that has several threads. */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fail.h"
#include "check.h"

static void *want_memory(void *unused)
{
    (void)unused;
    fail_memory();
}

/* The status with which a process ends that begins COUNT threads which get no memory, and goes on
 * for a moment; what it says into SAID. SETTLED: it had its results before. */
static int ends_with(int count, bool settled, char said[256])
{
    int ends[2], status = 0;
    if (pipe(ends) != 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        pthread_t threads[8];
        dup2(ends[1], STDERR_FILENO);
        if (settled)
            fail_settle();
        for (int i = 0; i < count; i++)
            if (pthread_create(&threads[i], NULL, want_memory, NULL) != 0)
                _exit(9);
        usleep(300000);
        _exit(0);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], said, 255);
    said[got > 0 ? got : 0] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

int main(void)
{
    char said[256];
    fail_program("p");
    CHECK(ends_with(1, false, said) == 1 && strcmp(said, "p: out of memory\n") == 0,
          "a thread that gets no memory ends the program");
    CHECK(ends_with(8, false, said) == 1 && strcmp(said, "p: out of memory\n") == 0,
          "of several the first does, and says so once");
    CHECK(ends_with(8, true, said) == 0 && said[0] == '\0',
          "none does where the results are whole");
    fail_settle();
    CHECK(!fail_is_mine(), "whoever has the results is not at its end yet");
    return check_done();
}
