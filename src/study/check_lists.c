/* check_lists -- what is bad by itself. */
#include "check_lists.h"

#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/nearest.h"
#include "files.h"
#include "schema/schema.h"
#include "stream/jsonl.h"

/* ---- cells that a step rejected ---- */

/* The text of a string member, good until the record moves on; empty if there is none. */
static struct span text_of(const struct record *r, const char *name, struct buf *scratch)
{
    const struct value *v = record_get(r, span_of(name));
    return v && v->type == VALUE_STRING ? value_text(v, scratch) : SPAN("");
}

/* The value in quotes at the start of a reason. */
static struct span quoted_in(struct span reason)
{
    const char *end = reason.len > 1 ? memchr(reason.at + 1, '\'', reason.len - 1) : NULL;
    return reason.len && reason.at[0] == '\'' && end ? span_from(reason.at + 1, end) : SPAN("");
}

static void try_values(struct nearest *near, const struct intern *values, struct span value)
{
    for (size_t i = 0; i < values->count; i++) {
        struct span one = values->keys[i]; /* a text is spelled with its quotes */
        if (one.len > 1 && one.at[0] == '"')
            one = (struct span){one.at + 1, one.len - 2};
        nearest_try(near, value, one);
    }
}

/* What the field allows that is nearest to the value of REASON. */
static const char *nearest_value(struct findings *f, const struct schema *schema, struct span field,
                                 struct span reason)
{
    struct nearest near = {0};
    struct span value = quoted_in(reason);
    for (size_t i = 0; value.len && i < schema->count; i++) {
        if (!span_eq(schema->fields[i].name, field))
            continue;
        try_values(&near, &schema->fields[i].values, value);
        try_values(&near, &schema->fields[i].categories, value);
    }
    return findings_meant(f, &near);
}

/* The schema of the source that a list belongs to, "foi-normalise.jsonl". */
static const struct settings_source *source_of(const struct settings *s, const char *list)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++) {
        const char *name = files_base(source->name);
        size_t len = strlen(name);
        if (strncmp(list, name, len) == 0 && strcmp(list + len, "-normalise.jsonl") == 0)
            return source;
    }
    return NULL;
}

/* What is wrong with a cell, by a line of rejects or of flags; empty for flags of other kinds. */
static struct span complaint(const struct record *r, struct buf *scratch)
{
    struct span kind = text_of(r, "kind", scratch);
    bool is_required = span_eq(kind, SPAN("required"));
    if (kind.len && !is_required && !span_eq(kind, SPAN("invalid")))
        return SPAN("");
    if (kind.len && !is_required)
        return text_of(r, "detail", scratch);
    struct span reason = text_of(r, "reason", scratch);
    if (!is_required)
        return reason;
    struct buf text = {0};
    buf_addf(&text, "required, but missing (%.*s)", SPAN_ARGS(reason));
    buf_clear(scratch);
    buf_add(scratch, buf_span(&text));
    buf_free(&text);
    return buf_span(scratch);
}

static void tell_cell(const struct record *r, const struct schema *schema, struct findings *f)
{
    struct buf file = {0}, field = {0}, reason = {0}, name = {0};
    struct span where = text_of(r, "file", &file), what = complaint(r, &reason);
    struct span of = text_of(r, "field", &field);
    const struct value *line = record_get(r, SPAN("line"));
    if (of.len)
        buf_addf(&name, "field %s: ", quote(of));
    const char *path = arena_text(&f->arena, where); /* of a letter: "inbox/X-1/1.eml" */
    if (what.len)
        findings_add(f, FINDINGS_PROBLEM, "%s:%.*s: %s%.*s%s",
                     *path == '/' ? files_base(path) : path, line ? (int)line->raw.len : 1,
                     line ? line->raw.at : "0", buf_text(&name), SPAN_ARGS(what),
                     schema ? nearest_value(f, schema, of, what) : "");
    buf_free(&file);
    buf_free(&field);
    buf_free(&reason);
    buf_free(&name);
}

/* The schema of SOURCE, which may be NULL. One that cannot be read is told by normalise. */
static bool load_schema(struct schema *schema, const struct settings_source *source)
{
    struct fault fault = {0};
    bool good = source && schema_load(schema, source->schema, &fault);
    if (source && !good)
        fault_free(&fault);
    return good;
}

static void read_list(const char *path, const struct settings_source *source, struct findings *f)
{
    char *files[] = {(char *)(uintptr_t)path};
    struct jsonl in;
    struct record r;
    struct schema schema;
    bool known = load_schema(&schema, source);
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD)
        tell_cell(&r, known ? &schema : NULL, f);
    jsonl_close(&in);
    if (known)
        schema_free(&schema);
}

void lists_rejects(const struct settings *s, const char *folder, struct findings *f)
{
    struct arena a = {0};
    const char *lists = settings_path(&a, folder, "rejects");
    struct dirent **names;
    int count = scandir(lists, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.')
            read_list(settings_path(&a, lists, names[i]->d_name), source_of(s, names[i]->d_name),
                      f);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    arena_free(&a);
}

/* A record is rejected for its first bad cell; the others are flagged when it is made again. */
void lists_flags(const struct settings *s, const char *folder, struct findings *f)
{
    struct arena a = {0};
    struct buf name = {0};
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++) {
        buf_clear(&name);
        buf_addf(&name, "flags_%s.jsonl", source->name);
        const char *path = settings_path(&a, folder, buf_text(&name));
        if (settings_is_file(path))
            read_list(path, source, f);
    }
    buf_free(&name);
    arena_free(&a);
}

static void tell_code(const struct record *r, struct findings *f)
{
    struct buf place = {0}, code = {0}, detail = {0};
    struct span where = text_of(r, "place", &place), what = text_of(r, "detail", &detail);
    findings_add(f, FINDINGS_PROBLEM, "%.*s: code %s: %.*s", SPAN_ARGS(where),
                 quote(text_of(r, "code", &code)), SPAN_ARGS(what));
    buf_free(&place);
    buf_free(&code);
    buf_free(&detail);
}

void lists_codebook(const char *folder, struct findings *f)
{
    struct arena a = {0};
    char *files[] = {(char *)(uintptr_t)settings_path(&a, folder, "codebook.jsonl")};
    struct jsonl in;
    struct record r;
    if (settings_is_file(files[0])) {
        jsonl_open(&in, files, 1, 0);
        while (jsonl_next(&in, &r) == JSONL_RECORD)
            tell_code(&r, f);
        jsonl_close(&in);
    }
    arena_free(&a);
}

/* ---- codes ---- */

static void add_given(struct lists_codes *c, struct span field, struct span code, struct buf *key)
{
    buf_clear(key);
    buf_add(key, field);
    buf_addc(key, '\n');
    buf_add(key, code);
    intern_add(&c->given, buf_span(key));
}

static void take_codes(struct lists_codes *c, const struct record *r, struct span field,
                       struct buf *key, struct buf *scratch)
{
    const struct value *v = record_get(r, field);
    struct value item;
    if (v && v->type == VALUE_STRING)
        add_given(c, field, value_text(v, scratch), key);
    if (!v || v->type != VALUE_LIST)
        return;
    for (struct span rest = v->raw; value_next(&rest, NULL, &item);)
        add_given(c, field, value_text(&item, scratch), key);
}

static void note_fields(struct lists_codes *c)
{
    struct buf name = {0};
    for (size_t i = 0; i < c->book.target_count; i++) {
        const struct codebook_target *t = &c->book.targets[i];
        intern_add(&c->fields, t->into);
        if (t->group_into.at)
            intern_add(&c->fields, t->group_into);
        buf_clear(&name);
        buf_addf(&name, "%.*s_status", SPAN_ARGS(t->into));
        intern_add(&c->fields, buf_span(&name));
    }
    buf_free(&name);
}

void lists_codes_read(struct lists_codes *c, const char *book, const char *replies)
{
    char *files[] = {(char *)(uintptr_t)replies};
    struct jsonl in;
    struct record r;
    struct buf key = {0}, scratch = {0};
    struct fault fault = {0};
    c->loaded = codebook_load(&c->book, book, &fault);
    fault_free(&fault);
    if (!c->loaded)
        return;
    note_fields(c);
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD)
        for (size_t i = 0; i < c->book.target_count; i++)
            take_codes(c, &r, c->book.targets[i].into, &key, &scratch);
    jsonl_close(&in);
    buf_free(&key);
    buf_free(&scratch);
}

void lists_codes_free(struct lists_codes *c)
{
    if (c->loaded)
        codebook_free(&c->book);
    intern_free(&c->fields);
    intern_free(&c->given);
}

static bool was_given(const struct lists_codes *c, struct span field, struct span code)
{
    struct buf key = {0};
    buf_addf(&key, "%.*s\n%.*s", SPAN_ARGS(field), SPAN_ARGS(code));
    bool given = intern_find(&c->given, buf_span(&key)) != INTERN_NONE;
    buf_free(&key);
    return given;
}

void lists_unused_codes(const struct lists_codes *c, const struct settings *s, struct findings *f)
{
    for (size_t i = 0; i < c->book.target_count; i++) {
        const struct codebook_target *t = &c->book.targets[i];
        const struct codebook_field *field = &c->book.fields[t->field];
        for (size_t j = 0; c->given.count && j < field->code_count; j++)
            if (!was_given(c, t->into, field->codes[j].code))
                findings_add(f, FINDINGS_REMARK, "%s: code %s of field %s: no answer got it",
                             field->codes[j].place ? field->codes[j].place : s->codebook,
                             quote(field->codes[j].code), quote(t->into));
    }
}

/* ---- codes and the website search ---- */

static void add_texts(struct intern *texts, const struct value *v, struct buf *scratch)
{
    struct value item;
    if (v && v->type == VALUE_STRING)
        intern_add(texts, value_text(v, scratch));
    if (v && v->type == VALUE_LIST)
        for (struct span rest = v->raw; value_next(&rest, NULL, &item);)
            intern_add(texts, value_text(&item, scratch));
}

void lists_texts(struct intern *texts, const char *records, struct span field)
{
    char *files[] = {(char *)(uintptr_t)records};
    struct jsonl in;
    struct record r;
    struct buf scratch = {0};
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD)
        add_texts(texts, record_get(&r, field), &scratch);
    jsonl_close(&in);
    buf_free(&scratch);
}

static void tell_missing(const struct intern *here, const struct intern *there,
                         enum findings_kind kind, const char *place, const char *what,
                         struct findings *f)
{
    for (size_t i = 0; i < here->count; i++) {
        struct nearest near = {0};
        if (intern_find(there, here->keys[i]) != INTERN_NONE)
            continue;
        for (size_t j = 0; j < there->count; j++)
            nearest_try(&near, here->keys[i], there->keys[j]);
        findings_add(f, kind, "%s: %s %s%s", place, quote(here->keys[i]), what,
                     findings_meant(f, &near));
    }
}

void lists_website(const struct lists_codes *c, const struct settings *s, const char *folder,
                   struct findings *f)
{
    struct arena a = {0};
    struct intern named = {0}, searched = {0};
    const char *path = settings_path(&a, folder, "website.jsonl");
    struct span field = span_of(s->coded_field ? s->coded_field : "");
    for (size_t i = 0; i < c->given.count; i++) {
        struct span key = c->given.keys[i];
        if (key.len > field.len && key.at[field.len] == '\n' &&
            span_eq((struct span){key.at, field.len}, field))
            intern_add(&named, (struct span){key.at + field.len + 1, key.len - field.len - 1});
    }
    if (settings_is_file(path) && s->website.keys.count == 1)
        lists_texts(&searched, path, span_of(s->website.keys.at[0]));
    if (named.count && searched.count) {
        const char *file = s->website.parts[0].files.at[0];
        tell_missing(&named, &searched, FINDINGS_PROBLEM, file,
                     "is named by replies and has no row", f);
        tell_missing(&searched, &named, FINDINGS_REMARK, file, "is named by no reply", f);
    }
    intern_free(&named);
    intern_free(&searched);
    arena_free(&a);
}
