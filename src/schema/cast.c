/* cast -- from texts to typed values. */
#include "schema/cast.h"

#include "base/fail.h"
#include "stream/emit.h"
#include "text/clean.h"
#include "text/period.h"

#define UNIT_WORDS 3 /* "whole time equivalents"; more behind a number is a sentence */

static bool wrong(struct cast *c, struct span text, const char *what)
{
    buf_clear(&c->why);
    buf_addf(&c->why, "%s is %s", quote(text), what);
    return false;
}

/* ---- tidy text ---- */

static struct span in_letters(struct cast *c, const struct schema_field *f, struct span text)
{
    if (f->letters == SCHEMA_KEEP)
        return text;
    buf_clear(&c->letters);
    if (f->letters == SCHEMA_LOWER)
        clean_lower(&c->letters, text);
    else
        clean_upper(&c->letters, text);
    struct span changed = buf_span(&c->letters);
    return span_eq(changed, text) ? text : changed;
}

struct span cast_tidy(struct cast *c, const struct schema_field *f, struct span text)
{
    if (f->clean != SCHEMA_AS_IT_IS && clean_needed(text))
        text = clean_text(text, &c->clean);
    return in_letters(c, f, text);
}

struct span cast_lines(struct cast *c, const struct schema_field *f, struct span text,
                       struct span tidy)
{
    if ((tidy.at == text.at && tidy.len == text.len) || !clean_has_lines(text))
        return tidy;
    struct span lines = clean_lines(text, &c->lines, &c->scratch);
    return memchr(lines.at, '\n', lines.len) ? in_letters(c, f, lines) : tidy;
}

/* ---- the types ---- */

static void set(struct cast *c, enum value_type type, struct span text)
{
    c->own.raw = text;
    c->own.type = type;
    c->own.escaped = false;
    c->value = &c->own;
    c->text = text;
}

/* A string whose JSON text is not there yet. */
static void set_text(struct cast *c, struct span text)
{
    c->own.type = VALUE_STRING;
    c->value = &c->own;
    c->text = text;
}

void cast_truth(struct cast *c, bool truth)
{
    set(c, truth ? VALUE_TRUE : VALUE_FALSE, truth ? SPAN("true") : SPAN("false"));
}

void cast_figure(struct cast *c, struct span json)
{
    set(c, VALUE_NUMBER, json);
}

/* Whether more than a unit stands around the number. */
static bool is_sentence(struct span text)
{
    size_t spaces = 0;
    for (size_t i = 0; i < text.len && spaces <= UNIT_WORDS; i++)
        spaces += text.at[i] == ' ';
    return spaces > UNIT_WORDS;
}

static bool cast_number(struct cast *c, const struct schema_reading *as, struct span text)
{
    struct span json;
    bool integer = as->type == SCHEMA_INTEGER;
    if ((as->prose && is_sentence(text)) ||
        number_parse(&as->number, text, &c->json, &json) != NUMBER_OK ||
        (integer && !number_is_integer(json)))
        return wrong(c, text, integer ? "not an integer" : "not a number");
    if (as->number.strip && json.at != text.at)
        number_unit(&as->number, text, &c->unit);
    cast_figure(c, json);
    return true;
}

static bool cast_year(struct cast *c, struct span text)
{
    bool four = text.len == 4 && text.at[0] != '0';
    for (size_t i = 0; four && i < 4; i++)
        four = text.at[i] >= '0' && text.at[i] <= '9';
    if (!four)
        return wrong(c, text, "not a year of four digits");
    set(c, VALUE_NUMBER, text);
    return true;
}

static bool cast_boolean(struct cast *c, const struct schema_field *f, struct span text)
{
    const struct word *word = words_find(&f->words, text);
    if (!word || (word->kind != WORD_TRUE && word->kind != WORD_FALSE))
        return wrong(c, text, "neither a true nor a false value");
    cast_truth(c, word->kind == WORD_TRUE);
    return true;
}

static bool wrong_date(struct cast *c, const struct schema_reading *as, struct span text)
{
    bool time = as->type == SCHEMA_DATETIME;
    wrong(c, text, time ? "not a date with time" : "not a date");
    if (as->date_form == SCHEMA_FORMAT)
        buf_addf(&c->why, " as %s", as->format_text.at);
    else if (as->date_form == SCHEMA_ISO)
        buf_addf(&c->why, " as %s", time ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d");
    return false;
}

/* Spreadsheets put a midnight behind a date that has no time. */
static bool is_midnight(const struct date *d)
{
    return d->hour == 0 && d->minute == 0 && d->second == 0 && d->nanosecond == 0;
}

/* A time that people put behind a date is left out, and said. */
static void drop_time(struct cast *c, const struct schema_reading *as)
{
    if (as->date_form == SCHEMA_ANY_DMY && !is_midnight(&c->date))
        c->doubts |= DATE_TIME_DROPPED;
    c->date.has_time = c->date.has_offset = false;
}

/* 43831 or 43831.5: days of a spreadsheet, of which the first serials are of days that no survey
 * speaks of and would be other numbers. */
static bool read_serial(const struct schema_reading *as, struct span text, struct date *date)
{
    size_t digits = 0;
    int64_t days = 0, seconds = 0;
    while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9' && digits < 6)
        days = days * 10 + (text.at[digits++] - '0');
    if (as->serials == SCHEMA_NO_SERIALS || digits != 5 ||
        (digits < text.len && (text.at[digits] != '.' || text.len == 6 || text.len > 30)))
        return false;
    double part = 0, tenth = 0.1;
    for (size_t i = 6; i < text.len; i++, tenth /= 10) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        part += tenth * (text.at[i] - '0');
    }
    seconds = (int64_t)(part * 86400 + 0.5);
    days += seconds / 86400;
    seconds %= 86400;
    *date = date_of_days(
        days + (as->serials == SCHEMA_1904 ? date_days(1904, 1, 1) : date_days(1899, 12, 30)));
    date->has_time = true;
    date->hour = (int)(seconds / 3600);
    date->minute = (int)(seconds / 60 % 60);
    date->second = (int)(seconds % 60);
    return true;
}

/* The form that is written is always read, so that normalising twice is
 * normalising once. */
static bool cast_date(struct cast *c, const struct schema_reading *as, struct span text)
{
    bool time = as->type == SCHEMA_DATETIME;
    enum date_result result = DATE_MALFORMED;
    if (as->date_form == SCHEMA_FORMAT)
        result = date_parse(&as->format, text, &c->date);
    else if (as->date_form == SCHEMA_ANY_DMY)
        result = date_any_dmy(text, &c->date, &c->doubts);
    if (result != DATE_OK && read_serial(as, text, &c->date))
        result = DATE_OK;
    if (result == DATE_OK && !time && c->date.has_time)
        drop_time(c, as);
    if (result != DATE_OK)
        result = date_iso(text, &c->date);
    if (result != DATE_OK || c->date.has_time != time)
        return wrong_date(c, as, text);
    if (date_is_far(c->date.year))
        c->doubts |= DATE_FAR_YEAR;
    buf_clear(&c->json);
    date_add(&c->json, &c->date);
    set_text(c, buf_span(&c->json));
    return true;
}

static bool cast_period(struct cast *c, const struct schema_reading *as, struct span text)
{
    static const char *const names[] = {"a month as 2020-07", "a quarter as 2020-Q3",
                                        "a financial year as 2019/20"};
    enum period period = (enum period)(as->type - SCHEMA_MONTH);
    buf_clear(&c->json);
    if (!period_add(&c->json, period, text, &c->doubts)) {
        buf_clear(&c->why);
        buf_addf(&c->why, "%s is not %s", quote(text), names[period]);
        return false;
    }
    set_text(c, buf_span(&c->json));
    return true;
}

bool cast_text(struct cast *c, const struct schema_field *f, struct span text)
{
    c->doubts = 0;
    switch (f->as.type) {
    case SCHEMA_INTEGER:
    case SCHEMA_NUMBER:
        return cast_number(c, &f->as, text);
    case SCHEMA_BOOLEAN:
        return cast_boolean(c, f, text);
    case SCHEMA_DATE:
    case SCHEMA_DATETIME:
        return cast_date(c, &f->as, text);
    case SCHEMA_YEAR:
        return cast_year(c, text);
    case SCHEMA_MONTH:
    case SCHEMA_QUARTER:
    case SCHEMA_FINANCIAL_YEAR:
        return cast_period(c, &f->as, text);
    default:
        set_text(c, text);
        return true;
    }
}

bool cast_value(struct cast *c, const struct schema_field *f, const struct value *v,
                struct span text)
{
    c->doubts = 0;
    if (v->type == VALUE_NUMBER && (f->as.type == SCHEMA_NUMBER || f->as.type == SCHEMA_INTEGER)) {
        if (f->as.type == SCHEMA_INTEGER && !number_is_integer(v->raw))
            return wrong(c, v->raw, "not an integer");
        set(c, VALUE_NUMBER, v->raw);
        return true;
    }
    if ((v->type == VALUE_TRUE || v->type == VALUE_FALSE) && f->as.type == SCHEMA_BOOLEAN) {
        set(c, v->type, v->raw);
        return true;
    }
    return cast_text(c, f, text);
}

void cast_quote(struct cast *c)
{
    buf_clear(&c->quoted);
    emit_string(&c->quoted, c->text);
    struct span raw = buf_span(&c->quoted);
    c->own = (struct value){raw, VALUE_STRING, raw.len != c->text.len + 2};
    c->value = &c->own;
}

/* ---- lists ---- */

static void start_list(struct cast *c)
{
    c->items = 0;
    c->doubts = 0;
    buf_clear(&c->list);
    buf_addc(&c->list, '[');
}

static void end_list(struct cast *c)
{
    buf_addc(&c->list, ']');
    set(c, VALUE_LIST, buf_span(&c->list));
}

/* The item TEXT, of the JSON value V if it came as one. */
static bool add_item(struct cast *c, const struct schema_field *f, const struct value *v,
                     struct span text)
{
    text = cast_tidy(c, f, text);
    if (text.len == 0)
        return true;
    const struct word *word = words_find(&f->words, text);
    if (word && word->kind == WORD_REPLACE) {
        words_use(&f->words, word);
        text = word->to;
    }
    unsigned doubts = c->doubts;
    if (v ? !cast_value(c, f, v, text) : !cast_text(c, f, text))
        return false;
    c->doubts |= doubts;
    emit_item(&c->list);
    if (c->value->type == VALUE_STRING)
        emit_string(&c->list, c->text);
    else
        buf_add(&c->list, c->value->raw);
    c->items++;
    return true;
}

bool cast_split(struct cast *c, const struct schema_field *f, struct span text)
{
    start_list(c);
    const char *at = text.at, *end = span_end(text);
    for (;;) {
        const char *next = memmem(at, (size_t)(end - at), f->delimiter.at, f->delimiter.len);
        if (!add_item(c, f, NULL, span_from(at, next ? next : end)))
            return false;
        if (!next)
            break;
        at = next + f->delimiter.len;
    }
    end_list(c);
    return true;
}

bool cast_list(struct cast *c, const struct schema_field *f, const struct value *v)
{
    static const char *const odd[] = {
        [VALUE_NULL] = "null", [VALUE_LIST] = "another list", [VALUE_OBJECT] = "an object"};
    start_list(c);
    struct span rest = v->raw;
    struct value item;
    while (value_next(&rest, NULL, &item)) {
        if (item.type == VALUE_NULL || item.type == VALUE_LIST || item.type == VALUE_OBJECT) {
            buf_clear(&c->why);
            buf_addf(&c->why, "the list holds %s", odd[item.type]);
            return false;
        }
        if (!add_item(c, f, &item, value_text(&item, &c->scratch)))
            return false;
    }
    end_list(c);
    return true;
}

void cast_free(struct cast *c)
{
    buf_free(&c->unit);
    buf_free(&c->json);
    buf_free(&c->quoted);
    buf_free(&c->list);
    buf_free(&c->clean);
    buf_free(&c->letters);
    buf_free(&c->lines);
    buf_free(&c->scratch);
    buf_free(&c->why);
    *c = (struct cast){0};
}
