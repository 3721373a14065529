/* cues_words -- what the words of an answer are to the cues around them. */
#include "cues_words.h"

/* Words between a mention and a cue behind it, and how far to look. */
#define MAX_BETWEEN 6
#define MAX_TITLE 3 /* words of a form's entry behind the mention: "Python 3 scripting: No" */

static struct cues_list small_words = {.words = "currently|now|also|which|that|it|this|these|they|"
                                                "we|the|trust|both|all|but|though|although|"
                                                "ltd|limited|plc|llp|inc|'s"};
static struct cues_list things = {
    .words = "database|databases|system|systems|site|sites|website|websites|app|apps|application|"
             "applications|page|pages|script|scripts|code|software|project|projects|server|servers|"
             "solution|solutions|form|forms|tool|tools|version|versions|messaging|messages|skills|"
             "expertise|experience|knowledge|development|programming|developer|"
             "developers|programmer|programmers|usage|coding|scripting|support"};
/* No noun that a name stands before: what starts a clause or is an adverb. */
static struct cues_list no_nouns = {
    .words = "and|or|nor|but|yes|there|here|where|when|what|whom|whose|then|than|if|as|at|in|on|"
             "for|to|with|by|from|of|"
             "so|because|since|while|only|today|you|he|she|our|if|once|until|unless|after|before"};
static struct cues_list joints = {.words = "and|or|nor"};
static struct cues_list listed = {.words = "and|or|nor|both"};
static struct cues_list copulas = {.words = "is|was|are|were|has|have|been|being|be"};
static struct cues_list plural_copulas = {.words = "are|were|have"};
static struct cues_list shortened = {.words =
                                         "e.g|i.e|eg|ie|incl|inc|vs|viz|cf|approx|dept|ver|no|ltd"};

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

/* The kind of a word. */
static size_t kind_of(struct span word)
{
    unsigned first = (unsigned char)word.at[0], last = (unsigned char)word.at[word.len - 1];
    return (first + 7 * last + 19 * word.len) % CUES_KINDS;
}

static __attribute__((noinline)) void find_places(struct cues_list *list)
{
    const char *at = list->words;
    for (size_t len; *at; at += len + (at[len] == '|')) {
        len = strcspn(at, "|");
        if (len == 0)
            continue;
        uint16_t *place = &list->places[kind_of((struct span){at, len})];
        *place = *place ? *place | 1 : (uint16_t)(2 * (at - list->words) + 2);
    }
    list->ready = true;
}

/* Is WORD the first of WORDS? */
static bool starts_with(const char *words, struct span word)
{
    size_t same = 0;
    while (same < word.len && words[same] == word.at[same] && words[same] != '\0')
        same++;
    return same == word.len && (words[same] == '|' || words[same] == '\0');
}

bool cues_is_word(const struct prose *p, size_t i, struct cues_list *list)
{
    struct span word = prose_folded(p, i);
    if (cues_is_mark(p, i) || word.len == 0)
        return false;
    if (!list->ready)
        find_places(list);
    size_t place = list->places[kind_of(word)];
    if (place == 0)
        return false;
    const char *first = list->words + place / 2 - 1;
    return place & 1 ? cues_is_one_of(word, first) : starts_with(first, word);
}

bool cues_is_joint(const struct prose *p, size_t i)
{
    return cues_is_word(p, i, &joints);
}

bool cues_is_copula(const struct prose *p, size_t i)
{
    return cues_is_word(p, i, &copulas);
}

bool cues_is_plural_copula(const struct prose *p, size_t i)
{
    return cues_is_word(p, i, &plural_copulas);
}

bool cues_ends_sentence(const struct prose *p, size_t i)
{
    char c = cues_mark(p, i);
    if (c == '!' || c == '?')
        return true;
    return c == '.' && !(i > 0 && cues_is_word(p, i - 1, &shortened));
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

/* "Ford (6 of which are on order)": some of them, so it says nothing of the name. */
static bool is_of_some(const struct prose *p, size_t i)
{
    static struct cues_list of = {.words = "of"}, them = {.words = "which|these|them|those"};
    return cues_is_word(p, i, &of) && cues_is_word(p, i + 1, &them);
}

/* "Somali interpreters have not been needed": a noun behind the name, and its verb. */
static bool is_noun_of(const struct prose *p, size_t i, size_t from, size_t to)
{
    struct span word = prose_folded(p, i);
    bool adverb = word.len > 2 && memcmp(span_end(word) - 2, "ly", 2) == 0;
    return (i == from || (i == from + 1 && span_eq(prose_folded(p, from), SPAN("'s")))) &&
           !adverb && !cues_is_word(p, i, &no_nouns) && (i + 1 == to || cues_is_copula(p, i + 1));
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
        if ((cues_is_mark(p, i) && (!c || !strchr(":=|?-(,\"'*)", c))) || is_of_some(p, i))
            return LINK_NONE;
        if (c == ':' || c == '=' || c == '|' || c == '?')
            link = stronger(link, LINK_COLON);
        else if (c == '-')
            link = stronger(link, LINK_DASH);
        else if (c == '(')
            link = stronger(link, LINK_BRACKET);
        else if (cues_is_copula(p, i)) {
            link = stronger(link, LINK_COPULA);
            *many |= cues_is_plural_copula(p, i);
        } else if (!cues_is_mark(p, i) && !cues_is_version(prose_folded(p, i)) &&
                   !cues_is_word(p, i, &small_words) && !cues_is_word(p, i, &things) &&
                   !is_noun_of(p, i, from, to)) {
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
        !cues_is_joint(p, b->first - 1))
        return false; /* the line before is an entry of its own */
    for (size_t i = a->last + 1; i < b->first; i++) {
        char c = cues_mark(p, i);
        if (c != ',' && c != '&' && c != '/' && !cues_is_word(p, i, &listed) &&
            (cues_is_mark(p, i) || !cues_is_version(prose_folded(p, i))))
            return false;
    }
    return true;
}
