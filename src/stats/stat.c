#include "stats/stat.h"

#include <math.h>

#define COUNT_MAX 9007199254740992.0 /* 2^53: above it doubles skip whole numbers */
#define COUNT_MIN 1e-30

const char *stat_reason(enum stat_status status)
{
    switch (status) {
    case STAT_OK:
        return "no fault";
    case STAT_EMPTY:
        return "nothing was counted";
    case STAT_SHAPE:
        return "too few rows, columns or categories, or another shape than the method takes";
    case STAT_MARGIN:
        return "a row or a column is empty";
    case STAT_DOMAIN:
        return "a number is out of range";
    case STAT_FRACTION:
        return "whole counts are needed";
    case STAT_UNDEFINED:
        return "not defined for these numbers";
    case STAT_BUDGET:
        return "more work than allowed";
    }
    return "unknown status";
}

struct stat_estimate stat_estimate_of(double value, double low, double high)
{
    struct stat_estimate e = {
        .has_value = isfinite(value), .has_low = isfinite(low), .has_high = isfinite(high)};
    e.value = e.has_value ? value : 0;
    e.low = e.has_low ? low : 0;
    e.high = e.has_high ? high : 0;
    return e;
}

bool stat_is_count(double count)
{
    return count == 0 || (count >= COUNT_MIN && count <= COUNT_MAX);
}

bool stat_is_share(double hits, double base)
{
    return stat_is_count(hits) && stat_is_count(base) && hits <= base;
}

bool stat_is_confidence(double confidence)
{
    return confidence > 0 && confidence < 1;
}
