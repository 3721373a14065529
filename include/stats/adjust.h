/* adjust -- p values corrected for the number of tests in their family. */
#ifndef ADJUST_H
#define ADJUST_H

#include "stats/stat.h"

enum adjust_method {
    ADJUST_NONE,
    ADJUST_BONFERRONI, /* min(1, m p) */
    ADJUST_HOLM,       /* step-down: Holm (1979) */
    ADJUST_BH          /* step-up, false discovery rate: Benjamini & Hochberg (1995) */
};

/* The COUNT p values of one family into ADJUSTED, in the same order; the two may
 * be the same array. STAT_DOMAIN if one is not in [0, 1]. */
enum stat_status adjust_p(enum adjust_method method, const double *p, size_t count,
                          double *adjusted);

#endif
