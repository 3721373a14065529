/* xls_records -- the records of an Excel 97 to 2003 workbook, and the texts in them. */
#ifndef XLS_RECORDS_H
#define XLS_RECORDS_H

#include <stdint.h>

#include "base/buf.h"

struct xls_record {
    unsigned type;
    struct span data;
};

/* What is left to read; where a record is too long it goes on in CONTINUE records. */
struct xls_cursor {
    struct span rest;   /* of the stream, behind the present record */
    struct span record; /* what is left of the present record */
    bool wide;          /* characters of two bytes */
};

enum xls_string { XLS_LONG, XLS_SHORT }; /* two bytes of length, or one */

/* The record at *AT of STREAM; *AT moves behind it. False at the end. */
bool xls_records_next(struct span stream, size_t *at, struct xls_record *record);

uint32_t xls_records_u16(struct span data, size_t at); /* 0 behind the end */
uint32_t xls_records_u32(struct span data, size_t at);
double xls_records_double(struct span data, size_t at);

/* A number packed into four bytes. */
double xls_records_rk(uint32_t rk);

/* A text of the present version, at the end of B; what formats its runs and tells how to pronounce
 * it is passed. False if the cursor's records end before. */
bool xls_records_string(struct xls_cursor *c, enum xls_string kind, struct buf *b);

/* COUNT characters without a head of their own but for their width, as in the text of a comment. */
bool xls_records_characters(struct xls_cursor *c, size_t count, struct buf *b);

#endif
