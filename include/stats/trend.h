/* trend -- association of categories that have an order.
 *
 * Scores place the categories (1, 2, 3 if NULL); they need not be whole or rising. */
#ifndef TREND_H
#define TREND_H

#include "stats/tests.h"

/* Cochran (1954) and Armitage (1955): does the share in the first row rise over the columns of a
 * table of two rows? Z = sqrt(n) r, positive if it rises; its square is result->statistic, df 1.
 * STAT_SHAPE if there are not two rows, STAT_UNDEFINED if all scores are the same. */
enum stat_status trend_cochran_armitage(const struct crosstab *t, const double *scores, double *z,
                                        struct tests_result *result);

/* Linear by linear: M^2 = (n - 1) r^2, df 1, r the correlation of the scores (Mantel 1963); SAS's
 * "Mantel-Haenszel chi-square". */
enum stat_status trend_linear(const struct crosstab *t, const double *row_scores,
                              const double *column_scores, double *r, struct tests_result *result);

#endif
