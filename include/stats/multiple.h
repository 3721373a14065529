/* multiple -- a group against a set of items of which each record may have several.
 *
 * The items of one record depend on each other, so a chi-square on the pooled table of
 * groups by items is wrong. What is right: a test for each item (their p adjusted as
 * a family), and one for the whole set, which needs to know how often two items come together. */
#ifndef MULTIPLE_H
#define MULTIPLE_H

#include "stats/tests.h"

/* Borrowed counts. BOTH[(g * items + j) * items + k] is how many records of group g have items j
 * and k; with j = k it repeats HITS and is not read. */
struct multiple_set {
    size_t groups, items;
    const double *n;    /* by group: records, with or without an item */
    const double *hits; /* hits[g * items + j]: records of group g with item j */
    const double *both;
};

/* Pearson's test of one item, yes or no, by group. Groups without records are left out.
 * STAT_MARGIN if nobody or everybody has the item. */
enum stat_status multiple_item(const struct multiple_set *set, size_t item,
                               struct tests_result *result);

/* SUM adds up the items' Pearson statistics; it is not chi-square distributed. STATISTIC on DF
 * (a fraction) is its second-order Rao-Scott correction, P its tail: Bilder & Loughin (2004,
 * "Testing for marginal independence between two categorical variables with multiple responses"),
 * method of Rao & Scott (1981). Items that nobody or everybody has are left out; USED counts the
 * others. */
struct multiple_result {
    double sum, statistic, df, p;
    size_t used;
};

/* STAT_DOMAIN if the counts contradict each other, STAT_EMPTY without records, STAT_SHAPE with
 * fewer than two groups that have records, STAT_MARGIN if no item can be used. */
enum stat_status multiple_rao_scott(const struct multiple_set *set, struct multiple_result *result);

#endif
