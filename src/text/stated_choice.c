/* stated_choice -- which of several figures counts. */
#include <stdlib.h>

#include "stated_parts.h"
#include "words_near.h"

#define LEAD_WORDS 3 /* of a first sentence that is the answer: "12 cameras." */

struct stretch stated_stretch(const struct stated_work *w, const struct stated_figure *f,
                              enum stated_within within)
{
    static const char *const ends[] = {[STATED_SENTENCE] = ".!?\n", [STATED_CLAUSE] = ",;:.!?()\n"};
    const char *marks = ends[within];
    struct span text = w->text;
    struct stretch s = {f->is.from, f->is.to};
    while (s.from > 0 &&
           !(strchr(marks, text.at[s.from - 1]) && strchr(" \n", byte_at(text, s.from))))
        s.from--;
    while (s.to < text.len && !(strchr(marks, text.at[s.to]) &&
                                (s.to + 1 == text.len || strchr(" \n", text.at[s.to + 1]))))
        s.to++;
    return s;
}

void stated_keep(struct stated_work *w,
                 bool (*counts)(const struct stated_work *, const struct stated_figure *))
{
    bool any = false;
    for (size_t i = 0; i < w->count; i++)
        any |= !w->figures[i].is_out && counts(w, &w->figures[i]);
    for (size_t i = 0; any && i < w->count; i++)
        w->figures[i].is_out |= !counts(w, &w->figures[i]);
}

static bool has_value(const struct stated_work *w, const struct stated_figure *f,
                      const struct stated_figure *other)
{
    return span_eq(stated_value(w, f), stated_value(w, other));
}

/* Whether the two are of a list, be they the same number: "1 x fixed; 1 x mobile". */
static bool are_listed(const struct stated_work *w, const struct stated_figure *f,
                       const struct stated_figure *next)
{
    struct span between = span_part(w->text, f->is.to, next->is.from - f->is.to);
    return memchr(between.at, ';', between.len) || memmem(between.at, between.len, " and ", 5);
}

const struct stated_figure *stated_only(const struct stated_work *w, bool totals, bool *several)
{
    const struct stated_figure *one = NULL, *last = NULL;
    *several = false;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        if (f->is_out || (totals && !f->is.is_total))
            continue;
        *several |= one && (!has_value(w, one, f) || are_listed(w, last, f));
        one = one ? one : f;
        last = f;
    }
    return *several ? NULL : one;
}

const struct stated_figure *stated_lead(const struct stated_work *w)
{
    if (w->count == 0)
        return NULL;
    const struct stated_figure *f = &w->figures[0];
    struct stretch s = stated_stretch(w, f, STATED_SENTENCE);
    size_t second = w->count > 1 ? w->figures[1].is.from : w->text.len;
    bool is_number_of_list = s.to == f->is.to && second == s.to + 2 && !f->is.is_words;
    return s.from == 0 && sought_words(&w->sought, s) <= LEAD_WORDS && second > s.to &&
                   !is_number_of_list
               ? f
               : NULL;
}

/* ---- sums ---- */

/* The figure that is the sum of all others, of which there are at least two. */
static const struct stated_figure *sum_of_others(const struct stated_work *w)
{
    double sum = 0, largest = 0;
    const struct stated_figure *most = NULL;
    size_t count = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        if (f->is_out)
            continue;
        if (f->len == 0)
            return NULL;
        double value = strtod(stated_value(w, f).at, NULL);
        sum += value;
        count++;
        if (value > largest) {
            largest = value;
            most = f;
        }
    }
    double rest = sum - largest;
    return count > 2 && rest - largest < 1e-9 * sum && largest - rest < 1e-9 * sum ? most : NULL;
}

/* ---- the question's words ---- */

/* The figure whose stretch of the text has more of the question's words than that of any other:
 * *MOST of them. */
static const struct stated_figure *nearest(const struct stated_work *w, enum stated_within within,
                                           size_t *most)
{
    const struct stated_figure *best = NULL;
    size_t best_from = SIZE_MAX; /* its clause, of which a part is no other answer */
    *most = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        if (f->is_out)
            continue;
        struct stretch s = stated_stretch(w, f, within);
        size_t shared = sought_shared(&w->sought, s);
        bool is_clause = within == STATED_CLAUSE;
        bool is_same =
            (best && has_value(w, best, f)) || (is_clause && f->is.is_part && s.from == best_from);
        if (is_clause && !sought_tells(&w->sought, s))
            return NULL; /* nothing tells what it counts */
        if (shared > *most) {
            best = f;
            best_from = s.from;
            *most = shared;
        } else if (shared == *most && !is_same) {
            best = NULL;
        }
    }
    return *most > 0 ? best : NULL;
}

/* ---- parts ---- */

static bool is_part(const struct stated_work *w, const struct stated_figure *f)
{
    return w->count > 0 && f->is.is_part;
}

static bool is_whole(const struct stated_work *w, const struct stated_figure *f)
{
    return !is_part(w, f);
}

/* "207, of which 61 ..." */
static bool begins_with_whole(const struct stated_work *w)
{
    const struct stated_figure *f = w->figures;
    return f->is.from == 0 && !f->is_out && !f->is.is_part;
}

static bool has_parts(const struct stated_work *w)
{
    for (size_t i = 0; i < w->count; i++)
        if (!w->figures[i].is_out && w->figures[i].is.is_part)
            return true;
    return false;
}

/* Of a whole and its parts the one that the question's words are with; the whole, if the question
 * says nothing that is not said of it. NULL leaves those that may be it. */
static const struct stated_figure *whole_or_part(struct stated_work *w, bool *several)
{
    size_t most;
    if (w->sought.part) {
        stated_keep(w, is_part);
        return NULL;
    }
    const struct stated_figure *f = nearest(w, STATED_SENTENCE, &most);
    if (f || (f = nearest(w, STATED_CLAUSE, &most)))
        return f;
    *several = most > 0 && most < w->sought.stem_count && !begins_with_whole(w);
    if (!*several)
        stated_keep(w, is_whole);
    return NULL;
}

const struct stated_figure *stated_choose(struct stated_work *w, bool *several)
{
    size_t most;
    const struct stated_figure *f = stated_only(w, true, several);
    if (f && f->len)
        return f;
    if (has_parts(w) && ((f = whole_or_part(w, several)) || *several))
        return f;
    f = stated_only(w, false, several);
    if (!*several)
        return f;
    if ((f = sum_of_others(w)) || (f = nearest(w, STATED_SENTENCE, &most)))
        return f;
    return nearest(w, STATED_CLAUSE, &most);
}
