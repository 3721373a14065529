/* events_resolve -- which question a number means, in its place. */
#include <ctype.h>
#include <stdio.h>

#include "events_parts.h"

#define SCORE_NUMBER 0.85F
#define SCORE_TAUGHT 0.9F
#define SCORE_GROUP 0.65F /* 4, where 4a and 4b are asked */
#define SCORE_LIKELY 0.7F /* by counting: (b) for (ii), the seventh for 6 */
#define BEFORE_FIRST SIZE_MAX

/* ---- what the letter teaches ---- */

static void learn(struct events *e)
{
    for (size_t i = 0; i < e->count; i++) {
        const struct event *it = &e->at[i];
        if (it->kind != EVENT_QUESTION || it->quote == QUESTIONS_NONE || it->label.count == 0)
            continue;
        e->taught = array_grow(e->taught, &e->taught_cap, e->taught_count + 1, sizeof *e->taught);
        e->taught[e->taught_count++] = *it;
    }
}

static bool same_label(const struct label *a, const struct label *b)
{
    return a->count == b->count && label_same(a, b, a->count);
}

/* The quoted question that this label stood before: of several the next one. */
static bool taught(struct events *e, const struct questions *q, const struct event *it,
                   uint32_t *question)
{
    bool any = false;
    if (e->current != BEFORE_FIRST && it->label.count == 1 &&
        !isdigit((unsigned char)it->label.part[0][0]))
        for (size_t i = 0; i < e->taught_count; i++) { /* (a) of the question that is open */
            uint32_t found = e->questions[e->taught[i].first];
            if (same_label(&e->taught[i].label, &it->label) && q->at[found].label.count > 1 &&
                label_same(&q->at[found].label, &q->at[e->current].label, 1)) {
                *question = found;
                return true;
            }
        }
    for (size_t i = 0; i < e->taught_count; i++) {
        if (!same_label(&e->taught[i].label, &it->label))
            continue;
        uint32_t found = e->questions[e->taught[i].first];
        if (any && e->current != BEFORE_FIRST && *question > e->current)
            break;
        if (!any || (e->current != BEFORE_FIRST && found > e->current))
            *question = found;
        any = true;
    }
    return any;
}

/* ---- by the schema's numbers ---- */

static bool has_letters_first(const struct questions *q)
{
    for (size_t i = 0; i < q->count; i++)
        if (q->at[i].label.count && isalpha((unsigned char)q->at[i].label.part[0][0]))
            return true;
    return false;
}

/* Whether the last parts of OWN are those of L. */
static bool ends_with(const struct label *own, const struct label *l)
{
    if (own->count <= l->count)
        return false;
    struct label tail = {.count = l->count};
    memcpy(tail.part, own->part + (own->count - l->count), l->count * sizeof *own->part);
    return label_same(&tail, l, l->count);
}

static bool same_ordinal(const char *a, const char *b)
{
    for (int i = 0; i < 4; i++) {
        size_t x = label_ordinal(a, i & 1 ? LABEL_AS_ROMAN : LABEL_AS_LETTER);
        size_t y = label_ordinal(b, i & 2 ? LABEL_AS_ROMAN : LABEL_AS_LETTER);
        if (x && x == y)
            return true;
    }
    return false;
}

/* (b) for (ii): the last part counts the same, the parts before it agree or are not given. */
static bool counts_same(const struct label *own, const struct label *l)
{
    if (own->count < 2 || l->count > own->count ||
        !same_ordinal(own->part[own->count - 1], l->part[l->count - 1]))
        return false;
    return l->count == 1 ? !isdigit((unsigned char)l->part[0][0])
                         : own->count == l->count && label_same(own, l, l->count - 1);
}

/* The first question behind the current one whose label passes; else the first of all. */
static bool forward(const struct events *e, const struct questions *q, const struct label *l,
                    bool (*passes)(const struct label *, const struct label *), uint32_t *found)
{
    bool any = false;
    for (size_t i = 0; i < q->count; i++) {
        if (!passes(&q->at[i].label, l))
            continue;
        if (!any || (e->current != BEFORE_FIRST && *found <= e->current && i > e->current))
            *found = (uint32_t)i;
        any = true;
        if (e->current == BEFORE_FIRST || *found > e->current)
            return true;
    }
    return any;
}

/* 4a where only 4 is asked. */
static bool within(const struct label *own, const struct label *l)
{
    return own->count && own->count < l->count && label_same(own, l, own->count) &&
           !isdigit((unsigned char)l->part[own->count][0]);
}

/* Whether the letter counts the questions through, 1 to 7, where the schema has 1 to 6 with 4a and
 * 4b. */
static bool counts_through(const struct events *e, const struct questions *q)
{
    size_t most = 0;
    for (size_t i = 0; i < e->count; i++) {
        const struct event *it = &e->at[i];
        if (it->kind != EVENT_QUESTION || it->label.count == 0 || it->quote != QUESTIONS_NONE)
            continue;
        if (it->label.count > 1)
            return false;
        size_t number = label_ordinal(it->label.part[0], LABEL_AS_ROMAN);
        most = number > most ? number : most;
    }
    struct label last = {.count = 1};
    size_t first;
    bool whole;
    snprintf(last.part[0], LABEL_PART, "%zu", q->count % 1000);
    return q->count > 2 && most == q->count && questions_labelled(q, &last, &first, &whole) == 0;
}

static size_t set(struct events *e, struct event *it, uint32_t question, float score)
{
    events_set(e, it, &question, 1);
    it->score = score;
    return 1;
}

/* 4, of 4a and 4b: all of them, and what comes next counts from the first. */
static size_t set_group(struct events *e, const struct questions *q, struct event *it)
{
    uint32_t group[REFERENCES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < q->count && count < REFERENCES_MAX; i++)
        if (label_same(&q->at[i].label, &it->label, it->label.count))
            group[count++] = (uint32_t)i;
    events_set(e, it, group, count);
    it->score = SCORE_GROUP;
    return count;
}

/* i, ii, iii where the schema has 1, 2, 3 and no numerals of its own. */
static bool as_digits(const struct questions *q, const struct label *l, struct label *digits)
{
    size_t ordinal = label_ordinal(l->part[0], LABEL_AS_ROMAN);
    if (l->count != 1 || isdigit((unsigned char)l->part[0][0]) || ordinal == 0)
        return false;
    for (size_t i = 0; i < q->count; i++)
        if (q->at[i].label.count > 1 || !isdigit((unsigned char)q->at[i].label.part[0][0]))
            return false;
    *digits = (struct label){.count = 1, .word = l->word, .terminal = l->terminal};
    snprintf(digits->part[0], LABEL_PART, "%zu", ordinal % 1000);
    return true;
}

static size_t by_schema(struct events *e, const struct questions *q, struct event *it, bool through)
{
    size_t first, ordinal = label_ordinal(it->label.part[0], LABEL_AS_ROMAN);
    bool whole;
    uint32_t found = 0;
    if (through && it->label.count == 1 && ordinal && ordinal <= q->count)
        return set(e, it, (uint32_t)(ordinal - 1), SCORE_LIKELY);
    struct label within_section;
    if (e->section.count &&
        label_join(&within_section, &e->section, e->section.count, &it->label)) {
        questions_labelled(q, &within_section, &first, &whole);
        if (whole)
            return set(e, it, (uint32_t)first, SCORE_NUMBER);
    }
    size_t count = questions_labelled(q, &it->label, &first, &whole);
    if (whole)
        return set(e, it, (uint32_t)first, SCORE_NUMBER);
    struct label digits;
    if (as_digits(q, &it->label, &digits) && questions_labelled(q, &digits, &first, &whole) &&
        whole)
        return set(e, it, (uint32_t)first, SCORE_LIKELY);
    if (count)
        return set_group(e, q, it);
    if (forward(e, q, &it->label, ends_with, &found))
        return set(e, it, found, SCORE_NUMBER);
    if (forward(e, q, &it->label, counts_same, &found))
        return set(e, it, found, SCORE_LIKELY);
    for (size_t i = 0; i < q->count; i++)
        if (within(&q->at[i].label, &it->label))
            return i == e->current ? 0 : set(e, it, (uint32_t)i, SCORE_LIKELY);
    return 0;
}

/* "A4a.": the A is of "Answer" where no question has a letter in front. */
static void strip_answer(const struct questions *q, struct label *l)
{
    if (l->count > 1 && (l->part[0][0] == 'a' || l->part[0][0] == 'r') && l->part[0][1] == '\0' &&
        isdigit((unsigned char)l->part[1][0]) && !has_letters_first(q)) {
        memmove(l->part, l->part + 1, (l->count - 1) * sizeof *l->part);
        l->count--;
        l->word = LABEL_ANSWER;
    }
}

/* ---- sections ---- */

/* "Section B - Use": the questions that follow are those of B. False if it is no heading. */
static bool is_section(struct events *e, const struct questions *q, struct event *it)
{
    size_t first;
    bool whole, letter = isalpha((unsigned char)it->label.part[0][0]) != 0;
    if (it->quote != QUESTIONS_NONE || it->label.count != 1)
        return false;
    size_t count = questions_labelled(q, &it->label, &first, &whole);
    if (it->label.word == LABEL_SECTION ? !letter && (count == 0 || whole)
                                        : !letter || count < 2 || whole)
        return false;
    it->kind = EVENT_SECTION;
    e->section = it->label;
    if (count)
        e->current = first == 0 ? BEFORE_FIRST : first - 1;
    return true;
}

/* ---- one after the other ---- */

/* Sets the questions of IT by its number; false if it has none. */
static bool resolve(struct events *e, const struct questions *q, struct event *it, bool through)
{
    uint32_t question = 0;
    size_t first;
    bool whole;
    if (it->label.word == LABEL_SECTION) { /* "Part 1: 97", of a request without sections */
        questions_labelled(q, &it->label, &first, &whole);
        if (!whole || !it->label.terminal)
            return false;
    }
    strip_answer(q, &it->label);
    if (taught(e, q, it, &question)) {
        it->taught = true;
        return set(e, it, question, SCORE_TAUGHT) > 0;
    }
    return by_schema(e, q, it, through) > 0;
}

static void move_on(struct events *e, const struct event *it)
{
    size_t question = e->questions[it->first];
    bool group = it->count > 1 && it->quote == QUESTIONS_NONE;
    if (group) /* its parts may follow, (a) first */
        e->current = question == 0 ? BEFORE_FIRST : question - 1;
    else
        e->current = e->questions[it->first + it->count - 1];
}

/* "(3)" within a text is a number rather than a label, unless the labels are written so. */
static bool only_bracketed(const struct paper *l, size_t at, size_t outer)
{
    return l->text.at[at] == '(' && isdigit((unsigned char)l->text.at[at + 1]) &&
           l->text.at[outer] != '(';
}

/* Whether the words before byte AT lead on to a number: "questions 4 and 6." */
static bool leads_on(const struct paper *l, size_t at)
{
    static const struct span words[] = {
        SPAN_ROW("and"),      SPAN_ROW("or"),    SPAN_ROW("to"),        SPAN_ROW("section"),
        SPAN_ROW("sections"), SPAN_ROW("of"),    SPAN_ROW("in"),        SPAN_ROW("question"),
        SPAN_ROW("q"),        SPAN_ROW("table"), SPAN_ROW("questions"), SPAN_ROW("part"),
        SPAN_ROW("version"),  SPAN_ROW("see"),   SPAN_ROW("at"),        SPAN_ROW("with"),
        SPAN_ROW("as"),       SPAN_ROW("for"),   SPAN_ROW("per"),       SPAN_ROW("under")};
    size_t i = tokens_from(&l->words, at);
    for (size_t k = 0; i > 0 && k < sizeof words / sizeof *words; k++)
        if (span_eq(tokens_lower(&l->words, i - 1), words[k]) && at - l->words.at[i - 1].end <= 1)
            return true;
    return false;
}

/* Whether INNER, "Q2 96", is spelt as OUTER is: the two names begin alike. A text that names its
 * own number again tells of quarters. */
static bool is_spelt(const struct paper *l, const struct event *outer, const struct event *inner)
{
    size_t word = outer->start;
    if (inner->label.word != LABEL_QUESTION || outer->label.word != LABEL_QUESTION)
        return false;
    while (word < outer->end && l->text.at[word] == l->text.at[inner->start + word - outer->start])
        word++;
    return word > outer->start && isdigit((unsigned char)l->text.at[word]);
}

/* "How many? A. 12": the letter right behind a question that was repeated. */
static bool marks_answer(const struct paper *l, const struct event *outer, size_t at,
                         const struct label *label)
{
    return outer->quote != QUESTIONS_NONE && events_letter(label) == 0 &&
           !events_say(l, outer->end, at);
}

/* The next number within the text of IT, up to STOP: it must count on from IT. */
static bool find_inner(struct events *e, const struct questions *q, const struct paper *l,
                       const struct event *outer, size_t from, size_t stop, bool through,
                       struct event *inner)
{
    for (size_t at = from; at < stop; at++) {
        size_t end;
        if (at > 0 && !strchr(" \n\t", l->text.at[at - 1]))
            continue;
        struct span text = paper_slice(l, at, stop);
        const char *line = memchr(text.at, '\n', text.len);
        if (line)
            text.len = (size_t)(line - text.at);
        *inner = (struct event){.quote = QUESTIONS_NONE, .start = (uint32_t)at};
        if (!label_read(text, 0, &inner->label, &end) ||
            (!inner->label.terminal && inner->label.count < 2 && !is_spelt(l, outer, inner)) ||
            inner->label.word == LABEL_SECTION || only_bracketed(l, at, outer->start) ||
            marks_answer(l, outer, at, &inner->label) ||
            (events_letter(&inner->label) < 26 && e->marks_answers[events_letter(&inner->label)]) ||
            leads_on(l, at))
            continue;
        inner->end = (uint32_t)(at + end);
        size_t known = e->question_count;
        if (resolve(e, q, inner, through) && inner->count == 1 &&
            e->questions[inner->first] == (e->current == BEFORE_FIRST ? 0 : e->current + 1))
            return true;
        e->question_count = known;
    }
    return false;
}

static void find_inners(struct events *e, const struct questions *q, const struct paper *l,
                        size_t i, size_t stop, bool through)
{
    struct event inner;
    const struct event outer = e->at[i];
    size_t from = outer.end;
    if (outer.label.count == 0)
        return;
    while (find_inner(e, q, l, &outer, from, stop, through, &inner)) {
        from = inner.end;
        move_on(e, &inner);
        events_add(e, inner);
    }
}

void events_resolve(struct events *e, const struct questions *q, const struct paper *l)
{
    size_t count = e->count;
    bool through = counts_through(e, q);
    learn(e);
    e->current = BEFORE_FIRST;
    e->section = (struct label){0};
    for (size_t i = 0; i < count; i++) {
        struct event *it = &e->at[i];
        if (it->kind == EVENT_END && it->formula == FORMULA_OPEN)
            e->current = BEFORE_FIRST;
        uint32_t known = 0;
        if (it->kind != EVENT_QUESTION || (!taught(e, q, it, &known) && is_section(e, q, it)))
            continue;
        if (it->quote == QUESTIONS_NONE && it->count == 0 && !resolve(e, q, it, through)) {
            it->kind = EVENT_DROPPED;
            continue;
        }
        if (it->quote == QUESTIONS_NONE && it->score <= 0)
            it->score = SCORE_NUMBER;
        move_on(e, it);
        find_inners(e, q, l, i, events_stop_among(e, count, i, l), through);
    }
    events_sort(e);
}
