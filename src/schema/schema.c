/* schema -- the table: its fields, their names in source columns, its keys. */
#include "schema/schema.h"

#include <stdlib.h>

#include "base/fail.h"
#include "schema_read.h"
#include "text/clean.h"

#define MAX_FIELDS 16384 /* columns of a sheet */

static const char *const TABLE_KEYS[] = {"fields",    "missingValues", "primaryKey",  "uniqueKeys",
                                         "blankIsNo", "fieldsMatch",   "foreignKeys", "name",
                                         "title",     "description",   NULL};

/* ---- names of columns ---- */

/* The form in which a column that has no field's exact name is compared. */
static void add_form(struct schema *s, const struct document *d, size_t field, struct span name)
{
    struct buf form = {0};
    clean_header(&form, name);
    if (form.len == 0)
        document_fail(d, "%s names no column", quote(name));
    size_t known = s->forms.count, index = intern_add(&s->forms, buf_span(&form));
    buf_free(&form);
    s->form_first = array_grow(s->form_first, &s->form_first_cap, index + 1, sizeof *s->form_first);
    if (index == known)
        s->form_first[index] = SCHEMA_NO_FORM;
    s->form_fields =
        array_grow(s->form_fields, &s->forms_cap, s->form_count + 1, sizeof *s->form_fields);
    size_t *place = &s->form_first[index];
    for (; *place != SCHEMA_NO_FORM; place = &s->form_fields[*place].next)
        if (s->form_fields[*place].field == field)
            return;
    *place = s->form_count;
    s->form_fields[s->form_count++] = (struct schema_form){index, field, SCHEMA_NO_FORM};
}

static void add_name(struct schema *s, const struct document *d, size_t field, struct span name)
{
    size_t before = s->names.count;
    size_t index = intern_add(&s->names, name);
    if (index < before && s->name_field[index] != field)
        document_fail(d, "%s means field %s already", quote(name),
                      quote(s->fields[s->name_field[index]].name));
    s->name_field = array_grow(s->name_field, &s->names_cap, index + 1, sizeof *s->name_field);
    s->name_field[index] = field;
    add_form(s, d, field, name);
}

static void add_names(struct schema *s, const struct document *d, size_t field)
{
    struct document title, aliases, alias = {0};
    add_name(s, d, field, s->fields[field].name);
    if (derive_is_made(&s->fields[field].derive))
        return; /* an earlier run's, to be made again: it has no column of its own */
    if (document_get(d, "title", &title))
        add_name(s, &title, field, document_text(&title));
    if (!document_get(d, "aliases", &aliases))
        return;
    document_must_be_list(&aliases);
    while (document_next(&aliases, &alias))
        add_name(s, &alias, field, document_text(&alias));
}

/* The comparable form of an organisation's name goes to a field that no column
 * and no other field fills. */
static void check_into(const struct schema *s, const struct document *root, size_t field)
{
    struct span into = s->fields[field].into;
    struct buf form = {0};
    clean_header(&form, into);
    if (intern_find(&s->forms, buf_span(&form)) != INTERN_NONE)
        document_fail(root, "field %s: 'into' %s is another field", quote(s->fields[field].name),
                      quote(into));
    for (size_t i = 0; i < field; i++)
        if (s->fields[i].into.at && span_eq(s->fields[i].into, into))
            document_fail(root, "field %s: 'into' %s is used twice", quote(s->fields[field].name),
                          quote(into));
    buf_free(&form);
}

/* ---- keys ---- */

static size_t field_named(const struct schema *s, const struct document *d)
{
    struct span name = document_text(d);
    for (size_t i = 0; i < s->count; i++)
        if (span_eq(s->fields[i].name, name))
            return i;
    document_fail(d, "%s is no field", quote(name));
}

static struct schema_key *add_key(struct schema *s, size_t count, bool primary)
{
    s->keys = array_grow(s->keys, &s->keys_cap, s->key_count + 1, sizeof *s->keys);
    struct schema_key *key = &s->keys[s->key_count++];
    *key = (struct schema_key){arena_array(&s->arena, count, sizeof *key->fields), 0, primary};
    return key;
}

/* A key is the name of a field or a list of names. */
static void read_key(struct schema *s, const struct document *d, bool primary)
{
    struct document name = {0};
    if (json_is_string(d->json)) {
        struct schema_key *key = add_key(s, 1, primary);
        key->fields[key->count++] = field_named(s, d);
        return;
    }
    if (document_count(d) == 0)
        document_fail(d, "is empty");
    struct schema_key *key = add_key(s, document_count(d), primary);
    while (document_next(d, &name))
        key->fields[key->count++] = field_named(s, &name);
}

/* A key is compared, so it is one line unless the schema says otherwise. */
static void fold_key(struct schema_field *f)
{
    if (!f->clean_given && f->clean == SCHEMA_TEXT)
        f->clean = SCHEMA_CLEAN;
}

static void read_keys(void *with, const struct document *root)
{
    struct schema *s = with;
    struct document keys, key = {0};
    if (document_get(root, "primaryKey", &keys))
        read_key(s, &keys, true);
    if (document_get(root, "uniqueKeys", &keys)) {
        document_must_be_list(&keys);
        while (document_next(&keys, &key))
            read_key(s, &key, false);
    }
    for (size_t i = 0; i < s->count; i++) {
        if (!s->fields[i].unique)
            continue;
        struct schema_key *own = add_key(s, 1, false);
        own->fields[own->count++] = i;
    }
    for (size_t k = 0; k < s->key_count; k++)
        for (size_t i = 0; i < s->keys[k].count; i++)
            fold_key(&s->fields[s->keys[k].fields[i]]);
}

/* ---- the table ---- */

static void read_field(void *with, const struct document *d)
{
    struct schema_reader *rd = with;
    schema_read_field(rd, d, &rd->schema->fields[rd->schema->count]);
}

static void name_field(void *with, const struct document *d)
{
    struct schema *s = with;
    add_names(s, d, s->count);
}

static void read_fields(struct schema_reader *rd, const struct document *root)
{
    struct schema *s = rd->schema;
    struct document fields, field = {0};
    document_need(root, "fields", &fields);
    if (document_count(&fields) > MAX_FIELDS)
        document_fail(&fields, "%zu fields, more than %d", document_count(&fields), MAX_FIELDS);
    s->fields = arena_array(&s->arena, document_count(&fields), sizeof *s->fields);
    while (document_next(&fields, &field)) {
        document_try(&field, read_field, rd);
        s->has_made |= derive_is_made(&s->fields[s->count].derive);
        if (s->fields[s->count].name.len) /* one without has been told */
            document_try(&field, name_field, s);
        s->count++;
    }
    for (size_t i = 0; i < s->count; i++)
        if (s->fields[i].into.at)
            check_into(s, root, i);
}

struct loading {
    struct schema_reader reader;
    struct document root;
};

static void read_schema(void *with)
{
    struct loading *l = with;
    struct schema *s = l->reader.schema;
    l->root = document_load(s->file);
    document_keys(&l->root, TABLE_KEYS);
    l->reader.has_missing = document_get(&l->root, "missingValues", &l->reader.missing);
    s->blank_is_no = document_bool_or(&l->root, "blankIsNo", false);
    read_fields(&l->reader, &l->root);
    document_try(&l->root, read_keys, s);
}

bool schema_load(struct schema *s, const char *file, struct fault *fault)
{
    struct loading l = {.reader = {.schema = s}};
    *s = (struct schema){.file = file};
    bool good = fault_catch(fault, read_schema, &l);
    cast_free(&l.reader.cast);
    document_free(&l.root);
    return good;
}

void schema_free(struct schema *s)
{
    for (size_t i = 0; i < s->count; i++) {
        struct schema_field *f = &s->fields[i];
        words_free(&f->words);
        derive_free(&f->derive);
        pattern_free(f->pattern);
        intern_free(&f->values);
        intern_free(&f->categories);
    }
    intern_free(&s->names);
    free(s->name_field);
    intern_free(&s->forms);
    free(s->form_fields);
    free(s->form_first);
    free(s->keys);
    arena_free(&s->arena);
    *s = (struct schema){0};
}
