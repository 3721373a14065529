/* tested_spmi -- two multiple responses: is each value of the one independent of each of the other?
 *
 * Simultaneous pairwise marginal independence (Bilder & Loughin 2004): a two by two table for each
 * pair of a value and a group, of the records that named both, one, none. The sum of their
 * statistics has no known distribution without the joint counts of all values, so p is
 * Bonferroni's: the smallest times the number of pairs. */
#include "tested_parts.h"

/* The table of one pair; false if a margin is empty. */
static bool take_pair(const struct tested_spmi *s, size_t value, size_t group, double counts[4])
{
    const struct cells_cell *cell = cells_at(s->table, s->layer, value, group);
    double column = cells_base(s->table, s->layer, group);
    counts[0] = cell->n;
    counts[1] = cell->row - cell->n;
    counts[2] = column - cell->n;
    counts[3] = s->records - cell->row - column + cell->n;
    for (size_t i = 0; i < 4; i++)
        if (counts[i] < 0)
            return false;
    return cell->row > 0 && cell->row < s->records && column > 0 && column < s->records;
}

static void compare_pairs(struct tested_list *list, struct tested *t)
{
    struct tested_spmi *s = &t->of.spmi;
    double counts[4];
    t->result.p = 1;
    for (size_t v = 0; v < s->table->value_count; v++)
        for (size_t g = 0; g < s->table->group_count; g++) {
            struct tests_result pair;
            if (!take_pair(s, v, g, counts))
                continue;
            struct crosstab c = crosstab_of(&list->arena, 2, 2, counts);
            if (tests_pearson(&c, &pair) != STAT_OK)
                continue;
            s->pairs++;
            t->result.statistic += pair.statistic;
            t->result.p = fmin(t->result.p, pair.p);
            if (s->value && pair.statistic <= s->most)
                continue;
            s->most = pair.statistic;
            s->value = &s->table->values[v];
            s->group = &s->table->groups[g];
        }
    t->result.df = (double)s->pairs;
    t->result.p = fmin(1, t->result.p * (double)s->pairs);
}

void tested_spmi(struct tested_list *list, const struct cells_table *table, size_t layer)
{
    struct tested *t = tested_begin(list, table, layer, TESTED_INDEPENDENCE);
    t->counts = (struct crosstab){.rows = table->value_count, .columns = table->group_count};
    t->counts.sum = table->whole[layer].n;
    t->rows = table->values;
    t->columns = table->groups;
    t->of.spmi = (struct tested_spmi){table, layer, 0, table->whole[layer].n, 0, NULL, NULL};
    compare_pairs(list, t);
    if (t->of.spmi.pairs == 0) {
        tested_warn(list, t,
                    SPAN("no test: every value or every group is that of all records, or of none"));
        return;
    }
    t->method = t->preferred = TESTED_SPMI;
    t->p = t->result.p;
}
