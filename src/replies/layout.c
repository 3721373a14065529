/* layout -- tables that only spaces make, as rows of cells. */
#include "layout.h"

#include <stdlib.h>

#include "base/buf.h"
#include "text/label.h"

#define GAP 3         /* spaces between columns */
#define MAX_COLUMNS 8 /* of a region */
#define SLACK 2       /* a column's texts may start so much apart */
#define HEAD_MAX 8    /* bytes of "No", "Ref" above the labels */
#define MAX_ABOVE 3   /* lines of a question before the one with its answer */
#define MAX_EMPTY 2   /* empty lines within a region */

/* The lines of a page. */
struct page {
    struct layout_line *at;
    size_t count;
    struct arena *arena;
    struct buf scratch;
};

struct region {
    size_t first, last; /* lines, the last not in it */
    size_t columns[MAX_COLUMNS];
    size_t uses[MAX_COLUMNS];
    size_t count;
};

static bool is_space(char c)
{
    return c == ' ';
}

static bool is_empty(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_space(text.at[i]))
            return false;
    return true;
}

static bool is_start(char c) /* of a character */
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* The byte at which character COLUMN starts, or the text's end. */
static size_t byte_of(struct span text, size_t column)
{
    size_t at = 0;
    for (; at < text.len; at++)
        if (is_start(text.at[at]) && column-- == 0)
            break;
    return at;
}

static size_t column_of(struct span text, size_t byte)
{
    size_t column = 0;
    for (size_t i = 0; i < byte; i++)
        column += is_start(text.at[i]);
    return column;
}

static size_t skip(struct span text, size_t at, bool spaces)
{
    while (at < text.len && is_space(text.at[at]) == spaces)
        at++;
    return at;
}

/* The byte behind the label at the start of a line, or AT. A number, letter or numeral with a gap
 * behind it is one without a mark. */
static size_t skip_label(struct span text, size_t at)
{
    struct label l;
    size_t end;
    if (label_read(text, at, &l, &end) && l.word == LABEL_BARE)
        return end;
    if (!label_number(text, at, &l, &end) || l.word != LABEL_BARE)
        return at;
    size_t next = skip(text, end, true);
    return next - end >= GAP && next < text.len ? next : at;
}

/* The byte at which text stands behind the next gap from *AT on; false if there is none. */
static bool next_gap(struct span text, size_t *at)
{
    for (size_t i = *at; i < text.len;) {
        i = skip(text, i, false);
        size_t start = skip(text, i, true);
        if (start < text.len && start - i >= GAP) {
            *at = start;
            return true;
        }
        i = start;
    }
    return false;
}

/* Where the gaps of a line lead: columns, the label's own gap not counted. */
static size_t gaps_of(struct span text, size_t *columns)
{
    size_t count = 0;
    if (memchr(text.at ? text.at : "", '\t', text.len))
        return 0;
    size_t at = skip_label(text, skip(text, 0, true));
    while (count < MAX_COLUMNS && next_gap(text, &at))
        columns[count++] = column_of(text, at);
    return count;
}

/* ---- regions ---- */

static void use_column(struct region *r, size_t column)
{
    for (size_t i = 0; i < r->count; i++) {
        size_t apart = column > r->columns[i] ? column - r->columns[i] : r->columns[i] - column;
        if (apart > SLACK)
            continue;
        if (column < r->columns[i])
            r->columns[i] = column;
        r->uses[i]++;
        return;
    }
    if (r->count < MAX_COLUMNS) {
        r->columns[r->count] = column;
        r->uses[r->count++] = 1;
    }
}

static int by_column(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Leaves the columns that more than one line uses, in order. */
static void keep_columns(struct region *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->count; i++)
        if (r->uses[i] > 1)
            r->columns[kept++] = r->columns[i];
    r->count = kept;
    qsort(r->columns, kept, sizeof *r->columns, by_column);
}

/* Whether no text of the line lies across the strip of two before COLUMN. */
static bool clear_before(struct span text, size_t column)
{
    if (column < 2)
        return true;
    size_t at = byte_of(text, column - 2);
    return at >= text.len ||
           (is_space(text.at[at]) && at + 1 < text.len && is_space(text.at[at + 1]));
}

static bool fits(const struct region *r, struct span text)
{
    for (size_t i = 0; i < r->count; i++)
        if (!clear_before(text, r->columns[i]))
            return false;
    return true;
}

/* Whether a line holds nothing but more of a later column's cell. */
static bool starts_in_column(const struct region *r, struct span text)
{
    size_t column = column_of(text, skip(text, 0, true));
    for (size_t i = 0; i < r->count; i++)
        if (column + SLACK >= r->columns[i] && column <= r->columns[i] + SLACK)
            return true;
    return false;
}

/* A row may begin above its first gap: "A1  How many pupils were excluded in" has its answer on the
 * next line. Takes up to so many lines in front as lead to a label. */
static void look_above(const struct page *l, struct region *r)
{
    size_t first = r->first;
    for (size_t i = 0; i < MAX_ABOVE && first > 0; i++) {
        struct span text = l->at[--first].text;
        if (l->at[first].dropped || is_empty(text) || !fits(r, text))
            return;
        size_t start = skip(text, 0, true);
        if (skip_label(text, start) > start) {
            r->first = first;
            return;
        }
    }
}

/* The lines from FIRST on that have gaps, with at most a few others between. */
static void gather(const struct page *l, size_t first, struct region *r)
{
    *r = (struct region){.first = first, .last = first};
    size_t columns[MAX_COLUMNS], others = 0, empty = 0;
    for (size_t i = first; i < l->count && others <= 4 && empty <= MAX_EMPTY; i++) {
        struct span text = l->at[i].text;
        if (l->at[i].dropped)
            continue;
        if (is_empty(text)) {
            empty++;
            continue;
        }
        empty = 0;
        size_t count = gaps_of(text, columns);
        others = count || starts_in_column(r, text) ? 0 : others + 1;
        for (size_t k = 0; k < count; k++)
            use_column(r, columns[k]);
        if (count)
            r->last = i + 1;
    }
    keep_columns(r);
}

/* Cuts the region at the first line that does not fit, lets it go on over lines that do. */
static void settle(const struct page *l, struct region *r)
{
    size_t last = r->first, empty = 0;
    for (size_t i = r->first; i < l->count && empty <= MAX_EMPTY; i++) {
        struct span text = l->at[i].text;
        if (l->at[i].dropped)
            continue;
        if (is_empty(text)) {
            empty++;
            continue;
        }
        /* behind the last line with a gap only what goes on directly belongs to the row */
        if (!fits(r, text) || (i >= r->last && empty))
            break;
        empty = 0;
        last = i + 1;
    }
    r->last = last;
}

/* ---- rows ---- */

struct row {
    struct buf cells[MAX_COLUMNS + 2];
    size_t count, line; /* where it starts */
};

/* PART at the end of a cell, its own gaps made one space. */
static void add_part(struct buf *cell, struct span part)
{
    while (part.len && is_space(part.at[0]))
        part = (struct span){part.at + 1, part.len - 1};
    while (part.len && is_space(part.at[part.len - 1]))
        part.len--;
    if (part.len && cell->len)
        buf_addc(cell, ' ');
    for (size_t i = 0; i < part.len; i++)
        if (!is_space(part.at[i]) || !is_space(part.at[i - 1]))
            buf_addc(cell, part.at[i]);
}

/* The byte behind a short word with a gap behind it: what heads a column of labels ("No"). */
static size_t head_of_labels(struct span text, size_t start)
{
    size_t end = skip(text, start, false), next = skip(text, end, true);
    return end - start <= HEAD_MAX && next - end >= GAP && next < text.len ? end : start;
}

/* The bytes at which the cells of a line start; the last entry is its end. */
static void cut_line(const struct region *r, struct span text, bool labels, bool label,
                     size_t *cuts)
{
    size_t start = skip(text, 0, true), first = 0;
    cuts[first++] = 0;
    if (labels) {
        size_t end = label ? skip_label(text, start) : head_of_labels(text, start);
        cuts[first++] = end > start ? end : 0;
    }
    for (size_t i = 0; i < r->count; i++)
        cuts[first++] = byte_of(text, r->columns[i]);
    cuts[first] = text.len;
    for (size_t i = 1; i <= first; i++) /* a label may reach into the next column */
        if (cuts[i] < cuts[i - 1])
            cuts[i] = cuts[i - 1];
}

/* Labels stand in a column of their own: "1 April" further to the right is none. */
static bool starts_with_label(struct span text, size_t column)
{
    size_t start = skip(text, 0, true);
    return skip_label(text, start) > start && column_of(text, start) <= column + SLACK;
}

/* The number of lines with a label, and the column that the first of them starts in. */
static size_t labelled(const struct page *l, const struct region *r, size_t *column)
{
    size_t labels = 0;
    *column = SIZE_MAX - SLACK;
    for (size_t i = r->first; i < r->last; i++) {
        struct span text = l->at[i].text;
        if (l->at[i].dropped || is_empty(text) || !starts_with_label(text, *column))
            continue;
        if (labels++ == 0)
            *column = column_of(text, skip(text, 0, true));
    }
    return labels;
}

static void flush_row(struct page *l, struct row *row)
{
    struct buf *b = &l->scratch;
    buf_clear(b);
    for (size_t i = 0; i < row->count; i++) {
        if (i)
            buf_addc(b, '\t');
        buf_add(b, buf_span(&row->cells[i]));
        buf_clear(&row->cells[i]);
    }
    l->at[row->line].text = arena_copy(l->arena, buf_span(b));
}

/* Whether a line begins a row where rows have no labels: behind an empty line, or, in a region
 * without empty lines, where it has text in the first column. */
static bool begins_row(struct span text, bool airy, bool after_empty, const struct region *r)
{
    if (airy)
        return after_empty;
    size_t columns[MAX_COLUMNS];
    return gaps_of(text, columns) > 0 && column_of(text, skip(text, 0, true)) < r->columns[0];
}

static bool is_airy(const struct page *l, const struct region *r)
{
    for (size_t i = r->first; i < r->last; i++)
        if (is_empty(l->at[i].text))
            return true;
    return false;
}

static void make_rows(struct page *l, const struct region *r)
{
    struct row row = {0};
    size_t label_column, labels = labelled(l, r, &label_column), cuts[MAX_COLUMNS + 3];
    bool has_labels = labels > 1, airy = is_airy(l, r), open = false, after_empty = true;
    bool seen_label = false;
    row.count = r->count + 1 + has_labels;
    for (size_t i = r->first; i < r->last; i++) {
        struct layout_line *line = &l->at[i];
        if (line->dropped)
            continue;
        if (is_empty(line->text)) {
            after_empty = true;
            line->dropped = open;
            continue;
        }
        bool label = has_labels && starts_with_label(line->text, label_column);
        /* what stands before the first label are headers, a line each */
        bool begins =
            has_labels ? label || !seen_label : begins_row(line->text, airy, after_empty, r);
        if (!open || begins) {
            if (open)
                flush_row(l, &row);
            row.line = i;
            open = true;
        } else {
            line->dropped = true;
        }
        after_empty = false;
        seen_label |= label;
        cut_line(r, line->text, has_labels, label, cuts);
        for (size_t k = 0; k < row.count; k++)
            add_part(&row.cells[k], (struct span){line->text.at + cuts[k], cuts[k + 1] - cuts[k]});
    }
    if (open)
        flush_row(l, &row);
    for (size_t k = 0; k < row.count; k++)
        buf_free(&row.cells[k]);
}

void layout_rows(struct layout_line *lines, size_t count, struct arena *a)
{
    struct page page = {.at = lines, .count = count, .arena = a};
    size_t columns[MAX_COLUMNS];
    for (size_t i = 0; i < count;) {
        struct region r = {0};
        if (lines[i].dropped || gaps_of(lines[i].text, columns) == 0) {
            i++;
            continue;
        }
        gather(&page, i, &r);
        if (r.count) {
            look_above(&page, &r);
            settle(&page, &r);
        }
        if (r.count == 0 || r.last - r.first < 2) {
            i++;
            continue;
        }
        make_rows(&page, &r);
        i = r.last;
    }
    buf_free(&page.scratch);
}
