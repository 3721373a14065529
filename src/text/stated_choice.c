/* stated_choice -- which of several figures counts. */
#include <stdlib.h>

#include "stated_parts.h"
#include "words_near.h"

#define LEAD_WORDS 3 /* of a first sentence that is the answer: "12 cameras." */

struct stretch stated_stretch(const struct stated_work *w, const struct stated_figure *f,
                              enum stated_within within)
{
    static const char *const ends[] = {[STATED_SENTENCE] = ".!?\n", [STATED_CLAUSE] = ",;:.!?\n"};
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

/* Whether F is all that its sentence says. */
static bool is_bare(const struct stated_work *w, const struct stated_figure *f)
{
    return sought_words(&w->sought, stated_stretch(w, f, STATED_SENTENCE)) <= LEAD_WORDS;
}

static bool has_parts(const struct stated_work *w)
{
    for (size_t i = 0; i < w->count; i++)
        if (!w->figures[i].is_out && w->figures[i].is.is_part)
            return true;
    return false;
}

const struct stated_figure *stated_lead(const struct stated_work *w)
{
    const struct stated_figure *f = w->figures, *next = w->count > 1 ? f + 1 : NULL;
    struct stretch s = stated_stretch(w, f, STATED_SENTENCE);
    bool is_list = next && (next->is.from <= s.to || is_bare(w, next) ||
                            (s.to == f->is.to && next->is.from == s.to + 2 && !f->is.is_words));
    return s.from == 0 && is_bare(w, f) && !is_list && !has_parts(w) ? f : NULL;
}

/* ---- sums ---- */

/* Whether no other has words of the question that F has not; one that has no words at all ("44
 * altogether") leaves them out. */
static bool has_all_words(const struct stated_work *w, const struct stated_figure *f)
{
    struct stretch clause = stated_stretch(w, f, STATED_CLAUSE);
    uint64_t own = sought_shares(&w->sought, clause);
    if (!sought_tells(&w->sought, clause))
        return true;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *other = &w->figures[i];
        struct stretch s = stated_stretch(w, other, STATED_CLAUSE);
        if (!other->is_out && (sought_shares(&w->sought, s) & ~own))
            return false;
    }
    return true;
}

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
    bool is_sum = count > 2 && rest - largest < 1e-9 * sum && largest - rest < 1e-9 * sum;
    return is_sum && has_all_words(w, most) ? most : NULL;
}

/* ---- the question's words ---- */

/* Whether the word behind F is not what is asked for, so that the words of the question before it
 * tell no more than whose it is: "the team has 1 manager, 4 supervisors". */
static bool counts_another(const struct stated_work *w, const struct stated_figure *f)
{
    struct stretch s = stated_stretch(w, f, STATED_CLAUSE), noun = {f->is.to, f->is.to};
    bool is_word = word_behind(w->text, &noun.to).len > 0;
    return is_word && sought_tells(&w->sought, noun) &&
           !sought_shares(&w->sought, (struct stretch){f->is.to, s.to}) &&
           !(sought_shares(&w->sought, s) & w->sought.thing);
}

/* The figure whose stretch of the text has all the words of the question that those of the others
 * have, and more. */
static const struct stated_figure *nearest(const struct stated_work *w, enum stated_within within)
{
    const struct stated_figure *best = NULL;
    uint64_t most = 0, all = 0;
    bool is_tie = true;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        if (f->is_out)
            continue;
        struct stretch s = stated_stretch(w, f, within);
        uint64_t shares = sought_shares(&w->sought, s);
        if (within == STATED_CLAUSE && !sought_tells(&w->sought, s))
            return NULL; /* nothing tells what it counts */
        bool is_more = (shares & most) == most && shares != most;
        is_tie = is_more ? false : is_tie || (shares == most && !(best && has_value(w, best, f)));
        best = is_more ? f : best;
        most = is_more ? shares : most;
        all |= shares;
    }
    bool is_clear = !is_tie && all == most;
    return is_clear && best && (within == STATED_SENTENCE || !counts_another(w, best)) ? best
                                                                                       : NULL;
}

/* ---- parts ---- */

static bool is_part(const struct stated_work *w, const struct stated_figure *f)
{
    (void)w;
    return f->is.is_part;
}

static bool is_whole(const struct stated_work *w, const struct stated_figure *f)
{
    return !is_part(w, f);
}

/* What the text says of a part: from the start of its clause, or, where a whole is in that, from
 * the part itself, to the next figure or the end of the sentence. */
static struct stretch stretch_of_part(const struct stated_work *w, const struct stated_figure *part)
{
    struct stretch s = stated_stretch(w, part, STATED_CLAUSE);
    s.to = stated_stretch(w, part, STATED_SENTENCE).to;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        if (f->is_out)
            continue;
        if (!f->is.is_part && f->is.from >= s.from && f->is.from < part->is.from)
            s.from = part->is.from;
        if (f->is.from > part->is.from && f->is.from < s.to)
            s.to = f->is.from;
    }
    return s;
}

/* The words of the question that are with the wholes. */
static uint64_t words_of_wholes(const struct stated_work *w)
{
    uint64_t shares = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        struct stretch s = stated_stretch(w, f, STATED_CLAUSE);
        if (f->is_out || f->is.is_part)
            continue;
        for (size_t k = i + 1; k < w->count; k++)
            if (w->figures[k].is.is_part && w->figures[k].is.from < s.to)
                s.to = w->figures[k].is.from;
        shares |= sought_shares(&w->sought, s);
    }
    return shares;
}

/* Of a whole and its parts the part that has words of the question which are not with the whole
 * (that has some: "207, of which 61 ..." leaves them out); of two such parts none. NULL leaves
 * those that may be it. */
static const struct stated_figure *whole_or_part(struct stated_work *w, bool *several)
{
    const struct stated_figure *best = NULL;
    if (w->sought.part) {
        stated_keep(w, is_part);
        return NULL;
    }
    if (w->sought.negated) {
        *several = true;
        return NULL;
    }
    uint64_t whole = words_of_wholes(w);
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        if (whole == 0 || f->is_out || !f->is.is_part ||
            !(sought_shares(&w->sought, stretch_of_part(w, f)) & ~whole))
            continue;
        *several |= best && !has_value(w, best, f);
        best = f;
    }
    if (!best)
        stated_keep(w, is_whole);
    return *several ? NULL : best;
}

const struct stated_figure *stated_choose(struct stated_work *w, bool *several)
{
    const struct stated_figure *f = stated_only(w, true, several);
    if (f && f->len && has_all_words(w, f))
        return f;
    *several = false;
    if (has_parts(w) && ((f = whole_or_part(w, several)) || *several))
        return f;
    f = stated_only(w, false, several);
    if (!*several)
        return f;
    if ((f = sum_of_others(w)) || (f = nearest(w, STATED_SENTENCE)))
        return f;
    return nearest(w, STATED_CLAUSE);
}
