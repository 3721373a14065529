/* tables -- tables of a PDF by the places of their words. */
#include "tables.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "tables_parts.h"
#include "text/label.h"

#define MIN_LINES 3
#define LEADING 0.3  /* points that lines of one cell may be further apart than the nearest */
#define OVERLAP 0.35 /* of a line, that cells of one row stand beside each other */
#define ON_GRID 0.015
#define ABOVE 3        /* lines of something else right above a table, at most */
#define LARGE 40       /* lines of a table within which none other is looked for */
#define FAR_BELOW 4.0  /* lines of white that end a table */
#define SPACE_BIN 0.25 /* points */
#define SPACE_BINS 64
#define FEW_SPACES 10 /* fewer tell nothing */
#define TYPED 0.55    /* of a line's height, that a typewriter's space has */

/* ---- cells ---- */

static bool has_words(const struct table *t, size_t line, size_t column)
{
    for (size_t i = 0; i < t->lines[line].count; i++)
        if (tables_rivers_column(t, &t->lines[line].words[i]) == column)
            return true;
    return false;
}

/* Whether COLUMN has nothing in LINE but a number, as of a question, which may stand between two
 * lines. */
static bool is_number(const struct table *t, size_t line, size_t column)
{
    const struct place *only = NULL;
    for (size_t i = 0; i < t->lines[line].count; i++) {
        const struct place *w = &t->lines[line].words[i];
        if (tables_rivers_column(t, w) != column)
            continue;
        if (only)
            return false;
        only = w;
    }
    struct label label;
    size_t end;
    return only && label_read(only->text, 0, &label, &end) && end >= only->text.len;
}

/* The least that two lines of a column are apart, over the whole page's lines if the table has
 * none nearer. */
static double nearest_lines(const struct table *t, size_t from, size_t to)
{
    double least = INFINITY;
    for (size_t column = 0; column <= t->river_count; column++) {
        size_t last = to;
        for (size_t k = from; k < to; k++) {
            if (!has_words(t, k, column) || is_number(t, k, column))
                continue;
            if (last < k && t->lines[k].middle - t->lines[last].middle < least)
                least = t->lines[k].middle - t->lines[last].middle;
            last = k;
        }
    }
    return least;
}

static void add_block(struct table *t, size_t column, size_t line)
{
    double half = t->leading / 2;
    t->blocks[t->block_count++] = (struct block){
        column, line, line, t->lines[line].middle - half, t->lines[line].middle + half, SIZE_MAX};
}

static void find_blocks(struct table *t)
{
    size_t lines = t->last - t->first;
    t->blocks = arena_array(t->arena, lines * (t->river_count + 1) + 1, sizeof *t->blocks);
    t->block_count = 0;
    for (size_t column = 0; column <= t->river_count; column++) {
        struct block *open = NULL;
        for (size_t k = t->first; k < t->last; k++) {
            if (!has_words(t, k, column))
                continue;
            if (!open || t->lines[k].middle - t->lines[open->last].middle > t->leading + LEADING) {
                add_block(t, column, k);
                open = &t->blocks[t->block_count - 1];
                continue;
            }
            open->last = k;
            open->bottom = t->lines[k].middle + t->leading / 2;
        }
    }
}

/* ---- rows ---- */

static int by_top(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->top != y->top)
        return x->top < y->top ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* Rows are what blocks that stand beside each other make. */
static void find_rows(struct table *t)
{
    double bottom = -INFINITY;
    t->rows = 0;
    qsort(t->blocks, t->block_count, sizeof *t->blocks, by_top);
    for (size_t i = 0; i < t->block_count; i++) {
        struct block *b = &t->blocks[i];
        if (b->top > bottom - OVERLAP * t->leading)
            t->rows++;
        b->row = t->rows - 1;
        bottom = b->bottom > bottom ? b->bottom : bottom;
    }
}

static size_t columns_in(const struct table *t, size_t row, size_t *column)
{
    size_t count = 0, last = SIZE_MAX;
    for (size_t column_at = 0; column_at <= t->river_count; column_at++)
        for (size_t i = 0; i < t->block_count; i++)
            if (t->blocks[i].row == row && t->blocks[i].column == column_at && last != column_at) {
                count++;
                last = *column = column_at;
            }
    return count;
}

/* Where the blocks of ROW begin and end. */
static struct gap extent(const struct table *t, size_t row)
{
    struct gap of = {INFINITY, -INFINITY};
    for (size_t i = 0; i < t->block_count; i++)
        if (t->blocks[i].row == row) {
            of.left = fmin(of.left, t->blocks[i].top);
            of.right = fmax(of.right, t->blocks[i].bottom);
        }
    return of;
}

static bool is_orphan(const struct table *t, size_t row)
{
    size_t column = 0;
    return row > 0 && columns_in(t, row, &column) == 1 && column > 0;
}

/* Of the orphans from ROW to END, which stand between two rows, the first that is of the one below:
 * the widest white is before it. */
static size_t first_below(const struct table *t, size_t row, size_t end)
{
    size_t cut = end;
    double widest = -INFINITY, above = extent(t, row - 1).right;
    for (size_t i = row; i <= end && end < t->rows; i++) {
        struct gap it = extent(t, i);
        if (it.left - above > widest - LEADING) {
            cut = i;
            widest = fmax(widest, it.left - above);
        }
        above = it.right;
    }
    return cut;
}

/* More lines of an answer, above or below its question: of the row that is nearer. */
static void join_rows(struct table *t)
{
    size_t to = 0, end = 0, below = 0;
    bool *joins = arena_array(t->arena, t->rows + 1, sizeof *joins); /* the row before */
    for (size_t row = 0; row < t->rows; row++) {
        for (end = row; end < t->rows && is_orphan(t, end); end++)
            ;
        below = end > row ? first_below(t, row, end) : row;
        for (size_t i = row; i <= end && i < t->rows; i++)
            joins[i] = end > row && i != below;
        row = end;
    }
    for (size_t row = 0; row < t->rows; row++) {
        to += row > 0 && !joins[row];
        for (size_t i = 0; i < t->block_count; i++)
            if (t->blocks[i].row == row)
                t->blocks[i].row = to;
    }
    t->rows = to + 1;
}

/* What ends the table: rows at its end of one cell, which may be the letter going on. */
static void trim(struct table *t)
{
    size_t column;
    while (t->rows > 1 && columns_in(t, t->rows - 1, &column) == 1) {
        t->rows--;
        for (size_t i = 0; i < t->block_count;) {
            if (t->blocks[i].row == t->rows) {
                if (t->blocks[i].first < t->last)
                    t->last = t->blocks[i].first;
                t->blocks[i] = t->blocks[--t->block_count];
            } else {
                i++;
            }
        }
    }
}

/* What stands above the table: rows at its beginning of one cell, which the letter may end with. */
static void trim_top(struct table *t)
{
    size_t column;
    while (t->rows > 1 && columns_in(t, 0, &column) == 1) {
        size_t kept = 0;
        for (size_t i = 0; i < t->block_count; i++) {
            struct block b = t->blocks[i];
            if (b.row == 0)
                t->first = b.last + 1 > t->first ? b.last + 1 : t->first;
            else
                t->blocks[kept++] = b;
        }
        t->block_count = kept;
        t->rows--;
        for (size_t i = 0; i < kept; i++)
            t->blocks[i].row--;
    }
}

/* Whether all lines are a whole number of lines apart, as a typewriter's are: the layout in
 * characters then shows all that the places do. */
static bool on_grid(const struct table *t)
{
    for (size_t k = t->first + 1; k < t->last; k++) {
        double lines = (t->lines[k].middle - t->lines[k - 1].middle) / t->leading;
        if (fabs(lines - round(lines)) > ON_GRID)
            return false;
    }
    return true;
}

/* Whether the table shows what a row is: cells of several lines, not all beside ones of as many,
 * and two rows with two cells. */
static bool is_shown(const struct table *t)
{
    size_t full = 0, column;
    if (on_grid(t))
        return false;
    bool uneven = false;
    for (size_t row = 0; row < t->rows; row++)
        full += columns_in(t, row, &column) > 1;
    for (size_t i = 0; i < t->block_count; i++)
        for (size_t k = 0; k < t->block_count; k++)
            uneven |=
                t->blocks[i].row == t->blocks[k].row &&
                t->blocks[i].last - t->blocks[i].first != t->blocks[k].last - t->blocks[k].first;
    return uneven && full > 1;
}

/* Whether the table that begins with line FIRST has more columns where it begins lower. */
static bool begins_lower(const struct table *t, size_t first)
{
    struct table lower = *t;
    for (size_t k = first + 1; k <= first + ABOVE && k < t->last; k++)
        if (tables_rivers_find(&lower, k) && lower.river_count > t->river_count &&
            lower.last >= t->last)
            return true;
    return false;
}

/* A table whose first line with a gap is FIRST, lines from LOWEST on being free; LEAST: of its
 * rivers. */
static bool read_table(struct table *t, size_t first, size_t lowest, double least)
{
    t->least = least;
    if (!tables_rivers_find(t, first) || t->last - t->first + (t->first - lowest) < MIN_LINES)
        return false;
    if (begins_lower(t, first)) {
        t->last = first;
        return false;
    }
    t->leading = nearest_lines(t, lowest, t->line_count);
    for (size_t k = t->first + 1; k < t->last; k++)
        if (t->lines[k].middle - t->lines[k - 1].middle > FAR_BELOW * t->leading)
            t->last = k;
    tables_rivers_extend(t, lowest);
    find_blocks(t);
    find_rows(t);
    join_rows(t);
    trim(t);
    trim_top(t);
    return t->last - t->first >= MIN_LINES && is_shown(t);
}

/* ---- text ---- */

static void add_cell(const struct table *t, size_t row, size_t column, struct buf *out)
{
    bool any = false;
    for (size_t i = 0; i < t->block_count; i++) {
        const struct block *b = &t->blocks[i];
        for (size_t k = b->first; k <= b->last && b->row == row && b->column == column; k++)
            for (size_t w = 0; w < t->lines[k].count; w++) {
                if (tables_rivers_column(t, &t->lines[k].words[w]) != column)
                    continue;
                if (any)
                    buf_addc(out, ' ');
                buf_add(out, t->lines[k].words[w].text);
                any = true;
            }
    }
}

static void add_rows(const struct table *t, struct buf *out)
{
    buf_addc(out, '\n');
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t column = 0; column <= t->river_count; column++) {
            if (column)
                buf_addc(out, '\t');
            add_cell(t, row, column, out);
        }
        buf_addc(out, '\n');
    }
    buf_addc(out, '\n');
}

/* ---- in its place ---- */

/* The white between two words of a line, as most have it; at most what a typewriter leaves. */
static double word_space(const struct places *p)
{
    size_t counts[SPACE_BINS] = {0}, all = 0, seen = 0, bin = 0;
    double high = 0;
    for (size_t i = 1; i < p->count; i++) {
        double white = p->at[i].left - p->at[i - 1].right;
        if (p->at[i].line != p->at[i - 1].line || white <= 0 || white >= SPACE_BINS * SPACE_BIN)
            continue;
        counts[(size_t)(white / SPACE_BIN)]++;
        high = fmax(high, p->at[i].bottom - p->at[i].top);
        all++;
    }
    for (seen = counts[0]; 2 * seen < all; seen += counts[bin])
        bin++;
    return all < FEW_SPACES ? 0 : fmin((double)(bin + 1) * SPACE_BIN, TYPED * high);
}

/* PAGE with the tables in place whose rivers have LEAST points; WIDE ones are rivers anyway. */
static void put_tables(struct span page, const struct places *places, double least, double space,
                       struct buf *out)
{
    struct arena arena = {0};
    struct table t = {.places = places, .arena = &arena, .space = space};
    t.wide = fmax(TABLES_RIVER, TABLES_WORD * space);
    const char *at = page.at, *end = span_end(page);
    t.lines = places_lines(places, &t.line_count, &arena);
    for (size_t line = 0, lowest = 0; line < t.line_count; line++) {
        if (!read_table(&t, line, lowest, least)) {
            if (t.last > line + (t.is_cut ? 0 : LARGE))
                line = t.last - 1;
            continue;
        }
        const char *start = places_behind(at, end, places_letters(t.lines, lowest, t.first));
        const char *stop =
            start ? places_behind(start, end, places_letters(t.lines, t.first, t.last)) : NULL;
        if (!stop)
            break;
        buf_add(out, span_from(at, start));
        add_rows(&t, out);
        at = stop;
        lowest = t.last;
        line = t.last - 1;
    }
    buf_add(out, span_from(at, end));
    arena_free(&arena);
}

static size_t tabs_in(struct span text)
{
    size_t tabs = 0;
    for (size_t i = 0; i < text.len; i++)
        tabs += text.at[i] == '\t';
    return tabs;
}

/* Narrow white divides the page where it shows more cells than wide white: the spaces between the
 * words of a sentence above a table can join its columns, and columns can stand close. */
static void put_page(struct span page, const struct places *places, struct buf *out)
{
    struct buf wide = {0}, narrow = {0};
    double space = word_space(places);
    put_tables(page, places, fmax(TABLES_RIVER, TABLES_WORD * space), space, &wide);
    put_tables(page, places, TABLES_NARROW, space, &narrow);
    bool closer = tabs_in(buf_span(&narrow)) > tabs_in(buf_span(&wide));
    buf_add(out, buf_span(closer ? &narrow : &wide));
    buf_free(&wide);
    buf_free(&narrow);
}

void tables_put(struct span text, struct span told, struct buf *out)
{
    places_each(text, told, put_page, out);
}

bool tables_likely(struct span text)
{
    size_t gaps = 0;
    bool begun = false;
    for (size_t i = 0; i + 2 < text.len; i++) {
        bool line_end = text.at[i] == '\n' || text.at[i] == '\f';
        begun = !line_end && (begun || text.at[i] != ' ');
        gaps += begun && text.at[i] != ' ' && text.at[i + 1] == ' ' && text.at[i + 2] == ' ';
    }
    return gaps > 1;
}
