#include "stats/trend.h"

#include <math.h>

#include "distribution.h"

static double score(const double *scores, size_t i)
{
    return scores ? scores[i] : (double)i + 1;
}

static double mean_score(const double *scores, const double *sums, size_t count, double n)
{
    double mean = 0;
    for (size_t i = 0; i < count; i++)
        mean += score(scores, i) * (sums[i] / n);
    return mean;
}

/* The mean square about MEAN. */
static double spread(const double *scores, const double *sums, size_t count, double n, double mean)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double off = score(scores, i) - mean;
        sum += off * off * (sums[i] / n);
    }
    return sum;
}

/* The correlation of row and column scores over the records of a table. */
static enum stat_status correlate(const struct crosstab *t, const double *row_scores,
                                  const double *column_scores, double *r)
{
    enum stat_status status = crosstab_check(t);
    if (status != STAT_OK)
        return status;
    double n = t->sum, product = 0;
    double row_mean = mean_score(row_scores, t->row_sums, t->rows, n);
    double column_mean = mean_score(column_scores, t->column_sums, t->columns, n);
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->columns; j++)
            product += (score(row_scores, i) - row_mean) * (score(column_scores, j) - column_mean) *
                       (crosstab_at(t, i, j) / n);
    double rows = spread(row_scores, t->row_sums, t->rows, n, row_mean);
    double columns = spread(column_scores, t->column_sums, t->columns, n, column_mean);
    *r = product / (sqrt(rows) * sqrt(columns));
    return isfinite(*r) ? STAT_OK : STAT_UNDEFINED;
}

static struct tests_result one_df(double statistic)
{
    return (struct tests_result){statistic, 1, distribution_chisq_tail(statistic, 1)};
}

enum stat_status trend_cochran_armitage(const struct crosstab *t, const double *scores, double *z,
                                        struct tests_result *result)
{
    const double first_row[] = {1, 0};
    double r;
    if (t->rows != 2)
        return STAT_SHAPE;
    enum stat_status status = correlate(t, first_row, scores, &r);
    if (status != STAT_OK)
        return status;
    *z = sqrt(t->sum) * r;
    *result = one_df(t->sum * r * r);
    return STAT_OK;
}

enum stat_status trend_linear(const struct crosstab *t, const double *row_scores,
                              const double *column_scores, double *r, struct tests_result *result)
{
    enum stat_status status = correlate(t, row_scores, column_scores, r);
    if (status == STAT_OK)
        *result = one_df(fmax(0, t->sum - 1) * *r * *r);
    return status;
}
