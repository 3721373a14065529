/* notcsv -- files that were taken for CSV and are something else, by their first bytes. */
#ifndef NOTCSV_H
#define NOTCSV_H

#include "base/span.h"

#define NOTCSV_BYTES ((size_t)512) /* of a file's start that are enough to look at */

/* What START, a file's first bytes, is instead of CSV, with what to do about it in brackets; NULL
 * if it may be CSV. */
const char *notcsv_kind(struct span start);

#endif
