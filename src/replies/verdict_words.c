/* verdict_words -- what the words of a sentence are: which it has, how it begins, whether it has a
 * figure that is no section, year or date. */
#include <ctype.h>
#include <strings.h>

#include "verdict_parts.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

struct span verdict_trim(struct span s)
{
    while (s.len && strchr(" .,;:-\"'()", s.at[0]) && s.at[0])
        s = (struct span){s.at + 1, s.len - 1};
    while (s.len && strchr(" .,;:-\"'(", s.at[s.len - 1]) && s.at[s.len - 1])
        s.len--;
    return s;
}

bool verdict_alnum(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Finds WORDS, which begin and end with whole words, in TEXT, without regard to case. */
bool verdict_says(struct span text, const char *words)
{
    size_t len = strlen(words);
    for (size_t i = 0; i + len <= text.len; i++) {
        if (text.at[i] != *words && (text.at[i] | 0x20) != *words)
            continue; /* most places: what follows costs */
        if (i && verdict_alnum(text.at[i - 1]))
            continue;
        size_t k = 0;
        while (k < len && tolower((unsigned char)text.at[i + k]) == words[k])
            k++;
        if (k == len && (i + len == text.len || !verdict_alnum(text.at[i + len])))
            return true;
    }
    return false;
}

bool verdict_says_any(struct span text, const char *const *list)
{
    for (; *list; list++)
        if (verdict_says(text, *list))
            return true;
    return false;
}

bool verdict_is_one(struct span text, const char *const *list)
{
    for (; *list; list++)
        if (text.len == strlen(*list) && verdict_says(text, *list))
            return true;
    return false;
}

/* ---- sentences ---- */

static bool ends_sentence(struct span text, size_t i)
{
    char c = text.at[i], next = i + 1 < text.len ? text.at[i + 1] : ' ';
    if (c == '\n')
        return true;
    if ((c != '.' && c != '?' && c != '!') || (next != ' ' && next != '\n'))
        return false;
    if (c != '.')
        return true;
    /* "s. 43", "No. 4", "e.g. ": a point behind one letter, or a number or a small letter behind
     * it, ends no sentence */
    size_t behind = i + 1;
    while (behind < text.len && text.at[behind] == ' ')
        behind++;
    bool letter = i >= 1 && isalpha((unsigned char)text.at[i - 1]) &&
                  (i == 1 || !verdict_alnum(text.at[i - 2]));
    bool small = behind < text.len && islower((unsigned char)text.at[behind]);
    return !letter && !small;
}

size_t verdict_sentence(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (ends_sentence(text, i))
            return i + 1;
    return text.len;
}

/* The bytes of the one of WORDS that TEXT starts with; 0 if it starts with none. */
static size_t start_among(struct span text, const struct span *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_starts(text, words[i]))
            return words[i].len;
    return 0;
}

/* The bytes of an adverb at the start of TEXT that may stand between any two words: "is therefore
 * not held". */
static size_t adverb(struct span text)
{
    static const struct span adverbs[] = {
        SPAN_ROW("therefore "), SPAN_ROW("accordingly "), SPAN_ROW("consequently "),
        SPAN_ROW("currently "), SPAN_ROW("presently "),   SPAN_ROW("unfortunately "),
        SPAN_ROW("also "),      SPAN_ROW("actually "),    SPAN_ROW("thus "),
        SPAN_ROW("simply "),    SPAN_ROW("itself "),      SPAN_ROW("hence ")};
    return start_among(text, adverbs, sizeof adverbs / sizeof *adverbs);
}

/* The bytes of the month behind a day's number at the start of TEXT: " August". */
static size_t month(struct span text)
{
    static const struct span months[] = {
        SPAN_ROW(" January"), SPAN_ROW(" February"), SPAN_ROW(" March"),
        SPAN_ROW(" April"),   SPAN_ROW(" May"),      SPAN_ROW(" June"),
        SPAN_ROW(" July"),    SPAN_ROW(" August"),   SPAN_ROW(" September"),
        SPAN_ROW(" October"), SPAN_ROW(" November"), SPAN_ROW(" December")};
    return start_among(text, months, sizeof months / sizeof *months);
}

/* TEXT without such adverbs and dates, which are in explanations as well as in answers:
 * "outsourced in 2016". */
struct span verdict_plain(struct verdict *v, struct span text)
{
    struct buf *b = &v->sentence;
    buf_clear(b);
    for (size_t i = 0; i < text.len;) {
        size_t len =
            i && text.at[i - 1] == ' ' ? adverb((struct span){text.at + i, text.len - i}) : 0;
        if (len) {
            i += len;
            continue;
        }
        while (i + len < text.len && is_digit(text.at[i + len]))
            len++;
        bool alone = i == 0 || !(verdict_alnum(text.at[i - 1]) || strchr(".,", text.at[i - 1]));
        bool year = len == 4 && alone && (text.at[i] == '1' || text.at[i] == '2') &&
                    (text.at[i + 1] == '9' || text.at[i + 1] == '0') &&
                    !(i + 4 < text.len && verdict_alnum(text.at[i + 4]));
        if (year && !verdict_says(text, "act 2000")) {
            i += len;
            if (i + 2 < text.len && (text.at[i] == '/' || text.at[i] == '-') &&
                is_digit(text.at[i + 1]))
                for (i++; i < text.len && is_digit(text.at[i]);)
                    i++;
            continue;
        }
        size_t day =
            len && len <= 2 ? month((struct span){text.at + i + len, text.len - i - len}) : 0;
        if (!day)
            buf_add(b, (struct span){text.at + i, len ? len : 1});
        i += day + (len ? len : 1);
    }
    return buf_span(b);
}

bool verdict_begins(struct span text)
{
    static const char *const answers[] = {"yes",  "no",   "one",    "two",    "three",
                                          "four", "five", "six",    "seven",  "eight",
                                          "nine", "ten",  "eleven", "twelve", NULL};
    static const char *const about[] = {"fewer than", "less than", "under",   "approximately",
                                        "about",      "around",    "roughly", NULL};
    static const struct span of = SPAN_ROW(" of "); /* "Eleven of them could not be found" */
    size_t len = 0;
    text = verdict_trim(text);
    for (const char *const *a = about; *a; a++)
        if (text.len > strlen(*a) + 1 && is_digit(text.at[strlen(*a) + 1]) &&
            verdict_is_one((struct span){text.at, strlen(*a)}, (const char *const[]){*a, NULL}))
            return true;
    while (len < text.len && verdict_alnum(text.at[len]))
        len++;
    struct span rest = {text.at + len, text.len - len};
    bool apart = rest.len && (rest.at[0] != ' ' || span_starts(rest, of));
    if (len && apart && verdict_is_one((struct span){text.at, len}, answers))
        return true;
    return len == 3 && verdict_is_one((struct span){text.at, len}, answers);
}

bool verdict_counts(struct span text)
{
    static const char *const numbers[] = {"two",   "three", "four", "five",   "six",    "seven",
                                          "eight", "nine",  "ten",  "eleven", "twelve", NULL};
    size_t len = 0;
    while (len < text.len && verdict_alnum(text.at[len]))
        len++;
    return verdict_is_one((struct span){text.at, len}, numbers);
}

/* The bytes of a number in words or digits at the start of TEXT, with its sign and unit: "£1.2m",
 * "<5", "five". */
static size_t figure(struct span text)
{
    static const char *const words[] = {"one",   "two",   "three", "four", "five", "six",
                                        "seven", "eight", "nine",  "ten",  NULL};
    size_t start = 0, at;
    while (start < text.len &&
           (strchr("<>~$", text.at[start]) || (unsigned char)text.at[start] >= 0x80))
        start++;
    for (at = start; at < text.len && (is_digit(text.at[at]) || strchr(".,", text.at[at]));)
        at++;
    while (at > start && strchr(".,", text.at[at - 1]))
        at--;
    if (at > start && is_digit(text.at[start])) {
        while (at < text.len && (isalpha((unsigned char)text.at[at]) || text.at[at] == '%'))
            at++;
        return at;
    }
    for (at = 0; at < text.len && isalpha((unsigned char)text.at[at]);)
        at++;
    return verdict_is_one((struct span){text.at, at}, words) ? at : 0;
}

bool verdict_heads_figure(struct span text)
{
    static const struct span below[] = {SPAN_ROW("fewer than "), SPAN_ROW("less than "),
                                        SPAN_ROW("under ")};
    static const struct span behind[] = {SPAN_ROW(", "),    SPAN_ROW("; "),
                                         SPAN_ROW(" ("),    SPAN_ROW(" - "),
                                         SPAN_ROW(" but "), SPAN_ROW(" although ")};
    bool low = text.len && text.at[0] == '<';
    for (size_t i = 0; i < sizeof below / sizeof *below && !low; i++)
        if (text.len > below[i].len && strncasecmp(text.at, below[i].at, below[i].len) == 0) {
            low = true;
            text = (struct span){text.at + below[i].len, text.len - below[i].len};
        }
    size_t len = figure(text);
    struct span rest = {text.at + len, text.len - len};
    for (size_t i = 0; i < sizeof behind / sizeof *behind && len; i++)
        if (span_starts(rest, behind[i]))
            return true;
    return len && low && (rest.len == 0 || rest.at[0] == '.');
}

/* Whether the number at byte I of TEXT is that of a section: "section 16", "S40(2)". */
static bool is_cited(struct span text, size_t i)
{
    static const char *const parts[] = {
        "section", "sections", "s",        "ss",        "sec", "regulation", "regulations",
        "annex",   "appendix", "question", "questions", "q",   NULL};
    size_t end = i, start;
    while (end > 0 && strchr(" .", text.at[end - 1]))
        end--;
    for (start = end; start > 0 && isalpha((unsigned char)text.at[start - 1]);)
        start--;
    return verdict_is_one((struct span){text.at + start, end - start}, parts);
}

/* The bytes of the numbers at the start of TEXT, which are named together: "40(2), 41 and 43". */
static size_t further_numbers(struct span text)
{
    static const struct span joins[] = {SPAN_ROW(", "),   SPAN_ROW(" and "), SPAN_ROW(" or "),
                                        SPAN_ROW(" to "), SPAN_ROW(" & "),   SPAN_ROW("-")};
    size_t end = 0;
    for (bool more = true; more;) {
        while (end < text.len && (verdict_alnum(text.at[end]) || strchr("()", text.at[end])))
            end++;
        struct span rest = {text.at + end, text.len - end};
        more = false;
        for (size_t i = 0; i < sizeof joins / sizeof *joins && !more; i++) {
            more = span_starts(rest, joins[i]) && rest.len > joins[i].len &&
                   is_digit(rest.at[joins[i].len]);
            end += more ? joins[i].len : 0;
        }
    }
    return end;
}

bool verdict_has_figure(struct verdict *v, struct span sentence)
{
    struct span plain = verdict_plain(v, sentence);
    for (size_t i = 0; i < plain.len; i++) {
        if (!is_digit(plain.at[i]))
            continue;
        if (!is_cited(plain, i))
            return true;
        i += further_numbers((struct span){plain.at + i, plain.len - i}) - 1;
    }
    return false;
}
