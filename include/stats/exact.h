/* exact -- tests that enumerate tables instead of trusting a distribution.
 *
 * All take whole counts (else STAT_FRACTION) that add up to 1e11 at most (else STAT_BUDGET). */
#ifndef EXACT_H
#define EXACT_H

#include "stats/crosstab.h"

/* Fisher's exact test of a b / c d, margins fixed. "greater" is the tail of more
 * in the first cell (an odds ratio above 1). Two-sided sums the tables no more
 * probable than this one, with a relative tie tolerance of 1e-7. */
struct exact_fisher {
    double two_sided, less, greater;
};

enum stat_status exact_fisher_2x2(const struct crosstab *t, struct exact_fisher *p);

/* The conditional maximum likelihood odds ratio and its exact interval from two
 * tails of the noncentral hypergeometric distribution (Cornfield 1956). With the
 * first cell at its least the value and the low end are 0; at its most the
 * value and the high end are infinite, and their flags are false. */
enum stat_status exact_odds_ratio(const struct crosstab *t, double confidence,
                                  struct stat_estimate *ratio);

#endif
