/* made_codes -- fields of a schema that hold the codes of a codebook.
 *
 *   {"name": "tools", "from": "uses", "codes": "codebook.csv"}
 *
 * Which field of the codebook it is says made/made_book.h. One that takes several codes gives a
 * list, one that takes one a text, or null with the reason `uncoded`. */
#ifndef MADE_CODES_H
#define MADE_CODES_H

#include "coding/coding.h"
#include "schema/schema.h"

struct made_book; /* a codebook and the coding of one of its fields */

struct made_codes {
    struct made_book **books; /* by field of the schema; NULL for most */
    size_t count;
    struct arena arena;
};

/* Gives all such fields of S what they need; S must stay where it is. A fault of a codebook, or of
 * what the schema wants of it, is raised. */
bool made_codes_bind(struct made_codes *m, struct schema *s, struct fault *fault);

void made_codes_free(struct made_codes *m);

#endif
