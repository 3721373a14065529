/* interval -- confidence intervals for a proportion of HITS out of BASE.
 *
 * HITS and BASE need not be whole (weighted counts). Values are proportions, not
 * percentages, and every end lies in [0, 1]. STAT_EMPTY if BASE is 0, STAT_DOMAIN
 * if HITS is not in [0, BASE] or CONFIDENCE not in (0, 1). */
#ifndef INTERVAL_H
#define INTERVAL_H

#include "base/span.h"
#include "stats/stat.h"

/* The score interval: Wilson (1927). */
enum stat_status interval_wilson(double hits, double base, double confidence,
                                 struct stat_estimate *share);

/* The exact interval from two binomial tails: Clopper & Pearson (1934). */
enum stat_status interval_clopper_pearson(double hits, double base, double confidence,
                                          struct stat_estimate *share);

/* z^2 / 2 hits and as many misses added, then Wald, its ends cut at 0 and 1:
 * Agresti & Coull (1998). The value stays HITS / BASE. */
enum stat_status interval_agresti_coull(double hits, double base, double confidence,
                                        struct stat_estimate *share);

/* The tails of Beta(HITS + 1/2, misses + 1/2), but 0 without hits and 1 without misses: Brown, Cai
 * & DasGupta (2001, "Interval estimation for a binomial proportion", section 4.1.2). */
enum stat_status interval_jeffreys(double hits, double base, double confidence,
                                   struct stat_estimate *share);

/* Wilson for a sample of BASE from a finite POPULATION: the variance in the score
 * shrinks by (N - n) / (N - 1) (Cochran 1977, "Sampling Techniques", theorem 3.2).
 * STAT_DOMAIN if POPULATION is less than BASE or 1. All answered: both ends are the share. */
enum stat_status interval_wilson_finite(double hits, double base, double population,
                                        double confidence, struct stat_estimate *share);

/* The share in the POPULATION if all who are not in BASE had been misses (low)
 * or hits (high); no sampling error in it. The value is HITS / BASE. */
enum stat_status interval_bounds(double hits, double base, double population,
                                 struct stat_estimate *share);

/* The intervals that a plan can ask for: a new one is its formula and a row here. */
struct interval_method {
    const char *name; /* in a plan */
    enum stat_status (*of)(double hits, double base, double confidence,
                           struct stat_estimate *share);
    const char *label;  /* for people */
    const char *source; /* author and year */
};

extern const struct interval_method interval_methods[]; /* the first is the usual one */
extern const size_t interval_method_count;

/* The row of NAME, or NULL. */
const struct interval_method *interval_named(struct span name);

#endif
