/* flat -- records as rows of cells. */
#include "stream/flat.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/optlist.h"

void flat_ask(struct flat *t, struct filter *f, const char *fields)
{
    if (t->reasons && *t->missing)
        fail(STATUS_USAGE, "options '--missing' and '--reasons' exclude each other (try --help)");
    if (fields)
        optlist_names("fields", fields, &t->names);
    t->are_asked = fields != NULL;
    for (size_t i = 0; i < t->names.count; i++)
        asked_field(&f->asked, ASKED_MAIN, t->names.keys[i], "--fields");
}

/* Fields that the tools keep beside the answers, and that are more than a cell holds. */
static bool is_aside(const struct field *field)
{
    return field->name.len && field->name.at[0] == '_' &&
           (field->value.type == VALUE_OBJECT || field->value.type == VALUE_LIST);
}

bool flat_begin(struct flat *t, struct filter *f, const struct record *r)
{
    for (size_t i = 0; r && !t->are_asked && i < r->count; i++)
        if (!is_aside(&r->fields[i]))
            intern_add(&t->names, r->fields[i].name);
    if (t->names.count == 0) {
        filter_reject(f, r, (struct span){0}, "no field to make a column of (see --fields)");
        return false;
    }
    t->columns = array_grow(t->columns, &t->cap, t->names.count, sizeof *t->columns);
    for (size_t i = 0; i < t->names.count; i++)
        t->columns[i] = (struct lookup){.name = t->names.keys[i]};
    return true;
}

bool flat_next(struct flat *t, struct filter *f, const struct record *r)
{
    if (!t->reasons || missing_read(&t->reading, r))
        return true;
    filter_reject(f, r, SPAN("_missing"), "%s", t->reading.fault);
    return false;
}

/* One value, not missing, as text. False if no cell can hold it: then R is rejected. */
static bool plain_text(struct flat *t, struct filter *f, const struct record *r,
                       const struct lookup *c, const struct value *v, struct span *text)
{
    *text = value_text(v, &t->scratch);
    if (v->type != VALUE_STRING || !v->escaped || !memchr(text->at, '\0', text->len))
        return true;
    filter_reject(f, r, c->name, "%s holds a NUL character, which CSV cannot", quote(*text));
    return false;
}

static bool list_text(struct flat *t, struct filter *f, const struct record *r,
                      const struct lookup *c, const struct value *list, struct span *text)
{
    struct span separator = span_of(t->list_separator), rest = list->raw;
    struct value item;
    buf_clear(&t->list);
    for (bool first = true; value_next(&rest, NULL, &item); first = false) {
        struct span part = {"", 0};
        if (item.type != VALUE_NULL && !plain_text(t, f, r, c, &item, &part))
            return false;
        if (part.len && separator.len && memmem(part.at, part.len, separator.at, separator.len)) {
            filter_reject(f, r, c->name, "item %s holds %s (see --list-separator)", quote(part),
                          quote(separator));
            return false;
        }
        if (!first)
            buf_add(&t->list, separator);
        buf_add(&t->list, part);
    }
    *text = buf_span(&t->list);
    return true;
}

bool flat_text(struct flat *t, struct filter *f, const struct record *r, size_t i,
               const struct value **v, struct span *text)
{
    struct lookup *c = &t->columns[i];
    *v = record_find(r, c);
    if (value_missing(*v)) {
        *text = t->reasons ? missing_reason(&t->reading, c->name, *v) : span_of(t->missing);
        return true;
    }
    return (*v)->type == VALUE_LIST ? list_text(t, f, r, c, *v, text)
                                    : plain_text(t, f, r, c, *v, text);
}

bool flat_end(struct flat *t, struct filter *f, const struct record *r, size_t found)
{
    if (found == r->count || t->are_asked)
        return true;
    for (size_t i = 0; i < r->count; i++) {
        if (intern_find(&t->names, r->fields[i].name) != INTERN_NONE)
            continue;
        if (!span_starts(r->fields[i].name, SPAN("_"))) { /* the tools' own may come and go */
            filter_reject(f, r, r->fields[i].name,
                          "no column, as the first record has no such field (see --fields)");
            return false;
        }
        t->left_out++;
    }
    return true;
}

void flat_tell(const struct flat *t, struct filter *f)
{
    if (t->left_out)
        filter_say(f, "values of fields such as _missing left out: %zu (see --fields, --reasons)",
                   t->left_out);
    filter_count(f, "columns", t->names.count);
    filter_count(f, "left_out", t->left_out);
}

void flat_free(struct flat *t)
{
    intern_free(&t->names);
    missing_free(&t->reading);
    free(t->columns);
    buf_free(&t->list);
    buf_free(&t->scratch);
}
