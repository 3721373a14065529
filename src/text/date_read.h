/* date_read -- small readers that date formats and free dates share.
 *
 * Each moves the reader past what it read, and gives false if it was not there. */
#ifndef DATE_READ_H
#define DATE_READ_H

#include "text/date.h"

struct reader {
    const char *at, *end;
};

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool next_is(const struct reader *r, char c)
{
    return r->at < r->end && *r->at == c;
}

static inline bool skip(struct reader *r, char c)
{
    bool there = next_is(r, c);
    r->at += there;
    return there;
}

/* At most MOST digits; the count of them. */
static inline int read_number(struct reader *r, int most, int *number)
{
    int digits = 0;
    *number = 0;
    while (digits < most && r->at < r->end && is_digit(*r->at)) {
        *number = *number * 10 + (*r->at++ - '0');
        digits++;
    }
    return digits;
}

static inline bool read_digits(struct reader *r, int least, int most, int *number)
{
    return read_number(r, most, number) >= least;
}

bool date_read_fraction(struct reader *r, int *nanosecond);
bool date_read_offset(struct reader *r, int *minutes);
bool date_read_half(struct reader *r, int *half_day); /* 0 for am, 12 for pm */
bool date_read_month_name(struct reader *r, int *month);

/* A run of ASCII letters, perhaps empty. */
struct span date_read_word(struct reader *r);

/* WORD is LOWER in any case; both of letters alone. */
bool date_word_is(struct span word, const char *lower);

/* 1 for Monday, whole or short, or 0. */
int date_weekday_named(struct span word);

/* POSIX: 69 to 99 are of the twentieth century. */
int date_full_year(int two_digits);

/* What a format gives beside the date itself. */
struct extras {
    int weekday;  /* 0 if none */
    int half_day; /* 12 after noon, 0 before, -1 if not told */
};

/* Puts the half of the day into the hour; false if there is no such time. */
bool date_settle_time(struct date *d, int half_day);

/* Whether the date is in the calendar, on the WEEKDAY that was read with it. */
bool date_settle_day(const struct date *d, int weekday);

#endif
