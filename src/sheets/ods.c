/* ods -- an OpenDocument spreadsheet: all sheets stand in one part.
 *
 * A first pass finds the sheets, a second the rows of the one that is read. */
#include <stdlib.h>

#include "base/fail.h"
#include "base/intern.h"
#include "book_parts.h"
#include "ods_value.h"

#define PART SPAN("content.xml")

struct ods {
    struct xml *xml;
    struct book *book;
    size_t sheet, tables; /* the one to read, those seen */
    bool in_table, in_cell, collects, over;
    size_t skip;  /* depth within what is no text of the cell: shapes, nested tables */
    size_t depth; /* within an annotation */
    size_t row, repeat, column, columns;
    size_t from;
    bool space; /* white space goes before the next text */
    size_t paragraphs;
    size_t cells;  /* of the row so far */
    size_t budget; /* cells that repetitions may still make */
    struct ods_value value;
    struct merges_range merge;
    struct buf comment;
};

/* Of the first pass. */
struct listing {
    struct book *book;
    struct intern hidden; /* styles of tables that are not displayed */
    struct buf style;
    bool encrypted;
};

static void start_listing(void *data, struct span name, const struct xml_attributes *a)
{
    struct listing *l = data;
    struct span style = xml_attribute(a, "style", "name");
    if (span_eq(name, SPAN("style"))) {
        buf_clear(&l->style);
        buf_add(&l->style, style);
    } else if (span_eq(name, SPAN("table-properties"))) {
        if (span_eq(xml_attribute(a, "table", "display"), SPAN("false")))
            intern_add(&l->hidden, buf_span(&l->style));
    } else if (span_eq(name, SPAN("table"))) {
        struct span own = xml_attribute(a, "table", "style-name");
        book_add_sheet(l->book, xml_attribute(a, "table", "name"),
                       intern_find(&l->hidden, own) != INTERN_NONE);
    } else if (span_eq(name, SPAN("encryption-data"))) {
        l->encrypted = true;
    }
}

static bool is_encrypted(struct book *b)
{
    static const struct xml_handler handler = {.start = start_listing};
    struct listing l = {.book = b};
    struct trouble none = {0};
    xml_read(b->package, SPAN("META-INF/manifest.xml"), &handler, &l, &none);
    intern_free(&l.hidden);
    buf_free(&l.style);
    trouble_free(&none);
    return l.encrypted;
}

static bool open_book(struct book *b)
{
    static const struct xml_handler handler = {.start = start_listing};
    if (is_encrypted(b)) {
        trouble_set(b->trouble, TROUBLE_ENCRYPTED, "needs a password");
        return false;
    }
    struct listing l = {.book = b};
    struct ods *o = b->source = calloc(1, sizeof *o);
    if (!o)
        fail_memory();
    o->book = b;
    bool read = xml_read(b->package, PART, &handler, &l, b->trouble);
    intern_free(&l.hidden);
    buf_free(&l.style);
    if (read && b->count == 0)
        trouble_set(b->trouble, TROUBLE_UNSUPPORTED, "an OpenDocument file without sheets");
    return read && b->count;
}

static size_t times(const struct xml_attributes *a, const char *name)
{
    size_t number = xml_number(xml_attribute(a, "table", name), 1);
    return number ? number : 1;
}

static void begin_row(struct ods *o, const struct xml_attributes *a)
{
    struct span seen = xml_attribute(a, "table", "visibility");
    o->repeat = times(a, "number-rows-repeated");
    o->column = o->cells = 0;
    struct rowqueue_row *row = rowqueue_begin(&o->book->rows, o->row + 1);
    row->repeat = o->repeat;
    row->filtered = span_eq(seen, SPAN("filter"));
    row->hidden = row->filtered || span_eq(seen, SPAN("collapse"));
}

static void end_row(struct ods *o)
{
    struct rowqueue *q = &o->book->rows;
    if (!q->open)
        return;
    bool filled = q->rows[q->count - 1].count != 0;
    rowqueue_end(q);
    o->row = o->repeat > BOOK_MAX_ROWS ? BOOK_MAX_ROWS : o->row + o->repeat;
    if (!filled)
        return;
    if (o->row > BOOK_MAX_ROWS || o->repeat > o->budget / o->cells)
        trouble_set(o->book->trouble, TROUBLE_TOO_LARGE, "rows that repeat without end");
    else
        o->budget -= o->repeat * o->cells;
}

static void begin_cell(struct ods *o, const struct xml_attributes *a)
{
    o->in_cell = true;
    o->columns = times(a, "number-columns-repeated");
    o->from = o->book->rows.text.len;
    o->paragraphs = 0;
    o->space = false;
    ods_value_read(&o->value, a);
    o->book->found.formulas += xml_attribute(a, "table", "formula").at != NULL;
    size_t rows = times(a, "number-rows-spanned"), columns = times(a, "number-columns-spanned");
    o->merge = (struct merges_range){.first_row = o->row + 1, .last_row = o->row + rows};
    o->merge.first_column = o->column;
    o->merge.last_column = o->column + columns - 1;
    buf_clear(&o->comment);
}

static void add_merge(struct ods *o)
{
    const struct merges_range *m = &o->merge;
    if (m->first_row == m->last_row && m->first_column == m->last_column)
        return;
    o->book->found.merged++;
    if (m->last_row <= BOOK_MAX_ROWS && m->last_column < BOOK_MAX_COLUMNS)
        merges_add(&o->book->merges, m);
}

static void put_cells(struct ods *o, unsigned marks)
{
    struct rowqueue *q = &o->book->rows;
    size_t len = q->text.len - o->from, comment = q->text.len;
    buf_add(&q->text, buf_span(&o->comment));
    if (o->column + o->columns > BOOK_MAX_COLUMNS || o->columns > o->budget) {
        trouble_set(o->book->trouble, TROUBLE_TOO_LARGE, "cells that repeat without end");
        return;
    }
    o->budget -= o->columns - 1;
    struct rowqueue_cell *cell = rowqueue_cell(q, o->column, o->from);
    cell->repeat = o->columns;
    cell->len = len;
    cell->marks = marks;
    cell->comment = comment;
    cell->comment_len = o->comment.len;
    o->cells += o->columns;
    o->book->found.comments += o->comment.len ? o->columns : 0;
}

static void end_cell(struct ods *o)
{
    struct rowqueue *q = &o->book->rows;
    o->in_cell = false;
    if (!q->open)
        return;
    unsigned marks = ods_value_write(&o->value, &q->text, o->from);
    if (!o->book->options.comments)
        buf_clear(&o->comment);
    add_merge(o);
    if (q->text.len > o->from || o->comment.len)
        put_cells(o, marks);
    o->column += o->columns < BOOK_MAX_COLUMNS ? o->columns : BOOK_MAX_COLUMNS;
}

static struct buf *target(struct ods *o)
{
    return o->depth ? &o->comment : &o->book->rows.text;
}

/* White space in the text is one space, unless a cell or line begins with it. */
static void put_space(struct ods *o, struct buf *to)
{
    bool first = to->len == (o->depth ? 0 : o->from) || to->at[to->len - 1] == '\n';
    if (o->space && !first)
        buf_addc(to, ' ');
    o->space = false;
}

/* Spaces that are elements stand behind those that are text. */
static void put_spaces(struct ods *o, struct buf *to, const struct xml_attributes *a)
{
    size_t spaces = xml_number(xml_attribute(a, "text", "c"), 1);
    put_space(o, to);
    for (size_t i = 0; i < spaces && i < 32768; i++)
        buf_addc(to, ' ');
}

static void begin_text(struct ods *o, struct span name, const struct xml_attributes *a)
{
    struct buf *text = target(o);
    if (span_eq(name, SPAN("p")) || span_eq(name, SPAN("h"))) {
        bool first = o->depth ? o->comment.len == 0 : o->paragraphs++ == 0;
        if (!first)
            buf_addc(text, '\n');
        o->collects = true;
        o->space = false;
    } else if (span_eq(name, SPAN("s"))) {
        put_spaces(o, text, a);
    } else if (span_eq(name, SPAN("tab"))) {
        put_space(o, text);
        buf_addc(text, '\t');
    } else if (span_eq(name, SPAN("line-break"))) {
        put_space(o, text);
        buf_addc(text, '\n');
    }
}

static void hide_columns(struct ods *o, const struct xml_attributes *a)
{
    size_t count = times(a, "number-columns-repeated");
    struct span seen = xml_attribute(a, "table", "visibility");
    if (seen.at && !span_eq(seen, SPAN("visible")))
        book_hide_columns(o->book, o->column, o->column + count - 1);
    o->column += count < BOOK_MAX_COLUMNS ? count : BOOK_MAX_COLUMNS;
}

static bool is_cell(struct span name)
{
    return span_eq(name, SPAN("table-cell")) || span_eq(name, SPAN("covered-table-cell"));
}

/* Subtrees whose text is not the cell's. */
static bool is_foreign(struct span name)
{
    return span_eq(name, SPAN("frame")) || span_eq(name, SPAN("shapes")) ||
           span_eq(name, SPAN("g")) || span_eq(name, SPAN("custom-shape")) ||
           span_eq(name, SPAN("control")) || span_eq(name, SPAN("ruby-text"));
}

static void start_in_table(struct ods *o, struct span name, const struct xml_attributes *a)
{
    if (span_eq(name, SPAN("table-row")))
        begin_row(o, a);
    else if (is_cell(name))
        begin_cell(o, a);
    else if (span_eq(name, SPAN("table-column")))
        hide_columns(o, a);
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct ods *o = data;
    if (!o->in_table) {
        if (span_eq(name, SPAN("table")) && o->tables++ == o->sheet) {
            o->in_table = true;
            o->column = 0;
        }
    } else if (o->skip || is_foreign(name)) {
        o->skip++;
    } else if (!o->in_cell) {
        start_in_table(o, name, a);
    } else if (o->depth || span_eq(name, SPAN("annotation"))) {
        o->depth++;
        /* who wrote it and when (dc:creator, dc:date) is no text:p */
        begin_text(o, name, a);
    } else {
        begin_text(o, name, a);
    }
}

static void end(void *data, struct span name)
{
    struct ods *o = data;
    if (!o->in_table)
        return;
    if (o->skip) {
        o->skip--;
        return;
    }
    if (span_eq(name, SPAN("p")) || span_eq(name, SPAN("h")))
        o->collects = false;
    if (o->depth)
        o->depth--;
    else if (is_cell(name))
        end_cell(o);
    else if (span_eq(name, SPAN("table-row")))
        end_row(o);
    else if (span_eq(name, SPAN("table"))) {
        o->in_table = false;
        o->over = true;
    }
}

/* White space in the part is one space, and none at the ends of a paragraph. */
static void text(void *data, struct span piece)
{
    struct ods *o = data;
    if (!o->collects || o->skip)
        return;
    struct buf *to = target(o);
    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.at[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            o->space = true;
            continue;
        }
        put_space(o, to);
        buf_addc(to, c);
    }
}

static bool start_sheet(struct book *b, size_t sheet)
{
    static const struct xml_handler handler = {start, end, text};
    struct ods *o = b->source;
    xml_close(o->xml);
    struct buf comment = o->comment;
    *o = (struct ods){.book = b, .sheet = sheet, .budget = 20000000, .comment = comment};
    o->xml = xml_open(b->package, PART, &handler, o, b->trouble);
    return o->xml != NULL;
}

static enum xml_status more(struct book *b)
{
    struct ods *o = b->source;
    enum xml_status status = xml_more(o->xml);
    return status == XML_MORE && o->over ? XML_END : status;
}

static void close_book(struct book *b)
{
    struct ods *o = b->source;
    if (!o)
        return;
    xml_close(o->xml);
    buf_free(&o->comment);
    free(o);
}

const struct book_reader BOOK_ODS_READER = {open_book, start_sheet, more, close_book};
