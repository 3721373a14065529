#include "stream/csvrow.h"

#include <csv.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include "csvdialect.h"

#define GROWTH ((size_t)256 * 1024) /* by which libcsv lets a cell grow */

bool csvrow_grow(struct csvrow *r)
{
    if (r->max_cells && r->count >= r->max_cells) {
        r->beyond++;
        return false;
    }
    r->cells = array_grow(r->cells, &r->cap, r->count + 1, sizeof *r->cells);
    return true;
}

static inline void add_cell(struct csvrow *r, const char *from, const char *to)
{
    if (r->count == r->cap && !csvrow_grow(r))
        return;
    r->cells[r->count++] = span_from(from, to);
}

/* The direct way through a row. */
struct cut {
    char separator;
    const char *at, *end;
    const char *cell; /* start of the open cell */
    unsigned escapes; /* not 0 if a byte needs an escape in JSON */
    unsigned high;    /* not 0 if a byte is beyond ASCII */
    bool doubled;     /* there are doubled quotes to undo */
};

/* Notes what was found below the bit STOP, or all over a block if STOP is 0. */
static inline void note(struct cut *c, struct bytes_found found, unsigned stop)
{
    c->escapes |= found.escapes & (stop - 1);
    c->high |= found.high & (stop - 1);
}

/* Takes cells up to the first quote or line end, or the end of the text, and returns that place. */
static inline const char *cut_unquoted(struct csvrow *r, struct cut *c)
{
    for (const char *at = c->at; at < c->end; at += BYTES_BLOCK) {
        struct bytes_found found = bytes_cell_ends(at, c->separator);
        for (unsigned stops = found.stops; stops; stops &= stops - 1) {
            const char *stop = at + __builtin_ctz(stops);
            if (*stop != c->separator) {
                note(c, found, stops & -stops);
                return stop < c->end ? stop : c->end;
            }
            if (stop >= c->end)
                return c->end;
            add_cell(r, c->cell, stop);
            c->cell = stop + 1;
        }
        note(c, found, 0);
    }
    return c->end;
}

/* The closing quote of the cell whose text starts at AT, or NULL if the text ends before. */
static inline const char *closing_quote(struct cut *c, const char *at)
{
    while (at < c->end) {
        struct bytes_found found = bytes_quotes(at);
        if (!found.stops) {
            note(c, found, 0);
            at += BYTES_BLOCK;
            continue;
        }
        note(c, found, found.stops & -found.stops);
        at += __builtin_ctz(found.stops);
        if (at >= c->end)
            return NULL;
        if (at + 1 == c->end || at[1] != '"')
            return at;
        c->doubled = true;
        at += 2;
    }
    return NULL;
}

enum cut_status {
    CUT_WHOLE,
    CUT_SHORT, /* the text ends outside quotes before a line end */
    CUT_OPEN,  /* it ends within quotes */
    CUT_ODD    /* not as RFC 4180 has it: for libcsv */
};

/* Cuts the row; doubled quotes stay doubled. C->at ends at the line end or the end of the text. */
static enum cut_status cut(struct csvrow *r, struct cut *c)
{
    for (;;) {
        if (c->at == c->end || *c->at != '"') {
            c->at = cut_unquoted(r, c);
            if (c->at == c->end || *c->at != '"') {
                add_cell(r, c->cell, c->at);
                return c->at == c->end ? CUT_SHORT : CUT_WHOLE;
            }
            if (c->at != c->cell)
                return CUT_ODD;
        }
        const char *close = closing_quote(c, c->at + 1);
        if (!close)
            return CUT_OPEN;
        add_cell(r, c->at + 1, close);
        c->at = close + 1;
        if (c->at == c->end)
            return CUT_SHORT;
        if (*c->at != c->separator)
            return csvrow_is_end(*c->at) ? CUT_WHOLE : CUT_ODD;
        c->cell = ++c->at;
    }
}

/* Moves the cells with doubled quotes into the scratch buffer, undoubled. */
static void undouble(struct csvrow *r, struct span text)
{
    buf_clear(&r->scratch);
    buf_reserve(&r->scratch, text.len + CSVROW_PAD); /* it must not move below */
    for (size_t i = 0; i < r->count; i++) {
        struct span *cell = &r->cells[i];
        bool quoted = cell->at > text.at && cell->at[-1] == '"';
        if (!quoted || !memchr(cell->at, '"', cell->len))
            continue;
        size_t start = r->scratch.len;
        const char *at = cell->at, *end = at + cell->len;
        for (const char *quote; (quote = memchr(at, '"', (size_t)(end - at))); at = quote + 2)
            buf_add(&r->scratch, span_from(at, quote + 1));
        buf_add(&r->scratch, span_from(at, end));
        *cell = (struct span){r->scratch.at + start, r->scratch.len - start};
    }
}

static void take_cell(void *bytes, size_t len, void *data)
{
    struct csvrow *r = data;
    buf_add(&r->scratch, (struct span){bytes, len});
    size_t before = r->count;
    add_cell(r, NULL, NULL);
    if (r->count > before)
        r->cells[before].len = len;
}

static void note_end(int c, void *data)
{
    (void)c;
    ((struct csvrow *)data)->ended = true;
}

static int is_never(unsigned char c)
{
    (void)c;
    return 0;
}

static void libcsv_start(struct csvrow *r)
{
    if (!r->libcsv) {
        r->libcsv = malloc(sizeof *r->libcsv);
        if (!r->libcsv || csv_init(r->libcsv, 0) != 0)
            fail_memory();
        csv_set_space_func(r->libcsv, is_never); /* by default it trims unquoted cells */
        csv_set_blk_size(r->libcsv, GROWTH);     /* by default 128 bytes: slow for a huge cell */
    }
    csv_set_opts(r->libcsv, 0);
    csv_fini(r->libcsv, NULL, NULL, NULL); /* forgets the row before */
    csv_set_opts(r->libcsv, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(r->libcsv, (unsigned char)r->separator);
    buf_clear(&r->scratch);
    r->count = 0;
    r->ended = false;
}

/* Gives libcsv the bytes from *AT to END. False at text behind a closing quote, where *AT is then.
 * It is run strict, which also stops it at a quote in an unquoted cell: that one is passed on. */
static bool libcsv_feed(struct csvrow *r, struct span text, size_t *at, size_t end)
{
    struct csv_parser *p = r->libcsv;
    while (*at < end) {
        *at += csv_parse(p, text.at + *at, end - *at, take_cell, note_end, r);
        if (*at == end)
            break;
        if (csv_error(p) != CSV_EPARSE)
            fail_memory();
        if (p->quoted)
            return false;
        csv_set_opts(p, 0);
        *at += csv_parse(p, text.at + *at, 1, take_cell, note_end, r);
        csv_set_opts(p, CSV_STRICT | CSV_STRICT_FINI);
    }
    return true;
}

static enum csvrow_status libcsv_split(struct csvrow *r, struct span text, bool last, size_t *end)
{
    libcsv_start(r);
    for (*end = 0; *end < text.len && !r->ended;) {
        size_t stop = *end; /* a line end may end the row, and no byte behind it must be given */
        while (stop < text.len && !csvrow_is_end(text.at[stop]))
            stop++;
        if (!libcsv_feed(r, text, end, stop + (stop < text.len))) {
            r->stray = *end;
            r->opened = csvrow_open_quote(r, (struct span){text.at, r->stray - 1});
            return CSVROW_STRAY;
        }
    }
    if (r->ended)
        --*end;
    else if (!last)
        return CSVROW_MORE;
    else if (csv_fini(r->libcsv, take_cell, note_end, r) != 0) {
        r->opened = csvrow_open_quote(r, text);
        return CSVROW_UNCLOSED;
    }
    buf_reserve(&r->scratch, CSVROW_PAD); /* the last time that it may move */
    size_t from = 0;
    for (size_t i = 0; i < r->count; from += r->cells[i++].len)
        r->cells[i].at = r->scratch.at + from;
    return CSVROW_WHOLE;
}

/* Takes the line end, on which R->len stands unless the text ends there. */
static inline enum csvrow_status take_end(struct csvrow *r, struct span text, bool last)
{
    if (r->len == text.len)
        return CSVROW_WHOLE;
    if (text.at[r->len++] == '\r') {
        if (r->len == text.len && !last)
            return CSVROW_MORE; /* perhaps its LF comes next */
        if (r->len < text.len && text.at[r->len] == '\n')
            r->len++;
    }
    return CSVROW_WHOLE;
}

enum csvrow_status csvrow_split(struct csvrow *r, struct span text, bool last)
{
    struct cut c = {
        .separator = r->separator, .at = text.at, .cell = text.at, .end = text.at + text.len};
    enum cut_status status = CUT_ODD;
    r->count = 0;
    r->beyond = 0;
    if (r->dialect.is_own) {
        enum csvrow_status own = csvdialect_split(r, text, last);
        return own == CSVROW_WHOLE ? take_end(r, text, last) : own;
    }
    if (r->reader == CSVROW_DIRECT)
        status = cut(r, &c);
    if (!last && (status == CUT_SHORT || status == CUT_OPEN))
        return CSVROW_MORE;
    r->escapes = c.escapes || c.doubled;
    r->ascii = !c.high;
    r->odd = status == CUT_ODD;
    if (status == CUT_WHOLE || status == CUT_SHORT) {
        r->len = (size_t)(c.at - text.at);
        if (c.doubled)
            undouble(r, text);
    } else {
        r->escapes = true;
        r->ascii = false;
        enum csvrow_status odd = libcsv_split(r, text, last, &r->len);
        if (odd != CSVROW_WHOLE)
            return odd;
    }
    return take_end(r, text, last);
}

size_t csvrow_open_quote(const struct csvrow *r, struct span text)
{
    struct csvrow_dialect d = r->dialect;
    char mark = d.is_own ? d.quote : '"';
    size_t open = text.len;
    bool at_start = true;
    for (size_t i = 0; i < text.len; i++) {
        bool quote = mark && text.at[i] == mark;
        if (d.is_own && d.escape && text.at[i] == d.escape) {
            i++;
            at_start = false;
        } else if (open < text.len) {
            if (quote && i + 1 < text.len && text.at[i + 1] == mark)
                i++;
            else if (quote)
                open = text.len;
            at_start = false;
        } else if (quote && at_start) {
            open = i;
        } else {
            at_start = text.at[i] == r->separator ||
                       (at_start && d.is_own && d.skip_space && text.at[i] == ' ');
        }
    }
    return open;
}

void csvrow_free(struct csvrow *r)
{
    if (r->libcsv) {
        csv_free(r->libcsv);
        free(r->libcsv);
    }
    free(r->cells);
    buf_free(&r->scratch);
    *r = (struct csvrow){0};
}
