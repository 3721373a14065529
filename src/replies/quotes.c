/* quotes -- where a letter repeats the questions.
 *
 * quotes_align finds the words that agree, quotes_judge says whether they are a quote,
 * quotes_retyped looks at what else asks; here they are put to work, and of quotes that overlap the
 * best stays. */
#include "quotes_parts.h"

#include <stdlib.h>

#define SPARK 0.45F   /* the part of a question's weight at which a stretch is looked at */
#define REPEATED 0.9F /* what must be covered of a question that stood just before */
#define MAX_AGAIN 8   /* looks into the rest of a stretch */

void quotes_add(struct quotes *s, struct quote it)
{
    s->at = array_grow(s->at, &s->cap, s->count + 1, sizeof *s->at);
    s->at[s->count++] = it;
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
        for (size_t at = 0, from = 0; quotes_stretch(it, l, q, &at, SPARK * w->weight, &x);
             from = at) {
            if (!quotes_align(s, l, w, x, &m))
                continue;
            if (!again || m.told >= REPEATED * w->weight)
                quotes_judge(s, q, l, question, w, &m);
            bool more = m.last + 1 > from && m.last + 1 < at && again < MAX_AGAIN;
            again = more ? again + 1 : 0;
            if (more)
                at = m.last + 1; /* the request and the answers may be one stretch */
        }
    }
}

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

void quotes_sort(struct quotes *s)
{
    if (s->count)
        qsort(s->at, s->count, sizeof *s->at, by_place);
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
    quotes_sort(s);
}

/* A figure by itself is a question only where others are, too: "2022" may be an answer, and
 * "2022: 4", "2023: 7" are none. */
static void drop_lone_figures(struct quotes *s)
{
    const struct quote *first = NULL;
    bool several = false;
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].figure) {
            several |= first && first->question != s->at[i].question;
            first = first ? first : &s->at[i];
        }
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (several || !s->at[i].figure)
            s->at[kept++] = s->at[i];
    s->count = kept;
}

void quotes_find(struct quotes *s, const struct questions *q, const struct paper *l)
{
    s->count = 0;
    for (size_t i = 0; i < q->count; i++)
        find_question(s, q, l, i);
    drop_lone_figures(s);
    if (s->count)
        keep_best(s, l);
    if (s->count > 1)
        quotes_retyped(s, q, l);
}

void quotes_free(struct quotes *s)
{
    free(s->at);
    free(s->cells);
    free(s->taken);
    free(s->ways);
    *s = (struct quotes){0};
}
