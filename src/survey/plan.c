/* plan -- a plan.json, or the command line's words for one table. */
#include "plan.h"

#include <math.h>
#include <stdlib.h>

#include "document.h"
#include "emit.h"
#include "fail.h"
#include "number.h"
#include "scalar.h"

static const char *const PLAN_KEYS[] = {"confidence", "tables", NULL};
static const char *const TABLE_KEYS[] = {
    "id",      "title", "field", "by",   "where",  "values", "groups", "percent", "interval",
    "missing", "sort",  "top",   "unit", "weight", "strata", "pairs",  NULL};

static struct span keep(struct plan *p, struct span text)
{
    return text.at ? arena_copy(&p->arena, text) : text;
}

static struct span keep_spelling(struct plan *p, struct span json)
{
    struct value v = value_from(json);
    v.escaped = v.type == VALUE_STRING && memchr(v.raw.at, '\\', v.raw.len);
    return keep(p, scalar_spell(&v, &p->scratch, &p->decoded));
}

/* ---- values ---- */

static struct span take_spelling(struct plan *p, const struct document *d)
{
    struct buf json = {0};
    switch (json_typeof(d->json)) {
    case JSON_STRING:
        emit_string(&json, document_text(d));
        break;
    case JSON_INTEGER:
        emit_integer(&json, json_integer_value(d->json));
        break;
    case JSON_REAL:
        emit_number(&json, json_real_value(d->json));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        emit_bool(&json, json_is_true(d->json));
        break;
    case JSON_NULL:
        document_fail(d, "null is no value (missing answers are listed with their reasons)");
    default:
        document_fail(d, "expected a string, a number, true or false");
    }
    struct span spelling = keep_spelling(p, buf_span(&json));
    buf_free(&json);
    return spelling;
}

static struct plan_value take_value(struct plan *p, const struct document *d)
{
    static const char *const keys[] = {"value", "label", NULL};
    if (!json_is_object(d->json))
        return (struct plan_value){.spelling = take_spelling(p, d)};
    struct document value;
    document_keys(d, keys);
    document_need(d, "value", &value);
    return (struct plan_value){take_spelling(p, &value),
                               keep(p, document_text_or(d, "label", (struct span){0}))};
}

static size_t take_values(struct plan *p, const struct document *table, const char *key,
                          struct plan_value **values)
{
    struct document list, item = {0};
    *values = NULL;
    if (!document_get(table, key, &list))
        return 0;
    document_must_be_list(&list);
    size_t count = 0;
    *values = arena_array(&p->arena, document_count(&list), sizeof **values);
    while (document_next(&list, &item)) {
        struct plan_value value = take_value(p, &item);
        for (size_t i = 0; i < count; i++)
            if (span_eq((*values)[i].spelling, value.spelling))
                document_fail(&item, "%.*s is listed twice", SPAN_ARGS(value.spelling));
        (*values)[count++] = value;
    }
    return count;
}

/* ---- where ---- */

static void where_add(struct plan_where *w, struct span spelling)
{
    w->values = array_grow(w->values, &w->cap, w->count + 1, sizeof *w->values);
    w->values[w->count++] = spelling;
}

static void take_wanted(struct plan *p, const struct document *d, struct plan_where *w)
{
    if (json_is_null(d->json))
        w->missing = true;
    else
        where_add(w, take_spelling(p, d));
}

static void take_condition(struct plan *p, const struct document *d, struct plan_where *w)
{
    static const char *const keys[] = {"not", NULL};
    struct document inner = {0}, item = {0};
    const struct document *wanted = d;
    if (json_is_object(d->json)) {
        document_keys(d, keys);
        do { /* not document_get(), to which a null is absent: here it means missing */
            if (!document_next(d, &inner))
                document_fail(d, "'not' is missing");
        } while (strcmp(inner.key, "not") != 0);
        w->negated = true;
        wanted = &inner;
    }
    if (!json_is_array(wanted->json)) {
        take_wanted(p, wanted, w);
        return;
    }
    if (document_count(wanted) == 0)
        document_fail(wanted, "no values, so no record could ever be meant");
    while (document_next(wanted, &item))
        take_wanted(p, &item, w);
}

static void take_where(struct plan *p, const struct document *table, struct plan_table *t)
{
    struct document where, condition = {0};
    if (!document_get(table, "where", &where))
        return;
    document_must_be_object(&where);
    t->where = arena_array(&p->arena, json_object_size(where.json), sizeof *t->where);
    while (document_next(&where, &condition)) {
        struct plan_where *w = &t->where[t->where_count++];
        w->field = keep(p, span_of(condition.key));
        take_condition(p, &condition, w);
    }
}

/* ---- a table ---- */

static void take_of(const struct document *d, struct plan_table *t)
{
    enum cells_of of = (enum cells_of)document_choice(d, "column|row|total|responses|cases");
    if (of == CELLS_OF_COUNT) /* "cases", the word for multiple responses */
        of = CELLS_COLUMN;
    for (size_t k = 0; k < t->of_count; k++)
        if (t->of[k] == of)
            document_fail(d, "this percentage is listed twice");
    t->of[t->of_count++] = of;
}

static void take_percent(const struct document *table, struct plan_table *t)
{
    struct document percent, item = {0};
    t->of[0] = CELLS_COLUMN;
    if (!document_get(table, "percent", &percent))
        t->of_count = 1;
    else if (!json_is_array(percent.json))
        take_of(&percent, t);
    else
        while (document_next(&percent, &item))
            take_of(&item, t);
    if (t->of_count == 0)
        document_fail(&percent, "expected at least one of column, row, total, responses");
}

static struct span take_field(struct plan *p, const struct document *table, const char *key)
{
    struct document d;
    if (!document_get(table, key, &d))
        return (struct span){0};
    struct span text = document_text(&d);
    if (text.len == 0)
        document_fail(&d, "expected a field's name, not an empty string");
    return keep(p, text);
}

/* What a table is called whose plan gives it no name: "grant_by_gde". */
static struct span default_id(struct plan *p, struct span field, struct span by)
{
    buf_clear(&p->scratch);
    buf_add(&p->scratch, field);
    if (by.at) {
        buf_add(&p->scratch, SPAN("_by_"));
        buf_add(&p->scratch, by);
    }
    return keep(p, buf_span(&p->scratch));
}

static void check_table(const struct document *d, const struct plan_table *t)
{
    struct document later;
    if (document_get(d, "top", &later) || document_get(d, "weight", &later))
        document_fail(&later, "not supported");
    if (t->group_count && !t->by.at)
        document_fail(d, "'groups' without 'by'");
    if (t->weight.at && t->unit.at)
        document_fail(d, "'weight' and 'unit' cannot be used together");
    if (t->pairs && (t->unit.at || t->weight.at))
        document_fail(d, "'pairs' counts records: it cannot be used with 'unit' or 'weight'");
}

static void take_table(struct plan *p, const struct document *d, struct plan_table *t)
{
    document_must_be_object(d);
    document_keys(d, TABLE_KEYS);
    struct document needed;
    document_need(d, "field", &needed);
    t->field = take_field(p, d, "field");
    t->by = take_field(p, d, "by");
    t->strata = take_field(p, d, "strata");
    t->unit = take_field(p, d, "unit");
    t->weight = take_field(p, d, "weight");
    t->id = take_field(p, d, "id");
    if (!t->id.at)
        t->id = default_id(p, t->field, t->by);
    t->title = keep(p, document_text_or(d, "title", (struct span){0}));
    take_where(p, d, t);
    t->value_count = take_values(p, d, "values", &t->values);
    t->group_count = take_values(p, d, "groups", &t->groups);
    take_percent(d, t);
    t->missing =
        (enum plan_missing)document_choice_or(d, "missing", "exclude|include", PLAN_EXCLUDE);
    t->sort = (enum plan_sort)document_choice_or(d, "sort", "plan|count|value", PLAN_AS_LISTED);
    t->interval = (enum plan_interval)document_choice_or(
        d, "interval", "wilson|clopper-pearson|agresti-coull|none", PLAN_WILSON);
    t->pairs = document_bool_or(d, "pairs", false);
    check_table(d, t);
}

static void take_confidence(struct plan *p, const struct document *root)
{
    struct document d;
    if (!document_get(root, "confidence", &d))
        return;
    p->confidence = document_number(&d);
    if (!(p->confidence > 0 && p->confidence < 1))
        document_fail(&d, "expected a number between 0 and 1, such as 0.95");
}

void plan_load(struct plan *p, const char *file)
{
    *p = (struct plan){.confidence = 0.95};
    struct document root = document_load(file), tables, table = {0};
    document_must_be_object(&root);
    document_keys(&root, PLAN_KEYS);
    take_confidence(p, &root);
    document_need(&root, "tables", &tables);
    document_must_be_list(&tables);
    p->tables = arena_array(&p->arena, document_count(&tables), sizeof *p->tables);
    struct map ids = {0};
    while (document_next(&tables, &table)) {
        struct plan_table *t = &p->tables[p->count];
        take_table(p, &table, t);
        if (map_add(&ids, t->id) != p->count++)
            document_fail(&table, "another table is called %s too", quote(t->id));
    }
    map_free(&ids);
    document_free(&root);
}

/* ---- the command line ---- */

static bool is_literal(struct span text)
{
    return span_eq(text, SPAN("true")) || span_eq(text, SPAN("false")) || number_is_json(text);
}

static struct plan_where *where_of(struct plan_table *t, struct span field)
{
    for (size_t i = 0; i < t->where_count; i++)
        if (span_eq(t->where[i].field, field))
            return &t->where[i];
    t->where[t->where_count] = (struct plan_where){.field = field};
    return &t->where[t->where_count++];
}

static void take_word(struct plan *p, struct plan_table *t, const char *word)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word)
        fail(STATUS_USAGE, "option '--where' takes FIELD=VALUE, not %s (try --help)",
             quote(span_of(word)));
    struct plan_where *w = where_of(t, keep(p, span_from(word, equals)));
    struct span text = span_of(equals + 1);
    struct buf json = {0};
    emit_string(&json, text);
    where_add(w, keep(p, buf_span(&json)));
    if (is_literal(text))
        where_add(w, keep_spelling(p, text));
    w->missing |= span_eq(text, SPAN("null"));
    buf_free(&json);
}

void plan_single(struct plan *p, const char *field, const char *by, const struct opt_list *where,
                 const char *unit)
{
    *p = (struct plan){.confidence = 0.95, .count = 1};
    struct plan_table *t = p->tables = arena_alloc(&p->arena, sizeof *t);
    t->field = keep(p, span_of(field));
    t->by = by ? keep(p, span_of(by)) : (struct span){0};
    t->unit = unit ? keep(p, span_of(unit)) : (struct span){0};
    t->id = default_id(p, t->field, t->by);
    t->of_count = 1;
    t->where = arena_array(&p->arena, where->count, sizeof *t->where);
    for (size_t i = 0; i < where->count; i++)
        take_word(p, t, where->at[i]);
}

void plan_free(struct plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->tables[i].where_count; k++)
            free(p->tables[i].where[k].values);
    arena_free(&p->arena);
    buf_free(&p->scratch);
    buf_free(&p->decoded);
    *p = (struct plan){0};
}
