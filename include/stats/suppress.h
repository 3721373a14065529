/* suppress -- which counts of a table to withhold so that no small one can be worked out.
 *
 * A grid is one layer of a table with its margins: every row adds up to its last
 * cell, every column to its last, and whoever reads the table knows that. Small
 * counts are withheld (primary suppression), and then others (secondary), until each withheld
 * count could be another: until there is a cycle of cells through it along which one can be
 * added and taken away in turn with all sums, and all that is shown, unchanged. That is
 * exact for two-way tables, which are network flows (Gusfield 1988, SIAM J. Comput. 17:552-571).
 * Which cells to add is decided greedily, by the least sum of counts that are lost. */
#ifndef SUPPRESS_H
#define SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define SUPPRESS_MOST 20000 /* cells of a grid; the work grows with their square */

enum suppress_state {
    SUPPRESS_SHOWN,
    SUPPRESS_WITHHELD,
    SUPPRESS_FREE /* not shown at all, and bound by nothing: rows or columns that overlap */
};

struct suppress_cell {
    int64_t n;
    enum suppress_state state;
};

struct suppress {
    size_t rows, columns; /* margins counted: the last of each */
    struct suppress_cell *cells;
    int64_t below,
        round; /* withhold 1 to BELOW - 1; others are shown as multiples of ROUND, if not 0 */
};

static inline struct suppress_cell *suppress_at(const struct suppress *s, size_t row, size_t column)
{
    return &s->cells[row * s->columns + column];
}

/* A grid of zeros, shown, in memory of A. */
struct suppress suppress_grid(struct arena *a, size_t rows, size_t columns, size_t below,
                              size_t round);

/* Withholds what must be. */
void suppress_grid_protect(struct suppress *s);

/* N as it is shown. */
int64_t suppress_rounded(const struct suppress *s, int64_t n);

#endif
