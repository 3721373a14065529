#include "stats/interval.h"

#include <math.h>

#include "distribution.h"

static enum stat_status check(double hits, double base, double confidence)
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
    enum stat_status status = check(hits, base, confidence);
    if (status == STAT_OK)
        *share = wilson(hits, base, distribution_z(confidence));
    return status;
}

enum stat_status interval_wilson_finite(double hits, double base, double population,
                                        double confidence, struct stat_estimate *share)
{
    enum stat_status status = check(hits, base, confidence);
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
    enum stat_status status = check(hits, base, confidence);
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
    return distribution_beta(x, shape->a, shape->b);
}

/* The p at which HITS or more have probability TAIL. */
static double exact_low(double hits, double base, double tail)
{
    if (hits == 0)
        return 0;
    struct beta_shape shape = {hits, base - hits + 1};
    return distribution_invert(beta_below, &shape, tail, 0, 1);
}

/* The p at which HITS or fewer have probability TAIL. */
static double exact_high(double hits, double base, double tail)
{
    if (hits == base)
        return 1;
    struct beta_shape shape = {hits + 1, base - hits};
    return distribution_invert(beta_below, &shape, 1 - tail, 0, 1);
}

enum stat_status interval_clopper_pearson(double hits, double base, double confidence,
                                          struct stat_estimate *share)
{
    enum stat_status status = check(hits, base, confidence);
    if (status != STAT_OK)
        return status;
    double tail = (1 - confidence) / 2;
    *share =
        stat_estimate_of(hits / base, exact_low(hits, base, tail), exact_high(hits, base, tail));
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
