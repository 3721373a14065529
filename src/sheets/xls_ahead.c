/* xls_ahead -- what stands behind the rows of a sheet and is known before them: merged ranges,
 * comments, what is hidden. */
#include "xls_parts.h"

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

/* The text of a drawn object, of which comments are a kind. */
static void read_text(struct xls *x, const struct xls_record *r)
{
    struct xls_cursor c = xls_cursor_at(x, r);
    struct buf *texts = xls_comments_begin(&x->comments, x->object);
    xls_records_characters(&c, xls_records_u16(r->data, 10), texts);
    xls_comments_end(&x->comments);
}

void xls_look_ahead(struct book *b, struct xls *x, const struct xls_record *r)
{
    switch (r->type) {
    case XLS_ROW:
        if (xls_records_u16(r->data, 12) & 0x20)
            x->hidden[xls_records_u16(r->data, 0)] = 1;
        break;
    case XLS_COLUMNS:
        if (xls_records_u16(r->data, 8) & 1)
            book_hide_columns(b, xls_records_u16(r->data, 0), xls_records_u16(r->data, 2));
        break;
    case XLS_FILTERMODE:
        x->filtered = true;
        break;
    case XLS_MERGED:
        read_merged(b, r);
        break;
    case XLS_OBJECT:
        x->object = xls_records_u16(r->data, 6);
        break;
    case XLS_TEXT_OBJECT:
        read_text(x, r);
        break;
    case XLS_NOTE:
        xls_comments_note(&x->comments, xls_records_u16(r->data, 6),
                          xls_records_u16(r->data, 0) + 1u, xls_records_u16(r->data, 2));
        break;
    default:
        break;
    }
}
