/* merges -- the merged ranges of a sheet. */
#include "merges.h"

#include <stdlib.h>

#include "base/arena.h"

void merges_add(struct merges *m, const struct merges_range *range)
{
    m->at = array_grow(m->at, &m->cap, m->count + 1, sizeof *m->at);
    m->at[m->count++] = *range;
    m->sorted = m->count == 1 || (m->sorted && m->at[m->count - 2].first_row <= range->first_row);
}

static int by_row(const void *a, const void *b)
{
    const struct merges_range *x = a, *y = b;
    if (x->first_row != y->first_row)
        return x->first_row < y->first_row ? -1 : 1;
    return (x->first_column > y->first_column) - (x->first_column < y->first_column);
}

/* Passes the ranges that end above ROW. They need not end in the order in which they begin. */
static void go_to(struct merges *m, size_t row)
{
    if (!m->sorted && m->count)
        qsort(m->at + m->done, m->count - m->done, sizeof *m->at, by_row);
    m->sorted = true;
    while (m->done < m->count && m->at[m->done].last_row < row)
        m->done++;
    if (m->done == m->count) {
        m->count = m->done = 0;
        buf_clear(&m->text);
    }
}

size_t merges_next_row(struct merges *m, size_t after, size_t before)
{
    go_to(m, after + 1);
    for (size_t i = m->done; i < m->count && m->at[i].first_row <= after; i++)
        if (m->at[i].last_row > after && m->at[i].seen && after + 1 < before)
            return after + 1;
    return 0;
}

size_t merges_columns(struct merges *m, size_t row)
{
    size_t columns = 0;
    go_to(m, row);
    for (size_t i = m->done; i < m->count && m->at[i].first_row <= row; i++)
        if (m->at[i].last_row >= row && m->at[i].last_column >= columns)
            columns = m->at[i].last_column + 1;
    return columns;
}

static void fill(struct merges *m, struct merges_range *r, size_t row, struct book_cell *cells,
                 size_t count)
{
    if (row == r->first_row && r->first_column < count && cells[r->first_column].text.len) {
        r->from = m->text.len;
        r->len = cells[r->first_column].text.len;
        r->seen = true;
        buf_add(&m->text, cells[r->first_column].text);
    }
    if (!r->seen)
        return;
    for (size_t i = r->first_column; i <= r->last_column && i < count; i++) {
        if (cells[i].text.len)
            continue;
        cells[i].text = (struct span){m->text.at, r->len}; /* placed below, it may yet move */
        cells[i].marks |= BOOK_MERGED;
    }
}

void merges_fill(struct merges *m, size_t row, struct book_cell *cells, size_t count)
{
    size_t end = m->done;
    for (; end < m->count && m->at[end].first_row <= row; end++)
        if (m->at[end].last_row >= row)
            fill(m, &m->at[end], row, cells, count);
    for (size_t i = m->done; i < end; i++) {
        const struct merges_range *r = &m->at[i];
        if (r->last_row < row || !r->seen)
            continue;
        for (size_t j = r->first_column; j <= r->last_column && j < count; j++)
            if (cells[j].marks & BOOK_MERGED)
                cells[j].text = span_part(buf_span(&m->text), r->from, r->len);
    }
}

void merges_clear(struct merges *m)
{
    m->count = m->done = 0;
    buf_clear(&m->text);
}

void merges_free(struct merges *m)
{
    free(m->at);
    buf_free(&m->text);
}
