/* csvguess -- each separator is tried on the first rows. */
#include "csvguess.h"

#include <stdlib.h>

#include "base/arena.h"

#define ROWS 200

/* What a row looks like with a separator. */
struct look {
    size_t cells, filled; /* filled: those with text */
    size_t end;           /* behind the last cell with text */
    size_t spaced;        /* cells behind a separator that begin with a space */
    size_t line;          /* lines above it */
    bool odd;
};

struct looks {
    struct look *at;
    size_t count, cap;
};

static void add_look(struct looks *l, const struct csvrow *row, size_t line)
{
    l->at = array_grow(l->at, &l->cap, l->count + 1, sizeof *l->at);
    struct look *look = &l->at[l->count++];
    *look = (struct look){.cells = row->count, .line = line, .odd = row->odd};
    for (size_t i = 0; i < row->count; i++) {
        struct span cell = row->cells[i];
        look->spaced += i > 0 && cell.len && cell.at[0] == ' ';
        if (cell.len == 0)
            continue;
        look->filled++;
        look->end = i + 1;
    }
}

/* The first rows of TEXT. */
static void look_at(struct looks *l, struct csvrow *row, struct span text, bool last)
{
    size_t line = 0;
    l->count = 0;
    while (text.len && l->count < ROWS) {
        size_t len = csvrow_is_end(*text.at);
        if (len) {
            len += *text.at == '\r' && text.len > 1 && text.at[1] == '\n';
        } else {
            if (csvrow_split(row, text, last) != CSVROW_WHOLE)
                break;
            add_look(l, row, line);
            len = row->len;
        }
        line += csvin_lines((struct span){text.at, len});
        text = (struct span){text.at + len, text.len - len};
    }
}

/* The number of cells that most rows have, of equally frequent ones the larger; blank rows and
 * rows of one cell are no table. */
static size_t usual_cells(const struct looks *l)
{
    size_t most = 0, usual = 1;
    for (size_t i = 0; i < l->count; i++) {
        size_t rows = 0, cells = l->at[i].cells;
        for (size_t k = 0; k < l->count; k++)
            rows += l->at[k].cells == cells && l->at[k].filled > 0;
        if (cells > 1 && (rows > most || (rows == most && cells > usual))) {
            most = rows;
            usual = cells;
        }
    }
    return usual;
}

/* The row of the headers: the first that has as many cells as most, two thirds of them with
 * text, measured by the row that has most. */
static size_t find_header(const struct looks *l, size_t cells)
{
    size_t most = 0;
    for (size_t i = 0; i < l->count; i++)
        if (l->at[i].cells == cells && l->at[i].filled > most)
            most = l->at[i].filled;
    for (size_t i = 0; i < l->count; i++)
        if (l->at[i].cells == cells && l->at[i].filled > 1 && l->at[i].filled * 3 >= most * 2)
            return i;
    return 0;
}

/* How well a separator fits: `rows` are all, those above the header too, so that one which only
 * the last row has, in a list within a cell, does not fit better than that of the table. */
struct fit {
    size_t columns, rows, agreeing, spaced, header;
};

static struct fit judge(const struct looks *l, size_t columns, enum csvguess_from from)
{
    struct fit f = {.columns = columns};
    size_t first = 0;
    if (l->count == 0)
        return f;
    if (from == CSVGUESS_FIND)
        first = find_header(l, columns ? columns : usual_cells(l));
    if (columns == 0)
        f.columns = l->at[first].cells;
    f.header = l->at[first].line;
    f.rows = l->count;
    for (size_t i = first; i < l->count; i++) {
        f.agreeing += l->at[i].cells == f.columns && !l->at[i].odd;
        f.spaced += l->at[i].spaced;
    }
    return f;
}

/* The text to guess from, the same whether it came from a file or through a pipe. */
static struct span held_start(struct csvin *c, bool *last)
{
    while (c->text.held.len < DECODE_GUESS && decode_more(&c->text))
        ;
    struct span text = c->text.held;
    *last = c->text.at_end && text.len <= DECODE_GUESS;
    text.len = text.len < DECODE_GUESS ? text.len : DECODE_GUESS;
    return text;
}

/* Whether A fits better than B (above 0), as well (0) or worse; by columns only if it is a tie. */
static int compare(const struct fit *a, const struct fit *b)
{
    size_t ours = a->agreeing * b->rows, theirs = b->agreeing * a->rows;
    if (b->rows == 0 || ours != theirs)
        return b->rows == 0 || ours > theirs ? 2 : -2;
    if (a->columns != b->columns)
        return a->columns > b->columns ? 1 : -1;
    if (a->spaced != b->spaced)
        return a->spaced < b->spaced ? 1 : -1;
    return 0;
}

struct csvguess csvguess_find(struct csvin *c, const char *separators, enum csvguess_from from)
{
    bool last;
    struct span text = held_start(c, &last);
    struct csvrow row = {.reader = CSVROW_DIRECT, .dialect = c->options.dialect};
    struct csvguess found = {.separator = separators[1] ? ',' : *separators};
    struct fit best = {.columns = 1};
    struct looks looks = {0};
    for (const char *separator = separators; *separator; separator++) {
        row.separator = *separator;
        look_at(&looks, &row, text, last);
        struct fit fit = judge(&looks, c->options.columns, from);
        if ((fit.columns < 2 || fit.agreeing == 0) && separators[1])
            continue;
        int better = compare(&fit, &best);
        char other = better > 0 ? found.separator : *separator;
        if (better == 2 || better == -2)
            found.tied = better == 2 ? '\0' : found.tied;
        else if (fit.rows > 1)
            found.tied = other;
        if (better <= 0)
            continue;
        best = fit;
        found.separator = *separator;
        found.header = fit.header;
    }
    free(looks.at);
    csvrow_free(&row);
    return found;
}

size_t csvguess_filled(struct csvrow *row, struct span text, bool last)
{
    struct looks looks = {0};
    size_t filled = 0;
    look_at(&looks, row, text, last);
    for (size_t i = 0; i < looks.count; i++)
        filled = looks.at[i].end > filled ? looks.at[i].end : filled;
    free(looks.at);
    return filled;
}
