#include "stats/multiple.h"

#include <math.h>

#include "distribution.h"

#define ROUNDING 1e-9 /* by which weighted counts may contradict each other */

static double hits_at(const struct multiple_set *set, size_t group, size_t item)
{
    return set->hits[group * set->items + item];
}

static double both_at(const struct multiple_set *set, size_t group, size_t j, size_t k)
{
    return j == k ? hits_at(set, group, j) : set->both[(group * set->items + j) * set->items + k];
}

/* The share of all records that have the item. */
static double pooled_share(const struct multiple_set *set, size_t item)
{
    double hits = 0, n = 0;
    for (size_t g = 0; g < set->groups; g++) {
        hits += hits_at(set, g, item);
        n += set->n[g];
    }
    return hits / n;
}

static bool is_used(const struct multiple_set *set, size_t item)
{
    double share = pooled_share(set, item);
    return share > 0 && share < 1;
}

static enum stat_status check_groups(const struct multiple_set *set, size_t *groups)
{
    double sum;
    enum stat_status status = crosstab_check_counts(set->n, set->groups, &sum);
    if (status != STAT_OK)
        return status;
    *groups = 0;
    for (size_t g = 0; g < set->groups; g++) {
        *groups += set->n[g] > 0;
        for (size_t j = 0; j < set->items; j++)
            if (!stat_is_share(hits_at(set, g, j), set->n[g]))
                return STAT_DOMAIN;
    }
    return *groups < 2 ? STAT_SHAPE : STAT_OK;
}

/* Two items come together at most as often as the rarer, and at least as often as they must. */
static bool pairs_agree(const struct multiple_set *set, size_t group)
{
    double slack = ROUNDING * set->n[group];
    for (size_t j = 0; j < set->items; j++)
        for (size_t k = 0; k < j; k++) {
            double a = hits_at(set, group, j), b = hits_at(set, group, k);
            double both = both_at(set, group, j, k);
            if (!(both >= 0 && both <= fmin(a, b) + slack &&
                  both >= a + b - set->n[group] - slack) ||
                both != both_at(set, group, k, j))
                return false;
        }
    return true;
}

static double item_statistic(const struct multiple_set *set, size_t item)
{
    double share = pooled_share(set, item), sum = 0;
    for (size_t g = 0; g < set->groups; g++) {
        if (set->n[g] == 0)
            continue;
        double off = hits_at(set, g, item) - set->n[g] * share;
        sum += off * off / (set->n[g] * share * (1 - share));
    }
    return sum;
}

enum stat_status multiple_item(const struct multiple_set *set, size_t item,
                               struct tests_result *result)
{
    size_t groups;
    enum stat_status status = check_groups(set, &groups);
    if (status != STAT_OK)
        return status;
    if (!is_used(set, item))
        return STAT_MARGIN;
    double statistic = item_statistic(set, item), df = (double)(groups - 1);
    *result = (struct tests_result){statistic, df, distribution_chisq_tail(statistic, df)};
    return STAT_OK;
}

/* What the pair of items adds to the sum of the squared eigenvalues of the covariance of all scaled
 * deviations sqrt(n_g) (p_gj - p_j) / sqrt(p_j (1 - p_j)). With w the groups' shares and S_g the
 * scaled covariance of the items in group g the trace of its square comes down to sum over j, k of
 * sum_g (1 - 2 w_g) S_gjk^2 + (sum_g w_g S_gjk)^2. */
static double pair_term(const struct multiple_set *set, size_t j, size_t k, double n)
{
    double share_j = pooled_share(set, j), share_k = pooled_share(set, k);
    double scale = sqrt(share_j * (1 - share_j) * share_k * (1 - share_k));
    double squares = 0, mean = 0;
    for (size_t g = 0; g < set->groups; g++) {
        if (set->n[g] == 0)
            continue;
        double w = set->n[g] / n;
        double p_j = hits_at(set, g, j) / set->n[g], p_k = hits_at(set, g, k) / set->n[g];
        double s = (both_at(set, g, j, k) / set->n[g] - p_j * p_k) / scale;
        squares += (1 - 2 * w) * s * s;
        mean += w * s;
    }
    return squares + mean * mean;
}

enum stat_status multiple_rao_scott(const struct multiple_set *set, struct multiple_result *result)
{
    size_t groups;
    enum stat_status status = check_groups(set, &groups);
    if (status != STAT_OK)
        return status;
    double n = 0, squares = 0;
    for (size_t g = 0; g < set->groups; g++) {
        n += set->n[g];
        if (!pairs_agree(set, g))
            return STAT_DOMAIN;
    }
    *result = (struct multiple_result){0};
    for (size_t j = 0; j < set->items; j++) {
        if (!is_used(set, j))
            continue;
        result->used++;
        result->sum += item_statistic(set, j);
        for (size_t k = 0; k < set->items; k++)
            if (is_used(set, k))
                squares += pair_term(set, j, k, n);
    }
    if (result->used == 0)
        return STAT_MARGIN;
    double trace = (double)result->used * (double)(groups - 1); /* the mean of the sum */
    if (!(squares > 0))
        return STAT_UNDEFINED;
    result->statistic = result->sum * trace / squares;
    result->df = trace * trace / squares;
    result->p = distribution_chisq_tail(result->statistic, result->df);
    return STAT_OK;
}
