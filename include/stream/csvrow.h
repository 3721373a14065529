/* csvrow -- one row of CSV text as cells.
 *
 * A row whose quotes stand as RFC 4180 has them (around whole cells, doubled
 * inside), or that has none, is cut directly, 16 bytes a step. Any other row goes
 * to libcsv, which says what it means: a quote inside an unquoted cell is a
 * character like any other, as spreadsheets write it; text behind a closing
 * quote is an error. LF, CRLF or CR ends a row. Spaces belong to their cell.
 * CSVROW_LIBCSV sends every row to libcsv: the tests hold the two against each
 * other.
 *
 * The cells are slices of the text where they can be: good until the text
 * moves or the next csvrow_split(). */
#ifndef CSVROW_H
#define CSVROW_H

#include "base/buf.h"
#include "base/span.h"

#define CSVROW_PAD 64 /* readable bytes that must follow the text */

enum csvrow_reader { CSVROW_DIRECT, CSVROW_LIBCSV };

enum csvrow_status {
    CSVROW_WHOLE,
    CSVROW_MORE,     /* the text ends within the row, or may */
    CSVROW_UNCLOSED, /* the text ends within a quoted cell */
    CSVROW_STRAY     /* text behind a closing quote */
};

/* How cells are quoted where it is not as RFC 4180 has it. */
struct csvrow_dialect {
    bool is_own; /* what follows counts */
    char quote;  /* around cells; '\0' for none: quotes are characters like any other */
    char escape; /* makes a quote, a separator, a line end or itself plain text; '\0' for none */
    bool skip_space; /* spaces and tabs in front of a cell, and behind its closing quote, are none
                        of it */
};

struct csv_parser;
struct csvrow {
    char separator;
    enum csvrow_reader reader;
    struct csvrow_dialect dialect;
    size_t max_cells; /* to keep, 0 for no limit */
    size_t beyond;    /* cells that were not kept: some of those beyond the limit may be */

    struct span *cells;
    size_t count, cap;
    size_t len;   /* of the row in the text, its line end included */
    bool escapes; /* a cell has a byte that JSON escapes: a quote, a backslash, a control */
    bool ascii;   /* no cell has a byte beyond ASCII; both may only be on the safe side */

    bool odd; /* quotes stand as RFC 4180 does not have them (known by CSVROW_DIRECT only) */

    size_t opened; /* CSVROW_UNCLOSED and _STRAY: offset of the cell's opening quote */
    size_t stray;  /* CSVROW_STRAY: offset of the text behind the closing quote */

    struct buf scratch; /* cells that are no slices: those with doubled quotes */
    struct csv_parser *libcsv;
    bool ended; /* libcsv gave the row's end */
};

static inline bool csvrow_is_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Cuts the row at the start of TEXT, which must not be empty nor start with a
 * line end. LAST: nothing comes behind TEXT. */
enum csvrow_status csvrow_split(struct csvrow *r, struct span text, bool last);

/* The offset of the quote that is open at the end of TEXT, which starts where
 * a row starts and holds no whole row; TEXT.len if none is. */
size_t csvrow_open_quote(const struct csvrow *r, struct span text);

void csvrow_free(struct csvrow *r);

#endif
