/* Unit tests of date. Day numbers and weekdays are compared with the C
 * library's timegm() and gmtime_r(); pivots of %y and what a conversion takes
 * follow POSIX strptime(), save where the header says otherwise. */
#include <time.h>

#include "check.h"
#include "text/date.h"

/* EXPECTED is the ISO form, "malformed" or "impossible". */
struct date_case {
    const char *format, *text, *expected;
};

static const struct date_case format_cases[] = {
    {"%Y-%m-%d", "2020-02-29", "2020-02-29"},
    {"%Y-%m-%d", "2019-02-29", "impossible"},
    {"%Y-%m-%d", "1900-02-29", "impossible"},
    {"%Y-%m-%d", "2000-02-29", "2000-02-29"},
    {"%Y-%m-%d", "2020-2-9", "2020-02-09"},
    {"%Y-%m-%d", "0000-01-01", "impossible"},
    {"%Y-%m-%d", "20-01-01", "malformed"},
    {"%Y-%m-%d", "12020-01-01", "malformed"},
    {"%d/%m/%Y", "31/02/2020", "impossible"},
    {"%d/%m/%Y", "02/25/2020", "impossible"},
    {"%d/%m/%Y", "1/2/2020", "2020-02-01"},
    {"%d/%m/%Y", "001/2/2020", "malformed"},
    {"%d/%m/%Y", "00/02/2020", "impossible"},
    {"%d/%m/%Y", "1/2/20", "malformed"},
    {"%d/%m/%Y", "1/2/20201", "malformed"},
    {"%d/%m/%Y", "1/2/2020 ", "malformed"},
    {"%d/%m/%Y", " 1/2/2020", "malformed"},
    {"%d/%m/%Y", "1-2-2020", "malformed"},
    {"%d/%m/%Y", "", "malformed"},
    {"%d/%m/%Y", "+1/2/2020", "malformed"},
    {"%d/%m/%y", "1/2/68", "2068-02-01"},
    {"%d/%m/%y", "1/2/69", "1969-02-01"},
    {"%d/%m/%y", "1/2/2020", "malformed"},
    {"%d %B %Y", "3 February 2020", "2020-02-03"},
    {"%d %B %Y", "3 FEB 2020", "2020-02-03"},
    {"%d %b %Y", "3 sept 2020", "2020-09-03"},
    {"%d %b %Y", "3 Febr 2020", "malformed"},
    {"%d %b %Y", "3 Fe 2020", "malformed"},
    {"%d %b %Y", "3  Feb 2020", "malformed"},
    {"%A %d %B %Y", "Monday 3 February 2020", "2020-02-03"},
    {"%a %d %B %Y", "Tue 3 February 2020", "impossible"},
    {"%Y%m%d", "20200229", "2020-02-29"},
    {"%Y%m%d", "2020111", "malformed"},
    {"%d%m%y", "290220", "2020-02-29"},
    {"%d%m%y", "20220", "malformed"},
    {"%F", "2020-02-29", "2020-02-29"},
    {"%D", "02/29/20", "2020-02-29"},
    {"%d/%m/%Y %H:%M", "1/2/2020 9:05", "2020-02-01T09:05:00"},
    {"%d/%m/%Y %H:%M", "1/2/2020 24:00", "impossible"},
    {"%d/%m/%Y %R", "1/2/2020 23:59", "2020-02-01T23:59:00"},
    {"%F %T", "2020-02-29 13:45:60", "impossible"},
    {"%F %T", "2020-02-29 13:45:59", "2020-02-29T13:45:59"},
    {"%F %I:%M %p", "2020-02-29 12:05 AM", "2020-02-29T00:05:00"},
    {"%F %I:%M %p", "2020-02-29 12:05 pm", "2020-02-29T12:05:00"},
    {"%F %I%p", "2020-02-29 1pm", "2020-02-29T13:00:00"},
    {"%F %I:%M %p", "2020-02-29 13:05 PM", "impossible"},
    {"%F %I:%M %p", "2020-02-29 1:05 xm", "malformed"},
    {"%FT%T.%f%z", "2020-02-29T13:45:00.120Z", "2020-02-29T13:45:00.12Z"},
    {"%FT%T%z", "2020-02-29T13:45:00+0100", "2020-02-29T13:45:00+01:00"},
    {"%FT%T%z", "2020-02-29T13:45:00-03:30", "2020-02-29T13:45:00-03:30"},
    {"%FT%T%z", "2020-02-29T13:45:00+15", "malformed"},
    {"%F %T %z", "2020-02-29 13:45:00 UTC", "2020-02-29T13:45:00Z"},
    {"%F %T %z", "2020-02-29 13:45:00 GMT", "2020-02-29T13:45:00Z"},
    {"%F %T %z", "2020-02-29 13:45:00 BST", "malformed"},
    {"%d.%m.%Y%%", "1.2.2020%", "2020-02-01"},
};

/* As an any-dmy date: '*' in front of EXPECTED for month first, '~' for a short year. */
static const struct date_case any_cases[] = {
    {"", "1/2/2020", "2020-02-01"},
    {"", "01-02-2020", "2020-02-01"},
    {"", "1.2.2020", "2020-02-01"},
    {"", "1 2 2020", "2020-02-01"},
    {"", "1 / 2 / 2020", "2020-02-01"},
    {"", "1/2-2020", "malformed"},
    {"", "25/02/2020", "2020-02-25"},
    {"", "02/25/2020", "*2020-02-25"},
    {"", "02/30/2020", "impossible"},
    {"", "31/02/2020", "impossible"},
    {"", "30/30/2020", "impossible"},
    {"", "1/2/20", "~2020-02-01"},
    {"", "2/25/99", "*~1999-02-25"},
    {"", "1/2/202", "malformed"},
    {"", "1/2/20201", "malformed"},
    {"", "2020-02-01", "2020-02-01"},
    {"", "2020/2/1", "2020-02-01"},
    {"", "2020-13-01", "impossible"},
    {"", "20200201", "malformed"},
    {"", "1 Feb 2020", "2020-02-01"},
    {"", "1st February 2020", "2020-02-01"},
    {"", "2nd of March, 2020", "2020-03-02"},
    {"", "01-Feb-20", "~2020-02-01"},
    {"", "1 Feb '20", "~2020-02-01"},
    {"", "1Feb2020", "2020-02-01"},
    {"", "Feb 1, 2020", "2020-02-01"},
    {"", "February 23rd 2020", "2020-02-23"},
    {"", "Feb 2020", "malformed"},
    {"", "Feb-20", "malformed"},
    {"", "1 Feb", "malformed"},
    {"", "31 Feb 2020", "impossible"},
    {"", "Monday 3 February 2020", "2020-02-03"},
    {"", "Mon, 3/2/2020", "2020-02-03"},
    {"", "Tues 3 February 2020", "impossible"},
    {"", "2020-02-01 00:00:00", "2020-02-01T00:00:00"},
    {"", "1/2/2020 13:45", "2020-02-01T13:45:00"},
    {"", "1 Feb 2020 at 1:45 pm", "2020-02-01T13:45:00"},
    {"", "1/2/2020, 01:45", "2020-02-01T01:45:00"},
    {"", "2020-02-01T13:45:00Z", "2020-02-01T13:45:00Z"},
    {"", "2020/02/01 1:45:00 PM GMT", "2020-02-01T13:45:00Z"},
    {"", "2020/02/01 1:45:00 am GMT+1", "2020-02-01T01:45:00+01:00"},
    {"", "2020-02-01 13:45:00 UTC-3:30", "2020-02-01T13:45:00-03:30"},
    {"", "2020-02-01 13:45:00 UTC+15", "malformed"},
    {"", "2020-02-01 13:45:00 GMT+", "malformed"},
    {"", "2020-02-01 13:45:00 GMT1", "malformed"},
    {"", "2020-02-01 13:45:00 BST", "malformed"},
    {"", "2020-02-01 13:45:00Z GMT", "malformed"},
    {"", "1/2/2020 13", "malformed"},
    {"", "1/2/2020 and 3/2/2020", "malformed"},
    {"", "not held", "malformed"},
    {"", "43831", "malformed"},
    {"", "1/", "malformed"},
    {"", "", "malformed"},
};

static const struct date_case iso_cases[] = {
    {"", "2020-02-29", "2020-02-29"},
    {"", "2020-2-29", "malformed"},
    {"", "2021-02-29", "impossible"},
    {"", "2020-02-29T13:45:00", "2020-02-29T13:45:00"},
    {"", "2020-02-29T13:45:00.5+01:00", "2020-02-29T13:45:00.5+01:00"},
    {"", "2020-02-29T13:45:00 ", "malformed"},
    {"", "2020-02-29T1:45", "malformed"},
    {"", "2020-02-29 13:45:00", "malformed"},
    {"", "2020-02-29T11:45:00 GMT", "malformed"},
    {"", "2020-02-29T11:45:00 pm", "malformed"},
};

/* Formats that do not compile. EXPECTED is the reason and the slice at fault. */
static const struct date_case bad_formats[] = {
    {"%d/%m/%Q", "", "unknown conversion: %Q"},
    {"%d/%m/%", "", "unknown conversion: %"},
    {"%d/%m/%d", "", "given twice: %d"},
    {"%F %Y", "", "given twice: %Y"},
    {"%d/%m", "", "no year: %d/%m"},
    {"%B %Y", "", "no day: %B %Y"},
    {"%d %Y", "", "no month: %d %Y"},
    {"%F %I:%M", "", "%I and %p go together: %F %I:%M"},
    {"%F %H%p", "", "%I and %p go together: %F %H%p"},
    {"%F %M", "", "a part of a time without the larger part: %F %M"},
    {"%F%z", "", "a part of a time without the larger part: %F%z"},
    {"", "", "no year: "},
};

static void show(struct buf *b, enum date_result result, const struct date *d)
{
    if (result == DATE_OK)
        date_add(b, d);
    else
        buf_add(b, result == DATE_MALFORMED ? SPAN("malformed") : SPAN("impossible"));
}

static void test_formats(void)
{
    struct arena arena = {0};
    struct buf b = {0}, name = {0};
    for (size_t i = 0; i < sizeof format_cases / sizeof *format_cases; i++) {
        const struct date_case *c = &format_cases[i];
        struct date_format f;
        struct span bad;
        struct date d;
        buf_clear(&b);
        buf_clear(&name);
        const char *wrong = date_format_compile(&f, &arena, span_of(c->format), &bad);
        if (wrong)
            buf_add(&b, span_of(wrong));
        else
            show(&b, date_parse(&f, span_of(c->text), &d), &d);
        buf_addf(&name, "'%s' as %s", c->text, c->format);
        check_text(buf_span(&b), span_of(c->expected), buf_text(&name), __FILE__, __LINE__);
    }
    for (size_t i = 0; i < sizeof bad_formats / sizeof *bad_formats; i++) {
        const struct date_case *c = &bad_formats[i];
        struct date_format f;
        struct span bad;
        buf_clear(&b);
        const char *wrong = date_format_compile(&f, &arena, span_of(c->format), &bad);
        buf_addf(&b, "%s: %.*s", wrong ? wrong : "compiled", SPAN_ARGS(bad));
        check_text(buf_span(&b), span_of(c->expected), c->expected, __FILE__, __LINE__);
    }
    buf_free(&b);
    buf_free(&name);
    arena_free(&arena);
}

static void test_free_forms(void)
{
    struct buf b = {0}, name = {0};
    struct date d;
    for (size_t i = 0; i < sizeof any_cases / sizeof *any_cases; i++) {
        const struct date_case *c = &any_cases[i];
        unsigned doubts;
        buf_clear(&b);
        buf_clear(&name);
        enum date_result result = date_any_dmy(span_of(c->text), &d, &doubts);
        if (result == DATE_OK && doubts & DATE_MONTH_FIRST)
            buf_addc(&b, '*');
        if (result == DATE_OK && doubts & DATE_SHORT_YEAR)
            buf_addc(&b, '~');
        show(&b, result, &d);
        buf_addf(&name, "any: '%s'", c->text);
        check_text(buf_span(&b), span_of(c->expected), buf_text(&name), __FILE__, __LINE__);
    }
    for (size_t i = 0; i < sizeof iso_cases / sizeof *iso_cases; i++) {
        const struct date_case *c = &iso_cases[i];
        buf_clear(&b);
        buf_clear(&name);
        show(&b, date_iso(span_of(c->text), &d), &d);
        buf_addf(&name, "ISO: '%s'", c->text);
        check_text(buf_span(&b), span_of(c->expected), buf_text(&name), __FILE__, __LINE__);
    }
    buf_free(&b);
    buf_free(&name);
}

/* Every day of the years 1 to 9999. */
static void test_days(void)
{
    size_t wrong = 0;
    int64_t first = date_days(1, 1, 1), last = date_days(9999, 12, 31);
    for (int64_t days = first; days <= last; days++) {
        struct tm tm;
        time_t seconds = (time_t)days * 86400;
        gmtime_r(&seconds, &tm);
        struct date d = date_of_days(days);
        wrong += d.year != tm.tm_year + 1900 || d.month != tm.tm_mon + 1 || d.day != tm.tm_mday;
        wrong += date_days(d.year, d.month, d.day) != days;
        wrong += date_weekday(days) % 7 != tm.tm_wday;
        wrong += !date_exists(d.year, d.month, d.day);
    }
    CHECK(wrong == 0, "every day of the years 1 to 9999 is gmtime_r()'s");
    CHECK(date_days(1970, 1, 1) == 0 && date_weekday(0) == 4, "day 0 is a Thursday");
}

/* A date cut short anywhere is malformed, never read past its end. */
static void test_cut(void)
{
    struct span text = SPAN("Monday 3rd of February 2020 at 13:45:00.5+01:00");
    struct date d;
    unsigned doubts;
    size_t whole = 0;
    for (size_t len = 0; len <= text.len; len++) {
        char copy[64];
        memset(copy, '9', sizeof copy); /* what a read too far would take for a digit */
        memcpy(copy, text.at, len);
        whole += date_any_dmy((struct span){copy, len}, &d, &doubts) == DATE_OK;
    }
    /* short year 20, long year, the minute, the second, the fraction, two offsets */
    CHECK(whole == 7, "a date cut short is read only where it makes sense");
}

int main(void)
{
    test_formats();
    test_free_forms();
    test_days();
    test_cut();
    return check_done();
}
