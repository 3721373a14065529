/* corrections -- sentences that put right what an earlier letter said.
 *
 * "The answer to question 2 should read 45." "We said 8 years. It is in fact 9." "There are 13 and
 * not 11 as stated earlier." Which words lead to the right answer know the formulas; what it is
 * set against ends it. That a letter corrects at all takes words that own up to an error, or that
 * tell what was said before. */
#include <ctype.h>

#include "finder_parts.h"

#define SCORE_NAMED 0.9F /* of what a formula leads to */
#define SCORE_WORDS 0.75F
#define CORRECTION_WORDS 150 /* of a letter that corrects */
#define MEANT_TOLD 0.8F      /* words of the question that is corrected */
#define MEANT_LEAD 1.2F      /* of it before the next */
#define WRONG                                                                                      \
    "wrong|wrongly|incorrect|incorrectly|error|errors|erroneous|mistake|mistaken|mistakenly|"      \
    "mistyped|misread|misprint|misprinted|inaccurate|omitted|overlooked|understated|overstated|"   \
    "miscounted|transposed|replace|replaced|substitute|instead|typo"
#define BEFORE "said|wrote|previously|earlier|previous|stated|informed|advised|supplied|quoted"

static bool has(const struct paper *l, size_t start, size_t end, const char *pattern)
{
    size_t i = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    for (; i < last; i++)
        if (formulas_match(l, i, last, pattern))
            return true;
    return false;
}

/* Whether TEXT is a figure by itself: what is read "for" another. */
static bool is_figure(struct span text)
{
    bool digit = false;
    for (size_t i = 0; i < text.len; i++) {
        digit |= isdigit((unsigned char)text.at[i]) != 0;
        if (isalpha((unsigned char)text.at[i]))
            return false;
    }
    return digit;
}

/* Leaves what is right at the start of F's text, "45" of "45 and not 54". False if nothing is left;
 * in *SET whether it was set against something. */
static bool cut_contrast(struct finder *f, bool *set)
{
    static const char *const contrasts[] = {" and not ", ", not ",       " (not ",      " not ",
                                            " rather ",  " instead of ", " as opposed "};
    struct buf *b = &f->text;
    char *cut;
    *set = false;
    for (size_t k = 0; k < sizeof contrasts / sizeof *contrasts && b->len; k++) {
        cut = memmem(b->at, b->len, contrasts[k], strlen(contrasts[k]));
        if (!cut || cut == b->at)
            continue;
        b->len = (size_t)(cut - b->at);
        *set = true;
    }
    cut = b->len ? memmem(b->at, b->len, " for ", 5) : NULL;
    if (cut && is_figure(span_from(b->at, cut)))
        b->len = (size_t)(cut - b->at);
    while (b->len && strchr(".,; ", b->at[b->len - 1]))
        b->len--;
    return b->len > 0;
}

bool corrections_take(struct finder *f, const struct references *r, size_t start)
{
    const struct paper *l = &f->paper;
    size_t first = tokens_from(&l->words, start), last = first, phrase, from, end, at;
    size_t line = paper_line_at(l, start);
    bool set;
    while (line + 1 < l->count && !l->lines[line + 1].apart)
        line++;
    while (last < l->words.count && l->words.at[last].start < l->lines[line].end)
        last++;
    if (!formulas_in(l, first, last, FORMULA_CORRECTION, &phrase) || phrase + 1 >= l->words.count)
        return false;
    from = l->words.at[phrase].end;
    stretches_around(l, from, &at, &end);
    buf_clear(&f->text);
    stretches_text(l, from, end, &f->text, &at);
    if (!cut_contrast(f, &set))
        return false;
    finder_take_all(f, r, at, SCORE_NAMED, true, (struct span){0});
    return true;
}

/* ---- by words ---- */

/* Whether the sentence [START, END) says that something was told wrongly. */
static bool owns_up(const struct paper *l, size_t start, size_t end)
{
    return has(l, start, end, WRONG "|should") &&
           has(l, start, end,
               "gave|given|stated|sent|provided|quoted|said|reply|response|answer|letter|email|"
               "table|shown|reported|" BEFORE);
}

/* Takes what stands in [FROM, END): something, and if SET is wanted, set against something. */
static bool take_value(struct finder *f, const struct references *r, size_t from, size_t end,
                       bool wanted)
{
    bool set;
    size_t at;
    buf_clear(&f->text);
    stretches_text(&f->paper, from, end, &f->text, &at);
    if (!cut_contrast(f, &set) || (wanted && !set))
        return false;
    finder_take_all(f, r, at, SCORE_WORDS, true, (struct span){0});
    return true;
}

/* Whether the letter is one that corrects: short, and it says what was wrong, or regrets what was
 * said before. */
static bool is_correction(const struct paper *l)
{
    size_t end = l->text.len;
    if (l->words.count > CORRECTION_WORDS)
        return false;
    return has(l, 0, end, WRONG "|correction|corrections|corrected|amend|amended|revised") ||
           (has(l, 0, end, BEFORE) && has(l, 0, end, "apologise|apologies|sorry|regret"));
}

/* The question that the sentence [START, END) is about more than about any other, or
 * QUESTIONS_NONE. */
static uint32_t meant(const struct finder *f, size_t start, size_t end)
{
    float best = 0, second = 0, told;
    uint32_t question = QUESTIONS_NONE;
    for (size_t q = 0; q < f->questions->count; q++) {
        float rank = quotes_likeness(f->questions, &f->paper, q, start, end, &told);
        rank = told < MEANT_TOLD ? 0 : rank + told / f->questions->at[q].weight;
        second = rank > best ? best : rank > second ? rank : second;
        question = rank > best ? (uint32_t)q : question;
        best = rank > best ? rank : best;
    }
    return best >= MEANT_LEAD * second ? question : QUESTIONS_NONE;
}

/* "It was 2.", "..., which is 13": what stands behind the words that point back. */
static bool take_plain(struct finder *f, const struct references *r, size_t start, size_t end)
{
    const struct paper *l = &f->paper;
    size_t i = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    size_t words = formulas_match(l, i, last, "it|this|that|they is|was|are|were in? fact?");
    for (; !words && i < last; i++)
        if ((words = formulas_match(l, i, last, "which|and is|was|are|were in? fact?")) > 0 ||
            (words = formulas_match(l, i, last, "is|was|are|were therefore|now|actually")) > 0)
            break;
    return words && i + words < last &&
           take_value(f, r, l->words.at[i + words - 1].end, end, false);
}

/* "The average is 9 and not 8 as stated earlier": what stands between the verb, or a colon, and
 * what it is set against. */
static bool take_set(struct finder *f, const struct references *r, size_t start, size_t end)
{
    const struct paper *l = &f->paper;
    const char *colon = memchr(l->text.at + start, ':', end - start);
    if (!has(l, start, end, BEFORE "|gave|given|reported"))
        return false;
    if (colon && take_value(f, r, (size_t)(colon + 1 - l->text.at), end, true))
        return true;
    size_t i = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    for (; i + 1 < last; i++)
        if (formulas_match(l, i, last, "is|was|are|were") &&
            take_value(f, r, l->words.at[i].end, end, true))
            return true;
    return false;
}

/* The right answer to QUESTION that the sentence [START, END) gives, or the one behind it, which
 * ends at STOP at the latest. */
static void correct(struct finder *f, uint32_t question, size_t start, size_t end, size_t stop)
{
    const struct paper *l = &f->paper;
    struct references r = {.at = {question}, .count = 1};
    bool wrong = has(l, start, end, WRONG "|" BEFORE) || owns_up(l, start, end);
    if (take_set(f, &r, start, end))
        return;
    if (wrong && corrections_take(f, &r, start))
        return;
    if (has(l, start, end, WRONG) && take_plain(f, &r, start, end))
        return;
    if (wrong && end < stop && take_plain(f, &r, end, stretches_sentence(l, end, stop)))
        return;
    if (formulas_in(l, tokens_from(&l->words, start), tokens_from(&l->words, end),
                    FORMULA_CORRECTION, NULL))
        corrections_take(f, &r, start);
}

void corrections_in_words(struct finder *f)
{
    const struct paper *l = &f->paper;
    size_t end;
    if (!is_correction(l))
        return;
    for (size_t start = 0; start < l->text.len; start = end) {
        size_t line = paper_line_at(l, start), last = line;
        while (last + 1 < l->count && !l->lines[last + 1].apart)
            last++;
        size_t stop = l->lines[last].end;
        end = stop > start ? stretches_sentence(l, start, stop) : stop + 1;
        uint32_t question = end <= stop ? meant(f, start, end) : QUESTIONS_NONE;
        if (question != QUESTIONS_NONE)
            correct(f, question, start, end, stop);
    }
}

/* ---- what is found ---- */

void corrections_unwrap(struct finder *f)
{
    static const char *const leads[] = {
        "please|kindly read",
        "please|kindly? should|ought therefore|now|instead? to? have? read|be|been|say|state",
        ("has|have|had|was|is|were been? amended|corrected|revised|changed|increased|reduced|"
         "updated|adjusted * to"),
        "the? answer|figure|number|total|amount is|was"};
    const struct paper *l = &f->paper;
    for (size_t q = 0; q < f->questions->count; q++) {
        if (!finder_has(f, q) || f->found[q].reason.at || f->found[q].how == FINDING_TABLE)
            continue;
        size_t start, end, at, i = tokens_from(&l->words, f->starts[q]), words = 0, k = 0;
        stretches_around(l, f->starts[q], &start, &end);
        for (; k < sizeof leads / sizeof *leads && !words; k++)
            words = formulas_match(l, i, tokens_from(&l->words, end), leads[k]);
        if (!words || f->found[q].text.len > end - f->starts[q])
            continue;
        bool set;
        buf_clear(&f->text);
        stretches_text(l, l->words.at[i + words - 1].end, end, &f->text, &at);
        if (!cut_contrast(f, &set) || (k == sizeof leads / sizeof *leads && !set))
            continue;
        f->found[q].text = arena_copy(&f->arena, buf_span(&f->text));
        f->found[q].corrects = true;
    }
}
