/* date_any -- dates read without a format: ISO 8601, and as people mix them. */
#include "date_read.h"

/* ---- reading without a format ---- */

static void skip_spaces(struct reader *r)
{
    while (skip(r, ' '))
        ;
}

/* Hours and minutes, and perhaps seconds, a fraction, am or pm, an offset. */
static bool read_time(struct reader *r, struct date *d, struct extras *x)
{
    d->has_time = true;
    if (!read_digits(r, 1, 2, &d->hour) || !skip(r, ':') || !read_digits(r, 2, 2, &d->minute))
        return false;
    if (skip(r, ':')) {
        if (!read_digits(r, 2, 2, &d->second))
            return false;
        if (skip(r, '.') && !date_read_fraction(r, &d->nanosecond))
            return false;
    }
    if (r->at < r->end && (next_is(r, '+') || next_is(r, '-') || next_is(r, 'Z'))) {
        d->has_offset = true;
        return date_read_offset(r, &d->offset);
    }
    skip_spaces(r);
    struct reader ahead = *r;
    int half_day;
    if (date_read_half(&ahead, &half_day)) {
        x->half_day = half_day;
        *r = ahead;
    }
    return true;
}

enum date_result date_iso(struct span text, struct date *out)
{
    struct reader r = {text.at, span_end(text)};
    struct date d = {0};
    struct extras x = {0, -1};
    if (!read_digits(&r, 4, 4, &d.year) || !skip(&r, '-') || !read_digits(&r, 2, 2, &d.month) ||
        !skip(&r, '-') || !read_digits(&r, 2, 2, &d.day))
        return DATE_MALFORMED;
    if (r.at < r.end) {
        bool two_digits = r.end - r.at > 2 && is_digit(r.at[2]);
        if (!skip(&r, 'T') || !two_digits || !read_time(&r, &d, &x) || x.half_day >= 0 ||
            r.at != r.end || r.end[-1] == ' ')
            return DATE_MALFORMED;
    }
    if (!date_settle_day(&d, 0) || !date_settle_time(&d, -1))
        return DATE_IMPOSSIBLE;
    *out = d;
    return DATE_OK;
}

/* Four digits, or two as in '20 and 20. */
static bool read_any_year(struct reader *r, int *year, unsigned *doubts)
{
    bool apostrophe = skip(r, '\'');
    int digits = read_number(r, 5, year);
    if (digits == 4 && !apostrophe)
        return true;
    *year = date_full_year(*year);
    *doubts |= DATE_SHORT_YEAR;
    return digits == 2;
}

/* 1st, 2nd, 3rd, 4th: the letters behind a day, if they are there. */
static void skip_ordinal(struct reader *r)
{
    struct reader ahead = *r;
    struct span word = date_read_word(&ahead);
    if (date_word_is(word, "st") || date_word_is(word, "nd") || date_word_is(word, "rd") ||
        date_word_is(word, "th"))
        *r = ahead;
}

/* What stands between a month's name and its neighbours. */
static void skip_gap(struct reader *r)
{
    while (r->at < r->end && strchr(" ,.-/", *r->at) && *r->at)
        r->at++;
}

/* February 2020, behind its day, or 1st, 2020, behind its month. */
static bool read_named(struct reader *r, struct date *d, unsigned *doubts)
{
    bool month_first = d->month != 0;
    if (month_first) {
        if (!read_digits(r, 1, 2, &d->day))
            return false;
        skip_ordinal(r);
    } else {
        struct reader ahead = *r;
        if (date_word_is(date_read_word(&ahead), "of")) {
            *r = ahead;
            skip_spaces(r);
        }
        if (!date_read_month_name(r, &d->month))
            return false;
    }
    const char *before_gap = r->at;
    skip_gap(r);
    if (r->at == before_gap && month_first) /* Feb 2020 has no day */
        return false;
    return read_any_year(r, &d->year, doubts);
}

/* One of / - . with or without spaces around it, or spaces alone; 0 if none. */
static char read_gap(struct reader *r)
{
    char gap = next_is(r, ' ') ? ' ' : 0;
    skip_spaces(r);
    if (next_is(r, '/') || next_is(r, '-') || next_is(r, '.')) {
        gap = *r->at++;
        skip_spaces(r);
    }
    return gap;
}

/* The rest of a date in numbers that began with FIRST, of DIGITS digits. */
static bool read_numeric(struct reader *r, int first, int digits, struct date *d, unsigned *doubts)
{
    char gap = read_gap(r);
    if (gap == 0 || !read_digits(r, 1, 2, &d->month) || read_gap(r) != gap)
        return false;
    if (digits == 4) {
        d->year = first;
        return read_digits(r, 1, 2, &d->day);
    }
    d->day = first;
    if (!read_any_year(r, &d->year, doubts))
        return false;
    if (!date_exists(d->year, d->month, d->day) && date_exists(d->year, d->day, d->month)) {
        d->day = d->month;
        d->month = first;
        *doubts |= DATE_MONTH_FIRST;
    } else if (d->day != d->month && date_exists(d->year, d->day, d->month)) {
        *doubts |= DATE_EITHER_WAY;
    }
    return true;
}

static void read_weekday(struct reader *r, struct extras *x)
{
    struct reader ahead = *r;
    x->weekday = date_weekday_named(date_read_word(&ahead));
    if (x->weekday) {
        skip_gap(&ahead);
        *r = ahead;
    }
}

static bool read_day(struct reader *r, struct date *d, unsigned *doubts)
{
    int first;
    int digits = read_number(r, 4, &first);
    if (digits == 3)
        return false;
    if (digits == 0) {
        if (!date_read_month_name(r, &d->month))
            return false;
        skip_gap(r);
        return read_named(r, d, doubts);
    }
    struct reader ahead = *r;
    skip_ordinal(&ahead);
    skip_gap(&ahead);
    if (digits == 4 || (ahead.at < ahead.end && !is_letter(*ahead.at)))
        return read_numeric(r, first, digits, d, doubts);
    d->day = first;
    *r = ahead;
    return read_named(r, d, doubts);
}

/* "GMT", "UTC", and as forms export it "GMT+1", "UTC-3:30": behind a time, if it is there. */
static bool read_zone(struct reader *r, struct date *d)
{
    int hours = 0, minutes = 0;
    skip_spaces(r);
    if (r->at == r->end)
        return true;
    struct span word = date_read_word(r);
    if (d->has_offset || !(date_word_is(word, "gmt") || date_word_is(word, "utc")))
        return false;
    bool west = next_is(r, '-');
    if (r->at < r->end && ((!skip(r, '-') && !skip(r, '+')) || !read_digits(r, 1, 2, &hours) ||
                           (skip(r, ':') && !read_digits(r, 2, 2, &minutes))))
        return false;
    d->has_offset = true;
    d->offset = (west ? -1 : 1) * (hours * 60 + minutes);
    return hours <= 14 && minutes < 60;
}

/* A time behind the date: " 13:45", "T13:45", ", 1:45 pm", " at 13:45", " 1:45:00 PM GMT+1". */
static bool read_time_behind(struct reader *r, struct date *d, struct extras *x)
{
    if (r->at == r->end)
        return true;
    if (!skip(r, 'T')) {
        skip(r, ',');
        if (!skip(r, ' '))
            return false;
        struct reader ahead = *r;
        if (date_word_is(date_read_word(&ahead), "at") && skip(&ahead, ' '))
            *r = ahead;
    }
    return read_time(r, d, x) && read_zone(r, d) && r->at == r->end;
}

enum date_result date_any_dmy(struct span text, struct date *out, unsigned *doubts)
{
    struct reader r = {text.at, span_end(text)};
    struct date d = {0};
    struct extras x = {0, -1};
    *doubts = 0;
    read_weekday(&r, &x);
    if (!read_day(&r, &d, doubts) || !read_time_behind(&r, &d, &x))
        return DATE_MALFORMED;
    if (!date_settle_day(&d, x.weekday) || !date_settle_time(&d, x.half_day))
        return DATE_IMPOSSIBLE;
    *out = d;
    return DATE_OK;
}
