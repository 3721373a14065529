/* echoes_pieces -- the sentences of a letter that may answer: of lines that nothing else has taken,
 * without greetings, openings and what closes the letter. */
#include "echoes_parts.h"

#define GREETING_MAX 40 /* bytes */

/* ---- what is free ---- */

static bool closes(const struct event *it)
{
    return it->kind == EVENT_END && (it->formula == FORMULA_END || it->formula == FORMULA_CLOSE);
}

/* Whether a line up to the next event is taken by event IT, which begins on line FIRST. */
static bool takes_line(const struct event *it, const struct paper_line *line, bool first)
{
    if (closes(it)) /* what stands before it on its line is free: closed_at() */
        return !first || it->start <= line->start;
    if (it->kind == EVENT_END)
        return first && it->formula == FORMULA_ASIDE;
    return first || (it->kind == EVENT_QUESTION && (!it->empty || it->end > line->start));
}

void echoes_mark_used(struct finder *f, unsigned char *used)
{
    memcpy(used, f->claimed, f->paper.count);
    for (size_t i = 0; i < f->events.count; i++) {
        const struct event *it = &f->events.at[i];
        if (it->kind == EVENT_DROPPED)
            continue;
        size_t first = paper_line_at(&f->paper, it->start),
               stop = events_stop(&f->events, i, &f->paper);
        for (size_t k = first; k < f->paper.count && f->paper.lines[k].start < stop; k++)
            used[k] |= takes_line(it, &f->paper.lines[k], k == first);
    }
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
        if (closes(&e->at[low]))
            return e->at[low].start;
    return end;
}

/* ---- sentences ---- */

void echoes_add(struct echoes *e, struct echoes_piece p)
{
    e->pieces = array_grow(e->pieces, &e->cap, e->count + 1, sizeof *e->pieces);
    e->pieces[e->count++] = p;
}

size_t echoes_words(const struct paper *l, size_t start, size_t end)
{
    return tokens_from(&l->words, end) - tokens_from(&l->words, start);
}

static bool in_question(const struct finder *f, size_t start)
{
    for (size_t i = 0; i < f->quotes.count; i++)
        if (start >= f->quotes.at[i].start && start < f->quotes.at[i].end)
            return true;
    return false;
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
    for (size_t at = start; at < end && at < start + GREETING_MAX; at++) {
        char c = l->text.at[at];
        if (c == '\n')
            break;
        if (c == ',' || c == ':' || (c == '-' && at > start && l->text.at[at - 1] == ' '))
            return echoes_words(l, at, end) > 2 ? at + 1 : start;
    }
    return start;
}

/* Whether the sentence [START, END) only leads to what follows: "Our reply is as follows:" */
static bool leads_on(const struct paper *l, size_t start, size_t end)
{
    size_t i = tokens_from(&l->words, start), last = tokens_from(&l->words, end);
    while (end > start && strchr(" \n", l->text.at[end - 1]))
        end--;
    if (end == start || l->text.at[end - 1] != ':')
        return false;
    for (; i < last; i++)
        if (formulas_match(l, i, last, "as follows|below|under") ||
            formulas_match(l, i, last, "reply|response|answers|replies|responses|following"))
            return true;
    return false;
}

static void add_sentences(struct echoes *e, size_t start, size_t end)
{
    const struct paper *l = &e->f->paper;
    end = closed_at(e->f, start, end);
    start = behind_greeting(l, start, end);
    while (start < end) {
        size_t len = stretches_sentence(l, start, end) - start;
        size_t word = tokens_from(&l->words, start);
        if (!is_opening(l, word) && echoes_words(l, start, start + len) > 2 &&
            !in_question(e->f, start) && !leads_on(l, start, start + len))
            echoes_clauses(e, start, start + len);
        start += len;
    }
}

/* Whether the paragraph from line FIRST to LAST is a heading or an address: no sentence ends it,
 * and it has nothing to tell. */
static bool is_heading(const struct finder *f, size_t first, size_t last)
{
    const struct paper *l = &f->paper;
    size_t start = l->lines[first].start, end = l->lines[last].end;
    return first == last && !strchr(".!?:;,\")", l->text.at[end - 1]) &&
           !echoes_has_figure(f, start, end);
}

void echoes_gather(struct echoes *e, const unsigned char *used)
{
    const struct paper *l = &e->f->paper;
    for (size_t i = 0; i < l->count; i++) {
        if (used[i] || l->lines[i].cells > 1)
            continue;
        size_t last = i;
        while (last + 1 < l->count && !used[last + 1] && !l->lines[last + 1].apart &&
               l->lines[last + 1].cells == 1)
            last++;
        if (!is_heading(e->f, i, last))
            add_sentences(e, l->lines[i].start, l->lines[last].end);
        i = last;
    }
}
