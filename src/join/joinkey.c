/* joinkey -- the key fields of a join, and the keys that a record has by them. */
#include "join/joinkey.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/optlist.h"
#include "stream/emit.h"
#include "stream/scalar.h"
#include "text/clean.h"
#include "text/key.h"

static void add_part(struct joinkey *k, struct span name)
{
    for (size_t i = 0; i < k->count; i++)
        if (span_eq(k->parts[i].field.name, name))
            fail(STATUS_USAGE, "option '--on' names %s twice (try --help)", quote(name));
    k->parts = array_grow(k->parts, &k->cap, k->count + 1, sizeof *k->parts);
    k->parts[k->count++] = (struct joinkey_part){.field = {.name = arena_copy(&k->names, name)}};
}

/* The pairs FIELD[=RIGHT] of one use of --on. */
static void parse_pairs(struct joinkey *left, struct joinkey *right, const char *word)
{
    struct optlist list;
    enum optlist_status status;
    optlist_open(&list, word, OPTLIST_PAIRS);
    while ((status = optlist_next(&list)) != OPTLIST_END) {
        struct span other = list.value.at ? list.value : list.name;
        if (status == OPTLIST_BAD || list.name.len == 0 || other.len == 0)
            fail(STATUS_USAGE, "option '--on' takes FIELD[=RIGHT][,...], not %s (try --help)",
                 quote(list.item));
        add_part(left, list.name);
        add_part(right, other);
    }
    optlist_close(&list);
}

void joinkey_parse(struct joinkey *left, struct joinkey *right, const char *const *words,
                   size_t count)
{
    *left = *right = (struct joinkey){0};
    for (size_t i = 0; i < count; i++)
        parse_pairs(left, right, words[i]);
}

void joinkey_like(struct joinkey *k, const struct joinkey *other)
{
    *k = (struct joinkey){0};
    for (size_t i = 0; i < other->count; i++)
        add_part(k, other->parts[i].field.name);
    k->rules = other->rules;
    k->is_left = other->is_left;
}

static bool fault(struct joinkey *k, const struct joinkey_part *part, const char *why)
{
    k->fault = why;
    k->fault_field = part->field.name;
    return false;
}

static void add_item(struct joinkey_part *part, const struct value *v)
{
    if (part->count == part->cap)
        part->items = array_grow(part->items, &part->cap, part->count + 1, sizeof *part->items);
    part->items[part->count++] = *v;
}

static bool take_list(struct joinkey *k, struct joinkey_part *part, const struct value *list)
{
    struct span rest = list->raw;
    struct value item;
    part->list = true;
    while (value_next(&rest, NULL, &item)) {
        if (item.type == VALUE_LIST || item.type == VALUE_OBJECT)
            return fault(k, part, "an element of a key's list must be a plain value");
        add_item(part, &item);
    }
    return true;
}

void joinkey_rewind(struct joinkey *k)
{
    k->given = 0;
    for (size_t i = 0; i < k->count; i++)
        k->parts[i].at = 0;
}

bool joinkey_take(struct joinkey *k, const struct record *r, bool lists)
{
    static const struct value none = {{"null", 4}, VALUE_NULL, false};
    joinkey_rewind(k);
    for (size_t i = 0; i < k->count; i++) {
        struct joinkey_part *part = &k->parts[i];
        const struct value *v = record_find(r, &part->field);
        part->count = 0;
        part->list = false;
        part->present = v != NULL;
        if (!v)
            v = &none;
        if (v->type == VALUE_OBJECT)
            return fault(k, part, "an object cannot be a key");
        if (v->type != VALUE_LIST)
            add_item(part, v);
        else if (!lists)
            return fault(k, part, "a list cannot be a key");
        else if (!take_list(k, part, v))
            return false;
    }
    return true;
}

/* What TEXT, of the key's first part, stands for by checked pairs and by succession. */
static struct span follow(struct joinkey *k, struct span text)
{
    const struct joinkey_rules *rules = k->rules;
    struct span alias = {0};
    if (rules->aliases && k->is_left)
        alias = aliases_find(rules->aliases, text);
    if (alias.at) {
        emit_string_field(&k->match, SPAN("alias"), alias);
        text = alias;
    }
    if (!rules->succession)
        return text;
    text = succession_walk(rules->succession, text);
    if (rules->succession->path_count > 1) {
        emit_name(&k->match, k->is_left ? SPAN("path") : SPAN("right_path"));
        succession_emit(rules->succession, &k->match);
    }
    k->body = text;
    k->changed = rules->succession->path_count > 1 || succession_followed(rules->succession, text);
    return text;
}

/* The form in which TEXT compares. */
static struct span form_of(struct joinkey_rules *rules, struct span text)
{
    if (rules->as == JOINKEY_EXACT)
        return text;
    buf_clear(&rules->form);
    if (rules->as == JOINKEY_ORGANISATION)
        organisation_add(&rules->organisation, &rules->form, text);
    else
        clean_fold(&rules->form, clean_text(text, &rules->cleaned));
    return buf_span(&rules->form);
}

static bool add_text(struct joinkey *k, const struct value *v, bool is_first)
{
    struct span text = value_text(v, &k->scratch);
    if (k->rules && k->rules->succession)
        key_add(&k->original_bytes, KEY_STRING, text);
    if (k->rules && is_first)
        text = follow(k, text);
    if (k->rules)
        text = form_of(k->rules, text);
    key_add(&k->bytes, KEY_STRING, text);
    return text.len > 0;
}

/* Adds the part's current item to the key; false if it makes a key that matches nothing. */
static bool add_to_key(struct joinkey *k, const struct joinkey_part *part)
{
    if (part->count == 0)
        return false;
    const struct value *v = &part->items[part->at];
    size_t before = k->bytes.len;
    switch (v->type) {
    case VALUE_STRING:
        return add_text(k, v, part == k->parts);
    case VALUE_NUMBER:
        key_add(&k->bytes, KEY_NUMBER, scalar_spell(v, &k->scratch, &k->digits));
        break;
    case VALUE_TRUE:
    case VALUE_FALSE:
        key_add(&k->bytes, KEY_BOOL, v->raw);
        break;
    default:
        return false;
    }
    buf_add(&k->original_bytes, span_from(k->bytes.at + before, k->bytes.at + k->bytes.len));
    return true;
}

/* On to the next combination of items; the last part turns fastest. */
static bool turn(struct joinkey *k)
{
    for (size_t i = k->count; i-- > 0;) {
        if (++k->parts[i].at < k->parts[i].count)
            return true;
        k->parts[i].at = 0;
    }
    return false;
}

/* The plain string that is the only key of the record, as nearly always; NULL if it is otherwise.
 */
static inline const struct value *sole_string(const struct joinkey *k)
{
    if (k->count != 1 || k->rules || k->parts[0].count != 1)
        return NULL;
    const struct value *v = &k->parts[0].items[0];
    return v->type == VALUE_STRING && !v->escaped && v->raw.len > 2 ? v : NULL;
}

bool joinkey_next(struct joinkey *k)
{
    if (k->given++ > 0 && !turn(k))
        return false;
    buf_clear(&k->bytes);
    const struct value *sole = sole_string(k);
    if (sole) {
        key_add(&k->bytes, KEY_STRING, (struct span){sole->raw.at + 1, sole->raw.len - 2});
        k->key = buf_span(&k->bytes);
        k->lacking = 1;
        return true;
    }
    buf_clear(&k->original_bytes);
    buf_clear(&k->match);
    k->changed = false;
    k->lacking = k->count;
    for (size_t i = 0; i < k->count; i++)
        if (!add_to_key(k, &k->parts[i]) && k->lacking == k->count)
            k->lacking = i;
    k->key = buf_span(&k->bytes);
    k->original = buf_span(&k->original_bytes);
    return true;
}

bool joinkey_is(struct joinkey *k, const struct record *r, struct span key)
{
    if (k->count == 1 &&
        !k->rules) { /* nearly always, and a plain string needs no key made of it */
        const struct value *v = record_find(r, &k->parts[0].field);
        if (v && v->type == VALUE_STRING && !v->escaped && v->raw.len < 0x80)
            return key_is_string(key, (struct span){v->raw.at + 1, v->raw.len - 2});
    }
    joinkey_take(k, r, false);
    joinkey_next(k);
    return span_eq(k->key, key);
}

bool joinkey_write_row(struct joinkey *k, const struct record *r, struct buf *b)
{
    size_t count = 0;
    if (!joinkey_is_list(k))
        return false;
    if (!k->sets)
        k->sets = calloc(k->count, sizeof *k->sets);
    if (!k->sets)
        fail_memory();
    for (size_t i = 0; i < k->count; i++) {
        const struct joinkey_part *part = &k->parts[i];
        if (part->list && part->count)
            k->sets[count++] =
                (struct record_set){.name = part->field, .raw = part->items[part->at].raw};
    }
    record_write_with(b, r, k->sets, count);
    return true;
}

bool joinkey_is_list(const struct joinkey *k)
{
    for (size_t i = 0; i < k->count; i++)
        if (k->parts[i].list && k->parts[i].count)
            return true;
    return false;
}

bool joinkey_has(const struct joinkey *k, struct span field)
{
    for (size_t i = 0; i < k->count; i++)
        if (span_eq(k->parts[i].field.name, field))
            return true;
    return false;
}

int joinkey_order(struct span a, struct span b)
{
    enum key_type ours, theirs;
    struct span one, other;
    while (key_next(&a, &ours, &one) && key_next(&b, &theirs, &other)) {
        if (ours != theirs)
            return ours < theirs ? -1 : 1; /* the letters of bool, number and string are in order */
        int order = ours == KEY_NUMBER ? scalar_order(one, other) : span_order(one, other);
        if (order != 0)
            return order;
    }
    return 0;
}

bool joinkey_tells(struct span name)
{
    return span_eq(name, SPAN("alias")) || span_eq(name, SPAN("path")) ||
           span_eq(name, SPAN("right_path")) || span_eq(name, SPAN("as_at")) ||
           span_eq(name, SPAN("elements"));
}

bool joinkey_repeats(const struct joinkey *right, struct span field)
{
    return !right->rules && joinkey_has(right, field);
}

struct span joinkey_reason(const struct joinkey *k, struct missing *m)
{
    const struct joinkey_part *part = &k->parts[k->lacking];
    if (part->count == 0)
        return SPAN("empty");
    const struct value *v = &part->items[part->at];
    if (v->type == VALUE_STRING)
        return SPAN("blank");
    return part->list ? SPAN("missing")
                      : missing_reason(m, part->field.name, part->present ? v : NULL);
}

void joinkey_emit(const struct joinkey *k, struct buf *b)
{
    if (k->count > 1)
        buf_addc(b, '[');
    for (size_t i = 0; i < k->count; i++) {
        const struct joinkey_part *part = &k->parts[i];
        if (k->count > 1)
            emit_item(b);
        buf_add(b, part->count ? part->items[part->at].raw : SPAN("[]"));
    }
    if (k->count > 1)
        buf_addc(b, ']');
}

void joinkey_show(const struct joinkey *k, struct buf *b)
{
    struct buf scratch = {0};
    for (size_t i = 0; i < k->count; i++) {
        const struct joinkey_part *part = &k->parts[i];
        if (i > 0)
            buf_add(b, SPAN(" + "));
        struct span text = part->count ? value_text(&part->items[part->at], &scratch) : SPAN("[]");
        buf_add(b, span_of(quote(text)));
    }
    buf_free(&scratch);
}

void joinkey_free(struct joinkey *k)
{
    for (size_t i = 0; i < k->count; i++)
        free(k->parts[i].items);
    free(k->parts);
    free(k->sets);
    arena_free(&k->names);
    buf_free(&k->bytes);
    buf_free(&k->original_bytes);
    buf_free(&k->match);
    buf_free(&k->scratch);
    buf_free(&k->digits);
    *k = (struct joinkey){0};
}
