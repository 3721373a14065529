/* document -- JSON documents, with the way to each place for messages. */
#include "docs/document.h"

#include <stdarg.h>

#include "base/fail.h"
#include "base/fault.h"
#include "base/nearest.h"
#include "document_parts.h"

/* ---- messages ---- */

static void add_place(struct buf *b, const struct document *d)
{
    /* The way is walked from its end, so each part goes in front. */
    struct buf part = {0}, rest = {0};
    for (; d->parent; d = d->parent) {
        buf_clear(&part);
        if (d->key)
            buf_addf(&part, "%s%s", d->parent->parent ? "." : "", d->key);
        else
            buf_addf(&part, "[%zu]", d->index);
        buf_clear(&rest);
        buf_add(&rest, buf_span(b));
        buf_clear(b);
        buf_add(b, buf_span(&part));
        buf_add(b, buf_span(&rest));
    }
    buf_free(&part);
    buf_free(&rest);
}

void document_make_printable(char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)at[i] < 0x20 || at[i] == 0x7f)
            at[i] = '?';
}

static struct fault fault_at(const struct document *d, const char *format, va_list args)
{
    struct buf place = {0};
    add_place(&place, d);
    document_make_printable(place.at, place.len);
    while (d->parent)
        d = d->parent;
    return fault_of(d->file, &place, format, args);
}

void document_fail(const struct document *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct fault fault = fault_at(d, format, args);
    va_end(args);
    fault_throw(fault);
}

void document_fail_freeing(struct buf *words, const struct document *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct fault fault = fault_at(d, format, args);
    va_end(args);
    buf_free(words);
    fault_throw(fault);
}

void document_mention(const struct document *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct fault fault = fault_at(d, format, args);
    va_end(args);
    fault_keep(fault);
}

struct trial {
    const struct document *d;
    void (*read)(void *with, const struct document *d);
    void *with;
};

static void read_trial(void *with)
{
    struct trial *t = with;
    t->read(t->with, t->d);
}

bool document_try(const struct document *d, void (*read)(void *with, const struct document *d),
                  void *with)
{
    struct trial t = {d, read, with};
    return fault_item(read_trial, &t);
}

static const char *type_name(const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "a list";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_NULL:
        return "null";
    default:
        return "true or false";
    }
}

void document_wrong_type(const struct document *d, const char *expected)
{
    document_fail(d, "expected %s, not %s", expected, type_name(d->json));
}

/* ---- members ---- */

void document_must_be_object(const struct document *d)
{
    if (!json_is_object(d->json))
        document_wrong_type(d, "an object");
}

void document_must_be_list(const struct document *d)
{
    if (!json_is_array(d->json))
        document_wrong_type(d, "a list");
}

bool document_get(const struct document *d, const char *key, struct document *member)
{
    document_must_be_object(d);
    json_t *json = json_object_get(d->json, key);
    if (!json || json_is_null(json))
        return false;
    *member = (struct document){.json = json, .parent = d, .key = key};
    return true;
}

void document_need(const struct document *d, const char *key, struct document *member)
{
    if (!document_get(d, key, member))
        document_fail(d, json_object_get(d->json, key) ? "'%s' is null" : "'%s' is missing", key);
}

bool document_next(const struct document *d, struct document *member)
{
    bool started = member->json;
    if (json_is_array(d->json)) {
        size_t index = started ? member->index + 1 : 0;
        json_t *item = json_array_get(d->json, index);
        if (!item)
            return false;
        *member = (struct document){.json = item, .parent = d, .index = index};
        return true;
    }
    document_must_be_object(d);
    void *iterator =
        started ? json_object_iter_next(d->json, member->iterator) : json_object_iter(d->json);
    if (!iterator)
        return false;
    *member = (struct document){.json = json_object_iter_value(iterator),
                                .parent = d,
                                .key = json_object_iter_key(iterator),
                                .iterator = iterator};
    return true;
}

size_t document_count(const struct document *d)
{
    document_must_be_list(d);
    return json_array_size(d->json);
}

/* ---- keys ---- */

static const char *nearest(struct span key, const char *const *keys)
{
    struct nearest near = {0};
    for (; *keys; keys++)
        nearest_try(&near, key, span_of(*keys));
    return near.name.at;
}

static bool is_own(const char *key)
{
    return key[0] == '_' || key[0] == '$' || strncmp(key, "x-", 2) == 0 || strchr(key, ':');
}

static bool is_among(const char *key, const char *const *keys)
{
    while (*keys && strcmp(key, *keys) != 0)
        keys++;
    return *keys;
}

void document_keys(const struct document *d, const char *const *keys)
{
    document_must_be_object(d);
    struct document member = {0};
    while (document_next(d, &member)) {
        if (is_among(member.key, keys) || is_own(member.key))
            continue;
        struct span key = span_of(member.key);
        const char *meant = nearest(key, keys);
        if (json_is_null(member.json))
            document_mention(d, "%s is null (leave it out, or give it a value)", quote(key));
        else if (meant)
            document_mention(d, "unknown key %s (did you mean '%s'?)", quote(key), meant);
        else
            document_mention(d, "unknown key %s", quote(key));
    }
}
