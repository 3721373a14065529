/* serial -- the numbers that spreadsheets keep, as text.
 *
 * A date is a number of days. Excel counts from 1900-01-01 as day 1 and has a
 * 29 February 1900 that never was, as day 60; or from 1904-01-01 as day 0. */
#include "serial.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "stream/emit.h"

#define LAST_DAY 2958465.0 /* 9999-12-31 by the epoch of 1900 */
#define LEAP_BUG 60
#define DAY_MS 86400000

struct day {
    int64_t year;
    unsigned month, day;
};

/* The civil date of a number of days since 1970-01-01. */
static struct day civil(int64_t days)
{
    int64_t z = days + 719468; /* since 0000-03-01 */
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct day d = {.day = (unsigned)(of_year - (153 * month + 2) / 5 + 1),
                    .month = (unsigned)(month < 10 ? month + 3 : month - 9)};
    d.year = year + era * 400 + (d.month <= 2);
    return d;
}

static bool write_date(struct buf *b, int64_t day, const struct numberformat *f)
{
    bool real = day != 0 && day != LEAP_BUG;
    struct day d = civil(day < LEAP_BUG ? day - 25568 : day - 25569);
    if (!real)
        d = day ? (struct day){1900, 2, 29} : (struct day){1900, 1, 0};
    if (f->kind == NUMBERFORMAT_YEAR)
        buf_addf(b, "%04" PRId64, d.year);
    else
        buf_addf(b, "%04" PRId64 "-%02u-%02u", d.year, d.month, d.day);
    return real;
}

static void write_time(struct buf *b, int64_t ms, const struct numberformat *f)
{
    int64_t seconds = ms / 1000;
    buf_addf(b, "%02" PRId64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60),
             (int)(seconds % 60));
    if (f->fractions && ms % 1000)
        buf_addf(b, ".%03d", (int)(ms % 1000));
}

/* Of what the format shows, so that 14:29:59.9999 is 14:30:00, as on the screen. */
static int64_t milliseconds(double days, const struct numberformat *f)
{
    return (int64_t)(f->fractions ? round(days * DAY_MS) : round(days * 86400) * 1000);
}

static bool write_moment(struct buf *b, double number, const struct numberformat *f,
                         enum serial_epoch epoch)
{
    bool by_1904 = epoch == SERIAL_1904;
    double day = floor(number);
    int64_t ms = milliseconds(number - day, f);
    if (f->kind == NUMBERFORMAT_TIME) {
        write_time(b, ms % DAY_MS, f);
        return true;
    }
    if (f->kind == NUMBERFORMAT_DATETIME && ms == DAY_MS) {
        day++;
        ms = 0;
    }
    bool real = write_date(b, (int64_t)day + (by_1904 ? 1462 : 0), f);
    if (f->kind == NUMBERFORMAT_DATETIME) {
        buf_addc(b, 'T');
        write_time(b, ms, f);
    }
    return real;
}

/* The decimal in TEXT, as emit_number() writes it, times a hundred by its point alone. */
static void write_percent(struct buf *b, double number, unsigned percents)
{
    size_t from = b->len;
    emit_number(b, number);
    size_t len = b->len - from, point = len;
    const char *text = b->at + from;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == 'e') { /* far from any percentage that people write */
            b->len = from;
            emit_number(b, number * pow(100, percents));
            return;
        }
        point = text[i] == '.' ? i : point;
    }
    struct buf digits = {0};
    size_t sign = *text == '-', places = len > point ? len - point - 1 : 0, shift = 2 * percents;
    buf_add(&digits, (struct span){text + sign, point - sign});
    if (places)
        buf_add(&digits, (struct span){text + point + 1, places});
    for (; places < shift; places++)
        buf_addc(&digits, '0');
    size_t whole = digits.len - (places - shift), start = 0;
    while (start + 1 < whole && digits.at[start] == '0')
        start++;
    b->len = from + sign;
    buf_add(b, (struct span){digits.at + start, whole - start});
    if (digits.len > whole) {
        buf_addc(b, '.');
        buf_add(b, (struct span){digits.at + whole, digits.len - whole});
    }
    buf_free(&digits);
}

/* A number of sixteen digits, all of which a double holds: a code that a spreadsheet has made one,
 * not 4.1e+15. */
static bool is_long_whole(double number)
{
    return fabs(number) >= 1e15 && fabs(number) < 9007199254740992.0 && floor(number) == number;
}

static void write_number(struct buf *b, double number, const struct numberformat *f)
{
    if (f->percents) {
        write_percent(b, number, f->percents);
        for (unsigned i = 0; i < f->percents; i++)
            buf_addc(b, '%');
    } else if (f->zeros && number >= 0 && number < 1e15 && floor(number) == number) {
        buf_addf(b, "%0*" PRId64, (int)f->zeros, (int64_t)number);
    } else if (is_long_whole(number)) {
        buf_addf(b, "%.0f", number);
    } else {
        emit_number(b, number);
    }
}

bool serial_read(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && !*end && isfinite(*number) && !strpbrk(text, "xX");
}

bool serial_write(struct buf *b, double number, const struct numberformat *format,
                  enum serial_epoch epoch)
{
    double last = epoch == SERIAL_1904 ? LAST_DAY - 1462 : LAST_DAY;
    bool dated = format->kind != NUMBERFORMAT_NUMBER && format->kind != NUMBERFORMAT_TEXT;
    if (!dated) {
        write_number(b, number, format);
        return true;
    }
    if (format->kind == NUMBERFORMAT_ELAPSED && fabs(number) <= last) {
        if (number < 0)
            buf_addc(b, '-');
        write_time(b, milliseconds(fabs(number), format), format);
        return true;
    }
    if (number < 0 || number >= last + 1) {
        emit_number(b, number);
        return false;
    }
    return write_moment(b, number, format, epoch);
}
