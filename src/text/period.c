/* period -- read as a sequence of few parts, each in any of its forms. */
#include "text/period.h"

#include "date_read.h"

/* Spaces and what people put between the parts. */
static void skip_gap(struct reader *r)
{
    while (r->at < r->end && *r->at && strchr(" ,.-/", *r->at))
        r->at++;
}

/* One of WORDS, a list that ends with NULL, and a gap. */
static bool skip_word(struct reader *r, const char *const *words)
{
    struct reader ahead = *r;
    struct span word = date_read_word(&ahead);
    for (; *words; words++)
        if (date_word_is(word, *words)) {
            *r = ahead;
            skip_gap(r);
            return true;
        }
    return false;
}

/* A year of four digits, or of two, perhaps behind an apostrophe. */
static bool read_year(struct reader *r, int *year, unsigned *doubts)
{
    skip(r, '\'');
    int digits = read_number(r, 5, year);
    if (digits == 2) {
        *year = date_full_year(*year);
        *doubts |= DATE_SHORT_YEAR;
    }
    if (digits != 2 && digits != 4)
        return false;
    if (date_is_far(*year))
        *doubts |= DATE_FAR_YEAR;
    return *year > 0;
}

static bool at_end(const struct reader *r)
{
    return r->at == r->end;
}

/* ---- months ---- */

/* 2020-07, 2020 July: the year has four digits. */
static bool read_year_month(struct reader r, int *year, int *month, unsigned *doubts)
{
    if (r.end - r.at < 5 || !is_digit(r.at[2]) || !read_year(&r, year, doubts))
        return false;
    const char *before = r.at;
    skip_gap(&r);
    if (r.at == before)
        return false;
    return (read_digits(&r, 1, 2, month) || date_read_month_name(&r, month)) && at_end(&r);
}

/* July 2020, Jul-20, 07/2020: a month in digits needs a year of four. */
static bool read_month_year(struct reader r, int *year, int *month, unsigned *doubts)
{
    bool digits = read_digits(&r, 1, 2, month);
    if (!digits && !date_read_month_name(&r, month))
        return false;
    const char *before = r.at;
    skip_gap(&r);
    if (digits && (r.at == before || r.end - r.at != 4))
        return false;
    return read_year(&r, year, doubts) && at_end(&r);
}

static bool add_month(struct buf *b, struct reader r, unsigned *doubts)
{
    int year = 0, month = 0;
    unsigned first = 0;
    if (!read_year_month(r, &year, &month, &first)) {
        first = 0;
        if (!read_month_year(r, &year, &month, &first))
            return false;
    }
    if (month < 1 || month > 12)
        return false;
    *doubts |= first;
    buf_addf(b, "%04d-%02d", year, month);
    return true;
}

/* ---- financial years ---- */

static const char *const TO[] = {"to", NULL};
static const char *const FY[] = {"fy", "financial", "year", NULL};

/* 2019/20, 2019-2020, 19/20: the second year follows the first. */
static bool read_years(struct reader *r, int *year, unsigned *doubts)
{
    int second;
    if (!read_year(r, year, doubts))
        return false;
    const char *before = r->at;
    skip_gap(r);
    skip_word(r, TO);
    if (r->at == before)
        return false;
    int digits = read_number(r, 5, &second);
    return (digits == 2 && second == (*year + 1) % 100) || (digits == 4 && second == *year + 1);
}

/* April 2019 to March 2020. */
static bool read_spring_to_spring(struct reader *r, int *year, unsigned *doubts)
{
    int month, last;
    if (!date_read_month_name(r, &month) || month != 4)
        return false;
    skip_gap(r);
    if (!read_year(r, year, doubts))
        return false;
    skip_gap(r);
    skip_word(r, TO);
    if (!date_read_month_name(r, &month) || month != 3)
        return false;
    skip_gap(r);
    return read_year(r, &last, doubts) && last == *year + 1;
}

static bool add_financial_year(struct buf *b, struct reader r, unsigned *doubts)
{
    int year;
    while (skip_word(&r, FY))
        ;
    bool named = r.at < r.end && is_letter(*r.at);
    if (named ? !read_spring_to_spring(&r, &year, doubts) : !read_years(&r, &year, doubts))
        return false;
    skip_gap(&r);
    while (!at_end(&r) && skip_word(&r, FY))
        ;
    if (!at_end(&r))
        return false;
    buf_addf(b, "%04d/%02d", year, (year + 1) % 100);
    return true;
}

/* ---- quarters ---- */

static const char *const QUARTER[] = {"q", "qtr", "quarter", NULL};
static const char *const OF[] = {"of", "in", NULL};

/* Q3, quarter 3. */
static bool read_quarter(struct reader *r, int *quarter)
{
    bool there = skip_word(r, QUARTER) && read_digits(r, 1, 1, quarter);
    skip_gap(r);
    skip_word(r, OF);
    return there && *quarter >= 1 && *quarter <= 4;
}

/* The rest of R as a year or a financial year. */
static bool add_either_year(struct buf *b, struct span text, unsigned *doubts)
{
    struct reader r = {text.at, span_end(text)};
    unsigned first = 0;
    int year;
    if (add_financial_year(b, r, &first)) {
        *doubts |= first;
        return true;
    }
    while (skip_word(&r, FY))
        return false; /* FY 2020: nobody can tell which of two */
    first = 0;
    if (!read_year(&r, &year, &first) || !at_end(&r))
        return false;
    *doubts |= first;
    buf_addf(b, "%04d", year);
    return true;
}

/* Where the quarter begins in TEXT: its Q. */
static const char *find_quarter(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.at[i] | 0x20) == 'q' && (i == 0 || !is_letter(text.at[i - 1])))
            return text.at + i;
    return NULL;
}

static bool add_quarter(struct buf *b, struct span text, unsigned *doubts)
{
    const char *at = find_quarter(text), *end = span_end(text);
    struct reader r = {at, end};
    int quarter;
    if (!at || !read_quarter(&r, &quarter))
        return false;
    struct span year = at == text.at ? span_from(r.at, end) : span_from(text.at, at);
    if (at > text.at && !at_end(&r))
        return false;
    while (year.len && strchr(" ,.-/", year.at[year.len - 1]))
        year.len--;
    if (!add_either_year(b, year, doubts))
        return false;
    buf_addf(b, "-Q%d", quarter);
    return true;
}

bool period_add(struct buf *b, enum period period, struct span text, unsigned *doubts)
{
    struct reader r = {text.at, span_end(text)};
    *doubts = 0;
    switch (period) {
    case PERIOD_MONTH:
        return add_month(b, r, doubts);
    case PERIOD_QUARTER:
        return add_quarter(b, text, doubts);
    default:
        return add_financial_year(b, r, doubts);
    }
}
