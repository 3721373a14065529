/* nearwords -- the words of a vocabulary that another word may be meant for: one
 * with a typing error, or a short form ("herts", "soton", "n").
 *
 * Edits are those of the optimal string alignment distance (Damerau 1964: a
 * letter too many, too few, wrong, or two exchanged; none of them edited twice). One is allowed
 * from 4 letters on and two from 8 on. Words within that distance share a form from which so many
 * letters were taken away (deletion neighbourhoods: Mor & Fraenkel 1982; Bocek, Hunt & Stiller
 * 2007), so they are found by hash and not by comparing all. The first
 * letter must be right: it seldom is the wrong one (Yannakoudakis & Fawthrop 1983), and Poole is
 * not Goole. Words with digits are near to nothing: ward 1 is not ward 2. Letters are bytes, of
 * folded text without accents. */
#ifndef NEARWORDS_H
#define NEARWORDS_H

#include "base/intern.h"
#include "match/postings.h"

enum nearwords_kind { NEARWORDS_EDITS, NEARWORDS_SHORT };

struct nearword {
    uint32_t word; /* its index in the vocabulary */
    enum nearwords_kind kind;
    size_t edits;
    double likeness; /* in (0,1) */
};

#define NEARWORDS_MAX 16 /* the nearest, by likeness and then by bytes */

struct nearwords {
    const struct intern *words;
    struct postings shorter; /* by hash of a word with letters taken away */
    struct postings starts;  /* by the first two letters; with the word's letters */
    struct postings ends;    /* by the first and the last letter; the same */
    struct nearword *found;  /* by the last nearwords_find() */
    size_t count, cap;
};

/* WORDS must stay. */
void nearwords_build(struct nearwords *n, const struct intern *words);

/* Words near to WORD, itself not among them, into N->found. IS_KNOWN: WORD is in the
 * vocabulary, so that it is less likely to be meant for another: one edit at most, and no
 * short form. */
void nearwords_find(struct nearwords *n, struct span word, bool is_known);

void nearwords_free(struct nearwords *n);

#endif
