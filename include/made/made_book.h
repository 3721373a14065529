/* made_book -- the codebook that a field of a schema takes its codes from, and the field of it.
 *
 * That of the codebook which `field` names, else the only one, the one that goes into a field of
 * the same name, or the only one that reads this source. */
#ifndef MADE_BOOK_H
#define MADE_BOOK_H

#include "codebook/codebook.h"
#include "schema/schema.h"

/* Whether field I of S has a codebook, as far as S could be read. */
bool made_book_is_named(const struct schema *s, size_t i);

/* Loads it into B, which is zeroed, and gives the field, which is B's. Raises what is wrong with
 * it, or with what the schema wants of it; then B is fit for codebook_free(). A keeps its path. */
const struct codebook_field *made_book_load(struct codebook *b, const struct schema *s, size_t i,
                                            struct arena *a);

#endif
