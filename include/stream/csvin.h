/* csvin -- the rows of CSV files, whatever their encoding and dialect.
 *
 * Memory: one row, which may be as long as the limit, and a block of input.
 * What csvin_next() gives is good until the next call. */
#ifndef CSVIN_H
#define CSVIN_H

#include "base/intern.h"
#include "stream/csvrow.h"
#include "stream/decode.h"

#define CSVIN_MAX_ROW ((size_t)4 * 1024 * 1024) /* longer is nearly always an unclosed quote */

enum csvin_status { CSVIN_END, CSVIN_ROW, CSVIN_BAD };
enum csvin_by { CSVIN_ASKED, CSVIN_LINE, CSVIN_GUESSED };

struct csvin_options {
    const char *encoding; /* NULL to find out */
    char separator;       /* 0 to find out */
    size_t columns;       /* if known before the first row, else 0 */
    size_t skip;          /* lines before the first row of each file */
    size_t max_row;       /* 0 is CSVIN_MAX_ROW */
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
    size_t blank_lines; /* passed over in this file so far */

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

/* The next row of the open file. Blank lines are no rows. CSVIN_BAD: c->raw is no row for
 * the reason that c->error tells; the next call goes on behind it. */
enum csvin_status csvin_next(struct csvin *c);

/* The lines that TEXT ends, as LF, CRLF or CR ends them. */
size_t csvin_lines(struct span text);

void csvin_close(struct csvin *c);

#endif
