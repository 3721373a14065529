/* grid -- rows and columns of text, and how they fit a page. */
#include "grid.h"

#include <utf8proc.h>

#include "base/utf8.h"

#define USUAL_HEAD ((size_t)14)  /* a head of this width is not broken while there is room */
#define USUAL_STUB ((size_t)36)  /* likewise that of the first column */
#define LEAST_COLUMN ((size_t)8) /* narrower than this, words are cut to pieces */

struct grid grid_new(struct arena *a, size_t rows, size_t columns)
{
    struct grid g = {.arena = a, .rows = rows, .columns = columns};
    if (columns > 0 && rows > SIZE_MAX / columns)
        rows = SIZE_MAX; /* arena_array() refuses it */
    g.cells = arena_array(a, rows * columns, sizeof *g.cells);
    for (size_t i = 0; i < rows * columns; i++)
        g.cells[i] = (struct grid_cell){.n = NAN, .share = {NAN, NAN, NAN, NAN}};
    return g;
}

/* Rows as columns. */
static struct grid grid_turned(const struct grid *g)
{
    struct grid turned = grid_new(g->arena, g->columns, g->rows);
    turned.is_tight = g->is_tight;
    for (size_t r = 0; r < g->rows; r++)
        for (size_t c = 0; c < g->columns; c++)
            *grid_at(&turned, c, r) = *grid_at(g, r, c);
    turned.spanner = grid_at(g, 0, 0)->text;
    grid_put(&turned, 0, 0, g->spanner.at ? g->spanner : SPAN(""));
    return turned;
}

/* The first column and COUNT columns from FROM on. */
static struct grid grid_part(const struct grid *g, size_t from, size_t count)
{
    struct grid part = grid_new(g->arena, g->rows, count + 1);
    part.is_tight = g->is_tight;
    part.spanner = g->spanner;
    for (size_t r = 0; r < g->rows; r++) {
        *grid_at(&part, r, 0) = *grid_at(g, r, 0);
        for (size_t c = 0; c < count; c++)
            *grid_at(&part, r, c + 1) = *grid_at(g, r, from + c);
    }
    return part;
}

size_t grid_text_width(struct span text)
{
    size_t columns = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        int wide = utf8proc_charwidth((utf8proc_int32_t)utf8_next(&at));
        columns += wide > 0 ? (size_t)wide : 0;
    }
    return columns;
}

/* The widest word: a head is broken at spaces, never within a word. */
static size_t word_width(struct span text)
{
    size_t most = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        const char *space = memchr(at, ' ', (size_t)(end - at));
        size_t width = grid_text_width(span_from(at, space ? space : end));
        most = width > most ? width : most;
        at = space ? space + 1 : end;
    }
    return most;
}

/* What a column asks for: its cells whole, its head in lines of about their width. */
static size_t natural_width(const struct grid *g, size_t column)
{
    size_t most = 0, head = grid_text_width(grid_at(g, 0, column)->text);
    for (size_t r = 1; r < g->rows; r++) {
        size_t width = grid_text_width(grid_at(g, r, column)->text);
        most = width > most ? width : most;
    }
    if (most >= head)
        return most;
    size_t usual = g->is_tight ? 0 : column == 0 ? USUAL_STUB : USUAL_HEAD;
    size_t least = (head + 2) / 3, word = word_width(grid_at(g, 0, column)->text);
    least = least > word ? least : word;
    least = least > usual ? least : head < usual ? head : usual;
    return most > least ? most : least;
}

size_t grid_column_width(const struct grid *g, size_t column, size_t width)
{
    size_t natural = natural_width(g, column), others = 4, most = width;
    if (column == 0 && g->columns > 1) { /* what the others leave, or half the page of several */
        for (size_t c = 1; c < g->columns; c++)
            others += natural_width(g, c) + 2;
        bool has_room = others < width / 2 || (g->columns == 2 && others + LEAST_COLUMN < width);
        most = has_room ? width - others : width / 2;
    }
    most = most < LEAST_COLUMN ? LEAST_COLUMN : most;
    return natural < most ? natural : most;
}

static size_t whole_width(const struct grid *g, size_t width, size_t gap, size_t margin)
{
    size_t sum = margin;
    for (size_t c = 0; c < g->columns; c++)
        sum += grid_column_width(g, c, width) + (c > 0 ? gap : 0);
    return sum;
}

/* As many columns from FROM on as fit, at least one. */
static size_t columns_that_fit(const struct grid *g, size_t from, size_t width, size_t gap,
                               size_t margin)
{
    size_t sum = margin + grid_column_width(g, 0, width), count = 0;
    while (from + count < g->columns) {
        sum += gap + grid_column_width(g, from + count, width);
        if (count > 0 && sum > width)
            break;
        count++;
    }
    return count;
}

struct grid *grid_fit(const struct grid *g, size_t width, size_t gap, size_t margin, size_t *count)
{
    struct grid *parts = arena_array(g->arena, g->columns + g->rows, sizeof *parts);
    struct grid whole = *g;
    *count = 0;
    whole.is_tight = whole_width(g, width, gap, margin) > width;
    size_t wide = whole_width(&whole, width, gap, margin);
    if (wide > width && g->columns > 2 && g->spanner.at) {
        struct grid turned = grid_turned(&whole);
        if (whole_width(&turned, width, gap, margin) < wide)
            whole = turned;
    }
    if (whole_width(&whole, width, gap, margin) <= width) {
        parts[(*count)++] = whole;
        return parts;
    }
    for (size_t from = 1; from < whole.columns;) {
        size_t columns = columns_that_fit(&whole, from, width, gap, margin);
        parts[(*count)++] = grid_part(&whole, from, columns);
        from += columns;
    }
    return parts;
}
