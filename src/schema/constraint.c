/* constraint -- is a value allowed? */
#include "schema/constraint.h"

#include "base/fail.h"
#include "base/utf8.h"
#include "stream/emit.h"
#include "stream/scalar.h"

static bool wrong(struct constraint *k, struct span text, const char *what, struct span limit)
{
    buf_clear(&k->why);
    buf_addf(&k->why, "%s %s", quote(text), what);
    if (limit.len)
        buf_addf(&k->why, " %s", limit.at);
    return false;
}

/* ---- forms of strings ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* One @ with something on both sides and a dot in the domain: what a study can
 * check. Whether somebody reads mail there no syntax tells. */
static bool is_email(struct span text)
{
    const char *at = memchr(text.at, '@', text.len), *end = span_end(text);
    if (!at || at == text.at || memchr(text.at, ' ', text.len) ||
        memchr(at + 1, '@', (size_t)(end - at - 1)))
        return false;
    const char *dot = memchr(at + 1, '.', (size_t)(end - at - 1));
    return dot && dot > at + 1 && end[-1] != '.';
}

/* A scheme, a colon and no white space (RFC 3986). */
static bool is_uri(struct span text)
{
    size_t i = 0;
    if (text.len == 0 || !is_letter(text.at[0]) || memchr(text.at, ' ', text.len))
        return false;
    while (i < text.len && (is_letter(text.at[i]) || is_digit(text.at[i]) || text.at[i] == '+' ||
                            text.at[i] == '-' || text.at[i] == '.'))
        i++;
    return i < text.len - 1 && text.at[i] == ':';
}

/* Base 64, padded (RFC 4648). */
static bool is_binary(struct span text)
{
    size_t len = text.len;
    if (len % 4 != 0)
        return false;
    for (int pad = 0; pad < 2 && len && text.at[len - 1] == '='; pad++)
        len--;
    for (size_t i = 0; i < len; i++)
        if (!is_letter(text.at[i]) && !is_digit(text.at[i]) && text.at[i] != '+' &&
            text.at[i] != '/')
            return false;
    return true;
}

static bool is_uuid(struct span text)
{
    if (text.len != 36)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text.at[i] != '-' : !is_hex(text.at[i]))
            return false;
    }
    return true;
}

static bool form_holds(struct constraint *k, enum schema_string_form form, struct span text)
{
    switch (form) {
    case SCHEMA_EMAIL:
        return is_email(text) || wrong(k, text, "is not an email address", (struct span){0});
    case SCHEMA_URI:
        return is_uri(text) || wrong(k, text, "is not a URI", (struct span){0});
    case SCHEMA_BINARY:
        return is_binary(text) || wrong(k, text, "is not base 64", (struct span){0});
    case SCHEMA_UUID:
        return is_uuid(text) || wrong(k, text, "is not a UUID", (struct span){0});
    default:
        return true;
    }
}

/* ---- lengths and ranges ---- */

static bool length_holds(struct constraint *k, const struct schema_field *f, const struct cast *c)
{
    if (f->min_length == 0 && f->max_length == SIZE_MAX)
        return true;
    bool list = c->value->type == VALUE_LIST;
    size_t length = list ? c->items : utf8_count(c->text);
    if (length >= f->min_length && length <= f->max_length)
        return true;
    bool shorter = length < f->min_length;
    size_t limit = shorter ? f->min_length : f->max_length;
    const char *than = shorter ? "shorter" : "longer";
    buf_clear(&k->why);
    if (list)
        buf_addf(&k->why, "a list of %zu is %s than %zu", length, than, limit);
    else
        buf_addf(&k->why, "%s is %s than %zu characters", quote(c->text), than, limit);
    return false;
}

static int64_t seconds(const struct date *d)
{
    int64_t total = date_days(d->year, d->month, d->day) * 86400;
    if (d->has_time)
        total += d->hour * 3600 + d->minute * 60 + d->second;
    return d->has_offset ? total - d->offset * 60 : total;
}

/* Before, at or behind: the order of two dates; one without an offset is taken to be in UTC. */
static int constraint_date_order(const struct date *a, const struct date *b)
{
    int64_t x = seconds(a), y = seconds(b);
    if (x != y)
        return x < y ? -1 : 1;
    int m = a->has_time ? a->nanosecond : 0, n = b->has_time ? b->nanosecond : 0;
    return (m > n) - (m < n);
}

static bool range_holds(struct constraint *k, const struct schema_field *f, const struct cast *c)
{
    const struct schema_bound *ends[] = {&f->minimum, &f->maximum};
    for (int i = 0; i < 2; i++) {
        const struct schema_bound *end = ends[i];
        if (!end->is_set)
            continue;
        int order =
            c->value->type == VALUE_NUMBER
                ? scalar_order(scalar_spell(c->value, &k->spelled, &k->decoded), end->number)
                : constraint_date_order(&c->date, &end->date);
        if (i == 1)
            order = -order;
        if (order < 0 || (order == 0 && end->is_exclusive))
            return wrong(k, c->text,
                         end->is_exclusive
                             ? (i ? "is not less than" : "is not more than")
                             : (i ? "is more than the maximum" : "is less than the minimum"),
                         end->shown);
    }
    return true;
}

/* ---- values ---- */

static bool is_listed(struct constraint *k, const struct intern *listed, const struct value *v)
{
    return intern_find(listed, scalar_spell(v, &k->spelled, &k->decoded)) != INTERN_NONE;
}

static bool values_hold(struct constraint *k, const struct intern *listed, const struct value *v,
                        const char *what)
{
    struct span rest = v->raw;
    struct value item;
    if (v->type != VALUE_LIST)
        return is_listed(k, listed, v) ||
               wrong(k, value_text(v, &k->decoded), what, (struct span){0});
    while (value_next(&rest, NULL, &item))
        if (!is_listed(k, listed, &item))
            return wrong(k, value_text(&item, &k->decoded), what, (struct span){0});
    return true;
}

bool constraint_lists(struct constraint *k, const struct schema_field *f, struct span text)
{
    if (!f->has_values && !f->has_categories)
        return false;
    buf_clear(&k->spelled);
    emit_string(&k->spelled, text);
    struct span spelled = buf_span(&k->spelled);
    return (f->has_values && intern_find(&f->values, spelled) != INTERN_NONE) ||
           (f->has_categories && intern_find(&f->categories, spelled) != INTERN_NONE);
}

bool constraint_holds(struct constraint *k, const struct schema_field *f, const struct cast *c)
{
    if (f->as.string_form != SCHEMA_ANY_TEXT && !form_holds(k, f->as.string_form, c->text))
        return false;
    return length_holds(k, f, c) && range_holds(k, f, c) &&
           (!f->pattern || pattern_matches(f->pattern, c->text) ||
            wrong(k, c->text, "does not match the pattern", f->pattern_text)) &&
           (!f->has_values ||
            values_hold(k, &f->values, c->value, "is none of the values allowed")) &&
           (!f->has_categories ||
            values_hold(k, &f->categories, c->value, "is none of the categories"));
}

void constraint_free(struct constraint *k)
{
    buf_free(&k->spelled);
    buf_free(&k->decoded);
    buf_free(&k->why);
    *k = (struct constraint){0};
}
