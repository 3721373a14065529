/* scan -- strict I-JSON validation and slicing of one line, in one pass.
 *
 * Accepts what RFC 8259 and RFC 7493 (I-JSON) accept as an object and nothing
 * else: no duplicate name at any level, no lone surrogate, valid UTF-8 only, no
 * raw control character, at most SCAN_DEPTH levels, the object itself counted.
 * Numbers are checked as text and never converted, so none is too large. Unicode
 * noncharacters are let through: real documents hold them and nothing here can
 * go wrong on them. A record of more than SCAN_FIELDS fields is refused: every one of them takes
 * ten times the memory of its text.
 *
 * The lists of names met so far are kept as a tree, a name below the one that it
 * followed: a record whose names lead down a way that is there needs no scan of its
 * names and no check for repeats, since the way was checked when it was made. Records of
 * several shapes (`_missing` comes and goes) have a way each. */
#ifndef SCAN_H
#define SCAN_H

#include "base/intern.h"
#include "stream/outline.h"
#include "stream/places.h"
#include "stream/record.h"

#define SCAN_DEPTH 64
#define SCAN_FIELDS ((size_t)1 << 17) /* of a record; a spreadsheet has at most 16384 columns */
#define SCAN_OUTLINES 8               /* kept of lines with places */
#define SCAN_PAD 64 /* readable bytes that must follow a line, the first LF, CR or NUL */

/* A name behind those above it. */
struct scan_name {
    struct span text; /* as in the line, with both quotes */
    struct span name; /* decoded */
    uint32_t below;   /* the name that followed it last; 0 for none */
    uint32_t beside;  /* another one that followed the same; 0 for none */
    uint32_t number;  /* its own place in the tree */
    size_t shape;     /* of the records that end with it; 0 if none did */
};

struct scan {
    struct field *fields; /* of the current record */
    size_t fields_cap;

    struct scan_name *names; /* the tree; its root at 0 stands before the first name */
    size_t name_count, names_cap;
    struct arena name_arena;
    bool is_full; /* the names of the last record did not fit into the tree */
    struct outline outlines[SCAN_OUTLINES];
    size_t outline, next_outline; /* the one that fitted last, and the one to be given up next */

    const char *start, *end; /* the line being scanned */
    struct span *open_names; /* names of the nested objects that are open */
    size_t open_count, open_cap;
    struct arena decoded; /* names of the current record that had escapes */
    struct buf scratch;
    struct intern seen; /* for duplicate checks on objects with many names */
    bool saw_record;    /* the last such object was the record */

    const char *error_at;
    struct buf error;
};

/* Fills R with slices of LINE. False if it is not one valid object: then
 * scan_column() and scan_error() tell where and what. */
bool scan_record(struct scan *s, struct span line, struct record *r);

/* The same for a line whose values stand at PLACES, by which it is not looked through.
 * False if they do not fit, or the names are new: then it is for scan_record(). */
bool scan_placed(struct scan *s, struct span line, const struct places_told *places,
                 struct record *r);

/* The record that stands in B, which a program put together and which is thus known to be
 * valid: R is slices of B. */
void scan_buf(struct scan *s, struct buf *b, struct record *r);

size_t scan_column(const struct scan *s); /* in bytes, from 1 */
const char *scan_error(struct scan *s);

void scan_free(struct scan *s);

#endif
