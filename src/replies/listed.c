/* listed -- answers that follow each other in one paragraph.
 *
 * "Cameras: 44. Toilets: none.", "In answer to your questions in order: 44; none; two.",
 * "1 Yes 2 44 3 none": a line of several answers, each of which the others make plain. So the list
 * must be as long as the questionnaire, or most of its names must be known. Ordinals stand in
 * listed_ordinals, names in listed_named. */
#include <stdlib.h>

#include "echoes_parts.h"
#include "listed_parts.h"

#define SCORE_NUMBERS 0.75F
#define SCORE_ORDER 0.7F   /* the letter says that they are in order */
#define SCORE_FITS 0.55F   /* as many as there are questions, with figures where they are wanted */
#define LEAD_WORDS 25      /* before the colon of such a list */
#define LEAST_ITEMS 4      /* of a list that nothing names */
#define PARAGRAPH_MAX 6000 /* bytes; no list of answers is longer */

struct listed_item *listed_add(struct listed *s, struct listed_item it)
{
    s->at = array_grow(s->at, &s->cap, s->count + 1, sizeof *s->at);
    s->at[s->count] = it;
    return &s->at[s->count++];
}

/* ---- taking ---- */

/* The start of the answer without the words that only lead to it: "and", "the answer is". */
static size_t behind_lead(const struct paper *l, size_t from, size_t to)
{
    size_t word = tokens_from(&l->words, from), last = tokens_from(&l->words, to);
    size_t lead = formulas_match(l, word, last, "and? the|our answer|response|reply is|was");
    if (!lead)
        lead = formulas_match(l, word, last, "and");
    return lead && word + lead < last && l->words.at[word].start <= from + 2
               ? l->words.at[word + lead - 1].end
               : from;
}

void listed_take_item(struct listed *s, size_t i, uint32_t first, size_t count,
                      enum finding_how how, float score)
{
    struct finder *f = s->f;
    const struct listed_item *it = &s->at[i];
    size_t at;
    buf_clear(&f->text);
    stretches_text(&f->paper, behind_lead(&f->paper, it->from, it->to), it->to, &f->text, &at);
    for (size_t k = 0; k < count && f->text.len; k++)
        finder_take(f,
                    &(struct candidate){.question = first + (uint32_t)k,
                                        .how = how,
                                        .score = score,
                                        .at = at,
                                        .shared = count > 1},
                    buf_span(&f->text));
    for (size_t line = paper_line_at(&f->paper, it->start);
         line < f->paper.count && f->paper.lines[line].start < it->to; line++)
        f->claimed[line] = 1;
}

void listed_take(struct listed *s, const uint32_t *paired, enum finding_how how, float score)
{
    for (size_t i = 0; i < s->count; i++)
        if (paired[i] != QUESTIONS_NONE)
            listed_take_item(s, i, paired[i], 1, how, score);
}

/* Gives the items to the questions in their order. */
static void take_in_order(struct listed *s, enum finding_how how, float score)
{
    for (size_t i = 0; i < s->count; i++)
        listed_take_item(s, i, (uint32_t)i, 1, how, score);
}

/* ---- between semicolons ---- */

static void cut(struct listed *s, size_t start, size_t end)
{
    const char *text = s->f->paper.text.at;
    s->count = 0;
    for (size_t at = start, from = start; at <= end; at++)
        if (at == end || text[at] == ';') {
            listed_add(s,
                       (struct listed_item){.start = from, .named = from, .from = from, .to = at});
            from = at + 1;
        }
}

/* Whether items have numbers in front, which tell more than their order does. */
static bool has_numbers(const struct listed *s)
{
    size_t numbered = 0;
    for (size_t i = 0; i < s->count; i++) {
        struct label label;
        size_t end, from = s->at[i].from;
        while (from < s->at[i].to && strchr(" \n", s->f->paper.text.at[from]))
            from++;
        numbered += label_read(paper_slice(&s->f->paper, from, s->at[i].to), 0, &label, &end) &&
                    (label.terminal || label.word != LABEL_BARE);
    }
    return numbered > 1;
}

/* Whether each item says something, and a figure where its question wants one; *WANTED: how many
 * of them do. */
static bool fit(const struct listed *s, size_t *wanted)
{
    *wanted = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct listed_item *it = &s->at[i];
        if (echoes_words(&s->f->paper, it->from, it->to) == 0)
            return false;
        if (!echoes_wants_figure(s->f, i))
            continue;
        (*wanted)++;
        if (!echoes_has_figure(s->f, it->from, it->to))
            return false;
    }
    return true;
}

/* Whether the words [START, END) say that what follows is in the order of the questions. */
static bool says_order(const struct paper *l, size_t start, size_t end)
{
    size_t first = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    for (size_t i = first; i < last; i++)
        if (formulas_match(l, i, last, "in the? same? order|turn|sequence"))
            return true;
    return false;
}

static bool in_order(struct listed *s, size_t start, size_t end)
{
    const struct paper *l = &s->f->paper;
    const char *colon = memchr(l->text.at + start, ':', end - start);
    size_t behind = colon ? (size_t)(colon - l->text.at) + 1 : start, wanted;
    bool told =
        colon && echoes_words(l, start, behind) <= LEAD_WORDS && says_order(l, start, behind);
    cut(s, colon && echoes_words(l, start, behind) <= LEAD_WORDS ? behind : start, end);
    if (s->count != s->f->questions->count || s->count < LEAST_ITEMS || has_numbers(s) ||
        !fit(s, &wanted) || (!told && wanted < 2))
        return false;
    take_in_order(s, FINDING_ORDER, told ? SCORE_ORDER : SCORE_FITS);
    return true;
}

/* ---- numbers without marks ---- */

/* The place in [AT, LAST) of the bare number of QUESTION, its end in *BEHIND; LAST if there is
 * none.
 */
static size_t number_of(const struct finder *f, size_t question, size_t at, size_t last, size_t end,
                        size_t *behind)
{
    const char *text = f->paper.text.at;
    for (; at < last; at++) {
        struct label label;
        size_t stop, first;
        bool whole;
        if ((at > 0 && !strchr(" \n", text[at - 1])) ||
            !label_number(paper_slice(&f->paper, at, end), 0, &label, &stop) || at + stop >= end ||
            !strchr(" \n", text[at + stop]))
            continue;
        questions_labelled(f->questions, &label, &first, &whole);
        if (!whole || first != question)
            continue;
        *behind = at + stop;
        return at;
    }
    return last;
}

/* "1 Yes 2 44 3 none": all numbers of the questionnaire, each with something behind it. Where each
 * begins a line, they are read as such. */
static bool bare_numbers(struct listed *s, size_t start, size_t end)
{
    const struct finder *f = s->f;
    size_t at = start, behind = start, within = 0;
    s->count = 0;
    for (size_t q = 0; q < f->questions->count; q++) {
        size_t found = number_of(f, q, at, q ? end : start + 1, end, &behind);
        if (found == (q ? end : start + 1))
            return false;
        if (q)
            s->at[q - 1].to = found;
        within += q && f->paper.text.at[found - 1] == ' ';
        listed_add(
            s, (struct listed_item){.start = found, .named = behind, .from = behind, .to = end});
        at = tokens_from(&f->paper.words, behind); /* the word behind it is of its answer */
        at = at < f->paper.words.count ? f->paper.words.at[at].end : end;
    }
    if (within == 0 || s->count < LEAST_ITEMS || echoes_words(&f->paper, behind, end) == 0)
        return false;
    take_in_order(s, FINDING_NUMBER, SCORE_NUMBERS);
    return true;
}

/* ---- the letter ---- */

static bool asks(const struct paper *l, size_t start, size_t end)
{
    return memchr(l->text.at + start, '?', end - start) != NULL;
}

static bool read_stretch(struct listed *s, size_t start, size_t end)
{
    if (end - start > PARAGRAPH_MAX || asks(&s->f->paper, start, end))
        return false;
    return bare_numbers(s, start, end) || in_order(s, start, end) || listed_named(s, start, end);
}

/* Reads paragraphs, and lines where a paragraph is not seen to be one. */
static void read_paragraphs(struct listed *s)
{
    const struct paper *l = &s->f->paper;
    for (size_t i = 0, next; i < l->count; i = next) {
        next = i + 1;
        if (s->f->claimed[i] || l->lines[i].cells > 1)
            continue;
        while (next < l->count && !l->lines[next].apart && l->lines[next].cells == 1 &&
               !s->f->claimed[next])
            next++;
        if (read_stretch(s, l->lines[i].start, l->lines[next - 1].end))
            return;
        for (size_t k = i; next - i > 1 && k < next; k++)
            if (read_stretch(s, l->lines[k].start, l->lines[k].end))
                return;
    }
}

/* Whether tables or repeated questions tell where the answers are. */
static bool is_told(const struct finder *f)
{
    bool any = 3 * f->quotes.count > f->questions->count;
    for (size_t q = 0; q < f->questions->count; q++)
        any |= finder_has(f, q);
    return any;
}

void listed_read(struct finder *f)
{
    struct listed s = {.f = f};
    if (!is_told(f) && f->questions->count >= LEAST_ITEMS && !listed_ordinals(&s))
        read_paragraphs(&s);
    free(s.at);
    arena_free(&s.arena);
}
