/* tests -- chi-square tests of tables and lists of counts.
 *
 * Every table passes crosstab_check() first and its status is returned, so
 * empty rows and columns are to be dropped before (crosstab_squeeze()). Results
 * are written only with STAT_OK. p is the upper tail itself, never 1 - cdf:
 * good down to 1e-307; 0 says less than 4.9e-324. */
#ifndef TESTS_H
#define TESTS_H

#include "stats/crosstab.h"

struct tests_result {
    double statistic, df, p;
};

/* X^2 = sum (O - E)^2 / E (Pearson 1900), df = (rows - 1)(columns - 1). */
enum stat_status tests_pearson(const struct crosstab *t, struct tests_result *result);

/* The likelihood-ratio statistic G = 2 sum O log(O / E); an empty cell adds 0. */
enum stat_status tests_g(const struct crosstab *t, struct tests_result *result);

/* Pearson with each |O - E| less min(0.5, |O - E|) (Yates 1934); 2 by 2 only. */
enum stat_status tests_yates(const struct crosstab *t, struct tests_result *result);

/* Whether the chi-square distribution may be trusted: Cochran (1954) asks that no
 * expected count is under 1 and at most a fifth of them under 5. */
struct tests_expected {
    double min;
    size_t below_1, below_5, cells;
    bool cochran_ok;
};

enum stat_status tests_expected(const struct crosstab *t, struct tests_expected *expected);

/* Per cell, row-major, room for rows * columns each; NULL for what is not wanted.
 * adjusted = (O - E) / sqrt(E (1 - row share)(1 - column share)) (Haberman 1973),
 * normal if independent; p its two-sided tail (to be adjusted over the cells);
 * contribution = (O - E)^2 / E, which add up to X^2. */
struct tests_residuals {
    double *expected, *adjusted, *p, *contribution;
};

enum stat_status tests_residuals(const struct crosstab *t, const struct tests_residuals *into);

/* Pearson's test of two of a table's columns, from the rows that are not empty in both. */
struct tests_pair {
    size_t first, second;
    enum stat_status status; /* RESULT is set with STAT_OK only */
    struct tests_result result;
};

/* Every pair of columns, in the order 0-1, 0-2, ..., 1-2, ...; PAIRS has room for
 * columns * (columns - 1) / 2. Their p are to be adjusted as one family. */
enum stat_status tests_pairwise(const struct crosstab *t, struct tests_pair *pairs);

/* Counts against expected shares, in any scale (40:20:20:15:5); NULL for equal
 * shares. df = count - 1. STAT_UNDEFINED if a share is 0, STAT_SHAPE with one category. */
enum stat_status tests_goodness(const double *counts, const double *shares, size_t count,
                                struct tests_result *result);
enum stat_status tests_goodness_g(const double *counts, const double *shares, size_t count,
                                  struct tests_result *result);
enum stat_status tests_goodness_expected(const double *counts, const double *shares, size_t count,
                                         struct tests_expected *expected);

/* As tests_residuals(); adjusted = (O - E) / sqrt(E (1 - share)). */
enum stat_status tests_goodness_residuals(const double *counts, const double *shares, size_t count,
                                          const struct tests_residuals *into);

#endif
