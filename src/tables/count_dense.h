/* count_dense -- the common case of a table, counted without a hash.
 *
 * Most records have one value, or a list of them, and one group, of few: in a plain table these
 * are counted in a small array, by column and row. 20 tables over 1 million records (372 MB) take
 * 0.85 s so, and 1.9 s with a place in the hash for each count (2-core AMD EPYC, November 2026).
 * What runs for every record and table is inline. */
#ifndef COUNT_DENSE_H
#define COUNT_DENSE_H

#include "tables/count.h"

#define COUNT_DENSE_ROWS ((size_t)64)
#define COUNT_DENSE_COLUMNS ((size_t)16)

/* Counts by the codes of group and row, which need no place of their own: what a count of zero
 * meets comes for the first time, and takes its places on the axes then. */
struct count_dense {
    uint64_t cells[COUNT_DENSE_COLUMNS][COUNT_DENSE_ROWS];
    uint64_t totals[COUNT_DENSE_COLUMNS]; /* records */
};

void count_dense_open(struct count_table *t);

/* A row or a group that may be new to the table: it takes its place on the axis. */
void count_dense_meet(struct count *c, struct count_table *t, struct count_axis *a, uint32_t code);

/* Whether the record has values and, if the table asks for it, one group: then nothing can be wrong
 * with it, and count_dense_add() is to be tried. */
static inline bool count_dense_fits(struct count *c, const struct count_table *t)
{
    if (!t->is_plain)
        return false;
    enum variable_state rows = variables_get(&c->answers, t->rows.field)->state;
    bool is_counted = rows == VARIABLE_ONE || (rows == VARIABLE_LIST && !t->plan->pairs);
    return is_counted && (t->groups.field == INTERN_NONE ||
                          variables_get(&c->answers, t->groups.field)->state == VARIABLE_ONE);
}

static inline void count_dense_up(struct count *c, struct count_table *t, uint32_t group,
                                  uint32_t row)
{
    uint64_t *cell = &t->dense->cells[group][row];
    if (*cell == 0)
        count_dense_meet(c, t, &t->rows, row);
    ++*cell;
}

/* Whether all rows of A, a list, are of those that are counted by their codes. */
static inline bool count_dense_few(const struct variable *a)
{
    uint32_t most = 0;
    for (size_t i = 0; i < a->count; i++)
        most = a->codes[i] > most ? a->codes[i] : most;
    return most < COUNT_DENSE_ROWS;
}

/* Counts such a record; false, and nothing done, if its group or a row is beyond the array. */
static inline bool count_dense_add(struct count *c, struct count_table *t)
{
    const struct variable *fields = c->answers.fields, *rows = &fields[t->rows.field];
    uint32_t group = t->groups.field == INTERN_NONE ? 0 : fields[t->groups.field].codes[0];
    if (group >= COUNT_DENSE_COLUMNS || !count_dense_few(rows))
        return false;
    if (!t->dense)
        count_dense_open(t);
    for (size_t i = 0; i < rows->count; i++)
        count_dense_up(c, t, group, rows->codes[i]);
    if (t->dense->totals[group] == 0)
        count_dense_meet(c, t, &t->groups, group);
    t->dense->totals[group]++;
    t->multiple |= rows->state == VARIABLE_LIST;
    return true;
}

/* The cell of a record that has one value and one group, if it was counted before. */
static inline uint64_t *count_dense_cell(struct count *c, struct count_table *t)
{
    const struct variable *rows = variables_get(&c->answers, t->rows.field);
    uint32_t group = 0;
    if (rows->state != VARIABLE_ONE || !t->dense)
        return NULL;
    if (t->groups.field != INTERN_NONE) {
        const struct variable *groups = variables_get(&c->answers, t->groups.field);
        if (groups->state != VARIABLE_ONE)
            return NULL;
        group = groups->codes[0];
    }
    if (group >= COUNT_DENSE_COLUMNS || rows->codes[0] >= COUNT_DENSE_ROWS)
        return NULL;
    uint64_t *cell = &t->dense->cells[group][rows->codes[0]];
    t->total = &t->dense->totals[group];
    return *cell ? cell : NULL;
}

/* Moves the counts to their places, when all records are in. */
void count_dense_fold(struct count_table *t);

#endif
