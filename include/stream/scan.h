/* scan -- strict I-JSON validation and slicing of one line, in one pass.
 *
 * Accepts what RFC 8259 and RFC 7493 (I-JSON) accept as an object and nothing
 * else: no duplicate name at any level, no lone surrogate, valid UTF-8 only, no
 * raw control character, at most SCAN_DEPTH levels, the object itself counted.
 * Numbers are checked as text and never converted, so none is too large. Unicode
 * noncharacters are let through: real documents hold them and nothing here can
 * go wrong on them.
 *
 * The names of the last record are kept as the expected shape of the next: a
 * name that matches its place there needs no scan of its own, and names found
 * in increasing places cannot repeat, so most records need no duplicate check. */
#ifndef SCAN_H
#define SCAN_H

#include "base/intern.h"
#include "stream/record.h"

#define SCAN_DEPTH 64
#define SCAN_PAD 64 /* readable bytes that must follow a line, the first LF, CR or NUL */

struct scan_name {
    struct span text; /* as in the line, with both quotes */
    struct span name; /* decoded */
};

struct scan {
    struct field *fields; /* of the current record */
    size_t fields_cap;

    struct scan_name *shape; /* names of an earlier record, in order, all distinct */
    size_t shape_count, shape_cap;
    size_t shapes; /* that have been kept: the number of the present one */
    struct arena shape_arena, spare_arena;

    const char *start, *end; /* the line being scanned */
    struct span *open_names; /* names of the nested objects that are open */
    size_t open_count, open_cap;
    struct arena names; /* decoded names of the current record that had escapes */
    struct buf scratch;
    struct intern seen; /* for duplicate checks on objects with many names */

    const char *error_at;
    struct buf error;
};

/* Fills R with slices of LINE. False if it is not one valid object: then
 * scan_column() and scan_error() tell where and what. */
bool scan_record(struct scan *s, struct span line, struct record *r);

/* The record that stands in B, which a program put together and which is thus known to be
 * valid: R is slices of B. */
void scan_buf(struct scan *s, struct buf *b, struct record *r);

size_t scan_column(const struct scan *s); /* in bytes, from 1 */
const char *scan_error(struct scan *s);

void scan_free(struct scan *s);

#endif
