/* fuzz_calendar -- days: dates by any format beside strptime's calendar (timegm), working days
 * beside a count day by day, periods that are read again as they were written. */
#include <time.h>

#include "base/arena.h"
#include "calendar/workdays.h"
#include "fuzz.h"
#include "text/date.h"
#include "text/period.h"

static void check_day(const struct date *d)
{
    struct tm tm = {.tm_year = d->year - 1900, .tm_mon = d->month - 1, .tm_mday = d->day};
    FUZZ_CHECK(date_exists(d->year, d->month, d->day));
    FUZZ_CHECK(date_days(d->year, d->month, d->day) * 86400 == timegm(&tm));
}

/* The first line is a format, the second a text. */
static void try_format(struct span input)
{
    const char *end = memchr(input.at, '\n', input.len);
    if (!end)
        return;
    struct arena arena = {0};
    struct date_format format = {0};
    struct date date;
    struct span bad = {0}, text = span_from(end + 1, input.at + input.len);
    const char *wrong = date_format_compile(&format, &arena, span_from(input.at, end), &bad);
    FUZZ_CHECK(!wrong || (bad.at >= input.at && bad.at + bad.len <= end));
    if (!wrong && date_parse(&format, text, &date) == DATE_OK)
        check_day(&date);
    arena_free(&arena);
}

static void try_period(struct span text)
{
    struct buf once = {0}, twice = {0};
    for (int p = PERIOD_MONTH; p <= PERIOD_FINANCIAL_YEAR; p++) {
        unsigned doubts = 0;
        buf_clear(&once);
        buf_clear(&twice);
        if (!period_add(&once, (enum period)p, text, &doubts))
            continue;
        FUZZ_CHECK(period_add(&twice, (enum period)p, buf_span(&once), &doubts));
        FUZZ_CHECK(span_eq(buf_span(&once), buf_span(&twice)));
    }
    buf_free(&once);
    buf_free(&twice);
}

/* Two bytes a day off, then the rule of docs/deadline.md day by day. */
static void try_workdays(struct span input)
{
    int64_t off[32];
    size_t count = 0;
    for (; count < 32 && 2 * count + 1 < input.len; count++)
        off[count] = (unsigned char)input.at[2 * count] + 256 * (input.at[2 * count + 1] & 1);
    struct workdays w;
    workdays_init(&w, off, count);
    int64_t n = 0;
    for (int64_t day = 1; day < 600; day++) {
        n += workdays_has(&w, day);
        FUZZ_CHECK(workdays_between(&w, 0, day) == n);
        FUZZ_CHECK(!workdays_has(&w, day) || workdays_after(&w, 0, n) == day);
    }
    for (size_t i = 0; i < w.count; i++)
        FUZZ_CHECK(!workdays_has(&w, w.off[i]));
}

static void try_input(struct span input)
{
    struct buf text = fuzz_padded(input);
    if (input.len > 0) {
        try_format(buf_span(&text));
        try_period(buf_span(&text));
        try_workdays(buf_span(&text));
    }
    buf_free(&text);
}
