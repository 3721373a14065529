/* columns -- the names of a source against the names in a schema. */
#include "schema/columns.h"

#include <stdlib.h>

#include "base/fail.h"
#include "text/clean.h"

/* A stream in which every record has new names must not fill the memory. */
#define NAMES_KEPT 4096

void columns_init(struct columns *c, const struct schema *s, const struct filter *f)
{
    *c = (struct columns){.schema = s, .filter = f};
    size_t cap = 0;
    c->source = array_grow(NULL, &cap, s->count + 1, sizeof *c->source);
    cap = 0;
    c->into = array_grow(NULL, &cap, s->count + 1, sizeof *c->into);
    c->said = calloc(s->count + 1, sizeof *c->said);
    if (!c->said)
        fail_memory();
}

/* ---- one name ---- */

static struct columns_meaning find_meaning(const struct schema *s, struct span name)
{
    if (span_eq(name, SPAN("_missing")))
        return (struct columns_meaning){COLUMNS_MISSING, COLUMNS_NONE};
    if (name.len && name.at[0] == '_')
        return (struct columns_meaning){COLUMNS_TOOL, COLUMNS_NONE};
    for (size_t i = 0; i < s->count; i++)
        if (s->fields[i].into.at && span_eq(s->fields[i].into, name))
            return (struct columns_meaning){COLUMNS_INTO, i};
    struct buf form = {0};
    clean_header(&form, name);
    size_t index = intern_find(&s->names, buf_span(&form));
    buf_free(&form);
    if (index == INTERN_NONE)
        return (struct columns_meaning){COLUMNS_EXTRA, COLUMNS_NONE};
    return (struct columns_meaning){COLUMNS_FIELD, s->name_field[index]};
}

static void say_meaning(const struct columns *c, struct span name, struct columns_meaning meaning)
{
    if (meaning.role == COLUMNS_EXTRA)
        filter_say(c->filter, "column %s is no field of the schema", quote(name));
    if (meaning.role == COLUMNS_FIELD && !span_eq(c->schema->fields[meaning.field].name, name))
        filter_say(c->filter, "column %s is field %s", quote(name),
                   quote(c->schema->fields[meaning.field].name));
}

struct columns_meaning columns_meaning(struct columns *c, struct span name)
{
    size_t index = intern_find(&c->names, name);
    if (index != INTERN_NONE)
        return c->meanings[index];
    if (c->names.count >= NAMES_KEPT)
        intern_clear(&c->names);
    index = intern_add(&c->names, name);
    c->meanings = array_grow(c->meanings, &c->meanings_cap, index + 1, sizeof *c->meanings);
    c->meanings[index] = find_meaning(c->schema, name);
    say_meaning(c, name, c->meanings[index]);
    return c->meanings[index];
}

/* ---- a record ---- */

static bool same_shape(const struct columns *c, const struct record *r)
{
    if (r->shape && r->shape == c->shape_number)
        return true;
    if (!c->matched || r->count != c->shape.count)
        return false;
    for (size_t i = 0; i < r->count; i++)
        if (!span_eq(r->fields[i].name, c->shape.keys[i]))
            return false;
    return true;
}

static void start_match(struct columns *c)
{
    for (size_t i = 0; i < c->schema->count; i++)
        c->source[i] = c->into[i] = COLUMNS_NONE;
    c->extra_count = c->tool_count = 0;
    c->clash = c->has_missing = false;
    c->matched = true;
    intern_clear(&c->shape);
}

static void match_column(struct columns *c, struct span name, size_t place)
{
    struct columns_meaning meaning = columns_meaning(c, name);
    switch (meaning.role) {
    case COLUMNS_INTO:
        c->into[meaning.field] = place;
        break;
    case COLUMNS_EXTRA:
        c->extra = array_grow(c->extra, &c->extra_cap, c->extra_count + 1, sizeof *c->extra);
        c->extra[c->extra_count++] = place;
        break;
    case COLUMNS_TOOL:
    case COLUMNS_MISSING:
        c->has_missing |= meaning.role == COLUMNS_MISSING;
        c->tools = array_grow(c->tools, &c->tools_cap, c->tool_count + 1, sizeof *c->tools);
        c->tools[c->tool_count++] = place;
        break;
    case COLUMNS_FIELD:
        if (c->source[meaning.field] == COLUMNS_NONE) {
            c->source[meaning.field] = place;
        } else if (!c->clash) {
            c->clash = true;
            c->clash_first = c->source[meaning.field];
            c->clash_second = place;
        }
        break;
    }
}

bool columns_match(struct columns *c, const struct record *r)
{
    bool same = same_shape(c, r);
    c->shape_number = r->shape;
    if (same)
        return !c->clash;
    start_match(c);
    for (size_t i = 0; i < r->count; i++) {
        intern_add(&c->shape, r->fields[i].name);
        match_column(c, r->fields[i].name, i);
    }
    for (size_t i = 0; i < c->schema->count; i++) {
        if (c->source[i] != COLUMNS_NONE || c->said[i] || c->clash)
            continue;
        c->said[i] = true;
        filter_say(c->filter, "no column for field %s: its answers are absent",
                   quote(c->schema->fields[i].name));
    }
    return !c->clash;
}

void columns_free(struct columns *c)
{
    free(c->source);
    free(c->into);
    free(c->extra);
    free(c->tools);
    free(c->meanings);
    free(c->said);
    intern_free(&c->shape);
    intern_free(&c->names);
    *c = (struct columns){0};
}
