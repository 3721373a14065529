/* number -- numbers as people write them, made JSON numbers by editing their text. */
#include "text/number.h"

#include <limits.h>
#include <strings.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "multiplier.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static size_t count_digits(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && is_digit(*at))
        at++;
    return (size_t)(at - start);
}

/* ---- JSON's own ---- */

/* e, a sign perhaps, digits; 0 if that does not stand at AT, else its length. */
static size_t exponent_length(const char *at, const char *end)
{
    if (at == end || (*at | 0x20) != 'e')
        return 0;
    size_t sign = at + 1 < end && (at[1] == '-' || at[1] == '+');
    size_t digits = count_digits(at + 1 + sign, end);
    return digits ? 1 + sign + digits : 0;
}

bool number_is_json(struct span text)
{
    const char *at = text.at, *end = span_end(text);
    at += at < end && *at == '-';
    size_t digits = count_digits(at, end);
    if (digits == 0 || (digits > 1 && *at == '0'))
        return false;
    at += digits;
    if (at < end && *at == '.') {
        digits = count_digits(++at, end);
        if (digits == 0)
            return false;
        at += digits;
    }
    return at + exponent_length(at, end) == end;
}

bool number_is_integer(struct span json)
{
    for (size_t i = json.len && json.at[0] == '-'; i < json.len; i++)
        if (!is_digit(json.at[i]))
            return false;
    return true;
}

/* The digits of a JSON exponent at AT; held at what no number of digits in memory reaches. */
static long long exponent_value(const char *at, const char *end)
{
    bool negative = at < end && *at == '-';
    long long value = 0;
    for (at += at < end && !is_digit(*at); at < end; at++)
        if (value < LLONG_MAX / 20)
            value = value * 10 + (*at - '0');
    return negative ? -value : value;
}

bool number_is_whole(struct span json)
{
    const char *at = json.at, *end = span_end(json), *last = NULL;
    const char *point = NULL;
    for (; at < end && (*at | 0x20) != 'e'; at++) {
        if (*at == '.')
            point = at;
        else if (*at >= '1' && *at <= '9')
            last = at;
    }
    if (!last)
        return true;
    /* The place of the last digit that is not zero: 0 for units, -1 for tenths. */
    long long place = !point ? at - 1 - last : last < point ? point - 1 - last : point - last;
    return place + (at < end ? exponent_value(at + 1, end) : 0) >= 0;
}

/* ---- the number itself, as people write it ---- */

/* White space and apostrophes as groups also in the form that cleaning gives them. */
static struct span cleaned_group(struct span group)
{
    if (group.len < 2 || utf8_sequence(group.at, span_end(group)) != group.len)
        return group;
    const char *at = group.at;
    uint32_t c = utf8_next(&at);
    if (c == 0x2018 || c == 0x2019)
        return SPAN("'");
    bool space = c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
    return space ? SPAN(" ") : group;
}

static size_t starts_with(const char *at, const char *end, struct span sign)
{
    return sign.len && span_starts(span_from(at, end), sign) ? sign.len : 0;
}

/* A group sign before a digit, else 0: behind the number it is something else. */
static size_t group_length(const struct number_style *style, const char *at, const char *end)
{
    size_t len = starts_with(at, end, style->group);
    if (!len)
        len = starts_with(at, end, cleaned_group(style->group));
    return len && at + len < end && is_digit(at[len]) ? len : 0;
}

/* The integer part without its groups and leading zeros at the end of B;
 * NULL if the groups are of wrong lengths, else what follows. */
static const char *read_integer(const struct number_style *style, const char *at, const char *end,
                                struct buf *b)
{
    size_t from = b->len;
    for (bool grouped = false;; grouped = true) {
        size_t digits = count_digits(at, end);
        buf_add(b, (struct span){at, digits});
        at += digits;
        size_t group = digits ? group_length(style, at, end) : 0;
        if (grouped && (digits < 2 || digits > 3 || (!group && digits != 3)))
            return NULL;
        if (!group)
            break;
        if (digits > 3)
            return NULL;
        at += group;
    }
    size_t zeros = 0;
    while (from + zeros < b->len && b->at[from + zeros] == '0')
        zeros++;
    if (zeros)
        memmove(b->at + from, b->at + from + zeros, b->len - from - zeros);
    b->len -= zeros;
    if (b->len == from)
        buf_addc(b, '0');
    return at;
}

/* Integer part, fraction and exponent as JSON at the end of B, and what
 * follows them; NULL if there is no number. */
static const char *read_unsigned(const struct number_style *style, const char *at, const char *end,
                                 struct buf *b)
{
    struct span point = style->decimal.len ? style->decimal : SPAN(".");
    bool digits = at < end && is_digit(*at);
    at = read_integer(style, at, end, b);
    if (!at)
        return NULL;
    size_t mark = starts_with(at, end, point);
    size_t fraction = mark ? count_digits(at + mark, end) : 0;
    if (!digits && !fraction)
        return NULL;
    if (fraction) {
        buf_addc(b, '.');
        buf_add(b, (struct span){at + mark, fraction});
    }
    at += mark + fraction;
    size_t exponent = exponent_length(at, end);
    buf_add(b, (struct span){at, exponent});
    return at + exponent;
}

/* ---- what stands around it ---- */

static bool is_currency_sign(const char *at, const char *end, size_t *len)
{
    *len = utf8_sequence(at, end);
    if (*len == 0)
        return false;
    return utf8proc_category((int32_t)utf8_next(&at)) == UTF8PROC_CATEGORY_SC;
}

static struct span word_at(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && is_letter(*at))
        at++;
    return span_from(start, at);
}

static bool one_of(struct span word, const char *const *lower)
{
    for (; *lower; lower++)
        if (strlen(*lower) == word.len && strncasecmp(*lower, word.at, word.len) == 0)
            return true;
    return false;
}

static const char *skip_spaces(const char *at, const char *end)
{
    while (at < end && *at == ' ')
        at++;
    return at;
}

/* Past a currency's code or sign, and spaces. Other words are left: "over 5",
 * "NHS 111" and "Q3" are not numbers. */
static const char *skip_front(const char *at, const char *end)
{
    static const char *const codes[] = {"gbp", "eur", "usd", "chf", "aud", "cad", "nzd",
                                        "jpy", "inr", "sek", "nok", "dkk", "pln", "zar",
                                        "hkd", "sgd", "cny", "rs",  "kr",  NULL};
    static const char *const prefixes[] = {"us", "a", "au", "c", "ca", "nz", "hk", "s", "r", NULL};
    struct span word = word_at(at, end);
    const char *behind = span_end(word);
    size_t len;
    if (one_of(word, codes)) {
        at = behind;
        if (word.len == 2 && at < end && *at == '.')
            at++;
    } else if (one_of(word, prefixes) && is_currency_sign(behind, end, &len)) {
        at = behind;
    }
    at = skip_spaces(at, end);
    if (is_currency_sign(at, end, &len))
        at += len;
    return skip_spaces(at, end);
}

/* Words that change the number, and so are no unit, if they stand right behind it: multipliers,
 * parts, ordinals, other numbers to come. */
static const char *const FIRST_OTHERS[] = {
    "k",     "m",  "mn",  "mm", "b",     "bn", "tn", "p",  "pence", "c", "cent",
    "cents", "or", "and", "to", "minus", "st", "nd", "rd", "th",    "x", NULL};

/* And wherever they stand: multipliers, bounds and approximations. */
static const char *const OTHERS[] = {
    "hundred",  "hundreds",    "thousand",      "thousands", "mil",      "mill",      "mills",
    "mio",      "million",     "millions",      "bil",       "bill",     "billion",   "billions",
    "trillion", "trillions",   "dozen",         "dozens",    "doz",      "score",     "scores",
    "gross",    "lakh",        "lakhs",         "crore",     "crores",   "plus",      "less",
    "more",     "fewer",       "greater",       "least",     "most",     "below",     "under",
    "above",    "over",        "upwards",       "minimum",   "maximum",  "about",     "around",
    "approx",   "approximate", "approximately", "appx",      "apx",      "circa",     "ca",
    "roughly",  "nearly",      "almost",        "est",       "estimate", "estimated", "estimates",
    "ish",      "odd",         "average",       "avg",       "mean",     "unknown",   "unsure",
    "unclear",  NULL};

bool number_is_hedge(struct span word)
{
    return one_of(word, OTHERS);
}

/* Whether what stands behind a number can be its unit. */
static bool is_unit(const char *at, const char *end)
{
    at = skip_spaces(at, end);
    if (one_of(word_at(at, end), FIRST_OTHERS))
        return false;
    while (at < end) {
        struct span word = word_at(at, end);
        if (word.len && one_of(word, OTHERS))
            return false;
        at += word.len;
        size_t len = utf8_sequence(at, end);
        if (at == end || word.len)
            continue;
        if (len == 0)
            return false;
        int32_t c = (int32_t)utf8_next(&at);
        if (c == ' ' || c == '%' || c == '.')
            continue;
        utf8proc_category_t category = utf8proc_category(c);
        bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC;
        if (!letter && category != UTF8PROC_CATEGORY_SC && category != UTF8PROC_CATEGORY_SO)
            return false;
    }
    return true;
}

static const char *skip_sign(const char *at, const char *end, bool *negative)
{
    if (at == end || (*at != '-' && *at != '+'))
        return at;
    *negative = *at == '-';
    return at + 1;
}

/* Past a multiplier, with which the number at the end of B is multiplied; NULL if that cannot be.
 */
static const char *skip_multiplier(const char *at, const char *end, struct buf *b, size_t from)
{
    size_t power, len = multiplier_length(span_from(at, end), &power);
    return len == 0 || multiplier_apply(b, from, power) ? at + len : NULL;
}

enum number_result number_parse(const struct number_style *style, struct span text,
                                struct buf *scratch, struct span *json)
{
    bool pointed = style->decimal.len == 0 || span_eq(style->decimal, SPAN("."));
    if (pointed && number_is_json(text)) {
        *json = text;
        return NUMBER_OK;
    }
    if (span_eq(text, SPAN("NaN")) || span_eq(text, SPAN("INF")) || span_eq(text, SPAN("-INF")))
        return NUMBER_NOT_FINITE;
    const char *end = span_end(text);
    bool negative = false;
    const char *at = skip_sign(text.at, end, &negative);
    if (style->strip) {
        bool had_sign = at > text.at;
        at = skip_front(at, end);
        if (!had_sign)
            at = skip_sign(at, end, &negative);
    }
    buf_clear(scratch);
    if (negative)
        buf_addc(scratch, '-');
    size_t from = scratch->len;
    at = read_unsigned(style, at, end, scratch);
    if (at && style->multipliers)
        at = skip_multiplier(at, end, scratch, from);
    if (!at || (at != end && !(style->strip && is_unit(at, end))))
        return NUMBER_MALFORMED;
    *json = buf_span(scratch);
    return NUMBER_OK;
}

/* ---- units ---- */

/* TEXT in lower case without spaces and points at the end of B. */
static void add_bare(struct buf *b, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c != ' ' && c != '.')
            buf_addc(b, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
}

/* What UNIT is another word for, or NULL. */
static const char *other_word(struct span unit)
{
    static const char *const words[][2] = {{"h", "hour"},
                                           {"hr", "hour"},
                                           {"min", "minute"},
                                           {"m", "minute"},
                                           {"sec", "second"},
                                           {"d", "day"},
                                           {"wk", "week"},
                                           {"mth", "month"},
                                           {"yr", "year"},
                                           {"gbp", "\xc2\xa3"},
                                           {"pound", "\xc2\xa3"},
                                           {"eur", "\xe2\x82\xac"},
                                           {"euro", "\xe2\x82\xac"},
                                           {"usd", "$"},
                                           {"dollar", "$"},
                                           {"percent", "%"},
                                           {"percentage", "%"},
                                           {"person", "people"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_eq(unit, span_of(words[i][0])))
            return words[i][1];
    return NULL;
}

void number_unit(const struct number_style *style, struct span text, struct buf *unit)
{
    size_t first = 0, last = text.len;
    while (first < text.len && !is_digit(text.at[first]))
        first++;
    while (last > first && !is_digit(text.at[last - 1]))
        last--;
    size_t power;
    if (style->multipliers)
        last += multiplier_length(span_part(text, last, text.len - last), &power);
    buf_clear(unit);
    add_bare(unit, (struct span){text.at + last, text.len - last});
    if (unit->len == 0)
        add_bare(unit, (struct span){text.at, first});
    while (unit->len && (unit->at[0] == '-' || unit->at[0] == '+'))
        memmove(unit->at, unit->at + 1, --unit->len);
    if (unit->len > 1 && unit->at[unit->len - 1] == 's')
        unit->len--;
    const char *other = other_word(buf_span(unit));
    if (!other)
        return;
    buf_clear(unit);
    buf_add(unit, span_of(other));
}
