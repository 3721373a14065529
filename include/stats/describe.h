/* describe -- a numeric field in a few figures.
 *
 * From distinct values with their counts, sorted: then the figures do not depend on the order in
 * which records came, nor on how they were split between processes, to the last bit. */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "stats/stat.h"

/* Finite VALUES, strictly rising, each COUNTS times (0 is allowed; counts may be weights). */
struct describe_values {
    const double *values, *counts;
    size_t count;
    double records; /* behind counts that are weights; 0 if the counts are the records */
};

/* SD has n - 1 below, of weights sqrt(records / (records - 1) sum w (x - mean)^2 / sum w), as R's
 * survey::svyvar(); it and its flag are unset where n, or the records, are 1 or less. */
struct describe_summary {
    double n, sum, mean, sd, min, max;
    double lower_quartile, median, upper_quartile;
    bool has_sd;
};

/* Two passes: the mean first, then the squares about it (corrected, Chan, Golub & LeVeque 1983, eq.
 * 1.7). Quartiles as describe_quantile(). STAT_EMPTY without counts, STAT_DOMAIN for values out of
 * order or not finite, or so large that a sum of squares would overflow. */
enum stat_status describe_summarise(const struct describe_values *v, struct describe_summary *s);

/* The P quantile, P in [0, 1]: type 7 of Hyndman & Fan (1996), which R, Python and spreadsheets
 * use: at 1 + (n - 1) P among the sorted values, straight between neighbours. Weights have
 * no such place, nor have counts that are not whole: then the smallest value up to which a share P
 * of the weights lies, but for rounding: their type 1, the rule "math" of R's survey (Lumley 2023,
 * "Estimating quantiles"). Its svyquantile() 4.1-1 itself gives the second value, not the first,
 * where the first alone holds more than P. */
enum stat_status describe_quantile(const struct describe_values *v, double p, double *quantile);

#endif
