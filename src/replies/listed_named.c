/* listed_named -- names with their answers, one behind the other: "Cameras: 44. Toilets: none." */
#include <ctype.h>
#include <stdlib.h>

#include "echoes_parts.h"
#include "headings.h"
#include "listed_parts.h"

#define NAME_BYTES 60
#define NAME_WORDS 8
#define LEAST 3 /* names */
#define LEAST_LIKENESS 0.55F
#define LEAST_TOLD 0.75F
#define SCORE 0.6F
#define SCORE_MORE 0.15F /* where all names are known */

/* The colon of the name that begins at AT, or 0. */
static size_t name_end(const struct paper *l, size_t at, size_t end)
{
    struct label label;
    size_t behind, stop = at;
    if (!isalpha((unsigned char)l->text.at[at]) ||
        label_read(paper_slice(l, at, end), 0, &label, &behind))
        return 0;
    while (stop < end && stop - at < NAME_BYTES && !strchr(":.;?!\t", l->text.at[stop]))
        stop++;
    bool named = stop + 2 < end && l->text.at[stop] == ':' && strchr(" \n", l->text.at[stop + 1]);
    return named && echoes_words(l, at, stop) <= NAME_WORDS && !headings_state(l, at, stop) ? stop
                                                                                            : 0;
}

/* Whether a name may begin at AT: behind a sentence or a semicolon. */
static bool may_begin(const struct paper *l, size_t start, size_t at)
{
    return at == start || (at > start + 1 && strchr(" \n", l->text.at[at - 1]) &&
                           strchr(".;", l->text.at[at - 2]));
}

/* The names in [START, END) with their answers; how many of them begin within a line. */
static size_t gather(struct listed *s, size_t start, size_t end)
{
    const struct paper *l = &s->f->paper;
    size_t within = 0;
    s->count = 0;
    for (size_t at = start; at < end; at++) {
        size_t stop = may_begin(l, start, at) ? name_end(l, at, end) : 0;
        if (!stop)
            continue;
        if (s->count)
            s->at[s->count - 1].to = at;
        within += l->text.at[at - (at > start)] == ' ';
        listed_add(s,
                   (struct listed_item){.start = at, .named = stop, .from = stop + 1, .to = end});
        at = stop;
    }
    return within;
}

/* ---- which is whose ---- */

struct pair {
    uint32_t item, question;
    float rank;
};

static int by_rank(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    return (x->question > y->question) - (x->question < y->question);
}

/* All names and questions that are alike, the likest first; in *COUNT how many. */
static struct pair *all_pairs(struct listed *s, size_t *count)
{
    const struct questions *q = s->f->questions;
    struct pair *pairs = arena_array(&s->arena, s->count * q->count + 1, sizeof *pairs);
    *count = 0;
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < q->count; k++) {
            float told, likeness = quotes_likeness(q, &s->f->paper, k, s->at[i].start,
                                                   s->at[i].named, &told);
            if (likeness >= LEAST_LIKENESS && told >= LEAST_TOLD)
                pairs[(*count)++] =
                    (struct pair){(uint32_t)i, (uint32_t)k, likeness + told / q->at[k].weight};
        }
    if (*count)
        qsort(pairs, *count, sizeof *pairs, by_rank);
    return pairs;
}

/* Pairs names and questions, each once; gives how many. */
static size_t pair_up(struct listed *s, uint32_t *paired)
{
    size_t count, taken = 0;
    const struct pair *pairs = all_pairs(s, &count);
    bool *used = arena_array(&s->arena, s->f->questions->count + 1, sizeof *used);
    for (size_t i = 0; i < s->count; i++)
        paired[i] = QUESTIONS_NONE;
    for (size_t i = 0; i < count; i++) {
        if (paired[pairs[i].item] != QUESTIONS_NONE || used[pairs[i].question])
            continue;
        paired[pairs[i].item] = pairs[i].question;
        used[pairs[i].question] = true;
        taken++;
    }
    return taken;
}

/* Whether there is a name for each question, and those that are known, half of them, stand in the
 * order of the questions. */
static bool is_whole(const struct listed *s, const uint32_t *paired, size_t known)
{
    for (size_t i = 0; i < s->count; i++)
        if (paired[i] != QUESTIONS_NONE && paired[i] != i)
            return false;
    return s->count == s->f->questions->count && 2 * known >= s->count;
}

/* The only name between two that are known is of the only question between theirs. */
static void fill(const struct listed *s, uint32_t *paired)
{
    for (size_t i = 0; i < s->count; i++) {
        uint32_t before = i ? paired[i - 1] : QUESTIONS_NONE, next = i ? before + 1 : 0;
        uint32_t after = i + 1 < s->count ? paired[i + 1] : (uint32_t)s->f->questions->count;
        if (paired[i] == QUESTIONS_NONE && (i == 0 || before != QUESTIONS_NONE) &&
            after == next + 1)
            paired[i] = next;
    }
}

bool listed_named(struct listed *s, size_t start, size_t end)
{
    size_t within = gather(s, start, end), all = s->f->questions->count;
    if (s->count < LEAST || within < 2 || 3 * within + 3 < 2 * s->count || 2 * s->count < all ||
        s->count > 2 * all)
        return false;
    arena_clear(&s->arena);
    uint32_t *paired = arena_array(&s->arena, s->count + 1, sizeof *paired);
    size_t known = pair_up(s, paired);
    if (is_whole(s, paired, known))
        for (size_t i = 0; i < s->count; i++)
            paired[i] = (uint32_t)i;
    else if (known < LEAST || 2 * known < s->count)
        return false;
    fill(s, paired);
    listed_take(s, paired, FINDING_QUOTED, SCORE + SCORE_MORE * (float)known / (float)s->count);
    return true;
}
