/* xls_comments -- the comments on the cells of a sheet. */
#include "xls_comments.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/fail.h"

#define OBJECTS 65536 /* of two bytes */

void xls_comments_clear(struct xls_comments *c)
{
    c->count = 0;
    buf_clear(&c->texts);
    free(c->of_object);
    c->of_object = NULL;
}

void xls_comments_free(struct xls_comments *c)
{
    free(c->at);
    free(c->of_object);
    buf_free(&c->texts);
}

struct buf *xls_comments_begin(struct xls_comments *c, unsigned object)
{
    if (!c->of_object)
        c->of_object = calloc(OBJECTS, sizeof *c->of_object);
    if (!c->of_object)
        fail_memory();
    c->at = array_grow(c->at, &c->cap, c->count + 1, sizeof *c->at);
    c->at[c->count++] = (struct xls_comment){.from = c->texts.len};
    c->of_object[object % OBJECTS] = c->count;
    return &c->texts;
}

void xls_comments_end(struct xls_comments *c)
{
    c->at[c->count - 1].len = c->texts.len - c->at[c->count - 1].from;
}

void xls_comments_note(struct xls_comments *c, unsigned object, size_t row, size_t column)
{
    size_t place = c->of_object ? c->of_object[object % OBJECTS] : 0;
    if (!place)
        return;
    c->at[place - 1].row = row;
    c->at[place - 1].column = column;
}

static int by_cell(const struct xls_comment *x, const struct xls_comment *y)
{
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* Of two on a cell the one that stands first in the file comes first. */
static int order(const void *a, const void *b)
{
    const struct xls_comment *x = a, *y = b;
    int cell = by_cell(x, y);
    return cell ? cell : (x->from > y->from) - (x->from < y->from);
}

void xls_comments_sort(struct xls_comments *c)
{
    if (c->count)
        qsort(c->at, c->count, sizeof *c->at, order);
}

bool xls_comments_find(const struct xls_comments *c, size_t row, size_t column, struct span *text)
{
    const struct xls_comment key = {.row = row, .column = column};
    size_t from = 0, to = c->count; /* the first that is not before the cell */
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (by_cell(&c->at[middle], &key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == c->count || by_cell(&c->at[from], &key) != 0)
        return false;
    *text = span_part(buf_span(&c->texts), c->at[from].from, c->at[from].len);
    return true;
}
