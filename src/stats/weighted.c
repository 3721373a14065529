#include "stats/weighted.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "distribution.h"
#include "stats/tests.h"

/* The design effects are the eigenvalues of D^-1 M, both of SIZE by SIZE: M is the variance of the
 * contrasts by the real design, D by simple random sampling. */
struct effects {
    size_t size;
    double *simple, *real; /* row-major; real becomes D^-1 M */
};

/* Gauss's elimination with the largest pivot; false if D has no inverse. */
static bool solve(struct effects *e)
{
    size_t n = e->size;
    for (size_t k = 0; k < n; k++) {
        size_t pivot = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(e->simple[i * n + k]) > fabs(e->simple[pivot * n + k]))
                pivot = i;
        if (!(fabs(e->simple[pivot * n + k]) > 0) || !isfinite(e->simple[pivot * n + k]))
            return false;
        for (size_t j = 0; j < n; j++) {
            double kept = e->simple[k * n + j], other = e->real[k * n + j];
            e->simple[k * n + j] = e->simple[pivot * n + j];
            e->real[k * n + j] = e->real[pivot * n + j];
            e->simple[pivot * n + j] = kept;
            e->real[pivot * n + j] = other;
        }
        for (size_t i = 0; i < n; i++) {
            if (i == k)
                continue;
            double factor = e->simple[i * n + k] / e->simple[k * n + k];
            for (size_t j = 0; factor != 0 && j < n; j++) {
                e->simple[i * n + j] -= factor * e->simple[k * n + j];
                e->real[i * n + j] -= factor * e->real[k * n + j];
            }
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            e->real[i * n + j] /= e->simple[i * n + i];
    return true;
}

/* The sums of the eigenvalues and of their squares. */
static void traces(const struct effects *e, double *sum, double *squares)
{
    *sum = *squares = 0;
    for (size_t i = 0; i < e->size; i++) {
        *sum += e->real[i * e->size + i];
        for (size_t j = 0; j < e->size; j++)
            *squares += e->real[i * e->size + j] * e->real[j * e->size + i];
    }
}

static enum stat_status conclude(double statistic, double df, double sum, double squares,
                                 double records, struct weighted_result *result)
{
    if (!(sum > 0 && squares > 0) || !isfinite(sum) || !isfinite(squares) || records < 2)
        return STAT_UNDEFINED;
    struct weighted_result r = {.records = records, .deff = sum / df, .first_df = df};
    r.f = statistic / sum;
    r.df = sum * sum / squares;
    r.df2 = r.df * (records - 1);
    r.p = gsl_cdf_fdist_Q(r.f, r.df, r.df2);
    r.first = statistic / r.deff;
    r.first_p = distribution_chisq_tail(r.first, df);
    *result = r;
    return STAT_OK;
}

/* Contrast I is of row R and the first and of column C and the first: +1, -1, -1, +1. */
static double contrast(const struct crosstab *t, size_t i, size_t row, size_t column)
{
    size_t r = 1 + i / (t->columns - 1), c = 1 + i % (t->columns - 1);
    double sign = (row == r ? 1 : row == 0 ? -1 : 0);
    return sign * (column == c ? 1 : column == 0 ? -1 : 0);
}

/* A contrast's sums over its cells that are not empty: of its signs, which is 0 but for empty ones,
 * and of its signs by variance and share. */
struct contrast_sums {
    double signs, squares;
};

static struct contrast_sums sums_of(const struct crosstab *t, const double *squares, size_t i)
{
    struct contrast_sums sums = {0};
    size_t rows[] = {0, 1 + i / (t->columns - 1)}, columns[] = {0, 1 + i % (t->columns - 1)};
    for (size_t a = 0; a < 4; a++) {
        double sign = contrast(t, i, rows[a / 2], columns[a % 2]);
        double sum = crosstab_at(t, rows[a / 2], columns[a % 2]);
        if (sum == 0)
            continue;
        sums.signs += sign;
        sums.squares += sign * squares[rows[a / 2] * t->columns + columns[a % 2]] / sum;
    }
    return sums;
}

/* Contrasts I and J by simple sampling, and by the real variance of the shares, each divided by the
 * share: records / (records - 1) / W^2 (diag(S) - S p' - p S' + sum(S) p p'). */
static void add_pair(const struct crosstab *t, const double *squares, double records,
                     struct effects *e, const struct contrast_sums *sums, size_t i, size_t j)
{
    size_t rows[] = {0, 1 + i / (t->columns - 1)}, columns[] = {0, 1 + i % (t->columns - 1)};
    double simple = 0, real = 0, square_sum = 0;
    for (size_t a = 0; a < 4; a++) {
        size_t row = rows[a / 2], column = columns[a % 2];
        double both = contrast(t, i, row, column) * contrast(t, j, row, column);
        double sum = crosstab_at(t, row, column);
        if (both == 0 || sum == 0)
            continue;
        simple += both * t->sum / sum / records;
        real += both * squares[row * t->columns + column] / sum / sum;
    }
    for (size_t a = 0; a < t->rows * t->columns && (sums[i].signs != 0 && sums[j].signs != 0); a++)
        square_sum += squares[a];
    real += (square_sum / t->sum * sums[i].signs * sums[j].signs - sums[i].squares * sums[j].signs -
             sums[i].signs * sums[j].squares) /
            t->sum;
    e->simple[i * e->size + j] = simple;
    e->real[i * e->size + j] = real * records / (records - 1);
}

enum stat_status weighted_independence(const struct crosstab *t, const double *squares,
                                       double records, struct weighted_result *result)
{
    struct tests_result pearson;
    enum stat_status status = tests_pearson(t, &pearson);
    if (status != STAT_OK)
        return status;
    if (pearson.df > WEIGHTED_MOST)
        return STAT_BUDGET;
    struct arena arena = {0};
    struct effects e = {.size = (t->rows - 1) * (t->columns - 1)};
    e.simple = arena_array(&arena, e.size, e.size * sizeof *e.simple);
    e.real = arena_array(&arena, e.size, e.size * sizeof *e.real);
    struct contrast_sums *sums = arena_array(&arena, e.size, sizeof *sums);
    for (size_t i = 0; i < e.size; i++)
        sums[i] = sums_of(t, squares, i);
    for (size_t i = 0; i < e.size; i++)
        for (size_t j = 0; j < e.size; j++)
            add_pair(t, squares, records, &e, sums, i, j);
    double sum = 0, square_sum = 0;
    status = STAT_UNDEFINED;
    if (solve(&e)) {
        traces(&e, &sum, &square_sum);
        status = conclude(pearson.statistic / t->sum * records, pearson.df, sum, square_sum,
                          records, result);
    }
    arena_free(&arena);
    return status;
}

/* The eigenvalues are those of diag(1 / share) records V, V the shares' variance: records /
 * (records - 1) / W^2 (diag(S) - S p' - p S' + sum(S) p p'). */
enum stat_status weighted_goodness(const double *counts, const double *squares,
                                   const double *shares, size_t count, double records,
                                   struct weighted_result *result)
{
    struct tests_result pearson;
    enum stat_status status = tests_goodness(counts, shares, count, &pearson);
    if (status != STAT_OK)
        return status;
    if (count > WEIGHTED_MOST)
        return STAT_BUDGET;
    struct arena arena = {0};
    struct effects e = {.size = count};
    e.real = arena_array(&arena, count, count * sizeof *e.real);
    double all = 0, square_all = 0, share_all = 0, sum, square_sum;
    for (size_t i = 0; i < count; i++) {
        all += counts[i];
        square_all += squares[i];
        share_all += shares ? shares[i] : 1;
    }
    double scale = records * records / (records - 1) / all / all;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            double p = counts[i] / all, q = counts[j] / all;
            double v =
                (i == j ? squares[i] : 0) - squares[i] * q - p * squares[j] + square_all * p * q;
            e.real[i * count + j] = scale * v * share_all / (shares ? shares[i] : 1);
        }
    traces(&e, &sum, &square_sum);
    status =
        conclude(pearson.statistic / all * records, pearson.df, sum, square_sum, records, result);
    arena_free(&arena);
    return status;
}

/* ---- effects ---- */

/* The variance of the share of the first row in COLUMN, but for records / (records - 1). */
static double share_variance(const struct crosstab *t, const double *squares, size_t column)
{
    double sum = t->column_sums[column], p = crosstab_at(t, 0, column) / sum;
    return (squares[column] * (1 - p) * (1 - p) + squares[t->columns + column] * p * p) / sum / sum;
}

static struct stat_estimate on_log_scale(double value, double half)
{
    return stat_estimate_of(value, value * exp(-half), value * exp(half));
}

enum stat_status weighted_effects(const struct crosstab *t, const double *squares, double records,
                                  double confidence, struct weighted_effects *effects)
{
    enum stat_status status = crosstab_check_2x2(t);
    if (status != STAT_OK)
        return status;
    double odds = 0, correction = records / (records - 1);
    for (size_t i = 0; i < 4; i++) {
        if (!(t->cells[i] > 0) || records < 2)
            return STAT_UNDEFINED;
        odds += squares[i] / t->cells[i] / t->cells[i];
    }
    double z = distribution_z(confidence);
    double p = t->cells[0] / t->column_sums[0], q = t->cells[1] / t->column_sums[1];
    double v = share_variance(t, squares, 0), w = share_variance(t, squares, 1);
    double half = z * sqrt(correction * (v + w));
    effects->odds_ratio = on_log_scale(t->cells[0] * t->cells[3] / (t->cells[1] * t->cells[2]),
                                       z * sqrt(correction * odds));
    effects->risk_ratio = on_log_scale(p / q, z * sqrt(correction * (v / p / p + w / q / q)));
    effects->risk_difference =
        stat_estimate_of(p - q, fmax(-1, p - q - half), fmin(1, p - q + half));
    return STAT_OK;
}
