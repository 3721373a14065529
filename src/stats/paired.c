#include "stats/paired.h"

#include <math.h>

#include "distribution.h"

static enum stat_status check_square(const struct crosstab *t)
{
    double sum;
    enum stat_status status = crosstab_check_counts(t->cells, t->rows * t->columns, &sum);
    if (status == STAT_OK && (t->rows != t->columns || t->rows < 2))
        return STAT_SHAPE;
    return status;
}

static enum stat_status check_2x2(const struct crosstab *t)
{
    enum stat_status status = check_square(t);
    if (status == STAT_OK && t->rows != 2)
        return STAT_SHAPE;
    return status;
}

static enum stat_status compare(const struct crosstab *t, double correction,
                                struct tests_result *result)
{
    struct tests_result sum = {0};
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = i + 1; j < t->columns; j++) {
            double b = crosstab_at(t, i, j), c = crosstab_at(t, j, i);
            if (b + c == 0)
                continue;
            double off = fmax(0, fabs(b - c) - correction);
            sum.statistic += off * off / (b + c);
            sum.df++;
        }
    if (sum.df == 0)
        return STAT_UNDEFINED;
    sum.p = distribution_chisq_tail(sum.statistic, sum.df);
    *result = sum;
    return STAT_OK;
}

enum stat_status paired_mcnemar(const struct crosstab *t, struct tests_result *result)
{
    enum stat_status status = check_square(t);
    return status == STAT_OK ? compare(t, 0, result) : status;
}

enum stat_status paired_mcnemar_corrected(const struct crosstab *t, struct tests_result *result)
{
    enum stat_status status = check_2x2(t);
    return status == STAT_OK ? compare(t, 1, result) : status;
}

enum stat_status paired_mcnemar_exact(const struct crosstab *t, double *p)
{
    enum stat_status status = check_2x2(t);
    if (status == STAT_OK)
        status = crosstab_check_whole(t->cells, 4);
    if (status != STAT_OK)
        return status;
    double b = t->cells[1], c = t->cells[2];
    if (b + c == 0)
        return STAT_UNDEFINED;
    double less = fmin(b, c), more = fmax(b, c);
    *p = b == c ? 1 : fmin(1, 2 * distribution_beta(0.5, 0.5, more, less + 1));
    return STAT_OK;
}
