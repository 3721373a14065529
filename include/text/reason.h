/* reason -- a reason for a missing answer as people read it: `refused:s12` is
 * "refused, section 12 (cost limit)". */
#ifndef REASON_H
#define REASON_H

#include "base/buf.h"

/* A reason that is in no vocabulary keeps its words, with spaces for underscores. */
void reason_label(struct buf *b, struct span reason);

#endif
