/* bounds -- how probable a table with given margins can be, without looking at one.
 *
 * What lets a walk over all tables stop early: if even the most probable completion of a
 * half-filled table is rare enough, all of them count; if even the least probable is
 * not, none does. */
#ifndef BOUNDS_H
#define BOUNDS_H

#include <stddef.h>

/* Whole sums in falling order, columns above 0. The two sides add up to the same. */
struct margins {
    const double *rows, *columns;
    size_t row_count, column_count;
};

/* The log of every table's probability under independence lies between them. */
struct bounds {
    double least, most;
};

/* LOG_FACTORIAL holds log(i!) up to the sum of a side. Both bounds are a little
 * wide, so that rounding cannot put a table outside. */
struct bounds bounds_of(const struct margins *m, const double *log_factorial);

#endif
