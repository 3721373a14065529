/* merges -- the merged ranges of a sheet, whose corner alone holds their text. */
#ifndef MERGES_H
#define MERGES_H

#include "sheets/book.h"

struct merges_range {
    size_t first_row, last_row, first_column, last_column; /* rows from 1, columns from 0 */
    size_t from, len;                                      /* of the text, once it was seen */
    bool seen;
};

struct merges {
    struct merges_range *at;
    size_t count, cap;
    size_t done; /* those before it end above the present row */
    struct buf text;
    bool sorted;
};

void merges_add(struct merges *m, const struct merges_range *range);

/* The first row behind AFTER and before BEFORE in which a range with text goes on; 0 if none. */
size_t merges_next_row(struct merges *m, size_t after, size_t before);

/* The columns that ROW needs for its ranges. */
size_t merges_columns(struct merges *m, size_t row);

/* Fills up the cells of ROW, of which COUNT are there. */
void merges_fill(struct merges *m, size_t row, struct book_cell *cells, size_t count);

void merges_clear(struct merges *m);
void merges_free(struct merges *m);

#endif
