#include "stats/montecarlo.h"

#include <math.h>

#include "stats/prng.h"
#include "stats/interval.h"
#include "stats/tests.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF /* the same comparisons on every machine */
#endif

#define TIE_TOLERANCE 1e-7
#define SUM_MAX 1e10   /* beyond it log factorials lose the digits that the drawing needs */
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
        status = check_work(t->sum, t->rows * t->columns, replicates, confidence);
    if (status != STAT_OK)
        return status;

    struct arena arena = {0};
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
