/* keeping -- a copy of what a program writes to standard output, in a file, told with its digest.
 *
 * A run of a whole study keeps the records of some stages. A process between two stages that
 * copies them costs more than the stages that pass them on, so that the writer itself does it:
 * FOI_KEEP=FILE in its environment names the copy, FOI_KEPT=FILE what is told of it at the end,
 * {"file","records","bytes","sha256"}. Both are for this program alone, and not for what it
 * starts. */
#ifndef KEEPING_H
#define KEEPING_H

#include "base/digest.h"
#include "base/span.h"

/* Counts lines that are not empty, over blocks of them. */
struct keeping_lines {
    size_t count;
    char last; /* byte of the block before, 0 at the start */
};
void keeping_count(struct keeping_lines *l, struct span block);
size_t keeping_counted(const struct keeping_lines *l); /* with a last line that does not end */

struct keeping {
    char *file, *report; /* its own copies; REPORT may be NULL */
    int out;
    struct keeping_lines lines;
    struct digest digest;
    size_t bytes;
};

/* FILE anew; whatever fails ends the program. */
void keeping_open(struct keeping *k, const char *file, const char *report);
void keeping_add(struct keeping *k, struct span block);

/* Checks that all was written, tells it, and frees what K holds. */
void keeping_close(struct keeping *k);

/* The copy that the environment asks for, which is to be freed; NULL if it asks for none. */
struct keeping *keeping_find(void);

#endif
