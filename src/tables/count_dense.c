/* count_dense -- the small array of a plain table: opened, and folded into the places. */
#include "count_dense.h"

#include <stdlib.h>

#include "base/fail.h"
#include "count_place.h"

void count_dense_open(struct count_table *t)
{
    t->dense = calloc(1, sizeof *t->dense);
    if (!t->dense)
        fail_memory();
}

void count_dense_meet(struct count *c, struct count_table *t, struct count_axis *a, uint32_t code)
{
    if (a->field != INTERN_NONE)
        count_index(c, t, a, code);
}

/* The counts of one group into the places of COLUMN. */
static void fold_column(struct count_table *t, uint64_t column, uint32_t group)
{
    size_t place = count_place_add(t, COUNT_TOTAL, column, 0); /* may move the counts */
    t->counts[place] += t->dense->totals[group];
    for (uint32_t row = 0; row < t->rows.count; row++) {
        uint32_t code = t->rows.codes[row];
        uint64_t count = code < COUNT_DENSE_ROWS ? t->dense->cells[group][code] : 0;
        if (count == 0)
            continue;
        place = count_place_add(t, COUNT_CELL, column, row);
        t->counts[place] += count;
    }
}

static void fold_group(struct count_table *t, uint32_t group)
{
    uint32_t code = t->groups.codes[group];
    if (code >= COUNT_DENSE_COLUMNS || t->dense->totals[code] == 0)
        return;
    fold_column(t, count_column(t, 0, COUNT_NONE), code);
    fold_column(t, count_column(t, 0, group), code);
}

void count_dense_fold(struct count_table *t)
{
    if (t->dense && t->groups.field == INTERN_NONE)
        fold_column(t, count_column(t, 0, COUNT_NONE), 0);
    for (uint32_t group = 0; t->dense && group < t->groups.count; group++)
        fold_group(t, group);
    free(t->dense);
    t->dense = NULL;
}
