/* quotes_parts -- what the files of quotes share; nobody else's business. */
#ifndef QUOTES_PARTS_H
#define QUOTES_PARTS_H

#include "quotes.h"

#define QUOTES_TAIL 160 /* bytes to a question mark behind what agrees */

struct stretch {
    size_t first, last; /* words of the letter */
};

struct match {
    size_t first, last; /* words of the letter that agree, both in it */
    float told, lost;   /* weight of the question that agrees; foreign weight between */
    size_t agreed, between;
    size_t solid; /* words that agree and tell something */
    size_t left;  /* words of the question behind the last that agrees */
};

/* The next stretch from word *AT on whose words are mostly those of the question: those that weigh
 * SPARK or more. */
bool quotes_stretch(const struct question *it, const struct paper *l, const struct questions *q,
                    size_t *at, float spark, struct stretch *x);

/* The best alignment of a wording with the words of X and some around them: of several the one that
 * ends first. False if no word agrees. */
bool quotes_align(struct quotes *s, const struct paper *l, const struct wording *w,
                  struct stretch x, struct match *m);

/* Takes the alignment for a quote if it is one. */
void quotes_judge(struct quotes *s, const struct questions *q, const struct paper *l,
                  size_t question, const struct wording *w, const struct match *m);

/* Whether word FIRST begins a question: "how", "please". */
bool quotes_asks(const struct paper *l, size_t first);

/* Where the letter repeats questions, what else asks is one of them too. */
void quotes_retyped(struct quotes *s, const struct questions *q, const struct paper *l);

/* Puts quotes into the order of their places. */
void quotes_sort(struct quotes *s);

#endif
