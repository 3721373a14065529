/* montecarlo -- p values from random tables like the observed one.
 *
 * For tables whose expected counts are too small for the chi-square distribution and that are too
 * large for an exact test. The same seed gives the same result on every machine. */
#ifndef MONTECARLO_H
#define MONTECARLO_H

#include <stdint.h>

#include "stats/crosstab.h"

enum montecarlo_statistic {
    MONTECARLO_PEARSON, /* at least as large an X^2 */
    MONTECARLO_FISHER   /* a table no more probable */
};

/* p = (1 + extreme) / (1 + replicates), which is never 0 (Davison & Hinkley 1997, eq. 4.11). LOW to
 * HIGH is the exact (Clopper-Pearson) interval of the p that endless replicates would give. */
struct montecarlo_result {
    double p, low, high;
    size_t replicates, extreme;
};

/* How many random tables like T take about a second: 10000, or fewer of a large table. */
size_t montecarlo_default(const struct crosstab *t);

/* Whole counts only, 1e10 at the most and with less than 1e10 steps of work in all (the root of the
 * sum times cells times replicates; a few seconds), else STAT_BUDGET. STAT_DOMAIN if REPLICATES is
 * 0 or CONFIDENCE not in (0, 1). Ties count as extreme, with a relative tolerance of 1e-7. */
enum stat_status montecarlo_test(const struct crosstab *t, enum montecarlo_statistic statistic,
                                 size_t replicates, uint64_t seed, double confidence,
                                 struct montecarlo_result *result);

/* The same for counts against expected shares (NULL: equal shares), by X^2, from random counts of
 * the same sum. Statuses as tests_goodness(). */
enum stat_status montecarlo_goodness(const double *counts, const double *shares, size_t count,
                                     size_t replicates, uint64_t seed, double confidence,
                                     struct montecarlo_result *result);

#endif
