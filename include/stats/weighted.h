/* weighted -- tests of weighted counts, by the records behind them.
 *
 * A record of weight 100 is one record: a chi-square of the weighted sums would take it for a
 * hundred. Rao & Scott (1984, "On chi-squared tests for multiway contingency tables with cell
 * proportions estimated from survey data") compare Pearson's statistic of the weighted shares with
 * what it would be worth by the shares' real variance; for records drawn one by one with unequal
 * weights that variance needs the sums of squared weights alone. As survey::svychisq() of R for
 * svydesign(ids = ~1, weights = ~w). */
#ifndef WEIGHTED_H
#define WEIGHTED_H

#include "stats/crosstab.h"

/* Second order, with Satterthwaite's degrees of freedom: F = X^2 / trace, on DF and DF2 = DF *
 * (records - 1) (Thomas & Rao 1987). First order: FIRST = X^2 / mean eigenvalue, chi-square on
 * FIRST_DF. Both of the weighted table scaled to the number of records. DEFF is the mean design
 * effect. */
struct weighted_result {
    double f, df, df2, p;
    double first, first_df, first_p;
    double deff, records;
};

/* T holds sums of weights, SQUARES those of squared weights, cell by cell, RECORDS is how many
 * there are. STAT_UNDEFINED if the cells leave no variance to compare, STAT_BUDGET beyond
 * WEIGHTED_MOST degrees of freedom. */
#define WEIGHTED_MOST 400

enum stat_status weighted_independence(const struct crosstab *t, const double *squares,
                                       double records, struct weighted_result *result);

/* A list of weighted counts against SHARES, as tests_goodness(). */
enum stat_status weighted_goodness(const double *counts, const double *squares,
                                   const double *shares, size_t count, double records,
                                   struct weighted_result *result);

/* Of a 2 by 2 table, first row, first column against second: Wald intervals from the linearised
 * variances, records / (records - 1) sum S / W^2 of the log odds ratio and records / (records - 1)
 * (S1 q^2 + S2 p^2) / (W1 + W2)^2 of a column's share p (Taylor linearisation, as R's
 * survey::svycontrast(); Woodruff 1971). STAT_UNDEFINED with a cell of 0, which has no variance. */
struct weighted_effects {
    struct stat_estimate odds_ratio, risk_ratio, risk_difference;
};

enum stat_status weighted_effects(const struct crosstab *t, const double *squares, double records,
                                  double confidence, struct weighted_effects *effects);

#endif
