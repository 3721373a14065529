/* fits -- one text, tried as a kind of thing. */
#include "fits.h"

#include <strings.h>

#include "text/date.h"
#include "text/number.h"

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

bool fits_number(struct span text, struct buf *scratch, struct span *json, bool *is_plain)
{
    static const struct number_style plain = {0}, measure = {.group = {",", 1}, .strip = true};
    *is_plain = number_parse(&plain, text, scratch, json) == NUMBER_OK;
    return *is_plain || number_parse(&measure, text, scratch, json) == NUMBER_OK;
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
    bool is_plain;
    switch (type) {
    case GUESS_YES_NO:
        return fits_truth(text);
    case GUESS_INTEGER:
        return fits_number(text, scratch, &json, &is_plain) && is_plain && number_is_integer(json);
    case GUESS_NUMBER:
        return fits_number(text, scratch, &json, &is_plain) && is_plain;
    case GUESS_MEASURE:
        return fits_number(text, scratch, &json, &is_plain);
    case GUESS_DATE:
        return fits_date(text);
    default:
        return true;
    }
}
