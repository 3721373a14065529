/* measure -- runs commands in turn and prints each one's median processor
 * seconds, its ratio to the first and its peak memory.
 *
 *   measure RUNS LABEL COMMAND [LABEL COMMAND]...
 *
 * A COMMAND is given to sh -c, with its standard output going to /dev/null.
 * Runs are interleaved (A B A B ...), so that a machine whose speed drifts
 * drifts for all. User and system time of the command and its children. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Processor seconds of one run; its peak memory in KiB is raised in *PEAK. */
static double run(const char *command, long *peak)
{
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "measure: failed: %s\n", command);
        exit(1);
    }
    if (usage.ru_maxrss > *peak)
        *peak = usage.ru_maxrss;
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    int runs = argc > 3 ? atoi(argv[1]) : 0;
    int commands = (argc - 2) / 2;
    if (runs < 1 || argc % 2 != 0) {
        fprintf(stderr, "usage: measure RUNS LABEL COMMAND [LABEL COMMAND]...\n");
        return 2;
    }
    double *taken = calloc((size_t)(runs * commands), sizeof *taken);
    long *peaks = calloc((size_t)commands, sizeof *peaks);
    if (!taken || !peaks)
        return 1;
    for (int r = 0; r < runs; r++)
        for (int c = 0; c < commands; c++)
            taken[c * runs + r] = run(argv[3 + 2 * c], &peaks[c]);
    double first = 0;
    for (int c = 0; c < commands; c++) {
        qsort(taken + c * runs, (size_t)runs, sizeof *taken, by_size);
        double median = taken[c * runs + runs / 2];
        if (c == 0)
            first = median;
        printf("| %s | %.2f | %.1f | %.1f |\n", argv[2 + 2 * c], median, median / first,
               (double)peaks[c] / 1024);
    }
    free(taken);
    free(peaks);
    return fflush(stdout) == 0 ? 0 : 1;
}
