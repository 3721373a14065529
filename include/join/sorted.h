/* sorted -- a join of two sides that stand in the order of their keys.
 *
 * Only the RIGHT records of one key are held at a time. The order is that of
 * jq's sort_by: part by part, false, true, numbers by size, strings by their
 * bytes in UTF-8; records whose keys match nothing may stand anywhere. A key
 * out of order is bad data, since what it belongs to may have gone by. */
#ifndef SORTED_H
#define SORTED_H

#include "join/joiner.h"

/* Reads both sides to their ends: FILES[0] is RIGHT, the filter's input LEFT. The
 * number of RIGHT records read. */
size_t sorted_join(struct joiner *j, char *const *files);

#endif
