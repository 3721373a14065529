/* choices -- several answers of one closed question in a cell: "Excel; R; Python". */
#ifndef CHOICES_H
#define CHOICES_H

#include "profile/column.h"

/* Adds each item of the cells to ITEMS (to be freed by column_counted_free()), if what stands
 * between BY are choices from few that come again: some cells hold one, others several, and each
 * stands beside this one and that. */
bool choices_find(const struct column *c, char by, struct column_counted *items);

#endif
