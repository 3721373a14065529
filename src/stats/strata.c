#include "stats/strata.h"

#include <math.h>

#include "distribution.h"

static double layer_sum(const struct strata_layer *l)
{
    return l->a + l->b + l->c + l->d;
}

static bool has_margins(const struct strata_layer *l)
{
    double n = layer_sum(l);
    return crosstab_is_margin(l->a + l->b, n) && crosstab_is_margin(l->c + l->d, n) &&
           crosstab_is_margin(l->a + l->c, n) && crosstab_is_margin(l->b + l->d, n);
}

static enum stat_status check_layers(const struct strata_layer *layers, size_t count)
{
    double sum, all = 0;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const struct strata_layer *l = &layers[i];
        if (crosstab_check_counts((const double[]){l->a, l->b, l->c, l->d}, 4, &sum) == STAT_DOMAIN)
            return STAT_DOMAIN;
        all += sum;
        any |= has_margins(l);
    }
    return all == 0 ? STAT_EMPTY : any ? STAT_OK : STAT_MARGIN;
}

static struct tests_result with_tail(double statistic, double df)
{
    return (struct tests_result){statistic, df, distribution_chisq_tail(statistic, df)};
}

/* Sums over the layers of R = ad / n and S = bc / n, and Robins, Breslow & Greenland's (1986)
 * products with P = (a + d) / n and Q = (b + c) / n. */
struct pooled {
    double r, s, pr, ps_qr, qs;
};

static struct pooled pool(const struct strata_layer *layers, size_t count)
{
    struct pooled sum = {0};
    for (size_t i = 0; i < count; i++) {
        const struct strata_layer *l = &layers[i];
        if (!has_margins(l))
            continue;
        double n = layer_sum(l), r = l->a * l->d / n, s = l->b * l->c / n;
        double p = (l->a + l->d) / n, q = (l->b + l->c) / n;
        sum.r += r;
        sum.s += s;
        sum.pr += p * r;
        sum.ps_qr += p * s + q * r;
        sum.qs += q * s;
    }
    return sum;
}

static struct stat_estimate common_ratio(const struct pooled *sum, double confidence)
{
    double value = sum->r / sum->s;
    if (sum->r == 0 || sum->s == 0)
        return stat_estimate_of(value, INFINITY, INFINITY);
    double variance = sum->pr / (2 * sum->r * sum->r) + sum->ps_qr / (2 * sum->r * sum->s) +
                      sum->qs / (2 * sum->s * sum->s);
    double half = distribution_z(confidence) * sqrt(variance);
    return stat_estimate_of(value, value * exp(-half), value * exp(half));
}

enum stat_status strata_mantel_haenszel(const struct strata_layer *layers, size_t count,
                                        double confidence, struct strata_result *result)
{
    enum stat_status status = check_layers(layers, count);
    if (status != STAT_OK)
        return status;
    if (!stat_is_confidence(confidence))
        return STAT_DOMAIN;
    double off = 0, variance = 0;
    *result = (struct strata_result){0};
    for (size_t i = 0; i < count; i++) {
        const struct strata_layer *l = &layers[i];
        if (!has_margins(l))
            continue;
        double n = layer_sum(l), row = l->a + l->b, column = l->a + l->c;
        double expected = row * column / n;
        off += l->a - expected;
        variance += expected * ((n - row) / n) * ((n - column) / (n - 1));
        result->used++;
    }
    off = fabs(off);
    if (!(variance > 0))
        return STAT_UNDEFINED; /* weights of a sum of 1 or less */
    double corrected = off >= 0.5 ? off - 0.5 : off;
    result->plain = with_tail(off * off / variance, 1);
    result->corrected = with_tail(corrected * corrected / variance, 1);
    struct pooled sum = pool(layers, count);
    result->ratio = common_ratio(&sum, confidence);
    return STAT_OK;
}

/* The first cell of a table of N with this first row and column and the odds ratio THETA: the root
 * of (1 - theta) A^2 + B A - theta row column = 0 that the margins allow, in the form that does not
 * cancel. B is under 0 with theta under 1 only. */
static double fitted_cell(double row, double column, double n, double theta)
{
    double b = n - row - column + theta * (row + column);
    double root = sqrt(fmax(0, b * b - 4 * (theta - 1) * theta * row * column));
    return b < 0 ? (root - b) / (2 * (1 - theta)) : 2 * theta * row * column / (b + root);
}

/* A layer with the common odds ratio: how far its first cell is from the observed, and the
 * variance. */
struct fit {
    double off, variance;
    size_t above_5; /* of its four cells */
};

/* Each cell is fitted for itself, as the first of the table turned round: beside a cell of 1e9 one
 * of 1e-9 would be lost in the margin's rounding. For the same reason the smallest says how far
 * off. */
static struct fit fit_layer(const struct strata_layer *l, double theta)
{
    double n = layer_sum(l), row = l->a + l->b, other_row = l->c + l->d;
    double column = l->a + l->c, other_column = l->b + l->d;
    const double observed[] = {l->a, l->b, l->c, l->d}, sign[] = {1, -1, -1, 1};
    const double fitted[] = {fitted_cell(row, column, n, theta),
                             fitted_cell(row, other_column, n, 1 / theta),
                             fitted_cell(other_row, column, n, 1 / theta),
                             fitted_cell(other_row, other_column, n, theta)};
    size_t least = 0, above_5 = 0;
    double inverse = 0;
    for (size_t i = 0; i < 4; i++) {
        above_5 += fitted[i] > 5 ? 1 : 0;
        inverse += 1 / fitted[i];
        if (fitted[i] < fitted[least])
            least = i;
    }
    return (struct fit){sign[least] * (observed[least] - fitted[least]), 1 / inverse, above_5};
}

enum stat_status strata_breslow_day(const struct strata_layer *layers, size_t count,
                                    struct strata_homogeneity *result)
{
    enum stat_status status = check_layers(layers, count);
    if (status != STAT_OK)
        return status;
    struct pooled sum = pool(layers, count);
    if (sum.r == 0 || sum.s == 0)
        return STAT_UNDEFINED;
    double statistic = 0, off_sum = 0, variance_sum = 0;
    size_t used = 0, above_5 = 0;
    for (size_t i = 0; i < count; i++) {
        const struct strata_layer *l = &layers[i];
        if (!has_margins(l))
            continue;
        struct fit fit = fit_layer(l, sum.r / sum.s);
        statistic += fit.off * fit.off / fit.variance;
        off_sum += fit.off;
        variance_sum += fit.variance;
        above_5 += fit.above_5;
        used++;
    }
    if (used < 2)
        return STAT_SHAPE;
    double tarone = fmax(0, statistic - off_sum * off_sum / variance_sum);
    double df = (double)(used - 1);
    result->breslow_day = with_tail(statistic, df);
    result->tarone = with_tail(tarone, df);
    result->used = used;
    result->above_5 = (double)above_5 / (4 * df + 4);
    return STAT_OK;
}
