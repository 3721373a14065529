/* location -- whether groups of numbers lie at different places, from what is known of each group.
 */
#ifndef LOCATION_H
#define LOCATION_H

#include "stats/tests.h"

/* N numbers with their mean and standard deviation (n - 1 below; NAN for one number), and the sum
 * of their ranks among the numbers of all groups. */
struct location_group {
    double n, mean, sd, rank_sum;
    double error, place_mean, place_error; /* of weighted numbers: see location_wald() */
};

/* The mean of one group with Student's (1908) interval. STAT_EMPTY with under two numbers. */
enum stat_status location_mean(const struct location_group *g, double confidence,
                               struct stat_estimate *mean);

/* Are the means the same, whatever the variances? Of two groups STATISTIC is t of the first less
 * the second (Welch 1947, "The generalization of Student's problem"), DF2 0; of more F on DF and
 * DF2 (Welch 1951, "On the comparison of several mean values"). STAT_SHAPE with under two groups,
 * STAT_EMPTY if one has under two numbers, STAT_UNDEFINED if none, or of more than two one, varies.
 */
struct location_welch {
    double statistic, df, df2, p;
};

enum stat_status location_welch(const struct location_group *groups, size_t count,
                                struct location_welch *result);

/* The first group's mean less the second's, with Welch's interval. */
enum stat_status location_difference(const struct location_group *groups, double confidence,
                                     struct stat_estimate *difference);

/* Mann & Whitney (1947): STATISTIC is U of the first group (R's W), df 0. P is exact with under 50
 * numbers in each group and no ties; else normal, corrected for continuity and ties, as R's
 * wilcox.test(). TIES is the sum of t^3 - t. */
enum stat_status location_mann_whitney(const struct location_group *groups, double ties,
                                       struct tests_result *result);

/* Weighted numbers, of records drawn with unequal weights. Are the means the same? t of two groups
 * on DF = records - 2, F of COUNT groups on COUNT - 1 and records - COUNT degrees of freedom, by
 * their linearised variances, records / (records - 1) error^2: Wald's test of a regression on the
 * groups (Lumley 2010, "Complex Surveys"), as R's survey::svyttest() and regTermTest() of
 * svyglm(). With LOCATION_PLACES of the numbers' places in the whole instead: the rank test of
 * Lumley & Scott (2013), as svyranktest(), which agrees where ties have the same weight.
 * STAT_EMPTY if a group has under two numbers, whose variance R takes for 0; STAT_UNDEFINED if
 * none, or of more than two one, varies; STAT_DOMAIN without the errors. */
enum location_what { LOCATION_MEANS, LOCATION_PLACES };

enum stat_status location_wald(const struct location_group *groups, size_t count,
                               enum location_what what, struct location_welch *result);

/* The first group's mean less the second's, with the interval of that t. */
enum stat_status location_wald_difference(const struct location_group *groups, double confidence,
                                          struct stat_estimate *difference);

/* Kruskal & Wallis (1952), corrected for ties: H, chi-square on COUNT - 1 df. */
enum stat_status location_kruskal_wallis(const struct location_group *groups, size_t count,
                                         double ties, struct tests_result *result);

#endif
