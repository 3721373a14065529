/* partial -- counts that are not yet a table, so that many processes can share the work.
 *
 * Each counts its part of the records and writes what it has; the parts are added up
 * and give, to the byte, what one process would have made of all records one after the
 * other: sums of weights are exact, units are listed by name, and numbers to be summarised are kept
 * with how often they came. A part ends with a line that says so, since half a part would be wrong
 * silently; and it has its number, its range of the records and their hash, since a part twice or
 * left out would be too. The form of the lines is this project's own affair and may change. */
#ifndef PARTIAL_H
#define PARTIAL_H

#include "stream/cut.h"
#include "tables/count.h"
#include "tables/sole.h"

/* Which part of the records it is. */
struct partial_part {
    struct cut cut;   /* its PART is 0 if it has no number; then it counts where it comes */
    uint64_t through; /* the last of several parts that were added up */
    size_t records;
    char sha256[DIGEST_TEXT]; /* of the records as they were read; empty for several parts */
};

void partial_write(struct filter *f, struct count *c, const struct partial_part *part,
                   const struct sole *keys);

/* What is made of the merged parts: tables need them all, parts of parts only neighbours. */
enum partial_wants { PARTIAL_ALL, PARTIAL_NEIGHBOURS };

/* Adds the parts that F reads, those with numbers in that order. Parts of another plan, or cut off,
 * or twice, or with others missing between them, end the program. PART becomes what they are
 * together; the number of parts. */
size_t partial_merge(struct filter *f, struct count *c, struct partial_part *part,
                     struct sole *keys, enum partial_wants wants);

#endif
