/* spread -- one list from several columns of a record, such as the options of a question. */
#ifndef SPREAD_H
#define SPREAD_H

#include "schema/schema.h"
#include "stream/record.h"

/* The list as JSON at the end of B, of the COUNT columns at PLACES: their texts that are no missing
 * values of F, or the headers of those that choose. False if all are missing. */
bool spread_add(struct buf *b, const struct schema_field *f, const struct record *r,
                const size_t *places, size_t count);

#endif
