/* columns -- the names of a source against the names in a schema. */
#include "columns_unfound.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"
#include "stream/origin.h"
#include "text/clean.h"

/* A stream in which every record has new names must not fill the memory. */
#define NAMES_KEPT 4096

/* The names that fields go into, and the fields whose columns are told by patterns. */
static void learn_fields(struct columns *c)
{
    const struct schema *s = c->schema;
    size_t cap = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->fields[i].derive.pattern_count) {
            c->gatherers = array_grow(c->gatherers, &c->gatherers_cap, c->gatherer_count + 1,
                                      sizeof *c->gatherers);
            c->gatherers[c->gatherer_count++] = i;
        }
        if (!s->fields[i].into.at)
            continue;
        size_t known = c->intos.count, at = intern_add(&c->intos, s->fields[i].into);
        c->into_field = array_grow(c->into_field, &cap, at + 1, sizeof *c->into_field);
        if (at == known)
            c->into_field[at] = i;
    }
}

void columns_init(struct columns *c, const struct schema *s, struct filter *f)
{
    *c = (struct columns){.schema = s, .filter = f};
    size_t cap = 0;
    c->source = array_grow(NULL, &cap, s->count + 1, sizeof *c->source);
    cap = 0;
    c->into = array_grow(NULL, &cap, s->count + 1, sizeof *c->into);
    c->exact = calloc(s->count + 1, sizeof *c->exact);
    if (!c->exact)
        fail_memory();
    cap = 0;
    c->asked = array_grow(NULL, &cap, s->count + 1, sizeof *c->asked);
    c->gathers = calloc(s->count + 1, sizeof *c->gathers);
    if (!c->gathers)
        fail_memory();
    for (size_t i = 0; i < s->count; i++) {
        c->asked[i] = asked_thing(&f->asked, "field", s->fields[i].name,
                                  "has no column: its answers are all absent", s->file);
        if (derive_is_made(&s->fields[i].derive) || s->fields[i].derive.op == DERIVE_COPY)
            asked_found(&f->asked, c->asked[i]);
    }
    learn_fields(c);
}

/* ---- one name ---- */

/* The one field that has the form number FORM and is not TAKEN (by field; NULL for none), or
 * COLUMNS_NONE. *SHARED becomes whether there are several. */
static size_t field_of_form(const struct schema *s, size_t form, const bool *taken, bool *shared)
{
    size_t field = COLUMNS_NONE;
    *shared = false;
    for (size_t i = s->form_first[form]; i != SCHEMA_NO_FORM && !*shared;
         i = s->form_fields[i].next) {
        if (taken && taken[s->form_fields[i].field])
            continue;
        *shared = field != COLUMNS_NONE;
        field = s->form_fields[i].field;
    }
    return *shared ? COLUMNS_NONE : field;
}

static struct columns_meaning find_meaning(const struct columns *c, struct span name)
{
    const struct schema *s = c->schema;
    struct columns_meaning m = {COLUMNS_EXTRA, COLUMNS_NONE, COLUMNS_NONE};
    size_t exact = intern_find(&s->names, name);
    if (span_eq(name, SPAN("_missing")))
        return (struct columns_meaning){COLUMNS_MISSING, COLUMNS_NONE, COLUMNS_NONE};
    if (name.len && name.at[0] == '_')
        return (struct columns_meaning){COLUMNS_TOOL, COLUMNS_NONE, COLUMNS_NONE};
    size_t into = intern_find(&c->intos, name);
    if (into != INTERN_NONE)
        return (struct columns_meaning){COLUMNS_INTO, c->into_field[into], COLUMNS_NONE};
    if (exact != INTERN_NONE)
        return (struct columns_meaning){COLUMNS_FIELD, s->name_field[exact], COLUMNS_NONE};
    struct buf form = {0};
    bool shared;
    clean_header(&form, name);
    m.form = intern_find(&s->forms, buf_span(&form));
    buf_free(&form);
    if (m.form != COLUMNS_NONE)
        m.field = field_of_form(s, m.form, NULL, &shared);
    m.role = m.field == COLUMNS_NONE ? COLUMNS_EXTRA : COLUMNS_FIELD;
    return m;
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
    c->meanings[index] = find_meaning(c, name);
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
    for (size_t i = 0; i < c->schema->count; i++) {
        c->source[i] = c->into[i] = COLUMNS_NONE;
        c->exact[i] = false;
        c->gathers[i].count = 0;
    }
    c->extra_count = c->tool_count = 0;
    c->clash = c->has_missing = false;
    c->matched = true;
    intern_clear(&c->shape);
}

static void add_extra(struct columns *c, size_t place)
{
    c->extra = array_grow(c->extra, &c->extra_cap, c->extra_count + 1, sizeof *c->extra);
    c->extra[c->extra_count++] = place;
}

static void add_tool(struct columns *c, size_t place)
{
    c->tools = array_grow(c->tools, &c->tools_cap, c->tool_count + 1, sizeof *c->tools);
    c->tools[c->tool_count++] = place;
}

static void fill_field(struct columns *c, size_t field, size_t place)
{
    if (c->source[field] == COLUMNS_NONE) {
        c->source[field] = place;
    } else if (!c->clash) {
        c->clash = true;
        c->clash_first = c->source[field];
        c->clash_second = place;
    }
}

/* The columns that are a field's by their exact name. */
static void match_exactly(struct columns *c, const struct record *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct columns_meaning m = columns_meaning(c, r->fields[i].name);
        if (m.role != COLUMNS_FIELD || m.form != COLUMNS_NONE)
            continue;
        fill_field(c, m.field, i);
        c->exact[m.field] = true;
    }
}

/* A column that is no field's by its exact name: one of a field that is left, or another. */
static void match_loosely(struct columns *c, struct span name, size_t form, size_t place)
{
    bool shared = false;
    size_t field =
        form == COLUMNS_NONE ? COLUMNS_NONE : field_of_form(c->schema, form, c->exact, &shared);
    if (field != COLUMNS_NONE) {
        fill_field(c, field, place);
        return;
    }
    if (shared)
        filter_say(c->filter, "column %s could be one of several fields and is none", quote(name));
    add_extra(c, place);
}

/* Whether a column that is no field's by its exact name belongs to a list of columns. */
static bool gather(struct columns *c, struct span name, size_t place)
{
    struct span part;
    bool taken = false;
    for (size_t i = 0; i < c->gatherer_count; i++) {
        size_t field = c->gatherers[i];
        struct columns_gather *g = &c->gathers[field];
        if (c->exact[field] || !derive_takes(&c->schema->fields[field].derive, name, &part))
            continue;
        g->places = array_grow(g->places, &g->cap, g->count + 1, sizeof *g->places);
        g->places[g->count++] = place;
        taken = true;
    }
    return taken;
}

static void match_others(struct columns *c, const struct record *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct span name = r->fields[i].name;
        struct columns_meaning m = columns_meaning(c, name);
        if (m.role == COLUMNS_INTO) {
            c->into[m.field] = i;
        } else if (m.role == COLUMNS_TOOL || m.role == COLUMNS_MISSING) {
            c->has_missing |= m.role == COLUMNS_MISSING;
            add_tool(c, i);
        } else if ((m.role == COLUMNS_EXTRA || m.form != COLUMNS_NONE) && !gather(c, name, i)) {
            match_loosely(c, name, m.form, i);
        }
    }
}

/* Notes which fields have a column now. */
static void note_found(struct columns *c, const struct record *r)
{
    struct asked *asked = &c->filter->asked;
    size_t line;
    origin_where(r, &c->file, &line);
    for (size_t i = 0; i < c->schema->count; i++) {
        bool has = c->source[i] != COLUMNS_NONE || c->gathers[i].count > 0;
        if (!has || !asked_is_open(asked, c->asked[i]))
            continue;
        asked_found(asked, c->asked[i]);
        c->found++;
    }
}

bool columns_match(struct columns *c, const struct record *r)
{
    bool same = same_shape(c, r);
    c->shape_number = r->shape;
    if (!same) {
        start_match(c);
        for (size_t i = 0; i < r->count; i++)
            intern_add(&c->shape, r->fields[i].name);
        match_exactly(c, r);
        match_others(c, r);
        note_found(c, r);
    }
    if (c->found == 0 && c->looked < COLUMNS_LOOKED)
        columns_look(c, r);
    return !c->clash;
}

const struct value *columns_copied(const struct columns *c, const struct record *r, size_t field)
{
    const struct derive *d = &c->schema->fields[field].derive;
    return d->op == DERIVE_COPY ? columns_cell(c, r, d->sources[0]) : NULL;
}

static void write_reasons(const struct missing *reasons, struct output *out)
{
    size_t before = out->buf.len;
    emit_name(&out->buf, SPAN("_missing"));
    places_name(out->places, &out->buf, before);
    size_t from = out->buf.len;
    missing_emit(reasons, &out->buf);
    places_typed(out->places, from, out->buf.len, VALUE_OBJECT, false);
}

void columns_write_tools(const struct columns *c, const struct record *r,
                         const struct missing *reasons, struct output *out)
{
    bool due = reasons->count > 0;
    for (size_t i = 0; i < c->tool_count; i++) {
        const struct field *f = &r->fields[c->tools[i]];
        if (!span_eq(f->name, SPAN("_missing"))) {
            record_note_field(&out->buf, f, out->places);
        } else if (due) {
            write_reasons(reasons, out);
            due = false;
        }
    }
    if (due)
        write_reasons(reasons, out);
}

void columns_free(struct columns *c)
{
    free(c->source);
    free(c->into);
    free(c->extra);
    free(c->tools);
    free(c->meanings);
    free(c->exact);
    for (size_t i = 0; i < c->schema->count; i++)
        free(c->gathers[i].places);
    free(c->gathers);
    free(c->gatherers);
    free(c->into_field);
    intern_free(&c->intos);
    free(c->asked);
    buf_free(&c->first);
    buf_free(&c->file);
    intern_free(&c->shape);
    intern_free(&c->names);
    *c = (struct columns){0};
}
