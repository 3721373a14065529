/* stat -- what every part of the statistics library says about a result.
 *
 * The library takes numbers and gives numbers: no input, no output, no knowledge
 * of records. Arrays are the caller's. A result that these numbers do not have
 * (0/0, an unbounded end) is told by a status or a flag; no NaN and no infinity
 * ever leaves the library, and a field whose flag is false is 0 and means nothing. */
#ifndef STAT_H
#define STAT_H

#include <stdbool.h>
#include <stddef.h>

enum stat_status {
    STAT_OK,
    STAT_EMPTY,     /* nothing was counted */
    STAT_SHAPE,     /* too few rows, columns or categories, or not the shape of the method */
    STAT_MARGIN,    /* a row or a column adds up to zero */
    STAT_DOMAIN,    /* an argument is out of range: negative, above its base, not finite */
    STAT_FRACTION,  /* whole counts are needed and one has a fraction */
    STAT_UNDEFINED, /* the formula divides by zero for these numbers */
    STAT_BUDGET     /* more work than the caller allowed */
};

/* A clause for a message: "a row or a column is empty". */
const char *stat_reason(enum stat_status status);

/* A number with its confidence interval. An end without its flag is not
 * defined or has no bound (an odds ratio's upper end with a zero cell). */
struct stat_estimate {
    double value, low, high;
    bool has_value, has_low, has_high;
};

/* The estimate with those of the three that are finite. */
struct stat_estimate stat_estimate_of(double value, double low, double high);

/* A count, perhaps weighted: 0, or within a range in which products of four counts
 * neither overflow nor vanish. */
bool stat_is_count(double count);

/* HITS of BASE: both counts, and no more hits than the base. */
bool stat_is_share(double hits, double base);

/* A level such as 0.95, strictly between 0 and 1. */
bool stat_is_confidence(double confidence);

#endif
