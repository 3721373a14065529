/* rowqueue -- the rows that a block of XML held, until they are taken.
 *
 * A row may be open while others are taken. Texts lie in one buffer, by their places in it,
 * since it moves. */
#ifndef ROWQUEUE_H
#define ROWQUEUE_H

#include "base/buf.h"

struct rowqueue_cell {
    size_t column, repeat; /* it stands in so many columns from COLUMN on */
    size_t from, len, comment, comment_len;
    unsigned marks;
};

struct rowqueue_row {
    size_t number, repeat; /* how often it comes, with rising numbers */
    size_t first, count;   /* cells */
    bool hidden, filtered;
};

struct rowqueue {
    struct rowqueue_row *rows;
    size_t count, cap, taken;
    struct rowqueue_cell *cells;
    size_t cells_count, cells_cap;
    struct buf text;
    bool open;    /* the last row is not complete */
    size_t blank; /* empty rows since the last that holds something */
};

struct rowqueue_row *rowqueue_begin(struct rowqueue *q, size_t number);

/* A cell of the open row; its text is what stands in q->text from FROM on. */
struct rowqueue_cell *rowqueue_cell(struct rowqueue *q, size_t column, size_t from);

/* Ends the open row, which goes if it has no cell. */
void rowqueue_end(struct rowqueue *q);

/* The next complete row, or NULL: then what was taken is dropped, and more may be put in. */
struct rowqueue_row *rowqueue_take(struct rowqueue *q);

void rowqueue_clear(struct rowqueue *q);
void rowqueue_free(struct rowqueue *q);

#endif
