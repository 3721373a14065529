#include "stream/csvcell.h"

#include "text/number.h"

static const char *skip_white(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        at++;
    return at;
}

/* U+FF1D, U+FF0B, U+FF0D, U+FF20: some spreadsheets take them for the signs of ASCII. */
static bool is_wide_sign(const char *at, const char *end)
{
    static const char *const signs[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
                                        "\xef\xbc\xa0"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (end - at >= 3 && memcmp(at, signs[i], 3) == 0)
            return true;
    return false;
}

static bool is_sign(const char *at, const char *end)
{
    return at < end && (memchr("=+-@", *at, 4) || is_wide_sign(at, end));
}

/* Whether a cell would begin with a sign where SEPARATOR parted TEXT. */
static bool parts_formula(struct span text, char separator)
{
    const char *at = text.at, *end = span_end(text);
    while (at < end && (at = memchr(at, separator, (size_t)(end - at)))) {
        for (at++; at < end && *at == ' ';)
            at++;
        if (is_sign(at, end))
            return true;
    }
    return false;
}

/* LibreOffice, unless told otherwise, parts cells at commas, semicolons and tabs alike. */
static bool holds_formula(struct span text)
{
    return parts_formula(text, ',') || parts_formula(text, ';') || parts_formula(text, '\t');
}

/* Readers may trim spaces at the ends of unquoted cells, so those are quoted too. */
static bool needs_quotes(struct span text, char separator)
{
    if (text.len == 0)
        return false;
    if (text.at[0] == ' ' || text.at[text.len - 1] == ' ')
        return true;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == separator || text.at[i] == '"' || text.at[i] == '\n' ||
            text.at[i] == '\r')
            return true;
    return false;
}

static void put_quoted(struct buf *b, struct span text)
{
    buf_addc(b, '"');
    const char *at = text.at, *end = at + text.len;
    for (const char *quote; (quote = memchr(at, '"', (size_t)(end - at))); at = quote + 1) {
        buf_add(b, span_from(at, quote + 1));
        buf_addc(b, '"');
    }
    buf_add(b, span_from(at, end));
    buf_addc(b, '"');
}

void csvcell_put(struct buf *b, struct span text, char separator)
{
    if (needs_quotes(text, separator))
        put_quoted(b, text);
    else
        buf_add(b, text);
}

/* "-5" and "+4.2" are what they look like. */
static bool is_number(struct span text)
{
    struct span digits = text;
    if (digits.len && (digits.at[0] == '-' || digits.at[0] == '+'))
        digits = (struct span){text.at + 1, text.len - 1};
    return number_is_json(digits);
}

static bool csvcell_is_formula(struct span text, enum csvcell_guard guard)
{
    const char *at = text.at, *end = span_end(text);
    if (guard == CSVCELL_RAW || text.len == 0)
        return false;
    if (guard == CSVCELL_USUAL)
        return memchr("=+-@\t\r", *at, 6) && !is_number(text);
    return is_sign(skip_white(at, end), end) || *at == '\t' || *at == '\r';
}

void csvcell_put_guarded(struct buf *b, struct span text, char separator, enum csvcell_guard guard,
                         struct buf *scratch)
{
    if (csvcell_is_formula(text, guard)) {
        buf_clear(scratch);
        buf_addc(scratch, '\'');
        buf_add(scratch, text);
        text = buf_span(scratch);
    }
    if (needs_quotes(text, separator) || (guard != CSVCELL_RAW && holds_formula(text)))
        put_quoted(b, text);
    else
        buf_add(b, text);
}
