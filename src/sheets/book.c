/* book -- the sheets, rows and cells of a workbook. */
#include "sheets/book.h"

#include <stdlib.h>

#include "base/fail.h"
#include "book_parts.h"

#define MAX_TEXT ((size_t)64 * 1024 * 1024)

struct book_sheet *book_add_sheet(struct book *b, struct span name, bool hidden)
{
    b->sheets = array_grow(b->sheets, &b->cap, b->count + 1, sizeof *b->sheets);
    struct book_sheet *sheet = &b->sheets[b->count++];
    *sheet = (struct book_sheet){arena_copy(&b->arena, name), hidden};
    return sheet;
}

void book_ranges_add(struct book_ranges *r, size_t first, size_t last)
{
    if (r->count && r->at[r->count - 1].last + 1 == first) {
        r->at[r->count - 1].last = last;
        return;
    }
    r->at = array_grow(r->at, &r->cap, r->count + 1, sizeof *r->at);
    r->at[r->count++] = (struct book_range){first, last};
}

/* One corner at *AT. */
static bool corner(const char **at, const char *end, size_t *row, size_t *column)
{
    *row = *column = 0;
    *at += *at < end && **at == '$';
    for (; *at < end && ((**at | 32) >= 'a' && (**at | 32) <= 'z') && *column < BOOK_MAX_COLUMNS;
         ++*at)
        *column = *column * 26 + (size_t)((**at | 32) - 'a') + 1;
    *at += *at < end && **at == '$';
    for (; *at < end && **at >= '0' && **at <= '9' && *row <= BOOK_MAX_ROWS; ++*at)
        *row = *row * 10 + (size_t)(**at - '0');
    bool whole = *row && *column && *row <= BOOK_MAX_ROWS && *column <= BOOK_MAX_COLUMNS;
    *column -= *column != 0;
    return whole;
}

bool book_reference(struct span text, struct merges_range *range)
{
    const char *at = text.at, *end = span_end(text);
    *range = (struct merges_range){0};
    if (text.len == 0 || !corner(&at, end, &range->first_row, &range->first_column))
        return false;
    range->last_row = range->first_row;
    range->last_column = range->first_column;
    if (at < end && *at == ':') {
        at++;
        if (!corner(&at, end, &range->last_row, &range->last_column))
            return false;
    }
    return at == end && range->first_row <= range->last_row &&
           range->first_column <= range->last_column;
}

static bool is_zip(struct span start)
{
    return span_starts(start, SPAN("PK\3\4")) || span_starts(start, SPAN("PK\5\6"));
}

static bool is_compound(struct span start)
{
    return span_starts(start, SPAN("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
}

/* What B, the start of a file, is instead of a workbook: "a PDF file", and so on. NULL if it may be
 * a workbook. */
static const char *book_not(struct span start)
{
    if (is_zip(start) || is_compound(start))
        return NULL;
    if (span_starts(start, SPAN("%PDF")))
        return "a PDF file";
    if (span_starts(start, SPAN("{\\rtf")))
        return "an RTF file";
    if (span_starts(start, SPAN("\xef\xbb\xbf")))
        start = (struct span){start.at + 3, start.len - 3};
    while (start.len && strchr(" \t\r\n", *start.at))
        start = (struct span){start.at + 1, start.len - 1};
    if (span_starts(start, SPAN("<?xml")))
        return "an XML file (save it as .xlsx)";
    if (start.len && *start.at == '<')
        return "a web page (save it as .xlsx)";
    if (start.len == 0)
        return "an empty file";
    return memchr(start.at, '\0', start.len) ? "no workbook" : "text (try fromcsv)";
}

/* Whether the package has the part NAME. */
static bool has(const struct book *b, struct span name)
{
    struct trouble none = {0};
    struct part *part = part_open(b->package, name, &none);
    part_close(part);
    trouble_free(&none);
    return part != NULL;
}

static const struct book_reader *choose_zip(struct book *b, struct trouble *t)
{
    if (has(b, SPAN("content.xml"))) {
        b->kind = BOOK_ODS;
        return &BOOK_ODS_READER;
    }
    if (has(b, SPAN("[Content_Types].xml")) && !has(b, SPAN("xl/workbook.bin")) &&
        !has(b, SPAN("word/document.xml")) && !has(b, SPAN("ppt/presentation.xml"))) {
        b->kind = BOOK_XLSX;
        return &BOOK_XLSX_READER;
    }
    const char *what = has(b, SPAN("xl/workbook.bin"))     ? "a binary workbook (save it as .xlsx)"
                       : has(b, SPAN("word/document.xml")) ? "a Word document (see fromdocs)"
                       : has(b, SPAN("ppt/presentation.xml")) ? "a presentation"
                                                              : "an archive, no workbook";
    struct trouble probe = {0};
    part_close(part_open(b->package, SPAN("\n"), &probe)); /* goes through all of the directory */
    if (probe.kind != TROUBLE_NONE)
        trouble_set(t, TROUBLE_CORRUPT, "broken workbook: %s", buf_text(&probe.what));
    trouble_free(&probe);
    trouble_set(t, TROUBLE_UNSUPPORTED, "%s", what);
    return NULL;
}

struct book *book_open(const struct package *p, const struct book_options *options,
                       struct trouble *t)
{
    struct book *b = calloc(1, sizeof *b);
    if (!b)
        fail_memory();
    *b = (struct book){.package = p, .options = *options, .trouble = t};
    if (!b->options.max_text)
        b->options.max_text = MAX_TEXT;
    char start[512] = "";
    struct span head = {start, 0};
    if (!package_start(p, start, sizeof start, &head.len, t)) {
        book_close(b);
        return NULL;
    }
    const char *other = book_not(head);
    if (other)
        trouble_set(t, TROUBLE_UNSUPPORTED, "%s", other);
    else
        b->reader = is_zip(head) ? choose_zip(b, t) : &BOOK_XLS_READER;
    if (b->reader == &BOOK_XLS_READER)
        b->kind = BOOK_XLS;
    if (!b->reader || !b->reader->open(b)) {
        book_close(b);
        return NULL;
    }
    return b;
}

enum book_kind book_kind(const struct book *b)
{
    return b->kind;
}

size_t book_sheets(const struct book *b)
{
    return b->count;
}

const struct book_sheet *book_sheet(const struct book *b, size_t index)
{
    return &b->sheets[index];
}

bool book_start(struct book *b, size_t index, struct trouble *t)
{
    b->trouble = t;
    b->found = (struct book_found){0};
    memset(b->hidden_columns, 0, sizeof b->hidden_columns);
    b->width = b->last = 0;
    b->waits = b->ended = false;
    merges_clear(&b->merges);
    rowqueue_clear(&b->rows);
    b->rows.blank = 0;
    return b->reader->start(b, index);
}

/* Gets the next row that the reader gives into b->row. False at the end and on trouble. */
static bool fetch(struct book *b)
{
    for (;;) {
        const struct rowqueue_row *row = rowqueue_take(&b->rows);
        if (row) {
            b->row = *row;
            return true;
        }
        if (b->ended)
            return false;
        enum xml_status status = b->reader->more(b);
        if (status == XML_BAD)
            return false;
        b->ended = status == XML_END;
        b->found.blank_rows = b->rows.blank;
        if (b->rows.text.len > b->options.max_text + b->options.max_text / 2 && b->rows.open &&
            b->rows.count == 1) {
            trouble_set(b->trouble, TROUBLE_TOO_LARGE, "a row of more than %zu bytes",
                        b->options.max_text);
            return false;
        }
    }
}

/* Room for COUNT cells, all empty. */
static void lay_out(struct book *b, size_t count)
{
    b->cells = array_grow(b->cells, &b->cells_cap, count + 1, sizeof *b->cells);
    memset(b->cells, 0, count * sizeof *b->cells);
    b->width = count > b->width ? count : b->width;
}

static void place_cell(struct book *b, const struct rowqueue_cell *c)
{
    struct span text = buf_span(&b->rows.text);
    struct book_cell cell = {.text = span_part(text, c->from, c->len), .marks = c->marks};
    if (c->comment_len)
        cell.comment = span_part(text, c->comment, c->comment_len);
    for (size_t i = 0; i < c->repeat; i++)
        b->cells[c->column + i] = cell;
    b->found.errors += c->marks & BOOK_ERROR ? c->repeat : 0;
    b->found.doubts += c->marks & BOOK_DOUBT ? c->repeat : 0;
}

static size_t place_cells(struct book *b)
{
    const struct rowqueue_cell *cells = b->row.count ? &b->rows.cells[b->row.first] : NULL;
    size_t count = 0;
    for (size_t i = 0; i < b->row.count; i++)
        count =
            cells[i].column + cells[i].repeat > count ? cells[i].column + cells[i].repeat : count;
    size_t merged = b->options.fill_merged ? merges_columns(&b->merges, b->last) : 0;
    count = merged > count ? merged : count;
    lay_out(b, count);
    for (size_t i = 0; i < b->row.count; i++)
        place_cell(b, &cells[i]);
    return count;
}

/* A row of nothing but what ranges that began above it hold. */
static void give_filled(struct book *b, size_t number, struct book_row *row)
{
    b->last = number;
    size_t count = merges_columns(&b->merges, number);
    lay_out(b, count);
    merges_fill(&b->merges, number, b->cells, count);
    *row = (struct book_row){number, false, b->cells, count};
}

bool book_next(struct book *b, struct book_row *row, struct trouble *t)
{
    b->trouble = t;
    if (!b->waits && !fetch(b)) {
        size_t filled = b->options.fill_merged && t->kind == TROUBLE_NONE && b->last
                            ? merges_next_row(&b->merges, b->last, BOOK_MAX_ROWS)
                            : 0;
        if (filled)
            give_filled(b, filled, row);
        return filled != 0;
    }
    b->waits = true;
    size_t filled =
        b->options.fill_merged && b->last ? merges_next_row(&b->merges, b->last, b->row.number) : 0;
    if (filled) {
        give_filled(b, filled, row);
        return true;
    }
    b->last = b->row.number;
    size_t count = place_cells(b);
    if (b->options.fill_merged)
        merges_fill(&b->merges, b->last, b->cells, count);
    b->found.hidden_rows += b->row.hidden;
    b->found.filtered_rows += b->row.filtered;
    *row = (struct book_row){b->last, b->row.hidden, b->cells, count};
    b->waits = --b->row.repeat > 0;
    b->row.number++;
    return true;
}

bool book_column_hidden(const struct book *b, size_t column)
{
    return column < BOOK_MAX_COLUMNS && b->hidden_columns[column];
}

void book_hide_columns(struct book *b, size_t first, size_t last)
{
    for (size_t i = first; i <= last && i < BOOK_MAX_COLUMNS; i++)
        b->hidden_columns[i] = true;
}

const struct book_found *book_found(const struct book *b)
{
    return &b->found;
}

void book_close(struct book *b)
{
    if (!b)
        return;
    if (b->reader)
        b->reader->close(b);
    free(b->sheets);
    free(b->cells);
    merges_free(&b->merges);
    rowqueue_free(&b->rows);
    arena_free(&b->arena);
    free(b);
}
