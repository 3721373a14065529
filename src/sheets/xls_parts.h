/* xls_parts -- what the files of xls share; nobody else's business. */
#ifndef XLS_PARTS_H
#define XLS_PARTS_H

#include <stdlib.h>

#include "base/memory.h"
#include "book_parts.h"
#include "serial.h"
#include "xls_comments.h"
#include "xls_records.h"

enum xls_type {
    XLS_FORMULA = 0x06,
    XLS_END = 0x0A,
    XLS_NOTE = 0x1C,
    XLS_DATEMODE = 0x22,
    XLS_FILEPASS = 0x2F,
    XLS_OBJECT = 0x5D,
    XLS_COLUMNS = 0x7D,
    XLS_BOUNDSHEET = 0x85,
    XLS_FILTERMODE = 0x9B,
    XLS_MULRK = 0xBD,
    XLS_RSTRING = 0xD6,
    XLS_XF = 0xE0,
    XLS_MERGED = 0xE5,
    XLS_SST = 0xFC,
    XLS_LABELSST = 0xFD,
    XLS_TEXT_OBJECT = 0x1B6,
    XLS_NUMBER = 0x203,
    XLS_LABEL = 0x204,
    XLS_BOOLEAN = 0x205,
    XLS_STRING = 0x207,
    XLS_ROW = 0x208,
    XLS_RK = 0x27E,
    XLS_FORMAT = 0x41E,
    XLS_BEGIN = 0x809
};

struct xls_format {
    size_t id;
    struct numberformat format;
};

struct xls {
    struct buf stream;
    size_t at;                  /* of the next record */
    size_t *starts, starts_cap; /* of the sheets */
    struct buf strings;
    size_t *ends, ends_count, ends_cap;
    struct xls_format *customs;
    size_t customs_count, customs_cap;
    struct numberformat *formats;
    size_t formats_count, formats_cap;
    enum serial_epoch epoch;

    unsigned char *hidden; /* rows of the present sheet */
    bool filtered;
    struct xls_comments comments;
    unsigned object; /* the last seen */
    size_t row;      /* that is open, from 1; 0: none */
};

/* Says that the workbook is broken; always false. */
bool xls_corrupt(struct book *b);

/* At the data of R, the record before the present place. */
struct xls_cursor xls_cursor_at(const struct xls *x, const struct xls_record *r);

/* Reads what stands before the sheets: their names, shared texts, formats. */
bool xls_globals(struct book *b, struct xls *x);

/* Takes what a record says of rows, columns and cells that may stand before it: what is hidden,
 * merged ranges, comments. */
void xls_look_ahead(struct book *b, struct xls *x, const struct xls_record *r);

bool xls_is_cell(unsigned type);

/* Puts the cell or cells of a record into the queue, a new row where one begins. */
bool xls_put_cell(struct book *b, struct xls *x, const struct xls_record *r);

#endif
