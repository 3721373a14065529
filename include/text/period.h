/* period -- months, quarters and financial years as people write them.
 *
 *   month            2020-07    from July 2020, Jul-20, 07/2020, 2020-07
 *   quarter          2020-Q3    from Q3 2020, 2020 Q3, quarter 3 of 2020
 *                    2019/20-Q3 from Q3 2019/20: a quarter of a financial year
 *   financial year   2019/20    from 2019-20, 2019/2020, FY 2019/20, Apr 2019 to Mar 2020
 *
 * Give the text cleaned (clean.h). The form that is written is always read. */
#ifndef PERIOD_H
#define PERIOD_H

#include "text/date.h"

enum period { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_FINANCIAL_YEAR };

/* TEXT in the form above at the end of B; *DOUBTS is the sum of enum date_doubt that apply: years
 * of two digits, years out of reason. False if it is no such period. */
bool period_add(struct buf *b, enum period period, struct span text, unsigned *doubts);

#endif
