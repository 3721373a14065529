/* document_values -- what stands at a place, as the type that is wanted there. */
#include <math.h>

#include "base/fail.h"
#include "document_parts.h"

struct span document_text(const struct document *d)
{
    if (!json_is_string(d->json))
        document_wrong_type(d, "a string");
    return (struct span){json_string_value(d->json), json_string_length(d->json)};
}

bool document_bool(const struct document *d)
{
    if (!json_is_boolean(d->json))
        document_wrong_type(d, "true or false");
    return json_is_true(d->json);
}

double document_number(const struct document *d)
{
    if (!json_is_number(d->json))
        document_wrong_type(d, "a number");
    return json_number_value(d->json);
}

size_t document_size(const struct document *d)
{
    if (!json_is_number(d->json))
        document_wrong_type(d, "a whole number");
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
