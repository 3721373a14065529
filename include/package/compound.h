/* compound -- the streams of a compound file, as Office 97 to 2003 writes it. */
#ifndef COMPOUND_H
#define COMPOUND_H

#include "package/trouble.h"

/* The stream NAME of FILE, whatever its folder, at the end of B. False if there is none or it is
 * broken; then T says why, unless there just is none. */
bool compound_stream(struct span file, const char *name, struct buf *b, struct trouble *t);

#endif
