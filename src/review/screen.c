/* screen -- an item drawn on a terminal: its text with the mentions, what was decided, the keys. */
#include <utf8proc.h>

#include "base/show.h"
#include "terminal.h"
#include "walking.h"

enum style { PLAIN, HEAD, CODED, NEGATED, FAINT };

static void set_style(struct walking *k, enum style style)
{
    static const char *const colours[] = {"\x1b[0m", "\x1b[1m", "\x1b[1;36m", "\x1b[33m",
                                          "\x1b[2m"};
    if (k->w->colours)
        buf_add(&k->screen, span_of(colours[style]));
}

/* The columns that TEXT, valid UTF-8, takes: two for wide letters, none for those that combine. */
static size_t width_of(struct span text)
{
    size_t width = 0;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.at;
    utf8proc_int32_t code;
    for (size_t i = 0; i < text.len;) {
        utf8proc_ssize_t len = utf8proc_iterate(at + i, (utf8proc_ssize_t)(text.len - i), &code);
        width += len > 0 ? (size_t)utf8proc_charwidth(code) : 1;
        i += len > 0 ? (size_t)len : 1;
    }
    return width;
}

/* TEXT as lines of the screen's width, with nothing that a terminal obeys; its own line ends stay.
 * COLUMN is where it starts; gives where it ends. */
static size_t put(struct walking *k, struct span text, size_t column)
{
    const char *at = text.at, *end = at + text.len;
    while (at < end) {
        bool line_end = *at == '\n';
        buf_clear(&k->shown);
        at = show_next(&k->shown, at, end, SHOW_FOLDED);
        size_t width = line_end ? 0 : width_of(buf_span(&k->shown));
        if (line_end || column + width > k->columns) {
            buf_addc(&k->screen, '\n');
            column = 0;
        }
        if (!line_end) {
            buf_add(&k->screen, buf_span(&k->shown));
            column += width;
        }
    }
    return column;
}

static void put_line(struct walking *k, enum style style, struct span text)
{
    set_style(k, style);
    put(k, text, 0);
    set_style(k, PLAIN);
    buf_addc(&k->screen, '\n');
}

/* The text with its mentions, coloured; in brackets where there are no colours. */
static void put_text(struct walking *k, const struct item *it)
{
    size_t from = 0, column = 0;
    for (size_t i = 0; i < it->mark_count && !k->items->blind; i++) {
        const struct item_mark *m = &it->marks[i];
        const char *open = m->negated ? "~" : "[", *close = m->negated ? "~" : "]";
        column = put(k, (struct span){it->text.at + from, m->start - from}, column);
        set_style(k, m->negated ? NEGATED : CODED);
        column = put(k, k->w->colours ? SPAN("") : span_of(open), column);
        column = put(k, (struct span){it->text.at + m->start, m->end - m->start}, column);
        column = put(k, k->w->colours ? SPAN("") : span_of(close), column);
        set_style(k, PLAIN);
        from = m->end;
    }
    put(k, (struct span){it->text.at + from, it->text.len - from}, column);
    buf_addc(&k->screen, '\n');
}

static void put_item(struct walking *k, const struct item *it)
{
    struct buf line = {0};
    size_t done = 0;
    for (size_t i = 0; i < k->items->count; i++)
        done += k->items->at[i].value.at != NULL;
    buf_addf(&line, "%zu of %zu, %zu decided, %zu left", k->at + 1, k->items->count, done,
             k->items->count - done);
    put_line(k, FAINT, buf_span(&line));
    buf_clear(&line);
    buf_addf(&line, "%.*s: %.*s %.*s", SPAN_ARGS(it->kind), SPAN_ARGS(it->field),
             SPAN_ARGS(it->reply));
    put_line(k, HEAD, buf_span(&line));
    put_text(k, it);
    for (size_t i = 0; i < it->side_count; i++) {
        buf_clear(&line);
        buf_addf(&line, "%zu: %.*s", i + 1, SPAN_ARGS(it->sides[i]));
        put_line(k, PLAIN, buf_span(&line));
    }
    if (it->shown.len) {
        buf_clear(&line);
        buf_addf(&line, "-> %.*s", SPAN_ARGS(it->shown));
        put_line(k, PLAIN, buf_span(&line));
    }
    if (it->is_code && !k->items->blind && !it->side_count) {
        buf_clear(&line);
        buf_addf(&line, "codes: %.*s", SPAN_ARGS(it->was));
        put_line(k, CODED, buf_span(&line));
    }
    if (!k->items->blind || it->side_count)
        put_line(k, FAINT, it->told);
    buf_clear(&line);
    if (it->value.at)
        buf_addf(&line, "decided: %s%.*s", it->value.len ? "" : "nothing", SPAN_ARGS(it->value));
    else
        buf_add(&line, SPAN("not decided yet"));
    if (it->comment.at)
        buf_addf(&line, " (%.*s)", SPAN_ARGS(it->comment));
    put_line(k, HEAD, buf_span(&line));
    put_line(k, FAINT, it->context);
    buf_free(&line);
}

/* Where line NUMBER of the screen starts, from 0. */
static size_t line_start(const struct buf *screen, size_t number)
{
    size_t at = 0;
    while (number && at < screen->len)
        number -= screen->at[at++] == '\n';
    return at;
}

static const char KEYS[] =
    "y accept  a add/set  d take away  g negated  m missing  c comment  x turn down  1-9 choose  "
    "u undo  n next  p back  j undecided  t more  q leave";

/* The keys, where they leave two thirds of the screen; else the key that shows them. */
static struct span keys_that_fit(const struct walking *k, size_t *lines)
{
    *lines = sizeof KEYS / k->columns + 1;
    if (*lines <= k->rows / 3)
        return SPAN(KEYS);
    *lines = 1;
    return SPAN("? keys  q leave");
}

/* The lines of the item that there is room for, then those below it. */
static void put_part(struct walking *k, size_t room, struct buf *to)
{
    size_t from = line_start(&k->screen, k->skip);
    if (from >= k->screen.len)
        from = k->skip = 0;
    struct buf rest = {0};
    buf_add(&rest, (struct span){k->screen.at + from, k->screen.len - from});
    buf_add(to, (struct span){rest.at, line_start(&rest, room)});
    buf_free(&rest);
    buf_clear(&k->screen);
}

void walking_draw(struct walking *k, struct span question)
{
    size_t lines;
    struct buf whole = {0};
    terminal_size(&k->rows, &k->columns);
    struct span keys = keys_that_fit(k, &lines);
    buf_clear(&k->screen);
    if (k->helping)
        put_line(k, PLAIN, SPAN(KEYS));
    else if (k->items->count)
        put_item(k, walking_item(k));
    else
        put_line(k, PLAIN, SPAN("Nothing to decide here."));
    put_part(k, k->rows > lines + 2 ? k->rows - lines - 2 : 1, &whole);
    put_line(k, FAINT, question.len ? SPAN("") : keys);
    set_style(k, HEAD);
    put(k, question.len ? question : span_of(k->said ? k->said : ""), 0);
    set_style(k, PLAIN);
    buf_add(&whole, buf_span(&k->screen));
    terminal_draw(buf_span(&whole));
    buf_free(&whole);
    k->said = NULL;
}
