#include "stats/network.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/intern.h"
#include "bounds.h"
#include "filling.h"

#define TIE_TOLERANCE 1e-7
#define ENTRIES_MAX 1000000 /* of a stage, and nodes: about 100 bytes each */
#define LOG_GRID 0x1p30     /* partial tables are merged if their log probabilities agree to 1e-9 */

/* What the test works on: the shorter side as rows, columns by rising sum. */
struct problem {
    size_t rows, columns;
    double *row_sums, *column_sums;
    const double *log_factorial; /* 0..n */
    double limit;                /* log probability of the observed table, and a little more */
    double p;                    /* of the tables counted so far */
    size_t steps, budget;
};

/* Partial tables after some columns: a node is what is left of the rows, in falling order; an entry
 * a node with the log probability of the columns filled so far. MASS is the joint probability of an
 * entry's partial tables. */
struct stage {
    struct intern nodes, entries;
    double *mass;
    size_t mass_cap;
    struct bounds *bounds; /* by node */
    size_t bounded, bounds_cap;
};

/* An entry's key. All bytes are members, so that equal keys are equal bytes. */
struct entry {
    uint64_t node;
    int64_t log_p; /* in units of 1 / LOG_GRID */
};

static double log_choose(const struct problem *pr, double n, double k)
{
    const double *f = pr->log_factorial;
    return f[(size_t)n] - f[(size_t)k] - f[(size_t)(n - k)];
}

/* The probability of this column given the rows left before it: multivariate hypergeometric. */
static double filling_log_p(const struct problem *pr, const struct filling *f)
{
    double sum = 0, left = 0;
    for (size_t i = 0; i < f->rows; i++) {
        sum += log_choose(pr, f->left[i], f->count[i]);
        left += f->left[i];
    }
    return sum - log_choose(pr, left, f->rest[0]);
}

/* All fillings of the column for one node: their log probabilities, and the nodes they lead to. */
struct fillings {
    struct arena arena;
    struct filling walk;
    double *left, *child;
    double *log_p;
    uint64_t *to;
    size_t count, log_p_cap, to_cap;
};

static int order_falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static struct span node_key(const double *left, size_t rows)
{
    return (struct span){(const char *)left, rows * sizeof *left};
}

static uint64_t add_child(struct intern *nodes, struct fillings *all)
{
    size_t rows = all->walk.rows;
    for (size_t i = 0; i < rows; i++)
        all->child[i] = all->left[i] - all->walk.count[i];
    qsort(all->child, rows, sizeof *all->child, order_falling);
    return intern_add(nodes, node_key(all->child, rows));
}

/* NODES gets the children; NULL if they are not wanted. False if the budget is spent. */
static bool list_fillings(struct problem *pr, struct fillings *all, struct span node, double column,
                          struct intern *nodes)
{
    memcpy(all->left, node.at, node.len); /* a key has no alignment */
    filling_start(&all->walk, all->left, column);
    all->count = 0;
    do {
        if (pr->steps++ >= pr->budget || (nodes && nodes->count > ENTRIES_MAX))
            return false;
        all->log_p = array_grow(all->log_p, &all->log_p_cap, all->count + 1, sizeof *all->log_p);
        all->log_p[all->count] = filling_log_p(pr, &all->walk);
        if (nodes) {
            all->to = array_grow(all->to, &all->to_cap, all->count + 1, sizeof *all->to);
            all->to[all->count] = add_child(nodes, all);
        }
        all->count++;
    } while (filling_next(&all->walk));
    return true;
}

static struct entry entry_at(const struct stage *s, size_t index)
{
    struct entry e;
    memcpy(&e, s->entries.keys[index].at, sizeof e);
    return e;
}

static void stage_add(struct stage *s, struct entry e, double mass)
{
    size_t before = s->entries.count;
    size_t index = intern_add(&s->entries, (struct span){(const char *)&e, sizeof e});
    if (index == before) {
        s->mass = array_grow(s->mass, &s->mass_cap, index + 1, sizeof *s->mass);
        s->mass[index] = 0;
    }
    s->mass[index] += mass;
}

static void stage_free(struct stage *s)
{
    intern_free(&s->nodes);
    intern_free(&s->entries);
    free(s->mass);
    free(s->bounds);
}

/* The entries' indices, those of one node together; node i has FROM[i] to FROM[i + 1]. */
static size_t *group_by_node(const struct stage *s, struct arena *a, size_t **from)
{
    size_t *start = arena_array(a, s->nodes.count + 2, sizeof *start);
    size_t *grouped = arena_array(a, s->entries.count, sizeof *grouped);
    for (size_t i = 0; i < s->entries.count; i++)
        start[entry_at(s, i).node + 2]++;
    for (size_t i = 2; i < s->nodes.count + 2; i++)
        start[i] += start[i - 1];
    for (size_t i = 0; i < s->entries.count; i++)
        grouped[start[entry_at(s, i).node + 1]++] = i;
    *from = start;
    return grouped;
}

/* Bounds of what the columns from COLUMN on add to the log probability, for the nodes of AFTER that
 * are new since the last call. */
static void bound_nodes(const struct problem *pr, struct stage *s, double *scratch, size_t column)
{
    for (; s->bounded < s->nodes.count; s->bounded++) {
        memcpy(scratch, s->nodes.keys[s->bounded].at, pr->rows * sizeof *scratch);
        s->bounds = array_grow(s->bounds, &s->bounds_cap, s->bounded + 1, sizeof *s->bounds);
        struct margins m = {scratch, pr->column_sums + column, pr->rows, pr->columns - column};
        s->bounds[s->bounded] = bounds_of(&m, pr->log_factorial);
    }
}

/* One more filling after an entry: counted, dropped, or kept for the next column. */
static void extend(struct problem *pr, struct stage *after, struct entry e, double mass)
{
    double past = (double)e.log_p / LOG_GRID;
    const struct bounds *b = &after->bounds[e.node];
    if (past + b->most <= pr->limit)
        pr->p += mass;
    else if (past + b->least <= pr->limit)
        stage_add(after, e, mass);
}

/* Column COLUMN: from the stage before it to the stage after it. */
static enum stat_status advance(struct problem *pr, const struct stage *before, size_t column,
                                struct fillings *all, struct stage *after)
{
    struct arena arena = {0};
    enum stat_status status = STAT_OK;
    size_t *from, *grouped = group_by_node(before, &arena, &from);
    for (size_t node = 0; node < before->nodes.count && status == STAT_OK; node++) {
        if (from[node] == from[node + 1])
            continue;
        if (!list_fillings(pr, all, before->nodes.keys[node], pr->column_sums[column],
                           &after->nodes))
            status = STAT_BUDGET;
        bound_nodes(pr, after, all->child, column + 1);
        for (size_t i = from[node]; i < from[node + 1] && status == STAT_OK; i++) {
            struct entry e = entry_at(before, grouped[i]);
            for (size_t k = 0; k < all->count; k++) {
                int64_t log_p = e.log_p + llround(all->log_p[k] * LOG_GRID);
                extend(pr, after, (struct entry){all->to[k], log_p},
                       before->mass[grouped[i]] * exp(all->log_p[k]));
            }
            pr->steps += all->count;
            if (pr->steps > pr->budget || after->entries.count > ENTRIES_MAX)
                status = STAT_BUDGET;
        }
    }
    arena_free(&arena);
    return status;
}

static int order_rising(const void *a, const void *b)
{
    return order_falling(b, a);
}

/* How many of the sorted values are at most LIMIT. */
static size_t count_up_to(const double *sorted, size_t count, double limit)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] <= limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds the probability of all completions that make a table no more probable than the limit. The
 * last column is what the one before it leaves. */
static enum stat_status complete(struct problem *pr, const struct stage *s, size_t column,
                                 struct fillings *all)
{
    struct arena arena = {0};
    enum stat_status status = STAT_OK;
    size_t *from, *grouped = group_by_node(s, &arena, &from);
    double *mass = NULL;
    size_t mass_cap = 0;
    for (size_t node = 0; node < s->nodes.count; node++) {
        if (from[node] == from[node + 1])
            continue;
        if (!list_fillings(pr, all, s->nodes.keys[node], pr->column_sums[column], NULL)) {
            status = STAT_BUDGET;
            break;
        }
        qsort(all->log_p, all->count, sizeof *all->log_p, order_rising);
        mass = array_grow(mass, &mass_cap, all->count + 1, sizeof *mass);
        mass[0] = 0;
        for (size_t k = 0; k < all->count; k++)
            mass[k + 1] = mass[k] + exp(all->log_p[k]);
        for (size_t i = from[node]; i < from[node + 1]; i++) {
            double rest = pr->limit - (double)entry_at(s, grouped[i]).log_p / LOG_GRID;
            pr->p += s->mass[grouped[i]] * mass[count_up_to(all->log_p, all->count, rest)];
        }
    }
    free(mass);
    arena_free(&arena);
    return status;
}

static enum stat_status walk(struct problem *pr)
{
    struct fillings all = {0};
    filling_init(&all.walk, &all.arena, pr->rows);
    all.left = arena_array(&all.arena, pr->rows, sizeof *all.left);
    all.child = arena_array(&all.arena, pr->rows, sizeof *all.child);
    struct stage now = {0};
    intern_add(&now.nodes, node_key(pr->row_sums, pr->rows));
    stage_add(&now, (struct entry){0}, 1);
    enum stat_status status = STAT_OK;
    for (size_t c = 0; c + 2 < pr->columns && status == STAT_OK; c++) {
        struct stage next = {0};
        status = advance(pr, &now, c, &all, &next);
        stage_free(&now);
        now = next;
    }
    if (status == STAT_OK)
        status = complete(pr, &now, pr->columns - 2, &all);
    stage_free(&now);
    free(all.log_p);
    free(all.to);
    arena_free(&all.arena);
    return status;
}

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
                         .log_factorial = log_factorials(&arena, (size_t)t->sum),
                         .budget = budget};
    pr.row_sums =
        sorted_copy(&arena, upright ? t->row_sums : t->column_sums, pr.rows, order_falling);
    pr.column_sums =
        sorted_copy(&arena, upright ? t->column_sums : t->row_sums, pr.columns, order_falling);
    double observed = add_log_factorials(&pr, pr.row_sums, pr.rows) +
                      add_log_factorials(&pr, pr.column_sums, pr.columns) -
                      add_log_factorials(&pr, &t->sum, 1) -
                      add_log_factorials(&pr, t->cells, t->rows * t->columns);
    pr.limit = observed + TIE_TOLERANCE;
    status = walk(&pr);
    if (status == STAT_OK)
        *p = fmin(pr.p, 1);
    arena_free(&arena);
    return status;
}
