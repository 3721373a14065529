/* coding_versions -- the same answers coded by two codebooks, side by side.
 *
 * For the fields that both codebooks fill. Codes that differ in their order alone are
 * the same. */
#ifndef CODING_VERSIONS_H
#define CODING_VERSIONS_H

#include "coding/coding.h"
#include "stream/record.h"

struct coding_versions_side {
    struct coding coding; /* of its own, since several targets can have one field */
    struct lookup from;
};

struct coding_versions_target {
    struct span into;
    struct coding_versions_side sides[2]; /* by the old codebook, by the new */
};

struct coding_versions {
    struct coding_versions_target *targets;
    size_t count;
    struct buf text;
    struct arena arena;
};

/* The codebooks must stay where they are. */
void coding_versions_init(struct coding_versions *x, const struct codebook *before,
                          const struct codebook *after);
void coding_versions_free(struct coding_versions *x);

/* Codes the target's answer in R. NULL, or what is wrong with the answer of FIELD. */
const char *coding_versions_target(struct coding_versions *x, struct coding_versions_target *t,
                                   const struct record *r, struct span *field);

/* After that: do the codes differ? And the JSON object that says how. */
bool coding_versions_differs(const struct coding_versions_target *t);
void coding_versions_emit(struct coding_versions *x, struct coding_versions_target *t,
                          const struct record *r, struct buf *b);

#endif
