/* walk -- items decided one after the other on a terminal. */
#include "review/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/fail.h"
#include "terminal.h"
#include "text/bars.h"
#include "walking.h"

static void step(struct walking *k)
{
    k->skip = 0;
    if (k->at + 1 < k->items->count)
        k->at++;
}

static void remember(struct walking *k)
{
    k->past = array_grow(k->past, &k->past_cap, k->past_count + 1, sizeof *k->past);
    k->past[k->past_count++] = (struct undo){k->at, *walking_item(k)};
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
    struct item *it = walking_item(k);
    it->coder = span_of(k->w->coder ? k->w->coder : "");
    it->date = span_of(k->date);
    save(k);
}

static void decide(struct walking *k, struct span value)
{
    remember(k);
    walking_item(k)->value = arena_copy(&k->items->arena, value.at ? value : SPAN(""));
    if (!walking_item(k)->value.at)
        walking_item(k)->value = SPAN("");
    sign(k);
}

static struct span codes_of(const struct walking *k, const struct item *it)
{
    if (it->value.at)
        return it->value;
    return k->items->blind || it->side_count ? SPAN("[]") : it->was;
}

/* Whether WORD is CODE, or CODE with a status; a code may hold a colon itself. */
static bool is_of_code(const struct walking *k, const struct item *it, struct span word,
                       struct span code)
{
    if (!span_starts(word, code) || word.len == code.len || word.at[code.len] != ':')
        return span_eq(word, code);
    if (it->target == SIZE_MAX)
        return true;
    const struct codebook *book = k->items->book;
    const struct codebook_field *f = &book->fields[book->targets[it->target].field];
    return codebook_find(f, word) == f->code_count;
}

/* The codes of IT but CODE, also CODE with a status; then ADDED. */
static void change_codes(struct walking *k, struct span code, struct span added)
{
    const struct item *it = walking_item(k);
    struct span codes = codes_of(k, it);
    struct buf b = {0}, own = {0};
    struct span word;
    bool none = span_eq(codes, SPAN("[]")) || span_starts(codes, SPAN("missing:")) ||
                (span_eq(it->kind, SPAN("code")) && added.len);
    while (!none && bars_next(&codes, &own, &word))
        if (!is_of_code(k, it, word, code))
            bars_add(&b, word);
    if (added.len)
        bars_add(&b, added);
    decide(k, b.len ? buf_span(&b) : SPAN("[]"));
    buf_free(&own);
    buf_free(&b);
}

static void ask_code(struct walking *k, int key)
{
    const char *question = key == 'a' ? "add the code" : key == 'd' ? "take away" : "negated";
    struct span code;
    if (!walking_ask_code(k, question, &code))
        return;
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
    const char *question = key == 'm' ? "missing, because" : key == 'c' ? "comment" : "the text";
    if (!walking_ask(k, question, &typed))
        return;
    if (key == 'c') {
        remember(k);
        walking_item(k)->comment = arena_copy(&k->items->arena, typed);
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
    *walking_item(k) = last->before;
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
    struct item *it = walking_item(k);
    bool accepts = key == 'y' || key == '\r' || key == '\n';
    if (accepts && it->side_count && !it->is_code && !it->was.len && !it->value.at) {
        k->said = "nothing stands there to accept: choose by number, or set it (a)";
    } else if (accepts) {
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
        walking_draw(&k, SPAN(""));
    while (obey(&k, terminal_read()));
    terminal_close();
    saved_add(&k.saved, w->items, b);
    for (size_t i = 0; i < w->items->count; i++)
        done += w->items->at[i].value.at != NULL;
    saved_free(&k.saved);
    free(k.past);
    buf_free(&k.screen);
    buf_free(&k.entry);
    buf_free(&k.shown);
    return done;
}
