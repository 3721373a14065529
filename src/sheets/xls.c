/* xls -- a workbook of Excel 97 to 2003.
 *
 * Of its stream of records the globals come first (xls_globals), then each sheet. A first pass over
 * a sheet finds what stands behind its rows (xls_ahead), a second puts its cells into the queue
 * (xls_cells). The library that Debian has for this format (freexl) gives neither the results of
 * formulas nor booleans and errors. */
#include "base/fail.h"
#include "package/compound.h"
#include "xls_parts.h"

#define MAX_FILE ((size_t)512 * 1024 * 1024)
#define ROWS 65536
#define BLOCK 4096 /* records that one call looks at */

bool xls_corrupt(struct book *b)
{
    trouble_set(b->trouble, TROUBLE_CORRUPT, "broken workbook");
    return false;
}

struct xls_cursor xls_cursor_at(const struct xls *x, const struct xls_record *r)
{
    return (struct xls_cursor){.rest = buf_from(&x->stream, x->at), .record = r->data};
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
    return b->trouble->kind == TROUBLE_NONE && xls_globals(b, x);
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
    x->row = 0;
    xls_comments_clear(&x->comments);
    x->at = x->starts[sheet];
    if (!xls_records_next(buf_span(&x->stream), &x->at, &r) || r.type != XLS_BEGIN)
        return xls_corrupt(b);
    while (depth && xls_records_next(buf_span(&x->stream), &x->at, &r)) {
        depth += r.type == XLS_BEGIN;
        depth -= r.type == XLS_END;
        xls_look_ahead(b, x, &r);
    }
    xls_comments_sort(&x->comments);
    x->at = x->starts[sheet];
    xls_records_next(buf_span(&x->stream), &x->at, &r);
    return depth == 0 || xls_corrupt(b);
}

static enum xml_status more(struct book *b)
{
    struct xls *x = b->source;
    struct xls_record r;
    for (size_t n = 0, depth = 0; n < BLOCK || depth; n++) {
        if (!xls_records_next(buf_span(&x->stream), &x->at, &r) ||
            (r.type == XLS_END && depth == 0)) {
            if (x->row)
                rowqueue_end(&b->rows);
            x->row = 0;
            return XML_END;
        }
        depth += r.type == XLS_BEGIN;
        depth -= r.type == XLS_END;
        if (depth == 0 && xls_is_cell(r.type) && !xls_put_cell(b, x, &r))
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
    xls_comments_free(&x->comments);
    free(x->starts);
    free(x->ends);
    free(x->customs);
    free(x->formats);
    free(x->hidden);
    free(x);
}

const struct book_reader BOOK_XLS_READER = {open_book, start_sheet, more, close_book};
