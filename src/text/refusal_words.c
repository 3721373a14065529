/* refusal_words -- the words of a reply, and patterns of words. */
#include "refusal_words.h"

#include <strings.h>

#include "base/arena.h"

#define GAP_WORDS 4
#define LONGEST_WORD 16

/* ---- what words are known for ---- */

/* The place of WORD in any case, INTERN_NONE for one that is not known. */
static size_t word_place(const struct refusal_reader *r, struct span word)
{
    char lower[LONGEST_WORD];
    if (word.len > sizeof lower)
        return INTERN_NONE;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = (char)(word.at[i] >= 'A' && word.at[i] <= 'Z' ? word.at[i] | 0x20 : word.at[i]);
    return intern_find(&r->words, (struct span){lower, word.len});
}

static void learn(struct refusal_reader *r, struct span word, unsigned flags, uint64_t phrases)
{
    size_t before = r->words.count;
    size_t place = intern_add_borrowed(&r->words, word);
    if (place >= r->known_cap)
        r->known = array_grow(r->known, &r->known_cap, place + 1, sizeof *r->known);
    if (place == before)
        r->known[place] = (struct refusal_word){0};
    r->known[place].flags |= flags;
    r->known[place].phrases |= phrases;
}

void refusal_learn(struct refusal_reader *r, const char *list, size_t len, unsigned flags,
                   uint64_t phrases)
{
    for (const char *end = list + len; list < end;) {
        const char *bar = memchr(list, '|', (size_t)(end - list));
        struct span word = span_from(list, bar ? bar : end);
        learn(r, word, flags, phrases);
        list += word.len + 1;
    }
}

/* ---- words and sentences ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters, digits, apostrophes, and all beyond ASCII but the signs of Latin-1
 * (lead byte C2), the pound sign among them. */
static bool is_word_byte(char c)
{
    unsigned char u = (unsigned char)c;
    bool letter = (u | 0x20) >= 'a' && (u | 0x20) <= 'z';
    return letter || is_digit(c) || c == '\'' || (u >= 0x80 && u != 0xC2);
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Whether a sentence ends between two words: at a mark that ends one, unless it
 * stands behind a single letter ("s. 43", "n.a.") or the text goes on in lower case. */
static bool ends_sentence(struct span before, struct span after)
{
    struct span gap = span_from(before.at + before.len, after.at);
    if (memchr(gap.at, ';', gap.len) || memchr(gap.at, '!', gap.len) ||
        memchr(gap.at, '?', gap.len))
        return true;
    return before.len > 1 && gap.len > 1 && memchr(gap.at, '.', gap.len) && is_upper(after.at[0]);
}

static void add_token(struct refusal_reader *r, struct span word, size_t sentence)
{
    if (r->count == r->cap)
        r->tokens = array_grow(r->tokens, &r->cap, r->count + 1, sizeof *r->tokens);
    size_t place = word_place(r, word);
    struct refusal_token *t = &r->tokens[r->count++];
    *t = (struct refusal_token){.word = word, .sentence = sentence};
    if (place != INTERN_NONE)
        t->known = r->known[place];
}

static void split_words(struct refusal_reader *r, struct span text)
{
    size_t sentence = 0;
    r->count = 0;
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        while (i < text.len && is_word_byte(text.at[i]))
            i++;
        if (i == start) {
            i += (unsigned char)text.at[i] == 0xC2 ? 2 : 1;
            continue;
        }
        struct span word = {text.at + start, i - start};
        if (r->count && ends_sentence(r->tokens[r->count - 1].word, word))
            sentence++;
        add_token(r, word, sentence);
    }
}

/* ---- patterns ---- */

/* Whether WORD is the part of a list from AT up to | or the end. */
static bool is_listed(struct span word, const char *at, size_t len)
{
    return word.len == len && strncasecmp(word.at, at, len) == 0;
}

static bool in_list(struct span word, const char *list, size_t list_len)
{
    const char *end = list + list_len;
    while (list < end) {
        const char *bar = memchr(list, '|', (size_t)(end - list));
        size_t len = (size_t)((bar ? bar : end) - list);
        if (is_listed(word, list, len))
            return true;
        list += len + 1;
    }
    return false;
}

size_t refusal_match(const struct refusal_reader *r, size_t i, const char *pattern)
{
    size_t start = i, gap = 0;
    size_t sentence = i < r->count ? r->tokens[i].sentence : 0;
    while (*pattern) {
        size_t len = strcspn(pattern, " ");
        const char *next = pattern + len + (pattern[len] == ' ');
        bool optional = pattern[len - 1] == '?';
        if (len == 1 && *pattern == '*') {
            gap = GAP_WORDS;
            pattern = next;
            continue;
        }
        bool there = i < r->count && r->tokens[i].sentence == sentence;
        if (there && in_list(r->tokens[i].word, pattern, len - optional)) {
            gap = 0;
            i++;
        } else if (there && gap > 0) {
            gap--;
            i++;
            continue;
        } else if (!optional) {
            return 0;
        }
        pattern = next;
    }
    return i - start;
}

/* ---- citations ---- */

bool refusal_has_digit(struct span word)
{
    for (size_t i = 0; i < word.len; i++)
        if (is_digit(word.at[i]))
            return true;
    return false;
}

/* Sections 12 and 14 and the exemptions of Part II, 21 to 44. */
static struct span reason_of(int section)
{
    static const char reasons[][12] = {
        "refused:s21", "refused:s22", "refused:s23", "refused:s24", "refused:s25", "refused:s26",
        "refused:s27", "refused:s28", "refused:s29", "refused:s30", "refused:s31", "refused:s32",
        "refused:s33", "refused:s34", "refused:s35", "refused:s36", "refused:s37", "refused:s38",
        "refused:s39", "refused:s40", "refused:s41", "refused:s42", "refused:s43", "refused:s44"};
    if (section == 12)
        return SPAN("refused:s12");
    if (section == 14)
        return SPAN("refused:s14");
    if (section < 21 || section > 44)
        return (struct span){0};
    return (struct span){reasons[section - 21], sizeof reasons[0] - 1};
}

/* Two digits and perhaps an a (section 22A), nothing else; else 0. */
static int section_number(struct span word)
{
    if (word.len < 2 || word.len > 3 || (word.len == 3 && (word.at[2] | 0x20) != 'a'))
        return 0;
    if (!is_digit(word.at[0]) || !is_digit(word.at[1]))
        return 0;
    return (word.at[0] - '0') * 10 + (word.at[1] - '0');
}

/* "section 43", "s.43", "s43": the words taken, 0 if there is none. */
static size_t cited_number(const struct refusal_reader *r, size_t i, int *section)
{
    static const char *const glued[] = {"section", "sec", "ss", "s"};
    struct span word = r->tokens[i].word;
    if (r->tokens[i].known.flags & WORD_SECTION && i + 1 < r->count) {
        *section = section_number(r->tokens[i + 1].word);
        return *section ? 2 : 0;
    }
    if ((word.at[0] | 0x20) != 's' || !refusal_has_digit(word))
        return 0;
    for (size_t k = 0; k < sizeof glued / sizeof *glued; k++) {
        size_t len = strlen(glued[k]);
        if (word.len <= len || strncasecmp(word.at, glued[k], len) != 0)
            continue;
        *section = section_number((struct span){word.at + len, word.len - len});
        if (*section)
            return 1;
    }
    return 0;
}

/* (2), (1)(a) and the like behind a section. */
static size_t subsections(const struct refusal_reader *r, size_t i)
{
    size_t start = i;
    while (i < r->count && i > 0) {
        struct span before = r->tokens[i - 1].word, word = r->tokens[i].word;
        size_t gap = (size_t)(word.at - before.at) - before.len;
        if (word.len > 4 || word.at[-1] != '(' || gap > 3)
            break;
        i++;
    }
    return i - start;
}

/* Another section of the Act, at I behind the one cited from FIRST on: "and 43(2)", "& 43", and
 * where several are announced, ", 43". */
static size_t further_section(const struct refusal_reader *r, size_t first, size_t i)
{
    size_t joined = refusal_match(r, i, "and|or");
    if (i + joined >= r->count)
        return 0;
    struct span last = r->tokens[i - 1].word, number = r->tokens[i + joined].word;
    struct span gap = span_from(last.at + last.len, number.at);
    bool several = refusal_match(r, first, "sections|ss") > 0;
    bool listed = joined || memchr(gap.at, '&', gap.len) ||
                  (several && (memchr(gap.at, ',', gap.len) || memchr(gap.at, '/', gap.len)));
    if (!listed || !reason_of(section_number(number)).at)
        return 0;
    return joined + 1 + subsections(r, i + joined + 1);
}

size_t refusal_further(const struct refusal_reader *r, size_t i)
{
    size_t start = i + r->tokens[i].cited, at = start, taken;
    while ((taken = further_section(r, i, at)) > 0)
        at += taken;
    return at - start;
}

/* S44 5BL is a postcode. */
static bool ends_postcode(const struct refusal_reader *r, size_t i)
{
    if (i >= r->count || r->tokens[i].word.len != 3)
        return false;
    const char *at = r->tokens[i].word.at;
    return is_digit(at[0]) && !is_digit(at[1]) && !is_digit(at[2]);
}

/* The words of a citation of the Act at I, or 0. */
static size_t citation(const struct refusal_reader *r, size_t i, struct span *reason)
{
    int section = 0;
    size_t taken = cited_number(r, i, &section);
    if (!taken)
        return 0;
    *reason = reason_of(section);
    taken += subsections(r, i + taken);
    size_t act = refusal_match(r, i + taken, "of? the? freedom of information act? 2000?");
    if (!act)
        act = refusal_match(r, i + taken, "of? the? foi|foia act? 2000?");
    if (!act)
        act = refusal_match(r, i + taken, "of the|this act");
    bool another = i + taken < r->count && r->tokens[i + taken].known.flags & WORD_OTHER && !act;
    return reason->at && !another && !ends_postcode(r, i + taken) ? taken + act : 0;
}

void refusal_split(struct refusal_reader *r, struct span text)
{
    split_words(r, text);
    for (size_t i = 0; i < r->count; i++)
        r->tokens[i].cited = citation(r, i, &r->tokens[i].reason);
}
