/* echoes_clauses -- sentences that answer two questions, cut where one clause ends and the other
 * begins: "There are 902, and 711 of these resulted in an award". */
#include <ctype.h>

#include "echoes_parts.h"
#include "text/stem.h"

#define MAX_MARKS 16 /* of a sentence at which it may fall into clauses */
#define FOLLOWS_TOLD 0.4F

uint32_t echoes_question(const struct finder *f, size_t start, size_t end)
{
    float best = 0, told;
    uint32_t question = QUESTIONS_NONE;
    for (size_t q = 0; q < f->questions->count; q++) {
        float likeness = quotes_likeness(f->questions, &f->paper, q, start, end, &told);
        float covered = told / f->questions->at[q].weight;
        if (told < ECHOES_TOLD || covered < ECHOES_COVERED || likeness + covered <= best)
            continue;
        best = likeness + covered;
        question = (uint32_t)q;
    }
    return question;
}

/* Whether what stands in [START, END) holds all stems of QUESTION that OTHER lacks, where those and
 * what OTHER has more are figures: "in 2021-22", and "in 2022-23". */
static bool is_of_sibling(const struct finder *f, size_t question, size_t other, size_t start,
                          size_t end)
{
    const struct questions *q = f->questions;
    size_t more = 0;
    for (size_t stem = 0; stem < q->stems.count; stem++) {
        bool has = q->at[question].has[stem];
        if (has == q->at[other].has[stem])
            continue;
        if (!isdigit((unsigned char)q->stems.keys[stem].at[0]))
            return false;
        bool said = false;
        size_t i = tokens_from(&f->paper.words, start);
        for (; i < f->paper.words.count && f->paper.words.at[i].start < end; i++)
            said |= f->paper.stems[i] == stem;
        if (said != has)
            return false;
        more += has;
    }
    return more > 0;
}

/* Whether the words [START, END) point back, "77 of them", and QUESTION does: "of these". */
static bool points_back(const struct finder *f, size_t question, size_t start, size_t end)
{
    static const struct span backs[] = {SPAN_ROW("these"), SPAN_ROW("those"), SPAN_ROW("them")};
    const struct paper *l = &f->paper;
    bool asked = false, said = false;
    for (size_t i = 0; i < sizeof backs / sizeof *backs; i++) {
        size_t stem = intern_find(&f->questions->stems, stem_of(backs[i]));
        asked |= stem != INTERN_NONE && f->questions->at[question].has[stem];
    }
    size_t i = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    for (; i < last && asked && !said; i++)
        said = formulas_match(l, i, last, "of them|these|those|which|whom") > 0;
    return asked && said;
}

/* Whether the clause [START, END) is more of question NEXT than of HERE before it, by fewer words
 * than would tell elsewhere: its place tells as well. */
static bool follows(const struct finder *f, uint32_t here, size_t next, size_t start, size_t end)
{
    float told, other;
    quotes_likeness(f->questions, &f->paper, next, start, end, &told);
    quotes_likeness(f->questions, &f->paper, here, start, end, &other);
    return told >= FOLLOWS_TOLD && told > other && echoes_has_figure(f, start, end) &&
           echoes_asks_figure(f, next);
}

/* Whether the clause [START, END) names what question NEXT asks for if the one before is so:
 * "software is used, namely Clearview", "there is a charge, of 50p". */
static bool fulfils(const struct finder *f, size_t next, size_t start, size_t end)
{
    static const struct span ifs[] = {SPAN_ROW("If so"), SPAN_ROW("If yes")};
    const struct paper *l = &f->paper;
    struct span shown = f->questions->at[next].shown;
    size_t i = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    bool asks = false, figure = i + 1 < last && formulas_match(l, i, last, "of|at|from") &&
                                isdigit((unsigned char)l->text.at[l->words.at[i + 1].start]);
    for (size_t k = 0; k < sizeof ifs / sizeof *ifs; k++)
        asks |= span_starts(shown, ifs[k]);
    return asks && (figure || formulas_match(l, i, last, "namely|called|specifically") > 0);
}

/* The question that a clause behind one of question HERE is of though its words do not tell, or
 * QUESTIONS_NONE. */
static uint32_t led_to(const struct finder *f, uint32_t here, size_t start, size_t end)
{
    size_t next = (size_t)here + 1;
    for (size_t q = 0; q < f->questions->count; q++)
        if (q != here && is_of_sibling(f, q, here, start, end))
            return (uint32_t)q;
    bool leads = next < f->questions->count &&
                 (points_back(f, next, start, end) || follows(f, here, next, start, end) ||
                  fulfils(f, next, start, end));
    return leads ? (uint32_t)next : QUESTIONS_NONE;
}

/* Whether TEXT starts with MARK, of whose spaces each may be the end of a line; behind a semicolon
 * that ends the item of a list. */
static bool starts_with(struct span text, struct span mark)
{
    if (text.len < mark.len)
        return false;
    for (size_t i = 0; i < mark.len; i++) {
        bool wraps = mark.at[i] == ' ' && text.at[i] == '\n' && mark.at[0] != ';';
        if (text.at[i] != mark.at[i] && !wraps)
            return false;
    }
    return true;
}

size_t echoes_clause_mark(struct span text)
{
    static const struct {
        struct span mark;
        size_t skip;
    } marks[] = {{SPAN_ROW("; and "), 6},        {SPAN_ROW("; "), 2},
                 {SPAN_ROW(", and "), 6},        {SPAN_ROW(", which"), 2},
                 {SPAN_ROW(", of which"), 2},    {SPAN_ROW(", while"), 2},
                 {SPAN_ROW(", of whom"), 2},     {SPAN_ROW(", but "), 6},
                 {SPAN_ROW(" and "), 5},         {SPAN_ROW(", "), 2},
                 {SPAN_ROW(" with "), 1},        {SPAN_ROW(" costing "), 1},
                 {SPAN_ROW(" at a cost "), 1},   {SPAN_ROW(" at an average "), 1},
                 {SPAN_ROW(" but "), 1},         {SPAN_ROW(" whereas "), 1},
                 {SPAN_ROW(" for \xC2\xA3"), 1}, {SPAN_ROW(" to \xC2\xA3"), 1},
                 {SPAN_ROW(" at \xC2\xA3"), 1},  {SPAN_ROW(" of \xC2\xA3"), 1}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (starts_with(text, marks[i].mark))
            return marks[i].skip;
    return 0;
}

/* Whether a mark behind AT that is stronger than WEAKER parts what FROM begins in the same two
 * questions: "40 in 2021 and 37 in 2022; six people were hurt". */
static bool parts_later(const struct finder *f, size_t from, size_t at, size_t end, uint32_t here,
                        uint32_t next, char weaker)
{
    const char *text = f->paper.text.at;
    for (; at + 1 < end; at++)
        if ((text[at] == ';' || (weaker == ' ' && text[at] == ',' && text[at + 1] == ' ')) &&
            echoes_question(f, from, at) == here && echoes_question(f, at + 1, end) == next)
            return true;
    return false;
}

/* Whether [START, END) is no clause of its own: "To find what was spent, all invoices ..." */
static bool is_subordinate(const struct paper *l, size_t start, size_t end)
{
    size_t i = tokens_from(&l->words, start);
    return formulas_match(l, i, tokens_from(&l->words, end),
                          "in? order? to|if|although|because|since|whether|unless|whilst *") > 0;
}

/* The end of the clause [FROM, AT) without the word that leads on: "in 22 and, as far as is
 * known,".
 */
static size_t without_and(const struct paper *l, size_t from, size_t at)
{
    static const struct span and = SPAN_ROW(" and");
    bool leads = at > from + and.len && memcmp(l->text.at + at - and.len, and.at, and.len) == 0;
    return leads ? at - and.len : at;
}

/* Whether [START, END) only names something: "the number of dogs". */
static bool is_topic(const struct finder *f, size_t start, size_t end)
{
    const struct paper *l = &f->paper;
    size_t first = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    for (size_t i = first; i < last; i++)
        if (isdigit((unsigned char)l->text.at[l->words.at[i].start]))
            return false;
    return formulas_match(l, first, last,
                          "the|any|what|how|which|who|whether|that|details|information|names|to") &&
           !formulas_match(l, first, last, "* is|are|was|were|will|can|cannot|does|did");
}

bool echoes_names_only(struct finder *f, size_t start, size_t at, size_t next, size_t end)
{
    return is_topic(f, start, at) &&
           (echoes_reason(f, start, end).at || echoes_reason(f, next, end).at);
}

/* Whether a clause that begins at AT tells of a doing, "and naming them would harm us": it goes on
 * with what the sentence says. */
static bool is_doing(const struct paper *l, size_t at)
{
    size_t word = tokens_from(&l->words, at);
    if (word >= l->words.count)
        return false;
    struct span text = tokens_lower(&l->words, word);
    return text.len > 5 && memcmp(span_end(text) - 3, "ing", 3) == 0;
}

void echoes_clauses(struct echoes *e, size_t start, size_t end)
{
    const struct paper *l = &e->f->paper;
    size_t from = start, marks = 0;
    uint32_t meant = QUESTIONS_NONE;
    for (size_t at = start; at < end && end - start < ECHOES_CLAUSED; at++) {
        size_t mark = echoes_clause_mark(paper_slice(l, at, end));
        if (!mark || ++marks > MAX_MARKS || is_subordinate(l, from, at) ||
            (mark > 2 && is_doing(l, at + mark)))
            continue;
        uint32_t here = echoes_question(e->f, from, at);
        uint32_t next = echoes_question(e->f, at + mark, end), led = QUESTIONS_NONE;
        if (here != QUESTIONS_NONE && (next == QUESTIONS_NONE || next == here))
            next = led = led_to(e->f, here, at + mark, end);
        if (here == QUESTIONS_NONE || next == QUESTIONS_NONE || here == next ||
            (l->text.at[at] != ';' &&
             parts_later(e->f, from, at + mark, end, here, next, l->text.at[at])))
            continue;
        if (echoes_names_only(e->f, from, at, at + mark, end))
            continue;
        size_t to = without_and(l, from, at);
        echoes_add(e, (struct echoes_piece){from, to, from, to, meant, {0}});
        from = at + mark;
        meant = led;
    }
    echoes_add(e, (struct echoes_piece){from, end, from, end, meant, {0}});
}
