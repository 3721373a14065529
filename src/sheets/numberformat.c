/* numberformat -- what a cell's number format says its number means.
 *
 * Only the first section counts, that for positive numbers. What stands in quotes or behind
 * a backslash, colours and conditions in brackets say nothing about the kind. */
#include "numberformat.h"

#include <ctype.h>
#include <strings.h>

struct seen {
    bool year, month, day, hour, second, elapsed, fractions;
    unsigned percents, zeros, others;
    char last; /* of h, s and others: what an m behind it means */
    bool minute;
};

/* The end of a bracket, quotes or an escape that begins at AT; AT if none does. */
static const char *pass(const char *at, const char *end)
{
    if (*at == '\\' || *at == '_' || *at == '*')
        return at + 1 < end ? at + 2 : end;
    if (*at != '"' && *at != '[')
        return at;
    char close = *at == '"' ? '"' : ']';
    for (at++; at < end && *at != close; at++)
        ;
    return at < end ? at + 1 : end;
}

static size_t run(const char *at, const char *end)
{
    size_t len = 1;
    while (at + len < end && tolower((unsigned char)at[len]) == tolower((unsigned char)*at))
        len++;
    return len;
}

/* An m is minutes behind an hour and before seconds, else a month. */
static void see_m(struct seen *s, const char *at, const char *end)
{
    while (at < end && !isalpha((unsigned char)*at)) {
        const char *behind = pass(at, end);
        at = behind > at ? behind : at + 1;
    }
    if (s->last == 'h' || (at < end && tolower((unsigned char)*at) == 's'))
        s->minute = true;
    else
        s->month = true;
    s->last = 'm';
}

static size_t see_letter(struct seen *s, const char *at, const char *end)
{
    size_t len = run(at, end);
    if (end - at >= 5 && strncasecmp(at, "AM/PM", 5) == 0)
        return 5;
    if (end - at >= 3 && strncasecmp(at, "A/P", 3) == 0)
        return 3;
    if (end - at >= 7 && strncasecmp(at, "General", 7) == 0) {
        s->others++;
        return 7;
    }
    switch (tolower((unsigned char)*at)) {
    case 'y':
        s->year = true;
        break;
    case 'd':
        s->day = true;
        break;
    case 'h':
        s->hour = true;
        s->last = 'h';
        break;
    case 's':
        s->second = true;
        s->last = 's';
        break;
    case 'm':
        see_m(s, at + len, end);
        break;
    default:
        s->others++;
        break;
    }
    return len;
}

/* A bracket says something only if it is an elapsed time: [h], [mm], [ss]. */
static void see_bracket(struct seen *s, const char *at, const char *end)
{
    if (*at != '[' || at + 1 >= end || !strchr("hHmMsS", at[1]))
        return;
    size_t len = run(at + 1, end);
    if (at + 1 + len < end && at[1 + len] == ']') {
        s->elapsed = true;
        s->last = (char)tolower((unsigned char)at[1]);
        s->second = s->second || s->last == 's';
    }
}

static struct seen look(struct span code)
{
    struct seen s = {0};
    const char *end = span_end(code);
    for (const char *at = code.at; at < end && *at != ';';) {
        const char *behind = pass(at, end);
        if (behind > at) {
            see_bracket(&s, at, end);
            s.others += *at == '"' || *at == '\\';
            at = behind;
        } else if (isalpha((unsigned char)*at)) {
            at += see_letter(&s, at, end);
        } else {
            s.percents += *at == '%';
            s.fractions = s.fractions || (*at == '.' && s.second);
            s.zeros += *at == '0';
            s.others += *at != '0' && *at != '%';
            at++;
        }
    }
    return s;
}

struct numberformat numberformat_read(struct span code)
{
    struct seen s = look(code);
    bool day = s.year || s.month || s.day, hour = s.hour || s.second || s.minute;
    struct numberformat f = {.fractions = s.fractions};
    if (s.elapsed)
        f.kind = NUMBERFORMAT_ELAPSED;
    else if (day && hour)
        f.kind = NUMBERFORMAT_DATETIME;
    else if (s.year && !s.month && !s.day)
        f.kind = NUMBERFORMAT_YEAR;
    else if (day)
        f.kind = NUMBERFORMAT_DATE;
    else if (hour)
        f.kind = NUMBERFORMAT_TIME;
    else if (span_eq(code, SPAN("@")))
        f.kind = NUMBERFORMAT_TEXT;
    if (f.kind == NUMBERFORMAT_NUMBER) {
        f.percents = s.percents;
        f.zeros = s.zeros > 1 && s.others == 0 && s.percents == 0 ? s.zeros : 0;
    }
    return f;
}

struct numberformat numberformat_builtin(size_t id)
{
    static const char *const codes[] = {
        [9] = "0%",      [10] = "0.00%",   [14] = "mm-dd-yy",    [15] = "d-mmm-yy",
        [16] = "d-mmm",  [17] = "mmm-yy",  [18] = "h:mm",        [19] = "h:mm:ss",
        [20] = "h:mm",   [21] = "h:mm:ss", [22] = "d/m/yy h:mm", [27] = "d/m/yy",
        [28] = "d/m/yy", [29] = "d/m/yy",  [30] = "d/m/yy",      [31] = "d/m/yy",
        [32] = "h:mm",   [33] = "h:mm:ss", [34] = "h:mm",        [35] = "h:mm:ss",
        [36] = "d/m/yy", [45] = "mm:ss",   [46] = "[h]:mm:ss",   [47] = "mm:ss.0",
        [49] = "@",      [50] = "d/m/yy",  [51] = "d/m/yy",      [52] = "d/m/yy",
        [53] = "d/m/yy", [54] = "d/m/yy",  [55] = "d/m/yy",      [56] = "d/m/yy",
        [57] = "d/m/yy", [58] = "d/m/yy"};
    const char *code = id < sizeof codes / sizeof *codes ? codes[id] : NULL;
    return code ? numberformat_read(span_of(code)) : (struct numberformat){0};
}
