/* plan_table -- a table of a plan, read key by key and held against itself. */
#include "base/fail.h"
#include "cells/settings.h"
#include "plan_read.h"

const char *const PLAN_TABLE_KEYS[] = {
    "id",       "title",    "field",    "by",        "where", "values",     "groups",
    "percent",  "interval", "missing",  "sort",      "top",   "unit",       "weight",
    "strata",   "pairs",    "codebook", "subtotals", "bands", "population", "summary",
    "suppress", "flow",     "chisq",    "label",     "sum",   NULL};

static const struct choice SORTS[] = {
    {"plan", PLAN_AS_LISTED}, {"count", PLAN_BY_COUNT}, {"value", PLAN_BY_VALUE}, {0}};

static const struct choice MISSINGS[] = {{"exclude", PLAN_EXCLUDE}, {"include", PLAN_INCLUDE}, {0}};

static void take_of(const struct document *d, struct plan_table *t)
{
    enum cells_of of = (enum cells_of)document_word(d, CELLS_OF_WORDS);
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
    return plan_keep(p, text);
}

/* What a table is called whose plan gives it no name: "grant_by_gde". */
struct span plan_default_id(struct plan *p, struct span field, struct span by)
{
    buf_clear(&p->scratch);
    buf_add(&p->scratch, field);
    if (by.at) {
        buf_add(&p->scratch, SPAN("_by_"));
        buf_add(&p->scratch, by);
    }
    return plan_keep(p, buf_span(&p->scratch));
}

/* Keys that cannot be obeyed together must not be passed over. */
struct clash {
    const char *key, *other, *why;
};

static const struct clash CLASHES[] = {
    {"weight", "unit", "a unit has no weight of its own"},
    {"weight", "population", "a population counts records, not weights"},
    {"weight", "suppress", "it is the records that are to be protected"},
    {"pairs", "unit", "pairs are of records"},
    {"pairs", "weight", "pairs are of records"},
    {"pairs", "top", "an overall test needs every value"},
    {"pairs", "bands", "a number has no pairs"},
    {"pairs", "suppress", "pairs would give withheld counts away"},
    {"subtotals", "suppress", "subtotals would give withheld counts away"},
    {"population", "suppress", "the bounds would give withheld counts away"},
    {"bands", "codebook", "a codebook has no numbers"},
    {"summary", "values", "numbers that are summarised have no rows"},
    {"summary", "bands", "numbers that are summarised have no rows"},
    {"summary", "codebook", "numbers that are summarised have no rows"},
    {"summary", "top", "numbers that are summarised have no rows"},
    {"summary", "pairs", "numbers that are summarised have no rows"},
    {"summary", "percent", "numbers that are summarised have no rows"},
    {"summary", "population", "numbers that are summarised have no rows"},
    {"summary", "suppress", "the smallest and the largest number would be given away"},
    {"summary", "missing", "a missing number cannot be summarised"},
    {"summary", "unit", "a unit can have several numbers"},
    {"flow", "by", "an account is of all that were asked"},
    {"flow", "strata", "an account is of all that were asked"},
    {"flow", "unit", "an account is of records, one for each that was asked"},
    {"flow", "weight", "an account is of records, one for each that was asked"},
    {"flow", "values", "its steps are those of every account"},
    {"flow", "codebook", "its steps are those of every account"},
    {"flow", "bands", "its steps are those of every account"},
    {"flow", "summary", "its steps are those of every account"},
    {"flow", "top", "its steps are those of every account"},
    {"flow", "percent", "its steps are those of every account"},
    {"flow", "missing", "its steps are those of every account"},
    {"flow", "population", "its steps are those of every account"},
    {"flow", "pairs", "its steps are those of every account"},
    {"flow", "suppress", "its steps would give withheld counts away"},
};

static bool is_set(const struct document *table, const char *key)
{
    struct document d;
    return document_get(table, key, &d) && !json_is_false(d.json);
}

/* `sum` is a summary too. */
static const char *name_of(const struct document *table, const char *key)
{
    bool is_sum = strcmp(key, "summary") == 0 && !is_set(table, key) && is_set(table, "sum");
    return is_sum ? "sum" : key;
}

static void check_table(const struct document *d, const struct plan_table *t)
{
    for (size_t i = 0; i < sizeof CLASHES / sizeof *CLASHES; i++) {
        const char *key = name_of(d, CLASHES[i].key), *other = name_of(d, CLASHES[i].other);
        if (is_set(d, key) && is_set(d, other))
            document_mention(d, "'%s' and '%s' cannot be used together: %s", key, other,
                             CLASHES[i].why);
    }
    if (t->group_count && !t->by.at)
        document_fail(d, "'groups' without 'by'");
    if (t->population_count && t->interval && t->interval != interval_methods)
        document_fail(d, "'population' goes with the interval 'wilson' only");
}

static void take_rows(struct plan *p, const struct document *d, struct plan_table *t,
                      const char *file)
{
    t->value_count = plan_values(p, d, "values", &t->values);
    t->group_count = plan_values(p, d, "groups", &t->groups);
    plan_read_codebook(p, d, t, file);
    plan_read_bands(p, d, t);
    t->sums = document_bool_or(d, "sum", false);
    if (document_bool_or(d, "summary", false) || t->sums)
        t->rows = PLAN_NUMBERS;
}

static void take_top(const struct document *d, struct plan_table *t)
{
    struct document top;
    enum plan_sort sort = PLAN_AS_LISTED;
    if (document_get(d, "top", &top)) {
        t->top = document_size(&top);
        if (t->top == 0)
            document_fail(&top, "expected at least 1");
        sort = PLAN_BY_COUNT;
    }
    t->sort = (enum plan_sort)document_word_or(d, "sort", SORTS, (int)sort);
}

/* The row of the table of intervals; none for "none". */
static void take_interval(const struct document *d, struct plan_table *t)
{
    struct document member;
    t->interval = interval_methods;
    if (!document_get(d, "interval", &member))
        return;
    struct span name = document_text(&member);
    t->interval = interval_named(name);
    if (t->interval || span_eq(name, SPAN("none")))
        return;
    struct buf words = {0};
    for (size_t i = 0; i < interval_method_count; i++)
        buf_addf(&words, "%s|", interval_methods[i].name);
    document_fail_freeing(&words, &member, "%s is none of %snone", quote(name), buf_text(&words));
}

/* A table is read step by step, each as far as it is good. */
struct taking {
    struct plan *plan;
    struct plan_table *table;
    const char *file;
};

static void step_names(void *with, const struct document *d)
{
    struct taking *x = with;
    struct plan_table *t = x->table;
    struct document needed;
    document_keys(d, PLAN_TABLE_KEYS);
    document_need(d, "field", &needed);
    t->field = take_field(x->plan, d, "field");
    t->by = take_field(x->plan, d, "by");
    t->strata = take_field(x->plan, d, "strata");
    t->unit = take_field(x->plan, d, "unit");
    t->weight = take_field(x->plan, d, "weight");
    t->id = take_field(x->plan, d, "id");
    if (!t->id.at)
        t->id = plan_default_id(x->plan, t->field, t->by);
    t->title = plan_keep(x->plan, document_text_or(d, "title", (struct span){0}));
    plan_read_label(x->plan, d, t->id);
}

static void step_where(void *with, const struct document *d)
{
    struct taking *x = with;
    plan_read_where(x->plan, d, x->table);
}

static void step_rows(void *with, const struct document *d)
{
    struct taking *x = with;
    take_rows(x->plan, d, x->table, x->file);
}

static void step_percent(void *with, const struct document *d)
{
    take_percent(d, ((struct taking *)with)->table);
}

static void step_order(void *with, const struct document *d)
{
    struct plan_table *t = ((struct taking *)with)->table;
    t->missing = (enum plan_missing)document_word_or(d, "missing", MISSINGS, PLAN_EXCLUDE);
    t->pairs = document_bool_or(d, "pairs", false);
    take_top(d, t);
}

static void step_interval(void *with, const struct document *d)
{
    take_interval(d, ((struct taking *)with)->table);
}

static void step_rest(void *with, const struct document *d)
{
    struct taking *x = with;
    x->table->chisq = settings_text(d, "chisq", &x->plan->arena);
    plan_read_population(x->plan, d, x->table);
    plan_read_suppress(d, x->table);
}

static void step_check(void *with, const struct document *d)
{
    check_table(d, ((struct taking *)with)->table);
}

void plan_read_table(struct plan *p, const struct document *d, struct plan_table *t,
                     const char *file)
{
    static void (*const steps[])(void *with, const struct document *d) = {
        step_names, step_where,    step_rows, step_percent,
        step_order, step_interval, step_rest, step_check};
    struct taking x = {p, t, file};
    document_must_be_object(d);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        document_try(d, steps[i], &x);
}
