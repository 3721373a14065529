/* crosstab -- a table of counts, rows by columns, with its margins.
 *
 * Lifetime: cells and margins lie in the arena given to crosstab_new(). Cells
 * are row-major: (r, c) is cells[r * columns + c]. Fill them, call
 * crosstab_total(), and the table is ready for every test. Counts are doubles so
 * that weighted counts fit; whole counts up to 2^53 are exact. Groups are the
 * columns, answers the rows. */
#ifndef CROSSTAB_H
#define CROSSTAB_H

#include <float.h>

#include "base/arena.h"
#include "stats/stat.h"

struct crosstab {
    size_t rows, columns;
    double *cells;
    double *row_sums, *column_sums;
    double sum;
};

/* A table of zeros. */
struct crosstab crosstab_new(struct arena *a, size_t rows, size_t columns);

/* A copy of COUNTS, row-major, its margins summed. */
struct crosstab crosstab_of(struct arena *a, size_t rows, size_t columns, const double *counts);

/* Sums the margins; to be called after the cells have changed. */
void crosstab_total(struct crosstab *t);

static inline double crosstab_at(const struct crosstab *t, size_t row, size_t column)
{
    return t->cells[row * t->columns + column];
}

/* The count expected in a cell of a table that crosstab_check() passed, if
 * rows and columns were independent. */
static inline double crosstab_expected(const struct crosstab *t, size_t row, size_t column)
{
    return t->row_sums[row] * t->column_sums[column] / t->sum;
}

/* Whether a row or column is there at all: more than the rounding error of the whole sum. */
static inline bool crosstab_is_margin(double margin, double sum)
{
    return margin > sum * DBL_EPSILON;
}

/* Drops the rows and columns that add up to zero, moving the others together in
 * place. KEPT_ROWS and KEPT_COLUMNS (room for all) get the old index of each that
 * stays, in order; what is not among them was dropped. */
void crosstab_squeeze(struct crosstab *t, size_t *kept_rows, size_t *kept_columns);

/* STAT_OK if every test can take the table: counts that stat_is_count() takes, two rows and columns
 * or more, none of them empty (crosstab_is_margin()). Else STAT_DOMAIN, STAT_EMPTY, STAT_SHAPE or
 * STAT_MARGIN, looked for in this order. */
enum stat_status crosstab_check(const struct crosstab *t);

/* The same for a 2 by 2 table (else STAT_SHAPE). */
enum stat_status crosstab_check_2x2(const struct crosstab *t);

/* The same for a list of counts; their sum goes to *SUM. */
enum stat_status crosstab_check_counts(const double *counts, size_t count, double *sum);

/* Whether all counts are whole (else STAT_FRACTION). */
enum stat_status crosstab_check_whole(const double *counts, size_t count);

#endif
