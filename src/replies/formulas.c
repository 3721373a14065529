/* formulas -- the set phrases of letters. */
#include "formulas.h"

#include "formulas_parts.h"
#include "stretches.h"

#define ANY_WORDS 5   /* that * may stand for */
#define ASKED_WORDS 8 /* of "In your second question you asked" */
#define REACH 24      /* words that a formula may take */

/* ---- matching ---- */

/* The bytes of the alternative among WORDS (LEN bytes, | between) that WORD is; false if none. */
static bool is_among(const char *words, size_t len, struct span word)
{
    const char *end = words + len;
    for (const char *at = words; at < end;) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        const char *stop = bar ? bar : end;
        if (span_eq(span_from(at, stop), word))
            return true;
        at = bar ? bar + 1 : end;
    }
    return false;
}

static bool match_from(const struct paper *l, size_t i, size_t last, const char *pattern,
                       size_t *end)
{
    if (*pattern == '\0') {
        *end = i;
        return true;
    }
    size_t len = (size_t)(strchrnul(pattern, ' ') - pattern);
    const char *next = pattern[len] ? pattern + len + 1 : pattern + len;
    if (len == 1 && *pattern == '*' && *next == '\0') { /* the last takes what it may */
        *end = last - i < ANY_WORDS ? last : i + ANY_WORDS;
        return true;
    }
    if (len == 1 && *pattern == '*') {
        for (size_t k = 0; k <= ANY_WORDS && i + k <= last; k++)
            if (match_from(l, i + k, last, next, end))
                return true;
        return false;
    }
    bool optional = pattern[len - 1] == '?';
    if (i < last && is_among(pattern, len - optional, tokens_lower(&l->words, i)) &&
        match_from(l, i + 1, last, next, end))
        return true;
    return optional && match_from(l, i, last, next, end);
}

size_t formulas_match(const struct paper *l, size_t i, size_t last, const char *pattern)
{
    size_t end;
    return match_from(l, i, last, pattern, &end) ? end - i : 0;
}

static bool extends(const struct paper *l, size_t i, size_t taken, enum extent extent)
{
    if (extent == BEGINS)
        return true;
    size_t line = paper_line_at(l, l->words.at[i].start), end = l->lines[line].end;
    for (size_t at = l->lines[line].start; at < l->words.at[i].start; at++)
        if (l->text.at[at] == '\t')
            return false;
    if (extent >= LEADS && l->text.at[end - 1] == ':')
        return true;
    if (extent == ASKS && l->text.at[l->words.at[i + taken - 1].end] == ':')
        return true;
    return i + taken == l->words.count || l->words.at[i + taken].start > end;
}

/* Whether PATTERN, of a table in which none begins with a figure, can stand at word I: many lines
 * begin with one, and there are many patterns. */
static bool may_stand(const struct paper *l, size_t i, const char *pattern)
{
    char c = l->text.at[l->words.at[i].start];
    return c < '0' || c > '9' || *pattern == '*';
}

enum formula formulas_at(const struct paper *l, size_t i)
{
    size_t last = i + REACH < l->words.count ? i + REACH : l->words.count;
    size_t line_end = l->lines[paper_line_at(l, l->words.at[i].start)].end, on_line = i;
    while (on_line < last && l->words.at[on_line].start < line_end)
        on_line++;
    for (size_t k = 0; k < formulas_start_count; k++) {
        if (!may_stand(l, i, formulas_starts[k].pattern))
            continue;
        bool far = formulas_starts[k].extent == BEGINS && *formulas_starts[k].pattern != '*';
        size_t limit = far ? last : on_line;
        size_t taken = formulas_match(l, i, limit, formulas_starts[k].pattern);
        if (taken && extends(l, i, taken, formulas_starts[k].extent))
            return formulas_starts[k].kind;
    }
    return FORMULA_NONE;
}

/* Whether word I stands behind "part of": "this element of your request". */
static bool is_part(const struct paper *l, size_t i)
{
    return i > 1 &&
           formulas_match(l, i - 2, i,
                          "element|elements|part|parts|aspect|aspects|portion|point|points|"
                          "item|items|section|some|question|questions of") == 2;
}

bool formulas_in(const struct paper *l, size_t first, size_t last, enum formula kind, size_t *at)
{
    for (size_t i = first; i < last; i++)
        for (size_t k = 0; k < formulas_anywhere_count; k++) {
            if (formulas_anywhere[k].kind != kind || !may_stand(l, i, formulas_anywhere[k].pattern))
                continue;
            size_t taken = formulas_match(l, i, last, formulas_anywhere[k].pattern);
            if (!taken || (kind == FORMULA_WHOLE && is_part(l, i)))
                continue;
            if (at)
                *at = i + taken - 1;
            return true;
        }
    return false;
}

size_t formulas_asked(const struct paper *l, size_t start)
{
    size_t last = tokens_from(&l->words, start), line = paper_line_at(l, start);
    for (size_t back = 1; back <= ASKED_WORDS && back <= last; back++) {
        size_t i = last - back;
        if (l->words.at[i].start < l->lines[line].start)
            break;
        if (formulas_begins(l, i))
            return formulas_match(l, i, last,
                                  "* asked|requested|question|wanted|enquired|ask|query *")
                       ? l->words.at[i].start
                       : start;
    }
    return start;
}

bool formulas_begins(const struct paper *l, size_t i)
{
    size_t at = l->words.at[i].start;
    while (at > 0 && strchr(" \"'(*", l->text.at[at - 1]))
        at--;
    if (at == 0)
        return true;
    char c = l->text.at[at - 1];
    if (c == '\n' && at == l->words.at[i].start && stretches_wraps(l, paper_line_at(l, at)))
        return false;
    return c == '\n' || c == '\t' ||
           ((c == '.' || c == '!' || c == '?') && at < l->words.at[i].start);
}
