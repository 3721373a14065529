/* rowqueue -- the rows that a block of XML held, until they are taken. */
#include "rowqueue.h"

#include <stdlib.h>

#include "base/arena.h"

struct rowqueue_row *rowqueue_begin(struct rowqueue *q, size_t number)
{
    q->rows = array_grow(q->rows, &q->cap, q->count + 1, sizeof *q->rows);
    struct rowqueue_row *row = &q->rows[q->count++];
    *row = (struct rowqueue_row){.number = number, .repeat = 1, .first = q->cells_count};
    q->open = true;
    return row;
}

struct rowqueue_cell *rowqueue_cell(struct rowqueue *q, size_t column, size_t from)
{
    q->cells = array_grow(q->cells, &q->cells_cap, q->cells_count + 1, sizeof *q->cells);
    struct rowqueue_cell *cell = &q->cells[q->cells_count++];
    *cell = (struct rowqueue_cell){
        .column = column, .repeat = 1, .from = from, .len = q->text.len - from};
    q->rows[q->count - 1].count++;
    return cell;
}

void rowqueue_end(struct rowqueue *q)
{
    q->open = false;
    q->blank = q->rows[q->count - 1].count ? 0 : q->blank + 1;
    if (q->rows[q->count - 1].count == 0)
        q->count--;
}

/* Moves the open row to the front. */
static void keep_open(struct rowqueue *q)
{
    struct rowqueue_row row = q->rows[q->count - 1];
    size_t text = q->text.len;
    for (size_t i = row.first; i < q->cells_count; i++) {
        struct rowqueue_cell *cell = &q->cells[i];
        text = cell->from < text ? cell->from : text;
        text = cell->comment_len && cell->comment < text ? cell->comment : text;
    }
    for (size_t i = row.first; i < q->cells_count; i++) {
        q->cells[i].from -= text;
        q->cells[i].comment -= q->cells[i].comment_len ? text : 0;
        q->cells[i - row.first] = q->cells[i];
    }
    if (q->text.len > text)
        memmove(q->text.at, q->text.at + text, q->text.len - text);
    q->text.len -= text;
    q->cells_count = row.count;
    row.first = 0;
    q->rows[0] = row;
    q->count = 1;
}

struct rowqueue_row *rowqueue_take(struct rowqueue *q)
{
    size_t ready = q->count - q->open;
    if (q->taken < ready)
        return &q->rows[q->taken++];
    q->taken = 0;
    if (!q->open)
        rowqueue_clear(q);
    else if (q->count > 1)
        keep_open(q);
    return NULL;
}

void rowqueue_clear(struct rowqueue *q)
{
    q->count = q->taken = q->cells_count = 0;
    q->open = false;
    buf_clear(&q->text);
}

void rowqueue_free(struct rowqueue *q)
{
    free(q->rows);
    free(q->cells);
    buf_free(&q->text);
}
