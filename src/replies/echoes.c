/* echoes -- sentences that hold the words of a question.
 *
 * Prose that answers without repeating the question: "The fleet has 143 vehicles". Words alone are
 * weak evidence, so a text and a question must be each other's best match, and the score says
 * how little it is. */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "finder_parts.h"
#include "stem.h"

#define PAGE_WIDTH 150  /* bytes of a line that no page has */
#define GREETING_MAX 40 /* bytes */
#define MEANT 0.6F      /* what a clause counts for the question that the one before leads to */
#define MAX_MARKS 16    /* of a sentence at which it may fall into clauses */
#define CLAUSED_MAX 600 /* bytes of a sentence that is looked at by clauses */
#define ORDER_BONUS 0.12F
#define SHARED_COVERED 0.7F /* of a second question's weight, with what its place counts */
#define FIGURE_WITHIN 3     /* words, of which one is the figure */
#define ORDER_FITS 0.55F
#define ORDER_SCORE 0.4F /* of a place alone: under what is taken by default */

struct piece {
    size_t start, end; /* of the words that are compared */
    size_t from, to;   /* of the answer */
    uint32_t meant;    /* the question that its place tells, or QUESTIONS_NONE */
};

struct pair {
    uint32_t piece, question;
    float likeness, rank;
};

struct echoes {
    struct finder *f;
    struct piece *pieces;
    size_t count, cap;
    struct pair *pairs;
    size_t pair_count, pairs_cap;
    size_t width; /* of the letter's widest line */
};

static void add_piece(struct echoes *e, struct piece p)
{
    e->pieces = array_grow(e->pieces, &e->cap, e->count + 1, sizeof *e->pieces);
    e->pieces[e->count++] = p;
}

/* ---- what is free ---- */

/* Marks the lines that belong to findings, tables and formulas; an end holds to the next quote or
 * opening. */
static void mark_used(struct finder *f, unsigned char *used)
{
    const struct events *e = &f->events;
    for (size_t i = 0; i < f->paper.count; i++)
        used[i] = f->claimed[i];
    for (size_t i = 0; i < e->count; i++) {
        const struct event *it = &e->at[i];
        if (it->kind == EVENT_DROPPED)
            continue;
        size_t line = paper_line_at(&f->paper, it->start), next = i + 1;
        while (next < e->count && e->at[next].kind == EVENT_DROPPED)
            next++;
        size_t stop = next < e->count ? e->at[next].start : f->paper.text.len;
        bool ends =
            it->kind == EVENT_END && (it->formula == FORMULA_END || it->formula == FORMULA_CLOSE);
        bool opens = it->kind == EVENT_END && !ends && it->formula != FORMULA_ASIDE;
        bool keeps = it->kind == EVENT_QUESTION && !it->empty;
        for (size_t k = line; k < f->paper.count && f->paper.lines[k].start < stop; k++)
            if (ends && k == line && it->start > f->paper.lines[k].start)
                continue; /* what stands before it on its line is free: closed_at() */
            else if (ends || keeps || k == line ||
                     (it->kind == EVENT_QUESTION && it->end > f->paper.lines[k].start))
                used[k] = opens ? used[k] : 1;
    }
}

static size_t words_in(const struct paper *l, size_t start, size_t end)
{
    return tokens_from(&l->words, end) - tokens_from(&l->words, start);
}

/* ---- pairing ---- */

static int by_rank(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    if (x->piece != y->piece)
        return x->piece < y->piece ? -1 : 1;
    return (x->question > y->question) - (x->question < y->question);
}

static void add_pair(struct echoes *e, size_t piece, size_t question, float min_told)
{
    const struct finder *f = e->f;
    const struct piece *p = &e->pieces[piece];
    float told,
        likeness = quotes_likeness(f->questions, &f->paper, question, p->start, p->end, &told);
    float covered = told / f->questions->at[question].weight;
    if (p->meant == question) {
        likeness = likeness > MEANT ? likeness : MEANT;
        covered = covered > MEANT ? covered : MEANT;
    } else if (told < min_told || p->meant != QUESTIONS_NONE) {
        return;
    }
    float place = (float)piece / (float)e->count - (float)question / (float)f->questions->count;
    float order = 1 - (place < 0 ? -place : place);
    e->pairs = array_grow(e->pairs, &e->pairs_cap, e->pair_count + 1, sizeof *e->pairs);
    e->pairs[e->pair_count++] = (struct pair){(uint32_t)piece, (uint32_t)question, likeness,
                                              likeness + covered + ORDER_BONUS * order};
}

static void pair_all(struct echoes *e, float min_told)
{
    e->pair_count = 0;
    for (size_t i = 0; i < e->count; i++)
        for (size_t q = 0; q < e->f->questions->count; q++)
            if (!finder_has(e->f, q))
                add_pair(e, i, q, min_told);
    if (e->pair_count)
        qsort(e->pairs, e->pair_count, sizeof *e->pairs, by_rank);
}

/* Leaves the pairs that are each other's best. */
static void keep_best(struct echoes *e)
{
    struct arena arena = {0};
    bool *piece = arena_array(&arena, e->count + 1, sizeof *piece);
    bool *question = arena_array(&arena, e->f->questions->count + 1, sizeof *question);
    size_t kept = 0;
    for (size_t i = 0; i < e->pair_count; i++) {
        struct pair p = e->pairs[i];
        if (piece[p.piece] || question[p.question])
            continue;
        piece[p.piece] = question[p.question] = true;
        e->pairs[kept++] = p;
    }
    e->pair_count = kept;
    arena_free(&arena);
}

/* A sentence may answer two questions: the second takes it too if it holds as much of its words. */
static void share(struct echoes *e, const struct pair *all, size_t count)
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

/* Whether piece K goes on in the paragraph of the one before it. */
static bool goes_on(const struct echoes *e, size_t k)
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

/* Whether a piece speaks of questions by their name: that belongs to them. */
static bool names_questions(const struct echoes *e, size_t k)
{
    const struct paper *l = &e->f->paper;
    size_t i = tokens_from(&l->words, e->pieces[k].from);
    for (; i < l->words.count && l->words.at[i].start < e->pieces[k].to; i++)
        if (formulas_match(l, i, l->words.count, "question|questions"))
            return true;
    return false;
}

/* What follows a sentence in its paragraph and answers no other question belongs to it: "There are
 * 11 on our car parks." */
static void extend_pieces(struct echoes *e)
{
    struct arena arena = {0};
    bool *paired = arena_array(&arena, e->count + 1, sizeof *paired);
    for (size_t i = 0; i < e->pair_count; i++)
        paired[e->pairs[i].piece] = true;
    for (size_t k = e->count; k-- > 1;)
        if (!paired[k] && goes_on(e, k) && !names_questions(e, k))
            e->pieces[k - 1].to = e->pieces[k].to;
    arena_free(&arena);
}

static void take_pairs(struct echoes *e, enum finding_how how, float base, float share)
{
    struct finder *f = e->f;
    e->width = widest(&f->paper);
    extend_pieces(e);
    for (size_t i = 0; i < e->pair_count; i++) {
        const struct piece *p = &e->pieces[e->pairs[i].piece];
        float likeness = e->pairs[i].rank > 1.4F ? 1 : e->pairs[i].rank / 1.4F;
        size_t at;
        buf_clear(&f->text);
        stretches_text(&f->paper, p->from, p->to, &f->text, &at);
        if (f->text.len == 0)
            continue;
        finder_take(f,
                    &(struct candidate){.question = e->pairs[i].question,
                                        .how = how,
                                        .score = base + share * likeness,
                                        .at = at},
                    buf_span(&f->text));
    }
}

/* ---- sentences ---- */

/* Words that tell which sentence answers: of it and of no other question more. */
#define SENTENCE_TOLD 0.8F
#define SENTENCE_COVERED 0.3F

static bool in_question(const struct finder *f, size_t start)
{
    for (size_t i = 0; i < f->quotes.count; i++)
        if (start >= f->quotes.at[i].start && start < f->quotes.at[i].end)
            return true;
    return false;
}

uint32_t echoes_question(const struct finder *f, size_t start, size_t end)
{
    float best = 0, told;
    uint32_t question = QUESTIONS_NONE;
    for (size_t q = 0; q < f->questions->count; q++) {
        float likeness = quotes_likeness(f->questions, &f->paper, q, start, end, &told);
        float covered = told / f->questions->at[q].weight;
        if (told < SENTENCE_TOLD || covered < SENTENCE_COVERED || likeness + covered <= best)
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

/* The question that a clause behind one of question HERE is of though its words do not tell, or
 * QUESTIONS_NONE. */
static uint32_t led_to(const struct finder *f, uint32_t here, size_t start, size_t end)
{
    size_t next = (size_t)here + 1;
    for (size_t q = 0; q < f->questions->count; q++)
        if (q != here && is_of_sibling(f, q, here, start, end))
            return (uint32_t)q;
    return next < f->questions->count && points_back(f, next, start, end) ? (uint32_t)next
                                                                          : QUESTIONS_NONE;
}

/* The bytes of what sets a clause apart at the start of TEXT: "; ", ", and ", ", which "; 0 if
 * nothing does. */
static size_t clause_mark(struct span text)
{
    static const struct span marks[] = {
        SPAN_ROW("; and "),     SPAN_ROW("; "),      SPAN_ROW(", and "),    SPAN_ROW(", which"),
        SPAN_ROW(", of which"), SPAN_ROW(", while"), SPAN_ROW(", of whom"), SPAN_ROW(", but "),
        SPAN_ROW(" and "),      SPAN_ROW(", ")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (span_starts(text, marks[i]))
            return marks[i].at[marks[i].len - 1] == ' ' ? marks[i].len : 2;
    return 0;
}

/* Whether a semicolon behind AT parts what FROM begins in the same two questions: "40 in 2021 and
 * 37 in 2022; six people were hurt". */
static bool parts_later(const struct finder *f, size_t from, size_t at, size_t end, uint32_t here,
                        uint32_t next)
{
    for (; at + 1 < end; at++)
        if (f->paper.text.at[at] == ';' && echoes_question(f, from, at) == here &&
            echoes_question(f, at + 1, end) == next)
            return true;
    return false;
}

/* Adds the sentence [START, END): in clauses, where those before and behind a mark are of two
 * questions ("There are 902, and 711 of these resulted in an award"). */
static void add_clauses(struct echoes *e, size_t start, size_t end)
{
    const struct paper *l = &e->f->paper;
    size_t from = start, marks = 0;
    uint32_t meant = QUESTIONS_NONE;
    for (size_t at = start; at < end && end - start < CLAUSED_MAX; at++) {
        size_t mark = clause_mark(paper_slice(l, at, end));
        if (!mark || ++marks > MAX_MARKS)
            continue;
        uint32_t here = echoes_question(e->f, from, at);
        uint32_t next = echoes_question(e->f, at + mark, end), led = QUESTIONS_NONE;
        if (here != QUESTIONS_NONE && (next == QUESTIONS_NONE || next == here))
            next = led = led_to(e->f, here, at + mark, end);
        if (here == QUESTIONS_NONE || next == QUESTIONS_NONE || here == next ||
            (l->text.at[at] != ';' && parts_later(e->f, from, at + mark, end, here, next)))
            continue;
        add_piece(e, (struct piece){from, at, from, at, meant});
        from = at + mark;
        meant = led;
    }
    add_piece(e, (struct piece){from, end, from, end, meant});
}

/* Whether a sentence that begins at word I opens the letter or tells what became of the request. */
static bool is_opening(const struct paper *l, size_t i)
{
    static const char *const openings[] = {
        "date|dated|ref|reference|re|subject|tel|email|dear|thank|thanks|freedom",
        "further to your",
        "i|we have? passed|forwarded|transferred|sent your",
        "i am|write writing|to",
        "our|your ref|reference",
        "with|in reference|response|relation to your request|letter|email|enquiry|correspondence"};
    for (size_t k = 0; k < sizeof openings / sizeof *openings; k++)
        if (formulas_match(l, i, l->words.count, openings[k]))
            return true;
    return false;
}

/* The place behind a greeting that a sentence begins with, "Dear Mr Field - we own", or START. */
static size_t behind_greeting(const struct paper *l, size_t start, size_t end)
{
    size_t word = tokens_from(&l->words, start);
    if (word >= l->words.count || !formulas_match(l, word, l->words.count, "dear|hi|hello"))
        return start;
    for (size_t at = start; at < end && at < start + GREETING_MAX && l->text.at[at] != '\n'; at++)
        if (strchr(",:", l->text.at[at]) || (l->text.at[at] == '-' && l->text.at[at - 1] == ' '))
            return words_in(l, at, end) > 2 ? at + 1 : start;
    return start;
}

/* Where the letter closes within [START, END), or END. */
static size_t closed_at(const struct finder *f, size_t start, size_t end)
{
    const struct events *e = &f->events;
    size_t low = 0, high = e->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->at[middle].start <= start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < e->count && e->at[low].start < end; low++)
        if (e->at[low].kind == EVENT_END &&
            (e->at[low].formula == FORMULA_END || e->at[low].formula == FORMULA_CLOSE))
            return e->at[low].start;
    return end;
}

static void add_sentences(struct echoes *e, size_t start, size_t end)
{
    const struct paper *l = &e->f->paper;
    end = closed_at(e->f, start, end);
    start = behind_greeting(l, start, end);
    while (start < end) {
        size_t len = stretches_sentence(l, start, end) - start;
        size_t word = tokens_from(&l->words, start);
        if (!is_opening(l, word) && words_in(l, start, start + len) > 2 &&
            !in_question(e->f, start))
            add_clauses(e, start, start + len);
        start += len;
    }
}

static void gather_sentences(struct echoes *e, const unsigned char *used)
{
    const struct paper *l = &e->f->paper;
    for (size_t i = 0; i < l->count; i++) {
        if (used[i] || l->lines[i].cells > 1)
            continue;
        size_t last = i;
        while (last + 1 < l->count && !used[last + 1] && !l->lines[last + 1].apart &&
               l->lines[last + 1].cells == 1)
            last++;
        add_sentences(e, l->lines[i].start, l->lines[last].end);
        i = last;
    }
}

static void drop_slight(struct echoes *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < e->pair_count; i++) {
        float covered = e->pairs[i].rank - e->pairs[i].likeness;
        if (covered >= SENTENCE_COVERED)
            e->pairs[kept++] = e->pairs[i];
    }
    e->pair_count = kept;
}

/* Lines or paragraphs that are free, the greeting left out; whole paragraphs where LINES is false.
 */
static void gather_parts(struct echoes *e, const unsigned char *used, bool lines)
{
    const struct paper *l = &e->f->paper;
    for (size_t i = 0; i < l->count; i++) {
        size_t last = i;
        while (!lines && last + 1 < l->count && !used[last + 1] && !l->lines[last + 1].apart)
            last++;
        size_t word = tokens_from(&l->words, l->lines[i].start);
        bool greeting = word < l->words.count &&
                        formulas_match(l, word, l->words.count,
                                       "dear|hello|hi|good|freedom|thank|ref|reference|our|re");
        bool leads = l->text.at[l->lines[last].end - 1] == ':';
        if (!used[i] && !greeting && !leads && l->lines[i].cells == 1 &&
            words_in(l, l->lines[i].start, l->lines[last].end))
            add_piece(e, (struct piece){l->lines[i].start, l->lines[last].end, l->lines[i].start,
                                        l->lines[last].end, QUESTIONS_NONE});
        i = last;
    }
}

/* Whether the answer to QUESTION must be a figure, as its first words show. */
static bool wants_figure(const struct finder *f, size_t question)
{
    static const struct span starts[] = {SPAN_ROW("how many"),      SPAN_ROW("how much"),
                                         SPAN_ROW("number of"),     SPAN_ROW("total"),
                                         SPAN_ROW("the number of"), SPAN_ROW("what was the total")};
    struct span shown = f->questions->at[question].shown;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (shown.len >= starts[i].len && strncasecmp(shown.at, starts[i].at, starts[i].len) == 0)
            return true;
    return false;
}

/* Whether the words of piece P are, or begin with, a figure or say that there is none. */
static bool is_figure(const struct finder *f, const struct piece *p)
{
    const struct paper *l = &f->paper;
    size_t i = tokens_from(&l->words, p->from), last = tokens_from(&l->words, p->to);
    bool digits = false;
    for (size_t k = i; k < last && k < i + FIGURE_WITHIN; k++)
        digits |= isdigit((unsigned char)l->text.at[l->words.at[k].start]) != 0;
    return digits || formulas_match(l, i, last,
                                    "none|nil|zero|no|n|not|exempt|information|one|two|"
                                    "three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
                                    "thirteen|fourteen|fifteen|sixteen|seventeen|"
                                    "eighteen|nineteen|twenty|thirty|forty|fifty|"
                                    "sixty|seventy|eighty|ninety|hundred|several|few");
}

/* Whether the pieces, one a question, fit: a figure where one is asked for, more than one of them,
 * and nowhere a text too long to be one of many short ones. */
static bool fits_order(const struct echoes *e)
{
    size_t figures = 0, wanted = 0;
    for (size_t i = 0; i < e->count; i++) {
        if (!wants_figure(e->f, i))
            continue;
        wanted++;
        figures += is_figure(e->f, &e->pieces[i]);
    }
    return wanted > 1 && figures == wanted;
}

/* Where as many parts are left as there are questions, their order is a proposal; where figures
 * stand in all places that want them, it is more than that. */
void echoes_order(struct finder *f)
{
    struct arena arena = {0};
    unsigned char *used = arena_array(&arena, f->paper.count + 1, 1);
    mark_used(f, used);
    for (int lines = 0; lines < 2; lines++) {
        struct echoes e = {.f = f};
        gather_parts(&e, used, lines != 0);
        bool as_many = e.count == f->questions->count && e.count > 1;
        float score = as_many && fits_order(&e) ? ORDER_FITS : ORDER_SCORE;
        for (size_t i = 0; i < e.count && as_many; i++) {
            size_t at;
            buf_clear(&f->text);
            stretches_text(&f->paper, e.pieces[i].from, e.pieces[i].to, &f->text, &at);
            finder_take(
                f,
                &(struct candidate){
                    .question = (uint32_t)i, .how = FINDING_ORDER, .score = score, .at = at},
                buf_span(&f->text));
        }
        free(e.pieces);
        if (as_many)
            break;
    }
    arena_free(&arena);
}

void echoes_sentences(struct finder *f)
{
    struct echoes e = {.f = f};
    struct arena arena = {0};
    unsigned char *used = arena_array(&arena, f->paper.count + 1, 1);
    mark_used(f, used);
    gather_sentences(&e, used);
    if (e.count) {
        pair_all(&e, SENTENCE_TOLD);
        drop_slight(&e);
        size_t count = e.pair_count;
        struct pair *all = arena_array(&arena, count + 1, sizeof *all);
        if (count)
            memcpy(all, e.pairs, count * sizeof *all);
        keep_best(&e);
        share(&e, all, count);
        take_pairs(&e, FINDING_ORDER, 0.35F, 0.4F);
    }
    free(e.pieces);
    free(e.pairs);
    arena_free(&arena);
}
