/* lookalikes -- values that people take for one: told, since a table counts them apart. */
#ifndef LOOKALIKES_H
#define LOOKALIKES_H

#include "tables/count.h"

/* Prints a message for each field of rows or groups of which two values differ only in their type,
 * the case of their letters or white space at their ends. */
void lookalikes_tell(const struct count *c);

#endif
