/* sought -- by the words that question and answer have in common. */
#include "sought.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "text/stem.h"
#include "text/whether.h"
#include "words_near.h"

#define QUESTION_BYTES 512 /* of a question that are read */
#define VERB 8             /* bytes; no verb that begins a question is longer */
#define NO_WITHIN 2        /* words from it to the question's own verb */
#define DENIED_WITHIN 4    /* words from "not" to what is not done */
#define COMMON                                                                                     \
    "how many much what which who whom whose when where why is are was were be been being the "    \
    "an of in on at to for by from with and or did do does has have had your you we our its "      \
    "their that this these those any all each per number total please provide state confirm "      \
    "council trust university force authority department body board service since during "         \
    "between there currently last year years altogether overall combined makes making giving"
#define MONEY                                                                                      \
    "cost costs spend spent spending expenditure paid pay payment payments value price amount "    \
    "budget income revenue fee fees salary compensation invoice invoiced rent bill bills charge "  \
    "charged worth sum raised debt"
#define OTHER                                                                                      \
    "vacant vacancy vacancies target targets establishment budgeted forecast national standard "   \
    "expected planned"
#define FORMER "earlier previous previously former formerly predecessor replaced superseded"
#define TIMES "minute minutes hour hours day days week weeks month months year years"
#define UNTOLD                                                                                     \
    "hold held record recorded count counted collect collected distinguish say search searched "   \
    "identify separate separated separately provide provided monitor monitored keep kept know "    \
    "known available possible calculate calculated break extract extracted given determine "       \
    "determined confirm answer tell entered same itemised analysed aggregated compiled split "     \
    "disclose disclosed release released"

/* ---- words ---- */

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

static bool has_word(struct span text, const char *words)
{
    size_t at = 0;
    for (struct span it; (it = next_word(text, &at)).len;)
        if (is_any_case(it, words))
            return true;
    return false;
}

/* Whether a word of FIRST and one of SECOND behind it stand in the question. */
static bool has_words(struct span question, const char *first, const char *second)
{
    size_t at = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        if (is_any_case(it, first) && behind_is(question, at, second))
            return true;
    return false;
}

/* Whether its first word has a verb before its subject: "Is there a limit to the number of ...?" */
static bool asks_whether(struct span question)
{
    char lower[VERB];
    size_t at = 0;
    struct span word = next_word(question, &at);
    if (word.len > VERB)
        return false;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = (char)tolower((unsigned char)word.at[i]);
    return whether_begins((struct span){lower, word.len});
}

/* Whether "no" is none: "Do you own one? If so, how many?", and not "Do you record them? If so ..."
 */
static bool asks_if_so(struct span question)
{
    const char *mark = question.len ? memchr(question.at, '?', question.len) : NULL;
    struct span whether = mark ? span_from(question.at, mark) : question;
    return asks_whether(question) && has_words(question, "how", "many") &&
           has_words(question, "if", "so yes any") && !has_word(whether, UNTOLD);
}

/* Whether the question has WORD itself. */
static bool has_this(struct span question, struct span word)
{
    size_t at = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        if (it.len == word.len && strncasecmp(it.at, word.at, it.len) == 0)
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

/* ---- what is asked for ---- */

static bool wants_several(struct span question)
{
    size_t at = 0, hows = 0;
    for (struct span it; (it = next_word(question, &at)).len;)
        hows += is_any_case(it, "how") && behind_is(question, at, "many much");
    return hows > 1 || has_word(question, "each respectively both") ||
           (count_years(question) > 1 && !has_word(question, "between from to"));
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

static enum figure_kind wanted(struct span question)
{
    if (has_word(question, "percentage proportion percent rate share") ||
        (question.len && memchr(question.at, '%', question.len)))
        return FIGURE_SHARE;
    bool money = asks_sum(question) || has_word(question, MONEY) ||
                 (question.len && memmem(question.at, question.len, "\xc2\xa3", 2));
    return money ? FIGURE_MONEY : FIGURE_COUNT;
}

bool sought_a_number(struct span question)
{
    bool is_number = has_words(question, "number", "of") || wanted(question) != FIGURE_COUNT;
    return has_words(question, "how", "many much") || (is_number && !asks_whether(question));
}

bool sought_has(const struct sought *a, struct span number)
{
    for (size_t at = 0; at < a->question.len; at++) {
        size_t digits = digits_at(a->question, at);
        if (digits && span_eq(number, span_part(a->question, at, digits)))
            return true;
        at += digits;
    }
    return false;
}

bool sought_is_other(struct span part)
{
    return has_word(part, OTHER);
}

bool sought_is_former(struct span part)
{
    return has_word(part, FORMER);
}

/* ---- words of both ---- */

static struct span stem_at(const struct sought *a, size_t i)
{
    size_t from = i ? a->ends[i - 1] : 0;
    return (struct span){a->stems.at + from, a->ends[i] - from};
}

static void read_question(struct sought *a)
{
    size_t at = 0;
    buf_clear(&a->stems);
    a->stem_count = 0;
    for (struct span it; (it = next_word(a->question, &at)).len && a->stem_count < SOUGHT_STEMS;)
        if (says_much(it)) {
            add_stem(&a->stems, it);
            a->ends[a->stem_count++] = a->stems.len;
        }
}

/* The bits of the question's words that WORD is. */
static uint64_t shares_of(struct sought *a, struct span word)
{
    size_t from = a->stems.len;
    uint64_t shares = 0;
    add_stem(&a->stems, word);
    struct span stem = {a->stems.at + from, a->stems.len - from};
    for (size_t i = 0; i < a->stem_count; i++)
        if (span_eq(stem_at(a, i), stem))
            shares |= (uint64_t)1 << i;
    a->stems.len = from;
    return shares;
}

/* The first words behind "how many" or "number of", up to a common one. */
static uint64_t thing_of(struct sought *a)
{
    size_t at = 0;
    uint64_t thing = 0;
    bool is_counted = false;
    for (struct span it; (it = next_word(a->question, &at)).len;) {
        bool begins = (is_any_case(it, "how") && behind_is(a->question, at, "many much")) ||
                      (is_any_case(it, "number") && behind_is(a->question, at, "of"));
        if (begins)
            word_behind(a->question, &at);
        else if (is_counted && !says_much(it))
            break;
        else if (is_counted)
            thing |= shares_of(a, it);
        is_counted |= begins;
    }
    return thing;
}

static void read_answer(struct sought *a, struct span answer)
{
    size_t at = 0;
    a->word_count = 0;
    for (struct span it; (it = next_word(answer, &at)).len;) {
        a->words = array_grow(a->words, &a->word_cap, a->word_count + 1, sizeof *a->words);
        bool much = says_much(it);
        a->words[a->word_count++] =
            (struct sought_word){(size_t)(it.at - answer.at), much ? shares_of(a, it) : 0, much};
    }
}

void sought_read(struct sought *a, struct span question, struct span answer)
{
    question.len = question.len < QUESTION_BYTES ? question.len : QUESTION_BYTES;
    a->question = question;
    a->several = wants_several(question);
    a->part = has_words(question, "of", "these those them which whom the");
    a->count = has_words(question, "how", "many") || has_words(question, "number", "of");
    a->kind = wanted(question);
    a->other = has_word(question, OTHER);
    a->negated = has_word(question, "not never without");
    a->former = has_word(question, FORMER);
    a->if_so = asks_if_so(question);
    read_question(a);
    a->thing = thing_of(a);
    read_answer(a, answer);
}

void sought_free(struct sought *a)
{
    buf_free(&a->stems);
    free(a->words);
    *a = (struct sought){0};
}

/* ---- stretches ---- */

/* The first word of the answer from byte FROM on. */
static size_t first_word(const struct sought *a, size_t from)
{
    size_t low = 0, high = a->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->words[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_within(const struct sought *a, size_t i, struct stretch s)
{
    return i < a->word_count && a->words[i].from < s.to;
}

uint64_t sought_shares(const struct sought *a, struct stretch s)
{
    uint64_t shares = 0;
    for (size_t i = first_word(a, s.from); is_within(a, i, s); i++)
        shares |= a->words[i].shares;
    return shares;
}

bool sought_tells(const struct sought *a, struct stretch s)
{
    for (size_t i = first_word(a, s.from); is_within(a, i, s); i++)
        if (a->words[i].says_much)
            return true;
    return false;
}

size_t sought_words(const struct sought *a, struct stretch s)
{
    return first_word(a, s.to) - first_word(a, s.from);
}

/* ---- units of time ---- */

/* Whether the question names UNIT, a word of one of the lists, in the singular or the plural. */
static bool names_time(struct span question, struct span unit)
{
    size_t at = 0;
    size_t len = unit.len - (unit.at[unit.len - 1] == 's');
    for (struct span it; (it = next_word(question, &at)).len;)
        if (it.len >= len && it.len - len <= 2 && strncasecmp(it.at, unit.at, len) == 0)
            return true; /* also "weekly" */
    return false;
}

bool sought_is_other_time(const struct sought *a, struct span behind)
{
    size_t at = 0;
    struct span unit = word_behind(behind, &at);
    if (is_any_case(unit, "working calendar full"))
        unit = word_behind(behind, &at);
    return is_any_case(unit, TIMES) && has_word(a->question, TIMES) &&
           !names_time(a->question, unit);
}

/* ---- what is not told ---- */

bool sought_is_denied(struct span text)
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

/* Whether TEXT is "no" or begins with it: "No, we do not", and not "No plans". */
static bool begins_no(struct span text)
{
    size_t at = 0;
    if (!is_any_case(word_behind(text, &at), "no n"))
        return false;
    struct span next = word_behind(text, &at);
    return next.len == 0 || is_any_case(next, "we the they it i there this not");
}

/* Whether it denies, within some words, a word that the question has: "does not own". */
static bool denies(const struct sought *a, struct span text)
{
    size_t at = 0, left = 0;
    for (struct span it; (it = next_word(text, &at)).len;) {
        bool is_short = it.len > 3 && strncasecmp(it.at + it.len - 3, "n't", 3) == 0;
        if (is_short || is_any_case(it, "not"))
            left = NO_WITHIN;
        else if (left > 0 && (says_much(it) || is_any_case(it, "have")) &&
                 has_this(a->question, it))
            return true;
        else
            left -= left > 0;
    }
    return false;
}

bool sought_is_no(const struct sought *a, struct span text)
{
    size_t at = 0;
    bool is_yes = is_any_case(word_behind(text, &at), "yes");
    return !is_yes && (begins_no(text) || denies(a, text)) && !sought_is_denied(text);
}
