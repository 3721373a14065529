/* agreement -- how far coders who coded the same records agree. */
#ifndef AGREEMENT_H
#define AGREEMENT_H

#include <stdint.h>

#include "stats/crosstab.h"

enum agreement_weights {
    AGREEMENT_EXACT,    /* 1 on the diagonal, else 0: categories without order */
    AGREEMENT_LINEAR,   /* 1 - |i - j| / (k - 1) */
    AGREEMENT_QUADRATIC /* 1 - (i - j)^2 / (k - 1)^2 */
};

/* OBSERVED and EXPECTED are (weighted) shares of agreement; kappa = (observed - expected) / (1 -
 * expected). SE is that of Fleiss, Cohen & Everitt (1969), the interval kappa +- t SE with n - 1
 * degrees of freedom (Gwet 2014), cut at -1 and 1. */
struct agreement_kappa {
    double observed, expected, se;
    struct stat_estimate kappa;
};

/* Cohen's (1960) kappa of two coders; the first coder's categories in rows, the second's in
 * columns, in the same order (else STAT_SHAPE). STAT_UNDEFINED if both used one and the same
 * category only: then nothing but agreement was to be expected. No interval where n is 1 or less.
 */
enum stat_status agreement_cohen(const struct crosstab *t, enum agreement_weights weights,
                                 double confidence, struct agreement_kappa *result);

/* Fleiss's (1971) kappa: counts of coders by record (row) and category (column), each record by the
 * same number of coders, two or more (else STAT_SHAPE). SE is that of no agreement but by chance
 * (Fleiss, Nee & Landis 1979), Z = kappa / SE and P its two-sided tail. */
struct agreement_fleiss {
    double observed, expected, kappa, se, z, p;
};

enum stat_status agreement_fleiss(const struct crosstab *t, struct agreement_fleiss *result);

enum agreement_metric {
    AGREEMENT_NOMINAL,  /* all differences alike */
    AGREEMENT_ORDINAL,  /* by the ranks between: levels in order of their index */
    AGREEMENT_INTERVAL, /* by the square of the difference of values */
};

#define AGREEMENT_GAP SIZE_MAX /* this coder did not code this record */

/* RATINGS[coder * units + unit] is the index of a level, or AGREEMENT_GAP. VALUES, the levels'
 * numbers, is read for the interval metric alone. */
struct agreement_ratings {
    size_t coders, units, levels;
    const size_t *ratings;
    const double *values;
};

/* PAIRED counts the units that two coders or more have coded, the others are left out; PAIRABLE the
 * ratings in them. AGREEMENT is the share of agreeing pairs of ratings, every unit weighing as many
 * as its ratings. */
struct agreement_alpha {
    double alpha, agreement;
    size_t paired, pairable;
};

/* Krippendorff's alpha = 1 - observed / expected disagreement (Krippendorff 2011, "Computing
 * Krippendorff's alpha-reliability", section C). STAT_DOMAIN for an index out of range or a value
 * that is not finite, STAT_EMPTY if no unit is coded twice, STAT_UNDEFINED if all pairable ratings
 * are the same. */
enum stat_status agreement_alpha(const struct agreement_ratings *r, enum agreement_metric metric,
                                 struct agreement_alpha *result);

#endif
