#include "profile/draft.h"

#include <stdlib.h>
#include <strings.h>

#include "profile/guess.h"
#include "stream/emit.h"
#include "text/clean.h"

#define NAME_BYTES 32 /* of a field's name, cut at a word */
#define MOST_TABLE 20 /* different values that still make a table */

struct draft {
    struct buf *b;
    const struct columns_seen *seen;
    struct intern names; /* given so far */
    struct buf name, text;
};

/* ---- names ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* "2. Has this team built apps?" becomes has_this_team_built_apps; letters beyond ASCII stay. */
static void add_slug(struct buf *b, struct span title)
{
    size_t start = 0;
    while (start < title.len && strchr("0123456789.() \t", title.at[start]))
        start++;
    if (start == title.len)
        start = 0;
    bool due = false;
    for (size_t i = start; i < title.len; i++) {
        char c =
            title.at[i] >= 'A' && title.at[i] <= 'Z' ? (char)(title.at[i] | 0x20) : title.at[i];
        if (!is_word(c) && (unsigned char)c < 0x80) {
            due = b->len > 0;
            if (b->len >= NAME_BYTES * 3 / 4)
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

/* A name of its own for the field, good until the next one. */
static struct span name_for(struct draft *d, struct span title)
{
    buf_clear(&d->name);
    add_slug(&d->name, title);
    size_t stem = d->name.len;
    for (size_t n = 2; intern_find(&d->names, buf_span(&d->name)) != INTERN_NONE; n++) {
        d->name.len = stem;
        buf_addf(&d->name, "_%zu", n);
    }
    intern_add(&d->names, buf_span(&d->name));
    return buf_span(&d->name);
}

static void draft_free(struct draft *d)
{
    intern_free(&d->names);
    buf_free(&d->name);
    buf_free(&d->text);
}

/* ---- the schema ---- */

static void emit_texts(struct draft *d, struct span key, const struct column *c, char first)
{
    emit_name(d->b, key);
    buf_addc(d->b, '[');
    for (size_t i = 0; i < c->values.names.count; i++) {
        struct span text = c->values.names.keys[i];
        if ((text.at[0] | 0x20) != first)
            continue;
        emit_item(d->b);
        emit_string(d->b, text);
    }
    buf_addc(d->b, ']');
}

/* Yes and y, true; no and n, false: JSON's own booleans need no list. */
static void emit_truth(struct draft *d, const struct column *c)
{
    emit_string_field(d->b, SPAN("type"), SPAN("boolean"));
    bool is_typed = true;
    for (size_t i = 0; i < c->values.names.count && is_typed; i++)
        is_typed = strchr("yYnN", c->values.names.keys[i].at[0]) != NULL;
    if (!is_typed)
        return; /* true and false are the schema's own words */
    emit_texts(d, SPAN("trueValues"), c, 'y');
    emit_texts(d, SPAN("falseValues"), c, 'n');
}

static void emit_date(struct draft *d, const struct column *c, const struct guess *g)
{
    emit_string_field(d->b, SPAN("type"), c->kinds.date_time ? SPAN("datetime") : SPAN("date"));
    if (g->order == GUESS_MONTH_FIRST)
        emit_string_field(d->b, SPAN("format"), SPAN("%m/%d/%Y"));
    else if (g->order != GUESS_ISO)
        emit_string_field(d->b, SPAN("format"), SPAN("any-dmy"));
}

/* The first few values, for a person to see why no type was put down. */
static void describe_others(struct draft *d, const struct column *c, const struct guess *g)
{
    buf_clear(&d->text);
    buf_addf(&d->text, "mostly %s, but %zu of %zu are not", guess_type_name(g->type), g->others,
             c->filled);
    emit_string_field(d->b, SPAN("description"), buf_span(&d->text));
}

static void emit_type(struct draft *d, const struct column *c, const struct guess *g)
{
    bool is_sure = g->others == 0;
    if (!is_sure)
        describe_others(d, c, g);
    if (is_sure && g->type == GUESS_YES_NO)
        emit_truth(d, c);
    else if (is_sure && (g->type == GUESS_INTEGER || g->type == GUESS_NUMBER))
        emit_string_field(d->b, SPAN("type"),
                          g->type == GUESS_INTEGER ? SPAN("integer") : SPAN("number"));
    else if (is_sure && g->type == GUESS_MEASURE) {
        emit_string_field(d->b, SPAN("type"), SPAN("number"));
        emit_name(d->b, SPAN("bareNumber"));
        emit_bool(d->b, false);
        emit_string_field(d->b, SPAN("groupChar"), SPAN(","));
    } else if (is_sure && g->type == GUESS_DATE && g->order != GUESS_MIXED)
        emit_date(d, c, g);
    else if (g->type == GUESS_LIST || g->type == GUESS_OBJECT || g->type == GUESS_EMPTY)
        emit_string_field(d->b, SPAN("type"), SPAN("any"));
    else
        emit_string_field(d->b, SPAN("type"), SPAN("string"));
}

/* Whether two values of a category differ in case alone: "Never" and "never". */
static bool differ_in_case(struct draft *d, const struct column *c)
{
    struct intern lower = {0};
    for (size_t i = 0; i < c->values.names.count; i++) {
        buf_clear(&d->text);
        clean_lower(&d->text, c->values.names.keys[i]);
        intern_add(&lower, buf_span(&d->text));
    }
    bool differ = lower.count < c->values.names.count;
    intern_free(&lower);
    return differ;
}

static void emit_field(struct draft *d, const struct column *c)
{
    struct guess g = guess_column(c, d->seen->records);
    emit_item(d->b);
    buf_add(d->b, SPAN("\n  {"));
    emit_string_field(d->b, SPAN("name"), name_for(d, c->name));
    emit_string_field(d->b, SPAN("title"), c->name);
    emit_type(d, c, &g);
    /* codes that most people typed in capitals */
    if (g.type == GUESS_TEXT && g.is_key && c->kinds.upper < c->filled &&
        c->kinds.upper * 4 >= c->filled * 3)
        emit_string_field(d->b, SPAN("case"), SPAN("upper"));
    if (g.type == GUESS_CATEGORY && differ_in_case(d, c))
        emit_string_field(d->b, SPAN("case"), SPAN("lower"));
    if (g.is_key)
        buf_add(d->b, SPAN(",\"constraints\":{\"required\":true,\"unique\":true}"));
    buf_addc(d->b, '}');
}

static void emit_group(struct draft *d, const struct column *c, size_t prefix)
{
    struct span head = {c->name.at, prefix};
    emit_item(d->b);
    buf_add(d->b, SPAN("\n  {"));
    emit_string_field(d->b, SPAN("name"), name_for(d, head));
    emit_string_field(d->b, SPAN("title"), head);
    emit_string_field(d->b, SPAN("type"), SPAN("list"));
    buf_clear(&d->text);
    buf_add(&d->text, head);
    buf_addc(&d->text, '*');
    emit_name(d->b, SPAN("columns"));
    buf_addc(d->b, '[');
    emit_string(d->b, buf_span(&d->text));
    buf_add(d->b, SPAN("]}"));
}

static struct span reason_of(struct refusal_reader *refusals, struct span text)
{
    struct refusal found = refusal_find(refusals, text);
    return found.kind == REFUSAL_SURE ? found.reason : SPAN("blank");
}

/* Every text that says why there is no answer, in any field, with its reason. */
static void emit_missing(struct draft *d)
{
    struct intern known = {0};
    struct refusal_reader refusals = {0};
    buf_add(d->b, SPAN("\n \"missingValues\":[\n  {\"value\":\"\",\"label\":\"blank\"}"));
    for (size_t i = 0; i < d->seen->count; i++) {
        const struct intern *texts = &d->seen->at[i]->excuses.names;
        for (size_t k = 0; k < texts->count; k++) {
            size_t before = known.count;
            if (intern_add(&known, texts->keys[k]) < before)
                continue;
            buf_add(d->b, SPAN(",\n  {"));
            emit_string_field(d->b, SPAN("value"), texts->keys[k]);
            emit_string_field(d->b, SPAN("label"), reason_of(&refusals, texts->keys[k]));
            buf_addc(d->b, '}');
        }
    }
    buf_addc(d->b, ']');
    refusal_free(&refusals);
    intern_free(&known);
}

void draft_schema(struct buf *b, const struct columns_seen *c)
{
    struct draft d = {.b = b, .seen = c};
    size_t prefix;
    buf_add(b, SPAN("{\"fields\":["));
    for (size_t i = 0; i < c->count;) {
        size_t grouped = guess_group(c, i, &prefix);
        if (grouped)
            emit_group(&d, c->at[i], prefix);
        else
            emit_field(&d, c->at[i]);
        i += grouped ? grouped : 1;
    }
    buf_add(b, SPAN("],"));
    emit_missing(&d);
    buf_addc(b, '}');
    draft_free(&d);
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
    w->title = w->grouped ? (struct span){w->column->name.at, w->prefix} : w->column->name;
    w->name = name_for(&w->draft, w->title);
    w->guess = guess_column(w->column, c->records);
    w->next += w->grouped ? w->grouped : 1;
    return true;
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
        if (w.guess.type != GUESS_YES_NO || w.guess.others == 0 || w.grouped)
            continue;
        buf_add(b, has_yes_no ? SPAN(",") : SPAN(",\n \"yes_no\":["));
        emit_string(b, w.name);
        has_yes_no = true;
    }
    buf_add(b, has_yes_no ? SPAN("]}") : SPAN("}"));
    draft_free(&w.draft);
}

void draft_codebook(struct buf *b, const struct columns_seen *c)
{
    struct walk w = {.draft = {.b = b, .seen = c}};
    buf_add(b, SPAN("{\"fields\":["));
    while (walk_next(&w)) {
        bool is_prose =
            w.guess.type == GUESS_PROSE || (w.guess.type == GUESS_TEXT && w.guess.separator);
        if (w.grouped || !is_prose || w.guess.is_key)
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

static void emit_table(struct draft *d, struct span name, struct span title, enum guess_type type)
{
    emit_item(d->b);
    buf_add(d->b, SPAN("\n  {"));
    emit_string_field(d->b, SPAN("id"), name);
    emit_string_field(d->b, SPAN("title"), title);
    emit_string_field(d->b, SPAN("field"), name);
    if (type == GUESS_INTEGER || type == GUESS_NUMBER || type == GUESS_MEASURE) {
        emit_name(d->b, SPAN("summary"));
        emit_bool(d->b, true);
    }
    buf_addc(d->b, '}');
}

/* Fields that a table says something about: few values, or numbers. */
static bool makes_table(const struct column *c, const struct guess *g)
{
    switch (g->type) {
    case GUESS_YES_NO:
    case GUESS_CATEGORY:
    case GUESS_LIST:
        return !c->overflows && column_distinct(c) <= MOST_TABLE;
    case GUESS_INTEGER:
    case GUESS_NUMBER:
    case GUESS_MEASURE:
        return g->others == 0 && !g->is_key;
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
            emit_table(&w.draft, w.name, w.title, w.grouped ? GUESS_LIST : w.guess.type);
    buf_add(b, SPAN("]}"));
    draft_free(&w.draft);
}
