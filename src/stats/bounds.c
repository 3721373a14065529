#include "bounds.h"

#include <math.h>

#define SLACK 1e-8

/* The greatest sum of log(x!) for a line of SUM over cells of at most ROOM each, in falling order:
 * as much as fits in the first, and so on, since log(x!) is convex. */
static double crowd(double sum, const double *room, size_t count, const double *log_factorial)
{
    double total = 0;
    for (size_t i = 0; i < count && sum > 0; i++) {
        double here = fmin(sum, room[i]);
        total += log_factorial[(size_t)here];
        sum -= here;
    }
    return total;
}

/* The greatest sum of log(x!) over all cells: every column, or every row, crowded as if it were
 * alone. */
static double most_factorials(const struct margins *m, const double *log_factorial)
{
    double by_column = 0, by_row = 0;
    for (size_t j = 0; j < m->column_count; j++)
        by_column += crowd(m->columns[j], m->rows, m->row_count, log_factorial);
    for (size_t i = 0; i < m->row_count; i++)
        by_row += crowd(m->rows[i], m->columns, m->column_count, log_factorial);
    return fmin(by_column, by_row);
}

/* The least: with Lagrange's multipliers log(R / n) for rows and log(C) for columns every cell may
 * choose for itself, and chooses the whole part of its expected count RC / n. */
static double least_factorials(const struct margins *m, double n, const double *log_factorial)
{
    double gain = 0;
    for (size_t i = 0; i < m->row_count && m->rows[i] > 0; i++) {
        double row = log(m->rows[i] / n);
        for (size_t j = 0; j < m->column_count; j++) {
            double count = floor(m->rows[i] * m->columns[j] / n);
            gain += count * (row + log(m->columns[j])) - log_factorial[(size_t)count];
        }
        gain -= row * m->rows[i];
    }
    for (size_t j = 0; j < m->column_count; j++)
        gain -= m->columns[j] * log(m->columns[j]);
    return -gain;
}

struct bounds bounds_of(const struct margins *m, const double *log_factorial)
{
    double n = 0, margins = 0;
    for (size_t i = 0; i < m->row_count; i++) {
        n += m->rows[i];
        margins += log_factorial[(size_t)m->rows[i]];
    }
    for (size_t j = 0; j < m->column_count; j++)
        margins += log_factorial[(size_t)m->columns[j]];
    margins -= log_factorial[(size_t)n];
    return (struct bounds){margins - most_factorials(m, log_factorial) - SLACK,
                           margins - least_factorials(m, n, log_factorial) + SLACK};
}
