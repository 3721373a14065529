/* schema_derive -- fields of a schema that are made of other fields or of several columns. */
#include <stdlib.h>

#include "base/fail.h"
#include "schema_read.h"
#include "stream/emit.h"
#include "stream/scalar.h"

static const char *const MADE_KEYS[] = {
    "name",  "title", "description", "example",   "examples",     "rdfType",  "type",
    "from",  "bands", "map",         "otherwise", "equals",       "min",      "max",
    "codes", "field", "groups",      "first_of",  "days_between", "count_of", NULL};

/* What is made, by the key that says so, and the type of it. */
static const struct making {
    const char *key;
    enum derive_op op;
    enum schema_type type;
} MAKINGS[] = {
    {"bands", DERIVE_BANDS, SCHEMA_STRING},    {"map", DERIVE_MAP, SCHEMA_ANY},
    {"equals", DERIVE_TEST, SCHEMA_BOOLEAN},   {"min", DERIVE_TEST, SCHEMA_BOOLEAN},
    {"max", DERIVE_TEST, SCHEMA_BOOLEAN},      {"codes", DERIVE_CODES, SCHEMA_ANY},
    {"first_of", DERIVE_FIRST, SCHEMA_ANY},    {"days_between", DERIVE_DAYS, SCHEMA_INTEGER},
    {"count_of", DERIVE_COUNT, SCHEMA_INTEGER}};

/* ---- sources ---- */

/* The field above that D names. */
static size_t field_above(const struct schema *s, const struct document *d)
{
    struct span name = document_text(d);
    for (size_t i = 0; i < s->count; i++)
        if (span_eq(s->fields[i].name, name))
            return i;
    document_fail(d, "%s is no field above", quote(name));
}

/* One name or a list of them. */
static void read_sources(struct schema_reader *rd, const struct document *d, struct derive *to)
{
    struct document item = {0};
    if (json_is_string(d->json)) {
        to->sources = arena_array(&rd->schema->arena, 1, sizeof *to->sources);
        to->sources[to->source_count++] = field_above(rd->schema, d);
        return;
    }
    to->sources = arena_array(&rd->schema->arena, document_count(d), sizeof *to->sources);
    while (document_next(d, &item))
        to->sources[to->source_count++] = field_above(rd->schema, &item);
    if (to->source_count == 0)
        document_fail(d, "is empty");
}

/* ---- what is made ---- */

static void add_label(struct schema_reader *rd, struct derive *to, size_t band)
{
    struct buf text = {0};
    const double *bands = to->bands;
    if (band == 0) {
        buf_add(&text, SPAN("under ")); /* as tabulate calls its bands */
        emit_number(&text, bands[0]);
    } else {
        emit_number(&text, bands[band - 1]);
        buf_add(&text, band < to->band_count ? SPAN(" to under ") : SPAN(" or more"));
        if (band < to->band_count)
            emit_number(&text, bands[band]);
    }
    to->labels[band] = arena_copy(&rd->schema->arena, buf_span(&text));
    buf_free(&text);
}

static void read_bands(struct schema_reader *rd, const struct document *d, struct derive *to)
{
    struct document item = {0};
    size_t count = document_count(d);
    if (count == 0)
        document_fail(d, "is empty");
    to->bands = arena_array(&rd->schema->arena, count, sizeof *to->bands);
    to->labels = arena_array(&rd->schema->arena, count + 1, sizeof *to->labels);
    while (document_next(d, &item)) {
        double end = document_number(&item);
        if (to->band_count && end <= to->bands[to->band_count - 1])
            document_fail(&item, "is not above the one before");
        to->bands[to->band_count++] = end;
    }
    for (size_t i = 0; i <= count; i++)
        add_label(rd, to, i);
}

/* A scalar of the schema as JSON. */
static struct span json_of(struct schema_reader *rd, const struct document *d)
{
    if (json_is_object(d->json) || json_is_array(d->json))
        document_fail(d, "expected a string, a number, true or false");
    char *text = json_dumps(d->json, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(17));
    if (!text)
        fail_memory();
    struct span kept = arena_copy(&rd->schema->arena, span_of(text));
    free(text);
    return kept;
}

static void read_map(struct schema_reader *rd, const struct document *d, struct derive *to)
{
    struct document pair = {0}, otherwise;
    size_t count = 0;
    document_must_be_object(d);
    while (document_next(d, &pair))
        count++;
    to->to = arena_array(&rd->schema->arena, count, sizeof *to->to);
    pair = (struct document){0};
    while (document_next(d, &pair))
        to->to[intern_add(&to->values, span_of(pair.key))] = json_of(rd, &pair);
    if (document_get(d->parent, "otherwise", &otherwise))
        to->otherwise = json_of(rd, &otherwise);
}

static void add_equal(struct schema_reader *rd, const struct document *d, struct derive *to)
{
    struct buf spelled = {0}, decoded = {0};
    struct value v = value_from(json_of(rd, d));
    intern_add(&to->values, scalar_spell(&v, &spelled, &decoded));
    buf_free(&spelled);
    buf_free(&decoded);
}

static void read_bound(struct schema_reader *rd, const struct document *d, const char *key,
                       struct derive_bound *bound)
{
    struct document at;
    if (!document_get(d, key, &at))
        return;
    bound->is_set = true;
    if (json_is_string(at.json))
        bound->text = arena_copy(&rd->schema->arena, document_text(&at));
    else
        bound->number = document_number(&at);
}

static void read_test(struct schema_reader *rd, const struct document *d, struct derive *to)
{
    struct document equals, item = {0};
    read_bound(rd, d, "min", &to->min);
    read_bound(rd, d, "max", &to->max);
    if (!document_get(d, "equals", &equals))
        return;
    if (!json_is_array(equals.json))
        add_equal(rd, &equals, to);
    else
        while (document_next(&equals, &item))
            add_equal(rd, &item, to);
    if (to->values.count == 0)
        document_fail(&equals, "is empty");
}

/* The codebook itself is read by who can use it. */
static void read_codes(struct schema_reader *rd, const struct document *d, struct derive_book *book)
{
    struct document codes;
    document_need(d, "codes", &codes);
    struct span file = document_text(&codes), field = document_text_or(d, "field", SPAN(""));
    if (file.len == 0)
        document_fail(&codes, "is empty (name a codebook)");
    book->file = arena_copy(&rd->schema->arena, file);
    book->field = arena_copy(&rd->schema->arena, field);
    book->groups = document_bool_or(d, "groups", false);
}

static void read_making(struct schema_reader *rd, const struct document *d,
                        const struct making *making, struct derive *to)
{
    struct document key, from;
    document_need(d, making->key, &key);
    to->op = making->op;
    if (making->op >= DERIVE_FIRST) {
        read_sources(rd, &key, to);
        if (making->op == DERIVE_DAYS && to->source_count != 2)
            document_fail(&key, "takes two fields with dates");
        return;
    }
    document_need(d, "from", &from);
    if (!json_is_string(from.json))
        document_fail(&from, "expected a string, the name of a field above");
    read_sources(rd, &from, to);
    if (making->op == DERIVE_BANDS)
        read_bands(rd, &key, to);
    else if (making->op == DERIVE_MAP)
        read_map(rd, &key, to);
    else if (making->op == DERIVE_CODES)
        read_codes(rd, d, &to->book);
    else
        read_test(rd, d, to);
}

static const struct making *find_making(const struct document *d)
{
    struct document key;
    for (size_t i = 0; i < sizeof MAKINGS / sizeof *MAKINGS; i++)
        if (document_get(d, MAKINGS[i].key, &key))
            return &MAKINGS[i];
    return NULL;
}

/* Only one way to make a field, and keys that belong to it. */
static void check_making(const struct document *d, const struct making *making)
{
    struct document key;
    document_keys(d, MADE_KEYS);
    for (size_t i = 0; i < sizeof MAKINGS / sizeof *MAKINGS; i++)
        if (MAKINGS[i].op != making->op && document_get(d, MAKINGS[i].key, &key))
            document_fail(d, "'%s' and '%s' cannot be used together", making->key, MAKINGS[i].key);
    if (making->op != DERIVE_MAP && document_get(d, "otherwise", &key))
        document_fail(&key, "has no effect without 'map'");
    if (making->op != DERIVE_CODES &&
        (document_get(d, "field", &key) || document_get(d, "groups", &key)))
        document_fail(&key, "has no effect without 'codes'");
    if (making->op >= DERIVE_FIRST && document_get(d, "from", &key))
        document_fail(&key, "has no effect beside '%s'", making->key);
}

bool schema_is_made(const struct document *d)
{
    return find_making(d);
}

void schema_read_made(struct schema_reader *rd, const struct document *d, struct schema_field *f,
                      enum schema_type declared)
{
    const struct making *making = find_making(d);
    check_making(d, making);
    if (declared != SCHEMA_ANY && making->type != SCHEMA_ANY && declared != making->type)
        document_fail(d, "'%s' makes %s", making->key, schema_type_name(making->type));
    f->as.type = making->type;
    f->is_list = false;
    read_making(rd, d, making, &f->derive);
}

/* ---- what is read ---- */

static void read_columns(struct schema_reader *rd, const struct document *d, struct schema_field *f)
{
    static const struct choice items[] = {{"text", DERIVE_TEXTS}, {"header", DERIVE_HEADERS}, {0}};
    struct document item = {0};
    struct derive *to = &f->derive;
    if (!f->is_list)
        document_fail(d, "makes a list (say \"type\": \"list\")");
    to->op = DERIVE_COLUMNS;
    to->patterns = arena_array(&rd->schema->arena, document_count(d), sizeof *to->patterns);
    while (document_next(d, &item))
        to->patterns[to->pattern_count++] = arena_copy(&rd->schema->arena, document_text(&item));
    if (to->pattern_count == 0)
        document_fail(d, "is empty");
    to->items = (enum derive_items)document_word_or(d->parent, "items", items, DERIVE_TEXTS);
}

void schema_read_source(struct schema_reader *rd, const struct document *d, struct schema_field *f)
{
    struct document columns, from, items;
    bool has_columns = document_get(d, "columns", &columns);
    if (document_get(d, "from", &from)) {
        if (has_columns)
            document_fail(d, "'columns' and 'from' cannot be used together");
        f->derive.op = DERIVE_COPY;
        read_sources(rd, &from, &f->derive);
    }
    if (has_columns)
        read_columns(rd, &columns, f);
    else if (document_get(d, "items", &items))
        document_fail(&items, "has no effect without 'columns'");
}
