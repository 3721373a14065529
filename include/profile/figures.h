/* figures -- all that is known of a field, for programs. */
#ifndef FIGURES_H
#define FIGURES_H

#include "profile/column.h"

/* Adds the JSON object of the field C of RECORDS records (`describe --json`). */
void figures_emit(struct buf *b, const struct column *c, size_t records);

#endif
