#include "stats/interval.h"

#include <math.h>

#include "distribution.h"

static enum stat_status check_share(double hits, double base, double confidence)
{
    if (!stat_is_confidence(confidence) || !stat_is_share(hits, base))
        return STAT_DOMAIN;
    return base > 0 ? STAT_OK : STAT_EMPTY;
}

/* The lower root of (p - hits / base)^2 = z^2 p (1 - p) / base, multiplied out by
 * its conjugate: then no hits give 0 to the last bit. */
static double wilson_low(double hits, double base, double z)
{
    if (hits == 0 || z == 0)
        return hits / base;
    double root = z * sqrt(z * z / 4 + hits * (base - hits) / base);
    return hits * (hits / base) / (hits + z * z / 2 + root);
}

static double wilson_high(double hits, double base, double z)
{
    if (hits == base || z == 0)
        return hits / base;
    double root = z * sqrt(z * z / 4 + hits * (base - hits) / base);
    return (hits + z * z / 2 + root) / (base + z * z);
}

static struct stat_estimate wilson(double hits, double base, double z)
{
    return stat_estimate_of(hits / base, wilson_low(hits, base, z), wilson_high(hits, base, z));
}

enum stat_status interval_wilson(double hits, double base, double confidence,
                                 struct stat_estimate *share)
{
    enum stat_status status = check_share(hits, base, confidence);
    if (status == STAT_OK)
        *share = wilson(hits, base, distribution_z(confidence));
    return status;
}

enum stat_status interval_wilson_finite(double hits, double base, double population,
                                        double confidence, struct stat_estimate *share)
{
    enum stat_status status = check_share(hits, base, confidence);
    if (status != STAT_OK)
        return status;
    if (!stat_is_share(base, population) || population < 1)
        return STAT_DOMAIN;
    double left_out = population > base ? (population - base) / (population - 1) : 0;
    *share = wilson(hits, base, distribution_z(confidence) * sqrt(left_out));
    return STAT_OK;
}

enum stat_status interval_agresti_coull(double hits, double base, double confidence,
                                        struct stat_estimate *share)
{
    enum stat_status status = check_share(hits, base, confidence);
    if (status != STAT_OK)
        return status;
    double z = distribution_z(confidence);
    double padded = base + z * z, middle = (hits + z * z / 2) / padded;
    double half = z * sqrt(middle * (1 - middle) / padded);
    *share = stat_estimate_of(hits / base, fmax(0, middle - half), fmin(1, middle + half));
    return STAT_OK;
}

struct beta_shape {
    double a, b;
};

static double beta_below(double x, const void *with)
{
    const struct beta_shape *shape = with;
    return distribution_beta(x, 1 - x, shape->a, shape->b);
}

/* The x below which the beta distribution has TAIL: sought from the end that is nearer, since
 * doubles are fine near 0 and coarse near 1. */
static double beta_quantile(double a, double b, double tail)
{
    struct beta_shape shape = {a, b}, other = {b, a};
    return a <= b ? distribution_invert(beta_below, &shape, tail, 0, 1)
                  : 1 - distribution_invert(beta_below, &other, 1 - tail, 0, 1);
}

enum stat_status interval_clopper_pearson(double hits, double base, double confidence,
                                          struct stat_estimate *share)
{
    enum stat_status status = check_share(hits, base, confidence);
    if (status != STAT_OK)
        return status;
    double tail = (1 - confidence) / 2, misses = base - hits;
    *share = stat_estimate_of(hits / base, hits == 0 ? 0 : beta_quantile(hits, misses + 1, tail),
                              misses == 0 ? 1 : beta_quantile(hits + 1, misses, 1 - tail));
    return STAT_OK;
}

enum stat_status interval_jeffreys(double hits, double base, double confidence,
                                   struct stat_estimate *share)
{
    enum stat_status status = check_share(hits, base, confidence);
    if (status != STAT_OK)
        return status;
    double tail = (1 - confidence) / 2, misses = base - hits, p = hits / base;
    double low = hits == 0 ? 0 : beta_quantile(hits + 0.5, misses + 0.5, tail);
    double high = misses == 0 ? 1 : beta_quantile(hits + 0.5, misses + 0.5, 1 - tail);
    /* of weights hits can be a part of one, whose share would lie outside */
    *share = stat_estimate_of(p, fmin(p, low), fmax(p, high));
    return STAT_OK;
}

enum stat_status interval_bounds(double hits, double base, double population,
                                 struct stat_estimate *share)
{
    if (!stat_is_share(hits, base) || !stat_is_share(base, population))
        return STAT_DOMAIN;
    if (base == 0)
        return STAT_EMPTY;
    *share =
        stat_estimate_of(hits / base, hits / population, (hits + (population - base)) / population);
    return STAT_OK;
}

const struct interval_method interval_methods[] = {
    {"wilson", interval_wilson, "Wilson score interval", "Wilson 1927"},
    {"clopper-pearson", interval_clopper_pearson, "exact interval of Clopper and Pearson",
     "Clopper & Pearson 1934"},
    {"agresti-coull", interval_agresti_coull, "interval of Agresti and Coull",
     "Agresti & Coull 1998"},
    {"jeffreys", interval_jeffreys, "Jeffreys interval", "Brown, Cai & DasGupta 2001"},
};

const size_t interval_method_count = sizeof interval_methods / sizeof *interval_methods;

const struct interval_method *interval_named(struct span name)
{
    for (size_t i = 0; i < interval_method_count; i++)
        if (span_eq(span_of(interval_methods[i].name), name))
            return &interval_methods[i];
    return NULL;
}
