/* labels -- one line with what people read for the names of a study. */
#include "cells/labels.h"

#include <stdlib.h>

#include "stream/emit.h"
#include "stream/scalar.h"
#include "text/reason.h"

void labels_add(struct labels *l, struct labels_list *list, struct span name, struct span text)
{
    size_t before = list->names.count;
    if (intern_add(&list->names, name) < before)
        return;
    list->texts = array_grow(list->texts, &list->cap, before + 1, sizeof *list->texts);
    list->texts[before] = arena_copy(&l->arena, text);
}

struct span labels_find(const struct labels_list *list, struct span name)
{
    size_t index = intern_find(&list->names, name);
    return index == INTERN_NONE ? (struct span){0} : list->texts[index];
}

void labels_add_reason(struct buf *b, const struct labels *l, struct span reason)
{
    struct span own = labels_find(&l->reasons, reason);
    if (own.at)
        buf_add(b, own);
    else
        reason_label(b, reason);
}

bool labels_any(const struct labels *l)
{
    return l->title.at || l->fields.names.count || l->tables.names.count || l->records.open.count ||
           l->date.at || l->reasons.names.count;
}

/* ---- written ---- */

static void emit_list(struct buf *b, struct span name, const struct labels_list *list)
{
    emit_name(b, name);
    buf_addc(b, '{');
    for (size_t i = 0; i < list->names.count; i++)
        emit_string_field(b, list->names.keys[i], list->texts[i]);
    buf_addc(b, '}');
}

static void emit_bodies(struct buf *b, const struct labels *l)
{
    if (l->records.count == 0)
        return;
    emit_name(b, SPAN("records"));
    buf_addc(b, '[');
    for (size_t i = 0; i < l->records.count; i++) {
        emit_item(b);
        buf_add(b, l->records.bodies[i]);
    }
    buf_addc(b, ']');
}

void labels_add_body(struct labels *l, struct labels_records *to, struct span fields)
{
    to->bodies = array_grow(to->bodies, &to->cap, to->count + 1, sizeof *to->bodies);
    to->bodies[to->count++] = arena_copy(&l->arena, fields);
}

void labels_write(struct filter *f, const struct labels *l)
{
    struct buf *b = &f->out.buf;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("kind"), SPAN("labels"));
    if (l->title.at)
        emit_string_field(b, SPAN("title"), l->title);
    if (l->date.at)
        emit_string_field(b, SPAN("date"), l->date);
    if (l->confidence > 0)
        emit_number_field(b, SPAN("confidence"), l->confidence);
    emit_list(b, SPAN("fields"), &l->fields);
    emit_list(b, SPAN("tables"), &l->tables);
    emit_list(b, SPAN("reasons"), &l->reasons);
    emit_name(b, SPAN("public"));
    buf_addc(b, '[');
    for (size_t i = 0; i < l->records.open.count; i++) {
        emit_item(b);
        emit_string(b, l->records.open.keys[i]);
    }
    buf_addc(b, ']');
    emit_bodies(b, l);
    buf_addc(b, '}');
    filter_written(f);
}

/* ---- read ---- */

struct taking {
    struct labels *labels;
    struct filter *f;
    const struct record *r;
    struct buf name, text;
};

static bool take_list(struct taking *t, struct span key, struct labels_list *list)
{
    const struct value *v = record_get(t->r, key);
    if (value_missing(v))
        return true;
    struct span rest = v->raw;
    struct value name, item = {.type = VALUE_STRING};
    while (v->type == VALUE_OBJECT && item.type == VALUE_STRING && value_next(&rest, &name, &item))
        if (item.type == VALUE_STRING)
            labels_add(t->labels, list, value_text(&name, &t->name), value_text(&item, &t->text));
    if (v->type == VALUE_OBJECT && item.type == VALUE_STRING)
        return true;
    filter_reject(t->f, t->r, key, "expected an object of strings");
    return false;
}

static bool are_same(const struct intern *a, const struct intern *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = span_eq(a->keys[i], b->keys[i]);
    return same;
}

/* Those of the same fields; OPEN becomes theirs, or goes. */
static struct labels_records *records_of(struct labels *l, struct intern *open)
{
    struct labels_records *found = are_same(&l->records.open, open) ? &l->records : NULL;
    for (size_t i = 0; i < l->more_count && !found; i++)
        if (are_same(&l->more[i].open, open))
            found = &l->more[i];
    if (found) {
        intern_free(open);
        return found;
    }
    if (l->records.open.count == 0) {
        found = &l->records;
    } else {
        l->more = array_grow(l->more, &l->more_cap, l->more_count + 1, sizeof *l->more);
        found = &l->more[l->more_count++];
    }
    *found = (struct labels_records){.open = *open};
    return found;
}

static bool take_open(struct taking *t)
{
    const struct value *v = record_get(t->r, SPAN("public"));
    const struct value *title = record_get(t->r, SPAN("title"));
    struct intern open = {0};
    struct value item;
    if (value_missing(v))
        return true;
    if (v->type != VALUE_LIST) {
        filter_reject(t->f, t->r, SPAN("public"), "expected a list, not %s", scalar_type_name(v));
        return false;
    }
    for (struct span rest = v->raw; value_next(&rest, NULL, &item);)
        intern_add(&open, value_text(&item, &t->text));
    struct labels_records *records = records_of(t->labels, &open);
    if (!value_missing(title) && title->type == VALUE_STRING && !records->title.at)
        records->title = arena_copy(&t->labels->arena, value_text(title, &t->text));
    v = record_get(t->r, SPAN("records"));
    if (!v || v->type != VALUE_LIST)
        return true;
    for (struct span rest = v->raw; value_next(&rest, NULL, &item);)
        if (item.type == VALUE_LIST)
            labels_add_body(t->labels, records, item.raw);
    return true;
}

/* The first that comes stays. */
static bool take_text(struct taking *t, struct span name, struct span *text)
{
    const struct value *v = record_get(t->r, name);
    if (!value_missing(v) && v->type != VALUE_STRING) {
        filter_reject(t->f, t->r, name, "expected a string, not %s", scalar_type_name(v));
        return false;
    }
    if (!value_missing(v) && !text->at)
        *text = arena_copy(&t->labels->arena, value_text(v, &t->text));
    return true;
}

bool labels_is_line(const struct record *r)
{
    const struct value *kind = record_get(r, SPAN("kind"));
    return kind && span_eq(kind->raw, SPAN("\"labels\""));
}

void labels_take(struct labels *l, struct filter *f, const struct record *r)
{
    struct taking t = {.labels = l, .f = f, .r = r};
    const struct value *confidence = record_get(r, SPAN("confidence"));
    if (confidence)
        scalar_number(confidence, &l->confidence);
    (void)(take_text(&t, SPAN("title"), &l->title) && take_text(&t, SPAN("date"), &l->date) &&
           take_list(&t, SPAN("fields"), &l->fields) && take_list(&t, SPAN("tables"), &l->tables) &&
           take_list(&t, SPAN("reasons"), &l->reasons) && take_open(&t)); /* rejected if not */
    buf_free(&t.name);
    buf_free(&t.text);
}

static void list_free(struct labels_list *list)
{
    intern_free(&list->names);
    free(list->texts);
}

static void records_free(struct labels_records *r)
{
    intern_free(&r->open);
    free(r->bodies);
}

void labels_free(struct labels *l)
{
    list_free(&l->fields);
    list_free(&l->tables);
    list_free(&l->reasons);
    records_free(&l->records);
    for (size_t i = 0; i < l->more_count; i++)
        records_free(&l->more[i]);
    free(l->more);
    arena_free(&l->arena);
    *l = (struct labels){0};
}
