/* nearest -- which of some names was probably meant by a misspelt one.
 *
 * Names are compared by the insertions, deletions and replacements that lead from one to the
 * other, letters' case aside. Candidates are tried one by one; of equally near ones the first
 * stays, so the answer depends on their order alone. A zeroed struct has found none. */
#ifndef NEAREST_H
#define NEAREST_H

#include "base/span.h"

#define NEAREST_LONGEST ((size_t)256) /* a longer name is near none */

struct nearest {
    struct span name; /* a NULL at if none is near; borrowed */
    size_t distance;
};

/* CANDIDATE, if it is nearer to WANTED than what was found before: no further than a third of
 * its letters, which is two slips in a name of six. */
void nearest_try(struct nearest *n, struct span wanted, struct span candidate);

#endif
