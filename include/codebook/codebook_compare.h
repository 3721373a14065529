/* codebook_compare -- what two versions of a codebook differ in.
 *
 * Fields are the same by the field that they go into, codes by their name, terms by their
 * text and kind of match. A term that is gone from one code and new in another has
 * moved. */
#ifndef CODEBOOK_COMPARE_H
#define CODEBOOK_COMPARE_H

#include "codebook/codebook.h"
#include "stream/output.h"

/* Writes a JSON line for each difference; gives their number. */
size_t codebook_compare(const struct codebook *before, const struct codebook *after,
                        struct output *out);

#endif
