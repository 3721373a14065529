/* csvcell -- a cell of CSV written as RFC 4180 has it. */
#ifndef CSVCELL_H
#define CSVCELL_H

#include "base/buf.h"

/* TEXT at the end of B, in quotes only where it needs them. */
void csvcell_put(struct buf *b, struct span text, char separator);

/* What is done about texts that a spreadsheet would compute (OWASP, CSV Injection). */
enum csvcell_guard {
    CSVCELL_RAW,   /* nothing */
    CSVCELL_USUAL, /* those that begin with = + - @, a tab or a carriage return, numbers but */
    CSVCELL_STRICT /* also behind white space, full-width signs, and numbers */
};

/* TEXT at the end of B, with an apostrophe before it where it is one of these, which a spreadsheet
 * does not show; in quotes also where it would begin one behind another separator. */
void csvcell_put_guarded(struct buf *b, struct span text, char separator, enum csvcell_guard guard,
                         struct buf *scratch);

#endif
