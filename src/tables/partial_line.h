/* partial_line -- words that the files that write and read partial counts share; nobody
 * else's business. */
#ifndef PARTIAL_LINE_H
#define PARTIAL_LINE_H

#include "count_place.h"

#define PARTIAL_KINDS 4
extern const struct span partial_kinds[PARTIAL_KINDS];
extern const struct span partial_roles[ROLE_COUNT];

/* What tells the plan from another, in hexadecimal. */
void partial_digest(struct buf *b, const struct plan *p);

#endif
