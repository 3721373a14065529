#include "stats/describe.h"

#include <math.h>

#define VALUE_MAX 1e140 /* its square times 2^53 stays finite */

/* Weights of .3, .6 and .1 add up to a share but for rounding, which must not pass it over. */
#define ROUNDING 1e-12

static enum stat_status check_values(const struct describe_values *v, double *n)
{
    *n = 0;
    for (size_t i = 0; i < v->count; i++) {
        if (!(fabs(v->values[i]) <= VALUE_MAX) || !stat_is_count(v->counts[i]) ||
            (i > 0 && v->values[i] <= v->values[i - 1]))
            return STAT_DOMAIN;
        *n += v->counts[i];
    }
    if (!stat_is_count(*n))
        return STAT_DOMAIN;
    return *n > 0 ? STAT_OK : STAT_EMPTY;
}

/* The first counted value whose running count reaches RANK. */
static double at_rank(const struct describe_values *v, double rank)
{
    double reached = 0, value = 0;
    for (size_t i = 0; i < v->count; i++) {
        if (v->counts[i] == 0)
            continue;
        reached += v->counts[i];
        value = v->values[i];
        if (reached >= rank)
            break;
    }
    return value;
}

static bool has_whole_counts(const struct describe_values *v)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->counts[i] != floor(v->counts[i]))
            return false;
    return true;
}

static double quantile_of(const struct describe_values *v, double n, double p)
{
    if (v->records > 0 || !has_whole_counts(v))
        return at_rank(v, n * p * (1 - ROUNDING));
    double place = 1 + (n - 1) * p, whole = floor(place);
    double low = at_rank(v, whole), rest = place - whole;
    return rest > 0 ? low + rest * (at_rank(v, whole + 1) - low) : low;
}

static double mean_of(const struct describe_values *v, double n)
{
    double mean = 0, off = 0;
    for (size_t i = 0; i < v->count; i++)
        mean += v->values[i] * (v->counts[i] / n);
    for (size_t i = 0; i < v->count; i++) /* what rounding left */
        off += (v->values[i] - mean) * (v->counts[i] / n);
    return mean + off;
}

/* By Neumaier's compensated sum (1974, Z. Angew. Math. Mech. 54:39-51): whole numbers add up
 * to a whole number. */
static double sum_of(const struct describe_values *v)
{
    double sum = 0, lost = 0;
    for (size_t i = 0; i < v->count; i++) {
        double term = v->values[i] * v->counts[i], next = sum + term;
        lost += fabs(sum) >= fabs(term) ? sum - next + term : term - next + sum;
        sum = next;
    }
    return sum + lost;
}

static double squares_about(const struct describe_values *v, double n, double mean)
{
    double squares = 0, rest = 0;
    for (size_t i = 0; i < v->count; i++) {
        double off = v->values[i] - mean;
        squares += off * off * v->counts[i];
        rest += off * v->counts[i];
    }
    return fmax(0, squares - rest * rest / n);
}

enum stat_status describe_summarise(const struct describe_values *v, struct describe_summary *s)
{
    double n;
    enum stat_status status = check_values(v, &n);
    if (status != STAT_OK)
        return status;
    *s = (struct describe_summary){.n = n, .mean = mean_of(v, n)};
    double records = v->records > 0 ? v->records : n;
    s->has_sd = records > 1;
    s->sum = sum_of(v);
    if (s->has_sd)
        s->sd = sqrt(squares_about(v, n, s->mean) / n * (records / (records - 1)));
    s->min = quantile_of(v, n, 0);
    s->lower_quartile = quantile_of(v, n, 0.25);
    s->median = quantile_of(v, n, 0.5);
    s->upper_quartile = quantile_of(v, n, 0.75);
    s->max = quantile_of(v, n, 1);
    return STAT_OK;
}

enum stat_status describe_quantile(const struct describe_values *v, double p, double *quantile)
{
    double n;
    enum stat_status status = check_values(v, &n);
    if (status != STAT_OK)
        return status;
    if (!(p >= 0 && p <= 1))
        return STAT_DOMAIN;
    *quantile = quantile_of(v, n, p);
    return STAT_OK;
}
