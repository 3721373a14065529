/* questions -- a questionnaire: its questions, their numbers and wordings, and how much
 * each word of them tells.
 *
 * Words are compared by their stems, since "employ" is asked and "employed" answered. A word
 * weighs the more the fewer of the questions hold it: the trust and the year are
 * in all of them, the charging points in two. */
#ifndef QUESTIONS_H
#define QUESTIONS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/intern.h"
#include "text/label.h"

#define QUESTIONS_NONE UINT32_MAX

struct question_word {
    uint32_t stem;
    float weight;
};

struct wording {
    struct question_word *words;
    size_t count;
    float weight;  /* of all words */
    bool inverted; /* begins with its verb: "does", "is" */
    bool figures;  /* nothing but figures, a year of several that are asked for: "2022/23" */
};

struct question {
    struct span name, shown; /* the field, and its first wording */
    struct label label;      /* no parts if it has no number */
    struct wording *wordings;
    size_t count, cap;
    bool *has; /* by stem */
    float weight;
};

struct questions {
    struct question *at;
    size_t count, cap;
    struct intern stems;
    float *weights;     /* by stem */
    bool *plain;        /* by stem: a word that any question has, such as "the" */
    struct intern seen; /* words of letters that are no stem as they stand */
    uint32_t *meant;    /* by index in SEEN: the stem that the word is near to */
    size_t meant_cap;
    struct buf scratch;
    struct arena arena;
};

/* Adds a question; NUMBER may be empty. Texts are copied. */
void questions_add(struct questions *q, struct span name, struct span number);

/* A wording of the question that was added last. A number in front of the first one is the
 * question's, if it has none. */
void questions_word(struct questions *q, struct span wording);

/* After the last wording: weighs the words. */
void questions_weigh(struct questions *q);

/* The stem that WORD (lower case) has or is near to, or QUESTIONS_NONE. */
uint32_t questions_stem(struct questions *q, struct span word);

/* Whether WORD says nothing by itself: "the", "please". */
bool questions_plain(struct span word);

/* How many questions' numbers begin with the parts of L, the first of them in *FIRST; and
 * whether the first is all of it. */
size_t questions_labelled(const struct questions *q, const struct label *l, size_t *first,
                          bool *whole);

void questions_free(struct questions *q);

#endif
