#include "profile/draft.h"

#include <stdlib.h>

#include "draft_parts.h"
#include "fits.h"
#include "stream/emit.h"
#include "text/label.h"
#include "text/whether.h"

#define NAME_BYTES 32 /* of a field's name, cut at a word */
#define LONG_BYTES 64 /* of one that is the same as another's up to there */
#define MOST_TABLE 20 /* different values that still make a table */
#define MOST_WORDS 12 /* different texts in numbers' stead that are taken for no answer */

/* ---- names ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

/* The bytes of a sign beyond ASCII, such as a pound or euro sign, at AT: those of U+0080 to U+00BF
 * and U+2000 to U+2FFF. 0 for anything else. */
static size_t sign_bytes(struct span text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    size_t bytes = c == 0xC2 ? 2 : c == 0xE2 ? 3 : 0;
    return at + bytes <= text.len ? bytes : 0;
}

/* Whether TITLE is a name already, such as a schema gave. */
static bool is_name(struct span title)
{
    if (title.len == 0 || !is_word(title.at[0]) || title.at[0] <= '9')
        return false;
    for (size_t i = 0; i < title.len; i++)
        if (!is_word(title.at[i]) && title.at[i] != '_')
            return false;
    return true;
}

/* TITLE as a name of some MOST bytes, cut at a word. */
static void add_slug(struct buf *b, struct span title, size_t most)
{
    size_t start = 0;
    if (is_name(title)) {
        buf_add(b, title);
        return;
    }
    struct label number;
    if (!label_read(title, 0, &number, &start) || !number.terminal)
        start = 0;
    while (start < title.len && strchr("0123456789.() \t", title.at[start]))
        start++;
    if (start == title.len ||
        !is_letter(title.at[start])) /* a year, no numbering: "2021/22 stops" */
        start = 0;
    bool due = false;
    for (size_t i = start; i < title.len; i++) {
        char c =
            title.at[i] >= 'A' && title.at[i] <= 'Z' ? (char)(title.at[i] | 0x20) : title.at[i];
        size_t sign = sign_bytes(title, i);
        if (sign || (!is_word(c) && (unsigned char)c < 0x80)) {
            i += sign ? sign - 1 : 0;
            due = b->len > 0;
            if (b->len >= most * 3 / 4)
                break;
            continue;
        }
        if (due)
            buf_addc(b, '_');
        due = false;
        buf_addc(b, c);
    }
    if (b->len == 0)
        buf_add(b, SPAN("field"));
}

void draft_slug(struct buf *b, struct span title)
{
    add_slug(b, title, NAME_BYTES);
}

/* How many titles have the name that NAME is. */
static size_t namesakes(struct draft *d, struct span name)
{
    if (d->slugs.names.count == 0)
        for (size_t i = 0; i < d->seen->count; i++) {
            buf_clear(&d->text);
            draft_slug(&d->text, d->seen->at[i]->name);
            column_count(&d->slugs, buf_span(&d->text), 1);
        }
    size_t index = intern_find(&d->slugs.names, name);
    return index == INTERN_NONE ? 0 : d->slugs.counts[index];
}

/* Questions that begin alike ("How satisfied are you with pay?") are known by more of their words.
 */
struct span draft_name(struct draft *d, struct span title)
{
    buf_clear(&d->name);
    draft_slug(&d->name, title);
    bool is_column = intern_find(&d->seen->names, title) != INTERN_NONE;
    if (is_column && namesakes(d, buf_span(&d->name)) > 1) {
        buf_clear(&d->name);
        add_slug(&d->name, title, LONG_BYTES);
    }
    size_t stem = d->name.len;
    for (size_t n = 2; intern_find(&d->names, buf_span(&d->name)) != INTERN_NONE; n++) {
        d->name.len = stem;
        buf_addf(&d->name, "_%zu", n);
    }
    intern_add(&d->names, buf_span(&d->name));
    return buf_span(&d->name);
}

struct guess draft_guess(struct draft *d, const struct column *c)
{
    struct guess g = guess_column(c, d->seen->records);
    g.is_key &= g.type != GUESS_NUMBER && g.type != GUESS_MEASURE && !d->has_key;
    d->has_key |= g.is_key;
    return g;
}

void draft_free(struct draft *d)
{
    intern_free(&d->names);
    column_counted_free(&d->slugs);
    buf_free(&d->name);
    buf_free(&d->text);
}

bool draft_are_words(const struct column *c, const struct guess *g,
                     const struct column_counted *others)
{
    bool can = g->type == GUESS_INTEGER || g->type == GUESS_NUMBER || g->type == GUESS_MEASURE ||
               g->type == GUESS_DATE;
    if (!can || c->overflows || others->names.count == 0 || others->names.count > MOST_WORDS)
        return false;
    for (size_t i = 0; i < others->names.count; i++)
        if (!fits_stand_in(others->names.keys[i]))
            return false;
    return true;
}

struct span draft_question(const struct column *c, size_t prefix)
{
    struct span head = {c->name.at, prefix};
    while (head.len && strchr("[(:|>/- ", head.at[head.len - 1]))
        head.len--;
    return head;
}

/* ---- settings, and the fields to code ---- */

/* Walks the fields as draft_schema() does: the name of each, and its guess. */
struct walk {
    struct draft draft;
    size_t next, prefix, grouped;
    struct span name, title;
    const struct column *column;
    struct guess guess;
};

static bool walk_next(struct walk *w)
{
    const struct columns_seen *c = w->draft.seen;
    if (w->next >= c->count)
        return false;
    w->column = c->at[w->next];
    w->grouped = guess_group(c, w->next, &w->prefix);
    w->title = w->grouped ? draft_question(w->column, w->prefix) : w->column->name;
    w->name = draft_name(&w->draft, w->title);
    w->guess = draft_guess(&w->draft, w->column);
    w->next += w->grouped ? w->grouped : 1;
    return true;
}

/* Whether prose answers a yes/no question: most begin so, or the question asks for that. */
static bool is_whether(const struct walk *w)
{
    if (w->guess.type == GUESS_YES_NO)
        return w->guess.others > 0;
    return (w->guess.type == GUESS_PROSE || w->guess.type == GUESS_TEXT) && whether_asked(w->title);
}

void draft_study(struct buf *b, const struct columns_seen *c, struct span file)
{
    struct walk w = {.draft = {.b = b, .seen = c}};
    bool has_key = false, has_yes_no = false;
    buf_add(b, SPAN("{\"foi\":{"));
    emit_string_field(b, SPAN("file"), file);
    while (walk_next(&w) && !has_key)
        if ((has_key = w.guess.is_key && !w.grouped))
            emit_string_field(b, SPAN("key"), w.name);
    buf_addc(b, '}');
    draft_free(&w.draft);
    w = (struct walk){.draft = {.b = b, .seen = c}};
    while (walk_next(&w)) {
        if (w.grouped || !is_whether(&w))
            continue;
        buf_add(b, has_yes_no ? SPAN(",") : SPAN(",\n \"yes_no\":["));
        emit_string(b, w.name);
        has_yes_no = true;
    }
    buf_add(b, has_yes_no ? SPAN("]}") : SPAN("}"));
    draft_free(&w.draft);
}

/* Whether the words of the answers want codes: free text, or a text that a question asks for. */
static bool is_to_code(const struct walk *w)
{
    if (w->grouped || w->guess.is_key)
        return false;
    bool is_asked = w->title.len && w->title.at[w->title.len - 1] == '?' && !is_whether(w);
    return w->guess.type == GUESS_PROSE ||
           (w->guess.type == GUESS_TEXT && (w->guess.separator || is_asked));
}

void draft_codebook(struct buf *b, const struct columns_seen *c)
{
    struct walk w = {.draft = {.b = b, .seen = c}};
    buf_add(b, SPAN("{\"fields\":["));
    while (walk_next(&w)) {
        if (!is_to_code(&w))
            continue;
        emit_item(b);
        buf_addc(b, '{');
        emit_string_field(b, SPAN("from"), w.name);
        buf_clear(&w.draft.text);
        buf_add(&w.draft.text, w.name);
        buf_add(&w.draft.text, SPAN("_code"));
        emit_string_field(b, SPAN("into"), buf_span(&w.draft.text));
        buf_add(b, SPAN(",\"multiple\":true,\"codes\":[]}"));
    }
    buf_add(b, SPAN("]}"));
    draft_free(&w.draft);
}

/* ---- the plan ---- */

static bool is_numeric(enum guess_type type)
{
    return type == GUESS_INTEGER || type == GUESS_NUMBER || type == GUESS_MEASURE ||
           type == GUESS_STATED;
}

/* A line a table, for a person to add " by FIELD" to. */
static void emit_table(struct draft *d, struct span name, enum guess_type type)
{
    emit_item(d->b);
    buf_add(d->b, SPAN("\n  "));
    buf_clear(&d->text);
    if (is_numeric(type))
        buf_add(&d->text, type == GUESS_MEASURE ? SPAN("sum of ") : SPAN("summary of "));
    buf_add(&d->text, name);
    emit_string(d->b, buf_span(&d->text));
}

/* Whether the draft schema gives the field the type of its numbers. */
static bool is_typed(const struct column *c, const struct guess *g)
{
    struct column_counted others = guess_others(c, g);
    bool is = g->others == 0 || draft_are_words(c, g, &others);
    column_counted_free(&others);
    return is;
}

/* Fields that a table says something about: few values, or numbers. */
static bool makes_table(const struct column *c, const struct guess *g)
{
    switch (g->type) {
    case GUESS_YES_NO:
    case GUESS_CATEGORY:
    case GUESS_LIST:
        return !c->overflows && column_distinct(c) <= MOST_TABLE;
    case GUESS_CHOICES:
        return true;
    case GUESS_INTEGER:
    case GUESS_NUMBER:
    case GUESS_MEASURE:
        return is_typed(c, g) && !g->is_key;
    case GUESS_STATED:
        return true;
    default:
        return false;
    }
}

void draft_plan(struct buf *b, const struct columns_seen *c)
{
    struct walk w = {.draft = {.b = b, .seen = c}};
    buf_add(b, SPAN("{\"tables\":["));
    while (walk_next(&w))
        if (w.grouped || makes_table(w.column, &w.guess))
            emit_table(&w.draft, w.name, w.grouped ? GUESS_LIST : w.guess.type);
    buf_add(b, SPAN("]}"));
    draft_free(&w.draft);
}
