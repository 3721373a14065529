/* paired -- two answers of the same records: has anything changed?
 *
 * Square tables, the first answer in rows, the second in columns, both in the same order; else
 * STAT_SHAPE. Only records off the diagonal count: STAT_UNDEFINED if there are none. Empty rows and
 * columns are no fault. */
#ifndef PAIRED_H
#define PAIRED_H

#include "stats/tests.h"

/* McNemar (1947) for 2 by 2, X^2 = (b - c)^2 / (b + c); Bowker (1948) for more categories, the same
 * summed over pairs of cells. A pair of empty cells adds neither to X^2 nor to df. */
enum stat_status paired_mcnemar(const struct crosstab *t, struct tests_result *result);

/* (|b - c| - 1)^2 / (b + c), 0 if |b - c| is under 1 (Edwards 1948); 2 by 2 only. */
enum stat_status paired_mcnemar_corrected(const struct crosstab *t, struct tests_result *result);

/* The two-sided binomial p of b among b + c with share 1/2; whole counts only. Of more categories
 * if answers changed between two of them alone, which leaves Bowker's test that pair; else
 * STAT_SHAPE. */
enum stat_status paired_mcnemar_exact(const struct crosstab *t, double *p);

/* Are the margins the same? Stuart (1955) and Maxwell (1970): d' S^-1 d, d the differences of row
 * and column sums, df one less than the categories that anybody changed from or to. STAT_UNDEFINED
 * if nobody changed. For 2 by 2 it is McNemar's. */
enum stat_status paired_stuart_maxwell(const struct crosstab *t, struct tests_result *result);

/* Cochran's (1950) Q: were COUNT answers given equally often by the same N records? HITS of each,
 * and BOTH[i * COUNT + j] with both i and j (i itself on the diagonal). STAT_UNDEFINED if every
 * record gave all or none. */
enum stat_status paired_cochran_q(const double *hits, const double *both, size_t count,
                                  struct tests_result *result);

#endif
