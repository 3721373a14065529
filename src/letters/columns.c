/* columns -- tables on a page whose columns are set apart by spaces. */
#include "columns.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

#define MAX_LINES 400 /* of a table */
#define FEW_LINES 48  /* that most tables do with */
#define MAX_WIDTH 400 /* characters of a line */
#define MAX_COLUMNS 24
#define GAP 3          /* spaces that set columns apart; fewer may, where others show the place */
#define MAX_SHARED 120 /* lines of a cell's column that are shared out among rows at most */
#define EMPTY_COST 1.5 /* of a row without an answer, in lines that an answer may be off */

struct grid_line {
    uint32_t *at; /* its characters */
    size_t len;
};

struct block {
    struct arena arena;
    struct grid_line *lines;
    size_t count;
    size_t starts[MAX_COLUMNS], columns; /* where columns begin */
};

static bool is_blank_at(const struct grid_line *line, size_t x)
{
    return x >= line->len || line->at[x] == ' ' || line->at[x] == '\t';
}

static bool is_empty(const struct grid_line *line)
{
    return line->len == 0;
}

/* LINE as characters, without white space at its end. False if it is too long for a table. */
static bool spread(struct block *b, struct span line)
{
    struct grid_line *to = &b->lines[b->count];
    const char *end = line.at + line.len;
    to->at = arena_array(&b->arena, line.len + 1, sizeof *to->at);
    to->len = 0;
    for (const char *at = line.at; at < end;)
        to->at[to->len++] = utf8_next(&at);
    while (to->len && is_blank_at(to, to->len - 1))
        to->len--;
    b->count++;
    return to->len <= MAX_WIDTH;
}

/* The blank places directly before X. */
static size_t gap_before(const struct grid_line *line, size_t x)
{
    size_t gap = 0;
    while (gap < x && is_blank_at(line, x - gap - 1))
        gap++;
    return gap;
}

static bool begins_at(const struct grid_line *line, size_t x)
{
    return x > 0 && !is_blank_at(line, x) && is_blank_at(line, x - 1);
}

/* Whether LINE shows that a column begins at X: a gap ends there or spans it. */
static bool shows(const struct grid_line *line, size_t x)
{
    if (line->len <= x || !is_blank_at(line, x - 1))
        return false;
    size_t gap = gap_before(line, x);
    for (size_t i = x; is_blank_at(line, i) && i < line->len; i++)
        gap++;
    return gap >= GAP;
}

/* How many lines from the first on go with a column at X; *EXACT of them begin a word there. */
static size_t extent(const struct block *b, size_t x, size_t *exact)
{
    size_t shown = 0, end = 0, blanks = 0, begun = 0, kept = 0;
    for (size_t i = 0; i < b->count; i++) {
        const struct grid_line *line = &b->lines[i];
        blanks = is_empty(line) ? blanks + 1 : 0;
        if (blanks > 1 || (!is_empty(line) && !is_blank_at(line, x - 1)))
            break;
        begun += begins_at(line, x);
        if (shows(line, x)) {
            shown++;
            end = i + 1;
            kept = begun;
        }
    }
    *exact = kept;
    return shown >= 2 && kept >= 2 ? end : 0;
}

/* The lines of the table that begins with the first line; 0 if there is none. */
static size_t find_table(const struct block *b)
{
    size_t best = 0, best_exact = 0;
    for (size_t i = 0; i < 4 && i < b->count; i++) {
        const struct grid_line *line = &b->lines[i];
        for (size_t x = 1; x < line->len; x++) {
            size_t exact;
            if (!begins_at(line, x) || !shows(&b->lines[0], x))
                continue;
            size_t end = extent(b, x, &exact);
            if (exact > best_exact) {
                best = end;
                best_exact = exact;
            }
        }
    }
    return best;
}

/* Finds where columns begin: behind places that all lines leave blank. */
static void find_columns(struct block *b)
{
    size_t width = 0, gap = 0;
    for (size_t i = 0; i < b->count; i++)
        width = b->lines[i].len > width ? b->lines[i].len : width;
    b->starts[0] = 0;
    b->columns = 1;
    bool any = false;
    for (size_t x = 0; x < width; x++) {
        size_t used = 0, begun = 0, shown = 0;
        for (size_t i = 0; i < b->count; i++) {
            used += !is_blank_at(&b->lines[i], x);
            begun += begins_at(&b->lines[i], x);
            shown += x > 0 && shows(&b->lines[i], x);
        }
        bool wide = gap >= 2 || (gap == 1 && begun >= 2);
        if (used && any && wide && shown && b->columns < MAX_COLUMNS)
            b->starts[b->columns++] = x;
        gap = used ? 0 : gap + 1;
        any = any || used;
    }
}

static size_t column_end(const struct block *b, size_t column)
{
    return column + 1 < b->columns ? b->starts[column + 1] : SIZE_MAX;
}

static bool has_cell(const struct block *b, size_t line, size_t column)
{
    const struct grid_line *l = &b->lines[line];
    for (size_t x = b->starts[column]; x < column_end(b, column) && x < l->len; x++)
        if (!is_blank_at(l, x))
            return true;
    return false;
}

/* What LINE has in COLUMN, at the end of TO, a space before it if something stands there since
 * FROM. */
static void add_cell(const struct block *b, size_t line, size_t column, size_t from, struct buf *to)
{
    const struct grid_line *l = &b->lines[line];
    bool space = to->len > from;
    for (size_t x = b->starts[column]; x < column_end(b, column) && x < l->len; x++) {
        if (is_blank_at(l, x)) {
            space = space || to->len > from;
            continue;
        }
        if (space && to->len > from)
            buf_addc(to, ' ');
        space = false;
        utf8_add(to, l->at[x]);
    }
}

/* Whether the first cell of a line begins with a number, as questions do: 1. 4a) (b) Q3 */
static bool is_numbered(const struct block *b, size_t line)
{
    const struct grid_line *l = &b->lines[line];
    size_t x = 0, digits = 0;
    while (is_blank_at(l, x) && x < l->len)
        x++;
    if (x >= column_end(b, 0) || x >= l->len)
        return false;
    bool named = (l->at[x] == 'Q' || l->at[x] == 'q') && x + 1 < l->len && l->at[x + 1] < 128 &&
                 isdigit((int)l->at[x + 1]);
    bool bracket = l->at[x] == '(';
    x += named || bracket;
    for (; x < l->len && l->at[x] < 128 && isdigit((int)l->at[x]); x++)
        digits++;
    bool letter = x < l->len && l->at[x] < 128 && isalpha((int)l->at[x]);
    x += letter;
    if (digits == 0 && !letter)
        return false;
    if (named || (digits && digits < 4 && is_blank_at(l, x) && b->columns > 2))
        return digits < 4;
    return digits < 4 && x < l->len && (l->at[x] == '.' || l->at[x] == ')' || l->at[x] == ':');
}

static bool begins_small(const struct block *b, size_t line)
{
    const struct grid_line *l = &b->lines[line];
    size_t x = 0;
    while (x < l->len && is_blank_at(l, x))
        x++;
    return x < l->len && l->at[x] < 128 && islower((int)l->at[x]);
}

static size_t filled(const struct block *b, size_t line)
{
    size_t count = 0;
    for (size_t i = 0; i < b->columns; i++)
        count += has_cell(b, line, i);
    return count;
}

/* The rows of the lines FROM to TO, between which no line is empty: the line each begins with. */
static size_t find_rows(const struct block *b, size_t from, size_t to, size_t *rows)
{
    size_t count = 0, numbered = 0;
    for (size_t i = from; i < to; i++)
        numbered += is_numbered(b, i);
    for (size_t i = from; i < to; i++) {
        bool begins = numbered ? is_numbered(b, i) || (count == 0 && has_cell(b, i, 0))
                               : filled(b, i) > 1 && !(count && begins_small(b, i));
        if (begins)
            rows[count++] = i;
    }
    if (count == 0)
        rows[count++] = from;
    return count;
}

/* How far the lines A to B of a column are from standing beside row K: they begin where it does, or
 * have the same middle. */
static double off(size_t a, size_t b, size_t first, size_t last)
{
    double tops = fabs((double)a - (double)first);
    double middles = fabs((double)(a + b) - (double)(first + last)) / 2;
    return tops < middles ? tops : middles;
}

/* The rows of a stretch and the lines of one of its columns. */
struct sharing {
    const size_t *firsts, *lasts; /* lines of each row's first cell */
    size_t rows;
    size_t lines[MAX_SHARED];
    size_t count;
};

/* Shares the lines of a column out among the rows, in order, so that they are off by least.
 * OWNERS gets the row of each. */
static void share(const struct sharing *s, size_t *owners, struct arena *arena)
{
    size_t width = s->count + 1;
    double *cost = arena_array(arena, (s->rows + 1) * width, sizeof *cost);
    size_t *begin = arena_array(arena, (s->rows + 1) * width, sizeof *begin);
    for (size_t n = 1; n < width; n++)
        cost[n] = INFINITY;
    for (size_t k = 0; k < s->rows; k++)
        for (size_t n = 0; n < width; n++) {
            double *best = &cost[(k + 1) * width + n];
            *best = cost[k * width + n] + EMPTY_COST;
            begin[(k + 1) * width + n] = n;
            for (size_t m = 0; m < n; m++) {
                double c = cost[k * width + m] +
                           off(s->lines[m], s->lines[n - 1], s->firsts[k], s->lasts[k]);
                if (c < *best) {
                    *best = c;
                    begin[(k + 1) * width + n] = m;
                }
            }
        }
    for (size_t k = s->rows, n = s->count; k > 0; k--) {
        size_t m = begin[k * width + n];
        while (n > m)
            owners[--n] = k - 1;
    }
}

/* Which row each line of COLUMN belongs to. */
static void own_lines(struct block *b, const size_t *firsts, const size_t *lasts, size_t rows,
                      size_t column, size_t from, size_t to, size_t *owner)
{
    struct sharing s = {.firsts = firsts, .lasts = lasts, .rows = rows};
    size_t owners[MAX_SHARED];
    for (size_t i = from, row = 0; i < to; i++) { /* from above, if there are too many to share */
        while (row + 1 < rows && firsts[row + 1] <= i)
            row++;
        owner[i - from] = row;
        if (column && has_cell(b, i, column) && s.count < MAX_SHARED)
            s.lines[s.count++] = i;
    }
    if (column == 0 || s.count == 0 || s.count == MAX_SHARED || rows > MAX_SHARED)
        return;
    share(&s, owners, &b->arena);
    for (size_t i = 0; i < s.count; i++)
        owner[s.lines[i] - from] = owners[i];
}

/* Writes the rows of a stretch without empty lines. */
static void write_rows(struct block *b, size_t from, size_t to, struct buf *out)
{
    size_t *rows = arena_array(&b->arena, to - from, sizeof *rows);
    size_t *lasts = arena_array(&b->arena, to - from, sizeof *lasts);
    size_t *owners = arena_array(&b->arena, (to - from) * b->columns, sizeof *owners);
    size_t count = find_rows(b, from, to, rows);
    for (size_t k = 0; k < count; k++) {
        lasts[k] = rows[k];
        for (size_t i = rows[k]; i < (k + 1 < count ? rows[k + 1] : to); i++)
            lasts[k] = has_cell(b, i, 0) ? i : lasts[k];
    }
    for (size_t j = 0; j < b->columns; j++)
        own_lines(b, rows, lasts, count, j, from, to, owners + j * (to - from));
    for (size_t k = 0; k < count; k++) {
        for (size_t j = 0; j < b->columns; j++) {
            size_t begin = out->len + (j != 0);
            if (j)
                buf_addc(out, '\t');
            for (size_t i = from; i < to; i++)
                if (owners[j * (to - from) + i - from] == k)
                    add_cell(b, i, j, begin, out);
        }
        while (out->len && out->at[out->len - 1] == '\t')
            out->len--;
        buf_addc(out, '\n');
    }
}

/* The same, looking at the first MOST lines only. */
static size_t table_within(const struct span *lines, size_t most, struct buf *to)
{
    struct block b = {0};
    size_t end = 0;
    b.lines = arena_array(&b.arena, most + 1, sizeof *b.lines);
    while (b.count < most && spread(&b, lines[b.count]))
        ;
    if (b.count && !is_empty(&b.lines[0]))
        end = find_table(&b);
    if (end > 1) {
        b.count = end;
        find_columns(&b);
    }
    if (b.columns > 1) {
        for (size_t from = 0; from < end;) {
            size_t next = from;
            while (next < end && !is_empty(&b.lines[next]))
                next++;
            if (next > from)
                write_rows(&b, from, next, to);
            from = next + (next < end);
        }
    }
    arena_free(&b.arena);
    return b.columns > 1 ? end : 0;
}

size_t columns_table(const struct span *lines, size_t count, struct buf *to)
{
    size_t before = to->len, most = count < MAX_LINES ? count : MAX_LINES;
    size_t few = most < FEW_LINES ? most : FEW_LINES, table = table_within(lines, few, to);
    if (table == 0 || few == most || table + 1 < few)
        return table;
    to->len = before; /* it may go on */
    return table_within(lines, most, to);
}
