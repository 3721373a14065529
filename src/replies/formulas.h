/* formulas -- the set phrases of letters: what ends the answers, and what kind of letter it is.
 *
 * A pattern is words with one space between them; a word may list others with | between
 * them, one that ends in ? may be left out, * stands for up to five words. English only. */
#ifndef FORMULAS_H
#define FORMULAS_H

#include "paper.h"

enum formula {
    FORMULA_NONE,
    FORMULA_END,        /* complaints, appeals, offers of help: no answers follow */
    FORMULA_CLOSE,      /* the end of the letter: "Yours sincerely", "I hope" */
    FORMULA_ASIDE,      /* explains a refusal; answers may follow */
    FORMULA_OPEN,       /* the answers begin: "Our response is" */
    FORMULA_ASKED,      /* the request begins: "You asked" */
    FORMULA_HOLDING,    /* received, or more time is needed */
    FORMULA_CLARIFY,    /* the authority asks back */
    FORMULA_CORRECTION, /* "should read" */
    FORMULA_WHOLE,      /* "your request": what is said is said of all */
    FORMULA_REST,       /* "the remaining information" */
    FORMULA_ATTACHED    /* the answers stand elsewhere */
};

/* The formula of kinds END to ASKED that begins at word I, which begins a line or a sentence. */
enum formula formulas_at(const struct paper *l, size_t i);

/* Whether one of KIND is anywhere in the words [FIRST, LAST); its last word in *AT, which may be
 * NULL. */
bool formulas_in(const struct paper *l, size_t first, size_t last, enum formula kind, size_t *at);

/* The start of "You asked" and the like in front of byte START on its line, or START. */
size_t formulas_asked(const struct paper *l, size_t start);

/* Whether word I begins a line, a cell or a sentence. */
bool formulas_begins(const struct paper *l, size_t i);

/* A pattern at word I: the number of words it takes, 0 if it is not there. LAST is the first
 * word that it may not take. */
size_t formulas_match(const struct paper *l, size_t i, size_t last, const char *pattern);

#endif
