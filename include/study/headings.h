/* headings -- whether the first record of a table is the rest of its header.
 *
 * A heading that is merged over several columns leaves the others without a name, and what tells
 * them apart stands in the row below: `Claims received` above `2023/24` and `2024/25`. Read with
 * one row of headings, that row becomes the first record: it is blank below all that was not
 * merged. */
#ifndef HEADINGS_H
#define HEADINGS_H

#include <stddef.h>

/* How many rows name the columns of the records in FILE: 1 or 2. */
size_t headings_count(const char *file);

#endif
