/* filling -- all ways to spread a column's sum over rows that have only so much left.
 *
 * Counts are whole. One filling is held at a time; the order is fixed, from as
 * little as can be in the first rows to as much. */
#ifndef FILLING_H
#define FILLING_H

#include "base/arena.h"

struct filling {
    size_t rows;
    const double *left; /* of each row before the column; the caller's */
    double *count;      /* of each row in the column */
    double *rest;       /* of the column for this row and those after it */
    double *room;       /* in the rows after this one */
};

/* For ROWS rows, 1 or more; the arrays lie in the arena. */
void filling_init(struct filling *f, struct arena *a, size_t rows);

/* The first filling of COLUMN_SUM, at most the sum of LEFT, into count. */
void filling_start(struct filling *f, const double *left, double column_sum);

/* The following one; false after the last. */
bool filling_next(struct filling *f);

#endif
