/* events_lists -- which of a letter's lists are the questionnaire's.
 *
 * A letter holds several: the request restated, the answers, a list within an answer, the steps of
 * a complaint. A list ends where the questions stop counting upwards. */
#include <ctype.h>

#include "base/arena.h"
#include "events_parts.h"
#include "verdict.h"

#define NO_EVENT SIZE_MAX

static size_t order_of(const struct events *e, size_t i)
{
    return e->questions[e->at[i].first];
}

static size_t next_question(const struct events *e, size_t i)
{
    for (; i < e->count; i++)
        if (e->at[i].kind == EVENT_QUESTION && e->at[i].count)
            return i;
    return NO_EVENT;
}

/* ---- behind the end ---- */

/* Numbers behind the complaints procedure are its steps, unless they are most of the questions and
 * the letter has no others. */
static void drop_behind_end(struct events *e, size_t questions)
{
    size_t before = 0, after = 0;
    for (int pass = 0; pass < 2; pass++) {
        bool behind = false;
        for (size_t i = 0; i < e->count; i++) {
            struct event *it = &e->at[i];
            if (it->kind == EVENT_END)
                behind = it->formula == FORMULA_END || it->formula == FORMULA_CLOSE
                             ? true
                             : behind && it->formula == FORMULA_ASIDE;
            if (it->kind != EVENT_QUESTION)
                continue;
            if (it->quote != QUESTIONS_NONE)
                behind = false;
            if (pass == 0)
                *(behind ? &after : &before) += 1;
            else if (behind && (before || 5 * after < 4 * questions || after < 4))
                it->kind = EVENT_DROPPED;
        }
    }
}

/* ---- what stands behind a question ---- */

bool events_say(const struct paper *l, size_t from, size_t to)
{
    static const struct span marks[] = {SPAN_ROW("answer"), SPAN_ROW("response"), SPAN_ROW("reply"),
                                        SPAN_ROW("our"), SPAN_ROW("and")};
    for (size_t i = tokens_from(&l->words, from); i < l->words.count; i++) {
        if (l->words.at[i].start >= to)
            return false;
        bool marker = false;
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            marker |= span_eq(tokens_lower(&l->words, i), marks[k]);
        if (!marker)
            return true;
    }
    return false;
}

/* A number with a question behind it that was retyped beyond recognition: up to its mark. */
static void take_interrogative(struct events *e, const struct paper *l, size_t i, size_t stop)
{
    struct event *it = &e->at[i];
    if (it->quote != QUESTIONS_NONE || it->label.count == 0 ||
        verdict_asks_back(paper_slice(l, it->end, stop)))
        return;
    for (size_t at = it->end; at < stop; at++) {
        char c = l->text.at[at];
        if (c == '\t' ||
            (c == '.' && at + 1 < stop && l->text.at[at + 1] == ' ' && at > it->end + 3))
            return;
        if (c == '\n' && at + 1 < stop && l->lines[paper_line_at(l, at + 1)].apart)
            return;
        if (c == '?' && at > it->end + 8) {
            it->end = (uint32_t)at + 1;
            return;
        }
    }
}

static void find_empty(struct events *e, const struct paper *l)
{
    for (size_t i = next_question(e, 0); i != NO_EVENT; i = next_question(e, i + 1)) {
        size_t stop = events_stop(e, i, l);
        take_interrogative(e, l, i, stop);
        e->at[i].empty = !events_say(l, e->at[i].end, stop);
    }
}

/* "Response" between a question and its answer is no opening of all answers: where the questions
 * before it were answered, or were followed by one as well. */
static void drop_markers(struct events *e, const struct paper *l)
{
    size_t question = NO_EVENT;
    bool answered = true;
    for (size_t i = 0; i < e->count; i++) {
        struct event *it = &e->at[i];
        if (it->kind == EVENT_QUESTION) {
            if (question != NO_EVENT)
                answered = events_say(l, e->at[question].end, it->start);
            question = i;
        } else if (it->kind == EVENT_END && it->formula == FORMULA_OPEN && question != NO_EVENT) {
            if (answered && !events_say(l, e->at[question].end, it->start)) {
                it->kind = EVENT_DROPPED;
                continue;
            }
            question = NO_EVENT; /* another list begins */
            answered = true;
        } else if (it->kind != EVENT_DROPPED) {
            question = NO_EVENT;
            answered = true;
        }
    }
}

/* ---- lists within answers ---- */

static bool same_style(const struct event *a, const struct event *b)
{
    return a->label.word == b->label.word && a->label.terminal == b->label.terminal;
}

/* Whether the run that starts at J, behind P, is a list within P's answer: the list of P goes on
 * behind it, and not because the run came to the same number. */
static bool is_within(const struct events *e, size_t p, size_t j)
{
    size_t order = order_of(e, j), before = order;
    if (e->at[p].empty && e->at[p].quote != QUESTIONS_NONE)
        return false;
    for (size_t k = next_question(e, j + 1); k != NO_EVENT; k = next_question(e, k + 1)) {
        order = order_of(e, k);
        if (order == order_of(e, p) + 1 && before + 1 != order &&
            (same_style(&e->at[p], &e->at[k]) || e->at[k].quote != QUESTIONS_NONE))
            return true;
        if (order <= before || e->at[k].quote != QUESTIONS_NONE)
            return false;
        before = order;
    }
    return false;
}

/* Drops the run from J on, up to the event that goes on with P. */
static void drop_run(struct events *e, size_t p, size_t j)
{
    for (size_t k = j; k != NO_EVENT; k = next_question(e, k + 1)) {
        if (order_of(e, k) == order_of(e, p) + 1)
            return;
        e->at[k].kind = EVENT_DROPPED;
    }
}

static void drop_within(struct events *e)
{
    size_t p = next_question(e, 0);
    while (p != NO_EVENT) {
        size_t j = next_question(e, p + 1);
        if (j != NO_EVENT && e->at[j].quote == QUESTIONS_NONE && order_of(e, j) <= order_of(e, p) &&
            is_within(e, p, j))
            drop_run(e, p, j);
        p = next_question(e, p + 1);
    }
}

/* ---- lists ---- */

static void number_lists(struct events *e)
{
    size_t last = NO_EVENT;
    e->lists = 0;
    for (size_t i = next_question(e, 0); i != NO_EVENT; i = next_question(e, i + 1)) {
        if (last == NO_EVENT || order_of(e, i) <= order_of(e, last))
            e->lists++;
        e->at[i].list = (uint32_t)e->lists;
        last = i;
    }
}

/* The request restated: what follows its last question is no answer to it. */
static void close_restated(struct events *e)
{
    size_t i = next_question(e, 0);
    while (i != NO_EVENT) {
        size_t items = 0, empty = 0, last = i;
        uint32_t list = e->at[i].list; /* their numbers grow from event to event */
        for (; i != NO_EVENT && e->at[i].list == list; i = next_question(e, i + 1)) {
            items++;
            empty += e->at[i].empty;
            last = i;
        }
        if (items > 2 && empty == items - 1 && !e->at[last].empty)
            e->at[last].empty = true;
    }
}

/* A short list behind a full one, with nothing quoted, belongs to the last answer. */
static void drop_tail_list(struct events *e)
{
    size_t sizes[2] = {0}, first = NO_EVENT;
    if (e->lists < 2)
        return;
    for (size_t i = next_question(e, 0); i != NO_EVENT; i = next_question(e, i + 1)) {
        if (e->at[i].list + 1 < e->lists)
            continue;
        bool in_last = e->at[i].list == e->lists;
        if (in_last && e->at[i].quote != QUESTIONS_NONE)
            return;
        sizes[in_last] += in_last || !e->at[i].empty;
        if (in_last && first == NO_EVENT)
            first = i;
    }
    if (first == NO_EVENT || sizes[0] < 3 || 2 * sizes[1] > sizes[0])
        return;
    for (size_t i = first; i != NO_EVENT; i = next_question(e, i + 1))
        e->at[i].kind = EVENT_DROPPED;
}

/* Where the questions are called so ("Q1", "Question 1"), bare digits that mean one of the same are
 * of another list: what an answer counts, the steps of a complaint. */
static void drop_bare(struct events *e, const struct questions *q)
{
    struct arena arena = {0};
    bool *called = arena_array(&arena, q->count + 1, sizeof *called);
    size_t count = 0;
    for (size_t i = next_question(e, 0); i != NO_EVENT; i = next_question(e, i + 1)) {
        bool worded = e->at[i].label.word == LABEL_QUESTION || e->at[i].label.word == LABEL_ANSWER;
        if (worded && e->at[i].quote == QUESTIONS_NONE && !called[order_of(e, i)]) {
            called[order_of(e, i)] = true;
            count++;
        }
    }
    for (size_t i = next_question(e, 0); i != NO_EVENT && count > 2 && 2 * count >= q->count;
         i = next_question(e, i + 1))
        if (e->at[i].label.word == LABEL_BARE && e->at[i].label.count == 1 &&
            isdigit((unsigned char)e->at[i].label.part[0][0]) && e->at[i].quote == QUESTIONS_NONE &&
            called[order_of(e, i)])
            e->at[i].kind = EVENT_DROPPED;
    arena_free(&arena);
}

void events_list(struct events *e, const struct questions *q, const struct paper *l)
{
    drop_bare(e, q);
    drop_behind_end(e, q->count);
    drop_markers(e, l);
    find_empty(e, l);
    drop_within(e);
    number_lists(e);
    drop_tail_list(e);
    find_empty(e, l);
    close_restated(e);
}
