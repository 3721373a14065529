/* xls_comments -- the comments on the cells of a sheet.
 *
 * A text belongs to a drawn object, and a note behind it says which cell the object is a comment
 * on. All stand behind the rows, so they are gathered first and then found by cell. A zeroed struct
 * is empty. */
#ifndef XLS_COMMENTS_H
#define XLS_COMMENTS_H

#include "base/buf.h"

struct xls_comment {
    size_t row, column; /* row from 1; 0: no note names the object */
    size_t from, len;   /* in the texts */
};

struct xls_comments {
    struct xls_comment *at;
    size_t count, cap;
    size_t *of_object; /* by its number, below 65,536: 1 and the place of its text */
    struct buf texts;
};

void xls_comments_clear(struct xls_comments *c);
void xls_comments_free(struct xls_comments *c);

/* Where the text of OBJECT is to be put, which ends with xls_comments_end(). */
struct buf *xls_comments_begin(struct xls_comments *c, unsigned object);
void xls_comments_end(struct xls_comments *c);

/* OBJECT is a comment on this cell. */
void xls_comments_note(struct xls_comments *c, unsigned object, size_t row, size_t column);

/* After the last note. */
void xls_comments_sort(struct xls_comments *c);

/* The comment on a cell, or false; TEXT is good until the next sheet. */
bool xls_comments_find(const struct xls_comments *c, size_t row, size_t column, struct span *text);

#endif
