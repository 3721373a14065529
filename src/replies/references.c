/* references -- questions that a letter names by their numbers. */
#include "references.h"

#include <ctype.h>

#define OTHER_MAX 90 /* bytes of a text that only points elsewhere */

static char at_of(struct span text, size_t at)
{
    return at < text.len ? text.at[at] : '\0';
}

static size_t skip_spaces(struct span text, size_t at)
{
    while (at_of(text, at) == ' ')
        at++;
    return at;
}

static bool word_at(struct span text, size_t at, const char *word, size_t *end)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < len; i++)
        if (tolower((unsigned char)at_of(text, at + i)) != word[i])
            return false;
    *end = at + len;
    return true;
}

static void add(struct references *r, size_t question)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->at[i] == question)
            return;
    if (r->count < REFERENCES_MAX)
        r->at[r->count++] = (uint32_t)question;
}

static bool add_label(const struct questions *q, const struct label *l, struct references *r)
{
    size_t first;
    bool whole;
    if (questions_labelled(q, l, &first, &whole) == 0)
        return false;
    if (whole) {
        add(r, first);
        return true;
    }
    for (size_t i = 0; i < q->count; i++)
        if (label_same(&q->at[i].label, l, l->count))
            add(r, i);
    return true;
}

/* What joins two numbers: "and" or a range. */
enum join { JOIN_NONE, JOIN_AND, JOIN_RANGE };

static enum join join_at(struct span text, size_t at, size_t *end)
{
    static const struct {
        const char *word;
        enum join join;
    } joins[] = {{"and ", JOIN_AND},      {"& ", JOIN_AND},   {"&", JOIN_AND},
                 {", and ", JOIN_AND},    {",", JOIN_AND},    {"/", JOIN_AND},
                 {"to ", JOIN_RANGE},     {"- ", JOIN_RANGE}, {"-", JOIN_RANGE},
                 {"through ", JOIN_RANGE}};
    size_t start = skip_spaces(text, at);
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (word_at(text, start, joins[i].word, end)) {
            *end = skip_spaces(text, *end);
            return joins[i].join;
        }
    return JOIN_NONE;
}

static bool ends_number(struct span text, size_t at)
{
    return !isalnum((unsigned char)at_of(text, at)) &&
           !((at_of(text, at) == '.' || at_of(text, at) == '/' || at_of(text, at) == ',') &&
             isdigit((unsigned char)at_of(text, at + 1)));
}

static void add_range(struct references *r, const struct references *to)
{
    uint32_t first = r->at[r->count - 1], last = to->at[to->count - 1];
    for (uint32_t i = first; i <= last; i++)
        add(r, i);
}

/* The next number of a list, with the parts before it where only a letter is given
 * ("4a and b"). */
static bool further(const struct questions *q, struct span text, size_t at,
                    const struct label *before, struct label *l, struct references *one,
                    size_t *end)
{
    if (!label_number(text, at, l, end) || !ends_number(text, *end))
        return false;
    *one = (struct references){0};
    if (add_label(q, l, one))
        return true;
    struct label joined;
    for (size_t k = before->count; k-- > 1;)
        if (label_join(&joined, before, k, l) && add_label(q, &joined, one)) {
            *l = joined;
            return true;
        }
    return false;
}

bool references_read(const struct questions *q, struct span text, size_t at, struct references *r,
                     size_t *end)
{
    struct label l;
    *r = (struct references){0};
    if (!label_number(text, at, &l, end) || !ends_number(text, *end) || !add_label(q, &l, r))
        return false;
    r->first = l;
    for (;;) {
        size_t next, stop;
        struct label other;
        struct references one;
        enum join join = join_at(text, *end, &next);
        bool spaced_dash = join == JOIN_RANGE && at_of(text, *end) == ' ' &&
                           at_of(text, skip_spaces(text, *end)) == '-';
        bool comma = at_of(text, skip_spaces(text, *end)) == ',';
        bool worded = join != JOIN_NONE && label_number(text, next, &other, &stop) &&
                      other.word == LABEL_QUESTION;
        if (comma && r->first.word != LABEL_BARE && !r->first.several && !worded)
            return true; /* "question 7, 4 of them" */
        if (join == JOIN_NONE || !further(q, text, next, &l, &other, &one, &stop))
            return true;
        char behind = at_of(text, skip_spaces(text, stop));
        if (spaced_dash && behind != ':' && behind != '-')
            return true; /* "1 - 4" is the answer 4 to question 1, "1 - 4:" a range */
        if (join == JOIN_RANGE && one.at[0] < r->at[r->count - 1])
            return true;
        if (join == JOIN_RANGE)
            add_range(r, &one);
        for (size_t i = 0; i < one.count; i++)
            add(r, one.at[i]);
        r->joined = true;
        l = other;
        *end = stop;
    }
}

/* ---- pointing elsewhere ---- */

/* Words that may stand around the number in such a text. */
static bool is_pointing(struct span word)
{
    static const char words[] =
        " see refer as per to the same in our answer answers response responses reply above "
        "previous question questions given for please of part item under at is it this that "
        "number covered included provided with i e also and note q question's ";
    char padded[16] = " ";
    if (word.len > 12)
        return false;
    for (size_t i = 0; i < word.len; i++)
        padded[i + 1] = (char)tolower((unsigned char)word.at[i]);
    padded[word.len + 1] = ' ';
    return strstr(words, padded) != NULL;
}

static bool points(struct span text)
{
    static const char *const cues[] = {"see ", "refer ", "as ", "same ", "per ", "covered "};
    size_t end;
    for (size_t i = 0; i < text.len; i++)
        for (size_t k = 0; k < sizeof cues / sizeof *cues; k++)
            if ((i == 0 || !isalpha((unsigned char)text.at[i - 1])) &&
                word_at(text, i, cues[k], &end))
                return true;
    return false;
}

uint32_t references_other(const struct questions *q, struct span text, uint32_t from)
{
    uint32_t found = QUESTIONS_NONE;
    bool above = false;
    if (text.len > OTHER_MAX || !points(text))
        return QUESTIONS_NONE;
    for (size_t i = 0; i < text.len;) {
        if (!isalnum((unsigned char)text.at[i])) {
            i++;
            continue;
        }
        struct references r;
        size_t end;
        bool figures =
            isdigit((unsigned char)text.at[i]) || text.at[i] == 'q' || text.at[i] == 'Q' ||
            isupper((unsigned char)text.at[i]) ||
            (isalpha((unsigned char)text.at[i]) && tolower((unsigned char)text.at[i]) == 'q');
        if (figures && references_read(q, text, i, &r, &end)) {
            if (found == QUESTIONS_NONE)
                found = r.at[0];
            i = end;
            continue;
        }
        size_t start = i;
        while (i < text.len && (isalnum((unsigned char)text.at[i]) || text.at[i] == '\''))
            i++;
        struct span word = {text.at + start, i - start};
        if (!is_pointing(word))
            return QUESTIONS_NONE;
        above |= (word.len == 5 && word_at(text, start, "above", &end)) ||
                 (word.len == 8 && word_at(text, start, "previous", &end));
    }
    if (found == QUESTIONS_NONE && above && from > 0)
        found = from - 1;
    return found == from ? QUESTIONS_NONE : found;
}
