#include "stats/montecarlo.h"

#include <math.h>
#include <string.h>

#include "stats/interval.h"
#include "stats/prng.h"
#include "stats/tests.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF /* the same comparisons on every machine */
#endif

#define TIE_TOLERANCE 1e-7
#define SUM_MAX 1e10 /* beyond it log factorials lose the digits that the drawing needs */
#define LARGE 2000   /* cells */
#define SPARSE 8     /* records a cell */
#define DEFAULT_WORK 1e9
#define STEPS_MAX 1e10 /* of walks, which are a standard deviation long */

static double pearson(const struct crosstab *t)
{
    double sum = 0;
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++) {
            double expected = crosstab_expected(t, r, c);
            double off = crosstab_at(t, r, c) - expected;
            sum += off * off / expected;
        }
    return sum;
}

/* Less the logarithm of the table's probability, but for what the margins give. */
static double improbability(const struct crosstab *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->rows * t->columns; i++)
        if (t->cells[i] > 1)
            sum += prng_log_factorial(t->cells[i]);
    return sum;
}

/* What a random table's statistic must reach to be as extreme as the observed one. */
static double threshold(const struct crosstab *t, enum montecarlo_statistic statistic)
{
    if (statistic == MONTECARLO_PEARSON)
        return pearson(t) * (1 - TIE_TOLERANCE);
    double observed = improbability(t); /* a difference of logarithms is a ratio */
    return observed - TIE_TOLERANCE - observed * 1e-15;
}

/* A large table of few records is drawn faster record by record: its columns are shuffled. */
static bool is_sparse(const struct crosstab *t)
{
    size_t cells = t->rows * t->columns;
    return cells > LARGE && t->sum < SPARSE * (double)cells;
}

static void shuffle_table(struct prng *g, uint32_t *columns, struct crosstab *into)
{
    size_t left = (size_t)into->sum;
    memset(into->cells, 0, into->rows * into->columns * sizeof *into->cells);
    for (size_t r = 0; r < into->rows; r++)
        for (size_t i = (size_t)into->row_sums[r]; i > 0; i--) {
            size_t at = (size_t)(prng_unit(g) * (double)left);
            uint32_t column = columns[at];
            columns[at] = columns[--left];
            columns[left] = column;
            into->cells[r * into->columns + column]++;
        }
}

/* The column of each record. */
static uint32_t *list_columns(struct arena *a, const struct crosstab *t)
{
    uint32_t *columns = arena_array(a, (size_t)t->sum, sizeof *columns);
    size_t at = 0;
    for (uint32_t c = 0; c < t->columns; c++)
        for (size_t i = (size_t)t->column_sums[c]; i > 0; i--)
            columns[at++] = c;
    return columns;
}

size_t montecarlo_default(const struct crosstab *t)
{
    double cells = (double)t->rows * (double)t->columns;
    double work = is_sparse(t) ? cells + 3 * t->sum : (sqrt(t->sum / cells) + 10) * 3 * cells;
    return (size_t)fmin(10000, fmax(199, floor(DEFAULT_WORK / work)));
}

static enum stat_status check_work(double sum, size_t cells, size_t replicates, double confidence)
{
    if (replicates == 0 || !stat_is_confidence(confidence))
        return STAT_DOMAIN;
    double steps = (sqrt(sum) + 1) * (double)cells * (double)replicates;
    return sum > SUM_MAX || steps > STEPS_MAX ? STAT_BUDGET : STAT_OK;
}

static void conclude(struct montecarlo_result *result, double confidence)
{
    double extreme = (double)result->extreme, replicates = (double)result->replicates;
    struct stat_estimate share;
    interval_clopper_pearson(extreme, replicates, confidence, &share);
    result->p = (1 + extreme) / (1 + replicates);
    result->low = share.low;
    result->high = share.high;
}

enum stat_status montecarlo_test(const struct crosstab *t, enum montecarlo_statistic statistic,
                                 size_t replicates, uint64_t seed, double confidence,
                                 struct montecarlo_result *result)
{
    enum stat_status status = crosstab_check(t);
    if (status == STAT_OK)
        status = crosstab_check_whole(t->cells, t->rows * t->columns);
    if (status == STAT_OK)
        status =
            check_work(is_sparse(t) ? 0 : t->sum, t->rows * t->columns, replicates, confidence);
    if (status != STAT_OK)
        return status;

    struct arena arena = {0};
    uint32_t *columns = is_sparse(t) ? list_columns(&arena, t) : NULL;
    struct crosstab drawn = *t; /* the margins are the observed table's */
    drawn.cells = arena_array(&arena, t->rows, t->columns * sizeof *drawn.cells);
    double *left = arena_array(&arena, t->columns, sizeof *left);
    double (*measure)(const struct crosstab *) =
        statistic == MONTECARLO_PEARSON ? pearson : improbability;
    double least = threshold(t, statistic);
    struct prng g;
    prng_init(&g, seed);
    *result = (struct montecarlo_result){.replicates = replicates};
    for (size_t i = 0; i < replicates; i++) {
        if (columns)
            shuffle_table(&g, columns, &drawn);
        else
            prng_table(&g, t, &drawn, left);
        result->extreme += measure(&drawn) >= least;
    }
    arena_free(&arena);
    conclude(result, confidence);
    return STAT_OK;
}

enum stat_status montecarlo_goodness(const double *counts, const double *shares, size_t count,
                                     size_t replicates, uint64_t seed, double confidence,
                                     struct montecarlo_result *result)
{
    struct tests_result observed, drawn;
    double sum;
    enum stat_status status = tests_goodness(counts, shares, count, &observed);
    if (status == STAT_OK)
        status = crosstab_check_counts(counts, count, &sum);
    if (status == STAT_OK)
        status = crosstab_check_whole(counts, count);
    if (status == STAT_OK)
        status = check_work(sum, count, replicates, confidence);
    if (status != STAT_OK)
        return status;

    struct arena arena = {0};
    double *random = arena_array(&arena, count, sizeof *random);
    double *weights = arena_array(&arena, count, sizeof *weights);
    for (size_t i = 0; i < count; i++)
        weights[i] = shares ? shares[i] : 1;
    struct prng g;
    prng_init(&g, seed);
    *result = (struct montecarlo_result){.replicates = replicates};
    for (size_t i = 0; i < replicates; i++) {
        prng_multinomial(&g, sum, weights, count, random);
        tests_goodness(random, weights, count, &drawn);
        result->extreme += drawn.statistic >= observed.statistic * (1 - TIE_TOLERANCE);
    }
    arena_free(&arena);
    conclude(result, confidence);
    return STAT_OK;
}
