/* numeral -- numbers in words. */
#include "text/numeral.h"

#include <ctype.h>
#include <stdint.h>
#include <strings.h>

/* The length of the word at AT. */
static size_t word_length(struct span text, size_t at)
{
    size_t len = 0;
    while (at + len < text.len && isalpha((unsigned char)text.at[at + len]))
        len++;
    return len;
}

/* The place of WORD in NAMES, or COUNT. */
static size_t place_of(struct span word, const char *const *names, size_t count)
{
    size_t i = 0;
    while (i < count &&
           (strlen(names[i]) != word.len || strncasecmp(word.at, names[i], word.len) != 0))
        i++;
    return i;
}

size_t numeral_read(struct span text, size_t *number)
{
    static const char *const names[] = {"one",     "two",       "three",    "four",     "five",
                                        "six",     "seven",     "eight",    "nine",     "ten",
                                        "eleven",  "twelve",    "thirteen", "fourteen", "fifteen",
                                        "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    const size_t count = sizeof names / sizeof *names;
    size_t len = word_length(text, 0), place = place_of((struct span){text.at, len}, names, count);
    if (place == count)
        return 0;
    *number = place + 1;
    return len;
}

/* ---- phrases ---- */

static size_t tens_of(struct span word)
{
    static const char *const names[] = {"twenty", "thirty",  "forty",  "fifty",
                                        "sixty",  "seventy", "eighty", "ninety"};
    const size_t count = sizeof names / sizeof *names;
    size_t place = place_of(word, names, count);
    return place < count ? (place + 2) * 10 : 0;
}

/* Past what stands between two words of a number: a hyphen, a space; behind a hundred or more "and"
 * or a comma, too. */
static size_t skip_joint(struct span text, size_t at, bool is_scaled)
{
    static const char *const ands[] = {"and"};
    at += is_scaled && at + 1 < text.len && memcmp(text.at + at, ", ", 2) == 0;
    if (at >= text.len || !strchr(" -", text.at[at]))
        return at;
    size_t len = word_length(text, ++at);
    bool is_and = place_of(span_part(text, at, len), ands, 1) == 0;
    is_and &= is_scaled && at + len < text.len && text.at[at + len] == ' ';
    return is_and ? at + len + 1 : at;
}

/* A number up to 999 that grows word by word, and what stands before it. */
struct growing {
    size_t part, whole;
    size_t least;     /* scale so far: the next is smaller */
    bool any, scaled; /* there is a word; its last is a hundred or more */
};

static bool multiply(struct growing *g, size_t scale)
{
    if (!g->any || g->part == 0 || scale >= g->least || (scale == 100 && g->part > 9))
        return false;
    if (scale == 100) {
        g->part *= 100;
    } else {
        g->whole += g->part * scale;
        g->part = 0;
        g->least = scale;
    }
    g->scaled = true;
    return true;
}

/* Takes WORD in; false if it does not go on. */
static bool grow(struct growing *g, struct span word)
{
    static const char *const names[] = {"hundred", "thousand", "million"};
    static const size_t scales[] = {100, 1000, 1000000};
    size_t scale = place_of(word, names, 3), tens = tens_of(word), unit = 0;
    if (scale < 3)
        return multiply(g, scales[scale]);
    if (!tens && numeral_read(word, &unit) == 0)
        return false;
    size_t below = g->part % 100; /* of this hundred */
    bool begins = below == 0 && (!g->any || g->scaled);
    bool goes_on = unit > 0 && unit < 10 && below >= 20 && below % 10 == 0 && !g->scaled;
    if (!begins && !goes_on)
        return false;
    g->part += tens + unit;
    g->any = true;
    g->scaled = false;
    return true;
}

size_t numeral_phrase(struct span text, size_t *number)
{
    static const char *const articles[] = {"a", "hundred", "thousand", "million"};
    struct growing g = {.least = SIZE_MAX};
    size_t at = 0, end = 0, len = word_length(text, 0);
    if (place_of((struct span){text.at, len}, articles, 1) == 0) {
        size_t next = skip_joint(text, len, false), scale = word_length(text, next);
        if (place_of(span_part(text, next, scale), articles + 1, 3) == 3)
            return 0;
        g.part = 1;
        g.any = true;
        at = next;
    }
    while (at < text.len) {
        len = word_length(text, at);
        if (len == 0 || !grow(&g, span_part(text, at, len)))
            break;
        end = at + len;
        at = skip_joint(text, end, g.scaled);
        if (at == end)
            break;
    }
    *number = g.whole + g.part;
    return end;
}
