/* date_format -- formats for dates in the manner of strptime: compiled, then read. */
#include "date_read.h"

/* ---- compiling ---- */

/* What a conversion sets; two that set the same cannot stand in one format. */
enum part {
    PART_DAY = 1,
    PART_MONTH = 2,
    PART_YEAR = 4,
    PART_HOUR = 8,
    PART_MINUTE = 16,
    PART_SECOND = 32,
    PART_FRACTION = 64,
    PART_HALF = 128,
    PART_OFFSET = 256,
    PART_WEEKDAY = 512,
    PART_HOUR_OF_HALF = 1024
};

static unsigned part_of(char conversion)
{
    switch (conversion) {
    case 'd':
        return PART_DAY;
    case 'm':
    case 'b':
        return PART_MONTH;
    case 'Y':
    case 'y':
        return PART_YEAR;
    case 'H':
        return PART_HOUR;
    case 'I':
        return PART_HOUR | PART_HOUR_OF_HALF;
    case 'M':
        return PART_MINUTE;
    case 'S':
        return PART_SECOND;
    case 'f':
        return PART_FRACTION;
    case 'p':
        return PART_HALF;
    case 'z':
        return PART_OFFSET;
    case 'a':
        return PART_WEEKDAY;
    default:
        return 0;
    }
}

/* Other spellings of a conversion, and those that stand for several. */
static const char *spelt_out(char conversion)
{
    switch (conversion) {
    case 'e':
        return "%d";
    case 'B':
    case 'h':
        return "%b";
    case 'A':
        return "%a";
    case 'F':
        return "%Y-%m-%d";
    case 'T':
        return "%H:%M:%S";
    case 'R':
        return "%H:%M";
    case 'D':
        return "%m/%d/%y";
    default:
        return NULL;
    }
}

struct compiler {
    struct arena *arena;
    struct date_format *format;
    size_t cap;
    unsigned parts;
    bool after_number;
};

static struct date_op *add_op(struct compiler *c)
{
    struct date_format *f = c->format;
    if (f->count == c->cap) {
        struct date_op *more = arena_array(c->arena, c->cap * 2 + 16, sizeof *more);
        if (f->count)
            memcpy(more, f->ops, f->count * sizeof *more);
        f->ops = more;
        c->cap = c->cap * 2 + 16;
    }
    return &f->ops[f->count++];
}

/* Where two numbers touch, each has its full width. */
static void add_conversion(struct compiler *c, char conversion)
{
    bool number = strchr("dmYyHIMSf", conversion) != NULL;
    struct date_op *op = add_op(c);
    *op = (struct date_op){.conversion = conversion, .least = 1};
    if (number && c->after_number) {
        op[0].least = 2;
        op[-1].least = 2;
    }
    c->after_number = number;
}

static const char *add_part(struct compiler *c, char conversion)
{
    unsigned part = part_of(conversion);
    if (part == 0)
        return "unknown conversion";
    if (c->parts & part)
        return "given twice";
    c->parts |= part;
    add_conversion(c, conversion);
    return NULL;
}

static void add_literal(struct compiler *c, char byte)
{
    *add_op(c) = (struct date_op){.byte = byte};
    c->after_number = false;
}

/* The conversion C, or what it stands for. */
static const char *add_spelt(struct compiler *c, char conversion)
{
    const char *spelt = spelt_out(conversion);
    if (!spelt)
        return add_part(c, conversion);
    const char *wrong = NULL;
    for (; *spelt && !wrong; spelt++) {
        if (*spelt == '%')
            wrong = add_part(c, *++spelt);
        else
            add_literal(c, *spelt);
    }
    return wrong;
}

static const char *check_parts(unsigned parts)
{
    if (!(parts & PART_YEAR))
        return "no year";
    if (!(parts & PART_MONTH))
        return "no month";
    if (!(parts & PART_DAY))
        return "no day";
    if (((parts & PART_HOUR_OF_HALF) != 0) != ((parts & PART_HALF) != 0))
        return "%I and %p go together";
    if ((parts & PART_MINUTE && !(parts & PART_HOUR)) ||
        (parts & PART_SECOND && !(parts & PART_MINUTE)) ||
        (parts & PART_FRACTION && !(parts & PART_SECOND)) ||
        (parts & PART_OFFSET && !(parts & PART_HOUR)))
        return "a part of a time without the larger part";
    return NULL;
}

static const char *compile(struct compiler *c, struct span text, struct span *bad)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '%') {
            add_literal(c, text.at[i]);
            continue;
        }
        *bad = (struct span){text.at + i, text.len - i < 2 ? 1 : 2};
        if (++i == text.len)
            return "unknown conversion";
        if (text.at[i] == '%') {
            add_literal(c, '%');
            continue;
        }
        const char *wrong = add_spelt(c, text.at[i]);
        if (wrong)
            return wrong;
    }
    *bad = text;
    return check_parts(c->parts);
}

const char *date_format_compile(struct date_format *f, struct arena *a, struct span text,
                                struct span *bad)
{
    *f = (struct date_format){0};
    struct compiler c = {.arena = a, .format = f};
    const char *wrong = compile(&c, text, bad);
    f->has_time = (c.parts & PART_HOUR) != 0;
    return wrong;
}

/* ---- reading by a format ---- */

static bool read_short_year(struct reader *r, int *year)
{
    bool there = read_digits(r, 2, 2, year);
    *year = date_full_year(*year);
    return there;
}

/* An offset, or the name of none, as Ruby and others write it. */
static bool read_zone(struct reader *r, struct date *d)
{
    d->has_offset = true;
    struct reader ahead = *r;
    struct span word = date_read_word(&ahead);
    if (date_word_is(word, "utc") || date_word_is(word, "gmt")) {
        *r = ahead;
        return true;
    }
    return date_read_offset(r, &d->offset);
}

static bool read_op(struct reader *r, struct date_op op, struct date *d, struct extras *x)
{
    switch (op.conversion) {
    case 'd':
        return read_digits(r, op.least, 2, &d->day);
    case 'm':
        return read_digits(r, op.least, 2, &d->month);
    case 'b':
        return date_read_month_name(r, &d->month);
    case 'Y':
        return read_digits(r, 4, 4, &d->year);
    case 'y':
        return read_short_year(r, &d->year);
    case 'H':
    case 'I':
        return read_digits(r, op.least, 2, &d->hour);
    case 'M':
        return read_digits(r, op.least, 2, &d->minute);
    case 'S':
        return read_digits(r, op.least, 2, &d->second);
    case 'f':
        return date_read_fraction(r, &d->nanosecond);
    case 'p':
        return date_read_half(r, &x->half_day);
    case 'z':
        return read_zone(r, d);
    case 'a':
        x->weekday = date_weekday_named(date_read_word(r));
        return x->weekday != 0;
    default:
        return skip(r, op.byte);
    }
}

enum date_result date_parse(const struct date_format *f, struct span text, struct date *out)
{
    struct reader r = {text.at, span_end(text)};
    struct date d = {.has_time = f->has_time};
    struct extras x = {0, -1};
    for (size_t i = 0; i < f->count; i++)
        if (!read_op(&r, f->ops[i], &d, &x))
            return DATE_MALFORMED;
    if (r.at != r.end)
        return DATE_MALFORMED;
    if (!date_settle_day(&d, x.weekday) || !date_settle_time(&d, x.half_day))
        return DATE_IMPOSSIBLE;
    *out = d;
    return DATE_OK;
}
