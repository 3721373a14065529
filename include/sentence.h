/* sentence -- a test in the words of a paper. */
#ifndef SENTENCE_H
#define SENTENCE_H

#include "tested.h"

/* "χ²(1, N = 236) = 0.70, p = .40, Cramér's V = 0.05 (95% CI 0–0.17)", by the preferred test. T has
 * a result and is adjusted. */
void sentence_add(struct buf *b, const struct tested *t, double confidence);

/* "p = .40", two digits, or three where two would mislead; "p < .001". */
void sentence_p(struct buf *b, double p);

#endif
