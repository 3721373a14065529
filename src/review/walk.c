/* walk -- items decided one after the other on a terminal. */
#include "review/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/fail.h"
#include "base/show.h"
#include "base/utf8.h"
#include "saved.h"
#include "terminal.h"

struct undo {
    size_t at;
    struct item before;
};

struct walking {
    const struct walk *w;
    struct items *items;
    struct saved saved;
    size_t at, rows, columns, skip; /* skip: lines of the screen above what is shown */
    struct undo *past;
    size_t past_count, past_cap;
    struct buf screen, entry;
    char date[16];
    const char *said;
    bool helping; /* the keys are shown instead of the item */
};

static struct item *current(struct walking *k)
{
    return &k->items->at[k->at];
}

/* ---- drawing ---- */

enum style { PLAIN, HEAD, CODED, NEGATED, FAINT };

static void set_style(struct walking *k, enum style style)
{
    static const char *const colours[] = {"\x1b[0m", "\x1b[1m", "\x1b[1;36m", "\x1b[33m",
                                          "\x1b[2m"};
    if (k->w->colours)
        buf_add(&k->screen, span_of(colours[style]));
}

/* TEXT as lines of the screen's width, with nothing that a terminal obeys; its own line ends stay.
 * COLUMN is where it starts; gives where it ends. */
static size_t put(struct walking *k, struct span text, size_t column)
{
    const char *at = text.at, *end = at + text.len;
    while (at < end) {
        struct buf shown = {0};
        bool line_end = *at == '\n';
        at = show_next(&shown, at, end, SHOW_FOLDED);
        size_t width = utf8_count(buf_span(&shown));
        if (line_end || column + width > k->columns) {
            buf_addc(&k->screen, '\n');
            column = 0;
        }
        if (!line_end) {
            buf_add(&k->screen, buf_span(&shown));
            column += width;
        }
        buf_free(&shown);
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

#define MOST_SHOWN 20000 /* bytes of a text */

/* The text with its mentions, coloured; in brackets where there are no colours. */
static void put_text(struct walking *k, const struct item *it)
{
    size_t from = 0, column = 0, most = it->text.len < MOST_SHOWN ? it->text.len : MOST_SHOWN;
    while (most < it->text.len && utf8_tail((unsigned char)it->text.at[most]))
        most++;
    for (size_t i = 0; i < it->mark_count && !k->items->blind && it->marks[i].end <= most; i++) {
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
    put(k, (struct span){it->text.at + from, most - from}, column);
    buf_addc(&k->screen, '\n');
    if (most < it->text.len)
        put_line(k, FAINT, SPAN("(the rest of the text is not shown)"));
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

static void draw(struct walking *k, struct span question)
{
    size_t lines;
    struct buf whole = {0};
    terminal_size(&k->rows, &k->columns);
    struct span keys = keys_that_fit(k, &lines);
    buf_clear(&k->screen);
    if (k->helping)
        put_line(k, PLAIN, SPAN(KEYS));
    else if (k->items->count)
        put_item(k, current(k));
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

/* ---- asking ---- */

/* The code that TYPED stands for: itself, else the first whose code or label has it. */
static struct span code_like(const struct walking *k, const struct item *it, struct span typed)
{
    if (it->target == SIZE_MAX)
        return typed;
    const struct codebook *book = k->items->book;
    const struct codebook_field *f = &book->fields[book->targets[it->target].field];
    if (codebook_find(f, typed) < f->code_count)
        return f->codes[codebook_find(f, typed)].code;
    for (size_t i = 0; i < f->code_count; i++) {
        struct span names[] = {f->codes[i].code, f->codes[i].label};
        for (size_t n = 0; n < 2; n++)
            for (size_t at = 0; names[n].at && at + typed.len <= names[n].len; at++)
                if (strncasecmp(names[n].at + at, typed.at, typed.len) == 0)
                    return f->codes[i].code;
    }
    return (struct span){0};
}

/* A line that the person types; false if it was left by Esc or is empty. CODES: the code that it
 * stands for is shown along. */
static bool ask(struct walking *k, const char *question, bool codes, struct span *answer)
{
    struct buf line = {0};
    buf_clear(&k->entry);
    int c = 0;
    while (c != '\r' && c != '\n') {
        struct span like = codes && k->entry.len ? code_like(k, current(k), buf_span(&k->entry))
                                                 : (struct span){0};
        buf_clear(&line);
        buf_addf(&line, "%s: %.*s", question, (int)k->entry.len, k->entry.len ? k->entry.at : "");
        if (like.at)
            buf_addf(&line, "  = %.*s", SPAN_ARGS(like));
        draw(k, buf_span(&line));
        c = terminal_read();
        if (c == TERMINAL_ESCAPE || c == TERMINAL_END)
            break;
        if ((c == 127 || c == 8) && k->entry.len) {
            do
                k->entry.len--;
            while (k->entry.len && utf8_tail((unsigned char)k->entry.at[k->entry.len]));
        } else if (c >= ' ' && c < 256 && c != 127) {
            buf_addc(&k->entry, (char)c);
        }
    }
    buf_free(&line);
    *answer = buf_span(&k->entry);
    return (c == '\r' || c == '\n') && answer->len && utf8_valid(*answer, NULL);
}

/* ---- deciding ---- */

static void step(struct walking *k)
{
    k->skip = 0;
    if (k->at + 1 < k->items->count)
        k->at++;
}

static void remember(struct walking *k)
{
    k->past = array_grow(k->past, &k->past_cap, k->past_count + 1, sizeof *k->past);
    k->past[k->past_count++] = (struct undo){k->at, *current(k)};
}

static void save(struct walking *k)
{
    if (saved_write(&k->saved, k->items))
        return;
    int why = errno;
    terminal_close();
    fail(STATUS_DATA, "cannot write %s: %s", k->saved.file, strerror(why));
}

static void sign(struct walking *k)
{
    struct item *it = current(k);
    it->coder = span_of(k->w->coder ? k->w->coder : "");
    it->date = span_of(k->date);
    save(k);
}

static void decide(struct walking *k, struct span value)
{
    remember(k);
    current(k)->value = arena_copy(&k->items->arena, value.at ? value : SPAN(""));
    if (!current(k)->value.at)
        current(k)->value = SPAN("");
    sign(k);
}

static struct span codes_of(const struct walking *k, const struct item *it)
{
    if (it->value.at)
        return it->value;
    return k->items->blind || it->side_count ? SPAN("[]") : it->was;
}

/* The codes of IT but CODE, also CODE with a status; then ADDED. */
static void change_codes(struct walking *k, struct span code, struct span added)
{
    const struct item *it = current(k);
    struct span codes = codes_of(k, it);
    struct buf b = {0};
    const char *at = codes.at, *end = at + codes.len;
    bool none = span_eq(codes, SPAN("[]")) || span_starts(codes, SPAN("missing:")) ||
                (span_eq(it->kind, SPAN("code")) && added.len);
    while (!none && at < end) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        struct span word = span_from(at, bar ? bar : end);
        bool same = span_starts(word, code) && (word.len == code.len || word.at[code.len] == ':');
        if (!same && b.len)
            buf_addc(&b, '|');
        if (!same)
            buf_add(&b, word);
        at = bar ? bar + 1 : end;
    }
    if (added.len && b.len)
        buf_addc(&b, '|');
    buf_add(&b, added);
    decide(k, b.len ? buf_span(&b) : SPAN("[]"));
    buf_free(&b);
}

static void ask_code(struct walking *k, int key)
{
    const char *question = key == 'a' ? "add the code" : key == 'd' ? "take away" : "negated";
    struct span typed;
    if (!ask(k, question, true, &typed))
        return;
    struct span code = code_like(k, current(k), typed);
    if (!code.at) {
        k->said = "no such code";
        return;
    }
    struct buf b = {0};
    buf_add(&b, code);
    if (key == 'g')
        buf_add(&b, SPAN(":not_used"));
    struct span own = arena_copy(&k->items->arena, code);
    change_codes(k, own, key == 'd' ? SPAN("") : buf_span(&b));
    buf_free(&b);
}

static void ask_text(struct walking *k, int key)
{
    struct span typed;
    struct buf b = {0};
    if (!ask(k,
             key == 'm'   ? "missing, because"
             : key == 'c' ? "comment"
                          : "the text",
             false, &typed))
        return;
    if (key == 'c') {
        remember(k);
        current(k)->comment = arena_copy(&k->items->arena, typed);
        sign(k);
        return;
    }
    if (key == 'm')
        buf_add(&b, SPAN("missing:"));
    buf_add(&b, typed);
    decide(k, buf_span(&b));
    buf_free(&b);
    step(k);
}

static void undo(struct walking *k)
{
    if (k->past_count == 0)
        return;
    const struct undo *last = &k->past[--k->past_count];
    k->at = last->at;
    *current(k) = last->before;
    save(k);
}

static void to_undecided(struct walking *k, size_t from)
{
    for (size_t i = from; i < k->items->count; i++) {
        if (k->items->at[i].value.at)
            continue;
        k->at = i;
        k->skip = 0;
        return;
    }
}

/* False if the person leaves. */
static bool obey(struct walking *k, int key)
{
    if (key == 'q' || key == TERMINAL_END || key == 4)
        return false;
    bool helped = k->helping;
    k->helping = key == '?';
    if (k->items->count == 0 || helped || k->helping)
        return true;
    struct item *it = current(k);
    if (key == 'y' || key == '\r' || key == '\n') {
        decide(k, it->is_code ? codes_of(k, it) : it->value.at ? it->value : it->was);
        step(k);
    } else if ((key == 'a' || key == 'd' || key == 'g') && it->is_code) {
        ask_code(k, key);
    } else if (key == 'a' || key == 'c' || (key == 'm' && !it->is_pair)) {
        ask_text(k, key);
    } else if (key == 'x' && it->is_pair) {
        decide(k, SPAN(""));
        step(k);
    } else if (key >= '1' && key <= '9' && (size_t)(key - '1') < it->side_count) {
        decide(k, it->sides[key - '1']);
        step(k);
    } else if (key == 'u') {
        undo(k);
    } else if (key == 'n' || key == TERMINAL_RIGHT) {
        step(k);
    } else if ((key == 'p' || key == TERMINAL_LEFT) && k->at) {
        k->at--;
        k->skip = 0;
    } else if (key == 'j') {
        to_undecided(k, k->at + 1);
    } else if (key == 't' || key == TERMINAL_DOWN) {
        k->skip += key == 't' ? k->rows / 2 : 1;
    } else if (key == TERMINAL_UP && k->skip) {
        k->skip--;
    }
    return true;
}

size_t walk_items(const struct walk *w, struct buf *b)
{
    struct walking k = {.w = w, .items = w->items};
    size_t done = 0;
    time_t now = time(NULL); /* a decision has its day */
    strftime(k.date, sizeof k.date, "%Y-%m-%d", gmtime(&now));
    saved_load(&k.saved, w->file, w->decided, w->coder, w->items);
    to_undecided(&k, 0);
    if (!terminal_open())
        fail(STATUS_USAGE, "option '--tty' needs a terminal: %s", strerror(errno));
    do
        draw(&k, SPAN(""));
    while (obey(&k, terminal_read()));
    terminal_close();
    saved_add(&k.saved, w->items, b);
    for (size_t i = 0; i < w->items->count; i++)
        done += w->items->at[i].value.at != NULL;
    saved_free(&k.saved);
    free(k.past);
    buf_free(&k.screen);
    buf_free(&k.entry);
    return done;
}
