/* xls_cells -- cells of a workbook of Excel 97 to 2003 into the queue of rows, as the text that a
 * person sees. */
#include <math.h>

#include "xls_parts.h"

static const struct numberformat *format_of(const struct xls *x, size_t style)
{
    static const struct numberformat plain = {0};
    return style < x->formats_count ? &x->formats[style] : &plain;
}

static void go_to_row(struct book *b, struct xls *x, size_t row)
{
    if (x->row == row)
        return;
    if (x->row)
        rowqueue_end(&b->rows);
    struct rowqueue_row *r = rowqueue_begin(&b->rows, row);
    r->hidden = x->hidden[row - 1];
    r->filtered = r->hidden && x->filtered;
    x->row = row;
}

/* The cell of R, COLUMN from its first, whose text stands in the queue from FROM on. */
static void end_cell(struct book *b, const struct xls *x, size_t column, size_t from,
                     unsigned marks)
{
    struct rowqueue *q = &b->rows;
    struct span comment;
    bool commented =
        b->options.comments && xls_comments_find(&x->comments, x->row, column, &comment);
    if (q->text.len == from && !commented)
        return;
    struct rowqueue_cell *cell = rowqueue_cell(q, column, from);
    cell->marks = marks;
    if (!commented)
        return;
    cell->comment = q->text.len;
    cell->comment_len = comment.len;
    buf_add(&q->text, comment);
    b->found.comments++;
}

static void put_number(struct book *b, const struct xls *x, size_t column, size_t style,
                       double number)
{
    size_t from = b->rows.text.len;
    if (!isfinite(number)) {
        buf_add(&b->rows.text, SPAN("#NUM!"));
        end_cell(b, x, column, from, BOOK_ERROR);
        return;
    }
    bool real = serial_write(&b->rows.text, number, format_of(x, style), x->epoch);
    end_cell(b, x, column, from, real ? 0 : BOOK_DOUBT);
}

static void put_text(struct book *b, const struct xls *x, size_t column, struct span text,
                     unsigned marks)
{
    size_t from = b->rows.text.len;
    buf_add(&b->rows.text, text);
    end_cell(b, x, column, from, marks);
}

static void put_truth(struct book *b, const struct xls *x, size_t column, unsigned value,
                      bool is_error)
{
    static const struct {
        unsigned code;
        struct span text;
    } errors[] = {{0x00, SPAN_ROW("#NULL!")},  {0x07, SPAN_ROW("#DIV/0!")},
                  {0x0F, SPAN_ROW("#VALUE!")}, {0x17, SPAN_ROW("#REF!")},
                  {0x1D, SPAN_ROW("#NAME?")},  {0x24, SPAN_ROW("#NUM!")},
                  {0x2A, SPAN_ROW("#N/A")}};
    struct span text = value ? SPAN("TRUE") : SPAN("FALSE");
    if (is_error)
        text = SPAN("#ERROR!");
    for (size_t i = 0; is_error && i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == value)
            text = errors[i].text;
    put_text(b, x, column, text, is_error ? BOOK_ERROR : 0);
}

/* The result of a formula: a number, or what its last two bytes say. A text follows. */
static void put_formula(struct book *b, struct xls *x, size_t column, const struct xls_record *r)
{
    unsigned char kind = r->data.len > 12 ? (unsigned char)r->data.at[6] : 3;
    b->found.formulas++;
    if (xls_records_u16(r->data, 12) != 0xFFFF) {
        put_number(b, x, column, xls_records_u16(r->data, 4), xls_records_double(r->data, 6));
        return;
    }
    if (kind == 1 || kind == 2) {
        put_truth(b, x, column, (unsigned char)r->data.at[8], kind == 2);
        return;
    }
    struct xls_record next;
    size_t at = x->at, from = b->rows.text.len;
    while (kind == 0 && xls_records_next(buf_span(&x->stream), &at, &next) &&
           next.type != XLS_FORMULA && next.type != XLS_END) {
        if (next.type != XLS_STRING)
            continue; /* a shared formula or an array stands between */
        x->at = at;
        struct xls_cursor c = xls_cursor_at(x, &next);
        xls_records_string(&c, XLS_LONG, &b->rows.text);
        break;
    }
    end_cell(b, x, column, from, 0);
}

static void put_label(struct book *b, struct xls *x, size_t column, const struct xls_record *r)
{
    struct xls_cursor c = xls_cursor_at(x, r);
    size_t from = b->rows.text.len;
    if (r->data.len < 8)
        return;
    c.record = (struct span){r->data.at + 6, r->data.len - 6};
    xls_records_string(&c, XLS_LONG, &b->rows.text);
    end_cell(b, x, column, from, 0);
}

static bool put_shared(struct book *b, const struct xls *x, size_t column,
                       const struct xls_record *r)
{
    size_t index = xls_records_u32(r->data, 6);
    if (index >= x->ends_count) {
        trouble_set(b->trouble, TROUBLE_CORRUPT,
                    "a cell of row %zu has a text that is not in the workbook", x->row);
        return false;
    }
    size_t from = index ? x->ends[index - 1] : 0;
    put_text(b, x, column, span_part(buf_span(&x->strings), from, x->ends[index] - from), 0);
    return true;
}

bool xls_is_cell(unsigned type)
{
    return type == XLS_FORMULA || type == XLS_LABELSST || type == XLS_NUMBER || type == XLS_RK ||
           type == XLS_MULRK || type == XLS_LABEL || type == XLS_RSTRING || type == XLS_BOOLEAN;
}

bool xls_put_cell(struct book *b, struct xls *x, const struct xls_record *r)
{
    size_t column = xls_records_u16(r->data, 2), style = xls_records_u16(r->data, 4);
    go_to_row(b, x, xls_records_u16(r->data, 0) + 1);
    if (column >= BOOK_MAX_COLUMNS || r->data.len < 8)
        return xls_corrupt(b);
    switch (r->type) {
    case XLS_NUMBER:
        put_number(b, x, column, style, xls_records_double(r->data, 6));
        break;
    case XLS_RK:
        put_number(b, x, column, style, xls_records_rk(xls_records_u32(r->data, 6)));
        break;
    case XLS_MULRK:
        for (size_t at = 4; at + 8 <= r->data.len; at += 6, column++)
            put_number(b, x, column, xls_records_u16(r->data, at),
                       xls_records_rk(xls_records_u32(r->data, at + 2)));
        break;
    case XLS_BOOLEAN:
        put_truth(b, x, column, (unsigned char)r->data.at[6], r->data.at[7] != 0);
        break;
    case XLS_FORMULA:
        put_formula(b, x, column, r);
        break;
    case XLS_LABELSST:
        return put_shared(b, x, column, r);
    default:
        put_label(b, x, column, r);
        break;
    }
    return true;
}
