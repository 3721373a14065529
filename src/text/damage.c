/* damage -- what spreadsheets and exports do to cells, recognised. */
#include "text/damage.h"

#include <stdint.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "markup.h"

/* Excel's limit, in UTF-16 units. */
#define CELL_LIMIT 32767

/* 1954-10-03 to 2064-04-08 as days of Excel: what surveys speak of. */
#define FIRST_SERIAL 20000
#define LAST_SERIAL 60000

const char *damage_name(enum damage damage)
{
    static const char *const names[] = {
        [DAMAGE_NONE] = "none",           [DAMAGE_DATE] = "spreadsheet_date",
        [DAMAGE_EXPONENT] = "exponent",   [DAMAGE_SERIAL] = "date_serial",
        [DAMAGE_ERROR] = "error_value",   [DAMAGE_HIDDEN] = "hidden_value",
        [DAMAGE_ZEROS] = "lost_zeros",    [DAMAGE_ENCODING] = "mojibake",
        [DAMAGE_ESCAPE] = "escape",       [DAMAGE_CUT] = "cut_off",
        [DAMAGE_FORMULA] = "text_formula"};
    return names[damage];
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(struct span text, size_t from)
{
    size_t i = from;
    while (i < text.len && is_digit(text.at[i]))
        i++;
    return i - from;
}

/* ---- whole cells ---- */

static bool is_month(const char *at)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (size_t i = 0; months[i]; i += 3)
        if (strncasecmp(months + i, at, 3) == 0)
            return true;
    return false;
}

/* 1-Mar, 01-Mar, Mar-01: what Excel shows of a date that was typed short. */
static bool is_short_date(struct span text)
{
    size_t day = count_digits(text, 0);
    if (day > 0)
        return day <= 2 && text.len == day + 4 && text.at[day] == '-' &&
               is_month(text.at + day + 1);
    return text.len == 6 && text.at[3] == '-' && is_month(text.at) && count_digits(text, 4) == 2;
}

/* 1.2E+05: always a sign and two or three digits behind a capital E. */
static bool is_exponent(struct span text)
{
    size_t i = text.len && text.at[0] == '-';
    if (count_digits(text, i) != 1)
        return false;
    i++;
    if (i < text.len && text.at[i] == '.') {
        size_t fraction = count_digits(text, i + 1);
        if (fraction == 0)
            return false;
        i += 1 + fraction;
    }
    if (text.len - i < 4 || text.at[i] != 'E' || (text.at[i + 1] != '+' && text.at[i + 1] != '-'))
        return false;
    size_t digits = count_digits(text, i + 2);
    return digits >= 2 && digits <= 3 && i + 2 + digits == text.len;
}

static bool is_serial(struct span text)
{
    int days = 0;
    if (count_digits(text, 0) != 5)
        return false;
    for (size_t i = 0; i < 5; i++)
        days = days * 10 + (text.at[i] - '0');
    bool whole = text.len == 5;
    bool with_time = text.len > 6 && text.at[5] == '.' && count_digits(text, 6) == text.len - 6;
    return (whole || with_time) && days >= FIRST_SERIAL && days <= LAST_SERIAL;
}

static bool is_error(struct span text)
{
    static const char *const values[] = {
        "#REF!",     "#N/A",      "#VALUE!", "#DIV/0!",       "#NAME?",  "#NULL!",
        "#NUM!",     "#SPILL!",   "#CALC!",  "#FIELD!",       "#ERROR!", "#BLOCKED!",
        "#CONNECT!", "#UNKNOWN!", "#BUSY!",  "#GETTING_DATA", "#PYTHON!"};
    if (text.len < 4 || text.len > 13)
        return false;
    if (text.at[0] == '#') {
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            if (span_eq(text, span_of(values[i])))
                return true;
        return false;
    }
    return text.len == 7 && memcmp(text.at, "Err:5", 5) == 0 && count_digits(text, 5) == 2;
}

/* ="00123", by which texts of digits are kept as they are, and '00123, as which Excel shows them.
 */
static bool is_text_formula(struct span text)
{
    if (text.len >= 4 && text.at[0] == '=' && text.at[1] == '"')
        return text.at[text.len - 1] == '"';
    return text.len >= 2 && text.at[0] == '\'' && count_digits(text, 1) == text.len - 1;
}

static bool is_hidden(struct span text)
{
    if (text.len < 3)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '#')
            return false;
    return true;
}

/* Most cells begin with a letter, and then few kinds of damage can be the whole of them. */
static bool is_word_like(struct span text)
{
    char lower = (char)(text.at[0] | 0x20);
    return lower >= 'a' && lower <= 'z' && lower != 'e' && (text.len != 6 || text.at[3] != '-');
}

static enum damage damage_of_whole(struct span text, struct damage_hints hints)
{
    if (text.len == 0 || is_word_like(text))
        return DAMAGE_NONE;
    if (!hints.date && is_short_date(text))
        return DAMAGE_DATE;
    if (is_exponent(text))
        return DAMAGE_EXPONENT;
    if (hints.date && !hints.serials && is_serial(text))
        return DAMAGE_SERIAL;
    if (is_error(text))
        return DAMAGE_ERROR;
    if (is_hidden(text))
        return DAMAGE_HIDDEN;
    if (is_text_formula(text))
        return DAMAGE_FORMULA;
    if (hints.digits && text.len && text.len < hints.digits && count_digits(text, 0) == text.len)
        return DAMAGE_ZEROS;
    return DAMAGE_NONE;
}

/* ---- mojibake ---- */

/* The byte that Windows-1252 shows as C, or a C1 control, which is what
 * Latin-1 makes of it; 0 if there is none from 0x80 on. */
static unsigned char byte_shown_as(uint32_t c)
{
    static const uint16_t shown[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (c >= 0x80 && c <= 0xFF)
        return (unsigned char)c;
    for (size_t i = 0; i < 32; i++)
        if (shown[i] == c)
            return (unsigned char)(0x80 + i);
    return 0;
}

/* Whether the bytes are what UTF-8 would have, and not a letter with a sign
 * that people write behind it: of two bytes only those that Western languages need
 * (leads C2, C3) or that no one types (a sign after C4 and C5), of three
 * General Punctuation and symbols (E2), and EF for U+FEFF and U+FFFD. */
static bool is_misread(const unsigned char bytes[4], size_t count, size_t *used)
{
    *used = utf8_sequence((const char *)bytes, (const char *)bytes + count);
    if (*used == 2 && bytes[0] <= 0xC3)
        return true;
    if (*used == 2)
        return bytes[0] <= 0xC5 && bytes[1] > 0xA0 && bytes[1] != 0xAB && bytes[1] != 0xBB;
    return (*used == 3 && (bytes[0] == 0xE2 || bytes[0] == 0xEF)) || *used == 4;
}

/* U+00E2 and the euro sign begin what was a quote or a dash; cleaning may have
 * made the third character plain. */
static bool is_cut_quote(const unsigned char bytes[4], size_t count)
{
    return count >= 2 && bytes[0] == 0xE2 && bytes[1] == 0x80;
}

static bool misread_at(const char *at, const char *end, const char **stop)
{
    const char *stops[4];
    unsigned char bytes[4] = {0};
    size_t count = 0, used;
    while (count < 4 && at < end) {
        unsigned char byte = byte_shown_as(utf8_next(&at));
        if (byte < 0x80)
            break;
        stops[count] = at;
        bytes[count++] = byte;
    }
    if (is_misread(bytes, count, &used)) {
        *stop = stops[used - 1];
        return true;
    }
    if (!is_cut_quote(bytes, count))
        return false;
    *stop = stops[1];
    return true;
}

static bool find_misread(struct span text, struct span *where)
{
    if (utf8_ascii(text))
        return false;
    for (const char *at = text.at, *end = span_end(text); at < end;) {
        if ((unsigned char)*at < 0x80) {
            at++;
            continue;
        }
        const char *start = at, *stop;
        uint32_t c = utf8_next(&at);
        bool trace = c == 0xFFFD || (c >= 0x80 && c < 0xA0 && c != 0x85);
        if (trace || (c >= 0xC2 && c <= 0xF4 && misread_at(start, end, &stop))) {
            *where = span_from(start, trace ? at : stop);
            return true;
        }
    }
    return false;
}

/* ---- escapes of other formats ---- */

static bool find_escape(struct span text, struct span *where)
{
    for (size_t i = 0; i < text.len; i++) {
        struct span rest = {text.at + i, text.len - i};
        size_t len = markup_length(rest);
        if (len) {
            *where = (struct span){rest.at, len};
            return true;
        }
    }
    return false;
}

static bool is_cut(struct span text)
{
    if (text.len < CELL_LIMIT)
        return false;
    size_t units = 0;
    for (const char *at = text.at, *end = span_end(text); at < end;)
        units += utf8_next(&at) > 0xFFFF ? 2 : 1;
    return units == CELL_LIMIT;
}

/* Whether one of the eight bytes in WORD is BYTE: the borrow of a subtraction
 * reaches the top bit of a byte only from a zero in it or below (Mycroft 1987). */
static uint64_t has_byte(uint64_t word, unsigned char byte)
{
    uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t zero = word ^ (ones * byte);
    return (zero - ones) & ~zero & (ones << 7);
}

/* Not 0 if one of eight bytes is one that wrong encodings or escapes are made of. */
static uint64_t odd_in_word(uint64_t word)
{
    return has_byte(word, '&') | has_byte(word, '_') | has_byte(word, '<') |
           (word & UINT64_C(0x8080808080808080));
}

static uint64_t odd_in_eight(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return odd_in_word(word);
}

/* The same of 16 bytes. */
static uint64_t odd_in_block(const char *at)
{
#ifdef BYTES_SSE2
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i odd = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('&')), _mm_cmpeq_epi8(v, _mm_set1_epi8('_'))),
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('<')), v));
    return (uint64_t)_mm_movemask_epi8(odd); /* the top bit of a byte of V is set from 0x80 on */
#else
    return odd_in_eight(at) | odd_in_eight(at + 8);
#endif
}

/* Whether no byte is one that wrong encodings or escapes are made of; in blocks, of which the last
 * overlaps the one before it, since this is asked of nearly every cell. */
static bool is_plain(struct span text)
{
    uint64_t found = 0;
    const char *end = span_end(text);
    if (text.len < 8)
        return odd_in_word(bytes_head(text.at, text.len)) == 0;
    if (text.len < 16)
        return (odd_in_eight(text.at) | odd_in_eight(end - 8)) == 0;
    for (const char *at = text.at; end - at > 16; at += 16)
        found |= odd_in_block(at);
    return (found | odd_in_block(end - 16)) == 0;
}

enum damage damage_find(struct span text, struct damage_hints hints, struct span *where)
{
    struct span ignored = text;
    where = where ? where : &ignored;
    *where = text;
    enum damage damage = damage_of_whole(text, hints);
    if (damage != DAMAGE_NONE)
        return damage;
    if (!is_plain(text)) {
        if (find_misread(text, where))
            return DAMAGE_ENCODING;
        if (find_escape(text, where))
            return DAMAGE_ESCAPE;
    }
    return is_cut(text) ? DAMAGE_CUT : DAMAGE_NONE;
}
