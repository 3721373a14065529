/* echoes_figures -- questions that want a figure, and texts that have one. */
#include <ctype.h>
#include <strings.h>

#include "echoes_parts.h"
#include "text/stated.h"
#include "verdict_parts.h"

#define ELLIPSIS_MAX 4  /* words of "What was the highest?", behind a question of the lowest */
#define FIGURE_WITHIN 3 /* words, of which one is the figure */

#define COUNTS                                                                                     \
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"    \
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"   \
    "hundred|several|few"

static bool begins_with(const struct finder *f, size_t question, const struct span *starts,
                        size_t count)
{
    struct span shown = f->questions->at[question].shown;
    for (size_t i = 0; i < count; i++)
        if (shown.len >= starts[i].len && strncasecmp(shown.at, starts[i].at, starts[i].len) == 0)
            return true;
    return false;
}

bool echoes_wants_figure(const struct finder *f, size_t question)
{
    return stated_asked(f->questions->at[question].shown);
}

bool echoes_asks_figure(const struct finder *f, size_t question)
{
    static const struct span starts[] = {SPAN_ROW("how long"),
                                         SPAN_ROW("for how long"),
                                         SPAN_ROW("how old"),
                                         SPAN_ROW("how often"),
                                         SPAN_ROW("what percentage"),
                                         SPAN_ROW("what proportion"),
                                         SPAN_ROW("what was spent"),
                                         SPAN_ROW("what did"),
                                         SPAN_ROW("what was the average"),
                                         SPAN_ROW("what is the average")};
    return echoes_wants_figure(f, question) ||
           begins_with(f, question, starts, sizeof starts / sizeof *starts);
}

static bool is_digit(const struct paper *l, size_t word)
{
    return isdigit((unsigned char)l->text.at[l->words.at[word].start]) != 0;
}

bool echoes_is_figure(const struct finder *f, const struct echoes_piece *p)
{
    const struct paper *l = &f->paper;
    size_t i = tokens_from(&l->words, p->from), last = tokens_from(&l->words, p->to);
    bool digits = false;
    for (size_t k = i; k < last && k < i + FIGURE_WITHIN; k++)
        digits |= is_digit(l, k);
    return digits ||
           formulas_match(l, i, last, "none|nil|zero|no|n|not|exempt|information|" COUNTS);
}

bool echoes_has_figure(const struct finder *f, size_t start, size_t end)
{
    const struct paper *l = &f->paper;
    size_t i = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    for (; i < last; i++) {
        bool links = i && strchr("-", l->text.at[l->words.at[i].start - 1]);
        struct span word = tokens_lower(&l->words, i);
        bool contracted = word.len > 3 && memcmp(word.at + word.len - 3, "n't", 3) == 0;
        if (is_digit(l, i) || contracted || links ||
            formulas_match(l, i, last,
                           "none|nil|zero|no|not|never|nothing|nobody|neither|all|every|"
                           "without|only|single|once|twice|half|dozen|dozens|many|most|exempt|"
                           "exempted|" COUNTS))
            return true;
    }
    return false;
}

/* Whether the question has one of the words in its first wording. */
static bool asks_with(const struct finder *f, size_t question, const char *const *words)
{
    struct span shown = f->questions->at[question].shown;
    for (; *words; words++)
        if (verdict_says(shown, *words))
            return true;
    return false;
}

enum echoes_kind echoes_kind_of(const struct finder *f, size_t question)
{
    static const struct span money[] = {SPAN_ROW("how much"), SPAN_ROW("what sum"),
                                        SPAN_ROW("for what sum")};
    static const struct span what[] = {SPAN_ROW("what"), SPAN_ROW("total"), SPAN_ROW("the total")};
    static const char *const sums[] = {"cost",   "costs",  "spend",     "expenditure", "price",
                                       "fee",    "rent",   "income",    "salary",      "amount",
                                       "budget", "charge", "was spent", "was paid",    NULL};
    static const char *const shares[] = {"percentage", "proportion", "per cent", NULL};
    if (asks_with(f, question, shares))
        return ECHOES_SHARE;
    if (begins_with(f, question, money, sizeof money / sizeof *money) ||
        (begins_with(f, question, what, sizeof what / sizeof *what) &&
         asks_with(f, question, sums)))
        return ECHOES_MONEY;
    if (question > 0 && f->questions->at[question].wordings[0].count <= ELLIPSIS_MAX &&
        begins_with(f, question, what, 1))
        return echoes_kind_of(f, question - 1);
    return echoes_wants_figure(f, question) ? ECHOES_COUNT : ECHOES_ANY;
}

bool echoes_has_kind(const struct finder *f, enum echoes_kind kind, size_t start, size_t end)
{
    static const char *const sums[] = {"nothing",   "nil",   "free",   "no cost", "no money",
                                       "no charge", "pence", "pounds", "million", NULL};
    static const char *const shares[] = {"per cent", "percent", NULL};
    struct span text = paper_slice(&f->paper, start, end);
    bool pound = memmem(text.at, text.len, "\xC2\xA3", 2) != NULL;
    switch (kind) {
    case ECHOES_MONEY:
        return pound || verdict_says_any(text, sums);
    case ECHOES_SHARE:
        return memchr(text.at, '%', text.len) || verdict_says_any(text, shares);
    case ECHOES_COUNT:
        return echoes_has_figure(f, start, end);
    default:
        return true;
    }
}
