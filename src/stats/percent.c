#include "stats/percent.h"

#include <math.h>

#define MOST_WHOLE 1e12 /* twice 1e4 times as much still is a whole double */

/* A half as a double may be a little less: 100 * 23 / 800 is 2.875, 1.005 is not. */
#define HALF_SLACK 1e-9

static double rounded_up(double units)
{
    return floor(units + 0.5 + HALF_SLACK);
}

/* N / BASE in units of the last digit. */
static double units_of(double n, double base, double scale)
{
    if (n == floor(n) && base == floor(base) && base < MOST_WHOLE)
        return floor((2 * scale * n + base) / (2 * base));
    return rounded_up(scale * n / base);
}

void percent_add(struct buf *b, double n, double base, int decimals)
{
    double unit = pow(10, -decimals), scale = 100 / unit;
    double units = units_of(n, base, scale);
    if (units == 0 && n > 0)
        buf_addf(b, "<%.*f", decimals, unit);
    else if (units == scale && n < base * (1 - HALF_SLACK))
        buf_addf(b, ">%.*f", decimals, 100 - unit);
    else
        buf_addf(b, "%.*f", decimals, units * unit);
}

void percent_add_plain(struct buf *b, double percent, int decimals)
{
    double unit = pow(10, -decimals);
    buf_addf(b, "%.*f", decimals, rounded_up(percent / unit) * unit);
}
