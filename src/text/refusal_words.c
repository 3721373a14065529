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
    struct span gap = span_from(span_end(before), after.at);
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

/* What a section of an Act, or a regulation, says of the answer. */
struct law {
    int number;
    const char *reason;
};

/* Sections 12 and 14 and the exemptions of Part II of the Freedom of Information Act 2000. */
static const struct law ACT[] = {
    {12, "refused:s12"}, {14, "refused:s14"}, {21, "refused:s21"}, {22, "refused:s22"},
    {23, "refused:s23"}, {24, "refused:s24"}, {25, "refused:s25"}, {26, "refused:s26"},
    {27, "refused:s27"}, {28, "refused:s28"}, {29, "refused:s29"}, {30, "refused:s30"},
    {31, "refused:s31"}, {32, "refused:s32"}, {33, "refused:s33"}, {34, "refused:s34"},
    {35, "refused:s35"}, {36, "refused:s36"}, {37, "refused:s37"}, {38, "refused:s38"},
    {39, "refused:s39"}, {40, "refused:s40"}, {41, "refused:s41"}, {42, "refused:s42"},
    {43, "refused:s43"}, {44, "refused:s44"}, {0, NULL},
};

/* Sections 12, 14, 17 and 18 and Part 2 of the Freedom of Information (Scotland) Act 2002. */
static const struct law SCOTLAND[] = {
    {12, "refused:foisa_s12"}, {14, "refused:foisa_s14"},
    {17, "not_held"},          {18, "ncnd"},
    {25, "refused:foisa_s25"}, {26, "refused:foisa_s26"},
    {27, "refused:foisa_s27"}, {28, "refused:foisa_s28"},
    {29, "refused:foisa_s29"}, {30, "refused:foisa_s30"},
    {31, "refused:foisa_s31"}, {32, "refused:foisa_s32"},
    {33, "refused:foisa_s33"}, {34, "refused:foisa_s34"},
    {35, "refused:foisa_s35"}, {36, "refused:foisa_s36"},
    {37, "refused:foisa_s37"}, {38, "refused:foisa_s38"},
    {39, "refused:foisa_s39"}, {40, "refused:foisa_s40"},
    {41, "refused:foisa_s41"}, {0, NULL},
};

static struct span find_law(const struct law *law, int number)
{
    for (; law->reason; law++)
        if (law->number == number)
            return span_of(law->reason);
    return (struct span){0};
}

static struct span reason_of(const struct refusal_reader *r, int section)
{
    struct span reason = find_law(r->scottish ? SCOTLAND : ACT, section);
    return reason.at || !r->in_scotland ? reason : find_law(ACT, section); /* cited by mistake */
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

/* 2, a, iv: no word such as in "section 12 (cost of compliance)". */
static bool numbers_part(struct span word)
{
    size_t numeral = 0;
    while (numeral < word.len && strchr("ivxIVX", word.at[numeral]))
        numeral++;
    return word.len == 1 || (word.len <= 4 && (numeral == word.len || is_digit(word.at[0])));
}

/* (2), (1)(a) and the like behind a section. */
static size_t subsections(const struct refusal_reader *r, size_t i)
{
    size_t start = i;
    while (i < r->count && i > 0) {
        struct span before = r->tokens[i - 1].word, word = r->tokens[i].word;
        size_t gap = (size_t)(word.at - before.at) - before.len;
        if (!numbers_part(word) || word.at[-1] != '(' || gap > 3)
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
    struct span gap = span_from(span_end(last), number.at);
    bool several = refusal_match(r, first, "sections|ss") > 0;
    bool listed = joined || memchr(gap.at, '&', gap.len) ||
                  (several && (memchr(gap.at, ',', gap.len) || memchr(gap.at, '/', gap.len)));
    if (!listed || !reason_of(r, section_number(number)).at)
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
    *reason = reason_of(r, section);
    taken += subsections(r, i + taken);
    size_t act = refusal_match(r, i + taken, "of? the? freedom of information scotland act? 2002?");
    if (!act)
        act = refusal_match(r, i + taken, "of? the? freedom of information act? 2000?");
    if (!act)
        act = refusal_match(r, i + taken, "of? the? foi|foia|foisa act? 2000|2002?");
    if (!act)
        act = refusal_match(r, i + taken, "of the|this act");
    bool another = i + taken < r->count && r->tokens[i + taken].known.flags & WORD_OTHER && !act;
    return reason->at && !another && !ends_postcode(r, i + taken) ? taken + act : 0;
}

/* The exceptions of the Environmental Information Regulations 2004, and of those of Scotland
 * (10 where these have 12), which are numbered alike: 12(4)(a) to (e), 12(5)(a) to (g). */
static struct span exception(const struct refusal_reader *r, size_t i)
{
    static const char four[][20] = {"not_held", "refused:r12(4)(b)", "refused:r12(4)(c)",
                                    "refused:r12(4)(d)", "refused:r12(4)(e)"};
    static const char five[][20] = {"refused:r12(5)(a)", "refused:r12(5)(b)", "refused:r12(5)(c)",
                                    "refused:r12(5)(d)", "refused:r12(5)(e)", "refused:r12(5)(f)",
                                    "refused:r12(5)(g)"};
    if (i + 2 >= r->count || subsections(r, i + 1) < 2)
        return (struct span){0};
    struct span part = r->tokens[i + 1].word, letter = r->tokens[i + 2].word;
    int at = letter.len == 1 ? (letter.at[0] | 0x20) - 'a' : -1;
    if (part.len != 1 || at < 0)
        return (struct span){0};
    if (part.at[0] == '4' && at < 5)
        return span_of(four[at]);
    return part.at[0] == '5' && at < 7 ? span_of(five[at]) : (struct span){0};
}

/* "regulation 12(4)(b)", "EIR 12(5)(e)", "12(4)(b)", "regulation 13". */
static size_t regulation(const struct refusal_reader *r, size_t i, struct span *reason)
{
    size_t named = refusal_match(r, i, "regulation|regulations|reg|regs|eir|eirs");
    if (i + named >= r->count || (i > 0 && r->tokens[i - 1].known.flags & WORD_SECTION))
        return 0;
    size_t number = i + named;
    *reason = (struct span){0};
    if (refusal_match(r, number, "12") || (named && refusal_match(r, number, "10")))
        *reason = exception(r, number);
    else if (named && refusal_match(r, number, "13"))
        *reason = SPAN("refused:r13");
    if (!reason->at)
        return 0;
    size_t taken = named + 1 + subsections(r, number + 1);
    return taken + refusal_match(r, i + taken,
                                 "of? the? environmental|eir|eirs information? regulations? "
                                 "scotland? 2004?");
}

static bool names_scotland(const struct refusal_reader *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->tokens[i].known.flags & WORD_LAW && /* as few words are */
            (refusal_match(r, i, "foisa") ||
             (i > 0 && refusal_match(r, i - 1, "information scotland act"))))
            return true;
    return false;
}

void refusal_split(struct refusal_reader *r, struct span text)
{
    split_words(r, text);
    r->scottish = r->in_scotland || names_scotland(r);
    for (size_t i = 0; i < r->count; i++) {
        struct refusal_token *t = &r->tokens[i];
        t->cited = citation(r, i, &t->reason);
        if (!t->cited && (t->known.flags & WORD_LAW || t->word.at[0] == '1'))
            t->cited = regulation(r, i, &t->reason);
    }
}
