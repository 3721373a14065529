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

/* Of levels I and J of so many CATEGORIES, two or more unless exact: 1 for the same. */
double agreement_weight(enum agreement_weights weights, size_t i, size_t j, size_t categories);

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

/* What agreement by chance is taken to be. */
enum agreement_chance {
    AGREEMENT_FLEISS, /* as often as the levels are used (Fleiss 1971; gaps as Gwet 2014) */
    AGREEMENT_GWET    /* AC1 or, with weights, AC2 (Gwet 2008, Br J Math Stat Psychol 61:29-48) */
};

/* The interval is coefficient +- t SE with (records - 1) degrees of freedom, cut at -1 and 1; P is
 * the two-sided tail of coefficient / SE. None of these where one record alone was coded. */
struct agreement_gaps {
    double observed, expected, se, p;
    struct stat_estimate coefficient;
};

/* Any number of coders, gaps allowed (Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.,
 * chapters 4 and 5): records that one coder alone has coded count for how often levels are used.
 * STAT_EMPTY if no record is coded twice, STAT_UNDEFINED if nothing but agreement was to be
 * expected. VALUES is not read: weights are by the order of levels. */
enum stat_status agreement_gaps(const struct agreement_ratings *r, enum agreement_weights weights,
                                enum agreement_chance chance, double confidence,
                                struct agreement_gaps *result);

/* Krippendorff's alpha = 1 - observed / expected disagreement (Krippendorff 2011, "Computing
 * Krippendorff's alpha-reliability", section C). STAT_DOMAIN for an index out of range or a value
 * that is not finite, STAT_EMPTY if no unit is coded twice, STAT_UNDEFINED if all pairable ratings
 * are the same. */
enum stat_status agreement_alpha(const struct agreement_ratings *r, enum agreement_metric metric,
                                 struct agreement_alpha *result);

#endif
