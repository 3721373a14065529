/* events -- where the questions of a questionnaire stand in a letter.
 *
 * Collected here, their numbers in events_numbers.c; resolved in events_resolve.c; put into lists
 * in events_lists.c. */
#include "events.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "events_parts.h"
#include "stretches.h"

#define NAMING_WORDS 30 /* of a sentence that may name questions */
#define BACK_MAX 24     /* bytes of a label before a quote */

struct event *events_add(struct events *e, struct event it)
{
    e->at = array_grow(e->at, &e->cap, e->count + 1, sizeof *e->at);
    e->at[e->count] = it;
    return &e->at[e->count++];
}

size_t events_letter(const struct label *l)
{
    bool single = l->count == 1 && l->part[0][1] == '\0' && l->word == LABEL_BARE;
    return single && isalpha((unsigned char)l->part[0][0]) ? (size_t)(l->part[0][0] - 'a') : 26;
}

bool events_covered(const struct events *e, size_t count, size_t at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->at[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && e->at[low].start <= at;
}

/* ---- quotes ---- */

static bool only_spaces(const struct paper *l, size_t from, size_t to)
{
    for (; from < to; from++)
        if (!strchr(" \"'*\t\n", l->text.at[from]))
            return false;
    return true;
}

/* Whether a label that stands at AT may be one before a quote: at a line's or a cell's start, or
 * with a mark of its own. */
static bool may_label(const struct paper *l, size_t at, const struct label *label)
{
    size_t before = at;
    while (before > 0 && strchr(" \"'*", l->text.at[before - 1]))
        before--;
    return before == 0 || strchr("\n\t", l->text.at[before - 1]) || label->terminal ||
           label->word != LABEL_BARE;
}

/* The label that ends where the quote starts, which stands from FROM on at the earliest. */
static size_t label_from(const struct paper *l, size_t from, size_t start, struct label *label)
{
    for (size_t at = from; at < start; at++) {
        size_t end, stop = at;
        bool begins = at == 0 || strchr(" \t\n\"'*", l->text.at[at - 1]);
        if (!begins || l->text.at[at] == ' ')
            continue;
        while (stop < l->text.len && l->text.at[stop] != '\n' && l->text.at[stop] != '\t')
            stop++;
        if (label_read((struct span){l->text.at + at, stop - at}, 0, label, &end) &&
            at + end <= start && only_spaces(l, at + end, start) && may_label(l, at, label))
            return at;
    }
    *label = (struct label){0};
    return start;
}

/* The start of the label before a quote, on its line or alone on the line before; or of the quote.
 */
static size_t label_before(const struct paper *l, size_t start, struct label *label)
{
    size_t line = paper_line_at(l, start), from = l->lines[line].start;
    size_t found = label_from(l, start - from > BACK_MAX ? start - BACK_MAX : from, start, label);
    if (found < start || !only_spaces(l, from, start) || line == 0 ||
        l->lines[line - 1].end - l->lines[line - 1].start > BACK_MAX)
        return found;
    found = label_from(l, l->lines[line - 1].start, start, label);
    if (found == l->lines[line - 1].start && (label->terminal || label->word != LABEL_BARE))
        return found;
    *label = (struct label){0};
    return start;
}

size_t events_owner(struct span text, size_t at)
{
    static const struct span owners[] = {SPAN_ROW("your "), SPAN_ROW("the "),
                                         SPAN_ROW("original ")};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        if (text.len - at > owners[i].len &&
            strncasecmp(text.at + at, owners[i].at, owners[i].len) == 0)
            return owners[i].len;
    return 0;
}

/* The start of the label at START with the word before it on its line, if that says whose it is. */
static size_t owner_before(const struct paper *l, size_t start, const struct label *label)
{
    size_t line = l->lines[paper_line_at(l, start)].start;
    while (line < start && strchr(" \"'*", l->text.at[line]))
        line++;
    bool owned = label->word == LABEL_QUESTION && line < start &&
                 events_owner(paper_slice(l, line, start + 1), 0) == start - line;
    return owned ? line : start;
}

/* Whether only a conjunction stands between two quotes. */
static bool conjoined(const struct paper *l, size_t from, size_t to)
{
    if (to < from || to - from > 6 || (from && strchr("?.", l->text.at[from - 1])))
        return false;
    struct span between = {l->text.at + from, to - from};
    return span_eq(between, SPAN(" and ")) || span_eq(between, SPAN(" & ")) ||
           span_eq(between, SPAN(", and ")) || span_eq(between, SPAN(", "));
}

static void set_question(struct events *e, struct event *it, uint32_t question)
{
    e->questions =
        array_grow(e->questions, &e->questions_cap, e->question_count + 1, sizeof *e->questions);
    if (it->count == 0)
        it->first = (uint32_t)e->question_count;
    e->questions[e->question_count++] = question;
    it->count++;
}

void events_set(struct events *e, struct event *it, const uint32_t *questions, size_t count)
{
    it->count = 0;
    for (size_t i = 0; i < count; i++)
        set_question(e, it, questions[i]);
}

static void add_quotes(struct events *e, const struct paper *l, const struct quotes *quotes,
                       const unsigned char *claimed)
{
    for (size_t i = 0; i < quotes->count; i++) {
        const struct quote *s = &quotes->at[i];
        struct event *last = e->count ? &e->at[e->count - 1] : NULL;
        if (claimed[paper_line_at(l, s->start)])
            continue;
        if (last && conjoined(l, last->end, s->start)) {
            set_question(e, last, s->question);
            last->end = s->end;
            continue;
        }
        struct event it = {.end = s->end, .quote = (uint32_t)i, .score = s->score};
        it.start = (uint32_t)label_before(l, s->start, &it.label);
        it.start = (uint32_t)owner_before(l, formulas_asked(l, it.start), &it.label);
        set_question(e, &it, s->question);
        events_add(e, it);
    }
}

/* ---- formulas ---- */

/* Whether the paragraph that LINE begins says of questions by their numbers that they are refused:
 * "We have applied section 43 to questions 4a and 4b". */
static bool refuses_named(const struct paper *l, size_t line)
{
    static const char *const cues =
        "section|exempt|exemption|withheld|withholding|withhold|refuse|refused|"
        "refusing|hold|held|applied|applies";
    size_t first = tokens_from(&l->words, l->lines[line].start), last = first;
    bool cue = false, named = false;
    if (!l->lines[line].apart || l->lines[line].cells > 1)
        return false;
    size_t stop = line + 1;
    while (stop < l->count && !l->lines[stop].apart)
        stop++;
    while (last < l->words.count && last < first + NAMING_WORDS &&
           l->words.at[last].start < l->lines[stop - 1].end)
        last++;
    for (size_t i = first; i + 1 < last && !(cue && named); i++) {
        if (formulas_begins(l, i))
            cue = named = false;
        cue |= formulas_match(l, i, last, cues) > 0;
        struct span next = tokens_lower(&l->words, i + 1);
        named |= formulas_match(l, i, last, "question|questions") && i > first &&
                 (isdigit((unsigned char)next.at[0]) || next.len == 1);
    }
    return cue && named;
}

static void add_namings(struct events *e, const struct paper *l, const unsigned char *claimed)
{
    size_t others = e->count;
    for (size_t line = 1; line < l->count; line++)
        if (!claimed[line] && refuses_named(l, line) &&
            !events_covered(e, others, l->lines[line].start))
            events_add(e, (struct event){.start = l->lines[line].start,
                                         .end = l->lines[line].start,
                                         .kind = EVENT_END,
                                         .formula = FORMULA_ASIDE,
                                         .quote = QUESTIONS_NONE});
}

static void add_formulas(struct events *e, const struct paper *l, const unsigned char *claimed)
{
    size_t others = e->count;
    for (size_t i = 0; i < l->words.count; i++) {
        size_t at = l->words.at[i].start;
        if (!formulas_begins(l, i) || claimed[paper_line_at(l, at)] ||
            events_covered(e, others, at))
            continue;
        enum formula formula = formulas_at(l, i);
        if (formula == FORMULA_NONE)
            continue;
        events_add(e, (struct event){.start = (uint32_t)at,
                                     .end = (uint32_t)at,
                                     .kind = EVENT_END,
                                     .formula = formula,
                                     .quote = QUESTIONS_NONE});
    }
}

static void add_tables(struct events *e, const struct paper *l, const unsigned char *claimed)
{
    for (size_t i = 0; i < l->count; i++)
        if (claimed[i])
            events_add(e, (struct event){.start = l->lines[i].start,
                                         .end = l->lines[i].end,
                                         .kind = EVENT_TABLE,
                                         .quote = QUESTIONS_NONE});
}

static int by_place(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

void events_sort(struct events *e)
{
    if (e->count)
        qsort(e->at, e->count, sizeof *e->at, by_place);
}

size_t events_stop_among(const struct events *e, size_t count, size_t i, const struct paper *l)
{
    for (i++; i < count; i++)
        if (e->at[i].kind != EVENT_DROPPED)
            return e->at[i].start;
    return l->text.len;
}

size_t events_stop(const struct events *e, size_t i, const struct paper *l)
{
    return events_stop_among(e, e->count, i, l);
}

void events_find(struct events *e, const struct questions *q, const struct paper *l,
                 const struct quotes *quotes, const unsigned char *claimed)
{
    e->count = e->question_count = e->taught_count = 0;
    add_quotes(e, l, quotes, claimed);
    events_sort(e);
    events_numbers(e, q, l, claimed);
    events_sort(e);
    add_formulas(e, l, claimed);
    events_sort(e);
    add_namings(e, l, claimed);
    add_tables(e, l, claimed);
    events_sort(e);
    events_drop_letters(e, l);
    events_drop_weak(e, q, l);
    events_resolve(e, q, l);
    events_list(e, q, l);
}

void events_free(struct events *e)
{
    free(e->at);
    free(e->questions);
    free(e->taught);
    *e = (struct events){0};
}
