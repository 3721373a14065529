/* network -- the walk over the columns of a table, and the table that is walked over.
 *
 * network_fill lists the ways to fill a column, network_stage holds what the columns so far leave
 * of the rows, network_tail counts the last columns at once. */
#include <math.h>
#include <stdlib.h>

#include "network_parts.h"

#define TIE_TOLERANCE 1e-7
#define HOPELESS 1000 /* budgets that no pruning makes up for */

/* ---- the walk ---- */

/* One more filling after an entry: counted, dropped, or kept for the next column. */
static void extend(struct problem *pr, struct stage *after, struct entry e, double mass)
{
    double past = (double)e.log_p / NETWORK_GRID;
    const struct bounds *b = &after->bounds[e.node];
    if (past + b->most <= pr->limit)
        pr->p += mass;
    else if (past + b->least <= pr->limit)
        network_add(after, e, mass);
}

/* All fillings after entry INDEX of the stage before; false if the budget is spent. */
static bool extend_entry(struct problem *pr, const struct stage *before, size_t index,
                         const struct fillings *all, struct stage *after)
{
    struct entry e = network_entry(before, index);
    for (size_t k = 0; k < all->count; k++) {
        int64_t log_p = e.log_p + llround(all->log_p[k] * NETWORK_GRID);
        extend(pr, after, (struct entry){all->to[k], log_p}, before->mass[index] * all->mass[k]);
    }
    pr->steps += all->count;
    return pr->steps <= pr->budget && after->entries.count <= NETWORK_ENTRIES;
}

/* Column COLUMN: from the stage before it to the stage after it. */
static enum stat_status advance(struct problem *pr, const struct stage *before, size_t column,
                                struct fillings *all, struct stage *after)
{
    struct arena arena = {0};
    size_t *from, *grouped = network_group(before, &arena, &from);
    bool goes = network_fits(pr, before, from, column, all->child);
    for (size_t node = 0; node < before->nodes.count && goes; node++) {
        if (from[node] == from[node + 1])
            continue;
        goes = network_children(pr, all, before->nodes.keys[node], pr->column_sums[column],
                                &after->nodes) &&
               network_bound(pr, after, all->child, column + 1);
        for (size_t i = from[node]; i < from[node + 1] && goes; i++)
            goes = extend_entry(pr, before, grouped[i], all, after);
    }
    arena_free(&arena);
    return goes ? STAT_OK : STAT_BUDGET;
}

static enum stat_status walk(struct problem *pr)
{
    struct fillings all = {0};
    network_fillings_init(&all, pr->rows);
    struct stage now = {0};
    intern_add(&now.nodes, network_key(pr->row_sums, pr->rows));
    network_add(&now, (struct entry){0}, 1);
    enum stat_status status = STAT_OK;
    for (size_t c = 0; c + 3 < pr->columns && status == STAT_OK; c++) {
        struct stage next = {0};
        status = advance(pr, &now, c, &all, &next);
        network_stage_free(&now);
        now = next;
    }
    if (status == STAT_OK)
        status = network_complete(pr, &now, &all);
    network_stage_free(&now);
    network_fillings_free(&all);
    return status;
}

/* ---- the table ---- */

static const double *log_factorials(struct arena *a, size_t n)
{
    double *table = arena_array(a, n + 1, sizeof *table);
    for (size_t i = 2; i <= n; i++)
        table[i] = lgamma((double)i + 1);
    return table;
}

static double *sorted_copy(struct arena *a, const double *sums, size_t count,
                           int (*order)(const void *, const void *))
{
    double *copy = arena_array(a, count, sizeof *copy);
    memcpy(copy, sums, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, order);
    return copy;
}

static double add_log_factorials(const struct problem *pr, const double *counts, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += pr->log_factorial[(size_t)counts[i]];
    return sum;
}

/* A table of so many records that its first columns alone are far beyond the budget: to find that
 * out by walking would take all of it. */
static bool is_hopeless(const struct problem *pr)
{
    double steps = network_fewest(pr->row_sums, pr->rows, pr->column_sums[0]);
    if (pr->columns == 2)
        return steps > (double)pr->budget;
    return steps * network_fewest(pr->row_sums, pr->rows, pr->column_sums[1]) >
           (double)pr->budget * HOPELESS;
}

enum stat_status network_fisher(const struct crosstab *t, size_t budget, double *p)
{
    enum stat_status status = crosstab_check(t);
    if (status == STAT_OK)
        status = crosstab_check_whole(t->cells, t->rows * t->columns);
    if (status != STAT_OK)
        return status;
    if (t->sum > (double)budget)
        return STAT_BUDGET;
    struct arena arena = {0};
    bool upright = t->rows <= t->columns;
    struct problem pr = {.rows = upright ? t->rows : t->columns,
                         .columns = upright ? t->columns : t->rows,
                         .budget = budget};
    pr.row_sums =
        sorted_copy(&arena, upright ? t->row_sums : t->column_sums, pr.rows, network_falling);
    pr.column_sums =
        sorted_copy(&arena, upright ? t->column_sums : t->row_sums, pr.columns, network_falling);
    if (is_hopeless(&pr)) {
        arena_free(&arena);
        return STAT_BUDGET;
    }
    pr.log_factorial = log_factorials(&arena, (size_t)t->sum);
    double observed = add_log_factorials(&pr, pr.row_sums, pr.rows) +
                      add_log_factorials(&pr, pr.column_sums, pr.columns) -
                      add_log_factorials(&pr, &t->sum, 1) -
                      add_log_factorials(&pr, t->cells, t->rows * t->columns);
    pr.limit = observed + TIE_TOLERANCE;
    status = pr.columns == 2 ? network_complete_two(&pr) : walk(&pr);
    if (status == STAT_OK)
        *p = fmin(pr.p, 1);
    arena_free(&arena);
    return status;
}
