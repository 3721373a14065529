/* events -- where the questions of a questionnaire stand in a letter, by quotes and numbers.
 *
 * A number tells what it means only beside the others: "1" and "2" may be the request restated,
 * the answers, a list within an answer, the steps of a complaint. So all of them are read first,
 * those that stand before a quoted question teach how the letter counts (4a and
 * 4b may have become 4 and 5), and then each is resolved in its turn. */
#ifndef EVENTS_H
#define EVENTS_H

#include "formulas.h"
#include "quotes.h"
#include "references.h"

enum event_kind {
    EVENT_QUESTION, /* the answer, if any, comes behind */
    EVENT_SECTION,  /* a heading of the questionnaire */
    EVENT_END,      /* a formula: what comes behind belongs to no question */
    EVENT_TABLE,    /* rows that are read as a table */
    EVENT_DROPPED
};

struct event {
    uint32_t start, end; /* bytes: of the label and the quote; the answer starts at END */
    enum event_kind kind;
    enum formula formula;  /* of EVENT_END */
    struct label label;    /* no parts if there is none */
    uint32_t quote;        /* its index, or QUESTIONS_NONE */
    uint32_t first, count; /* the questions, in EVENTS->questions */
    uint32_t list;         /* events of a list count upwards together */
    float score;
    bool taught; /* the letter's own quotes say what the number means */
    bool empty;  /* nothing stands behind it: the question restated */
};

struct events {
    struct event *at; /* by place */
    size_t count, cap;
    uint32_t *questions;
    size_t question_count, questions_cap;
    struct event *taught; /* labels in front of quotes, in order */
    size_t taught_count, taught_cap;
    size_t lists;
    bool marks_answers[26]; /* letters that stand before answers: "A: Yes" */
    struct label section;   /* the heading that the numbers stand under; no parts: none */
    size_t current;         /* question, or SIZE_MAX before the first */
};

/* CLAIMED has a byte for each line: it is read as a table. */
void events_find(struct events *e, const struct questions *q, const struct paper *l,
                 const struct quotes *quotes, const unsigned char *claimed);

/* The byte at which what event I holds ends: the next event that is not dropped, or the end of the
 * text. */
size_t events_stop(const struct events *e, size_t i, const struct paper *l);

/* The same where the events behind the first COUNT are not in order yet. */
size_t events_stop_among(const struct events *e, size_t count, size_t i, const struct paper *l);

void events_free(struct events *e);

#endif
