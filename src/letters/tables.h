/* tables -- tables of a PDF by the places of their words.
 *
 * `pdftotext -layout` puts what stands in the middle of a cell on a line of its own and does not
 * tell which lines are of one cell. The places do: the lines of a cell are as far apart as the
 * font wants, those of two rows a little further. Only where a page shows both is a table read
 * so; else the text stays as it was laid out. */
#ifndef TABLES_H
#define TABLES_H

#include "base/buf.h"

/* Whether TEXT, laid out, has columns at all, so that it is worth asking for places. */
bool tables_likely(struct span text);

/* TEXT with its tables as rows of cells with tabs between, by the places TOLD, into OUT. */
void tables_put(struct span text, struct span told, struct buf *out);

#endif
