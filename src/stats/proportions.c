#include "stats/proportions.h"

#include <math.h>

#include "distribution.h"

static double share_of(const struct crosstab *t, size_t row, size_t column)
{
    return crosstab_at(t, row, column) / t->column_sums[column];
}

/* The two-sided p of two shares of one row; NAN where they are not compared. */
static double compare(const struct crosstab *t, size_t row, size_t one, size_t other)
{
    double p = share_of(t, row, one), q = share_of(t, row, other);
    if (!(p > 0 && p < 1 && q > 0 && q < 1))
        return NAN;
    double n = t->column_sums[one], m = t->column_sums[other];
    double pooled = (crosstab_at(t, row, one) + crosstab_at(t, row, other)) / (n + m);
    double z = (p - q) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
    return distribution_normal_two_sided(z);
}

enum stat_status proportions_compare(const struct crosstab *t, double alpha, bool *above)
{
    enum stat_status status = crosstab_check(t);
    if (status != STAT_OK)
        return status;
    double pairs = (double)t->columns * (double)(t->columns - 1) / 2;
    for (size_t row = 0; row < t->rows; row++)
        for (size_t one = 0; one < t->columns; one++)
            for (size_t other = 0; other < t->columns; other++)
                above[(row * t->columns + one) * t->columns + other] =
                    one != other && share_of(t, row, one) > share_of(t, row, other) &&
                    compare(t, row, one, other) * pairs < alpha;
    return STAT_OK;
}
