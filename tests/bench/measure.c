/* measure -- runs commands in turn and prints each one's median processor and
 * wall-clock seconds, their ratios to the first's, and the memory of its largest process.
 *
 *   measure RUNS LABEL COMMAND [LABEL COMMAND]...
 *
 * A COMMAND is given to sh -c, with its standard output going to /dev/null.
 * Runs are interleaved (A B A B ...), so that a machine whose speed drifts
 * drifts for all. Processor seconds are the user and system time of the command
 * and its children. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* What one run took, or the medians of several. */
struct taken {
    double cpu, wall;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* One run; its peak memory in KiB is raised in *PEAK. */
static struct taken run(const char *command, long *peak)
{
    double start = now();
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
    return (struct taken){seconds(usage.ru_utime) + seconds(usage.ru_stime), now() - start};
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *at, int count)
{
    qsort(at, (size_t)count, sizeof *at, by_size);
    return at[count / 2];
}

static void print_all(char **labels, int commands, int runs, double *cpu, double *wall,
                      const long *peaks)
{
    struct taken first = {0};
    for (int c = 0; c < commands; c++) {
        struct taken is = {median(cpu + c * runs, runs), median(wall + c * runs, runs)};
        if (c == 0)
            first = is;
        printf("| %s | %.2f | %.1f | %.2f | %.1f | %.1f |\n", labels[2 * c], is.cpu,
               is.cpu / first.cpu, is.wall, is.wall / first.wall, (double)peaks[c] / 1024);
    }
}

int main(int argc, char **argv)
{
    int runs = argc > 3 ? atoi(argv[1]) : 0;
    int commands = (argc - 2) / 2;
    if (runs < 1 || argc % 2 != 0) {
        fprintf(stderr, "usage: measure RUNS LABEL COMMAND [LABEL COMMAND]...\n");
        return 2;
    }
    size_t count = (size_t)(runs * commands);
    double *cpu = calloc(count, sizeof *cpu), *wall = calloc(count, sizeof *wall);
    long *peaks = calloc((size_t)commands, sizeof *peaks);
    if (!cpu || !wall || !peaks)
        return 1;
    for (int r = 0; r < runs; r++)
        for (int c = 0; c < commands; c++) {
            struct taken is = run(argv[3 + 2 * c], &peaks[c]);
            cpu[c * runs + r] = is.cpu;
            wall[c * runs + r] = is.wall;
        }
    print_all(argv + 2, commands, runs, cpu, wall, peaks);
    free(cpu);
    free(wall);
    free(peaks);
    return fflush(stdout) == 0 ? 0 : 1;
}
