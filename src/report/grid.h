/* grid -- a small table as people read it: texts in rows and columns, with the numbers
 * behind them for forms that can draw or type them.
 *
 * Row 0 holds the heads, column 0 what each row is about; the spanner stands above all
 * columns but the first. Texts are kept by the study. */
#ifndef GRID_H
#define GRID_H

#include "base/arena.h"
#include "cells/cells.h"

enum grid_kind {
    GRID_TEXT,
    GRID_COUNT, /* n */
    GRID_SHARE  /* n and its percentage */
};

struct grid_cell {
    struct span text;
    enum grid_kind kind;
    double n;
    struct cells_share share;
    const struct cells_members *members; /* who is behind the count; NULL if that is not public */
    size_t place;                        /* of the cell in its table */
};

struct grid {
    struct arena *arena;

    struct span spanner; /* a NULL at for none */
    bool is_tight;       /* heads are broken to the width of their columns */
    size_t rows, columns;
    struct grid_cell *cells; /* row-major */
};

/* An empty grid; with no rows it is none. */
struct grid grid_new(struct arena *a, size_t rows, size_t columns);

static inline struct grid_cell *grid_at(const struct grid *g, size_t row, size_t column)
{
    return &g->cells[row * g->columns + column];
}

static inline void grid_put(const struct grid *g, size_t row, size_t column, struct span text)
{
    grid_at(g, row, column)->text = text;
}

/* G as one grid or several beside the other's place, none wider than WIDTH if that can be:
 * turned where that is narrower, else split with the first column repeated. GAP columns stand
 * between two, MARGIN before the first. The list is G's arena's. */
struct grid *grid_fit(const struct grid *g, size_t width, size_t gap, size_t margin, size_t *count);

/* The columns of a terminal that a text takes, and the widest text of a column; a first column
 * is broken into lines rather than wider than half of WIDTH, if the others need the rest. */
size_t grid_text_width(struct span text);
size_t grid_column_width(const struct grid *g, size_t column, size_t width);

#endif
