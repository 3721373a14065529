#include "stats/tests.h"

#include <math.h>

#include "distribution.h"

#define MIN_EXPECTED 5.0
#define MIN_EXPECTED_EVER 1.0
#define MAX_SHARE_BELOW 0.2

static struct tests_result with_tail(double statistic, double df)
{
    return (struct tests_result){statistic, df, distribution_chisq_tail(statistic, df)};
}

/* What one cell adds to a statistic. */
static double add_pearson(double observed, double expected)
{
    return (observed - expected) * (observed - expected) / expected;
}

static double add_g(double observed, double expected)
{
    return observed > 0 ? 2 * observed * log(observed / expected) : 0;
}

static double add_yates(double observed, double expected)
{
    double off = fabs(observed - expected);
    off -= fmin(0.5, off);
    return off * off / expected;
}

static enum stat_status test_table(const struct crosstab *t, double (*add)(double, double),
                                   struct tests_result *result)
{
    enum stat_status status = crosstab_check(t);
    if (status != STAT_OK)
        return status;
    double statistic = 0;
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++)
            statistic += add(crosstab_at(t, r, c), crosstab_expected(t, r, c));
    /* G's terms have both signs, and what rounding leaves of a perfect fit may be under 0. */
    *result = with_tail(fmax(statistic, 0), (double)(t->rows - 1) * (double)(t->columns - 1));
    return STAT_OK;
}

enum stat_status tests_pearson(const struct crosstab *t, struct tests_result *result)
{
    return test_table(t, add_pearson, result);
}

enum stat_status tests_g(const struct crosstab *t, struct tests_result *result)
{
    return test_table(t, add_g, result);
}

enum stat_status tests_yates(const struct crosstab *t, struct tests_result *result)
{
    enum stat_status status = crosstab_check_2x2(t);
    return status == STAT_OK ? test_table(t, add_yates, result) : status;
}

static void count_expected(struct tests_expected *e, double expected)
{
    if (e->cells == 0 || expected < e->min)
        e->min = expected;
    e->cells++;
    e->below_1 += expected < MIN_EXPECTED_EVER;
    e->below_5 += expected < MIN_EXPECTED;
    e->cochran_ok = e->below_1 == 0 && (double)e->below_5 <= MAX_SHARE_BELOW * (double)e->cells;
}

enum stat_status tests_expected(const struct crosstab *t, struct tests_expected *expected)
{
    enum stat_status status = crosstab_check(t);
    if (status != STAT_OK)
        return status;
    *expected = (struct tests_expected){0};
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++)
            count_expected(expected, crosstab_expected(t, r, c));
    return STAT_OK;
}

/* SPREAD is the variance of the count over its expected count. */
static void put_residual(const struct tests_residuals *into, size_t cell, double observed,
                         double expected, double spread)
{
    double adjusted = (observed - expected) / sqrt(expected * spread);
    if (into->expected)
        into->expected[cell] = expected;
    if (into->adjusted)
        into->adjusted[cell] = adjusted;
    if (into->p)
        into->p[cell] = distribution_normal_two_sided(adjusted);
    if (into->contribution)
        into->contribution[cell] = add_pearson(observed, expected);
}

enum stat_status tests_residuals(const struct crosstab *t, const struct tests_residuals *into)
{
    enum stat_status status = crosstab_check(t);
    if (status != STAT_OK)
        return status;
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++) {
            double spread =
                (t->sum - t->row_sums[r]) / t->sum * ((t->sum - t->column_sums[c]) / t->sum);
            put_residual(into, r * t->columns + c, crosstab_at(t, r, c), crosstab_expected(t, r, c),
                         spread);
        }
    return STAT_OK;
}

static struct tests_pair test_pair(const struct crosstab *t, size_t first, size_t second)
{
    struct arena arena = {0};
    struct tests_pair pair = {.first = first, .second = second};
    struct crosstab two = crosstab_new(&arena, t->rows, 2);
    for (size_t r = 0; r < t->rows; r++) {
        two.cells[2 * r] = crosstab_at(t, r, first);
        two.cells[2 * r + 1] = crosstab_at(t, r, second);
    }
    crosstab_total(&two);
    size_t *kept_rows = arena_array(&arena, t->rows, sizeof *kept_rows), kept_columns[2];
    crosstab_squeeze(&two, kept_rows, kept_columns);
    pair.status = tests_pearson(&two, &pair.result);
    arena_free(&arena);
    return pair;
}

enum stat_status tests_pairwise(const struct crosstab *t, struct tests_pair *pairs)
{
    enum stat_status status = crosstab_check(t);
    if (status != STAT_OK)
        return status;
    size_t made = 0;
    for (size_t first = 0; first < t->columns; first++)
        for (size_t second = first + 1; second < t->columns; second++)
            pairs[made++] = test_pair(t, first, second);
    return STAT_OK;
}

/* Counts and shares that every goodness-of-fit function can take, and their sums. */
static enum stat_status check_goodness(const double *counts, const double *shares, size_t count,
                                       double *sum, double *share_sum)
{
    enum stat_status status = crosstab_check_counts(counts, count, sum);
    if (status != STAT_OK)
        return status;
    if (count < 2)
        return STAT_SHAPE;
    *share_sum = (double)count;
    if (!shares)
        return STAT_OK;
    if (crosstab_check_counts(shares, count, share_sum) != STAT_OK)
        return STAT_DOMAIN;
    for (size_t i = 0; i < count; i++)
        if (shares[i] == 0)
            return STAT_UNDEFINED;
    return STAT_OK;
}

static double share_of(const double *shares, size_t i, double share_sum)
{
    return (shares ? shares[i] : 1) / share_sum;
}

static enum stat_status fit(const double *counts, const double *shares, size_t count,
                            double (*add)(double, double), struct tests_result *result)
{
    double sum, share_sum, statistic = 0;
    enum stat_status status = check_goodness(counts, shares, count, &sum, &share_sum);
    if (status != STAT_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        statistic += add(counts[i], sum * share_of(shares, i, share_sum));
    *result = with_tail(fmax(statistic, 0), (double)(count - 1));
    return STAT_OK;
}

enum stat_status tests_goodness(const double *counts, const double *shares, size_t count,
                                struct tests_result *result)
{
    return fit(counts, shares, count, add_pearson, result);
}

enum stat_status tests_goodness_g(const double *counts, const double *shares, size_t count,
                                  struct tests_result *result)
{
    return fit(counts, shares, count, add_g, result);
}

enum stat_status tests_goodness_expected(const double *counts, const double *shares, size_t count,
                                         struct tests_expected *expected)
{
    double sum, share_sum;
    enum stat_status status = check_goodness(counts, shares, count, &sum, &share_sum);
    if (status != STAT_OK)
        return status;
    *expected = (struct tests_expected){0};
    for (size_t i = 0; i < count; i++)
        count_expected(expected, sum * share_of(shares, i, share_sum));
    return STAT_OK;
}

enum stat_status tests_goodness_residuals(const double *counts, const double *shares, size_t count,
                                          const struct tests_residuals *into)
{
    double sum, share_sum;
    enum stat_status status = check_goodness(counts, shares, count, &sum, &share_sum);
    if (status != STAT_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        double share = share_of(shares, i, share_sum);
        put_residual(into, i, counts[i], sum * share, 1 - share);
    }
    return STAT_OK;
}
