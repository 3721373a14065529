/* csvcell -- a cell of CSV written as RFC 4180 has it. */
#ifndef CSVCELL_H
#define CSVCELL_H

#include "base/buf.h"

/* TEXT at the end of B, in quotes only where it needs them. */
void csvcell_put(struct buf *b, struct span text, char separator);

#endif
