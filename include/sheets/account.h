/* account -- what became of a sheet's rows and columns, as counts with names and words. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "sheets/grid.h"

struct account_line {
    const char *name, *words; /* for --stats, for people */
    size_t count;
};

/* The line INDEX of the account of a sheet that was read to its end: ROWS were given, LATE columns
 * turned up behind the first rows. False if there are no more. */
bool account_line(const struct grid *g, size_t rows, size_t late, size_t index,
                  struct account_line *line);

#endif
