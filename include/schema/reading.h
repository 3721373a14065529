/* reading -- what one cell says, as its field of the schema reads it.
 *
 * A cell is tidied, replaced where the schema says so, looked up among the
 * missing values, cast and checked, in this order. A clean cell that nothing
 * changes keeps every byte. Nothing is allocated a cell. */
#ifndef READING_H
#define READING_H

#include "schema/constraint.h"
#include "text/refusal.h"
#include "text/stated.h"

enum reading_kind { READING_VALUE, READING_MISSING, READING_INVALID };

/* Something in a cell that a person should look at. */
struct reading_doubt {
    const char *kind;
    struct span detail; /* what of it; may be empty */
    struct span reason; /* of a missing answer that was recognised; else empty */
};

#define READING_DOUBTS 8

struct reading {
    enum reading_kind kind;
    const struct value *value; /* of a value; of an invalid cell what to keep of it */
    struct span reason;        /* of a missing one; a NULL at for a null that says nothing itself */
    const char *why;           /* of an invalid one */
    struct reading_doubt doubts[READING_DOUBTS];
    size_t doubt_count;
    bool replaced; /* the cell, by what the schema lists */

    struct cast cast; /* holds the text of a string */
    struct constraint constraint;
    struct refusal_reader refusals;
    struct stated_reader stated;
    struct buf decoded, message;
};

/* Reads V, a cell of the field F. What is set in A is good until the next call and the
 * next record. A zeroed struct is ready. */
void reading_read(struct reading *a, const struct schema_field *f, const struct value *v);

void reading_free(struct reading *a);

#endif
