/* ticks -- which boxes of a form are ticked.
 *
 * "[x] Yes  [ ] No", U+2612 Yes U+2610 No, "Yes [X] No [ ]": the options whose box is ticked.
 * Whether a box belongs to the option before or behind it shows where the line begins. */
#ifndef TICKS_H
#define TICKS_H

#include "base/buf.h"
#include "base/span.h"

/* Whether TEXT (clean) has boxes. If so the ticked options are put at the end of B, "; " between
 * them; nothing if none is. */
bool ticks_read(struct span text, struct buf *b);

/* Whether TEXT is a mark by itself, as in the cell of a grid: "x", a tick. */
bool ticks_mark(struct span text);

#endif
