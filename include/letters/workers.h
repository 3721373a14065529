/* workers -- tasks done in processes of their own, several at a time, their results in order.
 *
 * A task that crashes, or uses more time or memory than it may, ends its process and not the run:
 * what it had printed in whole lines by then is its result. */
#ifndef WORKERS_H
#define WORKERS_H

#include "base/buf.h"

enum workers_end {
    WORKERS_DONE,
    WORKERS_CRASHED,
    WORKERS_TOO_LARGE /* out of time or memory */
};

struct workers {
    size_t tasks, jobs;
    unsigned seconds; /* for a task */
    /* In the task's own process: prints to OUT. */
    void (*work)(void *data, size_t task, int out);
    /* In this process, by task from 0 on. RESULT is made of whole lines. */
    void (*done)(void *data, size_t task, struct span result, enum workers_end end);
    void *data;
};

void workers_run(const struct workers *w);

/* Writes all of TEXT, or ends the process of the task. */
void workers_print(int out, struct span text);

#endif
