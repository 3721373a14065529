/* csv -- a spreadsheet saved as CSV, a row a line and its cells separated by tabs, as of any other
 * workbook. What is no CSV after all is a text. */
#include "charset.h"
#include "kinds.h"
#include "stream/csvrow.h"

/* The separator that the first line has most of. */
static char guess_separator(struct span text)
{
    const char *lf = text.len ? memchr(text.at, '\n', text.len) : NULL;
    struct span line = lf ? span_from(text.at, lf) : text;
    char best = ',';
    size_t most = 0;
    for (const char *s = ",;\t|"; *s; s++) {
        size_t count = 0;
        for (size_t i = 0; i < line.len; i++)
            count += line.at[i] == *s;
        if (count > most) {
            most = count;
            best = *s;
        }
    }
    return best;
}

/* Line ends and tabs within a cell are spaces. */
static void add_row(const struct csvrow *row, struct buf *to)
{
    for (size_t i = 0; i < row->count; i++) {
        if (i)
            buf_addc(to, '\t');
        for (size_t j = 0; j < row->cells[i].len; j++) {
            char c = row->cells[i].at[j];
            buf_addc(to, c == '\t' || csvrow_is_end(c) ? ' ' : c);
        }
    }
    buf_addc(to, '\n');
}

/* All rows of TEXT, behind which there is room. False if it is no CSV. */
static bool add_rows(struct span text, struct buf *to)
{
    struct csvrow row = {.separator = guess_separator(text)};
    bool good = true;
    while (text.len && good) {
        if (csvrow_is_end(*text.at)) {
            text = (struct span){text.at + 1, text.len - 1};
            continue;
        }
        good = csvrow_split(&row, text, true) == CSVROW_WHOLE;
        if (!good)
            break;
        add_row(&row, to);
        text = (struct span){text.at + row.len, text.len - row.len};
    }
    csvrow_free(&row);
    return good;
}

void csv_read(struct reader *r, struct span bytes, struct letter *l)
{
    struct buf text = {0}, rows = {0};
    (void)r;
    charset_decode(bytes, NULL, &text, l);
    size_t len = text.len;
    buf_reserve(&text, CSVROW_PAD);
    memset(text.at + len, 0, CSVROW_PAD);
    bool read = add_rows((struct span){text.at, len}, &rows);
    if (!read)
        letter_note(l, "no CSV, for its quotes: read as text");
    buf_add(&l->text, read ? buf_span(&rows) : (struct span){text.at, len});
    while (l->text.len && csvrow_is_end(l->text.at[l->text.len - 1]))
        l->text.len--;
    buf_free(&text);
    buf_free(&rows);
}
