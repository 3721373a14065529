/* echoes -- sentences that hold the words of a question.
 *
 * Prose that answers without repeating the question: "The fleet has 143 vehicles". Words alone are
 * weak evidence, so a text and a question must be each other's best match, and the score says how
 * little it is. What is compared with questions gathers echoes_pieces; here pieces and questions
 * are paired and taken. */
#include <stdlib.h>

#include "echoes_parts.h"
#include "verdict_parts.h"

#define PAGE_WIDTH 150 /* bytes of a line that no page has */
#define MEANT 0.6F     /* what a clause counts for the question that the one before leads to */
#define ORDER_BONUS 0.12F
#define KIND_BONUS 0.12F
#define RANK_FULL 1.4F      /* of a pair that is as sure as words alone can be */
#define SCORE_LEAST 0.35F   /* of a pair */
#define SCORE_MORE 0.4F     /* what a full rank adds */
#define SCORE_REFUSED 0.5F  /* at least, of one that refuses */
#define SHARED_COVERED 0.7F /* of a second question's weight, with what its place counts */

/* ---- pairing ---- */

static int by_rank(const void *a, const void *b)
{
    const struct echoes_pair *x = a, *y = b;
    float first = x->rank + x->kind, second = y->rank + y->kind;
    if (first != second)
        return first < second ? 1 : -1;
    if (x->piece != y->piece)
        return x->piece < y->piece ? -1 : 1;
    return (x->question > y->question) - (x->question < y->question);
}

/* Whether piece P has a figure that is no year, or begins with one in words. */
static bool counts(const struct echoes *e, const struct echoes_piece *p)
{
    return echoes_is_figure(e->f, p) ||
           verdict_has_figure(&e->f->verdict, paper_slice(&e->f->paper, p->start, p->end));
}

/* What it counts that a piece has the sign of what QUESTION asks for: an amount, a share. */
static float kind_bonus(const struct echoes *e, size_t piece, size_t question)
{
    const struct echoes_piece *p = &e->pieces[piece];
    enum echoes_kind kind = echoes_kind_of(e->f, question);
    if (kind == ECHOES_ANY)
        return 0;
    if (kind == ECHOES_COUNT)
        return counts(e, p) ? KIND_BONUS : 0;
    return echoes_has_kind(e->f, kind, p->start, p->end) ? KIND_BONUS : -KIND_BONUS;
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
    e->pairs[e->pair_count++] =
        (struct echoes_pair){.piece = (uint32_t)piece,
                             .question = (uint32_t)question,
                             .likeness = likeness,
                             .rank = likeness + covered + ORDER_BONUS * order,
                             .kind = kind_bonus(e, piece, question)};
}

/* Whether piece P has a figure if QUESTION wants one, and none of another kind than it asks for. */
static bool may_answer(const struct echoes *e, size_t p, size_t question)
{
    const struct echoes_piece *it = &e->pieces[p];
    enum echoes_kind kind = echoes_kind_of(e->f, question);
    if (kind > ECHOES_COUNT && !echoes_has_kind(e->f, kind, it->start, it->end) && counts(e, it))
        return false;
    return !echoes_wants_figure(e->f, question) || echoes_has_figure(e->f, it->start, it->end);
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

/* ---- what follows a sentence ---- */

/* Whether the text speaks of questions by their name: that belongs to them. */
bool echoes_names_questions(const struct echoes *e, size_t from, size_t to)
{
    const struct paper *l = &e->f->paper;
    size_t i = tokens_from(&l->words, from);
    for (; i < l->words.count && l->words.at[i].start < to; i++)
        if (formulas_match(l, i, l->words.count, "question|questions"))
            return true;
    return false;
}

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
        bool more = !paired[k] && echoes_goes_on(e, k) &&
                    !echoes_names_questions(e, e->pieces[k].from, own_end);
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
        echoes_gaps(&e);
        take_pairs(&e);
    }
    free(e.pieces);
    free(e.pairs);
    arena_free(&arena);
}
