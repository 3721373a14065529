/* grace -- a join whose held side is larger than memory may be.
 *
 * RIGHT is held as long as it fits. Once it does not, its records are split by a keyed hash of
 * their keys into parts of a temporary file, and so are LEFT's keys; part by part the partners of
 * each LEFT record are found, a part that is still too large by parts of its own (the grace hash
 * join: Kitsuregawa, Tanaka & Moto-oka 1983, New Gener. Comput. 1:63-74). Then LEFT streams once
 * more in its order, each record with its partners beside it, through the same code as ever: so
 * the output is to the byte that of a join in memory. A key with more records than fit is taken
 * bit by bit.
 * Disk: RIGHT's bytes, LEFT's keys and what they find; LEFT's bytes too if it cannot be read
 * twice. Memory beside SIZE: a bit or two for each RIGHT record, blocks of the temporary files. */
#ifndef GRACE_H
#define GRACE_H

#include "join/joiner.h"

#define GRACE_LEAST ((size_t)64 * 1024)

/* Reads both sides to their ends and joins them but for the end: J's RIGHT is F's first operand,
 * LEFT its main input, and SIZE at least GRACE_LEAST. The number of RIGHT records read. */
size_t grace_join(struct joiner *j, struct filter *f, size_t size);

#endif
