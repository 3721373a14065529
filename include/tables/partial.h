/* partial -- counts that are not yet a table, so that many processes can share the work.
 *
 * Each counts its part of the records and writes what it has; the parts are added up
 * and give, to the byte, what one process would have made of all records one after the
 * other: sums of weights are exact, units are listed by name, and numbers to be summarised are kept
 * with how often they came. A part ends with a line that says so, since half a part would be wrong
 * silently. The form of the lines is this project's own affair and may change. */
#ifndef PARTIAL_H
#define PARTIAL_H

#include "tables/count.h"

void partial_write(struct filter *f, struct count *c);

/* Adds the parts that F reads. Parts of another plan, or cut off, end the program. */
void partial_merge(struct filter *f, struct count *c);

#endif
