/* xlsx_rows -- the rows of a sheet's part. */
#include <stdlib.h>

#include "base/fail.h"
#include "xlsx_parts.h"

enum cell_type { NUMBER, SHARED, STRING, BOOLEAN, ERROR, ISO_DATE };

struct xlsx_rows {
    struct xml *xml;
    struct book *book;
    const struct xlsx *xlsx;

    size_t row, column; /* the present cell's; rows from 1, columns from 0 */
    enum cell_type type;
    size_t style, from;
    size_t phonetic;
    bool in_cell, collects, has_formula;
    struct book_ranges hidden; /* rows, for the filter that comes behind them */
    struct merges_range filter;
    bool has_filter, filters;
};

static enum cell_type type_of(struct span type)
{
    if (span_eq(type, SPAN("s")))
        return SHARED;
    if (span_eq(type, SPAN("str")) || span_eq(type, SPAN("inlineStr")))
        return STRING;
    if (span_eq(type, SPAN("b")))
        return BOOLEAN;
    if (span_eq(type, SPAN("e")))
        return ERROR;
    return span_eq(type, SPAN("d")) ? ISO_DATE : NUMBER;
}

static bool is_letter(struct span name, char letter)
{
    return name.len == 1 && *name.at == letter;
}

static void begin_cell(struct xlsx_rows *r, const struct xml_attributes *a)
{
    struct merges_range place;
    struct span reference = xml_attribute(a, NULL, "r");
    if (reference.at && book_reference(reference, &place))
        r->column = place.first_column;
    r->in_cell = r->column < BOOK_MAX_COLUMNS && r->book->rows.open;
    r->type = type_of(xml_attribute(a, NULL, "t"));
    r->style = xml_number(xml_attribute(a, NULL, "s"), 0);
    r->has_formula = false;
    r->from = r->book->rows.text.len;
}

static void begin_row(struct xlsx_rows *r, const struct xml_attributes *a)
{
    struct book *b = r->book;
    r->row = xml_number(xml_attribute(a, NULL, "r"), r->row + 1);
    r->column = 0;
    if (r->row > BOOK_MAX_ROWS) {
        trouble_set(b->trouble, TROUBLE_CORRUPT, "a row numbered %zu", r->row);
        return;
    }
    bool hidden = xml_truth(xml_attribute(a, NULL, "hidden"));
    rowqueue_begin(&b->rows, r->row)->hidden = hidden;
    if (hidden)
        book_ranges_add(&r->hidden, r->row, r->row);
}

static void hide_columns(struct xlsx_rows *r, const struct xml_attributes *a)
{
    size_t first = xml_number(xml_attribute(a, NULL, "min"), 0);
    size_t last = xml_number(xml_attribute(a, NULL, "max"), 0);
    if (first && last >= first && xml_truth(xml_attribute(a, NULL, "hidden")))
        book_hide_columns(r->book, first - 1, last - 1);
}

static void start_outside(struct xlsx_rows *r, struct span name, const struct xml_attributes *a)
{
    if (span_eq(name, SPAN("row")))
        begin_row(r, a);
    else if (span_eq(name, SPAN("col")))
        hide_columns(r, a);
    else if (span_eq(name, SPAN("mergeCell")))
        r->book->found.merged++;
    else if (span_eq(name, SPAN("autoFilter")))
        r->has_filter = book_reference(xml_attribute(a, NULL, "ref"), &r->filter);
    else if (span_eq(name, SPAN("filterColumn")))
        r->filters = true;
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct xlsx_rows *r = data;
    if (is_letter(name, 'c'))
        begin_cell(r, a);
    else if (is_letter(name, 'v') || is_letter(name, 't'))
        r->collects = r->in_cell && r->phonetic == 0;
    else if (is_letter(name, 'f'))
        r->has_formula = r->in_cell;
    else if (span_eq(name, SPAN("rPh")))
        r->phonetic++;
    else if (!r->in_cell)
        start_outside(r, name, a);
}

/* A number that is its own shortest form already. */
static bool is_short_whole(struct span text)
{
    if (text.len == 0 || text.len > 15 || (*text.at == '0' && text.len > 1))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return true;
}

static unsigned write_number(struct xlsx_rows *r, struct buf *text)
{
    static const struct numberformat plain = {0};
    const struct numberformat *f =
        r->style < r->xlsx->formats_count ? &r->xlsx->formats[r->style] : &plain;
    struct span digits = buf_from(text, r->from);
    bool as_it_is = f->kind == NUMBERFORMAT_NUMBER && !f->percents && !f->zeros;
    if (digits.len == 0 || (as_it_is && is_short_whole(digits)))
        return 0;
    double number;
    if (!serial_read(buf_text(text) + r->from, &number))
        return BOOK_ERROR; /* no number: as it stands */
    text->len = r->from;
    return serial_write(text, number, f, r->xlsx->epoch) ? 0 : BOOK_DOUBT;
}

static void write_shared(struct xlsx_rows *r, struct buf *text)
{
    const struct xlsx_strings *s = &r->xlsx->strings;
    size_t index = xml_number(buf_from(text, r->from), s->count);
    bool empty = text->len == r->from;
    text->len = r->from;
    if (empty)
        return;
    if (index >= s->count) {
        trouble_set(r->book->trouble, TROUBLE_CORRUPT,
                    "a cell of row %zu has a text that is not in the workbook", r->row);
        return;
    }
    size_t begin = index ? s->ends[index - 1] : 0;
    buf_add(text, span_part(buf_span(&s->text), begin, s->ends[index] - begin));
}

/* Midnight is left out if the cell's format shows no time. */
static void write_iso(struct xlsx_rows *r, struct buf *text)
{
    struct span midnight = SPAN("T00:00:00"), value = buf_from(text, r->from);
    const struct numberformat *f =
        r->style < r->xlsx->formats_count ? &r->xlsx->formats[r->style] : NULL;
    if (f && f->kind == NUMBERFORMAT_DATE && value.len >= 10 + midnight.len &&
        memcmp(value.at + 10, midnight.at, midnight.len) == 0)
        text->len = r->from + 10;
}

/* Puts the text that a person sees in place of what the part holds. */
static unsigned write_value(struct xlsx_rows *r, struct buf *text)
{
    switch (r->type) {
    case NUMBER:
        return write_number(r, text);
    case SHARED:
        write_shared(r, text);
        return 0;
    case STRING:
        xlsx_decode(text, r->from);
        return 0;
    case ISO_DATE:
        write_iso(r, text);
        return 0;
    case ERROR:
        return BOOK_ERROR;
    case BOOLEAN:
        break;
    }
    struct span value = buf_from(text, r->from);
    bool empty = value.len == 0, truth = xml_truth(value);
    text->len = r->from;
    if (!empty)
        buf_add(text, truth ? SPAN("TRUE") : SPAN("FALSE"));
    return 0;
}

static void end_cell(struct xlsx_rows *r)
{
    struct rowqueue *q = &r->book->rows;
    r->collects = false;
    if (!r->in_cell)
        return;
    r->in_cell = false;
    r->book->found.formulas += r->has_formula;
    /* a string without text is a result all the same */
    r->book->found.no_result += r->has_formula && r->type == NUMBER && q->text.len == r->from;
    unsigned marks = write_value(r, &q->text);
    const struct xlsx_comment *comment = xlsx_comments_find(&r->xlsx->comments, r->row, r->column);
    if (q->text.len > r->from || comment) {
        struct rowqueue_cell *cell = rowqueue_cell(q, r->column, r->from);
        cell->marks = q->text.len > r->from ? marks : 0;
        if (comment) {
            cell->comment = q->text.len;
            cell->comment_len = comment->len;
            buf_add(&q->text,
                    span_part(buf_span(&r->xlsx->comments.text), comment->from, comment->len));
            r->book->found.comments++;
        }
    }
    r->column++;
}

/* Rows that are hidden within the range of a filter that is in use. */
static void count_filtered(struct xlsx_rows *r)
{
    if (!r->has_filter || !r->filters)
        return;
    for (size_t i = 0; i < r->hidden.count; i++) {
        size_t first = r->hidden.at[i].first, last = r->hidden.at[i].last;
        first = first < r->filter.first_row ? r->filter.first_row : first;
        last = last > r->filter.last_row ? r->filter.last_row : last;
        r->book->found.filtered_rows += last >= first ? last - first + 1 : 0;
    }
}

static void end(void *data, struct span name)
{
    struct xlsx_rows *r = data;
    if (is_letter(name, 'c'))
        end_cell(r);
    else if (is_letter(name, 'v') || is_letter(name, 't'))
        r->collects = false;
    else if (span_eq(name, SPAN("rPh")))
        r->phonetic -= r->phonetic != 0;
    else if (span_eq(name, SPAN("row")) && r->book->rows.open)
        rowqueue_end(&r->book->rows);
}

static void text(void *data, struct span piece)
{
    struct xlsx_rows *r = data;
    if (r->collects)
        buf_add(&r->book->rows.text, piece);
}

static void start_merged(void *data, struct span name, const struct xml_attributes *a)
{
    struct book *b = data;
    struct merges_range range;
    if (span_eq(name, SPAN("mergeCell")) && book_reference(xml_attribute(a, NULL, "ref"), &range))
        merges_add(&b->merges, &range);
}

void xlsx_rows_close(struct xlsx *x)
{
    if (!x->rows)
        return;
    xml_close(x->rows->xml);
    free(x->rows->hidden.at);
    free(x->rows);
    x->rows = NULL;
}

bool xlsx_rows_start(struct book *b, struct span part)
{
    static const struct xml_handler handler = {start, end, text}, merged = {.start = start_merged};
    struct xlsx *x = b->source;
    xlsx_rows_close(x);
    /* merged ranges stand behind the rows that they are about */
    if (b->options.fill_merged && !xml_read(b->package, part, &merged, b, b->trouble))
        return false;
    x->rows = calloc(1, sizeof *x->rows);
    if (!x->rows)
        fail_memory();
    x->rows->book = b;
    x->rows->xlsx = x;
    x->rows->xml = xml_open(b->package, part, &handler, x->rows, b->trouble);
    if (!x->rows->xml)
        trouble_set(b->trouble, TROUBLE_CORRUPT, "a sheet's part %s is missing", quote(part));
    return x->rows->xml != NULL;
}

enum xml_status xlsx_rows_more(struct book *b)
{
    struct xlsx *x = b->source;
    enum xml_status status = xml_more(x->rows->xml);
    if (status == XML_END)
        count_filtered(x->rows);
    return status;
}
