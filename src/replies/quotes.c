/* quotes -- where a letter repeats the questions. */
#include "quotes.h"

#include <ctype.h>
#include <stdlib.h>

#include "formulas.h"

#define FOREIGN 0.6F /* what a word costs that the question does not have */
#define FOREIGN_PLAIN 0.1F
#define LOST 0.35F  /* the part of its weight that a word of the question costs if lost */
#define SPARK 0.45F /* the part of a question's weight at which a stretch is looked at */
#define MIN_COVERED 0.55F
#define MIN_PURE 0.62F
#define REPEATED 0.9F     /* what must be covered of a question that stood just before */
#define MAX_AGAIN 8       /* looks into the rest of a stretch */
#define MIN_TOLD 0.9F     /* weight of words that agree: more than one common word */
#define PLAIN_MAX 0.2F    /* words that weigh more tell something */
#define ONE_WORD 0.85F    /* what must be covered where one word alone tells something */
#define MIN_LIKENESS 0.4F /* of a retyped question, and the weight that it must share */
#define MIN_RETOLD 0.6F
#define MARGIN 4     /* words around a stretch that are aligned too */
#define MAX_TAIL 160 /* bytes to a question mark behind what agrees */

/* ---- the words of the letter ---- */

/* Whether a question cannot go on from word I - 1 to word I: a cell or a paragraph ends. */
static bool parted(const struct paper *l, size_t i)
{
    if (i == 0)
        return true;
    const char *at = l->text.at + l->words.at[i - 1].end, *end = l->text.at + l->words.at[i].start;
    for (; at < end; at++) {
        if (*at == '\t')
            return true;
        if (*at == '\n' && l->lines[paper_line_at(l, (size_t)(at + 1 - l->text.at))].apart)
            return true;
    }
    return false;
}

static float foreign(const struct paper *l, size_t i)
{
    return questions_plain(tokens_lower(&l->words, i)) ? FOREIGN_PLAIN : FOREIGN;
}

/* ---- aligning ---- */

enum way { STOP, MATCH, SKIP_TEXT, SKIP_WORD };

struct stretch {
    size_t first, last; /* words of the letter */
};

struct match {
    size_t first, last; /* words of the letter that agree, both in it */
    float told, lost;   /* weight of the question that agrees; foreign weight between */
    size_t agreed, between;
    size_t solid; /* words that agree and tell something */
    size_t left;  /* words of the question behind the last that agrees */
};

static void fill(struct quotes *s, const struct paper *l, const struct wording *w, struct stretch x)
{
    size_t width = w->count + 1, height = x.last - x.first + 1;
    s->cells = array_grow(s->cells, &s->cells_cap, width * height, sizeof *s->cells);
    s->ways = array_grow(s->ways, &s->ways_cap, width * height, sizeof *s->ways);
    for (size_t k = 0; k < width; k++) {
        s->cells[k] = 0;
        s->ways[k] = STOP;
    }
    for (size_t i = 1; i < height; i++) {
        float *row = s->cells + i * width, *above = row - width;
        uint8_t *ways = s->ways + i * width;
        uint32_t stem = l->stems[x.first + i - 1];
        float skip = foreign(l, x.first + i - 1);
        row[0] = 0;
        ways[0] = STOP;
        for (size_t k = 1; k < width; k++) {
            const struct question_word *word = &w->words[k - 1];
            float best = 0;
            uint8_t way = STOP;
            if (word->stem == stem && above[k - 1] + word->weight > best) {
                best = above[k - 1] + word->weight;
                way = MATCH;
            }
            if (above[k] - skip > best) {
                best = above[k] - skip;
                way = SKIP_TEXT;
            }
            if (row[k - 1] - LOST * word->weight > best) {
                best = row[k - 1] - LOST * word->weight;
                way = SKIP_WORD;
            }
            row[k] = best;
            ways[k] = way;
        }
    }
}

/* The best alignment: of several the one that ends first. */
static bool align(struct quotes *s, const struct paper *l, const struct wording *w,
                  struct stretch x, struct match *m)
{
    fill(s, l, w, x);
    size_t width = w->count + 1, height = x.last - x.first + 1, at = 0, to = 0;
    float best = 0;
    for (size_t i = 1; i < height; i++)
        for (size_t k = 1; k < width; k++)
            if (s->cells[i * width + k] > best + 0.001F) {
                best = s->cells[i * width + k];
                at = i;
                to = k;
            }
    *m = (struct match){.left = w->count - to};
    if (best <= 0)
        return false;
    m->last = x.first + at - 1;
    for (;;) {
        enum way way = (enum way)s->ways[at * width + to];
        if (way == STOP)
            return true;
        if (way == MATCH) {
            m->first = x.first + at - 1;
            m->told += w->words[to - 1].weight;
            m->agreed++;
            m->solid += w->words[to - 1].weight > PLAIN_MAX;
            at--;
            to--;
        } else if (way == SKIP_TEXT) {
            m->lost += foreign(l, x.first + at - 1);
            m->between++;
            at--;
        } else {
            to--;
        }
    }
}

/* ---- where to look ---- */

/* The next stretch from word *AT on whose words are mostly those of the question. */
static bool next_stretch(const struct question *it, const struct paper *l,
                         const struct questions *q, size_t *at, float spark, struct stretch *x)
{
    float run = 0, peak = 0;
    size_t first = *at, top = first;
    for (size_t i = *at; i <= l->words.count; i++) {
        bool over = i == l->words.count;
        bool cut = over || run <= 0 || parted(l, i) || run < peak - spark;
        if (cut && peak >= spark) {
            *x = (struct stretch){first, top + 1};
            *at = top + 1;
            return true;
        }
        if (over)
            break;
        if (cut) {
            run = peak = 0;
            first = i;
        }
        uint32_t stem = l->stems[i];
        run += stem != QUESTIONS_NONE && it->has[stem] ? q->weights[stem] : -foreign(l, i) * 0.7F;
        if (run > peak) {
            peak = run;
            top = i;
        }
    }
    *at = l->words.count;
    return false;
}

/* The stretch with some words around, within its cell or paragraph. */
static struct stretch widen(const struct paper *l, struct stretch x, size_t wanted)
{
    size_t more = MARGIN + wanted / 4;
    for (size_t i = 0; i < more && x.first > 0 && !parted(l, x.first); i++)
        x.first--;
    for (size_t i = 0; i < more && x.last < l->words.count && !parted(l, x.last); i++)
        x.last++;
    return x;
}

/* ---- the ends ---- */

static char text_at(const struct paper *l, size_t at)
{
    return at < l->text.len ? l->text.at[at] : '\n';
}

/* Whether what agrees begins where a question may begin: a line, a cell, a sentence, behind a label
 * or a mark; or at its first word behind others ("you asked how many"). */
static bool begins_well(const struct paper *l, size_t start, const struct wording *w, uint32_t stem)
{
    size_t at = start;
    while (at > 0 &&
           (text_at(l, at - 1) == ' ' || text_at(l, at - 1) == '"' || text_at(l, at - 1) == '\''))
        at--;
    if (at > 1 && at < start && text_at(l, at - 1) == '%')
        at--;
    while (at > 1 && at < start && isdigit((unsigned char)text_at(l, at - 1)))
        at--; /* ", and 711 of these": a figure in a sentence is no label */
    while (at > 1 && at < start && text_at(l, at - 1) == ' ')
        at--;
    if (at == 0 ||
        !strchr("abcdefghijklmnopqrstuvwxyz,ABCDEFGHIJKLMNOPQRSTUVWXYZ", text_at(l, at - 1)))
        return true;
    return (w->count && w->words[0].stem == stem) || formulas_asked(l, start) < start;
}

/* The end behind the marks that belong to the question, and in *CLOSED whether the question ends
 * there: at a mark, a line's or a cell's end. */
static size_t behind_marks(const struct paper *l, size_t end, bool *closed)
{
    *closed = false;
    while (text_at(l, end) && strchr("?.:)\"'!*", text_at(l, end))) {
        *closed = true;
        end++;
    }
    size_t next = end;
    while (text_at(l, next) == ' ')
        next++;
    char c = text_at(l, next);
    if (c == '?' || c == ':') {
        *closed = true;
        return behind_marks(l, next, closed);
    }
    *closed |= c == '\n' || c == '\t' || c == '-' || c == '(' || c == '[';
    return end;
}

/* A question mark not far behind END, in the same paragraph and sentence; or 0. */
static size_t question_mark(const struct paper *l, size_t end)
{
    for (size_t i = end; i < end + MAX_TAIL && i < l->text.len; i++) {
        char c = l->text.at[i];
        if (c == '?')
            return i + 1;
        if (c == '\t' ||
            (c == '\n' && i + 1 < l->text.len && l->lines[paper_line_at(l, i + 1)].apart))
            return 0;
        if (c == '.' && (text_at(l, i + 1) == ' ' || text_at(l, i + 1) == '\n'))
            return 0;
    }
    return 0;
}

static bool asks(const struct paper *l, const struct match *m)
{
    static const char interrogatives[] =
        " how what which who when where why do does did is are has "
        "have can could would will please of if for whether list give state name ";
    char padded[24] = " ";
    struct span word = tokens_lower(&l->words, m->first);
    if (word.len > 12)
        return false;
    memcpy(padded + 1, word.at, word.len);
    padded[word.len + 1] = ' ';
    return strstr(interrogatives, padded) != NULL;
}

/* ---- one question ---- */

/* The end behind the last words of the question where they are spelt beyond recognition; 0 if
 * nothing ends there. */
static size_t behind_typos(const struct paper *l, const struct match *m)
{
    size_t end = l->words.at[m->last].end;
    for (size_t i = m->last + 1; i <= m->last + m->left && i < l->words.count; i++) {
        bool closed;
        for (size_t at = end; at < l->words.at[i].start; at++)
            if (strchr("\t\n.?", l->text.at[at]))
                return 0;
        end = l->words.at[i].end;
        size_t behind = behind_marks(l, end, &closed);
        if (closed)
            return behind;
    }
    return 0;
}

static bool word_by_word(const struct wording *w, const struct match *m)
{
    return m->between == 0 && m->agreed == w->count && m->last - m->first + 1 == w->count;
}

void quotes_add(struct quotes *s, struct quote it)
{
    s->at = array_grow(s->at, &s->cap, s->count + 1, sizeof *s->at);
    s->at[s->count++] = it;
}

/* Whether a figure stands among the words that agree, and not in the question: "20 had needs". */
static bool has_figure(const struct paper *l, const struct wording *w, const struct match *m)
{
    for (size_t i = m->first; i <= m->last; i++) {
        bool known = !isdigit((unsigned char)l->text.at[l->words.at[i].start]);
        for (size_t k = 0; k < w->count && !known; k++)
            known = w->words[k].stem == l->stems[i];
        if (!known)
            return true;
    }
    return false;
}

/* The last word of the question where what agrees goes on in lines of figures that are the
 * answer's: "Incidents in each year", and below "0 (2021), 3 (2022)". */
static size_t before_figures(const struct paper *l, const struct wording *w, const struct match *m)
{
    size_t i = m->last;
    while (i > m->first && (isdigit((unsigned char)l->text.at[l->words.at[i].start]) ||
                            questions_plain(tokens_lower(&l->words, i))))
        i--;
    while (i < m->last &&
           paper_line_at(l, l->words.at[i].start) == paper_line_at(l, l->words.at[i + 1].start))
        i++;
    struct match tail = {.first = i + 1, .last = m->last};
    return i < m->last && has_figure(l, w, &tail) ? i : m->last;
}

/* Takes the alignment for a quote if it is one. */
static void judge(struct quotes *s, const struct paper *l, size_t question, const struct wording *w,
                  const struct match *found)
{
    struct match cut = *found, *m = &cut;
    cut.last = before_figures(l, w, found);
    float covered = m->told / w->weight, pure = m->told / (m->told + m->lost);
    if (covered < MIN_COVERED || pure < MIN_PURE || m->told < MIN_TOLD)
        return;
    if (m->solid < 2 && covered < ONE_WORD)
        return;
    size_t start = l->words.at[m->first].start, end = l->words.at[m->last].end;
    if (!begins_well(l, start, w, l->stems[m->first]))
        return;
    bool closed, exact = word_by_word(w, m);
    size_t behind = behind_marks(l, end, &closed);
    size_t mark = text_at(l, behind - 1) == '?' ? 0 : question_mark(l, end);
    if (mark && (!closed || text_at(l, behind) == '(' || text_at(l, behind + 1) == '(') &&
        asks(l, m))
        behind = mark;
    else if (!closed && !exact && (behind = behind_typos(l, m)) == 0)
        return;
    if (text_at(l, behind - 1) == '.' && has_figure(l, w, m))
        return;
    /* "The Council uses such tools." is an answer in the question's words */
    if (!exact && text_at(l, behind - 1) == '.' && !asks(l, m) && formulas_asked(l, start) == start)
        return;
    float score = exact ? 1 : 2 * covered * pure / (covered + pure);
    quotes_add(s,
               (struct quote){(uint32_t)start, (uint32_t)behind, (uint32_t)question, score, exact});
}

static void find_question(struct quotes *s, const struct questions *q, const struct paper *l,
                          size_t question)
{
    const struct question *it = &q->at[question];
    for (size_t k = 0; k < it->count; k++) {
        const struct wording *w = &it->wordings[k];
        struct stretch x;
        struct match m;
        size_t again = 0; /* in the rest of a stretch */
        for (size_t at = 0, from = 0; next_stretch(it, l, q, &at, SPARK * w->weight, &x);
             from = at) {
            if (!align(s, l, w, widen(l, x, w->count), &m))
                continue;
            if (!again || m.told >= REPEATED * w->weight)
                judge(s, l, question, w, &m);
            bool more = m.last + 1 > from && m.last + 1 < at && again < MAX_AGAIN;
            again = more ? again + 1 : 0;
            if (more)
                at = m.last + 1; /* the request and the answers may be one stretch */
        }
    }
}

/* ---- all of them ---- */

static int by_score(const void *a, const void *b)
{
    const struct quote *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->question > y->question) - (x->question < y->question);
}

static int by_place(const void *a, const void *b)
{
    const struct quote *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* Of quotes that overlap the best stays: each marks its bytes. */
static void keep_best(struct quotes *s, const struct paper *l)
{
    size_t kept = 0;
    qsort(s->at, s->count, sizeof *s->at, by_score);
    s->taken = array_grow(s->taken, &s->taken_cap, l->text.len + 1, 1);
    memset(s->taken, 0, l->text.len + 1);
    for (size_t i = 0; i < s->count; i++) {
        struct quote it = s->at[i];
        if (memchr(s->taken + it.start, 1, it.end - it.start))
            continue;
        memset(s->taken + it.start, 1, it.end - it.start);
        s->at[kept++] = it;
    }
    s->count = kept;
    qsort(s->at, kept, sizeof *s->at, by_place);
}

/* ---- questions that were retyped ---- */

/* The start of the sentence that ends in the mark at AT, behind a label, within its cell. */
static size_t asking_start(const struct paper *l, size_t at)
{
    size_t start = at;
    while (start > 0) {
        char c = l->text.at[start - 1];
        if (c == '\t' ||
            (c == '\n' && (l->lines[paper_line_at(l, start)].apart || at - start > MAX_TAIL)))
            break;
        if ((c == ' ' || c == '\n') && start > 1 && strchr(".?!:", l->text.at[start - 2]))
            break;
        start--;
    }
    while (start < at && strchr(" \n", l->text.at[start]))
        start++;
    return start;
}

static bool asks_at(const struct paper *l, size_t start, size_t end)
{
    size_t i = tokens_from(&l->words, start);
    struct match m = {.first = i};
    return i + 2 < l->words.count && l->words.at[i + 2].end <= end && asks(l, &m);
}

static bool is_quoted(const struct quotes *s, size_t start, size_t end)
{
    return memchr(s->taken + start, 1, end - start) != NULL;
}

static bool has_quote(const struct quotes *s, size_t question)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].question == question)
            return true;
    return false;
}

/* The question that what is asked in [START, END) is likest to, if it is like one that is not
 * quoted yet. */
static size_t likest(const struct quotes *s, const struct questions *q, const struct paper *l,
                     size_t start, size_t end, float *likeness)
{
    size_t best = q->count;
    *likeness = MIN_LIKENESS;
    for (size_t i = 0; i < q->count; i++) {
        float told, likes = quotes_likeness(q, l, i, start, end, &told);
        float rank = likes * 0.7F + 0.3F * told / q->at[i].weight;
        if (told < MIN_RETOLD || rank <= *likeness || has_quote(s, i))
            continue;
        best = i;
        *likeness = rank;
    }
    return best;
}

/* "You asked for a list of tools." */
static void find_asked(struct quotes *s, const struct questions *q, const struct paper *l)
{
    size_t known = s->count;
    for (size_t i = 0; i + 2 < l->words.count; i++) {
        if (!formulas_begins(l, i) || formulas_at(l, i) != FORMULA_ASKED)
            continue;
        size_t start = l->words.at[i + 2].start, end = start;
        while (end < l->text.len && !strchr(".?:\t", l->text.at[end]) &&
               (l->text.at[end] != '\n' || !l->lines[paper_line_at(l, end + 1)].apart))
            end++;
        float likeness;
        if (end == l->text.len || end - start > 2 * MAX_TAIL || is_quoted(s, start, end))
            continue;
        size_t question = likest(s, q, l, start, end, &likeness);
        if (question < q->count)
            quotes_add(s, (struct quote){(uint32_t)start, (uint32_t)end + 1, (uint32_t)question,
                                         likeness * 0.8F, false});
    }
    if (s->count > known)
        qsort(s->at, s->count, sizeof *s->at, by_place);
}

/* Where the letter repeats questions, what else asks is one of them too. */
static void find_retyped(struct quotes *s, const struct questions *q, const struct paper *l)
{
    size_t known = s->count;
    for (size_t at = 0; at < l->text.len; at++) {
        if (l->text.at[at] != '?')
            continue;
        size_t start = asking_start(l, at);
        float likeness;
        if (!asks_at(l, start, at) || is_quoted(s, start, at + 1))
            continue;
        size_t question = likest(s, q, l, start, at, &likeness);
        if (question < q->count)
            quotes_add(s, (struct quote){(uint32_t)start, (uint32_t)at + 1, (uint32_t)question,
                                         likeness * 0.8F, false});
    }
    if (s->count > known)
        qsort(s->at, s->count, sizeof *s->at, by_place);
}

void quotes_find(struct quotes *s, const struct questions *q, const struct paper *l)
{
    s->count = 0;
    for (size_t i = 0; i < q->count; i++)
        find_question(s, q, l, i);
    if (s->count)
        keep_best(s, l);
    if (s->count > 1) {
        find_retyped(s, q, l);
        find_asked(s, q, l);
    }
}

float quotes_likeness(const struct questions *q, const struct paper *l, size_t question,
                      size_t start, size_t end, float *told)
{
    float all = 0, known = 0;
    const bool *has = q->at[question].has;
    for (size_t i = tokens_from(&l->words, start); i < l->words.count; i++) {
        if (l->words.at[i].start >= end)
            break;
        uint32_t stem = l->stems[i];
        bool plain = questions_plain(tokens_lower(&l->words, i));
        float weight = stem != QUESTIONS_NONE ? q->weights[stem] : plain ? FOREIGN_PLAIN : FOREIGN;
        all += weight;
        if (stem != QUESTIONS_NONE && has[stem])
            known += weight;
    }
    if (told)
        *told = known;
    return all > 0 ? known / all : 0;
}

void quotes_free(struct quotes *s)
{
    free(s->at);
    free(s->cells);
    free(s->taken);
    free(s->ways);
    *s = (struct quotes){0};
}
