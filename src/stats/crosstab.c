#include "stats/crosstab.h"

#include <math.h>

struct crosstab crosstab_new(struct arena *a, size_t rows, size_t columns)
{
    struct crosstab t = {.rows = rows, .columns = columns};
    t.cells = arena_array(a, rows, columns * sizeof *t.cells);
    t.row_sums = arena_array(a, rows, sizeof *t.row_sums);
    t.column_sums = arena_array(a, columns, sizeof *t.column_sums);
    return t;
}

struct crosstab crosstab_of(struct arena *a, size_t rows, size_t columns, const double *counts)
{
    struct crosstab t = crosstab_new(a, rows, columns);
    memcpy(t.cells, counts, rows * columns * sizeof *counts);
    crosstab_total(&t);
    return t;
}

void crosstab_total(struct crosstab *t)
{
    t->sum = 0;
    for (size_t c = 0; c < t->columns; c++)
        t->column_sums[c] = 0;
    for (size_t r = 0; r < t->rows; r++) {
        t->row_sums[r] = 0;
        for (size_t c = 0; c < t->columns; c++) {
            t->row_sums[r] += crosstab_at(t, r, c);
            t->column_sums[c] += crosstab_at(t, r, c);
        }
        t->sum += t->row_sums[r];
    }
}

/* The indices of the sums that are not zero; their number. */
static size_t find_nonzero(const double *sums, size_t count, size_t *kept)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (sums[i] != 0)
            kept[found++] = i;
    return found;
}

void crosstab_squeeze(struct crosstab *t, size_t *kept_rows, size_t *kept_columns)
{
    size_t rows = find_nonzero(t->row_sums, t->rows, kept_rows);
    size_t columns = find_nonzero(t->column_sums, t->columns, kept_columns);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++)
            t->cells[r * columns + c] = crosstab_at(t, kept_rows[r], kept_columns[c]);
    t->rows = rows;
    t->columns = columns;
    crosstab_total(t);
}

static enum stat_status check_margin(const double *sums, size_t count, double sum)
{
    for (size_t i = 0; i < count; i++)
        if (!crosstab_is_margin(sums[i], sum))
            return STAT_MARGIN;
    return STAT_OK;
}

enum stat_status crosstab_check(const struct crosstab *t)
{
    double sum;
    enum stat_status status = crosstab_check_counts(t->cells, t->rows * t->columns, &sum);
    if (status != STAT_OK)
        return status;
    if (t->rows < 2 || t->columns < 2)
        return STAT_SHAPE;
    status = check_margin(t->row_sums, t->rows, t->sum);
    return status == STAT_OK ? check_margin(t->column_sums, t->columns, t->sum) : status;
}

enum stat_status crosstab_check_2x2(const struct crosstab *t)
{
    enum stat_status status = crosstab_check(t);
    if (status == STAT_OK && (t->rows != 2 || t->columns != 2))
        return STAT_SHAPE;
    return status;
}

enum stat_status crosstab_check_counts(const double *counts, size_t count, double *sum)
{
    *sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!stat_is_count(counts[i]))
            return STAT_DOMAIN;
        *sum += counts[i];
    }
    if (!stat_is_count(*sum))
        return STAT_DOMAIN;
    return *sum > 0 ? STAT_OK : STAT_EMPTY;
}

enum stat_status crosstab_check_whole(const double *counts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (counts[i] != floor(counts[i]))
            return STAT_FRACTION;
    return STAT_OK;
}
