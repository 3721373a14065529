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
    return l->title.at || l->fields.names.count || l->tables.names.count || l->open.count ||
           l->reasons.names.count;
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
    if (l->body_count == 0)
        return;
    emit_name(b, SPAN("records"));
    buf_addc(b, '[');
    for (size_t i = 0; i < l->body_count; i++) {
        emit_item(b);
        buf_add(b, l->bodies[i]);
    }
    buf_addc(b, ']');
}

void labels_add_body(struct labels *l, struct span fields)
{
    l->bodies = array_grow(l->bodies, &l->bodies_cap, l->body_count + 1, sizeof *l->bodies);
    l->bodies[l->body_count++] = arena_copy(&l->arena, fields);
}

void labels_write(struct filter *f, const struct labels *l)
{
    struct buf *b = &f->out.buf;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("kind"), SPAN("labels"));
    if (l->title.at)
        emit_string_field(b, SPAN("title"), l->title);
    if (l->confidence > 0)
        emit_number_field(b, SPAN("confidence"), l->confidence);
    emit_list(b, SPAN("fields"), &l->fields);
    emit_list(b, SPAN("tables"), &l->tables);
    emit_list(b, SPAN("reasons"), &l->reasons);
    emit_name(b, SPAN("public"));
    buf_addc(b, '[');
    for (size_t i = 0; i < l->open.count; i++) {
        emit_item(b);
        emit_string(b, l->open.keys[i]);
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

static bool take_open(struct taking *t)
{
    const struct value *v = record_get(t->r, SPAN("public"));
    if (value_missing(v))
        return true;
    if (v->type != VALUE_LIST) {
        filter_reject(t->f, t->r, SPAN("public"), "expected a list, not %s", scalar_type_name(v));
        return false;
    }
    struct span rest = v->raw;
    struct value item;
    while (value_next(&rest, NULL, &item))
        intern_add(&t->labels->open, value_text(&item, &t->text));
    v = record_get(t->r, SPAN("records"));
    if (!v || v->type != VALUE_LIST)
        return true;
    for (rest = v->raw; value_next(&rest, NULL, &item);)
        if (item.type == VALUE_LIST)
            labels_add_body(t->labels, item.raw);
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
    const struct value *title = record_get(r, SPAN("title"));
    const struct value *confidence = record_get(r, SPAN("confidence"));
    if (confidence)
        scalar_number(confidence, &l->confidence);
    if (!value_missing(title) && title->type != VALUE_STRING)
        filter_reject(f, r, SPAN("title"), "expected a string, not %s", scalar_type_name(title));
    else if (take_list(&t, SPAN("fields"), &l->fields) &&
             take_list(&t, SPAN("tables"), &l->tables) &&
             take_list(&t, SPAN("reasons"), &l->reasons) && take_open(&t) &&
             !value_missing(title) && !l->title.at)
        l->title = arena_copy(&l->arena, value_text(title, &t.text));
    buf_free(&t.name);
    buf_free(&t.text);
}

static void list_free(struct labels_list *list)
{
    intern_free(&list->names);
    free(list->texts);
}

void labels_free(struct labels *l)
{
    list_free(&l->fields);
    list_free(&l->tables);
    list_free(&l->reasons);
    intern_free(&l->open);
    free(l->bodies);
    arena_free(&l->arena);
    *l = (struct labels){0};
}
