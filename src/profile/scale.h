/* scale -- the order that the answers of a closed question have by what they say. */
#ifndef SCALE_H
#define SCALE_H

#include "profile/column.h"

/* The indexes of VALUES from the least to the most: "Never" before "Often", "18-24" before "65+",
 * and "Don't know" behind both. NULL if they are not all of one scale or bands of one number; the
 * caller frees them. */
size_t *scale_order(const struct column_counted *values);

#endif
