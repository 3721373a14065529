/* sheet -- a small CSV file that people keep in a spreadsheet (a codebook, a
 * list of overrides), read whole.
 *
 * The first row names the columns, without regard to case. Cells are trimmed.
 * Encoding and separator are found out as csvin.h does. Rows of empty cells are
 * passed over, a row shorter than the first is filled up. Faults end the program
 * with status 2. All texts are good until sheet_free(). */
#ifndef SHEET_H
#define SHEET_H

#include "base/arena.h"
#include "base/span.h"

#define SHEET_NONE SIZE_MAX

struct sheet {
    const char *file;
    const char *guessed; /* the encoding, if it is a guess other than UTF-8 */
    struct span *names;  /* of the columns */
    size_t columns;
    struct span *cells; /* row by row */
    size_t *lines;      /* of the file, on which each row starts */
    size_t rows;
    size_t cells_cap, lines_cap;
    struct arena arena;
};

void sheet_load(struct sheet *s, const char *file);
void sheet_free(struct sheet *s);

/* The column NAME, or SHEET_NONE. */
size_t sheet_column(const struct sheet *s, const char *name);

/* A cell; empty if the sheet has no such column. */
struct span sheet_cell(const struct sheet *s, size_t row, size_t column);

/* Ends the program with status 2: "FILE:LINE: WHAT". */
_Noreturn void sheet_fail(const struct sheet *s, size_t row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
