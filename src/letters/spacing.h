/* spacing -- where the paragraphs of a PDF's page end, by the places of its lines.
 *
 * `pdftotext -layout` leaves a line empty only where the white is as high as one. A word
 * processor leaves less between two paragraphs: 8 points, mostly. */
#ifndef SPACING_H
#define SPACING_H

#include "base/buf.h"

/* Whether a sentence ends with a line of TEXT, laid out, and no empty one follows, so that it is
 * worth asking for places. */
bool spacing_likely(struct span text);

/* TEXT with an empty line wherever the places TOLD leave more than a line's white, into OUT. */
void spacing_put(struct span text, struct span told, struct buf *out);

#endif
