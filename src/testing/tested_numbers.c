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
            (struct location_group){s->n, s->mean, s->sd, s->rank_sum};
        t->counts.sum += s->n;
    }
    location->ties = table->whole_summaries[layer].ties;
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
    enum stat_status status = location_welch(location->groups, t->counts.columns, &welch);
    if (status == STAT_EMPTY) {
        tested_warn(list, t, SPAN("no test: a group has one number only"));
        return;
    }
    if (status == STAT_UNDEFINED) {
        tested_warn(list, t, SPAN("no test: the numbers of a group are all the same"));
        return;
    }
    if (!tested_succeeded(list, t, status, TESTED_WELCH))
        return;
    location->df2 = welch.df2;
    t->result = (struct tests_result){welch.statistic, welch.df, welch.p};
    t->preferred = TESTED_WELCH;
    t->p = t->result.p;
}
