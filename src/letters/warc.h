/* warc -- web archives that come packed. */
#ifndef WARC_H
#define WARC_H

#include "kinds.h"
#include "package/package.h"

/* Goes on reading PART, of which BEGUN is the start. */
void warc_read_packed(struct reader *r, struct part *part, struct buf *begun, struct letter *l);

#endif
