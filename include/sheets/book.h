/* book -- the sheets, rows and cells of a workbook: xlsx, xlsm, ods, xls.
 *
 * Known by content. A cell is the text that a person sees, but for dates and times,
 * which are in ISO form, and numbers, which are exact. Memory: the shared strings
 * and a few rows, except of xls files, which their library holds as a whole.
 * Nothing here ends the program: trouble is told. */
#ifndef BOOK_H
#define BOOK_H

#include "package/package.h"

enum book_kind { BOOK_XLSX, BOOK_ODS, BOOK_XLS };

enum book_mark {
    BOOK_ERROR = 1, /* #REF! and its kin; a number that is none */
    BOOK_DOUBT = 2, /* a date that no calendar has */
    BOOK_MERGED = 4 /* filled in from the corner of a merged range */
};

struct book_cell {
    struct span text, comment;
    unsigned marks; /* enum book_mark */
};

struct book_row {
    size_t number; /* from 1 */
    bool hidden;
    struct book_cell *cells; /* from column A; empty ones have no text */
    size_t count;            /* up to the last that has text or a comment */
};

struct book_sheet {
    struct span name;
    bool hidden;
};

/* What was found in the sheet that is read, complete at its end. */
struct book_found {
    size_t hidden_rows, filtered_rows; /* rows that a filter hides are counted as both */
    size_t hidden_columns;             /* as far as the rows reach */
    size_t merged, comments, errors, doubts, formulas;
    size_t no_result;  /* formulas of which no result is stored */
    size_t blank_rows; /* at the end */
};

struct book_options {
    bool fill_merged;
    bool comments;
    size_t max_text; /* bytes of a row; 0 is 64 MiB */
};

struct book;

/* NULL on trouble. The package must live as long as the book. */
struct book *book_open(const struct package *p, const struct book_options *options,
                       struct trouble *t);
enum book_kind book_kind(const struct book *b);
size_t book_sheets(const struct book *b);
const struct book_sheet *book_sheet(const struct book *b, size_t index);

/* Begins to read a sheet. False on trouble. */
bool book_start(struct book *b, size_t index, struct trouble *t);

/* The next row that holds something; false at the end of the sheet and on trouble. Its
 * texts are good until the next call. */
bool book_next(struct book *b, struct book_row *row, struct trouble *t);
bool book_column_hidden(const struct book *b, size_t column); /* from 0 */
const struct book_found *book_found(const struct book *b);
void book_close(struct book *b);

#endif
