/* date -- day numbers, and dates written out. */
#include "text/date.h"

/* ---- the calendar ---- */

static bool leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool date_exists(int year, int month, int day)
{
    static const signed char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= lengths[month - 1] + (month == 2 && leap_year(year));
}

/* Both ways after Hinnant 2013, "chrono-Compatible Low-Level Date Algorithms":
 * years begin in March, so the leap day is the last; an era has 400 years,
 * 146097 days; day 0 of era 0 is 0000-03-01, 719468 days before 1970-01-01. */
int64_t date_days(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_of_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct date d = {0};
    d.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    d.month = (int)(month < 10 ? month + 3 : month - 9);
    d.year = (int)(year_of_era + era * 400 + (d.month <= 2));
    return d;
}

int date_weekday(int64_t days)
{
    int64_t from_thursday = days % 7; /* 1970-01-01 was one */
    return (int)((from_thursday + 7 + 3) % 7) + 1;
}

/* ---- writing ---- */

static char *put_digits(char *to, int number, int digits)
{
    for (int i = digits; i-- > 0; number /= 10)
        to[i] = (char)('0' + number % 10);
    return to + digits;
}

static char *put_two(char *to, char before, int number)
{
    *to = before;
    return put_digits(to + 1, number, 2);
}

static char *put_offset(char *to, int minutes)
{
    if (minutes == 0) {
        *to = 'Z';
        return to + 1;
    }
    char sign = minutes < 0 ? '-' : '+';
    int size = minutes < 0 ? -minutes : minutes;
    return put_two(put_two(to, sign, size / 60), ':', size % 60);
}

void date_add(struct buf *b, const struct date *d)
{
    buf_reserve(b, sizeof "2020-02-29T13:45:00.123456789+01:00");
    char *to = put_digits(b->at + b->len, d->year, 4);
    to = put_two(put_two(to, '-', d->month), '-', d->day);
    if (d->has_time) {
        to = put_two(put_two(put_two(to, 'T', d->hour), ':', d->minute), ':', d->second);
        if (d->nanosecond) {
            *to++ = '.';
            to = put_digits(to, d->nanosecond, 9);
            while (to[-1] == '0')
                to--;
        }
        if (d->has_offset)
            to = put_offset(to, d->offset);
    }
    b->len = (size_t)(to - b->at);
}
