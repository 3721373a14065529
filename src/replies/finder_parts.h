/* finder_parts -- what the files that find answers share; nobody else's business. */
#ifndef FINDER_PARTS_H
#define FINDER_PARTS_H

#include "events.h"
#include "replies/finder.h"
#include "stretches.h"
#include "verdict.h"

struct finder {
    struct questions *questions;
    struct paper paper;
    struct quotes quotes;
    struct events events;
    struct verdict verdict;

    unsigned char *claimed; /* by line: read as a table, or used otherwise */
    size_t claimed_cap;

    struct finding *found; /* by question; QUESTIONS_NONE where none */
    struct finding *given; /* those of FOUND that there are */
    size_t given_count;
    struct finding *unplaced;
    size_t unplaced_count, unplaced_cap;
    size_t *lists;  /* by question: the list that its finding is from */
    size_t *starts; /* and the byte that it starts at */
    enum letter_kind kind;
    struct span name; /* in front of the letter's answers: "EST: 61"; empty if there is none */
    float trust;      /* what scores are multiplied with: less for what is quoted */

    struct arena arena; /* texts of the findings */
    struct buf text, ticks, flat;
};

/* An answer to QUESTION that stands at byte AT: takes it if it is better than what there is.
 * LIST tells which of two that are equally good is taken: the later. */
struct candidate {
    uint32_t question;
    enum finding_how how;
    float score;
    size_t at, list;
    bool shared, corrects;
    struct span reason; /* that is known already; at NULL: to be found in the text */
};
void finder_take(struct finder *f, const struct candidate *c, struct span text);

/* What F has in its text, for all questions of R. */
void finder_take_all(struct finder *f, const struct references *r, size_t at, float score,
                     bool corrects, struct span reason);

/* What stands at byte AT and belongs to no question for sure. */
void finder_leave(struct finder *f, uint32_t nearest, float score, size_t at, struct span text);

/* Whether QUESTION has a finding. */
static inline bool finder_has(const struct finder *f, size_t question)
{
    return f->found[question].question != QUESTIONS_NONE;
}

/* TEXT on one line, good until the next call. */
struct span finder_flat(struct finder *f, struct span text);

/* Answers behind questions that are numbered or quoted. */
void behind_read(struct finder *f);

/* Whether the numbers are those of sections with headings of their own: "1. Background". */
bool behind_is_sections(const struct finder *f);

/* Tables: rows with a question and its answer. */
void grid_read(struct finder *f);

/* The same where the questions head columns. */
void across_read(struct finder *f);

/* And where a row and a column together ask. */
void matrix_read(struct finder *f);

/* Answers that follow each other in one paragraph. */
void listed_read(struct finder *f);

/* Sentences that hold the words of a question. */
void echoes_sentences(struct finder *f);
void echoes_order(struct finder *f);

/* The question that most of what [START, END) says is of; QUESTIONS_NONE if it says too little. */
uint32_t echoes_question(const struct finder *f, size_t start, size_t end);

/* Sentences that correct an answer to the questions of R, from START on: takes what is right. */
bool corrections_take(struct finder *f, const struct references *r, size_t start);
/* The same where only words tell the question; and answers that are found, without the words that
 * correct around them: "please read 13 for 11". */
void corrections_in_words(struct finder *f);
void corrections_unwrap(struct finder *f);

/* Sentences that name questions by their numbers. */
void namings_read(struct finder *f);

/* The event whose text byte AT is in, or NULL. */
const struct event *namings_owner(const struct finder *f, size_t at);

/* What a letter says of all questions that it does not answer. */
void notices_read(struct finder *f);

/* The same of a letter that answers none, in whatever words. */
void notices_hinted(struct finder *f);

/* Whether a sentence refuses the whole request, and none speaks of the rest of it. */
bool notices_whole(struct finder *f);

#endif
