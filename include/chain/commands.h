/* commands -- "fromcsv a.csv | code -c 'my book.csv'" as the words of each stage.
 *
 * Words are parted by white space, stages by '|'. Quotes and backslashes are the shell's, and
 * nothing else of it is there: a sign that would mean something to it outside quotes ('>', ';',
 * '$', '*') is refused rather than taken for itself. A stage may be behind `env [-C FOLDER]
 * [NAME=VALUE...]`, which is done without a process of its own. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "base/arena.h"

struct command {
    char **words; /* a NULL behind the last, as exec(3) takes them */
    size_t count, cap;
    const char *folder; /* where it runs; NULL for here */
    char **settings;    /* "NAME=VALUE" for its environment, SETTING_COUNT of them */
    size_t setting_count;
};

struct commands {
    struct command *at;
    size_t count, cap;
    struct arena arena;
};

/* False if TEXT is none: then WRONG says what and where, in the arena. */
bool commands_read(struct commands *c, const char *text, const char **wrong);
void commands_free(struct commands *c);

#endif
