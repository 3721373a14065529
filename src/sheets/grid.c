/* grid -- a sheet as a table. */
#include "sheets/grid.h"

#include <stdlib.h>

#include "book_parts.h"

#define HELD_ROWS 100
#define HELD_CELLS 400000 /* of very wide rows fewer are held */

bool grid_reads(const struct grid *g, size_t column)
{
    return column >= g->options.first_column && column <= g->options.last_column &&
           !(g->options.visible && book_column_hidden(g->book, column));
}

bool grid_range(struct grid_options *options, struct span text)
{
    struct merges_range range;
    if (!book_reference(text, &range))
        return false;
    options->first_row = range.first_row;
    options->last_row = range.last_row;
    options->first_column = range.first_column;
    options->last_column = range.last_column;
    return true;
}

/* The cells of ROW that are read and hold something. */
static size_t filled(const struct grid *g, const struct book_row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++)
        count += row->cells[i].text.len && !(row->cells[i].marks & BOOK_MERGED) && grid_reads(g, i);
    return count;
}

/* The next row that is read and not empty. */
static bool fetch(struct grid *g, struct book_row *row, struct trouble *t)
{
    const struct grid_options *o = &g->options;
    while (book_next(g->book, row, t)) {
        if (row->number > o->last_row)
            return false;
        if (row->number < o->first_row)
            continue;
        if (row->hidden && o->visible) {
            g->found.hidden_out++;
            g->last_hidden = row->number;
            continue;
        }
        bool any = false;
        for (size_t i = 0; i < row->count && !any; i++)
            any = (row->cells[i].text.len || row->cells[i].comment.len) && grid_reads(g, i);
        if (any)
            return true;
    }
    return false;
}

static void hold(struct grid *g, const struct book_row *row)
{
    g->held = array_grow(g->held, &g->held_cap, g->held_count + 1, sizeof *g->held);
    struct book_row *held = &g->held[g->held_count++];
    *held = *row;
    held->cells = arena_array(&g->arena, row->count + 1, sizeof *held->cells);
    for (size_t i = 0; i < row->count; i++) {
        held->cells[i] = row->cells[i];
        held->cells[i].text = arena_copy(&g->arena, row->cells[i].text);
        held->cells[i].comment = arena_copy(&g->arena, row->cells[i].comment);
    }
    g->held_cells += row->count;
}

/* Whether enough rows are held to find the header and the columns; behind them come others. */
static bool holds_enough(const struct grid *g)
{
    return g->held_count > g->options.headers &&
           (g->held_count >= HELD_ROWS + g->options.headers || g->held_cells >= HELD_CELLS);
}

/* Where the headers are among the rows held. */
static size_t find_header(const struct grid *g)
{
    size_t most = 0;
    for (size_t i = 0; i < g->held_count; i++) {
        size_t count = filled(g, &g->held[i]);
        most = count > most ? count : most;
    }
    for (size_t i = 0; i < g->held_count; i++) {
        size_t count = filled(g, &g->held[i]);
        if (count * 3 >= most * 2 || (count > 2 && count * 2 >= most))
            return i;
    }
    return 0;
}

/* The header of COLUMN: what the header rows from FIRST on hold there, each text once, without
 * white space around it; a line break within it stays. */
static struct span header_of(struct grid *g, size_t first, size_t column)
{
    struct buf text = {0};
    struct span last = {NULL, 0};
    for (size_t i = first; i < first + g->options.headers && i < g->held_count; i++) {
        const struct book_row *row = &g->held[i];
        struct span part = column < row->count ? span_trimmed(row->cells[column].text) : SPAN("");
        if (part.len == 0 || span_eq(part, last))
            continue;
        if (text.len)
            buf_addc(&text, ' ');
        buf_add(&text, part);
        last = part;
    }
    struct span kept = arena_copy(&g->arena, buf_span(&text));
    buf_free(&text);
    return kept;
}

/* In an upper header row in which nothing is merged a text stands for the empty cells behind it
 * too, as in files that know no merged cells. */
static void spread_groups(struct grid *g, struct book_row *row, size_t width)
{
    struct book_cell *cells = arena_array(&g->arena, width + 1, sizeof *cells);
    struct span left = {NULL, 0};
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].marks & BOOK_MERGED)
            return;
    for (size_t i = 0; i < width; i++) {
        cells[i] = i < row->count ? row->cells[i] : (struct book_cell){.text = {NULL, 0}};
        if (span_trimmed(cells[i].text).len == 0)
            cells[i].text = left;
        left = cells[i].text;
    }
    row->cells = cells;
    row->count = width;
}

static bool column_is_used(const struct grid *g, size_t first, size_t column)
{
    for (size_t i = first; i < g->held_count; i++)
        if (column < g->held[i].count &&
            (g->held[i].cells[column].text.len != 0 || g->held[i].cells[column].comment.len != 0))
            return true;
    return false;
}

static bool is_taken(const struct grid *g, const struct intern *headers, struct span name)
{
    return intern_find(&g->names, name) != INTERN_NONE ||
           (headers && intern_find(headers, name) != INTERN_NONE);
}

/* STEM if nothing is called so, else with the first number behind it that makes a new name. */
static struct span new_name(struct grid *g, const struct intern *headers, struct span stem)
{
    struct buf name = {0};
    buf_add(&name, stem);
    if (is_taken(g, headers, stem)) {
        size_t count = g->stems.count, at = intern_add(&g->stems, stem);
        g->numbers = array_grow(g->numbers, &g->numbers_cap, g->stems.count, sizeof *g->numbers);
        size_t *n = &g->numbers[at];
        *n = at == count ? 1 : *n;
        do {
            name.len = stem.len;
            buf_addf(&name, "_%zu", ++*n);
        } while (is_taken(g, headers, buf_span(&name)));
    }
    struct span kept = arena_copy(&g->arena, buf_span(&name));
    intern_add_borrowed(&g->names, kept);
    buf_free(&name);
    return kept;
}

static struct span name_by_place(struct grid *g, const struct intern *headers, size_t column)
{
    char stem[32];
    struct buf text = {0};
    buf_addf(&text, "column_%zu", column + 1);
    memcpy(stem, text.at, text.len);
    struct span name = new_name(g, headers, (struct span){stem, text.len});
    buf_free(&text);
    return name;
}

static struct grid_column *add_column(struct grid *g, size_t column, struct span header)
{
    g->columns = array_grow(g->columns, &g->cap, g->count + 1, sizeof *g->columns);
    g->columns[g->count] = (struct grid_column){column, header, {NULL, 0}};
    intern64_add(&g->places, column);
    return &g->columns[g->count++];
}

size_t grid_place(const struct grid *g, size_t column)
{
    return intern64_find(&g->places, column);
}

struct span grid_late_name(struct grid *g, size_t column)
{
    size_t place = grid_place(g, column);
    if (place != INTERN64_NONE)
        return g->columns[place].name;
    struct grid_column *c = add_column(g, column, (struct span){NULL, 0});
    c->name = name_by_place(g, NULL, column);
    return c->name;
}

/* Names the columns: first those that have a header to themselves, since nobody may take it. */
static void name_columns(struct grid *g)
{
    struct intern headers = {0};
    for (size_t i = 0; i < g->count; i++)
        if (g->columns[i].header.len)
            intern_add(&headers, g->columns[i].header);
    for (size_t i = 0; i < g->count; i++) {
        struct grid_column *c = &g->columns[i];
        if (c->header.len == 0) {
            c->name = name_by_place(g, &headers, c->column);
        } else if (intern_find(&g->names, c->header) == INTERN_NONE) {
            c->name = c->header;
            intern_add_borrowed(&g->names, c->name);
        } else {
            c->name = new_name(g, &headers, c->header);
        }
    }
    intern_free(&headers);
}

static void take_columns(struct grid *g, size_t header)
{
    size_t width = 0, first = SIZE_MAX, last = 0;
    for (size_t i = header; i < g->held_count; i++)
        width = g->held[i].count > width ? g->held[i].count : width;
    for (size_t i = header; i + 1 < header + g->options.headers && i < g->held_count; i++)
        spread_groups(g, &g->held[i], width);
    for (size_t i = 0; i < width; i++) {
        if (!column_is_used(g, header, i) || i < g->options.first_column ||
            i > g->options.last_column)
            continue;
        g->found.hidden_columns += book_column_hidden(g->book, i);
        first = first == SIZE_MAX ? i : first;
        last = i;
    }
    for (size_t i = first; i <= last && i < width; i++)
        if (grid_reads(g, i))
            add_column(g, i, header_of(g, header, i));
    if (first != SIZE_MAX && first > g->options.first_column)
        g->found.blank_columns = first - g->options.first_column;
    name_columns(g);
}

bool grid_start(struct grid *g, struct book *book, const struct grid_options *options,
                const char *reserved, struct trouble *t)
{
    *g = (struct grid){.book = book, .options = *options};
    bool guess = options->skip == SIZE_MAX;
    struct book_row row;
    if (reserved)
        intern_add(&g->names, span_of(reserved));
    while (!holds_enough(g) && fetch(g, &row, t)) {
        if (guess || row.number >= options->first_row + options->skip)
            hold(g, &row);
        else
            g->found.above++;
    }
    if (t->kind != TROUBLE_NONE)
        return false;
    if (g->held_count == 0)
        return true;
    size_t header = guess && options->headers == 1 ? find_header(g) : 0;
    g->found.above += header;
    g->found.guessed = guess && header > 0;
    g->found.header_row = g->held[header].number;
    take_columns(g, header);
    g->next = header + options->headers;
    g->last = g->held[g->next > g->held_count ? g->held_count - 1 : g->next - 1].number;
    return true;
}

static bool take_row(struct grid *g, struct book_row *row, struct trouble *t)
{
    if (g->next < g->held_count) {
        *row = g->held[g->next++];
        return true;
    }
    return holds_enough(g) && fetch(g, row, t);
}

/* Whether there is a blank row above ROW, and records above that. */
static bool is_behind(const struct grid *g, const struct book_row *row)
{
    size_t above = g->last > g->last_hidden ? g->last : g->last_hidden;
    return g->options.stop_at_blank && g->rows && row->number > above + 1;
}

bool grid_next(struct grid *g, struct book_row *row, struct trouble *t)
{
    if (!take_row(g, row, t))
        return false;
    if (is_behind(g, row)) {
        do
            g->found.behind_blank++;
        while (take_row(g, row, t));
        return false;
    }
    g->found.blank_rows += row->number - g->last - 1;
    g->last = row->number;
    g->rows++;
    return true;
}

void grid_end(struct grid *g)
{
    free(g->columns);
    free(g->held);
    intern64_free(&g->places);
    intern_free(&g->names);
    intern_free(&g->stems);
    free(g->numbers);
    arena_free(&g->arena);
    *g = (struct grid){0};
}
