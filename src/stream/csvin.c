#include "stream/csvin.h"

#include "base/fail.h"
#include "base/utf8.h"

#include <strings.h>

#define GUESS_ROWS 200

static bool can_separate(char c)
{
    return (unsigned char)c < 0x80 && c != '\0' && c != '"' && !csvrow_is_end(c);
}

char csvin_separator(const char *text)
{
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        return '\t';
    if (!can_separate(text[0]) || text[1] != '\0')
        fail(STATUS_USAGE,
             "option '--delimiter' takes one ASCII character or 'tab', not %s (try --help)",
             quote(span_of(text)));
    return text[0];
}

void csvin_open(struct csvin *c, char *const *files, size_t count,
                const struct csvin_options *options)
{
    *c = (struct csvin){.options = *options};
    if (c->options.max_row == 0)
        c->options.max_row = CSVIN_MAX_ROW;
    c->row.reader = options->reader;
    decode_open(&c->text, files, count, options->encoding);
}

/* The length of the line end at AT, or 0. */
static size_t line_end(const char *at, const char *end)
{
    if (at == end || !csvrow_is_end(*at))
        return 0;
    return *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
}

/* The offset of the first line end in TEXT from FROM on, or TEXT.len. */
static size_t find_line_end(struct span text, size_t from)
{
    struct span rest = {text.at + from, text.len - from};
    const char *lf = rest.len ? memchr(rest.at, '\n', rest.len) : NULL;
    if (lf)
        rest.len = (size_t)(lf - rest.at);
    const char *cr = rest.len ? memchr(rest.at, '\r', rest.len) : NULL;
    return from + (cr ? (size_t)(cr - rest.at) : rest.len);
}

size_t csvin_lines(struct span text)
{
    size_t lines = 0;
    for (size_t at = 0; (at = find_line_end(text, at)) < text.len; lines++)
        at += line_end(text.at + at, text.at + text.len);
    return lines;
}

/* Reads on until the text that is held has doubled, so that no row is looked at too often. */
static void more(struct csvin *c)
{
    size_t wanted = c->text.held.len * 2 + 1;
    while (decode_more(&c->text) && c->text.held.len < wanted)
        ;
}

/* Takes one line end if the text goes on with one. */
static bool take_line_end(struct csvin *c)
{
    struct decode *d = &c->text;
    while (d->held.len < 2 && decode_more(d))
        ;
    size_t len = line_end(d->held.at, d->held.at + d->held.len);
    decode_take(d, len);
    c->next_line += len != 0;
    return len != 0;
}

/* Takes the rest of a line, which may be longer than what is held. False if there is none. */
static bool take_line(struct csvin *c)
{
    struct decode *d = &c->text;
    while (d->held.len == 0 && decode_more(d))
        ;
    if (d->held.len == 0)
        return false;
    size_t end;
    while ((end = find_line_end(d->held, 0)) == d->held.len) {
        decode_take(d, end);
        if (!decode_more(d) && d->held.len == 0)
            return true;
    }
    decode_take(d, end);
    take_line_end(c);
    return true;
}

/* A first line that tells the separator to spreadsheets: sep=; or Sep=; */
static void take_separator_line(struct csvin *c)
{
    struct span text = c->text.held, start = SPAN("sep=");
    bool quoted = text.len && *text.at == '"';
    if (quoted)
        text = (struct span){text.at + 1, text.len - 1};
    size_t end = find_line_end(text, 0);
    if (end != start.len + 1 + (quoted ? 1 : 0) || strncasecmp(text.at, start.at, start.len) != 0 ||
        !can_separate(text.at[start.len]) || (quoted && text.at[end - 1] != '"'))
        return;
    if (!c->options.separator) {
        c->row.separator = text.at[start.len];
        c->separator_by = CSVIN_LINE;
    }
    take_line(c);
}

struct guess {
    size_t columns, rows, agreeing;
};

/* How the start of the text looks with SEPARATOR. */
static struct guess try_separator(struct csvin *c, struct csvrow *row, char separator)
{
    struct guess g = {.columns = c->options.columns};
    struct span text = c->text.held;
    bool last = c->text.at_end && text.len <= DECODE_GUESS;
    text.len = text.len < DECODE_GUESS ? text.len : DECODE_GUESS;
    row->separator = separator;
    while (text.len && g.rows < GUESS_ROWS) {
        size_t blank = line_end(text.at, text.at + text.len);
        size_t len = blank;
        if (!blank) {
            if (csvrow_split(row, text, last) != CSVROW_WHOLE)
                break;
            if (g.columns == 0)
                g.columns = row->count;
            g.rows++;
            g.agreeing += row->count == g.columns && !row->odd;
            len = row->len;
        }
        text = (struct span){text.at + len, text.len - len};
    }
    return g;
}

/* The separator with which the rows agree best on a number of columns; if some
 * agree equally well, the one that makes most columns, and the comma last of
 * all, since it also stands in numbers and sentences. */
static char guess_separator(struct csvin *c)
{
    while (c->text.held.len < DECODE_GUESS && decode_more(&c->text))
        ;
    struct csvrow row = {.reader = CSVROW_DIRECT};
    struct guess best = {.columns = 1};
    char found = ',';
    for (const char *separator = "\t;|,"; *separator; separator++) {
        struct guess g = try_separator(c, &row, *separator);
        if (g.columns < 2 || g.agreeing == 0)
            continue;
        size_t ours = g.agreeing * best.rows, theirs = best.agreeing * g.rows;
        if (best.rows == 0 || ours > theirs || (ours == theirs && g.columns > best.columns)) {
            best = g;
            found = *separator;
        }
    }
    csvrow_free(&row);
    return found;
}

bool csvin_file(struct csvin *c)
{
    if (!decode_file(&c->text))
        return false;
    c->file = c->text.in.name;
    c->next_line = 1;
    c->last = CSVIN_END;
    c->blank_lines = 0;
    c->row.separator = c->options.separator;
    c->separator_by = c->options.separator ? CSVIN_ASKED : CSVIN_GUESSED;
    take_separator_line(c);
    for (size_t i = 0; i < c->options.skip && take_line(c); i++)
        ;
    if (!c->row.separator)
        c->row.separator = guess_separator(c);
    return true;
}

/* The text at OFFSET of what is held is wrong. What is passed over ends at END. */
static enum csvin_status bad(struct csvin *c, size_t offset, size_t end)
{
    struct span before = {c->text.held.at, offset};
    c->error_line = c->line + csvin_lines(before);
    size_t start = 0;
    for (size_t at = 0; (at = find_line_end(before, at)) < before.len;) {
        at += line_end(before.at + at, before.at + before.len);
        start = at;
    }
    c->error_column = utf8_count((struct span){before.at + start, offset - start}) + 1;
    c->raw = (struct span){c->text.held.at, end};
    return c->last = CSVIN_BAD;
}

/* A row over the limit: one with an unclosed quote, or just too long. */
static enum csvin_status bad_long(struct csvin *c)
{
    struct span start = {c->text.held.at, c->options.max_row};
    size_t opened = csvrow_open_quote(&c->row, start);
    size_t end = find_line_end(start, opened);
    if (end == start.len)
        fail(STATUS_DATA, "%s:%zu: row longer than %zu bytes (see --max-line)", c->file, c->line,
             c->options.max_row);
    buf_addf(&c->error, "quote opened here is not closed within %zu bytes (see --max-line)",
             c->options.max_row);
    return bad(c, opened, end);
}

static enum csvin_status bad_unclosed(struct csvin *c)
{
    buf_addf(&c->error, "quote opened here is not closed before the end of the file");
    return bad(c, c->row.opened, find_line_end(c->text.held, c->row.opened));
}

/* Text behind a closing quote. If that quote begins a cell, and a line end stands within the
 * quotes, it is rather the opening quote of another cell, and the earlier cell was never
 * closed: then the lines between are rows of their own. */
static enum csvin_status bad_stray(struct csvin *c)
{
    size_t opened = c->row.opened, stray = c->row.stray;
    const char *at = c->text.held.at;
    size_t closing = stray - 1;
    bool begins = at[closing - 1] == c->row.separator || csvrow_is_end(at[closing - 1]);
    size_t end = find_line_end(c->text.held, opened);
    if (begins && end < closing) {
        buf_addf(&c->error, "quote opened here is not closed before the next one at line %zu",
                 c->line + csvin_lines((struct span){at, closing}));
        return bad(c, opened, end);
    }
    while ((end = find_line_end(c->text.held, stray)) == c->text.held.len && !c->text.at_end &&
           end <= c->options.max_row)
        more(c);
    buf_addf(&c->error, "text behind a closing quote (write a quote in a quoted cell twice)");
    return bad(c, stray, end);
}

static enum csvin_status whole(struct csvin *c)
{
    struct span held = c->text.held;
    size_t len = c->row.len, offset;
    len -= len && held.at[len - 1] == '\n';
    len -= len && held.at[len - 1] == '\r';
    c->raw = (struct span){held.at, len};
    if ((c->row.escapes || !c->row.ascii) && decode_fault(&c->text, c->raw, &offset, &c->error))
        return bad(c, offset, len);
    return c->last = CSVIN_ROW;
}

/* Passes the last row and blank lines. False at the end of the file. */
static bool go_on(struct csvin *c)
{
    struct decode *d = &c->text;
    if (c->last == CSVIN_ROW) {
        c->next_line += c->row.escapes ? csvin_lines((struct span){d->held.at, c->row.len}) : 1;
        decode_take(d, c->row.len);
    } else if (c->last == CSVIN_BAD) {
        c->next_line += csvin_lines(c->raw);
        decode_take(d, c->raw.len);
        take_line_end(c);
    }
    c->last = CSVIN_END;
    for (;;) {
        if (d->held.len == 0 && !decode_more(d) && d->held.len == 0)
            return false;
        if (d->held.len && !csvrow_is_end(*d->held.at))
            return true;
        c->blank_lines += take_line_end(c);
    }
}

enum csvin_status csvin_next(struct csvin *c)
{
    if (!go_on(c))
        return CSVIN_END;
    c->line = c->next_line;
    struct decode *d = &c->text;
    enum csvrow_status status;
    while ((status = csvrow_split(&c->row, d->held, d->at_end)) == CSVROW_MORE &&
           d->held.len <= c->options.max_row)
        more(c);
    size_t reached = status == CSVROW_WHOLE   ? c->row.len
                     : status == CSVROW_STRAY ? c->row.stray
                                              : d->held.len;
    if (status == CSVROW_WHOLE && reached <= c->options.max_row)
        return whole(c);
    buf_clear(&c->error);
    if (reached > c->options.max_row)
        return bad_long(c);
    return status == CSVROW_STRAY ? bad_stray(c) : bad_unclosed(c);
}

void csvin_close(struct csvin *c)
{
    decode_close(&c->text);
    csvrow_free(&c->row);
    buf_free(&c->error);
}
