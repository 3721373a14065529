/* quotes_retyped -- questions that are repeated in other words, in a letter that repeats some: what
 * ends in a question mark, and "you asked for a list of tools". */
#include "quotes_parts.h"

#include "formulas.h"

#define RETYPED 0.8F      /* what likeness counts, where a question is not quoted by its words */
#define MIN_LIKENESS 0.4F /* of a retyped question, and the weight that it must share */
#define MIN_RETOLD 0.6F

/* The start of the sentence that ends in the mark at AT, behind a label, within its cell. */
static size_t asking_start(const struct paper *l, size_t at)
{
    size_t start = at;
    while (start > 0) {
        char c = l->text.at[start - 1];
        if (c == '\t' ||
            (c == '\n' && (l->lines[paper_line_at(l, start)].apart || at - start > QUOTES_TAIL)))
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
    return i + 2 < l->words.count && l->words.at[i + 2].end <= end && quotes_asks(l, i);
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

/* What is asked in [START, END), with the mark behind it, quotes the question that it is likest to.
 */
static void add_likest(struct quotes *s, const struct questions *q, const struct paper *l,
                       size_t start, size_t end)
{
    float likeness;
    size_t question = likest(s, q, l, start, end, &likeness);
    if (question < q->count)
        quotes_add(s, (struct quote){.start = (uint32_t)start,
                                     .end = (uint32_t)end + 1,
                                     .question = (uint32_t)question,
                                     .score = likeness * RETYPED});
}

/* "You asked for a list of tools." */
static void find_asked(struct quotes *s, const struct questions *q, const struct paper *l)
{
    for (size_t i = 0; i + 2 < l->words.count; i++) {
        if (!formulas_begins(l, i) || formulas_at(l, i) != FORMULA_ASKED)
            continue;
        size_t start = l->words.at[i + 2].start, end = start;
        while (end < l->text.len && !strchr(".?:\t", l->text.at[end]) &&
               (l->text.at[end] != '\n' || !l->lines[paper_line_at(l, end + 1)].apart))
            end++;
        if (end == l->text.len || end - start > 2 * QUOTES_TAIL || is_quoted(s, start, end))
            continue;
        add_likest(s, q, l, start, end);
    }
}

/* Where the letter repeats questions, what else asks is one of them too. */
static void find_retyped(struct quotes *s, const struct questions *q, const struct paper *l)
{
    for (size_t at = 0; at < l->text.len; at++) {
        if (l->text.at[at] != '?')
            continue;
        size_t start = asking_start(l, at);
        if (!asks_at(l, start, at) || is_quoted(s, start, at + 1))
            continue;
        add_likest(s, q, l, start, at);
    }
}

void quotes_retyped(struct quotes *s, const struct questions *q, const struct paper *l)
{
    find_retyped(s, q, l);
    find_asked(s, q, l);
    quotes_sort(s);
}
