/* proportions -- which columns of a table have more of a row than which others. */
#ifndef PROPORTIONS_H
#define PROPORTIONS_H

#include "stats/crosstab.h"

/* ABOVE[(row * columns + one) * columns + other] becomes true where column ONE has a larger share
 * of the row than OTHER by the z test of two proportions with the pooled variance (Fleiss, Levin &
 * Paik 2003) without correction, as R's prop.test(correct = FALSE), its two-sided p times the pairs
 * of columns (Bonferroni, for each row by itself) under ALPHA. Shares of 0 and 1 are not compared.
 * As the column proportions tests of SPSS. */
enum stat_status proportions_compare(const struct crosstab *t, double alpha, bool *above);

#endif
