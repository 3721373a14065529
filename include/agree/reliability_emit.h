/* reliability_emit -- the agreement of coders as members of a JSON object. */
#ifndef RELIABILITY_EMIT_H
#define RELIABILITY_EMIT_H

#include "agree/reliability.h"

/* The measures, null where there is none. */
void reliability_emit(struct buf *b, const struct reliability *r);

/* `warnings`: why a measure is missing, and what makes one say little. */
void reliability_emit_warnings(struct buf *b, const struct reliability *r,
                               const struct span *coders, size_t count);

#endif
