#include "stats/location.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/arena.h"
#include "distribution.h"

#define MOST_EXACT 50 /* numbers in a group, as in R */

static double error_of(const struct location_group *g)
{
    return g->sd * g->sd / g->n;
}

enum stat_status location_mean(const struct location_group *g, double confidence,
                               struct stat_estimate *mean)
{
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    if (!(g->n >= 2) || !isfinite(g->sd))
        return STAT_EMPTY;
    double half = gsl_cdf_tdist_Qinv((1 - confidence) / 2, g->n - 1) * sqrt(error_of(g));
    *mean = stat_estimate_of(g->mean, g->mean - half, g->mean + half);
    return STAT_OK;
}

static enum stat_status check(const struct location_group *groups, size_t count)
{
    if (count < 2)
        return STAT_SHAPE;
    for (size_t i = 0; i < count; i++)
        if (!(groups[i].n >= 2) || !isfinite(groups[i].sd) || !isfinite(groups[i].mean))
            return STAT_EMPTY;
    return STAT_OK;
}

static enum stat_status welch_two(const struct location_group *g, struct location_welch *result)
{
    double one = error_of(&g[0]), two = error_of(&g[1]), sum = one + two;
    if (!(sum > 0))
        return STAT_UNDEFINED;
    double a = one / sum, b = two / sum;
    double df = 1 / (a * a / (g[0].n - 1) + b * b / (g[1].n - 1));
    double t = (g[0].mean - g[1].mean) / sqrt(sum);
    *result = (struct location_welch){t, df, 0, 2 * gsl_cdf_tdist_Q(fabs(t), df)};
    return STAT_OK;
}

static enum stat_status welch_many(const struct location_group *g, size_t count,
                                   struct location_welch *result)
{
    double weights = 0, mean = 0, between = 0, spread = 0, k = (double)count;
    for (size_t i = 0; i < count; i++) {
        if (!(g[i].sd > 0))
            return STAT_UNDEFINED;
        weights += 1 / error_of(&g[i]);
    }
    for (size_t i = 0; i < count; i++)
        mean += g[i].mean / error_of(&g[i]) / weights;
    for (size_t i = 0; i < count; i++) {
        double share = 1 / error_of(&g[i]) / weights;
        between += (g[i].mean - mean) * (g[i].mean - mean) / error_of(&g[i]);
        spread += (1 - share) * (1 - share) / (g[i].n - 1);
    }
    spread /= k * k - 1;
    double f = between / (k - 1) / (1 + 2 * (k - 2) * spread), df2 = 1 / (3 * spread);
    *result = (struct location_welch){f, k - 1, df2, gsl_cdf_fdist_Q(f, k - 1, df2)};
    return STAT_OK;
}

enum stat_status location_welch(const struct location_group *groups, size_t count,
                                struct location_welch *result)
{
    enum stat_status status = check(groups, count);
    if (status != STAT_OK)
        return status;
    return count == 2 ? welch_two(groups, result) : welch_many(groups, count, result);
}

enum stat_status location_difference(const struct location_group *groups, double confidence,
                                     struct stat_estimate *difference)
{
    struct location_welch welch;
    enum stat_status status = location_welch(groups, 2, &welch);
    if (status != STAT_OK)
        return status;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    double value = groups[0].mean - groups[1].mean;
    double half = gsl_cdf_tdist_Qinv((1 - confidence) / 2, welch.df) *
                  sqrt(error_of(&groups[0]) + error_of(&groups[1]));
    *difference = stat_estimate_of(value, value - half, value + half);
    return STAT_OK;
}

/* P(U <= u) for U of N and M numbers without ties: the ways to reach each U with the first i
 * numbers of the one and j of the other, as shares of all ways so that nothing overflows. */
static double exact_below(double u, size_t n, size_t m)
{
    struct arena arena = {0};
    size_t most = n * m + 1;
    double *now = arena_array(&arena, (m + 1), most * sizeof *now);
    for (size_t j = 0; j <= m; j++)
        now[j * most] = 1; /* none of the first group: U is 0 */
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            double last_first = (double)i / (double)(i + j); /* the largest is of the first group */
            double *row = now + j * most, *before = j ? now + (j - 1) * most : row;
            for (size_t k = most; k-- > 0;) {
                double own = k >= j ? row[k - j] : 0;
                row[k] = last_first * own + (j ? (1 - last_first) * before[k] : 0);
            }
        }
    double sum = 0;
    for (size_t k = 0; k < most && (double)k <= u; k++)
        sum += now[m * most + k];
    arena_free(&arena);
    return fmin(1, sum);
}

static enum stat_status check_ranks(const struct location_group *groups, size_t count, double ties,
                                    double *n)
{
    *n = 0;
    if (count < 2)
        return STAT_SHAPE;
    for (size_t i = 0; i < count; i++) {
        if (!(groups[i].n >= 1))
            return STAT_EMPTY;
        if (!isfinite(groups[i].rank_sum))
            return STAT_UNDEFINED;
        *n += groups[i].n;
    }
    return isfinite(ties) && ties < (*n - 1) * *n * (*n + 1) ? STAT_OK : STAT_UNDEFINED;
}

enum stat_status location_mann_whitney(const struct location_group *groups, double ties,
                                       struct tests_result *result)
{
    double n, one = groups[0].n, two = groups[1].n;
    enum stat_status status = check_ranks(groups, 2, ties, &n);
    if (status != STAT_OK)
        return status;
    double u = groups[0].rank_sum - one * (one + 1) / 2, p;
    if (one < MOST_EXACT && two < MOST_EXACT && ties == 0) {
        double less = fmin(u, one * two - u); /* the distribution is symmetric */
        p = 2 * exact_below(less, (size_t)one, (size_t)two);
    } else {
        double off = u - one * two / 2;
        double sigma = sqrt(one * two / 12 * (n + 1 - ties / (n * (n - 1))));
        double corrected = fmax(0, fabs(off) - 0.5);
        p = distribution_normal_two_sided(off == 0 ? 0 : corrected / sigma);
    }
    *result = (struct tests_result){u, 0, fmin(1, p)};
    return STAT_OK;
}

enum stat_status location_kruskal_wallis(const struct location_group *groups, size_t count,
                                         double ties, struct tests_result *result)
{
    double n, sum = 0;
    enum stat_status status = check_ranks(groups, count, ties, &n);
    if (status != STAT_OK)
        return status;
    for (size_t i = 0; i < count; i++) { /* about the mean rank: no squares that cancel */
        double off = groups[i].rank_sum / groups[i].n - (n + 1) / 2;
        sum += groups[i].n * off * off;
    }
    double h = 12 / (n * (n + 1)) * sum / (1 - ties / ((n - 1) * n * (n + 1)));
    double df = (double)(count - 1);
    *result = (struct tests_result){h, df, distribution_chisq_tail(h, df)};
    return STAT_OK;
}

/* ---- weighted numbers ---- */

static double records_of(const struct location_group *groups, size_t count)
{
    double n = 0;
    for (size_t i = 0; i < count; i++)
        n += groups[i].n;
    return n;
}

static double variance_of(const struct location_group *g, enum location_what what, double records)
{
    double error = what == LOCATION_MEANS ? g->error : g->place_error;
    return records / (records - 1) * error * error;
}

static double mean_of(const struct location_group *g, enum location_what what)
{
    return what == LOCATION_MEANS ? g->mean : g->place_mean;
}

static enum stat_status wald_many(const struct location_group *groups, size_t count,
                                  enum location_what what, double records,
                                  struct location_welch *result)
{
    double weights = 0, mean = 0, between = 0, df = (double)(count - 1);
    for (size_t i = 0; i < count; i++) {
        double variance = variance_of(&groups[i], what, records);
        if (!(variance > 0))
            return STAT_UNDEFINED;
        weights += 1 / variance;
    }
    for (size_t i = 0; i < count; i++)
        mean += mean_of(&groups[i], what) / variance_of(&groups[i], what, records) / weights;
    for (size_t i = 0; i < count; i++) {
        double off = mean_of(&groups[i], what) - mean;
        between += off * off / variance_of(&groups[i], what, records);
    }
    double df2 = records - (double)count, f = between / df;
    *result = (struct location_welch){f, df, df2, gsl_cdf_fdist_Q(f, df, df2)};
    return STAT_OK;
}

enum stat_status location_wald(const struct location_group *groups, size_t count,
                               enum location_what what, struct location_welch *result)
{
    double records = records_of(groups, count);
    if (count < 2)
        return STAT_SHAPE;
    for (size_t i = 0; i < count; i++)
        if (!(groups[i].n >= 2))
            return STAT_EMPTY;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(mean_of(&groups[i], what)) ||
            !isfinite(variance_of(&groups[i], what, records)))
            return STAT_DOMAIN;
    if (count > 2)
        return wald_many(groups, count, what, records, result);
    double variance =
        variance_of(&groups[0], what, records) + variance_of(&groups[1], what, records);
    if (!(variance > 0))
        return STAT_UNDEFINED;
    double t = (mean_of(&groups[0], what) - mean_of(&groups[1], what)) / sqrt(variance);
    double df = records - 2;
    *result = (struct location_welch){t, df, 0, 2 * gsl_cdf_tdist_Q(fabs(t), df)};
    return STAT_OK;
}

enum stat_status location_wald_difference(const struct location_group *groups, double confidence,
                                          struct stat_estimate *difference)
{
    struct location_welch t;
    enum stat_status status = location_wald(groups, 2, LOCATION_MEANS, &t);
    if (status != STAT_OK)
        return status;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    double records = records_of(groups, 2), value = groups[0].mean - groups[1].mean;
    double half = gsl_cdf_tdist_Qinv((1 - confidence) / 2, t.df) *
                  sqrt(variance_of(&groups[0], LOCATION_MEANS, records) +
                       variance_of(&groups[1], LOCATION_MEANS, records));
    *difference = stat_estimate_of(value, value - half, value + half);
    return STAT_OK;
}
