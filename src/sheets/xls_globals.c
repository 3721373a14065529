/* xls_globals -- what a workbook of Excel 97 to 2003 says before its sheets: their names, shared
 * texts, formats, the epoch. */
#include "xls_parts.h"

static bool read_strings(struct book *b, struct xls *x, const struct xls_record *r)
{
    size_t count = xls_records_u32(r->data, 4);
    struct xls_cursor c = xls_cursor_at(x, r);
    if (r->data.len < 8)
        return xls_corrupt(b);
    c.record = (struct span){r->data.at + 8, r->data.len - 8};
    for (size_t i = 0; i < count; i++) {
        if (!xls_records_string(&c, XLS_LONG, &x->strings))
            return xls_corrupt(b);
        x->ends = array_grow(x->ends, &x->ends_cap, x->ends_count + 1, sizeof *x->ends);
        x->ends[x->ends_count++] = x->strings.len;
    }
    return true;
}

static void read_format(struct xls *x, const struct xls_record *r)
{
    struct buf code = {0};
    struct xls_cursor c = xls_cursor_at(x, r);
    if (r->data.len < 2)
        return;
    c.record = (struct span){r->data.at + 2, r->data.len - 2};
    if (xls_records_string(&c, XLS_LONG, &code)) {
        x->customs =
            array_grow(x->customs, &x->customs_cap, x->customs_count + 1, sizeof *x->customs);
        x->customs[x->customs_count++] =
            (struct xls_format){xls_records_u16(r->data, 0), numberformat_read(buf_span(&code))};
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
    struct xls_cursor c = xls_cursor_at(x, r);
    if (r->data.len < 8)
        return xls_corrupt(b);
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
    return read || xls_corrupt(b);
}

static bool read_global(struct book *b, struct xls *x, const struct xls_record *r)
{
    switch (r->type) {
    case XLS_FILEPASS:
        trouble_set(b->trouble, TROUBLE_ENCRYPTED, "needs a password");
        return false;
    case XLS_DATEMODE:
        x->epoch = xls_records_u16(r->data, 0) ? SERIAL_1904 : SERIAL_1900;
        return true;
    case XLS_FORMAT:
        read_format(x, r);
        return true;
    case XLS_XF:
        read_style(x, r);
        return true;
    case XLS_BOUNDSHEET:
        return read_sheet_name(b, x, r);
    case XLS_SST:
        return read_strings(b, x, r);
    default:
        return true;
    }
}

bool xls_globals(struct book *b, struct xls *x)
{
    struct xls_record r;
    if (!xls_records_next(buf_span(&x->stream), &x->at, &r) || r.type != XLS_BEGIN)
        return xls_corrupt(b);
    if (xls_records_u16(r.data, 0) != 0x600) {
        trouble_set(b->trouble, TROUBLE_UNSUPPORTED,
                    "a workbook older than Excel 97 (save it as .xlsx)");
        return false;
    }
    while (xls_records_next(buf_span(&x->stream), &x->at, &r) && r.type != XLS_END)
        if (!read_global(b, x, &r))
            return false;
    return b->count ? true : xls_corrupt(b);
}
