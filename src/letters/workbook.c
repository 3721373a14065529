/* workbook -- a spreadsheet as text: a row a line, its cells separated by tabs, a sheet a page. */
#include "kinds.h"
#include "plain.h"
#include "sheets/book.h"

#define MAX_SHEETS 1000 /* each is looked for anew in the file */

/* Line ends and tabs within a cell are spaces. */
static void add_cell(struct span text, struct buf *to)
{
    for (size_t i = 0; i < text.len; i++)
        buf_addc(to, strchr("\t\r\n\f", text.at[i]) ? ' ' : text.at[i]);
}

static void add_row(const struct book_row *row, struct buf *to)
{
    size_t first = 0;
    while (first < row->count && row->cells[first].text.len == 0)
        first++;
    if (first == row->count)
        return;
    for (size_t i = 0; i < row->count; i++) {
        if (i)
            buf_addc(to, '\t');
        add_cell(row->cells[i].text, to);
    }
    buf_addc(to, '\n');
}

static void add_sheet(struct reader *r, struct book *book, size_t index, struct letter *l)
{
    const struct book_sheet *sheet = book_sheet(book, index);
    struct book_row row;
    size_t before = l->text.len;
    if (!book_start(book, index, &l->trouble))
        return;
    while (book_next(book, &row, &l->trouble)) {
        add_row(&row, &l->text);
        if (l->text.len > r->limits.bytes) {
            trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "more than %zu bytes of text",
                        r->limits.bytes);
            return;
        }
    }
    const struct book_found *found = book_found(book);
    letter_note(l, "page %zu is the %ssheet %.*s", index + 1, sheet->hidden ? "hidden " : "",
                (int)sheet->name.len, sheet->name.at);
    if (found->hidden_rows)
        letter_note(l, "%zu hidden rows read", found->hidden_rows);
    if (found->no_result)
        letter_note(l, "%zu formulas without a stored result", found->no_result);
    if (l->text.len == before)
        letter_note(l, "page %zu has no text", index + 1);
}

void workbook_read(struct reader *r, struct span bytes, struct letter *l)
{
    struct package p = {.bytes = bytes};
    struct book_options how = {0};
    struct book *book = book_open(&p, &how, &l->trouble);
    for (size_t i = 0;
         book && i < book_sheets(book) && i < MAX_SHEETS && l->trouble.kind == TROUBLE_NONE; i++) {
        if (i)
            buf_addc(&l->text, '\f');
        add_sheet(r, book, i, l);
    }
    if (book)
        l->pages = book_sheets(book);
    if (l->pages > MAX_SHEETS)
        trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "more than %d sheets", MAX_SHEETS);
    book_close(book);
    while (l->text.len && l->text.at[l->text.len - 1] == '\n')
        l->text.len--;
}
