#include "stream/csvin.h"

#include "base/fail.h"
#include "base/utf8.h"
#include "csvguess.h"
#include "mixed.h"

#include <strings.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define END_OF_TEXT '\x1a' /* Ctrl-Z, by which DOS ended a file */

/* The comma last of those that cannot be told by anything else, as it also stands in numbers; but
 * before the bar, which stands in lists. */
#define SEPARATORS "\t;,|"

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
    if (c->options.max_columns == 0)
        c->options.max_columns = SIZE_MAX;
    c->row.reader = options->reader;
    c->row.dialect = options->dialect;
    c->row.max_cells = options->max_columns ? options->max_columns + 1 : 0;
    decode_open(&c->text, files, count, options->encoding);
    c->text.mixed = options->mixed;
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

/* Passes byte order marks in front of a row, as joined files have them. */
static void take_marks(struct csvin *c)
{
    struct decode *d = &c->text;
    while (d->held.len && *d->held.at == BYTE_ORDER_MARK[0]) {
        while (d->held.len < 3 && decode_more(d))
            ;
        if (!span_starts(d->held, SPAN(BYTE_ORDER_MARK)))
            return;
        decode_take(d, 3);
        c->marks++;
    }
}

/* Finds out the separator and, if asked for, the lines above the headers. */
static void guess(struct csvin *c)
{
    bool find = c->options.skip == CSVIN_SKIP_AUTO;
    char asked[2] = {c->row.separator, '\0'};
    if (*asked && !find)
        return;
    struct csvguess found =
        csvguess_find(c, *asked ? asked : SEPARATORS, find ? CSVGUESS_FIND : CSVGUESS_FIRST);
    c->row.separator = found.separator;
    c->tied = found.tied;
    for (; find && c->skipped < found.header && take_line(c); c->skipped++)
        ;
}

bool csvin_file(struct csvin *c)
{
    if (!decode_file(&c->text))
        return false;
    c->file = c->text.in.name;
    c->next_line = 1;
    c->last = CSVIN_END;
    c->blank_lines = c->marks = c->mixed_rows = c->skipped = 0;
    c->tied = '\0';
    c->row.separator = c->options.separator;
    c->separator_by = c->options.separator ? CSVIN_ASKED : CSVIN_GUESSED;
    take_marks(c);
    take_separator_line(c);
    if (c->options.skip != CSVIN_SKIP_AUTO)
        for (size_t i = 0; i < c->options.skip && take_line(c); i++)
            ;
    guess(c);
    return true;
}

size_t csvin_look_ahead(struct csvin *c)
{
    struct decode *d = &c->text;
    while (d->held.len < DECODE_GUESS && decode_more(d))
        ;
    struct span text = {d->held.at + c->row.len, d->held.len - c->row.len};
    struct csvrow row = {.separator = c->row.separator, .dialect = c->row.dialect};
    size_t filled = csvguess_filled(&row, text, d->at_end);
    csvrow_free(&row);
    return filled;
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
    bool escaped = at[closing - 1] == '\\' && !c->row.dialect.is_own; /* AT is good until more() */
    while ((end = find_line_end(c->text.held, stray)) == c->text.held.len && !c->text.at_end &&
           end <= c->options.max_row)
        more(c);
    buf_addf(&c->error, "text behind a closing quote (%s)",
             escaped ? "are quotes escaped by a backslash? --escape '\\'"
                     : "write a quote in a quoted cell twice");
    return bad(c, stray, end);
}

/* The row's last cell without the mark that ends a file of DOS. */
static void drop_end_of_text(struct csvin *c)
{
    struct span *cell = &c->row.cells[c->row.count - 1];
    while (cell->len && cell->at[cell->len - 1] == END_OF_TEXT)
        cell->len--;
}

static enum csvin_status bad_wide(struct csvin *c, size_t len)
{
    buf_clear(&c->error);
    buf_addf(&c->error, "row has %zu cells, more than %zu (see --max-columns)",
             c->row.count + c->row.beyond, c->options.max_columns);
    return bad(c, 0, len);
}

/* Whether the row ends in such a mark, and what is held does not tell if it is the last. */
static bool may_end_text(const struct csvin *c, enum csvrow_status status)
{
    struct span held = c->text.held;
    if (status != CSVROW_WHOLE || c->row.len != held.len || c->text.at_end)
        return false;
    while (held.len && csvrow_is_end(held.at[held.len - 1]))
        held.len--;
    return held.len && held.at[held.len - 1] == END_OF_TEXT;
}

/* What a row that is not plain ASCII has to be looked at for. */
static enum csvin_status check_text(struct csvin *c)
{
    size_t offset;
    if (!decode_fault(&c->text, c->raw, &offset, &c->error))
        return c->last = CSVIN_ROW;
    if (c->options.mixed && !c->text.converts && mixed_repair(&c->row, c->raw.len, &c->repair)) {
        c->repaired = true;
        if (c->mixed_rows++ == 0)
            c->first_mixed = c->line;
        return c->last = CSVIN_ROW;
    }
    return bad(c, offset, c->raw.len);
}

static enum csvin_status whole(struct csvin *c)
{
    struct span held = c->text.held;
    size_t len = c->row.len;
    len -= len && held.at[len - 1] == '\n';
    len -= len && held.at[len - 1] == '\r';
    c->raw = (struct span){held.at, len};
    c->repaired = false;
    if (c->row.count > c->options.max_columns)
        return bad_wide(c, len);
    if (!c->row.escapes && c->row.ascii)
        return c->last = CSVIN_ROW;
    if (len && held.at[len - 1] == END_OF_TEXT && c->text.at_end && c->row.len == held.len)
        drop_end_of_text(c);
    return check_text(c);
}

/* Whether nothing but Ctrl-Z and line ends is left, as programs of DOS end a file. */
static bool is_end_of_text(struct decode *d)
{
    size_t at = 0;
    do
        while (at < d->held.len && (d->held.at[at] == END_OF_TEXT || csvrow_is_end(d->held.at[at])))
            at++;
    while (at == d->held.len && decode_more(d));
    return at == d->held.len;
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
        char first = d->held.len ? *d->held.at : '\n';
        if (first == BYTE_ORDER_MARK[0])
            take_marks(c);
        else if (first == END_OF_TEXT && is_end_of_text(d))
            decode_take(d, d->held.len);
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
    while (((status = csvrow_split(&c->row, d->held, d->at_end)) == CSVROW_MORE ||
            may_end_text(c, status)) &&
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

void csvin_go_to(struct csvin *c, uint64_t from, uint64_t to, size_t line)
{
    decode_window(&c->text, from, to);
    c->next_line = line;
    c->last = CSVIN_END;
    c->blank_lines = 0;
}

void csvin_close(struct csvin *c)
{
    decode_close(&c->text);
    csvrow_free(&c->row);
    buf_free(&c->repair);
    buf_free(&c->error);
}
