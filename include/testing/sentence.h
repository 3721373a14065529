/* sentence -- a test in words: the line of a paper, and a paragraph for its reader. */
#ifndef SENTENCE_H
#define SENTENCE_H

#include "testing/tested.h"

enum sentence_style {
    SENTENCE_PLAIN, /* χ²(1, N = 236) = 0.70, p = .40, Cramér's V = 0.05 (95% CI 0–0.18) */
    SENTENCE_JMIR,  /* χ²₁=0.70 (N=236); P=.40; Cramér V=0.05 (95% CI 0-0.18) */
    SENTENCE_APA    /* χ²(1, N = 236) = 0.70, p = .404, V = .05, 95% CI [.00, .18] */
};

/* T, which has a result and is adjusted, by its preferred test. */
void sentence_add(struct buf *b, const struct tested *t, const struct tested_options *o,
                  enum sentence_style style);

/* What was compared, on how many records, what was left out, why this test, and what its p means.
 * For any test, with a result or without. */
void sentence_explain(struct buf *b, const struct tested *t, const struct tested_options *o);

/* "p = .40": two digits, or three where two would mislead; "p < .001". */
void sentence_p(struct buf *b, double p, enum sentence_style style);

#endif
