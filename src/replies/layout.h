/* layout -- tables that only spaces make, as rows of cells.
 *
 * `pdftotext -layout` and people who type tables put columns below each other by spaces. A line has
 * a gap where three or more spaces part text from text; where neighbouring lines have text behind a
 * gap at the same column, they are a region, and the lines between belong to it as long as no text
 * of theirs lies across the blank strip before a column. Cells that go over several lines are
 * put together. Columns are counted in characters. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "base/arena.h"

struct layout_line {
    struct span text; /* without its end */
    bool dropped;     /* on return: taken into the row of a line before it */
};

/* Of the lines of a page: the first line of each row gets its cells, tabs between them, made in A.
 * Lines that are dropped already are passed over. */
void layout_rows(struct layout_line *lines, size_t count, struct arena *a);

#endif
