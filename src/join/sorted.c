/* sorted -- merge join: a window on RIGHT that moves along with LEFT's keys. */
#include "join/sorted.h"

#include "base/fail.h"
#include "text/key.h"

/* One side's last key, to see that the next is not before it. */
struct sorted_side {
    struct joinkey key;
    struct buf last, shown, text;
    size_t line;
};

struct sorted {
    struct joiner *joiner;
    struct filter *filter;
    struct sorted_side side[2];
    struct jsonl right;
    struct record ahead; /* the RIGHT record behind the window, if HAS_AHEAD */
    bool has_ahead;
    struct buf window; /* the key of the records held, or nothing */
};

/* KEY, in the form in which it compares, for a message. */
static const char *show(struct buf *b, struct span key)
{
    enum key_type type;
    struct span part;
    buf_clear(b);
    while (key_next(&key, &type, &part)) {
        if (b->len)
            buf_add(b, SPAN(" + "));
        buf_add(b, span_of(quote(part)));
    }
    return buf_text(b);
}

/* Whether R's key is not before those before it; if it is, R was rejected. */
static bool in_order(struct sorted *s, enum join_side side, const struct record *r)
{
    struct sorted_side *at = &s->side[side];
    int order = at->last.len ? joinkey_order(at->key.key, buf_span(&at->last)) : 1;
    if (order < 0) {
        filter_reject(s->filter, r, (struct span){0},
                      "key %s comes after %s at line %zu (--sorted needs keys in order)",
                      show(&at->text, at->key.key), show(&at->shown, buf_span(&at->last)),
                      at->line);
        return false;
    }
    if (order == 0)
        return true;
    buf_clear(&at->last);
    buf_add(&at->last, at->key.key);
    at->line = r->number;
    return true;
}

static bool is_lacking(const struct joinkey *key)
{
    return key->lacking < key->count;
}

/* Forgets the window, and tells what of it had no partner. */
static void close_window(struct sorted *s)
{
    joiner_finish_right(s->joiner);
    held_clear(&s->joiner->held);
    buf_clear(&s->window);
}

/* The next RIGHT record with a key, as the one ahead. */
static void read_ahead(struct sorted *s)
{
    struct joinkey *key = &s->side[ON_RIGHT].key;
    struct record *r = &s->ahead;
    size_t before = s->filter->rejected;
    while ((s->has_ahead = filter_next_from(s->filter, &s->right, r))) {
        if (!joinkey_take(key, r, false)) {
            joiner_hold(s->joiner, r); /* says what is wrong with it */
            continue;
        }
        joinkey_next(key);
        if (is_lacking(key))
            joiner_pass_right(s->joiner, r);
        else if (in_order(s, ON_RIGHT, r))
            break;
    }
    s->joiner->counts.rejected[ON_RIGHT] += s->filter->rejected - before;
}

/* The records ahead that have one key become the window. */
static void open_window(struct sorted *s)
{
    const struct joinkey *ahead = &s->side[ON_RIGHT].key;
    close_window(s);
    buf_add(&s->window, ahead->key);
    do {
        size_t before = s->filter->rejected;
        joiner_hold(s->joiner, &s->ahead);
        s->joiner->counts.rejected[ON_RIGHT] += s->filter->rejected - before;
        read_ahead(s);
    } while (s->has_ahead && span_eq(ahead->key, buf_span(&s->window)));
}

/* Moves the window on to KEY, or behind where it would stand. */
static void move_to(struct sorted *s, struct span key)
{
    const struct joinkey *ahead = &s->side[ON_RIGHT].key;
    if (s->window.len && span_eq(buf_span(&s->window), key))
        return;
    close_window(s);
    while (s->has_ahead && joinkey_order(ahead->key, key) <= 0)
        open_window(s);
    if (s->window.len && !span_eq(buf_span(&s->window), key))
        close_window(s);
}

static void join_next(struct sorted *s, const struct record *r)
{
    struct joinkey *key = &s->side[ON_LEFT].key;
    if (joinkey_take(key, r, false)) {
        joinkey_next(key);
        if (!is_lacking(key)) {
            if (!in_order(s, ON_LEFT, r))
                return;
            move_to(s, key->key);
        }
    }
    joiner_join(s->joiner, r);
}

size_t sorted_join(struct joiner *j, char *const *files)
{
    struct sorted s = {.joiner = j, .filter = j->filter};
    struct record r;
    for (int side = 0; side < 2; side++)
        joinkey_like(&s.side[side].key, &j->key[side]);
    jsonl_open(&s.right, files, 1, j->filter->options.max_line);
    read_ahead(&s);
    while (filter_next(j->filter, &r))
        join_next(&s, &r);
    while (s.has_ahead)
        open_window(&s);
    close_window(&s);
    size_t read = s.right.records;
    jsonl_close(&s.right);
    for (int side = 0; side < 2; side++) {
        joinkey_free(&s.side[side].key);
        buf_free(&s.side[side].last);
        buf_free(&s.side[side].shown);
        buf_free(&s.side[side].text);
    }
    buf_free(&s.window);
    return read;
}
