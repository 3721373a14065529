/* aliases -- pairs of names that a person has found to mean the same body.
 *
 * The file is what `match` proposed, with `accept` set: left, right, accept; or decisions.csv, as
 * review saves it.
 * A pair counts if accept is true, yes, y or 1; false, no, n, 0 and nothing are no. A left
 * name accepted for two right names is a fault of the file. */
#ifndef ALIASES_H
#define ALIASES_H

#include "base/fault.h"
#include "base/intern.h"

struct aliases {
    struct intern left, right; /* names */
    size_t *to, *lines;        /* by left name: its right name, and where that was said */
    size_t to_cap, lines_cap;
};

/* False if FILE is no good, for the reason in FAULT. */
bool aliases_load(struct aliases *a, const char *file, struct fault *fault);

/* The right name for NAME; a NULL at if there is none. */
struct span aliases_find(const struct aliases *a, struct span name);

void aliases_free(struct aliases *a);

#endif
