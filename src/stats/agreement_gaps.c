/* agreement_gaps -- coefficients for any number of coders who need not have coded every record. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "stats/agreement.h"

struct gaps {
    const struct agreement_ratings *r;
    enum agreement_weights weights;
    enum agreement_chance chance;
    double *shares;     /* by level: the mean over the records of the share of their ratings */
    double *given;      /* by level, of one record */
    double *by_ratings; /* [level * (coders + 1) + ratings]: how often in records of so many */
    double *parts;      /* of a sum over the records, added by size: their order must not show */
    size_t part_count;
    double units, paired, all_weights;
};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double sum_parts(struct gaps *g)
{
    double sum = 0;
    qsort(g->parts, g->part_count, sizeof *g->parts, by_size);
    for (size_t i = 0; i < g->part_count; i++)
        sum += g->parts[i];
    g->part_count = 0;
    return sum;
}

static double count_record(const struct gaps *g, size_t unit)
{
    double ratings = 0;
    for (size_t i = 0; i < g->r->levels; i++)
        g->given[i] = 0;
    for (size_t i = 0; i < g->r->coders; i++) {
        size_t level = g->r->ratings[i * g->r->units + unit];
        if (level == AGREEMENT_GAP)
            continue;
        g->given[level]++;
        ratings++;
    }
    return ratings;
}

static double weight(const struct gaps *g, size_t i, size_t j)
{
    return agreement_weight(g->weights, i, j, g->r->levels);
}

/* The share of agreeing pairs among the RATINGS of the record that was counted. */
static double observed_in(const struct gaps *g, double ratings)
{
    double sum = 0;
    for (size_t i = 0; i < g->r->levels; i++) {
        double like = -1;
        for (size_t j = 0; j < g->r->levels && g->given[i] > 0; j++)
            like += weight(g, i, j) * g->given[j];
        sum += g->given[i] * like;
    }
    return sum / (ratings * (ratings - 1));
}

/* What chance gives to a rating of level I: the mean over I is what is expected. */
static double expected_of(const struct gaps *g, size_t i)
{
    double levels = (double)g->r->levels, sum = 0;
    if (g->chance == AGREEMENT_GWET)
        return g->all_weights / (levels * (levels - 1)) * (1 - g->shares[i]);
    for (size_t j = 0; j < g->r->levels; j++)
        sum += weight(g, i, j) * g->shares[j];
    return sum;
}

static void add_shares(struct gaps *g, size_t ratings)
{
    for (size_t i = 0; i < g->r->levels; i++)
        g->by_ratings[i * (g->r->coders + 1) + ratings] += g->given[i];
}

static void take_shares(struct gaps *g, double *observed)
{
    for (size_t u = 0; u < g->r->units; u++) {
        double ratings = count_record(g, u);
        if (ratings < 1)
            continue;
        g->units++;
        add_shares(g, (size_t)ratings);
        if (ratings < 2)
            continue;
        g->paired++;
        g->parts[g->part_count++] = observed_in(g, ratings);
    }
    *observed = sum_parts(g) / g->paired;
    for (size_t i = 0; i < g->r->levels; i++) {
        for (size_t k = 1; k <= g->r->coders; k++)
            g->shares[i] += g->by_ratings[i * (g->r->coders + 1) + k] / (double)k;
        g->shares[i] /= g->units;
    }
}

/* Gwet (2014), chapter 5: the variance of the records' own contributions. */
static double variance(struct gaps *g, const struct agreement_gaps *a)
{
    for (size_t u = 0; u < g->r->units; u++) {
        double ratings = count_record(g, u), own = 0, expected = 0;
        if (ratings < 1)
            continue;
        if (ratings >= 2)
            own =
                g->units / g->paired * (observed_in(g, ratings) - a->expected) / (1 - a->expected);
        for (size_t i = 0; i < g->r->levels; i++)
            expected += g->given[i] / ratings * expected_of(g, i);
        own -= 2 * (1 - a->coefficient.value) * (expected - a->expected) / (1 - a->expected);
        own -= a->coefficient.value;
        g->parts[g->part_count++] = own * own;
    }
    return sum_parts(g) / (g->units * (g->units - 1));
}

static void bound(struct agreement_gaps *a, double confidence, double units, double spread)
{
    double value = a->coefficient.value;
    a->se = sqrt(spread);
    double half = gsl_cdf_tdist_Qinv((1 - confidence) / 2, units - 1) * a->se;
    a->coefficient = stat_estimate_of(value, fmin(value, fmax(-1, value - half)),
                                      fmax(value, fmin(1, value + half)));
    a->p = a->se > 0 ? 2 * gsl_cdf_tdist_Q(fabs(value / a->se), units - 1) : NAN;
}

static enum stat_status measure(struct gaps *g, double confidence, struct agreement_gaps *a)
{
    for (size_t i = 0; i < g->r->levels; i++)
        for (size_t j = 0; j < g->r->levels; j++)
            g->all_weights += weight(g, i, j);
    take_shares(g, &a->observed);
    if (!(g->paired > 0))
        return STAT_EMPTY;
    for (size_t i = 0; i < g->r->levels; i++)
        a->expected += g->shares[i] * expected_of(g, i);
    if (!(a->expected < 1))
        return STAT_UNDEFINED;
    a->coefficient.value = (a->observed - a->expected) / (1 - a->expected);
    a->coefficient.has_value = true;
    if (g->units > 1)
        bound(a, confidence, g->units, variance(g, a));
    return STAT_OK;
}

enum stat_status agreement_gaps(const struct agreement_ratings *r, enum agreement_weights weights,
                                enum agreement_chance chance, double confidence,
                                struct agreement_gaps *result)
{
    for (size_t i = 0; i < r->coders * r->units; i++)
        if (r->ratings[i] != AGREEMENT_GAP && r->ratings[i] >= r->levels)
            return STAT_DOMAIN;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    if (r->levels < 2)
        return STAT_UNDEFINED;
    struct arena arena = {0};
    struct gaps g = {.r = r, .weights = weights, .chance = chance};
    g.shares = arena_array(&arena, r->levels, sizeof *g.shares);
    g.by_ratings = arena_array(&arena, r->levels * (r->coders + 1), sizeof *g.by_ratings);
    g.parts = arena_array(&arena, r->units, sizeof *g.parts);
    g.given = arena_array(&arena, r->levels, sizeof *g.given);
    struct agreement_gaps a = {0};
    enum stat_status status = measure(&g, confidence, &a);
    if (status == STAT_OK)
        *result = a;
    arena_free(&arena);
    return status;
}
