/* supervise -- the stages' script as a process group of its own. */
#ifndef SUPERVISE_H
#define SUPERVISE_H

#include "base/buf.h"
#include "meter.h"

struct supervise {
    char *const *command;            /* ends with NULL */
    const char *hide, *show;         /* in what it says, the first is told as the second */
    struct meter *meter;             /* NULL for none */
    void (*heard)(struct span line); /* takes what it says; NULL: standard error does */
    void (*clean)(void);             /* before a signal ends this program */
};

/* Runs it to its end and gives its status, 128 and the signal if one ended it. What it says on
 * standard error is passed on line by line. A signal for this program ends the whole group,
 * then, after CLEAN, this program too. */
int supervise(const struct supervise *s);

#endif
