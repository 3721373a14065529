/* workdays -- counting working days, by arithmetic and a sorted list of days off. */
#include "calendar/workdays.h"

#include <stdlib.h>

#include "text/date.h"

static int by_day(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void workdays_init(struct workdays *w, int64_t *off, size_t count)
{
    *w = (struct workdays){.off = off, .first_known = 1, .last_known = 0};
    if (count == 0)
        return;
    qsort(off, count, sizeof *off, by_day);
    w->first_known = date_days(date_of_days(off[0]).year, 1, 1);
    w->last_known = date_days(date_of_days(off[count - 1]).year, 12, 31);
    for (size_t i = 0; i < count; i++)
        if (date_weekday(off[i]) <= 5 && (w->count == 0 || off[w->count - 1] != off[i]))
            off[w->count++] = off[i];
}

bool workdays_known(const struct workdays *w, int64_t from, int64_t to)
{
    return from >= w->first_known && to <= w->last_known;
}

/* The days off up to and with DAY. */
static int64_t off_until(const struct workdays *w, int64_t day)
{
    size_t low = 0, high = w->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->off[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)low;
}

/* The days from Monday to Friday up to and with DAY, since a Monday before year 1. */
static int64_t weekdays_until(int64_t day)
{
    int64_t since_monday = day + 3 + 7 * INT64_C(150000);
    int64_t rest = since_monday % 7;
    return since_monday / 7 * 5 + (rest < 5 ? rest + 1 : 5);
}

bool workdays_has(const struct workdays *w, int64_t day)
{
    return date_weekday(day) <= 5 && off_until(w, day) == off_until(w, day - 1);
}

int64_t workdays_between(const struct workdays *w, int64_t from, int64_t to)
{
    if (to <= from)
        return 0;
    return weekdays_until(to) - weekdays_until(from) - (off_until(w, to) - off_until(w, from));
}

/* The first day that has N working days behind it. Seven days for five and a
 * day for each day off is never too late, so the search starts below. */
int64_t workdays_after(const struct workdays *w, int64_t day, int64_t n)
{
    if (n <= 0)
        return day;
    int64_t found = day + n;
    int64_t short_of;
    while ((short_of = n - workdays_between(w, day, found)) > 0)
        found += short_of;
    return found;
}
