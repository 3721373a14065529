/* date_read -- small readers that date formats and free dates share. */
#include "date_read.h"

bool date_read_fraction(struct reader *r, int *nanosecond)
{
    int digits = read_number(r, 9, nanosecond);
    for (int i = digits; i < 9; i++)
        *nanosecond *= 10;
    return digits > 0;
}

bool date_read_offset(struct reader *r, int *minutes)
{
    int hours, rest = 0;
    *minutes = 0;
    if (skip(r, 'Z'))
        return true;
    bool west = next_is(r, '-');
    if ((!skip(r, '-') && !skip(r, '+')) || !read_digits(r, 2, 2, &hours))
        return false;
    bool colon = skip(r, ':');
    bool more = r->at < r->end && is_digit(*r->at);
    if ((colon || more) && !read_digits(r, 2, 2, &rest))
        return false;
    *minutes = (west ? -1 : 1) * (hours * 60 + rest);
    return hours <= 14 && rest < 60; /* UTC+14 is the Line Islands' */
}

bool date_word_is(struct span word, const char *lower)
{
    size_t i = 0;
    while (i < word.len && lower[i] && (word.at[i] | 0x20) == lower[i])
        i++;
    return i == word.len && !lower[i];
}

struct span date_read_word(struct reader *r)
{
    const char *start = r->at;
    while (r->at < r->end && is_letter(*r->at))
        r->at++;
    return span_from(start, r->at);
}

/* The 1-based place in NAMES of WORD, whole or its first three letters, or 0. */
static int find_name(struct span word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (word.len < 3 || (word.at[0] | 0x20) != names[i][0])
            continue;
        char shortened[] = {names[i][0], names[i][1], names[i][2], 0};
        if (date_word_is(word, shortened) || date_word_is(word, names[i]))
            return i + 1;
    }
    return 0;
}

static int month_number(struct span word)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    if (date_word_is(word, "sept"))
        return 9;
    return find_name(word, names, 12);
}

int date_weekday_named(struct span word)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    if (date_word_is(word, "tues"))
        return 2;
    if (date_word_is(word, "weds"))
        return 3;
    if (date_word_is(word, "thur") || date_word_is(word, "thurs"))
        return 4;
    return find_name(word, names, 7);
}

bool date_read_half(struct reader *r, int *half_day)
{
    struct span word = date_read_word(r);
    *half_day = date_word_is(word, "pm") ? 12 : 0;
    return *half_day || date_word_is(word, "am");
}

bool date_read_month_name(struct reader *r, int *month)
{
    *month = month_number(date_read_word(r));
    return *month != 0;
}

/* POSIX: 69 to 99 are of the twentieth century. */
int date_full_year(int two_digits)
{
    return two_digits + (two_digits >= 69 ? 1900 : 2000);
}

/* Puts the half of the day into the hour; false if there is no such time. */
bool date_settle_time(struct date *d, int half_day)
{
    if (half_day >= 0) {
        if (d->hour < 1 || d->hour > 12)
            return false;
        d->hour = d->hour % 12 + half_day;
    }
    return d->hour < 24 && d->minute < 60 && d->second < 60;
}

bool date_settle_day(const struct date *d, int weekday)
{
    if (!date_exists(d->year, d->month, d->day))
        return false;
    return weekday == 0 || date_weekday(date_days(d->year, d->month, d->day)) == weekday;
}
