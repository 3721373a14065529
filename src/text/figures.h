/* figures -- the numbers in prose, one by one, with what their neighbours make of them.
 *
 * Years, dates, times and numbers of sections, questions, pages, telephones and references are no
 * figures and are passed over. */
#ifndef FIGURES_H
#define FIGURES_H

#include "base/span.h"

enum figure_kind { FIGURE_COUNT, FIGURE_MONEY, FIGURE_SHARE };

struct figure {
    enum figure_kind kind;
    bool is_vague;  /* a bound, a range or an estimate */
    bool is_total;  /* the text says that it sums others up */
    bool is_part;   /* it says that it is a part of another */
    bool is_base;   /* it says what another is part of, or compared with */
    bool is_aside;  /* it says where, or among what: "across 22 car parks" */
    bool is_inside; /* brackets */
    bool is_words;  /* NUMBER is its value; else that of TEXT is to be read */
    size_t number;
    size_t from, to;  /* its bytes */
    struct span text; /* its digits, with what multiplies them, if asked for */
};

/* A walk over TEXT. A struct with TEXT and MULTIPLIERS set is ready. */
struct figures {
    struct span text;
    bool multipliers; /* "1.2 million" is a number */
    size_t at, depth; /* of brackets */
    size_t part_to;   /* the end of the sentence in which parts are told */
    size_t plain_to;  /* up to here there is no address */
};

/* The next figure; false if there is none left. */
bool figures_next(struct figures *w, struct figure *it);

/* ---- what the neighbours of FROM to TO say ---- */

/* A number that is no figure. */
bool figure_is_none(struct span text, size_t from, size_t to);

/* Numbers that slashes, colons or hyphens join, MARKS of them, the first up to FIRST: a date, a
 * time, a financial year or a code. */
bool figure_is_joined_none(struct span text, size_t from, size_t first, size_t to, size_t marks);

bool figure_is_vague(struct span text, size_t from, size_t to);
bool figure_is_total(struct span text, size_t from, size_t to);
bool figure_is_part(struct span text, size_t to);
bool figure_is_base(struct span text, size_t from);
bool figure_is_aside(struct span text, size_t from);

/* WORD, FROM to TO, says that there are none. */
bool figure_is_nothing(struct span text, struct span word, size_t from, size_t to);

/* "One" that counts nothing: "no one", "one of them". */
bool figure_is_pronoun(struct span text, size_t from, size_t to);

#endif
