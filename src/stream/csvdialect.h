/* csvdialect -- rows whose cells are not quoted as RFC 4180 has it. */
#ifndef CSVDIALECT_H
#define CSVDIALECT_H

#include "stream/csvrow.h"

/* As csvrow_split(), by R's dialect: R->len ends at the row's line end. */
enum csvrow_status csvdialect_split(struct csvrow *r, struct span text, bool last);

/* Room for one more cell, or false for a row that has too many. */
bool csvrow_grow(struct csvrow *r);

#endif
