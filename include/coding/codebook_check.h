/* codebook_check -- faults of a codebook that can be used, but not as it is meant.
 *
 * Each term is looked for by the matcher itself in answers made for it: its own
 * words, in its own and in other capitals, with the phrases beside it that its
 * rules ask for. So what is told is what `code` would do, whatever the cause. */
#ifndef CODEBOOK_CHECK_H
#define CODEBOOK_CHECK_H

#include "codebook/codebook.h"
#include "stream/output.h"

/* How many faults, which cannot be meant, and remarks, which may be. */
struct codebook_found {
    size_t faults, remarks;
};

/* Writes a JSON line for each. */
struct codebook_found codebook_check(const struct codebook *b, struct output *out);

#endif
