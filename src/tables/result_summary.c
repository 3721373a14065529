/* result_summary -- the numbers of each column of a table, summarised.
 *
 * A column is the numbers that came and how often, sorted: so the result does not depend on
 * the order of the records. */
#include <stdlib.h>

#include "result.h"
#include "stats/describe.h"
#include "stats/location.h"

/* A number in a column; the whole of a layer is a column too. */
struct entry {
    size_t column;
    double value, count, records; /* the count may be weights of so many records */
    double squares;               /* of the weights */
};

static int by_column(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* The columns of a layer: its whole, then its groups. */
static size_t column_of(const struct result *r, const struct count_place *p)
{
    size_t group = p->group == COUNT_NONE ? 0 : 1 + r->group_at[p->group];
    return r->layer_at[p->layer] * (r->to->group_count + 1) + group;
}

static size_t take_entries(const struct result *r, struct entry *entries)
{
    size_t count = 0;
    for (size_t i = 0; i < r->from->places.count; i++) {
        struct count_place p = count_place_of(r->from, r->from->places.keys[i]);
        if (p.kind != COUNT_CELL)
            continue;
        struct entry *e = &entries[count++];
        double records = (double)r->from->counts[i];
        *e = (struct entry){column_of(r, &p), 0, records, records, 0};
        if (r->to->weighted) {
            e->count = fixed_value(&r->from->weights[i].sum);
            e->squares = fixed_value(&r->from->weights[i].squares);
        }
        memcpy(&e->value, &r->from->numbers.keys[p.row], sizeof e->value);
    }
    if (count)
        qsort(entries, count, sizeof *entries, by_column);
    return count;
}

/* Numbers whose squares are too large for a double have no summary. */
static struct cells_summary summary_of(const struct result *r, const struct describe_values *values,
                                       const struct cells_cell *total)
{
    struct describe_summary s;
    struct cells_summary to = {.n = total->n,
                               .unweighted = total->unweighted,
                               .rank_sum = NAN,
                               .ties = NAN,
                               .mean_low = NAN,
                               .mean_high = NAN,
                               .error = NAN,
                               .place_mean = NAN,
                               .place_error = NAN};
    if (describe_summarise(values, &s) != STAT_OK) {
        to.mean = to.sd = to.min = to.q1 = to.median = to.q3 = to.max = to.sum = NAN;
        return to;
    }
    to.mean = s.mean;
    to.sd = s.has_sd ? s.sd : NAN;
    to.min = s.min;
    to.q1 = s.lower_quartile;
    to.median = s.median;
    to.q3 = s.upper_quartile;
    to.max = s.max;
    to.sum = s.sum;
    struct stat_estimate mean;
    if (!r->to->weighted &&
        location_mean(&(struct location_group){.n = s.n, .mean = s.mean, .sd = to.sd},
                      r->counts->plan->confidence, &mean) == STAT_OK) {
        to.mean_low = mean.low;
        to.mean_high = mean.high;
    }
    return to;
}

/* The sum of the ranks of PART among WHOLE, equal numbers sharing the mean of theirs. */
static double rank_sum_of(const struct describe_values *part, const struct describe_values *whole)
{
    double before = 0, sum = 0;
    for (size_t i = 0, k = 0; i < whole->count; i++) {
        if (k < part->count && part->values[k] == whole->values[i])
            sum += part->counts[k++] * (before + (whole->counts[i] + 1) / 2);
        before += whole->counts[i];
    }
    return sum;
}

static double ties_of(const struct describe_values *whole)
{
    double ties = 0;
    for (size_t i = 0; i < whole->count; i++)
        ties += (whole->counts[i] - 1) * whole->counts[i] * (whole->counts[i] + 1);
    return ties;
}

/* The weighted mean of VALUES, by entry, and its linearised standard error, but for the correction
 * by the number of records: sqrt(sum w^2 (value - mean)^2) / sum w. */
static void linearise(const struct entry *entries, const double *values, size_t count, double *mean,
                      double *error)
{
    double sum = 0, weights = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        sum += entries[i].count * values[i];
        weights += entries[i].count;
    }
    *mean = sum / weights;
    for (size_t i = 0; i < count; i++)
        squares += entries[i].squares * (values[i] - *mean) * (values[i] - *mean);
    *error = sqrt(squares) / weights;
}

/* The place of each entry of a part among WHOLE, both rising: the share of the weights below it,
 * and half of its own number's. */
static void take_places(const struct entry *part, size_t count, const struct describe_values *whole,
                        double *places)
{
    double before = 0;
    for (size_t i = 0, k = 0; i < whole->count; i++) {
        if (k < count && part[k].value == whole->values[i])
            places[k++] = before + whole->counts[i] / 2;
        before += whole->counts[i];
    }
    for (size_t k = 0; k < count; k++)
        places[k] /= before;
}

/* What a test of weighted numbers needs of the entries of a group. */
static void weigh(struct cells_summary *s, const struct entry *part,
                  const struct describe_values *v, const struct describe_values *whole,
                  double *places)
{
    double mean;
    if (!(s->n > 0) || isnan(s->mean))
        return;
    linearise(part, v->values, v->count, &mean, &s->error);
    take_places(part, v->count, whole, places);
    linearise(part, places, v->count, &s->place_mean, &s->place_error);
}

/* The entries of COLUMN, from AT on. */
static struct describe_values next_column(const struct result *r, const struct entry *entries,
                                          size_t count, size_t column, size_t *at,
                                          struct describe_values *all)
{
    size_t from = *at;
    for (; *at < count && entries[*at].column == column; ++*at)
        ;
    struct describe_values v = {all->values + from, all->counts + from, *at - from, 0};
    for (size_t i = from; r->to->weighted && i < *at; i++)
        v.records += entries[i].records;
    return v;
}

static void summarise_layer(struct result *r, const struct entry *entries, size_t count,
                            size_t layer, size_t *at, struct describe_values *all)
{
    struct cells_table *t = r->to;
    size_t column = layer * (t->group_count + 1);
    struct describe_values whole = next_column(r, entries, count, column, at, all);
    bool is_compared = r->from->groups.field != INTERN_NONE && !t->by_multiple;
    bool is_ranked = is_compared && !t->weighted;
    double *places =
        is_compared && t->weighted ? arena_array(r->arena, count, sizeof *places) : NULL;
    t->whole_summaries[layer] = summary_of(r, &whole, &t->whole[layer]);
    if (is_ranked)
        t->whole_summaries[layer].ties = ties_of(&whole);
    for (size_t g = 0; g < t->group_count; g++) {
        const struct entry *part = entries + *at;
        struct describe_values v = next_column(r, entries, count, column + 1 + g, at, all);
        struct cells_summary *s = &t->summaries[layer * t->group_count + g];
        *s = summary_of(r, &v, cells_total(t, layer, g));
        if (is_ranked)
            s->rank_sum = rank_sum_of(&v, &whole);
        if (places)
            weigh(s, part, &v, &whole, places);
    }
    if (r->from->groups.field == INTERN_NONE)
        t->summaries[layer] = t->whole_summaries[layer];
}

void result_summaries(struct result *r)
{
    struct cells_table *t = r->to;
    struct entry *entries = arena_array(r->arena, r->from->places.count, sizeof *entries);
    size_t count = take_entries(r, entries), at = 0;
    double *values = arena_array(r->arena, count, sizeof *values);
    double *counts = arena_array(r->arena, count, sizeof *counts);
    for (size_t i = 0; i < count; i++) {
        values[i] = entries[i].value;
        counts[i] = entries[i].count;
    }
    t->summaries = arena_array(r->arena, t->layer_count * t->group_count, sizeof *t->summaries);
    t->whole_summaries = arena_array(r->arena, t->layer_count, sizeof *t->whole_summaries);
    struct describe_values all = {values, counts, count, 0};
    for (size_t layer = 0; layer < t->layer_count; layer++)
        summarise_layer(r, entries, count, layer, &at, &all);
}
