/* strata -- 2 by 2 tables of several layers, tested and pooled without being added up. */
#ifndef STRATA_H
#define STRATA_H

#include "stats/tests.h"

/* One layer's table a b / c d. */
struct strata_layer {
    double a, b, c, d;
};

/* Mantel & Haenszel (1959). PLAIN is (sum a - sum E)^2 / sum V, df 1; CORRECTED takes 0.5 off the
 * difference where it is at least 0.5. RATIO is the common odds ratio, sum (ad / n) / sum (bc / n),
 * with the interval of Robins, Breslow & Greenland (1986) on the log scale; its value is missing
 * where the lower sum is 0, its ends where either is. USED counts the layers without an empty row
 * or column: the others tell nothing and are left out. */
struct strata_result {
    struct tests_result plain, corrected;
    struct stat_estimate ratio;
    size_t used;
};

/* STAT_EMPTY if no layer has counts, STAT_MARGIN if each has an empty row or column. */
enum stat_status strata_mantel_haenszel(const struct strata_layer *layers, size_t count,
                                        double confidence, struct strata_result *result);

/* The lesser of how far the sum of the first cells can fall below and rise above what is expected,
 * margins fixed: 5 and more, and the chi-square distribution of the test may be trusted (Mantel &
 * Fleiss 1980, "Minimum expected cell size requirements for the Mantel-Haenszel
 * one-degree-of-freedom chi-square test"). */
double strata_mantel_fleiss(const struct strata_layer *layers, size_t count);

/* The exact conditional test: P = the probability of all sums of the first cells that are no more
 * probable than the observed one, margins of all layers fixed, with a relative tie tolerance of
 * 1e-7 (Birch 1964; R's mantelhaen.test(exact = TRUE)). Whole counts only. STAT_BUDGET if it takes
 * more than BUDGET multiplications. */
enum stat_status strata_exact(const struct strata_layer *layers, size_t count, double budget,
                              double *p);

/* Is the odds ratio the same in all layers? Breslow & Day (1980, eq. 4.30) at the common odds
 * ratio, and with Tarone's (1985) correction; df is the layers used less 1. STAT_SHAPE with under
 * two layers to use, STAT_UNDEFINED where the common odds ratio is 0 or infinite. */
struct strata_homogeneity {
    struct tests_result breslow_day, tarone;
    size_t used;
    double above_5; /* the share of the cells in which more than 5 are expected at that odds ratio:
                       under .8 neither is to be trusted (as SAS says) */
};

enum stat_status strata_breslow_day(const struct strata_layer *layers, size_t count,
                                    struct strata_homogeneity *result);

#endif
