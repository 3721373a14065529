/* missing -- the reasons in a record's `_missing`. */
#include "stream/missing.h"

#include <stdlib.h>

#include "stream/emit.h"

/* The decoded text of a string that outlives the scratch buffer. */
static struct span keep(struct missing *m, const struct value *string)
{
    struct span text = value_text(string, &m->scratch);
    return string->escaped ? arena_copy(&m->arena, text) : text;
}

bool missing_read(struct missing *m, const struct record *r)
{
    missing_clear(m);
    m->object.name = SPAN("_missing");
    const struct value *object = record_find(r, &m->object);
    if (value_missing(object))
        return true;
    if (object->type != VALUE_OBJECT)
        return false;
    struct span rest = object->raw;
    struct value name, reason;
    while (value_next_member(&rest, &name, &reason)) {
        if (reason.type != VALUE_STRING)
            return false;
        missing_add(m, keep(m, &name), keep(m, &reason));
    }
    return true;
}

/* The place of FIELD among the entries, or their count. */
static size_t place_of(struct missing *m, struct span field)
{
    for (size_t i = 0, at = m->guess; i < m->count; i++, at++) {
        if (at >= m->count)
            at = 0;
        if (span_eq(m->entries[at].field, field)) {
            m->guess = at + 1;
            return at;
        }
    }
    return m->count;
}

struct span missing_find(struct missing *m, struct span field)
{
    size_t at = place_of(m, field);
    return at < m->count ? m->entries[at].reason : (struct span){0};
}

struct span missing_reason(struct missing *m, struct span field, const struct value *v)
{
    struct span reason = missing_find(m, field);
    if (reason.at)
        return reason;
    return v ? SPAN("missing") : SPAN("absent");
}

void missing_add(struct missing *m, struct span field, struct span reason)
{
    m->entries = array_grow(m->entries, &m->cap, m->count + 1, sizeof *m->entries);
    m->entries[m->count++] = (struct missing_entry){field, reason};
}

void missing_set(struct missing *m, struct span field, struct span reason)
{
    size_t at = place_of(m, field);
    if (at < m->count)
        m->entries[at].reason = reason;
    else
        missing_add(m, field, reason);
}

void missing_drop(struct missing *m, struct span field)
{
    size_t at = place_of(m, field);
    if (at == m->count)
        return;
    m->count--;
    memmove(m->entries + at, m->entries + at + 1, (m->count - at) * sizeof *m->entries);
}

void missing_clear(struct missing *m)
{
    m->count = m->guess = 0;
    arena_clear(&m->arena);
}

void missing_emit(const struct missing *m, struct buf *b)
{
    buf_addc(b, '{');
    for (size_t i = 0; i < m->count; i++)
        emit_string_field(b, m->entries[i].field, m->entries[i].reason);
    buf_addc(b, '}');
}

void missing_free(struct missing *m)
{
    free(m->entries);
    arena_free(&m->arena);
    buf_free(&m->scratch);
    *m = (struct missing){0};
}
