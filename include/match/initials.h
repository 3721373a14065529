/* initials -- names by the initials that people write for them.
 *
 * "UHB", "BHRUT", "GSTT", "SWLSTG": the first letters of a name's words from the first
 * on, with or without the small ones (and, of, for, ...), as far as it pleases, and
 * then perhaps of its last one or two (GST + T for trust, EL + FT); St is s or st. Three to eight
 * letters: two would fit too many.
 *
 * Names alike in their first letters and small words have the same initials, and are kept together
 * by this shape: the ways to write them are some thirty, and rosters have many names of few
 * shapes. */
#ifndef INITIALS_H
#define INITIALS_H

#include "base/buf.h"
#include "base/intern.h"
#include "match/postings.h"

#define INITIALS_WORDS 16 /* words of a name that are looked at */

struct initials {
    struct intern shapes;
    struct postings keys;  /* by hash of initials: a shape, and a way to write it */
    struct postings names; /* by shape */
    struct buf text;
};

/* NAME (a number of the caller's) has WORDS. initials_sort() when all are added. */
void initials_add(struct initials *n, uint32_t name, const struct span *words, size_t count);
void initials_sort(struct initials *n);

/* Entries that may be those of TEXT: A is a shape, B says which words stand for it. */
const struct posting *initials_find(const struct initials *n, struct span text, size_t *count);

/* The names of a shape, as A of their entries. */
const struct posting *initials_names(const struct initials *n, uint32_t shape, size_t *count);

/* Whether the words of SHAPE that B says spell TEXT. */
bool initials_prove(struct initials *n, struct span text, uint32_t shape, uint32_t b);

/* Whether word number I is one of those that B says. */
static inline bool initials_covers(uint32_t b, size_t i)
{
    return i < INITIALS_WORDS && (b >> i & 1) != 0;
}

/* Whether WORD is one of the small ones. */
bool initials_is_small(struct span word);

void initials_free(struct initials *n);

#endif
