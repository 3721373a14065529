/* tables_parts -- what the files of tables share; nobody else's business. */
#ifndef TABLES_PARTS_H
#define TABLES_PARTS_H

#include "base/arena.h"
#include "places.h"

#define TABLES_COLUMNS 24
#define TABLES_RIVER 4.0  /* points of white between two columns at least */
#define TABLES_WORD 1.3   /* the same in spaces between words, which are wide in typewritten text */
#define TABLES_NARROW 2.0 /* the same where the words behind it all begin at one place */

struct gap {
    double left, right;
};

/* The lines of one cell. */
struct block {
    size_t column, first, last; /* lines */
    double top, bottom;
    size_t row;
};

struct table {
    const struct places *places;
    struct places_line *lines;
    size_t line_count;
    size_t first, last; /* of its lines, LAST not among them */
    struct gap rivers[TABLES_COLUMNS];
    size_t river_count;
    double space;   /* white between words; 0 where that is not known */
    double wide;    /* white that is a river wherever it is */
    double least;   /* white that is looked at */
    bool is_cut;    /* it ends at a line that lies across its rivers */
    double leading; /* of the lines of a cell */
    struct block *blocks;
    size_t block_count, rows;
    struct arena *arena;
};

/* Extends the table that begins with line FIRST while white runs down between words; false if there
 * is none. */
bool tables_rivers_find(struct table *t, size_t first);

/* Takes lines above the first in, down to LOWEST at the lowest, that flow round the rivers as well:
 * a question's, where its number stands in the middle. */
void tables_rivers_extend(struct table *t, size_t lowest);

/* The column that word W stands in. */
size_t tables_rivers_column(const struct table *t, const struct place *w);

#endif
