/* sheet -- a small table that people keep beside the data (a codebook, decisions, accepted pairs),
 * read whole: CSV as a spreadsheet writes it, or JSON Lines.
 *
 * In CSV the first row names the columns. Cells are trimmed, rows of empty cells passed over, a row
 * shorter than the first is filled up; encoding and separator are found out as csvin.h does. In
 * JSON Lines the columns are those asked for. A file named .csv, .tsv or .txt is CSV, one named
 * .jsonl, .ndjson or .json is JSON Lines; any other is what its reader expects. Whatever is wrong
 * is a fault (base/fault.h). All texts are good until sheet_free(), which takes a sheet in any
 * state. */
#ifndef SHEET_H
#define SHEET_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"

#define SHEET_NONE SIZE_MAX

enum sheet_form { SHEET_CSV, SHEET_RECORDS };

struct sheet_reading;
struct sheet {
    const char *file;
    const char *guessed; /* the encoding, if it is a guess other than UTF-8 */
    struct span *names;  /* of the columns */
    size_t columns;
    size_t first_line; /* on which they stand; 0 in JSON Lines */
    size_t rows;
    struct buf text; /* of all cells, row by row: */
    uint32_t *ends;  /* where each ends in it; 4 bytes, since most of what is kept is empty cells */
    size_t *lines;   /* of the file, on which each row starts */
    size_t cells, ends_cap, lines_cap;
    struct arena arena;
    struct sheet_reading *reading; /* while the file is open */
};

/* S may be zeroed or freed. WANTED names the columns that records have to give; in CSV it is not
 * looked at. A list that ends with NULL. */
void sheet_load(struct sheet *s, const char *file, enum sheet_form usual,
                const char *const *wanted);
void sheet_free(struct sheet *s);

/* Reads no further than the row that names the columns: none in JSON Lines. */
void sheet_load_names(struct sheet *s, const char *file, enum sheet_form usual);

/* The column NAME, or SHEET_NONE; sheet_need() raises a fault instead. Case, spaces and punctuation
 * do not count. */
size_t sheet_column(const struct sheet *s, const char *name);
size_t sheet_need(const struct sheet *s, const char *name);

/* A cell; empty if the sheet has no such column. */
struct span sheet_cell(const struct sheet *s, size_t row, size_t column);

/* Raises the fault "FILE:LINE: WHAT". */
_Noreturn void sheet_fail(const struct sheet *s, size_t row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
