/* echoes_figures -- questions that want a figure, and texts that have one. */
#include <ctype.h>
#include <strings.h>

#include "echoes_parts.h"

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
    static const struct span starts[] = {SPAN_ROW("how many"),      SPAN_ROW("how much"),
                                         SPAN_ROW("number of"),     SPAN_ROW("total"),
                                         SPAN_ROW("the number of"), SPAN_ROW("what was the total")};
    return begins_with(f, question, starts, sizeof starts / sizeof *starts);
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
