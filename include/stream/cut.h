/* cut -- parts of a file that many processes share: where each begins and ends.
 *
 * Whoever cuts a file writes a line for each part; whoever works on a part reads it there. So each
 * part knows its records' numbers in the whole and its bytes' hash before it is read, and what is
 * made of the parts can be proven to be made of all of them, each once. */
#ifndef CUT_H
#define CUT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"

struct cut {
    uint64_t part, of; /* from 1 */
    uint64_t from, to; /* bytes of the file */
    uint64_t line;     /* on which the part begins, from 1 */
    uint64_t first;    /* the number of its first record, from 1 */
    uint64_t last;     /* FIRST - 1 if it has none */
    bool behind_blank; /* a blank line stood above, below the first record */
    char sha256[DIGEST_TEXT];
    char list[DIGEST_TEXT]; /* of the file that lists the parts */
};

/* The line of C, without its end; FILE is what was cut. */
void cut_write(struct buf *b, const struct cut *c, struct span file);

/* Reads PART, "3" or "3/8", from LIST; a NULL list gives no more than the numbers, OF 0 where it is
 * not told. Ends the program if there is no such part. */
void cut_load(struct cut *c, const char *part, const char *list);

#endif
