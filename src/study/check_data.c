/* check_data -- what shows only when the parts of a study are held side by side: columns
 * without a field, names on both sides, keys that do not match. */
#include "check_data.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fault.h"
#include "base/nearest.h"
#include "check_lists.h"
#include "check_made.h"
#include "files.h"
#include "schema/schema.h"
#include "stream/jsonl.h"
#include "stream/origin.h"

struct look {
    const struct settings *s;
    const char *folder;
    struct findings *f;
    struct arena arena;
};

/* The file of the work folder, or NULL where no step left it. */
static const char *work_file(struct look *k, const char *front, const char *name, const char *back)
{
    struct buf b = {0};
    buf_addf(&b, "%s/%s%s%s", k->folder, front, files_base(name), back);
    const char *path = arena_text(&k->arena, buf_span(&b));
    buf_free(&b);
    return settings_is_file(path) ? path : NULL;
}

/* ---- sources without records ---- */

static void look_for_records(struct look *k)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(k->s, i)); i++) {
        struct stat status;
        const char *path = work_file(k, "", source->name, ".jsonl");
        if (path && stat(path, &status) == 0 && status.st_size == 0)
            findings_add(k->f, FINDINGS_PROBLEM, "%s: no records", source->parts[0].files.at[0]);
    }
}

/* ---- encodings that were guessed ---- */

static void tell_guess(struct look *k, const json_t *file)
{
    const char *name = json_string_value(json_object_get(file, "file")),
               *encoding = json_string_value(json_object_get(file, "encoding")),
               *by = json_string_value(json_object_get(file, "encoding_by"));
    if (name && encoding && by && strcmp(by, "guess") == 0 && strcmp(encoding, "UTF-8") != 0)
        findings_add(
            k->f, FINDINGS_REMARK,
            "%s: is no UTF-8, and taken for %s (\"encoding\" in study.json says what it is)",
            files_base(name), encoding);
}

static void look_at_encodings(struct look *k)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(k->s, i)); i++)
        for (size_t part = 0; part < source->part_count; part++) {
            const char *path = work_file(k, "stats/", source->parts[part].name, "-fromcsv.json");
            json_t *stats = path ? json_load_file(path, 0, NULL) : NULL, *file;
            size_t n;
            json_array_foreach(json_object_get(stats, "files"), n, file)
            {
                tell_guess(k, file);
            }
            json_decref(stats);
        }
}

/* ---- names of fields ---- */

static void read_names(struct intern *names, const char *path)
{
    char *files[] = {(char *)(uintptr_t)path};
    struct jsonl in;
    struct record r;
    size_t shape = 0;
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD) {
        if (shape && r.shape == shape)
            continue;
        shape = r.shape;
        for (size_t i = 0; i < r.count; i++)
            if (!span_starts(r.fields[i].name, SPAN("_")))
                intern_add(names, r.fields[i].name);
    }
    jsonl_close(&in);
}

static bool is_field(const struct schema *schema, const struct lists_codes *codes, struct span name)
{
    for (size_t i = 0; i < schema->count; i++)
        if (span_eq(schema->fields[i].name, name) || span_eq(schema->fields[i].into, name))
            return true;
    return codes && intern_find(&codes->fields, name) != INTERN_NONE;
}

/* What extract tells of each reply beside its answers. */
static bool is_of_letters(const struct settings_source *source, struct span name)
{
    return source->parts[0].reader == SETTINGS_DOCS &&
           (span_eq(name, SPAN("reply")) || span_eq(name, SPAN("received")) ||
            span_eq(name, SPAN("status")));
}

/* Columns that the schema does not name stay in the records, and may be what is missing. */
static void look_at_columns(struct look *k, const struct settings_source *source,
                            const struct intern *names, const struct lists_codes *codes)
{
    struct schema schema;
    struct fault fault = {0};
    if (!schema_load(&schema, source->schema, &fault)) {
        fault_free(&fault); /* told by normalise */
        return;
    }
    for (size_t i = 0; i < names->count; i++) {
        if (is_field(&schema, codes, names->keys[i]) || is_of_letters(source, names->keys[i]))
            continue;
        struct nearest near = {0};
        for (size_t j = 0; j < schema.count; j++)
            if (intern_find(names, schema.fields[j].name) == INTERN_NONE)
                nearest_try(&near, names->keys[i], schema.fields[j].name);
        findings_add(k->f, FINDINGS_REMARK, "%s: column %s is no field of %s%s",
                     source->parts[0].files.at[0], quote(names->keys[i]),
                     files_base(source->schema), findings_meant(k->f, &near));
    }
    schema_free(&schema);
}

static bool is_key(const struct settings_words *keys, struct span name)
{
    for (size_t i = 0; i < keys->count; i++)
        if (span_eq(span_of(keys->at[i]), name))
            return true;
    return false;
}

/* Names of SOURCE that stand in records already, and are no keys. */
static void look_for_clashes(struct look *k, const struct settings_source *source,
                             const struct intern *names, struct intern *taken)
{
    bool allowed = source->merge.count || (source->clash && strcmp(source->clash, "error") != 0);
    for (size_t i = 0; i < names->count; i++) {
        bool clash = intern_find(taken, names->keys[i]) != INTERN_NONE;
        if (clash && !allowed && !is_key(&source->keys, names->keys[i]))
            findings_add(k->f, FINDINGS_PROBLEM,
                         "%s: field %s stands on both sides, here and in the records that it is "
                         "joined to (rename it in %s)",
                         source->parts[0].files.at[0], quote(names->keys[i]),
                         files_base(source->schema));
        intern_add(taken, names->keys[i]);
    }
}

/* What the codebook reads must be there. */
static void look_at_coded(struct look *k, const struct lists_codes *codes,
                          const struct intern *names)
{
    for (size_t i = 0; names->count && i < codes->book.target_count; i++) {
        struct span from = codes->book.targets[i].from;
        struct nearest near = {0};
        if (intern_find(names, from) != INTERN_NONE)
            continue;
        for (size_t j = 0; j < names->count; j++)
            nearest_try(&near, from, names->keys[j]);
        findings_add(k->f, FINDINGS_PROBLEM, "%s: field %s is in no record%s", k->s->codebook,
                     quote(from), findings_meant(k->f, &near));
    }
}

static void look_at_names(struct look *k, const struct lists_codes *codes)
{
    struct intern taken = {0};
    const struct settings_source *source;
    const char *replies = work_file(k, "", "foi", ".jsonl");
    if (replies)
        read_names(&taken, replies);
    look_at_coded(k, codes, &taken);
    for (size_t i = 0; (source = settings_source(k->s, i)); i++) {
        struct intern names = {0};
        const char *path = work_file(k, "", source->name, ".jsonl");
        bool is_replies = source == &k->s->foi;
        if (path) {
            read_names(&names, path);
            look_at_columns(k, source, &names, is_replies ? codes : NULL);
            made_unused(source, path, k->f);
        }
        if (path && !is_replies && source != &k->s->webpages)
            look_for_clashes(k, source, &names, &taken);
        intern_free(&names);
    }
    intern_free(&taken);
}

/* ---- keys ---- */

static bool add_key(struct buf *b, const struct record *r, const struct settings_words *keys,
                    struct buf *scratch)
{
    bool whole = true;
    buf_clear(b);
    for (size_t i = 0; i < keys->count; i++) {
        const struct value *v = record_get(r, span_of(keys->at[i]));
        if (i)
            buf_add(b, SPAN(", "));
        whole = whole && !value_missing(v);
        if (!value_missing(v))
            buf_add(b, value_text(v, scratch));
    }
    return whole;
}

static void read_keys(struct intern *known, const char *path, const struct settings_words *keys)
{
    char *files[] = {(char *)(uintptr_t)path};
    struct jsonl in;
    struct record r;
    struct buf key = {0}, scratch = {0};
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD)
        if (add_key(&key, &r, keys, &scratch))
            intern_add(known, buf_span(&key));
    jsonl_close(&in);
    buf_free(&key);
    buf_free(&scratch);
}

/* A list of records without a partner, and what might have been meant. */
struct lonely {
    const char *list;                        /* its path, or NULL */
    const struct settings_words *keys;       /* their names in the list */
    const char *others;                      /* the other side's records, or NULL */
    const struct settings_words *other_keys; /* and its keys */
    enum findings_kind kind;
    const char *what;                     /* "is on no roster" */
    const struct settings_source *source; /* that the records are of */
};

static void tell_lonely(struct look *k, const struct lonely *l, const struct record *r,
                        struct span key, const struct intern *others)
{
    struct nearest near = {0};
    struct buf scratch = {0}, where = {0};
    struct span file;
    size_t line;
    if (origin_of(r, &scratch, &file, &line))
        buf_addf(&where, "%.*s:%zu", SPAN_ARGS(file), line);
    else
        buf_addf(&where, "%s", l->source->parts[0].files.at[0]);
    for (size_t i = 0; i < others->count; i++)
        nearest_try(&near, key, others->keys[i]);
    findings_add(k->f, l->kind, "%s: field '%s': %s %s%s", buf_text(&where), l->keys->at[0],
                 quote(key), l->what, findings_meant(k->f, &near));
    buf_free(&scratch);
    buf_free(&where);
}

static void look_at_lonely(struct look *k, const struct lonely *l)
{
    struct intern others = {0}, told = {0};
    struct jsonl in;
    struct record r;
    struct buf key = {0}, scratch = {0};
    if (!l->list)
        return;
    if (l->others)
        read_keys(&others, l->others, l->other_keys);
    char *files[] = {(char *)(uintptr_t)l->list};
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD) {
        size_t before = told.count;
        if (add_key(&key, &r, l->keys, &scratch) && intern_add(&told, buf_span(&key)) == before)
            tell_lonely(k, l, &r, buf_span(&key), &others);
    }
    jsonl_close(&in);
    intern_free(&others);
    intern_free(&told);
    buf_free(&key);
    buf_free(&scratch);
}

static void look_at_keys(struct look *k)
{
    const struct settings *s = k->s;
    const char *merged = work_file(k, "", s->roster.present ? "with-roster" : "foi",
                                   s->roster.present ? "" : ".jsonl");
    look_at_lonely(k, &(struct lonely){work_file(k, "", "nobody", ".jsonl"), &s->foi.keys,
                                       work_file(k, "", "roster", ".jsonl"), &s->roster.keys,
                                       FINDINGS_PROBLEM, "is nobody's on the roster", &s->foi});
    for (size_t i = 0; i < s->lookup_count; i++) {
        const struct settings_source *lookup = &s->lookups[i];
        look_at_lonely(k, &(struct lonely){work_file(k, "unmatched_", lookup->name, ".jsonl"),
                                           &lookup->keys, merged, &lookup->keys, FINDINGS_PROBLEM,
                                           "is in no record", lookup});
        look_at_lonely(k, &(struct lonely){work_file(k, "without_", lookup->name, ".jsonl"),
                                           &lookup->keys, work_file(k, "", lookup->name, ".jsonl"),
                                           &lookup->keys, FINDINGS_PROBLEM,
                                           "has no row in the lookup", &s->foi});
    }
}

void check_data(const struct settings *s, const char *folder, struct findings *f)
{
    struct look k = {.s = s, .folder = folder, .f = f};
    struct lists_codes codes = {0};
    const char *replies = work_file(&k, "", "foi", ".jsonl");
    look_for_records(&k);
    look_at_encodings(&k);
    lists_rejects(s, folder, f);
    lists_flags(s, folder, f);
    lists_codebook(folder, f);
    if (replies && s->codebook)
        lists_codes_read(&codes, s->codebook, replies);
    look_at_names(&k, &codes);
    look_at_keys(&k);
    lists_unused_codes(&codes, s, f);
    if (s->website.present)
        lists_website(&codes, s, folder, f);
    lists_codes_free(&codes);
    arena_free(&k.arena);
}
