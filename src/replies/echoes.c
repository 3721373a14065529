/* echoes -- sentences that hold the words of a question.
 *
 * Prose that answers without repeating the question: "The fleet has 143 vehicles". Words alone are
 * weak evidence, so a text and a question must be each other's best match, and the score says how
 * little it is. What is compared with questions gathers echoes_pieces; here pieces and questions
 * are paired and taken. */
#include <stdlib.h>

#include "echoes_parts.h"

#define PAGE_WIDTH 150 /* bytes of a line that no page has */
#define MEANT 0.6F     /* what a clause counts for the question that the one before leads to */
#define ORDER_BONUS 0.12F
#define RANK_FULL 1.4F      /* of a pair that is as sure as words alone can be */
#define SCORE_LEAST 0.35F   /* of a pair */
#define SCORE_MORE 0.4F     /* what a full rank adds */
#define SCORE_REFUSED 0.5F  /* at least, of one that refuses */
#define PLACE_PAIRS 3       /* that stand in order, so that a place tells */
#define PLACE_TOLD 0.3F     /* of a word of the question, in its place */
#define PLACE_RANK 0.7F     /* of a pair that only its place tells */
#define SHARED_COVERED 0.7F /* of a second question's weight, with what its place counts */

/* ---- pairing ---- */

static int by_rank(const void *a, const void *b)
{
    const struct echoes_pair *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    if (x->piece != y->piece)
        return x->piece < y->piece ? -1 : 1;
    return (x->question > y->question) - (x->question < y->question);
}

static void add_pair(struct echoes *e, size_t piece, size_t question)
{
    const struct finder *f = e->f;
    const struct echoes_piece *p = &e->pieces[piece];
    float told,
        likeness = quotes_likeness(f->questions, &f->paper, question, p->start, p->end, &told);
    float covered = told / f->questions->at[question].weight;
    if (p->meant == question) {
        likeness = likeness > MEANT ? likeness : MEANT;
        covered = covered > MEANT ? covered : MEANT;
    } else if (told < ECHOES_TOLD || p->meant != QUESTIONS_NONE) {
        return;
    }
    float place = (float)piece / (float)e->count - (float)question / (float)f->questions->count;
    float order = 1 - (place < 0 ? -place : place);
    e->pairs = array_grow(e->pairs, &e->pairs_cap, e->pair_count + 1, sizeof *e->pairs);
    e->pairs[e->pair_count++] = (struct echoes_pair){(uint32_t)piece, (uint32_t)question, likeness,
                                                     likeness + covered + ORDER_BONUS * order};
}

/* Whether piece P has a figure if QUESTION wants one. */
static bool may_answer(const struct echoes *e, size_t p, size_t question)
{
    return !echoes_wants_figure(e->f, question) ||
           echoes_has_figure(e->f, e->pieces[p].start, e->pieces[p].end);
}

static void pair_all(struct echoes *e)
{
    e->pair_count = 0;
    for (size_t i = 0; i < e->count; i++)
        for (size_t q = 0; q < e->f->questions->count; q++)
            if (!finder_has(e->f, q) && may_answer(e, i, q))
                add_pair(e, i, q);
    if (e->pair_count)
        qsort(e->pairs, e->pair_count, sizeof *e->pairs, by_rank);
}

static void drop_slight(struct echoes *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < e->pair_count; i++) {
        float covered = e->pairs[i].rank - e->pairs[i].likeness;
        if (covered >= ECHOES_COVERED)
            e->pairs[kept++] = e->pairs[i];
    }
    e->pair_count = kept;
}

/* Leaves the pairs that are each other's best. */
static void keep_best(struct echoes *e)
{
    struct arena arena = {0};
    bool *piece = arena_array(&arena, e->count + 1, sizeof *piece);
    bool *question = arena_array(&arena, e->f->questions->count + 1, sizeof *question);
    size_t kept = 0;
    for (size_t i = 0; i < e->pair_count; i++) {
        struct echoes_pair p = e->pairs[i];
        if (piece[p.piece] || question[p.question])
            continue;
        piece[p.piece] = question[p.question] = true;
        e->pairs[kept++] = p;
    }
    e->pair_count = kept;
    arena_free(&arena);
}

/* A sentence may answer two questions: the second takes it too if it holds as much of its words. */
static void share(struct echoes *e, const struct echoes_pair *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool answered = false;
        for (size_t k = 0; k < e->pair_count; k++)
            answered |= e->pairs[k].question == all[i].question;
        if (answered || all[i].rank - all[i].likeness < SHARED_COVERED)
            continue;
        e->pairs[e->pair_count++] = all[i];
    }
}

/* ---- what is left ---- */

/* Whether the text speaks of questions by their name: that belongs to them. */
static bool names_questions(const struct echoes *e, size_t from, size_t to)
{
    const struct paper *l = &e->f->paper;
    size_t i = tokens_from(&l->words, from);
    for (; i < l->words.count && l->words.at[i].start < to; i++)
        if (formulas_match(l, i, l->words.count, "question|questions"))
            return true;
    return false;
}

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

/* The only question without an answer of those behind FIRST and in front of LAST, or
 * QUESTIONS_NONE. */
static uint32_t only_open(const struct echoes *e, size_t first, size_t last)
{
    uint32_t found = QUESTIONS_NONE;
    for (size_t q = first; q < last; q++) {
        if (!is_open(e, (uint32_t)q))
            continue;
        if (found != QUESTIONS_NONE)
            return QUESTIONS_NONE;
        found = (uint32_t)q;
    }
    return found;
}

/* Whether piece K may be the answer to QUESTION by its place alone: it has the figure that is
 * wanted, or a word of the question. */
static bool fits_place(const struct echoes *e, size_t k, uint32_t question)
{
    float told;
    const struct echoes_piece *p = &e->pieces[k];
    quotes_likeness(e->f->questions, &e->f->paper, question, p->start, p->end, &told);
    bool figure = echoes_asks_figure(e->f, question);
    return figure ? echoes_has_figure(e->f, p->start, p->end) : told > PLACE_TOLD;
}

/* Where sentences answer in the order of the questions, the only one between two of them answers
 * the only question between theirs, in whatever words. */
static void fill_gaps(struct echoes *e)
{
    size_t count = e->f->questions->count, last = e->count;
    if (2 * e->pair_count < count || e->pair_count < PLACE_PAIRS)
        return;
    for (size_t k = 1; k < e->count; k++) {
        uint32_t before = paired_with(e, k - 1);
        if (before == QUESTIONS_NONE || paired_with(e, k) != QUESTIONS_NONE)
            continue;
        uint32_t after = k + 1 < last ? paired_with(e, k + 1) : (uint32_t)count;
        uint32_t open = after == QUESTIONS_NONE ? after : only_open(e, (size_t)before + 1, after);
        if (open == QUESTIONS_NONE || names_questions(e, e->pieces[k].from, e->pieces[k].to) ||
            !fits_place(e, k, open))
            continue;
        e->pairs = array_grow(e->pairs, &e->pairs_cap, e->pair_count + 1, sizeof *e->pairs);
        e->pairs[e->pair_count++] = (struct echoes_pair){(uint32_t)k, open, 0, PLACE_RANK};
    }
}

/* ---- what follows a sentence ---- */

static size_t widest(const struct paper *l)
{
    size_t width = 0;
    for (size_t i = 0; i < l->count; i++)
        if (l->lines[i].cells == 1 && l->lines[i].end - l->lines[i].start > width)
            width = l->lines[i].end - l->lines[i].start;
    return width;
}

/* Whether a paragraph ends with LINE though no empty line follows: a sentence ends far from where
 * the letter's lines do, or the letter has no lines but paragraphs. */
static bool ends_paragraph(const struct paper *l, size_t line, size_t width)
{
    size_t len = l->lines[line].end - l->lines[line].start;
    return width > PAGE_WIDTH || (4 * len < 3 * width && l->text.at[l->lines[line].end - 1] == '.');
}

bool echoes_goes_on(const struct echoes *e, size_t k)
{
    const struct paper *l = &e->f->paper;
    size_t here = paper_line_at(l, e->pieces[k].from),
           before = paper_line_at(l, e->pieces[k - 1].from);
    while (before < here) {
        if (l->lines[before + 1].apart || ends_paragraph(l, before, e->width))
            return false;
        before++;
    }
    return e->pieces[k].from <= e->pieces[k - 1].to + 1;
}

/* What follows a sentence in its paragraph and answers no other question belongs to it: "There are
 * 11 on our car parks." */
static void extend_pieces(struct echoes *e)
{
    struct arena arena = {0};
    bool *paired = arena_array(&arena, e->count + 1, sizeof *paired);
    for (size_t i = 0; i < e->pair_count; i++)
        paired[e->pairs[i].piece] = true;
    size_t own_end = e->pieces[e->count - 1].to; /* of piece K, before others were added to it */
    for (size_t k = e->count; k-- > 1;) {
        bool more =
            !paired[k] && echoes_goes_on(e, k) && !names_questions(e, e->pieces[k].from, own_end);
        own_end = e->pieces[k - 1].to;
        if (more)
            e->pieces[k - 1].to = e->pieces[k].to;
    }
    arena_free(&arena);
}

/* ---- taking ---- */

/* Whether the text of piece P refuses with a reason: that has few words of its question. */
static bool cites(struct finder *f, const struct echoes_piece *p)
{
    static const struct span refused = SPAN_ROW("refused:");
    struct span flat = finder_flat(f, buf_span(&f->text));
    return p->reason.at || span_starts(verdict_reason(&f->verdict, flat), refused);
}

static void take_pairs(struct echoes *e)
{
    struct finder *f = e->f;
    extend_pieces(e);
    for (size_t i = 0; i < e->pair_count; i++) {
        const struct echoes_piece *p = &e->pieces[e->pairs[i].piece];
        float likeness = e->pairs[i].rank > RANK_FULL ? 1 : e->pairs[i].rank / RANK_FULL;
        size_t at;
        buf_clear(&f->text);
        stretches_text(&f->paper, p->from, p->to, &f->text, &at);
        if (f->text.len == 0)
            continue;
        float score = SCORE_LEAST + SCORE_MORE * likeness;
        if (score < SCORE_REFUSED && cites(f, p))
            score = SCORE_REFUSED;
        finder_take(f,
                    &(struct candidate){.question = e->pairs[i].question,
                                        .how = FINDING_ORDER,
                                        .score = score,
                                        .at = at,
                                        .reason = p->reason},
                    buf_span(&f->text));
    }
}

void echoes_sentences(struct finder *f)
{
    struct echoes e = {.f = f};
    struct arena arena = {0};
    unsigned char *used = arena_array(&arena, f->paper.count + 1, 1);
    echoes_mark_used(f, used);
    echoes_gather(&e, used);
    if (e.count) {
        pair_all(&e);
        drop_slight(&e);
        size_t count = e.pair_count;
        struct echoes_pair *all = arena_array(&arena, count + 1, sizeof *all);
        if (count)
            memcpy(all, e.pairs, count * sizeof *all);
        keep_best(&e);
        share(&e, all, count);
        e.width = widest(&f->paper);
        echoes_refusals(&e);
        fill_gaps(&e);
        take_pairs(&e);
    }
    free(e.pieces);
    free(e.pairs);
    arena_free(&arena);
}
