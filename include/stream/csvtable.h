/* csvtable -- CSV files as records: their header rows, and what each row below is.
 *
 * Every row is written, rejected, or counted as one that is none: blank, the header repeated, or a
 * footer. Memory: one row. */
#ifndef CSVTABLE_H
#define CSVTABLE_H

#include "stream/csvin.h"
#include "stream/cut.h"
#include "stream/table.h"

/* What becomes of rows that are shorter than the header, or longer by empty cells. */
enum csvtable_ragged {
    CSVTABLE_USUAL, /* as FILL, but short rows behind a blank line, which may be footers */
    CSVTABLE_FILL,
    CSVTABLE_REJECT
};

enum csvtable_blank { CSVTABLE_DROP, CSVTABLE_KEEP };

struct csvtable_options {
    bool named;         /* the columns have names already; else header rows come first */
    size_t header_rows; /* from 1 */
    enum csvtable_ragged ragged;
    enum csvtable_blank blank_rows; /* of separators only */
    bool stop_at_blank;             /* a blank line or row below the first record ends the table */
};

/* Rows of one kind, and the line of the first. */
struct odd_rows {
    size_t count, first;
};

struct csvtable {
    struct filter *f;
    const struct csvtable_options *o;
    struct csvin in;
    struct table table;

    /* Of the file so far. */
    bool is_usual;              /* a record came, and no blank line ends the table */
    size_t first_header;        /* length of the first column's header, SIZE_MAX for none */
    size_t records;             /* good or bad */
    size_t unnamed;             /* columns at the end without a header or any text */
    struct odd_rows short_rows; /* filled */
    struct odd_rows long_rows;  /* cut, of empty cells */
    struct odd_rows blank_rows, repeated, footer;

    bool had_bad; /* a row that could not be cut: what is behind it may be its pieces */
    bool resumed; /* the rows are a part of the file's, and a blank line stands above them */
    bool spaced;  /* it was said that quotes stand behind spaces */

    size_t blank_above; /* blank lines and rows above the first record */
    struct span *cells; /* of a short row, filled */
    size_t cells_cap;
    struct buf raw;
};

/* Opens F's operands. With O->named the names are in R->table before the first file. */
void csvtable_open(struct csvtable *r, struct filter *f, const struct csvtable_options *o,
                   const struct csvin_options *how);

/* The next file; false after the last. What is no CSV ends the program. */
bool csvtable_file(struct csvtable *r);

/* Reads the header rows. False if standard input holds nothing at all. */
bool csvtable_header(struct csvtable *r);

/* Reads the rows to the end of the file. */
void csvtable_rows(struct csvtable *r);

/* Goes to a part of the open file, instead of its first row. */
void csvtable_go_to(struct csvtable *r, const struct cut *part);

/* Counts the row that csvin_next() gave as csvtable_rows() would, without writing it. */
void csvtable_count(struct csvtable *r);

/* Whether a blank line or row stood below the first record. */
bool csvtable_is_behind_blank(const struct csvtable *r);

void csvtable_close(struct csvtable *r);

#endif
