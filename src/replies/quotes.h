/* quotes -- where a letter repeats the questions.
 *
 * Exactly, or as they are retyped: with other dashes and typing errors, over several lines,
 * shortened to their beginning. The words of a question are aligned with those of the letter
 * (Smith & Waterman 1981), each with its weight, so that a question is told from
 * another that differs in the year alone. */
#ifndef QUOTES_H
#define QUOTES_H

#include "paper.h"

struct quote {
    uint32_t start, end; /* bytes: the question, with the mark behind it */
    uint32_t question;
    float score; /* 0 to 1; 1: word by word */
    bool exact;
    bool figure; /* nothing but a figure: "2022:" */
};

struct quotes {
    struct quote *at; /* by place; they do not overlap */
    size_t count, cap;
    float *cells; /* for aligning */
    uint8_t *ways;
    size_t cells_cap, ways_cap;
    unsigned char *taken; /* a byte for each of the text: within a quote */
    size_t taken_cap;
};

void quotes_find(struct quotes *s, const struct questions *q, const struct paper *l);

/* One more, at the end. */
void quotes_add(struct quotes *s, struct quote it);

/* How much of what the stretch [START, END) says is in question QUESTION: the weight of its words
 * that the question has, of all; in *TOLD, which may be NULL, that weight itself. For
 * headings, which are shorter than the question. */
float quotes_likeness(const struct questions *q, const struct paper *l, size_t question,
                      size_t start, size_t end, float *told);

void quotes_free(struct quotes *s);

#endif
