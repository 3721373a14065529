/* plan_short -- tables in few words, made into those in many before they are read.
 *
 * "grant by gde" is {"field":"grant","by":"gde"}, "sum of cost by gde" has "sum":true as well, and
 * "summary of cost" "summary":true; {"each":["a","b by c"], ...} is a table for each,
 * with the other keys for all; what "defaults" has holds for every table that does not say it. */
#include "base/fail.h"
#include "plan_read.h"

/* "sum of x" leaves x; what the words before it say is KEY, or NULL for nothing. */
static const char *take_kind(struct span *text)
{
    static const struct {
        struct span words;
        const char *key;
    } kinds[] = {{SPAN_ROW("sum of "), "sum"}, {SPAN_ROW("summary of "), "summary"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (span_starts(*text, kinds[i].words)) {
            *text = (struct span){text->at + kinds[i].words.len, text->len - kinds[i].words.len};
            return kinds[i].key;
        }
    return NULL;
}

static bool ends_with_by(struct span text)
{
    return text.len >= 3 && memcmp(text.at + text.len - 3, " by", 3) == 0;
}

/* All of TEXT up to " by ", and what is behind. */
static json_t *table_of_words(const struct document *d)
{
    struct span text = document_text(d);
    const char *kind = take_kind(&text);
    const char *by = memmem(text.at, text.len, " by ", 4);
    const char *end = span_end(text);
    struct span field = by ? span_from(text.at, by) : text;
    struct span group = by ? span_from(by + 4, end) : (struct span){0};
    if (by && memmem(group.at, group.len, " by ", 4))
        document_fail(d, "more than one ' by ' (write it as {\"field\":...,\"by\":...})");
    if (field.len == 0 || (by && group.len == 0) || ends_with_by(text))
        document_fail(d, "expected 'FIELD' or 'FIELD by OTHER'");
    json_t *table = json_object();
    json_object_set_new(table, "field", json_stringn(field.at, field.len));
    if (kind)
        json_object_set_new(table, kind, json_true());
    if (by)
        json_object_set_new(table, "by", json_stringn(group.at, group.len));
    return table;
}

static void add_table(struct plan_short *s, json_t *table, const struct document *place)
{
    if (s->defaults)
        json_object_update_missing(table, s->defaults);
    struct document d = *place;
    d.json = table;
    d.iterator = NULL;
    json_array_append_new(s->made, table);
    s->take(s->with, &d);
}

struct one_of_each {
    struct plan_short *words;
    const struct document *table; /* with `each` in it */
};

static void add_one(void *with, const struct document *item)
{
    struct one_of_each *one = with;
    json_t *table = table_of_words(item);
    json_object_update_missing(table, one->table->json);
    json_object_del(table, "each");
    add_table(one->words, table, one->table);
}

/* A table for each field that is listed, with the keys of D. */
static void add_each(struct plan_short *s, const struct document *d, struct document *each)
{
    static const char *const single[] = {"field", "id", "title", "label", "flow"};
    struct document item = {0}, member;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (document_get(d, single[i], &member))
            document_mention(&member, "it cannot be that of each table (leave it out, or write "
                                      "the table by itself)");
    document_must_be_list(each);
    if (document_count(each) == 0)
        document_fail(each, "expected at least one field");
    struct one_of_each one = {s, d};
    while (document_next(each, &item))
        document_try(&item, add_one, &one);
}

void plan_short_read(void *words, const struct document *table)
{
    struct plan_short *s = words;
    struct document each;
    if (json_is_string(table->json)) {
        add_table(s, table_of_words(table), table);
    } else {
        if (!json_is_object(table->json))
            document_fail(table, "expected a table, such as \"grant by region\" or "
                                 "{\"field\":\"grant\"}");
        if (document_get(table, "each", &each))
            add_each(s, table, &each);
        else
            add_table(s, json_copy(table->json), table);
    }
}

void plan_short_open(void *words, const struct document *root)
{
    struct plan_short *s = words;
    struct document d, member;
    s->made = json_array();
    if (!s->made)
        fail_memory();
    if (!document_get(root, "defaults", &d))
        return;
    document_must_be_object(&d);
    static const char *const single[] = {"field", "id", "title", "label", "flow", "each"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (document_get(&d, single[i], &member))
            document_mention(&member, "it cannot be that of every table");
    s->defaults = d.json;
}

void plan_short_close(struct plan_short *s)
{
    json_decref(s->made);
}
