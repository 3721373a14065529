/* prose_address -- links, mail addresses and units in a text. */
#include "prose_address.h"

#include <strings.h>

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80);
}

static bool ends_with(struct span text, struct span end)
{
    return text.len > end.len && strncasecmp(text.at + text.len - end.len, end.at, end.len) == 0;
}

static bool has_scheme(struct span text, const char *at)
{
    return at - text.at >= 3 && at[-1] == '/' && at[-2] == '/' && at[-3] == ':';
}

static bool is_www(const char *at, const char *end)
{
    return end - at > 4 && at[3] == '.' && strncasecmp(at, "www", 3) == 0;
}

const char *prose_address_end(struct span text, const char *at, const char *end)
{
    if (!has_scheme(text, at) && !is_www(at, end))
        return NULL;
    while (at < end && (is_word_byte(*at) || strchr(".-_@", *at)))
        at++;
    while (at[-1] == '.' || at[-1] == '-')
        at--;
    return at;
}

bool prose_is_address(struct span word)
{
    static const struct span domains[] = {SPAN_ROW(".uk"),    SPAN_ROW(".com"),   SPAN_ROW(".org"),
                                          SPAN_ROW(".gov"),   SPAN_ROW(".eu"),    SPAN_ROW(".edu"),
                                          SPAN_ROW(".wales"), SPAN_ROW(".cymru"), SPAN_ROW(".scot"),
                                          SPAN_ROW(".london")};
    if (memchr(word.at, '@', word.len))
        return true;
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (ends_with(word, domains[i]))
            return true;
    return false;
}

/* Is the word a host: with a scheme before it, or in the form of one? */
static bool is_host(struct span text, struct span host)
{
    return has_scheme(text, host.at) || is_www(host.at, span_end(host)) ||
           (memchr(host.at, '.', host.len) && prose_is_address(host));
}

const char *prose_path_end(struct span text, struct span host)
{
    const char *from = span_end(host), *end = span_end(text), *at = from;
    bool port = *from == ':' && from + 1 < end && from[1] >= '0' && from[1] <= '9';
    if ((*from == ':' && !port) || !is_host(text, host))
        return from;
    while (at < end && (unsigned char)*at > ' ')
        at++;
    while (at > from && strchr(".,;:)]\"'>?!", at[-1]))
        at--;
    return at;
}

/* "(R)", "(TM)" directly behind a word, and "(C)" before a year or an owner. */
static const char *sign_end(struct span text, const char *at)
{
    const char *end = span_end(text);
    if (end - at < 3)
        return NULL;
    bool behind_word = at > text.at && is_word_byte(at[-1]);
    if (behind_word && (at[1] | 0x20) == 'r' && at[2] == ')')
        return at + 3;
    if (behind_word && end - at >= 4 && strncasecmp(at, "(tm)", 4) == 0)
        return at + 4;
    if ((at[1] | 0x20) != 'c' || at[2] != ')')
        return NULL;
    const char *next = at + 3;
    while (next < end && *next == ' ')
        next++;
    bool owned =
        (end - next >= 2 && (strncmp(next, "19", 2) == 0 || strncmp(next, "20", 2) == 0)) ||
        (end - next >= 5 && strncasecmp(next, "crown", 5) == 0) ||
        (end - next >= 9 && strncasecmp(next, "copyright", 9) == 0);
    return owned || behind_word ? at + 3 : NULL;
}

const char *prose_unit_end(struct span text, const char *at, const char *next)
{
    const char *end = span_end(text);
    if (*at == '(')
        return sign_end(text, at);
    /* the degree sign, or the ordinal indicator that is typed for it */
    if (next - at != 2 || *at != '\xc2' || (at[1] != '\xb0' && at[1] != '\xba'))
        return NULL;
    while (next < end && *next == ' ')
        next++;
    bool unit = next < end && strchr("CFK", *next);
    return unit && (next + 1 == end || !is_word_byte(next[1])) ? next + 1 : NULL;
}
