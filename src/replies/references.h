/* references -- questions that a letter names by their numbers: "question 4", "Questions 1 to 3",
 * "Q4a and b", "5 & 6". */
#ifndef REFERENCES_H
#define REFERENCES_H

#include "replies/questions.h"

#define REFERENCES_MAX 64

struct references {
    uint32_t at[REFERENCES_MAX]; /* questions, in the order in which they are named */
    size_t count;
    struct label first; /* as written */
    bool joined;        /* more than one number was written */
};

/* The numbers that start at AT, and in *END the place behind them. A number that several questions
 * begin with (4, of 4a and 4b) is all of these. False if no question has it. */
bool references_read(const struct questions *q, struct span text, size_t at, struct references *r,
                     size_t *end);

/* Whether TEXT (clean) says nothing but that another answer counts here: "See Q2", "As above".
 * FROM is the question that it answers. QUESTIONS_NONE if not. */
uint32_t references_other(const struct questions *q, struct span text, uint32_t from);

#endif
