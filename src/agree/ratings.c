#include "agree/ratings.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/scalar.h"

void ratings_init(struct ratings *c, struct span *names, size_t count)
{
    *c = (struct ratings){.coders = names, .coder_count = count};
}

size_t ratings_unit(struct ratings *c, struct span key, struct span json)
{
    size_t before = c->units.count;
    size_t unit = intern_add(&c->units, key);
    if (unit < before)
        return unit;
    if (unit >= SIZE_MAX / c->coder_count - 1)
        fail_memory();
    size_t needed = (unit + 1) * c->coder_count;
    c->by_unit = array_grow(c->by_unit, &c->by_unit_cap, needed, sizeof *c->by_unit);
    for (size_t i = unit * c->coder_count; i < needed; i++)
        c->by_unit[i] = (struct rating){0};
    c->keys = array_grow(c->keys, &c->keys_cap, unit + 1, sizeof *c->keys);
    c->texts = array_grow(c->texts, &c->texts_cap, unit + 1, sizeof *c->texts);
    c->keys[unit] = json.at == key.at ? c->units.keys[unit] : arena_copy(&c->arena, json);
    c->texts[unit] = (struct span){0};
    return unit;
}

void ratings_text(struct ratings *c, size_t unit, const struct value *text)
{
    if (!value_missing(text) && !c->texts[unit].at)
        c->texts[unit] = arena_copy(&c->arena, text->raw);
}

bool rating_has(const struct rating *coding, size_t code)
{
    for (size_t i = 0; i < coding->count; i++)
        if (coding->codes[i] == code)
            return true;
    return false;
}

bool rating_same(const struct rating *a, const struct rating *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!rating_has(b, a->codes[i]))
            return false;
    return true;
}

static size_t list_length(const struct value *v)
{
    struct span rest = v->raw;
    struct value item;
    size_t length = 0;
    while (value_next(&rest, NULL, &item))
        length++;
    return length;
}

static const char *add_code(struct ratings *c, struct rating *coding, const struct value *v)
{
    if (v->type == VALUE_LIST || v->type == VALUE_OBJECT)
        return "a code cannot be a list or an object";
    if (v->type == VALUE_NULL)
        return "a code cannot be null";
    size_t code = intern_add(&c->codes, scalar_spell(v, &c->scratch, &c->decoded));
    if (!rating_has(coding, code))
        coding->codes[coding->count++] = code;
    return NULL;
}

const char *ratings_add(struct ratings *c, size_t unit, size_t coder, const struct value *v)
{
    struct rating *coding = &c->by_unit[unit * c->coder_count + coder];
    if (coding->given)
        return "coded before by the same coder";
    if (value_missing(v))
        return NULL;
    if (v->type == VALUE_OBJECT)
        return "an object is no coding";
    coding->given = true;
    const char *wrong = NULL;
    if (v->type != VALUE_LIST) {
        coding->codes = arena_array(&c->arena, 1, sizeof *coding->codes);
        return add_code(c, coding, v);
    }
    c->multiple = true;
    coding->codes = arena_array(&c->arena, list_length(v), sizeof *coding->codes);
    struct span rest = v->raw;
    struct value item;
    while (!wrong && value_next(&rest, NULL, &item))
        wrong = add_code(c, coding, &item);
    return wrong;
}

void ratings_free(struct ratings *c)
{
    intern_free(&c->units);
    intern_free(&c->codes);
    free(c->by_unit);
    free(c->keys);
    free(c->texts);
    arena_free(&c->arena);
    buf_free(&c->scratch);
    buf_free(&c->decoded);
    *c = (struct ratings){0};
}
