/* bars -- several texts in one cell of a spreadsheet, "|" between them: codes of decisions.csv and
 * of overrides, phrases of a codebook.
 *
 * A bar of a text's own is written "\|". A backslash is itself, but where backslashes stand before
 * a bar, each is written twice; so any texts without white space at their ends come back as they
 * were, but for empty ones at the end. review.js does the same (splitBars, joinBars). */
#ifndef BARS_H
#define BARS_H

#include "base/buf.h"

/* Takes the next text off REST; false if there is none left. PART has no white space at its ends
 * and may be empty; it lies in the cell or, where bars were its own, in OWN, and is good until the
 * next call with OWN. A cell's last bar ends the text before it, and begins none. */
bool bars_next(struct span *rest, struct buf *own, struct span *part);

/* Puts PART behind what CELL holds, which is texts of the same cell. */
void bars_add(struct buf *cell, struct span part);

#endif
