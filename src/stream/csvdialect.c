/* csvdialect -- a byte at a time, since such files are rare and small. */
#include "csvdialect.h"

/* The way through a row. */
struct walk {
    struct csvrow *row;
    const char *start, *at, *end;
};

static void add_cell(struct csvrow *r, struct span cell)
{
    if (r->count < r->cap || csvrow_grow(r))
        r->cells[r->count++] = cell;
}

static bool is_cell_end(const struct walk *w, char c)
{
    return c == w->row->separator || csvrow_is_end(c);
}

static void skip_space(struct walk *w)
{
    const struct csvrow *r = w->row;
    while (r->dialect.skip_space && w->at < w->end && (*w->at == ' ' || *w->at == '\t') &&
           *w->at != r->separator)
        w->at++;
}

/* Whether an escape stands at W->at, and what it makes plain behind it. */
static bool is_escape(const struct walk *w)
{
    const struct csvrow_dialect *d = &w->row->dialect;
    if (!d->escape || *w->at != d->escape || w->at + 1 >= w->end)
        return false;
    char next = w->at[1];
    return next == d->escape || (d->quote && next == d->quote) || is_cell_end(w, next);
}

/* Adds the cell that began at FROM with the offset KEPT in the scratch buffer: its text there
 * if any of it was rewritten, else a slice of the row. */
static void end_cell(struct walk *w, const char *from, size_t kept, bool rewritten)
{
    struct buf *scratch = &w->row->scratch;
    if (!rewritten)
        scratch->len = kept;
    add_cell(w->row, rewritten ? (struct span){scratch->at + kept, scratch->len - kept}
                               : span_from(from, w->at));
}

/* An unquoted cell, up to its separator or line end. */
static void take_plain(struct walk *w)
{
    struct buf *scratch = &w->row->scratch;
    const char *from = w->at;
    size_t kept = scratch->len;
    bool rewritten = false;
    while (w->at < w->end && !is_cell_end(w, *w->at)) {
        bool escape = is_escape(w);
        rewritten |= escape;
        w->at += escape;
        buf_addc(scratch, *w->at++);
    }
    end_cell(w, from, kept, rewritten);
}

/* A quoted cell, the quote at W->at, up to behind its closing quote. False if it has none. */
static bool take_quoted(struct walk *w)
{
    struct buf *scratch = &w->row->scratch;
    char quote = *w->at++;
    const char *from = w->at;
    size_t kept = scratch->len;
    bool rewritten = false;
    for (; w->at < w->end; w->at++) {
        bool doubled = *w->at == quote && w->at + 1 < w->end && w->at[1] == quote;
        if (doubled || is_escape(w)) {
            rewritten = true;
            w->at++;
        } else if (*w->at == quote) {
            end_cell(w, from, kept, rewritten);
            w->at++;
            return true;
        }
        buf_addc(scratch, *w->at);
    }
    return false;
}

/* One cell. CSVROW_WHOLE if it ends at a separator, a line end or the end of the text. */
static enum csvrow_status take_cell(struct walk *w)
{
    struct csvrow *r = w->row;
    skip_space(w);
    if (w->at == w->end || !r->dialect.quote || *w->at != r->dialect.quote) {
        take_plain(w);
        return CSVROW_WHOLE;
    }
    r->opened = (size_t)(w->at - w->start);
    if (!take_quoted(w))
        return CSVROW_UNCLOSED;
    skip_space(w);
    r->stray = (size_t)(w->at - w->start);
    return w->at == w->end || is_cell_end(w, *w->at) ? CSVROW_WHOLE : CSVROW_STRAY;
}

enum csvrow_status csvdialect_split(struct csvrow *r, struct span text, bool last)
{
    struct walk w = {r, text.at, text.at, text.at + text.len};
    buf_clear(&r->scratch);
    buf_reserve(&r->scratch, text.len + CSVROW_PAD); /* it must not move below */
    r->escapes = true;
    r->ascii = r->odd = false;
    for (;;) {
        enum csvrow_status status = take_cell(&w);
        if (w.at == w.end && !last)
            return CSVROW_MORE;
        if (status != CSVROW_WHOLE)
            return status;
        if (w.at == w.end || csvrow_is_end(*w.at))
            break;
        w.at++;
    }
    r->len = (size_t)(w.at - text.at);
    return CSVROW_WHOLE;
}
