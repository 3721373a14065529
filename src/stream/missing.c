/* missing -- the reasons in a record's `_missing`. */
#include "stream/missing.h"

#include <stdlib.h>

#include "base/intern.h"
#include "stream/emit.h"
#include "stream/scan.h"

#define MOST SCAN_FIELDS
#define FEW 32      /* entries that are faster gone through than hashed */
#define PATIENCE 16 /* times that more of them are, before an index is made */

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
    m->fault = "not an object of reasons";
    if (object->type != VALUE_OBJECT)
        return false;
    struct span rest = object->raw;
    struct value name, reason;
    while (value_next_member(&rest, &name, &reason)) {
        if (reason.type != VALUE_STRING)
            return false;
        if (m->count == MOST) {
            m->fault = "more than 131072 reasons";
            return false;
        }
        missing_add(m, keep(m, &name), keep(m, &reason));
    }
    return true;
}

/* ---- looking for a field ---- */

static bool is_of(const struct missing_entry *it, struct span field)
{
    return it->field.at && span_eq(it->field, field);
}

static void put(struct missing *m, size_t place)
{
    size_t slot = intern_hash(m->entries[place].field) & (m->slots_cap - 1);
    while (m->slots[slot])
        slot = (slot + 1) & (m->slots_cap - 1);
    m->slots[slot] = (uint32_t)(place + 1);
}

static void make_index(struct missing *m)
{
    size_t needed = 2 * FEW;
    while (needed < m->end * 2)
        needed *= 2;
    if (needed > m->slots_cap) {
        m->slots = array_grow(m->slots, &m->slots_cap, needed, sizeof *m->slots);
        m->slots_cap = needed;
    }
    memset(m->slots, 0, m->slots_cap * sizeof *m->slots);
    for (size_t i = 0; i < m->end; i++)
        if (m->entries[i].field.at)
            put(m, i);
    m->indexed = true;
}

static size_t place_by_index(const struct missing *m, struct span field)
{
    size_t slot = intern_hash(field) & (m->slots_cap - 1), place;
    for (; (place = m->slots[slot]) != 0; slot = (slot + 1) & (m->slots_cap - 1))
        if (is_of(&m->entries[place - 1], field))
            return place - 1;
    return m->end;
}

/* The place of FIELD among the entries, or their end. */
static size_t place_of(struct missing *m, struct span field)
{
    if (!m->indexed && m->end > FEW && m->passed > PATIENCE * m->end)
        make_index(m);
    if (m->indexed)
        return place_by_index(m, field);
    size_t i = 0, at = m->guess;
    for (; i < m->end; i++, at++) {
        if (at >= m->end)
            at = 0;
        if (is_of(&m->entries[at], field))
            break;
    }
    m->passed += i;
    if (i == m->end)
        return m->end;
    m->guess = at + 1;
    return at;
}

struct span missing_find(struct missing *m, struct span field)
{
    size_t at = place_of(m, field);
    return at < m->end ? m->entries[at].reason : (struct span){0};
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
    m->entries = array_grow(m->entries, &m->cap, m->end + 1, sizeof *m->entries);
    m->entries[m->end++] = (struct missing_entry){field, reason};
    m->count++;
    if (!m->indexed)
        return;
    if (m->end > m->slots_cap / 4 * 3)
        make_index(m);
    else
        put(m, m->end - 1);
}

void missing_set(struct missing *m, struct span field, struct span reason)
{
    size_t at = place_of(m, field);
    if (at < m->end)
        m->entries[at].reason = reason;
    else
        missing_add(m, field, reason);
}

void missing_drop(struct missing *m, struct span field)
{
    size_t at = place_of(m, field);
    if (at == m->end)
        return;
    m->count--;
    m->entries[at] = (struct missing_entry){0};
}

void missing_clear(struct missing *m)
{
    m->count = m->end = m->guess = m->passed = 0;
    m->indexed = false;
    arena_clear(&m->arena);
}

void missing_emit(const struct missing *m, struct buf *b)
{
    buf_addc(b, '{');
    for (size_t i = 0; i < m->end; i++)
        if (m->entries[i].field.at)
            emit_string_field(b, m->entries[i].field, m->entries[i].reason);
    buf_addc(b, '}');
}

void missing_free(struct missing *m)
{
    free(m->entries);
    free(m->slots);
    arena_free(&m->arena);
    buf_free(&m->scratch);
    *m = (struct missing){0};
}
