/* schema_constraints -- what a field's values must be: the member
 * "constraints" of a field, and "categories". */
#include "base/fail.h"
#include "schema_read.h"
#include "stream/scalar.h"

#define LONG (SCHEMA_BIT(SCHEMA_STRING) | SCHEMA_BIT(SCHEMA_LIST))
#define ORDERED                                                                                    \
    (SCHEMA_BIT(SCHEMA_INTEGER) | SCHEMA_BIT(SCHEMA_NUMBER) | SCHEMA_BIT(SCHEMA_DATE) |            \
     SCHEMA_BIT(SCHEMA_DATETIME) | SCHEMA_BIT(SCHEMA_YEAR))

static const struct schema_row CONSTRAINT_ROWS[] = {
    {"required", SCHEMA_ALL},      {"unique", SCHEMA_ALL},
    {"enum", SCHEMA_ALL},          {"pattern", SCHEMA_BIT(SCHEMA_STRING)},
    {"minLength", LONG},           {"maxLength", LONG},
    {"minimum", ORDERED},          {"maximum", ORDERED},
    {"exclusiveMinimum", ORDERED}, {"exclusiveMaximum", ORDERED},
};

/* The value at D as a cell of the field would give it. */
static void cast_document(struct schema_reader *rd, const struct document *d,
                          const struct schema_field *f)
{
    struct cast *c = &rd->cast;
    bool good;
    if (json_is_string(d->json)) {
        good = cast_text(c, f, cast_tidy(c, f, document_text(d)));
        if (good && c->value->type == VALUE_STRING)
            cast_quote(c);
    } else {
        char *json = json_dumps(d->json, JSON_ENCODE_ANY | JSON_COMPACT);
        if (!json)
            fail_memory();
        struct value v = value_from(arena_copy(&rd->schema->arena, span_of(json)));
        free(json);
        if (v.type == VALUE_NULL || v.type == VALUE_LIST || v.type == VALUE_OBJECT)
            document_fail(d, "expected a value of the field's type");
        good = f->as.type == SCHEMA_ANY || f->as.type == SCHEMA_NUMBER ||
               f->as.type == SCHEMA_INTEGER || f->as.type == SCHEMA_BOOLEAN ||
               f->as.type == SCHEMA_YEAR;
        if (!good)
            document_fail(d, "expected a string, as the field is %s", schema_type_name(f->as.type));
        if (f->as.type == SCHEMA_ANY)
            c->own = v, c->value = &c->own, c->text = v.raw;
        else
            good = cast_value(c, f, &v, v.raw);
    }
    if (!good)
        document_fail(d, "%s", buf_text(&c->why));
}

static void read_values(struct schema_reader *rd, const struct document *list,
                        struct schema_field *f, struct intern *values)
{
    struct document item = {0}, value;
    struct buf spelled = {0}, decoded = {0};
    document_must_be_list(list);
    while (document_next(list, &item)) {
        struct document *at = &item;
        if (json_is_object(item.json)) {
            document_need(&item, "value", &value);
            at = &value;
        }
        cast_document(rd, at, f);
        intern_add(values, scalar_spell(rd->cast.value, &spelled, &decoded));
    }
    if (values->count == 0)
        document_fail(list, "is empty, so that no value would be allowed");
    buf_free(&spelled);
    buf_free(&decoded);
}

static void read_bound(struct schema_reader *rd, const struct document *d, struct schema_field *f,
                       const char *key, bool exclusive, struct schema_bound *bound)
{
    struct document at;
    if (!document_get(d, key, &at))
        return;
    if (bound->is_set)
        document_fail(&at, "the bound is given already, without or with 'exclusive'");
    struct arena *arena = &rd->schema->arena;
    struct buf spelled = {0}, decoded = {0};
    cast_document(rd, &at, f);
    bound->is_set = true;
    bound->is_exclusive = exclusive;
    bound->date = rd->cast.date;
    bound->number = arena_copy(arena, scalar_spell(rd->cast.value, &spelled, &decoded));
    bound->shown.at = arena_text(arena, rd->cast.text);
    bound->shown.len = rd->cast.text.len;
    buf_free(&spelled);
    buf_free(&decoded);
}

/* How many digits the codes have that match the pattern, or 0 if it is no
 * pattern of digits alone or allows for several numbers of them. */
static size_t count_digits(const struct pattern *p)
{
    static const char zeros[] = "00000000000000000000";
    size_t found = 0;
    for (size_t i = 1; i < sizeof zeros; i++) {
        if (!pattern_matches(p, (struct span){zeros, i}))
            continue;
        if (found)
            return 0;
        found = i;
    }
    return found;
}

/* The constraints of a field, each read as far as it is good. */
struct constraining {
    struct schema_reader *reader;
    struct schema_field *field;
};

static void read_pattern(void *with, const struct document *d)
{
    struct schema_reader *rd = ((struct constraining *)with)->reader;
    struct schema_field *f = ((struct constraining *)with)->field;
    struct document pattern;
    if (!document_get(d, "pattern", &pattern))
        return;
    struct span text = document_text(&pattern);
    f->pattern_text = (struct span){arena_text(&rd->schema->arena, text), text.len};
    const char *why;
    f->pattern = pattern_compile(f->pattern_text.at, &why);
    if (!f->pattern)
        document_fail(&pattern, "%s: %s", quote(text), why);
    f->hints.digits = count_digits(f->pattern);
}

static void read_minimum(void *with, const struct document *d)
{
    struct constraining *x = with;
    read_bound(x->reader, d, x->field, "minimum", false, &x->field->minimum);
    read_bound(x->reader, d, x->field, "exclusiveMinimum", true, &x->field->minimum);
}

static void read_maximum(void *with, const struct document *d)
{
    struct constraining *x = with;
    read_bound(x->reader, d, x->field, "maximum", false, &x->field->maximum);
    read_bound(x->reader, d, x->field, "exclusiveMaximum", true, &x->field->maximum);
}

static void read_enum(void *with, const struct document *d)
{
    struct constraining *x = with;
    struct document values;
    x->field->has_values = document_get(d, "enum", &values);
    if (x->field->has_values)
        read_values(x->reader, &values, x->field, &x->field->values);
}

static void read_constraints(struct schema_reader *rd, const struct document *d,
                             struct schema_field *f, enum schema_type type)
{
    struct constraining x = {rd, f};
    struct document c;
    if (!document_get(d, "constraints", &c))
        return;
    schema_check_keys(&c, CONSTRAINT_ROWS, sizeof CONSTRAINT_ROWS / sizeof *CONSTRAINT_ROWS, type);
    f->required = document_bool_or(&c, "required", false);
    f->unique = document_bool_or(&c, "unique", false);
    f->min_length = document_size_or(&c, "minLength", 0);
    f->max_length = document_size_or(&c, "maxLength", SIZE_MAX);
    if (type == SCHEMA_STRING) /* elsewhere it has been refused */
        document_try(&c, read_pattern, &x);
    if (SCHEMA_BIT(type) & ORDERED) {
        document_try(&c, read_minimum, &x);
        document_try(&c, read_maximum, &x);
    }
    document_try(&c, read_enum, &x);
}

void schema_read_constraints(struct schema_reader *rd, const struct document *d,
                             struct schema_field *f, enum schema_type type)
{
    struct document values;
    f->max_length = SIZE_MAX;
    f->hints.date = type == SCHEMA_DATE || type == SCHEMA_DATETIME || schema_is_period(type);
    f->hints.serials = f->as.serials != SCHEMA_NO_SERIALS;
    f->has_categories = document_get(d, "categories", &values);
    if (f->has_categories)
        read_values(rd, &values, f, &f->categories);
    read_constraints(rd, d, f, type);
    f->is_constrained = f->has_categories || f->has_values || f->pattern || f->minimum.is_set ||
                        f->maximum.is_set || f->min_length > 0 || f->max_length != SIZE_MAX ||
                        f->as.string_form != SCHEMA_ANY_TEXT;
}
