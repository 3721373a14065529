/* london -- an instant in minutes of UTC, and an hour more in summer. */
#include "calendar/london.h"

#define DAY_MINUTES 1440

/* The last Sunday of a month of 31 days. */
static int64_t last_sunday(int year, int month)
{
    int64_t last = date_days(year, month, 31);
    return last - date_weekday(last) % 7;
}

static bool is_summer(int64_t minutes, int year)
{
    return minutes >= last_sunday(year, 3) * DAY_MINUTES + 60 &&
           minutes < last_sunday(year, 10) * DAY_MINUTES + 60;
}

/* Rounded down, for instants before 1970 too. */
static int64_t day_of(int64_t minutes)
{
    return minutes / DAY_MINUTES - (minutes % DAY_MINUTES < 0);
}

int64_t london_day(const struct date *d)
{
    int64_t day = date_days(d->year, d->month, d->day);
    if (!d->has_time || !d->has_offset)
        return day;
    int64_t minutes = day * DAY_MINUTES + d->hour * 60 + d->minute - d->offset;
    int year = date_of_days(day_of(minutes)).year;
    return day_of(minutes + (is_summer(minutes, year) ? 60 : 0));
}
