/* effect -- how large a difference is, each measure with its interval.
 *
 * Tables pass crosstab_check() (its status is returned), CONFIDENCE lies in (0, 1)
 * (else STAT_DOMAIN). */
#ifndef EFFECT_H
#define EFFECT_H

#include "stats/crosstab.h"

/* Cramer's V = sqrt(X^2 / (n (k - 1))), k the lesser of rows and columns. The
 * interval inverts the noncentral chi-square distribution: the lambdas by which the observed X^2 is
 * likely, V = sqrt(lambda / (n (k - 1))) (Steiger 2004, "Beyond the F test"; others write sqrt((df
 * + lambda) / (n (k - 1))) after Smithson 2003, which never reaches 0). Two tails are left out
 * where lambda is large, one where it is small (a unified interval: Feldman & Cousins 1998), so
 * that the lower end is above 0 just where Pearson's p is under 1 - CONFIDENCE, and no interval is
 * empty where X^2 is less than chance alone gives. The upper end is V at the least: of large tables
 * V overstates. */
enum stat_status effect_cramers_v(const struct crosstab *t, double confidence,
                                  struct stat_estimate *v);

/* V less its bias, 0 at the least; no interval: Bergsma (2013, "A bias-correction for Cramer's V").
 * STAT_UNDEFINED if n is too small beside the table for the correction. */
enum stat_status effect_corrected_v(const struct crosstab *t, double *v);

/* Goodman & Kruskal's (1954) lambda: by what share the errors in guessing a record's row get
 * fewer when its column is known. Wald interval on their (1963) variance, cut at 0 and 1.
 * STAT_UNDEFINED if all records are in one row. */
enum stat_status effect_lambda(const struct crosstab *t, double confidence,
                               struct stat_estimate *lambda);

/* phi = (ad - bc) / sqrt(product of the margins), with its sign; 2 by 2. Wald interval on the
 * multinomial's delta-method variance (Bishop, Fienberg & Holland 1975, section 11.3), cut at -1
 * and 1. */
enum stat_status effect_phi(const struct crosstab *t, double confidence, struct stat_estimate *phi);

/* The sample odds ratio ad / bc with the interval exp(log +- z sqrt(1/a + 1/b + 1/c
 * + 1/d)) (Woolf 1955). A zero cell leaves no interval, and no value where bc is 0.
 * For an interval with zero cells see exact_odds_ratio(). */
enum stat_status effect_odds_ratio(const struct crosstab *t, double confidence,
                                   struct stat_estimate *ratio);

/* Two independent groups: HITS1 of BASE1 against HITS2 of BASE2. STAT_EMPTY if a base is
 * 0, STAT_DOMAIN if hits are above their base or under 0. */
struct effect_groups {
    double hits1, base1, hits2, base2;
};

/* (HITS1 / BASE1) / (HITS2 / BASE2) with the interval exp(log +- z sqrt(1/hits1 - 1/base1 + 1/hits2
 * - 1/base2)) (Katz et al. 1978). No interval where one has no hits, no value where
 * the second has none. */
enum stat_status effect_risk_ratio(const struct effect_groups *g, double confidence,
                                   struct stat_estimate *ratio);

/* HITS1 / BASE1 - HITS2 / BASE2 with the hybrid score interval made of the two
 * Wilson intervals (Newcombe 1998, method 10). */
enum stat_status effect_risk_difference(const struct effect_groups *g, double confidence,
                                        struct stat_estimate *difference);

#endif
