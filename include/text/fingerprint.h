/* fingerprint -- keys under which values that are probably the same meet.
 *
 * The keys are OpenRefine's ("Clustering in depth", version 3.4 and later), so
 * that its users find the clusters they know:
 *   words     trim; lower case; strip accents, by NFKD, and spell out letters
 *             such as oe for a crossed o; remove punctuation and control
 *             characters; split at white space; sort the words, each once;
 *             join them with a space. The empty word that OpenRefine gets
 *             from "- a" is left out.
 *   ngram     the same up to punctuation; remove white space; the distinct
 *             runs of N characters, sorted and joined. A text shorter than N
 *             is its own key.
 *   phonetic  Cologne phonetics (Postel 1969) of the whole text's letters. Of
 *             OpenRefine's phonetic keys it is the one published as a table,
 *             which leaves nothing to an implementation's taste and can be
 *             checked by hand; Metaphone 3 is proprietary, and the programs
 *             for the first Metaphone disagree with one another. It was made
 *             for German, but c and k, ph, f, v and w, d and t, i and y, and
 *             all vowels fall together in English as well. Digits do not
 *             count: "Ward 1" meets "Ward 2".
 * Punctuation is Unicode's: it takes # away and leaves $ + < = > | in keys. */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include "base/buf.h"
#include "base/span.h"

/* Bytes: a longer text is no name, and its keys take much. */
#define KEY_LONGEST ((size_t)1 << 20)

/* Room to work in, used again by every call. A zeroed struct is ready. */
struct fingerprint {
    struct buf text;
    struct span *parts;
    size_t parts_cap;
};

/* The key of TEXT (valid UTF-8) at the end of B. A text that has none (no
 * letter to be heard, nothing but punctuation) adds nothing. */
void fingerprint_words(struct fingerprint *f, struct buf *b, struct span text);
void fingerprint_ngram(struct fingerprint *f, struct buf *b, struct span text, size_t n);
void fingerprint_phonetic(struct fingerprint *f, struct buf *b, struct span text);

void fingerprint_free(struct fingerprint *f);

#endif
