/* unmatched -- the records of one side of a join that have no partner: listed
 * in a file, counted, and named in the message that ends a join that must be total. */
#ifndef UNMATCHED_H
#define UNMATCHED_H

#include "join/joinkey.h"
#include "stream/output.h"

struct unmatched {
    bool listed, required;
    struct output out;
    size_t count; /* of keys without a partner */
    struct buf shown, text;
    const char *file; /* of the side's records */
};

/* FILE, if not NULL, gets the records. REQUIRED: unmatched_end() ends the program if there are any.
 */
void unmatched_open(struct unmatched *u, const char *file, bool required);

/* KEY of R, the current one, has no partner. */
void unmatched_key(struct unmatched *u, const struct record *r, const struct joinkey *key);

/* Lists R, with REASON and the field that lacks a value, or with ELEMENTS, the items of
 * a JSON list, in `_match`. */
void unmatched_record(struct unmatched *u, const struct record *r, const struct joinkey *key,
                      struct span reason, struct span elements);

/* Fails if a side that must be total is not. */
void unmatched_end(struct unmatched *u, const char *side);

void unmatched_close(struct unmatched *u);

#endif
