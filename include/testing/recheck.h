/* recheck -- an R script that computes the tests of a run again and stops if one differs.
 *
 * It needs base R alone and holds the counts, so it can be sent to a reviewer as it is. What R
 * cannot compute (a table too large for its fisher.test) it names at the end. P values from random
 * tables are compared with R's own random tables, within five standard errors. */
#ifndef RECHECK_H
#define RECHECK_H

#include "testing/tested.h"

void recheck_write(const char *file, const struct tested_list *list,
                   const struct tested_options *o);

#endif
