/* book_parts -- what the readers of the kinds of workbook share with book.c. */
#ifndef BOOK_PARTS_H
#define BOOK_PARTS_H

#include "base/arena.h"
#include "merges.h"
#include "package/xml.h"
#include "rowqueue.h"
#include "sheets/book.h"

#define BOOK_MAX_ROWS 1048576
#define BOOK_MAX_COLUMNS 16384

struct book_range {
    size_t first, last;
};

struct book_ranges {
    struct book_range *at;
    size_t count, cap;
};

struct book {
    enum book_kind kind;
    const struct package *package;
    struct book_options options;
    struct trouble *trouble; /* of the present call */
    struct arena arena;
    struct book_sheet *sheets;
    size_t count, cap;

    struct rowqueue rows;
    bool hidden_columns[BOOK_MAX_COLUMNS];
    struct merges merges;
    struct book_found found;

    const struct book_reader *reader;
    void *source; /* the reader's own */

    /* of book_next() */
    struct book_cell *cells;
    size_t cells_cap, width;
    struct rowqueue_row row; /* the one that repeats or waits for filled rows above it */
    size_t last;             /* row number */
    bool waits, ended;
};

struct book_reader {
    bool (*open)(struct book *b);
    bool (*start)(struct book *b, size_t sheet);
    enum xml_status (*more)(struct book *b); /* puts rows into b->rows */
    void (*close)(struct book *b);
};

extern const struct book_reader BOOK_XLSX_READER, BOOK_ODS_READER, BOOK_XLS_READER;

struct book_sheet *book_add_sheet(struct book *b, struct span name, bool hidden);
void book_hide_columns(struct book *b, size_t first, size_t last); /* from 0 */
void book_ranges_add(struct book_ranges *r, size_t first, size_t last);

/* "A3:F99" or "B7", with or without $: rows from 1, columns from 0. False if it is none. */
bool book_reference(struct span text, struct merges_range *range);

#endif
