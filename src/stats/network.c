#include "stats/network.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/intern.h"
#include "bounds.h"
#include "filling.h"

#define TIE_TOLERANCE 1e-7
#define ENTRIES_MAX 1000000  /* of a stage, and nodes: about 100 bytes each */
#define ELEMENTS_MAX 4000000 /* of all tails, 16 bytes each */
#define HOPELESS 1000        /* budgets that no pruning makes up for */
#define ROWS_A_STEP 4        /* a filling is heavier the more rows it has */
#define STEPS_A_STEP 8       /* walking down a tail is as much lighter than making a filling */
#define LOG_GRID 0x1p30 /* partial tables are merged if their log probabilities agree to 1e-9 */

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

/* There are at least so many ways to fill a column of sum COLUMN where LEFT is left of the rows:
 * one row against the others. */
static double fewest_fillings(const double *left, size_t rows, double column)
{
    double fewest = 0, all = 0;
    for (size_t i = 0; i < rows; i++)
        all += left[i];
    for (size_t i = 0; i < rows; i++)
        fewest = fmax(fewest, fmin(left[i], column) - fmax(0, column - (all - left[i])) + 1);
    return fewest;
}

/* All fillings of the column for one node: their log probabilities, and the nodes they lead to. */
struct fillings {
    struct arena arena;
    struct filling walk;
    double *left, *child;
    double *log_p, *mass; /* the mass is its exponential, made by list_children() */
    uint64_t *to;
    size_t count, log_p_cap, mass_cap, to_cap;
};

static void fillings_init(struct fillings *all, size_t rows)
{
    filling_init(&all->walk, &all->arena, rows);
    all->left = arena_array(&all->arena, rows, sizeof *all->left);
    all->child = arena_array(&all->arena, rows, sizeof *all->child);
}

static void fillings_free(struct fillings *all)
{
    free(all->log_p);
    free(all->mass);
    free(all->to);
    arena_free(&all->arena);
}

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

/* False if the budget is spent. */
static bool list_fillings(struct problem *pr, struct fillings *all, struct span node, double column)
{
    memcpy(all->left, node.at, node.len); /* a key has no alignment */
    filling_start(&all->walk, all->left, column);
    all->count = 0;
    do {
        pr->steps += 1 + pr->rows / ROWS_A_STEP;
        if (pr->steps > pr->budget)
            return false;
        all->log_p = array_grow(all->log_p, &all->log_p_cap, all->count + 1, sizeof *all->log_p);
        all->log_p[all->count++] = filling_log_p(pr, &all->walk);
    } while (filling_next(&all->walk));
    return true;
}

/* The same with what each filling leads to, among NODES. */
static bool list_children(struct problem *pr, struct fillings *all, struct span node, double column,
                          struct intern *nodes)
{
    if (!list_fillings(pr, all, node, column))
        return false;
    all->mass = array_grow(all->mass, &all->mass_cap, all->count, sizeof *all->mass);
    all->to = array_grow(all->to, &all->to_cap, all->count, sizeof *all->to);
    filling_start(&all->walk, all->left, column);
    for (size_t k = 0; k < all->count; k++) {
        all->mass[k] = exp(all->log_p[k]);
        all->to[k] = add_child(nodes, all);
        filling_next(&all->walk);
    }
    return nodes->count <= ENTRIES_MAX;
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
 * are new since the last call. False if the budget is spent. */
static bool bound_nodes(struct problem *pr, struct stage *s, double *scratch, size_t column)
{
    size_t steps = 1 + pr->rows * (pr->columns - column) / ROWS_A_STEP;
    for (; s->bounded < s->nodes.count && pr->steps <= pr->budget; s->bounded++) {
        memcpy(scratch, s->nodes.keys[s->bounded].at, pr->rows * sizeof *scratch);
        s->bounds = array_grow(s->bounds, &s->bounds_cap, s->bounded + 1, sizeof *s->bounds);
        struct margins m = {scratch, pr->column_sums + column, pr->rows, pr->columns - column};
        s->bounds[s->bounded] = bounds_of(&m, pr->log_factorial);
        pr->steps += steps;
    }
    return pr->steps <= pr->budget;
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

/* Can all that is left be filled once within the budget? Known before any of it is. */
static bool fits(const struct problem *pr, const struct stage *s, const size_t *from, size_t column,
                 double *scratch)
{
    double steps = (double)pr->steps;
    for (size_t node = 0; node < s->nodes.count && steps <= (double)pr->budget; node++) {
        if (from[node] == from[node + 1])
            continue;
        memcpy(scratch, s->nodes.keys[node].at, pr->rows * sizeof *scratch);
        steps += fewest_fillings(scratch, pr->rows, pr->column_sums[column]);
    }
    return steps <= (double)pr->budget;
}

/* Column COLUMN: from the stage before it to the stage after it. */
static enum stat_status advance(struct problem *pr, const struct stage *before, size_t column,
                                struct fillings *all, struct stage *after)
{
    struct arena arena = {0};
    size_t *from, *grouped = group_by_node(before, &arena, &from);
    enum stat_status status = fits(pr, before, from, column, all->child) ? STAT_OK : STAT_BUDGET;
    for (size_t node = 0; node < before->nodes.count && status == STAT_OK; node++) {
        if (from[node] == from[node + 1])
            continue;
        if (!list_children(pr, all, before->nodes.keys[node], pr->column_sums[column],
                           &after->nodes) ||
            !bound_nodes(pr, after, all->child, column + 1))
            status = STAT_BUDGET;
        for (size_t i = from[node]; i < from[node + 1] && status == STAT_OK; i++) {
            struct entry e = entry_at(before, grouped[i]);
            for (size_t k = 0; k < all->count; k++) {
                int64_t log_p = e.log_p + llround(all->log_p[k] * LOG_GRID);
                extend(pr, after, (struct entry){all->to[k], log_p},
                       before->mass[grouped[i]] * all->mass[k]);
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

/* What the last two columns add to a node: log probabilities of the column before the last, rising,
 * and the probability of the first k of them in mass[k]. The last column is what that leaves. */
struct tail {
    double *log_p, *mass;
    size_t count;
};

/* The nodes before the last two columns, and their tails where they were needed. */
struct tails {
    struct intern nodes;
    struct tail *at;
    size_t cap, made, elements;
    struct fillings all;
    struct arena arena;
};

static bool make_tail(struct problem *pr, struct tails *tails, size_t node)
{
    struct fillings *all = &tails->all;
    struct tail *tail = &tails->at[node];
    if (!list_fillings(pr, all, tails->nodes.keys[node], pr->column_sums[pr->columns - 2]))
        return false;
    tails->elements += all->count;
    if (tails->elements > ELEMENTS_MAX)
        return false;
    qsort(all->log_p, all->count, sizeof *all->log_p, order_rising);
    tail->log_p = arena_array(&tails->arena, all->count, sizeof *tail->log_p);
    tail->mass = arena_array(&tails->arena, all->count + 1, sizeof *tail->mass);
    for (size_t k = 0; k < all->count; k++) {
        tail->log_p[k] = all->log_p[k];
        tail->mass[k + 1] = tail->mass[k] + exp(all->log_p[k]);
    }
    tail->count = all->count;
    return true;
}

/* NULL if the budget is spent. */
static const struct tail *tail_of(struct problem *pr, struct tails *tails, size_t node)
{
    tails->at = array_grow(tails->at, &tails->cap, tails->nodes.count, sizeof *tails->at);
    for (; tails->made < tails->nodes.count; tails->made++)
        tails->at[tails->made] = (struct tail){0};
    if (!tails->at[node].mass && !make_tail(pr, tails, node))
        return NULL;
    return &tails->at[node];
}

static void tails_free(struct tails *tails)
{
    intern_free(&tails->nodes);
    free(tails->at);
    fillings_free(&tails->all);
    arena_free(&tails->arena);
}

/* The entries of one node, in the order of their log probabilities. */
struct pasts {
    struct past {
        double log_p, mass;
    } * at;
    size_t count, cap;
};

static int order_pasts(const void *a, const void *b)
{
    const struct past *x = a, *y = b;
    return (x->log_p > y->log_p) - (x->log_p < y->log_p);
}

static void take_pasts(struct pasts *pasts, const struct stage *s, const size_t *grouped,
                       size_t count)
{
    pasts->at = array_grow(pasts->at, &pasts->cap, count, sizeof *pasts->at);
    pasts->count = count;
    for (size_t i = 0; i < count; i++)
        pasts->at[i] =
            (struct past){(double)entry_at(s, grouped[i]).log_p / LOG_GRID, s->mass[grouped[i]]};
    qsort(pasts->at, count, sizeof *pasts->at, order_pasts);
}

/* The joint probability of all pairs of a past and an element of the tail whose log probabilities
 * add up to LIMIT at most. Few pasts look their places up; many walk down the tail as they rise. */
static double pair_up(struct problem *pr, const struct pasts *pasts, const struct tail *tail,
                      double limit)
{
    double p = 0;
    if (pasts->count < tail->count / 8) {
        for (size_t i = 0; i < pasts->count; i++)
            p += pasts->at[i].mass *
                 tail->mass[count_up_to(tail->log_p, tail->count, limit - pasts->at[i].log_p)];
        pr->steps += pasts->count;
        return p;
    }
    size_t below = tail->count, i = 0;
    for (; i < pasts->count; i++) {
        double rest = limit - pasts->at[i].log_p;
        while (below > 0 && tail->log_p[below - 1] > rest)
            below--;
        if (below == 0)
            break;
        p += pasts->at[i].mass * tail->mass[below];
    }
    pr->steps += (i + tail->count - below) / STEPS_A_STEP;
    return p;
}

/* Adds the probability of all completions, over the last three columns, that make a table no more
 * probable than the limit. */
static enum stat_status complete(struct problem *pr, const struct stage *s, struct fillings *all)
{
    struct arena arena = {0};
    size_t *from, *grouped = group_by_node(s, &arena, &from);
    bool may_fit = fits(pr, s, from, pr->columns - 3, all->child);
    enum stat_status status = may_fit ? STAT_OK : STAT_BUDGET;
    struct tails tails = {0};
    struct pasts pasts = {0};
    fillings_init(&tails.all, pr->rows);
    for (size_t node = 0; node < s->nodes.count && status == STAT_OK; node++) {
        if (from[node] == from[node + 1])
            continue;
        if (!list_children(pr, all, s->nodes.keys[node], pr->column_sums[pr->columns - 3],
                           &tails.nodes))
            status = STAT_BUDGET;
        take_pasts(&pasts, s, grouped + from[node], from[node + 1] - from[node]);
        for (size_t k = 0; k < all->count && status == STAT_OK; k++) {
            const struct tail *tail = tail_of(pr, &tails, all->to[k]);
            if (!tail || pr->steps > pr->budget)
                status = STAT_BUDGET;
            else
                pr->p += all->mass[k] * pair_up(pr, &pasts, tail, pr->limit - all->log_p[k]);
        }
    }
    free(pasts.at);
    tails_free(&tails);
    arena_free(&arena);
    return status;
}

/* A table of two columns: the first says all. */
static enum stat_status complete_two(struct problem *pr)
{
    struct tails tails = {0};
    fillings_init(&tails.all, pr->rows);
    intern_add(&tails.nodes, node_key(pr->row_sums, pr->rows));
    const struct tail *tail = tail_of(pr, &tails, 0);
    if (tail)
        pr->p = tail->mass[count_up_to(tail->log_p, tail->count, pr->limit)];
    tails_free(&tails);
    return tail ? STAT_OK : STAT_BUDGET;
}

static enum stat_status walk(struct problem *pr)
{
    struct fillings all = {0};
    fillings_init(&all, pr->rows);
    struct stage now = {0};
    intern_add(&now.nodes, node_key(pr->row_sums, pr->rows));
    stage_add(&now, (struct entry){0}, 1);
    enum stat_status status = STAT_OK;
    for (size_t c = 0; c + 3 < pr->columns && status == STAT_OK; c++) {
        struct stage next = {0};
        status = advance(pr, &now, c, &all, &next);
        stage_free(&now);
        now = next;
    }
    if (status == STAT_OK)
        status = complete(pr, &now, &all);
    stage_free(&now);
    fillings_free(&all);
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

/* A table of so many records that its first columns alone are far beyond the budget: to find that
 * out by walking would take all of it. */
static bool is_hopeless(const struct problem *pr)
{
    double steps = fewest_fillings(pr->row_sums, pr->rows, pr->column_sums[0]);
    if (pr->columns == 2)
        return steps > (double)pr->budget;
    return steps * fewest_fillings(pr->row_sums, pr->rows, pr->column_sums[1]) >
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
        sorted_copy(&arena, upright ? t->row_sums : t->column_sums, pr.rows, order_falling);
    pr.column_sums =
        sorted_copy(&arena, upright ? t->column_sums : t->row_sums, pr.columns, order_falling);
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
    status = pr.columns == 2 ? complete_two(&pr) : walk(&pr);
    if (status == STAT_OK)
        *p = fmin(pr.p, 1);
    arena_free(&arena);
    return status;
}
