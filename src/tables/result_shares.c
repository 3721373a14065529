/* result_shares -- percentages with their bases and intervals.
 *
 * A percentage of responses gets no interval: the answers of one record do not come
 * independently. */
#include "result.h"

#include "base/fail.h"
#include "stats/interval.h"

static struct base base_of_amount(const struct amount *a)
{
    struct base b = {a->n, a->n};
    if (a->squares > 0)
        b.effective = a->n * a->n / a->squares;
    return b;
}

static double responses_in(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = t->rest ? t->rest[layer * t->group_count + group].n : 0;
    for (size_t v = 0; v < t->value_count; v++)
        sum += cells_at(t, layer, v, group)->n;
    return sum;
}

/* VALUE is CELLS_NONE for what is no row of its own: then there is no percentage of a row. */
static struct base base_of(const struct result *r, enum cells_of of, size_t layer, size_t value,
                           size_t group)
{
    const struct cells_table *t = r->to;
    switch (of) {
    case CELLS_ROW:
        if (value == CELLS_NONE)
            return (struct base){NAN, NAN};
        return base_of_amount(&r->rows[layer * t->value_count + value]);
    case CELLS_TOTAL:
        return base_of_amount(&r->wholes[layer]);
    case CELLS_RESPONSES:
        return (struct base){responses_in(t, layer, group), NAN};
    default:
        return base_of_amount(&r->totals[layer * t->group_count + group]);
    }
}

static double population_of(const struct result *r, size_t group)
{
    for (size_t i = 0; i < r->plan->population_count; i++)
        if (!r->plan->by.at || span_eq(r->plan->populations[i].group, r->to->groups[group].raw))
            return r->plan->populations[i].size;
    return NAN;
}

static void set_interval(const struct result *r, double n, struct base base, double population,
                         struct cells_share *s)
{
    double confidence = r->counts->plan->confidence, hits = n / base.n * base.effective;
    struct stat_estimate e;
    enum stat_status status = STAT_EMPTY;
    if (base.effective == base.n)
        hits = n; /* not a last digit lost where there are no weights */
    if (!isnan(population))
        status = interval_wilson_finite(hits, base.n, population, confidence, &e);
    else
        status = r->plan->interval->of(fmin(hits, base.effective), base.effective, confidence, &e);
    if (status != STAT_OK)
        return;
    s->low = 100 * e.low;
    s->high = 100 * e.high;
}

static struct cells_share share_of(const struct result *r, enum cells_of of, double n,
                                   struct base base, double population)
{
    struct cells_share s = {base.n, NAN, NAN, NAN};
    if (!(base.n > 0))
        return s;
    s.percent = 100 * n / base.n;
    bool has_interval = of != CELLS_RESPONSES && n <= base.n;
    if (has_interval && r->plan->interval)
        set_interval(r, n, base, of == CELLS_COLUMN ? population : NAN, &s);
    return s;
}

static void set_bounds(struct cells_cell *cell, double base, double population)
{
    struct stat_estimate e;
    cell->lowest = cell->highest = NAN;
    if (isnan(population) || interval_bounds(cell->n, base, population, &e) != STAT_OK)
        return;
    cell->lowest = 100 * e.low;
    cell->highest = 100 * e.high;
}

static void set_cells(const struct result *r, size_t layer, size_t group)
{
    struct cells_table *t = r->to;
    double population = t->populations ? t->populations[group] : NAN;
    for (size_t v = 0; v < t->value_count; v++) {
        struct cells_cell *cell = cells_at(t, layer, v, group);
        for (size_t k = 0; k < t->of_count; k++) {
            struct base base = base_of(r, t->of[k], layer, v, group);
            struct cells_share s = share_of(r, t->of[k], cell->n, base, population);
            if (k == 0)
                cell->share = s;
            else
                t->shares[k][cell - t->cells] = s;
        }
        set_bounds(cell, cells_total(t, layer, group)->n, population);
    }
}

/* Rows that are no values: what the top leaves, groups of codes. */
static void set_others(const struct result *r, size_t layer, size_t group)
{
    struct cells_table *t = r->to;
    struct base base = base_of(r, t->of[0], layer, CELLS_NONE, group);
    if (t->rest) {
        struct cells_cell *rest = &t->rest[layer * t->group_count + group];
        rest->share = share_of(r, t->of[0], rest->n, base, NAN);
        if (t->multiple && t->of[0] != CELLS_RESPONSES) /* answers are not a part of records */
            rest->share = (struct cells_share){base.n, NAN, NAN, NAN};
    }
    for (size_t i = 0; i < t->subtotal_count; i++) {
        struct cells_cell *cell = cells_subtotal(t, layer, i, group);
        cell->share = share_of(r, t->of[0], cell->n, base, NAN);
        if (t->of[0] == CELLS_RESPONSES) /* records are not a part of answers */
            cell->share = (struct cells_share){base.n, NAN, NAN, NAN};
    }
}

/* A total's percentage is of the base that its table's percentages have. */
static struct cells_share total_share(const struct result *r, size_t layer, size_t group, double n)
{
    const struct cells_table *t = r->to;
    struct cells_share s = {n, NAN, NAN, NAN};
    if (t->of[0] == CELLS_ROW || t->of[0] == CELLS_TOTAL)
        s.base = t->whole[layer].n;
    if (t->of[0] == CELLS_RESPONSES) {
        s.base = 0;
        for (size_t g = 0; g < t->group_count; g++)
            if (g == group || group == CELLS_NONE)
                s.base += responses_in(t, layer, g);
    } else if (s.base > 0) {
        s.percent = 100 * n / s.base;
    }
    return s;
}

static void set_totals(const struct result *r, size_t layer)
{
    struct cells_table *t = r->to;
    const struct amount *a = &r->wholes[layer];
    struct cells_cell *whole = &t->whole[layer];
    *whole = (struct cells_cell){.n = a->n, .unweighted = a->unweighted, .squares = a->squares};
    for (size_t g = 0; g < t->group_count; g++) {
        a = &r->totals[layer * t->group_count + g];
        struct cells_cell *total = cells_total(t, layer, g);
        *total = (struct cells_cell){.n = a->n, .unweighted = a->unweighted, .squares = a->squares};
        total->share = total_share(r, layer, g, a->n);
    }
    whole->share = total_share(r, layer, CELLS_NONE, whole->n);
}

static void set_populations(struct result *r)
{
    struct cells_table *t = r->to;
    if (!r->plan->population_count)
        return;
    t->populations = arena_array(r->arena, t->group_count, sizeof *t->populations);
    for (size_t g = 0; g < t->group_count; g++)
        t->populations[g] = population_of(r, g);
}

static void check_population(const struct result *r, size_t layer, size_t group)
{
    const struct cells_table *t = r->to;
    double n = cells_total(t, layer, group)->n;
    if (!t->populations || !(t->populations[group] < n))
        return;
    fail(STATUS_DATA, "table %s: the population %.0f is smaller than the base %.0f%s%s",
         quote(t->id), t->populations[group], n, t->by.at ? " of group " : "",
         t->by.at ? quote(t->groups[group].text) : "");
}

void result_shares(struct result *r)
{
    struct cells_table *t = r->to;
    set_populations(r);
    for (size_t layer = 0; layer < t->layer_count; layer++) {
        set_totals(r, layer);
        for (size_t g = 0; g < t->group_count; g++) {
            check_population(r, layer, g);
            set_cells(r, layer, g);
            set_others(r, layer, g);
        }
    }
}
