/* asked -- a list of what to find; fields are marked from the names of the records' shapes. */
#include "stream/asked.h"

#include <stdlib.h>

#include "base/broken.h"
#include "base/fail.h"
#include "stream/scalar.h"

#define NAMES_KEPT 4096

static size_t add(struct asked *a, struct asked_row row)
{
    a->rows = array_grow(a->rows, &a->cap, a->count + 1, sizeof *a->rows);
    row.name = arena_copy(&a->arena, row.name);
    row.of = arena_copy(&a->arena, row.of);
    row.where = arena_text(&a->arena, span_of(row.where));
    a->rows[a->count] = row;
    return a->count++;
}

size_t asked_field(struct asked *a, enum asked_side side, struct span name, const char *where)
{
    struct asked_fields *s = &a->sides[side];
    size_t before = s->names.count, index = intern_add(&s->names, name);
    if (index < before)
        return s->rows[index];
    s->rows = array_grow(s->rows, &s->rows_cap, s->names.count, sizeof *s->rows);
    s->open++;
    return s->rows[index] = add(a, (struct asked_row){.what = "field",
                                                      .name = name,
                                                      .fate = "is in no record",
                                                      .where = where,
                                                      .side = side,
                                                      .is_field = true});
}

size_t asked_value(struct asked *a, struct span field, struct span value, const char *where)
{
    return add(a, (struct asked_row){.what = "value",
                                     .name = value,
                                     .of = field,
                                     .fate = "is in no record that was looked at",
                                     .where = where,
                                     .is_value = true});
}

size_t asked_thing(struct asked *a, const char *what, struct span name, const char *fate,
                   const char *where)
{
    return add(a, (struct asked_row){.what = what, .name = name, .fate = fate, .where = where});
}

/* The text of a value, so that "yse" is near "yes" and the number 1 is near the string "1". */
static struct span text_of(struct asked *a, const struct asked_row *row, struct span name)
{
    struct buf scratch = {0};
    if (!row->is_value)
        return name;
    struct span text = arena_copy(&a->arena, scalar_text(name, &scratch));
    buf_free(&scratch);
    return text;
}

void asked_near_as(struct asked *a, size_t row, struct span wanted, struct span text,
                   struct span candidate)
{
    struct nearest *near = &a->rows[row].near, found = *near;
    nearest_try(&found, wanted, text);
    if (found.name.at != near->name.at || found.distance != near->distance)
        *near = (struct nearest){arena_copy(&a->arena, candidate), found.distance};
}

void asked_near(struct asked *a, size_t row, struct span candidate)
{
    const struct asked_row *asked = &a->rows[row];
    asked_near_as(a, row, text_of(a, asked, asked->name), text_of(a, asked, candidate), candidate);
}

void asked_look(struct asked *a, enum asked_side side, const struct record *r)
{
    struct asked_fields *s = &a->sides[side];
    s->shape = r->shape;
    s->any = true;
    for (size_t i = 0; i < r->count; i++) {
        struct span name = r->fields[i].name;
        size_t index = intern_find(&s->names, name);
        if (index != INTERN_NONE && !a->rows[s->rows[index]].found) {
            a->rows[s->rows[index]].found = true;
            s->open--;
        }
        if (s->met.count < NAMES_KEPT)
            intern_add(&s->met, name);
    }
}

/* ---- at the end ---- */

/* The name for a message: a string's text, unless what it is near to is of another type. */
static const char *shown(const struct asked_row *row, struct span name, struct buf *scratch)
{
    bool strings = row->is_value && row->name.at[0] == '"' &&
                   (!row->near.name.at || row->near.name.at[0] == '"');
    return quote(strings ? scalar_text(name, scratch) : name);
}

static void tell(const struct asked_row *row)
{
    struct buf line = {0}, scratch = {0};
    bool option = row->where[0] == '-';
    if (!option && row->where[0])
        buf_addf(&line, "%s: ", row->where);
    buf_addf(&line, "%s %s ", row->what, shown(row, row->name, &scratch));
    if (row->of.len)
        buf_addf(&line, "of field %s ", quote(row->of));
    buf_addf(&line, "%s", row->fate);
    if (row->near.name.at)
        buf_addf(&line, " (did you mean %s?%s%s)", shown(row, row->near.name, &scratch),
                 option ? " see " : "", option ? row->where : "");
    else if (option)
        buf_addf(&line, " (see %s)", row->where);
    warn("%s", buf_text(&line));
    buf_free(&line);
    buf_free(&scratch);
}

/* Whether it is a value of a field that is told itself. */
static bool is_of_unknown(const struct asked *a, const struct asked_row *row)
{
    const struct asked_fields *s = &a->sides[ASKED_MAIN];
    size_t index = row->is_value ? intern_find(&s->names, row->of) : INTERN_NONE;
    return index != INTERN_NONE && s->any && !a->rows[s->rows[index]].found;
}

/* Tells the row number INDEX if it was not found, and counts it. */
static void tell_if_open(struct asked *a, size_t index)
{
    struct asked_row *row = &a->rows[index];
    const struct intern *met = &a->sides[row->side].met;
    if (row->found || row->told || broken_is())
        return;
    row->told = true;
    a->fields_told += row->is_field;
    if (a->told++ >= ASKED_TOLD)
        return;
    for (size_t i = 0; row->is_field && i < met->count; i++)
        asked_near(a, index, met->keys[i]);
    tell(row);
}

void asked_tell_fields(struct asked *a, enum asked_side side)
{
    for (size_t i = 0; a->sides[side].any && i < a->count; i++)
        if (a->rows[i].is_field && a->rows[i].side == side)
            tell_if_open(a, i);
}

size_t asked_tell(struct asked *a, bool any)
{
    for (size_t i = 0; i < a->count; i++)
        if ((a->rows[i].is_field ? a->sides[a->rows[i].side].any : any) &&
            !is_of_unknown(a, &a->rows[i]))
            tell_if_open(a, i);
    if (a->told > ASKED_TOLD)
        warn("%zu more were not found", a->told - ASKED_TOLD);
    return a->told;
}

void asked_free(struct asked *a)
{
    for (size_t i = 0; i < 2; i++) {
        intern_free(&a->sides[i].names);
        intern_free(&a->sides[i].met);
        free(a->sides[i].rows);
    }
    free(a->rows);
    arena_free(&a->arena);
    *a = (struct asked){0};
}
