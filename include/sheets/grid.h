/* grid -- a sheet as a table: the row of headers, and the rows below it.
 *
 * The header is the first row that fills at least two thirds of the cells that the fullest of the
 * first rows fills, or half if that is three or more, unless it is asked for by --skip, --headers
 * or --range: titles above a table fill less. Columns at the ends that hold nothing are left out.
 */
#ifndef GRID_H
#define GRID_H

#include "base/intern.h"
#include "base/intern64.h"
#include "sheets/book.h"

struct grid_options {
    size_t skip;        /* rows above the headers; SIZE_MAX to find out */
    size_t headers;     /* rows that name the columns together, from 1 */
    bool visible;       /* without hidden rows and columns */
    bool merged;        /* repeat what merged ranges hold */
    bool stop_at_blank; /* a blank row below the first record ends the sheet */
    size_t first_row, last_row, first_column, last_column; /* rows from 1, columns from 0 */
};

struct grid_column {
    size_t column;      /* of the sheet */
    struct span header; /* empty if there is none */
    struct span name;
};

struct grid_found {
    size_t header_row; /* 0 if the sheet has no rows */
    size_t above;      /* rows passed over that are not empty */
    size_t blank_rows, blank_columns;
    size_t behind_blank;   /* rows below the blank one that ended the sheet */
    size_t hidden_columns; /* among those that are read or would be */
    size_t hidden_out;     /* hidden rows left out */
    bool guessed;          /* the header is below rows that were not asked to be passed over */
};

struct grid {
    struct book *book;
    struct grid_options options;
    struct grid_column *columns;
    size_t count, cap;
    struct intern64 places; /* of the sheet's columns in COLUMNS */
    struct grid_found found;
    struct intern names; /* taken */
    struct intern stems; /* to which a number was put, by index the last one: */
    size_t *numbers, numbers_cap;
    struct arena arena;

    struct book_row *held; /* the first rows, until it is known which is the header */
    size_t held_count, held_cap, held_cells, next;
    size_t last, last_hidden; /* row numbers */
    size_t rows;              /* given */
};

/* Takes TEXT, "A3:F99" or "A3", as the cells to read. False if it is none. */
bool grid_range(struct grid_options *options, struct span text);

/* Reads up to the headers of the sheet that BOOK has been started on. RESERVED is a name that no
 * column may have, or NULL. False on trouble. */
bool grid_start(struct grid *g, struct book *book, const struct grid_options *options,
                const char *reserved, struct trouble *t);

/* The next row, by the sheet's columns. False at the end and on trouble. */
bool grid_next(struct grid *g, struct book_row *row, struct trouble *t);

/* Whether a cell of COLUMN is read at all. */
bool grid_reads(const struct grid *g, size_t column);

/* The place of the sheet's COLUMN in COLUMNS, or INTERN64_NONE. */
size_t grid_place(const struct grid *g, size_t column);

/* The name for a column that turns up after the first rows. */
struct span grid_late_name(struct grid *g, size_t column);

void grid_end(struct grid *g);

#endif
