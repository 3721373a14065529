/* columns -- tables on a page whose columns are set apart by spaces, as rows of cells.
 *
 * pdftotext keeps the places of words but tells of no tables, and people type tables with spaces. A
 * stretch of lines that all leave the same places blank is one; the lines of a cell that runs over
 * several are put together again, by the numbers of the questions where there are any. A number
 * with its mark in front of a line ("1.   How many") is part of the text behind it and no column,
 * else each list with hanging lines would be a table. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "base/arena.h"

struct columns_line {
    struct span text; /* without its end */
    bool dropped;     /* on return: taken into the row of another line */
};

/* Of the lines of a page: a line that begins a row gets its cells, tabs between them, made in A.
 * Lines that are dropped already are passed over; those with tabs are rows already. */
void columns_rows(struct columns_line *lines, size_t count, struct arena *a);

#endif
