/* unique -- the keys of a table: no two records with the same values.
 *
 * Keeps each key with the line that it stood in: about 40 bytes and the key's
 * own a record. A record that is bad for another reason takes no key. */
#ifndef UNIQUE_H
#define UNIQUE_H

#include "schema/schema.h"
#include "stream/missing.h"

/* Where a key was seen. */
struct unique_place {
    size_t line;
    size_t file; /* among FILES */
};

struct unique_seen {
    struct intern keys;
    struct unique_place *places; /* by index in KEYS */
    size_t cap;
};

struct unique {
    const struct schema *schema;
    struct unique_seen *seen; /* by key of the schema */
    struct intern files;
    struct buf *keys; /* of the current record, by key of the schema */
    struct buf spelled, decoded, why;
    struct buf file;   /* the current record's, by its origin */
    struct span field; /* at fault; empty if it is several */
};

void unique_init(struct unique *u, const struct schema *s);

/* Whether the record R, whose fields have the JSON values VALUES, has all of
 * its keys for the first time; then they are kept. If not, U->why and U->field tell. */
bool unique_take(struct unique *u, const struct record *r, const struct span *values);

void unique_free(struct unique *u);

#endif
