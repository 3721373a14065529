/* fits -- one text, tried as a kind of thing. */
#include "fits.h"

#include <strings.h>

#include "text/date.h"
#include "text/number.h"
#include "text/numeral.h"

bool fits_truth(struct span text)
{
    static const struct span words[] = {SPAN_ROW("yes"), SPAN_ROW("no"),   SPAN_ROW("y"),
                                        SPAN_ROW("n"),   SPAN_ROW("true"), SPAN_ROW("false")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text.len == words[i].len && strncasecmp(text.at, words[i].at, text.len) == 0)
            return true;
    return false;
}

bool fits_digit(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9')
            return true;
    return false;
}

/* What begins with one of WORDS, which is taken off it with the spaces behind. */
static bool takes_off(struct span *text, const struct span *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text->len < words[i].len || strncasecmp(text->at, words[i].at, words[i].len) != 0)
            continue;
        *text = span_trimmed(span_part(*text, words[i].len, text->len - words[i].len));
        return true;
    }
    return false;
}

bool fits_small(struct span text)
{
    static const struct span before[] = {SPAN_ROW("<="),           SPAN_ROW("<"),
                                         SPAN_ROW("\xe2\x89\xa4"), SPAN_ROW("fewer than "),
                                         SPAN_ROW("less than "),   SPAN_ROW("under "),
                                         SPAN_ROW("below ")};
    static const struct span behind[] = {SPAN_ROW("or fewer"), SPAN_ROW("or less"),
                                         SPAN_ROW("or under"), SPAN_ROW("or below")};
    bool is_under = takes_off(&text, before, sizeof before / sizeof *before);
    size_t digits = 0;
    while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 2)
        return false;
    text = span_trimmed(span_part(text, digits, text.len - digits));
    return is_under ? text.len == 0
                    : takes_off(&text, behind, sizeof behind / sizeof *behind) && text.len == 0;
}

bool fits_numeral(struct span text, size_t *number)
{
    *number = 0;
    static const struct span words[] = {SPAN_ROW("nil"), SPAN_ROW("none"), SPAN_ROW("zero"),
                                        SPAN_ROW("nought")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text.len == words[i].len && strncasecmp(text.at, words[i].at, text.len) == 0)
            return true;
    return text.len > 0 && numeral_read(text, number) == text.len;
}

bool fits_stand_in(struct span text)
{
    return !fits_digit(text) || fits_small(text);
}

bool fits_multiplier(struct span text)
{
    static const struct span marks[] = {SPAN_ROW("\xc2\xa3"), SPAN_ROW("\xe2\x82\xac"),
                                        SPAN_ROW("$"), SPAN_ROW("housand"), SPAN_ROW("illion")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text.len && memmem(text.at, text.len, marks[i].at, marks[i].len))
            return true;
    return false;
}

enum fits_number fits_number(struct span text, struct buf *scratch, struct span *json)
{
    static const struct number_style plain = {0}, measure = {.group = {",", 1}, .strip = true},
                                     money = {
                                         .group = {",", 1}, .strip = true, .multipliers = true};
    if (number_parse(&plain, text, scratch, json) == NUMBER_OK)
        return FITS_PLAIN;
    if (number_parse(&measure, text, scratch, json) == NUMBER_OK)
        return FITS_MEASURE;
    if (fits_multiplier(text) && number_parse(&money, text, scratch, json) == NUMBER_OK)
        return FITS_MULTIPLIED;
    return FITS_NO_NUMBER;
}

static bool fits_date(struct span text)
{
    struct date date;
    unsigned doubts = 0;
    return date_iso(text, &date) == DATE_OK || date_any_dmy(text, &date, &doubts) == DATE_OK;
}

bool fits_type(enum guess_type type, struct span text, struct buf *scratch)
{
    struct span json;
    switch (type) {
    case GUESS_YES_NO:
        return fits_truth(text);
    case GUESS_INTEGER:
        return fits_number(text, scratch, &json) == FITS_PLAIN && number_is_integer(json);
    case GUESS_NUMBER:
        return fits_number(text, scratch, &json) == FITS_PLAIN;
    case GUESS_MEASURE:
        return fits_number(text, scratch, &json) != FITS_NO_NUMBER;
    case GUESS_DATE:
        return fits_date(text);
    default:
        return true;
    }
}
