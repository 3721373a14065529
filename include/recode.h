/* recode -- the same answers coded by two codebooks, side by side.
 *
 * For the fields that both codebooks fill. Codes that differ in their order alone are
 * the same. */
#ifndef RECODE_H
#define RECODE_H

#include "coding.h"
#include "record.h"

struct recode_side {
    struct coding coding; /* of its own, since several targets can have one field */
    struct lookup from;
};

struct recode_target {
    struct span into;
    struct recode_side sides[2]; /* by the old codebook, by the new */
};

struct recode {
    struct recode_target *targets;
    size_t count;
    struct buf text;
    struct arena arena;
};

/* The codebooks must stay where they are. */
void recode_init(struct recode *x, const struct codebook *before, const struct codebook *after);
void recode_free(struct recode *x);

/* Codes the target's answer in R. NULL, or what is wrong with the answer of FIELD. */
const char *recode_target(struct recode *x, struct recode_target *t, const struct record *r,
                          struct span *field);

/* After that: do the codes differ? And the JSON object that says how. */
bool recode_differs(const struct recode_target *t);
void recode_emit(struct recode *x, struct recode_target *t, const struct record *r, struct buf *b);

#endif
