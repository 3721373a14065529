/* plain -- text as text of a letter: lines by LF, what is invisible undone. */
#ifndef PLAIN_H
#define PLAIN_H

#include "base/buf.h"

/* CR LF and CR are LF; soft hyphens, zero-width characters and control characters go; ligatures
 * are their letters; no-break spaces are spaces. Blank lines at the ends go. */
void plain_clean(struct buf *text);

#endif
