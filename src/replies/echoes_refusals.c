/* echoes_refusals -- sentences of prose that refuse what one question asks.
 *
 * They share fewer words with it than an answer does: "Waiting times are published elsewhere. They
 * are exempt." So what stands in front of them in their paragraph and answers nothing counts as
 * well, and one question must be meant more than all others. */
#include "echoes_parts.h"

#define TOLD_APART 1.5F  /* words of the question, in a paragraph of their own */
#define TOLD_BEHIND 1.8F /* and behind the answer to another */
#define LEAD 1.2F        /* of the question that is meant before the next */

static bool is_paired(const struct echoes *e, size_t piece)
{
    for (size_t i = 0; i < e->pair_count; i++)
        if (e->pairs[i].piece == piece)
            return true;
    return false;
}

static bool is_answered(const struct echoes *e, size_t question)
{
    for (size_t i = 0; i < e->pair_count; i++)
        if (e->pairs[i].question == question)
            return true;
    return finder_has(e->f, question);
}

struct span echoes_reason(struct finder *f, size_t start, size_t end)
{
    size_t at;
    buf_clear(&f->text);
    stretches_text(&f->paper, start, end, &f->text, &at);
    return verdict_of_named(&f->verdict, finder_flat(f, buf_span(&f->text)));
}

static struct span reason_of(const struct echoes *e, size_t piece)
{
    return echoes_reason(e->f, e->pieces[piece].from, e->pieces[piece].to);
}

/* Whether the words of piece K are said of the request, or of all that is left of it. */
static bool is_of_all(const struct echoes *e, size_t k)
{
    const struct paper *l = &e->f->paper;
    size_t first = tokens_from(&l->words, e->pieces[k].from),
           last = tokens_from(&l->words, e->pieces[k].to);
    return formulas_in(l, first, last, FORMULA_REST, NULL) ||
           formulas_in(l, first, last, FORMULA_HOLDING, NULL) ||
           formulas_match(l, first, last, "* your|this request *");
}

/* The question that is meant by [START, END) more than any other, of those without an answer. */
static uint32_t meant_by(const struct echoes *e, size_t start, size_t end, float least)
{
    const struct finder *f = e->f;
    float best = 0, second = 0, told;
    uint32_t question = QUESTIONS_NONE;
    for (size_t q = 0; q < f->questions->count; q++) {
        float likeness = quotes_likeness(f->questions, &f->paper, q, start, end, &told);
        float covered = told / f->questions->at[q].weight;
        if (is_answered(e, q) || told < least)
            continue;
        float rank = likeness + covered;
        second = rank > best ? best : rank > second ? rank : second;
        question = rank > best ? (uint32_t)q : question;
        best = rank > best ? rank : best;
    }
    return best >= LEAD * second ? question : QUESTIONS_NONE;
}

void echoes_refusals(struct echoes *e)
{
    for (size_t k = 0; k < e->count; k++) {
        size_t first = k;
        struct span reason = is_paired(e, k) ? (struct span){0} : reason_of(e, k);
        if (!reason.at || is_of_all(e, k))
            continue;
        while (first > 0 && !is_paired(e, first - 1) && echoes_goes_on(e, first))
            first--;
        bool behind = first > 0 && echoes_goes_on(e, first);
        uint32_t question =
            meant_by(e, e->pieces[first].from, e->pieces[k].to, behind ? TOLD_BEHIND : TOLD_APART);
        if (question == QUESTIONS_NONE)
            continue;
        e->pieces[k].from = e->pieces[first].from;
        e->pieces[k].reason = reason;
        e->pairs = array_grow(e->pairs, &e->pairs_cap, e->pair_count + 1, sizeof *e->pairs);
        e->pairs[e->pair_count++] =
            (struct echoes_pair){(uint32_t)k, question, ECHOES_COVERED, ECHOES_TOLD, 0};
    }
}
