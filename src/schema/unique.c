/* unique -- keys that occur once. */
#include "schema/unique.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/origin.h"
#include "stream/scalar.h"
#include "text/key.h"

void unique_init(struct unique *u, const struct schema *s)
{
    *u = (struct unique){.schema = s};
    u->seen = calloc(s->key_count + 1, sizeof *u->seen);
    u->keys = calloc(s->key_count + 1, sizeof *u->keys);
    if (!u->seen || !u->keys)
        fail_memory();
}

/* The key of the record in B, empty if a part is missing. False if none of its parts may be. */
static bool put_key(struct unique *u, const struct schema_key *key, const struct span *values,
                    struct buf *b)
{
    buf_clear(b);
    for (size_t i = 0; i < key->count; i++) {
        struct value v = value_from(values[key->fields[i]]);
        if (v.type == VALUE_NULL) {
            buf_clear(b);
            u->field = u->schema->fields[key->fields[i]].name;
            return !key->primary;
        }
        bool scalar = v.type != VALUE_LIST && v.type != VALUE_OBJECT;
        key_add(b, KEY_OTHER, scalar ? scalar_spell(&v, &u->spelled, &u->decoded) : v.raw);
    }
    return true;
}

static void say_seen(struct unique *u, const struct schema_key *key, struct unique_place at,
                     const struct span *values)
{
    buf_add(&u->why, SPAN("key "));
    for (size_t i = 0; i < key->count; i++) {
        struct value v = value_from(values[key->fields[i]]);
        buf_addf(&u->why, "%s%s", i ? ", " : "", quote(value_text(&v, &u->decoded)));
    }
    struct span file = u->files.keys[at.file];
    if (span_eq(file, buf_span(&u->file)))
        buf_addf(&u->why, " seen before at line %zu", at.line);
    else
        buf_addf(&u->why, " seen before at %.*s:%zu", SPAN_ARGS(file), at.line);
    u->field = key->count == 1 ? u->schema->fields[key->fields[0]].name : (struct span){0};
}

static struct unique_place place_of(struct unique *u, const struct record *r)
{
    struct unique_place here;
    origin_where(r, &u->file, &here.line);
    here.file = intern_add(&u->files, buf_span(&u->file));
    return here;
}

static bool check(struct unique *u, const struct span *values)
{
    buf_clear(&u->why);
    for (size_t i = 0; i < u->schema->key_count; i++) {
        const struct schema_key *key = &u->schema->keys[i];
        if (!put_key(u, key, values, &u->keys[i])) {
            buf_add(&u->why, SPAN("part of the primary key, but missing"));
            return false;
        }
        size_t index = intern_find(&u->seen[i].keys, buf_span(&u->keys[i]));
        if (u->keys[i].len && index != INTERN_NONE) {
            say_seen(u, key, u->seen[i].places[index], values);
            return false;
        }
    }
    return true;
}

bool unique_take(struct unique *u, const struct record *r, const struct span *values)
{
    struct unique_place here = place_of(u, r);
    if (!check(u, values))
        return false;
    for (size_t i = 0; i < u->schema->key_count; i++) {
        struct unique_seen *seen = &u->seen[i];
        if (u->keys[i].len == 0)
            continue;
        size_t index = intern_add(&seen->keys, buf_span(&u->keys[i]));
        seen->places = array_grow(seen->places, &seen->cap, index + 1, sizeof *seen->places);
        seen->places[index] = here;
    }
    return true;
}

void unique_free(struct unique *u)
{
    for (size_t i = 0; i < u->schema->key_count; i++) {
        intern_free(&u->seen[i].keys);
        free(u->seen[i].places);
        buf_free(&u->keys[i]);
    }
    free(u->seen);
    free(u->keys);
    intern_free(&u->files);
    buf_free(&u->spelled);
    buf_free(&u->decoded);
    buf_free(&u->why);
    buf_free(&u->file);
    *u = (struct unique){0};
}
