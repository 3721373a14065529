/* network -- Fisher's exact test for tables larger than 2 by 2.
 *
 * The tables with the observed margins are walked column by column. Partial tables that leave the
 * same row sums (in any order) and are equally probable are kept once, with their joint
 * probability: Mehta & Patel's (1983) network. For the last two columns, whose fillings depend on
 * the rows left alone, the probabilities are sorted and summed once for each set of rows left, and
 * the column before them is never made: what came before it and what comes after meet there, two
 * sorted lists. R's fisher.test() needs three to thirty times as long for the tables of five
 * rows and columns that were tried. */
#ifndef NETWORK_H
#define NETWORK_H

#include "stats/crosstab.h"

/* A hundred million steps take five to ten seconds, and up to 200 MB for a table of twenty rows. */
#define NETWORK_BUDGET 100000000

/* p = the sum of the probabilities of all tables no more probable than this one, with a relative
 * tie tolerance of 1e-7. Whole counts only. BUDGET is the number of column fillings that may be
 * looked at (of many rows a filling counts as several): beyond it STAT_BUDGET (use
 * montecarlo_test()). */
enum stat_status network_fisher(const struct crosstab *t, size_t budget, double *p);

#endif
