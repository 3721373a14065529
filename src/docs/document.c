/* document -- JSON documents, with the way to each place for messages. */
#include "docs/document.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/fault.h"
#include "base/nearest.h"

#define READ_BYTES ((size_t)64 * 1024)
#define MOST_MIB 36 /* of memory for one document */

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

/* Keys come from the file, so what a terminal would obey is taken out. */
static void make_printable(char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)at[i] < 0x20 || at[i] == 0x7f)
            at[i] = '?';
}

static struct fault fault_at(const struct document *d, const char *format, va_list args)
{
    struct buf place = {0};
    add_place(&place, d);
    make_printable(place.at, place.len);
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

static _Noreturn void wrong_type(const struct document *d, const char *expected)
{
    document_fail(d, "expected %s, not %s", expected, type_name(d->json));
}

/* ---- loading ---- */

/* All bytes of FD at the end of B; false with errno if a read failed. */
static bool read_all(struct buf *b, int fd)
{
    for (;;) {
        buf_reserve(b, READ_BYTES);
        ssize_t got = read(fd, b->at + b->len, READ_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        b->len += (size_t)got;
    }
}

void document_read(struct buf *b, const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fault_raise(file, "%s", strerror(errno));
    bool good = read_all(b, fd);
    int why = errno;
    close(fd);
    if (good)
        return;
    buf_free(b);
    fault_raise(file, "%s", strerror(why));
}

/* What the library says of an empty file is about brackets. */
static bool is_blank(struct span json)
{
    while (json.len && strchr(" \t\r\n", json.at[0]) && json.at[0])
        json = (struct span){json.at + 1, json.len - 1};
    return json.len == 0;
}

static json_t *parse(struct span json, json_error_t *error)
{
    if (span_starts(json, SPAN("\xEF\xBB\xBF")))
        json = span_from(json.at + 3, span_end(json));
    json_t *root = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
    if (!root && is_blank(json))
        snprintf(error->text, sizeof error->text, "there is nothing in it");
    return root;
}

static struct document root_of(const char *file, json_t *json, json_error_t *error)
{
    if (!json) {
        make_printable(error->text, strlen(error->text));
        fault_raise_at(file, (size_t)error->line, (size_t)error->column, "not valid JSON: %s",
                       error->text);
    }
    return (struct document){.json = json, .file = file};
}

struct document document_parse(const char *file, struct span json)
{
    json_error_t error;
    json_t *root = parse(json, &error);
    return root_of(file, root, &error);
}

/* About the bytes that Jansson takes for JSON: each object, list, member and value is some blocks
 * of memory beside its text. Measured with version 2.14; counts what stands in texts as well. */
static size_t weight_of(struct span json)
{
    static const unsigned short weights[256] = {['{'] = 260, ['['] = 130, [','] = 110, [':'] = 80};
    size_t weight = json.len;
    for (size_t i = 0; i < json.len; i++)
        weight += weights[(unsigned char)json.at[i]];
    return weight;
}

static void check_weight(const char *file, struct buf *text)
{
    if (weight_of(buf_span(text)) <= (size_t)MOST_MIB * 1024 * 1024)
        return;
    size_t len = text->len;
    buf_free(text);
    fault_raise(file, "is too large: its %zu bytes of JSON would take more than %d MiB of memory",
                len, MOST_MIB);
}

struct document document_load(const char *file)
{
    json_error_t error;
    struct buf text = {0};
    document_read(&text, file);
    check_weight(file, &text);
    json_t *root = parse(buf_span(&text), &error);
    buf_free(&text);
    return root_of(file, root, &error);
}

void document_free(struct document *root)
{
    json_decref(root->json);
    root->json = NULL;
}

/* ---- members ---- */

void document_must_be_object(const struct document *d)
{
    if (!json_is_object(d->json))
        wrong_type(d, "an object");
}

void document_must_be_list(const struct document *d)
{
    if (!json_is_array(d->json))
        wrong_type(d, "a list");
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

/* ---- values ---- */

struct span document_text(const struct document *d)
{
    if (!json_is_string(d->json))
        wrong_type(d, "a string");
    return (struct span){json_string_value(d->json), json_string_length(d->json)};
}

bool document_bool(const struct document *d)
{
    if (!json_is_boolean(d->json))
        wrong_type(d, "true or false");
    return json_is_true(d->json);
}

double document_number(const struct document *d)
{
    if (!json_is_number(d->json))
        wrong_type(d, "a number");
    return json_number_value(d->json);
}

size_t document_size(const struct document *d)
{
    if (!json_is_number(d->json))
        wrong_type(d, "a whole number");
    double number = json_number_value(d->json);
    if (number < 0 || number != floor(number) || number > 9007199254740992.0)
        document_fail(d, "expected a whole number from 0");
    return (size_t)number;
}

int document_word(const struct document *d, const struct choice *choices)
{
    int value;
    struct span text = document_text(d);
    if (choice_find(choices, text, &value))
        return value;
    struct buf words = {0};
    choice_list(&words, choices, "|");
    document_fail_freeing(&words, d, "%s is none of %s", quote(text), buf_text(&words));
}

/* ---- values that may be absent ---- */

/* What is read by document_try(), and what it is if that fails. */
struct taken {
    const struct choice *choices;
    struct span text;
    double number;
    size_t size;
    int word;
    bool truth;
};

static void take_text(void *with, const struct document *d)
{
    ((struct taken *)with)->text = document_text(d);
}

static void take_bool(void *with, const struct document *d)
{
    ((struct taken *)with)->truth = document_bool(d);
}

static void take_number(void *with, const struct document *d)
{
    ((struct taken *)with)->number = document_number(d);
}

static void take_size(void *with, const struct document *d)
{
    ((struct taken *)with)->size = document_size(d);
}

static void take_word(void *with, const struct document *d)
{
    struct taken *t = with;
    t->word = document_word(d, t->choices);
}

static void take(const struct document *d, const char *key,
                 void (*read)(void *with, const struct document *d), struct taken *t)
{
    struct document member;
    if (document_get(d, key, &member))
        document_try(&member, read, t);
}

struct span document_text_or(const struct document *d, const char *key, struct span otherwise)
{
    struct taken t = {.text = otherwise};
    take(d, key, take_text, &t);
    return t.text;
}

bool document_bool_or(const struct document *d, const char *key, bool otherwise)
{
    struct taken t = {.truth = otherwise};
    take(d, key, take_bool, &t);
    return t.truth;
}

double document_number_or(const struct document *d, const char *key, double otherwise)
{
    struct taken t = {.number = otherwise};
    take(d, key, take_number, &t);
    return t.number;
}

size_t document_size_or(const struct document *d, const char *key, size_t otherwise)
{
    struct taken t = {.size = otherwise};
    take(d, key, take_size, &t);
    return t.size;
}

int document_word_or(const struct document *d, const char *key, const struct choice *choices,
                     int otherwise)
{
    struct taken t = {.choices = choices, .word = otherwise};
    take(d, key, take_word, &t);
    return t.word;
}
