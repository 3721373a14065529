/* label -- the numbers of questions as people write them. */
#include "text/label.h"

#include <ctype.h>
#include <stdio.h>

#include "text/numeral.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) != 0 && (unsigned char)c < 0x80;
}

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

/* ---- words before the number ---- */

struct word {
    const char *text;
    enum label_word word;
    bool several;
};

/* Longer ones before those that they begin with. */
static const struct word words[] = {
    {"responses to questions", LABEL_ANSWER, true},
    {"response to questions", LABEL_ANSWER, true},
    {"answers to questions", LABEL_ANSWER, true},
    {"answer to questions", LABEL_ANSWER, true},
    {"response to question", LABEL_ANSWER, false},
    {"answer to question", LABEL_ANSWER, false},
    {"reply to question", LABEL_ANSWER, false},
    {"cwestiynau", LABEL_QUESTION, true}, /* Welsh */
    {"cwestiwn", LABEL_QUESTION, false},
    {"questions", LABEL_QUESTION, true},
    {"question", LABEL_QUESTION, false},
    {"quest", LABEL_QUESTION, false},
    {"items", LABEL_QUESTION, true},
    {"item", LABEL_QUESTION, false},
    {"points", LABEL_QUESTION, true},
    {"point", LABEL_QUESTION, false},
    {"parts", LABEL_QUESTION, true},
    {"requests", LABEL_QUESTION, true},
    {"request", LABEL_QUESTION, false},
    {"queries", LABEL_QUESTION, true},
    {"query", LABEL_QUESTION, false},
    {"answers", LABEL_ANSWER, true},
    {"answer", LABEL_ANSWER, false},
    {"ans", LABEL_ANSWER, false},
    {"response", LABEL_ANSWER, false},
    {"reply", LABEL_ANSWER, false},
    {"section", LABEL_SECTION, false},
    {"part", LABEL_SECTION, false},
    {"qns", LABEL_QUESTION, true},
    {"qn", LABEL_QUESTION, false},
    {"qu", LABEL_QUESTION, false},
    {"qs", LABEL_QUESTION, true},
    {"q", LABEL_QUESTION, false},
};

static bool word_at(struct span text, size_t at, const char *word)
{
    size_t len = strlen(word);
    if (at > text.len || text.len - at < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (tolower((unsigned char)text.at[at + i]) != word[i])
            return false;
    return true;
}

/* The place of the number behind "No." or "number" or "#". */
static size_t skip_number_word(struct span text, size_t at)
{
    size_t next = at;
    if (word_at(text, at, "number"))
        next = at + strlen("number");
    else if (word_at(text, at, "no.") || word_at(text, at, "no "))
        next = at + strlen("no.");
    else if (at_of(text, at) == '#')
        next = at + 1;
    next = skip_spaces(text, next);
    return is_digit(at_of(text, next)) ? next : at;
}

static size_t read_word(struct span text, size_t at, struct label *l)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!word_at(text, at, words[i].text))
            continue;
        size_t len = strlen(words[i].text), next = at + len;
        if (len > 2 && is_letter(at_of(text, next)))
            continue;
        if (at_of(text, next) == '.' && len <= 3)
            next++;
        next = skip_number_word(text, skip_spaces(text, next));
        l->word = words[i].word;
        l->several = words[i].several;
        return next;
    }
    return at;
}

/* ---- parts ---- */

static bool is_roman(const char *part)
{
    return part[0] && strspn(part, "ivx") == strlen(part);
}

static bool add_part(struct label *l, struct span text)
{
    while (text.len > 1 && text.at[0] == '0')
        text = (struct span){text.at + 1, text.len - 1};
    if (l->count == LABEL_PARTS || text.len == 0 || text.len >= LABEL_PART)
        return false;
    char *part = l->part[l->count++];
    memset(part, 0, LABEL_PART);
    for (size_t i = 0; i < text.len; i++)
        part[i] = (char)tolower((unsigned char)text.at[i]);
    return true;
}

/* The bytes of the digits, the letter or the roman numeral at AT; 0 if none stands there
 * by itself. */
static size_t part_length(struct span text, size_t at)
{
    size_t len = 0;
    while (is_digit(at_of(text, at + len)))
        len++;
    if (len)
        return len <= 3 ? len : 0;
    while (is_letter(at_of(text, at + len)))
        len++;
    if (len == 1)
        return 1;
    if (len == 0 || len >= LABEL_PART)
        return 0;
    char part[LABEL_PART] = "";
    for (size_t i = 0; i < len; i++)
        part[i] = (char)tolower((unsigned char)text.at[at + i]);
    return is_roman(part) ? len : 0;
}

static size_t attached(struct span text, size_t at, struct label *l);

/* "[1] ", a number in square brackets: boxes have no digit in theirs, and a link's mark stands
 * before it without a space. */
static bool squared(struct span text, size_t at)
{
    size_t end = at + 1;
    bool letter = is_letter(at_of(text, end)) && is_digit(at_of(text, end + 1));
    if (at_of(text, at) != '[' || !(is_digit(at_of(text, end)) || letter))
        return false;
    while (is_digit(at_of(text, end)) || is_letter(at_of(text, end)) || at_of(text, end) == '(' ||
           at_of(text, end) == ')')
        end++;
    return at_of(text, end) == ']' && !is_letter(at_of(text, end + 1));
}

/* Parts in brackets: "(a)", "(2a)", "(5(b))", "[2a]"; the end, or AT. */
static size_t bracketed(struct span text, size_t at, struct label *l)
{
    struct label before = *l;
    bool square = squared(text, at);
    if (at_of(text, at) != '(' && !square)
        return at;
    size_t start = skip_spaces(text, at + 1), len = part_length(text, start);
    if (len == 0 || !add_part(l, (struct span){text.at + start, len}))
        return at;
    size_t end = start + len, next;
    while ((next = attached(text, end, l)) > end)
        end = next;
    next = bracketed(text, skip_spaces(text, end), l);
    end = skip_spaces(text, next);
    if (at_of(text, end) != (square ? ']' : ')')) {
        *l = before;
        return at;
    }
    l->terminal = true;
    return end + 1;
}

/* "part ii" behind a number; its end, or AT. */
static size_t spelled(struct span text, size_t at, struct label *l)
{
    size_t start = skip_spaces(text, at);
    if (at_of(text, start) == ',')
        start = skip_spaces(text, start + 1);
    if (!word_at(text, start, "part "))
        return at;
    start = skip_spaces(text, start + strlen("part "));
    size_t len = part_length(text, start);
    return len && !is_letter(at_of(text, start + len)) &&
                   add_part(l, (struct span){text.at + start, len})
               ? start + len
               : at;
}

static bool closes(char c)
{
    return c == ')' || c == '.' || c == ':';
}

/* A letter behind digits ("4a"), behind a mark or space if a mark closes it ("4. a.", "4 a)"),
 * digits behind a point ("4.1"); its end, or AT. */
static size_t attached(struct span text, size_t at, struct label *l)
{
    size_t start = at;
    bool apart = false;
    if (closes(at_of(text, start)) && at_of(text, start) != ':') {
        start++;
        apart = true;
    }
    size_t spaced = skip_spaces(text, start);
    size_t len = part_length(text, spaced);
    char after = at_of(text, spaced + len);
    bool on =
        is_letter(after) && is_digit(at_of(text, spaced)) && part_length(text, spaced + len) > 0;
    if (len == 0 || is_digit(after) || (is_letter(after) && !on))
        return at;
    if (is_digit(at_of(text, spaced))) { /* "A1", "4.1", but not "4) 1" */
        bool behind_digits = l->count && is_digit(l->part[l->count - 1][0]);
        bool point = apart && at_of(text, at) == '.';
        if (spaced != start || (apart && !point) || (behind_digits && !point))
            return at;
    } else if (spaced > at && !closes(after)) {
        return at;
    }
    return add_part(l, (struct span){text.at + spaced, len}) ? spaced + len : at;
}

/* The next part behind END, in one of the ways; its end, or END. */
static size_t next_part(struct span text, size_t end, struct label *l)
{
    size_t spaced = skip_spaces(text, end), next = bracketed(text, spaced, l);
    if (next > spaced)
        return next;
    next = spelled(text, end, l);
    if (next == end)
        next = attached(text, end, l);
    if (next > end || at_of(text, end) != '.')
        return next;
    spaced = skip_spaces(text, end + 1); /* "1.(i)" */
    next = bracketed(text, spaced, l);
    return next > spaced ? next : end;
}

static size_t read_parts(struct span text, size_t at, struct label *l)
{
    size_t end = bracketed(text, at, l), number;
    size_t named =
        l->word == LABEL_BARE ? 0 : numeral_read(span_part(text, at, text.len - at), &number);
    if (end == at && named) {
        snprintf(l->part[0], LABEL_PART, "%zu", number);
        l->count = 1;
        end = at + named;
    } else if (end == at) {
        size_t len = part_length(text, at);
        if (len == 0 || !add_part(l, (struct span){text.at + at, len}))
            return at;
        end = at + len;
    }
    for (size_t next; (next = next_part(text, end, l)) > end;)
        end = next;
    return end;
}

/* ---- a label ---- */

static bool one_letter(const struct label *l)
{
    return l->count == 1 && !is_digit(l->part[0][0]);
}

/* The place behind one of WORDS, a NULL behind them, and the spaces behind it; AT if none is there.
 */
static size_t skip_word(struct span text, size_t at, const char *const *list)
{
    for (; *list; list++) {
        size_t end = at + strlen(*list);
        if (word_at(text, at, *list) && !is_letter(at_of(text, end)) && !is_digit(at_of(text, end)))
            return skip_spaces(text, end);
    }
    return at;
}

size_t label_of_request(struct span text, size_t at)
{
    static const char *const of[] = {"of", "in", "from", NULL};
    static const char *const whose[] = {"your", "the", "this", NULL};
    static const char *const kinds[] = {"foi", "original", "information", "freedom of information",
                                        NULL};
    static const char *const things[] = {"request", "letter",         "email", "enquiry",
                                         "query",   "correspondence", NULL};
    size_t start = skip_spaces(text, at), next = skip_word(text, start, of), end;
    size_t thing = skip_word(text, skip_word(text, next, whose), kinds);
    end = skip_word(text, thing, things);
    bool ends = end >= text.len || strchr(":.-\t\n", text.at[end]);
    return start > at && next > start && end > thing && ends ? end : at;
}

/* What follows the parts: sets how the label ends, or false if it is none. */
static bool read_end(struct span text, size_t *at, struct label *l)
{
    size_t behind = l->word == LABEL_BARE ? *at : label_of_request(text, *at);
    l->terminal |= behind > *at;
    *at = behind;
    char c = at_of(text, *at);
    size_t marks = 0;
    while (closes(c) || (c == ',' && l->word != LABEL_BARE)) {
        l->terminal = true;
        c = at_of(text, *at + ++marks);
    }
    *at += marks;
    size_t spaced = skip_spaces(text, *at);
    char next = at_of(text, spaced);
    if (spaced == *at && next && next != '\t' && next != '-' && !l->terminal)
        return false;
    if (marks && is_digit(next) && spaced == *at) /* 3.5 */
        return false;
    if (next == '-' && (spaced > *at || is_letter(at_of(text, spaced + 1)) || l->terminal ||
                        at_of(text, spaced + 1) == ' ' || l->word != LABEL_BARE)) {
        l->dashed = l->dash = !l->terminal;
        spaced = skip_spaces(text, spaced + 1);
    } else if (next == '-') {
        return false;
    }
    if (at_of(text, spaced) == ':' || at_of(text, spaced) == ')')
        spaced = skip_spaces(text, spaced + 1);
    l->dashed |= !l->terminal && next != '\t' && next != '\0';
    *at = spaced;
    return true;
}

/* "First question", "third point": sets L; its end, or AT. */
static size_t counted(struct span text, size_t at, struct label *l)
{
    static const char *const names[] = {"first", "second", "third",    "fourth",
                                        "fifth", "sixth",  "seventh",  "eighth",
                                        "ninth", "tenth",  "eleventh", "twelfth"};
    static const char *const things[] = {"question", "query", "point", "item", NULL};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!word_at(text, at, names[i]) || at_of(text, at + strlen(names[i])) != ' ')
            continue;
        size_t start = skip_spaces(text, at + strlen(names[i])),
               end = skip_word(text, start, things);
        if (end == start)
            return at;
        while (text.at[end - 1] == ' ')
            end--;
        snprintf(l->part[0], LABEL_PART, "%zu", i + 1);
        l->count = 1;
        l->word = LABEL_QUESTION;
        return end;
    }
    return at;
}

bool label_number(struct span text, size_t at, struct label *l, size_t *end)
{
    *l = (struct label){0};
    *end = counted(text, at, l);
    if (*end > at)
        return true;
    size_t start = read_word(text, at, l);
    size_t next = read_parts(text, start, l);
    if (next == start && l->word != LABEL_BARE) { /* "a)" may be a letter, and "Answer" a word */
        *l = (struct label){0};
        start = at;
        next = read_parts(text, at, l);
    }
    *end = next;
    return next > start;
}

/* The place behind the same number in another language, "Cwestiwn 1 / Question 1", or AT. */
static size_t again(struct span text, size_t at, const struct label *l)
{
    struct label other;
    size_t start = skip_spaces(text, at), end;
    if (l->word == LABEL_BARE || !at_of(text, start) || !strchr("/|", at_of(text, start)))
        return at;
    start = skip_spaces(text, start + 1);
    bool same = label_number(text, start, &other, &end) && other.word == l->word &&
                other.count == l->count && label_same(&other, l, l->count);
    return same ? end : at;
}

bool label_read(struct span text, size_t at, struct label *l, size_t *end)
{
    size_t next;
    if (!label_number(text, at, l, &next))
        return false;
    next = again(text, next, l);
    if (!read_end(text, &next, l))
        return false;
    /* "A dog", "I am": letters need a mark or a word before them */
    if (l->word == LABEL_BARE && one_letter(l) && !l->terminal && !l->dash)
        return false;
    *end = next;
    return true;
}

bool label_parse(struct span text, struct label *l)
{
    *l = (struct label){0};
    size_t at = read_word(text, skip_spaces(text, 0), l);
    while (at < text.len) {
        size_t word = is_letter(text.at[at]) ? read_word(text, at, l) : at;
        if (word > at && (is_letter(at_of(text, word)) || is_digit(at_of(text, word))))
            at = word;
        size_t len = part_length(text, at);
        bool sign = !is_letter(text.at[at]) && !is_digit(text.at[at]);
        if (!sign && (len == 0 || !add_part(l, (struct span){text.at + at, len})))
            return false;
        at += sign ? 1 : len;
    }
    l->word = LABEL_BARE;
    return l->count > 0;
}

bool label_same(const struct label *a, const struct label *b, size_t count)
{
    if (a->count < count || b->count < count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (memcmp(a->part[i], b->part[i], LABEL_PART) != 0)
            return false;
    return true;
}

static size_t roman(const char *part)
{
    size_t total = 0;
    for (size_t i = 0; part[i]; i++) {
        size_t value = part[i] == 'i' ? 1 : part[i] == 'v' ? 5 : 10;
        size_t next = part[i + 1] == 'v' ? 5 : part[i + 1] == 'x' ? 10 : 0;
        total = next > value ? total - value : total + value;
    }
    return total;
}

size_t label_ordinal(const char *part, enum label_reading reading)
{
    if (is_digit(part[0])) {
        size_t number = 0;
        for (size_t i = 0; is_digit(part[i]); i++)
            number = number * 10 + (size_t)(part[i] - '0');
        return number;
    }
    if (is_roman(part) && (part[1] || reading == LABEL_AS_ROMAN))
        return roman(part);
    return part[1] ? 0 : (size_t)(part[0] - 'a') + 1;
}

bool label_join(struct label *to, const struct label *a, size_t count, const struct label *b)
{
    struct label joined = *b;
    if (count > a->count || count + b->count > LABEL_PARTS)
        return false;
    memcpy(joined.part, a->part, count * sizeof *a->part);
    memcpy(joined.part + count, b->part, b->count * sizeof *b->part);
    joined.count = count + b->count;
    *to = joined;
    return true;
}
