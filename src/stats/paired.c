#include "stats/paired.h"

#include <math.h>

#include "distribution.h"

static enum stat_status check_square(const struct crosstab *t)
{
    double sum;
    enum stat_status status = crosstab_check_counts(t->cells, t->rows * t->columns, &sum);
    if (status == STAT_OK && (t->rows != t->columns || t->rows < 2))
        return STAT_SHAPE;
    return status;
}

static enum stat_status check_2x2(const struct crosstab *t)
{
    enum stat_status status = check_square(t);
    if (status == STAT_OK && t->rows != 2)
        return STAT_SHAPE;
    return status;
}

static enum stat_status compare(const struct crosstab *t, double correction,
                                struct tests_result *result)
{
    struct tests_result sum = {0};
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = i + 1; j < t->columns; j++) {
            double b = crosstab_at(t, i, j), c = crosstab_at(t, j, i);
            if (b + c == 0)
                continue;
            double off = fmax(0, fabs(b - c) - correction);
            sum.statistic += off * off / (b + c);
            sum.df++;
        }
    if (sum.df == 0)
        return STAT_UNDEFINED;
    sum.p = distribution_chisq_tail(sum.statistic, sum.df);
    *result = sum;
    return STAT_OK;
}

enum stat_status paired_mcnemar(const struct crosstab *t, struct tests_result *result)
{
    enum stat_status status = check_square(t);
    return status == STAT_OK ? compare(t, 0, result) : status;
}

enum stat_status paired_mcnemar_corrected(const struct crosstab *t, struct tests_result *result)
{
    enum stat_status status = check_2x2(t);
    return status == STAT_OK ? compare(t, 1, result) : status;
}

/* The only two values between which anything changed: how often one way and the other. */
static enum stat_status find_only_pair(const struct crosstab *t, double *b, double *c)
{
    size_t pairs = 0;
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = i + 1; j < t->columns; j++) {
            if (crosstab_at(t, i, j) + crosstab_at(t, j, i) == 0)
                continue;
            *b = crosstab_at(t, i, j);
            *c = crosstab_at(t, j, i);
            pairs++;
        }
    return pairs == 0 ? STAT_UNDEFINED : pairs == 1 ? STAT_OK : STAT_SHAPE;
}

enum stat_status paired_mcnemar_exact(const struct crosstab *t, double *p)
{
    double b, c;
    enum stat_status status = check_square(t);
    if (status == STAT_OK)
        status = crosstab_check_whole(t->cells, t->rows * t->columns);
    if (status == STAT_OK)
        status = find_only_pair(t, &b, &c);
    if (status != STAT_OK)
        return status;
    double less = fmin(b, c), more = fmax(b, c);
    *p = b == c ? 1 : fmin(1, 2 * distribution_beta(0.5, 0.5, more, less + 1));
    return STAT_OK;
}

/* Solves S x = d in place by Gauss's elimination; S is definite but for rounding. The quadratic
 * form, or NAN. */
static double quadratic_form(double *s, double *d, const double *kept, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (!(s[k * n + k] > 0))
            return NAN;
        for (size_t i = k + 1; i < n; i++) {
            double factor = s[i * n + k] / s[k * n + k];
            for (size_t j = k; j < n; j++)
                s[i * n + j] -= factor * s[k * n + j];
            d[i] -= factor * d[k];
        }
    }
    double sum = 0;
    for (size_t k = n; k-- > 0;) {
        for (size_t j = k + 1; j < n; j++)
            d[k] -= s[k * n + j] * d[j];
        d[k] /= s[k * n + k];
        sum += d[k] * kept[k];
    }
    return sum;
}

/* The categories from or to which somebody changed; how many. */
static size_t find_changed(const struct crosstab *t, size_t *changed)
{
    size_t count = 0;
    for (size_t i = 0; i < t->rows; i++)
        if (t->row_sums[i] + t->column_sums[i] > 2 * crosstab_at(t, i, i))
            changed[count++] = i;
    return count;
}

enum stat_status paired_stuart_maxwell(const struct crosstab *t, struct tests_result *result)
{
    enum stat_status status = check_square(t);
    if (status != STAT_OK)
        return status;
    struct arena arena = {0};
    size_t *changed = arena_array(&arena, t->rows, sizeof *changed);
    size_t count = find_changed(t, changed), n = count ? count - 1 : 0;
    double *s = arena_array(&arena, n, n * sizeof *s), *d = arena_array(&arena, n, sizeof *d);
    double *kept = arena_array(&arena, n, sizeof *kept), sum = 0;
    for (size_t a = 0; a < n; a++) {
        size_t i = changed[a];
        kept[a] = d[a] = t->row_sums[i] - t->column_sums[i];
        for (size_t b = 0; b < n; b++) {
            size_t j = changed[b];
            s[a * n + b] = a == b ? t->row_sums[i] + t->column_sums[i] - 2 * crosstab_at(t, i, i)
                                  : -(crosstab_at(t, i, j) + crosstab_at(t, j, i));
        }
    }
    sum = n ? quadratic_form(s, d, kept, n) : NAN;
    arena_free(&arena);
    if (!isfinite(sum))
        return STAT_UNDEFINED;
    *result = (struct tests_result){sum, (double)n, distribution_chisq_tail(sum, (double)n)};
    return STAT_OK;
}

enum stat_status paired_cochran_q(const double *hits, const double *both, size_t count,
                                  struct tests_result *result)
{
    double k = (double)count, sum = 0, squares = 0, off = 0;
    if (count < 2)
        return STAT_SHAPE;
    for (size_t i = 0; i < count; i++)
        sum += hits[i];
    for (size_t i = 0; i < count * count; i++)
        squares += both[i]; /* of the answers that each record gave */
    for (size_t i = 0; i < count; i++)
        off += (hits[i] - sum / k) * (hits[i] - sum / k);
    double spread = k * sum - squares;
    if (!(spread > 0))
        return STAT_UNDEFINED;
    double q = k * (k - 1) * off / spread;
    *result = (struct tests_result){q, k - 1, distribution_chisq_tail(q, k - 1)};
    return STAT_OK;
}
