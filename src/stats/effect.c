#include "stats/effect.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "distribution.h"
#include "stats/interval.h"
#include "stats/tests.h"

/* Above it the root of a noncentral chi-square X with few df is normal to nine digits and more,
 * with mean sqrt(lambda + df - 1) and variance 1: X is (Z + sqrt(lambda))^2 and a central rest on
 * df - 1, which hardly matters. Summing would take long. */
#define STATISTIC_SUMMED 1e6

static double lesser_side(const struct crosstab *t)
{
    return (double)(t->rows < t->columns ? t->rows : t->columns);
}

struct observed_chisq {
    double statistic, df;
};

static double upper_by_lambda(double lambda, const void *with)
{
    const struct observed_chisq *chisq = with;
    double lower, upper;
    distribution_noncentral_chisq(chisq->statistic, chisq->df, lambda, &lower, &upper);
    return upper;
}

/* The noncentrality under which the observed statistic leaves TAIL above it; 0 where even the
 * central distribution leaves more. */
static double invert_lambda(const struct observed_chisq *chisq, double tail)
{
    if (chisq->statistic > STATISTIC_SUMMED * chisq->df) {
        double root = sqrt(chisq->statistic) - gsl_cdf_ugaussian_Qinv(tail);
        return root * root - (chisq->df - 1);
    }
    if (upper_by_lambda(0, chisq) >= tail)
        return 0;
    /* The mean is df + lambda and the standard deviation under 2 sqrt(df + lambda): lambda lies
     * within fifteen of them, whatever the confidence. */
    double reach = 30 * sqrt(chisq->statistic + chisq->df) + 400;
    double least = fmax(0, chisq->statistic - chisq->df - reach);
    return distribution_invert(upper_by_lambda, chisq, tail, least, chisq->statistic + reach);
}

/* The noncentralities by which the observed statistic is among the 1 - ALPHA that are taken for
 * likely. From STRONG on these are all but two tails of ALPHA / 2; below it, where the lower tail
 * would hold only what is less than chance alone gives, all but one upper tail of ALPHA: as in the
 * test itself. */
static void likely_lambdas(const struct observed_chisq *chisq, double alpha, double *low,
                           double *high)
{
    struct observed_chisq usual = {chisq->df, chisq->df};
    double strong = invert_lambda(&usual, 1 - alpha / 2);
    *low = invert_lambda(chisq, alpha);
    if (*low >= strong)
        *low = fmax(strong, invert_lambda(chisq, alpha / 2));
    *high = chisq->statistic > chisq->df ? invert_lambda(chisq, 1 - alpha / 2) : strong;
}

enum stat_status effect_cramers_v(const struct crosstab *t, double confidence,
                                  struct stat_estimate *v)
{
    struct tests_result test;
    enum stat_status status = tests_pearson(t, &test);
    if (status != STAT_OK)
        return status;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    struct observed_chisq chisq = {test.statistic, test.df};
    double most = t->sum * (lesser_side(t) - 1), low, high;
    likely_lambdas(&chisq, 1 - confidence, &low, &high);
    *v = stat_estimate_of(fmin(1, sqrt(test.statistic / most)), fmin(1, sqrt(low / most)),
                          fmin(1, sqrt(fmax(high, test.statistic) / most)));
    return STAT_OK;
}

enum stat_status effect_corrected_v(const struct crosstab *t, double *v)
{
    struct tests_result test;
    enum stat_status status = tests_pearson(t, &test);
    if (status != STAT_OK)
        return status;
    double rows = (double)t->rows, columns = (double)t->columns, n = t->sum;
    double side = fmin(rows - (rows - 1) * (rows - 1) / (n - 1),
                       columns - (columns - 1) * (columns - 1) / (n - 1));
    if (!(n > 1 && side > 1))
        return STAT_UNDEFINED;
    double square = fmax(0, test.statistic / n - test.df / (n - 1));
    *v = fmin(1, sqrt(square / (side - 1)));
    return STAT_OK;
}

static size_t place_of_most(const double *counts, size_t count, size_t step)
{
    size_t most = 0;
    for (size_t i = 1; i < count; i++)
        if (counts[i * step] > counts[most * step])
            most = i;
    return most;
}

enum stat_status effect_lambda(const struct crosstab *t, double confidence,
                               struct stat_estimate *lambda)
{
    enum stat_status status = crosstab_check(t);
    if (status != STAT_OK)
        return status;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    size_t mode = place_of_most(t->row_sums, t->rows, 1);
    double hits = 0, hits_in_mode = 0, errors = t->sum - t->row_sums[mode];
    for (size_t c = 0; c < t->columns; c++) {
        size_t row = place_of_most(t->cells + c, t->rows, t->columns);
        hits += crosstab_at(t, row, c);
        hits_in_mode += row == mode ? crosstab_at(t, row, c) : 0;
    }
    double value = (hits - t->row_sums[mode]) / errors;
    double spread = (t->sum - hits) / errors *
                    ((hits + t->row_sums[mode] - 2 * hits_in_mode) / errors / errors);
    double half = distribution_z(confidence) * sqrt(fmax(0, spread));
    *lambda = stat_estimate_of(value, fmax(0, value - half), fmin(1, value + half));
    return STAT_OK;
}

static enum stat_status check_2x2(const struct crosstab *t, double confidence)
{
    enum stat_status status = crosstab_check_2x2(t);
    if (status == STAT_OK && !stat_is_confidence(confidence))
        return STAT_DOMAIN;
    return status;
}

/* Bishop, Fienberg & Holland (1975), section 11.3. */
static double phi_variance(const struct crosstab *t, double phi)
{
    double n = t->sum;
    double row = t->row_sums[0] / n, other_row = t->row_sums[1] / n;
    double column = t->column_sums[0] / n, other_column = t->column_sums[1] / n;
    double row_skew = (row - other_row) / sqrt(row * other_row);
    double column_skew = (column - other_column) / sqrt(column * other_column);
    double square = phi * phi;
    return (1 - square + phi * (1 + square / 2) * row_skew * column_skew -
            0.75 * square * (row_skew * row_skew + column_skew * column_skew)) /
           n;
}

enum stat_status effect_phi(const struct crosstab *t, double confidence, struct stat_estimate *phi)
{
    enum stat_status status = check_2x2(t, confidence);
    if (status != STAT_OK)
        return status;
    double rows = sqrt(t->row_sums[0]) * sqrt(t->row_sums[1]);
    double columns = sqrt(t->column_sums[0]) * sqrt(t->column_sums[1]);
    double ad = t->cells[0] / rows * (t->cells[3] / columns);
    double bc = t->cells[1] / rows * (t->cells[2] / columns);
    double value = fmax(-1, fmin(1, ad - bc));
    double half = distribution_z(confidence) * sqrt(fmax(0, phi_variance(t, value)));
    *phi = stat_estimate_of(value, fmax(-1, value - half), fmin(1, value + half));
    return STAT_OK;
}

/* exp(log VALUE +- z ERROR). Zero cells come as an infinity or NaN of IEEE division,
 * which leave the part unset. */
static struct stat_estimate on_log_scale(double value, double error, double confidence)
{
    double half = distribution_z(confidence) * error;
    if (!isfinite(half))
        return stat_estimate_of(value, INFINITY, INFINITY);
    return stat_estimate_of(value, value * exp(-half), value * exp(half));
}

enum stat_status effect_odds_ratio(const struct crosstab *t, double confidence,
                                   struct stat_estimate *ratio)
{
    enum stat_status status = check_2x2(t, confidence);
    if (status != STAT_OK)
        return status;
    double a = t->cells[0], b = t->cells[1], c = t->cells[2], d = t->cells[3];
    *ratio = on_log_scale(a / b * (d / c), sqrt(1 / a + 1 / b + 1 / c + 1 / d), confidence);
    return STAT_OK;
}

static enum stat_status check_groups(const struct effect_groups *g, double confidence)
{
    if (!stat_is_confidence(confidence) || !stat_is_share(g->hits1, g->base1) ||
        !stat_is_share(g->hits2, g->base2))
        return STAT_DOMAIN;
    return g->base1 > 0 && g->base2 > 0 ? STAT_OK : STAT_EMPTY;
}

enum stat_status effect_risk_ratio(const struct effect_groups *g, double confidence,
                                   struct stat_estimate *ratio)
{
    enum stat_status status = check_groups(g, confidence);
    if (status != STAT_OK)
        return status;
    double risk1 = g->hits1 / g->base1, risk2 = g->hits2 / g->base2;
    double error = sqrt((1 - risk1) / g->hits1 + (1 - risk2) / g->hits2);
    *ratio = on_log_scale(risk1 / risk2, error, confidence);
    return STAT_OK;
}

enum stat_status effect_risk_difference(const struct effect_groups *g, double confidence,
                                        struct stat_estimate *difference)
{
    enum stat_status status = check_groups(g, confidence);
    if (status != STAT_OK)
        return status;
    struct stat_estimate first, second;
    interval_wilson(g->hits1, g->base1, confidence, &first);
    interval_wilson(g->hits2, g->base2, confidence, &second);
    double value = first.value - second.value;
    double down = hypot(first.value - first.low, second.high - second.value);
    double up = hypot(first.high - first.value, second.value - second.low);
    *difference = stat_estimate_of(value, value - down, value + up);
    return STAT_OK;
}
