/* cues_words -- what the words of an answer are to the cues around them. */
#include "cues_words.h"

/* Words between a mention and a cue behind it, and how far to look. */
#define MAX_BETWEEN 6
#define SMALL_WORDS                                                                                \
    "currently|now|also|which|that|it|this|these|they|we|the|trust|both|all|but|though|although"
#define THINGS                                                                                     \
    "database|databases|system|systems|site|sites|website|websites|app|apps|application|"          \
    "applications|page|pages|script|scripts|code|software|project|projects|server|servers|"        \
    "solution|solutions|form|forms|tool|tools|version|versions|messaging|messages|skills|"         \
    "expertise|experience|knowledge|development|programming|developer|"                            \
    "developers|programmer|programmers|usage|coding|scripting|support"
#define MAX_TITLE 3 /* words of a form's entry behind the mention: "Python 3 scripting: No" */

/* Asked of most words of an answer, so
 * bytes are walked here and no function is called for each of WORDS. */
bool cues_is_one_of(struct span text, const char *words)
{
    for (const char *at = words;; at++) {
        size_t same = 0;
        while (same < text.len && at[same] == text.at[same] && at[same] != '\0')
            same++;
        if (same == text.len && (at[same] == '|' || at[same] == '\0'))
            return true;
        while (*at != '|')
            if (*at++ == '\0')
                return false;
    }
}

char cues_mark(const struct prose *p, size_t i)
{
    return cues_is_mark(p, i) ? p->text.at[p->at[i].folded] : '\0';
}

bool cues_is_word(const struct prose *p, size_t i, const char *words)
{
    return !cues_is_mark(p, i) && cues_is_one_of(prose_folded(p, i), words);
}

bool cues_ends_sentence(const struct prose *p, size_t i)
{
    char c = cues_mark(p, i);
    if (c == '!' || c == '?')
        return true;
    return c == '.' && !(i > 0 && cues_is_word(p, i - 1,
                                               "e.g|i.e|eg|ie|incl|inc|vs|viz|cf|approx|dept|"
                                               "ver|no|ltd"));
}

static enum cues_link stronger(enum cues_link a, enum cues_link b)
{
    return a > b ? a : b;
}

bool cues_is_version(struct span text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += text.at[i] >= '0' && text.at[i] <= '9';
    return digits > 0 && text.len <= 8;
}

enum cues_link cues_link_of(const struct prose *p, size_t from, size_t to, bool *many)
{
    enum cues_link link = LINK_PLAIN;
    size_t others = 0;
    *many = false;
    if (to - from > MAX_BETWEEN)
        return LINK_NONE;
    for (size_t i = from; i < to; i++) {
        char c = cues_mark(p, i);
        if (cues_is_mark(p, i) && (!c || !strchr(":=|?-(,\"'*)", c)))
            return LINK_NONE;
        if (c == ':' || c == '=' || c == '|' || c == '?')
            link = stronger(link, LINK_COLON);
        else if (c == '-')
            link = stronger(link, LINK_DASH);
        else if (c == '(')
            link = stronger(link, LINK_BRACKET);
        else if (cues_is_word(p, i, COPULAS)) {
            link = stronger(link, LINK_COPULA);
            *many |= cues_is_word(p, i, PLURAL_COPULAS);
        } else if (!cues_is_mark(p, i) && !cues_is_version(prose_folded(p, i)) &&
                   !cues_is_word(p, i, SMALL_WORDS) && !cues_is_word(p, i, THINGS)) {
            if (++others > MAX_TITLE)
                return LINK_NONE; /* too many, whatever links them */
        }
    }
    bool entitled = link == LINK_COLON || link == LINK_DASH || link == LINK_BRACKET;
    return others == 0 || entitled ? link : LINK_NONE;
}

bool cues_listed_together(const struct prose *p, const struct cue_mention *a,
                          const struct cue_mention *b)
{
    if (b->first <= a->last)
        return b->start < a->end; /* or two sentences run together */
    char before = cues_mark(p, b->first - 1);
    if (p->at[b->first].flags & PROSE_LINE && before != ',' && before != '&' && before != '/' &&
        !cues_is_word(p, b->first - 1, "and|or|nor"))
        return false; /* the line before is an entry of its own */
    for (size_t i = a->last + 1; i < b->first; i++) {
        char c = cues_mark(p, i);
        if (c != ',' && c != '&' && c != '/' && !cues_is_word(p, i, "and|or|nor|both") &&
            (cues_is_mark(p, i) || !cues_is_version(prose_folded(p, i))))
            return false;
    }
    return true;
}
