/* sole -- keys of one record alone, as JSON lists. */
#include "tables/sole.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/optlist.h"
#include "stream/emit.h"
#include "stream/origin.h"
#include "stream/scalar.h"

void sole_open(struct sole *s, const char *names)
{
    *s = (struct sole){0};
    if (!names)
        return;
    s->count = optlist_names("unique", names, &s->names);
    s->fields = calloc(s->count, sizeof *s->fields);
    if (!s->fields)
        fail_memory();
    for (size_t i = 0; i < s->count; i++)
        s->fields[i].name = s->names.keys[i];
}

/* The key's values as a list; false if one is missing. */
static bool put_key(struct sole *s, const struct record *r)
{
    buf_clear(&s->key);
    buf_addc(&s->key, '[');
    for (size_t i = 0; i < s->count; i++) {
        const struct value *v = record_find(r, &s->fields[i]);
        if (value_missing(v))
            return false;
        bool scalar = v->type != VALUE_LIST && v->type != VALUE_OBJECT;
        emit_item(&s->key);
        buf_add(&s->key, scalar ? scalar_spell(v, &s->scratch, &s->decoded) : v->raw);
    }
    buf_addc(&s->key, ']');
    return true;
}

/* KEY for a message: 'RXX', of several values '"RXX",2020'. */
static const char *show(struct sole *s, struct span key)
{
    struct span rest = key;
    struct value first, second;
    if (value_next(&rest, NULL, &first) && !value_next(&rest, NULL, &second))
        return quote(value_text(&first, &s->decoded));
    return quote((struct span){key.at + 1, key.len - 2});
}

void sole_add(struct sole *s, struct span key, struct span file, size_t line)
{
    size_t before = s->keys.count, at = intern_add(&s->keys, key);
    if (at < before) {
        const struct sole_place *first = &s->places[at];
        fail(STATUS_DATA, "%.*s:%zu: key %s seen before at %.*s:%zu (--unique)", SPAN_ARGS(file),
             line, show(s, key), SPAN_ARGS(s->files.keys[first->file]), first->line);
    }
    s->places = array_grow(s->places, &s->places_cap, at + 1, sizeof *s->places);
    s->places[at] = (struct sole_place){intern_add(&s->files, file), line};
}

void sole_see(struct sole *s, const struct record *r)
{
    size_t line;
    if (s->count == 0 || !put_key(s, r))
        return;
    origin_where(r, &s->file, &line);
    sole_add(s, buf_span(&s->key), buf_span(&s->file), line);
}

void sole_write(const struct sole *s, size_t index, struct buf *b)
{
    emit_name(b, SPAN("key"));
    buf_add(b, s->keys.keys[index]);
    emit_name(b, SPAN("file"));
    emit_any_string(b, s->files.keys[s->places[index].file]);
    emit_count_field(b, SPAN("line"), s->places[index].line);
}

void sole_free(struct sole *s)
{
    free(s->fields);
    free(s->places);
    intern_free(&s->names);
    intern_free(&s->keys);
    intern_free(&s->files);
    buf_free(&s->key);
    buf_free(&s->file);
    buf_free(&s->scratch);
    buf_free(&s->decoded);
    *s = (struct sole){0};
}
