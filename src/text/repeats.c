/* repeats -- how large a regular expression becomes when its repeats are written out. */
#include "text/repeats.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define GROUPS_MOST 200 /* within each other */

/* What a place costs: the classes of Unicode have hundreds of ranges. */
enum { LETTER = 1, ANY = 10, UNICODE_DIGIT = 40, UNICODE_WORD = 200 };

struct pattern_text {
    const char *at;
    enum repeats_classes classes;
};

static size_t alternatives(struct pattern_text *t, unsigned depth);

static size_t times(size_t size, size_t count)
{
    return count && size > (REPEATS_MOST + 1) / count ? REPEATS_MOST + 1 : size * count;
}

static size_t of_escape(char c, enum repeats_classes classes)
{
    if (strchr("pPX", c) || (classes == REPEATS_UNICODE && (c == 'w' || c == 'W')))
        return UNICODE_WORD;
    if (classes == REPEATS_UNICODE && strchr("dDsS", c))
        return UNICODE_DIGIT;
    return strchr("WDSNR", c) ? ANY : LETTER;
}

/* A "\" with what belongs to it, braces too where they are no repeat. */
static size_t escape(struct pattern_text *t)
{
    char c = t->at[1];
    t->at += c ? 2 : 1;
    const char *close = c && strchr("pPx", c) && *t->at == '{' ? strchr(t->at, '}') : NULL;
    if (close)
        t->at = close + 1;
    return c ? of_escape(c, t->classes) : LETTER;
}

/* "[...]": as much as the costliest in it. */
static size_t class(struct pattern_text *t)
{
    size_t size = t->at[1] == '^' ? ANY : LETTER;
    t->at += t->at[1] == '^' ? 2 : 1;
    for (bool first = true; *t->at && (first || *t->at != ']'); first = false) {
        size_t own = (unsigned char)*t->at >= 0x80 ? ANY : LETTER;
        if (*t->at == '\\')
            own = escape(t);
        else
            t->at++;
        size = own > size ? own : size;
    }
    t->at += *t->at == ']';
    return size;
}

/* "(...)", also "(?i)", "(?:...)", "(?#...)". */
static size_t group(struct pattern_text *t, unsigned depth)
{
    t->at++;
    if (*t->at == '?') {
        t->at++;
        t->at += strspn(t->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-^<>=!#'");
        t->at += *t->at == ':';
    }
    size_t size = alternatives(t, depth + 1);
    t->at += *t->at == ')';
    return size;
}

/* The most often that "{n}", "{n,}" or "{n,m}" at AT says; 1 where there is none. */
static size_t repeat(struct pattern_text *t)
{
    const char *end = t->at + 1, *second;
    size_t digits = strspn(end, "0123456789");
    if (*t->at != '{' || digits == 0)
        return 1;
    size_t low = digits > 6 ? REPEATS_MOST + 1 : strtoul(end, NULL, 10), high = low;
    end += digits;
    if (*end == ',') {
        second = ++end;
        end += strspn(end, "0123456789");
        if (end > second)
            high = end - second > 6 ? REPEATS_MOST + 1 : strtoul(second, NULL, 10);
    }
    if (*end != '}')
        return 1;
    t->at = end + 1;
    return high > low ? high : low;
}

static size_t atom(struct pattern_text *t, unsigned depth)
{
    switch (*t->at) {
    case '(':
        return group(t, depth);
    case '[':
        return class(t);
    case '\\':
        return escape(t);
    case '|':
        t->at++;
        return 0;
    default:
        return *t->at++ == '.' ? ANY : LETTER;
    }
}

/* Up to the ")" that ends it. */
static size_t alternatives(struct pattern_text *t, unsigned depth)
{
    size_t sum = 0;
    while (*t->at && *t->at != ')' && sum <= REPEATS_MOST) {
        if (depth > GROUPS_MOST)
            return REPEATS_MOST + 1;
        size_t one = atom(t, depth);
        while (*t->at && strchr("*+?{", *t->at)) {
            const char *before = t->at;
            one = times(one, repeat(t));
            if (t->at == before && *t->at == '{')
                break; /* a brace that is a letter */
            t->at += t->at == before;
        }
        sum += one;
    }
    return sum;
}

bool repeats_are_few(const char *pattern, enum repeats_classes classes)
{
    struct pattern_text t = {pattern, classes};
    size_t sum = 0;
    while (*t.at && sum <= REPEATS_MOST) {
        sum += alternatives(&t, 0);
        t.at += *t.at == ')'; /* one that nothing opened */
    }
    return sum <= REPEATS_MOST;
}
