/* newspaper -- pages set in two columns that are read one after the other.
 *
 * Two columns side by side look like a table. Where both have numbered questions and the right one
 * goes on counting where the left one ends, they are none: 1, 2, 3 and beside them 4, 5, 6. */
#ifndef NEWSPAPER_H
#define NEWSPAPER_H

#include "base/buf.h"

/* TEXT, laid out, with such columns below each other, into OUT. False if it has none: OUT is as it
 * was then. */
bool newspaper_read(struct span text, struct buf *out);

#endif
