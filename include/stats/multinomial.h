/* multinomial -- exact test of counts against expected shares.
 *
 * All ways to spread the records over the categories are looked at, so it is for few records or few
 * categories. With two categories it is the binomial test. */
#ifndef MULTINOMIAL_H
#define MULTINOMIAL_H

#include "stats/stat.h"

/* P = the sum of the probabilities of all counts no more probable than these, with a relative tie
 * tolerance of 1e-7 (Cressie & Read 1989; R's binom.test for two). SHARES as for tests_goodness().
 * STAT_FRACTION if a count is not whole, STAT_BUDGET if there are more than BUDGET ways. */
enum stat_status multinomial_test(const double *counts, const double *shares, size_t count,
                                  double budget, double *p);

#endif
