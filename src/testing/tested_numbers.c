/* tested_numbers -- the numbers of several groups, from their summaries. */
#include "base/fail.h"
#include "tested_parts.h"

/* The groups that have numbers; the others are told. */
static void take_groups(struct tested_list *list, struct tested *t, size_t layer)
{
    const struct cells_table *table = t->table;
    struct tested_location *location = &t->of.location;
    location->groups = arena_array(&list->arena, table->group_count, sizeof *location->groups);
    t->columns = arena_array(&list->arena, table->group_count, sizeof *t->columns);
    for (size_t g = 0; g < table->group_count; g++) {
        const struct cells_summary *s = &table->summaries[layer * table->group_count + g];
        if (!(s->n > 0)) {
            buf_add(&list->scratch, SPAN("left out, since no record has it: "));
            buf_add(&list->scratch, table->by);
            buf_addc(&list->scratch, ' ');
            buf_add(&list->scratch, span_of(quote(table->groups[g].text)));
            tested_add_warning(list, t);
            continue;
        }
        t->columns[t->counts.columns] = table->groups[g];
        location->groups[t->counts.columns++] =
            (struct location_group){.n = table->weighted ? s->unweighted : s->n,
                                    .mean = s->mean,
                                    .sd = s->sd,
                                    .rank_sum = s->rank_sum,
                                    .error = s->error,
                                    .place_mean = s->place_mean,
                                    .place_error = s->place_error};
        t->counts.sum += location->groups[t->counts.columns - 1].n;
    }
    location->ties = table->whole_summaries[layer].ties;
}

/* Why STATUS means that there is no test; NULL where it needs no words of its own. */
static const char *obstacle(const struct cells_table *table, enum stat_status status)
{
    if (status == STAT_EMPTY)
        return "no test: a group has one number only";
    if (status == STAT_UNDEFINED)
        return "no test: the numbers of a group are all the same";
    if (status == STAT_DOMAIN && table->weighted)
        return "no test: what weighted numbers vary by is not known (\"error\" in the summaries "
               "that tabulate writes)";
    return NULL;
}

void tested_numbers(struct tested_list *list, const struct cells_table *table, size_t layer)
{
    struct tested *t = tested_begin(list, table, layer, TESTED_LOCATION);
    struct location_welch welch;
    take_groups(list, t, layer);
    if (t->counts.columns < 2) {
        tested_warn(list, t, SPAN("no test: records in one group only"));
        return;
    }
    struct tested_location *location = &t->of.location;
    enum stat_status status =
        table->weighted ? location_wald(location->groups, t->counts.columns, LOCATION_MEANS, &welch)
                        : location_welch(location->groups, t->counts.columns, &welch);
    const char *why = obstacle(table, status);
    if (why) {
        tested_warn(list, t, span_of(why));
        return;
    }
    enum tested_way way = table->weighted ? TESTED_WALD : TESTED_WELCH;
    if (!tested_succeeded(list, t, status, way))
        return;
    location->df2 = welch.df2;
    t->result = (struct tests_result){welch.statistic, welch.df, welch.p};
    t->preferred = way;
    t->p = t->result.p;
}
