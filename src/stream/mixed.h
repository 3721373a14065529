/* mixed -- rows that hold both UTF-8 and windows-1252, as files have that were put together. */
#ifndef MIXED_H
#define MIXED_H

#include "stream/csvrow.h"

/* Makes UTF-8 of the cells of ROW: what is UTF-8 stays, any other byte is read as windows-1252.
 * The cells, RAW_LEN bytes at most, are slices of TO then. False, with nothing changed, if one has
 * a byte that is no character there, or a NUL. */
bool mixed_repair(struct csvrow *row, size_t raw_len, struct buf *to);

#endif
