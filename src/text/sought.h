/* sought -- what a question wants, and what the words of its answer have to do with it.
 *
 * Words are compared without their endings, and those that every question has do not count. The
 * words of both are read once, so that asking about a stretch is cheap. */
#ifndef SOUGHT_H
#define SOUGHT_H

#include <stdint.h>

#include "base/buf.h"
#include "figures.h"

#define SOUGHT_STEMS 64 /* words of a question that are compared; what stands behind is not */

struct sought_word {
    size_t from;     /* its place in the answer */
    uint64_t shares; /* the word of the question that it is, a bit each */
    bool says_much;  /* it is none that all have */
};

/* A zeroed struct is ready. */
struct sought {
    bool several; /* figures: of each of several, of two years, "how many, and how many of these" */
    bool part;    /* "of these, how many" */
    bool count;   /* in so many words, which no share is and no sum of money */
    enum figure_kind kind; /* as far as the question's words tell */
    bool other;     /* it speaks of what should be, or is not: posts that are vacant, a target */
    bool former;    /* or was before */
    bool negated;   /* it asks for what is not */
    bool if_so;     /* it asks whether there is one and, if so, how many */
    uint64_t thing; /* the words of what is to be counted: "how many car parks have ..." */
    struct span question;
    struct buf stems;
    size_t ends[SOUGHT_STEMS], stem_count;
    struct sought_word *words; /* of the answer */
    size_t word_count, word_cap;
};

/* Reads both. They must stay until the last question about them. */
void sought_read(struct sought *a, struct span question, struct span answer);
void sought_free(struct sought *a);

/* Whether the question asks how many, how much, for a sum of money or for a share. */
bool sought_a_number(struct span question);

/* A stretch of the answer, in bytes. */
struct stretch {
    size_t from, to;
};

/* The different words of the question that stand in S, a bit each. */
uint64_t sought_shares(const struct sought *a, struct stretch s);

/* Whether S has words that say what is counted. */
bool sought_tells(const struct sought *a, struct stretch s);

/* How many words S has. */
size_t sought_words(const struct sought *a, struct stretch s);

/* Whether the question has NUMBER itself, as digits. */
bool sought_has(const struct sought *a, struct span number);

/* Whether PART speaks of what should be, or is not; of what was before. */
bool sought_is_other(struct span part);
bool sought_is_former(struct span part);

/* Whether TEXT says that something is not recorded, held or told. */
bool sought_is_denied(struct span text);

/* Whether BEHIND, what stands behind a figure, begins with a unit of time where the question names
 * another: "98 days" where weeks are asked for. */
bool sought_is_other_time(const struct sought *a, struct span behind);

/* Whether TEXT answers no: "No.", "We do not own one" where the question has "own". */
bool sought_is_no(const struct sought *a, struct span text);

#endif
