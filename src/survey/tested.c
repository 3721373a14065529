#include "tested.h"

#include <stdlib.h>

#include "effect.h"
#include "fail.h"

static void add_warning(struct tested_list *list, struct tested *t)
{
    t->warnings =
        array_grow(t->warnings, &t->warning_cap, t->warning_count + 1, sizeof *t->warnings);
    t->warnings[t->warning_count++] = arena_copy(&list->arena, buf_span(&list->scratch));
    buf_clear(&list->scratch);
}

static void warn_of(struct tested_list *list, struct tested *t, struct span what)
{
    buf_add(&list->scratch, what);
    add_warning(list, t);
}

/* ---- what was left out ---- */

/* The reasons of the test's stratum, groups added up. The reason for which a group is
 * missing comes with its field's name: it is another question that was not answered. */
static void set_excluded(struct tested_list *list, struct tested *t, size_t layer)
{
    const struct cells_table *table = t->table;
    struct map reasons = {0};
    t->excluded = arena_array(&list->arena, table->missing_count, sizeof *t->excluded);
    for (size_t i = 0; i < table->missing_count; i++) {
        const struct cells_missing *m = &table->missing[i];
        if ((m->layer != layer && m->layer != CELLS_NONE) || !(m->n > 0))
            continue;
        struct buf *b = &list->scratch;
        if (!span_eq(m->field, table->field)) {
            buf_add(b, m->field);
            buf_addc(b, ' ');
        }
        buf_add(b, m->reason);
        size_t index = map_add(&reasons, buf_span(b));
        buf_clear(b);
        t->excluded[index].n += m->n;
    }
    t->excluded_count = reasons.count;
    for (size_t i = 0; i < reasons.count; i++)
        t->excluded[i].reason = arena_copy(&list->arena, reasons.keys[i]);
    map_free(&reasons);
}

/* ---- making a test's table ---- */

static struct tested *begin(struct tested_list *list, const struct cells_table *table, size_t layer)
{
    list->at = array_grow(list->at, &list->cap, list->count + 1, sizeof *list->at);
    struct tested *t = &list->at[list->count++];
    *t = (struct tested){.table = table, .preferred = TESTED_NOTHING, .equal_shares = true};
    t->kind = table->by.at ? TESTED_INDEPENDENCE : TESTED_GOODNESS;
    t->stratum = table->strata.at ? &table->layers[layer] : NULL;
    t->family.name = table->by.at ? SPAN("independence") : SPAN("goodness_of_fit");
    set_excluded(list, t, layer);
    return t;
}

static void name_dropped(struct tested_list *list, struct tested *t, struct span axis,
                         const struct cells_code *codes, size_t count, const size_t *kept,
                         size_t kept_count)
{
    struct buf *b = &list->scratch;
    if (kept_count == count)
        return;
    size_t next = 0;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (next < kept_count && kept[next] == i) {
            next++;
            continue;
        }
        if (!any) {
            buf_add(b, SPAN("left out, since no record has it: "));
            buf_add(b, axis);
        }
        buf_add(b, any ? SPAN(", ") : SPAN(" "));
        buf_add(b, span_of(quote(codes[i].text)));
        any = true;
    }
    add_warning(list, t);
}

static struct cells_code *keep_codes(struct tested_list *list, const struct cells_code *codes,
                                     const size_t *kept, size_t count)
{
    struct cells_code *into = arena_array(&list->arena, count, sizeof *into);
    for (size_t i = 0; i < count; i++)
        into[i] = codes[kept[i]];
    return into;
}

/* Drops what is empty, saying so. ROWS and COLUMNS name those of t->counts. */
static void squeeze(struct tested_list *list, struct tested *t, const struct cells_code *rows,
                    const struct cells_code *columns)
{
    struct crosstab *c = &t->counts;
    size_t row_count = c->rows, column_count = c->columns;
    size_t *kept_rows = arena_array(&list->arena, row_count, sizeof *kept_rows);
    size_t *kept_columns = arena_array(&list->arena, column_count, sizeof *kept_columns);
    crosstab_total(c);
    crosstab_squeeze(c, kept_rows, kept_columns);
    t->rows = keep_codes(list, rows, kept_rows, c->rows);
    t->columns = keep_codes(list, columns, kept_columns, c->columns);
    if (c->sum == 0)
        return; /* said as such */
    name_dropped(list, t, t->table->by, columns, column_count, kept_columns, c->columns);
    if (!t->item)
        name_dropped(list, t, t->table->field, rows, row_count, kept_rows, c->rows);
}

/* Why T, whose empty rows and columns are gone, cannot be tested; NULL if it can. */
static const char *obstacle(const struct tested *t)
{
    const struct crosstab *c = &t->counts;
    if (c->sum == 0)
        return "no test: nothing was counted";
    if (t->kind == TESTED_INDEPENDENCE && c->columns < 2)
        return "no test: records in one group only";
    if (t->item && c->rows < 2)
        return t->rows[0].raw.at == t->item->raw.at ? "no test: every record has it"
                                                    : "no test: no record has it";
    if (c->rows < 2)
        return "no test: one value only";
    return NULL;
}

/* ---- the statistics ---- */

static void warn_small(struct tested_list *list, struct tested *t)
{
    struct buf *b = &list->scratch;
    const struct tests_expected *e = &t->expected;
    buf_addf(b, "%zu of %zu expected counts %s under 5 (least %.2g)", e->below_5, e->cells,
             e->below_5 == 1 ? "is" : "are", e->min);
    if (t->preferred == TESTED_FISHER)
        buf_add(b, SPAN(", so Fisher's exact test is preferred"));
    else
        buf_add(b, SPAN(", too many for the chi-square distribution: take p with care"));
    add_warning(list, t);
}

static void prefer(struct tested_list *list, struct tested *t)
{
    t->preferred = TESTED_PEARSON;
    t->p = t->pearson.p;
    if (t->expected.cochran_ok)
        return;
    if (t->has_fisher) {
        t->preferred = TESTED_FISHER;
        t->p = t->fisher.two_sided;
    }
    warn_small(list, t);
}

static struct tests_residuals new_residuals(struct tested_list *list, size_t cells)
{
    return (struct tests_residuals){
        .expected = arena_array(&list->arena, cells, sizeof(double)),
        .adjusted = arena_array(&list->arena, cells, sizeof(double)),
    };
}

/* False, with a warning, if the numbers themselves are out of range. */
static bool succeeded(struct tested_list *list, struct tested *t, enum stat_status status)
{
    t->has_result = status == STAT_OK;
    if (!t->has_result) {
        buf_addf(&list->scratch, "no test: %s", stat_reason(status));
        add_warning(list, t);
    }
    return t->has_result;
}

static void test_2x2(struct tested *t, double confidence)
{
    const struct crosstab *c = &t->counts;
    t->has_yates = tests_yates(c, &t->yates) == STAT_OK;
    t->has_fisher = exact_fisher_2x2(c, &t->fisher) == STAT_OK;
    exact_odds_ratio(c, confidence, &t->exact_ratio);
    effect_odds_ratio(c, confidence, &t->odds_ratio);
}

static void test_independence(struct tested_list *list, struct tested *t, double confidence)
{
    const struct crosstab *c = &t->counts;
    const char *why = obstacle(t);
    if (why)
        warn_of(list, t, span_of(why));
    if (why || !succeeded(list, t, tests_pearson(c, &t->pearson)))
        return;
    t->has_g = tests_g(c, &t->g) == STAT_OK;
    t->residuals = new_residuals(list, c->rows * c->columns);
    tests_expected(c, &t->expected);
    tests_residuals(c, &t->residuals);
    effect_cramers_v(c, confidence, &t->v);
    if (c->rows == 2 && c->columns == 2)
        test_2x2(t, confidence);
    prefer(list, t);
}

/* ---- goodness of fit ---- */

static const struct tested_share *find_share(const struct tested_options *o,
                                             const struct cells_code *code)
{
    for (size_t i = 0; i < o->share_count; i++)
        if (span_eq(o->shares[i].value, code->raw) || span_eq(o->shares[i].value, code->text))
            return &o->shares[i];
    return NULL;
}

/* The shares that were given for the values of T in their order; NULL if none of them is named. */
static double *take_shares(struct tested_list *list, const struct tested_options *o,
                           const struct tested *t)
{
    size_t named = 0;
    double *shares = arena_array(&list->arena, t->counts.rows, sizeof *shares);
    const struct cells_code *unnamed = NULL;
    for (size_t i = 0; i < t->counts.rows; i++) {
        const struct tested_share *s = find_share(o, &t->rows[i]);
        if (s) {
            shares[i] = s->share;
            named++;
        } else {
            unnamed = &t->rows[i];
        }
    }
    if (named == 0)
        return NULL;
    if (unnamed)
        fail(STATUS_USAGE, "option '--expected' has no share for value %s of table %s",
             quote(unnamed->text), quote(t->table->id));
    if (named < o->share_count)
        fail(STATUS_USAGE, "option '--expected' names %zu values, of which table %s has %zu",
             o->share_count, quote(t->table->id), named);
    list->shares_used++;
    return shares;
}

static void test_goodness(struct tested_list *list, struct tested *t,
                          const struct tested_options *o)
{
    struct crosstab *c = &t->counts;
    double *shares = o->share_count ? take_shares(list, o, t) : NULL;
    t->equal_shares = !shares;
    const char *why = obstacle(t);
    if (why)
        warn_of(list, t, span_of(why));
    if (why || !succeeded(list, t, tests_goodness(c->cells, shares, c->rows, &t->pearson)))
        return;
    t->has_g = tests_goodness_g(c->cells, shares, c->rows, &t->g) == STAT_OK;
    t->residuals = new_residuals(list, c->rows);
    tests_goodness_expected(c->cells, shares, c->rows, &t->expected);
    tests_goodness_residuals(c->cells, shares, c->rows, &t->residuals);
    prefer(list, t);
}

/* ---- tables ---- */

static void fill(struct tested *t, size_t layer)
{
    for (size_t v = 0; v < t->table->value_count; v++)
        for (size_t g = 0; g < t->table->group_count; g++)
            t->counts.cells[v * t->counts.columns + g] = cells_at(t->table, layer, v, g)->n;
}

/* A listed value that never came is a category all the same: nothing is dropped. */
static void add_goodness(struct tested_list *list, const struct tested_options *o,
                         const struct cells_table *table, size_t layer)
{
    struct tested *t = begin(list, table, layer);
    t->counts = crosstab_new(&list->arena, table->value_count, 1);
    fill(t, layer);
    crosstab_total(&t->counts);
    t->rows = table->values;
    t->columns = table->groups;
    test_goodness(list, t, o);
}

static void add_whole(struct tested_list *list, const struct tested_options *o,
                      const struct cells_table *table, size_t layer)
{
    struct tested *t = begin(list, table, layer);
    t->counts = crosstab_new(&list->arena, table->value_count, table->group_count);
    fill(t, layer);
    squeeze(list, t, table->values, table->groups);
    test_independence(list, t, o->confidence);
}

static void add_item(struct tested_list *list, const struct tested_options *o,
                     const struct cells_table *table, size_t layer, size_t item)
{
    struct tested *t = begin(list, table, layer);
    t->item = &table->values[item];
    buf_add(&list->scratch, SPAN("items of "));
    buf_add(&list->scratch, table->id);
    t->family.name = arena_copy(&list->arena, buf_span(&list->scratch));
    buf_clear(&list->scratch);
    t->counts = crosstab_new(&list->arena, 2, table->group_count);
    for (size_t g = 0; g < table->group_count; g++) {
        double named = cells_at(table, layer, item, g)->n;
        t->counts.cells[g] = named;
        t->counts.cells[table->group_count + g] = fmax(0, cells_base(table, layer, g) - named);
    }
    struct cells_code rows[] = {*t->item, {SPAN("null"), SPAN("not named"), {0}}};
    squeeze(list, t, rows, table->groups);
    test_independence(list, t, o->confidence);
}

/* Of a table that no test of the whole fits: its shape, and why. */
static void add_untested(struct tested_list *list, const struct cells_table *table, size_t layer,
                         const char *why)
{
    struct tested *t = begin(list, table, layer);
    t->counts = (struct crosstab){.rows = table->value_count, .columns = table->group_count};
    t->counts.sum = table->whole[layer].n;
    t->rows = table->values;
    t->columns = table->groups;
    warn_of(list, t, span_of(why));
}

static void add_multiple(struct tested_list *list, const struct tested_options *o,
                         const struct cells_table *table, size_t layer)
{
    if (!table->by.at) {
        add_untested(list, table, layer,
                     "no test: several answers were possible, so the values are not parts of one "
                     "whole");
        return;
    }
    add_untested(list, table, layer,
                 "no test of all values together: several answers were possible, and how often two "
                 "came together is not known; each value is tested alone");
    for (size_t item = 0; item < table->value_count; item++)
        add_item(list, o, table, layer, item);
}

void tested_add(struct tested_list *list, const struct tested_options *o,
                const struct cells_table *table)
{
    for (size_t layer = 0; layer < table->layer_count; layer++) {
        size_t first = list->count;
        if (table->suppressed)
            add_untested(list, table, layer, "no test: counts are withheld or rounded");
        else if (table->by_multiple)
            add_untested(list, table, layer,
                         "no test: a record can be in several groups, so they are not independent");
        else if (table->multiple)
            add_multiple(list, o, table, layer);
        else if (table->by.at)
            add_whole(list, o, table, layer);
        else
            add_goodness(list, o, table, layer);
        for (size_t i = first; table->weighted && i < list->count; i++)
            if (list->at[i].has_result)
                warn_of(list, &list->at[i],
                        SPAN("counts are weighted: p takes each unit of weight for a record"));
    }
}

/* ---- families ---- */

static void adjust_family(struct tested_list *list, enum adjust_method method, struct span name)
{
    double *p = arena_array(&list->arena, list->count, sizeof *p);
    size_t size = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].has_result && span_eq(list->at[i].family.name, name))
            p[size++] = list->at[i].p;
    adjust_p(method, p, size, p);
    size_t next = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct tested *t = &list->at[i];
        if (!span_eq(t->family.name, name))
            continue;
        t->family.size = size;
        t->family.method = method;
        t->family.p_adjusted = t->has_result ? p[next++] : NAN;
    }
}

void tested_adjust(struct tested_list *list, enum adjust_method method)
{
    struct map names = {0};
    for (size_t i = 0; i < list->count; i++)
        map_add_borrowed(&names, list->at[i].family.name);
    for (size_t i = 0; i < names.count; i++)
        adjust_family(list, method, names.keys[i]);
    map_free(&names);
}

void tested_free(struct tested_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->at[i].warnings);
    free(list->at);
    arena_free(&list->arena);
    buf_free(&list->scratch);
}
