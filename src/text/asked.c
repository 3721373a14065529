/* asked -- by the words that question and answer have in common. */
#include "asked.h"

#include <ctype.h>

#include "text/stem.h"
#include "words_near.h"

#define DENIED_WITHIN 4 /* words from "not" to what is not done */
#define COMMON                                                                                     \
    "how many much what which who whom whose when where why is are was were be been being the "    \
    "an of in on at to for by from with and or did do does has have had your you we our its "      \
    "their that this these those any all each per number total please provide state confirm "      \
    "council trust university force authority department body board service since during "         \
    "between there currently last year years"
#define MONEY                                                                                      \
    "cost costs spend spent spending expenditure paid pay payment payments value price amount "    \
    "budget income revenue fee fees salary compensation invoice invoiced rent bill bills charge "  \
    "charged worth sum raised debt"
#define OTHER                                                                                      \
    "vacant vacancy vacancies target targets establishment budgeted forecast national standard "   \
    "expected planned"
#define UNTOLD                                                                                     \
    "hold held record recorded count counted collect collected distinguish say search searched "   \
    "identify separate separated separately provide provided monitor monitored keep kept know "    \
    "known available possible calculate calculated break extract extracted given determine "       \
    "determined confirm split disclose disclosed release released"

struct span asked_stretch(struct span text, size_t from, size_t to, const char *marks)
{
    while (from > 0 && !(strchr(marks, text.at[from - 1]) && strchr(" \n", byte_at(text, from))))
        from--;
    while (to < text.len &&
           !(strchr(marks, text.at[to]) && (to + 1 == text.len || strchr(" \n", text.at[to + 1]))))
        to++;
    return span_part(text, from, to - from);
}

/* Takes the next word off TEXT from *AT on; empty at the end. */
static struct span next_word(struct span text, size_t *at)
{
    while (*at < text.len && !is_letter(text.at[*at]))
        (*at)++;
    struct span word = word_at(text, *at);
    *at += word.len;
    return word;
}

static bool says_much(struct span word)
{
    return word.len > 2 && !is_any_case(word, COMMON);
}

/* The stem of WORD in B, which keeps what it holds. */
static void add_stem(struct buf *b, struct span word)
{
    size_t from = b->len;
    for (size_t i = 0; i < word.len; i++)
        buf_addc(b, (char)tolower((unsigned char)word.at[i]));
    b->len = from + stem_of((struct span){b->at + from, word.len}).len;
}

static bool has_stem(struct span part, struct span word, struct buf *b)
{
    buf_clear(b);
    add_stem(b, word);
    size_t stem = b->len, at = 0;
    for (struct span other; (other = next_word(part, &at)).len;) {
        if (!says_much(other))
            continue;
        b->len = stem;
        add_stem(b, other);
        if (span_eq((struct span){b->at, stem}, (struct span){b->at + stem, b->len - stem}))
            return true;
    }
    return false;
}

size_t asked_shared(struct span question, struct span part, struct buf *word)
{
    size_t shared = 0, at = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        shared += says_much(it) && has_stem(part, it, word);
    return shared;
}

bool asked_says_much(struct span question)
{
    size_t at = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        if (says_much(it))
            return true;
    return false;
}

size_t asked_words(struct span part)
{
    size_t words = 0, at = 0;
    while (next_word(part, &at).len)
        words++;
    return words;
}

static bool has_word(struct span text, const char *words)
{
    size_t at = 0;
    for (struct span it; (it = next_word(text, &at)).len;)
        if (is_any_case(it, words))
            return true;
    return false;
}

/* How many years the question names, those that a hyphen or slash joins as one. */
static size_t count_years(struct span question)
{
    size_t years = 0;
    for (size_t at = 0; at < question.len;) {
        size_t digits = digits_at(question, at), to = at + digits;
        bool is_joined = at > 0 && strchr("-/", question.at[at - 1]);
        years += digits == 4 && !is_joined && strchr("12", question.at[at]);
        at = to + (digits == 0);
    }
    return years;
}

bool asked_several(struct span question)
{
    size_t at = 0, hows = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        hows += is_any_case(it, "how") && behind_is(question, at, "many much");
    return hows > 1 || has_word(question, "each respectively both") ||
           (count_years(question) > 1 && !has_word(question, "between from to"));
}

bool asked_part(struct span question)
{
    size_t at = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        if (is_any_case(it, "of") && behind_is(question, at, "these those them which whom the"))
            return true;
    return false;
}

bool asked_count(struct span question)
{
    size_t at = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        if ((is_any_case(it, "how") && behind_is(question, at, "many")) ||
            (is_any_case(it, "number") && behind_is(question, at, "of")))
            return true;
    return false;
}

/* "How much" of nothing else than money. */
static bool asks_sum(struct span question)
{
    size_t at = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        if (is_any_case(it, "how") && behind_is(question, at, "much")) {
            word_behind(question, &at);
            struct span next = word_behind(question, &at);
            return next.len == 0 || is_any_case(next, "money was were did has have is are do does");
        }
    return false;
}

bool asked_wants(struct span question, enum figure_kind kind)
{
    bool share = has_word(question, "percentage proportion percent rate share") ||
                 (question.len && memchr(question.at, '%', question.len));
    bool money = asks_sum(question) || has_word(question, MONEY) ||
                 (question.len && memmem(question.at, question.len, "\xc2\xa3", 2));
    return share ? kind == FIGURE_SHARE : money ? kind == FIGURE_MONEY : kind == FIGURE_COUNT;
}

bool asked_has(struct span question, struct span number)
{
    for (size_t at = 0; at < question.len; at++) {
        size_t digits = digits_at(question, at);
        if (digits && span_eq(number, span_part(question, at, digits)))
            return true;
        at += digits;
    }
    return false;
}

bool asked_is_other(struct span question, struct span part)
{
    return has_word(part, OTHER) && !has_word(question, OTHER);
}

bool asked_is_denied(struct span text)
{
    size_t at = 0, left = 0;
    for (struct span it; (it = next_word(text, &at)).len;) {
        bool is_short = it.len > 3 && strncasecmp(it.at + it.len - 3, "n't", 3) == 0;
        if (is_short || is_any_case(it, "not cannot unable no"))
            left = DENIED_WITHIN;
        else if (left > 0 && is_any_case(it, UNTOLD))
            return true;
        else
            left -= left > 0;
    }
    return false;
}
