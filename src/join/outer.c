/* outer -- records of nulls with reasons. */
#include "join/outer.h"

#include "stream/emit.h"

void outer_init(struct outer *o, const struct joinkey *key)
{
    *o = (struct outer){.key = key};
}

void outer_see(struct outer *o, const struct record *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct span name = r->fields[i].name;
        if (o->at < o->names.count && span_eq(o->names.keys[o->at], name))
            o->at++; /* mostly the same names in the same order */
        else if (!span_starts(name, SPAN("_")))
            o->at = intern_add(&o->names, name) + 1;
        if (o->at >= o->names.count)
            o->at = 0;
    }
}

const struct record *outer_right(struct outer *o, struct span reason)
{
    struct buf *b = &o->text;
    if (b->len && o->made_of == o->names.count && span_eq(buf_span(&o->reason), reason))
        return &o->record;
    o->made_of = o->names.count;
    buf_clear(&o->reason);
    buf_add(&o->reason, reason);
    buf_clear(b);
    buf_addc(b, '{');
    for (size_t i = 0; i < o->names.count; i++) {
        if (joinkey_repeats(o->key, o->names.keys[i]))
            continue;
        emit_name(b, o->names.keys[i]);
        emit_null(b);
    }
    bool any = b->len > 1;
    if (any) {
        emit_name(b, SPAN("_missing"));
        buf_addc(b, '{');
        for (size_t i = 0; i < o->names.count; i++)
            if (!joinkey_repeats(o->key, o->names.keys[i]))
                emit_string_field(b, o->names.keys[i], reason);
        buf_addc(b, '}');
    }
    buf_addc(b, '}');
    scan_buf(&o->scan, b, &o->record);
    return &o->record;
}

/* The place of NAME among the key's fields, or their count. */
static size_t part_of(const struct joinkey *key, struct span name)
{
    size_t at = 0;
    while (at < key->count && !span_eq(key->parts[at].field.name, name))
        at++;
    return at;
}

/* The key of RIGHT under LEFT's name. */
static void emit_part(struct outer *o, size_t part, const struct record *right,
                      const struct joinkey *right_key)
{
    const struct value *v = record_get(right, right_key->parts[part].field.name);
    emit_name(&o->text, o->key->parts[part].field.name);
    buf_add(&o->text, v ? v->raw : SPAN("null"));
}

static void emit_left_reasons(struct outer *o, const struct record *right,
                              const struct joinkey *right_key, struct missing *m)
{
    struct buf *b = &o->text;
    size_t before = b->len;
    emit_name(b, SPAN("_missing"));
    buf_addc(b, '{');
    size_t empty = b->len;
    missing_read(m, right);
    for (size_t i = 0; i < o->key->count; i++) {
        struct span theirs = right_key->parts[i].field.name;
        const struct value *v = record_get(right, theirs);
        if (value_missing(v))
            emit_string_field(b, o->key->parts[i].field.name, missing_reason(m, theirs, v));
    }
    for (size_t i = 0; i < o->names.count; i++)
        if (!joinkey_has(o->key, o->names.keys[i]))
            emit_string_field(b, o->names.keys[i], SPAN("unmatched"));
    if (b->len == empty)
        b->len = before;
    else
        buf_addc(b, '}');
}

const struct record *outer_left(struct outer *o, const struct record *right,
                                const struct joinkey *right_key, struct missing *m)
{
    struct buf *b = &o->text;
    buf_clear(b);
    buf_clear(&o->reason);
    buf_addc(b, '{');
    for (size_t i = 0; i < o->key->count; i++) /* keys that no LEFT record had */
        if (intern_find(&o->names, o->key->parts[i].field.name) == INTERN_NONE)
            emit_part(o, i, right, right_key);
    for (size_t i = 0; i < o->names.count; i++) {
        size_t part = part_of(o->key, o->names.keys[i]);
        if (part < o->key->count) {
            emit_part(o, part, right, right_key);
            continue;
        }
        emit_name(b, o->names.keys[i]);
        emit_null(b);
    }
    emit_left_reasons(o, right, right_key, m);
    buf_addc(b, '}');
    scan_buf(&o->scan, b, &o->record);
    return &o->record;
}

void outer_free(struct outer *o)
{
    intern_free(&o->names);
    buf_free(&o->text);
    buf_free(&o->reason);
    scan_free(&o->scan);
    *o = (struct outer){0};
}
