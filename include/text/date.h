/* date -- dates as people write them, read strictly.
 *
 * A format is compiled once and then read against each cell without a
 * locale, a clock or a copy. Read strictly means: every byte must be
 * accounted for, 31/02/2020 is no date, a year has four digits unless the
 * format says %y, a space is one space. As in strptime a day, month, hour, minute or second may
 * have one digit or two, but where two conversions touch ("%Y%m%d") it must
 * have two, or 2020111 would be two days.
 *
 *   %d %e  day                       %H  hour, 0 to 23
 *   %m     month                     %I  hour, 1 to 12, with %p
 *   %b %B %h  month's English name,  %M  minute
 *          whole or short            %S  second, 0 to 59
 *   %Y     year, four digits         %f  fraction of a second, 1 to 9 digits
 *   %y     year, two digits:         %p  am or pm
 *          69 to 99 are 19..         %z  Z, UTC, GMT, +01:00, +0100, +01
 *   %a %A  weekday's English name;   %%  a per cent sign
 *          must be the date's own
 *   %F is %Y-%m-%d, %T is %H:%M:%S, %R is %H:%M, %D is %m/%d/%y
 *
 * Names are matched in any case. Days are counted from 1970-01-01, in the
 * Gregorian calendar also before its adoption, years 1 to 9999. */
#ifndef DATE_H
#define DATE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"

struct date {
    int year, month, day;
    int hour, minute, second, nanosecond; /* good if has_time */
    int offset;                           /* from UTC in minutes; good if has_offset */
    bool has_time, has_offset;
};

enum date_result {
    DATE_OK,
    DATE_MALFORMED, /* not in the format */
    DATE_IMPOSSIBLE /* in the format, but there is no such day or time */
};

/* A literal byte, or a conversion with the fewest digits that it must have. */
struct date_op {
    char conversion; /* 0 for a literal */
    char byte;
    signed char least;
};

struct date_format {
    struct date_op *ops; /* in the caller's arena */
    size_t count;
    bool has_time;
};

/* Compiles TEXT into F, its memory in A. NULL if that went well, else what is
 * wrong ("unknown conversion") with *BAD the slice of TEXT that is at fault. */
const char *date_format_compile(struct date_format *f, struct arena *a, struct span text,
                                struct span *bad);

/* OUT is set only if DATE_OK is returned. */
enum date_result date_parse(const struct date_format *f, struct span text, struct date *out);

/* What was taken for granted in a date that was read without a format. */
enum date_doubt {
    DATE_MONTH_FIRST = 1, /* 02/25/2020: as day/month there is no such date */
    DATE_SHORT_YEAR = 2,  /* 1/2/20 */
    DATE_EITHER_WAY = 4,  /* 1/2/2020: read day first, and may be meant the other way */
    DATE_FAR_YEAR = 8,    /* before 1900 or after 2100: a slip of the hand, in a survey */
    DATE_TIME_DROPPED = 16
};

/* Whether YEAR is so far. */
static inline bool date_is_far(int year)
{
    return year < 1900 || year > 2100;
}

/* A date as found in a column that many people filled: 1/2/2020, 01-02-2020,
 * 1.2.2020, 1 Feb 2020, 1st of February 2020, 01-Feb-20, Feb 1, 2020,
 * 2020-02-01, with a weekday in front, with a time behind. Of two numbers the
 * first is the day; only where there is no such date is it the month.
 * *DOUBTS is the sum of the enum date_doubt that apply. */
enum date_result date_any_dmy(struct span text, struct date *out, unsigned *doubts);

/* ISO 8601: 2020-02-29, or 2020-02-29T13:45:00 with an optional fraction and
 * an optional Z or offset. The default format of Table Schema's date and datetime. */
enum date_result date_iso(struct span text, struct date *out);

/* D at the end of B: 2020-02-29, and with a time 2020-02-29T13:45:00, the
 * fraction and the offset (Z if 0) only if there is one. */
void date_add(struct buf *b, const struct date *d);

/* Whether there is such a day. */
bool date_exists(int year, int month, int day);

/* Days from 1970-01-01; year, month and day of such a number; 1 (Monday) to 7. */
int64_t date_days(int year, int month, int day);
struct date date_of_days(int64_t days);
int date_weekday(int64_t days);

#endif
