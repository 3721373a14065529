/* derive -- one way to each value; lists are walked item by item. */
#include "schema/derive.h"

#include <strings.h>

#include "stream/emit.h"
#include "stream/scalar.h"
#include "text/date.h"

/* ---- columns ---- */

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool same_start(struct span text, struct span start)
{
    for (size_t i = 0; i < start.len; i++)
        if (i >= text.len || lower(text.at[i]) != lower(start.at[i]))
            return false;
    return true;
}

/* Whether HEADER is as PATTERN, in which one * stands for any text. */
static bool matches(struct span pattern, struct span header, struct span *part)
{
    const char *star = memchr(pattern.at, '*', pattern.len);
    struct span before = star ? span_from(pattern.at, star) : pattern;
    struct span after = star ? span_from(star + 1, pattern.at + pattern.len) : (struct span){0};
    *part = header;
    if (!star)
        return header.len == pattern.len && same_start(header, pattern);
    if (header.len < before.len + after.len || !same_start(header, before))
        return false;
    struct span tail = {header.at + header.len - after.len, after.len};
    *part = (struct span){header.at + before.len, header.len - before.len - after.len};
    return same_start(tail, after);
}

bool derive_takes(const struct derive *d, struct span header, struct span *part)
{
    for (size_t i = 0; i < d->pattern_count; i++)
        if (matches(d->patterns[i], header, part))
            return true;
    return false;
}

bool derive_chooses(struct span text)
{
    static const char *const no[] = {"",     "0",         "no",           "n",          "false",
                                     "none", "unchecked", "not selected", "unselected", "-"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (text.len == strlen(no[i]) && strncasecmp(text.at, no[i], text.len) == 0)
            return false;
    return true;
}

/* ---- values ---- */

static bool is_null(struct span raw)
{
    return span_eq(raw, SPAN("null"));
}

static bool add_band(const struct derive *d, struct buf *b, const struct value *v)
{
    double number;
    size_t band = 0;
    if (!scalar_number(v, &number))
        return false;
    while (band < d->band_count && number >= d->bands[band])
        band++;
    emit_string(b, d->labels[band]);
    return true;
}

static bool add_mapped(const struct derive *d, struct buf *b, const struct value *v)
{
    struct buf scratch = {0};
    size_t index = intern_find(&d->values, value_text(v, &scratch));
    struct span to = index == INTERN_NONE ? d->otherwise : d->to[index];
    buf_free(&scratch);
    if (to.at)
        buf_add(b, to);
    return to.at;
}

/* -1, 0 or 1 as V is below, at or above BOUND; *CAN is false if they do not compare. */
static int compare(const struct value *v, const struct derive_bound *bound, bool *can)
{
    double number;
    struct buf scratch = {0};
    int order = 0;
    if (bound->text.at)
        order = span_order(value_text(v, &scratch), bound->text);
    else if (scalar_number(v, &number))
        order = (number > bound->number) - (number < bound->number);
    else
        *can = false;
    buf_free(&scratch);
    return order;
}

/* Whether V passes; *CAN becomes false for what is no number where there is a range of them. */
static bool passes(const struct derive *d, const struct value *v, bool *can)
{
    struct buf scratch = {0}, decoded = {0};
    bool equal = d->values.count == 0 ||
                 intern_find(&d->values, scalar_spell(v, &scratch, &decoded)) != INTERN_NONE;
    buf_free(&scratch);
    buf_free(&decoded);
    return equal && (!d->min.is_set || compare(v, &d->min, can) >= 0) &&
           (!d->max.is_set || compare(v, &d->max, can) <= 0) && *can;
}

static bool add_item(const struct derive *d, struct buf *b, const struct value *v)
{
    return d->op == DERIVE_BANDS ? add_band(d, b, v) : add_mapped(d, b, v);
}

/* A list of what the items become; those that become nothing are left out. */
static bool add_list(const struct derive *d, struct buf *b, const struct value *list)
{
    struct span rest = list->raw;
    struct value item;
    buf_addc(b, '[');
    while (value_next(&rest, NULL, &item)) {
        size_t before = b->len;
        emit_item(b);
        if (!add_item(d, b, &item))
            b->len = before;
    }
    buf_addc(b, ']');
    return true;
}

static bool add_test(const struct derive *d, struct buf *b, const struct value *v)
{
    struct span rest = v->raw;
    struct value item;
    bool truth = false, can = true;
    if (v->type == VALUE_LIST)
        while (!truth && value_next(&rest, NULL, &item))
            truth = passes(d, &item, &can);
    else
        truth = passes(d, v, &can);
    if (can)
        buf_add(b, truth ? SPAN("true") : SPAN("false"));
    return can;
}

static bool day_of(struct span raw, int64_t *day)
{
    struct buf scratch = {0};
    struct value v = value_from(raw);
    struct date date;
    bool good = date_iso(value_text(&v, &scratch), &date) == DATE_OK;
    buf_free(&scratch);
    if (good)
        *day = date_days(date.year, date.month, date.day);
    return good;
}

static size_t count_items(struct span raw)
{
    struct value v = value_from(raw), item;
    struct span rest = raw;
    size_t count = 0;
    if (v.type != VALUE_LIST)
        return v.type != VALUE_NULL && v.type != VALUE_FALSE;
    while (value_next(&rest, NULL, &item))
        count += item.type != VALUE_NULL;
    return count;
}

/* ---- a field ---- */

/* What is made of one value. */
static bool add_one(const struct derive *d, struct buf *b, struct span raw)
{
    struct value v = value_from(raw);
    if (d->op == DERIVE_TEST)
        return add_test(d, b, &v);
    return v.type == VALUE_LIST ? add_list(d, b, &v) : add_item(d, b, &v);
}

static bool add_count(const struct derive *d, struct buf *b, const struct span *raw)
{
    size_t count = 0, present = 0;
    for (size_t i = 0; i < d->source_count; i++) {
        present += !is_null(raw[d->sources[i]]);
        count += count_items(raw[d->sources[i]]);
    }
    if (present)
        emit_count(b, count);
    return present > 0;
}

static bool add_value(const struct derive *d, struct buf *b, const struct span *raw)
{
    int64_t from, to;
    switch (d->op) {
    case DERIVE_FIRST:
        for (size_t i = 0; i < d->source_count; i++)
            if (!is_null(raw[d->sources[i]])) {
                buf_add(b, raw[d->sources[i]]);
                return true;
            }
        return false;
    case DERIVE_DAYS:
        if (!day_of(raw[d->sources[0]], &from) || !day_of(raw[d->sources[1]], &to))
            return false;
        buf_addf(b, "%lld", (long long)(to - from));
        return true;
    case DERIVE_COUNT:
        return add_count(d, b, raw);
    default:
        return add_one(d, b, raw[d->sources[0]]);
    }
}

static bool add_codes(const struct derive *d, struct buf *b, struct derive_row *row)
{
    struct value v = value_from(row->raw[d->sources[0]]);
    return d->book.give(d->book.with, b, &v, row);
}

bool derive_add(const struct derive *d, struct buf *b, struct derive_row *row)
{
    const struct span *raw = row->raw;
    bool any = d->op == DERIVE_FIRST || d->op == DERIVE_COUNT; /* one of the sources is enough */
    row->reason = d->op == DERIVE_MAP ? SPAN("unmapped") : SPAN("invalid");
    row->uncoded = false;
    for (size_t i = d->source_count; i-- > 0;)
        if (is_null(raw[d->sources[i]])) {
            struct span why = missing_find(row->reasons, row->names[d->sources[i]]);
            row->reason = why.at ? why : SPAN("missing");
        } else if (any) {
            return add_value(d, b, raw);
        }
    for (size_t i = 0; i < d->source_count; i++)
        if (is_null(raw[d->sources[i]]))
            return false;
    return d->op == DERIVE_CODES ? add_codes(d, b, row) : add_value(d, b, raw);
}

void derive_free(struct derive *d)
{
    intern_free(&d->values);
}
