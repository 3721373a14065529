/* percent -- percentages as people read them, rounded by their counts.
 *
 * A half goes up, as readers expect (and not to the even digit): by the counts, where they are
 * whole, since 100 * 1 / 8 may be 12.5 or a little less. A percentage of which there is some, but
 * too little to be seen, is no 0: "<0.1"; one that is not all is no 100: ">99.9". */
#ifndef PERCENT_H
#define PERCENT_H

#include "base/buf.h"

/* N of BASE with DECIMALS, without a sign: "12.5". */
void percent_add(struct buf *b, double n, double base, int decimals);

/* A percentage of which no counts are known, such as an interval's end. */
void percent_add_plain(struct buf *b, double percent, int decimals);

#endif
