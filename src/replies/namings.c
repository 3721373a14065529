/* namings -- sentences that name questions by their numbers.
 *
 * "As regards A2 and A3, that is not held." "We have applied section 43 to questions 4a and 4b."
 * "The answer to question 2 should read 45." */
#include <ctype.h>

#include "finder_parts.h"

#define NAMED_MAX 600 /* bytes of a list of questions' numbers */

/* ---- where a sentence names a question ---- */

/* Words in front of the number that make it the subject: what follows is about it. */
static const char *const leads[] = {
    "turning to your?",
    "in relation|respect|regard|response|answer|reply to|of your?",
    "with regard|regards|reference|respect to your?",
    "as regards|to|for your?",
    "regarding|concerning|for|on|to|re|under|finally your?",
    "in|to answer your?",
};

/* Whether words that lead end right before word I; the first of them in *FIRST. */
static bool led(const struct paper *l, size_t i, size_t *first)
{
    for (size_t back = i < 5 ? i : 5; back > 0; back--)
        for (size_t k = 0; k < sizeof leads / sizeof *leads; k++)
            if (formulas_match(l, i - back, i, leads[k]) == back) {
                *first = i - back;
                return true;
            }
    *first = i;
    return false;
}

/* A number that names a question in prose: with its word, or one such as B2 that is no figure. */
static bool named(const struct finder *f, size_t i, struct references *r, size_t *end)
{
    const struct paper *l = &f->paper;
    size_t start = l->words.at[i].start;
    size_t far = l->text.len - start < NAMED_MAX ? l->text.len : start + NAMED_MAX;
    struct span text = paper_slice(l, start, far);
    const char *line = memchr(text.at, '\t', text.len);
    if (line)
        text.len = (size_t)(line - text.at);
    if (start > 0 &&
        (isalnum((unsigned char)l->text.at[start - 1]) || l->text.at[start - 1] == '.'))
        return false;
    if (!references_read(f->questions, text, 0, r, end))
        return false;
    size_t first;
    bool leads_in = led(l, i, &first);
    bool part =
        r->first.word == LABEL_SECTION && leads_in && tolower((unsigned char)*text.at) == 'p';
    bool question = r->first.word == LABEL_QUESTION || part;
    *end += start;
    bool compound = r->first.count > 1 && isupper((unsigned char)text.at[0]);
    bool digits_letter = r->first.count > 1 && isdigit((unsigned char)text.at[0]) &&
                         (leads_in || r->first.terminal == false);
    return question || compound || digits_letter;
}

/* The text that the naming is about ends at the next naming with a lead, or with the sentence
 * and those that follow in its paragraph. */
static size_t naming_end(const struct finder *f, size_t i, size_t from)
{
    const struct paper *l = &f->paper;
    size_t line = paper_line_at(l, from), stop;
    while (line + 1 < l->count && !l->lines[line + 1].apart && l->lines[line + 1].cells == 1)
        line++;
    stop = l->lines[line].end;
    for (size_t k = 0; k < f->events.count; k++) /* a paragraph's end may not be seen in a PDF */
        if (f->events.at[k].kind != EVENT_DROPPED && f->events.at[k].start > from) {
            stop = f->events.at[k].start < stop ? f->events.at[k].start : stop;
            break;
        }
    for (i++; i < l->words.count && l->words.at[i].start < stop; i++) {
        struct references r;
        size_t end, first;
        if (l->words.at[i].start < from || !named(f, i, &r, &end) || !led(l, i, &first))
            continue;
        stop = l->words.at[first].start;
        while (stop > from && strchr(" ,;", l->text.at[stop - 1]))
            stop--;
        if (stop > from + 4 && memcmp(l->text.at + stop - 4, " and", 4) == 0)
            stop -= 4;
        while (stop > from && strchr(" ,;", l->text.at[stop - 1]))
            stop--;
    }
    return stop;
}

/* ---- one naming ---- */

static void take_naming(struct finder *f, const struct references *r, size_t i, size_t end)
{
    const struct paper *l = &f->paper;
    size_t start, stop, first, at;
    stretches_around(l, l->words.at[i].start, &start, &stop);
    if (corrections_take(f, r, start))
        return;
    bool leads_in = led(l, i, &first) || l->words.at[i].start <= start + 2;
    buf_clear(&f->text);
    stretches_text(l, start, stop, &f->text, &at);
    struct span flat = finder_flat(f, buf_span(&f->text));
    struct span reason = verdict_of_named(&f->verdict, flat);
    if (reason.at) {
        finder_take_all(f, r, at, 0.8F, false, reason);
        return;
    }
    bool promises = formulas_in(l, tokens_from(&l->words, start), tokens_from(&l->words, stop),
                                FORMULA_HOLDING, NULL);
    if (!leads_in || promises) /* "in respect of questions 1 and 4 we hope to reply by Friday" */
        return;
    buf_clear(&f->text);
    stretches_text(l, end, naming_end(f, i, end), &f->text, &at);
    if (f->text.len)
        finder_take_all(f, r, at, 0.75F, false, (struct span){0});
}

const struct event *namings_owner(const struct finder *f, size_t at)
{
    const struct events *e = &f->events;
    size_t low = 0, high = e->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->at[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0 && e->at[low - 1].kind == EVENT_DROPPED)
        low--;
    const struct event *it = low ? &e->at[low - 1] : NULL;
    if (!it || (it->kind == EVENT_QUESTION && !it->empty))
        return it;
    return at < it->end ? it : NULL;
}

/* A refusal that names other questions than the one it stands behind is theirs. */
static bool refuses_others(struct finder *f, const struct event *it, const struct references *r,
                           size_t at)
{
    const struct paper *l = &f->paper;
    size_t start, stop, from;
    if (at < it->end)
        return false;
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < it->count; k++)
            if (r->at[i] == f->events.questions[it->first + k])
                return false;
    stretches_around(l, at, &start, &stop);
    if (paper_line_at(l, start) == paper_line_at(l, it->end))
        return false;
    buf_clear(&f->text);
    stretches_text(l, start, stop, &f->text, &from);
    return f->text.len &&
           verdict_of_letter(&f->verdict, finder_flat(f, buf_span(&f->text))).at != NULL;
}

void namings_read(struct finder *f)
{
    const struct paper *l = &f->paper;
    for (size_t i = 0; i < l->words.count; i++) {
        struct references r;
        size_t end;
        size_t at = l->words.at[i].start;
        if (f->claimed[paper_line_at(l, at)] || !named(f, i, &r, &end))
            continue;
        const struct event *it = namings_owner(f, at);
        if (it && !refuses_others(f, it, &r, at))
            continue;
        take_naming(f, &r, i, end);
        while (i + 1 < l->words.count && l->words.at[i + 1].start < end)
            i++;
    }
    bool any = false;
    for (size_t q = 0; q < f->questions->count; q++)
        any |= finder_has(f, q);
    if (!any)
        corrections_in_words(f);
    corrections_unwrap(f);
}
