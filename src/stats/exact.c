#include "stats/exact.h"

#include <math.h>

#include "distribution.h"

#define TIE_TOLERANCE 1e-7    /* equal probabilities differ by rounding */
#define TERM_NEGLIGIBLE 1e-18 /* of the sum so far */
#define SUM_MAX 1e11          /* work grows with its root: an odds ratio takes seconds there */
#define LOG_ODDS_MAX 700.0    /* exp() stays finite */

/* The 2 by 2 tables with fixed margins, by their first cell, LEAST to MOST. */
struct family {
    double hits, misses, draws; /* row sums, first column sum */
    double least, most, observed;
};

static enum stat_status family_of(const struct crosstab *t, struct family *f)
{
    enum stat_status status = crosstab_check_2x2(t);
    if (status == STAT_OK)
        status = crosstab_check_whole(t->cells, 4);
    if (status != STAT_OK)
        return status;
    if (t->sum > SUM_MAX)
        return STAT_BUDGET;
    *f = (struct family){.hits = t->row_sums[0],
                         .misses = t->row_sums[1],
                         .draws = t->column_sums[0],
                         .observed = crosstab_at(t, 0, 0)};
    f->least = fmax(0, f->draws - f->misses);
    f->most = fmin(f->hits, f->draws);
    return STAT_OK;
}

/* P(K = k + 1) / P(K = k). */
static double ratio_up(const struct family *f, double k)
{
    return (f->hits - k) * (f->draws - k) / ((k + 1) * (f->misses - f->draws + k + 1));
}

static double probability(const struct family *f, double k)
{
    return distribution_hypergeometric(k, f->hits, f->misses, f->draws);
}

/* P(K >= k) and P(K <= k), for tails that fall from K on. */
static double sum_up(const struct family *f, double k)
{
    double sum = 0;
    for (double term = probability(f, k); k <= f->most && term > sum * TERM_NEGLIGIBLE; k++) {
        sum += term;
        term *= ratio_up(f, k);
    }
    return sum;
}

static double sum_down(const struct family *f, double k)
{
    double sum = 0;
    for (double term = probability(f, k); k >= f->least && term > sum * TERM_NEGLIGIBLE; k--) {
        sum += term;
        term /= k > f->least ? ratio_up(f, k - 1) : 1;
    }
    return sum;
}

/* The most probable first cell. */
static double mode_of(const struct family *f)
{
    return floor((f->hits + 1) * (f->draws + 1) / (f->hits + f->misses + 2));
}

/* The nearest to the mode of the cells beyond it that are no more probable than LIMIT:
 * bisection, since the probabilities fall on either side of the mode. */
static double find_as_rare(const struct family *f, double mode, double end, double limit)
{
    double common = mode, rare = end;
    while (fabs(rare - common) > 1) {
        double middle = floor((rare + common) / 2);
        if (probability(f, middle) <= limit)
            rare = middle;
        else
            common = middle;
    }
    return rare;
}

static double tail_up(const struct family *f, double k, double mode)
{
    return k > mode ? sum_up(f, k) : 1 - sum_down(f, k - 1);
}

static double tail_down(const struct family *f, double k, double mode)
{
    return k < mode ? sum_down(f, k) : 1 - sum_up(f, k + 1);
}

static double tails_as_rare(const struct family *f, double mode)
{
    double limit = probability(f, f->observed) * (1 + TIE_TOLERANCE), sum = 0;
    if (probability(f, mode) <= limit)
        return 1;
    if (probability(f, f->most) <= limit)
        sum += sum_up(f, find_as_rare(f, mode, f->most, limit));
    if (probability(f, f->least) <= limit)
        sum += sum_down(f, find_as_rare(f, mode, f->least, limit));
    return fmin(sum, 1);
}

enum stat_status exact_fisher_2x2(const struct crosstab *t, struct exact_fisher *p)
{
    struct family f;
    enum stat_status status = family_of(t, &f);
    if (status != STAT_OK)
        return status;
    double mode = mode_of(&f);
    p->greater = fmin(1, tail_up(&f, f.observed, mode));
    p->less = fmin(1, tail_down(&f, f.observed, mode));
    p->two_sided = tails_as_rare(&f, mode);
    return STAT_OK;
}

/* The cell from which on the noncentral probabilities fall: ratio_up() falls with k. */
static double noncentral_mode(const struct family *f, double odds)
{
    double low = f->least - 1, high = f->most;
    while (high - low > 1) {
        double middle = floor((high + low) / 2);
        if (ratio_up(f, middle) * odds < 1)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* Weights relative to the mode's, in three parts about the observed cell. */
struct parts {
    double below, at, above;
    double moment; /* weights times distance from the observed cell */
};

static void add_part(struct parts *sum, double k, double observed, double weight)
{
    *(k < observed ? &sum->below : k > observed ? &sum->above : &sum->at) += weight;
    sum->moment += weight * (k - observed);
}

static struct parts weigh(const struct family *f, double odds)
{
    struct parts sum = {0};
    double mode = noncentral_mode(f, odds), weight = 1;
    for (double k = mode; k <= f->most && weight > TERM_NEGLIGIBLE; k++) {
        add_part(&sum, k, f->observed, weight);
        weight *= ratio_up(f, k) * odds;
    }
    weight = 1;
    for (double k = mode; k > f->least && weight > TERM_NEGLIGIBLE; k--) {
        weight /= ratio_up(f, k - 1) * odds;
        add_part(&sum, k - 1, f->observed, weight);
    }
    return sum;
}

/* Three functions of the log odds ratio that never fall. */
static double at_or_above(double log_odds, const void *with)
{
    struct parts sum = weigh(with, exp(log_odds));
    return (sum.at + sum.above) / (sum.below + sum.at + sum.above);
}

static double above(double log_odds, const void *with)
{
    struct parts sum = weigh(with, exp(log_odds));
    return sum.above / (sum.below + sum.at + sum.above);
}

static double mean_excess(double log_odds, const void *with)
{
    return weigh(with, exp(log_odds)).moment;
}

enum stat_status exact_odds_ratio(const struct crosstab *t, double confidence,
                                  struct stat_estimate *ratio)
{
    struct family f;
    enum stat_status status = family_of(t, &f);
    if (status != STAT_OK)
        return status;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    double tail = (1 - confidence) / 2, ends = LOG_ODDS_MAX;
    *ratio = (struct stat_estimate){.has_low = true};
    if (f.observed > f.least)
        ratio->low = exp(distribution_invert(at_or_above, &f, tail, -ends, ends));
    ratio->has_value = ratio->has_high = f.observed < f.most;
    if (ratio->has_high)
        ratio->high = exp(distribution_invert(above, &f, 1 - tail, -ends, ends));
    if (ratio->has_value && f.observed > f.least)
        ratio->value = exp(distribution_invert(mean_excess, &f, 0, -ends, ends));
    return STAT_OK;
}
