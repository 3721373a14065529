/* outer -- stand-ins for the partner that a record of an outer join lacks.
 *
 * A record without a partner gets the other side's fields all the same, each
 * null with the reason in `_missing`, so that every record of the output has the
 * same fields and a table can count what was not matched. The other side's
 * fields are those of all its records, in the order of their first coming. */
#ifndef OUTER_H
#define OUTER_H

#include "base/intern.h"
#include "join/joinkey.h"
#include "stream/scan.h"

struct outer {
    const struct joinkey *key; /* of the side that is stood in for */
    struct intern names;       /* of its fields, those of the tools left out */
    size_t at;                 /* where in NAMES the next name is expected */
    struct buf text;
    struct scan scan;
    struct record record;
    struct buf reason; /* for which RECORD was made, of so many names */
    size_t made_of;
};

void outer_init(struct outer *o, const struct joinkey *key);

/* Takes in the names of a record of the side. */
void outer_see(struct outer *o, const struct record *r);

/* A RIGHT record without the key fields that LEFT has, all values null for REASON. */
const struct record *outer_right(struct outer *o, struct span reason);

/* A LEFT record for RIGHT: the key's values under LEFT's names, all others
 * null as unmatched. Where a key's value is missing itself, its reason is M's. */
const struct record *outer_left(struct outer *o, const struct record *right,
                                const struct joinkey *right_key, struct missing *m);

void outer_free(struct outer *o);

#endif
