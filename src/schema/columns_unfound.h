/* columns_unfound -- what to say where a schema and a source have nothing, or not all, in common.
 */
#ifndef COLUMNS_UNFOUND_H
#define COLUMNS_UNFOUND_H

#include "schema/columns.h"

#define COLUMNS_LOOKED 50 /* records, in search of the headers below title rows */

/* Looks at R, in which no field has a column, for the likely cause. */
void columns_look(struct columns *c, const struct record *r);

#endif
