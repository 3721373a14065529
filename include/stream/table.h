/* table -- rows of cells into records: the columns' names, and what stands around their values.
 *
 * What stands before a value is put together once for each column, so that a row is written by
 * copying. Names come from header rows: an empty header is named by its place, a repeated one by a
 * number behind it, and several header rows are joined. */
#ifndef TABLE_H
#define TABLE_H

#include <jansson.h>

#include "base/intern.h"
#include "stream/filter.h"

/* What stands before a column's value in a record, after the value of the one before. */
struct table_lead {
    size_t from, len; /* in struct table's text */
};

struct table {
    struct intern names;   /* with an origin _origin first, then the columns' */
    size_t first, columns; /* the first column's place in names; their number */
    struct table_lead *leads;
    size_t leads_cap;
    struct buf text;   /* of the leads: {"a":" then ","b":" and so on */
    uint64_t told;     /* by which lines tell that they have these leads */
    struct buf origin; /* ","_origin":"FILE: */
    json_t *renamed;   /* for --stats: {"column","header","name"}, a list made by table_start() */

    struct buf *headers; /* of the file's header rows so far, joined, by column */
    size_t header_count, headers_cap;
};

/* A cell in which a byte needs an escape, or that may have one. */
enum table_escapes { TABLE_PLAIN, TABLE_ESCAPES };

/* Records get an _origin: the name is taken before any column's. */
void table_with_origin(struct table *t);

/* Forgets the columns of the file before. */
void table_start(struct table *t);

/* One header row. Cells of several are joined by a space; in all rows but the last an empty cell
 * has what stands to its left, as merged cells are exported. LAST: no header row follows. */
enum table_header { TABLE_MORE, TABLE_LAST };
void table_header(struct table *t, const struct span *cells, size_t count, enum table_header last);

/* Names the columns by the headers, of which those from MOST on are none. What is renamed is said
 * under -v, FILE being the source's name. */
void table_name(struct table *t, struct filter *f, const char *file, size_t most);

/* Puts together what stands around the values of every row of FILE. */
void table_make_leads(struct table *t, const char *file);

/* A record of as many CELLS as there are columns at the end of F's output, written and counted.
 * RAW_LEN bounds the cells' bytes together; behind each cell BYTES_BLOCK bytes must be readable. */
void table_write(const struct table *t, struct filter *f, const struct span *cells, size_t raw_len,
                 enum table_escapes escapes, size_t line);

void table_free(struct table *t);

#endif
