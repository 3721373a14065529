/* echoes_gaps -- questions between two that are answered, and what stands between their answers.
 *
 * Where sentences answer in the order of the questions, what is between two of them answers the
 * question between theirs, in whatever words: a sentence of its own, or a clause of the one before
 * or behind, which the kind of its figure tells: "Two were sold in 2017, fetching £61,500". */
#include <stdlib.h>

#include "echoes_parts.h"

#define PLACE_PAIRS 3   /* that stand in order, so that a place tells */
#define PLACE_TOLD 0.3F /* of a word of the question, in its place */
#define PLACE_RANK 0.7F /* of a pair that only its place tells */
#define RUN_MAX 4       /* pieces in a row that only their places tell */
#define CLAUSE_WORDS 2  /* at least */
#define LEAD_WORDS 4    /* in front of the figure, that belong to its clause */

/* The question of piece K, or QUESTIONS_NONE. */
static uint32_t paired_with(const struct echoes *e, size_t k)
{
    for (size_t i = 0; i < e->pair_count; i++)
        if (e->pairs[i].piece == k)
            return e->pairs[i].question;
    return QUESTIONS_NONE;
}

static bool is_open(const struct echoes *e, uint32_t question)
{
    for (size_t i = 0; i < e->pair_count; i++)
        if (e->pairs[i].question == question)
            return false;
    return !finder_has(e->f, question);
}

/* The open questions of those behind FIRST and in front of LAST, as many as RUN_MAX in OPEN; their
 * number. */
static size_t open_between(const struct echoes *e, size_t first, size_t last, uint32_t *open)
{
    size_t count = 0;
    for (size_t q = first; q < last && count <= RUN_MAX; q++)
        if (is_open(e, (uint32_t)q)) {
            if (count < RUN_MAX)
                open[count] = (uint32_t)q;
            count++;
        }
    return count;
}

/* Whether piece K may be the answer to QUESTION by its place alone: it has the figure that is
 * wanted, or a word of the question. */
static bool fits_place(const struct echoes *e, size_t k, uint32_t question)
{
    float told;
    const struct echoes_piece *p = &e->pieces[k];
    enum echoes_kind kind = echoes_kind_of(e->f, question);
    if (kind > ECHOES_COUNT)
        return echoes_has_kind(e->f, kind, p->start, p->end);
    quotes_likeness(e->f->questions, &e->f->paper, question, p->start, p->end, &told);
    bool figure = echoes_asks_figure(e->f, question);
    return figure ? echoes_has_figure(e->f, p->start, p->end) : told > PLACE_TOLD;
}

static void pair(struct echoes *e, size_t piece, uint32_t question)
{
    e->pairs = array_grow(e->pairs, &e->pairs_cap, e->pair_count + 1, sizeof *e->pairs);
    e->pairs[e->pair_count++] = (struct echoes_pair){(uint32_t)piece, question, 0, PLACE_RANK, 0};
}

/* ---- sentences ---- */

/* The number of pieces from FIRST on that are paired with no question; more than RUN_MAX are not
 * counted. */
static size_t run_of(const struct echoes *e, size_t first)
{
    size_t k = first;
    while (k < e->count && k - first <= RUN_MAX && paired_with(e, k) == QUESTIONS_NONE)
        k++;
    return k - first;
}

/* As many pieces between two that answer as there are questions between theirs answer these. */
static void fill_runs(struct echoes *e)
{
    uint32_t open[RUN_MAX];
    for (size_t k = 1; k < e->count; k++) {
        uint32_t before = paired_with(e, k - 1);
        size_t run = before == QUESTIONS_NONE ? 0 : run_of(e, k);
        if (run == 0 || run > RUN_MAX)
            continue;
        size_t after =
            k + run < e->count ? paired_with(e, k + run) : (uint32_t)e->f->questions->count;
        bool fits = open_between(e, (size_t)before + 1, after, open) == run;
        for (size_t i = 0; i < run && fits; i++)
            fits = !echoes_names_questions(e, e->pieces[k + i].from, e->pieces[k + i].to) &&
                   fits_place(e, k + i, open[i]);
        for (size_t i = 0; i < run && fits; i++)
            pair(e, k + i, open[i]);
    }
}

/* ---- clauses ---- */

/* Whether the clause [START, END) may answer QUESTION, and its other part [FROM, TO), which answers
 * question OTHER, does not: by the kind of figure that each asks for. */
static bool is_clause_of(const struct echoes *e, uint32_t question, uint32_t other, size_t start,
                         size_t end, size_t from, size_t to)
{
    const struct finder *f = e->f;
    enum echoes_kind kind = echoes_kind_of(f, question), its = echoes_kind_of(f, other);
    float told, both;
    quotes_likeness(f->questions, &f->paper, question, start, end, &told);
    quotes_likeness(f->questions, &f->paper, other, start, end, &both);
    if (!echoes_has_kind(f, kind, start, end) || !echoes_has_kind(f, its, from, to))
        return false;
    if (kind != its && kind > ECHOES_COUNT)
        return !echoes_has_kind(f, kind, from, to);
    float rest;
    quotes_likeness(f->questions, &f->paper, other, from, to, &rest);
    return (told > PLACE_TOLD && told > both) ||
           (kind == ECHOES_MONEY && told >= both && rest > 2 * both);
}

/* Where piece K falls into an answer to its question A and one to OPEN: the byte behind the first,
 * and the length of the mark in *MARK; 0 if it does not. LATER: OPEN is the question behind A. */
static size_t clause_between(const struct echoes *e, size_t k, uint32_t a, uint32_t open,
                             bool later, size_t *mark)
{
    const struct echoes_piece *p = &e->pieces[k];
    const struct paper *l = &e->f->paper;
    size_t found = 0;
    for (size_t at = p->start + 1; at < p->end && p->end - p->start < ECHOES_CLAUSED; at++) {
        size_t skip = echoes_clause_mark(paper_slice(l, at, p->end));
        if (!skip || echoes_words(l, p->start, at) < CLAUSE_WORDS ||
            echoes_words(l, at + skip, p->end) < CLAUSE_WORDS ||
            (found && echoes_words(l, found, at) < LEAD_WORDS)) /* "at a cost of £211" */
            continue;
        if ((later ? is_clause_of(e, open, a, at + skip, p->end, p->start, at)
                   : is_clause_of(e, open, a, p->start, at, at + skip, p->end)) &&
            !echoes_names_only(e->f, p->start, at, at + skip, p->end)) {
            found = at;
            *mark = skip;
        }
    }
    return found;
}

/* Cuts piece K at byte AT, before a mark of SKIP bytes: what is behind becomes piece K + 1. */
static void cut(struct echoes *e, size_t k, size_t at, size_t skip)
{
    struct echoes_piece behind = e->pieces[k];
    behind.start = behind.from = at + skip;
    echoes_add(e, behind);
    memmove(&e->pieces[k + 2], &e->pieces[k + 1], (e->count - k - 2) * sizeof *e->pieces);
    e->pieces[k + 1] = behind;
    e->pieces[k].end = e->pieces[k].to = at;
    for (size_t i = 0; i < e->pair_count; i++)
        e->pairs[i].piece += e->pairs[i].piece > k;
}

/* Whether the pieces around K answer questions in front of OPEN and behind it. */
static bool stands_between(const struct echoes *e, size_t k, uint32_t open)
{
    uint32_t before = k ? paired_with(e, k - 1) : QUESTIONS_NONE,
             after = k + 1 < e->count ? paired_with(e, k + 1) : QUESTIONS_NONE;
    return (before == QUESTIONS_NONE || before < open) &&
           (after == QUESTIONS_NONE || after > open) && (before != after);
}

/* A piece that two questions share, of which each has a clause. */
static void part_shared(struct echoes *e)
{
    for (size_t i = 1; i < e->pair_count; i++)
        for (size_t j = 0; j < i; j++) {
            struct echoes_pair *a = &e->pairs[i], *b = &e->pairs[j];
            size_t k = a->piece, mark, at;
            if (b->piece != k || e->pieces[k].reason.at)
                continue;
            bool later = b->question > a->question;
            struct echoes_pair *first = later ? a : b, *second = later ? b : a;
            at = clause_between(e, k, first->question, second->question, true, &mark);
            if (!at)
                continue;
            cut(e, k, at, mark);
            second->piece++;
        }
}

/* A piece whose question's neighbour is open, and that has a clause which answers it. */
static void fill_clauses(struct echoes *e)
{
    for (size_t k = 0; k < e->count; k++) {
        uint32_t a = paired_with(e, k);
        size_t mark, at;
        if (a == QUESTIONS_NONE || e->pieces[k].reason.at)
            continue;
        if (a + 1 < e->f->questions->count && is_open(e, a + 1) && stands_between(e, k, a + 1) &&
            (at = clause_between(e, k, a, a + 1, true, &mark))) {
            cut(e, k, at, mark);
            pair(e, k + 1, a + 1);
        } else if (a > 0 && is_open(e, a - 1) && stands_between(e, k, a - 1) &&
                   (at = clause_between(e, k, a, a - 1, false, &mark))) {
            cut(e, k, at, mark);
            for (size_t i = 0; i < e->pair_count; i++)
                e->pairs[i].piece += e->pairs[i].piece == k;
            pair(e, k, a - 1);
        }
    }
}

void echoes_gaps(struct echoes *e)
{
    part_shared(e);
    if (2 * e->pair_count < e->f->questions->count || e->pair_count < PLACE_PAIRS)
        return;
    fill_runs(e);
    fill_clauses(e);
}
