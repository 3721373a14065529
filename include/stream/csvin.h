/* csvin -- the rows of CSV files, whatever their encoding and dialect.
 *
 * Memory: one row, which may be as long as the limit, and a block of input.
 * What csvin_next() gives is good until the next call. */
#ifndef CSVIN_H
#define CSVIN_H

#include "base/intern.h"
#include "stream/csvrow.h"
#include "stream/decode.h"

#define CSVIN_SKIP_AUTO SIZE_MAX /* those above the row that looks like the headers */

#define CSVIN_MAX_ROW ((size_t)4 * 1024 * 1024) /* longer is nearly always an unclosed quote */

enum csvin_status { CSVIN_END, CSVIN_ROW, CSVIN_BAD };
enum csvin_by { CSVIN_ASKED, CSVIN_LINE, CSVIN_GUESSED };

struct csvin_options {
    const char *encoding; /* NULL to find out */
    char separator;       /* 0 to find out */
    size_t columns;       /* if known before the first row, else 0 */
    size_t skip;          /* lines before the first row of each file, or CSVIN_SKIP_AUTO */
    size_t max_row;       /* 0 is CSVIN_MAX_ROW */
    size_t max_columns;   /* a row with more cells is bad; 0 is no limit */
    struct csvrow_dialect dialect;
    bool mixed; /* bytes that are no UTF-8 are windows-1252 */
    enum csvrow_reader reader;
};

struct csvin {
    struct csvin_options options;
    struct decode text;
    struct csvrow row; /* cells and count of the last row */

    const char *file;
    size_t line;     /* on which the row starts, from 1 */
    struct span raw; /* the row as it stood, in UTF-8, without its line end */
    enum csvin_by separator_by;
    char tied; /* a separator that fits as well as the one that was guessed; '\0' for none */

    /* Of this file so far. */
    size_t skipped;     /* lines above the headers that CSVIN_SKIP_AUTO passed over */
    size_t blank_lines; /* passed over */
    size_t marks;       /* byte order marks in front of rows, beside the file's own: passed over */
    size_t mixed_rows, first_mixed; /* that had bytes of windows-1252, and the line of the first */
    bool repaired;                  /* the last row had */
    struct buf repair;

    size_t error_line, error_column; /* in characters, from 1 */
    struct buf error;

    enum csvin_status last;
    size_t next_line;
};

/* The separator that TEXT, the value of --delimiter, names. */
char csvin_separator(const char *text);

void csvin_open(struct csvin *c, char *const *files, size_t count,
                const struct csvin_options *options);

/* Opens the next file and finds out its encoding and separator. False after the last. */
bool csvin_file(struct csvin *c);

/* How many cells of the rows behind the last one, as far as the start of the file is held, have
 * text: the place of the last such cell. */
size_t csvin_look_ahead(struct csvin *c);

/* The next row of the open file. Blank lines are no rows. CSVIN_BAD: c->raw is no row for
 * the reason that c->error tells; the next call goes on behind it. */
enum csvin_status csvin_next(struct csvin *c);

/* Goes to the row that starts at byte FROM of the open file, on LINE; byte TO ends the file. */
void csvin_go_to(struct csvin *c, uint64_t from, uint64_t to, size_t line);

/* The lines that TEXT ends, as LF, CRLF or CR ends them. */
size_t csvin_lines(struct span text);

void csvin_close(struct csvin *c);

#endif
