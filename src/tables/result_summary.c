/* result_summary -- the numbers of each column of a table, summarised.
 *
 * A column is the numbers that came and how often, sorted: so the result does not depend on
 * the order of the records. */
#include <stdlib.h>

#include "result.h"
#include "stats/describe.h"

/* A number in a column; the whole of a layer is a column too. */
struct entry {
    size_t column;
    double value, count;
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
        *e = (struct entry){column_of(r, &p), 0, (double)r->from->counts[i]};
        memcpy(&e->value, &r->from->numbers.keys[p.row], sizeof e->value);
    }
    if (count)
        qsort(entries, count, sizeof *entries, by_column);
    return count;
}

/* Numbers whose squares are too large for a double have no summary. */
static struct cells_summary summary_of(const struct describe_values *values, double n)
{
    struct describe_summary s;
    if (describe_summarise(values, &s) != STAT_OK)
        return (struct cells_summary){n, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    return (struct cells_summary){
        n,    s.mean, s.has_sd ? s.sd : NAN, s.min, s.lower_quartile, s.median, s.upper_quartile,
        s.max};
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
    for (size_t layer = 0; layer < t->layer_count; layer++) {
        for (size_t group = 0; group <= t->group_count; group++) {
            size_t from = at, column = layer * (t->group_count + 1) + group;
            for (; at < count && entries[at].column == column; at++)
                ;
            struct describe_values v = {values + from, counts + from, at - from};
            if (group == 0)
                t->whole_summaries[layer] = summary_of(&v, t->whole[layer].n);
            else
                t->summaries[layer * t->group_count + group - 1] =
                    summary_of(&v, cells_total(t, layer, group - 1)->n);
        }
        if (r->from->groups.field == INTERN_NONE)
            t->summaries[layer] = t->whole_summaries[layer];
    }
}
