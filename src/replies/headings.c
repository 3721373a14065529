/* headings -- lines that name a question by a few of its words. */
#include "headings.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "formulas.h"

#define MAX_WORDS 14 /* of a heading */
#define MIN_LIKENESS 0.55F
#define MIN_TOLD 0.75F
#define ORDER_BONUS 0.12F /* for standing where the question's place is */
#define SCORE 0.55F

struct heading {
    size_t start, end;
};

struct pair {
    uint32_t heading, question;
    float likeness, rank;
};

struct headings {
    const struct questions *q;
    const struct paper *l;
    struct heading *at;
    size_t count, cap;
    struct pair *pairs;
    size_t pair_count, pairs_cap;
};

/* ---- what may be a heading ---- */

static size_t words_in(const struct paper *l, size_t start, size_t end)
{
    return tokens_from(&l->words, end) - tokens_from(&l->words, start);
}

/* Whether a verb makes a sentence of what would be a heading: "The policy is published here:", and
 * not "Cases in which an appeal was made:". */
bool headings_state(const struct paper *l, size_t start, size_t end)
{
    size_t first = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    if (formulas_match(l, first, last,
                       "how|what|which|who|when|where|whether|you|your|number|total|if"))
        return false;
    for (size_t i = first; i < last && !formulas_match(l, i, last, "which|that|who|whom|whose");
         i++)
        if (formulas_match(l, i, last,
                           "is|are|was|were|has|have|had|do|does|did|can|will|would|may|been|i|we"))
            return i > first || formulas_match(l, i, last, "i|we");
    return false;
}

/* The end of a heading that starts at START: its colon or dash, or all of a short line that ends in
 * no stop. 0 if it is none. */
static size_t heading_end(const struct paper *l, size_t start)
{
    size_t line = paper_line_at(l, start), stop = l->lines[line].end, end = stop;
    for (size_t i = start; i < stop && end == stop; i++)
        if (l->text.at[i] == ':' ||
            (strchr("-=", l->text.at[i]) && i > start && l->text.at[i - 1] == ' ' && i + 1 < stop &&
             l->text.at[i + 1] == ' '))
            end = i;
    size_t words = words_in(l, start, end);
    if (!isalpha((unsigned char)l->text.at[start])) /* a bullet, a figure */
        return 0;
    if (words == 1 && questions_plain(tokens_lower(&l->words, tokens_from(&l->words, start))))
        return 0; /* "Yes - since 2018" */
    if (headings_state(l, start, end))
        return 0;
    if (words == 0 || words > MAX_WORDS || end == start)
        return 0;
    char last = l->text.at[end - 1];
    bool open = end == stop && (last == '.' || last == ',' || last == ';');
    return open ? 0 : end;
}

/* Behind the number or the bullet at the start of a line. */
static size_t behind_label(const struct paper *l, size_t line)
{
    static const struct span dashes[] = {SPAN_ROW("- "), SPAN_ROW("* ")};
    struct span text = paper_line_text(l, line);
    struct label label;
    size_t end, bullet = paper_bullet(text);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (span_starts(text, dashes[i]))
            bullet = dashes[i].len;
    while (bullet && bullet < text.len && text.at[bullet] == ' ')
        bullet++;
    if (bullet && bullet < text.len)
        return l->lines[line].start + bullet;
    if (label_read(text, 0, &label, &end) && l->lines[line].start + end < l->lines[line].end)
        return l->lines[line].start + end;
    return l->lines[line].start;
}

static bool is_quoted(const struct quotes *s, size_t start, size_t end)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].start < end && start < s->at[i].end)
            return true;
    return false;
}

static bool has_quote(const struct quotes *s, size_t question)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].question == question)
            return true;
    return false;
}

/* ---- pairing ---- */

static void add_pairs(struct headings *h, const struct quotes *s, struct heading it)
{
    for (size_t q = 0; q < h->q->count; q++) {
        float told, likeness = quotes_likeness(h->q, h->l, q, it.start, it.end, &told);
        if (likeness < MIN_LIKENESS || told < MIN_TOLD || has_quote(s, q))
            continue;
        h->pairs = array_grow(h->pairs, &h->pairs_cap, h->pair_count + 1, sizeof *h->pairs);
        h->pairs[h->pair_count++] = (struct pair){(uint32_t)h->count, (uint32_t)q, likeness,
                                                  likeness + told / h->q->at[q].weight};
    }
    h->at = array_grow(h->at, &h->cap, h->count + 1, sizeof *h->at);
    h->at[h->count++] = it;
}

static void gather(struct headings *h, const struct quotes *s, const unsigned char *claimed)
{
    const struct paper *l = h->l;
    for (size_t line = 0; line < l->count; line++) {
        size_t start = behind_label(l, line), end = claimed[line] ? 0 : heading_end(l, start);
        size_t first = tokens_from(&l->words, start);
        if (end == 0 || is_quoted(s, start, end) || first == l->words.count ||
            formulas_at(l, first) != FORMULA_NONE)
            continue;
        bool followed = end < l->lines[line].end || line + 1 < l->count;
        if (followed)
            add_pairs(h, s, (struct heading){start, end});
    }
}

static int by_rank(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    if (x->heading != y->heading)
        return x->heading < y->heading ? -1 : 1;
    return (x->question > y->question) - (x->question < y->question);
}

/* Leaves the pairs that are each other's best. */
static void keep_best(struct headings *h)
{
    struct arena arena = {0};
    bool *used = arena_array(&arena, h->count + 1, sizeof *used);
    bool *question = arena_array(&arena, h->q->count + 1, sizeof *question);
    size_t kept = 0;
    for (size_t i = 0; i < h->pair_count; i++) {
        struct pair *p = &h->pairs[i];
        float place = (float)p->heading / (float)h->count - (float)p->question / (float)h->q->count;
        p->rank += ORDER_BONUS * (1 - (place < 0 ? -place : place));
    }
    qsort(h->pairs, h->pair_count, sizeof *h->pairs, by_rank);
    for (size_t i = 0; i < h->pair_count; i++) {
        struct pair p = h->pairs[i];
        if (used[p.heading] || question[p.question])
            continue;
        used[p.heading] = question[p.question] = true;
        h->pairs[kept++] = p;
    }
    h->pair_count = kept;
    arena_free(&arena);
}

static int by_place(const void *a, const void *b)
{
    const struct quote *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* Whether LINE has a heading of the form that its neighbours have: a line of its own, with the
 * answer right below, or the first part of a line. */
static size_t same_form(const struct paper *l, size_t line, bool whole, size_t *start)
{
    *start = behind_label(l, line);
    size_t first = tokens_from(&l->words, *start), end = heading_end(l, *start);
    if (end == 0 || first == l->words.count || formulas_at(l, first) != FORMULA_NONE)
        return 0;
    bool alone = end == l->lines[line].end;
    if (!whole)
        return alone ? 0 : end;
    return alone && l->lines[line].apart && line + 1 < l->count && !l->lines[line + 1].apart ? end
                                                                                             : 0;
}

/* A heading that no word of its question gives away: of the form of its neighbours, and the only
 * one in the lines [FIRST, LAST) where one question is left out. */
static void fill_gap(struct headings *h, struct quotes *s, const unsigned char *claimed,
                     size_t first, size_t last, bool whole, uint32_t question)
{
    size_t found = 0, start = 0, end = 0;
    if (has_quote(s, question))
        return;
    for (size_t line = first; line < last; line++) {
        size_t from, to = claimed[line] ? 0 : same_form(h->l, line, whole, &from);
        if (to == 0)
            continue;
        found += question > 0; /* before the first, the nearest counts */
        start = from;
        end = to;
    }
    if (found == 1 || (question == 0 && end))
        quotes_add(s, (struct quote){.start = (uint32_t)start,
                                     .end = (uint32_t)end,
                                     .question = question,
                                     .score = SCORE * 0.6F});
}

static void fill_gaps(struct headings *h, struct quotes *s, const unsigned char *claimed)
{
    const struct paper *l = h->l;
    size_t known = s->count, last = h->q->count - 1;
    for (size_t i = 0; i < known; i++) {
        size_t line = paper_line_at(l, s->at[i].start);
        bool whole = s->at[i].end == l->lines[line].end;
        if (i == 0 && s->at[i].question == 1)
            fill_gap(h, s, claimed, 0, line, whole, 0);
        size_t next = i + 1 < known ? paper_line_at(l, s->at[i + 1].start) : l->count;
        uint32_t question = s->at[i].question + 1;
        if (i + 1 < known ? s->at[i + 1].question == question + 1 : question == last)
            fill_gap(h, s, claimed, line + 1 + whole, next, whole, question);
    }
}

void headings_find(struct quotes *s, const struct questions *q, const struct paper *l,
                   const unsigned char *claimed)
{
    struct headings h = {.q = q, .l = l};
    gather(&h, s, claimed);
    if (h.pair_count)
        keep_best(&h);
    size_t together = h.pair_count + s->count;
    if (h.pair_count && together > 1 && 2 * together >= q->count) {
        for (size_t i = 0; i < h.pair_count; i++) {
            const struct heading *it = &h.at[h.pairs[i].heading];
            float likeness = h.pairs[i].rank > 1.6F ? 1 : h.pairs[i].rank / 1.6F;
            quotes_add(s, (struct quote){.start = (uint32_t)it->start,
                                         .end = (uint32_t)it->end,
                                         .question = h.pairs[i].question,
                                         .score = SCORE * likeness});
        }
        qsort(s->at, s->count, sizeof *s->at, by_place);
        fill_gaps(&h, s, claimed);
        qsort(s->at, s->count, sizeof *s->at, by_place);
    }
    free(h.at);
    free(h.pairs);
}
