/* columns -- tables on a page whose columns are set apart by spaces. */
#include "text/columns.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/label.h"

#define MAX_LINES 400 /* of a table */
#define FEW_LINES 48  /* that most tables do with */
#define MAX_WIDTH 400 /* characters of a line */
#define MAX_COLUMNS 24
#define GAP 3          /* spaces that set columns apart; fewer may, where others show the place */
#define MAX_SHARED 120 /* lines of a cell's column that are shared out among rows at most */
#define EMPTY_COST 1.5 /* of a row without an answer, in lines that an answer may be off */

#define JOINED 1 /* stands for the blanks behind a number, which set no column apart */

struct grid_line {
    uint32_t *at; /* its characters */
    size_t len;
    size_t from; /* which line it is, of those that were given */
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

/* The place behind the number with its mark, and the blanks, at the start of LINE; 0 if there is
 * none. */
static size_t behind_number(struct span line)
{
    struct label l;
    size_t start = 0, end;
    while (start < line.len && line.at[start] == ' ')
        start++;
    bool is = label_read(line, start, &l, &end) && (l.terminal || l.word == LABEL_QUESTION);
    return is && end < line.len ? end : 0;
}

/* LINE as characters, without white space at its end. False if it is too long for a table. */
static bool spread(struct block *b, struct span line)
{
    struct grid_line *to = &b->lines[b->count];
    const char *end = span_end(line), *text = line.at + behind_number(line);
    bool begun = false; /* the number */
    to->at = arena_array(&b->arena, line.len + 1, sizeof *to->at);
    to->len = 0;
    for (const char *at = line.at; at < end;) {
        begun |= *at != ' ';
        bool joined = begun && at < text && *at == ' ';
        to->at[to->len] = utf8_next(&at);
        if (joined)
            to->at[to->len] = JOINED;
        to->len++;
    }
    while (to->len && is_blank_at(to, to->len - 1))
        to->len--;
    if (to->len > MAX_WIDTH)
        return false;
    b->count++;
    return true;
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
    size_t shown = 0, end = 0, blanks = 0, begun = 0, kept = 0, plain = 0;
    bool told = false; /* in the paragraph, of whose lines PLAIN are not empty */
    for (size_t i = 0; i < b->count; i++) {
        const struct grid_line *line = &b->lines[i];
        blanks = is_empty(line) ? blanks + 1 : 0;
        if (blanks && plain > 1 && !told) /* it knows of no columns */
            break;
        plain = blanks ? 0 : plain + 1;
        told = told && !blanks;
        if (blanks > 1 || (!is_empty(line) && !is_blank_at(line, x - 1)))
            break;
        if (begins_at(line, x) && gap_before(line, x) == 1)
            break; /* a line of prose that has a word's end there by chance */
        begun += begins_at(line, x);
        if (shows(line, x)) {
            shown++;
            told = true;
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
        size_t used = 0, begun = 0, shown = 0, close = 0; /* behind one blank: as in prose */
        for (size_t i = 0; i < b->count; i++) {
            used += !is_blank_at(&b->lines[i], x);
            begun += begins_at(&b->lines[i], x);
            close += begins_at(&b->lines[i], x) && gap_before(&b->lines[i], x) == 1;
            shown += x > 0 && shows(&b->lines[i], x);
        }
        bool wide = gap >= 2 || (gap == 1 && begun >= 2);
        if (used && any && wide && shown && 2 * close <= begun && b->columns < MAX_COLUMNS)
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
        if (is_blank_at(l, x) || l->at[x] == JOINED) {
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
        /* what heads the columns; further down the middle of a cell may stand below its top */
        begins |= count == 0 && filled(b, i) > 1 && (from == 0 || numbered != 1);
        if (begins)
            rows[count++] = i;
    }
    if (count == 0 || (numbered == 1 && from > 0))
        rows[0] = from;
    return count ? count : 1;
}

/* How cells stand beside the first of their row: a table has one way, mostly. */
enum standing { AT_TOP, IN_MIDDLE, EITHER_WAY };

/* How far the lines A to B of a column are from standing so beside the lines FIRST to LAST. */
static double off(enum standing way, size_t a, size_t b, size_t first, size_t last)
{
    double tops = fabs((double)a - (double)first);
    double middles = fabs((double)(a + b) - (double)(first + last)) / 2;
    return way == AT_TOP ? tops : way == IN_MIDDLE ? middles : fmin(tops, middles);
}

/* The rows of a stretch and the lines of one of its columns. */
struct sharing {
    const size_t *firsts, *lasts; /* lines of each row's first cell */
    size_t rows;
    size_t lines[MAX_SHARED];
    size_t count;
};

/* Shares the lines of a column out among the rows, in order, so that they are off by least, and
 * gives by how much. OWNERS gets the row of each. */
static double share(const struct sharing *s, enum standing way, size_t *owners, struct arena *arena)
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
                           off(way, s->lines[m], s->lines[n - 1], s->firsts[k], s->lasts[k]);
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
    return cost[s->rows * width + s->count];
}

/* Shares them out one way for all rows, if that fits as well as another for each. */
static void share_alike(const struct sharing *s, size_t *owners, struct arena *arena)
{
    double least = share(s, EITHER_WAY, owners, arena);
    if (share(s, AT_TOP, owners, arena) > least && share(s, IN_MIDDLE, owners, arena) > least)
        share(s, EITHER_WAY, owners, arena);
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
    share_alike(&s, owners, &b->arena);
    for (size_t i = 0; i < s.count; i++)
        owner[s.lines[i] - from] = owners[i];
}

/* Puts the rows of a stretch without empty lines into LINES. */
static void put_rows(struct block *b, size_t from, size_t to, struct columns_line *lines,
                     struct arena *a)
{
    size_t *rows = arena_array(&b->arena, to - from, sizeof *rows);
    size_t *lasts = arena_array(&b->arena, to - from, sizeof *lasts);
    size_t *owners = arena_array(&b->arena, (to - from) * b->columns, sizeof *owners);
    size_t count = find_rows(b, from, to, rows);
    struct buf row = {0};
    for (size_t k = 0; k < count; k++) {
        lasts[k] = rows[k];
        for (size_t i = rows[k]; i < (k + 1 < count ? rows[k + 1] : to); i++)
            lasts[k] = has_cell(b, i, 0) ? i : lasts[k];
    }
    for (size_t j = 0; j < b->columns; j++)
        own_lines(b, rows, lasts, count, j, from, to, owners + j * (to - from));
    for (size_t i = from; i < to; i++)
        lines[b->lines[i].from].dropped = true;
    for (size_t k = 0; k < count; k++) {
        buf_clear(&row);
        for (size_t j = 0; j < b->columns; j++) {
            if (j)
                buf_addc(&row, '\t');
            size_t begin = row.len;
            for (size_t i = from; i < to; i++)
                if (owners[j * (to - from) + i - from] == k)
                    add_cell(b, i, j, begin, &row);
        }
        while (row.len && strchr("\t ", row.at[row.len - 1]))
            row.len--;
        lines[b->lines[rows[k]].from] = (struct columns_line){arena_copy(a, buf_span(&row)), false};
    }
    buf_free(&row);
}

/* Reads the lines from the first on into B, MOST of them at most. */
static void gather(struct block *b, const struct columns_line *lines, size_t count, size_t most)
{
    b->lines = arena_array(&b->arena, most + 1, sizeof *b->lines);
    for (size_t i = 0; i < count && b->count < most; i++) {
        struct span text = lines[i].text;
        if (lines[i].dropped)
            continue;
        if ((text.len && memchr(text.at, '\t', text.len)) || !spread(b, text))
            return;
        b->lines[b->count - 1].from = i;
    }
}

/* A table that begins with the first line, looking at the first MOST only: the number of lines that
 * it takes, 0 if there is none; not more than were looked at. */
static size_t table_within(struct columns_line *lines, size_t count, size_t most, struct arena *a)
{
    struct block b = {0};
    size_t end = 0, taken = 0;
    gather(&b, lines, count, most);
    if (b.count && !is_empty(&b.lines[0]))
        end = find_table(&b);
    bool goes_on = end + 1 >= most && most < count && most < MAX_LINES;
    if (end > 1 && !goes_on) {
        b.count = end;
        find_columns(&b);
    }
    if (b.columns > 1) {
        for (size_t from = 0; from < end;) {
            size_t next = from;
            while (next < end && !is_empty(&b.lines[next]))
                next++;
            if (next > from)
                put_rows(&b, from, next, lines, a);
            if (next < end)
                lines[b.lines[next].from].dropped = true;
            from = next + (next < end);
        }
        taken = b.lines[end - 1].from + 1;
    }
    arena_free(&b.arena);
    return goes_on ? table_within(lines, count, MAX_LINES, a) : taken;
}

/* Whether GAP blanks stand within a line. */
static bool has_gap(struct span text)
{
    size_t blanks = 0, i = 0;
    while (i < text.len && text.at[i] == ' ')
        i++;
    for (; i < text.len; i++) {
        if (text.at[i] != ' ' && blanks >= GAP)
            return true;
        blanks = text.at[i] == ' ' ? blanks + 1 : 0;
    }
    return false;
}

void columns_rows(struct columns_line *lines, size_t count, struct arena *a)
{
    for (size_t i = 0; i < count;) {
        bool may = !lines[i].dropped && has_gap(lines[i].text) &&
                   !memchr(lines[i].text.at, '\t', lines[i].text.len);
        size_t table = may ? table_within(lines + i, count - i, FEW_LINES, a) : 0;
        i += table ? table : 1;
    }
}
