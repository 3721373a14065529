/* scalar -- categories as JSON text, each in one spelling. */
#include "stream/scalar.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "stream/emit.h"

/* As ECMAScript does: more zeros in front, or filled up to more digits, is written with an
 * exponent. */
#define FEW_ZEROS 6
#define MOST_DIGITS 21

static bool is_plain_integer(struct span text)
{
    if (text.len > MOST_DIGITS || (text.len > 1 && text.at[0] == '-' && text.at[1] == '0'))
        return false;
    for (size_t i = text.at[0] == '-'; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return true;
}

/* The significant digits of TEXT into DIGITS, without zeros at their ends; the
 * value is 0.DIGITS times ten to the power returned. An exponent beyond what an int64 holds
 * is held at its end. */
static int64_t take_digits(struct span text, struct buf *digits)
{
    int64_t point = 0; /* of the digits taken, those before the point */
    bool fraction = false;
    size_t i = text.at[0] == '-';
    for (; i < text.len && (text.at[i] | 0x20) != 'e'; i++) {
        if (text.at[i] == '.') {
            fraction = true;
            continue;
        }
        if (digits->len == 0 && text.at[i] == '0') {
            point -= fraction;
            continue;
        }
        buf_addc(digits, text.at[i]);
        point += !fraction;
    }
    while (digits->len && digits->at[digits->len - 1] == '0')
        digits->len--;
    if (i == text.len)
        return point;
    bool negative = text.at[++i] == '-';
    int64_t exponent = 0;
    for (i += text.at[i] == '-' || text.at[i] == '+'; i < text.len; i++)
        if (exponent < INT64_MAX / 20)
            exponent = exponent * 10 + (text.at[i] - '0');
    return negative ? point - exponent : point + exponent;
}

/* One spelling for all the ways to write a number, digit for digit: 1.50, 15e-1 and 0.15E+1
 * are 1.5. */
static void spell_number(struct buf *b, struct span text, struct buf *digits)
{
    int64_t point = take_digits(text, digits);
    int64_t count = (int64_t)digits->len;
    if (count == 0) {
        buf_addc(b, '0');
        return;
    }
    if (text.at[0] == '-')
        buf_addc(b, '-');
    if ((point > MOST_DIGITS && point > count) || point <= -FEW_ZEROS) {
        buf_addc(b, digits->at[0]);
        if (count > 1)
            buf_addc(b, '.');
        buf_add(b, (struct span){digits->at + 1, digits->len - 1});
        buf_addc(b, 'e');
        emit_integer(b, point - 1);
        return;
    }
    if (point <= 0)
        buf_add(b, SPAN("0."));
    for (int64_t i = point; i < 0; i++)
        buf_addc(b, '0');
    for (int64_t i = 0; i < count || i < point; i++) {
        if (i == point && i > 0)
            buf_addc(b, '.');
        buf_addc(b, i < count ? digits->at[i] : '0');
    }
}

struct span scalar_spell(const struct value *v, struct buf *scratch, struct buf *decoded)
{
    if (v->type == VALUE_NUMBER && !is_plain_integer(v->raw)) {
        buf_clear(scratch);
        buf_clear(decoded);
        spell_number(scratch, v->raw, decoded);
        return buf_span(scratch);
    }
    if (v->type != VALUE_STRING || !v->escaped)
        return v->raw;
    buf_clear(scratch);
    emit_string(scratch, value_text(v, decoded));
    return buf_span(scratch);
}

struct span scalar_text(struct span spelling, struct buf *scratch)
{
    struct value v = value_from(spelling);
    return value_text(&v, scratch);
}

/* strtod wants a NUL, which a slice has not. */
static double to_double(struct span text)
{
    char few[64];
    if (text.len < sizeof few) {
        memcpy(few, text.at, text.len);
        few[text.len] = '\0';
        return strtod(few, NULL);
    }
    struct buf whole = {0};
    buf_add(&whole, text);
    double number = strtod(buf_text(&whole), NULL);
    buf_free(&whole);
    return number;
}

bool scalar_number(const struct value *v, double *number)
{
    if (v->type != VALUE_NUMBER)
        return false;
    *number = to_double(v->raw);
    return isfinite(*number);
}

/* A number's text is followed by a byte that is no digit. */
bool scalar_count(const struct value *v, uint64_t *count)
{
    char *end;
    if (!v || v->type != VALUE_NUMBER || v->raw.at[0] == '-')
        return false;
    errno = 0;
    unsigned long long n = strtoull(v->raw.at, &end, 10);
    *count = n;
    return errno == 0 && end == v->raw.at + v->raw.len;
}

const char *scalar_type_name(const struct value *v)
{
    static const char *const names[] = {
        [VALUE_NULL] = "null",          [VALUE_FALSE] = "true or false",
        [VALUE_TRUE] = "true or false", [VALUE_NUMBER] = "a number",
        [VALUE_STRING] = "a string",    [VALUE_LIST] = "a list",
        [VALUE_OBJECT] = "an object"};
    return names[v->type];
}

/* Numbers too large for a double keep their sign; ties go by text. */
static int number_order(struct span a, struct span b)
{
    double x = to_double(a), y = to_double(b);
    return x != y ? (x > y) - (x < y) : span_order(a, b);
}

int scalar_order(struct span a, struct span b)
{
    struct value x = value_from(a), y = value_from(b);
    if (x.type != y.type)
        return x.type < y.type ? -1 : 1;
    return x.type == VALUE_NUMBER ? number_order(a, b) : span_order(a, b);
}
