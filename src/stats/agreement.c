#include "stats/agreement.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "distribution.h"

#define VALUE_MAX 1e100 /* squares of differences stay finite */
#define ALIKE 1e-14     /* what rounding leaves of sums of shares that are the same */

double agreement_weight(enum agreement_weights weights, size_t i, size_t j, size_t categories)
{
    if (weights == AGREEMENT_EXACT)
        return i == j;
    double apart = fabs((double)i - (double)j) / (double)(categories - 1);
    return 1 - (weights == AGREEMENT_LINEAR ? apart : apart * apart);
}

/* The mean weight of a row's category against the columns' sums, or of a column's against the
 * rows'. */
static double mean_weight(enum agreement_weights weights, size_t i, const double *sums,
                          size_t categories, double n)
{
    double sum = 0;
    for (size_t j = 0; j < categories; j++)
        sum += agreement_weight(weights, i, j, categories) * (sums[j] / n);
    return sum;
}

/* Fleiss, Cohen & Everitt (1969), the non-null variance of a weighted kappa: that of the PARTS
 * below, whose mean is CENTRE. Summed around it, since the difference of two sums leaves rounding
 * where all parts are alike, as where one coder gave everything the same category. */
static double kappa_se(const struct crosstab *t, enum agreement_weights weights,
                       const struct agreement_kappa *k)
{
    struct arena arena = {0};
    size_t size = t->rows;
    double *row = arena_array(&arena, size, sizeof *row), n = t->sum, sum = 0;
    double *column = arena_array(&arena, size, sizeof *column);
    for (size_t i = 0; i < size; i++) {
        row[i] = mean_weight(weights, i, t->column_sums, size, n);
        column[i] = mean_weight(weights, i, t->row_sums, size, n);
    }
    double apart = 1 - k->kappa.value, centre = k->kappa.value - k->expected * apart;
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j < size; j++) {
            double part = agreement_weight(weights, i, j, size) - (row[i] + column[j]) * apart;
            double off = fabs(part - centre) < ALIKE ? 0 : part - centre;
            sum += crosstab_at(t, i, j) / n * off * off;
        }
    arena_free(&arena);
    return sqrt(sum / n) / (1 - k->expected);
}

enum stat_status agreement_cohen(const struct crosstab *t, enum agreement_weights weights,
                                 double confidence, struct agreement_kappa *result)
{
    double n;
    enum stat_status status = crosstab_check_counts(t->cells, t->rows * t->columns, &n);
    if (status != STAT_OK)
        return status;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    if (t->rows != t->columns || t->rows < 2)
        return STAT_SHAPE;
    struct agreement_kappa k = {0};
    for (size_t i = 0; i < t->rows; i++) {
        k.expected += t->row_sums[i] / n * mean_weight(weights, i, t->column_sums, t->columns, n);
        for (size_t j = 0; j < t->columns; j++)
            k.observed += agreement_weight(weights, i, j, t->rows) * (crosstab_at(t, i, j) / n);
    }
    if (!(k.expected < 1))
        return STAT_UNDEFINED;
    k.kappa.value = (k.observed - k.expected) / (1 - k.expected);
    k.kappa.has_value = true;
    k.se = kappa_se(t, weights, &k);
    if (n > 1) {
        double half = gsl_cdf_tdist_Qinv((1 - confidence) / 2, n - 1) * k.se;
        double value = k.kappa.value; /* which rounding may put just beyond -1 */
        k.kappa = stat_estimate_of(value, fmin(value, fmax(-1, value - half)),
                                   fmax(value, fmin(1, value + half)));
    }
    *result = k;
    return STAT_OK;
}

/* Each row the same whole number of coders, two or more. */
static enum stat_status check_fleiss(const struct crosstab *t)
{
    double n;
    enum stat_status status = crosstab_check_counts(t->cells, t->rows * t->columns, &n);
    if (status == STAT_OK)
        status = crosstab_check_whole(t->cells, t->rows * t->columns);
    if (status != STAT_OK)
        return status;
    for (size_t r = 0; r < t->rows; r++)
        if (t->row_sums[r] != t->row_sums[0] || t->row_sums[r] < 2)
            return STAT_SHAPE;
    return STAT_OK;
}

enum stat_status agreement_fleiss(const struct crosstab *t, struct agreement_fleiss *result)
{
    enum stat_status status = check_fleiss(t);
    if (status != STAT_OK)
        return status;
    double coders = t->row_sums[0], records = (double)t->rows, cubes = 0;
    struct agreement_fleiss f = {0};
    for (size_t i = 0; i < t->rows * t->columns; i++)
        f.observed += t->cells[i] * (t->cells[i] - 1) / (records * coders * (coders - 1));
    for (size_t c = 0; c < t->columns; c++) {
        double share = t->column_sums[c] / t->sum;
        f.expected += share * share;
        cubes += share * (1 - share) * (1 - 2 * share);
    }
    double apart = 1 - f.expected;
    if (!(apart > 0))
        return STAT_UNDEFINED;
    f.kappa = (f.observed - f.expected) / apart;
    double variance =
        2 * (apart * apart - cubes) / (records * coders * (coders - 1) * apart * apart);
    if (!(variance > 0))
        return STAT_UNDEFINED;
    f.se = sqrt(variance);
    f.z = f.kappa / f.se;
    f.p = distribution_normal_two_sided(f.z);
    *result = f;
    return STAT_OK;
}

static size_t rating(const struct agreement_ratings *r, size_t coder, size_t unit)
{
    return r->ratings[coder * r->units + unit];
}

static enum stat_status check_ratings(const struct agreement_ratings *r,
                                      enum agreement_metric metric)
{
    for (size_t i = 0; i < r->coders * r->units; i++)
        if (r->ratings[i] != AGREEMENT_GAP && r->ratings[i] >= r->levels)
            return STAT_DOMAIN;
    for (size_t i = 0; i < r->levels && metric == AGREEMENT_INTERVAL; i++)
        if (!(fabs(r->values[i]) <= VALUE_MAX))
            return STAT_DOMAIN;
    return STAT_OK;
}

static size_t coders_of(const struct agreement_ratings *r, size_t unit)
{
    size_t coders = 0;
    for (size_t i = 0; i < r->coders; i++)
        coders += rating(r, i, unit) != AGREEMENT_GAP;
    return coders;
}

/* How often each level occurs among the pairable ratings. */
static void count_levels(const struct agreement_ratings *r, double *counts,
                         struct agreement_alpha *a)
{
    for (size_t u = 0; u < r->units; u++) {
        size_t coders = coders_of(r, u);
        if (coders < 2)
            continue;
        a->paired++;
        a->pairable += coders;
        for (size_t i = 0; i < r->coders; i++)
            if (rating(r, i, u) != AGREEMENT_GAP)
                counts[rating(r, i, u)]++;
    }
}

/* Numbers whose squared differences are the metric. Krippendorff's ordinal one, the ratings between
 * two levels with half of those on each, is the difference of their middle ranks. */
static void place_levels(const struct agreement_ratings *r, enum agreement_metric metric,
                         const double *counts, double *places)
{
    double before = 0;
    for (size_t i = 0; i < r->levels; i++) {
        places[i] = metric == AGREEMENT_INTERVAL ? r->values[i] : before + counts[i] / 2;
        before += counts[i];
    }
}

/* The sum of the disagreements of all ordered pairs of ratings within a unit, each pair weighing 1
 * / (the unit's ratings - 1); PLACES is NULL for the nominal metric. */
static double observed_disagreement(const struct agreement_ratings *r, const double *places)
{
    double sum = 0;
    for (size_t u = 0; u < r->units; u++) {
        double unit = 0;
        for (size_t i = 0; i < r->coders; i++)
            for (size_t j = 0; j < i; j++) {
                size_t a = rating(r, i, u), b = rating(r, j, u);
                if (a == AGREEMENT_GAP || b == AGREEMENT_GAP || a == b)
                    continue;
                double apart = places ? places[a] - places[b] : 1;
                unit += 2 * apart * apart;
            }
        if (unit > 0)
            sum += unit / (double)(coders_of(r, u) - 1);
    }
    return sum;
}

/* The same over all pairs of pairable ratings, whatever their unit, each weighing 1 / (ratings -
 * 1). */
static double expected_disagreement(const double *counts, const double *places, size_t levels,
                                    double n)
{
    double mean = 0, sum = 0;
    for (size_t i = 0; i < levels && places; i++)
        mean += places[i] * (counts[i] / n);
    for (size_t i = 0; i < levels; i++) {
        double apart = places ? places[i] - mean : 0;
        sum += places ? 2 * n * counts[i] * apart * apart : counts[i] * (n - counts[i]);
    }
    return sum / (n - 1);
}

enum stat_status agreement_alpha(const struct agreement_ratings *r, enum agreement_metric metric,
                                 struct agreement_alpha *result)
{
    enum stat_status status = check_ratings(r, metric);
    if (status != STAT_OK)
        return status;
    struct arena arena = {0};
    double *counts = arena_array(&arena, r->levels, sizeof *counts);
    double *places = arena_array(&arena, r->levels, sizeof *places);
    struct agreement_alpha a = {0};
    count_levels(r, counts, &a);
    place_levels(r, metric, counts, places);
    double n = (double)a.pairable;
    if (metric == AGREEMENT_NOMINAL)
        places = NULL;
    double expected = a.paired > 0 ? expected_disagreement(counts, places, r->levels, n) : 0;
    status = a.paired == 0 ? STAT_EMPTY : expected > 0 ? STAT_OK : STAT_UNDEFINED;
    if (status == STAT_OK) {
        a.alpha = 1 - observed_disagreement(r, places) / expected;
        a.agreement = 1 - observed_disagreement(r, NULL) / n;
        *result = a;
    }
    arena_free(&arena);
    return status;
}
