/* saved -- decisions.csv, taken up and written again. */
#include "saved.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/writing.h"
#include "stream/csvcell.h"
#include "text/key.h"

/* FILE itself is replaced at each key, so that a file beside it is what is held; it stays behind if
 * the program is killed, and holds nobody up then. */
static void hold(struct saved *k)
{
    buf_addf(&k->lock, "%s.lock", k->file);
    int fd = open(buf_text(&k->lock), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        fail(STATUS_DATA, "cannot write %s: %s", buf_text(&k->lock), strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        fail(STATUS_DATA, "%s: another review decides there (name another file by -o)", k->file);
}

static struct span key_of(struct buf *key, struct span kind, struct span reply, struct span field,
                          struct span text, struct span was)
{
    bool pair = span_eq(kind, SPAN("match")) || span_eq(kind, SPAN("cluster"));
    buf_clear(key);
    key_add(key, KEY_STRING, kind);
    key_add(key, KEY_STRING, reply);
    key_add(key, KEY_STRING, field);
    key_add(key, KEY_STRING, pair ? was : SPAN(""));
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] > ' ')
            buf_addc(key, text.at[i]);
    return buf_span(key);
}

static void take_up(struct item *it, const struct decision *d)
{
    it->value = decision_value(d);
    it->coder = decision_coder(d);
    it->date = decision_date(d);
    it->comment = decision_comment(d).len ? decision_comment(d) : (struct span){0};
}

/* Items by what their rows say of them: by the text too, or by their place alone, which a row
 * without a text means, and which a row about another text shares. */
struct index {
    struct intern known;
    struct buf key;
    size_t *item, cap;
};

static void add_item(struct index *x, struct span key, size_t item)
{
    size_t before = x->known.count, at = intern_add(&x->known, key);
    x->item = array_grow(x->item, &x->cap, at + 1, sizeof *x->item);
    if (at == before)
        x->item[at] = item;
}

static void index_items(struct index *x, const struct items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct item *it = &items->at[i];
        add_item(x, key_of(&x->key, it->kind, it->reply, it->field, it->text, it->was), i);
        if (it->reply.len)
            add_item(x, key_of(&x->key, it->kind, it->reply, it->field, SPAN(""), SPAN("")), i);
    }
}

/* The item that D is about: of its text, or where WHOLE is false that of its place. */
static size_t item_of(struct index *x, const struct decision *d, bool whole)
{
    struct span text = whole ? decision_text(d) : SPAN(""),
                was = whole ? decision_was(d) : SPAN("");
    size_t at = intern_find(&x->known, key_of(&x->key, decision_kind(d), decision_reply(d),
                                              decision_field(d), text, was));
    return at == INTERN_NONE ? SIZE_MAX : x->item[at];
}

static void keep_other(struct saved *k, size_t row, size_t item)
{
    k->others = array_grow(k->others, &k->cap, k->other_count + 1, sizeof *k->others);
    k->others[k->other_count++] = (struct saved_other){row, item};
}

/* Rows before OWN are those of files that are not written. */
static void take_rows(struct saved *k, struct items *items, const char *coder, size_t own)
{
    struct index x = {0};
    index_items(&x, items);
    for (size_t i = 0; i < k->decisions.count; i++) {
        const struct decision *d = &k->decisions.at[i];
        size_t item = item_of(&x, d, true), place = item_of(&x, d, false);
        if (item == SIZE_MAX && decision_text(d).len == 0)
            item = place;
        if (item == SIZE_MAX && i >= own)
            keep_other(k, i, place);
        bool seen =
            i >= own || !items->blind || (coder && span_eq(decision_coder(d), span_of(coder)));
        if (item != SIZE_MAX && seen)
            take_up(&items->at[item], d);
    }
    intern_free(&x.known);
    buf_free(&x.key);
    free(x.item);
}

void saved_load(struct saved *k, const char *file, const struct opt_list *decided,
                const char *coder, struct items *items)
{
    *k = (struct saved){.file = file, .decisions = {.key = DECISIONS_BY_TEXT}};
    for (size_t i = 0; i < decided->count; i++)
        if (strcmp(decided->at[i], file) != 0)
            decisions_load(&k->decisions, decided->at[i], NULL, NULL);
    hold(k);
    size_t own = k->decisions.count;
    bool there = access(file, F_OK) == 0;
    if (there && !decisions_recognise(file))
        fail(STATUS_USAGE, "%s: is there, and holds no decisions (name another file)", file);
    if (there)
        decisions_load(&k->decisions, file, NULL, NULL);
    take_rows(k, items, coder, own);
}

/* Spreadsheets take what begins so as a formula; the reader takes the "'" off again. */
static void add_cell(struct buf *b, struct span text, char end)
{
    struct buf guarded = {0};
    size_t quotes = 0;
    while (quotes < text.len && text.at[quotes] == '\'')
        quotes++;
    if (quotes < text.len && strchr("=+-@\t", text.at[quotes]))
        buf_addc(&guarded, '\'');
    buf_add(&guarded, text);
    csvcell_put(b, buf_span(&guarded), ',');
    buf_addc(b, end);
    buf_free(&guarded);
}

/* The last column stands there only if it is needed. */
static void add_row(struct buf *b, const struct span *cells, bool settling)
{
    size_t count = settling ? 11 : 10;
    for (size_t i = 0; i < count; i++)
        add_cell(b, cells[i].at ? cells[i] : SPAN(""), i + 1 < count ? ',' : '\n');
}

/* Row I of those that are saved along, NULL where its place has been decided anew. */
static const struct decision *other_row(const struct saved *k, const struct items *items, size_t i)
{
    size_t item = k->others[i].item;
    bool gone = item != SIZE_MAX && items->at[item].value.at;
    return gone ? NULL : &k->decisions.at[k->others[i].row];
}

/* Whether any row settles a disagreement. */
static bool settles(const struct saved *k, const struct items *items)
{
    bool any = false;
    for (size_t i = 0; i < k->other_count; i++) {
        const struct decision *d = other_row(k, items, i);
        any |= d && decision_settles(d).len != 0;
    }
    for (size_t i = 0; i < items->count; i++)
        any |= items->at[i].settles.len != 0;
    return any;
}

void saved_add(const struct saved *k, const struct items *items, struct buf *b)
{
    bool settling = settles(k, items);
    buf_add(b, SPAN("kind,by,reply,field,value,was,coder,date,text,comment"));
    buf_add(b, settling ? SPAN(",settles\n") : SPAN("\n"));
    for (size_t i = 0; i < k->other_count; i++) {
        const struct decision *d = other_row(k, items, i);
        if (!d)
            continue;
        struct span cells[DECISION_COLUMNS];
        decision_cells(d, cells);
        add_row(b, cells, settling);
    }
    for (size_t i = 0; i < items->count; i++) {
        const struct item *it = &items->at[i];
        const struct span cells[] = {it->kind,  it->by,      it->reply,  it->field,
                                     it->value, it->was,     it->coder,  it->date,
                                     it->text,  it->comment, it->settles};
        if (it->value.at)
            add_row(b, cells, settling);
    }
}

bool saved_write(const struct saved *k, const struct items *items)
{
    struct buf content = {0}, name = {0};
    saved_add(k, items, &content);
    buf_addf(&name, "%s.new", k->file);
    const char *beside = buf_text(&name);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool good = fd >= 0 && writing_all(fd, buf_span(&content));
    /* what a person decided is on disk before it takes the place of what they did before */
    good = good && (fsync(fd) == 0 || errno == EINVAL || errno == EROFS);
    if (fd >= 0)
        good = close(fd) == 0 && good;
    good = good && rename(beside, k->file) == 0;
    buf_free(&content);
    buf_free(&name);
    return good;
}

void saved_free(struct saved *k)
{
    decisions_free(&k->decisions);
    free(k->others);
    unlink(buf_text(&k->lock));
    buf_free(&k->lock);
}
