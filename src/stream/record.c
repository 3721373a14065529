#include "stream/record.h"

#include "base/intern.h"
#include "base/utf8.h"
#include "stream/emit.h"
#include "stream/places.h"

size_t record_search(const struct record *r, struct lookup *l)
{
    size_t place = 0;
    if (r->names)
        place = intern_find(r->names, l->name);
    else
        while (place < r->count && !span_eq(r->fields[place].name, l->name))
            place++;
    if (place > r->count) /* INTERN_NONE */
        place = r->count;
    size_t slot = r->shape % LOOKUP_SHAPES;
    l->known[slot].shape = r->shape;
    l->known[slot].place = place;
    return place;
}

const struct value *record_get(const struct record *r, struct span name)
{
    struct lookup l = {.name = name};
    return record_find(r, &l);
}

/* Four hexadecimal digits that are known to be valid. */
static uint32_t hex4(const char *at)
{
    uint32_t code = 0;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 0x20) - 'a' + 10);
        code = code * 16 + digit;
    }
    return code;
}

/* The escape at AT, a backslash: adds what it means and gives the byte behind it. */
static const char *unescape(struct buf *b, const char *at)
{
    switch (at[1]) {
    case 'b':
        buf_addc(b, '\b');
        return at + 2;
    case 'f':
        buf_addc(b, '\f');
        return at + 2;
    case 'n':
        buf_addc(b, '\n');
        return at + 2;
    case 'r':
        buf_addc(b, '\r');
        return at + 2;
    case 't':
        buf_addc(b, '\t');
        return at + 2;
    case 'u':
        break;
    default:
        buf_addc(b, at[1]);
        return at + 2;
    }
    uint32_t code = hex4(at + 2);
    at += 6;
    if (code >= 0xd800 && code <= 0xdbff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(at + 2) - 0xdc00);
        at += 6;
    }
    utf8_add(b, code);
    return at;
}

struct span value_text(const struct value *v, struct buf *scratch)
{
    if (v->type != VALUE_STRING)
        return v->raw;
    struct span inner = {v->raw.at + 1, v->raw.len - 2};
    if (!v->escaped)
        return inner;
    buf_clear(scratch);
    buf_reserve(scratch, inner.len); /* a decoded string is never longer */
    for (const char *at = inner.at, *end = at + inner.len; at < end;) {
        const char *slash = memchr(at, '\\', (size_t)(end - at));
        buf_add(scratch, span_from(at, slash ? slash : end));
        at = slash ? unescape(scratch, slash) : end;
    }
    return buf_span(scratch);
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        at++;
    return at;
}

/* From the opening quote to behind the closing one. */
static const char *string_end(const char *at, const char *end, bool *escaped)
{
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\') {
            *escaped = true;
            at++;
        }
    }
    return at + 1;
}

/* From the opening bracket to behind the closing one; the text is known to be valid. */
static const char *nested_end(const char *at, const char *end)
{
    int depth = 0;
    bool ignored;
    while (at < end) {
        char c = *at;
        if (c == '"') {
            at = string_end(at, end, &ignored);
            continue;
        }
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        at++;
        if (depth == 0)
            break;
    }
    return at;
}

/* The value that starts at AT: fills V and gives the byte behind it. */
static const char *take_value(const char *at, const char *end, struct value *v)
{
    const char *from = at;
    v->escaped = false;
    switch (*at) {
    case '"':
        v->type = VALUE_STRING;
        at = string_end(at, end, &v->escaped);
        break;
    case '{':
    case '[':
        v->type = *at == '{' ? VALUE_OBJECT : VALUE_LIST;
        at = nested_end(at, end);
        break;
    case 't':
        v->type = VALUE_TRUE;
        at += 4;
        break;
    case 'f':
        v->type = VALUE_FALSE;
        at += 5;
        break;
    case 'n':
        v->type = VALUE_NULL;
        at += 4;
        break;
    default:
        v->type = VALUE_NUMBER;
        while (at < end && *at != ',' && *at != '}' && *at != ']' && *at != ' ' && *at != '\t' &&
               *at != '\r' && *at != '\n')
            at++;
    }
    v->raw = span_from(from, at);
    return at;
}

bool value_next(struct span *rest, struct value *name, struct value *item)
{
    const char *at = rest->at, *end = at + rest->len;
    if (rest->len == 0)
        return false;
    at = skip_space(at + 1, end); /* behind the opening bracket or the comma */
    if (at >= end || *at == ']' || *at == '}')
        return false;
    if (name) {
        at = skip_space(take_value(at, end, name), end);
        at = skip_space(at + 1, end);
    }
    at = skip_space(take_value(at, end, item), end);
    *rest = span_from(at, end);
    return true;
}

bool value_member(const struct value *object, struct span name, struct buf *scratch,
                  struct value *item)
{
    if (!object || object->type != VALUE_OBJECT)
        return false;
    struct span rest = object->raw;
    struct value member;
    while (value_next(&rest, &member, item))
        if (span_eq(value_text(&member, scratch), name))
            return true;
    return false;
}

struct value value_from(struct span raw)
{
    struct value v;
    take_value(raw.at, raw.at + raw.len, &v);
    return v;
}

/* The fields from FIRST to before END, which were written as one slice that starts at FROM. */
static void note_fields(struct places *places, const struct record *r, size_t first, size_t end,
                        size_t from)
{
    const char *start = r->fields[first].at;
    if (!places || places_shifted(places, r, first, end, from))
        return;
    for (size_t i = first; i < end; i++) {
        const struct value *v = &r->fields[i].value;
        size_t value = from + (size_t)(v->raw.at - start);
        places_typed(places, value, value + v->raw.len, v->type, v->escaped);
    }
}

void record_note(struct buf *b, const struct record *r, struct places *places)
{
    size_t from = b->len;
    buf_add(b, r->line);
    if (r->count > 0)
        note_fields(places, r, 0, r->count, from + (size_t)(r->fields[0].at - r->line.at));
}

void record_note_field(struct buf *b, const struct field *f, struct places *places)
{
    emit_item(b);
    size_t from = b->len;
    buf_add(b, span_from(f->at, f->value.raw.at));
    places_name(places, b, from);
    buf_add(b, f->value.raw);
    places_field(places, b, f);
}

void record_note_run(struct buf *b, const struct record *r, size_t first, size_t end,
                     struct places *places)
{
    emit_item(b);
    size_t from = b->len;
    buf_add(b, span_from(r->fields[first].at, field_end(&r->fields[end - 1])));
    note_fields(places, r, first, end, from);
}

/* The set with the first place from FROM on that is a field of R, or COUNT. */
static size_t next_set(const struct record *r, const struct record_set *sets, size_t count,
                       size_t from)
{
    size_t next = count;
    for (size_t i = 0; i < count; i++)
        if (sets[i].place >= from && sets[i].place < r->count &&
            (next == count || sets[i].place < sets[next].place))
            next = i;
    return next;
}

static void write_set(struct buf *b, const struct record_set *set, struct places *places)
{
    if (!set->raw.at)
        return;
    size_t before = b->len;
    if (set->key.at) {
        emit_item(b);
        buf_add(b, set->key);
    } else {
        emit_name(b, set->name.name);
    }
    places_name(places, b, before);
    size_t from = b->len;
    buf_add(b, set->raw);
    places_value(places, b, from, b->len);
}

/* Copies the fields, with the sets that belong to one of them in its place. */
static void write_fields(struct buf *b, const struct record *r, const struct record_set *sets,
                         size_t count, struct places *places)
{
    for (size_t from = 0, end; from < r->count; from = end + 1) {
        size_t set = next_set(r, sets, count, from);
        end = set < count ? sets[set].place : r->count;
        if (from < end) /* a run of untouched fields: one slice, as it stood */
            record_note_run(b, r, from, end, places);
        if (set < count)
            write_set(b, &sets[set], places);
    }
}

void record_note_with(struct buf *b, const struct record *r, struct record_set *sets, size_t count,
                      struct places *places)
{
    for (size_t i = 0; i < count; i++)
        sets[i].place = record_place(r, &sets[i].name);
    buf_addc(b, '{');
    write_fields(b, r, sets, count, places);
    for (size_t i = 0; i < count; i++)
        if (sets[i].place >= r->count)
            write_set(b, &sets[i], places);
    buf_addc(b, '}');
}

void record_write(struct buf *b, const struct record *r)
{
    record_note(b, r, NULL);
}

void record_write_with(struct buf *b, const struct record *r, struct record_set *sets, size_t count)
{
    record_note_with(b, r, sets, count, NULL);
}
