/* tested_special -- tests that are not of one table of independent counts: over strata, of two
 * answers of the same records, of all values of a multiple response. */
#include <float.h>

#include "stats/paired.h"
#include "tested_parts.h"

/* Fewer changed answers than this: the exact test is to be reported, as SPSS does up to 25. */
#define MOST_BINOMIAL 25

/* Of the counts expected at the common odds ratio, so many must be above 5 (SAS on PROC FREQ). */
#define LEAST_ABOVE_5 0.8

#define LEAST_MANTEL_FLEISS 5
#define MOST_CONVOLVED 1e8 /* multiplications: a tenth of a second */

/* ---- over the strata ---- */

/* The counts of the item, or of all values, in one layer: rows by groups. */
static double count_at(const struct cells_table *table, const struct cells_code *item, size_t layer,
                       size_t row, size_t group)
{
    if (!item)
        return cells_at(table, layer, row, group)->n;
    double named = cells_at(table, layer, (size_t)(item - table->values), group)->n;
    return row == 0 ? named : fmax(0, cells_base(table, layer, group) - named);
}

/* The strata added up, to find the rows and columns that are empty in all of them. */
static void add_up(struct tested_list *list, struct tested *t, size_t **rows, size_t **columns)
{
    const struct cells_table *table = t->table;
    size_t row_count = t->item ? 2 : table->value_count;
    t->counts = crosstab_new(&list->arena, row_count, table->group_count);
    for (size_t layer = 0; layer < table->layer_count; layer++)
        for (size_t r = 0; r < row_count; r++)
            for (size_t g = 0; g < table->group_count; g++)
                t->counts.cells[r * table->group_count + g] +=
                    count_at(table, t->item, layer, r, g);
    *rows = arena_array(&list->arena, row_count, sizeof **rows);
    *columns = arena_array(&list->arena, table->group_count, sizeof **columns);
    crosstab_total(&t->counts);
    crosstab_squeeze(&t->counts, *rows, *columns);
}

static void take_layers(struct tested_list *list, struct tested *t, const size_t *rows,
                        const size_t *columns)
{
    const struct cells_table *table = t->table;
    struct strata_layer *layers = arena_array(&list->arena, table->layer_count, sizeof *layers);
    for (size_t i = 0; i < table->layer_count; i++)
        layers[i] = (struct strata_layer){count_at(table, t->item, i, rows[0], columns[0]),
                                          count_at(table, t->item, i, rows[0], columns[1]),
                                          count_at(table, t->item, i, rows[1], columns[0]),
                                          count_at(table, t->item, i, rows[1], columns[1])};
    t->of.strata.layers = layers;
    t->of.strata.layer_count = table->layer_count;
}

/* Whether the odds ratio is the same in all strata, where they are large enough to ask. */
static void compare_ratios(struct tested_list *list, struct tested *t)
{
    struct tested_strata *strata = &t->of.strata;
    struct strata_homogeneity *h = &strata->homogeneity;
    if (strata_breslow_day(strata->layers, strata->layer_count, h) != STAT_OK)
        return;
    strata->has_homogeneity = h->above_5 >= LEAST_ABOVE_5;
    if (!strata->has_homogeneity)
        tested_warn(list, t,
                    SPAN("whether the odds ratio is the same in all strata cannot be told: their "
                         "counts are too small for the Breslow-Day test"));
    else if (h->breslow_day.p < 0.05)
        tested_warn(list, t,
                    SPAN("the odds ratios of the strata differ (Breslow-Day p under .05): one for "
                         "all of them hides that"));
}

/* The exact test, which is preferred where the strata together are too small for the other. */
static void take_exact(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    struct tested_strata *strata = &t->of.strata;
    strata->mantel_fleiss = strata_mantel_fleiss(strata->layers, strata->layer_count);
    strata->has_exact =
        o->exact != TESTED_EXACT_NEVER && strata_exact(strata->layers, strata->layer_count,
                                                       MOST_CONVOLVED, &strata->exact_p) == STAT_OK;
    bool is_small = strata->mantel_fleiss < LEAST_MANTEL_FLEISS;
    if (strata->has_exact && (is_small || o->exact == TESTED_EXACT_ALWAYS)) {
        t->preferred = TESTED_CONDITIONAL_EXACT;
        t->p = strata->exact_p;
    }
    if (!is_small)
        return;
    buf_addf(&list->scratch, "few counts: the Mantel-Fleiss number is %.1f, under 5%s",
             strata->mantel_fleiss,
             strata->has_exact ? ", so the exact conditional test is preferred"
                               : ": take p with care");
    tested_add_warning(list, t);
}

void tested_conditional(struct tested_list *list, const struct tested_options *o,
                        const struct cells_table *table, const struct cells_code *item)
{
    struct tested *t = tested_begin(list, table, CELLS_NONE, TESTED_CONDITIONAL);
    size_t *rows, *columns;
    t->item = item;
    if (item)
        tested_set_family(list, t, SPAN("items of "));
    add_up(list, t, &rows, &columns);
    if (t->counts.sum == 0) {
        tested_warn(list, t, SPAN("no test: nothing was counted"));
        return;
    }
    if (t->counts.rows != 2 || t->counts.columns != 2) {
        tested_warn(list, t,
                    SPAN("no test over the strata: it is for two values and two groups; each "
                         "stratum is tested alone"));
        return;
    }
    struct tested_strata *strata = &t->of.strata;
    take_layers(list, t, rows, columns);
    struct strata_result result;
    if (!tested_succeeded(
            list, t,
            strata_mantel_haenszel(strata->layers, strata->layer_count, o->confidence, &result),
            TESTED_MANTEL_HAENSZEL))
        return;
    t->result = result.plain;
    strata->layers_used = result.used;
    t->preferred = TESTED_MANTEL_HAENSZEL;
    t->p = t->result.p;
    if (result.used < strata->layer_count) {
        buf_addf(&list->scratch, "%zu of %zu strata tell nothing: one value or one group only",
                 strata->layer_count - result.used, strata->layer_count);
        tested_add_warning(list, t);
    }
    compare_ratios(list, t);
    take_exact(list, t, o);
}

/* ---- two answers of the same records ---- */

static size_t find_code(const struct cells_code *codes, size_t count, const struct cells_code *code)
{
    for (size_t i = 0; i < count; i++)
        if (span_eq(codes[i].raw, code->raw))
            return i;
    return CELLS_NONE;
}

/* The values in their order, then the groups that are no values. */
static size_t join_codes(struct tested_list *list, const struct cells_table *table,
                         struct cells_code **codes)
{
    size_t count = table->value_count;
    *codes = arena_array(&list->arena, count + table->group_count, sizeof **codes);
    for (size_t i = 0; i < count; i++)
        (*codes)[i] = table->values[i];
    for (size_t g = 0; g < table->group_count; g++)
        if (find_code(table->values, table->value_count, &table->groups[g]) == CELLS_NONE)
            (*codes)[count++] = table->groups[g];
    return count;
}

static void prefer_binomial(struct tested *t, const struct tested_options *o)
{
    double changed = t->counts.sum;
    for (size_t i = 0; i < t->counts.rows; i++)
        changed -= crosstab_at(&t->counts, i, i);
    bool wanted = o->exact == TESTED_EXACT_ALWAYS ||
                  (o->exact == TESTED_EXACT_AUTO && changed <= MOST_BINOMIAL);
    double p;
    if (!wanted || paired_mcnemar_exact(&t->counts, &p) != STAT_OK)
        return;
    t->preferred = TESTED_BINOMIAL;
    t->p = p;
}

/* Under symmetry half of those who changed between two values are expected in each of the two
 * cells: Cochran's rule for these. */
static void warn_few_changes(struct tested_list *list, struct tested *t)
{
    const struct crosstab *c = &t->counts;
    size_t below = 0, pairs = 0;
    for (size_t i = 0; i < c->rows; i++)
        for (size_t k = 0; k < i; k++) {
            double changed = crosstab_at(c, i, k) + crosstab_at(c, k, i);
            pairs += changed > 0;
            below += changed > 0 && changed < 10;
        }
    if (5 * below <= pairs)
        return;
    buf_addf(&list->scratch,
             "fewer than 10 records changed between the two in %zu of %zu pairs of values: take p "
             "with care",
             below, pairs);
    tested_add_warning(list, t);
}

void tested_paired(struct tested_list *list, const struct tested_options *o,
                   const struct cells_table *table, size_t layer)
{
    struct tested *t = tested_begin(list, table, layer, TESTED_SYMMETRY);
    struct cells_code *codes;
    size_t count = join_codes(list, table, &codes);
    t->counts = crosstab_new(&list->arena, count, count);
    t->rows = t->columns = codes;
    for (size_t v = 0; v < table->value_count; v++)
        for (size_t g = 0; g < table->group_count; g++)
            t->counts.cells[v * count + find_code(codes, count, &table->groups[g])] =
                cells_at(table, layer, v, g)->n;
    crosstab_total(&t->counts);
    if (count == table->value_count + table->group_count && count > 0) {
        tested_warn(list, t, SPAN("no test: field and by have no value in common"));
        return;
    }
    enum stat_status status = paired_mcnemar(&t->counts, &t->result);
    if (status == STAT_UNDEFINED) {
        tested_warn(list, t, SPAN("no test: no record changed its answer"));
        return;
    }
    enum tested_way method = count == 2 ? TESTED_MCNEMAR : TESTED_BOWKER;
    if (!tested_succeeded(list, t, status, method))
        return;
    t->preferred = method;
    t->p = t->result.p;
    prefer_binomial(t, o);
    if (t->preferred == TESTED_BOWKER)
        warn_few_changes(list, t);
}

/* ---- all values of a multiple response ---- */

static const struct multiple_set *take_set(struct arena *a, const struct cells_table *table,
                                           size_t layer)
{
    size_t groups = table->group_count, items = table->value_count;
    struct multiple_set *set = arena_alloc(a, sizeof *set);
    double *n = arena_array(a, groups, sizeof *n);
    double *hits = arena_array(a, groups, items * sizeof *hits);
    for (size_t g = 0; g < groups; g++) {
        n[g] = cells_base(table, layer, g);
        for (size_t v = 0; v < items; v++)
            hits[g * items + v] = cells_at(table, layer, v, g)->n;
    }
    *set = (struct multiple_set){groups, items, n, hits, NULL};
    if (items)
        set->both = cells_pair(table, layer, 0, 0, 0); /* a layer is laid out as in a set */
    return set;
}

static const char *obstacle(const struct cells_table *table)
{
    if (!table->by.at)
        return "no test: several answers were possible, so the values are not parts of one whole";
    if (table->rest)
        return "no test of all values together: some have no row of their own; each of the others "
               "is tested alone";
    if (!table->pairs)
        return "no test of all values together: several answers were possible, and how often two "
               "came together is not known (\"pairs\":true in the plan counts it); each value is "
               "tested alone";
    return NULL;
}

static size_t groups_with_records(const struct multiple_set *set)
{
    size_t count = 0;
    for (size_t g = 0; g < set->groups; g++)
        count += set->n[g] > 0;
    return count;
}

/* The correction is for many records, as chi-square's distribution is: Cochran's rule for the
 * values' own tables. */
static void warn_few(struct tested_list *list, struct tested *t, const struct multiple_set *set)
{
    size_t below = 0, cells = 0;
    double n = 0;
    for (size_t g = 0; g < set->groups; g++)
        n += set->n[g];
    for (size_t v = 0; v < set->items; v++) {
        double hits = 0;
        for (size_t g = 0; g < set->groups; g++)
            hits += set->hits[g * set->items + v];
        for (size_t g = 0; g < set->groups && hits > 0 && hits < n; g++) {
            double expected = hits * set->n[g] / n;
            below += expected < 5 ? 1 : 0;
            below += set->n[g] - expected < 5 ? 1 : 0;
            cells += 2;
        }
    }
    if (5 * below <= cells)
        return;
    buf_addf(&list->scratch,
             "%zu of %zu expected counts are under 5, too many for the Rao-Scott test: take p with "
             "care",
             below, cells);
    tested_add_warning(list, t);
}

/* One-way, with how often two values came together: Cochran's Q. */
static void test_equality(struct tested_list *list, struct tested *t, size_t layer)
{
    struct tested_set *set = &t->of.set;
    set->counts = take_set(&list->arena, t->table, layer);
    enum stat_status status =
        paired_cochran_q(set->counts->hits, set->counts->both, set->counts->items, &t->result);
    if (status == STAT_UNDEFINED) {
        tested_warn(list, t, SPAN("no test: every record named all of the values, or none"));
        return;
    }
    if (!tested_succeeded(list, t, status, TESTED_COCHRAN_Q))
        return;
    t->preferred = TESTED_COCHRAN_Q;
    t->p = t->result.p;
}

void tested_set(struct tested_list *list, const struct cells_table *table, size_t layer)
{
    bool is_equality = !table->by.at && table->pairs && !table->rest && table->value_count > 1;
    struct tested *t = tested_begin(list, table, layer,
                                    table->by.at  ? TESTED_INDEPENDENCE
                                    : is_equality ? TESTED_EQUALITY
                                                  : TESTED_GOODNESS);
    t->counts = (struct crosstab){.rows = table->value_count, .columns = table->group_count};
    for (size_t g = 0; g < table->group_count; g++)
        t->counts.sum += cells_base(table, layer, g);
    t->rows = table->values;
    t->columns = table->groups;
    if (is_equality) {
        test_equality(list, t, layer);
        return;
    }
    const char *why = obstacle(table);
    if (why) {
        tested_warn(list, t, span_of(why));
        return;
    }
    struct tested_set *set = &t->of.set;
    set->counts = take_set(&list->arena, table, layer);
    if (!tested_succeeded(list, t, multiple_rao_scott(set->counts, &set->result), TESTED_RAO_SCOTT))
        return;
    double most = (double)set->result.used * (double)(groups_with_records(set->counts) - 1);
    if (set->result.df > most * (1 + DBL_EPSILON * 100)) {
        t->method = TESTED_NOTHING;
        buf_addf(
            &list->scratch,
            "no test of all values together: too few records for the Rao-Scott correction (its "
            "df, %.2f, is above its maximum, %.0f); each value is tested alone",
            set->result.df, most);
        tested_add_warning(list, t);
        return;
    }
    warn_few(list, t, set->counts);
    t->result = (struct tests_result){set->result.statistic, set->result.df, set->result.p};
    t->preferred = TESTED_RAO_SCOTT;
    t->p = set->result.p;
}
