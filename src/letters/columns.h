/* columns -- tables on a page whose columns are set apart by spaces.
 *
 * pdftotext keeps the places of words but tells of no tables. A stretch of lines that all leave the
 * same places blank is one; the lines of a cell that runs over several are put together again, by
 * the numbers of the questions where there are any. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "base/buf.h"

/* Whether a table begins with the first of LINES: its number of lines, with its rows at the end of
 * TO, their cells separated by tabs. 0 if none begins there. */
size_t columns_table(const struct span *lines, size_t count, struct buf *to);

#endif
