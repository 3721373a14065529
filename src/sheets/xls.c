/* xls -- a workbook of Excel 97 to 2003.
 *
 * Of its stream of records the globals come first, then each sheet. A first pass over a sheet finds
 * what stands behind its rows: merged ranges and comments. The library that Debian has for
 * this format (freexl) gives neither the results of formulas nor booleans and errors. */
#include <stdlib.h>

#include "base/fail.h"
#include "book_parts.h"
#include "package/compound.h"
#include "serial.h"
#include "xls_records.h"

#define MAX_FILE ((size_t)512 * 1024 * 1024)
#define ROWS 65536
#define BLOCK 4096 /* records that one call looks at */

enum record_type {
    FORMULA = 0x06,
    END = 0x0A,
    NOTE = 0x1C,
    DATEMODE = 0x22,
    FILEPASS = 0x2F,
    OBJECT = 0x5D,
    COLUMNS = 0x7D,
    BOUNDSHEET = 0x85,
    FILTERMODE = 0x9B,
    MULRK = 0xBD,
    RSTRING = 0xD6,
    XF = 0xE0,
    MERGED = 0xE5,
    SST = 0xFC,
    LABELSST = 0xFD,
    TEXT_OBJECT = 0x1B6,
    NUMBER = 0x203,
    LABEL = 0x204,
    BOOLEAN = 0x205,
    STRING = 0x207,
    ROW = 0x208,
    RK = 0x27E,
    FORMAT = 0x41E,
    BEGIN = 0x809
};

struct custom {
    size_t id;
    struct numberformat format;
};

struct comment {
    size_t row, column, object, from, len;
};

struct xls {
    struct buf stream;
    size_t at;                  /* of the next record */
    size_t *starts, starts_cap; /* of the sheets */
    struct buf strings;
    size_t *ends, ends_count, ends_cap;
    struct custom *customs;
    size_t customs_count, customs_cap;
    struct numberformat *formats;
    size_t formats_count, formats_cap;
    enum serial_epoch epoch;

    unsigned char *hidden; /* rows of the present sheet */
    bool filtered;
    struct comment *comments; /* first texts by object, then by cell */
    size_t comments_count, comments_cap;
    struct buf comment_texts;
    size_t object; /* the last seen */
    size_t row;    /* that is open, from 1; 0: none */
};

static bool corrupt(struct book *b)
{
    trouble_set(b->trouble, TROUBLE_CORRUPT, "broken workbook");
    return false;
}

static struct xls_cursor cursor_at(const struct xls *x, const struct xls_record *r)
{
    return (struct xls_cursor){.rest = {x->stream.at + x->at, x->stream.len - x->at},
                               .record = r->data};
}

static bool read_strings(struct book *b, struct xls *x, const struct xls_record *r)
{
    size_t count = xls_records_u32(r->data, 4);
    struct xls_cursor c = cursor_at(x, r);
    if (r->data.len < 8)
        return corrupt(b);
    c.record = (struct span){r->data.at + 8, r->data.len - 8};
    for (size_t i = 0; i < count; i++) {
        if (!xls_records_string(&c, XLS_LONG, &x->strings))
            return corrupt(b);
        x->ends = array_grow(x->ends, &x->ends_cap, x->ends_count + 1, sizeof *x->ends);
        x->ends[x->ends_count++] = x->strings.len;
    }
    return true;
}

static void read_format(struct xls *x, const struct xls_record *r)
{
    struct buf code = {0};
    struct xls_cursor c = cursor_at(x, r);
    if (r->data.len < 2)
        return;
    c.record = (struct span){r->data.at + 2, r->data.len - 2};
    if (xls_records_string(&c, XLS_LONG, &code)) {
        x->customs =
            array_grow(x->customs, &x->customs_cap, x->customs_count + 1, sizeof *x->customs);
        x->customs[x->customs_count++] =
            (struct custom){xls_records_u16(r->data, 0), numberformat_read(buf_span(&code))};
    }
    buf_free(&code);
}

static void read_style(struct xls *x, const struct xls_record *r)
{
    size_t id = xls_records_u16(r->data, 2);
    struct numberformat format = numberformat_builtin(id);
    for (size_t i = 0; i < x->customs_count; i++)
        if (x->customs[i].id == id)
            format = x->customs[i].format;
    x->formats = array_grow(x->formats, &x->formats_cap, x->formats_count + 1, sizeof *x->formats);
    x->formats[x->formats_count++] = format;
}

static bool read_sheet_name(struct book *b, struct xls *x, const struct xls_record *r)
{
    struct buf name = {0};
    struct xls_cursor c = cursor_at(x, r);
    if (r->data.len < 8)
        return corrupt(b);
    if (r->data.at[5] != 0) /* charts and macros are no sheets */
        return true;
    c.record = (struct span){r->data.at + 6, r->data.len - 6};
    bool read = xls_records_string(&c, XLS_SHORT, &name);
    if (read) {
        book_add_sheet(b, buf_span(&name), (r->data.at[4] & 3) != 0);
        x->starts = array_grow(x->starts, &x->starts_cap, b->count, sizeof *x->starts);
        x->starts[b->count - 1] = xls_records_u32(r->data, 0);
    }
    buf_free(&name);
    return read || corrupt(b);
}

static bool read_global(struct book *b, struct xls *x, const struct xls_record *r)
{
    switch (r->type) {
    case FILEPASS:
        trouble_set(b->trouble, TROUBLE_ENCRYPTED, "needs a password");
        return false;
    case DATEMODE:
        x->epoch = xls_records_u16(r->data, 0) ? SERIAL_1904 : SERIAL_1900;
        return true;
    case FORMAT:
        read_format(x, r);
        return true;
    case XF:
        read_style(x, r);
        return true;
    case BOUNDSHEET:
        return read_sheet_name(b, x, r);
    case SST:
        return read_strings(b, x, r);
    default:
        return true;
    }
}

static bool read_globals(struct book *b, struct xls *x)
{
    struct xls_record r;
    if (!xls_records_next(buf_span(&x->stream), &x->at, &r) || r.type != BEGIN)
        return corrupt(b);
    if (xls_records_u16(r.data, 0) != 0x600) {
        trouble_set(b->trouble, TROUBLE_UNSUPPORTED,
                    "a workbook older than Excel 97 (save it as .xlsx)");
        return false;
    }
    while (xls_records_next(buf_span(&x->stream), &x->at, &r) && r.type != END)
        if (!read_global(b, x, &r))
            return false;
    return b->count ? true : corrupt(b);
}

/* An encrypted xlsx is a compound file, which names its one stream so, in UTF-16. */
static bool is_encrypted(struct span file)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return file.len && memmem(file.at, file.len, name, sizeof name);
}

static bool open_book(struct book *b)
{
    struct xls *x = b->source = calloc(1, sizeof *x);
    struct buf file = {0};
    if (!x)
        fail_memory();
    bool read = package_bytes(b->package, MAX_FILE, &file, b->trouble);
    struct span bytes = buf_span(&file);
    struct buf unused = {0};
    if (read && is_encrypted(bytes)) {
        trouble_set(b->trouble, TROUBLE_ENCRYPTED, "needs a password");
    } else if (read && b->trouble->kind == TROUBLE_NONE &&
               !compound_stream(bytes, "Workbook", &x->stream, b->trouble)) {
        bool old = compound_stream(bytes, "Book", &unused, b->trouble);
        trouble_set(b->trouble, TROUBLE_UNSUPPORTED,
                    old ? "a workbook older than Excel 97 (save it as .xlsx)"
                        : "a compound file without a workbook");
    }
    buf_free(&unused);
    buf_free(&file);
    return b->trouble->kind == TROUBLE_NONE && read_globals(b, x);
}

static void read_merged(struct book *b, const struct xls_record *r)
{
    size_t count = xls_records_u16(r->data, 0);
    for (size_t i = 0; i < count && 2 + i * 8 + 8 <= r->data.len; i++) {
        size_t at = 2 + i * 8;
        struct merges_range range = {.first_row = xls_records_u16(r->data, at) + 1,
                                     .last_row = xls_records_u16(r->data, at + 2) + 1,
                                     .first_column = xls_records_u16(r->data, at + 4),
                                     .last_column = xls_records_u16(r->data, at + 6)};
        b->found.merged++;
        if (b->options.fill_merged && range.last_column < BOOK_MAX_COLUMNS)
            merges_add(&b->merges, &range);
    }
}

static struct comment *add_comment(struct xls *x)
{
    x->comments =
        array_grow(x->comments, &x->comments_cap, x->comments_count + 1, sizeof *x->comments);
    struct comment *c = &x->comments[x->comments_count++];
    *c = (struct comment){.row = SIZE_MAX};
    return c;
}

/* The text of a drawn object, of which comments are a kind. */
static void read_text(struct xls *x, const struct xls_record *r)
{
    struct xls_cursor c = cursor_at(x, r);
    struct comment *comment = add_comment(x);
    comment->object = x->object;
    comment->from = x->comment_texts.len;
    xls_records_characters(&c, xls_records_u16(r->data, 10), &x->comment_texts);
    comment->len = x->comment_texts.len - comment->from;
}

/* Which cell an object's text is a comment on. */
static void read_note(struct xls *x, const struct xls_record *r)
{
    for (size_t i = 0; i < x->comments_count; i++)
        if (x->comments[i].object == xls_records_u16(r->data, 6)) {
            x->comments[i].row = xls_records_u16(r->data, 0) + 1;
            x->comments[i].column = xls_records_u16(r->data, 2);
        }
}

static void look_ahead(struct book *b, struct xls *x, const struct xls_record *r)
{
    switch (r->type) {
    case ROW:
        if (xls_records_u16(r->data, 12) & 0x20)
            x->hidden[xls_records_u16(r->data, 0)] = 1;
        break;
    case COLUMNS:
        if (xls_records_u16(r->data, 8) & 1)
            book_hide_columns(b, xls_records_u16(r->data, 0), xls_records_u16(r->data, 2));
        break;
    case FILTERMODE:
        x->filtered = true;
        break;
    case MERGED:
        read_merged(b, r);
        break;
    case OBJECT:
        x->object = xls_records_u16(r->data, 6);
        break;
    case TEXT_OBJECT:
        read_text(x, r);
        break;
    case NOTE:
        read_note(x, r);
        break;
    default:
        break;
    }
}

/* Begins at the records of a sheet; charts within it have a BEGIN and an END of their own. */
static bool start_sheet(struct book *b, size_t sheet)
{
    struct xls *x = b->source;
    struct xls_record r;
    size_t depth = 1;
    free(x->hidden);
    x->hidden = calloc(ROWS, 1);
    if (!x->hidden)
        fail_memory();
    x->filtered = false;
    x->comments_count = x->row = 0;
    x->at = x->starts[sheet];
    if (!xls_records_next(buf_span(&x->stream), &x->at, &r) || r.type != BEGIN)
        return corrupt(b);
    while (depth && xls_records_next(buf_span(&x->stream), &x->at, &r)) {
        depth += r.type == BEGIN;
        depth -= r.type == END;
        look_ahead(b, x, &r);
    }
    x->at = x->starts[sheet];
    xls_records_next(buf_span(&x->stream), &x->at, &r);
    return depth == 0 || corrupt(b);
}

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
    const struct comment *comment = NULL;
    for (size_t i = 0; b->options.comments && i < x->comments_count && !comment; i++)
        if (x->comments[i].row == x->row && x->comments[i].column == column)
            comment = &x->comments[i];
    if (q->text.len == from && !comment)
        return;
    struct rowqueue_cell *cell = rowqueue_cell(q, column, from);
    cell->marks = marks;
    if (!comment)
        return;
    cell->comment = q->text.len;
    cell->comment_len = comment->len;
    buf_add(&q->text, (struct span){x->comment_texts.at + comment->from, comment->len});
    b->found.comments++;
}

static void put_number(struct book *b, const struct xls *x, size_t column, size_t style,
                       double number)
{
    size_t from = b->rows.text.len;
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
           next.type != FORMULA && next.type != END) {
        if (next.type != STRING)
            continue; /* a shared formula or an array stands between */
        x->at = at;
        struct xls_cursor c = cursor_at(x, &next);
        xls_records_string(&c, XLS_LONG, &b->rows.text);
        break;
    }
    end_cell(b, x, column, from, 0);
}

static void put_label(struct book *b, struct xls *x, size_t column, const struct xls_record *r)
{
    struct xls_cursor c = cursor_at(x, r);
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
    put_text(b, x, column, (struct span){x->strings.at + from, x->ends[index] - from}, 0);
    return true;
}

static bool is_cell(unsigned type)
{
    return type == FORMULA || type == LABELSST || type == NUMBER || type == RK || type == MULRK ||
           type == LABEL || type == RSTRING || type == BOOLEAN;
}

static bool put_cell(struct book *b, struct xls *x, const struct xls_record *r)
{
    size_t column = xls_records_u16(r->data, 2), style = xls_records_u16(r->data, 4);
    go_to_row(b, x, xls_records_u16(r->data, 0) + 1);
    if (column >= BOOK_MAX_COLUMNS || r->data.len < 8)
        return corrupt(b);
    switch (r->type) {
    case NUMBER:
        put_number(b, x, column, style, xls_records_double(r->data, 6));
        break;
    case RK:
        put_number(b, x, column, style, xls_records_rk(xls_records_u32(r->data, 6)));
        break;
    case MULRK:
        for (size_t at = 4; at + 8 <= r->data.len; at += 6, column++)
            put_number(b, x, column, xls_records_u16(r->data, at),
                       xls_records_rk(xls_records_u32(r->data, at + 2)));
        break;
    case BOOLEAN:
        put_truth(b, x, column, (unsigned char)r->data.at[6], r->data.at[7] != 0);
        break;
    case FORMULA:
        put_formula(b, x, column, r);
        break;
    case LABELSST:
        return put_shared(b, x, column, r);
    default:
        put_label(b, x, column, r);
        break;
    }
    return true;
}

static enum xml_status more(struct book *b)
{
    struct xls *x = b->source;
    struct xls_record r;
    for (size_t n = 0, depth = 0; n < BLOCK || depth; n++) {
        if (!xls_records_next(buf_span(&x->stream), &x->at, &r) || (r.type == END && depth == 0)) {
            if (x->row)
                rowqueue_end(&b->rows);
            x->row = 0;
            return XML_END;
        }
        depth += r.type == BEGIN;
        depth -= r.type == END;
        if (depth == 0 && is_cell(r.type) && !put_cell(b, x, &r))
            return XML_BAD;
    }
    return XML_MORE;
}

static void close_book(struct book *b)
{
    struct xls *x = b->source;
    if (!x)
        return;
    buf_free(&x->stream);
    buf_free(&x->strings);
    buf_free(&x->comment_texts);
    free(x->starts);
    free(x->ends);
    free(x->customs);
    free(x->formats);
    free(x->hidden);
    free(x->comments);
    free(x);
}

const struct book_reader BOOK_XLS_READER = {open_book, start_sheet, more, close_book};
