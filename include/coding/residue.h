/* residue -- the words and phrases that no term of the codebook took, ranked.
 *
 * Candidates are runs of up to three words between what was found, cues, marks
 * and everyday words (Rose et al. 2010, RAKE, cut runs at stop words likewise).
 * A record counts once for a phrase. When more than RESIDUE_LIMIT phrases are
 * held, the rarest go, and every count may be low by as many records as the
 * table tells (Manku & Motwani 2002, lossy counting), so memory stays bounded. */
#ifndef RESIDUE_H
#define RESIDUE_H

#include "base/intern.h"
#include "coding/coding.h"

#define RESIDUE_LIMIT ((size_t)20000)

struct residue_phrase;
struct residue {
    struct intern keys; /* target and folded words */
    struct residue_phrase *phrases;
    size_t cap;
    size_t low_by; /* records by which a count may be too low */
    size_t ranked; /* phrases, once they are ranked */
    bool votes;    /* which code stands beside each is asked */
    struct arena shown;
    struct intern stop_words, endings;
    struct buf key, text;
};

void residue_init(struct residue *r);
void residue_free(struct residue *r);

/* What CODING found in PIECE, the answer that it coded last, was found for
 * TARGET, in the record of this number. */
void residue_add(struct residue *r, const struct coding *coding, struct span piece, size_t target,
                 size_t record);

/* After the last answer: the most frequent come first. */
void residue_rank(struct residue *r);

/* The phrases as rows of a codebook without codes. */
void residue_write(const struct residue *r, const struct codebook *book, struct buf *b);

#endif
